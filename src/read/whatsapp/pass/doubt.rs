//! Headers that may have been pasted: those that jump back are held until it is
//! clear which side is the odd one out.

use super::super::header::YearAt;
use super::super::people::Undo;
use super::super::stamp::Stamp;
use super::{Believed, Dent, FEW, FEW_PASTED, Held, LONGEST_PASTE, ORDERLY, Pass, RECENT, TOLERANCE};

impl Pass {
    /// Believes a header, or holds it while it is doubtful.
    pub(super) fn weigh(&mut self, rest: &[u8], stamp: Option<Stamp>, line: u64, marked: bool, hot: bool) {
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
        self.doubt_senders();
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
            self.emails.retain(|(_, writer, _)| *writer != index);
            self.registry.forget(index);
        }
    }

    /// Notes where time ran backwards: lines that are older than those before
    /// them may have been pasted within the hour, or else those before them.
    /// Time tells which: where it goes on from, the fewer are the odd ones.
    pub(super) fn note_order(&mut self, writer: usize, seconds: i64) {
        if self.segments[self.segment].after_crlf {
            return;
        }
        let newest = self.recent[self.newest].1;
        if self.dent.is_some() {
            self.settle_dent(writer, seconds);
        } else if seconds < newest {
            let backwards = (0..RECENT).map(|back| self.recent[(self.newest + RECENT - back) % RECENT]);
            let ahead = backwards.take_while(|(_, at)| *at > seconds).map(|(writer, _)| writer).collect();
            self.dents += 1;
            self.dent = Some(Dent { ahead, newest, behind: vec![writer] });
        }
        self.newest = (self.newest + 1) % RECENT;
        self.recent[self.newest] = (writer, seconds);
    }

    /// Goes on behind a step back in time, until it is clear what was odd.
    fn settle_dent(&mut self, writer: usize, seconds: i64) {
        let Some(mut dent) = self.dent.take() else { return };
        if seconds >= dent.newest {
            self.doubt(&dent.behind);
            return;
        }
        dent.behind.push(writer);
        if dent.behind.len() > dent.ahead.len() {
            self.doubt(&dent.ahead);
        } else {
            self.dent = Some(dent);
        }
    }

    fn doubt(&mut self, writers: &[usize]) {
        for writer in writers {
            self.registry.get_mut(*writer).out_of_order += 1;
        }
    }

    /// Whose every line stands out of order, in a chat that is in order else,
    /// and whom no notice knows, may be nobody who was ever there.
    fn doubt_senders(&mut self) {
        if let Some(dent) = self.dent.take() {
            let fewer = if dent.ahead.len() < dent.behind.len() { dent.ahead } else { dent.behind };
            self.doubt(&fewer);
        }
        if self.dents > FEW.max(self.counts.headers / ORDERLY) {
            return;
        }
        for index in 0..self.registry.entries().len() {
            let entry = self.registry.get(index);
            let few = (1..=FEW_PASTED).contains(&entry.messages);
            let suspect = few
                && entry.out_of_order >= entry.messages
                && self.membership.state_of(&entry.shown).is_none();
            self.registry.get_mut(index).suspect = suspect;
        }
    }

    pub(super) fn believe_held(&mut self) {
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

    /// Keeps what is needed to take back what follows a jump forward.
    pub(super) fn remember(&mut self, seconds: i64, message: Option<(Undo, bool)>) {
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
}
