//! Where things stand in a few lines (`transhume.status/1`): the big number, the
//! next step, who is signed in where.

use serde::Serialize;

use super::Report;
use super::view::RunId;
use crate::check::Checked;
use crate::check::session::Session;
use crate::model::run::Counts;
use crate::model::{Foreign, Phone};
use crate::words::{Key, Words, key};

/// What to do next.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Step {
    /// Nothing was learnt yet.
    Guide,
    /// No list of Signal's was read.
    Signal,
    /// Doubtful matches wait for the user.
    Review,
    /// There are drafts to send.
    Invite,
    /// Export again in a few weeks.
    Later,
}

impl Step {
    /// The sentence; the command that it names stands beside it.
    pub(super) fn sentence(self) -> Key {
        match self {
            Step::Guide => key::STATUS_NEXT_GUIDE,
            Step::Signal => key::STATUS_NEXT_SIGNAL,
            Step::Review => key::STATUS_NEXT_REVIEW,
            Step::Invite => key::STATUS_NEXT_INVITE,
            Step::Later => key::STATUS_NEXT_LATER,
        }
    }
}

/// The step, and the command to type.
#[derive(Debug, Serialize)]
pub struct NextView {
    step: Step,
    command: String,
}

/// Who is signed in at the user's homeserver.
#[derive(Debug, Serialize)]
pub struct MatrixView {
    /// The account.
    pub user: Foreign,
    /// The server.
    pub homeserver: Foreign,
    /// Whether the session is over.
    pub ended: bool,
}

/// Which account signal-cli is linked to.
#[derive(Debug, Serialize)]
pub struct SignalView {
    /// Its number.
    pub account: Option<Phone>,
    /// Where signal-cli is.
    pub signal_cli: Option<Foreign>,
}

/// Where things stand.
#[derive(Debug, Serialize)]
pub struct StatusView {
    schema: &'static str,
    /// The last run; none before the first.
    pub run: Option<RunId>,
    /// How many contacts there are, excluded ones left out.
    pub contacts: usize,
    /// How many of them the big number is about.
    pub counted: usize,
    /// How many of these can be reached.
    pub reachable: Counts,
    /// How many questions only the user can decide.
    pub needs_review: usize,
    /// What to do next.
    pub next: NextView,
    /// None if nobody is signed in.
    pub matrix: Option<MatrixView>,
    /// None if no signal-cli was linked or named.
    pub signal: Option<SignalView>,
}

impl StatusView {
    /// The view of what is known; of nothing without a report.
    pub fn new(
        report: Option<(&Report, &[Checked])>,
        next: Step,
        session: Option<&Session>,
        signal: Option<SignalView>,
        words: &Words,
    ) -> StatusView {
        let of = |number: fn(&Report) -> usize| report.map_or(0, |(report, _)| number(report));
        StatusView {
            schema: "transhume.status/1",
            run: report.map(|(report, _)| report.run.clone()),
            contacts: of(|report| report.contacts),
            counted: report.map_or(0, |(report, people)| report.scope.counted(people)),
            reachable: report.map(|(report, _)| report.reachable).unwrap_or_default(),
            needs_review: of(|report| report.needs_review),
            next: NextView { step: next, command: words.attr(next.sentence(), "command") },
            matrix: session.map(|session| MatrixView {
                user: Foreign::from(session.user.as_str()),
                homeserver: Foreign::new(session.homeserver.label()),
                ended: session.ended,
            }),
            signal,
        }
    }

    /// What is to be done next.
    pub(super) fn step(&self) -> Step {
        self.next.step
    }
}
