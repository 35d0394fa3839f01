//! WhatsApp's databases and backups among the inputs: as files with their
//! logs beside them, encrypted, in archives, and in the backup that an iPhone
//! made of itself on a computer.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::{self, Cursor, Read, Seek, SeekFrom};
use std::path::Path;
use std::sync::Arc;

use sha2::{Digest, Sha256};

use crate::model::database::Part;
use crate::model::identity::WhatsappLid;
use crate::model::kind::Platform;
use crate::model::{Code, Finding, Foreign, Kind, Problem};
use crate::read::chunks::Chunks;
use crate::read::whatsapp::backup::{self, Content, header};
use crate::read::whatsapp::db::table::{Fault, Schema, text};
use crate::read::whatsapp::db::{self, MAGIC};
use crate::read::{Reading, Reopen, Tally, archive};
use crate::workspace::databases::{self, MEMORY_CAP, Opened, Trouble, beside};

use super::{Gathering, Item, Origin, Stopped, is_stop, shown};

/// Under these names WhatsApp keeps its databases.
const NAMES: [&str; 5] = ["msgstore.db", "wa.db", "ChatStorage.sqlite", "ContactsV2.sqlite", "LID.sqlite"];
/// Where an iPhone's backup keeps WhatsApp's files, and those of its edition
/// for businesses.
const DOMAINS: [(&str, &str); 2] = [
    ("AppDomainGroup-group.net.whatsapp.WhatsApp.shared", ""),
    ("AppDomainGroup-group.net.whatsapp.WhatsAppSMB.shared", "WhatsAppSMB/"),
];

/// Whether a file only goes with a database that is beside it.
pub(super) fn goes_with_database(path: &Path) -> bool {
    let name = path.to_string_lossy();
    ["-wal", "-shm", "-journal"]
        .iter()
        .filter_map(|ending| name.strip_suffix(ending))
        .any(|database| !database.is_empty() && Path::new(database).is_file())
}

/// Whether a folder is the backup that an iPhone made of itself.
pub(super) fn is_phone_backup(folder: &Path) -> bool {
    folder.join("Manifest.db").is_file()
        && ["Manifest.plist", "Info.plist", "Status.plist"].iter().any(|name| folder.join(name).is_file())
}

/// Whether a file is a backup of crypt12, which its end shows.
pub(super) fn is_old_backup(path: &Path, head: &[u8]) -> bool {
    let end = || {
        let mut file = File::open(path)?;
        let length = i64::try_from(header::CRYPT12_TAIL).unwrap_or(i64::MAX);
        file.seek(SeekFrom::End(-length))?;
        let mut tail = Vec::new();
        file.read_to_end(&mut tail)?;
        Ok::<_, io::Error>(tail)
    };
    head.starts_with(&[0, 1]) && end().is_ok_and(|tail| header::parse(head, &tail).is_some())
}

/// Whether a file is called as encrypted backups are, whatever is left of it.
pub(super) fn is_called_backup(name: &str) -> bool {
    let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
    ending.is_some_and(|ending| ["crypt12", "crypt14", "crypt15"].contains(&ending.as_str()))
}

/// Of whom one database knows a linked id alone, another of the batch may know
/// the number.
pub(super) fn settle_linked(items: &mut [Item]) {
    let databases = || {
        items.iter().filter_map(|item| match &item.reading.finding {
            Some(Finding::Database(database)) => Some(&**database),
            _ => None,
        })
    };
    let linked: BTreeSet<WhatsappLid> = databases().flat_map(|d| d.linked.keys().cloned()).collect();
    let with_map = databases().any(|database| database.part == Part::Links);
    for item in items {
        let Some(Finding::Database(database)) = &item.reading.finding else { continue };
        let hidden = database.hidden().filter(|lid| !linked.contains(lid)).count() as u64;
        for problem in item.reading.problems.iter_mut().filter(|p| p.code == Code::NumbersUnknown) {
            problem.count = Some(hidden);
            problem.quote = with_map.then(|| Foreign::from("LID.sqlite"));
        }
        item.reading.problems.retain(|p| p.code != Code::NumbersUnknown || hidden > 0);
    }
}

/// The bytes of an archive that several readers share.
#[derive(Clone)]
struct Shared(Arc<Vec<u8>>);

impl AsRef<[u8]> for Shared {
    fn as_ref(&self) -> &[u8] {
        &self.0
    }
}

impl Gathering<'_> {
    /// A SQLite database, of WhatsApp's or of anybody's.
    pub(super) fn database(&mut self, path: &Path, named: bool) -> Result<(), Stopped> {
        // Half of the programs on a computer keep such files: unless it was meant,
        // one of which nothing can be told is left alone.
        let meant = named || path.file_name().is_some_and(|name| NAMES.iter().any(|n| name == *n));
        let log = beside(path, "-wal");
        let look = |opened: &Opened| {
            let which = opened.which()?;
            Ok(which.is_some() || (opened.is_bare() && databases::has_log(&log)))
        };
        match Opened::file(path, self.meter).and_then(|opened| look(&opened)) {
            Ok(true) => self.database_at(path, &log, shown(path), meant),
            Ok(false) if named => {
                self.complain(path, Problem::new(Code::NotRecognised));
                Ok(())
            }
            Err(Trouble::Stopped) => Err(Stopped),
            Err(Trouble::Problem(problem)) if meant => {
                self.complain(path, problem);
                Ok(())
            }
            Ok(false) | Err(Trouble::Problem(_)) => {
                self.out.ignored += 1;
                Ok(())
            }
        }
    }

    /// A database that is WhatsApp's, with its log.
    fn database_at(&mut self, path: &Path, log: &Path, shown: String, meant: bool) -> Result<(), Stopped> {
        let hash = match self.hash.then(|| self.hash_of(&[path, log])).transpose() {
            Ok(hash) => hash,
            Err(error) if is_stop(&error) => return Err(Stopped),
            Err(error) => {
                self.out.problems.push(archive::problem_of(&error).in_file(&shown));
                return Ok(());
            }
        };
        self.with_room(|it| {
            let opened = Opened::file_with_log(path, log, it.meter);
            it.opened(opened, shown, None, hash, Origin::File(path.to_owned()), meant)
        })
    }

    /// The hash of files that belong together. Those that are not there are as
    /// good as empty.
    fn hash_of(&self, paths: &[&Path]) -> io::Result<Vec<u8>> {
        let mut hasher = Sha256::new();
        for path in paths {
            match File::open(path) {
                Ok(file) => drop(io::copy(&mut self.meter.watch(file), &mut hasher)?),
                Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                Err(error) => return Err(error),
            }
        }
        Ok(hasher.finalize().to_vec())
    }

    /// Reads a database that was opened, in whatever way; `kind` where it is
    /// not its own. One that is nobody's is passed over unless it was meant.
    fn opened(
        &mut self,
        opened: Result<Opened, Trouble>,
        path: String,
        kind: Option<Kind>,
        hash: Option<Vec<u8>>,
        origin: Origin,
        meant: bool,
    ) -> Result<(), Stopped> {
        let mut problems = Vec::new();
        let mut own = Kind::Unknown;
        let read = opened.and_then(|opened| {
            let Some(which) = opened.which()? else { return Ok(None) };
            own = match which.platform {
                Platform::Android => Kind::WhatsappAndroidDb,
                Platform::Ios => Kind::WhatsappIosDb,
            };
            problems.extend(opened.problems.iter().cloned());
            db::read(opened.connection(), &mut problems).map_err(|fault| opened.trouble(fault))
        });
        let kind = kind.unwrap_or(own);
        let (finding, tally) = match read {
            Ok(Some((mut database, tally))) => {
                database.kind = kind;
                (Some(Finding::Database(database.into())), tally)
            }
            Err(Trouble::Stopped) => return Err(Stopped),
            Ok(None) if !meant => {
                self.out.ignored += 1;
                return Ok(());
            }
            Err(Trouble::Problem(_)) if !meant && own == Kind::Unknown => {
                self.out.ignored += 1;
                return Ok(());
            }
            Ok(None) => {
                let code =
                    if kind == Kind::WhatsappBackup { Code::BackupStrange } else { Code::NotRecognised };
                problems.push(Problem::new(code));
                (None, Tally::default())
            }
            Err(Trouble::Problem(problem)) => {
                problems.push(problem);
                (None, Tally::default())
            }
        };
        let problems = problems.into_iter().map(|problem| problem.in_file(&path)).collect();
        let reading = Reading { finding, tally, problems };
        self.out.items.push(Item { path, kind, reading, hash, origin });
        Ok(())
    }

    /// An encrypted backup.
    pub(super) fn backup(&mut self, path: &Path) -> Result<(), Stopped> {
        let origin = Origin::File(path.to_owned());
        self.with_room(|it| match databases::read(path, it.meter) {
            Ok(bytes) => it.unlock(bytes, path, shown(path), origin),
            Err(Trouble::Stopped) => Err(Stopped),
            Err(Trouble::Problem(problem)) => {
                it.complain(path, problem);
                Ok(())
            }
        })
    }

    /// Opens an encrypted backup and reads what is in it.
    fn unlock(&mut self, bytes: Vec<u8>, path: &Path, shown: String, origin: Origin) -> Result<(), Stopped> {
        let hash = self.hash.then(|| Sha256::digest(&bytes).to_vec());
        let keyring = self.keyring;
        let opened = match header::parse(&bytes, &bytes) {
            None => Err(Code::BackupDamaged),
            Some(header) => match keyring.key() {
                None => Err(Code::BackupNeedsKey),
                Some(key) => backup::open(bytes, &header, key),
            },
        };
        match opened {
            Ok(Content::Database(bytes)) => {
                let size = bytes.len();
                let opened = Opened::memory(bytes, size, None, self.meter);
                self.opened(opened, shown, Some(Kind::WhatsappBackup), hash, origin, true)
            }
            Ok(Content::Archive(bytes)) => {
                let before = self.out.items.len();
                self.entries(Cursor::new(Shared(Arc::new(bytes))), path, &shown)?;
                for item in &mut self.out.items[before..] {
                    item.kind = Kind::WhatsappBackup;
                    if let Some(Finding::Database(database)) = &mut item.reading.finding {
                        Arc::make_mut(database).kind = Kind::WhatsappBackup;
                    }
                }
                if self.out.items.len() == before {
                    self.out.problems.push(Problem::new(Code::BackupStrange).in_file(&shown));
                }
                Ok(())
            }
            Err(code) => {
                let problems = vec![Problem::new(code).in_file(&shown)];
                let reading = Reading { finding: None, tally: Tally::default(), problems };
                self.out.items.push(Item { path: shown, kind: Kind::WhatsappBackup, reading, hash, origin });
                Ok(())
            }
        }
    }

    /// A database or an encrypted backup in an archive.
    pub(super) fn packed<R: archive::Bytes>(
        &mut self,
        entry: &archive::Entry<R>,
        entries: &[archive::Entry<R>],
        path: &Path,
        inner: &str,
    ) -> Result<(), Stopped> {
        self.with_room(|it| match it.unpacked(entry, entries, path, inner) {
            Ok(read) => read,
            Err(error) if is_stop(&error) => Err(Stopped),
            Err(error) => {
                it.out.problems.push(archive::problem_of(&error).in_file(inner));
                Ok(())
            }
        })
    }

    fn unpacked<R: archive::Bytes>(
        &mut self,
        entry: &archive::Entry<R>,
        entries: &[archive::Entry<R>],
        path: &Path,
        inner: &str,
    ) -> io::Result<Result<(), Stopped>> {
        let bytes = Chunks::read(&mut entry.open()?.take(MEMORY_CAP))?;
        let origin = Origin::Entry { archive: path.to_owned(), name: entry.name.clone() };
        if !bytes.starts_with(MAGIC) {
            let mut whole = Vec::with_capacity(usize::try_from(bytes.len()).unwrap_or_default());
            { bytes }.read_to_end(&mut whole)?;
            return Ok(self.unlock(whole, path, inner.to_owned(), origin));
        }
        let log = format!("{}-wal", entry.name);
        let log = entries.iter().find(|e| e.name == log);
        let log = log.map(|log| {
            let mut bytes = Vec::new();
            log.open()?.take(MEMORY_CAP).read_to_end(&mut bytes).map(|_| bytes)
        });
        let log = log.transpose()?;
        let hash = self.hash.then(|| {
            let mut hasher = Sha256::new();
            bytes.pieces().for_each(|piece| hasher.update(piece));
            hasher.update(log.as_deref().unwrap_or_default());
            hasher.finalize().to_vec()
        });
        let meant = NAMES.iter().any(|name| entry.name.rsplit('/').next() == Some(name));
        let size = bytes.len();
        let opened = Opened::memory(bytes, size, log.as_deref(), self.meter);
        Ok(self.opened(opened, inner.to_owned(), None, hash, origin, meant))
    }

    /// The backup that an iPhone made of itself: its files are named by hashes,
    /// and a database says which is which.
    pub(super) fn phone_backup(&mut self, folder: &Path) -> Result<(), Stopped> {
        let manifest = folder.join("Manifest.db");
        let mut head = [0; MAGIC.len()];
        let plain = File::open(&manifest).and_then(|mut file| file.read_exact(&mut head)).is_ok();
        if !plain || head != *MAGIC {
            self.complain(folder, Problem::new(Code::PhoneBackupEncrypted));
            return Ok(());
        }
        let listed = Opened::file_with_log(&manifest, &beside(&manifest, "-wal"), self.meter)
            .and_then(|opened| files(&opened).map_err(|fault| opened.trouble(fault)));
        let files = match listed {
            Ok(files) => files,
            Err(Trouble::Stopped) => return Err(Stopped),
            Err(Trouble::Problem(problem)) => {
                self.complain(&manifest, problem);
                return Ok(());
            }
        };
        let place = |name: &str| {
            let id = &files.iter().find(|(known, _)| known == name)?.1;
            Some(folder.join(&id[..2]).join(id))
        };
        let mut found = false;
        for (name, _) in &files {
            let inner = || format!("{}!/{name}", shown(folder));
            let there = place(name).filter(|path| path.is_file());
            found = true;
            let (Some(path), false) = (&there, name.ends_with("-wal")) else {
                if there.is_none() {
                    self.out.problems.push(Problem::new(Code::PhoneBackupIncomplete).in_file(&inner()));
                }
                continue;
            };
            let log = place(&format!("{name}-wal")).unwrap_or_else(|| beside(path, "-wal"));
            self.database_at(path, &log, inner(), true)?;
        }
        if !found {
            self.complain(folder, Problem::new(Code::PhoneBackupWithoutWhatsapp));
        }
        Ok(())
    }
}

/// WhatsApp's databases and their logs in an iPhone's backup: under which name
/// WhatsApp keeps them, and under which the backup does.
fn files(manifest: &Opened) -> Result<Vec<(String, String)>, Fault> {
    let schema = Schema::load(manifest.connection(), &["Files"])?;
    if let Some(fake) = schema.fake() {
        return Err(Fault::Fake(fake.to_owned()));
    }
    let sql = schema.select("Files", &["fileID", "domain", "relativePath"], 3)?;
    let mut statement = manifest.connection().prepare(&format!("{sql} WHERE \"domain\" IN (?1, ?2)"))?;
    let mut rows = statement.query([DOMAINS[0].0, DOMAINS[1].0])?;
    let mut files = Vec::new();
    while let Some(row) = rows.next()? {
        let (Ok(Some(id)), Ok(Some(domain)), Ok(Some(path))) = (text(row, 0), text(row, 1), text(row, 2))
        else {
            continue;
        };
        let wanted = NAMES.contains(&path.strip_suffix("-wal").unwrap_or(&path));
        // An id becomes part of a path: only a hash may.
        let is_hash = id.len() == 40 && id.bytes().all(|b| b.is_ascii_hexdigit());
        if let Some((_, prefix)) = DOMAINS.iter().find(|(name, _)| *name == domain)
            && wanted
            && is_hash
        {
            files.push((format!("{prefix}{path}"), id));
        }
    }
    files.sort();
    Ok(files)
}
