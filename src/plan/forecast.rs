//! What each place of the order would bring, in all three ways of following
//! alike: how many people, and how far their groups get.

use super::Unlock;
use super::spread::{Effort, Given, Play, Regime, Ties, World};

/// So many worlds of each regime are played at the most.
const WORLDS: usize = 24;

/// So many places are foretold.
const PLACES: usize = 500;

/// The purpose of the dice.
const FORETOLD: u64 = 31;

/// What one place brings after those before it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Step {
    /// How many people come, themself included.
    pub moved: f64,
    /// Their groups.
    pub unlocks: Vec<Unlock>,
}

/// The worlds in which it is foretold.
#[derive(Clone, Debug)]
pub struct Worlds(Vec<World>);

impl Worlds {
    /// As many of each regime as the effort allows.
    pub fn new(ties: &Ties, effort: &Effort) -> Worlds {
        let count = effort.judged.min(WORLDS);
        let drawn = |regime| World::several(ties, regime, Given::Today, count, FORETOLD);
        Worlds(Regime::ALL.into_iter().flat_map(drawn).collect())
    }

    /// What the first places of an order bring: those that were `weighed`, and some
    /// more.
    #[expect(clippy::cast_precision_loss, reason = "counts of worlds")]
    pub fn steps(&self, ties: &Ties, people: &[usize], weighed: usize) -> Vec<Step> {
        let mut plays: Vec<Play> = self.0.iter().map(|world| Play::new(ties, world)).collect();
        let step = |person: &usize| {
            let counted = |plays: &[Play], knot: usize| {
                plays.iter().map(|play| play.count(knot) as usize).sum::<usize>()
            };
            let knots: Vec<usize> = ties.knots_of(*person).collect();
            let before: Vec<usize> = knots.iter().map(|knot| counted(&plays, *knot)).collect();
            let mut moved = 0;
            for (world, play) in self.0.iter().zip(&mut plays) {
                let came = play.came().count();
                play.invite(ties, world, *person, 0.0);
                moved += play.came().count() - came;
            }
            let mut unlocks: Vec<Unlock> = (knots.iter().zip(before))
                .map(|(group, before)| {
                    let after = self.rounded(counted(&plays, *group));
                    Unlock { group: *group, before: self.rounded(before), after }
                })
                .filter(|unlock| unlock.after > unlock.before)
                .collect();
            unlocks.sort_by_key(|unlock| (std::cmp::Reverse(unlock.after - unlock.before), unlock.group));
            let moved = moved as f64 / self.0.len().max(1) as f64;
            Step { moved: (moved * 100.0).round() / 100.0, unlocks }
        };
        people.iter().take(weighed.max(PLACES)).map(step).collect()
    }

    /// The mean of a sum over all worlds, as a whole number.
    fn rounded(&self, sum: usize) -> usize {
        let worlds = self.0.len().max(1);
        (sum + worlds / 2) / worlds
    }
}
