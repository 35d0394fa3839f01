//! Judging orders: what each would bring under each regime, and which of them
//! loses least in the worst of them.

use super::process::{Given, Play, Regime, World};
use super::ties::Ties;

/// What the dice of the court are for.
const JUDGED: u64 = 21;

/// An order that brings so many people of a hundred less than counting friends
/// would, under any regime, is none to give away: everybody knows that one.
const BELOW: f64 = 0.002;

/// How dear it is to be below that.
const DEAR: f64 = 5.0;

/// What an order brings, by regime, in people.
#[derive(Clone, Debug, PartialEq)]
pub struct Brought(Vec<(Regime, f64)>);

impl Brought {
    /// Under one regime.
    pub fn under(&self, regime: Regime) -> Option<f64> {
        self.0.iter().find(|(own, _)| *own == regime).map(|(_, brought)| *brought)
    }

    /// What is left of the best, by regime.
    fn shares<'a>(&'a self, best: &'a Brought) -> impl Iterator<Item = f64> + 'a {
        let share = |own: f64, best: f64| if best > 0.0 { own / best } else { 1.0 };
        self.0.iter().zip(&best.0).map(move |((_, own), (_, best))| share(*own, *best))
    }

    /// What is left of the best, in the worst of the regimes.
    pub fn share_of(&self, best: &Brought) -> f64 {
        self.shares(best).fold(f64::INFINITY, f64::min)
    }

    /// The best of each regime.
    pub fn best<'a>(all: impl IntoIterator<Item = &'a Brought>) -> Option<Brought> {
        all.into_iter().cloned().reduce(|best, own| {
            Brought(best.0.into_iter().zip(own.0).map(|(best, own)| (best.0, best.1.max(own.1))).collect())
        })
    }
}

/// Worlds in which orders are judged; no order was made in them.
#[derive(Clone, Debug)]
pub struct Court {
    worlds: Vec<(Regime, Vec<World>)>,
    /// How many people can come, in what they are worth.
    waiting: f64,
    /// How many members were looked at.
    steps: u64,
}

impl Court {
    /// A court of `count` worlds for each of these regimes.
    pub fn new(ties: &Ties, regimes: &[Regime], count: usize) -> Court {
        let worlds = |regime: &Regime| (*regime, World::several(ties, *regime, Given::Today, count, JUDGED));
        let waiting = ties.open().map(|person| ties.people[person].worth).sum();
        Court { worlds: regimes.iter().map(worlds).collect(), waiting, steps: 0 }
    }

    /// What inviting these brings.
    pub fn judge(&mut self, ties: &Ties, invited: &[usize]) -> Brought {
        self.judge_in(ties, invited, usize::MAX)
    }

    /// The same in the first `count` worlds of each regime alone.
    pub fn judge_in(&mut self, ties: &Ties, invited: &[usize], count: usize) -> Brought {
        let mut steps = 0;
        let mut under = |worlds: &[World]| {
            let mut brought = 0.0;
            let mut play: Option<Play> = None;
            for world in worlds {
                let mut now = match play.take() {
                    Some(play) => play.again(ties, world),
                    None => Play::new(ties, world),
                };
                brought += invited.iter().map(|person| now.invite(ties, world, *person, 0.0)).sum::<f64>();
                play = Some(now);
            }
            steps += play.map_or(0, |play| play.steps());
            #[expect(clippy::cast_precision_loss, reason = "a count of worlds")]
            let mean = brought / worlds.len().max(1) as f64;
            mean
        };
        let brought = Brought(
            self.worlds
                .iter()
                .map(|(regime, worlds)| (*regime, under(&worlds[..count.min(worlds.len())])))
                .collect(),
        );
        self.steps += steps;
        brought
    }

    /// How many members were looked at so far: what it cost.
    pub fn steps(&self) -> u64 {
        self.steps
    }

    /// How good an order is: what is left of the best in the worst regime, less
    /// what it brings less than counting friends (`plain`); and what is left of
    /// the best over all, for those that are equal.
    pub fn value(&self, own: &Brought, best: &Brought, plain: Option<&Brought>) -> (f64, f64) {
        let below = |plain: &Brought| -> f64 {
            let lost = own.0.iter().zip(&plain.0).map(|((_, own), (_, plain))| (plain - own) / self.waiting);
            lost.map(|lost| (lost - BELOW).max(0.0)).sum()
        };
        let below = plain.map_or(0.0, below);
        let below = if below.is_finite() { below } else { 0.0 };
        (own.share_of(best) - DEAR * below, own.shares(best).sum())
    }
}
