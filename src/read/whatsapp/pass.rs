//! One pass over the lines of a chat: which line begins what, who wrote it, and
//! which lines only look like messages, which the rule in [`paste`](super::paste)
//! tells.

mod meaning;
mod waiting;

use std::collections::{BTreeSet, HashMap};

use encoding_rs::Encoding;
use foldhash::fast::RandomState;
use jiff::civil::Date;

use crate::model::Phone;
use crate::model::finding::ChatCounts;
use crate::read::addresses::{Cue, Found, FoundEmail};
use crate::read::lines::{Damage, Line};

use super::author::Split;
use super::calendar::Undated;
use super::header::{Shape, may_begin, parse_begun};
use super::membership::Membership;
use super::people::{Registry, Undo};
use super::plain::Plain;
use super::stamp::{Clock, Stamp};
use super::survey::{AGREEING, Segment, Survey};
use super::unknown::{begins_like_a_message, may_be_unknown, shape_of};
use super::wording::{Notice, Placeholder};
use waiting::{Lateness, Queue};

/// So many bodies a chat are looked at for language and form of address.
const SAMPLES: u32 = 500;
/// So many words about who is on which network are kept of a chat.
const MOST_CUES: usize = 500;
/// So many addresses in misleading letters are told of.
const MOST_LOOKALIKES: usize = 20;
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

/// A word about who is on which network, with its writer's number in the registry.
#[derive(Debug)]
pub struct MetCue {
    /// What was said.
    pub cue: Cue,
    /// By whom.
    pub writer: usize,
    /// In which line.
    pub line: u64,
    /// When.
    pub at: Option<Stamp>,
}

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

/// What somebody said behind a mark, in words that are none of WhatsApp's.
struct Marked {
    writer: usize,
    body: Vec<u8>,
    line: u64,
    stamp: Option<Stamp>,
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
    /// What people said of who is on which network, without an address.
    pub cues: Vec<MetCue>,
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
    /// Messages and notices dated in a calendar that cannot be told.
    pub other_calendar: u64,
    /// The line of the first of them.
    pub other_calendar_line: Option<u64>,
    /// Lines that look like messages but were pasted into one.
    pub pasted: u64,
    /// The first of them.
    pub pasted_line: Option<u64>,
    /// Lines that look like messages but for a date that no calendar has, and are
    /// text for all that can be told; and the first of them.
    pub undated: (u64, Option<u64>),
    /// The first line before any message, as a shape.
    pub skipped_shape: Option<String>,
    /// Lines that look like messages of another form, the first of them, and
    /// its shape.
    pub unknown: (u64, Option<(u64, String)>),
    /// Media that are attached, among the first that were met.
    pub attached: u64,
    /// Messages by somebody in whose name a NUL stands, and the line of the first.
    pub nul: (u64, Option<u64>),
    /// Lines over the cap.
    pub too_long: Vec<u64>,
    /// Addresses in letters that look like others, with their lines.
    pub lookalikes: Vec<(u64, String)>,
    /// The encoding that they had.
    pub encoding: &'static Encoding,
    /// What was wrong with the bytes.
    pub damage: Damage,
    languages: HashMap<&'static str, u32>,
    /// What those say whose messages could all be notices.
    worded: Vec<(usize, Vec<u8>, Option<Stamp>)>,
    /// What those say behind marks who say nothing else.
    marked: Vec<Marked>,
    /// Who said the first line, if anybody did.
    pub first_author: Option<usize>,
    /// What texts turned out to say, behind an author and as whole lines.
    notices: HashMap<String, Option<Said>>,
    notice_lines: HashMap<String, Option<Said>>,
    placeholders: HashMap<Box<[u8]>, Option<Stands>, RandomState>,
    samples: u32,
    previous_crlf: bool,
    /// Headers in a row of a shape that the survey did not see.
    strange: Option<(Shape, u64)>,
    /// Headers in a row behind bare line feeds, where messages end otherwise.
    loose: u64,
    /// The time of the newest believed header.
    last: Option<i64>,
    /// The time before it last jumped forward.
    before_jump: Option<i64>,
    /// Believed headers since then.
    ahead: Vec<Believed>,
    /// Headers that wait until they can be judged.
    waiting: Queue,
    /// Who wrote the message that is being read.
    writing: Option<(usize, Option<Stamp>)>,
    /// The one after whom the chat is named, if it is somebody.
    titled: Option<usize>,
    /// How often lines were in doubt.
    doubts: u64,
    /// How late messages come that are not.
    lateness: Lateness,
}

/// A believed header, so that it can be taken back.
struct Believed {
    line: u64,
    seconds: i64,
    message: Option<(Undo, bool)>,
}

/// A line that begins with a header, of which the rest is given.
#[derive(Clone, Copy)]
struct Begun<Rest> {
    rest: Rest,
    stamp: Result<Stamp, Undated>,
    line: u64,
    /// Whether a mark stands before the header, as iOS sets it.
    marked: bool,
    hot: bool,
}

impl<Rest> Begun<Rest> {
    /// Its time, in seconds; where no clock shows it, about when it was.
    fn seconds(&self) -> Option<i64> {
        match self.stamp {
            Ok(stamp) => Some(stamp.seconds),
            Err(Undated::NoTime(about)) => Some(about),
            Err(_) => None,
        }
    }
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
            cues: Vec::new(),
            emails: Vec::new(),
            mentions: BTreeSet::new(),
            cards: Vec::new(),
            encrypted_as: None,
            impossible: 0,
            yearless: 0,
            other_calendar: 0,
            other_calendar_line: None,
            pasted: 0,
            pasted_line: None,
            undated: (0, None),
            skipped_shape: None,
            unknown: (0, None),
            attached: 0,
            nul: (0, None),
            too_long: Vec::new(),
            lookalikes: Vec::new(),
            encoding,
            damage: Damage::default(),
            languages: HashMap::new(),
            worded: Vec::new(),
            marked: Vec::new(),
            first_author: None,
            notices: HashMap::new(),
            notice_lines: HashMap::new(),
            placeholders: HashMap::default(),
            samples: 0,
            previous_crlf: true,
            strange: None,
            loose: 0,
            last: None,
            before_jump: None,
            ahead: Vec::new(),
            waiting: Queue::default(),
            writing: None,
            titled: None,
            doubts: 0,
            lateness: Lateness::default(),
        }
    }

    /// Tells what the chat is called: in a chat between two it is the name of one
    /// of them, who is then no stranger, and a colon in it is no riddle.
    pub fn expect_author(&mut self, title: &str) {
        self.titled = Some(self.registry.find_or_add(title.as_bytes()));
    }

    /// Whether a shape that the survey did not see has taken over.
    pub fn lost(&self) -> bool {
        let strange = self.strange.is_some_and(|(_, count)| count >= AGREEING);
        !self.whole_survey && (strange || self.loose >= AGREEING)
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
            && let Some((fields, rest)) = self.header(line.bytes, &segment)
            && self.may_begin_after(after_crlf, &segment)
        {
            let stamp = self.clock.read(&fields, segment.dates.order, segment.shape.year);
            let marked = !line.bytes.starts_with(b"[") && segment.shape.bracket;
            self.weigh(Begun { rest: &line.bytes[rest..], stamp, line: number, marked, hot: line.hot });
            return;
        }
        if self.counts.headers == 0 && self.waiting.is_empty() {
            self.counts.skipped_lines += 1;
            self.skipped_shape.get_or_insert_with(|| shape_of(line.bytes));
            return;
        }
        if may_be_unknown(line.bytes) && begins_like_a_message(line.bytes) {
            self.unknown.0 += 1;
            self.unknown.1.get_or_insert_with(|| (number, shape_of(line.bytes)));
        }
        self.counts.continuations += 1;
        if line.hot && !self.waiting.is_empty() {
            self.waiting.add_line(number, line.bytes);
        } else if line.hot
            && let Some((writer, at)) = self.writing
        {
            self.look_for_addresses(line.bytes, writer, number, at);
        }
    }

    /// Whether a header may stand behind such a line end. So many behind bare line
    /// feeds that they are no paste may be an appended chat: the survey of the
    /// whole file tells.
    fn may_begin_after(&mut self, crlf: bool, segment: &Segment) -> bool {
        let may = crlf || !segment.after_crlf;
        self.loose = if may { 0 } else { self.loose + 1 };
        may
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

    fn believe(&mut self, begun: Begun<&[u8]>, split: Option<Split<'_>>) {
        let Begun { rest, stamp, line, marked, hot } = begun;
        self.counts.headers += 1;
        match stamp {
            Err(Undated::Impossible | Undated::NoTime(_)) => self.impossible += 1,
            Err(Undated::NoYear) => self.yearless += 1,
            Err(Undated::UnknownCalendar) => {
                self.other_calendar += 1;
                self.other_calendar_line.get_or_insert(line);
            }
            Ok(_) => {}
        }
        let stamp = stamp.ok();
        let message = match self.meaning(rest, split, marked) {
            Meaning::Message { writer, body, media } => {
                self.note_wording(writer, body, stamp);
                let ahead = stamp.is_some_and(|stamp| self.follows_jump(stamp.seconds));
                let undo = ahead.then(|| (self.registry.before(writer, stamp), media));
                self.take_message(writer, body, media, line, stamp);
                self.writing = Some((writer, stamp));
                if hot {
                    self.look_for_addresses(body, writer, line, stamp);
                }
                undo
            }
            Meaning::Notice { writer, text } => {
                self.counts.notices += 1;
                self.writing = None;
                let known = self.notice(writer, text, stamp);
                if let Some(writer) = writer {
                    if self.counts.headers == 1 {
                        self.first_author = Some(writer);
                    }
                    if !known {
                        self.note_marked(Marked { writer, body: text.to_vec(), line, stamp });
                    }
                }
                None
            }
        };
        if let Some(stamp) = stamp {
            self.remember(line, stamp.seconds, message);
        }
    }

    /// Counts a message, and looks at it.
    fn take_message(&mut self, writer: usize, body: &[u8], media: bool, line: u64, stamp: Option<Stamp>) {
        self.counts.messages += 1;
        self.counts.media += u64::from(media);
        self.registry.count(writer, stamp, body);
        let entry = self.registry.get_mut(writer);
        if entry.broken {
            self.nul.0 += 1;
            self.nul.1.get_or_insert(line);
        }
        entry.gone = false;
        entry.media += u64::from(media);
        if entry.messages == 1 {
            entry.line = line;
            entry.span[0] = self.counts.messages;
        }
        entry.span[1] = self.counts.messages;
        if media {
            self.look_at_media(body, writer);
        } else if self.samples < SAMPLES && entry.sample.wants_more() {
            self.samples += 1;
            entry.sample.see(body);
        }
    }
}
