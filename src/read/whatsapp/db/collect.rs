//! What the readers of all databases gather in the same way: people by their
//! ids, messages by chat and writer, and the rows that were of no use.

use std::collections::{BTreeMap, HashMap};

use foldhash::fast::RandomState;
use rusqlite::Row;

use crate::model::database::{Chat, Database, Member, Part, Person, Role, Volume};
use crate::model::finding::MemberState;
use crate::model::identity::WhatsappLid;
use crate::model::kind::Platform;
use crate::model::{Code, Foreign, Moment, Month, Phone, Problem};
use crate::read::Tally;

use super::jid::Id;
use super::table::row_id;

/// The beginning of 2009, the year of WhatsApp's first message.
const EARLIEST: i64 = 1_230_768_000_000;
/// So many rows of one table are named one by one, if they are of no use.
const MOST_NAMED: usize = 1000;

/// Who stands behind an id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ref {
    /// Somebody, by their place among the people.
    Person(usize),
    /// A group.
    Group(String),
    /// Nobody.
    Nobody,
}

/// Who wrote a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Writer {
    /// The user.
    Me,
    /// Somebody, by their place among the people.
    Other(usize),
    /// The table does not tell.
    Unknown,
}

/// A database in the making.
#[derive(Debug)]
pub struct Collector {
    /// What was found so far; its people and chats are filled in at the end.
    pub database: Database,
    people: Vec<Person>,
    by_phone: HashMap<Phone, usize, RandomState>,
    by_lid: HashMap<WhatsappLid, usize, RandomState>,
    chats: Vec<Chat>,
    counts: HashMap<(usize, Writer), Count, RandomState>,
    /// Where in a chat's members somebody stands.
    members: HashMap<(usize, usize), usize, RandomState>,
    rejected: BTreeMap<&'static str, Rejected>,
    calendar: Calendar,
}

impl Collector {
    /// Nothing yet.
    pub fn new(platform: Platform, part: Part) -> Self {
        Self {
            database: Database::new(platform, part),
            people: Vec::new(),
            by_phone: HashMap::default(),
            by_lid: HashMap::default(),
            chats: Vec::new(),
            counts: HashMap::default(),
            members: HashMap::default(),
            rejected: BTreeMap::new(),
            calendar: Calendar::default(),
        }
    }

    /// Learns which number belongs to a linked id. Has to come before anybody
    /// is met under that id.
    pub fn link(&mut self, lid: WhatsappLid, phone: Phone) {
        self.database.linked.entry(lid).or_insert(phone);
    }

    /// The one behind an id; a new person if need be.
    pub fn who(&mut self, id: &Id) -> Ref {
        match id {
            Id::Phone(phone) => Ref::Person(self.by_phone(phone)),
            Id::Lid(lid) => Ref::Person(self.by_lid(lid)),
            Id::Group(group) => Ref::Group(group.clone()),
            Id::Nobody => Ref::Nobody,
        }
    }

    /// The one who has a number.
    pub fn by_phone(&mut self, phone: &Phone) -> usize {
        if let Some(index) = self.by_phone.get(phone) {
            return *index;
        }
        self.people.push(Person { phone: Some(phone.clone()), ..Person::default() });
        self.by_phone.insert(phone.clone(), self.people.len() - 1);
        self.people.len() - 1
    }

    /// The one who has a linked id: under their number, where it is known.
    pub fn by_lid(&mut self, lid: &WhatsappLid) -> usize {
        if let Some(index) = self.by_lid.get(lid) {
            return *index;
        }
        let index = match self.database.linked.get(lid).cloned() {
            Some(phone) => self.by_phone(&phone),
            None => {
                self.people.push(Person::default());
                self.people.len() - 1
            }
        };
        self.people[index].lid.get_or_insert_with(|| lid.clone());
        self.by_lid.insert(lid.clone(), index);
        index
    }

    /// Somebody who has neither, but a number as people write them.
    pub fn by_written_number(&mut self, number: &str) -> usize {
        self.people.push(Person { number: Some(Foreign::new(number)), ..Person::default() });
        self.people.len() - 1
    }

    /// Somebody as a row of the address book has them: another entry of the same
    /// account, where it has another name or number than the rows before.
    pub fn entry(&mut self, person: usize, name: Option<String>, number: Option<String>) -> usize {
        let known = &self.people[person];
        // As saved, a number often lacks its country, and WhatsApp's own form of
        // some countries' numbers has a digit more or less.
        let says_more = |number: &String| match (&known.phone, Phone::parse(number, None)) {
            (Some(own), Ok(other)) => *own != other,
            (Some(_), Err(_)) => false,
            (None, _) => true,
        };
        let name = name.map(Foreign::new);
        let number = number.filter(says_more).map(Foreign::new);
        let differs = |known: &Option<Foreign>, told: &Option<Foreign>| matches!((known, told), (Some(known), Some(told)) if known.key() != told.key());
        let differs = differs(&known.saved_name, &name) || differs(&known.number, &number);
        let place = if differs {
            let (phone, lid) = (known.phone.clone(), known.lid.clone());
            self.people.push(Person { phone, lid, ..Person::default() });
            self.people.len() - 1
        } else {
            person
        };
        let entry = &mut self.people[place];
        entry.saved_name = entry.saved_name.take().or(name);
        entry.number = entry.number.take().or(number);
        place
    }

    /// The one behind an id who was met before.
    pub fn known(&self, id: &Id) -> Option<usize> {
        match id {
            Id::Phone(phone) => self.by_phone.get(phone).copied(),
            Id::Lid(lid) => self.by_lid.get(lid).copied(),
            _ => None,
        }
    }

    /// A person, to say more of them.
    pub fn person(&mut self, index: usize) -> &mut Person {
        &mut self.people[index]
    }

    /// All people so far.
    pub fn people(&self) -> &[Person] {
        &self.people
    }

    /// Begins a chat and gives its place.
    pub fn chat(&mut self, chat: Chat) -> usize {
        self.chats.push(chat);
        self.chats.len() - 1
    }

    /// A chat, to say more of it.
    pub fn chat_mut(&mut self, index: usize) -> &mut Chat {
        &mut self.chats[index]
    }

    /// All chats so far.
    pub fn chats(&self) -> &[Chat] {
        &self.chats
    }

    /// Counts a message; `millis` since 1970 where its date is known. A date of
    /// before WhatsApp is none.
    pub fn count(&mut self, chat: usize, writer: Writer, millis: Option<i64>) {
        let millis = millis.filter(|at| *at >= EARLIEST);
        let month = millis.and_then(|at| self.calendar.month(at));
        self.counts.entry((chat, writer)).or_default().add(millis.filter(|_| month.is_some()), month);
    }

    /// Adds somebody to a group, or sharpens what is known of them there.
    pub fn member(&mut self, chat: usize, person: usize, role: Role, state: MemberState) {
        let members = &mut self.chats[chat].members;
        let next = members.len();
        let place = *self.members.entry((chat, person)).or_insert(next);
        match members.get_mut(place) {
            // One person under two ids is in as long as one of them is.
            Some(member) => {
                member.role = member.role.max(role);
                if state == MemberState::In {
                    member.state = state;
                }
            }
            None => members.push(Member { person, role, state }),
        }
    }

    /// Whether no message was counted yet.
    pub fn is_silent(&self) -> bool {
        self.counts.is_empty()
    }

    /// Whether any message of somebody was counted.
    pub fn has_written(&self, person: usize) -> bool {
        self.counts.keys().any(|(_, writer)| *writer == Writer::Other(person))
    }

    /// Notes a row of a table that is of no use; the row of a query that
    /// [`Schema::select`](super::table::Schema::select) made.
    pub fn reject(&mut self, table: &'static str, row: &Row<'_>) {
        let rejected = self.rejected.entry(table).or_default();
        match row_id(row) {
            Some(row) if rejected.named.len() < MOST_NAMED => rejected.named.push(row),
            _ => rejected.others += 1,
        }
    }

    /// Puts everything together. `read` in the tally counts people, and the
    /// rows that were of no use.
    pub fn finish(mut self, problems: &mut Vec<Problem>) -> (Database, Tally) {
        for ((chat, writer), count) in self.counts {
            let volume = count.volume();
            let chat = &mut self.chats[chat];
            match writer {
                Writer::Me => chat.mine.add(&volume),
                Writer::Other(person) => chat.theirs.entry(person).or_default().add(&volume),
                Writer::Unknown => chat.unknown += volume.messages,
            }
        }
        // One person's history can stand in two chats, under number and linked
        // id; a group can stand in the tables of two schemas.
        let mut places: BTreeMap<(Option<usize>, Option<String>), usize> = BTreeMap::new();
        let mut chats: Vec<Chat> = Vec::with_capacity(self.chats.len());
        for chat in self.chats {
            let place = *places.entry((chat.partner, chat.group.clone())).or_insert(chats.len());
            match chats.get_mut(place) {
                Some(before) => fold(before, chat),
                None => chats.push(chat),
            }
        }
        let said = |chat: &Chat| chat.messages() > 0 || !chat.members.is_empty() || chat.title.is_some();
        chats.retain(|chat| chat.partner.is_some() || said(chat));
        let mut rejected = 0;
        for (table, Rejected { named, others }) in self.rejected {
            rejected += named.len() as u64 + others;
            problems
                .extend(named.into_iter().map(|row| Problem::new(Code::DatabaseRow).at(row).quoting(table)));
            if others > 0 {
                problems.push(Problem::new(Code::DatabaseRows).counted(others).quoting(table));
            }
        }
        let kept = self.people.len() as u64;
        let database = Database { people: self.people, chats, ..self.database };
        let hidden = database.hidden().count() as u64;
        if hidden > 0 {
            problems.push(Problem::new(Code::NumbersUnknown).counted(hidden));
        }
        (database, Tally { read: kept + rejected, kept, rejected })
    }
}

/// Adds to a chat what another row of the same chat holds.
fn fold(chat: &mut Chat, other: Chat) {
    chat.mine.add(&other.mine);
    for (person, volume) in &other.theirs {
        chat.theirs.entry(*person).or_default().add(volume);
    }
    chat.unknown += other.unknown;
    chat.title = chat.title.take().or(other.title);
    if chat.members.is_empty() {
        chat.members = other.members;
        chat.members_complete = other.members_complete;
    }
}

/// The rows of one table that are of no use.
#[derive(Debug, Default)]
struct Rejected {
    /// Their numbers, as SQLite counts them.
    named: Vec<u64>,
    /// How many more there are.
    others: u64,
}

/// Messages of one writer in one chat.
#[derive(Debug, Default)]
struct Count {
    messages: u64,
    first: Option<i64>,
    last: Option<i64>,
    /// In order of appearance: mostly the last one comes again.
    months: Vec<(Month, u32)>,
}

impl Count {
    fn add(&mut self, millis: Option<i64>, month: Option<Month>) {
        self.messages += 1;
        if let Some(at) = millis {
            self.first = Some(self.first.map_or(at, |first| first.min(at)));
            self.last = self.last.max(Some(at));
        }
        if let Some(month) = month {
            match self.months.iter_mut().rev().find(|(met, _)| *met == month) {
                Some((_, count)) => *count = count.saturating_add(1),
                None => self.months.push((month, 1)),
            }
        }
    }

    fn volume(self) -> Volume {
        Volume {
            messages: self.messages,
            first: self.first.and_then(Moment::from_millis),
            last: self.last.and_then(Moment::from_millis),
            months: self.months.into_iter().collect(),
        }
    }
}

/// Tells the month of an instant. Messages mostly come in order, so the month
/// that was met last is tried before the calendar is asked.
#[derive(Debug, Default)]
struct Calendar {
    from: i64,
    until: i64,
    month: Option<Month>,
}

impl Calendar {
    fn month(&mut self, millis: i64) -> Option<Month> {
        if (self.from..self.until).contains(&millis) {
            return self.month;
        }
        let moment = Moment::from_millis(millis)?;
        let (day, clock) = (moment.date().day(), moment.civil().time());
        let into_month = i64::from(day - 1) * 86_400
            + i64::from(clock.hour()) * 3600
            + i64::from(clock.minute()) * 60
            + i64::from(clock.second());
        self.from = (millis.div_euclid(1000) - into_month) * 1000;
        self.until = self.from + i64::from(moment.date().days_in_month()) * 86_400_000;
        self.month = Some(moment.month());
        self.month
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_calendar_agrees_with_moments() {
        let mut calendar = Calendar::default();
        let mut at = 1_577_836_799_000;
        for step in 0..4000_i64 {
            at += (step * 7_919) % 86_400_000 + 40_000_000;
            let there = if step % 5 == 0 { at - 3_000_000_000 } else { at };
            assert_eq!(calendar.month(there), Moment::from_millis(there).map(Moment::month), "{there}");
        }
        for edge in
            [1_577_836_799_999, 1_577_836_800_000, 1_582_934_400_000, 1_583_020_799_999, 1_583_020_800_000]
        {
            assert_eq!(calendar.month(edge), Moment::from_millis(edge).map(Moment::month), "{edge}");
        }
        assert_eq!(calendar.month(0), None);
        assert_eq!(calendar.month(i64::MAX), None);
    }

    #[test]
    fn b01_a_linked_id_goes_to_its_number_and_else_stays_without_one() {
        let mut out = Collector::new(Platform::Android, Part::Messages);
        let lid = |text| WhatsappLid::parse(text).unwrap();
        let phone = Phone::from_digits("447700900123").unwrap();
        out.link(lid("11111111111111@lid"), phone.clone());
        let one = out.by_lid(&lid("11111111111111@lid"));
        assert_eq!(one, out.by_phone(&phone));
        let hidden = out.by_lid(&lid("447700900456@lid"));
        assert_ne!(hidden, one);
        let mut problems = Vec::new();
        let (database, tally) = out.finish(&mut problems);
        assert_eq!(database.people[hidden].phone, None);
        assert_eq!((tally.read, tally.kept, tally.rejected), (2, 2, 0));
        assert_eq!(problems, [Problem::new(Code::NumbersUnknown).counted(1)]);
    }
}
