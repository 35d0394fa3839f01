//! The nouns of the house and what must always hold of them.
//!
//! Nothing here touches the world: no file, no clock, no socket. Every other
//! folder speaks in these words, so a word is defined once, here.

pub mod answer;
pub mod channel;
pub mod contact;
pub mod database;
pub mod evidence;
pub mod few;
pub mod finding;
pub mod foreign;
pub mod identity;
pub mod invited;
pub mod kind;
pub mod mark;
pub mod moment;
pub mod phone;
pub mod problem;
pub mod ruling;
pub mod run;
#[cfg(test)]
pub mod sample;
pub mod sighting;
pub mod signal_answer;
pub mod suspicion;
pub mod threepid;
pub mod verdict;

pub use answer::Answer;
pub use channel::Channel;
pub use contact::{Contact, ContactId, Group, Scope};
pub use evidence::{Evidence, Grade, Holding, Locator};
pub use few::Few;
pub use finding::Finding;
pub use foreign::{Foreign, NameKey};
pub use identity::Email;
pub use invited::{Became, Invited};
pub use kind::Kind;
pub use mark::Mark;
pub use moment::{Moment, Month};
pub use phone::Phone;
pub use problem::{Code, Problem, Severity};
pub use ruling::Ruling;
pub use sighting::Sighting;
pub use signal_answer::SignalAnswer;
pub use verdict::{State, Verdict};
