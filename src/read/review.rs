//! Questions that come back answered, as a table that any spreadsheet may have
//! saved: with whatever delimiter, encoding and order of columns. What counts is
//! which question a row is, whom it is about, and the answer.

use std::io;

use csv::ByteRecord;

use super::Reopen;
use super::addressbook::csv_records::{Broken, Records};
use super::decode;
use crate::model::{Code, Foreign, NameKey, Problem};
use crate::words::escape::unguard;

/// The column with a question's id, and the mark by which a later walk through a
/// folder knows the table as one of transhume's own.
pub const ID: &str = "transhume_review";

/// The columns that have to come back, the id first.
pub const COLUMNS: [&str; 5] = [ID, "state", "name_a", "name_b", "answer"];

/// What stands between the cells, the likelier first.
const DELIMITERS: [u8; 3] = [b',', b';', b'\t'];

/// A row that came back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// The line where it begins.
    pub line: u64,
    /// The question's id.
    pub id: NameKey,
    /// To which state of which workspace the question belongs.
    pub state: NameKey,
    /// Whom it is about, as the table has it.
    pub names: [Foreign; 2],
    /// The answer.
    pub answer: Foreign,
}

/// Whether a file begins as a table of questions does.
pub fn is_table(content: &[u8]) -> bool {
    content.strip_prefix(b"\xef\xbb\xbf").unwrap_or(content).starts_with(ID.as_bytes())
}

/// What the files of spreadsheets begin with that are no text: a zip archive,
/// and what Excel wrote before that.
const BOOKS: [&[u8]; 2] = [b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"];

/// Whether a file is a spreadsheet's own rather than a table in text.
fn is_book(source: &dyn Reopen) -> io::Result<bool> {
    let head = decode::read_up_to(&mut *source.open()?, 8)?;
    Ok(BOOKS.into_iter().any(|book| head.starts_with(book)))
}

/// Reads a table of questions.
///
/// # Errors
/// Whatever reading says.
pub fn read(source: &dyn Reopen, problems: &mut Vec<Problem>) -> io::Result<Vec<Row>> {
    if is_book(source)? {
        problems.push(Problem::new(Code::ReviewNoText));
        return Ok(Vec::new());
    }
    let mut best: Option<(Vec<&str>, Layout)> = None;
    for delimiter in DELIMITERS {
        let mut records = Records::new(decode::open(source)?.text, delimiter);
        let mut record = ByteRecord::new();
        let mut header = records.next(&mut record)?;
        // A line of Excel's own, `sep=;`, stands before the header.
        if record.get(0).is_some_and(|cell| cell.to_ascii_lowercase().starts_with(b"sep=")) {
            header = records.next(&mut record)?;
        }
        let Some(line) = header else { continue };
        let names: Vec<String> = record.iter().map(|cell| text(cell).key().to_lowercase()).collect();
        let place = |column: &str| names.iter().position(|name| name == column);
        let missing: Vec<&str> = COLUMNS.into_iter().filter(|column| place(column).is_none()).collect();
        let places = COLUMNS.map(|column| place(column).unwrap_or(usize::MAX));
        if best.as_ref().is_none_or(|(fewest, _)| missing.len() < fewest.len()) {
            best = Some((missing, Layout { delimiter, header: line, places }));
        }
    }
    let Some((missing, layout)) = best else {
        problems.push(Problem::new(Code::ReviewColumns).at(1).quoting(COLUMNS.join(", ")));
        return Ok(Vec::new());
    };
    if !missing.is_empty() {
        problems.push(Problem::new(Code::ReviewColumns).at(layout.header).quoting(missing.join(", ")));
        return Ok(Vec::new());
    }
    rows(source, &layout, problems)
}

/// How a table is to be read.
struct Layout {
    delimiter: u8,
    /// The line where the header begins.
    header: u64,
    places: [usize; 5],
}

fn rows(source: &dyn Reopen, layout: &Layout, problems: &mut Vec<Problem>) -> io::Result<Vec<Row>> {
    let mut records = Records::new(decode::open(source)?.text, layout.delimiter);
    let mut record = ByteRecord::new();
    let mut rows = Vec::new();
    while let Some(line) = records.next(&mut record)? {
        if line <= layout.header || record.iter().all(|cell| text(cell).is_blank()) {
            continue;
        }
        let cells = layout.places.map(|place| record.get(place).map(text));
        let [Some(id), Some(state), Some(one), Some(other), Some(answer)] = cells else {
            problems.push(Problem::new(Code::RowRagged).at(line));
            continue;
        };
        rows.push(Row { line, id: id.key(), state: state.key(), names: [one, other], answer });
    }
    match records.broken() {
        Some(Broken::Unclosed(line)) => problems.push(Problem::new(Code::QuoteUnclosed).at(line)),
        Some(Broken::TooLong(line)) => problems.push(Problem::new(Code::LineTooLong).at(line)),
        None => {}
    }
    Ok(rows)
}

/// What stood in a cell before it was guarded.
fn text(cell: &[u8]) -> Foreign {
    Foreign::new(unguard(&String::from_utf8_lossy(cell)))
}

#[cfg(test)]
mod tests {
    use super::*;

    const TABLE: &str = "transhume_review,more,state,name_a,name_b,answer\r\n\
                         abc,'+33,run1,\"Ada, B.\",Bo,same\r\n\r\ndef,,run1,Zoë,1: Bo ::: 2: Cy,2\r\n";

    fn read_bytes(bytes: impl Into<Vec<u8>>) -> (Vec<Row>, Vec<(Code, Option<u64>)>) {
        let mut problems = Vec::new();
        let rows = read(&bytes.into(), &mut problems).unwrap();
        (rows, problems.into_iter().map(|p| (p.code, p.line)).collect())
    }

    #[test]
    fn whatever_a_spreadsheet_saves_is_read_the_same() {
        let (expected, none) = read_bytes(TABLE);
        assert_eq!((expected.len(), none.len()), (2, 0));
        assert_eq!((expected[0].line, expected[1].line), (2, 4));
        assert_eq!(expected[0].names[0].raw(), "Ada, B.");
        let same = |bytes: Vec<u8>| {
            let (rows, problems) = read_bytes(bytes);
            assert!(problems.is_empty(), "{problems:?}");
            let bare = |row: Row| Row { line: 0, ..row };
            assert_eq!(
                rows.into_iter().map(bare).collect::<Vec<_>>(),
                expected.iter().cloned().map(bare).collect::<Vec<_>>()
            );
        };
        let semicolons = TABLE.replace("\"Ada, B.\"", "\u{0}").replace(',', ";").replace('\u{0}', "Ada, B.");
        same(format!("\u{feff}{TABLE}").into());
        same(semicolons.clone().into());
        same(format!("sep=;\r\n{semicolons}").into());
        same(semicolons.replace(';', "\t").replace("\r\n", "\n").into());
        let mut utf16 = vec![0xff, 0xfe];
        utf16.extend(TABLE.encode_utf16().flat_map(u16::to_le_bytes));
        same(utf16);
        same(
            TABLE
                .replace('ë', "\u{1}")
                .into_bytes()
                .into_iter()
                .map(|b| if b == 1 { 0xeb } else { b })
                .collect(),
        );
        same(TABLE.replace("transhume_review", "Transhume_Review ").into());
    }

    #[test]
    fn c17_columns_that_are_gone_and_rows_that_are_cut_are_named() {
        let (rows, problems) = read_bytes(TABLE.replace("answer", "remarks"));
        assert_eq!((rows, problems), (vec![], vec![(Code::ReviewColumns, Some(1))]));
        let (rows, problems) = read_bytes(format!("{TABLE}ghi,,run1\r\n"));
        assert_eq!((rows.len(), problems), (2, vec![(Code::RowRagged, Some(5))]));
        let (rows, problems) = read_bytes(format!("{TABLE}ghi,,run1,\"Ada,Bo,same\r\n"));
        assert_eq!((rows.len(), problems), (2, vec![(Code::QuoteUnclosed, Some(5))]));
        assert_eq!(read_bytes([]).1, [(Code::ReviewColumns, Some(1))]);
        for book in [&b"PK\x03\x04\x14\x00"[..], b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\x00"] {
            assert_eq!(read_bytes(book).1, [(Code::ReviewNoText, None)]);
        }
    }
}
