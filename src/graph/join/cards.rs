//! The same card again: an address book that is exported once more, or holds an
//! entry twice. What no number or address of its own joins is one person where
//! everything on both cards is equal; where only the name and a line are, they
//! may be father and son.

use std::collections::BTreeMap;

use super::Joiner;
use crate::model::contact::Why;
use crate::model::identity::{Address, Email};
use crate::model::phone::Line;
use crate::model::{Foreign, NameKey, Phone};

/// All that a card says of somebody.
type Said<'a> = (&'a NameKey, &'a [Phone], Vec<&'a Foreign>, &'a [Email], &'a [Address]);

impl Joiner<'_> {
    /// Joins cards that are equal in everything.
    pub(super) fn by_card(&mut self) {
        let (traces, names) = (self.traces, self.names);
        let mut again: BTreeMap<Said<'_>, Vec<usize>> = BTreeMap::new();
        for (index, (trace, name)) in traces.iter().zip(names).enumerate() {
            // WhatsApp's account is joined as such.
            if let (Some(name), true) = (name, trace.is_own_card() && trace.lids.is_empty())
                && !name.is_empty()
            {
                let unplaced = trace.unplaced.iter().map(|(written, _)| written).collect();
                let said = (name, &*trace.phones, unplaced, &*trace.emails, &*trace.accounts);
                again.entry(said).or_default().push(index);
            }
        }
        for ((_, phones, _, emails, accounts), mut same) in again {
            let shareable = || phones.iter().all(|phone| phone.line() == Line::Fixed);
            if same.len() > 1 && emails.is_empty() && accounts.is_empty() && shareable() {
                same.sort_by(|a, b| traces[*a].locator.cmp(&traces[*b].locator));
                let on = traces[same[0]].saved_name.clone().unwrap_or_default();
                self.unite(&same, Why::SameCard, on);
            }
        }
    }
}
