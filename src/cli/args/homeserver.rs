//! A Matrix server of one's own.

#![expect(missing_docs, reason = "what an argument means stands in the language files, where people read it")]

use std::net::IpAddr;
use std::path::PathBuf;

use clap::{Args, Subcommand};

/// What to do about it.
#[derive(Debug, Subcommand)]
pub enum HomeserverDo {
    Init {
        #[command(flatten)]
        init: InitArguments,
    },
}

/// What is written for a server.
#[derive(Clone, Debug, Args)]
pub struct InitArguments {
    #[arg(value_name = "NAME")]
    pub name: String,
    #[arg(long, value_name = "DIR")]
    pub dir: Option<PathBuf>,
    #[arg(long, value_name = "IP")]
    pub address: Vec<IpAddr>,
    #[arg(long, short)]
    pub yes: bool,
}
