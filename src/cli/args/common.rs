//! What every command understands, and the words that several of them share.

#![expect(missing_docs, reason = "what an argument means stands in the language files, where people read it")]

use std::path::PathBuf;

use clap::{Args, ValueEnum};

/// What every command understands.
#[derive(Clone, Debug, Args)]
pub struct Common {
    #[arg(long, global = true, value_name = "DIR", env = "TRANSHUME_WORKSPACE", hide_env = true)]
    pub workspace: Option<PathBuf>,
    #[arg(long, global = true, value_name = "DIR", env = "TRANSHUME_OUT", hide_env = true)]
    pub out: Option<PathBuf>,
    #[arg(long, global = true)]
    pub json: bool,
    #[arg(long, short, global = true, conflicts_with = "verbose")]
    pub quiet: bool,
    #[arg(long, short, global = true)]
    pub verbose: bool,
    #[arg(long, global = true, value_name = "en|fr", value_enum, env = "TRANSHUME_LANG", hide_env = true)]
    pub lang: Option<Lang>,
    #[arg(long, global = true, value_name = "WHEN", value_enum, default_value = "auto")]
    pub color: Colour,
    #[arg(long, global = true)]
    pub plain: bool,
    #[arg(long, global = true)]
    pub no_input: bool,
    #[arg(long, global = true, value_name = "FR", env = "TRANSHUME_REGION", hide_env = true)]
    pub region: Option<String>,
    #[arg(long, global = true, value_name = "NAME|NUMBER", env = "TRANSHUME_ME", hide_env = true)]
    pub me: Vec<String>,
    #[arg(long, global = true, value_name = "WHO", value_enum, env = "TRANSHUME_COUNT", hide_env = true)]
    pub count: Option<CountArgument>,
    #[arg(long, global = true, value_name = "ORDER", value_enum)]
    pub date_order: Option<DateOrderArgument>,
}

/// A language to speak.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Lang {
    En,
    Fr,
}

/// When to use colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Colour {
    Auto,
    Always,
    Never,
}

/// Whom to count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum CountArgument {
    Circle,
    Saved,
    All,
}

/// An order of day, month and year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum DateOrderArgument {
    Dmy,
    Mdy,
    Ymd,
}

/// A channel to invite to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ChannelArgument {
    Matrix,
    Signal,
    Xmpp,
}
