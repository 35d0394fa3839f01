//! What `homeserver init` tells, as JSON. No secret is in it.

use std::path::Path;

use serde::Serialize;

use super::files::Made;
use super::folder::State;
use super::home::Home;
use crate::model::Foreign;

/// A folder of a server.
#[derive(Debug, Serialize)]
pub struct InitView<'a> {
    schema: &'static str,
    server_name: &'a str,
    dir: Foreign,
    /// Where the database is, but for the one that comes along.
    database: Option<DatabaseView<'a>>,
    files: &'a [FileView],
}

/// A database in a PostgreSQL that was there before.
#[derive(Debug, Serialize)]
struct DatabaseView<'a> {
    host: &'a str,
    port: u16,
    name: &'a str,
    user: &'a str,
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
    pub fn new(home: &'a Home, dir: &Path, files: &'a [FileView]) -> Self {
        let dir = Foreign::new(dir.display().to_string());
        let of = &home.database;
        let database = of.existing.then(|| DatabaseView {
            host: &of.reached_at,
            port: of.port,
            name: &of.name,
            user: &of.user,
        });
        Self { schema: "transhume.homeserver-init/1", server_name: &home.server_name, dir, database, files }
    }
}

impl FileView {
    /// Tells of a file.
    pub fn new(file: &Made, state: State) -> Self {
        Self { path: file.name, state }
    }
}
