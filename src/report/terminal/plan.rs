//! `plan`: whom to invite first, which group can move, and what still holds.

use super::super::phrase;
use super::super::plan::{Subject, reason, rests_on};
use super::Style;
use super::layout::{self, INDENT, items, paragraph};
use super::summary::heading;
use crate::model::Channel;
use crate::plan::holds::Hold;
use crate::plan::{GroupPlan, Holds, Place, Plan, Reason};
use crate::words::escape::{self, Shown};
use crate::words::{Key, Words, key};

/// So many groups are shown, the nearest to moving first.
const GROUPS: usize = 20;

/// So many names stand in a list.
const NAMED: usize = 6;

/// Where what is said of somebody stands in.
const BELOW: &str = "      ";

/// How much of a plan to show.
#[derive(Clone, Copy, Debug)]
pub struct Extent {
    /// So many people.
    pub first: usize,
    /// The share at which a group moves, in hundredths.
    pub share: usize,
}

/// The plan.
pub fn plan(plan: &Plan, extent: Extent, subject: &Subject<'_>, words: &Words, style: Style) -> String {
    let mut out = String::new();
    if !plan.places.is_empty() {
        paragraph(&mut out, "", &rests_on(plan, words), style);
        if plan.cheaper {
            let weighed = [("weighed", plan.weighed.into())];
            paragraph(&mut out, "", &words.say_with(key::PLAN_CHEAPER, &weighed), style);
        }
        out.push('\n');
    }
    heading(&mut out, &words.say(key::PLAN_INVITE), style);
    // Who reads the numbers has to know first that they are guesses.
    if plan.places.iter().take(extent.first).any(|place| place.reasons.iter().any(is_played)) {
        paragraph(&mut out, INDENT, &words.say(key::PLAN_PLAYED), style);
    }
    for (at, place) in plan.places.iter().take(extent.first).enumerate() {
        invite(&mut out, at + 1, place, plan, subject, words, style);
    }
    if plan.places.is_empty() {
        paragraph(&mut out, INDENT, &words.say(key::PLAN_NOBODY), style);
    }
    let more = plan.places.len().saturating_sub(extent.first);
    if more > 0 {
        paragraph(&mut out, INDENT, &words.say_with(key::PLAN_MORE, &[("count", more.into())]), style);
    }
    groups(&mut out, plan, extent.share, subject, words, style);
    out.push('\n');
    holds(&mut out, &plan.holds, subject, words, style);
    out
}

/// Whether a reason was played, not counted.
fn is_played(reason: &Reason) -> bool {
    matches!(reason, Reason::Brings(_) | Reason::Follow { .. })
}

/// ` 3. Camille`, and below it why.
fn invite(
    out: &mut String,
    rank: usize,
    place: &Place,
    plan: &Plan,
    subject: &Subject<'_>,
    words: &Words,
    style: Style,
) {
    let name = subject.name(place.contact, words).fit(style.columns().saturating_sub(BELOW.len()).max(8));
    items(out, &format!("{rank:>4}. "), [style.strong(name.as_ref())], style);
    let said: Vec<String> = place.reasons.iter().map(|own| reason(own, plan, subject, words)).collect();
    paragraph(out, BELOW, &said.join(", "), style);
}

fn groups(out: &mut String, plan: &Plan, share: usize, subject: &Subject<'_>, words: &Words, style: Style) {
    if plan.groups.is_empty() {
        return;
    }
    out.push('\n');
    heading(out, &words.say(key::PLAN_GROUPS), style);
    let shown = shown(plan.groups.len(), GROUPS);
    for group in plan.groups.iter().take(shown) {
        one_group(out, group, share, subject, words, style);
    }
    let more = plan.groups.len() - shown;
    if more > 0 {
        paragraph(out, INDENT, &words.say_with(key::PLAN_MORE_GROUPS, &[("count", more.into())]), style);
    }
    if plan.groups.iter().any(|group| !group.complete) {
        paragraph(out, INDENT, &words.say(key::PLAN_INCOMPLETE), style);
    }
}

fn one_group(
    out: &mut String,
    group: &GroupPlan,
    share: usize,
    subject: &Subject<'_>,
    words: &Words,
    style: Style,
) {
    let title = subject.title(group.group, words).fit(style.columns().saturating_sub(8).max(8));
    items(out, INDENT, [style.strong(title.as_ref())], style);
    paragraph(out, BELOW, &how_far(group, share, words), style);
    for elsewhere in subject.groups.get(group.group).into_iter().flat_map(|group| &group.elsewhere) {
        let whole = &subject.groups[group.group].title;
        let told = phrase::elsewhere(whole, elsewhere, words, escape::terminal);
        paragraph(out, BELOW, &told, style);
    }
    if !group.missing.is_empty() {
        list(out, &words.say(key::PLAN_MISSING), names(&group.missing, subject, words), words, style);
    }
    if !group.strangers.is_empty() {
        list(out, &words.say(key::PLAN_STRANGERS), names(&group.strangers, subject, words), words, style);
    }
    if group.left_out > 0 {
        let left_out = [("count", group.left_out.into())];
        paragraph(out, BELOW, &words.say_with(key::PLAN_LEFT_OUT, &left_out), style);
    }
    if let Some((contact, unlock)) = group.next {
        let name = subject.name(contact, words);
        let brings =
            [("name", (&name).into()), ("before", unlock.before.into()), ("after", unlock.after.into())];
        let said = words.say_with(key::PLAN_ONE_MORE_BRINGS, &brings);
        list(out, &words.say(key::PLAN_ONE_MORE), vec![said], words, style);
    }
    to_move(out, group, share, subject, words, style);
    if group.begin_anew == Some(true) {
        let anew = [("count", group.can_come.len().into()), ("there", group.together.into())];
        let head = words.say_with(key::PLAN_BEGIN_ANEW, &anew);
        list(out, &head, names(&group.can_come, subject, words), words, style);
    }
}

/// `4 of 9 there (44 %), nearest on Signal`
fn how_far(group: &GroupPlan, share: usize, words: &Words) -> String {
    if group.members == 0 {
        return words.say(key::PLAN_NO_MEMBERS);
    }
    #[expect(clippy::cast_precision_loss, reason = "a share")]
    let percent = phrase::percent(group.together as f64 / group.members.max(1) as f64);
    // Who is on several channels counts on each; only who is missing on the nearest
    // makes a group one in several places.
    let split = group.together < group.there;
    let known = match (group.complete, split) {
        (true, false) => "all",
        (true, true) => "split",
        (false, _) => "some",
    };
    let there = words.say_with(
        key::PLAN_THERE,
        &[
            ("there", group.there.into()),
            ("members", group.members.into()),
            ("share", percent.into()),
            ("known", known.into()),
        ],
    );
    let Some(nearest) = group.nearest else {
        return format!("{there}, {}", words.say(key::PLAN_NEAREST_NONE));
    };
    let mut said = vec![there];
    if split {
        let on = |channel: &Channel| {
            let on = [("count", (*group.on.get(*channel)).into()), ("channel", channel.title().into())];
            words.say_with(key::PLAN_ON, &on)
        };
        said.extend(Channel::ALL.iter().filter(|channel| *group.on.get(**channel) > 0).map(on));
    }
    let short = group.moves_at.iter().any(|target| target.share == share && target.needed > 0);
    if split && short {
        let none = words.say_with(key::PLAN_NO_ONE_PLACE, &[("share", share.into())]);
        return format!("{} {none}", layout::label(&said.join(", "), words));
    }
    said.push(words.say_with(key::PLAN_NEAREST, &[("channel", nearest.title().into())]));
    said.join(", ")
}

/// Who would be enough.
fn to_move(
    out: &mut String,
    group: &GroupPlan,
    share: usize,
    subject: &Subject<'_>,
    words: &Words,
    style: Style,
) {
    let Some(target) = group.moves_at.iter().find(|target| target.share == share) else { return };
    let head = words.say(key::PLAN_MOVE);
    let nearest = group.nearest.map_or("", Channel::title);
    let at = |key: Key| {
        let values = [
            ("share", share.into()),
            ("needed", target.needed.into()),
            ("can", group.can_come.len().into()),
            ("channel", nearest.into()),
        ];
        words.say_with(key, &values)
    };
    match &target.invite {
        Some(_) if target.needed == 0 => list(out, &head, vec![at(key::PLAN_MOVE_DONE)], words, style),
        Some(invite) => {
            let head = format!("{head} {}", at(key::PLAN_MOVE_AT));
            list(out, &head, names(invite, subject, words), words, style);
        }
        None => list(out, &head, vec![at(key::PLAN_MOVE_CANNOT)], words, style),
    }
}

/// How many of so many to show: that there is one more takes no less room than
/// that one.
fn shown(all: usize, most: usize) -> usize {
    if all <= most + 1 { all } else { most }
}

/// The first names of a list, and how many more there are.
fn names(all: &[usize], subject: &Subject<'_>, words: &Words) -> Vec<String> {
    let shown = shown(all.len(), NAMED);
    let name = |(at, contact): (usize, &usize)| {
        let comma = if at + 1 < shown { "," } else { "" };
        format!("{}{comma}", subject.name(*contact, words).fit(40))
    };
    let mut names: Vec<String> = all.iter().take(shown).enumerate().map(name).collect();
    if all.len() > shown {
        names.push(words.say_with(key::REPORT_AND_MORE, &[("count", (all.len() - shown).into())]));
    }
    names
}

/// `Missing: Ada, Camille and 3 more`
fn list(out: &mut String, head: &str, said: Vec<String>, words: &Words, style: Style) {
    let head = layout::label(head, words);
    items(out, BELOW, head.split(' ').map(str::to_owned).chain(said), style);
}

fn holds(out: &mut String, holds: &Holds, subject: &Subject<'_>, words: &Words, style: Style) {
    heading(out, &words.say(key::PLAN_HOLDS), style);
    if holds.messages == 0 {
        paragraph(out, INDENT, &words.say(key::PLAN_HOLDS_NONE), style);
    } else if holds.stuck == 0 {
        paragraph(out, INDENT, &words.say(key::PLAN_HOLDS_NOTHING), style);
    } else {
        let name = |at: usize| subject.name(at, words);
        let numbers = (holds.messages, holds.stuck);
        held(out, key::PLAN_HOLDS_PEOPLE, numbers, &holds.people, name, words, style);
    }
    if holds.stuck_in_groups > 0 {
        let title = |at: usize| subject.title(at, words);
        let numbers = (holds.group_messages, holds.stuck_in_groups);
        held(out, key::PLAN_HOLDS_GROUPS, numbers, &holds.groups, title, words, style);
    }
}

fn held(
    out: &mut String,
    head: Key,
    (messages, stuck): (u64, u64),
    all: &[Hold],
    name: impl Fn(usize) -> Shown,
    words: &Words,
    style: Style,
) {
    let head = words.say_with(head, &[("messages", messages.into()), ("stuck", stuck.into())]);
    let shown = shown(all.len(), NAMED);
    let mut said: Vec<String> = layout::label(&head, words).split(' ').map(str::to_owned).collect();
    for (at, hold) in all.iter().take(shown).enumerate() {
        let name = name(hold.at).fit(40);
        let one = [("name", (&name).into()), ("count", hold.messages.into())];
        let comma = if at + 1 < shown { "," } else { "" };
        said.push(format!("{}{comma}", words.say_with(key::PLAN_HOLDS_ONE, &one)));
    }
    if all.len() > shown {
        said.push(words.say_with(key::REPORT_AND_MORE, &[("count", (all.len() - shown).into())]));
    }
    items(out, INDENT, said, style);
}
