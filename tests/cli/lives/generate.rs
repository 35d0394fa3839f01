//! Synthetic lives with known truth: people with several numbers, homonyms,
//! nicknames, renamed contacts, shared fixed lines, numbers that changed or are
//! written in two ways, and the same person in several books, in chats, in
//! WhatsApp's databases and in Signal's export.
//!
//! Every appearance bears a mark of its own, an address that nobody else has,
//! by which it is found again in the graph. What is knowable is worked out
//! here, from the truth and by rules of its own, not by those of the graph.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use super::databases::databases;
use super::dice::Dice;

/// The user's own name.
pub const ME: &str = "Moi Même";

/// One appearance of somebody.
#[derive(Clone, Debug)]
pub struct Trace {
    /// Whose it is.
    pub person: usize,
    /// Its numbers, as written, and its e-mail addresses.
    ids: BTreeSet<String>,
    /// The user's own name for them there.
    saved: Option<String>,
    /// Whether it is in an address book, which lends its names to the chats.
    book: bool,
    /// Whether Signal says that they are there.
    pub signal: bool,
    /// Whether they give their own Matrix address there.
    pub matrix: bool,
}

/// Somebody in Signal's export.
pub struct OnSignal {
    /// The mark: the last bytes of the account id.
    pub mark: usize,
    /// The number.
    pub phone: String,
    /// The name in the phone's address book.
    pub saved: Option<String>,
}

/// A life: its files, and the truth about them.
#[derive(Default)]
pub struct Life {
    /// The traces by their marks.
    pub traces: Vec<Trace>,
    /// The phone's address book.
    pub vcard: String,
    /// Another one, as Google exports it.
    pub google: String,
    /// A third, with columns of one's own.
    pub table: String,
    /// Chats, with their file names.
    pub chats: Vec<(String, String)>,
    /// Signal's contact list.
    pub signal: Vec<OnSignal>,
    /// WhatsApp's databases, as their SQL by file name.
    pub databases: Vec<(&'static str, String)>,
}

/// Somebody.
pub struct Person {
    pub full: String,
    /// The name in the phone; none if they are not saved there.
    pub phone_name: Option<String>,
    /// International digits, in the writing of each book.
    pub numbers: Vec<[String; 2]>,
    emails: Vec<String>,
    fixed: Option<String>,
}

const FIRST: [&str; 24] = [
    "Ada", "Bo", "Cy", "Di", "Ed", "Fay", "Gus", "Hana", "Ivo", "Jo", "Kim", "Léa", "Max", "Noé", "Oda",
    "Pia", "Quim", "Rosa", "Sven", "Tess", "Ugo", "Vera", "Wim", "Zoë",
];
const LAST: [&str; 20] = [
    "Quill", "Marsh", "Reed", "Roux", "Blanc", "Lenz", "Vogel", "Costa", "Silva", "Haas", "Brun", "Moss",
    "Hill", "Lake", "Field", "Stone", "Wood", "Frost", "Snow", "Rain",
];

/// Makes a life of so many people.
pub fn life(people: usize, seed: u64) -> Life {
    let mut dice = Dice::new(seed);
    let people = persons(people, &mut dice);
    let mut life = Life::default();
    life.google
        .push_str("Name,Given Name,Phone 1 - Type,Phone 1 - Value,E-mail 1 - Value,E-mail 2 - Value\n");
    life.table.push_str("Nom;Portable;Fixe;Courriel;Courriel 2\n");
    for (index, person) in people.iter().enumerate() {
        life.books(index, person, &mut dice);
    }
    life.directs(&people, &mut dice);
    life.groups(&people, &mut dice);
    life.databases = databases(&mut life, &people, seed.is_multiple_of(2), &mut dice);
    life
}

fn persons(count: usize, dice: &mut Dice) -> Vec<Person> {
    let mut people: Vec<Person> = Vec::new();
    for index in 0..count {
        // One in twelve has the name of another.
        let full = if index > 0 && dice.one_in(12) {
            people[dice.roll(index)].full.clone()
        } else {
            format!("{} {} {index}", FIRST[dice.roll(FIRST.len())], LAST[dice.roll(LAST.len())])
        };
        let phone_name = match dice.roll(10) {
            0 | 1 => None,
            2 => Some(format!("{} ❤️ {index}", full.split(' ').next().unwrap_or_default())),
            // A bare first name, which many have.
            3 => full.split(' ').next().map(str::to_owned),
            _ => Some(full.clone()),
        };
        let numbers = (0..1 + dice.roll(2) + dice.roll(2)).map(|n| number(3 * index + n, dice)).collect();
        let emails = (0..dice.roll(3)).map(|n| format!("person{index}.{n}@example.org")).collect();
        // Neighbours in the list share a fixed line.
        let fixed = dice.one_in(3).then(|| format!("3319900{:04}", index / 3));
        people.push(Person { full, phone_name, numbers, emails, fixed });
    }
    people
}

/// A number in the writing of each of two books.
fn number(serial: usize, dice: &mut Dice) -> [String; 2] {
    let serial = format!("{serial:05}");
    let (one, two) = match dice.roll(12) {
        0 => (format!("52155123{serial}"), format!("5255123{serial}")),
        1 => (format!("54911234{serial}"), format!("5411234{serial}")),
        2 => (format!("5511987{serial}"), format!("551187{serial}")),
        _ => (format!("336399{serial}"), format!("336399{serial}")),
    };
    // Pad the last three to the lengths that their plans have.
    let fit = |digits: String| match digits.get(..2) {
        Some("52") => digits.replacen("5512", "55123", 1),
        Some("54") => digits.replacen("1123", "11234", 1),
        Some("55") => digits.replacen("87", "8765", 1),
        _ => digits,
    };
    let (one, two) = (sized(fit(one)), sized(fit(two)));
    if dice.one_in(2) { [one, two] } else { [two, one] }
}

/// Cuts a number to the length of its plan: the serial stands at the end.
fn sized(digits: String) -> String {
    let (start, length) = match digits.as_str() {
        d if d.starts_with("521") => (5, 13),
        d if d.starts_with("52") => (4, 12),
        d if d.starts_with("549") => (5, 13),
        d if d.starts_with("54") => (4, 12),
        d if d.starts_with("55119") => (6, 13),
        d if d.starts_with("55") => (5, 12),
        _ => return digits,
    };
    let serial = &digits[digits.len() - 5..];
    let head = &digits[..start];
    format!("{head}{}{serial}", "2".repeat(length - start - 5))
}

/// What all writings of one identity have in common.
fn key(written: &str) -> String {
    match (written.get(..3), written.len()) {
        (Some("521"), 13) => format!("52{}", &written[3..]),
        (Some("549"), 13) => format!("54{}", &written[3..]),
        (Some("551"), 13) => format!("5511{}", &written[5..]),
        _ => written.to_owned(),
    }
}

/// Whether nothing tells this writing from that of a fixed line.
fn may_be_fixed(written: &str) -> bool {
    written.starts_with("54") && !written.starts_with("549") && !written.contains('@')
}

/// As networks write a number, which know a mobile one as such.
pub fn on_networks(number: &[String; 2]) -> &String {
    number.iter().find(|written| !may_be_fixed(written)).unwrap_or(&number[0])
}

/// As a person types it.
fn typed(digits: &str, dice: &mut Dice) -> String {
    match (digits.strip_prefix("33"), dice.roll(4)) {
        (Some(national), 0) => format!("0{national}"),
        (Some(national), 1) => format!("+33 {} {}", &national[..1], &national[1..]),
        (_, 2) => format!("00{digits}"),
        _ => format!("+{digits}"),
    }
}

impl Life {
    /// Notes an appearance, and gives its mark.
    pub fn add(&mut self, person: usize, ids: &[String], saved: Option<&str>, book: bool) -> usize {
        self.traces.push(Trace {
            person,
            ids: ids.iter().cloned().collect(),
            saved: saved.map(str::to_owned),
            book,
            signal: false,
            matrix: false,
        });
        self.traces.len() - 1
    }

    fn books(&mut self, index: usize, person: &Person, dice: &mut Dice) {
        let mut held: Vec<String> = Vec::new();
        let writing = |which: usize| person.numbers.iter().map(move |n| n[which].clone());
        if let Some(name) = &person.phone_name {
            // One in fifteen has two cards in the phone, with the number on both.
            for _ in 0..if dice.one_in(15) { 2 } else { 1 } {
                held = writing(0).chain(person.emails.iter().cloned()).collect();
                let mark = self.add(index, &held, Some(name), true);
                let card = &mut self.vcard;
                let _ = write!(card, "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:{name}\r\n");
                for digits in writing(0) {
                    let _ = write!(card, "TEL;TYPE=CELL:{}\r\n", typed(&digits, dice));
                }
                if let Some(fixed) = &person.fixed {
                    let _ = write!(card, "TEL;TYPE=HOME:+{fixed}\r\n");
                }
                for email in &person.emails {
                    let _ = write!(card, "EMAIL:{email}\r\n");
                }
                let _ = write!(card, "EMAIL:mark{mark}@example.net\r\nEND:VCARD\r\n");
            }
        }
        if dice.one_in(2) {
            // Renamed since, or known there by the whole name; always with something in common, or nearly.
            let name = if dice.one_in(4) { format!("{} (new)", person.full) } else { person.full.clone() };
            let number = &person.numbers[dice.roll(person.numbers.len())];
            let email = person.emails.first().cloned().unwrap_or_default();
            let ids: Vec<String> =
                [number[1].clone(), email.clone()].into_iter().filter(|id| !id.is_empty()).collect();
            let mark = self.add(index, &ids, Some(&name), true);
            let given = name.split(' ').next().unwrap_or_default().to_owned();
            let number = typed(&number[1], dice);
            let _ = writeln!(self.google, "{name},{given},Mobile,{number},{email},mark{mark}@example.net");
        }
        if dice.one_in(5) {
            let number = &person.numbers[0];
            let mark = self.add(index, &[number[0].clone()], Some(&person.full), true);
            let fixed = person.fixed.as_ref().map(|f| format!("+{f}")).unwrap_or_default();
            let _ = writeln!(
                self.table,
                "{};{};{fixed};mark{mark}@example.net;",
                person.full,
                typed(&number[0], dice).replacen('6', " 6", 1)
            );
        }
        if dice.one_in(2) && !held.is_empty() {
            let number = &person.numbers[dice.roll(person.numbers.len())];
            let saved = person.phone_name.clone().filter(|_| dice.one_in(2));
            let mark = self.add(index, &[on_networks(number).clone()], saved.as_deref(), true);
            self.traces[mark].signal = true;
            self.signal.push(OnSignal { mark, phone: on_networks(number).clone(), saved });
        }
    }

    /// One direct chat with each of half the people, under what the phone shows.
    fn directs(&mut self, people: &[Person], dice: &mut Dice) {
        let mut titles: BTreeSet<String> = BTreeSet::new();
        for (index, person) in people.iter().enumerate() {
            let shown =
                person.phone_name.clone().unwrap_or_else(|| format!("+{}", on_networks(&person.numbers[0])));
            // Of homonyms one has a chat: two of them would have one file name.
            if dice.one_in(2) || !titles.insert(shown.clone()) {
                continue;
            }
            let text =
                self.says(index, person, &shown) + format!("24/01/2021, 22:00 - {ME}: merci\n").as_str();
            self.chats.push((format!("WhatsApp Chat with {shown}.txt"), text));
        }
    }

    /// What somebody writes in a chat, with the mark in it.
    fn says(&mut self, index: usize, person: &Person, shown: &str) -> String {
        let ids =
            if shown.starts_with('+') { vec![on_networks(&person.numbers[0]).clone()] } else { Vec::new() };
        let saved = (!shown.starts_with(['+', '~'])).then_some(shown);
        let mark = self.add(index, &ids, saved, false);
        self.traces[mark].matrix = true;
        format!(
            "24/01/2021, 21:00 - {shown}: mon Matrix c’est @mark{mark}:example.net\n24/01/2021, 21:05 - {shown}: oui\n"
        )
    }

    fn groups(&mut self, people: &[Person], dice: &mut Dice) {
        for group in 0..people.len() / 12 {
            let mut text = String::new();
            let mut shown_here: BTreeSet<String> = BTreeSet::new();
            for _ in 0..8 {
                let index = dice.roll(people.len());
                let person = &people[index];
                let shown = match &person.phone_name {
                    Some(name) => name.clone(),
                    None if dice.one_in(2) => {
                        format!("~ {}", person.full.split(' ').next().unwrap_or_default())
                    }
                    None => format!("+{}", on_networks(&person.numbers[0])),
                };
                // Two of one name in one group cannot be told apart by anybody.
                if shown_here.insert(shown.trim_start_matches("~ ").to_owned()) {
                    text += self.says(index, person, &shown).as_str();
                }
            }
            text += format!("24/01/2021, 22:00 - {ME}: salut\n").as_str();
            self.chats.push((format!("WhatsApp Chat with Club {group}.txt"), text));
        }
    }

    /// For each trace the number of what is knowable to belong together.
    pub fn knowable(&self) -> Vec<usize> {
        let mut parts: Vec<usize> = (0..self.traces.len()).collect();
        let mut held: BTreeMap<String, Vec<(usize, &str)>> = BTreeMap::new();
        for (index, trace) in self.traces.iter().enumerate() {
            for id in &trace.ids {
                held.entry(key(id)).or_default().push((index, id));
            }
        }
        for holders in held.values().filter(|h| !h.iter().all(|(_, written)| may_be_fixed(written))) {
            for (index, _) in holders {
                merge(&mut parts, holders[0].0, *index);
            }
        }
        // A saved name tells who somebody is if those who bear it are known to be one.
        let mut bearers: BTreeMap<&str, BTreeSet<usize>> = BTreeMap::new();
        for (index, trace) in self.traces.iter().enumerate().filter(|(_, t)| t.book) {
            bearers.entry(trace.saved.as_deref().unwrap_or_default()).or_default().insert(parts[index]);
        }
        for (index, trace) in self.traces.iter().enumerate().filter(|(_, t)| !t.book) {
            let only = trace.saved.as_deref().and_then(|name| bearers.get(name)).filter(|b| b.len() == 1);
            if let Some(other) = only.and_then(|b| b.first().copied()) {
                merge(&mut parts, other, index);
            }
        }
        parts
    }
}

/// Gives everybody of one part the number of the other.
fn merge(parts: &mut [usize], one: usize, other: usize) {
    let (keep, drop) = (parts[one], parts[other]);
    if keep != drop {
        parts.iter_mut().filter(|part| **part == drop).for_each(|part| *part = keep);
    }
}
