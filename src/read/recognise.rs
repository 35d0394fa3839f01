//! What a file is, by its first bytes. Names only help where content cannot.

use crate::model::Kind;

use super::addressbook::table::{self, Maker};
use super::addressbook::{ldif, roster, vcard};
use super::{archive, signal, whatsapp};

/// How many first bytes tell what a file is.
pub const HEAD: usize = 64 * 1024;

/// What the beginning of a file looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Looks {
    /// Nothing is in it.
    Empty,
    /// A zip archive.
    Zip,
    /// A SQLite database; whose, only its tables tell.
    Sqlite,
    /// An encrypted backup of WhatsApp's.
    Backup,
    /// One of the kinds that are read.
    Like(Kind),
    /// What might be an address book, or anybody's list: read if it is named.
    Perhaps(Kind),
    /// Something that transhume wrote itself.
    Ours,
    /// None of these.
    Strange,
}

/// Looks at the beginning of a file.
pub fn recognise(head: &[u8]) -> Looks {
    if head.is_empty() {
        return Looks::Empty;
    }
    if archive::is_zip(head) {
        return Looks::Zip;
    }
    if head.starts_with(whatsapp::db::MAGIC) {
        return Looks::Sqlite;
    }
    if is_ours(head) {
        return Looks::Ours;
    }
    // What begins with a message is nothing else, and nothing dearer need be asked.
    if whatsapp::chat::begins_with_message(head) {
        return Looks::Like(Kind::WhatsappChat);
    }
    if vcard::is_vcard(head) {
        return Looks::Like(Kind::Vcard);
    }
    if whatsapp::account::is_report(head) {
        return Looks::Like(Kind::WhatsappAccountReport);
    }
    if roster::is_roster(head) {
        return Looks::Like(Kind::XmppRoster);
    }
    if signal::export::is_signal_export(head) {
        return Looks::Like(Kind::SignalExport);
    }
    let table = table::recognise(head);
    if table == Some(Maker::Program) {
        return Looks::Like(Kind::ContactsCsv);
    }
    if whatsapp::chat::is_chat(head) {
        return Looks::Like(Kind::WhatsappChat);
    }
    if vcard::is_vcard_with_a_heading(head) {
        return Looks::Like(Kind::Vcard);
    }
    // Of crypt12 the end of the file has to be seen as well.
    if whatsapp::backup::header::parse(head, &[]).is_some() {
        return Looks::Backup;
    }
    if table.is_some() {
        return Looks::Perhaps(Kind::ContactsCsv);
    }
    if ldif::is_ldif(head) {
        return Looks::Perhaps(Kind::Ldif);
    }
    Looks::Strange
}

/// Looks at the beginning of a file whose name tells what its content alone
/// cannot.
pub fn recognise_named(head: &[u8], name: &str) -> Looks {
    match recognise(head) {
        Looks::Strange if whatsapp::account::is_page(head, name) => Looks::Like(Kind::WhatsappAccountReport),
        looks => looks,
    }
}

/// Looks for the marks that the outputs carry, so that a later walk skips
/// them: JSON its schema, a page its generator, a table its first column, a graph its
/// description.
fn is_ours(head: &[u8]) -> bool {
    let head = &head[..head.len().min(600)];
    let has = |mark: &[u8]| memchr::memmem::find(head, mark).is_some();
    has(b"\"schema\":\"transhume.")
        || has(b"content=\"transhume\"")
        || has(b"<desc>transhume.graph/1</desc>")
        || head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head).starts_with(b"transhume_")
}
