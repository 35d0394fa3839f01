//! Signal's own exports.
