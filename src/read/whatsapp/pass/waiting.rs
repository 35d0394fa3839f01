//! Headers that may have been pasted wait here until the rule in
//! [`paste`](super::super::paste) can judge them.

use std::collections::BTreeSet;

use super::super::author::Split;
use super::super::calendar::Undated;
use super::super::paste::{Fate, TOLERANCE, Waiting, Who, judge};
use super::super::people::{Shown, Undo};
use super::{Begun, Believed, Pass};

/// So many lines, or so many bytes of them, fit into no message.
const MOST_HELD: usize = 4096;
const MOST_BYTES: usize = 4 * 65_536;
/// So many lines are too few to tell others from them, and so few lines of
/// others do not make a group of a chat between two.
const FEW: u64 = 3;
/// Whoever wrote no more than this in one place may have been late.
const FEW_PASTED: u64 = 3;
/// So many times others have to have been as late, for it to be usual.
const USUAL: usize = 3;
/// So many late messages tell enough of how late they come.
const MOST_LATE: usize = 1024;
/// In a block that was pasted at most one line of so many is by somebody else.
const BLOCK_PART: u64 = 4;
/// Time that runs backwards in more than one message of so many is no sign.
const ORDERLY: u64 = 50;
/// So many headers behind a jump forward can be taken back.
const MOST_AHEAD: usize = 20;

/// Headers that wait.
#[derive(Default)]
pub(super) struct Queue {
    held: Vec<Held>,
    bytes: usize,
    /// So many of the last ones are sure, one after the other.
    sure: usize,
    /// The time of the newest one, as long as none stepped back.
    steady: Option<i64>,
    /// Whether the newest ones came at once behind a leap in time.
    leapt: bool,
}

/// How late messages come by those who are known to be there, in seconds.
#[derive(Default)]
pub(super) struct Lateness {
    /// Of each place at which time stepped back for some lines, the most.
    known: Vec<i64>,
    /// How many late lines came one behind the other just now, and how late.
    run: (u64, i64),
}

impl Lateness {
    /// Takes in a line by somebody known, which is so late.
    fn see(&mut self, by: i64) {
        if by > 0 {
            self.run = (self.run.0 + 1, self.run.1.max(by));
        } else if self.run.0 > 0 {
            let (lines, by) = std::mem::take(&mut self.run);
            // More of them were pasted.
            if lines <= FEW_PASTED && self.known.len() < MOST_LATE {
                self.known.push(by);
            }
        }
    }

    /// Whether it is usual that a message is so late.
    fn is_usual(&self, by: i64) -> bool {
        self.known.iter().filter(|known| **known >= by).take(USUAL).count() == USUAL
    }
}

struct Held {
    begun: Begun<Vec<u8>>,
    who: Who,
    /// Lines of its message in which addresses may stand.
    more: Vec<(u64, Vec<u8>)>,
}

impl Queue {
    /// Whether none waits.
    pub(super) fn is_empty(&self) -> bool {
        self.held.is_empty()
    }

    /// Keeps a further line of the last message.
    pub(super) fn add_line(&mut self, number: u64, bytes: &[u8]) {
        if let Some(last) = self.held.last_mut() {
            self.bytes += bytes.len();
            last.more.push((number, bytes.to_vec()));
        }
    }
}

impl Pass {
    /// Believes a header, or lets it wait while it is doubtful.
    pub(super) fn weigh(&mut self, mut begun: Begun<&[u8]>) {
        if let Err(Undated::NoTime(day)) = begun.stamp {
            // Of all of its day, as early as what stands before it allows.
            let newest = self.waiting.steady.filter(|_| !self.waiting.is_empty()).or(self.last);
            let about = newest.map_or(day, |newest| newest.clamp(day, day + TOLERANCE - 1));
            begun.stamp = Err(Undated::NoTime(about));
        }
        let split = self.split(begun.rest);
        let known = split.is_some_and(|split| split.writer.is_some_and(|writer| self.is_known(writer)));
        let back = self.is_back(begun.seconds());
        // The very first messages are nobody's paste.
        if self.waiting.is_empty() && (known && !back || self.counts.messages == 0) {
            self.note_lateness(begun.seconds());
            self.believe(begun, split);
            return;
        }
        let who = if known { Who::Known } else { self.who(begun.rest, split) };
        if self.waiting.is_empty() && who == Who::Known && !back {
            self.note_lateness(begun.seconds());
            self.believe(begun, split);
            return;
        }
        let queue = &mut self.waiting;
        if queue.held.is_empty() {
            queue.steady = self.last;
            queue.leapt = false;
        }
        let at = begun.seconds();
        let leaps = at.zip(queue.steady).is_some_and(|(at, before)| at > before + TOLERANCE);
        queue.steady = queue.steady.and_then(|before| at.filter(|at| *at >= before));
        queue.leapt = leaps && who != Who::Known || queue.leapt && !leaps;
        queue.bytes += begun.rest.len();
        queue.sure = match who {
            Who::Known if at.is_none() => queue.sure,
            Who::Known if !back => queue.sure + 1,
            _ => 0,
        };
        let Begun { rest, stamp, line, marked, hot } = begun;
        let begun = Begun { rest: rest.to_vec(), stamp, line, marked, hot };
        queue.held.push(Held { begun, who, more: Vec::new() });
        if self.waiting.sure > 0 && self.waiting.steady.is_some() && !self.waiting.leapt {
            // Nothing was odd at all.
            self.believe_all();
        } else if self.waiting.sure == 2 {
            let pair = self.waiting.held.split_off(self.waiting.held.len() - 2);
            let next = pair.iter().filter_map(|held| held.begun.seconds()).min();
            self.settle(next);
            for held in pair {
                self.believe_held(held);
            }
        } else if self.outnumbers_ahead() {
            self.take_back_ahead();
            self.believe_all();
        } else if self.waiting.held.len() > MOST_HELD || self.waiting.bytes > MOST_BYTES {
            // No message holds so much: time is there now.
            self.believe_all();
        }
    }

    /// Notes by how much a line is late that is believed at once.
    fn note_lateness(&mut self, at: Option<i64>) {
        if let (Some(at), Some(last)) = (at, self.last) {
            self.lateness.see(last - at);
        }
    }

    fn is_back(&self, at: Option<i64>) -> bool {
        at.is_some_and(|at| self.last.is_some_and(|last| at < last - TOLERANCE))
    }

    /// Whether somebody is known to be there, and not by doubtful lines alone.
    fn is_known(&self, writer: usize) -> bool {
        let entry = self.registry.get(writer);
        entry.messages > entry.out_of_order || entry.notices > 0 || Some(writer) == self.titled
    }

    /// Whether a line is by somebody who is known by now.
    fn is_by_somebody_known(&mut self, rest: &[u8]) -> bool {
        let writer = self.split(rest).and_then(|split| split.writer);
        writer.is_some_and(|writer| self.is_known(writer))
    }

    /// By whom a line is, where its writer's name is not known as it is written.
    fn who(&mut self, rest: &[u8], split: Option<Split<'_>>) -> Who {
        let Some(split) = split else { return Who::Notice };
        if split.writer.is_none() && self.recognise_line(rest).is_some() {
            return Who::Notice;
        }
        let key = Shown::read(&String::from_utf8_lossy(split.author)).key();
        let wrote = self.registry.named(&key).is_some_and(|writer| self.is_known(writer));
        if wrote || self.membership.knows(&key) { Who::Known } else { Who::Stranger }
    }

    /// Judges what waits, of which `next` is the time of the next sure line.
    fn settle(&mut self, next: Option<i64>) {
        let held = std::mem::take(&mut self.waiting).held;
        if held.is_empty() {
            return;
        }
        let at = |held: &Held| held.begun.seconds();
        let waiting: Vec<Waiting> = held.iter().map(|held| Waiting { who: held.who, at: at(held) }).collect();
        let fates = judge(&waiting, self.last, next, self.counts.headers <= FEW);
        self.doubts += u64::from(fates.iter().any(|fate| matches!(fate, Fate::Doubtful(_))));
        let mut doubtful = BTreeSet::new();
        for (held, fate) in held.into_iter().zip(fates) {
            let line = held.begun.line;
            match fate {
                Fate::True => self.believe_held(held),
                Fate::Doubtful(by) => {
                    self.believe_held(held);
                    let Some((writer, _)) = self.writing else { continue };
                    let entry = self.registry.get_mut(writer);
                    entry.out_of_order += 1;
                    entry.late = entry.late.max(by);
                    entry.doubtful_places += u64::from(doubtful.insert(writer));
                }
                Fate::Pasted => {
                    self.pasted += 1;
                    self.pasted_line.get_or_insert(line);
                    self.counts.continuations += 1;
                }
                Fate::Undated if self.is_by_somebody_known(&held.begun.rest) => self.believe_held(held),
                Fate::Undated => {
                    self.undated.0 += 1;
                    self.undated.1.get_or_insert(line);
                    self.counts.continuations += 1;
                }
            }
        }
    }

    fn believe_held(&mut self, held: Held) {
        let Begun { rest, stamp, line, marked, hot } = held.begun;
        let split = self.split(&rest);
        self.believe(Begun { rest: &rest, stamp, line, marked, hot }, split);
        for (line, bytes) in held.more {
            if let Some((writer, at)) = self.writing {
                self.look_for_addresses(&bytes, writer, line, at);
            }
        }
    }

    /// Believes all that waits: what it says of time is the truth.
    fn believe_all(&mut self) {
        let held = std::mem::take(&mut self.waiting).held;
        let newest = held.iter().filter_map(|held| held.begun.seconds()).max();
        if newest.is_some_and(|newest| self.is_back(Some(newest))) {
            self.last = newest;
        }
        for held in held {
            self.believe_held(held);
        }
    }

    /// The end of the file.
    pub fn end(&mut self) {
        self.settle(None);
        self.hear_the_group();
        self.hear_the_marked();
        self.doubt_senders();
        self.doubt_third_persons();
    }

    /// Whose every line is doubtful, in a chat that is in order else, and whom
    /// no notice knows, may be nobody who was ever there.
    fn doubt_senders(&mut self) {
        if self.doubts > FEW.max(self.counts.headers / ORDERLY) {
            return;
        }
        for index in 0..self.registry.entries().len() {
            let entry = self.registry.get(index);
            let doubtful = entry.messages > 0
                && entry.out_of_order >= entry.messages
                && self.membership.state_of(&entry.shown).is_none();
            if doubtful && entry.messages > FEW_PASTED * entry.doubtful_places {
                self.forget(index);
            } else {
                let suspect = doubtful && !self.lateness.is_usual(entry.late);
                self.registry.get_mut(index).suspect = suspect;
            }
        }
    }

    /// A chat that is named after somebody who writes in it is between two: few
    /// lines by anybody else were pasted, and so was a block of them.
    fn doubt_third_persons(&mut self) {
        let Some(partner) = self.titled else { return };
        if self.membership.is_group || self.registry.get(partner).messages == 0 {
            return;
        }
        let entry = |index: usize| self.registry.get(index);
        let length = |[first, last]: [u64; 2]| last - first + 1;
        let mut others: Vec<usize> = (0..self.registry.entries().len())
            .filter(|index| *index != partner && entry(*index).messages > 0)
            .collect();
        // The exporter is who writes all along.
        others.sort_by_key(|index| std::cmp::Reverse((length(entry(*index).span), entry(*index).messages)));
        let extra = others.get(1..).unwrap_or_default();
        let lines: u64 = extra.iter().map(|index| entry(*index).messages).sum();
        let first = extra.iter().map(|index| entry(*index).span[0]).min();
        let last = extra.iter().map(|index| entry(*index).span[1]).max();
        let Some(span) = first.zip(last).map(|(first, last)| length([first, last])) else { return };
        // In a block there is hardly anything else.
        let is_block = lines * BLOCK_PART >= span * (BLOCK_PART - 1);
        if lines <= FEW.max(self.counts.messages / 20) || is_block {
            for index in extra {
                self.forget(*index);
            }
        }
    }

    /// Takes back all that somebody wrote: it was pasted.
    fn forget(&mut self, index: usize) {
        let entry = self.registry.get(index);
        let (line, messages, media) = (entry.line, entry.messages, entry.media);
        self.pasted_line.get_or_insert(line);
        self.counts.messages -= messages;
        self.counts.headers -= messages;
        self.counts.media -= media;
        self.counts.continuations += messages;
        self.pasted += messages;
        self.addresses.retain(|met| met.writer != index);
        self.cues.retain(|met| met.writer != index);
        self.emails.retain(|(_, writer, _)| *writer != index);
        self.cards.retain(|(_, writer)| *writer != index);
        self.registry.forget(index);
    }

    /// Whether what waits goes on from before the last jump forward, and is more
    /// than what came since: then that was the odd one.
    fn outnumbers_ahead(&self) -> bool {
        let held = &self.waiting.held;
        let goes_on = |held: &Held| {
            let at = held.begun.seconds();
            held.who == Who::Known
                && self.is_back(at)
                && self.before_jump.is_some_and(|before| at >= Some(before - TOLERANCE))
        };
        !self.ahead.is_empty() && held.len() == self.ahead.len() + 1 && held.iter().all(goes_on)
    }

    /// What came since the last jump forward was pasted after all.
    fn take_back_ahead(&mut self) {
        let ahead = std::mem::take(&mut self.ahead);
        let Some(from) = ahead.first().map(|believed| believed.line) else { return };
        for believed in ahead.iter().rev() {
            let Some((undo, media)) = &believed.message else { continue };
            self.registry.take_back(undo, *media);
            self.counts.messages -= 1;
            self.counts.media -= u64::from(*media);
            self.counts.headers -= 1;
            self.counts.continuations += 1;
            self.pasted += 1;
        }
        self.pasted_line.get_or_insert(from);
        self.addresses.retain(|met| met.line < from);
        self.cues.retain(|met| met.line < from);
        self.emails.retain(|(.., line)| *line < from);
        self.last = None;
    }

    /// Whether time jumps forward with a line.
    fn jumps(&self, seconds: i64) -> bool {
        self.last.is_some_and(|last| seconds > last + TOLERANCE)
    }

    /// Whether what comes at that time may have to be taken back.
    pub(super) fn follows_jump(&self, seconds: i64) -> bool {
        !self.ahead.is_empty() || self.jumps(seconds)
    }

    /// Keeps what is needed to take back what follows a jump forward.
    pub(super) fn remember(&mut self, line: u64, seconds: i64, message: Option<(Undo, bool)>) {
        let jumped = self.jumps(seconds);
        if jumped || self.ahead.len() > MOST_AHEAD {
            self.ahead.clear();
        }
        if jumped {
            self.before_jump = self.last;
        }
        if jumped || !self.ahead.is_empty() {
            self.ahead.push(Believed { line, seconds, message });
        }
        self.last = Some(self.last.map_or(seconds, |last| last.max(seconds)));
        // A late message may stand a little behind; the newest counts.
        if let Some(first) = self.ahead.first()
            && seconds < first.seconds - TOLERANCE
        {
            self.ahead.clear();
        }
    }
}
