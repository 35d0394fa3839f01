//! The rooms of transhume; `main.rs` explains the house.

pub mod check;
pub mod cli;
pub mod graph;
pub mod invite;
pub mod model;
pub mod plan;
pub mod read;
pub mod report;
pub mod words;
pub mod workspace;
