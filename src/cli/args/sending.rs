//! What `invite --send` and `invite --note-to-self` understand.

#![expect(missing_docs, reason = "what an argument means stands in the language files, where people read it")]

use clap::Args;

use super::{ServerArguments, SignalArguments};

/// How invitations are sent on Matrix, or noted down on Signal.
#[derive(Clone, Debug, Args)]
pub struct SendArguments {
    #[arg(long, group = "sending")]
    pub send: bool,
    #[arg(long, group = "sending")]
    pub note_to_self: bool,
    #[arg(long, value_name = "GROUP", requires = "send")]
    pub room: Vec<String>,
    #[arg(long, value_name = "TITLE", requires = "room")]
    pub space: Option<String>,
    #[arg(long, requires = "send")]
    pub by_mail: bool,
    #[arg(long, value_name = "COUNT", require_equals = true, requires = "sending")]
    pub yes: Option<usize>,
    #[arg(long, requires = "sending")]
    pub dry_run: bool,
    #[command(flatten)]
    pub servers: ServerArguments,
    #[command(flatten)]
    pub signalling: SignalArguments,
}
