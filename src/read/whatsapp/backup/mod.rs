//! Encrypted backups of WhatsApp on Android (crypt12, crypt14, crypt15):
//! AES-256-GCM around zlib around a database, or around a zip archive.
//!
//! Everything happens in memory. A wrong key is told from a damaged file: the
//! checksum says whether the file is whole, and where there is none, the first
//! bytes of the plaintext say whether the key fits.

pub mod header;
pub mod key;

use std::io::Read;

use aes::Aes256;
use aes::cipher::consts::U16;
use aes::cipher::{BlockEncrypt, KeyInit};
use aes_gcm::AesGcm;
use aes_gcm::aead::AeadInPlace;
use flate2::read::ZlibDecoder;
use ghash::GHash;
use ghash::universal_hash::UniversalHash;
use md5::{Digest, Md5};

use crate::model::Code;
use crate::read::chunks::Chunks;

pub use header::{Generation, Header};
pub use key::Key;

/// No backup may unpack to more bytes than this: it has to fit into memory.
pub const SIZE_CAP: u64 = 2 * 1024 * 1024 * 1024;

/// The length of the cipher's tag, and of the checksum.
const TAG: usize = 16;
/// The length of the cipher's block.
const BLOCK: usize = 16;

/// What was in a backup.
#[derive(Debug)]
pub enum Content {
    /// A database.
    Database(Chunks),
    /// A zip archive.
    Archive(Vec<u8>),
}

/// Opens a backup.
///
/// # Errors
/// The code of the problem: a wrong key, a damaged file, a content that is
/// none of ours or too large.
pub fn open(mut file: Vec<u8>, header: &Header, key: &Key) -> Result<Content, Code> {
    if !is_of_kind(header, key) {
        return Err(Code::BackupWrongKey);
    }
    let salt_fits = names(header, key);
    let cipher_key = key.cipher_key();
    let tail = if header.generation == Generation::Crypt12 { header::CRYPT12_TAIL } else { 0 };
    let checked = file.len().checked_sub(tail + TAG).ok_or(Code::BackupDamaged)?;
    let is_whole = Md5::digest(&file[..checked]).as_slice() == &file[checked..checked + TAG];
    // The checksum vouches for the salt as well.
    if is_whole && salt_fits == Some(false) {
        return Err(Code::BackupWrongKey);
    }
    // A backup of several files has no checksum behind the tag.
    let ends = [checked.checked_sub(TAG), (!is_whole).then_some(checked)];
    let cipher = AesGcm::<Aes256, U16>::new((&*cipher_key).into());
    for end in ends.into_iter().flatten().filter(|end| *end >= header.length) {
        let (text, rest) = file.split_at_mut(end);
        let Some(tag) = rest.first_chunk::<TAG>().copied() else { continue };
        let text = &mut text[header.length..];
        if cipher.decrypt_in_place_detached((&header.iv).into(), &[], text, (&tag).into()).is_ok() {
            file.truncate(end);
            file.drain(..header.length);
            return unpack(file);
        }
    }
    // Whole and yet not opened: only the key can be wrong. Not whole, a salt
    // that fits or a first block that makes sense says that the key is right;
    // of a file that is cut before its first block, nothing else can be said.
    let begin = file.get(header.length..).unwrap_or_default();
    let key_fits = salt_fits == Some(true)
        || begin.len() < BLOCK
        || first_block(&cipher_key, &header.iv, begin).is_some_and(|block| looks_right(&block));
    Err(if !is_whole && key_fits { Code::BackupDamaged } else { Code::BackupWrongKey })
}

/// Whether a key is of the kind that a backup wants.
fn is_of_kind(header: &Header, key: &Key) -> bool {
    match header.generation {
        Generation::Crypt15 => matches!(key, Key::Root(_)),
        Generation::Crypt12 | Generation::Crypt14 => matches!(key, Key::Device { .. }),
    }
}

/// Whether a backup names that very key; none where it names none.
fn names(header: &Header, key: &Key) -> Option<bool> {
    match (&header.salt, key) {
        (Some(wanted), Key::Device { salt, .. }) => Some(wanted.as_slice() == salt),
        _ => None,
    }
}

/// Whether these are the first bytes of what backups hold.
fn looks_right(block: &[u8; 16]) -> bool {
    is_zlib(block) || block.starts_with(b"PK\x03\x04")
}

/// Whether these are the first bytes of a zlib stream (RFC 1950, 2.2).
fn is_zlib(bytes: &[u8]) -> bool {
    bytes.len() > 1 && bytes[0] == 0x78 && (u16::from(bytes[0]) << 8 | u16::from(bytes[1])) % 31 == 0
}

/// The first block of the plaintext, whose tag is not asked: the counter of
/// GCM begins at the hash of a nonce that is not 12 bytes long (NIST SP
/// 800-38D, 7.1).
fn first_block(key: &[u8; 32], iv: &[u8; 16], text: &[u8]) -> Option<[u8; 16]> {
    let text = text.first_chunk::<16>()?;
    let aes = Aes256::new(key.into());
    let mut hash_key = aes::Block::default();
    aes.encrypt_block(&mut hash_key);
    let mut hash = GHash::new(&hash_key);
    let mut lengths = [0; 16];
    lengths[8..].copy_from_slice(&128_u64.to_be_bytes());
    hash.update(&[(*iv).into(), lengths.into()]);
    let mut counter: [u8; 16] = hash.finalize().into();
    let (_, last) = counter.split_last_chunk_mut::<4>()?;
    *last = u32::from_be_bytes(*last).wrapping_add(1).to_be_bytes();
    let mut block = aes::Block::from(counter);
    aes.encrypt_block(&mut block);
    Some(std::array::from_fn(|at| block[at] ^ text[at]))
}

/// Takes out what was packed.
fn unpack(plain: Vec<u8>) -> Result<Content, Code> {
    if plain.starts_with(b"PK\x03\x04") {
        return Ok(Content::Archive(plain));
    }
    let database = match is_zlib(&plain) {
        true => Chunks::read(&mut ZlibDecoder::new(plain.as_slice()).take(SIZE_CAP + 1)),
        false => Chunks::read(&mut plain.as_slice()),
    };
    match database.map_err(|_| Code::BackupDamaged)? {
        large if large.len() > SIZE_CAP => Err(Code::DatabaseTooLarge),
        database if database.starts_with(super::db::MAGIC) => Ok(Content::Database(database)),
        _ => Err(Code::BackupStrange),
    }
}

#[cfg(test)]
mod tests;
