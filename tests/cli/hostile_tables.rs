//! Names as attack on spreadsheets: cells that would be formulas, and what
//! could break out of a cell.

use std::fs;

use serde_json::Value;
use transhume::words::escape::unguard;

use crate::hostile_names::Life;

/// The contacts table and the drafts table, read back, with their heads.
fn tables(life: &Life) -> [Vec<Vec<String>>; 2] {
    ["contacts.csv", "invites.csv"].map(|name| {
        let reader = csv::ReaderBuilder::new().has_headers(false).from_path(life.output(name));
        let records = reader.expect("a table").into_records().map(|record| record.expect("a record"));
        records.map(|record| record.iter().map(str::to_owned).collect()).collect()
    })
}

#[test]
fn d09_no_cell_is_a_formula_and_numbers_come_back() {
    let names = [
        "=HYPERLINK(\"http://example.org\")",
        "+1+1",
        "-2+3",
        "@SUM(A1)",
        "＝1",
        "＋1",
        "－1",
        "＠a",
        "'=1",
        "\n=2",
        "\t=3",
    ];
    let life = Life::of(&names, "=cmd|' calc'!A1");
    life.migrate(&[]);
    let contacts = life.json("contacts");
    let [listed, drafted] = tables(&life);
    assert_eq!(listed.len(), contacts.len() + 1);
    assert!(drafted.len() > 5);
    for cell in listed.iter().chain(&drafted).flatten() {
        let first = cell.trim_start_matches(|c: char| c.is_whitespace() || c.is_control()).chars().next();
        assert!(!first.is_some_and(|c| "=+-@＝＋－＠".contains(c)), "{cell:?}");
        assert!(!cell.starts_with(['\t', '\r', '\n']), "{cell:?}");
    }
    for name in ["=HYPERLINK(\"http://example.org\")", "+1+1", "-2+3", "@SUM(A1)", "＝1", "'=1"] {
        assert!(listed.iter().any(|row| unguard(&row[1]) == name), "{name:?}");
    }
    for row in &listed[1..] {
        let contact = contacts.iter().find(|c| c["id"] == unguard(&row[0])).expect("the contact");
        assert_eq!(contact["name"], unguard(&row[1]));
        let phones: Vec<&str> =
            contact["phones"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
        assert_eq!(unguard(&row[2]), phones.join(" ::: "));
        let groups = contact["groups"].as_array().into_iter().flatten().filter_map(Value::as_str);
        assert_eq!(unguard(&row[13]), groups.collect::<Vec<_>>().join(" ::: "));
    }
    assert_eq!(listed[0][2], "phones");
    assert_eq!(listed[0][13], "groups");
}

#[test]
fn d10_quotes_commas_and_line_breaks_come_back() {
    let names =
        ["Ada \"the\" Quill", "Bo, with; both", "\"", "a\nb", "Cy,\n\"Di\";", "tab\there", ";;,,\"\""];
    let life = Life::of(&names, "Club \"A, B; C\"");
    life.migrate(&[]);
    let contacts = life.json("contacts");
    let [listed, drafted] = tables(&life);
    assert_eq!(listed.len(), contacts.len() + 1);
    for row in &listed[1..] {
        let contact = contacts.iter().find(|c| c["id"] == unguard(&row[0])).expect("the contact");
        assert_eq!(contact["name"], unguard(&row[1]));
    }
    for name in names {
        assert!(contacts.iter().any(|c| c["name"] == name), "{name:?} was read as it is");
    }
    let mut drafts = life.json("invite");
    drafts.retain(|one| one["schema"] == "transhume.invite/1");
    assert_eq!(drafted.len(), drafts.len() + 1);
    for (row, draft) in drafted[1..].iter().zip(&drafts) {
        assert_eq!(draft["contact"]["name"], unguard(&row[1]));
        assert_eq!(draft["text"], unguard(&row[6]), "a text of several lines is one cell");
    }
    // RFC 4180: a line break outside of quotes is CR LF, and every row has all cells.
    for name in ["contacts.csv", "invites.csv"] {
        let text = fs::read_to_string(life.output(name)).expect("the table");
        let outside: String = text.split('"').step_by(2).collect();
        assert_eq!(outside.matches('\n').count(), outside.matches("\r\n").count(), "{name}");
        assert!(text.ends_with("\r\n"), "{name}");
    }
}
