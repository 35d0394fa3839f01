//! Numbers that hold nothing but ASCII digits and what sets them apart, perhaps
//! behind a plus: nearly all. They are read at a glance, for a big address book
//! has hundreds of thousands; [`Phone::parse`] comes to the same by itself.

use smol_str::SmolStr;

use super::{Phone, has_trunk_zero};

/// As many digits as the longest text may hold.
const MOST: usize = 17;

/// A text that is such a number.
pub(super) struct Plain {
    /// `+` and the digits.
    text: [u8; MOST + 1],
    length: usize,
    plus: bool,
}

impl Plain {
    /// Takes a text that begins with a digit or with `+`, and has 7 to 17 digits;
    /// none if anything else stands in it.
    pub fn of(text: &str) -> Option<Plain> {
        let plus = text.starts_with('+');
        let body = text.strip_prefix('+').unwrap_or(text);
        if text.len() > 64 || !body.starts_with(|c: char| c.is_ascii_digit()) {
            return None;
        }
        let mut plain = Plain { text: [b'+'; MOST + 1], length: 1, plus };
        for byte in body.bytes() {
            match byte {
                b'0'..=b'9' => {
                    *plain.text.get_mut(plain.length)? = byte;
                    plain.length += 1;
                }
                b' ' | b'-' | b'.' => {}
                _ => return None,
            }
        }
        (plain.length > 7).then_some(plain)
    }

    /// The number, if it is written with its country code and without a trunk zero.
    pub fn international(&self) -> Option<Phone> {
        let digits = &self.text[1..self.length];
        if !self.plus || digits.len() > 15 || has_trunk_zero(digits) {
            return None;
        }
        std::str::from_utf8(&self.text[..self.length]).ok().map(|text| Phone(SmolStr::new(text)))
    }

    /// Whether it has neither a plus nor the zeros that stand for it.
    pub fn is_national(&self) -> bool {
        !self.plus && !self.text[1..].starts_with(b"00")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::phone::NotPhone;

    proptest::proptest! {
        /// A mark that nobody sees makes it go the long way.
        #[test]
        fn the_glance_agrees_with_the_closer_look(text in "[+]{0,1}[0-9]{1,4}[0-9 .-]{0,16}") {
            let slowly = Phone::parse(&format!("{text}\u{200e}"), None);
            proptest::prop_assert_eq!(Phone::parse(&text, None), slowly);
        }
    }

    #[test]
    fn what_is_none_goes_the_long_way() {
        for text in
            ["+33 (0)6 39 98", "3646", "+", "", "06/39980123", "+44 7700 9001O1", "123456789012345678"]
        {
            assert!(Plain::of(text).is_none(), "{text}");
        }
        let far = Plain::of("0033 6 39 98 01 23").unwrap();
        assert!(far.international().is_none() && !far.is_national());
        assert_eq!(Phone::parse("06 39 98 01 23", None), Err(NotPhone::NeedsRegion));
    }
}
