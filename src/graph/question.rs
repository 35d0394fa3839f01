//! Questions for a person: both sides of each, with all that tells them apart,
//! and what an answer comes to.

use crate::model::contact::Why;
use crate::model::evidence::Origin;
use crate::model::identity::Address;
use crate::model::mark::Sign;
use crate::model::phone::RegionCode;
use crate::model::{ContactId, Foreign, Locator, Mark, Phone, Ruling};

use super::review::Open;
use super::trace::MOST_PLACES;

/// One of those whom a question is about.
#[derive(Clone, Debug, Default)]
pub struct Side {
    /// The contact, if it is one.
    pub contact: Option<ContactId>,
    /// What they are called.
    pub name: Option<Foreign>,
    /// Their identities, as text.
    pub identities: Vec<Foreign>,
    /// The groups that they are in.
    pub groups: Vec<Foreign>,
    /// Where they stand.
    pub places: Vec<Locator>,
    /// By what they are known again.
    pub marks: Vec<Mark>,
}

/// An open question.
#[derive(Clone, Debug)]
pub struct Question {
    /// What is open.
    pub open: Open,
    /// Why the sources do not decide it.
    pub why: Option<Why>,
    /// The name, number, address or region that it is about.
    pub on: Foreign,
    /// Those whom it is about; the one who is to be placed comes first.
    pub sides: Vec<Side>,
    /// The identity that they share.
    pub shared: Option<Sign>,
    /// Under which name a number stands, as in [`Mark::name`].
    pub under: Option<Foreign>,
    /// What a number might be.
    pub numbers: Vec<Phone>,
    /// Accounts that may be somebody's, and how they were come by.
    pub accounts: Vec<(Address, Origin)>,
}

/// What kind of answers a question takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Whether two are the same person.
    Two,
    /// Who of so many it is; all of them one person, or all different.
    Several(usize),
    /// Which of so many numbers it is, or another one, or none.
    Number(usize),
    /// Whether a region is right, or which one is.
    Region,
    /// Whether an account is theirs.
    Account,
    /// Which of so many accounts is theirs, or none.
    Accounts(usize),
}

/// What somebody said, before it is known what it means here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Said<'a> {
    /// The same person, or all of them.
    Same,
    /// Different people.
    Different,
    /// Yes.
    Yes,
    /// No, or none.
    No,
    /// Anything else: which one, a number, a region.
    Text(&'a str),
}

/// An answer that a question takes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// Yes, or the same.
    Yes,
    /// No, or different, or none.
    No,
    /// One of those to choose from, counted from 1.
    Choice(usize),
    /// A number.
    Number(Phone),
    /// A region.
    Region(RegionCode),
}

impl Answer {
    /// The answer as it is kept, to compare it with a later one.
    pub fn id(&self) -> String {
        match self {
            Answer::Yes => "yes".to_owned(),
            Answer::No => "no".to_owned(),
            Answer::Choice(which) => which.to_string(),
            Answer::Number(phone) => phone.as_str().to_owned(),
            Answer::Region(region) => region.id(),
        }
    }
}

impl Question {
    /// What it is known by again, as long as those whom it is about are known by
    /// the same.
    pub fn key(&self) -> String {
        let text = |mark: &Mark| serde_json::to_string(mark).unwrap_or_default();
        let sides: Vec<String> =
            self.sides.iter().map(|side| side.marks.first().map(text).unwrap_or_default()).collect();
        let accounts: Vec<&str> = self.accounts.iter().map(|(address, _)| address.as_str()).collect();
        let place = self.sides.first().and_then(|side| side.places.first());
        // Where a number stands belongs to it: another card's is another question.
        let place = place.filter(|_| matches!(self.kind(), Kind::Number(_)));
        let place = place.map(|p| format!("{}:{}", p.path.raw(), p.line.unwrap_or_default()));
        format!(
            "{} {} {} {} {}",
            self.open.id(),
            self.on.key(),
            sides.join(" "),
            accounts.join(" "),
            place.unwrap_or_default()
        )
    }

    /// What kind of answers it takes.
    pub fn kind(&self) -> Kind {
        match self.open {
            Open::AmbiguousName | Open::SharedIdentity | Open::NumberChange if self.sides.len() > 2 => {
                Kind::Several(self.sides.len() - 1)
            }
            Open::AmbiguousName | Open::SharedIdentity | Open::NumberChange => Kind::Two,
            Open::NeedsRegion | Open::Damaged | Open::Unclear => Kind::Number(self.numbers.len()),
            Open::AssumedRegion => Kind::Region,
            Open::Account if self.accounts.len() > 1 => Kind::Accounts(self.accounts.len()),
            Open::Account => Kind::Account,
        }
    }

    /// What was said, as an answer to this question; none if it is none.
    pub fn answer(&self, said: Said<'_>) -> Option<Answer> {
        let kind = self.kind();
        match (kind, said) {
            (Kind::Two | Kind::Region | Kind::Account, Said::Same | Said::Yes)
            | (Kind::Several(_), Said::Same) => Some(Answer::Yes),
            (
                Kind::Two | Kind::Several(_) | Kind::Number(_) | Kind::Account | Kind::Accounts(_),
                Said::Different | Said::No,
            ) => Some(Answer::No),
            (Kind::Number(1), Said::Yes | Said::Same) => Some(Answer::Choice(1)),
            (Kind::Several(most) | Kind::Accounts(most), Said::Text(text)) => choice(text, most),
            (Kind::Number(most), Said::Text(text)) => choice(text, most).or_else(|| self.number(text)),
            (Kind::Region, Said::Text(text)) if text.trim().len() == 2 => {
                RegionCode::parse(&text.trim().to_ascii_uppercase()).map(Answer::Region)
            }
            _ => None,
        }
    }

    /// A number that was written out: one of those it might be, with its plus or
    /// without, or another whole one.
    fn number(&self, text: &str) -> Option<Answer> {
        let digits: String = text.chars().filter(char::is_ascii_digit).collect();
        let plain = text.chars().all(|c| c.is_ascii_digit() || " +().-\u{a0}\u{202f}".contains(c));
        let named = self.numbers.iter().position(|phone| phone.digits() == digits);
        let whole = || Phone::parse(text, None).ok();
        match named.filter(|_| plain) {
            Some(at) => Some(Answer::Choice(at + 1)),
            None => whole().filter(|_| plain).map(Answer::Number),
        }
    }

    /// What an answer decides; nothing where those whom it is about cannot be
    /// told from others.
    pub fn rulings(&self, answer: &Answer) -> Option<Vec<Ruling>> {
        match self.open {
            Open::AmbiguousName | Open::SharedIdentity | Open::NumberChange => self.about_people(answer),
            Open::NeedsRegion | Open::Damaged | Open::Unclear => {
                let number = match answer {
                    Answer::Choice(which) => Some(self.numbers.get(which - 1)?.clone()),
                    Answer::Number(phone) => Some(phone.clone()),
                    _ => None,
                };
                Some(vec![Ruling::Number { written: self.on.clone(), name: self.under.clone(), number }])
            }
            Open::AssumedRegion => Some(vec![Ruling::Region(match answer {
                Answer::Region(region) => region.id(),
                _ => self.on.raw().to_owned(),
            })]),
            Open::Account => {
                let who =
                    self.sides.first().map(|side| side.marks.clone()).filter(|marks| !marks.is_empty())?;
                let theirs = |at: usize| match answer {
                    Answer::Yes => true,
                    Answer::Choice(which) => at + 1 == *which,
                    _ => false,
                };
                let ruling = |(at, (address, _)): (usize, &(Address, Origin))| Ruling::Account {
                    who: who.clone(),
                    address: address.clone(),
                    theirs: theirs(at),
                };
                Some(self.accounts.iter().enumerate().map(ruling).collect())
            }
        }
    }

    fn about_people(&self, answer: &Answer) -> Option<Vec<Ruling>> {
        if let (Answer::No, Some(sign)) = (answer, &self.shared) {
            return self.share(sign);
        }
        let marks: Vec<&Vec<Mark>> = self.sides.iter().map(|side| &side.marks).collect();
        let pair = |a: usize, b: usize| {
            let (one, other) = (marks.get(a)?, marks.get(b)?);
            let known = !one.is_empty() && !other.is_empty();
            known.then(|| ((*one).clone(), (*other).clone()))
        };
        let same = |(one, other)| Ruling::Same { one, other };
        match answer {
            Answer::Choice(which) => Some(vec![pair(0, *which).map(same)?]),
            Answer::Yes => (1..marks.len()).map(|other| pair(0, other).map(same)).collect(),
            _ => {
                // So many are only told from the one who is to be placed.
                let firsts = if marks.len() > MOST_PLACES { 1 } else { marks.len() };
                let pairs = (0..firsts).flat_map(|a| (a + 1..marks.len()).map(move |b| (a, b)));
                pairs.map(|(a, b)| pair(a, b).map(|(one, other)| Ruling::Apart { one, other })).collect()
            }
        }
    }

    /// That an identity makes nobody the same as another, and who its holders are
    /// by now: of whoever comes to hold it later nothing was said.
    fn share(&self, sign: &Sign) -> Option<Vec<Ruling>> {
        let told = self.why == Some(Why::DecidedApart);
        let mut rulings: Vec<Ruling> = (!told).then(|| Ruling::Shared(sign.clone())).into_iter().collect();
        // Apart they are as holders of this; what else there is of them may join.
        let holding = |side: &Side| {
            let holds = |mark: &&Mark| mark.name.is_some() && mark.sign.key() == sign.key();
            let marks: Vec<Mark> = side.marks.iter().filter(holds).cloned().collect();
            if marks.is_empty() { side.marks.clone() } else { marks }
        };
        let sides: Vec<Vec<Mark>> = self.sides.iter().map(holding).collect();
        // So many are not told from each other two by two.
        for (place, one) in sides.iter().enumerate().filter(|_| sides.len() <= MOST_PLACES) {
            let others = sides[place + 1..].iter().filter(|other| !one.is_empty() && !other.is_empty());
            let apart = |other: &Vec<Mark>| Ruling::Apart { one: one.clone(), other: other.clone() };
            rulings.extend(others.map(apart));
        }
        (!rulings.is_empty()).then_some(rulings)
    }

    /// The answer that is likely right, where there is one.
    pub fn suggested(&self) -> Option<Answer> {
        match self.open {
            Open::SharedIdentity => Some(Answer::No),
            Open::AssumedRegion => Some(Answer::Yes),
            Open::NeedsRegion | Open::Damaged if self.numbers.len() == 1 => Some(Answer::Choice(1)),
            Open::Account if self.accounts.len() == 1 && self.accounts[0].1 == Origin::OwnDirect => {
                Some(Answer::Yes)
            }
            _ => None,
        }
    }
}

/// One of so many, counted from 1. Some spreadsheets give whole numbers decimals.
fn choice(text: &str, most: usize) -> Option<Answer> {
    let text = text.trim();
    let text = text.strip_suffix(".0").or(text.strip_suffix(",0")).unwrap_or(text);
    let which = text.parse().ok().filter(|which| text.len() < 4 && (1..=most).contains(which))?;
    Some(Answer::Choice(which))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn question(open: Open, sides: usize, numbers: &[&str]) -> Question {
        let side = |n: usize| Side {
            marks: vec![Mark { sign: Sign::Chat(Foreign::new(n.to_string())), name: Some("Ada".into()) }],
            ..Side::default()
        };
        Question {
            open,
            why: None,
            on: "0639980101".into(),
            sides: (0..sides).map(side).collect(),
            shared: None,
            under: None,
            numbers: numbers.iter().filter_map(|n| Phone::parse(n, None).ok()).collect(),
            accounts: Vec::new(),
        }
    }

    #[test]
    fn answers_are_those_that_the_question_takes() {
        let two = question(Open::SharedIdentity, 2, &[]);
        assert_eq!(two.answer(Said::Yes), Some(Answer::Yes));
        assert_eq!(two.answer(Said::Different), Some(Answer::No));
        assert_eq!(two.answer(Said::Text("1")), None);
        let several = question(Open::AmbiguousName, 3, &[]);
        assert_eq!(several.answer(Said::Yes), None, "yes to whom?");
        assert_eq!(several.answer(Said::Same), Some(Answer::Yes));
        for (text, which) in [
            ("1", Some(1)),
            ("2", Some(2)),
            ("2.0", Some(2)),
            (" 1 ", Some(1)),
            ("0", None),
            ("3", None),
            ("x", None),
            ("", None),
        ] {
            assert_eq!(several.answer(Said::Text(text)), which.map(Answer::Choice), "{text:?}");
        }
        let number = question(Open::NeedsRegion, 1, &["+33639980101", "+447700900101"]);
        for text in ["+33639980101", "33639980101", "+33 6 39 98 01 01", "1"] {
            assert_eq!(number.answer(Said::Text(text)), Some(Answer::Choice(1)), "{text}");
        }
        assert_eq!(
            number.answer(Said::Text("+12025550101")),
            Phone::parse("+12025550101", None).ok().map(Answer::Number)
        );
        for text in ["3,3639980101E+10", "0639980101", "3", "+33 abc"] {
            assert_eq!(number.answer(Said::Text(text)), None, "{text}");
        }
        assert_eq!(number.answer(Said::Yes), None, "which of the two?");
        let region = question(Open::AssumedRegion, 1, &[]);
        assert_eq!(region.answer(Said::Text("gb")).map(|a| a.id()), Some("GB".to_owned()));
        assert_eq!(region.answer(Said::No), None, "which one then?");
    }

    #[test]
    fn an_answer_decides_about_all_whom_it_is_about() {
        let several = question(Open::AmbiguousName, 3, &[]);
        let count = |answer| several.rulings(&answer).map(|rulings| rulings.len());
        assert_eq!(
            (count(Answer::Yes), count(Answer::No), count(Answer::Choice(2))),
            (Some(2), Some(3), Some(1))
        );
        let mut nobody = several.clone();
        nobody.sides[1].marks.clear();
        assert_eq!(nobody.rulings(&Answer::Yes), None, "who cannot be told apart cannot be decided about");
        assert!(nobody.rulings(&Answer::Choice(2)).is_some());
    }
}
