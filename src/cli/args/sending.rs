//! What `invite --send` understands.

#![expect(missing_docs, reason = "what an argument means stands in the language files, where people read it")]

use clap::Args;

use super::ServerArguments;

/// How invitations are sent on Matrix.
#[derive(Clone, Debug, Args)]
pub struct SendArguments {
    #[arg(long)]
    pub send: bool,
    #[arg(long, value_name = "GROUP", requires = "send")]
    pub room: Vec<String>,
    #[arg(long, value_name = "TITLE", requires = "room")]
    pub space: Option<String>,
    #[arg(long, requires = "send")]
    pub by_mail: bool,
    #[arg(long, value_name = "COUNT", require_equals = true, requires = "send")]
    pub yes: Option<usize>,
    #[arg(long, requires = "send")]
    pub dry_run: bool,
    #[command(flatten)]
    pub servers: ServerArguments,
}
