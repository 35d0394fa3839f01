//! Names as attack: terminal escapes, hidden directions, markup, formulas.
//! They come in by every door that names have (cards, authors, titles, file
//! names, arguments, settings) and are followed to every place where a name
//! comes out.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use serde_json::{Value, json};

use crate::browser::{self, Seen};
use crate::support::{Outcome, Place, codes};

/// Clears the screen, sets the title, links, writes to the clipboard, asks
/// for the settings, and the same with one character of C1 or backspaces.
const ESCAPES: [&str; 8] = [
    "\u{1b}[2J\u{1b}[HAda",
    "\u{1b}]0;pwn\u{7}Bo",
    "\u{1b}]8;;http://example.org\u{1b}\\Cy\u{1b}]8;;\u{1b}\\",
    "\u{1b}]52;c;cHduZWQ=\u{7}Di",
    "\u{1b}P$qm\u{1b}\\Ed",
    "\u{9b}31mFi\u{9b}0m",
    "\u{9d}0;pwn\u{9c}Gi",
    "Hal\u{8}\u{8}\u{8}Mallory\u{7f}",
];

/// Where a hostile life is lived: everybody has a card and writes in a group
/// with a hostile title.
pub struct Life {
    pub place: Place,
    pub inputs: Vec<PathBuf>,
}

impl Life {
    pub fn of(names: &[&str], title: &str) -> Life {
        let place = Place::new();
        let cards: String = names.iter().zip(0..).map(|(name, n)| card(name, n)).collect();
        let chat: String = names
            .iter()
            .chain(&["Nina Test", "Olaf Test"])
            .filter(|name| !name.contains(['\n', '\r']))
            .zip(0..)
            .map(|(name, n)| format!("30/01/2021, 09:{n:02} - {name}: hello {n}\n"))
            .collect();
        let inputs = vec![
            place.file("cards.vcf", cards),
            place.file(&format!("WhatsApp Chat with {title}.txt"), chat),
        ];
        Life { place, inputs }
    }

    /// `migrate`, by the one who is Nina Test.
    pub fn migrate(&self, options: &[&str]) -> Outcome {
        let mut command = self.place.command();
        command.args(["--me", "Nina Test"]).args(options).arg("migrate").args(&self.inputs);
        Outcome::of(&command.output().expect("the program runs")).ends_with(0)
    }

    /// Any other command, by the same.
    pub fn json(&self, command: &str) -> Vec<Value> {
        self.place.run(["--me", "Nina Test", "--json", command]).ends_with(0).json()
    }

    pub fn output(&self, name: &str) -> PathBuf {
        self.place.path().join("ws/out").join(name)
    }

    /// Both pages as the browser shows them.
    pub fn pages(&self) -> Option<[Seen; 2]> {
        self.migrate(&[]);
        Some([browser::open(&self.output("report.html"))?, browser::open(&self.output("invites.html"))?])
    }
}

/// A card with an invented number.
pub fn card(name: &str, n: usize) -> String {
    let name = name.replace('\\', "\\\\").replace(',', "\\,").replace(';', "\\;").replace('\n', "\\n");
    format!("BEGIN:VCARD\r\nVERSION:3.0\r\nFN:{name}\r\nTEL;TYPE=CELL:+33 6 39 98 04 {n:02}\r\nEND:VCARD\r\n")
}

/// Fails if anything acts on a terminal: controls other than the line feed,
/// embeddings and overrides, or an isolate that is left open.
#[track_caller]
fn assert_harmless(outcome: &Outcome, call: &[&str]) {
    let text = outcome.all();
    let acts = |c: &char| {
        (c.is_control() && *c != '\n')
            || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}' | '\u{2067}' | '\u{fffd}')
    };
    assert_eq!(text.chars().find(acts), None, "{call:?}: {text:?}");
    for line in text.lines() {
        assert_eq!(line.matches('\u{2068}').count(), line.matches('\u{2069}').count(), "{call:?}: {line:?}");
    }
}

/// How a name looks when all that acts in it is made visible.
pub fn visible(name: &str) -> String {
    let shown = name.chars().map(|c| match c {
        '\0'..='\x1f' => char::from_u32(0x2400 + c as u32).map(String::from).unwrap_or_default(),
        '\x7f' => "␡".to_owned(),
        _ if c.is_control()
            || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{2028}') =>
        {
            format!("⟨U+{:04X}⟩", c as u32)
        }
        c => c.to_string(),
    });
    shown.collect()
}

#[test]
fn d01_no_terminal_escape_reaches_stdout_or_stderr() {
    let life = Life::of(&ESCAPES, "\u{1b}]0;pwn\u{7}Club");
    let group = life.inputs[1].to_str().expect("a path");
    let terminal = life.migrate(&[]);
    assert_harmless(&terminal, &["migrate"]);
    assert!(terminal.stdout.contains("␛]0;pwn␇Club"), "the title is seen: {}", terminal.stdout);
    assert_harmless(&life.migrate(&["--json", "--verbose"]), &["migrate", "--json"]);
    for call in [
        &["contacts"][..],
        &["inspect", group],
        &["import", group],
        &["import", "--json", group],
        &["report"],
        &["report", "--html", "--csv"],
        &["invite", "--batch", "20"],
        &["invite", "--json"],
        &["runs"],
    ] {
        assert_harmless(&life.place.run(call).ends_with(0), call);
    }
    for name in ESCAPES {
        for call in [["contacts", "show", name], ["--json", "why", name]] {
            assert_harmless(&life.place.run(call).ends_with(0), &call);
        }
        for call in [["contacts", "show", name], ["--quiet", "why", name]] {
            let outcome = life.place.run(call).ends_with(0);
            assert_harmless(&outcome, &call);
            assert!(outcome.stdout.contains(&visible(name)), "{name:?} is seen: {}", outcome.stdout);
        }
        assert_harmless(&life.place.run(["contacts", "exclude", name]).ends_with(0), &["exclude"]);
    }
    // With colours, those sequences are the program's own.
    let mut coloured = life.migrate(&["--color", "always"]);
    assert!(coloured.stdout.contains("\u{1b}["), "there are colours");
    for own in ["\u{1b}[0m", "\u{1b}[1m"] {
        coloured.stdout = coloured.stdout.replace(own, "");
    }
    assert_harmless(&coloured, &["--color", "always"]);
}

#[test]
fn d01_no_terminal_escape_comes_back_in_an_error() {
    let life = Life::of(&ESCAPES, "Club");
    life.migrate(&[]);
    for bad in ["\u{1b}]0;pwn\u{7}", "\u{9b}2J", "\u{1b}[31mnobody"] {
        for (call, code) in [
            (&["why", bad][..], 2),
            (&["--json", "why", bad], 2),
            (&["contacts", "show", bad], 2),
            (&["--region", bad, "contacts"], 2),
            (&["migrate", bad], 4),
            (&["--json", "import", bad], 4),
            (&["inspect", bad], 4),
            (&["--lang", bad, "contacts"], 2),
            (&[bad], 2),
            (&[&format!("--{bad}")], 2),
        ] {
            assert_harmless(&life.place.run(call).ends_with(code), call);
        }
        life.place.file("ws/transhume.toml", format!("region = \"FR\"\n{bad} = 1\n"));
        assert_harmless(&life.place.run(["contacts"]).ends_with(2), &["a key of the settings"]);
        life.place.file("ws/transhume.toml", format!("[reach]\nmatrix = {:?}\n", visible(bad)));
        assert_harmless(&life.place.run(["invite"]).ends_with(2), &["an address of the settings"]);
        fs::remove_file(life.place.path().join("ws/transhume.toml")).expect("the settings");
    }
}

/// A file name can come in as an argument by way of a shell's `*`.
#[test]
fn d01_no_terminal_escape_comes_back_on_a_real_terminal() {
    let place = Place::new();
    for bad in ["\u{1b}]0;pwn\u{7}", "--\u{1b}]0;pwn\u{7}", "--lang=\u{1b}]0;pwn\u{7}"] {
        let mut script = Command::new("script");
        script.args(["-qec", "\"$PROGRAM\" \"$BAD\"", "/dev/null"]);
        let mut script = place.wrap(script);
        script.env("PROGRAM", env!("CARGO_BIN_EXE_transhume")).env("BAD", bad).env("TERM", "xterm-256color");
        let Ok(output) = script.output() else { return eprintln!("skipped: there is no script") };
        let outcome = Outcome::of(&output).ends_with(2);
        assert!(
            outcome.stdout.contains("is not known here") || outcome.stdout.contains("cannot be given"),
            "{}",
            outcome.stdout
        );
        assert!(
            !outcome.stdout.contains("\u{1b}]") && !outcome.stdout.contains('\u{7}'),
            "{:?}",
            outcome.stdout
        );
    }
}

#[test]
fn d01_json_holds_the_name_and_no_control() {
    let life = Life::of(&ESCAPES, "\u{9b}31mClub");
    let report = life.migrate(&["--json"]);
    let group =
        life.place.run(["--json".as_ref(), "inspect".as_ref(), life.inputs[1].as_os_str()]).ends_with(0);
    let contacts = life.place.run(["contacts", "--json"]).ends_with(0);
    for outcome in [&report, &group, &contacts] {
        assert_harmless(outcome, &["--json"]);
    }
    assert_eq!(report.object()["groups"][0]["title"], "\u{9b}31mClub");
    let written = group.object();
    let listed = contacts.json();
    for name in ESCAPES {
        assert!(written["people"].as_array().expect("people").iter().any(|p| p["name"] == name), "{name:?}");
        assert!(listed.iter().any(|c| c["name"] == name && c["groups"][0] == "\u{9b}31mClub"), "{name:?}");
    }
    let file = fs::read_to_string(life.output("report.json")).expect("the report");
    assert!(!file.trim_end().contains(char::is_control));
}

/// A life with hidden directions in names and in addresses.
fn turned(names: &[&str]) -> Life {
    let life = Life::of(&[], "Club");
    let address = "IMPP:xmpp:gi\u{202e}gro\u{202c}@example.org\r\nEMAIL:gi\u{202e}gro\u{202c}@example.org\r\n\
                   X-MATRIX:@gi\u{202e}gro:example.org\r\nEND";
    let cards: String = names.iter().zip(0..).map(|(name, n)| card(name, n)).collect();
    life.place.file("cards.vcf", cards + card("Gi", 9).replace("END", address).as_str());
    life
}

#[test]
fn d02_hidden_directions_are_shown_and_turn_nothing() {
    let names = ["\u{202e}gro.elpmaxe\u{202c} Eva", "Fi \u{2066}\u{202e}x\u{2069} admin"];
    let life = turned(&names);
    assert_harmless(&life.migrate(&[]), &["migrate"]);
    for call in [&["contacts"][..], &["report"], &["invite"], &["contacts", "show", "Gi"], &["why", "Gi"]] {
        assert_harmless(&life.place.run(call).ends_with(0), call);
    }
    for name in names {
        let isolated = format!("\u{2068}{}\u{2069}", visible(name));
        let card = life.place.run(["contacts", "show", name]).ends_with(0).stdout;
        assert!(card.contains(&isolated), "{isolated:?} is seen: {card}");
        assert_harmless(&life.place.run(["why", name]).ends_with(0), &["why", name]);
        assert_harmless(&life.place.run(["why", "--json", name]).ends_with(0), &["why", "--json", name]);
    }
}

#[test]
fn d02_hidden_directions_in_a_name_are_told_of() {
    let report = turned(&["\u{202e}gro.elpmaxe\u{202c} Eva"]).migrate(&["--json"]).object();
    assert!(codes(&report).contains(&"hidden-marks"), "{:?}", codes(&report));
}

/// RFC 7622 and Matrix both have no room for such characters.
#[test]
fn d02_an_address_with_hidden_directions_is_nobodys() {
    let life = turned(&[]);
    life.migrate(&[]);
    let contacts = life.json("contacts");
    let gi = contacts.iter().find(|c| c["name"] == "Gi").expect("Gi");
    assert_eq!(gi["identities"], json!([]), "{gi}");
}

/// People with addresses of which only one is what it looks like: the `а` of
/// the others is Cyrillic.
fn lookalikes() -> (Place, Value) {
    let place = Place::new();
    let with = |address: &str| format!("{address}\r\nEND");
    place.file(
        "cards.vcf",
        card("Yann Latin", 1).replace("END", &with("IMPP:xmpp:yann@example.org"))
            + card("Yann Other", 2).replace("END", &with("IMPP:xmpp:y\u{430}nn@example.org")).as_str()
            + card("Zoé Test", 3).replace("END", &with("X-MATRIX:@y\u{430}nn:example.org")).as_str(),
    );
    let report = place.run(["--json", "migrate", "cards.vcf"]).ends_with(0).object();
    (place, report)
}

#[test]
fn d03_a_lookalike_is_somebody_else_and_no_matrix_id() {
    let (place, _) = lookalikes();
    let contacts = place.run(["contacts", "--json"]).ends_with(0).json();
    assert_eq!(contacts.len(), 3, "who looks alike stays apart");
    let state = |name: &str, channel: &str| {
        let contact = contacts.iter().find(|c| c["name"] == name).expect("the contact");
        contact["verdicts"][channel]["state"].clone()
    };
    assert_eq!(state("Yann Latin", "xmpp"), "reachable");
    assert_eq!(state("Zoé Test", "matrix"), "unknown", "no Matrix server knows such a name");
}

#[test]
fn d03_a_lookalike_is_told_of() {
    let (_place, report) = lookalikes();
    assert!(codes(&report).contains(&"mixed-scripts"), "{:?}", codes(&report));
}
