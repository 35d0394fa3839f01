//! Where Signal Desktop keeps the key of its database: `config.json`.
//!
//! Older versions wrote the key itself; since 2024 it is sealed by Electron's
//! `safeStorage`, which is Chromium's: AES-128 in CBC mode with a key made of a
//! password that the system's keyring holds. On Windows it is AES-256-GCM under
//! a key that only the user's own Windows account can open.

use std::fmt;

use aes::Aes128;
use aes::cipher::block_padding::Pkcs7;
use aes::cipher::{BlockDecryptMut, KeyIvInit};
use cbc::Decryptor;
use serde::{Deserialize, Deserializer};
use sha1::Sha1;
use zeroize::Zeroizing;

use crate::read::hexadecimal;

use super::pages::DatabaseKey;

/// No settings are longer than this.
pub const LONGEST: usize = 1024 * 1024;
/// What every key is salted with.
const SALT: &[u8] = b"saltysalt";
/// The vector of the cipher.
const VECTOR: [u8; 16] = [b' '; 16];
/// The password where no keyring is used.
const NO_PASSWORD: &str = "peanuts";
/// How often a password is hashed on Linux …
const ROUNDS_LINUX: u32 = 1;
/// … and on a Mac.
const ROUNDS_MAC: u32 = 1003;
/// How long a sealed key of 64 digits is on Windows: mark, nonce, digits, tag.
const SEALED_ON_WINDOWS: usize = 3 + 12 + 64 + 16;

/// What the settings say of the key.
#[derive(Debug, Default)]
pub struct Config {
    /// The key itself.
    pub key: Option<DatabaseKey>,
    /// The sealed key.
    pub sealed: Option<Sealed>,
}

/// A sealed key.
#[derive(Debug)]
pub enum Sealed {
    /// Without a password of the user's.
    Openly(Blob),
    /// With a password that is kept there.
    Kept(Vault, Blob),
    /// By Windows, for one account alone.
    ByWindows,
    /// In a way that is not known; how it calls itself.
    Strangely(String),
}

/// Where passwords are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Vault {
    /// The keyring of GNOME and others (libsecret).
    Libsecret,
    /// KDE's wallet.
    Kwallet,
    /// The keychain of a Mac.
    Keychain,
}

/// The encrypted digits of a key.
pub struct Blob(Vec<u8>);

impl fmt::Debug for Blob {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Blob(…)")
    }
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Raw {
    #[serde(deserialize_with = "text_or_none")]
    key: Option<Zeroizing<String>>,
    #[serde(rename = "encryptedKey", deserialize_with = "text_or_none")]
    encrypted_key: Option<Zeroizing<String>>,
    #[serde(rename = "safeStorageBackend", deserialize_with = "text_or_none")]
    backend: Option<Zeroizing<String>>,
}

fn text_or_none<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Zeroizing<String>>, D::Error> {
    let value = serde_json::Value::deserialize(deserializer)?;
    Ok(if let serde_json::Value::String(text) = value { Some(Zeroizing::new(text)) } else { None })
}

impl Config {
    /// Reads the settings. None if they are no JSON object.
    pub fn parse(bytes: &[u8]) -> Option<Config> {
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        if !bytes.trim_ascii_start().starts_with(b"{") {
            return None;
        }
        let raw: Raw = serde_json::from_slice(bytes).ok()?;
        let sealed = raw.encrypted_key.map(|text| {
            let backend = raw.backend.as_ref().map(|backend| backend.as_str());
            hexadecimal::bytes(text.trim())
                .and_then(|blob| Sealed::of(&blob, backend))
                .unwrap_or_else(|| Sealed::Strangely(backend.unwrap_or("encryptedKey").to_owned()))
        });
        Some(Config { key: raw.key.and_then(|key| DatabaseKey::parse(&key)), sealed })
    }
}

impl Sealed {
    /// How a key is sealed, as its first bytes and the name of the keyring tell.
    /// A Mac names none; on Linux one is always named.
    fn of(sealed: &[u8], backend: Option<&str>) -> Option<Sealed> {
        let blob = |rest: &[u8]| Blob(rest.to_vec());
        match sealed.split_first_chunk::<3>() {
            Some((b"v10", rest)) => Some(match backend {
                None if sealed.len() == SEALED_ON_WINDOWS => Sealed::ByWindows,
                None => Sealed::Kept(Vault::Keychain, blob(rest)),
                Some(_) => Sealed::Openly(blob(rest)),
            }),
            Some((b"v11", rest)) => match backend {
                None | Some("gnome_libsecret") => Some(Sealed::Kept(Vault::Libsecret, blob(rest))),
                Some("kwallet" | "kwallet5" | "kwallet6") => Some(Sealed::Kept(Vault::Kwallet, blob(rest))),
                Some(_) => None,
            },
            // What Windows itself sealed begins with the version of the sealing.
            _ => sealed.starts_with(&[1, 0, 0, 0, 0xd0, 0x8c, 0x9d, 0xdf]).then_some(Sealed::ByWindows),
        }
    }
}

impl Blob {
    /// Opens a key that is sealed without a password.
    pub fn open(&self) -> Option<DatabaseKey> {
        self.unseal(NO_PASSWORD, ROUNDS_LINUX)
    }

    /// Opens a key with the password that is kept in such a place.
    pub fn open_with(&self, vault: Vault, password: &str) -> Option<DatabaseKey> {
        let rounds = if vault == Vault::Keychain { ROUNDS_MAC } else { ROUNDS_LINUX };
        self.unseal(password, rounds)
    }

    fn unseal(&self, password: &str, rounds: u32) -> Option<DatabaseKey> {
        let mut key = Zeroizing::new([0; 16]);
        pbkdf2::pbkdf2_hmac::<Sha1>(password.as_bytes(), SALT, rounds, &mut *key);
        let mut text = Zeroizing::new(self.0.clone());
        let decryptor = Decryptor::<Aes128>::new((&*key).into(), (&VECTOR).into());
        let digits = decryptor.decrypt_padded_mut::<Pkcs7>(&mut text).ok()?;
        DatabaseKey::parse(std::str::from_utf8(digits).ok()?)
    }
}

#[cfg(test)]
mod tests;
