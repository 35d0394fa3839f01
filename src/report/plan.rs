//! The plan as JSON: places (`transhume.plan/1`), groups
//! (`transhume.group-plan/1`) and what both rest on (`transhume.plan-about/1`),
//! one object a line.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
use unicode_width::UnicodeWidthStr;

use super::phrase;
use crate::check::Checked;
use crate::model::channel::PerChannel;
use crate::model::contact::Elsewhere;
use crate::model::foreign::NameKey;
use crate::model::{Channel, Contact, ContactId, Foreign, Group};
use crate::plan::holds::Hold;
use crate::plan::spread::Regime;
use crate::plan::weigh::members;
use crate::plan::{Answered, GroupPlan, Place, Plan, Reason};
use crate::words::escape::{self, Shown};
use crate::words::{Words, key};

/// What a plan speaks of.
#[derive(Clone)]
pub struct Subject<'a> {
    /// The contacts.
    pub people: &'a [Checked],
    /// The groups.
    pub groups: &'a [Group],
    /// The groups of whose title there are several: how many members are known, and,
    /// where even that is the same, the how manieth it is.
    alike: BTreeMap<usize, (usize, Option<usize>)>,
    /// The contacts of whose name there are several.
    namesakes: BTreeSet<usize>,
}

impl<'a> Subject<'a> {
    /// A plan for these people and groups.
    pub fn new(people: &'a [Checked], groups: &'a [Group]) -> Self {
        let mut titled: BTreeMap<NameKey, BTreeMap<usize, Vec<usize>>> = BTreeMap::new();
        for (at, group) in groups.iter().enumerate() {
            let sized = titled.entry(group.title.key()).or_default();
            sized.entry(members(group).count()).or_default().push(at);
        }
        let mut alike = BTreeMap::new();
        for sized in titled.into_values().filter(|sized| sized.values().flatten().count() > 1) {
            for (members, all) in sized {
                let several = all.len() > 1;
                let told = |(nth, at)| (at, (members, several.then_some(nth)));
                alike.extend((1..).zip(all).map(told));
            }
        }
        let mut named: BTreeMap<NameKey, Vec<usize>> = BTreeMap::new();
        for (at, person) in people.iter().enumerate() {
            if let Some(name) = &person.contact.name {
                named.entry(name.key()).or_default().push(at);
            }
        }
        let namesakes = named.into_values().filter(|all| all.len() > 1).flatten().collect();
        Self { people, groups, alike, namesakes }
    }

    /// A contact.
    pub(super) fn contact(&self, at: usize) -> Option<&'a Contact> {
        self.people.get(at).map(|person| &person.contact)
    }

    /// What to call a contact on a terminal, within so many columns: their name, and of
    /// several with the same one an address beside it, as in `Kévin (+33639980061)`.
    pub(super) fn name(&self, at: usize, words: &Words, columns: usize) -> Shown {
        let contact = self.contact(at);
        let label = contact.and_then(phrase::label).unwrap_or_default();
        let name = escape::terminal_or(&label, &words.say(key::REPORT_NO_NAME));
        let address = contact.filter(|_| self.namesakes.contains(&at)).and_then(phrase::address);
        match address.filter(|address| *address != label) {
            Some(address) => with_told(&name, &format!("({})", escape::terminal(&address)), columns),
            None => name.fit(columns),
        }
    }

    /// What to call a group on a terminal, within so many columns: its title, and of
    /// several with the same one what tells them apart, as in `Famille (9)`.
    pub(super) fn title(&self, at: usize, words: &Words, columns: usize) -> Shown {
        let title = self.groups.get(at).map(|group| group.title.clone()).unwrap_or_default();
        let title = escape::terminal_or(&title, &words.say(key::REPORT_NO_NAME));
        match self.apart(at, words) {
            Some(told) => with_told(&title, &told, columns),
            None => title.fit(columns),
        }
    }

    /// What tells a group apart from others of the same title, as in `(9)`; none where
    /// there is no other.
    pub(super) fn apart(&self, at: usize, words: &Words) -> Option<String> {
        let (members, nth) = self.alike.get(&at)?;
        let told = [("members", (*members).into()), ("nth", nth.unwrap_or_default().into())];
        Some(words.say_with(key::PLAN_TITLE_ALIKE, &told))
    }

    fn who(&self, at: usize) -> Option<Who> {
        self.contact(at).map(|contact| Who { id: contact.id.clone(), name: contact.name.clone() })
    }

    fn whom(&self, all: &[usize]) -> Vec<Who> {
        all.iter().filter_map(|at| self.who(*at)).collect()
    }
}

/// A name with what tells it apart from others, which is never cut.
fn with_told(name: &Shown, told: &str, columns: usize) -> Shown {
    name.fit(columns.saturating_sub(told.width() + 1)).followed_by(&format!(" {told}"))
}

/// A sentence about a reason, as for a terminal, which is safe in every sink. No name
/// in it takes more than so many columns.
pub(super) fn reason(
    reason: &Reason,
    plan: &Plan,
    subject: &Subject<'_>,
    words: &Words,
    widest: usize,
) -> String {
    reason_about(reason, plan, words, |group| subject.title(group, words, widest))
}

/// The same for any sink: `title` shows a group there.
pub(super) fn reason_about(
    reason: &Reason,
    plan: &Plan,
    words: &Words,
    title: impl Fn(usize) -> Shown,
) -> String {
    match reason {
        Reason::Company { groups } => words.say_with(key::PLAN_COMPANY, &[("count", (*groups).into())]),
        Reason::Bridges { groups } => words.say_with(key::PLAN_BRIDGES, &[("count", (*groups).into())]),
        Reason::Brings(unlock) => {
            let title = title(unlock.group);
            let known = plan.groups.iter().find(|group| group.group == unlock.group);
            let complete = if known.is_some_and(|group| group.complete) { "yes" } else { "no" };
            words.say_with(
                key::PLAN_BRINGS,
                &[
                    ("group", (&title).into()),
                    ("before", unlock.before.into()),
                    ("after", unlock.after.into()),
                    ("members", known.map_or(unlock.after, |group| group.members).into()),
                    ("complete", complete.into()),
                    ("channel", plan.to.title().into()),
                ],
            )
        }
        Reason::Follow { people } => words.say_with(key::PLAN_FOLLOW, &[("count", (*people).into())]),
        Reason::Messages { count } => words.say_with(key::PLAN_MESSAGES, &[("count", (*count).into())]),
        Reason::Likely(channel) => words.say_with(key::PLAN_LIKELY, &[("channel", channel.title().into())]),
        Reason::Asked(answered) => {
            let answer = if *answered == Answered::Sent { "sent" } else { "reminded" };
            words.say_with(key::PLAN_ASKED, &[("answer", answer.into())])
        }
        Reason::Alone { groups } => words.say_with(key::PLAN_ALONE, &[("count", (*groups).into())]),
        Reason::Known => words.say(key::PLAN_KNOWN),
    }
}

/// What the order rests on, and what of that is assumed, in one sentence.
pub(super) fn rests_on(plan: &Plan, words: &Words) -> String {
    let lately = if plan.lately { "yes" } else { "no" };
    let known = [("groups", plan.rests_on.1.into()), ("lately", lately.into())];
    format!("{}{}", words.say_with(key::PLAN_RESTS_ON, &known), words.say(key::PLAN_ASSUMED))
}

/// Somebody.
#[derive(Debug, Serialize)]
struct Who {
    id: ContactId,
    name: Option<Foreign>,
}

/// A place of the order.
#[derive(Debug, Serialize)]
pub struct PlaceView {
    schema: &'static str,
    rank: usize,
    contact: Option<Who>,
    channel: Channel,
    score: Option<f64>,
    reasons: Vec<ReasonView>,
    unlocks: Vec<UnlockView>,
}

#[derive(Debug, Serialize)]
struct ReasonView {
    code: &'static str,
    what: String,
}

#[derive(Debug, Serialize)]
struct UnlockView {
    group: Option<Foreign>,
    group_id: Option<String>,
    before: usize,
    after: usize,
}

impl PlaceView {
    /// The view of a place; `rank` counts from 1.
    pub fn new(rank: usize, place: &Place, plan: &Plan, subject: &Subject<'_>, words: &Words) -> Self {
        let said = |own: &Reason| ReasonView {
            code: own.code(),
            what: reason(own, plan, subject, words, usize::MAX),
        };
        let title = |group: usize| subject.groups.get(group).map(|group| group.title.clone());
        Self {
            schema: "transhume.plan/1",
            rank,
            contact: subject.who(place.contact),
            channel: plan.to,
            score: place.score,
            reasons: place.reasons.iter().map(said).collect(),
            unlocks: (place.unlocks.iter())
                .map(|unlock| UnlockView {
                    group: title(unlock.group),
                    group_id: plan.group_ids.get(unlock.group).cloned(),
                    before: unlock.before,
                    after: unlock.after,
                })
                .collect(),
        }
    }
}

/// A group.
#[derive(Debug, Serialize)]
pub struct GroupPlanView {
    schema: &'static str,
    /// Tells groups of the same title apart; stays while the title does.
    id: Option<String>,
    title: Option<Foreign>,
    members: usize,
    members_complete: bool,
    reachable: usize,
    on: PerChannel<usize>,
    /// The share of all members that is on the nearest channel, 0 to 1; none where
    /// not all are known.
    share: Option<f64>,
    channel: Option<Channel>,
    missing: Vec<MissingView>,
    /// How many members the user left out; they are among no others here.
    left_out: usize,
    next: Option<NextView>,
    moves_at: Vec<TargetView>,
    begin_anew: Option<bool>,
    /// Where members of it are together already.
    elsewhere: Vec<Elsewhere>,
}

#[derive(Debug, Serialize)]
struct MissingView {
    #[serde(flatten)]
    who: Who,
    /// Whether the user can invite them.
    can_be_invited: bool,
}

#[derive(Debug, Serialize)]
struct NextView {
    contact: Option<Who>,
    before: usize,
    after: usize,
}

#[derive(Debug, Serialize)]
struct TargetView {
    share: usize,
    needed: usize,
    invite: Option<Vec<Who>>,
}

impl GroupPlanView {
    /// The view of a group.
    pub fn new(group: &GroupPlan, plan: &Plan, subject: &Subject<'_>) -> Self {
        #[expect(clippy::cast_precision_loss, reason = "a share, rounded to three places")]
        let share = (group.together as f64 / group.members as f64 * 1000.0).round() / 1000.0;
        let missing = |all: &[usize], can_be_invited: bool| -> Vec<MissingView> {
            subject.whom(all).into_iter().map(|who| MissingView { who, can_be_invited }).collect()
        };
        let mut away = missing(&group.missing, true);
        away.extend(missing(&group.strangers, false));
        Self {
            schema: "transhume.group-plan/1",
            id: plan.group_ids.get(group.group).cloned(),
            title: subject.groups.get(group.group).map(|group| group.title.clone()),
            members: group.members,
            members_complete: group.complete,
            reachable: group.there,
            on: group.on,
            share: (group.complete && group.members > 0).then_some(share),
            channel: group.nearest,
            missing: away,
            left_out: group.left_out,
            next: group.next.map(|(contact, unlock)| NextView {
                contact: subject.who(contact),
                before: unlock.before,
                after: unlock.after,
            }),
            moves_at: (group.moves_at.iter())
                .map(|target| TargetView {
                    share: target.share,
                    needed: target.needed,
                    invite: target.invite.as_ref().map(|all| subject.whom(all)),
                })
                .collect(),
            begin_anew: group.begin_anew,
            elsewhere: subject.groups.get(group.group).map_or_else(Vec::new, |g| g.elsewhere.clone()),
        }
    }
}

/// What the plan rests on, and what still holds.
#[derive(Debug, Serialize)]
pub struct AboutView {
    schema: &'static str,
    rests_on: String,
    people: usize,
    groups: usize,
    regimes: Vec<&'static str>,
    strategy: Option<&'static str>,
    weighed: usize,
    cheaper: bool,
    holds: HoldsView,
}

#[derive(Debug, Serialize)]
struct HoldsView {
    /// What is counted was written after that day.
    since: String,
    messages: u64,
    stuck: u64,
    people: Vec<PersonHold>,
    group_messages: u64,
    stuck_in_groups: u64,
    groups: Vec<GroupHold>,
}

#[derive(Debug, Serialize)]
struct PersonHold {
    contact: Option<Who>,
    messages: u64,
}

#[derive(Debug, Serialize)]
struct GroupHold {
    id: Option<String>,
    title: Option<Foreign>,
    messages: u64,
}

impl AboutView {
    /// The view of what a plan rests on.
    pub fn new(plan: &Plan, subject: &Subject<'_>, words: &Words) -> Self {
        let holds = &plan.holds;
        let person = |hold: &Hold| PersonHold { contact: subject.who(hold.at), messages: hold.messages };
        let title = |at: usize| subject.groups.get(at).map(|group| group.title.clone());
        let id = |at: usize| plan.group_ids.get(at).cloned();
        let group =
            |hold: &Hold| GroupHold { id: id(hold.at), title: title(hold.at), messages: hold.messages };
        Self {
            schema: "transhume.plan-about/1",
            rests_on: rests_on(plan, words),
            people: plan.rests_on.0,
            groups: plan.rests_on.1,
            regimes: Regime::ALL.iter().map(|regime| regime.id()).collect(),
            strategy: plan.strategy,
            weighed: plan.weighed,
            cheaper: plan.cheaper,
            holds: HoldsView {
                since: plan.year_begins.to_string(),
                messages: holds.messages,
                stuck: holds.stuck,
                people: holds.people.iter().map(person).collect(),
                group_messages: holds.group_messages,
                stuck_in_groups: holds.stuck_in_groups,
                groups: holds.groups.iter().map(group).collect(),
            },
        }
    }
}
