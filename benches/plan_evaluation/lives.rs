//! Invented lives: who is in which groups, of several kinds, all seeded.
//!
//! People stand in circles (family, work, a choir), groups are made within them,
//! and a few people stand in several circles: that is what WhatsApp looks like
//! from one phone. The kinds differ in what makes ordering hard.

use super::{Dice, Knot, Person, Standing, Ties};

/// What a life is like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Some circles, whole and in parts.
    Circles,
    /// One group with everybody, and many small ones.
    Village,
    /// Many groups of all sizes; few people are in most of them.
    Student,
    /// Small groups that overlap much.
    Family,
    /// Few large groups, and smaller ones within them.
    Clubs,
    /// Many people in no group, the others in few.
    Scattered,
    /// Circles in which some are there already.
    Begun,
    /// A dozen groups of 3 to 27 that overlap, and nothing else: no direct chat, and
    /// nobody there yet.
    Dozen,
}

impl Kind {
    /// All of them.
    pub const ALL: [Kind; 8] = [
        Kind::Circles,
        Kind::Village,
        Kind::Student,
        Kind::Family,
        Kind::Clubs,
        Kind::Scattered,
        Kind::Begun,
        Kind::Dozen,
    ];

    /// The name in tables.
    pub fn id(self) -> &'static str {
        match self {
            Kind::Circles => "circles",
            Kind::Village => "village",
            Kind::Student => "student",
            Kind::Family => "family",
            Kind::Clubs => "clubs",
            Kind::Scattered => "scattered",
            Kind::Begun => "begun",
            Kind::Dozen => "dozen",
        }
    }

    /// How many lives of it are tried: most of that kind on which the first
    /// measurements of such orders were made, which asked for twice what chance
    /// brings.
    pub fn lives(self) -> u64 {
        if self == Kind::Dozen { 40 } else { 10 }
    }
}

/// One life of a kind.
pub fn life(kind: Kind, seed: u64) -> Ties {
    let mut dice = Dice::new(seed, 100 + kind as u64);
    let (people, groups) = match kind {
        Kind::Circles => circles(&mut dice, 5, 10..20, 3),
        Kind::Begun => circles(&mut dice, 6, 8..18, 2),
        Kind::Family => circles(&mut dice, 7, 5..11, 4),
        Kind::Village => village(&mut dice),
        Kind::Dozen => dozen(&mut dice),
        Kind::Student => student(&mut dice, 60..95, 12..22, 25),
        Kind::Clubs => student(&mut dice, 120..180, 15..25, 90),
        Kind::Scattered => {
            let (people, groups) = circles(&mut dice, 4, 6..14, 1);
            (people + people / 2, groups)
        }
    };
    let there = if kind == Kind::Begun { 0.15 } else { 0.0 };
    let person = |_| Person {
        standing: if dice.happens(there) { Standing::There } else { Standing::Open },
        direct: if kind == Kind::Dozen { 0.0 } else { direct(&mut dice) },
        ..Person::default()
    };
    let people = (0..people).map(person).collect();
    Ties::new(people, groups.into_iter().map(Knot::group).collect())
}

fn between(dice: &mut Dice, range: &std::ops::Range<usize>) -> usize {
    range.start + dice.below(range.end - range.start)
}

/// What the user has to do with somebody: little with most, much with a few.
fn direct(dice: &mut Dice) -> f64 {
    if dice.happens(0.4) {
        return 0.0;
    }
    let throw = dice.unit();
    throw * throw * throw
}

/// Circles, each as one group and in `parts` smaller ones; every fifth person
/// stands in a second circle, every twentieth in a third.
fn circles(
    dice: &mut Dice,
    count: usize,
    size: std::ops::Range<usize>,
    parts: usize,
) -> (usize, Vec<Vec<usize>>) {
    let mut circles: Vec<Vec<usize>> = Vec::new();
    let mut people = 0;
    for _ in 0..count {
        let size = between(dice, &size);
        circles.push((people..people + size).collect());
        people += size;
    }
    for person in 0..people {
        for chance in [0.2, 0.05] {
            if dice.happens(chance) {
                let other = dice.below(count);
                circles[other].push(person);
            }
        }
    }
    let mut groups = Vec::new();
    for circle in &circles {
        if dice.happens(0.8) {
            groups.push(circle.clone());
        }
        for _ in 0..parts {
            let part = 3 + dice.below((circle.len() / 2).max(1));
            groups.push(some(dice, circle, part));
        }
    }
    (people, groups)
}

/// Some of these, without order.
fn some(dice: &mut Dice, of: &[usize], count: usize) -> Vec<usize> {
    let mut all = of.to_vec();
    dice.shuffle(&mut all);
    all.truncate(count);
    all
}

/// Everybody in one group, and many small ones among neighbours.
fn village(dice: &mut Dice) -> (usize, Vec<Vec<usize>>) {
    let people = between(dice, &(60..100));
    let mut groups = vec![(0..people).collect::<Vec<usize>>()];
    for _ in 0..between(dice, &(12..20)) {
        let from = dice.below(people);
        let near: Vec<usize> = (from..from + 14).map(|person| person % people).collect();
        let size = 3 + dice.below(7);
        groups.push(some(dice, &near, size));
    }
    (people, groups)
}

/// Twelve groups of 3 to 27, more of them small than large, of people who stand
/// near each other and of some who are in many groups.
fn dozen(dice: &mut Dice) -> (usize, Vec<Vec<usize>>) {
    let people = between(dice, &(48..86));
    let mut known: Vec<usize> = (0..people).collect();
    let mut groups = Vec::new();
    for _ in 0..12 {
        let size = 3 + dice.below(25).min(dice.below(25));
        let near = dice.below(people);
        let mut group = Vec::new();
        while group.len() < size {
            let one = match dice.below(10) {
                0..7 => (near + dice.below(2 * size)) % people,
                _ => known[dice.below(known.len())],
            };
            if !group.contains(&one) {
                group.push(one);
            }
        }
        known.extend(&group);
        groups.push(group);
    }
    (people, groups)
}

/// Groups of all sizes, in which those who are in many groups are likelier.
fn student(
    dice: &mut Dice,
    people: std::ops::Range<usize>,
    groups: std::ops::Range<usize>,
    largest: usize,
) -> (usize, Vec<Vec<usize>>) {
    let people = between(dice, &people);
    let mut known: Vec<usize> = (0..people).collect();
    let mut all = Vec::new();
    for _ in 0..between(dice, &groups) {
        let throw = dice.unit();
        let size = 3
            + (0..largest)
                .take_while(|n| {
                    f64::from(u32::try_from(*n).unwrap_or(0))
                        < throw * throw * f64::from(u32::try_from(largest).unwrap_or(0))
                })
                .count();
        let mut group: Vec<usize> = (0..size).map(|_| known[dice.below(known.len())]).collect();
        group.sort_unstable();
        group.dedup();
        known.extend(&group);
        all.push(group);
    }
    (people, all)
}
