//! A Matrix server of one's own.

#![expect(missing_docs, reason = "what an argument means stands in the language files, where people read it")]

use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::SpeakingArguments;

/// What to do about it.
#[derive(Debug, Subcommand)]
pub enum HomeserverDo {
    Init {
        #[command(flatten)]
        init: InitArguments,
    },
    Check {
        #[command(flatten)]
        check: HomeserverCheckArguments,
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
    #[arg(long, value_name = "DSN", conflicts_with = "dsn_file")]
    pub existing_postgres: Option<String>,
    #[arg(long, value_name = "FILE")]
    pub dsn_file: Option<PathBuf>,
    #[arg(long, value_name = "FILE")]
    pub ca_file: Option<PathBuf>,
    #[arg(long, short)]
    pub yes: bool,
}

/// Which server is looked at, and how.
#[derive(Clone, Debug, Args)]
pub struct HomeserverCheckArguments {
    #[arg(value_name = "NAME")]
    pub target: String,
    #[arg(long, value_name = "IP:PORT")]
    pub resolver: Option<SocketAddr>,
    #[arg(long, value_name = "DIR")]
    pub local: Option<PathBuf>,
    #[arg(long, value_name = "DSN", conflicts_with = "dsn_file")]
    pub dsn: Option<String>,
    #[arg(long, value_name = "FILE")]
    pub dsn_file: Option<PathBuf>,
    #[command(flatten)]
    pub speaking: SpeakingArguments,
}
