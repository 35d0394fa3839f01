//! What a person can get out of WhatsApp.

pub mod account;
pub mod ampm;
pub mod author;
pub mod backup;
pub mod body;
pub mod calendar;
pub mod chat;
pub mod db;
pub mod filename;
pub mod header;
pub mod membership;
pub mod order;
pub mod pass;
pub mod paste;
pub mod people;
pub mod plain;
pub mod stamp;
pub mod survey;
pub mod unknown;
pub mod wording;
pub mod years;
