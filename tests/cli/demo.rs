//! The demo life: every number that the program prints of it is the one that
//! stands in the truth beside it, whatever the order of the imports, and
//! without a single socket to the internet.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use rusqlite::Connection;
use serde_json::{Value, json};

use crate::support::{NOW, Outcome, Place};

/// A day on which everything in the demo is long ago.
const TODAY: &str = "2026-11-23T18:00:00Z";

fn demo() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/demo")
}

fn truth() -> Value {
    let text = fs::read_to_string(demo().with_extension("truth.json")).expect("the truth");
    serde_json::from_str(&text).expect("the truth is JSON")
}

/// What `migrate` reports on the demo, at a time.
fn migrated_at(place: &Place, now: &str) -> Value {
    let mut command = place.command();
    let output = command.args(["--json", "migrate"]).arg(demo()).env("TRANSHUME_NOW", now).output();
    Outcome::of(&output.expect("the program runs")).ends_with(0).object()
}

/// Contacts as `contacts --json` lists them, without their random ids.
fn contacts(place: &Place) -> Vec<Value> {
    let mut contacts = place.run(["contacts", "--json"]).ends_with(0).json();
    for contact in &mut contacts {
        contact.as_object_mut().expect("an object").remove("id").expect("an id");
    }
    contacts.sort_by_key(ToString::to_string);
    contacts
}

/// A part of the truth of a group: what the report says of it too.
fn of_groups(groups: &Value) -> Vec<Value> {
    let mut groups: Vec<Value> = groups
        .as_array()
        .expect("groups")
        .iter()
        .map(|g| {
            json!({
                "title": g["title"], "members": g["members"],
                "members_complete": g["members_complete"], "reachable": g["reachable"],
            })
        })
        .collect();
    groups.sort_by_key(ToString::to_string);
    groups
}

/// People in no order; the truth writes numbers with plain spaces, WhatsApp
/// with unbreakable ones.
fn in_no_order(people: &Value) -> Vec<String> {
    let people = people.as_array().expect("people").iter();
    let mut people: Vec<String> = people.map(|p| p.to_string().replace('\u{a0}', " ")).collect();
    people.sort();
    people
}

#[test]
fn demo_counts_are_those_of_the_truth() {
    let truth = truth();
    assert_eq!(truth["now"], NOW);
    let report = migrated_at(&Place::new(), NOW);
    for field in ["contacts", "scope", "reachable", "by_state", "history", "in_use", "needs_review"] {
        assert_eq!(report[field], truth[field], "{field}");
    }
    let previous = &report["previous"];
    assert_eq!(previous["run"], json!({"id": null, "at": truth["previous"]["at"]}));
    assert_eq!(previous["reachable"], truth["previous"]["reachable"]);
    assert_eq!(of_groups(&report["groups"]), of_groups(&truth["groups"]));
    let lost: Vec<&Value> =
        report["changes"]["lost"].as_array().expect("a list").iter().map(|p| &p["name"]).collect();
    assert_eq!(json!(lost), truth["previous"]["lost_since"]);
}

#[test]
fn the_demo_of_today_is_that_of_the_truth() {
    let truth = truth();
    let report = migrated_at(&Place::new(), TODAY);
    for field in ["contacts", "scope", "reachable", "by_state", "in_use", "needs_review"] {
        assert_eq!(report[field], truth["today"][field], "{field}");
    }
}

#[test]
fn demo_chats_are_counted_as_in_the_truth() {
    let (place, truth) = (Place::new(), truth());
    let files = fs::read_dir(demo()).expect("the demo").map(|entry| entry.expect("an entry").path());
    let chats: Vec<PathBuf> = files
        .filter(|path| path.file_name().is_some_and(|name| name.to_string_lossy().contains("WhatsApp")))
        .collect();
    let call = place.command().args(["--json", "inspect"]).args(&chats).output().expect("the program runs");
    let mut seen = Outcome::of(&call).ends_with(0).json();
    // A card that somebody sent lies in an archive as well.
    seen.retain(|item| item["kind"] == "whatsapp-chat");
    let wanted = truth["chats"].as_array().expect("chats");
    assert_eq!(seen.len(), wanted.len());
    for wanted in wanted {
        let path = wanted["path"].as_str().expect("a path");
        let seen = seen.iter().find(|s| s["path"].as_str().is_some_and(|p| p.ends_with(path)));
        let seen = seen.unwrap_or_else(|| panic!("{path} was not read"));
        assert_eq!(seen["chat"], json!({"title": wanted["title"], "kind": wanted["kind"]}), "{path}");
        for field in ["platform", "language"] {
            assert_eq!(seen[field], wanted[field], "{path}: {field}");
        }
        assert_eq!(in_no_order(&seen["people"]), in_no_order(&wanted["people"]), "{path}");
        for field in
            ["lines", "headers", "messages", "notices", "media", "continuations", "blank", "skipped_lines"]
        {
            assert_eq!(seen["counts"][field], wanted[field], "{path}: {field}");
        }
    }
    let books = [("contacts.vcf", &truth["address_books"]["contacts_vcf"]["cards"])];
    for (name, cards) in
        books.into_iter().chain([("google.csv", &truth["address_books"]["google_csv"]["rows"])])
    {
        assert_eq!(&place.inspect(&demo().join(name))["counts"]["cards"], cards, "{name}");
    }
}

#[test]
fn order_of_imports_cannot_matter() {
    let mut files: Vec<PathBuf> =
        fs::read_dir(demo()).expect("the demo").map(|entry| entry.expect("an entry").path()).collect();
    files.sort();
    let import = |files: &mut dyn Iterator<Item = &PathBuf>| {
        let place = Place::new();
        for file in files {
            place.run(["import".as_ref(), file.as_os_str()]).ends_with(0);
        }
        contacts(&place)
    };
    let at_once = {
        let place = Place::new();
        place.run(["import".as_ref(), demo().as_os_str()]).ends_with(0);
        contacts(&place)
    };
    let (there, back) = (import(&mut files.iter()), import(&mut files.iter().rev()));
    assert!(there.len() > 60);
    for (one, other) in there.iter().zip(&back) {
        assert_eq!(one, other);
    }
    assert_eq!(there, back);
    assert_eq!(there, at_once);
}

#[test]
fn the_same_input_twice_adds_one_run_and_changes_nothing_else() {
    let place = Place::new();
    migrated_at(&place, NOW);
    let rows = |table: &str| -> Vec<Vec<rusqlite::types::Value>> {
        let database = Connection::open(place.path().join("ws/transhume.db")).expect("the database");
        let mut all = database.prepare(&format!("SELECT * FROM {table} ORDER BY 1, 2")).expect("the table");
        let columns = all.column_count();
        let row = |row: &rusqlite::Row<'_>| (0..columns).map(|at| row.get(at)).collect();
        all.query_map([], row).expect("rows").collect::<Result<_, _>>().expect("a row")
    };
    let tables = ["source", "anchor", "merged", "decision"];
    let before: Vec<_> = tables.map(rows).into();
    let listed = place.run(["contacts", "--json"]).ends_with(0).stdout;
    let runs = place.run(["runs", "--json"]).ends_with(0).json();
    assert_eq!(runs.len(), 1);
    assert!(before[0].len() >= 12, "every file is a source");

    let again = migrated_at(&place, NOW);
    assert_eq!(tables.map(rows), before.as_slice());
    assert_eq!(place.run(["contacts", "--json"]).ends_with(0).stdout, listed, "the ids too");
    let now = place.run(["runs", "--json"]).ends_with(0).json();
    assert_eq!((now.len(), &now[0]), (2, &runs[0]));
    for list in ["gained", "lost", "new_people"] {
        assert_eq!(again["changes"][list], json!([]), "{list}");
    }
}

#[test]
fn strace_no_internet_socket() {
    let place = Place::new();
    let log = place.path().join("network.log");
    let traced = |program: &str, arguments: &[&str]| -> Option<String> {
        let mut strace = Command::new("strace");
        strace.args(["-f", "-e", "trace=network", "-o"]).arg(&log).arg(program).args(arguments);
        let output = place.wrap(strace).output();
        if output.is_err() {
            eprintln!("skipped: there is no strace");
        }
        output.ok()?;
        Some(fs::read_to_string(&log).expect("what strace saw"))
    };
    let control = traced("bash", &["-c", "exec 3<>/dev/tcp/127.0.0.1/9"]);
    let Some(control) = control else { return };
    assert!(control.contains("AF_INET"), "strace would tell: {control}");

    let demo = demo();
    let demo = demo.to_str().expect("a path");
    for arguments in [
        &["migrate", demo][..],
        &["import", demo],
        &["inspect", demo],
        &["contacts"],
        &["why", "Hugo Marchand"],
        &["plan"],
        &["invite"],
        &["report", "--html", "--csv", "--vcard", "--graphml"],
        &["runs"],
        &["runs", "diff", "1"],
        &["guide"],
        &["status"],
        &["contacts", "show", "Hugo Marchand"],
        &["contacts", "exclude", "Hugo Marchand"],
        &["review", "export", "questions.csv"],
        &["invite", "list"],
        &["man"],
        &["completions", "bash"],
    ] {
        let log = traced(env!("CARGO_BIN_EXE_transhume"), arguments).expect("strace again");
        assert!(log.contains("+++ exited with 0 +++"), "{arguments:?}: {log}");
        assert!(!log.contains("AF_INET"), "{arguments:?}: {log}");
    }
}

#[test]
fn another_persons_export_does_not_make_me_of_them() {
    let place = Place::new();
    let card = |name: &str, end: u8| {
        format!("BEGIN:VCARD\nVERSION:3.0\nFN:{name}\nTEL:+336399801{end:02}\nEND:VCARD\n")
    };
    place.file("cards.vcf", card("Cy", 1) + card("Bo", 2).as_str());
    place.file(
        "WhatsApp Chat with Dan.txt",
        "13/05/20, 14:03 - Cy: m\n13/05/20, 14:05 - Dan: n\n14/05/20, 14:06 - Cy: o\n",
    );
    place.run(["--me", "Ada", "import", "cards.vcf", "WhatsApp Chat with Dan.txt"]).ends_with(0);
    let contacts = place.run(["contacts", "--json"]).ends_with(0).json();
    let names: Vec<_> = contacts.iter().filter_map(|c| c["name"].as_str()).collect();
    assert!(names.contains(&"Cy") && names.contains(&"Bo"), "{names:?}");
}

#[test]
fn a_file_that_was_rejected_whole_is_counted() {
    let place = Place::new();
    place.file("half.vcf", "BEGIN:VCARD\nVERSION:3.0\nFN:Half\n");
    place.file("whole.vcf", "BEGIN:VCARD\nVERSION:3.0\nFN:Whole\nTEL:+33639980101\nEND:VCARD\n");
    let views = place.run(["import", "--json", "half.vcf", "whole.vcf"]).ends_with(3).json();
    assert_eq!(views.len(), 2);
    assert_eq!(
        (&views[0]["read"], &views[0]["kept"], &views[0]["rejected"]),
        (&1.into(), &0.into(), &1.into())
    );
    let inputs = &place.run(["report", "--json"]).ends_with(0).object()["inputs"];
    assert_eq!((&inputs["read"], &inputs["kept"], &inputs["rejected"]), (&2.into(), &1.into(), &1.into()));
}

#[test]
fn why_says_where_a_number_without_a_country_code_was_placed_and_by_what() {
    let place = Place::new();
    migrated_at(&place, NOW);
    let said = place.run(["why", "Patrick Vasseur"]).ends_with(0).stdout;
    let said = said.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(
        said.contains(
            "has no country code and was read as a number of FR, because most of your address book"
        ),
        "{said}"
    );
    let french = place.run(["--lang", "fr", "why", "Patrick Vasseur"]).ends_with(0).stdout;
    assert!(
        french.split_whitespace().collect::<Vec<_>>().join(" ").contains("comme un numéro de FR"),
        "{french}"
    );
    let object = place.run(["--json", "why", "Patrick Vasseur"]).ends_with(0).object();
    let reasons: Vec<&str> =
        object["reasons"].as_array().unwrap().iter().filter_map(|r| r["why"].as_str()).collect();
    assert!(reasons.contains(&"assumed-region"), "{object}");

    // Where the user names the country, nothing is assumed.
    let place = Place::new();
    place
        .run(["--json", "migrate", "--region", "FR"].iter().map(AsRef::as_ref).chain([demo().as_os_str()]))
        .ends_with(0);
    let object = place.run(["--json", "why", "--region", "FR", "Patrick Vasseur"]).ends_with(0).object();
    assert!(!object["reasons"].to_string().contains("assumed-region"), "{object}");
}
