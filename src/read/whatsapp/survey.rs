//! A first look at a chat: which shape its headers have, and in which order
//! their dates stand.
//!
//! The beginning of a file nearly always settles both. Where it does not, or
//! where the phone's language was changed on the way, the whole file is
//! surveyed and falls into segments: a new one begins where at least
//! [`AGREEING`] following headers agree on another shape. A lone line of
//! another shape is text.

use std::io;

use crate::model::finding::{DateOrder, Dates};
use crate::read::lines::Lines;

use super::header::{Fields, Shape, YearAt, parse};
use super::order::{Hints, Votes, date_in_file_name};
use super::plain::Plain;
use super::years::{FirstYear, YearWalk};

/// So many headers in a row must agree on a new shape.
pub const AGREEING: u64 = 20;
/// So many headers are looked at to tell the first shape.
const FIRST_LOOK: usize = 40;

/// A stretch of a file in which all headers look alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Segment {
    /// The line, counted from 1, where it begins.
    pub from_line: u64,
    /// What its headers look like.
    pub shape: Shape,
    /// How their dates are read.
    pub dates: Dates,
    /// Headers follow only on a line that ends with CR LF, as iOS writes it:
    /// after a bare LF the same characters are text.
    pub after_crlf: bool,
    /// The year of the first date, where dates leave it out and it is known.
    pub first_year: Option<i16>,
}

/// What a survey brought.
#[derive(Clone, Debug, Default)]
pub struct Survey {
    /// The segments, in order. None if there is no header.
    pub segments: Vec<Segment>,
    /// Whether the whole file was looked at.
    pub whole: bool,
}

/// One header that was met.
#[derive(Clone, Copy)]
struct Sighting {
    shape: Shape,
    fields: Fields,
    line: u64,
    named: Option<[u16; 3]>,
    /// How the line before ended: `None` for the first line of the file.
    after_crlf: Option<bool>,
}

/// A segment in the making.
#[derive(Clone, Copy)]
struct Stretch {
    shape: Shape,
    from_line: u64,
    headers: u64,
    after_crlf: u64,
    after_lf: u64,
    votes: Votes,
    /// The first and the last date.
    ends: [[u16; 3]; 2],
    /// The year of the first date, if the day stands first and if the month does.
    years: [FirstYear; 2],
}

impl Stretch {
    fn begin(first: &Sighting) -> Self {
        let mut stretch = Self {
            shape: first.shape,
            from_line: first.line,
            headers: 0,
            after_crlf: 0,
            after_lf: 0,
            votes: Votes::default(),
            ends: [first.fields.date; 2],
            years: [FirstYear::default(); 2],
        };
        stretch.see(first);
        stretch
    }

    fn see(&mut self, sighting: &Sighting) {
        self.headers += 1;
        self.after_crlf += u64::from(sighting.after_crlf == Some(true));
        self.after_lf += u64::from(sighting.after_crlf == Some(false));
        self.votes.see(&sighting.fields, sighting.named);
        self.ends[1] = sighting.fields.date;
        if self.shape.year == YearAt::Seldom {
            let [first, second, year] = sighting.fields.date;
            self.years[0].see(second, first, year, sighting.named);
            self.years[1].see(first, second, year, sighting.named);
        }
    }

    /// Whether its beginning tells all that has to be known of it.
    fn is_settled(&self) -> bool {
        let placed = self.shape.year != YearAt::Seldom || self.years.iter().all(|y| y.found().is_some());
        placed && self.votes.is_settled(&self.shape)
    }

    fn finish(&self, hints: Hints) -> Segment {
        let dates = self.votes.decide(&self.shape, hints);
        Segment {
            from_line: self.from_line,
            shape: self.shape,
            dates,
            first_year: self.years[usize::from(dates.order == DateOrder::Mdy)].found(),
            after_crlf: self.shape.bracket && self.after_crlf > 0 && self.after_crlf >= self.after_lf * 9,
        }
    }
}

/// Surveys lines until the end, or until at least `enough` bytes are seen and
/// have settled the date order.
///
/// # Errors
/// Whatever reading says.
pub fn survey(lines: &mut Lines<'_>, enough: Option<u64>, hints: Hints) -> io::Result<Survey> {
    let mut first_look: Vec<Sighting> = Vec::with_capacity(FIRST_LOOK);
    let mut state: Option<State> = None;
    let mut plain = Plain::default();
    let (mut number, mut seen, mut after_crlf, mut whole) = (0, 0, None, true);
    while let Some(line) = lines.next()? {
        number += 1;
        seen += line.bytes.len() as u64;
        let current = state.as_ref().map(|state| &state.current.shape);
        let plainly = current.and_then(|shape| Some((*shape, plain.parse(line.bytes, shape)?)));
        let found = match plainly {
            Some((shape, (fields, rest))) => Some((shape, fields, rest)),
            None => parse(line.bytes).map(|header| {
                let ours = current == Some(&header.shape);
                let rest = if ours { plain.learn(line.bytes, &header) } else { header.rest };
                (header.shape, header.fields, rest)
            }),
        };
        if let Some((shape, fields, rest)) = found {
            let settled = state.as_ref().is_some_and(|s| s.current.shape == shape && s.current.is_settled());
            let named = if settled { None } else { date_in_file_name(&line.bytes[rest..]) };
            let sighting = Sighting { shape, fields, line: number, named, after_crlf };
            match &mut state {
                Some(state) => {
                    if state.see(&sighting) {
                        plain.reset();
                    }
                }
                None => {
                    first_look.push(sighting);
                    if first_look.len() == FIRST_LOOK {
                        state = State::from_first_look(&first_look);
                    }
                }
            }
        }
        after_crlf = Some(line.crlf);
        let settled = || state.as_ref().is_some_and(|s| s.rival.is_none() && s.is_settled());
        if enough.is_some_and(|enough| seen >= enough) && settled() {
            whole = false;
            break;
        }
    }
    let state = state.or_else(|| State::from_first_look(&first_look));
    let segments = state.map(|s| s.finish(hints)).unwrap_or_default();
    Ok(Survey { segments, whole })
}

/// The segments so far, and a shape that may be about to begin a new one.
struct State {
    done: Vec<Stretch>,
    current: Stretch,
    rival: Option<Stretch>,
}

impl State {
    /// Begins with the shape that most of the first headers have, or with that
    /// of the file's very first line: nobody can have pasted it into anything.
    fn from_first_look(sightings: &[Sighting]) -> Option<Self> {
        let count = |shape: &Shape| sightings.iter().filter(|s| s.shape == *shape).count();
        let opening = sightings.first().filter(|first| first.line == 1);
        let next = opening.and_then(|opening| sightings.iter().find(|s| s.shape != opening.shape));
        let opening = opening.filter(|_| next.is_some_and(|next| count(&next.shape) as u64 >= AGREEING));
        // Among equals the first wins: `max_by_key` takes the last, so reversed.
        let first = sightings.iter().rev().max_by_key(|s| count(&s.shape))?;
        let first = opening.or_else(|| sightings.iter().find(|s| s.shape == first.shape))?;
        let mut state = Self { done: Vec::new(), current: Stretch::begin(first), rival: None };
        for sighting in sightings.iter().filter(|s| s.line > first.line) {
            state.see(sighting);
        }
        Some(state)
    }

    /// Takes in a header, and tells whether another shape took over.
    fn see(&mut self, sighting: &Sighting) -> bool {
        if sighting.shape == self.current.shape {
            self.current.see(sighting);
            self.rival = None;
            return false;
        }
        match &mut self.rival {
            Some(rival) if rival.shape == sighting.shape => rival.see(sighting),
            _ => self.rival = Some(Stretch::begin(sighting)),
        }
        let rival = self.rival.take_if(|rival| rival.headers >= AGREEING);
        let took_over = rival.is_some();
        self.done.extend(rival.map(|rival| std::mem::replace(&mut self.current, rival)));
        took_over
    }

    fn is_settled(&self) -> bool {
        self.done.iter().chain([&self.current]).all(Stretch::is_settled)
    }

    fn finish(mut self, hints: Hints) -> Vec<Segment> {
        self.done.push(self.current);
        let ends: Vec<[[u16; 3]; 2]> = self.done.iter().map(|s| s.ends).collect();
        let mut segments: Vec<Segment> = self.done.iter().map(|s| s.finish(hints)).collect();
        for (index, stretch) in self.done.iter_mut().enumerate() {
            if segments[index].shape.year == YearAt::Seldom && segments[index].first_year.is_none() {
                segments[index].first_year = year_beside(stretch, index, &segments, &ends);
            }
        }
        // Whatever stands before the first header belongs to the first segment.
        if let Some(first) = segments.first_mut() {
            first.from_line = 1;
        }
        segments
    }
}

/// The year of a stretch's first date, going by the dates of the stretches
/// beside it: old exports write the year of all but the last one's.
fn year_beside(
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
        let [_, first_month, first_day] = own(stretch.ends[0]);
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
