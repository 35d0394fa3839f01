//! What a person can get out of WhatsApp.

pub mod ampm;
pub mod body;
pub mod header;
pub mod order;
pub mod people;
pub mod stamp;
pub mod survey;
