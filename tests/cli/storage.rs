//! What is on disk: full disks, links and strangers in the place of outputs,
//! permissions, secrets, and databases and settings that are none of ours.

use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};
use std::path::{Path, PathBuf};
use std::process::Command;

use rusqlite::Connection;
use transhume::model::foreign::Foreign;
use transhume::model::identity::{Address, Email, Jid, Mxid, SignalAci, SignalPni, SignalUsername};
use transhume::model::{Kind, Phone};

use crate::support::{Outcome, Place};

/// A token that must never be seen again.
const CANARY: &str = "syt_CANARY_b2d7f1";

/// A chat among three, with a card for each.
pub fn small_life(place: &Place) {
    let chat = "30/01/2021, 09:00 - Ada Test: hello\n30/01/2021, 09:01 - Bo Test: hello\n\
                30/01/2021, 09:02 - Nina Test: hello\n";
    place.file("in/WhatsApp Chat with Club.txt", chat);
    place.file("in/cards.vcf", cards(0..2));
}

/// So many cards of invented people.
pub fn cards(numbers: std::ops::Range<usize>) -> String {
    let names = ["Ada Test", "Bo Test"];
    let card = |n: usize| {
        let name = names.get(n).map_or_else(|| format!("Person {n} Test"), |name| (*name).to_owned());
        let (high, low) = (n / 100 % 100, n % 100);
        format!(
            "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:{name}\r\nTEL;TYPE=CELL:+33 6 39 98 {high:02} {low:02}\r\nEND:VCARD\r\n"
        )
    };
    numbers.map(card).collect()
}

/// All files below a folder, with their content.
pub fn files(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        match entry.file_type() {
            Ok(kind) if kind.is_dir() => found.extend(files(&entry.path())),
            _ => found.push((entry.path(), fs::read(entry.path()).unwrap_or_default())),
        }
    }
    found.sort();
    found
}

/// The same with paths from that folder on.
pub fn contents(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let relative = |(path, content): (PathBuf, Vec<u8>)| {
        (path.strip_prefix(folder).expect("a path below the folder").to_owned(), content)
    };
    files(folder).into_iter().map(relative).collect()
}

/// Runs a script in which `$TRANSHUME` is the program.
fn shell(place: &Place, mut shell: Command, script: &str) -> Option<Outcome> {
    shell.args(["sh", "-c", script]);
    let output = place.wrap(shell).env("TRANSHUME", env!("CARGO_BIN_EXE_transhume")).output();
    Some(Outcome::of(&output.ok()?))
}

#[test]
fn f02_a_full_disk_under_the_outputs_leaves_the_old_ones_whole() {
    let place = Place::new();
    small_life(&place);
    place.file("more.vcf", cards(2..1500));
    let mut unshare = Command::new("unshare");
    unshare.arg("-m");
    let script = "mkdir disk && mount -t tmpfs -o size=128k none disk || exit 99
        \"$TRANSHUME\" --out disk/out migrate in > /dev/null || exit 98
        cp -r disk/out before
        \"$TRANSHUME\" --out disk/out migrate more.vcf; code=$?
        cp -r disk/out after; exit $code";
    let Some(outcome) = shell(&place, unshare, script).filter(|o| o.code != Some(99)) else {
        return eprintln!("skipped: no disk of its own can be mounted here");
    };
    let outcome = outcome.ends_with(1);
    assert!(outcome.stderr.contains("No space left on device"), "{}", outcome.stderr);
    assert!(outcome.stderr.contains("disk/out/"), "it says which file: {}", outcome.stderr);
    assert_eq!(
        contents(&place.path().join("before")),
        contents(&place.path().join("after")),
        "and nothing else"
    );
}

#[test]
fn f02_a_full_disk_under_the_workspace_leaves_it_as_it_was() {
    let place = Place::new();
    small_life(&place);
    place.file("more.vcf", cards(2..3000));
    let mut unshare = Command::new("unshare");
    unshare.arg("-m");
    let script = "mkdir disk && mount -t tmpfs -o size=256k none disk || exit 99
        \"$TRANSHUME\" --workspace disk --out out migrate in > /dev/null || exit 98
        \"$TRANSHUME\" --workspace disk contacts --json > before
        \"$TRANSHUME\" --workspace disk runs --json >> before
        ls -A disk > files-before; cp -r out out-before
        \"$TRANSHUME\" --workspace disk --out out migrate more.vcf; code=$?
        \"$TRANSHUME\" --workspace disk contacts --json > after
        \"$TRANSHUME\" --workspace disk runs --json >> after
        ls -A disk > files-after; exit $code";
    let Some(outcome) = shell(&place, unshare, script).filter(|o| o.code != Some(99)) else {
        return eprintln!("skipped: no disk of its own can be mounted here");
    };
    let outcome = outcome.ends_with(1);
    let read = |name: &str| fs::read_to_string(place.path().join(name)).expect("what the script wrote");
    assert!(read("before").contains("transhume.run/1"));
    assert_eq!(read("before"), read("after"));
    assert_eq!(read("files-before"), read("files-after"));
    assert_eq!(contents(&place.path().join("out-before")), contents(&place.path().join("out")));
    assert!(["full", "space"].iter().any(|word| outcome.stderr.contains(word)), "{}", outcome.stderr);
    assert!(!outcome.stderr.contains("move transhume.db away"), "the database is good: {}", outcome.stderr);
}

#[test]
fn f03_a_link_in_the_place_of_an_output_is_refused() {
    for name in ["report.html", "report.json", "contacts.csv", "rejects.csv", "invites.html", "invites.csv"] {
        let place = Place::new();
        small_life(&place);
        let target = place.file("precious.txt", "not yours");
        fs::set_permissions(&target, fs::Permissions::from_mode(0o644)).expect("permissions");
        let there = fs::metadata(&target).expect("the target");
        let (link, nowhere) = (place.path().join("out").join(name), place.path().join("nowhere"));
        fs::create_dir(place.path().join("out")).expect("a folder");
        for to in [&target, &nowhere] {
            symlink(to, &link).expect("a link");
            let outcome = place.run(["--out", "out", "migrate", "in"]).ends_with(2);
            assert!(outcome.stderr.contains(name) && outcome.stderr.contains("link"), "{}", outcome.stderr);
            assert_eq!(fs::read_link(&link).expect("the link stays"), *to);
            assert!(!nowhere.exists(), "nothing is made through a link");
            fs::remove_file(&link).expect("the link");
        }
        let now = fs::metadata(&target).expect("the target");
        assert_eq!(fs::read(&target).expect("the target"), b"not yours");
        assert_eq!((now.ino(), now.mode(), now.mtime()), (there.ino(), there.mode(), there.mtime()));
        place.run(["--out", "out", "migrate", "in"]).ends_with(0);
    }
}

#[test]
fn f04_foreign_files_stay_and_own_ones_are_replaced() {
    let place = Place::new();
    small_life(&place);
    for (name, foreign) in [
        ("report.html", "<!doctype html><title>My thesis</title>"),
        ("report.json", "{\"my\":\"report\"}"),
        ("contacts.csv", "First Name,Last Name\nAda,Test\n"),
        ("invites.html", "<html>Wedding invites</html>"),
        ("invites.csv", "name,address\n"),
    ] {
        let path = place.file(&format!("out/{name}"), foreign);
        let outcome = place.run(["--out", "out", "migrate", "in"]).ends_with(2);
        assert!(outcome.stderr.contains(name), "{}", outcome.stderr);
        assert_eq!(fs::read_to_string(&path).expect("the foreign file"), foreign);
        fs::remove_file(path).expect("the foreign file");
    }
    let note = place.file("out/invites/note.txt", "my own note");
    place.run(["--out", "out", "migrate", "in"]).ends_with(0);
    let before = files(&place.path().join("out"));
    place.file("more.vcf", cards(2..30));
    place.run(["--out", "out", "migrate", "more.vcf"]).ends_with(0);
    for name in ["report.html", "report.json", "contacts.csv"] {
        let path = place.path().join("out").join(name);
        let old = before.iter().find(|(p, _)| *p == path).map(|(_, content)| content.clone());
        assert_ne!(fs::read(&path).ok(), old, "{name} is the new one");
    }
    assert_eq!(fs::read_to_string(note).expect("the note"), "my own note");
}

#[test]
fn f05_nobody_else_can_read_anything_even_under_umask_zero() {
    let place = Place::new();
    small_life(&place);
    let mut plain = Command::new("env");
    plain.arg("--");
    let script =
        "umask 000; \"$TRANSHUME\" migrate in && \"$TRANSHUME\" --out deep/out report --html --csv &&
        \"$TRANSHUME\" contacts exclude 'Ada Test'";
    shell(&place, plain, script).expect("a shell").ends_with(0);
    let mode = |path: &Path| fs::metadata(path).expect("what was written").mode() & 0o7777;
    let mut seen = 0;
    for folder in ["ws", "ws/out", "ws/out/invites", "deep", "deep/out"] {
        assert_eq!(mode(&place.path().join(folder)), 0o700, "{folder}");
    }
    for (path, _) in files(&place.path().join("ws")).into_iter().chain(files(&place.path().join("deep"))) {
        assert_eq!(mode(&path), 0o600, "{}", path.display());
        seen += 1;
    }
    assert!(seen > 10, "database, lock and outputs were looked at");
}

#[test]
fn f06_a_token_is_never_seen_again() {
    let place = Place::new();
    small_life(&place);
    for call in [
        &["--verbose", "migrate", "in"][..],
        &["--verbose", "--json", "migrate", "in"],
        &["--verbose", "import", "in"],
        &["--verbose", "report", "--html", "--csv"],
        &["contacts", "--json"],
        &["--verbose", "why", "Ada Test"],
        &["--verbose", "why", "nobody"],
        &["--verbose", "migrate", "missing"],
        &["--verbose", "--workspace", "in/cards.vcf", "migrate", "in"],
        &["--verbose", "inspect", "in"],
        &["invite"],
        &["--nonsense"],
        &["--help"],
    ] {
        let mut command = place.command();
        command.args(call).env("TRANSHUME_ACCESS_TOKEN", CANARY).env("RUST_BACKTRACE", "full");
        let outcome = Outcome::of(&command.output().expect("the program runs"));
        assert!(!outcome.all().contains(CANARY), "{call:?}: {}", outcome.all());
    }
    let kept = files(place.path());
    assert!(kept.len() > 10);
    for (path, content) in kept {
        let found = content.windows(CANARY.len()).any(|window| window == CANARY.as_bytes());
        assert!(!found, "{}", path.display());
    }
}

#[test]
fn f06_debug_gives_no_identity_away() {
    let phone = Phone::parse("+33 6 39 98 01 23", None).expect("a number");
    let mxid = Mxid::parse("@secret:example.org").expect("an MXID");
    let aci = SignalAci::from_bytes(&[0x5e; 16]).expect("an ACI");
    let mut shown = format!("{phone:?}{:?}{mxid:?}{aci:?}", Foreign::from("Secret Name"));
    shown += format!("{:?}", Email::parse("secret@example.org").expect("an e-mail")).as_str();
    shown += format!("{:?}", Jid::parse("secret@example.org").expect("a JID")).as_str();
    shown += format!("{:?}", SignalPni::from_bytes(&[0x5e; 16]).expect("a PNI")).as_str();
    shown += format!("{:?}", SignalUsername::parse("secret.42").expect("a username")).as_str();
    shown +=
        format!("{:?}{:?}{:?}", Address::Phone(phone), Address::Mxid(mxid), Address::SignalAci(aci)).as_str();
    let card = b"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Secret\r\nTEL:+33639980123\r\nTEL:0639980123\r\n\
        EMAIL:secret@example.org\r\nX-MATRIX:@secret:example.org\r\nEND:VCARD\r\n";
    let today = jiff::civil::date(2021, 1, 31);
    let options = transhume::read::whatsapp::chat::Options { today, siblings: None, date_order: None };
    let reading = transhume::read::read(Kind::Vcard, &card.to_vec(), "secret.vcf", &options).expect("a card");
    shown += format!("{reading:?}").as_str();
    assert!(shown.len() > 200, "there is something to look at: {shown}");
    for secret in ["ecret", "39980123", "39 98 01", "example", "5e5e"] {
        assert!(!shown.contains(secret), "{secret} in {shown}");
    }
}

#[test]
fn f14_a_workspace_of_a_newer_program_is_left_alone() {
    let place = Place::new();
    small_life(&place);
    place.run(["migrate", "in"]).ends_with(0);
    let path = place.path().join("ws/transhume.db");
    Connection::open(&path).and_then(|db| db.pragma_update(None, "user_version", 99)).expect("the database");
    for call in CALLS {
        refused(&place, call, 2, "99");
    }
}

/// A database of some other program.
fn foreign_database(place: &Place, version: i64) {
    let path = place.file("ws/transhume.db", "");
    let foreign = Connection::open(&path).expect("a database");
    foreign
        .execute_batch("CREATE TABLE recipe (name); INSERT INTO recipe VALUES ('bread')")
        .expect("a table");
    foreign.pragma_update(None, "user_version", version).expect("a version");
}

#[test]
fn f14_a_database_of_another_program_is_not_written_to() {
    for version in [0, 1] {
        let place = Place::new();
        small_life(&place);
        foreign_database(&place, version);
        refused(&place, CALLS[1], 1, "transhume");
    }
}

#[test]
fn f14_a_database_of_another_program_is_not_taken_for_an_empty_workspace() {
    for version in [0, 1] {
        let place = Place::new();
        foreign_database(&place, version);
        refused(&place, CALLS[0], 1, "");
    }
}

#[test]
fn f14_a_damaged_database_is_left_alone() {
    let place = Place::new();
    small_life(&place);
    place.run(["migrate", "in"]).ends_with(0);
    let good = fs::read(place.path().join("ws/transhume.db")).expect("the database");
    let mut damaged = good.clone();
    damaged[4096..16384].fill(0x5a);
    let notes = "These are my shopping notes. ".repeat(40);
    for (content, what) in
        [(notes.into_bytes(), "not a database"), (damaged, ""), (good[..good.len() / 2].to_vec(), "")]
    {
        place.file("ws/transhume.db", content);
        for call in CALLS {
            refused(&place, call, 1, what);
        }
    }
}

/// One call that reads the workspace and one that writes it.
const CALLS: [[&str; 2]; 2] = [["contacts", "list"], ["migrate", "in"]];

/// Fails unless a call is refused with that code and a hint, and the database
/// is byte for byte as it was.
#[track_caller]
fn refused(place: &Place, call: [&str; 2], code: i32, what: &str) {
    let path = place.path().join("ws/transhume.db");
    let before = fs::read(&path).expect("the database");
    let outcome = place.run(call).ends_with(code);
    assert!(outcome.stderr.starts_with("transhume: ") && outcome.stderr.contains(what), "{}", outcome.stderr);
    assert!(outcome.stderr.lines().count() >= 2, "a hint says what to do: {}", outcome.stderr);
    assert!(fs::read(&path).expect("the database") == before, "{call:?} changed the file");
    let error = place.run(["--json", call[0], call[1]]).ends_with(code).object();
    let said = (error["schema"].as_str(), error["exit"].as_i64());
    assert_eq!(said, (Some("transhume.error/1"), Some(code.into())));
}

#[test]
fn f14_settings_that_cannot_be_understood_are_told_of() {
    let place = Place::new();
    small_life(&place);
    place.run(["migrate", "in"]).ends_with(0);
    for (text, named) in [
        ("region = FR", "line 1 (region)"),
        ("region = \"Narnia\"", "Narnia"),
        ("colour = \"red\"", "line 1 (colour)"),
        ("me = 3", "line 1 (me)"),
        ("count = \"everybody\"", "line 1 (count)"),
        ("[reach]\nmatrix = \"nobody\"", "nobody"),
        ("\u{0}\u{1}", "transhume.toml"),
    ] {
        let path = place.file("ws/transhume.toml", text);
        for call in [["migrate", "in"], ["invite", "--batch=3"]] {
            let outcome = place.run(call).ends_with(2);
            assert!(outcome.stderr.contains(named), "{text:?}: {}", outcome.stderr);
        }
        assert_eq!(fs::read_to_string(path).expect("the settings"), text);
    }
}

#[test]
fn f14_settings_are_checked_before_anything_is_changed() {
    let place = Place::new();
    small_life(&place);
    place.run(["migrate", "in"]).ends_with(0);
    let runs = place.run(["runs", "--json"]).ends_with(0).stdout;
    place.file("ws/transhume.toml", "[reach]\nmatrix = \"nobody\"\n");
    place.file("more.vcf", cards(2..4));
    place.run(["migrate", "more.vcf"]).ends_with(2);
    assert_eq!(place.run(["runs", "--json"]).ends_with(0).stdout, runs);
}
