//! Address books that no well-behaved phone exports: grouped properties, every
//! writing of a number, cards without an end, folds, photos and encodings of
//! all ages. Each test bears the number of its case; one property holds for
//! whatever bytes there are.

use std::time::{Duration, Instant};

use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Value, json};
use transhume::model::Code;
use transhume::read::addressbook::vcard;

use super::hostile::{HEAP, card, contact, contacts, import, inspect, inspect_within, problem, sound};
use super::support::{Outcome, Place, codes, names};

/// The numbers of each person of an inspected book.
fn phones(object: &Value) -> Vec<Value> {
    object["people"].as_array().into_iter().flatten().map(|p| p["phones"].clone()).collect()
}

#[test]
fn c01_grouped_numbers_belong_to_one_person() {
    let place = Place::new();
    let numbers = "item1.TEL;type=CELL:+33 6 39 98 01 23\nitem1.X-ABLabel:mobile\nitem2.TEL:+44 7700 900123\n\
                   ITEM3.tel;type=pref:+1 202 555 0123\nitem3.X-ABLabel:_$!<Other>!$_";
    let file = place.file("book.vcf", card("Ada Quill", numbers));
    let object = inspect(&place, &file, 0);
    let expected = json!(["+33639980123", "+447700900123", "+12025550123"]);
    assert_eq!((names(&object), phones(&object)), (vec!["Ada Quill"], vec![expected.clone()]));
    assert_eq!((&object["counts"]["cards"], &object["counts"]["phones"]), (&1.into(), &3.into()));
    import(&place, &[&file], 0);
    let mut found: Vec<Value> = contact(&place, "Ada Quill")["phones"].as_array().unwrap().clone();
    found.sort_by_key(|phone| expected.as_array().unwrap().iter().position(|e| e == phone));
    assert_eq!((Value::from(found), contacts(&place).len()), (expected, 1));
}

#[test]
fn c02_every_writing_of_a_number_is_one_number() {
    let place = Place::new();
    for property in [
        "TEL:+33.6.39.98.01.23",
        "TEL:+33 6 39 98 01 23",
        "TEL:+33\u{a0}6\u{a0}39\u{a0}98\u{a0}01\u{a0}23",
        "TEL:+33 (0)6 39 98 01 23",
        "TEL:0033 6-39-98-01-23",
        "TEL;VALUE=uri:tel:+33-6-39-98-01-23",
        "TEL;VALUE=uri;TYPE=\"voice,cell\":tel:+33-6-39-98-01-23;ext=12",
        "TEL:+33 6 39 98 01 23;ext=12",
        "TEL:\u{202a}+33 6 39 98 01 23\u{202c}",
        "TEL;TYPE=CELL;waid=33639980123:+33 6 39 98 01 23",
        // What WhatsApp itself says of the number is preferred.
        "TEL;TYPE=CELL;waid=33639980123:06 39 98 01 23",
        "item1.TEL;waid=33639980123:+33 639980123",
    ] {
        let object = inspect(&place, &place.file("book.vcf", card("Ada Quill", property)), 0);
        assert_eq!(phones(&object), [json!(["+33639980123"])], "{property}");
        assert_eq!(object["people"][0]["unusable_phones"], json!([]), "{property}");
    }
}

/// Imports a book for a region, and gives the contact and how much is open.
fn placed(region: &[&str], property: &str) -> (Value, Value, Outcome) {
    let place = Place::new();
    let file = place.file("book.vcf", card("Ada Quill", property));
    let call = |arguments: &[&str], last: Option<&std::path::Path>| {
        let arguments = region.iter().chain(arguments).map(AsRef::as_ref);
        sound(place.run(arguments.chain(last.map(std::path::Path::as_os_str)))).ends_with(0)
    };
    let told = call(&["migrate"], Some(&file));
    let report = call(&["report", "--json"], None).object();
    let ada = call(&["contacts", "--json"], None).object();
    (ada["phones"].clone(), report["needs_review"].clone(), told)
}

#[test]
fn c03_a_national_number_is_not_guessed_until_its_region_is_known() {
    let property = "TEL:06 39 98 01 23";
    let (phones, open, told) = placed(&[], property);
    assert_eq!((phones, open), (json!([]), 1.into()));
    assert!(told.stdout.contains("--region FR"), "{}", told.stdout);
    let (phones, open, told) = placed(&["--region", "FR"], property);
    assert_eq!((phones, open), (json!(["+33639980123"]), 0.into()));
    assert!(!told.stdout.contains("--region FR"), "{}", told.stdout);
    // What stands for another country in another region is another number.
    let (phones, ..) = placed(&["--region", "GB"], "TEL:07700 900123");
    assert_eq!(phones, json!(["+447700900123"]));
}

#[test]
fn c03_a_national_number_without_a_region_is_a_problem_with_a_place() {
    let place = Place::new();
    let file = place.file("book.vcf", card("Ada Quill", "TEL:06 39 98 01 23"));
    let object = inspect(&place, &file, 0);
    assert_eq!(object["people"][0]["unusable_phones"], json!(["06 39 98 01 23"]));
    import(&place, &[&file], 0);
    let report = sound(place.run(["report", "--json"])).ends_with(0).object();
    let needed = problem(&report, "number-needs-region");
    assert_eq!((&needed["severity"], &needed["line"]), (&"warning".into(), &1.into()));
    assert!(needed["path"].as_str().unwrap().ends_with("book.vcf"), "{needed}");
    assert!(needed["hint"].as_str().unwrap().contains("--region"), "{needed}");
}

/// Lines 6, 19 and 27 begin cards that are none.
const BROKEN: &str = "BEGIN:VCARD\nVERSION:2.1\nFN:Ada Quill\nTEL:+33639980101\nEND:VCARD\n\
    BEGIN:VCARD\nFN:Bo Marsh\nTEL:+33639980102\n\
    BEGIN:VCARD\nFN:Cy Reed\nTEL:+33639980103\nAGENT:\nBEGIN:VCARD\nFN:Agent\nTEL:+33639980109\nEND:VCARD\n\
    TEL:+33639980104\nEND:VCARD\n\
    END:VCARD\n\
    BEGIN:VCARD\nFN:Di Marsh\nAGENT:BEGIN:VCARD\\nFN:Agent\\nTEL:+33639980109\\nEND:VCARD\n\
    no property at all\n\nTEL:+33639980105\nEND:VCARD\n\
    BEGIN:VCARD\nFN:Ed Reed\nTEL:+33639980106\n";

#[test]
fn c07_broken_cards_spoil_only_themselves() {
    let place = Place::new();
    let file = place.file("book.vcf", BROKEN);
    let object = inspect(&place, &file, 3);
    // A card in an AGENT is one of its own.
    assert_eq!(names(&object), ["Ada Quill", "Cy Reed", "Agent", "Di Marsh", "Agent"]);
    let expected = [
        json!(["+33639980101"]),
        json!(["+33639980103", "+33639980104"]),
        json!(["+33639980109"]),
        json!(["+33639980105"]),
        json!(["+33639980109"]),
    ];
    assert_eq!(phones(&object), expected);
    assert_eq!((&object["counts"]["cards"], &object["counts"]["rejected"]), (&8.into(), &3.into()));
    let problems = object["problems"].as_array().unwrap();
    let told: Vec<(&str, u64)> =
        problems.iter().map(|p| (p["code"].as_str().unwrap(), p["line"].as_u64().unwrap())).collect();
    let unfinished = |line| ("card-unfinished", line);
    let garbage = ("card-garbage", 23);
    assert_eq!(told, [unfinished(6), unfinished(19), garbage, unfinished(27)]);
    let import = import(&place, &[&file], 3);
    assert_eq!(
        (&import[0]["read"], &import[0]["kept"], &import[0]["rejected"]),
        (&8.into(), &4.into(), &3.into())
    );
    assert_eq!(contacts(&place).len(), 4);
    // Whatever was rejected is listed, with its line.
    let report =
        sound(place.run(["migrate".as_ref(), "--json".as_ref(), file.as_os_str()])).ends_with(3).object();
    assert_eq!(report["inputs"], json!({"read": 8, "kept": 4, "merged": 1, "rejected": 3}));
    let listed = std::fs::read_to_string(place.path().join("ws/out/rejects.csv")).unwrap();
    let listed: Vec<&str> = listed.lines().filter(|l| l.starts_with("error,card-unfinished,")).collect();
    assert_eq!(listed.len(), 3, "{listed:?}");
    assert!(
        ["6", "19", "27"].iter().zip(&listed).all(|(line, row)| row.contains(&format!("book.vcf,{line},")))
    );
    let agents = contacts(&place).into_iter().filter(|c| c.to_string().contains("33639980109"));
    assert_eq!(agents.count(), 1);
}

#[test]
fn c07_a_book_of_broken_cards_alone_is_no_input() {
    let place = Place::new();
    let file = place.file("book.vcf", "BEGIN:VCARD\nVERSION:3.0\nFN:Bo Marsh\nTEL:+33639980102\n");
    assert_eq!(codes(&inspect(&place, &file, 4)), ["card-unfinished"]);
    super::hostile::refused(&place, &file);
}

#[test]
fn c08_folded_lines_are_one_line() {
    let place = Place::new();
    let cards = [
        "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Zo\r\n ë Qu\r\n\till\r\nTEL;TYPE=CELL:+33 6 39\r\n  98 01 23\r\nEND:VCARD\r\n",
        "BEGIN:VCARD\nVERSION:2.1\nFN;ENCODING=QUOTED-PRINTABLE:Zo=C3=\n=AB=20=\nQuill\nTEL;CELL:+33639980124\nEND:VCARD\n",
        // Folded between the bytes of one character.
        "BEGIN:VCARD\nVERSION:3.0\nFN:ZoX\nTEL:+33639980125\nEND:VCARD\n",
    ];
    let mut bytes = cards.concat().into_bytes();
    let at = bytes.windows(3).position(|w| w == b"ZoX").unwrap() + 2;
    bytes.splice(at..=at, *b"\xc3\n \xab Quill");
    let object = inspect(&place, &place.file("book.vcf", bytes), 0);
    assert_eq!(names(&object), ["Zoë Quill"; 3]);
    assert_eq!(phones(&object), ["23", "24", "25"].map(|end| json!([format!("+336399801{end}")])));
}

#[test]
fn c08_a_huge_photo_is_passed_over_in_little_memory() {
    let place = Place::new();
    let line = "QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVo0NTY3ODkwMTIzNDU2Nzg5QUJDREVGR0hJSktM\n";
    let size = usize::try_from(HEAP).unwrap() * 1024 + 1_000_000;
    for (header, indent) in [("PHOTO;ENCODING=b;TYPE=JPEG:", " "), ("PHOTO;ENCODING=BASE64;JPEG:", "")] {
        let photo = format!("{indent}{line}").repeat(size / line.len());
        let body = format!("{header}\n{photo}\nTEL:+33639980123");
        let file = place.file("book.vcf", card("Ada Quill", &body));
        let object = sound(inspect_within(&place, HEAP, &file)).ends_with(0).object();
        assert_eq!(phones(&object), [json!(["+33639980123"])]);
        assert_eq!((codes(&object).len(), &object["counts"]["cards"]), (0, &1.into()), "{header}");
    }
    // All in one line, as some programs write it.
    let photo = line.trim_end().repeat(size / line.len());
    let file =
        place.file("book.vcf", card("Ada Quill", &format!("PHOTO;ENCODING=b:{photo}\nTEL:+33639980123")));
    let object = sound(inspect_within(&place, HEAP, &file)).ends_with(0).object();
    assert_eq!(phones(&object), [json!(["+33639980123"])]);
}

#[test]
fn c09_very_many_folds_are_one_skipped_property_in_little_memory_and_linear_time() {
    let place = Place::new();
    let fold = format!("\n {}", "z".repeat(78));
    let time = |folds: usize| -> Duration {
        let body =
            format!("NOTE:x{}\nNICKNAME:y{}\nTEL:+33639980123", fold.repeat(folds), fold.repeat(folds));
        let file = place.file("book.vcf", card("Ada Quill", &body));
        let begun = Instant::now();
        let object = sound(inspect_within(&place, HEAP, &file)).ends_with(0).object();
        let took = begun.elapsed();
        assert_eq!((names(&object), phones(&object)), (vec!["Ada Quill"], vec![json!(["+33639980123"])]));
        let warning = problem(&object, "card-too-long");
        assert_eq!((&warning["severity"], &warning["line"]), (&"warning".into(), &4.into()));
        took
    };
    let (few, many) = (time(25_000), time(100_000));
    // Four times as many; squared it would be sixteen.
    assert!(many < few * 9 + Duration::from_millis(200), "{few:?} and {many:?}");
}

#[test]
fn c10_encodings_and_versions_mixed() {
    let place = Place::new();
    let card = |property: &[u8], number: usize| {
        let head = [&b"BEGIN:VCARD\n"[..], property].concat();
        [head, format!("\nTEL:+336399801{number}\nEND:VCARD\n").into_bytes()].concat()
    };
    let properties: [&[u8]; 8] = [
        b"VERSION:2.1\nFN;CHARSET=ISO-8859-1:Zo\xeb Quill",
        b"VERSION:2.1\nFN;CHARSET=ISO-8859-1;ENCODING=QUOTED-PRINTABLE:Zo=EB Quill",
        b"VERSION:2.1\nFN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:Zo=C3=AB Quill",
        b"VERSION:3.0\nFN;ENCODING=b:Wm/DqyBRdWlsbA==",
        "VERSION:4.0\nFN:Zoë Quill".as_bytes(),
        "VERSION:9.9\nFN;CHARSET=ISO-8859-1:Zoë Quill".as_bytes(),
        "FN:Zoë Quill".as_bytes(),
        b"FN;CHARSET=nonsense;ENCODING=nonsense:Zo\xc3\xab Quill\nVERSION:",
    ];
    let cards: Vec<Vec<u8>> = properties.iter().zip(23..).map(|(p, number)| card(p, number)).collect();
    let object = inspect(&place, &place.file("book.vcf", cards.concat()), 0);
    assert_eq!(names(&object), ["Zoë Quill"; 8]);
    assert_eq!((&object["counts"]["cards"], &object["counts"]["rejected"]), (&8.into(), &0.into()));
    assert_eq!(codes(&object), Vec::<&str>::new());
    // What says nothing of its encoding and is no UTF-8 is decoded and flagged.
    let object = inspect(&place, &place.file("book.vcf", card(b"VERSION:3.0\nFN:Zo\xeb Quill", 23)), 0);
    assert_eq!(names(&object), ["Zoë Quill"]);
    assert_eq!(problem(&object, "other-encoding")["line"], 1);
}

/// Pieces that cards are made of, and that they should not be made of.
const PIECES: [&[u8]; 24] = [
    b"BEGIN:VCARD\n",
    b"BEGIN:VCARD\n",
    b"END:VCARD\n",
    b"END:VCARD\n",
    b"VERSION:3.0\n",
    b"FN:Ada\n",
    b"N:;;",
    b"TEL:",
    b"TEL;waid=",
    b"+33639980123",
    b"item1.",
    b"AGENT:",
    b"PHOTO;BASE64:",
    b"QUJD",
    b"\n",
    b"\n ",
    b"\r\n\t",
    b"=\n",
    b"=C3",
    b";ENCODING=QUOTED-PRINTABLE",
    b";CHARSET=",
    b"IMPP:matrix:u/ada:example.org\n",
    b"\xff",
    b"\"",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 192, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn c07_no_bytes_make_the_reader_panic_or_miscount(
        pieces in proptest::collection::vec(prop_oneof![
            8 => select(&PIECES[..]).prop_map(<[u8]>::to_vec),
            1 => proptest::collection::vec(any::<u8>(), 0..12),
        ], 0..60),
    ) {
        let mut problems = Vec::new();
        let (book, tally) = vcard::read(&pieces.concat(), &mut problems).unwrap();
        prop_assert_eq!(tally.read, tally.kept + tally.rejected);
        prop_assert!(book.cards.len() as u64 <= tally.kept);
        let rejected = |p: &&transhume::model::Problem| matches!(p.code, Code::CardUnfinished | Code::CardEmpty);
        // Whatever is rejected is told, with its place.
        prop_assert_eq!(problems.iter().filter(rejected).count() as u64, tally.rejected);
        prop_assert!(problems.iter().filter(rejected).all(|p| p.line.is_some()));
    }
}
