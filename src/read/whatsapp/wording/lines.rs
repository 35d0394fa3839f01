//! Notices as whole lines of a chat, in every wording of every language: a colon
//! in a title makes nobody, nor does the word by which they name the exporter.

use std::collections::BTreeSet;

use jiff::civil::date;

use super::super::chat;
use super::file::{Topic, files};
use crate::model::Foreign;
use crate::model::finding::Chat;

const TITLE: &str = "Trip: Rome: a walk";

fn read(text: &str) -> Chat {
    let options = chat::Options { today: date(2025, 1, 31), siblings: None, date_order: None };
    let read = chat::read(&text.as_bytes().to_vec(), "chat.txt", &options, &mut Vec::new());
    read.unwrap().unwrap_or_else(|| panic!("not a chat: {text}")).0
}

/// A line of a chat between Ada and Bo, among others, as each system has it.
fn chats(line: &str) -> [String; 2] {
    [
        format!(
            "12/12/2020, 21:38 - {line}\n12/12/2020, 21:39 - Ada Quill: hi\n13/12/2020, 21:40 - {line}\n\
             13/12/2020, 21:41 - Bo Marsh: hi\n"
        ),
        format!(
            "[12/12/2020, 21:38:00] {line}\r\n[12/12/2020, 21:39:00] Ada Quill: hi\r\n\
             [13/12/2020, 21:40:00] {line}\r\n[13/12/2020, 21:41:00] Bo Marsh: hi\r\n"
        ),
    ]
}

fn fill(wording: &str, actor: &str, title: &str) -> String {
    let filled = wording.replace("{A}", actor).replace("{B}", "Cy Reed").replace("{G}", title);
    filled.replace("{N}", "+44 7700 900111").replace("{M}", "+44 7700 900222")
}

/// A wording of a notice, with its language and how that names the exporter.
struct Wording {
    code: &'static str,
    you: Vec<String>,
    topic: Topic,
    /// Whether more may follow.
    open: bool,
    source: String,
}

fn wordings() -> Vec<Wording> {
    let mut all = Vec::new();
    for (code, file) in files() {
        for (topic, open, sources) in file.notices() {
            let wording = |source: &String| Wording {
                code,
                you: file.you.clone(),
                topic,
                open,
                source: source.clone(),
            };
            all.extend(sources.iter().map(wording));
        }
    }
    all
}

fn names(chat: &Chat) -> Vec<&str> {
    chat.people.iter().map(|p| p.name.raw()).collect()
}

#[test]
fn a_title_with_colons_makes_nobody_in_any_language() {
    let mut faults = Vec::new();
    let mut tried = 0;
    for Wording { code, source, .. } in wordings().iter().filter(|wording| wording.source.contains("{G}")) {
        for text in chats(&fill(source, "Ada Quill", TITLE)) {
            let chat = read(&text);
            let members: BTreeSet<&str> = chat.members.iter().map(|m| m.name.raw()).collect();
            let title = chat.title.as_ref().map(Foreign::raw);
            let fits = names(&chat) == ["Ada Quill", "Bo Marsh"]
                && members == BTreeSet::from(["Ada Quill", "Bo Marsh"])
                && title == Some(TITLE);
            if !fits {
                faults.push(format!("{code}: {source}: {:?} {members:?} {title:?}", names(&chat)));
            }
            tried += 1;
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    assert!(tried > 150, "{tried}");
}

#[test]
fn what_follows_a_notice_makes_nobody_in_any_language() {
    let mut faults = Vec::new();
    let told =
        |wording: &&Wording| wording.open && !matches!(wording.topic, Topic::Call | Topic::NumberChange);
    for Wording { code, source, .. } in wordings().iter().filter(told) {
        for text in chats(&format!("{}: Hill walk: 2. Tap: more", fill(source, "Ada Quill", "Choir"))) {
            let chat = read(&text);
            if names(&chat) != ["Ada Quill", "Bo Marsh"] {
                faults.push(format!("{code}: {source}: {:?}", names(&chat)));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn an_author_who_tells_of_a_notice_is_somebody() {
    let mut faults = Vec::new();
    for Wording { code, topic, source, .. } in wordings() {
        if matches!(topic, Topic::Encrypted | Topic::EncryptedGroup | Topic::Call) {
            continue;
        }
        let said = fill(&source, "Ada Quill", "Choir");
        let text = format!(
            "12/12/2020, 21:39 - Ada Quill: hi\n13/12/2020, 21:40 - Di Finch: {said}\n\
             13/12/2020, 21:41 - Ada Quill: hi\n"
        );
        let chat = read(&text);
        if names(&chat) != ["Ada Quill", "Di Finch"] {
            faults.push(format!("{code}: {source}: {:?}", names(&chat)));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn the_exporters_word_for_themself_is_nobody_in_any_language() {
    let mut faults = Vec::new();
    for Wording { code, you, topic, source, .. } in wordings() {
        if topic == Topic::Call {
            continue;
        }
        for you in you.iter().filter(|you| you.chars().next().is_some_and(|c| !c.is_lowercase())) {
            let said = fill(&source, you, "Choir");
            let lines = [
                said.clone(),
                format!("{you}: \u{200e}{said}"),
                format!("\u{200e}{you}: \u{200e}\u{200e}{said}"),
                format!("Hill walk: \u{202a}\u{200e}{said}"),
            ];
            for (index, line) in lines.iter().enumerate() {
                let [android, ios] = chats(line);
                let text = if index == 0 { android } else { ios };
                let chat = read(&text);
                let members = chat.members.iter().map(|m| m.name.raw());
                let mut named: Vec<&str> =
                    members.chain(names(&chat)).chain(chat.title.as_ref().map(Foreign::raw)).collect();
                named.extend(chat.number_changes.iter().filter_map(|c| c.name.as_ref().map(Foreign::raw)));
                if named.contains(&you.as_str()) || names(&chat) != ["Ada Quill", "Bo Marsh"] {
                    faults.push(format!("{code}: {line}: {named:?}"));
                }
            }
        }
    }
    assert!(faults.is_empty(), "{} {}", faults.len(), faults.join("\n"));
}
