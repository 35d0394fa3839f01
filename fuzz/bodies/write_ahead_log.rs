//! Whatever a log holds, only whole pages are laid over a database, which
//! takes the size that the last commit names.

use transhume::read::wal;

/// Tries one input.
pub fn run(data: &[u8]) {
    let Ok(committed) = wal::read(data) else { return };
    let mut database = vec![0xee; 3000];
    if !committed.apply(data, &mut database, 1 << 20) {
        assert_eq!(database, vec![0xee; 3000], "what cannot be done is not begun");
    } else if !committed.is_empty() {
        assert_eq!(database.len(), committed.pages * committed.page_size);
    }
    for (number, page) in committed.pages(data) {
        assert!(number >= 1 && number <= committed.pages && page.len() == committed.page_size);
    }
    wal::forget_log(&mut database);
}
