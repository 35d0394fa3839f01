//! Lines of JSON: each is needed whole, so the cap is generous (a group of a
//! thousand takes a twentieth of it), and of what is longer only the beginning is
//! kept.

use std::io::{self, BufRead, BufReader, Read};

use memchr::{memchr, memchr2};

/// A line longer than this is not read.
pub const LINE_CAP: usize = 4 * 1024 * 1024;
/// So much is kept of one.
const BEGINNING: usize = 1024;

/// One line.
#[derive(Debug, PartialEq, Eq)]
pub struct Line<'a> {
    /// Its number, counted from 1.
    pub number: u64,
    /// Its bytes without the line end; the first of them if it is too long.
    pub bytes: &'a [u8],
    /// Whether a line feed ended it; only the last line may lack one.
    pub ended: bool,
    /// Whether it is longer than the cap.
    pub too_long: bool,
}

/// A source cut into lines.
pub struct Lines<R> {
    source: BufReader<R>,
    cap: usize,
    number: u64,
    /// A line that does not lie in one block.
    bytes: Vec<u8>,
    /// How much of the block the line before takes up.
    used: usize,
}

impl<R: Read> Lines<R> {
    /// Lines of at most `cap` bytes.
    pub fn new(source: R, cap: usize) -> Self {
        let source = BufReader::with_capacity(128 * 1024, source);
        Self { source, cap, number: 0, bytes: Vec::new(), used: 0 }
    }

    /// The next line, `None` after the last one. A byte order mark before the
    /// first line and carriage returns at the end of a line are dropped.
    ///
    /// # Errors
    /// Whatever the system says.
    pub fn next(&mut self) -> io::Result<Option<Line<'_>>> {
        self.source.consume(std::mem::take(&mut self.used));
        // Nearly all lines lie in one block, and need not be copied.
        if let Some(end) = memchr(b'\n', self.source.buffer()).filter(|end| *end <= self.cap) {
            self.used = end + 1;
            self.number += 1;
            let bytes = trimmed(&self.source.buffer()[..end], self.number);
            return Ok(Some(Line { number: self.number, bytes, ended: true, too_long: false }));
        }
        self.bytes.clear();
        let (mut any, mut ended, mut too_long) = (false, false, false);
        while !ended {
            let block = match self.source.fill_buf() {
                Ok([]) => break,
                Ok(block) => block,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => return Err(error),
            };
            any = true;
            let end = memchr(b'\n', block);
            ended = end.is_some();
            let part = &block[..end.unwrap_or(block.len())];
            let used = part.len() + usize::from(ended);
            too_long |= self.bytes.len() + part.len() > self.cap;
            if too_long {
                self.bytes.truncate(BEGINNING);
                let room = BEGINNING - self.bytes.len();
                self.bytes.extend_from_slice(&part[..room.min(part.len())]);
            } else {
                self.bytes.extend_from_slice(part);
            }
            self.source.consume(used);
        }
        if !any {
            return Ok(None);
        }
        self.number += 1;
        Ok(Some(Line { number: self.number, bytes: trimmed(&self.bytes, self.number), ended, too_long }))
    }
}

/// A line without what may stand around it.
fn trimmed(bytes: &[u8], number: u64) -> &[u8] {
    let bytes = bytes.trim_ascii_end();
    if number == 1 { without_bom(bytes) } else { bytes }
}

/// The bytes without a byte order mark before them.
pub fn without_bom(bytes: &[u8]) -> &[u8] {
    bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes)
}

/// The first key of an object and what follows its colon, without parsing.
/// `None` where that cannot be told so simply.
pub fn first_key(line: &[u8]) -> Option<(&[u8], &[u8])> {
    let inside = line.trim_ascii_start().strip_prefix(b"{")?.trim_ascii_start().strip_prefix(b"\"")?;
    let end = memchr2(b'"', b'\\', inside)?;
    let (key, rest) = inside.split_at(end);
    let rest = rest.strip_prefix(b"\"")?.trim_ascii_start().strip_prefix(b":")?;
    Some((key, rest.trim_ascii_start()))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Hands out one byte at a time, with interruptions.
    struct Slow<'a>(&'a [u8], bool);

    impl Read for Slow<'_> {
        fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
            self.1 = !self.1;
            if self.1 {
                return Err(io::ErrorKind::Interrupted.into());
            }
            let Some((first, rest)) = self.0.split_first() else { return Ok(0) };
            into[0] = *first;
            self.0 = rest;
            Ok(1)
        }
    }

    fn all(source: impl Read, cap: usize) -> Vec<(u64, String, bool, bool)> {
        let (mut lines, mut found) = (Lines::new(source, cap), Vec::new());
        while let Some(line) = lines.next().unwrap() {
            let text = String::from_utf8(line.bytes.to_vec()).unwrap();
            found.push((line.number, text, line.ended, line.too_long));
        }
        found
    }

    #[test]
    fn lines_come_whole_whatever_the_line_end_and_the_blocks() {
        let text = "\u{feff}one\r\n\ntwo\nthree".as_bytes();
        let lines = all(text, 99);
        assert_eq!(lines, all(Slow(text, false), 99));
        let expected = [(1, "one", true), (2, "", true), (3, "two", true), (4, "three", false)];
        assert_eq!(lines, expected.map(|(n, text, ended)| (n, text.to_owned(), ended, false)));
        assert_eq!(all(&b""[..], 99), []);
        assert_eq!(all(&b"one\n"[..], 99).len(), 1);
    }

    #[test]
    fn a_line_beyond_the_cap_is_passed_over() {
        let text = b"12345\n123456\n12345\n1234567890";
        for lines in [all(&text[..], 5), all(Slow(text, false), 5)] {
            assert_eq!(lines.iter().map(|l| l.3).collect::<Vec<_>>(), [false, true, false, true]);
            assert_eq!((lines[1].1.as_str(), lines[2].1.as_str(), lines[3].2), ("123456", "12345", false));
        }
        let long = "x".repeat(9000) + "\nshort\n";
        for lines in [all(long.as_bytes(), 5000), all(Slow(long.as_bytes(), false), 5000)] {
            assert_eq!((lines[0].1.len(), lines[0].3, lines[1].1.as_str()), (BEGINNING, true, "short"));
        }
    }

    #[test]
    fn the_first_key_is_told_without_parsing() {
        assert_eq!(first_key(b" { \"chat\" : 5"), Some((&b"chat"[..], &b"5"[..])));
        for other in [&b"{}"[..], b"[\"chat\":", b"{\"chat", b"{\"ch\\u0061t\":1", b"{\"chat\" 1", b""] {
            assert_eq!(first_key(other), None);
        }
    }
}
