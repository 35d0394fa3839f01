//! Encrypted backups, made by the tool that is known for them (`wa-crypt-tools`
//! of `PyPI`, in `target/venv`; `tests/run` installs it).

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::{Value, json};

use crate::databases::{MSGSTORE, WA, made};
use crate::hostile::{contact, inspect};
use crate::support::{Outcome, Place, codes};

const DIGITS: &str = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";

/// The tool's programs, or none where it was not installed.
fn tool(name: &str) -> Option<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/venv/bin").join(name);
    if path.is_file() {
        return Some(path);
    }
    assert!(std::env::var_os("TRANSHUME_TESTS_MUST_RUN").is_none(), "{} is missing", path.display());
    eprintln!("skipped: wa-crypt-tools is not in target/venv (tests/run installs it)");
    None
}

fn run(folder: &Path, program: &Path, arguments: &[&str]) {
    let output = Command::new(program).args(arguments).current_dir(folder).output().expect("the tool runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

/// A backup of `msgstore.db` of that generation, and its key file.
fn backup(place: &Place, generation: u8) -> Option<(PathBuf, &'static str)> {
    let (keys, encrypt) = (tool("wacreatekey")?, tool("waencrypt")?);
    made(place, "plain.db", &[MSGSTORE]);
    let key = make_key(place.path(), &keys, generation, DIGITS);
    let name = format!("msgstore.db.crypt{generation}");
    run(place.path(), &encrypt, &["--type", &generation.to_string(), key, "plain.db", &name]);
    fs::remove_file(place.path().join("plain.db")).unwrap();
    Some((place.path().join(name), key))
}

/// Makes a key file, under the name that the tool gives it.
fn make_key(folder: &Path, keys: &Path, generation: u8, digits: &str) -> &'static str {
    match generation {
        15 => run(folder, keys, &["-y", "--hex", digits]),
        _ => run(folder, keys, &["-y", "-c14"]),
    }
    if generation == 15 { "encrypted_backup.key" } else { "key" }
}

fn with_key(place: &Place, path: &Path, key: &str) -> Outcome {
    let arguments = ["inspect", "--json", "--backup-key", key].map(AsRef::as_ref);
    place.run(arguments.into_iter().chain([path.as_os_str()]))
}

fn first(outcome: &Outcome) -> Value {
    outcome.json().remove(0)
}

#[test]
fn every_generation_opens_with_its_key_file() {
    for generation in [12, 14, 15] {
        let place = Place::new();
        let Some((path, key)) = backup(&place, generation) else { return };
        let before = fs::read(&path).unwrap();
        let object = first(&with_key(&place, &path, key).ends_with(0));
        assert_eq!(object["kind"], "whatsapp-backup", "crypt{generation}");
        assert_eq!(object["platform"], "android");
        assert_eq!(object["counts"]["messages"], 12);
        assert_eq!(fs::read(&path).unwrap(), before);
        assert_eq!(fs::read_dir(place.path()).unwrap().count(), 2, "nothing decrypted is left behind");

        // It is known by its content, whatever it is called.
        fs::rename(&path, place.path().join("something")).unwrap();
        with_key(&place, &place.path().join("something"), key).ends_with(0);
    }
}

#[test]
fn b06_without_a_key_it_is_asked_for() {
    for generation in [12, 15] {
        let place = Place::new();
        let Some((path, _)) = backup(&place, generation) else { return };
        let object = inspect(&place, &path, 4);
        assert_eq!(
            (object["kind"].as_str(), codes(&object)),
            (Some("whatsapp-backup"), vec!["backup-needs-key"])
        );
        let hint = object["problems"][0]["hint"].as_str().unwrap();
        assert!(hint.contains("--backup-key"), "{hint}");
    }
}

#[test]
fn the_64_digits_open_it_from_a_file_and_from_the_environment() {
    let place = Place::new();
    let Some((path, _)) = backup(&place, 15) else { return };
    let spaced: Vec<&str> = (0..16).map(|at| &DIGITS[at * 4..at * 4 + 4]).collect();
    place.file("digits.txt", format!("{}\n", spaced.join(" ")));
    with_key(&place, &path, "digits.txt").ends_with(0);
    for value in [DIGITS, "encrypted_backup.key"] {
        let mut command = place.command();
        let output = command
            .args(["import", "--json"])
            .arg(&path)
            .env("TRANSHUME_BACKUP_KEY", value)
            .output()
            .unwrap();
        Outcome::of(&output).ends_with(0);
    }
    // With names from another one, as both lie beside each other on the phone.
    let (Some(encrypt), wa) = (tool("waencrypt"), made(&place, "wa.db", &[WA])) else { return };
    run(place.path(), &encrypt, &["--type", "15", "encrypted_backup.key", "wa.db", "wa.db.crypt15"]);
    fs::remove_file(wa).unwrap();
    let arguments = ["migrate", "--backup-key", "encrypted_backup.key", "."];
    place.run(arguments).ends_with(0);
    assert_eq!(contact(&place, "Ada Quill")["messages"], 6);
    // The key is nowhere in what was written.
    for (file, bytes) in place.snapshot() {
        let text = String::from_utf8_lossy(&bytes);
        assert!(!text.contains(DIGITS) && !text.contains("xylophone"), "{}", file.display());
    }
}

#[test]
fn a_wrong_key_is_told_from_a_damaged_file() {
    for generation in [12, 14, 15] {
        let place = Place::new();
        let Some((path, key)) = backup(&place, generation) else { return };
        let good = fs::read(&path).unwrap();
        let mut bad = good.clone();
        let middle = bad.len() / 2;
        bad[middle] ^= 1;
        for bytes in [bad, good[..good.len() - 100].to_vec()] {
            // The end of crypt12 is its mark.
            let bytes = if generation == 12 { [&bytes[..bytes.len() - 4], b"--00"].concat() } else { bytes };
            fs::write(&path, bytes).unwrap();
            let object = first(&with_key(&place, &path, key).ends_with(4));
            assert_eq!(codes(&object), ["backup-damaged"], "crypt{generation}");
        }
        fs::write(&path, &good).unwrap();
        let keys = tool("wacreatekey").unwrap();
        let folder = place.path().join("other");
        fs::create_dir(&folder).unwrap();
        let other = folder.join(make_key(&folder, &keys, generation, &format!("{}0", &DIGITS[1..])));
        let object = first(&with_key(&place, &path, other.to_str().unwrap()).ends_with(4));
        assert_eq!(codes(&object), ["backup-wrong-key"], "crypt{generation}");
    }
}

#[test]
fn what_is_no_key_is_a_wrong_call() {
    let place = Place::new();
    place.file("key", "not a key");
    place.file("a.vcf", "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Ada\r\nEND:VCARD\r\n");
    for (key, code) in [("key", "error-backup-key"), ("missing", "error-backup-key-file")] {
        let outcome = place.run(["inspect", "--json", "--backup-key", key, "a.vcf"]).ends_with(2);
        assert_eq!(first(&outcome)["code"], code);
        // In the user's language, without the system's own words.
        let french = place.run(["inspect", "--lang", "fr", "--backup-key", key, "a.vcf"]).ends_with(2);
        assert!(!french.stderr.contains("os error"), "{}", french.stderr);
    }
    // What looks like a key with a slip in it is not repeated.
    let output = place
        .command()
        .args(["inspect", "a.vcf"])
        .env("TRANSHUME_BACKUP_KEY", &DIGITS[1..])
        .output()
        .unwrap();
    let outcome = Outcome::of(&output).ends_with(2);
    assert!(!outcome.all().contains(&DIGITS[1..20]), "{}", outcome.stderr);
}

#[test]
fn an_archive_in_a_backup_is_looked_into() {
    let place = Place::new();
    let (Some(keys), Some(encrypt)) = (tool("wacreatekey"), tool("waencrypt")) else { return };
    make_key(place.path(), &keys, 15, DIGITS);
    let store = made(&place, "plain.db", &[MSGSTORE]);
    let zip = crate::zip_bytes::archive(&[crate::zip_bytes::Entry::deflated(
        "msgstore.db",
        &fs::read(&store).unwrap(),
    )]);
    place.file("several.zip", zip);
    let name = "several.zip.crypt15";
    run(
        place.path(),
        &encrypt,
        &["--type", "15", "--no-compress", "encrypted_backup.key", "several.zip", name],
    );
    let object = first(&with_key(&place, &place.path().join(name), "encrypted_backup.key").ends_with(0));
    assert_eq!((&object["kind"], &object["counts"]["messages"]), (&json!("whatsapp-backup"), &json!(12)));
    assert!(object["path"].as_str().unwrap().ends_with("several.zip.crypt15!/msgstore.db"));
}

#[test]
fn a_backup_that_was_cut_is_said_to_be_one() {
    for generation in [12, 14, 15] {
        let place = Place::new();
        let Some((path, key)) = backup(&place, generation) else { return };
        let whole = fs::read(&path).unwrap();
        // In the middle, and in the head.
        for length in [whole.len() / 2, 40] {
            fs::write(&path, &whole[..length]).unwrap();
            let object = first(&with_key(&place, &path, key).ends_with(4));
            assert_eq!(object["kind"], "whatsapp-backup");
            assert_eq!(codes(&object), ["backup-damaged"], "crypt{generation}, {length}");
            let walked = with_key(&place, place.path(), key).ends_with(4);
            assert!(walked.stdout.contains("backup-damaged"), "{}", walked.stdout);
        }
        let name = path.file_name().unwrap().to_str().unwrap();
        let zip = crate::zip_bytes::archive(&[crate::zip_bytes::Entry::deflated(name, &whole[..40])]);
        let zipped = place.file("backup.zip", zip);
        assert!(with_key(&place, &zipped, key).ends_with(4).stdout.contains("backup-damaged"));
    }
}

#[test]
fn a_backup_that_was_cut_needs_no_tool_to_be_known_by_its_name() {
    let place = Place::new();
    let path = place.file("msgstore.db.crypt12", [0, 1, 7, 7, 7, 7, 7, 7]);
    let object = inspect(&place, &path, 4);
    assert_eq!((codes(&object), &object["kind"]), (vec!["backup-damaged"], &json!("whatsapp-backup")));
}

#[test]
fn a_key_file_that_is_missing_says_what_a_key_is_and_where_to_get_one() {
    let place = Place::new();
    place.file("a.vcf", "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Ada\r\nEND:VCARD\r\n");
    let outcome = place.run(["inspect", "--backup-key", "missing.key", "a.vcf"]).ends_with(2);
    for word in ["missing.key", "path", "64 digits", "End-to-end encrypted backup"] {
        assert!(outcome.stderr.contains(word), "{word}: {}", outcome.stderr);
    }
}

/// Inspects a backup on a terminal on which `typed` is typed.
fn typed(place: &Place, path: &Path, typed: &str) -> Option<Outcome> {
    let mut script = Command::new("script");
    script.args(["-qec", "exec \"$TRANSHUME\" inspect \"$BACKUP\"", "/dev/null"]);
    let mut script = place.wrap(script);
    script.env("TRANSHUME", env!("CARGO_BIN_EXE_transhume")).env("BACKUP", path);
    let child = script.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn();
    let Ok(mut child) = child else {
        eprintln!("skipped: there is no script");
        return None;
    };
    let mut stdin = child.stdin.take().unwrap();
    for line in typed.split_inclusive(['\n', '\u{3}', '\u{4}']) {
        // As people do: when the question stands there.
        std::thread::sleep(std::time::Duration::from_secs(2));
        // Whoever was answered already is gone.
        let _ = stdin.write_all(line.as_bytes());
    }
    Some(Outcome::of(&child.wait_with_output().unwrap()))
}

#[test]
fn on_a_terminal_the_key_is_asked_for_and_not_shown() {
    let place = Place::new();
    let Some((path, key)) = backup(&place, 15) else { return };
    let spaced: Vec<&str> = (0..16).map(|at| &DIGITS[at * 4..at * 4 + 4]).collect();
    let slip = &DIGITS[..60];
    let cases = [
        (format!("{DIGITS}\n"), 0),
        (format!("{}\n", spaced.join(" ")), 0),
        // The path of a key file, and a second try.
        (format!("{key}\n"), 0),
        (format!("{slip}\n{DIGITS}\n"), 0),
        // Nothing, nonsense three times, and the end of the input.
        ("\n".to_owned(), 4),
        ("a\nb\nc\n".to_owned(), 4),
        ("\u{4}".to_owned(), 4),
    ];
    std::thread::scope(|scope| {
        for (answer, code) in &cases {
            let (place, path) = (&place, &path);
            scope.spawn(move || {
                let Some(outcome) = typed(place, path, answer) else { return };
                let outcome = outcome.ends_with(*code);
                assert!(outcome.stdout.contains("64"), "the question: {}", outcome.stdout);
                assert!(!outcome.all().contains(&DIGITS[..16]), "what was typed: {}", outcome.stdout);
                assert_eq!(outcome.stdout.contains("--backup-key"), *code != 0, "{}", outcome.stdout);
            });
        }
    });
}
