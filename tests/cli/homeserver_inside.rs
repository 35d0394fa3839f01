//! `homeserver check --local`: what is seen in a server's own folder, one thing broken
//! at a time.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use crate::homeserver_check::faults;
use crate::internet::World;
use crate::support::{Outcome, Place};

/// A folder as `homeserver init` writes it.
fn written(place: &Place) -> PathBuf {
    place.run(["homeserver", "init", "example.org", "--yes"]).ends_with(0);
    place.path().join("matrix-example.org")
}

/// Looks at a server with which all is well from outside, and into that folder.
fn check(folder: &Path) -> Outcome {
    let mut world = World::new();
    world.arguments = vec!["--local".to_owned(), folder.to_str().unwrap().to_owned()];
    world.check("example.org")
}

#[track_caller]
fn names(wanted: &str, broken: impl FnOnce(&Path)) {
    let place = Place::new();
    let folder = written(&place);
    broken(&folder);
    let outcome = check(&folder).ends_with(if wanted.contains("FAIL") { 3 } else { 0 });
    assert_eq!(faults(&outcome), [wanted], "{}", outcome.stdout);
}

/// Replaces text in a file, and leaves its permissions.
fn edit(folder: &Path, file: &str, from: &str, to: &str) {
    let path = folder.join(file);
    let text = fs::read_to_string(&path).unwrap();
    assert!(text.contains(from), "{file}: {text}");
    fs::write(path, text.replace(from, to)).unwrap();
}

fn open_to_all(path: &Path) {
    fs::set_permissions(path, fs::Permissions::from_mode(0o644)).unwrap();
}

#[test]
fn what_init_wrote_is_in_order() {
    let place = Place::new();
    let outcome = check(&written(&place)).ends_with(0);
    assert_eq!(faults(&outcome), [] as [&str; 0], "{}", outcome.stdout);
    let seen: Vec<String> =
        outcome.json().iter().map(|finding| finding["id"].as_str().unwrap().to_owned()).collect();
    for id in ["H24", "H25", "H26"] {
        assert!(seen.contains(&id.to_owned()), "{seen:?}");
    }
    assert!(seen.is_sorted(), "{seen:?}");
}

#[test]
fn f24_secrets_that_others_can_read_or_guess_are_named_and_not_shown() {
    names("H25 FAIL h25-open", |folder| open_to_all(&folder.join("secrets/signing.key")));
    names("H25 FAIL h25-open", |folder| open_to_all(&folder.join(".env")));
    names("H25 FAIL h25-open", |folder| open_to_all(&folder.join("secrets/macaroon")));
    names("H25 FAIL h25-no-key", |folder| fs::remove_file(folder.join("secrets/signing.key")).unwrap());
    names("H25 FAIL h25-weak", |folder| fs::write(folder.join("secrets/form"), "changeme").unwrap());
    names("H25 warn h25-same", |folder| {
        fs::copy(folder.join("secrets/form"), folder.join("secrets/macaroon")).unwrap();
    });
    names("H25 warn h25-compose", |folder| {
        edit(
            folder,
            "compose.yaml",
            "services:",
            "x: &x\n  POSTGRES_PASSWORD: a-password-in-the-open\nservices:",
        );
    });
    let place = Place::new();
    let folder = written(&place);
    fs::write(folder.join("secrets/form"), "changeme-xyzzy-0").unwrap();
    assert!(!check(&folder).all().contains("xyzzy"));
}

#[test]
fn f25_a_folder_of_another_server_is_named() {
    names("H24 FAIL h24-other", |folder| {
        edit(folder, "homeserver.yaml", "server_name: \"example.org\"", "server_name: \"example.net\"");
    });
    names("H24 FAIL h24-missing", |folder| {
        edit(folder, "homeserver.yaml", "server_name: \"example.org\"", "");
    });
    names("H24 FAIL h24-not-yaml", |folder| fs::write(folder.join("homeserver.yaml"), "a: [").unwrap());
}

#[test]
fn sqlite_is_named_in_use_and_left_behind() {
    names("H26 warn h26-sqlite", |folder| edit(folder, "homeserver.yaml", "psycopg2", "sqlite3"));
    names("H26 warn h26-left", |folder| {
        fs::write(folder.join("homeserver.db"), b"SQLite format 3\0 and so on").unwrap();
    });
}

#[test]
fn a_folder_without_settings_is_a_wrong_call() {
    let place = Place::new();
    let folder = place.path().to_str().unwrap().to_owned();
    place.run(["homeserver", "check", "example.org", "--local", &folder]).ends_with(2);
}
