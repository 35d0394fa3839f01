//! `transhume inspect`: what was understood in files. No workspace is touched
//! and nothing is kept.

use std::path::PathBuf;

use crate::check::ahead;
use crate::model::{Code, Foreign, Problem, Severity};
use crate::report::inspect::InspectView;
use crate::report::inspect_text;
use crate::words::escape;
use crate::words::key;

use super::context::Context;
use super::exit::Exit;
use super::failure::Failure;
use super::learn::{read, say_problems};

/// Inspects files.
///
/// # Errors
/// No file was usable, or the user asked to stop.
pub fn run(context: &Context, files: &[PathBuf]) -> Result<Exit, Failure> {
    let mut gathered = read(context, files, false)?;
    let usable = gathered.items.iter().any(|item| item.reading.is_usable());
    let mut problems: Vec<Problem> = Vec::new();
    for item in &mut gathered.items {
        let ahead = item.reading.finding.as_ref().and_then(|finding| ahead(finding, context.now));
        item.reading.problems.extend(ahead.map(|problem| problem.in_file(&item.path)));
        let path = Foreign::new(item.path.clone());
        let view = InspectView::new(&path, item.kind, &item.reading, context.home(), &context.words);
        if context.printer.json {
            context.printer.json(&view)?;
        } else {
            context.printer.data(&inspect_text::inspect(&path, item.kind, &item.reading, &context.words))?;
        }
        problems.extend(item.reading.problems.iter().cloned());
    }
    // A named file that is none of ours is an item of its own.
    for problem in &gathered.problems {
        if context.printer.json
            && problem.code != Code::FilesIgnored
            && let Some(path) = &problem.path
        {
            let view = InspectView::strange(path, std::slice::from_ref(problem), &context.words);
            context.printer.json(&view)?;
        }
    }
    problems.extend(gathered.problems);
    if !context.printer.json || context.printer.is_verbose() {
        say_problems(context, &problems);
    }
    if !usable {
        return Err(Failure::new(Exit::NoInput, key::ERROR_NO_INPUT));
    }
    let severe = problems.iter().any(|p| p.severity() == Severity::Error);
    Ok(if severe { Exit::Partial } else { Exit::Done })
}

/// A path as it goes into a sentence.
pub fn shown(path: &std::path::Path) -> escape::Shown {
    escape::terminal_uncut(&Foreign::new(path.display().to_string()))
}
