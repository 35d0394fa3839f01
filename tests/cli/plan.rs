//! `plan`: the order, the groups and what holds, as people and programs read
//! them.

use std::path::Path;

use serde_json::Value;
use unicode_width::UnicodeWidthStr;

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
        assert_eq!(first.matches('.').count(), 2, "what is known, and what is assumed: {first}");
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
    let told = text.find("Each place supposes that all above it came.").expect("said");
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
