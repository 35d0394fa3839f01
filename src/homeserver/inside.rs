//! Looks into the folder of a server, one that transhume wrote or any other with a
//! `homeserver.yaml`. Nothing is changed, and no secret is shown.

use std::collections::BTreeMap;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use yaml_rust2::{Yaml, YamlLoader};

use super::check::inside::{Folder, Settings};

/// The settings.
pub const SETTINGS: &str = "homeserver.yaml";

/// No file that is read here is longer (bytes).
const LONGEST: u64 = 1024 * 1024;

/// How a database of SQLite begins.
const SQLITE: &[u8] = b"SQLite format 3\0";

/// So many levels of folders are looked into for databases that were left.
const DEEPEST: usize = 2;

/// The settings that hold secrets; each can also stand in a file of its own.
const SECRETS: [&str; 3] = ["registration_shared_secret", "macaroon_secret_key", "form_secret"];

/// Looks into a folder.
///
/// # Errors
/// There is no `homeserver.yaml` in it that can be read.
pub fn look(folder: &Path) -> io::Result<Folder> {
    let path = folder.join(SETTINGS);
    let text = read(&path)?;
    let mut seen = Folder { settings: settings(&text), ..Folder::default() };
    let Some(settings) = seen.settings.clone() else { return Ok(seen) };
    for (name, secret) in &settings.secrets {
        seen.secrets.insert(format!("{SETTINGS}: {name}"), secret.clone());
    }
    // Settings without a secret in them may be read by anybody.
    if !settings.secrets.is_empty() {
        note_if_open(folder, &path, &mut seen);
    }
    for written in settings.secret_files.values() {
        let Some(path) = found(folder, written) else { continue };
        note_if_open(folder, &path, &mut seen);
        if let Ok(secret) = read(&path) {
            seen.secrets.insert(shown(folder, &path), secret);
        }
    }
    let usual = || settings.server_name.as_ref().map(|name| format!("{name}.signing.key"));
    let key = settings.signing_key.clone().or_else(usual).and_then(|key| found(folder, &key));
    if let Some(key) = key {
        seen.has_signing_key = true;
        note_if_open(folder, &key, &mut seen);
    }
    let environment = folder.join(".env");
    if let Ok(text) = read(&environment) {
        note_if_open(folder, &environment, &mut seen);
        let password = text.lines().find_map(|line| line.strip_prefix("POSTGRES_PASSWORD="));
        if let Some(password) = password {
            seen.secrets.insert(".env: POSTGRES_PASSWORD".to_owned(), password.to_owned());
        }
    }
    seen.has_password_in_compose = ["compose.yaml", "compose.yml", "docker-compose.yml"]
        .iter()
        .filter_map(|name| read(&folder.join(name)).ok())
        .any(|text| text.lines().any(is_password));
    databases(folder, folder, DEEPEST, &mut seen.sqlite);
    seen.sqlite.sort();
    Ok(seen)
}

/// A line that says the password itself, and not where it comes from.
fn is_password(line: &str) -> bool {
    let line = line.trim().trim_start_matches("- ");
    let said = line.strip_prefix("POSTGRES_PASSWORD").and_then(|rest| rest.strip_prefix([':', '=']));
    said.map(str::trim).is_some_and(|said| !said.is_empty() && !said.contains("${"))
}

fn read(path: &Path) -> io::Result<String> {
    let mut text = String::new();
    std::fs::File::open(path)?.take(LONGEST).read_to_string(&mut text)?;
    Ok(text)
}

/// What the settings say; none where they are no YAML.
fn settings(text: &str) -> Option<Settings> {
    let all = YamlLoader::load_from_str(text).ok()?;
    let all = all.first().filter(|all| all.as_hash().is_some())?;
    let of = |from: &Yaml, name: &str| from[name].as_str().map(str::to_owned);
    let named = |ending: &str| -> BTreeMap<String, String> {
        SECRETS
            .iter()
            .filter_map(|name| Some(((*name).to_owned(), of(all, &format!("{name}{ending}"))?)))
            .collect()
    };
    Some(Settings {
        server_name: of(all, "server_name"),
        engine: of(&all["database"], "name"),
        signing_key: of(all, "signing_key_path"),
        secrets: named(""),
        secret_files: named("_path"),
    })
}

/// Where a file is that the settings name as the server sees it: mostly in a container,
/// where the folder has another name.
fn found(folder: &Path, written: &str) -> Option<PathBuf> {
    let written = Path::new(written);
    let parts: Vec<_> = written.components().collect();
    let inside = (1..parts.len()).map(|from| folder.join(parts[from..].iter().collect::<PathBuf>()));
    std::iter::once(folder.join(written)).chain(inside).find(|path| path.is_file())
}

fn shown(folder: &Path, path: &Path) -> String {
    path.strip_prefix(folder).unwrap_or(path).display().to_string()
}

#[cfg(unix)]
fn note_if_open(folder: &Path, path: &Path, seen: &mut Folder) {
    use std::os::unix::fs::PermissionsExt;
    let mode = std::fs::metadata(path).map_or(0, |there| there.permissions().mode() & 0o777);
    if mode & 0o077 != 0 {
        seen.open.push((shown(folder, path), mode));
    }
}

#[cfg(not(unix))]
fn note_if_open(_: &Path, _: &Path, _: &mut Folder) {}

/// Databases of SQLite, known by how they begin.
fn databases(folder: &Path, within: &Path, levels: usize, found: &mut Vec<String>) {
    for entry in std::fs::read_dir(within).into_iter().flatten().flatten() {
        let (path, Ok(kind)) = (entry.path(), entry.file_type()) else { continue };
        let mut begin = [0; SQLITE.len()];
        if kind.is_dir() && levels > 0 {
            databases(folder, &path, levels - 1, found);
        } else if kind.is_file()
            && std::fs::File::open(&path).and_then(|mut file| file.read_exact(&mut begin)).is_ok()
            && begin == SQLITE
        {
            found.push(shown(folder, &path));
        }
    }
}
