//! The next drafts: which channel, and whom in what order.

use std::collections::BTreeSet;

use crate::invite::{Draft, NoDrafts, Terms, default_channel, drafts, found_on};
use crate::model::{Channel, Foreign, Moment};
use crate::plan::order::order;
use crate::words::key;

use super::args::ChannelArgument;
use super::context::Context;
use super::exit::Exit;
use super::failure::Failure;
use super::knowledge::Knowledge;

/// People with whom something was said on the other channel within so many
/// days need no draft: the two talk there already.
const IN_USE_DAYS: i32 = 90;

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
    let reach = context.reach()?;
    let own = knowledge.graph.own_signal.as_ref();
    let missing = |channel: Channel| Failure::new(Exit::Usage, key::ERROR_NO_REACH).about(channel.title());
    let to = match to {
        Some(ChannelArgument::Matrix) => Channel::Matrix,
        Some(ChannelArgument::Signal) => Channel::Signal,
        Some(ChannelArgument::Xmpp) => Channel::Xmpp,
        None => default_channel(&knowledge.people, &reach, own).ok_or_else(|| missing(Channel::Signal))?,
    };
    if found_on(to, &reach, own).is_err() {
        return Err(missing(to));
    }
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
    let places = order(&knowledge.people, context.now);
    drafts(&knowledge.people, &places, &titles, to, batch, &terms).map_err(|error| match error {
        NoDrafts::Missing(_) => missing(to),
        NoDrafts::Template(error) => error.into(),
    })
}
