//! What is kept of a body after a look at it: the language it is in, and
//! whether it says *tu* or *vous*. The words themselves are forgotten.
//!
//! At most `SAMPLES` bodies a writer are looked at, and only those long
//! enough to tell something.

/// So many bodies of one writer are looked at.
const SAMPLES: u16 = 60;
/// So many known words must be seen before a language is believed.
const ENOUGH: u32 = 7;

/// The commonest short words of the languages that drafts may be written in,
/// and of their neighbours, so that these are not taken for them.
const COMMON: &[(&str, &[&str])] = &[
    (
        "en",
        &[
            "the", "you", "and", "is", "it", "to", "of", "that", "for", "not", "are", "was", "have", "this",
            "what", "my", "be", "with", "i'm", "don't", "we", "your", "me", "just", "at",
        ],
    ),
    (
        "fr",
        &[
            "je", "tu", "est", "pas", "les", "des", "une", "que", "qui", "pour", "dans", "sur", "avec",
            "c'est", "vous", "nous", "mais", "j'ai", "et", "le", "il", "on", "ça", "du", "t'as", "moi",
            "oui", "à",
        ],
    ),
    (
        "de",
        &[
            "ich", "du", "ist", "nicht", "und", "das", "die", "der", "wir", "ein", "auch", "mit", "auf",
            "für", "ja", "nein", "noch", "aber",
        ],
    ),
    (
        "es",
        &[
            "que", "no", "el", "los", "es", "por", "una", "para", "con", "pero", "muy", "qué", "sí", "lo",
            "te", "ya", "mañana", "hoy",
        ],
    ),
    (
        "it",
        &[
            "che", "non", "il", "gli", "è", "per", "una", "con", "ma", "sono", "anche", "ho", "di", "mi",
            "ti", "ci", "sì", "domani",
        ],
    ),
    (
        "pt",
        &[
            "que", "não", "os", "é", "por", "uma", "para", "com", "mas", "você", "eu", "um", "está", "sim",
            "amanhã", "hoje", "muito",
        ],
    ),
    (
        "nl",
        &[
            "ik", "je", "is", "niet", "en", "het", "de", "een", "van", "dat", "wij", "maar", "ook", "met",
            "voor", "nog", "ja", "nee",
        ],
    ),
];

const TU: &[&str] = &["tu", "te", "toi", "ton", "ta", "tes", "t'as", "t'es"];
const VOUS: &[&str] = &["vous", "votre", "vos"];

/// What a sample of somebody's bodies tells.
#[derive(Clone, Debug, Default)]
pub struct Sample {
    taken: u16,
    words: [u32; COMMON.len()],
    tu: u32,
    vous: u32,
}

impl Sample {
    /// Whether more bodies should be looked at.
    pub fn wants_more(&self) -> bool {
        self.taken < SAMPLES
    }

    /// Looks at one body.
    pub fn see(&mut self, body: &[u8]) {
        if body.len() < 12 {
            return;
        }
        self.taken += 1;
        let text = String::from_utf8_lossy(&body[..body.len().min(400)]).to_lowercase().replace('’', "'");
        for word in text.split(|c: char| !(c.is_alphanumeric() || c == '\'')) {
            if word.is_empty() || word.len() > 8 {
                continue;
            }
            for (count, (_, common)) in self.words.iter_mut().zip(COMMON) {
                *count += u32::from(common.contains(&word));
            }
            self.tu += u32::from(TU.contains(&word));
            self.vous += u32::from(VOUS.contains(&word));
        }
    }

    /// The language, if one stands out; and whether they say *vous*.
    pub fn verdict(&self) -> (Option<String>, Option<bool>) {
        let mut ranked: Vec<(u32, &str)> =
            self.words.iter().copied().zip(COMMON.iter().map(|c| c.0)).collect();
        ranked.sort_by_key(|(count, _)| std::cmp::Reverse(*count));
        let clear = ranked[0].0 >= ENOUGH && ranked[0].0 * 2 >= ranked[1].0 * 3;
        let language = clear.then(|| ranked[0].1.to_owned());
        let french = language.as_deref() == Some("fr");
        let formal = (french && self.tu + self.vous >= 3).then_some(self.vous > self.tu);
        (language, formal)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn verdict(bodies: &[&str]) -> (Option<String>, Option<bool>) {
        let mut sample = Sample::default();
        for body in bodies {
            sample.see(body.as_bytes());
        }
        sample.verdict()
    }

    #[test]
    fn languages_and_forms_of_address() {
        let friend = [
            "tu fais quoi ce soir ? on est chez moi avec les enfants",
            "je suis en route, tu m'attends",
            "c'est bon pour toi ?",
        ];
        assert_eq!(verdict(&friend), (Some("fr".into()), Some(false)));
        let neighbour = [
            "Bonjour, pouvez-vous me dire si votre voiture est dans la cour ?",
            "je vous remercie, et bonne journée à vous",
            "nous passons vous voir pour la clé, c'est pour le compteur",
        ];
        assert_eq!(verdict(&neighbour), (Some("fr".into()), Some(true)));
        let english = [
            "what are you up to tonight? I'm at the pub with the others",
            "that was just what we wanted, thanks for the lift",
            "don't be late, it is my turn to cook",
        ];
        assert_eq!(verdict(&english), (Some("en".into()), None));
        assert_eq!(verdict(&["ok", "😂😂", "12:30"]), (None, None));
    }
}
