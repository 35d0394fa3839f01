//! The terminal as a progress bar has it: a little narrower than it is.
//!
//! A bar is filled up to the edge, so that what comes next begins a line. What the
//! terminal itself writes of Ctrl-C (`^C`) would begin one as well, and the bar above it
//! would stay when it is taken away.

use std::io;

use console::Term;
use indicatif::TermLike;

/// The columns that are left free: `^C`, and one for the cursor.
pub const MARGIN: u16 = 3;

/// A terminal with a margin.
#[derive(Debug)]
pub struct Screen(pub Term);

impl TermLike for Screen {
    fn width(&self) -> u16 {
        TermLike::width(&self.0).saturating_sub(MARGIN)
    }

    fn height(&self) -> u16 {
        TermLike::height(&self.0)
    }

    fn move_cursor_up(&self, lines: usize) -> io::Result<()> {
        self.0.move_cursor_up(lines)
    }

    fn move_cursor_down(&self, lines: usize) -> io::Result<()> {
        self.0.move_cursor_down(lines)
    }

    fn move_cursor_right(&self, columns: usize) -> io::Result<()> {
        self.0.move_cursor_right(columns)
    }

    fn move_cursor_left(&self, columns: usize) -> io::Result<()> {
        self.0.move_cursor_left(columns)
    }

    fn write_line(&self, text: &str) -> io::Result<()> {
        self.0.write_line(text)
    }

    fn write_str(&self, text: &str) -> io::Result<()> {
        self.0.write_str(text)
    }

    fn clear_line(&self) -> io::Result<()> {
        self.0.clear_line()
    }

    fn flush(&self) -> io::Result<()> {
        self.0.flush()
    }
}
