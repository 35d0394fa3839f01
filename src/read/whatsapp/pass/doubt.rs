//! Headers that may have been pasted: those that jump back are held until it is
//! clear which side is the odd one out.

use super::super::header::YearAt;
use super::super::people::Undo;
use super::super::stamp::Stamp;
use super::{Believed, Held, LONGEST_PASTE, Pass, TOLERANCE};

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
