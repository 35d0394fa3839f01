//! `transhume homeserver`: a Matrix server of one's own on one's own domain.

pub mod check;
mod database;
pub mod init;
