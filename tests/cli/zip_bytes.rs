//! Archives written byte by byte, since no library would write the hostile ones
//! (APPNOTE 4.3.7, 4.3.12, 4.3.14 to 4.3.16).

use std::io::Write;

use flate2::Compression;
use flate2::write::DeflateEncoder;

/// The mode of a symbolic link.
pub const LINK: u32 = 0o120_777;

/// One entry, with all that its two headers say of it.
#[derive(Clone)]
pub struct Entry {
    pub name: Vec<u8>,
    /// The name that the local header gives.
    pub local_name: Vec<u8>,
    pub data: Vec<u8>,
    pub method: u16,
    pub flags: u16,
    pub crc: u32,
    pub size: u32,
    /// The size that the local header gives.
    pub local_size: u32,
    pub mode: u32,
    /// Takes the bytes of the entry that begins there, and has none of its own.
    pub at: Option<u32>,
}

impl Entry {
    /// A file as it is.
    pub fn stored(name: impl AsRef<[u8]>, content: &[u8]) -> Self {
        let (name, size) = (name.as_ref().to_vec(), u32::try_from(content.len()).unwrap());
        let (local_name, data, crc) = (name.clone(), content.to_vec(), crc32fast::hash(content));
        Self {
            name,
            local_name,
            data,
            method: 0,
            flags: 0,
            crc,
            size,
            local_size: size,
            mode: 0o100_644,
            at: None,
        }
    }

    /// A file packed.
    pub fn deflated(name: &str, content: &[u8]) -> Self {
        let mut encoder = DeflateEncoder::new(Vec::new(), Compression::default());
        encoder.write_all(content).unwrap();
        Self { data: encoder.finish().unwrap(), method: 8, ..Self::stored(name, content) }
    }

    /// What both headers have in common, from the version on.
    fn facts(&self, size: u32) -> Vec<u8> {
        let packed = u32::try_from(self.data.len()).unwrap();
        let halves = [20, self.flags, self.method, 0, 0x5021].map(u16::to_le_bytes).concat();
        [halves, [self.crc, packed, size].map(u32::to_le_bytes).concat()].concat()
    }
}

/// The archive of these entries.
pub fn archive(entries: &[Entry]) -> Vec<u8> {
    let (mut bytes, mut directory) = (Vec::new(), Vec::new());
    for entry in entries {
        let at = entry.at.unwrap_or_else(|| u32::try_from(bytes.len()).unwrap());
        if entry.at.is_none() {
            let lengths =
                [entry.local_name.len(), 0].map(|n| u16::try_from(n).unwrap().to_le_bytes()).concat();
            let header = [b"PK\x03\x04", &entry.facts(entry.local_size)[..], &lengths].concat();
            bytes.extend([&header[..], &entry.local_name, &entry.data].concat());
        }
        let lengths =
            [entry.name.len(), 0, 0, 0, 0].map(|n| u16::try_from(n).unwrap().to_le_bytes()).concat();
        // Made on Unix: the upper half of the attributes is the mode.
        let header = [b"PK\x01\x02", &[20, 3][..], &entry.facts(entry.size), &lengths].concat();
        let rest = [(entry.mode << 16).to_le_bytes(), at.to_le_bytes()].concat();
        directory.extend([&header[..], &rest, &entry.name].concat());
    }
    let (start, length) = (bytes.len() as u64, directory.len() as u64);
    bytes.extend(directory);
    let count = entries.len() as u64;
    if count > 0xfffe {
        // The zip64 end of the directory, and where it is.
        let end = bytes.len() as u64;
        bytes.extend([b"PK\x06\x06", &44u64.to_le_bytes()[..], &[45, 3, 45, 0], &[0; 8]].concat());
        bytes.extend([count, count, length, start].map(u64::to_le_bytes).concat());
        bytes.extend([b"PK\x06\x07", &[0; 4][..], &end.to_le_bytes(), &1u32.to_le_bytes()].concat());
    }
    let counts = [u16::try_from(count).unwrap_or(0xffff).to_le_bytes(); 2].concat();
    let extent = [length, start].map(|n| u32::try_from(n).unwrap().to_le_bytes()).concat();
    bytes.extend([b"PK\x05\x06", &[0; 4][..], &counts, &extent, &[0; 2]].concat());
    bytes
}
