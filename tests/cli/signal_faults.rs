//! signal-cli and Signal as they are at their worst.

use std::os::unix::net::UnixListener;
use std::process::Stdio;
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::signal_check::{check, circle, verdict};
use crate::signal_fake::SignalFake;
use crate::support::{Outcome, Place};

const LIMITED: &str = "Rate limit reached\nNext attempt may be tried at 1612260000000 (2021-02-02T10:00:00Z)";

/// The code of the failure that a call ended with.
#[track_caller]
fn failed(outcome: Outcome, exit: i32) -> (String, Outcome) {
    let outcome = outcome.ends_with(exit);
    let code = outcome.json().last().unwrap()["code"].as_str().unwrap().to_owned();
    (code, outcome)
}

fn at(place: &Place, now: &str, fake: &SignalFake) -> Outcome {
    let unix = fake.unix();
    let call = ["check", "signal", "--json", "--yes", "--signal-cli", &unix];
    Outcome::of(&place.command().env("TRANSHUME_NOW", now).args(call).output().unwrap())
}

#[test]
fn e14_whoever_was_not_answered_stays_unknown_and_is_asked_about_later() {
    let (place, fake) = (circle(), SignalFake::new());
    fake.state().refusal = Some((-5, LIMITED.to_owned()));
    let (code, outcome) = failed(check(&place, &fake.unix(), &[]), 3);
    assert_eq!(code, "error-signal-rate-limited-until");
    let view = &outcome.json()[0];
    assert_eq!((&view["ask_again"], &view["asked"]), (&"2021-02-02T10:00:00Z".into(), &0.into()));
    assert!(outcome.stderr.contains("2021-02-02 10:00:00 UTC"), "{}", outcome.stderr);
    assert_eq!(verdict(&place, "Gus Hidden")["state"], "unknown");
    assert_eq!(verdict(&place, "Ada Lovett")["state"], "reachable", "the list was had");
    // What left is told, though nothing came back.
    assert_eq!(view["disclosed"][0]["plain"], 5);
    // Before that time Signal is left alone.
    fake.state().refusal = None;
    let (code, early) = failed(at(&place, "2021-02-01T00:00:00Z", &fake), 3);
    assert_eq!((code.as_str(), fake.count("getUserStatus")), ("error-signal-rate-limited-until", 1));
    assert_eq!(early.json()[0]["ask_again"], "2021-02-02T10:00:00Z");
    at(&place, "2021-02-02T10:00:01Z", &fake).ends_with(0);
    assert_eq!(fake.count("getUserStatus"), 2);
    let why = ["why", "Gus Hidden", "--json"];
    let why = place.command().env("TRANSHUME_NOW", "2021-02-03T00:00:00Z").args(why).output().unwrap();
    let verdicts = Outcome::of(&why).object()["verdicts"].clone();
    assert_eq!(verdicts[1]["state"], "not-found", "{verdicts}");
}

#[test]
fn e14_a_rate_limit_in_the_old_words_is_one_too() {
    for (code, message) in [
        (-3, "Unable to check if users are registered: StatusCode: 4008 (CdsiResourceExhaustedException)"),
        (-5, "Rate limit reached"),
    ] {
        let (place, fake) = (circle(), SignalFake::new());
        fake.state().refusal = Some((code, message.to_owned()));
        let (code, outcome) = failed(check(&place, &fake.unix(), &[]), 3);
        assert_eq!(
            (code.as_str(), &outcome.json()[0]["ask_again"]),
            ("error-signal-rate-limited", &Value::Null)
        );
        assert_eq!(verdict(&place, "Gus Hidden")["state"], "unknown");
    }
}

#[test]
fn e14_nobody_is_asked_about_twice_where_it_ended_in_the_middle() {
    // With signal-cli-rest-api several questions are needed for very many.
    let place = Place::new();
    let card = |n: usize| {
        format!("BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Person {n}\r\nTEL:+3363998{n:04}\r\nEND:VCARD\r\n")
    };
    place.file("in/book.vcf", (5000..8000).map(card).collect::<String>());
    place.run(["import", "in"]).ends_with(0);
    let fake = SignalFake::new();
    {
        let mut state = fake.state();
        state.rest = true;
        state.contacts = serde_json::json!([]);
        state.refusal = Some((0, LIMITED.to_owned()));
        state.refuses_after = 1;
    }
    let (_, outcome) = failed(check(&place, &fake.http(), &[]), 3);
    assert_eq!(
        (&outcome.json()[0]["asked"], &outcome.json()[0]["ask_again"]),
        (&2000.into(), &"2021-02-02T10:00:00Z".into())
    );
    fake.state().refusal = None;
    let url = fake.http();
    let call = ["check", "signal", "--json", "--yes", "--signal-cli", &url];
    let later = place.command().env("TRANSHUME_NOW", "2021-02-03T00:00:00Z").args(call).output().unwrap();
    let view = Outcome::of(&later).ends_with(0).object();
    assert_eq!((&view["asked"], &view["contacts"]["not-found"]), (&1000.into(), &3000.into()));
    let state = fake.state();
    let mut good: Vec<&str> = Vec::new();
    let searches: Vec<&Value> =
        state.requests.iter().filter(|(m, _)| m.starts_with("search")).map(|(_, query)| query).collect();
    let [first, _, last] = searches[..] else { panic!("{}", searches.len()) };
    for query in [first, last] {
        good.extend(query.as_str().unwrap().split('&'));
    }
    let all = good.len();
    good.sort_unstable();
    good.dedup();
    assert_eq!((all, good.len()), (3000, 3000), "about nobody twice");
}

#[test]
fn signal_that_is_not_reached_is_told_apart() {
    let (place, fake) = (circle(), SignalFake::new());
    for message in ["No connection! (IOException)", "Closed unexpectedly (SocketException)"] {
        let message = format!("Unable to check if users are registered: {message}");
        fake.state().refusal = Some((-3, message.clone()));
        let (code, outcome) = failed(check(&place, &fake.unix(), &[]), 3);
        assert_eq!(code, "error-signal-offline");
        assert!(outcome.stderr.contains(&message), "{}", outcome.stderr);
    }
    // Where nothing at all was had it is another code.
    let (place, fake) = (circle(), SignalFake::new());
    fake.state().contacts = serde_json::json!([]);
    fake.state().refusal = Some((-3, "Unable to check: Write failed! (IOException)".to_owned()));
    assert_eq!(failed(check(&place, &fake.unix(), &[]), 5).0, "error-signal-offline");
}

#[test]
fn e16_a_daemon_that_hangs_is_given_up_in_time() {
    let place = circle();
    for (method, transport) in
        [("version", "unix"), ("listContacts", "tcp"), ("getUserStatus", "http"), ("version", "program")]
    {
        let fake = SignalFake::new();
        fake.state().hangs.push(method);
        let at = match transport {
            "unix" => fake.unix(),
            "tcp" => fake.tcp(),
            "http" => fake.http(),
            _ => fake.program("").display().to_string(),
        };
        let begun = Instant::now();
        let exit = if method == "getUserStatus" { 3 } else { 5 };
        let (code, outcome) = failed(check(&place, &at, &["--signal-timeout", "2"]), exit);
        assert_eq!(code, "error-signal-silent", "{transport}: {}", outcome.stderr);
        assert!(outcome.stderr.contains("2 s"), "{}", outcome.stderr);
        assert!(begun.elapsed().as_secs() < 20, "{transport}: {:?}", begun.elapsed());
    }
    // One that accepts and never says a word.
    let path = place.path().join("silent");
    let _listener = UnixListener::bind(&path).unwrap();
    let unix = format!("unix:{}", path.display());
    assert_eq!(failed(check(&place, &unix, &["--signal-timeout", "1"]), 5).0, "error-signal-silent");
}

#[test]
fn e16_nobody_there_is_said_with_what_to_do() {
    let place = circle();
    let gone = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let stale = place.path().join("stale");
    drop(UnixListener::bind(&stale).unwrap());
    for at in [
        "unix:/no/such/socket".to_owned(),
        format!("unix:{}", stale.display()),
        format!("localhost:{gone}"),
        format!("http://localhost:{gone}"),
    ] {
        let (code, outcome) = failed(check(&place, &at, &[]), 5);
        assert_eq!(code, "error-signal-absent", "{at}: {}", outcome.stderr);
        assert!(outcome.stderr.contains("signal-cli daemon"), "{}", outcome.stderr);
    }
    // No program of that name, and none at all.
    let (code, _) = failed(check(&place, "no-such-signal-cli", &[]), 2);
    assert_eq!(code, "error-signal-program");
    let bare =
        place.command().env("PATH", place.path()).args(["check", "signal", "--json", "--yes"]).output();
    assert_eq!(failed(Outcome::of(&bare.unwrap()), 2).0, "error-signal-where");
}

#[test]
fn e16_a_program_that_ends_is_quoted() {
    let (place, fake) = (circle(), SignalFake::new());
    let program =
        fake.program("echo 'starting' ; echo 'Error: LinkageError: class file version 65.0' >&2; exit 3");
    let (code, outcome) = failed(check(&place, &program.display().to_string(), &[]), 5);
    assert_eq!(code, "error-signal-ended");
    assert!(outcome.stderr.contains("class file version 65.0"), "{}", outcome.stderr);
    assert!(outcome.stderr.contains("exit status: 3"), "{}", outcome.stderr);
    // One that closes the line without a word.
    let path = place.path().join("closes");
    let listener = UnixListener::bind(&path).unwrap();
    std::thread::spawn(move || listener.incoming().map_while(Result::ok).for_each(drop));
    let (code, _) = failed(check(&place, &format!("unix:{}", path.display()), &[]), 5);
    assert_eq!(code, "error-signal-ended");
}

#[test]
fn e16_what_says_too_much_is_given_up() {
    let (place, fake) = (circle(), SignalFake::new());
    let program = fake.program("exec yes 'WARN  something is not right, and it is said again and again'");
    let begun = Instant::now();
    let (code, _) = failed(check(&place, &program.display().to_string(), &[]), 5);
    assert_eq!(code, "error-signal-too-large");
    assert!(begun.elapsed().as_secs() < 60, "{:?}", begun.elapsed());
}

#[test]
fn e16_old_versions_and_other_programs_are_told_apart() {
    let (place, fake) = (circle(), SignalFake::new());
    fake.state().version = "0.10.11".to_owned();
    let (code, outcome) = failed(check(&place, &fake.unix(), &[]), 5);
    assert_eq!(code, "error-signal-too-old");
    assert!(outcome.stderr.contains("0.10.11"), "{}", outcome.stderr);
    let other = wiremock_like();
    let (code, _) = failed(check(&place, &other, &[]), 5);
    assert_eq!(code, "error-signal-nonsense");
}

/// A web server that knows nothing.
fn wiremock_like() -> String {
    use std::io::{Read, Write};
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    std::thread::spawn(move || {
        for mut stream in listener.incoming().map_while(Result::ok) {
            let _ = stream.read(&mut [0; 4096]);
            let _ =
                stream.write_all(b"HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\nconnection: close\r\n\r\n");
        }
    });
    url
}

#[test]
fn e17_no_program_is_taken_from_the_folder_where_the_user_is() {
    let (place, fake) = (circle(), SignalFake::new());
    let trap = format!("touch {}", place.path().join("trapped").display());
    let planted = place.path().join("signal-cli");
    std::fs::copy(fake.program(&trap), &planted).unwrap();
    // PATH as it should not be, with the folder where the user is in front.
    let usual = std::env::var("PATH").unwrap();
    for path in [".".to_owned(), String::new(), format!(":{usual}"), format!(".:{usual}")] {
        let call = ["check", "signal", "--json", "--yes"];
        let output = place.command().env("PATH", &path).args(call).output().unwrap();
        assert_ne!(output.status.code(), Some(0), "{path}");
    }
    for named in ["./signal-cli", "signal-cli"] {
        let call = ["check", "signal", "--json", "--yes", "--signal-cli", named];
        let output = place.command().env("PATH", ".").args(call).output().unwrap();
        assert_eq!(failed(Outcome::of(&output), 2).0, "error-signal-program");
    }
    assert!(!place.path().join("trapped").exists());
    // In a folder that is named in full it is found, and shown with its whole path.
    let call = ["check", "signal", "--yes"];
    let path = format!("{}:{usual}", fake.folder().display());
    let outcome = Outcome::of(&place.command().env("PATH", path).args(call).output().unwrap()).ends_with(0);
    assert!(outcome.stderr.contains(&fake.folder().join("signal-cli").display().to_string()));
}

#[test]
fn e17_numbers_are_never_arguments() {
    // The program is called with the same words whatever is asked: see the relay.
    let (place, fake) = (circle(), SignalFake::new());
    let program = fake.program("echo \"$@\" > \"$(dirname \"$0\")/called\"").display().to_string();
    check(&place, &format!("{program} --config /tmp/somewhere"), &[]).ends_with(0);
    let called = std::fs::read_to_string(fake.folder().join("called")).unwrap();
    assert_eq!(called.trim(), "--config /tmp/somewhere jsonRpc --receive-mode=manual");
    for number in &fake.asked()[0] {
        assert!(number.starts_with('+') && number[1..].bytes().all(|b| b.is_ascii_digit()), "{number}");
    }
}

#[test]
fn what_would_travel_unprotected_is_refused() {
    let place = circle();
    for at in ["192.168.1.2:7583", "http://signal.example.org:8080", "http://10.0.0.1:8080"] {
        let (code, outcome) = failed(check(&place, at, &[]), 2);
        assert_eq!(code, "error-signal-insecure", "{at}");
        assert!(outcome.stderr.contains("ssh -L"), "{}", outcome.stderr);
    }
    let (code, outcome) = failed(check(&place, "http://user:canary@localhost:8080", &[]), 2);
    assert_eq!(code, "error-signal-place");
    assert!(!outcome.all().contains("canary"), "{}", outcome.all());
}

#[test]
fn names_from_signal_cli_are_hostile() {
    let (place, fake) = (circle(), SignalFake::new());
    let name = "Mal\u{1b}[31m\u{202e}<script>";
    fake.state().contacts = serde_json::json!([{ "number": "+33639980109",
        "uuid": "aaaaaaaa-0000-4000-8000-000000000009", "name": name, "profile": { "givenName": name } }]);
    fake.state().version = "0.13\u{1b}[31m".to_owned();
    let outcome = place.run(["check", "signal", "--yes", "--signal-cli", &fake.unix()]);
    let outcome = outcome.ends_with(0);
    assert!(!outcome.all().contains('\u{1b}') && !outcome.all().contains('\u{202e}'), "{}", outcome.all());
    fake.state().refusal = Some((-1, name.to_owned()));
    let refused = place.run(["check", "signal", "--yes", "--count", "all", "--signal-cli", &fake.unix()]);
    assert!(!refused.all().contains('\u{1b}'), "{}", refused.all());
}

#[test]
fn e24_a_domain_is_no_evidence_of_anybody() {
    // That a domain has a server for XMPP, and that others live there, says nothing
    // of this person: nobody is asked, and nobody is reachable.
    let place = Place::new();
    place.file(
        "in/book.vcf",
        "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Ada\r\nEMAIL:ada@jabber.example.org\r\nEND:VCARD\r\n\
         BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Bo\r\nIMPP:xmpp:bo@jabber.example.org\r\nEND:VCARD\r\n\
         BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Cy\r\nIMPP:xmpp:jabber.example.org\r\nEND:VCARD\r\n",
    );
    place.run(["import", "in"]).ends_with(0);
    let contacts = place.run(["contacts", "--json"]).ends_with(0).json();
    let state = |name: &str| {
        let contact = contacts.iter().find(|c| c["name"] == name).unwrap();
        contact["verdicts"]["xmpp"]["state"].as_str().unwrap().to_owned()
    };
    assert_eq!(
        (state("Ada"), state("Bo"), state("Cy")),
        ("unknown".into(), "reachable".into(), "unknown".into())
    );
}

#[test]
fn whoever_stops_is_heard_and_leaves_nothing_running() {
    let (place, fake) = (circle(), SignalFake::new());
    fake.state().hangs.push("getUserStatus");
    let program = fake.program(&format!("echo $$ > {}", fake.folder().join("pid").display()));
    let call = ["check", "signal", "--yes", "--signal-cli", &program.display().to_string()];
    let child = place.command().args(call).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    while fake.count("getUserStatus") == 0 {
        std::thread::sleep(Duration::from_millis(20));
    }
    let asked = Instant::now();
    let pid = nix::unistd::Pid::from_raw(i32::try_from(child.id()).unwrap());
    nix::sys::signal::kill(pid, nix::sys::signal::Signal::SIGINT).unwrap();
    Outcome::of(&child.wait_with_output().unwrap()).ends_with(130);
    assert!(asked.elapsed().as_secs() < 30, "{:?}", asked.elapsed());
    let relay: i32 = std::fs::read_to_string(fake.folder().join("pid")).unwrap().trim().parse().unwrap();
    // It may take a moment to go.
    let is_gone = || nix::sys::signal::kill(nix::unistd::Pid::from_raw(relay), None).is_err();
    assert!((0..100).any(|_| is_gone() || {
        std::thread::sleep(Duration::from_millis(50));
        false
    }));
    // What was learnt is kept, what left is told, and the same command goes on.
    assert_eq!(verdict(&place, "Ada Lovett")["state"], "reachable");
    fake.state().hangs.clear();
    check(&place, &fake.unix(), &[]).ends_with(0);
    assert_eq!(verdict(&place, "Gus Hidden")["state"], "not-found");
}
