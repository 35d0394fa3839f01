//! What all codes of one size have in common: the empty code, the order of its bytes,
//! and where each of their bits goes.

use qrcode::canvas::{Canvas, MaskPattern, Module};
use qrcode::ec::construct_codewords;
use qrcode::{Color, Version};

use super::LEVEL;
use super::correction::Correction;
use super::png;

/// So many light squares around it, as scanners want it (ISO/IEC 18004).
pub(super) const MARGIN: usize = 4;

/// Every mask can be read; to weigh all eight takes ten times as long as all the rest,
/// and percent-encoded text has no large plain areas to break up.
const MASK: MaskPattern = MaskPattern::LargeCheckerboard;

/// While a code is filled, its rows have one dot more on the left: so the two squares that
/// follow each other in a row stand in one byte.
const SHIFT: usize = 1;

/// An empty code of one size.
#[derive(Debug)]
pub(super) struct Layout {
    /// How many squares it is wide and high, its margin included.
    pub whole: usize,
    /// The rows, one bit a square, with the mask over what is empty.
    rows: Vec<u8>,
    /// Where the bits of the content go.
    runs: Vec<Run>,
    /// Where each block of the content begins.
    blocks: Vec<usize>,
    /// In which order the content's bytes are written: the blocks in turns.
    order: Vec<u16>,
    correction: Correction,
    /// The picture's file up to its dots.
    head: Vec<u8>,
}

/// Squares below each other, one or two in a row, that bits of the content follow each
/// other through.
#[derive(Clone, Copy, Debug)]
struct Run {
    /// The first bit.
    bit: usize,
    /// The byte of the rows that shows it, and how far up there.
    to: usize,
    up: u8,
    /// How many bits a row shows: one or two.
    width: u8,
    /// How many rows there are.
    rows: usize,
    /// Whether each stands above the one before.
    rises: bool,
}

impl Run {
    /// How many rows 57 bits fill: what is there of eight bytes, wherever in the first
    /// of them the run begins.
    const AT_ONCE: usize = 28;
}

impl Layout {
    /// That of a size, from 1 to 40.
    pub fn new(number: usize) -> Option<Layout> {
        let version = Version::Normal(i16::try_from(number).ok()?);
        let mut canvas = Canvas::new(version, LEVEL);
        canvas.draw_all_functional_patterns();
        let side = version.width();
        let size = usize::try_from(side).ok()?;
        let whole = size + 2 * MARGIN;
        let stride = stride(whole);
        let runs = runs(&canvas, side, stride)?;
        canvas.apply_mask(MASK);
        let mut rows = vec![0xff; stride * whole];
        for (n, color) in canvas.into_colors().into_iter().enumerate() {
            if color == Color::Dark {
                let (byte, up) = place(n % size, n / size, stride);
                rows[byte] ^= 1 << up;
            }
        }
        let (order, blocks, bytes) = order(version)?;
        let head = png::head(whole, (whole.div_ceil(8) + 1) * whole)?;
        Some(Layout { whole, rows, runs, blocks, order, correction: Correction::new(bytes)?, head })
    }

    /// The picture of a code with that content.
    pub fn png(&self, content: &[u8]) -> Vec<u8> {
        let bits = self.in_order(content);
        let stride = stride(self.whole);
        let mut rows = self.rows.clone();
        for run in &self.runs {
            let eight = bits[run.bit / 8..].first_chunk().map_or(0, |eight| u64::from_le_bytes(*eight));
            // Turned until the next bits stand where they belong in a byte.
            let rest = (eight >> (run.bit % 8)).rotate_left(u32::from(run.up));
            match (run.width, run.rises) {
                (1, true) => put::<1>(rest, run, rows[..=run.to].iter_mut().rev().step_by(stride)),
                (1, false) => put::<1>(rest, run, rows[run.to..].iter_mut().step_by(stride)),
                (_, true) => put::<2>(rest, run, rows[..=run.to].iter_mut().rev().step_by(stride)),
                (_, false) => put::<2>(rest, run, rows[run.to..].iter_mut().step_by(stride)),
            }
        }
        let mut file = Vec::with_capacity(self.head.len() + rows.len() + 32);
        file.extend(&self.head);
        for row in rows.chunks(stride) {
            // Not filtered, says the byte before each row.
            file.push(0);
            file.extend(row.iter().zip(&row[1..]).map(|(byte, next)| byte << SHIFT | next >> (8 - SHIFT)));
        }
        png::finish(&mut file, self.head.len());
        file
    }

    /// The content's bytes and their correction in the order in which they are written,
    /// each with its first bit below, and nothing behind them.
    fn in_order(&self, content: &[u8]) -> Vec<u8> {
        let (data, count) = (content.len(), self.blocks.len());
        let mut bytes = vec![0; data + count * self.correction.bytes() + 8];
        for (byte, at) in bytes.iter_mut().zip(&self.order) {
            *byte = content[usize::from(*at)];
        }
        let ends = self.blocks[1..].iter().copied().chain([data]);
        let blocks: Vec<&[u8]> =
            self.blocks.iter().zip(ends).map(|(begin, end)| &content[*begin..end]).collect();
        let mut add = |n: usize, correction: &mut dyn Iterator<Item = u8>| {
            let places = bytes[data + n..].iter_mut().step_by(count);
            places.zip(correction).for_each(|(place, byte)| *place = byte);
        };
        let (pairs, last) = blocks.as_chunks();
        for (n, pair) in pairs.iter().enumerate() {
            let [mut one, mut other] = self.correction.of(*pair);
            add(2 * n, &mut one);
            add(2 * n + 1, &mut other);
        }
        for block in last {
            let [mut one] = self.correction.of([block]);
            add(count - 1, &mut one);
        }
        let (eights, rest) = bytes.as_chunks_mut::<8>();
        for eight in eights {
            *eight = u64::from_be_bytes(*eight).reverse_bits().to_le_bytes();
        }
        for byte in rest {
            *byte = byte.reverse_bits();
        }
        bytes
    }
}

/// Shows so many bits in each row of a run.
fn put<'a, const WIDTH: u32>(mut rest: u64, run: &Run, rows: impl Iterator<Item = &'a mut u8>) {
    let mask = ((1 << WIDTH) - 1) << run.up;
    for byte in rows.take(run.rows) {
        *byte ^= rest.to_le_bytes()[0] & mask;
        rest = rest.rotate_right(WIDTH);
    }
}

/// How many bytes a row takes while it is filled.
fn stride(whole: usize) -> usize {
    whole.div_ceil(8) + SHIFT
}

/// The byte of a square and how far up it stands there.
fn place(x: usize, y: usize, stride: usize) -> (usize, u8) {
    let (x, y) = (x + MARGIN + SHIFT, y + MARGIN);
    (y * stride + x / 8, (7 - x % 8).to_le_bytes()[0])
}

/// Where the bits go, in their order.
fn runs(canvas: &Canvas, side: i16, stride: usize) -> Option<Vec<Run>> {
    // Two columns at a time from the right, up and down in turns; the sixth belongs to
    // the timing pattern.
    let rights = (1..side).rev().step_by(2).map(|right| if right <= 6 { right - 1 } else { right });
    let mut runs: Vec<Run> = Vec::new();
    let mut bit = 0;
    for (turn, right) in rights.enumerate() {
        let rises = turn % 2 == 0;
        for step in 0..side {
            let y = if rises { side - 1 - step } else { step };
            let at = |x: i16| Some(place(usize::try_from(x).ok()?, usize::try_from(y).ok()?, stride));
            let free = [right, right - 1].into_iter().filter(|x| canvas.get(*x, y) == Module::Empty);
            let free: Vec<(usize, u8)> = free.map(at).collect::<Option<_>>()?;
            let parts = match free[..] {
                // Beside each other in one byte.
                [(to, up), (left, _)] if to == left => vec![(to, up, 2)],
                _ => free.into_iter().map(|(to, up)| (to, up, 1)).collect(),
            };
            for (to, up, width) in parts {
                let next = |run: &&mut Run| {
                    let length = run.rows * stride;
                    let there = if rises { run.to.checked_sub(length) } else { Some(run.to + length) };
                    let fits =
                        run.rows < Run::AT_ONCE && (run.rises, run.up, run.width) == (rises, up, width);
                    fits && there == Some(to) && run.bit + run.rows * usize::from(width) == bit
                };
                match runs.last_mut().filter(next) {
                    Some(run) => run.rows += 1,
                    None => runs.push(Run { bit, to, up, width, rows: 1, rises }),
                }
                bit += usize::from(width);
            }
        }
    }
    Some(runs)
}

/// The order in which the library writes the bytes of a code, where each block begins,
/// and how many bytes correct one. Learnt from what it makes of bytes that tell their
/// place.
fn order(version: Version) -> Option<(Vec<u16>, Vec<usize>, usize)> {
    let room = qrcode::bits::Bits::new(version).max_len(LEVEL).ok()? / 8;
    let written = |part: fn([u8; 2]) -> u8| {
        let places: Vec<u8> = (0..u16::try_from(room).ok()?).map(|at| part(at.to_le_bytes())).collect();
        construct_codewords(&places, version, LEVEL).ok()
    };
    let ((low, correction), (high, _)) = (written(|place| place[0])?, written(|place| place[1])?);
    let order: Vec<u16> =
        low.iter().zip(&high).map(|(low, high)| u16::from_le_bytes([*low, *high])).collect();
    // First the first byte of each block, then the second of the first.
    let blocks: Vec<usize> = order.iter().take_while(|at| **at != 1).map(|at| usize::from(*at)).collect();
    let bytes = correction.len() / blocks.len();
    Some((order, blocks, bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_size_is_drawn_as_the_library_draws_it() {
        for number in 1..=40 {
            let version = Version::Normal(number);
            let room = qrcode::bits::Bits::new(version).max_len(LEVEL).unwrap() / 8;
            let content: Vec<u8> =
                (0..room).map(|n| u8::try_from((n * 37 + n / 11) % 256).unwrap()).collect();
            let (data, correction) = construct_codewords(&content, version, LEVEL).unwrap();
            let mut canvas = Canvas::new(version, LEVEL);
            canvas.draw_all_functional_patterns();
            canvas.draw_data(&data, &correction);
            canvas.apply_mask(MASK);
            let size = usize::try_from(version.width()).unwrap();
            let layout = Layout::new(usize::try_from(number).unwrap()).unwrap();
            let png = layout.png(&content);
            let rows = &png[layout.head.len()..];
            let bytes = layout.whole.div_ceil(8) + 1;
            for (n, color) in canvas.into_colors().into_iter().enumerate() {
                let (x, y) = (n % size + MARGIN, n / size + MARGIN);
                let light = rows[y * bytes + 1 + x / 8] >> (7 - x % 8) & 1 == 1;
                assert_eq!(light, color == Color::Light, "version {number}, {x}, {y}");
            }
            let whole = layout.whole;
            let edges = [0, MARGIN - 1, whole - MARGIN, whole - 1];
            let margin = edges.into_iter().flat_map(|at| (0..whole).flat_map(move |n| [(at, n), (n, at)]));
            for (x, y) in margin {
                assert_eq!(rows[y * bytes + 1 + x / 8] >> (7 - x % 8) & 1, 1, "version {number}, {x}, {y}");
            }
        }
    }
}
