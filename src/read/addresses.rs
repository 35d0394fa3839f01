//! Addresses in other networks that people write in their messages.
//!
//! A message that holds one is looked at closely, once: which address it is,
//! and of whom it speaks. Only a clear word of the writer about themself
//! ("my Matrix ID is …") makes it their own; everything else is hearsay. The
//! text is forgotten; what stays is the address and, for hearsay, the name
//! that stands as its subject.

mod cue;
mod subject;
#[cfg(test)]
mod tests;
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
