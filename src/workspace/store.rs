//! The database: sources with their findings, the ledger, decisions, runs.

use std::fs::OpenOptions;

use rusqlite::{Connection, OpenFlags, TransactionBehavior, params};
use smol_str::SmolStr;

use crate::graph::{Ledger, Source};
use crate::model::run::{Run, Snapshot};
use crate::model::sighting::Room;
use crate::model::{Answer, ContactId, Finding, Foreign, Moment, Problem, Sighting, SignalAnswer};
use crate::read::Tally;

use super::asked::{self, Sent};
use super::asked_signal;
use super::lock::{self, Lock};
use super::rulings::{self, KeptRuling};
use super::undo::UNDONE;
use super::{Folder, WorkspaceError, schema};

/// A source as it is kept.
#[derive(Clone, Debug)]
pub struct KeptSource {
    /// The content's SHA-256.
    pub hash: Vec<u8>,
    /// Its path and finding.
    pub source: Source,
    /// How many entries it held.
    pub tally: Tally,
    /// What was wrong with it.
    pub problems: Vec<Problem>,
}

impl KeptSource {
    /// How many of its entries were understood and are lists of others.
    pub fn lists(&self) -> u64 {
        let cards = match &self.source.finding {
            Finding::Book(book) => book.cards.len() as u64,
            _ => return 0,
        };
        self.tally.read.saturating_sub(self.tally.rejected).saturating_sub(cards)
    }
}

/// What the user decided of a contact.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decision {
    /// Never look up, never invite.
    Exclude,
    /// Wanted, though Signal has them as blocked.
    Include,
}

impl Decision {
    fn id(self) -> &'static str {
        match self {
            Decision::Exclude => "exclude",
            Decision::Include => "include",
        }
    }
}

/// Everything that a workspace keeps.
#[derive(Clone, Debug, Default)]
pub struct Stored {
    /// The sources, in the order in which they came.
    pub sources: Vec<KeptSource>,
    /// The ledger of contact ids.
    pub ledger: Ledger,
    /// All runs, oldest first.
    pub runs: Vec<Run>,
    /// Contacts never to look up and never to invite.
    pub excluded: Vec<ContactId>,
    /// Contacts wanted, though Signal has them as blocked.
    pub included: Vec<ContactId>,
    /// What the user decided about who is who, the oldest first.
    pub rulings: Vec<KeptRuling>,
    /// What networks answered.
    pub answers: Vec<Answer>,
    /// The accounts of which the user's own homeservers told.
    pub sightings: Vec<Sighting>,
    /// The rooms of the user's own in which people are together.
    pub rooms: Vec<Room>,
    /// What Signal's directory answered.
    pub signal: Vec<SignalAnswer>,
    /// What left this machine to ask them.
    pub sent: Vec<Sent>,
}

/// An open database.
pub struct Store {
    pub(super) connection: Connection,
}

impl Store {
    /// Opens the database to write; makes it if need be. Whoever calls holds the
    /// workspace's lock.
    ///
    /// # Errors
    /// The file is of a newer program or none of ours, or the system refuses.
    pub fn open(folder: &Folder, _lock: &Lock) -> Result<Store, WorkspaceError> {
        let path = folder.database();
        let mut options = OpenOptions::new();
        options.read(true).write(true).create(true).truncate(false);
        #[cfg(unix)]
        {
            use std::os::unix::fs::OpenOptionsExt;
            // SQLite gives its side files the same permissions.
            options.mode(0o600);
        }
        options.open(&path).map_err(WorkspaceError::io(&path))?;
        let mut connection = Connection::open(&path)?;
        // Whose file it is comes before anything that could change it.
        schema::check(&connection)?;
        connection.pragma_update(None, "journal_mode", "WAL")?;
        connection.pragma_update(None, "synchronous", "FULL")?;
        connection.pragma_update(None, "foreign_keys", true)?;
        connection.pragma_update(None, "secure_delete", true)?;
        schema::migrate(&mut connection)?;
        Ok(Store { connection })
    }

    /// Opens the database to look at it; none if there is none yet.
    ///
    /// # Errors
    /// Those of [`Store::open`].
    pub fn open_to_read(folder: &Folder) -> Result<Option<Store>, WorkspaceError> {
        let path = folder.database();
        if !path.exists() {
            return Ok(None);
        }
        let connection = open_quietly(&path)?;
        match schema::check(&connection)? {
            0 => Ok(None),
            schema::NEWEST => Ok(Some(Store { connection })),
            // An older one is brought up to date first.
            _ => Store::open(folder, &lock::take(folder)?).map(Some),
        }
    }

    /// Begins the one transaction of a command that writes.
    ///
    /// # Errors
    /// Whatever `SQLite` says.
    pub fn begin(&mut self) -> Result<Writing<'_>, WorkspaceError> {
        Ok(Writing(self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?))
    }

    /// Everything that is kept.
    ///
    /// # Errors
    /// [`WorkspaceError::Damaged`] if something cannot be understood.
    pub fn load(&self) -> Result<Stored, WorkspaceError> {
        load(&self.connection)
    }
}

/// The one transaction of a command that writes; dropped without
/// [`Writing::commit`], nothing has happened.
pub struct Writing<'a>(rusqlite::Transaction<'a>);

impl Writing<'_> {
    /// The connection, for what other files write.
    pub(super) fn connection(&self) -> &Connection {
        &self.0
    }

    /// As [`Store::load`].
    ///
    /// # Errors
    /// Those of [`Store::load`].
    pub fn load(&self) -> Result<Stored, WorkspaceError> {
        load(&self.0)
    }

    /// Takes up a run and gives it its number.
    ///
    /// # Errors
    /// Whatever `SQLite` says.
    pub fn add_run(&self, run: &mut Run) -> Result<(), WorkspaceError> {
        self.0.execute(
            "INSERT INTO run (at, command, snapshot) VALUES (?1, ?2, ?3)",
            params![run.at.to_string(), run.command, serde_json::to_string(&run.snapshot)?],
        )?;
        run.id = Some(self.0.last_insert_rowid());
        Ok(())
    }

    /// Takes up a source. An address book or a database that was read before
    /// under the same path is replaced: it is the same one, later.
    ///
    /// # Errors
    /// Whatever `SQLite` says.
    pub fn add_source(&self, kept: &KeptSource, run: i64) -> Result<(), WorkspaceError> {
        let (path, kind) = (kept.source.path.raw(), kept.source.finding.kind());
        if kept.source.finding.is_state() {
            self.0.execute("DELETE FROM source WHERE path = ?1 AND kind = ?2", params![path, kind.id()])?;
        }
        self.0.execute(
            "INSERT INTO source (run, hash, path, kind, read, rejected, finding, problems)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
            params![
                run,
                kept.hash,
                path,
                kind.id(),
                kept.tally.read,
                kept.tally.rejected,
                as_text(&kept.source.finding)?,
                serde_json::to_string(&kept.problems)?,
            ],
        )?;
        Ok(())
    }

    /// Gives the lookups that belong to no run yet to one.
    ///
    /// # Errors
    /// Whatever `SQLite` says.
    pub fn adopt_lookups(&self, run: &Run) -> Result<(), WorkspaceError> {
        let sql = "UPDATE lookup SET run = ?1 WHERE run IS NULL AND step <> ?2";
        self.0.execute(sql, params![run.id, UNDONE])?;
        Ok(())
    }

    /// Writes down what a run knows by now.
    ///
    /// # Errors
    /// Whatever `SQLite` says.
    pub fn update_run(&self, run: &Run) -> Result<(), WorkspaceError> {
        let snapshot = serde_json::to_string(&run.snapshot)?;
        self.0.execute("UPDATE run SET snapshot = ?2 WHERE id = ?1", params![run.id, snapshot])?;
        Ok(())
    }

    /// Keeps the ledger.
    ///
    /// # Errors
    /// Whatever `SQLite` says.
    pub fn keep_ledger(&self, ledger: &Ledger) -> Result<(), WorkspaceError> {
        let mut anchor = self.0.prepare(
            "INSERT INTO anchor (anchor, age, contact) VALUES (?1, ?2, ?3)
             ON CONFLICT (anchor) DO UPDATE SET age = excluded.age, contact = excluded.contact
             WHERE contact <> excluded.contact",
        )?;
        for (name, age, id) in ledger.changed() {
            anchor.execute(params![name, age, id.as_str()])?;
        }
        let mut merged = self.0.prepare("INSERT OR REPLACE INTO merged (old, new) VALUES (?1, ?2)")?;
        for (old, new) in ledger.merged() {
            merged.execute(params![old.as_str(), new.as_str()])?;
        }
        Ok(())
    }

    /// Notes what the user decided of a contact, or that it no longer holds.
    ///
    /// # Errors
    /// Whatever `SQLite` says.
    pub fn decide(
        &self,
        contact: &ContactId,
        decision: Decision,
        holds: bool,
        at: Moment,
    ) -> Result<(), WorkspaceError> {
        let sql = match holds {
            true => "INSERT OR REPLACE INTO decision (contact, what, at) VALUES (?1, ?2, ?3)",
            // What was decided of those who went into this contact holds no longer either.
            false => {
                "WITH RECURSIVE same (id) AS (
                    SELECT ?1 UNION SELECT old FROM merged JOIN same ON merged.new = same.id
                 )
                 DELETE FROM decision WHERE contact IN (SELECT id FROM same) AND what = ?2 AND ?3 IS NOT NULL"
            }
        };
        self.0.execute(sql, params![contact.as_str(), decision.id(), at.to_string()])?;
        Ok(())
    }

    /// Makes everything last.
    ///
    /// # Errors
    /// Whatever `SQLite` says; then nothing has happened.
    pub fn commit(self) -> Result<(), WorkspaceError> {
        Ok(self.0.commit()?)
    }
}

/// Opens a database of which nothing shall change. SQLite may have to finish
/// what a killed process left behind, and only a writer can; where the system
/// lets nobody write, reading must do.
fn open_quietly(path: &std::path::Path) -> Result<Connection, rusqlite::Error> {
    let flags = |mode| mode | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let open = |mode| {
        let connection = Connection::open_with_flags(path, flags(mode))?;
        connection.pragma_update(None, "query_only", true)?;
        connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get::<_, i64>(0))?;
        Ok(connection)
    };
    open(OpenFlags::SQLITE_OPEN_READ_WRITE)
        .or_else(|_: rusqlite::Error| open(OpenFlags::SQLITE_OPEN_READ_ONLY))
}

/// A finding as it is kept. Of a big one the text is not copied from one place
/// to the next while it grows.
fn as_text(finding: &Finding) -> Result<String, WorkspaceError> {
    const CARD: usize = 160;
    let cards = match finding {
        Finding::Book(book) => book.cards.len(),
        _ => 0,
    };
    let mut text = Vec::with_capacity(cards * CARD);
    serde_json::to_writer(&mut text, finding)?;
    String::from_utf8(text).map_err(|error| WorkspaceError::Damaged(error.to_string()))
}

fn load(connection: &Connection) -> Result<Stored, WorkspaceError> {
    Ok(Stored {
        sources: sources(connection)?,
        ledger: ledger(connection)?,
        runs: runs(connection)?,
        excluded: decided(connection, Decision::Exclude)?,
        included: decided(connection, Decision::Include)?,
        rulings: rulings::rulings(connection)?,
        answers: asked::answers(connection)?,
        sightings: asked::sightings(connection)?,
        rooms: asked::rooms(connection)?,
        signal: asked_signal::answers(connection)?,
        sent: asked::sent(connection)?,
    })
}

fn sources(connection: &Connection) -> Result<Vec<KeptSource>, WorkspaceError> {
    let mut statement =
        connection.prepare("SELECT hash, path, read, rejected, finding, problems FROM source ORDER BY id")?;
    let mut rows = statement.query([])?;
    let mut all = Vec::new();
    while let Some(row) = rows.next()? {
        let finding: Finding = serde_json::from_str(&row.get::<_, String>(4)?)?;
        let (read, rejected): (u64, u64) = (row.get(2)?, row.get(3)?);
        all.push(KeptSource {
            hash: row.get(0)?,
            source: Source { path: Foreign::new(row.get::<_, String>(1)?), finding },
            tally: Tally { read, kept: read.saturating_sub(rejected), rejected },
            problems: serde_json::from_str(&row.get::<_, String>(5)?)?,
        });
    }
    Ok(all)
}

fn ledger(connection: &Connection) -> Result<Ledger, WorkspaceError> {
    let mut statement = connection.prepare("SELECT anchor, age, contact FROM anchor")?;
    let anchors: Vec<(SmolStr, u64, ContactId)> = statement
        .query_map([], |row| {
            Ok((row.get::<_, String>(0)?.into(), row.get(1)?, ContactId::known(row.get::<_, String>(2)?)))
        })?
        .collect::<Result<_, _>>()?;
    let mut statement = connection.prepare("SELECT old, new FROM merged")?;
    let id =
        |row: &rusqlite::Row<'_>, at| Ok::<_, rusqlite::Error>(ContactId::known(row.get::<_, String>(at)?));
    let merged: Vec<(ContactId, ContactId)> =
        statement.query_map([], |row| Ok((id(row, 0)?, id(row, 1)?)))?.collect::<Result<_, _>>()?;
    Ok(Ledger::restore(anchors, merged))
}

fn decided(connection: &Connection, decision: Decision) -> Result<Vec<ContactId>, WorkspaceError> {
    let mut statement = connection.prepare("SELECT contact FROM decision WHERE what = ?1")?;
    let ids = statement.query_map([decision.id()], |row| Ok(ContactId::known(row.get::<_, String>(0)?)))?;
    Ok(ids.collect::<Result<_, _>>()?)
}

fn runs(connection: &Connection) -> Result<Vec<Run>, WorkspaceError> {
    let mut statement = connection.prepare("SELECT id, at, command, snapshot FROM run ORDER BY id")?;
    let mut rows = statement.query([])?;
    let mut all = Vec::new();
    while let Some(row) = rows.next()? {
        let at = Moment::parse(&row.get::<_, String>(1)?);
        let snapshot: Snapshot = serde_json::from_str(&row.get::<_, String>(3)?)?;
        all.push(Run {
            id: row.get(0)?,
            at: at.ok_or_else(|| WorkspaceError::Damaged("a run without a date".to_owned()))?,
            command: row.get(2)?,
            snapshot,
        });
    }
    Ok(all)
}
