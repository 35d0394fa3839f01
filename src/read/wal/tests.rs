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

/// A database with a log laid over it.
fn over(database: &[u8], log: &[u8]) -> Vec<u8> {
    let (committed, mut whole) = (read(log).unwrap(), Vec::new());
    let size = database.len() as u64;
    committed.over(log, database, size, Plain).read_to_end(&mut whole).unwrap();
    assert_eq!(whole.len() as u64, committed.size_over(size));
    whole
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
        assert!(!read(&log).unwrap().cut);
        let whole = over(&database, &log);
        assert_eq!(whole.len() % size as usize, 0);
        assert_eq!(rows(whole), (1..=40).collect::<Vec<_>>());
    }
}

#[test]
fn what_was_not_committed_or_is_damaged_ends_the_log() {
    let (database, log) = logged(4096);
    let whole = |log: &[u8]| rows(over(&database, log));
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
fn a_log_that_ends_in_the_middle_says_so() {
    let (_, log) = logged(4096);
    let frame = FRAME + 4096;
    let cut = |log: &[u8]| read(log).unwrap().cut;
    assert!(!cut(&log) && !cut(&[]) && !cut(&log[..HEADER]));
    for end in [HEADER + 5, HEADER + 3 * frame - 1, log.len() - 1, log.len() - 4096] {
        assert!(cut(&log[..end]), "{end}");
    }
    // A wrong byte, and a transaction without its commit.
    let mut bad = log.clone();
    bad[HEADER + 10 * frame + 3000] ^= 1;
    assert!(cut(&bad));
    let mut open = log[..HEADER + frame].to_vec();
    open[HEADER + 4..HEADER + 8].fill(0);
    assert!(cut(&open));
    // What is left of an older log is no harm.
    let mut older = log.clone();
    let last = log.len() - frame;
    older[last + 8..last + 16].fill(0x11);
    assert!(!cut(&older));
}

#[test]
fn a_size_that_cannot_be_is_told_before_anything_is_read() {
    let (database, log) = logged(4096);
    let committed = read(&log).unwrap();
    assert!(committed.size_over(database.len() as u64) > database.len() as u64);
    let huge = Committed { pages: usize::MAX, ..committed };
    assert_eq!(huge.size_over(1), u64::MAX);
}
