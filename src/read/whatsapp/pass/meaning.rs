//! What a header's rest turns out to be: a message or a notice, and what is
//! taken from either.

use super::super::people::{Split, split_author};
use super::super::stamp::Stamp;
use super::super::wording::{self, Notice, Placeholder};
use super::{MEDIA_SAMPLES, MOST_LOOKALIKES, MOST_MENTIONS, Meaning, Met, Pass, REMEMBERED, Stands};
use crate::read::addresses;

/// No end-to-end notice is shorter, in bytes.
const SHORTEST_ENCRYPTED: usize = 40;

impl Pass {
    /// Tells messages from notices, by structure before wording.
    pub(super) fn meaning<'a>(&mut self, rest: &'a [u8], marked: bool) -> Meaning<'a> {
        let ios = self.segments[self.segment].shape.bracket;
        let Some(Split { writer, author, body }) = split_author(rest, &self.registry) else {
            return Meaning::Notice { writer: None, text: rest };
        };
        if writer.is_none() && !ios && self.is_notice_as_a_whole(rest) {
            return Meaning::Notice { writer: None, text: rest };
        }
        let writer = writer.unwrap_or_else(|| self.registry.find_or_add(author));
        let led_by_mark = body.starts_with("\u{200e}".as_bytes()) || body.starts_with("\u{200f}".as_bytes());
        let may_stand_for_something = led_by_mark
            || marked
            || matches!(body.last(), Some(b'>' | b')'))
            || wording::may_be_placeholder(body);
        let placeholder = if may_stand_for_something { self.placeholder(body) } else { None };
        match placeholder {
            Some((Placeholder::Call, _)) => return Meaning::Notice { writer: Some(writer), text: body },
            Some((placeholder, language)) => {
                if let Some(code) = language {
                    *self.languages.entry(code).or_insert(0) += 1;
                }
                let media = matches!(placeholder, Placeholder::Media | Placeholder::Contact);
                return Meaning::Message { writer, body, media };
            }
            None => {}
        }
        if ios
            && (led_by_mark
                || self.says_its_own_name(writer, body)
                || self.opens_with_encryption(writer, body))
        {
            return Meaning::Notice { writer: Some(writer), text: body };
        }
        Meaning::Message { writer, body, media: false }
    }

    /// Whether a line without a known author is a notice from end to end, with
    /// a colon in a name or title.
    fn is_notice_as_a_whole(&mut self, rest: &[u8]) -> bool {
        let text = String::from_utf8_lossy(rest);
        let colon_in = |name: &Option<String>| name.as_ref().is_some_and(|n| n.contains(": "));
        match self.recognise(&text) {
            Some((Notice::Created { by, .. } | Notice::Subject { by, .. } | Notice::AddedMe { by }, _)) => {
                !colon_in(&by)
            }
            Some((Notice::Added { by, .. } | Notice::Removed { by, .. }, _)) => !colon_in(&by),
            Some((Notice::Left { who } | Notice::Joined { who } | Notice::SecurityCode { who }, _)) => {
                !colon_in(&who)
            }
            Some((Notice::Encrypted { .. } | Notice::NumberChange { .. }, _)) => true,
            _ => false,
        }
    }

    /// Old iOS notices have an author and no mark: they begin with its name.
    fn says_its_own_name(&mut self, writer: usize, body: &[u8]) -> bool {
        let name = self.registry.get(writer).shown.name.raw().as_bytes();
        let repeats =
            body.len() > name.len() && body.starts_with(name) && body.get(name.len()) == Some(&b' ');
        repeats && self.recognise(&String::from_utf8_lossy(body)).is_some()
    }

    /// Some programs strip the mark: the notice with which chats begin is known
    /// without.
    fn opens_with_encryption(&self, writer: usize, body: &[u8]) -> bool {
        self.registry.get(writer).messages == 0
            && body.len() > SHORTEST_ENCRYPTED
            && wording::encrypted_language(&String::from_utf8_lossy(body)).is_some()
    }

    pub(super) fn notice(&mut self, writer: Option<usize>, text: &[u8]) {
        if let Some(writer) = writer {
            self.registry.get_mut(writer).notices += 1;
        }
        let text = String::from_utf8_lossy(text);
        let Some((notice, language)) = self.recognise(&text) else { return };
        *self.languages.entry(language).or_insert(0) += 1;
        if matches!(notice, Notice::Encrypted { .. }) && self.encrypted_as.is_none() {
            self.encrypted_as = writer;
        }
        for gone in self.membership.apply(&notice) {
            if let Some(index) = self.registry.named(&gone) {
                self.registry.get_mut(index).gone = true;
            }
        }
    }

    /// Recognises a notice, remembering what was asked before.
    fn recognise(&mut self, text: &str) -> Option<(Notice, &'static str)> {
        if let Some(known) = self.notices.get(text) {
            return known.clone();
        }
        let registry = &self.registry;
        let membership = &self.membership;
        let known = |name: &str| registry.knows(name) || membership.knows(name);
        let found = wording::notice(text, self.language(), &known);
        if self.notices.len() < REMEMBERED && text.len() < 400 {
            self.notices.insert(text.to_owned(), found.clone());
        }
        found
    }

    /// Recognises a placeholder, remembering the short ones: they are all alike.
    fn placeholder(&mut self, body: &[u8]) -> Option<Stands> {
        if let Some(known) = self.placeholders.get(body) {
            return *known;
        }
        let found = wording::placeholder(&String::from_utf8_lossy(body));
        if self.placeholders.len() < REMEMBERED && body.len() < 80 {
            self.placeholders.insert(body.into(), found);
        }
        found
    }

    /// Notes whether a file is attached, and its name if it is a contact card.
    pub(super) fn look_at_media(&mut self, body: &[u8], writer: usize) {
        if self.counts.media <= MEDIA_SAMPLES && memchr::memchr(b'.', body).is_some() {
            let name = wording::attachment_name(&String::from_utf8_lossy(body)).is_some();
            self.attached += u64::from(name);
        }
        // Nearly all media are none, which their ending tells without more ado.
        let is_card =
            |at: usize| body.get(at + 1..at + 4).is_some_and(|end| end.eq_ignore_ascii_case(b"vcf"));
        if !memchr::memchr_iter(b'.', body).any(is_card) {
            return;
        }
        let body = String::from_utf8_lossy(body);
        if let Some(name) = wording::attachment_name(&body)
            && name.to_lowercase().ends_with(".vcf")
        {
            self.cards.push((name.to_owned(), writer));
        }
    }

    pub(super) fn look_for_addresses(&mut self, body: &[u8], writer: usize, line: u64, at: Option<Stamp>) {
        let text = String::from_utf8_lossy(body);
        if let Some(word) = addresses::lookalike(&text)
            && self.lookalikes.len() < MOST_LOOKALIKES
        {
            self.lookalikes.push((line, word.to_owned()));
        }
        let found = addresses::find(&text);
        if text.contains('@') {
            let emails = addresses::find_emails(&text, &found);
            self.emails.extend(emails.into_iter().map(|email| (email, writer, line)));
            if self.mentions.len() < MOST_MENTIONS {
                self.mentions.extend(addresses::find_mentions(&text));
            }
        }
        self.addresses.extend(found.into_iter().map(|found| Met { found, writer, line, at }));
    }
}
