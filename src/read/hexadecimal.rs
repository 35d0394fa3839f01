//! Hexadecimal digits, in which keys are written down.

use zeroize::Zeroizing;

/// The bytes of so many digits, two each; nothing else may stand between them.
pub fn bytes(text: &str) -> Option<Zeroizing<Vec<u8>>> {
    let mut bytes = Zeroizing::new(Vec::with_capacity(text.len() / 2));
    for pair in text.as_bytes().chunks(2) {
        let [high, low] = pair else { return None };
        bytes.push(digit(*high)? << 4 | digit(*low)?);
    }
    Some(bytes)
}

/// A key of 32 bytes: 64 digits in any grouping.
pub fn key(text: &str) -> Option<Zeroizing<[u8; 32]>> {
    let mut digits = Zeroizing::new(String::with_capacity(64));
    for c in text.trim_start_matches('\u{feff}').chars() {
        match c {
            '-' | ':' => {}
            c if c.is_whitespace() => {}
            // No key is that long, and a string that grows leaves a copy behind.
            c if digits.len() < 64 && c.is_ascii_hexdigit() => digits.push(c),
            _ => return None,
        }
    }
    let bytes = bytes(&digits)?;
    Some(Zeroizing::new(bytes.as_slice().try_into().ok()?))
}

fn digit(byte: u8) -> Option<u8> {
    char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_are_pairs_of_digits() {
        assert_eq!(bytes("00fFa0").as_deref(), Some(&vec![0, 255, 160]));
        assert_eq!(bytes("").as_deref(), Some(&vec![]));
        for wrong in ["0", "0g", "00 ff", "+1", "é", "0é"] {
            assert!(bytes(wrong).is_none(), "{wrong}");
        }
    }

    #[test]
    fn a_key_is_64_digits_in_any_grouping() {
        let digits = "00112233445566778899aabbccddeeff".repeat(2);
        let whole = key(&digits).unwrap();
        assert_eq!((whole[1], whole[31]), (0x11, 0xff));
        let spaced =
            format!("\u{feff}{}:{}-{}\r\n", &digits[..4], &digits[4..32], &digits[32..].to_uppercase());
        assert_eq!(key(&spaced).unwrap(), whole);
        for wrong in [&digits[1..], &format!("{digits}0"), &digits.replace('0', "x"), "", "é"] {
            assert!(key(wrong).is_none(), "{wrong}");
        }
    }
}
