//! How long a server wants to be left alone, as people say it: never nothing, in
//! the unit that fits, and by the day and hour when it is more than a day.

use std::time::Duration;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::words::{Words, key};

const MINUTE: u64 = 60;
const HOUR: u64 = 60 * MINUTE;
const DAY: u64 = 24 * HOUR;

/// Nobody waits longer, whatever a server says.
const LONGEST: u64 = 365 * DAY;

/// A time as it passes: “5 seconds”, “3 minutes”, “2 hours”. More is said rather
/// than less: who comes back too early is sent away again.
pub fn span(words: &Words, wait: Duration) -> String {
    let seconds = wait.as_secs().saturating_add(u64::from(wait.subsec_nanos() > 0)).max(1);
    let (key, unit) = match seconds {
        ..=90 => (key::WAIT_SECONDS, 1),
        _ if seconds % HOUR != 0 && seconds < 2 * HOUR => (key::WAIT_MINUTES, MINUTE),
        _ => (key::WAIT_HOURS, HOUR),
    };
    words.say_with(key, &[("count", seconds.div_ceil(unit).into())])
}

/// The same for who is told to come back: “for 3 minutes”, “until 3 December at
/// 14:05”, as clocks show it there.
pub fn until(words: &Words, wait: Duration, now: Timestamp, zone: &TimeZone) -> String {
    let seconds = wait.as_secs();
    let end = now.checked_add(Duration::from_secs(seconds.min(LONGEST).saturating_add(59)));
    match end {
        Ok(end) if (DAY..LONGEST).contains(&seconds) => {
            let end = end.to_zoned_datetime(zone.clone());
            let this_year = now.to_zoned_datetime(zone.clone()).year() == end.year();
            let month = [("month", u64::from(end.month().unsigned_abs()).into())];
            let month = words.say_with(key::DATE_MONTH_NAME, &month);
            // As a number it would be written with what parts thousands.
            let (year, two) = (end.year().to_string(), |number: i8| format!("{number:02}"));
            let (hour, minute) = (two(end.hour()), two(end.minute()));
            let values = [
                ("day", u64::from(end.day().unsigned_abs()).into()),
                ("month", month.as_str().into()),
                ("hour", hour.as_str().into()),
                ("minute", minute.as_str().into()),
                ("year", year.as_str().into()),
            ];
            words.say_with(if this_year { key::WAIT_UNTIL } else { key::WAIT_UNTIL_YEAR }, &values)
        }
        _ if seconds < DAY => words.say_with(key::WAIT_FOR, &[("span", span(words, wait).as_str().into())]),
        _ => words.say(key::WAIT_ENDLESS),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::Language;

    fn said(wait: Duration) -> [String; 2] {
        let now: Timestamp = "2026-12-01T08:00:30Z".parse().unwrap();
        let zone = TimeZone::get("Europe/Paris").unwrap();
        Language::ALL.map(|language| until(&Words::new(language), wait, now, &zone))
    }

    fn secs(seconds: u64) -> [String; 2] {
        said(Duration::from_secs(seconds))
    }

    #[test]
    fn no_wait_is_nothing_and_none_is_shorter_than_it_is() {
        assert_eq!(said(Duration::ZERO), ["for 1 second", "pendant 1 seconde"]);
        assert_eq!(said(Duration::from_nanos(1)), ["for 1 second", "pendant 1 seconde"]);
        assert_eq!(said(Duration::from_millis(1001)), ["for 2 seconds", "pendant 2 secondes"]);
        assert_eq!(secs(90), ["for 90 seconds", "pendant 90 secondes"]);
        assert_eq!(secs(91), ["for 2 minutes", "pendant 2 minutes"]);
        assert_eq!(secs(334), ["for 6 minutes", "pendant 6 minutes"]);
        assert_eq!(secs(3600), ["for 1 hour", "pendant 1 heure"]);
        assert_eq!(secs(3601), ["for 61 minutes", "pendant 61 minutes"]);
        assert_eq!(secs(7201), ["for 3 hours", "pendant 3 heures"]);
        assert_eq!(secs(DAY - 1), ["for 24 hours", "pendant 24 heures"]);
    }

    #[test]
    fn more_than_a_day_has_a_date_in_the_zone_of_whoever_reads_it() {
        assert_eq!(
            secs(2 * DAY + 5 * HOUR + 4 * MINUTE),
            ["until 3 December at 14:05", "jusqu’au 3 décembre à 14\u{202f}h\u{202f}05"]
        );
        assert_eq!(
            secs(31 * DAY),
            ["until 1 January 2027 at 09:01", "jusqu’au 1er janvier 2027 à 09\u{202f}h\u{202f}01"]
        );
    }

    #[test]
    fn e13_no_wait_is_too_long_to_be_said() {
        let endless = ["for longer than a year", "pendant plus d’un an"];
        assert_eq!(secs(LONGEST), endless);
        assert_eq!(said(Duration::from_secs(1_000_000_000_000_000)), endless);
        assert_eq!(said(Duration::MAX), endless);
        let words = Words::new(Language::En);
        let late = Timestamp::MAX;
        assert_eq!(until(&words, Duration::from_secs(2 * DAY), late, &TimeZone::UTC), endless[0]);
    }

    #[test]
    fn a_pause_that_is_waited_out_is_said_as_it_passes() {
        let [en, fr] = Language::ALL.map(|language| span(&Words::new(language), Duration::from_millis(2250)));
        assert_eq!((en.as_str(), fr.as_str()), ("3 seconds", "3 secondes"));
    }
}
