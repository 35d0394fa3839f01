//! The pages of an account report: tables of what the JSON beside them says.
//!
//! They are in the language of the phone; only the names of the files are not.
//! A number is a number in every language, so the topic is told by the file's
//! name, and in the one page of the old layout by its headings.

use crate::model::Foreign;
use crate::model::finding::{AccountReport, WrittenNumber};
use crate::model::foreign::is_mark;

use super::looks_like_number;

/// The names of pages that hold something, without their ending.
const NAMES: [&str; 7] = [
    "contacts",
    "groups",
    "user_information",
    "registration_information",
    "registration_info",
    "account_information",
    "access",
];

/// Beginnings of the word for *group*, and of that for *contact*.
const GROUP: [&str; 8] = ["group", "grupo", "grupp", "groep", "gruppo", "grup", "групп", "קבוצ"];
const CONTACT: [&str; 5] = ["contact", "kontakt", "contat", "contatt", "контакт"];

/// Whether a file of that name is a page of a report.
pub fn is_page(head: &[u8], name: &str) -> bool {
    let text = head.trim_ascii_start();
    let begins = text.get(..5).is_some_and(|five| five.eq_ignore_ascii_case(b"<html"))
        || text.get(..9).is_some_and(|nine| nine.eq_ignore_ascii_case(b"<!doctype"));
    let ours = memchr::memmem::find(text, b"WhatsApp").is_some();
    begins && ours && topic(name).is_some()
}

/// The name of a page without folders and ending, if it is one of a report.
fn topic(name: &str) -> Option<&'static str> {
    let base = name.rsplit(['/', '\\']).next()?.to_ascii_lowercase();
    let stem = base.strip_suffix(".html").or_else(|| base.strip_suffix(".htm"))?;
    NAMES.into_iter().find(|known| *known == stem)
}

/// What the cells are about.
#[derive(Clone, Copy, PartialEq, Eq)]
enum About {
    Me,
    Contacts,
    Groups,
}

/// Takes what is known out of a page.
pub(super) fn read(text: &str, name: &str, report: &mut AccountReport) {
    let topic = topic(name).unwrap_or("access");
    let mut about = match topic {
        "contacts" => About::Contacts,
        "groups" => About::Groups,
        _ => About::Me,
    };
    let pieces = Pieces { rest: text };
    for piece in pieces {
        let visible: String = piece.text.chars().filter(|c| !is_mark(*c)).collect();
        let words = visible.trim();
        let small = words.to_lowercase();
        if piece.heading {
            if topic == "access" && GROUP.iter().any(|word| small.contains(word)) {
                about = About::Groups;
            } else if topic == "access" && CONTACT.iter().any(|word| small.contains(word)) {
                about = About::Contacts;
            }
            continue;
        }
        match about {
            About::Me if looks_like_number(words) && words.starts_with('+') => {
                report.own.get_or_insert_with(|| Foreign::new(words));
            }
            About::Contacts if looks_like_number(words) => {
                let text = Foreign::new(words);
                report.contacts.push(WrittenNumber { text, waid: None, signal: false });
            }
            About::Groups if piece.cell => report.groups.push(Foreign::new(words)),
            _ => {}
        }
    }
}

/// A run of text, and in what it stands.
struct Piece {
    text: String,
    heading: bool,
    cell: bool,
}

/// The runs of text of a page, one after the other.
struct Pieces<'a> {
    rest: &'a str,
}

impl Iterator for Pieces<'_> {
    type Item = Piece;

    fn next(&mut self) -> Option<Piece> {
        loop {
            let open = self.rest.find('<')?;
            let close = open + self.rest[open..].find('>')?;
            let tag = self.rest[open + 1..close].to_ascii_lowercase();
            let tag = tag.split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default().to_owned();
            self.rest = &self.rest[close + 1..];
            if tag == "style" || tag == "script" {
                self.rest = &self.rest[self.rest.find("</").unwrap_or(self.rest.len())..];
                continue;
            }
            let end = self.rest.find('<').unwrap_or(self.rest.len());
            let text = unescaped(&self.rest[..end]);
            if !text.trim().is_empty() {
                let heading = matches!(tag.as_str(), "h1" | "h2" | "h3" | "h4" | "th" | "title" | "caption");
                return Some(Piece { text, heading, cell: matches!(tag.as_str(), "td" | "li") });
            }
        }
    }
}

/// Undoes the escapes that text in a page has.
fn unescaped(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        plain.push_str(&rest[..at]);
        rest = &rest[at..];
        let end = rest.find(';').filter(|end| *end <= 10);
        let character = end.and_then(|end| match &rest[1..end] {
            "amp" => Some('&'),
            "lt" => Some('<'),
            "gt" => Some('>'),
            "quot" => Some('"'),
            "apos" => Some('\''),
            "nbsp" => Some('\u{a0}'),
            code => {
                let number = code.strip_prefix('#')?;
                let value = match number.strip_prefix(['x', 'X']) {
                    Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                    None => number.parse().ok()?,
                };
                char::from_u32(value)
            }
        });
        plain.push(character.unwrap_or('&'));
        rest = match (character, end) {
            (Some(_), Some(end)) => &rest[end + 1..],
            _ => &rest[1..],
        };
    }
    plain.push_str(rest);
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(body: &str) -> String {
        format!(
            "<!DOCTYPE html><html><head><title>WhatsApp</title><style>td {{ x: \"<+44>\" }}</style></head><body>{body}</body></html>"
        )
    }

    fn report(body: &str, name: &str) -> (Option<String>, Vec<String>, Vec<String>) {
        let text = page(body);
        assert!(is_page(text.as_bytes(), name), "{name}");
        let mut found = AccountReport::default();
        read(&text, name, &mut found);
        let own = found.own.map(|own| own.raw().to_owned());
        let contacts = found.contacts.iter().map(|c| c.text.raw().to_owned()).collect();
        (own, contacts, found.groups.iter().map(|g| g.raw().to_owned()).collect())
    }

    #[test]
    fn a_page_a_topic() {
        let contacts = "<h1>Kontakte</h1><table><tr><th>Nr.</th></tr><tr><td>+44 7700 900101</td></tr><tr><td>\u{202a}+44&nbsp;7700&nbsp;900102\u{202c}</td></tr></table>";
        let (own, numbers, groups) = report(contacts, "whatsapp_connections/contacts.html");
        assert_eq!((own, numbers.len(), groups.len()), (None, 2, 0));
        let groups = "<table><tr><th>Groupe</th></tr><tr><td>Tom &amp; Co &#x1F600;</td></tr><tr><td>Choir</td></tr></table>";
        assert_eq!(report(groups, "groups.html").2, ["Tom & Co 😀", "Choir"]);
        let me = "<table><tr><th>Phone</th><td>+447700900001</td></tr><tr><th>IP</th><td>192.0.2.1</td></tr></table>";
        assert_eq!(report(me, "user_information.html").0.as_deref(), Some("+447700900001"));
    }

    #[test]
    fn the_one_page_of_the_old_layout() {
        let all = "<h2>User Information</h2><table><tr><td>Phone Number</td><td>+447700900001</td></tr></table>\
                   <h2>Contacts</h2><ul><li>+447700900101</li></ul><h2>Group Names</h2><ul><li>Family</li></ul>";
        let expected = (Some("+447700900001".into()), vec!["+447700900101".into()], vec!["Family".into()]);
        assert_eq!(report(all, "access.html"), expected);
    }

    #[test]
    fn other_pages_are_left_alone() {
        assert!(!is_page(page("x").as_bytes(), "report.html"));
        assert!(!is_page(b"<html><body>phone book</body></html>", "contacts.html"));
        assert!(!is_page(b"WhatsApp", "contacts.html"));
        for broken in ["<", "<td", "<td>&", "&#x110000;", "<script>", "a<b>&#;c"] {
            read(broken, "contacts.html", &mut AccountReport::default());
        }
    }
}
