//! Accounts and rooms that the user's own homeserver told of, as they are kept.
//! Whose they are, is worked out each time: who bears a name may change with the next
//! import.

use super::foreign::Foreign;
use super::identity::Mxid;
use super::moment::Moment;

/// How an account was come by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Way {
    /// The user has it among their own direct chats (`m.direct`).
    Direct,
    /// It is in a room that the user is in.
    Room,
    /// Its profile was asked for, since a source gives the address.
    Profile,
    /// The homeserver's user directory was searched for a name.
    Directory,
}

impl Way {
    /// All ways, in the order in which they are gone.
    pub const ALL: [Way; 4] = [Way::Direct, Way::Room, Way::Profile, Way::Directory];

    /// The name under which it is kept.
    pub fn id(self) -> &'static str {
        match self {
            Way::Direct => "direct",
            Way::Room => "room",
            Way::Profile => "profile",
            Way::Directory => "directory",
        }
    }

    /// The way of a name.
    pub fn from_id(id: &str) -> Option<Way> {
        Way::ALL.into_iter().find(|way| way.id() == id)
    }
}

/// What was seen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seen {
    /// How.
    pub way: Way,
    /// The Matrix ID or the name that was asked about; none where the user's
    /// own rooms tell.
    pub asked: Option<Foreign>,
    /// The account; none if the homeserver knows of none.
    pub mxid: Option<Mxid>,
    /// The name that the account goes by there, which its owner chose.
    pub name: Option<Foreign>,
}

/// What was seen, by whom and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sighting {
    /// The homeserver that told: host, and port if it is not the usual one.
    pub host: Foreign,
    /// When.
    pub at: Moment,
    /// What.
    pub seen: Seen,
}

/// A room of the user's own in which several people are who are known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Together {
    /// What it is called.
    pub name: Option<Foreign>,
    /// The accounts of those who are known.
    pub members: Vec<Mxid>,
    /// How many others are in it, the user left out.
    pub others: u64,
}

/// Such a room, by whom and when it was told of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Room {
    /// The homeserver that told: host, and port if it is not the usual one.
    pub host: Foreign,
    /// When.
    pub at: Moment,
    /// Who is in it.
    pub together: Together,
}
