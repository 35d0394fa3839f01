//! Address books: vCard files and contacts as CSV.

pub mod csv_records;
pub mod fields;
pub mod google_csv;
pub mod notes;
pub mod vcard;
pub mod vcard_split;
pub mod vcard_text;
