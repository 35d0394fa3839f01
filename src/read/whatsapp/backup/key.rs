//! The keys of encrypted backups, in the forms in which people have them.

use std::fmt;

use hmac::{Hmac, Mac};
use sha2::Sha256;
use zeroize::Zeroizing;

use crate::read::hexadecimal;

/// A key.
#[derive(Clone)]
pub enum Key {
    /// The root key of crypt15: 32 bytes, which the user may know as 64 digits.
    Root(Zeroizing<[u8; 32]>),
    /// The key file of crypt12 and crypt14, with the salt that names it.
    Device {
        /// The cipher's key.
        key: Zeroizing<[u8; 32]>,
        /// The salt, by which a backup names its key file.
        salt: [u8; 32],
    },
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Key::Root(_) => "Key::Root(…)",
            Key::Device { .. } => "Key::Device(…)",
        })
    }
}

/// A file of keys is not larger than that.
pub const LONGEST: usize = 4096;
/// The stream magic and version of a serialised Java object.
const JAVA: &[u8] = &[0xac, 0xed, 0, 5];
/// What ends the description of its class: end of block data, no super class.
const JAVA_END: &[u8] = &[0x78, 0x70];

impl Key {
    /// Reads a key: 64 hexadecimal digits in any grouping, 32 bytes, or a file
    /// `encrypted_backup.key` or `key`, which hold a serialised Java array.
    pub fn parse(bytes: &[u8]) -> Option<Key> {
        if bytes.len() > LONGEST {
            return None;
        }
        if bytes.starts_with(JAVA) {
            return Self::of_bytes(java_array(bytes)?);
        }
        if bytes.len() == 32 {
            return Self::of_bytes(bytes);
        }
        hexadecimal::key(std::str::from_utf8(bytes).ok()?).map(Key::Root)
    }

    fn of_bytes(bytes: &[u8]) -> Option<Key> {
        match bytes.len() {
            32 => Some(Key::Root(Zeroizing::new(bytes.try_into().ok()?))),
            131 => Some(Key::Device {
                salt: bytes[3..35].try_into().ok()?,
                key: Zeroizing::new(bytes[99..131].try_into().ok()?),
            }),
            _ => None,
        }
    }

    /// The key of the cipher.
    pub(super) fn cipher_key(&self) -> Zeroizing<[u8; 32]> {
        match self {
            Key::Device { key, .. } => key.clone(),
            // HKDF of RFC 5869 with an empty salt and one block of output.
            Key::Root(root) => mac(&mac(&[0; 32], &[&**root]), &[b"backup encryption", &[1]]),
        }
    }
}

fn mac(key: &[u8; 32], parts: &[&[u8]]) -> Zeroizing<[u8; 32]> {
    // HMAC fills a shorter key up with zeros to the hash's block.
    let mut block = Zeroizing::new([0; 64]);
    block[..32].copy_from_slice(key);
    let mut mac = <Hmac<Sha256> as Mac>::new((&*block).into());
    for part in parts {
        mac.update(part);
    }
    Zeroizing::new(mac.finalize().into_bytes().into())
}

/// The bytes of a serialised Java array of bytes.
fn java_array(bytes: &[u8]) -> Option<&[u8]> {
    let at = bytes.windows(2).position(|two| two == JAVA_END)? + JAVA_END.len();
    let (length, array) = bytes.get(at..)?.split_first_chunk::<4>()?;
    (usize::try_from(u32::from_be_bytes(*length)).ok()? == array.len()).then_some(array)
}
