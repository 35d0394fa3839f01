//! What fuzzing found, and what it starts from, run as ordinary tests: the files
//! under `fuzz/corpus/`.

use std::fs;
use std::path::Path;

use transhume::read::whatsapp::chat;

/// The files of a target, with their names.
fn corpus(target: &str) -> Vec<(String, Vec<u8>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus").join(target);
    let entries = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path());
    entries.map(|path| (path.display().to_string(), fs::read(&path).unwrap())).collect()
}

#[test]
fn chat_text_neither_panics_nor_miscounts() {
    let files = corpus("chat_text");
    assert!(files.len() >= 20);
    let options = chat::Options { today: jiff::civil::date(2025, 1, 31), siblings: None, date_order: None };
    let mut chats = 0;
    for (name, bytes) in &files {
        // Whole, and cut anywhere.
        for end in (0..=bytes.len()).rev().step_by(1 + bytes.len() / 64) {
            let cut = bytes[..end].to_vec();
            let read = chat::read(&cut, "WhatsApp Chat with Ada.txt", &options, &mut Vec::new()).unwrap();
            let Some((chat, _)) = read else { continue };
            let counts = chat.counts;
            let lines = counts.headers + counts.continuations + counts.blank + counts.skipped_lines;
            assert_eq!(counts.lines, lines, "{name} up to {end}");
            assert_eq!(counts.headers, counts.messages + counts.notices, "{name} up to {end}");
            let written: u64 = chat.people.iter().map(|p| p.messages).sum();
            assert_eq!(counts.messages, written, "{name} up to {end}");
            chats += usize::from(end == bytes.len());
        }
    }
    assert!(chats >= files.len() - 3, "only {chats} of {} are chats", files.len());
}
