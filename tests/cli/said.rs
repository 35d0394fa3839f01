//! What people say in chats of where they are: shown with its line, self-stated
//! or not, and counted only where they give their own address.

use serde_json::{Value, json};

use crate::support::Place;

const CHAT: &str = "20/01/2021, 21:00 - Me: I'm on Signal, are you?
20/01/2021, 21:01 - Ada Quill: je suis passée sur Signal !
20/01/2021, 21:02 - Bo Marsh: Cy Vale est sur Signal aussi
20/01/2021, 21:03 - Cy Vale: hello
20/01/2021, 21:04 - Dee Fox: je ne suis pas sur Signal
20/01/2021, 21:05 - Eve Hill: ich bin jetzt bei Signal: https://signal.me/#p/+33639980105
20/01/2021, 21:06 - Fay Moss: estoy en Signal, soy fay_moss.42
20/01/2021, 21:07 - Gus Reed: https://signal.group/#CjQKIAbcdefghijklmnopqrstuvwxyz0123456789
20/01/2021, 21:08 - Hal Rook: sono su Matrix
22/01/2021, 21:09 - Ada Quill: je suis sur Signal, je le redis
";

fn told() -> (Place, Vec<Value>) {
    let place = Place::new();
    place.file("WhatsApp Chat with Club.txt", CHAT);
    place.run(["import", "--me", "Me", "WhatsApp Chat with Club.txt"]).ends_with(0);
    let people = place.run(["contacts", "--json"]).ends_with(0).json();
    (place, people)
}

fn verdict(people: &[Value], name: &str, channel: &str) -> Value {
    let person = people.iter().find(|p| p["name"] == name).unwrap_or_else(|| panic!("{name}"));
    let verdict = &person["verdicts"][channel];
    json!([verdict["state"], verdict["grade"], verdict["identity"]])
}

fn evidence(place: &Place, name: &str) -> Vec<Value> {
    let why = place.run(["why", "--json", name]).ends_with(0).object();
    let all = why["evidence"].as_array().unwrap();
    all.iter().map(|e| json!([e["grade"], e["origin"], e["self_stated"], e["line"]])).collect()
}

#[test]
fn a_word_alone_makes_nobody_reachable_and_an_own_address_does() {
    let (_, people) = told();
    let signal = |name: &str| verdict(&people, name, "signal");
    assert_eq!(signal("Ada Quill"), json!(["likely", "C", null]));
    assert_eq!(signal("Cy Vale"), json!(["likely", "C", null]), "said by another");
    assert_eq!(signal("Bo Marsh"), json!(["unknown", null, null]), "of himself he said nothing");
    assert_eq!(signal("Dee Fox"), json!(["unknown", null, null]));
    assert_eq!(signal("Eve Hill"), json!(["reachable", "B", "+33639980105"]));
    assert_eq!(signal("Fay Moss")[0], "reachable");
    assert_eq!(signal("Gus Reed")[0], "likely", "a link to a group is nobody's own address");
    assert_eq!(verdict(&people, "Hal Rook", "matrix"), json!(["likely", "C", null]));
    assert!(people.iter().all(|p| p["name"] != "Me"));
}

#[test]
fn every_word_is_shown_with_its_line() {
    let (place, _) = told();
    assert_eq!(
        evidence(&place, "Ada Quill"),
        [json!(["C", "there-self", true, 10]), json!(["C", "there-self", true, 2])]
    );
    assert_eq!(evidence(&place, "Cy Vale"), [json!(["C", "there-other", false, 3])]);
    assert_eq!(evidence(&place, "Eve Hill"), [json!(["B", "chat-self", true, 6])]);
    let why = place.run(["why", "Cy Vale"]).ends_with(0).stdout;
    for part in [
        "C, a hint",
        "as somebody said in a chat, without an address",
        "not self-stated",
        "WhatsApp Chat with Club.txt:3",
    ] {
        assert!(why.contains(part), "{part}: {why}");
    }
    let seen = place.inspect(&place.path().join("WhatsApp Chat with Club.txt"));
    let hints: Vec<Value> = seen["addresses"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|a| a["identity"].is_null())
        .map(|a| json!([a["channel"], a["said_by"], a["self_stated"], a["line"]]))
        .collect();
    assert_eq!(
        hints,
        [
            json!(["signal", "Me", true, 1]),
            json!(["signal", "Ada Quill", true, 2]),
            json!(["signal", "Bo Marsh", false, 3]),
            json!(["matrix", "Hal Rook", true, 9]),
            json!(["signal", "Ada Quill", true, 10]),
        ]
    );
    for (path, bytes) in place.snapshot() {
        assert!(memchr::memmem::find(&bytes, "passée sur".as_bytes()).is_none(), "{}", path.display());
    }
}

#[test]
fn who_is_forgotten_is_not_left_in_what_was_said() {
    let (place, _) = told();
    place.run(["contacts", "forget", "--yes", "Cy Vale"]).ends_with(0);
    for (path, bytes) in place.snapshot() {
        assert!(memchr::memmem::find(&bytes, b"Cy Vale").is_none(), "{}", path.display());
    }
}

const OTHERS: &str = "20/01/2021, 21:00 - Me: hi
20/01/2021, 21:01 - Ada Quill: my boss is on Signal: boss.44
20/01/2021, 21:02 - Bo Marsh: my wife's jabber: wife@example.org
20/01/2021, 21:03 - Cy Vale: https://signal.me/#p/+33639980177 call this number
20/01/2021, 21:04 - Dee Fox: my signal username isn't foo.12
20/01/2021, 21:05 - Eve Hill: signal.me/#p/+33639980105
";

#[test]
fn what_is_of_others_leaves_the_speaker_unknown_and_a_saved_number_is_their_own() {
    let place = Place::new();
    place.file("in/WhatsApp Chat with Club.txt", OTHERS);
    place.file(
        "in/book.vcf",
        "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Eve Hill\r\nTEL:+33639980105\r\nEND:VCARD\r\n",
    );
    place.run(["import", "--me", "Me", "in"]).ends_with(0);
    let people = place.run(["contacts", "--json"]).ends_with(0).json();
    for name in ["Ada Quill", "Bo Marsh", "Cy Vale", "Dee Fox"] {
        for channel in ["signal", "xmpp"] {
            assert_eq!(verdict(&people, name, channel), json!(["unknown", null, null]), "{name}");
        }
    }
    assert_eq!(verdict(&people, "Eve Hill", "signal"), json!(["reachable", "B", "+33639980105"]));
    assert_eq!(evidence(&place, "Eve Hill"), [json!(["B", "chat-self", true, 6])]);
}

/// Who gave an address and left, who came back, who is proven to be there.
const LEFT: &str = "01/06/2020, 21:00 - Me: hi
01/06/2020, 21:01 - Ada Quill: my Signal username is ada_q.42
01/06/2020, 21:02 - Bo Marsh: mon Signal : https://signal.me/#p/+33639980102
01/06/2020, 21:03 - Cy Vale: my Signal username is cy_vale.42
20/01/2021, 21:00 - Ada Quill: I deleted Signal
20/01/2021, 21:01 - Bo Marsh: j'ai supprimé Signal, trop compliqué
20/01/2021, 21:02 - Cy Vale: ik heb Signal verwijderd
22/01/2021, 21:02 - Cy Vale: my Signal username is cy_vale.42
22/01/2021, 21:03 - Dee Fox: ich habe Signal gelöscht
";

#[test]
fn who_left_takes_back_what_they_said_and_no_proof() {
    let place = Place::new();
    place.file("in/WhatsApp Chat with Club.txt", LEFT);
    let aci = base64::Engine::encode(&base64::engine::general_purpose::STANDARD, [7; 16]);
    place.file(
        "in/main.jsonl",
        format!(
            "{{\"version\":\"1\",\"backupTimeMs\":\"1608400000000\"}}\n{{\"recipient\":{{\"id\":\"2\",\"contact\":{{\"aci\":\"{aci}\",\"systemGivenName\":\"Dee Fox\"}}}}}}\n"
        ),
    );
    place.run(["import", "--me", "Me", "in"]).ends_with(0);
    let people = place.run(["contacts", "--json"]).ends_with(0).json();
    let signal = |name: &str| verdict(&people, name, "signal")[0].clone();
    assert_eq!(signal("Ada Quill"), "unknown");
    assert_eq!(signal("Bo Marsh"), "unknown");
    assert_eq!(signal("Cy Vale"), "reachable", "back again");
    assert_eq!(signal("Dee Fox"), "reachable", "an account that Signal lists is there all the same");
    assert_eq!(
        evidence(&place, "Ada Quill"),
        [json!(["B", "left-self", true, 5]), json!(["B", "chat-self", true, 2])],
        "nothing is hidden"
    );
    let why = place.run(["why", "Ada Quill"]).ends_with(0).stdout;
    assert!(why.contains("They wrote on 2021-01-20 that they had left Signal"), "{why}");
    let french = place.run(["--lang", "fr", "why", "Bo Marsh"]).ends_with(0).stdout;
    let french = french.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(french.contains("a écrit le 2021-01-20 qu’elle avait quitté Signal"), "{french}");
}

#[test]
fn the_addresses_of_others_are_shown_as_such() {
    let place = Place::new();
    place.file("in/WhatsApp Chat with Club.txt", OTHERS);
    place.run(["import", "--me", "Me", "in"]).ends_with(0);
    assert_eq!(evidence(&place, "Ada Quill"), [json!(["D", "chat-another", false, 2])]);
    let why = place.run(["why", "Ada Quill"]).ends_with(0).stdout;
    for part in ["an address that they gave for somebody else", "boss.44", "WhatsApp Chat with Club.txt:2"] {
        assert!(why.contains(part), "{why}");
    }
    assert!(why.contains("Not known: nothing that Signal answered is kept, and no file tells."), "{why}");
    // It is looked up for nobody, and goes with what she said.
    let asked = place.run(["check", "signal", "--dry-run", "--signal-cli", "unix:/nowhere"]).all();
    assert!(!asked.contains("boss.44"), "{asked}");
    place.run(["contacts", "forget", "--yes", "Ada Quill"]).ends_with(0);
    for (path, bytes) in place.snapshot() {
        assert!(memchr::memmem::find(&bytes, b"boss.44").is_none(), "{}", path.display());
    }
}
