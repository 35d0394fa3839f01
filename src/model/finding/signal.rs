//! What Signal's own lists tell: people, groups, and the user's account.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::model::foreign::Foreign;
use crate::model::identity::{SignalAci, SignalPni, SignalUsername};
use crate::model::kind::Kind;
use crate::model::moment::Moment;
use crate::model::phone::Phone;

/// Where a list of the people whom Signal knows comes from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SignalList {
    /// Signal's own plaintext export.
    #[default]
    Export,
    /// The database of Signal Desktop.
    Desktop,
    /// The user's own signal-cli.
    Cli,
}

impl SignalList {
    /// The kind of source that it is.
    pub fn kind(self) -> Kind {
        match self {
            SignalList::Export => Kind::SignalExport,
            SignalList::Desktop => Kind::SignalDesktop,
            SignalList::Cli => Kind::SignalCli,
        }
    }
}

/// What is taken from Signal's plaintext export, or from another list of the
/// people whom Signal knows.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct SignalExport {
    /// Where it comes from.
    #[serde(default)]
    pub list: SignalList,
    /// When the export was made.
    pub at: Option<Moment>,
    /// The number of the user's own account, where the source tells.
    #[serde(default)]
    pub own: Option<Phone>,
    /// How the user can be found.
    pub account: SignalAccount,
    /// The people whom Signal knows.
    pub people: Vec<SignalPerson>,
    /// The groups.
    #[serde(default)]
    pub groups: Vec<SignalGroup>,
}

impl SignalExport {
    /// Keeps those members of the groups whom the list itself knows; the others are
    /// only counted.
    pub fn settle_groups(&mut self) {
        let known: BTreeSet<&SignalAci> = self.people.iter().filter_map(|p| p.aci.as_ref()).collect();
        for group in &mut self.groups {
            let all = group.members.len();
            group.members.retain(|member| known.contains(member));
            group.others += (all - group.members.len()) as u64;
        }
    }
}

/// A group on Signal.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SignalGroup {
    /// The line where it stands.
    pub line: u64,
    /// Its title.
    pub title: Option<Foreign>,
    /// Who of the people is in it, by account.
    pub members: Vec<SignalAci>,
    /// How many more are in it, of whom the export knows nothing: the user is
    /// one of these.
    pub others: u64,
    /// When something was last said in it.
    pub last_said: Option<Moment>,
}

/// How the user can be found on Signal.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignalAccount {
    /// The user's own username.
    pub username: Option<SignalUsername>,
    /// The link that stands for it (`https://signal.me/#eu/…`).
    pub link: Option<String>,
    /// Whether the user switched off being found by number.
    pub hidden_by_number: bool,
}

/// Somebody whom Signal knows.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct SignalPerson {
    /// The line where they stand.
    pub line: u64,
    /// Account id.
    pub aci: Option<SignalAci>,
    /// Phone-number id.
    pub pni: Option<SignalPni>,
    /// Number.
    pub phone: Option<Phone>,
    /// Username.
    pub username: Option<SignalUsername>,
    /// The name in the phone's own address book.
    pub saved_name: Option<Foreign>,
    /// The name that they gave themself.
    pub push_name: Option<Foreign>,
    /// What Signal says of the account.
    pub standing: SignalStanding,
    /// Blocked or hidden by the user.
    pub unwanted: bool,
    /// When something was last said in the direct chat.
    pub last_said: Option<Moment>,
    /// When something was first said there, of what the list still holds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub first_said: Option<Moment>,
    /// When Signal noticed that they had joined.
    pub joined: Option<Moment>,
    /// Since when the list has shown them as registered, if it was looked at
    /// before.
    #[serde(default)]
    pub since: Option<Moment>,
    /// Numbers that Signal found to be theirs as well, when two chats turned out
    /// to be one.
    #[serde(default)]
    pub merged: Vec<MergedNumber>,
}

/// A number that Signal found to be somebody's.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MergedNumber {
    /// The number.
    pub phone: Phone,
    /// When.
    pub at: Option<Moment>,
    /// The line that says so.
    pub line: u64,
}

/// What Signal's export says of an account.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SignalStanding {
    /// Registered, or not said of a contact with an account id.
    Registered,
    /// No longer registered, with the date if it is known.
    Unregistered(Option<Moment>),
    /// A number without an account id: Signal does not tell.
    #[default]
    Silent,
}
