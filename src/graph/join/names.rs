//! Joins by the user's own names for people, and what refuses them.
//!
//! A saved name in a chat is that of the one contact who bears it, if there is
//! exactly one; where several do, none of them is given the messages.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::Joiner;
use crate::graph::review::{Open, Review};
use crate::graph::trace::{Trace, TraceKind, Traces};
use crate::model::contact::Why;
use crate::model::{Foreign, NameKey};

impl<'a> Joiner<'a> {
    /// The user's own names: a name in a chat belongs to the one contact of
    /// that name, if there is exactly one.
    pub(super) fn by_name(&mut self, all: &Traces<'_>) {
        let all_traces: &'a [Trace<'a>] = self.traces;
        let names: &'a [Option<NameKey>] = self.names;
        let saved = || {
            let named = all_traces.iter().zip(names).enumerate();
            named.filter_map(|(index, (trace, name))| {
                trace.saved_name.as_ref().filter(|name| !name.is_blank())?;
                Some((index, trace, name.as_ref()?))
            })
        };
        let mut shown: BTreeMap<&NameKey, Vec<usize>> = BTreeMap::new();
        for (index, trace, name) in saved() {
            if shows(trace) {
                shown.entry(name).or_default().push(index);
            }
        }
        let mut owners: BTreeMap<&NameKey, BTreeSet<usize>> = BTreeMap::new();
        for (index, trace, name) in saved() {
            if owns(trace) && shown.contains_key(name) {
                let root = self.sets.root(index);
                owners.entry(name).or_default().insert(root);
            }
        }
        for (name, mut traces) in shown {
            // A number change can have made two of them one in the meantime.
            let owners: BTreeSet<usize> =
                owners.get(name).into_iter().flatten().map(|o| self.sets.root(*o)).collect();
            let on = self.traces[traces[0]].saved_name.clone().unwrap_or_default();
            if owners.len() > 1 || self.direct_chats(all, &traces) > 1 {
                self.ambiguous(&traces, &owners, &on);
                self.within_each_chat(&traces);
                continue;
            }
            // Where the user keeps some apart, whom the others go with must not
            // depend on the order of the files.
            traces.sort_by(|a, b| self.traces[*a].locator.cmp(&self.traces[*b].locator));
            let all: Vec<usize> = owners.iter().chain(&traces).copied().collect();
            if all.len() > 1 {
                self.unite(&all, Why::UniqueName, on);
            }
        }
    }

    /// Keeps apart those whom a chat shows under a name that several people bear,
    /// and asks of each who it is; unless the user said so already.
    fn ambiguous(&mut self, shown: &[usize], owners: &BTreeSet<usize>, on: &Foreign) {
        let several = owners.len() > 1;
        let roots: Vec<usize> = shown.iter().map(|index| self.sets.root(*index)).collect();
        let placed = |root: &usize| several && owners.contains(root);
        let left: Vec<usize> =
            shown.iter().zip(&roots).filter(|(_, root)| !placed(root)).map(|(index, _)| *index).collect();
        if left.is_empty() {
            return;
        }
        let all: Vec<usize> = left.iter().chain(owners).copied().collect();
        let reason = self.reason(&all, Why::AmbiguousName, on.clone());
        for index in &all {
            self.said.push((*index, Arc::clone(&reason)));
        }
        let asks =
            |places| Review { open: Open::AmbiguousName, why: Why::AmbiguousName, on: on.clone(), places };
        if !several {
            let places = self.places(&all);
            self.open.push((asks(places), all));
            return;
        }
        let mut asked = BTreeSet::new();
        for index in left {
            let shown = !matches!(self.traces[index].kind, TraceKind::NumberChange);
            let root = self.sets.root(index);
            if !shown || !asked.insert(root) {
                continue;
            }
            let mut about = vec![index];
            about.extend(owners.iter().filter(|owner| !self.sets.are_apart(root, **owner)));
            let places = self.places(&about);
            self.open.push((asks(places), about));
        }
    }

    /// How many people these shown names are by the direct chats with them:
    /// there is one with each person, so two under one name are two people.
    fn direct_chats(&mut self, all: &Traces<'_>, shown: &[usize]) -> usize {
        let partners: BTreeSet<usize> = shown
            .iter()
            .filter(|index| match self.traces[**index].kind {
                TraceKind::Chat { chat } => all.partner.get(&chat) == Some(index),
                _ => false,
            })
            .map(|index| self.sets.root(*index))
            .collect();
        partners.len()
    }

    /// A number change names somebody of its own chat, whoever that is.
    fn within_each_chat(&mut self, traces: &[usize]) {
        for index in traces {
            if !matches!(self.traces[*index].kind, TraceKind::NumberChange) {
                continue;
            }
            let source = self.traces[*index].source;
            let same = traces.iter().find(|other| {
                matches!(self.traces[**other].kind, TraceKind::Chat { .. })
                    && self.traces[**other].source == source
            });
            if let Some(same) = same {
                self.sets.unite(*same, *index);
            }
        }
    }
}

/// Whether a saved name in it is somebody's of the user's own lists. A
/// database's saved name without a number is as good as one in a chat.
pub fn owns(trace: &Trace<'_>) -> bool {
    match trace.kind {
        TraceKind::Card { .. } | TraceKind::Signal { .. } => true,
        TraceKind::Database { .. } => !trace.phones.is_empty(),
        _ => false,
    }
}

/// Whether a saved name in it is looked for in these lists. The account report
/// has no names.
pub fn shows(trace: &Trace<'_>) -> bool {
    match trace.kind {
        TraceKind::Chat { .. } | TraceKind::NumberChange => true,
        TraceKind::Database { .. } => trace.phones.is_empty(),
        _ => false,
    }
}
