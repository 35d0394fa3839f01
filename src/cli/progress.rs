//! The progress bar: on stderr, on a terminal only, with the whole total. What
//! else is said meanwhile is said beside it, never on its line.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;

use console::Term;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use unicode_width::UnicodeWidthStr;

use crate::workspace::meter::Meter;

use super::printer::Printer;
use super::screen::{MARGIN, Screen};

/// Knows the bar that is drawn at the moment, for whoever has something to say
/// meanwhile.
#[derive(Clone, Default)]
pub struct Board(Arc<Mutex<Option<ProgressBar>>>);

impl Board {
    /// Does something on the terminal while no bar is there.
    pub fn aside<T>(&self, act: impl FnOnce() -> T) -> T {
        let bar = self.0.lock().unwrap_or_else(PoisonError::into_inner).clone();
        match bar {
            Some(bar) => bar.suspend(act),
            None => act(),
        }
    }

    fn show(&self, bar: Option<ProgressBar>) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = bar;
    }
}

/// A bar, there until it is dropped.
pub struct Progress {
    bar: ProgressBar,
    board: Board,
    done: Arc<AtomicBool>,
    follower: Option<JoinHandle<()>>,
}

impl Progress {
    /// A bar for so many things, each told by [`Progress::advance`], on a board.
    pub fn count(total: usize, message: String, printer: &Printer, board: &Board) -> Self {
        let bar = bar(total as u64, message, "{human_pos}/{human_len} {eta}", printer);
        bar.tick();
        board.show(Some(bar.clone()));
        Self { bar, board: board.clone(), done: Arc::default(), follower: None }
    }

    /// Does something on the terminal while the bar is away.
    pub fn aside<T>(&self, act: impl FnOnce() -> T) -> T {
        self.bar.suspend(act)
    }

    /// So many more are done.
    pub fn advance(&self, by: usize) {
        self.bar.inc(by as u64);
    }

    /// Begins to follow a meter up to `total` bytes.
    pub fn follow(meter: &Meter, total: u64, message: String, printer: &Printer) -> Self {
        let bar = bar(total, message, "{bytes}/{total_bytes} {eta}", printer);
        let done = Arc::new(AtomicBool::new(false));
        let follower = (!bar.is_hidden()).then(|| {
            let (bar, done, meter) = (bar.clone(), Arc::clone(&done), meter.clone());
            std::thread::spawn(move || {
                while !done.load(Ordering::Relaxed) {
                    // Files that need a second look are read twice.
                    bar.set_position(meter.bytes().min(total));
                    std::thread::sleep(Duration::from_millis(80));
                }
            })
        });
        Self { bar, board: Board::default(), done, follower }
    }
}

/// How many columns a bar has that has all the room it wants, and one that is worth
/// drawing.
const WIDEST: usize = 30;
const NARROWEST: usize = 5;

/// How many columns the longest counts take: `123.45 MiB/123.45 MiB 10m`.
const COUNTS: usize = 26;

/// So often a second a bar is drawn.
const DRAWN: u8 = 20;

/// A bar of the width that is left for it: one that went over the edge could not be taken
/// away again.
fn bar(total: u64, message: String, counts: &str, printer: &Printer) -> ProgressBar {
    let taken = message.width() + 1 + 1 + COUNTS + usize::from(MARGIN);
    let style = match printer.columns().saturating_sub(taken).min(WIDEST) {
        width @ NARROWEST.. => format!("{{msg}} {{bar:{width}}} {counts}"),
        _ => format!("{{msg}} {counts}"),
    };
    let target = match printer.shows_progress() {
        // Not on a terminal that can draw nothing.
        true if !ProgressDrawTarget::stderr().is_hidden() => {
            let screen = Screen(Term::buffered_stderr());
            ProgressDrawTarget::term_like_with_hz(Box::new(screen), DRAWN)
        }
        _ => ProgressDrawTarget::hidden(),
    };
    let bar = ProgressBar::with_draw_target(Some(total), target).with_message(message);
    bar.set_style(ProgressStyle::with_template(&style).unwrap_or_else(|_| ProgressStyle::default_bar()));
    bar
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.done.store(true, Ordering::Relaxed);
        if let Some(follower) = self.follower.take() {
            let _ = follower.join();
        }
        self.board.show(None);
        self.bar.finish_and_clear();
    }
}
