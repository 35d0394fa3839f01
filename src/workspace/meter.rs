//! Counts the bytes that are read, for the progress bar, and stops reading
//! when the user asked to stop.

use std::io::{self, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

/// Shared between whoever reads and whoever shows the progress.
#[derive(Clone, Debug, Default)]
pub struct Meter {
    read: Arc<AtomicU64>,
    stop: Arc<AtomicBool>,
}

impl Meter {
    /// A meter that stops reading when `stop` becomes true.
    pub fn new(stop: Arc<AtomicBool>) -> Self {
        Self { read: Arc::default(), stop }
    }

    /// How many bytes were read.
    pub fn bytes(&self) -> u64 {
        self.read.load(Ordering::Relaxed)
    }

    /// Whether the user asked to stop.
    pub fn stopped(&self) -> bool {
        self.stop.load(Ordering::Relaxed)
    }

    /// The flag that says so, for whoever waits for something else than bytes.
    pub fn stop_flag(&self) -> Arc<AtomicBool> {
        Arc::clone(&self.stop)
    }

    /// Counts what is read from `source`.
    pub fn watch<R: Read>(&self, source: R) -> Watched<R> {
        Watched { source, meter: self.clone() }
    }
}

/// The error with which reading ends when the user asked to stop.
#[derive(Debug, thiserror::Error)]
#[error("stopped")]
pub struct Stopped;

/// Whether reading ended because the user asked to stop.
pub fn is_stop(error: &io::Error) -> bool {
    error
        .get_ref()
        .is_some_and(<dyn std::error::Error + std::marker::Send + std::marker::Sync + 'static>::is::<Stopped>)
}

/// A watched source.
#[derive(Clone, Debug)]
pub struct Watched<R> {
    source: R,
    meter: Meter,
}

impl<R: Read> Read for Watched<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        if self.meter.stopped() {
            return Err(io::Error::other(Stopped));
        }
        let got = self.source.read(out)?;
        self.meter.read.fetch_add(got as u64, Ordering::Relaxed);
        Ok(got)
    }
}

impl<R: io::Seek> io::Seek for Watched<R> {
    fn seek(&mut self, to: io::SeekFrom) -> io::Result<u64> {
        self.source.seek(to)
    }
}
