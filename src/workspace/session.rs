//! The session at the user's homeserver, in a file of its own that only they
//! can read.

use std::fs;
use std::io;
use std::path::PathBuf;

use zeroize::Zeroizing;

use crate::check::session::Session;

use super::output::replace;
use super::{Folder, WorkspaceError};

/// No session takes more (bytes).
const LONGEST: u64 = 64 * 1024;

/// Where it lies.
pub fn path(folder: &Folder) -> PathBuf {
    folder.path().join("matrix-session.json")
}

/// The session, if somebody is signed in.
///
/// # Errors
/// [`WorkspaceError::Session`] for a file that holds none; whatever the system
/// says.
pub fn load(folder: &Folder) -> Result<Option<Session>, WorkspaceError> {
    let path = path(folder);
    let text = match fs::metadata(&path) {
        Ok(there) if there.len() > LONGEST => return Err(WorkspaceError::Session(path)),
        Ok(_) => fs::read_to_string(&path).map(Zeroizing::new),
        Err(error) => Err(error),
    };
    match text {
        Ok(text) => Session::from_text(&text).map(Some).ok_or(WorkspaceError::Session(path)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) if error.kind() == io::ErrorKind::InvalidData => Err(WorkspaceError::Session(path)),
        Err(error) => Err(WorkspaceError::io(path)(error)),
    }
}

/// Writes the session down, in the place of the one before.
///
/// # Errors
/// Whatever the system says; the one before stays then.
pub fn keep(folder: &Folder, session: &Session) -> Result<(), WorkspaceError> {
    replace(&path(folder), session.to_text()?.as_bytes())
}

/// Forgets the session. There may be none.
///
/// # Errors
/// Whatever the system says.
pub fn forget(folder: &Folder) -> Result<(), WorkspaceError> {
    let path = path(folder);
    match fs::remove_file(&path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(WorkspaceError::io(path)(error)),
        _ => Ok(()),
    }
}
