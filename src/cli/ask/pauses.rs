//! Servers that want to be left alone: until when is noted as soon as they say so, and
//! until then they are.

use crate::check::agenda::Steps;
use crate::check::place::Homeserver;
use crate::check::trouble::Trouble;
use crate::model::{Foreign, Moment};
use crate::workspace::Store;
use crate::workspace::asked::Step;

use super::super::failure::Failure;
use super::Conversation;

/// Notes until when a host wants to be left alone after a step, and gives what came of it.
pub(super) fn kept_pause<T>(
    store: &mut Store,
    host: &Foreign,
    step: Step,
    outcome: Result<T, Failure>,
) -> Result<Result<T, Failure>, Failure> {
    store.note_pause(host, step, outcome.as_ref().err().and_then(Failure::again))?;
    Ok(outcome)
}

impl Conversation<'_> {
    /// The homeserver as the user named it, before it is known where it is.
    pub(super) fn named(&self) -> Foreign {
        self.asking.servers.homeserver.as_ref().map(Homeserver::shown).unwrap_or_default()
    }

    /// A step is over: notes what came of it, and until when its host wants to be left alone.
    pub(super) fn over(
        &mut self,
        store: &mut Store,
        host: &Foreign,
        step: Step,
        outcome: Result<(), Failure>,
    ) -> Result<(), Failure> {
        self.outcomes.push(kept_pause(store, host, step, outcome)?);
        Ok(())
    }

    /// That a host wants to be left alone with a step, if it still does.
    pub(super) fn rests(
        &self,
        store: &Store,
        host: &Foreign,
        step: Step,
    ) -> Result<Option<Failure>, Failure> {
        let now = self.caller.context.now;
        Ok(store.not_before(host, step, now)?.map(|again| left_alone(host, again, now)))
    }

    /// Leaves out the steps whose hosts want to be left alone.
    pub(super) fn leave_alone(
        &mut self,
        store: &Store,
        steps: &mut Steps,
        homeserver: &Foreign,
        identity: Option<&Foreign>,
    ) -> Result<(), Failure> {
        let asks = [
            (&mut steps.rooms, Some(homeserver), Step::Rooms),
            (&mut steps.profiles, Some(homeserver), Step::Profiles),
            (&mut steps.identity, identity, Step::Identity),
        ];
        for (is_wanted, host, step) in asks {
            let Some(host) = host.filter(|_| *is_wanted) else { continue };
            if let Some(failure) = self.rests(store, host, step)? {
                *is_wanted = false;
                self.outcomes.push(Err(failure));
            }
        }
        Ok(())
    }

    /// Tells until when the user directory wants to be left alone: that is no failure, since
    /// the next run goes on.
    pub(super) fn directory_rests(&mut self, why: &Failure) {
        if why.again().is_some() {
            let context = self.caller.context;
            context.printer.note(&why.text(&context.words).0);
        }
        self.asked.may_be_asked(why.again());
    }
}

/// That a host is not asked before that.
fn left_alone(host: &Foreign, again: Moment, now: Moment) -> Failure {
    let wait = again.timestamp().zip(now.timestamp()).map(|(again, now)| again.duration_since(now));
    let wait = wait.and_then(|wait| wait.try_into().ok());
    Failure::from(Trouble::RateLimited { host: host.raw().to_owned(), wait })
}
