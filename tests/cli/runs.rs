//! `runs diff`, `report --since` and `runs undo`: what changed between two times that
//! something was learnt, and taking one back.

use serde_json::{Value, json};

use crate::fake::{Fake, LOOKUP, people as circle};
use crate::support::{Outcome, Place};

/// A book of these people, each with a Matrix ID or without.
fn book(people: &[(&str, Option<&str>)]) -> String {
    let card = |(name, matrix): &(&str, Option<&str>)| {
        let impp = matrix.map(|id| format!("IMPP:matrix:u/{id}\r\n")).unwrap_or_default();
        let mail = name.to_lowercase().replace(' ', ".");
        format!("BEGIN:VCARD\r\nVERSION:3.0\r\nFN:{name}\r\nEMAIL:{mail}@example.org\r\n{impp}END:VCARD\r\n")
    };
    people.iter().map(card).collect()
}

/// Three runs: two people; one of them has an address, and there is a third; then
/// that third is forgotten.
fn three_runs() -> Place {
    let place = Place::new();
    place.file("1.vcf", book(&[("Ada Quill", None), ("Bo Marsh", None)]));
    place.file("2.vcf", book(&[("Ada Quill", Some("ada:example.org")), ("Cy Reed", None)]));
    place.file("3.vcf", book(&[("Dee Moss", None)]));
    place.run(["import", "1.vcf"]).ends_with(0);
    place.run(["import", "2.vcf"]).ends_with(0);
    place.run(["contacts", "forget", "Cy Reed", "--yes"]).ends_with(0);
    place.run(["import", "3.vcf"]).ends_with(0);
    place
}

fn names(list: &Value) -> Vec<&str> {
    list.as_array().unwrap().iter().map(|person| person["name"].as_str().unwrap_or("?")).collect()
}

#[test]
fn what_changed_between_two_runs_is_told_by_name() {
    let place = three_runs();
    let diff = |arguments: &[&str]| {
        let all = ["runs", "diff", "--json"].iter().chain(arguments);
        place.run(all.copied()).ends_with(0).object()
    };
    let first = diff(&["1", "2"]);
    assert_eq!(first["schema"], "transhume.runs-diff/1");
    assert_eq!((&first["from"]["id"], &first["to"]["id"]), (&json!(1), &json!(2)));
    assert_eq!((&first["before"]["any"], &first["after"]["any"]), (&json!(0), &json!(1)));
    assert_eq!(names(&first["gained"]), ["Ada Quill"]);
    assert_eq!(first["gained"][0]["channel"], "matrix");
    assert_eq!((names(&first["lost"]), names(&first["gone"])), (vec![], vec![]));
    // Whoever was forgotten is counted where they were, and has no name.
    assert_eq!(names(&first["new_people"]), ["?"]);
    // The last run is meant where none is named.
    assert_eq!(names(&diff(&["1"])["new_people"]), ["Dee Moss"]);
    // Backwards everything is the other way round.
    let back = diff(&["3", "1"]);
    assert_eq!((names(&back["lost"]), names(&back["gone"])), (vec!["Ada Quill"], vec!["Dee Moss"]));
}

#[test]
fn a_person_reads_it_in_their_language() {
    let place = three_runs();
    let told = |arguments: &[&str]| {
        let text = place.run(arguments.iter().copied()).ends_with(0).stdout;
        assert!(text.lines().all(|line| line.chars().count() <= 80), "{text}");
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    let english = told(&["runs", "diff", "1"]);
    for part in
        ["From run 1", "0 before, 1 after", "1 person became reachable", "Ada Quill (Matrix)", "Dee Moss"]
    {
        assert!(english.contains(part), "{part}: {english}");
    }
    let french = told(&["runs", "diff", "1", "--lang", "fr"]);
    assert!(french.contains("Du passage 1") && french.contains("devenue joignable"), "{french}");
    let same = told(&["runs", "diff", "2", "2"]);
    assert!(same.contains("Nothing else changed."), "{same}");
}

#[test]
fn the_report_can_look_further_back() {
    let place = three_runs();
    let report = |arguments: &[&str]| {
        let all = ["report", "--json"].iter().chain(arguments);
        place.run(all.copied()).ends_with(0).object()
    };
    assert_eq!(names(&report(&[])["changes"]["gained"]), Vec::<&str>::new());
    let since = report(&["--since", "1"]);
    assert_eq!(since["previous"]["run"]["id"], 1);
    assert_eq!(names(&since["changes"]["gained"]), ["Ada Quill"]);
    assert_eq!(names(&since["changes"]["new_people"]), ["Dee Moss"]);
}

#[test]
fn a_run_that_is_not_there_is_named() {
    let place = three_runs();
    for call in [&["runs", "diff", "9"][..], &["runs", "diff", "1", "9"], &["report", "--since", "9"]] {
        let refused = place.run(call.iter().copied()).ends_with(2);
        assert!(refused.stderr.contains("There is no run 9."), "{}", refused.stderr);
    }
    let empty = Place::new();
    empty.run(["runs", "diff", "1"]).ends_with(4);
}

/// What is told of people, and all that is kept of them, the ids among it.
fn people(place: &Place) -> Vec<Value> {
    place.run(["contacts", "--json"]).json()
}

#[test]
fn f22_the_last_run_is_taken_back_and_all_is_as_before() {
    let place = Place::new();
    place.file("1.vcf", book(&[("Ada Quill", None), ("Bo Marsh", None)]));
    place.file("2.vcf", book(&[("Ada Quill", Some("ada:example.org")), ("Cy Reed", None)]));
    place.run(["import", "1.vcf"]).ends_with(0);
    place.run(["contacts", "exclude", "Bo Marsh"]).ends_with(0);
    let before = people(&place);
    place.run(["import", "2.vcf"]).ends_with(0);
    let with = people(&place);
    assert_eq!(with.len(), 3);

    // Only looking changes nothing.
    let told = place.run(["runs", "undo", "--dry-run"]).ends_with(0).stdout;
    for part in ["run 2 (2021-01-31, import)", "2.vcf: 2 entries", "1 before, 0 after", "Ada Quill (Matrix)"]
    {
        assert!(told.contains(part), "{part}: {told}");
    }
    assert!(told.contains("1 person is not known any more: Cy Reed"), "{told}");
    assert!(told.lines().all(|line| line.chars().count() <= 80), "{told}");
    // Nor does whoever does not agree to it, nor a run that there is none of.
    let refused = place.run(["runs", "undo", "--json"]).ends_with(6);
    assert_eq!(refused.object()["code"], "error-undo", "what was not done is not told as if it were");
    assert!(place.run(["runs", "undo", "9", "--yes"]).ends_with(2).stderr.contains("There is no run 9."));
    assert_eq!(people(&place), with);

    let undone = place.run(["runs", "undo", "--yes", "--json"]).ends_with(0).object();
    assert_eq!(undone["schema"], "transhume.runs-undo/1");
    assert_eq!((&undone["run"]["id"], &undone["dry_run"]), (&json!(2), &json!(false)));
    assert_eq!(undone["sources"][0]["read"], 2);
    assert_eq!((names(&undone["lost"]), names(&undone["gone"])), (vec!["Ada Quill"], vec!["Cy Reed"]));
    assert_eq!(people(&place), before, "the same people under the same ids, and what was decided stays");
    assert_eq!(place.run(["runs", "--json"]).ends_with(0).json().len(), 1);
    // Nothing of it stays behind in the files.
    for (path, bytes) in place.snapshot() {
        let holds = |word: &[u8]| bytes.windows(word.len()).any(|part| part == word);
        assert!(!holds(b"Cy Reed") && !holds(b"cy.reed"), "{}", path.display());
    }
    // Given again it is back, as a run of its own.
    place.run(["import", "2.vcf"]).ends_with(0);
    assert_eq!(people(&place).len(), 3);
    assert_eq!(
        place.run(["runs", "--json"]).ends_with(0).json()[1]["id"],
        3,
        "a number is never given twice"
    );
}

#[test]
fn any_run_can_be_taken_back_and_the_others_stay() {
    let place = three_runs();
    let told = place.run(["runs", "undo", "1", "--yes", "--lang", "fr"]).ends_with(0);
    assert!(told.stdout.contains("Ce qui part avec le passage 1"), "{}", told.stdout);
    assert!(told.stderr.contains("Le passage 1 est annulé."), "{}", told.stderr);
    let runs = place.run(["runs", "--json"]).ends_with(0).json();
    assert_eq!(runs.iter().map(|run| run["id"].clone()).collect::<Vec<_>>(), [2, 3]);
    let all = people(&place);
    let all: Vec<&str> = all.iter().filter_map(|p| p["name"].as_str()).collect();
    assert_eq!(all, ["Ada Quill", "Dee Moss"], "Bo Marsh stood in the first book alone");
    // The same input twice is the run's that brought it first.
    place.run(["import", "3.vcf"]).ends_with(0);
    let told = place.run(["runs", "undo", "--yes"]).ends_with(0).stdout;
    assert!(told.contains("Nothing but the run itself"), "{told}");
    // In the end there is nothing, and that is no error but the empty workspace.
    place.run(["runs", "undo", "--yes"]).ends_with(0);
    place.run(["runs", "undo", "--yes"]).ends_with(0);
    place.run(["runs", "undo", "--yes"]).ends_with(4);
    place.run(["report"]).ends_with(4);
    Place::new().run(["runs", "undo"]).ends_with(4);
}

#[test]
fn what_a_book_replaced_does_not_come_back_and_that_is_told() {
    let place = Place::new();
    place.file("book.vcf", book(&[("Ada Quill", None)]));
    place.run(["import", "book.vcf"]).ends_with(0);
    place.file("book.vcf", book(&[("Ada Quill", None), ("Bo Marsh", None)]));
    place.run(["import", "book.vcf"]).ends_with(0);
    let told = place.run(["runs", "undo", "--yes"]).ends_with(0).stdout;
    let told = told.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(told.contains("The older state does not come back"), "{told}");
    assert!(told.contains("2 people are not known any more: Ada Quill, Bo Marsh"), "{told}");
}

/// The same as [`Place::run`], at another time.
fn run_at(place: &Place, now: &str, arguments: &[&str]) -> Outcome {
    Outcome::of(&place.command().env("TRANSHUME_NOW", now).args(arguments).output().unwrap())
}

#[test]
fn f16_a_clock_that_jumps_back_does_not_disturb_the_order() {
    let place = Place::new();
    place.file("1.vcf", book(&[("Ada Quill", None)]));
    place.file("2.vcf", book(&[("Ada Quill", Some("ada:example.org"))]));
    place.file("3.vcf", book(&[("Bo Marsh", None)]));
    // The second run says of itself that it was before the first one, the third that
    // it was in the same second.
    for (now, file) in [
        ("2021-06-01T10:00:00Z", "1.vcf"),
        ("2021-01-01T10:00:00Z", "2.vcf"),
        ("2021-01-01T10:00:00Z", "3.vcf"),
    ] {
        run_at(&place, now, &["import", file]).ends_with(0);
    }
    let ids = |place: &Place| -> Vec<Value> {
        place.run(["runs", "--json"]).ends_with(0).json().iter().map(|run| run["id"].clone()).collect()
    };
    assert_eq!(ids(&place), [1, 2, 3]);
    let report = place.run(["report", "--json"]).ends_with(0).object();
    assert_eq!((&report["run"]["id"], &report["previous"]["run"]["id"]), (&json!(3), &json!(2)));
    assert_eq!(names(&report["changes"]["new_people"]), ["Bo Marsh"]);
    let diff = place.run(["runs", "diff", "1", "2", "--json"]).ends_with(0).object();
    assert_eq!(names(&diff["gained"]), ["Ada Quill"]);
    // The last one is the last that was made.
    assert_eq!(place.run(["runs", "undo", "--yes", "--json"]).ends_with(0).object()["run"]["id"], 3);
    assert_eq!(place.run(["runs", "undo", "--yes", "--json"]).ends_with(0).object()["run"]["id"], 2);
    assert_eq!(ids(&place), [1]);
}

#[test]
fn what_networks_told_goes_and_what_left_for_it_stays_counted() {
    let (fake, place) = (Fake::new(), circle(3));
    fake.knows("p1@example.org", "@one:example.org");
    fake.check(&place, &[]).ends_with(0);
    let report = |place: &Place| place.run(["report", "--json", "--count", "all"]).ends_with(0).object();
    let with = report(&place);
    assert_eq!(with["reachable"]["matrix"], 1);
    let undone = place.run(["runs", "undo", "--yes", "--json"]).ends_with(0).object();
    assert_eq!((&undone["answers"], &undone["sources"]), (&json!(3), &json!([])));
    let without = report(&place);
    assert_eq!(without["reachable"]["matrix"], 0);
    assert_eq!(without["by_state"]["matrix"]["unknown"], 3, "as if nobody had been asked");
    assert_eq!(without["disclosed"], with["disclosed"], "what left has left");
    // Whoever asks again asks about everybody, in a run of its own.
    let asked = fake.count(LOOKUP);
    fake.check(&place, &[]).ends_with(0);
    assert_eq!(fake.count(LOOKUP), 2 * asked);
    assert_eq!(report(&place)["reachable"]["matrix"], 1);
    assert_eq!(report(&place)["run"]["id"], 3);
}
