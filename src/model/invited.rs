//! What the user told of an invitation: that it was sent, and what became of it.

use serde::{Deserialize, Serialize};

use super::channel::Channel;
use super::moment::Moment;

/// What became of an invitation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Became {
    /// The user sent it.
    Sent,
    /// The user reminded them.
    Reminded,
    /// They came.
    Joined,
    /// They would rather not.
    Declined,
    /// The user does not want to ask.
    Never,
}

impl Became {
    /// The name in JSON and on the command line.
    pub fn id(self) -> &'static str {
        match self {
            Became::Sent => "sent",
            Became::Reminded => "reminded",
            Became::Joined => "joined",
            Became::Declined => "declined",
            Became::Never => "never",
        }
    }
}

/// One thing that the user told of an invitation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Invited {
    /// Where to.
    pub channel: Channel,
    /// Whether they were there already, and were asked to go on there.
    pub switch: bool,
    /// What became of it.
    pub became: Became,
    /// When.
    pub at: Moment,
}
