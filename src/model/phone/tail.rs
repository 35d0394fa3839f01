//! What stands behind a number: parameters of a URI, an extension, what is
//! dialled after the call is taken, or another number.

use super::digit;
use crate::model::foreign::is_space;

/// More digits than these are a number of their own.
const MOST_DIALLED: usize = 6;

/// Words that an extension stands behind.
const EXTENSION: &[&str] = &[
    "ext",
    "extn",
    "extension",
    "x",
    "poste",
    "durchwahl",
    "dw",
    "nst",
    "int",
    "interno",
    "interne",
    "ramal",
    "anexo",
    "toestel",
];

/// A number without the parameters of its URI (RFC 3966), and the context that
/// they give a local number; none if something else follows the semicolon.
pub fn without_parameters(text: &str) -> Option<(&str, Option<&str>)> {
    let mut parts = text.split(';');
    let number = parts.next()?;
    let mut context = None;
    for part in parts.map(str::trim).filter(|part| !part.is_empty()) {
        if !part.starts_with(|c: char| c.is_ascii_alphabetic()) {
            return None;
        }
        let (name, value) = part.split_once('=').unwrap_or((part, ""));
        if name.eq_ignore_ascii_case("phone-context") && value.starts_with('+') {
            context = Some(value);
        }
    }
    Some((number, context))
}

/// A number without an extension, and without what a phone dials after a pause:
/// neither leads to another line.
pub fn without_extension(text: &str) -> &str {
    let by_word = || {
        let (number, rest) = text.split_at(text.find(char::is_alphabetic)?);
        let word = &rest[..rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len())];
        let desk = rest[word.len()..].trim_start_matches(|c| is_space(c) || matches!(c, '.' | ':')).trim();
        let is_desk =
            !desk.is_empty() && desk.len() <= MOST_DIALLED && desk.bytes().all(|b| b.is_ascii_digit());
        (is_desk && EXTENSION.contains(&word.to_lowercase().as_str())).then_some(number)
    };
    let by_pause = || {
        let (number, rest) = text.split_once([',', 'p', 'w', 'P', 'W'])?;
        let digits = rest.bytes().filter(u8::is_ascii_digit).count();
        let dialled = rest.bytes().all(|b| b.is_ascii_digit() || b",pwPW*#".contains(&b));
        (dialled && (1..=MOST_DIALLED).contains(&digits)).then_some(number)
    };
    by_word().or_else(by_pause).unwrap_or(text).trim_end()
}

/// The numbers of a text that holds nothing but several whole ones.
pub fn several(text: &str) -> Option<Vec<&str>> {
    let between = [';', ',', '/', '|', '\n'];
    if !text.contains(between) {
        return None;
    }
    let pieces: Vec<&str> = text.split(between).map(str::trim).filter(|piece| !piece.is_empty()).collect();
    // An area code can stand before a slash.
    let whole = |piece: &&str| {
        let digits = piece.chars().filter(|c| digit(*c).is_some()).count();
        digits >= 8 && !piece.contains(|c: char| c.is_alphabetic() || matches!(c, '*' | '#' | '@'))
    };
    (pieces.len() > 1 && pieces.iter().all(whole)).then_some(pieces)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn c02_what_is_dialled_after_a_number_is_cut_off() {
        for (text, number) in [
            ("+44 7700 900105 ext. 12", "+44 7700 900105"),
            ("+44 7700 900105 ext:12", "+44 7700 900105"),
            ("+12025550123x45", "+12025550123"),
            ("01 99 00 12 34 poste 305", "01 99 00 12 34"),
            ("+33639980101,,123#", "+33639980101"),
            ("+33639980101p1w2", "+33639980101"),
            // These are something else.
            ("+44 7700 900105 ext", "+44 7700 900105 ext"),
            ("+447700900101,+447700900102", "+447700900101,+447700900102"),
            ("+447700900101 Ada", "+447700900101 Ada"),
            ("+44 7700 9001O1", "+44 7700 9001O1"),
            ("+44 7700 900105 home 12", "+44 7700 900105 home 12"),
            ("06 39 98 01 01, 02", "06 39 98 01 01, 02"),
        ] {
            assert_eq!(without_extension(text), number, "{text}");
        }
    }

    #[test]
    fn c01_only_whole_numbers_are_several() {
        for (text, count) in [
            ("+447700900106;+447700900107", 2),
            ("+447700900103; +447700900104", 2),
            ("+447700900101,+447700900102", 2),
            ("06 39 98 01 01 / 06 39 98 01 02", 2),
            ("0171/1234567", 0),
            ("+33639980101;ext=12345678", 0),
            ("+33639980101,,123#", 0),
            ("+33639980101;", 0),
            ("", 0),
        ] {
            assert_eq!(several(text).map_or(0, |all| all.len()), count, "{text}");
        }
    }
}
