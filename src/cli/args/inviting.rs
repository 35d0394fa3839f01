//! What became of invitations.

#![expect(missing_docs, reason = "what an argument means stands in the language files, where people read it")]

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

use super::ChannelArgument;
use crate::model::Became;

/// What can be done with invitations beside making drafts.
#[derive(Debug, Subcommand)]
pub enum InviteDo {
    Mark {
        #[arg(value_name = "NAME", required = true)]
        names: Vec<String>,
        #[arg(value_enum, value_name = "STATUS", required = true)]
        status: MarkArgument,
        #[arg(long, value_enum, value_name = "CHANNEL")]
        to: Option<ChannelArgument>,
    },
    List,
}

/// What became of an invitation, or that the last word on it is taken back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum MarkArgument {
    Sent,
    Reminded,
    Joined,
    Declined,
    Never,
    Undo,
}

impl MarkArgument {
    /// What became of it; none where the last word is taken back.
    pub fn became(self) -> Option<Became> {
        match self {
            MarkArgument::Sent => Some(Became::Sent),
            MarkArgument::Reminded => Some(Became::Reminded),
            MarkArgument::Joined => Some(Became::Joined),
            MarkArgument::Declined => Some(Became::Declined),
            MarkArgument::Never => Some(Became::Never),
            MarkArgument::Undo => None,
        }
    }
}

/// How drafts are written.
#[derive(Clone, Debug, Default, Args)]
pub struct WritingArguments {
    #[arg(long, value_name = "DIR")]
    pub templates: Option<PathBuf>,
    #[arg(long, value_name = "TITLE=LINK")]
    pub group_link: Vec<String>,
    #[arg(long, value_name = "DATE")]
    pub on: Option<String>,
}
