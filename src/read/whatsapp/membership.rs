//! Who is in a group, and what it is called: worked out from what WhatsApp
//! itself says in the chat.

use std::collections::HashMap;

use crate::model::finding::{Member, MemberState, NumberChange};
use crate::model::{Foreign, Moment, NameKey, Phone};

use super::people::Shown;
use super::wording::Notice;

/// So many names of one group are remembered.
const MOST_TITLES: usize = 64;

/// What the notices of a chat have told so far.
#[derive(Debug, Default)]
pub struct Membership {
    members: Vec<Member>,
    by_key: HashMap<NameKey, usize>,
    /// Numbers that people changed.
    pub number_changes: Vec<NumberChange>,
    /// The group's name, from the last notice that tells it.
    pub title: Option<String>,
    /// All names that notices give it, each once.
    pub titles: Vec<String>,
    /// Whether any notice was met that only groups have.
    pub is_group: bool,
    /// How many more were added without a name.
    pub unnamed: u64,
    /// Whether messages disappear, as of the last notice about it.
    pub disappearing: bool,
    /// Whether the chat can no longer be exported, as of the last notice.
    pub no_export: bool,
}

impl Membership {
    /// Takes in one notice, with its date. Gives back the names of those who are
    /// gone now.
    pub fn apply(&mut self, notice: &Notice, at: Option<Moment>) -> Vec<String> {
        match notice {
            Notice::Created { by, title } => {
                self.is_group = true;
                self.note(by.as_deref(), MemberState::In);
                self.call([title]);
            }
            Notice::Added { by, people } => {
                self.is_group = true;
                self.note(by.as_deref(), MemberState::In);
                for name in &people.names {
                    self.note(Some(name), MemberState::In);
                }
                self.unnamed += u64::from(people.others);
            }
            Notice::AddedMe { by } => {
                self.is_group = true;
                self.note(by.as_deref(), MemberState::In);
            }
            Notice::Left { who } => {
                self.is_group = true;
                self.note(who.as_deref(), MemberState::Left);
                return who.iter().cloned().collect();
            }
            Notice::Removed { by, people } => {
                self.is_group = true;
                self.note(by.as_deref(), MemberState::In);
                for name in &people.names {
                    self.note(Some(name), MemberState::Removed);
                }
                return people.names.clone();
            }
            Notice::Joined { who } => {
                self.is_group = true;
                self.note(who.as_deref(), MemberState::In);
            }
            Notice::Subject { by, title, before } => {
                self.is_group = true;
                self.note(by.as_deref(), MemberState::In);
                self.call([before, title]);
            }
            Notice::NumberChange { who, from, to } => {
                self.change_number(who.as_deref(), from.as_deref(), to.as_deref(), at);
            }
            Notice::Encrypted { in_group } => self.is_group |= in_group,
            Notice::Timer { on } => self.disappearing = *on,
            Notice::Privacy { on } => self.no_export = *on,
            Notice::SecurityCode { .. } | Notice::Business | Notice::Call | Notice::Other => {}
        }
        Vec::new()
    }

    /// Notes names of the group, the newest of them last.
    fn call<'a>(&mut self, titles: impl IntoIterator<Item = &'a Option<String>>) {
        for title in titles.into_iter().flatten() {
            if !self.titles.contains(title) && self.titles.len() < MOST_TITLES {
                self.titles.push(title.clone());
            }
            self.title = Some(title.clone());
        }
    }

    /// Notes that somebody is in the group, or no longer.
    pub fn note(&mut self, name: Option<&str>, state: MemberState) {
        let Some(name) = name else { return };
        let shown = Shown::read(name);
        if shown.name.is_blank() {
            return;
        }
        self.set(&shown, state);
    }

    /// The same for a name that is already taken apart.
    pub fn set(&mut self, shown: &Shown, state: MemberState) {
        let next = self.members.len();
        let index = *self.by_key.entry(shown.key()).or_insert(next);
        if index == next {
            self.members.push(Member {
                name: shown.name.clone(),
                push_name: shown.push_name,
                phone: shown.phone.clone(),
                state,
            });
        } else {
            self.members[index].state = state;
        }
    }

    /// Whether a name, by its [key](Shown::key), was met in a notice.
    pub fn knows(&self, key: &NameKey) -> bool {
        self.by_key.contains_key(key)
    }

    /// Whether a notice gave the group that name.
    pub fn is_called(&self, name: &Foreign) -> bool {
        self.titles.iter().any(|title| Foreign::new(title).key() == name.key())
    }

    /// What is known of somebody.
    pub fn state_of(&self, shown: &Shown) -> Option<MemberState> {
        self.by_key.get(&shown.key()).map(|index| self.members[*index].state)
    }

    /// Everybody who was met in a notice.
    pub fn into_members(self) -> Vec<Member> {
        self.members
    }

    fn change_number(&mut self, who: Option<&str>, from: Option<&str>, to: Option<&str>, at: Option<Moment>) {
        // Whoever changes their number is there, under the new one.
        self.note(to.or(who), MemberState::In);
        let number = |text: Option<&str>| text.and_then(|t| Phone::parse(t, None).ok());
        let change = NumberChange {
            name: who.map(|who| Shown::read(who).name),
            from: number(from),
            to: number(to),
            at,
        };
        let known = change.from.is_some() || change.to.is_some() || change.name.is_some();
        if known {
            change.add_to(&mut self.number_changes);
        }
    }
}
