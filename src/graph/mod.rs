//! Findings become one graph: contacts, groups, and the reasons for every
//! join and every refusal.
//!
//! The graph is worked out anew from all findings and the user's decisions
//! each time, so the order in which files came cannot matter. What is certain
//! is joined; what is doubtful is kept apart and counted for review.

mod alike;
mod anchors;
pub mod assemble;
pub mod book;
pub mod chats;
pub mod databases;
pub mod forget;
mod index;
pub mod join;
pub mod ledger;
pub mod look;
pub mod me;
pub mod missing;
pub mod moved;
pub mod name;
mod person;
pub mod question;
pub mod region;
mod repeats;
pub mod review;
pub mod rivals;
pub mod rules;
pub mod same;
pub mod trace;

use std::collections::BTreeMap;

use crate::model::contact::Why;
use crate::model::phone::RegionCode;
use crate::model::{Code, Contact, ContactId, Few, Finding, Foreign, Group, Problem, Ruling};

pub use ledger::Ledger;
pub use look::Look;
pub use question::Question;
pub use review::{Open, Review};
use rules::{Rules, Told};

/// One source's finding, with the path under which it was given.
#[derive(Clone, Debug)]
pub struct Source {
    /// The path; an item of a zip is `outer.zip!/inner`.
    pub path: Foreign,
    /// What was found in it.
    pub finding: Finding,
}

/// What the user decided and set.
#[derive(Clone, Debug, Default)]
pub struct Decisions {
    /// Where national numbers belong.
    pub region: Option<RegionCode>,
    /// The user's own names and numbers, as given.
    pub me: Vec<Foreign>,
    /// Contacts never to look up and never to invite.
    pub excluded: Vec<ContactId>,
    /// Contacts that Signal has as blocked, but that the user wants.
    pub included: Vec<ContactId>,
    /// What the user decided about who is who, the oldest first.
    pub rulings: Vec<Ruling>,
}

/// Contacts, groups, and what is open.
#[derive(Clone, Debug, Default)]
pub struct Graph {
    /// Everybody other than the user, in order of their ids.
    pub contacts: Vec<Contact>,
    /// The WhatsApp groups, by title.
    pub groups: Vec<Group>,
    /// What a person has to decide.
    pub review: Vec<Review>,
    /// Whether any source shows WhatsApp itself.
    pub has_whatsapp: bool,
    /// What was noticed on the way.
    pub problems: Vec<Problem>,
    /// How many entries of each source are the user's own.
    pub own_entries: BTreeMap<usize, u64>,
    /// For each company, short code and service number, how many entries of
    /// each source it is made of: they are kept, but are nobody's contact.
    pub nobodys: Vec<Few<(usize, u64)>>,
    /// What the user's own address books hold beside the contacts.
    pub book: book::OwnBook,
    /// Where numbers without a country code belong, and what else was met.
    pub regions: region::Regions,
    /// How the user can be found on Signal, by the newest of their exports.
    pub own_signal: Option<crate::model::finding::SignalAccount>,
}

/// Works out the graph. `ledger` gives contacts the ids that they had before;
/// `fresh` makes ids for new ones.
pub fn derive(
    sources: &[Source],
    decisions: &Decisions,
    ledger: &mut Ledger,
    fresh: &mut dyn FnMut() -> ContactId,
) -> Graph {
    derive_with(sources, decisions, ledger, fresh, |_| ()).0
}

/// The same, and a closer look at what the graph is made of.
pub fn derive_with<T>(
    sources: &[Source],
    decisions: &Decisions,
    ledger: &mut Ledger,
    fresh: &mut dyn FnMut() -> ContactId,
    look: impl FnOnce(&Look<'_>) -> T,
) -> (Graph, T) {
    let chats = chats::choose(sources);
    let mut me = me::find(sources, &chats.kept, decisions);
    let regions = region::find(sources, &me, decisions);
    let unknown = me.place(regions.home());
    let mut traces = trace::gather(sources, &chats.kept, &me, &regions);
    traces.alike = alike::chats(sources, &chats.kept, &traces);
    let rules = Rules::bring(&decisions.rulings, &mut traces, &chats.kept);
    let mut joined = join::join(&traces, &rules);
    let told = Told::of(&decisions.rulings, &rules, &joined);
    joined.assumed(&traces, &regions);
    let mut rivals = rivals::settle(sources, &chats.kept, &traces, &joined);
    let replaced = std::mem::take(&mut rivals.replaced);
    let parts = assemble::Parts {
        sources,
        chats: &chats.kept,
        traces: &traces,
        joined: &joined,
        rivals: &rivals,
        me: &me,
        told: &told,
    };
    let (mut graph, persons) = assemble::assemble(&parts, decisions, ledger, fresh);
    graph.problems.extend(chats.replaced);
    graph.problems.extend(replaced);
    graph.problems.extend(regions.told(traces.placed));
    if let Some((region, region::By::AddressBook)) = regions.home.filter(|_| traces.placed > 0) {
        let places = traces.placed_at.iter().cloned().collect();
        let (open, why) = (Open::AssumedRegion, Why::AssumedRegion);
        graph.review.push(Review { open, why, on: Foreign::new(region.id()), places });
    }
    graph.regions = regions;
    graph.problems.extend(trace::doubts(&traces, graph.regions.home()));
    graph.problems.extend(missing::exports(sources, &chats.kept, &graph));
    graph.problems.extend(databases::names_elsewhere(sources));
    graph.problems.extend(databases::numbers_unknown(sources, &graph.contacts));
    if let Some(own) = graph.own_signal.as_ref().filter(|own| own.hidden_by_number) {
        let code = if own.link.is_some() { Code::SignalHidden } else { Code::SignalUnfindable };
        graph.problems.push(Problem::new(code));
    }
    let in_chats = me.is_unknown() && !chats.kept.is_empty();
    if in_chats || databases::any_shows_the_user(sources, &traces) {
        graph.problems.push(Problem::new(Code::MeUnknown));
    }
    if unknown {
        graph.problems.push(Problem::new(Code::OwnNumberNeedsRegion));
    }
    if told.idle > 0 {
        graph.problems.push(Problem::new(Code::RulingsIdle).counted(told.idle));
    }
    let seen = look(&Look {
        sources,
        chats: &chats.kept,
        traces: &traces,
        joined: &joined,
        graph: &graph,
        persons: &persons,
    });
    (graph, seen)
}

#[cfg(test)]
mod tests;
