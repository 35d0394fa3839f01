//! The report on a terminal: plain lines that fit 80 columns.
//!
//! Names come through [`escape::terminal`] and are
//! cut to their column; everything else is wrapped, never cut. Colour only
//! stresses what the words say already. On a narrow screen tables turn into
//! lists, and below [`NARROWEST`] columns lines run over the edge rather than
//! lose anything. Read aloud, everything is a line of its own, whatever the screen.

mod check;
mod layout;
mod people;
mod plan;
pub mod qr;
mod review;
mod runs;
mod status;
mod summary;
mod why;

pub use check::check;
pub use people::{contact_card, contact_table};
pub use plan::{Extent, plan};
pub use review::{question, questions};
pub use runs::{runs_diff, undo};
pub use status::status;
pub use summary::summary;
pub use why::why;

use unicode_width::UnicodeWidthStr;

use super::abridged::abridged;
use super::view::ProblemView;
use super::{grounds, phrase};
use crate::model::Problem;
use crate::words::escape;
use crate::words::{Words, key};

/// Nothing is laid out for less than so many columns.
pub const NARROWEST: usize = 20;

/// How to write to this terminal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Style {
    /// Whether ANSI sequences may be used.
    pub colour: bool,
    /// How many columns there are.
    pub width: usize,
    /// Whether it is read aloud: one line for each thing, and nothing drawn.
    pub plain: bool,
}

/// So wide that nothing is wrapped, for whoever has it read aloud.
const UNWRAPPED: usize = 100_000;

impl Default for Style {
    /// A pipe, or a terminal of which nothing is known.
    fn default() -> Self {
        Self { colour: false, width: 80, plain: false }
    }
}

impl Style {
    /// Stresses own text.
    fn strong(self, text: &str) -> String {
        if self.colour { format!("\u{1b}[1m{text}\u{1b}[0m") } else { text.to_owned() }
    }

    /// The columns to lay out for.
    fn columns(self) -> usize {
        if self.plain { UNWRAPPED } else { self.width.max(NARROWEST) }
    }
}

/// Paragraphs, their lines no wider than the screen where that can be: the
/// first stands out, the others stand in.
pub fn paragraphs(texts: &[String], style: Style) -> String {
    let mut out = String::new();
    for (at, text) in texts.iter().enumerate() {
        layout::paragraph(&mut out, if at == 0 { "" } else { layout::INDENT }, text, style);
    }
    out
}

/// Sentences as they are, but for lines that are wider than the screen.
pub fn sentences(text: &str, style: Style) -> String {
    let mut out = String::new();
    for line in text.lines() {
        if line.width() > style.columns() {
            layout::paragraph(&mut out, "", line, style);
        } else {
            out.push_str(line);
            out.push('\n');
        }
    }
    out
}

/// One line a problem: `error: path:line: what (hint)`. Lines are not
/// wrapped, so that they can be searched; of many alike only some are told.
pub fn problems(problems: &[Problem], words: &Words, style: Style) -> String {
    let mut lines = String::new();
    for problem in &abridged(problems, words, |problem| ProblemView::new(words, problem)) {
        let mut what = problem.what.clone();
        if !problem.hint.is_empty() {
            let values = [("what", what.as_str().into()), ("hint", problem.hint.as_str().into())];
            what = words.say_with(key::REPORT_HINT, &values);
        }
        if let Some(path) = &problem.path {
            let place = escape::terminal_uncut(&grounds::place(path, problem.line));
            let values = [("place", (&place).into()), ("what", what.as_str().into())];
            what = words.say_with(key::REPORT_AT, &values);
        }
        let severity = style.strong(&phrase::severity(problem.severity, words));
        let values = [("severity", severity.as_str().into()), ("what", what.as_str().into())];
        lines.push_str(&words.say_with(key::REPORT_PROBLEM, &values));
        lines.push('\n');
    }
    lines
}

#[cfg(test)]
mod tests;
