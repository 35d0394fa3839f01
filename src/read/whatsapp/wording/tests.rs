//! Goes through every wording of every language and tries it.

use std::collections::BTreeMap;

use proptest::prelude::*;
use unicode_normalization::UnicodeNormalization;

use super::file::{File, Topic, files};
use super::template::Template;
use super::*;

const ADA: &str = "Ada Quill";
const BO: &str = "Bo Marsh";
const OLD: &str = "+44 7700 900111";
const NEW: &str = "+44 7700 900222";

pub(super) fn known(name: &str) -> bool {
    [ADA, BO].contains(&spaced(name).as_str())
}

pub(super) fn fill(wording: &str) -> String {
    let wording = wording.replace("{A}", ADA).replace("{B}", BO).replace("{G}", "Hill walk");
    wording.replace("{N}", OLD).replace("{M}", NEW)
}

/// Other ways to write the same.
fn variants(text: &str) -> Vec<String> {
    // German closes with what others open with.
    let outward = if text.contains('„') { '”' } else { '“' };
    let straight: String = text.chars().map(|c| if is_quote(c) { '"' } else { c }).collect();
    vec![
        text.to_owned(),
        format!("\u{200e}{text}"),
        straight.replace('’', "'"),
        text.replace([outward, '„', '「'], "«\u{a0}")
            .replace(['“', '”', '」'], "\u{202f}»")
            .replace('\'', "’"),
        text.replace(' ', "\u{a0}"),
        text.nfd().collect(),
    ]
}

pub(super) fn topic(notice: &Notice) -> Topic {
    match notice {
        Notice::Created { .. } => Topic::Created,
        Notice::Added { .. } => Topic::Added,
        Notice::AddedMe { .. } => Topic::AddedMe,
        Notice::Left { .. } => Topic::Left,
        Notice::Removed { .. } => Topic::Removed,
        Notice::Joined { .. } => Topic::Joined,
        Notice::Subject { .. } => Topic::Subject,
        Notice::NumberChange { .. } => Topic::NumberChange,
        Notice::SecurityCode { .. } => Topic::SecurityCode,
        Notice::Encrypted { in_group: false } => Topic::Encrypted,
        Notice::Encrypted { in_group: true } => Topic::EncryptedGroup,
        Notice::Timer { on: true } => Topic::TimerOn,
        Notice::Timer { on: false } => Topic::TimerOff,
        Notice::Privacy { on: true } => Topic::PrivacyOn,
        Notice::Privacy { on: false } => Topic::PrivacyOff,
        Notice::Business => Topic::Business,
        Notice::Call => Topic::Call,
        Notice::Other => Topic::Other,
    }
}

/// Each wording of a notice with its language, topic and text.
fn wordings() -> Vec<(&'static str, Topic, String)> {
    let of = |(code, file): (&'static str, File)| {
        let mut all = Vec::new();
        for (topic, _, sources) in file.notices() {
            all.extend(sources.iter().map(|source| (code, topic, source.clone())));
        }
        all
    };
    files().into_iter().flat_map(of).collect()
}

/// The text without the differences that folding takes away.
pub(super) fn spaced(name: &str) -> String {
    name.replace('\u{a0}', " ")
}

#[test]
fn every_notice_is_recognised_in_its_language_and_without_a_hint() {
    for (code, expected, source) in wordings() {
        for text in variants(&fill(&source)) {
            let hinted = notice(&text, Some(code), &known);
            let found = hinted.as_ref().map(|(notice, language)| (topic(notice), *language));
            assert_eq!(found, Some((expected, code)), "{code}: {text}");
            let free = notice(&text, None, &known).map(|(notice, _)| topic(&notice));
            assert_eq!(free, Some(expected), "{code}: {text}");
        }
    }
}

#[test]
fn every_notice_gives_its_names_back() {
    for (code, _, source) in wordings() {
        for text in variants(&fill(&source)) {
            let Some((found, _)) = notice(&text, Some(code), &known) else { continue };
            let ada = source.contains("{A}").then_some(ADA);
            let mut names = Vec::new();
            match found {
                Notice::Created { by, title } | Notice::Subject { by, title, .. } => {
                    assert_eq!(title.is_some(), source.contains("{G}"), "{code}: {text}");
                    assert!(title.is_none_or(|title| spaced(&title) == "Hill walk"), "{code}: {text}");
                    names.extend(by);
                }
                Notice::Added { by, people } => {
                    let added: Vec<_> = people.names.iter().map(|name| spaced(name)).collect();
                    assert_eq!((added, people.others), (vec![BO.to_owned()], 0), "{code}: {text}");
                    names.extend(by);
                }
                Notice::Removed { by, people } => {
                    let removed: Vec<_> = people.names.iter().map(|name| spaced(name)).collect();
                    let is_me = !source.contains("{B}");
                    let expected = if is_me { vec![] } else { vec![BO.to_owned()] };
                    assert_eq!((removed, people.me), (expected, is_me), "{code}: {text}");
                    names.extend(by);
                }
                Notice::AddedMe { by: who }
                | Notice::Left { who }
                | Notice::Joined { who }
                | Notice::SecurityCode { who } => names.extend(who),
                Notice::NumberChange { who, from, to } => {
                    assert_eq!(to.is_some(), source.contains("{M}"), "{code}: {text}");
                    assert!(to.is_none_or(|to| spaced(&to) == NEW), "{code}: {text}");
                    assert!(from.is_none_or(|from| spaced(&from) == OLD), "{code}: {text}");
                    names.extend(who);
                }
                _ => continue,
            }
            let names: Vec<_> = names.iter().map(|name| spaced(name)).collect();
            assert_eq!(names, Vec::from_iter(ada), "{code}: {text}");
        }
    }
}

#[test]
fn no_wording_stands_for_two_things() {
    let mut seen = BTreeMap::new();
    for (code, topic, source) in wordings() {
        let literals = Template::parse(&source, false).map(|t| t.literals()).unwrap_or_default();
        let (first, other) = seen.entry(literals).or_insert((topic, code));
        assert_eq!(*first, topic, "“{source}” of {code} is also a wording of {other}");
    }
}

#[test]
fn numbers_change_in_every_language() {
    for (code, file) in files() {
        for source in file.number_change.iter().filter(|source| source.contains("{M}")) {
            let text = fill(&source.replace("{A}", if source.contains("{N}") { ADA } else { "{N}" }));
            let who = source.contains("{N}").then(|| ADA.to_owned());
            let expected = Notice::NumberChange { who, from: Some(OLD.into()), to: Some(NEW.into()) };
            assert_eq!(notice(&text, None, &|_| false).map(|(n, _)| n), Some(expected), "{code}: {text}");
        }
    }
}

#[test]
fn every_body_is_recognised() {
    for (code, file) in files() {
        let kinds = [
            (Placeholder::Media, &file.omitted),
            (Placeholder::Media, &file.omitted_android),
            (Placeholder::Contact, &file.omitted_contact),
            (Placeholder::Deleted, &file.deleted),
        ];
        for (kind, sources) in kinds {
            for text in sources.iter().flat_map(|source| variants(&fill(source))) {
                let found = placeholder(&text);
                assert_eq!(found.map(|(kind, _)| kind), Some(kind), "{code}: {text}");
                let language = found.and_then(|(_, language)| language);
                assert!(language.is_none_or(|language| language == code), "{code}: {text}");
            }
        }
        for word in &file.omitted {
            let document = format!("Report.pdf • \u{200e}2 pages \u{200e}{word}");
            assert_eq!(placeholder(&document).map(|f| f.0), Some(Placeholder::Media), "{document}");
        }
        for word in &file.location {
            let link = if word.ends_with(':') { " https://maps.google.com/?q=51.5,-0.12" } else { "" };
            let found = placeholder(&format!("{word}{link}")).map(|(kind, _)| kind);
            assert_eq!(found, Some(Placeholder::Location), "{code}: {word}");
        }
        for word in &file.poll {
            let found = placeholder(&format!("\u{200e}{word}\nWhen?")).map(|(kind, _)| kind);
            assert_eq!(found, Some(Placeholder::Poll), "{code}: {word}");
        }
        for call in file.calls.iter().filter(|call| !call.contains('{')) {
            let found = placeholder(&format!("\u{200e}{call} 3 min")).map(|(kind, _)| kind);
            let expected = call.ends_with(',').then_some(Placeholder::Call);
            assert!(found == expected || placeholder(call).is_some(), "{code}: {call}");
        }
    }
}

#[test]
fn every_attachment_is_recognised() {
    for (code, file) in files() {
        for words in &file.attached_android {
            let body = format!("Bo Marsh.vcf {words}");
            assert_eq!(attachment_name(&body), Some("Bo Marsh.vcf"), "{code}: {body}");
            assert_eq!(placeholder(&body).map(|f| f.0), Some(Placeholder::Contact), "{code}: {body}");
        }
        for word in &file.attached_ios {
            let body = format!("\u{200e}<{word}: 00000042-Bo Marsh.vcf>");
            assert_eq!(attachment_name(&body), Some("00000042-Bo Marsh.vcf"), "{code}: {body}");
        }
        for tag in &file.edited {
            assert_eq!(without_edited_tag(&format!("hi{tag}")), "hi", "{code}: {tag}");
        }
    }
}

#[test]
fn the_end_to_end_notice_tells_the_language() {
    for (code, file) in files() {
        assert!(!file.encrypted.is_empty(), "{code}");
        let all = file.encrypted.iter().chain(&file.encrypted_group);
        for text in all.flat_map(|source| variants(&format!("{source}. WhatsApp."))) {
            assert_eq!(encrypted_language(&text), Some(code), "{text}");
        }
    }
    assert_eq!(encrypted_language("hello"), None);
}

#[test]
fn every_language_is_of_one_kind() {
    for (code, file) in files() {
        assert!(!file.you.is_empty() && !file.omitted.is_empty() && !file.deleted.is_empty(), "{code}");
    }
    assert!(toml::from_str::<File>("titels = []").is_err());
}

#[test]
fn the_languages_of_most_people_tell_all_that_makes_members() {
    let of_most = [
        "en", "fr", "de", "es", "pt", "it", "nl", "ru", "pl", "tr", "id", "sv", "ar", "he", "fa", "ja", "ko",
        "zh",
    ];
    let files = files();
    for code in of_most {
        let (_, file) = files.iter().find(|(known, _)| *known == code).expect(code);
        for (key, list) in [
            ("titles", &file.titles),
            ("you", &file.you),
            ("and", &file.and),
            ("others", &file.others),
            ("created", &file.created),
            ("added", &file.added),
            ("added_me", &file.added_me),
            ("left", &file.left),
            ("removed", &file.removed),
            ("joined", &file.joined),
            ("subject", &file.subject),
            ("number_change", &file.number_change),
            ("security_code", &file.security_code),
            ("encrypted", &file.encrypted),
            ("timer_on", &file.timer_on),
            ("calls", &file.calls),
        ] {
            assert!(!list.is_empty(), "{code}: {key}");
        }
        assert!(file.number_change.iter().any(|wording| wording.contains("{M}")), "{code}");
    }
}

#[test]
fn no_month_is_another_ones_name() {
    let mut numbers = BTreeMap::new();
    for (code, file) in files() {
        assert!(!file.weekdays.is_empty(), "{code}");
        for (number, names) in (1..).zip(&file.months) {
            for name in names {
                let first = *numbers.entry(name.to_lowercase()).or_insert(number);
                assert_eq!(first, number, "{code}: {name}");
            }
        }
    }
}

#[test]
fn the_exporter_is_nobody() {
    let by = |text: &str, language| notice(text, Some(language), &known).map(|(notice, _)| notice);
    let created = Notice::Created { by: None, title: Some("Hill walk".into()) };
    assert_eq!(by("You created group “Hill walk”", "en"), Some(created.clone()));
    assert_eq!(by("Creaste el grupo “Hill walk”", "es"), Some(created));
    assert_eq!(by("You left", "en"), Some(Notice::Left { who: None }));
    assert_eq!(by("Bo Marsh added you", "en"), Some(Notice::AddedMe { by: Some(BO.into()) }));
    assert_eq!(by("Anda ditambahkan", "id"), Some(Notice::AddedMe { by: None }));
    let people = People { names: vec![ADA.into()], me: true, others: 0 };
    let added = Notice::Added { by: Some(BO.into()), people };
    assert_eq!(by("Bo Marsh added you and Ada Quill", "en"), Some(added));
    // Of somebody unknown, whose name no "and" can be a part of here.
    let people = People { names: vec!["Wes Oake".into()], me: true, others: 0 };
    let added = Notice::Added { by: Some(BO.into()), people };
    assert_eq!(by("Bo Marsh added you and Wes Oake", "en"), Some(added));
    let me = People { me: true, ..People::default() };
    assert_eq!(by("Bo Marsh removed you", "en"), Some(Notice::Removed { by: Some(BO.into()), people: me }));
}

#[test]
fn lists_are_read_in_the_notice_of_their_language() {
    for (text, language) in [
        ("Zoe hat Bo, Cy und Di hinzugefügt.", "de"),
        ("Zoe a ajouté Bo, Cy et Di", "fr"),
        ("Zoe añadió a Bo, Cy y Di", "es"),
        ("Zoe adicionou Bo, Cy e Di", "pt"),
        ("Zoe heeft Bo, Cy en Di toegevoegd", "nl"),
        ("Zoe添加了Bo、Cy、Di", "zh"),
    ] {
        let found = notice(text, Some(language), &|_| false).map(|(notice, _)| notice);
        let names = ["Bo", "Cy", "Di"].map(String::from).to_vec();
        let people = People { names, ..People::default() };
        assert_eq!(found, Some(Notice::Added { by: Some("Zoe".into()), people }), "{text}");
    }
}

#[test]
fn wording_classifies_and_does_not_decide() {
    // That this is a message is for the structure of its line to say.
    let text = "Bob added a new column to the sheet";
    let found = notice(text, Some("en"), &|_| false).map(|(notice, _)| topic(&notice));
    assert_eq!(found, Some(Topic::Added));
    // Talk of change is no change of number.
    assert_eq!(notice("Bob changed to the night shift", Some("en"), &|_| false), None);
    assert_eq!(notice("hello", None, &|_| false), None);
    assert_eq!(notice("", None, &|_| false), None);
}

#[test]
fn the_most_specific_wording_wins() {
    let of = |text: &str| notice(text, Some("en"), &|_| false).map(|(notice, _)| notice);
    assert_eq!(of("Ada left the group"), Some(Notice::Left { who: Some("Ada".into()) }));
    assert_eq!(of("Ada added this group to the community: Hills"), Some(Notice::Other));
    let joined = Notice::Joined { who: Some("~ Ada".into()) };
    assert_eq!(of("~ Ada joined using this group’s invite link"), Some(joined));
    let code = Notice::SecurityCode { who: Some("Ada".into()) };
    assert_eq!(of("\u{200e}Your security code with Ada changed. \u{200e}Tap to learn more."), Some(code));
}

#[test]
fn another_language_than_the_hinted_is_found_too() {
    let found = notice("Ada a créé le groupe «\u{a0}Hill walk\u{a0}»", Some("en"), &|_| false);
    let created = Notice::Created { by: Some("Ada".into()), title: Some("Hill walk".into()) };
    assert_eq!(found, Some((created, "fr")));
    assert_eq!(notice("Ada left", Some("xx"), &|_| false).map(|(_, code)| code), Some("en"));
}

#[test]
fn hostile_text_is_survived() {
    for text in
        ["{A}", "«»", "“", "a".repeat(1 << 20).as_str(), " added ".repeat(2000).as_str(), "\u{200e}\u{202c}"]
    {
        let _ = notice(text, None, &|_| false);
        let _ = placeholder(text);
        let _ = attachment_name(text);
        let _ = encrypted_language(text);
    }
    for body in [
        "<",
        ">",
        "<>",
        "()",
        " ()",
        "<:>",
        "<a: >",
        ". ()",
        "a. (ab)",
        "•",
        "\u{200e}•",
        "\u{200e}<\u{200e}>",
    ] {
        let _ = placeholder(body);
        let _ = attachment_name(body);
        let _ = without_edited_tag(body);
    }
}

proptest! {
    #[test]
    fn nothing_made_of_our_own_pieces_panics(
        pieces in prop::collection::vec(prop::sample::select(PIECES.to_vec()), 0..12),
        cut in 0..40usize,
    ) {
        let text = pieces.concat();
        let start = text.char_indices().nth(cut.min(text.chars().count() / 2)).map_or(0, |(at, _)| at);
        for text in [text.as_str(), &text[start..]] {
            let _ = notice(text, None, &|name| name.len() % 2 == 0);
            let _ = placeholder(text);
            let _ = attachment_name(text);
            let _ = without_edited_tag(text);
            let _ = encrypted_language(text);
            let _ = super::super::filename::chat_title(text);
        }
    }
}

const PIECES: [&str; 32] = [
    "Ada",
    " added ",
    " left",
    "You",
    " and ",
    ", ",
    "“",
    "«",
    "\u{a0}»",
    "」",
    ".",
    "。",
    "\u{200e}",
    "\u{202a}",
    "<",
    ">",
    "attached: ",
    "(",
    ")",
    " (file attached)",
    ".vcf",
    "00000042-",
    "•",
    "2 pages",
    "が",
    "を追加しました",
    " را اضافه کرد",
    "https://maps.google.com/?q=1",
    "İ",
    "e\u{301}",
    "WhatsApp Chat with ",
    ".txt",
];
