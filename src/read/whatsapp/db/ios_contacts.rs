//! `ContactsV2.sqlite`, the address book as WhatsApp on an iPhone sees it, and
//! `LID.sqlite`, which ties linked ids to numbers.

use rusqlite::Connection;

use crate::model::{Code, Phone, Problem};

use super::android::{called, each};
use super::android_contacts::business;
use super::collect::{Collector, Ref};
use super::jid::{self, Id};
use super::table::{BadCell, Fault, Schema, text};

/// The table of `ContactsV2.sqlite`.
pub const CONTACTS: &str = "ZWAADDRESSBOOKCONTACT";
/// The tables of `LID.sqlite`, now and before: with the columns of id and number.
pub const LINKS: [(&str, [&str; 2]); 2] =
    [("ZWAZACCOUNT", ["ZIDENTIFIER", "ZPHONENUMBER"]), ("ZWAPHONENUMBERLIDPAIR", ["ZLID", "ZPHONENUMBER"])];

/// Reads names, numbers and linked ids.
///
/// # Errors
/// A column is missing, or SQLite gives up.
pub fn read(
    connection: &Connection,
    schema: &Schema,
    out: &mut Collector,
    problems: &mut Vec<Problem>,
) -> Result<(), Fault> {
    let columns = [
        "ZWHATSAPPID",
        "ZLID",
        "ZPHONENUMBER",
        "ZFULLNAME",
        "ZGIVENNAME",
        "ZLASTNAME",
        "ZBUSINESSNAME",
        "ZUSERNAME",
    ];
    let sql = schema.select(CONTACTS, &columns, 1)?;
    each(connection, &sql, |row| {
        let cells = || {
            let mut texts = Vec::with_capacity(columns.len());
            for at in 0..columns.len() {
                texts.push(text(row, at)?.filter(|t| !t.trim().is_empty()));
            }
            let [id, lid, number, full, given, last, firm, username]: [Option<String>; 8] =
                texts.try_into().map_err(|_| BadCell)?;
            let id = id.map(|id| jid::parse_person(&id).ok_or(BadCell)).transpose()?;
            let lid = lid.map(|lid| jid::parse_lid(&lid).ok_or(BadCell)).transpose()?;
            let parts: Vec<String> = given.into_iter().chain(last).collect();
            let name = full.or_else(|| (!parts.is_empty()).then(|| parts.join(" ")));
            if id.is_none() && lid.is_none() && number.is_none() {
                return Err(BadCell);
            }
            Ok((id, lid, number, name, firm, username))
        };
        let Ok((id, lid, number, name, firm, username)) = cells() else { return out.reject(CONTACTS, row) };
        let on_whatsapp = id.is_some() || lid.is_some();
        if let (Some(Id::Phone(phone)), Some(lid)) = (&id, &lid) {
            out.link(lid.clone(), phone.clone());
        }
        let person = match (id.or(lid.clone().map(Id::Lid)).map(|id| out.who(&id)), &number) {
            (Some(Ref::Person(person)), _) => person,
            (Some(Ref::Group(_) | Ref::Nobody), _) | (None, None) => return,
            (None, Some(number)) => out.by_written_number(number),
        };
        if let Some(lid) = lid {
            out.person(person).lid.get_or_insert(lid);
        }
        let person = out.entry(person, name, number);
        let person = out.person(person);
        person.on_whatsapp |= on_whatsapp;
        called(person, username);
        if let Some(firm) = firm {
            business(person, Some(firm));
        }
    })?;
    if !out.people().iter().any(|p| p.saved_name.is_some()) {
        problems.push(Problem::new(Code::NamesAbsent));
    }
    Ok(())
}

/// Reads which number belongs to which linked id.
///
/// # Errors
/// A column is missing, or SQLite gives up.
pub fn read_links(connection: &Connection, schema: &Schema, out: &mut Collector) -> Result<(), Fault> {
    for (table, columns) in LINKS.into_iter().filter(|(table, _)| schema.has(table)) {
        let sql = schema.select(table, &columns, 2)?;
        each(connection, &sql, |row| {
            let cells = || Ok::<_, BadCell>((text(row, 0)?.ok_or(BadCell)?, text(row, 1)?));
            let Ok((id, number)) = cells() else { return out.reject(table, row) };
            // An account can also be known by its number alone, or not at all.
            let Some(number) = number.filter(|n| !n.trim().is_empty()) else { return };
            let number = number.trim().trim_start_matches('+');
            let number = number.strip_suffix("@s.whatsapp.net").unwrap_or(number);
            match (jid::parse_lid(&id), Phone::from_digits(number)) {
                (Some(lid), Some(phone)) => out.link(lid, phone),
                (None, _) if jid::parse_person(&id).is_some() => {}
                _ => out.reject(table, row),
            }
        })?;
    }
    Ok(())
}
