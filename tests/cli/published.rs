//! The published JSON Schemas (`fixtures/schema/`): every object that any test reads
//! is held against the one of its name, and every schema that the sources name is
//! published.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::{LazyLock, Mutex, PoisonError};

use serde_json::{Value, json};

use crate::export::python;
use crate::review::doubtful;

/// Files of the program's own, which nobody else reads: no schema of them is published.
const OWN: [&str; 2] = ["homeserver", "matrix-session"];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The schemas by the names that stand in the objects.
static PUBLISHED: LazyLock<BTreeMap<String, Value>> = LazyLock::new(|| {
    let files = fs::read_dir(root().join("fixtures/schema")).unwrap().flatten();
    let published = files.map(|file| {
        let schema: Value = serde_json::from_slice(&fs::read(file.path()).unwrap()).unwrap();
        let name = file.path().file_stem().unwrap().to_str().unwrap().to_owned();
        (format!("transhume.{name}/1"), schema)
    });
    published.collect()
});

/// A process that judges objects, a line each, for all tests; none where the Python
/// package is not there.
struct Judge {
    _process: Child,
    asks: ChildStdin,
    answers: BufReader<ChildStdout>,
}

static JUDGE: LazyLock<Option<Mutex<Judge>>> = LazyLock::new(|| {
    let mut process = Command::new(python("jsonschema")?)
        .arg(root().join("tests/cli/published.py"))
        .arg(root().join("fixtures/schema"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let (asks, answers) = (process.stdin.take().unwrap(), BufReader::new(process.stdout.take().unwrap()));
    Some(Mutex::new(Judge { _process: process, asks, answers }))
});

/// What is wrong with an object by the schema of its name; nothing where nobody can
/// tell.
fn faults(object: &Value) -> Vec<String> {
    let Some(judge) = JUDGE.as_ref() else { return Vec::new() };
    let mut judge = judge.lock().unwrap_or_else(PoisonError::into_inner);
    writeln!(judge.asks, "{object}").unwrap();
    let mut answer = String::new();
    judge.answers.read_line(&mut answer).unwrap();
    serde_json::from_str(&answer).unwrap_or_else(|e| panic!("{e}: {answer:?}"))
}

/// Fails unless an object is as the schema of its name says.
#[track_caller]
pub fn assert_fits(object: &Value) {
    let name = object["schema"].as_str().unwrap_or_else(|| panic!("an object of no schema: {object}"));
    assert!(PUBLISHED.contains_key(name), "no schema of {name}");
    let faults = faults(object);
    assert!(faults.is_empty(), "{name}: {faults:#?}");
}

/// The names of schemas that the sources can write.
fn in_sources(folder: &Path, names: &mut BTreeSet<String>) {
    for entry in fs::read_dir(folder).unwrap().flatten() {
        let path = entry.path();
        if path.is_dir() {
            in_sources(&path, names);
        } else if path.extension() == Some("rs".as_ref()) {
            let text = fs::read_to_string(&path).unwrap();
            // In quotes alone: comments name them as well.
            let quoted = text.split("\"transhume.").skip(1).filter_map(|rest| rest.split_once("/1\""));
            let is_name = |name: &str| name.chars().all(|c| c.is_ascii_lowercase() || c == '-');
            names.extend(quoted.map(|(name, _)| name).filter(|name| is_name(name)).map(str::to_owned));
        }
    }
}

#[test]
fn every_schema_of_the_sources_is_published_and_no_other() {
    let mut named = BTreeSet::new();
    in_sources(&root().join("src"), &mut named);
    for own in OWN {
        assert!(named.remove(own), "{own} is still written");
    }
    let published: BTreeSet<String> = PUBLISHED
        .keys()
        .map(|name| name.trim_start_matches("transhume.").trim_end_matches("/1").to_owned())
        .collect();
    assert_eq!(named, published);
}

/// Calls back for each part of a schema.
fn each<'a>(schema: &'a Value, told: &mut dyn FnMut(&'a Value)) {
    told(schema);
    match schema {
        Value::Object(fields) => fields.values().for_each(|part| each(part, told)),
        Value::Array(parts) => parts.iter().for_each(|part| each(part, told)),
        _ => {}
    }
}

#[test]
fn schemas_are_schemas_and_fields_may_be_added_and_never_missed() {
    for (name, schema) in PUBLISHED.iter() {
        assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema");
        assert_eq!(schema["properties"]["schema"]["const"], **name);
        each(schema, &mut |part| {
            // `properties` may also be the name of a field, which is none of these.
            if part.get("type") != Some(&json!("object")) {
                return;
            }
            let fields: BTreeSet<&str> =
                part["properties"].as_object().unwrap().keys().map(String::as_str).collect();
            let required: BTreeSet<&str> =
                part["required"].as_array().unwrap().iter().filter_map(Value::as_str).collect();
            assert_eq!(required, fields, "{name}");
            assert!(part.get("additionalProperties").is_none(), "{name}: fields may be added");
        });
        if JUDGE.is_some() {
            assert!(!faults(&json!({ "schema": name })).is_empty(), "{name}: fields are missing");
        }
    }
}

/// Every command that asks no network, in an invented life with doubtful people in it.
#[test]
fn what_every_command_prints_fits_its_schema() {
    let place = doubtful();
    let demo = root().join("fixtures/demo");
    let demo = demo.to_str().unwrap();
    place.file("ws/transhume.toml", "[reach]\nmatrix = \"@ada:example.org\"\n");
    let mut seen = BTreeSet::new();
    let mut call = |code: i32, line: &str| -> Vec<Value> {
        let words = line.split(' ').map(|word| word.replace("DEMO", demo));
        let objects = place.run(words.chain(["--json".to_owned()])).ends_with(code).json();
        assert!(!objects.is_empty(), "{line}");
        seen.extend(objects.iter().filter_map(|object| object["schema"].as_str().map(str::to_owned)));
        objects
    };
    call(0, "inspect DEMO");
    call(0, "review");
    call(0, "review export review.csv");
    call(0, "review apply review.csv");
    call(0, "import DEMO");
    call(0, "migrate DEMO");
    let contacts = call(0, "contacts");
    let id = |at: usize| contacts[at]["id"].as_str().unwrap().to_owned();
    call(0, &format!("contacts show {}", id(0)));
    call(0, &format!("contacts exclude {}", id(0)));
    call(0, &format!("why {}", id(1)));
    call(0, "plan");
    let drafts = call(0, "invite");
    let drafted = drafts.iter().find(|object| object["schema"] == "transhume.invite/1").unwrap();
    call(0, &format!("invite mark {} sent", drafted["contact"]["id"].as_str().unwrap()));
    call(0, "invite list");
    call(0, "status");
    let written = std::fs::read_to_string(place.path().join("ws/out/report.json")).unwrap();
    assert_fits(&serde_json::from_str(&written).unwrap());
    call(0, "report --html --csv --vcard --graphml");
    call(0, "runs");
    call(0, "runs diff 1");
    call(0, "runs undo --dry-run");
    call(0, &format!("contacts forget {} --yes", id(2)));
    call(0, "guide");
    call(0, "homeserver init example.org --dir server --yes");
    call(0, "man plan");
    call(0, "completions zsh");
    call(0, "logout");
    call(2, "why Nobody");
    call(2, "dance");
    call(0, "purge --yes");
    // What only a network brings is held by the tests that ask one.
    let asked = ["check", "login", "invitation", "room", "token", "note", "homeserver-check"]
        .map(|name| format!("transhume.{name}/1"));
    let left: Vec<&String> =
        PUBLISHED.keys().filter(|name| !seen.contains(*name) && !asked.contains(name)).collect();
    assert!(left.is_empty(), "nothing was seen of {left:?}");
}
