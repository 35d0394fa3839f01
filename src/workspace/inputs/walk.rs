//! Which files there are: those that were named, and what a walk through a
//! folder meets.

use std::fs;
use std::path::{Path, PathBuf};

use crate::model::{Code, Problem};

use super::{shown, whatsapp};

/// How deep folders are walked.
const DEEPEST: usize = 32;

/// What a walk through the inputs met.
pub(super) enum Found {
    /// A file, and whether it was named by the user.
    File { path: PathBuf, named: bool },
    /// A folder which is the backup that an iPhone made of itself.
    PhoneBackup(PathBuf),
    /// Something that could not be looked at.
    Trouble(Problem),
}

/// Looks for the files of one input.
pub(super) fn named(path: &Path, skip: Option<&Path>, found: &mut Vec<Found>) {
    let trouble = |problem: Problem| Found::Trouble(problem.in_file(&shown(path)));
    match fs::metadata(path) {
        Ok(meta) if meta.is_dir() => walk(path, 0, skip, found),
        Ok(meta) if meta.is_file() => found.push(Found::File { path: path.to_owned(), named: true }),
        // A pipe or a device: it could not be read twice, and may never end.
        Ok(_) => found.push(trouble(Problem::new(Code::NotRecognised))),
        Err(error) => found.push(trouble(Problem::new(Code::Unreadable).quoting(error.to_string()))),
    }
}

/// Looks for the files of a folder, but not of the one to `skip`, which is the
/// workspace itself.
fn walk(folder: &Path, depth: usize, skip: Option<&Path>, found: &mut Vec<Found>) {
    if depth > DEEPEST || (skip.is_some() && fs::canonicalize(folder).ok().as_deref() == skip) {
        return;
    }
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) => {
            let problem = Problem::new(Code::Unreadable).quoting(error.to_string());
            found.push(Found::Trouble(problem.in_file(&shown(folder))));
            return;
        }
    };
    let mut paths: Vec<(PathBuf, fs::FileType)> =
        entries.flatten().filter_map(|e| Some((e.path(), e.file_type().ok()?))).collect();
    paths.sort_by(|a, b| a.0.cmp(&b.0));
    if whatsapp::is_phone_backup(folder) {
        found.push(Found::PhoneBackup(folder.to_owned()));
        return;
    }
    for (path, kind) in paths {
        let hidden = path.file_name().is_some_and(|n| n.as_encoded_bytes().starts_with(b"."));
        // Links can lead out of what was named, or in circles.
        if hidden || kind.is_symlink() || whatsapp::goes_with_database(&path) {
            continue;
        }
        if kind.is_dir() {
            walk(&path, depth + 1, skip, found);
        } else if kind.is_file() {
            found.push(Found::File { path, named: false });
        }
    }
}

/// How many bytes there are to read, for the progress bar.
pub fn total_bytes(inputs: &[PathBuf]) -> u64 {
    inputs.iter().map(|path| size_of(path, 0)).sum()
}

fn size_of(path: &Path, depth: usize) -> u64 {
    let Ok(meta) = fs::metadata(path) else { return 0 };
    if meta.is_file() {
        return meta.len();
    }
    if !meta.is_dir() || depth > DEEPEST {
        return 0;
    }
    let entries = fs::read_dir(path).into_iter().flatten().flatten();
    entries
        .filter(|e| e.file_type().is_ok_and(|t| !t.is_symlink()))
        .map(|e| size_of(&e.path(), depth + 1))
        .sum()
}
