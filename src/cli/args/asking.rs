//! Asking networks: which of them, about what, and what may leave.

#![expect(missing_docs, reason = "what an argument means stands in the language files, where people read it")]

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

use super::{SpeakingArguments, within};

/// Which network to ask.
#[derive(Debug, Subcommand)]
pub enum CheckDo {
    Matrix {
        #[command(flatten)]
        asking: AskingArguments,
        #[command(flatten)]
        consent: ConsentArguments,
    },
    Signal {
        #[command(flatten)]
        signalling: SignalArguments,
        #[command(flatten)]
        consent: ConsentArguments,
    },
}

/// Whether something may leave.
#[derive(Clone, Copy, Debug, Args)]
pub struct ConsentArguments {
    #[arg(long, short)]
    pub yes: bool,
    #[arg(long)]
    pub dry_run: bool,
}

/// How signal-cli is reached.
#[derive(Clone, Debug, Args)]
pub struct SignalArguments {
    #[arg(long, value_name = "PLACE")]
    pub signal_cli: Option<String>,
    #[arg(long, value_name = "NUMBER")]
    pub signal_account: Option<String>,
    #[arg(long, value_name = "SECONDS", default_value_t = 60, value_parser = within::<1, 3600, u64>)]
    pub signal_timeout: u64,
}

/// How Matrix is asked.
#[derive(Clone, Debug, Args)]
pub struct AskingArguments {
    #[command(flatten)]
    pub servers: ServerArguments,
    #[arg(long, value_enum, value_name = "KIND")]
    pub only: Option<MediumArgument>,
    #[arg(long, value_enum, value_name = "STEP", value_delimiter = ',')]
    pub skip: Vec<StepArgument>,
    #[arg(long, conflicts_with = "only")]
    pub directory: bool,
    #[arg(long)]
    pub forget_misses: bool,
}

/// The user's servers.
#[derive(Clone, Debug, Args)]
pub struct ServerArguments {
    #[arg(long, value_name = "NAME|URL")]
    pub homeserver: Option<String>,
    #[arg(long, value_name = "URL")]
    pub identity_server: Option<String>,
    #[arg(long, value_name = "FILE")]
    pub token_file: Option<PathBuf>,
    #[arg(long)]
    pub accept_terms: bool,
    #[command(flatten)]
    pub speaking: SpeakingArguments,
}

/// A kind of identity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum MediumArgument {
    Email,
    Phone,
}

/// A step of asking that can be left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum StepArgument {
    Rooms,
    Profiles,
    IdentityServer,
}
