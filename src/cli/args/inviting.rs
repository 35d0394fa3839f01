//! What became of invitations.

#![expect(missing_docs, reason = "what an argument means stands in the language files, where people read it")]

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

use super::{ChannelArgument, ConsentArguments, ServerArguments, SpeakingArguments, within};
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
    Tokens {
        #[command(flatten)]
        tokens: TokenArguments,
    },
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

/// How registration tokens are made.
#[derive(Clone, Debug, Args)]
pub struct TokenArguments {
    #[arg(long, value_name = "N", default_value_t = 10, value_parser = within::<1, 1000, usize>)]
    pub batch: usize,
    #[arg(long, value_name = "N", default_value_t = 30, value_parser = within::<1, 365, usize>)]
    pub days: usize,
    #[arg(long, value_name = "NAME|URL")]
    pub homeserver: Option<String>,
    #[arg(long, value_name = "FILE")]
    pub token_file: Option<PathBuf>,
    #[command(flatten)]
    pub speaking: SpeakingArguments,
    #[command(flatten)]
    pub consent: ConsentArguments,
}

impl TokenArguments {
    /// The servers that are spoken to: no identity server is.
    pub fn servers(&self) -> ServerArguments {
        ServerArguments {
            homeserver: self.homeserver.clone(),
            identity_server: None,
            token_file: self.token_file.clone(),
            accept_terms: false,
            speaking: self.speaking.clone(),
        }
    }
}
