//! Contacts as a table: a CSV file that Google, Outlook, Thunderbird or a
//! person with a spreadsheet made.
//!
//! What a column means is told by its header alone (`columns`), in several
//! languages. Encoding and delimiter are told by the first bytes. What a
//! spreadsheet did to numbers cannot be undone: such a row is rejected and told
//! (`damage`).

mod columns;
mod damage;
mod ignored;
mod row;

use std::io;

use csv::ByteRecord;

use super::csv_records::{Broken, Records};
use super::fields;

use crate::model::Kind;
use crate::model::finding::Book;
use crate::model::problem::{Code, Problem};
use crate::read::{Reopen, Tally, decode as encodings};
use columns::Columns;
pub use columns::Maker;

/// What stands between the cells, the likelier first.
const DELIMITERS: [u8; 4] = [b',', b';', b'\t', b'|'];

/// Whether the beginning of a file is that of a table of contacts, and whose.
pub fn recognise(head: &[u8]) -> Option<Maker> {
    layout(head).map(|layout| layout.columns.maker())
}

/// How a table is to be read.
struct Layout {
    delimiter: u8,
    columns: Columns,
    /// Whether a line of Excel's own, `sep=;`, stands before the header.
    announced: bool,
}

/// The delimiter with which the first line means most, and what it means.
fn layout(head: &[u8]) -> Option<Layout> {
    // The bytes as they are where the cells are decoded one by one.
    let encoding = encodings::encoding_of(head);
    let text = if encoding == encoding_rs::WINDOWS_1252 {
        head.into()
    } else {
        encoding.decode_with_bom_removal(head).0.into_owned().into_bytes()
    };
    let announced = text.get(..4).is_some_and(|start| start.eq_ignore_ascii_case(b"sep="));
    let mut best: Option<Layout> = None;
    for delimiter in DELIMITERS {
        let mut record = ByteRecord::new();
        let mut records = Records::new(Box::new(text.as_slice()), delimiter);
        let lines = if announced { 2 } else { 1 };
        if !(0..lines).all(|_| matches!(records.next(&mut record), Ok(Some(_)))) {
            continue;
        }
        let columns = Columns::of(&record);
        if columns.are_contacts() && best.as_ref().is_none_or(|b| columns.known() > b.columns.known()) {
            best = Some(Layout { delimiter, columns, announced });
        }
    }
    best
}

/// Reads a table of contacts: one card a row, in order.
///
/// # Errors
/// Whatever reading says.
pub fn read(source: &dyn Reopen, problems: &mut Vec<Problem>) -> io::Result<(Book, Tally)> {
    let mut book = Book { kind: Kind::ContactsCsv, cards: Vec::new() };
    let mut tally = Tally::default();
    let head = encodings::read_up_to(&mut source.open()?, 64 * 1024)?;
    let Some(Layout { delimiter, columns, announced }) = layout(&head) else {
        problems.push(Problem::new(Code::ColumnsUnknown).at(1));
        return Ok((book, tally));
    };
    // Text in no encoding of Unicode is decoded cell by cell.
    let unicode = encodings::encoding_of(&head) != encoding_rs::WINDOWS_1252;
    let text = if unicode { encodings::open(source)?.text } else { source.open()? };
    let mut records = Records::new(text, delimiter);
    let mut record = ByteRecord::new();
    let mut foreign = None;
    for _ in 0..if announced { 2 } else { 1 } {
        records.next(&mut record)?;
    }
    let mut ignored = columns.ignored();
    while let Some(line) = records.next(&mut record)? {
        tally.read += 1;
        ignored.look(&record);
        let mut count = 0;
        let row = columns.row(&record, &mut count);
        if count > 0 {
            foreign.get_or_insert(line);
        }
        let bad = match row {
            None => Problem::new(Code::RowRagged),
            Some(row) => match row.card(line) {
                Ok(Some(card)) => {
                    tally.kept += 1;
                    fields::tell_unread(&card, problems);
                    book.cards.push(card);
                    continue;
                }
                Ok(None) => Problem::new(Code::RowEmpty),
                // A date or a rounded number gives nobody away.
                Err(damaged) => Problem::new(Code::NumberDamaged).quoting(damaged.0),
            },
        };
        tally.rejected += 1;
        problems.push(bad.at(line));
    }
    if let Some(broken) = records.broken() {
        tally.read += 1;
        tally.rejected += 1;
        problems.push(match broken {
            Broken::Unclosed(line) => Problem::new(Code::QuoteUnclosed).at(line),
            Broken::TooLong(line) => Problem::new(Code::LineTooLong).at(line),
        });
    }
    problems.extend(ignored.problems());
    if let Some(line) = foreign {
        problems.push(Problem::new(Code::OtherEncoding).at(line).quoting("windows-1252"));
    }
    Ok((book, tally))
}

#[cfg(test)]
mod google_tests;
#[cfg(test)]
mod tests;
