//! Signal Desktop's folder: where it lies, how its database is opened, and that
//! nothing in it is touched. Not even the time of the last access changes, where
//! the system lets us.

mod keyring;
mod source;

use std::path::{Path, PathBuf};

use etcetera::BaseStrategy;

pub use keyring::line_of as keyring_line;
pub use source::{Asked, read};

/// The folder of a Signal Desktop.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Profile {
    folder: PathBuf,
}

impl Profile {
    /// The one in that folder, whatever is in it.
    pub fn at(folder: PathBuf) -> Profile {
        Profile { folder }
    }

    /// Those in the usual places, of which there is a database.
    pub fn usual() -> Vec<Profile> {
        places().into_iter().map(Profile::at).filter(|profile| profile.database().is_file()).collect()
    }

    /// The folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The settings, where the key is.
    pub fn config(&self) -> PathBuf {
        self.folder.join("config.json")
    }

    /// The database.
    pub fn database(&self) -> PathBuf {
        self.folder.join("sql").join("db.sqlite")
    }

    /// The log beside the database.
    pub fn log(&self) -> PathBuf {
        super::databases::beside(&self.database(), "-wal")
    }
}

/// Where Signal Desktop mostly lies on this system.
pub fn places() -> Vec<PathBuf> {
    let Ok(home) = etcetera::home_dir() else { return Vec::new() };
    if cfg!(target_os = "macos") {
        return vec![home.join("Library/Application Support/Signal")];
    }
    let Ok(base) = etcetera::choose_base_strategy() else { return Vec::new() };
    let mut places = vec![base.config_dir().join("Signal")];
    if cfg!(not(windows)) {
        places.push(home.join(".var/app/org.signal.Signal/config/Signal"));
        places.push(home.join("snap/signal-desktop/current/.config/Signal"));
    }
    places
}
