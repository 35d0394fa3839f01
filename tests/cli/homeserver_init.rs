//! `homeserver init` from the outside: what it writes, for whom it can be read, and
//! what it never does.

use std::collections::BTreeSet;
use std::fs;
use std::io::Write;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::support::{Outcome, Place};

/// What has to be in a folder.
const FILES: [&str; 18] = [
    "compose.yaml",
    "compose.own-caddy.yaml",
    ".env",
    "homeserver.yaml",
    "log.yaml",
    "Caddyfile",
    "Caddyfile.fragment",
    "dns.txt",
    "dns.zone",
    "backup.sh",
    "restore.sh",
    "README.en.md",
    "README.fr.md",
    "secrets/macaroon",
    "secrets/form",
    "secrets/registration",
    "secrets/signing.key",
    "transhume.json",
];

/// Which of them hold secrets.
const SECRET: [&str; 5] =
    [".env", "secrets/macaroon", "secrets/form", "secrets/registration", "secrets/signing.key"];

fn init(place: &Place, arguments: &[&str]) -> Outcome {
    place.run(["homeserver", "init"].iter().chain(arguments))
}

fn written(place: &Place) -> PathBuf {
    init(place, &["example.org", "--yes"]).ends_with(0);
    place.path().join("matrix-example.org")
}

fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().permissions().mode() & 0o777
}

/// Every file with what stands in it.
fn content(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut all = Vec::new();
    for entry in fs::read_dir(folder).unwrap().flatten() {
        let path = entry.path();
        match path.is_dir() {
            true => all.extend(content(&path)),
            false => all.push((path.clone(), fs::read(&path).unwrap())),
        }
    }
    all.sort();
    all
}

/// The secrets themselves.
fn secrets(folder: &Path) -> Vec<String> {
    let read = |name: &str| fs::read_to_string(folder.join(name)).unwrap();
    let environment = read(".env");
    let password = environment.lines().find_map(|line| line.strip_prefix("POSTGRES_PASSWORD=")).unwrap();
    let mut all = vec![password.to_owned()];
    all.extend(SECRET[1..].iter().map(|name| read(name).split_whitespace().last().unwrap().to_owned()));
    all
}

#[test]
fn a_folder_is_written_with_all_that_a_server_needs() {
    let place = Place::new();
    let outcome = init(&place, &["example.org", "--yes"]).ends_with(0);
    let folder = place.path().join("matrix-example.org");
    let found: BTreeSet<String> = content(&folder)
        .iter()
        .map(|(path, _)| path.strip_prefix(&folder).unwrap().to_str().unwrap().to_owned())
        .collect();
    assert_eq!(found, FILES.iter().map(|name| (*name).to_owned()).collect());
    for name in FILES {
        assert!(outcome.stdout.contains(name), "{name}: {}", outcome.stdout);
    }
    assert!(folder.join("media").is_dir());
    assert!(place.snapshot().is_empty(), "no workspace is made");
    assert_eq!(fs::read_dir(place.path()).unwrap().count(), 1, "nothing else is left");
}

#[test]
fn f24_secrets_are_random_and_for_their_owner_alone() {
    let (one, other) = (Place::new(), Place::new());
    let folder = written(&one);
    assert_eq!(mode(&folder), 0o700);
    assert_eq!(mode(&folder.join("secrets")), 0o700);
    for name in SECRET {
        assert_eq!(mode(&folder.join(name)), 0o600, "{name}");
    }
    let all: BTreeSet<String> = secrets(&folder).into_iter().chain(secrets(&written(&other))).collect();
    assert_eq!(all.len(), 10, "no secret comes twice");
    for (path, content) in content(&folder) {
        let name = path.strip_prefix(&folder).unwrap().to_str().unwrap();
        let text = String::from_utf8(content).unwrap();
        let held = all.iter().filter(|secret| text.contains(*secret)).count();
        assert_eq!(held, usize::from(SECRET.contains(&name)), "{name}");
        assert!(!text.contains("identity.example.com") && !text.contains("CHANGE"), "{name}: a placeholder");
    }
}

#[test]
fn f24_no_secret_is_printed() {
    for arguments in [vec!["example.org", "--yes"], vec!["example.org", "--yes", "--json"]] {
        let place = Place::new();
        let first = init(&place, &arguments).ends_with(0);
        let again = init(&place, &arguments).ends_with(0);
        for secret in secrets(&place.path().join("matrix-example.org")) {
            assert!(!first.all().contains(&secret) && !again.all().contains(&secret));
        }
    }
}

#[test]
fn the_name_is_for_ever_and_somebody_has_to_agree() {
    let place = Place::new();
    let refused = init(&place, &["example.org"]).ends_with(6);
    assert!(refused.stderr.contains("THE NAME OF A MATRIX SERVER IS FOR EVER"), "{}", refused.stderr);
    assert!(
        refused.stderr.contains("@ada:example.org") && refused.stderr.contains("--yes"),
        "{}",
        refused.stderr
    );
    assert_eq!(fs::read_dir(place.path()).unwrap().count(), 0, "nothing is written");
    let french = init(&place, &["example.org", "--yes", "--lang", "fr"]).ends_with(0);
    assert!(french.stderr.contains("EST POUR TOUJOURS"), "{}", french.stderr);
}

/// Calls it on a terminal on which somebody types, after something was done
/// meanwhile; none where there is no `script`.
pub fn on_a_terminal(place: &Place, more: &str, meanwhile: impl Fn(), typed: &str) -> Option<Outcome> {
    let mut script = Command::new("script");
    let call = format!("exec \"$TRANSHUME\" homeserver init example.org {more}");
    script.args(["-qec", &call, "/dev/null"]);
    let mut script = place.wrap(script);
    script.env("TRANSHUME", env!("CARGO_BIN_EXE_transhume")).stdin(Stdio::piped());
    let Ok(mut child) = script.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn() else {
        eprintln!("skipped: there is no script");
        return None;
    };
    // As people do: when the question stands there.
    std::thread::sleep(std::time::Duration::from_millis(1500));
    meanwhile();
    child.stdin.take().unwrap().write_all(typed.as_bytes()).unwrap();
    Some(Outcome::of(&child.wait_with_output().unwrap()))
}

#[test]
fn on_a_terminal_it_is_asked_once_and_only_a_yes_is_one() {
    let place = Place::new();
    let folder = place.path().join("matrix-example.org");
    for typed in ["n\n", "\n", "yes, but\n"] {
        let Some(refused) = on_a_terminal(&place, "", || (), typed) else { return };
        let refused = refused.ends_with(6);
        assert_eq!(refused.stdout.matches("Is example.org the name to keep for ever?").count(), 1);
        assert!(!folder.exists(), "{typed:?}");
    }
    let Some(agreed) = on_a_terminal(&place, "", || (), "yes\n") else { return };
    let said = agreed.ends_with(0).stdout;
    let [warned, asked, done] =
        ["IS FOR EVER", "the name to keep", "is ready to be started"].map(|part| said.find(part).unwrap());
    assert!(warned < asked && asked < done, "{said}");
    assert_eq!(said.matches("the name to keep").count(), 1);
    assert!(folder.join("compose.yaml").exists());
}

#[test]
fn f25_called_again_it_overwrites_nothing_and_says_what_differs() {
    let place = Place::new();
    let folder = written(&place);
    let before = content(&folder);
    let again = init(&place, &["example.org"]).ends_with(0);
    assert!(again.stdout.contains("Nothing was changed"), "{}", again.stdout);
    // In another language as well: the folder keeps the one that it was written in.
    init(&place, &["example.org", "--lang", "fr"]).ends_with(0);
    assert_eq!(content(&folder), before);

    fs::write(folder.join("Caddyfile"), "mine").unwrap();
    fs::remove_file(folder.join("log.yaml")).unwrap();
    fs::set_permissions(folder.join(".env"), fs::Permissions::from_mode(0o644)).unwrap();
    let before = content(&folder);
    let again = init(&place, &["example.org", "--yes", "--json"]).ends_with(3).object();
    assert_eq!(again["schema"], "transhume.homeserver-init/1");
    let state = |name: &str| {
        let files = again["files"].as_array().unwrap();
        files.iter().find(|file| file["path"] == name).unwrap()["state"].as_str().unwrap().to_owned()
    };
    assert_eq!(
        ["Caddyfile", "log.yaml", ".env", "compose.yaml", "secrets/form"].map(state),
        ["differs", "missing", "open", "same", "same"]
    );
    assert_eq!(content(&folder), before);
    let told = init(&place, &["example.org"]).ends_with(3);
    assert!(
        told.stdout.contains("Caddyfile: differs") && told.stdout.contains("chmod 600"),
        "{}",
        told.stdout
    );
}

#[test]
fn f25_another_name_in_the_same_folder_is_refused() {
    let place = Place::new();
    init(&place, &["example.org", "--yes", "--dir", "home"]).ends_with(0);
    let before = content(&place.path().join("home"));
    let refused = init(&place, &["example.net", "--yes", "--dir", "home"]).ends_with(2);
    assert!(
        refused.stderr.contains("example.org") && refused.stderr.contains("example.net"),
        "{}",
        refused.stderr
    );
    assert!(refused.stderr.contains("cannot change"), "{}", refused.stderr);
    assert_eq!(content(&place.path().join("home")), before);
}

#[test]
fn what_is_there_already_is_never_touched() {
    let place = Place::new();
    place.file("mine/compose.yaml", "services: {}\n");
    place.file("file", "x");
    std::os::unix::fs::symlink(place.path().join("elsewhere"), place.path().join("link")).unwrap();
    place.file("other/transhume.json", "{\"schema\":\"transhume.homeserver/99\"}");
    let before = content(&place.path().join("mine"));
    for dir in ["mine", "file", "link", "other"] {
        let refused = init(&place, &["example.org", "--yes", "--dir", dir]).ends_with(2);
        assert!(refused.stderr.contains("--dir"), "{dir}: {}", refused.stderr);
    }
    assert_eq!(content(&place.path().join("mine")), before);
    assert_eq!(fs::read(place.path().join("file")).unwrap(), b"x");
    assert!(!place.path().join("elsewhere").exists());
    // Nor is the folder pulled away in which somebody is.
    let here = Place::new();
    let refused = init(&here, &["example.org", "--yes", "--dir", "."]).ends_with(2);
    assert!(refused.stderr.contains("Leave out --dir"), "{}", refused.stderr);
    init(&here, &["example.org", "--yes", "--dir", "new/"]).ends_with(0);
    assert!(here.path().join("new/compose.yaml").exists());
    // An empty folder is as good as none.
    fs::create_dir_all(place.path().join("deep/empty")).unwrap();
    init(&place, &["example.org", "--yes", "--dir", "deep/empty"]).ends_with(0);
    assert_eq!(mode(&place.path().join("deep/empty")), 0o700);
}

#[test]
fn what_a_killed_run_left_goes_with_the_next_one() {
    let place = Place::new();
    place.file(".transhume-homeserver-abcdef/secrets/signing.key", "ed25519 a_test x");
    place.file(".transhume-homeserver-used/.env", "x");
    place.file(".transhume-other/file", "x");
    // Somebody still writes there.
    let held = fs::File::open(place.path().join(".transhume-homeserver-used")).unwrap();
    held.lock().unwrap();
    written(&place);
    assert!(!place.path().join(".transhume-homeserver-abcdef").exists());
    assert!(place.path().join(".transhume-homeserver-used/.env").exists());
    assert!(place.path().join(".transhume-other/file").exists());
}

#[test]
fn d16_names_that_no_server_can_have_are_refused_with_what_to_do() {
    let place = Place::new();
    for (name, says) in [
        ("https://example.org", "without https://"),
        ("@ada:example.org", "behind the @"),
        ("example.org:8448", "port 443"),
        ("192.0.2.1", "an address can change"),
        ("[2001:db8::1]", "an address can change"),
        ("example.org.", "without the last dot"),
        ("localhost", "certificates"),
        ("../example.org", "without https://"),
        ("exam ple.org", "domain of your own"),
        ("{{name}}.org", "domain of your own"),
        ("example.org\u{1b}[2J", "domain of your own"),
    ] {
        let refused = init(&place, &[name, "--yes"]).ends_with(2);
        assert!(refused.stderr.contains(says), "{name}: {}", refused.stderr);
        assert!(!refused.stderr.contains('\u{1b}'), "{name}");
        let french = init(&place, &[name, "--yes", "--lang", "fr"]).ends_with(2);
        assert!(french.stderr != refused.stderr, "{name}");
    }
    assert_eq!(fs::read_dir(place.path()).unwrap().count(), 0, "nothing is written");
}

#[test]
fn letters_beyond_ascii_are_said_as_the_network_writes_them() {
    let place = Place::new();
    let outcome = init(&place, &["Bücher.example", "--yes"]).ends_with(0);
    assert!(outcome.stderr.contains("“Bücher.example” is xn--bcher-kva.example"), "{}", outcome.stderr);
    let settings = place.path().join("matrix-xn--bcher-kva.example/homeserver.yaml");
    assert!(fs::read_to_string(settings).unwrap().contains("server_name: \"xn--bcher-kva.example\""));
}

#[test]
fn whoever_names_a_machine_is_told_about_the_domain() {
    let place = Place::new();
    let outcome = init(&place, &["matrix.example.org"]).ends_with(6);
    assert!(outcome.stderr.contains("transhume homeserver init example.org"), "{}", outcome.stderr);
}
