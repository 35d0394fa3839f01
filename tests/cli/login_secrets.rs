//! Secrets in settings, addresses and commands that are not quite right.

use crate::login::error;
use crate::support::Place;

#[test]
fn a_slip_in_the_settings_is_told_of_without_what_stands_there() {
    for (line, place) in [
        ("token_command = echo canary", "2 (token_command)"),
        ("token_command = \"echo canary", "2 (token_command)"),
        ("token_command = [\"echo\", \"canary\"]", "2 (token_command)"),
        ("token_comand = \"echo canary\"", "2 (token_comand)"),
        ("token_command \"echo canary\"", "2"),
        ("me = \"canary\"", "2 (me)"),
        ("token_command = \"\"\"\ncanary=\"", "2 (token_command)"),
    ] {
        let workspace = Place::new();
        workspace.file("ws/transhume.toml", format!("# mine\n{line}\n"));
        let outcome = workspace.run(["logout", "--json"]).ends_with(2);
        assert_eq!(error(&outcome), "error-settings-line");
        assert!(!outcome.all().contains("canary"), "{}", outcome.all());
        assert!(outcome.stderr.contains(&format!("in line {place}.")), "{line}: {}", outcome.stderr);
    }
}
