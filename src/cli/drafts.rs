//! The next drafts: which channel, and whom in what order.

use std::collections::BTreeSet;

use crate::invite::{Draft, NoDrafts, Terms, default_channel, drafts, found_on};
use crate::model::{Channel, Foreign, Moment};
use crate::plan::{self, Asked};
use crate::words::key;

use super::args::ChannelArgument;
use super::context::Context;
use super::exit::Exit;
use super::failure::Failure;
use super::knowledge::Knowledge;

/// People with whom something was said on the other channel within so many
/// days need no draft: the two talk there already.
const IN_USE_DAYS: i32 = 90;

/// Whether a channel that was asked for can be right, as far as the settings
/// tell: before anything else is done.
///
/// # Errors
/// The channel needs an address of the user's, and there is none.
pub fn may_invite_to(context: &Context, to: Option<ChannelArgument>) -> Result<(), Failure> {
    let reach = context.reach()?;
    match to.map(channel) {
        // On Signal the user's own export may have to tell.
        None | Some(Channel::Signal) => Ok(()),
        Some(to) => found_on(to, &reach, None).map(|_| ()).map_err(|_| missing(to)),
    }
}

fn channel(to: ChannelArgument) -> Channel {
    match to {
        ChannelArgument::Matrix => Channel::Matrix,
        ChannelArgument::Signal => Channel::Signal,
        ChannelArgument::Xmpp => Channel::Xmpp,
    }
}

fn missing(channel: Channel) -> Failure {
    Failure::new(Exit::Usage, key::ERROR_NO_REACH).about(channel.title())
}

/// Where people are invited to: where the user asked for, else where most of the
/// circle is.
///
/// # Errors
/// The user cannot be found there, or anywhere.
pub fn channel_of(
    context: &Context,
    knowledge: &Knowledge,
    to: Option<ChannelArgument>,
) -> Result<Channel, Failure> {
    let reach = context.reach()?;
    let own = knowledge.graph.own_signal.as_ref();
    let to = match to.map(channel) {
        Some(to) => to,
        None => default_channel(&knowledge.people, &reach, own).ok_or_else(|| missing(Channel::Signal))?,
    };
    found_on(to, &reach, own).map_err(|_| missing(to))?;
    Ok(to)
}

/// Who was asked already: nothing is kept of that yet.
pub fn asked() -> Asked {
    Asked::new()
}

/// What the plan is asked.
pub fn question<'a>(
    context: &Context,
    knowledge: &'a Knowledge,
    to: Channel,
    asked: &'a Asked,
) -> plan::Question<'a> {
    let Knowledge { people, graph, .. } = knowledge;
    let has_whatsapp = graph.has_whatsapp;
    plan::Question { people, groups: &graph.groups, has_whatsapp, asked, to, now: context.now }
}

/// Makes the next `batch` drafts.
///
/// # Errors
/// A channel was asked for on which the user cannot be found.
pub fn next(
    context: &Context,
    knowledge: &Knowledge,
    to: Option<ChannelArgument>,
    batch: usize,
) -> Result<Vec<Draft>, Failure> {
    let to = channel_of(context, knowledge, to)?;
    let reach = context.reach()?;
    let own = knowledge.graph.own_signal.as_ref();
    let titles: Vec<&Foreign> = knowledge.graph.groups.iter().map(|g| &g.title).collect();
    let since = context.now.civil().saturating_sub(jiff::Span::new().days(IN_USE_DAYS));
    let terms = Terms {
        reach: &reach,
        own,
        language: context.words.language(),
        has_whatsapp: knowledge.graph.has_whatsapp,
        done: &BTreeSet::new(),
        used_since: Some(Moment::instant_like(context.now, since)),
    };
    let asked = asked();
    let question = question(context, knowledge, to, &asked);
    drafts(&knowledge.people, &plan::next(&question), &titles, to, batch, &terms).map_err(|error| match error
    {
        NoDrafts::Missing(_) => missing(to),
        NoDrafts::Template(error) => error.into(),
    })
}
