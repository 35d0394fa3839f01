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
        // A pipe or a device would be read without end.
        Ok(there) if there.len() > LONGEST || !there.is_file() => return Err(WorkspaceError::Session(path)),
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
/// A session that is longer than [`load`] reads; whatever the system says. The one
/// before stays then.
pub fn keep(folder: &Folder, session: &Session) -> Result<(), WorkspaceError> {
    let (path, text) = (path(folder), session.to_text()?);
    if text.len() as u64 > LONGEST {
        return Err(WorkspaceError::io(path)(io::ErrorKind::FileTooLarge.into()));
    }
    replace(&path, text.as_bytes())
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::place::Base;
    use crate::check::session::{LONGEST_TOKEN, Proof, Registration, Token};
    use crate::model::identity::Mxid;

    fn session(device: usize) -> Session {
        let token = || Token::parse(&"t".repeat(LONGEST_TOKEN)).unwrap();
        // What takes most room in the file.
        let client_id = "\"".repeat(LONGEST_TOKEN);
        let issuer = format!("https://auth.example.org/{}", "i".repeat(2000));
        let oauth = Some(Registration { client_id, issuer });
        Session {
            homeserver: Base::parse("https://matrix.example.org").unwrap(),
            named: true,
            user: Mxid::parse(&format!("@{}:example.org", "u".repeat(240))).unwrap(),
            device: Some("D".repeat(device)),
            ended: false,
            proof: Proof::Own { access: token(), refresh: Some(token()), oauth },
        }
    }

    #[test]
    fn the_longest_session_that_there_can_be_is_read_again_and_no_longer_one_is_kept() {
        let dir = tempfile::tempdir().unwrap();
        let folder = Folder::resolve(Some(dir.path().to_owned())).unwrap();
        let longest = session(255);
        keep(&folder, &longest).unwrap();
        assert_eq!(load(&folder).unwrap(), Some(longest.clone()));
        assert!(matches!(keep(&folder, &session(64 * 1024)), Err(WorkspaceError::Io { .. })));
        assert_eq!(load(&folder).unwrap(), Some(longest), "the one before stays");
        // What is no file is not waited for.
        std::fs::remove_file(path(&folder)).unwrap();
        std::fs::create_dir(path(&folder)).unwrap();
        assert!(matches!(load(&folder), Err(WorkspaceError::Session(_))));
    }
}
