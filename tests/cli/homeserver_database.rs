//! `homeserver init --existing-postgres` at a real PostgreSQL, which sorts by ICU, asks
//! for passwords and speaks TLS.

use std::fs;
use std::io::ErrorKind;
use std::net::TcpListener;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

use crate::homeserver_check::faults;
use crate::homeserver_init::on_a_terminal;
use crate::homeserver_run::{all_is_well, installed, program, used};
use crate::internet::World;
use crate::support::{Outcome, Place};

/// A server that ends with the test.
struct Postgres {
    python: PathBuf,
    told: Value,
}

impl Drop for Postgres {
    fn drop(&mut self) {
        let place = self.told["place"].as_str().unwrap_or_default();
        let _ = Command::new(&self.python).arg(program("postgres.py")).args(["down", place]).output();
    }
}

impl Postgres {
    /// None where this machine lacks something.
    fn up() -> Option<Postgres> {
        let (python, servers) = installed()?;
        let output =
            Command::new(&python).arg(program("postgres.py")).arg("up").arg(servers).output().unwrap();
        let said = String::from_utf8_lossy(&output.stdout).into_owned();
        if output.status.code() == Some(3) {
            eprint!("{said}");
            return None;
        }
        assert!(output.status.success(), "{said}{}", String::from_utf8_lossy(&output.stderr));
        Some(Postgres { python, told: serde_json::from_str(&said).unwrap() })
    }

    fn text(&self, name: &str) -> &str {
        self.told[name].as_str().unwrap()
    }

    fn dsn(&self, user: &str) -> String {
        format!("postgresql://{user}@127.0.0.1:{}/postgres", self.told["port"])
    }

    /// A file of passwords for everybody.
    fn passfile(&self, place: &Place) -> PathBuf {
        private(place.file("passwords", format!("127.0.0.1:*:*:*:{}\n", self.text("password"))))
    }

    /// What psql says as a role.
    fn ask(&self, user: &str, password: &str, database: &str, sql: &str) -> Outcome {
        let port = self.told["port"].to_string();
        let output = Command::new("psql")
            .args(["-X", "-A", "-t", "-h", "127.0.0.1", "-p", &port, "-U", user, "-d", database, "-c", sql])
            .env("PGPASSWORD", password)
            .output()
            .unwrap();
        Outcome::of(&output)
    }

    /// The roles and databases that are not the cluster's own.
    fn all(&self) -> String {
        let sql = "SELECT string_agg(name, ' ' ORDER BY name) FROM (SELECT rolname AS name FROM pg_roles
                   WHERE rolname LIKE 'matrix%' UNION ALL SELECT datname FROM pg_database WHERE datname LIKE 'matrix%') x";
        self.ask("postgres", self.text("password"), "postgres", sql).ends_with(0).stdout.trim().to_owned()
    }
}

fn private(path: PathBuf) -> PathBuf {
    fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).unwrap();
    path
}

fn init(place: &Place, passfile: Option<&Path>, arguments: &[&str]) -> Outcome {
    let mut command = place.command();
    command.args(["homeserver", "init"]).args(arguments);
    if let Some(path) = passfile {
        command.env("PGPASSFILE", path);
    }
    Outcome::of(&command.output().unwrap())
}

fn password_of(folder: &Path) -> String {
    let environment = fs::read_to_string(folder.join(".env")).unwrap();
    environment.lines().find_map(|line| line.strip_prefix("POSTGRES_PASSWORD=")).unwrap().to_owned()
}

#[test]
fn a_database_of_its_own_is_made_with_the_collation_that_synapse_needs() {
    let Some(postgres) = Postgres::up() else { return };
    let place = Place::new();
    let passfile = postgres.passfile(&place);
    let dsn = postgres.dsn("postgres");
    let call = ["example.org", "--yes", "--json", "--existing-postgres", &dsn];
    let outcome = init(&place, Some(&passfile), &call).ends_with(0);
    assert!(outcome.stderr.contains("will be asked, as postgres, to make a database"), "{}", outcome.stderr);
    assert_eq!(outcome.object()["database"]["name"], "matrix_example_org");
    let folder = place.path().join("matrix-example.org");
    let password = password_of(&folder);
    let sql = "SELECT pg_encoding_to_char(encoding), datcollate, datctype, datlocprovider, rolname
               FROM pg_database JOIN pg_roles ON datdba = pg_roles.oid WHERE datname = current_database()";
    let found = postgres.ask("matrix_example_org", &password, "matrix_example_org", sql).ends_with(0).stdout;
    assert_eq!(found.trim(), "UTF8|C|C|c|matrix_example_org");
    // It is for nobody else, and the password stands in no log.
    let other = postgres.ask("weak", postgres.text("password"), "matrix_example_org", "SELECT 1");
    assert!(other.stderr.contains("permission denied"), "{}", other.stderr);
    let log = fs::read_to_string(postgres.text("log")).unwrap();
    assert!(log.contains("CREATE ROLE") && !log.contains(&password), "{log}");
    assert!(!outcome.all().contains(&password) && !outcome.all().contains(postgres.text("password")));

    let compose = fs::read_to_string(folder.join("compose.yaml")).unwrap();
    assert!(!compose.contains("image: docker.io/library/postgres"), "{compose}");
    assert!(compose.contains("host.docker.internal:host-gateway"), "{compose}");
    assert!(fs::read_to_string(folder.join("README.en.md")).unwrap().contains("pg_hba.conf"));

    // Again: nobody is asked anything. In another folder: what is there is not touched.
    init(&place, None, &call).ends_with(0);
    let again = ["example.org", "--yes", "--dir", "other", "--existing-postgres", &dsn];
    let refused = init(&place, Some(&passfile), &again).ends_with(5);
    assert!(refused.stderr.contains("matrix_example_org already"), "{}", refused.stderr);
    assert!(!place.path().join("other").exists());
    assert_eq!(postgres.all(), "matrix_example_org matrix_example_org");

    if let Some(told) = used(&folder) {
        all_is_well(&told);
    }
}

#[test]
fn a_role_that_may_just_make_databases_is_enough() {
    let Some(postgres) = Postgres::up() else { return };
    let place = Place::new();
    let (port, password) = (&postgres.told["port"], postgres.text("password"));
    let text = format!("postgresql://maker:{password}@127.0.0.1:{port}/postgres?sslmode=verify-full\n");
    let file = private(place.file("dsn", text));
    let file = file.to_str().unwrap();
    // Its certificate is none that the system trusts.
    let refused = init(&place, None, &["example.org", "--yes", "--dsn-file", file]).ends_with(5);
    assert!(
        refused.stderr.contains("cannot be reached") && refused.stderr.contains("--ca-file"),
        "{}",
        refused.stderr
    );
    let call = ["example.org", "--yes", "--dsn-file", file, "--ca-file", postgres.text("authority")];
    let outcome = init(&place, None, &call).ends_with(0);
    assert!(
        outcome.stderr.contains("by TLS alone") && !outcome.all().contains(password),
        "{}",
        outcome.stderr
    );
    let folder = place.path().join("matrix-example.org");
    assert!(fs::read_to_string(folder.join("homeserver.yaml")).unwrap().contains("sslmode: require"));
    let sql =
        "SELECT count(*) FROM pg_auth_members JOIN pg_roles ON member = pg_roles.oid WHERE rolname = 'maker'";
    let members = postgres.ask("postgres", password, "postgres", sql).ends_with(0).stdout;
    assert_eq!(members.trim(), "0", "it belongs to no other role any more");
    postgres
        .ask("matrix_example_org", &password_of(&folder), "matrix_example_org", "CREATE TABLE x (y int)")
        .ends_with(0);
}

#[test]
fn what_cannot_be_made_is_refused_with_the_reason_and_nothing_is_left() {
    let Some(postgres) = Postgres::up() else { return };
    let place = Place::new();
    let passfile = postgres.passfile(&place);
    let (weak, maker, nobody) = (postgres.dsn("weak"), postgres.dsn("maker"), postgres.dsn("nobody"));
    let wrong = private(place.file("wrong", "*:*:*:*:not-this\n"));
    let free = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let dead = format!("postgresql://maker@127.0.0.1:{free}/postgres");
    let nowhere = format!("{}/no-such-database", maker.strip_suffix("/postgres").unwrap());
    for (dsn, passwords, says) in [
        (&weak, Some(&passfile), "ALTER ROLE \"weak\" CREATEDB CREATEROLE"),
        (&maker, Some(&wrong), "does not let maker in"),
        (&maker, None, "wants a password for maker"),
        (&nobody, Some(&passfile), "does not let nobody in"),
        (&dead, Some(&passfile), "cannot be reached"),
        (&nowhere, Some(&passfile), "no-such-database"),
    ] {
        let call = ["example.org", "--yes", "--existing-postgres", dsn];
        let refused = init(&place, passwords.map(PathBuf::as_path), &call).ends_with(5);
        assert!(refused.stderr.contains(says), "{says}: {}", refused.stderr);
        assert!(!refused.all().contains(postgres.text("password")));
    }
    assert_eq!(postgres.all(), "");
    let left: Vec<_> = fs::read_dir(place.path()).unwrap().flatten().map(|entry| entry.file_name()).collect();
    assert_eq!(left.len(), 2, "only the files of passwords: {left:?}");
}

#[test]
fn a_database_goes_again_where_the_folder_cannot_be_written() {
    let Some(postgres) = Postgres::up() else { return };
    let place = Place::new();
    let text = format!(
        "host=127.0.0.1 port={} user=postgres password={}",
        postgres.told["port"],
        postgres.text("password")
    );
    private(place.file("dsn", text));
    // While the question stands there, somebody else takes the place.
    let meanwhile = || drop(place.file("matrix-example.org/mine", "x"));
    let Some(refused) = on_a_terminal(&place, "--dsn-file dsn", meanwhile, "yes\n") else { return };
    let refused = refused.ends_with(2);
    assert!(refused.stdout.contains("may the database be made?"), "{}", refused.stdout);
    assert!(refused.stdout.contains("is there already"), "{}", refused.stdout);
    assert!(
        fs::read_to_string(postgres.text("log")).unwrap().contains("CREATE DATABASE \"matrix_example_org\"")
    );
    assert_eq!(postgres.all(), "");
    let left: Vec<_> = fs::read_dir(place.path().join("matrix-example.org")).unwrap().flatten().collect();
    assert_eq!(left.len(), 1, "{left:?}");
}

#[test]
fn a_password_is_asked_for_where_somebody_is_there() {
    let Some(postgres) = Postgres::up() else { return };
    let place = Place::new();
    let more = format!("--existing-postgres {}", postgres.dsn("maker"));
    let password = postgres.text("password").to_owned();
    let typed = format!("yes\n{password}\n");
    let Some(made) = on_a_terminal(&place, &more, || (), &typed) else { return };
    let made = made.ends_with(0).stdout;
    assert!(made.contains("Password of maker at 127.0.0.1"), "{made}");
    assert_eq!(postgres.all(), "matrix_example_org matrix_example_org");
}

#[test]
fn a_password_on_the_command_line_is_refused_and_never_repeated() {
    let place = Place::new();
    for dsn in [
        "postgresql://ada:a-secret@db.example.org/postgres",
        "postgresql://ada@db.example.org/postgres?password=a-secret",
        "host=db.example.org user=ada password=a-secret",
    ] {
        let refused = init(&place, None, &["example.org", "--yes", "--existing-postgres", dsn]).ends_with(2);
        assert!(
            refused.stderr.contains("PGPASSFILE") && refused.stderr.contains("--dsn-file"),
            "{}",
            refused.stderr
        );
        assert!(!refused.all().contains("a-secret"), "{}", refused.all());
    }
    for (dsn, says) in [
        ("mysql://a:a-secret@b", "psql"),
        ("postgresql://db.example.org", "ROLE@HOST"),
        ("host=a,b user=c", "one host"),
        ("host='a b' user=c", "no host has"),
    ] {
        let refused = init(&place, None, &["example.org", "--yes", "--existing-postgres", dsn]).ends_with(2);
        assert!(
            refused.stderr.contains(says) && !refused.all().contains("a-secret"),
            "{dsn}: {}",
            refused.all()
        );
    }
    let open = place.file("passwords", "*:*:*:*:a-secret\n");
    fs::set_permissions(&open, fs::Permissions::from_mode(0o644)).unwrap();
    let call = ["example.org", "--yes", "--existing-postgres", "postgresql://ada@localhost"];
    let refused = init(&place, Some(&open), &call).ends_with(2);
    assert!(refused.stderr.contains("chmod 600"), "{}", refused.stderr);
    assert_eq!(fs::read_dir(place.path()).unwrap().count(), 1, "nothing is written");
}

#[test]
fn nothing_is_said_to_the_server_before_somebody_agreed() {
    let place = Place::new();
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    listener.set_nonblocking(true).unwrap();
    let dsn = format!("postgresql://ada@{}/postgres", listener.local_addr().unwrap());
    let refused = init(&place, None, &["example.org", "--existing-postgres", &dsn]).ends_with(6);
    assert!(refused.stderr.contains("will be asked, as ada"), "{}", refused.stderr);
    assert_eq!(listener.accept().unwrap_err().kind(), ErrorKind::WouldBlock);
    assert_eq!(fs::read_dir(place.path()).unwrap().count(), 0, "nothing is written");
}

/// Looks at a server with which all is well from outside, and at a database.
fn check(dsn: &str, passfile: Option<&Path>) -> Outcome {
    check_with(["--dsn", dsn], passfile)
}

fn check_with(arguments: [&str; 2], passfile: Option<&Path>) -> Outcome {
    let mut world = World::new();
    world.arguments = arguments.map(str::to_owned).to_vec();
    let passfile = passfile.map(|path| ("PGPASSFILE".to_owned(), path.to_str().unwrap().to_owned()));
    world.environment.extend(passfile);
    world.check("example.org")
}

#[test]
fn check_names_a_collation_that_is_wrong_and_accounts_of_another_domain() {
    let Some(postgres) = Postgres::up() else { return };
    let place = Place::new();
    let passfile = postgres.passfile(&place);
    let dsn = postgres.dsn("postgres");
    let outcome = check(&dsn, Some(&passfile)).ends_with(3);
    assert_eq!(faults(&outcome), ["H23 FAIL h23-wrong"], "{}", outcome.stdout);
    assert!(outcome.stdout.contains("C.UTF-8"), "{}", outcome.stdout);

    let call = ["example.org", "--yes", "--existing-postgres", &dsn];
    init(&place, Some(&passfile), &call).ends_with(0);
    let made = format!("{}/matrix_example_org", dsn.rsplit_once('/').unwrap().0);
    let outcome = check(&made, Some(&passfile)).ends_with(0);
    assert_eq!(faults(&outcome), [] as [&str; 0], "{}", outcome.stdout);
    let own = |sql: &str| {
        postgres.ask("postgres", postgres.text("password"), "matrix_example_org", sql).ends_with(0);
    };
    own("CREATE TABLE users (name text); INSERT INTO users VALUES ('@ada:example.org')");
    assert_eq!(faults(&check(&made, Some(&passfile)).ends_with(0)), [] as [&str; 0]);
    own("INSERT INTO users VALUES ('@bo:matrix.example.org')");
    let outcome = check(&made, Some(&passfile)).ends_with(3);
    assert_eq!(faults(&outcome), ["H24 FAIL h24-users"], "{}", outcome.stdout);

    // Without a password nothing is seen, and one on the command line is refused.
    let outcome = check(&made, None).ends_with(3);
    assert_eq!(faults(&outcome), ["H23 FAIL h23-unreached"], "{}", outcome.stdout);
    let open = made.replace("postgres@", "postgres:a-secret@");
    let outcome = check(&open, None).ends_with(2);
    assert!(!outcome.all().contains("a-secret"), "{}", outcome.all());
    // In a file that nobody else can read it may stand, and is told to nobody.
    let password = postgres.text("password");
    let file = private(place.file("dsn", made.replace("postgres@", &format!("postgres:{password}@"))));
    let outcome = check_with(["--dsn-file", file.to_str().unwrap()], None).ends_with(3);
    assert_eq!(faults(&outcome), ["H24 FAIL h24-users"], "{}", outcome.stdout);
    assert!(!outcome.all().contains(password), "{}", outcome.all());
    let log = fs::read_to_string(postgres.text("log")).unwrap();
    assert!(log.contains("default_transaction_read_only"), "{log}");
}
