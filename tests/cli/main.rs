//! The program as its users call it, from the outside.

#![expect(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that cannot go on fails")]
#![expect(clippy::disallowed_types, clippy::disallowed_methods, reason = "tests touch the world")]

mod browser;
mod demo;
mod hostile;
mod hostile_books;
mod hostile_chat_bytes;
mod hostile_chats;
mod hostile_contacts;
mod hostile_names;
mod hostile_pages;
mod hostile_tables;
mod hostile_zips;
mod kills;
mod licences;
mod lives;
mod processes;
mod schemas;
mod storage;
mod support;
mod terminal;
mod zip_bytes;
