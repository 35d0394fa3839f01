//! Whether new answers can be true together with those that were given before:
//! A is not B, B is C, and C is A. That shows in what becomes of the people, so
//! it is looked for there.

use std::collections::{BTreeMap, BTreeSet};

use crate::graph::Look;
use crate::model::{Mark, Ruling};

/// What rulings about who is who come to: of each, by what it says, whom it is
/// about and how many people it tells of.
#[derive(Debug, Default)]
pub(super) struct Standing(BTreeMap<String, Told>);

#[derive(Debug)]
struct Told {
    people: BTreeSet<usize>,
    count: usize,
}

/// A new answer.
pub(super) struct New<'a> {
    /// What it decides.
    pub rulings: &'a [Ruling],
    /// How many people the question was about.
    pub people: usize,
}

impl Standing {
    /// Looks at people who are there; of others nothing can be said.
    pub fn of(look: &Look<'_>, rulings: &[Ruling]) -> Standing {
        let signs: Vec<Vec<Mark>> = rulings.iter().map(shared).collect();
        let mut sides: Vec<&[Mark]> = Vec::new();
        for (ruling, sign) in rulings.iter().zip(&signs) {
            match ruling {
                Ruling::Same { one, other } | Ruling::Apart { one, other } => sides.extend([&**one, other]),
                _ => sides.push(sign),
            }
        }
        let mut found = look.bearing_each(&sides).into_iter();
        let mut standing = BTreeMap::new();
        for ruling in rulings {
            let one = found.next().unwrap_or_default();
            let (people, count) = match ruling {
                Ruling::Same { .. } | Ruling::Apart { .. } => {
                    let other = found.next().unwrap_or_default();
                    if one.is_empty() || other.is_empty() {
                        continue;
                    }
                    let same = match ruling {
                        Ruling::Same { .. } => !one.is_disjoint(&other),
                        _ => one == other && one.len() == 1,
                    };
                    (one.union(&other).copied().collect(), if same { 1 } else { 2 })
                }
                Ruling::Shared(_) if !one.is_empty() => {
                    let count = one.len();
                    (one, count)
                }
                _ => continue,
            };
            standing.insert(text(ruling), Told { people, count });
        }
        Standing(standing)
    }

    /// Which of the new answers do not hold now, or undo what held before.
    pub fn at_fault(&self, before: &Standing, kept: &[Ruling], new: &[New<'_>]) -> Vec<usize> {
        let is_new = |ruling: &Ruling| new.iter().any(|new| new.rulings.contains(ruling));
        // Whom something was said of that holds no more, and whether it was that they are one.
        let undone: Vec<(&BTreeSet<usize>, bool)> = kept
            .iter()
            .filter(|ruling| !is_new(ruling))
            .filter_map(|ruling| {
                let key = text(ruling);
                let (old, now) = (before.0.get(&key)?, self.0.get(&key)?);
                let one = matches!(ruling, Ruling::Same { .. });
                let undone = match ruling {
                    Ruling::Same { .. } => now.count > old.count,
                    // Who came later may be one of those of whom it was said: these
                    // are kept apart by name.
                    Ruling::Shared(_) => now.count < 2,
                    _ => now.count < old.count,
                };
                undone.then_some((&now.people, one))
            })
            .collect();
        // Of several who cannot all be one, any may be the one who is not.
        let told = |ruling: &Ruling| self.0.get(&text(ruling));
        let same = new.iter().flat_map(|new| new.rulings).filter(|r| matches!(r, Ruling::Same { .. }));
        let broken: Vec<&BTreeSet<usize>> =
            same.filter_map(told).filter(|now| now.count > 1).map(|now| &now.people).collect();
        let faulty = |new: &New<'_>| {
            new.rulings.iter().any(|ruling| {
                let Some(now) = self.0.get(&text(ruling)) else { return false };
                let one = matches!(ruling, Ruling::Same { .. });
                let holds = match ruling {
                    Ruling::Same { .. } => now.count == 1,
                    Ruling::Apart { .. } => now.count > 1,
                    _ => now.count >= new.people,
                };
                !holds
                    || undone.iter().any(|(people, old)| *old != one && !people.is_disjoint(&now.people))
                    || one && broken.iter().any(|people| !people.is_disjoint(&now.people))
            })
        };
        new.iter().enumerate().filter(|(_, new)| faulty(new)).map(|(place, _)| place).collect()
    }
}

/// What several people share, as a mark.
fn shared(ruling: &Ruling) -> Vec<Mark> {
    match ruling {
        Ruling::Shared(sign) => vec![Mark { sign: sign.clone(), name: None }],
        _ => Vec::new(),
    }
}

/// A ruling by what it says: one that is put back is kept under another number.
fn text(ruling: &Ruling) -> String {
    serde_json::to_string(ruling).unwrap_or_default()
}
