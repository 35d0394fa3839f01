//! What spreadsheets do to phone numbers: they round them (`3,36E+10`), take
//! them for dates or formulas, or hang a decimal on them. None of that can be
//! undone, so nothing is guessed.
//!
//! A zero or a plus that a spreadsheet dropped is told only beside the region,
//! which is not known here: see `model::phone`.

use std::sync::LazyLock;

/// A cell that once was a number. Holds the cell as it is now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Damaged(pub String);

/// Errors that a spreadsheet shows in the place of a value that it took for a
/// formula, or has no room for.
static ERRORS: LazyLock<[&str; 9]> = LazyLock::new(|| {
    ["#NAME?", "#VALUE!", "#REF!", "#NUM!", "#ERROR!", "#NOM?", "#VALEUR!", "#WERT!", "#N/A"]
});

/// Looks for damage in the cell of a phone number.
///
/// # Errors
/// [`Damaged`] if there is any.
pub fn look(cell: &str) -> Result<(), Damaged> {
    let cell = cell.trim().trim_start_matches('\'');
    let damaged = is_rounded(cell)
        || is_decimal(cell)
        || is_date(cell)
        || ERRORS.iter().any(|error| cell.eq_ignore_ascii_case(error))
        || (cell.len() > 2 && cell.bytes().all(|b| b == b'#'));
    if damaged { Err(Damaged(cell.to_owned())) } else { Ok(()) }
}

/// `3,36123E+10`: digits, a fraction in either writing, an exponent.
fn is_rounded(cell: &str) -> bool {
    let Some((digits, exponent)) = cell.split_once(['E', 'e']) else { return false };
    let digits = digits.trim_start_matches(['+', '-']);
    let exponent = exponent.trim_start_matches('+');
    let number = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let (whole, fraction) = digits.split_once(['.', ',']).unwrap_or((digits, "0"));
    number(whole) && number(fraction) && number(exponent)
}

/// `33639980123.0`: a whole number that went through a program as a fraction.
fn is_decimal(cell: &str) -> bool {
    let Some((whole, fraction)) = cell.split_once(['.', ',']) else { return false };
    let digits = whole.trim_start_matches('+');
    digits.len() >= 7 && digits.bytes().all(|b| b.is_ascii_digit()) && matches!(fraction, "0" | "00")
}

/// `03/12/2024`, `2024-12-03`, `12-Mar`, with a time or without.
fn is_date(cell: &str) -> bool {
    let day = cell.split([' ', 'T']).next().unwrap_or_default();
    let parts: Vec<&str> = day.split(['/', '-', '.']).collect();
    let value = |text: &str, lengths: &[usize]| {
        let digits = lengths.contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
        digits.then(|| text.parse::<u32>().ok()).flatten()
    };
    let year = |text| value(text, &[4]).is_some_and(|year| (1900..2200).contains(&year));
    let within = |text, most| value(text, &[1, 2]).is_some_and(|v| (1..=most).contains(&v));
    match parts.as_slice() {
        [a, b, c] if year(c) => (within(a, 31) && within(b, 12)) || (within(a, 12) && within(b, 31)),
        [a, b, c] if year(a) => within(b, 12) && within(c, 31),
        [a, b] => {
            let month =
                |text: &str| (3..=5).contains(&text.chars().count()) && text.chars().all(char::is_alphabetic);
            (within(a, 31) && month(b)) || (month(a) && value(b, &[2]).is_some())
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn c16_what_a_spreadsheet_spoilt_is_seen() {
        for cell in [
            "3,36E+10",
            "3.36123E+10",
            "3,36123e10",
            "-3E+09",
            "4.47701E+11",
            "33639980123.0",
            "33639980123,00",
            "03/12/2024",
            "3.12.2024",
            "12/31/2024 00:00",
            "2024-12-03",
            "2024-12-03T00:00:00",
            "12-Mar",
            "3-déc",
            "mars-24",
            "#NAME?",
            "#nom?",
            "#####",
        ] {
            assert_eq!(look(cell), Err(Damaged(cell.to_owned())), "{cell}");
        }
    }

    #[test]
    fn c16_numbers_as_people_write_them_are_whole() {
        for cell in [
            "",
            "06 39 98 01 23",
            "06.39.98.01.23",
            "06-39-98-01-23",
            "+33639980123",
            "0033639980123",
            "'+33639980123",
            "(202) 555-0123",
            "202-555-0123",
            "020 7946 0123",
            "01 99 00 12 34",
            "3646",
            "*100#",
            "Ede",
            "1E",
            "12-34-56",
            "11.22.3344",
            "06 12 20 24",
            "20.24.12.03",
        ] {
            assert_eq!(look(cell), Ok(()), "{cell}");
        }
    }
}
