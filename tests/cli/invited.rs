//! What becomes of invitations: told with `invite mark`, seen by later imports,
//! kept through joins, in whatever order files come, and forgotten with people.

use std::fs;

use serde_json::{Value, json};

use crate::support::{Outcome, Place};

const ME: &str = "Nina Test";

fn card(name: &str, more: &str) -> String {
    format!("BEGIN:VCARD\r\nVERSION:3.0\r\nFN:{name}\r\n{more}\r\nEND:VCARD\r\n")
}

fn chat(place: &Place, with: &str) {
    let text = format!("30/01/2021, 09:00 - {with}: hello\n30/01/2021, 09:01 - {ME}: hi\n");
    place.file(&format!("in/WhatsApp Chat with {with}.txt"), text);
}

/// Three people of the circle: Ada, Bo and Cy.
fn circle() -> Place {
    let place = Place::new();
    let people = [("Ada Quill", "01"), ("Bo Marsh", "02"), ("Cy Brook", "03")];
    for (name, _) in people {
        chat(&place, name);
    }
    let cards: String =
        people.iter().map(|(name, n)| card(name, &format!("TEL;TYPE=CELL:+336399801{n}"))).collect();
    place.file("in/book.vcf", cards);
    on(&place, "2021-01-31", &["--me", ME, "import", "in"]).ends_with(0);
    place
}

/// Calls the program on a day.
fn on(place: &Place, day: &str, arguments: &[&str]) -> Outcome {
    let mut command = place.command();
    command.env("TRANSHUME_NOW", format!("{day}T12:00:00Z")).args(arguments);
    Outcome::of(&command.output().expect("the program runs"))
}

fn drafts(place: &Place, day: &str) -> Vec<(String, String, String)> {
    let drafts = on(place, day, &["invite", "--json"]).ends_with(0).json();
    let told = |draft: &Value, field: &str| draft[field].as_str().unwrap_or_default().to_owned();
    let one = |draft: &Value| {
        let name = draft["contact"]["name"].as_str().unwrap_or_default().to_owned();
        (name, told(draft, "kind"), told(draft, "status"))
    };
    let mut drafts: Vec<_> = drafts.iter().map(one).collect();
    drafts.sort();
    drafts
}

fn draft(name: &str, kind: &str, status: &str) -> (String, String, String) {
    (name.into(), kind.into(), status.into())
}

#[test]
fn an_invitation_goes_its_way() {
    let place = circle();
    let (ada, bo) = (draft("Ada Quill", "invite", "draft"), draft("Bo Marsh", "invite", "draft"));
    let cy = draft("Cy Brook", "invite", "draft");
    assert_eq!(drafts(&place, "2021-02-01"), [ada, bo.clone(), cy.clone()]);
    let told =
        on(&place, "2021-02-01", &["invite", "mark", "Ada Quill", "sent", "--json"]).ends_with(0).object();
    assert_eq!(told["schema"], "transhume.invited/1");
    assert_eq!((&told["status"], &told["channel"]), (&json!("sent"), &json!("signal")));
    assert_eq!(
        (&told["asked"], &told["remind_from"]),
        (&json!("2021-02-01T12:00:00Z"), &json!("2021-02-08"))
    );
    assert_eq!(drafts(&place, "2021-02-07"), [bo.clone(), cy.clone()]);
    let early = on(&place, "2021-02-07", &["invite", "mark", "Ada Quill", "reminded"]).ends_with(2);
    assert!(early.stderr.contains("from 2021-02-08 on"), "{}", early.stderr);
    assert_eq!(
        on(&place, "2021-02-07", &["invite", "mark", "Ada Quill", "sent", "--json"]).ends_with(2).object()["code"],
        "error-mark-asked"
    );
    let ada = draft("Ada Quill", "remind", "sent");
    assert_eq!(drafts(&place, "2021-02-08"), [ada, bo.clone(), cy.clone()]);
    on(&place, "2021-02-08", &["invite", "mark", "Ada Quill", "reminded"]).ends_with(0);
    assert_eq!(drafts(&place, "2021-02-14"), [bo.clone(), cy.clone()]);
    assert_eq!(drafts(&place, "2021-02-15")[0], draft("Ada Quill", "remind", "reminded"));
    on(&place, "2021-02-16", &["invite", "mark", "+33639980101", "reminded"]).ends_with(0);
    assert_eq!(drafts(&place, "2021-06-01"), [bo, cy], "two reminders are enough");
    let third = on(&place, "2021-06-01", &["invite", "mark", "Ada Quill", "reminded"]).ends_with(2);
    assert!(third.stderr.contains("reminded twice"), "{}", third.stderr);
    // The plan knows, and so does `why`.
    let plan = on(&place, "2021-06-01", &["plan", "--json"]).ends_with(0).json();
    let reasons = |name: &str| {
        let place = plan.iter().find(|p| p["contact"]["name"] == name).expect("a place");
        place["reasons"].to_string()
    };
    assert!(reasons("Ada Quill").contains("asked") && !reasons("Bo Marsh").contains("asked"), "{plan:?}");
    let why = on(&place, "2021-06-01", &["why", "Ada Quill", "--json"]).ends_with(0).object();
    assert_eq!(why["invited"].as_array().expect("a list").len(), 3);
    let why = on(&place, "2021-06-01", &["why", "Ada Quill"]).ends_with(0);
    assert!(why.stdout.contains("2021-02-16 · reminded of Signal"), "{}", why.stdout);
    let list = on(&place, "2021-06-01", &["invite", "list"]).ends_with(0);
    assert_eq!(list.stdout, "Ada Quill: reminded of Signal 2 times, last on 2021-02-16\n");
    let list = on(&place, "2021-06-01", &["--lang", "fr", "invite", "list"]).ends_with(0);
    assert_eq!(list.stdout, "Ada Quill\u{202f}: 2 rappels pour Signal, le dernier le 2021-02-16\n");
}

#[test]
fn who_came_is_seen_by_a_later_import_and_by_the_users_word() {
    let place = circle();
    place.file("ws/transhume.toml", "[reach]\nmatrix = \"@nina:example.org\"\n");
    let mark =
        |who: &str, what: &str| on(&place, "2021-02-01", &["invite", "mark", who, what, "--to", "matrix"]);
    mark("Ada Quill", "sent").ends_with(0);
    mark("Bo Marsh", "sent").ends_with(0);
    place.file("later.vcf", card("Ada Quill", "TEL;TYPE=CELL:+33639980101\r\nIMPP:matrix:u/ada:example.org"));
    on(&place, "2021-02-20", &["import", "later.vcf"]).ends_with(0);
    let list = on(&place, "2021-02-20", &["invite", "list", "--json"]).ends_with(0).json();
    let status = |name: &str| {
        let one = list.iter().find(|one| one["contact"]["name"] == name).expect("listed");
        one["status"].as_str().expect("a status").to_owned()
    };
    assert_eq!([status("Ada Quill"), status("Bo Marsh")], ["joined", "sent"]);
    assert_eq!(
        drafts(&place, "2021-02-20").iter().filter(|d| d.0 == "Ada Quill").count(),
        0,
        "no more drafts"
    );
    assert_eq!(
        mark("Ada Quill", "reminded").ends_with(2).stderr.lines().next(),
        Some("transhume: Ada Quill came already.")
    );
    // The user's own word is proof.
    mark("Bo Marsh", "joined").ends_with(0);
    let bo = on(&place, "2021-02-20", &["contacts", "show", "Bo Marsh", "--json"]).ends_with(0).object();
    assert_eq!(
        (&bo["verdicts"]["matrix"]["state"], &bo["verdicts"]["matrix"]["grade"]),
        (&json!("reachable"), &json!("A"))
    );
    assert_eq!(bo["invited"], "joined");
    // And can be taken back, one word after the other.
    on(&place, "2021-02-20", &["invite", "mark", "Bo Marsh", "undo"]).ends_with(0);
    let bo = on(&place, "2021-02-20", &["contacts", "show", "Bo Marsh", "--json"]).ends_with(0).object();
    assert_eq!((&bo["verdicts"]["matrix"]["state"], &bo["invited"]), (&json!("unknown"), &json!("sent")));
    on(&place, "2021-02-20", &["invite", "mark", "Bo Marsh", "undo"]).ends_with(0);
    let none =
        on(&place, "2021-02-20", &["invite", "mark", "Bo Marsh", "undo", "--json"]).ends_with(2).object();
    assert_eq!(none["code"], "error-mark-nothing");
}

#[test]
fn f11_whom_the_user_never_asks_is_in_no_draft_no_plan_and_no_question() {
    let place = circle();
    place.file(
        "ws/transhume.toml",
        "homeserver = \"example.org\"\nidentity_server = \"https://id.example.org\"\n",
    );
    on(&place, "2021-02-01", &["invite"]).ends_with(0);
    let in_files = |name: &str, number: &str| {
        let files =
            place.snapshot().into_iter().filter(|(path, _)| path.starts_with(place.path().join("ws/out")));
        let named = |content: &[u8]| {
            let text = String::from_utf8_lossy(content).into_owned();
            text.contains(name) || text.contains(number)
        };
        files.filter(|(_, content)| named(content)).count()
    };
    assert!(in_files("Ada Quill", "33639980101") >= 2, "there was a draft before");
    on(&place, "2021-02-01", &["invite", "mark", "Ada Quill", "never"]).ends_with(0);
    on(&place, "2021-02-01", &["invite", "mark", "Bo Marsh", "declined"]).ends_with(0);
    assert_eq!(drafts(&place, "2021-03-01"), [draft("Cy Brook", "invite", "draft")]);
    assert_eq!([in_files("Ada Quill", "33639980101"), in_files("Bo Marsh", "33639980102")], [0, 0]);
    assert!(in_files("Cy Brook", "33639980103") >= 2);
    let plan = on(&place, "2021-03-01", &["plan", "--json"]).ends_with(0).json();
    let planned: Vec<&str> = plan.iter().filter_map(|p| p["contact"]["name"].as_str()).collect();
    assert_eq!(planned, ["Cy Brook"]);
    let asked = |place: &Place| {
        let dry = on(place, "2021-03-01", &["check", "matrix", "--dry-run", "--json"]).ends_with(0);
        dry.object()["disclosed"][0]["hashed"].clone()
    };
    assert_eq!(asked(&place), 2, "not even as a hash");
    on(&place, "2021-03-01", &["invite", "mark", "Ada Quill", "undo"]).ends_with(0);
    assert_eq!(asked(&place), 3);
}

#[test]
fn several_are_marked_together_or_none_is() {
    let place = circle();
    on(&place, "2021-02-01", &["invite", "mark", "Ada Quill", "Bo Marsh", "Ada Quill", "sent"]).ends_with(0);
    let count = || on(&place, "2021-02-01", &["invite", "list", "--json"]).ends_with(0).json().len();
    assert_eq!(count(), 2);
    on(&place, "2021-02-01", &["invite", "mark", "Cy Brook", "Nobody At All", "sent"]).ends_with(2);
    on(&place, "2021-02-01", &["invite", "mark", "Cy Brook", "Bo Marsh", "sent"]).ends_with(2);
    assert_eq!(count(), 2);
    place.file("twin.vcf", card("Cy Brook", "TEL;TYPE=CELL:+33639980155"));
    on(&place, "2021-02-01", &["import", "twin.vcf"]).ends_with(0);
    let several = on(&place, "2021-02-01", &["invite", "mark", "Cy Brook", "sent"]).ends_with(2);
    assert!(
        several.stderr.contains("+33639980155") && several.stderr.contains("+33639980103"),
        "{}",
        several.stderr
    );
    assert_eq!(count(), 2);
}

#[test]
fn marks_follow_their_person_in_whatever_order_files_come() {
    // Ada is known by a number, and under another name by an address; a third
    // card shows that both are one.
    let cards = [
        card("Ada Quill", "TEL;TYPE=CELL:+33639980101"),
        card("A. Quill", "EMAIL:ada@example.org"),
        card("Ada Quill", "TEL;TYPE=CELL:+33639980101\r\nEMAIL:ada@example.org"),
    ];
    let known = |order: [usize; 3]| {
        let place = Place::new();
        let mut marked = false;
        for at in order {
            place.file(&format!("{at}.vcf"), &cards[at]);
            on(&place, "2021-01-31", &["--me", ME, "import", &format!("{at}.vcf")]).ends_with(0);
            if !marked && at != 1 {
                on(&place, "2021-02-01", &["invite", "mark", "+33639980101", "sent"]).ends_with(0);
                marked = true;
            }
        }
        let list = on(&place, "2021-02-01", &["invite", "list", "--json"]).ends_with(0).json();
        let all = on(&place, "2021-02-01", &["contacts", "--json"]).ends_with(0).json();
        assert_eq!((list.len(), all.len()), (1, 1), "{order:?}");
        (list[0]["status"].clone(), list[0]["asked"].clone(), all[0]["emails"].clone())
    };
    let first = known([0, 1, 2]);
    assert_eq!(first, (json!("sent"), json!("2021-02-01T12:00:00Z"), json!(["ada@example.org"])));
    for order in [[1, 0, 2], [2, 1, 0], [1, 2, 0], [0, 2, 1]] {
        assert_eq!(known(order), first, "{order:?}");
    }
}

#[test]
fn what_was_marked_is_forgotten_with_the_person() {
    let place = circle();
    on(&place, "2021-02-01", &["invite", "mark", "Ada Quill", "sent"]).ends_with(0);
    let id = on(&place, "2021-02-01", &["contacts", "show", "Ada Quill", "--json"]).object()["id"].clone();
    on(&place, "2021-02-01", &["contacts", "forget", "Ada Quill", "--yes"]).ends_with(0);
    let database = fs::read(place.path().join("ws/transhume.db")).expect("the database");
    let holds = |text: &str| database.windows(text.len()).any(|part| part == text.as_bytes());
    assert!(!holds("33639980101") && !holds("Ada Quill") && !holds("invited"));
    assert!(holds(id.as_str().expect("an id")), "where runs count them");
    // Whoever is brought back was not asked.
    on(&place, "2021-02-02", &["import", "in/book.vcf"]).ends_with(0);
    assert_eq!(on(&place, "2021-02-02", &["invite", "list", "--json"]).ends_with(0).json().len(), 0);
}
