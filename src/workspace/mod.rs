//! One person's data on disk: the folder, its database, its settings, the
//! files that are read and the files that are written.
//!
//! This is where the pure stages meet the world. Inputs are opened read-only;
//! what is written is written whole or not at all.

pub mod asked;
pub mod asked_signal;
pub mod clock;
pub mod databases;
pub mod errands;
pub mod folder;
pub mod forget;
pub mod inputs;
pub mod lock;
pub mod meter;
pub mod output;
pub mod parallel;
pub mod pauses;
pub mod program;
pub mod purge;
pub mod rulings;
pub mod schema;
pub mod session;
pub mod settings;
pub mod signal_desktop;
pub mod store;
pub mod templates;
pub mod tokens;
mod undo;
pub mod written;

use std::io;
use std::path::PathBuf;

pub use folder::Folder;
pub use settings::Settings;
pub use store::Store;

/// What can keep a workspace from being used.
#[derive(Debug, thiserror::Error)]
pub enum WorkspaceError {
    /// Another process writes to it.
    #[error("locked by process {pid:?}")]
    Locked {
        /// Its number, if it left it.
        pid: Option<u32>,
    },
    /// It was written by a newer transhume.
    #[error("schema {found} is newer than {known}")]
    Newer {
        /// The schema of the file.
        found: i64,
        /// The newest one that this program knows.
        known: i64,
    },
    /// The database is damaged, or is none of ours.
    #[error("damaged: {0}")]
    Damaged(String),
    /// The settings cannot be understood.
    #[error("settings: {0}")]
    Settings(String),
    /// A line of the settings cannot be understood: its number, and its key.
    #[error("settings, line {0}")]
    SettingsLine(String),
    /// The file of the session holds none.
    #[error("{} holds no session", .0.display())]
    Session(PathBuf),
    /// There is no folder for data on this system.
    #[error("no data folder")]
    NoHome,
    /// The system refused.
    #[error("{}: {error}", .path.display())]
    Io {
        /// Which file or folder.
        path: PathBuf,
        /// What it said.
        error: io::Error,
    },
}

impl WorkspaceError {
    /// Wraps what the system said of a path.
    pub fn io(path: impl Into<PathBuf>) -> impl FnOnce(io::Error) -> WorkspaceError {
        let path = path.into();
        move |error| WorkspaceError::Io { path, error }
    }
}

impl From<rusqlite::Error> for WorkspaceError {
    fn from(error: rusqlite::Error) -> Self {
        use rusqlite::ErrorCode::{CannotOpen, DiskFull, PermissionDenied, ReadOnly, SystemIoFailure};
        match error.sqlite_error_code() {
            // The system's doing, not the file's.
            Some(CannotOpen | DiskFull | PermissionDenied | ReadOnly | SystemIoFailure) => {
                WorkspaceError::Io {
                    path: PathBuf::from("transhume.db"),
                    error: io::Error::other(error.to_string()),
                }
            }
            _ => WorkspaceError::Damaged(error.to_string()),
        }
    }
}

impl From<serde_json::Error> for WorkspaceError {
    fn from(error: serde_json::Error) -> Self {
        WorkspaceError::Damaged(error.to_string())
    }
}
