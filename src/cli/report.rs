//! `transhume report`: where things stand.

use crate::report::terminal;

use super::context::Context;
use super::exit::Exit;
use super::failure::Failure;
use super::inspect::shown;
use super::knowledge::Knowledge;
use super::outputs;

/// Prints the report, and writes the files that were asked for.
///
/// # Errors
/// An empty workspace, files that cannot be written.
pub fn run(context: &Context, html: bool, csv: bool) -> Result<Exit, Failure> {
    let knowledge = Knowledge::load(context)?;
    let report = knowledge.report(context);
    let mut paths = Vec::new();
    let _lock = if html || csv { Some(outputs::prepare(context)?) } else { None };
    if html {
        paths.push(outputs::report_html(context, &knowledge, &report)?);
    }
    if csv {
        paths.extend(outputs::report_csv(context, &knowledge, &report)?);
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
    Ok(Exit::Done)
}
