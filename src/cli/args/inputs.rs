//! How inputs are opened and fetched, and what the guide tells about.

#![expect(missing_docs, reason = "what an argument means stands in the language files, where people read it")]

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::within;

/// How inputs are opened.
#[derive(Clone, Debug, Default, Args)]
pub struct Opening {
    #[arg(long, value_name = "FILE")]
    pub backup_key: Option<PathBuf>,
}

/// How an address book is fetched from a server.
#[derive(Clone, Debug, Args)]
pub struct FetchArguments {
    #[arg(long, value_name = "URL")]
    pub fetch: Option<String>,
    #[arg(long, value_name = "NAME", requires = "fetch")]
    pub user: Option<String>,
    #[arg(long, value_name = "FILE", requires = "fetch")]
    pub password_file: Option<PathBuf>,
    #[arg(long, value_name = "FILE", requires = "fetch")]
    pub ca_file: Option<PathBuf>,
    #[arg(long, value_name = "SECONDS", default_value_t = 60, requires = "fetch", value_parser = within::<1, 600, u64>)]
    pub timeout: u64,
    #[arg(long, short, requires = "fetch")]
    pub yes: bool,
    #[arg(long, requires = "fetch")]
    pub dry_run: bool,
}

/// What the guide can tell about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum TopicArgument {
    Android,
    Iphone,
    Signal,
    Contacts,
}
