//! Notices as they were seen in exports, and what they say: the data files know
//! them all.

use super::Notice;
use super::file::Topic;
use super::notice;

use super::tests::{fill, known, spaced, topic};

/// Each with its language and what it says; places are as in the data files.
const SEEN: &str = include_str!("../languages/seen.tsv");

#[test]
fn notices_that_were_seen_are_understood() {
    let mut faults = Vec::new();
    for row in SEEN.lines() {
        let [language, expected, wording] = row.split('\t').collect::<Vec<_>>()[..] else { panic!("{row}") };
        let text = fill(wording);
        let found = notice(&text, Some(language), &known);
        let Some((found, code)) = found else {
            faults.push(format!("{language} {expected}: not known: {text}"));
            continue;
        };
        let fits = match expected {
            "created" => topic(&found) == Topic::Created,
            "added" => matches!(topic(&found), Topic::Added | Topic::AddedMe),
            "left" => topic(&found) == Topic::Left,
            "removed" => topic(&found) == Topic::Removed,
            "joined" => topic(&found) == Topic::Joined,
            "subject" => topic(&found) == Topic::Subject,
            "number" => topic(&found) == Topic::NumberChange,
            "code" => topic(&found) == Topic::SecurityCode,
            "encrypted" => matches!(topic(&found), Topic::Encrypted | Topic::EncryptedGroup),
            "timer_on" => topic(&found) == Topic::TimerOn,
            "timer_off" => topic(&found) == Topic::TimerOff,
            "privacy_on" => topic(&found) == Topic::PrivacyOn,
            "business" => topic(&found) == Topic::Business,
            "call" => topic(&found) == Topic::Call,
            _ => topic(&found) == Topic::Other,
        };
        if !fits || code != language || !names_fit(&found, wording) {
            faults.push(format!("{language} {expected}: {text}: {code} {found:?}"));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    assert!(SEEN.lines().count() > 250);
}

/// Whether the names of a membership notice are those that stand in it.
fn names_fit(found: &Notice, wording: &str) -> bool {
    let people = match found {
        Notice::Added { people, .. } | Notice::Removed { people, .. } => &people.names[..],
        _ => return true,
    };
    let names: Vec<String> = people.iter().map(|name| spaced(name)).collect();
    if wording.contains("{B}") { names == ["Bo Marsh"] } else { names.is_empty() }
}
