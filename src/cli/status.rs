//! `transhume status`: the big number, the next step, who is signed in where. Nobody
//! is asked: it tells what this computer knows.

use crate::check::signal_place::SignalPlace;
use crate::model::{Foreign, Phone};
use crate::report::status::{SignalView, StatusView, Step};
use crate::report::terminal;
use crate::workspace::session;

use super::args::WritingArguments;
use super::context::Context;
use super::drafts;
use super::exit::Exit;
use super::failure::Failure;
use super::knowledge::Knowledge;
use super::signal::program;

/// Tells where things stand, also before anything was learnt.
///
/// # Errors
/// A workspace, or a session in it, that cannot be read.
pub fn run(context: &Context) -> Result<Exit, Failure> {
    let knowledge = match Knowledge::load(context) {
        Ok(knowledge) => Some(knowledge),
        Err(failure) if failure.exit == Exit::NoInput => None,
        Err(failure) => return Err(failure),
    };
    let report = knowledge.as_ref().map(|knowledge| knowledge.report(context));
    let known = knowledge.as_ref().zip(report.as_ref());
    let material = known.map(|(knowledge, report)| (report, knowledge.people.as_slice()));
    let next = known.map_or(Step::Guide, |(knowledge, report)| step(context, knowledge, report.needs_review));
    let session = session::load(&context.folder)?;
    let view = StatusView::new(material, next, session.as_ref(), linked(context), &context.words);
    match context.printer.json {
        true => context.printer.json(&view)?,
        false => {
            let style = context.printer.style();
            context.printer.data(&terminal::status(&view, material, &context.words, style))?;
        }
    }
    Ok(Exit::Done)
}

/// What brings the user further now, with so many questions open.
pub fn step(context: &Context, knowledge: &Knowledge, needs_review: usize) -> Step {
    if !knowledge.has_signal() {
        return Step::Signal;
    }
    if needs_review > 0 {
        return Step::Review;
    }
    // Where nobody could find the user there is nothing to draft yet.
    let drafts = drafts::next(context, knowledge, None, 1, &WritingArguments::default());
    if drafts.is_ok_and(|next| !next.drafts.is_empty()) { Step::Invite } else { Step::Later }
}

/// The account that signal-cli was linked to, as the settings have it.
fn linked(context: &Context) -> Option<SignalView> {
    let settings = &context.settings;
    let account = settings.signal_account.as_deref().and_then(|number| Phone::parse(number, None).ok());
    let place = settings.signal_cli.as_deref().and_then(|text| SignalPlace::parse(text, program).ok());
    let signal_cli = place.map(|place| Foreign::new(place.label()));
    (account.is_some() || signal_cli.is_some()).then_some(SignalView { account, signal_cli })
}
