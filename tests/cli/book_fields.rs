//! What people write into the fields of an address book beside one whole
//! number or address: nothing of it is guessed, and nothing is lost unsaid.

use std::path::Path;

use serde_json::{Value, json};

use super::hostile::{card, contact, contacts, import, inspect, problem, sound};
use super::support::{Outcome, Place, codes};

/// Imports a file with options.
fn import_with(place: &Place, options: &[&str], file: &Path) -> Outcome {
    let arguments = options.iter().chain(&["import", "--json"]).map(AsRef::as_ref);
    sound(place.run(arguments.chain([file.as_os_str()])))
}

fn report(place: &Place) -> Value {
    sound(place.run(["report", "--json"])).ends_with(0).object()
}

#[test]
fn c02_letters_behind_a_number_go_to_review_and_are_never_digits() {
    let place = Place::new();
    let written = [
        "+447700900101 Ada",
        "+1 202 555 0123 home",
        "+44 7700 900105 ext",
        "+44 7700 9001O1",
        "+33639980101 maman",
    ];
    let cards: String =
        written.iter().enumerate().map(|(n, text)| card(&format!("P{n}"), &format!("TEL:{text}"))).collect();
    let book = place.file("book.vcf", cards);
    for options in [&[][..], &["--region", "GB"]] {
        import_with(&place, options, &book).ends_with(0);
        for n in 0..written.len() {
            assert_eq!(contact(&place, &format!("P{n}"))["phones"], json!([]), "{}", written[n]);
        }
    }
    let report = report(&place);
    assert_eq!(report["needs_review"], written.len());
    assert_eq!(problem(&report, "number-unclear")["line"], 1);
    let asked = sound(place.run(["review", "--json"])).ends_with(0).json();
    let candidates: Vec<&Value> = asked.iter().map(|question| &question["candidates"]).collect();
    assert!(candidates.contains(&&json!(["+447700900101"])), "{asked:?}");
    assert!(asked.iter().all(|question| question["question"] == "unclear"), "{asked:?}");
}

#[test]
fn c02_whoever_has_one_number_that_cannot_be_read_is_still_somebody() {
    let place = Place::new();
    let file =
        place.file("book.csv", "Nom;Portable\nBo;06 39 98 01 03 (maman)\nCy;demander\nRépondeur;3646\n");
    import_with(&place, &["--region", "FR"], &file).ends_with(0);
    let names: Vec<Value> = contacts(&place).iter().map(|contact| contact["name"].clone()).collect();
    assert_eq!(names, ["Bo", "Cy"], "a short code is nobody");
    let report = report(&place);
    assert_eq!(problem(&report, "number-unclear")["line"], 2);
    assert_eq!(problem(&report, "number-unusable")["line"], 3);
    sound(place.run(["report", "--vcard"])).ends_with(0);
    let written = std::fs::read_to_string(place.path().join("ws/out/contacts.transhume.vcf")).unwrap();
    assert_eq!(written.matches("KIND:org").count(), 1, "{written}");
    assert!(written.contains("06 39 98 01 03 (maman)"), "{written}");
}

#[test]
fn c01_two_numbers_in_one_field_are_both_read_and_a_word_beside_them_is_told() {
    let place = Place::new();
    let cards = card("Mix", "TEL:+33639980103\nTEL:06 39 98 01 04 / 06 39 98 01 05\nTEL:later")
        + &card("Semicolon", "TEL:+447700900106;+447700900107")
        + &card("Comma", "TEL:+447700900108,+447700900109");
    let file = place.file("book.vcf", cards);
    import_with(&place, &["--region", "FR"], &file).ends_with(0);
    for (name, phones) in [
        ("Mix", json!(["+33639980103", "+33639980104", "+33639980105"])),
        ("Semicolon", json!(["+447700900106", "+447700900107"])),
        ("Comma", json!(["+447700900108", "+447700900109"])),
    ] {
        assert_eq!(contact(&place, name)["phones"], phones, "{name}");
    }
    assert_eq!(problem(&report(&place), "number-unusable")["line"], 1);
    let table = place.file("book.csv", "Name;Mobile\nAda;\"+447700900103; +447700900104\"\n");
    import(&place, &[&table], 0);
    assert_eq!(contact(&place, "Ada")["phones"], json!(["+447700900103", "+447700900104"]));
}

#[test]
fn the_context_of_a_number_places_it() {
    let place = Place::new();
    let file = place.file("book.vcf", card("Ada", "TEL;VALUE=uri:tel:0639980101;phone-context=+33"));
    let object = inspect(&place, &file, 0);
    assert_eq!((&object["people"][0]["phones"], codes(&object)), (&json!(["+33639980101"]), vec![]));
}
