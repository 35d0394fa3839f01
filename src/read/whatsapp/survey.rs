//! A first look at a chat: which shape its headers have, and in which order
//! their dates stand.
//!
//! The beginning of a file nearly always settles both. Where it does not, or
//! where the phone's language was changed on the way, the whole file is
//! surveyed and falls into segments: a new one begins where at least
//! [`AGREEING`] following headers agree on another shape, and the rule in
//! [`paste`](super::paste) says that they were not pasted. A lone line of
//! another shape is text.

mod segments;
mod stretch;

use std::io;

use jiff::civil::Date;

use crate::model::finding::{DateOrder, Dates};
use crate::read::lines::Lines;

use super::header::{Month, Shape, YearAt, parse};
use super::order::{Hints, date_in_file_name};
use super::plain::Plain;
use segments::{without_pastes, year_beside};
use stretch::{Authors, Form, Sighting, Stretch};

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

impl Segment {
    /// How dates stand in the text: fields with a month in letters are sorted.
    pub fn dates_as_written(&self) -> Dates {
        let order = match self.shape.month {
            Month::BeforeDay => DateOrder::Mdy,
            Month::BehindYear => DateOrder::Ymd,
            Month::InDigits | Month::BehindDay => self.dates.order,
        };
        Dates { order, ..self.dates }
    }
}

/// What a survey brought.
#[derive(Clone, Debug, Default)]
pub struct Survey {
    /// The segments, in order. None if there is no header.
    pub segments: Vec<Segment>,
    /// Whether the whole file was looked at.
    pub whole: bool,
    /// Whether it was, but with headers passed over: then nothing settled the date
    /// order, and all of them have to be looked at.
    pub passed_over: bool,
}

/// Surveys lines until the end, or until at least `enough` bytes are seen and
/// have settled the date order. Behind these, headers of the same day as the one
/// before are passed over, which tell nothing of it. No message is of later than
/// `today`.
///
/// # Errors
/// Whatever reading says.
pub fn survey(lines: &mut Lines<'_>, enough: Option<u64>, hints: Hints, today: Date) -> io::Result<Survey> {
    let mut first_look: Vec<Sighting> = Vec::with_capacity(FIRST_LOOK);
    let mut state: Option<State> = None;
    let mut plain = Plain::default();
    let mut authors = Authors::default();
    let (mut number, mut seen, mut after_crlf) = (0, 0, None);
    let (mut whole, mut passed_over) = (true, false);
    while let Some(line) = lines.next()? {
        number += 1;
        seen += line.bytes.len() as u64;
        let current = state.as_ref().map(|state| state.current.form.shape);
        let plainly = current.and_then(|shape| Some((shape, plain.parse(line.bytes, &shape)?)));
        let is_enough = enough.is_some_and(|enough| seen >= enough);
        if is_enough
            && let (Some((_, (fields, _))), Some(state)) = (plainly, &mut state)
            && state.rival.is_none()
            && (!state.current.form.shape.bracket || state.current.crlf == (after_crlf == Some(true)))
            && state.current.ends[1].date == fields.date
        {
            state.current.pass_over(fields);
            passed_over = true;
            after_crlf = Some(line.crlf);
            continue;
        }
        let found = match plainly {
            Some((shape, (fields, rest))) => Some((shape, fields, rest)),
            None => parse(line.bytes).map(|header| {
                let ours = current == Some(header.shape);
                let rest = if ours { plain.learn(line.bytes, &header) } else { header.rest };
                (header.shape, header.fields, rest)
            }),
        };
        if let Some((shape, fields, rest)) = found {
            let loose = state.as_ref().is_some_and(|s| s.current.crlf) && after_crlf == Some(false);
            let form = Form { shape, loose };
            let settled = state.as_ref().is_some_and(|s| s.current.form == form && s.current.is_settled());
            let named = if settled { None } else { date_in_file_name(&line.bytes[rest..]) };
            let author = authors.number(&line.bytes[rest..], form);
            let sighting = Sighting { form, fields, line: number, named, after_crlf, author };
            match &mut state {
                Some(state) => {
                    if state.see(&sighting, &authors) {
                        plain.reset();
                    }
                }
                None => {
                    first_look.push(sighting);
                    if first_look.len() == FIRST_LOOK {
                        state = State::from_first_look(&mut first_look, &authors);
                    }
                }
            }
        }
        after_crlf = Some(line.crlf);
        let settled = || state.as_ref().is_some_and(|s| s.rival.is_none() && s.is_settled());
        if is_enough && settled() {
            (whole, passed_over) = (false, false);
            break;
        }
    }
    let state = state.or_else(|| State::from_first_look(&mut first_look, &authors));
    let segments = state.map(|s| s.finish(hints, today, after_crlf == Some(true))).unwrap_or_default();
    Ok(Survey { segments, whole, passed_over })
}

/// The segments so far, and a form that may be about to begin a new one.
struct State {
    done: Vec<Stretch>,
    current: Stretch,
    rival: Option<Stretch>,
}

impl State {
    /// Begins with the shape that most of the first headers have, or with that
    /// of the file's very first line: nobody can have pasted it into anything.
    fn from_first_look(sightings: &mut [Sighting], authors: &Authors) -> Option<Self> {
        let count = |shape: &Shape| sightings.iter().filter(|s| s.form.shape == *shape).count();
        let same = |one: &Sighting, other: &Sighting| one.form.shape == other.form.shape;
        let opening = sightings.first().filter(|first| first.line == 1).copied();
        let opening = opening.filter(|opening| {
            // Where it never comes back, the few lines behind it are no paste.
            let other = sightings.iter().position(|s| !same(s, opening));
            other.is_some_and(|other| {
                let returns = sightings[other..].iter().any(|s| same(s, opening));
                returns || count(&sightings[other].form.shape) as u64 >= AGREEING
            })
        });
        // Among equals the first wins: `max_by_key` takes the last, so reversed.
        let most = *sightings.iter().rev().max_by_key(|s| count(&s.form.shape))?;
        let most = sightings.iter().find(|s| same(s, &most)).copied();
        let first = opening.or(most)?;
        let crlf = ends_with_crlf(sightings, &first.form.shape);
        let mut state = Self { done: Vec::new(), current: Stretch::begin(&first, crlf), rival: None };
        for sighting in sightings.iter_mut().filter(|s| s.line > first.line) {
            sighting.form.loose = state.current.crlf && sighting.after_crlf == Some(false);
            state.see(sighting, authors);
        }
        Some(state)
    }

    /// Takes in a header, and tells whether another shape took over.
    fn see(&mut self, sighting: &Sighting, authors: &Authors) -> bool {
        let crlf = sighting.after_crlf == Some(true);
        let turns = !self.current.crlf && self.current.form.shape.bracket && crlf;
        if sighting.form == self.current.form && !turns {
            self.current.see(sighting);
            self.rival = None;
            return false;
        }
        match &mut self.rival {
            Some(rival) if rival.form == sighting.form => rival.see(sighting),
            // The first line of what was appended stands behind a CR LF.
            Some(rival)
                if sighting.form.loose && rival.headers == 1 && rival.form.shape == sighting.form.shape =>
            {
                rival.form.loose = true;
                rival.see(sighting);
            }
            _ => {
                let crlf = self.current.crlf || sighting.form.shape.bracket && crlf;
                self.rival = Some(Stretch::begin(sighting, crlf));
            }
        }
        let Some(rival) = &mut self.rival else { return false };
        rival.shared |= sighting.author.is_some_and(|number| authors.wrote_otherwise(number, &rival.form));
        // Behind bare line feeds only the end of the file tells.
        let rival = self.rival.take_if(|rival| rival.headers >= AGREEING && !rival.form.loose);
        let took_over = rival.is_some();
        self.done.extend(rival.map(|rival| std::mem::replace(&mut self.current, rival)));
        took_over
    }

    fn is_settled(&self) -> bool {
        self.done.iter().chain([&self.current]).all(Stretch::is_settled)
    }

    /// The segments of a file, which may end with CR LF.
    fn finish(mut self, hints: Hints, today: Date, crlf: bool) -> Vec<Segment> {
        let rest = self.rival.take();
        self.done.push(self.current);
        let appended = |rival: &Stretch| rival.form.loose && rival.headers >= AGREEING && !crlf;
        self.done.extend(rest.filter(appended));
        let mut stretches = without_pastes(&self.done, rest.as_ref(), hints, today);
        let ends: Vec<[[u16; 3]; 2]> = stretches.iter().map(|s| s.ends.map(|fields| fields.date)).collect();
        let mut segments: Vec<Segment> = stretches.iter().map(|s| s.finish(hints)).collect();
        for (index, stretch) in stretches.iter_mut().enumerate() {
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

/// Whether the messages of that shape end with CR LF: more often a header stands
/// behind one than that some stand behind bare line feeds, as a paste does,
/// whatever its length.
fn ends_with_crlf(sightings: &[Sighting], shape: &Shape) -> bool {
    let mut before = true;
    let (mut after_crlf, mut blocks) = (0, 0);
    for crlf in sightings.iter().filter(|s| s.form.shape == *shape).filter_map(|s| s.after_crlf) {
        after_crlf += usize::from(crlf);
        blocks += usize::from(before && !crlf);
        before = crlf;
    }
    shape.bracket && after_crlf > 0 && after_crlf >= blocks
}
