//! The folder of a server: written whole or not at all, and never over anything.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use serde::Serialize;
use tempfile::TempDir;

use super::files::{MEDIA, Made};
use super::home::{self, Home, Owner};

/// What stands where the folder is to be.
#[derive(Debug)]
pub enum There {
    /// Nothing, or a folder with nothing in it.
    Nothing,
    /// A server that was written before.
    Home(Box<Home>),
    /// Something else.
    Other,
}

/// How a file of the folder is found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum State {
    /// It was written now.
    Written,
    /// It is as it would be written.
    Same,
    /// It is not as it would be written.
    Differs,
    /// It can be read by others, and holds a secret.
    Open,
    /// It is not there.
    Missing,
}

/// Looks at a place.
///
/// # Errors
/// Whatever the system says.
pub fn look(folder: &Path) -> io::Result<There> {
    match fs::symlink_metadata(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(There::Nothing),
        Err(error) => return Err(error),
        Ok(there) if !there.is_dir() => return Ok(There::Other),
        Ok(_) => {}
    }
    if fs::read_dir(folder)?.next().is_none() {
        return Ok(There::Nothing);
    }
    match fs::read_to_string(folder.join(home::FILE)) {
        Ok(text) => Ok(Home::parse(&text).map_or(There::Other, |home| There::Home(Box::new(home)))),
        Err(error) if error.kind() == io::ErrorKind::PermissionDenied => Err(error),
        Err(_) => Ok(There::Other),
    }
}

/// What the names of folders begin with that are not whole yet.
const TEMPORARY: &str = ".transhume-homeserver-";

/// A folder that is being written beside the place where it will stand.
#[derive(Debug)]
pub struct Draft {
    inside: TempDir,
    /// Held as long as somebody writes there.
    _lock: File,
    place: PathBuf,
}

impl Draft {
    /// Begins one.
    ///
    /// # Errors
    /// Whatever the system says.
    pub fn begin(place: &Path) -> io::Result<Draft> {
        let place = std::path::absolute(place)?;
        let parent = place.parent().unwrap_or(Path::new("/"));
        fs::create_dir_all(parent)?;
        // Nobody else may enter it, from the first moment on.
        remove_leftovers(parent);
        let inside = TempDir::with_prefix_in(TEMPORARY, parent)?;
        restrict(inside.path(), 0o700)?;
        let lock = File::open(inside.path())?;
        lock.lock()?;
        Ok(Draft { inside, _lock: lock, place })
    }

    /// Who will own what Synapse reads.
    ///
    /// # Errors
    /// Whatever the system says.
    pub fn owner(&self) -> io::Result<Owner> {
        Ok(owner(&fs::metadata(self.inside.path())?))
    }

    /// Writes the files.
    ///
    /// # Errors
    /// Whatever the system says; then nothing is left.
    pub fn fill(&self, files: &[Made], synapse: Owner) -> io::Result<()> {
        let root = self.inside.path();
        for file in files {
            let path = root.join(file.name);
            if let Some(parent) = path.parent().filter(|parent| *parent != root) {
                make_folder(parent, synapse)?;
            }
            let mut new = create(&path, file.mode)?;
            new.write_all(file.content.as_bytes())?;
            new.sync_all()?;
            if file.for_synapse {
                give(&path, synapse)?;
            }
        }
        make_folder(&root.join(MEDIA), synapse)
    }

    /// Puts it in its place.
    ///
    /// # Errors
    /// Something came to stand there meanwhile; the system refused. Then nothing is left.
    pub fn finish(self) -> io::Result<PathBuf> {
        // This takes the place of an empty folder, and of nothing else.
        fs::rename(self.inside.path(), &self.place)?;
        let _ = self.inside.keep();
        if let Some(parent) = self.place.parent().and_then(|parent| File::open(parent).ok()) {
            let _ = parent.sync_all();
        }
        Ok(self.place)
    }
}

/// Removes what a killed process left half written: secrets that nobody uses.
fn remove_leftovers(parent: &Path) {
    for entry in fs::read_dir(parent).into_iter().flatten().flatten() {
        let ours = entry.file_name().as_encoded_bytes().starts_with(TEMPORARY.as_bytes());
        let is_folder = entry.file_type().is_ok_and(|kind| kind.is_dir());
        // Whoever still writes there holds the lock.
        let is_left = || File::open(entry.path()).is_ok_and(|folder| folder.try_lock().is_ok());
        if ours && is_folder && is_left() {
            let _ = fs::remove_dir_all(entry.path());
        }
    }
}

/// Compares a folder with what would be written.
pub fn compare(folder: &Path, files: &[Made]) -> Vec<State> {
    let state = |file: &Made| {
        let path = folder.join(file.name);
        let Ok(there) = fs::read(&path) else { return State::Missing };
        if there != file.content.as_bytes() || there.trim_ascii().is_empty() {
            State::Differs
        } else if file.mode.trailing_zeros() >= 6 && is_open(&path) {
            State::Open
        } else {
            State::Same
        }
    };
    files.iter().map(state).collect()
}

fn make_folder(path: &Path, synapse: Owner) -> io::Result<()> {
    if path.exists() {
        return Ok(());
    }
    fs::create_dir(path)?;
    restrict(path, 0o700)?;
    give(path, synapse)
}

#[cfg(unix)]
fn owner(there: &fs::Metadata) -> Owner {
    use std::os::unix::fs::MetadataExt;
    Owner::of_files(there.uid(), there.gid())
}

#[cfg(not(unix))]
fn owner(_: &fs::Metadata) -> Owner {
    // Where there are no such numbers, containers run in a machine of their own.
    Owner::of_files(0, 0)
}

/// Creates a file that has these permissions from its first moment on.
fn create(path: &Path, mode: u32) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let file = options.open(path)?;
    restrict(path, mode)?;
    Ok(file)
}

#[cfg(unix)]
fn restrict(path: &Path, mode: u32) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(path, fs::Permissions::from_mode(mode))
}

#[cfg(not(unix))]
fn restrict(_: &Path, _: u32) -> io::Result<()> {
    Ok(())
}

/// Gives a file to the user that Synapse runs as, where that is another one.
#[cfg(unix)]
fn give(path: &Path, to: Owner) -> io::Result<()> {
    use std::os::unix::fs::MetadataExt;
    let there = fs::metadata(path)?;
    if there.uid() == to.uid {
        return Ok(());
    }
    std::os::unix::fs::chown(path, Some(to.uid), Some(to.gid))
}

#[cfg(not(unix))]
fn give(_: &Path, _: Owner) -> io::Result<()> {
    Ok(())
}

#[cfg(unix)]
fn is_open(path: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    fs::metadata(path).is_ok_and(|there| there.permissions().mode() & 0o077 != 0)
}

#[cfg(not(unix))]
fn is_open(_: &Path) -> bool {
    false
}
