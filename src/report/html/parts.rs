//! What the page shows, part by part, as values for the template.

use minijinja::{Value, context};

use super::super::abridged::abridged;
use super::super::changes::Person;
use super::super::phrase;
use super::super::scope::Count;
use super::super::view::Report;
use crate::check::Checked;
use crate::model::{Channel, Foreign, Severity, State};
use crate::words::escape;
use crate::words::{Key, Words, key};

/// So many people are named before the rest is folded away.
const NAMED: usize = 8;

/// The big number, and how it is made up.
pub(super) fn hero(report: &Report, people: &[Checked], words: &Words) -> Value {
    let total = report.scope.counted(people);
    let reachable = report.reachable.any;
    let likely = phrase::likely(report, people);
    let others = total.saturating_sub(reachable + likely);
    let rest = words.say_with(key::REPORT_PAGE_REST, &[("total", total.into())]);
    let before = report.previous.as_ref().filter(|_| total > 0).map(|previous| {
        let date = phrase::day(previous.run.at);
        let values = [("before", previous.reachable.any.into()), ("date", date.as_str().into())];
        words.say_with(key::REPORT_PAGE_BEFORE, &values)
    });
    let share = |kind: &str, count: usize, key: Key| {
        context! {
            kind,
            width => width(count, total),
            said => words.say_with(key, &[("count", count.into())]),
            some => count > 0,
        }
    };
    context! {
        number => phrase::number(words, reachable),
        rest => if total > 0 { rest } else { words.say(key::REPORT_PAGE_NOBODY) },
        before,
        counted => words.say(match report.scope.count {
            Count::Circle => key::REPORT_COUNTED_CIRCLE,
            Count::Saved => key::REPORT_COUNTED_SAVED,
            Count::All => key::REPORT_COUNTED_ALL,
        }),
        shares => vec![
            share("reachable", reachable, key::REPORT_PAGE_LEGEND_REACHABLE),
            share("likely", likely, key::REPORT_PAGE_LEGEND_LIKELY),
            share("unknown", others, key::REPORT_PAGE_LEGEND_OTHERS),
        ],
        likely => (likely > 0).then(|| words.say_with(key::REPORT_LIKELY, &[("count", likely.into())])),
    }
}

/// The figures next to the big one.
pub(super) fn figures(report: &Report, words: &Words) -> Vec<Value> {
    let in_use = context! {
        number => phrase::number(words, report.in_use),
        said => words.say(key::REPORT_PAGE_IN_USE),
    };
    let covered = report.covered.map(|share| {
        context! {
            number => words.say_with(key::REPORT_PERCENT, &[("share", phrase::percent(share).into())]),
            said => words.say(key::REPORT_PAGE_COVERED),
        }
    });
    std::iter::once(in_use).chain(covered).collect()
}

/// A bar for each channel.
pub(super) fn channels(report: &Report, people: &[Checked], words: &Words) -> Vec<Value> {
    let total = report.scope.counted(people);
    let bar = |channel: Channel| {
        let count = *report.reachable.on.get(channel);
        let likely = report.by_state.get(channel).likely;
        let plus = || words.say_with(key::REPORT_PLUS_LIKELY, &[("count", likely.into())]);
        context! {
            title => channel.title(),
            number => phrase::number(words, count),
            width => width(count, total),
            likely_width => width(likely, total),
            likely => (likely > 0).then(plus),
        }
    };
    Channel::ALL.into_iter().map(bar).collect()
}

/// The history as columns of a drawing 100 units high, ten wide a month; none
/// where there is nothing to compare.
pub(super) fn history(report: &Report, words: &Words) -> Value {
    let points = &report.history;
    let (Some(first), Some(last)) = (points.first(), points.last()) else { return Value::from(()) };
    let most = points.iter().map(|point| point.reachable).max().unwrap_or(0);
    if points.len() < 2 || most == 0 {
        return Value::from(());
    }
    let column = |(at, point): (usize, &super::super::history::Point)| {
        let height = (point.reachable * 1000).div_ceil(most * 10);
        context! {
            x => at * 10 + 1,
            y => 100 - height,
            height,
            month => point.month.to_string(),
            number => phrase::number(words, point.reachable),
        }
    };
    let middle = points.get(points.len() / 2).filter(|_| points.len() > 6);
    context! {
        columns => points.iter().enumerate().map(column).collect::<Vec<_>>(),
        width => points.len() * 10,
        // Few months make a small drawing, not fat columns.
        rem => (points.len() * 2).max(12),
        most => phrase::number(words, most),
        first => first.month.to_string(),
        middle => middle.map(|point| point.month.to_string()),
        last => last.month.to_string(),
    }
}

/// What changed since the run before; none if there was none.
pub(super) fn changes(report: &Report, people: &[Checked], words: &Words) -> Value {
    let Some(previous) = &report.previous else { return Value::from(()) };
    let date = phrase::day(previous.run.at);
    let values = [("date", date.as_str().into())];
    let contacts = phrase::by_id(people);
    let lists = [
        ("gained", key::REPORT_GAINED, &report.changes.gained),
        ("lost", key::REPORT_LOST, &report.changes.lost),
        ("new", key::REPORT_NEW, &report.changes.new_people),
    ];
    let list = |(kind, key, people): (&str, Key, &Vec<Person>)| {
        let describe = |person: &Person| {
            context! {
                name => shown(phrase::changed(person, &contacts).as_ref(), words),
                channel => person.channel.map(Channel::title),
            }
        };
        let rest = people.len().saturating_sub(NAMED);
        context! {
            kind,
            said => words.say_with(key, &[("count", people.len().into())]),
            named => people.iter().take(NAMED).map(describe).collect::<Vec<_>>(),
            rest => people.iter().skip(NAMED).map(describe).collect::<Vec<_>>(),
            more => words.say_with(key::REPORT_AND_MORE, &[("count", rest.into())]),
        }
    };
    let lists: Vec<Value> = lists.into_iter().filter(|(_, _, people)| !people.is_empty()).map(list).collect();
    context! {
        since => words.say_with(key::REPORT_SINCE, &values),
        unchanged => lists.is_empty().then(|| words.say_with(key::REPORT_UNCHANGED, &values)),
        lists,
    }
}

/// The groups, and whether of some only a part of the members is known.
pub(super) fn groups(report: &Report, words: &Words) -> Value {
    let elsewhere = |group: &super::super::view::GroupView| {
        let told = |there| phrase::elsewhere(&group.title, there, words, escape::template);
        group.elsewhere.iter().map(told).collect::<Vec<_>>()
    };
    let row = |group: &super::super::view::GroupView| {
        context! {
            title => shown(Some(&group.title), words),
            members => phrase::members(group.members, group.members_complete, words),
            number => phrase::number(words, group.reachable.any),
            width => width(group.reachable.any, group.members),
            on => Channel::ALL.map(|channel| context! {
                title => channel.title(),
                number => phrase::number(words, *group.reachable.on.get(channel)),
            }).to_vec(),
        }
    };
    context! {
        rows => report.groups.iter().map(row).collect::<Vec<_>>(),
        channels => Channel::ALL.map(crate::model::channel::Channel::title).to_vec(),
        incomplete => report.groups.iter().any(|group| !group.members_complete),
        elsewhere => report.groups.iter().flat_map(elsewhere).collect::<Vec<_>>(),
    }
}

/// People, those first with whom most was said.
pub(super) fn people(people: &[&Checked], words: &Words) -> Vec<Value> {
    let mut people = people.to_vec();
    people.sort_by(|a, b| {
        let (a, b) = (&a.contact, &b.contact);
        (b.messages, a.name.is_none(), &a.name, &a.id).cmp(&(a.messages, b.name.is_none(), &b.name, &b.id))
    });
    let row = |person: &&Checked| {
        let known = |channel: &Channel| person.verdicts.get(*channel).state != State::Unknown;
        let on = |channel: Channel| {
            let state = person.verdicts.get(channel).state;
            context! { title => channel.title(), kind => state.id(), state => phrase::state(state, words) }
        };
        context! {
            name => shown(phrase::label(&person.contact).as_ref(), words),
            scope => phrase::scope(person.contact.scope, words),
            channels => Channel::ALL.into_iter().filter(known).map(on).collect::<Vec<_>>(),
            unknown => phrase::state(State::Unknown, words),
            messages => phrase::number(words, person.contact.messages),
        }
    };
    people.iter().map(row).collect()
}

/// How many questions are open, and what to type.
pub(super) fn review(report: &Report, words: &Words) -> Value {
    let count = report.needs_review;
    let told = match phrase::review(report, words) {
        told if told.is_empty() => words.say(key::REPORT_PAGE_TODO_NONE),
        told => told.join(". "),
    };
    context! { told, command => (count > 0).then(|| words.attr(key::REPORT_REVIEW, "command")) }
}

/// What was wrong, the worst first.
pub(super) fn problems(report: &Report, words: &Words) -> Vec<Value> {
    let mut problems = abridged(&report.problems, words, Clone::clone);
    problems.sort_by_key(|problem| problem.severity);
    let row = |problem: &super::super::view::ProblemView| {
        let place = problem.path.as_ref().map(|path| phrase::place(path, problem.line));
        context! {
            kind => match problem.severity {
                Severity::Error => "error",
                Severity::Warning => "warning",
                Severity::Note => "note",
            },
            severity => phrase::severity(problem.severity, words),
            place => place.map(|place| escape::template(&place).to_string()),
            what => problem.what.as_str(),
            hint => problem.hint.as_str(),
        }
    };
    problems.iter().map(row).collect()
}

/// A name for the template, or the words for none.
fn shown(name: Option<&Foreign>, words: &Words) -> String {
    match name.filter(|name| !escape::is_blank(name)) {
        Some(name) => escape::template(name).to_string(),
        None => words.say(key::REPORT_NO_NAME),
    }
}

/// A share in percent with one decimal, for the width of a bar.
fn width(part: usize, whole: usize) -> String {
    let tenths = (part.min(whole) * 1000).checked_div(whole).unwrap_or(0);
    format!("{}.{}", tenths / 10, tenths % 10)
}
