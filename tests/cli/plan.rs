//! `plan`: the order, the groups and what holds, as people and programs read
//! them.

use std::path::Path;

use serde_json::Value;
use unicode_width::UnicodeWidthStr;

use crate::databases::{MSGSTORE, made};
use crate::support::Place;

/// The demo, imported.
fn demo() -> Place {
    let place = Place::new();
    let demo = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/demo");
    place.run(["import".as_ref(), demo.as_os_str()]).ends_with(0);
    place
}

fn of<'a>(all: &'a [Value], schema: &str) -> Vec<&'a Value> {
    all.iter().filter(|object| object["schema"] == schema).collect()
}

#[test]
fn the_first_sentence_says_what_the_order_rests_on() {
    let place = demo();
    for (language, assumption, groups) in
        [("en", "they are assumptions", "your 4 groups"), ("fr", "ce sont des hypothèses", "vos 4 groupes")]
    {
        let text = place.run(["plan", "--lang", language]).ends_with(0).stdout;
        let first =
            text.split("\n\n").next().unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(first.contains(assumption) && first.contains(groups), "{first}");
        assert_eq!(first.matches('.').count(), 1, "what is known, and what is assumed: {first}");
        assert_eq!(place.run(["plan", "--lang", language, "--share", "60%"]).ends_with(0).stdout, text);
        for line in text.lines() {
            assert!(line.width() <= 80, "{line}");
        }
        assert_eq!(text, place.run(["plan", "--lang", language]).ends_with(0).stdout, "every time the same");
    }
}

#[test]
fn the_json_has_places_then_groups_then_what_both_rest_on() {
    let place = demo();
    let all = place.run(["plan", "--json"]).ends_with(0).json();
    let places = of(&all, "transhume.plan/1");
    // 40 in the circle, 18 of whom can be reached; two more left the one group that
    // they shared with Léa, and nobody is written to out of the blue.
    assert_eq!(places.len(), 20);
    for (at, own) in places.iter().enumerate() {
        assert_eq!(own["rank"], at + 1);
        assert!(own["contact"]["id"].is_string() && own["contact"]["name"].is_string(), "{own}");
        assert_eq!(own["channel"], "signal");
        assert!(own["score"].is_number(), "{own}");
        assert!(own["reasons"].as_array().is_some_and(|reasons| !reasons.is_empty()), "{own}");
        for unlock in own["unlocks"].as_array().expect("a list") {
            assert!(unlock["before"].as_u64() < unlock["after"].as_u64(), "{own}");
        }
    }
    let first = places[0]["reasons"].to_string();
    assert!(first.contains("with people who are there already") && first.contains("could bring "), "{first}");
    let groups = of(&all, "transhume.group-plan/1");
    assert_eq!(groups.len(), 4);
    for group in &groups {
        let (members, reachable) = (group["members"].as_u64(), group["reachable"].as_u64());
        let missing = group["missing"].as_array().expect("a list").len() as u64;
        assert_eq!(members, reachable.map(|there| there + missing), "{group}");
        // A chat's text shows only some of the members.
        assert_eq!((&group["members_complete"], &group["share"]), (&Value::Bool(false), &Value::Null));
        assert_eq!(group["moves_at"], serde_json::json!([]));
    }
    let about = of(&all, "transhume.plan-about/1");
    assert_eq!((about.len(), all.len()), (1, 20 + 4 + 1));
    assert_eq!(about[0]["cheaper"], false);
    assert!(about[0]["holds"]["stuck"].as_u64() <= about[0]["holds"]["messages"].as_u64());
    assert_eq!(all, place.run(["plan", "--json"]).ends_with(0).json());
}

#[test]
fn drafts_come_in_the_order_of_the_plan() {
    let place = demo();
    let plan = place.run(["plan", "--json"]).ends_with(0).json();
    let plan: Vec<Value> = of(&plan, "transhume.plan/1").iter().map(|p| p["contact"]["id"].clone()).collect();
    let drafts = place.run(["invite", "--json", "--batch", "40"]).ends_with(0).json();
    // Who can be met elsewhere already stands in between.
    let mut drafted: Vec<Value> = drafts.iter().map(|d| d["contact"]["id"].clone()).collect();
    assert_eq!(drafted[..2], plan[..2]);
    drafted.retain(|id| plan.contains(id));
    assert_eq!(drafted, plan);
}

#[test]
fn numbers_that_were_played_are_told_as_guesses() {
    let place = demo();
    let text = place.run(["plan"]).ends_with(0).stdout.split_whitespace().collect::<Vec<_>>().join(" ");
    let told = text.find("Each place supposes that all above it were invited.").expect("said");
    assert!(told < text.find("could bring ").expect("a guess"), "{text}");
    // What stands in the groups is counted: one more is one more.
    for more in text.split("brings it from ").skip(1) {
        let mut numbers = more.split(' ').filter_map(|word| word.parse::<u64>().ok());
        assert_eq!(numbers.next().map(|before| before + 1), numbers.next(), "{more}");
    }
    assert!(text.contains("brings it from "), "{text}");
}

#[test]
fn nothing_is_claimed_of_an_order_of_nobody() {
    let place = demo();
    let all = place.run(["plan", "--json"]).ends_with(0).json();
    for own in of(&all, "transhume.plan/1") {
        place.run(["contacts", "exclude", own["contact"]["id"].as_str().unwrap()]).ends_with(0);
    }
    let text = place.run(["plan"]).ends_with(0).stdout;
    assert!(text.contains("There is nobody left to invite.") && !text.contains("This order"), "{text}");
}

#[test]
fn who_is_excluded_is_in_no_plan() {
    let place = demo();
    place.run(["contacts", "exclude", "Agnès Chevalier"]).ends_with(0);
    let text = place.run(["plan", "--json"]).ends_with(0).json();
    let names: Vec<&Value> = of(&text, "transhume.plan/1").iter().map(|p| &p["contact"]["name"]).collect();
    assert_eq!(names.len(), 19);
    assert!(!names.iter().any(|name| *name == "Agnès Chevalier"));
    let groups = of(&text, "transhume.group-plan/1");
    let mut left_out = 0;
    for group in &groups {
        let missing = group["missing"].as_array().expect("a list");
        assert!(!missing.iter().any(|who| who["name"] == "Agnès Chevalier"), "{group}");
        assert!(missing.iter().all(|who| who["can_be_invited"].is_boolean()), "{group}");
        let count = |field: &str| group[field].as_u64().expect("a count");
        let told = count("reachable") + missing.len() as u64 + count("left_out");
        assert_eq!(told, count("members"), "{group}");
        left_out += count("left_out");
    }
    assert!(left_out > 0, "she is in a group");
    let told = place.run(["plan"]).ends_with(0).stdout;
    assert!(told.contains("1 left out by you") && !told.contains("Agnès"), "{told}");
}

#[test]
fn an_empty_workspace_and_a_wrong_share_are_said() {
    let place = Place::new();
    place.run(["plan"]).ends_with(4);
    for share in ["25", "60", "60%", "all", "100", "100%"] {
        place.run(["plan", "--share", share]).ends_with(4);
    }
    place.run(["plan", "--share", "50"]).ends_with(2);
    place.run(["plan", "--first", "0"]).ends_with(2);
}

/// Two groups of one title with all their members: six people, of whom two are on
/// Matrix and two on XMPP, and four who are nowhere. Nobody says where to find the user.
fn choirs() -> Place {
    let place = Place::new();
    let mut sql = String::from(
        "INSERT INTO jid (_id, user, server, raw_string) VALUES (120, '1', 'g.us', '120363000000000001@g.us'), (121, '2', 'g.us', '120363000000000002@g.us');
        INSERT INTO chat (_id, jid_row_id, subject) VALUES (120, 120, 'Chorale'), (121, 121, 'Chorale');
        INSERT INTO message (chat_row_id, from_me, key_id, sender_jid_row_id, timestamp, message_type) VALUES (120, 1, 'x', 0, 1709000000000, 0), (121, 1, 'y', 0, 1709000000000, 0);",
    );
    let mut book = String::new();
    for n in 0..10_u32 {
        let (jid, group) = (100 + n, if n < 6 { 120 } else { 121 });
        sql.push_str(&format!(
            "INSERT INTO jid (_id, user, server, raw_string) VALUES ({jid}, '3363998020{n}', 's.whatsapp.net', '3363998020{n}@s.whatsapp.net');
            INSERT INTO group_participant_user (group_jid_row_id, user_jid_row_id, rank, pending) VALUES ({group}, {jid}, 0, 0);",
        ));
        let name = ["合唱団の佐藤さん", "👩‍👩‍👧‍👦 Camille"][n as usize % 2].repeat(if n > 7 { 9 } else { 1 });
        let address = match n {
            0 | 1 => format!("IMPP:matrix:u/p{n}:example.org\r\n"),
            2 | 3 => format!("IMPP:xmpp:p{n}@example.org\r\n"),
            _ => String::new(),
        };
        book.push_str(&format!(
            "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:{name} {n}\r\nTEL:+33 6 39 98 02 0{n}\r\n{address}END:VCARD\r\n"
        ));
    }
    let database = made(&place, "msgstore.db", &[MSGSTORE, &sql]);
    let book = place.file("contacts.vcf", book);
    place.run(["import".as_ref(), database.as_os_str(), book.as_os_str()]).ends_with(0);
    place
}

#[test]
fn groups_of_one_title_are_told_apart() {
    let all = choirs().run(["plan", "--json"]).ends_with(0).json();
    let groups = of(&all, "transhume.group-plan/1");
    let ids: Vec<&Value> = groups.iter().filter(|g| g["title"] == "Chorale").map(|g| &g["id"]).collect();
    assert!(ids.len() == 2 && ids[0] != ids[1] && ids.iter().all(|id| id.is_string()), "{ids:?}");
    let unlocks = of(&all, "transhume.plan/1");
    let unlocks = unlocks.iter().flat_map(|place| place["unlocks"].as_array().expect("a list"));
    let of_choirs: Vec<&Value> = unlocks.filter(|unlock| unlock["group"] == "Chorale").collect();
    assert!(!of_choirs.is_empty() && of_choirs.iter().all(|unlock| ids.contains(&&unlock["group_id"])));
    let text = choirs().run(["plan"]).ends_with(0).stdout;
    assert!(text.contains("Chorale (6)\n") && text.contains("Chorale (4)\n"), "{text}");
}

#[test]
fn people_of_one_name_are_told_apart() {
    let place = Place::new();
    let card = |n: u32| {
        format!("BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Kévin\r\nTEL:+33 6 39 98 02 0{n}\r\nEND:VCARD\r\n")
    };
    let book = place.file("contacts.vcf", [card(1), card(2), card(3).replace("Kévin", "Ada")].concat());
    place.run(["import".as_ref(), book.as_os_str()]).ends_with(0);
    let text = place.run(["plan"]).ends_with(0).stdout;
    for told in ["Kévin (+33639980201)\n", "Kévin (+33639980202)\n", "Ada\n"] {
        assert!(text.contains(told), "{told:?}: {text}");
    }
}

#[test]
fn two_here_and_two_there_are_in_no_one_place() {
    let place = choirs();
    for (arguments, said) in [
        (
            vec!["plan"],
            "4 of 6 can be reached, 2 on Matrix, 2 on XMPP: no one place has 60 %, nearest on Matrix",
        ),
        (vec!["plan"], "To move for 60 % on Matrix:"),
        (vec!["plan", "--share", "all"], "no one place has all"),
        (vec!["plan", "--lang", "fr"], "aucun endroit n’a 60"),
    ] {
        let text = place.run(&arguments).ends_with(0).stdout;
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(text.contains(said), "{arguments:?}: {text}");
    }
    let enough = place.run(["plan", "--share", "25"]).ends_with(0).stdout;
    assert!(!enough.contains("no one place"), "a third is on Matrix: {enough}");
}

#[test]
fn names_of_any_width_keep_within_the_lines() {
    let place = choirs();
    for language in ["en", "fr"] {
        let text = place.run(["plan", "--lang", language]).ends_with(0).stdout;
        assert!(text.contains("合唱団") && text.contains("👩‍👩‍👧‍👦"), "{text}");
        for line in text.lines() {
            assert!(line.width() <= 80, "{} columns: {line}", line.width());
        }
    }
}

#[test]
fn nobody_is_invited_elsewhere_than_the_plan_says() {
    let place = choirs();
    let all = place.run(["plan", "--json"]).ends_with(0).json();
    let plan: Vec<(&Value, &Value)> =
        of(&all, "transhume.plan/1").iter().map(|own| (&own["contact"]["id"], &own["channel"])).collect();
    let outcome = place.run(["invite", "--json", "--batch", "40"]).ends_with(0);
    let drafts: Vec<Value> =
        outcome.json().into_iter().filter(|o| o["schema"] == "transhume.invite/1").collect();
    let asked: Vec<(&Value, &Value)> =
        drafts.iter().map(|draft| (&draft["contact"]["id"], &draft["channel"])).collect();
    assert_eq!(asked, plan, "who is on Matrix or XMPP already is asked to no other place");
    for channel in ["Matrix", "XMPP"] {
        let said = format!("2 people are on {channel} already, but could not find you there");
        assert!(outcome.stderr.contains(&said), "{}", outcome.stderr);
    }
}

#[test]
fn the_same_data_in_a_fresh_workspace_gives_the_same_plan() {
    let told = || {
        let all = demo().run(["plan", "--json"]).ends_with(0).json();
        let ids: Vec<String> =
            of(&all, "transhume.plan/1").iter().map(|p| p["contact"]["id"].to_string()).collect();
        let told: Vec<String> = of(&all, "transhume.plan/1")
            .iter()
            .map(|p| format!("{} {} {}", p["contact"]["name"], p["score"], p["unlocks"]))
            .chain(of(&all, "transhume.group-plan/1").iter().map(|g| format!("{} {}", g["id"], g["title"])))
            .collect();
        (ids, told)
    };
    let (first, second) = (told(), told());
    assert_ne!(first.0, second.0, "ids are random");
    assert_eq!(first.1, second.1);
}

#[test]
fn the_help_explains_the_score_and_shows_how() {
    let place = Place::new();
    for (language, words) in [
        ("en", ["Examples:", "The score", "twelve months"]),
        ("fr", ["Exemples", "Le score", "douze derniers mois"]),
    ] {
        let help = place.run(["plan", "--help", "--lang", language]).ends_with(0).stdout;
        let help = help.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(words.iter().all(|word| help.contains(word)), "{help}");
        assert!(help.contains("transhume plan --to matrix --json"), "{help}");
    }
}
