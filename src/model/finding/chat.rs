//! What a chat tells: who wrote in it, who is in it, how many messages there are
//! and from when.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::model::foreign::Foreign;
use crate::model::kind::Platform;
use crate::model::moment::{Moment, Month};
use crate::model::phone::Phone;

use super::written::{Hint, SentCard, Written, WrittenEmail};

/// A chat as WhatsApp exported it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Chat {
    /// Which phone system wrote it.
    pub platform: Platform,
    /// The language of WhatsApp's own words in it, ISO 639-1.
    pub language: Option<String>,
    /// How dates were read.
    pub dates: Dates,
    /// The chat's name, from the file name or from its notices.
    pub title: Option<Foreign>,
    /// What kind of chat it is, as far as this file tells.
    pub kind: ChatKind,
    /// What its lines turned out to be.
    pub counts: ChatCounts,
    /// Everybody who wrote at least one message, in order of appearance.
    pub people: Vec<Writer>,
    /// Everybody who is known to have been in the group.
    pub members: Vec<Member>,
    /// Numbers that people changed.
    pub number_changes: Vec<NumberChange>,
    /// Addresses that people wrote.
    pub addresses: Vec<Written>,
    /// Contact cards that were sent, by file name.
    pub cards: Vec<SentCard>,
    /// What people said of who is on which network, without an address.
    #[serde(default)]
    pub hints: Vec<Hint>,
    /// E-mail addresses that people wrote.
    #[serde(default)]
    pub emails: Vec<WrittenEmail>,
    /// Numbers that were mentioned: only members of the chat can be.
    #[serde(default)]
    pub mentions: Vec<Phone>,
    /// All names that its notices give a group, the older ones too.
    #[serde(default)]
    pub titles: Vec<Foreign>,
}

impl Chat {
    /// Who wrote under a name. A saved name and a name that somebody else gave
    /// themself can be the same: where the finding does not tell which of them it
    /// was, it was nobody.
    pub fn writer(&self, name: &Foreign, push_name: Option<bool>) -> Option<&Writer> {
        let fits = |p: &&Writer| p.name == *name && push_name.is_none_or(|push| p.push_name == push);
        let mut writers = self.people.iter().filter(fits);
        let writer = writers.next()?;
        writers.next().is_none().then_some(writer)
    }

    /// The newest date of anybody's message.
    pub fn last(&self) -> Option<Moment> {
        self.people.iter().filter_map(|p| p.last).max()
    }
}

/// Whether a chat is between two or among many.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ChatKind {
    /// Among several people.
    Group,
    /// Between the exporter and one other.
    Direct,
    /// The file does not tell.
    Unknown,
}

/// How the dates of a chat were read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dates {
    /// The order of day, month and year.
    pub order: DateOrder,
    /// What decided it.
    pub decided_by: DecidedBy,
}

/// An order of day, month and year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DateOrder {
    /// Day, month, year.
    Dmy,
    /// Month, day, year.
    Mdy,
    /// Year, month, day.
    Ymd,
}

/// The evidence that decided a date order, strongest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DecidedBy {
    /// A field of four digits stands first.
    YearFirst,
    /// A field above 12 can only be a day.
    #[serde(rename = "day-above-12")]
    DayAbove12,
    /// Only one order lets time run forward.
    Monotonic,
    /// Names of media files carry their date.
    FileNames,
    /// Dots, dashes or slashes; or the month stands in letters.
    Separators,
    /// The language of the notices.
    Language,
    /// The other files of the same batch.
    Siblings,
    /// The user said so.
    Option,
    /// Nothing: day first is the more common.
    Default,
}

/// What the lines of a chat turned out to be.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChatCounts {
    /// All lines: `headers + continuations + blank + skipped_lines`.
    pub lines: u64,
    /// Lines that begin a message or a notice: `messages + notices`.
    pub headers: u64,
    /// What people sent.
    pub messages: u64,
    /// What WhatsApp itself said.
    pub notices: u64,
    /// Messages that are media, or stand for it.
    pub media: u64,
    /// Lines that belong to the message above.
    pub continuations: u64,
    /// Empty lines.
    pub blank: u64,
    /// Lines before the first header.
    pub skipped_lines: u64,
}

/// Somebody who wrote in a chat.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Writer {
    /// The name as shown, without invisible marks and without `~`.
    pub name: Foreign,
    /// Whether it is a name that the person gave themself (`~ Ada`).
    pub push_name: bool,
    /// The number, where the name is one.
    pub phone: Option<Phone>,
    /// How many messages.
    pub messages: u64,
    /// The first one's date.
    pub first: Option<Moment>,
    /// The last one's date.
    pub last: Option<Moment>,
    /// Messages by month.
    pub months: BTreeMap<Month, u32>,
    /// The language of what they wrote, where a sample tells.
    pub language: Option<String>,
    /// Whether they say *vous* or *tu* to others, where a sample tells.
    pub formal: Option<bool>,
    /// Whether all of it may have been pasted by somebody else: few lines, all of
    /// them where time runs backwards, by somebody whom nothing else shows.
    #[serde(default)]
    pub suspect: bool,
    /// When the first few of their messages were written, in their order: by
    /// these a chat is known again under another name.
    #[serde(default)]
    pub opening: Vec<Moment>,
}

/// Somebody who is known to have been in a group.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Member {
    /// The name as shown, as in [`Writer`].
    pub name: Foreign,
    /// Whether it is a name that the person gave themself.
    pub push_name: bool,
    /// The number, where the name is one.
    pub phone: Option<Phone>,
    /// Whether they still are.
    pub state: MemberState,
}

/// Whether somebody is still in a group.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum MemberState {
    /// Still there, as far as is known.
    In,
    /// Left.
    Left,
    /// Was removed.
    Removed,
}

/// A notice that somebody changed their number.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NumberChange {
    /// Under which name, where it stands there.
    pub name: Option<Foreign>,
    /// The old number.
    pub from: Option<Phone>,
    /// The new number.
    pub to: Option<Phone>,
    /// When that was said first.
    #[serde(default)]
    pub at: Option<Moment>,
}

impl NumberChange {
    /// Adds this to others: said again, it is no other change.
    pub fn add_to(self, changes: &mut Vec<NumberChange>) {
        let same = |c: &&mut NumberChange| (&c.name, &c.from, &c.to) == (&self.name, &self.from, &self.to);
        match changes.iter_mut().find(same) {
            Some(known) => known.at = known.at.into_iter().chain(self.at).min(),
            None => changes.push(self),
        }
    }
}
