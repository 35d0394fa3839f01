//! People, groups and a report to try the renderers on.

use crate::check::Checked;
use crate::graph::{Graph, Ledger};
use crate::model::contact::{Direct, Group};
use crate::model::evidence::{Locator, Origin};
use crate::model::finding::MemberState;
use crate::model::identity::{Address, Mxid};
use crate::model::run::{Run, Snapshot};
use crate::model::sample;
use crate::model::{
    Channel, Code, Contact, ContactId, Evidence, Foreign, Grade, Holding, Moment, Phone, Problem, Scope,
};
use crate::report::history::snapshot;
use crate::report::scope::Count;
use crate::report::view::{Material, Report, build};
use crate::words::Words;

/// Names as an attack (D01 to D10). None begins or ends with white space.
pub(super) const HOSTILE: [&str; 12] = [
    "\u{1b}[2J\u{1b}[H\u{1b}]0;pwn\u{7}x",
    "\u{1b}]8;;http://evil\u{1b}\\x\u{9b}2J",
    "a\u{202e}b",
    "<script>alert(1)</script>",
    "\"><svg onload=alert(1)>",
    "</script></title></style><!--",
    "\" onmouseover='alert(1)' `{{ 7*7 }}{% raw %}{ $count }",
    "} body{background:url(//evil)}",
    "=cmd()|'/c calc'!A0",
    "+1-2;\"a\",b",
    "a\r\nb,\"c\"\r\n=d",
    "שרה\tלוי",
];

/// A point in time, from its day.
pub(super) fn at(day: &str) -> Moment {
    Moment::parse(&format!("{day}T12:00:00Z")).unwrap()
}

/// The number of the n-th person; reserved for fiction.
pub(super) fn phone(n: u8) -> Phone {
    Phone::from_digits(&format!("336399801{n:02}")).unwrap()
}

/// Signal's export lists the n-th person.
pub(super) fn signal(n: u8, day: &str) -> Evidence {
    Evidence {
        channel: Channel::Signal,
        holding: Holding::Reachable,
        grade: Grade::A,
        address: Some(Address::Phone(phone(n))),
        self_stated: false,
        origin: Origin::SignalExport,
        locator: Locator { path: Foreign::from("main.jsonl"), line: Some(1_200 + u64::from(n)) },
        at: Some(at(day)),
        at_latest: false,
        about: None,
    }
}

/// Somebody wrote a Matrix address: their own, or that of another.
pub(super) fn matrix(id: &str, own: bool, day: Option<&str>) -> Evidence {
    Evidence {
        channel: Channel::Matrix,
        holding: Holding::Reachable,
        grade: if own { Grade::B } else { Grade::C },
        address: Mxid::parse(id).map(Address::Mxid),
        self_stated: own,
        origin: if own { Origin::ChatSelf } else { Origin::ChatOther },
        locator: Locator { path: Foreign::from("Ada.txt"), line: Some(7) },
        at: day.map(at),
        at_latest: false,
        about: None,
    }
}

/// The n-th person, in the circle, with a number and messages.
pub(super) fn person(n: u8, name: Option<&str>, evidence: &[Evidence]) -> Checked {
    let name = name.map(Foreign::from);
    let contact = Contact {
        id: ContactId::from_random(u64::from(n).to_be_bytes()),
        names: name.clone().into_iter().collect(),
        name,
        phones: [phone(n)].into(),
        messages: 120 * u64::from(n),
        months: [(at("2021-01-20").month(), 120)].into(),
        last_message: Moment::parse("2021-01-20T10:00:00"),
        direct: Direct { mine: 60, theirs: 60 },
        ..sample::contact("", "")
    };
    Checked::new(contact, evidence.to_vec(), at("2021-01-31"))
}

/// The same person, never to be looked up.
pub(super) fn excluded(person: Checked) -> Checked {
    let contact = Contact { excluded: true, ..person.contact };
    Checked::new(contact, person.evidence, at("2021-01-31"))
}

/// The same person in another scope.
pub(super) fn scoped(mut person: Checked, scope: Scope) -> Checked {
    person.contact.scope = scope;
    person
}

/// A group without members.
pub(super) fn group(title: &str) -> Group {
    Group {
        title: Foreign::from(title),
        members: [].into(),
        members_complete: false,
        admins: [].into(),
        messages: 10,
        months: [].into(),
        elsewhere: Vec::new(),
    }
}

/// Groups of these titles with everybody in them.
pub(super) fn groups(people: &[Checked], titles: &[&str]) -> Vec<Group> {
    let everybody = (0..people.len()).map(|n| (n, MemberState::In));
    titles.iter().map(|title| Group { members: everybody.clone().collect(), ..group(title) }).collect()
}

/// Five people of the circle, of whom two are reachable (one since the run
/// before) and one likely; one of each other kind; a group.
pub(super) fn people() -> Vec<Checked> {
    let mut camille = person(2, Some("Camille"), &[signal(2, "2021-01-24")]);
    camille.contact.used.insert(Channel::Signal, at("2021-01-22"));
    vec![
        person(
            1,
            Some("Ada"),
            &[signal(1, "2021-01-24"), matrix("@ada:example.org", true, Some("2020-03-02"))],
        ),
        camille,
        person(3, Some("Maman ❤️"), &[matrix("@maman:example.org", false, Some("2020-11-02"))]),
        person(4, Some("שרה לוי"), &[]),
        person(5, None, &[]),
        scoped(person(6, Some("Plumber"), &[]), Scope::AddressBookOnly),
        scoped(person(7, Some("Neighbour"), &[]), Scope::GroupOnly),
        excluded(person(8, Some("Never"), &[signal(8, "2021-01-24")])),
    ]
}

/// The report about these people.
pub(super) fn report(people: &[Checked], titles: &[&str], words: &Words) -> Report {
    let graph = Graph { groups: groups(people, titles), ..Graph::default() };
    let run = Run {
        id: Some(2),
        at: at("2021-01-31"),
        command: "migrate".to_owned(),
        snapshot: snapshot(people, Count::Circle),
    };
    let known = |n: &usize| people.get(*n).map(|p| p.contact.id.clone());
    let before = Run {
        id: Some(1),
        at: at("2020-12-20"),
        command: "migrate".to_owned(),
        snapshot: Snapshot {
            contacts: [0, 1, 2, 3].iter().filter_map(known).collect(),
            reachable: [0, 3].iter().filter_map(known).map(|id| (id, [Channel::Signal].into())).collect(),
        },
    };
    let ledger = Ledger::default();
    let problems = [
        Problem::new(Code::RowRagged).in_file("contacts.csv").at(1_234),
        Problem::new(Code::SkippedLines).in_file("Ada.txt").counted(2),
    ];
    let material = Material {
        now: run.at,
        run: &run,
        before: Some(&before),
        graph: &graph,
        people,
        findings: &[],
        ledger: &ledger,
        count: Count::Circle,
        entries: (12, 1),
        lists: 0,
        disclosed: Vec::new(),
        problems: &problems,
    };
    build(&material, words)
}
