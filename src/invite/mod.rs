//! Drafts of what to write to whom: texts, links to send them with, and a
//! page for the ten that come next.
//!
//! Nothing is sent from here. A draft is a text and, where there is a way, a
//! link that opens it in WhatsApp, in SMS or in mail; the person looks at it,
//! changes it and presses send. Names are hostile: they are cleaned before
//! they stand in a text, are never rendered a second time, and every sink
//! (link, page, table, file name) has its own escaping.

pub mod channel;
mod circles;
pub mod draft;
pub mod errand;
pub mod files;
pub mod firstname;
pub mod kit;
pub mod link;
pub mod page;
pub mod qr;
pub mod reach;
pub mod rooms_client;
pub mod standing;
pub mod template;
pub mod text;
pub mod tokens_client;
pub mod tongue;

#[cfg(test)]
mod sample;
#[cfg(test)]
mod tests;

pub use channel::default_channel;
pub use draft::{Draft, DraftKind, NoDrafts, Terms, drafts, unmet};
pub use kit::{Kit, KitTerms, kits};
pub use link::Via;
pub use page::Own;
pub use reach::{Found, Missing, Reach, found_on};
pub use standing::{Refusal, Reminder, Standing, Status, may_become};
pub use template::{Fault, Given, Wrong};
pub use text::{Code, TextKind, Texts};
pub use tongue::Tongue;
