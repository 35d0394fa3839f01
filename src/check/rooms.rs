//! Groups whose members are together in a Matrix room of the user's own. Whose the
//! accounts are is known only by the evidence, so this comes after it.

use std::collections::HashMap;

use crate::graph::moved::{Gathering, settle};
use crate::model::evidence::Origin;
use crate::model::identity::{Address, Mxid};
use crate::model::sighting::Room;
use crate::model::{Channel, Evidence, Grade, Group, Holding, Locator, Moment};

use super::Checked;

/// Notes for each group in which room most of its members are, and what follows
/// for the rest.
pub fn look(rooms: &[Room], groups: &mut [Group], people: &mut [Checked], now: Moment) {
    for (person, gathering) in settle(groups, &gatherings(rooms, people)) {
        let hint = Evidence {
            channel: Channel::Matrix,
            holding: Holding::Reachable,
            grade: Grade::C,
            address: None,
            self_stated: false,
            origin: Origin::GroupMoved,
            locator: gathering.locator,
            at: gathering.at,
            at_latest: false,
            about: None,
        };
        if !people[person].evidence.contains(&hint) {
            people[person].add(hint, now);
        }
    }
}

/// The rooms, with the contacts who are in them by an account that is proven or
/// stated and nobody else's: a name alone puts nobody into a room.
fn gatherings(rooms: &[Room], people: &[Checked]) -> Vec<Gathering> {
    if rooms.is_empty() {
        return Vec::new();
    }
    let mut holders: HashMap<&Mxid, Option<usize>> = HashMap::new();
    for (place, person) in people.iter().enumerate() {
        for evidence in &person.evidence {
            if let (Holding::Reachable, Grade::A | Grade::B, Some(Address::Mxid(mxid))) =
                (evidence.holding, evidence.grade, &evidence.address)
            {
                let only = holders.entry(mxid).or_insert(Some(place));
                *only = only.filter(|only| *only == place);
            }
        }
    }
    let gathering = |room: &Room| {
        let all = &room.together.members;
        let members: std::collections::BTreeSet<usize> =
            all.iter().filter_map(|mxid| holders.get(mxid).copied().flatten()).collect();
        Gathering {
            channel: Channel::Matrix,
            title: room.together.name.clone(),
            others: all.len() - members.len().min(all.len())
                + usize::try_from(room.together.others).unwrap_or(usize::MAX / 2),
            members,
            locator: Locator { path: room.host.clone(), line: None },
            at: Some(room.at),
        }
    };
    rooms.iter().map(gathering).collect()
}
