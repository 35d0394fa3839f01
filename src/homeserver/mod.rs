//! One's own Matrix server on one's own domain: the folder that it is started from.
//!
//! `name` says which names a server can have, `home` what was decided about it,
//! `secrets` rolls what nobody may guess, `files` turns all that into text by the
//! templates, and `folder` writes it whole or not at all and never over anything.

pub mod files;
pub mod folder;
pub mod home;
pub mod name;
pub mod secrets;
pub mod view;
