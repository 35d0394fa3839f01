//! SQLite's write-ahead log, read without SQLite: what was committed to the
//! log is laid over the bytes of the database, in memory. Nothing beside the
//! database is made or changed, which SQLite itself could not promise.
//!
//! The layout is that of "WAL File Format" in SQLite's documentation. A frame
//! counts if its salts are the header's, its checksum continues the one before,
//! and a commit follows. Pages are taken as they are: those of an encrypted
//! database are encrypted in its log as well, and are opened ([`Pages`]) after the
//! newest of each number was found.

use std::collections::BTreeMap;
use std::io::{self, Read};
use std::ops::Range;

/// The length of the log's header.
const HEADER: usize = 32;
/// The length of a frame's header.
const FRAME: usize = 24;
/// The log's magic number; the lowest bit says in which order of bytes its
/// checksums are worked out.
const MAGIC: u32 = 0x377f_0682;
/// The only version of the format.
const VERSION: u32 = 3_007_000;

/// What makes pages readable for SQLite.
pub trait Pages {
    /// So much is read at once where no log says how large a page is.
    const AT_ONCE: usize;

    /// How large a page of a database is that begins with `head`, which holds
    /// its header.
    fn size(&self, head: &[u8]) -> Option<usize>;

    /// Opens the page of that number, counted from 1, in its place.
    fn open(&mut self, number: u32, page: &mut [u8]);
}

/// Pages that SQLite reads as they are.
#[derive(Clone, Copy, Debug)]
pub struct Plain;

impl Pages for Plain {
    const AT_ONCE: usize = 65_536;

    fn size(&self, head: &[u8]) -> Option<usize> {
        page_size(head)
    }

    fn open(&mut self, _number: u32, _page: &mut [u8]) {}
}

impl<P: Pages> Pages for &mut P {
    const AT_ONCE: usize = P::AT_ONCE;

    fn size(&self, head: &[u8]) -> Option<usize> {
        (**self).size(head)
    }

    fn open(&mut self, number: u32, page: &mut [u8]) {
        (**self).open(number, page);
    }
}

/// A log that begins as no log does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a write-ahead log")]
pub struct NotLog;

/// What was committed to a log.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Committed {
    /// How large a page is, in bytes.
    pub page_size: usize,
    /// How many pages the database has after the last commit.
    pub pages: usize,
    /// Whether the log ends in the middle: what came last is missing.
    pub cut: bool,
    /// Where in the log the newest content of each page stands, by the page's
    /// number, counted from 1.
    frames: BTreeMap<u32, Range<usize>>,
}

/// Looks through a log. An empty one holds nothing, which is no error.
///
/// # Errors
/// [`NotLog`] if it does not begin like one.
pub fn read(log: &[u8]) -> Result<Committed, NotLog> {
    if log.is_empty() {
        return Ok(Committed::default());
    }
    let header = log.get(..HEADER).ok_or(NotLog)?;
    let word = |at: usize| be(header, at);
    let big_endian = word(0) & 1 == 1;
    let page_size = usize::try_from(word(8)).map_err(|_| NotLog)?;
    let mut sum = checksum(&header[..24], [0, 0], big_endian);
    let good = word(0) & !1 == MAGIC
        && word(4) == VERSION
        && page_size.is_power_of_two()
        && (512..=65_536).contains(&page_size)
        && sum == [word(24), word(28)];
    if !good {
        return Err(NotLog);
    }
    let mut committed = Committed { page_size, ..Committed::default() };
    let mut waiting: BTreeMap<u32, Range<usize>> = BTreeMap::new();
    let mut at = HEADER;
    while let Some(frame) = log.get(at..at + FRAME + page_size) {
        let (head, page) = frame.split_at(FRAME);
        let (number, size) = (be(head, 0), be(head, 4));
        sum = checksum(page, checksum(&head[..8], sum, big_endian), big_endian);
        // Behind the end stands what is left of an older log.
        if head[8..16] != header[16..24] {
            return Ok(committed);
        }
        if number == 0 || sum != [be(head, 16), be(head, 20)] {
            break;
        }
        waiting.insert(number, at + FRAME..at + FRAME + page_size);
        if size > 0 {
            committed.frames.append(&mut waiting);
            committed.pages = usize::try_from(size).unwrap_or(usize::MAX);
        }
        at += FRAME + page_size;
    }
    // A whole log ends with a commit.
    committed.cut = at < log.len() || !waiting.is_empty();
    Ok(committed)
}

impl Committed {
    /// Whether nothing was committed.
    pub fn is_empty(&self) -> bool {
        self.frames.is_empty()
    }

    /// The newest content of a page, as it stands in `log`, the very bytes that
    /// were read.
    pub fn page<'a>(&self, number: u32, log: &'a [u8]) -> Option<&'a [u8]> {
        self.frames.get(&number).and_then(|place| log.get(place.clone()))
    }

    /// The pages that changed, by their number counted from 1, as they stand in
    /// `log`, the very bytes that were read.
    pub fn pages<'a>(&'a self, log: &'a [u8]) -> impl Iterator<Item = (usize, &'a [u8])> {
        self.frames.iter().filter_map(|(number, place)| {
            let number = usize::try_from(*number).ok().filter(|number| *number <= self.pages)?;
            Some((number, log.get(place.clone())?))
        })
    }

    /// How many bytes a database of `size` bytes has after the last commit.
    pub fn size_over(&self, size: u64) -> u64 {
        match self.is_empty() {
            true => size,
            false => (self.pages as u64).saturating_mul(self.page_size as u64),
        }
    }

    /// Reads a database with the pages of `log`, the very bytes that were read,
    /// laid over it, so that it opens without a log. Never more than one page
    /// of it is held.
    pub fn over<'a, R: Read, P: Pages>(
        &'a self,
        log: &'a [u8],
        database: R,
        size: u64,
        pages: P,
    ) -> Over<'a, R, P> {
        let page_size = if self.is_empty() { P::AT_ONCE } else { self.page_size };
        let left = self.size_over(size);
        Over { committed: self, log, database, pages, page_size, number: 0, page: Vec::new(), at: 0, left }
    }
}

/// A database with a log laid over it, to be read.
#[derive(Debug)]
pub struct Over<'a, R, P> {
    committed: &'a Committed,
    log: &'a [u8],
    database: R,
    pages: P,
    page_size: usize,
    /// The number of the page that is held.
    number: u32,
    page: Vec<u8>,
    /// How much of it was read.
    at: usize,
    /// How many bytes come after it.
    left: u64,
}

impl<R: Read, P: Pages> Over<'_, R, P> {
    fn next_page(&mut self) -> io::Result<()> {
        let length = self.page_size.min(usize::try_from(self.left).unwrap_or(usize::MAX));
        self.page.clear();
        self.at = 0;
        (&mut self.database).take(length as u64).read_to_end(&mut self.page)?;
        // What the log alone has lies behind the end of the file.
        if !self.committed.is_empty() {
            self.page.resize(length, 0);
        }
        self.number += 1;
        if let Some(newer) = self.committed.page(self.number, self.log) {
            self.page.copy_from_slice(newer);
        }
        self.pages.open(self.number, &mut self.page);
        if self.number == 1 {
            forget_log(&mut self.page);
        }
        self.left -= self.page.len() as u64;
        Ok(())
    }
}

impl<R: Read, P: Pages> Read for Over<'_, R, P> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        if self.at == self.page.len() && self.left > 0 {
            self.next_page()?;
        }
        let got = (&self.page[self.at..]).read(out)?;
        self.at += got;
        Ok(got)
    }
}

/// The page size that a database's header names.
pub fn page_size(database: &[u8]) -> Option<usize> {
    let size = u16::from_be_bytes([*database.get(16)?, *database.get(17)?]);
    Some(if size == 1 { 65_536 } else { usize::from(size) })
}

/// Makes a database open without a log: that it was written with one is noted
/// in two bytes of its header, the versions for writing and reading.
pub fn forget_log(database: &mut [u8]) {
    if let Some(versions) = database.get_mut(18..20) {
        versions.fill(1);
    }
}

fn be(bytes: &[u8], at: usize) -> u32 {
    bytes.get(at..at + 4).and_then(|b| b.try_into().ok()).map_or(0, u32::from_be_bytes)
}

/// Continues a checksum over a whole number of pairs of words.
fn checksum(bytes: &[u8], [mut one, mut two]: [u32; 2], big_endian: bool) -> [u32; 2] {
    let word = |b: &[u8]| {
        let b = [b[0], b[1], b[2], b[3]];
        if big_endian { u32::from_be_bytes(b) } else { u32::from_le_bytes(b) }
    };
    for pair in bytes.chunks_exact(8) {
        one = one.wrapping_add(word(&pair[..4])).wrapping_add(two);
        two = two.wrapping_add(word(&pair[4..])).wrapping_add(one);
    }
    [one, two]
}

#[cfg(test)]
mod tests;
