//! Two exports of one chat, and two chats that look like one.

use super::super::Source;
use super::*;
use crate::model::Foreign;
use crate::read::whatsapp::chat;

/// An export: a title, its people, the months of 2020 that it covers, and where
/// in them it begins.
fn source(title: Option<&str>, people: &[&str], months: std::ops::RangeInclusive<u8>, day: u8) -> Source {
    let mut text = String::new();
    for (index, month) in months.enumerate() {
        for message in 0..20u8 {
            let day = if index == 0 { day } else { 1 } + message / 2;
            let who = people[usize::from(message + month) % people.len()];
            text.push_str(&format!("{day:02}/{month:02}/2020, 10:{:02} - {who}: hi\n", message * 2));
        }
    }
    let name = title.map_or("chat.txt".to_owned(), |title| format!("WhatsApp Chat with {title}.txt"));
    let options = chat::Options { today: jiff::civil::date(2021, 1, 31), siblings: None, date_order: None };
    let (chat, _) = chat::read(&text.into_bytes(), &name, &options, &mut Vec::new()).unwrap().unwrap();
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
    let short = [source(Some("Cy"), &["Cy", "Me"], 1..=1, 3), source(Some("Di"), &["Di", "Me"], 1..=1, 3)];
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
