//! What somebody typed, as an answer. A table may have been answered in any
//! language that transhume speaks.

use crate::graph::question::Said;
use crate::words::{Key, Language, Words, key};

use super::super::prompt::is_one_of;

/// The words for answers, in all languages.
pub(super) struct Answers(Vec<Words>);

impl Answers {
    /// Of a terminal, where one language is spoken.
    pub fn of(language: Language) -> Answers {
        Answers(vec![Words::new(language)])
    }

    /// Of a table.
    pub fn of_all() -> Answers {
        Answers(Language::ALL.map(Words::new).into())
    }

    /// Whether what was typed is one of these words, in any of the languages.
    pub fn is(&self, typed: &str, words: Key) -> bool {
        self.0.iter().any(|language| is_one_of(typed, &language.say(words)))
    }

    /// What was said; nothing where the question is to be passed over.
    pub fn said<'a>(&self, typed: &'a str) -> Option<Said<'a>> {
        let typed = typed.trim();
        if typed.is_empty() || self.is(typed, key::REVIEW_WORDS_SKIP) {
            return None;
        }
        let words = [
            (key::REVIEW_WORDS_SAME, Said::Same),
            (key::REVIEW_WORDS_DIFFERENT, Said::Different),
            (key::REVIEW_WORDS_YES, Said::Yes),
            (key::REVIEW_WORDS_NO, Said::No),
        ];
        let word = words.into_iter().find(|(words, _)| self.is(typed, *words));
        Some(word.map_or(Said::Text(typed), |(_, said)| said))
    }
}
