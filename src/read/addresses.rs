//! Addresses in other networks that people write in their messages.
//!
//! A message that holds one is looked at closely, once: which address it is,
//! and of whom it speaks. Only a clear word of the writer about themself
//! ("my Matrix ID is …") makes it their own; everything else is hearsay. The
//! text is forgotten; what stays is the address and, for hearsay, the name
//! that stands as its subject.

mod cue;
mod subject;
mod words;

use std::sync::LazyLock;

use aho_corasick::packed::Searcher;

use crate::model::Phone;
use crate::model::foreign::is_mark;
use crate::model::identity::{Address, Email, Jid, Mxid, SignalLink, SignalUsername};
use crate::model::suspicion::mixed_scripts;

pub use cue::{Cue, find_cues};
use subject::subject;

/// An address in a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// The address.
    pub address: Address,
    /// Of whom it speaks.
    pub of: Of,
}

/// Of whom an address speaks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Of {
    /// The writer says that it is theirs.
    Writer,
    /// Somebody of that name.
    Named(String),
    /// Somebody else, who is not named: "my wife's", "his", "yours?".
    Other,
    /// Nobody: the writer says that it is not theirs, or no longer.
    Denied,
    /// Nothing tells.
    Open,
}

/// What can begin an address, or make a word one; beside these, a single `@`.
const NEEDLES: [&str; 8] =
    ["atrix", "ignal", "IGNAL", "xmpp", "XMPP", "abber", "Element", "conversations.im/i/"];
static SEARCHER: LazyLock<Option<Searcher>> = LazyLock::new(|| Searcher::new(NEEDLES));

/// The first place in a block where an address may stand: cheap, and never
/// wrong with a no.
pub fn worth_a_look(block: &[u8]) -> Option<usize> {
    let at = memchr::memchr(b'@', block);
    let before = &block[..at.unwrap_or(block.len())];
    let link = match &*SEARCHER {
        Some(searcher) => searcher.find(before).map(|found| found.start()),
        // No vector instructions here: one needle after the other.
        None => NEEDLES.iter().filter_map(|n| memchr::memmem::find(before, n.as_bytes())).min(),
    };
    link.or(at)
}

/// The addresses in a message.
pub fn find(text: &str) -> Vec<Found> {
    let text: String = text.chars().filter(|c| !is_mark(*c)).collect();
    let about_signal = text.to_lowercase().contains("signal");
    let mut found: Vec<Found> = Vec::new();
    // How many words ago XMPP was spoken of: an address like `a@b` is usually
    // e-mail, unless it comes right behind.
    let mut since_xmpp = usize::MAX;
    let mut ended = false;
    for word in words(&text).filter(|word| !word.is_empty()) {
        if std::mem::replace(&mut ended, word.ends_with(['.', '!', '?', '…'])) {
            since_xmpp = usize::MAX;
        }
        let small = word.to_lowercase();
        since_xmpp = match small.as_str() {
            _ if small.contains("xmpp") || small.contains("jabber") => 0,
            _ if small.contains("mail") || word.contains('@') && since_xmpp > NEAR => usize::MAX,
            _ => since_xmpp.saturating_add(1),
        };
        let Some(address) = address_in(word, about_signal, since_xmpp <= NEAR) else { continue };
        if matches!(address, Address::Jid(_)) {
            since_xmpp = usize::MAX;
        }
        if found.iter().any(|f| f.address == address) {
            continue;
        }
        let ghost = match &address {
            Address::Mxid(mxid) => mxid.is_bridge_ghost(),
            Address::Jid(jid) => jid.is_gateway(),
            _ => false,
        };
        if !ghost {
            let group = matches!(&address, Address::SignalLink(link) if link.is_group());
            let of =
                if group { Of::Open } else { subject(&text, place(&text, word), Some(address.channel())) };
            found.push(Found { address, of });
        }
    }
    found
}

/// In which bytes of a text one of its words stands.
fn place(text: &str, word: &str) -> (usize, usize) {
    let start = (word.as_ptr() as usize).saturating_sub(text.as_ptr() as usize);
    (start, start + word.len())
}

/// A word that looks like a Matrix ID and is none, because it mixes letters of
/// different scripts that look alike.
pub fn lookalike(text: &str) -> Option<&str> {
    let mut words = text.split_whitespace().map(|w| w.trim_matches(['.', ',', ';', ')', '(', '!', '?']));
    words.find(|w| w.starts_with('@') && w.contains(':') && w.contains('.') && mixed_scripts(w))
}

/// An e-mail address in a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoundEmail {
    /// The address.
    pub email: Email,
    /// Of whom it speaks.
    pub of: Of,
}

/// The e-mail addresses in a message, but for those that are spoken of as
/// addresses in another network.
pub fn find_emails(text: &str, others: &[Found]) -> Vec<FoundEmail> {
    let text: String = text.chars().filter(|c| !is_mark(*c)).collect();
    let mut found: Vec<FoundEmail> = Vec::new();
    let bare = |word: &&str| !word.to_ascii_lowercase().starts_with("xmpp:") && !word.contains("://");
    for whole in words(&text).filter(bare) {
        let word = whole.trim_matches(['.', '!', '?', ':', '\'', '*', '_', '[', ']']);
        let Some(email) = Email::parse(word) else { continue };
        let taken = others.iter().any(|other| other.address.as_str() == email.as_str());
        if !taken && found.iter().all(|known| known.email != email) {
            found.push(FoundEmail { email, of: subject(&text, place(&text, whole), None) });
        }
    }
    found
}

/// The numbers that a message mentions: `@447700900123`. Longer ones are no
/// numbers but ids that stand for people whose number is hidden.
pub fn find_mentions(text: &str) -> Vec<Phone> {
    let text: String = text.chars().filter(|c| !is_mark(*c)).collect();
    let mut found = Vec::new();
    for (at, _) in text.match_indices('@') {
        let starts = !text[..at].ends_with(|c: char| c.is_alphanumeric() || c == '.');
        let rest = &text[at + 1..];
        let length = rest.bytes().take_while(u8::is_ascii_digit).count();
        let ends = !rest[length..].starts_with(|c: char| c.is_alphanumeric() || matches!(c, '@' | ':' | '_'));
        if starts && ends && MENTION.contains(&length) {
            found.extend(Phone::from_digits(&rest[..length]));
        }
    }
    found
}

/// A mentioned number has so many digits.
const MENTION: std::ops::RangeInclusive<usize> = 8..=13;

/// The words of a text, cut at whatever cannot be in an address.
fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| {
        c.is_whitespace() || matches!(c, '<' | '>' | '"' | '“' | '”' | '«' | '»' | '(' | ')' | ',' | ';')
    })
}

/// The address that a word is or holds.
fn address_in(word: &str, about_signal: bool, about_xmpp: bool) -> Option<Address> {
    let word = word.trim_end_matches(['.', '!', '?', ':', '\'', '*', '_']);
    if let Some((_, tail)) = word.split_once("matrix.to/#/") {
        return Mxid::parse(&percent_decoded(cut_query(tail))).map(Address::Mxid);
    }
    if let Some((_, tail)) = word.split_once("matrix:u/") {
        return Mxid::parse(&format!("@{}", percent_decoded(cut_query(tail)))).map(Address::Mxid);
    }
    if let Some((_, tail)) = word.split_once("signal.me/#p/") {
        return Phone::parse(cut_query(tail), None).ok().map(Address::Phone);
    }
    if word.contains("signal.me/#eu/") || word.contains("signal.group/#") {
        return SignalLink::parse(word).map(Address::SignalLink);
    }
    if let Some((_, tail)) = word.split_once("/user/@") {
        // `https://app.element.io/#/user/@ada:example.org` and `element://user/…`
        return Mxid::parse(&format!("@{}", percent_decoded(cut_query(tail)))).map(Address::Mxid);
    }
    for opening in ["xmpp:", "conversations.im/i/", "xmpp.link/#"] {
        // A scheme may be written in capitals.
        let found = word.to_ascii_lowercase().find(opening);
        if let Some(tail) = found.and_then(|at| word.get(at + opening.len()..)) {
            // A room is nobody.
            if tail.split(['?', ';', '&']).skip(1).any(|query| query == "join") {
                return None;
            }
            return Jid::parse(&percent_decoded(cut_query(tail))).map(Address::Jid);
        }
    }
    if let Some(at) = word.find('@') {
        let before = &word[..at];
        // `@ada:example.org`, also glued to a colon or a bracket before it.
        if !before.ends_with(|c: char| c.is_alphanumeric() || c == '.' || c == '/') {
            let mxid = Mxid::parse(&word[at..])
                .filter(|m| m.as_str().rsplit(':').next().is_some_and(|s| s.contains('.')));
            return mxid.map(Address::Mxid);
        }
        return about_xmpp.then(|| Jid::parse(word).map(Address::Jid)).flatten();
    }
    about_signal.then(|| username(word).map(Address::SignalUsername)).flatten()
}

/// What stands before a dot and a number in messages about Signal, and is nobody:
/// programs and systems with their versions.
const NO_USERNAMES: [&str; 17] = [
    "signal",
    "libsignal",
    "molly",
    "whatsapp",
    "element",
    "version",
    "release",
    "build",
    "beta",
    "android",
    "ios",
    "iphone",
    "windows",
    "linux",
    "macos",
    "ubuntu",
    "debian",
];

/// The username that a word is.
fn username(word: &str) -> Option<SignalUsername> {
    let found = SignalUsername::parse(word)?;
    let name = found.as_str().split('.').next().unwrap_or_default();
    (!NO_USERNAMES.contains(&name)).then_some(found)
}

fn cut_query(tail: &str) -> &str {
    tail.split(['?', '&', '/']).next().unwrap_or_default()
}

/// Undoes percent encoding (RFC 3986); what is not well encoded stays.
pub fn percent_decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, tail @ ..] = rest {
        let decoded = match (first, tail) {
            (b'%', [high, low, ..]) => {
                let value = |b: &u8| char::from(*b).to_digit(16).and_then(|d| u8::try_from(d).ok());
                value(high).zip(value(low)).map(|(high, low)| high * 16 + low)
            }
            _ => None,
        };
        bytes.push(decoded.unwrap_or(*first));
        rest = if decoded.is_some() { &tail[2..] } else { tail };
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Behind the word for a network an address comes within so many words.
const NEAR: usize = 4;

#[cfg(test)]
mod tests {
    use super::*;

    fn one(text: &str) -> Option<(String, Of)> {
        assert!(worth_a_look(text.as_bytes()).is_some(), "{text}");
        let mut found = find(text);
        assert!(found.len() <= 1, "{text}: {found:?}");
        found.pop().map(|f| (f.address.as_str().to_owned(), f.of))
    }

    #[test]
    fn addresses_in_all_their_forms() {
        for (text, address) in [
            ("https://matrix.to/#/@ada:example.org", "@ada:example.org"),
            ("https://matrix.to/#/%40ada%3Aexample.org?via=x", "@ada:example.org"),
            ("matrix:u/ada:example.org?action=chat", "@ada:example.org"),
            ("voilà : @ada:example.org.", "@ada:example.org"),
            ("(@ada:example.org)", "@ada:example.org"),
            ("xmpp:ada@example.org?roster", "ada@example.org"),
            ("XMPP:ada@example.org", "ada@example.org"),
            ("jabber ada@example.org", "ada@example.org"),
            ("https://conversations.im/i/ada@example.org?omemo", "ada@example.org"),
            ("https://signal.me/#p/+33639980123", "+33639980123"),
            ("sgnl://signal.me/#p/+33639980123", "+33639980123"),
            ("https://app.element.io/#/user/@ada:example.org", "@ada:example.org"),
            (
                "https://signal.group/#CjQKIAbcdefghijklmnopqrstuvwxyz0123456789",
                "https://signal.group/#CjQKIAbcdefghijklmnopqrstuvwxyz0123456789",
            ),
            ("sur Signal : ada.42", "ada.42"),
        ] {
            let found = if text.starts_with("jabber") {
                find(text).pop().map(|f| f.address.as_str().to_owned())
            } else {
                one(text).map(|f| f.0)
            };
            assert_eq!(found.as_deref(), Some(address), "{text}");
        }
    }

    #[test]
    fn what_is_no_address() {
        for text in [
            "what is jabber? just mail me at mum@example.com",
            "ada@example.org",
            "@447700900123 tu viens ?",
            "@Ada: merci",
            "rdv @12:30",
            "https://matrix.to/#/#room:example.org",
            "@whatsapp_33639980123:example.org",
            "signal.me/#eu/abc",
            "xmpp:room@muc.example.org?join",
            "@ada:libera.chat",
        ] {
            assert_eq!(find(text), [], "{text}");
        }
    }

    #[test]
    fn versions_and_sites_are_no_usernames() {
        for text in [
            "signal 7.12 is out",
            "Signal.12 ?",
            "sur Signal.Org",
            "Signal v7.12.3, Android.14 and iOS.17",
            "signal.7.12",
            "je suis sur Signal version.12",
        ] {
            assert_eq!(find(text), [], "{text}");
        }
        assert_eq!(find("mon Signal : signal_fan.12").len(), 1);
    }

    #[test]
    fn whoever_is_to_be_asked_is_not_the_writer() {
        for (text, of) in [
            ("I'm on XMPP, ask peter@example.org", Of::Other),
            ("I'm on XMPP, ask peter: peter@example.org", Of::Other),
            ("je suis sur XMPP, demande à peter@example.org", Of::Other),
            ("ich bin bei XMPP, frag peter@example.org", Of::Other),
            ("I'm on XMPP, greetings from peter@example.org", Of::Open),
            ("I'm on XMPP, ada@example.org", Of::Writer),
            ("I'm on XMPP, my address is ada@example.org", Of::Writer),
            ("I'm on XMPP now, it's ada@example.org", Of::Writer),
            ("estoy en XMPP, soy ada@example.org", Of::Writer),
            ("I'm on XMPP, write me: ada@example.org", Of::Writer),
        ] {
            assert_eq!(one(text).map(|found| found.1), Some(of), "{text}");
        }
    }

    #[test]
    fn emails_are_found_beside_other_addresses() {
        let emails = |text: &str| {
            let found = find_emails(text, &find(text));
            found.into_iter().map(|f| (f.email.as_str().to_owned(), f.of)).collect::<Vec<_>>()
        };
        assert_eq!(emails("mon mail c’est Ada@Example.org."), [("ada@example.org".into(), Of::Writer)]);
        assert_eq!(emails("écris à (ada@example.org) stp"), [("ada@example.org".into(), Of::Open)]);
        assert_eq!(
            emails("Paul est joignable : paul@example.org"),
            [("paul@example.org".into(), Of::Named("Paul".into()))]
        );
        for none in [
            "jabber ada@example.org",
            "xmpp:ada@example.org",
            "@ada:example.org",
            "https://ada@example.org/x",
            "a@b",
        ] {
            assert_eq!(emails(none), [], "{none}");
        }
    }

    #[test]
    fn mentions_are_numbers_and_long_ids_are_not() {
        let mentions =
            |text: &str| find_mentions(text).iter().map(|p| p.as_str().to_owned()).collect::<Vec<_>>();
        assert_eq!(
            mentions("@33639980123 tu viens ? @\u{2068}447700900123\u{2069}!"),
            ["+33639980123", "+447700900123"]
        );
        for none in
            ["@123456789012345 ?", "ada@33639980123", "@33639980123:example.org", "@1234567", "@33639980123x"]
        {
            assert_eq!(mentions(none), Vec::<String>::new(), "{none}");
        }
    }

    #[test]
    fn only_a_clear_word_makes_it_the_writers_own() {
        for text in [
            "mon Matrix c’est @ada:example.org",
            "My new ID: @ada:example.org",
            "Je suis sur Matrix, @ada:example.org",
            "find me at @ada:example.org",
            "Mein Matrix ist @ada:example.org",
            "ich bin jetzt bei Matrix: @ada:example.org",
        ] {
            assert_eq!(one(text).map(|f| f.1), Some(Of::Writer), "{text}");
        }
        assert_eq!(
            one("Paul est sur Matrix, c'est @paul:example.org").map(|f| f.1),
            Some(Of::Named("Paul".into()))
        );
        assert_eq!(
            one("mon frère Paul Roux est sur Matrix : @paul:example.org").map(|f| f.1),
            Some(Of::Named("Paul Roux".into()))
        );
        assert_eq!(one("https://matrix.to/#/@ada:example.org").map(|f| f.1), Some(Of::Open));
        assert_eq!(one("ma sœur : @ada:example.org").map(|f| f.1), Some(Of::Other));
        for text in [
            "Mein Signal-Benutzername ist max.1234",
            "my new Matrix ID is @ada:example.org",
            "n'hésite pas à écrire sur mon Matrix : @ada:example.org",
            "my wife left. My Matrix is @ada:example.org",
            "I told her my Matrix: @ada:example.org",
            "Mon Matrix :\n@ada:example.org",
            "@ada:example.org, c'est moi",
            "já estou no Matrix: @ada:example.org",
            "estoy en Signal, soy fay_moss.42",
        ] {
            assert_eq!(one(text).map(|f| f.1), Some(Of::Writer), "{text}");
        }
    }

    #[test]
    fn what_is_somebody_elses_or_denied_is_never_the_writers() {
        for text in [
            "my wife's jabber: wife@example.org",
            "my husband's Signal username is hub.10",
            "my son's matrix is @son:example.org",
            "her Signal username is bar.13",
            "my boss is on Signal: boss.44",
            "ma femme est sur Matrix : @wife:example.org",
            "meine Frau ist bei Matrix: @wife:example.org",
            "is your Signal username foo.77?",
            "I'm on Matrix, my wife too: @wife:example.org",
            "He wrote me: my Matrix is @he:example.org",
        ] {
            assert_eq!(one(text).map(|f| f.1), Some(Of::Other), "{text}");
        }
        for text in [
            "my signal username isn't foo.12",
            "my jabber is not nn@example.org",
            "my old jabber was old@example.org",
            "my old jabber was old@example.org, it is dead",
            "ce n'est pas mon Matrix : @ada:example.org",
            "mi jabber no es nn@example.org",
            "mein Matrix war @ada:example.org",
            "I'm on Signal but https://signal.me/#p/+33639980123 isn't me",
        ] {
            assert_eq!(one(text).map(|f| f.1), Some(Of::Denied), "{text}");
        }
        let peter = Of::Named("Peter".into());
        assert_eq!(one("I'm on Matrix, Peter too: @peter:example.org").map(|f| f.1), Some(peter));
        assert_eq!(one("I'm on Matrix. Look: @ada:example.org").map(|f| f.1), Some(Of::Open));
        assert_eq!(find("I'm on XMPP. Ask peter@example.org for help by mail"), []);
    }
}
