//! `report --share`: the same report without anybody in it. Every text by which
//! somebody could be known is a canary, and every byte of every output is searched
//! for them, however it is written.

use std::collections::BTreeSet;
use std::fmt::Write;
use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::fake::Fake;
use crate::support::Place;

/// What every name, address, title and path of this life holds.
const CANARY: &str = "zq";

/// What every number holds, once nothing but its digits is left.
const NUMBERS: &str = "639980";

/// So many people are in the address book.
const PEOPLE: usize = 14;

/// Somebody's life, made of canaries: people with every kind of address, a large group
/// and three small ones, direct chats, entries that are rejected, number changes,
/// questions, an answer of a server, somebody left out and somebody invited.
fn life(fake: &Fake) -> Place {
    let place = Place::new();
    let mut book = String::new();
    for n in 0..PEOPLE {
        write!(
            book,
            "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Zqname{n} Zqlast\r\nTEL:+33 6 39 98 0{} {:02}\r\n\
             EMAIL:zqmail{n}@zqhost.example.org\r\nORG:Zqcompany\r\nNOTE:zqnote\r\n",
            n / 10,
            n % 10 + 10
        )
        .unwrap();
        match n % 3 {
            0 => write!(book, "IMPP:matrix:u/zqmx{n}:zqserver.example.org\r\n").unwrap(),
            1 => write!(book, "IMPP:xmpp:zqjid{n}@zqserver.example.org\r\n").unwrap(),
            _ => {}
        }
        book.push_str("END:VCARD\r\n");
    }
    // Two of one name, and a number that cannot be placed.
    for n in 0..2 {
        write!(
            book,
            "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Zqtwin\r\nEMAIL:zqtwin{n}@zqhost.example.org\r\nEND:VCARD\r\n"
        )
        .unwrap();
    }
    book.push_str("BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Zqshort\r\nTEL:0639980177\r\nEND:VCARD\r\n");
    place.file("in/zqfolder/zqbook.vcf", book);
    place.file(
        "in/zqtable.csv",
        "Name,Phone\r\nZqrow,+33639980188\r\nZqragged,+33639980189,zqcell,zqmore\r\n",
    );
    let chat = |place: &Place, title: &str, who: &[String]| {
        let mut text = String::new();
        for (at, name) in who.iter().chain(&["Zqme".to_owned()]).enumerate() {
            writeln!(text, "30/01/2021, 09:{at:02} - {name}: zqtext, zqtold{at}@zqhost.example.org").unwrap();
        }
        text.push_str("a line zqodd\n");
        place.file(&format!("in/zqfolder/WhatsApp Chat with {title}.txt"), text);
    };
    let people =
        |range: std::ops::Range<usize>| range.map(|n| format!("Zqname{n} Zqlast")).collect::<Vec<_>>();
    chat(&place, "Zqgroup Large", &people(0..9));
    chat(&place, "Zqgroup Small", &people(0..2));
    chat(&place, "Zqgroup Tiny", &people(3..5));
    chat(&place, "Zqgroup Few", &[people(6..8), vec!["~ Zqpush".to_owned()]].concat());
    for n in [0, 1, 2, 5] {
        chat(&place, &format!("Zqname{n} Zqlast"), &people(n..n + 1));
    }
    place.file("ws/transhume.toml", "me = [\"Zqme\"]\n[reach]\nmatrix = \"@zqown:zqserver.example.org\"\n");
    place.run(["import", "in", "in/zqtable.csv"]);
    fake.knows("zqmail2@zqhost.example.org", "@zqfound:zqserver.example.org");
    fake.check(&place, &["--count", "all"]).ends_with(0);
    place.run(["contacts", "exclude", "Zqname9 Zqlast"]).ends_with(0);
    place.run(["invite", "mark", "Zqname8 Zqlast", "sent"]).ends_with(0);
    place
}

/// What entities, percent signs and escapes of JSON stand for.
fn decoded(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let code = |digits: Option<&str>, radix| {
            let code = u32::from_str_radix(digits?, radix).ok()?;
            char::from_u32(code)
        };
        let found = match c {
            '&' => rest.find(';').filter(|end| *end < 10).and_then(|end| {
                let name = &rest[1..end];
                let decoded = match name.strip_prefix('#') {
                    Some(hex) if hex.starts_with(['x', 'X']) => code(hex.get(1..), 16),
                    Some(digits) => code(Some(digits), 10),
                    None => [("amp", '&'), ("lt", '<'), ("gt", '>'), ("quot", '"')]
                        .into_iter()
                        .find_map(|(known, c)| (known == name).then_some(c)),
                };
                Some((decoded?, end + 1))
            }),
            '%' => code(rest.get(1..3), 16).map(|c| (c, 3)),
            '\\' if rest[1..].starts_with('u') => code(rest.get(2..6), 16).map(|c| (c, 6)),
            '\\' => rest[1..].chars().next().map(|c| (c, 1 + c.len_utf8())),
            _ => None,
        };
        let (c, length) = found.unwrap_or((c, c.len_utf8()));
        out.push(c);
        rest = &rest[length..];
    }
    out
}

/// What of somebody stands in a text, in whatever writing.
fn found(text: &str, secrets: &BTreeSet<String>) -> Vec<String> {
    let mut texts = vec![text.to_owned()];
    for _ in 0..3 {
        texts.push(decoded(texts.last().unwrap()));
    }
    // Turned round and with something in between, a canary is one still.
    texts.push(text.chars().filter(|c| c.is_alphanumeric()).collect());
    let mut found = Vec::new();
    for text in texts {
        let lower = text.to_lowercase();
        let digits: String = lower.chars().filter(char::is_ascii_digit).collect();
        for secret in secrets.iter().filter(|secret| lower.contains(secret.as_str())) {
            let at = lower.find(secret.as_str()).unwrap();
            let around = lower[at..].chars().take(60).collect::<String>();
            found.push(format!("{secret}: {around}"));
        }
        if digits.contains(NUMBERS) {
            found.push("a number".to_owned());
        }
    }
    found
}

/// The canaries, and what else nobody else has to know: the ids of contacts and groups,
/// the server that was asked, where the files lie.
fn secrets(place: &Place, fake: &Fake) -> BTreeSet<String> {
    let mut secrets: BTreeSet<String> = [CANARY.to_owned(), fake.host(), "127.0.0.1".to_owned()].into();
    secrets.insert(place.path().to_str().unwrap().to_lowercase());
    for object in place.run(["plan", "--json"]).ends_with(0).json() {
        secrets.extend(object["id"].as_str().map(str::to_owned));
    }
    for contact in place.run(["contacts", "--json"]).ends_with(0).json() {
        secrets.insert(contact["id"].as_str().unwrap().to_owned());
    }
    secrets
}

#[test]
fn f08_nobody_stands_in_a_report_that_is_shared() {
    let fake = Fake::new();
    let place = life(&fake);
    let secrets = secrets(&place, &fake);
    assert!(secrets.len() > PEOPLE, "{secrets:?}");
    for language in ["en", "fr"] {
        let calls: [&[&str]; 4] = [&[], &["--plain"], &["--json"], &["--count", "all"]];
        for call in calls {
            let spoken = ["report", "--lang", language];
            let arguments = spoken.iter().chain(call);
            // The canaries are where nothing is left out, so that they can be found.
            let open = place.run(arguments.clone()).ends_with(0).stdout;
            assert!(found(&open, &secrets).len() > 5, "{call:?}: {open}");
            let shared = place.run(arguments.chain(&["--share"])).ends_with(0);
            assert_eq!(found(&shared.stdout, &secrets), Vec::<String>::new(), "{}", shared.stdout);
            assert_eq!(found(&shared.stderr, &secrets), Vec::<String>::new());
        }
        let out = place.path().join(format!("out-{language}"));
        let files = ["report", "--html", "--markdown", "--lang", language, "--out", out.to_str().unwrap()];
        place.run(files).ends_with(0);
        for name in ["report.html", "report.transhume.md"] {
            let text = fs::read_to_string(out.join(name)).unwrap();
            assert!(found(&text, &secrets).len() > 5, "{name}: {text}");
        }
        fs::remove_dir_all(&out).unwrap();
        place.run(files.iter().chain(&["--share"])).ends_with(0);
        let written: BTreeSet<_> = fs::read_dir(&out).unwrap().flatten().map(|f| f.file_name()).collect();
        let names = ["report-shared.html", "report-shared.transhume.md"];
        assert_eq!(written, names.map(Into::into).into(), "the report with names is not written over");
        for name in names {
            let text = fs::read_to_string(out.join(name)).unwrap();
            assert_eq!(found(&text, &secrets), Vec::<String>::new(), "{name}: {text}");
        }
    }
}

/// All numbers of an object, by where they stand.
fn numbers(object: &Value) -> Vec<(String, Value)> {
    fn collect(at: String, value: &Value, found: &mut Vec<(String, Value)>) {
        match value {
            Value::Object(fields) => {
                fields.iter().for_each(|(name, value)| collect(format!("{at}/{name}"), value, found));
            }
            Value::Array(all) => found.push((at, all.len().into())),
            _ => found.push((at, value.clone())),
        }
    }
    let mut found = Vec::new();
    collect(String::new(), object, &mut found);
    found
}

#[test]
fn it_is_the_same_report_and_small_groups_stand_together() {
    let fake = Fake::new();
    let place = life(&fake);
    let open = place.run(["report", "--json"]).ends_with(0).object();
    let shared = place.run(["report", "--json", "--share"]).ends_with(0).object();
    assert_eq!((&open["shared"], &shared["shared"]), (&false.into(), &true.into()));
    let differs: Vec<String> = numbers(&open)
        .into_iter()
        .zip(numbers(&shared))
        .filter(|(open, shared)| open != shared)
        .map(|(open, _)| open.0)
        .collect();
    assert_eq!(differs, ["/groups", "/shared"]);
    let told: Vec<(&str, u64)> = shared["groups"]
        .as_array()
        .unwrap()
        .iter()
        .map(|group| (group["title"].as_str().unwrap(), group["members"].as_u64().unwrap()))
        .collect();
    assert_eq!(told, [("Group 1", 9), ("3 small groups together", 7)]);
    assert_eq!(shared["disclosed"][0]["host"], "a server");
    assert_eq!(shared["problems"].as_array().unwrap().len(), open["problems"].as_array().unwrap().len());
    // Whoever changed has a number, by which they are one and the same person.
    let gained = shared["changes"]["gained"].as_array().unwrap();
    assert!(!gained.is_empty());
    assert!(
        gained.iter().all(|person| person["name"].as_str().unwrap().starts_with("Person ")),
        "{gained:?}"
    );
}

#[test]
fn it_proposes_the_same_people_in_the_same_order() {
    let fake = Fake::new();
    let place = life(&fake);
    let ranks = |more: &[&str]| -> Vec<String> {
        let told = place.run(["report", "--plain"].iter().chain(more)).ends_with(0).stdout;
        let (_, told) = told.split_once("Whom to invite first").unwrap();
        let (told, _) = told.split_once("What still holds you").unwrap();
        // What is said of each, but for names and titles.
        let words = |line: &str| {
            line.split(", could bring").next().unwrap().trim_end_matches(", one more may follow").to_owned()
        };
        told.lines().filter(|line| line.starts_with("      ")).map(words).collect()
    };
    let open = ranks(&[]);
    assert!(open.len() > 1, "{open:?}");
    assert_eq!(ranks(&["--share"]), open);
    let told = place.run(["report", "--share"]).ends_with(0).stdout;
    assert!(!told.contains("together from"), "no plan is made for small groups: {told}");
}

#[test]
fn what_lists_people_one_by_one_is_not_shared() {
    let place = Place::new();
    for option in ["--csv", "--vcard", "--graphml"] {
        let refused = place.run(["report", "--share", "--html", option]).ends_with(2);
        assert!(refused.stderr.contains(&format!("{option} lists people")), "{}", refused.stderr);
    }
    assert!(!Path::new(&place.path().join("ws")).exists(), "nothing was made");
}
