//! The pages of a database of SQLCipher 4 whose key is given as bytes.
//!
//! Each page of 4096 bytes ends in 80 that SQLite leaves alone: the vector with
//! which it was encrypted (AES-256 in CBC mode), and an HMAC-SHA-512 over the
//! encrypted bytes, the vector and the page's number. The first page begins with
//! a salt in the place of SQLite's mark. The key of the HMACs is derived from
//! the key and that salt.

use std::fmt;

use aes::Aes256;
use aes::cipher::block_padding::NoPadding;
use aes::cipher::{BlockDecryptMut, InnerIvInit, KeyInit};
use cbc::Decryptor;
use hmac::{Hmac, Mac};
use sha2::Sha512;
use zeroize::Zeroizing;

use crate::read::hexadecimal;
use crate::read::wal::Pages;
use crate::read::whatsapp::db::MAGIC;

/// The length of a page.
pub const PAGE: usize = 4096;
/// The length of the salt before the first page.
pub const SALT: usize = 16;
/// The length of the vector.
const VECTOR: usize = 16;
/// The length of the HMAC.
const TAG: usize = 64;
/// What every byte of the salt is changed by for the key of the HMACs.
const MASK: u8 = 0x3a;
/// So often the key of the HMACs is hashed.
const ROUNDS: u32 = 2;
/// So many numbers of damaged pages are kept; beyond, they are only counted.
const TOLD: usize = 10;

/// The key of a database.
#[derive(Clone, PartialEq, Eq)]
pub struct DatabaseKey(Zeroizing<[u8; 32]>);

impl fmt::Debug for DatabaseKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("DatabaseKey(…)")
    }
}

impl DatabaseKey {
    /// Reads a key: 64 hexadecimal digits.
    pub fn parse(text: &str) -> Option<DatabaseKey> {
        hexadecimal::key(text).map(DatabaseKey)
    }
}

/// The pages of a database that is opened with a key.
pub struct LockedPages {
    cipher: Aes256,
    mac: Hmac<Sha512>,
    damaged: Vec<u32>,
    others: u64,
}

impl LockedPages {
    /// The pages of the database that begins with that salt.
    pub fn new(key: &DatabaseKey, salt: &[u8; SALT]) -> LockedPages {
        let mut mac_key = Zeroizing::new([0; 32]);
        pbkdf2::pbkdf2_hmac::<Sha512>(&*key.0, &salt.map(|byte| byte ^ MASK), ROUNDS, &mut *mac_key);
        // HMAC fills a shorter key up with zeros to the hash's block.
        let mut block = Zeroizing::new([0; 128]);
        block[..32].copy_from_slice(&*mac_key);
        LockedPages {
            cipher: Aes256::new((&*key.0).into()),
            mac: <Hmac<Sha512> as Mac>::new((&*block).into()),
            damaged: Vec::new(),
            others: 0,
        }
    }

    /// Whether a page is whole, and of that number, and the key its own.
    pub fn fits(&self, number: u32, page: &[u8]) -> bool {
        let Some((signed, tag)) = page.split_last_chunk::<TAG>().filter(|_| page.len() == PAGE) else {
            return false;
        };
        let mut mac = self.mac.clone();
        mac.update(&signed[begin(number)..]);
        mac.update(&number.to_le_bytes());
        mac.verify_slice(tag).is_ok()
    }

    /// The numbers of the first pages that could not be opened, and how many
    /// there were in all.
    pub fn damaged(&self) -> (&[u32], u64) {
        (&self.damaged, self.damaged.len() as u64 + self.others)
    }

    fn decrypt(&self, number: u32, page: &mut [u8]) -> Option<()> {
        let (text, rest) = page.split_at_mut_checked(PAGE - TAG - VECTOR)?;
        let vector: [u8; VECTOR] = *rest.first_chunk()?;
        let text = text.get_mut(begin(number)..)?;
        let decryptor = Decryptor::<&Aes256>::inner_iv_init(&self.cipher, (&vector).into());
        decryptor.decrypt_padded_mut::<NoPadding>(text).ok()?;
        Some(())
    }
}

/// Where the encrypted bytes of a page begin.
fn begin(number: u32) -> usize {
    if number == 1 { SALT } else { 0 }
}

impl Pages for LockedPages {
    const AT_ONCE: usize = PAGE;

    fn size(&self, _head: &[u8]) -> Option<usize> {
        Some(PAGE)
    }

    fn open(&mut self, number: u32, page: &mut [u8]) {
        let opened = self.fits(number, page) && self.decrypt(number, page).is_some();
        // SQLite leaves pages out that it never writes; there are zeros then.
        if !opened && (number == 1 || page.iter().any(|byte| *byte != 0)) {
            page.fill(0);
            match self.damaged.len() {
                TOLD => self.others += 1,
                _ => self.damaged.push(number),
            }
        }
        if number == 1
            && let Some(mark) = page.get_mut(..SALT)
        {
            mark.copy_from_slice(MAGIC);
        }
    }
}

#[cfg(test)]
mod tests;
