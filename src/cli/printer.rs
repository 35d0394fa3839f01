//! Data goes to stdout, everything else to stderr. A reader that goes away
//! (`| head`) is no error.

use std::io::{self, IsTerminal, Write};

use serde::Serialize;

use crate::report::terminal::{self, Style};
use crate::words::escape::to_json_line;

use super::args::{Colour, Common};

/// Writes what commands have to say.
#[derive(Clone, Copy, Debug)]
pub struct Printer {
    /// JSON instead of text.
    pub json: bool,
    quiet: bool,
    verbose: bool,
    colour: bool,
    plain: bool,
}

impl Printer {
    /// A printer as the arguments and the terminal want it.
    pub fn new(common: &Common) -> Self {
        let set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
        let dumb = std::env::var_os("TERM").is_some_and(|term| term == "dumb");
        let colour = match common.color {
            Colour::Always => true,
            Colour::Never => false,
            Colour::Auto => !set("NO_COLOR") && !dumb && io::stdout().is_terminal(),
        };
        Self { json: common.json, quiet: common.quiet, verbose: common.verbose, colour, plain: common.plain }
    }

    /// How text is laid out.
    pub fn style(&self) -> Style {
        Style { colour: self.colour, width: self.columns().clamp(1, 120), plain: self.plain }
    }

    /// How many columns the terminal has.
    pub fn columns(&self) -> usize {
        let columns = std::env::var("COLUMNS").ok().and_then(|c| c.parse().ok());
        columns.or_else(terminal_width).unwrap_or(80)
    }

    /// Whether a progress bar has a place.
    pub fn shows_progress(&self) -> bool {
        !self.quiet && !self.json && !self.plain && io::stderr().is_terminal()
    }

    /// Whether what is said is read aloud.
    pub fn is_plain(&self) -> bool {
        self.plain
    }

    /// Whether the user wants to be told only what matters.
    pub fn is_quiet(&self) -> bool {
        self.quiet
    }

    /// Whether the user wants to be told more.
    pub fn is_verbose(&self) -> bool {
        self.verbose
    }

    /// Prints data.
    ///
    /// # Errors
    /// Whatever stdout says; a reader that went away included.
    pub fn data(&self, text: &str) -> io::Result<()> {
        let mut out = io::stdout().lock();
        out.write_all(text.as_bytes())?;
        if !text.ends_with('\n') {
            out.write_all(b"\n")?;
        }
        out.flush()
    }

    /// Prints an object as a line of JSON.
    ///
    /// # Errors
    /// Whatever stdout says.
    pub fn json(&self, value: &impl Serialize) -> io::Result<()> {
        self.data(&to_json_line(value)?)
    }

    /// Prints a text that is read by people, or the same as an object of this
    /// schema.
    ///
    /// # Errors
    /// Whatever stdout says.
    pub fn text(&self, schema: &'static str, text: &str) -> io::Result<()> {
        #[derive(Serialize)]
        struct TextView<'a> {
            schema: &'static str,
            text: &'a str,
        }
        if self.json { self.json(&TextView { schema, text }) } else { self.data(text) }
    }

    /// Prints what would be done: that is what a dry run is for, but no JSON.
    ///
    /// # Errors
    /// Whatever stdout says.
    pub fn would(&self, text: &str) -> io::Result<()> {
        if self.json {
            self.complain(text);
            return Ok(());
        }
        self.data(text)
    }

    /// Says something beside the data.
    pub fn note(&self, text: &str) {
        if !self.quiet {
            self.insist(text);
        }
    }

    /// Says sentences that must be said even if quiet; on a terminal none of their words
    /// is broken at its edge.
    pub fn insist(&self, text: &str) {
        match io::stderr().is_terminal() {
            true => self.complain(terminal::sentences(text, self.style()).trim_end_matches('\n')),
            false => self.complain(text),
        }
    }

    /// Says something that must be said even if quiet, as it is.
    pub fn complain(&self, text: &str) {
        // Where nobody listens there is nobody to tell.
        let _ = writeln!(io::stderr().lock(), "{text}");
    }
}

/// The width of the terminal, where stdout is one.
fn terminal_width() -> Option<usize> {
    let table = comfy_table::Table::new();
    table.width().map(usize::from).filter(|width| *width > 0)
}
