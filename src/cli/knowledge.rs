//! What a workspace knows: its sources made into a graph, with evidence.

use std::collections::{BTreeMap, BTreeSet};

use crate::check::{self, Checked};
use crate::graph::{self, Graph, Ledger};
use crate::model::identity::{Address, Email};
use crate::model::phone::RegionCode;
use crate::model::run::Run;
use crate::model::{Code, Contact, ContactId, Finding, Foreign, Phone, Problem, Ruling};
use crate::plan::Plan;
use crate::report::share::{Shared, share};
use crate::report::view::{Disclosed, Material};
use crate::report::{self, Report};
use crate::words::key;
use crate::workspace::asked::Sent;
use crate::workspace::rulings::KeptRuling;
use crate::workspace::store::{KeptSource, Stored};
use crate::workspace::{Store, WorkspaceError};

use super::context::Context;
use super::dice::Dice;
use super::exit::Exit;
use super::failure::Failure;

/// Everything that is known.
pub struct Knowledge {
    /// The sources, in the order in which they came.
    pub sources: Vec<KeptSource>,
    /// The graph; its contacts have gone into `people`.
    pub graph: Graph,
    /// The contacts with their evidence.
    pub people: Vec<Checked>,
    /// The ledger of ids.
    pub ledger: Ledger,
    /// All runs, oldest first.
    pub runs: Vec<Run>,
    /// What the user decided about who is who, the oldest first.
    pub rulings: Vec<KeptRuling>,
    /// What left this machine.
    pub sent: Vec<Sent>,
    /// Which answers of servers are not believed.
    pub doubts: Vec<Problem>,
    /// What is wrong with the last run's inputs beside the sources' own problems.
    pub problems: Vec<Problem>,
}

impl Knowledge {
    /// Works out what follows from what is kept.
    ///
    /// # Errors
    /// None but a random generator that fails, which is the system's end.
    pub fn derive(context: &Context, stored: Stored) -> Result<Knowledge, Failure> {
        Ok(Self::derive_with(context, stored, |_| ())?.0)
    }

    /// The same, and a closer look at what the graph is made of.
    ///
    /// # Errors
    /// Those of [`Knowledge::derive`].
    pub fn derive_with<T>(
        context: &Context,
        stored: Stored,
        look: impl FnOnce(&graph::Look<'_>) -> T,
    ) -> Result<(Knowledge, T), Failure> {
        let Stored {
            mut sources,
            mut ledger,
            runs,
            excluded,
            included,
            rulings,
            answers,
            sightings,
            rooms,
            signal,
            sent,
        } = stored;
        // One database alone may have said so; the graph knows them all.
        for source in &mut sources {
            source.problems.retain(|problem| problem.code != Code::NumbersUnknown);
        }
        let decided = rulings.iter().rev().find_map(|kept| match &kept.ruling {
            Ruling::Region(code) => RegionCode::parse(code),
            _ => None,
        });
        let own = context.decisions();
        let region = own.region.or(decided);
        let kept = rulings.iter().map(|kept| kept.ruling.clone()).collect();
        let decisions = graph::Decisions { region, excluded, included, rulings: kept, ..own };
        let given: Vec<graph::Source> = sources.iter().map(|s| s.source.clone()).collect();
        let mut dice = Dice::default();
        let mut fresh = || dice.roll();
        let (mut graph, seen) = graph::derive_with(&given, &decisions, &mut ledger, &mut fresh, look);
        dice.sound()?;
        let contacts = std::mem::take(&mut graph.contacts);
        let (mut people, doubts) = check::check(contacts, &answers, &sightings, &signal, context.now);
        check::rooms::look(&rooms, &mut graph.groups, &mut people, context.now);
        let ahead = sources.iter().filter_map(|kept| {
            let problem = check::ahead(&kept.source.finding, context.now)?;
            Some(problem.in_file(kept.source.path.raw()))
        });
        graph.problems.extend(ahead);
        let problems = graph.problems.iter().chain(&doubts).cloned().collect();
        let known = Knowledge { sources, graph, people, ledger, runs, rulings, sent, doubts, problems };
        Ok((known, seen))
    }

    /// Reads what a workspace knows.
    ///
    /// # Errors
    /// A workspace that is empty or cannot be read.
    pub fn load(context: &Context) -> Result<Knowledge, Failure> {
        let empty = || Failure::new(Exit::NoInput, key::ERROR_EMPTY_WORKSPACE);
        let store = Store::open_to_read(&context.folder)?.ok_or_else(empty)?;
        let stored = store.load()?;
        if stored.sources.is_empty() {
            return Err(empty());
        }
        Self::derive(context, stored)
    }

    /// The report on the last run, compared with the one before it.
    pub fn report(&self, context: &Context) -> Report {
        self.report_since(context, None)
    }

    /// The report on the last run, compared with another, else with the one before
    /// it; where there is none, with what the sources know of the past.
    pub fn report_since(&self, context: &Context, before: Option<&Run>) -> Report {
        let before = before.or_else(|| self.runs.iter().rev().nth(1));
        let nothing = Run {
            id: None,
            at: context.now,
            command: String::new(),
            snapshot: crate::model::run::Snapshot::default(),
        };
        let findings: Vec<&Finding> = self.sources.iter().map(|s| &s.source.finding).collect();
        let entries = self
            .sources
            .iter()
            .fold((0, 0), |(read, rejected), s| (read + s.tally.read, rejected + s.tally.rejected));
        let problems: Vec<Problem> =
            self.sources.iter().flat_map(|s| &s.problems).chain(&self.problems).cloned().collect();
        let material = Material {
            run: self.runs.last().unwrap_or(&nothing),
            now: context.now,
            before,
            graph: &self.graph,
            people: &self.people,
            findings: &findings,
            ledger: &self.ledger,
            count: context.count,
            entries,
            lists: self.sources.iter().map(KeptSource::lists).sum(),
            disclosed: self.disclosed(),
            problems: &problems,
        };
        report::build(&material, &context.words)
    }

    /// What may be shown to others of all this, and of a report on it: nothing by
    /// which anybody could be known.
    pub fn shared(
        &self,
        context: &Context,
        report: &Report,
        plan: Option<&Plan>,
    ) -> (Knowledge, Report, Option<Plan>) {
        let problems = self.sources.iter().flat_map(|source| &source.problems).chain(&self.problems);
        let problems: Vec<Problem> = problems.cloned().collect();
        let shared = share(report, &self.people, &self.graph.groups, &problems, &context.words);
        let plan = plan.map(|plan| shared.plan(plan));
        let runs = shared.runs(&self.runs, &self.ledger);
        let Shared { report, people, groups, .. } = shared;
        let graph = Graph { groups, has_whatsapp: self.graph.has_whatsapp, ..Graph::default() };
        let known = Knowledge {
            sources: Vec::new(),
            graph,
            people,
            ledger: Ledger::default(),
            runs,
            rulings: Vec::new(),
            sent: Vec::new(),
            doubts: Vec::new(),
            problems: Vec::new(),
        };
        (known, report, plan)
    }

    /// What left this machine, as the report tells it.
    pub fn disclosed(&self) -> Vec<Disclosed> {
        let told =
            |sent: &Sent| Disclosed { host: Some(sent.host.clone()), hashed: sent.hashed, plain: sent.plain };
        self.sent.iter().map(told).collect()
    }

    /// Whether any source is Signal's.
    pub fn has_signal(&self) -> bool {
        self.sources.iter().any(|s| matches!(s.source.finding, Finding::Signal(_)))
    }

    /// What each contact is known by, to tell whether it changed.
    pub fn fingerprints(&self) -> BTreeMap<ContactId, String> {
        self.people.iter().map(|p| (p.contact.id.clone(), fingerprint(&p.contact))).collect()
    }

    /// The contact of a name, an id, a number or an e-mail address.
    ///
    /// # Errors
    /// No such contact, or several; these are listed.
    pub fn find(&self, wanted: &str, context: &Context) -> Result<&Checked, Failure> {
        let contacts = self.people.iter().map(|person| &person.contact);
        // Whoever was joined with another goes by the older id, and is found by both.
        let known = ContactId::known(wanted);
        let wanted = self.ledger.current(&known).as_str();
        let found = find(contacts, wanted, self.graph.regions.home().or(context.region))?;
        let place = self.people.iter().position(|person| std::ptr::eq(&raw const person.contact, found));
        place.map(|place| &self.people[place]).ok_or_else(|| none(wanted))
    }
}

/// The contact of a name, an id, a number or an e-mail address.
///
/// # Errors
/// No such contact, or several; these are listed.
pub fn find<'a>(
    contacts: impl IntoIterator<Item = &'a Contact>,
    wanted: &str,
    region: Option<RegionCode>,
) -> Result<&'a Contact, Failure> {
    let key = Foreign::from(wanted).key();
    let phone = Phone::parse(wanted, region).ok();
    let email = Email::parse(wanted);
    let fits = |c: &&Contact| {
        c.id.as_str() == wanted
            || c.names.iter().any(|n| n.key() == key)
            || phone.as_ref().is_some_and(|p| c.phones.iter().any(|own| own.same() == p.same()))
            || email.as_ref().is_some_and(|e| c.emails.contains(e))
            || c.addresses.iter().any(|a| a.as_str() == wanted)
    };
    let found: Vec<&Contact> = contacts.into_iter().filter(fits).collect();
    match found.as_slice() {
        [one] => Ok(one),
        [] => Err(none(wanted)),
        several => {
            let list: Vec<String> = several.iter().map(|contact| line(contact)).collect();
            Err(Failure::new(Exit::Usage, key::ERROR_SEVERAL_CONTACTS).about(list.join("; ")))
        }
    }
}

fn none(wanted: &str) -> Failure {
    Failure::new(Exit::Usage, key::ERROR_NO_CONTACT).about(wanted)
}

/// What a contact is known by, to tell whether it changed.
pub fn fingerprint(contact: &Contact) -> String {
    let c = contact;
    let said: BTreeSet<String> =
        c.statements.iter().map(|s| format!("{:?} {:?} {}", s.what, s.at, s.locator.path.raw())).collect();
    format!(
        "{:?} {:?} {:?} {:?} {:?} {} {said:?} {:?}",
        c.names.iter().map(Foreign::raw).collect::<Vec<_>>(),
        c.phones.iter().map(Phone::as_str).collect::<Vec<_>>(),
        c.emails.iter().map(Email::as_str).collect::<Vec<_>>(),
        c.addresses.iter().map(Address::as_str).collect::<Vec<_>>(),
        c.groups,
        c.messages,
        c.scope
    )
}

/// A contact in few words, to tell it from others of its name.
fn line(c: &Contact) -> String {
    let name = c.name.as_ref().map_or("", |n| n.raw());
    let phone = c.phones.first().map_or("", |p| p.as_str());
    format!("{} {name} {phone}", c.id.as_str()).trim_end().to_owned()
}

impl From<std::io::Error> for Failure {
    fn from(error: std::io::Error) -> Self {
        match error.kind() {
            // Whoever read along went away: nobody is left to be told.
            std::io::ErrorKind::BrokenPipe => Failure::new(Exit::Done, key::ERROR_PIPE),
            _ => WorkspaceError::Io { path: "stdout".into(), error }.into(),
        }
    }
}
