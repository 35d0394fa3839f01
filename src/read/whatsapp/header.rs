//! The beginning of a message line: date, time, and what stands between.
//!
//! WhatsApp writes the stamp as the phone's region and language want it, so
//! there is no list of formats here but a grammar: a date and a time in either
//! order, any digits, any separators, an AM/PM word before or after, square
//! brackets around it (iOS) or a dash behind it (Android). What a header looks
//! like, without its numbers, is its [`Shape`]; all headers of a file share it,
//! and a line of another shape is text.

use crate::model::foreign::is_mark;
use crate::model::phone::digit;

use super::ampm::{HalfDay, read_half_day};

/// What a header looks like, apart from its numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Shape {
    /// The stamp stands in square brackets.
    pub bracket: bool,
    /// The time stands before the date.
    pub time_first: bool,
    /// What separates the fields of the date; `年` for the long Chinese form.
    pub date_sep: char,
    /// A space stands behind each separator of the date.
    pub spaced: bool,
    /// Where the year stands and how long it is.
    pub year: YearAt,
    /// A comma stands between date and time.
    pub comma: bool,
    /// A word stands between date and time, as in `31/12/2023 à 21:41`.
    pub word: bool,
    /// What separates hours and minutes.
    pub time_sep: char,
    /// Seconds are written.
    pub seconds: bool,
    /// Where the AM/PM word stands.
    pub half_day: HalfDayAt,
    /// What ends the stamp.
    pub end: End,
}

/// Where the year stands in a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum YearAt {
    /// First, four digits.
    First,
    /// Last, four digits.
    Last,
    /// Last, two digits.
    LastShort,
}

/// Where the AM/PM word stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum HalfDayAt {
    /// Nowhere: the clock has 24 hours.
    None,
    /// Before the hour.
    Before,
    /// Behind the time.
    After,
}

/// What ends the stamp.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum End {
    /// `] `
    Bracket,
    /// ` - `
    Dash,
    /// `: `
    Colon,
    /// `; `
    Semicolon,
    /// A space alone: only believed if an author follows.
    Space,
}

/// The numbers of a stamp, in the order in which they are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Fields {
    /// The three fields of the date.
    pub date: [u16; 3],
    /// Hours, minutes, seconds.
    pub time: [u8; 3],
    /// The half of the day, where one is written.
    pub half: Option<HalfDay>,
}

/// A header that was read from a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Header {
    /// What it looks like.
    pub shape: Shape,
    /// Its numbers.
    pub fields: Fields,
    /// Where the author or the notice begins, in bytes.
    pub rest: usize,
}

/// How many characters a stamp can have at the most, marks not counted.
const LONGEST: usize = 64;

/// Whether a line can begin with a header at all: cheap, and never wrong with
/// a no.
pub fn may_begin(line: &[u8]) -> bool {
    match line.first() {
        Some(byte) => byte.is_ascii_digit() || *byte == b'[' || *byte >= 0xc2,
        None => false,
    }
}

/// Reads the header of a line by the whole grammar.
pub fn parse(line: &[u8]) -> Option<Header> {
    if !may_begin(line) {
        return None;
    }
    let mut cursor = Cursor::new(line);
    let bracket = cursor.take('[');
    // A date has a separator where a time has its colon; trying the date first
    // settles `13.6.2018` against `21.25`, since a date needs three fields.
    let before_stamp = cursor.at;
    let stamp = match cursor.date_first() {
        Some(stamp) => stamp,
        None => {
            cursor.at = before_stamp;
            cursor.time_first()?
        }
    };
    let end = cursor.end(bracket)?;
    let rest = cursor.raw_position();
    let shape = Shape { bracket, end, ..stamp.0 };
    if end == End::Space && (!shape.seconds || !has_author(&line[rest..])) {
        return None;
    }
    Some(Header { shape, fields: stamp.1, rest })
}

/// Where the year stands, by the lengths of the outer fields.
pub(super) fn year_at(first: usize, third: usize) -> Option<YearAt> {
    match (first, third) {
        (4, 1..=2) => Some(YearAt::First),
        (1..=2, 4) => Some(YearAt::Last),
        (1..=2, 2) => Some(YearAt::LastShort),
        _ => None,
    }
}

/// Whether an author and a colon follow soon.
fn has_author(rest: &[u8]) -> bool {
    memchr::memmem::find(&rest[..rest.len().min(80)], b": ").is_some_and(|at| at > 0)
}

/// A view of a line's beginning for matching: marks left out, all spaces as
/// one, all digits as ASCII. The raw positions are kept beside.
pub(super) struct Cursor {
    chars: Vec<(char, usize)>,
    at: usize,
    /// The raw position behind the view's last character.
    raw_end: usize,
}

impl Cursor {
    pub(super) fn new(line: &[u8]) -> Self {
        let mut chars = Vec::with_capacity(LONGEST);
        let mut position = 0;
        let head = &line[..line.len().min(LONGEST * 4)];
        for chunk in head.utf8_chunks() {
            for c in chunk.valid().chars() {
                if chars.len() == LONGEST {
                    break;
                }
                let seen = match c {
                    _ if is_mark(c) => None,
                    '\t' => Some('\t'),
                    _ if c.is_whitespace() => Some(' '),
                    _ => Some(digit(c).map_or(c, |d| char::from(b'0' + d))),
                };
                if let Some(seen) = seen {
                    chars.push((seen, position));
                }
                position += c.len_utf8();
            }
            if !chunk.invalid().is_empty() {
                break;
            }
        }
        Self { chars, at: 0, raw_end: position }
    }

    pub(super) fn peek(&self) -> Option<char> {
        self.chars.get(self.at).map(|c| c.0)
    }

    pub(super) fn position(&self) -> usize {
        self.at
    }

    pub(super) fn set_position(&mut self, at: usize) {
        self.at = at;
    }

    pub(super) fn step(&mut self) {
        self.at += 1;
    }

    pub(super) fn take(&mut self, wanted: char) -> bool {
        let found = self.peek() == Some(wanted);
        self.at += usize::from(found);
        found
    }

    /// The place in the raw line of what comes next.
    fn raw_position(&self) -> usize {
        self.chars.get(self.at).map_or(self.raw_end, |c| c.1)
    }

    /// A number of 1 to `most` digits, not followed by another digit, and its
    /// length.
    fn number(&mut self, most: usize) -> Option<(u16, usize)> {
        let from = self.at;
        let mut value = 0u16;
        while let Some(d) = self.peek().and_then(|c| c.to_digit(10)) {
            if self.at - from == most {
                return None;
            }
            #[expect(clippy::cast_possible_truncation, reason = "a single digit")]
            let d = d as u16;
            value = value * 10 + d;
            self.at += 1;
        }
        (self.at > from).then_some((value, self.at - from))
    }

    fn date_first(&mut self) -> Option<(Shape, Fields)> {
        let date = self.date()?;
        let (comma, word) = self.glue()?;
        let time = self.time()?;
        Some(stamp(false, date, (comma, word), time))
    }

    fn time_first(&mut self) -> Option<(Shape, Fields)> {
        let time = self.time()?;
        let (comma, word) = self.glue()?;
        let date = self.date()?;
        Some(stamp(true, date, (comma, word), time))
    }

    fn date(&mut self) -> Option<DatePart> {
        let (first, first_length) = self.number(4)?;
        let sep = self.peek()?;
        if !matches!(sep, '/' | '.' | '-' | '年' | '년') {
            return None;
        }
        self.at += 1;
        let spaced = self.take(' ');
        let (second, _) = self.number(2)?;
        let closing = match sep {
            '年' => '月',
            '년' => '월',
            other => other,
        };
        if !self.take(closing) || self.take(' ') != spaced {
            return None;
        }
        let (third, third_length) = self.number(4)?;
        match sep {
            '年' if !self.take('日') => return None,
            '년' if !self.take('일') => return None,
            // `2024. 1. 1.` and `13. 6. 2018.`
            '.' => {
                self.take('.');
            }
            _ => {}
        }
        let year = year_at(first_length, third_length)?;
        Some(DatePart { fields: [first, second, third], sep, spaced, year })
    }

    /// What stands between date and time: a comma, a space, a word.
    fn glue(&mut self) -> Option<(bool, bool)> {
        let comma = self.take(',') || self.take('،');
        let mut space = self.take(' ');
        let from = self.at;
        while self.peek().is_some_and(char::is_alphabetic) && self.at - from < 5 {
            self.at += 1;
        }
        let mut word = self.at > from;
        let letters: String = self.chars[from..self.at].iter().map(|c| c.0).collect();
        if word
            && matches!(
                letters.to_lowercase().as_str(),
                "à" | "a" | "às" | "klo" | "kl" | "um" | "at" | "o" | "в"
            )
        {
            self.take('.');
            space |= self.take(' ');
        } else {
            // An AM/PM word, or no stamp at all: the time will tell.
            self.at = from;
            word = false;
        }
        (comma || space).then_some((comma, word))
    }

    fn time(&mut self) -> Option<TimePart> {
        let mut half = read_half_day(self, true).map(|half| (half, HalfDayAt::Before));
        self.take(' ');
        let (hour, hour_length) = self.number(2)?;
        let sep = self.peek().filter(|c| matches!(c, ':' | '.'))?;
        self.at += 1;
        let (minute, minute_length) = self.number(2)?;
        if hour_length == 0 || minute_length != 2 {
            return None;
        }
        let before_seconds = self.at;
        let mut seconds = None;
        if self.take(sep) {
            match self.number(2) {
                Some((second, 2)) => seconds = Some(second),
                _ => self.at = before_seconds,
            }
        }
        if half.is_none() {
            half = read_half_day(self, false).map(|half| (half, HalfDayAt::After));
        }
        Some(TimePart { hour, minute, seconds, sep, half })
    }

    fn end(&mut self, bracket: bool) -> Option<End> {
        if bracket {
            if !self.take(']') {
                return None;
            }
            return (self.take(' ') || self.peek().is_none()).then_some(End::Bracket);
        }
        if self.take(':') {
            return self.take(' ').then_some(End::Colon);
        }
        if self.take(';') {
            return self.take(' ').then_some(End::Semicolon);
        }
        if !self.take(' ') {
            return None;
        }
        let before_dash = self.at;
        if (self.take('-') || self.take('–') || self.take('—')) && (self.take(' ') || self.peek().is_none())
        {
            return Some(End::Dash);
        }
        self.at = before_dash;
        Some(End::Space)
    }
}

#[derive(Clone, Copy)]
struct DatePart {
    fields: [u16; 3],
    sep: char,
    spaced: bool,
    year: YearAt,
}

#[derive(Clone, Copy)]
struct TimePart {
    hour: u16,
    minute: u16,
    seconds: Option<u16>,
    sep: char,
    half: Option<(HalfDay, HalfDayAt)>,
}

fn stamp(time_first: bool, date: DatePart, glue: (bool, bool), time: TimePart) -> (Shape, Fields) {
    let shape = Shape {
        bracket: false,
        time_first,
        date_sep: date.sep,
        spaced: date.spaced,
        year: date.year,
        comma: glue.0,
        word: glue.1,
        time_sep: time.sep,
        seconds: time.seconds.is_some(),
        half_day: time.half.map_or(HalfDayAt::None, |(_, at)| at),
        end: End::Dash,
    };
    #[expect(clippy::cast_possible_truncation, reason = "fields of two digits")]
    let clock = [time.hour as u8, time.minute as u8, time.seconds.unwrap_or(0) as u8];
    (shape, Fields { date: date.fields, time: clock, half: time.half.map(|(half, _)| half) })
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// A header for each variant that is known, with its numbers as written
    /// and the first characters of what follows.
    pub(in super::super) const VARIANTS: &[(&str, [u16; 3], [u8; 3])] = &[
        ("31/12/2023, 21:41 - Ada", [31, 12, 2023], [21, 41, 0]),
        ("31/12/23, 21:41 - Ada", [31, 12, 23], [21, 41, 0]),
        ("12/31/23, 9:41 PM - Ada", [12, 31, 23], [9, 41, 0]),
        ("12/31/23, 9:41\u{202f}PM - Ada", [12, 31, 23], [9, 41, 0]),
        ("31/12/23, 9:41 pm - Ada", [31, 12, 23], [9, 41, 0]),
        ("31/12/2023 9:41 p.\u{a0}m. - Ada", [31, 12, 2023], [9, 41, 0]),
        ("31/12/23, 11:40\u{202f}p.\u{202f}m. - Ada", [31, 12, 23], [11, 40, 0]),
        ("31.12.23, 21:41 - Ada", [31, 12, 23], [21, 41, 0]),
        ("23.03.22 13:31 - Ada", [23, 3, 22], [13, 31, 0]),
        ("27-03-2022 13:43 - Ada", [27, 3, 2022], [13, 43, 0]),
        ("31/12/2023 à 21:41 - Ada", [31, 12, 2023], [21, 41, 0]),
        ("2023-12-31, 9:41 p.m. - Ada", [2023, 12, 31], [9, 41, 0]),
        ("2023/12/31, 21:41 - Ada", [2023, 12, 31], [21, 41, 0]),
        ("13.6.2018 klo 21.25 - Ada", [13, 6, 2018], [21, 25, 0]),
        ("[31/12/2023, 21:41:05] Ada", [31, 12, 2023], [21, 41, 5]),
        ("[12/31/23, 9:41:05\u{202f}PM] Ada", [12, 31, 23], [9, 41, 5]),
        ("[31-12-18 21:41:05] Ada", [31, 12, 18], [21, 41, 5]),
        ("[3/27/22 21.41.35] Ada", [3, 27, 22], [21, 41, 35]),
        ("[21:41:35, 3/27/22] Ada", [3, 27, 22], [21, 41, 35]),
        ("[\u{200f}27\u{200f}/3\u{200f}/2022، 21:41:35] Ada", [27, 3, 2022], [21, 41, 35]),
        ("[12.3.2022 klo 14.08.18] Ada", [12, 3, 2022], [14, 8, 18]),
        ("[2024/2/9 下午8:01:15] Ada", [2024, 2, 9], [8, 1, 15]),
        ("[2024. 1. 1. 오후 11:58:02] Ada", [2024, 1, 1], [11, 58, 2]),
        ("[25/09/20 10:27:18 a.m.] Ada", [25, 9, 20], [10, 27, 18]),
        ("31/12/2013 21:41:05: Ada", [31, 12, 2013], [21, 41, 5]),
        ("2016-06-27, 8:04:08 AM: Ada", [2016, 6, 27], [8, 4, 8]),
        ("13. 6. 2018. 21:25:15 Ada: hi", [13, 6, 2018], [21, 25, 15]),
        ("2024年1月15日 上午9:30 - Ada", [2024, 1, 15], [9, 30, 0]),
        ("\u{200e}[3/27/22, 21:41:55] Ada", [3, 27, 22], [21, 41, 55]),
        ("[١٥\u{200f}/١\u{200f}/٢٠٢٤، ٩:٣٠:٠٥ م] Ada", [15, 1, 2024], [9, 30, 5]),
        ("\u{feff}15/1/2567, 09:30 - Ada", [15, 1, 2567], [9, 30, 0]),
    ];

    #[test]
    fn every_known_variant_is_read() {
        for (line, date, time) in VARIANTS {
            let header = parse(line.as_bytes()).unwrap_or_else(|| panic!("not read: {line}"));
            assert_eq!((header.fields.date, header.fields.time), (*date, *time), "{line}");
            assert!(line[header.rest..].starts_with("Ada"), "{line}: {}", &line[header.rest..]);
        }
    }

    #[test]
    fn a_mark_anywhere_changes_nothing() {
        for (line, date, time) in VARIANTS {
            let whole = parse(line.as_bytes()).unwrap();
            let places: Vec<usize> =
                line.char_indices().map(|(at, _)| at).filter(|at| *at <= whole.rest).collect();
            for at in places {
                for mark in ['\u{200e}', '\u{200f}', '\u{202a}', '\u{2068}', '\u{feff}'] {
                    let marked = format!("{}{mark}{}", &line[..at], &line[at..]);
                    let header =
                        parse(marked.as_bytes()).unwrap_or_else(|| panic!("{mark:?} at {at} in {line}"));
                    assert_eq!(
                        (header.shape, header.fields.date, header.fields.time),
                        (whole.shape, *date, *time)
                    );
                }
            }
        }
    }

    #[test]
    fn ordinary_text_is_no_header() {
        for line in [
            "2016-04-29 10:30:00",
            "20.15.21.15 h Stock",
            "10:30 chez moi",
            "12/03/2023",
            "12/03/2023 peut-être",
            "[ok]",
            "[12:30] ok",
            "1. 2. 3. go",
            "31/12/2023, 21:4 - Ada: hi",
            "31/12/2023, 21:41",
            "",
            "Ada: hi",
            "[31/12/2023, 21:41:05",
            "3/4/5/6, 10:30 - Ada: hi",
        ] {
            assert_eq!(parse(line.as_bytes()), None, "{line}");
        }
    }

    #[test]
    fn a18_repeated_beginnings_cost_no_more_than_their_length() {
        for piece in ["[", "1/1/1, 1:1:1 ", "\u{200e}"] {
            let line = piece.repeat(100_000);
            assert_eq!(parse(line.as_bytes()), None);
        }
    }
}
