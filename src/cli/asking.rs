//! What Matrix is to be asked: worked out and checked before anything is sent or
//! learnt.

use crate::check::agenda::Steps;
use crate::model::threepid::Medium;

use super::args::{AskingArguments, ConsentArguments, MediumArgument, StepArgument};
use super::context::Context;
use super::failure::Failure;
use super::servers::Servers;

/// Everything that asking needs to know.
pub struct Asking {
    /// Who is asked.
    pub servers: Servers,
    /// Which identities may be sent.
    pub media: Vec<Medium>,
    /// What is asked.
    pub steps: Steps,
    /// Whether nothing is kept about those who are not found.
    pub forget_misses: bool,
    /// Whether the user has agreed to the disclosure.
    pub yes: bool,
    /// Whether only to tell what would be sent.
    pub dry_run: bool,
}

impl Asking {
    /// Works out how to ask.
    ///
    /// # Errors
    /// Those of [`Servers::resolve`].
    pub fn resolve(
        context: &Context,
        typed: &AskingArguments,
        consent: ConsentArguments,
    ) -> Result<Asking, Failure> {
        Ok(Asking {
            servers: Servers::resolve(context, &typed.servers, consent.dry_run)?,
            media: match typed.only {
                None => Medium::ALL.into(),
                Some(MediumArgument::Email) => vec![Medium::Email],
                Some(MediumArgument::Phone) => vec![Medium::Phone],
            },
            steps: steps(typed),
            forget_misses: typed.forget_misses,
            yes: consent.yes,
            dry_run: consent.dry_run,
        })
    }
}

/// What is asked. Whoever wants only one kind of identity to leave does not want
/// Matrix IDs and names to.
fn steps(typed: &AskingArguments) -> Steps {
    let wants = |step| !typed.skip.contains(&step);
    Steps {
        rooms: wants(StepArgument::Rooms),
        profiles: wants(StepArgument::Profiles) && typed.only.is_none(),
        identity: wants(StepArgument::IdentityServer),
        directory: typed.directory && typed.only.is_none(),
    }
}
