//! Headers that look alike, gathered while a chat is surveyed: what makes them
//! alike, who writes under them, and what they tell of the order of dates.

use foldhash::HashMap;

use crate::model::finding::DateOrder;

use super::super::header::{Fields, Shape, YearAt};
use super::super::order::{Hints, Votes};
use super::super::people::Shown;
use super::super::stamp::Clock;
use super::super::years::FirstYear;
use super::Segment;

/// No author is longer, in bytes.
const LONGEST_AUTHOR: usize = 248;
/// So many different authors are told apart.
const MOST_AUTHORS: usize = 8192;

/// What the headers of a stretch have in common: their shape, and whether they
/// stand behind bare line feeds in a chat whose messages end with CR LF.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Form {
    pub(super) shape: Shape,
    pub(super) loose: bool,
}

/// One header that was met.
#[derive(Clone, Copy)]
pub(super) struct Sighting {
    pub(super) form: Form,
    pub(super) fields: Fields,
    pub(super) line: u64,
    pub(super) named: Option<[u16; 3]>,
    /// How the line before ended: `None` for the first line of the file.
    pub(super) after_crlf: Option<bool>,
    /// The number of its author, if it has one.
    pub(super) author: Option<usize>,
}

/// Who writes in a survey's lines, and in which forms: the first, and the first
/// that differs from it.
#[derive(Default)]
pub(super) struct Authors {
    numbers: HashMap<Vec<u8>, usize>,
    forms: Vec<(Form, Option<Form>)>,
}

/// A segment in the making.
#[derive(Clone, Copy)]
pub(super) struct Stretch {
    pub(super) form: Form,
    pub(super) from_line: u64,
    pub(super) headers: u64,
    /// Whether messages end with CR LF.
    pub(super) crlf: bool,
    pub(super) votes: Votes,
    /// The first and the last stamp.
    pub(super) ends: [Fields; 2],
    /// Whether somebody writes in it who wrote in another form before.
    pub(super) shared: bool,
    /// The year of the first date, if the day stands first and if the month does.
    pub(super) years: [FirstYear; 2],
}

impl Stretch {
    pub(super) fn begin(first: &Sighting, crlf: bool) -> Self {
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

    pub(super) fn see(&mut self, sighting: &Sighting) {
        self.headers += 1;
        self.votes.see(&sighting.fields, sighting.named);
        self.ends[1] = sighting.fields;
        if self.form.shape.year == YearAt::Seldom {
            let [first, second, year] = sighting.fields.date;
            self.years[0].see(second, first, year, sighting.named);
            self.years[1].see(first, second, year, sighting.named);
        }
    }

    /// Takes in a header of the same day as the last one, which tells nothing of
    /// the order of day and month.
    pub(super) fn pass_over(&mut self, fields: Fields) {
        self.headers += 1;
        self.ends[1] = fields;
    }

    /// Whether its beginning tells all that has to be known of it.
    pub(super) fn is_settled(&self) -> bool {
        let placed = self.form.shape.year != YearAt::Seldom || self.years.iter().all(|y| y.found().is_some());
        placed && self.votes.is_settled(&self.form.shape)
    }

    pub(super) fn finish(&self, hints: Hints) -> Segment {
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
    pub(super) fn times(&self, clock: &mut Clock, hints: Hints) -> [Option<i64>; 2] {
        let order = self.votes.decide(&self.form.shape, hints).order;
        self.ends
            .map(|fields| clock.read(&fields, order, self.form.shape.year).ok().map(|stamp| stamp.seconds))
    }
}

impl Authors {
    /// The number of the author of a line's `rest`.
    pub(super) fn number(&mut self, rest: &[u8], form: Form) -> Option<usize> {
        let head = &rest[..rest.len().min(LONGEST_AUTHOR)];
        let ends = |at: &usize| head.get(at + 1) == Some(&b' ');
        let name = &head[..memchr::memchr_iter(b':', head).find(ends)?];
        if let Some(number) = self.numbers.get(name).copied() {
            self.note(number, form);
            return Some(number);
        }
        if self.numbers.len() >= MOST_AUTHORS {
            return None;
        }
        // The same name with other marks is the same author.
        let key = Shown::read(&String::from_utf8_lossy(name)).key().as_bytes().to_vec();
        let number = *self.numbers.entry(key).or_insert_with(|| {
            self.forms.push((form, None));
            self.forms.len() - 1
        });
        self.numbers.insert(name.to_vec(), number);
        self.note(number, form);
        Some(number)
    }

    fn note(&mut self, number: usize, form: Form) {
        let (first, other) = &mut self.forms[number];
        if *first != form {
            other.get_or_insert(form);
        }
    }

    /// Whether an author was seen in another form than that one.
    pub(super) fn wrote_otherwise(&self, number: usize, form: &Form) -> bool {
        let (first, other) = &self.forms[number];
        first != form || other.is_some()
    }
}
