//! What changed since another run: only people known in both are compared,
//! those new to the graph are told apart.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::check::Checked;
use crate::graph::Ledger;
use crate::model::run::{Counts, Run, Snapshot};
use crate::model::{Channel, ContactId, Foreign, State};

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

/// What changed from one run to another (`transhume.runs-diff/1`), by what was
/// known at the end of each. The one to start from may be the later one.
#[derive(Clone, Debug, Serialize)]
pub struct RunsDiff {
    schema: &'static str,
    /// The run to start from.
    pub from: RunId,
    /// The run to end with.
    pub to: RunId,
    /// How many could be reached then, of all.
    pub before: Counts,
    /// How many could be reached in the end.
    pub after: Counts,
    /// Known in both, and reachable in the second alone.
    pub gained: Vec<Person>,
    /// Known in both, and reachable in the first alone.
    pub lost: Vec<Person>,
    /// Not in the graph of the first.
    pub new_people: Vec<Person>,
    /// Not in the graph of the second any more.
    pub gone: Vec<Person>,
}

impl RunsDiff {
    /// Compares two runs. People are named as they are called today; whoever is not
    /// known any more has no name.
    pub fn new(from: &Run, to: &Run, people: &[Checked], ledger: &Ledger) -> RunsDiff {
        let [before, after] = [from, to].map(|run| brought_forward(&run.snapshot, ledger));
        let names: BTreeMap<&ContactId, Option<&Foreign>> =
            people.iter().map(|p| (&p.contact.id, p.contact.name.as_ref())).collect();
        let person = |id: &ContactId, channel| Person {
            id: id.as_str().to_owned(),
            name: names.get(id).copied().flatten().cloned(),
            channel,
        };
        let first = |of: &Snapshot, id: &ContactId| of.reachable.get(id).and_then(|on| on.first().copied());
        // Whoever could be reached in the one and not in the other, known in both.
        let only = |one: &Snapshot, other: &Snapshot| {
            let reachable = one.reachable.keys().filter(|id| other.contacts.contains(*id));
            let only = reachable.filter(|id| !other.reachable.contains_key(*id));
            in_order(only.map(|id| person(id, first(one, id))).collect())
        };
        let apart = |one: &Snapshot, other: &Snapshot| {
            in_order(one.contacts.difference(&other.contacts).map(|id| person(id, None)).collect())
        };
        RunsDiff {
            schema: "transhume.runs-diff/1",
            from: RunId { id: from.id, at: from.at },
            to: RunId { id: to.id, at: to.at },
            before: before.counts(),
            after: after.counts(),
            gained: only(&after, &before),
            lost: only(&before, &after),
            new_people: apart(&after, &before),
            gone: apart(&before, &after),
        }
    }
}

/// People by name, those without one last.
fn in_order(mut people: Vec<Person>) -> Vec<Person> {
    people.sort_by(|a, b| (a.name.is_none(), &a.name, &a.id).cmp(&(b.name.is_none(), &b.name, &b.id)));
    people
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
    let changes = Changes {
        gained: in_order(changes.gained),
        lost: in_order(changes.lost),
        new_people: in_order(changes.new_people),
    };
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
