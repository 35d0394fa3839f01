//! Two servers that `homeserver init` wrote, and people of both in one room. Slow:
//! `TRANSHUME_SLOW=1`, which `tests/run` sets. `tests/servers/federation.py` runs them.

use std::path::PathBuf;

use serde_json::json;

use crate::homeserver_run::{check_is_content, told_by};
use crate::support::Place;

#[test]
fn a_message_crosses_between_two_servers() {
    if std::env::var("TRANSHUME_SLOW").as_deref() != Ok("1") {
        println!("skipped: slow, and TRANSHUME_SLOW=1 is not set (tests/run sets it)");
        return;
    }
    let place = Place::new();
    let folders: Vec<PathBuf> = ["example.org", "example.test"]
        .into_iter()
        .map(|name| {
            place.run(["homeserver", "init", name, "--yes"]).ends_with(0);
            place.path().join(format!("matrix-{name}"))
        })
        .collect();
    let folders: Vec<_> = folders.iter().map(|folder| folder.as_os_str()).collect();
    let Some(told) = told_by("federation.py", &folders) else { return };

    let (ada, bo) = ("@ada:example.org", "@bo:example.test");
    assert_eq!(told["names"], json!(["example.org", "example.test"]));
    assert_eq!(told["people"], json!([ada, bo]));
    assert_eq!(told["invited_by"], ada);
    // Both servers have both in the room.
    assert_eq!(told["members"], json!({ada: [ada, bo], bo: [ada, bo]}));
    assert_eq!(told["there"], json!({"sender": ada, "body": "Is the bread still warm?"}));
    assert_eq!(told["back"], json!({"sender": bo, "body": "It is, come over."}));
    let checks = told["checks"].as_array().unwrap();
    assert_eq!(checks.len(), 2);
    for check in checks {
        check_is_content(check);
    }
}
