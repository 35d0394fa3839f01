//! `transhume migrate`: everything in one go, ending with the big number and
//! the next command to type. What goes wrong while a network is asked does not
//! keep back what is known without it.

use std::collections::BTreeSet;
use std::path::PathBuf;

use crate::model::{Foreign, Severity};
use crate::report::terminal;
use crate::words::escape;
use crate::words::{Value, key};
use crate::workspace::Store;
use crate::workspace::lock::Lock;

use super::args::{AskingArguments, ChannelArgument, ConsentArguments, SignalArguments, WritingArguments};
use super::asking::Asking;
use super::context::Context;
use super::drafts::Next;
use super::exit::Exit;
use super::failure::Failure;
use super::inspect::shown;
use super::knowledge::Knowledge;
use super::learn::{Learnt, a_run, learn, say_problems};
use super::signal::Signal;
use super::{ask, check, drafts, outputs};

/// How many drafts a run makes: as many as a person sends in a sitting.
const BATCH: usize = 10;

/// Which networks are asked as well.
pub struct Networks<'a> {
    /// Matrix, and how.
    pub matrix: Option<&'a AskingArguments>,
    /// Signal, and how.
    pub signal: Option<&'a SignalArguments>,
    /// Whether what that takes may leave.
    pub consent: ConsentArguments,
}

/// Imports, checks, plans, drafts, reports.
///
/// # Errors
/// Those of [`learn`]; a channel on which the user cannot be found; files that
/// cannot be written.
pub fn run(
    context: &Context,
    inputs: &[PathBuf],
    to: Option<ChannelArgument>,
    networks: &Networks<'_>,
) -> Result<Exit, Failure> {
    drafts::may_invite_to(context, to)?;
    let consent = networks.consent;
    let asking = networks.matrix.map(|typed| Asking::resolve(context, typed, consent)).transpose()?;
    let signal = networks.signal.map(|typed| Signal::resolve(context, typed, consent)).transpose()?;
    let lock = outputs::prepare(context)?;
    let mut learnt = learn(context, "migrate", inputs, &lock)?;
    context.remember()?;
    context.remember_signal(learnt.knowledge.graph.own_signal.as_ref())?;
    let mut outcomes = Vec::new();
    if let Some(asking) = asking {
        outcomes.push(ask_matrix(context, asking, &mut learnt, &lock)?);
    }
    if let Some(signal) = signal.filter(|_| !context.meter.stopped()) {
        outcomes.push(ask_signal(context, &signal, &mut learnt, &lock));
    }
    let exit = write_all(context, &learnt, to)?;
    Ok(outcomes.into_iter().fold(exit, |exit, outcome| match outcome {
        Ok(asked) => exit.or(asked),
        Err(failure) => {
            failure.say(&context.printer, &context.words);
            exit.or(failure.exit)
        }
    }))
}

/// The same for Signal, whose contact list is a part of what is learnt.
fn ask_signal(context: &Context, signal: &Signal, learnt: &mut Learnt, lock: &Lock) -> Result<Exit, Failure> {
    let run = learnt.knowledge.runs.last().cloned();
    let run = run.unwrap_or_else(|| a_run(context, "migrate"));
    let (asked, known) = ask::signal::ask(context, signal, lock, &learnt.knowledge, run);
    if let Some(known) = known {
        *learnt.knowledge = known;
        learnt.knowledge.problems.extend(learnt.problems.iter().cloned());
    }
    let odd = check::odd(&asked, &learnt.knowledge);
    learnt.knowledge.problems.extend(asked.problems.iter().cloned());
    check::finish(asked, &odd)
}

/// Asks Matrix about those who were just learnt, and takes up the answers.
/// Gives how that ended.
///
/// # Errors
/// The workspace cannot be written.
fn ask_matrix(
    context: &Context,
    asking: Asking,
    learnt: &mut Learnt,
    lock: &Lock,
) -> Result<Result<Exit, Failure>, Failure> {
    let mut store = Store::open(&context.folder, lock)?;
    let asked = ask::matrix(context, asking, &mut store, &learnt.knowledge.people);
    if asked.learnt {
        let problems = std::mem::take(&mut learnt.problems);
        *learnt.knowledge = check::taken_up(context, &mut store, learnt.knowledge.runs.last())?;
        learnt.knowledge.problems.extend(problems.iter().cloned());
        learnt.problems = problems;
    }
    let odd = check::odd(&asked, &learnt.knowledge);
    learnt.knowledge.problems.extend(asked.problems.iter().cloned());
    Ok(check::finish(asked, &odd))
}

/// Writes and prints what is known now.
fn write_all(context: &Context, learnt: &Learnt, to: Option<ChannelArgument>) -> Result<Exit, Failure> {
    let knowledge = &learnt.knowledge;
    let report = knowledge.report(context);
    // Where nobody could find the user there is nothing to draft yet; the
    // report is worth having all the same.
    let next = match drafts::next(context, knowledge, to, BATCH, &WritingArguments::default()) {
        Err(failure) if to.is_none() && failure.exit == Exit::Usage => {
            let (what, hint) = failure.text(&context.words);
            context.printer.note(&format!("{what} {hint}"));
            Next { drafts: Vec::new(), kits: Vec::new(), own: Vec::new() }
        }
        next => next?,
    };
    let mut paths =
        vec![outputs::report_html(context, knowledge, &report)?, outputs::report_json(context, &report)?];
    paths.extend(outputs::report_csv(context, knowledge, &report)?);
    paths.extend(
        outputs::invites(context, &next)?.into_iter().filter(|p| p.extension().is_some_and(|e| e != "txt")),
    );
    let own: Vec<_> =
        knowledge.sources.iter().flat_map(|s| &s.problems).chain(&knowledge.problems).cloned().collect();
    say_problems(context, &own);

    if context.printer.json {
        context.printer.json(&report)?;
        return Ok(learnt.exit);
    }
    let style = context.printer.style();
    context.printer.data(&terminal::summary(&report, &knowledge.people, None, &context.words, style))?;
    let words = &context.words;
    let mut text = format!("\n{}\n", words.say(key::MIGRATE_FILES));
    for path in &paths {
        text.push_str(&format!("  {}\n", shown(path)));
    }
    let deletable = may_be_deleted(learnt);
    if !deletable.is_empty() {
        text.push_str(&format!("\n{}\n", words.say(key::MIGRATE_MAY_DELETE)));
        for path in deletable {
            text.push_str(&format!("  {}\n", escape::terminal_uncut(&Foreign::new(path))));
        }
    }
    text.push_str(&format!("\n{}\n", next_steps(context, knowledge, next.drafts.len())));
    context.printer.data(&text)?;
    Ok(learnt.exit)
}

/// The files that were read whole and without an error; an archive only if that
/// holds for all that was read in it.
fn may_be_deleted(learnt: &Learnt) -> Vec<String> {
    let file = |path: &str| path.split("!/").next().unwrap_or(path).to_owned();
    let severe = |p: &&crate::model::Problem| p.severity() == Severity::Error;
    let own = learnt
        .sources
        .iter()
        .flat_map(|s| s.problems.iter().filter(|p| p.severity == Severity::Error).map(|_| s.path.raw()));
    let others = learnt.problems.iter().filter(severe).filter_map(|p| p.path.as_ref()).map(Foreign::raw);
    let faulty: BTreeSet<String> = own.chain(others).map(file).collect();
    let read = learnt.sources.iter().map(|s| file(s.path.raw()));
    // The backup of a whole phone is more than what was read in it.
    let read: BTreeSet<String> = read.filter(|path| !std::path::Path::new(path).is_dir()).collect();
    read.difference(&faulty).cloned().collect()
}

/// The next commands to type, the most useful first.
fn next_steps(context: &Context, knowledge: &Knowledge, drafts: usize) -> String {
    let words = &context.words;
    let mut steps = Vec::new();
    if !knowledge.has_signal() {
        steps.push(words.say(key::NEXT_SIGNAL));
    }
    let needs_region = |r: &&crate::graph::Review| r.why == crate::model::contact::Why::NeedsRegion;
    let unplaced = knowledge.graph.review.iter().filter(needs_region).count();
    if unplaced > 0 {
        steps.push(words.say_with(key::NEXT_REGION, &[("count", unplaced.into())]));
    }
    if drafts > 0 {
        let page = shown(&context.out.join("invites.html"));
        steps.push(
            words.say_with(key::NEXT_INVITES, &[("count", drafts.into()), ("page", Value::Shown(&page))]),
        );
    }
    steps.push(words.say(key::NEXT_LATER));
    let lines: Vec<String> = steps.iter().zip(1..).map(|(step, n)| format!("  {n}. {step}")).collect();
    format!("{}\n{}", words.say(key::NEXT_TITLE), lines.join("\n"))
}
