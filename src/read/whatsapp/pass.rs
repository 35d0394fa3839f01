//! One pass over the lines of a chat: which line begins what, who wrote it,
//! and which lines only look like messages.
//!
//! People paste chats into chats. Such lines have the shape of a header, so
//! shape alone cannot tell them; time can: a pasted line jumps by more than a
//! day and the next real one jumps back. Headers that jump back are held until
//! it is clear which side is the odd one out.

mod doubt;
mod meaning;

use std::collections::{BTreeSet, HashMap};

use encoding_rs::Encoding;
use foldhash::fast::RandomState;
use jiff::civil::Date;

use crate::model::Phone;
use crate::model::finding::ChatCounts;
use crate::read::addresses::{Found, FoundEmail};
use crate::read::lines::{Damage, Line};

use super::header::{Shape, may_begin, parse_begun};
use super::membership::Membership;
use super::people::{Registry, Undo};
use super::plain::Plain;
use super::stamp::{Clock, Stamp};
use super::survey::{AGREEING, Segment, Survey};
use super::unknown::{begins_like_a_message, shape_of};
use super::wording::{Notice, Placeholder};

/// Time may run backwards by so much without suspicion: late messages, the
/// end of summer time, a header notice.
const TOLERANCE: i64 = 86_400;
/// So many headers in a row that jumped back are no paste but the truth.
const LONGEST_PASTE: usize = 20;
/// So many bodies a chat are looked at for language and form of address.
const SAMPLES: u32 = 500;
/// So few lines of others do not make a group of a chat between two.
const FEW: u64 = 3;
/// So many addresses in misleading letters are told of.
const MOST_LOOKALIKES: usize = 20;
/// So many messages before a step back in time are doubted as well.
const RECENT: usize = 8;
/// Whoever wrote more than this did not get in by a paste.
const FEW_PASTED: u64 = 3;
/// Time that runs backwards in more than one message of so many is no sign.
const ORDERLY: u64 = 50;
/// So many media are looked at for whether they are attached.
const MEDIA_SAMPLES: u64 = 200;
/// So many different numbers are mentioned in no chat.
const MOST_MENTIONS: usize = 4096;
/// So many notices are remembered, as they repeat themselves.
const REMEMBERED: usize = 4096;

/// What a body stands for, and in which language if that shows.
type Stands = (Placeholder, Option<&'static str>);

/// A notice and its language.
type Said = (Notice, &'static str);

/// An address that was met, with its writer's number in the registry.
#[derive(Debug)]
pub struct Met {
    /// The address, and of whom it speaks.
    pub found: Found,
    /// Who wrote it.
    pub writer: usize,
    /// In which line.
    pub line: u64,
    /// When.
    pub at: Option<Stamp>,
}

/// The state of a pass.
pub struct Pass {
    segments: Vec<Segment>,
    segment: usize,
    whole_survey: bool,
    plain: Plain,
    clock: Clock,
    /// What the lines turned out to be.
    pub counts: ChatCounts,
    /// Who wrote.
    pub registry: Registry,
    /// What the notices told.
    pub membership: Membership,
    /// Addresses that people wrote.
    pub addresses: Vec<Met>,
    /// E-mail addresses that people wrote, of themselves or not, with their
    /// writers and lines.
    pub emails: Vec<(FoundEmail, usize, u64)>,
    /// Numbers that were mentioned.
    pub mentions: BTreeSet<Phone>,
    /// Contact cards that people sent: file name and writer.
    pub cards: Vec<(String, usize)>,
    /// Who "said" that messages are encrypted: on iOS the partner or the group.
    pub encrypted_as: Option<usize>,
    /// Messages and notices without a possible date.
    pub impossible: u64,
    /// Messages and notices whose year is left out and not known.
    pub yearless: u64,
    /// Lines that look like messages but were pasted into one.
    pub pasted: u64,
    /// The first of them.
    pub pasted_line: Option<u64>,
    /// The first line before any message, as a shape.
    pub skipped_shape: Option<String>,
    /// Lines that look like messages of another form, the first of them, and
    /// its shape.
    pub unknown: (u64, Option<(u64, String)>),
    /// Media that are attached, among the first that were met.
    pub attached: u64,
    /// Lines over the cap.
    pub too_long: Vec<u64>,
    /// Addresses in letters that look like others, with their lines.
    pub lookalikes: Vec<(u64, String)>,
    /// The encoding that they had.
    pub encoding: &'static Encoding,
    /// What was wrong with the bytes.
    pub damage: Damage,
    languages: HashMap<&'static str, u32>,
    /// What texts turned out to say, behind an author and as whole lines.
    notices: HashMap<String, Option<Said>>,
    notice_lines: HashMap<String, Option<Said>>,
    placeholders: HashMap<Box<[u8]>, Option<Stands>, RandomState>,
    samples: u32,
    previous_crlf: bool,
    /// Headers in a row of a shape that the survey did not see.
    strange: Option<(Shape, u64)>,
    /// The time of the newest believed header.
    last: Option<i64>,
    /// The time before it last jumped forward.
    before_jump: Option<i64>,
    /// Believed headers since then.
    ahead: Vec<Believed>,
    /// Headers that jumped back and are held.
    held: Vec<Held>,
    /// Who wrote the message that is being read.
    writing: Option<(usize, Option<Stamp>)>,
    /// The messages that came last, in a ring: who wrote them, and when.
    recent: [(usize, i64); RECENT],
    /// Where in that ring the newest of them is.
    newest: usize,
    /// A step back in time of which it is not clear yet what is odd.
    dent: Option<Dent>,
    /// How often time ran backwards.
    dents: u64,
}

/// A believed header, so that it can be taken back.
struct Believed {
    seconds: i64,
    message: Option<(Undo, bool)>,
}

/// A step back in time: who wrote the newer messages before it, the time of the
/// last of these, and who wrote the older ones behind it.
struct Dent {
    ahead: Vec<usize>,
    newest: i64,
    behind: Vec<usize>,
}

/// A header that is held.
struct Held {
    rest: Vec<u8>,
    stamp: Stamp,
    line: u64,
    marked: bool,
    hot: bool,
}

/// What a header's rest turned out to be.
enum Meaning<'a> {
    Message { writer: usize, body: &'a [u8], media: bool },
    Notice { writer: Option<usize>, text: &'a [u8] },
}

impl Pass {
    /// A pass over a file that was surveyed and has that encoding, as of `today`.
    pub fn new(survey: &Survey, encoding: &'static Encoding, today: Date) -> Self {
        let mut clock = Clock::new(today);
        clock.begin(survey.segments.first().and_then(|segment| segment.first_year));
        Self {
            segments: survey.segments.clone(),
            segment: 0,
            whole_survey: survey.whole,
            plain: Plain::default(),
            clock,
            counts: ChatCounts::default(),
            registry: Registry::default(),
            membership: Membership::default(),
            addresses: Vec::new(),
            emails: Vec::new(),
            mentions: BTreeSet::new(),
            cards: Vec::new(),
            encrypted_as: None,
            impossible: 0,
            yearless: 0,
            pasted: 0,
            pasted_line: None,
            skipped_shape: None,
            unknown: (0, None),
            attached: 0,
            too_long: Vec::new(),
            lookalikes: Vec::new(),
            encoding,
            damage: Damage::default(),
            languages: HashMap::new(),
            notices: HashMap::new(),
            notice_lines: HashMap::new(),
            placeholders: HashMap::default(),
            samples: 0,
            previous_crlf: true,
            strange: None,
            last: None,
            before_jump: None,
            ahead: Vec::new(),
            held: Vec::new(),
            writing: None,
            recent: [(0, i64::MIN); RECENT],
            newest: 0,
            dent: None,
            dents: 0,
        }
    }

    /// Tells a name that is likely to write, so that a colon in it is no riddle.
    pub fn expect_author(&mut self, name: &str) {
        if name.contains(": ") {
            self.registry.find_or_add(name.as_bytes());
        }
    }

    /// Whether a shape that the survey did not see has taken over.
    pub fn lost(&self) -> bool {
        !self.whole_survey && self.strange.is_some_and(|(_, count)| count >= AGREEING)
    }

    /// The language of most notices.
    pub fn language(&self) -> Option<&'static str> {
        self.languages.iter().max_by_key(|(code, count)| (**count, **code)).map(|(code, _)| *code)
    }

    /// Takes in one line.
    pub fn line(&mut self, line: &Line<'_>) {
        self.counts.lines += 1;
        let number = self.counts.lines;
        let after_crlf = std::mem::replace(&mut self.previous_crlf, line.crlf);
        if line.too_long {
            self.too_long.push(number);
        }
        if line.bytes.is_empty() || line.bytes == "\u{feff}".as_bytes() {
            self.counts.blank += 1;
            return;
        }
        if self.segments.get(self.segment + 1).is_some_and(|next| next.from_line <= number) {
            self.segment += 1;
            self.plain.reset();
            self.clock.begin(self.segments[self.segment].first_year);
        }
        let segment = self.segments[self.segment];
        if may_begin(line.bytes)
            && (after_crlf || !segment.after_crlf)
            && let Some((fields, rest)) = self.header(line.bytes, &segment)
        {
            let stamp = self.clock.read(&fields, segment.dates.order, segment.shape.year);
            let marked = !line.bytes.starts_with(b"[") && segment.shape.bracket;
            self.weigh(&line.bytes[rest..], stamp, number, marked, line.hot);
            return;
        }
        if self.counts.headers == 0 && self.held.is_empty() {
            self.counts.skipped_lines += 1;
            self.skipped_shape.get_or_insert_with(|| shape_of(line.bytes));
            return;
        }
        if matches!(line.bytes[0], b'[' | b'0'..=b'9') && begins_like_a_message(line.bytes) {
            self.unknown.0 += 1;
            self.unknown.1.get_or_insert_with(|| (number, shape_of(line.bytes)));
        }
        self.counts.continuations += 1;
        if line.hot
            && let Some((writer, at)) = self.writing
        {
            self.look_for_addresses(line.bytes, writer, number, at);
        }
    }

    /// Reads the header of a line that may begin with one, if it has the shape of
    /// its segment.
    fn header(&mut self, bytes: &[u8], segment: &Segment) -> Option<(super::header::Fields, usize)> {
        if let Some(found) = self.plain.parse(bytes, &segment.shape) {
            self.strange = None;
            return Some(found);
        }
        let header = parse_begun(bytes)?;
        if header.shape == segment.shape {
            self.strange = None;
            return Some((header.fields, self.plain.learn(bytes, &header)));
        }
        self.strange = match self.strange {
            Some((shape, count)) if shape == header.shape => Some((shape, count + 1)),
            _ => Some((header.shape, 1)),
        };
        None
    }

    fn believe(&mut self, rest: &[u8], stamp: Option<Stamp>, line: u64, marked: bool, hot: bool) {
        self.counts.headers += 1;
        let message = match self.meaning(rest, marked) {
            Meaning::Message { writer, body, media } => {
                self.counts.messages += 1;
                self.counts.media += u64::from(media);
                let undo = self.registry.count(writer, stamp, body);
                let entry = self.registry.get_mut(writer);
                entry.gone = false;
                entry.media += u64::from(media);
                if entry.messages == 1 {
                    entry.line = line;
                }
                self.writing = Some((writer, stamp));
                if media {
                    self.look_at_media(body, writer);
                } else if self.samples < SAMPLES && entry.sample.wants_more() {
                    self.samples += 1;
                    entry.sample.see(body);
                }
                if hot {
                    self.look_for_addresses(body, writer, line, stamp);
                }
                if let Some(stamp) = stamp {
                    self.note_order(writer, stamp.seconds);
                }
                Some((undo, media))
            }
            Meaning::Notice { writer, text } => {
                self.counts.notices += 1;
                self.writing = None;
                self.notice(writer, text);
                None
            }
        };
        if let Some(stamp) = stamp {
            self.remember(stamp.seconds, message);
        }
    }
}
