//! What the report's page costs: `cargo bench --bench report`.
//!
//! The page about 5,000 contacts in 300 groups, with a plan, twelve runs and three
//! channels, as a multiple of what it takes to write the same data as JSON: the report,
//! the contacts, the plan and its groups. CPU time, the median of alternating warm
//! runs, in one process; and how large the page is.

#![expect(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    clippy::cast_precision_loss,
    reason = "a benchmark measures"
)]

use std::collections::BTreeSet;
use std::hint::black_box;
use std::sync::Arc;

use nix::sys::resource::{UsageWho, getrusage};
use nix::sys::time::TimeVal;
use transhume::check::Checked;
use transhume::graph::{Graph, Ledger};
use transhume::model::finding::MemberState;
use transhume::model::run::Run;
use transhume::model::{Channel, Contact, Foreign, Group, Moment, Phone, State};
use transhume::plan::{self, Asked, MOST, Question};
use transhume::report::contact::ContactView;
use transhume::report::history::{snapshot, trend};
use transhume::report::html::{Contents, page};
use transhume::report::plan::{GroupPlanView, PlaceView, Subject};
use transhume::report::scope::Count;
use transhume::report::view::{Material, Report};
use transhume::words::escape::to_json_line;
use transhume::words::{Language, Words};

mod measure;

use measure::people::contact;
use measure::{Dice, Done, median};

const PEOPLE: usize = 5_000;
const GROUPS: usize = 300;
const PAST: usize = 12;
const RUNS: usize = 15;
/// The page may take so many times what JSON does, and so many bytes.
const MOST_TIMES: f64 = 3.0;
const MOST_BYTES: usize = 2_000_000;

fn main() -> Done<()> {
    let now = Moment::parse("2026-01-01T00:00:00Z").ok_or("a clock")?;
    let (people, groups) = life(now);
    let words = Words::new(Language::En);
    let asked = Asked::default();
    let to = Channel::Signal;
    let question = Question {
        people: &people,
        groups: &groups,
        has_whatsapp: true,
        asked: &asked,
        to,
        share: MOST,
        now,
    };
    let plan = plan::plan(&question);
    let graph = Graph { groups, has_whatsapp: true, ..Graph::default() };
    let (ledger, runs) = (Ledger::default(), runs(&people, now));
    let trend = trend(&people, Count::Circle, &runs, &ledger);
    let run = runs.last().ok_or("a run")?;
    let material = Material {
        run,
        now,
        before: runs.first(),
        graph: &graph,
        people: &people,
        findings: &[],
        ledger: &ledger,
        count: Count::Circle,
        entries: (PEOPLE as u64, 0),
        lists: 0,
        disclosed: Vec::new(),
        problems: &[],
    };
    let report = transhume::report::build(&material, &words);
    let groups = &graph.groups;
    let contents = Contents { report: &report, people: &people, groups, plan: &plan, trend: &trend, now };
    let subject = Subject::new(&people, groups);
    let json = || -> Done<usize> { json(&report, &people, groups, &plan, &subject, &words) };
    let (mut own, mut bare, mut bytes) = (Vec::new(), Vec::new(), (0, 0));
    for _ in 0..=RUNS {
        let began = seconds()?;
        bytes.0 = black_box(page(&contents, &words)?).len();
        let between = seconds()?;
        bytes.1 = black_box(json()?);
        own.push(between - began);
        bare.push(seconds()? - between);
    }
    let (own, bare) = (median(&mut own[1..]), median(&mut bare[1..]));
    println!(
        "the page about {PEOPLE} contacts and {GROUPS} groups ({} KB): {:.1} ms = {:.2} times the same as JSON ({} KB, {:.1} ms)",
        bytes.0 / 1000,
        own * 1000.0,
        own / bare,
        bytes.1 / 1000,
        bare * 1000.0
    );
    if own > bare * MOST_TIMES || bytes.0 > MOST_BYTES {
        return Err("the page costs too much".into());
    }
    Ok(())
}

/// The CPU seconds of this process so far.
fn seconds() -> Done<f64> {
    let usage = getrusage(UsageWho::RUSAGE_SELF)?;
    let seconds = |t: TimeVal| t.tv_sec() as f64 + t.tv_usec() as f64 / 1e6;
    Ok(seconds(usage.user_time()) + seconds(usage.system_time()))
}

/// The same data as other programs read it.
fn json(
    report: &Report,
    people: &[Checked],
    groups: &[Group],
    plan: &plan::Plan,
    subject: &Subject<'_>,
    words: &Words,
) -> Done<usize> {
    let mut out = to_json_line(report)?;
    for person in people {
        out.push_str(&to_json_line(&ContactView::new(person, groups))?);
    }
    for (at, place) in plan.places.iter().enumerate() {
        out.push_str(&to_json_line(&PlaceView::new(at + 1, place, plan, subject, words))?);
    }
    for group in &plan.groups {
        out.push_str(&to_json_line(&GroupPlanView::new(group, plan, subject))?);
    }
    Ok(black_box(out).len())
}

/// Everybody has a number, a direct chat and three groups, near each other as groups are;
/// a third is on Signal, a tenth on Matrix, some on XMPP.
fn life(now: Moment) -> (Vec<Checked>, Vec<Group>) {
    let mut dice = Dice(88_172_645_463_325_252);
    let mut members = vec![Vec::new(); GROUPS];
    let mut people = Vec::new();
    for n in 0..PEOPLE {
        let home = n * GROUPS / PEOPLE;
        let groups = BTreeSet::from([home, (home + 1 + dice.roll(3)) % GROUPS, dice.roll(GROUPS)]);
        for group in &groups {
            members[*group].push(n);
        }
        let contact = Contact {
            phones: Phone::from_digits(&format!("336399{n:05}")).into_iter().collect(),
            months: (0..12).map(|back| (now.month().back(back), dice.roll(40) as u64)).collect(),
            groups,
            ..contact(n, &format!("Émile{n} Müller"), 120)
        };
        let mut person = Checked { contact, evidence: Vec::new(), verdicts: Arc::default() };
        for (channel, one_in) in [(Channel::Signal, 3), (Channel::Matrix, 10), (Channel::Xmpp, 40)] {
            if dice.roll(one_in) == 0 {
                Arc::make_mut(&mut person.verdicts).get_mut(channel).state = State::Reachable;
            }
        }
        people.push(person);
    }
    let group = |(n, members): (usize, Vec<usize>)| Group {
        title: Foreign::new(format!("Group number {n}")),
        members: members.into_iter().map(|member| (member, MemberState::In)).collect(),
        members_complete: n.is_multiple_of(2),
        admins: [].into(),
        messages: 1000,
        months: (0..12).map(|back| (now.month().back(back), 80)).collect(),
        elsewhere: Vec::new(),
    };
    (people, members.into_iter().enumerate().map(group).collect())
}

/// Runs of which each knows a little more than the one before.
fn runs(people: &[Checked], now: Moment) -> Vec<Run> {
    let run = |n: usize| Run {
        id: i64::try_from(n).ok(),
        at: now,
        command: "import".to_owned(),
        snapshot: snapshot(&people[..PEOPLE * n / PAST], Count::Circle),
    };
    (1..=PAST).map(run).collect()
}
