//! The traces of chats as text: everybody who wrote, who is known to be in the
//! group, and whose number changed; and who the other side of a direct chat is.

use crate::model::finding::{Chat, ChatKind};
use crate::model::{Few, Foreign, Locator, Phone};

use super::super::Source;
use super::super::chats::Kept;
use super::super::me::Me;
use super::{Trace, TraceKind, Traces};

impl<'a> Traces<'a> {
    pub(super) fn chat(&mut self, chat_index: usize, kept: &Kept<'a>, source: &Source, me: &Me) {
        let chat = kept.chat;
        for writer in &chat.people {
            let trace = self.shown(
                chat_index,
                kept.source,
                source,
                &writer.name,
                writer.push_name,
                writer.phone.as_ref().filter(|_| !writer.suspect),
                me,
            );
            // Whoever pasted the lines chose the name: it is not the user's own.
            if writer.suspect && !self.all[trace].is_me {
                self.all[trace].other_name = self.all[trace].saved_name.take();
            }
        }
        // What people say of themselves is theirs, as on a card.
        for written in chat.emails.iter().filter(|written| written.self_stated) {
            let writer = chat.writer(&written.said_by, written.push_name).filter(|p| !p.suspect);
            let key = writer.map(|w| (chat_index, w.name.shown_key(w.push_name)));
            if let Some(trace) = key.and_then(|key| self.in_chat.get(&key)) {
                self.all[*trace].emails.extend([written.email.clone()]);
            }
        }
        for member in &chat.members {
            self.shown(
                chat_index,
                kept.source,
                source,
                &member.name,
                member.push_name,
                member.phone.as_ref(),
                me,
            );
        }
        if let Some(partner) = partner_of(chat, me) {
            let index = match partner {
                Partner::Writer(name, push) => self.in_chat.get(&(chat_index, name.shown_key(push))).copied(),
                Partner::Title(title) => {
                    let phone = Phone::parse(title.raw(), None).ok();
                    Some(self.shown(chat_index, kept.source, source, title, false, phone.as_ref(), me))
                }
            };
            if let Some(index) = index {
                self.partner.insert(chat_index, index);
            }
        }
        for change in &chat.number_changes {
            let name = change.name.clone().filter(|n| self.in_chat.contains_key(&(chat_index, n.key())));
            self.change(kept.source, source, change, name, me);
        }
        if !chat.number_changes.is_empty() {
            for writer in &chat.people {
                let trace = self.in_chat.get(&(chat_index, writer.name.shown_key(writer.push_name)));
                self.last.extend(trace.copied().zip(writer.last));
            }
        }
    }

    /// The trace of a shown name in a chat; a new one if need be.
    #[expect(clippy::too_many_arguments, reason = "the parts of one shown name")]
    fn shown(
        &mut self,
        chat: usize,
        source_index: usize,
        source: &Source,
        name: &Foreign,
        push_name: bool,
        phone: Option<&Phone>,
        me: &Me,
    ) -> usize {
        let next = self.all.len();
        let index = *self.in_chat.entry((chat, name.shown_key(push_name))).or_insert(next);
        if index == next {
            let saved = !push_name && phone.is_none();
            self.all.push(Trace {
                source: source_index,
                locator: Locator { path: source.path.clone(), line: None },
                kind: TraceKind::Chat { chat },
                saved_name: saved.then(|| name.clone()),
                other_name: push_name.then(|| name.clone()),
                phones: phone.into_iter().cloned().collect(),
                unplaced: Vec::new(),
                emails: Few::default(),
                accounts: Few::default(),
                lids: Few::default(),
                is_me: me.is(name, push_name, phone),
                is_nobody: false,
            });
        }
        index
    }
}

enum Partner<'a> {
    Writer(&'a Foreign, bool),
    Title(&'a Foreign),
}

/// The other side of a chat between two. Where the file alone does not tell
/// that it is one, knowing the user does.
fn partner_of<'a>(chat: &'a Chat, me: &Me) -> Option<Partner<'a>> {
    if chat.kind == ChatKind::Group {
        return None;
    }
    let others: Vec<_> =
        chat.people.iter().filter(|p| !me.is(&p.name, p.push_name, p.phone.as_ref())).collect();
    match others.as_slice() {
        [other] if chat.kind == ChatKind::Direct || chat.people.len() == 2 => {
            Some(Partner::Writer(&other.name, other.push_name))
        }
        // Only the user wrote: the chat is named after the other one.
        [] if !chat.people.is_empty() => chat.title.as_ref().map(Partner::Title),
        _ => chat.title.as_ref().filter(|_| chat.kind == ChatKind::Direct).map(Partner::Title),
    }
}
