//! What the page shows, part by part, as values for the template.

use minijinja::{Value, context};

use super::super::abridged::abridged;
use super::super::changes::Person;
use super::super::scope::Count;
use super::super::view::{Disclosed, Report};
use super::super::{grounds, phrase};
use super::{LISTED, bars, flock, more, short, shown};
use crate::check::Checked;
use crate::model::{Channel, Severity, State};
use crate::words::escape;
use crate::words::{Key, Words, key};

/// So many people are named before the rest is folded away.
const NAMED: usize = 8;

/// The big number as a sentence, for the page's title.
pub(super) fn headline(report: &Report, people: &[Checked], words: &Words) -> String {
    phrase::headline_on(report, people, words, |at| words.day(at.date()))
}

/// The big number, and how it is made up.
pub(super) fn hero(report: &Report, people: &[Checked], words: &Words) -> Value {
    let total = report.scope.counted(people);
    let reachable = report.reachable.any;
    let likely = phrase::likely(report, people);
    let others = total.saturating_sub(reachable + likely);
    let rest = words.say_with(key::REPORT_PAGE_REST, &[("total", total.into())]);
    let before = report.previous.as_ref().filter(|_| total > 0).map(|previous| {
        let date = words.day(previous.run.at.date());
        let values = [("before", previous.reachable.any.into()), ("date", date.as_str().into())];
        words.say_with(key::REPORT_PAGE_BEFORE, &values)
    });
    let share = |kind: &str, count: usize, key: Key| {
        context! { kind, said => words.say_with(key, &[("count", count.into())]) }
    };
    let flock = flock::flock(reachable, likely, others);
    let each =
        flock.as_ref().map(|flock| words.say_with(key::REPORT_PAGE_FLOCK, &[("people", flock.each.into())]));
    context! {
        number => phrase::number(words, reachable),
        rest => if total > 0 { rest } else { words.say(key::REPORT_PAGE_NOBODY) },
        before,
        columns => flock.as_ref().map(|flock| flock.columns),
        flock => flock.map(|flock| flock.picture),
        each,
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
            bar => bars::bar(count, likely, total),
            likely => (likely > 0).then(plus),
        }
    };
    Channel::ALL.into_iter().map(bar).collect()
}

/// What changed since the run before; none if there was none.
pub(super) fn changes(report: &Report, people: &[Checked], words: &Words) -> Value {
    let Some(previous) = &report.previous else { return Value::from(()) };
    let date = words.day(previous.run.at.date());
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
                name => short(phrase::changed(person, &contacts).as_ref(), words),
                channel => person.channel.map(Channel::title),
            }
        };
        let rest = people.len().saturating_sub(NAMED);
        context! {
            kind,
            said => words.say_with(key, &[("count", people.len().into())]),
            named => people.iter().take(NAMED).map(describe).collect::<Vec<_>>(),
            rest => people.iter().skip(NAMED).take(LISTED).map(describe).collect::<Vec<_>>(),
            more => words.say_with(key::REPORT_AND_MORE, &[("count", rest.into())]),
            unlisted => more(rest.saturating_sub(LISTED), "transhume report --json", words),
        }
    };
    let lists: Vec<Value> = lists.into_iter().filter(|(_, _, people)| !people.is_empty()).map(list).collect();
    context! {
        since => words.say_with(key::REPORT_SINCE, &values),
        unchanged => lists.is_empty().then(|| words.say_with(key::REPORT_UNCHANGED, &values)),
        lists,
    }
}

/// People, those first with whom most was said.
pub(super) fn people(all: &[&Checked], words: &Words) -> Value {
    let mut people = all.to_vec();
    people.sort_by(|a, b| {
        let (a, b) = (&a.contact, &b.contact);
        (b.messages, a.name.is_none(), &a.name, &a.id).cmp(&(a.messages, b.name.is_none(), &b.name, &b.id))
    });
    let row = |person: &&Checked| {
        let known = |channel: &Channel| person.verdicts.get(*channel).state != State::Unknown;
        let on = |channel: Channel| {
            let state = person.verdicts.get(channel).state;
            context! { title => channel.title(), kind => state.id(), state => grounds::state(state, words) }
        };
        context! {
            name => shown(phrase::label(&person.contact).as_ref(), words),
            scope => grounds::scope(person.contact.scope, words),
            channels => Channel::ALL.into_iter().filter(known).map(on).collect::<Vec<_>>(),
            unknown => grounds::state(State::Unknown, words),
            messages => phrase::number(words, person.contact.messages),
        }
    };
    context! {
        rows => people.iter().take(LISTED).map(row).collect::<Vec<_>>(),
        more => more(all.len().saturating_sub(LISTED), "transhume contacts", words),
    }
}

/// What left this machine, a row for each host.
pub(super) fn disclosed(report: &Report, words: &Words) -> Vec<Value> {
    let row = |left: &Disclosed| {
        context! {
            host => left.host.as_ref().map(|host| shown(Some(host), words)),
            hashed => phrase::number(words, left.hashed),
            plain => phrase::number(words, left.plain),
        }
    };
    report.disclosed.iter().map(row).collect()
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
        let place = problem.path.as_ref().map(|path| grounds::place(path, problem.line));
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
