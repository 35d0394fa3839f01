//! The corpus of the fuzz targets, as ordinary tests; and the same with a few
//! thousand changes, which is no replacement for a fuzzer but runs everywhere.

use std::fs;
use std::path::Path;

#[path = "../../fuzz/bodies/backup_header.rs"]
mod backup_header;
#[path = "../../fuzz/bodies/chat_text.rs"]
mod chat_text;
#[path = "../../fuzz/bodies/database_rows.rs"]
mod database_rows;
#[path = "../../fuzz/bodies/signal_desktop.rs"]
mod signal_desktop;
#[path = "../../fuzz/bodies/write_ahead_log.rs"]
mod write_ahead_log;

/// Runs a target on its corpus, and on `changes` variations of each file.
fn run(target: &str, body: fn(&[u8]), changes: u64) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus").join(target);
    let mut tried = 0;
    for entry in fs::read_dir(folder).expect("a corpus").flatten() {
        let bytes = fs::read(entry.path()).expect("an input");
        body(&bytes);
        let mut state = bytes.len() as u64 + 0x9e37_79b9_7f4a_7c15;
        for _ in 0..changes {
            let mut other = bytes.clone();
            for _ in 0..3 {
                // xorshift64
                state ^= state << 13;
                state ^= state >> 7;
                state ^= state << 17;
                let Some(at) = usize::try_from(state >> 8).ok().and_then(|n| n.checked_rem(other.len()))
                else {
                    break;
                };
                match state % 4 {
                    0 => other.truncate(at),
                    1 => other.insert(at, state.to_le_bytes()[5]),
                    _ => other[at] = state.to_le_bytes()[6],
                }
            }
            body(&other);
        }
        tried += 1;
    }
    assert!(tried >= 9, "{target}: {tried} inputs");
}

#[test]
fn backup_headers() {
    run("backup_header", backup_header::run, 300);
}

#[test]
fn b07_database_rows() {
    run("database_rows", database_rows::run, 12);
}

#[test]
fn write_ahead_logs() {
    run("write_ahead_log", write_ahead_log::run, 300);
}

#[test]
fn signal_desktops() {
    run("signal_desktop", signal_desktop::run, 100);
}

#[test]
fn chats() {
    run("chat_text", chat_text::run, 30);
}
