//! What the program owes whatever it is given: the input stays as it was, the
//! counts add up, nothing raw and nobody's number reaches the terminal, memory
//! is bounded, and the exit code tells. The hostile tests make all their calls
//! through here, so each of them watches over these promises.

use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::Value;

use super::support::{Outcome, Place};

/// The heap that any input has to be read in, in KiB, with what the allocator
/// keeps of it for the next piece of each size.
pub const HEAP: u64 = 16 * 1024;

/// What every call owes, whatever it was given: an exit code of those that
/// inputs can cause, no panic, nothing raw on the terminal, nobody's number.
pub fn sound(outcome: Outcome) -> Outcome {
    let Outcome { code, stdout, stderr } = &outcome;
    assert!(matches!(code, Some(0 | 3 | 4)), "{code:?}\n{stdout}\n{stderr}");
    assert!(!stderr.contains("panicked") && !stderr.contains("backtrace"), "{stderr}");
    let raw = |c: char| (c.is_control() && c != '\n') || matches!(c, '\u{202a}'..='\u{202e}');
    assert!(!outcome.all().contains(raw), "{:?}", outcome.all());
    let digits = stderr.replace([' ', '.', '-', '(', ')', '\u{a0}', '\u{202f}'], "");
    for number in ["639980", "7700900", "2025550", "199000"] {
        assert!(!digits.contains(number), "a number is on stderr: {stderr}");
    }
    outcome
}

/// Inspects a file in words and as JSON, with that exit code, and gives the
/// objects. The file stays as it was, and every count adds up.
pub fn inspect_all(place: &Place, path: &Path, code: i32) -> Vec<Value> {
    let before = fs::read(path).expect("the input");
    let call = |json: &[&str]| {
        let arguments = ["inspect"].iter().chain(json).map(AsRef::as_ref);
        sound(place.run(arguments.chain([path.as_os_str()]))).ends_with(code)
    };
    let (words, json) = (call(&[]), call(&["--json"]));
    assert!(fs::read(path).expect("the input") == before, "the input was changed");
    let objects = json.json();
    let of = |schema: &str| objects.iter().filter(|o| o["schema"] == schema).cloned().collect::<Vec<_>>();
    assert_eq!(of("transhume.error/1").len(), usize::from(code == 4), "{}", json.stdout);
    let inspected = of("transhume.inspect/1");
    for object in &inspected {
        adds_up(object);
        for problem in object["problems"].as_array().expect("problems") {
            // A message that says where, what, and what to do.
            let said = ["path", "what", "hint"].map(|field| problem[field].as_str().unwrap_or_default());
            assert!(said.iter().all(|text| !text.is_empty()), "{problem}");
            assert!(words.stderr.contains(said[1]), "{:?} is not in {}", said[1], words.stderr);
        }
    }
    inspected
}

/// The same for a file with one item.
pub fn inspect(place: &Place, path: &Path, code: i32) -> Value {
    let mut objects = inspect_all(place, path, code);
    assert_eq!(objects.len(), 1, "{objects:?}");
    objects.remove(0)
}

fn adds_up(object: &Value) {
    let count = |name: &str| object["counts"][name].as_u64().unwrap_or_default();
    let sum = |names: &[&str]| names.iter().map(|name| count(name)).sum::<u64>();
    if object["counts"]["chats"].is_null() {
        assert_eq!(count("headers"), sum(&["messages", "notices"]), "{object}");
    }
    assert_eq!(count("lines"), sum(&["headers", "continuations", "blank", "skipped_lines"]), "{object}");
    if object["kind"] == "whatsapp-chat" {
        let people = object["people"].as_array().expect("people");
        let messages: u64 = people.iter().filter_map(|p| p["messages"].as_u64()).sum();
        assert_eq!(count("messages"), messages, "{object}");
    }
}

/// Imports files with that exit code, and gives what became of each. They stay
/// as they were, and every count adds up.
pub fn import(place: &Place, paths: &[&Path], code: i32) -> Vec<Value> {
    let bytes = || paths.iter().map(|path| fs::read(path).expect("the input")).collect::<Vec<_>>();
    let before = bytes();
    let arguments = ["import", "--json"].iter().map(AsRef::as_ref).chain(paths.iter().map(|p| p.as_os_str()));
    let outcome = sound(place.run(arguments)).ends_with(code);
    assert!(bytes() == before, "an input was changed");
    let objects = outcome.json();
    for object in objects.iter().filter(|o| o["schema"] == "transhume.import/1") {
        let count = |name: &str| object[name].as_u64().expect("a count");
        assert_eq!(count("read"), count("kept") + count("merged") + count("rejected"), "{object}");
    }
    objects
}

/// A file of which nothing can be used ends with 4, and a workspace that was
/// there before stays as it was, byte for byte.
pub fn refused(place: &Place, path: &Path) {
    let good =
        place.file("good.txt", "31/12/2020, 21:41 - Ada Quill: hi\n31/12/2020, 21:42 - Bo Marsh: hi\n");
    import(place, &[&good], 0);
    // The lock names whoever held it last.
    let kept = || {
        let mut files = place.snapshot();
        files.retain(|(path, _)| !path.ends_with("lock"));
        files
    };
    let before = kept();
    assert!(!before.is_empty());
    import(place, &[path], 4);
    assert!(kept() == before, "the workspace was changed");
}

/// All contacts of the workspace.
pub fn contacts(place: &Place) -> Vec<Value> {
    sound(place.run(["contacts", "--json"])).ends_with(0).json()
}

/// The contact of that name.
pub fn contact(place: &Place, name: &str) -> Value {
    let mut all = contacts(place);
    all.retain(|c| c["name"] == name);
    assert_eq!(all.len(), 1, "{name}: {all:?}");
    all.remove(0)
}

/// Inspects a file as JSON with so many KiB for the heap, and no more.
pub fn inspect_within(place: &Place, kib: u64, path: &Path) -> Outcome {
    within(place, kib, &["inspect", "--json"], path)
}

/// Calls the program with so many KiB for the heap, and no more. What the
/// allocator only sets aside counts for nothing, what is used does.
pub fn within(place: &Place, kib: u64, arguments: &[&str], path: &Path) -> Outcome {
    let mut command = Command::new("/usr/bin/env");
    command.args([
        "bash",
        "-c",
        "ulimit -d \"$0\" && MIMALLOC_ARENA_EAGER_COMMIT=0 exec \"$@\"",
        &kib.to_string(),
    ]);
    command.arg(env!("CARGO_BIN_EXE_transhume")).args(arguments).arg(path);
    Outcome::of(&place.wrap(command).output().expect("bash runs"))
}

/// Lines, each with its end.
pub fn lines(lines: &[&str]) -> String {
    lines.iter().map(|line| format!("{line}\n")).collect()
}

/// The first problem of that code.
pub fn problem<'a>(object: &'a Value, code: &str) -> &'a Value {
    let mut problems = object["problems"].as_array().into_iter().flatten();
    problems.find(|p| p["code"] == code).unwrap_or_else(|| panic!("no {code} in {object}"))
}

/// A card of one property beside the name.
pub fn card(name: &str, property: &str) -> String {
    format!("BEGIN:VCARD\nVERSION:3.0\nFN:{name}\n{property}\nEND:VCARD\n")
}
