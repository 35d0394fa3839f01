//! By what traces are known again.

use crate::model::Foreign;
use crate::model::mark::Sign;

use super::super::chats::Kept;
use super::{Trace, TraceKind};

impl Trace<'_> {
    /// Everything that the trace can be known by again.
    pub fn signs(&self, chats: &[Kept<'_>]) -> Vec<Sign> {
        let mut signs: Vec<Sign> = self.identities().collect();
        let named = self.mark_name().is_some();
        match self.kind {
            TraceKind::Chat { chat } if named => {
                let chat = chats[chat].chat;
                let title = Foreign::new(chat.title.as_ref().map(Foreign::key).unwrap_or_default());
                signs.push(Sign::Chat(title.clone()));
                let since = chat.people.iter().filter_map(|person| person.first).min();
                signs.extend(since.map(|since| Sign::ChatSince(title, since.to_string())));
            }
            TraceKind::Card { .. } | TraceKind::Signal { .. } | TraceKind::Database { .. }
                if named && signs.is_empty() =>
            {
                signs.push(Sign::Bare);
            }
            _ => {}
        }
        signs
    }

    /// The identities that the trace holds, as signs.
    pub fn identities(&self) -> impl Iterator<Item = Sign> + '_ {
        let accounts = self.accounts.iter().cloned().map(Sign::Account);
        let lids = self.lids.iter().cloned().map(Sign::Lid);
        let phones = self.phones.iter().cloned().map(Sign::Phone);
        accounts.chain(lids).chain(phones).chain(self.emails.iter().cloned().map(Sign::Email))
    }

    /// The name beside the signs, as it is compared.
    pub fn mark_name(&self) -> Option<Foreign> {
        let saved = self.saved_name.as_ref().filter(|name| !name.is_blank()).map(Foreign::key);
        let other = || self.other_name.as_ref().filter(|name| !name.is_blank()).map(|n| n.shown_key(true));
        saved.or_else(other).map(Foreign::new)
    }

    /// The name as it is written.
    pub fn written_name(&self) -> Option<&Foreign> {
        self.saved_name.iter().chain(&self.other_name).find(|name| !name.is_blank())
    }
}
