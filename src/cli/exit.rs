//! What the process ends with: one table, which `--help` prints.

use crate::words::{Key, Words, key};

/// An exit code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// Done.
    Done = 0,
    /// An error inside transhume.
    Internal = 1,
    /// The call was wrong.
    Usage = 2,
    /// Done in part: something was rejected; what is good is written.
    Partial = 3,
    /// No input was usable.
    NoInput = 4,
    /// Nothing of what was asked of a network was had.
    Network = 5,
    /// Refused for want of consent.
    Refused = 6,
    /// Another process has the workspace.
    Locked = 7,
    /// Interrupted; the same command goes on.
    Interrupted = 130,
}

impl Exit {
    /// All codes with the sentences that explain them.
    pub const TABLE: [(Exit, Key); 9] = [
        (Exit::Done, key::EXIT_DONE),
        (Exit::Internal, key::EXIT_INTERNAL),
        (Exit::Usage, key::EXIT_USAGE),
        (Exit::Partial, key::EXIT_PARTIAL),
        (Exit::NoInput, key::EXIT_NO_INPUT),
        (Exit::Network, key::EXIT_NETWORK),
        (Exit::Refused, key::EXIT_REFUSED),
        (Exit::Locked, key::EXIT_LOCKED),
        (Exit::Interrupted, key::EXIT_INTERRUPTED),
    ];

    /// Which of two codes to end with where both apply.
    pub fn or(self, other: Exit) -> Exit {
        const FIRST: [Exit; 9] = [
            Exit::Interrupted,
            Exit::Internal,
            Exit::Locked,
            Exit::Usage,
            Exit::Refused,
            Exit::Network,
            Exit::NoInput,
            Exit::Partial,
            Exit::Done,
        ];
        FIRST.into_iter().find(|exit| *exit == self || *exit == other).unwrap_or(self)
    }

    /// The number.
    pub fn code(self) -> u8 {
        self as u8
    }

    /// The table as text.
    pub fn table(words: &Words) -> String {
        let rows = Exit::TABLE.map(|(exit, key)| format!("  {:>3}  {}", exit.code(), words.say(key)));
        format!("{}\n{}", words.say(key::EXIT_TITLE), rows.join("\n"))
    }
}
