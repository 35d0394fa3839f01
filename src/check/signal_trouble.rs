//! What can go wrong between transhume and the user's own signal-cli, told apart
//! as far as the user can do something about it.

use super::trouble::Trouble;
use crate::model::Moment;

/// What went wrong. `at` is where signal-cli is; what it said is text from
/// outside and is escaped by whoever shows it.
#[derive(Debug, thiserror::Error)]
pub enum SignalTrouble {
    /// The user asked to stop.
    #[error("stopped")]
    Stopped,
    /// Nobody is there: no socket, no connection, no such program.
    #[error("{at}: {what}")]
    Absent {
        /// Where.
        at: String,
        /// What the system said.
        what: String,
    },
    /// There was no answer in time.
    #[error("{at}: no answer in {seconds} s")]
    Silent {
        /// Where.
        at: String,
        /// For how long it was waited.
        seconds: u64,
    },
    /// It ended, or closed the connection, before it answered.
    #[error("{at}: ended: {said}")]
    Ended {
        /// Where.
        at: String,
        /// Its last words, cut short.
        said: String,
    },
    /// It says more than could be right.
    #[error("{at}: too large")]
    TooLarge {
        /// Where.
        at: String,
    },
    /// What answers does not speak signal-cli's language.
    #[error("{at}: not an answer")]
    Nonsense {
        /// Where.
        at: String,
    },
    /// It is too old to ask Signal's directory.
    #[error("{version} is too old")]
    TooOld {
        /// Its version.
        version: String,
    },
    /// Signal wants to be left alone.
    #[error("rate limited")]
    RateLimited {
        /// Until when, if it was said.
        again: Option<Moment>,
    },
    /// signal-cli could not reach Signal.
    #[error("offline: {said}")]
    Offline {
        /// What it said, cut short.
        said: String,
    },
    /// It knows no such command: this one is for another mode.
    #[error("not offered")]
    NotOffered,
    /// It does not know the account, or wants to be told which one.
    #[error("no account: {said}")]
    NoAccount {
        /// What it said, cut short.
        said: String,
    },
    /// It says no.
    #[error("{code}: {said}")]
    Refused {
        /// Its code for that, or 0 where it has none.
        code: i64,
        /// What it said, cut short.
        said: String,
    },
    /// What can go wrong with any server.
    #[error(transparent)]
    Http(Trouble),
}

impl SignalTrouble {
    /// What went wrong over HTTP, `at` where signal-cli is, after `seconds`.
    pub fn of(trouble: Trouble, at: &str, seconds: u64) -> SignalTrouble {
        let at = at.to_owned();
        match trouble {
            Trouble::Stopped => SignalTrouble::Stopped,
            Trouble::Unreachable { what, .. } if what == "timeout" => SignalTrouble::Silent { at, seconds },
            Trouble::Unreachable { what, .. } => SignalTrouble::Absent { at, what },
            Trouble::TooLarge { .. } => SignalTrouble::TooLarge { at },
            Trouble::Nonsense { .. } => SignalTrouble::Nonsense { at },
            trouble => SignalTrouble::Http(trouble),
        }
    }
}
