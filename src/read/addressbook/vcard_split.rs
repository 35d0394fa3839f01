//! Cuts a vCard file into raw cards, in bytes and in one pass.
//!
//! Files in the wild hold cards without an end, lines that are no property,
//! photos of many megabytes and folds in the middle of a character; a parser
//! for whole files loses the cards around such places. Here every card is cut
//! out by its own BEGIN and END, its lines are unfolded, and only those
//! properties are kept that the reader wants: what a card takes in memory
//! does not depend on what else stands in the file.

use std::io;

use memchr::memchr;

use crate::read::lines::Lines;
use crate::read::{Reopen, decode};

/// A property longer than this is skipped.
pub const PROPERTY_CAP: usize = 8 * 1024;
/// Properties beyond this size of a card are skipped.
const CARD_CAP: usize = 256 * 1024;

/// The properties that the reader looks at, in upper case.
const WANTED: &[&str] = &[
    "FN",
    "N",
    "NICKNAME",
    "ORG",
    "TEL",
    "EMAIL",
    "IMPP",
    "URL",
    "NOTE",
    "KIND",
    "SOCIALPROFILE",
    "X-SOCIALPROFILE",
    "X-ABLABEL",
    "X-ABSHOWAS",
    "X-ADDRESSBOOKSERVER-KIND",
    "X-JABBER",
    "X-XMPP",
    "X-MATRIX",
    "X-MATRIX-ID",
    "X-SIGNAL",
    "X-WHATSAPP",
    "X-WA-BIZ-NAME",
];
/// Properties whose value may be a file, in lines that are not always indented.
const MEDIA: &[&str] = &["PHOTO", "LOGO", "SOUND", "KEY"];

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
    /// The line of the first AGENT that holds a card, and how many there are.
    pub inner: Option<(u64, u64)>,
}

/// The cards of a file, one after the other.
pub struct Cards<'a> {
    lines: Lines<'a>,
    number: u64,
    /// The line of a BEGIN that already went by.
    begun: Option<u64>,
    card: Collector,
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
        Ok(Cards { lines: Lines::of_any_end(bytes), number: 0, begun: None, card, transcoded, outside: None })
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
        let begin = loop {
            if let Some(line) = self.begun.take() {
                break line;
            }
            let Some(line) = self.lines.next()? else { return Ok(None) };
            self.number += 1;
            match marker(line.bytes) {
                Some(Marker::Begin) => break self.number,
                Some(Marker::End) => {
                    self.card.clear();
                    return Ok(Some(self.card.raw(self.number, false)));
                }
                None if without_bom(line.bytes).trim_ascii().is_empty() => {}
                None => self.outside.get_or_insert((self.number, 0)).1 += 1,
            }
        };
        self.card.clear();
        while let Some(line) = self.lines.next()? {
            self.number += 1;
            match self.card.take(self.number, line.bytes) {
                None => {}
                Some(Marker::End) => {
                    self.card.close();
                    return Ok(Some(self.card.raw(begin, true)));
                }
                Some(Marker::Begin) => {
                    self.begun = Some(self.number);
                    break;
                }
            }
        }
        self.card.close();
        Ok(Some(self.card.raw(begin, false)))
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

/// What becomes of the property that is being read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Fate {
    /// There is none.
    #[default]
    None,
    /// It is copied.
    Kept,
    /// It is passed over.
    Skipped,
    /// It is no property.
    Garbage,
}

/// The card that is being read.
#[derive(Default)]
struct Collector {
    text: Vec<u8>,
    fate: Fate,
    /// The current property: its line, where its copy begins, its length so
    /// far, whether its colon was met, and how it is encoded.
    line: u64,
    from: usize,
    length: usize,
    colon: bool,
    quoted_printable: bool,
    base64: bool,
    /// Whether the line before ended in a soft break.
    soft: bool,
    /// Whether the line before is an AGENT, which may hold a card.
    agent: bool,
    /// How many cards deep this line stands in an AGENT.
    nested: u32,
    garbage: Option<(u64, u64)>,
    too_long: Option<u64>,
    inner: Option<(u64, u64)>,
}

impl Collector {
    fn clear(&mut self) {
        let mut text = std::mem::take(&mut self.text);
        text.clear();
        *self = Collector { text, ..Collector::default() };
    }

    fn raw(&self, line: u64, complete: bool) -> RawCard<'_> {
        let Collector { garbage, too_long, inner, .. } = *self;
        RawCard { line, text: &self.text, complete, garbage, too_long, inner }
    }

    /// Takes one line; says so if the card ends or another begins there.
    fn take(&mut self, number: u64, bytes: &[u8]) -> Option<Marker> {
        let folded = matches!(bytes.first(), Some(b' ' | b'\t')) && self.fate != Fate::None;
        if !folded && let Some(marker) = marker(bytes) {
            return self.mark(marker);
        }
        if self.soft {
            self.soft = false;
            self.append(bytes);
        } else if folded {
            // The fold itself is one character; more of them are text.
            self.append(&bytes[1..]);
        } else if bytes.trim_ascii().is_empty() {
            // Blank lines end the base64 of old cards and mean nothing else.
        } else if self.base64 && memchr(b':', bytes).is_none() {
            self.append(bytes.trim_ascii());
        } else {
            self.close();
            self.begin(number, bytes);
        }
        None
    }

    /// A card in an AGENT belongs to the card around it; any other BEGIN shows
    /// that this card was never ended.
    fn mark(&mut self, marker: Marker) -> Option<Marker> {
        self.close();
        match marker {
            Marker::Begin if self.agent => {
                if self.nested == 0 {
                    self.note_inner();
                }
                self.nested = self.nested.saturating_add(1);
            }
            Marker::End if self.nested > 0 => self.nested -= 1,
            marker => return Some(marker),
        }
        self.agent = false;
        None
    }

    /// Begins a property.
    fn begin(&mut self, number: u64, bytes: &[u8]) {
        let length = bytes.iter().position(|b| matches!(b, b':' | b';')).unwrap_or(0);
        let name = &bytes[..length];
        self.line = number;
        self.agent = false;
        let is_name =
            length > 0 && name.iter().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.'));
        if !is_name {
            self.fate = Fate::Garbage;
            self.note_garbage();
            return;
        }
        let name = name.rsplit(|b| *b == b'.').next().unwrap_or_default();
        let among = |list: &[&str]| list.iter().any(|n| n.as_bytes().eq_ignore_ascii_case(name));
        let header = &bytes[..memchr(b':', bytes).unwrap_or(bytes.len())];
        let parameter = |names: &[&[u8]]| {
            header.split(|b| *b == b';').skip(1).any(|p| names.iter().any(|n| n.eq_ignore_ascii_case(p)))
        };
        self.quoted_printable =
            parameter(&[b"ENCODING=QUOTED-PRINTABLE", b"QUOTED-PRINTABLE", b"ENCODING=Q"]);
        self.base64 = among(MEDIA) || parameter(&[b"ENCODING=BASE64", b"ENCODING=B", b"BASE64"]);
        self.agent = name.eq_ignore_ascii_case(b"AGENT");
        self.length = 0;
        self.colon = false;
        self.from = self.text.len();
        self.fate = if self.nested == 0 && among(WANTED) { Fate::Kept } else { Fate::Skipped };
        if self.fate == Fate::Kept && self.text.len() > CARD_CAP {
            self.too_long.get_or_insert(number);
            self.fate = Fate::Skipped;
        }
        if self.agent {
            let value = bytes.get(header.len() + 1..).unwrap_or_default();
            if marker(value) == Some(Marker::Begin) {
                self.colon = true;
                self.mark(Marker::Begin);
                return;
            }
            // Where it stands in one line, its line ends are escaped.
            if value.get(..11).is_some_and(|start| marker(start) == Some(Marker::Begin)) && self.nested == 0 {
                self.note_inner();
            }
        }
        self.append(bytes);
    }

    /// Adds a piece to the current property.
    fn append(&mut self, bytes: &[u8]) {
        if matches!(self.fate, Fate::None | Fate::Garbage) {
            return;
        }
        self.colon |= memchr(b':', bytes).is_some();
        self.soft = self.quoted_printable && bytes.ends_with(b"=");
        let bytes = if self.soft { &bytes[..bytes.len() - 1] } else { bytes };
        self.length = self.length.saturating_add(bytes.len());
        if self.length > PROPERTY_CAP {
            // A photo is expected to be long, and nobody misses it.
            let missed = self.nested == 0 && (self.fate == Fate::Kept || !self.base64);
            if missed {
                self.too_long.get_or_insert(self.line);
            }
            if self.fate == Fate::Kept {
                self.text.truncate(self.from);
                self.fate = Fate::Skipped;
            }
        } else if self.fate == Fate::Kept {
            self.text.extend_from_slice(bytes);
        }
    }

    /// Ends the current property.
    fn close(&mut self) {
        let whole = self.colon;
        match self.fate {
            Fate::Kept if whole => self.text.push(b'\n'),
            Fate::Kept => {
                self.text.truncate(self.from);
                self.note_garbage();
            }
            Fate::Skipped if !whole => self.note_garbage(),
            Fate::Skipped | Fate::None | Fate::Garbage => {}
        }
        self.fate = Fate::None;
        self.soft = false;
        self.base64 = false;
    }

    fn note_inner(&mut self) {
        let (_, count) = self.inner.get_or_insert((self.line, 0));
        *count += 1;
    }

    fn note_garbage(&mut self) {
        if self.nested == 0 {
            let (_, count) = self.garbage.get_or_insert((self.line, 0));
            *count += 1;
        }
    }
}

#[cfg(test)]
mod tests;
