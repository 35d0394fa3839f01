//! What is wrong with a call, in the user's language: clap knows it, and says
//! it in English alone.

use std::error::Error as _;

use clap::error::{ContextKind as Part, ContextValue, ErrorKind as Kind};

use crate::model::Foreign;
use crate::words::escape::{self, Shown};
use crate::words::{Key, Value, Words, key};

/// A wrong call in sentences.
pub struct Miscall {
    /// What is wrong, what could be given, and what may have been meant.
    pub what: String,
    /// How the command is called; empty where clap does not say.
    pub usage: String,
}

/// Words what clap found wrong. What was typed can come from a file name, so it
/// is escaped like everything else from outside.
pub fn miscall(error: &clap::Error, words: &Words) -> Miscall {
    let of = |part| part_of(error, part);
    let say = |key: Key, it: Option<Shown>, other: Option<Shown>| {
        let [it, other] = [it, other].map(|shown| shown.unwrap_or_else(|| escaped("")));
        words.say_with(key, &[("it", Value::Shown(&it)), ("other", Value::Shown(&other))])
    };
    let (argument, value, prior) = (of(Part::InvalidArg), of(Part::InvalidValue), of(Part::PriorArg));
    let (key, it, other) = match error.kind() {
        Kind::InvalidValue if value.is_none() => (key::MISCALL_EMPTY, argument, None),
        Kind::InvalidValue | Kind::ValueValidation | Kind::TooManyValues => {
            (key::MISCALL_VALUE, argument, value)
        }
        Kind::NoEquals | Kind::TooFewValues | Kind::WrongNumberOfValues => {
            (key::MISCALL_EMPTY, argument, None)
        }
        Kind::UnknownArgument => (key::MISCALL_UNKNOWN, argument, None),
        Kind::InvalidSubcommand => (key::MISCALL_UNKNOWN, of(Part::InvalidSubcommand), None),
        Kind::ArgumentConflict if prior.is_some() && prior != argument => {
            (key::MISCALL_CONFLICT, argument, prior)
        }
        Kind::ArgumentConflict => (key::MISCALL_TWICE, argument, None),
        Kind::MissingRequiredArgument => (key::MISCALL_MISSING, argument, None),
        Kind::InvalidUtf8 => (key::MISCALL_TEXT, None, None),
        // A command without one of its own; clap has no other mistakes to find.
        _ => (key::MISCALL_COMMAND, None, None),
    };
    let what = say(key, it, other);
    // Our own parsers say nothing but what can be given, and clap's are not used.
    let range = || error.source().map(|reason| escaped(&reason.to_string()));
    let possible = of(Part::ValidValue).or_else(|| of(Part::ValidSubcommand)).or_else(range);
    let meant = [Part::SuggestedArg, Part::SuggestedSubcommand, Part::SuggestedValue];
    let meant = meant.into_iter().find_map(|part| nearest(error, part));
    let more = [(key::MISCALL_POSSIBLE, possible), (key::MISCALL_MEANT, meant)];
    let more = more.into_iter().filter(|(_, it)| it.is_some()).map(|(key, it)| say(key, it, None));
    let what = std::iter::once(what).chain(more).collect::<Vec<_>>().join(" ");
    Miscall { what, usage: usage(error, words) }
}

/// One side of the mistake, if clap knows it.
fn part_of(error: &clap::Error, part: Part) -> Option<Shown> {
    let text = match error.get(part)? {
        ContextValue::String(text) => text.clone(),
        ContextValue::Strings(texts) => texts.join(", "),
        _ => return None,
    };
    (!text.is_empty()).then(|| escaped(&text))
}

/// What was most likely meant: the nearest comes last.
fn nearest(error: &clap::Error, part: Part) -> Option<Shown> {
    match error.get(part)? {
        ContextValue::Strings(texts) => texts.last().map(|text| escaped(text)),
        _ => part_of(error, part),
    }
}

/// How the command is called, with the heading in the user's language.
fn usage(error: &clap::Error, words: &Words) -> String {
    let Some(usage) = error.get(Part::Usage) else {
        return String::new();
    };
    let usage = usage.to_string();
    let lines: Vec<&str> = usage.trim().trim_start_matches("Usage:").split_whitespace().collect();
    format!("{}: {}", words.say(key::HELP_USAGE), escaped(&lines.join(" ")))
}

fn escaped(text: &str) -> Shown {
    escape::terminal_uncut(&Foreign::new(text))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::args;
    use crate::words::Language;

    fn said(language: Language, call: &[&str]) -> Miscall {
        let words = Words::new(language);
        let call = std::iter::once("transhume").chain(call.iter().copied());
        let error = args::command(&words, None).try_get_matches_from(call).unwrap_err();
        miscall(&error, &words)
    }

    #[test]
    fn every_mistake_has_a_sentence_in_every_language() {
        for (call, english, french) in [
            (&["--nope"][..], "“--nope” is not known here.", "« --nope » n’est pas connu ici."),
            (
                &["repport"],
                "“repport” is not known here. Did you mean “report”?",
                "« repport » n’est pas connu ici. Vouliez-vous dire « report » ?",
            ),
            (
                &["plan", "--first", "0"],
                "“0” cannot be given for --first <N>. What can be: 1…1000.",
                "« 0 » ne convient pas à --first <N>. Ce qui convient : 1…1000.",
            ),
            (
                &["report", "--since", "last"],
                "“last” cannot be given for --since <RUN>. What can be: 1…999999.",
                "« last » ne convient pas à --since <RUN>. Ce qui convient : 1…999999.",
            ),
            (
                &["runs", "diff", "1", "99999999999999999999"],
                "“99999999999999999999” cannot be given for [RUN]. What can be: 1…999999.",
                "« 99999999999999999999 » ne convient pas à [RUN]. Ce qui convient : 1…999999.",
            ),
            (&["plan", "--first"], "--first <N> needs a value.", "--first <N> attend une valeur."),
            (&["why"], "<NAME> is missing.", "<NAME> manque."),
            (
                &["--quiet", "--quiet", "runs"],
                "--quiet can be typed only once.",
                "--quiet ne peut être donné qu’une fois.",
            ),
            (&["check"], "A command has to follow.", "Une commande doit suivre."),
        ] {
            for (language, expected) in [(Language::En, english), (Language::Fr, french)] {
                let what = said(language, call).what.replace(['\u{2068}', '\u{2069}'], "");
                let what = what.replace(['\u{a0}', '\u{202f}'], " ");
                assert!(what.starts_with(expected), "{call:?}: {what}");
            }
        }
    }

    #[test]
    fn a_call_is_shown_with_what_can_be_typed() {
        let usage = said(Language::Fr, &["why"]).usage;
        assert!(usage.starts_with("Usage: transhume why"), "{usage}");
    }

    #[test]
    fn what_was_typed_is_escaped() {
        let what = said(Language::En, &["\u{1b}]0;x\u{7}"]).what;
        assert!(!what.contains('\u{1b}') && !what.contains('\u{7}'), "{what:?}");
    }
}
