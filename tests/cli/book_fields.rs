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
        for (n, text) in written.iter().enumerate() {
            assert_eq!(contact(&place, &format!("P{n}"))["phones"], json!([]), "{text}");
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
        + &*card("Semicolon", "TEL:+447700900106;+447700900107")
        + &*card("Comma", "TEL:+447700900108,+447700900109");
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

#[test]
fn c16_what_is_inspected_and_what_is_imported_agree_on_a_spoilt_number() {
    let place = Place::new();
    let file = place.file("book.csv", "Name;Mobile\nDi;639980101\nBo;06 39 98 01 02\n");
    let arguments = ["--region", "FR", "inspect", "--json"].iter().map(AsRef::as_ref);
    let object = sound(place.run(arguments.chain([file.as_os_str()]))).ends_with(0).object();
    let of = |n: usize, field: &str| object["people"][n][field].clone();
    assert_eq!((of(0, "phones"), of(0, "unusable_phones")), (json!([]), json!(["639980101"])));
    assert_eq!(of(1, "phones"), json!(["+33639980102"]));
}

#[test]
fn c03_who_named_a_region_is_not_told_to_name_one() {
    let place = Place::new();
    let file = place.file("book.vcf", card("Ada", "TEL:07700900123"));
    let arguments = ["--region", "FR", "migrate"].iter().map(AsRef::as_ref);
    let told = sound(place.run(arguments.chain([file.as_os_str()]))).ends_with(0);
    assert!(!told.all().contains("--region"), "{}", told.all());
    let report = sound(place.run(["--region", "FR", "report", "--json"])).ends_with(0).object();
    let problem = problem(&report, "number-other-region");
    assert!(problem["what"].as_str().unwrap().ends_with("no number of FR."), "{problem}");
    let why = sound(place.run(["--region", "FR", "why", "Ada", "--json"])).ends_with(0).object();
    assert_eq!(why["reasons"][0]["why"], "other-region");
}

#[test]
fn c14_ones_own_number_without_a_country_code_is_placed_or_told() {
    let own = card("Myself", "TEL:07700 900199") + &*card("Ada", "TEL:+447700900101");
    let place = Place::new();
    let file = place.file("book.vcf", &own);
    import_with(&place, &["--me", "07700 900199"], &file).ends_with(0);
    let report = sound(place.run(["--me", "07700 900199", "report", "--json"])).ends_with(0).object();
    assert!(codes(&report).contains(&"own-number-needs-region"), "{report}");
    // Where most of the book is of one country, so is the user.
    let more: String = (2..5).map(|n| card(&format!("P{n}"), &format!("TEL:+44770090010{n}"))).collect();
    for options in [&["--me", "07700 900199"][..], &["--me", "07700 900199", "--region", "GB"]] {
        let place = Place::new();
        let file = place.file("book.vcf", format!("{own}{more}"));
        import_with(&place, options, &file).ends_with(0);
        let arguments = options.iter().chain(&["contacts", "--json"]);
        let names: Vec<Value> =
            sound(place.run(arguments)).ends_with(0).json().iter().map(|c| c["name"].clone()).collect();
        assert!(names.len() == 4 && !names.contains(&json!("Myself")), "{options:?} {names:?}");
    }
}

#[test]
fn c06_counts_tell_of_whom_nobody_is_a_contact_of() {
    let place = Place::new();
    let group = "BEGIN:VCARD\nVERSION:4.0\nKIND:group\nFN:Choir\nMEMBER:urn:uuid:1\nEND:VCARD\n";
    let cards = card("Ada", "TEL:+447700900101")
        + &*card("Ada", "TEL:+447700900101")
        + &*card("Engines", "ORG:Engines\nTEL:+447700900102")
        + &*card("Voicemail", "TEL:3646")
        + group;
    let file = place.file("book.vcf", cards);
    let object = import(&place, &[&file], 0).remove(0);
    let counts = ["read", "kept", "merged", "rejected", "no_contacts", "contacts_new"];
    assert_eq!(counts.map(|name| object[name].as_u64()), [5, 4, 1, 0, 3, 1].map(Some), "{object}");
    let inputs = &report(&place)["inputs"];
    assert_eq!(["read", "kept", "merged"].map(|name| inputs[name].as_u64()), [5, 4, 1].map(Some), "{inputs}");
    let told = sound(place.run(["import".as_ref(), file.as_os_str()])).ends_with(0);
    assert!(told.stdout.contains("3 of them are nobody’s contacts"), "{}", told.stdout);
}

#[test]
fn what_was_read_is_counted_in_words_of_the_language() {
    let place = Place::new();
    let one = place.file("one.vcf", card("Ada", "TEL:+447700900101"));
    let two = place.file("two.csv", "Name;Mobile\nBo;+447700900102\nCy;+447700900103\n");
    for (language, file, words) in [
        ("en", &one, ": 1 card read, 1 kept"),
        ("en", &two, ": 2 rows read, 2 kept"),
        ("fr", &one, "1 fiche lue\u{202f}: gardées 1, fusionnées 0, rejetées 0"),
        ("fr", &two, "2 lignes lues\u{202f}: gardées 2"),
    ] {
        let arguments = ["--lang", language, "import"].map(AsRef::as_ref).into_iter();
        let told = sound(place.run(arguments.chain([file.as_os_str()]))).ends_with(0);
        assert!(told.stdout.contains(words), "{words:?} in {}", told.stdout);
    }
}

#[test]
fn c03_what_was_assumed_is_not_called_left_open() {
    let place = Place::new();
    let british: String = (1..4).map(|n| card(&format!("P{n}"), &format!("TEL:+44770090010{n}"))).collect();
    let file = place.file("book.vcf", british + &*card("Ada", "TEL:07700 900109"));
    import(&place, &[&file], 0);
    assert_eq!(contact(&place, "Ada")["phones"], json!(["+447700900109"]));
    let told = sound(place.run(["report"])).ends_with(0);
    assert!(told.stdout.contains("was assumed") && !told.stdout.contains("not guessed"), "{}", told.stdout);
    assert_eq!(report(&place)["needs_review"], 1);
}

#[test]
fn c03_a_number_that_fits_another_country_of_the_book_is_not_assumed() {
    let place = Place::new();
    let british: String = (1..4).map(|n| card(&format!("P{n}"), &format!("TEL:+44770090010{n}"))).collect();
    let book = place.file("book.vcf", british + &*card("Bo", "TEL:+33639980109"));
    let other = place.file(
        "other.vcf",
        card("Ada", "TEL:06 39 98 01 01")
            + &*card("Di", "TEL:202-555-0123")
            + &*card("Cy", "TEL:07700 900108"),
    );
    import(&place, &[&book, &other], 0);
    assert_eq!(contact(&place, "Cy")["phones"], json!(["+447700900108"]));
    assert_eq!(contact(&place, "Di")["phones"], json!([]), "no zero is dialled there");
    assert_eq!(contact(&place, "Ada")["phones"], json!([]));
    let why = sound(place.run(["why", "Ada", "--json"])).ends_with(0).object();
    let candidates = &why["reasons"][0]["candidates"];
    assert!(candidates.as_array().unwrap().contains(&json!("+33639980101")), "{why}");
}
