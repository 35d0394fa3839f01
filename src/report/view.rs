//! The report: every number, before it is rendered. Its JSON is a public
//! interface (`transhume.report/1`).

use serde::Serialize;

use crate::check::Checked;
use crate::check::candidates::candidates;
use crate::graph::{Graph, Ledger, Open};
use crate::model::channel::PerChannel;
use crate::model::contact::{Elsewhere, Group};
use crate::model::finding::MemberState;
use crate::model::run::{Counts, Run};
use crate::model::{Channel, Finding, Foreign, Moment, Problem, Scope, Severity, State};
use crate::words::{self, Words};

use super::changes::{Changes, Previous, compare};
use super::history::{Point, before_the_first, by_month};
use super::scope::Count;
use crate::words::escape;

/// Something said within so many days is in use.
const IN_USE_DAYS: i64 = 90;

/// Which run, and when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RunId {
    /// Its number; none for a past that was worked out from dated evidence.
    pub id: Option<i64>,
    /// When.
    pub at: Moment,
}

/// The report.
#[derive(Clone, Debug, Serialize)]
pub struct Report {
    /// The schema's name.
    pub schema: &'static str,
    /// The run that it tells of.
    pub run: RunId,
    /// How many contacts there are, excluded ones left out.
    pub contacts: usize,
    /// Who is counted, and how many there are of each.
    pub scope: Scopes,
    /// How many of those counted can be reached.
    pub reachable: Counts,
    /// How many of those counted are in each state, by channel.
    pub by_state: PerChannel<ByState>,
    /// How many are reachable and were talked with there of late.
    pub in_use: usize,
    /// The share of the last twelve months' messages that were exchanged with
    /// reachable people, 0 to 1; none if there was no message.
    pub covered: Option<f64>,
    /// What sources know of the past.
    pub history: Vec<Point>,
    /// What this run is compared with.
    pub previous: Option<Previous>,
    /// What changed since.
    pub changes: Changes,
    /// The groups.
    pub groups: Vec<GroupView>,
    /// How many questions a person has to decide.
    pub needs_review: usize,
    /// How many of them ask about what was assumed; the others were left open.
    #[serde(skip)]
    pub assumed: usize,
    /// What became of the entries that were read.
    pub inputs: Inputs,
    /// What has left this machine.
    pub disclosed: Vec<Disclosed>,
    /// What was wrong.
    pub problems: Vec<ProblemView>,
    /// Whether it is for others: then nobody is named in it, and no group.
    pub shared: bool,
}

/// Who is counted, and how many there are of each.
#[derive(Clone, Debug, Serialize)]
pub struct Scopes {
    /// Whom the big number counts.
    pub count: Count,
    /// The circle.
    pub circle: usize,
    /// Never seen on WhatsApp.
    pub address_book_only: usize,
    /// Never saved by name, and no chat that went both ways.
    pub group_only: usize,
}

impl Scopes {
    /// How many people the big number is about.
    pub fn counted(&self, people: &[Checked]) -> usize {
        people.iter().filter(|p| self.count.includes(p)).count()
    }
}

/// How many are in each state.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct ByState {
    /// Proven or stated.
    pub reachable: usize,
    /// A hint, or long ago.
    pub likely: usize,
    /// Asked, no answer.
    pub not_found: usize,
    /// The network said so.
    pub unregistered: usize,
    /// Not asked.
    pub unknown: usize,
    /// The user said never.
    pub excluded: usize,
}

impl ByState {
    /// How many of these are in each state on a channel.
    pub fn of<'a>(people: impl Iterator<Item = &'a Checked>, channel: Channel) -> ByState {
        let mut by_state = ByState::default();
        people.for_each(|person| by_state.add(person.verdicts.get(channel).state));
        by_state
    }

    fn add(&mut self, state: State) {
        let count = match state {
            State::Reachable => &mut self.reachable,
            State::Likely => &mut self.likely,
            State::NotFound => &mut self.not_found,
            State::Unregistered => &mut self.unregistered,
            State::Unknown => &mut self.unknown,
            State::Excluded => &mut self.excluded,
        };
        *count += 1;
    }
}

/// A group and how many of it can be reached.
#[derive(Clone, Debug, Serialize)]
pub struct GroupView {
    /// Its title.
    pub title: Foreign,
    /// How many members are known, the user left out.
    pub members: usize,
    /// Whether these are all.
    pub members_complete: bool,
    /// How many of them can be reached.
    pub reachable: Counts,
    /// Where members of it are together on another network.
    pub elsewhere: Vec<Elsewhere>,
}

/// What became of the entries that were read: `read = kept + merged + rejected`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Inputs {
    /// Entries read.
    pub read: u64,
    /// Entries that are people of their own.
    pub kept: u64,
    /// Entries that went into a person of another entry.
    pub merged: u64,
    /// Entries that could not be used.
    pub rejected: u64,
}

/// What left this machine.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Disclosed {
    /// To which host; none where that is not known before it is asked.
    pub host: Option<Foreign>,
    /// How many identities, hashed.
    pub hashed: u64,
    /// How many identities, plain.
    pub plain: u64,
}

/// A problem in the words of a language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ProblemView {
    /// How bad.
    pub severity: Severity,
    /// The stable code.
    pub code: &'static str,
    /// In which file.
    pub path: Option<Foreign>,
    /// In which line.
    pub line: Option<u64>,
    /// What it is.
    pub what: String,
    /// What to do.
    pub hint: String,
}

impl ProblemView {
    /// Words a problem.
    pub fn new(words: &Words, problem: &Problem) -> Self {
        // Escaped as for a terminal: safe in every other sink as well, each of
        // which escapes it once more in its own way.
        let (what, hint) = words::problem(words, problem, escape::terminal);
        Self {
            severity: problem.severity(),
            code: problem.code.id(),
            path: problem.path.clone(),
            line: problem.line,
            what,
            hint,
        }
    }
}

/// What a report is made of.
#[derive(Clone)]
pub struct Material<'a> {
    /// The run that it tells of.
    pub run: &'a Run,
    /// The time of the report, which may be later than the run's.
    pub now: Moment,
    /// The run before, if there is one.
    pub before: Option<&'a Run>,
    /// The graph; its contacts have gone into `people`.
    pub graph: &'a Graph,
    /// The contacts with their evidence.
    pub people: &'a [Checked],
    /// The findings of all sources.
    pub findings: &'a [&'a Finding],
    /// The ledger of ids.
    pub ledger: &'a Ledger,
    /// Whom to count.
    pub count: Count,
    /// Entries read and rejected, over all sources.
    pub entries: (u64, u64),
    /// Entries that are lists of others.
    pub lists: u64,
    /// What left this machine.
    pub disclosed: Vec<Disclosed>,
    /// What was wrong.
    pub problems: &'a [Problem],
}

/// Works out the report, worded in a language.
pub fn build(material: &Material<'_>, words: &Words) -> Report {
    let Material { run, now, people, count, .. } = *material;
    let counted: Vec<&Checked> = people.iter().filter(|p| count.includes(p)).collect();
    let worked_out = || before_the_first(people, material.findings.iter().copied(), count);
    let before = material.before.cloned().or_else(worked_out);
    let compared = before.map(|before| compare(people, count, &before, material.ledger));
    let (previous, changes) = compared.unzip();
    let by_state = PerChannel::from_fn(|channel| ByState::of(counted.iter().copied(), channel));
    let in_scope = |scope| people.iter().filter(|p| !p.contact.excluded && p.contact.scope == scope).count();
    Report {
        schema: "transhume.report/1",
        run: RunId { id: run.id, at: run.at },
        contacts: people.iter().filter(|p| !p.contact.excluded).count(),
        scope: Scopes {
            count,
            circle: in_scope(Scope::Circle),
            address_book_only: in_scope(Scope::AddressBookOnly),
            group_only: in_scope(Scope::GroupOnly),
        },
        reachable: counts(counted.iter().copied()),
        by_state,
        in_use: counted.iter().filter(|p| is_in_use(p, now)).count(),
        covered: covered(people, count, now),
        history: by_month(people, count, now),
        previous,
        changes: changes.unwrap_or_default(),
        groups: groups(&material.graph.groups, people),
        needs_review: material.graph.review.len() + to_be_looked_at(people),
        assumed: material.graph.review.iter().filter(|r| r.open == Open::AssumedRegion).count(),
        inputs: inputs(material),
        disclosed: material.disclosed.clone(),
        problems: material.problems.iter().map(|p| ProblemView::new(words, p)).collect(),
        shared: false,
    }
}

/// How many contacts have accounts that may be theirs, for a person to look at.
fn to_be_looked_at(people: &[Checked]) -> usize {
    people.iter().filter(|person| !candidates(person).1.is_empty()).count()
}

/// How many of these can be reached.
pub fn counts<'a>(people: impl Iterator<Item = &'a Checked>) -> Counts {
    let mut counts = Counts::default();
    for person in people {
        counts.any += usize::from(person.is_reachable());
        for channel in Channel::ALL {
            *counts.on.get_mut(channel) += usize::from(person.is_on(channel));
        }
    }
    counts
}

fn is_in_use(person: &Checked, now: Moment) -> bool {
    person
        .contact
        .used
        .iter()
        .any(|(channel, at)| person.is_on(*channel) && at.days_until(now) <= IN_USE_DAYS)
}

/// Messages exchanged in the last twelve months: direct chats both ways, and
/// what people wrote in groups.
fn covered(people: &[Checked], count: Count, now: Moment) -> Option<f64> {
    let (mut all, mut reached) = (0u64, 0u64);
    for person in people.iter().filter(|p| count.includes(p)) {
        let year = now.month().back(11)..=now.month();
        let messages: u64 = person.contact.months.range(year).map(|(_, n)| n).sum();
        all += messages;
        reached += if person.is_reachable() { messages } else { 0 };
    }
    #[expect(clippy::cast_precision_loss, reason = "a share, rounded to three places")]
    let share = reached as f64 / all as f64;
    (all > 0).then(|| (share * 1000.0).round() / 1000.0)
}

/// How far each group is, the largest first.
pub fn groups(groups: &[Group], people: &[Checked]) -> Vec<GroupView> {
    let mut groups: Vec<GroupView> = groups
        .iter()
        .map(|group| {
            let there = group.members.iter().filter(|(_, state)| **state == MemberState::In);
            let there: Vec<&Checked> = there.map(|(contact, _)| &people[*contact]).collect();
            GroupView {
                title: group.title.clone(),
                members: there.len(),
                members_complete: group.members_complete,
                reachable: counts(there.into_iter()),
                elsewhere: group.elsewhere.clone(),
            }
        })
        .collect();
    groups.sort_by(|a, b| (b.members, &a.title).cmp(&(a.members, &b.title)));
    groups
}

fn inputs(material: &Material<'_>) -> Inputs {
    let (read, rejected) = material.entries;
    let people = material.people.iter().filter(|p| !p.contact.entries.is_empty()).count() as u64;
    let own = u64::from(!material.graph.own_entries.is_empty());
    let nobodys = material.graph.nobodys.len() as u64;
    let kept = (people + own + nobodys + material.lists).min(read - rejected);
    Inputs { read, kept, merged: read - rejected - kept, rejected }
}
