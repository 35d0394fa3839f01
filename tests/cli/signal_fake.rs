//! A signal-cli that has an account, which no real one has without Signal: it
//! answers as version 0.13 does, by lines at a socket and a port, over HTTP, and
//! as a program, or in the place of signal-cli-rest-api. What it says of contacts
//! and groups stands in `fixtures/signal-cli/`. `signal_contract.rs` holds it
//! against the real one.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::os::unix::fs::PermissionsExt;
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;

use serde_json::{Value, json};
use tempfile::TempDir;

/// The number of its account.
pub const OWN: &str = "+33639980100";

/// The fake.
pub struct SignalFake {
    state: Arc<Mutex<State>>,
    folder: TempDir,
    tcp: u16,
    http: u16,
}

/// What it knows, and how it behaves.
pub struct State {
    /// Its accounts.
    pub accounts: Vec<String>,
    /// Whether it was started for one of them.
    pub single: bool,
    /// Its version.
    pub version: String,
    /// What `listContacts` says, all recipients included.
    pub contacts: Value,
    /// What `listGroups` says.
    pub groups: Value,
    /// By number: the id of the account, or of the number alone (`PNI:`).
    pub registered: BTreeMap<String, String>,
    /// By username: the id of the account.
    pub usernames: BTreeMap<String, String>,
    /// What the directory says in place of an answer: code and message.
    pub refusal: Option<(i64, String)>,
    /// What became of a message that was sent.
    pub delivers: String,
    /// After so many calls of `getUserStatus` the refusal holds.
    pub refuses_after: usize,
    /// Whose entries are left out of answers.
    pub left_out: Vec<String>,
    /// Methods to which there is no answer.
    pub hangs: Vec<&'static str>,
    /// Methods at which the line is shut.
    pub ends: Vec<&'static str>,
    /// Whether other things are said between the answers.
    pub noisy: bool,
    /// Whether it checks the `Host` header as version 0.14.4 does.
    pub checks_host: bool,
    /// Whether it is signal-cli-rest-api.
    pub rest: bool,
    /// What it was asked: method and parameters.
    pub requests: Vec<(String, Value)>,
    /// Everything that came, as it came.
    pub wire: String,
}

impl SignalFake {
    pub fn new() -> SignalFake {
        let folder = TempDir::with_prefix("signal-cli-").unwrap();
        let state = State {
            accounts: vec![OWN.to_owned()],
            single: false,
            version: "0.13.19".to_owned(),
            contacts: serde_json::from_str(include_str!("../../fixtures/signal-cli/contacts.json")).unwrap(),
            groups: serde_json::from_str(include_str!("../../fixtures/signal-cli/groups.json")).unwrap(),
            registered: BTreeMap::new(),
            usernames: BTreeMap::new(),
            refusal: None,
            delivers: "SUCCESS".to_owned(),
            refuses_after: 0,
            left_out: Vec::new(),
            hangs: Vec::new(),
            ends: Vec::new(),
            noisy: false,
            checks_host: false,
            rest: false,
            requests: Vec::new(),
            wire: String::new(),
        };
        let state = Arc::new(Mutex::new(state));
        let unix = UnixListener::bind(folder.path().join("socket")).unwrap();
        let tcp = TcpListener::bind("127.0.0.1:0").unwrap();
        let http = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = |listener: &TcpListener| listener.local_addr().unwrap().port();
        let fake = SignalFake { state, folder, tcp: port(&tcp), http: port(&http) };
        let state = || Arc::clone(&fake.state);
        let (for_unix, for_tcp, for_http) = (state(), state(), state());
        std::thread::spawn(move || {
            for stream in unix.incoming().map_while(Result::ok) {
                let state = Arc::clone(&for_unix);
                std::thread::spawn(move || {
                    let back = stream.try_clone().unwrap();
                    lines(BufReader::new(stream), back, &state);
                });
            }
        });
        std::thread::spawn(move || {
            for stream in tcp.incoming().map_while(Result::ok) {
                let state = Arc::clone(&for_tcp);
                std::thread::spawn(move || {
                    let back = stream.try_clone().unwrap();
                    lines(BufReader::new(stream), back, &state);
                });
            }
        });
        std::thread::spawn(move || {
            for stream in http.incoming().map_while(Result::ok) {
                let state = Arc::clone(&for_http);
                std::thread::spawn(move || serve(&stream, &state));
            }
        });
        fake
    }

    /// What it knows, to be changed or looked at.
    pub fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap()
    }

    /// Has somebody be found by a number.
    pub fn knows(&self, number: &str, id: &str) {
        self.state().registered.insert(number.to_owned(), id.to_owned());
    }

    /// Has it list Ada alone.
    pub fn knows_only_ada(&self) {
        let ada = self.state().contacts[1].clone();
        self.state().contacts = json!([ada]);
    }

    /// The socket, as `--signal-cli` wants it.
    pub fn unix(&self) -> String {
        format!("unix:{}", self.socket().display())
    }

    /// Where the socket is.
    pub fn socket(&self) -> PathBuf {
        self.folder.path().join("socket")
    }

    /// The port.
    pub fn tcp(&self) -> String {
        format!("localhost:{}", self.tcp)
    }

    /// The URL.
    pub fn http(&self) -> String {
        format!("http://localhost:{}", self.http)
    }

    /// A program that speaks for it; before that it runs these lines of a shell.
    pub fn program(&self, before: &str) -> PathBuf {
        let relay = self.folder.path().join("relay.py");
        std::fs::write(&relay, RELAY.replace("SOCKET", &self.socket().display().to_string())).unwrap();
        let path = self.folder.path().join("signal-cli");
        let script = format!("#!/bin/sh\n{before}\nexec python3 {} \"$@\"\n", relay.display());
        std::fs::write(&path, script).unwrap();
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o755)).unwrap();
        path
    }

    /// The folder in which the program lies.
    pub fn folder(&self) -> PathBuf {
        self.folder.path().to_owned()
    }

    /// How often a method was called.
    pub fn count(&self, method: &str) -> usize {
        self.state().requests.iter().filter(|(name, _)| name == method).count()
    }

    /// About whom it was asked, call by call.
    pub fn asked(&self) -> Vec<Vec<String>> {
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        let of = |params: &Value| {
            let all = ["recipient", "username"].into_iter().filter_map(|name| params[name].as_array());
            let mut all: Vec<String> = all.flatten().map(text).collect();
            all.sort();
            all
        };
        let state = self.state();
        let calls = state.requests.iter().filter(|(method, _)| method == "getUserStatus");
        calls.map(|(_, params)| of(params)).collect()
    }
}

/// Passes what comes on to the socket, and the answers back.
const RELAY: &str = r#"
import socket, sys, threading
assert sys.argv[-2:] == ["jsonRpc", "--receive-mode=manual"], sys.argv
with socket.socket(socket.AF_UNIX) as to:
    to.connect("SOCKET")
    def back():
        for line in to.makefile("rb"):
            sys.stdout.buffer.write(line)
            sys.stdout.buffer.flush()
    thread = threading.Thread(target=back)
    thread.start()
    for line in sys.stdin.buffer:
        to.sendall(line)
    to.shutdown(socket.SHUT_WR)
    thread.join()
"#;

/// Speaks by lines until nothing more comes.
fn lines(from: impl BufRead, mut to: impl Write, state: &Mutex<State>) {
    for line in from.lines().map_while(Result::ok) {
        let (answer, noise) = {
            let mut state = state.lock().unwrap();
            state.wire.push_str(&line);
            let answer = state.line(&line);
            if state.requests.last().is_some_and(|(method, _)| state.ends.contains(&method.as_str())) {
                return;
            }
            (answer, state.noisy)
        };
        let Some(answer) = answer else { continue };
        if noise {
            let receive = json!({ "jsonrpc": "2.0", "method": "receive",
                "params": { "envelope": { "source": OWN }, "account": OWN, "id": answer["id"] } });
            let late = json!({ "jsonrpc": "2.0", "result": [{ "recipient": "late" }], "id": 99_999 });
            let _ = write!(to, "WARN  ProfileHelper - Failed to retrieve profile\n{receive}\n{late}\n");
        }
        if writeln!(to, "{answer}").and_then(|()| to.flush()).is_err() {
            return;
        }
    }
}

/// Answers one request over HTTP.
fn serve(stream: &TcpStream, state: &Mutex<State>) {
    let mut from = BufReader::new(stream);
    let mut head = Vec::new();
    loop {
        let mut line = String::new();
        if from.read_line(&mut line).unwrap_or_default() == 0 {
            return;
        }
        if line.trim().is_empty() {
            break;
        }
        head.push(line.trim().to_owned());
    }
    let header = |name: &str| {
        let all = head.iter().filter_map(|line| line.split_once(": "));
        all.filter(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value.to_owned()).next()
    };
    let mut body = vec![0; header("content-length").and_then(|n| n.parse().ok()).unwrap_or_default()];
    from.read_exact(&mut body).unwrap();
    let mut first = head[0].split(' ');
    let (verb, path) = (first.next().unwrap(), first.next().unwrap());
    let (status, said) = {
        let mut state = state.lock().unwrap();
        state.wire.push_str(&head[0]);
        state.wire.push_str(&String::from_utf8_lossy(&body));
        match state.rest {
            true => state.rest(verb, path),
            false => {
                let host = header("host").unwrap_or_default();
                let kind = header("content-type").unwrap_or_default();
                state.http(verb, path, &host, &kind, &body)
            }
        }
    };
    let Some(status) = status else {
        std::thread::sleep(Duration::from_secs(30));
        return;
    };
    let said = said.map(|said| said.to_string()).unwrap_or_default();
    let length = said.len();
    let mut to = stream;
    let _ = write!(
        to,
        "HTTP/1.1 {status} X\r\nContent-type: application/json\r\nContent-length: {length}\r\nConnection: close\r\n\r\n{said}"
    );
}

fn error(code: i64, message: impl Into<String>) -> Value {
    json!({ "code": code, "message": message.into(), "data": null })
}

impl State {
    /// The answer to a line; none to what wants none, or where it hangs.
    fn line(&mut self, line: &str) -> Option<Value> {
        let broken = |code, message: &str| {
            Some(json!({ "jsonrpc": "2.0", "error": error(code, message), "id": null }))
        };
        if line.is_empty() {
            return broken(-32700, "Empty input line");
        }
        match serde_json::from_str::<Value>(line) {
            Err(_) => broken(-32700, "Unrecognized token"),
            Ok(Value::Array(all)) if all.is_empty() => broken(-32600, "invalid request"),
            Ok(Value::Array(all)) => {
                Some(all.iter().filter_map(|request| self.request(request)).collect::<Vec<_>>().into())
            }
            Ok(request @ Value::Object(_)) => self.request(&request),
            Ok(_) => broken(-32600, "unexpected type"),
        }
    }

    fn request(&mut self, request: &Value) -> Option<Value> {
        let id = request.get("id").cloned();
        let outcome = match (request["jsonrpc"].as_str(), request["method"].as_str()) {
            (Some("2.0"), Some(method)) => {
                let params = request.get("params").cloned().unwrap_or_default();
                if let Value::Array(_) = params {
                    Err(error(-32600, "Cannot deserialize value"))
                } else {
                    self.requests.push((method.to_owned(), params.clone()));
                    if self.hangs.contains(&method) {
                        return None;
                    }
                    self.method(method, &params)
                }
            }
            (Some("2.0"), None) => Err(error(-32600, "method field must be set")),
            _ => Err(error(-32600, "only jsonrpc version 2.0 is supported")),
        };
        // Who gives no number wants no answer.
        let id = id?;
        Some(match outcome {
            Ok(result) => json!({ "jsonrpc": "2.0", "result": result, "id": id }),
            Err(error) => json!({ "jsonrpc": "2.0", "error": error, "id": id }),
        })
    }

    fn method(&mut self, method: &str, params: &Value) -> Result<Value, Value> {
        let offered = match method {
            "version" | "listContacts" | "listGroups" | "getUserStatus" | "send" => true,
            "listAccounts" | "startLink" | "finishLink" => !self.single,
            _ => false,
        };
        if !offered {
            return Err(error(-32601, "Method not implemented"));
        }
        match method {
            "version" => return Ok(json!({ "version": self.version })),
            "listAccounts" => {
                return Ok(self.accounts.iter().map(|number| json!({ "number": number })).collect());
            }
            "startLink" => return Ok(json!({ "deviceLinkUri": LINK })),
            "finishLink" => return self.finish_link(params),
            _ => {}
        }
        let account = params["account"].as_str();
        match account {
            _ if self.single => {}
            Some(account) if !self.accounts.iter().any(|known| known == account) => {
                return Err(error(-32602, "Specified account does not exist"));
            }
            None if self.accounts.len() != 1 => {
                return Err(error(-32602, "Method requires valid account parameter"));
            }
            _ => {}
        }
        match method {
            "listContacts" => {
                let all = params["allRecipients"].as_bool().unwrap_or_default();
                let shown = self
                    .contacts
                    .as_array()
                    .unwrap()
                    .iter()
                    .filter(|contact| all || contact["unregistered"] != true && contact["number"] != OWN);
                Ok(shown.cloned().collect())
            }
            "listGroups" => Ok(self.groups.clone()),
            "send" => self.send(params),
            _ => self.status(params),
        }
    }

    fn finish_link(&mut self, params: &Value) -> Result<Value, Value> {
        if params.is_null() {
            return Err(error(-32603, "Cannot invoke \"deviceLinkUri()\" because \"request\" is null"));
        }
        if params["deviceLinkUri"] != LINK {
            return Err(error(-1, "Unknown device link uri."));
        }
        if let Some((code, message)) = &self.refusal {
            return Err(error(*code, message.as_str()));
        }
        self.accounts.push(OWN.to_owned());
        Ok(json!({ "number": OWN }))
    }

    /// Sends to the account itself, the only one to whom anything is sent here.
    fn send(&self, params: &Value) -> Result<Value, Value> {
        let to = ["recipient", "groupId", "username"].iter().any(|name| !params[*name].is_null());
        if params["noteToSelf"] != true && !to {
            return Err(error(-1, "No recipients given"));
        }
        if params["message"].as_str().unwrap_or_default().is_empty() {
            return Err(error(-1, "No message or attachment given"));
        }
        let address =
            json!({ "uuid": "aaaaaaaa-0000-4000-8000-000000000100", "number": OWN, "username": null });
        let result = |kind: &str| json!([{ "recipientAddress": address, "type": kind }]);
        if let Some((code, message)) = &self.refusal {
            let response =
                json!({ "results": result("NETWORK_FAILURE"), "timestamp": 1_795_428_744_652_u64 });
            return Err(json!({ "code": code, "message": message, "data": { "response": response } }));
        }
        Ok(json!({ "timestamp": 1_795_428_744_652_u64, "results": result(&self.delivers) }))
    }

    fn status(&mut self, params: &Value) -> Result<Value, Value> {
        let list = |name: &str| -> Vec<String> {
            let plural = format!("{name}s");
            let value = [name, &plural].into_iter().map(|name| &params[name]).find(|v| !v.is_null());
            match value {
                Some(Value::String(one)) => vec![one.clone()],
                Some(Value::Array(all)) => all.iter().map(|v| v.as_str().unwrap().to_owned()).collect(),
                _ => Vec::new(),
            }
        };
        let (mut numbers, usernames) = (list("recipient"), list("username"));
        if numbers.is_empty() && usernames.is_empty() {
            return Ok(json!([]));
        }
        if usernames.iter().any(|name| !name.contains('.')) {
            let message = "org.signal.libsignal.usernames.MissingSeparatorException: Username must contain a '.' (RuntimeException)";
            return Err(error(-32603, message));
        }
        let calls = self.requests.iter().filter(|(method, _)| method == "getUserStatus").count();
        // What cannot be read does not need the directory.
        let normal: BTreeMap<String, Option<String>> =
            numbers.iter().map(|number| (number.clone(), normalised(number))).collect();
        let needs = normal.values().any(Option::is_some) || !usernames.is_empty();
        if let Some((code, message)) = self.refusal.as_ref().filter(|_| needs && calls > self.refuses_after) {
            return Err(error(*code, message.as_str()));
        }
        // A set: it has no order, and holds nothing twice.
        numbers.sort_by_key(|number| std::cmp::Reverse(number.chars().rev().collect::<String>()));
        numbers.dedup();
        let mut all = Vec::new();
        for number in numbers.into_iter().filter(|number| !self.left_out.contains(number)) {
            let Some(normal) = &normal[&number] else {
                all.push(json!({ "recipient": number, "uuid": null, "isRegistered": false }));
                continue;
            };
            // An id of the number alone is told without saying so.
            let id = self.registered.get(normal).map(|id| id.trim_start_matches("PNI:"));
            all.push(
                json!({ "recipient": number, "number": normal, "uuid": id, "isRegistered": id.is_some() }),
            );
        }
        for name in usernames {
            let id = self.usernames.get(&name);
            all.push(
                json!({ "recipient": name, "username": name, "uuid": id, "isRegistered": id.is_some() }),
            );
        }
        Ok(all.into())
    }

    fn http(
        &mut self,
        verb: &str,
        path: &str,
        host: &str,
        kind: &str,
        body: &[u8],
    ) -> (Option<u16>, Option<Value>) {
        let name = host.rsplit_once(':').map_or(host, |(name, _)| name);
        if self.checks_host && !matches!(name, "localhost" | "127.0.0.1" | "[::1]") {
            return (Some(421), None);
        }
        match (verb, path) {
            ("GET", "/api/v1/check") => (Some(200), None),
            ("POST", "/api/v1/rpc") if !kind.starts_with("application/json") => (Some(415), None),
            ("POST", "/api/v1/rpc") => {
                let line = String::from_utf8_lossy(body).into_owned();
                let hangs = |state: &State| {
                    state.requests.last().is_some_and(|(method, _)| state.hangs.contains(&method.as_str()))
                };
                match self.line(&line) {
                    Some(answer) => (Some(200), Some(answer)),
                    None if hangs(self) => (None, None),
                    None => (Some(201), None),
                }
            }
            (_, "/api/v1/check" | "/api/v1/rpc" | "/api/v1/events") => (Some(405), None),
            _ => (Some(404), None),
        }
    }

    fn rest(&mut self, verb: &str, path: &str) -> (Option<u16>, Option<Value>) {
        let path = path.replace("%2B", "+");
        let (path, query) = path.split_once('?').unwrap_or((&path, ""));
        let bad = |message: &str| (Some(400), Some(json!({ "error": message })));
        match (verb, path.split('/').skip(1).collect::<Vec<_>>().as_slice()) {
            ("GET", ["v1", "about"]) => {
                let about =
                    json!({ "versions": ["v1", "v2"], "build": 2, "mode": "json-rpc", "version": "0.80" });
                (Some(200), Some(about))
            }
            ("GET", ["v1", "accounts"]) => (Some(200), Some(self.accounts.clone().into())),
            ("GET", ["v1", kind @ ("contacts" | "groups" | "search"), number]) => {
                if !self.accounts.iter().any(|known| known == number) {
                    return bad("Specified account does not exist");
                }
                self.requests.push((format!("{kind} {number}"), query.into()));
                match *kind {
                    "contacts" => (Some(200), Some(self.rest_contacts())),
                    "groups" => (Some(200), Some(json!([]))),
                    _ => {
                        let calls =
                            self.requests.iter().filter(|(method, _)| method.starts_with("search")).count();
                        if let Some((_, message)) =
                            self.refusal.as_ref().filter(|_| calls > self.refuses_after)
                        {
                            return bad(message);
                        }
                        let numbers = query.split('&').filter_map(|part| part.strip_prefix("numbers="));
                        let entry = |number: &str| match normalised(number) {
                            Some(normal) => {
                                json!({ "number": normal, "registered": self.registered.contains_key(&normal) })
                            }
                            None => json!({ "number": "", "registered": false }),
                        };
                        (Some(200), Some(numbers.map(entry).collect()))
                    }
                }
            }
            _ => (Some(404), None),
        }
    }

    /// The contacts in the spelling of signal-cli-rest-api.
    fn rest_contacts(&self) -> Value {
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let all = self.contacts.as_array().unwrap().iter().filter(|contact| contact["number"] != OWN);
        all.map(|contact| {
            json!({ "number": text(&contact["number"]), "uuid": text(&contact["uuid"]), "name": text(&contact["name"]),
                "profile_name": text(&contact["profile"]["givenName"]), "username": text(&contact["username"]),
                "blocked": contact["isBlocked"], "nickname": { "name": "", "given_name": "", "family_name": "" } })
        })
        .collect()
    }
}

/// What the phone has to scan.
pub const LINK: &str = "sgnl://linkdevice?uuid=c3R1dmlkLWFuZC1zaG9ydA%3D%3D&pub_key=BQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

/// A number as it is looked up: one without a plus is taken for one of the
/// account's own country; none where nothing can be made of it.
fn normalised(text: &str) -> Option<String> {
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let other = text.chars().any(|c| !c.is_ascii_digit() && !matches!(c, '+' | ' '));
    match text.strip_prefix('+') {
        _ if other || digits.is_empty() => None,
        Some(_) => (7..=15).contains(&digits.len()).then(|| format!("+{digits}")),
        None => Some(format!("+33{}", digits.trim_start_matches('0'))),
    }
}

/// Says something to a socket, line by line, and gives so many answers.
pub fn say_to(socket: &std::path::Path, said: &[&str], answers: usize) -> Vec<Value> {
    let mut stream = UnixStream::connect(socket).unwrap();
    stream.set_read_timeout(Some(Duration::from_mins(1))).unwrap();
    for line in said {
        writeln!(stream, "{line}").unwrap();
    }
    let lines = BufReader::new(stream).lines();
    lines.take(answers).map(|line| serde_json::from_str(&line.unwrap()).unwrap()).collect()
}
