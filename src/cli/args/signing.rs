//! Signing in and out, and how servers are spoken to.

#![expect(missing_docs, reason = "what an argument means stands in the language files, where people read it")]

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

use super::{SignalArguments, within};

/// Where to sign in.
#[derive(Debug, Subcommand)]
pub enum LoginDo {
    Matrix {
        #[command(flatten)]
        login: LoginArguments,
    },
    Signal {
        #[command(flatten)]
        link: LinkArguments,
    },
}

/// How signal-cli is linked to the phone.
#[derive(Clone, Debug, Args)]
pub struct LinkArguments {
    #[command(flatten)]
    pub signalling: SignalArguments,
    #[arg(long, value_name = "SECONDS", default_value_t = 300, value_parser = within::<1, 3600, u64>)]
    pub wait: u64,
}

/// How to sign in at a homeserver.
#[derive(Clone, Debug, Args)]
pub struct LoginArguments {
    #[arg(value_name = "ACCOUNT")]
    pub account: Option<String>,
    #[arg(long, value_name = "NAME|URL")]
    pub homeserver: Option<String>,
    #[arg(long, value_name = "NAME")]
    pub user: Option<String>,
    #[arg(long, value_enum, value_name = "WAY")]
    pub with: Option<WayArgument>,
    #[arg(long, value_name = "FILE", conflicts_with_all = ["password_command", "token_file"])]
    pub password_file: Option<PathBuf>,
    #[arg(long, value_name = "COMMAND", conflicts_with = "token_file")]
    pub password_command: Option<String>,
    #[arg(long, value_name = "FILE")]
    pub token_file: Option<PathBuf>,
    #[arg(long)]
    pub no_browser: bool,
    #[arg(long, value_name = "SECONDS", default_value_t = 300, value_parser = within::<1, 3600, u64>)]
    pub wait: u64,
    #[command(flatten)]
    pub speaking: SpeakingArguments,
}

/// How to sign out.
#[derive(Clone, Debug, Args)]
pub struct LogoutArguments {
    #[arg(long)]
    pub forget: bool,
    #[command(flatten)]
    pub speaking: SpeakingArguments,
}

/// How servers are spoken to.
#[derive(Clone, Debug, Args)]
pub struct SpeakingArguments {
    #[arg(long, value_name = "FILE")]
    pub ca_file: Option<PathBuf>,
    #[arg(long)]
    pub allow_private: bool,
    #[arg(long, value_name = "SECONDS", default_value_t = 10, value_parser = within::<1, 600, u64>)]
    pub timeout: u64,
}

/// A way to sign in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum WayArgument {
    Password,
    Token,
    Sso,
    Oauth,
}
