//! Signal's own exports.

pub mod export;
mod frames;
mod lines;
mod person;
