//! What changed from one run to another, on a terminal.

use super::super::changes::{Person, RunsDiff};
use super::super::phrase;
use super::Style;
use super::layout::{INDENT, paragraph};
use super::summary::{heading, name_of, named};
use crate::check::Checked;
use crate::words::{Words, key};

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
    let [before, after] = [diff.before.any, diff.after.any].map(|count| phrase::number(words, count));
    let counted = [("before", before.as_str().into()), ("after", after.as_str().into())];
    paragraph(&mut out, INDENT, &words.say_with(key::RUNS_REACHABLE, &counted), style);
    let contacts = phrase::by_id(people);
    let lists = [
        (key::RUNS_GAINED, &diff.gained),
        (key::RUNS_LOST, &diff.lost),
        (key::REPORT_NEW, &diff.new_people),
        (key::RUNS_GONE, &diff.gone),
    ];
    for (what, people) in lists {
        let name = |person: &Person| name_of(phrase::changed(person, &contacts).as_ref(), words);
        named(&mut out, what, people, name, words, style);
    }
    if lists.iter().all(|(_, people)| people.is_empty()) {
        paragraph(&mut out, INDENT, &words.say(key::RUNS_SAME), style);
    }
    out
}
