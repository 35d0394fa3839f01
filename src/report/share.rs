//! A report to be shown to others: the same numbers, without anybody's name, number
//! or address, and without the title of a group. All renderers are handed what this
//! makes, so that none of them can forget anything.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use crate::check::Checked;
use crate::graph::Ledger;
use crate::model::channel::PerChannel;
use crate::model::contact::{Elsewhere, Group};
use crate::model::few::Few;
use crate::model::finding::MemberState;
use crate::model::run::{Run, Snapshot};
use crate::model::verdict::Verdict;
use crate::model::{Code, Contact, ContactId, Foreign, Problem};
use crate::plan::holds::Hold;
use crate::plan::{GroupPlan, Holds, Place, Plan, Reason, Unlock};
use crate::words::{Words, key};

use super::changes::Person;
use super::view::{self, Disclosed, ProblemView, Report};

/// A group of fewer members could be told from others by their number.
const FEWEST: usize = 5;

/// What may be shown to others.
#[derive(Debug)]
pub struct Shared {
    /// The report.
    pub report: Report,
    /// People without anything by which they could be known. Their places are those
    /// of before.
    pub people: Vec<Checked>,
    /// Their groups; small ones are one, which is the last.
    pub groups: Vec<Group>,
    /// Where each group of before stands by itself; none where it is a small one.
    places: Vec<Option<usize>>,
    /// Under which id each contact of before stands.
    ids: HashMap<ContactId, ContactId>,
}

impl Shared {
    /// Runs with the people of today under the ids that they have here, so that they can
    /// be counted; `ledger` knows by which ids they went then.
    pub fn runs(&self, runs: &[Run], ledger: &Ledger) -> Vec<Run> {
        let id = |then: &ContactId| self.ids.get(ledger.current(then)).cloned();
        let run = |run: &Run| {
            let mut snapshot = Snapshot::default();
            snapshot.contacts.extend(run.snapshot.contacts.iter().filter_map(id));
            for (then, channels) in &run.snapshot.reachable {
                if let Some(id) = id(then) {
                    snapshot.reachable.entry(id).or_default().extend(channels);
                }
            }
            Run { id: run.id, at: run.at, command: run.command.clone(), snapshot }
        };
        runs.iter().map(run).collect()
    }

    /// A plan for all that this was made of, as far as it can be shown: nothing in it
    /// is about a small group.
    pub fn plan(&self, plan: &Plan) -> Plan {
        let at = |group: usize| self.places.get(group).copied().flatten();
        let unlock = |unlock: &Unlock| Some(Unlock { group: at(unlock.group)?, ..*unlock });
        let reason = |reason: &Reason| match reason {
            Reason::Brings(brings) => unlock(brings).map(Reason::Brings),
            other => Some(other.clone()),
        };
        let place = |place: &Place| Place {
            reasons: place.reasons.iter().filter_map(reason).collect(),
            unlocks: place.unlocks.iter().filter_map(unlock).collect(),
            ..place.clone()
        };
        let hold = |hold: &Hold| Some(Hold { at: at(hold.at)?, ..*hold });
        let group = |group: &GroupPlan| {
            let next = |(contact, brings): (usize, Unlock)| Some((contact, unlock(&brings)?));
            Some(GroupPlan { group: at(group.group)?, next: group.next.and_then(next), ..group.clone() })
        };
        Plan {
            places: plan.places.iter().map(place).collect(),
            groups: plan.groups.iter().filter_map(group).collect(),
            holds: Holds {
                groups: plan.holds.groups.iter().filter_map(hold).collect(),
                ..plan.holds.clone()
            },
            group_ids: (0..self.groups.len()).map(|at| numbered(at, self.groups.len())).collect(),
            ..plan.clone()
        }
    }
}

/// Takes out of a report, and of what it was built from, what is nobody else's
/// business. `problems` are those that the report tells of.
pub fn share(
    report: &Report,
    people: &[Checked],
    groups: &[Group],
    problems: &[Problem],
    words: &Words,
) -> Shared {
    let (groups, own, places) = together(groups, words);
    let name = |place: usize| {
        let nth = numbered(place, people.len());
        Foreign::new(words.say_with(key::REPORT_SHARED_PERSON, &[("nth", nth.as_str().into())]))
    };
    let id = |place: usize| ContactId::known(numbered(place, people.len()));
    let anybody = |(place, person): (usize, &Checked)| Checked {
        contact: contact(&person.contact, id(place), name(place), &places),
        evidence: Vec::new(),
        verdicts: Arc::new(PerChannel::from_fn(|channel| {
            let verdict = person.verdicts.get(channel);
            Verdict { state: verdict.state, grade: verdict.grade, address: None, since: None }
        })),
    };
    let shared: Vec<Checked> = people.iter().enumerate().map(anybody).collect();
    let by_id: HashMap<&str, usize> =
        people.iter().enumerate().map(|(place, person)| (person.contact.id.as_str(), place)).collect();
    let renamed = |all: &[Person]| -> Vec<Person> {
        let one = |person: &Person| {
            let place = by_id.get(person.id.as_str()).copied();
            Person {
                id: place.map(id).map_or_else(String::new, |id| id.as_str().to_owned()),
                name: place.map(name),
                channel: person.channel,
            }
        };
        let mut all: Vec<Person> = all.iter().map(one).collect();
        // In the order of before they would be in that of their names.
        all.sort_by(|a, b| a.id.cmp(&b.id));
        all
    };
    let mut told = report.clone();
    told.shared = true;
    told.groups = view::groups(&groups, &shared);
    told.changes.gained = renamed(&report.changes.gained);
    told.changes.lost = renamed(&report.changes.lost);
    told.changes.new_people = renamed(&report.changes.new_people);
    told.disclosed = disclosed(&report.disclosed, words);
    told.problems = problems.iter().map(|problem| ProblemView::new(words, &placeless(problem))).collect();
    let ids = people.iter().zip(&shared).map(|(one, other)| (&one.contact.id, &other.contact.id));
    let ids = ids.map(|(one, other)| (one.clone(), other.clone())).collect();
    Shared { report: told, people: shared, groups, places: own, ids }
}

/// `007` of 250: in the order of their ids, which are random.
fn numbered(place: usize, all: usize) -> String {
    let width = all.to_string().len();
    format!("{:0width$}", place + 1)
}

/// A contact of whom only numbers are left.
fn contact(contact: &Contact, id: ContactId, name: Foreign, groups: &[Option<usize>]) -> Contact {
    Contact {
        id,
        names: vec![name.clone()],
        name: Some(name),
        groups: contact.groups.iter().filter_map(|at| groups.get(*at).copied().flatten()).collect(),
        // What nobody could be known by. Each field is named here, so that a new one
        // is thought of.
        messages: contact.messages,
        months: contact.months.clone(),
        direct: contact.direct,
        scope: contact.scope,
        saved: contact.saved,
        excluded: contact.excluded,
        invited: contact.invited.clone(),
        phones: Few::default(),
        emails: Few::default(),
        addresses: Few::default(),
        lids: Few::default(),
        last_message: None,
        entries: Few::default(),
        statements: Vec::new(),
        used: BTreeMap::new(),
        reasons: Vec::new(),
        language: None,
        formal: None,
        denied: Few::default(),
    }
}

/// Groups under numbers, the largest first, small ones as one; where each of before
/// stands by itself; and where it stands at all: where even together they are few, small
/// ones are left out.
fn together(groups: &[Group], words: &Words) -> (Vec<Group>, Vec<Option<usize>>, Vec<Option<usize>>) {
    let there = |group: &Group| group.members.values().filter(|state| **state == MemberState::In).count();
    let mut large: Vec<usize> = (0..groups.len()).filter(|at| there(&groups[*at]) >= FEWEST).collect();
    large.sort_by_key(|at| std::cmp::Reverse(there(&groups[*at])));
    let mut places = vec![None; groups.len()];
    let mut shared = Vec::new();
    for (nth, at) in large.iter().enumerate() {
        places[*at] = Some(nth);
        let number = numbered(nth, large.len());
        let title = words.say_with(key::REPORT_SHARED_GROUP, &[("nth", number.as_str().into())]);
        let elsewhere = |there: &Elsewhere| Elsewhere { title: None, ..there.clone() };
        shared.push(Group {
            title: Foreign::new(title),
            elsewhere: groups[*at].elsewhere.iter().map(elsewhere).collect(),
            ..groups[*at].clone()
        });
    }
    let small: Vec<usize> = (0..groups.len()).filter(|at| there(&groups[*at]) < FEWEST).collect();
    let one = one(small.iter().map(|at| &groups[*at]), words);
    let own = places.clone();
    if there(&one) >= FEWEST {
        for at in small {
            places[at] = Some(shared.len());
        }
        shared.push(one);
    }
    (shared, own, places)
}

/// Groups as one: whoever is in any of them is in it.
fn one<'a>(small: impl ExactSizeIterator<Item = &'a Group>, words: &Words) -> Group {
    let title = words.say_with(key::REPORT_SHARED_SMALL, &[("count", small.len().into())]);
    let mut together = Group {
        title: Foreign::new(title),
        members: BTreeMap::new(),
        members_complete: true,
        admins: BTreeSet::new(),
        messages: 0,
        months: BTreeMap::new(),
        elsewhere: Vec::new(),
    };
    for group in small {
        for (member, state) in &group.members {
            let known = together.members.entry(*member).or_insert(*state);
            if *state == MemberState::In {
                *known = *state;
            }
        }
        together.members_complete &= group.members_complete;
        together.messages += group.messages;
        for (month, messages) in &group.months {
            *together.months.entry(*month).or_default() += messages;
        }
    }
    together
}

/// How much left this computer, and not to whom: a server can be somebody's own.
fn disclosed(all: &[Disclosed], words: &Words) -> Vec<Disclosed> {
    if all.is_empty() {
        return Vec::new();
    }
    let sum = |of: fn(&Disclosed) -> u64| all.iter().map(of).sum();
    let host = words.say_with(key::REPORT_SHARED_HOSTS, &[("count", all.len().into())]);
    vec![Disclosed {
        host: Some(Foreign::new(host)),
        hashed: sum(|one| one.hashed),
        plain: sum(|one| one.plain),
    }]
}

/// A problem of which nothing tells where it was, or quotes what stood there.
fn placeless(problem: &Problem) -> Problem {
    let is_region = matches!(problem.code, Code::RegionOfAddressBook | Code::RegionOfOwnNumber);
    let quote = problem.quote.clone().filter(|_| is_region);
    Problem { path: None, line: None, quote, ..problem.clone() }
}

#[cfg(test)]
mod tests {
    use super::super::changes::compare;
    use super::super::sample;
    use super::super::scope::Count;
    use super::*;
    use crate::words::Language;

    /// A group of the first so many.
    fn of(title: &str, members: usize) -> Group {
        let members = (0..members).map(|member| (member, MemberState::In)).collect();
        Group { members, ..sample::group(title) }
    }

    fn shared(groups: &[Group]) -> Shared {
        let (people, words) = (sample::people(), Words::new(Language::En));
        share(&sample::report(&people, &["Famille"], &words), &people, groups, &[], &words)
    }

    fn titles(shared: &Shared) -> Vec<(String, usize)> {
        shared.report.groups.iter().map(|group| (group.title.raw().to_owned(), group.members)).collect()
    }

    #[test]
    fn small_groups_are_one_or_none() {
        let told = |sizes: &[usize]| {
            let groups: Vec<Group> = sizes.iter().map(|size| of("Famille", *size)).collect();
            titles(&shared(&groups))
        };
        let named = |title: &str, members| (title.to_owned(), members);
        assert_eq!(told(&[4, 7, 5]), [named("Group 1", 7), named("Group 2", 5)], "four are too few");
        let mut other = of("Amis", 0);
        other.members = (3..7).map(|member| (member, MemberState::In)).collect();
        let both = shared(&[of("Famille", 4), other, of("Tous", 8)]);
        assert_eq!(titles(&both), [named("Group 1", 8), named("2 small groups together", 7)]);
        // Whoever is in a small one is in the one that they make.
        let groups = |at: usize| both.people[at].contact.groups.len();
        assert_eq!(both.groups[1].members.len(), 7);
        assert_eq!(
            (groups(0), both.places),
            (0, vec![None, None, Some(0)]),
            "nobody said that they were in any"
        );
    }

    #[test]
    fn runs_count_the_same_people() {
        let people = sample::people();
        let report = sample::report(&people, &[], &Words::new(Language::En));
        let ids = |all: &[usize]| all.iter().map(|at| people[*at].contact.id.clone()).collect::<Vec<_>>();
        let mut snapshot =
            Snapshot { contacts: ids(&[0, 1, 2, 3]).into_iter().collect(), ..Snapshot::default() };
        snapshot.contacts.insert(ContactId::known("gone"));
        snapshot.reachable.insert(people[3].contact.id.clone(), [crate::model::Channel::Signal].into());
        let run = Run { id: Some(1), at: report.run.at, command: "import".to_owned(), snapshot };
        let ledger = Ledger::default();
        let shared = shared(&[]);
        let runs = shared.runs(std::slice::from_ref(&run), &ledger);
        let open = compare(&people, Count::Circle, &run, &ledger).0;
        assert_eq!(compare(&shared.people, Count::Circle, &runs[0], &ledger).0, open);
        assert_eq!((open.contacts, open.reachable.any), (4, 1));
    }
}
