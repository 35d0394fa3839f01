//! Who would have had to come for somebody to come: samples taken backwards.
//!
//! Where people follow softly or the first friend, a world can also be drawn
//! from its end: take somebody, and walk back to all for whose sake they would
//! have come. Whoever stands in many such samples brings many. Choosing people
//! by how many samples they newly cover is the greedy method with its promise
//! (63 % of what is possible at the least), and costs little even for 100,000
//! contacts. It is right only where a second friend never counts for more than
//! the first, so not for those who want company first.

use super::dice::{Dice, mixed, throw};
use super::effort::Effort;
use super::process::{Odds, Regime};
use super::ties::{Standing, Ties};

/// Samples, and who stands in which.
#[derive(Clone, Debug, Default)]
pub struct Samples {
    start: Vec<usize>,
    items: Vec<u32>,
    /// The samples in which each person stands.
    of: Vec<Vec<u32>>,
    /// What each sample still weighs.
    open: Vec<f64>,
    /// What each person would cover.
    gain: Vec<f64>,
    /// What covering one is worth, in people.
    unit: f64,
}

/// Walking back stops after so many: a sample that large is covered by anybody.
const LONGEST: usize = 4_096;

impl Samples {
    /// Takes samples for a regime, which is soft or a cascade.
    pub fn take(ties: &Ties, regime: Regime, effort: &Effort, purpose: u64) -> Samples {
        let seed = mixed(purpose, regime as u64);
        let comes = |person: &usize| {
            let own = &ties.people[*person];
            matches!(own.standing, Standing::Open | Standing::Follows) && own.worth > 0.0
        };
        let mut heads: Vec<usize> = (0..ties.len()).filter(comes).collect();
        // Where there is no time for all, those who are left out are left to chance.
        heads
            .sort_by(|a, b| throw(seed, ties.keys[*a]).total_cmp(&throw(seed, ties.keys[*b])).then(a.cmp(b)));
        let mut samples = Samples { start: vec![0], ..Samples::default() };
        let mut walk = Walk { ties, odds: Odds::of(ties), seen: vec![0; ties.len()], round: 0 };
        let rounds = (effort.samples / heads.len().max(1)).max(1) as u64;
        for (round, head) in (0..rounds).flat_map(|round| heads.iter().map(move |head| (round, *head))) {
            // Where samples are large, few of them tell as much.
            if samples.items.len() >= effort.sampled || samples.open.len() >= effort.samples {
                break;
            }
            let mut dice = Dice::new(mixed(seed, ties.keys[head]), round);
            walk.back(regime, head, &mut samples.items, &mut dice);
            samples.start.push(samples.items.len());
            samples.open.push(weight(ties, head));
        }
        let worth = heads.iter().map(|head| weight(ties, *head)).sum();
        samples.turned(ties, worth)
    }

    fn turned(mut self, ties: &Ties, worth: f64) -> Samples {
        let count = self.open.len();
        self.of = vec![Vec::new(); ties.len()];
        for sample in 0..count {
            for person in &self.items[self.start[sample]..self.start[sample + 1]] {
                self.of[*person as usize].push(u32::try_from(sample).unwrap_or(u32::MAX));
            }
        }
        let sampled: f64 = self.open.iter().sum();
        self.unit = if sampled > 0.0 { worth / sampled } else { 0.0 };
        let gain = |of: &Vec<u32>| of.iter().map(|sample| self.open[*sample as usize]).sum();
        self.gain = self.of.iter().map(gain).collect();
        self
    }

    /// What inviting somebody would be worth, after those who were chosen.
    pub fn gain(&self, ties: &Ties, person: usize) -> f64 {
        self.gain[person] * ties.people[person].accepts * self.unit
    }

    /// Invites somebody.
    pub fn choose(&mut self, ties: &Ties, person: usize) {
        let accepts = ties.people[person].accepts;
        for sample in std::mem::take(&mut self.of[person]) {
            let sample = sample as usize;
            let covered = self.open[sample] * accepts;
            if covered <= 0.0 {
                continue;
            }
            self.open[sample] -= covered;
            for other in &self.items[self.start[sample]..self.start[sample + 1]] {
                self.gain[*other as usize] -= covered;
            }
        }
        self.gain[person] = 0.0;
    }
}

/// What a sample that begins at somebody weighs: what they are worth, in parts that
/// add up without a rest, so that equal sums are equal.
fn weight(ties: &Ties, head: usize) -> f64 {
    (ties.people[head].worth * PARTS).ceil() / PARTS
}

/// So many parts of one.
const PARTS: f64 = 64.0;

struct Walk<'a> {
    ties: &'a Ties,
    odds: Odds,
    seen: Vec<u32>,
    round: u32,
}

impl Walk<'_> {
    /// Walks back from somebody to all who would bring them.
    fn back(&mut self, regime: Regime, head: usize, items: &mut Vec<u32>, dice: &mut Dice) {
        self.round += 1;
        let from = items.len();
        self.meet(head, items);
        match regime {
            Regime::Soft | Regime::Hard => {
                let mut at = head;
                while let Some(next) = self.leader(at, dice).filter(|next| self.meet(*next, items)) {
                    at = next;
                }
            }
            Regime::Cascade => {
                let mut next = from;
                while next < items.len() && items.len() - from < LONGEST {
                    self.askers(items[next] as usize, items, dice);
                    next += 1;
                }
            }
        }
    }

    /// Adds somebody who was not met in this walk.
    fn meet(&mut self, person: usize, items: &mut Vec<u32>) -> bool {
        let new = self.seen[person] != self.round;
        if new {
            self.seen[person] = self.round;
            items.push(u32::try_from(person).unwrap_or(u32::MAX));
        }
        new
    }

    /// The one after whom somebody comes: each with the share that they weigh
    /// among those who are not there today.
    fn leader(&self, person: usize, dice: &mut Dice) -> Option<usize> {
        let ties = self.ties;
        let weight = |knot: usize| {
            let others = ties.members.row(knot).len().saturating_sub(1);
            let waiting = u32::try_from(others).unwrap_or(u32::MAX).saturating_sub(ties.count[knot]);
            ties.weight[knot] * f64::from(waiting)
        };
        let total: f64 = ties.knots_of(person).map(weight).sum();
        if total <= 0.0 {
            return None;
        }
        let mut throw = dice.unit() * total;
        let knot = ties.knots_of(person).find(|knot| {
            throw -= weight(*knot);
            throw <= 0.0
        })?;
        let row = ties.members.row(knot);
        // Somebody who is there, or the one themself, is thrown again.
        let fits = |other: usize| other != person && ties.people[other].standing != Standing::There;
        let thrown = (0..64).map(|_| row[dice.below(row.len())] as usize).find(|other| fits(*other));
        let found = thrown.or_else(|| ties.members_of(knot).find(|other| fits(*other)));
        found.filter(|other| ties.people[*other].standing != Standing::Out)
    }

    /// Adds all who would bring somebody along if they came.
    fn askers(&mut self, person: usize, items: &mut Vec<u32>, dice: &mut Dice) {
        let ties = self.ties;
        for knot in ties.knots_of(person) {
            let row = ties.members.row(knot);
            let mut at = 0;
            loop {
                let skip = self.odds.tries(ties.chance[knot], dice.unit()) as usize;
                at += skip;
                if skip > row.len() || at > row.len() {
                    break;
                }
                let other = row[at - 1] as usize;
                if matches!(ties.people[other].standing, Standing::Open | Standing::Follows) {
                    self.meet(other, items);
                }
            }
        }
    }
}
