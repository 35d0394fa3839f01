//! The time in a stamp, and what stands between it and the date.

use super::super::ampm::{HalfDay, read_half_day};
use super::HalfDayAt;
use super::cursor::Cursor;

/// A time as it is written.
#[derive(Clone, Copy)]
pub(super) struct TimePart {
    /// Where the hour stands in the line, in bytes.
    pub at: usize,
    pub hour: u16,
    pub minute: u16,
    pub seconds: Option<u16>,
    pub sep: char,
    pub half: Option<(HalfDay, HalfDayAt)>,
}

/// Words that stand between date and time: *at*, in the languages that say so, by
/// CLDR and real exports.
const AT: &[&str] = &[
    "à",
    "a",
    "às",
    "ás",
    "as",
    "a las",
    "a la",
    "a les",
    "klo",
    "kl",
    "um",
    "at",
    "o",
    "o godz",
    "в",
    "у",
    "о",
    "об",
    "во",
    "u",
    "v",
    "ve",
    "ob",
    "om",
    "la",
    "alle",
    "alle ore",
    "ore",
    "kell",
    "plkst",
    "në",
    "saat",
    "pukul",
    "jam",
    "nang",
    "lúc",
    "στις",
    "στη",
    "בשעה",
    "في",
    "الساعة",
    "ساعت",
    "को",
    "เวลา",
];

/// Words that stand behind the time and say no more than that it is one.
const OCLOCK: &[&str] = &["ч", "uhr", "น", "hs"];

/// Whether a word is one of those that say *at*.
pub(in super::super) fn is_at(word: &str) -> bool {
    AT.contains(&word.to_lowercase().as_str())
}

/// Reads a time: `21:41`, `9:41:05 PM`, `下午8:01`, `21.25`, `21 h 41`, `21 h 41 min 05 s`.
pub(super) fn read(cursor: &mut Cursor) -> Option<TimePart> {
    let mut half = read_half_day(cursor, true).map(|half| (half, HalfDayAt::Before));
    cursor.take(' ');
    let at = cursor.raw_position();
    let (hour, _) = cursor.number(2)?;
    let sep = separator(cursor)?;
    let (minute, minute_length) = cursor.number(2)?;
    if minute_length != 2 {
        return None;
    }
    let before_seconds = cursor.position();
    let mut seconds = None;
    if sep == 'h' {
        seconds = seconds_in_words(cursor);
    } else if cursor.take(sep) {
        seconds = cursor.number(2).filter(|(_, length)| *length == 2).map(|(second, _)| second);
    }
    if seconds.is_none() {
        cursor.set_position(before_seconds);
    }
    if half.is_none() {
        half = read_half_day(cursor, false).map(|half| (half, HalfDayAt::After));
    }
    if half.is_none() {
        let end = cursor.position();
        cursor.take(' ');
        if !OCLOCK.iter().any(|word| cursor.take_word(word)) {
            cursor.set_position(end);
        }
    }
    Some(TimePart { at, hour, minute, seconds, sep, half })
}

/// What follows the minutes in `21 h 41 min 05 s`.
fn seconds_in_words(cursor: &mut Cursor) -> Option<u16> {
    cursor.take(' ');
    if !cursor.take_word("min") {
        return None;
    }
    cursor.take(' ');
    let (second, _) = cursor.number(2)?;
    cursor.take(' ');
    cursor.take_word("s").then_some(second)
}

/// What parts hours and minutes.
fn separator(cursor: &mut Cursor) -> Option<char> {
    let spaced = cursor.take(' ');
    let sep = cursor.peek().filter(|c| matches!(c, ':' | '.' | 'h'))?;
    if spaced && sep != 'h' {
        return None;
    }
    cursor.step();
    if sep == 'h' {
        cursor.take(' ');
    }
    Some(sep)
}

/// Reads what stands between date and time, and behind it the `other` of the
/// two: whether there is a comma, whether there is a word, and the other.
pub(super) fn glue<T>(
    cursor: &mut Cursor,
    other: impl Fn(&mut Cursor) -> Option<T>,
) -> Option<((bool, bool), T)> {
    let comma = ['،', ',', '、', '.'].into_iter().any(|c| cursor.take(c));
    let space = cursor.take(' ');
    let from = cursor.position();
    let letters = cursor.peek().is_some_and(char::is_alphabetic);
    // `2024年1月15日上午9:30`: letters part as well as a space does.
    if (comma || space || letters)
        && let Some(found) = other(cursor)
    {
        return Some(((comma, false), found));
    }
    AT.iter().filter(|_| letters).find_map(|word| {
        cursor.set_position(from);
        if !cursor.take_word(word) {
            return None;
        }
        cursor.take('.');
        cursor.take(' ').then(|| other(cursor)).flatten().map(|found| ((comma, true), found))
    })
}
