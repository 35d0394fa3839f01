//! `import --fetch` where the server does what no good one does on demand.

use std::time::Duration;

use serde_json::Value;
use wiremock::matchers::{method, path};
use wiremock::{Mock, MockServer, Request, ResponseTemplate};

use crate::support::{Outcome, Place, codes};

/// A server that gives what a test says.
struct Dav {
    server: MockServer,
    runtime: tokio::runtime::Runtime,
}

fn multistatus(inner: &str) -> ResponseTemplate {
    let text = format!(
        "<?xml version=\"1.0\"?><multistatus xmlns=\"DAV:\" xmlns:C=\"urn:ietf:params:xml:ns:carddav\">{inner}</multistatus>"
    );
    ResponseTemplate::new(207).set_body_raw(text, "application/xml")
}

fn response(href: &str, prop: &str) -> String {
    format!(
        "<response><href>{href}</href><propstat><prop>{prop}</prop><status>HTTP/1.1 200 OK</status></propstat></response>"
    )
}

fn vcard(name: &str) -> String {
    format!(
        "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:{name}\r\nEMAIL:{}@example.org\r\nEND:VCARD\r\n",
        name.to_lowercase()
    )
}

const BOOK: &str = "<resourcetype><collection/><C:addressbook/></resourcetype>";

impl Dav {
    fn new() -> Dav {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let server = runtime.block_on(MockServer::start());
        Dav { server, runtime }
    }

    fn on(&self, verb: &str, at: &str, answer: ResponseTemplate) {
        self.runtime
            .block_on(Mock::given(method(verb)).and(path(at)).respond_with(answer).mount(&self.server));
    }

    /// A book at `/b/` that lists these cards.
    fn book(&self, hrefs: &[&str]) {
        let cards: String = hrefs.iter().map(|href| response(href, "<resourcetype/>")).collect();
        self.on("PROPFIND", "/b/", multistatus(&format!("{}{cards}", response("/b/", BOOK))));
    }

    fn requests(&self) -> Vec<Request> {
        self.runtime.block_on(self.server.received_requests()).unwrap()
    }

    fn fetch(&self, place: &Place, at: &str) -> Outcome {
        place.file("password", "s3cret");
        let url = format!("{}{at}", self.server.uri());
        let call =
            ["import", "--json", "--yes", "--user", "ada", "--password-file", "password", "--fetch", &url];
        place.run(call)
    }
}

fn error(outcome: &Outcome) -> String {
    let last: Value = outcome.json().pop().unwrap_or_default();
    last["code"].as_str().unwrap_or_default().to_owned()
}

#[test]
fn e01_a_redirect_leads_nowhere_but_to_the_same_server() {
    for status in [301, 302, 307, 308] {
        let (dav, elsewhere, place) = (Dav::new(), Dav::new(), Place::new());
        elsewhere.book(&[]);
        let to =
            ResponseTemplate::new(status).insert_header("location", format!("{}/b/", elsewhere.server.uri()));
        dav.on("PROPFIND", "/x/", to);
        let outcome = dav.fetch(&place, "/x/").ends_with(5);
        assert_eq!(error(&outcome), "error-fetch-redirect", "{}", outcome.stdout);
        assert_eq!(elsewhere.requests().len(), 0, "{status}");
        assert!(!place.path().join("ws/out").exists());

        // Within it, it does; and not for ever.
        dav.book(&["/b/1.vcf"]);
        dav.on("GET", "/b/1.vcf", ResponseTemplate::new(200).set_body_string(vcard("Ada")));
        dav.on("PROPFIND", "/moved", ResponseTemplate::new(status).insert_header("location", "/b/"));
        assert_eq!(dav.fetch(&place, "/moved").ends_with(0).object()["read"], 1);
        dav.on("PROPFIND", "/loop", ResponseTemplate::new(status).insert_header("location", "/loop"));
        assert_eq!(error(&dav.fetch(&place, "/loop").ends_with(5)), "error-redirect-loop");
    }
}

#[test]
fn e01_a_server_cannot_name_principals_homes_or_cards_elsewhere() {
    let elsewhere = Dav::new();
    elsewhere.book(&["/b/1.vcf"]);
    let there = format!("{}/b/", elsewhere.server.uri());
    for prop in [
        format!("<current-user-principal><href>{there}</href></current-user-principal>"),
        format!("<C:addressbook-home-set><href>{there}</href></C:addressbook-home-set>"),
    ] {
        let (dav, place) = (Dav::new(), Place::new());
        dav.on("PROPFIND", "/x/", multistatus(&response("/x/", &prop)));
        assert_eq!(error(&dav.fetch(&place, "/x/").ends_with(5)), "error-fetch-redirect");
    }
    let (dav, place) = (Dav::new(), Place::new());
    dav.book(&["/b/1.vcf", &format!("{there}1.vcf")]);
    assert_eq!(error(&dav.fetch(&place, "/b/").ends_with(5)), "error-fetch-redirect");
    assert_eq!(elsewhere.requests().len(), 0);
}

#[test]
fn a_server_without_lists_is_asked_card_by_card_and_each_has_its_fate() {
    let (dav, place) = (Dav::new(), Place::new());
    dav.book(&["/b/1.vcf", "/b/2.vcf", "/b/3.vcf", "/b/4.vcf", "/b/5.vcf"]);
    dav.on("REPORT", "/b/", ResponseTemplate::new(501));
    dav.on("GET", "/b/1.vcf", ResponseTemplate::new(200).set_body_string(vcard("Ada")));
    dav.on("GET", "/b/2.vcf", ResponseTemplate::new(403));
    dav.on("GET", "/b/3.vcf", ResponseTemplate::new(404));
    dav.on("GET", "/b/4.vcf", ResponseTemplate::new(200).set_body_string("<html>not now</html>"));
    dav.on("GET", "/b/5.vcf", ResponseTemplate::new(200).set_body_string(vcard("Bo")));
    let view = dav.fetch(&place, "/b/").ends_with(3).object();
    assert_eq!(
        (&view["read"], &view["kept"], &view["rejected"]),
        (&4.into(), &2.into(), &2.into()),
        "{view}"
    );
    assert_eq!(codes(&view), ["card-unavailable", "card-unavailable"]);
    assert!(view["problems"][0]["what"].as_str().unwrap().contains("403"), "{view}");
}

#[test]
fn what_a_list_leaves_out_is_asked_for_by_itself() {
    let (dav, place) = (Dav::new(), Place::new());
    dav.book(&["/b/1.vcf", "/b/a%20b.vcf"]);
    let card =
        |name: &str| format!("<C:address-data>{}</C:address-data>", vcard(name).replace('\r', "&#13;"));
    let list = response("/b/a b.vcf", &card("Bo")) + response("/b/unasked.vcf", &card("Eve")).as_str();
    dav.on("REPORT", "/b/", multistatus(&list));
    dav.on("GET", "/b/1.vcf", ResponseTemplate::new(200).set_body_string(vcard("Ada")));
    let view = dav.fetch(&place, "/b/").ends_with(0).object();
    assert_eq!((&view["read"], &view["kept"]), (&2.into(), &2.into()), "{view}");
    assert!(!place.run(["contacts", "--json"]).stdout.contains("Eve"), "what was not asked for is not taken");
}

#[test]
fn e02_a_list_that_is_too_large_is_asked_for_in_halves_and_a_card_alone_is_a_problem() {
    let (dav, place) = (Dav::new(), Place::new());
    dav.book(&["/b/1.vcf", "/b/2.vcf", "/b/3.vcf"]);
    let huge = "x".repeat(33 * 1024 * 1024);
    dav.on("REPORT", "/b/", ResponseTemplate::new(207).set_body_string(huge.clone()));
    dav.on("GET", "/b/1.vcf", ResponseTemplate::new(200).set_body_string(vcard("Ada")));
    dav.on("GET", "/b/2.vcf", ResponseTemplate::new(200).set_body_string(huge));
    dav.on("GET", "/b/3.vcf", ResponseTemplate::new(200).set_body_string(vcard("Bo")));
    let view = dav.fetch(&place, "/b/").ends_with(3).object();
    assert_eq!(
        (&view["read"], &view["kept"], &view["rejected"]),
        (&3.into(), &2.into(), &1.into()),
        "{view}"
    );
}

#[test]
fn e03_what_is_no_address_book_is_told() {
    let lol = "<!DOCTYPE a [<!ENTITY x \"xxxx\">]><multistatus xmlns=\"DAV:\"><response><href>&x;</href></response></multistatus>";
    for answer in [
        ResponseTemplate::new(200).set_body_string("<html>Log in</html>"),
        ResponseTemplate::new(404),
        ResponseTemplate::new(405),
        ResponseTemplate::new(207),
        ResponseTemplate::new(207).set_body_string(lol),
        multistatus(""),
        multistatus(&response("/x/", "<resourcetype><collection/></resourcetype>")),
    ] {
        let (dav, place) = (Dav::new(), Place::new());
        dav.on("PROPFIND", "/x/", answer);
        let outcome = dav.fetch(&place, "/x/").ends_with(5);
        assert_eq!(error(&outcome), "error-fetch-no-book", "{}", outcome.stdout);
    }
    let (dav, place) = (Dav::new(), Place::new());
    dav.on("PROPFIND", "/x/", ResponseTemplate::new(503));
    assert_eq!(error(&dav.fetch(&place, "/x/").ends_with(5)), "error-server");
}

#[test]
fn a_book_that_breaks_off_does_not_replace_the_whole_one() {
    let place = Place::new();
    let dav = Dav::new();
    dav.book(&["/b/1.vcf", "/b/2.vcf"]);
    dav.on("REPORT", "/b/", ResponseTemplate::new(501));
    dav.on("GET", "/b/1.vcf", ResponseTemplate::new(200).set_body_string(vcard("Ada")));
    dav.on("GET", "/b/2.vcf", ResponseTemplate::new(200).set_body_string(vcard("Bo")));
    dav.fetch(&place, "/b/").ends_with(0);
    dav.runtime.block_on(dav.server.reset());
    dav.book(&["/b/1.vcf", "/b/2.vcf"]);
    dav.on("REPORT", "/b/", ResponseTemplate::new(501));
    dav.on("GET", "/b/1.vcf", ResponseTemplate::new(200).set_body_string(vcard("Ada")));
    dav.on("GET", "/b/2.vcf", ResponseTemplate::new(401));
    assert_eq!(error(&dav.fetch(&place, "/b/").ends_with(5)), "error-fetch-refused");
    assert_eq!(place.run(["contacts", "--json"]).ends_with(0).json().len(), 2);
    assert_eq!(place.run(["runs", "--json"]).ends_with(0).json().len(), 1);
}

#[test]
fn nextclouds_made_up_books_are_left_alone() {
    let (dav, place) = (Dav::new(), Place::new());
    let made_up = ["/h/z-server-generated--system/", "/h/z-app-generated--contactsinteraction--recent/"];
    let home = "<C:addressbook-home-set><href>/h/</href></C:addressbook-home-set>";
    dav.on("PROPFIND", "/.well-known/carddav", ResponseTemplate::new(301).insert_header("location", "/dav/"));
    let principal = "<current-user-principal><href>/p/ada/</href></current-user-principal>";
    dav.on("PROPFIND", "/dav/", multistatus(&response("/dav/", principal)));
    dav.on("PROPFIND", "/p/ada/", multistatus(&response("/p/ada/", home)));
    let books: String = made_up.into_iter().chain(["/b/"]).map(|href| response(href, BOOK)).collect();
    dav.on("PROPFIND", "/h/", multistatus(&books));
    dav.book(&["/b/1.vcf"]);
    dav.on("GET", "/b/1.vcf", ResponseTemplate::new(200).set_body_string(vcard("Ada")));
    assert_eq!(dav.fetch(&place, "").ends_with(0).object()["read"], 1);
    assert!(!dav.requests().iter().any(|request| request.url.path().contains("generated")));
}

#[test]
fn what_is_typed_wrong_is_told_before_anything_is_sent() {
    let place = Place::new();
    for (url, code) in [
        ("http://cloud.example.org/", "error-fetch-insecure"),
        ("https://ada:s3cret@cloud.example.org/", "error-fetch-password-typed"),
        ("ftp://cloud.example.org/", "error-fetch-url"),
        ("https://ada@cloud.example.org/", "error-fetch-no-password"),
        ("not a server", "error-fetch-url"),
    ] {
        let outcome = place.run(["import", "--json", "--yes", "--fetch", url]).ends_with(2);
        assert_eq!(error(&outcome), code, "{url}: {}", outcome.stdout);
        assert!(!outcome.all().contains("s3cret"));
    }
    place.run(["import", "--yes", "x.vcf"]).ends_with(2);
    assert!(!place.path().join("ws").exists());
}

#[test]
fn e02_a_server_that_takes_its_time_is_given_up_and_no_secret_is_shown() {
    let (dav, place) = (Dav::new(), Place::new());
    dav.on("PROPFIND", "/x/", multistatus("").set_delay(Duration::from_secs(20)));
    place.file("password", "s3cret");
    let url = format!("{}/x/", dav.server.uri());
    let call = [
        "import",
        "--json",
        "--yes",
        "--timeout",
        "1",
        "--user",
        "ada",
        "--password-file",
        "password",
        "--fetch",
        &url,
        "-v",
    ];
    let outcome = place.run(call).ends_with(5);
    assert_eq!(error(&outcome), "error-unreachable");
    assert!(!outcome.all().contains("s3cret") && !outcome.all().contains("Basic"), "{}", outcome.all());
}
