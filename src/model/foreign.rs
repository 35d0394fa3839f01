//! Text that came from outside: names, titles, paths, what a server said.
//!
//! Such text can hold terminal escapes, markup, spreadsheet formulas or hidden
//! direction marks. It therefore has no `Display`: whoever wants to show it
//! must go through the escaping of the sink in question (`words::escape`),
//! and forgetting that does not compile.

use std::borrow::Cow;
use std::fmt;

use serde::{Deserialize, Serialize};
use smol_str::{SmolStr, SmolStrBuilder, format_smolstr};
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// What names are compared by, see [`Foreign::key`].
pub type NameKey = SmolStr;

/// A piece of text from outside, kept exactly as it was written. A copy of it
/// costs nothing: short text takes no room of its own, longer text is shared.
#[derive(Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Foreign(SmolStr);

impl Foreign {
    /// Wraps text from outside.
    pub fn new(text: impl Into<SmolStr>) -> Self {
        Self(text.into())
    }

    /// The text as it was written: to compare, to store, and for the escaping
    /// functions of a sink. Never print it.
    pub fn raw(&self) -> &str {
        &self.0
    }

    /// Whether nothing visible is in it.
    pub fn is_blank(&self) -> bool {
        self.0.chars().all(|c| c.is_whitespace() || is_mark(c) || c.is_control())
    }

    /// The key under which saved names are compared: Unicode NFC, invisible
    /// marks dropped, trimmed, runs of white space as one space, case kept.
    pub fn key(&self) -> NameKey {
        // Most names are as they should be already.
        if self.is_key() {
            return self.0.clone();
        }
        let visible: Cow<'_, str> = match self.0.chars().any(is_mark) {
            true => self.0.chars().filter(|c| !is_mark(*c)).collect::<String>().into(),
            false => self.0.as_str().into(),
        };
        let composed: Cow<'_, str> = match is_nfc_quick(visible.chars()) {
            IsNormalized::Yes => visible,
            _ => visible.nfc().collect::<String>().into(),
        };
        let mut key = SmolStrBuilder::new();
        for (place, word) in composed.split_whitespace().enumerate() {
            if place > 0 {
                key.push(' ');
            }
            key.push_str(word);
        }
        key.finish()
    }

    /// The key of a name as it is shown in a chat: a name that people gave
    /// themselves never equals a saved one.
    pub fn shown_key(&self, push_name: bool) -> NameKey {
        if push_name { format_smolstr!("~{}", self.key()) } else { self.key() }
    }

    /// Whether the text is its own key.
    fn is_key(&self) -> bool {
        let mut before = ' ';
        for c in self.0.chars() {
            let spaced = c == ' ' && before != ' ';
            if !(spaced || c.is_ascii_graphic() || is_latin_letter(c)) {
                return false;
            }
            before = c;
        }
        before != ' ' || self.0.is_empty()
    }
}

impl fmt::Debug for Foreign {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Foreign({} bytes)", self.0.len())
    }
}

impl From<&str> for Foreign {
    fn from(text: &str) -> Self {
        Self::new(text)
    }
}

/// A letter of the Latin blocks that NFC leaves as it is, whatever follows it
/// there.
fn is_latin_letter(c: char) -> bool {
    matches!(c, '\u{c0}'..='\u{24f}') && c.is_alphabetic()
}

/// Whether `c` is one of the invisible direction or joining marks that
/// WhatsApp strews into its text. Zero-width joiners are not among them: they
/// hold emoji together.
pub fn is_mark(c: char) -> bool {
    matches!(c,
        '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{061c}'
        | '\u{202a}'..='\u{202e}' | '\u{2060}'
        | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

/// Whether `c` is white space of any kind, the narrow and the unbreakable
/// ones included.
pub fn is_space(c: char) -> bool {
    c.is_whitespace()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_fold_form_and_spaces_but_not_case() {
        let composed = Foreign::from("É\u{a0} Lodie ");
        let decomposed = Foreign::from("\u{202a}E\u{301} Lodie\u{202c}");
        assert_eq!(composed.key(), decomposed.key());
        assert_ne!(Foreign::from("ada").key(), Foreign::from("Ada").key());
    }

    #[test]
    fn letters_that_are_taken_as_they_are_have_no_other_form() {
        for c in ('\u{c0}'..='\u{24f}').filter(|c| is_latin_letter(*c)) {
            assert!(std::iter::once(c).nfc().eq([c]), "{c}");
        }
        for (text, key) in
            [("Ada Quill", "Ada Quill"), (" Ada", "Ada"), ("Zoë  Q ", "Zoë Q"), ("a\u{301}", "á"), ("", "")]
        {
            assert_eq!(Foreign::from(text).key(), key);
        }
    }

    #[test]
    fn debug_gives_nothing_away() {
        assert_eq!(format!("{:?}", Foreign::from("Ada")), "Foreign(3 bytes)");
    }
}
