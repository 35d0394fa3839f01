//! Years of dates that leave them out.
//!
//! Old exports write the year only where it turns, or never. Since time runs
//! forward, a date that lies far before the one above it is of the next year;
//! one year that is known, of a date or of a media file's name, settles all.

/// More days than this back are a turn of the year.
const HALF: i32 = 183;
/// So many days forward are none: a message of last year came late.
const NEARLY_ALL: i32 = 351;

/// Counts the turns of the year on the way through dates.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct YearWalk {
    turns: i16,
    last: Option<i32>,
}

impl YearWalk {
    /// Takes in a date, and tells how many years after the first it is.
    pub fn step(&mut self, month: u16, day: u16) -> i16 {
        let day = i32::from(month) * 31 + i32::from(day);
        if let Some(last) = self.last.replace(day) {
            if last - day > HALF {
                self.turns = self.turns.saturating_add(1);
            } else if day - last > NEARLY_ALL {
                self.turns = self.turns.saturating_sub(1);
            }
        }
        self.turns
    }
}

/// Looks for the year of the first of some dates.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct FirstYear {
    walk: YearWalk,
    found: Option<i16>,
}

impl FirstYear {
    /// Takes in a date: its month and day, its year if it is not 0, and the
    /// year, month and day of a media file on its line.
    pub fn see(&mut self, month: u16, day: u16, year: u16, named: Option<[u16; 3]>) {
        let turns = self.walk.step(month, day);
        let of_file = named.filter(|named| [named[1], named[2]] == [month, day]).map(|named| named[0]);
        let known = Some(year).filter(|year| *year > 0).or(of_file);
        if let Some(year) = known.and_then(|year| i16::try_from(year).ok()) {
            self.found.get_or_insert(year.saturating_sub(turns));
        }
    }

    /// The year, if any date told it.
    pub fn found(&self) -> Option<i16> {
        self.found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_year_settles_those_before_it() {
        let mut first = FirstYear::default();
        for (month, day, named) in [(11, 3, None), (2, 1, None), (3, 4, Some([2014, 3, 4])), (1, 1, None)] {
            first.see(month, day, 0, named);
        }
        assert_eq!(first.found(), Some(2013));
        // A file of another day was sent on.
        let mut sent_on = FirstYear::default();
        sent_on.see(11, 3, 0, Some([2010, 1, 1]));
        assert_eq!(sent_on.found(), None);
        sent_on.see(11, 4, 2012, None);
        assert_eq!(sent_on.found(), Some(2012));
    }
}
