//! What the benchmarks share: CPU time of programs, in turns, and dice.

#![allow(dead_code, reason = "not every benchmark needs all of it")]

pub mod cards;
pub mod people;

use std::error::Error;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use nix::sys::resource::{UsageWho, getrusage};

/// Done, or why not.
pub type Done<T> = Result<T, Box<dyn Error>>;

/// Runs of each side.
const RUNS: usize = 9;

/// CPU seconds of both sides, in turns, the median of each.
pub fn in_turns(own: impl Fn() -> Done<f64>, other: impl Fn() -> Done<f64>) -> Done<(f64, f64)> {
    in_turns_of(RUNS, own, other)
}

/// As [`in_turns`], so many times.
pub fn in_turns_of(
    runs: usize,
    own: impl Fn() -> Done<f64>,
    other: impl Fn() -> Done<f64>,
) -> Done<(f64, f64)> {
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    own()?;
    other()?;
    for _ in 0..runs {
        ours.push(own()?);
        theirs.push(other()?);
    }
    Ok((median(&mut ours), median(&mut theirs)))
}

/// The middle one.
pub fn median(times: &mut [f64]) -> f64 {
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}

/// The CPU seconds of transhume, with a workspace of its own in `folder`.
pub fn program(folder: &Path, arguments: &[&str], paths: &[&PathBuf]) -> Done<f64> {
    let mut command = Command::new(env!("CARGO_BIN_EXE_transhume"));
    command.args(arguments).args(paths).env("TRANSHUME_WORKSPACE", folder.join("ws"));
    command.env("TRANSHUME_NOW", "2026-01-01T00:00:00Z");
    timed(&mut command)
}

/// The CPU seconds of a program over a file.
pub fn yardstick(name: &str, arguments: &[&str], path: &Path) -> Done<f64> {
    timed(Command::new(name).args(arguments).arg(path))
}

/// The CPU seconds that a command takes.
pub fn timed(command: &mut Command) -> Done<f64> {
    let before = children_seconds()?;
    let status = command.stdout(Stdio::null()).stderr(Stdio::null()).status()?;
    if !status.success() {
        return Err(format!("{command:?}: {status}").into());
    }
    Ok(children_seconds()? - before)
}

/// The CPU seconds of all children so far.
pub fn children_seconds() -> Done<f64> {
    let usage = getrusage(UsageWho::RUSAGE_CHILDREN)?;
    let seconds = |t: nix::sys::time::TimeVal| t.tv_sec() as f64 + t.tv_usec() as f64 / 1e6;
    Ok(seconds(usage.user_time()) + seconds(usage.system_time()))
}

/// The largest resident set of any child so far (MB).
pub fn largest_resident() -> Done<f64> {
    Ok(getrusage(UsageWho::RUSAGE_CHILDREN)?.max_rss() as f64 / 1024.0)
}

/// A small generator of numbers that is the same everywhere.
pub struct Dice(pub u64);

impl Dice {
    /// A number below `sides`.
    pub fn roll(&mut self, sides: usize) -> usize {
        // xorshift64*
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33) as usize % sides
    }
}
