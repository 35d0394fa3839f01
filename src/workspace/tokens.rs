//! The registration tokens that were made for friends, so that nobody gets two of
//! them, whenever a run is killed.
//!
//! They stand among the errands, for they too are asked for once and written down
//! before: of the kind `token`, `whom` is the contact, `token` the token itself, which
//! is chosen here, `pending` until when it is good, and `guests` says `made` as soon
//! as the server has it.

use jiff::{SignedDuration, Timestamp};
use rusqlite::params;

use crate::model::ContactId;
use crate::model::identity::Mxid;

use super::{Store, WorkspaceError};

/// What stands in `guests` of a token that the server has.
const MADE: &str = "made";

/// A registration token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptToken {
    /// The administrator in whose name it is made.
    pub account: Mxid,
    /// For whom.
    pub contact: ContactId,
    /// The token.
    pub token: String,
    /// Until when it is good.
    pub expires: Timestamp,
    /// Whether the server is known to have it.
    pub made: bool,
}

impl KeptToken {
    /// A token that is good for so many days from now, by the system's own clock: it
    /// is the server that looks at the date.
    pub fn new(account: Mxid, contact: ContactId, token: String, days: usize) -> KeptToken {
        let days = SignedDuration::from_hours(24 * i64::try_from(days).unwrap_or(1));
        let expires = Timestamp::now().saturating_add(days).unwrap_or(Timestamp::MAX);
        KeptToken { account, contact, token, expires, made: false }
    }

    /// Whether it is good still.
    pub fn is_good(&self) -> bool {
        self.expires > Timestamp::now()
    }
}

impl Store {
    /// The registration tokens, each with the contact that it is for by now, the
    /// latest last.
    ///
    /// # Errors
    /// Whatever `SQLite` says.
    pub fn tokens(&self) -> Result<Vec<KeptToken>, WorkspaceError> {
        let mut statement = self.connection.prepare(
            "WITH RECURSIVE leads (old, now) AS (
                SELECT whom, whom FROM errand WHERE kind = 'token'
                UNION SELECT leads.old, merged.new FROM leads JOIN merged ON merged.old = leads.now
             )
             SELECT account, now, token, pending, guests FROM errand JOIN leads ON leads.old = whom
             WHERE kind = 'token' AND now NOT IN (SELECT old FROM merged) ORDER BY asked",
        )?;
        let mut rows = statement.query([])?;
        let mut tokens = Vec::new();
        while let Some(row) = rows.next()? {
            let damaged = || WorkspaceError::Damaged("a registration token that cannot be read".to_owned());
            tokens.push(KeptToken {
                account: Mxid::parse(&row.get::<_, String>(0)?).ok_or_else(damaged)?,
                contact: ContactId::known(row.get::<_, String>(1)?),
                token: row.get(2)?,
                expires: row.get::<_, String>(3)?.parse().map_err(|_| damaged())?,
                made: row.get::<_, String>(4)? == MADE,
            });
        }
        Ok(tokens)
    }

    /// Writes down that a token is about to be asked for, for certain and before it
    /// is. An older one of the same contact is forgotten.
    ///
    /// # Errors
    /// Whatever `SQLite` says; then it must not be asked for.
    pub fn begin_token(&mut self, kept: &KeptToken) -> Result<(), WorkspaceError> {
        self.connection.execute(
            "INSERT INTO errand (account, kind, whom, token, asked, pending) VALUES (?1, 'token', ?2, ?3, ?4, ?5)
             ON CONFLICT (account, kind, whom) DO UPDATE SET token = excluded.token, asked = excluded.asked,
                pending = excluded.pending, guests = ''",
            params![
                kept.account.as_str(),
                kept.contact.as_str(),
                kept.token,
                Timestamp::now().to_string(),
                kept.expires.to_string(),
            ],
        )?;
        Ok(())
    }

    /// Writes down that the server has a token.
    ///
    /// # Errors
    /// Whatever `SQLite` says.
    pub fn keep_token(&mut self, token: &str) -> Result<(), WorkspaceError> {
        let sql = "UPDATE errand SET guests = ?2 WHERE kind = 'token' AND token = ?1";
        self.connection.execute(sql, [token, MADE])?;
        Ok(())
    }
}
