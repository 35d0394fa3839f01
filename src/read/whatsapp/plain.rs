//! The short way through a header, for lines whose shape is known, which nearly
//! all lines are. It reads what the grammar in [`header`](super::header) reads,
//! and less.
//!
//! Neighbouring messages share their day, and so all of their headers but the
//! time: what stood before and behind the time is remembered and compared. A
//! day that is not known yet is read here if it is written in plain numbers, or
//! else by the grammar, which lets this learn from it.

use crate::model::foreign::is_mark;

use super::ampm::HalfDay;
use super::header::{End, Fields, HalfDayAt, Header, Month, Shape, YearAt, is_at, year_at};

/// So many ways of writing a header are remembered: of one day there may be
/// four, before and after noon, with and without the mark before media.
const REMEMBERED: usize = 4;
/// No word for *at* is longer, in bytes.
const LONGEST_AT: usize = 16;

/// Reads headers of one shape whose time is in plain ASCII.
#[derive(Clone, Debug, Default)]
pub struct Plain {
    known: Vec<Around>,
    /// Which of them fitted last.
    last: usize,
    /// Which of them was learnt last.
    newest: usize,
}

/// What stands around the time of a header, and what it says.
#[derive(Clone, Debug)]
struct Around {
    before: Piece,
    behind: Piece,
    date: [u16; 3],
    half: Option<HalfDay>,
}

impl Plain {
    /// Reads the header of a line, and tells where it ends. The shape must be
    /// the same until [`reset`](Self::reset).
    pub fn parse(&mut self, line: &[u8], shape: &Shape) -> Option<(Fields, usize)> {
        if let Some(found) = self.known.get(self.last).and_then(|around| around.read(line, shape)) {
            return Some(found);
        }
        self.parse_otherwise(line, shape)
    }

    /// The same where the header differs from the last one.
    fn parse_otherwise(&mut self, line: &[u8], shape: &Shape) -> Option<(Fields, usize)> {
        for (index, around) in self.known.iter().enumerate() {
            if let Some(found) = around.read(line, shape) {
                self.last = index;
                return Some(found);
            }
        }
        let (date, hour) = plain_date(line, shape)?;
        let (time, end) = plain_time(line, hour, shape)?;
        let (half, rest) = plain_end(line, end, shape)?;
        self.remember(&line[..hour], &line[end..rest], date, half);
        Some((Fields { date, time, half }, rest))
    }

    /// Learns from a header that the grammar read, which has the shape that all
    /// others have. Gives back where its rest begins: as on the short way, the
    /// marks that an author begins with belong to it.
    pub fn learn(&mut self, line: &[u8], header: &Header) -> usize {
        let Some((time, end)) = plain_time(line, header.hour, &header.shape) else { return header.rest };
        let behind = line.get(end..header.rest).and_then(|behind| std::str::from_utf8(behind).ok());
        let behind = behind.unwrap_or_default().trim_end_matches(is_mark);
        // What ends without a space ends with the line, or with an author.
        let ends = behind.ends_with(char::is_whitespace) && header.shape.end != End::Space;
        if !ends || time != header.fields.time {
            return header.rest;
        }
        self.remember(&line[..header.hour], behind.as_bytes(), header.fields.date, header.fields.half);
        end + behind.len()
    }

    fn remember(&mut self, before: &[u8], behind: &[u8], date: [u16; 3], half: Option<HalfDay>) {
        let around = Around { before: Piece::new(before), behind: Piece::new(behind), date, half };
        if self.known.len() < REMEMBERED {
            self.newest = self.known.len();
            self.known.push(around);
        } else {
            self.newest = (self.newest + 1) % REMEMBERED;
            self.known[self.newest] = around;
        }
        self.last = self.newest;
    }

    /// Forgets what it knows: another shape begins.
    pub fn reset(&mut self) {
        self.known.clear();
    }
}

impl Around {
    /// Reads a header that differs in its time alone.
    #[inline]
    fn read(&self, line: &[u8], shape: &Shape) -> Option<(Fields, usize)> {
        if !self.before.begins(line) {
            return None;
        }
        let (time, end) = plain_time(line, self.before.bytes.len(), shape)?;
        let fits = self.behind.begins(&line[end..]);
        fits.then(|| (Fields { date: self.date, time, half: self.half }, end + self.behind.bytes.len()))
    }
}

/// A short piece of a line. Its first sixteen bytes are compared as one number,
/// which costs less than a call of the standard library.
#[derive(Clone, Debug)]
struct Piece {
    bytes: Vec<u8>,
    /// The first bytes, zeros behind them, and which of the bits count.
    first: u128,
    mask: u128,
}

impl Piece {
    fn new(bytes: &[u8]) -> Self {
        let (mut first, mut mask) = ([0; 16], [0; 16]);
        for ((byte, first), mask) in bytes.iter().zip(&mut first).zip(&mut mask) {
            (*first, *mask) = (*byte, 0xff);
        }
        let (first, mask) = (u128::from_le_bytes(first), u128::from_le_bytes(mask));
        Self { bytes: bytes.to_vec(), first, mask }
    }

    /// Whether a line begins with it.
    #[inline]
    fn begins(&self, line: &[u8]) -> bool {
        match line.first_chunk() {
            Some(head) if u128::from_le_bytes(*head) & self.mask != self.first => false,
            Some(_) if self.bytes.len() <= 16 => true,
            _ => line.starts_with(&self.bytes),
        }
    }
}

/// Reads from a plain header everything before the time, and tells where that
/// begins.
fn plain_date(line: &[u8], shape: &Shape) -> Option<([u16; 3], usize)> {
    let plain = !shape.time_first
        && !shape.spaced
        && shape.month == Month::InDigits
        && shape.year != YearAt::Seldom
        && shape.time_sep != 'h'
        && shape.half_day != HalfDayAt::Before
        && matches!(shape.end, End::Bracket | End::Dash);
    if !plain {
        return None;
    }
    let mut at = 0;
    if shape.bracket {
        // The mark that iOS sets before lines with media.
        if line.starts_with("\u{200e}".as_bytes()) {
            at = 3;
        }
        expect(line, &mut at, '[')?;
    }
    let (first, first_length) = number(line, &mut at, 4)?;
    expect(line, &mut at, shape.date_sep)?;
    let (second, _) = number(line, &mut at, 2)?;
    expect(line, &mut at, shape.date_sep)?;
    let (third, third_length) = number(line, &mut at, 4)?;
    if year_at(first_length, third_length)? != shape.year {
        return None;
    }
    if shape.comma {
        expect(line, &mut at, ',')?;
    }
    expect(line, &mut at, ' ')?;
    if shape.word {
        let ahead = &line[at..line.len().min(at + LONGEST_AT)];
        let length = memchr::memchr(b' ', ahead)?;
        if !std::str::from_utf8(&ahead[..length]).is_ok_and(is_at) {
            return None;
        }
        at += length + 1;
    }
    Some(([first, second, third], at))
}

/// Reads the time at `at`, and tells where it ends.
#[inline]
fn plain_time(line: &[u8], mut at: usize, shape: &Shape) -> Option<([u8; 3], usize)> {
    // Nearly all are written so.
    let pair = |at: usize| {
        let [tens, ones] = line.get(at..)?.first_chunk()?.map(|byte: u8| byte.wrapping_sub(b'0'));
        (tens.max(ones) <= 9).then(|| tens * 10 + ones)
    };
    let parted = |at: usize| line.get(at).copied().map(char::from) == Some(shape.time_sep);
    if let (Some(hour), true, Some(minute)) = (pair(at), parted(at + 2), pair(at + 3)) {
        if !shape.seconds {
            return Some(([hour, minute, 0], at + 5));
        }
        if let (true, Some(second)) = (parted(at + 5), pair(at + 6)) {
            return Some(([hour, minute, second], at + 8));
        }
    }
    let (hour, _) = two_digits(line, &mut at)?;
    expect(line, &mut at, shape.time_sep)?;
    let (minute, minute_length) = two_digits(line, &mut at)?;
    if minute_length != 2 {
        return None;
    }
    let mut second = 0;
    if shape.seconds {
        expect(line, &mut at, shape.time_sep)?;
        second = two_digits(line, &mut at)?.0;
    }
    Some(([hour, minute, second], at))
}

/// Reads from a plain header what stands behind the time at `at`, and tells
/// where the rest begins.
fn plain_end(line: &[u8], mut at: usize, shape: &Shape) -> Option<(Option<HalfDay>, usize)> {
    let mut half = None;
    if shape.half_day == HalfDayAt::After {
        match line.get(at..)? {
            [b' ', ..] => at += 1,
            [0xe2, 0x80, 0xaf, ..] => at += 3,
            _ => {}
        }
        half = Some(match line.get(at..at + 2)? {
            b"AM" | b"am" => HalfDay::Am,
            b"PM" | b"pm" => HalfDay::Pm,
            _ => return None,
        });
        at += 2;
    }
    let end: &[u8] = if shape.bracket { b"] " } else { b" - " };
    let rest = at + end.len();
    (line.get(at..rest) == Some(end)).then_some((half, rest))
}

/// Reads at most so many digits, and tells how many there were.
fn number(line: &[u8], at: &mut usize, most: usize) -> Option<(u16, usize)> {
    let mut value = 0u16;
    let mut length = 0;
    while length < most {
        match line.get(*at + length) {
            Some(byte @ b'0'..=b'9') => value = value * 10 + u16::from(byte - b'0'),
            _ => break,
        }
        length += 1;
    }
    *at += length;
    (length > 0).then_some((value, length))
}

/// Reads one or two digits that do not end the line, and tells how many there
/// were.
fn two_digits(line: &[u8], at: &mut usize) -> Option<(u8, usize)> {
    let two = line.get(*at..*at + 2)?;
    let (first, second) = (two[0].wrapping_sub(b'0'), two[1].wrapping_sub(b'0'));
    if first > 9 {
        return None;
    }
    let (value, length) = if second > 9 { (first, 1) } else { (first * 10 + second, 2) };
    *at += length;
    Some((value, length))
}

/// Steps over a character that must stand there.
fn expect(line: &[u8], at: &mut usize, wanted: char) -> Option<()> {
    (line.get(*at).copied().map(char::from) == Some(wanted)).then(|| *at += 1)
}

#[cfg(test)]
mod tests {
    use super::super::header::parse;
    use super::super::header::tests::VARIANTS;
    use super::*;

    #[test]
    fn the_short_way_never_disagrees() {
        let mut went = 0;
        for (line, ..) in VARIANTS {
            let header = parse(line.as_bytes()).unwrap();
            if let Some(found) = Plain::default().parse(line.as_bytes(), &header.shape) {
                assert_eq!(found, (header.fields, header.rest), "{line}");
                went += 1;
            }
        }
        assert!(went >= 14, "only {went} go the short way");
    }

    #[test]
    fn pieces_of_any_length_are_compared_whole() {
        let line = b"abcdefghijklmnopqrstuvwxyz";
        for length in 0..=26 {
            assert!(Piece::new(&line[..length]).begins(line));
            assert!(Piece::new(&line[..length]).begins(&line[..length]));
            for at in 0..length {
                let mut other = line[..length].to_vec();
                other[at] = b'.';
                assert!(!Piece::new(&other).begins(line), "{length} {at}");
            }
        }
        assert!(!Piece::new(b"abc").begins(b"ab"));
    }

    #[test]
    fn what_is_learnt_reads_as_the_grammar_does() {
        let mut went = 0;
        for (line, ..) in VARIANTS {
            let header = parse(line.as_bytes()).unwrap();
            let mut plain = Plain::default();
            plain.learn(line.as_bytes(), &header);
            let Some((_, end)) = plain_time(line.as_bytes(), header.hour, &header.shape) else { continue };
            for digits in ["00", "7", "12", "23", "31", "123"] {
                let mut time = format!("{digits}{}59", header.shape.time_sep);
                if header.shape.seconds {
                    time.push_str(&format!("{}08", header.shape.time_sep));
                }
                for rest in
                    [&line[end..], &line[end..line.len() - 3], "", "] ", " - Bo", " AM - Bo", "8 - Bo"]
                {
                    let other = format!("{}{time}{rest}", &line[..header.hour]);
                    let Some(found) = plain.parse(other.as_bytes(), &header.shape) else { continue };
                    let expected = parse(other.as_bytes()).unwrap();
                    assert_eq!(found, (expected.fields, expected.rest), "{other}");
                    assert_eq!(expected.shape, header.shape, "{other}");
                    went += 1;
                }
            }
        }
        assert!(went > 500, "only {went} go the short way");
    }

    #[test]
    fn marks_before_an_author_are_the_authors() {
        let lines = ["31/12/23, 9:41 p. m. - \u{200e}Ada: hi", "31/12/23, 9:42 p. m. - Ada: hi"];
        let header = parse(lines[0].as_bytes()).unwrap();
        let mut plain = Plain::default();
        assert_eq!(plain.learn(lines[0].as_bytes(), &header), header.rest - 3);
        assert_eq!(plain.parse(lines[1].as_bytes(), &header.shape).unwrap().1, header.rest - 3);
    }

    #[test]
    fn remembering_the_day_changes_nothing() {
        let lines = [
            "31/12/23, 21:41 - Ada",
            "31/12/23, 1:05 - Ada",
            "1/1/24, 0:00 - Ada",
            "1/1/24, 10:00 - Ada",
            "1/1/24, 100:00 - Ada",
        ];
        let shape = parse(lines[0].as_bytes()).unwrap().shape;
        let mut plain = Plain::default();
        for line in lines {
            let alone = Plain::default().parse(line.as_bytes(), &shape);
            assert_eq!(plain.parse(line.as_bytes(), &shape), alone, "{line}");
            assert_eq!(alone, parse(line.as_bytes()).map(|h| (h.fields, h.rest)), "{line}");
        }
    }
}
