//! Of whom a message with an address speaks: of its writer, of somebody whom it
//! names, of somebody else, or nobody can tell.
//!
//! Only the sentence in which the address stands counts, and in it the word that
//! stands nearest before the address: "I'm on Matrix, my wife too: …" is hers.

use super::cue::{find_cues, network, quotes};
use super::words::{LANGUAGES, any};
use super::{Cue, Of};
use crate::model::Channel;

/// Of whom a message speaks that holds an address in these bytes; `channel` is
/// that of the address.
pub(super) fn subject(text: &str, (start, end): (usize, usize), channel: Option<Channel>) -> Of {
    let (before, after) = sentence(text, start, end);
    let asks = text[..end].ends_with('?') || after.ends_with('?');
    if let Some(name) = named(before) {
        return Of::Named(name);
    }
    let (front, back) = (Half::of(before), Half::of(clause(after)));
    let own = front.own(channel).or_else(|| back.own(channel).map(|_| 0));
    let other = front.other().or_else(|| back.other());
    if quotes(&text[..start]) || other > own {
        return Of::Other;
    }
    // "I'm on XMPP, ask peter@…": another clause, and nothing of the writer's in it.
    if back.own(channel).is_none() && front.strays(channel) {
        return Of::Open;
    }
    let Some(own) = own else { return if back.denies(0) { Of::Denied } else { Of::Open } };
    if let Some(name) = front.name_behind(own) {
        return Of::Named(name);
    }
    // "Not my Matrix", "my Matrix is not", "… isn't me".
    if front.denies(own.saturating_sub(BEFORE)) || back.denies(0) {
        return Of::Denied;
    }
    if asks { Of::Open } else { Of::Writer }
}

/// A denial stands so many words before the last word of what it denies.
const BEFORE: usize = 5;

/// What the sentence has before and behind the address.
fn sentence(text: &str, start: usize, end: usize) -> (&str, &str) {
    let stop = |c: char| matches!(c, '.' | '!' | '?' | '…');
    let before = &text[..start];
    let mut from = 0;
    let mut last = ' ';
    for (at, c) in before.char_indices() {
        // A line that ends with a colon goes on in the next one.
        if c.is_whitespace() && stop(last) || c == '\n' && last != ':' {
            from = at;
        }
        if c == '\n' {
            last = ' ';
        } else if !c.is_whitespace() {
            last = c;
        }
    }
    let after = &text[end..];
    if text[..end].ends_with(stop) {
        return (&before[from..], "");
    }
    let mut chars = after.char_indices().peekable();
    let mut to = after.len();
    while let Some((at, c)) = chars.next() {
        let closes = stop(c) && chars.peek().is_none_or(|(_, next)| next.is_whitespace());
        if closes || c == '\n' {
            to = at + c.len_utf8();
            break;
        }
    }
    (&before[from..], &after[..to])
}

/// What still speaks of the address behind it.
fn clause(after: &str) -> &str {
    let rest = after.trim_start_matches([' ', ')', '>', '"', '»']);
    // ", c'est moi": what follows a comma at once does.
    let rest = rest.trim_start_matches([',', ' ']);
    rest.split([',', ';']).next().unwrap_or_default()
}

/// A part of a sentence, as written and in words.
struct Half<'t> {
    text: &'t str,
    written: Vec<&'t str>,
    words: Vec<String>,
}

impl<'t> Half<'t> {
    fn of(text: &'t str) -> Self {
        let cut = |c: char| !(c.is_alphanumeric() || matches!(c, '\'' | '’' | '-'));
        let written: Vec<&str> =
            text.split(cut).map(|word| word.trim_matches('-')).filter(|word| !word.is_empty()).collect();
        let words = written.iter().map(|word| word.to_lowercase().replace('’', "'")).collect();
        Self { text, written, words }
    }

    /// Behind how many words the writer has spoken last of their own account.
    fn own(&self, channel: Option<Channel>) -> Option<usize> {
        let my = |word: &str| any(|l| &l.my, word);
        let mine = (0..self.words.len()).filter(|at| my(&self.words[*at])).filter_map(|at| {
            let word = |at: usize| self.words.get(at).map(String::as_str).unwrap_or_default();
            let between = |word: &str| any(|l| &l.new, word) || any(|l| &l.past, word);
            let skip = usize::from(between(word(at + 1)));
            account(word(at + 1 + skip)).then_some(at + 2 + skip)
        });
        let here = LANGUAGES.iter().flat_map(|l| &l.here).filter_map(|turn| self.turn(turn));
        let told = |cue: &Cue| cue.of == Of::Writer && !cue.left && Some(cue.channel) == channel;
        let cue = find_cues(self.text).iter().any(told).then(|| {
            let last = self.words.iter().rposition(|word| network(word) == channel);
            last.map_or(0, |at| at + 1)
        });
        mine.chain(here).chain(cue).max()
    }

    /// Behind how many words somebody else has been spoken of last.
    fn other(&self) -> Option<usize> {
        let turns = LANGUAGES.iter().flat_map(|l| &l.other).filter_map(|turn| self.turn(turn));
        let whose = |word: &String| word.ends_with("'s") && !IS.contains(&word.as_str());
        turns.chain(self.words.iter().rposition(whose).map(|at| at + 1)).max()
    }

    /// Behind how many words a turn ends that is met last.
    fn turn(&self, turn: &str) -> Option<usize> {
        let length = turn.split(' ').count();
        let same = |window: &[String]| turn.split(' ').eq(window.iter().map(String::as_str));
        self.words.windows(length).rposition(same).map(|at| at + length)
    }

    /// Whether what stands behind the last comma leads away from what came before it.
    fn strays(&self, channel: Option<Channel>) -> bool {
        let Some((_, tail)) = self.text.rsplit_once([',', ';']) else { return false };
        if tail.trim_end().ends_with([':', '(']) {
            return false;
        }
        let tail = Half::of(tail);
        let leads_on = |word: &String| account(word) || any(|l| &l.my, word) || any(|l| &l.intro, word);
        !tail.words.is_empty() && !tail.words.iter().any(leads_on) && tail.own(channel).is_none()
    }

    /// Whether it is denied, or of the past, behind so many words.
    fn denies(&self, from: usize) -> bool {
        let words = self.words.get(from..).unwrap_or_default();
        let said = |turn: &String| {
            let length = turn.split(' ').count();
            words.windows(length).any(|window| turn.split(' ').eq(window.iter().map(String::as_str)))
        };
        LANGUAGES.iter().any(|l| l.no.iter().chain(&l.past).any(said))
    }

    /// A name behind so many words.
    fn name_behind(&self, from: usize) -> Option<String> {
        (from..self.words.len())
            .filter(|at| !account(&self.words[*at]) && network(&self.words[*at]).is_none())
            .find_map(|at| name_before(&self.written[from..], at + 1 - from))
    }
}

/// What ends like a possessive and is none.
const IS: [&str; 12] = [
    "it's", "that's", "here's", "what's", "let's", "there's", "he's", "she's", "who's", "where's", "how's",
    "geht's",
];

/// Whether a word, or a part of it, is something that one has in a network.
fn account(word: &str) -> bool {
    any(|l| &l.account, word) || word.split('-').any(|part| any(|l| &l.account, part))
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

/// Whether it is a word for an account or for somebody: German nouns have capitals.
fn is_noun(word: &str) -> bool {
    account(word) || any(|l| &l.my, word) || any(|l| &l.other, word)
}

/// The name that ends before a word: one or two words with a capital.
pub(super) fn name_before(words: &[&str], at: usize) -> Option<String> {
    let capital = |word: &str| {
        let letters = word.chars().all(|c| c.is_alphabetic() || c == '-' || c == '\'');
        letters
            && word.chars().count() > 1
            && word.starts_with(char::is_uppercase)
            && !NO_NAMES.contains(&word)
            && !is_noun(&word.to_lowercase())
    };
    let name = words[at.checked_sub(1)?];
    if !capital(name) {
        return None;
    }
    let first = at.checked_sub(2).map(|i| words[i]).filter(|word| capital(word));
    Some(first.map_or_else(|| name.to_owned(), |first| format!("{first} {name}")))
}
