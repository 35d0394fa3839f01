//! One by one: always the one who brings most after those before.
//!
//! Where people follow softly or the first friend, what somebody brings only
//! becomes less, and samples taken backwards give it for everybody at once.
//! Where company comes first it can also become more, so nothing may be put off:
//! a pool of people is tried out anew for every place. That somebody comes nearer
//! to coming counts for a part there, or all would look alike at the beginning.

use super::super::effort::Effort;
use super::super::process::{Given, Play, Regime, World};
use super::super::reverse::Samples;
use super::super::ties::Ties;
use super::degree;

/// What counts how much.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pull {
    soft: f64,
    hard: f64,
    cascade: f64,
    credit: f64,
}

/// What coming nearer is worth, as a part of coming.
const CREDIT: f64 = 0.5;

impl Pull {
    /// Soft thresholds alone.
    pub const SOFT: Pull = Pull { soft: 1.0, hard: 0.0, cascade: 0.0, credit: 0.0 };
    /// Hard thresholds alone.
    pub const HARD: Pull = Pull { soft: 0.0, hard: 1.0, cascade: 0.0, credit: 0.0 };
    /// The cascade alone.
    pub const CASCADE: Pull = Pull { soft: 0.0, hard: 0.0, cascade: 1.0, credit: 0.0 };
    /// Hard thresholds, where coming nearer counts.
    pub const CREDIT: Pull = Pull { soft: 0.0, hard: 1.0, cascade: 0.0, credit: CREDIT };
    /// All three.
    pub const MIXED: Pull = Pull { soft: 1.0, hard: 1.0, cascade: 1.0, credit: CREDIT };
}

/// The purposes of the dice.
const SOFT: u64 = 11;
const HARD: u64 = 12;
const CASCADE: u64 = 13;

/// The first `count` people.
pub fn by(ties: &Ties, count: usize, effort: &Effort, pull: Pull) -> Vec<usize> {
    let weighed = count.min(effort.weighed);
    let samples = |weight: f64, regime, purpose| {
        (weight > 0.0).then(|| (weight, Samples::take(ties, regime, effort, purpose)))
    };
    let mut samples: Vec<(f64, Samples)> =
        [samples(pull.soft, Regime::Soft, SOFT), samples(pull.cascade, Regime::Cascade, CASCADE)]
            .into_iter()
            .flatten()
            .collect();
    let mut tried = (pull.hard > 0.0).then(|| Tried::new(ties, effort, pull));
    let mut open: Vec<bool> = (0..ties.len()).map(|person| ties.is_open(person)).collect();
    let mut order: Vec<usize> = Vec::new();
    let covered = |samples: &[(f64, Samples)], person: usize| -> f64 {
        samples.iter().map(|(weight, samples)| weight * samples.gain(ties, person)).sum()
    };
    while order.len() < weighed {
        let waiting = open.iter().enumerate().filter(|(_, open)| **open).map(|(person, _)| person);
        let best = match &mut tried {
            None => best(waiting.map(|person| (covered(&samples, person), person)), ties),
            Some(tried) => {
                let waiting: Vec<usize> = waiting.collect();
                let sure = |person: usize| covered(&samples, person);
                let size = tried.affordable(weighed - order.len(), effort);
                let pool = tried.pool(&waiting, size, sure);
                let gains = pool.into_iter().map(|person| (sure(person) + tried.gain(ties, person), person));
                best(gains, ties)
            }
        };
        let Some(person) = best else { break };
        open[person] = false;
        order.push(person);
        for (_, samples) in &mut samples {
            samples.choose(ties, person);
        }
        if let Some(tried) = &mut tried {
            tried.choose(ties, person);
        }
    }
    let rest = degree::discount(ties, &order, count.saturating_sub(order.len()));
    order.extend(rest);
    order
}

/// The one who brings most; among equal ones the one with whom the user has
/// most to do, then the one of the lowest number.
fn best(gains: impl Iterator<Item = (f64, usize)>, ties: &Ties) -> Option<usize> {
    let direct = |person: usize| ties.people[person].direct;
    gains
        .max_by(|a, b| {
            a.0.total_cmp(&b.0).then_with(|| direct(a.1).total_cmp(&direct(b.1))).then_with(|| b.1.cmp(&a.1))
        })
        .map(|(_, person)| person)
}

/// Worlds in which people are tried out.
struct Tried {
    worlds: Vec<World>,
    plays: Vec<Play>,
    pull: Pull,
    /// What each person was worth when they were tried last.
    last: Vec<f64>,
    /// When that was.
    when: Vec<usize>,
    round: usize,
    /// How often somebody was tried out.
    trials: u64,
}

impl Tried {
    fn new(ties: &Ties, effort: &Effort, pull: Pull) -> Tried {
        let worlds = World::several(ties, Regime::Hard, Given::Today, effort.worlds, HARD);
        let plays = worlds.iter().map(|world| Play::new(ties, world)).collect();
        let others = degree::others(ties);
        #[expect(clippy::cast_precision_loss, reason = "counts of people")]
        let last = others.into_iter().map(|others| others as f64).collect();
        Tried { worlds, plays, pull, last, when: vec![0; ties.len()], round: 0, trials: 0 }
    }

    /// How many can be tried out for each of so many places, by what a trial cost
    /// so far.
    fn affordable(&self, places: usize, effort: &Effort) -> usize {
        let spent: u64 = self.plays.iter().map(Play::steps).sum();
        let Some(each) = spent.checked_div(self.trials) else { return effort.pool };
        let left = effort.steps.saturating_sub(spent) / places.max(1) as u64;
        let size = left / each.max(1);
        usize::try_from(size).unwrap_or(usize::MAX).clamp(4, effort.pool)
    }

    /// Those who are worth trying: who brought most when they were tried last,
    /// and whoever waits longest for being tried.
    fn pool(&mut self, waiting: &[usize], size: usize, sure: impl Fn(usize) -> f64) -> Vec<usize> {
        self.round += 1;
        let first = self.round == 1;
        // In the first round nobody was tried, and friends are counted instead.
        let size = if first { 2 * size } else { size };
        if waiting.len() <= size {
            return waiting.to_vec();
        }
        let worth = |person: usize| self.last[person] + if first { 0.0 } else { sure(person) };
        let mut ranked: Vec<(f64, usize)> = waiting.iter().map(|person| (worth(*person), *person)).collect();
        let kept = if first { size } else { size - size / 4 };
        ranked.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        let mut rest: Vec<usize> = ranked.split_off(kept).into_iter().map(|(_, person)| person).collect();
        let mut pool: Vec<usize> = ranked.into_iter().map(|(_, person)| person).collect();
        rest.sort_by_key(|person| self.when[*person]);
        rest.truncate(size - kept);
        pool.extend(rest);
        pool
    }

    fn gain(&mut self, ties: &Ties, person: usize) -> f64 {
        let credit = self.pull.credit;
        let all = self.worlds.iter().zip(&mut self.plays);
        let gained: f64 = all.map(|(world, play)| play.try_out(ties, world, person, credit)).sum();
        #[expect(clippy::cast_precision_loss, reason = "a count of worlds")]
        let gained = self.pull.hard * gained / self.worlds.len() as f64;
        self.last[person] = gained;
        self.when[person] = self.round;
        self.trials += 1;
        gained
    }

    fn choose(&mut self, ties: &Ties, person: usize) {
        for (world, play) in self.worlds.iter().zip(&mut self.plays) {
            play.invite(ties, world, person, self.pull.credit);
        }
    }
}
