//! Address books: vCard files and contacts as CSV.
