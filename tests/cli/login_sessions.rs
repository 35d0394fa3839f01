//! Whose session it is, where it may go, and when it is over.

use std::fs;
use std::process::{Command, Stdio};
use std::time::Duration;

use crate::login_faults::{WHOAMI, homeserver, lets_in, signed_in_at};
use crate::support::Outcome;
use crate::wire::tls;

#[test]
fn a_session_that_changes_meanwhile_is_not_sent_to_the_server_before() {
    let (before, after) = (homeserver(lets_in()), homeserver(lets_in()));
    let place = signed_in_at(&before);
    let file = place.path().join("ws/matrix-session.json");
    let other = fs::read_to_string(&file).unwrap().replace(&before.url(), &after.url());
    let other = other.replace("fake-access", "after-access");
    // The program waits at a pipe once it has found out who is signed in.
    let pipe = place.path().join("pipe");
    assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    let mut command = place.command();
    command.args(["check", "matrix", "--json", "--yes", "--skip", "identity-server", "--ca-file", "pipe"]);
    let child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    std::thread::sleep(Duration::from_secs(1));
    fs::write(&file, &other).unwrap();
    fs::write(&pipe, tls::no_tls().authority).unwrap();
    Outcome::of(&child.wait_with_output().unwrap()).ends_with(0);
    assert!(before.requests().iter().all(|r| !format!("{r:?}").contains("after-access")));
    assert_eq!((before.count(WHOAMI), after.count(WHOAMI)), (0, 1));
}
