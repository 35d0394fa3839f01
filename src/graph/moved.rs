//! Groups whose members are together on another network already.
//!
//! Titles are free to choose, so people decide: how many of a WhatsApp group
//! are in one group there. That is told as it is. Where it is more than half of
//! the one, and no small part of the other, the group has probably moved: a
//! hint about the rest of it, who may have moved along under accounts of which
//! nothing is known.

use std::collections::{BTreeSet, HashMap};

use crate::model::contact::{Elsewhere, Said, Statement};
use crate::model::finding::{MemberState, SignalExport, SignalList};
use crate::model::identity::Address;
use crate::model::{Channel, Contact, Finding, Foreign, Group, Locator, Moment};

use super::Source;

/// One person in two groups is no group.
const FEWEST: usize = 2;
/// Two are together in many a group: that one of these is the other, more have to
/// say.
const FEWEST_MOVED: usize = 3;

/// A group on another network.
#[derive(Clone, Debug)]
pub struct Gathering {
    /// On which one.
    pub channel: Channel,
    /// Its title.
    pub title: Option<Foreign>,
    /// Who of the contacts is in it.
    pub members: BTreeSet<usize>,
    /// How many others are in it, but for the user.
    pub others: usize,
    /// What tells of it.
    pub locator: Locator,
    /// When that was so.
    pub at: Option<Moment>,
}

/// Finds for each group the one on Signal in which most of its members are, and
/// notes what follows for the rest.
pub(super) fn find(sources: &[Source], groups: &mut [Group], contacts: &mut [Contact]) {
    for (contact, gathering) in settle(groups, &on_signal(sources, contacts)) {
        let what = Said::GroupMoved(gathering.channel);
        let hint = Statement { what, locator: gathering.locator, at: gathering.at };
        let statements = &mut contacts[contact].statements;
        if !statements.contains(&hint) {
            statements.push(hint);
            statements.sort_by(|a, b| (b.at, &a.locator).cmp(&(a.at, &b.locator)));
        }
    }
}

/// Notes for each group where most of its members are together, and gives those
/// who are not there though the group has probably moved, with where that is.
pub fn settle(groups: &mut [Group], gatherings: &[Gathering]) -> Vec<(usize, Gathering)> {
    let mut rest: Vec<(usize, Gathering)> = Vec::new();
    for group in groups.iter_mut().filter(|_| !gatherings.is_empty()) {
        let there = group.members.iter().filter(|(_, state)| **state == MemberState::In);
        let there: BTreeSet<usize> = there.map(|(contact, _)| *contact).collect();
        for channel in Channel::ALL {
            let same = |gathering: &&Gathering| same_title(gathering, group);
            let best = gatherings
                .iter()
                .filter(|gathering| gathering.channel == channel)
                .map(|gathering| (there.intersection(&gathering.members).count(), gathering))
                .filter(|(shared, _)| *shared >= FEWEST && 3 * shared >= there.len())
                .max_by_key(|(shared, g)| (*shared, same(g), std::cmp::Reverse((size(g), &g.locator))));
            let Some((shared, gathering)) = best else { continue };
            // A small circle within a large group there has not moved into it.
            let moved = shared >= FEWEST_MOVED
                && 2 * shared > there.len()
                && (2 * shared >= size(gathering) || same(&gathering));
            if moved {
                let others = there.difference(&gathering.members);
                rest.extend(others.map(|contact| (*contact, gathering.clone())));
            }
            group.elsewhere.push(Elsewhere {
                channel,
                title: gathering.title.clone(),
                shared,
                members: there.len(),
                moved,
            });
        }
    }
    rest
}

fn size(gathering: &Gathering) -> usize {
    gathering.members.len() + gathering.others
}

fn same_title(gathering: &Gathering, group: &Group) -> bool {
    let key = |title: &Foreign| title.key().to_lowercase();
    gathering.title.as_ref().is_some_and(|title| key(title) == key(&group.title))
}

/// The groups of the newest of the user's exports.
fn on_signal(sources: &[Source], contacts: &[Contact]) -> Vec<Gathering> {
    let exports = sources.iter().filter_map(|source| match &source.finding {
        Finding::Signal(export) => Some((&source.path, &**export)),
        _ => None,
    });
    // Not every list of Signal's tells of groups.
    let exports = exports.filter(|(_, export)| !export.groups.is_empty());
    let newest: Option<(&Foreign, &SignalExport)> = exports.max_by_key(|(path, export)| (export.at, *path));
    let Some((path, export)) = newest else { return Vec::new() };
    let mut holders: HashMap<&str, usize> = HashMap::new();
    for (place, contact) in contacts.iter().enumerate() {
        for address in &contact.addresses {
            if let Address::SignalAci(aci) = address {
                holders.insert(aci.as_str(), place);
            }
        }
    }
    let gathering = |group: &crate::model::finding::SignalGroup| {
        let members: BTreeSet<usize> =
            group.members.iter().filter_map(|aci| holders.get(aci.as_str()).copied()).collect();
        let unknown =
            group.members.len() - members.len() + usize::try_from(group.others).unwrap_or(usize::MAX);
        Gathering {
            channel: Channel::Signal,
            title: group.title.clone(),
            members,
            others: unknown.saturating_sub(1),
            locator: Locator {
                path: path.clone(),
                // Only a file has lines where one can look.
                line: (export.list == SignalList::Export).then_some(group.line),
            },
            at: export.at,
        }
    };
    // The same people under the same title once more are no other group.
    let mut seen: BTreeSet<(Option<Foreign>, BTreeSet<usize>)> = BTreeSet::new();
    let all = export.groups.iter().map(gathering);
    all.filter(|g| seen.insert((g.title.clone(), g.members.clone()))).collect()
}

#[cfg(test)]
mod tests {
    use super::super::{Decisions, Graph, Ledger, derive};
    use super::*;
    use crate::model::ContactId;
    use crate::model::finding::{SignalAccount, SignalGroup, SignalPerson};
    use crate::model::identity::SignalAci;
    use crate::model::{Kind, Phone};
    use crate::read;
    use crate::read::whatsapp::chat::Options;

    fn aci(person: u8) -> SignalAci {
        SignalAci::from_bytes(&[person; 16]).unwrap()
    }

    /// A WhatsApp group of people 1 to `members`, and Signal groups of these.
    fn graph(members: u8, signal: &[(&str, &[u8], u64)]) -> Graph {
        let number = |n: u8| format!("+336399801{n:02}");
        let mut text =
            String::from("01/01/2021, 10:00 - Me created group \"Famille\"\n01/01/2021, 10:00 - Me: hi\n");
        for n in 1..=members {
            text.push_str(&format!("01/01/2021, 10:{n:02} - {}: hi\n", number(n)));
        }
        let people = (1..=9).map(|n| SignalPerson {
            line: u64::from(n),
            aci: Some(aci(n)),
            phone: Phone::parse(&number(n), None).ok(),
            ..SignalPerson::default()
        });
        let groups = signal.iter().zip(50..).map(|((title, members, others), line)| SignalGroup {
            line,
            title: Some(Foreign::from(*title)),
            members: members.iter().map(|n| aci(*n)).collect(),
            others: *others,
            last_said: None,
        });
        let export = SignalExport {
            at: Moment::parse("2021-01-24T18:00:00Z"),
            account: SignalAccount::default(),
            people: people.collect(),
            groups: groups.collect(),
            ..SignalExport::default()
        };
        let options = Options { today: jiff::civil::date(2021, 1, 31), siblings: None, date_order: None };
        let name = "WhatsApp Chat with Famille.txt";
        let reading = read::read(Kind::WhatsappChat, &text.into_bytes(), name, &options).unwrap();
        let sources = [
            Source { path: Foreign::from(name), finding: reading.finding.unwrap() },
            Source { path: Foreign::from("main.jsonl"), finding: Finding::Signal(export.into()) },
        ];
        let decisions = Decisions { me: vec![Foreign::from("Me")], ..Decisions::default() };
        let mut next = 0_u64;
        let mut fresh = || {
            next += 1;
            ContactId::from_random(next.to_be_bytes())
        };
        derive(&sources, &decisions, &mut Ledger::default(), &mut fresh)
    }

    fn elsewhere(graph: &Graph) -> Vec<(&str, usize, usize, bool)> {
        let one = |e: &'_ Elsewhere| (e.shared, e.members, e.moved);
        let all = graph.groups[0].elsewhere.iter();
        all.map(|e| (e.title.as_ref().map_or("", Foreign::raw), one(e)))
            .map(|(t, (s, m, v))| (t, s, m, v))
            .collect()
    }

    /// The lines of the statements that hint at a move, with whom they are about.
    fn hinted(graph: &Graph) -> Vec<(&str, Option<u64>)> {
        let said = |contact: &'_ Contact| {
            let hint = contact.statements.iter().find(|s| s.what == Said::GroupMoved(Channel::Signal));
            hint.map(|hint| hint.locator.line)
        };
        let all = graph.contacts.iter();
        let mut all: Vec<_> = all.filter_map(|c| Some((c.phones.first()?.as_str(), said(c)?))).collect();
        all.sort_unstable();
        all
    }

    #[test]
    fn most_of_a_group_in_one_there_is_a_group_that_moved() {
        let graph = graph(9, &[("Other", &[1, 2], 1), ("La famille", &[1, 2, 3, 4, 5, 6], 1)]);
        assert_eq!(elsewhere(&graph), [("La famille", 6, 9, true)]);
        let rest = ["+33639980107", "+33639980108", "+33639980109"].map(|n| (n, Some(51)));
        assert_eq!(hinted(&graph), rest);
    }

    #[test]
    fn less_is_told_and_hints_at_nothing() {
        let half = graph(8, &[("La famille", &[1, 2, 3, 4], 1)]);
        assert_eq!((elsewhere(&half), hinted(&half)), (vec![("La famille", 4, 8, false)], vec![]));
        let one = graph(3, &[("La famille", &[1, 9], 1)]);
        assert_eq!((elsewhere(&one), hinted(&one)), (vec![], vec![]));
        let few = graph(9, &[("La famille", &[1, 2], 1)]);
        assert_eq!(elsewhere(&few), []);
    }

    #[test]
    fn a_circle_within_a_crowd_has_not_moved_into_it_unless_it_is_called_the_same() {
        let crowd = graph(4, &[("Town", &[1, 2, 3], 300)]);
        assert_eq!((elsewhere(&crowd), hinted(&crowd)), (vec![("Town", 3, 4, false)], vec![]));
        let same = graph(4, &[("FAMILLE", &[1, 2, 3], 300)]);
        assert_eq!(elsewhere(&same), [("FAMILLE", 3, 4, true)]);
        assert_eq!(hinted(&same).len(), 1);
    }

    #[test]
    fn two_in_common_are_told_and_are_no_group_that_moved() {
        let two = graph(2, &[("Famille", &[1, 2], 0)]);
        assert_eq!((elsewhere(&two), hinted(&two)), (vec![("Famille", 2, 2, false)], vec![]));
        let of_three = graph(3, &[("Famille", &[1, 2], 0)]);
        assert_eq!((elsewhere(&of_three), hinted(&of_three)), (vec![("Famille", 2, 3, false)], vec![]));
        let three = graph(3, &[("Famille", &[1, 2, 3], 0)]);
        assert_eq!(elsewhere(&three), [("Famille", 3, 3, true)]);
    }
}
