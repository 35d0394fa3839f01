//! Address books: vCard files, contacts as CSV, and LDIF.

pub mod csv_records;
mod fields;
pub mod ldif;
pub mod multistatus;
pub mod networks;
pub mod notes;
pub mod resources;
pub mod roster;
pub mod table;
pub mod vcard;
pub mod vcard_split;
pub mod vcard_text;
