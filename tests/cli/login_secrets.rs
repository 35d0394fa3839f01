//! Secrets in settings, addresses and commands that are not quite right.

use std::collections::BTreeMap;
use std::io::Write;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::login::{check, error, knows_somebody, signed_in};
use crate::login_faults::{homeserver, lets_in};
use crate::support::{Outcome, Place};

#[test]
fn a_slip_in_the_settings_is_told_of_without_what_stands_there() {
    for (line, place) in [
        ("token_command = echo canary", "2 (token_command)"),
        ("token_command = \"echo canary", "2 (token_command)"),
        ("token_command = [\"echo\", \"canary\"]", "2 (token_command)"),
        ("token_comand = \"echo canary\"", "2 (token_comand)"),
        ("token_command \"echo canary\"", "2"),
        ("me = \"canary\"", "2 (me)"),
        ("token_command = \"\"\"\ncanary=", "4"),
    ] {
        let workspace = Place::new();
        workspace.file("ws/transhume.toml", format!("# mine\n{line}\n"));
        let outcome = workspace.run(["logout", "--json"]).ends_with(2);
        assert_eq!(error(&outcome), "error-settings-line");
        assert!(!outcome.all().contains("canary"), "{}", outcome.all());
        assert!(outcome.stderr.contains(&format!("in line {place}.")), "{line}: {}", outcome.stderr);
    }
}

#[test]
fn e22_a_password_in_an_address_is_shown_in_no_part() {
    let place = Place::new();
    for named in [
        "https://ada:pass@canary@example.org",
        "ada:canary@example.org",
        "https://ada:pass/canary@example.org",
    ] {
        let outcome = place.run(["login", "matrix", "--json", "--homeserver", named]).ends_with(2);
        assert_eq!(error(&outcome), "error-bad-url");
        assert!(
            !outcome.all().contains("canary") && outcome.all().contains("…@example.org"),
            "{}",
            outcome.all()
        );
    }
    let call = ["login", "matrix", "--json", "--token-file", "token", "--homeserver", "http://127.0.0.1:1"];
    place.file("token", "a-token");
    let mut command = place.command();
    let output = command.args(call).env("HTTPS_PROXY", "http://u:pass@canary@127.0.0.1:9").output();
    let outcome = Outcome::of(&output.unwrap()).ends_with(5);
    assert!(
        !outcome.all().contains("canary") && outcome.stderr.contains("http://…@127.0.0.1:9"),
        "{}",
        outcome.stderr
    );
}

#[test]
fn the_first_line_of_a_command_is_enough_whatever_comes_after_it() {
    let fake = homeserver(lets_in());
    for command in [
        "sleep 20 & echo a-token",
        "sleep 20 & printf a-token",
        "printf 'a-token\\n\\351t\\351\\n'",
        "echo a-token; head -c 1000000 /dev/zero",
        "printf a-; sleep 0.3; echo token",
    ] {
        let (place, begun) = (Place::new(), Instant::now());
        let settings = toml::to_string(&BTreeMap::from([("token_command", command)])).unwrap();
        place.file("ws/transhume.toml", settings);
        // What stays behind must not hold on to what the test listens to.
        let mut call = place.command();
        call.args(["login", "matrix", "--homeserver", &fake.url()])
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        assert!(call.status().unwrap().success(), "{command}");
        assert!(begun.elapsed() < Duration::from_secs(10), "{command}: {:?}", begun.elapsed());
        let last = fake.requests().pop().unwrap();
        assert_eq!(last.headers["authorization"], "Bearer a-token", "{command}");
    }
    for command in ["sleep 20 & true", "echo a-token; false"] {
        let place = Place::new();
        place.file("ws/transhume.toml", format!("token_command = \"{command}\"\n"));
        let mut call = place.command();
        call.args(["login", "matrix", "--homeserver", &fake.url()])
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        assert_eq!(call.status().unwrap().code(), Some(2), "{command}");
    }
}

#[test]
fn whoever_stops_at_the_question_for_a_password_has_changed_nothing() {
    let (fake, place) = (homeserver(lets_in()), Place::new());
    let mut script = Command::new("script");
    script.args(["-qec", "exec \"$TRANSHUME\" login matrix --user me --homeserver $URL", "/dev/null"]);
    let mut script = place.wrap(script);
    script.env("TRANSHUME", env!("CARGO_BIN_EXE_transhume")).env("URL", fake.url());
    let child = script.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn();
    let Ok(mut child) = child else {
        println!("skipped: there is no script");
        return;
    };
    std::thread::sleep(Duration::from_millis(1500));
    child.stdin.take().unwrap().write_all(b"\x03").unwrap();
    let outcome = Outcome::of(&child.wait_with_output().unwrap()).ends_with(130);
    assert!(outcome.all().contains("Nothing was changed"), "{}", outcome.all());
}

#[test]
fn a_token_command_that_is_gone_is_missed_by_its_name() {
    let (fake, place) = (homeserver(lets_in()), knows_somebody("@friend:example.org"));
    place.file("ws/transhume.toml", "token_command = \"echo a-token\"\n");
    place.run(["login", "matrix", "--homeserver", &fake.url()]).ends_with(0);
    place.file("ws/transhume.toml", "");
    let asked = fake.requests().len();
    for outcome in [check(&place, &[]), place.run(["logout", "--json"])] {
        let outcome = outcome.ends_with(2);
        assert_eq!(error(&outcome), "error-token-command-gone");
        let said = &outcome.stderr;
        assert!(said.contains("token_command") && said.contains("@me:localhost:1"), "{said}");
        assert!(said.contains("transhume logout --forget"), "{said}");
    }
    let french = place.run(["check", "matrix", "--yes", "--lang", "fr"]).ends_with(2).stderr;
    assert!(french.contains("token_command n’est plus dans transhume.toml"), "{french}");
    assert!(signed_in(&place), "the session waits for its line");
    assert_eq!(fake.requests().len(), asked, "nobody was asked");
    place.run(["logout", "--forget"]).ends_with(3);
    assert!(!signed_in(&place));
}
