//! Words about who is on which network, where nobody gives an address:
//! "je suis passé sur Signal". That is a hint and no more: people joke, quote,
//! and change their minds. Questions, wishes and what is denied are left out.

use crate::model::Channel;

use super::Of;
use super::subject::name_before;
use super::words::{LANGUAGES, Language, NETWORK, any};

/// That somebody is on a network, or has left it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cue {
    /// On which.
    pub channel: Channel,
    /// Who: the writer, or somebody of that name.
    pub of: Of,
    /// Whether they are there no more; only the writer can say so.
    pub left: bool,
}

/// A clause is so long at the most (words); what is longer is no plain sentence.
const LONGEST: usize = 40;

/// The network of that name.
pub(super) fn network(word: &str) -> Option<Channel> {
    match word {
        "signal" => Some(Channel::Signal),
        "matrix" | "element" => Some(Channel::Matrix),
        "xmpp" | "jabber" => Some(Channel::Xmpp),
        _ => None,
    }
}

/// What a message says of people and networks.
pub fn find_cues(text: &str) -> Vec<Cue> {
    let mut found = Vec::new();
    for clause in clauses(text) {
        let written: Vec<&str> = clause.split_whitespace().map(trimmed).filter(|w| !w.is_empty()).collect();
        if written.len() < 2 || written.len() > LONGEST {
            continue;
        }
        let words: Vec<String> = written.iter().map(|word| word.to_lowercase().replace('’', "'")).collect();
        if !words.iter().any(|word| network(word).is_some()) {
            continue;
        }
        let cue = LANGUAGES.iter().find_map(|language| in_clause(language, &written, &words));
        found.extend(cue.filter(|cue| !found.contains(cue)));
    }
    // Whoever left and came back in one breath has not left.
    let small = text.to_lowercase();
    let back = |channel| found.iter().any(|cue| !cue.left && cue.of == Of::Writer && cue.channel == channel);
    let left: Vec<bool> = found
        .iter()
        .map(|cue| cue.left && (back(cue.channel) || BACK.iter().any(|word| small.contains(word))))
        .collect();
    let mut left = left.into_iter();
    found.retain(|_| !left.next().unwrap_or_default());
    found
}

/// What undoes a leaving: "then I reinstalled it".
const BACK: [&str; 6] = ["reinstall", "re-install", "réinstall", "reinstal", "wieder", "opnieuw"];

/// What a clause says, in one language.
fn in_clause(language: &'static Language, written: &[&str], words: &[String]) -> Option<Cue> {
    if let Some(channel) = left(language, words) {
        return Some(Cue { channel, of: Of::Writer, left: true });
    }
    // Two languages can share a turn ("uso Signal") and not what denies it.
    if words.iter().any(|word| language.not.contains(word) || any(|l| &l.no, word)) {
        return None;
    }
    let own = language.there_by_word.iter().find_map(|turn| place(turn, words));
    if let Some((_, channel)) = own {
        return Some(Cue { channel, of: Of::Writer, left: false });
    }
    language.others_by_word.iter().find_map(|turn| {
        let (at, channel) = place(turn, words)?;
        let name = name_before(written, at)?;
        Some(Cue { channel, of: Of::Named(name), left: false })
    })
}

/// The network that the writer says to have left. What denies has to be part of the
/// turn: behind "if" or "not" nobody has left anything.
fn left(language: &'static Language, words: &[String]) -> Option<Channel> {
    let turns = |word: &String| language.not.contains(word) || any(|l| &l.no, word);
    language.left_by_word.iter().find_map(|turn| {
        let (at, channel) = place(turn, words)?;
        let mut rest = words[..at].iter().chain(&words[at + turn.len()..]);
        (!rest.any(turns)).then_some(channel)
    })
}

/// Where a turn stands among the words, and of which network it speaks.
fn place(turn: &[String], words: &[String]) -> Option<(usize, Channel)> {
    words.windows(turn.len()).enumerate().find_map(|(at, window)| {
        let mut channel = None;
        let fits = turn.iter().zip(window).all(|(wanted, word)| {
            if wanted == NETWORK {
                channel = network(word);
                return channel.is_some();
            }
            wanted == word
        });
        fits.then_some(at).zip(channel)
    })
}

/// The sentences and halves of sentences of a text that state something: no
/// questions, and nothing that quotes.
fn clauses(text: &str) -> impl Iterator<Item = &str> {
    let end = |c: char| matches!(c, '.' | '!' | '?' | '…' | ',' | ';' | ':' | '\n' | '(' | ')' | '¿' | '¡');
    let quote = |c: char| matches!(c, '"' | '“' | '”' | '„' | '«' | '»' | '>');
    let mut quoted = false;
    text.split_inclusive(end).filter(move |clause| {
        let states = !quoted && !clause.ends_with('?') && !clause.contains(quote);
        // What somebody said lasts to the end of the line.
        quoted = !clause.ends_with('\n') && (quoted || opens_quote(clause));
        states
    })
}

/// Among so many words before its colon stands the verb of who is quoted.
const VERB: usize = 3;

/// Whether behind a clause somebody is quoted: "he wrote me:".
fn opens_quote(clause: &str) -> bool {
    clause.ends_with(':')
        && clause
            .split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .rev()
            .take(VERB)
            .any(|word| any(|l| &l.said, &word.to_lowercase()))
}

/// Whether what follows a text in the same line is somebody else's word.
pub(super) fn quotes(before: &str) -> bool {
    before.rsplit('\n').next().is_some_and(|line| line.split_inclusive(':').any(opens_quote))
}

/// A word without what stands around it.
fn trimmed(word: &str) -> &str {
    word.trim_matches(|c: char| !c.is_alphanumeric())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(text: &str) -> Vec<(Channel, Of)> {
        find_cues(text).into_iter().filter(|cue| !cue.left).map(|cue| (cue.channel, cue.of)).collect()
    }

    #[test]
    fn people_say_that_they_left_in_seven_languages() {
        let left = |text: &str| find_cues(text).iter().any(|cue| cue.left && cue.of == Of::Writer);
        for text in [
            "I deleted Signal",
            "hey, I’ve uninstalled Signal, too slow",
            "I'm no longer on Signal",
            "I'm not on Signal anymore",
            "I left Matrix last week",
            "j'ai supprimé Signal",
            "Je ne suis plus sur Signal.",
            "j’utilise plus Signal",
            "ich habe Signal gelöscht",
            "bin nicht mehr bei Signal",
            "he borrado Signal",
            "ya no uso Signal",
            "ho disinstallato Signal",
            "non sono più su Signal",
            "apaguei o Signal",
            "já não estou no Signal",
            "ik heb Signal verwijderd",
            "ik zit niet meer op Signal",
        ] {
            assert!(left(text), "{text}");
            assert_eq!(said(text), [], "{text}");
        }
        for text in [
            "if I deleted Signal",
            "I have not deleted Signal",
            "Paul a supprimé Signal",
            "he deleted Signal",
            "he said: I deleted Signal",
            "I deleted Signal?",
            "j'ai supprimé WhatsApp",
            "quand j'ai supprimé Signal",
            "I'm on Signal",
            "je ne suis pas sur Signal",
            "I deleted Signal once, then reinstalled it",
            "j'ai supprimé Signal, mais je suis sur Signal de nouveau",
        ] {
            assert!(!left(text), "{text}");
        }
    }

    #[test]
    fn people_say_that_they_moved_in_six_languages() {
        for text in [
            "Je suis passé sur Signal",
            "Salut ! je suis passée sur signal, à bientôt",
            "j’ai installé Signal 🎉",
            "On est passés sur Signal.",
            "retrouvez-moi sur Signal svp",
            "Hi all, I'm on Signal now",
            "I’ve moved to Signal!",
            "we're on Signal: come along",
            "Ich bin jetzt bei Signal",
            "hab Signal installiert",
            "Ahora estoy en Signal",
            "me he pasado a Signal, escríbeme",
            "sono passata a Signal",
            "mi trovate su Signal",
            "já estou no Signal",
            "mudei pro signal",
            "SUIS SUR SIGNAL",
            "I have moved to Signal",
            "I just switched to Signal",
            "I've got Signal now",
            "bin jetzt auch auf Signal",
            "ich benutze nur noch Signal",
            "Ich habe mir Signal installiert",
            "ich bin auf Signal erreichbar",
            "tengo Signal",
            "tenho Signal",
        ] {
            assert_eq!(said(text), [(Channel::Signal, Of::Writer)], "{text}");
        }
        assert_eq!(said("je suis sur Matrix"), [(Channel::Matrix, Of::Writer)]);
        assert_eq!(said("I'm on Element"), [(Channel::Matrix, Of::Writer)]);
        assert_eq!(
            said("I use XMPP. Also I'm on Signal"),
            [(Channel::Xmpp, Of::Writer), (Channel::Signal, Of::Writer)]
        );
        assert_eq!(said("schreib mir auf Jabber"), [(Channel::Xmpp, Of::Writer)]);
    }

    #[test]
    fn of_others_by_their_name_alone() {
        for (text, name) in [
            ("Paul est sur Signal", "Paul"),
            ("mon frère Paul Roux est passé sur Signal", "Paul Roux"),
            ("btw Ada has joined Signal", "Ada"),
            ("Jürgen ist jetzt bei Signal", "Jürgen"),
            ("Lucía está en Signal", "Lucía"),
            ("Giulia è su Signal", "Giulia"),
            ("João está no Signal", "João"),
        ] {
            assert_eq!(said(text), [(Channel::Signal, Of::Named(name.into()))], "{text}");
        }
        for text in
            ["elle est sur Signal", "He is on Signal", "ma sœur est sur Signal", "everybody is on Signal"]
        {
            assert_eq!(said(text), [], "{text}");
        }
    }

    #[test]
    fn what_says_nothing_of_the_kind() {
        for text in [
            "je ne suis pas sur Signal",
            "j'suis pas sur signal",
            "je suis plus sur Signal",
            "tu es sur Signal ?",
            "are you on Signal?",
            "I'm on Signal?",
            "if I'm on Signal",
            "I'm not on Signal",
            "I am on Signal no longer",
            "si je suis sur Signal ça marche",
            "il dit « je suis sur Signal »",
            "\"I'm on Signal\" he said",
            "> I'm on Signal",
            "Paul n'est pas sur Signal",
            "Paul is not on Signal",
            "j'ai plus de signal",
            "I have no signal here",
            "the signal is bad",
            "ich bin nicht bei Signal",
            "no estoy en Signal",
            "no uso Signal",
            "ya no uso Signal",
            "non uso Signal",
            "ich habe jetzt Signal gelöscht",
            "ich habe jetzt Signal deinstalliert",
            "ich habe jetzt Signal verloren",
            "il m'a dit : je suis passé sur Signal",
            "Er sagt: ich bin jetzt bei Signal",
            "He wrote me: I'm on Signal now",
            "Ana dice: estoy en Signal",
            "mi ha detto: sono su Signal",
            "ela disse: já estou no Signal",
            "non sono su Signal",
            "não estou no Signal",
            "je suis sur le signal",
            "Signal",
            "",
        ] {
            assert_eq!(said(text), [], "{text}");
        }
        assert_eq!(said("He wrote: hi\nI'm on Signal"), [(Channel::Signal, Of::Writer)]);
        assert_eq!(said(&format!("I'm on Signal {}", "word ".repeat(100))), []);
    }
}
