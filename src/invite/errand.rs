//! What is to be done on Matrix: the rooms to make, and who is invited into
//! each. Worked out before anything is sent, so that it can be shown first.
//!
//! An errand is known by what it is for, never by when it was first worked out:
//! a later run that wants the same thing goes on with the same errand, and
//! nothing is made twice.

use std::collections::BTreeSet;

use crate::model::identity::{Email, Mxid};
use crate::model::{ContactId, Foreign};

/// Somebody who is invited into a room, and by what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Guest {
    /// By their account.
    Account(Mxid),
    /// By their address: the identity server writes to them.
    Mail(Email),
}

impl Guest {
    /// Their address, as the workspace keeps it.
    pub fn key(&self) -> &str {
        match self {
            Guest::Account(mxid) => mxid.as_str(),
            Guest::Mail(email) => email.as_str(),
        }
    }
}

/// A person who is invited.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invitee {
    /// The contact.
    pub id: ContactId,
    /// The name to show.
    pub name: Option<Foreign>,
    /// How they are invited.
    pub guest: Guest,
}

/// One room to make.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Errand {
    /// A direct chat.
    Direct {
        /// With whom.
        with: Invitee,
        /// What the invitation says.
        reason: Foreign,
    },
    /// A group's room.
    Group {
        /// The group's title, which the room bears as well.
        title: Foreign,
        /// Who of it is invited.
        invitees: Vec<Invitee>,
        /// Who of it is not on Matrix.
        missing: Vec<Option<Foreign>>,
        /// What the invitations say.
        reason: Foreign,
    },
    /// The space in which the groups' rooms stand together.
    Space {
        /// What it is called.
        title: Foreign,
    },
}

impl Errand {
    /// The kind and what it is about, by which the workspace knows it.
    pub fn subject(&self) -> (&'static str, String) {
        match self {
            Errand::Direct { with, .. } => match &with.guest {
                Guest::Account(mxid) => ("direct", mxid.as_str().to_owned()),
                Guest::Mail(email) => ("mail", email.as_str().to_owned()),
            },
            Errand::Group { title, .. } => ("group", title.key().to_string()),
            Errand::Space { title } => ("space", title.key().to_string()),
        }
    }

    /// The same without those who were invited already.
    pub fn without(mut self, invited: &BTreeSet<String>) -> Errand {
        if let Errand::Group { invitees, .. } = &mut self {
            invitees.retain(|invitee| !invited.contains(invitee.guest.key()));
        }
        self
    }

    /// Who is invited.
    pub fn invitees(&self) -> &[Invitee] {
        match self {
            Errand::Direct { with, .. } => std::slice::from_ref(with),
            Errand::Group { invitees, .. } => invitees,
            Errand::Space { .. } => &[],
        }
    }

    /// Whether somebody is invited by their e-mail address.
    pub fn is_by_mail(&self) -> bool {
        self.invitees().iter().any(|invitee| matches!(invitee.guest, Guest::Mail(_)))
    }

    /// What the invitations say.
    pub fn reason(&self) -> Option<&Foreign> {
        match self {
            Errand::Direct { reason, .. } | Errand::Group { reason, .. } => Some(reason),
            Errand::Space { .. } => None,
        }
    }

    /// What the room is called; a direct chat has no name of its own.
    pub fn title(&self) -> Option<&Foreign> {
        match self {
            Errand::Direct { .. } => None,
            Errand::Group { title, .. } | Errand::Space { title } => Some(title),
        }
    }
}
