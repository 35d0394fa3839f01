//! What `homeserver init` writes, started: Synapse, PostgreSQL and Caddy by the very
//! files, an account by a token, a backup, and back again. `tests/servers/home.py` does
//! in the place of containers what they would do, and tells what came of it.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::{Value, json};

use crate::support::Place;

/// The Python of the servers, and their folder; none where `tests/run` did not install
/// them.
pub fn installed() -> Option<(PathBuf, PathBuf)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/servers");
    let python = folder.join("synapse/bin/python");
    if python.exists() {
        return Some((python, folder));
    }
    assert!(std::env::var_os("TRANSHUME_TEST_SERVERS").is_none(), "{} is missing", python.display());
    eprintln!("skipped: there is no Synapse in target/servers (tests/run installs it)");
    None
}

/// A program of `tests/servers`.
pub fn program(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/servers").join(name)
}

/// Uses the server of a folder; none where this machine lacks something.
pub fn used(folder: &Path) -> Option<Value> {
    told_by("home.py", &[OsStr::new("try"), folder.as_os_str()])
}

/// What a program of `tests/servers` tells of servers that it ran; none where this
/// machine lacks something.
pub fn told_by(name: &str, about: &[&OsStr]) -> Option<Value> {
    let (python, servers) = installed()?;
    let output = Command::new(python)
        .arg(program(name))
        .args(about)
        .arg(servers)
        .env("TRANSHUME_PROGRAM", env!("CARGO_BIN_EXE_transhume"))
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    if output.status.code() == Some(3) {
        eprint!("{said}");
        return None;
    }
    assert!(output.status.success(), "{said}{}", String::from_utf8_lossy(&output.stderr));
    Some(serde_json::from_str(&said).unwrap())
}

/// Fails unless the program itself finds all well, but for the address of IPv6 that
/// there is not.
pub fn check_is_content(check: &Value) {
    assert_eq!(check["code"], 0, "{check:#}");
    let findings = check["findings"].as_array().unwrap();
    let state = |state: &str| -> Vec<&Value> {
        findings.iter().filter(|f| f["state"] == state).map(|f| &f["code"]).collect()
    };
    assert_eq!(state("warn"), ["h02-half"], "{check:#}");
    assert_eq!(state("ok").len() + 1, findings.len(), "{check:#}");
}

/// Fails unless everything about it is well.
pub fn all_is_well(told: &Value) {
    assert_eq!(told["collation"], "C|C|UTF8");
    let well_known = |name: &str, body: Value| {
        let answer = &told[name];
        assert_eq!((&answer["status"], &answer["body"]), (&json!(200), &body));
        assert_eq!(answer["headers"]["content-type"], "application/json");
        assert_eq!(answer["headers"]["access-control-allow-origin"], "*");
    };
    well_known("well_known_server", json!({"m.server": "matrix.example.org:443"}));
    well_known("well_known_client", json!({"m.homeserver": {"base_url": "https://matrix.example.org"}}));
    assert!(told["versions"]["body"]["versions"].as_array().unwrap().len() > 5);
    assert_eq!(told["versions"]["headers"]["access-control-allow-origin"], "*");
    assert_eq!(told["federation"]["body"]["server"]["name"], "Synapse");
    // The signing key is the one that was rolled, for the name that was wanted.
    assert_eq!(told["keys"]["body"]["server_name"], "example.org");
    assert_eq!(
        (&told["unknown"]["status"], &told["unknown"]["body"]["errcode"]),
        (&json!(404), &json!("M_UNRECOGNIZED"))
    );
    for (path, status) in told["outside"].as_object().unwrap() {
        assert_eq!(status, 404, "{path} can be reached from outside");
    }
    assert!(told["inside"]["server_version"].is_string());

    check_is_content(&told["check"]);

    // Accounts: the first from the machine itself, then one a token.
    assert_eq!(told["first"]["user_id"], "@ada:example.org");
    for flow in told["flows"].as_array().unwrap() {
        assert!(flow["stages"].as_array().unwrap().contains(&json!("m.login.registration_token")), "{flow}");
    }
    assert_eq!(told["second"]["user_id"], "@bo:example.org");
    assert!(told["third"]["user_id"].is_null() && told["fourth"]["user_id"].is_null(), "{told:#}");

    // Out, and back in.
    assert_eq!(told["backup"]["code"], 0, "{}", told["backup"]);
    let modes: Vec<&Value> = told["backups"].as_object().unwrap().values().collect();
    assert_eq!(modes, ["0o700", "0o600", "0o600"]);
    for name in ["secrets/signing.key", ".env", "homeserver.yaml", "restore.sh", "media/"] {
        assert!(told["listed"].as_array().unwrap().contains(&json!(name)), "{name}");
    }
    let all = json!(["@ada:example.org", "@bo:example.org", "@ed:example.org"]);
    assert_eq!(told["before"], all);
    assert_eq!(told["refused"]["code"], 2, "a database with something in it: {}", told["refused"]);
    assert_eq!(told["restore"]["code"], 0, "{}", told["restore"]);
    assert_eq!(told["restore"]["stderr"], "");
    assert_eq!(told["key_is_back"], true);
    assert_eq!(told["broken"]["code"], 1, "a backup that breaks off: {}", told["broken"]);
    assert_eq!(
        told["after"],
        json!(["@ada:example.org", "@bo:example.org", null]),
        "as it was at the backup"
    );
}

#[test]
fn a_server_that_was_written_runs_and_comes_back_from_its_backup() {
    let place = Place::new();
    place.run(["homeserver", "init", "example.org", "--yes"]).ends_with(0);
    if let Some(told) = used(&place.path().join("matrix-example.org")) {
        all_is_well(&told);
    }
}
