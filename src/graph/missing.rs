//! Which exports are still missing, where WhatsApp's report about the account
//! tells what there is: groups of which no chat was given, and contacts with
//! whom no direct chat was. A database holds all chats: with one, nothing is.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{Code, Contact, Finding, Foreign, Problem};

use super::chats::Kept;
use super::name::title_key;
use super::{Graph, Source};

/// So many names stand in the sentence.
const NAMED: usize = 8;

/// What is missing, as problems that say so.
pub fn exports(sources: &[Source], chats: &[Kept<'_>], graph: &Graph) -> Vec<Problem> {
    let holds_all = |source: &Source| match &source.finding {
        Finding::Database(database) => !database.chats.is_empty(),
        _ => false,
    };
    let mut problems = Vec::new();
    if sources.iter().any(holds_all) {
        return problems;
    }
    let given: BTreeSet<String> = chats.iter().filter_map(|k| k.chat.title.as_ref()).map(title_key).collect();
    let mut groups: BTreeMap<String, &Foreign> = BTreeMap::new();
    let mut reports: BTreeSet<usize> = BTreeSet::new();
    for (index, source) in sources.iter().enumerate() {
        if let Finding::Account(report) = &source.finding {
            reports.insert(index);
            groups.extend(report.groups.iter().map(|title| (title_key(title), title)));
        }
    }
    groups.retain(|title, _| !given.contains(title));
    if !groups.is_empty() {
        let names: Vec<&str> = groups.values().take(NAMED).map(|title| title.raw()).collect();
        let missing = Problem::new(Code::GroupsNotExported).counted(groups.len() as u64);
        problems.push(missing.quoting(names.join(", ")));
    }
    let without = |contact: &&Contact| {
        let listed = contact.entries.iter().any(|(source, _)| reports.contains(source));
        listed && contact.saved && contact.direct.mine + contact.direct.theirs == 0
    };
    let mut people: Vec<&Contact> = graph.contacts.iter().filter(without).collect();
    if !people.is_empty() {
        people.sort_by(|a, b| (b.messages, &a.name).cmp(&(a.messages, &b.name)));
        let names: Vec<&str> =
            people.iter().take(NAMED).filter_map(|c| Some(c.name.as_ref()?.raw())).collect();
        let missing = Problem::new(Code::ChatsNotExported).counted(people.len() as u64);
        problems.push(missing.quoting(names.join(", ")));
    }
    problems
}
