//! The traces of WhatsApp's databases: their people, the numbers that changed,
//! and the rows that give a number to a linked id.

use std::collections::BTreeSet;

use crate::model::database::{self, Database, Part};
use crate::model::identity::WhatsappLid;
use crate::model::phone::{NotPhone, RegionCode};
use crate::model::{Few, Finding, Foreign, Locator, Phone};

use super::super::Source;
use super::super::me::Me;
use super::{Trace, TraceKind, Traces};

impl<'a> Traces<'a> {
    pub(super) fn database(
        &mut self,
        index: usize,
        source: &Source,
        database: &'a Database,
        me: &Me,
        region: Option<RegionCode>,
    ) {
        self.in_database.insert(index, self.all.len());
        // A username stands for a name as WhatsApp shows it.
        let at = |name: &Foreign| Some(Foreign::new(format!("@{}", name.raw())));
        for person in &database.people {
            let mut phones: BTreeSet<Phone> = person.phone.iter().cloned().collect();
            let mut unplaced = Vec::new();
            if let Some(number) = &person.number {
                // Beside WhatsApp's own number, another one is believed only if it
                // needs no country to be guessed.
                match Phone::parse(number.raw(), region.filter(|_| person.phone.is_none())) {
                    Ok(phone) => drop(phones.insert(phone)),
                    Err(why @ (NotPhone::NeedsRegion | NotPhone::OtherRegion)) if phones.is_empty() => {
                        unplaced.push((number.clone(), why));
                    }
                    Err(_) => {}
                }
            }
            let named_me = person.saved_name.as_ref().is_some_and(|n| me.given_names.contains(&n.key()));
            let is_me = named_me
                || phones.iter().any(|p| me.has(p))
                || person.lid.as_ref().is_some_and(|lid| me.lids.contains(lid));
            self.all.push(Trace {
                source: index,
                locator: Locator { path: source.path.clone(), line: None },
                kind: TraceKind::Database { person, book: database.part == Part::Contacts },
                saved_name: person.saved_name.clone(),
                other_name: person.push_name.clone().or_else(|| at(person.username.as_ref()?)),
                phones: phones.into_iter().collect(),
                unplaced,
                emails: Few::default(),
                accounts: Few::default(),
                lids: person.lid.iter().cloned().collect(),
                is_me,
                // Of whom nothing is left that is known was forgotten.
                is_nobody: *person == database::Person::default(),
            });
        }
        for change in &database.number_changes {
            self.change(index, source, change, None, me);
        }
        if !database.number_changes.is_empty() {
            let first = self.in_database[&index];
            for (place, volume) in database.chats.iter().flat_map(|chat| &chat.theirs) {
                let known = self.last.get(&(first + place)).copied();
                self.last.extend(known.max(volume.last).map(|last| (first + place, last)));
            }
        }
    }

    /// The rows that give a number to somebody of whom any source knows the
    /// linked id alone.
    pub(super) fn links(&mut self, sources: &'a [Source]) {
        let databases = || {
            sources.iter().enumerate().filter_map(|(index, source)| match &source.finding {
                Finding::Database(database) => Some((index, source, &**database)),
                _ => None,
            })
        };
        let people = databases().flat_map(|(_, _, database)| &database.people);
        let hidden: BTreeSet<&WhatsappLid> =
            people.filter(|p| p.phone.is_none()).filter_map(|p| p.lid.as_ref()).collect();
        for (index, source, database) in databases() {
            for (lid, phone) in database.linked.iter().filter(|(lid, _)| hidden.contains(lid)) {
                let (phones, lids) = ([phone.clone()].into(), [lid.clone()].into());
                self.tie(index, source, TraceKind::LidMap, phones, lids, false);
            }
        }
    }
}
