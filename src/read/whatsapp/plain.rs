//! The short way through a header: for lines in plain ASCII whose shape is
//! known, which nearly all lines are. It reads what the grammar in
//! [`header`](super::header) reads, and less.

use super::ampm::HalfDay;
use super::header::{End, Fields, HalfDayAt, Month, Shape, YearAt, year_at};

/// Reads headers of a known shape, where they are written in plain ASCII, and
/// nothing else: the way that nearly all lines go. Neighbouring messages share
/// their day, so the beginning up to the time is compared before it is read.
#[derive(Clone, Debug, Default)]
pub struct Plain {
    beginning: Vec<u8>,
    date: [u16; 3],
}

impl Plain {
    /// Reads the header of a line, and tells where it ends.
    pub fn parse(&mut self, line: &[u8], shape: &Shape) -> Option<(Fields, usize)> {
        if self.beginning.is_empty() || !begins_with(line, &self.beginning) {
            let (date, time_at) = plain_date(line, shape)?;
            self.date = date;
            self.beginning.clear();
            self.beginning.extend_from_slice(&line[..time_at]);
        }
        let (time, half, rest) = plain_time(line, self.beginning.len(), shape)?;
        Some((Fields { date: self.date, time, half }, rest))
    }

    /// Forgets the day: another shape begins.
    pub fn reset(&mut self) {
        self.beginning.clear();
    }
}

/// Whether a line begins with a short piece. The standard library calls out for
/// that, which costs more than the comparison of a dozen bytes.
pub(super) fn begins_with(line: &[u8], piece: &[u8]) -> bool {
    let Some(head) = line.get(..piece.len()) else { return false };
    let words = |bytes: &[u8], at: usize| bytes.get(at..at + 8).and_then(|b| <[u8; 8]>::try_from(b).ok());
    if let Some(last) = piece.len().checked_sub(8) {
        // The last eight bytes may overlap those before them.
        let mut steps = (0..last).step_by(8).chain([last]);
        return steps.all(|at| words(head, at) == words(piece, at));
    }
    head.iter().zip(piece).all(|(a, b)| a == b)
}

/// Reads from a plain header everything before the time, and tells where that
/// begins.
fn plain_date(line: &[u8], shape: &Shape) -> Option<([u16; 3], usize)> {
    let plain = !shape.time_first
        && !shape.spaced
        && !shape.word
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
    Some(([first, second, third], at))
}

/// Reads from a plain header the time at `at`, and tells where the rest begins.
fn plain_time(line: &[u8], mut at: usize, shape: &Shape) -> Option<([u8; 3], Option<HalfDay>, usize)> {
    let (hour, _) = number(line, &mut at, 2)?;
    expect(line, &mut at, shape.time_sep)?;
    let (minute, minute_length) = number(line, &mut at, 2)?;
    if minute_length != 2 {
        return None;
    }
    let mut second = 0;
    if shape.seconds {
        expect(line, &mut at, shape.time_sep)?;
        second = number(line, &mut at, 2)?.0;
    }
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
    if line.get(at..rest) != Some(end) {
        return None;
    }
    #[expect(clippy::cast_possible_truncation, reason = "fields of two digits")]
    let time = [hour as u8, minute as u8, second as u8];
    Some((time, half, rest))
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
            assert!(begins_with(line, &line[..length]));
            for at in 0..length {
                let mut other = line[..length].to_vec();
                other[at] = b'.';
                assert!(!begins_with(line, &other), "{length} {at}");
            }
        }
        assert!(!begins_with(b"ab", b"abc"));
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
