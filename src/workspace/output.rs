//! Files that are written whole or not at all: into a temporary file beside
//! the place, synced, renamed. They are for their owner alone.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use crate::read::recognise::{HEAD, Looks, recognise};

use super::WorkspaceError;
use super::folder::create_private;

/// What the names of files begin with that are not whole yet.
const TEMPORARY: &str = ".transhume-";

/// What can keep an output from being written.
#[derive(Debug, thiserror::Error)]
pub enum OutputError {
    /// A symbolic link stands in its place.
    #[error("{} is a symbolic link", .0.display())]
    IsLink(PathBuf),
    /// A file stands in its place that transhume did not write.
    #[error("{} is none of ours", .0.display())]
    NotOurs(PathBuf),
    /// The system refused.
    #[error(transparent)]
    Workspace(#[from] WorkspaceError),
}

/// Writes a file. Whatever stood there before is replaced only if transhume
/// wrote it; links are never followed.
///
/// # Errors
/// See [`OutputError`]. What stood there before stays as it was.
pub fn write(
    path: &Path,
    content: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> Result<PathBuf, OutputError> {
    may_replace(path)?;
    let folder = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    create_private(folder)?;
    let fail = || WorkspaceError::io(path);
    let mut file = NamedTempFile::with_prefix_in(TEMPORARY, folder).map_err(fail())?;
    {
        let mut buffered = io::BufWriter::new(file.as_file_mut());
        content(&mut buffered).map_err(fail())?;
        buffered.flush().map_err(fail())?;
    }
    file.as_file().sync_all().map_err(fail())?;
    file.persist(path).map_err(|e| fail()(e.error))?;
    sync(folder);
    Ok(fs::canonicalize(path).unwrap_or_else(|_| path.to_owned()))
}

/// Replaces a file of the workspace's own, or writes it for the first time.
///
/// # Errors
/// Whatever the system says. What stood there before stays as it was then.
pub fn replace(path: &Path, content: &[u8]) -> Result<(), WorkspaceError> {
    let folder = path.parent().unwrap_or(Path::new("."));
    let fail = || WorkspaceError::io(path);
    let mut file = NamedTempFile::with_prefix_in(TEMPORARY, folder).map_err(fail())?;
    file.write_all(content).map_err(fail())?;
    file.as_file().sync_all().map_err(fail())?;
    file.persist(path).map_err(|error| fail()(error.error))?;
    sync(folder);
    Ok(())
}

/// Makes names last as well, where the system can promise that.
fn sync(folder: &Path) {
    if let Ok(folder) = File::open(folder) {
        let _ = folder.sync_all();
    }
}

/// Whether a file may be written there: nothing is, or something of ours.
///
/// # Errors
/// See [`OutputError`].
pub fn may_replace(path: &Path) -> Result<(), OutputError> {
    let Ok(there) = fs::symlink_metadata(path) else { return Ok(()) };
    if there.is_symlink() {
        return Err(OutputError::IsLink(path.to_owned()));
    }
    let ours = is_our_name(path) || there.len() == 0 || is_our_content(path);
    if ours && there.is_file() { Ok(()) } else { Err(OutputError::NotOurs(path.to_owned())) }
}

fn is_our_content(path: &Path) -> bool {
    let head = File::open(path).and_then(|mut file| crate::read::decode::read_up_to(&mut file, HEAD));
    head.is_ok_and(|head| recognise(&head) == Looks::Ours)
}

/// Whether a name alone shows that transhume wrote the file: drafts and Markdown are
/// plain text, which can carry no mark, and address books are cards, which would
/// carry it into other programs and back.
pub fn is_our_name(path: &Path) -> bool {
    [".transhume.txt", ".transhume.md"].into_iter().any(|end| is_named(path, end)) || is_our_book(path)
}

/// Whether it is an address book that transhume wrote: a walk skips it, but
/// whoever names it wants it read.
pub fn is_our_book(path: &Path) -> bool {
    is_named(path, ".transhume.vcf")
}

fn is_named(path: &Path, end: &str) -> bool {
    path.file_name().and_then(|name| name.to_str()).is_some_and(|name| name.ends_with(end))
}

/// Removes what a killed process left half written in a folder. Only for who
/// holds the workspace's lock.
pub fn remove_leftovers(folder: &Path) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries.flatten().filter(is_leftover) {
        let _ = fs::remove_file(entry.path());
    }
}

/// Whether something in a folder is what a process left half written.
pub fn is_leftover(entry: &fs::DirEntry) -> bool {
    let ours = entry.file_name().as_encoded_bytes().starts_with(TEMPORARY.as_bytes());
    ours && entry.file_type().is_ok_and(|kind| kind.is_file())
}

/// The drafts in a folder.
pub fn drafts(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let file = entries.filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_file()));
    let mut drafts: Vec<PathBuf> =
        file.map(|entry| entry.path()).filter(|path| is_named(path, ".transhume.txt")).collect();
    drafts.sort();
    drafts
}

/// Removes the drafts of an earlier run from a folder, and nothing else; gives
/// their paths.
pub fn remove_old_drafts(folder: &Path) -> Vec<PathBuf> {
    drafts(folder).into_iter().filter(|path| fs::remove_file(path).is_ok()).collect()
}
