//! By what people get their ids again.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::Foreign;

use super::person::Person;

/// By what each person is known again. Where several share an anchor (a number
/// that two cards hold), each has it together with their name, and if even
/// that is the same, with the place where they stand.
pub(super) fn own_anchors(people: &[&Person<'_>]) -> Vec<BTreeSet<String>> {
    let mut claims: BTreeMap<&str, usize> = BTreeMap::new();
    for anchor in people.iter().flat_map(|p| &p.anchors) {
        *claims.entry(anchor).or_insert(0) += 1;
    }
    let named = |person: &Person<'_>, anchor: &str| {
        let name = person.names().first().map(Foreign::key).unwrap_or_default();
        format!("{anchor}\u{0}{name}")
    };
    let mut by_name: BTreeMap<String, usize> = BTreeMap::new();
    for person in people {
        for anchor in person.anchors.iter().filter(|a| claims[a.as_str()] > 1) {
            *by_name.entry(named(person, anchor)).or_insert(0) += 1;
        }
    }
    let own = |person: &&Person<'_>| {
        let sharpen = |anchor: &String| {
            if claims[anchor.as_str()] == 1 {
                return anchor.clone();
            }
            let with_name = named(person, anchor);
            if by_name[&with_name] == 1 {
                return with_name;
            }
            let place = person.traces.iter().map(|t| &t.locator).min();
            let place = place.map(|l| format!("{}:{}", l.path.raw(), l.line.unwrap_or_default()));
            format!("{with_name}\u{0}{}", place.unwrap_or_default())
        };
        person.anchors.iter().map(sharpen).collect()
    };
    people.iter().map(own).collect()
}
