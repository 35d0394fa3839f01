//! Of whom a message with an address speaks: of its writer, of somebody whom it
//! names, or nobody can tell.

use super::Of;
use super::words::{LANGUAGES, any};

/// Of whom a message speaks that holds an address.
pub(super) fn subject(text: &str, lower: &str) -> Of {
    let words: Vec<&str> = lower
        .split(|c: char| !(c.is_alphanumeric() || c == '\'' || c == '-'))
        .filter(|w| !w.is_empty())
        .collect();
    let my = |word: &str| any(|l| &l.my, word);
    let account = |word: &str| any(|l| &l.account, word);
    let mine = words.windows(3).any(|w| my(w[0]) && (account(w[1]) || (account(w[2]) && w[1].len() <= 9)))
        || words.windows(2).any(|w| my(w[0]) && account(w[1]));
    let spaced = format!(" {} ", words.join(" "));
    let mut turns = LANGUAGES.iter().flat_map(|language| &language.here);
    let here = turns.any(|turn| spaced.contains(&format!(" {turn} ")));
    // "Mon frère Paul est sur Matrix": a name that is spoken of outweighs.
    match named(text) {
        Some(name) => Of::Named(name),
        None if mine || here => Of::Writer,
        None => Of::Open,
    }
}

/// The name before a verb of being: one or two words with a capital.
fn named(text: &str) -> Option<String> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let is = |at: &usize| any(|l| &l.is, &words[*at].to_lowercase());
    (1..words.len()).filter(is).find_map(|at| name_before(&words, at))
}

/// What begins a sentence or names a network, and nobody.
const NO_NAMES: &[&str] = &[
    "Matrix",
    "Signal",
    "Element",
    "XMPP",
    "Jabber",
    "WhatsApp",
    "Mon",
    "Ma",
    "My",
    "Mein",
    "Ça",
    "Elle",
    "Il",
    "Lui",
    "He",
    "She",
    "It",
    "This",
    "That",
    "Ce",
    "On",
    "Er",
    "Sie",
    "Es",
    "Él",
    "Ella",
    "Lei",
    "Ele",
    "Ela",
    "Everybody",
    "Everyone",
    "Who",
    "Qui",
    "Wer",
    "Quién",
    "Chi",
    "Quem",
    "Group",
    "Groupe",
];

/// The name that ends before a word: one or two words with a capital.
pub(super) fn name_before(words: &[&str], at: usize) -> Option<String> {
    let capital = |word: &str| {
        let letters = word.chars().all(|c| c.is_alphabetic() || c == '-' || c == '\'');
        letters
            && word.chars().count() > 1
            && word.starts_with(char::is_uppercase)
            && !NO_NAMES.contains(&word)
    };
    let name = words[at.checked_sub(1)?];
    if !capital(name) {
        return None;
    }
    let first = at.checked_sub(2).map(|i| words[i]).filter(|word| capital(word));
    Some(first.map_or_else(|| name.to_owned(), |first| format!("{first} {name}")))
}
