//! `transhume invite mark` and `invite list`: what became of invitations. Nothing is
//! sent here: the user tells what they did, and what came of it.

use std::collections::BTreeSet;

use serde::Serialize;

use crate::check::Checked;
use crate::graph::Look;
use crate::invite::{DraftKind, Refusal, Reminder, Standing, Status, may_become};
use crate::model::{Became, Channel, ContactId, Foreign, Invited, Mark, Moment, Ruling};
use crate::words::{Words, escape, key};
use crate::workspace::store::Stored;
use crate::workspace::{Store, lock};

use super::args::{ChannelArgument, MarkArgument};
use super::contacts::decide::{filled, is_there};
use super::context::Context;
use super::drafts;
use super::exit::Exit;
use super::failure::Failure;
use super::knowledge::{Knowledge, find};

/// Where somebody stands with an invitation, as JSON (`transhume.invited/1`).
#[derive(Debug, Serialize)]
struct InvitedView {
    schema: &'static str,
    contact: PersonView,
    status: Status,
    channel: Option<Channel>,
    kind: Option<DraftKind>,
    asked: Option<Moment>,
    last: Option<Moment>,
    reminders: usize,
    /// The first day on which a reminder may go out.
    remind_from: Option<String>,
}

#[derive(Debug, Serialize)]
struct PersonView {
    id: ContactId,
    name: Option<Foreign>,
}

impl InvitedView {
    fn new(person: &Checked, now: Moment) -> Self {
        let standing = Standing::of(person);
        let from = standing.as_ref().and_then(|standing| match standing.reminder(now) {
            Reminder::Now => Some(now.date()),
            Reminder::From(day) => Some(day),
            Reminder::Never => None,
        });
        Self {
            schema: "transhume.invited/1",
            contact: PersonView { id: person.contact.id.clone(), name: person.contact.name.clone() },
            status: standing.map_or(Status::Draft, |standing| standing.status),
            channel: standing.map(|standing| standing.channel),
            kind: standing.map(|standing| standing.kind),
            asked: standing.and_then(|standing| standing.asked),
            last: standing.and_then(|standing| standing.last),
            reminders: standing.map_or(0, |standing| standing.reminders),
            remind_from: from.map(|day| day.to_string()),
        }
    }
}

/// Keeps what became of the invitations of some people: of all of them or of none.
///
/// # Errors
/// An empty or locked workspace, no such contact or several, something that cannot
/// have become of an invitation.
pub fn run(
    context: &Context,
    names: &[String],
    status: MarkArgument,
    to: Option<ChannelArgument>,
) -> Result<Exit, Failure> {
    is_there(context)?;
    let lock = lock::take(&context.folder)?;
    let mut store = Store::open(&context.folder, &lock)?;
    let writing = store.begin()?;
    let stored = filled(&writing)?;
    let look = |look: &Look<'_>| -> Result<Vec<(ContactId, Vec<Mark>)>, Failure> {
        let region = look.graph.regions.home().or(context.region);
        let mut seen = BTreeSet::new();
        let mut found = Vec::new();
        for name in names {
            let contact = find(&look.graph.contacts, name, region)?;
            if seen.insert(contact.id.clone()) {
                found.push((contact.id.clone(), look.marks(&contact.id)));
            }
        }
        Ok(found)
    };
    let (before, found) = Knowledge::derive_with(context, stored.clone(), look)?;
    let mut ids = BTreeSet::new();
    for (id, who) in found? {
        let known = before.people.iter().enumerate().find(|(_, person)| person.contact.id == id);
        let Some((at, person)) = known else { continue };
        match status.became() {
            Some(became) => {
                let told = tell(context, &before, at, became, to)?;
                writing.rule(&Ruling::Invited { id: id.clone(), who, told }, None, context.now)?;
            }
            None => writing.take_back(last(&stored, &before, person, &who)?)?,
        }
        ids.insert(id);
    }
    let after = Knowledge::derive(context, writing.load()?)?;
    writing.keep_ledger(&after.ledger)?;
    writing.commit()?;
    let marked = after.people.iter().filter(|person| ids.contains(&person.contact.id));
    say(context, marked)
}

/// Keeps that invitations were sent by the program itself: each contact's, and
/// whether they were on the channel already. Of whom that is known, nothing
/// changes.
///
/// # Errors
/// The workspace cannot be written.
pub fn sent(
    context: &Context,
    store: &mut Store,
    channel: Channel,
    people: &[(ContactId, bool)],
) -> Result<(), Failure> {
    let writing = store.begin()?;
    let marks = |look: &Look<'_>| -> Vec<Vec<Mark>> { people.iter().map(|(id, _)| look.marks(id)).collect() };
    let (before, marks) = Knowledge::derive_with(context, filled(&writing)?, marks)?;
    for ((id, switch), who) in people.iter().zip(marks) {
        let standing = before.people.iter().find(|person| person.contact.id == *id).and_then(Standing::of);
        if may_become(standing.as_ref(), Became::Sent, context.now).is_ok() {
            let told = Invited { channel, switch: *switch, became: Became::Sent, at: context.now };
            writing.rule(&Ruling::Invited { id: id.clone(), who, told }, None, context.now)?;
        }
    }
    let after = Knowledge::derive(context, writing.load()?)?;
    writing.keep_ledger(&after.ledger)?;
    writing.commit()?;
    Ok(())
}

/// Lists everybody of whose invitation something was told, the latest first.
///
/// # Errors
/// An empty workspace.
pub fn list(context: &Context) -> Result<Exit, Failure> {
    let knowledge = Knowledge::load(context)?;
    let mut all: Vec<(Option<Moment>, &Checked)> =
        (knowledge.people.iter()).filter_map(|person| Some((Standing::of(person)?.last, person))).collect();
    all.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.contact.id.cmp(&b.1.contact.id)));
    if all.is_empty() {
        context.printer.note(&context.words.say(key::INVITE_LIST_NONE));
    }
    say(context, all.into_iter().map(|(_, person)| person))
}

/// What is to be kept, if it can be.
fn tell(
    context: &Context,
    knowledge: &Knowledge,
    at: usize,
    became: Became,
    to: Option<ChannelArgument>,
) -> Result<Invited, Failure> {
    let person = &knowledge.people[at];
    let standing = Standing::of(person);
    may_become(standing.as_ref(), became, context.now).map_err(|refusal| refused(refusal, person))?;
    let (channel, switch) = match (to, standing) {
        (None, Some(standing)) => (standing.channel, standing.kind == DraftKind::Switch),
        _ => drafts::would_be(context, knowledge, at, to)?,
    };
    Ok(Invited { channel, switch, became, at: context.now })
}

fn refused(refusal: Refusal, person: &Checked) -> Failure {
    let name = person.contact.name.as_ref().map_or(person.contact.id.as_str(), |name| name.raw());
    let (key, day) = match refusal {
        Refusal::NotAsked => (key::ERROR_MARK_NOT_ASKED, None),
        Refusal::Asked(day) => (key::ERROR_MARK_ASKED, Some(day)),
        Refusal::Joined => (key::ERROR_MARK_JOINED, None),
        Refusal::SaidNo => (key::ERROR_MARK_SAID_NO, None),
        Refusal::TooEarly(day) => (key::ERROR_MARK_TOO_EARLY, Some(day)),
        Refusal::Enough => (key::ERROR_MARK_ENOUGH, None),
    };
    let failure = Failure::new(Exit::Usage, key).about(name);
    match day {
        Some(day) => failure.with("day", day.to_string()),
        None => failure,
    }
}

/// The last thing that was told of somebody.
fn last(stored: &Stored, known: &Knowledge, person: &Checked, who: &[Mark]) -> Result<i64, Failure> {
    let nothing = || {
        let name = person.contact.name.as_ref().map_or(person.contact.id.as_str(), |name| name.raw());
        Failure::new(Exit::Usage, key::ERROR_MARK_NOTHING).about(name)
    };
    let last = person.contact.invited.last().ok_or_else(nothing)?;
    let is_it = |ruling: &Ruling| match ruling {
        Ruling::Invited { id, who: marks, told } => {
            let same = *known.ledger.current(id) == person.contact.id;
            told == last && (same || marks.iter().any(|mark| who.contains(mark)))
        }
        _ => false,
    };
    let kept = stored.rulings.iter().rev().find(|kept| is_it(&kept.ruling));
    kept.map(|kept| kept.id).ok_or_else(nothing)
}

/// Says where people stand.
fn say<'a>(context: &Context, people: impl Iterator<Item = &'a Checked>) -> Result<Exit, Failure> {
    for person in people {
        let view = InvitedView::new(person, context.now);
        if context.printer.json {
            context.printer.json(&view)?;
        } else {
            context.printer.data(&line(person, &view, &context.words))?;
        }
    }
    Ok(Exit::Done)
}

/// Where somebody stands, in a line.
fn line(person: &Checked, view: &InvitedView, words: &Words) -> String {
    let nobody = Foreign::new("");
    let name =
        escape::terminal_or(person.contact.name.as_ref().unwrap_or(&nobody), person.contact.id.as_str());
    let day = view.last.map(|at| at.date().to_string()).unwrap_or_default();
    let from = view.remind_from.clone().unwrap_or_default();
    let values = [
        ("name", (&name).into()),
        ("status", view.status.id().into()),
        ("channel", view.channel.map_or("", Channel::title).into()),
        ("day", day.as_str().into()),
        ("dated", if day.is_empty() { "no" } else { "yes" }.into()),
        ("reminders", view.reminders.into()),
        ("remind", if from.is_empty() { "no" } else { "yes" }.into()),
        ("from", from.as_str().into()),
    ];
    words.say_with(key::INVITE_STANDS, &values)
}
