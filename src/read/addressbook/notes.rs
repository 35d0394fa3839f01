//! Addresses in the notes of an address book.
//!
//! People write them where their phone has no field for them: bare, as links,
//! or behind the name of a network (`Matrix: @ada:example.org`). A note is the
//! user's own text about somebody, so what stands in it is theirs, unless it
//! names another person. The text itself is forgotten.

use super::networks::{self, Service};
use crate::model::finding::Card;
use crate::model::foreign::Foreign;
use crate::read::addresses::{self, Of};

/// No name of a network in front of an address is longer.
const LONGEST_LABEL: usize = 24;

/// Adds the addresses in a note to the card, whose name is known already.
pub fn add(card: &mut Card, note: &str) {
    for line in note.split(['\n', '\r']).filter(|line| !line.trim().is_empty()) {
        // What is no address here is only a sentence: nobody is told of it.
        let told = card.unread.len();
        if !labelled(card, line) && addresses::worth_a_look(line.as_bytes()).is_some() {
            for found in addresses::find(line) {
                if is_theirs(card, &found.of) {
                    networks::add_address(card, found.address);
                }
            }
        }
        card.unread.truncate(told);
    }
}

/// Reads `Signal: 06 39 98 01 23`, and says whether it was that.
fn labelled(card: &mut Card, line: &str) -> bool {
    let parts = line.split_once([':', '=', '：']).filter(|(label, _)| label.len() <= LONGEST_LABEL);
    let Some((label, value)) = parts else { return false };
    // "Paul is on Matrix: …" is a sentence, and speaks of Paul.
    let service = label.split_whitespace().next().and_then(Service::of);
    service.is_some_and(|service| networks::add_chat(card, Some(service), value))
}

/// Whether a note that names somebody names the one on the card.
fn is_theirs(card: &Card, of: &Of) -> bool {
    match of {
        // "His Matrix is …" speaks of whose card it is.
        Of::Writer | Of::Open | Of::Other => true,
        Of::Denied => false,
        Of::Named(name) => {
            let own = card.name.as_ref().map(Foreign::key).unwrap_or_default().to_lowercase();
            let named = name.to_lowercase();
            own.split_whitespace().any(|word| named.split_whitespace().any(|other| other == word))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::identity::Address;

    fn noted(note: &str) -> Vec<String> {
        let mut card = Card { name: Some(Foreign::from("Ada Quill")), ..Card::default() };
        add(&mut card, note);
        assert!(card.unread.is_empty(), "{note}");
        let numbers = card.phones.iter().map(|p| format!("tel {} {}", p.text.raw(), p.signal));
        card.addresses.iter().map(|a: &Address| a.as_str().to_owned()).chain(numbers).collect()
    }

    #[test]
    fn addresses_in_every_writing() {
        for (note, expected) in [
            ("@ada:example.org", "@ada:example.org"),
            ("Matrix: @ada:example.org", "@ada:example.org"),
            ("matrix = ada:example.org", "@ada:example.org"),
            ("met in May\nher Matrix is @ada:example.org, she says", "@ada:example.org"),
            ("https://matrix.to/#/@ada:example.org", "@ada:example.org"),
            ("matrix:u/ada:example.org?action=chat", "@ada:example.org"),
            ("Ada is on Matrix: @ada:example.org", "@ada:example.org"),
            ("XMPP: ada@example.org", "ada@example.org"),
            ("Jabber ada@example.org", "ada@example.org"),
            ("xmpp:ada@example.org", "ada@example.org"),
            ("Signal: ada.42", "ada.42"),
            ("Signal: +44 7700 900123", "+447700900123"),
            ("https://signal.me/#p/+447700900123", "+447700900123"),
            ("Signal: 06 39 98 00 01", "tel 06 39 98 00 01 true"),
            ("WhatsApp: +44 7700 900123", "tel +447700900123 false"),
        ] {
            assert_eq!(noted(note), [expected], "{note}");
        }
        assert_eq!(
            noted("Matrix: @ada:example.org\r\nXMPP: ada@example.org\nSignal: ada.42"),
            ["@ada:example.org", "ada@example.org", "ada.42"]
        );
    }

    #[test]
    fn what_speaks_of_others_or_of_nobody() {
        for note in [
            "",
            "mail ada@example.org",
            "Paul is on Matrix: @paul:example.org",
            "Matrix: ask her",
            "Matrix: the room #club:example.org",
            "Signal: yes",
            "@whatsapp_33639980001:example.org",
            "Signal: see ada@example.org",
            "Matrix: ask bo@example.org",
        ] {
            assert_eq!(noted(note), Vec::<String>::new(), "{note}");
        }
    }
}
