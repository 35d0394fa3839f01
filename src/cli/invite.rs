//! `transhume invite`: the next drafts, for a person to send.

use jiff::civil::Date;

use crate::check::Checked;
use crate::invite::Kit;
use crate::invite::draft::BATCH;
use crate::model::Became;
use crate::words::{escape, key};

use super::args::{ChannelArgument, WritingArguments};
use super::context::Context;
use super::drafts::Next;
use super::exit::Exit;
use super::failure::Failure;
use super::inspect::shown;
use super::knowledge::Knowledge;
use super::{drafts, outputs};

/// Writes the next drafts.
///
/// # Errors
/// An empty workspace, a channel on which the user cannot be found, files that
/// cannot be written.
pub fn run(
    context: &Context,
    to: Option<ChannelArgument>,
    batch: usize,
    how: &WritingArguments,
) -> Result<Exit, Failure> {
    let knowledge = Knowledge::load(context)?;
    let next = drafts::next(context, &knowledge, to, batch, how)?;
    let _lock = outputs::prepare(context)?;
    let paths = outputs::invites(context, &next)?;
    let Next { drafts, kits, .. } = &next;
    let words = &context.words;
    if context.printer.json {
        for draft in drafts {
            context.printer.json(draft)?;
        }
        for kit in kits {
            context.printer.json(kit)?;
        }
        return Ok(Exit::Done);
    }
    context.printer.data(&words.say_with(key::INVITE_DONE, &[("count", drafts.len().into())]))?;
    for draft in drafts {
        context.printer.data(&line(draft, context))?;
    }
    for kit in kits {
        context.printer.data(&group(kit, context))?;
    }
    for path in paths.iter().filter(|p| !p.to_string_lossy().ends_with(".txt")) {
        context.printer.data(&format!("  {}", shown(path)))?;
    }
    let today = sent_on(&knowledge.people, context.now.date());
    if today >= BATCH {
        context.printer.note(&words.say_with(key::INVITE_TODAY, &[("count", today.into())]));
    } else if !drafts.is_empty() {
        context.printer.note(&words.say(key::INVITE_WHY_FEW));
    }
    Ok(Exit::Done)
}

/// How many messages went out on a day.
fn sent_on(people: &[Checked], day: Date) -> usize {
    let told = people.iter().flat_map(|person| &person.contact.invited);
    told.filter(|told| matches!(told.became, Became::Sent | Became::Reminded) && told.at.date() == day)
        .count()
}

/// What a group needs, in a line.
fn group(kit: &Kit, context: &Context) -> String {
    let title = escape::terminal(&kit.title);
    let values = [
        ("title", (&title).into()),
        ("channel", kit.channel.title().into()),
        ("day", kit.date.as_str().into()),
        ("missing", kit.missing.len().into()),
    ];
    format!("  {}", context.words.say_with(key::INVITE_GROUP, &values))
}

/// A draft in a line.
fn line(draft: &crate::invite::Draft, context: &Context) -> String {
    let nobody = crate::model::Foreign::new("");
    let name = escape::terminal_or(draft.contact.name.as_ref().unwrap_or(&nobody), draft.contact.id.as_str());
    let values = [
        ("name", (&name).into()),
        ("kind", draft.kind.id().into()),
        ("channel", draft.channel.title().into()),
        ("via", draft.via.id().into()),
    ];
    format!("  {}", context.words.say_with(key::INVITE_LINE, &values))
}
