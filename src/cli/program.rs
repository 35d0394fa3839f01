//! Secrets that a command of the user's own tells, such as a password manager.
//! It may ask something on the terminal by itself.

#![expect(clippy::disallowed_types, reason = "the user's own commands are run here")]

use std::io::Read;
use std::process::{Command, Stdio};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::time::Duration;

use zeroize::Zeroizing;

use crate::check::session::LONGEST_TOKEN;
use crate::words::key;

use super::context::Context;
use super::exit::Exit;
use super::failure::Failure;

/// How often it is looked whether the user wants to stop.
const TICK: Duration = Duration::from_millis(50);

/// Runs a command by the system's shell and gives the first line that it
/// prints. The command itself is never shown: it may hold a secret.
///
/// # Errors
/// It cannot be run, fails, or prints nothing; the user asked to stop.
pub fn first_line(context: &Context, command: &str) -> Result<Zeroizing<String>, Failure> {
    let bad = |what: String| Failure::new(Exit::Usage, key::ERROR_SECRET_COMMAND).about(what);
    let (shell, flag) = if cfg!(windows) { ("cmd", "/C") } else { ("sh", "-c") };
    let mut child = Command::new(shell)
        .args([flag, command])
        .stdin(if context.may_ask { Stdio::inherit() } else { Stdio::null() })
        .stdout(Stdio::piped())
        .spawn()
        .map_err(|error| bad(error.to_string()))?;
    let Some(stdout) = child.stdout.take() else { return Err(bad(String::new())) };
    let told = pieces(stdout);
    let mut first = Zeroizing::new(Vec::with_capacity(LONGEST_TOKEN));
    let (mut ended, mut is_open) = (None, true);
    // What it leaves running can hold its output open for as long as it likes.
    while ended.is_none() || is_open && !first.contains(&b'\n') {
        match told.recv_timeout(TICK) {
            Ok(piece) if !first.contains(&b'\n') => {
                let room = LONGEST_TOKEN.saturating_sub(first.len());
                first.extend_from_slice(piece.get(..room).unwrap_or(&piece));
            }
            Ok(_) => {}
            Err(RecvTimeoutError::Timeout) if ended.is_some() => break,
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => {
                is_open = false;
                std::thread::sleep(if ended.is_none() { TICK / 10 } else { Duration::ZERO });
            }
        }
        if context.meter.stopped() {
            let _ = child.kill();
            let _ = child.wait();
            return Err(Failure::new(Exit::Interrupted, key::ERROR_INTERRUPTED));
        }
        if ended.is_none() {
            ended = child.try_wait().map_err(|error| bad(error.to_string()))?;
        }
    }
    if let Some(ended) = ended.filter(|ended| !ended.success()) {
        return Err(bad(ended.to_string()));
    }
    let line = first.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let line = std::str::from_utf8(line).map_err(|error| bad(error.to_string()))?.trim_end_matches('\r');
    if line.is_empty() { Err(bad("…".to_owned())) } else { Ok(Zeroizing::new(line.to_owned())) }
}

/// What a program prints, as it comes. It is read to its end even if nobody
/// listens any more, so that it can say the rest in peace.
fn pieces(mut output: impl Read + Send + 'static) -> Receiver<Zeroizing<Vec<u8>>> {
    let (tell, told) = mpsc::channel();
    std::thread::spawn(move || {
        let mut piece = Zeroizing::new(vec![0; LONGEST_TOKEN]);
        while let Ok(count @ 1..) = output.read(&mut piece) {
            let _ = tell.send(Zeroizing::new(piece.get(..count).unwrap_or_default().to_vec()));
        }
    });
    told
}
