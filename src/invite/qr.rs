//! QR codes for the page: a picture in the page itself, a dot for each square, so that
//! it stays small and sharp at every size.

use std::io::Write;
use std::sync::OnceLock;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use flate2::Compression;
use flate2::write::ZlibEncoder;
use qrcode::bits::encode_auto;
use qrcode::canvas::{Canvas, MaskPattern, Module};
use qrcode::ec::construct_codewords;
use qrcode::{Color, EcLevel, Version};

/// So many light squares around it, as scanners want it (ISO/IEC 18004).
const MARGIN: usize = 4;

/// What a PNG begins with.
const SIGNATURE: [u8; 8] = *b"\x89PNG\r\n\x1a\n";

/// It is read from a screen, which is never torn or stained: the weakest correction
/// gives the largest squares.
const LEVEL: EcLevel = EcLevel::L;

/// Every mask can be read; to weigh all eight takes ten times as long as all the rest,
/// and percent-encoded text has no large plain areas to break up.
const MASK: MaskPattern = MaskPattern::LargeCheckerboard;

/// What all codes of one size have in common, the smallest first; drawn when needed.
static LAYOUTS: [OnceLock<Layout>; 40] = [const { OnceLock::new() }; 40];

/// A code, ready to be shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    /// A `data:` address.
    pub address: String,
    /// How many squares it is wide and high, its margin included.
    pub size: usize,
}

/// A text as a picture; none if it is too long.
pub fn picture(text: &str) -> Option<Picture> {
    let bits = encode_auto(text.as_bytes(), LEVEL).ok()?;
    let version = bits.version();
    let Version::Normal(number) = version else { return None };
    let place = usize::try_from(number).ok()?.checked_sub(1)?;
    let layout = LAYOUTS.get(place)?.get_or_init(|| Layout::new(version));
    let (data, correction) = construct_codewords(&bits.into_bytes(), version, LEVEL).ok()?;
    let png = png(&layout.filled(data.iter().chain(&correction)), layout.whole)?;
    let address = format!("data:image/png;base64,{}", STANDARD.encode(png));
    Some(Picture { address, size: layout.whole })
}

/// An empty code of one size. Drawing it anew for each text would take longer than all
/// the rest.
#[derive(Debug)]
struct Layout {
    /// How many squares it is wide and high, its margin included.
    whole: usize,
    /// The rows of the picture, one bit a square, with the mask over what is empty.
    rows: Vec<u8>,
    /// Where each bit of the content goes, in its order: the byte and the bit in it.
    places: Vec<(usize, u8)>,
}

impl Layout {
    fn new(version: Version) -> Layout {
        let mut canvas = Canvas::new(version, LEVEL);
        canvas.draw_all_functional_patterns();
        let side = version.width();
        let size = usize::try_from(side).unwrap_or_default();
        let whole = size + 2 * MARGIN;
        // One byte before each row says that it is not filtered.
        let bytes = whole.div_ceil(8) + 1;
        let place = |x: usize, y: usize| {
            let (x, y) = (x + MARGIN, y + MARGIN);
            (y * bytes + 1 + x / 8, 0x80 >> (x % 8))
        };
        let at = |along: i16| usize::try_from(along).unwrap_or_default();
        // Two columns at a time from the right, up and down in turns; the sixth belongs
        // to the timing pattern.
        let rights = (1..side).rev().step_by(2).map(|right| if right <= 6 { right - 1 } else { right });
        let mut places = Vec::new();
        for (turn, right) in rights.enumerate() {
            for step in 0..side {
                let y = if turn % 2 == 0 { side - 1 - step } else { step };
                let free = [right, right - 1].into_iter().filter(|x| canvas.get(*x, y) == Module::Empty);
                places.extend(free.map(|x| place(at(x), at(y))));
            }
        }
        canvas.apply_mask(MASK);
        let mut rows = vec![0xff; bytes * whole];
        rows.iter_mut().step_by(bytes).for_each(|filter| *filter = 0);
        for (n, color) in canvas.into_colors().into_iter().enumerate() {
            if color == Color::Dark {
                let (byte, bit) = place(n % size, n / size);
                rows[byte] ^= bit;
            }
        }
        Layout { whole, rows, places }
    }

    /// The rows of a code with that content.
    fn filled<'a>(&self, content: impl Iterator<Item = &'a u8>) -> Vec<u8> {
        let mut rows = self.rows.clone();
        for (places, byte) in self.places.chunks(8).zip(content) {
            for (n, (at, bit)) in places.iter().enumerate() {
                rows[*at] ^= bit * (byte >> (7 - n) & 1);
            }
        }
        rows
    }
}

/// A picture of one bit a dot (PNG, third edition). Not packed: half of its dots are as
/// good as random, and the packer takes longer than it is worth.
fn png(rows: &[u8], whole: usize) -> Option<Vec<u8>> {
    let side = u32::try_from(whole).ok()?.to_be_bytes();
    // One bit, grey, the only compression and filters that there are, not interlaced.
    let header: Vec<u8> = side.iter().chain(&side).copied().chain([1, 0, 0, 0, 0]).collect();
    let mut stored = ZlibEncoder::new(Vec::with_capacity(rows.len() + 16), Compression::none());
    stored.write_all(rows).ok()?;
    let stored = stored.finish().ok()?;
    let mut file = SIGNATURE.to_vec();
    for (kind, content) in [(b"IHDR", header), (b"IDAT", stored), (b"IEND", Vec::new())] {
        file.extend(u32::try_from(content.len()).ok()?.to_be_bytes());
        let mut sum = crc32fast::Hasher::new();
        sum.update(kind);
        sum.update(&content);
        file.extend(kind);
        file.extend(content);
        file.extend(sum.finalize().to_be_bytes());
    }
    Some(file)
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::*;

    /// What a scanner reads in a picture.
    fn scanned(picture: &Picture) -> String {
        const LARGE: usize = 3;
        let png = STANDARD.decode(picture.address.strip_prefix("data:image/png;base64,").unwrap()).unwrap();
        let packed = png.windows(4).position(|part| part == b"IDAT").unwrap() + 4;
        let mut rows = Vec::new();
        flate2::read::ZlibDecoder::new(&png[packed..]).read_to_end(&mut rows).unwrap();
        let bytes = picture.size.div_ceil(8) + 1;
        let light = |x: usize, y: usize| rows[y * bytes + 1 + x / 8] >> (7 - x % 8) & 1 == 1;
        let side = picture.size * LARGE;
        let mut image = rqrr::PreparedImage::prepare_from_greyscale(side, side, |x, y| {
            if light(x / LARGE, y / LARGE) { 255 } else { 0 }
        });
        let grids = image.detect_grids();
        assert_eq!(grids.len(), 1);
        grids[0].decode().unwrap().1
    }

    #[test]
    fn a_scanner_reads_what_was_written() {
        for text in ["https://wa.me/33639980123?text=Hi%20Anne%21", "sms:+33639980123?body=a", "x"] {
            assert_eq!(scanned(&picture(text).unwrap()), text);
        }
        for length in (10..700).step_by(23) {
            let text = format!(
                "https://wa.me/33639980123?text={}",
                "Ol%C3%A1%20%F0%9F%98%80ab".repeat(length / 20 + 1)
            );
            assert_eq!(scanned(&picture(&text).unwrap()), text);
        }
    }

    #[test]
    fn every_size_is_drawn_as_the_library_draws_it() {
        for number in 1..=40 {
            let version = Version::Normal(number);
            let bits = qrcode::bits::Bits::new(version);
            let room = bits.max_len(LEVEL).unwrap() / 8;
            let content: Vec<u8> =
                (0..room).map(|n| u8::try_from((n * 37 + n / 11) % 256).unwrap()).collect();
            let (data, correction) = construct_codewords(&content, version, LEVEL).unwrap();
            let mut canvas = Canvas::new(version, LEVEL);
            canvas.draw_all_functional_patterns();
            canvas.draw_data(&data, &correction);
            canvas.apply_mask(MASK);
            let size = usize::try_from(version.width()).unwrap();
            let layout = Layout::new(version);
            let rows = layout.filled(data.iter().chain(&correction));
            let bytes = layout.whole.div_ceil(8) + 1;
            for (n, color) in canvas.into_colors().into_iter().enumerate() {
                let (x, y) = (n % size + MARGIN, n / size + MARGIN);
                let light = rows[y * bytes + 1 + x / 8] >> (7 - x % 8) & 1 == 1;
                assert_eq!(light, color == Color::Light, "version {number}, {x}, {y}");
            }
        }
    }

    #[test]
    fn what_does_not_fit_has_no_picture() {
        assert_eq!(picture(&"x".repeat(8000)), None);
        let small = picture("https://wa.me/33639980123").unwrap();
        assert_eq!(small.size, 25 + 2 * MARGIN);
        assert!(small.address.len() < 400, "{}", small.address.len());
    }
}
