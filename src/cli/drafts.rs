//! The next drafts: which channel, and whom in what order.

use crate::invite::channel::default_channel;
use crate::invite::draft::{Draft, Request, drafts};
use crate::invite::reach::found_on;
use crate::model::{Channel, Foreign};
use crate::plan::order::order;
use crate::words::key;

use super::args::ChannelArgument;
use super::context::Context;
use super::exit::Exit;
use super::failure::Failure;
use super::knowledge::Knowledge;

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
    let to = match to {
        Some(ChannelArgument::Matrix) => Channel::Matrix,
        Some(ChannelArgument::Signal) => Channel::Signal,
        Some(ChannelArgument::Xmpp) => Channel::Xmpp,
        None => default_channel(&knowledge.people, &reach, own).unwrap_or(Channel::Signal),
    };
    if found_on(to, &reach, own).is_err() {
        return Err(Failure::new(Exit::Usage, key::ERROR_NO_REACH).about(to.id()));
    }
    let titles: Vec<&Foreign> = knowledge.graph.groups.iter().map(|g| &g.title).collect();
    let places = order(&knowledge.people, context.now);
    let request = Request {
        people: &knowledge.people,
        places: &places,
        groups: &knowledge.graph.groups,
        group_titles: &titles,
        has_whatsapp: knowledge.graph.has_whatsapp,
        reach: &reach,
        own_signal: own,
        to,
        batch,
        language: context.words.language(),
    };
    Ok(drafts(&request)?)
}
