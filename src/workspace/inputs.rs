//! The files that are read: walked to, recognised, opened read-only, and
//! handed to the readers as bytes.

mod bytes;
mod names;
mod siblings;
mod walk;
mod whatsapp;

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, OnceLock};

use crate::model::finding::AccountReport;
use crate::model::{Code, Finding, Kind, Problem};
use crate::read::recognise::{HEAD, Looks, recognise_named};
use crate::read::whatsapp::backup::Key;
use crate::read::whatsapp::chat::{self, Options};
use crate::read::{Reading, Reopen, Tally, archive, decode};

use super::meter::{Meter, is_stop};
use super::output::{is_our_book, is_our_name};
use super::parallel::in_order;
use bytes::{FileSource, Hashed, SharedFile};
use names::{holds_several, name_of_entry, name_of_file};
use siblings::settle_by_siblings;
use walk::Found;

pub use walk::total_bytes;

/// One thing that was read: a file, an entry of a zip, or a book from a server.
#[derive(Debug)]
pub struct Item {
    /// The path as shown; an entry is `outer.zip!/inner`.
    pub path: String,
    /// What it is.
    pub kind: Kind,
    /// What came of reading it.
    pub reading: Reading,
    /// The content's SHA-256, where it was read to the end.
    pub hash: Option<Vec<u8>>,
    origin: Origin,
}

/// Where an item's bytes are.
#[derive(Clone, Debug)]
enum Origin {
    File(PathBuf),
    Entry { archive: PathBuf, name: String },
    Elsewhere,
}

impl Item {
    /// An address book that came from a server, under its URL.
    pub fn fetched(url: String, reading: Reading, hash: Vec<u8>) -> Item {
        Item::elsewhere(url, Kind::Vcard, reading, Some(hash))
    }

    /// Something that was not among the files and folders that were named.
    pub fn elsewhere(path: String, kind: Kind, reading: Reading, hash: Option<Vec<u8>>) -> Item {
        Item { path, kind, reading, hash, origin: Origin::Elsewhere }
    }
}

/// Everything that inputs held.
#[derive(Debug, Default)]
pub struct Gathered {
    /// What was read.
    pub items: Vec<Item>,
    /// What was wrong with files that gave no item.
    pub problems: Vec<Problem>,
    /// Files met on walks that are none of ours.
    pub ignored: u64,
}

/// What can end a gathering early.
#[derive(Debug, thiserror::Error)]
#[error("stopped")]
pub struct Stopped;

/// Reads whatever is in the files and folders that were named; `hash` for those
/// who keep what they read and must know it again. `key` is asked once, when
/// the first encrypted backup is met.
///
/// # Errors
/// [`Stopped`] if the user asked to stop.
pub fn gather(
    inputs: &[PathBuf],
    skip: &Path,
    options: &Options,
    meter: &Meter,
    hash: bool,
    key: &(dyn Fn() -> Option<Key> + Sync),
) -> Result<Gathered, Stopped> {
    let keyring = Keyring { ask: key, answered: OnceLock::new() };
    let room = Mutex::new(());
    let skip = fs::canonicalize(skip).ok();
    let mut found = Vec::new();
    for input in inputs {
        walk::named(input, skip.as_deref(), &mut found);
    }
    // Files do not depend on each other; what came of them is put in order again.
    let parts = in_order(found.len(), |index| {
        let (keyring, room) = (&keyring, &room);
        let out = Gathered::default();
        let mut gathering = Gathering { options, meter, hash, keyring, room, has_room: false, out };
        match &found[index] {
            Found::File { path, named } => gathering.file(path, *named)?,
            Found::PhoneBackup(folder) => gathering.phone_backup(folder)?,
            Found::Trouble(problem) => gathering.out.problems.push(problem.clone()),
        }
        Ok(gathering.out)
    });
    let mut out = Gathered::default();
    for part in parts {
        let part = part?;
        out.items.extend(part.items);
        out.problems.extend(part.problems);
        out.ignored += part.ignored;
    }
    settle_by_siblings(&mut out.items, options, meter)?;
    whatsapp::settle_linked(&mut out.items);
    if out.ignored > 0 {
        out.problems.push(Problem::new(Code::FilesIgnored).counted(out.ignored));
    }
    Ok(out)
}

/// The key of encrypted backups.
struct Keyring<'a> {
    ask: &'a (dyn Fn() -> Option<Key> + Sync),
    answered: OnceLock<Option<Key>>,
}

impl Keyring<'_> {
    /// The key; whoever comes first asks for it, and the others wait.
    fn key(&self) -> Option<&Key> {
        self.answered.get_or_init(self.ask).as_ref()
    }
}

/// What is read of one file.
struct Gathering<'a> {
    options: &'a Options,
    meter: &'a Meter,
    hash: bool,
    keyring: &'a Keyring<'a>,
    /// Held by whoever has a whole database or backup in memory.
    room: &'a Mutex<()>,
    has_room: bool,
    out: Gathered,
}

impl Gathering<'_> {
    /// Does what takes much memory, while nobody else does.
    fn with_room<T>(&mut self, work: impl FnOnce(&mut Self) -> T) -> T {
        let room = self.room;
        let _held = (!self.has_room).then(|| room.lock().unwrap_or_else(std::sync::PoisonError::into_inner));
        let before = std::mem::replace(&mut self.has_room, true);
        let out = work(self);
        self.has_room = before;
        out
    }

    fn file(&mut self, path: &Path, named: bool) -> Result<(), Stopped> {
        let source = FileSource { path: path.to_owned(), meter: self.meter.clone() };
        let head = match source.open().and_then(|mut file| decode::read_up_to(&mut file, HEAD)) {
            Ok(head) => head,
            Err(error) if is_stop(&error) => return Err(Stopped),
            Err(error) => {
                self.complain(path, Problem::new(Code::Unreadable).quoting(error.to_string()));
                return Ok(());
            }
        };
        let ours = is_our_name(path) && !(named && is_our_book(path));
        let looks = if ours { Looks::Ours } else { recognise_named(&head, &shown(path)) };
        match looks {
            Looks::Zip => self.archive(path, named),
            Looks::Sqlite => self.database(path, named),
            Looks::Backup => self.backup(path),
            Looks::Strange
                if whatsapp::is_old_backup(path, &head) || whatsapp::is_called_backup(&shown(path)) =>
            {
                self.backup(path)
            }
            // A walk takes only what is unmistakable.
            Looks::Like(Kind::WhatsappChat) if !named && chat::may_be_a_log(&head, &shown(path)) => {
                self.out.ignored += 1;
                Ok(())
            }
            Looks::Like(Kind::WhatsappAccountReport) if !named && is_page(path) && has_json(path) => {
                self.own_number(&source, shown(path), &name_of_file(path), Origin::File(path.to_owned()))
            }
            Looks::Perhaps(_) if !named => {
                self.out.ignored += 1;
                Ok(())
            }
            Looks::Like(kind) | Looks::Perhaps(kind) => {
                let name = name_of_file(path);
                self.read(&source, shown(path), &name, kind, Origin::File(path.to_owned()))
            }
            Looks::Empty if named => {
                self.complain(path, Problem::new(Code::EmptyFile));
                Ok(())
            }
            Looks::Strange if named => {
                let problem = Problem::new(Code::NotRecognised);
                let shape = chat::shape_of_text(&head);
                self.complain(path, shape.map_or(problem.clone(), |shape| problem.quoting(shape)));
                Ok(())
            }
            Looks::Ours if named => {
                self.complain(path, Problem::new(Code::NotRecognised));
                Ok(())
            }
            Looks::Strange | Looks::Empty => {
                self.out.ignored += 1;
                Ok(())
            }
            Looks::Ours => Ok(()),
        }
    }

    fn archive(&mut self, path: &Path, named: bool) -> Result<(), Stopped> {
        let outer = shown(path);
        let file = match SharedFile::open(path) {
            Ok(file) => self.meter.watch(file),
            Err(error) => {
                self.complain(path, Problem::new(Code::Unreadable).quoting(error.to_string()));
                return Ok(());
            }
        };
        let before = (self.out.items.len(), self.out.problems.len());
        self.entries(file, path, &outer)?;
        if named && (self.out.items.len(), self.out.problems.len()) == before {
            self.complain(path, Problem::new(Code::NotRecognised));
        }
        Ok(())
    }

    /// Reads the entries of an archive, which is the file at `path` or was in it.
    fn entries<R: archive::Bytes>(&mut self, bytes: R, path: &Path, outer: &str) -> Result<(), Stopped> {
        let mut problems = Vec::new();
        let entries = archive::entries(bytes, &mut problems);
        if self.meter.stopped() {
            return Err(Stopped);
        }
        self.out.problems.extend(problems.into_iter().map(|p| p.in_file(outer)));
        let names: BTreeSet<String> = entries.iter().map(|entry| entry.name.clone()).collect();
        let several = holds_several(names.iter().map(String::as_str));
        for entry in &entries {
            let inner = format!("{outer}!/{}", entry.name);
            let head = match entry.open().and_then(|mut bytes| decode::read_up_to(&mut bytes, HEAD)) {
                Ok(head) => head,
                Err(error) if is_stop(&error) => return Err(Stopped),
                Err(error) => {
                    self.out.problems.push(archive::problem_of(&error).in_file(&inner));
                    continue;
                }
            };
            match recognise_named(&head, &entry.name) {
                Looks::Like(Kind::WhatsappAccountReport)
                    if is_page(Path::new(&entry.name))
                        && json_beside(&entry.name).iter().any(|json| names.contains(json)) =>
                {
                    let name = name_of_entry(&entry.name, path, several);
                    let origin = Origin::Entry { archive: path.to_owned(), name: entry.name.clone() };
                    self.own_number(entry, inner, &name, origin)?;
                }
                Looks::Like(kind) => {
                    let name = name_of_entry(&entry.name, path, several);
                    let origin = Origin::Entry { archive: path.to_owned(), name: entry.name.clone() };
                    self.read(entry, inner, &name, kind, origin)?;
                }
                Looks::Zip => self.out.problems.push(Problem::new(Code::ZipNested).in_file(&inner)),
                Looks::Strange | Looks::Empty if entry.name.ends_with("-wal") => {}
                Looks::Sqlite | Looks::Backup => self.packed(entry, &entries, path, &inner)?,
                Looks::Strange if whatsapp::is_called_backup(&entry.name) => {
                    self.packed(entry, &entries, path, &inner)?;
                }
                Looks::Strange | Looks::Empty | Looks::Perhaps(_) => self.out.ignored += 1,
                Looks::Ours => {}
            }
        }
        Ok(())
    }

    fn read(
        &mut self,
        source: &dyn Reopen,
        path: String,
        name: &str,
        kind: Kind,
        origin: Origin,
    ) -> Result<(), Stopped> {
        let hashed = Hashed { source, digest: RefCell::new(None) };
        let source: &dyn Reopen = if self.hash { &hashed } else { source };
        match crate::read::read(kind, source, name, self.options) {
            Ok(mut reading) => {
                for problem in &mut reading.problems {
                    *problem = problem.clone().in_file(&path);
                }
                let hash = hashed.digest.take();
                self.out.items.push(Item { path, kind, reading, hash, origin });
                Ok(())
            }
            Err(error) if is_stop(&error) => Err(Stopped),
            Err(error) => {
                self.out.problems.push(archive::problem_of(&error).in_file(&path));
                Ok(())
            }
        }
    }

    /// A page of the account report says what the JSON beside it says, but for
    /// the own number in the one page of the old layout: that alone is taken.
    fn own_number(
        &mut self,
        source: &dyn Reopen,
        path: String,
        name: &str,
        origin: Origin,
    ) -> Result<(), Stopped> {
        if !is_old_page(&path) {
            return Ok(());
        }
        let before = self.out.items.len();
        self.read(source, path, name, Kind::WhatsappAccountReport, origin)?;
        for mut item in self.out.items.split_off(before) {
            if let Some(Finding::Account(AccountReport { own: own @ Some(_), .. })) = item.reading.finding {
                let report = AccountReport { own, ..AccountReport::default() };
                item.reading.finding = Some(Finding::Account(report));
                item.reading.tally = Tally::default();
                self.out.items.push(item);
            }
        }
        Ok(())
    }

    fn complain(&mut self, path: &Path, problem: Problem) {
        self.out.problems.push(problem.in_file(&shown(path)));
    }
}

/// Whether a name is that of a page.
fn is_page(path: &Path) -> bool {
    path.extension().is_some_and(|e| e.eq_ignore_ascii_case("html") || e.eq_ignore_ascii_case("htm"))
}

/// The names that the JSON with the same content as a page may have.
fn json_beside(page: &str) -> [String; 2] {
    let stem = page.rsplit_once('.').map_or(page, |(stem, _)| stem);
    let old =
        stem.strip_suffix("access").map_or_else(|| stem.to_owned(), |before| format!("{before}portability"));
    [format!("{stem}.json"), format!("{old}.json")]
}

/// Whether a page is the one page of the old layout, by its name.
fn is_old_page(page: &str) -> bool {
    let stem = page.rsplit_once('.').map_or(page, |(stem, _)| stem);
    stem.rsplit(['/', '\\']).next().is_some_and(|name| name.eq_ignore_ascii_case("access"))
}

/// Whether the JSON with the same content as a page lies beside it.
fn has_json(page: &Path) -> bool {
    page.to_str().is_some_and(|page| json_beside(page).iter().any(|json| Path::new(json).is_file()))
}

/// A path as it is shown: as it was given.
fn shown(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}
