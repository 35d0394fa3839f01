//! `--plain`: everything as lines that can be read aloud; and screens of eighty
//! columns, whatever people are called.

use std::fs;
use std::path::Path;

use unicode_width::UnicodeWidthStr;

use crate::hostile_names::Life;
use crate::support::Place;

/// Whether a character draws: boxes, blocks, shapes, Braille.
fn draws(c: char) -> bool {
    matches!(c, '\u{2500}'..='\u{25ff}' | '\u{2800}'..='\u{28ff}')
}

/// An invented life.
fn demo() -> Place {
    let place = Place::new();
    let demo = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/demo");
    place.file("ws/transhume.toml", "[reach]\nmatrix = \"@ada:example.org\"\n");
    place.run(["migrate".as_ref(), demo.as_os_str()]).ends_with(0);
    place
}

const CALLS: [&[&str]; 8] = [
    &["report"],
    &["report", "--share"],
    &["status"],
    &["plan"],
    &["contacts"],
    &["runs", "diff", "1"],
    &["review"],
    &["invite", "list"],
];

#[test]
fn nothing_is_drawn_and_each_thing_is_a_line() {
    let place = demo();
    for (language, calls) in [("en", &CALLS[..]), ("fr", &CALLS[..1])] {
        for call in calls {
            let spoken = ["--lang", language];
            let arguments = call.iter().chain(&spoken);
            let plain = place.run(arguments.clone().chain(&["--plain"])).ends_with(0).all();
            assert!(!plain.contains(draws), "{call:?}: {plain}");
            // What is in columns elsewhere has its words beside it.
            assert!(plain.lines().all(|line| !line.trim().contains("   ")), "{call:?}: {plain}");
            // Nothing is left out for it.
            let drawn = place.run(arguments).ends_with(0).all();
            let plain: String = plain.split_whitespace().collect::<Vec<_>>().join(" ");
            // What is cut to a column is whole here.
            let bare = |word: &str| word.ends_with('…') || word.chars().all(draws);
            for word in drawn.split_whitespace().filter(|word| !bare(word)) {
                let head = ["Group", "Groupe", "Name", "Nom"].contains(&word);
                assert!(head || plain.contains(word), "{call:?}: {word:?} is lost in {plain}");
            }
        }
    }
    let drawn = place.run(["report"]).ends_with(0).stdout;
    assert!(drawn.contains(draws), "else it is nothing to leave out: {drawn}");
    let contacts = place.run(["contacts", "--plain"]).ends_with(0).stdout;
    let people = place.run(["contacts", "--json"]).ends_with(0).json().len();
    assert_eq!(contacts.lines().count(), people, "{contacts}");
}

#[test]
fn a_progress_bar_is_not_drawn_either() {
    let place = Place::new();
    let demo = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/demo");
    let told = place.run(["migrate".as_ref(), "--plain".as_ref(), demo.as_os_str()]).ends_with(0);
    assert!(!told.all().contains(draws), "{}", told.all());
}

#[test]
fn d18_every_screen_fits_eighty_columns_whatever_people_are_called() {
    let long = "Maximiliana ".repeat(30);
    let names = [
        "\u{1f469}\u{200d}\u{1f469}\u{200d}\u{1f467}\u{200d}\u{1f466}\u{1f1eb}\u{1f1f7} Famille \u{2764}\u{fe0f}",
        "山田太郎山田太郎山田太郎山田太郎山田太郎山田太郎山田太郎山田太郎",
        "שרה לוי בת של דוד ומרים מירושלים הבירה הישנה והחדשה",
        "محمد بن عبد الله بن عبد المطلب بن هاشم بن عبد مناف",
        "a\u{300}\u{301}\u{302}\u{303}\u{304}\u{305}\u{306}\u{307}\u{308}\u{309}",
        "\u{202e}evil",
        "\u{200b}\u{200b}",
        &long,
    ];
    for title in ["Club", "שבת שלום חברים טובים מאוד מכל העולם"] {
        let life = Life::of(&names, title);
        life.migrate(&[]);
        for language in ["en", "fr"] {
            for call in CALLS.iter().filter(|call| !call.contains(&"diff")) {
                let told = life.place.run(call.iter().chain(&["--lang", language])).ends_with(0).stdout;
                for line in told.lines() {
                    assert!(line.width() <= 80, "{call:?}: {} columns: {line}", line.width());
                    // What runs from right to left does so within marks, on one line.
                    assert_eq!(
                        line.matches('\u{2068}').count(),
                        line.matches('\u{2069}').count(),
                        "{line:?}"
                    );
                }
            }
        }
        let _ = fs::remove_dir_all(life.place.path().join("ws"));
    }
}

#[test]
fn the_report_tells_all_and_what_to_type() {
    let place = demo();
    let said = |call: &[&str]| {
        let told = place.run(call.iter().copied()).ends_with(0).stdout;
        told.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    let english = said(&["report"]);
    for part in [
        "reachable without WhatsApp",
        "█",
        "likely",
        "Whom to invite first",
        "1.",
        "10.",
        "What still holds you",
        "Groups",
        "doubtful match",
        "Next:",
        "transhume ",
    ] {
        assert!(english.contains(part), "{part}: {english}");
    }
    assert!(!english.contains(" 11. "), "ten are enough: {english}");
    let french = said(&["report", "--lang", "fr"]);
    assert!(french.contains("transhume ") && french.contains("joignables sans WhatsApp"), "{french}");
    // In a few lines the same number, and the same command.
    let status = said(&["status"]);
    let headline = |text: &str| text.split(" WhatsApp").next().unwrap().to_owned();
    assert_eq!(headline(&status), headline(&english));
    let next = |text: &str| text.rsplit("Next:").next().unwrap().to_owned();
    assert_eq!(next(&status), next(&english));
    // Nobody else is told what to type.
    assert!(!said(&["report", "--share"]).contains("Next:"));
}
