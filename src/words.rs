//! What is said to people, in their language.
//!
//! The sentences stand in `words/<language>/*.ftl` (Project Fluent), a folder a
//! language; every file in it is loaded. `build.rs` makes sure that all
//! languages say the same things with the same variables, and gives every key
//! a constant in [`key`]. Own text goes into a sentence as it is; text from
//! outside only as [`Shown`], that is after the escaping of its sink:
//!
//! ```compile_fail
//! # use transhume::{model::Foreign, words::{Language, Words, key}};
//! let name = Foreign::from("Ada");
//! Words::new(Language::En).say_with(key::GUIDE_TITLE, &[("name", (&name).into())]);
//! ```

mod dates;
pub mod escape;
mod guide;
mod numbers;

use std::fmt;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use unic_langid::LanguageIdentifier;

pub use guide::{Topic, guide};

use crate::model::{Foreign, Problem};
use crate::words::escape::Shown;

include!(concat!(env!("OUT_DIR"), "/words.rs"));

/// The name of a sentence. There is a constant for each in [`key`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Key(&'static str);

impl Key {
    /// The key as it stands in the language files.
    pub fn id(self) -> &'static str {
        self.0
    }
}

/// A language that transhume speaks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Language {
    /// English.
    #[default]
    En,
    /// French.
    Fr,
}

impl Language {
    /// Every language, the one to fall back on first.
    pub const ALL: [Language; 2] = [Language::En, Language::Fr];

    /// The ISO 639-1 code.
    pub fn id(self) -> &'static str {
        match self {
            Language::En => "en",
            Language::Fr => "fr",
        }
    }

    /// The language of exactly that code, as for `--lang`.
    pub fn from_id(id: &str) -> Option<Language> {
        Language::ALL.into_iter().find(|language| language.id() == id)
    }

    /// The language of a locale like `fr`, `fr_CA.UTF-8` or `FR-be`; English
    /// for whatever is not spoken here.
    pub fn from_locale(locale: &str) -> Language {
        let code = locale.split(['_', '-', '.', '@']).next().unwrap_or_default();
        Language::from_id(&code.to_ascii_lowercase()).unwrap_or_default()
    }
}

/// What can stand in the place of a variable.
#[derive(Clone, Copy, Debug)]
pub enum Value<'a> {
    /// A number, written the way the language does and fit for its plurals.
    Number(u64),
    /// Own text: words, dates, commands. Never anything from outside.
    Own(&'a str),
    /// Text from outside, escaped for the sink that the sentence goes to.
    Shown(&'a Shown),
}

impl From<u64> for Value<'_> {
    fn from(number: u64) -> Self {
        Value::Number(number)
    }
}

impl From<u32> for Value<'_> {
    fn from(number: u32) -> Self {
        Value::Number(number.into())
    }
}

impl From<usize> for Value<'_> {
    fn from(number: usize) -> Self {
        Value::Number(number as u64)
    }
}

impl<'a> From<&'a str> for Value<'a> {
    fn from(text: &'a str) -> Self {
        Value::Own(text)
    }
}

impl<'a> From<&'a Shown> for Value<'a> {
    fn from(text: &'a Shown) -> Self {
        Value::Shown(text)
    }
}

/// All sentences of one language. Can be shared between threads.
pub struct Words {
    language: Language,
    bundle: FluentBundle<FluentResource>,
}

impl Words {
    /// Loads the sentences of a language, which takes well under a millisecond.
    pub fn new(language: Language) -> Words {
        let locale: LanguageIdentifier = language.id().parse().unwrap_or_default();
        let mut bundle = FluentBundle::new_concurrent(vec![locale]);
        // Every sink isolates on its own; marks between own words only clutter.
        bundle.set_use_isolating(false);
        bundle.set_formatter(Some(match language {
            Language::En => numbers::english,
            Language::Fr => numbers::french,
        }));
        // Fails only for a bundle that has them already.
        let _ = bundle.add_builtins();
        for source in sources(language) {
            let resource = FluentResource::try_new((*source).to_owned());
            bundle.add_resource_overriding(resource.unwrap_or_else(|(resource, _)| resource));
        }
        Words { language, bundle }
    }

    /// Which language this is.
    pub fn language(&self) -> Language {
        self.language
    }

    /// A sentence without variables.
    pub fn say(&self, key: Key) -> String {
        self.say_with(key, &[])
    }

    /// A sentence with its variables.
    pub fn say_with(&self, key: Key, values: &[(&str, Value<'_>)]) -> String {
        self.text(key.0, None, values).unwrap_or_else(|| key.0.to_owned())
    }

    /// A sentence whose key is only known at run time, as for `--help`.
    pub fn find(&self, id: &str) -> Option<String> {
        self.text(id, None, &[])
    }

    /// As [`Words::find()`], with the sentence's variables.
    pub fn find_with(&self, id: &str, values: &[(&str, Value<'_>)]) -> Option<String> {
        self.text(id, None, values)
    }

    /// An attribute of a sentence, such as its `hint`; empty if it has none.
    pub fn attr(&self, key: Key, attribute: &str) -> String {
        self.attr_with(key, attribute, &[])
    }

    /// An attribute of a sentence, with its variables.
    pub fn attr_with(&self, key: Key, attribute: &str, values: &[(&str, Value<'_>)]) -> String {
        self.text(key.0, Some(attribute), values).unwrap_or_default()
    }

    /// Whatever stands under that key, or under that attribute of it.
    fn text(&self, id: &str, attribute: Option<&str>, values: &[(&str, Value<'_>)]) -> Option<String> {
        let message = self.bundle.get_message(id)?;
        let pattern = match attribute {
            Some(name) => message.get_attribute(name)?.value(),
            None => message.value()?,
        };
        let mut args = FluentArgs::with_capacity(values.len());
        for (name, value) in values {
            args.set(*name, fluent(*value));
        }
        let mut errors = Vec::new();
        let text = self.bundle.format_pattern(pattern, Some(&args), &mut errors).into_owned();
        debug_assert!(errors.is_empty(), "{id}: {errors:?}");
        Some(text)
    }
}

impl fmt::Debug for Words {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Words").field(&self.language).finish()
    }
}

/// What happened, and what to do about it.
///
/// The sentences under `problem-<code>` may use `$count` (0 where nothing was
/// counted), `$quoted` (`yes` or `no`) and `$quote` (empty if nothing is
/// quoted). `show` escapes the quotation for the sink.
pub fn problem(words: &Words, problem: &Problem, show: impl Fn(&Foreign) -> Shown) -> (String, String) {
    let quote = problem.quote.as_ref().map(show);
    let values = [
        ("count", Value::Number(problem.count.unwrap_or(0))),
        ("quoted", Value::Own(if quote.is_some() { "yes" } else { "no" })),
        ("quote", quote.as_ref().map_or(Value::Own(""), Value::Shown)),
    ];
    let id = format!("problem-{}", problem.code.id());
    let what = words.text(&id, None, &values).unwrap_or_else(|| problem.code.id().to_owned());
    (what, words.text(&id, Some("hint"), &values).unwrap_or_default())
}

/// The files of a language.
fn sources(language: Language) -> &'static [&'static str] {
    SOURCES.iter().find(|(id, _)| *id == language.id()).map_or(&[], |(_, sources)| sources)
}

fn fluent(value: Value<'_>) -> FluentValue<'_> {
    match value {
        Value::Number(number) => number.into(),
        Value::Own(text) => text.into(),
        Value::Shown(text) => text.as_ref().into(),
    }
}

#[cfg(test)]
mod tests;
