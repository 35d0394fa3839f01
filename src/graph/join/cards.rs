//! The same card again: an address book that is exported once more, or holds an
//! entry twice. What no number or address of its own joins is one person where
//! everything on both cards is equal; where only the name and a line are, they
//! may be father and son.

use foldhash::HashMap;

use super::Joiner;
use crate::model::contact::Why;
use crate::model::phone::Line;
use crate::model::{Foreign, NameKey, Phone};

/// All that a card says of somebody that no e-mail address and no account joins.
type Said<'a> = (&'a NameKey, &'a [Phone], Vec<&'a Foreign>);

impl Joiner<'_> {
    /// Joins cards that are equal in everything.
    pub(super) fn by_card(&mut self) {
        let (traces, names) = (self.traces, self.names);
        let mut again: HashMap<Said<'_>, Vec<usize>> = HashMap::default();
        for (index, (trace, name)) in traces.iter().zip(names).enumerate() {
            // WhatsApp's account is joined as such.
            let joined = !(trace.lids.is_empty() && trace.emails.is_empty() && trace.accounts.is_empty());
            if let (Some(name), true) = (name, trace.is_own_card() && !joined)
                && !name.is_empty()
            {
                let unplaced = trace.unplaced.iter().map(|(written, _)| written).collect();
                again.entry((name, &*trace.phones, unplaced)).or_default().push(index);
            }
        }
        for ((_, phones, _), mut same) in again {
            if same.len() > 1 && phones.iter().all(|phone| phone.line() == Line::Fixed) {
                same.sort_by(|a, b| traces[*a].locator.cmp(&traces[*b].locator));
                let on = traces[same[0]].saved_name.clone().unwrap_or_default();
                self.unite(&same, Why::SameCard, on);
            }
        }
    }
}
