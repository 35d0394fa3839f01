//! WhatsApp's databases. A reader is handed a connection on which nothing can
//! be written, looks which of WhatsApp's tables are there, and takes people,
//! groups, counts and dates; no text of a message is ever asked for.

pub mod android;
pub mod android_contacts;
pub mod android_old;
pub mod collect;
pub mod ios;
pub mod ios_contacts;
pub mod jid;
pub mod table;

use rusqlite::Connection;

use crate::model::Problem;
use crate::model::database::{Database, Part};
use crate::model::kind::Platform;
use crate::read::Tally;

use collect::Collector;
pub use table::Fault;
use table::Schema;

/// What the first bytes of every unencrypted SQLite database are.
pub const MAGIC: &[u8; 16] = b"SQLite format 3\0";

/// Which of WhatsApp's databases it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Which {
    /// Of which phone system.
    pub platform: Platform,
    /// Which part.
    pub part: Part,
}

/// Every table that any reader asks for.
fn wanted() -> Vec<&'static str> {
    let links = ios_contacts::LINKS.iter().map(|(table, _)| table);
    [android::TABLES, android_old::TABLES, android_contacts::TABLES, ios::TABLES, &[ios_contacts::CONTACTS]]
        .into_iter()
        .flatten()
        .chain(links)
        .copied()
        .collect()
}

/// Tells by its tables which of WhatsApp's databases it is; none if it is not
/// one of them.
///
/// # Errors
/// Whatever SQLite says.
pub fn recognise(connection: &Connection) -> rusqlite::Result<Option<Which>> {
    Ok(which(&Schema::load(connection, &wanted())?))
}

fn which(schema: &Schema) -> Option<Which> {
    let all = |tables: &[&str]| tables.iter().all(|table| schema.names(table));
    let it = |platform, part| Some(Which { platform, part });
    if all(&["message", "chat", "jid"]) || all(&["messages", "chat_list"]) {
        it(Platform::Android, Part::Messages)
    } else if all(&["wa_contacts"]) {
        it(Platform::Android, Part::Contacts)
    } else if all(&["ZWACHATSESSION", "ZWAMESSAGE"]) {
        it(Platform::Ios, Part::Messages)
    } else if all(&[ios_contacts::CONTACTS]) {
        it(Platform::Ios, Part::Contacts)
    } else if ios_contacts::LINKS.iter().any(|(table, _)| all(&[table])) {
        it(Platform::Ios, Part::Links)
    } else {
        None
    }
}

/// Reads one of WhatsApp's databases; nothing if it is none of them.
///
/// # Errors
/// A table or column is missing that every known version has, something else
/// stands under the name of a table, or SQLite gives up.
pub fn read(
    connection: &Connection,
    problems: &mut Vec<Problem>,
) -> Result<Option<(Database, Tally)>, Fault> {
    let schema = Schema::load(connection, &wanted())?;
    let Some(Which { platform, part }) = which(&schema) else { return Ok(None) };
    if let Some(fake) = schema.fake() {
        return Err(Fault::Fake(fake.to_owned()));
    }
    let mut out = Collector::new(platform, part);
    match (platform, part) {
        (Platform::Android, Part::Messages) => {
            let new = schema.has("message") && schema.has("jid");
            if new {
                android::read(connection, &schema, &mut out)?;
            }
            // Where both stand in one file, the older tables are left-overs.
            if (!new || out.is_silent()) && android_old::is_used(connection, &schema)? {
                android_old::read(connection, &schema, &mut out)?;
            }
        }
        (Platform::Android, _) => android_contacts::read(connection, &schema, &mut out, problems)?,
        (Platform::Ios, Part::Messages) => ios::read(connection, &schema, &mut out)?,
        (Platform::Ios, Part::Contacts) => ios_contacts::read(connection, &schema, &mut out, problems)?,
        (Platform::Ios, Part::Links) => ios_contacts::read_links(connection, &schema, &mut out)?,
    }
    Ok(Some(out.finish(problems)))
}

#[cfg(test)]
mod tests;
