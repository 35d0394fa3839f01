//! Dice that fall the same way on every machine, and for everybody for
//! themselves: what somebody throws hangs on who they are, never on who else there
//! is or in which row they stand.

use rand_pcg::Pcg64Mcg;
use rand_pcg::rand_core::{Rng, SeedableRng};

/// A seeded source of chance. PCG's numbers are fixed by its reference; only
/// the four basic operations are used on them, which round alike everywhere.
#[derive(Clone, Debug)]
pub struct Dice(Pcg64Mcg);

impl Dice {
    /// Dice for one purpose: the same `seed` and `purpose` fall alike.
    pub fn new(seed: u64, purpose: u64) -> Dice {
        Dice(Pcg64Mcg::seed_from_u64(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ purpose))
    }

    /// A number above 0, up to 1.
    #[expect(clippy::cast_precision_loss, reason = "53 bits fit")]
    pub fn unit(&mut self) -> f64 {
        ((self.0.next_u64() >> 11) + 1) as f64 / (1_u64 << 53) as f64
    }

    /// A whole number below `sides`; 0 if there are none.
    pub fn below(&mut self, sides: usize) -> usize {
        ((u64::from(self.0.next_u32()) * sides as u64) >> 32) as usize
    }

    /// Whether something of that chance happens.
    pub fn happens(&mut self, chance: f64) -> bool {
        self.unit() <= chance
    }

    /// Puts things into an order of chance.
    pub fn shuffle<T>(&mut self, things: &mut [T]) {
        for at in (1..things.len()).rev() {
            things.swap(at, self.below(at + 1));
        }
    }
}

/// Makes one number of two, from which neither can be told (the last step of `SplitMix64`,
/// Steele, Lea and Flood 2014).
pub fn mixed(one: u64, other: u64) -> u64 {
    let mut mixed = one.wrapping_mul(0x9e37_79b9_7f4a_7c15).wrapping_add(other);
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}

/// The one throw of somebody (`key`) for something (`seed`): above 0, up to 1.
#[expect(clippy::cast_precision_loss, reason = "53 bits fit")]
pub fn throw(seed: u64, key: u64) -> f64 {
    ((mixed(seed, key) >> 11) + 1) as f64 / (1_u64 << 53) as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everybody_throws_for_themself() {
        assert_eq!(throw(1, 2).to_bits(), throw(1, 2).to_bits());
        let all: Vec<f64> = (0..20_000).map(|key| throw(7, key)).collect();
        assert!(all.iter().all(|throw| *throw > 0.0 && *throw <= 1.0));
        let mean = all.iter().sum::<f64>() / 20_000.0;
        assert!((mean - 0.5).abs() < 0.01, "{mean}");
        // Neither neighbours nor seeds hang together.
        let below = |a: f64, b: f64| usize::from((a < 0.5) == (b < 0.5));
        let neighbours: usize = all.windows(2).map(|pair| below(pair[0], pair[1])).sum();
        let seeds: usize = (0..20_000).map(|key| below(throw(7, key), throw(8, key))).sum();
        assert!((9_600..10_400).contains(&neighbours) && (9_600..10_400).contains(&seeds));
    }

    #[test]
    fn the_same_dice_fall_alike_and_others_do_not() {
        let throws = |seed, purpose| {
            let mut dice = Dice::new(seed, purpose);
            [dice.below(1_000), dice.below(1_000), dice.below(1_000)]
        };
        // Written down once: another machine must get the same.
        assert_eq!(throws(1, 2), throws(1, 2));
        assert_ne!(throws(1, 2), throws(1, 3));
        assert_ne!(throws(1, 2), throws(2, 2));
        let mut dice = Dice::new(3, 0);
        assert!((0..1_000).all(|_| (0.0..=1.0).contains(&dice.unit())));
        assert_eq!(dice.below(0), 0);
    }
}
