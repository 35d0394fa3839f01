//! How much is tried. It depends on the size of the graph alone, never on a
//! clock, so that the same graph gives the same order on every machine.

use super::ties::Ties;

/// How much is tried.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Effort {
    /// Worlds in which people are chosen one by one.
    pub worlds: usize,
    /// How many people are tried out for each place, at the most.
    pub pool: usize,
    /// How many members may be looked at while people are chosen one by one.
    pub steps: u64,
    /// Worlds, of each regime, in which orders are judged.
    pub judged: usize,
    /// How many members may be looked at to make the best order better.
    pub exchange: u64,
    /// Samples taken backwards, at the most.
    pub samples: usize,
    /// How many people may stand in them in all.
    pub sampled: usize,
    /// So many places at the most are weighed; for the others the number of
    /// friends decides.
    pub weighed: usize,
    /// Whether the cheaper methods alone are used.
    pub cheaper: bool,
}

/// From this size on (people and memberships) the cheaper methods alone are
/// used.
pub const LARGE: usize = 150_000;

impl Effort {
    /// As much as a graph of that size allows.
    pub fn of(ties: &Ties) -> Effort {
        Effort::of_size(ties.len(), ties.size())
    }

    /// The same for so many people, and people and memberships.
    pub fn of_size(people: usize, size: usize) -> Effort {
        let size = size.max(1);
        let cheaper = size >= LARGE;
        // Where few are invited a little luck looks like much: small graphs, on which
        // a world costs next to nothing, are judged in many more of them.
        let judged = 300_000 / size + (12_000 / size).saturating_sub(10).pow(2);
        Effort {
            worlds: (80_000 / size).clamp(8, 48),
            pool: (200_000 / size).clamp(8, 200),
            steps: 6_000_000 + 3_000 * size as u64,
            judged: judged.clamp(if cheaper { 3 } else { 16 }, 4_000),
            exchange: if cheaper { 0 } else { 12_000_000 },
            samples: (150 * people).clamp(1_000, 500_000),
            sampled: 300_000.min(2_000 * size) + (60 * size).min(2_000_000),
            weighed: 500,
            cheaper,
        }
    }
}
