//! The next drafts: which channel, and whom in what order.

use crate::check::Checked;
use crate::invite::{Draft, DraftKind, NoDrafts, Standing, Status, Terms, default_channel, drafts, found_on};
use crate::model::{Channel, Foreign, Moment};
use crate::plan::{self, Answered, Asked};
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

/// Who was asked already, and did not come.
pub fn asked(knowledge: &Knowledge) -> Asked {
    let answered = |person: &Checked| {
        Some(match Standing::of(person)?.status {
            Status::Sent => Answered::Sent,
            Status::Reminded => Answered::Reminded,
            Status::Declined => Answered::Declined,
            Status::Never => Answered::Never,
            Status::Draft | Status::Joined => return None,
        })
    };
    let asked = |person: &Checked| Some((person.contact.id.clone(), answered(person)?));
    knowledge.people.iter().filter_map(asked).collect()
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
    let asked = asked(knowledge);
    let order = plan::next(&question(context, knowledge, to, &asked));
    write(context, knowledge, to, &order, batch, Some(IN_USE_DAYS))
}

/// Where somebody would be asked to now, and whether they are there already.
///
/// # Errors
/// A channel was asked for on which the user cannot be found.
pub fn would_be(
    context: &Context,
    knowledge: &Knowledge,
    contact: usize,
    to: Option<ChannelArgument>,
) -> Result<(Channel, bool), Failure> {
    // What was sent was sent, also where nobody could find the user.
    let wanted = match (channel_of(context, knowledge, to), to.map(channel)) {
        (Ok(channel), _) => channel,
        (Err(failure), Some(_)) => return Err(failure),
        (Err(_), None) => plan::most_used(&knowledge.people),
    };
    let there = knowledge.people.get(contact).is_some_and(|person| person.is_on(wanted));
    if to.is_some() {
        return Ok((wanted, there));
    }
    let drafts = write(context, knowledge, wanted, &[contact], 1, None).unwrap_or_default();
    let one = drafts.first().map(|draft| (draft.channel, draft.kind == DraftKind::Switch));
    Ok(one.unwrap_or((wanted, there)))
}

/// Writes drafts for the next `batch` people in that order; none for those with
/// whom something was said within so many days where both are.
fn write(
    context: &Context,
    knowledge: &Knowledge,
    to: Channel,
    order: &[usize],
    batch: usize,
    in_use: Option<i32>,
) -> Result<Vec<Draft>, Failure> {
    let reach = context.reach()?;
    let titles: Vec<&Foreign> = knowledge.graph.groups.iter().map(|g| &g.title).collect();
    let since = |days: i32| {
        let since = context.now.civil().saturating_sub(jiff::Span::new().days(days));
        Moment::instant_like(context.now, since)
    };
    let terms = Terms {
        reach: &reach,
        own: knowledge.graph.own_signal.as_ref(),
        language: context.words.language(),
        has_whatsapp: knowledge.graph.has_whatsapp,
        now: context.now,
        used_since: in_use.map(since),
    };
    drafts(&knowledge.people, order, &titles, to, batch, &terms).map_err(|error| match error {
        NoDrafts::Missing(_) => missing(to),
        NoDrafts::Template(error) => error.into(),
    })
}
