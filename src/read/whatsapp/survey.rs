//! A first look at a chat: which shape its headers have, and in which order
//! their dates stand.
//!
//! The beginning of a file nearly always settles both. Where it does not, or
//! where the phone's language was changed on the way, the whole file is
//! surveyed and falls into segments: a new one begins where at least
//! [`AGREEING`] following headers agree on another shape. A lone line of
//! another shape is text.

use std::io;

use crate::model::finding::Dates;
use crate::read::lines::Lines;

use super::header::{Fields, Shape, parse};
use super::order::{Hints, Votes, date_in_file_name};
use super::plain::Plain;

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
        };
        stretch.see(first);
        stretch
    }

    fn see(&mut self, sighting: &Sighting) {
        self.headers += 1;
        self.after_crlf += u64::from(sighting.after_crlf == Some(true));
        self.after_lf += u64::from(sighting.after_crlf == Some(false));
        self.votes.see(&sighting.fields, sighting.named);
    }

    fn finish(&self, hints: Hints) -> Segment {
        Segment {
            from_line: self.from_line,
            shape: self.shape,
            dates: self.votes.decide(&self.shape, hints),
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
        let plain = state
            .as_ref()
            .and_then(|s| plain.parse(line.bytes, &s.current.shape).map(|found| (s.current.shape, found)));
        let found = match plain {
            Some((shape, (fields, rest))) => Some((shape, fields, rest)),
            None => parse(line.bytes).map(|h| (h.shape, h.fields, h.rest)),
        };
        if let Some((shape, fields, rest)) = found {
            let settled = state.as_ref().is_some_and(|s| s.current.votes.is_settled(&shape));
            let named = if settled { None } else { date_in_file_name(&line.bytes[rest..]) };
            let sighting = Sighting { shape, fields, line: number, named, after_crlf };
            match &mut state {
                Some(state) => state.see(&sighting),
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
    /// Begins with the shape that most of the first headers have.
    fn from_first_look(sightings: &[Sighting]) -> Option<Self> {
        let count = |shape: &Shape| sightings.iter().filter(|s| s.shape == *shape).count();
        // Among equals the first wins: `max_by_key` takes the last, so reversed.
        let first = sightings.iter().rev().max_by_key(|s| count(&s.shape))?;
        let first = sightings.iter().find(|s| s.shape == first.shape)?;
        let mut state = Self { done: Vec::new(), current: Stretch::begin(first), rival: None };
        for sighting in sightings.iter().filter(|s| s.line > first.line) {
            state.see(sighting);
        }
        Some(state)
    }

    fn see(&mut self, sighting: &Sighting) {
        if sighting.shape == self.current.shape {
            self.current.see(sighting);
            self.rival = None;
            return;
        }
        match &mut self.rival {
            Some(rival) if rival.shape == sighting.shape => rival.see(sighting),
            _ => self.rival = Some(Stretch::begin(sighting)),
        }
        if let Some(rival) = self.rival.take_if(|rival| rival.headers >= AGREEING) {
            self.done.push(std::mem::replace(&mut self.current, rival));
        }
    }

    fn is_settled(&self) -> bool {
        self.done.iter().chain([&self.current]).all(|s| s.votes.is_settled(&s.shape))
    }

    fn finish(mut self, hints: Hints) -> Vec<Segment> {
        self.done.push(self.current);
        let mut segments: Vec<Segment> = self.done.iter().map(|s| s.finish(hints)).collect();
        // Whatever stands before the first header belongs to the first segment.
        if let Some(first) = segments.first_mut() {
            first.from_line = 1;
        }
        segments
    }
}
