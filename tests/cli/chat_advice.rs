//! What a batch of chats tells as a whole: who the user is, how dates are meant;
//! and what limits exports, said in the report and in the guide.

use crate::hostile::{contacts, import, inspect, lines};
use crate::support::{Place, codes};

/// A group in which three write, of whom one is in every group.
fn group(place: &Place, title: &str, day: u8, others: [&str; 2]) -> std::path::PathBuf {
    let at = |minute: u8| format!("{day:02}/12/2020, 21:{minute}");
    let text = lines(&[
        &format!("{} - Nina Test: hi", at(40)),
        &format!("{} - {}: hi", at(41), others[0]),
        &format!("{} - {}: hi", at(42), others[1]),
    ]);
    place.file(&format!("WhatsApp Chat with {title}.txt"), text)
}

#[test]
fn who_wrote_in_every_group_of_a_batch_is_the_user() {
    let place = Place::new();
    let groups = [
        group(&place, "Choir", 13, ["Ada Quill", "Bo Marsh"]),
        group(&place, "Hill walk", 14, ["Cy Reed", "Di Finch"]),
        group(&place, "Family", 15, ["Bo Marsh", "Eve Stone"]),
    ];
    let names = |place: &Place| {
        let all = contacts(place);
        let mut names: Vec<String> =
            all.iter().map(|contact| contact["name"].as_str().unwrap().to_owned()).collect();
        names.sort();
        names
    };
    // Of two groups the user may as well be Bo's friend, or Nina's.
    import(&place, &[&groups[0], &groups[2]], 0);
    assert!(names(&place).contains(&"Nina Test".to_owned()));
    let report = place.run(["report", "--json"]).ends_with(0).object();
    assert!(codes(&report).contains(&"me-unknown"), "{report}");

    import(&place, &[&groups[1]], 0);
    assert_eq!(names(&place), ["Ada Quill", "Bo Marsh", "Cy Reed", "Di Finch", "Eve Stone"]);
    let report = place.run(["report", "--json"]).ends_with(0).object();
    assert!(!codes(&report).contains(&"me-unknown"), "{report}");
}

/// A text in small letters, whatever stands between its words.
fn folded(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

#[test]
fn what_limits_exports_is_said_in_the_report_and_in_the_guide() {
    let place = Place::new();
    let private = lines(&[
        "13/12/2020, 21:40 - Ada Quill turned on advanced chat privacy. No one can save media.",
        "13/12/2020, 21:41 - Vous avez activé les messages éphémères. Les nouveaux messages disparaîtront.",
        "13/12/2020, 21:42 - Ada Quill: hi",
        "13/12/2020, 21:43 - Bo Marsh: hi",
    ]);
    let private = place.file("WhatsApp Chat with Choir.txt", private);
    let mut long = String::new();
    for number in 0..39_999 {
        let (day, minute) = (1 + number / 1440, number % 1440);
        let author = ["Ada Quill", "Bo Marsh"][number % 2];
        long.push_str(&format!("{day:02}/12/2020, {:02}:{:02} - {author}: hi\n", minute / 60, minute % 60));
    }
    let long = place.file("WhatsApp Chat with Ada Quill.txt", long);
    import(&place, &[&private, &long], 0);
    let report = place.run(["report", "--json"]).ends_with(0).object();
    for code in ["no-export", "disappearing-messages", "chat-at-limit"] {
        assert!(codes(&report).contains(&code), "{code}: {report}");
    }
    for (language, in_report, in_guide) in [
        (
            "en",
            ["Advanced chat privacy", "disappear", "39,999 messages"],
            ["40,000 messages", "Advanced chat privacy", "messages disappear", "chats are still missing"],
        ),
        (
            "fr",
            ["Confidentialité avancée", "disparaissent", "39\u{202f}999 messages"],
            [
                "40\u{202f}000 messages",
                "Confidentialité avancée",
                "messages disparaissent",
                "discussions manquent",
            ],
        ),
    ] {
        place.run(["--lang", language, "report", "--html"]).ends_with(0);
        let page = std::fs::read_to_string(place.path().join("ws/out/report.html")).unwrap();
        for words in in_report {
            assert!(folded(&page).contains(&folded(words)), "{words} in {language}");
        }
        for topic in ["android", "iphone"] {
            let overview = place.run(["--lang", language, "guide"]).ends_with(0).stdout;
            let guide = overview + &*place.run(["--lang", language, "guide", topic]).ends_with(0).stdout;
            for words in in_guide {
                assert!(folded(&guide).contains(&folded(words)), "{words} in {topic}: {guide}");
            }
        }
    }
}

#[test]
fn what_decides_the_order_of_dates_is_named_and_may_be_another_chat_of_the_batch() {
    let encrypted = "Les messages et les appels sont chiffrés de bout en bout. Aucun tiers, pas même WhatsApp, ne peut les lire.";
    let place = Place::new();
    let pictures = lines(&[
        "3/4/2023, 21:40 - Ada Quill: IMG-20230304-WA0001.jpg (file attached)",
        "3/5/2023, 21:41 - Bo Marsh: hi",
    ]);
    let in_order = lines(&[
        "3/1/2023, 21:40 - Ada Quill: hi",
        "3/2/2023, 21:40 - Bo Marsh: hi",
        "4/1/2023, 21:41 - Ada Quill: hi",
    ]);
    let french = lines(&[&format!("3/4/2023, 21:40 - {encrypted}"), "3/4/2023, 21:41 - Ada Quill: hi"]);
    let nothing = lines(&["3/4/2023, 21:40 - Ada Quill: hi", "3/4/2023, 21:41 - Bo Marsh: hi"]);
    for (text, order, decided_by) in [
        (&pictures, "mdy", "file-names"),
        (&in_order, "mdy", "monotonic"),
        (&nothing.replace('/', "."), "dmy", "separators"),
        (&french, "dmy", "language"),
        (&nothing, "dmy", "default"),
    ] {
        let object = inspect(&place, &place.file("chat.txt", text), 0);
        assert_eq!(object["dates"], serde_json::json!({"order": order, "decided_by": decided_by}), "{text}");
    }
    let place = Place::new();
    place.file("batch/WhatsApp Chat with Ada Quill.txt", &nothing);
    place.file("batch/WhatsApp Chat with Bo Marsh.txt", nothing.replace("3/4/", "12/31/"));
    let outcome = place.run(["inspect", "--json", "batch"]).ends_with(0);
    let dates: Vec<_> = outcome.json().iter().map(|object| object["dates"].clone()).collect();
    let expected = |decided_by: &str| serde_json::json!({"order": "mdy", "decided_by": decided_by});
    assert_eq!(dates, [expected("siblings"), expected("day-above-12")]);
}
