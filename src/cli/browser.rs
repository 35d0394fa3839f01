//! The user's browser: the one that `BROWSER` names, else the system's.

#![expect(clippy::disallowed_types, reason = "the browser is started here")]

use std::process::{Command, Stdio};

use url::Url;

/// Opens a page. A browser that cannot be had is no matter: where to go was
/// said as well.
pub fn open(url: &Url) {
    // No other scheme may start whatever program answers to it.
    if !matches!(url.scheme(), "https" | "http") {
        return;
    }
    let named = std::env::var("BROWSER").unwrap_or_default();
    let named = named.split(':').map(str::trim).filter(|command| !command.is_empty());
    let system = if cfg!(windows) {
        "rundll32 url.dll,FileProtocolHandler"
    } else if cfg!(target_os = "macos") {
        "open"
    } else {
        "xdg-open"
    };
    let _ = named.chain([system]).find(|command| start(command, url));
}

/// Starts a command with the URL in the place of `%s`, or after it. There is no
/// shell in between that would read anything in the URL.
fn start(command: &str, url: &Url) -> bool {
    let mut words: Vec<String> = command.split_whitespace().map(|w| w.replace("%s", url.as_str())).collect();
    if !command.contains("%s") {
        words.push(url.to_string());
    }
    let Some((program, arguments)) = words.split_first() else { return false };
    Command::new(program)
        .args(arguments)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .is_ok()
}
