//! How the user's own signal-cli is reached: flags over environment over settings
//! over where it usually is.

use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::check::http_client::{Http, Rules};
use crate::check::signal_client::{Accounts, SAID_CAP, SignalCli};
use crate::check::signal_place::{NotSignalPlace, SignalPlace, find_program};
use crate::check::signal_trouble::SignalTrouble;
use crate::model::Phone;
use crate::words::key;

use super::args::{ConsentArguments, SignalArguments};
use super::context::Context;
use super::exit::Exit;
use super::failure::Failure;
use super::progress::Board;
use super::servers;

/// How signal-cli is reached, and what may leave.
pub struct Signal {
    /// Where it is.
    pub place: SignalPlace,
    /// The account that is meant, if the user said which.
    pub account: Option<Phone>,
    /// How long one answer may take.
    pub patience: Duration,
    /// Whether the user has agreed to the disclosure.
    pub yes: bool,
    /// Whether only to tell what would be sent.
    pub dry_run: bool,
}

impl Signal {
    /// Works out how it is reached.
    ///
    /// # Errors
    /// A place that is none, a number that is none.
    pub fn resolve(
        context: &Context,
        typed: &SignalArguments,
        consent: ConsentArguments,
    ) -> Result<Signal, Failure> {
        let set = |typed: &Option<String>, name: &str, kept: Option<&String>| {
            let environment = || std::env::var(name).ok().filter(|value| !value.is_empty());
            typed.clone().or_else(environment).or_else(|| kept.cloned())
        };
        let settings = &context.settings;
        let place = match set(&typed.signal_cli, "TRANSHUME_SIGNAL_CLI", settings.signal_cli.as_ref()) {
            Some(text) => SignalPlace::parse(&text, program).map_err(|why| no_place(why, &text))?,
            None => usual_place().ok_or_else(|| Failure::new(Exit::Usage, key::ERROR_SIGNAL_WHERE))?,
        };
        let account =
            set(&typed.signal_account, "TRANSHUME_SIGNAL_ACCOUNT", settings.signal_account.as_ref());
        let number = |text: String| {
            let read = Phone::parse(&text, None);
            read.map_err(|_| Failure::new(Exit::Usage, key::ERROR_SIGNAL_ACCOUNT).about(text))
        };
        Ok(Signal {
            place: as_it_is(place),
            account: account.map(number).transpose()?,
            patience: Duration::from_secs(typed.signal_timeout),
            yes: consent.yes,
            dry_run: consent.dry_run,
        })
    }

    /// The client for a signal-cli that is at a URL. Nothing takes longer than an
    /// answer may, or `longest`.
    ///
    /// # Errors
    /// Certificates that cannot be used.
    pub fn http(&self, context: &Context, longest: Duration) -> Result<Http, Failure> {
        let authority = servers::authority(context, None)?;
        let rules = Rules { authority, allow_private: false, timeout: self.patience.max(longest) };
        Ok(servers::http(context, &rules, &Board::default())?.with_body_cap(SAID_CAP))
    }

    /// Which of its accounts is meant. That of a signal-cli that was started for
    /// one is known only if the user said so.
    ///
    /// # Errors
    /// It has none, or several, or another one.
    pub async fn account_of(&self, cli: &mut SignalCli<'_>) -> Result<Option<Phone>, Failure> {
        let usage = |key, about: String| Failure::new(Exit::Usage, key).about(about);
        let all = match cli.accounts().await.map_err(|trouble| failure(trouble, &self.place))? {
            Accounts::TheOne => return Ok(self.account.clone()),
            Accounts::All(all) => all,
        };
        match (&self.account, all.as_slice()) {
            (Some(wanted), all) if all.contains(wanted) => Ok(Some(wanted.clone())),
            (None, [one]) => Ok(Some(one.clone())),
            (_, []) => Err(usage(key::ERROR_SIGNAL_NO_ACCOUNT, self.place.label())),
            (Some(wanted), _) => Err(usage(key::ERROR_SIGNAL_UNKNOWN_ACCOUNT, wanted.as_str().to_owned())),
            (None, several) => {
                let several: Vec<&str> = several.iter().map(Phone::as_str).collect();
                Err(usage(key::ERROR_SIGNAL_SEVERAL_ACCOUNTS, several.join(", ")))
            }
        }
    }
}

/// What went wrong, in words.
pub fn failure(trouble: SignalTrouble, place: &SignalPlace) -> Failure {
    let network = |key, about: String| Failure::new(Exit::Network, key).about(about);
    match trouble {
        SignalTrouble::Stopped => Failure::new(Exit::Interrupted, key::ERROR_INTERRUPTED_ASKING),
        SignalTrouble::Absent { at, what } => network(key::ERROR_SIGNAL_ABSENT, format!("{at} ({what})")),
        SignalTrouble::Silent { at, seconds } => {
            network(key::ERROR_SIGNAL_SILENT, format!("{at} ({seconds} s)"))
        }
        SignalTrouble::Ended { at, said } if said.is_empty() => network(key::ERROR_SIGNAL_ENDED, at),
        SignalTrouble::Ended { at, said } => network(key::ERROR_SIGNAL_ENDED, format!("{at}: {said}")),
        SignalTrouble::TooLarge { at } => network(key::ERROR_SIGNAL_TOO_LARGE, at),
        SignalTrouble::Nonsense { at } => network(key::ERROR_SIGNAL_NONSENSE, at),
        SignalTrouble::TooOld { version } => network(key::ERROR_SIGNAL_TOO_OLD, version),
        SignalTrouble::RateLimited { again: None } => {
            Failure::new(Exit::Network, key::ERROR_SIGNAL_RATE_LIMITED)
        }
        SignalTrouble::RateLimited { again: Some(again) } => {
            let time = again.civil().strftime("%Y-%m-%d %H:%M:%S UTC").to_string();
            network(key::ERROR_SIGNAL_RATE_LIMITED_UNTIL, time)
        }
        SignalTrouble::Offline { said } => network(key::ERROR_SIGNAL_OFFLINE, said),
        SignalTrouble::NotOffered => network(key::ERROR_SIGNAL_NOT_OFFERED, place.label()),
        SignalTrouble::NoAccount { said } => {
            Failure::new(Exit::Usage, key::ERROR_SIGNAL_NO_ACCOUNT).about(said)
        }
        SignalTrouble::Refused { code: 0, said } => network(key::ERROR_SIGNAL_REFUSED, said),
        SignalTrouble::Refused { code, said } => {
            network(key::ERROR_SIGNAL_REFUSED, format!("{said} ({code})"))
        }
        SignalTrouble::Http(trouble) => trouble.into(),
    }
}

fn no_place(why: NotSignalPlace, text: &str) -> Failure {
    let key = match why {
        NotSignalPlace::Unclear => key::ERROR_SIGNAL_PLACE,
        NotSignalPlace::Insecure => key::ERROR_SIGNAL_INSECURE,
        NotSignalPlace::NoProgram => key::ERROR_SIGNAL_PROGRAM,
    };
    Failure::new(Exit::Usage, key).about(crate::check::place::masked(text))
}

/// Where a daemon is usually, else the program.
fn usual_place() -> Option<SignalPlace> {
    let runtime = std::env::var_os("XDG_RUNTIME_DIR").map(PathBuf::from);
    let socket = runtime.map(|folder| folder.join("signal-cli").join("socket"));
    let socket = socket.filter(|path| path.is_absolute() && path.exists()).map(SignalPlace::Unix);
    socket.or_else(|| program("signal-cli").map(|path| SignalPlace::Program(path, Vec::new())))
}

/// Finds a program.
pub fn program(name: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let folders: Vec<PathBuf> = std::env::split_paths(&path).collect();
    find_program(name, folders.into_iter(), Path::is_file)
        // A socket is named by its path as well.
        .or_else(|| Some(PathBuf::from(name)).filter(|path| is_socket(path)))
}

/// What was named like a program may be the socket of a daemon.
fn as_it_is(place: SignalPlace) -> SignalPlace {
    match place {
        SignalPlace::Program(path, _) if is_socket(&path) => SignalPlace::Unix(path),
        place => place,
    }
}

#[cfg(unix)]
fn is_socket(path: &Path) -> bool {
    use std::os::unix::fs::FileTypeExt;
    path.is_absolute() && std::fs::symlink_metadata(path).is_ok_and(|there| there.file_type().is_socket())
}

#[cfg(not(unix))]
fn is_socket(_: &Path) -> bool {
    false
}
