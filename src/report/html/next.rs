//! Whom to invite first, with reasons, and what still holds.

use minijinja::{Value, context};

use super::super::phrase;
use super::super::plan::{Subject, reason_about, rests_on};
use super::groups::name;
use super::{Contents, WIDEST, bars, more, short, shown};
use crate::plan::holds::Hold;
use crate::plan::{MOST, Place, Reason};
use crate::words::escape::{self, Shown};
use crate::words::{Key, Words, key};

/// So many people stand on the page.
const FIRST: usize = 10;
/// So many of those on whom most hangs are named.
const HOLD: usize = 6;

/// The first ten.
pub(super) fn next(contents: &Contents<'_>, subject: &Subject<'_>, words: &Words) -> Value {
    let plan = contents.plan;
    let title = |at: usize| -> Shown {
        let title = contents.groups.get(at).map(|group| group.title.clone()).unwrap_or_default();
        let shown = escape::within(&title).fit(WIDEST);
        match subject.apart(at, words) {
            Some(told) => shown.followed_by(&format!(" {told}")),
            None => shown,
        }
    };
    let said = |reason: &Reason| {
        Value::from_safe_string(escape::sentence(&reason_about(reason, plan, words, title)))
    };
    let place = |place: &Place| {
        let who = contents.people.get(place.contact).and_then(|person| phrase::label(&person.contact));
        context! {
            name => shown(who.as_ref(), words),
            to => words.say_with(key::REPORT_PAGE_INVITE_TO, &[("channel", plan.to.title().into())]),
            reasons => place.reasons.iter().map(said).collect::<Vec<_>>(),
        }
    };
    let first = || plan.places.iter().take(FIRST);
    let played = |reason: &Reason| matches!(reason, Reason::Brings(_) | Reason::Follow { .. });
    let guessed = first().any(|place| place.reasons.iter().any(played));
    context! {
        places => first().map(place).collect::<Vec<_>>(),
        rests_on => (!plan.places.is_empty()).then(|| rests_on(plan, words)),
        played => guessed.then(|| words.say(key::PLAN_PLAYED)),
        more => more(plan.places.len().saturating_sub(FIRST), "transhume plan", words),
    }
}

/// What still holds: people, and groups.
pub(super) fn holds(contents: &Contents<'_>, subject: &Subject<'_>, words: &Words) -> Vec<Value> {
    let holds = &contents.plan.holds;
    let list = |key: Key, (all, stuck): (u64, u64), held: &[Hold], name: &dyn Fn(usize) -> String| {
        let row = |hold: &Hold| {
            let part = |count: u64| usize::try_from(count).unwrap_or(usize::MAX);
            context! {
                name => name(hold.at),
                bar => bars::bar(part(hold.messages), 0, part(stuck)),
                number => phrase::number(words, hold.messages),
            }
        };
        let values = [("messages", all.into()), ("stuck", stuck.into()), ("share", MOST.into())];
        let rest = held.len().saturating_sub(HOLD);
        context! {
            // Both sentences go on with the names below.
            said => words.say_with(key::REPORT_LABEL, &[("label", words.say_with(key, &values).as_str().into())]),
            rows => held.iter().take(HOLD).map(row).collect::<Vec<_>>(),
            rest => (rest > 0).then(|| words.say_with(key::REPORT_AND_MORE, &[("count", rest.into())])),
        }
    };
    let person = |at: usize| name(contents, at, words);
    let group = |at: usize| {
        let title = short(contents.groups.get(at).map(|group| &group.title), words);
        subject.apart(at, words).map_or(title.clone(), |told| format!("{title} {told}"))
    };
    let mut lists = Vec::new();
    if holds.stuck > 0 {
        lists.push(list(key::PLAN_HOLDS_PEOPLE, (holds.messages, holds.stuck), &holds.people, &person));
    }
    if holds.stuck_in_groups > 0 {
        let counts = (holds.group_messages, holds.stuck_in_groups);
        lists.push(list(key::PLAN_HOLDS_GROUPS, counts, &holds.groups, &group));
    }
    lists
}
