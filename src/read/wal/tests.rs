use rusqlite::Connection;

use super::*;

/// A database with a log beside it, and its rows: the last of them only in
/// the log.
fn logged(page_size: u32) -> (Vec<u8>, Vec<u8>) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.db");
    let db = Connection::open_with_flags(&path, rusqlite::OpenFlags::default()).unwrap();
    db.execute_batch(&format!(
        "PRAGMA page_size = {page_size}; PRAGMA journal_mode = WAL; PRAGMA wal_autocheckpoint = 0;"
    ))
    .unwrap();
    db.execute_batch("CREATE TABLE t (n INTEGER, x TEXT); INSERT INTO t VALUES (1, 'one');").unwrap();
    db.execute_batch("PRAGMA wal_checkpoint(TRUNCATE);").unwrap();
    for n in 2..=40 {
        db.execute("INSERT INTO t VALUES (?1, ?2)", (n, "x".repeat(300))).unwrap();
    }
    let read = |name| crate::read::decode::read_up_to(&mut open(&folder.path().join(name)), 1 << 24).unwrap();
    (read("a.db"), read("a.db-wal"))
}

#[expect(clippy::disallowed_methods, reason = "the test looks at files that SQLite made")]
fn open(path: &std::path::Path) -> std::fs::File {
    std::fs::File::open(path).unwrap()
}

fn rows(mut database: Vec<u8>) -> Vec<i64> {
    forget_log(&mut database);
    let mut db = Connection::open_in_memory().unwrap();
    db.deserialize_read_exact("main", database.as_slice(), database.len(), true).unwrap();
    let mut all = db.prepare("SELECT n FROM t ORDER BY n").unwrap();
    let rows = all.query_map([], |row| row.get(0)).unwrap();
    rows.collect::<Result<_, _>>().unwrap()
}

#[test]
fn rows_that_stand_only_in_the_log_are_there() {
    for size in [512, 4096, 65_536] {
        let (database, log) = logged(size);
        assert_eq!(page_size(&database), Some(size as usize));
        assert_eq!(rows(database.clone()), [1]);
        let committed = read(&log).unwrap();
        let mut whole = database;
        assert!(committed.apply(&log, &mut whole, usize::MAX));
        assert_eq!(whole.len() % size as usize, 0);
        assert_eq!(rows(whole), (1..=40).collect::<Vec<_>>());
    }
}

#[test]
fn what_was_not_committed_or_is_damaged_ends_the_log() {
    let (database, log) = logged(4096);
    let whole = |log: &[u8]| {
        let mut bytes = database.clone();
        assert!(read(log).unwrap().apply(log, &mut bytes, usize::MAX));
        rows(bytes)
    };
    // Cut anywhere, the rows before are there, and no half of any.
    let mut last = 0;
    for cut in (HEADER..log.len()).step_by(1999) {
        let got = whole(&log[..cut]);
        assert_eq!(got, (1..=i64::try_from(got.len()).unwrap()).collect::<Vec<_>>());
        assert!(got.len() >= last);
        last = got.len();
    }
    assert!(last > 30, "{last}");
    // A wrong byte anywhere in a frame ends the log before it.
    let frame = FRAME + 4096;
    for at in [
        HEADER + 10 * frame + 2,
        HEADER + 10 * frame + 9,
        HEADER + 10 * frame + 17,
        HEADER + 10 * frame + 3000,
    ] {
        let mut bad = log.clone();
        bad[at] ^= 1;
        let got = whole(&bad);
        assert!(!got.is_empty() && got.len() < 20, "{at}: {}", got.len());
    }
    // The last frame of a transaction without its commit.
    let mut open = log.clone();
    let end = HEADER + ((log.len() - HEADER) / frame - 1) * frame;
    open[end + 4..end + 8].fill(0);
    assert_eq!(whole(&open).len(), 39);
}

#[test]
fn what_is_no_log_is_said_to_be_none() {
    let (_, log) = logged(4096);
    assert_eq!(read(&[]), Ok(Committed::default()));
    for at in [0, 5, 9, 12, 17, 25, 31] {
        let mut bad = log.clone();
        bad[at] ^= 0x40;
        assert_eq!(read(&bad), Err(NotLog), "{at}");
    }
    assert_eq!(read(&log[..31]), Err(NotLog));
    assert!(read(&log[..HEADER]).unwrap().is_empty());
}

#[test]
fn a_size_that_cannot_be_is_refused() {
    let (database, log) = logged(4096);
    let committed = read(&log).unwrap();
    let mut bytes = database.clone();
    assert!(!committed.apply(&log, &mut bytes, 4096));
    assert_eq!(bytes, database);
}
