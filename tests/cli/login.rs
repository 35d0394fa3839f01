//! Signing in at a real homeserver and out again, by password and by token, and
//! what becomes of the session in between.

use std::fs;
use std::io::Write;
use std::os::unix::fs::PermissionsExt;
use std::process::{Command, Stdio};
use std::time::Duration;

use serde_json::{Value, json};

use crate::fake::{Fake, people};
use crate::servers::{Account, Servers};
use crate::support::{Outcome, Place};

/// So long after it was had, a token that can be renewed has expired.
pub const EXPIRED: Duration = Duration::from_secs(5);

/// The session in a place's workspace.
pub fn session(place: &Place) -> Value {
    let text = fs::read(place.path().join("ws/matrix-session.json")).expect("a session");
    serde_json::from_slice(&text).unwrap()
}

/// Whether there is one.
pub fn signed_in(place: &Place) -> bool {
    place.path().join("ws/matrix-session.json").exists()
}

/// The access token that is kept.
pub fn kept_token(place: &Place) -> String {
    session(place)["access_token"].as_str().expect("a token").to_owned()
}

/// The error that a call ended with.
pub fn error(outcome: &Outcome) -> String {
    let last = outcome.json().pop().unwrap_or_default();
    last["code"].as_str().unwrap_or_else(|| panic!("{}", outcome.all())).to_owned()
}

/// Signs in by password.
fn login(place: &Place, servers: &Servers, account: &Account) -> Outcome {
    place.file("password", &account.password);
    let homeserver = servers.known("homeserver");
    let call = ["login", "matrix", &account.mxid, "--json", "--homeserver", homeserver];
    place.run(call.iter().chain(&["--password-file", "password"]))
}

/// `check matrix` with whatever is kept.
pub fn check(place: &Place, more: &[&str]) -> Outcome {
    let call = ["check", "matrix", "--json", "--yes", "--accept-terms", "--skip", "identity-server"];
    place.run(call.iter().chain(more))
}

/// A workspace that knows somebody whose profile can be asked for.
pub fn knows_somebody(mxid: &str) -> Place {
    let place = Place::new();
    let line = mxid.trim_start_matches('@');
    let card = format!("BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Known One\r\nIMPP:matrix:u/{line}\r\nEND:VCARD\r\n");
    place.file("in/book.vcf", card);
    place.run(["import", "in"]).ends_with(0);
    place
}

#[test]
fn a_password_opens_a_session_that_works_is_renewed_and_ends() {
    let Some(servers) = Servers::get() else { return };
    let me = servers.account();
    let place = knows_somebody(&servers.account().mxid);
    let outcome = login(&place, &servers, &me).ends_with(0);
    let view = outcome.object();
    assert_eq!((&view["schema"], &view["way"]), (&"transhume.login/1".into(), &"password".into()));
    assert_eq!((&view["user"], &view["replaced"]), (&me.mxid.as_str().into(), &Value::Null), "{view}");
    let first = kept_token(&place);
    assert!(servers.takes("homeserver", &first));
    let mode = fs::metadata(place.path().join("ws/matrix-session.json")).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    for secret in [first.as_str(), session(&place)["refresh_token"].as_str().unwrap(), &me.password] {
        assert!(!outcome.all().contains(secret), "{}", outcome.all());
    }
    // No server is named: the session is of one.
    let view = check(&place, &[]).ends_with(0).object();
    assert_eq!(view["contacts"]["reachable"], 1, "{view}");
    assert_eq!(kept_token(&place), first);
    std::thread::sleep(EXPIRED);
    assert!(!servers.takes("homeserver", &first));
    check(&place, &["--directory"]).ends_with(0);
    let renewed = kept_token(&place);
    assert_ne!(renewed, first);
    assert!(servers.takes("homeserver", &renewed));
    // It ends even if it has expired in between.
    std::thread::sleep(EXPIRED);
    let device = session(&place)["device"].as_str().unwrap().to_owned();
    let devices =
        |servers: &Servers| servers.act("homeserver", &me, "GET", "devices", &json!({})).to_string();
    assert!(devices(&servers).contains(&device));
    let view = place.run(["logout", "--json"]).ends_with(0).object();
    assert_eq!((&view["schema"], &view["revoked"]), (&"transhume.logout/1".into(), &true.into()));
    assert!(!devices(&servers).contains(&device), "the session is gone from the list");
    assert!(!signed_in(&place));
    assert_eq!(place.run(["logout", "--json"]).ends_with(0).object()["revoked"], false);
    assert_eq!(
        error(&check(&place, &["--homeserver", servers.known("homeserver")]).ends_with(2)),
        "error-no-token"
    );
}

#[test]
fn the_password_comes_from_a_command_the_environment_or_whoever_sits_there() {
    let Some(servers) = Servers::get() else { return };
    let (me, place) = (servers.account(), Place::new());
    let homeserver = servers.known("homeserver");
    let call = ["login", "matrix", "--json", "--homeserver", homeserver, "--user", &me.mxid];
    let told = format!("echo {}; echo something else", me.password);
    place.run(call.iter().chain(&["--password-command", &told])).ends_with(0);
    let by_environment = place.command().args(call).env("TRANSHUME_MATRIX_PASSWORD", &me.password).output();
    Outcome::of(&by_environment.unwrap()).ends_with(0);
    // The command is not shown: it may hold the password itself.
    for command in ["echo canary >/dev/null; false", "true # canary", "exec /nonexistent/canary"] {
        let outcome = place.run(call.iter().chain(&["--password-command", command])).ends_with(2);
        assert_eq!(error(&outcome), "error-secret-command");
        assert!(!outcome.stdout.contains("canary"), "{}", outcome.all());
    }
    let mut script = Command::new("script");
    script.args([
        "-qec",
        "exec \"$TRANSHUME\" login matrix $WHO --homeserver $URL --with password",
        "/dev/null",
    ]);
    let mut script = place.wrap(script);
    script.env("TRANSHUME", env!("CARGO_BIN_EXE_transhume")).env("URL", homeserver).env("WHO", &me.mxid);
    let child = script.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn();
    let Ok(mut child) = child else {
        println!("skipped: there is no script");
        return;
    };
    std::thread::sleep(Duration::from_millis(1500));
    child.stdin.take().unwrap().write_all(format!("{}\n", me.password).as_bytes()).unwrap();
    let outcome = Outcome::of(&child.wait_with_output().unwrap()).ends_with(0);
    assert!(!outcome.all().contains(&me.password), "{}", outcome.all());
    assert!(outcome.all().contains("You are signed in"), "{}", outcome.all());
    place.run(["logout"]).ends_with(0);
}

#[test]
fn a_wrong_password_opens_nothing() {
    let Some(servers) = Servers::get() else { return };
    let (me, place) = (servers.account(), Place::new());
    for (user, password) in [(me.mxid.as_str(), "wrong"), ("@nobody-at-all:example.org", &me.password)] {
        place.file("password", password);
        let call = ["login", "matrix", user, "--json", "--homeserver", servers.known("homeserver")];
        let outcome = place.run(call.iter().chain(&["--password-file", "password"])).ends_with(5);
        assert_eq!(error(&outcome), "error-login-refused");
        assert!(!outcome.all().contains(password));
    }
    assert!(!signed_in(&place));
}

#[test]
fn a_homeserver_is_found_by_matrix_id_and_trusted_by_its_own_authority() {
    let Some(servers) = Servers::get() else { return };
    let (me, place) = (servers.account(), Place::new());
    place.file("password", &me.password);
    let call = ["login", "matrix", &me.mxid, "--json", "--password-file", "password"];
    assert_eq!(error(&place.run(call).ends_with(5)), "error-tls-unknown-issuer");
    let trusting = ["--ca-file", servers.known("authority")];
    let view = place.run(call.iter().chain(&trusting)).ends_with(0).object();
    assert_eq!(view["homeserver"], servers.known("homeserver_tls"));
    // Whether it can be told apart: the server is there, but not trusted now.
    let outcome = place.run(["logout", "--json"]).ends_with(5);
    assert_eq!(error(&outcome), "error-tls-unknown-issuer");
    assert!(signed_in(&place));
    place.run(["logout"].iter().chain(&trusting)).ends_with(0);
}

#[test]
fn a_second_login_ends_the_first() {
    let Some(servers) = Servers::get() else { return };
    let (me, place) = (servers.account(), Place::new());
    login(&place, &servers, &me).ends_with(0);
    let first = kept_token(&place);
    let other = servers.account();
    let outcome = login(&place, &servers, &other).ends_with(0);
    let replaced = &outcome.object()["replaced"];
    assert_eq!((&replaced["user"], &replaced["revoked"]), (&me.mxid.as_str().into(), &true.into()));
    assert!(outcome.stderr.contains(&format!("The older session of {}", me.mxid)), "{}", outcome.stderr);
    assert!(!servers.takes("homeserver", &first) && servers.takes("homeserver", &kept_token(&place)));
    // A login that comes to nothing leaves the one before alone.
    place.file("password", "wrong");
    let call = ["login", "matrix", &me.mxid, "--homeserver", servers.known("homeserver")];
    place.run(call.iter().chain(&["--password-file", "password"])).ends_with(5);
    assert!(servers.takes("homeserver", &kept_token(&place)));
}

#[test]
fn a_session_that_was_ended_elsewhere_is_told_apart_from_a_bad_network() {
    let Some(servers) = Servers::get() else { return };
    let me = servers.account();
    let place = knows_somebody(&servers.account().mxid);
    login(&place, &servers, &me).ends_with(0);
    let elsewhere = Account { mxid: me.mxid.clone(), token: kept_token(&place), password: String::new() };
    servers.act("homeserver", &elsewhere, "POST", "logout", &json!({}));
    let outcome = check(&place, &[]).ends_with(5);
    assert_eq!(error(&outcome), "error-session-ended");
    assert!(outcome.stderr.contains("transhume login matrix"), "{}", outcome.stderr);
    assert!(signed_in(&place), "nothing is thrown away unasked");
    let view = place.run(["logout", "--json"]).ends_with(0).object();
    assert_eq!(view["revoked"], true);
    assert!(!signed_in(&place));
}

#[test]
fn an_access_token_is_kept_or_told_by_a_command_and_revoked_in_the_end() {
    let Some(servers) = Servers::get() else { return };
    let [mut me, mut other] = [(); 2].map(|()| servers.account());
    for account in [&mut me, &mut other] {
        account.token = servers.another_token(account);
    }
    let place = knows_somebody(&other.mxid);
    let homeserver = servers.known("homeserver");
    place.file("token", format!("{}\n", me.token));
    let call = ["login", "matrix", "--json", "--homeserver", homeserver];
    let view = place.run(call.iter().chain(&["--token-file", "token"])).ends_with(0).object();
    assert_eq!((&view["way"], &view["user"]), (&"token".into(), &me.mxid.as_str().into()));
    check(&place, &[]).ends_with(0);
    // Another one takes its place; the user's own token is not ended unasked.
    place.file("ws/transhume.toml", format!("token_command = \"echo {}\"\n", other.token));
    let outcome = place.run(call).ends_with(0);
    assert_eq!(outcome.object()["replaced"]["revoked"], false);
    assert!(servers.takes("homeserver", &me.token));
    let kept = fs::read_to_string(place.path().join("ws/matrix-session.json")).unwrap();
    assert!(!kept.contains(&other.token), "{kept}");
    check(&place, &[]).ends_with(0);
    place.run(["logout"]).ends_with(0);
    assert!(!servers.takes("homeserver", &other.token));
    // Without a session the command alone is enough, once it is known where.
    place.file("ws/transhume.toml", format!("token_command = \"echo {}\"\n", me.token));
    check(&place, &["--homeserver", homeserver]).ends_with(0);
    place.file("token", "worth-nothing");
    let outcome = place.run(call.iter().chain(&["--token-file", "token"])).ends_with(5);
    assert_eq!(error(&outcome), "error-login-refused");
}

#[test]
fn a_migration_asks_by_the_same_session() {
    let Some(servers) = Servers::get() else { return };
    let (me, place) = (servers.account(), Place::new());
    login(&place, &servers, &me).ends_with(0);
    let known = servers.account().mxid;
    let card = format!(
        "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Known One\r\nIMPP:matrix:u/{}\r\nEND:VCARD\r\n",
        &known[1..]
    );
    place.file("in/book.vcf", card);
    std::thread::sleep(EXPIRED);
    let before = kept_token(&place);
    let call =
        ["migrate", "in", "--json", "--count", "all", "--matrix", "--yes", "--skip", "identity-server"];
    place.run(call).ends_with(0);
    assert_ne!(kept_token(&place), before, "it was renewed on the way");
    let why = place.run(["why", "Known One"]).ends_with(0).stdout;
    assert!(why.contains("asked for by that address"), "{why}");
    place.run(["logout"]).ends_with(0);
}

#[test]
fn a_token_in_the_environment_is_kept_only_for_whoever_asks_for_that() {
    let Some(servers) = Servers::get() else { return };
    let (mut me, place) = (servers.account(), Place::new());
    me.token = servers.another_token(&me);
    let run = |more: &[&str]| {
        let call = ["login", "matrix", "--json", "--no-browser", "--wait", "1", "--homeserver"];
        let mut command = place.command();
        command
            .args(call)
            .arg(servers.known("homeserver"))
            .args(more)
            .env("TRANSHUME_ACCESS_TOKEN", &me.token);
        Outcome::of(&command.output().unwrap())
    };
    assert_ne!(run(&[]).code, Some(0));
    assert!(!signed_in(&place));
    assert_eq!(run(&["--with", "token"]).ends_with(0).object()["user"], me.mxid);
    assert_eq!(kept_token(&place), me.token);
    place.run(["logout"]).ends_with(0);
}

#[test]
fn a_session_is_for_its_own_server() {
    let Some(servers) = Servers::get() else { return };
    let (me, place, fake) = (servers.account(), people(1), Fake::new());
    login(&place, &servers, &me).ends_with(0);
    let outcome = check(&place, &["--homeserver", &fake.url()]).ends_with(2);
    assert_eq!(error(&outcome), "error-session-elsewhere");
    let outcome = fake.check(&place, &[]).ends_with(0);
    assert_eq!(outcome.object()["asked"], 1, "a token that was typed is for whom it was typed for");
    let token = kept_token(&place);
    assert!(fake.requests().iter().all(|r| !format!("{r:?}").contains(&token)));
    place.run(["logout"]).ends_with(0);
}
