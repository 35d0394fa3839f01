//! The user's own templates, what groups need, and who may be named: what stands in the
//! workspace, what is typed, and what is wrong with it.

use std::fs;

use serde_json::{Value, json};

use crate::support::{Outcome, Place};

const ME: &str = "Nina Test";

/// A group of four, two of whom are on Signal by their cards; its list is complete.
fn club() -> Place {
    let place = Place::new();
    let people = ["Ada Quill", "Bo Marsh", "Cy Brook", "Di Fen"];
    let cards: String = people
        .iter()
        .enumerate()
        .map(|(n, name)| {
            let matrix = if n < 2 { format!("IMPP:matrix:u/p{n}:example.org\r\n") } else { String::new() };
            format!("BEGIN:VCARD\r\nVERSION:3.0\r\nFN:{name}\r\nTEL;TYPE=CELL:+3363998010{n}\r\n{matrix}END:VCARD\r\n")
        })
        .collect();
    place.file("book.vcf", cards);
    let chat: String = people
        .iter()
        .chain(&[ME])
        .enumerate()
        .map(|(n, name)| format!("30/01/2021, 09:{n:02} - {name}: hello {n}\n"))
        .collect();
    place.file("WhatsApp Chat with Book club.txt", chat);
    place.file("ws/transhume.toml", "[reach]\nmatrix = \"@nina:example.org\"\n");
    place.run(["--me", ME, "import", "book.vcf", "WhatsApp Chat with Book club.txt"]).ends_with(0);
    place
}

fn invite(place: &Place, more: &[&str]) -> Outcome {
    place.run([&["invite", "--json"], more].concat())
}

fn of(objects: &[Value], schema: &str) -> Vec<Value> {
    objects.iter().filter(|one| one["schema"] == schema).cloned().collect()
}

#[test]
fn a_template_in_the_workspace_is_taken() {
    let place = club();
    place
        .file("ws/templates/en/invite.txt", "Dear {{ name }}, {{ channel }}: {{ here }}{# {{ not_this }} #}");
    let drafts = of(&invite(&place, &[]).ends_with(0).json(), "transhume.invite/1");
    let mut texts: Vec<&str> =
        drafts.iter().filter(|d| d["kind"] == "invite").filter_map(|d| d["text"].as_str()).collect();
    texts.sort_unstable();
    assert_eq!(
        texts,
        [
            "Dear Cy, Matrix: https://matrix.to/#/@nina:example.org",
            "Dear Di, Matrix: https://matrix.to/#/@nina:example.org"
        ]
    );
    // What is typed comes before what stands in the workspace.
    place.file("mine/en/invite.txt", "\u{feff}Mine {{ name }}\r\n");
    let drafts = invite(&place, &["--templates", "mine"]).ends_with(0).json();
    assert!(drafts.iter().any(|draft| draft["text"] == "Mine Cy"));
}

#[test]
fn d14_an_unknown_variable_fails_before_anything_is_written() {
    let place = club();
    place.run(["invite"]).ends_with(0);
    let before = place.snapshot();
    let refused = |content: &str, code: &str| {
        // A language that nobody here is written to in.
        let path = place.file("mine/nl/remind.txt", content);
        let outcome = invite(&place, &["--templates", "mine"]).ends_with(2);
        fs::remove_file(path).expect("the template");
        assert_eq!(outcome.object()["code"], code, "{content}");
        assert_eq!(place.snapshot(), before, "{content}");
        outcome.stderr
    };
    let said = refused("Hoi {{ name }}\n{{ nome }}", "error-template-unknown");
    assert!(said.contains("mine/nl/remind.txt:2: there is no variable “nome”"), "{said}");
    assert!(said.contains("id, channel, name, formal, where, knows_number, here"), "{said}");
    let said = refused("\n{% include \"/etc/passwd\" %}", "error-template-forbidden");
    assert!(said.contains("remind.txt:2: a template cannot hold “include”"), "{said}");
    refused("{% for c in name %}{{ c }}{% endfor %}", "error-template-forbidden");
    refused("{{ env.HOME }}", "error-template-unknown");
    refused("{{ name", "error-template-mistake");
    place.file("mine/nl/remnd.txt", "Hoi");
    let outcome = invite(&place, &["--templates", "mine"]).ends_with(2);
    assert_eq!(outcome.object()["code"], "error-template-misplaced");
    place.file("long/en/invite.txt", "x".repeat(301));
    let outcome = invite(&place, &["--templates", "long"]).ends_with(2);
    assert_eq!(outcome.object()["code"], "error-template-long");
    assert!(outcome.stderr.contains("301"), "{}", outcome.stderr);
    assert_eq!(place.snapshot(), before);
}

#[test]
fn a_group_gets_what_it_needs_to_move() {
    let place = club();
    let kits = |more: &[&str]| of(&invite(&place, more).ends_with(0).json(), "transhume.group-kit/1");
    let kit = &kits(&[])[0];
    assert_eq!(
        (&kit["title"], &kit["channel"], &kit["date"]),
        (&json!("Book club"), &json!("matrix"), &json!("2021-02-07"))
    );
    assert_eq!((&kit["there"], &kit["link"]), (&json!(2), &json!(null)));
    let missing: Vec<&str> =
        kit["missing"].as_array().expect("a list").iter().filter_map(|who| who["name"].as_str()).collect();
    assert_eq!(missing.len(), 2);
    let link = "https://matrix.to/#/#club:example.org?via=example.org";
    let kit = &kits(&["--group-link", &format!("Book club={link}"), "--on", "2021-02-12"])[0];
    let announcement = kit["announcement"].as_str().expect("a text");
    assert!(announcement.contains(link) && announcement.contains("on Friday 12 February"), "{announcement}");
    let file =
        |name: &str| fs::read_to_string(place.path().join("ws/out/invites").join(name)).expect("a text");
    assert_eq!(file("group-01-announcement.transhume.txt").trim_end(), announcement);
    assert!(file("group-01-roll-call.transhume.txt").starts_with("Roll call"));
    let list = file("group-01-missing.transhume.txt");
    assert!(list.contains("☐ Cy Brook") && list.contains("☐ Di Fen") && !list.contains("Ada"), "{list}");
    // The same from the settings.
    let settings = "[reach]\nmatrix = \"@nina:example.org\"\n[group_links]\n\"Book club\" = \"https://matrix.to/#/#kept:example.org\"\n";
    place.file("ws/transhume.toml", settings);
    assert_eq!(kits(&[])[0]["link"], "https://matrix.to/#/#kept:example.org");
    // That the group moves to where its new place is, wherever most are.
    let kit = &kits(&["--group-link", "Book club=https://signal.group/#CjQKIAbc"])[0];
    assert_eq!((&kit["channel"], &kit["there"]), (&json!("signal"), &json!(0)));
    // Nobody is in a list whom the user leaves alone.
    place.run(["invite", "mark", "Cy Brook", "never"]).ends_with(0);
    let all = invite(&place, &[]).ends_with(0).stdout;
    assert!(
        !all.contains("Cy Brook") && !file("group-01-missing.transhume.txt").contains("Cy Brook"),
        "{all}"
    );
    for bad in [
        ["--group-link", "Book club=javascript:alert(1)"],
        ["--group-link", "Book club"],
        ["--on", "2020-01-01"],
        ["--on", "soon"],
    ] {
        invite(&place, &bad).ends_with(2);
    }
}

#[test]
fn the_room_that_was_made_for_a_group_stands_in_its_kit_and_in_drafts() {
    let place = club();
    let link = "https://matrix.to/#/!club%3Aexample.org?via=example.org";
    let told = |more: &[&str]| {
        let objects = invite(&place, more).ends_with(0).json();
        let kit = of(&objects, "transhume.group-kit/1")[0].clone();
        let drafts = of(&objects, "transhume.invite/1");
        let text = |name: &str| {
            let draft = drafts.iter().find(|draft| draft["contact"]["name"] == name).expect("a draft");
            draft["text"].as_str().expect("a text").to_owned()
        };
        (kit, text("Ada Quill"), text("Cy Brook"))
    };
    assert_eq!(told(&[]).0["link"], json!(null));
    // As `invite --send` leaves it: a room that was begun and one that was made.
    let database = rusqlite::Connection::open(place.path().join("ws/transhume.db")).expect("the database");
    let row = "INSERT INTO errand (account, kind, whom, token, asked, room, guests) VALUES (?1, 'group', 'Book club', ?2, ?3, ?4, '')";
    let made = |account: &str, day: &str, room: Option<&str>| {
        let asked = format!("2021-01-{day}T12:00:00Z");
        database.execute(row, (account, day, asked, room)).expect("a row");
    };
    made("@nina:example.org", "02", Some("!club:example.org"));
    made("@old:example.com", "01", Some("!old:example.com"));
    made("@next:example.net", "03", None);
    let (kit, ada, cy) = told(&[]);
    assert_eq!((&kit["link"], &kit["channel"]), (&json!(link), &json!("matrix")));
    assert!(kit["announcement"].as_str().expect("a text").contains(link), "{kit}");
    assert!(cy.ends_with(&format!("\nFor “Book club”, this way in: {link}")), "{cy}");
    assert!(ada.ends_with("https://matrix.to/#/@nina:example.org"), "whoever is there is invited: {ada}");
    // A group is asked to go where its room is, whatever else was wanted.
    let (kit, _, cy) = told(&["--to", "signal"]);
    assert_eq!((&kit["link"], &kit["channel"]), (&json!(link), &json!("matrix")));
    assert!(!cy.contains("matrix.to"), "{cy}");
    let own = "https://matrix.to/#/#own:example.org";
    let (kit, _, cy) = told(&["--group-link", &format!("Book club={own}")]);
    assert!(kit["link"] == own && cy.ends_with(own), "the user's word weighs more: {cy}");
}

#[test]
fn the_channel_that_the_user_prefers_decides_where_it_can() {
    let place = club();
    let channels = |more: &[&str]| {
        let drafts = of(&invite(&place, more).ends_with(0).json(), "transhume.invite/1");
        let channel = |name: &str| {
            let draft = drafts.iter().find(|draft| draft["contact"]["name"] == name).expect("a draft");
            draft["channel"].as_str().expect("a channel").to_owned()
        };
        [channel("Ada Quill"), channel("Cy Brook")]
    };
    // Most are on Matrix.
    assert_eq!(channels(&[]), ["matrix", "matrix"]);
    let prefer = |channel: &str| {
        let reach = "[reach]\nmatrix = \"@nina:example.org\"\nxmpp = \"nina@example.org\"\n";
        place.file("ws/transhume.toml", format!("channel = \"{channel}\"\n{reach}"));
    };
    prefer("xmpp");
    assert_eq!(channels(&[]), ["matrix", "xmpp"], "whoever is on Matrix alone is met there");
    assert_eq!(channels(&["--to", "signal"]), ["matrix", "signal"], "what is typed weighs more");
    let plan = place.run(["plan", "--json"]).ends_with(0).json();
    let cy = plan.iter().find(|one| one["contact"]["name"] == "Cy Brook").expect("a place");
    assert_eq!(cy["channel"], "xmpp");
    place.run(["invite", "mark", "Cy Brook", "sent", "--json"]).ends_with(0);
    let listed = place.run(["invite", "list", "--json"]).ends_with(0).object();
    assert_eq!(listed["channel"], "xmpp");
    // Where nobody could find the user there is nothing to invite to.
    place.file("ws/transhume.toml", "channel = \"xmpp\"\n");
    assert_eq!(invite(&place, &[]).ends_with(2).object()["code"], "error-no-reach");
    place.run(["plan"]).ends_with(0);
    prefer("threema");
    let outcome = invite(&place, &[]).ends_with(2);
    assert_eq!(outcome.object()["code"], "error-settings-line");
    assert!(
        outcome.stdout.contains("1 (channel)") && !outcome.stdout.contains("threema"),
        "{}",
        outcome.stdout
    );
}

#[test]
fn only_those_are_named_who_may_be() {
    let place = club();
    let text = |place: &Place| {
        let drafts = of(&invite(place, &[]).ends_with(0).json(), "transhume.invite/1");
        drafts.iter().filter(|d| d["kind"] == "invite").map(|d| d["text"].to_string()).collect::<String>()
    };
    assert!(
        text(&place).contains("2 people from “Book club” are there already") && !text(&place).contains("Ada")
    );
    place.file(
        "ws/transhume.toml",
        "names_allowed = [\"Ada Quill\"]\n[reach]\nmatrix = \"@nina:example.org\"\n",
    );
    assert!(
        text(&place).contains("You’d find Ada there already.") && !text(&place).contains("Bo"),
        "{}",
        text(&place)
    );
    place.file("ws/transhume.toml", "names_allowed = [\"Nobody\"]\n");
    assert_eq!(invite(&place, &[]).ends_with(2).object()["code"], "error-no-contact");
}
