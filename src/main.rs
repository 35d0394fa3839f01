//! **transhume** moves the people of a WhatsApp account to networks that
//! belong to nobody: it says who is there already, drafts what to write to the
//! others, and counts how many can be reached without WhatsApp.
//!
//! # The house
//!
//! The folders are the pipeline, and each stage knows only those before it:
//!
//! ```text
//!   files ──▶ read ──▶ graph ──▶ check ──▶ plan ──▶ invite ──▶ report
//! ```
//!
//! * `model/`: the words everybody speaks. Identities, evidence, verdicts.
//!   Text from outside is `Foreign`, which cannot be printed.
//! * `read/`: bytes become findings and positioned problems. A reader gets
//!   something to read from, never a path, and keeps going past what it cannot
//!   understand. `whatsapp/` reads chats by a grammar instead of a list of
//!   formats, the account report, databases through a connection that can only
//!   read, and opens encrypted backups in memory; `addressbook/` vCards, CSV
//!   and LDIF, `signal/` Signal's own export and what signal-cli lists,
//!   `archive` zips, entry by entry in memory.
//! * `graph/`: findings and the user's decisions become contacts and groups.
//!   What is certain is joined, what is doubtful is kept apart for review,
//!   and every reason is kept. Worked out anew each time.
//! * `check/`: what sources and, when asked to, networks say becomes graded,
//!   dated evidence, and its fold a verdict. Whom to ask, how to hash and what
//!   to believe is worked out purely; only `*_client` files open sockets, and
//!   all of them by the one HTTP client, whose rules hold for everything: the
//!   Matrix SDK, which reads answers of any length, lends its words alone.
//! * `plan/`: whom to write to first.
//! * `invite/`: drafts with links that open the right app. A person sends them.
//! * `report/`: numbers and views.
//!
//! Around the pipeline:
//!
//! * `homeserver/`: a Matrix server of one's own, written as a folder from which it
//!   is started, by templates that stand beside the code.
//! * `workspace/`: the database, the settings, files in and out, the clock.
//! * `cli/`: one file a command.
//! * `words/`: every sentence, in English and French. The build fails when a
//!   language lacks one. `words::escape` has the only functions that turn
//!   foreign text into something shown, one for each sink. Every stage may use
//!   this room; it knows only `model/`.
//!
//! # What always holds
//!
//! The pure stages never name the file system, the environment, a socket or
//! the clock (`.clippy.toml` holds that). No message text is kept. Without
//! `check`, `login`, `logout`, `--matrix`, `--signal`, `--fetch`, `invite --send`, `homeserver check`
//! or `homeserver init --existing-postgres` nothing opens a socket,
//! and before anything about anybody leaves the user is told what, and asked.
//! Outputs are written whole or not at all, and one command is one transaction.

use std::process::ExitCode;

/// A graph is many small pieces, and this one gives them out faster and in less
/// room than most systems' own.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

#[expect(clippy::disallowed_methods, reason = "this is where the arguments come in")]
fn main() -> ExitCode {
    transhume::cli::run(std::env::args_os())
}
