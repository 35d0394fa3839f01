//! `transhume why NAME`: every piece of evidence, and every reason.

use crate::report::evidence::WhyView;
use crate::report::terminal;

use super::context::Context;
use super::exit::Exit;
use super::failure::Failure;
use super::knowledge::Knowledge;

/// Explains a contact.
///
/// # Errors
/// An empty workspace, no such contact or several.
pub fn run(context: &Context, name: &str) -> Result<Exit, Failure> {
    let knowledge = Knowledge::load(context)?;
    let person = knowledge.find(name, context)?;
    let regions = &knowledge.graph.regions;
    if context.printer.json {
        context.printer.json(&WhyView::new(person, regions))?;
    } else {
        context.printer.data(&terminal::why(person, regions, &context.words, context.printer.style()))?;
    }
    Ok(Exit::Done)
}
