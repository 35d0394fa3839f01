//! What the user decides by hand about who is who: it holds, also for what is
//! imported later, and it can be taken back.

use serde_json::Value;

use crate::support::Place;

/// A card of the tests.
pub fn card(name: &str, more: &str) -> String {
    let more: String = more.split(';').filter(|l| !l.is_empty()).map(|l| format!("{l}\r\n")).collect();
    format!("BEGIN:VCARD\r\nVERSION:3.0\r\nFN:{name}\r\n{more}END:VCARD\r\n")
}

/// The contacts, and of each the numbers, by name.
fn people(place: &Place) -> Vec<(String, Vec<String>)> {
    let contacts = place.run(["contacts", "--json"]).ends_with(0).json();
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let mut people: Vec<(String, Vec<String>)> = contacts
        .iter()
        .map(|c| (text(&c["name"]), c["phones"].as_array().into_iter().flatten().map(text).collect()))
        .collect();
    people.sort();
    people
}

fn contact(place: &Place, name: &str) -> Value {
    place.run(["contacts", "show", "--json", name]).ends_with(0).object()
}

#[test]
fn two_who_are_one_stay_one_whatever_comes_later() {
    let place = Place::new();
    let one = card("Ada Quill", "TEL:+33639980101");
    place.file("one.vcf", one.clone() + &*card("A. Quill", "TEL:+33639980102;EMAIL:ada@example.org"));
    place.run(["import", "one.vcf"]).ends_with(0);
    let older = contact(&place, "Ada Quill")["id"].clone();
    let outcome = place.run(["contacts", "merge", "Ada Quill", "A. Quill"]).ends_with(0);
    assert!(outcome.stderr.contains("Ada Quill and A. Quill are one person now."), "{}", outcome.stderr);
    let both = vec!["+33639980101".to_owned(), "+33639980102".to_owned()];
    assert_eq!(people(&place).iter().map(|p| p.1.clone()).collect::<Vec<_>>(), std::slice::from_ref(&both));
    let id = contact(&place, "Ada Quill")["id"].clone();
    assert!(id == older || contact(&place, older.as_str().unwrap())["id"] == id, "one of the two ids stays");

    // The book changes: another number for one of them, and somebody new.
    place.file(
        "one.vcf",
        one + &*card("A. Quill", "TEL:+33639980103;EMAIL:ada@example.org") + &*card("Bo", "TEL:+33639980104"),
    );
    place.run(["import", "one.vcf"]).ends_with(0);
    let now = people(&place);
    assert_eq!(now.len(), 2, "{now:?}");
    assert!(now.iter().any(|p| p.1 == ["+33639980101", "+33639980103"]), "{now:?}");
    let why = place.run(["why", "A. Quill"]).ends_with(0);
    assert!(why.stdout.contains("Joined: you said that they are one person."), "{}", why.stdout);
    let why = place.run(["why", "--json", "A. Quill"]).ends_with(0).object();
    assert!(why["reasons"].as_array().unwrap().iter().any(|r| r["why"] == "decided-same"));

    // A number can go without the rest, and what was said of the rest holds.
    place.run(["contacts", "split", "Ada Quill", "+33639980103"]).ends_with(0);
    assert_eq!(people(&place).len(), 3);
    assert_eq!(contact(&place, "ada@example.org")["id"], contact(&place, "+33639980101")["id"]);
    // Taken apart again they are two, and stay so.
    place.run(["contacts", "split", "Ada Quill", "A. Quill"]).ends_with(0);
    assert_eq!(people(&place).len(), 4);
    place.run(["contacts", "merge", "Ada Quill", "A. Quill"]).ends_with(0);
    assert_eq!(people(&place).len(), 3, "and one again: what was said last holds");
}

#[test]
fn what_is_somebody_elses_goes_to_them() {
    let place = Place::new();
    let book = card("Mum and Dad", "TEL:+33639980101;TEL:+33639980102;EMAIL:parents@example.org");
    place.file("book.vcf", &book);
    place.file("WhatsApp Chat with Choir.txt", "30/01/2021, 09:00 - +33 6 39 98 01 02: hello\n30/01/2021, 09:01 - Bo: hello\n30/01/2021, 09:02 - Cy: hello\n");
    place.run(["import", "book.vcf", "WhatsApp Chat with Choir.txt"]).ends_with(0);
    assert_eq!(people(&place).len(), 3);
    let outcome = place
        .run(["contacts", "split", "--json", "Mum and Dad", "06 39 98 01 02", "--region", "FR"])
        .ends_with(0);
    assert_eq!(outcome.json().len(), 2, "both halves are shown");
    let now = people(&place);
    assert_eq!(now.len(), 4, "{now:?}");
    assert!(now.contains(&("Mum and Dad".to_owned(), vec!["+33639980101".to_owned()])), "{now:?}");
    assert!(now.contains(&(String::new(), vec!["+33639980102".to_owned()])), "{now:?}");
    // Every file still adds up, and the address book loses no number.
    place.run(["report", "--vcard"]).ends_with(0);
    let cards = std::fs::read_to_string(place.path().join("ws/out/contacts.transhume.vcf")).unwrap();
    assert!(cards.contains("+33639980101") && cards.contains("+33639980102"), "{cards}");
    // A card of another book that holds both numbers does not bring them together.
    place.file("more.vcf", &book);
    place.file("again.vcf", book.clone() + &*card("Cy", "TEL:+33639980109"));
    place.run(["import", "again.vcf"]).ends_with(0);
    let now = people(&place);
    assert!(!now.iter().any(|p| p.1.len() > 1), "{now:?}");
}

#[test]
fn a_name_in_a_chat_can_be_another_person() {
    let place = Place::new();
    place.file("book.vcf", card("Julie", "TEL:+33639980101"));
    for chat in ["Choir", "Club"] {
        let text = "30/01/2021, 09:00 - Julie: hello\n30/01/2021, 09:01 - Bo: hello\n30/01/2021, 09:02 - Cy: hello\n";
        place.file(&format!("WhatsApp Chat with {chat}.txt"), text.replace("hello", chat));
    }
    place.run(["import", "."]).ends_with(0);
    assert_eq!(contact(&place, "+33639980101")["groups"].as_array().unwrap().len(), 2);
    place.run(["contacts", "split", "+33639980101", "Choir"]).ends_with(0);
    assert_eq!(contact(&place, "+33639980101")["groups"], serde_json::json!(["Club"]));
    assert_eq!(people(&place).iter().filter(|p| p.0 == "Julie").count(), 2);
    assert_eq!(place.run(["report", "--json"]).ends_with(0).object()["needs_review"], 0, "that is decided");
}

#[test]
fn a_name_to_show_lasts_and_can_be_taken_back() {
    let place = Place::new();
    place.file("book.vcf", card("Ada", "TEL:+33639980101"));
    place.run(["import", "book.vcf"]).ends_with(0);
    let outcome = place.run(["contacts", "rename", "Ada", "Countess"]).ends_with(0);
    assert!(outcome.stderr.contains("Ada is called Countess now."), "{}", outcome.stderr);
    place.file("book.vcf", card("Ada L.", "TEL:+33639980101"));
    place.run(["import", "book.vcf"]).ends_with(0);
    assert_eq!(contact(&place, "Ada L.")["names"], serde_json::json!(["Countess", "Ada L."]));
    place.run(["contacts", "rename", "Countess", "Lady"]).ends_with(0);
    assert_eq!(contact(&place, "Ada L.")["names"], serde_json::json!(["Lady", "Ada L."]));
    place.run(["contacts", "rename", "--undo", "Lady"]).ends_with(0);
    assert_eq!(contact(&place, "Ada L.")["name"], "Ada L.");
}

#[test]
fn what_cannot_be_decided_changes_nothing() {
    let place = Place::new();
    place.file("book.vcf", card("Ada", "TEL:+33639980101") + &*card("Bo", "TEL:+33639980102"));
    assert!(
        place
            .run(["contacts", "merge", "Ada", "Bo"])
            .ends_with(4)
            .stderr
            .contains("Nothing has been imported")
    );
    place.run(["import", "book.vcf"]).ends_with(0);
    let before = people(&place);
    for (call, says) in [
        (["contacts", "merge", "Ada", "+33639980101"], "is that person already"),
        (["contacts", "merge", "Ada", "Cy"], "Nobody is called “Cy”"),
        (["contacts", "split", "Ada", "+33639980101"], "could be split off"),
        (["contacts", "split", "Ada", "nothing"], "could be split off"),
        (["contacts", "rename", "Ada", "\u{200b} "], "Nothing would be seen"),
    ] {
        let outcome = place.run(call).ends_with(2);
        assert!(outcome.stderr.contains(says), "{}", outcome.stderr);
        assert_eq!(people(&place), before);
    }
}

#[test]
fn decisions_about_people_who_are_gone_are_kept_and_told() {
    let place = Place::new();
    let (ada, bo) = (card("Ada", "TEL:+33639980101"), card("Bo", "TEL:+33639980102"));
    place.file("book.vcf", ada.clone() + &*bo);
    place.run(["import", "book.vcf"]).ends_with(0);
    place.run(["contacts", "merge", "Ada", "Bo"]).ends_with(0);
    place.file("book.vcf", &ada);
    let outcome = place.run(["import", "book.vcf"]).ends_with(0);
    assert!(
        outcome.stderr.contains("1 of your decisions is about people whom no file shows"),
        "{}",
        outcome.stderr
    );
    place.file("book.vcf", ada + &*bo + &*card("Cy", "TEL:+33639980103"));
    let outcome = place.run(["import", "book.vcf"]).ends_with(0);
    assert!(!outcome.stderr.contains("decisions"), "{}", outcome.stderr);
    assert_eq!(people(&place).len(), 2, "they came back, and what was decided with them");
}

#[test]
fn whoever_was_excluded_stays_so_when_they_turn_out_to_be_two() {
    let place = Place::new();
    place.file("book.vcf", card("Ada", "TEL:+33639980101;EMAIL:ada@example.org"));
    place.run(["import", "book.vcf"]).ends_with(0);
    place.run(["contacts", "exclude", "Ada"]).ends_with(0);
    let two = card("Ada", "TEL:+33639980101")
        + &*card("Ada at work", "EMAIL:ada@example.org")
        + &*card("Bo", "TEL:+33639980102");
    place.file("book.vcf", two);
    place.run(["import", "book.vcf"]).ends_with(0);
    for (name, excluded) in [("Ada", true), ("Ada at work", true), ("Bo", false)] {
        assert_eq!(contact(&place, name)["excluded"], excluded, "{name}");
    }
    place.run(["contacts", "exclude", "--undo", "Ada"]).ends_with(0);
    assert_eq!(contact(&place, "Ada")["excluded"], false);
    assert_eq!(contact(&place, "Ada at work")["excluded"], true, "of her nothing was said");
}

#[test]
fn whoever_is_wanted_again_is_so_after_a_merge_too() {
    let place = Place::new();
    place.file("book.vcf", card("Ada Lin", "TEL:+33639980101") + &*card("Bo Ek", "TEL:+33639980102"));
    place.run(["import", "book.vcf"]).ends_with(0);
    let shown = place.run(["contacts", "exclude", "--json", "Bo Ek"]).ends_with(0).object();
    assert_eq!((&shown["schema"], &shown["excluded"]), (&"transhume.contact/1".into(), &true.into()));
    place.run(["contacts", "merge", "Ada Lin", "Bo Ek"]).ends_with(0);
    assert_eq!(contact(&place, "Ada Lin")["excluded"], true);
    let shown = place.run(["contacts", "exclude", "--json", "--undo", "Ada Lin"]).ends_with(0).object();
    assert_eq!(shown["excluded"], false);
    assert_eq!(contact(&place, "Ada Lin")["excluded"], false);
}

#[test]
fn what_was_split_once_can_be_split_again() {
    let place = Place::new();
    place.file("book.vcf", card("All", "TEL:+33639980101;TEL:+33639980102;TEL:+33639980103"));
    place.run(["import", "book.vcf"]).ends_with(0);
    place.run(["contacts", "split", "All", "+33639980101"]).ends_with(0);
    place.run(["contacts", "split", "All", "+33639980102"]).ends_with(0);
    let mut phones: Vec<Vec<String>> = people(&place).into_iter().map(|p| p.1).collect();
    phones.sort();
    assert_eq!(phones, [["+33639980101"], ["+33639980102"], ["+33639980103"]]);
    // And all of it is one again, if the user says so.
    for phone in ["+33639980101", "+33639980102"] {
        place.run(["contacts", "merge", "All", phone]).ends_with(0);
    }
    assert_eq!(people(&place).len(), 1);
}

#[test]
fn what_was_decided_holds_whoever_shares_an_identity_later() {
    let two = card("Ada Lin", "TEL:+33639980101") + &*card("Bo Ek", "TEL:+33639980101");
    for early in [true, false] {
        let place = Place::new();
        place.file("p.vcf", card("Ada Lin", "TEL:+33639980101"));
        place.file("z.vcf", card("Zed", "TEL:+33639980109"));
        place.file("two.vcf", &two);
        place.run(["import", "p.vcf", "z.vcf"]).ends_with(0);
        if early {
            place.run(["import", "two.vcf"]).ends_with(0);
        }
        place.run(["contacts", "merge", "Ada Lin", "Zed"]).ends_with(0);
        place.run(["contacts", "rename", "Ada Lin", "Countess"]).ends_with(0);
        place.run(["import", "two.vcf"]).ends_with(0);
        let now = people(&place);
        assert_eq!(now.len(), 2, "{early} {now:?}");
        assert!(now.contains(&("Bo Ek".to_owned(), vec!["+33639980101".to_owned()])), "{early} {now:?}");
        let countess = contact(&place, "Countess");
        assert_eq!(countess["phones"], serde_json::json!(["+33639980101", "+33639980109"]), "{early}");
    }
    // The same at a fixed line.
    let place = Place::new();
    place.file("p.vcf", card("Papi Robert", "TEL:+33199000010"));
    place.file("z.vcf", card("Zed", "TEL:+33639980109"));
    place.run(["import", "p.vcf", "z.vcf"]).ends_with(0);
    place.run(["contacts", "merge", "Papi Robert", "Zed"]).ends_with(0);
    place.file("m.vcf", card("Mamie Jeanne", "TEL:+33199000010;TEL:+33639980105"));
    place.run(["import", "m.vcf"]).ends_with(0);
    let now = people(&place);
    assert_eq!(now.len(), 2, "{now:?}");
    assert_eq!(contact(&place, "Papi Robert")["id"], contact(&place, "Zed")["id"]);
}

#[test]
fn whoever_shares_a_fixed_line_with_somebody_excluded_is_not() {
    let place = Place::new();
    place.file("p.vcf", card("Papi Robert", "TEL:+33199000010"));
    place.file("m.vcf", card("Mamie Jeanne", "TEL:+33199000010") + &*card("Zed", "TEL:+33639980109"));
    place.run(["import", "p.vcf"]).ends_with(0);
    place.run(["contacts", "exclude", "Papi Robert"]).ends_with(0);
    place.run(["import", "m.vcf"]).ends_with(0);
    for (name, excluded) in [("Papi Robert", true), ("Mamie Jeanne", false), ("Zed", false)] {
        assert_eq!(contact(&place, name)["excluded"], excluded, "{name}");
    }
    // Of a mobile number too, where the one who is meant bears it still.
    let place = Place::new();
    place.file("p.vcf", card("Ada Lin", "TEL:+33639980101"));
    place.file("two.vcf", card("Ada Lin", "TEL:+33639980101") + &*card("Bo Ek", "TEL:+33639980101"));
    place.run(["import", "p.vcf"]).ends_with(0);
    place.run(["contacts", "exclude", "Ada Lin"]).ends_with(0);
    place.run(["import", "two.vcf"]).ends_with(0);
    for (name, excluded) in [("Ada Lin", true), ("Bo Ek", false)] {
        assert_eq!(contact(&place, name)["excluded"], excluded, "{name}");
    }
}

#[test]
fn whoever_was_excluded_stays_so_by_what_they_were_known_by_since() {
    let place = Place::new();
    place.file(
        "WhatsApp Chat with Choir.txt",
        "30/01/2021, 09:00 - Bo Ek: hello\n30/01/2021, 09:01 - Cy: hello\n30/01/2021, 09:02 - Di: hello\n",
    );
    place.run(["import", "WhatsApp Chat with Choir.txt"]).ends_with(0);
    place.run(["contacts", "exclude", "Bo Ek"]).ends_with(0);
    for (file, phone) in [("bo.vcf", "+33639980102"), ("bo2.vcf", "+33639980112")] {
        place.file(file, card("Bo Ek", &format!("TEL:{phone}")));
        place.run(["import", file]).ends_with(0);
        assert_eq!(contact(&place, "+33639980102")["excluded"], true, "{file}");
    }
    assert_eq!(contact(&place, "+33639980112")["excluded"], false, "a namesake is somebody else");
    place.run(["contacts", "exclude", "--undo", "+33639980102"]).ends_with(0);
    assert_eq!(contact(&place, "+33639980102")["excluded"], false);
}
