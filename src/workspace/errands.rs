//! The rooms that were asked for at homeservers, so that none is made twice and
//! nobody is invited twice, whenever a run is killed.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use jiff::Timestamp;
use ruma::OwnedRoomId;
use rusqlite::params;

use crate::model::identity::Mxid;

use super::{Store, WorkspaceError};

/// How far a room has got.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// What stands in the room's first state.
    pub token: String,
    /// When the homeserver was last asked for something that cannot be asked
    /// for twice, by the system's own clock.
    pub asked: Timestamp,
    /// The room, once it is known.
    pub room: Option<OwnedRoomId>,
    /// Who was invited: Matrix IDs and e-mail addresses.
    pub invited: BTreeSet<String>,
    /// The e-mail address that is being invited, and how many the room expected
    /// before that.
    pub pending: Option<(String, usize)>,
}

impl Kept {
    /// How long ago it was asked for.
    pub fn age(&self) -> Duration {
        Duration::try_from(Timestamp::now().duration_since(self.asked)).unwrap_or_default()
    }
}

/// What an errand is about, by which it is known: its kind, and whom.
pub type Subject = (&'static str, String);

/// All errands of an account.
pub type Errands = BTreeMap<(String, String), Kept>;

impl Store {
    /// The rooms that were asked for in an account's name.
    ///
    /// # Errors
    /// Whatever `SQLite` says.
    pub fn errands(&self, account: &Mxid) -> Result<Errands, WorkspaceError> {
        let mut statement = self.connection.prepare(
            "SELECT kind, whom, token, asked, room, guests, pending FROM errand WHERE account = ?1 AND kind <> 'token'",
        )?;
        let mut rows = statement.query([account.as_str()])?;
        let mut errands = Errands::new();
        while let Some(row) = rows.next()? {
            let damaged = || WorkspaceError::Damaged("a room that cannot be read".to_owned());
            let (room, pending): (Option<String>, Option<String>) = (row.get(4)?, row.get(6)?);
            let pending = pending.map(|text| {
                let (whom, before) = text.split_once('\n')?;
                Some((whom.to_owned(), before.parse().ok()?))
            });
            let kept = Kept {
                token: row.get(2)?,
                asked: row.get::<_, String>(3)?.parse().map_err(|_| damaged())?,
                room: room.map(OwnedRoomId::try_from).transpose().map_err(|_| damaged())?,
                invited: row.get::<_, String>(5)?.lines().map(str::to_owned).collect(),
                pending: pending.map(|pending| pending.ok_or_else(damaged)).transpose()?,
            };
            errands.insert((row.get(0)?, row.get(1)?), kept);
        }
        Ok(errands)
    }

    /// The rooms that were made for groups, with the accounts that made them, by the keys
    /// of the groups' titles; of several the latest.
    ///
    /// # Errors
    /// Whatever `SQLite` says.
    pub fn group_rooms(&self) -> Result<BTreeMap<String, (OwnedRoomId, Mxid)>, WorkspaceError> {
        let mut statement = self.connection.prepare(
            "SELECT whom, room, account FROM errand WHERE kind = 'group' AND room IS NOT NULL ORDER BY asked",
        )?;
        let mut rows = statement.query([])?;
        let mut made = BTreeMap::new();
        while let Some(row) = rows.next()? {
            let damaged = || WorkspaceError::Damaged("a room that cannot be read".to_owned());
            let room = OwnedRoomId::try_from(row.get::<_, String>(1)?).map_err(|_| damaged())?;
            let account = Mxid::parse(&row.get::<_, String>(2)?).ok_or_else(damaged)?;
            made.insert(row.get(0)?, (room, account));
        }
        Ok(made)
    }

    /// Writes down that a room is about to be asked for, for certain and before
    /// it is; again for one that never came to be.
    ///
    /// # Errors
    /// Whatever `SQLite` says; then it must not be asked for.
    pub fn begin_errand(
        &mut self,
        account: &Mxid,
        (kind, whom): &Subject,
        token: &str,
    ) -> Result<Kept, WorkspaceError> {
        let asked = Timestamp::now();
        self.connection.execute(
            "INSERT INTO errand (account, kind, whom, token, asked) VALUES (?1, ?2, ?3, ?4, ?5)
             ON CONFLICT (account, kind, whom) DO UPDATE SET asked = excluded.asked",
            params![account.as_str(), kind, whom, token, asked.to_string()],
        )?;
        let invited = BTreeSet::new();
        Ok(Kept { token: token.to_owned(), asked, room: None, invited, pending: None })
    }

    /// Writes down how far an errand has got: its room, who was invited, and
    /// whose letter is on its way.
    ///
    /// # Errors
    /// Whatever `SQLite` says.
    pub fn keep_errand(&mut self, kept: &mut Kept) -> Result<(), WorkspaceError> {
        kept.asked = Timestamp::now();
        let invited: Vec<&str> = kept.invited.iter().map(String::as_str).collect();
        self.connection.execute(
            "UPDATE errand SET asked = ?2, room = ?3, guests = ?4, pending = ?5 WHERE token = ?1",
            params![
                kept.token,
                kept.asked.to_string(),
                kept.room.as_ref().map(|room| room.as_str()),
                invited.join("\n"),
                kept.pending.as_ref().map(|(whom, before)| format!("{whom}\n{before}")),
            ],
        )?;
        Ok(())
    }
}
