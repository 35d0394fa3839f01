//! The networks on which somebody can be reached without WhatsApp.

use serde::{Deserialize, Serialize};

/// A network other than WhatsApp. E-mail and SMS are ways to send an invite,
/// never channels.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Channel {
    /// Matrix, addressed by an MXID.
    Matrix,
    /// Signal, addressed by a number, an ACI or a username.
    Signal,
    /// XMPP, addressed by a JID.
    Xmpp,
}

impl Channel {
    /// All channels, in the order in which they are always shown.
    pub const ALL: [Channel; 3] = [Channel::Matrix, Channel::Signal, Channel::Xmpp];

    /// The name used on the command line, in JSON and in settings.
    pub fn id(self) -> &'static str {
        match self {
            Channel::Matrix => "matrix",
            Channel::Signal => "signal",
            Channel::Xmpp => "xmpp",
        }
    }

    /// The name as people write it.
    pub fn title(self) -> &'static str {
        match self {
            Channel::Matrix => "Matrix",
            Channel::Signal => "Signal",
            Channel::Xmpp => "XMPP",
        }
    }

    /// The channel of that id.
    pub fn from_id(id: &str) -> Option<Channel> {
        Channel::ALL.into_iter().find(|c| c.id() == id)
    }
}

/// One value for each channel.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PerChannel<T> {
    /// The value for Matrix.
    pub matrix: T,
    /// The value for Signal.
    pub signal: T,
    /// The value for XMPP.
    pub xmpp: T,
}

impl<T> PerChannel<T> {
    /// The value of one channel.
    pub fn get(&self, channel: Channel) -> &T {
        match channel {
            Channel::Matrix => &self.matrix,
            Channel::Signal => &self.signal,
            Channel::Xmpp => &self.xmpp,
        }
    }

    /// The value of one channel, to be changed.
    pub fn get_mut(&mut self, channel: Channel) -> &mut T {
        match channel {
            Channel::Matrix => &mut self.matrix,
            Channel::Signal => &mut self.signal,
            Channel::Xmpp => &mut self.xmpp,
        }
    }

    /// Makes the value of each channel.
    pub fn from_fn(mut make: impl FnMut(Channel) -> T) -> Self {
        Self { matrix: make(Channel::Matrix), signal: make(Channel::Signal), xmpp: make(Channel::Xmpp) }
    }
}
