//! The files that drafts become: one text each, a table, and the page.
//!
//! These functions give names and contents; somebody else writes them. Names
//! of people never stand in the names of files.

use crate::model::{ContactId, Foreign};
use crate::words::Words;
use crate::words::escape::csv_cell;

use super::draft::Draft;
use super::page;

/// A file to be written below the output folder, by its relative path.
pub type OutFile = (String, Vec<u8>);

/// The header of the table. Its first column marks it as transhume's own.
const COLUMNS: [&str; 8] = ["transhume_id", "name", "kind", "channel", "via", "language", "text", "link"];

/// Why a file could not be made.
#[derive(Debug, thiserror::Error)]
pub enum NoFiles {
    /// The page's template has a mistake.
    #[error("the page's template has a mistake")]
    Page(#[from] minijinja::Error),
    /// The table could not be written.
    #[error("the table could not be written")]
    Table(#[from] csv::Error),
}

/// All files: the page first, then the table, then the texts.
///
/// # Errors
/// [`NoFiles`], which only a mistake in transhume can cause.
pub fn all(drafts: &[Draft], words: &Words) -> Result<Vec<OutFile>, NoFiles> {
    let mut files = vec![
        ("invites.html".to_owned(), page::page(drafts, words)?.into_bytes()),
        ("invites.csv".to_owned(), table(drafts)?),
    ];
    files.extend(texts(drafts));
    Ok(files)
}

/// One file for each text, in the order of the drafts.
pub fn texts(drafts: &[Draft]) -> Vec<OutFile> {
    let file = |(at, draft): (usize, &Draft)| {
        let name = format!("invites/{:02}-{}.transhume.txt", at + 1, harmless(&draft.contact.id));
        (name, format!("{}\n", draft.text.raw()).into_bytes())
    };
    drafts.iter().enumerate().map(file).collect()
}

/// The drafts as a table for any spreadsheet.
///
/// # Errors
/// Those of the CSV writer.
pub fn table(drafts: &[Draft]) -> Result<Vec<u8>, csv::Error> {
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    writer.write_record(COLUMNS)?;
    for draft in drafts {
        let cell = |text: Option<&Foreign>| text.map(csv_cell).unwrap_or_default();
        writer.write_record([
            csv_cell(&Foreign::from(draft.contact.id.as_str())),
            cell(draft.contact.name.as_ref()),
            draft.kind.id().to_owned(),
            draft.channel.id().to_owned(),
            draft.via.id().to_owned(),
            draft.language.id().to_owned(),
            cell(Some(&draft.text)),
            cell(draft.link.as_ref()),
        ])?;
    }
    writer.into_inner().map_err(|error| csv::Error::from(error.into_error()))
}

/// An id for a file name. Ids are letters and digits anyway.
fn harmless(id: &ContactId) -> String {
    id.as_str().chars().filter(char::is_ascii_alphanumeric).take(32).collect()
}
