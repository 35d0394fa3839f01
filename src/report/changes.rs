//! What changed since another run: only people known in both are compared,
//! those new to the graph are told apart.

use serde::Serialize;

use crate::check::Checked;
use crate::graph::Ledger;
use crate::model::run::{Counts, Run, Snapshot};
use crate::model::{Channel, Foreign, State};

use super::scope::Count;
use super::view::RunId;

/// Somebody who changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Person {
    /// The contact's id.
    pub id: String,
    /// The name to show.
    pub name: Option<Foreign>,
    /// The channel that was gained or lost; none for new people.
    pub channel: Option<Channel>,
}

/// Everybody who changed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Changes {
    /// Reachable now, and not before.
    pub gained: Vec<Person>,
    /// Reachable before, and not now.
    pub lost: Vec<Person>,
    /// Not in the graph before.
    pub new_people: Vec<Person>,
}

/// The run that another is compared with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Previous {
    /// Which run.
    pub run: RunId,
    /// How many contacts of it are still known.
    pub contacts: usize,
    /// How many of them could be reached.
    pub reachable: Counts,
}

/// Compares the people of today with a run before.
pub fn compare(people: &[Checked], count: Count, before: &Run, ledger: &Ledger) -> (Previous, Changes) {
    let then = brought_forward(&before.snapshot, ledger);
    let mut changes = Changes::default();
    let mut known = Snapshot::default();
    for person in people.iter().filter(|p| !p.contact.excluded) {
        let id = &person.contact.id;
        let counted = count.includes(person);
        let describe =
            |channel| Person { id: id.as_str().to_owned(), name: person.contact.name.clone(), channel };
        if !then.contacts.contains(id) {
            if counted {
                changes.new_people.push(describe(None));
            }
            continue;
        }
        known.contacts.insert(id.clone());
        let channels_then = then.reachable.get(id);
        if let Some(channels) = channels_then {
            known.reachable.insert(id.clone(), channels.clone());
        }
        if !counted {
            continue;
        }
        let now = Channel::ALL.into_iter().find(|channel| person.is_on(*channel));
        match (channels_then.and_then(|c| c.first().copied()), now) {
            (None, Some(channel)) => changes.gained.push(describe(Some(channel))),
            // What merely grew old is not lost: they may well still be there.
            (Some(channel), None) if person.verdicts.get(channel).state != State::Likely => {
                changes.lost.push(describe(Some(channel)));
            }
            _ => {}
        }
    }
    let previous = Previous {
        run: RunId { id: before.id, at: before.at },
        contacts: known.contacts.len(),
        reachable: known.counts(),
    };
    for list in [&mut changes.gained, &mut changes.lost, &mut changes.new_people] {
        list.sort_by(|a, b| (a.name.is_none(), &a.name, &a.id).cmp(&(b.name.is_none(), &b.name, &b.id)));
    }
    (previous, changes)
}

/// A snapshot under the ids of today: contacts may have been joined since.
fn brought_forward(snapshot: &Snapshot, ledger: &Ledger) -> Snapshot {
    let mut today = Snapshot::default();
    for id in &snapshot.contacts {
        today.contacts.insert(ledger.current(id).clone());
    }
    for (id, channels) in &snapshot.reachable {
        today.reachable.entry(ledger.current(id).clone()).or_default().extend(channels);
    }
    today
}
