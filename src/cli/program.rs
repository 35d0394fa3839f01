//! Secrets that a command of the user's own tells, such as a password manager.
//! It may ask something on the terminal by itself.

#![expect(clippy::disallowed_types, reason = "the user's own commands are run here")]

use std::io::Read;
use std::process::{Command, Stdio};
use std::sync::mpsc::{self, RecvTimeoutError};
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
    let (tell, told) = mpsc::channel();
    std::thread::spawn(move || {
        let mut bytes = Zeroizing::new(Vec::with_capacity(LONGEST_TOKEN));
        let read = stdout.take(LONGEST_TOKEN as u64).read_to_end(&mut bytes);
        let _ = tell.send(read.map(|_| bytes));
    });
    let read = loop {
        match told.recv_timeout(TICK) {
            Err(RecvTimeoutError::Timeout) if context.meter.stopped() => {
                let _ = child.kill();
                let _ = child.wait();
                return Err(Failure::new(Exit::Interrupted, key::ERROR_INTERRUPTED));
            }
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => return Err(bad(String::new())),
            Ok(read) => break read.map_err(|error| bad(error.to_string()))?,
        }
    };
    let ended = child.wait().map_err(|error| bad(error.to_string()))?;
    if !ended.success() {
        return Err(bad(ended.to_string()));
    }
    let text = std::str::from_utf8(&read).map_err(|error| bad(error.to_string()))?;
    let line = text.lines().next().unwrap_or_default();
    if line.is_empty() { Err(bad("…".to_owned())) } else { Ok(Zeroizing::new(line.to_owned())) }
}
