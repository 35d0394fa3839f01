//! The report as one page that asks nothing of the network: no script, no
//! font, no picture from elsewhere, and a policy that forbids them all.
//!
//! Everything on it comes from [`Contents`], which holds what is shown and
//! nothing else: whatever is replaced there is replaced on the page. Each
//! picture has a file of its own, is drawn with numbers alone, and has a table
//! behind it. The template escapes whatever it is handed; text from outside
//! comes through `escape::template`, or within a sentence through
//! `escape::sentence`, and stands between tags only, never in an attribute.

mod bars;
mod covered;
mod flock;
mod groups;
mod months;
mod next;
mod overlap;
mod parts;
mod svg;
mod ties;
mod trend;

use minijinja::syntax::SyntaxConfig;
use minijinja::{AutoEscape, Environment, Error, UndefinedBehavior, Value, context};

use super::changes::Previous;
use super::phrase;
use super::plan::Subject;
use super::view::Report;
use crate::check::Checked;
use crate::model::{Foreign, Group, Moment};
use crate::plan::Plan;
use crate::words::{Words, escape, key};

/// The page without its contents.
const TEMPLATE: &str = include_str!("html/page.html");

/// How it looks.
const STYLE: &str = include_str!("html/page.css");

/// So many names stand in the widest list of the page; more are counted, and the
/// command is named that lists them all.
const LISTED: usize = 200;

/// No name within a sentence or a list of many takes more columns.
const WIDEST: usize = 80;

/// So many runs are drawn, the last ones; more need not be worked out.
pub const RUNS: usize = trend::DRAWN;

/// What a page shows.
#[derive(Clone, Copy)]
pub struct Contents<'a> {
    /// The numbers.
    pub report: &'a Report,
    /// The people that they are about.
    pub people: &'a [Checked],
    /// Their groups.
    pub groups: &'a [Group],
    /// Whom to invite first, and how far each group is.
    pub plan: &'a Plan,
    /// What could be reached at the end of each run, the oldest first.
    pub trend: &'a [Previous],
    /// The time of the page.
    pub now: Moment,
}

/// Renders a report.
///
/// # Errors
/// Only a mistake in the template, which a test would show.
pub fn page(contents: &Contents<'_>, words: &Words) -> Result<String, Error> {
    let mut environment = Environment::new();
    environment.set_auto_escape_callback(|_| AutoEscape::Html);
    // A value that the template wants and does not get is a mistake.
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_syntax(SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build()?);
    environment.add_template("page.html", TEMPLATE)?;
    environment.get_template("page.html")?.render(values(contents, words))
}

fn values(contents: &Contents<'_>, words: &Words) -> Value {
    let Contents { report, people, groups, .. } = *contents;
    let (counted, others): (Vec<&Checked>, Vec<&Checked>) =
        people.iter().filter(|p| !p.contact.excluded).partition(|p| report.scope.count.includes(p));
    let subject = Subject::new(people, groups);
    context! {
        lang => words.language().id(),
        // Own text, no name in it.
        style => Value::from_safe_string(STYLE.to_owned()),
        t => labels(report.shared, words),
        title => parts::headline(report, people, words),
        date => words.day(report.run.at.date()),
        iso => phrase::day(report.run.at),
        hero => parts::hero(report, people, words),
        figures => parts::figures(report, words),
        channels => parts::channels(report, people, words),
        overlap => overlap::overlap(&counted, words),
        history => months::history(report, words),
        trend => trend::trend(contents.trend, words),
        covered => covered::covered(&counted, contents.now, words),
        changes => parts::changes(report, people, words),
        groups => groups::groups(contents, &subject, words),
        ties => ties::ties(contents, &subject, words),
        next => next::next(contents, &subject, words),
        holds => next::holds(contents, &subject, words),
        people => parts::people(&counted, words),
        others => parts::people(&others, words),
        review => parts::review(report, words),
        problems => parts::problems(report, words),
        problem_counts => phrase::problem_counts(report, words),
        uncounted => phrase::uncounted(report, people, words),
        inputs => phrase::inputs(report, words),
        disclosed => parts::disclosed(report, words),
    }
}

/// The words that are the same on every page.
fn labels(shared: bool, words: &Words) -> Value {
    let say = |key| words.say(key);
    context! {
        by_channel => say(key::REPORT_PAGE_BY_CHANNEL),
        overlap => say(key::REPORT_PAGE_OVERLAP),
        overlap_note => say(key::REPORT_PAGE_OVERLAP_NOTE),
        place => say(key::REPORT_PAGE_PLACE),
        history => say(key::REPORT_PAGE_HISTORY),
        history_note => say(key::REPORT_PAGE_HISTORY_NOTE),
        table => say(key::REPORT_PAGE_TABLE),
        month => say(key::REPORT_PAGE_MONTH),
        trend => say(key::REPORT_PAGE_TREND),
        trend_note => say(key::REPORT_PAGE_TREND_NOTE),
        run => say(key::REPORT_PAGE_RUN),
        date => say(key::REPORT_PAGE_DATE),
        known => say(key::REPORT_PAGE_KNOWN),
        covered => say(key::REPORT_PAGE_COVERED_TITLE),
        with_reachable => say(key::REPORT_PAGE_WITH_REACHABLE),
        with_others => say(key::REPORT_PAGE_WITH_OTHERS),
        share => say(key::REPORT_PAGE_SHARE),
        groups => say(key::REPORT_GROUPS),
        group => say(key::REPORT_GROUP),
        members => say(key::REPORT_MEMBERS),
        reachable => say(key::REPORT_REACHABLE),
        missing => say(key::PLAN_MISSING),
        missing_label => words.say_with(key::REPORT_LABEL, &[("label", say(key::PLAN_MISSING).as_str().into())]),
        together => say(key::REPORT_PAGE_TOGETHER),
        scattered => say(key::REPORT_PAGE_SCATTERED),
        incomplete => say(key::REPORT_INCOMPLETE),
        ties => say(key::REPORT_PAGE_TIES),
        ties_note => say(key::REPORT_PAGE_TIES_NOTE),
        ties_most => say(key::REPORT_PAGE_TIES_MOST),
        ties_some => say(key::REPORT_PAGE_TIES_SOME),
        ties_nobody => say(key::REPORT_PAGE_TIES_NOBODY),
        shared => say(key::REPORT_PAGE_SHARED),
        next => say(key::PLAN_INVITE),
        nobody_next => say(key::PLAN_NOBODY),
        holds => say(key::PLAN_HOLDS),
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
        left => say(key::REPORT_PAGE_LEFT),
        left_none => say(key::REPORT_DISCLOSED_NONE),
        host => say(key::REPORT_PAGE_HOST),
        hashed => say(key::REPORT_PAGE_HASHED),
        plain => say(key::REPORT_PAGE_PLAIN),
        skip => say(key::REPORT_PAGE_SKIP),
        private => say(if shared { key::REPORT_SHARED_NOTE } else { key::REPORT_PAGE_PRIVATE }),
    }
}

/// A name for the template, or the words for none.
fn shown(name: Option<&Foreign>, words: &Words) -> String {
    match name.filter(|name| !escape::is_blank(name)) {
        Some(name) => escape::template(name).to_string(),
        None => words.say(key::REPORT_NO_NAME),
    }
}

/// The same for a list of many, in which none may take all the room.
fn short(name: Option<&Foreign>, words: &Words) -> String {
    match name.filter(|name| !escape::is_blank(name)) {
        Some(name) => escape::template(name).fit(WIDEST).to_string(),
        None => words.say(key::REPORT_NO_NAME),
    }
}

/// So many more there are than are listed, and the command that lists all; none if
/// there are none.
fn more(count: usize, command: &'static str, words: &Words) -> Value {
    if count == 0 {
        return Value::from(());
    }
    context! { said => words.say_with(key::REPORT_PAGE_MORE, &[("count", count.into())]), command }
}

#[cfg(test)]
mod tests;
