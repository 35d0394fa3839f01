//! What was decided about a server, kept beside its files, so that the same call knows
//! them again. Nothing in it is secret.

use std::net::IpAddr;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::words::Language;

/// The name of the file.
pub const FILE: &str = "transhume.json";
/// The user of Synapse's image, for who starts it as root.
const IMAGE_USER: u32 = 991;
/// How many bytes of a name PostgreSQL keeps.
const LONGEST_IDENTIFIER: usize = 63;

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
    /// Whether it is spoken to by TLS alone.
    pub tls: bool,
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
            tls: false,
            name: synapse(),
            user: synapse(),
        }
    }
}

impl Database {
    /// One of a server's own in a PostgreSQL that is there already. What is on this
    /// machine, containers find under a name that Docker gives it.
    pub fn existing(server_name: &str, reached_at: &str, port: u16, tls: bool) -> Database {
        let this_machine = reached_at.starts_with('/')
            || reached_at == "localhost"
            || reached_at.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback());
        let name = identifier(server_name);
        Database {
            existing: true,
            host: if this_machine { "host.docker.internal".to_owned() } else { reached_at.to_owned() },
            reached_at: reached_at.to_owned(),
            port,
            tls,
            user: name.clone(),
            name,
        }
    }
}

/// A name for a database that needs no quoting, and none longer than PostgreSQL keeps.
fn identifier(server_name: &str) -> String {
    let plain = |c: char| if c.is_ascii_alphanumeric() { c } else { '_' };
    let name: String = "matrix_".chars().chain(server_name.chars().map(plain)).collect();
    if name.len() <= LONGEST_IDENTIFIER {
        return name;
    }
    let digest = Sha256::digest(server_name);
    let tail: String = digest.iter().take(4).map(|byte| format!("{byte:02x}")).collect();
    format!("{}_{tail}", &name[..LONGEST_IDENTIFIER - 9])
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn databases_are_named_after_the_server() {
        assert_eq!(identifier("a-b.example.org"), "matrix_a_b_example_org");
        let long = |end: &str| identifier(&format!("{}.{end}", "a".repeat(60)));
        assert_eq!(long("org").len(), LONGEST_IDENTIFIER);
        assert_ne!(long("org"), long("net"));
    }

    #[test]
    fn containers_find_this_machine_by_another_name() {
        let host = |reached_at: &str| Database::existing("example.org", reached_at, 5432, false).host;
        for here in ["localhost", "127.0.0.1", "::1", "/var/run/postgresql"] {
            assert_eq!(host(here), "host.docker.internal");
        }
        assert_eq!(host("db.example.org"), "db.example.org");
    }

    #[test]
    fn root_is_never_who_synapse_runs_as() {
        assert_eq!(Owner::of_files(0, 0), Owner { uid: 991, gid: 991 });
        assert_eq!(Owner::of_files(1000, 1001), Owner { uid: 1000, gid: 1001 });
    }
}
