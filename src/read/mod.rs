//! Bytes become findings and problems.
//!
//! A reader is handed something that can be opened and read, never a path. It
//! keeps going past whatever it cannot understand and says where that was.

pub mod addressbook;
pub mod addresses;
pub mod archive;
pub mod chunks;
pub mod decode;
pub mod hexadecimal;
pub mod lines;
pub mod recognise;
pub mod review;
pub mod signal;
pub mod wal;
pub mod whatsapp;

use std::io::{self, Read};

use crate::model::{Finding, Kind, Problem};

use whatsapp::{account, chat};

/// Bytes that can be read from the start more than once: a chat whose date
/// order stays open at first is looked at twice.
pub trait Reopen {
    /// Starts again from the first byte.
    ///
    /// # Errors
    /// Whatever the system says.
    fn open(&self) -> io::Result<Box<dyn Read + '_>>;
}

impl Reopen for [u8] {
    fn open(&self) -> io::Result<Box<dyn Read + '_>> {
        Ok(Box::new(self))
    }
}

impl Reopen for Vec<u8> {
    fn open(&self) -> io::Result<Box<dyn Read + '_>> {
        self.as_slice().open()
    }
}

/// How many entries a file held: `read = kept + rejected`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Entries met.
    pub read: u64,
    /// Entries that became findings.
    pub kept: u64,
    /// Entries that could not be used; each has its problem.
    pub rejected: u64,
}

impl Reading {
    /// Whether anything in it is of use: a book of which every entry was
    /// rejected is not.
    pub fn is_usable(&self) -> bool {
        self.finding.is_some() && (self.tally.read == 0 || self.tally.kept > 0)
    }
}

/// What came of reading one file.
#[derive(Debug)]
pub struct Reading {
    /// What was found, if the file was usable at all.
    pub finding: Option<Finding>,
    /// How many entries it held.
    pub tally: Tally,
    /// What was wrong with it. Paths are filled in by whoever knows them.
    pub problems: Vec<Problem>,
}

/// Reads a file of a kind that was recognised. `name` is the file's name,
/// which a chat is called after.
///
/// # Errors
/// Whatever reading says; a damaged file is no error but has problems.
pub fn read(kind: Kind, source: &dyn Reopen, name: &str, options: &chat::Options) -> io::Result<Reading> {
    let mut problems = Vec::new();
    let (finding, tally) = match kind {
        Kind::WhatsappChat => match chat::read(source, name, options, &mut problems)? {
            Some((chat, tally)) => (Some(Finding::Chat(chat.into())), tally),
            None => (None, Tally::default()),
        },
        Kind::WhatsappAccountReport => match account::read(source, name, &mut problems)? {
            Some((report, tally)) => (Some(Finding::Account(report)), tally),
            None => (None, Tally::default()),
        },
        Kind::Vcard => {
            let (book, tally) = addressbook::vcard::read(source, &mut problems)?;
            (Some(Finding::Book(book.into())), tally)
        }
        Kind::ContactsCsv => {
            let (book, tally) = addressbook::table::read(source, &mut problems)?;
            (Some(Finding::Book(book.into())), tally)
        }
        Kind::Ldif => {
            let (book, tally) = addressbook::ldif::read(source, &mut problems)?;
            (Some(Finding::Book(book.into())), tally)
        }
        Kind::XmppRoster => {
            let (book, tally) = addressbook::roster::read(source, &mut problems)?;
            (Some(Finding::Book(book.into())), tally)
        }
        Kind::SignalExport => {
            let (export, tally) = signal::export::read(source, &mut problems)?;
            (Some(Finding::Signal(export.into())), tally)
        }
        // Databases and backups are read through a connection, by `whatsapp::db`
        // and `signal::desktop`; what signal-cli says by `signal::listing`.
        Kind::WhatsappAndroidDb
        | Kind::WhatsappIosDb
        | Kind::WhatsappBackup
        | Kind::SignalDesktop
        | Kind::SignalCli
        | Kind::Unknown => (None, Tally::default()),
    };
    Ok(Reading { finding, tally, problems })
}
