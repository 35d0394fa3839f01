//! Whatever encoding a text file is in, its readers see UTF-8.
//!
//! A byte order mark decides; without one the first bytes are looked at:
//! text that is no UTF-8 but has bytes above 127 is Windows-1252, as programs
//! on Windows still write it. UTF-8 passes through untouched, with whatever
//! damage it has: the line reader counts that. Where there is any, a reader can
//! open the text again with what is plain [`mended`].

mod mend;

use std::cell::Cell;
use std::io::{self, Read};
use std::rc::Rc;

use encoding_rs::{Decoder, Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

use super::Reopen;
use mend::Mender;

/// How many bytes are looked at to tell the encoding.
const HEAD: usize = 64 * 1024;

/// Of so many broken sequences one may be whole by chance.
const BY_CHANCE: usize = 20;

/// Text as UTF-8 bytes, and the encoding that it had.
pub struct Decoded<'a> {
    /// The bytes. Not necessarily valid UTF-8 where the file claims to be.
    pub text: Box<dyn Read + 'a>,
    /// The encoding of the file; UTF-8 unless it was converted.
    pub encoding: &'static Encoding,
    /// Whether lines in Windows-1252 were met so far, in what is UTF-8 else.
    pub mended: Rc<Cell<bool>>,
}

/// Opens a text from its start.
///
/// # Errors
/// Whatever reading says.
pub fn open(source: &dyn Reopen) -> io::Result<Decoded<'_>> {
    let mut reader = source.open()?;
    let head = read_up_to(&mut reader, HEAD)?;
    let encoding = encoding_of(&head);
    let whole = io::Cursor::new(head).chain(reader);
    let text: Box<dyn Read + '_> =
        if encoding == UTF_8 { Box::new(whole) } else { Box::new(Transcoder::new(whole, encoding)) };
    Ok(Decoded { text, encoding, mended: Rc::default() })
}

/// Opens a text from its start, so that lines in Windows-1252 and characters in
/// two halves are read as what they are, though the rest is UTF-8.
///
/// # Errors
/// Whatever reading says.
pub fn mended(source: &dyn Reopen) -> io::Result<Decoded<'_>> {
    let mut decoded = open(source)?;
    if decoded.encoding == UTF_8 {
        decoded.text = Box::new(Mender::new(decoded.text, Rc::clone(&decoded.mended)));
    }
    Ok(decoded)
}

/// Tells the encoding from the first bytes of a file.
pub fn encoding_of(head: &[u8]) -> &'static Encoding {
    if let Some((encoding, _)) = Encoding::for_bom(head) {
        return encoding;
    }
    // UTF-16 without a mark: every other byte of Latin text is zero.
    let zeros = |from: usize| head.iter().skip(from).step_by(2).take(64).filter(|b| **b == 0).count();
    if head.len() >= 64 {
        match (zeros(0), zeros(1)) {
            (0..=3, 24..) => return UTF_16LE,
            (24.., 0..=3) => return UTF_16BE,
            _ => {}
        }
    }
    if is_cut_utf8(head) {
        return UTF_8;
    }
    let (broken, whole) = count_sequences(head);
    // Two letters of Windows-1252 hardly ever are one of UTF-8 by chance.
    if broken > 0 && whole * BY_CHANCE <= broken { WINDOWS_1252 } else { UTF_8 }
}

/// Whether the bytes are UTF-8, but for a character that their end may cut off.
fn is_cut_utf8(bytes: &[u8]) -> bool {
    simdutf8::compat::from_utf8(bytes).err().is_none_or(|error| error.error_len().is_none())
}

/// Counts the broken and the whole multi-byte sequences of what should be
/// UTF-8. A sequence that the end cuts off counts as neither.
fn count_sequences(mut bytes: &[u8]) -> (usize, usize) {
    let (mut broken, mut whole) = (0, 0);
    loop {
        let (valid, rest) = match std::str::from_utf8(bytes) {
            Ok(_) => (bytes, None),
            Err(error) => {
                let (valid, rest) = bytes.split_at(error.valid_up_to());
                // Half a character in three bytes is what only UTF-8 gone wrong has.
                if let Some(rest) = mend::after_half(rest) {
                    whole += 1;
                    bytes = rest;
                    continue;
                }
                (valid, error.error_len().map(|length| &rest[length..]))
            }
        };
        whole += valid.iter().filter(|b| **b >= 0xc0).count();
        match rest {
            Some(rest) => {
                broken += 1;
                bytes = rest;
            }
            None => return (broken, whole),
        }
    }
}

/// Reads until `limit` bytes are there or the source ends.
///
/// # Errors
/// Whatever reading says.
pub fn read_up_to(reader: &mut dyn Read, limit: usize) -> io::Result<Vec<u8>> {
    let mut head = Vec::new();
    reader.take(limit as u64).read_to_end(&mut head)?;
    Ok(head)
}

/// Turns another encoding into UTF-8 while it is read.
struct Transcoder<R> {
    source: R,
    decoder: Decoder,
    raw: Vec<u8>,
    text: Vec<u8>,
    sent: usize,
    finished: bool,
}

impl<R: Read> Transcoder<R> {
    fn new(source: R, encoding: &'static Encoding) -> Self {
        let decoder = encoding.new_decoder_with_bom_removal();
        Self { source, decoder, raw: vec![0; 16 * 1024], text: Vec::new(), sent: 0, finished: false }
    }

    fn refill(&mut self) -> io::Result<()> {
        let got = self.source.read(&mut self.raw)?;
        self.finished = got == 0;
        let need = self.decoder.max_utf8_buffer_length(got).unwrap_or(got * 3 + 16);
        self.text.resize(need, 0);
        let (_, _, written, _) = self.decoder.decode_to_utf8(&self.raw[..got], &mut self.text, self.finished);
        self.text.truncate(written);
        self.sent = 0;
        Ok(())
    }
}

impl<R: Read> Read for Transcoder<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        while self.sent == self.text.len() && !self.finished {
            self.refill()?;
        }
        let count = out.len().min(self.text.len() - self.sent);
        out[..count].copy_from_slice(&self.text[self.sent..self.sent + count]);
        self.sent += count;
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decoded(bytes: &[u8]) -> (String, &'static Encoding) {
        let decoded = open(&bytes.to_vec()).map(|mut d| {
            let mut text = String::new();
            d.text.read_to_string(&mut text).unwrap();
            (text, d.encoding)
        });
        decoded.unwrap()
    }

    #[test]
    fn encodings_are_told_by_mark_or_by_content() {
        let text = "31/12/2023, 21:41 - Zoë: « déjà là » et après, c’est fini 🎉 !";
        let mut utf16le = vec![0xff, 0xfe];
        let mut utf16be = vec![0xfe, 0xff];
        for unit in text.encode_utf16() {
            utf16le.extend(unit.to_le_bytes());
            utf16be.extend(unit.to_be_bytes());
        }
        assert_eq!(decoded(&utf16le), (text.to_owned(), UTF_16LE));
        assert_eq!(decoded(&utf16be), (text.to_owned(), UTF_16BE));
        assert_eq!(decoded(&utf16le[2..]), (text.to_owned(), UTF_16LE));
        assert_eq!(decoded(text.as_bytes()), (text.to_owned(), UTF_8));
        assert_eq!(decoded(b"caf\xe9 \xab d\xe9j\xe0 \xbb"), ("café « déjà »".to_owned(), WINDOWS_1252));
    }

    #[test]
    fn what_is_wrong_behind_the_first_bytes_is_mended() {
        let ascii = "31/12/2023, 21:41 - Ada: hi\n".repeat(4000);
        let late =
            [ascii.as_bytes(), b"31/12/2023, 21:42 - Zo\xeb: \xab d\xe9j\xe0 \xbb \x80\n\x80 5\n"].concat();
        let read = |bytes: &[u8]| {
            let bytes = bytes.to_vec();
            let Decoded { mut text, mended, .. } = mended(&bytes).unwrap();
            let mut all = String::new();
            text.read_to_string(&mut all).unwrap();
            (all, mended.get())
        };
        let (text, is_mended) = read(&late);
        assert!(text.ends_with("Zoë: « déjà » €\n€ 5\n") && is_mended, "{}", &text[text.len() - 60..]);
        // A tiny file of another program's halves is no Windows-1252.
        assert_eq!(read(b"Ada \xed\xa0\xbc\xed\xbe\x89"), ("Ada 🎉".to_owned(), false));
    }

    #[test]
    fn a12_lines_of_windows_behind_utf8_do_not_make_all_of_it_windows() {
        let good = "28/12/2023, 10:00 - Zoë: hi\n".to_owned() + &*"28/12/2023, 10:01 - Ada: hi\n".repeat(60);
        let late = b"29/12/2023, 10:00 - Zo\xeb: \xe9t\xe9\n29/12/2023, 10:01 - Ada: d\xe9j\xe0 l\xe0\n";
        let bytes = [good.as_bytes(), late].concat();
        assert_eq!(encoding_of(&bytes), UTF_8);
        let mut text = String::new();
        mended(&bytes).unwrap().text.read_to_string(&mut text).unwrap();
        assert!(
            text.starts_with(&good) && text.ends_with("Zoë: été\n29/12/2023, 10:01 - Ada: déjà là\n"),
            "{text}"
        );
    }

    #[test]
    fn one_broken_byte_does_not_make_it_another_encoding() {
        assert_eq!(encoding_of("déjà là, \u{1f389} ".as_bytes()), UTF_8);
        assert_eq!(encoding_of(b"d\xc3\xa9j\xc3\xa0 \xff l\xc3\xa0"), UTF_8);
    }
}
