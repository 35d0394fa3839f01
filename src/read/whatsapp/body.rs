//! What is kept of a body after a look at it: the language it is in, and
//! whether it says *tu* or *vous*, *du* or *Sie*, *ты* or *вы*. The words themselves are forgotten.
//!
//! At most `SAMPLES` bodies a writer are looked at, and only those long
//! enough to tell something.

mod words;

use std::borrow::Cow;
use std::sync::LazyLock;

use foldhash::HashMap;

use words::{COMMON, FORMS};

/// So many bodies of one writer are looked at.
const SAMPLES: u16 = 60;
/// So much of a body is looked at, in bytes.
const MOST_BYTES: usize = 400;
/// The longest word that is looked up, in bytes.
const LONGEST_WORD: usize = 14;
/// So many known words must be seen before a language is believed.
const ENOUGH: u32 = 7;

/// So many words of either kind must be seen before a form is believed.
const TELLING: u32 = 3;

/// In which languages a word is what: a bit for each of [`COMMON`], and for each
/// of [`FORMS`].
#[derive(Clone, Copy, Debug, Default)]
struct Known {
    common: u16,
    familiar: u16,
    formal: u16,
    formal_in_capitals: u16,
}

/// All these words; those in capitals as they are written.
static KNOWN: LazyLock<HashMap<&'static str, Known>> = LazyLock::new(|| {
    let mut known: HashMap<&'static str, Known> = HashMap::default();
    for (language, (_, words)) in COMMON.iter().enumerate() {
        for word in *words {
            known.entry(word).or_default().common |= 1 << language;
        }
    }
    for (language, forms) in FORMS.iter().enumerate() {
        for word in forms.familiar {
            known.entry(word).or_default().familiar |= 1 << language;
        }
        for word in forms.formal {
            known.entry(word).or_default().formal |= 1 << language;
        }
        for word in forms.formal_in_capitals {
            known.entry(word).or_default().formal_in_capitals |= 1 << language;
        }
    }
    known
});

/// What a sample of somebody's bodies tells.
#[derive(Clone, Debug, Default)]
pub struct Sample {
    taken: u16,
    words: [u32; COMMON.len()],
    /// Familiar and formal words, for each language that has them.
    forms: [[u32; 2]; FORMS.len()],
}

/// Whether a character belongs to a word. Nearly all are of ASCII.
#[inline]
fn is_in_word(c: char) -> bool {
    if c.is_ascii() { c.is_ascii_alphanumeric() || c == '\'' } else { c.is_alphanumeric() }
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
        let head = &body[..body.len().min(MOST_BYTES)];
        let mut text =
            std::str::from_utf8(head).map_or_else(|_| String::from_utf8_lossy(head), Cow::Borrowed);
        if text.contains('’') {
            text = text.replace('’', "'").into();
        }
        let mut begins = true;
        for piece in text.split_inclusive(|c| !is_in_word(c)) {
            let word = piece.strip_suffix(|c| !is_in_word(c)).unwrap_or(piece);
            let at_beginning = begins;
            begins &= word.is_empty();
            begins |= piece.ends_with(['.', '!', '?', '…', '\n', ':']);
            if word.is_empty() || word.len() > LONGEST_WORD {
                continue;
            }
            let has_capital = !at_beginning && word.starts_with(char::is_uppercase);
            let as_written = KNOWN.get(word).filter(|_| has_capital);
            let is_small = !word.contains(char::is_uppercase);
            let small = if is_small { KNOWN.get(word) } else { KNOWN.get(word.to_lowercase().as_str()) };
            if small.is_none() && as_written.is_none() {
                continue;
            }
            let small = small.copied().unwrap_or_default();
            let capitals = as_written.map_or(0, |word| word.formal_in_capitals);
            bits(small.common).for_each(|language| self.words[language] += 1);
            bits(small.familiar).for_each(|language| self.forms[language][0] += 1);
            bits(small.formal | capitals).for_each(|language| self.forms[language][1] += 1);
        }
    }

    /// The language, if one stands out; and whether they say *vous*.
    pub fn verdict(&self) -> (Option<String>, Option<bool>) {
        let mut ranked: Vec<(u32, &str)> =
            self.words.iter().copied().zip(COMMON.iter().map(|c| c.0)).collect();
        ranked.sort_by_key(|(count, _)| std::cmp::Reverse(*count));
        let clear = ranked[0].0 >= ENOUGH && ranked[0].0 * 2 >= ranked[1].0 * 3;
        let language = clear.then(|| ranked[0].1.to_owned());
        let forms =
            FORMS.iter().zip(self.forms).find(|(forms, _)| Some(forms.language) == language.as_deref());
        let formal = forms
            .and_then(|(_, [familiar, formal])| (familiar + formal >= TELLING).then_some(formal > familiar));
        (language, formal)
    }
}

/// The numbers of the bits that are set.
fn bits(mut set: u16) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        let lowest = (set != 0).then(|| set.trailing_zeros() as usize);
        set &= set.wrapping_sub(1);
        lowest
    })
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

    #[test]
    fn each_language_has_its_own_way_to_say_you() {
        let german = [
            "Guten Tag, können Sie mir sagen, ob das Paket für Sie und mich ist?",
            "Sie ist nicht da. Ich danke Ihnen und wünsche auch Ihrer Frau das Beste",
        ];
        assert_eq!(verdict(&german), (Some("de".into()), Some(true)));
        // *Sie* at the beginning is *she* as well.
        let friend =
            ["Sie ist auch da, und das ist gut für dich", "hast du noch die Karten? wir warten auf dich"];
        assert_eq!(verdict(&friend), (Some("de".into()), Some(false)));
        let spanish = [
            "buenos días, ¿usted ya tiene los papeles para el lunes?",
            "no, pero se lo digo a usted mañana con mucho gusto",
            "qué bien, lo espero a usted por la tarde",
        ];
        assert_eq!(verdict(&spanish), (Some("es".into()), Some(true)));
        let russian = [
            "привет, ты уже на работе или как?",
            "я не знаю, что у тебя с этим",
            "да, это так, завтра я к тебе",
        ];
        assert_eq!(verdict(&russian), (Some("ru".into()), Some(false)));
        let polish = [
            "czy pani jest już na miejscu?",
            "to nie tak, jak pani się wydaje",
            "proszę pani, jutro i tak nie mam",
        ];
        assert_eq!(verdict(&polish), (Some("pl".into()), Some(true)));
        let dutch = [
            "ik heb het niet, maar u kunt het van de buren krijgen",
            "is dat uw auto of die van een ander? dank u",
        ];
        assert_eq!(verdict(&dutch), (Some("nl".into()), Some(true)));
    }
}
