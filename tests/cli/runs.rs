//! `runs diff` and `report --since`: what changed between two times that something
//! was learnt.

use serde_json::{Value, json};

use crate::support::Place;

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
