//! Records of a comma-separated file, each with the line where it begins.
//!
//! The `csv` crate takes a file apart, but says neither where a quote was
//! opened that is never closed nor, behind blank lines, where a record begins;
//! and a quote left open would make it swallow the rest of the file. So the
//! bytes are watched on their way to it, with its own rules for quotes.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::io::{self, Read};
use std::rc::Rc;

use csv::{ByteRecord, Reader, ReaderBuilder};

/// A record longer than this is none: reading stops.
const RECORD_CAP: u64 = 1024 * 1024;

/// Where and why reading stopped before the end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Broken {
    /// A quote was opened in that line and never closed.
    Unclosed(u64),
    /// The record that begins in that line has no end in sight.
    TooLong(u64),
}

/// The records of a file, one after the other.
pub struct Records<'a> {
    reader: Reader<Watched<'a>>,
    watch: Rc<RefCell<Watch>>,
}

impl<'a> Records<'a> {
    /// Reads records from UTF-8 text.
    pub fn new(text: Box<dyn Read + 'a>, delimiter: u8) -> Records<'a> {
        let watch = Rc::new(RefCell::new(Watch::new(delimiter)));
        let reader = ReaderBuilder::new()
            .delimiter(delimiter)
            .has_headers(false)
            .flexible(true)
            .from_reader(Watched { text, watch: Rc::clone(&watch) });
        Records { reader, watch }
    }

    /// Reads the next whole record and returns the line where it begins, or
    /// `None` at the end. Blank lines are no records.
    ///
    /// # Errors
    /// Whatever reading says.
    pub fn next(&mut self, record: &mut ByteRecord) -> io::Result<Option<u64>> {
        if !self.reader.read_byte_record(record).map_err(io::Error::from)? {
            return Ok(None);
        }
        let mut watch = self.watch.borrow_mut();
        let line = watch.starts.pop_front().unwrap_or(watch.line);
        // What is left behind a break is no record.
        let broken = watch.broken.is_some() && watch.starts.is_empty();
        Ok((!broken).then_some(line))
    }

    /// What is wrong with the file as far as it was read.
    pub fn broken(&self) -> Option<Broken> {
        self.watch.borrow().broken
    }
}

/// Text on its way to the parser.
struct Watched<'a> {
    text: Box<dyn Read + 'a>,
    watch: Rc<RefCell<Watch>>,
}

impl Read for Watched<'_> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let mut watch = self.watch.borrow_mut();
        if watch.broken.is_some() || out.is_empty() {
            return Ok(0);
        }
        let got = loop {
            match self.text.read(out) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                other => break other?,
            }
        };
        if got == 0 {
            watch.end();
        }
        Ok(watch.see(&out[..got]))
    }
}

/// Where the parser will stand after a byte.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    /// Before a record.
    Between,
    /// At the beginning of a cell.
    Cell,
    /// In a cell without quotes, or behind its closing quote.
    Plain,
    /// Between quotes.
    Quoted,
    /// Behind a quote between quotes: it closes, or stands for itself.
    Quote,
}

struct Watch {
    delimiter: u8,
    place: Place,
    line: u64,
    last: u8,
    /// Where the quote was opened.
    opened: u64,
    /// Where the record began, and its length so far.
    start: u64,
    length: u64,
    /// The lines of records that the parser has not handed out yet.
    starts: VecDeque<u64>,
    broken: Option<Broken>,
}

impl Watch {
    fn new(delimiter: u8) -> Watch {
        Watch {
            delimiter,
            place: Place::Between,
            line: 1,
            last: 0,
            opened: 0,
            start: 0,
            length: 0,
            starts: VecDeque::new(),
            broken: None,
        }
    }

    /// Looks at bytes up to a break; returns how many the parser may see.
    fn see(&mut self, bytes: &[u8]) -> usize {
        let broken = bytes.iter().position(|byte| {
            self.step(*byte);
            self.broken.is_some()
        });
        broken.map_or(bytes.len(), |at| at + 1)
    }

    fn step(&mut self, byte: u8) {
        let line_end = matches!(byte, b'\r' | b'\n');
        if self.place == Place::Between && !line_end {
            self.start = self.line;
            self.starts.push_back(self.line);
            self.length = 0;
            self.place = Place::Cell;
        }
        self.place = match (self.place, byte) {
            (Place::Between, _) => Place::Between,
            (Place::Quoted, b'"') => Place::Quote,
            (Place::Quoted, _) => Place::Quoted,
            (Place::Quote, b'"') => Place::Quoted,
            (Place::Cell, b'"') => {
                self.opened = self.line;
                Place::Quoted
            }
            (_, byte) if byte == self.delimiter => Place::Cell,
            (_, b'\r' | b'\n') => Place::Between,
            _ => Place::Plain,
        };
        if byte == b'\r' || (byte == b'\n' && self.last != b'\r') {
            self.line += 1;
        }
        self.last = byte;
        self.length += 1;
        if self.length > RECORD_CAP && self.place != Place::Between {
            let quoted = self.place == Place::Quoted;
            self.broken =
                Some(if quoted { Broken::Unclosed(self.opened) } else { Broken::TooLong(self.start) });
        }
    }

    fn end(&mut self) {
        if self.place == Place::Quoted {
            self.broken = Some(Broken::Unclosed(self.opened));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(text: &[u8]) -> (Vec<(u64, usize)>, Option<Broken>) {
        let mut records = Records::new(Box::new(text), b',');
        let mut record = ByteRecord::new();
        let mut out = Vec::new();
        while let Some(line) = records.next(&mut record).unwrap() {
            out.push((line, record.len()));
        }
        (out, records.broken())
    }

    #[test]
    fn lines_are_those_of_the_file() {
        let text = "a,b\n\n\n\"c\nd\",e\nf\n";
        let expected = vec![(1, 2), (4, 2), (6, 1)];
        for end in ["\n", "\r\n", "\r"] {
            assert_eq!(all(text.replace('\n', end).as_bytes()), (expected.clone(), None), "{end:?}");
        }
        assert_eq!(all(b""), (vec![], None));
        assert_eq!(all("\u{feff}\"a\"\nb".as_bytes()), (vec![(1, 1), (2, 1)], None));
    }

    #[test]
    fn the_watch_agrees_with_the_parser() {
        let (mut seed, letters) = (7_u32, b"a\",\n\r\"\n,");
        for length in 0..400 {
            let mut text = Vec::new();
            for _ in 0..length {
                seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                text.push(letters[(seed >> 24) as usize % letters.len()]);
            }
            let mut plain =
                ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_slice());
            let parsed = plain.byte_records().count();
            let (records, broken) = all(&text);
            assert_eq!(
                records.len() + usize::from(broken.is_some()),
                parsed,
                "{:?}",
                String::from_utf8_lossy(&text)
            );
        }
    }

    #[test]
    fn a_quote_left_open_ends_the_file_where_it_was_opened() {
        assert_eq!(all(b"a,b\nc,d\ne,\"f\ng,h\n"), (vec![(1, 2), (2, 2)], Some(Broken::Unclosed(3))));
        assert_eq!(all(b"a\n\"b\n\"\"c"), (vec![(1, 1)], Some(Broken::Unclosed(2))));
        assert_eq!(all(b"a\nb\"c\n\"d\"e\"\n"), (vec![(1, 1), (2, 1), (3, 1)], None));
    }

    #[test]
    fn nothing_is_gathered_without_end() {
        let mut quoted = b"a\n\"".to_vec();
        quoted.extend(b"b\n".repeat(5_000_000));
        assert_eq!(all(&quoted), (vec![(1, 1)], Some(Broken::Unclosed(2))));
        let mut plain = b"a\n".to_vec();
        plain.extend(b"b,".repeat(usize::try_from(RECORD_CAP).unwrap() / 2 + 10));
        plain.extend(b"\nc\nd\n");
        assert_eq!(all(&plain), (vec![(1, 1)], Some(Broken::TooLong(2))));
    }
}
