//! WhatsApp's own files.

pub mod filename;
pub mod wording;
