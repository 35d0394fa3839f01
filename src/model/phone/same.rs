//! Which numbers are the same line in two writings.
//!
//! Three countries changed how their mobile numbers are written, and WhatsApp
//! and people's address books keep to the old way or the new one:
//!
//! - Mexico: `+52 1` and ten digits, since 2019 without the 1;
//! - Argentina: `+54 9` and ten digits from abroad, `+54` without the 9 where
//!   it is written as at home;
//! - Brazil: a 9 before the eight digits of a mobile number, since 2016. Fixed
//!   lines begin with 2 to 5 and never got one, nor did the trunked radios of
//!   70 and 77 to 79.
//!
//! They are equal for matching only: a number is kept as it was written.

use smol_str::{SmolStr, format_smolstr};

use super::Phone;

/// What all writings of one number have in common. To compare, not to show.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SameNumber(SmolStr);

impl Phone {
    /// The key under which this number equals its other writings.
    pub fn same(&self) -> SameNumber {
        let digits = self.digits();
        let key = mexico(digits).or_else(|| argentina(digits)).or_else(|| brazil(digits));
        SameNumber(key.unwrap_or_else(|| digits.into()))
    }
}

fn mexico(digits: &str) -> Option<SmolStr> {
    let rest = digits.strip_prefix("521")?;
    (rest.len() == 10).then(|| format_smolstr!("52{rest}"))
}

fn argentina(digits: &str) -> Option<SmolStr> {
    let rest = digits.strip_prefix("549")?;
    (rest.len() == 10).then(|| format_smolstr!("54{rest}"))
}

fn brazil(digits: &str) -> Option<SmolStr> {
    let rest = digits.strip_prefix("55").filter(|rest| rest.len() == 11)?;
    let (area, line) = rest.split_at_checked(2)?;
    let old = line.strip_prefix('9')?;
    let mobile =
        old.starts_with(['6', '7', '8', '9']) && !["70", "77", "78", "79"].iter().any(|r| old.starts_with(r));
    mobile.then(|| format_smolstr!("55{area}{old}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn same(one: &str, other: &str) -> bool {
        let read = |text| Phone::parse(text, None).unwrap();
        assert_eq!(read(one).as_str(), one, "kept as it is written");
        read(one).same() == read(other).same()
    }

    #[test]
    fn c04_two_writings_of_one_number_are_equal() {
        for (one, other) in [
            ("+5215512345678", "+525512345678"),
            ("+5491123456789", "+541123456789"),
            ("+5511987654321", "+551187654321"),
            ("+5521961234567", "+552161234567"),
        ] {
            assert!(same(one, other) && same(other, one) && same(one, one), "{one} {other}");
        }
    }

    #[test]
    fn c04_what_only_looks_like_it_is_not() {
        for (one, other) in [
            // A fixed line never got a 9.
            ("+5511932123456", "+551132123456"),
            ("+5511978123456", "+551178123456"),
            ("+521551234567", "+52551234567"),
            ("+54911234567", "+5411234567"),
            ("+33639980123", "+3339980123"),
            ("+12025550123", "+22025550123"),
            ("+5511987654321", "+5521987654321"),
        ] {
            assert!(!same(one, other), "{one} {other}");
        }
    }
}
