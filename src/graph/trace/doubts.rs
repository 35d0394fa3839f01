//! What is doubtful about single traces.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::phone::{NotPhone, RegionCode, digit};
use crate::model::suspicion::hidden_marks;
use crate::model::{Code, Foreign, Problem};

use super::{TraceKind, Traces};

/// What is doubtful about single traces: names that hide their direction,
/// numbers that nobody can place.
pub fn doubts(traces: &Traces<'_>, home: Option<RegionCode>) -> Vec<Problem> {
    let mut problems = Vec::new();
    let mut told: BTreeSet<&Foreign> = BTreeSet::new();
    // A database has no lines, so what is in it is told in one.
    let mut in_tables: BTreeMap<(&Foreign, Code), u64> = BTreeMap::new();
    let of = |code: Code, count: u64| {
        let problem = Problem::new(code).counted(count);
        match home.filter(|_| code == Code::NumberOtherRegion) {
            Some(region) => problem.quoting(region.id()),
            None => problem,
        }
    };
    for trace in &traces.all {
        let place = |problem: Problem| {
            let problem = problem.in_file(trace.locator.path.raw());
            trace.locator.line.map_or(problem.clone(), |line| problem.at(line))
        };
        for name in trace.saved_name.iter().chain(&trace.other_name) {
            if hidden_marks(name.raw()) && told.insert(name) {
                problems.push(place(Problem::new(Code::HiddenMarks).quoting(name.raw())));
            }
        }
        // A short code or a word beside what makes somebody a person.
        if let TraceKind::Card { card, .. } = trace.kind
            && !trace.is_nobody
            && card.phones.len() > trace.phones.len() + trace.unplaced.len()
        {
            let unusable = card.phones.iter().filter(|n| n.place(None) == Err(NotPhone::Unusable));
            for number in unusable {
                let text = number.text.raw();
                let problem = place(Problem::new(Code::NumberUnusable).counted(1));
                // No number of a person may stand in what is told.
                let short = text.chars().filter(|c| digit(*c).is_some()).count() < 7;
                problems.push(if short { problem.quoting(text) } else { problem });
            }
        }
        // Of a table only how many there are is told.
        let in_table = matches!(trace.kind, TraceKind::Database { .. });
        for (why, code) in [
            (NotPhone::NeedsRegion, Code::NumberNeedsRegion),
            (NotPhone::OtherRegion, Code::NumberOtherRegion),
            (NotPhone::Damaged, Code::NumberShortened),
            (NotPhone::Unclear, Code::NumberUnclear),
        ] {
            let count = trace.unplaced.iter().filter(|(_, w)| *w == why).count() as u64;
            if count > 0 && in_table {
                *in_tables.entry((&trace.locator.path, code)).or_insert(0) += count;
            } else if count > 0 {
                problems.push(place(of(code, count)));
            }
        }
    }
    for ((path, code), count) in in_tables {
        problems.push(of(code, count).in_file(path.raw()));
    }
    problems
}
