//! What is promised in THREATMODEL.md: that each test it names is there, and those
//! of the promises that no other subject has a test for.

use std::fs;
use std::path::Path;

use crate::support::Place;

#[test]
fn every_test_that_the_threat_model_names_is_there() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let text = fs::read_to_string(root.join("THREATMODEL.md")).unwrap();
    let named = text.split('`').skip(1).step_by(2).filter_map(|name| name.split_once("::"));
    let mut found = 0;
    for (file, test) in named {
        let source = fs::read_to_string(root.join(format!("tests/cli/{file}.rs"))).unwrap_or_default();
        assert!(source.contains(&format!("fn {test}(")), "{file}::{test} is not there");
        found += 1;
    }
    assert!(found > 20, "{found} tests are named");
}

#[test]
fn no_word_of_a_message_is_kept_or_written() {
    // Words that stand in no word list, in a text, under a picture, in a poll, in a
    // forwarded text, and behind an address that is kept.
    let words = ["zuversichtlichkeitsprobe", "quatschkommode", "brimborium", "firlefanz", "mumpitz"];
    let chat = "13/05/2020, 14:03 - Messages and calls are end-to-end encrypted. No one outside of this chat, \
                not even WhatsApp, can read or listen to them. Tap to learn more.\n\
                13/05/2020, 14:04 - Bo Marsh: A zuversichtlichkeitsprobe of words\n\
                and quatschkommode on the next line\n\
                13/05/2020, 14:05 - Ada Quill: IMG-20200513-WA0001.jpg (file attached)\nbrimborium\n\
                13/05/2020, 14:06 - Bo Marsh: POLL:\nfirlefanz?\nOPTION: yes (2 votes)\n\
                14/05/2020, 14:07 - Bo Marsh: I am @bo:example.org on Matrix, mumpitz\n";
    let place = Place::new();
    place.file("WhatsApp Chat with Bo Marsh.txt", chat);
    place.file("me.vcf", "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Bo Marsh\r\nTEL:+447700900123\r\nEND:VCARD\r\n");
    let told = [
        place.run(["--me", "Ada Quill", "migrate", "WhatsApp Chat with Bo Marsh.txt", "me.vcf"]),
        place.run(["report", "--html", "--csv", "--vcard", "--graphml"]),
        place.run(["why", "Bo Marsh"]),
        place.run(["why", "Bo Marsh", "--json"]),
        place.run(["plan"]),
        place.run(["inspect", "WhatsApp Chat with Bo Marsh.txt", "--json"]),
        place.run(["runs", "--json"]),
        place.run(["contacts", "--json"]),
    ];
    let kept: Vec<_> =
        place.snapshot().into_iter().filter(|(path, _)| path.extension() != Some("txt".as_ref())).collect();
    assert!(kept.len() > 5, "a database and outputs are there");
    for word in words {
        let holds =
            |bytes: &[u8]| bytes.windows(word.len()).any(|part| part.eq_ignore_ascii_case(word.as_bytes()));
        for (path, bytes) in &kept {
            assert!(!holds(bytes), "{word} stands in {}", path.display());
        }
        for outcome in &told {
            assert!(!holds(outcome.all().as_bytes()), "{word} is told: {}", outcome.all());
        }
    }
    // What may be kept is: the address, where it was written, and by whom.
    assert!(told[3].stdout.contains("@bo:example.org"), "{}", told[3].all());
}
