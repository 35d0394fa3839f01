//! By what people get their ids again.

use foldhash::HashMap;
use foldhash::fast::RandomState;
use smol_str::{SmolStr, format_smolstr};

use crate::model::Foreign;

use super::ledger::Known;
use super::person::Person;
use super::trace::TraceKind;

/// By what each person is known again. Where several share an anchor (a number
/// that two cards hold), each has it together with their name, and if even
/// that is the same, with the place where they stand.
pub(super) fn own_anchors(kept: &[usize], people: &mut [Person<'_>]) -> Vec<Known> {
    let mut all: Vec<Vec<SmolStr>> = kept
        .iter()
        .map(|index| {
            let mut anchors = std::mem::take(&mut people[*index].anchors);
            anchors.sort_unstable();
            anchors.dedup();
            anchors
        })
        .collect();
    let count = all.iter().map(Vec::len).sum();
    let mut claims: HashMap<&SmolStr, usize> =
        HashMap::with_capacity_and_hasher(count, RandomState::default());
    for anchor in all.iter().flatten() {
        *claims.entry(anchor).or_insert(0) += 1;
    }
    // In the order in which the anchors stand.
    let shared: Vec<bool> = all.iter().flatten().map(|anchor| claims[anchor] > 1).collect();
    let mut by_name: HashMap<SmolStr, usize> = HashMap::default();
    let mut rest = &shared[..];
    for (index, anchors) in kept.iter().zip(&mut all) {
        let mut name = None;
        for anchor in those_shared(anchors, &mut rest) {
            let name = name
                .get_or_insert_with(|| people[*index].names().first().map(Foreign::key).unwrap_or_default());
            *anchor = format_smolstr!("{anchor}\u{0}{name}");
            *by_name.entry(anchor.clone()).or_insert(0) += 1;
        }
    }
    let mut rest = &shared[..];
    for (index, anchors) in kept.iter().zip(&mut all) {
        for anchor in those_shared(anchors, &mut rest).filter(|anchor| by_name[*anchor] > 1) {
            let place = people[*index].traces.iter().map(|t| &t.locator).min();
            let place = place.map(|l| format_smolstr!("{}:{}", l.path.raw(), l.line.unwrap_or_default()));
            *anchor = format_smolstr!("{anchor}\u{0}{}", place.unwrap_or_default());
        }
    }
    let account =
        |kind: &TraceKind<'_>| matches!(kind, TraceKind::Signal { person, .. } if person.aci.is_some());
    let listed = |index: &usize| people[*index].traces.iter().all(|trace| account(&trace.kind));
    let all = kept.iter().zip(all);
    all.map(|(index, anchors)| Known { anchors, listed: listed(index) }).collect()
}

/// Those of somebody's anchors that others share; `shared` says so of these and
/// of all that follow.
fn those_shared<'a>(
    anchors: &'a mut [SmolStr],
    shared: &mut &'a [bool],
) -> impl Iterator<Item = &'a mut SmolStr> {
    let (own, rest) = shared.split_at(anchors.len());
    *shared = rest;
    anchors.iter_mut().zip(own).filter(|(_, shared)| **shared).map(|(anchor, _)| anchor)
}
