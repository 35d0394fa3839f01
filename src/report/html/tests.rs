//! The page says what it should, and whatever people are called stays text.

use super::super::sample::{self, HOSTILE};
use super::*;
use crate::model::{Code, Foreign, Problem};
use crate::report::view::ProblemView;
use crate::words::Language;

/// The page about people of whom one bears that name, as do a group, a file
/// and a quotation.
fn about(name: &str, language: Language) -> String {
    let words = Words::new(language);
    let mut people = sample::people();
    people[0] = sample::person(1, Some(name), &[sample::signal(1, "2021-01-24")]);
    people.push(sample::person(9, Some(name), &[sample::signal(9, "2019-08-01")]));
    people.push(sample::scoped(sample::person(10, Some(name), &[]), crate::model::Scope::GroupOnly));
    let mut report = sample::report(&people, &[name, "Famille"], &words);
    let problem = Problem::new(Code::HiddenMarks).in_file(name).at(3).quoting(name);
    report.problems.push(ProblemView::new(&words, &problem));
    report.changes.lost.push(super::super::changes::Person {
        id: "x".to_owned(),
        name: Some(Foreign::from(name)),
        channel: None,
    });
    page(&report, &people, &words).unwrap()
}

/// The tags of a page, each without its brackets; quotes are minded.
fn tags(page: &str) -> Vec<&str> {
    let mut tags = Vec::new();
    let mut rest = page;
    while let Some(start) = rest.find('<') {
        rest = &rest[start + 1..];
        let mut quote = None;
        let end = rest.find(|c: char| {
            match (quote, c) {
                (None, '"' | '\'') => quote = Some(c),
                (Some(open), _) if open == c => quote = None,
                _ => {}
            }
            quote.is_none() && c == '>'
        });
        let end = end.expect("every tag ends");
        tags.push(&rest[..end]);
        rest = &rest[end..];
    }
    tags
}

/// What a browser would show of it as text.
fn text(page: &str) -> String {
    let body = &page[page.find("<body>").unwrap()..];
    let mut text = String::new();
    for piece in body.split('<').skip(1) {
        text.push_str(piece.split_once('>').map_or("", |(_, text)| text));
    }
    [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#x27;", "'"), ("&#x2f;", "/"), ("&amp;", "&")]
        .iter()
        .fold(text, |text, (entity, c)| text.replace(entity, c))
}

#[test]
fn d04_d05_d06_d07_names_add_no_tag_and_change_none() {
    for language in Language::ALL {
        let harmless = about("Ada", language);
        let expected = tags(&harmless);
        for name in HOSTILE {
            let page = about(name, language);
            assert_eq!(tags(&page), expected, "{name:?}");
            let shown = escape_of(name);
            // Three people, those who changed, a group, a file and a quotation.
            assert!(text(&page).matches(&shown).count() >= 7, "{name:?} as {shown:?}");
        }
    }
}

fn escape_of(name: &str) -> String {
    crate::words::escape::template(&Foreign::from(name)).to_string()
}

#[test]
fn d01_d02_controls_and_overrides_are_made_visible() {
    for name in HOSTILE {
        let page = about(name, Language::En);
        let acts = |c: char| c.is_control() && c != '\n' || matches!(c, '\u{202a}'..='\u{202e}');
        assert!(!page.contains(acts), "{name:?}");
    }
}

#[test]
fn d08_the_page_asks_nothing_of_the_network() {
    for name in ["Ada", "<img src=http://evil.example/x>", "} @import url(http://evil.example);"] {
        let page = about(name, Language::En);
        let policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:";
        assert!(page.contains(&format!("content=\"{policy}\"")));
        for tag in tags(&page) {
            for bad in ["script", "img", "link", "iframe", "object", "embed", "base", "form"] {
                assert!(!tag.starts_with(bad), "{tag}");
            }
            assert!(!tag.contains("src=") && !tag.contains(" on"), "{tag}");
            assert!(!tag.contains("href=") || tag.contains("href=\"#"), "{tag}");
        }
        let style = &page[page.find("<style>").unwrap()..page.find("</style>").unwrap()];
        assert!(!style.contains("url(") && !style.contains("@import"));
    }
}

#[test]
fn the_mark_stands_at_the_beginning() {
    let page = about("Ada", Language::Fr);
    let mark = "<meta name=\"generator\" content=\"transhume\">";
    assert!(page.find(mark).is_some_and(|at| at + mark.len() < 400));
    assert!(page.starts_with("<!doctype html>\n<html lang=\"fr\">"));
}

#[test]
fn the_page_tells_what_the_terminal_tells() {
    let words = Words::new(Language::En);
    let people = sample::people();
    let report = sample::report(&people, &["La tribu Marchand"], &words);
    let page = page(&report, &people, &words).unwrap();
    assert!(page.contains("<title>2 of 5 reachable without WhatsApp; 2 on 2020-12-20</title>"), "{page}");
    let text = text(&page);
    for said in [
        "of 5 reachable without WhatsApp",
        "2 on 2020-12-20",
        "Since 2020-12-20",
        "1 person can be reached now",
        "La tribu Marchand",
        "at least 8",
        "Signal reachable",
        "Matrix likely",
        "Not counted: 1 person who stands only in an address book.",
        "Left out, because you excluded or blocked them: 1 person.",
        "contacts.csv:1234",
        "12 entries read",
        "Nothing has left this computer.",
    ] {
        assert!(text.contains(said), "{said:?} is missing");
    }
    assert!(!text.contains("Never"), "the excluded are not named");
    let months = report.history.len();
    assert_eq!(page.matches("<rect ").count(), months);
    assert!(months > 1);
}

#[test]
fn the_page_is_whole_with_nobody_in_it() {
    for language in Language::ALL {
        let words = Words::new(language);
        let mut report = sample::report(&[], &[], &words);
        report.previous = None;
        let page = page(&report, &[], &words).unwrap();
        assert!(page.ends_with("</html>\n") || page.ends_with("</html>"));
        assert!(!page.contains("<svg"));
    }
}

#[test]
fn d18_a_long_name_is_whole_and_an_empty_one_has_words() {
    let long = "a".repeat(10_000);
    assert!(about(&long, Language::En).contains(&long));
    assert!(about("\u{200b}", Language::En).contains("(no name)"));
}
