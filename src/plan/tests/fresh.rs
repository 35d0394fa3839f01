//! The same data gives the same plan, whatever the ids are and whoever else is there.

use super::*;
use crate::model::Phone;

/// Twenty-four people in overlapping groups: by their number, their phones, their
/// groups and what was said.
fn life() -> Vec<Checked> {
    let of = |n: usize| {
        let mut own = person(n, [0, 5, 40][n % 3]);
        own.contact.phones = [Phone::parse(&format!("+3363998{n:04}"), None).expect("a number")].into();
        own
    };
    (0..24).map(of).collect()
}

const GROUPS: [(&str, std::ops::Range<usize>); 5] =
    [("Famille", 0..9), ("Chorale", 5..14), ("Voisins", 12..20), ("Famille", 18..24), ("Rando", 3..7)];

/// The same people and groups in another order, under other ids.
fn elsewhere(people: &[Checked], order: &[usize]) -> (Vec<Checked>, Vec<Group>) {
    let mut moved = Vec::new();
    for (place, person) in order.iter().enumerate() {
        let mut own = people[*person].clone();
        own.contact.id = ContactId::known(format!("{place:016x}"));
        moved.push(own);
    }
    let place = |person: usize| order.iter().position(|own| *own == person).expect("a place");
    let mut groups: Vec<Group> = Vec::new();
    for (title, range) in GROUPS {
        let mut own = group(title, range.clone(), true);
        own.members = range.map(|person| (place(person), MemberState::In)).collect();
        for contact in own.members.keys() {
            moved[*contact].contact.groups.insert(groups.len());
        }
        groups.push(own);
    }
    (moved, groups)
}

/// What a plan says, by names instead of places.
fn told(people: &[Checked], groups: Vec<Group>) -> Vec<String> {
    let life = Life { people: people.to_vec(), groups, asked: Asked::new() };
    let plan = life.plan();
    let name = |contact: usize| people[contact].contact.name.clone().expect("a name").raw().to_owned();
    let id = |group: usize| &plan.group_ids[group];
    let place = |place: &Place| {
        let unlocks: Vec<_> = place.unlocks.iter().map(|u| (id(u.group), u.before, u.after)).collect();
        format!("{} {:?} {unlocks:?}", name(place.contact), place.score)
    };
    let held = |hold: &holds::Hold| format!("{} {}", name(hold.at), hold.messages);
    let held_group = |hold: &holds::Hold| format!("{} {}", id(hold.at), hold.messages);
    let group = |own: &GroupPlan| {
        let missing: Vec<String> = own.missing.iter().map(|contact| name(*contact)).collect();
        format!("{} {missing:?}", id(own.group))
    };
    let holds = plan.holds.people.iter().map(held).chain(plan.holds.groups.iter().map(held_group));
    plan.places.iter().map(place).chain(plan.groups.iter().map(group)).chain(holds).collect()
}

#[test]
fn a_fresh_workspace_gives_the_same_plan() {
    let people = life();
    let straight: Vec<usize> = (0..24).collect();
    let (own, groups) = elsewhere(&people, &straight);
    let first = told(&own, groups);
    assert!(first.len() > 24 + 5, "places, groups and what holds: {first:?}");
    for turn in [5, 7, 11] {
        let order: Vec<usize> = (0..24).map(|n| n * turn % 24).collect();
        let (own, mut groups) = elsewhere(&people, &order);
        assert_eq!(told(&own, groups.clone()), first, "every {turn}th");
        // Groups may come in another order as well.
        let mut own = own;
        for person in &mut own {
            person.contact.groups = person.contact.groups.iter().map(|at| groups.len() - 1 - at).collect();
        }
        groups.reverse();
        assert_eq!(told(&own, groups), first, "every {turn}th, the groups backwards");
    }
}

#[test]
fn somebody_unrelated_changes_nobodys_place() {
    let straight: Vec<usize> = (0..24).collect();
    let (people, groups) = elsewhere(&life(), &straight);
    let names = |people: &[Checked]| -> Vec<String> {
        let life = Life { people: people.to_vec(), groups: groups.clone(), asked: Asked::new() };
        let plan = life.plan();
        let name = |place: &Place| format!("{:?} {:?}", people[place.contact].contact.names, place.score);
        plan.places.iter().filter(|place| place.contact < 24).map(name).collect()
    };
    let before = names(&people);
    let mut more = people.clone();
    for n in [501, 502, 503] {
        let mut own = person(n, 0);
        own.contact.phones = [Phone::parse(&format!("+3363998{n:04}"), None).expect("a number")].into();
        // Whoever could be invited may well be worth a place.
        own.contact.scope = Scope::AddressBookOnly;
        own.contact.direct = crate::model::contact::Direct::default();
        more.push(own);
    }
    assert_eq!(names(&more), before);
}

#[test]
fn only_between_those_who_are_the_same_in_all_else_the_id_decides() {
    let twin = |id: &str| {
        let mut own = person(1, 10);
        own.contact.id = ContactId::known(id);
        own
    };
    for ids in [["a", "b"], ["b", "a"]] {
        let people = ids.map(twin);
        let life = Life { people: people.to_vec(), groups: Vec::new(), asked: Asked::new() };
        let order = places(&life.plan());
        assert_eq!(people[order[0]].contact.id, ContactId::known("a"), "{ids:?}");
    }
}
