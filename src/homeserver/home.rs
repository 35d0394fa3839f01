//! What was decided about a server, kept beside its files, so that the same call knows
//! them again. Nothing in it is secret.

use std::net::IpAddr;

use serde::{Deserialize, Serialize};

use crate::words::Language;

/// The name of the file.
pub const FILE: &str = "transhume.json";
/// The user of Synapse's image, for who starts it as root.
const IMAGE_USER: u32 = 991;

/// What was decided.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Home {
    schema: String,
    /// What stands behind the colon of Matrix IDs.
    pub server_name: String,
    /// The language of the remarks in the files.
    language: String,
    /// The addresses of the machine, as far as they were told.
    pub addresses: Vec<IpAddr>,
    /// Who owns the files that Synapse reads.
    pub owner: Owner,
    /// Where the database is.
    pub database: Database,
}

/// A user and a group of the system.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Owner {
    /// The user.
    pub uid: u32,
    /// The group.
    pub gid: u32,
}

/// Where the database is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Database {
    /// Whether it was there before, and is not among the containers.
    pub existing: bool,
    /// The host, as Synapse finds it.
    pub host: String,
    /// The host, as this machine finds it; empty for the one among the containers.
    pub reached_at: String,
    /// The port.
    pub port: u16,
    /// The database.
    pub name: String,
    /// The role.
    pub user: String,
}

impl Owner {
    /// Who Synapse runs as: whoever made the files, but never root.
    pub fn of_files(uid: u32, gid: u32) -> Owner {
        match uid {
            0 => Owner { uid: IMAGE_USER, gid: IMAGE_USER },
            uid => Owner { uid, gid },
        }
    }
}

impl Default for Database {
    /// The one that comes with it.
    fn default() -> Self {
        let synapse = || "synapse".to_owned();
        Database {
            existing: false,
            host: "database".to_owned(),
            reached_at: String::new(),
            port: 5432,
            name: synapse(),
            user: synapse(),
        }
    }
}

impl Home {
    /// The file's schema.
    const SCHEMA: &str = "transhume.homeserver/1";

    /// Decides.
    pub fn new(
        server_name: &str,
        language: Language,
        addresses: Vec<IpAddr>,
        owner: Owner,
        database: Database,
    ) -> Home {
        Home {
            schema: Home::SCHEMA.to_owned(),
            server_name: server_name.to_owned(),
            language: language.id().to_owned(),
            addresses,
            owner,
            database,
        }
    }

    /// Reads what was decided; none where this is something else.
    pub fn parse(text: &str) -> Option<Home> {
        let home: Home = serde_json::from_str(text).ok()?;
        (home.schema == Home::SCHEMA).then_some(home)
    }

    /// As it is kept.
    ///
    /// # Errors
    /// None that is known of.
    pub fn to_text(&self) -> Result<String, serde_json::Error> {
        serde_json::to_string_pretty(self).map(|text| text + "\n")
    }

    /// The language of the remarks in the files.
    pub fn language(&self) -> Language {
        Language::from_id(&self.language).unwrap_or_default()
    }
}
