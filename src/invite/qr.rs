//! QR codes for the page: a picture in the page itself, a dot for each square, so that
//! it stays small and sharp at every size.

use std::io::Write;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use flate2::Compression;
use flate2::write::ZlibEncoder;
use qrcode::bits::encode_auto;
use qrcode::canvas::{Canvas, MaskPattern};
use qrcode::ec::construct_codewords;
use qrcode::{Color, EcLevel};

/// So many light squares around it, as scanners want it (ISO/IEC 18004).
const MARGIN: usize = 4;

/// What a PNG begins with.
const SIGNATURE: [u8; 8] = *b"\x89PNG\r\n\x1a\n";

/// A code, ready to be shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    /// A `data:` address.
    pub address: String,
    /// How many squares it is wide and high, its margin included.
    pub size: usize,
}

/// A text as a picture; none if it is too long. It is read from a screen, which is
/// never torn or stained: the weakest correction gives the largest squares.
pub fn picture(text: &str) -> Option<Picture> {
    let bits = encode_auto(text.as_bytes(), EcLevel::L).ok()?;
    let version = bits.version();
    let (data, correction) = construct_codewords(&bits.into_bytes(), version, EcLevel::L).ok()?;
    let mut canvas = Canvas::new(version, EcLevel::L);
    canvas.draw_all_functional_patterns();
    canvas.draw_data(&data, &correction);
    // Every mask can be read; to weigh all eight takes ten times as long as all the rest,
    // and percent-encoded text has no large plain areas to break up.
    canvas.apply_mask(MaskPattern::LargeCheckerboard);
    let size = usize::try_from(version.width()).ok()?;
    let dark: Vec<bool> = canvas.into_colors().into_iter().map(|color| color == Color::Dark).collect();
    let png = png(&dark, size).ok()?;
    let address = format!("data:image/png;base64,{}", STANDARD.encode(png));
    Some(Picture { address, size: size + 2 * MARGIN })
}

/// Dark squares as a picture of one bit a dot (PNG, third edition).
fn png(dark: &[bool], size: usize) -> std::io::Result<Vec<u8>> {
    let whole = size + 2 * MARGIN;
    let bytes = whole.div_ceil(8);
    let mut rows = vec![0xff; (bytes + 1) * whole];
    for (y, row) in rows.chunks_mut(bytes + 1).enumerate() {
        // No filter.
        row[0] = 0;
        let squares = y.checked_sub(MARGIN).and_then(|y| dark.get(y * size..(y + 1) * size));
        for (x, _) in squares.unwrap_or_default().iter().enumerate().filter(|(_, dark)| **dark) {
            let at = x + MARGIN;
            row[1 + at / 8] &= !(0x80 >> (at % 8));
        }
    }
    let mut packed = ZlibEncoder::new(Vec::new(), Compression::fast());
    packed.write_all(&rows)?;
    let side = u32::try_from(whole).unwrap_or(u32::MAX).to_be_bytes();
    // One bit, grey, the only compression and filters that there are, not interlaced.
    let header: Vec<u8> = side.iter().chain(&side).copied().chain([1, 0, 0, 0, 0]).collect();
    let mut file = SIGNATURE.to_vec();
    for (kind, content) in [(b"IHDR", header), (b"IDAT", packed.finish()?), (b"IEND", Vec::new())] {
        file.extend(u32::try_from(content.len()).unwrap_or(u32::MAX).to_be_bytes());
        let mut sum = crc32fast::Hasher::new();
        sum.update(kind);
        sum.update(&content);
        file.extend(kind);
        file.extend(content);
        file.extend(sum.finalize().to_be_bytes());
    }
    Ok(file)
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
    fn what_does_not_fit_has_no_picture() {
        assert_eq!(picture(&"x".repeat(8000)), None);
        let small = picture("https://wa.me/33639980123").unwrap();
        assert_eq!(small.size, 25 + 2 * MARGIN);
        assert!(small.address.len() < 400, "{}", small.address.len());
    }
}
