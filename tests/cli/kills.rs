//! A run that is killed at any of its writes leaves the old or the new
//! workspace, never half of one, and every output whole; the same command
//! then ends with the new one.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

use crate::storage::{cards, contents, small_life};
use crate::support::{Outcome, Place};

/// Whatever writes, makes it last or moves it into its place.
const WRITES: &str =
    "write,pwrite64,fsync,fdatasync,ftruncate,?rename,renameat,?renameat2,?linkat,?unlink,unlinkat";

/// About so many kills.
const KILLS: usize = 25;

/// `migrate in more` into a workspace, under strace with these arguments.
fn traced(place: &Place, workspace: &Path, arguments: &[&str]) -> Option<Outcome> {
    let mut strace = Command::new("strace");
    strace.args(["-f", "-e", &format!("trace={WRITES}")]).args(arguments);
    strace
        .arg(env!("CARGO_BIN_EXE_transhume"))
        .arg("--workspace")
        .arg(workspace)
        .args(["migrate", "in", "more"]);
    let Ok(output) = place.wrap(strace).output() else {
        eprintln!("skipped: there is no strace");
        return None;
    };
    Some(Outcome::of(&output))
}

/// The calls that a run makes, each as its name and how often that name came.
fn calls(log: &str) -> Vec<(String, usize)> {
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    let mut calls = Vec::new();
    for line in log.lines() {
        let Some((_, call)) = line.split_once(' ') else { continue };
        let Some((name, _)) = call.trim_start().split_once('(') else { continue };
        let count = seen.entry(name).or_insert(0);
        *count += 1;
        calls.push((name.to_owned(), *count));
    }
    calls
}

/// Where to kill: at every call until the first output is moved into its
/// place, of a streak of the same call at the first, and then here and there.
fn points(all: Vec<(String, usize)>) -> Vec<(String, usize)> {
    let mut all = all;
    all.dedup_by(|call, before| call.0 == before.0);
    let first = all.iter().position(|(name, _)| name.starts_with("rename")).expect("an output");
    let outputs = all.split_off(first);
    let wanted = KILLS.saturating_sub(all.len()).clamp(5, outputs.len());
    all.extend((0..wanted).map(|k| outputs[k * (outputs.len() - 1) / (wanted - 1)].clone()));
    all
}

/// Everything that a workspace tells: its runs, and its contacts without the
/// ids, which are random for new ones.
#[derive(Clone, Debug, PartialEq)]
struct State {
    runs: Vec<Value>,
    contacts: Vec<String>,
}

impl State {
    #[track_caller]
    fn of(place: &Place, workspace: &Path) -> State {
        let ask = |what: &str| {
            let workspace = workspace.as_os_str();
            place.run(["--json".as_ref(), "--workspace".as_ref(), workspace, what.as_ref()])
        };
        let (runs, listed) = (ask("runs"), ask("contacts"));
        if runs.code == Some(4) && listed.code == Some(4) {
            return State { runs: Vec::new(), contacts: Vec::new() };
        }
        for outcome in [&runs, &listed] {
            assert_eq!(outcome.code, Some(0), "{}: {}", workspace.display(), outcome.all());
        }
        let contacts = listed.json().into_iter().map(|mut contact| {
            contact.as_object_mut().expect("an object").remove("id");
            contact.to_string()
        });
        let mut contacts: Vec<String> = contacts.collect();
        contacts.sort();
        State { runs: runs.json(), contacts }
    }
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    for (path, content) in contents(from) {
        let path = to.join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, content).expect("a copy");
    }
}

/// The outputs that are in their places; all of them are whole.
fn outputs(workspace: &Path) -> Vec<PathBuf> {
    let mut names = Vec::new();
    for (path, content) in contents(&workspace.join("out")) {
        let name = path.file_name().expect("a name").to_string_lossy().into_owned();
        if name.starts_with(".transhume-") {
            continue;
        }
        let text = String::from_utf8(content).expect("text");
        let whole = match path.extension().and_then(|e| e.to_str()) {
            Some("html") => text.trim_end().ends_with("</html>"),
            Some("json") => serde_json::from_str::<Value>(&text).is_ok(),
            Some("csv") => {
                text.starts_with("transhume_")
                    && csv::Reader::from_reader(text.as_bytes()).records().all(|r| r.is_ok())
            }
            // A list may be short.
            _ if name.starts_with("group-") => text.ends_with('\n'),
            _ => text.ends_with('\n') && text.len() > 60,
        };
        assert!(whole, "{} is not whole: {text}", path.display());
        names.push(path);
    }
    names
}

/// Kills a `migrate` on copies of `base` at its writes, one copy a kill.
fn killed_at_every_write(place: &Place, base: &Path) {
    let (log, fresh) = (place.path().join("calls.log"), place.path().join("fresh"));
    copy(base, &fresh);
    let old = State::of(place, &fresh);
    let Some(outcome) = traced(place, &fresh, &["-o", log.to_str().expect("a path")]) else { return };
    outcome.ends_with(0);
    let new = State::of(place, &fresh);
    assert_eq!(new.runs.len(), old.runs.len() + 1);
    assert_ne!(new.contacts, old.contacts);
    let shown = outputs(&fresh);
    let all = calls(&fs::read_to_string(&log).expect("what strace saw"));
    let chosen = points(all);
    assert!(chosen.len() > KILLS / 2, "{chosen:?}");

    let kill = |(name, count): &(String, usize)| -> bool {
        let workspace = place.path().join(format!("killed-{name}-{count}"));
        copy(base, &workspace);
        let inject = format!("inject={name}:signal=SIGKILL:when={count}");
        let outcome = traced(place, &workspace, &["-o", "/dev/null", "-e", &inject]).expect("strace again");
        assert_ne!(outcome.code, Some(0), "{name} {count}: it was killed");
        let state = State::of(place, &workspace);
        assert!(state == old || state == new, "{name} {count}: half a state: {state:?}");
        outputs(&workspace);
        let again = [
            "--workspace".as_ref(),
            workspace.as_os_str(),
            "migrate".as_ref(),
            "in".as_ref(),
            "more".as_ref(),
        ];
        place.run(again).ends_with(0);
        let after = State::of(place, &workspace);
        assert_eq!(after.contacts, new.contacts, "{name} {count}");
        assert_eq!(after.runs.len(), state.runs.len() + 1, "{name} {count}");
        let count_of = |paths: &[PathBuf]| {
            paths.iter().filter(|p| p.components().count() == 1).cloned().collect::<Vec<_>>()
        };
        assert_eq!(count_of(&outputs(&workspace)), count_of(&shown), "{name} {count}");
        state == new
    };
    let half = chosen.len() / 2;
    let (first, second) = std::thread::scope(|scope| {
        let first = scope.spawn(|| chosen[..half].iter().map(kill).collect::<Vec<_>>());
        let second = chosen[half..].iter().map(kill).collect::<Vec<_>>();
        (first.join().expect("the first half"), second)
    });
    let reached = first.iter().chain(&second).filter(|new| **new).count();
    assert!(reached > 0 && reached < chosen.len(), "kills before and after the commit: {reached}");
}

#[test]
fn f01_a_kill_at_any_write_leaves_the_old_or_the_new_state() {
    let place = Place::new();
    small_life(&place);
    place.file("more/cards.vcf", cards(2..8));
    place.run(["migrate", "in"]).ends_with(0);
    killed_at_every_write(&place, &place.path().join("ws"));
}

#[test]
fn f01_a_first_run_that_is_killed_is_begun_again() {
    let place = Place::new();
    small_life(&place);
    place.file("more/cards.vcf", cards(2..8));
    fs::create_dir(place.path().join("empty")).expect("a folder");
    killed_at_every_write(&place, &place.path().join("empty"));
}

#[test]
fn f01_what_a_killed_run_left_half_written_is_cleared_away() {
    let place = Place::new();
    small_life(&place);
    fs::create_dir(place.path().join("more")).expect("a folder");
    let workspace = place.path().join("ws");
    let kill = ["-o", "/dev/null", "-e", "inject=renameat,?rename,?renameat2:signal=SIGKILL:when=2"];
    let Some(outcome) = traced(&place, &workspace, &kill) else { return };
    assert_ne!(outcome.code, Some(0), "it was killed");
    let half_written = || {
        let files = contents(&workspace.join("out")).into_iter().map(|(path, _)| path);
        files.filter(|path| path.to_string_lossy().starts_with('.')).collect::<Vec<_>>()
    };
    assert_eq!(half_written().len(), 1, "it was killed while writing");
    place.run(["migrate", "in"]).ends_with(0);
    assert_eq!(half_written(), Vec::<PathBuf>::new(), "names and numbers stay nowhere unseen");
}
