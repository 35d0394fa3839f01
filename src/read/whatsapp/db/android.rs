//! `msgstore.db`, WhatsApp's messages on Android, in the schema since about
//! 2022: rows point to each other by number, dates are milliseconds. What the
//! older schema holds is read by `android_old`.

use std::collections::HashMap;

use foldhash::fast::RandomState;
use rusqlite::{Connection, Row};

use crate::model::database::{Chat, Person, Role};
use crate::model::finding::{MemberState, NumberChange};
use crate::model::{Foreign, Moment};

use super::collect::{Collector, Ref, Writer};
use super::jid::{self, Id};
use super::table::{BadCell, Fault, Schema, int, text};

/// The tables that are read here.
pub const TABLES: &[&str] = &[
    "jid",
    "jid_map",
    "chat",
    "message",
    "group_participant_user",
    "group_past_participant_user",
    "lid_display_name",
    "message_system_number_change",
];

/// Kinds of messages that WhatsApp itself says: system lines and calls.
const NOTICES: [i64; 4] = [7, 8, 10, 90];

type Ids = HashMap<i64, Id, RandomState>;

/// Reads chats, members and messages.
///
/// # Errors
/// A table or column is missing, or SQLite gives up.
pub fn read(connection: &Connection, schema: &Schema, out: &mut Collector) -> Result<(), Fault> {
    let ids = ids(connection, schema, out)?;
    links(connection, schema, &ids, out)?;
    let chats = chats(connection, schema, &ids, out)?;
    let groups = chats.values().copied().flatten().filter_map(|chat| {
        let group = out.chats()[chat].group.clone()?;
        Some((group, chat))
    });
    let mut groups: HashMap<String, usize, RandomState> = groups.collect();
    members(connection, schema, &ids, &mut groups, out)?;
    messages(connection, schema, &ids, &chats, out)?;
    number_changes(connection, schema, &ids, out)?;
    names(connection, schema, &ids, out)
}

/// All ids, by the number of their row.
fn ids(connection: &Connection, schema: &Schema, out: &mut Collector) -> Result<Ids, Fault> {
    let sql = schema.select("jid", &["_id", "raw_string", "user", "server"], 1)?;
    let mut ids = Ids::default();
    each(connection, &sql, |row| {
        let id = || {
            int(row, 0)?.ok_or(BadCell)?;
            let raw = match text(row, 1)? {
                Some(raw) => raw,
                None => format!("{}@{}", text(row, 2)?.unwrap_or_default(), text(row, 3)?.ok_or(BadCell)?),
            };
            jid::parse(&raw).ok_or(BadCell)
        };
        let id = id();
        if id.is_err() {
            out.reject("jid", row);
        }
        // What refers to a row that is of no use is not counted once more.
        if let Ok(Some(key)) = int(row, 0) {
            ids.insert(key, id.unwrap_or(Id::Nobody));
        }
    })?;
    Ok(ids)
}

/// Which linked id belongs to which number; since about 2024.
fn links(connection: &Connection, schema: &Schema, ids: &Ids, out: &mut Collector) -> Result<(), Fault> {
    if !schema.has("jid_map") {
        return Ok(());
    }
    let sql = schema.select("jid_map", &["lid_row_id", "jid_row_id"], 2)?;
    each(connection, &sql, |row| match (int(row, 0), int(row, 1)) {
        (Ok(Some(lid)), Ok(Some(phone))) => {
            if let (Some(Id::Lid(lid)), Some(Id::Phone(phone))) = (ids.get(&lid), ids.get(&phone)) {
                out.link(lid.clone(), phone.clone());
            }
        }
        _ => out.reject("jid_map", row),
    })
}

/// All chats, by the number of their row; none for those that are passed over.
fn chats(
    connection: &Connection,
    schema: &Schema,
    ids: &Ids,
    out: &mut Collector,
) -> Result<HashMap<i64, Option<usize>, RandomState>, Fault> {
    let sql = schema.select("chat", &["_id", "jid_row_id", "subject"], 2)?;
    let mut chats: HashMap<i64, Option<usize>, RandomState> = HashMap::default();
    each(connection, &sql, |row| {
        let cells =
            || Ok::<_, BadCell>((int(row, 0)?.ok_or(BadCell)?, int(row, 1)?.ok_or(BadCell)?, text(row, 2)?));
        let Ok((key, id, subject)) = cells() else { return out.reject("chat", row) };
        let chat = match ids.get(&id).map(|id| out.who(id)) {
            Some(Ref::Person(partner)) => {
                out.person(partner).on_whatsapp = true;
                Some(Chat { partner: Some(partner), ..Chat::default() })
            }
            Some(Ref::Group(group)) => {
                let title = subject.filter(|s| !s.trim().is_empty()).map(Foreign::new);
                Some(Chat { group: Some(group), title, ..Chat::default() })
            }
            Some(Ref::Nobody) => None,
            // The first row of these tables stands for "none".
            None if key <= 0 || id <= 0 => None,
            None => return out.reject("chat", row),
        };
        chats.insert(key, chat.map(|chat| out.chat(chat)));
    })?;
    Ok(chats)
}

/// Who is in the groups, and who was. A row without a user is the user's own.
fn members(
    connection: &Connection,
    schema: &Schema,
    ids: &Ids,
    groups: &mut HashMap<String, usize, RandomState>,
    out: &mut Collector,
) -> Result<(), Fault> {
    for (table, third) in [("group_participant_user", "rank"), ("group_past_participant_user", "is_leave")] {
        if !schema.has(table) {
            continue;
        }
        let present = table == "group_participant_user";
        let sql = schema.select(table, &["group_jid_row_id", "user_jid_row_id", third, "pending"], 2)?;
        each(connection, &sql, |row| {
            let cells = || {
                let (group, user) = (int(row, 0)?.ok_or(BadCell)?, int(row, 1)?.ok_or(BadCell)?);
                Ok::<_, BadCell>((group, user, int(row, 2)?, int(row, 3)?))
            };
            let Ok((group, user, third, pending)) = cells() else { return out.reject(table, row) };
            let (Some(Id::Group(group)), Some(user)) = (ids.get(&group), ids.get(&user)) else {
                return out.reject(table, row);
            };
            let next = out.chats().len();
            let chat = *groups.entry(group.clone()).or_insert(next);
            if chat == next {
                out.chat(Chat { group: Some(group.clone()), ..Chat::default() });
            }
            if present {
                out.chat_mut(chat).members_complete = true;
            }
            // Who was asked to join and has not answered is no member.
            if present && pending == Some(1) {
                return;
            }
            if let Ref::Person(person) = out.who(user) {
                out.person(person).on_whatsapp = true;
                let (role, state) = match (present, third) {
                    (true, Some(2)) => (Role::Creator, MemberState::In),
                    (true, Some(1)) => (Role::Admin, MemberState::In),
                    (true, _) => (Role::Member, MemberState::In),
                    (false, Some(0)) => (Role::Member, MemberState::Removed),
                    (false, _) => (Role::Member, MemberState::Left),
                };
                out.member(chat, person, role, state);
            }
        })?;
    }
    Ok(())
}

/// Counts the messages: the one loop that meets millions of rows.
fn messages(
    connection: &Connection,
    schema: &Schema,
    ids: &Ids,
    chats: &HashMap<i64, Option<usize>, RandomState>,
    out: &mut Collector,
) -> Result<(), Fault> {
    let columns = ["chat_row_id", "from_me", "timestamp", "message_type", "sender_jid_row_id"];
    let sql = schema.select("message", &columns, 3)?;
    let mut people: HashMap<i64, Option<usize>, RandomState> = HashMap::default();
    each(connection, &sql, |row| {
        let cells = || {
            let chat = int(row, 0)?.ok_or(BadCell)?;
            Ok::<_, BadCell>((chat, int(row, 1)?, int(row, 2)?, int(row, 3)?, int(row, 4)?))
        };
        let Ok((key, from_me, at, kind, sender)) = cells() else { return out.reject("message", row) };
        let chat = match chats.get(&key) {
            Some(Some(chat)) => *chat,
            // A chat that is nobody's, and the first row, which stands for "none".
            Some(None) => return,
            None if key <= 0 => return,
            None => return out.reject("message", row),
        };
        if kind.is_some_and(|kind| NOTICES.contains(&kind)) {
            return;
        }
        let writer = if from_me == Some(1) {
            Writer::Me
        } else if let Some(partner) = out.chats()[chat].partner {
            Writer::Other(partner)
        } else {
            let mut find = |sender: i64| match ids.get(&sender).map(|id| out.who(id)) {
                Some(Ref::Person(person)) => Some(person),
                _ => None,
            };
            let person = sender.and_then(|s| *people.entry(s).or_insert_with(|| find(s)));
            person.map_or(Writer::Unknown, Writer::Other)
        };
        out.count(chat, writer, at.filter(|at| *at > 0));
    })
}

/// Notices that somebody took another number.
fn number_changes(
    connection: &Connection,
    schema: &Schema,
    ids: &Ids,
    out: &mut Collector,
) -> Result<(), Fault> {
    const TABLE: &str = "message_system_number_change";
    if !schema.has(TABLE) {
        return Ok(());
    }
    let said = schema.has_column("message", "_id");
    let said = said.then(|| schema.select("message", &["timestamp"], 1)).transpose()?;
    let mut said = said.map(|sql| connection.prepare(&format!("{sql} WHERE \"_id\" = ?1"))).transpose()?;
    let sql = schema.select(TABLE, &["old_jid_row_id", "new_jid_row_id", "message_row_id"], 2)?;
    each(connection, &sql, |row| {
        let (Ok(Some(old)), Ok(Some(new))) = (int(row, 0), int(row, 1)) else {
            return out.reject(TABLE, row);
        };
        let message = int(row, 2).ok().flatten();
        let at = message.zip(said.as_mut()).and_then(|(message, said)| {
            let at = said.query_row([message], |row| Ok(int(row, 0).ok().flatten())).ok().flatten();
            at.filter(|at| *at > 0).and_then(Moment::from_millis)
        });
        let number = |key: i64| match ids.get(&key) {
            Some(Id::Phone(phone)) => Some(phone.clone()),
            Some(Id::Lid(lid)) => out.database.linked.get(lid).cloned(),
            _ => None,
        };
        let change = NumberChange { name: None, from: number(old), to: number(new), at };
        let tells = change.from.is_some() && change.to.is_some() && change.from != change.to;
        if tells {
            change.add_to(&mut out.database.number_changes);
        }
    })
}

/// Names that people behind linked ids gave themselves; since about 2025.
fn names(connection: &Connection, schema: &Schema, ids: &Ids, out: &mut Collector) -> Result<(), Fault> {
    const TABLE: &str = "lid_display_name";
    if !schema.has(TABLE) {
        return Ok(());
    }
    let sql = schema.select(TABLE, &["lid_row_id", "display_name", "username"], 2)?;
    each(connection, &sql, |row| {
        let (Ok(Some(key)), Ok(name), Ok(username)) = (int(row, 0), text(row, 1), text(row, 2)) else {
            return out.reject(TABLE, row);
        };
        let Some(person) = ids.get(&key).and_then(|id| out.known(id)) else { return };
        let person = out.person(person);
        if let Some(name) = name.filter(|n| !n.trim().is_empty()) {
            person.push_name.get_or_insert(Foreign::new(name));
        }
        called(person, username);
    })
}

/// Notes the username of somebody, without the `@` that may stand before it.
pub(super) fn called(person: &mut Person, username: Option<String>) {
    let bare = username.map(|name| name.trim().trim_start_matches('@').to_owned());
    if let Some(name) = bare.filter(|name| !name.is_empty()) {
        person.username.get_or_insert(Foreign::new(name));
    }
}

/// Runs a query and hands over every row.
pub(super) fn each(connection: &Connection, sql: &str, mut take: impl FnMut(&Row<'_>)) -> Result<(), Fault> {
    let mut statement = connection.prepare(sql)?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        take(row);
    }
    Ok(())
}
