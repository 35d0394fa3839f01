//! A first look at a chat: which shape its headers have, and in which order
//! their dates stand.
//!
//! The beginning of a file nearly always settles both. Where it does not, or
//! where the phone's language was changed on the way, the whole file is
//! surveyed and falls into segments: a new one begins where at least
//! [`AGREEING`] following headers agree on another shape, and the rule in
//! [`paste`](super::paste) says that they were not pasted. A lone line of
//! another shape is text.

use std::io;

use foldhash::HashMap;
use jiff::ToSpan;
use jiff::civil::Date;

use crate::model::finding::{DateOrder, Dates};
use crate::read::lines::Lines;

use super::header::{Fields, Shape, YearAt, parse};
use super::order::{Hints, Votes, date_in_file_name};
use super::paste;
use super::people::Shown;
use super::plain::Plain;
use super::stamp::Clock;
use super::years::{FirstYear, YearWalk};

/// So many headers in a row must agree on a new shape.
pub const AGREEING: u64 = 20;
/// So many headers are looked at to tell the first shape.
const FIRST_LOOK: usize = 40;
/// No author is longer, in bytes.
const LONGEST_AUTHOR: usize = 248;
/// So many different authors are told apart.
const MOST_AUTHORS: usize = 8192;

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

/// What the headers of a stretch have in common: their shape, and whether they
/// stand behind bare line feeds in a chat whose messages end with CR LF.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Form {
    shape: Shape,
    loose: bool,
}

/// One header that was met.
#[derive(Clone, Copy)]
struct Sighting {
    form: Form,
    fields: Fields,
    line: u64,
    named: Option<[u16; 3]>,
    /// How the line before ended: `None` for the first line of the file.
    after_crlf: Option<bool>,
    /// The number of its author, if it has one.
    author: Option<usize>,
}

/// Who writes in a survey's lines, and in which form first.
#[derive(Default)]
struct Authors {
    numbers: HashMap<Vec<u8>, usize>,
    forms: Vec<Form>,
}

/// A segment in the making.
#[derive(Clone, Copy)]
struct Stretch {
    form: Form,
    from_line: u64,
    headers: u64,
    /// Whether messages end with CR LF.
    crlf: bool,
    votes: Votes,
    /// The first and the last stamp.
    ends: [Fields; 2],
    /// Whether somebody writes in it who wrote in another form before.
    shared: bool,
    /// The year of the first date, if the day stands first and if the month does.
    years: [FirstYear; 2],
}

impl Stretch {
    fn begin(first: &Sighting, crlf: bool) -> Self {
        let mut stretch = Self {
            form: first.form,
            from_line: first.line,
            headers: 0,
            crlf,
            votes: Votes::default(),
            ends: [first.fields; 2],
            shared: false,
            years: [FirstYear::default(); 2],
        };
        stretch.see(first);
        stretch
    }

    fn see(&mut self, sighting: &Sighting) {
        self.headers += 1;
        self.votes.see(&sighting.fields, sighting.named);
        self.ends[1] = sighting.fields;
        if self.form.shape.year == YearAt::Seldom {
            let [first, second, year] = sighting.fields.date;
            self.years[0].see(second, first, year, sighting.named);
            self.years[1].see(first, second, year, sighting.named);
        }
    }

    /// Whether its beginning tells all that has to be known of it.
    fn is_settled(&self) -> bool {
        let placed = self.form.shape.year != YearAt::Seldom || self.years.iter().all(|y| y.found().is_some());
        placed && self.votes.is_settled(&self.form.shape)
    }

    fn finish(&self, hints: Hints) -> Segment {
        let dates = self.votes.decide(&self.form.shape, hints);
        Segment {
            from_line: self.from_line,
            shape: self.form.shape,
            dates,
            first_year: self.years[usize::from(dates.order == DateOrder::Mdy)].found(),
            after_crlf: self.crlf && !self.form.loose,
        }
    }

    /// The times of its first and its last line, in seconds.
    fn times(&self, clock: &mut Clock, hints: Hints) -> [Option<i64>; 2] {
        let order = self.votes.decide(&self.form.shape, hints).order;
        self.ends
            .map(|fields| clock.read(&fields, order, self.form.shape.year).ok().map(|stamp| stamp.seconds))
    }
}

impl Authors {
    /// The number of the author of a line's `rest`.
    fn number(&mut self, rest: &[u8], form: Form) -> Option<usize> {
        let head = &rest[..rest.len().min(LONGEST_AUTHOR)];
        let name = &head[..memchr::memmem::find(head, b": ")?];
        if let Some(number) = self.numbers.get(name) {
            return Some(*number);
        }
        if self.numbers.len() >= MOST_AUTHORS {
            return None;
        }
        // The same name with other marks is the same author.
        let key = Shown::read(&String::from_utf8_lossy(name)).key().as_bytes().to_vec();
        let number = *self.numbers.entry(key).or_insert_with(|| {
            self.forms.push(form);
            self.forms.len() - 1
        });
        self.numbers.insert(name.to_vec(), number);
        Some(number)
    }
}

/// Surveys lines until the end, or until at least `enough` bytes are seen and
/// have settled the date order. No message is of later than `today`.
///
/// # Errors
/// Whatever reading says.
pub fn survey(lines: &mut Lines<'_>, enough: Option<u64>, hints: Hints, today: Date) -> io::Result<Survey> {
    let mut first_look: Vec<Sighting> = Vec::with_capacity(FIRST_LOOK);
    let mut state: Option<State> = None;
    let mut plain = Plain::default();
    let mut authors = Authors::default();
    let (mut number, mut seen, mut after_crlf, mut whole) = (0, 0, None, true);
    while let Some(line) = lines.next()? {
        number += 1;
        seen += line.bytes.len() as u64;
        let current = state.as_ref().map(|state| &state.current.form.shape);
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
        if enough.is_some_and(|enough| seen >= enough) && settled() {
            whole = false;
            break;
        }
    }
    let state = state.or_else(|| State::from_first_look(&mut first_look, &authors));
    let segments = state.map(|s| s.finish(hints, today, after_crlf == Some(true))).unwrap_or_default();
    Ok(Survey { segments, whole })
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
        rival.shared |= sighting.author.is_some_and(|number| authors.forms[number] != rival.form);
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

/// The stretches of a file but for those that were pasted into others; `rest` is
/// what may have been about to begin at its end.
fn without_pastes(stretches: &[Stretch], rest: Option<&Stretch>, hints: Hints, today: Date) -> Vec<Stretch> {
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
