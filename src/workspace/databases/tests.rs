use rusqlite::Connection;

use super::*;

fn meter() -> Meter {
    Meter::default()
}

fn make(path: &Path, sql: &str) {
    Connection::open(path).unwrap().execute_batch(sql).unwrap();
}

fn code(trouble: Trouble) -> Code {
    match trouble {
        Trouble::Problem(problem) => problem.code,
        Trouble::Stopped => panic!("stopped"),
    }
}

#[test]
fn b04_nothing_of_a_strangers_is_run_and_nothing_can_be_written() {
    let folder = tempfile::tempdir().unwrap();
    // A name that would say something else in a URI.
    let path = folder.path().join("a?mode=rwc#b%20 c.db");
    make(&path, "CREATE TABLE t (a); INSERT INTO t VALUES (1); CREATE VIEW v AS SELECT load_extension('x');");
    let before = std::fs::read(&path).unwrap();
    let opened = Opened::file(&path, &meter()).unwrap();
    let db = opened.connection();
    assert_eq!(db.query_row("SELECT a FROM t", [], |row| row.get::<_, i64>(0)).unwrap(), 1);
    for sql in [
        "INSERT INTO t VALUES (2)",
        "SELECT * FROM v",
        "SELECT load_extension('x')",
        "ATTACH 'other.db' AS other",
        "PRAGMA writable_schema = ON; UPDATE sqlite_schema SET sql = ''",
        "CREATE TEMP TRIGGER x AFTER INSERT ON t BEGIN SELECT 1; END",
    ] {
        assert!(db.execute_batch(sql).is_err(), "{sql}");
    }
    assert!(db.db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE).unwrap());
    assert!(!db.db_config(DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA).unwrap());
    assert_eq!(std::fs::read(&path).unwrap(), before);
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1, "no side file");
}

#[test]
fn b08_what_never_ends_is_interrupted() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.db");
    make(
        &path,
        "CREATE TABLE t (a); INSERT INTO t WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 3000) SELECT i FROM n;",
    );
    for memory in [false, true] {
        let opened = match memory {
            false => Opened::file(&path, &meter()).unwrap(),
            true => {
                let bytes = std::fs::read(&path).unwrap();
                Opened::memory(bytes.as_slice(), bytes.len() as u64, None, &meter()).unwrap()
            }
        };
        let endless = "SELECT count(*) FROM t a, t b, t c WHERE a.a + b.a + c.a < 0";
        let error = opened.connection().query_row(endless, [], |row| row.get::<_, i64>(0)).unwrap_err();
        assert_eq!(code(opened.trouble(Fault::Sql(error))), Code::DatabaseEndless);
    }
}

#[test]
fn a_user_who_stops_is_not_a_fault_of_the_file() {
    let stop = Arc::new(std::sync::atomic::AtomicBool::new(false));
    let meter = Meter::new(Arc::clone(&stop));
    let folder = tempfile::tempdir().unwrap();
    make(&folder.path().join("a.db"), "CREATE TABLE t (a);");
    let opened = Opened::file(&folder.path().join("a.db"), &meter).unwrap();
    stop.store(true, Ordering::Relaxed);
    let endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n";
    let error = opened.connection().query_row(endless, [], |row| row.get::<_, i64>(0)).unwrap_err();
    assert!(matches!(opened.trouble(Fault::Sql(error)), Trouble::Stopped));
}

#[test]
fn b05_what_is_damaged_is_named_by_sqlites_own_check() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.db");
    make(
        &path,
        "CREATE TABLE wa_contacts (jid TEXT, x); INSERT INTO wa_contacts WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 400) SELECT i, zeroblob(300) FROM n;",
    );
    let good = std::fs::read(&path).unwrap();
    let mut torn = good.clone();
    torn[4096 * 8..4096 * 9].fill(0xa5);
    for (bytes, says) in [(torn, "page"), (good[..good.len() / 2].to_vec(), "malformed")] {
        std::fs::write(&path, &bytes).unwrap();
        let opened = Opened::file(&path, &meter());
        let trouble = match opened {
            Err(trouble) => trouble,
            Ok(opened) => {
                let fault = db::read(opened.connection(), &mut Vec::new()).unwrap_err();
                opened.trouble(fault)
            }
        };
        let Trouble::Problem(problem) = trouble else { panic!("stopped") };
        assert_eq!(problem.code, Code::DatabaseDamaged);
        let quote = problem.quote.unwrap();
        assert!(quote.raw().contains(says), "{}", quote.raw());
        assert_eq!(std::fs::read(&path).unwrap(), bytes);
    }
}

#[test]
fn a_log_that_belongs_to_another_is_not_used() {
    let bytes = {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.db");
        make(&path, "CREATE TABLE t (a); INSERT INTO t VALUES (1);");
        std::fs::read(&path).unwrap()
    };
    let log = b"this is no log at all, but long enough to be";
    let opened = Opened::memory(bytes.as_slice(), bytes.len() as u64, Some(log), &meter()).unwrap();
    assert_eq!(opened.problems, [Problem::new(Code::DatabaseLogStrange)]);
    let rows = opened.connection().query_row("SELECT count(*) FROM t", [], |row| row.get::<_, i64>(0));
    assert_eq!(rows.unwrap(), 1);
}

#[test]
fn a_database_copied_in_the_middle_of_a_change_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.db");
    make(&path, "CREATE TABLE t (a);");
    std::fs::write(beside(&path, "-journal"), [&JOURNAL[..], &[0; 100]].concat()).unwrap();
    let opened = Opened::file_with_log(&path, &beside(&path, "-wal"), &meter()).unwrap();
    assert_eq!(opened.problems, [Problem::new(Code::DatabaseUnfinished)]);
    assert!(beside(&path, "-journal").exists());
}
