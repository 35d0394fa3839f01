//! What `check matrix` learns from the user's own homeserver: their rooms,
//! profiles, the user directory; what leaves for it, and what is kept.

use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use wiremock::{Request, ResponseTemplate};

use crate::fake::{DIRECTS, Fake, HASH_DETAILS, LOGOUT, LOOKUP, ROOMS, SEARCH, people};
use crate::login_faults::WHOAMI;
use crate::support::{Outcome, Place, codes};

/// A card with whatever lines.
pub fn card(name: &str, lines: &str) -> String {
    format!("BEGIN:VCARD\r\nVERSION:3.0\r\nFN:{name}\r\n{lines}END:VCARD\r\n")
}

/// A line with a Matrix ID.
pub fn mxid(mxid: &str) -> String {
    format!("IMPP:matrix:u/{}\r\n", mxid.trim_start_matches('@'))
}

/// A workspace that knows these cards.
pub fn knows(cards: &[String]) -> Place {
    let place = Place::new();
    place.file("in/book.vcf", cards.concat());
    place.run(["import", "in"]).ends_with(0);
    place
}

/// So many people, `p0` and so on, each with a Matrix ID on a server of theirs.
fn with_mxids(count: usize) -> Place {
    let card = |n: usize| card(&format!("Person {n}"), &mxid(&format!("@p{n}:s{n}.example.org")));
    knows(&(0..count).map(card).collect::<Vec<_>>())
}

pub fn profile_path(mxid: &str) -> String {
    format!("/_matrix/client/v3/profile/{mxid}")
}

fn verdict(place: &Place, name: &str) -> Value {
    let contacts = place.run(["contacts", "--json"]).ends_with(0).json();
    let contact = contacts.iter().find(|c| c["name"] == name).unwrap_or_else(|| panic!("{name}"));
    contact["verdicts"]["matrix"].clone()
}

pub fn state(place: &Place, name: &str) -> (String, String) {
    let verdict = verdict(place, name);
    let text = |key: &str| verdict[key].as_str().unwrap_or_default().to_owned();
    (text("state"), text("grade"))
}

pub fn is(state: &str, grade: &str) -> (String, String) {
    (state.to_owned(), grade.to_owned())
}

/// Everything in the workspace, as text.
fn kept(place: &Place) -> String {
    let files = place.snapshot();
    files.iter().map(|(_, content)| String::from_utf8_lossy(content).into_owned()).collect()
}

/// How often a request came for each profile.
pub fn asked_profiles(fake: &Fake) -> Vec<String> {
    let paths = fake.requests().into_iter().map(|request| request.url.path().to_owned());
    paths.filter_map(|path| path.strip_prefix("/_matrix/client/v3/profile/").map(str::to_owned)).collect()
}

/// The names that were searched for.
pub fn searched(fake: &Fake) -> Vec<String> {
    let bodies = fake.requests().into_iter().filter(|request| request.url.path() == SEARCH);
    bodies.map(|r| r.body_json::<Value>().unwrap()["search_term"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn friends_in_own_chats_and_rooms_are_found_and_strangers_forgotten() {
    let place = knows(&[
        card("Ada Loup", &mxid("@ada:example.org")),
        card("Bo Tard", &mxid("@bo:example.org")),
        card("Cy Gale", "EMAIL:cy@example.org\r\n"),
        card("Di Alecte", "TEL:+33639980044\r\n"),
        card("Twin Same", "EMAIL:t1@example.org\r\n"),
        card("Twin Same", "EMAIL:t2@example.org\r\n"),
    ]);
    let fake = Fake::new();
    fake.directs(&["@ada:example.org", "@unknown:example.org", "no-account"]);
    fake.room(&[
        ("@me:localhost:1", "Cy Gale"),
        ("@ada:example.org", "somebody"),
        ("@bo:example.org", "B."),
        ("@xyz:example.net", "Cy Gale"),
        ("@twin:example.net", "Twin Same"),
        ("@stranger:example.net", "A Stranger"),
        ("@whatsapp_33639980044:example.org", "Di Alecte"),
        ("@signal_33639980099:example.org", "Cy Gale"),
    ]);
    let view = fake.check(&place, &[]).ends_with(0).object();
    assert_eq!(codes(&view), ["accounts-unusable", "directs-unknown"], "{view}");
    assert_eq!(state(&place, "Ada Loup"), is("reachable", "A"));
    assert_eq!(state(&place, "Bo Tard"), is("reachable", "B"));
    // A name that somebody gave themself, and a room: a hint.
    assert_eq!(state(&place, "Cy Gale"), is("likely", "C"));
    assert_eq!(verdict(&place, "Cy Gale")["identity"], "@xyz:example.net");
    assert_eq!(state(&place, "Twin Same").0, "not-found");
    // The shadow of a number is no account, whatever it is called.
    assert_eq!(state(&place, "Di Alecte").0, "not-found");
    let why = place.run(["why", "Di Alecte"]).ends_with(0).stdout;
    assert!(why.contains("bridge") && why.contains("@whatsapp_33639980044"), "{why}");
    let why = place.run(["why", "Ada Loup"]).ends_with(0).stdout;
    assert!(why.contains("direct chats") && why.contains("A, proven"), "{why}");
    // They are known to be there: their profiles need not be asked for.
    assert_eq!(asked_profiles(&fake), Vec::<String>::new());
    let kept = kept(&place);
    for stranger in ["@stranger", "A Stranger", "@unknown", "@twin", "@signal_33639980099"] {
        assert!(!kept.contains(stranger), "{stranger} is kept");
    }
}

#[test]
fn a_group_whose_members_are_together_in_a_room_has_moved() {
    let all = [("Ada Loup", "ada"), ("Bo Tard", "bo"), ("Cy Gale", "cy"), ("Di Alecte", "di")];
    let cards: Vec<String> = all[..3]
        .iter()
        .map(|(name, id)| card(name, &mxid(&format!("@{id}:example.org"))))
        .chain([card("Di Alecte", "TEL:+33639980044\r\n")])
        .collect();
    let place = knows(&cards);
    let mut chat = "01/01/2021, 10:00 - Me: hi\n".to_owned();
    for (minute, (name, _)) in all.iter().enumerate() {
        chat.push_str(&format!("01/01/2021, 10:{:02} - {name}: hi\n", minute + 1));
    }
    place.file("WhatsApp Chat with Club.txt", chat);
    place.run(["import", "--me", "Me", "WhatsApp Chat with Club.txt"]).ends_with(0);
    let fake = Fake::new();
    fake.room(&[
        ("@me:localhost:1", "me"),
        ("@ada:example.org", "Ada"),
        ("@bo:example.org", "Bo"),
        ("@cy:example.org", "Cy"),
        ("@stranger:example.net", "A Stranger"),
        ("@whatsapp_33639980044:example.org", "Di Alecte"),
    ]);
    let name = ResponseTemplate::new(200).set_body_json(json!({ "name": "The \u{1b}[31mclub" }));
    fake.answers("/_matrix/client/v3/rooms/!r/state/m.room.name/", name);
    fake.check(&place, &[]).ends_with(0);
    let report = place.run(["report", "--json"]).ends_with(0).object();
    assert_eq!(
        report["groups"][0]["elsewhere"],
        json!([{"channel": "matrix", "title": "The \u{1b}[31mclub", "shared": 3, "members": 4, "moved": true}])
    );
    assert_eq!(state(&place, "Di Alecte"), is("likely", "C"));
    let why = place.run(["why", "Di Alecte"]).ends_with(0).stdout;
    assert!(why.contains("has probably moved there"), "{why}");
    let told = place.run(["report"]).ends_with(0).stdout;
    assert!(told.contains("3 of 4 members") && !told.contains('\u{1b}'), "{told}");
    assert!(!kept(&place).contains("@stranger"), "of strangers only the number is kept");
    // Forgotten is forgotten in rooms as well.
    place.run(["contacts", "forget", "--yes", "Cy Gale"]).ends_with(0);
    assert!(!kept(&place).contains("@cy:example.org"));
    let report = place.run(["report", "--json"]).ends_with(0).object();
    assert_eq!(report["groups"][0]["elsewhere"][0]["shared"], 2);
}

#[test]
fn a_homeserver_whose_answers_are_odd_costs_nothing_else() {
    let (place, fake) = (people(1), Fake::new());
    fake.knows("p0@example.org", "@p0:example.org");
    for (at, body) in [(DIRECTS, "[]"), (DIRECTS, "<html>"), (ROOMS, "{\"joined_rooms\":7}"), (ROOMS, "")] {
        let fake = Fake::new();
        fake.knows("p0@example.org", "@p0:example.org");
        fake.answers(at, ResponseTemplate::new(200).set_body_raw(body, "application/json"));
        let outcome = fake.check(&place, &[]).ends_with(5);
        assert_eq!(outcome.json()[1]["code"], "error-nonsense", "{at} {body}: {}", outcome.stdout);
        assert_eq!(
            outcome.json()[0]["contacts"]["reachable"],
            1,
            "the identity server was asked all the same"
        );
    }
    // A room that was left in between, and one with everybody in it.
    fake.answers(
        ROOMS,
        ResponseTemplate::new(200).set_body_json(json!({ "joined_rooms": ["!left", "!all"] })),
    );
    let gone = json!({ "errcode": "M_FORBIDDEN", "error": "not in the room" });
    fake.answers(
        "/_matrix/client/v3/rooms/!left/joined_members",
        ResponseTemplate::new(403).set_body_json(gone),
    );
    let all: serde_json::Map<String, Value> =
        (0..30_000).map(|n| (format!("@somebody{n}:example.net"), json!({ "display_name": "x" }))).collect();
    let all = ResponseTemplate::new(200).set_body_json(json!({ "joined": all }));
    fake.answers("/_matrix/client/v3/rooms/!all/joined_members", all);
    let view = fake.check(&place, &[]).ends_with(0).object();
    assert_eq!(codes(&view), ["rooms-too-large"]);
}

#[test]
fn addresses_are_confirmed_by_their_profiles_and_doubted_by_nobody() {
    let place = knows(&[
        card("Ada There", &mxid("@ada:example.org")),
        card("Bo Gone", &mxid("@bo:example.org")),
        card("Cy Away", &mxid("@cy:away.example.net")),
        card("Di Away", &mxid("@di:away.example.net")),
        card("Ed Private", &mxid("@ed:private.example.net")),
    ]);
    let fake = Fake::new();
    fake.profile("@ada:example.org");
    let away = json!({ "errcode": "M_UNKNOWN", "error": "Failed to fetch profile" });
    fake.answers(&profile_path("@cy:away.example.net"), ResponseTemplate::new(502).set_body_json(&away));
    fake.answers(&profile_path("@di:away.example.net"), ResponseTemplate::new(502).set_body_json(&away));
    let private = json!({ "errcode": "M_FORBIDDEN", "error": "Profile lookup is limited" });
    fake.answers(&profile_path("@ed:private.example.net"), ResponseTemplate::new(403).set_body_json(private));
    let outcome = fake.check(&place, &[]).ends_with(0);
    let view = outcome.object();
    // What the book says stands, whatever servers say.
    assert_eq!(view["contacts"]["reachable"], 5, "{view}");
    assert_eq!(codes(&view), ["profiles-unanswered"]);
    let what = view["problems"][0]["what"].as_str().unwrap();
    assert_eq!(what, "About 3 Matrix IDs there was no answer.");
    // One server that is away is asked once, and a 500 is not tried again.
    assert_eq!(asked_profiles(&fake).len(), 4);
    assert_eq!(view["disclosed"], json!([{ "host": fake.host(), "hashed": 0, "plain": 4 }]));
    assert!(outcome.stderr.contains("5 Matrix IDs"), "{}", outcome.stderr);
    let report = place.run(["report", "--json"]).ends_with(0).object();
    assert_eq!(report["disclosed"], view["disclosed"]);
    for (name, says) in [("Ada There", "asked for by that address"), ("Bo Gone", "asked, no answer")] {
        let why = place.run(["why", name]).ends_with(0).stdout;
        assert!(why.contains(says), "{name}: {why}");
    }
}

#[test]
fn an_address_that_was_given_long_ago_counts_again_once_it_is_confirmed() {
    let place = Place::new();
    place.file("in/WhatsApp Chat with Ada.txt", "05/01/2018, 10:00 - Ada: my Matrix: @ada:example.org\n05/01/2018, 10:01 - Me: good\n20/01/2021, 10:01 - Ada: hello\n");
    place.run(["import", "in", "--me", "Me"]).ends_with(0);
    assert_eq!(state(&place, "Ada").0, "likely");
    let fake = Fake::new();
    fake.profile("@ada:example.org");
    fake.check(&place, &["--me", "Me"]).ends_with(0);
    assert_eq!(state(&place, "Ada"), is("reachable", "B"));
}

#[test]
fn a_homeserver_that_goes_away_in_the_midst_of_profiles_is_not_asked_for_all_of_them() {
    let (place, fake) = (with_mxids(6), Fake::new());
    let me = ResponseTemplate::new(200).set_body_json(json!({ "user_id": "@me:localhost:1" }));
    fake.answers_times(1, WHOAMI, me);
    fake.answers(WHOAMI, ResponseTemplate::new(200).set_delay(Duration::from_secs(30)));
    for n in 0..6 {
        let late = ResponseTemplate::new(200).set_delay(Duration::from_secs(30));
        fake.answers(&profile_path(&format!("@p{n}:s{n}.example.org")), late);
    }
    let outcome = fake.check(&place, &["--timeout", "1"]).ends_with(5);
    assert_eq!(outcome.json()[1]["code"], "error-unreachable", "{}", outcome.stdout);
    assert_eq!(asked_profiles(&fake).len(), 3);
}

#[test]
fn names_leave_only_for_those_who_want_that_and_find_guesses() {
    let place = knows(&[
        card("Ada Loup", "EMAIL:ada@example.org\r\n"),
        card("Bo Tard", "EMAIL:bo@example.org\r\n"),
        card("Cy Gale", "EMAIL:cy@example.org\r\n"),
        card("Never Ever", "EMAIL:never@example.org\r\n"),
        card("Twin Same", "EMAIL:t1@example.org\r\n"),
        card("Twin Same", "EMAIL:t2@example.org\r\n"),
    ]);
    place.run(["contacts", "exclude", "Never Ever"]).ends_with(0);
    let fake = Fake::new();
    fake.knows("ada@example.org", "@ada:example.org");
    fake.answers(SEARCH, |request: &Request| {
        let term = request.body_json::<Value>().unwrap()["search_term"].as_str().unwrap().to_owned();
        let results = json!([
            { "user_id": "@me:localhost:1", "display_name": term },
            { "user_id": "@signal_1:example.org", "display_name": term },
            { "user_id": "bad\u{1b}]0;", "display_name": term },
            { "user_id": "@like:example.org", "display_name": format!("{term} Junior") },
            { "user_id": "@bo:example.org", "display_name": "Bo Tard" },
        ]);
        ResponseTemplate::new(200).set_body_json(json!({ "limited": false, "results": results }))
    });
    fake.check(&place, &[]).ends_with(0);
    assert_eq!(searched(&fake), Vec::<String>::new(), "nobody said that names may leave");
    let open = || place.run(["report", "--json"]).ends_with(0).object()["needs_review"].as_u64().unwrap();
    let before = open();
    let outcome = fake.check(&place, &["--directory"]).ends_with(0);
    // Whoever was found needs no search; a name of two tells nothing; and never is never.
    assert_eq!(searched(&fake), ["Bo Tard", "Cy Gale"]);
    assert!(outcome.stderr.contains("2 names, as you saved them, in plain"), "{}", outcome.stderr);
    let hosts = outcome.object()["disclosed"].clone();
    assert_eq!(hosts, json!([{ "host": fake.host(), "hashed": 5, "plain": 2 }]));
    assert_eq!(state(&place, "Bo Tard").0, "not-found", "a guess makes nobody likely");
    let why = place.run(["why", "Bo Tard"]).ends_with(0).stdout;
    assert!(why.contains("@bo:example.org") && why.contains("user directory, by name alone"), "{why}");
    let why = place.run(["why", "Cy Gale"]).ends_with(0).stdout;
    assert!(!why.contains("@me:") && !why.contains("@signal_1") && !why.contains("@like"), "{why}");
    assert_eq!(open() - before, 1, "somebody should look at the one that was found");
    let told = {
        let mut command = place.command();
        command.args(["check", "matrix", "--yes", "--token-file", "token", "--homeserver", &fake.url()]);
        Outcome::of(&command.args(["--skip", "identity-server"]).output().unwrap()).ends_with(0)
    };
    assert!(told.stdout.contains("Of 1 person there are accounts that bear the name"), "{}", told.stdout);
    // Whoever lets only one kind leave lets no name leave.
    fake.check(&place, &["--directory", "--only", "email"]).ends_with(2);
}

#[test]
fn a_directory_that_wants_a_pause_gets_it_and_the_next_run_goes_on() {
    let place = people(5);
    let fake = Fake::new();
    let nobody = ResponseTemplate::new(200).set_body_json(json!({ "limited": false, "results": [] }));
    fake.answers_times(2, SEARCH, nobody);
    let limited = json!({ "errcode": "M_LIMIT_EXCEEDED", "retry_after_ms": 60_464 });
    fake.answers_times(1, SEARCH, ResponseTemplate::new(429).set_body_json(limited));
    let begun = Instant::now();
    let outcome = fake.check(&place, &["--directory"]).ends_with(0);
    assert!(begun.elapsed() < Duration::from_secs(30), "a minute a name is not waited for");
    let view = outcome.object();
    assert_eq!(codes(&view), ["names-left"]);
    let what = view["problems"][0]["what"].as_str().unwrap();
    assert!(what.starts_with("3 names were not searched for yet"), "{what}");
    let first = searched(&fake).len();
    let view = fake.check(&place, &["--directory"]).ends_with(0).object();
    assert_eq!((codes(&view), searched(&fake).len()), (vec!["names-left"], first), "it is left alone");
    fake.check_at("2021-01-31T18:02:00Z", &place, &["--directory"]).ends_with(0);
    let mut names = searched(&fake)[first..].to_vec();
    names.sort_unstable();
    assert_eq!(names, ["Person 2", "Person 3", "Person 4"]);
}

#[test]
fn no_more_names_leave_in_a_run_than_homeservers_let_pass() {
    let (place, fake) = (people(203), Fake::new());
    let view = fake.check(&place, &["--directory"]).ends_with(0).object();
    assert_eq!((searched(&fake).len(), codes(&view)), (200, vec!["names-left"]));
    let dry = place.run(["check", "matrix", "--dry-run", "--directory", "--homeserver", &fake.url()]);
    let dry = dry.ends_with(0).stdout;
    assert!(dry.contains("3 names, as you saved them"), "{dry}");
}

#[test]
fn steps_can_be_left_out() {
    let place = knows(&[card("Ada Loup", &(mxid("@ada:example.org") + "EMAIL:ada@example.org\r\n"))]);
    let came = |skip: &[&str]| {
        let fake = Fake::new();
        fake.check(&place, skip).ends_with(0);
        (fake.count(ROOMS), asked_profiles(&fake).len(), fake.count(LOOKUP))
    };
    assert_eq!(came(&[]), (1, 1, 1));
    assert_eq!(came(&["--skip", "rooms"]), (0, 1, 1));
    assert_eq!(came(&["--skip", "profiles"]), (1, 0, 1));
    assert_eq!(came(&["--skip", "identity-server"]), (1, 1, 0));
    assert_eq!(came(&["--skip", "rooms,profiles"]), (0, 0, 1));
    assert_eq!(came(&["--only", "email"]), (1, 0, 1), "a Matrix ID is no e-mail address");
}

#[test]
fn f10_nothing_is_kept_about_those_who_were_not_found() {
    let place = knows(&[
        card("Ada Found", "EMAIL:ada@example.org\r\n"),
        card("Bo Missed", &(mxid("@bo:example.org") + "EMAIL:bo@example.org\r\n")),
    ]);
    let fake = Fake::new();
    fake.knows("ada@example.org", "@ada:example.org");
    let rows = |place: &Place| -> i64 {
        let database = rusqlite::Connection::open(place.path().join("ws/transhume.db")).unwrap();
        let sql = "SELECT (SELECT count(*) FROM answer WHERE mxid IS NULL)
                   + (SELECT count(*) FROM sighting WHERE mxid IS NULL)";
        database.query_row(sql, [], |row| row.get(0)).unwrap()
    };
    // What an earlier run kept is forgotten as well.
    fake.check(&place, &["--directory"]).ends_with(0);
    assert_eq!(rows(&place), 2);
    assert_eq!(state(&place, "Ada Found"), is("reachable", "A"));
    let outcome = fake.check(&place, &["--directory", "--forget-misses"]).ends_with(0);
    assert!(outcome.stderr.contains("Nothing is kept about those who were not found"), "{}", outcome.stderr);
    assert_eq!(rows(&place), 0);
    assert_eq!(state(&place, "Ada Found"), is("reachable", "A"));
    assert!(!place.run(["why", "Bo Missed"]).stdout.contains("no answer"));
    // What left is counted all the same, and the next run asks again.
    let report = place.run(["report", "--json"]).ends_with(0).object();
    assert_eq!(report["disclosed"][0]["hashed"], 4, "{}", report["disclosed"]);
    fake.check(&place, &["--forget-misses"]).ends_with(0);
    assert_eq!(fake.count(LOOKUP), 3);
}

/// A check that is under way, ended whatever becomes of the test.
pub struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

impl Running {
    pub fn check(place: &Place, fake: &Fake, more: &[&str]) -> Running {
        place.file("token", "homeserver-token");
        let mut command = place.command();
        command.args(["check", "matrix", "--yes", "--token-file", "token", "--homeserver", &fake.url()]);
        command.args(["--identity-server", &fake.url()]).args(more);
        Running(command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap())
    }

    /// Sends a signal as soon as something holds, and gives the exit code.
    pub fn signalled(&mut self, signal: &str, holds: impl Fn() -> bool) -> Option<i32> {
        let begun = Instant::now();
        while !holds() {
            assert!(begun.elapsed() < Duration::from_secs(20), "it takes too long");
            std::thread::sleep(Duration::from_millis(10));
        }
        let kill = Command::new("sh").args(["-c", &format!("kill -{signal} {}", self.0.id())]).status();
        assert!(kill.unwrap().success());
        self.0.wait().unwrap().code()
    }
}

#[test]
fn whoever_is_stopped_or_killed_between_profiles_asks_nobody_twice() {
    for (signal, code) in [("INT", Some(130)), ("KILL", None)] {
        let (place, fake) = (with_mxids(8), Fake::new());
        for n in 0..8 {
            let mxid = format!("@p{n}:s{n}.example.org");
            let slow =
                ResponseTemplate::new(200).set_body_json(json!({})).set_delay(Duration::from_millis(150));
            fake.answers(&profile_path(&mxid), slow);
        }
        let mut running = Running::check(&place, &fake, &[]);
        assert_eq!(running.signalled(signal, || asked_profiles(&fake).len() >= 4), code, "{signal}");
        let before = asked_profiles(&fake);
        let outcome = fake.check(&place, &[]).ends_with(0);
        let after = asked_profiles(&fake)[before.len()..].to_vec();
        // The answer to the one under way is waited for, unless it cannot be.
        let answered = before.len() - usize::from(signal == "KILL");
        assert!(after.iter().all(|mxid| !before[..answered].contains(mxid)), "{before:?} {after:?}");
        assert_eq!(answered + after.len(), 8, "{before:?} {after:?}");
        assert!(outcome.stderr.contains("more were answered before"), "{}", outcome.stderr);
        // And the one after that asks everybody anew.
        fake.check(&place, &[]).ends_with(0);
        assert_eq!(asked_profiles(&fake).len(), before.len() + after.len() + 8);
    }
}

#[test]
fn f15_whoever_is_stopped_while_asking_an_identity_server_leaves_it() {
    let (place, fake) = (people(1), Fake::new());
    let slow = ResponseTemplate::new(200).set_body_json(json!({ "mappings": {} }));
    fake.answers(LOOKUP, slow.set_delay(Duration::from_secs(8)));
    let mut running = Running::check(&place, &fake, &[]);
    let begun = Instant::now();
    assert_eq!(running.signalled("INT", || fake.count(LOOKUP) == 1), Some(130));
    assert!(begun.elapsed() < Duration::from_secs(7), "it does not wait for the answer");
    assert_eq!(fake.count(LOGOUT), 1);
}

#[test]
fn a_dry_run_shows_everything_that_would_leave() {
    let lines = mxid("@ada:example.org") + "EMAIL:ada@example.org\r\nTEL:+33639980044\r\n";
    let place = knows(&[card("Ada Loup", &lines), card("Never Ever", "EMAIL:never@example.org\r\n")]);
    place.run(["contacts", "exclude", "Never Ever"]).ends_with(0);
    let fake = Fake::new();
    let url = fake.url();
    let call = ["check", "matrix", "--dry-run", "--directory", "--homeserver", &url];
    let told = place.run(call).ends_with(0).stdout;
    for leaves in ["@ada:example.org", "ada@example.org", "+33639980044"] {
        assert!(told.contains(leaves), "{leaves}: {told}");
    }
    assert!(!told.contains("never@"), "{told}");
    let view = place.run(call.iter().chain(&["--json"])).ends_with(0).object();
    let homeserver = json!({ "host": fake.host(), "hashed": 0, "plain": 1 });
    assert_eq!(view["disclosed"], json!([homeserver, { "host": null, "hashed": 2, "plain": 0 }]));
    assert_eq!(fake.requests().len(), 0);
}

#[test]
fn f11_whoever_was_excluded_stays_so_in_a_later_book() {
    let place = knows(&[
        card("Never Ever", &(mxid("@never:example.org") + "EMAIL:never@example.org\r\n")),
        card("Same Name", "EMAIL:same@example.org\r\n"),
        card("Ada Loup", "EMAIL:ada@example.org\r\n"),
    ]);
    for name in ["Never Ever", "Same Name"] {
        place.run(["contacts", "exclude", name]).ends_with(0);
    }
    // The same people in another book: by their identity under another name, and
    // by their name alone, with an address that nobody knew.
    place.file(
        "later/book.vcf",
        [
            card(
                "N. E.",
                &(mxid("@never:example.org") + "EMAIL:never@example.org\r\nEMAIL:new@example.org\r\n"),
            ),
            card("Same Name", "EMAIL:other@example.org\r\nEMAIL:same@example.org\r\n"),
        ]
        .concat(),
    );
    place.run(["import", "later"]).ends_with(0);
    let fake = Fake::new();
    let outcome = fake.check(&place, &["--directory"]).ends_with(0);
    assert_eq!(outcome.object()["asked"], 2, "one address and one name: {}", outcome.stdout);
    assert_eq!((searched(&fake), asked_profiles(&fake)), (vec!["Ada Loup".to_owned()], Vec::new()));
    let hashed: usize = fake
        .requests()
        .iter()
        .filter(|r| r.url.path() == LOOKUP)
        .map(|r| r.body_json::<Value>().unwrap()["addresses"].as_array().unwrap().len())
        .sum();
    assert_eq!(hashed, 1);
    // And in a later state of the first book.
    place.file(
        "in/book.vcf",
        [card("Never Ever", "EMAIL:brand-new@example.org\r\nEMAIL:never@example.org\r\n")].concat(),
    );
    place.run(["import", "in"]).ends_with(0);
    let view = fake.check(&place, &[]).object();
    assert_eq!(view["contacts"]["excluded"], 2, "{view}");
}

#[test]
fn off_a_terminal_there_is_a_line_for_each_thing_that_is_asked() {
    let place = knows(&[card("Ada Loup", &(mxid("@ada:example.org") + "EMAIL:ada@example.org\r\n"))]);
    let fake = Fake::new();
    let outcome = fake.check(&place, &["--directory"]).ends_with(0);
    let host = fake.host();
    for line in [
        format!("Looking through your rooms at {host}: 0"),
        format!("Asking {host} for profiles: 1"),
        format!("Asking {host} about addresses and numbers: 1"),
    ] {
        assert!(outcome.stderr.lines().any(|said| said == line), "{line}: {}", outcome.stderr);
    }
    let quiet = fake.check(&place, &["--quiet"]).ends_with(0);
    assert!(!quiet.stderr.contains("Asking"), "{}", quiet.stderr);
}

#[test]
fn on_a_terminal_there_is_a_bar_and_terms_do_not_stand_on_its_line() {
    let (place, fake) = (people(1500), Fake::new());
    place.file("token", "homeserver-token");
    fake.answers_times(1, LOOKUP, ResponseTemplate::new(200).set_body_json(json!({ "mappings": {} })));
    let unsigned = json!({ "errcode": "M_TERMS_NOT_SIGNED" });
    fake.answers_times(1, LOOKUP, ResponseTemplate::new(403).set_body_json(unsigned));
    let call = "stty cols 100; exec \"$TRANSHUME\" check matrix --yes --accept-terms --token-file token \
                --homeserver $URL --identity-server $URL";
    let mut script = Command::new("script");
    script.args(["-qec", call, "/dev/null"]);
    let mut script = place.wrap(script);
    script.env("TRANSHUME", env!("CARGO_BIN_EXE_transhume")).env("URL", fake.url()).env("TERM", "xterm");
    let Ok(output) = script.output() else {
        eprintln!("skipped: there is no script");
        return;
    };
    let outcome = Outcome::of(&output).ends_with(0);
    let bar = format!("Asking {} about addresses and numbers", fake.host());
    assert!(outcome.stdout.contains(&bar) && outcome.stdout.contains("1,000/1,500"), "{:?}", outcome.stdout);
    assert_eq!(fake.count(HASH_DETAILS), 1);
    let at = outcome.stdout.find("asks you to accept").expect("the terms");
    let before = &outcome.stdout[..at];
    // What stands on the line where the terms begin, once what erases is done.
    let line = &before[before.rfind(['\n', '\r']).expect("a line") + 1..];
    let line = line.rsplit("\u{1b}[2K").next().unwrap();
    assert!(!line.contains("Asking"), "{line:?}");
}
