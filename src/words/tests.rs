//! Both languages say everything, and say it properly.

use super::*;
use crate::model::{Code, Severity};
use crate::words::escape;
use unicode_width::UnicodeWidthStr;

const NARROW_SPACE: char = '\u{202f}';

fn in_both() -> [Words; 2] {
    Language::ALL.map(Words::new)
}

#[test]
fn words_can_be_shared_between_threads() {
    fn shared<T: Send + Sync>() {}
    shared::<Words>();
}

#[test]
fn locales_are_understood() {
    for french in ["fr", "FR", "fr_FR.UTF-8", "fr-CA", "fr.UTF-8", "fr@euro"] {
        assert_eq!(Language::from_locale(french), Language::Fr, "{french}");
    }
    for other in ["en", "en_GB.UTF-8", "C", "POSIX", "", "fry", "de_DE"] {
        assert_eq!(Language::from_locale(other), Language::En, "{other}");
    }
    assert_eq!(Language::from_id("fr"), Some(Language::Fr));
    assert_eq!(Language::from_id("de"), None);
}

#[test]
fn every_problem_has_a_sentence_and_a_hint_in_every_language() {
    for words in in_both() {
        for code in Code::ALL {
            for base in [Problem::new(*code), Problem::new(*code).quoting("Ada")] {
                for count in [None, Some(1), Some(2)] {
                    let told = Problem { count, ..base.clone() };
                    let (what, hint) = problem(&words, &told, escape::terminal);
                    for text in [&what, &hint] {
                        assert!(text.len() > 10 && text.ends_with(['.', 'a']), "{}: {text:?}", code.id());
                        assert!(!text.contains(['{', '}', '$', '\n', '\u{2068}', '"']), "{text:?}");
                        assert!(!text.contains("  "), "{text:?}");
                    }
                    assert!(!what.contains("problem-"), "{what:?}");
                }
            }
            let _: Severity = code.severity();
        }
    }
}

#[test]
fn counts_follow_the_plural_of_the_language() {
    let [english, french] = in_both();
    let say = |words: &Words, count| {
        problem(words, &Problem::new(Code::SkippedLines).counted(count), escape::terminal).0
    };
    assert_eq!(say(&english, 1), "1 line before the first message was skipped.");
    assert_eq!(say(&english, 12_345), "12,345 lines before the first message were skipped.");
    assert_eq!(say(&english, 0), "The lines before the first message were skipped.");
    assert_eq!(say(&french, 1), "1 ligne avant le premier message a été sautée.");
    assert_eq!(say(&french, 1_234), "1\u{202f}234 lignes avant le premier message ont été sautées.");
    let run = |words: &Words, count: usize| {
        let named = ["id", "at", "command"].map(|name| (name, name.into()));
        let counted = ["contacts", "reachable"].map(|name| (name, count.into()));
        words.say_with(key::RUNS_LINE, &[&named[..], &counted[..]].concat())
    };
    assert!(run(&english, 1).ends_with(" 1 contact, 1 reachable"));
    assert!(run(&english, 1_200).ends_with(" 1,200 contacts, 1,200 reachable"));
    assert!(run(&french, 1).ends_with(" 1 contact, 1 joignable"));
    assert!(run(&french, 2).ends_with(" 2 contacts, 2 joignables"));
}

#[test]
fn french_says_zero_and_one_in_the_singular() {
    let source = "x = { $n ->\n [one] un\n *[other] des\n }";
    let [english, french] = Language::ALL.map(|language| bundle(language, source));
    let say = |words: &Words, n: u64| words.text("x", None, &[("n", n.into())]).unwrap();
    assert_eq!([0, 1, 2].map(|n| say(&french, n)), ["un", "un", "des"]);
    assert_eq!([0, 1, 2].map(|n| say(&english, n)), ["des", "un", "des"]);
}

#[test]
fn numbers_are_written_as_the_language_does() {
    let say = |language, n: u64| bundle(language, "x = { $n }").text("x", None, &[("n", n.into())]).unwrap();
    for (n, english, french) in [
        (0, "0", "0"),
        (999, "999", "999"),
        (1_000, "1,000", "1\u{202f}000"),
        (1_234_567, "1,234,567", "1\u{202f}234\u{202f}567"),
    ] {
        assert_eq!(say(Language::En, n), english);
        assert_eq!(say(Language::Fr, n), french);
    }
    let source = r#"x = { NUMBER($n, useGrouping: "false") }"#;
    let year = bundle(Language::En, source).text("x", None, &[("n", 2026_u64.into())]);
    assert_eq!(year.as_deref(), Some("2026"));
}

#[test]
fn quotations_are_escaped_by_the_sink() {
    let words = Words::new(Language::En);
    let hostile = Problem::new(Code::HiddenMarks).quoting("\u{1b}[2J<b>{ $count }");
    let (on_terminal, _) = problem(&words, &hostile, escape::terminal);
    assert!(on_terminal.starts_with("“␛[2J<b>{ $count }” holds hidden"), "{on_terminal}");
    let (in_page, _) = problem(&words, &hostile, escape::html);
    assert!(in_page.starts_with("“␛[2J&lt;b&gt;{ $count }” holds hidden"), "{in_page}");
}

#[test]
fn what_is_missing_does_no_harm() {
    let words = Words::new(Language::Fr);
    assert_eq!(words.say(Key("no-such-key")), "no-such-key");
    assert_eq!(words.attr(key::GUIDE_TITLE, "no-such-attribute"), "");
    assert_eq!(words.attr(key::GUIDE_THEN, "command"), "transhume migrate ~/Downloads");
}

#[test]
fn french_is_set_like_french() {
    for source in sources(Language::Fr) {
        for line in source.lines().filter(|line| !line.starts_with('#')) {
            assert!(!line.contains('\''), "a straight apostrophe: {line}");
            let mut before = ' ';
            for (at, c) in line.char_indices() {
                let after = line[at + c.len_utf8()..].chars().next();
                let ends = after.is_none_or(char::is_whitespace);
                if matches!(c, '?' | '!' | '»') || matches!(c, ':' | ';') && ends {
                    assert_eq!(before, NARROW_SPACE, "before {c}: {line}");
                }
                assert!(c != '«' || after == Some(NARROW_SPACE), "after «: {line}");
                before = c;
            }
        }
    }
}

#[test]
fn the_guide_fits_the_terminal_and_says_everything() {
    for words in in_both() {
        let pages: Vec<String> =
            [None].into_iter().chain(Topic::ALL.map(Some)).map(|topic| guide(&words, topic)).collect();
        for page in &pages {
            for line in page.lines() {
                assert!(line.width() <= 80, "{line}");
                assert_eq!(line, line.trim_end());
            }
            assert!(page.ends_with("transhume migrate ~/Downloads\n"));
            assert!(!page.contains("\n\n\n"));
        }
        let squeezed =
            |text: &str| text.split([' ', '\n']).filter(|w| !w.is_empty()).collect::<Vec<_>>().join(" ");
        let all = squeezed(&pages.concat());
        for key in key::ALL.iter().filter(|key| key.id().starts_with("guide-")) {
            assert!(all.contains(&squeezed(&words.say(*key))), "{} is on no page", key.id());
            assert!(all.contains(&words.attr(*key, "command")), "the command of {}", key.id());
        }
    }
}

#[test]
fn topics_have_names() {
    for topic in Topic::ALL {
        assert_eq!(Topic::from_id(topic.id()), Some(topic));
    }
    assert_eq!(Topic::from_id("windows"), None);
}

/// The words of a language with one more file.
fn bundle(language: Language, source: &str) -> Words {
    let mut words = Words::new(language);
    words.bundle.add_resource_overriding(FluentResource::try_new(source.to_owned()).unwrap());
    words
}
