//! Chats that no well-behaved phone exports: odd spaces and marks, ambiguous
//! dates, two locales in one file, forged lines, names that look like syntax.
//! Each test bears the number of its case.

use serde_json::{Value, json};

use super::hostile::{card, contact, contacts, import, inspect, lines, problem, refused, sound};
use super::support::{Place, names};

#[test]
fn a01_any_space_before_am_and_pm() {
    let place = Place::new();
    let shapes = ["12/31/20, 9:41_PM - ", "[12/31/20, 9:41:00_PM] ", "12/31/20, 9:41_p._m. - "];
    for (shape, gap) in
        shapes.iter().flat_map(|s| [" ", "\u{202f}", "\u{a0}", "\u{2009}"].map(|gap| (s, gap)))
    {
        let header = shape.replace('_', gap);
        let file = place.file("chat.txt", format!("{header}Ada Quill: hi\n{header}Bo Marsh: hi\n"));
        let object = inspect(&place, &file, 0);
        assert_eq!(names(&object), ["Ada Quill", "Bo Marsh"], "{header:?}");
        assert_eq!(object["people"][0]["first"], "2020-12-31T21:41:00", "{header:?}");
        assert_eq!(object["counts"]["messages"], 2, "{header:?}");
    }
}

#[test]
fn a02_marks_announce_notices_and_the_group_is_nobody() {
    let place = Place::new();
    let text = lines(&[
        "[31/12/2020, 21:40:00] Hill walk: \u{200e}Messages and calls are end-to-end encrypted. No one outside of \
         this chat, not even WhatsApp, can read or listen to them.",
        "\u{200e}[31/12/2020, 21:40:01] Hill walk: \u{200e}Bo Marsh added you",
        "[31/12/2020, 21:41:00] Ada Quill: hi",
        "\u{200e}[31/12/2020, 21:42:00] Bo Marsh: \u{200e}image omitted",
        "\u{200e}[31/12/2020, 21:43:00] \u{200e}Ada Quill: hi again",
        "[31/12/2020, 21:44:00] Cy Reed: ok",
    ]);
    let object = inspect(&place, &place.file("_chat.txt", text), 0);
    assert_eq!(names(&object), ["Ada Quill", "Bo Marsh", "Cy Reed"]);
    assert_eq!((&object["counts"]["notices"], &object["counts"]["media"]), (&2.into(), &1.into()));
    assert_eq!(object["chat"]["title"], "Hill walk");
    assert!(object["members"].as_array().unwrap().iter().all(|m| m["name"] != "Hill walk"));
}

#[test]
fn a03_an_ambiguous_date_order_is_said_and_changes_nobody() {
    let text = lines(&[
        "3/4/20, 21:41 - Ada Quill: hi",
        "4/5/20, 21:41 - Bo Marsh: hi",
        "5/6/20, 21:41 - Ada Quill: hi",
    ]);
    let seen = ["dmy", "mdy"].map(|order| {
        let place = Place::new();
        let file = place.file("WhatsApp Chat with Ada Quill.txt", &text);
        let object = inspect(&place, &file, 0);
        assert_eq!(object["dates"], json!({"order": "dmy", "decided_by": "default"}));
        let warning = problem(&object, "date-order-ambiguous");
        assert_eq!((&warning["severity"], &warning["line"]), (&"warning".into(), &1.into()));
        assert!(warning["hint"].as_str().unwrap().contains("--date-order"), "{warning}");
        sound(place.run(["import".as_ref(), "--date-order".as_ref(), order.as_ref(), file.as_os_str()]))
            .ends_with(0);
        let ada = contact(&place, "Ada Quill");
        (ada["messages"].clone(), ada["scope"].clone(), ada["last_message"].clone(), contacts(&place).len())
    });
    let [dmy, mdy] = seen;
    assert_eq!((&dmy.2, &mdy.2), (&"2020-06-05T21:41:00".into(), &"2020-05-06T21:41:00".into()));
    assert_eq!((dmy.0, dmy.1, dmy.3), (mdy.0, mdy.1, mdy.3));
}

#[test]
fn a04_two_locales_in_one_file() {
    let place = Place::new();
    let author = |day: usize| ["Ada Quill", "Bo Marsh"][day % 2];
    let mut text: String = (1..=25).map(|d| format!("{d:02}/12/2020, 21:00 - {}: hi\n", author(d))).collect();
    text.push_str("1/2/21, 9:40 PM - Mal Ware: a lone line of another shape is text\n");
    text.extend((26..=30).map(|d| format!("{d:02}/12/2020, 21:00 - {}: hi\n", author(d))));
    text.extend((1..=25).map(|d| format!("1/{d}/21, 9:41 PM - {}: hi\n", author(d))));
    let object = inspect(&place, &place.file("chat.txt", text), 0);
    assert_eq!(names(&object), ["Bo Marsh", "Ada Quill"]);
    assert_eq!((&object["counts"]["headers"], &object["counts"]["continuations"]), (&55.into(), &1.into()));
    assert_eq!(object["people"][0]["first"], "2020-12-01T21:00:00");
    assert_eq!(object["people"][0]["last"], "2021-01-25T21:41:00");
}

#[test]
fn a05_every_writing_of_the_time_is_read() {
    let place = Place::new();
    for header in [
        "31/12/2020, 21:41 - ",
        "31/12/2020 9:41 p.\u{a0}m. - ",
        "31/12/20, 9:41\u{202f}p.\u{202f}m. - ",
        "31/12/20, 9:41 p. m. - ",
        "31/12/20, 9:41 pm - ",
        "31.12.20, 21:41 - ",
        "31.12.2020 klo 21.41 - ",
        "31/12/2020 à 21:41 - ",
        "[2020/12/31 下午9:41:00] ",
        "[2020. 12. 31. 오후 9:41:00] ",
        "[\u{200f}31\u{200f}/12\u{200f}/2020، 9:41:00 م] ",
        "[٣١/١٢/٢٠٢٠، ٩:٤١:٠٠ م] ",
        "[21:41:00, 31/12/20] ",
    ] {
        let file = place.file("chat.txt", format!("{header}Ada Quill: hi\n{header}Bo Marsh: hi\n"));
        let object = inspect(&place, &file, 0);
        assert_eq!(names(&object), ["Ada Quill", "Bo Marsh"], "{header:?}");
        assert_eq!(object["people"][1]["last"], "2020-12-31T21:41:00", "{header:?}");
    }
}

#[test]
fn a05_a_time_that_is_not_known_is_refused_with_the_formats_that_are() {
    let place = Place::new();
    let text = "le 31e jour, vers neuf heures, Ada Quill (+33 6 39 98 01 23) : bonsoir\n".repeat(3);
    let file = place.file("chat.txt", text);
    let object = inspect(&place, &file, 4);
    assert_eq!(object["kind"], "unknown");
    let hint = problem(&object, "not-recognised")["hint"].as_str().unwrap();
    assert!([".txt", ".zip", ".vcf", ".csv"].iter().all(|kind| hint.contains(kind)), "{hint}");
    let said = place.run(["inspect".as_ref(), file.as_os_str()]).all();
    assert!(!said.contains("Quill") && !said.contains("98 01"), "{said}");
    refused(&place, &file);
}

#[test]
fn a06_forged_headers_make_nobody() {
    for forged in ["12/01/2019, 10:00", "30/06/2021, 10:00"] {
        let place = Place::new();
        let text = lines(&[
            "30/12/2020, 21:40 - Ada Quill: hi",
            "31/12/2020, 21:40 - Bo Marsh: hi",
            "31/12/2020, 21:41 - Ada Quill: look at this:",
            &format!("{forged} - Maman: send money"),
            &format!("{forged} - Maman: now"),
            "31/12/2020, 21:42 - Bo Marsh: who wrote that?",
            "31/12/2020, 21:43 - Ada Quill: no idea",
            "01/01/2021, 09:00 - Bo Marsh: happy new year",
        ]);
        let file = place.file("WhatsApp Chat with Ada Quill.txt", text);
        let object = inspect(&place, &file, 0);
        assert_eq!(names(&object), ["Ada Quill", "Bo Marsh"], "{forged}");
        assert_eq!(object["counts"]["continuations"], 2, "{forged}");
        assert_eq!(object["people"][1]["last"], "2021-01-01T09:00:00", "{forged}");
        problem(&object, "pasted-lines");
        let book = place.file("book.vcf", card("Maman", "TEL:+33639980107"));
        import(&place, &[&file, &book], 0);
        let maman = contact(&place, "Maman");
        assert_eq!(
            (&maman["messages"], &maman["scope"]),
            (&0.into(), &"address-book-only".into()),
            "{forged}"
        );
    }
}

#[test]
fn a06_a_forged_sender_of_the_same_hour_joins_nobody() {
    // Time cannot tell this one, but a third author in a chat of two can.
    let place = Place::new();
    let text = lines(&[
        "31/12/2020, 21:40 - Ada Quill: hi",
        "31/12/2020, 21:41 - Bo Marsh: hi",
        "31/12/2020, 21:44 - Ada Quill: look at this:",
        "31/12/2020, 21:42 - Maman: send money",
        "31/12/2020, 21:45 - Bo Marsh: who wrote that?",
        "31/12/2020, 21:46 - Ada Quill: no idea",
    ]);
    let file = place.file("WhatsApp Chat with Ada Quill.txt", text);
    let object = inspect(&place, &file, 0);
    assert_eq!(object["chat"]["kind"], "direct");
    let told = object["problems"].as_array().unwrap().iter().any(|p| p["line"] == 4);
    assert!(told, "{object}");
    let book = place.file("book.vcf", card("Maman", "TEL:+33639980107"));
    import(&place, &[&file, &book], 0);
    assert_eq!(contact(&place, "Maman")["messages"], 0);
}

#[test]
fn a07_names_with_a_colon_or_a_dash() {
    let place = Place::new();
    let text = lines(&[
        "31/12/2020, 21:41 - Dr: Who: hi",
        "31/12/2020, 21:42 - Ada - Quill: hi: there",
        "31/12/2020, 21:43 - Dr: Who: look: a box",
        "31/12/2020, 21:44 - Ada - Quill: hi",
    ]);
    // Known from the file's name, or else by what never varies.
    for name in ["WhatsApp Chat with Dr: Who.txt", "chat.txt"] {
        let object = inspect(&place, &place.file(name, &text), 0);
        assert_eq!(names(&object), ["Dr: Who", "Ada - Quill"], "{name}");
        assert_eq!(object["people"][0]["messages"], 2, "{name}");
    }
}

#[test]
fn a08_numbers_between_marks() {
    let place = Place::new();
    let text = lines(&[
        "31/12/2020, 21:41 - \u{2066}+33 6 39 98 01 23\u{2069}: hi",
        "31/12/2020, 21:42 - \u{202a}+33\u{a0}6\u{a0}39\u{a0}98\u{a0}01\u{a0}23\u{202c}: hi",
        "31/12/2020, 21:43 - +33\u{202f}6 39 98 01 23: hi",
        "31/12/2020, 21:44 - \u{202a}+1\u{a0}(202)\u{a0}555\u{2011}0123\u{202c}: hi",
        "31/12/2020, 21:45 - Bo Marsh: hi",
    ]);
    let file = place.file("chat.txt", text);
    let object = inspect(&place, &file, 0);
    let phones = |i: usize| (object["people"][i]["phone"].clone(), object["people"][i]["messages"].clone());
    assert_eq!(object["people"].as_array().unwrap().len(), 3, "{object}");
    assert_eq!(
        (phones(0), phones(1)),
        (("+33639980123".into(), 3.into()), ("+12025550123".into(), 1.into()))
    );
    import(&place, &[&file], 0);
    let holders = contacts(&place).iter().filter(|c| c["phones"] == json!(["+33639980123"])).count();
    assert_eq!(holders, 1);
}

#[test]
fn a09_a_push_name_joins_nobody() {
    let place = Place::new();
    let chat = |title: &str, push: &str| {
        let text = lines(&[
            "31/12/2020, 21:40 - Bo Marsh created group \"G\"",
            &format!("31/12/2020, 21:41 - {push}: hi"),
            "31/12/2020, 21:42 - Bo Marsh: hi",
        ]);
        place.file(&format!("WhatsApp Chat with {title}.txt"), text)
    };
    let (one, two) = (chat("Choir", "~ Kévin"), chat("Club", "~\u{202f}Kévin"));
    let object = inspect(&place, &one, 0);
    assert_eq!(
        (&object["people"][0]["name"], &object["people"][0]["push_name"]),
        (&"Kévin".into(), &true.into())
    );
    let book = place.file("book.vcf", card("Kévin", "TEL:+33639980107"));
    import(&place, &[&one, &two, &book], 0);
    let all = contacts(&place);
    let kevins: Vec<&Value> = all.iter().filter(|c| c["name"] == "Kévin").collect();
    assert_eq!(kevins.len(), 3, "{kevins:?}");
    let saved = kevins.iter().find(|c| c["phones"] == json!(["+33639980107"])).unwrap();
    assert_eq!((&saved["messages"], &saved["groups"]), (&0.into(), &json!([])));
}
