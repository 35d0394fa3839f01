//! The people and groups of Signal Desktop's conversations.

use std::collections::BTreeSet;

use rusqlite::{Connection, ErrorCode, Row};

use crate::model::finding::{
    SignalAccount, SignalExport, SignalGroup, SignalList, SignalPerson, SignalStanding,
};
use crate::model::identity::{SignalAci, SignalPni, SignalUsername};
use crate::model::{Code, Foreign, Moment, Problem};
use crate::read::Tally;
use crate::read::whatsapp::db::Fault;
use crate::read::whatsapp::db::table::{Schema, int, text};

use super::super::person::{full_name, settled};
use super::conversation::{self, Member, Millis};
use super::items::{Items, phone};

/// The account with which Signal itself writes to everybody.
const SIGNAL: &str = "11111111-1111-4111-8111-111111111111";
/// The columns that are read. Only the first three are in every version.
const COLUMNS: [&str; 11] = [
    "id",
    "type",
    "json",
    "e164",
    "serviceId",
    "uuid",
    "name",
    "profileName",
    "profileFamilyName",
    "active_at",
    "groupId",
];

/// Reads people and groups. Where a part of the table is damaged, what stands
/// before it and behind it is read, and the problem says so.
///
/// # Errors
/// It is no database of Signal Desktop's, or nothing of it can be read.
pub fn read(connection: &Connection, problems: &mut Vec<Problem>) -> Result<(SignalExport, Tally), Fault> {
    let schema = Schema::load(connection, &["conversations", "items"])?;
    if let Some(fake) = schema.fake() {
        return Err(Fault::Fake(fake.to_owned()));
    }
    let select = schema.select("conversations", &COLUMNS, 3)?;
    let select = select.replacen(" FROM ", ", rowid FROM ", 1);
    let mut reader = Reader::default();
    // Without the settings, nobody is known to be blocked: that cannot be passed over.
    match Items::read(connection, &schema) {
        Ok(items) => reader.items = items,
        Err(error) if is_damage(&error) => problems.push(damaged("items")),
        Err(error) => return Err(error.into()),
    }
    let whole = reader.rows(connection, &format!("{select} ORDER BY rowid"));
    if let Err(error) = whole {
        if !is_damage(&error) {
            return Err(error.into());
        }
        let backwards = reader.rows(connection, &format!("{select} ORDER BY rowid DESC"));
        if backwards.as_ref().is_err_and(|error| !is_damage(error)) || reader.seen.is_empty() {
            return Err(error.into());
        }
        problems.push(damaged("conversations"));
    }
    Ok(reader.finish(problems))
}

/// Whether SQLite met something that is not in order.
fn is_damage(error: &rusqlite::Error) -> bool {
    matches!(error.sqlite_error_code(), Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase))
}

fn damaged(table: &str) -> Problem {
    Problem::new(Code::SignalDesktopTable).quoting(table)
}

#[derive(Default)]
struct Reader {
    items: Items,
    /// The rows that were read.
    seen: BTreeSet<i64>,
    people: Vec<SignalPerson>,
    username: Option<SignalUsername>,
    /// The groups with all their members.
    groups: Vec<SignalGroup>,
    rejected: u64,
    /// Rows of groups that cannot be understood.
    bad_groups: u64,
    unusable: Vec<String>,
}

impl Reader {
    fn rows(&mut self, connection: &Connection, sql: &str) -> rusqlite::Result<()> {
        let mut statement = connection.prepare(sql)?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            // Read from the other end, the first that is known ends the gap.
            if !self.seen.insert(row.get(COLUMNS.len())?) {
                break;
            }
            let kind = text(row, 1).ok().flatten().unwrap_or_default();
            match kind.as_str() {
                "group" if self.group(row).is_none() => self.bad_groups += 1,
                "group" => {}
                _ if self.person(row, &kind).is_none() => self.rejected += 1,
                _ => {}
            }
        }
        Ok(())
    }

    /// Takes up somebody. None if the row cannot be understood.
    fn person(&mut self, row: &Row<'_>, kind: &str) -> Option<()> {
        let found = conversation::parse(&text(row, 2).ok()??).filter(|_| kind == "private")?;
        let column = |at: usize| text(row, at).ok().flatten().filter(|text| !text.trim().is_empty());
        let id = column(4).or_else(|| column(5)).or(found.service_id).or(found.uuid);
        let number = column(3).or(found.e164);
        let (mut aci, mut pni) = (None, found.pni.as_deref().and_then(SignalPni::parse));
        match id.as_deref() {
            Some(SIGNAL) => return Some(()),
            Some(text) if text.starts_with("PNI:") => pni = Some(SignalPni::parse(text)?),
            Some(text) => aci = Some(SignalAci::parse(text)?),
            None => {}
        }
        let phone = number.as_deref().and_then(phone);
        let username = found.username.as_deref().and_then(SignalUsername::parse);
        let items = &self.items;
        let is_me = aci.is_some() && aci == items.aci
            || pni.is_some() && pni == items.pni
            || phone.is_some() && phone == items.phone;
        if is_me {
            self.username = username;
            return Some(());
        }
        let ids = [id.as_deref(), found.pni.as_deref(), number.as_deref()];
        let blocked = items.blocks(ids.into_iter().flatten());
        if let (Some(number), None) = (&number, &phone) {
            self.unusable.push(number.clone());
        }
        let name = |name: Option<String>| full_name(name, None);
        let person = SignalPerson {
            line: self.people.len() as u64 + 1,
            aci,
            pni,
            phone,
            username,
            saved_name: full_name(found.system_given_name, found.system_family_name)
                .or_else(|| name(column(6).or(found.name)))
                .or_else(|| name(found.system_nickname))
                .or_else(|| full_name(found.nickname_given_name, found.nickname_family_name)),
            push_name: full_name(column(7).or(found.profile_name), column(8).or(found.profile_family_name)),
            unwanted: blocked || found.removal_stage.is_some(),
            ..SignalPerson::default()
        };
        let gone = found.discovered_unregistered_at.and_then(Millis::moment);
        let gone = gone.map(|at| SignalStanding::Unregistered(Some(at)));
        let mut person = settled(person, gone)?;
        // A chat in which nothing was ever said is opened when somebody looks at it.
        let said = found.message_count != Some(0);
        let active = int(row, 9).ok().flatten().and_then(Moment::from_millis);
        person.last_said = active.or(found.active_at.and_then(Millis::moment)).filter(|_| said);
        self.people.push(person);
        Some(())
    }

    /// Takes up a group, unless the user left or blocked it. None if the row
    /// cannot be understood.
    fn group(&mut self, row: &Row<'_>) -> Option<()> {
        let found = conversation::parse(&text(row, 2).ok()??)?;
        let column = |at: usize| text(row, at).ok().flatten();
        let unwanted = found.left == Some(true) || self.items.blocks(column(10).as_deref().into_iter());
        let mut members: Vec<SignalAci> = found.members.iter().flatten().filter_map(Member::aci).collect();
        if unwanted || members.is_empty() {
            return Some(());
        }
        members.sort_unstable();
        members.dedup();
        let active = int(row, 9).ok().flatten().and_then(Moment::from_millis);
        self.groups.push(SignalGroup {
            line: self.groups.len() as u64 + 1,
            title: column(6).or(found.name).map(Foreign::new).filter(|title| !title.is_blank()),
            members,
            others: 0,
            last_said: active.or(found.active_at.and_then(Millis::moment)),
        });
        Some(())
    }

    /// Joins what belongs together.
    fn finish(self, problems: &mut Vec<Problem>) -> (SignalExport, Tally) {
        if self.rejected + self.bad_groups > 0 {
            let problem = Problem::new(Code::DatabaseRows).counted(self.rejected + self.bad_groups);
            problems.push(problem.quoting("conversations"));
        }
        problems
            .extend(self.unusable.iter().map(|number| Problem::new(Code::NumberUnusable).quoting(number)));
        let kept = self.people.len() as u64;
        let tally = Tally { read: kept + self.rejected, kept, rejected: self.rejected };
        let account = SignalAccount {
            username: self.username,
            link: self.items.link,
            hidden_by_number: self.items.hidden_by_number,
        };
        let mut export = SignalExport {
            list: SignalList::Desktop,
            at: None,
            own: self.items.phone,
            account,
            people: self.people,
            groups: self.groups,
        };
        export.settle_groups();
        (export, tally)
    }
}

#[cfg(test)]
mod tests;
