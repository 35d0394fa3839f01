//! From stretches to segments: which of them were pasted, and of which year the
//! dates are that leave it out.

use foldhash::HashMap;
use jiff::ToSpan;
use jiff::civil::Date;

use crate::model::finding::DateOrder;

use super::super::header::YearAt;
use super::super::order::{Hints, Votes};
use super::super::paste;
use super::super::stamp::Clock;
use super::super::years::YearWalk;
use super::Segment;
use super::stretch::{Form, Stretch};

/// The stretches of a file but for those that were pasted into others; `rest` is
/// what may have been about to begin at its end.
pub(super) fn without_pastes(
    stretches: &[Stretch],
    rest: Option<&Stretch>,
    hints: Hints,
    today: Date,
) -> Vec<Stretch> {
    let mut clock = Clock::new(today);
    let tomorrow = today.saturating_add(2.days());
    let latest = tomorrow.duration_since(Date::new(1970, 1, 1).unwrap_or(tomorrow)).as_secs();
    let mut all: Vec<Stretch> = stretches.iter().chain(rest).copied().collect();
    // All of one form have one order.
    let mut votes: HashMap<Form, Votes> = HashMap::default();
    for stretch in &all {
        votes.entry(stretch.form).or_default().add(&stretch.votes);
    }
    for stretch in &mut all {
        stretch.votes = votes.get(&stretch.form).copied().unwrap_or_default();
    }
    let mut kept: Vec<Stretch> = Vec::new();
    for (index, stretch) in all.iter().copied().enumerate().take(stretches.len()) {
        let Some(before) = kept.last() else {
            kept.push(stretch);
            continue;
        };
        // The form before, come back behind a paste.
        if before.form == stretch.form && before.crlf == stretch.crlf {
            continue;
        }
        // Behind bare line feeds no paste goes on to the end of the file.
        if before.form.shape == stretch.form.shape {
            kept.push(stretch);
            continue;
        }
        let behind = all[index + 1..].iter().find(|other| other.form == before.form);
        // Dates without a year have no place in time; where dates leave it out,
        // they do so to the end.
        if [before, &stretch].iter().any(|one| one.form.shape.year == YearAt::Seldom) {
            kept.extend(Some(stretch).filter(|stretch| stretch.shared && behind.is_none()));
            continue;
        }
        let question = paste::Stretch {
            before: before.times(&mut clock, hints)[1],
            ends: stretch.times(&mut clock, hints),
            behind: behind.and_then(|behind| behind.times(&mut clock, hints)[0]),
            shared: stretch.shared,
        };
        if paste::is_segment(&question, latest) {
            kept.push(stretch);
        }
    }
    kept
}

/// The year of a stretch's first date, going by the dates of the stretches
/// beside it: old exports write the year of all but the last one's.
pub(super) fn year_beside(
    stretch: &mut Stretch,
    index: usize,
    segments: &[Segment],
    ends: &[[[u16; 3]; 2]],
) -> Option<i16> {
    let parts = |segment: &Segment, date: [u16; 3]| {
        let [first, second, third] = date;
        let [year, month, day] = match segment.dates.order {
            DateOrder::Ymd => [first, second, third],
            DateOrder::Dmy => [third, second, first],
            DateOrder::Mdy => [third, first, second],
        };
        [if segment.shape.year == YearAt::LastShort { 2000 + year } else { year }, month, day]
    };
    let own = |date| parts(&segments[index], date);
    if let Some(before) = index.checked_sub(1) {
        let [year, month, day] = parts(&segments[before], ends[before][1]);
        let [_, first_month, first_day] = own(stretch.ends[0].date);
        let mut walk = YearWalk::default();
        walk.step(month, day);
        let turns = walk.step(first_month, first_day);
        return i16::try_from(year).ok().filter(|year| *year > 0).map(|year| year + turns);
    }
    let after = segments.get(index + 1)?;
    let [year, month, day] = parts(after, ends[index + 1][0]);
    let years = &mut stretch.years[usize::from(segments[index].dates.order == DateOrder::Mdy)];
    years.see(month, day, year, None);
    years.found()
}
