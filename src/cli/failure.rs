//! Why a command could not do its work: what happened, what to do, and the
//! exit code that says so to scripts.

use std::time::Duration;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde::Serialize;

use crate::check::place::masked;
use crate::check::trouble::{TlsFault, Trouble};
use crate::invite::{Fault, TextKind, Tongue, Wrong};
use crate::model::{Foreign, Moment};
use crate::words::escape::{self, Shown};
use crate::words::{Key, Value, Words, key};
use crate::workspace::inputs::Stopped;
use crate::workspace::output::OutputError;
use crate::workspace::templates::TemplatesError;
use crate::workspace::{WorkspaceError, clock};

use super::exit::Exit;
use super::printer::Printer;
use super::wait;

/// Why a command failed. The sentence under the key has a `.hint`.
#[derive(Debug)]
pub struct Failure {
    /// The exit code.
    pub exit: Exit,
    key: Key,
    /// What the sentence quotes, as `$it`.
    it: Option<Shown>,
    /// What else it quotes, by the names of the variables.
    more: Vec<(&'static str, Shown)>,
    /// For how long a server wants to be left alone, and since when, as `$wait`.
    wait: Option<(Duration, Timestamp)>,
}

impl Failure {
    /// A failure with a sentence of its own.
    pub fn new(exit: Exit, key: Key) -> Self {
        Self { exit, key, it: None, more: Vec::new(), wait: None }
    }

    /// Adds what the sentence quotes.
    pub fn about(mut self, it: impl Into<smol_str::SmolStr>) -> Self {
        self.it = Some(escape::terminal_uncut(&Foreign::new(it)));
        self
    }

    /// Adds what else the sentence quotes.
    pub fn with(mut self, variable: &'static str, text: impl Into<smol_str::SmolStr>) -> Self {
        self.more.push((variable, escape::terminal_uncut(&Foreign::new(text))));
        self
    }

    /// What happened, and what to do.
    pub fn text(&self, words: &Words) -> (String, String) {
        let it = self.it.as_ref().map_or(Value::Own(""), Value::Shown);
        let until = |(wait, since)| wait::until(words, wait, since, &TimeZone::system());
        let wait = self.wait.map(until).unwrap_or_default();
        let mut values = vec![("it", it), ("wait", wait.as_str().into())];
        values.extend(self.more.iter().map(|(variable, shown)| (*variable, Value::Shown(shown))));
        (words.say_with(self.key, &values), words.attr_with(self.key, "hint", &values))
    }

    /// Tells the user, and a program that reads along.
    pub fn say(&self, printer: &Printer, words: &Words) {
        if printer.json
            && let Err(error) = printer.json(&self.json(words))
            && error.kind() != std::io::ErrorKind::BrokenPipe
        {
            printer.complain(&error.to_string());
        }
        let (what, hint) = self.text(words);
        printer.insist(&format!("transhume: {what}"));
        if !hint.is_empty() {
            printer.insist(&hint);
        }
    }

    /// From when on the server may be asked again, where it said so.
    pub fn again(&self) -> Option<Moment> {
        let (wait, since) = self.wait?;
        since.checked_add(wait).ok().map(Moment::instant)
    }

    /// The same as a JSON object.
    pub fn json(&self, words: &Words) -> ErrorView {
        let (what, hint) = self.text(words);
        ErrorView { schema: "transhume.error/1", exit: self.exit.code(), code: self.key.id(), what, hint }
    }
}

/// A failure in JSON.
#[derive(Debug, Serialize)]
pub struct ErrorView {
    schema: &'static str,
    exit: u8,
    code: &'static str,
    what: String,
    hint: String,
}

impl From<WorkspaceError> for Failure {
    fn from(error: WorkspaceError) -> Self {
        match error {
            WorkspaceError::Locked { pid } => {
                let failure = Failure::new(Exit::Locked, key::ERROR_LOCKED);
                failure.about(pid.map(|pid| pid.to_string()).unwrap_or_default())
            }
            WorkspaceError::Newer { found, .. } => {
                Failure::new(Exit::Usage, key::ERROR_NEWER).about(found.to_string())
            }
            WorkspaceError::Damaged(what) => Failure::new(Exit::Internal, key::ERROR_DAMAGED).about(what),
            WorkspaceError::Settings(what) => Failure::new(Exit::Usage, key::ERROR_SETTINGS).about(what),
            WorkspaceError::SettingsLine(place) => {
                Failure::new(Exit::Usage, key::ERROR_SETTINGS_LINE).about(place)
            }
            WorkspaceError::Session(path) => {
                Failure::new(Exit::Usage, key::ERROR_SESSION_DAMAGED).about(path.display().to_string())
            }
            WorkspaceError::NoHome => Failure::new(Exit::Usage, key::ERROR_NO_HOME),
            WorkspaceError::Io { path, error } => {
                Failure::new(Exit::Internal, key::ERROR_IO).about(format!("{}: {error}", path.display()))
            }
        }
    }
}

impl From<Trouble> for Failure {
    fn from(trouble: Trouble) -> Self {
        let network = |key, it: String| Failure::new(Exit::Network, key).about(it);
        match trouble {
            Trouble::Stopped => Failure::new(Exit::Interrupted, key::ERROR_INTERRUPTED_ASKING),
            Trouble::Unreachable { host, what } => network(key::ERROR_UNREACHABLE, format!("{host}: {what}")),
            Trouble::NoSuchName { host } => network(key::ERROR_NO_SUCH_NAME, host),
            Trouble::Tls { host, fault } => {
                let key = match fault {
                    TlsFault::Expired => key::ERROR_TLS_EXPIRED,
                    TlsFault::WrongName => key::ERROR_TLS_WRONG_NAME,
                    TlsFault::UnknownIssuer => key::ERROR_TLS_UNKNOWN_ISSUER,
                    TlsFault::NoCommonGround => key::ERROR_TLS_VERSION,
                    TlsFault::Other => key::ERROR_TLS,
                };
                network(key, host)
            }
            Trouble::Private { host } => network(key::ERROR_PRIVATE_ADDRESS, host),
            Trouble::BadUrl { url } => network(key::ERROR_SERVER_URL, masked(&url)),
            Trouble::TooLarge { host } | Trouble::TooMany { host } => network(key::ERROR_TOO_LARGE, host),
            Trouble::Redirect { host, to } => {
                network(key::ERROR_REDIRECT, format!("{host} → {}", masked(&to)))
            }
            Trouble::RedirectLoop { host } => network(key::ERROR_REDIRECT_LOOP, host),
            Trouble::Nonsense { host } => network(key::ERROR_NONSENSE, host),
            Trouble::TokenRefused { host } => network(key::ERROR_TOKEN_REFUSED, host),
            Trouble::AccountClosed { host, code } => {
                network(key::ERROR_ACCOUNT_CLOSED, format!("{host} ({code})"))
            }
            Trouble::SessionEnded { host } => network(key::ERROR_SESSION_ENDED, host),
            Trouble::RenewedUnread { host } => network(key::ERROR_SESSION_UNREAD, host),
            Trouble::Left { because, .. } => Failure::from(*because),
            Trouble::NotKept { what, ended } => {
                let key = if ended { key::ERROR_SESSION_NOT_KEPT } else { key::ERROR_SESSION_NOT_ENDED };
                Failure::new(Exit::Internal, key).about(what)
            }
            Trouble::LoginRefused { host } => network(key::ERROR_LOGIN_REFUSED, host),
            Trouble::LoginDenied { host } => Failure::new(Exit::Refused, key::ERROR_LOGIN_DENIED).about(host),
            Trouble::NoRegistration { host } => network(key::ERROR_LOGIN_NO_REGISTRATION, host),
            Trouble::NobodyCame => network(key::ERROR_LOGIN_NOBODY_CAME, String::new()),
            Trouble::RateLimited { host, wait: None } => network(key::ERROR_RATE_LIMITED, host),
            Trouble::RateLimited { host, wait: Some(wait) } => {
                let since = clock::now().and_then(Moment::timestamp).unwrap_or_default();
                Failure { wait: Some((wait, since)), ..network(key::ERROR_RATE_LIMITED_UNTIL, host) }
            }
            Trouble::Server { host, status, code, said } => {
                let status = if status == 0 { String::new() } else { status.to_string() };
                let said: Vec<String> =
                    [status, code, said].into_iter().filter(|part| !part.is_empty()).collect();
                network(key::ERROR_SERVER, format!("{host}: {}", said.join(" ")))
            }
            Trouble::TermsNotSigned { host } => Failure::new(Exit::Refused, key::ERROR_TERMS).about(host),
            Trouble::WeakPepper { host } => Failure::new(Exit::Refused, key::ERROR_WEAK_PEPPER).about(host),
            Trouble::PlaintextOnly { host } => {
                Failure::new(Exit::Refused, key::ERROR_PLAINTEXT_ONLY).about(host)
            }
            Trouble::NoAlgorithm { host } => network(key::ERROR_NO_ALGORITHM, host),
        }
    }
}

impl From<OutputError> for Failure {
    fn from(error: OutputError) -> Self {
        match error {
            OutputError::IsLink(path) => {
                Failure::new(Exit::Usage, key::ERROR_OUTPUT_LINK).about(path.display().to_string())
            }
            OutputError::NotOurs(path) => {
                Failure::new(Exit::Usage, key::ERROR_OUTPUT_NOT_OURS).about(path.display().to_string())
            }
            OutputError::Workspace(error) => error.into(),
        }
    }
}

impl From<Stopped> for Failure {
    fn from(_: Stopped) -> Self {
        Failure::new(Exit::Interrupted, key::ERROR_INTERRUPTED)
    }
}

impl From<minijinja::Error> for Failure {
    fn from(error: minijinja::Error) -> Self {
        Failure::new(Exit::Internal, key::ERROR_INTERNAL).about(error.to_string())
    }
}

impl From<serde_json::Error> for Failure {
    fn from(error: serde_json::Error) -> Self {
        Failure::new(Exit::Internal, key::ERROR_INTERNAL).about(error.to_string())
    }
}

impl From<Fault> for Failure {
    fn from(fault: Fault) -> Self {
        let path = fault.path.as_ref().map_or("transhume", |path| path.raw());
        let place = fault.line.map_or_else(|| path.to_owned(), |line| format!("{path}:{line}"));
        let failure =
            |key, it: String| Failure::new(Exit::Usage, key).about(it).with("place", place.as_str());
        match fault.what {
            Wrong::Unknown { variable, known } => {
                failure(key::ERROR_TEMPLATE_UNKNOWN, variable).with("known", known.join(", "))
            }
            Wrong::Forbidden(what) => failure(key::ERROR_TEMPLATE_FORBIDDEN, what),
            Wrong::Mistake(what) => failure(key::ERROR_TEMPLATE_MISTAKE, what),
            Wrong::TooLong(characters) => failure(key::ERROR_TEMPLATE_LONG, characters.to_string()),
        }
    }
}

impl From<TemplatesError> for Failure {
    fn from(error: TemplatesError) -> Self {
        match error {
            TemplatesError::Misplaced(path) => {
                let ids = |ids: Vec<&'static str>| ids.join(", ");
                Failure::new(Exit::Usage, key::ERROR_TEMPLATE_MISPLACED)
                    .about(path.display().to_string())
                    .with("languages", ids(Tongue::ALL.map(Tongue::id).to_vec()))
                    .with("kinds", ids(TextKind::ALL.map(TextKind::id).to_vec()))
            }
            TemplatesError::Workspace(error) => error.into(),
        }
    }
}
