//! A row of a table becomes a card.

use std::collections::BTreeMap;

use super::columns::{Field, NamePart};
use super::damage::{self, Damaged};
use crate::model::finding::Card;
use crate::read::addressbook::fields;
use crate::read::addressbook::networks::{self, Service};
use crate::read::addressbook::notes;

/// What stands between the values of one cell, as Google writes it.
const SEPARATOR: &str = " ::: ";

/// The cells of one row that are not empty.
#[derive(Default)]
pub struct Row<'a> {
    names: BTreeMap<NamePart, String>,
    fields: BTreeMap<(Field, u32), Entry<'a>>,
    notes: Vec<String>,
}

/// A field with its label or service.
#[derive(Default)]
struct Entry<'a> {
    label: Option<String>,
    /// The column's own name, which labels what bears no other label.
    column: &'a str,
    value: String,
}

impl<'a> Row<'a> {
    /// Takes a part of the name. A column that is there twice counts by its
    /// first cell.
    pub fn name(&mut self, part: NamePart, text: String) {
        self.names.entry(part).or_insert(text);
    }

    /// Takes a value of the numbered field.
    pub fn value(&mut self, field: Field, slot: u32, column: &'a str, text: String) {
        let entry = self.fields.entry((field, slot)).or_default();
        if entry.value.is_empty() {
            entry.value = text;
            entry.column = column;
        } else {
            entry.value = format!("{}{SEPARATOR}{text}", entry.value);
        }
    }

    /// Takes the label of the numbered field; a `service` outdoes a type.
    pub fn label(&mut self, field: Field, slot: u32, service: bool, text: String) {
        let label = &mut self.fields.entry((field, slot)).or_default().label;
        if service || label.is_none() {
            *label = Some(text);
        }
    }

    /// Takes a note.
    pub fn note(&mut self, text: String) {
        self.notes.push(text);
    }

    /// The person or company in this row, if there is one.
    ///
    /// # Errors
    /// [`Damaged`] if a spreadsheet spoilt a number.
    pub fn card(&self, line: u64) -> Result<Option<Card>, Damaged> {
        let mut card = Card { line, ..Card::default() };
        for ((field, _), entry) in &self.fields {
            for (label, value) in entry.pairs() {
                if *field == Field::Phone {
                    damage::look(value)?;
                }
                add(&mut card, *field, label, value);
            }
        }
        let part = |part| self.names.get(&part).map_or("", String::as_str);
        let (first, mut last, mut whole) =
            (part(NamePart::First), part(NamePart::Last), part(NamePart::Whole));
        // Beside a given name, "Name" is the other half of it in German and Dutch.
        if !first.is_empty() && last.is_empty() && !whole.contains(first) {
            (last, whole) = (whole, "");
        }
        let parts = fields::full_name(
            part(NamePart::Prefix),
            first,
            part(NamePart::Middle),
            last,
            part(NamePart::Suffix),
        );
        let company = fields::name(part(NamePart::Company));
        let shown = fields::name(whole);
        // Google repeats the company's name where there is no person's.
        let repeated = parts.is_none() && shown.is_some() && shown == company;
        let nick = || fields::name(part(NamePart::Nick)).or_else(|| fields::name(part(NamePart::FileAs)));
        let person = shown.or(parts).or_else(nick);
        card.company = repeated || (company.is_some() && (person.is_none() || person == company));
        card.name = person.or(company);
        for note in &self.notes {
            notes::add(&mut card, note);
        }
        Ok((card.name.is_some() || fields::has_identity(&card)).then_some(card))
    }
}

impl Entry<'_> {
    /// Each value with its own label, where there is one for each.
    fn pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        let labels: Vec<&str> = self.label.as_deref().unwrap_or(self.column).split(SEPARATOR).collect();
        let values = self.value.split(SEPARATOR).map(str::trim);
        values.enumerate().filter(|(_, value)| !value.is_empty()).map(move |(at, value)| {
            let own = if labels.len() > 1 { labels.get(at) } else { labels.first() };
            (own.copied().unwrap_or_default(), value)
        })
    }
}

/// Adds one value of a numbered field to the card.
fn add(card: &mut Card, field: Field, label: &str, value: &str) {
    let service = Service::of(label);
    match field {
        Field::Email => {
            if !networks::add_chat(card, service, value) {
                fields::add_email(card, value);
            }
        }
        Field::Phone => {
            // A guard against being taken for a formula is no part of it.
            let value = value.trim_start_matches('\'');
            if !(value.starts_with('@') && networks::add_chat(card, service, value)) {
                fields::add_phone(card, value, None, service == Some(Service::Signal));
            }
        }
        Field::Chat | Field::Site | Field::Custom => {
            networks::add_chat(card, service, value);
        }
    }
}
