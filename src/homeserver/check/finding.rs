//! What a check came to: how it stands, what was seen, and which lines to change.

use super::seen::Seen;
use crate::model::Foreign;
use crate::words::{Key, key};

/// A check, by its number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Id(pub u8);

impl Id {
    /// As people and programs read it.
    pub fn label(self) -> String {
        format!("H{:02}", self.0)
    }

    /// The sentence that says what is expected.
    pub fn expected(self) -> Key {
        const ALL: [Key; 29] = [
            key::HOMESERVER_EXPECTED_H01,
            key::HOMESERVER_EXPECTED_H02,
            key::HOMESERVER_EXPECTED_H03,
            key::HOMESERVER_EXPECTED_H04,
            key::HOMESERVER_EXPECTED_H05,
            key::HOMESERVER_EXPECTED_H06,
            key::HOMESERVER_EXPECTED_H07,
            key::HOMESERVER_EXPECTED_H08,
            key::HOMESERVER_EXPECTED_H09,
            key::HOMESERVER_EXPECTED_H10,
            key::HOMESERVER_EXPECTED_H11,
            key::HOMESERVER_EXPECTED_H12,
            key::HOMESERVER_EXPECTED_H13,
            key::HOMESERVER_EXPECTED_H14,
            key::HOMESERVER_EXPECTED_H15,
            key::HOMESERVER_EXPECTED_H16,
            key::HOMESERVER_EXPECTED_H17,
            key::HOMESERVER_EXPECTED_H18,
            key::HOMESERVER_EXPECTED_H19,
            key::HOMESERVER_EXPECTED_H20,
            key::HOMESERVER_EXPECTED_H21,
            key::HOMESERVER_EXPECTED_H22,
            key::HOMESERVER_EXPECTED_H23,
            key::HOMESERVER_EXPECTED_H24,
            key::HOMESERVER_EXPECTED_H25,
            key::HOMESERVER_EXPECTED_H26,
            key::HOMESERVER_EXPECTED_H27,
            key::HOMESERVER_EXPECTED_H28,
            key::HOMESERVER_EXPECTED_H29,
        ];
        ALL[usize::from(self.0.clamp(1, 29)) - 1]
    }
}

/// How a check stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    /// All well.
    Ok,
    /// It works, but not as it should.
    Warn,
    /// It does not work.
    Fail,
    /// It could not be looked at, because of another check.
    Skipped,
}

impl State {
    /// As programs read it.
    pub fn id(self) -> &'static str {
        match self {
            State::Ok => "ok",
            State::Warn => "warn",
            State::Fail => "FAIL",
            State::Skipped => "skipped",
        }
    }
}

/// What a check came to.
#[derive(Clone, Debug)]
pub struct Finding {
    /// Which check.
    pub id: Id,
    /// How it stands.
    pub state: State,
    /// The sentence that says what was seen; its `fix` says what to do.
    pub key: Key,
    /// What the sentences quote.
    pub values: Vec<(&'static str, Foreign)>,
    /// The lines to change.
    pub lines: Vec<Foreign>,
}

impl Finding {
    fn new(id: u8, state: State, key: Key) -> Finding {
        Finding { id: Id(id), state, key, values: Vec::new(), lines: Vec::new() }
    }

    /// All well.
    pub fn ok(id: u8, key: Key) -> Finding {
        Finding::new(id, State::Ok, key)
    }

    /// It works, but not as it should.
    pub fn warn(id: u8, key: Key) -> Finding {
        Finding::new(id, State::Warn, key)
    }

    /// It does not work.
    pub fn fail(id: u8, key: Key) -> Finding {
        Finding::new(id, State::Fail, key)
    }

    /// It could not be looked at because of another check.
    pub fn skipped(id: u8, because: u8) -> Finding {
        let finding = Finding::new(id, State::Skipped, key::HOMESERVER_SKIPPED);
        finding.with("because", Id(because).label())
    }

    /// Adds what the sentences quote.
    pub fn with(mut self, variable: &'static str, text: impl AsRef<str>) -> Finding {
        self.values.push((variable, Foreign::from(text.as_ref())));
        self
    }

    /// Adds lines to change.
    pub fn lines(mut self, lines: impl IntoIterator<Item = String>) -> Finding {
        self.lines.extend(lines.into_iter().map(|line| Foreign::from(line.as_str())));
        self
    }

    /// Adds the server's name, which most sentences quote.
    pub(super) fn of(self, seen: &Seen) -> Finding {
        let name = seen.name.host.to_string();
        self.with("name", name)
    }
}
