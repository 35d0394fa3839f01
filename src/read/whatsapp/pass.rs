//! One pass over the lines of a chat: which line begins what, who wrote it,
//! and which lines only look like messages.
//!
//! People paste chats into chats. Such lines have the shape of a header, so
//! shape alone cannot tell them; time can: a pasted line jumps by more than a
//! day and the next real one jumps back. Headers that jump back are held until
//! it is clear which side is the odd one out.

use std::collections::HashMap;

use foldhash::fast::RandomState;
use jiff::civil::Date;

use crate::model::finding::ChatCounts;
use crate::read::addresses::{self, Found};
use crate::read::lines::{Damage, Line};

use super::header::{Shape, YearAt, may_begin, parse};
use super::membership::Membership;
use super::people::{Registry, Split, Undo, split_author};
use super::plain::Plain;
use super::stamp::{Clock, Stamp};
use super::survey::{AGREEING, Segment, Survey};
use super::wording::{self, Notice, Placeholder};

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
/// So many notices are remembered, as they repeat themselves.
const REMEMBERED: usize = 4096;

/// What a body stands for, and in which language if that shows.
type Stands = (Placeholder, Option<&'static str>);

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
    /// Lines over the cap.
    pub too_long: Vec<u64>,
    /// Addresses in letters that look like others, with their lines.
    pub lookalikes: Vec<(u64, String)>,
    /// What was wrong with the bytes.
    pub damage: Damage,
    languages: HashMap<&'static str, u32>,
    notices: HashMap<String, Option<(Notice, &'static str)>>,
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
}

/// A believed header, so that it can be taken back.
struct Believed {
    seconds: i64,
    message: Option<(Undo, bool)>,
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
    /// A pass over a file that was surveyed, as of `today`.
    pub fn new(survey: &Survey, today: Date) -> Self {
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
            cards: Vec::new(),
            encrypted_as: None,
            impossible: 0,
            yearless: 0,
            pasted: 0,
            pasted_line: None,
            too_long: Vec::new(),
            lookalikes: Vec::new(),
            damage: Damage::default(),
            languages: HashMap::new(),
            notices: HashMap::new(),
            placeholders: HashMap::default(),
            samples: 0,
            previous_crlf: true,
            strange: None,
            last: None,
            before_jump: None,
            ahead: Vec::new(),
            held: Vec::new(),
            writing: None,
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
            return;
        }
        self.counts.continuations += 1;
        if line.hot
            && let Some((writer, at)) = self.writing
        {
            self.look_for_addresses(line.bytes, writer, number, at);
        }
    }

    /// Reads the header of a line if it has the shape of its segment.
    fn header(&mut self, bytes: &[u8], segment: &Segment) -> Option<(super::header::Fields, usize)> {
        if let Some(found) = self.plain.parse(bytes, &segment.shape) {
            self.strange = None;
            return Some(found);
        }
        let header = parse(bytes)?;
        if header.shape == segment.shape {
            self.strange = None;
            return Some((header.fields, header.rest));
        }
        self.strange = match self.strange {
            Some((shape, count)) if shape == header.shape => Some((shape, count + 1)),
            _ => Some((header.shape, 1)),
        };
        None
    }

    /// Believes a header, or holds it while it is doubtful.
    fn weigh(&mut self, rest: &[u8], stamp: Option<Stamp>, line: u64, marked: bool, hot: bool) {
        let Some(stamp) = stamp else {
            let yearless =
                self.segments[self.segment].shape.year == YearAt::Seldom && self.clock.lacks_year();
            *(if yearless { &mut self.yearless } else { &mut self.impossible }) += 1;
            self.believe(rest, None, line, marked, hot);
            return;
        };
        // The very first line is often a notice that is younger than the next.
        let settled = self.counts.headers > 1;
        if settled && self.last.is_some_and(|last| stamp.seconds < last - TOLERANCE) {
            self.held.push(Held { rest: rest.to_vec(), stamp, line, marked, hot });
            // Only lines that go on where time was before the jump can show that
            // the jump was the paste.
            let go_on = |held: &Held| self.before_jump.is_some_and(|b| held.stamp.seconds >= b - TOLERANCE);
            let outnumbered =
                !self.ahead.is_empty() && self.held.len() > self.ahead.len() && self.held.iter().all(go_on);
            if outnumbered {
                self.take_back_ahead();
            }
            if outnumbered || self.held.len() > LONGEST_PASTE {
                self.believe_held();
            }
            return;
        }
        if !self.held.is_empty() {
            // Time is back where it was: what jumped away was pasted.
            self.pasted += self.held.len() as u64;
            self.pasted_line.get_or_insert(self.held[0].line);
            self.counts.continuations += self.held.len() as u64;
            self.held.clear();
        }
        self.believe(rest, Some(stamp), line, marked, hot);
    }

    /// The end of the file: whatever is still held did not jump back. A chat
    /// that is named after somebody who writes in it is between two: lines by
    /// anybody else were pasted, if they are few.
    pub fn end(&mut self, title: Option<&str>) {
        self.believe_held();
        let Some(partner) = title.and_then(|title| self.registry.named(title)) else { return };
        if self.membership.is_group || self.registry.get(partner).messages == 0 {
            return;
        }
        let written = |index: &usize| self.registry.get(*index).messages;
        let others =
            (0..self.registry.entries().len()).filter(|index| *index != partner && written(index) > 0);
        let mut others: Vec<usize> = others.collect();
        others.sort_by_key(|index| std::cmp::Reverse(written(index)));
        let extra = others.get(1..).unwrap_or_default();
        let lines: u64 = extra.iter().map(written).sum();
        if lines > FEW.max(self.counts.messages / 20) {
            return;
        }
        for index in extra.iter().copied() {
            let entry = self.registry.get(index);
            self.pasted_line.get_or_insert(entry.line);
            let (messages, media) = (entry.messages, entry.media);
            self.counts.messages -= messages;
            self.counts.headers -= messages;
            self.counts.media -= media;
            self.counts.continuations += messages;
            self.pasted += messages;
            self.addresses.retain(|met| met.writer != index);
            self.registry.forget(index);
        }
    }

    fn believe_held(&mut self) {
        for held in std::mem::take(&mut self.held) {
            self.believe(&held.rest, Some(held.stamp), held.line, held.marked, held.hot);
        }
    }

    /// What came since the last jump forward was pasted after all.
    fn take_back_ahead(&mut self) {
        for believed in std::mem::take(&mut self.ahead).iter().rev() {
            let Some((undo, media)) = &believed.message else { continue };
            self.registry.take_back(undo, *media);
            self.counts.messages -= 1;
            self.counts.media -= u64::from(*media);
            self.counts.headers -= 1;
            self.counts.continuations += 1;
            self.pasted += 1;
        }
        self.last = None;
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
                    self.look_for_card(body, writer);
                } else if self.samples < SAMPLES && entry.sample.wants_more() {
                    self.samples += 1;
                    entry.sample.see(body);
                }
                if hot {
                    self.look_for_addresses(body, writer, line, stamp);
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

    /// Keeps what is needed to take back what follows a jump forward.
    fn remember(&mut self, seconds: i64, message: Option<(Undo, bool)>) {
        let jumped = self.last.is_some_and(|last| seconds > last + TOLERANCE);
        if jumped || self.ahead.len() > LONGEST_PASTE {
            self.ahead.clear();
        }
        if jumped {
            self.before_jump = self.last;
        }
        if jumped || !self.ahead.is_empty() {
            self.ahead.push(Believed { seconds, message });
        }
        self.last = Some(self.last.map_or(seconds, |last| last.max(seconds)));
        // A late message may stand a little behind; the newest counts.
        if let Some(first) = self.ahead.first()
            && seconds < first.seconds - TOLERANCE
        {
            self.ahead.clear();
        }
    }

    /// Tells messages from notices, by structure before wording.
    fn meaning<'a>(&mut self, rest: &'a [u8], marked: bool) -> Meaning<'a> {
        let ios = self.segments[self.segment].shape.bracket;
        let Some(Split { writer, author, body }) = split_author(rest, &mut self.registry) else {
            return Meaning::Notice { writer: None, text: rest };
        };
        if writer.is_none() && !ios && self.is_notice_as_a_whole(rest) {
            return Meaning::Notice { writer: None, text: rest };
        }
        let writer = writer.unwrap_or_else(|| self.registry.find_or_add(author));
        let led_by_mark = body.starts_with("\u{200e}".as_bytes()) || body.starts_with("\u{200f}".as_bytes());
        let may_stand_for_something = led_by_mark
            || marked
            || matches!(body.last(), Some(b'>' | b')'))
            || wording::may_be_placeholder(body);
        let placeholder = if may_stand_for_something { self.placeholder(body) } else { None };
        match placeholder {
            Some((Placeholder::Call, _)) => return Meaning::Notice { writer: Some(writer), text: body },
            Some((placeholder, language)) => {
                if let Some(code) = language {
                    *self.languages.entry(code).or_insert(0) += 1;
                }
                let media = matches!(placeholder, Placeholder::Media | Placeholder::Contact);
                return Meaning::Message { writer, body, media };
            }
            None => {}
        }
        if ios && (led_by_mark || self.says_its_own_name(writer, body)) {
            return Meaning::Notice { writer: Some(writer), text: body };
        }
        Meaning::Message { writer, body, media: false }
    }

    /// Whether a line without a known author is a notice from end to end, with
    /// a colon in a name or title.
    fn is_notice_as_a_whole(&mut self, rest: &[u8]) -> bool {
        let text = String::from_utf8_lossy(rest);
        let colon_in = |name: &Option<String>| name.as_ref().is_some_and(|n| n.contains(": "));
        match self.recognise(&text) {
            Some((Notice::Created { by, .. } | Notice::Subject { by, .. } | Notice::AddedMe { by }, _)) => {
                !colon_in(&by)
            }
            Some((Notice::Added { by, .. } | Notice::Removed { by, .. }, _)) => !colon_in(&by),
            Some((Notice::Left { who } | Notice::Joined { who } | Notice::SecurityCode { who }, _)) => {
                !colon_in(&who)
            }
            Some((Notice::Encrypted | Notice::NumberChange { .. }, _)) => true,
            _ => false,
        }
    }

    /// Old iOS notices have an author and no mark: they begin with its name.
    fn says_its_own_name(&mut self, writer: usize, body: &[u8]) -> bool {
        let name = self.registry.get(writer).shown.name.raw().as_bytes();
        let repeats =
            body.len() > name.len() && body.starts_with(name) && body.get(name.len()) == Some(&b' ');
        repeats && self.recognise(&String::from_utf8_lossy(body)).is_some()
    }

    fn notice(&mut self, writer: Option<usize>, text: &[u8]) {
        if let Some(writer) = writer {
            self.registry.get_mut(writer).notices += 1;
        }
        let text = String::from_utf8_lossy(text);
        let Some((notice, language)) = self.recognise(&text) else { return };
        *self.languages.entry(language).or_insert(0) += 1;
        if notice == Notice::Encrypted && self.encrypted_as.is_none() {
            self.encrypted_as = writer;
        }
        for gone in self.membership.apply(&notice) {
            if let Some(index) = self.registry.named(&gone) {
                self.registry.get_mut(index).gone = true;
            }
        }
    }

    /// Recognises a notice, remembering what was asked before.
    fn recognise(&mut self, text: &str) -> Option<(Notice, &'static str)> {
        if let Some(known) = self.notices.get(text) {
            return known.clone();
        }
        let registry = &self.registry;
        let membership = &self.membership;
        let known = |name: &str| registry.knows(name) || membership.knows(name);
        let found = wording::notice(text, self.language(), &known);
        if self.notices.len() < REMEMBERED && text.len() < 400 {
            self.notices.insert(text.to_owned(), found.clone());
        }
        found
    }

    /// Recognises a placeholder, remembering the short ones: they are all alike.
    fn placeholder(&mut self, body: &[u8]) -> Option<Stands> {
        if let Some(known) = self.placeholders.get(body) {
            return *known;
        }
        let found = wording::placeholder(&String::from_utf8_lossy(body));
        if self.placeholders.len() < REMEMBERED && body.len() < 80 {
            self.placeholders.insert(body.into(), found);
        }
        found
    }

    fn look_for_card(&mut self, body: &[u8], writer: usize) {
        // Nearly all media are none, which their ending tells without more ado.
        let is_card =
            |at: usize| body.get(at + 1..at + 4).is_some_and(|end| end.eq_ignore_ascii_case(b"vcf"));
        if !memchr::memchr_iter(b'.', body).any(is_card) {
            return;
        }
        let body = String::from_utf8_lossy(body);
        if let Some(name) = wording::attachment_name(&body)
            && name.to_lowercase().ends_with(".vcf")
        {
            self.cards.push((name.to_owned(), writer));
        }
    }

    fn look_for_addresses(&mut self, body: &[u8], writer: usize, line: u64, at: Option<Stamp>) {
        let text = String::from_utf8_lossy(body);
        if let Some(word) = addresses::lookalike(&text)
            && self.lookalikes.len() < MOST_LOOKALIKES
        {
            self.lookalikes.push((line, word.to_owned()));
        }
        for found in addresses::find(&text) {
            self.addresses.push(Met { found, writer, line, at });
        }
    }
}
