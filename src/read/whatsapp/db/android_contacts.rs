//! `wa.db`, the address book as WhatsApp on Android sees it: the only place
//! where the names stand. It can be empty in a backup, or where WhatsApp was
//! not let into the contacts.

use rusqlite::Connection;

use crate::model::database::Person;
use crate::model::{Code, Foreign, Problem};

use super::android::each;
use super::collect::{Collector, Ref};
use super::jid;
use super::table::{BadCell, Fault, Schema, int, text};

/// The tables that are read here.
pub const TABLES: &[&str] = &["wa_contacts", "wa_vnames"];

/// Reads names and numbers.
///
/// # Errors
/// A column is missing, or SQLite gives up.
pub fn read(
    connection: &Connection,
    schema: &Schema,
    out: &mut Collector,
    problems: &mut Vec<Problem>,
) -> Result<(), Fault> {
    let columns =
        ["jid", "display_name", "given_name", "family_name", "wa_name", "number", "is_whatsapp_user"];
    let sql = schema.select("wa_contacts", &columns, 1)?;
    each(connection, &sql, |row| {
        let cells = || {
            let mut texts = Vec::with_capacity(6);
            for at in 0..6 {
                texts.push(text(row, at)?.filter(|t| !t.trim().is_empty()));
            }
            let [id, display, given, family, own, number]: [Option<String>; 6] =
                texts.try_into().map_err(|_| BadCell)?;
            let parts: Vec<String> = given.into_iter().chain(family).collect();
            let name = display.or_else(|| (!parts.is_empty()).then(|| parts.join(" ")));
            let id = id.map(|id| jid::parse(&id).ok_or(BadCell)).transpose()?;
            // Whoever has neither an id nor a number cannot be told from others.
            if id.is_none() && number.is_none() {
                return Err(BadCell);
            }
            Ok((id, name, own, number, int(row, 6)? == Some(1)))
        };
        let Ok((id, name, own, number, on_whatsapp)) = cells() else { return out.reject("wa_contacts", row) };
        let person = match (id.map(|id| out.who(&id)), &number) {
            (Some(Ref::Person(person)), _) => person,
            (Some(Ref::Group(group)), _) => {
                if let Some(name) = name {
                    out.database.group_names.insert(group, Foreign::new(name));
                }
                return;
            }
            (Some(Ref::Nobody), _) => return,
            (None, Some(number)) => out.by_written_number(number),
            (None, None) => return,
        };
        let person = out.entry(person, name, number);
        let person = out.person(person);
        person.on_whatsapp |= on_whatsapp;
        if let Some(own) = own {
            person.push_name.get_or_insert(Foreign::new(own));
        }
    })?;
    if schema.has("wa_vnames") {
        let sql = schema.select("wa_vnames", &["jid", "verified_name"], 1)?;
        each(connection, &sql, |row| {
            let (Ok(Some(id)), Ok(name)) = (text(row, 0), text(row, 1)) else {
                return out.reject("wa_vnames", row);
            };
            if let Some(id) = jid::parse(&id)
                && let Ref::Person(person) = out.who(&id)
            {
                business(out.person(person), name);
            }
        })?;
    }
    if !out.people().iter().any(|p| p.saved_name.is_some()) {
        problems.push(Problem::new(Code::NamesAbsent));
    }
    Ok(())
}

/// Notes that WhatsApp has checked somebody as a business.
pub(super) fn business(person: &mut Person, name: Option<String>) {
    person.business = true;
    person.on_whatsapp = true;
    if let Some(name) = name.filter(|n| !n.trim().is_empty()) {
        person.push_name.get_or_insert(Foreign::new(name));
    }
}
