//! The languages that drafts are written in: more than transhume itself speaks,
//! for a draft is for somebody else.

use jiff::civil::{Date, Weekday};
use serde::{Serialize, Serializer};

use crate::words::Language;

/// A language for drafts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Tongue {
    /// English.
    En,
    /// French.
    Fr,
    /// German.
    De,
    /// Spanish.
    Es,
    /// Italian.
    It,
    /// Portuguese.
    Pt,
    /// Dutch.
    Nl,
}

impl Tongue {
    /// All of them.
    pub const ALL: [Tongue; 7] =
        [Tongue::En, Tongue::Fr, Tongue::De, Tongue::Es, Tongue::It, Tongue::Pt, Tongue::Nl];

    /// The ISO 639-1 code.
    pub fn id(self) -> &'static str {
        match self {
            Tongue::En => "en",
            Tongue::Fr => "fr",
            Tongue::De => "de",
            Tongue::Es => "es",
            Tongue::It => "it",
            Tongue::Pt => "pt",
            Tongue::Nl => "nl",
        }
    }

    /// The language of exactly that code.
    pub fn from_id(id: &str) -> Option<Tongue> {
        Tongue::ALL.into_iter().find(|tongue| tongue.id() == id)
    }

    /// A few names in a row.
    pub fn list(self, names: &[String]) -> String {
        let Some((last, others)) = names.split_last().filter(|(_, others)| !others.is_empty()) else {
            return names.concat();
        };
        let initial: String = last.chars().take(2).flat_map(char::to_lowercase).collect();
        let and = match self {
            Tongue::En => "and",
            Tongue::Fr => "et",
            Tongue::De => "und",
            // Before the same sound it is another word.
            Tongue::Es if initial.starts_with(['i', 'í']) || initial == "hi" => "e",
            Tongue::Es => "y",
            Tongue::It | Tongue::Pt => "e",
            Tongue::Nl => "en",
        };
        format!("{} {and} {last}", others.join(", "))
    }

    /// A day as it is said in a sentence, without its year.
    pub fn day(self, date: Date) -> String {
        let weekday = match date.weekday() {
            Weekday::Monday => 0,
            Weekday::Tuesday => 1,
            Weekday::Wednesday => 2,
            Weekday::Thursday => 3,
            Weekday::Friday => 4,
            Weekday::Saturday => 5,
            Weekday::Sunday => 6,
        };
        let word = |words: &str, at: usize| words.split(' ').nth(at).unwrap_or_default().to_owned();
        let (weekdays, months) = self.calendar();
        let weekday = word(weekdays, weekday);
        let month = word(months, usize::from(date.month().unsigned_abs()).saturating_sub(1));
        let first = date.day() == 1;
        let day = match self {
            Tongue::Fr if first => "1er".to_owned(),
            Tongue::It if first => "1º".to_owned(),
            _ => date.day().to_string(),
        };
        match self {
            Tongue::De => format!("{weekday}, {day}. {month}"),
            Tongue::Es => format!("{weekday} {day} de {month}"),
            Tongue::Pt => format!("{weekday}, {day} de {month}"),
            Tongue::En | Tongue::Fr | Tongue::It | Tongue::Nl => format!("{weekday} {day} {month}"),
        }
    }

    /// The days of the week from Monday on, and the months.
    fn calendar(self) -> (&'static str, &'static str) {
        match self {
            Tongue::En => (
                "Monday Tuesday Wednesday Thursday Friday Saturday Sunday",
                "January February March April May June July August September October November December",
            ),
            Tongue::Fr => (
                "lundi mardi mercredi jeudi vendredi samedi dimanche",
                "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
            ),
            Tongue::De => (
                "Montag Dienstag Mittwoch Donnerstag Freitag Samstag Sonntag",
                "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
            ),
            Tongue::Es => (
                "lunes martes miércoles jueves viernes sábado domingo",
                "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
            ),
            Tongue::It => (
                "lunedì martedì mercoledì giovedì venerdì sabato domenica",
                "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
            ),
            Tongue::Pt => (
                "segunda-feira terça-feira quarta-feira quinta-feira sexta-feira sábado domingo",
                "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
            ),
            Tongue::Nl => (
                "maandag dinsdag woensdag donderdag vrijdag zaterdag zondag",
                "januari februari maart april mei juni juli augustus september oktober november december",
            ),
        }
    }
}

impl From<Language> for Tongue {
    fn from(language: Language) -> Self {
        match language {
            Language::En => Tongue::En,
            Language::Fr => Tongue::Fr,
        }
    }
}

impl Serialize for Tongue {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.id())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_said_as_the_language_does() {
        let said = |tongue: Tongue, day: &str| tongue.day(day.parse().unwrap());
        for (tongue, sunday, first) in [
            (Tongue::En, "Sunday 7 February", "Monday 1 March"),
            (Tongue::Fr, "dimanche 7 février", "lundi 1er mars"),
            (Tongue::De, "Sonntag, 7. Februar", "Montag, 1. März"),
            (Tongue::Es, "domingo 7 de febrero", "lunes 1 de marzo"),
            (Tongue::It, "domenica 7 febbraio", "lunedì 1º marzo"),
            (Tongue::Pt, "domingo, 7 de fevereiro", "segunda-feira, 1 de março"),
            (Tongue::Nl, "zondag 7 februari", "maandag 1 maart"),
        ] {
            assert_eq!([said(tongue, "2021-02-07"), said(tongue, "2021-03-01")], [sunday, first]);
            let (days, months) = tongue.calendar();
            assert_eq!((days.split(' ').count(), months.split(' ').count()), (7, 12));
        }
    }

    #[test]
    fn names_stand_in_a_row() {
        let list = |tongue: Tongue, names: &[&str]| {
            tongue.list(&names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>())
        };
        assert_eq!(list(Tongue::En, &[]), "");
        assert_eq!(list(Tongue::De, &["Ada"]), "Ada");
        assert_eq!(list(Tongue::Fr, &["Ada", "Bo"]), "Ada et Bo");
        assert_eq!(list(Tongue::Es, &["Ada", "Bo"]), "Ada y Bo");
        assert_eq!(list(Tongue::Es, &["Ada", "Inés"]), "Ada e Inés");
    }
}
