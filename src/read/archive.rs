//! Zip archives: wanted entries are read in memory, nothing is ever unpacked.
//!
//! An archive comes from anywhere, so it is believed in nothing: names that
//! would leave it, links, encrypted, doubled or overlapping entries, entries
//! that unpack to more than the caps, and archives in archives are refused,
//! each with its own problem, while the good entries are read.

use std::io::{self, BufReader, Read, Seek, SeekFrom};

use crc32fast::Hasher;
use flate2::read::DeflateDecoder;
use zip::{CompressionMethod, ZipArchive};

use crate::model::{Code, Problem};

use super::Reopen;

/// No entry may unpack to more bytes than this …
const SIZE_CAP: u64 = 2 * 1024 * 1024 * 1024;
/// What is read in one pass, and never held, may be of any size and as empty as it
/// likes: it costs time alone, and this ends that.
const STREAM_CAP: u64 = 64 * 1024 * 1024 * 1024;
/// … nor to more than this many times what it takes packed.
const RATIO_CAP: u64 = 200;
/// Small entries may compress better than any honest text of size.
const RATIO_FREE: u64 = 64 * 1024;
/// An archive may have so many entries.
const ENTRY_CAP: u64 = 100_000;

/// What an archive is read from: clones share the bytes, each with a place of
/// its own.
pub trait Bytes: Read + Seek + Clone {}
impl<T: Read + Seek + Clone> Bytes for T {}

/// Whether the bytes are those of a zip archive.
pub fn is_zip(head: &[u8]) -> bool {
    head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK\x05\x06")
}

/// One entry that may hold something for us.
pub struct Entry<R> {
    /// Its name inside the archive.
    pub name: String,
    source: R,
    start: u64,
    packed: u64,
    deflated: bool,
    crc: u32,
    caps: Caps,
}

/// Lists the entries of an archive that may hold something for us; media and
/// the litter of operating systems are passed over, whatever else is wrong
/// becomes a problem.
pub fn entries<R: Bytes>(mut source: R, problems: &mut Vec<Problem>) -> Vec<Entry<R>> {
    match count_entries(&mut source) {
        Ok(count) if count <= ENTRY_CAP => {}
        Ok(count) => {
            problems.push(Problem::new(Code::ZipTooMany).counted(count));
            return Vec::new();
        }
        Err(error) => {
            problems.push(problem_of(&error));
            return Vec::new();
        }
    }
    let Ok(mut archive) = ZipArchive::new(source.clone()) else {
        problems.push(Problem::new(Code::ZipDamaged));
        return Vec::new();
    };
    // The central directory alone counts; one that contradicts itself does not.
    if archive.has_duplicate_names() {
        problems.push(Problem::new(Code::ZipDuplicate));
        return Vec::new();
    }
    if archive.has_overlapping_entries().unwrap_or(true) {
        problems.push(Problem::new(Code::ZipDamaged));
        return Vec::new();
    }
    (0..archive.len()).filter_map(|index| entry(&mut archive, index, &source, problems)).collect()
}

fn entry<R: Bytes>(
    archive: &mut ZipArchive<R>,
    index: usize,
    source: &R,
    problems: &mut Vec<Problem>,
) -> Option<Entry<R>> {
    let Ok(file) = archive.by_index_raw(index) else {
        problems.push(Problem::new(Code::ZipDamaged));
        return None;
    };
    let name = file.name().map(|n| n.to_string()).unwrap_or_default();
    let mut refuse = |code: Code| {
        problems.push(Problem::new(code).quoting(name.clone()));
        None
    };
    if !stays_inside(&name) {
        return refuse(Code::ZipUnsafeName);
    }
    if file.unix_mode().is_some_and(|mode| mode & 0o170_000 == 0o120_000) {
        return refuse(Code::ZipLink);
    }
    if file.is_dir() || is_litter(&name) || !is_wanted(&name) {
        return None;
    }
    if name.to_ascii_lowercase().ends_with(".zip") {
        return refuse(Code::ZipNested);
    }
    if file.encrypted() {
        return refuse(Code::ZipEncrypted);
    }
    let (packed, size) = (file.compressed_size(), file.size());
    let caps = Caps::of(&name);
    if caps.forbid(size, packed) {
        return refuse(Code::ZipTooLarge);
    }
    let deflated = match file.compression() {
        CompressionMethod::Stored => false,
        CompressionMethod::Deflated => true,
        _ => return refuse(Code::ZipDamaged),
    };
    let (crc, start) = (file.crc32(), file.data_start());
    drop(file);
    match start {
        Some(start) => Some(Entry { name, source: source.clone(), start, packed, deflated, crc, caps }),
        None => refuse(Code::ZipDamaged),
    }
}

/// Whether a name stays inside the archive, on every operating system.
fn stays_inside(name: &str) -> bool {
    let unix = name.replace('\\', "/");
    let drive = unix.as_bytes().get(1) == Some(&b':');
    !unix.starts_with('/')
        && !drive
        && !unix.contains('\0')
        && unix
            .split('/')
            .all(|part| !part.starts_with("..") || part.trim_matches('.').starts_with(char::is_alphanumeric))
}

/// What operating systems leave in archives.
fn is_litter(name: &str) -> bool {
    let file = name.rsplit('/').next().unwrap_or(name);
    name.starts_with("__MACOSX/") || file.starts_with("._") || file == ".DS_Store"
}

/// Whether an entry can be one of ours, by its ending: media are not opened.
fn is_wanted(name: &str) -> bool {
    const ENDINGS: [&str; 14] = [
        ".txt",
        ".vcf",
        ".csv",
        ".jsonl",
        ".json",
        ".html",
        ".zip",
        ".db",
        ".db-wal",
        ".sqlite",
        ".sqlite-wal",
        ".crypt12",
        ".crypt14",
        ".crypt15",
    ];
    let lower = name.to_ascii_lowercase();
    ENDINGS.iter().any(|ending| lower.ends_with(ending))
}

/// How much an entry may unpack to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Caps {
    /// Its reader may hold all of it.
    Held,
    /// Its reader takes line after line. Signal's export is all repetition, and packs
    /// better than any text.
    Streamed,
}

impl Caps {
    fn of(name: &str) -> Caps {
        if name.to_ascii_lowercase().ends_with(".jsonl") { Caps::Streamed } else { Caps::Held }
    }

    /// Whether that is too much.
    fn forbid(self, size: u64, packed: u64) -> bool {
        match self {
            Caps::Held => size > SIZE_CAP || size > RATIO_FREE.max(packed.saturating_mul(RATIO_CAP)),
            Caps::Streamed => size > STREAM_CAP,
        }
    }
}

impl<R: Bytes> Reopen for Entry<R> {
    fn open(&self) -> io::Result<Box<dyn Read + '_>> {
        let mut source = self.source.clone();
        source.seek(SeekFrom::Start(self.start))?;
        let packed = source.take(self.packed);
        let bytes: Box<dyn Read + '_> = if self.deflated {
            Box::new(DeflateDecoder::new(BufReader::with_capacity(64 * 1024, packed)))
        } else {
            Box::new(packed)
        };
        Ok(Box::new(Checked {
            bytes,
            hasher: Hasher::new(),
            expected: self.crc,
            packed: self.packed,
            caps: self.caps,
            got: 0,
        }))
    }
}

/// Watches the caps and the checksum while an entry is read: what the
/// directory says of sizes is not believed.
struct Checked<'a> {
    bytes: Box<dyn Read + 'a>,
    hasher: Hasher,
    expected: u32,
    packed: u64,
    caps: Caps,
    got: u64,
}

impl Read for Checked<'_> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let got = match self.bytes.read(out) {
            Err(error) if error.kind() == io::ErrorKind::InvalidInput => return Err(fault(Code::ZipDamaged)),
            other => other?,
        };
        self.got += got as u64;
        self.hasher.update(&out[..got]);
        if self.caps.forbid(self.got, self.packed) {
            return Err(fault(Code::ZipTooLarge));
        }
        if got == 0 && !out.is_empty() && self.hasher.clone().finalize() != self.expected {
            return Err(fault(Code::ZipChecksum));
        }
        Ok(got)
    }
}

/// An error of the system's kind that carries a problem's code.
#[derive(Debug, thiserror::Error)]
#[error("{}", .0.id())]
struct Fault(Code);

fn fault(code: Code) -> io::Error {
    io::Error::other(Fault(code))
}

/// The problem behind an error met while reading.
pub fn problem_of(error: &io::Error) -> Problem {
    match error.get_ref().and_then(|inner| inner.downcast_ref::<Fault>()) {
        Some(Fault(code)) => Problem::new(*code),
        None => Problem::new(Code::Unreadable).quoting(error.to_string()),
    }
}

/// How many entries an archive can have at the most: so often stands the mark
/// of one (APPNOTE 4.3.12) in its bytes. What the end of an archive declares
/// is not asked, as it can be made to say anything.
fn count_entries(source: &mut impl Bytes) -> io::Result<u64> {
    const MARK: &[u8] = b"PK\x01\x02";
    let finder = memchr::memmem::Finder::new(MARK);
    let mut block = vec![0; 256 * 1024];
    let (mut count, mut kept) = (0, 0);
    source.seek(SeekFrom::Start(0))?;
    loop {
        let got = source.read(&mut block[kept..])?;
        if got == 0 {
            return Ok(count);
        }
        let filled = kept + got;
        count += finder.find_iter(&block[..filled]).count() as u64;
        // A mark can lie across two blocks: its first bytes are looked at again.
        kept = filled.min(MARK.len() - 1);
        block.copy_within(filled - kept..filled, 0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn b09_names_that_leave_the_archive() {
        for name in [
            "../../.ssh/authorized_keys",
            "/etc/passwd",
            "C:\\x.txt",
            "..\\x.txt",
            "..././x.txt",
            "a/../../x.txt",
            "a\0.txt",
        ] {
            assert!(!stays_inside(name), "{name}");
        }
        for name in ["_chat.txt", "a/b/_chat.txt", "WhatsApp Chat - C: ....txt", "...et puis.txt"] {
            assert!(stays_inside(name), "{name}");
        }
    }
}
