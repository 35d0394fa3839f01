//! `msgstore.db` as it was until about 2021: ids stand in the rows themselves.
//! Both schemas can stand in one file, the older one then mostly empty.

use std::collections::HashMap;

use foldhash::fast::RandomState;
use rusqlite::Connection;

use crate::model::Foreign;
use crate::model::database::{Chat, Role};
use crate::model::finding::MemberState;

use super::android::each;
use super::collect::{Collector, Ref, Writer};
use super::jid::{self, Id};
use super::table::{BadCell, Fault, Schema, int, text};

/// The tables that are read here.
pub const TABLES: &[&str] = &["messages", "chat_list", "group_participants"];

/// `messages.status` of what WhatsApp itself says.
const SYSTEM: i64 = 6;
/// `messages.media_wa_type` of calls.
const CALL: &str = "8";

/// Whether there is any message in the older tables.
///
/// # Errors
/// Whatever SQLite says.
pub fn is_used(connection: &Connection, schema: &Schema) -> Result<bool, Fault> {
    if !schema.has("messages") {
        return Ok(false);
    }
    // The first row stands for "none".
    let sql = format!("{} LIMIT 2", schema.select("messages", &["key_remote_jid"], 1)?);
    let mut any = false;
    each(connection, &sql, |row| any |= text(row, 0).ok().flatten().is_some_and(|id| id != "-1"))?;
    Ok(any)
}

/// Reads chats, members and messages.
///
/// # Errors
/// A column is missing, or SQLite gives up.
pub fn read(connection: &Connection, schema: &Schema, out: &mut Collector) -> Result<(), Fault> {
    let mut chats = Chats::default();
    if schema.has("chat_list") {
        let sql = schema.select("chat_list", &["key_remote_jid", "subject"], 1)?;
        each(connection, &sql, |row| {
            let (Ok(Some(id)), Ok(subject)) = (text(row, 0), text(row, 1)) else {
                return out.reject("chat_list", row);
            };
            match chats.find(&id, out) {
                Ok(Some(chat)) => {
                    let title = subject.filter(|s| !s.trim().is_empty()).map(Foreign::new);
                    let chat = out.chat_mut(chat);
                    chat.title = chat.title.take().or(title.filter(|_| chat.group.is_some()));
                }
                Ok(None) => {}
                Err(BadCell) => out.reject("chat_list", row),
            }
        })?;
    }
    if schema.has("group_participants") {
        members(connection, schema, &mut chats, out)?;
    }
    messages(connection, schema, &mut chats, out)
}

/// The chats by the id that stands in their rows; none for those of nobody.
#[derive(Default)]
struct Chats(HashMap<String, Option<usize>, RandomState>);

impl Chats {
    /// The chat of an id; a new one if need be.
    ///
    /// # Errors
    /// [`BadCell`] if it is no id.
    fn find(&mut self, text: &str, out: &mut Collector) -> Result<Option<usize>, BadCell> {
        if let Some(chat) = self.0.get(text) {
            return Ok(*chat);
        }
        let id = jid::parse(text).ok_or(BadCell)?;
        let chat = match out.who(&id) {
            Ref::Person(partner) => {
                out.person(partner).on_whatsapp = true;
                Some(out.chat(Chat { partner: Some(partner), ..Chat::default() }))
            }
            Ref::Group(group) => Some(out.chat(Chat { group: Some(group), ..Chat::default() })),
            Ref::Nobody => None,
        };
        self.0.insert(text.to_owned(), chat);
        Ok(chat)
    }
}

/// Who is in the groups. A row without an id is the user's own.
fn members(
    connection: &Connection,
    schema: &Schema,
    chats: &mut Chats,
    out: &mut Collector,
) -> Result<(), Fault> {
    const TABLE: &str = "group_participants";
    let sql = schema.select(TABLE, &["gjid", "jid", "admin", "pending"], 2)?;
    each(connection, &sql, |row| {
        let cells = || {
            let (group, user) = (text(row, 0)?.ok_or(BadCell)?, text(row, 1)?.ok_or(BadCell)?);
            let user = jid::parse(&user).ok_or(BadCell)?;
            Ok::<_, BadCell>((group, user, int(row, 2)?, int(row, 3)?))
        };
        let Ok((group, user, admin, pending)) = cells() else { return out.reject(TABLE, row) };
        let Ok(Some(chat)) = chats.find(&group, out) else { return out.reject(TABLE, row) };
        if out.chats()[chat].group.is_none() {
            return out.reject(TABLE, row);
        }
        out.chat_mut(chat).members_complete = true;
        if pending == Some(1) {
            return;
        }
        if let Ref::Person(person) = out.who(&user) {
            out.person(person).on_whatsapp = true;
            let role = match admin {
                Some(2) => Role::Creator,
                Some(1) => Role::Admin,
                _ => Role::Member,
            };
            out.member(chat, person, role, MemberState::In);
        }
    })
}

/// Counts the messages.
fn messages(
    connection: &Connection,
    schema: &Schema,
    chats: &mut Chats,
    out: &mut Collector,
) -> Result<(), Fault> {
    const TABLE: &str = "messages";
    let columns =
        ["key_remote_jid", "key_from_me", "timestamp", "status", "media_wa_type", "remote_resource"];
    let sql = schema.select(TABLE, &columns, 3)?;
    let mut people: HashMap<String, Option<usize>, RandomState> = HashMap::default();
    each(connection, &sql, |row| {
        let cells = || {
            let chat = text(row, 0)?.ok_or(BadCell)?;
            Ok::<_, BadCell>((chat, int(row, 1)?, int(row, 2)?, int(row, 3)?, text(row, 4)?, text(row, 5)?))
        };
        let Ok((id, from_me, at, status, kind, sender)) = cells() else { return out.reject(TABLE, row) };
        let chat = match chats.find(&id, out) {
            Ok(Some(chat)) => chat,
            Ok(None) => return,
            Err(BadCell) => return out.reject(TABLE, row),
        };
        if status == Some(SYSTEM) || kind.as_deref() == Some(CALL) {
            return;
        }
        let writer = if from_me == Some(1) {
            Writer::Me
        } else if let Some(partner) = out.chats()[chat].partner {
            Writer::Other(partner)
        } else {
            let mut find = |sender: &str| match jid::parse(sender).map(|id: Id| out.who(&id)) {
                Some(Ref::Person(person)) => Some(person),
                _ => None,
            };
            let person = sender.and_then(|s| match people.get(&s) {
                Some(person) => *person,
                None => {
                    let person = find(&s);
                    people.insert(s, person);
                    person
                }
            });
            person.map_or(Writer::Unknown, Writer::Other)
        };
        out.count(chat, writer, at.filter(|at| *at > 0));
    })
}
