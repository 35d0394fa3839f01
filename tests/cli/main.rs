//! The program as its users call it, from the outside.

mod hostile;
mod hostile_books;
mod hostile_chat_bytes;
mod hostile_chats;
mod hostile_zips;
mod licences;
mod support;
mod zip_bytes;
