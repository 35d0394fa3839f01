//! Signal's plaintext export: one JSON object a line, people among them.
//!
//! The file holds everything: keys, messages, the names of everybody. Taken
//! are people, groups, how the user can be found, and dates. Frames may stand in
//! any order, so what belongs together is joined at the end.

use std::collections::hash_map::Entry;
use std::io;
use std::ops::RangeInclusive;

use foldhash::HashMap;

use memchr::memmem;

use crate::model::finding::{MergedNumber, SignalExport, SignalStanding};
use crate::model::{Code, Moment, Phone, Problem};
use crate::read::{Reopen, Tally};

use super::frames::{ChatItem, Contact, Frame, Group, Int, Object};
use super::lines::{LINE_CAP, Line, Lines, first_key, without_bom};
use super::person;
use super::skim::{self, Skimmed};

/// Frames that hold nothing that is taken.
const PASSED_OVER: [&[u8]; 4] = [b"stickerPack", b"adHocCall", b"notificationProfile", b"chatFolder"];
/// The keys of the first line, which tells about the backup.
const BACKUP_INFO: [&[u8]; 6] = [
    b"version",
    b"backupTimeMs",
    b"mediaRootBackupKey",
    b"currentAppVersion",
    b"firstAppVersion",
    b"debugInfo",
];
/// Nothing was said on Signal before it was made (May 2010, milliseconds) …
const EARLIEST: u64 = 1_272_672_000_000;
/// … and after the end of the year 9999 there are no dates.
const LATEST: u64 = 253_402_300_799_999;
/// A clock may be ahead by a day (milliseconds).
const AHEAD: u64 = 24 * 60 * 60 * 1000;
/// How many damaged lines are told one by one. Beyond, they are only counted.
const TOLD: u64 = 1000;

/// Whether a file that begins like that is Signal's plaintext export. `head`
/// may end in the middle of the first line.
pub fn is_signal_export(head: &[u8]) -> bool {
    let head = without_bom(head);
    let end = memchr::memchr(b'\n', head);
    let line = &head[..end.unwrap_or(head.len())];
    let has = |keys: &[&str]| keys.iter().any(|key| memmem::find(line, key.as_bytes()).is_some());
    let Some((key, value)) = first_key(line) else { return false };
    let signed = match key {
        b"account" => has(&["\"profileKey\"", "\"accountSettings\"", "\"usernameLink\""]),
        b"recipient" => {
            has(&["\"id\""])
                && has(&[
                    "\"contact\"",
                    "\"self\"",
                    "\"group\"",
                    "\"releaseNotes\"",
                    "\"distributionList\"",
                    "\"callLink\"",
                ])
        }
        b"chat" => has(&["\"recipientId\""]),
        b"chatItem" => has(&["\"chatId\""]) && has(&["\"dateSent\"", "\"authorId\""]),
        b"stickerPack" => has(&["\"packId\""]),
        key if BACKUP_INFO.contains(&key) => has(&["\"backupTimeMs\""]),
        _ => return false,
    };
    let right_shape = value.starts_with(b"{") != BACKUP_INFO.contains(&key);
    signed && right_shape && (end.is_none() || serde_json::from_slice::<Object<Frame>>(line).is_ok())
}

/// Reads the export. `read` in the tally counts contacts.
///
/// # Errors
/// Whatever the system says; nothing that stands in the file.
pub fn read(source: &dyn Reopen, problems: &mut Vec<Problem>) -> io::Result<(SignalExport, Tally)> {
    read_capped(source, problems, LINE_CAP)
}

fn read_capped(
    source: &dyn Reopen,
    problems: &mut Vec<Problem>,
    cap: usize,
) -> io::Result<(SignalExport, Tally)> {
    let mut lines = Lines::new(source.open()?, cap);
    let mut reader = Reader::new(problems);
    while let Some(line) = lines.next()? {
        reader.line(&line);
    }
    Ok(reader.finish())
}

/// What has been read so far.
struct Reader<'a> {
    problems: &'a mut Vec<Problem>,
    told: u64,
    /// The first damaged line that was not told by itself, and how many there are.
    untold: Option<(u64, u64)>,
    export: SignalExport,
    tally: Tally,
    /// Whether the file held anything of Signal's.
    any: bool,
    /// Where in `export.people` a recipient stands.
    people: HashMap<u64, usize>,
    /// With which recipient a chat is.
    chats: HashMap<u64, u64>,
    /// The oldest and the newest date by chat.
    said: HashMap<u64, (Int, Int)>,
    /// The oldest date by recipient.
    joined: HashMap<u64, Int>,
    /// Where in `export.groups` a recipient stands.
    groups: HashMap<u64, usize>,
    /// Numbers by the chat to which a notice ties them.
    tied: Vec<(u64, MergedNumber)>,
    /// The dates that can be true: whoever sends tells when, rightly or not.
    span: RangeInclusive<u64>,
}

impl<'a> Reader<'a> {
    fn new(problems: &'a mut Vec<Problem>) -> Self {
        Self {
            problems,
            told: 0,
            untold: None,
            export: SignalExport::default(),
            tally: Tally::default(),
            any: false,
            people: HashMap::default(),
            chats: HashMap::default(),
            said: HashMap::default(),
            joined: HashMap::default(),
            groups: HashMap::default(),
            tied: Vec::new(),
            span: EARLIEST..=LATEST,
        }
    }

    fn line(&mut self, line: &Line<'_>) {
        if line.too_long {
            // Of a message the beginning will do.
            if let Some(message) = skim::beginning(line.bytes) {
                self.any = true;
                self.message(message);
            }
            return self.tell(Problem::new(Code::LineTooLong).at(line.number));
        }
        if line.bytes.is_empty() {
            return;
        }
        if line.ended {
            if let Some(message) = skim::message(line.bytes) {
                self.any = true;
                return self.message(message);
            }
            if is_passed_over(line.bytes) {
                self.any = true;
                return;
            }
        }
        match serde_json::from_slice::<Object<Frame>>(line.bytes) {
            Ok(Object(frame)) => self.frame(frame, line.number),
            Err(_) => self.damaged(line),
        }
    }

    /// A line that is no JSON, or not of Signal's shape.
    fn damaged(&mut self, line: &Line<'_>) {
        if let Some((id, contact, bad)) = person::salvage(line.bytes) {
            self.any = true;
            let problem = match bad.is_empty() {
                true => Problem::new(Code::SignalLine),
                false => Problem::new(Code::SignalField).quoting(bad.join(", ")),
            };
            if self.contact(id, contact, line.number) {
                self.tell(problem.at(line.number));
            }
            return;
        }
        let cut_off = !line.ended && serde_json::from_slice::<serde::de::IgnoredAny>(line.bytes).is_err();
        let code = if cut_off { Code::SignalTruncated } else { Code::SignalLine };
        let recipient = first_key(line.bytes).is_some_and(|(key, _)| key == b"recipient");
        if recipient && memmem::find(line.bytes, b"\"contact\":").is_some() {
            self.tally.read += 1;
            self.tally.rejected += 1;
        }
        self.tell(Problem::new(code).at(line.number));
    }

    fn frame(&mut self, frame: Frame, line: u64) {
        self.any |= frame.is_known();
        if let Some(made) = frame.backup_time_ms
            && let (Some(at), None) = (made.moment(), self.export.at)
        {
            self.export.at = Some(at);
            self.span = EARLIEST..=made.0.saturating_add(AHEAD).min(LATEST);
        }
        if let Some(Object(account)) = frame.account {
            let mut problems = Vec::new();
            self.export.account = person::account(account, line, &mut problems);
            for problem in problems {
                self.tell(problem);
            }
        }
        if let Some(Object(recipient)) = frame.recipient {
            if let Some(Object(contact)) = recipient.contact {
                let _ = self.contact(recipient.id, contact, line);
            } else if let Some(Object(group)) = recipient.group {
                self.group(recipient.id, group, line);
            }
        }
        if let Some(Object(chat)) = frame.chat
            && let (Some(chat), Some(recipient)) = (chat.id, chat.recipient_id)
        {
            self.chats.insert(chat.0, recipient.0);
        }
        if let Some(Object(item)) = frame.chat_item {
            self.item(&item, line);
        }
    }

    /// Takes up somebody; whether there was anything to know them by.
    fn contact(&mut self, id: Option<Int>, contact: Contact, line: u64) -> bool {
        self.tally.read += 1;
        let made = person::person(contact, line);
        let Some(mut person) = made.person else {
            self.tally.rejected += 1;
            self.tell(Problem::new(Code::SignalLine).at(line));
            return false;
        };
        for problem in made.problems {
            self.tell(problem);
        }
        if made.gone.is_some_and(|date| !self.span.contains(&date.0)) {
            person.standing = SignalStanding::Unregistered(None);
        }
        self.tally.kept += 1;
        if let Some(Int(id)) = id {
            match self.people.entry(id) {
                Entry::Vacant(place) => {
                    place.insert(self.export.people.len());
                }
                // Chats cannot be told apart then: the dates stay with the first.
                Entry::Occupied(_) => self.tell(Problem::new(Code::SignalLine).at(line)),
            }
        }
        self.export.people.push(person);
        true
    }

    fn group(&mut self, id: Option<Int>, group: Group, line: u64) {
        let mut problems = Vec::new();
        let group = person::group(group, line, &mut problems);
        for problem in problems {
            self.tell(problem);
        }
        let Some(group) = group else { return };
        if let Some(Int(id)) = id {
            self.groups.entry(id).or_insert(self.export.groups.len());
        }
        self.export.groups.push(group);
    }

    /// A message of which only the head was looked at.
    fn message(&mut self, message: Skimmed) {
        if message.said && self.span.contains(&message.date.0) {
            self.say(message.chat, message.date);
        }
    }

    fn say(&mut self, chat: Int, date: Int) {
        let (oldest, newest) = self.said.entry(chat.0).or_insert((date, date));
        oldest.0 = oldest.0.min(date.0);
        newest.0 = newest.0.max(date.0);
    }

    fn item(&mut self, item: &ChatItem, line: u64) {
        if let (Some(chat), Some(Int(number))) = (item.chat_id, item.tied())
            && let Some(phone) = Phone::from_digits(&number.to_string())
        {
            let at = item.date_sent.and_then(Int::moment);
            self.tied.push((chat.0, MergedNumber { phone, at, line }));
        }
        let Some(date) = item.date_sent.filter(|date| self.span.contains(&date.0)) else { return };
        if let Some(chat) = item.chat_id
            && item.is_said()
        {
            self.say(chat, date);
        }
        if let Some(author) = item.author_id
            && item.is_joined()
        {
            let oldest = self.joined.entry(author.0).or_insert(date);
            oldest.0 = oldest.0.min(date.0);
        }
    }

    /// Keeps a problem; damaged lines are only counted when there are very
    /// many, so that a file of nothing else does not fill the memory.
    fn tell(&mut self, problem: Problem) {
        if matches!(problem.code, Code::SignalLine | Code::SignalField) {
            if self.told == TOLD {
                let first = problem.line.unwrap_or_default();
                self.untold.get_or_insert((first, 0)).1 += 1;
                return;
            }
            self.told += 1;
        }
        self.problems.push(problem);
    }

    /// Joins what belongs together.
    fn finish(mut self) -> (SignalExport, Tally) {
        for (chat, (oldest, date)) in self.said {
            let Some(recipient) = self.chats.get(&chat) else { continue };
            let newest = |said: &mut Option<Moment>| *said = (*said).max(date.moment());
            if let Some(person) = self.people.get(recipient).and_then(|at| self.export.people.get_mut(*at)) {
                newest(&mut person.last_said);
                let first = oldest.moment();
                person.first_said = person.first_said.map_or(first, |known| Some(known).min(first));
            }
            if let Some(group) = self.groups.get(recipient).and_then(|at| self.export.groups.get_mut(*at)) {
                newest(&mut group.last_said);
            }
        }
        for (chat, number) in self.tied {
            let place = self.chats.get(&chat).and_then(|recipient| self.people.get(recipient));
            if let Some(person) = place.and_then(|place| self.export.people.get_mut(*place))
                && person.phone.as_ref() != Some(&number.phone)
                && person.merged.iter().all(|known| known.phone != number.phone)
            {
                person.merged.push(number);
            }
        }
        self.export.settle_groups();
        for (recipient, date) in self.joined {
            let place = self.people.get(&recipient);
            if let Some(person) = place.and_then(|place| self.export.people.get_mut(*place)) {
                person.joined = date.moment();
            }
        }
        if let Some((line, count)) = self.untold {
            self.problems.push(Problem::new(Code::SignalLine).at(line).counted(count));
        }
        if self.any {
            self.problems.push(Problem::new(Code::SignalSecrets));
        }
        (self.export, self.tally)
    }
}

/// Whether a line is a frame of which nothing is taken, told by its first key.
fn is_passed_over(line: &[u8]) -> bool {
    line.ends_with(b"}")
        && first_key(line).is_some_and(|(key, value)| PASSED_OVER.contains(&key) && value.starts_with(b"{"))
}

#[cfg(test)]
#[path = "export_tests.rs"]
mod tests;
