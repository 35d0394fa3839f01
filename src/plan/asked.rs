//! What became of earlier invitations, as far as it changes the order.
//!
//! How likely somebody comes who did not answer once, or not even to a reminder,
//! nobody knows. It is assumed that each time without an answer halves it.

use std::collections::BTreeMap;

use crate::model::ContactId;

/// What somebody did with an invitation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answered {
    /// Nothing yet.
    Sent,
    /// Nothing, and they were reminded.
    Reminded,
    /// They would rather not.
    Declined,
    /// The user does not want to ask.
    Never,
}

impl Answered {
    /// How likely they come if they are asked again.
    pub fn accepts(self) -> f64 {
        match self {
            Answered::Sent => 0.5,
            Answered::Reminded => 0.25,
            Answered::Declined | Answered::Never => 0.0,
        }
    }
}

/// Everybody who was asked.
pub type Asked = BTreeMap<ContactId, Answered>;
