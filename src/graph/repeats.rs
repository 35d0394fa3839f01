//! What is met more than once among very many things, without keeping them: of
//! a hundred thousand people nearly every number is held by one alone.

use std::hash::{BuildHasher, Hash};

use foldhash::HashSet;
use foldhash::fast::RandomState;

/// The things that are met more than once, by their hashes alone: another thing
/// may have one of these, so whoever must know counts those that are left.
pub(super) struct Repeats {
    hasher: RandomState,
    hashes: HashSet<u64>,
}

impl Repeats {
    /// Looks through all things.
    pub fn among<T: Hash>(things: impl Iterator<Item = T>) -> Repeats {
        let hasher = RandomState::default();
        let mut met: Vec<u64> = things.map(|thing| hasher.hash_one(thing)).collect();
        met.sort_unstable();
        let several = met.chunk_by(|a, b| a == b).filter(|same| same.len() > 1);
        let hashes = several.map(|same| same[0]).collect();
        Repeats { hasher, hashes }
    }

    /// Whether a thing may have been met more than once. If not, it was not.
    pub fn may_hold<T: Hash>(&self, thing: &T) -> bool {
        self.hashes.contains(&self.hasher.hash_one(thing))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_met_twice_is_never_missed() {
        let repeats = Repeats::among((0..1000).chain(900..1100));
        assert!((900..1000).all(|thing| repeats.may_hold(&thing)));
        let others = (0..900).chain(1000..1100).filter(|thing| repeats.may_hold(thing)).count();
        assert_eq!(others, 0, "two hashes of 64 bits were the same");
    }
}
