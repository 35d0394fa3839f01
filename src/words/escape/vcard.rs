//! Values of a vCard's properties.
//!
//! Backslashes, commas, semicolons and line breaks are escaped by the library
//! that writes cards; but a carriage return it would write in a way that
//! nobody reads, and controls may stand in no property (RFC 6350, 3.3). What
//! acts unseen is made visible, as in every other file.

use super::{acts_unseen, push_visible};
use crate::model::Foreign;

/// Text for a property's value, not yet escaped: every line break is a line
/// feed, a tab is a space, and nothing in it acts.
pub fn vcard_text(text: &Foreign) -> String {
    let mut value = String::with_capacity(text.raw().len());
    let mut last = ' ';
    for c in text.raw().chars() {
        match c {
            '\n' if last == '\r' => {}
            '\r' | '\n' => value.push('\n'),
            '\t' => value.push(' '),
            _ if c.is_control() || acts_unseen(c) => push_visible(&mut value, c),
            _ => value.push(c),
        }
        last = c;
    }
    value
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn d11_every_line_break_is_one_and_controls_are_seen() {
        let value = |text: &str| vcard_text(&Foreign::from(text));
        assert_eq!(value("a\r\nb\rc\nd\n\re\r\r\nf"), "a\nb\nc\nd\n\ne\n\nf");
        assert_eq!(value("x\nTEL:+12025550199"), "x\nTEL:+12025550199", "the writer escapes the rest");
        assert_eq!(
            value("a\u{1b}]0;x\u{7}\u{0}\u{9b}\u{85}\u{202e}\tb"),
            "a␛]0;x␇␀⟨U+009B⟩⟨U+0085⟩⟨U+202E⟩ b"
        );
        assert_eq!(value("\\;,: Ééא👩\u{200d}👧"), "\\;,: Ééא👩\u{200d}👧");
    }
}
