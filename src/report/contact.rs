//! A contact as JSON (`transhume.contact/1`).

use serde::Serialize;

use crate::check::Checked;
use crate::invite::{Standing, Status};
use crate::model::channel::PerChannel;
use crate::model::identity::{Address, WhatsappLid};
use crate::model::{Foreign, Grade, Group, Moment, Phone, Scope, State};

/// A contact.
#[derive(Debug, Serialize)]
pub struct ContactView {
    schema: &'static str,
    id: String,
    name: Option<Foreign>,
    names: Vec<Foreign>,
    phones: Vec<Phone>,
    emails: Vec<String>,
    identities: Vec<Identity>,
    groups: Vec<Foreign>,
    messages: u64,
    last_message: Option<Moment>,
    scope: Scope,
    verdicts: PerChannel<VerdictView>,
    excluded: bool,
    /// How far an invitation got; none if they were not asked.
    invited: Option<Status>,
}

/// An identity that is neither a number nor an e-mail address.
#[derive(Debug, Serialize)]
pub(super) struct Identity {
    kind: &'static str,
    value: String,
}

/// What is believed of a contact on a channel.
#[derive(Debug, Serialize)]
pub struct VerdictView {
    state: State,
    identity: Option<String>,
    since: Option<Moment>,
    grade: Option<Grade>,
}

/// A linked id of WhatsApp's, as an identity.
pub(super) fn lid(lid: &WhatsappLid) -> Identity {
    Identity { kind: "whatsapp-lid", value: lid.as_str().to_owned() }
}

impl ContactView {
    /// The view of a contact.
    pub fn new(person: &Checked, groups: &[Group]) -> Self {
        let contact = &person.contact;
        let mut addresses: Vec<&Address> = contact.addresses.iter().collect();
        // What was written in chats is an identity of theirs as well.
        addresses.extend(
            person.evidence.iter().filter(|e| e.grade <= Grade::B).filter_map(|e| e.address.as_ref()),
        );
        addresses.retain(|a| !matches!(a, Address::Phone(_)));
        addresses.sort();
        addresses.dedup();
        Self {
            schema: "transhume.contact/1",
            id: contact.id.as_str().to_owned(),
            name: contact.name.clone(),
            names: contact.names.clone(),
            phones: contact.phones.iter().cloned().collect(),
            emails: contact.emails.iter().map(|e| e.as_str().to_owned()).collect(),
            identities: addresses
                .into_iter()
                .map(|a| Identity { kind: a.kind(), value: a.as_str().to_owned() })
                .chain(contact.lids.iter().map(lid))
                .collect(),
            groups: contact.groups.iter().map(|index| groups[*index].title.clone()).collect(),
            messages: contact.messages,
            last_message: contact.last_message,
            scope: contact.scope,
            verdicts: PerChannel::from_fn(|channel| {
                let verdict = person.verdicts.get(channel);
                VerdictView {
                    state: verdict.state,
                    identity: verdict.address.as_ref().map(|a| a.as_str().to_owned()),
                    since: verdict.since,
                    grade: verdict.grade,
                }
            }),
            excluded: contact.excluded,
            invited: Standing::of(person).map(|standing| standing.status),
        }
    }
}
