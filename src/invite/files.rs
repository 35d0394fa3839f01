//! The files that drafts become: one text each, a table, and the page.
//!
//! These functions give names and contents; somebody else writes them. Names
//! of people never stand in the names of files.

use crate::model::{ContactId, Foreign};
use crate::words::escape::{self, csv_cell};
use crate::words::{Words, key};

use super::draft::{Draft, Receiver};
use super::kit::Kit;
use super::page::{self, Own};

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

/// All files: the page first, then the table, then the texts, those of groups last.
///
/// # Errors
/// [`NoFiles`], which only a mistake in transhume can cause.
pub fn all(drafts: &[Draft], kits: &[Kit], own: &[Own], words: &Words) -> Result<Vec<OutFile>, NoFiles> {
    let mut files = vec![
        ("invites.html".to_owned(), page::page(drafts, kits, own, words)?.into_bytes()),
        ("invites.csv".to_owned(), table(drafts)?),
    ];
    files.extend(texts(drafts));
    files.extend(groups(kits, words));
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

/// What each group needs, a file for each text, and who is still missing.
pub fn groups(kits: &[Kit], words: &Words) -> Vec<OutFile> {
    let texts = |(at, kit): (usize, &Kit)| {
        let file = |what: &str, text: String| {
            (format!("invites/group-{:02}-{what}.transhume.txt", at + 1), format!("{text}\n").into_bytes())
        };
        let missing: Vec<String> =
            kit.missing.iter().map(|who| format!("☐ {}", called(who, words))).collect();
        [
            file("announcement", kit.announcement.raw().to_owned()),
            file("roll-call", kit.roll_call.raw().to_owned()),
            file("missing", missing.join("\n")),
        ]
    };
    kits.iter().enumerate().flat_map(texts).collect()
}

/// How somebody is called in a list for the user.
fn called(who: &Receiver, words: &Words) -> String {
    let name = who.name.as_ref().filter(|name| !escape::is_blank(name));
    name.map_or_else(|| words.say(key::INVITE_NO_NAME), |name| escape::terminal_uncut(name).to_string())
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
