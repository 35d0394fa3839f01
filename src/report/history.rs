//! What the sources know of the past.

use serde::Serialize;

use crate::check::Checked;
use crate::graph::Ledger;
use crate::model::run::{Run, Snapshot};
use crate::model::{Channel, Evidence, Finding, Grade, Holding, Moment, Month, State};

use super::changes::{Previous, compare};
use super::scope::Count;

/// How many of today's reachable had been seen by the end of a month.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Point {
    /// The month.
    pub month: Month,
    /// How many.
    pub reachable: usize,
}

/// The history by month, from the first dated evidence to the month of `now`.
/// People without a date count from that last month on.
pub fn by_month(people: &[Checked], count: Count, now: Moment) -> Vec<Point> {
    let first_seen: Vec<Option<Month>> = people
        .iter()
        .filter(|p| count.includes(p) && p.is_reachable())
        .map(|p| p.evidence.iter().filter(|e| speaks_for(p, e)).filter_map(|e| e.at).map(Moment::month).min())
        .collect();
    let last = now.month();
    if first_seen.is_empty() {
        return Vec::new();
    }
    let mut month = first_seen.iter().flatten().min().copied().unwrap_or(last);
    let mut points = Vec::new();
    while month <= last {
        let seen = |first: &&Option<Month>| first.unwrap_or(last) <= month;
        points.push(Point { month, reachable: first_seen.iter().filter(seen).count() });
        month = month.next();
    }
    points
}

/// Whether a statement is one of those by which somebody is reachable today.
fn speaks_for(person: &Checked, evidence: &Evidence) -> bool {
    evidence.holding == Holding::Reachable && evidence.grade <= Grade::B && person.is_on(evidence.channel)
}

/// What could be reached at the end of each run, the oldest first: of those who were
/// known then and still are.
pub fn trend(people: &[Checked], count: Count, runs: &[Run], ledger: &Ledger) -> Vec<Previous> {
    runs.iter().map(|run| compare(people, count, run, ledger).0).collect()
}

/// What is known at the end of a run.
pub fn snapshot(people: &[Checked], count: Count) -> Snapshot {
    snapshot_by(people, count, super::super::check::Checked::is_on)
}

/// The run to compare the very first one with: what was known at an earlier
/// date, by dated evidence. The date is that of the older Signal export; where
/// there is but one, a month before it, if anything is that old.
pub fn before_the_first<'a>(
    people: &[Checked],
    findings: impl Iterator<Item = &'a Finding>,
    count: Count,
) -> Option<Run> {
    let mut exports: Vec<Moment> = findings
        .filter_map(|finding| match finding {
            Finding::Signal(export) => export.at,
            _ => None,
        })
        .collect();
    exports.sort_unstable();
    exports.dedup();
    let then = match exports.as_slice() {
        [.., older, _] => *older,
        [only] => Moment::instant_like(*only, only.civil().saturating_sub(jiff::Span::new().days(30))),
        [] => return None,
    };
    let dated = people.iter().flat_map(|p| &p.evidence).filter_map(|e| e.at);
    if !dated.into_iter().any(|at| at.civil() <= then.civil()) {
        return None;
    }
    // Whoever had been seen there long before, and is there still, was there then as
    // well: that nothing newer had been heard of them was for want of a file.
    let reachable_then = |person: &Checked, channel| {
        let verdict = person.verdict_at(channel, then);
        let long_seen = verdict.state == State::Likely && verdict.grade <= Some(Grade::B);
        verdict.state == State::Reachable || long_seen && person.is_on(channel)
    };
    Some(Run {
        id: None,
        at: then,
        command: String::new(),
        snapshot: snapshot_by(people, count, reachable_then),
    })
}

fn snapshot_by(people: &[Checked], count: Count, on: impl Fn(&Checked, Channel) -> bool) -> Snapshot {
    let mut snapshot = Snapshot::default();
    for person in people.iter().filter(|p| !p.contact.excluded) {
        let id = person.contact.id.clone();
        if count.includes(person) {
            let channels: std::collections::BTreeSet<Channel> =
                Channel::ALL.into_iter().filter(|channel| on(person, *channel)).collect();
            if !channels.is_empty() {
                snapshot.reachable.insert(id.clone(), channels);
            }
        }
        snapshot.contacts.insert(id);
    }
    snapshot
}
