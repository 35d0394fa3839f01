//! Who gets a draft, by which way, and what it says.
//!
//! The next few people of the plan's order, and never anybody who has neither
//! a direct chat nor a group with the user. Who can be met on a channel already
//! is asked to go on there; the others are invited to one channel. Its JSON is
//! a public interface (`transhume.invite/1`).

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::check::Checked;
use crate::model::channel::PerChannel;
use crate::model::finding::SignalAccount;
use crate::model::{Channel, Contact, ContactId, Foreign, Moment, Scope};

use super::channel::PREFERRED;
use super::circles::Circles;
use super::firstname;
use super::link::{self, Via, Way};
use super::reach::{Found, Missing, Reach, found_on};
use super::standing::{Reminder, Standing, Status};
use super::template::Fault;
use super::text::{Code, Ingredients, Texts};
use super::tongue::Tongue;

/// So many drafts at a time, if the user does not say.
pub const BATCH: usize = 10;

/// A message that the user may send.
#[derive(Clone, Debug, Serialize)]
pub struct Draft {
    /// The schema's name.
    pub schema: &'static str,
    /// For whom.
    pub contact: Receiver,
    /// Where to meet.
    pub channel: Channel,
    /// The way by which it is sent.
    pub via: Via,
    /// The language that it is written in.
    pub language: Tongue,
    /// What it says. There are names in it.
    pub text: Foreign,
    /// What opens it, ready to be sent; none in person.
    pub link: Option<Foreign>,
    /// How far it has got: a new one is a draft.
    pub status: Status,
    /// Invite, switch or remind.
    pub kind: DraftKind,
    /// When they were asked, where this is a reminder.
    pub asked: Option<Moment>,
}

/// The one whom a draft is for.
#[derive(Clone, Debug, Serialize)]
pub struct Receiver {
    /// The contact.
    pub id: ContactId,
    /// The name to show.
    pub name: Option<Foreign>,
}

/// What a draft asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum DraftKind {
    /// To come to a channel.
    Invite,
    /// To go on where both are already.
    Switch,
    /// Once more, whoever did not answer.
    Remind,
}

impl DraftKind {
    /// The name in JSON.
    pub fn id(self) -> &'static str {
        match self {
            DraftKind::Invite => "invite",
            DraftKind::Switch => "switch",
            DraftKind::Remind => "remind",
        }
    }
}

/// What drafts depend on besides people.
#[derive(Clone, Copy, Debug)]
pub struct Terms<'a> {
    /// The user's own addresses.
    pub reach: &'a Reach,
    /// What the user's Signal export tells of their account.
    pub own: Option<&'a SignalAccount>,
    /// The language for those whose own is not known or not spoken here.
    pub language: Tongue,
    /// The words.
    pub texts: &'a Texts,
    /// Who may be named to others.
    pub allowed: &'a BTreeSet<ContactId>,
    /// The links into the new groups, by the keys of the old ones' titles.
    pub links: &'a BTreeMap<String, String>,
    /// The registration tokens for the user's own server, by whom they were made for.
    pub codes: &'a BTreeMap<ContactId, Code>,
    /// Whether any source shows WhatsApp; if none does, the circle is
    /// everybody saved, and all of them can be written to.
    pub has_whatsapp: bool,
    /// The time, for whom it is too early to be reminded.
    pub now: Moment,
    /// People with whom something was said since then on the channel where
    /// both are need not be asked to go there. None: everybody is asked.
    pub used_since: Option<Moment>,
}

/// Why there are no drafts.
#[derive(Debug, thiserror::Error)]
pub enum NoDrafts {
    /// It is not known how the user is found on the channel.
    #[error("it is not known how to be found on {}", .0.channel.id())]
    Missing(Missing),
    /// A template has a mistake.
    #[error("a template has a mistake")]
    Template(#[from] Fault),
}

/// Writes drafts for the next `batch` people of `order`, the plan's, who were not
/// asked yet, and behind them reminders for as many who did not answer. Whoever is
/// on no channel yet is invited `to` one. `group_titles` are the titles of the
/// graph's groups.
///
/// # Errors
/// [`NoDrafts::Missing`] if the user cannot be found on `to`.
pub fn drafts(
    people: &[Checked],
    order: &[usize],
    group_titles: &[&Foreign],
    to: Channel,
    batch: usize,
    terms: &Terms<'_>,
) -> Result<Vec<Draft>, NoDrafts> {
    let invited = found_on(to, terms.reach, terms.own).map_err(NoDrafts::Missing)?;
    let circles = Circles::new(people, group_titles, terms.allowed, terms.links);
    let writer = Writer { circles, to: (to, invited), terms };
    let mut drafts = Vec::new();
    let ordered = || order.iter().filter_map(|at| Some((*at, people.get(*at)?)));
    let may = || ordered().filter(|(_, person)| may_get_one(&person.contact, terms));
    for person in may().filter(|(_, person)| Standing::of(person).is_none()) {
        if drafts.len() == batch {
            break;
        }
        drafts.extend(writer.draft(person)?);
    }
    let reminders = may().filter_map(|person| {
        let standing = Standing::of(person.1)?;
        (standing.reminder(terms.now) == Reminder::Now).then_some((person, standing))
    });
    for (person, standing) in reminders.take(batch) {
        drafts.extend(writer.reminder(person, &standing)?);
    }
    Ok(drafts)
}

/// How many who may be written to are on a channel already, but only where it is not
/// known how the user is found: there is no draft for them.
pub fn unmet(people: &[Checked], terms: &Terms<'_>) -> PerChannel<usize> {
    let met = |channel: Channel| found_on(channel, terms.reach, terms.own).is_ok();
    let unmet = |person: &&Checked| {
        may_get_one(&person.contact, terms) && !Channel::ALL.into_iter().any(|c| person.is_on(c) && met(c))
    };
    PerChannel::from_fn(|channel| people.iter().filter(unmet).filter(|person| person.is_on(channel)).count())
}

/// Whether somebody may be written to at all.
fn may_get_one(contact: &Contact, terms: &Terms<'_>) -> bool {
    contact.scope == Scope::Circle
        && !contact.is_left_alone()
        && (!terms.has_whatsapp || contact.is_on_whatsapp())
}

/// All that drafts have in common.
struct Writer<'a> {
    circles: Circles<'a>,
    /// Where those are invited who are nowhere yet, and how the user is found
    /// there.
    to: (Channel, Found),
    terms: &'a Terms<'a>,
}

impl Writer<'_> {
    /// The draft for one person; none if the two talk there anyway, or if it is not
    /// known how the user is found where they are.
    fn draft(&self, person: (usize, &Checked)) -> Result<Option<Draft>, Fault> {
        let contact = &person.1.contact;
        let (kind, (channel, found)) = match self.meeting_place(person.1) {
            Some(place) => (DraftKind::Switch, place),
            // They are somewhere already: the plan does not invite them anywhere else.
            None if person.1.is_reachable() => return Ok(None),
            None => (DraftKind::Invite, self.to.clone()),
        };
        let talk = |since: Moment| contact.used.get(&channel).is_some_and(|at| at.civil() >= since.civil());
        if kind == DraftKind::Switch && self.terms.used_since.is_some_and(talk) {
            return Ok(None);
        }
        self.write(person, kind, (channel, &found), None).map(Some)
    }

    /// One more word to somebody who did not answer, best from another circle; none
    /// if the user cannot be found any more where they were asked to.
    fn reminder(&self, person: (usize, &Checked), standing: &Standing) -> Result<Option<Draft>, Fault> {
        let Ok(found) = found_on(standing.channel, self.terms.reach, self.terms.own) else {
            return Ok(None);
        };
        self.write(person, DraftKind::Remind, (standing.channel, &found), Some(standing)).map(Some)
    }

    fn write(
        &self,
        (at, person): (usize, &Checked),
        kind: DraftKind,
        (channel, found): (Channel, &Found),
        standing: Option<&Standing>,
    ) -> Result<Draft, Fault> {
        let contact = &person.contact;
        let tongue = contact.language.as_deref().and_then(Tongue::from_id).unwrap_or(self.terms.language);
        let way = Way::to(contact);
        let turn = standing.map_or(0, |standing| standing.reminders + 1);
        let texts = self.terms.texts;
        let new = !person.is_on(channel);
        let code = self.terms.codes.get(&contact.id).filter(|_| new && channel == Channel::Matrix);
        let text = texts.write(&Ingredients {
            kind,
            tongue,
            formal: contact.formal == Some(true),
            name: firstname::greeting(contact),
            channel,
            found,
            knows_number: matches!(way, Way::Whatsapp(_) | Way::Sms(_)),
            new,
            company: self.circles.company(at, channel, turn),
            code,
        })?;
        let link = match &way {
            Way::Whatsapp(phone) => Some(link::whatsapp(*phone, &text)),
            Way::Sms(phone) => Some(link::sms(phone, &text)),
            Way::Mail(email) => Some(link::mail(email, &texts.subject(tongue, channel)?, &text)),
            Way::InPerson => None,
        };
        Ok(Draft {
            schema: "transhume.invite/1",
            contact: Receiver { id: contact.id.clone(), name: contact.name.clone() },
            channel,
            via: way.via(),
            language: tongue,
            text: Foreign::new(text),
            link,
            status: standing.map_or(Status::Draft, |standing| standing.status),
            kind,
            asked: standing.and_then(|standing| standing.asked),
        })
    }

    /// Where both are already; the channel of the invites before others.
    fn meeting_place(&self, person: &Checked) -> Option<(Channel, Found)> {
        let (to, _) = self.to;
        let mut channels = [to].into_iter().chain(PREFERRED).filter(|channel| person.is_on(*channel));
        channels.find_map(|c| found_on(c, self.terms.reach, self.terms.own).ok().map(|found| (c, found)))
    }
}
