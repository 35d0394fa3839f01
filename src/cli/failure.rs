//! Why a command could not do its work: what happened, what to do, and the
//! exit code that says so to scripts.

use serde::Serialize;

use crate::model::Foreign;
use crate::words::escape::{self, Shown};
use crate::words::{Key, Value, Words, key};
use crate::workspace::WorkspaceError;
use crate::workspace::inputs::Stopped;
use crate::workspace::output::OutputError;

use super::exit::Exit;

/// Why a command failed. The sentence under the key has a `.hint`.
#[derive(Debug)]
pub struct Failure {
    /// The exit code.
    pub exit: Exit,
    key: Key,
    /// What the sentence quotes, as `$it`.
    it: Option<Shown>,
}

impl Failure {
    /// A failure with a sentence of its own.
    pub fn new(exit: Exit, key: Key) -> Self {
        Self { exit, key, it: None }
    }

    /// Adds what the sentence quotes.
    pub fn about(mut self, it: impl Into<String>) -> Self {
        self.it = Some(escape::terminal_uncut(&Foreign::new(it)));
        self
    }

    /// What happened, and what to do.
    pub fn text(&self, words: &Words) -> (String, String) {
        let it = self.it.as_ref().map_or(Value::Own(""), Value::Shown);
        (words.say_with(self.key, &[("it", it)]), words.attr_with(self.key, "hint", &[("it", it)]))
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
            WorkspaceError::NoHome => Failure::new(Exit::Usage, key::ERROR_NO_HOME),
            WorkspaceError::Io { path, error } => {
                Failure::new(Exit::Internal, key::ERROR_IO).about(format!("{}: {error}", path.display()))
            }
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
