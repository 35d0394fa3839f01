//! What `report` writes for other programs, read by other programs: vCards by
//! vobject, the graph by networkx, and the cards by transhume itself.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

use crate::support::{Outcome, Place, codes};

/// The Python that has a module, or none where `tests/run` did not install it.
pub fn python(module: &str) -> Option<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/venv/bin/python");
    let has = |path: &Path| Command::new(path).args(["-c", &format!("import {module}")]).output();
    if path.is_file() && has(&path).is_ok_and(|output| output.status.success()) {
        return Some(path);
    }
    assert!(std::env::var_os("TRANSHUME_TESTS_MUST_RUN").is_none(), "{module} is missing");
    eprintln!("skipped: {module} is not in target/venv (tests/run installs it)");
    None
}

/// What a script prints as JSON about a file.
fn seen(python: &Path, script: &str, file: &Path) -> Value {
    let output = Command::new(python).args(["-c", script]).arg(file).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

const VOBJECT: &str = "
import json, sys, vobject
cards = []
for card in vobject.readComponents(open(sys.argv[1], encoding='utf-8', newline='').read()):
    values = lambda name: [line.value for line in card.contents.get(name, [])]
    cards.append({'name': card.fn.value, 'phones': values('tel'), 'emails': values('email'),
        'impp': values('impp'), 'url': values('url'), 'count': len(list(card.lines()))})
print(json.dumps(cards))
";

const NETWORKX: &str = "
import json, sys, networkx
graph = networkx.read_graphml(sys.argv[1])
print(json.dumps({'nodes': dict(graph.nodes(data=True)), 'edges': [[*edge] for edge in graph.edges(data=True)]}))
";

/// A book of many kinds of people, and names that are attacks.
const BOOK: &str = "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Ada Lovelace\r\nTEL:+33 6 39 98 01 01\r\nTEL:01 99 00 01 01\r\nEMAIL:Ada@Example.org\r\n\
IMPP:matrix:@ada:example.org\r\nIMPP:xmpp:ada@example.net\r\nX-JABBER:other@example.net\r\nX-SIGNAL:+33639980101\r\nEND:VCARD\r\n\
BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Never\r\nTEL:+33 6 39 98 01 02\r\nIMPP:matrix:u/never:example.org\r\nEND:VCARD\r\n\
BEGIN:VCARD\r\nVERSION:3.0\r\nFN:x\\nTEL:+12025550199\\n\\;a\\,b\\\\\r\nTEL:+33 6 39 98 01 03\r\nEND:VCARD\r\n\
BEGIN:VCARD\r\nVERSION:3.0\r\nFN:]]></data><script>\"'&\r\nTEL:+33 6 39 98 01 04\r\nEND:VCARD\r\n\
BEGIN:VCARD\r\nVERSION:3.0\r\nTEL:+33 6 39 98 01 05\r\nEND:VCARD\r\n\
BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Only a name\r\nEND:VCARD\r\n\
BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Short\r\nTEL:3639\r\nTEL:+33639980107\r\nEND:VCARD\r\n\
BEGIN:VCARD\r\nVERSION:3.0\r\nORG:Dentist\r\nTEL:+33 1 99 00 77 77\r\nEND:VCARD\r\n";

/// A workspace that knows the book, with its address book written.
fn written() -> (Place, PathBuf, Outcome) {
    let place = Place::new();
    place.file("in/book.vcf", BOOK);
    place.run(["import", "in", "--region", "FR"]).ends_with(0);
    place.run(["contacts", "exclude", "Never"]).ends_with(0);
    let outcome = place.run(["report", "--vcard", "--graphml", "--csv", "--json"]).ends_with(0);
    let path = place.path().join("ws/out/contacts.transhume.vcf");
    (place, path, outcome)
}

/// What makes a contact, as `contacts --json` tells it.
fn told(contact: &Value) -> String {
    let address = |channel: &str| &contact["verdicts"][channel]["identity"];
    let (name, phones, emails) = (&contact["name"], &contact["phones"], &contact["emails"]);
    format!("{name} {phones} {emails} {} {} {}", address("matrix"), address("signal"), address("xmpp"))
}

#[test]
fn the_address_book_comes_back_as_the_same_people() {
    let (place, path, outcome) = written();
    assert!(codes(&outcome.object()).iter().all(|code| *code != "card-unwritten"));
    let again = Place::new();
    // The book that was written is read because it is named.
    let imported = again.run(["import".as_ref(), "--json".as_ref(), path.as_os_str()]).ends_with(0).object();
    assert_eq!((&imported["read"], &imported["rejected"]), (&8.into(), &0.into()));
    let people = |place: &Place| place.run(["contacts", "--json"]).ends_with(0).json();
    place.run(["contacts", "exclude", "Never", "--undo"]).ends_with(0);
    let (before, after) = (people(&place), people(&again));
    let all = |people: &[Value]| people.iter().map(told).collect::<BTreeSet<_>>();
    assert_eq!(all(&before), all(&after));
    assert_eq!((before.len(), all(&after).len()), (7, 7), "the dentist's is nobody's contact");
    let identities = |people: &[Value]| {
        let ada = people.iter().find(|c| c["name"] == "Ada Lovelace").unwrap();
        ada["identities"].clone()
    };
    assert_eq!(identities(&before), identities(&after));
    assert_eq!(identities(&after).as_array().unwrap().len(), 3, "both JIDs are kept");
    // Written again it is the same, but for the ids, which are random.
    let second = again.run(["report", "--vcard"]).ends_with(0);
    assert!(second.stderr.contains("contacts.transhume.vcf"), "{}", second.stderr);
    let lines = |path: &Path| {
        let text = fs::read_to_string(path).unwrap();
        text.lines().filter(|l| !l.starts_with("UID")).map(str::to_owned).collect::<BTreeSet<_>>()
    };
    assert_eq!(lines(&path), lines(&again.path().join("ws/out/contacts.transhume.vcf")));
}

#[test]
fn d11_vobject_reads_the_address_book() {
    let Some(python) = python("vobject") else { return };
    let (_place, path, _) = written();
    let cards = seen(&python, VOBJECT, &path);
    let cards = cards.as_array().unwrap();
    assert_eq!(cards.len(), 8);
    let card = |name: &str| cards.iter().find(|c| c["name"] == name).unwrap_or_else(|| panic!("{name}"));
    let ada = card("Ada Lovelace");
    assert_eq!(ada["phones"], serde_json::json!(["+33199000101", "+33639980101"]));
    assert_eq!(ada["emails"], serde_json::json!(["ada@example.org"]));
    assert_eq!(
        ada["impp"],
        serde_json::json!(["matrix:u/ada:example.org", "xmpp:ada@example.net", "xmpp:other@example.net"])
    );
    assert_eq!(ada["url"], serde_json::json!(["https://signal.me/#p/+33639980101"]));
    assert_eq!(card("Never")["impp"], serde_json::json!(["matrix:u/never:example.org"]));
    let attack = card("x\nTEL:+12025550199\n;a,b\\");
    assert_eq!(attack["phones"], serde_json::json!(["+33639980103"]));
    assert_eq!(card("Short")["phones"], serde_json::json!(["+33639980107", "3639"]));
    assert_eq!(card("Dentist")["phones"], serde_json::json!(["+33199007777"]));
    assert_eq!(card("+33639980105")["phones"], serde_json::json!(["+33639980105"]));
}

const TABLE: &str = "
import csv, io, json, sys
text = open(sys.argv[1], encoding='utf-8', newline='').read()
rows = list(csv.reader(io.StringIO(text, newline=''), strict=True))
again = io.StringIO(newline='')
csv.writer(again).writerows(rows)
print(json.dumps({'rows': rows, 'same': again.getvalue() == text}))
";

#[test]
fn d10_python_reads_the_table_and_would_write_it_the_same() {
    let Some(python) = python("csv") else { return };
    let (place, _, _) = written();
    let table = seen(&python, TABLE, &place.path().join("ws/out/contacts.csv"));
    assert_eq!(table["same"], true, "RFC 4180, as others write it");
    let rows: Vec<Vec<&str>> = table["rows"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| row.as_array().unwrap().iter().filter_map(Value::as_str).collect())
        .collect();
    let column = |name: &str| rows[0].iter().position(|head| *head == name).unwrap();
    // The apostrophe in front keeps spreadsheets from calculating, and is no part of it.
    let unguarded = |cell: &str| cell.strip_prefix('\'').unwrap_or(cell).to_owned();
    let told: BTreeSet<Vec<String>> = rows[1..]
        .iter()
        .map(|row| ["transhume_id", "name", "phones"].map(|name| unguarded(row[column(name)])).to_vec())
        .collect();
    let contacts = place.run(["contacts", "--json"]).ends_with(0).json();
    let known: BTreeSet<Vec<String>> = contacts
        .iter()
        .filter(|contact| contact["excluded"] == false)
        .map(|contact| {
            let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
            let phones: Vec<String> = contact["phones"].as_array().unwrap().iter().map(text).collect();
            vec![text(&contact["id"]), text(&contact["name"]), phones.join(" ::: ")]
        })
        .collect();
    assert_eq!(told, known);
    assert!(rows.iter().all(|row| row.len() == rows[0].len()) && rows.len() > 6, "{rows:?}");
}

#[test]
fn d17_networkx_reads_the_graph() {
    let Some(python) = python("networkx") else { return };
    let place = Place::new();
    let demo = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/demo");
    place.file("in/book.vcf", BOOK);
    place.run(["import", "in", demo.to_str().unwrap(), "--region", "FR"]).ends_with(0);
    place.run(["contacts", "exclude", "Never"]).ends_with(0);
    let report = place.run(["report", "--graphml", "--json"]).ends_with(0).object();
    let graph = seen(&python, NETWORKX, &place.path().join("ws/out/graph.graphml"));
    let nodes: Vec<&Value> = graph["nodes"].as_object().unwrap().values().collect();
    let of = |kind: &str| nodes.iter().filter(|n| n["kind"] == kind).count() as u64;
    assert_eq!((of("me"), of("person")), (1, report["contacts"].as_u64().unwrap()));
    assert_eq!(of("group"), report["groups"].as_array().unwrap().len() as u64);
    assert!(nodes.iter().any(|n| n["name"] == "]]></data><script>\"'&"));
    assert!(!nodes.iter().any(|n| n["name"] == "Never"));
    let edges = graph["edges"].as_array().unwrap();
    let contacts = place.run(["contacts", "--json"]).ends_with(0).json();
    let memberships: usize = contacts.iter().map(|c| c["groups"].as_array().unwrap().len()).sum();
    assert_eq!(edges.iter().filter(|e| e[2]["state"] == "in").count(), memberships);
    let maman = graph["nodes"].as_object().unwrap().iter().find(|(_, n)| n["name"] == "Maman ❤️").unwrap();
    assert_eq!(maman.1["signal"], "reachable");
    assert_eq!(maman.1["reachable"], true);
    let direct = edges.iter().find(|e| e[0] == "me" && e[1] == *maman.0).unwrap();
    assert!(direct[2]["weight"].as_f64().unwrap() > 0.0 && direct[2]["kind"] == "direct");
}

#[test]
fn what_was_written_is_skipped_by_a_walk_and_replaced_by_the_next_report() {
    let (place, path, _) = written();
    place.run(["import", "ws/out"]).ends_with(4);
    let before = fs::read(&path).unwrap();
    place.run(["report", "--vcard", "--graphml"]).ends_with(0);
    assert_eq!(fs::read(&path).unwrap(), before, "the same book, to the byte");
    // Under another name it is an address book like any other.
    fs::rename(&path, place.path().join("mine.vcf")).unwrap();
    place.run(["import", "mine.vcf"]).ends_with(0);
}

#[test]
fn whoever_asks_for_no_file_gets_none() {
    let (place, path, _) = written();
    fs::remove_dir_all(path.parent().unwrap()).unwrap();
    place.run(["report"]).ends_with(0);
    assert!(!path.parent().unwrap().exists());
}
