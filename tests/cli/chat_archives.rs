//! Archives into which folders were packed, each the chat of an iPhone.

use serde_json::Value;

use crate::hostile::{import, inspect_all};
use crate::support::{Place, names};
use crate::zip_bytes::{Entry, archive};

fn chat(day: u8, people: &[&str]) -> String {
    let line = |(at, name): (usize, &&str)| format!("[0{day}/02/2024, 10:{at:02}:00] {name}: hi\r\n");
    people.iter().enumerate().map(line).collect()
}

#[test]
fn folders_in_one_archive_are_chats_called_after_their_folders() {
    let place = Place::new();
    let texts = [
        ("WhatsApp Chat - Famille/_chat.txt", chat(1, &["Ada Quill", "Bo Marsh", "Cy Reed"])),
        ("sauvegarde/WhatsApp Chat - Voisins/_chat.txt", chat(2, &["Ada Quill", "Di Finch", "Eve Stone"])),
        ("Discussion WhatsApp avec Bo Marsh/_chat.txt", chat(3, &["Ada Quill", "Bo Marsh"])),
    ];
    let entries: Vec<Entry> =
        texts.iter().map(|(name, text)| Entry::deflated(name, text.as_bytes())).collect();
    let zip = place.file("Exports.zip", archive(&entries));
    let objects = inspect_all(&place, &zip, 0);
    let chats: Vec<(&Value, Vec<&str>)> = objects.iter().map(|o| (&o["chat"]["title"], names(o))).collect();
    assert_eq!(chats[0], (&"Famille".into(), vec!["Ada Quill", "Bo Marsh", "Cy Reed"]));
    assert_eq!(chats[1], (&"Voisins".into(), vec!["Ada Quill", "Di Finch", "Eve Stone"]));
    assert_eq!(chats[2], (&"Bo Marsh".into(), vec!["Ada Quill", "Bo Marsh"]));

    import(&place, &[&zip], 0);
    let report = place.run(["report", "--json"]).object();
    let groups: Vec<&str> =
        report["groups"].as_array().unwrap().iter().map(|g| g["title"].as_str().unwrap()).collect();
    assert_eq!(groups, ["Famille", "Voisins"]);
}
