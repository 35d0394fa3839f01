//! `transhume report`: where things stand, and what is known as files that
//! other programs read.

use crate::report::terminal;
use crate::report::view::ProblemView;

use super::context::Context;
use super::exit::Exit;
use super::failure::Failure;
use super::inspect::shown;
use super::knowledge::Knowledge;
use super::learn::say_problems;
use super::outputs;
use super::runs::run_of;

/// Which files are to be written.
#[derive(Clone, Copy, Debug)]
#[expect(missing_docs, reason = "each is named as its file")]
pub struct Files {
    pub html: bool,
    pub csv: bool,
    pub vcard: bool,
    pub graphml: bool,
}

/// Prints the report, and writes the files that were asked for.
///
/// # Errors
/// An empty workspace, no such run, files that cannot be written.
pub fn run(context: &Context, files: Files, since: Option<i64>) -> Result<Exit, Failure> {
    let knowledge = Knowledge::load(context)?;
    let before = since.map(|id| run_of(&knowledge.runs, id)).transpose()?;
    let mut report = knowledge.report_since(context, before);
    let mut paths = Vec::new();
    let mut exit = Exit::Done;
    let any = files.html || files.csv || files.vcard || files.graphml;
    let _lock = if any { Some(outputs::prepare(context)?) } else { None };
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
    if files.html {
        paths.push(outputs::report_html(context, &knowledge, &report)?);
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
        let style = context.printer.style();
        context.printer.data(&terminal::summary(&report, &knowledge.people, &context.words, style))?;
    }
    for path in paths {
        context.printer.note(&format!("  {}", shown(&path)));
    }
    Ok(exit)
}
