//! Whatever a log holds, only whole pages are laid over a database, which
//! takes the size that the last commit names.

use std::io::Read;

use transhume::read::wal;

/// No database is looked at that would be larger than this.
const CAP: u64 = 1 << 20;

/// Tries one input.
pub fn run(data: &[u8]) {
    let Ok(committed) = wal::read(data) else { return };
    let database = [0xee; 3000];
    let size = committed.size_over(3000);
    let mut whole = Vec::new();
    let over = committed.over(data, database.as_slice(), 3000, wal::Plain);
    let read = over.take(CAP).read_to_end(&mut whole).expect("memory can be read");
    assert_eq!(read as u64, size.min(CAP));
    if committed.is_empty() {
        assert_eq!(size, 3000);
    }
    for (number, page) in committed.pages(data) {
        assert!(number >= 1 && number <= committed.pages && page.len() == committed.page_size);
    }
    wal::forget_log(&mut whole);
}
