//! `invite --send` against a real Synapse and a real Sydent. The invitees' side is
//! read by matrix-nio, a client of somebody else's (of `PyPI`, in `target/venv`;
//! `tests/run` installs it).

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::export::python;
use crate::servers::{Account, Servers};
use crate::support::{Outcome, Place};

/// A book of people, each with a Matrix ID or an e-mail address, and a chat with
/// each: they are the user's circle.
pub fn circle(place: &Place, people: &[(&str, &str)]) {
    let mut book = String::new();
    for (name, address) in people {
        write!(book, "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:{name}\r\n").unwrap();
        match address.starts_with('@') {
            true => write!(book, "IMPP:matrix:u/{}\r\n", &address[1..]).unwrap(),
            false => write!(book, "EMAIL:{address}\r\n").unwrap(),
        }
        book.push_str("END:VCARD\r\n");
        let chat = format!(
            "20/01/2021, 10:00 - {name}: hello\n20/01/2021, 10:01 - Me Myself: hello\n21/01/2021, 10:00 - {name}: hello\n"
        );
        place.file(&format!("in/WhatsApp Chat with {name}.txt"), chat);
    }
    place.file("in/book.vcf", book);
    place.run(["import", "in", "--me", "Me Myself"]).ends_with(0);
    place.file("ws/transhume.toml", "me = [\"Me Myself\"]\n[reach]\nmatrix = \"@me:example.org\"\n");
}

/// A group of these people, who all wrote in it.
fn group(place: &Place, title: &str, people: &[&str]) {
    let mut chat = format!("20/01/2021, 09:00 - Me Myself created group \"{title}\"\n");
    for name in people {
        writeln!(chat, "20/01/2021, 10:00 - {name}: hello").unwrap();
    }
    writeln!(chat, "20/01/2021, 10:05 - Me Myself: hello").unwrap();
    place.file(&format!("in/WhatsApp Chat with {title}.txt"), chat);
}

/// Sends as an account of these servers.
fn arguments(place: &Place, servers: &Servers, me: &Account, more: &[&str]) -> Vec<String> {
    arguments_at(place, servers.known("homeserver"), me, more)
}

/// Sends as an account of that homeserver.
fn arguments_at(place: &Place, homeserver: &str, me: &Account, more: &[&str]) -> Vec<String> {
    place.file("token", &me.token);
    let usual = ["invite", "--send", "--json", "--token-file", "token", "--homeserver", homeserver];
    usual.iter().chain(more).map(|part| (*part).to_owned()).collect()
}

fn send(place: &Place, servers: &Servers, me: &Account, more: &[&str]) -> Outcome {
    place.run(arguments(place, servers, me, more))
}

/// What matrix-nio sees of an account.
fn seen(what: &str, servers: &Servers, account: &Account) -> Option<Vec<Value>> {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cli/sending.py");
    let mut python = Command::new(python("nio")?);
    python.arg(script).args([what, servers.known("homeserver"), &account.mxid, &account.token]);
    let output = python.output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    Some(serde_json::from_slice(&output.stdout).unwrap())
}

fn rooms(servers: &Servers, me: &Account) -> BTreeSet<String> {
    rooms_at(servers, "homeserver", me)
}

fn rooms_at(servers: &Servers, homeserver: &str, me: &Account) -> BTreeSet<String> {
    let joined = servers.act(homeserver, me, "GET", "joined_rooms", &Value::Null);
    joined["joined_rooms"].as_array().unwrap().iter().map(|room| room.as_str().unwrap().to_owned()).collect()
}

fn directs(servers: &Servers, me: &Account) -> BTreeMap<String, Vec<String>> {
    directs_at(servers, "homeserver", me)
}

fn directs_at(servers: &Servers, homeserver: &str, me: &Account) -> BTreeMap<String, Vec<String>> {
    let path = format!("user/{}/account_data/m.direct", me.mxid);
    serde_json::from_value(servers.act(homeserver, me, "GET", &path, &Value::Null)).unwrap()
}

/// That everybody has one room of their own and was invited into it once.
#[track_caller]
fn each_has_one(servers: &Servers, homeserver: &str, me: &Account, many: usize) {
    let (rooms, directs) = (rooms_at(servers, homeserver, me), directs_at(servers, homeserver, me));
    assert_eq!((rooms.len(), directs.len()), (many, many));
    let listed: BTreeSet<String> = directs.values().flatten().cloned().collect();
    assert_eq!(listed, rooms);
    for (mxid, theirs) in &directs {
        let [room] = theirs.as_slice() else { panic!("{mxid}: {theirs:?}") };
        let path = format!("rooms/{room}/messages?dir=b&limit=100");
        let events = servers.act(homeserver, me, "GET", &path, &Value::Null);
        let is_invitation = |e: &&Value| e["type"] == "m.room.member" && e["state_key"] == mxid.as_str();
        assert_eq!(events["chunk"].as_array().unwrap().iter().filter(is_invitation).count(), 1, "{mxid}");
    }
}

/// How many are left, which is what has to be confirmed.
fn left(refused: &Outcome) -> usize {
    let error = refused.json().into_iter().find(|object| object["schema"] == "transhume.error/1");
    let what = error.map(|error| error["what"].as_str().unwrap().to_owned()).unwrap_or_default();
    what.split(|c: char| !c.is_ascii_digit()).find_map(|number| number.parse().ok()).unwrap_or(0)
}

#[test]
fn a_direct_room_is_what_a_client_expects_of_one() {
    let Some(servers) = Servers::get() else { return };
    let (place, me, bo) = (Place::new(), servers.account(), servers.account());
    circle(&place, &[("Bo Tard", &bo.mxid)]);
    let before = json!({ "@old:example.org": ["!old:example.org"] });
    servers.act("homeserver", &me, "PUT", &format!("user/{}/account_data/m.direct", me.mxid), &before);
    // Nothing happens without the right count, and nothing at all to look.
    send(&place, &servers, &me, &[]).ends_with(6);
    send(&place, &servers, &me, &["--yes=2"]).ends_with(6);
    let looked = send(&place, &servers, &me, &["--dry-run"]).ends_with(0);
    assert!(looked.stderr.contains("Bo Tard") && looked.stderr.contains(&bo.mxid), "{}", looked.stderr);
    assert!(rooms(&servers, &me).is_empty());

    let sent = send(&place, &servers, &me, &["--yes=1"]).ends_with(0);
    let invitation = sent.object();
    assert_eq!(invitation["schema"], "transhume.invitation/1");
    assert_eq!((&invitation["contact"]["name"], &invitation["via"]), (&"Bo Tard".into(), &"matrix".into()));
    let directs = directs(&servers, &me);
    assert_eq!(directs["@old:example.org"], ["!old:example.org"], "what was there stays");
    assert_eq!(directs[&bo.mxid].len(), 1);

    let Some(invitations) = seen("joined", &servers, &bo) else { return };
    let [room] = invitations.as_slice() else { panic!("{invitations:?}") };
    assert_eq!(room["room"], directs[&bo.mxid][0].as_str());
    assert_eq!((&room["from"], &room["encrypted"]), (&me.mxid.as_str().into(), &true.into()));
    assert_eq!((&room["content"]["is_direct"], &room["rule"]), (&true.into(), &"invite".into()));
    let reason = room["content"]["reason"].as_str().unwrap();
    assert!(reason.contains("Bo") && reason.chars().count() <= 300, "{reason}");

    // Once is enough.
    let again = send(&place, &servers, &me, &["--yes=1"]).ends_with(0);
    assert!(again.stdout.is_empty() && again.stderr.contains("nobody to invite"), "{}", again.all());
    assert_eq!(rooms(&servers, &me).len(), 1);
}

#[test]
fn a_group_gets_a_room_in_a_space_with_a_link_for_the_rest() {
    let Some(servers) = Servers::get() else { return };
    let (place, me) = (Place::new(), servers.account());
    let (bo, cy) = (servers.account(), servers.account());
    group(&place, "Hill Walkers", &["Bo Tard", "Cy Gale", "Di Nowhere"]);
    circle(&place, &[("Bo Tard", &bo.mxid), ("Cy Gale", &cy.mxid), ("Di Nowhere", "di@example.org")]);
    let call = ["--room", "Hill Walkers", "--space", "Friends", "--yes=2"];
    send(&place, &servers, &me, &["--room", "Nobody", "--yes=2"]).ends_with(2);
    let sent = send(&place, &servers, &me, &call).ends_with(0).json();
    let room = sent.iter().find(|object| object["schema"] == "transhume.room/1").unwrap();
    assert_eq!(room["missing"], json!(["Di Nowhere"]));
    let link = room["link"].as_str().unwrap();
    let way = link.strip_prefix("https://matrix.to/#/").and_then(|rest| rest.split_once("?via="));
    let (made, via) = way.unwrap_or_else(|| panic!("{link}"));
    let server = servers.known("server_name");
    assert!(made.starts_with('!') && via == server.replace(':', "%3A"), "by the server's name: {link}");
    assert_eq!(rooms(&servers, &me).len(), 2, "the room and the space");
    // What goes to the group and to those who are missing shows them in.
    let drafts = place.run(["invite", "--json", "--to", "matrix"]).ends_with(0).json();
    let kit = drafts.iter().find(|object| object["schema"] == "transhume.group-kit/1").unwrap();
    assert_eq!((&kit["title"], &kit["link"]), (&"Hill Walkers".into(), &room["link"]));
    let di = drafts.iter().find(|object| object["contact"]["name"] == "Di Nowhere").unwrap();
    assert!(di["text"].as_str().unwrap().ends_with(room["link"].as_str().unwrap()), "{di}");
    let Some(invitations) = seen("joined", &servers, &bo) else { return };
    let [seen_by_bo] = invitations.as_slice() else { panic!("{invitations:?}") };
    assert_eq!((&seen_by_bo["name"], &seen_by_bo["encrypted"]), (&"Hill Walkers".into(), &true.into()));
    assert_eq!(seen_by_bo["rule"], "knock");
    let parents = seen_by_bo["parents"].as_array().unwrap();
    assert_eq!(parents.len(), 1, "{seen_by_bo}");
    assert!(rooms(&servers, &me).contains(parents[0].as_str().unwrap()));
    // The space shows the room, and by which server to come.
    let made = made.replace("%3A", ":");
    let path = format!("rooms/{}/state/m.space.child/{made}", parents[0].as_str().unwrap());
    let child = servers.act("homeserver", &me, "GET", &path, &Value::Null);
    assert_eq!(child["via"], json!([server]));
    // Somebody who comes to Matrix later is invited into the same room.
    let di = servers.account();
    circle(&place, &[("Bo Tard", &bo.mxid), ("Cy Gale", &cy.mxid), ("Di Nowhere", &di.mxid)]);
    let call = ["--room", "Hill Walkers", "--space", "Friends", "--yes=1"];
    let sent = send(&place, &servers, &me, &call).ends_with(0).json();
    assert_eq!(sent[0]["contact"]["name"], "Di Nowhere");
    assert_eq!(rooms(&servers, &me).len(), 2);
}

#[test]
fn f11_whoever_is_never_to_be_asked_or_said_no_is_left_out_of_rooms_too() {
    let Some(servers) = Servers::get() else { return };
    let (place, me, bo) = (Place::new(), servers.account(), servers.account());
    let nobody = |name: &str| format!("@{}{name}:{}", &me.mxid[1..4], servers.known("server_name"));
    let names = ["Bo Tard", "Cy Excluded", "Di Never", "Ed Declined"];
    group(&place, "Hill Walkers", &names);
    let [cy, di, ed] = ["cy", "di", "ed"].map(nobody);
    circle(&place, &[(names[0], &bo.mxid), (names[1], &cy), (names[2], &di), (names[3], &ed)]);
    place.run(["contacts", "exclude", names[1]]).ends_with(0);
    place.run(["invite", "mark", names[2], "never"]).ends_with(0);
    place.run(["invite", "mark", names[3], "sent"]).ends_with(0);
    place.run(["invite", "mark", names[3], "declined"]).ends_with(0);
    for more in [&["--room", "Hill Walkers", "--dry-run"][..], &["--dry-run"]] {
        let looked = send(&place, &servers, &me, more).ends_with(0).stderr;
        assert!(looked.contains(names[0]), "{looked}");
        assert!(names[1..].iter().all(|name| !looked.contains(name)), "{looked}");
    }
    let sent = send(&place, &servers, &me, &["--room", "Hill Walkers", "--yes=1"]).ends_with(0).json();
    assert_eq!(sent[0]["address"], bo.mxid.as_str());
    assert_eq!(sent[1]["missing"], json!([]));
}

#[test]
fn an_invitation_proves_nothing_until_somebody_comes_and_is_forgotten_with_them() {
    let Some(servers) = Servers::get() else { return };
    let (place, me, bo) = (Place::new(), servers.account(), servers.account());
    circle(&place, &[("Bo Tard", &bo.mxid)]);
    send(&place, &servers, &me, &["--yes=1"]).ends_with(0);
    let listed = place.run(["invite", "list", "--json"]).ends_with(0).object();
    assert_eq!((&listed["contact"]["name"], &listed["status"]), (&"Bo Tard".into(), &"sent".into()));
    let homeserver = servers.known("homeserver");
    let look = ["check", "matrix", "--yes", "--skip", "profiles,identity-server", "--token-file", "token"];
    let is_known_from_the_chat = || {
        place.run(look.iter().chain(&["--homeserver", homeserver])).ends_with(0);
        let why = place.run(["why", "Bo Tard"]).ends_with(0).stdout;
        why.contains("in your own direct chats")
    };
    assert!(!is_known_from_the_chat());
    let room = rooms(&servers, &me).into_iter().next().unwrap();
    servers.act("homeserver", &bo, "POST", &format!("join/{room}"), &json!({}));
    assert!(is_known_from_the_chat());

    let holds = |text: &str| {
        let database = |path: &Path| path.to_string_lossy().contains("transhume.db");
        let files = place.snapshot();
        let mut files = files.iter().filter(|(path, _)| database(path));
        files.any(|(_, bytes)| bytes.windows(text.len()).any(|part| part == text.as_bytes()))
    };
    assert!(holds(&room));
    place.run(["contacts", "forget", "Bo Tard", "--yes"]).ends_with(0);
    assert!(!holds(&room) && !holds(&bo.mxid));
}

#[test]
fn whoever_is_not_there_yet_gets_one_letter() {
    let Some(servers) = Servers::get() else { return };
    let (place, me) = (Place::new(), servers.account());
    let address = format!("ed.letter.{}@example.org", &me.mxid[1..4]);
    circle(&place, &[("Ed Letter", &address)]);
    let (authority, identity) =
        (servers.known("authority").to_owned(), servers.known("identity_tls").to_owned());
    let mail = ["--by-mail", "--identity-server", &identity, "--ca-file", &authority];
    let call: Vec<&str> = mail.into_iter().chain(["--accept-terms", "--yes=1"]).collect();
    let sent = send(&place, &servers, &me, &call).ends_with(0);
    assert_eq!(sent.object()["via"], "email");
    assert!(sent.stderr.contains("e-mail address"), "what leaves is said: {}", sent.stderr);
    send(&place, &servers, &me, &call).ends_with(0);
    let letters = || {
        let letters = std::fs::read_dir(servers.known("mails")).unwrap();
        let letters = letters.filter_map(|l| std::fs::read_to_string(l.unwrap().path()).ok());
        letters.filter(|letter| letter.contains(&format!("X-Rcpt: {address}"))).count()
    };
    for _ in 0..100 {
        if letters() > 0 {
            break;
        }
        std::thread::sleep(Duration::from_millis(100));
    }
    assert_eq!(letters(), 1);
    let [room] = rooms(&servers, &me).into_iter().collect::<Vec<_>>().try_into().unwrap();
    let state = servers.act("homeserver", &me, "GET", &format!("rooms/{room}/state"), &Value::Null);
    let expected = state.as_array().unwrap().iter().filter(|e| e["type"] == "m.room.third_party_invite");
    assert_eq!(expected.count(), 1);
}

/// Wherever it is killed, the next run goes on: nobody is invited twice, and no
/// room is there twice.
#[test]
fn sixty_invitations_killed_at_twenty_points_end_as_undisturbed_ones_do() {
    const MANY: usize = 60;
    let Some(servers) = Servers::get() else { return };
    let (place, me) = (Place::new(), servers.account());
    let server = servers.known("server_name");
    let people: Vec<(String, String)> = (0..MANY)
        .map(|n| (format!("Guest {n:02}"), format!("@{}guest{n:02}:{server}", &me.mxid[1..4])))
        .collect();
    let people: Vec<(&str, &str)> =
        people.iter().map(|(name, mxid)| (name.as_str(), mxid.as_str())).collect();
    circle(&place, &people);
    let left = || left(&send(&place, &servers, &me, &["--batch", "60"]));
    let mut dice = 0x9e37_79b9_u64;
    for _ in 0..20 {
        let count = left();
        if count == 0 {
            break;
        }
        let yes = format!("--yes={count}");
        let mut command = place.command();
        command.args(arguments(&place, &servers, &me, &["--batch", "60", &yes]));
        let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        dice = dice.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        std::thread::sleep(Duration::from_millis(150 + (dice >> 33) % 1200));
        child.kill().unwrap();
        child.wait().unwrap();
    }
    let yes = format!("--yes={}", left());
    send(&place, &servers, &me, &["--batch", "60", &yes]).ends_with(0);
    assert_eq!(left(), 0);
    each_has_one(&servers, "homeserver", &me, MANY);
}

/// Ten rooms at once and then one a minute is what Synapse allows if nobody says more.
#[test]
fn twelve_rooms_within_the_limits_that_servers_come_with_wait_as_told_and_end_once() {
    const MANY: usize = 12;
    let Some(servers) = Servers::get() else { return };
    if !servers.has_other() {
        return;
    }
    let (place, me) = (Place::new(), servers.account_of("others", "o02"));
    let (_, server) = me.mxid.split_once(':').unwrap();
    let people: Vec<(String, String)> =
        (0..MANY).map(|n| (format!("Paced {n:02}"), format!("@paced{n:02}:{server}"))).collect();
    let people: Vec<(&str, &str)> =
        people.iter().map(|(name, mxid)| (name.as_str(), mxid.as_str())).collect();
    circle(&place, &people);
    let call = |more: &[&str]| {
        let batch = ["--batch", "12"];
        arguments_at(&place, servers.known("other"), &me, &[&batch, more].concat())
    };
    let count = || left(&place.run(call(&[])));
    assert_eq!(count(), MANY);
    // Killed as soon as it waits, it goes on where it was.
    let mut command = place.command();
    command.args(call(&["--yes=12"])).stdout(Stdio::null()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    let told = BufReader::new(child.stderr.take().unwrap()).lines().map_while(Result::ok);
    let waits = told.into_iter().find(|line| line.contains("asks for a pause: waiting "));
    child.kill().unwrap();
    child.wait().unwrap();
    assert!(waits.is_some(), "it never waited");
    let (rest, made) = (count(), rooms_at(&servers, "other", &me).len());
    assert!(rest > 0 && rest < MANY && made >= MANY - rest, "{rest} left, {made} rooms");
    let began = Instant::now();
    let outcome = place.run(call(&[&format!("--yes={rest}")])).ends_with(0);
    assert!(outcome.stderr.contains("asks for a pause: waiting "), "{}", outcome.stderr);
    assert!(began.elapsed() > Duration::from_mins(1), "the eleventh room comes a minute later");
    assert_eq!(outcome.json().len(), rest);
    each_has_one(&servers, "other", &me, MANY);
    assert!(place.run(call(&[])).ends_with(0).stderr.contains("nobody to invite"));
}
