//! Makes two writings of the same words equal.
//!
//! Exports of different years and systems differ in quotes, invisible marks,
//! kinds of space and the final full stop. Words are therefore compared
//! folded, while names are cut out of the text as it stands: [`Folded`]
//! remembers where each of its bytes came from.

use std::borrow::Cow;
use std::ops::Range;

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc, is_nfc_quick};

use crate::model::foreign::{is_mark, is_space};

/// Full stops that may or may not end a notice.
const STOPS: [char; 3] = ['.', '。', '।'];

/// Folds `text` for comparison: composed, without marks, each run of spaces
/// as one, quotes and apostrophes as ASCII, without a final full stop, in
/// lower case.
pub fn fold(text: &str) -> String {
    let composed = composed(text);
    let folded = Folded::new(&composed);
    without_stop(folded.text.trim()).to_lowercase()
}

/// The first three characters of `text`, as [`fold`] leaves them: enough to
/// tell most of what people write from WhatsApp's own words. `None` where
/// these cannot be had so cheaply.
pub(super) fn beginning(text: &str) -> Option<[char; 3]> {
    let mut visible =
        text.chars().filter(|c| !is_unseen(*c)).map(|c| if is_space(c) { ' ' } else { plain(c) });
    let first = [visible.next()?, visible.next()?, visible.next()?];
    // What follows may still combine with the third.
    let next = visible.next();
    if !is_nfc_stream(first.into_iter().chain(next)) {
        return None;
    }
    let mut lower = first.into_iter().flat_map(char::to_lowercase);
    Some([lower.next()?, lower.next()?, lower.next()?])
}

fn is_nfc_stream(chars: impl Iterator<Item = char>) -> bool {
    is_nfc_quick(chars) == IsNormalized::Yes
}

/// `text` in Unicode NFC.
pub(super) fn composed(text: &str) -> Cow<'_, str> {
    if text.is_ascii() || is_nfc(text) { Cow::Borrowed(text) } else { Cow::Owned(text.nfc().collect()) }
}

/// `text` without a full stop at its end.
pub(super) fn without_stop(text: &str) -> &str {
    text.strip_suffix(STOPS).map_or(text, str::trim_end)
}

/// Whether `text` ends with a full stop.
pub(super) fn has_stop(text: &str) -> bool {
    text.ends_with(STOPS)
}

/// `text` without invisible marks, trimmed.
pub(super) fn visible(text: &str) -> String {
    let visible: String = text.chars().filter(|c| !is_mark(*c)).collect();
    visible.trim_matches(is_space).to_owned()
}

/// Whether `c` is a double quote in some language.
pub(super) fn is_quote(c: char) -> bool {
    matches!(c, '"' | '“' | '”' | '„' | '‟' | '«' | '»' | '「' | '」' | '『' | '』' | '״' | '″' | '＂')
}

/// Folded text that knows its original.
pub(super) struct Folded<'a> {
    original: &'a str,
    /// The folded text, case kept, trimmed at its beginning.
    pub text: String,
    /// For each byte of `text`, where in the original its character begins.
    at: Vec<usize>,
}

impl<'a> Folded<'a> {
    /// Folds `original`, which should be composed.
    pub fn new(original: &'a str) -> Self {
        let length = original.len();
        let (text, at) = (String::with_capacity(length), Vec::with_capacity(length));
        let mut folded = Folded { original, text, at };
        // French puts spaces inside its quotes, and not always the same.
        let mut after_opening = false;
        for (at, c) in original.char_indices() {
            // Most of most texts.
            if c.is_ascii_alphanumeric() {
                after_opening = false;
                folded.push(c, at);
                continue;
            }
            if is_unseen(c) {
                continue;
            }
            if is_space(c) {
                if !after_opening && !folded.text.is_empty() && !folded.text.ends_with(' ') {
                    folded.push(' ', at);
                }
                continue;
            }
            after_opening = c == '«';
            if c == '»' && folded.text.ends_with(' ') {
                folded.text.pop();
                folded.at.pop();
            }
            folded.push(plain(c), at);
        }
        while folded.text.ends_with(' ') {
            folded.text.pop();
            folded.at.pop();
        }
        folded
    }

    fn push(&mut self, c: char, at: usize) {
        self.text.push(c);
        self.at.extend(std::iter::repeat_n(at, c.len_utf8()));
    }

    /// What stands in the original at `range` of the folded text, without
    /// invisible marks.
    pub fn original(&self, range: Range<usize>) -> String {
        let place = |folded: usize| self.at.get(folded).copied().unwrap_or(self.original.len());
        visible(self.original.get(place(range.start)..place(range.end)).unwrap_or_default())
    }
}

/// Whether `c` is left out of comparisons: a mark, or the joiner that Persian
/// is written with and without.
fn is_unseen(c: char) -> bool {
    is_mark(c) || c == '\u{200c}'
}

/// The character as which `c` is compared.
fn plain(c: char) -> char {
    match c {
        '’' | '‘' | '‚' | '‛' | 'ʼ' | '′' | '׳' | '`' | '´' | '＇' => '\'',
        // The last one is what Hebrew writes.
        '\u{2010}' | '\u{2011}' | '\u{5be}' => '-',
        '：' => ':',
        c if is_quote(c) => '"',
        c => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_marks_spaces_stops_and_case_do_not_matter() {
        let plain = fold("Ada created group \"Hill walk\"");
        for other in [
            "\u{200e}Ada created group “Hill walk”.",
            "Ada\u{a0}created  group «\u{202f}Hill walk\u{202f}»",
            "ADA created group „Hill walk“",
        ] {
            assert_eq!(fold(other), plain, "{other}");
        }
        assert_eq!(fold("Don’t."), fold("don't"));
        assert_eq!(fold("\u{95e}"), fold("\u{92b}\u{93c}"));
        assert_eq!(fold("\u{200e}\u{feff} "), "");
    }

    #[test]
    fn the_beginning_is_that_of_the_folded_text() {
        for text in ["This message", "\u{200e}GIF omitted", "Ş\u{a0}a", "پیام", "이미지", "İza"] {
            let folded: Vec<char> = fold(text).chars().take(3).collect();
            assert_eq!(beginning(text).map(Vec::from), Some(folded), "{text}");
        }
        for unsure in ["e\u{301}a", "\u{95e}ab", "abe\u{301}", "ab", ""] {
            assert_eq!(beginning(unsure), None, "{unsure}");
        }
    }

    #[test]
    fn the_original_is_cut_out_as_it_stands() {
        let folded = Folded::new("\u{200e}\u{202a}Zoë\u{a0}O’Neil\u{202c} left");
        let end = folded.text.find(" left").unwrap_or(0);
        assert_eq!(&folded.text[..end], "Zoë O'Neil");
        assert_eq!(folded.original(0..end), "Zoë\u{a0}O’Neil");
        assert_eq!(folded.original(0..folded.text.len()), "Zoë\u{a0}O’Neil left");
    }
}
