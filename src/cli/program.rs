//! Secrets that a command of the user's own tells, such as a password manager.

#![expect(clippy::disallowed_types, reason = "the user's own commands are run here")]

use std::process::{Command, Stdio};

use zeroize::Zeroizing;

use crate::check::session::LONGEST_TOKEN;
use crate::words::key;
use crate::workspace::program::{self, Silence};

use super::context::Context;
use super::exit::Exit;
use super::failure::Failure;

/// Runs a command by the system's shell and gives the first line that it
/// prints. The command itself is never shown: it may hold a secret.
///
/// # Errors
/// It cannot be run, fails, or prints nothing; the user asked to stop.
pub fn first_line(context: &Context, command: &str) -> Result<Zeroizing<String>, Failure> {
    let (shell, flag) = if cfg!(windows) { ("cmd", "/C") } else { ("sh", "-c") };
    let mut shell = Command::new(shell);
    shell.args([flag, command]).stdin(if context.may_ask { Stdio::inherit() } else { Stdio::null() });
    program::first_line(&mut shell, LONGEST_TOKEN, None, &context.meter).map_err(|silence| match silence {
        Silence::Stopped => Failure::new(Exit::Interrupted, key::ERROR_INTERRUPTED),
        other => Failure::new(Exit::Usage, key::ERROR_SECRET_COMMAND).about(other.to_string()),
    })
}
