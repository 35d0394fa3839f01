//! What the fake signal-cli has in common with the real one, point by point. What
//! the real one can answer without an account it is asked as well; the rest was
//! seen to be so, with an account, and is held against the fake alone.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use crate::servers::Servers;
use crate::signal_fake::{LINK, OWN, SignalFake, say_to};

/// Where one of the two is.
struct Peer {
    socket: PathBuf,
    http: String,
}

/// Tries the same with the fake as it is without an account, and with the real
/// one, if there is one.
fn with_both(test: impl Fn(&Peer)) {
    let fake = SignalFake::new();
    fake.state().accounts.clear();
    test(&Peer { socket: fake.socket(), http: fake.http().replace("http://", "") });
    let Some(servers) = Servers::get() else { return };
    if servers.has_signal() {
        let http = servers.known("signal_http").replace("http://", "");
        test(&Peer { socket: servers.known("signal_socket").into(), http });
    }
}

fn request(id: u64, method: &str, params: &Value) -> String {
    json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": params }).to_string()
}

/// Calls a method and gives the whole answer.
fn call(socket: &Path, method: &str, params: &Value) -> Value {
    say_to(socket, &[&request(7, method, params)], 1).remove(0)
}

fn status(fake: &SignalFake, params: Value) -> Value {
    let mut params = params;
    params["account"] = OWN.into();
    call(&fake.socket(), "getUserStatus", &params)
}

/// An answer over HTTP: the status, and what it says.
fn http(at: &str, verb: &str, path: &str, head: &str, body: &str) -> (u16, String) {
    let mut stream = TcpStream::connect(at.replace("localhost", "127.0.0.1")).unwrap();
    let length = body.len();
    write!(
        stream,
        "{verb} {path} HTTP/1.1\r\n{head}Content-Length: {length}\r\nConnection: close\r\n\r\n{body}"
    )
    .unwrap();
    let mut said = String::new();
    let _ = stream.read_to_string(&mut said);
    let status = said.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or_default();
    (status, said.split_once("\r\n\r\n").map(|(_, body)| body.to_owned()).unwrap_or_default())
}

#[test]
fn point_1_lines_at_a_socket_and_paths_over_http() {
    with_both(|peer| {
        assert_eq!(call(&peer.socket, "version", &json!(null))["result"]["version"], "0.13.19");
        let version = request(1, "version", &json!({}));
        let host = format!("Host: {}\r\n", peer.http);
        let json = format!("{host}Content-Type: application/json\r\n");
        let quiet = json!({ "jsonrpc": "2.0", "method": "version" }).to_string();
        for (verb, path, head, body, status) in [
            ("POST", "/api/v1/rpc", &json, &version, 200),
            ("POST", "/api/v1/rpc", &json, &quiet, 201),
            ("POST", "/api/v1/rpc", &host, &version, 415),
            ("GET", "/api/v1/rpc", &json, &String::new(), 405),
            ("GET", "/api/v1/check", &host, &String::new(), 200),
            ("POST", "/api/v1/check", &host, &String::new(), 405),
            ("GET", "/", &host, &String::new(), 404),
        ] {
            assert_eq!(http(&peer.http, verb, path, head, body).0, status, "{verb} {path} {head:?}");
        }
        let (_, said) = http(&peer.http, "POST", "/api/v1/rpc", &json, &version);
        assert_eq!(serde_json::from_str::<Value>(&said).unwrap()["result"]["version"], "0.13.19");
    });
    // Since 0.14.4 it wants to be called by its own name.
    let fake = SignalFake::new();
    fake.state().checks_host = true;
    let at = fake.http().replace("http://", "");
    let other = "Host: evil.example\r\nContent-Type: application/json\r\n";
    assert_eq!(http(&at, "POST", "/api/v1/rpc", other, &request(1, "version", &json!({}))).0, 421);
}

#[test]
fn point_2_errors_have_data_that_is_null() {
    with_both(|peer| {
        for (said, code) in [
            (request(7, "nope", &json!({})), -32601),
            (json!({ "jsonrpc": "1.0", "method": "version", "id": 7 }).to_string(), -32600),
            (json!({ "jsonrpc": "2.0", "id": 7 }).to_string(), -32600),
            (request(7, "version", &json!([1, 2])), -32600),
            ("not json".to_owned(), -32700),
            (String::new(), -32700),
            ("[]".to_owned(), -32600),
            ("42".to_owned(), -32600),
        ] {
            let answer = say_to(&peer.socket, &[&said], 1).remove(0);
            assert_eq!(answer["error"]["code"], code, "{said}: {answer}");
            assert!(answer["error"].as_object().unwrap().contains_key("data"), "{answer}");
            assert_eq!(answer["error"]["data"], Value::Null);
        }
    });
}

#[test]
fn point_3_answers_are_known_by_their_number_alone() {
    with_both(|peer| {
        let lines = [request(11, "version", &json!({})), request(12, "listAccounts", &json!({}))];
        let mut answers = say_to(&peer.socket, &[&lines[0], &lines[1]], 2);
        answers.sort_by_key(|answer| answer["id"].as_u64());
        assert_eq!((&answers[0]["id"], &answers[0]["result"]["version"]), (&11.into(), &"0.13.19".into()));
        assert_eq!((&answers[1]["id"], &answers[1]["result"]), (&12.into(), &json!([])));
        let batch = format!("[{},{}]", lines[0], lines[1]);
        let all = say_to(&peer.socket, &[&batch], 1).remove(0);
        assert_eq!(all.as_array().unwrap().len(), 2, "{all}");
    });
    let fake = SignalFake::new();
    fake.state().noisy = true;
    let mut stream = std::os::unix::net::UnixStream::connect(fake.socket()).unwrap();
    writeln!(stream, "{}", request(7, "version", &json!({}))).unwrap();
    stream.shutdown(std::net::Shutdown::Write).unwrap();
    let mut said = String::new();
    stream.read_to_string(&mut said).unwrap();
    let lines: Vec<&str> = said.lines().collect();
    assert!(
        lines[0].starts_with("WARN") && lines[1].contains("receive") && lines[2].contains("99999"),
        "{said}"
    );
}

#[test]
fn point_4_accounts_are_told_or_there_is_but_one() {
    with_both(|peer| {
        assert_eq!(call(&peer.socket, "listAccounts", &json!({}))["result"], json!([]));
        for method in ["listContacts", "listGroups", "getUserStatus"] {
            let answer = call(&peer.socket, method, &json!({ "recipient": [OWN] }));
            let message = "Method requires valid account parameter";
            assert_eq!(answer["error"], json!({ "code": -32602, "message": message, "data": null }));
            let answer = call(&peer.socket, method, &json!({ "account": "+33639980198" }));
            let message = "Specified account does not exist";
            assert_eq!(answer["error"], json!({ "code": -32602, "message": message, "data": null }));
        }
    });
    let fake = SignalFake::new();
    assert_eq!(call(&fake.socket(), "listAccounts", &json!({}))["result"], json!([{ "number": OWN }]));
    fake.state().single = true;
    let message = "Method not implemented";
    let error = json!({ "code": -32601, "message": message, "data": null });
    assert_eq!(call(&fake.socket(), "listAccounts", &json!({}))["error"], error);
    assert!(call(&fake.socket(), "listContacts", &json!({}))["result"].is_array());
}

#[test]
fn point_5_what_cannot_be_read_has_no_number() {
    let fake = SignalFake::new();
    let answer = status(&fake, json!({ "recipient": ["garbage"] }));
    assert_eq!(answer["result"], json!([{ "recipient": "garbage", "uuid": null, "isRegistered": false }]));
}

#[test]
fn point_6_a_number_without_a_plus_is_of_the_accounts_own_country() {
    let fake = SignalFake::new();
    let answer = status(&fake, json!({ "recipient": "0639980107" }));
    assert_eq!(
        (&answer["result"][0]["recipient"], &answer["result"][0]["number"]),
        (&"0639980107".into(), &"+33639980107".into())
    );
    assert_eq!(status(&fake, json!({ "recipients": ["12"] }))["result"][0]["number"], "+3312");
}

#[test]
fn point_7_the_id_of_a_number_does_not_say_that_it_is_one() {
    let fake = SignalFake::new();
    fake.knows("+33639980104", "PNI:dddddddd-0000-4000-8000-000000000004");
    let answer = status(&fake, json!({ "recipient": ["+33639980104"] }));
    assert_eq!(answer["result"][0]["uuid"], "dddddddd-0000-4000-8000-000000000004");
    assert_eq!(answer["result"][0]["isRegistered"], true);
}

#[test]
fn point_8_when_to_ask_again_stands_in_prose() {
    let fake = SignalFake::new();
    let message = "Rate limit reached\nNext attempt may be tried at 1612260000000 (2021-02-02T10:00:00Z)";
    for (code, message) in [
        (-5, message),
        (-3, "Unable to check if users are registered: StatusCode: 4008 (CdsiResourceExhaustedException)"),
    ] {
        fake.state().refusal = Some((code, message.to_owned()));
        let answer = status(&fake, json!({ "recipient": ["+33639980107"] }));
        assert_eq!(answer["error"], json!({ "code": code, "message": message, "data": null }));
    }
}

#[test]
fn point_9_about_nobody_there_is_nothing() {
    let fake = SignalFake::new();
    for params in [json!({ "recipient": [] }), json!({})] {
        assert_eq!(status(&fake, params)["result"], json!([]));
    }
}

#[test]
fn point_10_without_a_connection_there_is_an_error_of_its_own() {
    let fake = SignalFake::new();
    let message = "Unable to check if users are registered: No connection! (IOException)";
    fake.state().refusal = Some((-3, message.to_owned()));
    let answer = status(&fake, json!({ "recipient": ["+33639980107", "garbage"] }));
    assert_eq!(answer["error"], json!({ "code": -3, "message": message, "data": null }));
    // What cannot be read needs no connection.
    assert!(status(&fake, json!({ "recipient": ["garbage"] }))["result"].is_array());
    // The real one, where there is no network, says so of linking.
    let Some(servers) = Servers::get() else { return };
    if let Some(socket) = servers.signal_offline() {
        let answer = call(Path::new(&socket), "startLink", &json!({}));
        assert_eq!(answer["error"]["code"], -3, "{answer}");
        assert!(answer["error"]["message"].as_str().unwrap().starts_with("Link request error: "), "{answer}");
    }
}

#[test]
fn point_11_a_username_without_a_dot_spoils_the_whole_call() {
    let fake = SignalFake::new();
    fake.state().usernames.insert("carol.42".to_owned(), "id".to_owned());
    let answer = status(&fake, json!({ "recipient": ["+33639980107"], "username": ["carol.42", "nodot"] }));
    assert_eq!(answer["error"]["code"], -32603);
    assert!(answer["error"]["message"].as_str().unwrap().contains("Username must contain a '.'"));
    let answer = status(&fake, json!({ "username": ["carol.42"] }));
    assert_eq!(
        (&answer["result"][0]["username"], &answer["result"][0]["isRegistered"]),
        (&"carol.42".into(), &true.into())
    );
}

#[test]
fn point_12_answers_have_no_order_and_nobody_twice() {
    let fake = SignalFake::new();
    let asked = ["+33639980119", "+33639980101", "+33639980110", "+33639980101"];
    let answer = status(&fake, json!({ "recipient": asked }));
    let order: Vec<&str> =
        answer["result"].as_array().unwrap().iter().map(|e| e["recipient"].as_str().unwrap()).collect();
    assert_eq!(order, ["+33639980119", "+33639980101", "+33639980110"]);
    assert_ne!(order, {
        let mut sorted = order.clone();
        sorted.sort_unstable();
        sorted
    });
}

#[test]
fn point_13_who_does_not_want_to_be_found_is_as_one_who_is_not_there() {
    let fake = SignalFake::new();
    let answer = status(&fake, json!({ "recipient": ["+33639980107"] }));
    let nobody =
        json!({ "recipient": "+33639980107", "number": "+33639980107", "uuid": null, "isRegistered": false });
    assert_eq!(answer["result"], json!([nobody]));
}

#[test]
fn point_14_nobody_there_a_line_that_is_shut_and_silence() {
    use std::io::{BufRead, BufReader, ErrorKind};
    use std::os::unix::net::UnixStream;
    use std::time::Duration;
    let fake = SignalFake::new();
    let missing = fake.socket().with_file_name("missing");
    assert_eq!(UnixStream::connect(missing).unwrap_err().kind(), ErrorKind::NotFound);
    let shut = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    assert_eq!(TcpStream::connect(shut).unwrap_err().kind(), ErrorKind::ConnectionRefused);
    let said = |fake: &SignalFake| {
        let mut stream = UnixStream::connect(fake.socket()).unwrap();
        stream.set_read_timeout(Some(Duration::from_millis(300))).unwrap();
        writeln!(stream, "{}", request(1, "version", &json!({}))).unwrap();
        let mut line = String::new();
        BufReader::new(stream).read_line(&mut line)
    };
    assert!(said(&fake).unwrap() > 0);
    fake.state().ends.push("version");
    assert_eq!(said(&fake).unwrap(), 0, "the end, and no answer");
    fake.state().ends.clear();
    fake.state().hangs.push("version");
    assert!(matches!(said(&fake).unwrap_err().kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut));
    // Each is told in words of its own.
    let place = crate::signal_check::circle();
    for (method, code) in [("listContacts", "error-signal-ended"), ("getUserStatus", "error-signal-ended")] {
        let fake = SignalFake::new();
        fake.state().ends.push(method);
        let outcome = crate::signal_check::check(&place, &fake.unix(), &[]);
        assert!(outcome.stdout.contains(code), "{method}: {}", outcome.all());
        assert_eq!(outcome.code, Some(if method == "getUserStatus" { 3 } else { 5 }), "{method}");
    }
}

#[test]
fn linking_wants_a_link_that_was_begun() {
    with_both(|peer| {
        let params = json!({ "deviceLinkUri": "sgnl://linkdevice?uuid=x", "deviceName": "x" });
        let answer = call(&peer.socket, "finishLink", &params);
        assert_eq!(
            answer["error"],
            json!({ "code": -1, "message": "Unknown device link uri.", "data": null })
        );
    });
    let fake = SignalFake::new();
    assert_eq!(call(&fake.socket(), "startLink", &json!({}))["result"]["deviceLinkUri"], LINK);
}
