//! One's own Matrix server on one's own domain: the folder that it is started from,
//! and how it looks from outside.
//!
//! `name` says which names a server can have, `home` what was decided about it,
//! `secrets` rolls what nobody may guess, `files` turns all that into text by the
//! templates, and `folder` writes it whole or not at all and never over anything.
//! Where a database is wanted in a PostgreSQL that is there already, `dsn` says how that
//! is named, and `postgres_client` makes it.
//! `check` judges what was seen of a server; the `*_client` files look, and nothing
//! else here speaks to anybody; `inside` looks into a server's folder.

pub mod check;
mod dns_client;
pub mod dsn;
pub mod files;
pub mod folder;
pub mod home;
pub mod inside;
pub mod look_client;
pub mod name;
pub mod passfile;
pub mod ports;
pub mod postgres_client;
pub mod secrets;
#[expect(clippy::disallowed_types, reason = "knocks at addresses")]
mod tls_client;
mod trust;
pub mod view;
#[expect(clippy::disallowed_types, reason = "speaks to servers")]
mod web_client;
