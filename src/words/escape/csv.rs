//! Cells of a CSV file that a spreadsheet will not take for formulas.
//!
//! A cell that begins like a formula gets an apostrophe in front, the guard
//! that OWASP recommends (CWE-1236). Phone numbers begin with `+`, so they
//! get one as well: bare, a spreadsheet would turn them into numbers, drop
//! the `+` and round the rest. Whoever reads such a file back calls
//! [`unguard`] on every cell, which takes the guard off if it is there, and
//! thus does not mind a spreadsheet that took it off before. Quoting commas,
//! quotes and line breaks is the business of the `csv` crate.

use super::{acts_unseen, push_visible};
use crate::model::foreign::is_mark;
use crate::model::{Foreign, Phone};

/// For a cell of a CSV file. Line breaks and tabs stay, as does everything
/// that can be seen, so that the cell reads back the same.
pub fn csv_cell(text: &Foreign) -> String {
    let mut cell = String::with_capacity(text.raw().len() + 1);
    if wants_guard(text.raw()) {
        cell.push('\'');
    }
    for c in text.raw().chars() {
        let acts = c.is_control() && !matches!(c, '\t' | '\r' | '\n') || acts_unseen(c);
        if acts {
            push_visible(&mut cell, c);
        } else {
            cell.push(c);
        }
    }
    cell
}

/// A phone number for a cell of a CSV file: `'+33639980123`.
pub fn csv_phone(phone: &Phone) -> String {
    format!("'{}", phone.as_str())
}

/// What stood in a cell before it was guarded. Cells without a guard are
/// given back as they are.
pub fn unguard(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(rest) if wants_guard(rest) => rest,
        _ => cell,
    }
}

/// Whether a spreadsheet could take that for a formula. White space and marks
/// in front do not count, for some programs skip them. A leading apostrophe
/// is guarded too, or it would be taken for a guard.
fn wants_guard(text: &str) -> bool {
    let mut skipped = text.chars().skip_while(|c| c.is_whitespace() || c.is_control() || is_mark(*c));
    text.starts_with(['\t', '\r', '\n', '\''])
        || matches!(skipped.next(), Some('=' | '+' | '-' | '@' | '＝' | '＋' | '－' | '＠'))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Writes cells as a CSV record and reads them back.
    fn round_trip(cells: &[String]) -> Vec<String> {
        let mut writer = ::csv::Writer::from_writer(Vec::new());
        writer.write_record(cells).unwrap();
        let bytes = writer.into_inner().unwrap();
        let mut reader = ::csv::ReaderBuilder::new().has_headers(false).from_reader(bytes.as_slice());
        let record = reader.records().next().unwrap().unwrap();
        record.iter().map(|cell| unguard(cell).to_owned()).collect()
    }

    #[test]
    fn d09_no_cell_is_a_formula() {
        for name in [
            "=HYPERLINK(\"http://evil\")",
            "+1",
            "-2+3",
            "@SUM(A1)",
            "\t=1",
            "\r=1",
            "\n=1",
            " =1",
            "\u{200e}=1",
            "\u{feff}=1",
            "＝1",
            "＋1",
            "－1",
            "＠a",
            "'=1",
            "'+33639980123",
        ] {
            let cell = csv_cell(&Foreign::from(name));
            assert_eq!(cell, format!("'{name}"));
            assert_eq!(unguard(&cell), name, "the guard comes off");
        }
        for name in ["Ada", "Ada = Bo", "O'Hara", "1-2", ""] {
            assert_eq!(csv_cell(&Foreign::from(name)), name);
        }
    }

    #[test]
    fn d09_a_phone_comes_back_the_same_with_and_without_the_guard() {
        let phone = Phone::from_digits("33639980123").unwrap();
        let cell = csv_phone(&phone);
        assert_eq!(cell, "'+33639980123");
        for seen in [cell.as_str(), "+33639980123"] {
            assert_eq!(Phone::parse(unguard(seen), None), Ok(phone.clone()));
        }
        assert_eq!(round_trip(&[cell, "x".into()])[0], phone.as_str());
    }

    #[test]
    fn d10_quotes_commas_and_line_breaks_come_back() {
        let names = ["a\"b", "a,b", "a;b", "a\r\nb", "\"", ",", "\r\n", "", "'", "''", "é 🐑"];
        let cells: Vec<String> = names.iter().map(|name| csv_cell(&Foreign::from(*name))).collect();
        assert_eq!(round_trip(&cells), names);
    }

    #[test]
    fn d01_controls_do_not_reach_a_terminal_through_cat() {
        let cell = csv_cell(&Foreign::from("a\u{1b}]0;x\u{7}\u{9b}\u{202e}"));
        assert_eq!(cell, "a␛]0;x␇⟨U+009B⟩⟨U+202E⟩");
    }

    proptest! {
        #[test]
        fn d10_whatever_can_be_seen_comes_back(names in prop::collection::vec("[ -~\t\r\néЖ＝＠א🐑]{0,12}", 2..5)) {
            let cells: Vec<String> = names.iter().map(|name| csv_cell(&Foreign::from(name.as_str()))).collect();
            for cell in &cells {
                prop_assert!(!cell.trim_start().starts_with(['=', '+', '-', '@', '＝', '＠']));
            }
            prop_assert_eq!(round_trip(&cells), names);
        }
    }
}
