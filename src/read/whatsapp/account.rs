//! The account report that WhatsApp sends on request: one's own number, the
//! numbers of one's contacts, and the names of one's groups. No names of people,
//! no messages.
//!
//! Since 2022 each topic is a file of its own (`contacts.json` with
//! `wa_contacts`, `groups.json` with `wa_groups`, …), before it was one
//! `portability.json` for all. Beside each JSON lies a page with the same, which
//! is read where the JSON is missing. Fields that nobody has seen yet are looked
//! past.

mod page;

use std::io::{self, Read as _};

use serde_json::Value;

use crate::model::finding::{AccountReport, WrittenNumber};
use crate::model::{Code, Foreign, Problem};
use crate::read::{Reopen, Tally};

use super::wording::looks_like_number;

pub use page::is_page;

/// No report is longer, in bytes.
const LONGEST: u64 = 64 * 1024 * 1024;

/// What a list of contacts is called, in either layout.
const CONTACTS: [&str; 2] = ["wa_contacts", "contacts"];
/// What a list of groups is called.
const GROUPS: [&str; 2] = ["wa_groups", "groups"];
/// Where a contact's number stands, if contacts are more than numbers.
const NUMBER: [&str; 6] = ["phone", "phone_number", "number", "wa_id", "waid", "id"];
/// Where a group's name stands, if groups are more than names.
const TITLE: [&str; 4] = ["subject", "name", "title", "group_name"];

/// Whether the beginning of a file is that of a report in JSON.
pub fn is_report(head: &[u8]) -> bool {
    let text = head.trim_ascii_start();
    let text = text.strip_prefix("\u{feff}".as_bytes()).unwrap_or(text).trim_ascii_start();
    if !text.starts_with(b"{") {
        return false;
    }
    let has = |name: &[u8]| memchr::memmem::find(text, name).is_some();
    let topics: [&[u8]; 4] =
        [b"\"wa_contacts\"", b"\"wa_groups\"", b"\"wa_registration_info\"", b"\"wa_user_info"];
    topics.iter().any(|topic| has(topic)) || is_old(text)
}

/// The layout before 2022: `{"contacts": ["+44…"], "groups": […]}`, in any order.
fn is_old(text: &[u8]) -> bool {
    let list_of = |name: &[u8]| {
        let at = memchr::memmem::find(text, name)? + name.len();
        let rest = text[at..].trim_ascii_start().strip_prefix(b":")?.trim_ascii_start();
        rest.strip_prefix(b"[").map(<[u8]>::trim_ascii_start)
    };
    let numbers = list_of(b"\"contacts\"").is_some_and(|list| match list {
        [b'"', b'+', digit, ..] | [b'"', digit, ..] => digit.is_ascii_digit(),
        [b']', ..] => true,
        _ => false,
    });
    numbers && list_of(b"\"groups\"").is_some_and(|list| matches!(list.first(), Some(b'"' | b']')))
}

/// Reads one file of a report; `name` tells the topic of a page.
///
/// # Errors
/// Whatever reading says.
pub fn read(
    source: &dyn Reopen,
    name: &str,
    problems: &mut Vec<Problem>,
) -> io::Result<Option<(AccountReport, Tally)>> {
    let mut bytes = Vec::new();
    source.open()?.take(LONGEST).read_to_end(&mut bytes)?;
    let text = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(&bytes);
    let mut report = AccountReport::default();
    let mut rejected = 0;
    if text.trim_ascii_start().starts_with(b"<") {
        page::read(&String::from_utf8_lossy(text), name, &mut report);
    } else {
        match serde_json::from_slice::<Value>(text) {
            Ok(value) => rejected = gather(&value, &mut report, problems),
            Err(error) => {
                problems.push(Problem::new(Code::ReportDamaged).at(error.line() as u64));
                return Ok(None);
            }
        }
    }
    if rejected > 0 {
        problems.push(Problem::new(Code::ReportEntries).counted(rejected));
    }
    let kept = report.contacts.len() as u64;
    Ok(Some((report, Tally { read: kept + rejected, kept, rejected })))
}

/// Takes what is known out of a value, however deep it lies. Gives back how many
/// entries could not be used. The depth is that of the JSON, which is bounded.
fn gather(value: &Value, report: &mut AccountReport, problems: &mut Vec<Problem>) -> u64 {
    let mut rejected = 0;
    match value {
        Value::Object(fields) => {
            for (key, value) in fields {
                let key = key.to_ascii_lowercase();
                if CONTACTS.contains(&key.as_str()) || GROUPS.contains(&key.as_str()) {
                    let Value::Array(entries) = value else {
                        if !value.is_object() {
                            problems.push(Problem::new(Code::ReportList).quoting(key));
                            continue;
                        }
                        rejected += gather(value, report, problems);
                        continue;
                    };
                    for entry in entries {
                        let taken = if CONTACTS.contains(&key.as_str()) {
                            number_of(entry).map(|number| report.contacts.push(number)).is_some()
                        } else {
                            text_of(entry, &TITLE).map(|title| report.groups.push(title)).is_some()
                        };
                        rejected += u64::from(!taken);
                    }
                } else if is_own(&key) && report.own.is_none() {
                    report.own = text_of(value, &NUMBER).filter(|own| looks_like_number(own.raw()));
                    if report.own.is_none() {
                        rejected += gather(value, report, problems);
                    }
                } else {
                    rejected += gather(value, report, problems);
                }
            }
        }
        Value::Array(entries) => {
            for entry in entries {
                rejected += gather(entry, report, problems);
            }
        }
        _ => {}
    }
    rejected
}

/// Whether a field holds the number of the account itself.
fn is_own(key: &str) -> bool {
    let words = ["phone_number", "phone", "phonenumber", "own_number", "msisdn", "wa_phone_number"];
    words.contains(&key)
}

fn number_of(entry: &Value) -> Option<WrittenNumber> {
    let text = match entry {
        Value::Number(number) => Foreign::new(number.to_string()),
        _ => text_of(entry, &NUMBER)?,
    };
    looks_like_number(text.raw()).then_some(WrittenNumber { text, waid: None, signal: false })
}

/// The text of an entry, or of the first field that has it.
fn text_of(entry: &Value, fields: &[&str]) -> Option<Foreign> {
    let text = match entry {
        Value::String(text) => text,
        Value::Object(object) => fields.iter().find_map(|field| object.get(*field)?.as_str())?,
        _ => return None,
    };
    Some(Foreign::new(text.trim())).filter(|text| !text.is_blank())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn report(text: &str, name: &str) -> (AccountReport, Tally, Vec<Code>) {
        let mut problems = Vec::new();
        let found = read(&text.as_bytes().to_vec(), name, &mut problems).unwrap();
        let (report, tally) = found.unwrap_or_default();
        (report, tally, problems.iter().map(|p| p.code).collect())
    }

    fn numbers(report: &AccountReport) -> Vec<&str> {
        report.contacts.iter().map(|c| c.text.raw()).collect()
    }

    fn titles(report: &AccountReport) -> Vec<&str> {
        report.groups.iter().map(Foreign::raw).collect()
    }

    #[test]
    fn both_layouts_in_json() {
        let old = r#"{"contacts": ["+447700900101", "+447700900102"], "groups": ["Family", "Choir"]}"#;
        assert!(is_report(old.as_bytes()));
        let (found, tally, problems) = report(old, "portability.json");
        assert_eq!(numbers(&found), ["+447700900101", "+447700900102"]);
        assert_eq!((titles(&found), tally.read, problems), (vec!["Family", "Choir"], 2, vec![]));
        for (text, expected) in [
            (r#"{"wa_contacts": ["+447700900101", {"phone": "447700900102"}, 447700900103]}"#, 3),
            (r#"{"data":{"wa_contacts":[{"phone_number":"+44 7700 900101"}]}}"#, 1),
        ] {
            assert!(is_report(text.as_bytes()), "{text}");
            assert_eq!(report(text, "contacts.json").0.contacts.len(), expected, "{text}");
        }
        let groups = r#"{"wa_groups": ["Family", {"subject": "Choir"}]}"#;
        assert!(is_report(groups.as_bytes()));
        assert_eq!(titles(&report(groups, "groups.json").0), ["Family", "Choir"]);
        let user = r#"{"wa_user_information": {"phone_number": "+447700900001", "name": "Me", "device": {"build": "1234567"}}}"#;
        assert!(is_report(user.as_bytes()));
        assert_eq!(report(user, "user_information.json").0.own.unwrap().raw(), "+447700900001");
    }

    #[test]
    fn other_json_is_no_report() {
        for text in [
            r#"{"contacts": [{"name": "Ada"}], "groups": []}"#,
            r#"{"groups": ["a"]}"#,
            r#"["wa_contacts"]"#,
            "{}",
            r#"{"type":"Buffer"}"#,
        ] {
            assert!(!is_report(text.as_bytes()), "{text}");
        }
    }

    #[test]
    fn b15_fields_that_are_missing_or_new_are_said() {
        let (found, _, problems) = report(r#"{"wa_contacts": "none", "wa_groups": ["Choir"]}"#, "x.json");
        assert_eq!((titles(&found), problems), (vec!["Choir"], vec![Code::ReportList]));
        let (found, tally, problems) =
            report(r#"{"wa_contacts": ["+447700900101", null, "Ada", {"new": 1}]}"#, "x.json");
        assert_eq!((found.contacts.len(), tally.rejected, problems), (1, 3, vec![Code::ReportEntries]));
    }

    #[test]
    fn b14_hostile_json_is_survived() {
        for text in [
            "[".repeat(100_000),
            format!("{{\"wa_contacts\":{}", "[".repeat(100_000)),
            r#"{"wa_contacts": ["\ud800"]}"#.to_owned(),
            r#"{"wa_contacts": [1e999]}"#.to_owned(),
            r#"{"wa_contacts": ["+447700900101""#.to_owned(),
        ] {
            let (found, _, problems) = report(&text, "contacts.json");
            assert_eq!((found.contacts.len(), problems), (0, vec![Code::ReportDamaged]), "{text:.40}");
        }
        let twice = r#"{"wa_contacts": ["+447700900101"], "wa_contacts": ["+447700900102"]}"#;
        assert_eq!(numbers(&report(twice, "contacts.json").0), ["+447700900102"]);
        let long = format!("{{\"wa_contacts\": [{}]}}", "9".repeat(1_000_000));
        assert_eq!(report(&long, "contacts.json").0.contacts.len(), 0);
    }
}
