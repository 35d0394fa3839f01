//! What a header's rest turns out to be: a message or a notice, and what is
//! taken from either.

use std::collections::HashMap;

use super::super::author::{Split, split_at_mark, split_author};
use super::super::people::{Entry, Shown};
use super::super::stamp::Stamp;
use super::super::wording::{self, Notice, Placeholder};
use super::{
    MEDIA_SAMPLES, MOST_CUES, MOST_LOOKALIKES, MOST_MENTIONS, Marked, Meaning, Met, MetCue, Pass, REMEMBERED,
    Said, Stands,
};
use crate::model::foreign::is_mark;
use crate::read::addresses;

/// So many marks announce a notice at the most.
const MOST_MARKS: usize = 8;
/// Longer texts are not remembered, in bytes: they do not repeat themselves.
const LONGEST_REMEMBERED: usize = 400;
/// No end-to-end notice is shorter, in bytes.
const SHORTEST_ENCRYPTED: usize = 40;

/// Who says but so many things that could be notices may be somebody.
const FEWEST_WORDED: u64 = 2;

/// A name that a body repeats ends within so many characters.
const LONGEST_NAMED: usize = 80;

/// Whether a mark of direction stands at the beginning of a body, alone or with
/// other marks: so WhatsApp announces what it says itself.
fn is_led_by_mark(body: &[u8]) -> bool {
    match body {
        [0xe2, 0x80, 0x8e | 0x8f, ..] => true,
        // What the other marks begin with.
        [0xd8 | 0xe2 | 0xef, ..] => {
            let head =
                body[..body.len().min(4 * MOST_MARKS)].utf8_chunks().next().map_or("", |chunk| chunk.valid());
            head.chars().take_while(|c| is_mark(*c)).any(|c| matches!(c, '\u{200e}' | '\u{200f}'))
        }
        // Nearly all bodies.
        _ => false,
    }
}

/// Whether the mark that iOS sets before its own words stands anywhere in a body.
fn has_mark(body: &[u8]) -> bool {
    memchr::memchr_iter(0x8e, body).any(|at| body[..=at].ends_with("\u{200e}".as_bytes()))
}

/// Remembers what a text turned out to say, if it is short and there is room.
fn remember(notices: &mut HashMap<String, Option<Said>>, text: &str, found: Option<&Said>) {
    if notices.len() < REMEMBERED && text.len() < LONGEST_REMEMBERED {
        notices.insert(text.to_owned(), found.cloned());
    }
}

impl Pass {
    /// Splits what follows a stamp into an author and a body. On iOS the title of a
    /// group stands as the author of notices; where it has a colon in it, the mark
    /// before the notice tells where it ends. Captions have such a mark as well.
    pub(super) fn split<'a>(&mut self, rest: &'a [u8]) -> Option<Split<'a>> {
        let split = split_author(rest, &self.registry);
        let is_new = |split: &Split<'_>| {
            split.writer.is_none_or(|writer| self.registry.get(writer).messages == 0)
                && !is_led_by_mark(split.body)
        };
        if !self.segments[self.segment].shape.bracket || !split.as_ref().is_some_and(is_new) {
            return split;
        }
        let Some(longer) = split_at_mark(rest, &self.registry) else { return split };
        let stands_for = self.placeholder(longer.body);
        let said = !matches!(stands_for, Some((kind, _)) if kind != Placeholder::Call)
            && self.recognise(&String::from_utf8_lossy(longer.body)).is_some();
        if said { Some(longer) } else { split }
    }

    /// Tells messages from notices, by structure before wording.
    pub(super) fn meaning<'a>(
        &mut self,
        rest: &'a [u8],
        split: Option<Split<'a>>,
        marked: bool,
    ) -> Meaning<'a> {
        let ios = self.segments[self.segment].shape.bracket;
        let Some(Split { writer, author, body }) = split else {
            return Meaning::Notice { writer: None, text: rest };
        };
        // Titles have colons in them, and not every language puts them in quotes.
        if writer.is_none() && self.recognise_line(rest).is_some() {
            return Meaning::Notice { writer: None, text: rest };
        }
        let writer = writer.unwrap_or_else(|| self.registry.find_or_add(author));
        let led_by_mark = is_led_by_mark(body);
        let may_stand_for_something = led_by_mark
            || marked
            || matches!(body.last(), Some(b'>' | b')'))
            || wording::may_be_placeholder(body)
            || ios && has_mark(body)
            || body.starts_with(b"vCard ");
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
            && (led_by_mark && !self.writes_from_the_right(writer, body)
                || self.says_its_own_name(writer, body)
                || self.is_the_group_that_says(writer, body)
                || self.opens_with_encryption(writer, body))
        {
            return Meaning::Notice { writer: Some(writer), text: body };
        }
        Meaning::Message { writer, body, media: false }
    }

    /// A mark of the right before letters that are written from there is a
    /// keyboard's, unless a wording fits or whoever it is said nothing but notices.
    fn writes_from_the_right(&mut self, writer: usize, body: &[u8]) -> bool {
        let head = String::from_utf8_lossy(&body[..body.len().min(4 * MOST_MARKS)]);
        let text = head.trim_start_matches(is_mark);
        let of_the_right = !head[..head.len() - text.len()].contains('\u{200e}')
            && text.starts_with(
                |c| matches!(c, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}'),
            );
        let entry = self.registry.get(writer);
        of_the_right
            && (entry.messages > 0 || entry.notices == 0)
            && self.recognise(&String::from_utf8_lossy(body)).is_none()
    }

    /// Old iOS notices have an author and no mark: they begin with its name.
    fn says_its_own_name(&mut self, writer: usize, body: &[u8]) -> bool {
        let name = &self.registry.get(writer).shown.name;
        // Nearly all bodies stop here, at another letter.
        let may_begin =
            matches!(body, [b'~', ..] | [0xe2, 0x80 | 0x81, ..] | [0xef, 0xbb, ..] | [0xd8, 0x9c, ..])
                || name.raw().as_bytes().first() == body.first();
        if body.len() <= name.raw().len() || !may_begin {
            return false;
        }
        let body = String::from_utf8_lossy(body);
        let visible: String = body.chars().take(LONGEST_NAMED).filter(|c| !is_mark(*c)).collect();
        let named = visible.trim_start_matches(|c: char| c == '~' || c.is_whitespace());
        let repeats =
            named.strip_prefix(name.raw()).is_some_and(|rest| rest.starts_with(char::is_whitespace));
        repeats && self.recognise(&body).is_some()
    }

    /// Nor is the mark kept where the group itself says a notice, if some program
    /// stripped it: a name that is known for that of the group, or that opened the
    /// chat and wrote nothing since, is nobody's.
    fn is_the_group_that_says(&mut self, writer: usize, body: &[u8]) -> bool {
        let entry = self.registry.get(writer);
        entry.messages == 0
            && (self.membership.is_called(&entry.shown.name) || self.encrypted_as == Some(writer))
            && self.recognise(&String::from_utf8_lossy(body)).is_some()
    }

    /// Some programs strip the mark: the notice with which chats begin is known
    /// without.
    fn opens_with_encryption(&self, writer: usize, body: &[u8]) -> bool {
        self.registry.get(writer).messages == 0
            && body.len() > SHORTEST_ENCRYPTED
            && wording::encrypted_language(&String::from_utf8_lossy(body)).is_some()
    }

    /// Notes a message that could be a notice without its mark, as long as all of
    /// its writer's could.
    pub(super) fn note_wording(&mut self, writer: usize, body: &[u8], stamp: Option<Stamp>) {
        let entry = self.registry.get(writer);
        let may_be_group = self.segments[self.segment].shape.bracket && entry.worded == entry.messages;
        if may_be_group
            && self.worded.len() < REMEMBERED
            && self.recognise(&String::from_utf8_lossy(body)).is_some()
        {
            self.registry.get_mut(writer).worded += 1;
            self.worded.push((writer, body.to_vec(), stamp));
        }
    }

    /// Whose every message could be a notice is the group: people say such things
    /// once, and something else besides.
    pub(super) fn hear_the_group(&mut self) {
        let worded = std::mem::take(&mut self.worded);
        let entry = |index: &usize| self.registry.get(*index);
        let is_nobody = |index: &usize| {
            let entry = entry(index);
            entry.worded >= FEWEST_WORDED
                && entry.worded == entry.messages
                && Some(*index) != self.titled
                && self.membership.state_of(&entry.shown).is_none()
        };
        let nobodies = (0..self.registry.entries().len()).filter(is_nobody);
        let Some(group) = nobodies.max_by_key(|index| entry(index).worded) else { return };
        let messages = entry(&group).messages;
        self.counts.messages -= messages;
        self.counts.notices += messages;
        self.registry.forget(group);
        for (_, text, stamp) in worded.iter().filter(|(writer, ..)| *writer == group) {
            self.notice(Some(group), text, *stamp);
        }
    }

    /// Notes what somebody said behind a mark in words that are none of WhatsApp's,
    /// as long as it is all that they said.
    pub(super) fn note_marked(&mut self, said: Marked) {
        let entry = self.registry.get_mut(said.writer);
        // What names whoever it is under is WhatsApp's, in whatever words.
        let name = entry.shown.name.raw().as_bytes();
        entry.recognised += u64::from(memchr::memmem::find(&said.body, name).is_some());
        // Media have such a mark from everybody.
        let may_be_somebody = entry.messages == entry.media && entry.recognised == 0;
        if may_be_somebody && self.marked.len() < REMEMBERED {
            self.marked.push(said);
        }
    }

    /// Who said but such things, in a chat whose notices are understood, is
    /// somebody whose keyboard sets marks or whose words some program marked. A
    /// group itself says the first line, and so does the partner in a chat between
    /// two, which is called after them.
    pub(super) fn hear_the_marked(&mut self) {
        let marked = std::mem::take(&mut self.marked);
        if self.languages.is_empty() {
            return;
        }
        let entries = self.registry.entries();
        let wrote = |(index, entry): &(usize, &Entry)| entry.messages > 0 && Some(*index) != self.titled;
        let between_two = !self.membership.is_group && entries.iter().enumerate().filter(wrote).count() < 2;
        let is_nobody = |index: usize| {
            let name = &entries[index].shown.name;
            let opens = Some(index) == self.first_author || Some(index) == self.encrypted_as;
            let is_title = Some(index) == self.titled;
            (opens || is_title) && !(between_two && is_title)
                || self.membership.is_called(name)
                || wording::is_exporter(name.raw())
        };
        let people: Vec<usize> = (0..entries.len())
            .filter(|index| {
                let said = marked.iter().filter(|said| said.writer == *index).count() as u64;
                let entry = &entries[*index];
                let alone = entry.messages == entry.media && entry.recognised == 0;
                said >= FEWEST_WORDED && alone && !is_nobody(*index)
            })
            .collect();
        for said in marked.into_iter().filter(|said| people.contains(&said.writer)) {
            self.counts.notices -= 1;
            self.registry.get_mut(said.writer).notices -= 1;
            self.take_message(said.writer, &said.body, false, said.line, said.stamp);
            let entry = self.registry.get_mut(said.writer);
            entry.line = entry.line.min(said.line);
            if addresses::worth_a_look(&said.body).is_some() {
                self.look_for_addresses(&said.body, said.writer, said.line, said.stamp);
            }
        }
    }

    /// Takes in what WhatsApp says, and tells whether its words are known.
    pub(super) fn notice(&mut self, writer: Option<usize>, text: &[u8], stamp: Option<Stamp>) -> bool {
        let found = match writer {
            Some(writer) => {
                self.registry.get_mut(writer).notices += 1;
                self.recognise(&String::from_utf8_lossy(text))
            }
            None => self.recognise_line(text),
        };
        let Some((notice, language)) = found else { return false };
        // These are said by the partner of a chat between two as well.
        let of_any_chat =
            matches!(notice, Notice::Encrypted { .. } | Notice::SecurityCode { .. } | Notice::Timer { .. });
        if let Some(writer) = writer {
            self.registry.get_mut(writer).recognised += u64::from(!of_any_chat);
        }
        *self.languages.entry(language).or_insert(0) += 1;
        if matches!(notice, Notice::Encrypted { .. }) && self.encrypted_as.is_none() {
            self.encrypted_as = writer;
        }
        for gone in self.membership.apply(&notice, stamp.map(Stamp::moment)) {
            if let Some(index) = self.registry.named(&Shown::read(&gone).key()) {
                self.registry.get_mut(index).gone = true;
            }
        }
        true
    }

    /// Recognises a notice whose author is taken off, remembering what was asked
    /// before.
    fn recognise(&mut self, text: &str) -> Option<Said> {
        if let Some(known) = self.notices.get(text) {
            return known.clone();
        }
        let found = wording::notice(text, self.language(), &|name| self.has_met(name));
        remember(&mut self.notices, text, found.as_ref());
        found
    }

    /// The same for a whole line, which may have an author as well.
    pub(super) fn recognise_line(&mut self, line: &[u8]) -> Option<Said> {
        let line = String::from_utf8_lossy(line);
        if let Some(known) = self.notice_lines.get(&*line) {
            return known.clone();
        }
        let found = wording::notice_line(&line, self.language(), &|name| self.has_met(name));
        remember(&mut self.notice_lines, &line, found.as_ref());
        found
    }

    /// Whether somebody of that name wrote or stands in a notice.
    fn has_met(&self, name: &str) -> bool {
        let key = Shown::read(name).key();
        self.registry.knows(&key) || self.membership.knows(&key)
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
        for cue in addresses::find_cues(&text) {
            // An address says more.
            if cue.left || found.iter().all(|found| found.address.channel() != cue.channel) {
                self.note_cue(MetCue { cue, writer, line, at });
            }
        }
        self.addresses.extend(found.into_iter().map(|found| Met { found, writer, line, at }));
    }

    /// Keeps of what somebody says again and again the first time and the last.
    fn note_cue(&mut self, met: MetCue) {
        let same = |known: &&mut MetCue| known.writer == met.writer && known.cue == met.cue;
        if let Some(last) = self.cues.iter_mut().filter(same).nth(1) {
            *last = met;
        } else if self.cues.len() < MOST_CUES {
            self.cues.push(met);
        }
    }
}
