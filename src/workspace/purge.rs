//! Everything that transhume wrote, found and deleted: the workspace's own files, and
//! the outputs wherever they were written. What is none of ours stays.

use std::collections::BTreeSet;
use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use super::lock::{self, Lock};
use super::output::{is_leftover, may_replace};
use super::{Folder, WorkspaceError, schema, session, written};

/// What there is to delete, and what is left alone.
#[derive(Debug, Default)]
pub struct Found {
    /// Files that transhume wrote: the outputs first, the workspace's own last,
    /// so that a purge that is killed is gone on with by the next.
    pub ours: Vec<PathBuf>,
    /// Files where ours are or were, but which somebody else wrote, or wrote over.
    pub others: Vec<PathBuf>,
}

impl Found {
    /// Whether there is nothing, but for a lock that nobody left anything behind.
    pub fn is_nothing(&self) -> bool {
        self.ours.iter().all(|path| path.ends_with(lock::NAME))
    }
}

/// Looks for everything that was written: what is remembered, these places besides (of
/// outputs from before anything was remembered), and the workspace.
///
/// # Errors
/// What is there cannot be looked at.
pub fn find(folder: &Folder, outputs: &[PathBuf]) -> Result<Found, WorkspaceError> {
    let mut written = written::remembered(folder)?;
    for output in outputs {
        written.insert(std::path::absolute(output).map_err(WorkspaceError::io(output))?);
    }
    let folders: BTreeSet<PathBuf> =
        written.iter().filter_map(|path| Some(path.parent()?.to_owned())).collect();
    let mut found = Found::default();
    for path in written.iter().filter(|path| fs::symlink_metadata(path).is_ok()) {
        let ours = may_replace(path).is_ok();
        if ours { found.ours.push(path.clone()) } else { found.others.push(path.clone()) }
    }
    for place in folders.iter().chain([&folder.path().to_owned()]) {
        found.ours.extend(leftovers(place));
    }
    let kept = folder.path();
    if kept.is_dir() {
        let own = |name: &str| Some(kept.join(name)).filter(|path| path.is_file());
        found.ours.extend(own("transhume.toml"));
        found.ours.extend(Some(session::path(folder)).filter(|path| path.is_file()));
        if let Some(database) = own("transhume.db") {
            if is_our_database(&database) {
                found.ours.extend(
                    ["transhume.db-wal", "transhume.db-shm", "transhume.db-journal"]
                        .into_iter()
                        .filter_map(own),
                );
                found.ours.push(database);
            } else {
                found.others.push(database);
            }
        }
        found.ours.extend(Some(written::list(folder)).filter(|path| path.is_file()));
        found.ours.extend(own(lock::NAME));
        let templates = folder.templates();
        found.others.extend(Some(templates).filter(|path| path.exists()));
    }
    let mut seen = BTreeSet::new();
    found.ours.retain(|path| seen.insert(path.clone()));
    Ok(found)
}

/// Deletes the files and, where nothing else is in them, their folders and the
/// workspace's. What could not be deleted, with what the system says.
pub fn delete(found: &Found, folder: &Folder, lock: Option<Lock>) -> Vec<(PathBuf, io::Error)> {
    let held = folder.path().join(lock::NAME);
    let mut failed = Vec::new();
    for path in found.ours.iter().filter(|path| **path != held) {
        match fs::remove_file(path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => failed.push((path.clone(), error)),
            _ => {}
        }
    }
    // Not before everything else is gone: nobody is to write meanwhile.
    drop(lock);
    if failed.is_empty() {
        let _ = fs::remove_file(held);
    }
    let mut folders: BTreeSet<&Path> = found.ours.iter().filter_map(|path| path.parent()).collect();
    folders.insert(folder.path());
    // `out/invites` before `out`. One that is not empty is not deleted.
    for place in folders.iter().rev().filter(|place| may_go(place, folder)) {
        let _ = fs::remove_dir(place);
        if let Some(above) = place.parent().filter(|above| above.starts_with(folder.path())) {
            let _ = fs::remove_dir(above);
        }
    }
    failed
}

/// Whether a folder can have been made by transhume: the user's own, into which something
/// was written, is not taken away even if it is empty then.
fn may_go(place: &Path, folder: &Folder) -> bool {
    place.starts_with(folder.path()) || place.ends_with("transhume-out") || place.ends_with("invites")
}

fn leftovers(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    entries.filter(is_leftover).map(|entry| entry.path()).collect()
}

/// Whether a file says in its head that it is a database of transhume's, however
/// damaged the rest is (SQLite's file format, 1.3: the application id is at 68).
fn is_our_database(path: &Path) -> bool {
    let mut head = [0; 72];
    let read = fs::File::open(path).and_then(|mut file| file.read_exact(&mut head));
    let empty = fs::metadata(path).is_ok_and(|there| there.len() == 0);
    empty
        || read.is_ok()
            && head.starts_with(b"SQLite format 3\0")
            && head[68..] == schema::APPLICATION.to_be_bytes()
}
