//! The next drafts: which channel, and whom in what order.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use crate::check::Checked;
use crate::invite::rooms_client::link;
use crate::invite::text::here;
use crate::invite::{
    Code, Draft, DraftKind, Kit, KitTerms, NoDrafts, Own, Reach, Standing, Status, Terms, Texts,
    default_channel, drafts, found_on, kits, unmet,
};
use crate::model::{Channel, ContactId, Foreign, Moment};
use crate::plan::{self, Answered, Asked, Plan};
use crate::words::{escape, key};
use crate::workspace::tokens::KeptToken;
use crate::workspace::{Store, templates};

use super::args::{ChannelArgument, WritingArguments};
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

/// The channel that the user asked for, or prefers by their settings.
fn preferred(context: &Context, to: Option<ChannelArgument>) -> Option<Channel> {
    to.map(channel).or(context.settings.channel)
}

fn missing(channel: Channel) -> Failure {
    Failure::new(Exit::Usage, key::ERROR_NO_REACH).about(channel.title())
}

/// Where people are invited to: where the user asked for, else what they prefer by
/// their settings, else where most of the circle is.
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
    let to = match preferred(context, to) {
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
    share: usize,
) -> plan::Question<'a> {
    let Knowledge { people, graph, .. } = knowledge;
    let has_whatsapp = graph.has_whatsapp;
    plan::Question { people, groups: &graph.groups, has_whatsapp, asked, to, share, now: context.now }
}

/// What there is to send.
pub struct Next {
    /// To people.
    pub drafts: Vec<Draft>,
    /// To groups.
    pub kits: Vec<Kit>,
    /// Where the user is found, for when people meet.
    pub own: Vec<Own>,
}

/// Makes the next `batch` drafts, and what the groups need that are about to move.
///
/// # Errors
/// A channel was asked for on which the user cannot be found; a template, a link or a
/// day that is wrong.
pub fn next(
    context: &Context,
    knowledge: &Knowledge,
    to: Option<ChannelArgument>,
    batch: usize,
    how: &WritingArguments,
) -> Result<Next, Failure> {
    let to = channel_of(context, knowledge, to)?;
    let words = Wording::read(context, knowledge, how)?;
    let asked = asked(knowledge);
    let (order, plans) = plan::next_and_groups(&question(context, knowledge, to, &asked, plan::MOST));
    let drafts = write(context, knowledge, to, &order, batch, Some(IN_USE_DAYS), &words)?;
    let reach = context.reach()?;
    let terms = terms(context, knowledge, &reach, None, &words);
    let kit = KitTerms { to, on: words.on };
    let Knowledge { people, graph, .. } = knowledge;
    let kits = kits(people, &graph.groups, &plans, &terms, kit).map_err(|error| no_drafts(error, to))?;
    let unmet = unmet(people, &terms);
    for channel in Channel::ALL.into_iter().filter(|channel| *unmet.get(*channel) > 0) {
        let told = [("count", (*unmet.get(channel)).into()), ("channel", channel.title().into())];
        context.printer.note(&context.words.say_with(key::INVITE_UNMET, &told));
    }
    let found = |channel: Channel| {
        let found = found_on(channel, &reach, graph.own_signal.as_ref()).ok()?;
        Some(Own { channel, here: here(channel, &found)? })
    };
    Ok(Next { drafts, kits, own: Channel::ALL.into_iter().filter_map(found).collect() })
}

/// How drafts are worded: what was typed, and what the settings say.
struct Wording {
    texts: Texts,
    allowed: BTreeSet<ContactId>,
    links: BTreeMap<String, String>,
    codes: BTreeMap<ContactId, Code>,
    on: Option<Date>,
}

impl Wording {
    fn read(context: &Context, knowledge: &Knowledge, how: &WritingArguments) -> Result<Wording, Failure> {
        let settings = &context.settings;
        let own = context.folder.templates();
        let folder = how
            .templates
            .clone()
            .or_else(|| settings.templates.as_ref().map(|t| context.folder.path().join(t)));
        let given = match folder.or_else(|| own.is_dir().then_some(own)) {
            Some(folder) => templates::read(&folder)?,
            None => Vec::new(),
        };
        let mut allowed = BTreeSet::new();
        for name in &settings.names_allowed {
            allowed.insert(knowledge.find(name, context)?.contact.id.clone());
        }
        // What the user says of a group's new place weighs more than what was made for it.
        let mut links = made(context)?;
        let kept = settings.group_links.iter().map(|(title, link)| (title.clone(), link.clone()));
        for (title, link) in kept.chain(how.group_link.iter().map(|typed| titled(typed))) {
            let harmless = escape::href(&Foreign::from(link.as_str())).is_some();
            if !harmless || title.is_empty() {
                return Err(Failure::new(Exit::Usage, key::ERROR_GROUP_LINK).about(format!("{title}={link}")));
            }
            links.insert(Foreign::from(title.as_str()).key().to_string(), link);
        }
        let bad = |text: &str| Failure::new(Exit::Usage, key::ERROR_DAY).about(text);
        let day = |text: &String| {
            text.parse::<Date>().ok().filter(|day| *day >= context.now.date()).ok_or_else(|| bad(text))
        };
        let on = how.on.as_ref().map(day).transpose()?;
        Ok(Wording { texts: Texts::with(&given)?, allowed, links, codes: codes(context)?, on })
    }
}

/// The links into the rooms that were made for groups on Matrix, by the keys of the
/// groups' titles.
fn made(context: &Context) -> Result<BTreeMap<String, String>, Failure> {
    let rooms = match Store::open_to_read(&context.folder)? {
        Some(store) => store.group_rooms()?,
        None => BTreeMap::new(),
    };
    Ok(rooms.into_iter().map(|(title, (room, account))| (title, link(&room, &account))).collect())
}

/// The registration tokens that are still good, by whom they were made for.
fn codes(context: &Context) -> Result<BTreeMap<ContactId, Code>, Failure> {
    let tokens = match Store::open_to_read(&context.folder)? {
        Some(store) => store.tokens()?,
        None => Vec::new(),
    };
    let good = tokens.into_iter().filter(|kept| kept.made && kept.is_good());
    let code = |kept: KeptToken| {
        (kept.contact, Code { server: kept.account.server().to_owned(), token: kept.token })
    };
    Ok(good.map(code).collect())
}

/// The title of a group and the link that stands behind it; a title may hold an equals
/// sign, and so may a link.
fn titled(typed: &str) -> (String, String) {
    let begins = |scheme: &str| typed.find(&format!("={scheme}:"));
    let at = ["https", "matrix", "xmpp", "sgnl"].into_iter().filter_map(begins).min();
    let (title, link) = at.map_or(("", typed), |at| (&typed[..at], &typed[at + 1..]));
    (title.trim().to_owned(), link.trim().to_owned())
}

/// Where a plan has people invited to: as [`channel_of`], and where most of the circle
/// is also before anybody could find the user, since a plan is worth having then too.
///
/// # Errors
/// A channel was asked for on which the user cannot be found.
pub fn planned_channel(
    context: &Context,
    knowledge: &Knowledge,
    to: Option<ChannelArgument>,
) -> Result<Channel, Failure> {
    match to {
        Some(_) => channel_of(context, knowledge, to),
        None => Ok(usual_channel(context, knowledge)),
    }
}

fn usual_channel(context: &Context, knowledge: &Knowledge) -> Channel {
    channel_of(context, knowledge, None).unwrap_or_else(|_| plan::most_used(&knowledge.people))
}

/// The plan that stands in a report.
pub fn plan_ahead(context: &Context, knowledge: &Knowledge) -> Plan {
    let to = usual_channel(context, knowledge);
    plan::plan(&question(context, knowledge, to, &asked(knowledge), plan::MOST))
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
    let wanted = planned_channel(context, knowledge, to)?;
    let there = knowledge.people.get(contact).is_some_and(|person| person.is_on(wanted));
    if to.is_some() {
        return Ok((wanted, there));
    }
    let (texts, allowed, links) = (Texts::new()?, BTreeSet::new(), BTreeMap::new());
    let plain = Wording { texts, allowed, links, codes: BTreeMap::new(), on: None };
    let drafts = write(context, knowledge, wanted, &[contact], 1, None, &plain).unwrap_or_default();
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
    words: &Wording,
) -> Result<Vec<Draft>, Failure> {
    let reach = context.reach()?;
    let titles: Vec<&Foreign> = knowledge.graph.groups.iter().map(|g| &g.title).collect();
    let terms = terms(context, knowledge, &reach, in_use, words);
    drafts(&knowledge.people, order, &titles, to, batch, &terms).map_err(|error| no_drafts(error, to))
}

fn terms<'a>(
    context: &Context,
    knowledge: &'a Knowledge,
    reach: &'a Reach,
    in_use: Option<i32>,
    words: &'a Wording,
) -> Terms<'a> {
    let since = |days: i32| {
        let since = context.now.civil().saturating_sub(jiff::Span::new().days(days));
        Moment::instant_like(context.now, since)
    };
    Terms {
        reach,
        own: knowledge.graph.own_signal.as_ref(),
        language: context.words.language().into(),
        texts: &words.texts,
        allowed: &words.allowed,
        links: &words.links,
        codes: &words.codes,
        has_whatsapp: knowledge.graph.has_whatsapp,
        now: context.now,
        used_since: in_use.map(since),
    }
}

fn no_drafts(error: NoDrafts, to: Channel) -> Failure {
    match error {
        NoDrafts::Missing(_) => missing(to),
        NoDrafts::Template(fault) => fault.into(),
    }
}
