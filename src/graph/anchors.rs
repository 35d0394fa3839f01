//! By what people get their ids again.

use foldhash::{HashMap, HashSet};
use smol_str::{SmolStr, format_smolstr};

use crate::model::Foreign;

use super::person::Person;

/// By what each person is known again. Where several share an anchor (a number
/// that two cards hold), each has it together with their name, and if even
/// that is the same, with the place where they stand.
pub(super) fn own_anchors(kept: &[usize], people: &mut [Person<'_>]) -> Vec<Vec<SmolStr>> {
    let mut all: Vec<Vec<SmolStr>> = kept
        .iter()
        .map(|index| {
            let mut anchors = std::mem::take(&mut people[*index].anchors);
            anchors.sort_unstable();
            anchors.dedup();
            anchors
        })
        .collect();
    let mut claims: HashMap<&SmolStr, usize> = HashMap::default();
    for anchor in all.iter().flatten() {
        *claims.entry(anchor).or_insert(0) += 1;
    }
    let shared: HashSet<SmolStr> =
        claims.into_iter().filter(|(_, count)| *count > 1).map(|(anchor, _)| anchor.clone()).collect();
    let mut by_name: HashMap<SmolStr, usize> = HashMap::default();
    for (index, anchors) in
        kept.iter().zip(&mut all).filter(|(_, anchors)| anchors.iter().any(|a| shared.contains(a)))
    {
        let name = people[*index].names().first().map(Foreign::key).unwrap_or_default();
        for anchor in anchors.iter_mut().filter(|a| shared.contains(*a)) {
            *anchor = format_smolstr!("{anchor}\u{0}{name}");
            *by_name.entry(anchor.clone()).or_insert(0) += 1;
        }
    }
    for (index, anchors) in kept.iter().zip(&mut all) {
        for anchor in anchors.iter_mut().filter(|a| by_name.get(*a).is_some_and(|count| *count > 1)) {
            let place = people[*index].traces.iter().map(|t| &t.locator).min();
            let place = place.map(|l| format_smolstr!("{}:{}", l.path.raw(), l.line.unwrap_or_default()));
            *anchor = format_smolstr!("{anchor}\u{0}{}", place.unwrap_or_default());
        }
    }
    all
}
