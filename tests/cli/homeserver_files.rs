//! What `homeserver init` writes, read by what will read it: Compose's schema, YAML,
//! Caddy, a shell, and people of both languages.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

use crate::export::python;
use crate::support::{Outcome, Place};

/// A folder for a name, with more arguments.
fn written(place: &Place, dir: &str, more: &[&str]) -> PathBuf {
    let call = ["homeserver", "init", "example.org", "--yes", "--dir", dir];
    place.run(call.iter().chain(more)).ends_with(0);
    place.path().join(dir)
}

/// Both languages, and with addresses.
fn folders(place: &Place) -> [PathBuf; 2] {
    let addresses = ["--lang", "fr", "--address", "203.0.113.7", "--address", "2001:db8::7"];
    [written(place, "one", &[]), written(place, "other", &addresses)]
}

fn text(folder: &Path, name: &str) -> String {
    fs::read_to_string(folder.join(name)).unwrap()
}

/// Every YAML file as JSON, and what Compose's schema says against those that are its.
const YAML: &str = "
import importlib.util, json, pathlib, sys, yaml
from jsonschema import Draft201909Validator
compose = pathlib.Path(importlib.util.find_spec('compose').submodule_search_locations[0])
schema = json.loads((compose / 'config/compose_spec.json').read_text())
folder, told = pathlib.Path(sys.argv[1]), {'files': {}, 'errors': []}
for path in sorted(folder.glob('*.yaml')):
    told['files'][path.name] = content = yaml.safe_load(path.read_text())
    if path.name.startswith('compose'):
        told['errors'] += [f'{path.name}: {e.message}' for e in Draft201909Validator(schema).iter_errors(content)]
# What it would say if something were wrong.
wrong = {'services': {'x': {'image': 1, 'port': []}}}
told['says'] = len(list(Draft201909Validator(schema).iter_errors(wrong)))
print(json.dumps(told))
";

fn read(python: &Path, folder: &Path) -> Value {
    let output = Command::new(python).args(["-c", YAML]).arg(folder).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

#[test]
fn composes_schema_has_nothing_against_the_files() {
    let Some(python) = ["yaml", "jsonschema", "compose"].map(python).into_iter().collect::<Option<Vec<_>>>()
    else {
        return;
    };
    let place = Place::new();
    for folder in folders(&place) {
        let told = read(&python[0], &folder);
        assert_eq!(told["errors"], serde_json::json!([]));
        assert!(told["says"].as_u64() > Some(0), "the schema finds faults");
        let compose = &told["files"]["compose.yaml"];
        let services = compose["services"].as_object().unwrap();
        assert_eq!(services.keys().collect::<Vec<_>>(), ["caddy", "database", "synapse"]);
        for (name, service) in services {
            let image = service["image"].as_str().unwrap();
            let version = image.rsplit_once(':').unwrap().1.trim_start_matches('v');
            assert!(
                version.split('.').count() >= 2 && version.starts_with(|c: char| c.is_ascii_digit()),
                "{image}"
            );
            assert!(service["healthcheck"]["test"].is_array(), "{name}");
            // Nothing is published but 80 and 443.
            let ports = service["ports"].as_array().cloned().unwrap_or_default();
            let wanted: &[&str] = if name == "caddy" { &["80:80", "443:443", "443:443/udp"] } else { &[] };
            assert_eq!(ports, wanted, "{name}");
        }
        let database = &services["database"]["environment"];
        assert_eq!(database["POSTGRES_INITDB_ARGS"], "--encoding=UTF-8 --lc-collate=C --lc-ctype=C");
        assert_eq!(database["POSTGRES_PASSWORD"], "${POSTGRES_PASSWORD:?}");
        assert_eq!(services["synapse"]["depends_on"]["database"]["condition"], "service_healthy");
        let own = &told["files"]["compose.own-caddy.yaml"]["services"];
        assert_eq!(own["synapse"]["ports"], serde_json::json!(["127.0.0.1:8008:8008"]));
    }
}

#[test]
fn synapses_settings_are_those_of_a_server_on_its_own_domain() {
    let Some(python) = ["yaml", "jsonschema", "compose"].map(python).into_iter().collect::<Option<Vec<_>>>()
    else {
        return;
    };
    let place = Place::new();
    for folder in folders(&place) {
        let told = read(&python[0], &folder);
        let settings = &told["files"]["homeserver.yaml"];
        assert_eq!(settings["server_name"], "example.org");
        assert_eq!(settings["public_baseurl"], "https://matrix.example.org/");
        assert_eq!(settings["enable_registration"], true);
        assert_eq!(settings["registration_requires_token"], true);
        assert_eq!(settings["database"]["name"], "psycopg2");
        assert!(settings["database"]["args"]["password"].is_null(), "the password stands in .env");
        let listener = &settings["listeners"][0];
        assert_eq!(listener["x_forwarded"], true);
        assert_eq!(
            listener["bind_addresses"],
            serde_json::json!(["0.0.0.0"]),
            "not on the container's loopback"
        );
        assert_eq!(settings["trusted_key_servers"][0]["server_name"], "matrix.org");
        let closed: Vec<&str> = settings["url_preview_ip_range_blacklist"]
            .as_array()
            .unwrap()
            .iter()
            .filter_map(Value::as_str)
            .collect();
        for network in [
            "127.0.0.0/8",
            "10.0.0.0/8",
            "172.16.0.0/12",
            "192.168.0.0/16",
            "::1/128",
            "fe80::/10",
            "fc00::/7",
        ] {
            assert!(closed.contains(&network), "{network}");
        }
        for limit in [
            "rc_message",
            "rc_registration",
            "rc_registration_token_validity",
            "rc_login",
            "rc_joins",
            "rc_invites",
        ] {
            assert!(settings[limit].is_object(), "{limit}");
        }
        for (key, value) in settings.as_object().unwrap() {
            let is_secret = ["secret", "signing"].iter().any(|word| key.contains(word));
            assert!(!is_secret || value.as_str().unwrap().starts_with("/data/secrets/"), "{key}");
        }
        assert_eq!(told["files"]["log.yaml"]["root"]["level"], "WARNING");
    }
}

/// Runs a program in a folder; none where it is not there.
fn run(program: &str, arguments: &[&str], folder: &Path) -> Option<Outcome> {
    let output = Command::new(program).args(arguments).current_dir(folder).output();
    output.map(|output| Outcome::of(&output)).map_err(|_| eprintln!("skipped: there is no {program}")).ok()
}

#[test]
fn docker_compose_understands_the_files() {
    let place = Place::new();
    let has = Command::new("docker").args(["compose", "version"]).output();
    if !has.is_ok_and(|output| output.status.success()) {
        eprintln!("skipped: there is no docker compose");
        return;
    }
    for folder in folders(&place) {
        run("docker", &["compose", "config", "--quiet"], &folder).unwrap().ends_with(0);
        let both = ["compose", "-f", "compose.yaml", "-f", "compose.own-caddy.yaml", "config", "--quiet"];
        run("docker", &both, &folder).unwrap().ends_with(0);
    }
}

#[test]
fn caddy_understands_its_files() {
    let place = Place::new();
    for folder in folders(&place) {
        // As the fragment says: a block that is there already, and one line more.
        let own = format!(
            "{}\nexample.org {{\n\timport matrix-example-org\n\trespond \"my website\"\n}}\n",
            text(&folder, "Caddyfile.fragment")
        );
        fs::write(folder.join("own"), own).unwrap();
        fs::write(
            folder.join("imports"),
            "import Caddyfile.fragment\nexample.org {\n\timport matrix-example-org\n}\n",
        )
        .unwrap();
        for name in ["Caddyfile", "own", "imports"] {
            let Some(outcome) =
                run("caddy", &["adapt", "--adapter", "caddyfile", "--config", name, "--validate"], &folder)
            else {
                return;
            };
            let adapted = outcome.ends_with(0).stdout;
            for wanted in
                ["matrix.example.org:443", "https://matrix.example.org", "example.org", "/_matrix/*"]
            {
                assert!(adapted.contains(wanted), "{name}: {wanted} is not in {adapted}");
            }
            assert!(!adapted.contains("/_synapse/admin"), "{name}: {adapted}");
        }
    }
}

#[test]
fn scripts_are_for_every_shell_and_refuse_what_is_no_backup() {
    let place = Place::new();
    for folder in folders(&place) {
        for name in ["backup.sh", "restore.sh"] {
            assert!(text(&folder, name).starts_with("#!/bin/sh\n"));
            run("sh", &["-n", name], &folder).unwrap().ends_with(0);
        }
        for call in [&["./restore.sh"][..], &["./restore.sh", "nothing"], &["./restore.sh", "--replace"]] {
            let refused = run("sh", call, &folder).unwrap().ends_with(2);
            assert!(refused.stderr.contains("./restore.sh [--replace]"), "{}", refused.stderr);
        }
    }
}

#[test]
fn the_backup_of_another_server_is_refused() {
    let place = Place::new();
    let folder = written(&place, "one", &[]);
    place.run(["homeserver", "init", "example.net", "--yes", "--dir", "two"]).ends_with(0);
    let other = place.path().join("two");
    place.file("kept/database.dump", "");
    let kept = place.path().join("kept").to_str().unwrap().to_owned();
    run("tar", &["-cf", &format!("{kept}/files.tar"), "homeserver.yaml", "secrets", "media"], &other)
        .unwrap()
        .ends_with(0);
    let key = text(&folder, "secrets/signing.key");
    let refused = run("sh", &["./restore.sh", "--replace", &kept], &folder).unwrap().ends_with(2);
    assert!(
        refused.stderr.contains("is example.org, and the backup is of example.net"),
        "{}",
        refused.stderr
    );
    assert_eq!(text(&folder, "secrets/signing.key"), key);
}

#[test]
fn the_records_are_lines_of_a_zone_file() {
    let place = Place::new();
    let [bare, told] = folders(&place);
    let records: Vec<String> =
        text(&told, "dns.zone").lines().filter(|line| !line.starts_with(';')).map(str::to_owned).collect();
    assert_eq!(
        records,
        [
            "example.org. 3600 IN A 203.0.113.7",
            "matrix.example.org. 3600 IN A 203.0.113.7",
            "example.org. 3600 IN AAAA 2001:db8::7",
            "matrix.example.org. 3600 IN AAAA 2001:db8::7",
        ]
    );
    assert!(text(&told, "dns.txt").contains("matrix.example.org  AAAA  2001:db8::7"));
    // Nothing that is no address can be published by mistake.
    assert!(text(&bare, "dns.zone").lines().all(|line| line.starts_with(';')), "{}", text(&bare, "dns.zone"));
    assert!(text(&bare, "dns.txt").contains("the IPv4 address of the machine"));
}

#[test]
fn the_readme_says_the_same_in_both_languages() {
    let place = Place::new();
    let folder = written(&place, "one", &[]);
    let shape = |name: &str| {
        let text = text(&folder, name);
        assert!(!text.contains("{{") && !text.contains("{%"), "{name}");
        let count = |start: &str| text.lines().filter(|line| line.starts_with(start)).count();
        let code: Vec<String> = text.split('`').skip(1).step_by(2).map(str::to_owned).collect();
        (["# ", "## ", "- **", "| `", "    "].map(count), code.len())
    };
    assert_eq!(shape("README.en.md"), shape("README.fr.md"));
    let english = text(&folder, "README.en.md");
    assert!(english.contains("`@ada:example.org`. **That name is for ever**"), "{english}");
    assert!(text(&folder, "README.fr.md").contains("**Ce nom est pour toujours**"));
    for entry in fs::read_dir(&folder).unwrap().flatten() {
        let name = entry.file_name();
        let name = name.to_str().unwrap().trim_end_matches(".en.md").trim_end_matches(".fr.md").to_owned();
        assert!(name == "README" || english.contains(&format!("`{name}")), "{name} is not told of");
    }
}

#[test]
fn remarks_are_in_the_language_of_whoever_wrote_the_folder() {
    let place = Place::new();
    let [english, french] = folders(&place);
    assert!(text(&english, "homeserver.yaml").contains("# Synapse’s settings."));
    assert!(text(&french, "homeserver.yaml").contains("# Les réglages de Synapse."));
    for name in
        ["compose.yaml", ".env", "homeserver.yaml", "log.yaml", "Caddyfile", "backup.sh", "restore.sh"]
    {
        let plain = |folder: &Path| -> Vec<String> {
            let text = text(folder, name);
            let code = |line: &&str| !line.trim_start().starts_with('#') && !line.contains("echo");
            text.lines()
                .filter(code)
                .map(|line| line.split('=').next().unwrap_or_default().to_owned())
                .collect()
        };
        assert_eq!(plain(&english), plain(&french), "{name}: only remarks differ");
    }
}
