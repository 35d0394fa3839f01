//! `ChatStorage.sqlite`, WhatsApp's messages on iPhone and Mac. Core Data made
//! its tables: dates are seconds since 2001-01-01 UTC, every name begins with Z.
//!
//! Changes of numbers are not read here: notices of them have rows of their own
//! on Android, but which rows of an iPhone hold them, and where in these the two
//! numbers stand, nothing that is public tells. An old number and a new one stay
//! two people, unless the address book or a chat's text joins them.

use std::collections::{BTreeSet, HashMap};

use foldhash::fast::RandomState;
use rusqlite::Connection;

use crate::model::database::{Chat, Role};
use crate::model::finding::MemberState;
use crate::model::{Foreign, Phone};

use super::android::each;
use super::collect::{Collector, Ref, Writer};
use super::jid;
use super::table::{BadCell, Fault, Schema, int, seconds, text};

/// The tables that are read here.
pub const TABLES: &[&str] =
    &["ZWACHATSESSION", "ZWAMESSAGE", "ZWAGROUPMEMBER", "ZWAGROUPINFO", "ZWAPROFILEPUSHNAME"];

/// Kinds of messages that WhatsApp itself says: group events, calls.
const NOTICES: [i64; 2] = [6, 10];
/// Seconds from 1970 to 2001.
const EPOCH: f64 = 978_307_200.0;

type Keys = HashMap<i64, Option<usize>, RandomState>;

/// Reads chats, members and messages.
///
/// # Errors
/// A table or column is missing, or SQLite gives up.
pub fn read(connection: &Connection, schema: &Schema, out: &mut Collector) -> Result<(), Fault> {
    let push_names = push_names(connection, schema, out)?;
    let chats = chats(connection, schema, &push_names, out)?;
    let members = members(connection, schema, &chats, out)?;
    creators(connection, schema, &chats, out)?;
    messages(connection, schema, &chats, &members, out)?;
    out.database.me = own(out);
    for (id, name) in push_names {
        if let Some(person) = jid::parse_person(&id).and_then(|id| out.known(&id)) {
            out.person(person).push_name.get_or_insert(name);
        }
    }
    Ok(())
}

/// The names that people gave themselves, by their ids as written.
fn push_names(
    connection: &Connection,
    schema: &Schema,
    out: &mut Collector,
) -> Result<HashMap<String, Foreign, RandomState>, Fault> {
    const TABLE: &str = "ZWAPROFILEPUSHNAME";
    let mut names = HashMap::default();
    if !schema.has(TABLE) {
        return Ok(names);
    }
    let sql = schema.select(TABLE, &["ZJID", "ZPUSHNAME"], 2)?;
    each(connection, &sql, |row| match (text(row, 0), text(row, 1)) {
        (Ok(Some(id)), Ok(name)) => {
            if let Some(name) = name.filter(|n| !n.trim().is_empty()) {
                names.insert(id, Foreign::new(name));
            }
        }
        _ => out.reject(TABLE, row),
    })?;
    Ok(names)
}

/// All chats, by the number of their row; none for those that are passed over.
fn chats(
    connection: &Connection,
    schema: &Schema,
    push_names: &HashMap<String, Foreign, RandomState>,
    out: &mut Collector,
) -> Result<Keys, Fault> {
    const TABLE: &str = "ZWACHATSESSION";
    let sql = schema.select(TABLE, &["Z_PK", "ZCONTACTJID", "ZPARTNERNAME"], 2)?;
    let mut chats = Keys::default();
    each(connection, &sql, |row| {
        let cells = || {
            let key = int(row, 0)?.ok_or(BadCell)?;
            let written = text(row, 1)?.ok_or(BadCell)?;
            let id = jid::parse_person(&written).ok_or(BadCell)?;
            Ok::<_, BadCell>((key, written, id, text(row, 2)?.filter(|name| !name.trim().is_empty())))
        };
        let Ok((key, written, id, name)) = cells() else {
            // Its messages are not counted once more.
            if let Ok(Some(key)) = int(row, 0) {
                chats.insert(key, None);
            }
            return out.reject(TABLE, row);
        };
        let name = name.map(Foreign::new);
        let chat = match out.who(&id) {
            Ref::Person(partner) => {
                let person = out.person(partner);
                person.on_whatsapp = true;
                // Whom the user has not saved is shown by a number or by the name
                // that they gave themself: neither is a saved name.
                let own = |name: &Foreign| {
                    let raw = name.raw().trim_start_matches(crate::model::foreign::is_mark);
                    raw.starts_with('~')
                        || Phone::parse(raw, None).is_ok()
                        || push_names.get(&written).is_some_and(|push| push.key() == name.key())
                };
                if let Some(name) = name.filter(|name| !own(name)) {
                    person.saved_name.get_or_insert(name);
                }
                Some(Chat { partner: Some(partner), ..Chat::default() })
            }
            Ref::Group(group) => Some(Chat { group: Some(group), title: name, ..Chat::default() }),
            Ref::Nobody => None,
        };
        chats.insert(key, chat.map(|chat| out.chat(chat)));
    })?;
    Ok(chats)
}

/// Who is, or was, in the groups: people by the number of their row.
fn members(
    connection: &Connection,
    schema: &Schema,
    chats: &Keys,
    out: &mut Collector,
) -> Result<Keys, Fault> {
    const TABLE: &str = "ZWAGROUPMEMBER";
    let mut members = Keys::default();
    if !schema.has(TABLE) {
        return Ok(members);
    }
    let columns = ["Z_PK", "ZCHATSESSION", "ZMEMBERJID", "ZCONTACTNAME", "ZISADMIN", "ZISACTIVE"];
    let sql = schema.select(TABLE, &columns, 3)?;
    each(connection, &sql, |row| {
        let cells = || {
            let id = jid::parse_person(&text(row, 2)?.ok_or(BadCell)?).ok_or(BadCell)?;
            let key = int(row, 0)?.ok_or(BadCell)?;
            Ok::<_, BadCell>((key, int(row, 1)?, id, text(row, 3)?, int(row, 4)?, int(row, 5)?))
        };
        let Ok((key, session, id, name, admin, active)) = cells() else { return out.reject(TABLE, row) };
        let Ref::Person(person) = out.who(&id) else {
            members.insert(key, None);
            return;
        };
        members.insert(key, Some(person));
        out.person(person).on_whatsapp = true;
        let shown = name.filter(|n| !n.trim().is_empty() && Phone::parse(n, None).is_err());
        if let Some(name) = shown {
            // Whose name it is, the table does not tell: it must not join anything.
            let name = Foreign::new(name.trim_start_matches(['~', ' ', '\u{a0}', '\u{202f}']));
            out.person(person).push_name.get_or_insert(name);
        }
        let chat = session.and_then(|session| chats.get(&session).copied().flatten());
        if let Some(chat) = chat.filter(|chat| out.chats()[*chat].group.is_some()) {
            out.chat_mut(chat).members_complete = true;
            let role = if admin == Some(1) { Role::Admin } else { Role::Member };
            let state = if active == Some(0) { MemberState::Left } else { MemberState::In };
            out.member(chat, person, role, state);
        }
    })?;
    Ok(members)
}

/// Who made the groups.
fn creators(
    connection: &Connection,
    schema: &Schema,
    chats: &Keys,
    out: &mut Collector,
) -> Result<(), Fault> {
    const TABLE: &str = "ZWAGROUPINFO";
    if !schema.has(TABLE) {
        return Ok(());
    }
    let sql = schema.select(TABLE, &["ZCHATSESSION", "ZCREATORJID"], 0)?;
    each(connection, &sql, |row| {
        let (Ok(session), Ok(creator)) = (int(row, 0), text(row, 1)) else { return out.reject(TABLE, row) };
        let chat = session.and_then(|session| chats.get(&session).copied().flatten());
        let creator = creator.and_then(|c| jid::parse_person(&c)).and_then(|id| out.known(&id));
        if let (Some(chat), Some(creator)) = (chat, creator)
            && let Some(member) = out.chat_mut(chat).members.iter_mut().find(|m| m.person == creator)
        {
            member.role = Role::Creator;
        }
    })
}

/// Counts the messages.
fn messages(
    connection: &Connection,
    schema: &Schema,
    chats: &Keys,
    members: &Keys,
    out: &mut Collector,
) -> Result<(), Fault> {
    const TABLE: &str = "ZWAMESSAGE";
    let columns = ["ZCHATSESSION", "ZISFROMME", "ZMESSAGEDATE", "ZMESSAGETYPE", "ZGROUPMEMBER"];
    let sql = schema.select(TABLE, &columns, 3)?;
    each(connection, &sql, |row| {
        let cells = || {
            let chat = int(row, 0)?.ok_or(BadCell)?;
            Ok::<_, BadCell>((chat, int(row, 1)?, seconds(row, 2)?, int(row, 3)?, int(row, 4)?))
        };
        let Ok((key, from_me, at, kind, member)) = cells() else { return out.reject(TABLE, row) };
        let chat = match chats.get(&key) {
            Some(Some(chat)) => *chat,
            Some(None) => return,
            None => return out.reject(TABLE, row),
        };
        if kind.is_some_and(|kind| NOTICES.contains(&kind)) {
            return;
        }
        let writer = if from_me == Some(1) {
            Writer::Me
        } else if let Some(partner) = out.chats()[chat].partner {
            Writer::Other(partner)
        } else {
            let person = member.and_then(|member| members.get(&member).copied().flatten());
            person.map_or(Writer::Unknown, Writer::Other)
        };
        out.count(chat, writer, at.and_then(millis));
    })
}

/// Milliseconds since 1970 of a Core Data date; 0 and what no calendar has is
/// no date.
fn millis(seconds: f64) -> Option<i64> {
    let since_1970 = seconds + EPOCH;
    let sane = seconds != 0.0 && (0.0..253_402_300_800.0).contains(&since_1970);
    #[expect(clippy::cast_possible_truncation, reason = "before the year 10000")]
    sane.then_some((since_1970 * 1000.0) as i64)
}

/// The user, who stands in the member lists like everybody else: the one
/// member whom all groups have in common and from whom nothing was received,
/// if they have no name and no direct chat. A chat with oneself or with a
/// friend who never answers leaves two of them, a list in which the user stands
/// under another id leaves such a friend alone: then nobody can tell, nor can
/// anybody with fewer than two groups.
fn own(out: &Collector) -> Option<usize> {
    let groups: Vec<&Chat> = out.chats().iter().filter(|c| c.members.len() > 1).collect();
    if groups.len() < 2 {
        return None;
    }
    let mut common: Option<BTreeSet<usize>> = None;
    for group in groups {
        let members: BTreeSet<usize> = group.members.iter().map(|m| m.person).collect();
        common = Some(match common {
            Some(common) => common.intersection(&members).copied().collect(),
            None => members,
        });
    }
    let mut found = common?.into_iter().filter(|person| !out.has_written(*person));
    let only = found.next().filter(|_| found.next().is_none())?;
    let known = &out.people()[only];
    let named = known.saved_name.is_some() || known.push_name.is_some();
    let partner = out.chats().iter().any(|chat| chat.partner == Some(only));
    (!named && !partner).then_some(only)
}
