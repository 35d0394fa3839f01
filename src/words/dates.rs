//! Days and months the way each language writes them.

use jiff::civil::Date;

use super::{Words, key};
use crate::model::Month;

impl Words {
    /// `20 December 2020`
    pub fn day(&self, day: Date) -> String {
        let month = self.month_name(day.month().unsigned_abs().into());
        // Grouped digits would be no year.
        let year = day.year().to_string();
        let values = [
            ("day", u32::from(day.day().unsigned_abs()).into()),
            ("month", month.as_str().into()),
            ("year", year.as_str().into()),
        ];
        self.say_with(key::DATE_DAY, &values)
    }

    /// `December 2020`
    pub fn month(&self, month: Month) -> String {
        let (year, month) = month.year_and_month();
        let (month, year) = (self.month_name(month), year.to_string());
        self.say_with(key::DATE_MONTH, &[("month", month.as_str().into()), ("year", year.as_str().into())])
    }

    fn month_name(&self, month: u32) -> String {
        self.say_with(key::DATE_MONTH_NAME, &[("month", month.into())])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::Language;

    #[test]
    fn each_language_writes_its_own_dates() {
        let day = |day: &str| day.parse::<Date>().unwrap();
        let [en, fr] = Language::ALL.map(Words::new);
        assert_eq!(en.day(day("2021-01-01")), "1 January 2021");
        assert_eq!(fr.day(day("2021-01-01")), "1er janvier 2021");
        assert_eq!(fr.day(day("2020-12-20")), "20 décembre 2020");
        assert_eq!(en.month(Month::of(day("2020-08-09"))), "August 2020");
        assert_eq!(fr.month(Month::of(day("2020-08-09"))), "août 2020");
    }
}
