//! A homeserver and an identity server at one address, which answer as they
//! should unless a test wants something that no real server does on demand.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use serde_json::{Value, json};
use wiremock::matchers::{method, path, path_regex};
use wiremock::{Mock, MockServer, Request, Respond, ResponseTemplate};

use crate::servers::hashed;
use crate::support::{NOW, Outcome, Place};

/// The pepper of the fake.
pub const PEPPER: &str = "sesame";

/// The fake's paths.
pub const OPENID: &str = "/_matrix/client/v3/user/@me:localhost:1/openid/request_token";
pub const REGISTER: &str = "/_matrix/identity/v2/account/register";
pub const HASH_DETAILS: &str = "/_matrix/identity/v2/hash_details";
pub const LOOKUP: &str = "/_matrix/identity/v2/lookup";
pub const TERMS: &str = "/_matrix/identity/v2/terms";
pub const LOGOUT: &str = "/_matrix/identity/v2/account/logout";
pub const DIRECTS: &str = "/_matrix/client/v3/user/@me:localhost:1/account_data/m.direct";
pub const ROOMS: &str = "/_matrix/client/v3/joined_rooms";
pub const SEARCH: &str = "/_matrix/client/v3/user_directory/search";
pub const WELL_KNOWN: &str = "/.well-known/matrix/client";

/// What counts before what, for wiremock: a test's own answers come first.
const USUAL: u8 = 200;
const TODAY: u8 = 1;

/// The fake.
pub struct Fake {
    server: MockServer,
    runtime: tokio::runtime::Runtime,
    /// By `address medium`, who holds it.
    known: Arc<Mutex<BTreeMap<String, String>>>,
}

impl Fake {
    pub fn new() -> Fake {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let fake = Fake { server: runtime.block_on(MockServer::start()), runtime, known: Arc::default() };
        let get =
            |at: &str, answer: Value| fake.usual("GET", at, ResponseTemplate::new(200).set_body_json(answer));
        get("/_matrix/client/v3/account/whoami", json!({ "user_id": "@me:localhost:1" }));
        get(HASH_DETAILS, json!({ "algorithms": ["sha256", "none"], "lookup_pepper": PEPPER }));
        get(
            TERMS,
            json!({ "policies": { "terms": { "version": "1",
            "en": { "name": "The Rules", "url": "https://id.example.org/rules" } } } }),
        );
        let post = |at: &str, answer: Value| {
            fake.usual("POST", at, ResponseTemplate::new(200).set_body_json(answer));
        };
        post(
            OPENID,
            json!({ "access_token": "openid", "token_type": "Bearer",
            "matrix_server_name": "example.org", "expires_in": 3600 }),
        );
        post(REGISTER, json!({ "token": "identity-token", "access_token": "identity-token" }));
        post(TERMS, json!({}));
        post(LOGOUT, json!({}));
        let none = json!({ "errcode": "M_NOT_FOUND", "error": "Account data not found" });
        fake.usual("GET", DIRECTS, ResponseTemplate::new(404).set_body_json(none));
        get(ROOMS, json!({ "joined_rooms": [] }));
        post(SEARCH, json!({ "limited": false, "results": [] }));
        // As Synapse says it of everybody whom it does not know.
        let nobody = json!({ "errcode": "M_UNKNOWN", "error": "No row found (profiles)" });
        let nobody = ResponseTemplate::new(404).set_body_json(nobody);
        let profiles = Mock::given(path_regex("^/_matrix/client/v3/profile/")).respond_with(nobody);
        fake.runtime.block_on(profiles.with_priority(USUAL).mount(&fake.server));
        let known = Arc::clone(&fake.known);
        fake.usual("POST", LOOKUP, move |request: &Request| {
            let known = known.lock().unwrap();
            let hashes: BTreeMap<String, &String> =
                known.iter().map(|(who, mxid)| (hashed(&format!("{who} {PEPPER}")), mxid)).collect();
            let body: Value = request.body_json().unwrap();
            let asked = body["addresses"].as_array().unwrap().iter().filter_map(Value::as_str);
            let found: BTreeMap<&str, &&String> =
                asked.filter_map(|hash| Some((hash, hashes.get(hash)?))).collect();
            ResponseTemplate::new(200).set_body_json(json!({ "mappings": found }))
        });
        fake
    }

    /// The address of both servers.
    pub fn url(&self) -> String {
        self.server.uri()
    }

    /// Host and port.
    pub fn host(&self) -> String {
        self.url().trim_start_matches("http://").to_owned()
    }

    /// Has somebody be found by an e-mail address.
    pub fn knows(&self, email: &str, mxid: &str) {
        self.known.lock().unwrap().insert(format!("{email} email"), mxid.to_owned());
    }

    /// Has the user be in direct chats with these.
    pub fn directs(&self, mxids: &[&str]) {
        let all: BTreeMap<&str, Vec<&str>> = mxids.iter().map(|&mxid| (mxid, vec!["!direct"])).collect();
        self.answers(DIRECTS, ResponseTemplate::new(200).set_body_json(json!(all)));
    }

    /// Has the user be in one room with these, each with a name.
    pub fn room(&self, members: &[(&str, &str)]) {
        let joined: BTreeMap<&str, Value> =
            members.iter().map(|(mxid, name)| (*mxid, json!({ "display_name": name }))).collect();
        self.answers(ROOMS, ResponseTemplate::new(200).set_body_json(json!({ "joined_rooms": ["!r"] })));
        let members = ResponseTemplate::new(200).set_body_json(json!({ "joined": joined }));
        self.answers("/_matrix/client/v3/rooms/!r/joined_members", members);
    }

    /// Has an account have a profile.
    pub fn profile(&self, mxid: &str) {
        let answer = ResponseTemplate::new(200).set_body_json(json!({ "displayname": "Whoever" }));
        self.answers(&format!("/_matrix/client/v3/profile/{mxid}"), answer);
    }

    fn usual(&self, verb: &str, at: &str, answer: impl Respond + 'static) {
        let mock = Mock::given(method(verb)).and(path(at)).respond_with(answer).with_priority(USUAL);
        self.runtime.block_on(mock.mount(&self.server));
    }

    /// Answers differently from now on.
    pub fn answers(&self, at: &str, answer: impl Respond + 'static) {
        let mock = Mock::given(path(at)).respond_with(answer).with_priority(TODAY);
        self.runtime.block_on(mock.mount(&self.server));
    }

    /// Answers differently so many times.
    pub fn answers_times(&self, times: u64, at: &str, answer: impl Respond + 'static) {
        let mock = Mock::given(path(at)).respond_with(answer).with_priority(TODAY).up_to_n_times(times);
        self.runtime.block_on(mock.mount(&self.server));
    }

    /// The requests that came, oldest first.
    pub fn requests(&self) -> Vec<Request> {
        self.runtime.block_on(self.server.received_requests()).unwrap()
    }

    /// How many requests came for a path.
    pub fn count(&self, at: &str) -> usize {
        self.requests().iter().filter(|request| request.url.path() == at).count()
    }

    /// Asks this fake about everybody in the place's workspace.
    pub fn check(&self, place: &Place, more: &[&str]) -> Outcome {
        self.check_at(NOW, place, more)
    }

    /// The same at some time.
    pub fn check_at(&self, now: &str, place: &Place, more: &[&str]) -> Outcome {
        let url = self.url();
        place.file("token", "homeserver-token");
        let usual = ["check", "matrix", "--json", "--yes", "--token-file", "token", "--homeserver", &url];
        let identity = ["--identity-server", url.as_str()];
        let mut command = place.command();
        command.env("TRANSHUME_NOW", now).args(usual).args(identity).args(more);
        Outcome::of(&command.output().unwrap())
    }
}

/// A workspace that knows so many people, `p0@example.org` and so on.
pub fn people(count: usize) -> Place {
    let place = Place::new();
    let card =
        |n| format!("BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Person {n}\r\nEMAIL:p{n}@example.org\r\nEND:VCARD\r\n");
    place.file("in/book.vcf", (0..count).map(card).collect::<String>());
    place.run(["import", "in"]).ends_with(0);
    place
}
