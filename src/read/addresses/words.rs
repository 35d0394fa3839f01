//! The words by which people say where they are found, out of `words/*.toml`.

use std::sync::LazyLock;

use serde::Deserialize;

/// The files, a language each.
const FILES: [(&str, &str); 7] = [
    ("en", include_str!("words/en.toml")),
    ("fr", include_str!("words/fr.toml")),
    ("de", include_str!("words/de.toml")),
    ("es", include_str!("words/es.toml")),
    ("it", include_str!("words/it.toml")),
    ("pt", include_str!("words/pt.toml")),
    ("others", include_str!("words/others.toml")),
];

/// The words of all languages, read once.
pub(super) static LANGUAGES: LazyLock<Vec<Language>> = LazyLock::new(load);

/// What a turn has for the name of a network.
pub(super) const NETWORK: &str = "{N}";

/// The words of a language. `words/en.toml` says what the lists are for.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Language {
    /// What makes the following noun the writer's own.
    pub my: Vec<String>,
    /// What one has in a network.
    pub account: Vec<String>,
    /// What may stand between these two.
    pub new: Vec<String>,
    /// Words and turns for somebody else.
    #[serde(rename = "else")]
    pub other: Vec<String>,
    /// What makes an address one that was.
    pub past: Vec<String>,
    /// Whole turns by which people say where they are found.
    pub here: Vec<String>,
    /// Words between a comma and the writer's own address.
    pub intro: Vec<String>,
    /// Verbs behind the name of the one who is spoken of.
    pub is: Vec<String>,
    /// Turns by which people say that they are in a network.
    there: Vec<String>,
    /// The same of somebody else.
    others: Vec<String>,
    /// Turns by which people say that they have left a network.
    left: Vec<String>,
    /// What turns such a turn round.
    pub not: Vec<String>,
    /// What denies, in whatever language it is met.
    pub no: Vec<String>,
    /// Verbs before a colon behind which somebody is quoted.
    pub said: Vec<String>,
    /// The turns of `there`, word by word.
    #[serde(skip)]
    pub there_by_word: Vec<Vec<String>>,
    /// Those of `others`.
    #[serde(skip)]
    pub others_by_word: Vec<Vec<String>>,
    /// Those of `left`.
    #[serde(skip)]
    pub left_by_word: Vec<Vec<String>>,
}

/// Whether any language has the word in that list.
pub(super) fn any(list: impl Fn(&'static Language) -> &'static Vec<String>, word: &str) -> bool {
    LANGUAGES.iter().any(|language| list(language).iter().any(|known| known == word))
}

#[expect(clippy::panic, reason = "the files are part of the program: a fault shows in every test")]
fn load() -> Vec<Language> {
    let read = |(code, text): (&str, &str)| {
        let mut language: Language =
            toml::from_str(text).unwrap_or_else(|error| panic!("words/{code}.toml: {error}"));
        let by_word = |turns: &[String]| {
            let words = |turn: &String| turn.split(' ').map(str::to_owned).collect();
            turns.iter().map(words).collect()
        };
        language.there_by_word = by_word(&language.there);
        language.others_by_word = by_word(&language.others);
        language.left_by_word = by_word(&language.left);
        language
    };
    FILES.into_iter().map(read).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_turn_is_written_as_it_is_looked_for() {
        for ((code, _), language) in FILES.iter().zip(&*LANGUAGES) {
            for turn in language.there.iter().chain(&language.others).chain(&language.left) {
                let words: Vec<&str> = turn.split(' ').collect();
                let networks = words.iter().filter(|word| **word == NETWORK).count();
                assert!(networks == 1 && words.len() > 1, "{code}: {turn}");
                let plain = turn.replace(NETWORK, "");
                assert!(plain == plain.to_lowercase() && !plain.contains('’'), "{code}: {turn}");
                let written =
                    |word: &&str| word.chars().all(|c| c.is_alphanumeric() || c == '\'' || c == '-');
                assert!(words.iter().filter(|word| **word != NETWORK).all(written), "{code}: {turn}");
                let turned = words.iter().any(|word| language.not.iter().any(|not| not == word));
                let leaves = language.left.contains(turn);
                assert!(!turned || leaves, "{code}: {turn} holds what turns it round");
            }
            for word in [&language.my, &language.account, &language.is, &language.not].into_iter().flatten() {
                assert!(!word.contains(' ') && *word == word.to_lowercase(), "{code}: {word}");
            }
        }
    }
}
