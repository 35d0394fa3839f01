//! The groups, the nearest to moving first: a bar each, who is missing, and where
//! members are together elsewhere already.

use minijinja::{Value, context};

use super::super::phrase;
use super::super::plan::Subject;
use super::{Contents, LISTED, WIDEST, bars, more, short, shown};
use crate::model::Channel;
use crate::plan::{GroupPlan, MOST};
use crate::words::{Words, escape, key};

/// So many groups have a bar; the others stand in the table.
const BARS: usize = 12;
/// So many who are missing are named.
const NAMED: usize = 5;
/// Of so many groups it is told that they are elsewhere.
const ELSEWHERE: usize = 20;

/// The bars and the table; no rows if there is no group.
pub(super) fn groups(contents: &Contents<'_>, subject: &Subject<'_>, words: &Words) -> Value {
    let plans = &contents.plan.groups;
    let named = |group: &GroupPlan| {
        let title = contents.groups.get(group.group).map(|group| &group.title);
        (shown(title, words), subject.apart(group.group, words))
    };
    let drawn = |group: &GroupPlan| {
        let (title, apart) = named(group);
        let names =
            |all: &[usize]| all.iter().copied().map(|at| name(contents, at, words)).collect::<Vec<_>>();
        let missing: Vec<usize> = group.missing.iter().chain(&group.strangers).copied().collect();
        let rest = missing.len().saturating_sub(NAMED);
        context! {
            title,
            apart,
            bar => bars::bar(group.together, group.there.saturating_sub(group.together), group.members),
            there => there(group, words),
            needs => needs(group, words),
            missing => names(&missing[..missing.len().min(NAMED)]),
            rest => (rest > 0).then(|| words.say_with(key::REPORT_AND_MORE, &[("count", rest.into())])),
        }
    };
    let row = |group: &GroupPlan| {
        let (title, apart) = named(group);
        context! {
            title,
            apart,
            members => phrase::members(group.members, group.complete, words),
            number => phrase::number(words, group.there),
            on => Channel::ALL.map(|channel| context! {
                title => channel.title(),
                number => phrase::number(words, *group.on.get(channel)),
            }).to_vec(),
            missing => phrase::number(words, group.missing.len() + group.strangers.len()),
        }
    };
    let elsewhere = contents.report.groups.iter().flat_map(|group| {
        let show = |name: &_| escape::within(name).fit(WIDEST);
        let told = move |there| escape::sentence(&phrase::elsewhere(&group.title, there, words, show));
        group.elsewhere.iter().map(told)
    });
    context! {
        drawn => plans.iter().take(BARS).map(drawn).collect::<Vec<_>>(),
        rows => plans.iter().take(LISTED).map(row).collect::<Vec<_>>(),
        more => more(plans.len().saturating_sub(LISTED), "transhume plan --json", words),
        undrawn => (plans.len() > BARS).then(|| {
            words.say_with(key::REPORT_PAGE_UNDRAWN, &[("count", (plans.len() - BARS).into())])
        }),
        channels => Channel::ALL.map(Channel::title).to_vec(),
        scattered => plans.iter().take(BARS).any(|group| group.there > group.together),
        incomplete => plans.iter().any(|group| !group.complete),
        elsewhere => elsewhere.take(ELSEWHERE).map(Value::from_safe_string).collect::<Vec<_>>(),
    }
}

/// What to call a contact.
pub(super) fn name(contents: &Contents<'_>, at: usize, words: &Words) -> String {
    short(contents.people.get(at).and_then(|person| phrase::label(&person.contact)).as_ref(), words)
}

/// `4 of 9`, `4 of at least 9`
fn there(group: &GroupPlan, words: &Words) -> String {
    let complete = if group.complete { "yes" } else { "no" };
    let values =
        [("there", group.there.into()), ("members", group.members.into()), ("complete", complete.into())];
    words.say_with(key::REPORT_PAGE_THERE, &values)
}

/// How many more are enough for the share at which groups move; none where that is not
/// known.
fn needs(group: &GroupPlan, words: &Words) -> Option<String> {
    let target = group.moves_at.iter().find(|target| target.share == MOST)?;
    let values = [("needed", target.needed.into()), ("share", target.share.into())];
    Some(words.say_with(key::REPORT_PAGE_NEEDS, &values))
}
