//! From WhatsApp's databases to who talked with whom, and to groups whose
//! members are all known.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::database::{Part, Role};
use crate::model::finding::MemberState;
use crate::model::kind::Platform;
use crate::model::{Code, Contact, Finding, Foreign, Problem};

use super::Source;

use super::assemble::{Parts, RawGroup};
use super::person::Person;
use super::rivals::{Talk, Telling, person_in};
use super::trace::Traces;

/// Takes from the databases who talked with whom, and the groups. Gives the
/// place of each group among `groups`.
pub fn read(
    parts: &Parts<'_>,
    people: &mut [Person<'_>],
    groups: &mut Vec<RawGroup>,
) -> BTreeMap<Talk, usize> {
    let mut places = BTreeMap::new();
    for (talk, telling) in &parts.rivals.talks {
        match talk {
            Talk::With(partner, _) => {
                for chat in telling.chats.iter().filter(|_| !telling.set_aside) {
                    people[*partner].exchanged(&chat.mine, true);
                    chat.theirs.values().for_each(|volume| people[*partner].exchanged(volume, false));
                }
            }
            Talk::Group(_) => {
                let group = group(parts, telling, people);
                places.insert(talk.clone(), groups.len());
                groups.push(group);
            }
        }
    }
    places
}

fn group(parts: &Parts<'_>, telling: &Telling<'_>, people: &mut [Person<'_>]) -> RawGroup {
    let who = |source, place| person_in(source, place, parts.traces, parts.joined);
    for chat in telling.chats.iter().filter(|_| !telling.set_aside) {
        for (place, volume) in &chat.theirs {
            if let Some(person) = who(telling.source, *place) {
                people[person].wrote_in_group(volume);
            }
        }
    }
    let mut members: BTreeMap<usize, MemberState> = BTreeMap::new();
    let mut admins = BTreeSet::new();
    if let Some((source, chat)) = telling.members {
        for member in &chat.members {
            let Some(person) = who(source, member.person) else { continue };
            // One person under two ids is in as long as one of them is.
            let state = members.entry(person).or_insert(member.state);
            if member.state == MemberState::In {
                *state = MemberState::In;
                if member.role >= Role::Admin {
                    admins.insert(person);
                }
            }
        }
    }
    RawGroup {
        title: telling.title.clone().unwrap_or_else(|| Foreign::new("")),
        members,
        admins,
        // Where a text is newer, members may have come and gone since.
        members_complete: !telling.set_aside && telling.members.is_some_and(|(_, c)| c.members_complete),
        messages: if telling.set_aside { 0 } else { telling.chats.iter().map(|c| c.messages()).sum() },
        months: if telling.set_aside { BTreeMap::new() } else { telling.months() },
    }
}

/// Whether a database of an iPhone shows the user among the members of groups
/// without telling who of them it is.
pub fn any_shows_the_user(sources: &[Source], traces: &Traces<'_>) -> bool {
    sources.iter().enumerate().any(|(index, source)| {
        let Finding::Database(database) = &source.finding else { return false };
        let first = traces.in_database.get(&index).copied().unwrap_or_default();
        let own = traces.all.iter().skip(first).take(database.people.len()).any(|trace| trace.is_me);
        let members = database.chats.iter().any(|chat| chat.group.is_some() && !chat.members.is_empty());
        database.platform == Platform::Ios && members && !own
    })
}

/// Says of databases without a single name that the names stand elsewhere, where
/// nothing that has them was given.
pub fn names_elsewhere(sources: &[Source]) -> Vec<Problem> {
    let names = |source: &Source| match &source.finding {
        Finding::Database(database) => {
            database.part == Part::Contacts || database.people.iter().any(|p| p.saved_name.is_some())
        }
        Finding::Book(_) | Finding::Signal(_) => true,
        Finding::Chat(_) | Finding::Account(_) => false,
    };
    if sources.iter().any(names) {
        return Vec::new();
    }
    let nameless = |source: &&Source| match &source.finding {
        Finding::Database(database) => database.chats.iter().any(|chat| chat.partner.is_some()),
        _ => false,
    };
    let mut problems: Vec<Problem> = (sources.iter().filter(nameless))
        .map(|source| Problem::new(Code::NamesElsewhere).in_file(source.path.raw()))
        .collect();
    problems.sort_by(|a, b| a.path.cmp(&b.path));
    problems
}

/// Says how many people WhatsApp knows by an id of its own alone, when all that
/// the databases know was laid together.
pub fn numbers_unknown(sources: &[Source], contacts: &[Contact]) -> Option<Problem> {
    let is_map = |source: &Source| matches!(&source.finding, Finding::Database(d) if d.part == Part::Links);
    let hidden = contacts.iter().filter(|c| c.phones.is_empty() && !c.lids.is_empty()).count() as u64;
    let problem = Problem::new(Code::NumbersUnknown).counted(hidden);
    let problem = if sources.iter().any(is_map) { problem.quoting("LID.sqlite") } else { problem };
    (hidden > 0).then_some(problem)
}
