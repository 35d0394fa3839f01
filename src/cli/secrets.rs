//! What opens inputs that are locked: from a file, from the environment, or
//! asked on a terminal. Never an argument, which every process can read, and
//! never written down.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use zeroize::Zeroizing;

use crate::read::signal::desktop::DatabaseKey;
use crate::read::whatsapp::backup::Key;
use crate::read::whatsapp::backup::key::LONGEST;
use crate::words::key;

use super::args::Opening;
use super::context::Context;
use super::exit::Exit;
use super::failure::Failure;
use super::prompt;

/// Holds the key of encrypted backups, or the path to it.
const BACKUP_KEY: &str = "TRANSHUME_BACKUP_KEY";
/// So often a key is asked for that turns out to be none.
const TRIES: usize = 3;

/// The secrets that were given.
#[derive(Clone, Debug, Default)]
pub struct Secrets {
    backup_key: Option<Key>,
}

impl Secrets {
    /// Takes what was given.
    ///
    /// # Errors
    /// A file that cannot be read or holds no key.
    pub fn resolve(opening: &Opening) -> Result<Secrets, Failure> {
        let bad = |what: String| Failure::new(Exit::Usage, key::ERROR_BACKUP_KEY).about(what);
        let from_file = |path: &Path| {
            let closed = Failure::new(Exit::Usage, key::ERROR_BACKUP_KEY_FILE);
            let bytes = read(path).map_err(|_| closed.about(path.display().to_string()))?;
            Key::parse(&bytes).ok_or_else(|| bad(path.display().to_string()))
        };
        let backup_key = match (&opening.backup_key, std::env::var_os(BACKUP_KEY)) {
            (Some(path), _) => Some(from_file(path)?),
            (None, Some(value)) if !value.is_empty() => {
                match value.to_str().and_then(|v| Key::parse(v.as_bytes())) {
                    Some(key) => Some(key),
                    None if Path::new(&value).is_file() => Some(from_file(Path::new(&value))?),
                    // What looks like a key with a slip in it is not shown.
                    None => return Err(bad(BACKUP_KEY.to_owned())),
                }
            }
            (None, _) => None,
        };
        Ok(Secrets { backup_key })
    }

    /// The key of encrypted backups; asked for where nobody gave one and
    /// somebody is there. None as well where the user wants to stop.
    pub fn backup_key(&self, context: &Context) -> Option<Key> {
        if self.backup_key.is_some() || !context.may_ask {
            return self.backup_key.clone();
        }
        for _ in 0..TRIES {
            let typed = prompt::secret(context, &context.words.say(key::ASK_BACKUP_KEY)).ok()?;
            let typed = Zeroizing::new(typed);
            if typed.trim().is_empty() {
                return None;
            }
            let found = Key::parse(typed.as_bytes());
            let found = found.or_else(|| Key::parse(&read(Path::new(typed.trim())).ok()?));
            if found.is_some() {
                return found;
            }
        }
        None
    }
}

/// Reads the key of Signal Desktop's database.
///
/// # Errors
/// The file cannot be read, or holds no key.
pub fn signal_key(path: &Path) -> Result<DatabaseKey, Failure> {
    let about = |key| Failure::new(Exit::Usage, key).about(path.display().to_string());
    let bytes = read(path).map_err(|_| about(key::ERROR_SIGNAL_KEY_FILE))?;
    let text = std::str::from_utf8(&bytes).ok();
    text.and_then(DatabaseKey::parse).ok_or_else(|| about(key::ERROR_SIGNAL_KEY))
}

/// Reads a small file.
fn read(path: &Path) -> io::Result<Zeroizing<Vec<u8>>> {
    let mut bytes = Zeroizing::new(Vec::with_capacity(LONGEST + 1));
    File::open(path)?.take(LONGEST as u64 + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}
