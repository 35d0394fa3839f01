//! The page says what it should, and whatever people are called stays text.

use super::super::sample::{self, HOSTILE};
use super::*;
use crate::model::{Channel, Code, Foreign, Problem};
use crate::plan::{self, Asked, Question};
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
    rendered(&report, &people, &[name, "Famille"], &words)
}

/// The page about a report, with groups of these titles and all pictures.
fn rendered(report: &Report, people: &[Checked], titles: &[&str], words: &Words) -> String {
    let groups = sample::groups(people, titles);
    let plan = plan::plan(&Question {
        people,
        groups: &groups,
        has_whatsapp: true,
        asked: &Asked::default(),
        to: Channel::Signal,
        share: plan::MOST,
        now: report.run.at,
    });
    let trend: Vec<Previous> = report.previous.iter().cycle().take(3).cloned().collect();
    let contents =
        Contents { report, people, groups: &groups, plan: &plan, trend: &trend, now: report.run.at };
    page(&contents, words).unwrap()
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
        // Rows may stand in another order, for people and groups are sorted by name.
        let sorted = |page: &str| {
            let mut tags = tags(page);
            tags.sort_unstable();
            tags.into_iter().map(str::to_owned).collect::<Vec<_>>()
        };
        let expected = sorted(&harmless);
        for name in HOSTILE {
            let page = about(name, language);
            assert_eq!(sorted(&page), expected, "{name:?}");
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
    assert!(page.starts_with("<!doctype html>\n<html lang=\"fr\" dir=\"ltr\">"));
}

#[test]
fn the_page_tells_what_the_terminal_tells() {
    let words = Words::new(Language::En);
    let people = sample::people();
    let report = sample::report(&people, &["La tribu Marchand"], &words);
    let page = rendered(&report, &people, &["La tribu Marchand", "Voisins"], &words);
    assert!(
        page.contains("<title>2 of 5 reachable without WhatsApp; 2 on 20 December 2020</title>"),
        "{page}"
    );
    let text = text(&page);
    for said in [
        "of 5 reachable without WhatsApp",
        "2 on 20 December 2020",
        "Since 20 December 2020",
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
    assert_eq!(page.matches("class=\"month\"").count(), months);
    assert!(months > 1);
}

#[test]
fn the_page_is_whole_with_nobody_in_it() {
    for language in Language::ALL {
        let words = Words::new(language);
        let mut report = sample::report(&[], &[], &words);
        report.previous = None;
        let page = rendered(&report, &[], &[], &words);
        assert!(page.ends_with("</html>\n") || page.ends_with("</html>"));
        assert!(!page.contains("role=\"img\""), "there is nothing to draw");
    }
}

#[test]
fn d18_a_long_name_is_whole_and_an_empty_one_has_words() {
    let long = "a".repeat(10_000);
    assert!(about(&long, Language::En).contains(&long));
    assert!(about("\u{200b}", Language::En).contains("(no name)"));
}

#[test]
fn every_picture_is_told_and_has_a_table_behind_it() {
    let words = Words::new(Language::En);
    let people = sample::people();
    let titles = ["La tribu Marchand", "Voisins"];
    let report = sample::report(&people, &titles, &words);
    let page = rendered(&report, &people, &titles, &words);
    let pictures = page.matches("role=\"img\"").count();
    for id in ["history", "overlap", "trend", "covered", "ties"] {
        let told = format!("aria-labelledby=\"{id}\" aria-describedby=\"{id}-note\"");
        let (_, behind) = page.split_once(&told).unwrap_or_else(|| panic!("no picture of {id}"));
        assert_eq!(page.matches(&format!(" id=\"{id}\"")).count(), 1);
        assert_eq!(page.matches(&format!(" id=\"{id}-note\"")).count(), 1);
        let section = &behind[..behind.find("</section>").unwrap()];
        assert!(section.contains("<details>") && section.contains("<table"), "{id}");
    }
    // The flock has its legend.
    assert_eq!(pictures, 6);
}

#[test]
fn long_lists_end_with_how_many_more_there_are_and_where() {
    let words = Words::new(Language::En);
    let people: Vec<Checked> = (0..250).map(|n| sample::person(n, Some(&format!("Ada {n}")), &[])).collect();
    let report = sample::report(&people, &["Famille"], &words);
    let page = rendered(&report, &people, &["Famille"], &words);
    assert!(text(&page).contains("And 50 more, to be found with transhume contacts"), "{}", text(&page));
}
