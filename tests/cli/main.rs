//! The program as its users call it, from the outside.

#![expect(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that cannot go on fails")]
#![expect(clippy::disallowed_types, clippy::disallowed_methods, reason = "tests touch the world")]

mod account_report;
mod backups;
mod book_fields;
mod browser;
mod carddav;
mod carddav_faults;
mod chat_forms;
mod chat_languages;
mod chat_notices;
mod chat_pastes;
mod chat_properties;
mod consent;
mod databases;
mod decisions;
mod demo;
mod export;
mod fake;
mod forgetting;
mod fuzz_corpus;
mod hostile;
mod hostile_books;
mod hostile_chat_bytes;
mod hostile_chats;
mod hostile_contacts;
mod hostile_databases;
mod hostile_json;
mod hostile_names;
mod hostile_pages;
mod hostile_tables;
mod hostile_zips;
mod kills;
mod licences;
mod lives;
mod login;
mod login_browser;
mod login_faults;
mod login_oauth;
mod lookup_faults;
mod lookup_ways;
mod matrix_homeserver;
mod matrix_lookup;
mod matrix_servers;
mod processes;
mod relay;
mod review;
mod schemas;
mod servers;
mod spreadsheet;
mod storage;
mod support;
mod terminal;
mod wire;
mod zip_bytes;
