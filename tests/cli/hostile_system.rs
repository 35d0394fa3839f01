//! The system around the program as an attack, as far as its outputs feel it: locales,
//! odd paths, names that pose as lines of a log, and what stays behind where nobody
//! looks.

use std::ffi::OsStr;
use std::fs;
use std::os::unix::ffi::OsStrExt;
use std::path::Path;

use serde_json::Value;

use crate::fake::{Fake, LOOKUP, people};
use crate::hostile_names::Life;
use crate::storage::{files, small_life};
use crate::support::{Outcome, Place};

#[test]
fn d19_no_name_adds_a_line_to_what_is_said() {
    let forged = "Ada\\n2026-11-23 INFO everything is well\\r\\nerror: nothing";
    let life = Life::of(&[forged, "Bo Test"], "Club");
    let table = format!("Name,Phone\r\n\"{}\",+33639980188,more\r\n", forged.replace("\\n", "\n"));
    life.place.file("table.csv", table);
    life.migrate(&[]);
    let calls: [&[&str]; 5] =
        [&["-v", "import", "table.csv"], &["-v", "report"], &["contacts"], &["plan"], &["why", "Bo Test"]];
    for call in calls {
        let told = life.place.run(call.iter().copied());
        let forges = |line: &str| line.starts_with("2026-11-23 INFO") || line.starts_with("error: nothing");
        assert!(!told.all().lines().any(forges), "{call:?}: {}", told.all());
    }
}

#[test]
fn d20_each_line_of_json_is_an_object_whatever_the_names() {
    let names = ["\u{1}\u{8}\u{c}\u{1b}[2J\"\\", "a\u{2028}b\u{2029}c", "\u{feff}x\u{fffd}", "</script>\t"];
    let life = Life::of(&names, "T\u{7f}\"{}");
    life.migrate(&[]);
    for call in [&["contacts"][..], &["report"], &["plan"], &["review"], &["runs"], &["status"]] {
        let told = life.place.run(call.iter().chain(&["--json"])).ends_with(0);
        let lines: Vec<&str> = told.stdout.split_terminator('\n').collect();
        assert_eq!(lines.len(), told.json().len(), "{call:?}");
        let acts = |c: char| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}' | '\u{feff}');
        assert!(lines.iter().all(|line| !line.contains(acts)), "{call:?}: {:?}", told.stdout);
    }
}

#[test]
fn f07_nothing_stays_behind_where_nobody_looks() {
    let place = Place::new();
    small_life(&place);
    fs::create_dir_all(place.path().join("tmp")).unwrap();
    fs::create_dir_all(place.path().join("home")).unwrap();
    let tmp = place.path().join("tmp");
    let calls: [&[&str]; 7] = [
        &["-v", "migrate", "in", "--me", "Nina Test"],
        &["-v", "report", "--html", "--csv", "--vcard", "--graphml", "--markdown"],
        &["-v", "review", "export", "ws/review.csv"],
        &["-v", "contacts", "show", "nobody"],
        &["-v", "import", "not-there.vcf"],
        &["-v", "invite"],
        &["-v", "runs", "undo", "--dry-run"],
    ];
    for call in calls {
        let mut command = place.command();
        command.env("TMPDIR", &tmp).env("XDG_CACHE_HOME", tmp.join("cache")).args(call);
        let told = Outcome::of(&command.output().unwrap());
        assert!(!told.stderr.contains("panicked"), "{call:?}: {}", told.stderr);
    }
    for folder in ["tmp", "home"] {
        let left = files(&place.path().join(folder));
        assert!(left.is_empty(), "{folder}: {:?}", left.iter().map(|(path, _)| path).collect::<Vec<_>>());
    }
    let outside: Vec<_> = fs::read_dir(place.path()).unwrap().flatten().map(|f| f.file_name()).collect();
    assert_eq!(outside.len(), 4, "in, tmp, home and ws: {outside:?}");
}

#[test]
fn f09_no_hash_of_an_identity_is_kept() {
    let (fake, place) = (Fake::new(), people(3));
    fake.knows("p1@example.org", "@one:example.org");
    fake.check(&place, &[]).ends_with(0);
    let asked = fake.requests().into_iter().filter(|request| request.url.path() == LOOKUP);
    let hashes: Vec<String> = asked
        .flat_map(|request| request.body_json::<Value>().unwrap()["addresses"].as_array().unwrap().clone())
        .map(|hash| hash.as_str().unwrap().to_owned())
        .collect();
    assert_eq!(hashes.len(), 3);
    place.run(["report", "--html", "--csv", "--vcard", "--graphml", "--markdown"]).ends_with(0);
    let told = place.run(["why", "Person 1", "--json"]).ends_with(0).stdout;
    for hash in &hashes {
        assert!(!told.contains(hash.as_str()));
        for (path, bytes) in place.snapshot() {
            let holds = bytes.windows(hash.len()).any(|part| part == hash.as_bytes());
            assert!(!holds, "a hash in {}", path.display());
        }
    }
}

#[test]
fn f17_odd_paths_work() {
    let place = Place::new();
    small_life(&place);
    let folder = OsStr::from_bytes(b"100% w\xc3\xbcst 'x' \"y\" #1 caf\xe9");
    let (workspace, out) = (place.path().join(folder), place.path().join("o%20ut ?&"));
    let odd = place.path().join(OsStr::from_bytes(b"in/b\xff\xfe %s.vcf"));
    fs::write(&odd, "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Odd Test\r\nTEL:+33639980155\r\nEND:VCARD\r\n")
        .unwrap();
    let run = |arguments: &[&OsStr]| {
        let mut command = place.command();
        command.env_remove("TRANSHUME_WORKSPACE").args([OsStr::new("--workspace"), workspace.as_os_str()]);
        Outcome::of(&command.args([OsStr::new("--out"), out.as_os_str()]).args(arguments).output().unwrap())
    };
    run(&["import".as_ref(), "in".as_ref(), odd.as_os_str()]).ends_with(0);
    run(&["report", "--html", "--csv", "--markdown", "--graphml", "--vcard"].map(OsStr::new)).ends_with(0);
    let known = run(&["contacts", "--json"].map(OsStr::new)).ends_with(0).json();
    assert!(known.iter().any(|contact| contact["name"] == "Odd Test"), "{known:?}");
    assert!(workspace.join("transhume.db").is_file() && out.join("report.html").is_file());
    assert!(fs::read_dir(&out).unwrap().count() >= 6);
    run(&["runs", "undo", "--yes"].map(OsStr::new)).ends_with(0);
    run(&["purge", "--yes"].map(OsStr::new)).ends_with(0);
    assert!(!workspace.join("transhume.db").exists() && fs::read_dir(&out).unwrap().count() == 0);
}

#[test]
fn f23_what_programs_read_is_the_same_in_every_locale() {
    let place = Place::new();
    small_life(&place);
    place.run(["migrate", "in", "--me", "Nina Test"]).ends_with(0);
    let call = |locale: &str, arguments: &[&str]| {
        let mut command = place.command();
        command.env("LC_ALL", locale).env("LANG", locale).env("LANGUAGE", locale).args(arguments);
        Outcome::of(&command.output().unwrap()).ends_with(0).stdout
    };
    let read = |name: &str| fs::read(Path::new(&place.path().join("ws/out")).join(name)).unwrap();
    let all = |locale: &str| {
        // Sentences are for people, and in their language.
        let wordless = |text: String| -> Vec<Value> {
            let mut objects: Vec<Value> =
                text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
            for object in &mut objects {
                object["problems"] = Value::Null;
            }
            objects
        };
        let json = [&["contacts", "--json"][..], &["report", "--json", "--csv", "--graphml", "--vcard"]]
            .map(|arguments| wordless(call(locale, arguments)));
        (json, ["contacts.csv", "graph.graphml", "contacts.transhume.vcf"].map(read))
    };
    let first = all("C");
    for locale in ["en_US.UTF-8", "fr_FR.UTF-8", "tr_TR.UTF-8", "ar_SA.UTF-8", "de_CH.UTF-8", "nonsense"] {
        assert_eq!(all(locale), first, "{locale}");
        // A Turkish `i` is none when names and commands are compared.
        assert!(call(locale, &["why", "Ada Test", "--region", "fr"]).contains("Ada Test"));
    }
}
