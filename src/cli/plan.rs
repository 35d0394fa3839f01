//! `transhume plan`: whom to invite next, which groups can move, and what still
//! holds, with reasons.

use crate::plan;
use crate::report::plan::{AboutView, GroupPlanView, PlaceView, Subject};
use crate::report::terminal::{self, Extent};

use super::args::ChannelArgument;
use super::context::Context;
use super::drafts;
use super::exit::Exit;
use super::failure::Failure;
use super::knowledge::Knowledge;

/// Prints the plan: the `first` so many people, and groups that move at that
/// share. As JSON everybody is in it.
///
/// # Errors
/// An empty workspace; a channel was asked for on which the user cannot be found.
pub fn run(
    context: &Context,
    to: Option<ChannelArgument>,
    first: usize,
    share: usize,
) -> Result<Exit, Failure> {
    drafts::may_invite_to(context, to)?;
    let knowledge = Knowledge::load(context)?;
    let to = drafts::planned_channel(context, &knowledge, to)?;
    let asked = drafts::asked(&knowledge);
    let question = drafts::question(context, &knowledge, to, &asked, share);
    let plan = plan::plan(&question);
    let subject = Subject::new(&knowledge.people, &knowledge.graph.groups);
    if !context.printer.json {
        let style = context.printer.style();
        let extent = Extent { first, share };
        context.printer.data(&terminal::plan(&plan, extent, &subject, &context.words, style))?;
        return Ok(Exit::Done);
    }
    for (at, place) in plan.places.iter().enumerate() {
        context.printer.json(&PlaceView::new(at + 1, place, &plan, &subject, &context.words))?;
    }
    for group in &plan.groups {
        context.printer.json(&GroupPlanView::new(group, &plan, &subject))?;
    }
    context.printer.json(&AboutView::new(&plan, &subject, &context.words))?;
    Ok(Exit::Done)
}
