//! Pictures of one bit a dot (PNG, third edition). Not packed: half of the dots of a code
//! are as good as random, and the packer takes longer than it is worth.

/// What a file begins with.
const SIGNATURE: &[u8] = b"\x89PNG\r\n\x1a\n";

/// The end of a file.
const END: &[u8] = b"\0\0\0\0IEND\xae\x42\x60\x82";

/// Where the dots' chunk begins: behind the signature, the chunk with the header (25
/// bytes), and its own length.
const DOTS: usize = 8 + 25 + 4;

/// The largest prime below 2¹⁶, for the check of what is packed (RFC 1950).
const PRIME: u32 = 65_521;

/// A file up to its dots: those of a square picture of that side, of which so many bytes
/// will follow. None if there is no such picture.
pub(super) fn head(side: usize, bytes: usize) -> Option<Vec<u8>> {
    let mut file = SIGNATURE.to_vec();
    file.extend([0, 0, 0, 13]);
    let from = file.len();
    file.extend(b"IHDR");
    let side = u32::try_from(side).ok()?.to_be_bytes();
    // One bit, grey, the only compression and filters that there are, not interlaced.
    file.extend(side.iter().chain(&side).chain(&[1, 0, 0, 0, 0]));
    file.extend(crc32fast::hash(&file[from..]).to_be_bytes());
    // In one stored block (RFC 1951, 3.2.4) with its two headers and its check.
    let length = u16::try_from(bytes).ok()?;
    file.extend((u32::from(length) + 2 + 5 + 4).to_be_bytes());
    file.extend(b"IDAT\x78\x01\x01");
    file.extend(length.to_le_bytes());
    file.extend((!length).to_le_bytes());
    Some(file)
}

/// Ends a file of which the head and all of `rows` are there, `rows` beginning at `at`.
pub(super) fn finish(file: &mut Vec<u8>, at: usize) {
    let check = check(&file[at..]);
    file.extend(check.to_be_bytes());
    let sum = crc32fast::hash(&file[DOTS..]);
    file.extend(sum.to_be_bytes());
    file.extend(END);
}

/// Adler's check, in one go: so few bytes never exceed a word.
fn check(bytes: &[u8]) -> u32 {
    let (mut low, mut high) = (1, 0);
    for part in bytes.chunks(4096) {
        let mut length = 0;
        let mut sum = 0;
        let mut weighed = 0;
        for byte in part.iter().map(|byte| u32::from(*byte)) {
            length += 1;
            sum += byte;
            weighed += sum;
        }
        high = (high + length * low + weighed) % PRIME;
        low = (low + sum) % PRIME;
    }
    high << 16 | low
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::*;

    #[test]
    fn what_is_stored_can_be_unpacked_and_its_checks_hold() {
        for length in [1, 40, 4096, 5000, 9000] {
            let rows: Vec<u8> = (0..length).map(|n: usize| (n * 31 % 256).to_le_bytes()[0] | 0xe0).collect();
            let mut file = head(17, rows.len()).unwrap();
            let at = file.len();
            file.extend(&rows);
            finish(&mut file, at);
            // The reader compares Adler's check.
            let mut unpacked = Vec::new();
            flate2::read::ZlibDecoder::new(&file[DOTS + 4..]).read_to_end(&mut unpacked).unwrap();
            assert_eq!(unpacked, rows);
            let mut rest = &file[SIGNATURE.len()..];
            let mut kinds = Vec::new();
            while let Some((length, after)) = rest.split_first_chunk::<4>() {
                let (chunk, after) = after.split_at(4 + u32::from_be_bytes(*length) as usize);
                let (sum, after) = after.split_first_chunk::<4>().unwrap();
                assert_eq!(crc32fast::hash(chunk), u32::from_be_bytes(*sum));
                kinds.push(chunk[..4].to_vec());
                rest = after;
            }
            assert_eq!(kinds, [b"IHDR", b"IDAT", b"IEND"]);
        }
        assert!(head(17, 70_000).is_none());
    }
}
