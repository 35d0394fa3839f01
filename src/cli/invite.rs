//! `transhume invite`: the next drafts, for a person to send.

use crate::words::escape;
use crate::words::key;

use super::args::ChannelArgument;
use super::context::Context;
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
pub fn run(context: &Context, to: Option<ChannelArgument>, batch: usize) -> Result<Exit, Failure> {
    let knowledge = Knowledge::load(context)?;
    let drafts = drafts::next(context, &knowledge, to, batch)?;
    let _lock = outputs::prepare(context)?;
    let paths = outputs::invites(context, &drafts)?;
    if context.printer.json {
        for draft in &drafts {
            context.printer.json(draft)?;
        }
        return Ok(Exit::Done);
    }
    context.printer.data(&context.words.say_with(key::INVITE_DONE, &[("count", drafts.len().into())]))?;
    for draft in &drafts {
        context.printer.data(&line(draft, context))?;
    }
    for path in paths.iter().filter(|p| !p.to_string_lossy().ends_with(".txt")) {
        context.printer.data(&format!("  {}", shown(path)))?;
    }
    Ok(Exit::Done)
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
