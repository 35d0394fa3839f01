//! What a number might be that cannot be placed: for a person to choose from.

use rlibphonenumber::{PHONE_NUMBER_UTIL, PhoneNumberFormat};

use super::{Phone, RegionCode};

/// So many candidates can be told apart at a glance.
const MOST: usize = 5;

/// Regions that are tried where nothing tells of any: those with the most
/// speakers of the languages that address books come in.
const USUAL: [&str; 16] =
    ["FR", "DE", "GB", "US", "ES", "IT", "BE", "CH", "NL", "PT", "AT", "CA", "BR", "MX", "AR", "IN"];

/// What `text` might be: with its country code but without its plus, or a
/// number of one of these `regions`, the likelier first; of the usual ones if
/// none is given, those first that the plan of their region has. Loads the
/// numbering plans.
pub fn candidates(text: &str, regions: &[RegionCode]) -> Vec<Phone> {
    let text = beginning(text);
    let digits: String = text.chars().filter_map(super::digit).map(|d| char::from(b'0' + d)).collect();
    if text.len() > 64 || !(7..=15).contains(&digits.len()) {
        return Vec::new();
    }
    let usual = || USUAL.iter().filter_map(|code| RegionCode::parse(code)).collect();
    let guessing = regions.is_empty();
    let regions: Vec<RegionCode> = if regions.is_empty() { usual() } else { regions.to_vec() };
    let whole = (digits.len() >= 10).then(|| Phone::from_digits(&digits)).flatten();
    let national = regions.iter().filter_map(|region| Phone::parse(text, Some(*region)).ok());
    let mut found: Vec<Phone> = Vec::new();
    for phone in whole.into_iter().chain(national) {
        if !found.contains(&phone) {
            found.push(phone);
        }
    }
    let zero = text.trim_start().starts_with('0');
    let mut ranked: Vec<(bool, Phone)> = Vec::new();
    for phone in found {
        let Ok(number) = PHONE_NUMBER_UTIL.parse(phone.as_str(), None) else { continue };
        // A zero in front is dialled only where numbers are written with one.
        let written = number.format_as(PhoneNumberFormat::National);
        let kept = number.get_national_significant_number().starts_with('0');
        let fits = !zero || (written.starts_with('0') && (!kept || number.is_valid()));
        if PHONE_NUMBER_UTIL.is_possible_number(&number) && fits {
            ranked.push((guessing && !number.is_valid(), phone));
        }
    }
    ranked.sort_by_key(|(unlikely, _)| *unlikely);
    let mut found: Vec<Phone> = ranked.into_iter().map(|(_, phone)| phone).collect();
    found.truncate(MOST);
    found
}

/// What stands before words and other numbers; nothing if a letter stands in the
/// midst of the digits.
fn beginning(text: &str) -> &str {
    let text = super::strip_prefix_ignoring_case(text, "tel:").unwrap_or(text).trim();
    let body = text.trim_start_matches(['+', '＋', '(', ' ']);
    let other = |c: char| {
        c.is_alphabetic() || matches!(c, '*' | '#' | ',' | ';' | '|' | '=' | '+' | '＋' | '/' | '\n')
    };
    // An area code can stand before a slash.
    let cut = body.match_indices(other).find(|(at, _)| {
        body[..*at].chars().filter(|c| super::digit(*c).is_some()).count() >= 7
            || !body[*at..].starts_with('/')
    });
    let typo = |(at, other): (usize, &str)| {
        body[..at].ends_with(|c| super::digit(c).is_some()) && other.starts_with(char::is_alphabetic)
    };
    if cut.is_some_and(typo) {
        return "";
    }
    let end = text.len() - body.len() + cut.map_or(body.len(), |(at, _)| at);
    text[..end].trim_end_matches([' ', '(', '['])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str, regions: &[&str]) -> Vec<String> {
        let regions: Vec<RegionCode> = regions.iter().filter_map(|code| RegionCode::parse(code)).collect();
        candidates(text, &regions).iter().map(|phone| phone.as_str().to_owned()).collect()
    }

    #[test]
    fn c03_candidates_are_numbers_that_it_might_be() {
        assert_eq!(of("06 39 98 01 23", &["FR"]), ["+33639980123"]);
        assert_eq!(of("020 7946 0123", &["FR", "GB"]), ["+442079460123"]);
        assert_eq!(of("33639980123", &["FR"]), ["+33639980123"]);
        assert_eq!(of("639980123", &["FR"]), ["+33639980123"]);
        assert_eq!(of("06 39 98 01 23", &["US", "FR"]), ["+33639980123"], "no zero is dialled in America");
        let usual = of("(202) 555-0123", &[]);
        assert!(usual.contains(&"+12025550123".to_owned()) && usual.len() <= MOST, "{usual:?}");
        assert_eq!(of("+447700900101 Ada", &["FR"]), ["+447700900101"]);
        assert_eq!(of("06 39 98 01 03 (maman)", &["FR"]), ["+33639980103"]);
        assert_eq!(of("06 39 98 01 01 / 06 39 98 01 02 ?", &["FR"]), ["+33639980101"]);
        for nothing in ["+44 7700 9001O1", "3646", "", "*100#", "Google"] {
            assert_eq!(of(nothing, &[]), Vec::<String>::new(), "{nothing}");
        }
    }
}
