//! By what people get their ids again.

use foldhash::HashMap;
use smol_str::{SmolStr, format_smolstr};

use crate::model::Foreign;

use super::chats::Kept;
use super::ledger::Known;
use super::person::Person;
use super::repeats::Repeats;
use super::trace::{Trace, TraceKind};

/// By what each person is known again. Where several share an anchor (a number
/// that two cards hold), each has it together with their name, and if even
/// that is the same, with the place where they stand.
pub(super) fn own_anchors(kept: &[usize], people: &[Person<'_>], chats: &[Kept<'_>]) -> Vec<Known> {
    let own = |index: &usize| {
        let mut anchors = Vec::new();
        for trace in &people[*index].traces {
            of_trace(trace, chats, &mut anchors);
        }
        anchors.sort_unstable();
        anchors.dedup();
        anchors
    };
    let mut all: Vec<Vec<SmolStr>> = kept.iter().map(own).collect();
    // Nearly all are one person's alone.
    let repeats = Repeats::among(all.iter().flatten());
    let mut claims: HashMap<&SmolStr, usize> = HashMap::default();
    for anchor in all.iter().flatten().filter(|anchor| repeats.may_hold(anchor)) {
        *claims.entry(anchor).or_insert(0) += 1;
    }
    // In the order in which the anchors stand.
    let several = |anchor: &SmolStr| claims.get(anchor).is_some_and(|count| *count > 1);
    let shared: Vec<bool> = all.iter().flatten().map(several).collect();
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

/// By what one appearance of somebody is known again.
fn of_trace(trace: &Trace<'_>, chats: &[Kept<'_>], anchors: &mut Vec<SmolStr>) {
    let held = trace.phones.len() + trace.emails.len() + trace.accounts.len() + trace.lids.len();
    anchors.reserve_exact(held + 1);
    anchors.extend(trace.phones.iter().map(|phone| named("phone", phone.as_str())));
    anchors.extend(trace.emails.iter().map(|email| named("email", email.as_str())));
    anchors.extend(trace.accounts.iter().map(|account| named(account.kind(), account.as_str())));
    anchors.extend(trace.lids.iter().map(|lid| named("lid", lid.as_str())));
    match trace.kind {
        TraceKind::Card { .. } => {
            let bare = trace.phones.is_empty() && trace.emails.is_empty() && trace.accounts.is_empty();
            let name = trace.saved_name.as_ref().filter(|_| bare);
            anchors.extend(name.map(|name| named("card", &name.key())));
        }
        TraceKind::Chat { chat } => {
            let title = chats[chat].chat.title.as_ref().map(Foreign::key).unwrap_or_default();
            let name = trace.saved_name.as_ref().map(Foreign::key);
            let name = name.or_else(|| trace.other_name.as_ref().map(|n| n.shown_key(true)));
            anchors.extend(name.map(|name| format_smolstr!("chat {title}\u{0}{name}")));
        }
        // Whoever registers anew has another account under the same name.
        TraceKind::Signal { .. } => {
            if let (Some(phone), Some(name)) = (trace.phones.first(), &trace.saved_name) {
                anchors.push(format_smolstr!("listed {}\u{0}{}", phone.as_str(), name.key()));
            }
        }
        _ => {}
    }
}

/// An anchor that is of some kind.
fn named(kind: &str, value: &str) -> SmolStr {
    SmolStr::from_iter([kind, " ", value])
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
