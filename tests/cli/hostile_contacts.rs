//! Address books that are fine to read and hard to understand: who is nobody,
//! what a spreadsheet spoilt, the same book again, and lists that are nobody's
//! address book.

use serde_json::{Value, json};

use super::hostile::{card, contact, contacts, import, inspect, inspect_all, problem, sound};
use super::support::{Place, codes, names};

#[test]
fn c06_services_get_no_invite_and_fixed_lines_no_sms() {
    let place = Place::new();
    let book = [
        card("Ada Quill", "TEL:+33 1 99 00 12 34"),
        card("Bo Marsh", "TEL:+33 6 39 98 01 02"),
        card("Cy Reed", "TEL:+33 1 99 00 12 35\nEMAIL:cy@example.org"),
        card("Voicemail", "TEL:888"),
        card("Balance", "TEL:*100#"),
        card("Hotline", "TEL:+33 800 123 456"),
    ];
    import(&place, &[&place.file("book.vcf", book.concat())], 0);
    assert_eq!(contacts(&place).len(), 3);
    let drafts = sound(place.run(["invite", "--json"])).ends_with(0).json();
    let mut ways: Vec<(&str, &str)> =
        drafts.iter().map(|d| (d["contact"]["name"].as_str().unwrap(), d["via"].as_str().unwrap())).collect();
    ways.sort_unstable();
    assert_eq!(ways, [("Ada Quill", "in-person"), ("Bo Marsh", "sms"), ("Cy Reed", "email")]);
}

#[test]
fn c11_names_that_are_hardly_names() {
    let place = Place::new();
    let family = "👨\u{200d}👩\u{200d}👧".repeat(300);
    let zalgo = format!("Z{}oë", "\u{301}\u{316}".repeat(2_000));
    let book = [
        "BEGIN:VCARD\nVERSION:3.0\nFN:\nORG:Engines;\nTEL:+33639980103\nEND:VCARD\n".to_owned(),
        card(&family, "TEL:+33639980101"),
        card(&zalgo, "TEL:+33639980102"),
    ];
    let file = place.file("book.vcf", book.concat());
    assert_eq!(names(&inspect(&place, &file, 0)), ["Engines", &family, &zalgo]);
    import(&place, &[&file], 0);
    // A company is nobody; the names stay as they are written, whatever is shown.
    assert_eq!(contacts(&place).len(), 2);
    for name in [&family, &zalgo] {
        assert_eq!(contact(&place, name)["name"], name.as_str());
    }
    let shown = sound(place.run(["contacts"])).ends_with(0).stdout;
    let marks = |line: &str| line.chars().filter(|c| matches!(c, '\u{301}' | '\u{316}')).count();
    assert!(shown.lines().all(|line| line.len() < 3_000 && marks(line) <= 4), "{shown}");
}

#[test]
fn c13_the_same_book_three_times_changes_nothing() {
    let place = Place::new();
    let book = [card("Ada Quill", "TEL:+33639980101"), card("Bo Marsh", "EMAIL:bo@example.org")].concat();
    let file = place.file("book.vcf", &book);
    assert_eq!(import(&place, &[&file], 0)[0]["contacts_new"], 2);
    let before = contacts(&place);
    for again in [&file, &place.file("copy.vcf", &book)] {
        let object = &import(&place, &[again], 0)[0];
        let counts = ["contacts_new", "contacts_changed", "unchanged"].map(|name| &object[name]);
        assert_eq!(counts, [&json!(0), &json!(0), &json!(2)], "{object}");
        assert_eq!(contacts(&place), before);
    }
}

#[test]
fn c15_a_quote_that_is_never_closed_is_no_input() {
    let place = Place::new();
    let file = place.file("book.csv", "Nom;Portable\n\"Ada;+33639980101\nBo;+33639980102\n");
    let object = inspect(&place, &file, 4);
    assert_eq!(problem(&object, "quote-unclosed")["line"], 2);
    super::hostile::refused(&place, &file);
    // What stood before it is kept.
    let file = place.file("part.csv", "Nom;Portable\nBo;+33639980102\n\"Ada;+33639980101\n");
    assert_eq!(names(&inspect(&place, &file, 3)), ["Bo"]);
}

#[test]
fn c16_rows_that_a_spreadsheet_spoilt_are_rejected_and_listed() {
    let place = Place::new();
    let file = place
        .file("book.csv", "Nom;Portable\nAda;3,36123E+10\nBo;06 39 98 01 02\nCy;03/12/2024\nDi;639980104\n");
    let object = inspect(&place, &file, 3);
    assert_eq!((names(&object), codes(&object)), (vec!["Bo", "Di"], vec!["number-damaged"; 2]));
    place.run(["--region", "FR", "import", "book.csv"]).ends_with(3);
    assert_eq!(contact(&place, "Bo")["phones"], json!(["+33639980102"]));
    assert_eq!(contact(&place, "Di")["phones"], json!([]), "a lost zero is not guessed");
    let why = sound(place.run(["why", "Di", "--json"])).ends_with(0).object();
    let reason = &why["reasons"][0];
    assert_eq!((&reason["why"], &reason["candidates"]), (&json!("damaged"), &json!(["+33639980104"])));
    let report = sound(place.run(["report", "--json"])).ends_with(0).object();
    assert_eq!((&report["needs_review"], &report["inputs"]["rejected"]), (&json!(1), &json!(2)));
    assert_eq!(problem(&report, "number-shortened")["line"], 5);
}

#[test]
fn a_list_of_anybodys_is_read_only_if_it_is_named() {
    let place = Place::new();
    place.file("in/club.csv", "Name,Phone\nAda,+33639980101\n");
    place.file("in/club.ldif", "dn: cn=Bo\ncn: Bo\nmobile: +33639980102\n");
    place.file("in/book.vcf", card("Cy Reed", "TEL:+33639980103"));
    let kinds = |paths: &[&str]| -> Vec<Value> {
        paths
            .iter()
            .flat_map(|path| inspect_all_of(&place, path))
            .map(|object| object["kind"].clone())
            .collect()
    };
    assert_eq!(kinds(&["in"]), ["vcard"]);
    assert_eq!(kinds(&["in/club.csv", "in/club.ldif"]), ["contacts-csv", "ldif"]);
}

/// What was understood in a file or a folder.
fn inspect_all_of(place: &Place, path: &str) -> Vec<Value> {
    let path = place.path().join(path);
    if path.is_file() {
        return inspect_all(place, &path, 0);
    }
    sound(place.run(["inspect".as_ref(), "--json".as_ref(), path.as_os_str()])).ends_with(0).json()
}
