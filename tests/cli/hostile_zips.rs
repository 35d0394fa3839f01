//! Archives that mean harm: names and links that lead outside, bombs, doubled
//! and overlapping entries, directories that contradict the entries, locked
//! and damaged ones, and far too many. Each test bears the number of its case.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use serde_json::Value;

use super::hostile::{HEAP, contacts, import, inspect, inspect_all, inspect_within, problem, refused, sound};
use super::support::{Outcome, Place, codes, names};
use super::zip_bytes::{Entry, LINK, archive};

const CHAT: &[u8] = b"31/12/2020, 21:41 - Ada Quill: hi\n31/12/2020, 21:42 - Bo Marsh: hi\n";
const EVIL: &[u8] = b"31/12/2020, 21:41 - Mal Ware: hi\n31/12/2020, 21:42 - Bo Marsh: hi\n";

/// Everything below a folder.
fn tree(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut paths: Vec<PathBuf> =
        entries.flat_map(|path| if path.is_dir() { tree(&path) } else { vec![path] }).collect();
    paths.sort();
    paths
}

/// All problems of the objects, by code.
fn all_codes(objects: &[Value]) -> Vec<&str> {
    objects.iter().flat_map(codes).collect()
}

/// The items that were read.
fn read(objects: &[Value]) -> Vec<&Value> {
    objects.iter().filter(|o| o["kind"] != "unknown").collect()
}

/// A call that must be over soon, in little memory.
fn briefly(place: &Place, path: &Path, code: i32) -> Outcome {
    let begun = std::time::Instant::now();
    let outcome = sound(inspect_within(place, HEAP, path)).ends_with(code);
    assert!(begun.elapsed().as_secs() < 20, "{:?}", begun.elapsed());
    outcome
}

#[test]
fn the_archives_of_these_tests_are_archives() {
    let place = Place::new();
    let entries = [Entry::stored("_chat.txt", CHAT), Entry::deflated("a/b/other.txt", EVIL)];
    let objects = inspect_all(&place, &place.file("good.zip", archive(&entries)), 0);
    assert_eq!(read(&objects).iter().map(|o| names(o)[0]).collect::<Vec<_>>(), ["Ada Quill", "Mal Ware"]);
}

#[test]
fn b09_names_that_lead_outside_are_refused_and_nothing_is_unpacked() {
    let hostile = [
        "../../.ssh/authorized_keys",
        "../mal.txt",
        "/tmp/transhume-mal.txt",
        "C:\\mal.txt",
        "C:mal.txt",
        "..\\mal.txt",
        "\\\\host\\mal.txt",
        "..././mal.txt",
        "a/../../mal.txt",
        "a/..\\..\\mal.txt",
        "mal.txt\0.jpg",
    ];
    let place = Place::new();
    let mut entries: Vec<Entry> = hostile.iter().map(|name| Entry::stored(name, EVIL)).collect();
    entries.push(Entry::stored("_chat.txt", CHAT));
    let file = place.file("in/WhatsApp Chat - Ada Quill.zip", archive(&entries));
    let before = tree(place.path());
    let objects = inspect_all(&place, &file, 3);
    assert_eq!(all_codes(&objects), ["zip-unsafe-name"].repeat(hostile.len()));
    let good = read(&objects);
    assert_eq!((good.len(), names(good[0])), (1, vec!["Ada Quill", "Bo Marsh"]));
    assert!(good[0]["path"].as_str().unwrap().ends_with("WhatsApp Chat - Ada Quill.zip!/_chat.txt"));
    import(&place, &[&file], 3);
    assert!(contacts(&place).iter().all(|c| c["name"] != "Mal Ware"));
    let mut after = tree(place.path());
    after.retain(|path| !path.starts_with(place.path().join("ws")));
    assert_eq!(after, before);
    for outside in [place.path().with_file_name("mal.txt"), PathBuf::from("/tmp/transhume-mal.txt")] {
        assert!(!outside.exists(), "{}", outside.display());
    }
}

#[test]
fn b09_an_archive_of_nothing_but_hostile_names_is_no_input() {
    let place = Place::new();
    let file = place.file("evil.zip", archive(&[Entry::stored("../../x/_chat.txt", EVIL)]));
    let object = inspect(&place, &file, 4);
    assert_eq!(problem(&object, "zip-unsafe-name")["severity"], "error");
    refused(&place, &file);
}

#[test]
fn b10_links_are_refused_and_not_followed() {
    let place = Place::new();
    place.file("secret/_chat.txt", EVIL);
    let target = place.path().join("secret");
    let link = |name: &str, to: &Path| Entry {
        mode: LINK,
        ..Entry::stored(name, to.as_os_str().as_encoded_bytes())
    };
    let to_file = link("linked.txt", &target.join("_chat.txt"));
    let file = place.file("link.zip", archive(&[to_file, link("dir", &target)]));
    assert_eq!(all_codes(&inspect_all(&place, &file, 4)), ["zip-link", "zip-link"]);
    refused(&place, &file);
    // A file "through" the link is an entry like any other: it neither reads
    // nor writes where the link points to.
    let through = Entry::stored("dir/_chat.txt", CHAT);
    let file = place.file("through.zip", archive(&[link("dir", &target), through]));
    let objects = inspect_all(&place, &file, 3);
    assert_eq!(all_codes(&objects), ["zip-link"]);
    assert!(read(&objects).iter().all(|o| !names(o).contains(&"Mal Ware")));
    assert_eq!(fs::read(target.join("_chat.txt")).unwrap(), EVIL);
}

#[test]
fn b11_archives_in_archives_are_not_opened() {
    let place = Place::new();
    let inner = archive(&[Entry::stored("_chat.txt", EVIL)]);
    let layers = ["inner.zip", "inner.txt"].map(|name| Entry::stored(name, &inner));
    let file = place.file("42.zip", archive(&layers));
    let objects = inspect_all(&place, &file, 4);
    assert_eq!(all_codes(&objects), ["zip-nested", "zip-nested"]);
    refused(&place, &file);
}

#[test]
fn b11_a_bomb_is_refused_whatever_its_directory_says() {
    let place = Place::new();
    let mut content = CHAT.to_vec();
    content.resize(16 * 1024 * 1024, b'a');
    let honest = Entry::deflated("_chat.txt", &content);
    assert!(honest.data.len() * 200 < content.len());
    let lying = Entry { size: 100, local_size: 100, ..honest.clone() };
    for (name, bomb) in [("honest.zip", honest), ("lying.zip", lying)] {
        let file = place.file(name, archive(&[bomb]));
        let outcome = briefly(&place, &file, 4);
        assert_eq!(codes(&outcome.json()[0]), ["zip-too-large"], "{name}");
        refused(&place, &file);
    }
}

#[test]
fn b11_overlapping_entries_are_refused() {
    let place = Place::new();
    let mut content = CHAT.to_vec();
    content.resize(64 * 1024, b'a');
    // Each entry of a thousand unpacks the same bytes.
    let first = Entry::deflated("0.txt", &content);
    let copy = |i: u32| Entry { name: format!("{i}.txt").into_bytes(), at: Some(0), ..first.clone() };
    let entries: Vec<Entry> = [first.clone()].into_iter().chain((1..1000).map(copy)).collect();
    let file = place.file("fifield.zip", archive(&entries));
    let outcome = briefly(&place, &file, 4);
    let object = &outcome.json()[0];
    assert_eq!((&object["kind"], &object["problems"][0]["severity"]), (&"unknown".into(), &"error".into()));
    refused(&place, &file);
}

#[test]
fn b11_overlapping_entries_are_not_called_two_of_one_name() {
    let place = Place::new();
    let first = Entry::stored("0.txt", CHAT);
    let second = Entry { name: b"1.txt".to_vec(), at: Some(0), ..first.clone() };
    let object = inspect(&place, &place.file("fifield.zip", archive(&[first, second])), 4);
    let what = object["problems"][0]["what"].as_str().unwrap();
    assert!(!what.contains("same name"), "{what}");
}

#[test]
fn b12_two_entries_of_one_name_are_refused() {
    let place = Place::new();
    let entries = [Entry::stored("_chat.txt", CHAT), Entry::stored("_chat.txt", EVIL)];
    let file = place.file("two.zip", archive(&entries));
    let object = inspect(&place, &file, 4);
    assert_eq!(codes(&object), ["zip-duplicate"]);
    refused(&place, &file);
}

#[test]
fn b12_the_directory_counts_and_not_the_local_headers() {
    let place = Place::new();
    let local_name = b"mal-ware-in-hiding.txt".to_vec();
    let entry = Entry { local_name, local_size: 7, ..Entry::deflated("_chat.txt", CHAT) };
    let object = inspect(&place, &place.file("a.zip", archive(&[entry])), 0);
    assert!(object["path"].as_str().unwrap().ends_with("a.zip!/_chat.txt"), "{object}");
    assert_eq!(object["counts"]["messages"], 2);
    // What only a local header knows of is not there.
    let hidden =
        [archive(&[Entry::stored("hidden.txt", EVIL)]), archive(&[Entry::stored("_chat.txt", CHAT)])];
    let objects = inspect_all(&place, &place.file("b.zip", hidden.concat()), 0);
    assert_eq!(read(&objects).iter().map(|o| names(o)[0]).collect::<Vec<_>>(), ["Ada Quill"]);
}

#[test]
fn b13_a_locked_entry_is_named() {
    let place = Place::new();
    let locked = Entry { flags: 1, ..Entry::stored("_chat.txt", EVIL) };
    let file = place.file("locked.zip", archive(std::slice::from_ref(&locked)));
    assert_eq!(codes(&inspect(&place, &file, 4)), ["zip-encrypted"]);
    refused(&place, &file);
    let file = place.file("half.zip", archive(&[locked, Entry::stored("other.txt", CHAT)]));
    let objects = inspect_all(&place, &file, 3);
    assert_eq!((all_codes(&objects), names(read(&objects)[0])[0]), (vec!["zip-encrypted"], "Ada Quill"));
}

#[test]
fn b13_a_wrong_checksum_is_told_and_nothing_of_it_is_kept() {
    let place = Place::new();
    let long = CHAT.repeat(2_000);
    assert!(long.len() > 128 * 1024);
    for content in [CHAT, &long] {
        let mut entry = Entry::deflated("_chat.txt", content);
        entry.crc ^= 1;
        let file = place.file("bad.zip", archive(&[entry]));
        let told = &inspect_all(&place, &file, 4)[0];
        assert_eq!(codes(told), ["zip-checksum"]);
        assert!(told["path"].as_str().unwrap().ends_with("bad.zip!/_chat.txt"), "{told}");
        refused(&place, &file);
    }
}

#[test]
fn b13_an_archive_with_a_damaged_entry_is_not_called_strange_as_well() {
    let place = Place::new();
    let mut entry = Entry::deflated("_chat.txt", CHAT);
    entry.crc ^= 1;
    let objects = inspect_all(&place, &place.file("bad.zip", archive(&[entry])), 4);
    assert_eq!(all_codes(&objects), ["zip-checksum"]);
}

#[test]
fn b13_zip64_is_read() {
    let place = Place::new();
    let mut bytes = std::io::Cursor::new(Vec::new());
    let mut writer = zip::ZipWriter::new(&mut bytes);
    let options = zip::write::SimpleFileOptions::default().large_file(true);
    writer.start_file("_chat.txt", options).unwrap();
    writer.write_all(CHAT).unwrap();
    writer.finish().unwrap();
    let object = inspect(&place, &place.file("big.zip", bytes.into_inner()), 0);
    assert_eq!(names(&object), ["Ada Quill", "Bo Marsh"]);
}

#[test]
fn b13_too_many_entries_are_refused_before_they_are_listed() {
    let place = Place::new();
    let entries: Vec<Entry> = (0..=100_000).map(|i| Entry::stored(format!("{i}.jpg"), b"")).collect();
    let file = place.file("many.zip", archive(&entries));
    let outcome = briefly(&place, &file, 4);
    let object = &outcome.json()[0];
    assert_eq!(codes(object), ["zip-too-many"]);
    assert!(object["problems"][0]["what"].as_str().unwrap().contains("100,001"), "{object}");
    refused(&place, &file);
}

#[test]
fn b13_as_many_as_a_big_family_sends_are_read() {
    let place = Place::new();
    let mut entries: Vec<Entry> = (0..20_000).map(|i| Entry::stored(format!("{i}.jpg"), b"")).collect();
    entries.push(Entry::stored("_chat.txt", CHAT));
    let outcome = briefly(&place, &place.file("family.zip", archive(&entries)), 0);
    assert_eq!(names(&outcome.object()), ["Ada Quill", "Bo Marsh"]);
}

#[test]
fn b13_nothing_hides_how_many_entries_there_are() {
    let mut entries: Vec<Entry> = (0..100_000).map(|i| Entry::stored(format!("{i}.jpg"), b"")).collect();
    entries.push(Entry::stored("_chat.txt", CHAT));
    let many = archive(&entries);
    let end = many.len() - 22;
    let comment = |text: &[u8]| {
        let length = u16::try_from(text.len()).unwrap().to_le_bytes();
        [&many[..end + 20], &length, text].concat()
    };
    // A comment that looks like the end of an empty archive, but is none: its
    // own comment would go beyond the end.
    let false_end = comment(&[b"PK\x05\x06", &[0; 16][..], &[0xff, 0xff]].concat());
    // The longest comment there can be, behind which the zip64 end stands far off.
    let far = comment(&vec![b'c'; 0xffff]);
    // A small count, and the rest only in the zip64 end.
    let mut small = many.clone();
    small[end + 8..end + 12].copy_from_slice(&[1, 0, 1, 0]);
    small[end + 16..end + 20].copy_from_slice(&[0xff; 4]);
    for (name, bytes) in [("false-end.zip", false_end), ("far.zip", far), ("small.zip", small)] {
        let place = Place::new();
        let outcome = Outcome::of(
            &place.command().args(["inspect", "--json"]).arg(place.file(name, bytes)).output().unwrap(),
        );
        let outcome = sound(outcome);
        let object = &outcome.json()[0];
        assert!(matches!(codes(object)[..], ["zip-too-many" | "zip-damaged"]), "{name}: {object}");
        assert_eq!(outcome.code, Some(4), "{name}");
    }
}
