//! Whom to invite first.

pub mod order;
