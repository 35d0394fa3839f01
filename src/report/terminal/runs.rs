//! What changed from one run to another, and what taking one back removes, on a
//! terminal.

use super::super::changes::{Person, RunsDiff};
use super::super::phrase;
use super::super::undo::UndoView;
use super::Style;
use super::layout::{INDENT, paragraph};
use super::summary::{heading, name_of, named};
use crate::check::Checked;
use crate::words::{Key, Words, escape, key};

/// Tells it; `people` are those of today, by whom it was named.
pub fn runs_diff(diff: &RunsDiff, people: &[Checked], words: &Words, style: Style) -> String {
    let mut out = String::new();
    let [from, to] = [&diff.from, &diff.to].map(|run| phrase::day(run.at));
    let [first, second] = [&diff.from, &diff.to].map(|run| run.id.unwrap_or_default().to_string());
    let values = [
        ("first", first.as_str().into()),
        ("from", from.as_str().into()),
        ("second", second.as_str().into()),
        ("to", to.as_str().into()),
    ];
    heading(&mut out, &words.say_with(key::RUNS_FROM_TO, &values), style);
    reachable(&mut out, (diff.before.any, diff.after.any), words, style);
    let lists = [
        (key::RUNS_GAINED, &diff.gained),
        (key::RUNS_LOST, &diff.lost),
        (key::REPORT_NEW, &diff.new_people),
        (key::RUNS_GONE, &diff.gone),
    ];
    lists_of(&mut out, lists, people, words, style);
    if lists.iter().all(|(_, people)| people.is_empty()) {
        paragraph(&mut out, INDENT, &words.say(key::RUNS_SAME), style);
    }
    out
}

/// Tells what taking a run back removes; `people` are those with whom it is still
/// there.
pub fn undo(view: &UndoView, people: &[Checked], words: &Words, style: Style) -> String {
    let mut out = String::new();
    let (id, date) = (view.run.id.unwrap_or_default().to_string(), phrase::day(view.run.at));
    let values = [
        ("id", id.as_str().into()),
        ("date", date.as_str().into()),
        ("command", view.command.as_str().into()),
    ];
    heading(&mut out, &words.say_with(key::RUNS_UNDO_WHAT, &values), style);
    for source in &view.sources {
        let path = escape::terminal_uncut(&source.path);
        let values = [("path", (&path).into()), ("count", source.read.into())];
        paragraph(&mut out, INDENT, &words.say_with(key::RUNS_UNDO_SOURCE, &values), style);
    }
    if view.answers > 0 {
        let values = [("count", view.answers.into())];
        paragraph(&mut out, INDENT, &words.say_with(key::RUNS_UNDO_ANSWERS, &values), style);
    }
    if view.sources.is_empty() && view.answers == 0 {
        paragraph(&mut out, INDENT, &words.say(key::RUNS_UNDO_NOTHING), style);
    }
    reachable(&mut out, (view.before.any, view.after.any), words, style);
    let lists = [
        (key::REPORT_GAINED, &view.gained),
        (key::REPORT_LOST, &view.lost),
        (key::REPORT_NEW, &view.new_people),
        (key::RUNS_UNDO_GONE, &view.gone),
    ];
    lists_of(&mut out, lists, people, words, style);
    if view.replaced {
        paragraph(&mut out, "", &words.say(key::RUNS_UNDO_REPLACED), style);
    }
    paragraph(&mut out, "", &words.say(key::RUNS_UNDO_STAYS), style);
    out
}

/// How many could be reached, before and after.
fn reachable(out: &mut String, (before, after): (usize, usize), words: &Words, style: Style) {
    let [before, after] = [before, after].map(|count| phrase::number(words, count));
    let counted = [("before", before.as_str().into()), ("after", after.as_str().into())];
    paragraph(out, INDENT, &words.say_with(key::RUNS_REACHABLE, &counted), style);
}

/// Lists of people who changed, as they are called.
fn lists_of(
    out: &mut String,
    lists: [(Key, &Vec<Person>); 4],
    people: &[Checked],
    words: &Words,
    style: Style,
) {
    let contacts = phrase::by_id(people);
    for (what, people) in lists {
        let name = |person: &Person| name_of(phrase::changed(person, &contacts).as_ref(), words);
        named(out, what, people, name, words, style);
    }
}
