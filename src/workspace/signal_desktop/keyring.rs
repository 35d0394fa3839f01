//! The password of a sealed key, asked of the system's keyring by the keyring's
//! own tool.

#![expect(clippy::disallowed_types, reason = "the keyring's tool is run here")]

use std::process::{Command, Stdio};
use std::time::Duration;

use zeroize::Zeroizing;

use crate::model::{Code, Problem};
use crate::read::signal::desktop::Vault;
use crate::workspace::databases::Trouble;
use crate::workspace::meter::Meter;
use crate::workspace::program::{self, Silence};

/// No password is longer.
const LONGEST: usize = 1024;
/// So long a tool may wait for the user to unlock the keyring.
const PATIENCE: Duration = Duration::from_mins(2);

/// The command that asks for the password of Signal Desktop.
fn words_of(vault: Vault) -> &'static [&'static str] {
    match vault {
        Vault::Libsecret => &["secret-tool", "lookup", "application", "Signal"],
        Vault::Kwallet => {
            &["kwallet-query", "kdewallet", "-f", "Chromium Keys", "-r", "Chromium Safe Storage"]
        }
        Vault::Keychain => &["security", "find-generic-password", "-ws", "Signal Safe Storage"],
    }
}

/// The same, as it would be typed.
pub fn line_of(vault: Vault) -> String {
    let quoted = |word: &&str| if word.contains(' ') { format!("'{word}'") } else { (*word).to_owned() };
    words_of(vault).iter().map(quoted).collect::<Vec<_>>().join(" ")
}

/// Asks for the password.
pub(super) fn password(vault: Vault, meter: &Meter) -> Result<Zeroizing<String>, Trouble> {
    let (name, arguments) = words_of(vault).split_first().unwrap_or((&"", &[]));
    let mut command = Command::new(name);
    command.args(arguments).stdin(Stdio::null()).stderr(Stdio::null());
    program::first_line(&mut command, LONGEST, Some(PATIENCE), meter).map_err(|silence| match silence {
        Silence::Stopped => Trouble::Stopped,
        other => {
            let told = format!("{} ({other})", line_of(vault));
            Trouble::Problem(Problem::new(Code::SignalDesktopKeyring).quoting(told))
        }
    })
}
