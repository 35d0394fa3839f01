//! Addresses and cards that people sent in a chat, and hints that they gave: with
//! the line, never with the text.

use serde::{Deserialize, Serialize};

use crate::model::channel::Channel;
use crate::model::foreign::Foreign;
use crate::model::identity::{Address, Email};
use crate::model::moment::Moment;

/// An address that somebody wrote in a chat.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Written {
    /// The address.
    pub address: Address,
    /// Who wrote it, as in [`Writer::name`](super::Writer::name).
    pub said_by: Foreign,
    /// Whether that is a name that the person gave themself; older findings do
    /// not tell.
    #[serde(default)]
    pub push_name: Option<bool>,
    /// Whether they wrote of themself.
    pub self_stated: bool,
    /// The name of the one who is spoken of, where it is somebody else.
    pub about: Option<Foreign>,
    /// Whether it is not the writer's, without the name of whose it is.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub elses: bool,
    /// In which line.
    pub line: u64,
    /// When.
    pub at: Option<Moment>,
}

/// What somebody said in a chat: that they, or somebody else, are on a network, or
/// that they have left it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hint {
    /// On which.
    pub channel: Channel,
    /// Who said it, as in [`Writer::name`](super::Writer::name).
    pub said_by: Foreign,
    /// Whether that is a name that the person gave themself.
    pub push_name: bool,
    /// Whether they spoke of themself.
    pub self_stated: bool,
    /// The name of the one who is spoken of, where it is somebody else.
    pub about: Option<Foreign>,
    /// Whether they said that they had left it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub left: bool,
    /// In which line.
    pub line: u64,
    /// When.
    pub at: Option<Moment>,
}

/// An e-mail address that somebody wrote in a chat.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WrittenEmail {
    /// The address.
    pub email: Email,
    /// Who wrote it, as in [`Writer::name`](super::Writer::name).
    pub said_by: Foreign,
    /// Whether that is a name that the person gave themself, as in
    /// [`Written::push_name`].
    #[serde(default)]
    pub push_name: Option<bool>,
    /// Whether they wrote of themself.
    pub self_stated: bool,
    /// In which line.
    pub line: u64,
}

/// A contact card that was sent in a chat.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SentCard {
    /// The name of the file, as it stands in the archive.
    pub file: Foreign,
    /// Who sent it, as in [`Writer::name`](super::Writer::name).
    pub sent_by: Foreign,
}
