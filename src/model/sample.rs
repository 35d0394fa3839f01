//! A contact for the tests of all stages.

use std::collections::{BTreeMap, BTreeSet};

use super::contact::Direct;
use super::{Contact, ContactId, Few, Foreign, Scope};

/// Somebody of the circle with a direct chat, whom nothing can reach.
pub fn contact(id: &str, name: &str) -> Contact {
    Contact {
        id: ContactId::known(id),
        name: (!name.is_empty()).then(|| Foreign::from(name)),
        names: vec![Foreign::from(name)],
        phones: Few::default(),
        emails: Few::default(),
        addresses: Few::default(),
        lids: Few::default(),
        groups: BTreeSet::new(),
        messages: 10,
        months: BTreeMap::new(),
        last_message: None,
        direct: Direct { mine: 5, theirs: 5 },
        scope: Scope::Circle,
        saved: true,
        entries: Few::default(),
        statements: Vec::new(),
        used: BTreeMap::new(),
        reasons: Vec::new(),
        language: None,
        formal: None,
        excluded: false,
        denied: [].into(),
        invited: Vec::new(),
    }
}
