//! `purge`: whatever was written goes, wherever it was written, and nothing else.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use crate::support::Place;

const CHAT: &str = "13/05/2020, 14:03 - Bo Marsh: one\n13/05/2020, 14:04 - Ada Quill: two\n";

/// A workspace with outputs in three folders, drafts, a table of questions, the user's
/// own template, and something of theirs among the outputs.
fn used() -> Place {
    let place = Place::new();
    place.file("WhatsApp Chat with Bo Marsh.txt", CHAT);
    place.file(
        "book.vcf",
        "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Bo Marsh\r\nTEL:+447700900123\r\nEND:VCARD\r\n\
         BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Ada Quill\r\nTEL:+441990000001\r\nEMAIL:a@example.org\r\nEND:VCARD\r\n",
    );
    place.file("ws/transhume.toml", "[reach]\nmatrix = \"@me:example.org\"\n");
    place.run(["--me", "Ada Quill", "migrate", "WhatsApp Chat with Bo Marsh.txt", "book.vcf"]).ends_with(0);
    place.run(["--out", "elsewhere/deep", "report", "--html", "--csv", "--vcard", "--markdown"]).ends_with(0);
    place.run(["--out", "fourth", "report", "--html", "--markdown", "--share"]).ends_with(0);
    place.run(["--out", "third", "invite"]).ends_with(0);
    place.run(["review", "export", "my-questions.csv"]).ends_with(0);
    place.file("elsewhere/deep/holiday.jpg", "mine");
    place.file("ws/templates/en/invite.txt", "mine");
    place
}

fn files(place: &Place) -> BTreeSet<PathBuf> {
    fn walk(folder: &Path, all: &mut BTreeSet<PathBuf>) {
        for entry in fs::read_dir(folder).unwrap().flatten() {
            match entry.path().is_dir() {
                true => walk(&entry.path(), all),
                false => {
                    all.insert(entry.path());
                }
            }
        }
    }
    let mut all = BTreeSet::new();
    walk(place.path(), &mut all);
    all.into_iter().map(|path| path.strip_prefix(place.path()).unwrap().to_owned()).collect()
}

fn paths<const N: usize>(names: [&str; N]) -> BTreeSet<PathBuf> {
    names.map(PathBuf::from).into_iter().collect()
}

#[test]
fn f22_whatever_was_written_goes_and_nothing_else() {
    let place = used();
    let before = files(&place);
    let mine = paths([
        "WhatsApp Chat with Bo Marsh.txt",
        "book.vcf",
        "elsewhere/deep/holiday.jpg",
        "ws/templates/en/invite.txt",
    ]);
    assert!(before.len() > mine.len() + 12, "{before:?}");
    let told = place.run(["purge", "--dry-run"]).ends_with(0);
    assert_eq!(files(&place), before, "nothing is deleted where it is only to be told");
    let done = place.run(["purge", "--yes"]).ends_with(0);
    assert_eq!(files(&place), mine);
    // Every one of them was listed, the templates as the user's.
    for path in before.difference(&mine) {
        for listed in [&told.stdout, &done.stdout] {
            assert!(
                listed.contains(&*path.file_name().unwrap().to_string_lossy()),
                "{}: {listed}",
                path.display()
            );
        }
    }
    assert!(
        done.stdout.contains("These are not transhume’s") && done.stdout.contains("templates"),
        "{}",
        done.stdout
    );
    assert!(done.stderr.contains("backups and snapshots"), "{}", done.stderr);
    assert!(!place.path().join("ws/out").exists() && !place.path().join("third/invites").exists());
    // The second time there is nothing left; and it begins anew.
    place.run(["purge", "--yes"]).ends_with(4);
    place.run(["import", "book.vcf"]).ends_with(0);
}

#[test]
fn nothing_goes_without_consent() {
    let place = used();
    let before = files(&place);
    let refused = place.run(["purge"]).ends_with(6);
    assert!(refused.stderr.contains("Nothing was deleted"), "{}", refused.stderr);
    assert_eq!(files(&place), before);
}

#[test]
fn programs_are_told_what_went() {
    let place = used();
    let view = place.run(["purge", "--yes", "--json"]).ends_with(0).object();
    assert_eq!((&view["schema"], &view["dry_run"]), (&"transhume.purge/1".into(), &false.into()));
    let deleted = view["deleted"].as_array().unwrap();
    assert!(deleted.iter().any(|path| path.as_str().unwrap().ends_with("my-questions.csv")), "{view}");
    assert_eq!(view["failed"], serde_json::json!([]));
    assert_eq!(view["kept"].as_array().unwrap().len(), 1, "{view}");
}

#[test]
fn what_somebody_else_wrote_in_its_place_stays() {
    let place = used();
    place.file("elsewhere/deep/report.html", "<p>my own page</p>");
    place.file(
        "ws/transhume.db",
        "SQLite format 3\0 and the rest is another program's, of whatever length it has",
    );
    let done = place.run(["purge", "--yes"]).ends_with(0);
    let left = files(&place);
    for stays in ["elsewhere/deep/report.html", "ws/transhume.db"] {
        assert!(left.contains(Path::new(stays)), "{left:?}");
        assert!(done.stdout.contains(Path::new(stays).file_name().unwrap().to_str().unwrap()));
    }
}

#[test]
fn a_damaged_database_goes_as_well() {
    let place = used();
    let path = place.path().join("ws/transhume.db");
    let mut bytes = fs::read(&path).unwrap();
    let length = bytes.len();
    bytes[100..length / 2].fill(0xaa);
    fs::write(&path, bytes).unwrap();
    place.run(["purge", "--yes"]).ends_with(0);
    assert!(!path.exists());
}

#[test]
fn whoever_is_signed_in_is_told_what_deleting_does_not_do() {
    let place = used();
    place.file("ws/matrix-session.json", "{}");
    let done = place.run(["--lang", "fr", "purge", "--yes"]).ends_with(0);
    assert!(done.stderr.contains("encore connecté à Matrix"), "{}", done.stderr);
    assert!(!place.path().join("ws/matrix-session.json").exists());
}
