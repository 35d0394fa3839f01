//! QR codes for the page: a picture in the page itself, a dot for each square, so that
//! it stays small and sharp at every size.
//!
//! A page has a code for each draft, so nothing is worked out twice that all codes of
//! one size have in common.

mod correction;
mod layout;
mod png;

use std::sync::OnceLock;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use qrcode::bits::Bits;
use qrcode::optimize::Segment;
use qrcode::types::Mode;
use qrcode::{EcLevel, Version};

use layout::Layout;

/// It is read from a screen, which is never torn or stained: the weakest correction
/// gives the largest squares.
const LEVEL: EcLevel = EcLevel::L;

/// A run of characters of the small alphabet in a text of others is worth two changes of
/// the mode if it is so long, in every size.
const WORTH_TWO: usize = 15;

/// At an end of the text, where one change will do.
const WORTH_ONE: usize = 7;

/// What all codes of one size have in common, the smallest first; worked out when needed.
static LAYOUTS: [OnceLock<Option<Layout>>; 40] = [const { OnceLock::new() }; 40];

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
    let (number, bits) = encoded(text.as_bytes())?;
    let layout = LAYOUTS.get(number - 1)?.get_or_init(|| Layout::new(number)).as_ref()?;
    let png = layout.png(&bits);
    let mut address = String::with_capacity(png.len() / 3 * 4 + 32);
    address.push_str("data:image/png;base64,");
    STANDARD.encode_string(png, &mut address);
    Some(Picture { address, size: layout.whole })
}

/// The bytes of a text's code, without correction, and the number of the smallest size
/// that it fits into.
fn encoded(text: &[u8]) -> Option<(usize, Vec<u8>)> {
    let segments = segments(text);
    for number in 1..=40 {
        let version = Version::Normal(number);
        let room = Bits::new(version).max_len(LEVEL).ok()?;
        let length: usize = segments.iter().map(|segment| segment.encoded_len(version)).sum();
        if length <= room {
            return Some((usize::try_from(number).ok()?, written(text, &segments, version, room)));
        }
    }
    None
}

/// A text in these modes, and what fills a code of that size up.
fn written(text: &[u8], segments: &[Segment], version: Version, room: usize) -> Vec<u8> {
    let mut stream = Stream { bytes: Vec::with_capacity(room / 8 + 8), rest: 0, held: 0 };
    for segment in segments {
        let part = &text[segment.begin..segment.end];
        let small = segment.mode == Mode::Alphanumeric;
        stream.push(if small { 0b0010 } else { 0b0100 }, 4);
        stream.push(part.len() as u64, segment.mode.length_bits_count(version));
        if !small {
            for byte in part {
                stream.push(u64::from(*byte), 8);
            }
            continue;
        }
        let (pairs, last) = part.as_chunks();
        for [a, b] in pairs {
            stream.push(digit(*a) * 45 + digit(*b), 11);
        }
        for a in last {
            stream.push(digit(*a), 6);
        }
    }
    // Up to four bits end the text, then the rest of the byte is empty.
    let end = (room - stream.length()).min(4);
    stream.push(0, end);
    stream.push(0, (8 - stream.length() % 8) % 8);
    let left = room / 8 - stream.bytes.len();
    stream.bytes.extend([0b1110_1100, 0b0001_0001].into_iter().cycle().take(left));
    stream.bytes
}

/// Bits that become bytes, the highest first.
struct Stream {
    bytes: Vec<u8>,
    rest: u64,
    held: usize,
}

impl Stream {
    /// Adds the lowest bits of a number, 16 at most.
    fn push(&mut self, number: u64, bits: usize) {
        self.rest = self.rest << bits | number;
        self.held += bits;
        while self.held >= 8 {
            self.held -= 8;
            self.bytes.push((self.rest >> self.held).to_le_bytes()[0]);
        }
    }

    fn length(&self) -> usize {
        self.bytes.len() * 8 + self.held
    }
}

/// In which mode to write which part of a text. What is percent-encoded is of the small
/// alphabet that takes two thirds of the room; so are names in other scripts.
fn segments(text: &[u8]) -> Vec<Segment> {
    let mut segments = Vec::new();
    let mut add = |mode: Mode, begin: usize, end: usize| {
        if begin < end {
            segments.push(Segment { mode, begin, end });
        }
    };
    let (mut done, mut at) = (0, 0);
    while at < text.len() {
        let run = text[at..].iter().take_while(|byte| is_small(**byte)).count();
        let is_end = at == 0 || at + run == text.len();
        if run >= if is_end { WORTH_ONE } else { WORTH_TWO } {
            add(Mode::Byte, done, at);
            add(Mode::Alphanumeric, at, at + run);
            done = at + run;
        }
        at += run + 1;
    }
    add(Mode::Byte, done, text.len());
    segments
}

/// The characters of the small alphabet, in the order of their numbers.
const SMALL: &[u8; 45] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";

/// Which number each byte has there; what has none has that of nothing.
const DIGITS: [u8; 256] = {
    let mut digits = [u8::MAX; 256];
    let mut n: u8 = 0;
    while (n as usize) < SMALL.len() {
        digits[SMALL[n as usize] as usize] = n;
        n += 1;
    }
    digits
};

fn digit(byte: u8) -> u64 {
    u64::from(DIGITS[usize::from(byte)])
}

/// Whether a character is of the small alphabet.
fn is_small(byte: u8) -> bool {
    DIGITS[usize::from(byte)] != u8::MAX
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
    fn no_code_is_larger_than_the_library_would_make_it() {
        let links = [
            "https://wa.me/33639980123?text=Hi%20Anne%21%20I%E2%80%99m%20on%20Signal%20now".repeat(7),
            "https://wa.me/33639980123?text=%D9%85%D8%B1%D8%AD%D8%A8%D8%A7%20%D8%B9%D9%84%D9%8A".repeat(5),
            "sms:+33639980123?body=Ol%C3%A1%20%F0%9F%98%80%F0%9F%98%80%F0%9F%98%80ab".repeat(3),
            "https://signal.me/#p/+33639980123".to_owned(),
        ];
        for link in links {
            let theirs = qrcode::bits::encode_auto(link.as_bytes(), LEVEL).unwrap().version().width();
            let number = i16::try_from(encoded(link.as_bytes()).unwrap().0).unwrap();
            assert!(Version::Normal(number).width() <= theirs, "{link}");
        }
    }

    #[test]
    fn the_bits_are_those_of_the_library() {
        for length in (1..2300).step_by(9) {
            let text = "https://wa.me/33639980123?text=Ol%C3%A1%20%F0%9F%98%80%F0%9F%98%80ab".repeat(35);
            let text = &text.as_bytes()[..length];
            let (number, ours) = encoded(text).unwrap();
            let mut theirs = Bits::new(Version::Normal(i16::try_from(number).unwrap()));
            theirs.push_segments(text, segments(text).into_iter()).unwrap();
            theirs.push_terminator(LEVEL).unwrap();
            assert_eq!(ours, theirs.into_bytes(), "{length}");
        }
    }

    #[test]
    fn what_does_not_fit_has_no_picture() {
        assert_eq!(picture(&"x".repeat(8000)), None);
        let small = picture("https://wa.me/33639980123").unwrap();
        assert_eq!(small.size, 25 + 2 * layout::MARGIN);
        assert!(small.address.len() < 400, "{}", small.address.len());
    }
}
