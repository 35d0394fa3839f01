//! The beginning of a message line: date, time, and what stands between.
//!
//! WhatsApp writes the stamp as the phone's region and language want it, so
//! there is no list of formats here but a grammar: a date and a time in either
//! order, any digits, any separators, an AM/PM word before or after, square
//! brackets around it (iOS) or a dash behind it (Android). What a header looks
//! like, without its numbers, is its [`Shape`]; all headers of a file share it,
//! and a line of another shape is text.

mod cursor;
mod date;
#[cfg(test)]
pub(super) mod tests;
mod time;

use std::sync::LazyLock;

use crate::model::foreign::is_mark;
use crate::model::phone::digit;

use super::ampm::{HalfDay, half_days, read_half_day};
use super::wording::WORDINGS;

use cursor::first_char;
pub(super) use cursor::{Cursor, small};
use date::DatePart;
pub(super) use date::year_at;
use time::TimePart;
pub(super) use time::is_at;

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
    /// Where the month stands, if it is in letters.
    pub month: Month,
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
    /// Last, and mostly left out: 0 where it is.
    Seldom,
}

/// How the month is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Month {
    /// As a number.
    InDigits,
    /// In letters, behind the day. The fields are then day, month, year.
    BehindDay,
    /// In letters, before the day. The fields are then day, month, year.
    BeforeDay,
    /// In letters, between the year and the day. The fields are the same.
    BehindYear,
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
    /// A space alone: only believed if an author follows, and no dash before them.
    Space,
}

/// The numbers of a stamp, in the order in which they are written; where the
/// month is in letters, the date is day, month, year.
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
    /// Where the hour stands, in bytes.
    pub hour: usize,
    /// Where the author or the notice begins, in bytes.
    pub rest: usize,
}

/// A stamp has at least so many numbers.
const FEWEST_NUMBERS: usize = 3;
/// A time is looked for in so many bytes of a line that begins with letters.
const STAMP: usize = 96;

/// Whether a line can begin with a header at all: cheap, and never wrong with
/// a no.
pub fn may_begin(line: &[u8]) -> bool {
    match line.first() {
        Some(b'0'..=b'9' | b'[') => true,
        Some(0xc2..) => may_be_first(line) && has_time(line),
        Some(byte) => {
            let pair = if byte.is_ascii_alphabetic() { Pair::of(line) } else { Pair::default() };
            (pair.name || pair.half_day) && has_time(line) && begins_in_letters(line, pair)
        }
        None => false,
    }
}

/// Whether something like the middle of a time stands near the beginning.
fn has_time(line: &[u8]) -> bool {
    let head = &line[..line.len().min(STAMP)];
    // Digits of other scripts are of several bytes.
    let digit = |byte: &u8| byte.is_ascii_digit() || *byte >= 0x80;
    let mid_time = |at: usize| {
        at > 0
            && (digit(&head[at - 1]) || head[at - 1] == b' ')
            && head.get(at + 1).is_some_and(|b| digit(b) || *b == b' ')
    };
    memchr::memchr3_iter(b':', b'.', b'h', head).any(mid_time)
}

/// Whether the first character that can be seen, which is not of ASCII or has a
/// mark before it, can be the first of a stamp.
fn may_be_first(line: &[u8]) -> bool {
    let mut rest = &line[..line.len().min(STAMP)];
    let first = loop {
        let Some((c, size)) = first_char(rest) else { return true };
        if !is_mark(c) {
            break c;
        }
        rest = &rest[size..];
    };
    first == '[' || first.is_whitespace() || digit(first).is_some() || date::may_begin_word(first)
}

/// Whether a line begins with the name of a day or a month, or with a half of
/// the day, as some old exports do.
fn begins_in_letters(line: &[u8], pair: Pair) -> bool {
    pair.name && begins_with_name(line)
        || pair.half_day && read_half_day(&mut Cursor::new(line), true).is_some()
}

/// Whether the first word of a line can be the name of a day or a month.
fn begins_with_name(line: &[u8]) -> bool {
    let length = line.iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
    if line.get(length).is_none_or(u8::is_ascii) {
        return std::str::from_utf8(&line[..length]).is_ok_and(|word| WORDINGS.may_begin_date(word));
    }
    let head = String::from_utf8_lossy(&line[..line.len().min(STAMP)]);
    let visible = head.chars().filter(|c| !is_mark(*c));
    let word: String = visible.take_while(|c| c.is_alphabetic()).collect();
    WORDINGS.may_begin_date(&word)
}

/// What the first two letters of a line can begin: they rule out most of what
/// people write.
#[derive(Clone, Copy, Default)]
struct Pair {
    /// The name of a day or a month.
    name: bool,
    /// A half of the day.
    half_day: bool,
}

impl Pair {
    /// That of a line which begins with a letter of ASCII.
    fn of(line: &[u8]) -> Self {
        match line {
            [first, second, ..] if second.is_ascii_alphabetic() => {
                let begins =
                    |pairs: &[u32; 32]| pairs[usize::from(letter(*first))] & (1 << letter(*second)) != 0;
                Self { name: begins(&PAIRS.names), half_day: begins(&PAIRS.half_days) }
            }
            _ => Self { name: true, half_day: true },
        }
    }
}

/// With which two letters words begin, as far as they are ASCII: for each first
/// one a bit for each second one.
struct Pairs {
    /// Names of days and months.
    names: [u32; 32],
    /// Halves of the day.
    half_days: [u32; 32],
}

static PAIRS: LazyLock<Pairs> = LazyLock::new(|| {
    let names = WORDINGS.date_letters.iter().map(String::as_str);
    Pairs { names: pairs(names), half_days: pairs(half_days()) }
});

fn pairs<'w>(words: impl Iterator<Item = &'w str>) -> [u32; 32] {
    let mut pairs = [0; 32];
    for word in words {
        let mut letters = word.chars();
        let Some(first @ 'a'..='z') = letters.next() else { continue };
        pairs[usize::from(letter(first as u8))] |= match letters.next() {
            Some(second @ 'a'..='z') => 1 << letter(second as u8),
            Some(_) => 0,
            // A word of one letter may be the beginning of any.
            None => u32::MAX,
        };
    }
    pairs
}

/// The number of an ASCII letter in the alphabet, counted from 1, in either
/// case.
fn letter(byte: u8) -> u8 {
    byte & 0x1f
}

/// Reads the header of a line by the whole grammar.
pub fn parse(line: &[u8]) -> Option<Header> {
    if may_begin(line) { parse_begun(line) } else { None }
}

/// The same for a line that [`may_begin`] with one.
pub fn parse_begun(line: &[u8]) -> Option<Header> {
    let mut cursor = Cursor::new(line);
    // An hour, minutes and a day at the least: most lines that begin with a number
    // have no more than that one.
    if cursor.numbers() < FEWEST_NUMBERS {
        return None;
    }
    let bracket = cursor.take('[');
    let before_stamp = cursor.position();
    let mut attempt = |read: fn(&mut Cursor) -> Option<Stamp>| {
        cursor.set_position(before_stamp);
        let stamp = read(&mut cursor)?;
        Some((stamp, end(&mut cursor, bracket)?))
    };
    // A date has a separator where a time has its colon. Where both have dots,
    // `13.6.2018` cannot be a time, nor can `21.25` be a date.
    let (stamp, end) = attempt(date_first).or_else(|| attempt(time_first))?;
    let rest = cursor.raw_position();
    let shape = Shape { bracket, end, ..stamp.shape };
    // Without a year or a dash it takes an author to make a header of a line. A
    // dash further on ends the stamp: before it stands a word that is not known.
    if end == End::Space && (stamp.fields.date[2] == 0 || !has_author(&line[rest..])) {
        return None;
    }
    Some(Header { shape, fields: stamp.fields, hour: stamp.hour, rest })
}

/// Whether an author and a colon follow soon, with no dash before them.
fn has_author(rest: &[u8]) -> bool {
    let end = memchr::memmem::find(&rest[..rest.len().min(80)], b": ").filter(|at| *at > 0);
    let dashes = [" - ", " – ", " — "];
    end.is_some_and(|end| {
        dashes.iter().all(|dash| memchr::memmem::find(&rest[..end], dash.as_bytes()).is_none())
    })
}

/// A stamp without what is around it: its shape is not whole yet.
struct Stamp {
    shape: Shape,
    fields: Fields,
    /// Where the hour stands, in bytes.
    hour: usize,
}

fn date_first(cursor: &mut Cursor) -> Option<Stamp> {
    let date = date::read(cursor, false)?;
    let (glue, time) = time::glue(cursor, time::read)?;
    Some(stamp(false, date, glue, time))
}

fn time_first(cursor: &mut Cursor) -> Option<Stamp> {
    let time = time::read(cursor)?;
    let (glue, date) = time::glue(cursor, |cursor| date::read(cursor, true))?;
    Some(stamp(true, date, glue, time))
}

/// What ends the stamp.
fn end(cursor: &mut Cursor, bracket: bool) -> Option<End> {
    if bracket {
        if !cursor.take(']') {
            return None;
        }
        return (cursor.take(' ') || cursor.peek().is_none()).then_some(End::Bracket);
    }
    if cursor.take(':') {
        return cursor.take(' ').then_some(End::Colon);
    }
    if cursor.take(';') {
        return cursor.take(' ').then_some(End::Semicolon);
    }
    if !cursor.take(' ') {
        return None;
    }
    let before_dash = cursor.position();
    let dash = cursor.take('-') || cursor.take('–') || cursor.take('—');
    if dash && (cursor.take(' ') || cursor.peek().is_none()) {
        return Some(End::Dash);
    }
    cursor.set_position(before_dash);
    Some(End::Space)
}

fn stamp(time_first: bool, date: DatePart, glue: (bool, bool), time: TimePart) -> Stamp {
    let shape = Shape {
        bracket: false,
        time_first,
        date_sep: date.sep,
        spaced: date.spaced,
        year: date.year,
        month: date.month,
        comma: glue.0,
        word: glue.1,
        time_sep: time.sep,
        seconds: time.seconds.is_some(),
        half_day: time.half.map_or(HalfDayAt::None, |(_, at)| at),
        end: End::Dash,
    };
    #[expect(clippy::cast_possible_truncation, reason = "fields of two digits")]
    let clock = [time.hour as u8, time.minute as u8, time.seconds.unwrap_or(0) as u8];
    let fields = Fields { date: date.fields, time: clock, half: time.half.map(|(half, _)| half) };
    Stamp { shape, fields, hour: time.at }
}
