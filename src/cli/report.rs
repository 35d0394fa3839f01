//! `transhume report`: where things stand, and what is known as files that
//! other programs read.

use crate::report::ahead::Ahead;
use crate::report::plan::Subject;
use crate::report::terminal;
use crate::report::view::ProblemView;
use crate::words::key;

use super::context::Context;
use super::exit::Exit;
use super::failure::Failure;
use super::inspect::shown;
use super::knowledge::Knowledge;
use super::learn::say_problems;
use super::runs::run_of;
use super::{drafts, outputs, status};

/// Which files are to be written.
#[derive(Clone, Copy, Debug)]
#[expect(missing_docs, reason = "each is named as its file")]
#[expect(clippy::struct_excessive_bools, reason = "each is an option of its own")]
pub struct Files {
    pub html: bool,
    pub csv: bool,
    pub vcard: bool,
    pub graphml: bool,
    pub markdown: bool,
}

impl Files {
    fn any(self) -> bool {
        self.html || self.csv || self.vcard || self.graphml || self.markdown
    }

    /// Which of them tells of people one by one.
    fn of_people(self) -> Option<&'static str> {
        let all = [(self.csv, "--csv"), (self.vcard, "--vcard"), (self.graphml, "--graphml")];
        all.into_iter().find(|(wanted, _)| *wanted).map(|(_, option)| option)
    }
}

/// Prints the report, and writes the files that were asked for; all of it without
/// anybody's name if it is to be shared.
///
/// # Errors
/// An empty workspace, no such run, files that cannot be written or shared.
pub fn run(context: &Context, files: Files, share: bool, since: Option<i64>) -> Result<Exit, Failure> {
    if let Some(option) = files.of_people().filter(|_| share) {
        return Err(Failure::new(Exit::Usage, key::ERROR_SHARE_PEOPLE).about(option));
    }
    let mut knowledge = Knowledge::load(context)?;
    let before = since.map(|id| run_of(&knowledge.runs, id)).transpose()?;
    let mut report = knowledge.report_since(context, before);
    // What to do next is nobody else's business.
    let step =
        (!share && !context.printer.json).then(|| status::step(context, &knowledge, report.needs_review));
    let is_shown = files.markdown || files.html || !context.printer.json;
    let mut plan = is_shown.then(|| drafts::plan_ahead(context, &knowledge));
    let trend = if files.html { outputs::trend(context, &knowledge) } else { Vec::new() };
    if share {
        (knowledge, report, plan) = knowledge.shared(context, &report, plan.as_ref());
    }
    let subject = Subject::new(&knowledge.people, &knowledge.graph.groups);
    let ahead = plan.as_ref().map(|plan| Ahead { plan, subject, step });
    let mut paths = Vec::new();
    let mut exit = Exit::Done;
    let _lock = if files.any() { Some(outputs::prepare(context)?) } else { None };
    if files.vcard {
        // What is wrong with cards stands in the other files too.
        let (path, problems) = outputs::address_book(context, &knowledge)?;
        paths.push(path);
        if !problems.is_empty() {
            exit = Exit::Partial;
            report.problems.extend(problems.iter().map(|p| ProblemView::new(&context.words, p)));
            say_problems(context, &problems);
        }
    }
    if let Some(plan) = plan.as_ref().filter(|_| files.html) {
        paths.push(outputs::page(context, &knowledge, &report, plan, &trend)?);
    }
    if files.markdown {
        paths.push(outputs::report_markdown(context, &knowledge, &report, ahead.as_ref())?);
    }
    if files.csv {
        paths.extend(outputs::report_csv(context, &knowledge, &report)?);
    }
    if files.graphml {
        paths.push(outputs::graph(context, &knowledge)?);
    }
    if context.printer.json {
        context.printer.json(&report)?;
    } else {
        let (people, style) = (&knowledge.people, context.printer.style());
        context.printer.data(&terminal::summary(&report, people, ahead.as_ref(), &context.words, style))?;
    }
    for path in paths {
        context.printer.note(&format!("  {}", shown(&path)));
    }
    Ok(exit)
}
