//! Phone numbers in E.164, read in one place.
//!
//! The metadata of the numbering plans takes about 28 ms to load, so it is
//! touched only when a number needs it: a number that is written with `+` and
//! has no trunk zero is its own E.164 form. "Invalid" and "unknown type" are
//! never reasons to drop a number: the plans lag behind, and the ranges that
//! are reserved for fiction are invalid in all of them.

mod candidates;
mod plain;
mod same;
mod tail;

use std::fmt;

use rlibphonenumber::enums::{PhoneNumberType, Region};
use rlibphonenumber::{NumberLengthType, PHONE_NUMBER_UTIL, PhoneNumberFormat};
use serde::{Deserialize, Serialize};
use smol_str::{SmolStr, format_smolstr};

use super::foreign::{is_mark, is_space};
pub use candidates::candidates;
pub use same::SameNumber;
pub use tail::several;

/// A phone number in E.164: `+`, country code, subscriber number, at most 15
/// digits (ITU-T E.164).
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Phone(SmolStr);

/// Why a text did not become a [`Phone`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum NotPhone {
    /// A national number, and no region to place it in.
    NeedsRegion,
    /// A national number that is too long or too short for the region.
    OtherRegion,
    /// A spreadsheet took away a zero or a plus.
    Damaged,
    /// It holds a number and something else, or more than one: which digits
    /// belong to it nobody knows.
    Unclear,
    /// A short code, a service code or no number at all.
    Unusable,
}

/// What the numbering plan says of a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Line {
    /// A mobile number, or one whose type is not known.
    Mobile,
    /// A fixed line: it can belong to a household, and takes no SMS.
    Fixed,
    /// A toll-free, premium, shared-cost or similar number: nobody's own.
    Service,
}

impl Phone {
    /// Reads a number as people write it: any script's digits, spaces, dots,
    /// brackets, hyphens, `00` for `+`, `tel:` URIs (RFC 3966). `region` is
    /// the ISO 3166 code used for numbers without a country code.
    ///
    /// # Errors
    /// [`NotPhone::NeedsRegion`] for a plausible national number without a
    /// region, [`NotPhone::OtherRegion`] where it is none of that region,
    /// [`NotPhone::Unclear`] for one beside which words or other numbers
    /// stand, [`NotPhone::Unusable`] for everything that is nobody's number.
    pub fn parse(text: &str, region: Option<RegionCode>) -> Result<Phone, NotPhone> {
        let text = text.trim();
        let text = strip_prefix_ignoring_case(text, "tel:").unwrap_or(text);
        if let Some(plain) = plain::Plain::of(text) {
            match (plain.international(), region) {
                (Some(phone), _) => return Ok(phone),
                (None, None) if plain.is_national() => return Err(NotPhone::NeedsRegion),
                (None, _) => {}
            }
        }
        let (number, context) = tail::without_parameters(text).unwrap_or((text, None));
        if number.len() > 64 {
            return Err(NotPhone::Unusable);
        }
        let text = match context.filter(|_| !number.trim_start().starts_with('+')) {
            Some(context) => &format!("{context}{number}"),
            None => number,
        };
        let plain: String = text
            .chars()
            .filter(|c| !is_mark(*c))
            .map(|c| digit(c).map_or(c, |d| char::from(b'0' + d)))
            .collect();
        let plain = tail::without_extension(plain.trim());
        let digits: String = plain.chars().filter(char::is_ascii_digit).collect();
        let code = plain.starts_with(['*', '#']) && plain.ends_with('#');
        if code || plain.contains('@') || digits.len() < 7 {
            return Err(NotPhone::Unusable);
        }
        // The library would make digits of letters, and one number of two.
        let mixed = |c: char| c.is_alphabetic() || matches!(c, '*' | '#' | ',' | ';' | '|' | '=');
        let pluses = plain.trim_start_matches(['+', '＋', '(', ' ']).contains(['+', '＋']);
        if plain.contains(mixed) || pluses || digits.len() > 17 {
            return Err(NotPhone::Unclear);
        }
        let international = plain.starts_with('+') || plain.starts_with('＋');
        if international && is_bare(plain) && !has_trunk_zero(digits.as_bytes()) && digits.len() <= 15 {
            return Ok(Phone(format_smolstr!("+{digits}")));
        }
        let plain = match plain.strip_prefix("00") {
            Some(rest) => format!("+{rest}"),
            None => plain.to_owned(),
        };
        let international = international || plain.starts_with('+');
        if !international && region.is_none() {
            return Err(NotPhone::NeedsRegion);
        }
        let region = region.map(|r| r.0);
        let number = PHONE_NUMBER_UTIL.parse(&plain, region).map_err(|_| NotPhone::Unusable)?;
        let written = number.format_as(PhoneNumberFormat::E164).to_string();
        let possible = || number.is_possible_with_reason() == Ok(NumberLengthType::IsPossible);
        // A number too long or too short for the region belongs to another one.
        if !international && !possible() {
            return Err(NotPhone::OtherRegion);
        }
        // Behind a slash the end of another number can stand.
        if plain.contains('/') && !possible() {
            return Err(NotPhone::Unclear);
        }
        // What a plan calls too short to be dialled from abroad is a short code.
        if written.len() < 8 || written.len() > 16 {
            return Err(NotPhone::Unusable);
        }
        Ok(Phone(written.into()))
    }

    /// Reads a number from a table, which a spreadsheet may have taken for a
    /// quantity: where numbers begin with a zero, one of bare digits that does
    /// not has lost it, or a plus, and which of them nobody knows.
    ///
    /// # Errors
    /// [`NotPhone::Damaged`] for these, else those of [`Phone::parse`].
    pub fn parse_from_table(text: &str, region: Option<RegionCode>) -> Result<Phone, NotPhone> {
        let phone = Phone::parse(text, region)?;
        let bare = text.trim();
        let is_bare = bare.bytes().all(|b| b.is_ascii_digit()) && !bare.starts_with('0');
        let lost = is_bare && phone.is_dialled_with_zero();
        if lost { Err(NotPhone::Damaged) } else { Ok(phone) }
    }

    /// Reads digits that are known to be a whole international number, as in
    /// a WhatsApp id or in Signal's export: 7 to 15 of them, no leading zero.
    pub fn from_digits(digits: &str) -> Option<Phone> {
        let good = (7..=15).contains(&digits.len())
            && digits.bytes().all(|b| b.is_ascii_digit())
            && !digits.starts_with('0');
        good.then(|| Phone(format_smolstr!("+{digits}")))
    }

    /// `+` and the digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The digits without `+`, as `wa.me` links want them.
    pub fn digits(&self) -> &str {
        &self.0[1..]
    }

    /// What kind of line it is. Loads the numbering plans.
    pub fn line(&self) -> Line {
        let Ok(number) = PHONE_NUMBER_UTIL.parse(&self.0, None) else {
            return Line::Mobile;
        };
        match number.get_type() {
            PhoneNumberType::FixedLine => Line::Fixed,
            PhoneNumberType::TollFree
            | PhoneNumberType::PremiumRate
            | PhoneNumberType::SharedCost
            | PhoneNumberType::UAN
            | PhoneNumberType::VoiceMail => Line::Service,
            _ => Line::Mobile,
        }
    }

    /// The region in whose plan this number lies: used to place national
    /// numbers of the same person's address book. Loads the numbering plans.
    pub fn region(&self) -> Option<RegionCode> {
        let number = PHONE_NUMBER_UTIL.parse(&self.0, None).ok()?;
        let exact = number.get_region_code();
        exact.or_else(|| PHONE_NUMBER_UTIL.get_region_for_country_code(number.country_code)).map(RegionCode)
    }

    /// Whether the numbering plan has such numbers: it lags behind, so this tells
    /// only which of several readings is the likelier. Loads the plans.
    pub fn is_assigned(&self) -> bool {
        PHONE_NUMBER_UTIL.parse(&self.0, None).is_ok_and(|number| number.is_valid())
    }

    /// Whether a zero is dialled before it at home. Loads the plans.
    pub fn is_dialled_with_zero(&self) -> bool {
        let number = PHONE_NUMBER_UTIL.parse(&self.0, None);
        number.is_ok_and(|number| number.format_as(PhoneNumberFormat::National).starts_with('0'))
    }

    /// The country calling code, without `+`. Needs no numbering plan.
    pub fn calling_code(&self) -> &str {
        let digits = self.digits();
        &digits[..code_length(digits.as_bytes()).min(digits.len())]
    }
}

impl fmt::Debug for Phone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&masked(&self.0))
    }
}

/// Shows of a number only where it is from and its last two digits.
pub fn masked(number: &str) -> String {
    let tail = number.len().saturating_sub(2);
    let head = number.char_indices().nth(3).map_or(0, |(i, _)| i).min(tail);
    format!("{}…{}", number.get(..head).unwrap_or_default(), number.get(tail..).unwrap_or_default())
}

/// A region of the world by its ISO 3166-1 code of two letters.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct RegionCode(Region);

impl RegionCode {
    /// Reads a code like `FR`, in either case.
    pub fn parse(code: &str) -> Option<RegionCode> {
        let code = code.trim().to_ascii_uppercase();
        let region = Region::try_from(code.as_str()).ok()?;
        // The enumeration holds every pair of letters; only those with a plan count.
        PHONE_NUMBER_UTIL.get_country_code_for_region(region).map(|_| RegionCode(region))
    }

    /// The region that a country calling code stands for: of several that
    /// share it, the one that their common plan is named after.
    pub fn of_calling_code(code: &str) -> Option<RegionCode> {
        PHONE_NUMBER_UTIL.get_region_for_country_code(code.parse().ok()?).map(RegionCode)
    }

    /// The two letters.
    pub fn id(self) -> String {
        self.0.to_string()
    }
}

impl fmt::Debug for RegionCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.id())
    }
}

/// The value of a decimal digit of any script that people write numbers in.
pub fn digit(c: char) -> Option<u8> {
    if let Some(d) = c.to_digit(10) {
        return u8::try_from(d).ok();
    }
    // The first digit of each script's run of ten (Unicode category Nd).
    const ZEROS: [u32; 19] = [
        0x660, 0x6f0, 0x7c0, 0x966, 0x9e6, 0xa66, 0xae6, 0xb66, 0xbe6, 0xc66, 0xce6, 0xd66, 0xe50, 0xed0,
        0xf20, 0x1040, 0x17e0, 0x1810, 0xff10,
    ];
    let code = u32::from(c);
    if code < 0x660 {
        return None;
    }
    let zero = ZEROS.into_iter().find(|zero| (*zero..zero + 10).contains(&code))?;
    u8::try_from(code - zero).ok()
}

/// Whether only separators stand between the digits: nothing that could be a
/// trunk prefix in brackets or an extension.
fn is_bare(text: &str) -> bool {
    let body = text.trim_start_matches(['+', '＋']);
    !body.replace(' ', "").contains("(0")
        && body.chars().all(|c| {
            c.is_ascii_digit()
                || is_space(c)
                || matches!(c, '.' | '-' | '(' | ')' | '\u{2010}'..='\u{2015}' | '\u{2212}')
        })
}

/// Whether a zero stands where a trunk prefix would, right behind the country
/// code: only the numbering plan knows if it belongs there.
fn has_trunk_zero(digits: &[u8]) -> bool {
    digits[0] == b'0' || digits.get(code_length(digits)) == Some(&b'0')
}

/// How many digits the country code takes (ITU-T E.164, list of codes).
fn code_length(bytes: &[u8]) -> usize {
    let two = |set: &[u8]| bytes.get(1).is_some_and(|second| set.contains(second));
    match bytes.first() {
        Some(b'1' | b'7') => 1,
        Some(b'2') if two(b"07") => 2,
        Some(b'3') if two(b"0123469") => 2,
        Some(b'4') if two(b"013456789") => 2,
        Some(b'5') if two(b"12345678") => 2,
        Some(b'6') if two(b"0123456") => 2,
        Some(b'8') if two(b"12469") => 2,
        Some(b'9') if two(b"0123458") => 2,
        _ => 3,
    }
}

fn strip_prefix_ignoring_case<'a>(text: &'a str, prefix: &str) -> Option<&'a str> {
    let head = text.get(..prefix.len())?;
    head.eq_ignore_ascii_case(prefix).then(|| &text[prefix.len()..])
}

#[cfg(test)]
mod tests;
