//! `login signal`: signal-cli is linked to a phone, which scans a code.

use std::path::Path;

use crate::servers::Servers;
use crate::signal_check::{check, circle};
use crate::signal_fake::{LINK, OWN, SignalFake};
use crate::support::{Outcome, Place};

/// Links this fake, which has no account yet.
fn login(place: &Place, at: &str, more: &[&str]) -> Outcome {
    place.run(["login", "signal", "--signal-cli", at].iter().chain(more))
}

fn unlinked() -> SignalFake {
    let fake = SignalFake::new();
    fake.state().accounts.clear();
    fake
}

#[track_caller]
fn failed(outcome: Outcome, exit: i32) -> String {
    let outcome = outcome.ends_with(exit);
    outcome.object()["code"].as_str().unwrap().to_owned()
}

#[test]
fn a_link_is_shown_scanned_and_kept() {
    for transport in ["unix", "tcp", "http", "program"] {
        let (place, fake) = (circle(), unlinked());
        let at = match transport {
            "unix" => fake.unix(),
            "tcp" => fake.tcp(),
            "http" => fake.http(),
            _ => fake.program("").display().to_string(),
        };
        let outcome = login(&place, &at, &[]).ends_with(0);
        assert!(outcome.stdout.contains(OWN), "{}", outcome.stdout);
        assert!(
            outcome.stderr.contains(LINK) && outcome.stderr.contains("Linked devices"),
            "{}",
            outcome.stderr
        );
        // No code can be drawn where nothing says that the terminal writes UTF-8.
        assert!(!outcome.stderr.contains('▀'), "{}", outcome.stderr);
        // From now on nothing has to be said.
        place.run(["check", "signal", "--yes"]).ends_with(0);
        assert_eq!(fake.count("getUserStatus"), 1, "{transport}");
        let kept: Vec<_> = place
            .snapshot()
            .into_iter()
            .filter(|(_, bytes)| String::from_utf8_lossy(bytes).contains("pub_key"))
            .collect();
        assert_eq!(kept, [], "what the phone scanned is kept nowhere");
    }
}

#[test]
fn a_code_is_drawn_where_it_can_be() {
    let (place, fake) = (Place::new(), unlinked());
    let call = |locale: &str, more: &[&str]| {
        fake.state().accounts.clear();
        let unix = fake.unix();
        let call = ["login", "signal", "--signal-cli", &unix];
        let output = place.command().env("LANG", locale).args(call.iter().chain(more)).output().unwrap();
        Outcome::of(&output).ends_with(0).stderr
    };
    for (locale, more, drawn) in [
        ("en_US.UTF-8", &[][..], true),
        ("fr_FR.utf8", &[], true),
        ("en_US.UTF-8", &["--plain"], false),
        ("C", &[], false),
    ] {
        let said = call(locale, more);
        assert_eq!(said.contains('▀') && said.contains('▄'), drawn, "{locale} {more:?}: {said}");
        assert!(said.contains(LINK), "{said}");
    }
    assert!(call("fr_FR.UTF-8", &[]).contains("Appareils associés"));
}

#[test]
fn it_is_told_to_programs_as_well() {
    let (place, fake) = (Place::new(), unlinked());
    let view = login(&place, &fake.unix(), &["--json"]).ends_with(0).object();
    let expected = serde_json::json!({ "schema": "transhume.login/1", "channel": "signal", "user": OWN,
        "homeserver": null, "device": "transhume", "way": "link", "replaced": null });
    assert_eq!(view, expected);
}

#[test]
fn whoever_does_not_scan_is_not_waited_for() {
    let (place, fake) = (Place::new(), unlinked());
    fake.state().refusal = Some((-1, "Link request timed out, please try again.".to_owned()));
    assert_eq!(failed(login(&place, &fake.unix(), &["--json"]), 5), "error-signal-nobody-scanned");
    let fake = unlinked();
    fake.state().hangs.push("finishLink");
    assert_eq!(
        failed(login(&place, &fake.unix(), &["--json", "--wait", "1"]), 5),
        "error-signal-nobody-scanned"
    );
    fake.state().hangs.push("startLink");
    let call = ["--json", "--signal-timeout", "1"];
    assert_eq!(failed(login(&place, &fake.unix(), &call), 5), "error-signal-silent");
    assert!(!place.path().join("ws/transhume.toml").exists(), "nothing is kept of what failed");
}

#[test]
fn what_cannot_be_linked_says_why() {
    let place = Place::new();
    let fake = SignalFake::new();
    fake.state().single = true;
    assert_eq!(failed(login(&place, &fake.unix(), &["--json"]), 5), "error-signal-not-offered");
    let fake = unlinked();
    fake.state().rest = true;
    let outcome = login(&place, &fake.http(), &["--json"]).ends_with(2);
    assert!(outcome.stderr.contains("/v1/qrcodelink?device_name=transhume"), "{}", outcome.stderr);
    assert_eq!(
        failed(login(&place, &fake.unix(), &["--json", "--no-input"]), 2),
        "error-signal-needs-person"
    );
    let fake = unlinked();
    fake.state().refusal = Some((-3, "Link request error: Connection closed!".to_owned()));
    assert_eq!(failed(login(&place, &fake.unix(), &["--json"]), 5), "error-signal-offline");
}

#[test]
fn logout_says_how_it_is_ended() {
    let (place, fake) = (Place::new(), unlinked());
    let before = place.run(["logout"]).ends_with(0);
    assert!(!before.stderr.contains("Signal"), "{}", before.stderr);
    login(&place, &fake.unix(), &[]).ends_with(0);
    let outcome = place.run(["logout"]).ends_with(0);
    assert!(outcome.stderr.contains(OWN) && outcome.stderr.contains("Linked devices"), "{}", outcome.stderr);
}

#[test]
fn the_real_one_has_no_account_and_says_so_by_every_transport() {
    let Some(servers) = Servers::get() else { return };
    if !servers.has_signal() {
        return;
    }
    let place = circle();
    let socket = format!("unix:{}", servers.known("signal_socket"));
    for at in
        [&socket, servers.known("signal_tcp"), servers.known("signal_http"), servers.known("signal_program")]
    {
        let outcome = check(&place, at, &[]).ends_with(2);
        assert_eq!(outcome.json()[1]["code"], "error-signal-no-account", "{at}: {}", outcome.all());
        assert!(outcome.stderr.contains("transhume login signal"), "{}", outcome.stderr);
    }
}

#[test]
fn the_real_one_cannot_be_linked_without_a_network() {
    let Some(servers) = Servers::get() else { return };
    let Some(socket) = servers.signal_offline() else { return };
    assert!(Path::new(&socket).exists());
    let place = Place::new();
    let outcome = login(&place, &format!("unix:{socket}"), &["--json"]).ends_with(5);
    assert_eq!(outcome.object()["code"], "error-signal-offline", "{}", outcome.all());
}
