//! Which of the fields is the day: decided over a whole stretch of a file.
//!
//! The first line tells nothing: `3/4/21` is March here and April there. The
//! evidence is gathered from all headers and weighed from the strongest down:
//! a year that stands first; a field above 12; the order in which time runs
//! forward; media files that carry their date in their name; separators; the
//! language; the other files of the batch; what the user says; and at last,
//! said aloud, the more common order.

use crate::model::finding::{DateOrder, Dates, DecidedBy};

use super::ampm::HalfDay;
use super::header::{Fields, HalfDayAt, Month, Shape, YearAt};

/// What is known besides the file itself.
#[derive(Clone, Copy, Debug, Default)]
pub struct Hints {
    /// The language of the notices speaks for day first.
    pub day_first_language: bool,
    /// The order found in the other files of the batch.
    pub siblings: Option<DateOrder>,
    /// The order that the user named, as a last resort.
    pub option: Option<DateOrder>,
    /// The last year that a message can be of, as far as it is known.
    pub last_year: Option<i16>,
}

/// The evidence gathered so far.
#[derive(Clone, Copy, Debug, Default)]
pub struct Votes {
    first_above_12: u64,
    second_above_12: u64,
    /// In how many runs each of these came: a paste is a single one, however long.
    runs_first: u64,
    runs_second: u64,
    /// Which of them came last.
    last_above: Above,
    backwards_dmy: u64,
    backwards_mdy: u64,
    named_dmy: u64,
    named_mdy: u64,
    last_dmy: u64,
    last_mdy: u64,
    /// Which numbers stood in the outer fields, a bit for each; the lowest for all
    /// that are too large.
    firsts: u64,
    thirds: u64,
}

/// WhatsApp began in this year, of which two digits are given.
const FIRST_YEAR: u16 = 9;
/// The days of a month.
const DAYS: (u16, u16) = (1, 31);
/// Larger numbers are not told apart.
const MOST: u16 = 63;

/// The bit of a number.
fn bit(number: u16) -> u64 {
    if number > MOST { 1 } else { 1 << number }
}

/// The bits of all numbers from one to another.
fn bits(from: u16, to: u16) -> u64 {
    let to = to.min(MOST);
    if from > to { 0 } else { u64::MAX << from & u64::MAX >> (MOST - to) }
}

/// Which field was above 12.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Above {
    #[default]
    None,
    First,
    Second,
}

impl Votes {
    /// Takes in one header; `named` is the year, month and day in the name of
    /// a media file on its line.
    pub fn see(&mut self, fields: &Fields, named: Option<[u16; 3]>) {
        let [first, second, third] = fields.date;
        if first > 12 || second > 12 {
            self.first_above_12 += u64::from(first > 12);
            self.second_above_12 += u64::from(second > 12);
            let above = if first > second { Above::First } else { Above::Second };
            if above != self.last_above {
                self.last_above = above;
                *(if above == Above::First { &mut self.runs_first } else { &mut self.runs_second }) += 1;
            }
        }
        self.firsts |= bit(first);
        self.thirds |= bit(third);
        let dmy = reading(third, second, first, fields);
        let mdy = reading(third, first, second, fields);
        self.backwards_dmy += u64::from(dmy < self.last_dmy);
        self.backwards_mdy += u64::from(mdy < self.last_mdy);
        (self.last_dmy, self.last_mdy) = (dmy, mdy);
        if let Some([_, month, day]) = named {
            self.named_dmy += u64::from((day, month) == (first, second));
            self.named_mdy += u64::from((day, month) == (second, first));
        }
    }

    /// Adds what another stretch of the same kind told.
    pub fn add(&mut self, other: &Self) {
        self.first_above_12 += other.first_above_12;
        self.second_above_12 += other.second_above_12;
        self.runs_first += other.runs_first;
        self.runs_second += other.runs_second;
        self.firsts |= other.firsts;
        self.thirds |= other.thirds;
        self.backwards_dmy += other.backwards_dmy;
        self.backwards_mdy += other.backwards_mdy;
        self.named_dmy += other.named_dmy;
        self.named_mdy += other.named_mdy;
    }

    /// Whether the numbers alone have settled the order.
    pub fn is_settled(&self, shape: &Shape) -> bool {
        shape.month != Month::InDigits
            || shape.year == YearAt::First
            || self.first_above_12 != self.second_above_12 && !self.may_yet_begin_with_years(shape)
    }

    /// Whether short years may stand first, as of any time.
    fn may_yet_begin_with_years(&self, shape: &Shape) -> bool {
        // Days come and go while the year stays.
        let days = self.firsts.count_ones() > 1 && self.thirds.is_power_of_two();
        !days && self.may_begin_with_years(shape, DAYS.1)
    }

    /// Whether the first field may be a year of two digits, up to `last`, and the
    /// others month and day.
    fn may_begin_with_years(&self, shape: &Shape, last: u16) -> bool {
        shape.year == YearAt::LastShort
            && self.second_above_12 == 0
            && self.firsts & !bits(FIRST_YEAR, last) == 0
            && self.thirds & !bits(DAYS.0, DAYS.1) == 0
    }

    /// Whether the third field cannot be a year up to `last`, nor always one of
    /// another calendar.
    fn ends_with_days(&self, last: u16) -> bool {
        let late = self.thirds & bits(last + 1, DAYS.1);
        let early = self.thirds & bits(DAYS.0, FIRST_YEAR - 1);
        late != 0 || early.count_ones() > 1
    }

    /// Weighs the evidence for headers of that shape.
    pub fn decide(&self, shape: &Shape, hints: Hints) -> Dates {
        use DateOrder::{Dmy, Mdy, Ymd};
        let last = hints.last_year.and_then(|year| u16::try_from(year - 2000).ok()).unwrap_or(MOST);
        let short_year_first = self.may_begin_with_years(shape, last);
        let (order, decided_by) = if shape.month != Month::InDigits {
            // Letters say which is which, as plainly as a separator can.
            (Dmy, DecidedBy::Separators)
        } else if shape.year == YearAt::First || short_year_first && self.ends_with_days(last) {
            (Ymd, DecidedBy::YearFirst)
        } else if short_year_first && hints.option == Some(Ymd) {
            // What speaks for the day in the first field speaks for the year as well.
            (Ymd, DecidedBy::Option)
        } else if self.first_above_12 != self.second_above_12 {
            // Pasted lines may vote for the other side: the majority counts.
            let first = (self.runs_first, self.first_above_12) > (self.runs_second, self.second_above_12);
            (if first { Dmy } else { Mdy }, DecidedBy::DayAbove12)
        } else if self.backwards_dmy != self.backwards_mdy {
            (if self.backwards_dmy < self.backwards_mdy { Dmy } else { Mdy }, DecidedBy::Monotonic)
        } else if self.named_dmy != self.named_mdy {
            (if self.named_dmy > self.named_mdy { Dmy } else { Mdy }, DecidedBy::FileNames)
        } else if !matches!(shape.date_sep, '/' | ' ') {
            (Dmy, DecidedBy::Separators)
        } else if shape.half_day != HalfDayAt::None && shape.year == YearAt::LastShort {
            (Mdy, DecidedBy::Separators)
        } else if hints.day_first_language {
            (Dmy, DecidedBy::Language)
        } else if let Some(order) = hints.siblings.filter(|o| *o != Ymd) {
            (order, DecidedBy::Siblings)
        } else if let Some(order) = hints.option.filter(|o| *o != Ymd) {
            (order, DecidedBy::Option)
        } else {
            (Dmy, DecidedBy::Default)
        };
        Dates { order, decided_by }
    }
}

/// A stamp under one reading, as a number that grows with time.
fn reading(year: u16, month: u16, day: u16, fields: &Fields) -> u64 {
    let [hour, minute, second] = fields.time;
    let hour = hour_of_day(hour, fields.half);
    let date = (u64::from(year) * 100 + u64::from(month)) * 100 + u64::from(day);
    ((date * 100 + u64::from(hour)) * 100 + u64::from(minute)) * 100 + u64::from(second)
}

/// The hour on a clock of 24: 12 AM is 0, 12 PM is 12; an hour above 12 is
/// already one of 24.
pub fn hour_of_day(hour: u8, half: Option<HalfDay>) -> u8 {
    match (half, hour) {
        (Some(HalfDay::Am), 12) => 0,
        (Some(HalfDay::Pm), 1..=11) => hour + 12,
        _ => hour,
    }
}

/// What iOS calls media, in the names of their files.
const MEDIA: [&[u8]; 5] = [b"PHOTO", b"VIDEO", b"AUDIO", b"STICKER", b"GIF"];

/// The date in the name of a media file, as in `IMG-20231231-WA0007.jpg` and
/// `00000035-PHOTO-2022-03-27-21-41-55.jpg`: year, month, day.
pub fn date_in_file_name(body: &[u8]) -> Option<[u16; 3]> {
    let number = |bytes: &[u8]| -> Option<u16> {
        let digits = bytes.iter().all(u8::is_ascii_digit);
        digits.then(|| bytes.iter().fold(0, |value, byte| value * 10 + u16::from(byte - b'0')))
    };
    let head = &body[..body.len().min(120)];
    // Names of media files have a dash, so that nearly all bodies stop here; what
    // stands around the dashes tells all.
    let first = memchr::memchr(b'-', head)?;
    let dashes = || memchr::memchr_iter(b'-', &head[first..]).map(|at| first + at);
    let found = if let Some(at) = dashes().find(|at| head[*at..].starts_with(b"-WA")) {
        let digits = head.get(at.checked_sub(9)?..at)?.strip_prefix(b"-")?;
        [number(&digits[..4])?, number(&digits[4..6])?, number(&digits[6..])?]
    } else {
        let of_capitals = |at: &usize| *at > 0 && head[at - 1].is_ascii_uppercase();
        let kind = |at: usize| MEDIA.iter().position(|word| head[..at].ends_with(word));
        let named = dashes().filter(of_capitals).filter_map(|at| Some((kind(at)?, at)));
        let at = named.min()?.1 + 1;
        let date = head.get(at..at + 10)?;
        [number(&date[..4])?, number(&date[5..7])?, number(&date[8..])?]
    };
    let [year, month, day] = found;
    ((2009..2100).contains(&year) && (1..=12).contains(&month) && (1..=31).contains(&day)).then_some(found)
}

#[cfg(test)]
mod tests {
    use super::super::header::parse;
    use super::*;

    fn decide(lines: &[&str], hints: Hints) -> (DateOrder, DecidedBy) {
        let mut votes = Votes::default();
        let mut shape = None;
        for line in lines {
            let header = parse(line.as_bytes()).unwrap();
            votes.see(&header.fields, date_in_file_name(&line.as_bytes()[header.rest..]));
            shape = Some(header.shape);
        }
        let dates = votes.decide(&shape.unwrap(), hints);
        (dates.order, dates.decided_by)
    }

    #[test]
    fn each_rung_of_the_ladder() {
        use DateOrder::{Dmy, Mdy, Ymd};
        let none = Hints::default();
        assert_eq!(decide(&["2023/12/31, 21:41 - A: x"], none), (Ymd, DecidedBy::YearFirst));
        assert_eq!(decide(&["31/12/23, 21:41 - A: x"], none), (Dmy, DecidedBy::DayAbove12));
        assert_eq!(
            decide(&["3/4/23, 9:41 PM - A: x", "12/31/23, 9:41 PM - A: x"], none),
            (Mdy, DecidedBy::DayAbove12)
        );
        let february_on = ["1/2/23, 21:41 - A: x", "2/2/23, 10:00 - A: x", "1/3/23, 10:00 - A: x"];
        assert_eq!(decide(&february_on, none), (Dmy, DecidedBy::Monotonic));
        let media = ["4/3/23, 21:41 - A: IMG-20230304-WA0007.jpg (file attached)"];
        assert_eq!(decide(&media, none), (Dmy, DecidedBy::FileNames));
        assert_eq!(
            decide(&["[3/4/23, 21:41:00] A: <attached: 00000035-PHOTO-2023-03-04-21-41-55.jpg>"], none),
            (Mdy, DecidedBy::FileNames)
        );
        assert_eq!(decide(&["4.3.23, 21:41 - A: x"], none), (Dmy, DecidedBy::Separators));
        assert_eq!(decide(&["4/3/23, 9:41 PM - A: x"], none), (Mdy, DecidedBy::Separators));
        let french = Hints { day_first_language: true, ..none };
        assert_eq!(decide(&["4/3/2023, 21:41 - A: x"], french), (Dmy, DecidedBy::Language));
        let beside = Hints { siblings: Some(Mdy), option: Some(Dmy), ..none };
        assert_eq!(decide(&["4/3/2023, 21:41 - A: x"], beside), (Mdy, DecidedBy::Siblings));
        let said = Hints { option: Some(Mdy), ..none };
        assert_eq!(decide(&["4/3/2023, 21:41 - A: x"], said), (Mdy, DecidedBy::Option));
        assert_eq!(decide(&["4/3/2023, 21:41 - A: x"], none), (Dmy, DecidedBy::Default));
    }

    #[test]
    fn halves_of_the_day() {
        assert_eq!(hour_of_day(12, Some(HalfDay::Am)), 0);
        assert_eq!(hour_of_day(12, Some(HalfDay::Pm)), 12);
        assert_eq!(hour_of_day(1, Some(HalfDay::Pm)), 13);
        assert_eq!(hour_of_day(21, Some(HalfDay::Pm)), 21);
        assert_eq!(hour_of_day(21, None), 21);
    }
}
