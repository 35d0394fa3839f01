//! Signs that a text wants to be taken for another one.

/// Letters of Cyrillic and Greek that look like Latin ones in most fonts
/// (after UTS #39, confusables).
const LOOKALIKES: &str = "\
    аеорсухіѕјһԁԛԝѵӏкмтвнгпүԍоёїАВЕКМНОРСТУХЅІЈԚԜҮҺӀЁЇԌ\
    αορνικυχγηωωτςεΑΒΕΖΗΙΚΜΝΟΡΤΥΧϹϲϳ";

/// Whether it is one of the controls that turn the direction of what follows
/// (UAX #9: embeddings, overrides, isolates and their ends).
pub fn is_bidi_control(c: char) -> bool {
    matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Whether it holds marks that turn the direction of text: embeddings,
/// overrides, isolates.
pub fn hidden_marks(text: &str) -> bool {
    text.contains(is_bidi_control)
}

/// Whether a word of it mixes Latin letters with letters of another script
/// that look like them, or with full-width or other doubles of ASCII letters.
///
/// Meant for addresses. In names it would also find some honest ones, like
/// the Turkish `İnci`.
pub fn mixed_scripts(text: &str) -> bool {
    text.split(|c: char| !c.is_alphanumeric()).any(|word| {
        let latin = word.chars().any(is_latin);
        word.chars().any(is_double_of_ascii) || latin && word.contains(|c| LOOKALIKES.contains(c))
    })
}

fn is_latin(c: char) -> bool {
    c.is_ascii_alphabetic()
        || c.is_alphabetic() && matches!(c, '\u{c0}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}')
}

/// Full-width letters and digits, and letters that become ASCII when their
/// case is folded: dotted and dotless i, long s, the Kelvin sign.
fn is_double_of_ascii(c: char) -> bool {
    matches!(c, '\u{ff10}'..='\u{ff5a}' | '\u{130}' | '\u{131}' | '\u{17f}' | '\u{212a}')
        || matches!(c, '\u{1d400}'..='\u{1d7ff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn d02_overrides_are_found_and_mere_marks_are_not() {
        for mark in ['\u{202a}', '\u{202b}', '\u{202c}', '\u{202d}', '\u{202e}', '\u{2066}', '\u{2069}'] {
            assert!(hidden_marks(&format!("@ada{mark}:example.org")));
        }
        for honest in ["@ada:example.org", "\u{200e}Ada\u{200f}", "שרה", "👩\u{200d}👧"] {
            assert!(!hidden_marks(honest));
        }
    }

    #[test]
    fn d03_lookalikes_are_found() {
        let cyrillic_a = '\u{430}';
        for forged in [
            &*format!("@y{cyrillic_a}nn:example.org"),
            "@bο:example.org",
            "@\u{130}nci:example.org",
            "@ａda:example.org",
            "@ada:e\u{445}ample.org",
            "@\u{212a}im:example.org",
            "@𝐚da:example.org",
        ] {
            assert!(mixed_scripts(forged), "{forged}");
        }
    }

    #[test]
    fn d03_honest_texts_pass() {
        for honest in [
            "@yann:example.org",
            "Élodie Müller",
            "Яна Петрова",
            "Яна (Signal)",
            "Ελένη",
            "@яна:example.org",
            "陳大文 Chan",
            "São_1",
            "+33 6 39 98 01 23",
            "",
        ] {
            assert!(!mixed_scripts(honest), "{honest}");
        }
    }
}
