//! What the Markdown says, and that no name changes what it is made of.

use super::super::sample::{self, HOSTILE};
use super::super::view::ProblemView;
use super::*;
use crate::model::{Code, Problem};
use crate::words::Language;

fn told(name: &str, language: Language) -> String {
    let words = Words::new(language);
    let mut people = sample::people();
    people[0] = sample::person(1, Some(name), &[sample::signal(1, "2021-01-24")]);
    people[1] = sample::person(2, Some(name), &[sample::signal(2, "2021-01-24")]);
    let report = sample::report(&people, &[name, "Chorale"], &words);
    page(&report, &people, None, &words)
}

/// The text without what is escaped: what is left is markup, or means nothing.
fn skeleton(text: &str) -> String {
    let mut out = String::new();
    let mut characters = text.chars();
    while let Some(c) = characters.next() {
        match c {
            '\\' => drop(characters.next()),
            '#' | '|' | '\n' | '*' | '[' | ']' | '<' | '>' | '`' => out.push(c),
            _ => {}
        }
    }
    out
}

#[test]
fn it_says_what_the_terminal_says() {
    let text = told("Ada", Language::En);
    for part in [
        "# 2 of 5 reachable without WhatsApp; 2 on 2020-12-20\n",
        "| Channels | reachable | likely |\n| --- | ---: | ---: |\n| Matrix | 0 | 1 |\n| Signal | 2 | 0 |\n",
        "## Since 2020-12-20\n\n- 1 person can be reached now: Ada (Signal)\n",
        "| Ada | at least 8 | 2 | 0 | 2 | 0 |\n",
        "- error: contacts\\.csv\\:1234: ",
        "- Nothing has left this computer.\n",
    ] {
        assert!(text.contains(part), "{part}: {text}");
    }
    assert!(told("Ada", Language::Fr).contains("# 2 sur 5 joignables sans WhatsApp"));
}

#[test]
fn a_name_from_right_to_left_is_quoted_without_signs() {
    let words = Words::new(Language::En);
    let problem = Problem::new(Code::HiddenMarks).in_file("a.vcf").quoting("שרה");
    let mut report = sample::report(&sample::people(), &[], &words);
    report.problems = vec![ProblemView::new(&words, &problem)];
    let text = page(&report, &sample::people(), None, &words);
    assert!(text.contains("“שרה”") && !text.contains("U\\+206"), "{text}");
}

#[test]
fn d12_no_name_changes_what_it_is_made_of() {
    let honest = skeleton(&told("Ada", Language::En));
    for name in
        HOSTILE.into_iter().chain(["[x](http://evil)", "# x", "a|b", "*b* _c_", "![x](//evil)", "- @all"])
    {
        let text = told(name, Language::En);
        assert_eq!(skeleton(&text), honest, "{name:?}: {text}");
        assert!(!text.contains('@'), "{text}");
    }
    for nothing in ["", " ", "\u{200b}"] {
        assert!(told(nothing, Language::En).contains("\\(no name\\)"), "{nothing:?}");
    }
}
