//! Lines of a text of any size, in a buffer that never grows.
//!
//! Bytes are read once and looked at once for each question: where the lines
//! end, whether the bytes are UTF-8, and whether a block holds anything worth
//! a closer look (the caller's `finder`). Only the beginning of a very long
//! line is kept; the rest is counted and forgotten.

use std::io::{self, Read};

use memchr::{memchr, memchr2};

/// The buffer's size.
const BUFFER: usize = 128 * 1024;
/// How much of a line is kept that does not fit into the buffer.
const KEEP: usize = 64 * 1024;
/// A line longer than this is no line of a text.
pub const LINE_CAP: u64 = 64 * 1024 * 1024;

/// Finds the first place in a block that is worth a closer look.
pub type Finder<'a> = &'a dyn Fn(&[u8]) -> Option<usize>;

/// One line.
#[derive(Clone, Copy, Debug)]
pub struct Line<'a> {
    /// The bytes without the line end and without carriage returns before it.
    pub bytes: &'a [u8],
    /// Whether a carriage return stood before the line feed.
    pub crlf: bool,
    /// Whether the finder found something in it.
    pub hot: bool,
    /// Whether it is longer than [`LINE_CAP`].
    pub too_long: bool,
}

/// What was wrong with the bytes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Damage {
    /// Byte sequences that are no UTF-8.
    pub invalid: u64,
    /// The line of the first one, counted from 1.
    pub line: Option<u64>,
    /// Whether the text ends in the middle of a character.
    pub truncated: bool,
}

/// Reads lines ended by LF, CR LF, CR CR LF, or, in a text without any line
/// feed in its first block, by CR alone.
pub struct Lines<'a> {
    source: Box<dyn Read + 'a>,
    finder: Option<Finder<'a>>,
    buffer: Vec<u8>,
    /// The unread part of the buffer.
    start: usize,
    end: usize,
    /// Up to where the bytes were checked for UTF-8.
    checked: usize,
    /// The next hit of the finder; `None` when it has to look again from
    /// `start`, the buffer's end when there is none.
    hit: Option<usize>,
    terminator: Option<u8>,
    /// Whether a carriage return alone ends a line wherever it stands.
    any: bool,
    finished: bool,
    damage: Damage,
    /// Where in the buffer the first damage is, until its line is known.
    damaged_at: Option<usize>,
    /// How many lines were handed out.
    number: u64,
    /// The beginning of a line that did not fit.
    long: Vec<u8>,
}

impl<'a> Lines<'a> {
    /// Reads lines from `source`; lines in which `finder` sees something are
    /// marked hot.
    pub fn new(source: Box<dyn Read + 'a>, finder: Option<Finder<'a>>) -> Self {
        Self {
            source,
            finder,
            buffer: vec![0; BUFFER],
            start: 0,
            end: 0,
            checked: 0,
            hit: None,
            terminator: None,
            any: false,
            finished: false,
            damage: Damage::default(),
            damaged_at: None,
            number: 0,
            long: Vec::new(),
        }
    }

    /// Reads lines that may each end in another way: files that were put
    /// together, of formats in which no carriage return is text.
    pub fn of_any_end(source: Box<dyn Read + 'a>) -> Self {
        Self { any: true, ..Self::new(source, None) }
    }

    /// What was wrong with the bytes read so far.
    pub fn damage(&self) -> Damage {
        self.damage
    }

    /// The next line, or `None` at the end.
    ///
    /// # Errors
    /// Whatever reading says.
    #[expect(
        clippy::should_implement_trait,
        reason = "the line borrows from the reader: no Iterator can do that"
    )]
    pub fn next(&mut self) -> io::Result<Option<Line<'_>>> {
        let mut searched = self.start;
        let line_end = loop {
            if let Some(found) = self.line_end(searched) {
                break Some(found);
            }
            if self.finished {
                break None;
            }
            let kept = self.end - self.start;
            if kept == self.buffer.len() {
                return self.long_line().map(Some);
            }
            // What a carriage return is shows only behind it.
            let unread = &self.buffer[self.start..self.end];
            let pending = unread.iter().rev().take_while(|b| self.any && **b == b'\r').count();
            self.refill()?;
            searched = self.start + kept - pending;
        };
        let (from, to, next) = match line_end {
            Some((at, next)) => (self.start, at, next),
            None if self.start == self.end => return Ok(None),
            None => (self.start, self.end, self.end),
        };
        let hot = self.is_hot(to);
        self.start = next;
        self.number += 1;
        if self.damaged_at.is_some_and(|at| at < next) {
            self.damaged_at = None;
            self.damage.line.get_or_insert(self.number);
        }
        let raw = &self.buffer[from..to];
        let returns = raw.iter().rev().take_while(|b| **b == b'\r').count();
        Ok(Some(Line {
            bytes: &raw[..raw.len() - returns],
            crlf: returns > 0 && line_end.is_some(),
            hot,
            too_long: false,
        }))
    }

    /// Where the line ends that goes on at `from`, and where the next one begins;
    /// none if that is not to be told yet.
    fn line_end(&self, from: usize) -> Option<(usize, usize)> {
        let unread = &self.buffer[from..self.end];
        if !self.any {
            let at = from + memchr(self.terminator.unwrap_or(b'\n'), unread)?;
            return Some((at, at + 1));
        }
        let at = memchr2(b'\r', b'\n', unread)?;
        let returns = unread[at..].iter().take_while(|b| **b == b'\r').count();
        let length = match unread.get(at + returns) {
            Some(b'\n') => returns + 1,
            None if !self.finished => return None,
            _ => 1,
        };
        Some((from + at, from + at + length))
    }

    /// Whether the finder sees something between `start` and `to`.
    fn is_hot(&mut self, to: usize) -> bool {
        let Some(finder) = self.finder else { return false };
        let hit = match self.hit {
            Some(hit) if hit >= self.start => hit,
            _ => {
                let block = &self.buffer[self.start..self.end];
                let hit = finder(block).map_or(self.end, |at| self.start + at);
                self.hit = Some(hit);
                hit
            }
        };
        hit < to
    }

    /// Moves the unread part to the front and fills the rest.
    fn refill(&mut self) -> io::Result<()> {
        self.buffer.copy_within(self.start..self.end, 0);
        self.checked -= self.start.min(self.checked);
        self.damaged_at = self.damaged_at.map(|at| at.saturating_sub(self.start));
        self.end -= self.start;
        self.start = 0;
        self.hit = None;
        let first = self.terminator.is_none();
        while self.end < self.buffer.len() {
            match self.source.read(&mut self.buffer[self.end..]) {
                Ok(0) => {
                    self.finished = true;
                    break;
                }
                Ok(got) => self.end += got,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        if first {
            let block = &self.buffer[..self.end];
            let old_mac = memchr(b'\n', block).is_none() && memchr(b'\r', block).is_some();
            self.terminator = Some(if old_mac { b'\r' } else { b'\n' });
        }
        self.check();
        Ok(())
    }

    /// Checks the new bytes for UTF-8 and counts what is not.
    fn check(&mut self) {
        while self.checked < self.end {
            let block = &self.buffer[self.checked..self.end];
            let Err(error) = simdutf8::compat::from_utf8(block) else {
                self.checked = self.end;
                return;
            };
            self.checked += error.valid_up_to();
            match error.error_len() {
                Some(length) => {
                    self.damage.invalid += 1;
                    if self.damage.line.is_none() {
                        self.damaged_at.get_or_insert(self.checked);
                    }
                    self.checked += length;
                }
                // A character that goes on in the next block, or never.
                None => {
                    if self.finished {
                        self.damage.truncated = true;
                        self.checked = self.end;
                    }
                    return;
                }
            }
        }
    }

    /// Keeps the beginning of a line that fills the whole buffer and passes
    /// over the rest of it.
    fn long_line(&mut self) -> io::Result<Line<'_>> {
        let head: Vec<u8> = self.buffer[..KEEP].to_vec();
        let mut length = self.end as u64;
        let mut hot = self.is_hot(self.end);
        let terminator = self.terminator.unwrap_or(b'\n');
        self.start = self.end;
        self.number += 1;
        let mut crlf = false;
        while !self.finished {
            self.refill()?;
            let block = &self.buffer[..self.end];
            let end = if self.any { memchr2(b'\r', b'\n', block) } else { memchr(terminator, block) };
            match end {
                Some(at) => {
                    let pair = self.any && block[at..].starts_with(b"\r\n");
                    length += at as u64;
                    hot |= self.is_hot(at);
                    crlf = at > 0 && self.buffer[at - 1] == b'\r';
                    self.start = at + if pair { 2 } else { 1 };
                    break;
                }
                None => {
                    length += self.end as u64;
                    hot |= self.is_hot(self.end);
                    self.start = self.end;
                }
            }
        }
        // The unread part stays where it is; the kept beginning is handed out
        // from a place of its own.
        self.long = head;
        Ok(Line { bytes: &self.long, crlf, hot, too_long: length > LINE_CAP })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(bytes: &[u8]) -> Vec<String> {
        let mut lines = Lines::new(Box::new(bytes), None);
        let mut out = Vec::new();
        while let Some(line) = lines.next().unwrap() {
            out.push(String::from_utf8_lossy(line.bytes).into_owned());
        }
        out
    }

    #[test]
    fn every_kind_of_line_end() {
        for text in ["a\nb\n\nc", "a\r\nb\r\n\r\nc\r\n", "a\r\r\nb\r\r\n\r\r\nc", "a\rb\r\rc\r"] {
            assert_eq!(all(text.as_bytes()), ["a", "b", "", "c"], "{text:?}");
        }
        assert_eq!(all(b""), Vec::<String>::new());
        assert_eq!(all(b"\n"), [""]);
    }

    #[test]
    fn c10_every_line_of_a_file_that_was_put_together_can_end_in_its_own_way() {
        let any = |text: &[u8]| {
            let mut lines = Lines::of_any_end(Box::new(text));
            let mut out = Vec::new();
            while let Some(line) = lines.next().unwrap() {
                out.push(String::from_utf8_lossy(line.bytes).into_owned());
            }
            out
        };
        for text in
            ["a\nb\n\nc", "a\r\nb\r\n\r\nc\r\n", "a\r\r\nb\r\r\n\r\r\nc", "a\rb\r\rc\r", "a\rb\n\rc\r\n"]
        {
            assert_eq!(any(text.as_bytes()), ["a", "b", "", "c"], "{text:?}");
        }
        // Wherever a block ends.
        for pad in BUFFER - 4..BUFFER + 2 {
            let text = format!("{}\r\nb\r\r\nc\rd", "x".repeat(pad));
            let lines = any(text.as_bytes());
            assert_eq!(lines[1..], ["b", "c", "d"], "{pad}");
        }
    }

    #[test]
    fn a_long_line_keeps_its_beginning_and_the_next_line_whole() {
        let mut text = vec![b'x'; BUFFER * 3 + 7];
        text.extend(b"\nnext");
        let lines = all(&text);
        assert_eq!(lines.len(), 2);
        assert_eq!(lines[0].len(), KEEP);
        assert_eq!(lines[1], "next");
    }

    #[test]
    fn damage_is_counted_across_blocks() {
        let mut text = "é".repeat(BUFFER).into_bytes();
        text.extend(b"\n\xff\xfe ok\n\xc3");
        let mut lines = Lines::new(Box::new(text.as_slice()), None);
        while lines.next().unwrap().is_some() {}
        assert_eq!(lines.damage(), Damage { invalid: 2, line: Some(2), truncated: true });
    }

    #[test]
    fn hot_lines_are_marked_and_no_others() {
        let mut text = String::new();
        for i in 0..50_000 {
            text.push_str(if i % 7_000 == 3 { "a@b\n" } else { "plain line\n" });
        }
        let finder = |block: &[u8]| memchr(b'@', block);
        let mut lines = Lines::new(Box::new(text.as_bytes()), Some(&finder));
        let mut hot = 0;
        while let Some(line) = lines.next().unwrap() {
            assert_eq!(line.hot, line.bytes == b"a@b");
            hot += u32::from(line.hot);
        }
        assert_eq!(hot, 8);
    }
}
