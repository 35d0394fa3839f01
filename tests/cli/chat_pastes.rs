//! A chat that is pasted into a message adds nobody, whatever it looks like; and
//! what looks like a paste and is none is read.

use std::collections::BTreeMap;

use jiff::ToSpan;
use jiff::civil::DateTime;
use proptest::prelude::*;
use proptest::sample::select;
use transhume::model::NameKey;
use transhume::model::finding::{Chat, ChatKind};

use super::chat_forms::{Halves, LATIN, ROWS, read, stamp};

const ANDROID: &str = "{DD}/{MM}/{Y}, {HH}:{m} - ";
const IOS: &str = "[{DD}/{MM}/{Y}, {HH}:{m}:{s}] ";

/// A chat that something is pasted into.
#[derive(Clone, Debug)]
struct Host {
    form: (&'static str, Halves),
    /// What ends a message, and a line within one.
    ends: (&'static str, &'static str),
    people: &'static [&'static str],
    title: &'static str,
    messages: usize,
    /// The message that the paste is in.
    carrier: usize,
    /// Hours between messages.
    pace: i64,
}

/// What is pasted.
#[derive(Clone, Debug)]
struct Paste {
    form: (&'static str, Halves),
    lines: usize,
    /// Where its last line stands in time, beside the carrier, in minutes.
    behind: i64,
    /// Whether people of the chat write in it as well.
    mixed: bool,
}

impl Host {
    fn at(&self, index: usize) -> DateTime {
        let start: DateTime = "2024-02-13T04:05:06".parse().unwrap();
        start.saturating_add((i64::try_from(index).unwrap() * self.pace).hours())
    }

    fn text(&self, paste: Option<&Paste>) -> String {
        let mut text = String::new();
        for index in 0..self.messages {
            let author = self.people[index % self.people.len()];
            let (form, halves) = self.form;
            text.push_str(&format!("{}{author}: so it is", stamp(form, self.at(index), halves)));
            if let Some(paste) = paste.filter(|_| index == self.carrier) {
                text.push_str(&paste.text(self));
            }
            text.push_str(self.ends.0);
        }
        text
    }

    fn read(&self, paste: Option<&Paste>) -> Chat {
        read(self.title, &self.text(paste)).unwrap()
    }
}

impl Paste {
    fn text(&self, host: &Host) -> String {
        let mut text = String::new();
        for index in 0..self.lines {
            let before = i64::try_from(self.lines - 1 - index).unwrap();
            let at = host.at(host.carrier).saturating_add((self.behind - before).minutes());
            let author = match index % 4 {
                3 if self.mixed => host.people[0],
                index => ["Maman", "Papa", "Oncle Jules", "~ Zed"][index],
            };
            let (form, halves) = self.form;
            text.push_str(&format!("{}{}{author}: hello", host.ends.1, stamp(form, at, halves)));
        }
        text
    }
}

/// Those who are not in doubt, in the chat and in the group.
fn people(chat: &Chat) -> (BTreeMap<NameKey, u64>, Vec<NameKey>) {
    let sure = chat.people.iter().filter(|p| !p.suspect);
    let mut members: Vec<NameKey> = chat.members.iter().map(|m| m.name.key()).collect();
    members.sort();
    (sure.map(|p| (p.name.key(), p.messages)).collect(), members)
}

fn any_host() -> impl Strategy<Value = Host> {
    let ends = select(&[("\n", "\n"), ("\r\n", "\n"), ("\r\n", "\r\n")][..]);
    const PAIR: &[&str] = &["Ada Quill", "Bo Marsh"];
    const FOUR: &[&str] = &["Ada Quill", "Bo Marsh", "~ Cy", "+44 7700 900101"];
    let who = prop_oneof![
        Just((PAIR, "WhatsApp Chat with Ada Quill.txt")),
        Just((PAIR, "WhatsApp Chat with Bo Marsh.txt")),
        Just((PAIR, "_chat.txt")),
        Just((FOUR, "WhatsApp Chat with Choir.txt")),
    ];
    let dated = |row: &&(u8, &'static str, Halves)| row.1.contains("{Y") && row.1.contains("{D");
    let rows: Vec<(&str, Halves)> = ROWS.iter().filter(dated).map(|row| (row.1, row.2)).collect();
    let form = prop_oneof![Just((ANDROID, LATIN)), Just((IOS, LATIN)), select(rows)];
    (ends, who, form, 0..30usize, 0..30usize, select(&[1i64, 7, 23, 100][..])).prop_map(
        |(ends, (people, title), form, before, after, pace)| {
            // Everybody wrote before, and two messages follow at the least.
            let carrier = people.len() * 2 + before;
            Host { form, ends, people, title, messages: carrier + 3 + after, carrier, pace }
        },
    )
}

fn any_paste() -> impl Strategy<Value = (Option<(&'static str, Halves)>, usize, i64, bool)> {
    let rows: Vec<_> = ROWS.iter().map(|row| Some((row.1, row.2))).collect();
    let form = prop_oneof![2 => Just(None), 3 => select(rows)];
    let day = 60 * 24i64;
    let behind = prop_oneof![
        // Some minutes, days and years ago; to come; and never.
        -600..0i64,
        (-300 * day)..(-day),
        (-3000 * day)..(-300 * day),
        (8 * day)..(300 * day),
        (1200 * day)..(9000 * day),
    ];
    (form, prop_oneof![1..12usize, 12..200usize], behind, any::<bool>())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_pasted_export_adds_nobody(host in any_host(), (form, lines, behind, mixed) in any_paste()) {
        let paste = Paste { form: form.unwrap_or(host.form), lines, behind, mixed };
        prop_assume!(!differ_in_order_alone(host.form.0, paste.form.0));
        let (before, after) = (host.read(None), host.read(Some(&paste)));
        let (expected, found) = (people(&before), people(&after));
        if mixed {
            // Whoever is there anyway may have written a few lines more.
            let keys = |map: &BTreeMap<NameKey, u64>| map.keys().cloned().collect::<Vec<_>>();
            prop_assert_eq!(keys(&found.0), keys(&expected.0), "{}", host.text(Some(&paste)));
        } else {
            prop_assert_eq!(&found.0, &expected.0, "{}", host.text(Some(&paste)));
        }
        prop_assert_eq!(found.1, expected.1, "{}", host.text(Some(&paste)));
        prop_assert_eq!((after.kind, &after.title), (before.kind, &before.title));
        let counts = after.counts;
        prop_assert_eq!(counts.lines, counts.headers + counts.continuations + counts.blank);
    }
}

#[test]
fn a_line_from_the_minute_before_adds_nobody() {
    let form = (ANDROID, LATIN);
    let (ends, title) = (("\n", "\n"), "_chat.txt");
    let host =
        Host { form, ends, people: &["Ada Quill", "Bo Marsh"], title, messages: 7, carrier: 4, pace: 1 };
    let paste = Paste { form, lines: 1, behind: -1, mixed: false };
    assert_eq!(people(&host.read(Some(&paste))), people(&host.read(None)));
}

/// Whether two forms look alike, but for which of day and month stands first.
fn differ_in_order_alone(one: &str, other: &str) -> bool {
    let month_first =
        |form: &str| form.find("{M").zip(form.find("{D")).is_some_and(|(month, day)| month < day);
    let alike = |form: &str| {
        let form =
            form.replace("{DD}", "{D}").replace("{MM}", "{D}").replace("{M}", "{D}").replace("{HH}", "{H}");
        form.replace("{h}", "{H}").replace(['\u{200e}', '\u{200f}'], "").replace(char::is_whitespace, " ")
    };
    alike(one) == alike(other) && month_first(one) != month_first(other)
}

#[test]
fn a_paste_with_another_order_of_day_and_month_does_not_turn_the_chats() {
    let host = Host { pace: 100, ..host("{M}/{D}/{YY}, {HH}:{m} - ", ("\n", "\n"), 14) };
    let paste =
        Paste { form: ("{DD}/{MM}/{YY}, {HH}:{m} - ", LATIN), lines: 60, behind: -432_002, mixed: false };
    let chat = host.read(Some(&paste));
    assert_eq!(people(&chat), people(&host.read(None)));
    assert_eq!(chat.people[1].first.map(|at| at.to_string()).as_deref(), Some("2024-02-17T08:05:00"));
}

fn host(form: &'static str, ends: (&'static str, &'static str), messages: usize) -> Host {
    let people = &["Ada Quill", "Bo Marsh"];
    Host { form: (form, LATIN), ends, people, title: "_chat.txt", messages, carrier: messages / 2, pace: 1 }
}

#[test]
fn a_paste_behind_the_beginning_of_a_large_chat_adds_nobody_and_hides_nobody() {
    for (form, ends) in [(ANDROID, ("\n", "\n")), (IOS, ("\r\n", "\n")), (IOS, ("\n", "\n"))] {
        let host = host(form, ends, 5000);
        for (form, behind) in [(form, -90_000), ("{M}/{D}/{YY}, {h}:{m} {ap} - ", -90_000), (form, -5)] {
            let paste = Paste { form: (form, LATIN), lines: 150, behind, mixed: false };
            let chat = host.read(Some(&paste));
            assert_eq!(people(&chat), people(&host.read(None)), "{form}");
            assert_eq!(chat.counts.continuations, 150);
        }
    }
}

#[test]
fn a_paste_of_the_very_minute_adds_nobody_to_a_chat_between_two() {
    let host = Host { title: "WhatsApp Chat with Ada Quill.txt", ..host(ANDROID, ("\n", "\n"), 30) };
    let text = host.text(None);
    let header = stamp(ANDROID, host.at(15), LATIN);
    let paste: String = (0..40).map(|i| format!("{header}{}: hello\n", ["Maman", "Papa"][i % 2])).collect();
    let behind = text.find(&stamp(ANDROID, host.at(16), LATIN)).unwrap();
    let chat = read(host.title, &format!("{}{paste}{}", &text[..behind], &text[behind..])).unwrap();
    assert_eq!(people(&chat), people(&host.read(None)));
    assert_eq!((chat.kind, chat.counts.continuations), (ChatKind::Direct, 40));
}

#[test]
fn a_group_that_is_called_like_one_of_its_people_is_a_group() {
    let people = &["Ada Quill", "Bo Marsh", "Cy Reed"];
    let host = Host { people, title: "WhatsApp Chat with Ada Quill.txt", ..host(ANDROID, ("\n", "\n"), 15) };
    let chat = host.read(None);
    assert_eq!((chat.kind, chat.people.len(), chat.counts.messages), (ChatKind::Group, 3, 15));
}

#[test]
fn a_chat_with_bare_line_feeds_that_was_appended_is_no_paste() {
    let first = host(IOS, ("\r\n", "\n"), 40);
    for form in [IOS, ANDROID, "[{M}/{D}/{YY}, {h}:{m}:{s} {ap}] "] {
        let mut second = host(form, ("\n", "\n"), 90).text(None);
        // It goes on where the first one ends.
        let from = second.find(&stamp(form, first.at(40), LATIN)).unwrap();
        second.drain(..from);
        let both = format!("{}{second}", first.text(None));
        let chat = read("_chat.txt", &both).unwrap();
        assert_eq!((chat.counts.messages, chat.counts.continuations), (90, 0), "{form}");
        // The same inside of a message, which ends as messages do.
        let pasted = format!("{}\r\n", both.trim_end());
        let chat = read("_chat.txt", &pasted).unwrap();
        let first_line = u64::from(form == IOS);
        assert_eq!(chat.counts.messages, 40 + first_line, "{form}");
    }
    // And the other way round.
    let mut second = host(IOS, ("\r\n", "\n"), 90).text(None);
    second.drain(..second.find(&stamp(IOS, first.at(40), LATIN)).unwrap());
    let both = format!("{}{second}", host(IOS, ("\n", "\n"), 40).text(None));
    assert_eq!(read("_chat.txt", &both).unwrap().counts.messages, 90);
}

#[test]
fn newcomers_and_an_older_export_at_the_end_are_read() {
    let months = |messages| Host { pace: 30, ..host(ANDROID, ("\n", "\n"), messages) };
    let mut text = months(40).text(None);
    let at = |index| months(0).at(index);
    text.push_str(&format!("{}Cy Reed: new here\nand hello\n", stamp(ANDROID, at(90), LATIN)));
    text.push_str(&format!("{}Di Finch: me too\n", stamp(ANDROID, at(91), LATIN)));
    let chat = read("_chat.txt", &text).unwrap();
    let names: Vec<&str> = chat.people.iter().map(|p| p.name.raw()).collect();
    assert_eq!(names, ["Ada Quill", "Bo Marsh", "Cy Reed", "Di Finch"]);
    text.push_str(&months(30).text(None));
    let chat = read("_chat.txt", &text).unwrap();
    assert_eq!((chat.counts.messages, chat.people.len()), (72, 4));
}

#[test]
fn what_a_newcomer_writes_of_themself_is_theirs_though_they_had_to_wait() {
    let mut text = host(ANDROID, ("\n", "\n"), 12).text(None);
    let at = |index| host(ANDROID, ("\n", "\n"), 12).at(index);
    text.push_str(&format!("{}Cy Reed: my matrix:\n@cy:example.org\n", stamp(ANDROID, at(12), LATIN)));
    text.push_str(&format!("{}Bo Marsh: noted\n", stamp(ANDROID, at(13), LATIN)));
    let chat = read("_chat.txt", &text).unwrap();
    let said: Vec<(&str, u64)> = chat.addresses.iter().map(|a| (a.said_by.raw(), a.line)).collect();
    assert_eq!(said, [("Cy Reed", 14)]);
}
