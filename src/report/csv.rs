//! The report as CSV, for spreadsheets: contacts, and what was wrong.
//!
//! RFC 4180: commas, quotes doubled, lines ending with CR LF. No cell is taken
//! for a formula, for each that could be has an apostrophe in front, which
//! [`unguard`](crate::words::escape::unguard) takes off again; that goes for numbers
//! too, since they begin with `+`. Where a cell holds several values, they
//! stand with ` ::: ` between them, and the cell has but one guard. The names
//! of columns and states are those of the JSON: they are for programs, and
//! the same in every language.

use std::io::Write;

use csv::{Terminator, Writer, WriterBuilder};

use crate::check::Checked;
use crate::model::identity::Address;
use crate::model::{Channel, Foreign, Group, Severity};

use super::view::ProblemView;
use crate::words::escape::csv_cell;

/// The first column of the contacts: the mark by which a later walk through a
/// folder knows this file as one of transhume's own, and skips it.
pub const FIRST_COLUMN: &str = "transhume_id";

/// The same for the file of what was wrong.
pub const FIRST_PROBLEM_COLUMN: &str = "transhume_problem";

/// What stands between several values of one cell.
pub const BETWEEN: &str = " ::: ";

const CONTACT_COLUMNS: [&str; 14] = [
    FIRST_COLUMN,
    "name",
    "phones",
    "emails",
    "scope",
    "matrix",
    "matrix_address",
    "signal",
    "signal_address",
    "xmpp",
    "xmpp_address",
    "messages",
    "last_message",
    "groups",
];

const PROBLEM_COLUMNS: [&str; 6] = [FIRST_PROBLEM_COLUMN, "code", "path", "line", "what", "hint"];

/// Writes one row a contact. Those whom the user excluded are left out.
/// `groups` are the graph's, in its order.
///
/// # Errors
/// Whatever writing says.
pub fn contacts(people: &[Checked], groups: &[Group], out: &mut dyn Write) -> csv::Result<()> {
    let mut table = table(out);
    table.write_record(CONTACT_COLUMNS)?;
    for person in people.iter().filter(|person| !person.contact.excluded) {
        let contact = &person.contact;
        let titles = contact.groups.iter().filter_map(|group| groups.get(*group));
        let mut row = vec![
            own(contact.id.as_str()),
            contact.name.as_ref().map(csv_cell).unwrap_or_default(),
            several(contact.phones.iter().map(super::super::model::phone::Phone::as_str)),
            several(contact.emails.iter().map(super::super::model::identity::Email::as_str)),
            contact.scope.id().to_owned(),
        ];
        for channel in Channel::ALL {
            let verdict = person.verdicts.get(channel);
            row.push(verdict.state.id().to_owned());
            row.push(own(verdict.address.as_ref().map_or("", Address::as_str)));
        }
        row.push(contact.messages.to_string());
        row.push(contact.last_message.map(|at| at.to_string()).unwrap_or_default());
        row.push(several(titles.map(|group| group.title.raw())));
        table.write_record(row)?;
    }
    table.flush()?;
    Ok(())
}

/// Writes one row a problem; its first cell is the severity.
///
/// # Errors
/// Whatever writing says.
pub fn rejects(problems: &[ProblemView], out: &mut dyn Write) -> csv::Result<()> {
    let mut table = table(out);
    table.write_record(PROBLEM_COLUMNS)?;
    for problem in problems {
        let severity = match problem.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Note => "note",
        };
        let path = problem.path.as_ref().map(csv_cell).unwrap_or_default();
        let line = problem.line.map(|line| line.to_string()).unwrap_or_default();
        table.write_record([
            severity,
            problem.code,
            path.as_str(),
            line.as_str(),
            own(&problem.what).as_str(),
            own(&problem.hint).as_str(),
        ])?;
    }
    table.flush()?;
    Ok(())
}

fn table(out: &mut dyn Write) -> Writer<&mut dyn Write> {
    WriterBuilder::new().terminator(Terminator::CRLF).from_writer(out)
}

/// A cell of text that is checked already, but may still begin like a formula.
fn own(text: &str) -> String {
    csv_cell(&Foreign::from(text))
}

/// A cell of several values. A guard in front of each would not come off, for
/// whoever takes off guards does so once a cell.
fn several<'a>(values: impl Iterator<Item = &'a str>) -> String {
    own(&values.collect::<Vec<_>>().join(BETWEEN))
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::*;
    use crate::model::{Code, Phone, Problem};
    use crate::words::escape::unguard;
    use crate::words::{Language, Words};

    fn rows(bytes: &[u8]) -> Vec<Vec<String>> {
        let reader = ::csv::ReaderBuilder::new().has_headers(false).from_reader(bytes);
        reader.into_records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect()
    }

    fn written(people: &[Checked], groups: &[Group]) -> Vec<Vec<String>> {
        let mut bytes = Vec::new();
        contacts(people, groups, &mut bytes).unwrap();
        rows(&bytes)
    }

    #[test]
    fn a_row_holds_the_whole_contact() {
        let mut ada = sample::person(1, Some("Ada"), &[sample::signal(1, "2021-01-24")]);
        ada.contact.phones.extend(Phone::from_digits("33639980199"));
        ada.contact.groups.extend([0, 7]);
        let group = sample::group("Famille");
        let rows = written(&[ada], &[group]);
        assert_eq!(rows[0], CONTACT_COLUMNS);
        assert_eq!(rows.len(), 2);
        let expected = [
            "0000000000000001",
            "Ada",
            "'+33639980101 ::: +33639980199",
            "",
            "circle",
            "unknown",
            "",
            "reachable",
            "'+33639980101",
            "unknown",
            "",
            "120",
            "2021-01-20T10:00:00",
            "Famille",
        ];
        assert_eq!(rows[1], expected);
        let phones: Vec<&str> = unguard(&rows[1][2]).split(BETWEEN).collect();
        assert_eq!(phones, ["+33639980101", "+33639980199"], "every number comes back");
    }

    #[test]
    fn the_excluded_are_in_no_row() {
        let never = sample::excluded(sample::person(1, Some("Never"), &[]));
        assert_eq!(written(&[never], &[]).len(), 1);
    }

    #[test]
    fn the_first_bytes_are_the_mark() {
        for (write, mark) in [(true, FIRST_COLUMN), (false, FIRST_PROBLEM_COLUMN)] {
            let mut bytes = Vec::new();
            let done = if write { contacts(&[], &[], &mut bytes) } else { rejects(&[], &mut bytes) };
            done.unwrap();
            assert!(bytes.starts_with(format!("{mark},").as_bytes()));
            assert!(bytes.ends_with(b"\r\n"));
        }
    }

    #[test]
    fn d01_d09_d10_hostile_names_come_back_and_do_nothing() {
        for name in sample::HOSTILE {
            let mut person = sample::person(1, Some(name), &[]);
            person.contact.groups.insert(0);
            let mut bytes = Vec::new();
            contacts(&[person], &[sample::group(name)], &mut bytes).unwrap();
            let acts = |byte: &u8| byte.is_ascii_control() && !b"\t\r\n".contains(byte);
            assert!(!bytes.iter().any(acts), "{name:?}");
            let rows = rows(&bytes);
            assert_eq!(rows.len(), 2, "{name:?} made rows of its own");
            assert_eq!(rows[1].len(), CONTACT_COLUMNS.len());
            for cell in &rows[1] {
                assert!(!cell.trim_start().starts_with(['=', '+', '-', '@']), "{cell:?}");
            }
            let visible =
                !name.contains(|c: char| c.is_control() && !"\t\r\n".contains(c) || c == '\u{202e}');
            assert_eq!(unguard(&rows[1][1]) == name, visible, "{name:?}: {:?}", rows[1][1]);
        }
        let long = "a".repeat(10_000);
        assert_eq!(written(&[sample::person(1, Some(&long), &[])], &[])[1][1], long);
    }

    #[test]
    fn d09_d10_problems_are_cells_too() {
        let words = Words::new(Language::En);
        for name in sample::HOSTILE {
            let problem = Problem::new(Code::HiddenMarks).in_file(name).at(1_234).quoting(name);
            let mut bytes = Vec::new();
            rejects(&[ProblemView::new(&words, &problem)], &mut bytes).unwrap();
            let rows = rows(&bytes);
            assert_eq!(rows[0], PROBLEM_COLUMNS);
            assert_eq!((rows.len(), rows[1].len()), (2, 6));
            assert_eq!(rows[1][..2], ["warning", "hidden-marks"]);
            assert_eq!(rows[1][3], "1234");
            assert!(
                !rows[1].iter().any(|c| c.trim_start().starts_with(['=', '+', '-', '@'])),
                "{:?}",
                rows[1]
            );
        }
    }
}
