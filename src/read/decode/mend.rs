//! Mends what should be UTF-8 and is not, where it is plain what was meant.
//!
//! Two things are: a line of Windows-1252, which an editor or another program
//! left among others, and a character that was written as two halves of three
//! bytes each (CESU-8), as Java and some databases do. A line is taken for
//! Windows-1252 if no character in it is UTF-8 and a broken byte is a letter
//! beside a letter; once there was such a line, others need only have no
//! character in UTF-8, as long as no line at all had one. What remains broken
//! is left as it is, to be counted.

use std::cell::Cell;
use std::io::{self, Read};
use std::rc::Rc;

use encoding_rs::WINDOWS_1252;

/// How much is read at once.
const BLOCK: usize = 64 * 1024;
/// A character in two halves has so many bytes.
const HALVES: usize = 6;

/// Mends a text while it is read.
pub(super) struct Mender<R> {
    source: R,
    /// What was read, of which the part from `start` to `end` is ready.
    block: Vec<u8>,
    start: usize,
    end: usize,
    /// Behind that, so many bytes of a line whose rest is still to come.
    cut: usize,
    /// Whether a line in Windows-1252 was met.
    mended: Rc<Cell<bool>>,
    /// Whether a character in UTF-8 was met.
    utf8: bool,
}

impl<R: Read> Mender<R> {
    /// Mends what `source` gives, and tells by `mended` whether Windows-1252 was met.
    pub(super) fn new(source: R, mended: Rc<Cell<bool>>) -> Self {
        Self { source, block: Vec::new(), start: 0, end: 0, cut: 0, mended, utf8: false }
    }

    /// Reads the next block, up to the end of a line if one ends in it.
    fn refill(&mut self) -> io::Result<()> {
        let mut length = self.cut;
        self.block.copy_within(self.end..self.end + length, 0);
        self.block.resize(BLOCK, 0);
        let whole = loop {
            let got = match self.source.read(&mut self.block[length..]) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                got => got?,
            };
            let line_end =
                memchr::memrchr(b'\n', &self.block[length..length + got]).map(|at| length + at + 1);
            length += got;
            match line_end {
                _ if got == 0 => break length,
                Some(at) => break at,
                None if length == BLOCK => break length - cut_behind(&self.block),
                None => {}
            }
        };
        let block = &self.block[..whole];
        (self.start, self.end, self.cut) = (0, whole, length - whole);
        if simdutf8::compat::from_utf8(block).is_ok() {
            self.utf8 |= !self.utf8 && !block.is_ascii();
        } else {
            self.mend(whole, length);
        }
        Ok(())
    }

    /// Mends a block in which something is wrong, line by line; what stands behind
    /// it up to `length` is for the next one.
    fn mend(&mut self, whole: usize, length: usize) {
        let mut mended = Vec::with_capacity(whole);
        for line in self.block[..whole].split_inclusive(|byte| *byte == b'\n') {
            match std::str::from_utf8(line) {
                Ok(text) => {
                    self.utf8 |= !text.is_ascii();
                    mended.extend_from_slice(line);
                }
                Err(_) => self.utf8 |= mend_line(line, &mut mended, &self.mended, self.utf8),
            }
        }
        self.end = mended.len();
        mended.extend_from_slice(&self.block[whole..length]);
        self.block = mended;
    }
}

/// Mends one line, and tells whether a character in UTF-8 is in it.
fn mend_line(line: &[u8], out: &mut Vec<u8>, mended: &Cell<bool>, utf8: bool) -> bool {
    let (joined, characters) = join_halves(line);
    let broken = std::str::from_utf8(&joined).is_err();
    let is_western = broken && !characters && (names_a_letter(&joined) || mended.get() && !utf8);
    if is_western {
        mended.set(true);
        out.extend(WINDOWS_1252.decode_without_bom_handling(&joined).0.as_bytes());
    } else {
        out.extend(joined);
    }
    characters
}

/// A line with the halves of its characters joined, and whether there is any
/// character beyond ASCII in it, whole or half.
fn join_halves(line: &[u8]) -> (Vec<u8>, bool) {
    let mut joined = Vec::with_capacity(line.len());
    let (mut rest, mut characters) = (line, false);
    while !rest.is_empty() {
        let (valid, broken) = match std::str::from_utf8(rest) {
            Ok(_) => (rest, &b""[..]),
            Err(error) => rest.split_at(error.valid_up_to()),
        };
        characters |= !valid.is_ascii();
        joined.extend_from_slice(valid);
        rest = match (halves(broken), after_half(broken)) {
            (Some(c), _) => {
                characters = true;
                joined.extend(c.encode_utf8(&mut [0; 4]).as_bytes());
                &broken[HALVES..]
            }
            (None, Some(behind)) => {
                characters = true;
                joined.extend_from_slice(&broken[..HALVES / 2]);
                behind
            }
            (None, None) => {
                joined.extend(broken.first());
                broken.get(1..).unwrap_or_default()
            }
        };
    }
    (joined, characters)
}

/// The character that stands there in two halves.
fn halves(bytes: &[u8]) -> Option<char> {
    let [0xed, a @ 0xa0..=0xaf, b @ 0x80..=0xbf, 0xed, c @ 0xb0..=0xbf, d @ 0x80..=0xbf, ..] = *bytes else {
        return None;
    };
    let half = |high: u8, low: u8| u16::from(high & 0x3f) << 6 | u16::from(low & 0x3f) | 0xd000;
    char::decode_utf16([half(a, b), half(c, d)]).next()?.ok()
}

/// What follows half a character, if one stands there.
pub(super) fn after_half(bytes: &[u8]) -> Option<&[u8]> {
    match bytes {
        [0xed, 0xa0..=0xbf, 0x80..=0xbf, rest @ ..] => Some(rest),
        _ => None,
    }
}

/// How many bytes at the end may be the beginning of a character.
fn cut_behind(bytes: &[u8]) -> usize {
    let from = bytes.len().saturating_sub(HALVES - 1);
    let tail = &bytes[from..];
    let first_half = tail
        .iter()
        .position(|byte| *byte == 0xed)
        .filter(|at| matches!(tail[*at..], [_] | [_, 0xa0..=0xaf] | [_, 0xa0..=0xaf, 0x80..=0xbf, ..]));
    if let Some(at) = first_half {
        return tail.len() - at;
    }
    let unfinished = |length: &usize| {
        let tail = &bytes[bytes.len() - length..];
        tail[0] >= 0xc2 && std::str::from_utf8(tail).is_err_and(|error| error.error_len().is_none())
    };
    (1..=bytes.len().min(3)).find(unfinished).unwrap_or(0)
}

/// Whether a byte that is no ASCII is a letter beside a letter.
fn names_a_letter(line: &[u8]) -> bool {
    // 0xd7 and 0xf7 are signs, and 0xff fills files that are damaged.
    let is_letter = |byte: u8| matches!(byte, 0xc0..=0xd6 | 0xd8..=0xf6 | 0xf8..=0xfe);
    let beside = |byte: u8| byte.is_ascii_alphabetic();
    let mut windows = line.windows(2);
    windows.any(|two| is_letter(two[0]) && beside(two[1]) || beside(two[0]) && is_letter(two[1]))
}

impl<R: Read> Read for Mender<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        if self.start == self.end {
            self.refill()?;
        }
        let count = out.len().min(self.end - self.start);
        out[..count].copy_from_slice(&self.block[self.start..self.start + count]);
        self.start += count;
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Hands out so many bytes at once.
    struct Slowly<'a>(&'a [u8], usize);

    impl Read for Slowly<'_> {
        fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
            let count = self.0.len().min(self.1).min(out.len());
            out[..count].copy_from_slice(&self.0[..count]);
            self.0 = &self.0[count..];
            Ok(count)
        }
    }

    fn mended(bytes: &[u8], step: usize) -> (Vec<u8>, bool) {
        let flag = Rc::new(Cell::new(false));
        let mut out = Vec::new();
        Mender::new(Slowly(bytes, step), Rc::clone(&flag)).read_to_end(&mut out).unwrap();
        (out, flag.get())
    }

    #[test]
    fn what_is_whole_or_plainly_damaged_stays() {
        for text in ["", "a", "déjà 🎉 là", "한국어\n", "한"] {
            for step in 1..=8 {
                assert_eq!(mended(text.as_bytes(), step), (text.as_bytes().to_vec(), false), "{text}");
            }
        }
        for bytes in [
            &b"Ada \xff Quill\n"[..],
            b"d\xc3\xa9j\xe0 vu",
            b"Cy \xed\xa0\xbd Reed",
            b"\xc3",
            b"\xed\xa0",
            b"a \x80 b",
        ] {
            for step in 1..=8 {
                assert_eq!(mended(bytes, step), (bytes.to_vec(), false), "{bytes:?} {step}");
            }
        }
    }

    #[test]
    fn halves_are_joined_wherever_blocks_end() {
        let bytes = b"a \xed\xa0\xbc\xed\xbe\x89 b \xed\xa0\xbd\xed\xb8\x80\xed\xa0\xbc\xed\xbe\x89";
        for step in 1..=12 {
            let (out, flag) = mended(bytes, step);
            assert_eq!((String::from_utf8_lossy(&out).as_ref(), flag), ("a 🎉 b 😀🎉", false), "{step}");
        }
    }

    #[test]
    fn lines_of_two_encodings_are_each_read_in_theirs() {
        let bytes = "Zoë\n"
            .as_bytes()
            .iter()
            .chain(b"Zo\xeb d\xe9j\xe0 \x80\n\x80 5\n")
            .copied()
            .collect::<Vec<u8>>();
        let (out, flag) = mended(&bytes, usize::MAX);
        assert_eq!(out, [b"Zo\xc3\xab\n".as_slice(), "Zoë déjà €\n".as_bytes(), b"\x80 5\n"].concat());
        assert!(flag);
        // Where nothing is UTF-8, a sign alone is known as well.
        assert_eq!(mended(b"Zo\xeb\n\x80 5\n", usize::MAX), ("Zoë\n€ 5\n".as_bytes().to_vec(), true));
    }
}
