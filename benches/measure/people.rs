//! Contacts for the benchmarks: whoever is in WhatsApp, saved, and in the circle, with
//! nothing else known; each benchmark adds what it is about.

use std::collections::{BTreeMap, BTreeSet};

use transhume::model::contact::Direct;
use transhume::model::{Contact, ContactId, Few, Foreign, Scope};

/// Somebody of that number and name, with whom so many messages were exchanged.
pub fn contact(number: usize, name: &str, messages: u64) -> Contact {
    let name = Foreign::new(name);
    Contact {
        id: ContactId::from_random((number as u64).to_be_bytes()),
        name: Some(name.clone()),
        names: vec![name],
        phones: Few::default(),
        emails: Few::default(),
        addresses: Few::default(),
        lids: Few::default(),
        groups: BTreeSet::new(),
        messages,
        months: BTreeMap::new(),
        last_message: None,
        direct: Direct { mine: messages / 2, theirs: messages - messages / 2 },
        scope: Scope::Circle,
        saved: true,
        entries: Few::default(),
        statements: Vec::new(),
        used: BTreeMap::new(),
        reasons: Vec::new(),
        language: None,
        formal: None,
        excluded: false,
        denied: Few::default(),
        invited: Vec::new(),
    }
}
