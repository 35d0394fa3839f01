//! The correction of a code (Reed and Solomon, ISO/IEC 18004, 7.5). The library's is
//! worked out byte by byte of the correction; here a whole one is added at once, from a
//! table, for there are as many codes as there are drafts.

/// What the numbers of the field are reduced by: x⁸ + x⁴ + x³ + x² + 1.
const FIELD: u16 = 0x11d;

/// The longest correction of a block is 30 bytes: four words hold it, the first byte on
/// top.
type Row = [u64; 4];

/// The correction of blocks, of so many bytes each.
#[derive(Debug)]
pub(super) struct Correction {
    bytes: usize,
    /// The generator, times each number of the field.
    multiples: Box<[Row; 256]>,
}

impl Correction {
    /// That of so many bytes a block; none if there are more than there can be.
    pub fn new(bytes: usize) -> Option<Correction> {
        // Its roots are the first powers of 2; its highest coefficient is 1.
        let mut generator = vec![1];
        let mut root = 1;
        for _ in 0..bytes {
            generator.push(0);
            for at in (1..generator.len()).rev() {
                generator[at] ^= times(generator[at - 1], root);
            }
            root = times(root, 2);
        }
        let row = |number: u8| {
            let mut row = [0; 32];
            for (place, coefficient) in row.iter_mut().zip(&generator[1..]) {
                *place = times(*coefficient, number);
            }
            words(&row)
        };
        let multiples: Vec<Row> = (0..=255).map(row).collect();
        let multiples = multiples.try_into().ok().filter(|_| bytes <= 32)?;
        Some(Correction { bytes, multiples })
    }

    /// How many bytes correct one block.
    pub fn bytes(&self) -> usize {
        self.bytes
    }

    /// The correction of some blocks. Each step waits for the one before, but not for
    /// those of another block.
    pub fn of<const N: usize>(&self, blocks: [&[u8]; N]) -> [impl Iterator<Item = u8>; N] {
        let mut rests: [Row; N] = [[0; 4]; N];
        let shortest = blocks.iter().map(|block| block.len()).min().unwrap_or_default();
        for at in 0..shortest {
            for (rest, block) in rests.iter_mut().zip(blocks) {
                self.add(rest, block[at]);
            }
        }
        for (rest, block) in rests.iter_mut().zip(blocks) {
            block[shortest..].iter().for_each(|byte| self.add(rest, *byte));
        }
        rests.map(|rest| rest.into_iter().flat_map(u64::to_be_bytes).take(self.bytes))
    }

    /// Adds one byte of a block.
    #[inline]
    fn add(&self, rest: &mut Row, byte: u8) {
        let lead = byte ^ rest[0].to_be_bytes()[0];
        let add = &self.multiples[usize::from(lead)];
        *rest = [
            (rest[0] << 8 | rest[1] >> 56) ^ add[0],
            (rest[1] << 8 | rest[2] >> 56) ^ add[1],
            (rest[2] << 8 | rest[3] >> 56) ^ add[2],
            rest[3] << 8 ^ add[3],
        ];
    }
}

/// The product of two numbers of the field.
fn times(a: u8, b: u8) -> u8 {
    let (mut product, mut a) = (0, u16::from(a));
    for bit in 0..8 {
        if b >> bit & 1 == 1 {
            product ^= a;
        }
        a <<= 1;
        if a > 0xff {
            a ^= FIELD;
        }
    }
    product.to_le_bytes()[0]
}

fn words(bytes: &[u8; 32]) -> Row {
    let mut row = [0; 4];
    for (word, eight) in row.iter_mut().zip(bytes.chunks(8)) {
        *word = eight.iter().fold(0, |word, byte| word << 8 | u64::from(*byte));
    }
    row
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_correction_is_that_of_the_library() {
        for bytes in [7, 10, 15, 18, 20, 22, 24, 26, 28, 30] {
            let correction = Correction::new(bytes).unwrap();
            let blocks = [&b"https://wa.me/33639980123"[..], b"\0\0\x01", &[0xff; 120]];
            for (block, ours) in blocks.into_iter().zip(correction.of(blocks)) {
                let theirs = qrcode::ec::create_error_correction_code(block, bytes);
                assert_eq!(ours.collect::<Vec<_>>(), theirs, "{bytes}");
            }
        }
        assert!(Correction::new(33).is_none());
    }
}
