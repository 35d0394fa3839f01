//! How long the whole plan of larger graphs takes: the order, what each of its places
//! brings, the groups, and what holds.

use std::collections::{BTreeMap, BTreeSet};

use nix::sys::resource::{UsageWho, getrusage};
use nix::sys::time::TimeValLike;
use transhume::check::Checked;
use transhume::model::evidence::{Locator, Origin};
use transhume::model::finding::MemberState;
use transhume::model::{Channel, Contact, Evidence, Foreign, Grade, Group, Holding, Moment};
use transhume::plan::{Asked, MOST, Question, plan};

use super::Dice;
use super::people::contact;

/// How long plans take: an ordinary life, ten times as much, and as much as can be.
pub fn speed() {
    let Some(now) = Moment::parse("2026-01-01T00:00:00Z") else { return };
    println!("| contacts | groups | memberships | seconds of CPU | cheaper methods |\n|---|---|---|---|---|");
    for (people, groups, largest) in [(500, 60, 60), (5_000, 600, 60), (100_000, 5_000, 1_024)] {
        let (contacts, knots) = large(people, groups, largest, now);
        let memberships: usize = knots.iter().map(|group| group.members.len()).sum();
        let question = Question {
            people: &contacts,
            groups: &knots,
            has_whatsapp: true,
            asked: &Asked::new(),
            to: Channel::Signal,
            share: MOST,
            now,
        };
        let before = cpu();
        let found = plan(&question);
        let took = cpu() - before;
        let cheaper = if found.cheaper { "yes" } else { "no" };
        println!("| {people} | {groups} | {memberships} | {took:.2} | {cheaper} |");
    }
}

/// The CPU seconds of this process so far.
fn cpu() -> f64 {
    let seconds = |time: nix::sys::time::TimeVal| time.num_microseconds() as f64 / 1e6;
    getrusage(UsageWho::RUSAGE_SELF)
        .map_or(0.0, |usage| seconds(usage.user_time()) + seconds(usage.system_time()))
}

/// A life of any size: groups of up to `largest`, mostly among neighbours, some
/// people in many of them; every tenth is there already.
fn large(people: usize, groups: usize, largest: usize, now: Moment) -> (Vec<Checked>, Vec<Group>) {
    let mut dice = Dice::new(1, 1);
    let mut known: Vec<usize> = (0..people).collect();
    let mut knots: Vec<Group> = Vec::new();
    let mut own = vec![BTreeSet::new(); people];
    for number in 0..groups {
        // Half of the groups have less than a quarter of the largest.
        let size = 3 + dice.below(dice.clone().below(largest) + 1).min(largest - 3);
        let near = dice.below(people);
        let one = |_| match dice.below(10) {
            0..7 => (near + dice.below(2 * size)) % people,
            _ => known[dice.below(known.len())],
        };
        let members: BTreeSet<usize> = (0..size).map(one).collect();
        known.extend(&members);
        for member in &members {
            own[*member].insert(number);
        }
        let messages = dice.below(1_000) as u64;
        knots.push(Group {
            title: Foreign::from(format!("Group {number}").as_str()),
            members: members.into_iter().map(|member| (member, MemberState::In)).collect(),
            members_complete: true,
            admins: BTreeSet::new(),
            messages,
            months: BTreeMap::from([(now.month(), messages)]),
            elsewhere: Vec::new(),
        });
    }
    let person = |(number, groups)| {
        let there = dice.happens(0.1);
        let messages = dice.below(dice.clone().below(200) + 1) as u64;
        let evidence = there.then(|| on_signal(now)).into_iter().collect();
        let contact = Contact {
            groups,
            months: BTreeMap::from([(now.month(), messages)]),
            last_message: Some(now),
            ..contact(number, &format!("Person {number}"), messages)
        };
        Checked::new(contact, evidence, now)
    };
    (own.into_iter().enumerate().map(person).collect(), knots)
}

fn on_signal(now: Moment) -> Evidence {
    Evidence {
        channel: Channel::Signal,
        holding: Holding::Reachable,
        grade: Grade::A,
        address: None,
        self_stated: true,
        origin: Origin::SignalExport,
        locator: Locator { path: Foreign::from("main.jsonl"), line: Some(1) },
        at: Some(now),
        at_latest: false,
        about: None,
    }
}
