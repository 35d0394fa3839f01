//! One writer at a time. The system holds the lock, so one that a killed
//! process leaves behind is none.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{Read, Seek, Write};

use super::{Folder, WorkspaceError};

/// The name of the file.
pub const NAME: &str = "lock";

/// A held lock; dropped, it is free.
#[derive(Debug)]
pub struct Lock {
    _file: File,
}

/// Takes the lock of a workspace.
///
/// # Errors
/// [`WorkspaceError::Locked`] if somebody else has it.
pub fn take(folder: &Folder) -> Result<Lock, WorkspaceError> {
    let path = folder.path().join(NAME);
    let mut options = OpenOptions::new();
    options.read(true).write(true).create(true).truncate(false);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }
    let mut file = options.open(&path).map_err(WorkspaceError::io(&path))?;
    match file.try_lock() {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => {
            let mut text = String::new();
            let _ = file.take(20).read_to_string(&mut text);
            return Err(WorkspaceError::Locked { pid: text.trim().parse().ok() });
        }
        Err(TryLockError::Error(error)) => return Err(WorkspaceError::io(path)(error)),
    }
    // Only a courtesy to whoever finds it locked: a failure is no matter.
    let _ = file.set_len(0);
    let _ = file.rewind();
    let _ = write!(file, "{}", std::process::id());
    Ok(Lock { _file: file })
}
