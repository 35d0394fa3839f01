//! Databases of others, opened so that neither they nor we come to harm.
//!
//! Nothing is written, not even a side file: where there is no log, the file is
//! opened as one that never changes; where there is one, database and log are
//! taken into memory. What stands in the file is a stranger's: nothing in its
//! schema is run, nothing is loaded, and whoever makes a query go on for ever
//! is interrupted.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use rusqlite::config::DbConfig;
use rusqlite::limits::Limit;
use rusqlite::{Connection, ErrorCode, OpenFlags};

use crate::model::{Code, Problem};
use crate::read::wal::{self, Pages, Plain};
use crate::read::whatsapp::db::{self, Fault};

use super::meter::Meter;

/// No database is taken into memory that is larger than that.
pub const MEMORY_CAP: u64 = crate::read::whatsapp::backup::SIZE_CAP;
/// So many bytes a database's header has.
const HEAD: usize = 100;
/// So many steps of SQLite's machine lie between two looks at the clock.
const STEPS: i32 = 20_000;
/// So many steps any database may take …
const FREE_STEPS: u64 = 40_000_000;
/// … and so many for each of its bytes. A row takes about 15, and has more
/// bytes than that.
const STEPS_A_BYTE: u64 = 4;
/// What a journal begins with that was not rolled back.
const JOURNAL: [u8; 8] = [0xd9, 0xd5, 0x05, 0xf9, 0x20, 0xa1, 0x63, 0xd7];

/// Why a database could not be read.
#[derive(Debug)]
pub enum Trouble {
    /// Something is wrong with it.
    Problem(Problem),
    /// The user asked to stop.
    Stopped,
}

/// A database that can be read.
pub struct Opened {
    connection: Connection,
    steps: Arc<AtomicU64>,
    budget: u64,
    meter: Meter,
    /// What is doubtful about it.
    pub problems: Vec<Problem>,
}

impl Opened {
    /// Opens a file as it is: without the log that may stand beside it.
    ///
    /// # Errors
    /// The system or SQLite refuses.
    pub fn file(path: &Path, meter: &Meter) -> Result<Opened, Trouble> {
        let size = std::fs::metadata(path).map_err(|e| unreadable(&e))?.len();
        let flags =
            OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_with_flags(uri(path), flags).map_err(|e| damaged(e.to_string()))?;
        Opened::guarded(connection, size, meter)
    }

    /// Opens a file with what was committed to its log, if there is one: mostly
    /// it stands [`beside`] it.
    ///
    /// # Errors
    /// The system or SQLite refuses, or both are too large for memory.
    pub fn file_with_log(path: &Path, log: &Path, meter: &Meter) -> Result<Opened, Trouble> {
        let mut problems = Vec::new();
        let journal = beside(path, "-journal");
        let mut mark = [0; 8];
        if File::open(journal).and_then(|mut file| file.read_exact(&mut mark)).is_ok() && mark == JOURNAL {
            problems.push(Problem::new(Code::DatabaseUnfinished));
        }
        let mut opened = match has_log(log) {
            false => Opened::file(path, meter)?,
            true => {
                let file = File::open(path).map_err(|e| unreadable(&e))?;
                let size = file.metadata().map_err(|e| unreadable(&e))?.len();
                Opened::memory(meter.watch(file), size, Some(&read(log, meter)?), meter)?
            }
        };
        opened.problems.extend(problems);
        Ok(opened)
    }

    /// Opens the bytes of a database, `size` of them, with those of its log if it
    /// has one. They are read into SQLite's own memory, and held there alone.
    ///
    /// # Errors
    /// SQLite refuses, or the log makes it too large for memory.
    pub fn memory(bytes: impl Read, size: u64, log: Option<&[u8]>, meter: &Meter) -> Result<Opened, Trouble> {
        Opened::pages(bytes, size, log, Plain, meter)
    }

    /// Like [`Opened::memory`], where `pages` have to be opened first: those of
    /// the log are closed in the same way.
    ///
    /// # Errors
    /// Those of [`Opened::memory`].
    pub fn pages<P: Pages>(
        mut bytes: impl Read,
        size: u64,
        log: Option<&[u8]>,
        pages: P,
        meter: &Meter,
    ) -> Result<Opened, Trouble> {
        let mut problems = Vec::new();
        let mut head = Vec::with_capacity(HEAD);
        (&mut bytes).take(HEAD as u64).read_to_end(&mut head).map_err(|e| unreadable(&e))?;
        let mut committed = wal::Committed::default();
        if let Some(log) = log {
            match wal::read(log) {
                Ok(found) if found.is_empty() || Some(found.page_size) == pages.size(&head) => {
                    problems.extend(found.cut.then(|| Problem::new(Code::DatabaseLogCut)));
                    committed = found;
                }
                Ok(_) | Err(wal::NotLog) => problems.push(Problem::new(Code::DatabaseLogStrange)),
            }
        }
        let whole = committed.size_over(size);
        let Some(length) = usize::try_from(whole).ok().filter(|_| whole <= MEMORY_CAP) else {
            return Err(Trouble::Problem(Problem::new(Code::DatabaseTooLarge)));
        };
        let open = || {
            let mut connection = Connection::open_in_memory()?;
            let over = committed.over(log.unwrap_or_default(), head.as_slice().chain(bytes), size, pages);
            connection.deserialize_read_exact("main", over, length, true)?;
            Ok::<_, rusqlite::Error>(connection)
        };
        let connection = open().map_err(|error| match meter.stopped() {
            true => Trouble::Stopped,
            false => damaged(error.to_string()),
        })?;
        let mut opened = Opened::guarded(connection, whole, meter)?;
        opened.problems = problems;
        Ok(opened)
    }

    /// Puts all defences up. After SQLite's "Defense Against The Dark Arts".
    fn guarded(connection: Connection, size: u64, meter: &Meter) -> Result<Opened, Trouble> {
        let steps = Arc::new(AtomicU64::new(0));
        let budget = FREE_STEPS + STEPS_A_BYTE.saturating_mul(size);
        let mut opened = Opened { connection, steps, budget, meter: meter.clone(), problems: Vec::new() };
        opened.defend().map_err(|e| damaged(e.to_string()))?;
        Ok(opened)
    }

    fn defend(&mut self) -> rusqlite::Result<()> {
        let connection = &mut self.connection;
        for (what, on) in [
            (DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true),
            (DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false),
            (DbConfig::SQLITE_DBCONFIG_ENABLE_TRIGGER, false),
            (DbConfig::SQLITE_DBCONFIG_ENABLE_VIEW, false),
            (DbConfig::SQLITE_DBCONFIG_ENABLE_FTS3_TOKENIZER, false),
            (DbConfig::SQLITE_DBCONFIG_DQS_DML, false),
            (DbConfig::SQLITE_DBCONFIG_DQS_DDL, false),
        ] {
            connection.set_db_config(what, on)?;
        }
        for (limit, value) in [
            (Limit::SQLITE_LIMIT_LENGTH, 256 * 1024 * 1024),
            (Limit::SQLITE_LIMIT_SQL_LENGTH, 1024 * 1024),
            (Limit::SQLITE_LIMIT_EXPR_DEPTH, 100),
            (Limit::SQLITE_LIMIT_ATTACHED, 0),
            (Limit::SQLITE_LIMIT_TRIGGER_DEPTH, 1),
        ] {
            connection.set_limit(limit, value)?;
        }
        let (steps, budget, meter) = (Arc::clone(&self.steps), self.budget, self.meter.clone());
        let watch = move || {
            let taken = steps.fetch_add(STEPS.unsigned_abs().into(), Ordering::Relaxed);
            taken > budget || meter.stopped()
        };
        connection.progress_handler(STEPS, Some(watch))?;
        connection.pragma_update(None, "query_only", true)?;
        connection.pragma_update(None, "cell_size_check", true)?;
        connection.pragma_update(None, "mmap_size", 0)
    }

    /// The connection, for the readers.
    pub fn connection(&self) -> &Connection {
        &self.connection
    }

    /// Tells by its tables which of WhatsApp's databases it is.
    ///
    /// # Errors
    /// SQLite cannot read even the list of tables.
    pub fn which(&self) -> Result<Option<db::Which>, Trouble> {
        db::recognise(&self.connection).map_err(|error| self.trouble(Fault::Sql(error)))
    }

    /// Whether it has no table at all: what there is may stand in the log.
    pub fn is_bare(&self) -> bool {
        let count = |row: &rusqlite::Row<'_>| row.get::<_, i64>(0);
        self.connection.query_row("SELECT count(*) FROM sqlite_schema", [], count).is_ok_and(|n| n == 0)
    }

    /// What came between, in words: why a query ended, and if the file is not
    /// in order, what SQLite's own check says of it.
    pub fn trouble(&self, fault: Fault) -> Trouble {
        let problem = |code, quote: String| Trouble::Problem(Problem::new(code).quoting(quote));
        match fault {
            Fault::Missing(what) => problem(Code::DatabaseOtherVersion, what),
            Fault::Fake(what) => problem(Code::DatabaseUnsafe, what),
            Fault::Sql(error) if error.sqlite_error_code() == Some(ErrorCode::OperationInterrupted) => {
                match self.meter.stopped() {
                    true => Trouble::Stopped,
                    false => Trouble::Problem(Problem::new(Code::DatabaseEndless)),
                }
            }
            Fault::Sql(error) => damaged(self.check().unwrap_or_else(|| error.to_string())),
        }
    }

    /// What SQLite's own check says that is wrong, in one line.
    fn check(&self) -> Option<String> {
        self.steps.store(0, Ordering::Relaxed);
        let mut statement = self.connection.prepare("PRAGMA integrity_check(2)").ok()?;
        let lines = statement.query_map([], |row| row.get::<_, String>(0)).ok()?;
        let text = lines.map_while(Result::ok).collect::<Vec<_>>().join(" ");
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        (!text.is_empty() && text != "ok").then_some(text)
    }
}

/// Reads a whole file that has to fit into memory.
///
/// # Errors
/// The system refuses, or it is too large.
pub fn read(path: &Path, meter: &Meter) -> Result<Vec<u8>, Trouble> {
    let file = File::open(path).map_err(|e| unreadable(&e))?;
    let size = file.metadata().map_err(|e| unreadable(&e))?.len();
    if size > MEMORY_CAP {
        return Err(Trouble::Problem(Problem::new(Code::DatabaseTooLarge)));
    }
    let mut bytes = Vec::with_capacity(usize::try_from(size).unwrap_or_default());
    let mut source = meter.watch(file).take(MEMORY_CAP);
    match source.read_to_end(&mut bytes) {
        Ok(_) => Ok(bytes),
        Err(error) if super::meter::is_stop(&error) => Err(Trouble::Stopped),
        Err(error) => Err(unreadable(&error)),
    }
}

/// Whether there is anything in a log.
pub fn has_log(log: &Path) -> bool {
    std::fs::metadata(log).is_ok_and(|meta| meta.is_file() && meta.len() > 0)
}

/// The file beside another one whose name only goes on.
pub fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    PathBuf::from(name)
}

fn damaged(what: String) -> Trouble {
    Trouble::Problem(Problem::new(Code::DatabaseDamaged).quoting(what))
}

fn unreadable(error: &io::Error) -> Trouble {
    Trouble::Problem(Problem::new(Code::Unreadable).quoting(error.to_string()))
}

/// The name under which SQLite opens a file as one that nobody changes.
fn uri(path: &Path) -> String {
    let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let mut uri = "file://".to_owned();
    if !path.as_os_str().as_encoded_bytes().starts_with(b"/") {
        uri.push('/');
    }
    for byte in path.as_os_str().as_encoded_bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'-' | b'_' | b'.' | b'~' | b':' => {
                uri.push(char::from(*byte));
            }
            b'\\' if cfg!(windows) => uri.push('/'),
            other => uri.push_str(&format!("%{other:02X}")),
        }
    }
    uri.push_str("?mode=ro&immutable=1");
    uri
}

#[cfg(test)]
mod tests;
