//! What is about to be sent, and what was.

use serde::Serialize;

use crate::invite::errand::{Errand, Guest, Invitee};
use crate::model::{Channel, ContactId, Foreign, Problem};
use crate::report::terminal;
use crate::words::{Value, escape, key};

use super::super::context::Context;
use super::super::failure::Failure;

/// How many people are invited.
pub fn count(errands: &[Errand]) -> usize {
    errands.iter().map(|errand| errand.invitees().len()).sum()
}

/// What is about to be sent, in sentences, then a line for each invitation.
pub fn list(
    context: &Context,
    host: Option<&Foreign>,
    identity: Option<&Foreign>,
    errands: &[Errand],
) -> String {
    let words = &context.words;
    let called = |host: Option<&Foreign>| host.map(escape::terminal_uncut);
    let (host, identity) = (called(host), called(identity));
    let host = host.as_ref().map_or(Value::Own("?"), Value::Shown);
    let mut lines =
        vec![words.say_with(key::SEND_ABOUT, &[("host", host), ("count", count(errands).into())])];
    let is_mail = |invitee: &&Invitee| matches!(invitee.guest, Guest::Mail(_));
    let mails = errands.iter().flat_map(Errand::invitees).filter(is_mail).count();
    if mails > 0 {
        let unknown = words.say(key::CHECK_HOST_UNKNOWN);
        let host = identity.as_ref().map_or(Value::Own(&unknown), Value::Shown);
        lines.push(words.say_with(key::SEND_MAILS, &[("host", host), ("count", mails.into())]));
    }
    let mut text = terminal::paragraphs(&lines, context.printer.style());
    for errand in errands {
        if let Some(title) = errand.title() {
            let key = if matches!(errand, Errand::Space { .. }) { key::SEND_SPACE } else { key::SEND_ROOM };
            let title = escape::terminal(title);
            text.push_str(&format!("  {}\n", words.say_with(key, &[("title", (&title).into())])));
        }
        for invitee in errand.invitees() {
            let address = escape::terminal_uncut(&Foreign::from(invitee.guest.key()));
            text.push_str(&format!("  {}  {address}\n", called_by(invitee)));
        }
        if let Some(reason) = errand.reason().filter(|_| !errand.invitees().is_empty()) {
            text.push_str(&format!("    {}\n", escape::terminal_uncut(reason)));
        }
    }
    text.trim_end().to_owned()
}

fn called_by(invitee: &Invitee) -> escape::Shown {
    let nobody = Foreign::new("");
    escape::terminal_or(invitee.name.as_ref().unwrap_or(&nobody), invitee.id.as_str())
}

/// What was sent.
#[derive(Default)]
pub struct Sent {
    /// Who was invited, in the order in which it was done.
    pub invitations: Vec<Invitation>,
    /// The groups' rooms, with those who are not on Matrix.
    pub rooms: Vec<Room>,
    /// What did not work.
    pub problems: Vec<Problem>,
    /// Why it is not finished.
    pub failure: Option<Failure>,
}

/// An invitation that was sent (`transhume.invitation/1`).
#[derive(Clone, Debug, Serialize)]
pub struct Invitation {
    /// The schema's name.
    pub schema: &'static str,
    /// Who was invited.
    pub contact: Whom,
    /// Always Matrix.
    pub channel: Channel,
    /// By which way: `matrix` or `email`.
    pub via: &'static str,
    /// The address that was invited.
    pub address: String,
    /// The title of the room; null for a direct chat.
    pub room: Option<Foreign>,
    /// The room's address (`matrix.to`).
    pub link: String,
}

/// Who was invited.
#[derive(Clone, Debug, Serialize)]
pub struct Whom {
    /// The contact.
    pub id: ContactId,
    /// The name to show.
    pub name: Option<Foreign>,
}

/// A group's room (`transhume.room/1`).
#[derive(Clone, Debug, Serialize)]
pub struct Room {
    /// The schema's name.
    pub schema: &'static str,
    /// The group's title.
    pub title: Foreign,
    /// The room's address, for those who are still missing.
    pub link: String,
    /// Who of the group is not on Matrix, as far as is known.
    pub missing: Vec<Option<Foreign>>,
}

impl Invitation {
    /// An invitation into a room.
    pub fn new(errand: &Errand, invitee: &Invitee, link: String) -> Invitation {
        let via = if matches!(invitee.guest, Guest::Mail(_)) { "email" } else { "matrix" };
        Invitation {
            schema: "transhume.invitation/1",
            contact: Whom { id: invitee.id.clone(), name: invitee.name.clone() },
            channel: Channel::Matrix,
            via,
            address: invitee.guest.key().to_owned(),
            room: errand.title().cloned(),
            link,
        }
    }
}

/// Tells what was sent.
///
/// # Errors
/// Nobody reads along any more.
pub fn tell(context: &Context, sent: &Sent) -> Result<(), Failure> {
    let printer = &context.printer;
    if printer.json {
        for invitation in &sent.invitations {
            printer.json(invitation)?;
        }
        for room in &sent.rooms {
            printer.json(room)?;
        }
        return Ok(());
    }
    let words = &context.words;
    if !sent.invitations.is_empty() {
        printer.data(&words.say_with(key::SEND_DONE, &[("count", sent.invitations.len().into())]))?;
    }
    for room in &sent.rooms {
        let title = escape::terminal(&room.title);
        let values = [
            ("title", (&title).into()),
            ("link", room.link.as_str().into()),
            ("count", room.missing.len().into()),
        ];
        printer.data(&words.say_with(key::SEND_ROOM_DONE, &values))?;
    }
    Ok(())
}
