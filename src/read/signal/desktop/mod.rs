//! The database of Signal Desktop: SQLite, whose pages SQLCipher encrypts.
//!
//! Its key lies beside it, mostly itself encrypted with a password that the
//! system's keyring holds. Of all that stands in it, people and groups are read
//! (`conversations`), and of the settings who the user is and whom they blocked
//! (`items`). Messages are not looked at.

pub mod config;
mod conversation;
mod items;
pub mod pages;
mod people;

pub use config::{Config, Sealed, Vault};
pub use pages::{DatabaseKey, LockedPages};
pub use people::read;
