//! Throws bytes at the reader of chats: `cargo +nightly fuzz run chat_text`.
//! Whatever they are, it must neither panic nor count wrongly.

#![no_main]

use libfuzzer_sys::fuzz_target;
use transhume::read::whatsapp::chat;

fuzz_target!(|bytes: &[u8]| {
    let options = chat::Options { today: jiff::civil::date(2025, 1, 31), siblings: None, date_order: None };
    let read = chat::read(&bytes.to_vec(), "WhatsApp Chat with Ada.txt", &options, &mut Vec::new());
    if let Ok(Some((chat, _))) = read {
        let counts = chat.counts;
        assert_eq!(counts.lines, counts.headers + counts.continuations + counts.blank + counts.skipped_lines);
        assert_eq!(counts.headers, counts.messages + counts.notices);
    }
});
