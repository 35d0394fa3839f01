//! `import --fetch` against a real Radicale.

use std::fs;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use serde_json::Value;

use crate::relay::Relay;
use crate::servers::Servers;
use crate::support::{Outcome, Place};

/// Somebody's address books at Radicale.
struct Owner {
    url: String,
    name: String,
    password: String,
    runtime: tokio::runtime::Runtime,
}

impl Owner {
    fn new(servers: &Servers) -> Owner {
        let (name, password) = servers.owner();
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        Owner { url: servers.known("carddav").to_owned(), name, password, runtime }
    }

    /// Sends what must succeed.
    fn send(&self, method: &str, path: &str, body: &str) {
        let status = self.try_to(method, path, body);
        assert!(status.is_success(), "{method} {path}: {status}");
    }

    fn try_to(&self, method: &str, path: &str, body: &str) -> reqwest::StatusCode {
        let method = reqwest::Method::from_bytes(method.as_bytes()).unwrap();
        let request = reqwest::Client::new()
            .request(method, format!("{}/{}{path}", self.url, self.name))
            .basic_auth(&self.name, Some(&self.password))
            .header("content-type", if body.starts_with('<') { "application/xml" } else { "text/vcard" })
            .body(body.to_owned());
        self.runtime.block_on(async { request.send().await.unwrap().status() })
    }

    fn book(&self, name: &str) {
        // Whoever runs the tests again may have left one.
        self.try_to("DELETE", &format!("/{name}/"), "");
        let body = "<mkcol xmlns=\"DAV:\" xmlns:C=\"urn:ietf:params:xml:ns:carddav\"><set><prop><resourcetype>\
                    <collection/><C:addressbook/></resourcetype></prop></set></mkcol>";
        self.send("MKCOL", &format!("/{name}/"), body);
    }

    fn card(&self, path: &str, inner: &str) {
        let text = format!("BEGIN:VCARD\r\nVERSION:3.0\r\nUID:{path}\r\n{inner}\r\nEND:VCARD\r\n");
        self.send("PUT", &format!("/{path}"), &text);
    }

    /// A book of three people, one of whom is found on Matrix.
    fn three(&self) {
        self.book("book");
        self.card("book/ada%20l.vcf", "FN:Ada & Co <3\r\nTEL:+33639985101\r\nIMPP:matrix:u/ada:example.org");
        self.card("book/bo.vcf", "FN:Bo\r\nTEL:+33639985102\r\nPHOTO;ENCODING=b;TYPE=JPEG:AAAA");
        self.card("book/zoé.vcf", "FN:Zoé\r\nEMAIL:zoe@example.org");
    }

    fn fetch(&self, place: &Place, url: &str, more: &[&str]) -> Outcome {
        place.file("password", format!("{}\n", self.password));
        let call = ["import", "--json", "--fetch", url, "--user", &self.name, "--password-file", "password"];
        place.run(call.iter().chain(more))
    }
}

fn names(place: &Place) -> Vec<String> {
    let contacts = place.run(["contacts", "--json"]).json();
    let mut names: Vec<String> =
        contacts.iter().map(|c| c["name"].as_str().unwrap_or_default().to_owned()).collect();
    names.sort();
    names
}

#[test]
fn the_books_are_found_from_the_server_from_the_user_and_from_the_book_itself() {
    let Some(servers) = Servers::get() else { return };
    let owner = Owner::new(&servers);
    owner.three();
    owner.book("second");
    owner.card("second/eve.vcf", "FN:Eve\r\nTEL:+33639985104");
    let all = ["Ada & Co <3", "Bo", "Eve", "Zoé"].as_slice();
    for (path, expected) in [
        ("", all),
        ("/", all),
        (&*format!("/{}/", owner.name), all),
        (&*format!("/{}/book/", owner.name), &["Ada & Co <3", "Bo", "Zoé"]),
        (&*format!("/{}/second", owner.name), &["Eve"]),
    ] {
        let place = Place::new();
        let outcome = owner.fetch(&place, &format!("{}{path}", owner.url), &["--yes"]).ends_with(0);
        assert_eq!(names(&place), expected, "{path:?}");
        let read: u64 = outcome.json().iter().map(|o| o["read"].as_u64().unwrap()).sum();
        assert_eq!(read, expected.len() as u64);
        let kinds: Vec<Value> = outcome.json().iter().map(|o| o["kind"].clone()).collect();
        assert!(kinds.iter().all(|kind| kind == "vcard"));
    }
    let place = Place::new();
    owner.fetch(&place, &owner.url, &["--yes"]).ends_with(0);
    let why = place.run(["why", "Ada & Co <3"]).ends_with(0).stdout;
    assert!(why.contains("/book/ada%20l.vcf") && !why.contains(&owner.password), "{why}");
    // The second time it is the same book: nothing is new, and what is gone is gone.
    owner.send("DELETE", "/book/bo.vcf", "");
    owner.card("book/new.vcf", "FN:New\r\nTEL:+33639985105");
    let again = owner.fetch(&place, &owner.url, &["--yes"]).ends_with(0).json();
    assert_eq!((&again[0]["contacts_new"], &again[1]["contacts_new"]), (&1.into(), &0.into()));
    assert_eq!(names(&place), ["Ada & Co <3", "Eve", "New", "Zoé"]);
    let before = place.run(["contacts", "--json"]).stdout;
    let same = owner.fetch(&place, &owner.url, &["--yes"]).ends_with(0).json();
    assert_eq!(same[0]["unchanged"], 3);
    assert_eq!(place.run(["contacts", "--json"]).stdout, before);
}

#[test]
fn a_wrong_password_is_told_and_nothing_is_kept_of_either() {
    let Some(servers) = Servers::get() else { return };
    let owner = Owner::new(&servers);
    owner.three();
    let place = Place::new();
    place.file("wrong", "hunter2\n");
    let call = ["import", "--json", "--yes", "--fetch", &owner.url, "--user", &owner.name, "--password-file"];
    let refused = place.run(call.iter().chain(&["wrong"])).ends_with(5);
    assert_eq!(refused.json()[0]["code"], "error-fetch-refused", "{}", refused.stdout);
    assert!(!refused.all().contains("hunter2"));
    // Nobody in particular is let in as little.
    let nobody = place.run(["import", "--json", "--yes", "--fetch", &owner.url]).ends_with(5);
    assert!(nobody.stdout.contains("error-fetch-"), "{}", nobody.stdout);

    // The name in the URL and the password in the environment do as well.
    let url = owner.url.replace("://", &format!("://{}@", owner.name));
    let mut command = place.command();
    command.args(["import", "--json", "--yes", "--fetch", &url]);
    command.env("TRANSHUME_CARDDAV_PASSWORD", &owner.password);
    let outcome = Outcome::of(&command.output().unwrap()).ends_with(0);
    assert!(!outcome.all().contains(&owner.password) && !outcome.stdout.contains('@'));
    let basic = base64::Engine::encode(
        &base64::engine::general_purpose::STANDARD,
        format!("{}:{}", owner.name, owner.password),
    );
    for (path, bytes) in place.snapshot() {
        for secret in [&owner.password, &basic] {
            let found = bytes.windows(secret.len()).any(|window| window == secret.as_bytes());
            assert!(!found, "{}", path.display());
        }
    }
    assert_eq!(names(&place).len(), 3);
}

#[test]
fn nothing_leaves_without_consent_nor_where_it_is_only_looked_at() {
    let Some(servers) = Servers::get() else { return };
    let owner = Owner::new(&servers);
    owner.three();
    let place = Place::new();
    let relay = Relay::to(&owner.url);
    let refused = owner.fetch(&place, &relay.url(), &[]).ends_with(6);
    assert!(refused.stderr.contains(&format!("the user name “{}”", owner.name)), "{}", refused.stderr);
    assert_eq!(refused.json()[0]["code"], "error-consent");
    let looked = owner.fetch(&place, &relay.url(), &["--dry-run"]).ends_with(0);
    assert!(looked.stderr.contains("Nothing was sent."), "{}", looked.stderr);
    let french = owner.fetch(&place, &relay.url(), &["--dry-run", "--lang", "fr"]).ends_with(0);
    assert!(french.stderr.contains("Ce qui quitte cet ordinateur"), "{}", french.stderr);
    assert_eq!(relay.seen(), "", "nothing came through");
    // Files that were named beside it are read all the same.
    place.file("own.vcf", "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Own\r\nTEL:+33639985109\r\nEND:VCARD\r\n");
    owner.fetch(&place, &relay.url(), &["own.vcf"]).ends_with(6);
    assert_eq!((names(&place), relay.seen()), (vec!["Own".to_owned()], String::new()));
    // With consent everything comes through, and the password is in no clear text.
    owner.fetch(&place, &relay.url(), &["--yes"]).ends_with(0);
    let seen = relay.seen();
    assert!(seen.contains("authorization: Basic ") && seen.contains("user-agent: transhume/"), "{seen}");
    assert!(!seen.contains("Own"), "nothing about anybody leaves");
    assert_eq!(names(&place).len(), 4);
}

#[test]
fn a_bad_card_costs_no_good_one() {
    let Some(servers) = Servers::get() else { return };
    let owner = Owner::new(&servers);
    owner.three();
    owner.card("book/empty.vcf", "FN:\r\nN:;;;;");
    let place = Place::new();
    let outcome =
        owner.fetch(&place, &format!("{}/{}/book/", owner.url, owner.name), &["--yes"]).ends_with(3);
    let view = outcome.object();
    assert_eq!((&view["read"], &view["kept"], &view["rejected"]), (&4.into(), &3.into(), &1.into()));
    let problem = &view["problems"][0];
    assert_eq!(problem["code"], "card-empty");
    assert!(problem["path"].as_str().unwrap().ends_with("/book/empty.vcf"), "{problem}");
    assert_eq!(names(&place).len(), 3);
}

#[test]
fn a_book_of_a_thousand_comes_in_batches() {
    let Some(servers) = Servers::get() else { return };
    let owner = Owner::new(&servers);
    let mut book = String::new();
    for n in 0..1050 {
        book.push_str(&format!(
            "BEGIN:VCARD\r\nVERSION:3.0\r\nUID:u{n}\r\nFN:Person {n}\r\nEMAIL:p{n}@example.org\r\nEND:VCARD\r\n"
        ));
    }
    owner.send("PUT", "/many/", &book);
    let place = Place::new();
    let relay = Relay::to(&owner.url);
    let view = owner.fetch(&place, &relay.url(), &["--yes"]).ends_with(0).object();
    assert_eq!((&view["read"], &view["contacts_new"]), (&1050.into(), &1050.into()));
    assert_eq!(relay.seen().matches("REPORT /").count(), 11);
}

#[test]
fn on_a_terminal_consent_and_password_are_asked_for() {
    let Some(servers) = Servers::get() else { return };
    let owner = Owner::new(&servers);
    owner.three();
    let place = Place::new();
    let script = PathBuf::from("/usr/bin/script");
    if !script.is_file() {
        println!("skipped: there is no script");
        return;
    }
    let mut command = Command::new(script);
    command.args(["-qec", "exec \"$TRANSHUME\" import --fetch \"$URL\" --user \"$OWNER\"", "/dev/null"]);
    let mut command = place.wrap(command);
    command
        .env("TRANSHUME", env!("CARGO_BIN_EXE_transhume"))
        .env("URL", &owner.url)
        .env("OWNER", &owner.name);
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    let mut typed = child.stdin.take().unwrap();
    for line in ["y", &owner.password] {
        std::thread::sleep(std::time::Duration::from_millis(1500));
        std::io::Write::write_all(&mut typed, format!("{line}\n").as_bytes()).unwrap();
    }
    let outcome = Outcome::of(&child.wait_with_output().unwrap()).ends_with(0);
    assert!(outcome.stdout.contains("Password of"), "{}", outcome.stdout);
    assert!(!outcome.stdout.contains(&owner.password), "{}", outcome.stdout);
    assert_eq!(names(&place).len(), 3);
    assert!(fs::metadata(place.path().join("ws/transhume.db")).is_ok());
}
