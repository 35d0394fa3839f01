//! Deciding about people, and looking back at runs.

#![expect(missing_docs, reason = "what an argument means stands in the language files, where people read it")]

use std::path::PathBuf;

use clap::Subcommand;

/// What can be done with contacts.
#[derive(Debug, Subcommand)]
pub enum ContactsDo {
    List,
    Show {
        #[arg(value_name = "NAME")]
        name: String,
    },
    Exclude {
        #[arg(value_name = "NAME")]
        name: String,
        #[arg(long)]
        undo: bool,
    },
    Merge {
        #[arg(value_name = "NAME")]
        name: String,
        #[arg(value_name = "NAME")]
        with: String,
    },
    Split {
        #[arg(value_name = "NAME")]
        name: String,
        #[arg(value_name = "WHAT")]
        what: String,
    },
    Forget {
        #[arg(value_name = "NAME")]
        name: String,
        #[arg(long)]
        never_again: bool,
        #[arg(long, short)]
        yes: bool,
    },
    Rename {
        #[arg(value_name = "NAME")]
        name: String,
        #[arg(value_name = "NEW", required_unless_present = "undo", conflicts_with = "undo")]
        to: Option<String>,
        #[arg(long)]
        undo: bool,
    },
}

/// What can be done with open questions.
#[derive(Debug, Subcommand)]
pub enum ReviewDo {
    Export {
        #[arg(value_name = "FILE")]
        file: PathBuf,
    },
    Apply {
        #[arg(value_name = "FILE")]
        file: PathBuf,
    },
}

/// What can be done with runs.
#[derive(Debug, Subcommand)]
pub enum RunsDo {
    List,
    Diff {
        #[arg(value_name = "RUN", value_parser = super::run)]
        from: i64,
        #[arg(value_name = "RUN", value_parser = super::run)]
        to: Option<i64>,
    },
    Undo {
        #[arg(value_name = "RUN", value_parser = super::run)]
        run: Option<i64>,
        #[arg(long, short)]
        yes: bool,
        #[arg(long)]
        dry_run: bool,
    },
}
