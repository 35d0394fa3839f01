//! Processes that meet, that are told to stop, or whose reader goes away: one
//! writes at a time, and what is not finished has not happened.

use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::storage::{cards, contents, small_life};
use crate::support::{Outcome, Place};

/// A child that is ended whatever becomes of the test.
pub struct Held(pub Child);

impl Drop for Held {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Waits until something holds.
#[track_caller]
fn wait_until(mut holds: impl FnMut() -> bool) {
    let begun = Instant::now();
    while !holds() {
        assert!(begun.elapsed() < Duration::from_secs(8), "it takes too long");
        std::thread::sleep(Duration::from_millis(10));
    }
}

/// A chat so long that reading it takes a while.
fn long_chat(place: &Place, name: &str) -> PathBuf {
    place.file(name, "30/01/2021, 10:00 - Cy Test: hello again, and again, and again\n".repeat(2_000_000))
}

/// Starts the program and waits until it has the workspace.
fn started(place: &Place, arguments: &[&str]) -> Held {
    let mut command = place.command();
    let child = command.args(arguments).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn();
    let child = Held(child.expect("the program runs"));
    let pid = child.0.id().to_string();
    let lock = place.path().join("ws/lock");
    wait_until(|| fs::read_to_string(&lock).is_ok_and(|text| text == pid));
    child
}

#[test]
fn f13_a_second_writer_is_told_who_has_the_workspace() {
    let place = Place::new();
    small_life(&place);
    place.run(["migrate", "in"]).ends_with(0);
    let runs = place.run(["runs", "--json"]).stdout;
    let lock = place.path().join("ws/lock");
    let holder = place.wrap(Command::new("flock")).arg("--no-fork").arg(&lock).args(["sleep", "60"]).spawn();
    let mut holder = Held(holder.expect("flock runs"));
    let pid = holder.0.id().to_string();
    wait_until(|| File::open(&lock).expect("the lock").try_lock().is_err());
    fs::write(&lock, &pid).expect("a courtesy");
    for call in [["import", "in"], ["migrate", "in"]] {
        let outcome = place.run(call).ends_with(7);
        assert!(outcome.stderr.contains(&pid), "{}", outcome.stderr);
        let error = place.run(["--json", call[0], call[1]]).ends_with(7).object();
        assert_eq!((&error["exit"], &error["code"]), (&7.into(), &"error-locked".into()));
        assert!(error["what"].as_str().is_some_and(|what| what.contains(&pid)), "{error}");
    }
    place.run(["contacts", "exclude", "Ada Test"]).ends_with(7);
    // Who only looks is not kept out.
    place.run(["contacts"]).ends_with(0);
    assert_eq!(place.run(["runs", "--json"]).ends_with(0).stdout, runs);
    // The lock of a process that was killed is none.
    holder.0.kill().expect("it is killed");
    holder.0.wait().expect("it is gone");
    assert_eq!(fs::read_to_string(place.path().join("ws/lock")).expect("the file stays"), pid);
    place.run(["migrate", "in"]).ends_with(0);
}

#[test]
fn f13_only_a_held_lock_is_a_lock() {
    let place = Place::new();
    small_life(&place);
    let path = place.file("ws/lock", "4194305");
    place.run(["migrate", "in"]).ends_with(0);
    let mut lock = File::options().write(true).truncate(true).open(&path).expect("the lock");
    lock.lock().expect("it is free");
    write!(lock, "{}", std::process::id()).expect("a courtesy");
    let outcome = place.run(["migrate", "in"]).ends_with(7);
    assert!(outcome.stderr.contains(&std::process::id().to_string()), "{}", outcome.stderr);
    drop(lock);
    place.run(["migrate", "in"]).ends_with(0);
}

#[test]
fn f15_a_run_that_is_told_to_stop_changes_nothing_and_can_be_had_again() {
    for signal in ["INT", "TERM"] {
        let place = Place::new();
        small_life(&place);
        place.run(["migrate", "in"]).ends_with(0);
        let snapshot = || {
            let mut files = contents(&place.path().join("ws"));
            // Who had the lock last is no data.
            files.retain(|(path, _)| path != Path::new("lock"));
            files
        };
        let before = snapshot();
        let long = long_chat(&place, "endless.txt");
        let mut reader = started(&place, &["migrate", "endless.txt"]);
        std::thread::sleep(Duration::from_millis(300));
        assert!(reader.0.try_wait().expect("a child").is_none(), "it reads on and on");
        let kill = Command::new("sh").args(["-c", &format!("kill -{signal} {}", reader.0.id())]).status();
        assert!(kill.expect("a shell").success());
        wait_until(|| reader.0.try_wait().expect("a child").is_some());
        let output =
            std::mem::replace(&mut reader.0, Command::new("true").spawn().expect("true")).wait_with_output();
        let outcome = Outcome::of(&output.expect("what it said")).ends_with(130);
        assert!(outcome.stdout.is_empty() && !outcome.stderr.is_empty(), "{}", outcome.all());
        assert!(snapshot() == before, "SIG{signal}: the workspace and the outputs are as they were");

        fs::remove_file(&long).expect("the long chat");
        place.file("endless.txt", "30/01/2021, 10:00 - Cy Test: hello again\n");
        place.run(["migrate", "endless.txt"]).ends_with(0);
        assert_eq!(place.run(["runs", "--json"]).ends_with(0).json().len(), 2);
    }
}

#[test]
fn f15_a_reader_that_goes_away_is_no_error() {
    let place = Place::new();
    small_life(&place);
    place.run(["migrate", "in"]).ends_with(0);
    for call in [
        &["contacts"][..],
        &["contacts", "--json"],
        &["contacts", "show", "Ada Test"],
        &["why", "Ada Test"],
        &["report"],
        &["report", "--json"],
        &["invite"],
        &["runs"],
        &["guide"],
        &["inspect", "in"],
        &["--help"],
        &["--version"],
        &["--json", "why", "nobody"],
    ] {
        let (reader, writer) = std::io::pipe().expect("a pipe");
        drop(reader);
        let output = place.command().args(call).stdout(writer).output().expect("the program runs");
        let outcome = Outcome::of(&output);
        assert!(
            !outcome.stderr.contains("panicked") && !outcome.stderr.contains("roken pipe"),
            "{}",
            outcome.stderr
        );
        if call != ["--json", "why", "nobody"] {
            assert_eq!(outcome.stderr, "", "{call:?}");
            assert!(matches!(outcome.code, Some(0 | 141) | None), "{call:?}: {:?}", outcome.code);
        }
    }
}

#[test]
fn f15_only_the_first_line_of_many_is_no_error() {
    let place = Place::new();
    place.file("many.vcf", cards(0..2000));
    place.run(["import", "many.vcf"]).ends_with(0);
    let mut shell = Command::new("sh");
    shell
        .args(["-c", "{ \"$0\" contacts 2> said; echo $? > code; } | head -1"])
        .arg(env!("CARGO_BIN_EXE_transhume"));
    let outcome = Outcome::of(&place.wrap(shell).output().expect("a shell")).ends_with(0);
    assert_eq!(outcome.stdout.lines().count(), 1);
    let read = |name: &str| fs::read_to_string(place.path().join(name)).expect("what the shell wrote");
    assert!(["0\n", "141\n"].contains(&read("code").as_str()), "{}", read("code"));
    assert_eq!(read("said"), "");
}

#[test]
fn a_pipe_is_no_file_and_nobody_waits_for_it() {
    let place = Place::new();
    let made = Command::new("mkfifo").arg(place.path().join("pipe")).status().unwrap();
    assert!(made.success());
    let outcome = place.run(["inspect", "--json", "pipe"]).ends_with(4);
    assert!(outcome.stdout.contains("not-recognised"), "{}", outcome.stdout);
}
