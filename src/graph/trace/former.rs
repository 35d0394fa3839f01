//! Who had a number before. Of several accounts that Signal's lists have under
//! one number, the newest list says whose it is now: the others hold it no more.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::identity::SignalAci;
use crate::model::phone::SameNumber;
use crate::model::{Foreign, Moment, NameKey, Phone};

use super::{TraceKind, Traces};

/// An account as a list of Signal's has it.
struct Listed {
    trace: usize,
    aci: SignalAci,
    phone: Phone,
    at: Option<Moment>,
    name: Option<NameKey>,
}

impl Traces<'_> {
    /// Takes numbers from those who hold them no more, and notes that they did.
    pub(super) fn give_up(&mut self) {
        let mut lists: BTreeMap<SameNumber, Vec<Listed>> = BTreeMap::new();
        for (trace, held) in self.all.iter().enumerate() {
            let TraceKind::Signal { person, export } = held.kind else { continue };
            if let (Some(aci), Some(phone)) = (person.aci.clone(), person.phone.clone()) {
                let name = person.saved_name.as_ref().map(Foreign::key);
                let one = Listed { trace, aci, phone, at: export.at, name };
                lists.entry(one.phone.same()).or_default().push(one);
            }
        }
        for list in lists.into_values().filter(|list| list.len() > 1) {
            let newest = list.iter().map(|one| one.at).max();
            let now = list.iter().filter(|one| Some(one.at) == newest);
            let accounts: BTreeSet<&SignalAci> = now.map(|one| &one.aci).collect();
            // Of one age, no list says more than another.
            if accounts.len() > 1 {
                continue;
            }
            let names: BTreeSet<&NameKey> = list
                .iter()
                .filter(|one| accounts.contains(&one.aci))
                .filter_map(|o| o.name.as_ref())
                .collect();
            // Whoever registers anew gets another account under the same name.
            let same = |one: &&Listed| one.name.as_ref().is_some_and(|name| names.contains(name));
            for one in list.iter().filter(|one| !accounts.contains(&one.aci) && !same(one)) {
                let held = &mut self.all[one.trace].phones;
                *held = held.iter().filter(|phone| **phone != one.phone).cloned().collect();
                self.former.push((one.trace, one.phone.clone()));
            }
        }
    }
}
