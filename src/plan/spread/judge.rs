//! Judging orders: what each would bring under each regime, and which of them
//! loses least in the worst of them.

use super::dice::Dice;
use super::process::{Given, Play, Regime, World};
use super::ties::{Person, Standing, Ties};

/// What the dice of the court are for.
const JUDGED: u64 = 21;

/// What the dice are for that invite by chance.
const BY_CHANCE: u64 = 22;

/// So much of what chance brings is set aside before orders are compared: it is no
/// merit of theirs. Where the first friend is enough chance brings nine tenths of
/// what can be had, and all orders would look alike.
const ASIDE: f64 = 0.8;

/// No regime counts more because hardly anything can be had in it beyond chance: so
/// much of the best is at stake at the least.
const STAKE: f64 = 0.05;

/// An order that brings so many people of a hundred less than counting friends
/// would, under any regime, is none to give away: everybody knows that one.
const BELOW: f64 = 0.004;

/// How dear it is to be below that: hardly anything makes up for a point.
const DEAR: f64 = 100.0;

/// What an order brings, by regime, in people.
#[derive(Clone, Debug, PartialEq)]
pub struct Brought(Vec<(Regime, f64)>);

impl Brought {
    /// Under one regime.
    pub fn under(&self, regime: Regime) -> Option<f64> {
        self.0.iter().find(|(own, _)| *own == regime).map(|(_, brought)| *brought)
    }

    /// The best of each regime.
    fn best(all: &[Brought]) -> Option<Brought> {
        all.iter().cloned().reduce(|best, own| {
            Brought(best.0.into_iter().zip(own.0).map(|(best, own)| (best.0, best.1.max(own.1))).collect())
        })
    }
}

/// What orders are held against.
#[derive(Clone, Debug)]
pub struct Bar {
    /// The best of each regime, of all orders there are.
    best: Brought,
    /// What inviting as many people by chance brings.
    chance: Brought,
    /// What counting friends brings.
    plain: Option<Brought>,
    /// What all who can come are worth, invited or after others.
    waiting: f64,
}

impl Bar {
    /// How good an order is: what is left, in the worst regime, of what the best
    /// brings beyond most of chance, less `DEAR` times what it brings less than
    /// counting friends, beyond `BELOW`, in all regimes together; and what is left
    /// of the best over all, for those that are equal.
    pub fn value(&self, own: &Brought) -> (f64, f64) {
        let share = |own: f64, best: f64| if best > 0.0 { own / best } else { 1.0 };
        let (mut worst, mut sum, mut below) = (f64::INFINITY, 0.0, 0.0);
        for (at, (_, own)) in own.0.iter().enumerate() {
            let [best, chance] = [&self.best, &self.chance].map(|brought| brought.0[at].1);
            let aside = ASIDE * chance;
            worst = share(own - aside, (best - aside).max(STAKE * best)).min(worst);
            sum += share(*own, best);
            if let Some(plain) = &self.plain {
                let lost = (plain.0[at].1 - own) / self.waiting;
                below += (lost - BELOW).max(0.0);
            }
        }
        let below = if below.is_finite() { below } else { 0.0 };
        (worst - DEAR * below, sum)
    }
}

/// Worlds in which orders are judged; no order was made in them.
#[derive(Clone, Debug)]
pub struct Court {
    worlds: Vec<(Regime, Vec<World>)>,
    /// What all who can come are worth.
    waiting: f64,
    /// How many members were looked at.
    steps: u64,
}

impl Court {
    /// A court of `count` worlds for each of these regimes.
    pub fn new(ties: &Ties, regimes: &[Regime], count: usize) -> Court {
        let worlds = |regime: &Regime| (*regime, World::several(ties, *regime, Given::Today, count, JUDGED));
        let comes = |person: &&Person| matches!(person.standing, Standing::Open | Standing::Follows);
        let waiting = ties.people.iter().filter(comes).map(|person| person.worth).sum();
        Court { worlds: regimes.iter().map(worlds).collect(), waiting, steps: 0 }
    }

    /// What inviting these brings.
    pub fn judge(&mut self, ties: &Ties, invited: &[usize]) -> Brought {
        self.judge_in(ties, invited, usize::MAX)
    }

    /// The same in the first `count` worlds of each regime alone.
    pub fn judge_in(&mut self, ties: &Ties, invited: &[usize], count: usize) -> Brought {
        self.played(ties, count, |play, world| {
            invited.iter().map(|person| play.invite(ties, world, *person, 0.0)).sum()
        })
    }

    /// What these orders, which bring that, are held against; `plain` is the one that
    /// counts friends.
    pub fn bar(
        &mut self,
        ties: &Ties,
        orders: &[Vec<usize>],
        brought: &[Brought],
        plain: Option<usize>,
    ) -> Option<Bar> {
        self.bar_of(ties, orders, brought, plain, usize::MAX)
    }

    /// The same, as it is in the first `count` worlds of each regime alone: there all
    /// are lucky or not together.
    pub fn bar_in(
        &mut self,
        ties: &Ties,
        orders: &[Vec<usize>],
        plain: Option<usize>,
        count: usize,
    ) -> Option<Bar> {
        let brought: Vec<Brought> = orders.iter().map(|order| self.judge_in(ties, order, count)).collect();
        self.bar_of(ties, orders, &brought, plain, count)
    }

    fn bar_of(
        &mut self,
        ties: &Ties,
        orders: &[Vec<usize>],
        brought: &[Brought],
        plain: Option<usize>,
        count: usize,
    ) -> Option<Bar> {
        let best = Brought::best(brought)?;
        let invited = orders.first().map_or(0, Vec::len);
        let mut dice = Dice::new(JUDGED, BY_CHANCE);
        let mut open: Vec<usize> = ties.open().collect();
        // Other people in every world: that is what makes few worlds enough.
        let chance = self.played(ties, count, |play, world| {
            dice.shuffle(&mut open);
            open.iter().take(invited).map(|person| play.invite(ties, world, *person, 0.0)).sum()
        });
        let plain = plain.and_then(|at| brought.get(at)).cloned();
        Some(Bar { best, chance, plain, waiting: self.waiting })
    }

    /// What comes of inviting somebody in each of the first `count` worlds of each
    /// regime, on average.
    fn played(
        &mut self,
        ties: &Ties,
        count: usize,
        mut invite: impl FnMut(&mut Play, &World) -> f64,
    ) -> Brought {
        let mut steps = 0;
        let mut under = |worlds: &[World]| {
            let mut brought = 0.0;
            let mut play: Option<Play> = None;
            for world in worlds {
                let mut now = match play.take() {
                    Some(play) => play.again(ties, world),
                    None => Play::new(ties, world),
                };
                brought += invite(&mut now, world);
                play = Some(now);
            }
            steps += play.map_or(0, |play| play.steps());
            #[expect(clippy::cast_precision_loss, reason = "a count of worlds")]
            let mean = brought / worlds.len().max(1) as f64;
            mean
        };
        let of =
            |(regime, worlds): &(Regime, Vec<World>)| (*regime, under(&worlds[..count.min(worlds.len())]));
        let brought = Brought(self.worlds.iter().map(of).collect());
        self.steps += steps;
        brought
    }

    /// How many members were looked at so far: what it cost.
    pub fn steps(&self) -> u64 {
        self.steps
    }
}
