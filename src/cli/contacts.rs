//! `transhume contacts`: who is who, and whom to leave alone.

pub mod decide;
pub mod forget;

use crate::check::Checked;
use crate::model::Foreign;
use crate::report::contact::ContactView;
use crate::report::terminal;

use super::context::Context;
use super::exit::Exit;
use super::failure::Failure;
use super::knowledge::Knowledge;

/// Lists all contacts by name, those without one last.
///
/// # Errors
/// An empty workspace.
pub fn list(context: &Context) -> Result<Exit, Failure> {
    let knowledge = Knowledge::load(context)?;
    let mut people: Vec<&Checked> = knowledge.people.iter().collect();
    let sort = |p: &&Checked| {
        (
            p.contact.name.is_none(),
            p.contact.name.as_ref().map(|n| n.key().to_lowercase()),
            p.contact.id.clone(),
        )
    };
    people.sort_by_key(sort);
    if context.printer.json {
        for person in people {
            context.printer.json(&ContactView::new(person, &knowledge.graph.groups))?;
        }
    } else {
        let style = context.printer.style();
        context.printer.data(&terminal::contact_table(&people, &context.words, style))?;
    }
    Ok(Exit::Done)
}

/// Shows one contact.
///
/// # Errors
/// An empty workspace, no such contact or several.
pub fn show(context: &Context, name: &str) -> Result<Exit, Failure> {
    let knowledge = Knowledge::load(context)?;
    let person = knowledge.find(name, context)?;
    if context.printer.json {
        context.printer.json(&ContactView::new(person, &knowledge.graph.groups))?;
    } else {
        let titles: Vec<&Foreign> =
            person.contact.groups.iter().map(|index| &knowledge.graph.groups[*index].title).collect();
        let style = context.printer.style();
        context.printer.data(&terminal::contact_card(person, &titles, &context.words, style))?;
    }
    Ok(Exit::Done)
}
