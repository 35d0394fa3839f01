//! Points in time as the sources know them.
//!
//! A chat export holds wall-clock times without a zone, a database or Signal's
//! export holds instants. A [`Moment`] keeps that difference, so that no zone
//! is ever invented.

use std::fmt;

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// A date and time; `utc` tells whether the zone is known (then it is UTC).
/// Ordered by its reading of the clock.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Moment {
    at: DateTime,
    utc: bool,
}

impl Moment {
    /// A wall-clock time without a zone.
    pub fn local(at: DateTime) -> Self {
        Self { at, utc: false }
    }

    /// An instant.
    pub fn instant(at: Timestamp) -> Self {
        Self { at: at.to_zoned_datetime(jiff::tz::TimeZone::UTC).datetime(), utc: true }
    }

    /// An instant given in milliseconds since 1970-01-01 UTC; `None` outside
    /// the years that the calendar knows, and for 0, which sources write for
    /// "never".
    pub fn from_millis(millis: i64) -> Option<Self> {
        if millis <= 0 {
            return None;
        }
        Timestamp::from_millisecond(millis / 1000 * 1000).ok().map(Self::instant)
    }

    /// Reads `YYYY-MM-DDTHH:MM:SS` with or without `Z`.
    pub fn parse(text: &str) -> Option<Self> {
        match text.strip_suffix('Z') {
            Some(rest) => rest.parse().ok().map(|at| Self { at, utc: true }),
            None => text.parse().ok().map(Self::local),
        }
    }

    /// Another reading of the clock, with or without a zone as `like` has it.
    pub fn instant_like(like: Moment, at: DateTime) -> Self {
        Self { at, utc: like.utc }
    }

    /// The instant, if the zone is known.
    pub fn timestamp(self) -> Option<Timestamp> {
        let known = self.utc.then(|| self.at.to_zoned_datetime(jiff::tz::TimeZone::UTC));
        known?.ok().map(|zoned| zoned.timestamp())
    }

    /// The reading of the clock.
    pub fn civil(self) -> DateTime {
        self.at
    }

    /// The calendar day.
    pub fn date(self) -> Date {
        self.at.date()
    }

    /// The calendar month.
    pub fn month(self) -> Month {
        Month::of(self.at.date())
    }

    /// Whether it is later than `other` in whatever zone a time without one
    /// was read: no zone lies farther than 14 hours from UTC.
    pub fn is_surely_after(self, other: Moment) -> bool {
        let farthest = if self.utc == other.utc { 0 } else { 14 * 3600 };
        self.at.duration_since(other.at).as_secs() > farthest
    }

    /// Whole days from `self` to `later`; negative if `later` is before.
    pub fn days_until(self, later: Moment) -> i64 {
        later.at.duration_since(self.at).as_secs().div_euclid(86_400)
    }
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let zone = if self.utc { "Z" } else { "" };
        write!(f, "{}{zone}", self.at.strftime("%Y-%m-%dT%H:%M:%S"))
    }
}

impl fmt::Debug for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Serialize for Moment {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Moment {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Moment::parse(&text).ok_or_else(|| de::Error::custom("not a date and time"))
    }
}

/// A calendar month, counted from the year 0 so that months can be compared
/// and walked through.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Month(i32);

impl Month {
    /// The month in which `date` lies.
    pub fn of(date: Date) -> Self {
        Self(i32::from(date.year()) * 12 + i32::from(date.month()) - 1)
    }

    /// The month after this one.
    pub fn next(self) -> Self {
        Self(self.0 + 1)
    }

    /// The year, and the month from 1 to 12.
    pub fn year_and_month(self) -> (i32, u32) {
        (self.0.div_euclid(12), self.0.rem_euclid(12).unsigned_abs() + 1)
    }

    /// The month `n` months before this one.
    pub fn back(self, n: i32) -> Self {
        Self(self.0 - n)
    }
}

impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month) = self.year_and_month();
        write!(f, "{year:04}-{month:02}")
    }
}

impl fmt::Debug for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Serialize for Month {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Month {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let month = text.split_once('-').and_then(|(year, month)| {
            let (year, month): (i32, i32) = (year.parse().ok()?, month.parse().ok()?);
            (1..=12).contains(&month).then(|| Month(year * 12 + month - 1))
        });
        month.ok_or_else(|| de::Error::custom("not a month"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_zone_is_kept_but_never_invented() {
        let local = Moment::parse("2024-01-06T14:03:00").unwrap();
        let utc = Moment::parse("2024-01-06T14:03:00Z").unwrap();
        assert_eq!(local.to_string(), "2024-01-06T14:03:00");
        assert_eq!(utc.to_string(), "2024-01-06T14:03:00Z");
        assert_eq!(serde_json::from_str::<Moment>(&serde_json::to_string(&utc).unwrap()).unwrap(), utc);
    }

    #[test]
    fn without_a_zone_only_what_is_far_apart_is_later() {
        let at = |text| Moment::parse(text).unwrap();
        let utc = at("2024-01-06T14:03:00Z");
        assert!(at("2024-01-06T14:03:01Z").is_surely_after(utc));
        assert!(!at("2024-01-07T04:03:00").is_surely_after(utc));
        assert!(at("2024-01-07T04:03:01").is_surely_after(utc));
        assert!(!utc.is_surely_after(at("2024-01-06T14:03:00")));
        assert!(at("2024-01-06T14:03:01").is_surely_after(at("2024-01-06T14:03:00")));
    }

    #[test]
    fn months_walk_over_the_turn_of_the_year() {
        let december = Moment::parse("2020-12-31T23:59:59").unwrap().month();
        assert_eq!(december.next().to_string(), "2021-01");
        assert_eq!(december.next().back(1), december);
    }

    #[test]
    fn zero_milliseconds_is_never() {
        assert_eq!(Moment::from_millis(0), None);
        assert_eq!(Moment::from_millis(i64::MAX), None);
        assert_eq!(Moment::from_millis(1_608_487_200_000).unwrap().to_string(), "2020-12-20T18:00:00Z");
    }
}
