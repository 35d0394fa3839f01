//! The user's own templates for drafts: `LANGUAGE/KIND.txt` in a folder.

use std::fs;
use std::path::{Path, PathBuf};

use super::WorkspaceError;
use crate::invite::{Given, TextKind, Tongue};
use crate::model::Foreign;

/// No template is larger, in bytes.
const LARGEST: u64 = 64 * 1024;

/// What can keep templates from being read.
#[derive(Debug, thiserror::Error)]
pub enum TemplatesError {
    /// A text among them that is none, or is far too large for one.
    #[error("{} is no template", .0.display())]
    Misplaced(PathBuf),
    /// The system refused.
    #[error(transparent)]
    Workspace(#[from] WorkspaceError),
}

/// Reads all templates in a folder. What is not a text is left alone.
///
/// # Errors
/// A text of which it is not clear what it is for, or that cannot be read.
pub fn read(folder: &Path) -> Result<Vec<Given>, TemplatesError> {
    let mut all = Vec::new();
    for path in sorted(folder)? {
        if path.is_dir() {
            for file in sorted(&path)?.into_iter().filter(|file| is_text(file)) {
                all.push(one(&path, &file)?);
            }
        } else if is_text(&path) {
            return Err(TemplatesError::Misplaced(path));
        }
    }
    Ok(all)
}

fn one(folder: &Path, file: &Path) -> Result<Given, TemplatesError> {
    let name =
        |path: Option<&std::ffi::OsStr>| path.and_then(|name| name.to_str()).unwrap_or_default().to_owned();
    let misplaced = || TemplatesError::Misplaced(file.to_owned());
    let tongue = Tongue::from_id(&name(folder.file_name())).ok_or_else(misplaced)?;
    let kind = TextKind::from_id(&name(file.file_stem())).ok_or_else(misplaced)?;
    let size = fs::metadata(file).map_err(WorkspaceError::io(file))?.len();
    if size > LARGEST {
        return Err(misplaced());
    }
    let source = fs::read_to_string(file).map_err(WorkspaceError::io(file))?;
    let source = source.trim_start_matches('\u{feff}').replace("\r\n", "\n");
    Ok(Given { path: Foreign::new(file.to_string_lossy()), tongue, kind, source })
}

fn sorted(folder: &Path) -> Result<Vec<PathBuf>, WorkspaceError> {
    let entries = fs::read_dir(folder).map_err(WorkspaceError::io(folder))?;
    let mut paths: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    paths.sort();
    Ok(paths)
}

fn is_text(path: &Path) -> bool {
    path.extension().is_some_and(|end| end.eq_ignore_ascii_case("txt"))
}
