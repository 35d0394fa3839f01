//! The bytes of inputs: of a plain file, of one that several read at once, and
//! with their hash.

use std::cell::RefCell;
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use sha2::{Digest, Sha256};

use crate::read::Reopen;
use crate::workspace::meter::Meter;

/// A plain file.
pub(super) struct FileSource {
    pub(super) path: PathBuf,
    pub(super) meter: Meter,
}

impl Reopen for FileSource {
    fn open(&self) -> io::Result<Box<dyn Read + '_>> {
        Ok(Box::new(self.meter.watch(File::open(&self.path)?)))
    }
}

/// Notes the hash of the bytes whenever they are read to the end.
pub(super) struct Hashed<'a> {
    pub(super) source: &'a dyn Reopen,
    pub(super) digest: RefCell<Option<Vec<u8>>>,
}

impl Reopen for Hashed<'_> {
    fn open(&self) -> io::Result<Box<dyn Read + '_>> {
        Ok(Box::new(Hashing {
            bytes: self.source.open()?,
            hasher: Some(Sha256::new()),
            digest: &self.digest,
        }))
    }
}

struct Hashing<'a> {
    bytes: Box<dyn Read + 'a>,
    hasher: Option<Sha256>,
    digest: &'a RefCell<Option<Vec<u8>>>,
}

impl Read for Hashing<'_> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let got = self.bytes.read(out)?;
        if got > 0 {
            if let Some(hasher) = &mut self.hasher {
                hasher.update(&out[..got]);
            }
        } else if !out.is_empty()
            && let Some(hasher) = self.hasher.take()
        {
            self.digest.replace(Some(hasher.finalize().to_vec()));
        }
        Ok(got)
    }
}

/// One open file with several places in it.
#[derive(Clone)]
pub(super) struct SharedFile {
    file: Arc<Mutex<File>>,
    length: u64,
    at: u64,
}

impl SharedFile {
    /// Opens it.
    pub(super) fn open(path: &Path) -> io::Result<Self> {
        let file = File::open(path)?;
        let length = file.metadata()?.len();
        Ok(Self { file: Arc::new(Mutex::new(file)), length, at: 0 })
    }
}

impl Read for SharedFile {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let mut file = self.file.lock().map_err(|_| io::Error::other("poisoned"))?;
        file.seek(SeekFrom::Start(self.at))?;
        let got = file.read(out)?;
        self.at += got as u64;
        Ok(got)
    }
}

impl Seek for SharedFile {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let target = match to {
            SeekFrom::Start(at) => Some(at),
            SeekFrom::End(by) => self.length.checked_add_signed(by),
            SeekFrom::Current(by) => self.at.checked_add_signed(by),
        };
        self.at = target.ok_or_else(|| io::Error::from(io::ErrorKind::InvalidInput))?;
        Ok(self.at)
    }
}
