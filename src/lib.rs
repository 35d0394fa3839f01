//! The house of transhume. `main.rs` explains its rooms.

pub mod check;
pub mod graph;
pub mod invite;
pub mod model;
pub mod plan;
pub mod read;
pub mod report;
pub mod words;
