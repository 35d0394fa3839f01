//! Collects one card, line by line: unfolds it, keeps what is wanted, and notes
//! what was not understood. A card that stands in it is collected beside it.

use memchr::memchr;

use super::{Marker, RawCard, marker};

/// A property longer than this is skipped.
pub const PROPERTY_CAP: usize = 8 * 1024;
/// Properties beyond this size of a card are skipped.
pub const CARD_CAP: usize = 256 * 1024;

/// No more cards of a card's own are kept while it is read.
const MOST_INSIDE: usize = 16;

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

/// What was read of one card.
#[derive(Default)]
pub(super) struct Content {
    line: u64,
    text: Vec<u8>,
    complete: bool,
    garbage: Option<(u64, u64)>,
    too_long: Option<u64>,
    inner: Option<(u64, u64)>,
}

impl Content {
    pub fn raw(&self) -> RawCard<'_> {
        let Content { line, complete, garbage, too_long, inner, .. } = *self;
        RawCard { line, text: &self.text, complete, garbage, too_long, inner }
    }
}

/// The card that is being read.
#[derive(Default)]
pub(super) struct Collector {
    card: Content,
    /// The card around it, while this one stands in an AGENT.
    around: Option<Content>,
    /// The cards that stood in it.
    pub inside: Vec<Content>,
    fate: Fate,
    /// The current property: its line, where its copy begins, its length so
    /// far, whether its colon was met, and how it is encoded.
    line: u64,
    from: usize,
    length: usize,
    colon: bool,
    quoted_printable: bool,
    base64: bool,
    /// Whether it is an AGENT that holds a whole card in one line.
    in_line: bool,
    /// Whether the line before ended in a soft break.
    soft: bool,
    /// Whether the line before is an AGENT, which may hold a card.
    agent: bool,
    /// How many cards deep this line stands in an AGENT.
    nested: u32,
    /// Whether this whole card stood in one line of another.
    from_line: bool,
}

impl Collector {
    /// Begins a card at that line.
    pub fn clear(&mut self, line: u64) {
        let mut text = std::mem::take(&mut self.card.text);
        text.clear();
        *self = Collector { card: Content { line, text, ..Content::default() }, ..Collector::default() };
    }

    /// Ends the card. One that still stands in it was never ended.
    pub fn done(&mut self, complete: bool) -> RawCard<'_> {
        self.close();
        if let Some(around) = self.around.take() {
            self.inside.push(std::mem::replace(&mut self.card, around));
        }
        self.card.complete = complete;
        self.card.raw()
    }

    /// Takes one line; says so if the card ends or another begins there.
    pub fn take(&mut self, number: u64, bytes: &[u8]) -> Option<Marker> {
        let folded = matches!(bytes.first(), Some(b' ' | b'\t')) && self.fate != Fate::None;
        if !folded && let Some(marker) = marker(bytes) {
            return self.mark(marker, number);
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

    /// A card in an AGENT stands in the card around it; any other BEGIN shows
    /// that this card was never ended.
    fn mark(&mut self, marker: Marker, number: u64) -> Option<Marker> {
        self.close();
        match marker {
            Marker::Begin if self.agent => {
                if self.nested == 0 && self.has_room() {
                    let inner = Content { line: number, ..Content::default() };
                    self.around = Some(std::mem::replace(&mut self.card, inner));
                } else if self.nested < 2 {
                    self.note_inner();
                }
                self.nested = self.nested.saturating_add(1);
            }
            Marker::End if self.nested > 0 => {
                self.nested -= 1;
                if let Some(around) = self.around.take_if(|_| self.nested == 0) {
                    self.card.complete = true;
                    self.inside.push(std::mem::replace(&mut self.card, around));
                }
            }
            marker => return Some(marker),
        }
        self.agent = false;
        None
    }

    /// Whether a card may stand in this one.
    fn has_room(&self) -> bool {
        !self.from_line && self.inside.len() < MOST_INSIDE
    }

    /// Whether a line belongs to the card that is being read, not to one that
    /// stands too deep.
    fn is_own(&self) -> bool {
        self.nested == u32::from(self.around.is_some())
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
        self.in_line = false;
        self.length = 0;
        self.colon = false;
        self.from = self.card.text.len();
        self.fate = if self.is_own() && among(WANTED) { Fate::Kept } else { Fate::Skipped };
        if self.agent {
            let value = bytes.get(header.len() + 1..).unwrap_or_default();
            if marker(value) == Some(Marker::Begin) {
                self.colon = true;
                self.mark(Marker::Begin, number);
                return;
            }
            // Where it stands in one line, its line ends are escaped.
            if value.get(..11).is_some_and(|start| marker(start) == Some(Marker::Begin)) && self.is_own() {
                self.in_line = self.around.is_none() && self.has_room();
                match self.in_line {
                    true => self.fate = Fate::Kept,
                    false => self.note_inner(),
                }
            }
        }
        if self.fate == Fate::Kept && self.card.text.len() > CARD_CAP {
            self.card.too_long.get_or_insert(number);
            self.fate = Fate::Skipped;
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
            let missed = self.is_own() && (self.fate == Fate::Kept || !self.base64);
            if missed {
                self.card.too_long.get_or_insert(self.line);
            }
            if self.fate == Fate::Kept {
                self.card.text.truncate(self.from);
                self.fate = Fate::Skipped;
            }
        } else if self.fate == Fate::Kept {
            self.card.text.extend_from_slice(bytes);
        }
    }

    /// Ends the current property.
    fn close(&mut self) {
        let whole = self.colon;
        match self.fate {
            Fate::Kept if self.in_line => self.unpack(),
            Fate::Kept if whole => self.card.text.push(b'\n'),
            Fate::Kept => {
                self.card.text.truncate(self.from);
                self.note_garbage();
            }
            Fate::Skipped if !whole => self.note_garbage(),
            Fate::Skipped | Fate::None | Fate::Garbage => {}
        }
        self.fate = Fate::None;
        self.soft = false;
        self.base64 = false;
    }

    /// Reads the card that the current property holds in one line.
    fn unpack(&mut self) {
        let property = self.card.text.split_off(self.from);
        let value = &property[memchr(b':', &property).map_or(property.len(), |at| at + 1)..];
        let text = unescaped(value);
        let card = Content { line: self.line, ..Content::default() };
        let mut inner = Collector { card, from_line: true, ..Collector::default() };
        let mut lines = text.split(|byte| *byte == b'\n').skip(1);
        let end = lines.find_map(|line| inner.take(self.line, line.strip_suffix(b"\r").unwrap_or(line)));
        inner.done(end == Some(Marker::End));
        self.inside.push(inner.card);
    }

    fn note_inner(&mut self) {
        let (_, count) = self.card.inner.get_or_insert((self.line, 0));
        *count += 1;
    }

    fn note_garbage(&mut self) {
        if self.is_own() {
            let (_, count) = self.card.garbage.get_or_insert((self.line, 0));
            *count += 1;
        }
    }
}

/// A text without its escapes: vCard 3.0 (RFC 2426, section 3.5.4) writes a card
/// in a card as text.
fn unescaped(text: &[u8]) -> Vec<u8> {
    let mut plain = Vec::with_capacity(text.len());
    let mut bytes = text.iter().copied();
    while let Some(byte) = bytes.next() {
        plain.extend(match byte {
            b'\\' => bytes.next().map(|escaped| if matches!(escaped, b'n' | b'N') { b'\n' } else { escaped }),
            byte => Some(byte),
        });
    }
    plain
}
