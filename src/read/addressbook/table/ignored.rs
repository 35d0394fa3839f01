//! Columns whose header is not known: told where their cells look like numbers
//! or addresses by which somebody could be reached.

use csv::ByteRecord;

use super::damage;
use crate::model::identity::Email;
use crate::model::phone::{NotPhone, Phone};
use crate::model::problem::{Code, Problem};
use crate::read::addressbook::vcard_text::decode;

/// Nobody is reached by these.
const NOBODY: &[&str] =
    &["fax", "telefax", "telecopie", "telecopieur", "telex", "pager", "beeper", "date", "iban"];

/// A column that means nothing.
struct Column {
    at: usize,
    header: String,
    /// How many cells are not empty, and how many of them look like something.
    filled: u64,
    like: u64,
}

/// The columns that mean nothing, as far as they were looked at.
pub struct Ignored {
    columns: Vec<Column>,
}

impl Ignored {
    /// Of columns by their place and their header, as written and folded.
    pub fn of<'a>(columns: impl Iterator<Item = (usize, &'a str, String)>) -> Ignored {
        let told = columns.filter(|(_, _, folded)| !folded.split(' ').any(|word| NOBODY.contains(&word)));
        let column = |(at, header, _): (usize, &str, String)| Column {
            at,
            header: header.to_owned(),
            filled: 0,
            like: 0,
        };
        Ignored { columns: told.map(column).collect() }
    }

    /// Looks at a row.
    pub fn look(&mut self, record: &ByteRecord) {
        for column in &mut self.columns {
            let Some(cell) = record.get(column.at).map(<[u8]>::trim_ascii).filter(|cell| !cell.is_empty())
            else {
                continue;
            };
            column.filled += 1;
            // What stands in another column as well is not lost.
            let twice =
                || record.iter().enumerate().any(|(at, other)| at != column.at && other.trim_ascii() == cell);
            column.like += u64::from(is_identity(cell) && !twice());
        }
    }

    /// Tells of the columns of which most cells look like something.
    pub fn problems(&self) -> impl Iterator<Item = Problem> + '_ {
        let lost = self.columns.iter().filter(|column| column.like > 0 && column.like * 2 >= column.filled);
        lost.map(|column| {
            Problem::new(Code::ColumnIgnored).at(1).counted(column.like).quoting(column.header.as_str())
        })
    }
}

/// Whether a cell looks like a number or an address. Bare digits without a zero
/// or a plus in front are as often a reference.
fn is_identity(cell: &[u8]) -> bool {
    let begins = matches!(cell[0], b'+' | b'0' | b'(');
    if !(begins || cell.contains(&b'@')) || cell.len() > 254 {
        return false;
    }
    let text = decode(cell, None, &mut 0);
    let number = || matches!(Phone::parse(&text, None), Ok(_) | Err(NotPhone::NeedsRegion));
    Email::parse(&text).is_some() || (begins && number() && damage::look(&text).is_ok())
}
