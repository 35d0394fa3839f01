//! What Signal knows: its own exports, and the database of Signal Desktop.

pub mod desktop;
pub mod export;
mod frames;
mod lines;
pub mod listing;
mod person;
mod skim;
