//! Programs that tell a secret: a password manager, a keyring's own tool. They
//! may ask something on the terminal, or in a window, by themselves.

#![expect(clippy::disallowed_types, reason = "the user's own programs are run here")]
#![expect(clippy::disallowed_methods, reason = "it is measured how long they take")]

use std::io::{self, Read};
use std::process::{Command, Stdio};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use zeroize::Zeroizing;

use super::meter::Meter;

/// How often it is looked whether the user wants to stop.
const TICK: Duration = Duration::from_millis(50);

/// Why a program told nothing.
#[derive(Debug, thiserror::Error)]
pub enum Silence {
    /// The user asked to stop.
    #[error("stopped")]
    Stopped,
    /// It could not be run, or failed.
    #[error("{0}")]
    Failed(String),
    /// It printed nothing.
    #[error("it printed nothing")]
    Nothing,
    /// Its first line is longer than any secret.
    #[error("more than {0} bytes in its first line")]
    TooLong(usize),
    /// It took longer than anybody would wait.
    #[error("no answer after {0:?}")]
    Late(Duration),
}

impl From<io::Error> for Silence {
    fn from(error: io::Error) -> Self {
        Silence::Failed(error.to_string())
    }
}

/// Runs a program and gives the first line that it prints, of no more than `longest`
/// bytes. It is ended when it takes longer than `patience`.
///
/// # Errors
/// See [`Silence`].
pub fn first_line(
    command: &mut Command,
    longest: usize,
    patience: Option<Duration>,
    meter: &Meter,
) -> Result<Zeroizing<String>, Silence> {
    let begun = Instant::now();
    let mut child = command.stdout(Stdio::piped()).spawn()?;
    let Some(stdout) = child.stdout.take() else { return Err(Silence::Nothing) };
    let (first, told) = beginning(stdout, longest);
    let (mut ended, mut is_open) = (None, true);
    // What it leaves running can hold its output open for as long as it likes.
    while ended.is_none() || is_open && !guard(&first).contains(&b'\n') {
        match told.recv_timeout(TICK) {
            Ok(()) => {}
            Err(RecvTimeoutError::Timeout) if ended.is_some() => break,
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => {
                is_open = false;
                std::thread::sleep(if ended.is_none() { TICK / 10 } else { Duration::ZERO });
            }
        }
        let late = patience.filter(|patience| begun.elapsed() > *patience && ended.is_none());
        if meter.stopped() || late.is_some() {
            let _ = child.kill();
            let _ = child.wait();
            return Err(late.filter(|_| !meter.stopped()).map_or(Silence::Stopped, Silence::Late));
        }
        if ended.is_none() {
            ended = child.try_wait()?;
        }
    }
    if let Some(ended) = ended.filter(|ended| !ended.success()) {
        return Err(Silence::Failed(ended.to_string()));
    }
    let first = guard(&first);
    let line = first.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let line = std::str::from_utf8(line).map_err(|error| Silence::Failed(error.to_string()))?;
    match line.trim_end_matches('\r') {
        line if line.len() > longest => Err(Silence::TooLong(longest)),
        "" => Err(Silence::Nothing),
        line => Ok(Zeroizing::new(line.to_owned())),
    }
}

/// What a program printed first, as far as it has come: a line, or more bytes than a line
/// may have.
type First = Arc<Mutex<Zeroizing<Vec<u8>>>>;

/// Listens to what a program prints, and tells whenever there is more. It is read to its
/// end even if nobody listens any more, so that it can say the rest in peace; but of that
/// nothing is kept.
fn beginning(mut output: impl Read + Send + 'static, longest: usize) -> (First, Receiver<()>) {
    let (tell, told) = mpsc::sync_channel(1);
    // With the end of the line, and room to see that there is more.
    let enough = longest.saturating_add(3);
    let first = First::new(Mutex::new(Zeroizing::new(Vec::with_capacity(enough))));
    let heard = Arc::clone(&first);
    std::thread::spawn(move || {
        let mut piece = Zeroizing::new(vec![0; enough]);
        while let Ok(count @ 1..) = output.read(&mut piece) {
            let mut heard = guard(&heard);
            let room = enough.saturating_sub(heard.len()).min(count);
            heard.extend_from_slice(piece.get(..room).unwrap_or_default());
            let _ = tell.try_send(());
        }
    });
    (first, told)
}

fn guard(first: &First) -> MutexGuard<'_, Zeroizing<Vec<u8>>> {
    first.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    fn run(script: &str, patience: Option<Duration>) -> Result<String, Silence> {
        let mut command = Command::new("sh");
        command.args(["-c", script]).stdin(Stdio::null()).stderr(Stdio::null());
        first_line(&mut command, 64, patience, &Meter::default()).map(|line| line.to_string())
    }

    #[test]
    fn the_first_line_is_told() {
        assert_eq!(run("printf 'one\\r\\ntwo'", None).unwrap(), "one");
        assert_eq!(run("printf bare", None).unwrap(), "bare");
        // What comes after it is not kept, however much it is.
        assert_eq!(run("echo one; yes | head -c 100000000", None).unwrap(), "one");
        for (count, good) in [(64, true), (65, false), (100_000, false)] {
            let told = run(&format!("yes a | tr -d '\\n' | head -c {count}; echo"), None);
            assert_eq!(told.is_ok_and(|told| told == "a".repeat(64)), good, "{count}");
        }
    }

    #[test]
    fn a_program_that_fails_or_says_nothing_tells_nothing() {
        assert!(matches!(run("echo secret; exit 3", None), Err(Silence::Failed(_))));
        assert!(matches!(run("true", None), Err(Silence::Nothing)));
        assert!(matches!(run("printf '\\377'", None), Err(Silence::Failed(_))));
        let none = first_line(&mut Command::new("/nonexistent/program"), 64, None, &Meter::default());
        assert!(matches!(none, Err(Silence::Failed(_))));
    }

    #[test]
    fn a_program_that_hangs_is_ended() {
        let begun = Instant::now();
        let late = run("exec sleep 60", Some(Duration::from_millis(200)));
        assert!(matches!(late, Err(Silence::Late(_))), "{late:?}");
        assert!(begun.elapsed() < Duration::from_secs(30));
    }
}
