//! Where a workspace lies, and that nobody else can look into it.

use std::fs;
use std::path::{Path, PathBuf};

use etcetera::BaseStrategy;

use super::WorkspaceError;

/// The folder of a workspace.
#[derive(Clone, Debug)]
pub struct Folder {
    path: PathBuf,
    /// Whether the user named it, on the command line or in the environment.
    named: bool,
}

impl Folder {
    /// The folder that was named, else the platform's place for data.
    ///
    /// # Errors
    /// [`WorkspaceError::NoHome`] where there is no such place.
    pub fn resolve(named: Option<PathBuf>) -> Result<Folder, WorkspaceError> {
        if let Some(path) = named {
            return Ok(Folder { path, named: true });
        }
        let base = etcetera::choose_base_strategy().map_err(|_| WorkspaceError::NoHome)?;
        Ok(Folder { path: base.data_dir().join("transhume"), named: false })
    }

    /// The folder itself.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The database.
    pub fn database(&self) -> PathBuf {
        self.path.join("transhume.db")
    }

    /// The settings.
    pub fn settings(&self) -> PathBuf {
        self.path.join("transhume.toml")
    }

    /// Where the user's own templates for drafts are, if there are any.
    pub fn templates(&self) -> PathBuf {
        self.path.join("templates")
    }

    /// Where outputs go: where the user says, else into a named workspace,
    /// else into the current folder.
    pub fn outputs(&self, out: Option<PathBuf>) -> PathBuf {
        out.unwrap_or_else(|| match self.named {
            true => self.path.join("out"),
            false => PathBuf::from("transhume-out"),
        })
    }

    /// Makes the folder if need be, for its owner alone.
    ///
    /// # Errors
    /// Whatever the system says.
    pub fn create(&self) -> Result<(), WorkspaceError> {
        create_private(&self.path)
    }
}

/// Makes a folder, with those above it, that only its owner can enter.
/// One that exists keeps its permissions.
///
/// # Errors
/// Whatever the system says.
pub fn create_private(path: &Path) -> Result<(), WorkspaceError> {
    if path.is_dir() {
        return Ok(());
    }
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::DirBuilderExt;
        builder.mode(0o700);
    }
    builder.create(path).map_err(WorkspaceError::io(path))
}
