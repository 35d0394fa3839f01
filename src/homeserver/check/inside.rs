//! A server looked at from inside: its settings, its secrets, its database. H23 to H26.

use std::collections::BTreeMap;

use super::finding::Finding;
use crate::model::Foreign;
use crate::words::key;

/// No secret that nobody can guess is shorter (characters).
const SHORTEST: usize = 16;

/// What stands in samples where a secret belongs, in lower case.
const SAMPLES: [&str; 8] = [
    "changeme",
    "change_me",
    "change-me",
    "secret",
    "password",
    "<private string>",
    "your_secret",
    "example",
];

/// What `homeserver.yaml` says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Settings {
    /// The server's name.
    pub server_name: Option<String>,
    /// The kind of database.
    pub engine: Option<String>,
    /// Where the signing key is, as it stands there.
    pub signing_key: Option<String>,
    /// The secrets that stand in it, by their names.
    pub secrets: BTreeMap<String, String>,
    /// The secrets that stand in files of their own, by their names.
    pub secret_files: BTreeMap<String, String>,
}

/// What was seen in a folder.
#[derive(Clone, Debug, Default)]
pub struct Folder {
    /// The settings; none if they are no YAML.
    pub settings: Option<Settings>,
    /// Whether the signing key was found where the settings say.
    pub has_signing_key: bool,
    /// All secrets that were found, by where they stand.
    pub secrets: BTreeMap<String, String>,
    /// Files with secrets that others can read, with their permissions.
    pub open: Vec<(String, u32)>,
    /// Databases of SQLite.
    pub sqlite: Vec<String>,
    /// Whether a password stands in `compose.yaml` itself.
    pub has_password_in_compose: bool,
}

/// What was seen in a database.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Database {
    /// Its name.
    pub name: String,
    /// How it sorts.
    pub collate: String,
    /// How it tells letters apart.
    pub ctype: String,
    /// How it writes them.
    pub encoding: String,
    /// The domains of the accounts in it.
    pub domains: Vec<String>,
}

/// A database, or why it could not be asked.
pub type Asked = Result<Database, Foreign>;

/// Judges what was seen from inside of the server of that name.
pub fn judge(name: &str, folder: Option<&Folder>, database: Option<&Asked>) -> Vec<Finding> {
    let mut all: Vec<Finding> = database.map(h23).into_iter().collect();
    let known = database.and_then(|asked| asked.as_ref().ok());
    if folder.is_some() || known.is_some() {
        all.push(h24(name, folder, known));
    }
    if let Some(folder) = folder {
        all.extend([h25(folder), h26(folder)]);
    }
    all.into_iter().map(|finding| finding.with("name", name)).collect()
}

/// The database sorts as Synapse wants it.
fn h23(asked: &Asked) -> Finding {
    let database = match asked {
        Ok(database) => database,
        Err(why) => return Finding::fail(23, key::HOMESERVER_H23_UNREACHED).with("what", why.raw()),
    };
    let is_right = database.collate == "C" && database.ctype == "C" && database.encoding == "UTF8";
    let finding = match is_right {
        true => Finding::ok(23, key::HOMESERVER_H23_GOOD),
        false => Finding::fail(23, key::HOMESERVER_H23_WRONG).lines([
            format!("pg_dump -Fc {} > synapse.dump", database.name),
            "createdb --encoding=UTF8 --locale=C --template=template0 --owner=synapse synapse_c".to_owned(),
            "pg_restore --no-owner --role=synapse -d synapse_c synapse.dump".to_owned(),
            "# homeserver.yaml, under database, args".to_owned(),
            "dbname: synapse_c".to_owned(),
        ]),
    };
    finding
        .with("database", &database.name)
        .with("collate", &database.collate)
        .with("ctype", &database.ctype)
        .with("encoding", &database.encoding)
}

/// Settings, database and domain mean the same server.
fn h24(name: &str, folder: Option<&Folder>, database: Option<&Database>) -> Finding {
    let lines = || ["# homeserver.yaml".to_owned(), format!("server_name: {name}")];
    if let Some(folder) = folder {
        let Some(settings) = &folder.settings else { return Finding::fail(24, key::HOMESERVER_H24_NOT_YAML) };
        match &settings.server_name {
            None => return Finding::fail(24, key::HOMESERVER_H24_MISSING).lines(lines()),
            Some(other) if other != name => {
                return Finding::fail(24, key::HOMESERVER_H24_OTHER).with("other", other);
            }
            Some(_) => {}
        }
    }
    let domains = database.map(|database| database.domains.as_slice()).unwrap_or_default();
    match domains.iter().find(|domain| *domain != name) {
        Some(other) => Finding::fail(24, key::HOMESERVER_H24_USERS).with("other", other),
        None if domains.is_empty() => Finding::ok(24, key::HOMESERVER_H24_GOOD),
        None => Finding::ok(24, key::HOMESERVER_H24_USERS_GOOD),
    }
}

/// The key is there, and the secrets are.
fn h25(folder: &Folder) -> Finding {
    let Some(settings) = &folder.settings else { return Finding::skipped(25, 24) };
    if !folder.open.is_empty() {
        let files = folder.open.iter().map(|(file, mode)| format!("{file} ({mode:04o})"));
        let files = files.collect::<Vec<_>>().join(", ");
        let lines = folder.open.iter().map(|(file, _)| format!("chmod 600 {file}"));
        return Finding::fail(25, key::HOMESERVER_H25_OPEN).with("files", files).lines(lines);
    }
    if !folder.has_signing_key {
        let path = settings.signing_key.as_deref().unwrap_or("signing_key_path");
        return Finding::fail(25, key::HOMESERVER_H25_NO_KEY).with("path", path);
    }
    let weak = |secret: &str| {
        let plain = secret.trim().to_ascii_lowercase();
        plain.chars().count() < SHORTEST || SAMPLES.iter().any(|sample| plain.contains(sample))
    };
    if let Some((place, _)) = folder.secrets.iter().find(|(_, secret)| weak(secret)) {
        return Finding::fail(25, key::HOMESERVER_H25_WEAK)
            .with("place", place)
            .lines(["openssl rand -hex 32".to_owned()]);
    }
    let mut seen: BTreeMap<&str, &str> = BTreeMap::new();
    for (place, secret) in &folder.secrets {
        if let Some(first) = seen.insert(secret.trim(), place) {
            return Finding::warn(25, key::HOMESERVER_H25_SAME)
                .with("place", place)
                .with("first", first)
                .lines(["openssl rand -hex 32".to_owned()]);
        }
    }
    if folder.has_password_in_compose {
        return Finding::warn(25, key::HOMESERVER_H25_COMPOSE)
            .lines(["POSTGRES_PASSWORD: ${POSTGRES_PASSWORD}".to_owned()]);
    }
    let path = settings.signing_key.as_deref().unwrap_or_default();
    Finding::ok(25, key::HOMESERVER_H25_GOOD).with("path", path)
}

/// No SQLite, not even one that was left behind.
fn h26(folder: &Folder) -> Finding {
    let Some(settings) = &folder.settings else { return Finding::skipped(26, 24) };
    if settings.engine.as_deref() != Some("psycopg2") {
        let engine = settings.engine.as_deref().unwrap_or("-");
        return Finding::warn(26, key::HOMESERVER_H26_SQLITE).with("engine", engine).lines([
            "synapse_port_db --sqlite-database homeserver.db --postgres-config homeserver-postgres.yaml"
                .to_owned(),
        ]);
    }
    match folder.sqlite.is_empty() {
        true => Finding::ok(26, key::HOMESERVER_H26_GOOD),
        false => Finding::warn(26, key::HOMESERVER_H26_LEFT).with("files", folder.sqlite.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::homeserver::check::State;

    fn database() -> Database {
        let c = || "C".to_owned();
        Database {
            name: "synapse".to_owned(),
            collate: c(),
            ctype: c(),
            encoding: "UTF8".to_owned(),
            domains: vec!["example.org".to_owned()],
        }
    }

    fn states(asked: &Asked) -> Vec<(u8, State, &'static str)> {
        let found = judge("example.org", None, Some(asked));
        found.iter().map(|f| (f.id.0, f.state, f.key.id())).collect()
    }

    #[test]
    fn a_collation_that_synapse_refuses_is_named() {
        assert!(states(&Ok(database())).iter().all(|(_, state, _)| *state == State::Ok));
        for (collate, ctype, encoding) in [
            ("C.UTF-8", "C", "UTF8"),
            ("C", "fr_FR.UTF-8", "UTF8"),
            ("C", "C", "SQL_ASCII"),
            ("c", "c", "UTF8"),
        ] {
            let (collate, ctype) = (collate.to_owned(), ctype.to_owned());
            let wrong = Database { collate, ctype, encoding: encoding.to_owned(), ..database() };
            assert_eq!(states(&Ok(wrong))[0], (23, State::Fail, "homeserver-h23-wrong"));
        }
    }

    #[test]
    fn accounts_of_another_domain_are_named() {
        let other = Database { domains: vec!["matrix.example.org".to_owned()], ..database() };
        assert_eq!(states(&Ok(other))[1], (24, State::Fail, "homeserver-h24-users"));
        assert_eq!(states(&Err(Foreign::from("refused"))), [(23, State::Fail, "homeserver-h23-unreached")]);
    }
}
