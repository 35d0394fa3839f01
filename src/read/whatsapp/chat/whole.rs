//! Whole chats whose reading once went wrong, each as small as it shows.

use super::*;

fn read_as(name: &str, text: &str, date_order: Option<DateOrder>) -> Option<(Chat, Vec<Problem>)> {
    let options = Options { today: jiff::civil::date(2026, 11, 23), siblings: None, date_order };
    let mut problems = Vec::new();
    let chat = read(&text.as_bytes().to_vec(), name, &options, &mut problems).unwrap();
    chat.map(|(chat, _)| (chat, problems))
}

fn chat(text: &str) -> Chat {
    read_as("chat.txt", text, None).unwrap().0
}

/// Those who wrote, and how much.
fn people(chat: &Chat) -> Vec<(&str, u64)> {
    chat.people.iter().map(|person| (person.name.raw(), person.messages)).collect()
}

#[test]
fn a04_a_language_that_is_taken_up_again_is_read_again() {
    let first = "14/05/2023, 10:00 - Ada: x\n14/05/2023, 10:01 - Bo: x\n".repeat(10);
    let other = "15.05.23, 10:00 - Ada: x\n15.05.23, 10:01 - Bo: x\n".repeat(10);
    let again = first.replace("14/", "16/");
    let read = chat(&format!("{first}{other}{again}"));
    assert_eq!((read.counts.messages, read.counts.continuations), (60, 0));
    assert_eq!(people(&read), [("Ada", 30), ("Bo", 30)]);
}
