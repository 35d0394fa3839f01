//! Many bytes that are handed on once, piece by piece: whoever takes them over
//! need not have room for all of them twice.

use std::collections::VecDeque;
use std::io::{self, Read};

/// The size of a piece. Memory of that size goes back to the system at once.
const PIECE: u64 = 1024 * 1024;

/// Bytes in pieces; each is let go when it was read.
#[derive(Debug, Default)]
pub struct Chunks {
    pieces: VecDeque<Vec<u8>>,
    /// How much of the first piece was read.
    at: usize,
    length: u64,
}

impl Chunks {
    /// Takes in everything that can be read.
    ///
    /// # Errors
    /// Those of reading.
    pub fn read(source: &mut dyn Read) -> io::Result<Chunks> {
        let mut chunks = Chunks::default();
        loop {
            let mut piece = Vec::with_capacity(usize::try_from(PIECE).unwrap_or_default());
            if source.take(PIECE).read_to_end(&mut piece)? == 0 {
                return Ok(chunks);
            }
            chunks.length += piece.len() as u64;
            chunks.pieces.push_back(piece);
        }
    }

    /// How many bytes there were.
    pub fn len(&self) -> u64 {
        self.length
    }

    /// Whether there was none.
    pub fn is_empty(&self) -> bool {
        self.length == 0
    }

    /// Whether they begin with these few.
    pub fn starts_with(&self, bytes: &[u8]) -> bool {
        self.pieces.front().is_some_and(|piece| piece.starts_with(bytes))
    }

    /// The pieces that were not yet handed on.
    pub fn pieces(&self) -> impl Iterator<Item = &[u8]> {
        self.pieces.iter().map(Vec::as_slice)
    }
}

impl Read for Chunks {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let Some(piece) = self.pieces.front() else { return Ok(0) };
        let got = (&piece[self.at..]).read(out)?;
        self.at += got;
        if self.at == piece.len() {
            self.pieces.pop_front();
            self.at = 0;
        }
        Ok(got)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_read_is_let_go() {
        let bytes: Vec<u8> = (0..=250).cycle().take(3_500_000).collect();
        let mut chunks = Chunks::read(&mut bytes.as_slice()).unwrap();
        assert_eq!((chunks.len(), chunks.pieces().count()), (3_500_000, 4));
        assert!(chunks.starts_with(&bytes[..16]) && !chunks.starts_with(&bytes[1..17]));
        let mut half = vec![0; 2_500_000];
        chunks.read_exact(&mut half).unwrap();
        assert_eq!(chunks.pieces().count(), 2);
        let mut rest = Vec::new();
        chunks.read_to_end(&mut rest).unwrap();
        assert_eq!((chunks.pieces().count(), [half, rest].concat()), (0, bytes));
        assert!(Chunks::read(&mut [].as_slice()).unwrap().is_empty());
    }
}
