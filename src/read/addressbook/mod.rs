//! Address books: vCard files and contacts as CSV.

pub mod fields;
pub mod vcard;
pub mod vcard_split;
pub mod vcard_text;
