//! The key of Signal Desktop's database: where it lies, who is asked for its
//! password, and what is said when it cannot be had.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;

use aes::Aes128;
use aes::cipher::block_padding::Pkcs7;
use aes::cipher::{BlockEncryptMut, KeyIvInit};
use serde_json::{Value, json};

use crate::signal_desktop::{KEY, make, two_people};
use crate::support::{Outcome, Place};

const PASSWORD: &str = "c2VjcmV0LWZyb20ta2V5cmluZw==";

/// Seals the key as Electron does.
fn sealed(mark: &str, password: &str, rounds: u32) -> String {
    let mut key = [0; 16];
    pbkdf2::pbkdf2_hmac::<sha1::Sha1>(password.as_bytes(), b"saltysalt", rounds, &mut key);
    let encryptor = cbc::Encryptor::<Aes128>::new((&key).into(), (&[b' '; 16]).into());
    let blob = encryptor.encrypt_padded_vec_mut::<Pkcs7>(KEY.as_bytes());
    mark.bytes().chain(blob).map(|byte| format!("{byte:02x}")).collect()
}

/// A folder with those settings.
fn with_config(place: &Place, config: &Value) -> Option<PathBuf> {
    let folder = place.path().join("Signal");
    make(&folder, config, &two_people(), &[]).then_some(folder)
}

/// Puts a program on the path that notes how it was called.
fn fake(place: &Place, name: &str, script: &str) {
    let path = place.file(
        &format!("bin/{name}"),
        format!("#!/bin/sh\nfor a in \"$@\"; do echo \"$a\" >> called; done\n{script}\n"),
    );
    fs::set_permissions(path, fs::Permissions::from_mode(0o755)).unwrap();
}

/// Imports with nothing on the path but the fakes.
fn import(place: &Place, more: &[&str]) -> Outcome {
    fs::create_dir_all(place.path().join("bin")).unwrap();
    let mut command = place.command();
    let arguments = ["import", "--json", "--signal-desktop", "Signal"];
    let output = command.args(arguments).args(more).env("PATH", place.path().join("bin")).output().unwrap();
    Outcome::of(&output)
}

fn called(place: &Place) -> Vec<String> {
    let calls = fs::read_to_string(place.path().join("called")).unwrap_or_default();
    calls.lines().map(str::to_owned).collect()
}

/// What was said, in one line.
#[track_caller]
fn refused(outcome: Outcome) -> String {
    outcome.ends_with(4).stderr.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn basic_text_needs_nobodys_password() {
    let place = Place::new();
    let config = json!({"encryptedKey": sealed("v10", "peanuts", 1), "safeStorageBackend": "basic_text"});
    if with_config(&place, &config).is_none() {
        return;
    }
    assert_eq!(import(&place, &[]).ends_with(0).object()["read"], 2);
}

#[test]
fn keyrings_are_asked_by_their_own_tools_and_it_is_said_before() {
    let kwallet = ["kdewallet", "-f", "Chromium Keys", "-r", "Chromium Safe Storage"];
    let cases: [(Option<&str>, &str, &[&str], u32); 5] = [
        (Some("gnome_libsecret"), "secret-tool", &["lookup", "application", "Signal"], 1),
        (Some("kwallet"), "kwallet-query", &kwallet, 1),
        (Some("kwallet5"), "kwallet-query", &kwallet, 1),
        (Some("kwallet6"), "kwallet-query", &kwallet, 1),
        (None, "security", &["find-generic-password", "-ws", "Signal Safe Storage"], 1003),
    ];
    for (backend, tool, arguments, rounds) in cases {
        let place = Place::new();
        let mut config =
            json!({"encryptedKey": sealed(if rounds == 1 { "v11" } else { "v10" }, PASSWORD, rounds)});
        if let Some(backend) = backend {
            config["safeStorageBackend"] = json!(backend);
        }
        if with_config(&place, &config).is_none() {
            return;
        }
        fake(&place, tool, &format!("echo '{PASSWORD}'"));
        let outcome = import(&place, &[]).ends_with(0);
        assert_eq!(outcome.object()["read"], 2, "{tool}");
        assert_eq!(called(&place), arguments, "{tool}");
        let said = outcome.stderr.find("The keyring is asked").expect("it is said");
        assert!(outcome.stderr[said..].contains(tool), "{}", outcome.stderr);
        assert!(!outcome.all().contains(PASSWORD));
        assert!(
            place
                .snapshot()
                .iter()
                .all(|(_, bytes)| !bytes.windows(28).any(|part| part == PASSWORD.as_bytes()))
        );
    }
}

#[test]
fn a_keyring_that_does_not_tell_is_named_with_the_way_around() {
    let place = Place::new();
    let config = json!({"encryptedKey": sealed("v11", PASSWORD, 1), "safeStorageBackend": "gnome_libsecret"});
    if with_config(&place, &config).is_none() {
        return;
    }
    for script in [None, Some("exit 1"), Some("echo; exit 0"), Some("printf '\\377'")] {
        if let Some(script) = script {
            fake(&place, "secret-tool", script);
        }
        let said = refused(import(&place, &[]));
        for part in ["secret-tool lookup application Signal", "--signal-key-file", "transhume guide signal"] {
            assert!(said.contains(part), "{script:?}: {said}");
        }
    }
    fake(&place, "secret-tool", "echo another-password");
    let said = refused(import(&place, &[]));
    assert!(said.contains("password in the keyring does not open the key"), "{said}");
}

#[test]
fn a_key_that_windows_sealed_is_not_tried_and_the_way_around_works() {
    let place = Place::new();
    let config = json!({"encryptedKey": format!("763130{}", "ab".repeat(92))});
    if with_config(&place, &config).is_none() {
        return;
    }
    let said = refused(import(&place, &[]));
    for part in ["sealed by Windows", "transhume guide signal", "--signal-key-file"] {
        assert!(said.contains(part), "{said}");
    }
    let spaced: Vec<&str> = (0..16).map(|at| &KEY[at * 4..at * 4 + 4]).collect();
    place.file("key.txt", format!("{}\n", spaced.join(" ")));
    // Then the settings are not even opened.
    fs::remove_file(place.path().join("Signal/config.json")).unwrap();
    let outcome = import(&place, &["--signal-key-file", "key.txt"]).ends_with(0);
    assert_eq!(outcome.object()["read"], 2);
    assert!(
        outcome.stderr.contains("key.txt") && !outcome.stderr.contains("config.json"),
        "{}",
        outcome.stderr
    );
}

#[test]
fn a_file_without_a_key_is_a_mistake_of_typing() {
    let place = Place::new();
    place.file("short.txt", &KEY[1..]);
    place.file("long.txt", KEY.repeat(200));
    for file in ["short.txt", "long.txt", "nowhere.txt"] {
        let outcome = import(&place, &["--signal-key-file", file]).ends_with(2);
        assert!(outcome.stderr.contains(file) && !outcome.stderr.contains(&KEY[1..]), "{}", outcome.stderr);
    }
    if with_config(&place, &json!({"key": KEY})).is_none() {
        return;
    }
    place.file("other.txt", KEY.replace('0', "1"));
    let said = refused(import(&place, &["--signal-key-file", "other.txt"]));
    assert!(said.contains("does not open this database"), "{said}");
}

#[test]
fn an_old_key_beside_the_sealed_one_does_no_harm() {
    let place = Place::new();
    let sealed = sealed("v10", "peanuts", 1);
    for key in [KEY.replace('0', "1"), "nonsense".to_owned()] {
        let config = json!({"key": key, "encryptedKey": sealed, "safeStorageBackend": "basic_text"});
        if with_config(&place, &config).is_none() {
            return;
        }
        assert_eq!(import(&place, &[]).ends_with(0).object()["read"], 2);
    }
    // One that fits spares asking anybody.
    let config = json!({"key": KEY, "encryptedKey": "763131", "safeStorageBackend": "gnome_libsecret"});
    with_config(&place, &config);
    assert_eq!(import(&place, &[]).ends_with(0).object()["read"], 2);
}

#[test]
fn an_unknown_keyring_is_named() {
    let place = Place::new();
    let config = json!({"encryptedKey": sealed("v11", PASSWORD, 1), "safeStorageBackend": "moon_vault"});
    if with_config(&place, &config).is_none() {
        return;
    }
    let said = refused(import(&place, &[]));
    assert!(said.contains("moon_vault") && said.contains("--signal-key-file"), "{said}");
}
