//! How right the joins are, on synthetic lives with known truth: nobody is ever
//! joined with somebody else, and nearly all is joined that can be known.

mod databases;
mod dice;
mod generate;

use std::collections::{BTreeMap, BTreeSet};

use transhume::check::{self, Checked};
use transhume::graph::{Decisions, Ledger, Source, derive};
use transhume::model::contact::Said;
use transhume::model::finding::{SignalExport, SignalPerson, SignalStanding};
use transhume::model::identity::{Address, SignalAci};
use transhume::model::phone::RegionCode;
use transhume::model::{Channel, ContactId, Finding, Foreign, Kind, Moment, Phone};
use transhume::read;

use generate::{Life, ME, life};

fn now() -> Moment {
    Moment::parse(super::support::NOW).expect("a moment")
}

fn file(path: &str, kind: Kind, text: &str) -> Source {
    let options = read::whatsapp::chat::Options { today: now().date(), siblings: None, date_order: None };
    let reading = read::read(kind, &text.as_bytes().to_vec(), path, &options).expect("bytes can be read");
    Source { path: Foreign::from(path), finding: reading.finding.expect("a finding") }
}

fn sources(life: &Life) -> Vec<Source> {
    let mut sources = vec![
        file("phone.vcf", Kind::Vcard, &life.vcard),
        file("google.csv", Kind::ContactsCsv, &life.google),
        file("table.csv", Kind::ContactsCsv, &life.table),
    ];
    sources.extend(life.chats.iter().map(|(name, text)| file(name, Kind::WhatsappChat, text)));
    let person = |on: &generate::OnSignal| SignalPerson {
        line: on.mark as u64 + 1,
        aci: SignalAci::from_bytes(&(on.mark as u128 + 1).to_be_bytes()),
        phone: Phone::from_digits(&on.phone),
        saved_name: on.saved.as_deref().map(Foreign::from),
        push_name: Some(Foreign::from("Everybody")),
        standing: SignalStanding::Registered,
        ..SignalPerson::default()
    };
    let export = SignalExport {
        at: Some(now()),
        people: life.signal.iter().map(person).collect(),
        ..SignalExport::default()
    };
    sources.extend(life.databases.iter().map(|(name, sql)| {
        let connection = rusqlite::Connection::open_in_memory().expect("memory");
        connection.execute_batch(sql).expect("the tables");
        let mut problems = Vec::new();
        let found = read::whatsapp::db::read(&connection, &mut problems).expect("it can be read");
        let (database, tally) = found.expect("one of WhatsApp's");
        assert_eq!(tally.rejected, 0, "{name}: {problems:?}");
        Source { path: Foreign::from(*name), finding: Finding::Database(database.into()) }
    }));
    sources.push(Source { path: Foreign::from("main.jsonl"), finding: Finding::Signal(export.into()) });
    sources
}

fn resolve(life: &Life) -> Vec<Checked> {
    let mut next = 0_u64;
    let mut fresh = || {
        next += 1;
        ContactId::from_random(next.to_be_bytes())
    };
    let decisions =
        Decisions { me: vec![Foreign::from(ME)], region: RegionCode::parse("FR"), ..Decisions::default() };
    let graph = derive(&sources(life), &decisions, &mut Ledger::default(), &mut fresh);
    check::check(graph.contacts, &[], &[], &[], now()).0
}

/// The marks of the traces that went into a contact.
fn marks(person: &Checked) -> BTreeSet<usize> {
    let contact = &person.contact;
    let emails = contact.emails.iter().filter_map(|e| e.as_str().strip_suffix("@example.net"));
    let mut marks: BTreeSet<usize> =
        emails.filter_map(|e| e.strip_prefix("mark")).filter_map(|e| e.parse().ok()).collect();
    for statement in &contact.statements {
        if let Said::BySelf(Address::Mxid(id)) = &statement.what {
            marks.extend(id.localpart().strip_prefix("mark").and_then(|m| m.parse::<usize>().ok()));
        }
    }
    for address in &contact.addresses {
        if let Address::SignalAci(aci) = address {
            let hex = aci.as_str().replace('-', "");
            marks.extend(usize::from_str_radix(&hex[16..], 16).ok().map(|mark| mark - 1));
        }
    }
    marks.extend(contact.lids.iter().filter_map(|lid| databases::mark(lid.as_str())));
    marks
}

fn pairs(count: usize) -> usize {
    count * count.saturating_sub(1) / 2
}

#[test]
fn nobody_is_joined_with_somebody_else_and_nearly_all_is_joined_that_can_be_known() {
    for seed in 1..=6 {
        let life = life(300, seed);
        let people = resolve(&life);
        let knowable = life.knowable();
        let mut found: BTreeMap<usize, usize> = BTreeMap::new();
        for (place, person) in people.iter().enumerate() {
            let marks = marks(person);
            let truth: BTreeSet<usize> = marks.iter().map(|mark| life.traces[*mark].person).collect();
            assert!(truth.len() <= 1, "seed {seed}: {truth:?} were made one");
            found.extend(marks.into_iter().map(|mark| (mark, place)));
        }
        assert_eq!(found.len(), life.traces.len(), "seed {seed}: every trace is found again");
        // Pairs of traces that can be known to be one person, and those that were joined.
        let mut together: BTreeMap<(usize, usize), usize> = BTreeMap::new();
        let mut parts: BTreeMap<usize, usize> = BTreeMap::new();
        for (mark, part) in knowable.iter().enumerate() {
            *parts.entry(*part).or_default() += 1;
            *together.entry((*part, found[&mark])).or_default() += 1;
        }
        let all: usize = parts.values().map(|count| pairs(*count)).sum();
        let joined: usize = together.values().map(|count| pairs(*count)).sum();
        assert!(all > 500, "seed {seed}: there is something to join, {all}");
        assert!(joined * 100 >= all * 98, "seed {seed}: {joined} of {all}");
    }
}

#[test]
fn nobody_is_falsely_reachable_and_nearly_all_are_of_whom_it_can_be_known() {
    for seed in 11..=14 {
        let life = life(300, seed);
        let people = resolve(&life);
        let knowable = life.knowable();
        for (channel, is_there) in [
            (Channel::Signal, (|t| t.signal) as fn(&generate::Trace) -> bool),
            (Channel::Matrix, |t| t.matrix),
            (Channel::Xmpp, |_| false),
        ] {
            let there: BTreeSet<usize> =
                life.traces.iter().filter(|t| is_there(t)).map(|t| t.person).collect();
            let parts: BTreeSet<usize> = knowable
                .iter()
                .zip(&life.traces)
                .filter(|(_, t)| is_there(t))
                .map(|(part, _)| *part)
                .collect();
            let (mut known, mut told) = (0, 0);
            for person in &people {
                let marks = marks(person);
                let reachable = person.is_on(channel);
                for mark in &marks {
                    assert!(
                        !reachable || there.contains(&life.traces[*mark].person),
                        "seed {seed}, {channel:?}"
                    );
                }
                if marks.iter().any(|mark| parts.contains(&knowable[*mark])) {
                    known += 1;
                    told += usize::from(reachable);
                }
            }
            assert!(told * 100 >= known * 98, "seed {seed}, {channel:?}: {told} of {known}");
        }
    }
}
