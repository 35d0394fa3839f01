//! Workspaces of every schema that there was still open, and what they know is
//! still known. `fixtures/workspaces/` keeps one of each.

use std::fs;
use std::path::Path;

use crate::support::Place;

#[test]
fn a_workspace_of_every_schema_still_opens() {
    let kept = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/workspaces");
    let mut tried = 0;
    for entry in fs::read_dir(kept).unwrap().flatten() {
        let place = Place::new();
        let database = fs::read(entry.path()).unwrap();
        place.file("ws/transhume.db", database);
        let contacts = place.run(["contacts", "--json"]).ends_with(0).json();
        let named =
            |name: &str| contacts.iter().find(|c| c["name"] == name).unwrap_or_else(|| panic!("{name}"));
        assert_eq!(contacts.len(), 2, "{}", entry.path().display());
        assert_eq!(named("Ada Quill")["verdicts"]["matrix"]["state"], "reachable");
        assert_eq!(named("Bo Marsh")["excluded"], true);
        // It can be written to as well.
        place.run(["contacts", "exclude", "--undo", "Bo Marsh"]).ends_with(0);
        assert_eq!(place.run(["runs", "--json"]).ends_with(0).json().len(), 1);
        tried += 1;
    }
    assert!(tried >= 1, "no workspace was tried");
}
