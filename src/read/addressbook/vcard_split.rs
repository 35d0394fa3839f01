//! Cuts a vCard file into raw cards, in bytes and in one pass.
//!
//! Files in the wild hold cards without an end, lines that are no property,
//! photos of many megabytes and folds in the middle of a character; a parser
//! for whole files loses the cards around such places. Here every card is cut
//! out by its own BEGIN and END, its lines are unfolded, and only those
//! properties are kept that the reader wants: what a card takes in memory
//! does not depend on what else stands in the file. A card that stands in
//! another one (AGENT) is handed out behind it; one that stands deeper is told.

mod collector;

use std::io;

use memchr::memchr;

use crate::read::lines::Lines;
use crate::read::{Reopen, decode};
use collector::Collector;

/// One card as it stands in the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RawCard<'a> {
    /// The line where it begins; for an END without a card, that line.
    pub line: u64,
    /// Its wanted properties: one to a line, unfolded, not yet decoded.
    pub text: &'a [u8],
    /// Whether it has both a BEGIN and an END.
    pub complete: bool,
    /// The first line that is no property, and how many there are.
    pub garbage: Option<(u64, u64)>,
    /// The line of the first property that was skipped for its length.
    pub too_long: Option<u64>,
    /// The line of the first card that stands too deep in others, and how many
    /// there are.
    pub inner: Option<(u64, u64)>,
}

/// The cards of a file, one after the other.
pub struct Cards<'a> {
    lines: Lines<'a>,
    number: u64,
    /// The line of a BEGIN that already went by.
    begun: Option<u64>,
    card: Collector,
    /// How many of the cards in the last one were handed out.
    handed: usize,
    transcoded: bool,
    outside: Option<(u64, u64)>,
}

impl<'a> Cards<'a> {
    /// Starts at the beginning of `source`.
    ///
    /// # Errors
    /// Whatever reading says.
    pub fn open(source: &'a dyn Reopen) -> io::Result<Cards<'a>> {
        let head = decode::read_up_to(&mut source.open()?, 64 * 1024)?;
        // Cards may declare their encoding property by property, and books are
        // pasted together: only UTF-16 can be converted as a whole.
        let encoding = decode::encoding_of(&head);
        let transcoded = encoding == encoding_rs::UTF_16LE || encoding == encoding_rs::UTF_16BE;
        let bytes = if transcoded { decode::open(source)?.text } else { source.open()? };
        let card = Collector::default();
        Ok(Cards {
            lines: Lines::of_any_end(bytes),
            number: 0,
            begun: None,
            card,
            handed: 0,
            transcoded,
            outside: None,
        })
    }

    /// Whether the whole file was converted to UTF-8, so that what a property
    /// says of its encoding is no longer true.
    pub fn transcoded(&self) -> bool {
        self.transcoded
    }

    /// The first line so far that stands in no card, and how many there are.
    pub fn outside(&self) -> Option<(u64, u64)> {
        self.outside
    }

    /// The next card, whole or not, or `None` at the end.
    ///
    /// # Errors
    /// Whatever reading says.
    #[expect(
        clippy::should_implement_trait,
        reason = "the card borrows from the reader: no Iterator can do that"
    )]
    pub fn next(&mut self) -> io::Result<Option<RawCard<'_>>> {
        if self.handed < self.card.inside.len() {
            self.handed += 1;
            return Ok(Some(self.card.inside[self.handed - 1].raw()));
        }
        self.handed = 0;
        let begin = loop {
            if let Some(line) = self.begun.take() {
                break line;
            }
            let Some(line) = self.lines.next()? else { return Ok(None) };
            self.number += 1;
            match marker(line.bytes) {
                Some(Marker::Begin) => break self.number,
                Some(Marker::End) => {
                    self.card.clear(self.number);
                    return Ok(Some(self.card.done(false)));
                }
                None if without_bom(line.bytes).trim_ascii().is_empty() => {}
                None => self.outside.get_or_insert((self.number, 0)).1 += 1,
            }
        };
        self.card.clear(begin);
        while let Some(line) = self.lines.next()? {
            self.number += 1;
            match self.card.take(self.number, line.bytes) {
                None => {}
                Some(Marker::End) => return Ok(Some(self.card.done(true))),
                Some(Marker::Begin) => {
                    self.begun = Some(self.number);
                    break;
                }
            }
        }
        Ok(Some(self.card.done(false)))
    }
}

/// What a line does to a card.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Marker {
    Begin,
    End,
}

/// Whether a line is `BEGIN:VCARD` or `END:VCARD`.
fn marker(line: &[u8]) -> Option<Marker> {
    let line = without_bom(line).trim_ascii();
    // Nearly every line is something else: its first letter tells.
    if !matches!(line.first(), Some(b'B' | b'b' | b'E' | b'e')) {
        return None;
    }
    let (name, value) = line.split_at(memchr(b':', line)?);
    if !value[1..].trim_ascii().eq_ignore_ascii_case(b"VCARD") {
        return None;
    }
    match name.trim_ascii() {
        name if name.eq_ignore_ascii_case(b"BEGIN") => Some(Marker::Begin),
        name if name.eq_ignore_ascii_case(b"END") => Some(Marker::End),
        _ => None,
    }
}

/// Files that were joined together have a byte order mark in the middle.
fn without_bom(line: &[u8]) -> &[u8] {
    line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(line)
}

#[cfg(test)]
mod tests;
