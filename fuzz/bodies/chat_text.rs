//! Bytes for the reader of chats: whatever they are, it must neither panic nor
//! count wrongly.

use transhume::read::whatsapp::chat;

pub fn run(bytes: &[u8]) {
    let options = chat::Options { today: jiff::civil::date(2025, 1, 31), siblings: None, date_order: None };
    let read = chat::read(&bytes.to_vec(), "WhatsApp Chat with Ada.txt", &options, &mut Vec::new());
    if let Ok(Some((chat, _))) = read {
        let counts = chat.counts;
        assert_eq!(counts.lines, counts.headers + counts.continuations + counts.blank + counts.skipped_lines);
        assert_eq!(counts.headers, counts.messages + counts.notices);
        // Under their own word for themself the exporter is none of the people.
        assert!(chat.people.iter().map(|p| p.messages).sum::<u64>() <= counts.messages);
    }
}
