//! How long the order of larger graphs takes.

use nix::sys::resource::{UsageWho, getrusage};
use nix::sys::time::TimeValLike;

use super::{Dice, Effort, Knot, Person, Regime, Standing, Ties, Wish, order};

/// How long orders take: an ordinary life, ten times as much, and as much as can be.
pub fn speed() {
    println!("| contacts | groups | memberships | seconds of CPU | cheaper methods |\n|---|---|---|---|---|");
    for (people, groups, largest) in [(500, 60, 60), (5_000, 600, 60), (100_000, 5_000, 1_024)] {
        let ties = large(people, groups, largest);
        let effort = Effort::of(&ties);
        let count = ties.open().count().div_ceil(10).max(10).min(effort.weighed);
        let before = cpu();
        let found = order(&ties, &Wish { count, regimes: &Regime::ALL }, &effort);
        let took = cpu() - before;
        let cheaper = if found.cheaper { "yes" } else { "no" };
        println!("| {people} | {groups} | {} | {took:.2} | {cheaper} |", ties.members.total());
    }
}

/// The CPU seconds of this process so far.
fn cpu() -> f64 {
    let seconds = |time: nix::sys::time::TimeVal| time.num_microseconds() as f64 / 1e6;
    getrusage(UsageWho::RUSAGE_SELF)
        .map_or(0.0, |usage| seconds(usage.user_time()) + seconds(usage.system_time()))
}

/// A life of any size: groups of up to `largest`, mostly among neighbours, some
/// people in many of them; every tenth is there already.
fn large(people: usize, groups: usize, largest: usize) -> Ties {
    let mut dice = Dice::new(1, 1);
    let mut known: Vec<usize> = (0..people).collect();
    let mut knots = Vec::new();
    for _ in 0..groups {
        // Half of the groups have less than a quarter of the largest.
        let size = 3 + dice.below(dice.clone().below(largest) + 1).min(largest - 3);
        let near = dice.below(people);
        let one = |_| match dice.below(10) {
            0..7 => (near + dice.below(2 * size)) % people,
            _ => known[dice.below(known.len())],
        };
        let mut group: Vec<usize> = (0..size).map(one).collect();
        group.sort_unstable();
        group.dedup();
        known.extend(&group);
        knots.push(Knot::group(group));
    }
    let person = |_| Person {
        standing: if dice.happens(0.1) { Standing::There } else { Standing::Open },
        direct: dice.unit() * dice.unit(),
        ..Person::default()
    };
    Ties::new((0..people).map(person).collect(), knots)
}
