//! The progress bar: on stderr, on a terminal only, with the whole total.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::workspace::meter::Meter;

use super::printer::Printer;

/// A bar, there until it is dropped.
pub struct Progress {
    bar: ProgressBar,
    done: Arc<AtomicBool>,
    follower: Option<JoinHandle<()>>,
}

impl Progress {
    /// A bar for so many things, each told by [`Progress::advance`].
    pub fn count(total: usize, message: String, printer: &Printer) -> Self {
        let style = "{msg} {bar:30} {human_pos}/{human_len} {eta}";
        let bar = bar(total as u64, message, style, printer);
        bar.tick();
        Self { bar, done: Arc::default(), follower: None }
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
        let bar = bar(total, message, "{msg} {bar:30} {bytes}/{total_bytes} {eta}", printer);
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
        Self { bar, done, follower }
    }
}

fn bar(total: u64, message: String, style: &str, printer: &Printer) -> ProgressBar {
    let target = match printer.shows_progress() {
        true => ProgressDrawTarget::stderr(),
        false => ProgressDrawTarget::hidden(),
    };
    let bar = ProgressBar::with_draw_target(Some(total), target).with_message(message);
    bar.set_style(ProgressStyle::with_template(style).unwrap_or_else(|_| ProgressStyle::default_bar()));
    bar
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.done.store(true, Ordering::Relaxed);
        if let Some(follower) = self.follower.take() {
            let _ = follower.join();
        }
        self.bar.finish_and_clear();
    }
}
