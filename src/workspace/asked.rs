//! What was asked of networks, what left this machine for it, and what they
//! answered: written down batch by batch, so that a killed run is continued
//! and nobody is asked twice.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::{Connection, OptionalExtension, params};

use crate::model::identity::Mxid;
use crate::model::sighting::{Room, Seen, Together, Way};
use crate::model::threepid::ThreePid;
use crate::model::{Answer, Foreign, Moment, Sighting};

use super::{Store, WorkspaceError};

/// An unfinished lookup is continued within so many days; after that it is
/// begun anew.
const CONTINUED_DAYS: i64 = 7;

/// What a host is asked in one go.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    /// A homeserver, for where it is and who the user is.
    Account,
    /// A domain, for its identity server.
    Search,
    /// A homeserver, for the user's own rooms.
    Rooms,
    /// A homeserver, for profiles.
    Profiles,
    /// An identity server.
    Identity,
    /// A homeserver, for names.
    Directory,
    /// Signal's directory, for numbers and usernames.
    Signal,
    /// A homeserver or an identity server, for people to be invited.
    Invitations,
}

impl Step {
    pub(super) fn id(self) -> &'static str {
        match self {
            Step::Account => "account",
            Step::Search => "search",
            Step::Rooms => "rooms",
            Step::Profiles => "profiles",
            Step::Identity => "identity",
            Step::Directory => "directory",
            Step::Signal => "signal",
            Step::Invitations => "invitations",
        }
    }
}

/// How much leaves.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Amount {
    /// How many identities, hashed.
    pub hashed: usize,
    /// How many identities and names, as they are.
    pub plain: usize,
}

/// The number of a lookup in this workspace.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LookupId(pub(super) i64);

/// What a host was sent in all lookups together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sent {
    /// The host.
    pub host: Foreign,
    /// How many identities, hashed.
    pub hashed: u64,
    /// How many identities, plain.
    pub plain: u64,
}

impl Store {
    /// Begins a step at a host, to which up to so much is about to leave. Written down before they do, and for certain: what is
    /// written is never less than what left.
    ///
    /// # Errors
    /// Whatever `SQLite` says; then nothing may be sent.
    pub fn begin_lookup(
        &mut self,
        host: &Foreign,
        step: Step,
        at: Moment,
        amount: Amount,
    ) -> Result<LookupId, WorkspaceError> {
        self.connection.execute(
            "INSERT INTO lookup (host, step, at, hashed, plain) VALUES (?1, ?2, ?3, ?4, ?5)",
            params![host.raw(), step.id(), at.to_string(), amount.hashed as u64, amount.plain as u64],
        )?;
        let id = LookupId(self.connection.last_insert_rowid());
        // Answers survive whatever happens to this process. Should the power
        // fail, the last of them are asked for again.
        self.connection.pragma_update(None, "synchronous", "NORMAL")?;
        Ok(id)
    }

    /// Keeps the answers to a batch.
    ///
    /// # Errors
    /// Whatever `SQLite` says.
    pub fn keep_answers<'a>(
        &mut self,
        id: LookupId,
        answers: impl Iterator<Item = (&'a ThreePid, Option<&'a Mxid>)>,
    ) -> Result<(), WorkspaceError> {
        let mut by_account: BTreeMap<(Option<&str>, &str), String> = BTreeMap::new();
        for (asked, mxid) in answers {
            let addresses = by_account.entry((mxid.map(Mxid::as_str), asked.medium().id())).or_default();
            if !addresses.is_empty() {
                addresses.push('\n');
            }
            addresses.push_str(asked.canonical());
        }
        let transaction = self.connection.transaction()?;
        for ((mxid, medium), addresses) in by_account {
            transaction
                .prepare_cached(
                    "INSERT INTO answer (lookup, medium, addresses, mxid) VALUES (?1, ?2, ?3, ?4)",
                )?
                .execute(params![id.0, medium, addresses, mxid])?;
        }
        transaction.commit()?;
        Ok(())
    }

    /// Keeps what a homeserver told.
    ///
    /// # Errors
    /// Whatever `SQLite` says.
    pub fn keep_seen(&mut self, id: LookupId, seen: &[Seen]) -> Result<(), WorkspaceError> {
        let transaction = self.connection.transaction()?;
        for one in seen {
            transaction
                .prepare_cached(
                    "INSERT INTO sighting (lookup, way, asked, mxid, name) VALUES (?1, ?2, ?3, ?4, ?5)",
                )?
                .execute(params![
                    id.0,
                    one.way.id(),
                    one.asked.as_ref().map(Foreign::raw),
                    one.mxid.as_ref().map(Mxid::as_str),
                    one.name.as_ref().map(Foreign::raw),
                ])?;
        }
        transaction.commit()?;
        Ok(())
    }

    /// Keeps the rooms in which several of those who are known are together.
    ///
    /// # Errors
    /// Whatever `SQLite` says.
    pub fn keep_rooms(&mut self, id: LookupId, rooms: &[Together]) -> Result<(), WorkspaceError> {
        let transaction = self.connection.transaction()?;
        for room in rooms {
            let members: Vec<&str> = room.members.iter().map(Mxid::as_str).collect();
            transaction
                .prepare_cached("INSERT INTO room (lookup, name, members, others) VALUES (?1, ?2, ?3, ?4)")?
                .execute(params![
                    id.0,
                    room.name.as_ref().map(Foreign::raw),
                    members.join("\n"),
                    room.others
                ])?;
        }
        transaction.commit()?;
        Ok(())
    }

    /// Ends a step: how much left after all. Its answers count as those of a run
    /// that goes on until [`Store::close_step`] says that it is over.
    ///
    /// # Errors
    /// Whatever `SQLite` says.
    pub fn end_lookup(&mut self, id: LookupId, left: Amount) -> Result<(), WorkspaceError> {
        self.connection.pragma_update(None, "synchronous", "FULL")?;
        self.connection.execute(
            "UPDATE lookup SET hashed = ?2, plain = ?3, complete = 0 WHERE id = ?1",
            params![id.0, left.hashed as u64, left.plain as u64],
        )?;
        Ok(())
    }

    /// Notes that everybody was asked about whom a step at a host was about:
    /// from now on it is asked anew.
    ///
    /// # Errors
    /// Whatever `SQLite` says.
    pub fn close_step(&mut self, host: &Foreign, step: Step) -> Result<(), WorkspaceError> {
        self.connection.execute(
            "UPDATE lookup SET complete = 1
             WHERE id = (SELECT max(id) FROM lookup WHERE host = ?1 AND step = ?2)",
            params![host.raw(), step.id()],
        )?;
        Ok(())
    }

    /// Forgets about whom nobody knew anything, of all hosts and all runs; how
    /// many were asked about stays.
    ///
    /// # Errors
    /// Whatever `SQLite` says.
    pub fn forget_misses(&mut self) -> Result<(), WorkspaceError> {
        self.connection.execute("DELETE FROM answer WHERE mxid IS NULL", [])?;
        self.connection.execute("DELETE FROM sighting WHERE mxid IS NULL", [])?;
        self.connection.execute("DELETE FROM signal_answer WHERE found IS NULL", [])?;
        // What was written there before does not stay behind in the log either.
        self.connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?;
        Ok(())
    }

    /// Keeps the pepper with which a lookup was made, and tells since when the
    /// host has had it.
    ///
    /// # Errors
    /// Whatever `SQLite` says.
    pub fn note_pepper(&mut self, id: LookupId, pepper: &str) -> Result<Option<Moment>, WorkspaceError> {
        self.connection.execute("UPDATE lookup SET pepper = ?2 WHERE id = ?1", params![id.0, pepper])?;
        let since: Option<String> = self
            .connection
            .query_row(
                "SELECT min(at) FROM lookup WHERE pepper = ?2
                 AND host = (SELECT host FROM lookup WHERE id = ?1)",
                params![id.0, pepper],
                |row| row.get(0),
            )
            .optional()?
            .flatten();
        Ok(since.and_then(|at| Moment::parse(&at)))
    }

    /// About whom a host has answered since it last was asked about everybody:
    /// these need not be asked again by the run that goes on.
    ///
    /// # Errors
    /// Whatever `SQLite` says.
    pub fn answered(&self, host: &Foreign, now: Moment) -> Result<BTreeSet<ThreePid>, WorkspaceError> {
        asked_of(&self.connection, "answer", (host, Step::Identity), now, ThreePid::restore)
    }

    /// The same of a homeserver: about which Matrix IDs, or which names.
    ///
    /// # Errors
    /// Whatever `SQLite` says.
    pub fn seen(&self, host: &Foreign, way: Way, now: Moment) -> Result<BTreeSet<Foreign>, WorkspaceError> {
        let mut statement = self.connection.prepare(
            "SELECT sighting.asked, lookup.at FROM sighting JOIN lookup ON lookup.id = sighting.lookup
             WHERE lookup.host = ?1 AND sighting.way = ?2 AND sighting.asked IS NOT NULL AND lookup.id > (
                 SELECT coalesce(max(id), 0) FROM lookup AS done
                 WHERE done.host = ?1 AND done.step = lookup.step AND done.complete = 1
             )",
        )?;
        let mut rows = statement.query(params![host.raw(), way.id()])?;
        let mut seen = BTreeSet::new();
        while let Some(row) = rows.next()? {
            let at = Moment::parse(&row.get::<_, String>(1)?);
            if at.is_some_and(|at| (0..=CONTINUED_DAYS).contains(&at.days_until(now))) {
                seen.insert(Foreign::new(row.get::<_, String>(0)?));
            }
        }
        Ok(seen)
    }
}

/// What a host was asked in a step that goes on, as a table of answers has it:
/// addresses of one medium a row, one a line.
pub(super) fn asked_of<T: Ord>(
    connection: &Connection,
    table: &str,
    (host, step): (&Foreign, Step),
    now: Moment,
    restore: impl Fn(&str, &str) -> Option<T>,
) -> Result<BTreeSet<T>, WorkspaceError> {
    let mut statement = connection.prepare(&format!(
        "SELECT given.medium, given.addresses, lookup.at FROM {table} AS given
         JOIN lookup ON lookup.id = given.lookup
         WHERE lookup.host = ?1 AND lookup.step = ?2 AND lookup.id > (
             SELECT coalesce(max(id), 0) FROM lookup WHERE host = ?1 AND step = ?2 AND complete = 1
         )"
    ))?;
    let mut rows = statement.query(params![host.raw(), step.id()])?;
    let mut asked = BTreeSet::new();
    while let Some(row) = rows.next()? {
        let at = Moment::parse(&row.get::<_, String>(2)?);
        if at.is_some_and(|at| (0..=CONTINUED_DAYS).contains(&at.days_until(now))) {
            let (medium, addresses): (String, String) = (row.get(0)?, row.get(1)?);
            asked.extend(addresses.lines().filter_map(|address| restore(&medium, address)));
        }
    }
    Ok(asked)
}

/// All accounts of which homeservers told, in the order in which they did.
pub(super) fn sightings(connection: &Connection) -> Result<Vec<Sighting>, WorkspaceError> {
    let mut statement = connection.prepare(
        "SELECT lookup.host, lookup.at, sighting.way, sighting.asked, sighting.mxid, sighting.name
         FROM sighting JOIN lookup ON lookup.id = sighting.lookup ORDER BY lookup.id, sighting.rowid",
    )?;
    let mut rows = statement.query([])?;
    let mut all = Vec::new();
    while let Some(row) = rows.next()? {
        let damaged = || WorkspaceError::Damaged("an account that cannot be read".to_owned());
        let text = |at| row.get::<_, Option<String>>(at);
        let mxid = text(4)?.map(|text| Mxid::parse(&text).ok_or_else(damaged)).transpose()?;
        all.push(Sighting {
            host: Foreign::new(row.get::<_, String>(0)?),
            at: Moment::parse(&row.get::<_, String>(1)?).ok_or_else(damaged)?,
            seen: Seen {
                way: Way::from_id(&row.get::<_, String>(2)?).ok_or_else(damaged)?,
                asked: text(3)?.map(Foreign::new),
                mxid,
                name: text(5)?.map(Foreign::new),
            },
        });
    }
    Ok(all)
}

/// The rooms of which each homeserver told when it was last asked for them.
pub(super) fn rooms(connection: &Connection) -> Result<Vec<Room>, WorkspaceError> {
    let mut statement = connection.prepare(
        "SELECT lookup.host, lookup.at, room.name, room.members, room.others
         FROM room JOIN lookup ON lookup.id = room.lookup
         WHERE lookup.id = (
             SELECT max(id) FROM lookup AS last WHERE last.host = lookup.host AND last.step = 'rooms'
         ) ORDER BY lookup.id, room.rowid",
    )?;
    let mut rows = statement.query([])?;
    let mut all = Vec::new();
    while let Some(row) = rows.next()? {
        let damaged = || WorkspaceError::Damaged("a room that cannot be read".to_owned());
        let members: String = row.get(3)?;
        let members = members.lines().map(|line| Mxid::parse(line).ok_or_else(damaged));
        all.push(Room {
            host: Foreign::new(row.get::<_, String>(0)?),
            at: Moment::parse(&row.get::<_, String>(1)?).ok_or_else(damaged)?,
            together: Together {
                name: row.get::<_, Option<String>>(2)?.map(Foreign::new),
                members: members.collect::<Result<_, _>>()?,
                others: row.get(4)?,
            },
        });
    }
    Ok(all)
}

/// All answers, in the order in which they were given.
pub(super) fn answers(connection: &Connection) -> Result<Vec<Answer>, WorkspaceError> {
    let mut statement = connection.prepare(
        "SELECT lookup.host, lookup.at, answer.medium, answer.addresses, answer.mxid
         FROM answer JOIN lookup ON lookup.id = answer.lookup ORDER BY lookup.id, answer.rowid",
    )?;
    let mut rows = statement.query([])?;
    let mut all = Vec::new();
    while let Some(row) = rows.next()? {
        let damaged = || WorkspaceError::Damaged("an answer that cannot be read".to_owned());
        let (medium, addresses): (String, String) = (row.get(2)?, row.get(3)?);
        let mxid: Option<String> = row.get(4)?;
        let host = Foreign::new(row.get::<_, String>(0)?);
        let at = Moment::parse(&row.get::<_, String>(1)?).ok_or_else(damaged)?;
        let mxid = mxid.map(|text| Mxid::parse(&text).ok_or_else(damaged)).transpose()?;
        for address in addresses.lines() {
            let asked = ThreePid::restore(&medium, address).ok_or_else(damaged)?;
            all.push(Answer { host: host.clone(), at, asked, mxid: mxid.clone() });
        }
    }
    Ok(all)
}

/// What each host was sent; of a lookup that was killed, all that it was going
/// to send.
pub(super) fn sent(connection: &Connection) -> Result<Vec<Sent>, WorkspaceError> {
    let mut statement = connection.prepare(
        "SELECT host, sum(hashed), sum(plain) FROM lookup
         GROUP BY host HAVING sum(hashed) + sum(plain) > 0 ORDER BY host",
    )?;
    let row = |row: &rusqlite::Row<'_>| {
        Ok(Sent { host: Foreign::new(row.get::<_, String>(0)?), hashed: row.get(1)?, plain: row.get(2)? })
    };
    Ok(statement.query_map([], row)?.collect::<Result<_, _>>()?)
}
