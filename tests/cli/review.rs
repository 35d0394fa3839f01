//! What only a person can decide: as a table that any spreadsheet may have
//! saved, and one by one on a terminal.

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use serde_json::{Value, json};

use crate::decisions::card;
use crate::support::{Outcome, Place, codes};

/// Two of one name in one book and in a chat; a couple with one fixed line and
/// one e-mail address; a number that could be of two countries.
pub fn doubtful() -> Place {
    let place = Place::new();
    let book = card("Julie Martin", "TEL:+33639980141")
        + &*card("Julie Martin", "TEL:+33639980142")
        + &*card("Mamie", "TEL:+33199000010")
        + &*card("Papi", "TEL:+33199000010")
        + &*card("Gérard", "EMAIL:family@example.org;TEL:+33639980151")
        + &*card("Monique", "EMAIL:family@example.org;TEL:+447700900152")
        + &*card("Sam", "TEL:020 7946 0123");
    place.file("in/book.vcf", book);
    let chat = "30/01/2021, 09:00 - Julie Martin: hello\n30/01/2021, 09:01 - Bo: hello\n30/01/2021, 09:02 - Cy: hello\n";
    place.file("in/WhatsApp Chat with Choir.txt", chat);
    place.run(["import", "in"]).ends_with(0);
    place
}

fn exported(place: &Place) -> Vec<Vec<String>> {
    place.run(["review", "export", "review.csv"]).ends_with(0);
    let bytes = fs::read(place.path().join("review.csv")).unwrap();
    let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).expect("a byte order mark");
    rows(bytes)
}

fn rows(bytes: &[u8]) -> Vec<Vec<String>> {
    let reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(bytes);
    reader.into_records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect()
}

fn column(table: &[Vec<String>], name: &str) -> usize {
    table[0].iter().position(|head| head == name).unwrap_or_else(|| panic!("{name}: {:?}", table[0]))
}

/// Answers the question about somebody or something.
fn answer(table: &mut [Vec<String>], about: &str, answer: &str) {
    let (about_at, answer_at) = (column(table, "about"), column(table, "answer"));
    let row = table.iter_mut().find(|row| row[about_at].contains(about)).unwrap_or_else(|| panic!("{about}"));
    answer.clone_into(&mut row[answer_at]);
}

fn write(place: &Place, table: &[Vec<String>]) {
    let mut writer = csv::WriterBuilder::new().flexible(true).from_writer(Vec::new());
    for row in table {
        writer.write_record(row).unwrap();
    }
    place.file("answered.csv", writer.into_inner().unwrap());
}

fn apply(place: &Place) -> Outcome {
    place.run(["review", "apply", "--json", "answered.csv"])
}

fn contacts(place: &Place) -> Vec<Value> {
    place.run(["contacts", "--json"]).ends_with(0).json()
}

fn open(place: &Place) -> u64 {
    let listed = place.run(["review", "--json"]).ends_with(0).json().len() as u64;
    let counted = place.run(["report", "--json"]).ends_with(0).object()["needs_review"].as_u64().unwrap();
    assert_eq!(listed, counted, "the list and the count agree");
    listed
}

#[test]
fn questions_show_both_sides_and_the_evidence() {
    let place = doubtful();
    assert_eq!(open(&place), 4);
    let listed = place.run(["review", "--json"]).ends_with(0).json();
    let julie = listed.iter().find(|q| q["on"] == "Julie Martin").unwrap();
    assert_eq!(julie["schema"], "transhume.review/1");
    assert_eq!((&julie["question"], &julie["why"]), (&json!("ambiguous-name"), &json!("ambiguous-name")));
    let sides = julie["sides"].as_array().unwrap();
    assert_eq!(sides.len(), 3);
    assert!(
        sides[0]["places"][0]["path"].as_str().unwrap().ends_with("Choir.txt"),
        "who is to be placed comes first"
    );
    assert_eq!(sides[1]["identities"], json!(["+33639980141"]));
    assert_eq!(sides[2]["identities"], json!(["+33639980142"]));
    let fields = [
        "answers",
        "candidates",
        "evidence",
        "id",
        "on",
        "question",
        "schema",
        "sides",
        "suggested",
        "text",
        "why",
    ];
    for question in &listed {
        let mut own: Vec<&String> = question.as_object().unwrap().keys().collect();
        own.sort();
        assert_eq!(own, fields);
    }
    let sam = listed.iter().find(|q| q["on"] == "020 7946 0123").unwrap();
    assert_eq!(sam["candidates"], json!(["+442079460123"]));
    let ids: Vec<&Value> = listed.iter().map(|q| &q["id"]).collect();
    let again = place.run(["review", "--json"]).ends_with(0).json();
    assert_eq!(again.iter().map(|q| &q["id"]).collect::<Vec<_>>(), ids, "ids stay");
    // Off a terminal everything is listed, and what to type is said.
    let outcome = place.run(["review"]).ends_with(0);
    assert!(outcome.stdout.contains("Several people bear the name Julie Martin"), "{}", outcome.stdout);
    assert!(outcome.stderr.contains("review export review.csv"), "{}", outcome.stderr);
    let french = place.run(["review", "--lang", "fr"]).ends_with(0);
    assert!(french.stdout.contains("Plusieurs personnes portent le nom Julie Martin"), "{}", french.stdout);
}

#[test]
fn answers_are_applied_and_survive_what_comes_later() {
    let place = doubtful();
    let mut table = exported(&place);
    assert_eq!(table[0][0], "transhume_review");
    for (about, said) in [("Julie", "2"), ("33199000010", "different"), ("family@", "Same"), ("7946", "1")] {
        answer(&mut table, about, said);
    }
    write(&place, &table);
    let outcome = apply(&place).ends_with(0);
    let view = outcome.object();
    assert_eq!((&view["applied"], &view["unchanged"], &view["skipped"]), (&json!(4), &json!(0), &json!(0)));
    assert_eq!(open(&place), 0);
    let check = |place: &Place| {
        let contacts = contacts(place);
        let with = |phone: &str| {
            let has = |c: &&Value| c["phones"].as_array().unwrap().iter().any(|p| p == phone);
            contacts.iter().find(has).unwrap_or_else(|| panic!("{phone}")).clone()
        };
        assert_eq!(with("+33639980142")["groups"], json!(["Choir"]));
        assert_eq!(with("+33639980141")["groups"], json!([]));
        assert_eq!(with("+33639980151")["id"], with("+447700900152")["id"]);
        assert_eq!(with("+442079460123")["name"], "Sam");
        assert_eq!(contacts.iter().filter(|c| c["phones"] == json!(["+33199000010"])).count(), 2);
    };
    check(&place);
    // The same table again changes nothing.
    let view = apply(&place).ends_with(0).object();
    assert_eq!((&view["applied"], &view["unchanged"]), (&json!(0), &json!(4)));
    check(&place);
    // Somebody new in the book, and a newer export of the chat.
    let book = fs::read_to_string(place.path().join("in/book.vcf")).unwrap();
    place.file("in/book.vcf", book + &*card("New", "TEL:+33639980199"));
    let chat = fs::read_to_string(place.path().join("in/WhatsApp Chat with Choir.txt")).unwrap();
    place.file("later/WhatsApp Chat with Choir.txt", chat + "31/01/2021, 09:00 - Julie Martin: again\n");
    place.run(["import", "in", "later"]).ends_with(0);
    check(&place);
    assert_eq!(open(&place), 0);
}

#[test]
fn another_answer_takes_the_place_of_the_first() {
    let place = doubtful();
    let mut table = exported(&place);
    answer(&mut table, "Julie", "1");
    write(&place, &table);
    apply(&place).ends_with(0);
    answer(&mut table, "Julie", "2");
    write(&place, &table);
    assert_eq!(apply(&place).ends_with(0).object()["applied"], 1);
    let groups: Vec<Value> =
        contacts(&place).into_iter().filter(|c| c["phones"] == json!(["+33639980142"])).collect();
    assert_eq!(groups[0]["groups"], json!(["Choir"]));
    answer(&mut table, "Julie", "different");
    write(&place, &table);
    apply(&place).ends_with(0);
    assert_eq!(contacts(&place).iter().filter(|c| c["name"] == "Julie Martin").count(), 3);
    assert_eq!(open(&place), 3);
}

/// Applies a table that is wrong: it names these lines, and changes nothing.
#[track_caller]
fn refused(place: &Place, table: &[Vec<String>], expected: &[(&str, u64)]) {
    write(place, table);
    let before = (contacts(place), open(place));
    let outcome = apply(place).ends_with(4);
    let view = outcome.json().remove(0);
    let problems = view["problems"].as_array().unwrap();
    let named: Vec<(&str, u64)> =
        codes(&view).into_iter().zip(problems.iter().map(|p| p["line"].as_u64().unwrap())).collect();
    assert_eq!(named, expected, "{}", outcome.stderr);
    assert_eq!(view["applied"], 0);
    for (_, line) in expected {
        assert!(outcome.stderr.contains(&format!("answered.csv:{line}:")), "{}", outcome.stderr);
    }
    assert_eq!((contacts(place), open(place)), before, "nothing was applied");
}

#[test]
fn c17_every_wrong_row_is_named_and_nothing_is_applied() {
    let place = doubtful();
    let mut good = exported(&place);
    for (about, said) in [("Julie", "1"), ("33199000010", "same")] {
        answer(&mut good, about, said);
    }
    let (id, said, name) = (0, column(&good, "answer"), column(&good, "name_a"));

    let mut unknown = good.clone();
    unknown[2][id] = "0123456789abcdef".into();
    refused(&place, &unknown, &[("review-unknown", 3)]);

    let mut gone = good.clone();
    for row in &mut gone {
        row.remove(said);
    }
    refused(&place, &gone, &[("review-columns", 1)]);

    // The ids of two rows changed places.
    for book in [&b"PK\x03\x04\x14\x00\x06\x00"[..], b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"] {
        place.file("answered.xlsx", book);
        let outcome = place.run(["review", "apply", "answered.xlsx"]).ends_with(4);
        assert!(outcome.stderr.contains("save it as CSV"), "{}", outcome.stderr);
    }

    let mut swapped = good.clone();
    let first = swapped[1][id].clone();
    swapped[1][id] = swapped[2][id].clone();
    swapped[2][id] = first;
    refused(&place, &swapped, &[("review-changed", 2), ("review-changed", 3)]);

    let mut renamed = good.clone();
    renamed[1][name] = "Somebody Else".into();
    refused(&place, &renamed, &[("review-changed", 2)]);

    let mut twice = good.clone();
    twice.push(good[1].clone());
    refused(&place, &twice, &[("review-twice", 6)]);

    let mut nonsense = good.clone();
    answer(&mut nonsense, "7946", "4,42079460123E+11");
    answer(&mut nonsense, "family", "perhaps");
    let wrong: Vec<(&str, u64)> = nonsense
        .iter()
        .zip(1..)
        .filter(|(r, _)| r[said] == "perhaps" || r[said].contains('E'))
        .map(|(_, line)| ("review-answer", line))
        .collect();
    assert_eq!(wrong.len(), 2);
    refused(&place, &nonsense, &wrong);

    // The good one is applied all the same afterwards.
    write(&place, &good);
    assert_eq!(apply(&place).ends_with(0).object()["applied"], 2);
}

#[test]
fn c17_answers_that_cannot_be_true_together_are_refused() {
    // A and B share a number, B and C another one, C and A an address.
    let place = Place::new();
    let book = card("A", "TEL:+33199000011;EMAIL:ca@example.org")
        + &*card("B", "TEL:+33199000011;TEL:+33199000012")
        + &*card("C", "TEL:+33199000012;EMAIL:ca@example.org");
    place.file("book.vcf", book);
    place.run(["import", "book.vcf"]).ends_with(0);
    let mut table = exported(&place);
    assert_eq!(table.len(), 4);
    answer(&mut table, "33199000011", "same");
    answer(&mut table, "33199000012", "same");
    answer(&mut table, "ca@", "different");
    let said = column(&table, "answer");
    let line = table.iter().position(|row| row[said] == "different").unwrap() as u64 + 1;
    refused(&place, &table, &[("review-contradiction", line)]);
    answer(&mut table, "ca@", "same");
    write(&place, &table);
    apply(&place).ends_with(0);
    assert_eq!(contacts(&place).len(), 1);
}

/// A and B share a number, B and C another one, C and A a third.
fn three_in_a_ring() -> (Place, Vec<Vec<String>>) {
    let place = Place::new();
    let book = card("Ada", "TEL:+33639980101;TEL:+33639980102")
        + &*card("Bo", "TEL:+33639980102;TEL:+33639980103")
        + &*card("Cy", "TEL:+33639980103;TEL:+33639980101");
    place.file("book.vcf", book);
    place.run(["import", "book.vcf"]).ends_with(0);
    let table = exported(&place);
    assert_eq!(table.len(), 4);
    (place, table)
}

#[track_caller]
fn answered(place: &Place, table: &mut [Vec<String>], answers: &[(&str, &str)]) {
    for (about, said) in answers {
        answer(table, about, said);
    }
    write(place, table);
    apply(place).ends_with(0);
}

fn line_of(table: &[Vec<String>], about: &str) -> u64 {
    let at = column(table, "about");
    table.iter().position(|row| row[at].contains(about)).unwrap() as u64 + 1
}

#[test]
fn c17_answers_that_cannot_be_true_with_earlier_ones_are_refused() {
    // Ada is not Bo; then Bo is Cy and Cy is Ada, in whichever table.
    for whole in [true, false] {
        let (place, mut table) = three_in_a_ring();
        answered(&place, &mut table, &[("80102", "different")]);
        if !whole {
            answer(&mut table, "80102", "");
        }
        answer(&mut table, "80103", "same");
        answer(&mut table, "80101", "same");
        let mut lines = [line_of(&table, "80103"), line_of(&table, "80101")];
        lines.sort_unstable();
        refused(&place, &table, &lines.map(|line| ("review-contradiction", line)));
        assert_eq!(contacts(&place).len(), 3);
        answered(&place, &mut table, &[("80101", "different")]);
        assert_eq!(contacts(&place).len(), 2, "one of the two may be");
    }
    // All three are one; then two of them are not.
    let (place, mut table) = three_in_a_ring();
    answered(&place, &mut table, &[("80102", "same"), ("80103", "same")]);
    assert_eq!((contacts(&place).len(), open(&place)), (1, 0));
    let mut alone = table.clone();
    answer(&mut table, "80101", "different");
    refused(&place, &table, &[("review-contradiction", line_of(&table, "80101"))]);
    for (about, said) in [("80102", ""), ("80103", ""), ("80101", "different")] {
        answer(&mut alone, about, said);
    }
    refused(&place, &alone, &[("review-closed", line_of(&alone, "80101"))]);
    // Who thinks otherwise of one of them can say so.
    answered(&place, &mut table, &[("80102", "different"), ("80103", "different")]);
    assert_eq!(contacts(&place).len(), 3);
}

#[test]
fn on_a_terminal_an_answer_that_cannot_be_true_is_asked_again() {
    let place = Place::new();
    let number = "TEL:+33639980101";
    place.file("book.vcf", card("Ada", number) + &*card("Bo", number));
    place.file("more.vcf", card("Gran", number));
    place.run(["import", "book.vcf"]).ends_with(0);
    if on_a_terminal(&place, &["n\n"]).is_none() {
        return;
    }
    place.run(["import", "more.vcf"]).ends_with(0);
    // Ada and Bo are two: she cannot be both.
    let said = on_a_terminal(&place, &["same\n", "1\n"]).unwrap().ends_with(0).stdout;
    assert_eq!(said.matches("That cannot be true together").count(), 1, "{said}");
    assert!(said.contains("There is nothing to decide."), "{said}");
    assert_eq!(contacts(&place).len(), 2);
}

#[test]
fn on_a_terminal_nothing_is_asked_that_follows_from_other_answers() {
    let (place, _) = three_in_a_ring();
    // Ada is not Cy, Ada is Bo; so Bo is not Cy.
    let Some(outcome) = on_a_terminal(&place, &["n\n", "y\n"]) else { return };
    assert!(outcome.ends_with(0).stdout.contains("There is nothing to decide."));
    assert_eq!(contacts(&place).len(), 2);
}

#[test]
fn c18_a_guard_that_was_kept_or_removed_is_the_same() {
    for guarded in [true, false] {
        let place = Place::new();
        let book = card("=Julie", "TEL:+33199000011")
            + &*card("+Bo", "TEL:+33199000011")
            + &*card("Sam", "TEL:020 7946 0123");
        place.file("book.vcf", book);
        place.run(["import", "book.vcf"]).ends_with(0);
        let mut table = exported(&place);
        assert!(table.iter().flatten().any(|cell| cell == "'=Julie" || cell == "'+Bo"), "{table:?}");
        answer(&mut table, "33199000011", "same");
        answer(&mut table, "7946", if guarded { "'+442079460123" } else { "+442079460123" });
        for cell in table.iter_mut().flatten() {
            match guarded {
                true if cell.starts_with(['=', '+']) => cell.insert(0, '\''),
                false => *cell = cell.trim_start_matches('\'').to_owned(),
                true => {}
            }
        }
        write(&place, &table);
        assert_eq!(apply(&place).ends_with(0).object()["applied"], 2);
        assert_eq!(contacts(&place).len(), 2);
        assert!(contacts(&place).iter().any(|c| c["phones"] == json!(["+442079460123"])));
    }
}

/// The workspace as the version before had it: with ids of hexadecimal digits
/// alone.
fn with_older_ids(place: &Place) {
    let database = rusqlite::Connection::open(place.path().join("ws/transhume.db")).unwrap();
    let older = "UPDATE question SET id = substr(id, 3); UPDATE ruling SET question = substr(question, 3);
        DROP TABLE errand; DROP TABLE room; DROP TABLE signal_answer; DROP TABLE pause; PRAGMA user_version = 4;";
    database.execute_batch(older).unwrap();
}

#[test]
fn no_spreadsheet_takes_a_questions_id_for_a_number() {
    let place = doubtful();
    let mut table = exported(&place);
    for row in &table[1..] {
        let digits = row[0].strip_prefix("q-").unwrap_or_else(|| panic!("{}", row[0]));
        assert_eq!(digits.len(), 16);
    }
    answer(&mut table, "Julie", "1");
    write(&place, &table);
    apply(&place).ends_with(0);
    // A workspace of the version before, and the table that it wrote.
    with_older_ids(&place);
    for row in &mut table[1..] {
        row[0] = row[0].replace("q-", "");
    }
    answer(&mut table, "33199000010", "different");
    write(&place, &table);
    let view = apply(&place).ends_with(0).object();
    assert_eq!((&view["applied"], &view["unchanged"]), (&json!(1), &json!(1)));
    for row in &exported(&place)[1..] {
        assert!(row[0].starts_with("q-"), "{}", row[0]);
    }
}

#[test]
fn c19_a_table_of_another_state_or_workspace_is_refused() {
    let place = doubtful();
    let mut table = exported(&place);
    answer(&mut table, "Julie", "1");
    write(&place, &table);
    let other = doubtful();
    fs::copy(place.path().join("answered.csv"), other.path().join("answered.csv")).unwrap();
    let outcome = apply(&other).ends_with(2);
    assert_eq!(outcome.object()["code"], "error-review-state");
    assert!(outcome.stderr.contains("Write it again with “transhume review export”"), "{}", outcome.stderr);
    assert_eq!(open(&other), 4);
    // So is one from before the last import.
    place.file("more.vcf", card("Dee", "TEL:+33639980190"));
    place.run(["import", "more.vcf"]).ends_with(0);
    assert_eq!(apply(&place).ends_with(2).object()["code"], "error-review-state");
    // A single row from elsewhere is named.
    let mut table = exported(&place);
    let state = column(&table, "state");
    table[2][state] = "run1-0123456789abcdef".into();
    refused(&place, &table, &[("review-state", 3)]);
}

#[test]
fn a_table_that_is_written_again_keeps_its_answers() {
    let place = doubtful();
    let answered = |place: &Place, answers: &[(&str, &str)]| {
        let mut table = exported(place);
        for (about, said) in answers {
            answer(&mut table, about, said);
        }
        write(place, &table);
        fs::copy(place.path().join("answered.csv"), place.path().join("review.csv")).unwrap();
    };
    answered(&place, &[("Julie", "2"), ("33199000010", "perhaps"), ("7946", "+442079460123")]);
    // What was imported since makes the table stale, which is why it is written again.
    place.file("more.vcf", card("Dee", "TEL:+33639980190"));
    place.run(["import", "more.vcf"]).ends_with(0);
    assert!(place.run(["review", "apply", "review.csv"]).ends_with(2).stderr.contains("the same file"));
    let outcome = place.run(["review", "export", "--json", "review.csv"]).ends_with(0);
    assert_eq!(outcome.object()["carried"], 3);
    assert!(outcome.stderr.contains("3 answers that stood there already"), "{}", outcome.stderr);
    let mut table = exported(&place);
    let (about, said) = (column(&table, "about"), column(&table, "answer"));
    let told = |table: &[Vec<String>], on: &str| {
        table.iter().find(|row| row[about].contains(on)).unwrap()[said].clone()
    };
    for (on, expected) in
        [("Julie", "2"), ("33199000010", "perhaps"), ("family@", ""), ("7946", "'+442079460123")]
    {
        assert_eq!(told(&table, on), expected);
    }
    answer(&mut table, "33199000010", "different");
    write(&place, &table);
    assert_eq!(apply(&place).ends_with(0).object()["applied"], 3);
    // What was applied need not stand there any more.
    fs::copy(place.path().join("answered.csv"), place.path().join("review.csv")).unwrap();
    assert_eq!(exported(&place).len(), 2);
    // But another answer to what is asked no more does.
    answer(&mut table, "Julie", "1");
    write(&place, &table);
    let outcome = place.run(["review", "export", "answered.csv"]).ends_with(2);
    assert!(outcome.stderr.contains("holds answers that were not applied"), "{}", outcome.stderr);
    assert_eq!(apply(&place).ends_with(0).object()["applied"], 1, "it is still there");
    // A table of another workspace is none of this one's.
    let other = doubtful();
    fs::copy(place.path().join("answered.csv"), other.path().join("answered.csv")).unwrap();
    other.run(["review", "export", "answered.csv"]).ends_with(2);
    // One that was cut in the middle may hold more than can be seen.
    let whole = fs::read(place.path().join("answered.csv")).unwrap();
    place.file("cut.csv", [&whole[..], b"q-1,\"x"].concat());
    place.run(["review", "export", "cut.csv"]).ends_with(2);
}

#[test]
fn a_table_is_written_over_only_if_it_is_ours_and_is_no_input() {
    let place = doubtful();
    place.file("mine.csv", "name,phone\nAda,+33639980101\n");
    let outcome = place.run(["review", "export", "mine.csv"]).ends_with(2);
    assert!(outcome.stderr.contains("was not written by transhume"), "{}", outcome.stderr);
    exported(&place);
    exported(&place);
    fs::create_dir(place.path().join("walk")).unwrap();
    fs::copy(place.path().join("review.csv"), place.path().join("walk/review.csv")).unwrap();
    place.file("walk/more.vcf", card("Dee", "TEL:+33639980190"));
    assert_eq!(place.run(["import", "--json", "walk"]).ends_with(0).json().len(), 1, "it is no address book");
    assert!(place.run(["review", "apply", "nothing.csv"]).ends_with(4).stderr.contains("cannot be read"));
}

fn on_a_terminal(place: &Place, typed: &[&str]) -> Option<Outcome> {
    called_on_a_terminal(place, "review", typed)
}

/// Calls the program on a terminal on which `typed` is typed, a piece whenever
/// there was time to ask.
pub fn called_on_a_terminal(place: &Place, call: &str, typed: &[&str]) -> Option<Outcome> {
    let mut script = Command::new("script");
    script.args(["-qec", &format!("exec \"$TRANSHUME\" {call}"), "/dev/null"]);
    let mut script = place.wrap(script);
    script.env("TRANSHUME", env!("CARGO_BIN_EXE_transhume"));
    let child = script.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn();
    let Ok(mut child) = child else {
        eprintln!("skipped: there is no script");
        return None;
    };
    let mut input = child.stdin.take().unwrap();
    std::thread::sleep(std::time::Duration::from_secs(1));
    for line in typed {
        let _ = input.write_all(line.as_bytes());
        std::thread::sleep(std::time::Duration::from_millis(500));
    }
    drop(input);
    Some(Outcome::of(&child.wait_with_output().unwrap()))
}

#[test]
fn d01_d09_hostile_names_do_nothing_in_questions() {
    let place = Place::new();
    let names = ["\u{1b}]0;pwn\u{7}x", "=HYPERLINK(1)", "a\u{202e}b", "-1+1"];
    let book: String = names.iter().map(|name| card(name, "TEL:+33199000011")).collect();
    place.file("book.vcf", book);
    place.run(["import", "book.vcf"]).ends_with(0);
    for call in [&["review"][..], &["review", "--json"]] {
        let said = place.run(call).ends_with(0).all();
        assert!(!said.contains(['\u{1b}', '\u{7}', '\u{202e}']), "{said:?}");
    }
    let table = exported(&place);
    for cell in table.iter().flatten() {
        assert!(!cell.trim_start().starts_with(['=', '+', '-', '@']), "{cell:?}");
        assert!(!cell.contains(['\u{1b}', '\u{202e}']), "{cell:?}");
    }
    // What was escaped comes back as it was exported.
    let mut table = table;
    answer(&mut table, "33199000011", "different");
    write(&place, &table);
    apply(&place).ends_with(0);
}

#[test]
fn on_a_terminal_questions_are_asked_one_by_one_and_taken_back() {
    let place = doubtful();
    let Some(outcome) = on_a_terminal(&place, &["what\n", "\n", "1\n", "u\n", "2\n", "s\n", "q\n"]) else {
        return;
    };
    let outcome = outcome.ends_with(0);
    for offered in
        ["a number from 1 to 2, same for all of them, [n]o or", "[y]es or same, [n]o or different, [s]kip"]
    {
        assert!(outcome.stdout.contains(offered), "{}", outcome.stdout);
    }
    assert!(
        outcome.stdout.contains("1 of 4. Several people bear the name Julie Martin"),
        "{}",
        outcome.stdout
    );
    // Nor is nothing at all: whoever only pressed Enter is asked again.
    assert_eq!(
        outcome.stdout.matches("That is no answer to this question.").count(),
        2,
        "{}",
        outcome.stdout
    );
    assert_eq!(
        outcome.stdout.matches("1 of 4. Several people").count(),
        2,
        "asked again after it was taken back"
    );
    assert!(
        outcome.stdout.contains("What you answered is kept; 3 questions are left."),
        "{}",
        outcome.stdout
    );
    let julie: Vec<Value> =
        contacts(&place).into_iter().filter(|c| c["groups"] == json!(["Choir"])).collect();
    assert!(julie.iter().any(|c| c["phones"] == json!(["+33639980142"])), "{julie:?}");
    assert_eq!(open(&place), 3);
    // All the rest, to the end.
    let Some(outcome) = on_a_terminal(&place, &["y\n", "n\n", "n\n"]) else { return };
    assert!(outcome.ends_with(0).stdout.contains("There is nothing to decide."));
    assert_eq!(open(&place), 0);
}

#[test]
fn ctrl_c_and_the_end_of_the_input_lose_nothing() {
    for (end, code) in [("\u{3}", 130), ("\u{4}", 0)] {
        let place = doubtful();
        let Some(outcome) = on_a_terminal(&place, &["2\n", end]) else { return };
        outcome.ends_with(code);
        assert_eq!(open(&place), 3, "the first answer is kept");
    }
}

/// Somebody in a room of the user's bears a contact's name, twice over for one
/// of them, as a homeserver would have told.
fn seen(place: &Place) {
    place.file("book.vcf", card("Ada Quill", "TEL:+33639980101") + &*card("Bo Marsh", "TEL:+33639980102"));
    place.run(["import", "book.vcf"]).ends_with(0);
    let database = rusqlite::Connection::open(place.path().join("ws/transhume.db")).unwrap();
    let sightings = "INSERT INTO lookup (host, step, at, hashed, plain, complete)
        VALUES ('example.org', 'rooms', '2021-01-31T17:00:00Z', 0, 0, 1);
        INSERT INTO sighting (lookup, way, mxid, name) VALUES (1, 'room', '@ada:example.org', 'Ada Quill'),
        (1, 'room', '@bo:example.org', 'Bo Marsh'), (1, 'room', '@bo2:example.org', 'Bo Marsh');";
    database.execute_batch(sightings).unwrap();
}

#[test]
fn an_account_is_somebodys_if_the_user_says_so() {
    let place = Place::new();
    seen(&place);
    assert_eq!(open(&place), 2);
    let matrix = |place: &Place, name: &str| {
        let contact = place.run(["contacts", "show", "--json", name]).ends_with(0).object();
        (contact["verdicts"]["matrix"]["state"].clone(), contact["verdicts"]["matrix"]["identity"].clone())
    };
    assert_eq!(matrix(&place, "Ada Quill").0, "likely");
    let mut table = exported(&place);
    answer(&mut table, "Ada Quill", "yes");
    let bo = table.iter().find(|row| row[column(&table, "about")] == "Bo Marsh").unwrap();
    let which = &bo[column(&table, "identities_b")];
    assert!(which.contains("1: @bo2:example.org") && which.contains("2: @bo:example.org"), "{which}");
    answer(&mut table, "Bo Marsh", "1");
    write(&place, &table);
    apply(&place).ends_with(0);
    assert_eq!(matrix(&place, "Ada Quill"), (json!("reachable"), json!("@ada:example.org")));
    assert_eq!(matrix(&place, "Bo Marsh"), (json!("reachable"), json!("@bo2:example.org")));
    let why = place.run(["why", "--json", "Bo Marsh"]).ends_with(0).object();
    let evidence = why["evidence"].as_array().unwrap();
    assert!(evidence.iter().all(|e| e["identity"] != "@bo:example.org"), "what is not theirs says nothing");
    assert!(evidence.iter().any(|e| e["origin"] == "user" && e["grade"] == "A"));
    // No is an answer as well.
    answer(&mut table, "Ada Quill", "no");
    write(&place, &table);
    apply(&place).ends_with(0);
    assert_eq!(matrix(&place, "Ada Quill"), (json!("unknown"), Value::Null));
    assert_eq!(open(&place), 0);
}

#[test]
fn the_region_of_numbers_is_asked_once() {
    let place = Place::new();
    let known: String = (0..4).map(|n| card(&format!("P{n}"), &format!("TEL:+3363998010{n}"))).collect();
    place.file("book.vcf", known + &*card("Sam", "TEL:0639980177"));
    let outcome = place.run(["import", "book.vcf"]).ends_with(0);
    assert!(outcome.stderr.contains("FR"), "{}", outcome.stderr);
    assert_eq!(open(&place), 1);
    let mut table = exported(&place);
    answer(&mut table, "FR", "oui");
    write(&place, &table);
    apply(&place).ends_with(0);
    assert_eq!(open(&place), 0);
    answer(&mut table, "FR", "gb");
    write(&place, &table);
    apply(&place).ends_with(0);
    let sam = place.run(["contacts", "show", "--json", "Sam"]).ends_with(0).object();
    assert_eq!(sam["phones"], json!(["+44639980177"]), "{sam}");
}

#[test]
fn two_chats_under_one_name_can_be_told_apart() {
    for (said, people) in [("same", 1), ("different", 2)] {
        let place = Place::new();
        for (folder, day) in [("one", 11), ("two", 12)] {
            let chat =
                format!("{day}/01/2021, 09:00 - Ada: hello\n{day}/01/2021, 09:01 - Me: hello {folder}\n");
            place.file(&format!("{folder}/WhatsApp Chat with Ada.txt"), chat);
        }
        place.run(["import", "--me", "Me", "one", "two"]).ends_with(0);
        assert_eq!((contacts(&place).len(), open(&place)), (2, 1));
        let mut table = exported(&place);
        answer(&mut table, "Ada", said);
        write(&place, &table);
        apply(&place).ends_with(0);
        assert_eq!((contacts(&place).len(), open(&place)), (people, 0), "{said}");
    }
}

#[test]
fn the_demo_asks_what_its_truth_says() {
    let place = Place::new();
    let demo = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/demo");
    place.run(["import".as_ref(), demo.as_os_str()]).ends_with(0);
    let truth: Value =
        serde_json::from_slice(&fs::read(demo.with_file_name("demo.truth.json")).unwrap()).unwrap();
    let asked = place.run(["review", "--json"]).ends_with(0).json();
    assert_eq!(asked.len() as u64, truth["needs_review"].as_u64().unwrap());
    let mut kinds: Vec<&str> = asked.iter().map(|q| q["question"].as_str().unwrap()).collect();
    let mut wanted: Vec<&str> =
        truth["review"].as_array().unwrap().iter().map(|r| r["kind"].as_str().unwrap()).collect();
    kinds.sort_unstable();
    wanted.sort_unstable();
    assert_eq!(kinds, wanted);
}

#[test]
fn an_account_or_a_number_that_is_somebody_elses_after_all_is_taken_away() {
    let place = Place::new();
    seen(&place);
    let mut table = exported(&place);
    answer(&mut table, "Bo Marsh", "1");
    write(&place, &table);
    apply(&place).ends_with(0);
    let show = |name: &str| place.run(["contacts", "show", "--json", name]).ends_with(0).object();
    assert_eq!(show("Bo Marsh")["verdicts"]["matrix"]["state"], "reachable");
    place.file("later.vcf", card("Zed", "TEL:+33639980109"));
    place.run(["import", "later.vcf"]).ends_with(0);
    let outcome = place.run(["contacts", "split", "Bo Marsh", "@bo2:example.org"]).ends_with(0);
    assert!(outcome.stderr.contains("@bo2:example.org"), "{}", outcome.stderr);
    assert_ne!(show("Bo Marsh")["verdicts"]["matrix"]["state"], "reachable");
    let why = place.run(["why", "--json", "Bo Marsh"]).ends_with(0).object();
    assert!(!why["evidence"].to_string().contains("@bo2:example.org"), "{why}");

    let place = Place::new();
    place.file("book.vcf", card("Sam", "TEL:020 7946 0123"));
    place.run(["import", "book.vcf"]).ends_with(0);
    let mut table = exported(&place);
    answer(&mut table, "7946", "+447700900199");
    write(&place, &table);
    apply(&place).ends_with(0);
    let phones = |place: &Place| contacts(place)[0]["phones"].clone();
    assert_eq!((phones(&place), open(&place)), (json!(["+447700900199"]), 0));
    place.run(["contacts", "split", "Sam", "+447700900199"]).ends_with(0);
    assert_eq!((phones(&place), open(&place)), (json!([]), 1), "it is asked again");
}

#[test]
fn a_number_that_was_decided_stays_so_however_it_is_written() {
    let place = Place::new();
    place.file("book.vcf", card("Ada Lin", "TEL:0639980101") + &*card("Bo", "TEL:0639980102"));
    place.run(["import", "book.vcf"]).ends_with(0);
    let mut table = exported(&place);
    answer(&mut table, "0639980101", "+33639980101");
    answer(&mut table, "0639980102", "no");
    write(&place, &table);
    apply(&place).ends_with(0);
    let later = card("Ada Lin", "TEL:06 39 98 01 01") + &*card("Bo", "TEL:06.39-98(01)02");
    place.file("later.vcf", later);
    place.run(["import", "later.vcf"]).ends_with(0);
    let adas: Vec<Value> = contacts(&place).into_iter().filter(|c| c["name"] == "Ada Lin").collect();
    assert_eq!(adas.len(), 1, "{adas:?}");
    assert_eq!((&adas[0]["phones"], open(&place)), (&json!(["+33639980101"]), 0));
}
