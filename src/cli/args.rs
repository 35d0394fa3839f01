//! What can be typed: the commands, each family's arguments in a file of its own.
//! The sentences of `--help` stand in the language files under `help-<command>`
//! and `help-<command>-<argument>`.

#![expect(missing_docs, reason = "what an argument means stands in the language files, where people read it")]

mod asking;
mod common;
mod examples;
mod help;
mod homeserver;
mod inputs;
mod inviting;
mod people;
mod sending;
mod signing;

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

pub use asking::{
    AskingArguments, CheckDo, ConsentArguments, MediumArgument, ServerArguments, SignalArguments,
    StepArgument,
};
pub use common::{ChannelArgument, Colour, Common, CountArgument, DateOrderArgument, Lang};
pub use help::command;
pub use homeserver::{HomeserverCheckArguments, HomeserverDo, InitArguments};
pub use inputs::{FetchArguments, Opening, TopicArgument};
pub use inviting::{InviteDo, MarkArgument, TokenArguments, WritingArguments};
pub use people::{ContactsDo, ReviewDo, RunsDo};
pub use sending::SendArguments;
pub use signing::{LinkArguments, LoginArguments, LoginDo, LogoutArguments, SpeakingArguments, WayArgument};

/// The whole command line.
#[derive(Debug, Parser)]
#[command(name = "transhume", version, disable_help_subcommand = true, max_term_width = 100)]
pub struct Arguments {
    #[command(flatten)]
    pub common: Common,
    #[command(subcommand)]
    pub command: Do,
}

/// A share of a group at which it moves.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ShareArgument {
    #[value(name = "25", alias = "25%")]
    Quarter,
    #[value(name = "60", alias = "60%")]
    Most,
    #[value(aliases = ["100", "100%"])]
    All,
}

impl ShareArgument {
    /// In hundredths.
    pub fn hundredths(self) -> usize {
        match self {
            ShareArgument::Quarter => 25,
            ShareArgument::Most => 60,
            ShareArgument::All => 100,
        }
    }
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Do {
    Migrate {
        #[arg(required = true, value_name = "INPUT")]
        inputs: Vec<PathBuf>,
        #[arg(long, value_enum, value_name = "CHANNEL")]
        to: Option<ChannelArgument>,
        #[arg(long)]
        matrix: bool,
        #[command(flatten)]
        asking: AskingArguments,
        #[arg(long)]
        signal: bool,
        #[command(flatten)]
        signalling: SignalArguments,
        #[command(flatten)]
        consent: ConsentArguments,
        #[command(flatten)]
        opening: Opening,
    },
    Guide {
        #[arg(value_enum, value_name = "TOPIC")]
        topic: Option<TopicArgument>,
    },
    Inspect {
        #[arg(required = true, value_name = "FILE")]
        files: Vec<PathBuf>,
        #[command(flatten)]
        opening: Opening,
    },
    Import {
        #[arg(required_unless_present_any = ["fetch", "signal_desktop"], value_name = "INPUT")]
        inputs: Vec<PathBuf>,
        #[command(flatten)]
        fetching: FetchArguments,
        #[command(flatten)]
        desktop: DesktopArguments,
        #[command(flatten)]
        opening: Opening,
    },
    Contacts {
        #[command(subcommand)]
        action: Option<ContactsDo>,
    },
    Review {
        #[command(subcommand)]
        action: Option<ReviewDo>,
    },
    Status,
    Login {
        #[command(subcommand)]
        network: LoginDo,
    },
    Logout {
        #[command(flatten)]
        leaving: LogoutArguments,
    },
    Check {
        #[command(subcommand)]
        network: CheckDo,
    },
    Why {
        #[arg(value_name = "NAME")]
        name: String,
    },
    Plan {
        #[arg(long, value_name = "N", default_value_t = 10, value_parser = within::<1, 1000, usize>)]
        first: usize,
        #[arg(long, value_enum, value_name = "SHARE", default_value = "60")]
        share: ShareArgument,
        #[arg(long, value_enum, value_name = "CHANNEL")]
        to: Option<ChannelArgument>,
    },
    #[command(args_conflicts_with_subcommands = true)]
    Invite {
        #[command(subcommand)]
        action: Option<InviteDo>,
        #[arg(long, value_name = "N", default_value_t = 10, value_parser = within::<1, 1000, usize>)]
        batch: usize,
        #[arg(long, value_enum, value_name = "CHANNEL", conflicts_with = "send")]
        to: Option<ChannelArgument>,
        #[command(flatten)]
        writing: WritingArguments,
        #[command(flatten)]
        sending: SendArguments,
    },
    Report {
        #[arg(long)]
        html: bool,
        #[arg(long)]
        csv: bool,
        #[arg(long)]
        vcard: bool,
        #[arg(long)]
        graphml: bool,
        #[arg(long)]
        markdown: bool,
        #[arg(long)]
        share: bool,
        #[arg(long, value_name = "RUN", value_parser = run)]
        since: Option<i64>,
    },
    Runs {
        #[command(subcommand)]
        action: Option<RunsDo>,
    },
    Homeserver {
        #[command(subcommand)]
        action: HomeserverDo,
    },
    Purge {
        #[arg(long, short)]
        yes: bool,
        #[arg(long)]
        dry_run: bool,
    },
    Completions {
        #[arg(value_enum, value_name = "SHELL")]
        shell: clap_complete::Shell,
    },
    Man {
        #[arg(value_name = "COMMAND")]
        path: Vec<String>,
    },
}

/// Which Signal Desktop is read.
#[derive(Clone, Debug, Args)]
pub struct DesktopArguments {
    #[arg(long, value_name = "DIR", num_args = 0..=1)]
    pub signal_desktop: Option<Option<PathBuf>>,
    #[arg(long, value_name = "FILE", requires = "signal_desktop")]
    pub signal_key_file: Option<PathBuf>,
}

impl Do {
    /// How its inputs are opened, where it has any.
    pub fn opening(&self) -> Option<&Opening> {
        match self {
            Do::Migrate { opening, .. } | Do::Inspect { opening, .. } | Do::Import { opening, .. } => {
                Some(opening)
            }
            _ => None,
        }
    }
}

/// Reads a number that has to lie between two, which are included.
fn within<const LEAST: u64, const MOST: u64, N: TryFrom<u64>>(text: &str) -> Result<N, String> {
    let number = text.parse().ok().filter(|number| (LEAST..=MOST).contains(number));
    number.and_then(|number| N::try_from(number).ok()).ok_or_else(|| format!("{LEAST}…{MOST}"))
}

/// Reads the number of a run.
fn run(text: &str) -> Result<i64, String> {
    within::<1, 999_999, i64>(text)
}
