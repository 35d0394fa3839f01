//! The report as one page that asks nothing of the network: no script, no
//! font, no picture from elsewhere, and a policy that forbids them all.
//!
//! The template escapes whatever it is handed; text from outside comes through
//! `escape::template` and stands between tags only, never in an attribute.
//! All lengths and ids are numbers of our own.

mod parts;

use minijinja::syntax::SyntaxConfig;
use minijinja::{AutoEscape, Environment, Error, UndefinedBehavior, Value, context};

use super::phrase;
use super::view::Report;
use crate::check::Checked;
use crate::words::{Words, key};

/// The page without its contents.
const TEMPLATE: &str = include_str!("report.html");

/// Renders a report. `people` are those that it was built from.
///
/// # Errors
/// Only a mistake in the template, which a test would show.
pub fn page(report: &Report, people: &[Checked], words: &Words) -> Result<String, Error> {
    let mut environment = Environment::new();
    environment.set_auto_escape_callback(|_| AutoEscape::Html);
    // A value that the template wants and does not get is a mistake.
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_syntax(SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build()?);
    environment.add_template("report.html", TEMPLATE)?;
    environment.get_template("report.html")?.render(content(report, people, words))
}

fn content(report: &Report, people: &[Checked], words: &Words) -> Value {
    let (counted, others): (Vec<&Checked>, Vec<&Checked>) =
        people.iter().filter(|p| !p.contact.excluded).partition(|p| report.scope.count.includes(p));
    context! {
        lang => words.language().id(),
        t => labels(words),
        title => phrase::headline(report, people, words),
        date => phrase::day(report.run.at),
        hero => parts::hero(report, people, words),
        figures => parts::figures(report, words),
        channels => parts::channels(report, people, words),
        history => parts::history(report, words),
        changes => parts::changes(report, people, words),
        groups => parts::groups(report, words),
        people => parts::people(&counted, words),
        others => parts::people(&others, words),
        review => parts::review(report, words),
        problems => parts::problems(report, words),
        problem_counts => phrase::problem_counts(report, words),
        uncounted => phrase::uncounted(report, people, words),
        inputs => phrase::inputs(report, words),
        disclosed => phrase::disclosed(report, words, crate::words::escape::template),
    }
}

/// The words that are the same on every page.
fn labels(words: &Words) -> Value {
    let say = |key| words.say(key);
    context! {
        by_channel => say(key::REPORT_PAGE_BY_CHANNEL),
        history => say(key::REPORT_PAGE_HISTORY),
        history_note => say(key::REPORT_PAGE_HISTORY_NOTE),
        history_table => say(key::REPORT_PAGE_HISTORY_TABLE),
        month => say(key::REPORT_PAGE_MONTH),
        groups => say(key::REPORT_GROUPS),
        group => say(key::REPORT_GROUP),
        members => say(key::REPORT_MEMBERS),
        reachable => say(key::REPORT_REACHABLE),
        incomplete => say(key::REPORT_INCOMPLETE),
        people => say(key::REPORT_PAGE_PEOPLE),
        name => say(key::REPORT_NAME),
        scope => say(key::REPORT_SCOPE),
        channels => say(key::REPORT_CHANNELS),
        messages => say(key::REPORT_MESSAGES),
        todo => say(key::REPORT_PAGE_TODO),
        problems => say(key::REPORT_PAGE_PROBLEMS),
        uncounted => say(key::REPORT_PAGE_UNCOUNTED),
        uncounted_none => say(key::REPORT_PAGE_UNCOUNTED_NONE),
        inputs => say(key::REPORT_PAGE_INPUTS),
        skip => say(key::REPORT_PAGE_SKIP),
        private => say(key::REPORT_PAGE_PRIVATE),
    }
}

#[cfg(test)]
mod tests;
