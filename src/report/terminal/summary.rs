//! The end of `migrate` and of `report`: the big number, and what stands
//! behind it.

use unicode_width::UnicodeWidthStr;

use super::super::ahead::Ahead;
use super::super::changes::Person;
use super::super::phrase;
use super::super::view::Report;
use super::Style;
use super::layout::{self, INDENT, Row, bar, ending_with, items, paragraph};
use super::{plan, status};
use crate::check::Checked;
use crate::model::{Channel, Foreign};
use crate::words::escape::{self, Shown};
use crate::words::{Key, Words, key};

/// So many people are named in a list of changes.
const NAMED: usize = 8;

/// So many groups stand in the table, the largest first.
const GROUPS: usize = 20;

/// The summary of a report. `people` are those that it was built from; `ahead` is what
/// comes next, where that is not told elsewhere.
pub fn summary(
    report: &Report,
    people: &[Checked],
    ahead: Option<&Ahead<'_>>,
    words: &Words,
    style: Style,
) -> String {
    let mut out = String::new();
    let mut headline = String::new();
    paragraph(&mut headline, "", &phrase::headline(report, people, words), style);
    out.push_str(&style.strong(headline.trim_end()));
    out.push_str("\n\n");
    channels(&mut out, report, people, words, style);
    changes(&mut out, report, people, words, style);
    if let Some(ahead) = ahead {
        gap(&mut out);
        out.push_str(&plan::next(ahead.plan, &ahead.subject, words, style));
    }
    groups(&mut out, report, words, style);
    rest(&mut out, report, people, words, style);
    if let Some(step) = ahead.and_then(|ahead| ahead.step) {
        gap(&mut out);
        status::next(&mut out, step, report.needs_review, words, style);
    }
    out
}

fn channels(out: &mut String, report: &Report, people: &[Checked], words: &Words, style: Style) {
    let total = report.scope.counted(people);
    if total == 0 {
        return;
    }
    let told = |channel| phrase::number(words, *report.reachable.on.get(channel));
    let widest = Channel::ALL.map(|channel| told(channel).width()).into_iter().max().unwrap_or(0).max(4);
    for channel in Channel::ALL {
        let count = *report.reachable.on.get(channel);
        let likely = report.by_state.get(channel).likely;
        let mut said = told(channel);
        if !style.plain {
            said.insert_str(0, &" ".repeat(widest - said.width()));
        }
        if likely > 0 {
            said.push_str(if style.plain { ", " } else { "  " });
            said.push_str(&words.say_with(key::REPORT_PLUS_LIKELY, &[("count", likely.into())]));
        }
        let first = match style.plain {
            true => format!("{INDENT}{} ", layout::label(channel.title(), words)),
            false => format!("{INDENT}{:<6}  {} ", channel.title(), bar(count, total, style)),
        };
        items(out, &first, [said], style);
    }
    gap(out);
    for figure in phrase::figures(report, people, words) {
        paragraph(out, INDENT, &figure, style);
    }
}

fn changes(out: &mut String, report: &Report, people: &[Checked], words: &Words, style: Style) {
    let Some(previous) = &report.previous else { return };
    let date = phrase::day(previous.run.at);
    let lists = [
        (key::REPORT_GAINED, &report.changes.gained),
        (key::REPORT_LOST, &report.changes.lost),
        (key::REPORT_NEW, &report.changes.new_people),
    ];
    let nobody = lists.iter().all(|(_, people)| people.is_empty());
    // What merely grew old is no change of anybody's, though the number is less.
    if nobody && previous.reachable != report.reachable {
        return;
    }
    gap(out);
    if nobody {
        paragraph(out, "", &words.say_with(key::REPORT_UNCHANGED, &[("date", date.as_str().into())]), style);
        return;
    }
    heading(out, &words.say_with(key::REPORT_SINCE, &[("date", date.as_str().into())]), style);
    let contacts = phrase::by_id(people);
    for (what, people) in lists {
        let name = |person: &Person| name_of(phrase::changed(person, &contacts).as_ref(), words);
        named(out, what, people, name, words, style);
    }
}

/// `14 people can be reached now: Ada (Signal), Camille (Matrix) and 12 more`
pub(super) fn named(
    out: &mut String,
    what: Key,
    people: &[Person],
    name: impl Fn(&Person) -> Shown,
    words: &Words,
    style: Style,
) {
    if people.is_empty() {
        return;
    }
    let told = words.say_with(what, &[("count", people.len().into())]);
    let rest = people.len().saturating_sub(NAMED);
    let mut said: Vec<String> = layout::label(&told, words).split(' ').map(str::to_owned).collect();
    let shown = people.len() - rest;
    // The channel and the comma stand behind the name; a name is cut only
    // where it is longer than names are.
    let room = style.columns().max(50) - INDENT.len() - " (Matrix),".len();
    for (at, person) in people.iter().take(NAMED).enumerate() {
        let name = name(person).fit(room);
        let channel = person.channel.map(|c| format!(" ({})", c.title())).unwrap_or_default();
        let comma = if at + 1 < shown { "," } else { "" };
        said.push(format!("{name}{channel}{comma}"));
    }
    if rest > 0 {
        said.push(words.say_with(key::REPORT_AND_MORE, &[("count", rest.into())]));
    }
    items(out, INDENT, said, style);
}

fn groups(out: &mut String, report: &Report, words: &Words, style: Style) {
    if report.groups.is_empty() {
        return;
    }
    let mut heads =
        vec![words.say(key::REPORT_GROUP), words.say(key::REPORT_MEMBERS), words.say(key::REPORT_REACHABLE)];
    heads.extend(Channel::ALL.map(|channel| channel.title().to_owned()));
    let rows: Vec<Row> = report
        .groups
        .iter()
        .take(GROUPS)
        .map(|group| {
            let mut cells = vec![
                phrase::members(group.members, group.members_complete, words),
                phrase::number(words, group.reachable.any),
            ];
            cells.extend(Channel::ALL.map(|channel| phrase::number(words, *group.reachable.on.get(channel))));
            Row { name: name_of(Some(&group.title), words), cells }
        })
        .collect();
    gap(out);
    heading(out, &words.say(key::REPORT_GROUPS), style);
    out.push_str(&layout::table(&heads, &rows, 0, words, style));
    let more = report.groups.len().saturating_sub(GROUPS);
    if more > 0 {
        paragraph(out, INDENT, &words.say_with(key::REPORT_MORE_GROUPS, &[("count", more.into())]), style);
    }
    if report.groups.iter().any(|group| !group.members_complete) {
        paragraph(out, INDENT, &words.say(key::REPORT_INCOMPLETE), style);
    }
    for group in report.groups.iter().take(GROUPS) {
        for elsewhere in &group.elsewhere {
            let told = phrase::elsewhere(&group.title, elsewhere, words, escape::terminal);
            paragraph(out, INDENT, &told, style);
        }
    }
}

/// What is left to do, who is not counted, what was read and what was sent.
fn rest(out: &mut String, report: &Report, people: &[Checked], words: &Words, style: Style) {
    gap(out);
    let command = words.attr(key::REPORT_REVIEW, "command");
    for told in phrase::review(report, words) {
        ending_with(out, &layout::label(&told, words), &command, style);
    }
    for sentence in phrase::uncounted(report, people, words) {
        paragraph(out, "", &sentence, style);
    }
    paragraph(out, "", &phrase::inputs(report, words), style);
    if let Some(problems) = phrase::problem_counts(report, words) {
        paragraph(out, "", &problems, style);
    }
    for line in phrase::disclosed(report, words, escape::terminal_uncut) {
        paragraph(out, "", &line, style);
    }
}

/// One empty line, also behind a part that had nothing to say.
fn gap(out: &mut String) {
    if !out.ends_with("\n\n") {
        out.push('\n');
    }
}

pub(super) fn heading(out: &mut String, text: &str, style: Style) {
    out.push_str(&style.strong(text));
    out.push('\n');
}

/// A name for the terminal, or the words for none.
pub(super) fn name_of(name: Option<&Foreign>, words: &Words) -> Shown {
    let none = Foreign::default();
    escape::terminal_or(name.unwrap_or(&none), &words.say(key::REPORT_NO_NAME))
}
