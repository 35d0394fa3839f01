//! What each place of the order would bring, in all three ways of following
//! alike: how many people, and how far their groups get.
//!
//! Whoever comes is supposed to come where they are invited to. So what is there before
//! anybody comes is who is on that channel, and not on the one on which a group is
//! nearest, which may be another.

use super::spread::{Effort, Given, Play, Regime, Ties, World};
use super::{Ordered, Unlock};

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

    /// What the first places of an order bring: those that were weighed, and some
    /// more. `there` says of each group how many are on the channel to which they
    /// are invited.
    #[expect(clippy::cast_precision_loss, reason = "counts of worlds")]
    pub(super) fn steps(&self, ordered: &Ordered, there: &[usize]) -> Vec<Step> {
        let Ordered { ties, numbers, people, weighed, .. } = ordered;
        let mut plays: Vec<Play> = self.0.iter().map(|world| Play::new(ties, world)).collect();
        let step = |contact: &usize| {
            let person = numbers.number(*contact);
            let counted = |plays: &[Play], knot: usize| {
                plays.iter().map(|play| (play.count(knot) - ties.count[knot]) as usize).sum::<usize>()
            };
            let knots: Vec<usize> = ties.knots_of(person).collect();
            let before: Vec<usize> = knots.iter().map(|knot| counted(&plays, *knot)).collect();
            let mut moved = 0;
            for (world, play) in self.0.iter().zip(&mut plays) {
                let came = play.came().count();
                play.invite(ties, world, person, 0.0);
                moved += play.came().count() - came;
            }
            let mut unlocks: Vec<Unlock> = (knots.iter().zip(before))
                .filter_map(|(knot, before)| {
                    self.unlock(ordered, *knot, [before, counted(&plays, *knot)], there)
                })
                .collect();
            // Among equal ones the order of the knots, which they are in, stands.
            unlocks.sort_by_key(|unlock| std::cmp::Reverse(unlock.after - unlock.before));
            let moved = moved as f64 / self.0.len().max(1) as f64;
            Step { moved: (moved * 100.0).round() / 100.0, unlocks }
        };
        people.iter().take((*weighed).max(PLACES)).map(step).collect()
    }

    /// How far a group gets, by how many came before and after, over all worlds; none
    /// where it gets no farther.
    fn unlock(&self, ordered: &Ordered, knot: usize, came: [usize; 2], there: &[usize]) -> Option<Unlock> {
        let Ordered { ties, numbers, .. } = ordered;
        // Less is a rounding, and nothing that somebody brings.
        let brings = (came[1] - came[0]) * 2 >= self.0.len();
        let waiting = ties.members.row(knot).len() - ties.count[knot] as usize;
        let group = numbers.group(knot);
        let there = there.get(group).copied().unwrap_or_default();
        let [before, after] = came.map(|sum| there + self.rounded(sum, waiting));
        (brings && after > before).then_some(Unlock { group, before, after })
    }

    /// How many of those who wait in a group came, the mean of a sum over all worlds, as
    /// a whole number: all of them only where they did in every world.
    fn rounded(&self, sum: usize, waiting: usize) -> usize {
        let worlds = self.0.len().max(1);
        let mean = (sum + worlds / 2) / worlds;
        if sum < waiting * worlds { mean.min(waiting.saturating_sub(1)) } else { mean }
    }
}
