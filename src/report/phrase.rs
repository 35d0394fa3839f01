//! Sentences and counts that every rendering shares, so that the terminal and
//! the page never say different things.

use std::collections::HashMap;

use crate::check::Checked;
use crate::model::contact::Elsewhere;
use crate::model::{Channel, Contact, Foreign, Moment, Scope, Severity, State};
use crate::words::{Words, key};

use super::changes::Person;
use super::grounds::place;
use super::view::{Disclosed, ProblemView, Report};
use crate::plan::holds::{Hold, Holds};
use crate::words::escape::{self, Shown};

/// A number, the way the language writes it.
pub(super) fn number(words: &Words, number: impl TryInto<u64>) -> String {
    let number = number.try_into().unwrap_or(u64::MAX);
    words.say_with(key::REPORT_NUMBER, &[("number", number.into())])
}

/// A share of 0 to 1 in whole percent. Only everything is 100, only nothing
/// is 0.
pub(super) fn percent(share: f64) -> u64 {
    let rounded = (share.clamp(0.0, 1.0) * 100.0).round();
    let rounded = if share < 1.0 { rounded.min(99.0) } else { rounded };
    let rounded = if share > 0.0 { rounded.max(1.0) } else { rounded };
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 0 and 100")]
    let whole = rounded as u64;
    whole
}

/// The big number as a sentence.
pub(super) fn headline(report: &Report, people: &[Checked], words: &Words) -> String {
    headline_on(report, people, words, day)
}

/// The same, with days written another way.
pub(super) fn headline_on(
    report: &Report,
    people: &[Checked],
    words: &Words,
    day: impl Fn(Moment) -> String,
) -> String {
    let total = report.scope.counted(people);
    let mut values = vec![("number", report.reachable.any.into()), ("total", total.into())];
    let Some(previous) = report.previous.as_ref().filter(|_| total > 0) else {
        return words.say_with(key::REPORT_HEADLINE, &values);
    };
    let date = day(previous.run.at);
    values.push(("before", previous.reachable.any.into()));
    values.push(("date", date.as_str().into()));
    words.say_with(key::REPORT_HEADLINE_SINCE, &values)
}

/// How many of those counted are not reachable, but likely somewhere.
pub(super) fn likely(report: &Report, people: &[Checked]) -> usize {
    let somewhere = |p: &Checked| Channel::ALL.into_iter().any(|c| p.verdicts.get(c).state == State::Likely);
    people.iter().filter(|p| report.scope.count.includes(p) && !p.is_reachable() && somewhere(p)).count()
}

/// A sentence for each kind of people who are not counted.
pub(super) fn uncounted(report: &Report, people: &[Checked], words: &Words) -> Vec<String> {
    let left_out = |person: &&Checked| !report.scope.count.includes(person);
    let of = |scope: Option<Scope>| {
        let seen = |p: &&Checked| match scope {
            Some(scope) => !p.contact.excluded && p.contact.scope == scope,
            None => p.contact.excluded,
        };
        people.iter().filter(left_out).filter(seen).count()
    };
    [
        (key::REPORT_UNCOUNTED_BOOK, of(Some(Scope::AddressBookOnly))),
        (key::REPORT_UNCOUNTED_GROUP, of(Some(Scope::GroupOnly))),
        (key::REPORT_UNCOUNTED_UNSAVED, of(Some(Scope::Circle))),
        (key::REPORT_UNCOUNTED_EXCLUDED, of(None)),
    ]
    .into_iter()
    .filter(|(_, count)| *count > 0)
    .map(|(key, count)| words.say_with(key, &[("count", count.into())]))
    .collect()
}

/// How many problems there are of each kind; none if there is none.
pub(super) fn problem_counts(report: &Report, words: &Words) -> Option<String> {
    let counts = [
        (key::REPORT_ERRORS, Severity::Error),
        (key::REPORT_WARNINGS, Severity::Warning),
        (key::REPORT_NOTES, Severity::Note),
    ];
    let told: Vec<String> = counts
        .into_iter()
        .map(|(key, severity)| (key, report.problems.iter().filter(|p| p.severity == severity).count()))
        .filter(|(_, count)| *count > 0)
        .map(|(key, count)| words.say_with(key, &[("count", count.into())]))
        .collect();
    let list = told.join(", ");
    (!told.is_empty()).then(|| words.say_with(key::REPORT_PROBLEMS, &[("list", list.as_str().into())]))
}

/// What a person is to look at: what was left open, and what was assumed.
pub(super) fn review(report: &Report, words: &Words) -> Vec<String> {
    let open = report.needs_review.saturating_sub(report.assumed);
    let open = (open > 0).then(|| words.say_with(key::REPORT_REVIEW, &[("count", open.into())]));
    let assumed = (report.assumed > 0).then(|| words.say(key::REPORT_REVIEW_ASSUMED));
    open.into_iter().chain(assumed).collect()
}

/// What stands behind the big number: who is likely, what is in use, what is covered.
pub(super) fn figures(report: &Report, people: &[Checked], words: &Words) -> Vec<String> {
    let likely = likely(report, people);
    let likely = (likely > 0).then(|| words.say_with(key::REPORT_LIKELY, &[("count", likely.into())]));
    let in_use = (report.reachable.any > 0)
        .then(|| words.say_with(key::REPORT_IN_USE, &[("count", report.in_use.into())]));
    let covered =
        report.covered.map(|share| words.say_with(key::REPORT_COVERED, &[("share", percent(share).into())]));
    likely.into_iter().chain(in_use).chain(covered).collect()
}

/// In a few words how many are to be confirmed, what changed, and what is to be decided.
pub(super) fn lately(report: &Report, people: &[Checked], words: &Words) -> Vec<String> {
    let mut told = Vec::new();
    let likely = likely(report, people);
    if likely > 0 {
        told.push(words.say_with(key::STATUS_LIKELY, &[("count", likely.into())]));
    }
    let changes = &report.changes;
    let lists = [
        (key::REPORT_GAINED, changes.gained.len()),
        (key::REPORT_LOST, changes.lost.len()),
        (key::REPORT_NEW, changes.new_people.len()),
    ];
    let changed = lists.into_iter().filter(|(_, count)| *count > 0);
    let changed: Vec<String> =
        changed.map(|(key, count)| words.say_with(key, &[("count", count.into())])).collect();
    if let Some(previous) = report.previous.as_ref().filter(|_| !changed.is_empty()) {
        let since = words.say_with(key::REPORT_SINCE, &[("date", day(previous.run.at).as_str().into())]);
        let since = words.say_with(key::REPORT_LABEL, &[("label", since.as_str().into())]);
        let list = changed.join(", ");
        told.push(words.say_with(
            key::STATUS_CHANGES,
            &[("since", since.as_str().into()), ("list", list.as_str().into())],
        ));
    }
    told.extend(
        review(report, words)
            .into_iter()
            .map(|one| words.say_with(key::STATUS_OPEN, &[("what", one.as_str().into())])),
    );
    told
}

/// What still holds the user where groups move at a share in hundredths: a sentence
/// each about people and groups, and those on whom most hangs.
pub(super) fn holds(
    holds: &Holds,
    share: usize,
    words: &Words,
    name: impl Fn(usize) -> Shown,
    title: impl Fn(usize) -> Shown,
) -> Vec<(String, Vec<String>)> {
    let one = |hold: &Hold, shown: Shown| {
        words.say_with(key::PLAN_HOLDS_ONE, &[("name", (&shown).into()), ("count", hold.messages.into())])
    };
    let mut told = Vec::new();
    if holds.messages == 0 {
        told.push((words.say(key::PLAN_HOLDS_NONE), Vec::new()));
    } else if holds.stuck == 0 {
        told.push((words.say(key::PLAN_HOLDS_NOTHING), Vec::new()));
    } else {
        let numbers = [("messages", holds.messages.into()), ("stuck", holds.stuck.into())];
        let all = holds.people.iter().map(|hold| one(hold, name(hold.at)));
        told.push((words.say_with(key::PLAN_HOLDS_PEOPLE, &numbers), all.collect()));
    }
    if holds.stuck_in_groups > 0 {
        let numbers = [
            ("messages", holds.group_messages.into()),
            ("stuck", holds.stuck_in_groups.into()),
            ("share", share.into()),
        ];
        let all = holds.groups.iter().map(|hold| one(hold, title(hold.at)));
        told.push((words.say_with(key::PLAN_HOLDS_GROUPS, &numbers), all.collect()));
    }
    told
}

/// `error: path:line: what (hint)`, in any sink.
pub(super) fn problem(problem: &ProblemView, words: &Words, show: impl Fn(&Foreign) -> Shown) -> String {
    // What is quoted in them was escaped for a terminal, which is not enough everywhere;
    // what isolates a name there would be shown as a sign in other sinks.
    let own = |text: &str| show(&Foreign::new(text.replace(['\u{2068}', '\u{2069}'], "")));
    let (what, hint) = (own(&problem.what), own(&problem.hint));
    let mut told = what.to_string();
    if !problem.hint.is_empty() {
        told = words.say_with(key::REPORT_HINT, &[("what", (&what).into()), ("hint", (&hint).into())]);
    }
    if let Some(path) = &problem.path {
        let place = show(&place(path, problem.line));
        told = words.say_with(key::REPORT_AT, &[("place", (&place).into()), ("what", told.as_str().into())]);
    }
    let severity = severity(problem.severity, words);
    let values = [("severity", severity.as_str().into()), ("what", told.as_str().into())];
    words.say_with(key::REPORT_PROBLEM, &values)
}

/// What was read, and what became of it.
pub(super) fn inputs(report: &Report, words: &Words) -> String {
    let inputs = report.inputs;
    let values = [
        ("read", inputs.read.into()),
        ("kept", inputs.kept.into()),
        ("merged", inputs.merged.into()),
        ("rejected", inputs.rejected.into()),
    ];
    words.say_with(key::REPORT_INPUTS, &values)
}

/// What has left this machine, a line for each host; at least one line.
pub(super) fn disclosed(report: &Report, words: &Words, show: impl Fn(&Foreign) -> Shown) -> Vec<String> {
    if report.disclosed.is_empty() {
        return vec![words.say(key::REPORT_DISCLOSED_NONE)];
    }
    report.disclosed.iter().map(|disclosed| left(disclosed, words, &show)).collect()
}

/// What has left for one host.
pub(super) fn left(disclosed: &Disclosed, words: &Words, show: impl Fn(&Foreign) -> Shown) -> String {
    let host = show(disclosed.host.as_ref().unwrap_or(&Foreign::new("?")));
    let values =
        [("host", (&host).into()), ("hashed", disclosed.hashed.into()), ("plain", disclosed.plain.into())];
    words.say_with(key::REPORT_DISCLOSED, &values)
}

/// How many members a group has, as far as is known.
pub(super) fn members(count: usize, complete: bool, words: &Words) -> String {
    if complete {
        number(words, count)
    } else {
        words.say_with(key::REPORT_AT_LEAST, &[("count", count.into())])
    }
}

/// Where members of a group are together already, and how many of them.
pub(super) fn elsewhere(
    title: &Foreign,
    elsewhere: &Elsewhere,
    words: &Words,
    show: impl Fn(&Foreign) -> Shown,
) -> String {
    let key = match elsewhere.moved {
        true => key::REPORT_GROUP_MOVED,
        false => key::REPORT_GROUP_ELSEWHERE,
    };
    let there = elsewhere.title.as_ref();
    let (group, there_shown) = (show(title), show(there.unwrap_or(&Foreign::default())));
    let values = [
        ("group", (&group).into()),
        ("shared", elsewhere.shared.into()),
        ("members", elsewhere.members.into()),
        ("channel", elsewhere.channel.title().into()),
        ("named", if there.is_some() { "yes" } else { "no" }.into()),
        ("there", (&there_shown).into()),
    ];
    words.say_with(key, &values)
}

/// What to call somebody: their name, else an address of theirs.
pub(super) fn label(contact: &Contact) -> Option<Foreign> {
    contact.name.clone().filter(|name| !escape::is_blank(name)).or_else(|| address(contact))
}

/// The address by which most know somebody.
pub(super) fn address(contact: &Contact) -> Option<Foreign> {
    let phone = || contact.phones.first().map(|phone| Foreign::from(phone.as_str()));
    let email = || contact.emails.first().map(|email| Foreign::from(email.as_str()));
    let address = || contact.addresses.first().map(|address| Foreign::from(address.as_str()));
    let lid = || contact.lids.first().map(|lid| Foreign::from(lid.as_str()));
    phone().or_else(email).or_else(address).or_else(lid)
}

/// The contacts by their ids.
pub(super) fn by_id(people: &[Checked]) -> HashMap<&str, &Contact> {
    people.iter().map(|person| (person.contact.id.as_str(), &person.contact)).collect()
}

/// What to call somebody who changed.
pub(super) fn changed(person: &Person, contacts: &HashMap<&str, &Contact>) -> Option<Foreign> {
    contacts.get(person.id.as_str()).map_or_else(|| person.name.clone(), |contact| label(contact))
}

/// The calendar day, as ISO 8601 writes it.
pub(super) fn day(at: Moment) -> String {
    at.date().to_string()
}

/// The word for how bad a problem is.
pub(super) fn severity(severity: Severity, words: &Words) -> String {
    words.say(match severity {
        Severity::Error => key::REPORT_SEVERITY_ERROR,
        Severity::Warning => key::REPORT_SEVERITY_WARNING,
        Severity::Note => key::REPORT_SEVERITY_NOTE,
    })
}
