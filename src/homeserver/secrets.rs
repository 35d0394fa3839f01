//! What nobody may guess: passwords, and the key that the server signs with. Each is
//! rolled for this server alone, and stands in one file that is its owner's alone.

use std::fmt;
use std::fmt::Write as _;
use std::fs;
use std::io;
use std::path::Path;

use base64::Engine;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use zeroize::{Zeroize, Zeroizing};

/// How many bytes of chance are in each.
const BYTES: usize = 32;
/// What tells this key from later ones.
const KEY_VERSION: usize = 4;

/// The secrets of a server.
pub struct Secrets {
    /// The password of the database's role.
    pub database: Zeroizing<String>,
    /// Signs what clients hold as tokens.
    pub macaroon: Zeroizing<String>,
    /// Protects forms.
    pub form: Zeroizing<String>,
    /// Makes accounts from the machine itself.
    pub registration: Zeroizing<String>,
    /// Signs for the server: whoever has it is the server.
    pub signing: Zeroizing<String>,
}

impl fmt::Debug for Secrets {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secrets(…)")
    }
}

impl Secrets {
    /// Rolls new ones.
    ///
    /// # Errors
    /// The system has no chance to give.
    pub fn roll() -> Result<Secrets, getrandom::Error> {
        Ok(Secrets {
            database: password()?,
            macaroon: password()?,
            form: password()?,
            registration: password()?,
            signing: signing_key()?,
        })
    }

    /// Those of a folder that was written before; empty is what is not there.
    pub fn of_folder(folder: &Path) -> Secrets {
        let read = |name: &str| -> Zeroizing<String> {
            let text: io::Result<String> = fs::read_to_string(folder.join(name));
            let text = Zeroizing::new(text.unwrap_or_default());
            Zeroizing::new(text.trim_end().to_owned())
        };
        let environment = read(super::files::ENVIRONMENT);
        let password = environment.lines().find_map(|line| line.strip_prefix("POSTGRES_PASSWORD="));
        Secrets {
            database: Zeroizing::new(password.unwrap_or_default().to_owned()),
            macaroon: read(super::files::MACAROON),
            form: read(super::files::FORM),
            registration: read(super::files::REGISTRATION),
            signing: read(super::files::SIGNING),
        }
    }
}

/// A password of digits and letters that mean nothing to any shell or file.
fn password() -> Result<Zeroizing<String>, getrandom::Error> {
    let mut bytes = Zeroizing::new([0; BYTES]);
    getrandom::fill(&mut *bytes)?;
    let mut text = Zeroizing::new(String::with_capacity(2 * BYTES));
    for byte in bytes.iter() {
        let _ = write!(text, "{byte:02x}");
    }
    Ok(text)
}

/// A key as Synapse keeps it: algorithm, version, seed.
fn signing_key() -> Result<Zeroizing<String>, getrandom::Error> {
    const LETTERS: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyzABCDEFGH";
    let mut version = [0; KEY_VERSION];
    getrandom::fill(&mut version)?;
    let version: String = version.iter().map(|byte| char::from(LETTERS[usize::from(byte % 32)])).collect();
    let mut seed = Zeroizing::new([0; BYTES]);
    getrandom::fill(&mut *seed)?;
    let mut encoded = STANDARD_NO_PAD.encode(*seed);
    let key = Zeroizing::new(format!("ed25519 a_{version} {encoded}"));
    encoded.zeroize();
    Ok(key)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_secrets_are_alike_and_none_needs_quoting() {
        let (one, other) = (Secrets::roll().unwrap(), Secrets::roll().unwrap());
        let all =
            [&one.database, &one.macaroon, &one.form, &one.registration, &other.database, &other.macaroon];
        for (at, secret) in all.iter().enumerate() {
            assert!(secret.len() == 64 && secret.bytes().all(|byte| byte.is_ascii_hexdigit()));
            assert!(all[at + 1..].iter().all(|later| later != secret));
        }
        assert_eq!(format!("{one:?}"), "Secrets(…)");
    }

    #[test]
    fn the_signing_key_is_as_synapse_keeps_it() {
        let key = Secrets::roll().unwrap().signing;
        let parts: Vec<&str> = key.split(' ').collect();
        assert_eq!((parts.len(), parts[0]), (3, "ed25519"));
        assert!(parts[1].starts_with("a_") && parts[1].len() == 6);
        assert_eq!(STANDARD_NO_PAD.decode(parts[2]).unwrap().len(), 32);
        assert_ne!(key, Secrets::roll().unwrap().signing);
    }
}
