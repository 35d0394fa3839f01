//! What `homeserver init` tells, as JSON. No secret is in it.

use std::path::Path;

use serde::Serialize;

use super::files::Made;
use super::folder::State;
use crate::model::Foreign;

/// A folder of a server.
#[derive(Debug, Serialize)]
pub struct InitView<'a> {
    schema: &'static str,
    server_name: &'a str,
    dir: Foreign,
    files: &'a [FileView],
}

/// A file of it.
#[derive(Debug, Serialize)]
pub struct FileView {
    /// The path in the folder.
    pub path: &'static str,
    /// How it is found.
    pub state: State,
}

impl<'a> InitView<'a> {
    /// Tells of a folder.
    pub fn new(server_name: &'a str, dir: &Path, files: &'a [FileView]) -> Self {
        let dir = Foreign::new(dir.display().to_string());
        Self { schema: "transhume.homeserver-init/1", server_name, dir, files }
    }
}

impl FileView {
    /// Tells of a file.
    pub fn new(file: &Made, state: State) -> Self {
        Self { path: file.name, state }
    }
}
