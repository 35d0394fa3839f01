//! From the numbers of a header to a date and time.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::model::finding::DateOrder;
use crate::model::{Moment, Month};

use super::calendar::{Undated, gregorian, is_of_another_calendar};
use super::header::{Fields, YearAt};
use super::order::hour_of_day;
use super::years::YearWalk;

/// Turns fields into times, one date after the other: neighbouring messages
/// share their day, so the calendar is asked once a day.
#[derive(Clone, Debug)]
pub struct Clock {
    last_year: i16,
    remembered: Option<([u16; 3], DateOrder, Result<Day, Undated>)>,
    /// Where dates leave out their year: that of the first one, if it is
    /// known, and how time went on from there.
    years: (Option<i16>, YearWalk),
}

/// A day by its distance in days from 1970-01-01, and its month.
type Day = (i64, Month);

/// A time on a clock without a zone, as a number to compare; and its month.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stamp {
    /// Seconds since 1970-01-01 on the same clock.
    pub seconds: i64,
    /// The month.
    pub month: Month,
}

impl Stamp {
    /// The reading of the clock.
    pub fn moment(self) -> Moment {
        let instant = Timestamp::from_second(self.seconds).unwrap_or_default();
        Moment::local(instant.to_zoned_datetime(TimeZone::UTC).datetime())
    }
}

impl Clock {
    /// A clock for exports made up to `today`; a year later is no date of a
    /// message.
    pub fn new(today: Date) -> Self {
        let last_year = today.year().saturating_add(1);
        Self { last_year, remembered: None, years: (None, YearWalk::default()) }
    }

    /// Begins a stretch of dates of which the first one is of that year, which
    /// matters where they leave it out.
    pub fn begin(&mut self, first_year: Option<i16>) {
        self.remembered = None;
        self.years = (first_year, YearWalk::default());
    }

    /// The time that the fields mean.
    ///
    /// # Errors
    /// Says why there is none.
    pub fn read(&mut self, fields: &Fields, order: DateOrder, year: YearAt) -> Result<Stamp, Undated> {
        let (day, month) = match self.remembered {
            Some((key, of, date)) if key == fields.date && of == order => date?,
            _ => {
                let date = self.date(fields.date, order, year);
                self.remembered = Some((fields.date, order, date));
                date?
            }
        };
        let [hour, minute, second] = fields.time;
        let hour = hour_of_day(hour, fields.half);
        if hour > 23 || minute > 59 || second > 59 {
            return Err(Undated::NoTime(day * 86_400));
        }
        let seconds = day * 86_400 + i64::from(hour) * 3600 + i64::from(minute) * 60 + i64::from(second);
        Ok(Stamp { seconds, month })
    }

    fn date(&mut self, fields: [u16; 3], order: DateOrder, year_at: YearAt) -> Result<Day, Undated> {
        let [first, second, third] = fields;
        let (mut year, month, day) = match order {
            DateOrder::Ymd => (first, second, third),
            DateOrder::Dmy => (third, second, first),
            DateOrder::Mdy => (third, first, second),
        };
        if year_at == YearAt::Seldom {
            year = self.missing_year(year, month, day).ok_or(Undated::NoYear)?;
        }
        let short = year_at == YearAt::LastShort;
        let undated =
            if is_of_another_calendar(year, short) { Undated::UnknownCalendar } else { Undated::Impossible };
        let date = gregorian([year, month, day], short, self.last_year).ok_or(undated)?;
        let epoch = Date::new(1970, 1, 1).map_err(|_| undated)?;
        Ok((date.duration_since(epoch).as_secs() / 86_400, Month::of(date)))
    }

    /// The year of a date that may leave it out.
    fn missing_year(&mut self, year: u16, month: u16, day: u16) -> Option<u16> {
        let (first, walk) = &mut self.years;
        let turns = walk.step(month, day);
        if let Ok(written @ 1..) = i16::try_from(year) {
            *first = Some(written - turns);
        }
        u16::try_from((*first)? + turns).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::super::header::parse;
    use super::*;

    fn read(line: &str, order: DateOrder) -> Option<String> {
        let header = parse(line.as_bytes()).unwrap();
        let mut clock = Clock::new(Date::new(2026, 11, 23).unwrap());
        clock.read(&header.fields, order, header.shape.year).ok().map(|s| s.moment().to_string())
    }

    #[test]
    fn times_in_every_order_and_calendar() {
        use DateOrder::{Dmy, Mdy, Ymd};
        assert_eq!(read("31/12/23, 12:05 AM - A: x", Dmy).as_deref(), Some("2023-12-31T00:05:00"));
        assert_eq!(read("12/31/2023, 9:05 PM - A: x", Mdy).as_deref(), Some("2023-12-31T21:05:00"));
        assert_eq!(read("[2024/2/9 下午8:01:15] A: x", Ymd).as_deref(), Some("2024-02-09T20:01:15"));
        assert_eq!(read("15/1/2567, 09:30 - A: x", Dmy).as_deref(), Some("2024-01-15T09:30:00"));
        assert_eq!(read("15/1/67, 09:30 - A: x", Dmy).as_deref(), Some("2024-01-15T09:30:00"));
        assert_eq!(read("3/18/R4, 09:30 - A: x", Mdy).as_deref(), Some("2022-03-18T09:30:00"));
        assert_eq!(read("۲۵/۱۰/۱۴۰۲، ۰۹:۳۰ - A: x", Dmy).as_deref(), Some("2024-01-15T09:30:00"));
        assert_eq!(read("31/12/2023, 21 h 41 - A: x", Dmy).as_deref(), Some("2023-12-31T21:41:00"));
    }

    #[test]
    fn dates_without_a_year_go_on_from_the_first() {
        let mut clock = Clock::new(Date::new(2026, 11, 23).unwrap());
        clock.begin(Some(2012));
        let mut read = |line: &str| {
            let header = parse(line.as_bytes()).unwrap();
            clock.read(&header.fields, DateOrder::Dmy, header.shape.year).ok().map(|s| s.moment().to_string())
        };
        assert_eq!(read("9:41 PM, Dec 30 - A: x").as_deref(), Some("2012-12-30T21:41:00"));
        assert_eq!(read("9:41 PM, Jan 2 - A: x").as_deref(), Some("2013-01-02T21:41:00"));
        // One that came late, and the next.
        assert_eq!(read("9:41 PM, Dec 31 - A: x").as_deref(), Some("2012-12-31T21:41:00"));
        assert_eq!(read("9:41 PM, Jan 3 - A: x").as_deref(), Some("2013-01-03T21:41:00"));
        assert_eq!(read("9:41 PM, Nov 3 - A: x").as_deref(), Some("2013-11-03T21:41:00"));
        assert_eq!(read("9:41 PM, Mar 3, 2015 - A: x").as_deref(), Some("2015-03-03T21:41:00"));
        assert_eq!(read("9:41 PM, Mar 4 - A: x").as_deref(), Some("2015-03-04T21:41:00"));
        clock.begin(None);
        let header = parse("9:41 PM, Dec 30 - A: x".as_bytes()).unwrap();
        assert_eq!(clock.read(&header.fields, DateOrder::Dmy, header.shape.year), Err(Undated::NoYear));
    }

    #[test]
    fn a17_what_no_calendar_has_is_no_date() {
        use DateOrder::Dmy;
        for line in [
            "31/02/2023, 21:41 - A: x",
            "01/01/1970, 00:00 - A: x",
            "01/01/0000, 00:00 - A: x",
            "01/01/2106, 00:00 - A: x",
            "01/13/2023, 00:00 - A: x",
            "01/01/2023, 24:61 - A: x",
            "[30/06/2015, 23:59:60] A: x",
        ] {
            assert_eq!(read(line, Dmy), None, "{line}");
        }
    }
}
