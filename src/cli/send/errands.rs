//! Which rooms are wanted: with whom, and what the invitations say.

use crate::check::Checked;
use crate::invite::errand::{Errand, Guest, Invitee};
use crate::invite::{Draft, Standing, Status, firstname};
use crate::model::evidence::Origin;
use crate::model::finding::MemberState;
use crate::model::identity::Address;
use crate::model::{Channel, Evidence, Foreign, Group, Holding};
use crate::words::{Words, key};
use crate::workspace::errands::Errands;

use super::super::args::{ChannelArgument, SendArguments, WritingArguments};
use super::super::context::Context;
use super::super::drafts;
use super::super::exit::Exit;
use super::super::failure::Failure;
use super::super::knowledge::Knowledge;

/// The rooms that the user wants: of the groups that they name, else of the next
/// people.
///
/// # Errors
/// A group that is not known or not the only one of its title; the user cannot
/// be found on Matrix.
pub fn wanted(
    context: &Context,
    knowledge: &Knowledge,
    typed: &SendArguments,
    how: &WritingArguments,
) -> Result<Vec<Errand>, Failure> {
    if typed.room.is_empty() {
        return directs(context, knowledge, typed.by_mail, how);
    }
    let mut errands: Vec<Errand> = Vec::new();
    errands.extend(typed.space.as_deref().map(|title| Errand::Space { title: Foreign::from(title) }));
    for title in &typed.room {
        errands.push(room(context, knowledge, title, typed.by_mail)?);
    }
    Ok(errands)
}

/// What of it is left to do, as far as is known: whoever was invited is not
/// invited again. A space whose rooms are all done is done too.
pub fn open(errands: Vec<Errand>, kept: &Errands) -> Vec<Errand> {
    let left = |errand: Errand| {
        let (kind, whom) = errand.subject();
        let Some(kept) = kept.get(&(kind.to_owned(), whom)) else { return Some(errand) };
        let errand = errand.without(&kept.invited);
        let done = match &errand {
            Errand::Direct { with, .. } => kept.invited.contains(with.guest.key()),
            Errand::Group { invitees, .. } => kept.room.is_some() && invitees.is_empty(),
            Errand::Space { .. } => false,
        };
        (!done).then_some(errand)
    };
    let mut open: Vec<Errand> = errands.into_iter().filter_map(left).collect();
    if open.iter().all(|errand| matches!(errand, Errand::Space { .. })) {
        open.clear();
    }
    open
}

/// Direct chats with the next people who are on Matrix, or who are to come.
fn directs(
    context: &Context,
    knowledge: &Knowledge,
    by_mail: bool,
    how: &WritingArguments,
) -> Result<Vec<Errand>, Failure> {
    let all = drafts::next(context, knowledge, Some(ChannelArgument::Matrix), knowledge.people.len(), how)?;
    let errand = |draft: Draft| {
        let person = knowledge.people.iter().find(|person| person.contact.id == draft.contact.id)?;
        if draft.channel != Channel::Matrix || has_chat(person) {
            return None;
        }
        let guest = guest(person, by_mail)?;
        let with = Invitee { id: draft.contact.id, name: draft.contact.name, guest };
        Some(Errand::Direct { with, reason: draft.text })
    };
    Ok(all.drafts.into_iter().filter_map(errand).collect())
}

/// How somebody is invited: by the account by which they can be reached, else by
/// their first address if that is wanted.
fn guest(person: &Checked, by_mail: bool) -> Option<Guest> {
    match &person.verdicts.get(Channel::Matrix).address {
        Some(Address::Mxid(mxid)) if person.is_on(Channel::Matrix) => Some(Guest::Account(mxid.clone())),
        _ if by_mail && !person.is_on(Channel::Matrix) => {
            person.contact.emails.iter().next().map(|email| Guest::Mail(email.clone()))
        }
        _ => None,
    }
}

/// Whether the user has a direct chat with somebody there already.
fn has_chat(person: &Checked) -> bool {
    let is_chat = |e: &Evidence| e.origin == Origin::OwnDirect && e.holding == Holding::Reachable;
    person.evidence.iter().any(is_chat)
}

/// The room of a group.
fn room(context: &Context, knowledge: &Knowledge, title: &str, by_mail: bool) -> Result<Errand, Failure> {
    let wanted = Foreign::from(title).key();
    let mut groups =
        knowledge.graph.groups.iter().enumerate().filter(|(_, group)| group.title.key() == wanted);
    let unknown = |key| Failure::new(Exit::Usage, key).about(title);
    let (_, group) = groups.next().ok_or_else(|| unknown(key::ERROR_NO_GROUP))?;
    if groups.next().is_some() {
        return Err(unknown(key::ERROR_SEVERAL_GROUPS));
    }
    let (mut invitees, mut missing) = (Vec::new(), Vec::new());
    for person in members(group, &knowledge.people).filter(|person| may_be_asked(person)) {
        let (id, name) = (person.contact.id.clone(), person.contact.name.clone());
        match guest(person, by_mail) {
            Some(guest) => invitees.push(Invitee { id, name, guest }),
            None => missing.push(name),
        }
    }
    let reason = reason(&context.words, group);
    Ok(Errand::Group { title: group.title.clone(), invitees, missing, reason })
}

/// Whether somebody may be invited at all: not whom the user never wants to ask,
/// nor who would rather not.
fn may_be_asked(person: &Checked) -> bool {
    let said_no = |standing: Standing| matches!(standing.status, Status::Never | Status::Declined);
    !person.contact.excluded && !Standing::of(person).is_some_and(said_no)
}

fn members<'a>(group: &'a Group, people: &'a [Checked]) -> impl Iterator<Item = &'a Checked> {
    let there = group.members.iter().filter(|(_, state)| **state == MemberState::In);
    there.filter_map(|(person, _)| people.get(*person))
}

/// What the invitations into a group's room say.
fn reason(words: &Words, group: &Group) -> Foreign {
    let title = firstname::title(&group.title).unwrap_or_default();
    Foreign::new(words.say_with(key::SEND_GROUP_REASON, &[("title", title.as_str().into())]))
}
