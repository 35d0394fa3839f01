//! The rooms of transhume; `main.rs` explains the house.

pub mod check;
#[expect(clippy::disallowed_methods, reason = "the command line reads the environment")]
pub mod cli;
pub mod graph;
#[expect(clippy::disallowed_methods, reason = "a server's folder is written and looked at here")]
pub mod homeserver;
pub mod invite;
pub mod model;
pub mod plan;
pub mod read;
pub mod report;
pub mod words;
#[expect(clippy::disallowed_methods, reason = "this is where files are opened and the clock is read")]
pub mod workspace;
