//! `transhume check`: who can be reached already, as the networks themselves
//! tell. What they answer is kept as a run of its own.

use crate::model::Severity;
use crate::model::run::{Run, Snapshot};
use crate::model::{Channel, Problem};
use crate::report::check::CheckView;
use crate::report::history::snapshot;
use crate::report::terminal;
use crate::workspace::{Store, lock};

use super::args::{AskingArguments, ConsentArguments, SignalArguments};
use super::ask::{self, Asked};
use super::asking::Asking;
use super::context::Context;
use super::exit::Exit;
use super::failure::Failure;
use super::knowledge::Knowledge;
use super::learn::{a_run, say_problems};
use super::signal::Signal;

/// Asks Matrix about everybody who is counted.
///
/// # Errors
/// An empty or locked workspace, a call that says too little; what goes wrong
/// on the way comes after what was learnt.
pub fn matrix(
    context: &Context,
    typed: &AskingArguments,
    consent: ConsentArguments,
) -> Result<Exit, Failure> {
    let asking = Asking::resolve(context, typed, consent)?;
    // Whoever has learnt nothing yet is told so before a folder is made.
    let mut knowledge = Knowledge::load(context)?;
    let lock = lock::take(&context.folder)?;
    let mut store = Store::open(&context.folder, &lock)?;
    let (dry_run, forgot) = (asking.dry_run, asking.forget_misses);
    let asked = ask::matrix(context, asking, &mut store, &knowledge.people);
    if asked.learnt {
        knowledge = taken_up(context, &mut store, None)?;
    }
    let told = Told { dry_run, forgot };
    tell(context, Channel::Matrix, asked, &knowledge, told)
}

/// Has signal-cli tell whom it knows, and ask about the others who are counted.
///
/// # Errors
/// Those of [`matrix`].
pub fn signal(
    context: &Context,
    typed: &SignalArguments,
    consent: ConsentArguments,
) -> Result<Exit, Failure> {
    let signal = Signal::resolve(context, typed, consent)?;
    let knowledge = Knowledge::load(context)?;
    let lock = lock::take(&context.folder)?;
    let run = a_run(context, "check");
    let (asked, learnt) = ask::signal::ask(context, &signal, &lock, &knowledge, run);
    let knowledge = learnt.unwrap_or(knowledge);
    let told = Told { dry_run: consent.dry_run, forgot: false };
    tell(context, Channel::Signal, asked, &knowledge, told)
}

/// How the user wanted to ask, as far as it bears on what can be told.
#[derive(Clone, Copy)]
struct Told {
    /// Only to see what would leave.
    dry_run: bool,
    /// To keep nothing about those who are not found.
    forgot: bool,
}

/// Tells what came of asking.
fn tell(
    context: &Context,
    channel: Channel,
    asked: Asked,
    knowledge: &Knowledge,
    Told { dry_run, forgot }: Told,
) -> Result<Exit, Failure> {
    let problems = odd(&asked, knowledge);
    let people = &knowledge.people;
    let (count, words) = (context.count, &context.words);
    let view = CheckView::new(channel, asked.answered, &asked.disclosed, &problems, people, count, words);
    let view = CheckView { dry_run, ask_again: asked.again, forgot_misses: forgot, ..view };
    if context.printer.json {
        context.printer.json(&view)?;
    } else if !dry_run && (asked.failure.is_none() || asked.learnt) {
        let style = context.printer.style();
        context.printer.data(&terminal::check(&view, people, count, words, style))?;
        say_problems(context, &problems);
    }
    finish(asked, &problems)
}

/// Takes up what was answered: into the run that it belongs to, or into one of
/// its own.
///
/// # Errors
/// The workspace cannot be written.
pub fn taken_up(context: &Context, store: &mut Store, run: Option<&Run>) -> Result<Knowledge, Failure> {
    let writing = store.begin()?;
    let mut knowledge = Knowledge::derive(context, writing.load()?)?;
    let now = snapshot(&knowledge.people, context.count);
    let run = if let Some(run) = run {
        let run = Run { snapshot: now, ..run.clone() };
        writing.update_run(&run)?;
        knowledge.runs.retain(|kept| kept.id != run.id);
        run
    } else {
        let (at, command) = (context.now, "check".to_owned());
        let mut run = Run { id: None, at, command, snapshot: Snapshot::default() };
        run.snapshot = now;
        writing.add_run(&mut run)?;
        run
    };
    writing.adopt_lookups(&run)?;
    writing.keep_ledger(&knowledge.ledger)?;
    writing.commit()?;
    knowledge.runs.push(run);
    Ok(knowledge)
}

/// What of the answers is odd: each by itself, and all of them together.
pub fn odd(asked: &Asked, knowledge: &Knowledge) -> Vec<Problem> {
    asked.problems.iter().cloned().chain(knowledge.doubts.iter().cloned()).collect()
}

/// How it ends.
///
/// # Errors
/// Why it is not finished.
pub fn finish(asked: Asked, problems: &[Problem]) -> Result<Exit, Failure> {
    if let Some(failure) = asked.failure {
        return Err(failure);
    }
    let severe = problems.iter().any(|problem| problem.severity() == Severity::Error);
    Ok(if severe { Exit::Partial } else { Exit::Done })
}
