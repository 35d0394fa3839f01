//! WhatsApp's account report: whose account it is, the numbers of the contacts,
//! the names of the groups, and what is still missing.

use std::io::Write as _;
use std::path::PathBuf;

use serde_json::{Value, json};

use super::databases::{MSGSTORE, made};
use super::hostile::{card, contact, contacts, import, inspect_all, lines, problem};
use super::support::{Place, codes};

const NEW: [(&str, &str); 6] = [
    ("index.html", "<html><body>WhatsApp</body></html>"),
    (
        "whatsapp_account_information/user_information.json",
        r#"{"wa_user_information": {"phone_number": "+447700900001", "name": "Me Myself"}}"#,
    ),
    (
        "whatsapp_connections/contacts.json",
        r#"{"wa_contacts": ["+447700900101", "447700900102", "+447700900001"]}"#,
    ),
    (
        "whatsapp_connections/contacts.html",
        "<html><title>WhatsApp</title><table><tr><td>+447700900101</td></tr><tr><td>+447700900109</td></tr></table></html>",
    ),
    ("whatsapp_connections/groups.json", r#"{"wa_groups": ["Hill walk", "Choir/2"]}"#),
    ("__MACOSX/whatsapp_connections/._groups.json", "junk"),
];

fn zip(place: &Place, files: &[(&str, &str)]) -> PathBuf {
    let path = place.path().join("My account info.zip");
    let mut archive = zip::ZipWriter::new(std::fs::File::create(&path).unwrap());
    for (name, text) in files {
        archive.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        archive.write_all(text.as_bytes()).unwrap();
    }
    archive.finish().unwrap();
    path
}

fn chat(place: &Place) -> PathBuf {
    let text = lines(&[
        "13/12/2020, 21:40 - Ada Quill created group “Hill walk”",
        "13/12/2020, 21:41 - Ada Quill: hi",
        "13/12/2020, 21:42 - Me Myself: hi",
    ]);
    place.file("WhatsApp Chat with Hill walk.txt", text)
}

fn missing(place: &Place) -> Value {
    place.run(["report", "--json"]).ends_with(0).object()
}

#[test]
fn the_own_number_of_the_old_layout_stands_in_the_page_alone() {
    let place = Place::new();
    let page = "<!DOCTYPE html><html><head><title>WhatsApp Account Information</title></head><body><table><tr>\
                <td>Phone Number</td><td>+447700900001</td></tr></table><h2>Contacts</h2><ul><li>+447700900101</li>\
                <li>+447700900001</li></ul></body></html>";
    let json = r#"{"contacts": ["+447700900101", "+447700900001"], "groups": []}"#;
    let report = zip(&place, &[("access.html", page), ("portability.json", json)]);
    let objects = inspect_all(&place, &report, 0);
    let own: Vec<&Value> =
        objects.iter().map(|object| &object["own_number"]).filter(|own| !own.is_null()).collect();
    assert_eq!(own.len(), 1, "{objects:?}");
    let imported = import(&place, &[&report], 0);
    let read: u64 = imported.iter().filter_map(|object| object["read"].as_u64()).sum();
    assert_eq!(read, 2, "what the JSON lists is not counted twice: {imported:?}");
    let listed = contacts(&place);
    assert_eq!(listed.len(), 1, "{listed:?}");
    // The same beside each other in a folder.
    let place = Place::new();
    place.file("access.html", page);
    place.file("portability.json", json);
    place.run(["import", "."]).ends_with(0);
    assert_eq!(contacts(&place).len(), 1);
}

#[test]
fn the_report_tells_me_from_my_contacts_and_what_is_missing() {
    let place = Place::new();
    let report = zip(&place, &NEW);
    let objects = inspect_all(&place, &report, 0);
    assert_eq!(objects.len(), 3, "the pages say what the JSON says: {objects:?}");
    assert!(objects.iter().all(|o| o["kind"] == "whatsapp-account-report"));
    let titles: Vec<&Value> =
        objects.iter().flat_map(|o| o["groups"].as_array().unwrap()).map(|g| &g["title"]).collect();
    assert_eq!(titles, ["Hill walk", "Choir/2"]);
    assert!(objects.iter().any(|o| o["own_number"] == "+447700900001"));

    let book = place.file(
        "book.vcf",
        card("Ada Quill", "TEL:+447700900101") + card("Bo Marsh", "TEL:+447700900108").as_str(),
    );
    import(&place, &[&report, &chat(&place), &book], 0);
    let all = contacts(&place);
    let phones: Vec<&Value> = all.iter().flat_map(|c| c["phones"].as_array().unwrap()).collect();
    // I am nobody's contact, and a number without a country code is of my country.
    assert!(
        phones.contains(&&json!("+447700900102")) && !phones.contains(&&json!("+447700900001")),
        "{phones:?}"
    );
    assert!(!phones.contains(&&json!("+447700900109")), "{phones:?}");
    let ada = contact(&place, "Ada Quill");
    assert_eq!((&ada["scope"], &ada["groups"]), (&"circle".into(), &json!(["Hill walk"])));
    assert_eq!(contact(&place, "Bo Marsh")["scope"], "address-book-only");

    let said = missing(&place);
    let groups = problem(&said, "groups-not-exported")["what"].as_str().unwrap();
    assert!(groups.contains("Choir/2") && !groups.contains("Hill walk"), "{groups}");
    let people = problem(&said, "chats-not-exported")["what"].as_str().unwrap();
    assert!(people.contains("Ada Quill") && !people.contains("Bo Marsh"), "{people}");
}

#[test]
fn what_was_exported_is_no_longer_missing() {
    let place = Place::new();
    import(&place, &[&zip(&place, &NEW), &chat(&place)], 0);
    assert!(codes(&missing(&place)).contains(&"groups-not-exported"));
    let text =
        "13/12/2020, 21:41 - Ada Quill: hi\n13/12/2020, 21:42 - Me Myself: hi\n13/12/2020, 21:43 - Cy: hi\n";
    let choir = place.file("WhatsApp Chat with Choir2.txt", text);
    import(&place, &[&choir], 0);
    assert!(!codes(&missing(&place)).contains(&"groups-not-exported"));
}

#[test]
fn with_a_database_nothing_is_missing() {
    let place = Place::new();
    import(&place, &[&zip(&place, &NEW), &made(&place, "msgstore.db", &[MSGSTORE])], 0);
    let report = missing(&place);
    assert!(!codes(&report).iter().any(|code| code.ends_with("-not-exported")), "{report}");
}

#[test]
fn the_old_layout_and_pages_alone() {
    let place = Place::new();
    let old = r#"{"contacts": ["+447700900101"], "groups": ["Choir"]}"#;
    let page = "<html><title>WhatsApp</title><h2>Info</h2><table><tr><td>+447700900001</td></tr></table>\
                <h2>Contacts</h2><ul><li>+447700900101</li></ul><h2>Groups</h2><ul><li>Choir</li></ul></html>";
    for (files, count) in [
        (&[("portability.json", old), ("access.html", page)][..], 2),
        (&[("access.html", page)][..], 1),
        (&[("portability.json", old)][..], 1),
    ] {
        let objects = inspect_all(&place, &zip(&place, files), 0);
        assert_eq!(objects.len(), count, "{files:?}");
        assert_eq!(objects[0]["people"][0]["phones"], json!(["+447700900101"]), "{files:?}");
        assert_eq!(objects[0]["groups"][0]["title"], "Choir", "{files:?}");
    }
    // In a folder as well.
    for (name, text) in NEW {
        place.file(&format!("report/{name}"), text);
    }
    let folder = place.path().join("report");
    let outcome = place.run(["inspect".as_ref(), "--json".as_ref(), folder.as_os_str()]).ends_with(0);
    let kinds: Vec<Value> = outcome.json().iter().map(|o| o["kind"].clone()).collect();
    assert_eq!(kinds, vec![json!("whatsapp-account-report"); 3]);
}
