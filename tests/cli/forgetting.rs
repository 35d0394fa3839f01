//! Forgetting somebody: not a byte of them is left in the workspace and in the
//! outputs, and what brings them back is said.

use std::path::Path;

use crate::databases::{MSGSTORE, WA, made};
use crate::decisions::card;
use crate::review::called_on_a_terminal;
use crate::storage::files;
use crate::support::Place;

/// In which files below a folder one of these texts stands, in any writing.
fn holding(folder: &Path, texts: &[&str]) -> Vec<String> {
    let holds =
        |content: &[u8], text: &str| content.windows(text.len()).any(|window| window == text.as_bytes());
    let mut found = Vec::new();
    for (path, content) in files(folder) {
        for text in texts {
            if holds(&content, text) || path.to_string_lossy().contains(text) {
                found.push(format!("{}: {text}", path.display()));
            }
        }
    }
    found
}

fn demo() -> String {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/demo").to_string_lossy().into_owned()
}

#[test]
fn of_somebody_in_the_demo_nothing_is_left() {
    // In a chat of two, in Signal's export, in groups, with a Matrix ID.
    for (name, traces) in [
        ("Camille Roux", &["Camille", "Roux"][..]),
        ("Hugo Marchand", &["Hugo"][..]),
        ("Lucas Perrin", &["Lucas", "Perrin", "lucas"][..]),
        ("Dana Whitlock", &["Dana", "Whitlock"][..]),
    ] {
        let place = Place::new();
        place.run(["migrate", &demo(), "--to", "signal"]).ends_with(0);
        place.run(["report", "--html", "--csv", "--vcard", "--graphml"]).ends_with(0);
        let before = place.run(["report", "--json"]).ends_with(0).object();
        let known = place.run(["contacts", "show", "--json", name]).ends_with(0).object();
        let numbers: Vec<String> =
            known["phones"].as_array().unwrap().iter().map(|p| p.as_str().unwrap()[1..].to_owned()).collect();
        let ids: Vec<String> = known["identities"]
            .as_array()
            .unwrap()
            .iter()
            .map(|i| i["value"].as_str().unwrap().to_owned())
            .collect();
        let texts: Vec<&str> =
            traces.iter().copied().chain(numbers.iter().chain(&ids).map(String::as_str)).collect();
        assert!(!holding(&place.path().join("ws"), &texts).is_empty(), "{name}");
        let outcome = place.run(["contacts", "forget", "--yes", "--json", name]).ends_with(0);
        let view = outcome.object();
        assert_eq!(view["schema"], "transhume.forget/1");
        assert!(view["entries"].as_u64().unwrap() > 0);
        assert_eq!(holding(&place.path().join("ws"), &texts), Vec::<String>::new(), "{name}");
        let after = place.run(["report", "--json"]).ends_with(0).object();
        assert_eq!(after["contacts"].as_u64().unwrap() + 1, before["contacts"].as_u64().unwrap(), "{name}");
        let inputs = &after["inputs"];
        let number = |field: &str| inputs[field].as_u64().unwrap();
        assert_eq!(
            number("read"),
            number("kept") + number("merged") + number("rejected"),
            "{name}: {inputs}"
        );
        place.run(["contacts", "show", name]).ends_with(2);
    }
}

#[test]
fn of_somebody_in_a_group_on_signal_nothing_is_left_and_the_group_stays() {
    let place = Place::new();
    place.file("main.jsonl", crate::signal_export::export(false));
    let chat = "30/01/2021, 09:00 - Me created group \"Club\"\n30/01/2021, 09:01 - Ada Quill: hi\n30/01/2021, 09:02 - Cy: hi\n";
    place.file("WhatsApp Chat with Club.txt", chat);
    place.run(["migrate", "--me", "Me", "main.jsonl", "WhatsApp Chat with Club.txt"]).ends_with(0);
    let account = "01010101-0101-0101-0101-010101010101";
    let texts = ["Ada", "Quill", "33639980101", "639980101", account, "AQEBAQEB"];
    assert!(!holding(&place.path().join("ws"), &texts).is_empty());
    let groups = || {
        let database = rusqlite::Connection::open(place.path().join("ws/transhume.db")).unwrap();
        let sql = "SELECT finding FROM source WHERE path LIKE '%main.jsonl'";
        let finding: String = database.query_row(sql, [], |row| row.get(0)).unwrap();
        serde_json::from_str::<serde_json::Value>(&finding).unwrap()["signal"]["groups"].clone()
    };
    let cy = "03030303-0303-0303-0303-030303030303";
    assert_eq!(
        (&groups()[0]["members"], &groups()[0]["others"]),
        (&serde_json::json!([account, cy]), &1.into())
    );
    place.run(["contacts", "forget", "--yes", "Ada Quill"]).ends_with(0);
    assert_eq!(holding(&place.path().join("ws"), &texts), Vec::<String>::new());
    assert_eq!((&groups()[0]["members"], &groups()[0]["others"]), (&serde_json::json!([cy]), &2.into()));
    let report = place.run(["report", "--json"]).ends_with(0).object();
    assert_eq!(report["groups"][0]["elsewhere"], serde_json::json!([]), "one in common is no group");
}

#[test]
fn a_changed_file_brings_them_back_unless_never_again() {
    for never in [false, true] {
        let place = Place::new();
        let book = card("Ada", "TEL:+33639980101") + &*card("Bo", "TEL:+33639980102;EMAIL:bo@example.org");
        place.file("book.vcf", &book);
        place.file(
            "WhatsApp Chat with Bo.txt",
            "30/01/2021, 09:00 - Bo: hello\n30/01/2021, 09:01 - Me: hello\n",
        );
        place.run(["import", "."]).ends_with(0);
        let mut call = vec!["contacts", "forget", "--yes", "Bo"];
        if never {
            call.push("--never-again");
        }
        let outcome = place.run(call).ends_with(0);
        let says = if never { "is taken up without them" } else { "brings them back" };
        assert!(outcome.stderr.contains(says), "{}", outcome.stderr);
        let who = |place: &Place| {
            let contacts = place.run(["contacts", "--json"]).ends_with(0).json();
            contacts.iter().filter_map(|c| c["name"].as_str().map(str::to_owned)).collect::<Vec<_>>()
        };
        assert_eq!(who(&place), ["Ada"]);
        // The same book says nothing new; the chat between the two of you does.
        place.run(["import", "book.vcf"]).ends_with(0);
        assert_eq!(who(&place), ["Ada"]);
        let outcome = place.run(["import", "--me", "Me", "WhatsApp Chat with Bo.txt"]).ends_with(0);
        assert_eq!(outcome.stderr.contains("1 entry was left out"), never, "{}", outcome.stderr);
        assert_eq!(who(&place).len(), if never { 1 } else { 2 });
        place.file("book.vcf", book + &*card("Cy", "TEL:+33639980103"));
        place.run(["import", "."]).ends_with(0);
        let back: &[&str] = if never { &["Ada", "Cy"] } else { &["Ada", "Bo", "Cy"] };
        assert_eq!(who(&place), back);
        let told = place.run(["import", "--json", "book.vcf"]).ends_with(0);
        assert_eq!(told.object()["read"], back.len());
        if never {
            // In what is kept they stand only among what is never to come back.
            let database = rusqlite::Connection::open(place.path().join("ws/transhume.db")).unwrap();
            let found: i64 = database
                .query_row("SELECT count(*) FROM source WHERE finding || problems || path GLOB '*Bo*' OR finding GLOB '*39980102*'", [], |r| r.get(0))
                .unwrap();
            assert_eq!(found, 0);
        }
    }
}

#[test]
fn of_somebody_in_whatsapps_databases_nothing_is_left() {
    // Who made a group and is known by a linked id as well; who wrote in groups
    // and has no number; who stands in one of the databases alone.
    let cases = [
        ("Ada Quill", &["Ada Quill", "Quill", "447700900101", "111111111111101"][..]),
        ("235085806727321@lid", &["235085806727321", "Cy from the hills"][..]),
        ("Eve Stone", &["Eve Stone", "447700900106"][..]),
    ];
    for (name, texts) in cases {
        let place = Place::new();
        made(&place, "msgstore.db", &[MSGSTORE]);
        made(&place, "wa.db", &[WA]);
        place.run(["import", "msgstore.db", "wa.db"]).ends_with(0);
        let people = |place: &Place| place.run(["contacts", "--json"]).ends_with(0).json();
        let groups = |place: &Place| {
            let report = place.run(["report", "--json"]).ends_with(0).object();
            let titles =
                report["groups"].as_array().unwrap().iter().map(|g| g["title"].as_str().unwrap().to_owned());
            titles.collect::<std::collections::BTreeSet<_>>()
        };
        let (before, titles) = (people(&place), groups(&place));
        let id = before.iter().find(|c| c["name"] == name || c["identities"].to_string().contains(name));
        let id = id.unwrap_or_else(|| panic!("{name}"))["id"].as_str().unwrap().to_owned();
        assert!(!holding(&place.path().join("ws"), texts).is_empty());
        place.run(["contacts", "forget", "--yes", &id]).ends_with(0);
        assert_eq!(holding(&place.path().join("ws"), texts), Vec::<String>::new(), "{name}");
        let left: Vec<_> = before
            .into_iter()
            .filter(|c| c["id"] != id)
            .map(|c| (c["id"].clone(), c["messages"].clone()))
            .collect();
        let after: Vec<_> =
            people(&place).into_iter().map(|c| (c["id"].clone(), c["messages"].clone())).collect();
        assert_eq!(after, left, "of the others everything is");
        assert_eq!(groups(&place), titles);
    }
}

#[test]
fn what_networks_said_of_them_goes_too() {
    let place = Place::new();
    place.file(
        "book.vcf",
        card("Ada", "TEL:+33639980101;EMAIL:ada@example.org") + &*card("Bo", "EMAIL:bo@example.org"),
    );
    place.run(["import", "book.vcf"]).ends_with(0);
    let database = rusqlite::Connection::open(place.path().join("ws/transhume.db")).unwrap();
    let told = "INSERT INTO lookup (host, step, at, hashed, plain, complete)
        VALUES ('id.example.org', 'identity', '2021-01-31T17:00:00Z', 3, 0, 1);
        INSERT INTO answer (lookup, medium, addresses, mxid) VALUES (1, 'email', 'ada@example.org
bo@example.org', NULL), (1, 'msisdn', '33639980101', '@quill:example.org');
        INSERT INTO sighting (lookup, way, asked, mxid, name) VALUES (1, 'directory', 'Ada', '@other:example.org', 'Ada'),
        (1, 'room', NULL, '@bo:example.org', 'Bo');";
    database.execute_batch(told).unwrap();
    drop(database);
    let texts = ["Ada", "ada@", "639980101", "@quill:", "@other:"];
    assert!(holding(&place.path().join("ws"), &texts).len() >= 5);
    place.run(["contacts", "forget", "--yes", "Ada"]).ends_with(0);
    assert_eq!(holding(&place.path().join("ws"), &texts), Vec::<String>::new());
    let database = rusqlite::Connection::open(place.path().join("ws/transhume.db")).unwrap();
    let count = |sql: &str| database.query_row(sql, [], |row| row.get::<_, i64>(0)).unwrap();
    assert_eq!(count("SELECT count(*) FROM answer WHERE addresses = 'bo@example.org'"), 1);
    assert_eq!(count("SELECT count(*) FROM sighting"), 1);
}

#[test]
fn an_older_export_of_a_group_does_not_keep_them() {
    let place = Place::new();
    let older =
        "30/01/2021, 09:00 - Ada: hello\n30/01/2021, 09:01 - Bo: hello\n30/01/2021, 09:02 - Cy: hello\n";
    place.file("WhatsApp Chat with Club.txt", older.to_owned() + "30/01/2021, 09:03 - Zelda: hello\n");
    place.run(["import", "WhatsApp Chat with Club.txt"]).ends_with(0);
    let newer = older.replace("- Cy: hello", "- Cy: hi") + "31/01/2021, 09:03 - Bo: still here\n";
    place.file("later/WhatsApp Chat with Club.txt", newer);
    place.file("book.vcf", card("Zelda", "TEL:+33639980101"));
    place.run(["import", "later", "book.vcf"]).ends_with(0);
    place.run(["contacts", "forget", "--yes", "Zelda"]).ends_with(0);
    assert_eq!(holding(&place.path().join("ws"), &["Zelda"]), Vec::<String>::new());
}

#[test]
fn nobody_is_forgotten_without_consent() {
    let place = Place::new();
    place.file("book.vcf", card("Ada", "TEL:+33639980101"));
    place.run(["import", "book.vcf"]).ends_with(0);
    let outcome = place.run(["contacts", "forget", "Ada"]).ends_with(6);
    assert!(outcome.stderr.contains("--yes agrees to it"), "{}", outcome.stderr);
    assert_eq!(place.run(["contacts", "--json"]).ends_with(0).json().len(), 1);
}

#[test]
fn on_a_terminal_it_is_asked_after_what_stays_was_said() {
    for (typed, code, left) in [("n\n", 6, 1), ("\n", 6, 1), ("y\n", 0, 0)] {
        let place = Place::new();
        place.file("book.vcf", card("Ada", "TEL:+33639980101"));
        place.run(["import", "book.vcf"]).ends_with(0);
        let Some(outcome) = called_on_a_terminal(&place, "contacts forget Ada", &[typed]) else { return };
        let outcome = outcome.ends_with(code);
        assert!(outcome.stdout.contains("What stays:"), "{}", outcome.stdout);
        assert!(outcome.stdout.contains("Forget Ada? That cannot be undone."), "{}", outcome.stdout);
        let held = holding(&place.path().join("ws"), &["Ada"]).len();
        assert_eq!(held > 0, left == 1, "{typed:?}");
    }
}

/// The names of all contacts.
fn names(place: &Place) -> Vec<String> {
    let contacts = place.run(["contacts", "--json"]).ends_with(0).json();
    contacts.iter().filter_map(|c| c["name"].as_str().map(str::to_owned)).collect()
}

#[test]
fn whoever_shares_a_fixed_line_with_somebody_forgotten_is_taken_up() {
    let place = Place::new();
    place.file("p.vcf", card("Papi Robert", "TEL:+33199000010") + &*card("Ada", "TEL:+33639980101"));
    place.run(["import", "p.vcf"]).ends_with(0);
    place.run(["contacts", "forget", "--yes", "--never-again", "Papi Robert"]).ends_with(0);
    let more = card("Papi Robert", "TEL:+33199000010") + &*card("Mamie Jeanne", "TEL:+33199000010");
    place.file("m.vcf", more);
    let outcome = place.run(["import", "m.vcf"]).ends_with(0);
    assert!(outcome.stderr.contains("1 entry was left out"), "{}", outcome.stderr);
    assert_eq!(names(&place), ["Ada", "Mamie Jeanne"]);
}

#[test]
fn never_again_holds_for_chats_under_the_name_as_well() {
    let chat = "30/01/2021, 09:00 - Ada Lin: hello\n30/01/2021, 09:01 - Me Too: hello\n";
    for namesake in [false, true] {
        let place = Place::new();
        place.file("a.vcf", card("Ada Lin", "TEL:+33639980101") + &*card("Bo", "TEL:+33639980102"));
        place.file("WhatsApp Chat with Ada Lin.txt", chat);
        place.run(["import", "a.vcf"]).ends_with(0);
        place.run(["contacts", "forget", "--yes", "--never-again", "Ada Lin"]).ends_with(0);
        if namesake {
            place.file("other.vcf", card("Ada Lin", "TEL:+33639980111"));
            place.run(["import", "other.vcf"]).ends_with(0);
        }
        place.run(["import", "--me", "Me Too", "WhatsApp Chat with Ada Lin.txt"]).ends_with(0);
        let expected: &[&str] = if namesake { &["Ada Lin", "Bo"] } else { &["Bo"] };
        assert_eq!(names(&place), expected);
        if namesake {
            let other = place.run(["contacts", "show", "--json", "Ada Lin"]).ends_with(0).object();
            assert_eq!(other["phones"], serde_json::json!(["+33639980111"]));
            assert!(other["messages"].as_u64().unwrap() > 0, "{other}");
        }
    }
}

#[test]
fn tables_of_questions_are_written_anew_without_them() {
    let place = Place::new();
    let book = card("Papi Robert", "TEL:+33199000010")
        + &*card("Mamie Jeanne", "TEL:+33199000010")
        + &*card("Zed", "EMAIL:family@example.org;TEL:+33639980101")
        + &*card("Bo Ek", "EMAIL:family@example.org;TEL:+33639980102");
    place.file("book.vcf", book);
    place.run(["import", "book.vcf"]).ends_with(0);
    let table = |name: &str| {
        place.run(["review", "export", name]).ends_with(0);
        std::fs::read_to_string(place.path().join(name)).unwrap()
    };
    let content = table("ws/out/review.csv");
    assert!(content.contains("Zed") && content.contains("Papi Robert"), "{content}");
    let answered = |about: &str| {
        let line = content.lines().find(|line| line.contains(about)).unwrap();
        let (before, state) = line.rsplit_once(",,").unwrap();
        (line.to_owned(), format!("{before},different,{state}"))
    };
    let (fixed, with) = answered("Papi Robert");
    let (mail, with_her) = answered("Zed");
    place.file("ws/out/review.csv", content.replace(&fixed, &with).replace(&mail, &with_her));
    place.run(["invite"]).ends_with(0);
    let mut forget = place.command();
    forget.args(["--workspace", "ws", "contacts", "forget", "--yes", "--json", "Zed"]);
    let outcome = crate::support::Outcome::of(&forget.output().unwrap()).ends_with(0);
    let view = outcome.object();
    let paths = |field: &str| -> Vec<String> {
        view[field].as_array().unwrap().iter().map(|path| path.as_str().unwrap().to_owned()).collect()
    };
    assert!(paths("rewritten").iter().any(|path| path.ends_with("/review.csv")), "{view}");
    assert!(outcome.stderr.contains("review.csv"), "{}", outcome.stderr);
    assert!(!paths("deleted").is_empty());
    for path in paths("rewritten").iter().chain(&paths("deleted")) {
        assert!(Path::new(path).is_absolute(), "{path}");
    }
    assert_eq!(holding(&place.path().join("ws"), &["Zed", "639980101"]), Vec::<String>::new());
    // What was said of the others is there still, and can be applied.
    let applied = place.run(["review", "apply", "--json", "ws/out/review.csv"]).ends_with(0).object();
    assert_eq!((&applied["rows"], &applied["applied"]), (&1.into(), &1.into()));
}
