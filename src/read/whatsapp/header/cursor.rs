//! A view of a line's beginning for matching: marks left out, all spaces as
//! one, all digits as ASCII. The raw positions are kept beside.

use crate::model::foreign::is_mark;
use crate::model::phone::digit;

/// How many characters a stamp can have at the most, marks not counted.
const LONGEST: usize = 64;

/// A place in the view of a line's beginning.
pub(in super::super) struct Cursor {
    /// The characters and where they stand in the line; so many of them count.
    view: [(char, u16); LONGEST],
    length: usize,
    at: usize,
    /// The raw position behind the view's last character.
    raw_end: usize,
}

impl Cursor {
    /// The view of a line, at its first character.
    pub fn new(line: &[u8]) -> Self {
        let (mut view, mut length, mut position) = ([('\0', 0); LONGEST], 0, 0);
        let head = &line[..line.len().min(LONGEST * 4)];
        while length < LONGEST
            && let Some((c, size)) = first_char(&head[position..])
        {
            let seen = match c {
                ' '..='~' => Some(c),
                _ if is_mark(c) => None,
                '\t' => Some('\t'),
                _ if c.is_whitespace() => Some(' '),
                _ => Some(digit(c).map_or(c, |d| char::from(b'0' + d))),
            };
            if let Some(seen) = seen {
                #[expect(clippy::cast_possible_truncation, reason = "a few hundred bytes at the most")]
                let place = (seen, position as u16);
                view[length] = place;
                length += 1;
            }
            position += size;
        }
        Self { view, length, at: 0, raw_end: position }
    }

    fn chars(&self) -> &[(char, u16)] {
        &self.view[..self.length]
    }

    /// How many numbers stand in the view.
    pub fn numbers(&self) -> usize {
        let (mut numbers, mut before) = (0, false);
        for (c, _) in self.chars() {
            let digit = c.is_ascii_digit();
            numbers += usize::from(digit && !before);
            before = digit;
        }
        numbers
    }

    /// What comes next.
    pub fn peek(&self) -> Option<char> {
        self.chars().get(self.at).map(|c| c.0)
    }

    /// What comes so many characters after the next.
    pub fn peek_after(&self, by: usize) -> Option<char> {
        self.chars().get(self.at + by).map(|c| c.0)
    }

    /// Where it is, to come back to.
    pub fn position(&self) -> usize {
        self.at
    }

    /// Goes back.
    pub fn set_position(&mut self, at: usize) {
        self.at = at;
    }

    /// Passes over one character.
    pub fn step(&mut self) {
        self.at += 1;
    }

    /// Passes over `wanted`, if that comes next.
    pub fn take(&mut self, wanted: char) -> bool {
        let found = self.peek() == Some(wanted);
        self.at += usize::from(found);
        found
    }

    /// Passes over the letters of a word in either case, with a dot and a space
    /// allowed after each but the last, and a dot after that (`p. m.`). Stays
    /// where it is unless the whole word is there and ends there.
    pub fn take_word(&mut self, word: &str) -> bool {
        // Nearly all words are another one from the first letter on.
        if let (Some(next), Some(first)) = (self.peek(), word.as_bytes().first())
            && (next.is_ascii() != first.is_ascii()
                || next.is_ascii() && !next.eq_ignore_ascii_case(&char::from(*first)))
        {
            return false;
        }
        let from = self.at;
        let mut letters = word.chars().peekable();
        while let Some(letter) = letters.next() {
            let same = |c: char| {
                if c.is_ascii() && letter.is_ascii() {
                    return c.eq_ignore_ascii_case(&letter);
                }
                c == letter || c.to_lowercase().eq(letter.to_lowercase())
            };
            if !self.peek().is_some_and(same) {
                self.at = from;
                return false;
            }
            self.at += 1;
            if self.take('.') && letters.peek().is_some() {
                self.take(' ');
            }
        }
        // `am` must not be the beginning of a longer word.
        let goes_on = self.chars().get(self.at.wrapping_sub(1)).is_some_and(|c| c.0.is_alphabetic())
            && self.peek().is_some_and(|c| c.is_alphabetic() && has_case(c));
        if goes_on {
            self.at = from;
        }
        !goes_on
    }

    /// The place in the raw line of what comes next.
    pub fn raw_position(&self) -> usize {
        self.chars().get(self.at).map_or(self.raw_end, |c| c.1.into())
    }

    /// A number of 1 to `most` digits, not followed by another digit, and its
    /// length.
    pub fn number(&mut self, most: usize) -> Option<(u16, usize)> {
        let from = self.at;
        let mut value = 0u16;
        while let Some(d) = self.peek().and_then(|c| c.to_digit(10)) {
            if self.at - from == most {
                return None;
            }
            #[expect(clippy::cast_possible_truncation, reason = "a single digit")]
            let d = d as u16;
            value = value * 10 + d;
            self.at += 1;
        }
        (self.at > from).then_some((value, self.at - from))
    }
}

/// The first character of a text and its length; none if the text ends, or is
/// broken there.
pub(super) fn first_char(text: &[u8]) -> Option<(char, usize)> {
    let size = match text.first()? {
        byte @ ..0x80 => return Some((char::from(*byte), 1)),
        ..0xe0 => 2,
        ..0xf0 => 3,
        _ => 4,
    };
    let first = std::str::from_utf8(text.get(..size)?).ok()?;
    first.chars().next().map(|c| (c, size))
}

/// The first character of a letter in lower case.
pub(in super::super) fn small(c: char) -> char {
    if c.is_ascii() { c.to_ascii_lowercase() } else { c.to_lowercase().next().unwrap_or(c) }
}

/// Whether a letter is of a script that has capitals: words of the others may
/// stand without a space between.
fn has_case(c: char) -> bool {
    c.is_lowercase() || c.is_uppercase()
}
