//! Which files were written for the user beside the workspace's own, so that all of
//! them are found again when everything is to go. The list is kept in a file of its
//! own: it has to be there also where the database is damaged.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::output::{OutputError, replace, write};
use super::{Folder, WorkspaceError};

/// Where the list lies: paths with a NUL behind each, which no path has in it.
pub fn list(folder: &Folder) -> PathBuf {
    folder.path().join("written")
}

/// Writes an output, and remembers it before: what is killed in between is found as well.
///
/// # Errors
/// Those of [`write()`]; the list cannot be read or written.
pub fn write_and_remember(
    folder: &Folder,
    path: &Path,
    content: impl FnOnce(&mut dyn io::Write) -> io::Result<()>,
) -> Result<PathBuf, OutputError> {
    remember(folder, path)?;
    write(path, content)
}

/// Every file that was remembered, whether it is still there or not.
///
/// # Errors
/// The list cannot be read.
pub fn remembered(folder: &Folder) -> Result<BTreeSet<PathBuf>, WorkspaceError> {
    let place = list(folder);
    let bytes = match fs::read(&place) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Vec::new(),
        read => read.map_err(WorkspaceError::io(place))?,
    };
    Ok(bytes.split(|byte| *byte == 0).filter(|path| !path.is_empty()).map(from_bytes).collect())
}

fn remember(folder: &Folder, path: &Path) -> Result<(), WorkspaceError> {
    let whole = std::path::absolute(path).map_err(WorkspaceError::io(path))?;
    let mut all = remembered(folder)?;
    if !all.insert(whole.clone()) {
        return Ok(());
    }
    folder.create()?;
    // Whatever somebody else has deleted since needs no place any more.
    all.retain(|path| *path == whole || fs::symlink_metadata(path).is_ok());
    let mut bytes = Vec::new();
    for path in &all {
        bytes.extend(to_bytes(path));
        bytes.push(0);
    }
    replace(&list(folder), &bytes)
}

#[cfg(unix)]
fn to_bytes(path: &Path) -> Vec<u8> {
    std::os::unix::ffi::OsStrExt::as_bytes(path.as_os_str()).to_owned()
}

#[cfg(unix)]
fn from_bytes(bytes: &[u8]) -> PathBuf {
    PathBuf::from(<std::ffi::OsStr as std::os::unix::ffi::OsStrExt>::from_bytes(bytes))
}

#[cfg(not(unix))]
fn to_bytes(path: &Path) -> Vec<u8> {
    path.to_string_lossy().into_owned().into_bytes()
}

#[cfg(not(unix))]
fn from_bytes(bytes: &[u8]) -> PathBuf {
    PathBuf::from(String::from_utf8_lossy(bytes).into_owned())
}
