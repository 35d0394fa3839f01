//! Two exports of one chat, and two chats that look like one.

use super::super::Source;
use super::*;
use crate::model::Foreign;
use crate::read::whatsapp::chat;

/// An export: a title, its people, the months of 2020 that it covers, and where
/// in them it begins.
fn source(title: Option<&str>, people: &[&str], months: std::ops::RangeInclusive<u8>, day: u8) -> Source {
    text(title, &lines(people, months, day))
}

fn lines(people: &[&str], months: std::ops::RangeInclusive<u8>, day: u8) -> String {
    let mut text = String::new();
    for (index, month) in months.enumerate() {
        for message in 0..20u8 {
            let day = if index == 0 { day } else { 1 } + message / 2;
            let who = people[usize::from(message + month) % people.len()];
            text.push_str(&format!("{day:02}/{month:02}/2020, 10:{:02} - {who}: hi\n", message * 2));
        }
    }
    text
}

fn text(title: Option<&str>, text: &str) -> Source {
    let name = title.map_or("chat.txt".to_owned(), |title| format!("WhatsApp Chat with {title}.txt"));
    let options = chat::Options { today: jiff::civil::date(2021, 1, 31), siblings: None, date_order: None };
    let (chat, _) = chat::read(&text.as_bytes().to_vec(), &name, &options, &mut Vec::new()).unwrap().unwrap();
    Source { path: Foreign::new(name), finding: Finding::Chat(chat.into()) }
}

/// How many are kept, whichever way round they come.
fn kept(sources: &[Source]) -> usize {
    let there = choose(sources).kept.len();
    let back: Vec<Source> = sources.iter().rev().cloned().collect();
    assert_eq!(choose(&back).kept.len(), there);
    let chosen = choose(sources);
    assert_eq!(chosen.kept.len() + chosen.replaced.len(), sources.len());
    there
}

#[test]
fn a_renamed_contact_makes_no_second_chat() {
    let before = source(Some("Ada Q"), &["Ada Q", "Me"], 1..=6, 3);
    let after = source(Some("Ada Quill"), &["Ada Quill", "Me"], 1..=9, 3);
    let sources = [before, after];
    assert_eq!(kept(&sources), 1);
    let chosen = choose(&sources);
    assert_eq!(chosen.kept[0].chat.title.as_ref().unwrap().raw(), "Ada Quill");
}

#[test]
fn a_group_of_another_name_is_the_same_group() {
    let people = ["Ada", "Bo", "Cy", "Me"];
    let before = source(Some("Old"), &people, 1..=6, 3);
    let after = source(Some("New"), &people, 1..=9, 3);
    // Its oldest messages fell off, as the export has a limit.
    let cut = source(Some("Newest"), &people, 2..=10, 1);
    assert_eq!(kept(&[before.clone(), after.clone()]), 1);
    assert_eq!(kept(&[before, after, cut]), 1);
}

#[test]
fn others_stay_apart() {
    let ada = source(Some("Ada"), &["Ada", "Me"], 1..=6, 3);
    // Another person, from another day on, with other numbers of messages.
    let bo = source(Some("Bo"), &["Bo", "Me", "Bo"], 1..=6, 4);
    assert_eq!(kept(&[ada.clone(), bo]), 2);
    // Too little to say so.
    let short = [source(Some("Cy"), &["Cy", "Me"], 1..=1, 3), source(Some("Di"), &["Di", "Me"], 1..=1, 4)];
    assert_eq!(kept(&short), 2);
    // Nobody but strangers.
    assert_eq!(kept(&[ada, source(Some("Club"), &["X", "Y"], 1..=6, 3)]), 2);
}

#[test]
fn two_friends_who_write_alike_stay_two() {
    // The same numbers of messages month by month, but from another day on, and
    // nobody in common but the user.
    let ada = source(Some("Ada"), &["Ada", "Me"], 1..=9, 3);
    let bo = source(Some("Bo"), &["Bo", "Me"], 1..=9, 4);
    assert_eq!(kept(&[ada, bo]), 2);
}

#[test]
fn two_people_of_one_name_at_different_times_are_two() {
    let early = source(Some("Ada"), &["Ada", "Me"], 1..=3, 3);
    let late = source(Some("Ada"), &["Ada", "Me"], 7..=9, 3);
    assert_eq!(kept(&[early.clone(), late]), 2);
    let longer = source(Some("Ada"), &["Ada", "Me"], 1..=9, 3);
    assert_eq!(kept(&[early, longer]), 1);
}

/// The first so many messages of a short chat with somebody.
fn short(name: &str, messages: usize) -> Source {
    let times = ["02/03/2020, 18:01", "02/03/2020, 18:04", "02/03/2020, 18:09", "04/03/2020, 07:30"];
    let later = ["04/03/2020, 07:31", "05/03/2020, 21:15", "09/03/2020, 12:00", "30/03/2020, 12:40"];
    let written = times.iter().chain(&later).enumerate().take(messages);
    let lines = written.map(|(at, time)| format!("{time} - {}: hi\n", if at % 2 == 0 { "Me" } else { name }));
    text(Some(name), &lines.collect::<String>())
}

fn book(cards: &[(&str, &str)]) -> Source {
    let card = |(name, phone): &(&str, &str)| {
        format!("BEGIN:VCARD\r\nVERSION:3.0\r\nFN:{name}\r\nTEL:{phone}\r\nEND:VCARD\r\n")
    };
    let bytes = cards.iter().map(card).collect::<String>().into_bytes();
    let (book, _) = crate::read::addressbook::vcard::read(&bytes, &mut Vec::new()).unwrap();
    Source { path: Foreign::from("contacts.vcf"), finding: Finding::Book(book.into()) }
}

#[test]
fn a_renamed_contact_with_few_messages_in_one_month_makes_no_second_chat() {
    let (before, after) = (short("Ada Q", 6), short("Ada Quill", 8));
    assert_eq!(kept(&[before.clone(), after.clone()]), 1);
    // A number that was saved later is a renamed contact as well.
    assert_eq!(kept(&[short("+44 7700 900101", 6), after.clone()]), 1);
}

#[test]
fn a_greeting_to_all_and_answers_in_the_same_minute_make_no_one_chat() {
    let greeting = |name: &str, more: &str| {
        let year = |year: u16| {
            format!("01/01/{year}, 00:00 - Me: all the best\n01/01/{year}, 00:01 - {name}: you too\n")
        };
        text(Some(name), &format!("{}{}{more}", year(2019), year(2020)))
    };
    assert_eq!(kept(&[greeting("Ada", ""), greeting("Bo", "")]), 2);
    assert_eq!(kept(&[greeting("Ada", ""), greeting("Bo", "03/01/2020, 10:00 - Bo: and?\n")]), 2);
    // Whatever they wrote: two numbers are two people.
    let (ada, bo) = (short("Ada", 6), short("Bo", 8));
    let two = book(&[("Ada", "+447700900101"), ("Bo", "+447700900102")]);
    let chats = |book: &Source| choose(&[ada.clone(), bo.clone(), book.clone()]).kept.len();
    assert_eq!(chats(&two), 2);
    assert_eq!(chats(&book(&[("Ada", "+447700900101"), ("Bo", "+44 7700 900101")])), 1);
    assert_eq!(kept(&[short("+44 7700 900101", 6), short("+44 7700 900102", 8)]), 2);
}

#[test]
fn seconds_prove_more_than_minutes() {
    let ios = |name: &str, more: &str| {
        text(
            Some(name),
            &format!(
                "[02/03/2020, 18:01:07] Me: hi\r\n[02/03/2020, 18:04:41] {name}: hi\r\n[02/03/2020, 18:04:59] Me: ah\r\n{more}"
            ),
        )
    };
    assert_eq!(kept(&[ios("Ada Q", ""), ios("Ada Quill", "[03/03/2020, 09:00:00] Me: well\r\n")]), 1);
    let other = text(
        Some("Bo"),
        "[02/03/2020, 18:01:07] Me: hi\r\n[02/03/2020, 18:04:42] Bo: hi\r\n[02/03/2020, 18:04:59] Me: ah\r\n",
    );
    assert_eq!(kept(&[ios("Ada Q", ""), other]), 2);
}

#[test]
fn a_notice_of_another_subject_tells_that_two_exports_are_one_group() {
    // Too few messages to say so, and the oldest fell off.
    let group = |title: &str, lines: &str| text(Some(title), lines);
    let old = group(
        "Hill walk: 2019",
        "01/03/2020, 10:00 - Ada created group \"Hill walk: 2019\"\n01/03/2020, 10:01 - Ada: hi\n01/03/2020, 10:02 - Bo: hi\n02/03/2020, 10:02 - Me: hi\n",
    );
    let renamed = "05/03/2020, 09:00 - Bo changed the subject from \"Hill walk: 2019\" to \"Walkers\"\n";
    let messages = "05/03/2020, 10:01 - Ada: hi\n06/03/2020, 10:02 - Bo: hi\n06/03/2020, 10:03 - Me: hi\n";
    let new = group("Walkers", &format!("{renamed}{messages}"));
    assert_eq!(kept(&[old.clone(), new.clone()]), 1);
    assert_eq!(choose(&[old.clone(), new]).kept[0].chat.title.as_ref().unwrap().raw(), "Walkers");
    // Renamed twice, and other people under the old name.
    let twice = "07/03/2020, 09:00 - Bo changed the subject from \"Walkers\" to \"Ramblers\"\n";
    let again = group("Ramblers", &format!("{renamed}{messages}{twice}08/03/2020, 10:01 - Ada: hi\n"));
    assert_eq!(kept(&[old.clone(), again]), 1);
    // Two groups that were called the same once, and are not now.
    let other = renamed.replace("Walkers", "Climbers");
    let climbers = group("Climbers", &format!("{other}08/03/2020, 10:01 - Ada: hi\n"));
    assert_eq!(kept(&[climbers, group("Walkers", &format!("{renamed}{messages}"))]), 2);
    let strangers = "05/03/2020, 10:01 - Gus: hi\n06/03/2020, 10:02 - Ivy: hi\n06/03/2020, 10:03 - Kim: hi\n";
    let others = group("Walkers", &format!("{}{strangers}", renamed.replace("Bo", "Gus")));
    assert_eq!(kept(&[old, others]), 2);
}

#[test]
fn a_group_of_another_name_is_known_by_its_first_messages() {
    let lines = |people: [&str; 3]| {
        (0..12)
            .map(|n| format!("0{}/03/2020, {}:00 - {}: hi\n", n / 3 + 1, 10 + n, people[n % 3]))
            .collect::<String>()
    };
    let old = text(Some("Old"), &lines(["Ada", "Bo", "Me"]));
    let more = format!("{}12/03/2020, 10:00 - Bo: hi\n", lines(["Ada", "Bo", "Me"]));
    assert_eq!(kept(&[old.clone(), text(Some("New"), &more)]), 1);
    assert_eq!(kept(&[old, text(Some("Other"), &lines(["Me", "Ada", "Bo"]))]), 2);
}
