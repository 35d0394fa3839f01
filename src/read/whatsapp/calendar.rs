//! Dates of other calendars than the Gregorian, by the year that they have.
//!
//! WhatsApp began in 2009 and no message is of the future, so a year tells its
//! calendar: those of the Buddhist and of the Persian solar calendar lie where
//! no Gregorian one can. The years of the Islamic lunar calendar do as well,
//! but their months follow the moon's sighting; and there are others whose months
//! are not known here. Such dates stay unread, and it is said why.

use jiff::civil::{Date, date};

/// WhatsApp began in this year: nothing is older.
const FIRST_YEAR: i16 = 2009;
/// What the Buddhist calendar is ahead by.
const BUDDHIST: i16 = 543;
/// The Persian year that began on 21 March 2009.
const PERSIAN_2009: i16 = 1388;

/// Why a date has no day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Undated {
    /// No calendar has it, or WhatsApp did not exist yet.
    Impossible,
    /// No clock shows its time; its day begins at that second since 1970-01-01.
    NoTime(i64),
    /// It leaves out the year.
    NoYear,
    /// It is of a calendar that cannot be told.
    UnknownCalendar,
}

/// Whether a year that is not Gregorian is one of a calendar in use, from 2009
/// on: the Islamic, the Coptic, the Indian, the Hebrew. A `short` year has lost
/// its first two digits, which can only be an Islamic one.
pub fn is_of_another_calendar(year: u16, short: bool) -> bool {
    match year {
        30..=50 => short,
        1430..=1450 | 1725..=1745 | 1931..=1950 | 5769..=5790 => !short,
        _ => false,
    }
}

/// The day that a year, month and day mean, of any year up to `last_year`. A
/// `short` year has lost its first two digits.
pub fn gregorian(written: [u16; 3], short: bool, last_year: i16) -> Option<Date> {
    let [year, month, day] = written;
    let year = i16::try_from(year).ok()?;
    let (month, day) = (i8::try_from(month).ok()?, i8::try_from(day).ok()?);
    let possible = |year: i16| (FIRST_YEAR..=last_year).contains(&year);
    let year = match year {
        // What lies in the future is a Buddhist year, but next year may be the
        // mistake of a phone that fell back to 1970.
        _ if short && !possible(2000 + year) => {
            Some(2500 + year - BUDDHIST).filter(|year| *year < last_year)?
        }
        _ if short => 2000 + year,
        2400..2700 => year - BUDDHIST,
        PERSIAN_2009..1420 => return persian(year, month, day).filter(|date| date.year() <= last_year),
        _ => year,
    };
    possible(year).then(|| Date::new(year, month, day).ok()).flatten()
}

/// A day of the Persian solar calendar. Its leap years follow a cycle of 33
/// years, which holds for all that WhatsApp can have seen.
fn persian(year: i16, month: i8, day: i8) -> Option<Date> {
    let leap = |year: i16| matches!(year % 33, 1 | 5 | 9 | 13 | 17 | 22 | 26 | 30);
    let length = match month {
        1..=6 => 31,
        7..=11 => 30,
        12 if leap(year) => 30,
        12 => 29,
        _ => return None,
    };
    if !(1..=length).contains(&day) {
        return None;
    }
    let years: i64 = (PERSIAN_2009..year).map(|year| if leap(year) { 366 } else { 365 }).sum();
    let months = i64::from(month) - 1;
    let days = years + months * 30 + months.min(6) + i64::from(day) - 1;
    date(2009, 3, 21).checked_add(jiff::Span::new().try_days(days).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(written: [u16; 3], short: bool) -> Option<String> {
        gregorian(written, short, 2027).map(|date| date.to_string())
    }

    #[test]
    fn years_of_other_calendars_are_told_from_impossible_ones() {
        for (year, short) in [(1446, false), (1741, false), (1946, false), (5785, false), (46, true)] {
            assert!(is_of_another_calendar(year, short), "{year}");
            assert_eq!(day([year, 6, 5], short), None, "{year}");
        }
        for (year, short) in
            [(0, false), (1970, false), (2106, false), (70, true), (46, false), (1403, false)]
        {
            assert!(!is_of_another_calendar(year, short), "{year}");
        }
    }

    #[test]
    fn persian_years_begin_in_spring() {
        for (written, expected) in [
            ([1388, 1, 1], "2009-03-21"),
            ([1399, 12, 30], "2021-03-20"),
            ([1400, 1, 1], "2021-03-21"),
            ([1402, 10, 25], "2024-01-15"),
            ([1403, 1, 1], "2024-03-20"),
            ([1404, 7, 1], "2025-09-23"),
        ] {
            assert_eq!(day(written, false).as_deref(), Some(expected), "{written:?}");
        }
        assert_eq!(day([1402, 12, 30], false), None);
        assert_eq!(day([1402, 7, 31], false), None);
        assert_eq!(day([1402, 13, 1], false), None);
    }

    #[test]
    fn a_year_tells_its_calendar() {
        assert_eq!(day([2567, 1, 15], false).as_deref(), Some("2024-01-15"));
        assert_eq!(day([67, 1, 15], true).as_deref(), Some("2024-01-15"));
        assert_eq!(day([24, 1, 15], true).as_deref(), Some("2024-01-15"));
        // A lunar year; the clock of a phone that fell back.
        assert_eq!(day([1445, 7, 3], false), None);
        assert_eq!(day([70, 1, 1], true), None);
        assert_eq!(day([8, 1, 1], true), None);
        assert_eq!(day([2028, 1, 1], false), None);
    }
}
