//! Dates in a stamp: numbers, months in letters, years of emperors.

use std::sync::LazyLock;

use foldhash::HashSet;

use super::super::ampm::half_days;
use super::super::wording::WORDINGS;
use super::cursor::{Cursor, small};
use super::{Month, YearAt};

/// A date as it is written.
#[derive(Clone, Copy)]
pub(super) struct DatePart {
    pub fields: [u16; 3],
    pub sep: char,
    pub spaced: bool,
    pub year: YearAt,
    pub month: Month,
}

/// Years that are counted from an emperor's first: in letters of either kind,
/// small, and the year before the first.
const ERAS: &[(&str, u16)] =
    &[("r", 2018), ("h", 1988), ("s", 1925), ("令和", 2018), ("平成", 1988), ("昭和", 1925)];

/// What may stand behind a date and says which calendar it is of; the year
/// tells that as well.
const CALENDARS: &[&str] = &["be", "พศ", "هش", "ad", "ce", "г"];

/// Reads a date. Some old exports leave out the year; they write the time
/// first, which says that it may be missing.
pub(super) fn read(cursor: &mut Cursor, yearless: bool) -> Option<DatePart> {
    let from = cursor.position();
    if cursor.peek().is_some_and(char::is_alphabetic) && weekday(cursor) {
        if let Some(date) = without_weekday(cursor, yearless) {
            return Some(date);
        }
        // `mar` is Tuesday in one language and March in another.
        cursor.set_position(from);
    }
    without_weekday(cursor, yearless)
}

fn without_weekday(cursor: &mut Cursor, yearless: bool) -> Option<DatePart> {
    let from = cursor.position();
    let mut date = in_numbers(cursor, yearless);
    if date.is_none() {
        cursor.set_position(from);
        date = in_letters(cursor);
    }
    let date = date?;
    let end = cursor.position();
    cursor.take(' ');
    if !CALENDARS.iter().any(|word| cursor.take_word(word)) {
        cursor.set_position(end);
    }
    Some(date)
}

/// `31/12/2023`, `2024. 1. 1.`, `2024年1月15日`, `3/18/R4`, `12 31`.
fn in_numbers(cursor: &mut Cursor, yearless: bool) -> Option<DatePart> {
    let (first, first_length) = year_of_era(cursor).or_else(|| cursor.number(4))?;
    let sep = cursor.peek()?;
    let parts = matches!(sep, '/' | '.' | '-' | '年' | '년') || yearless && sep == ' ';
    if !parts {
        return None;
    }
    cursor.step();
    let spaced = cursor.take(' ');
    let (second, _) = cursor.number(2)?;
    let closing = match sep {
        '年' => '月',
        '년' => '월',
        other => other,
    };
    let before_third = cursor.position();
    let third = if cursor.take(closing) && cursor.take(' ') == spaced {
        year_of_era(cursor).or_else(|| cursor.number(4))
    } else {
        None
    };
    let Some((third, third_length)) = third else {
        if !yearless || first_length > 2 || !matches!(sep, ' ' | '/' | '.') {
            return None;
        }
        cursor.set_position(before_third);
        // `31.12. - `
        if sep == '.' {
            cursor.take('.');
        }
        let fields = [first, second, 0];
        return Some(DatePart { fields, sep, spaced, year: YearAt::Seldom, month: Month::InDigits });
    };
    match sep {
        '年' if !cursor.take('日') => return None,
        '년' if !cursor.take('일') => return None,
        // `2024. 1. 1.` and `13. 6. 2018.`
        '.' => {
            cursor.take('.');
        }
        '/' | '-' => closing_dot(cursor),
        _ => {}
    }
    let mut year = year_at(first_length, third_length)?;
    if sep == ' ' {
        year = YearAt::Seldom;
    }
    Some(DatePart { fields: [first, second, third], sep, spaced, year, month: Month::InDigits })
}

/// Passes over a dot behind a date whose parts none stand between: before a comma
/// or at the end of the stamp.
fn closing_dot(cursor: &mut Cursor) {
    let ahead = (cursor.peek_after(1), cursor.peek_after(2));
    let closes = matches!(ahead, (Some(',' | '،' | ']'), _) | (Some(' '), Some('-' | '–' | '—')));
    if closes {
        cursor.take('.');
    }
}

/// `31 Dec 2023`, `Dec 31, 2023`, `2023. dec. 31.`, `31 de dezembro`; the year
/// may be missing. The fields are put into the order day, month, year.
fn in_letters(cursor: &mut Cursor) -> Option<DatePart> {
    let year_before = year_of_era(cursor).or_else(|| cursor.number(4));
    if let Some((value, length)) = year_before
        && !(length == 4 || length <= 2 && value <= 31)
    {
        return None;
    }
    let sep = cursor.peek()?;
    if year_before.is_some() {
        gap(cursor)?;
    }
    let month = month(cursor)?;
    let part = |day, year, month_at| DatePart {
        fields: [day, month, year],
        sep: if sep.is_alphabetic() { ' ' } else { sep },
        spaced: false,
        year: YearAt::Seldom,
        month: month_at,
    };
    Some(match year_before {
        None => {
            gap(cursor)?;
            let (day, _) = cursor.number(2)?;
            part(day, year_behind(cursor).unwrap_or(0), Month::BeforeDay)
        }
        Some((year, 4)) => {
            gap(cursor)?;
            let (day, _) = cursor.number(2)?;
            cursor.take('.');
            part(day, year, Month::BehindYear)
        }
        Some((day, _)) => part(day, year_behind(cursor).unwrap_or(0), Month::BehindDay),
    })
}

/// A year behind a date whose month is in letters; the cursor stays where it
/// is if there is none but, say, the hour.
fn year_behind(cursor: &mut Cursor) -> Option<u16> {
    let from = cursor.position();
    let found = (|| {
        gap(cursor)?;
        let (year, length) = year_of_era(cursor).or_else(|| cursor.number(4))?;
        let before_minutes = cursor.peek_after(1).is_some_and(|c| c.is_ascii_digit());
        let is_hour =
            cursor.peek() == Some('h') || matches!(cursor.peek(), Some(':' | '.')) && before_minutes;
        (!is_hour && matches!(length, 2 | 4)).then_some(if length == 2 { year + 2000 } else { year })
    })();
    if found.is_none() {
        cursor.set_position(from);
    }
    found
}

/// What stands between the parts of a date with a month in letters: a dot, a
/// comma, a dash, a slash, a space, the sign of an abbreviation, the word for *of*. `None` if nothing does.
fn gap(cursor: &mut Cursor) -> Option<()> {
    let from = cursor.position();
    // Behind letters that were cut off stands a sign for it in some scripts.
    while cursor.peek().is_some_and(|c| matches!(c, '.' | ',' | '-' | '/' | ' ' | '׳' | '॰')) {
        cursor.step();
    }
    for word in ["de", "of", "do", "d'", "d’", "ב"] {
        if cursor.take_word(word) {
            cursor.take(' ');
            break;
        }
    }
    (cursor.position() > from).then_some(())
}

fn year_of_era(cursor: &mut Cursor) -> Option<(u16, usize)> {
    let from = cursor.position();
    let small = small(cursor.peek()?);
    for (era, before) in ERAS.iter().filter(|(era, _)| era.starts_with(small)) {
        if cursor.take_word(era)
            && let Some((year, _)) = cursor.number(2)
        {
            return Some((before + year, 4));
        }
        cursor.set_position(from);
    }
    None
}

/// The month that stands here in letters: the longest name that fits.
fn month(cursor: &mut Cursor) -> Option<u16> {
    let from = cursor.position();
    let mut longest = None;
    let first = small(cursor.peek()?);
    for (name, number) in WORDINGS.months.get(&first).into_iter().flatten() {
        cursor.set_position(from);
        if cursor.take_word(name) && longest.is_none_or(|(end, _)| cursor.position() > end) {
            longest = Some((cursor.position(), *number));
        }
    }
    let (end, number) = longest?;
    cursor.set_position(end);
    Some(number)
}

/// Passes over a day of the week and what parts it from the date.
fn weekday(cursor: &mut Cursor) -> bool {
    let from = cursor.position();
    let mut longest = None;
    let Some(first) = cursor.peek().map(small) else { return false };
    for name in WORDINGS.weekdays.get(&first).into_iter().flatten() {
        cursor.set_position(from);
        if cursor.take_word(name) {
            longest = longest.max(Some(cursor.position()));
        }
    }
    cursor.set_position(longest.unwrap_or(from));
    longest.is_some() && gap(cursor).is_some()
}

/// Whether a character can be the first of a day's or a month's name, of an
/// era or of a half of the day.
pub(super) fn may_begin_word(first: char) -> bool {
    FIRST_LETTERS.contains(&small(first))
}

/// The first letters of all these words, small.
static FIRST_LETTERS: LazyLock<HashSet<char>> = LazyLock::new(|| {
    let names = WORDINGS.months.keys().chain(WORDINGS.weekdays.keys()).copied();
    let words = ERAS.iter().map(|(era, _)| *era).chain(half_days());
    names.chain(words.filter_map(|word| word.chars().next())).collect()
});

/// Where the year stands, by the lengths of the outer fields.
pub(in super::super) fn year_at(first: usize, third: usize) -> Option<YearAt> {
    match (first, third) {
        (4, 1..=2) => Some(YearAt::First),
        (1..=2, 4) => Some(YearAt::Last),
        (1..=2, 2) => Some(YearAt::LastShort),
        // `24. 1. 5.`: nobody writes a year in one digit.
        (2, 1) => Some(YearAt::LastShort),
        _ => None,
    }
}
