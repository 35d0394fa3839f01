//! Whom to invite first, which group can move, and what still holds.
//!
//! [`weigh`] turns contacts and groups into ties, [`spread`] works out the order
//! on them, [`forecast`] what each place of it would bring, [`reasons`] why somebody
//! stands there; [`groups`] counts what each group is short of, and [`holds`]
//! finds the people and groups on whom most of what cannot move hangs. All of it is
//! worked out from the graph alone, with dice that fall alike every time.

pub mod asked;
pub mod forecast;
pub mod groups;
pub mod holds;
pub mod reasons;

pub mod spread;
#[cfg(test)]
mod tests;
pub mod weigh;

use crate::check::Checked;
use crate::model::{Channel, Group, Moment, Scope};

pub use asked::{Answered, Asked};
pub use groups::GroupPlan;
pub use holds::Holds;
pub use reasons::Reason;

use forecast::Worlds;
use spread::{Effort, Regime, Ties, Wish, order};

/// So many invitations at the least are planned together.
pub const TOGETHER: usize = 10;

/// What a plan is made of.
#[derive(Clone, Copy, Debug)]
pub struct Question<'a> {
    /// The contacts with their evidence.
    pub people: &'a [Checked],
    /// The graph's groups.
    pub groups: &'a [Group],
    /// Whether any source shows WhatsApp; if none does, the circle is everybody
    /// saved, and all of them can be written to.
    pub has_whatsapp: bool,
    /// Who was asked already, and what became of it.
    pub asked: &'a Asked,
    /// Where people are invited to.
    pub to: Channel,
    /// The day of the plan.
    pub now: Moment,
}

/// Somebody to invite.
#[derive(Clone, Debug)]
pub struct Place {
    /// Index into the checked contacts.
    pub contact: usize,
    /// How many people come, on average, if they are invited after those before
    /// them; none where that was not weighed.
    pub score: Option<f64>,
    /// Why they stand here.
    pub reasons: Vec<Reason>,
    /// What becomes of their groups, those first that gain most.
    pub unlocks: Vec<Unlock>,
}

/// How far a group gets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unlock {
    /// Index into the graph's groups.
    pub group: usize,
    /// How many are expected there before.
    pub before: usize,
    /// How many after.
    pub after: usize,
}

/// The whole plan.
#[derive(Clone, Debug)]
pub struct Plan {
    /// Everybody to invite, in order.
    pub places: Vec<Place>,
    /// Those of the circle who can be met elsewhere already, those first with
    /// whom most was said of late.
    pub there: Vec<usize>,
    /// How many places were weighed; behind them friends are counted.
    pub weighed: usize,
    /// How many people and groups the order rests on.
    pub rests_on: (usize, usize),
    /// Whether any message of the last year with somebody of the circle is known.
    pub lately: bool,
    /// Whether there are so many people that only cheaper methods were used.
    pub cheaper: bool,
    /// The name of the strategy whose order it is.
    pub strategy: Option<&'static str>,
    /// The groups: the nearest to moving first.
    pub groups: Vec<GroupPlan>,
    /// What still holds.
    pub holds: Holds,
}

/// Works out the plan.
pub fn plan(question: &Question<'_>) -> Plan {
    let ordered = Ordered::new(question);
    let Ordered { ties, people, weighed, strategy, cheaper } = &ordered;
    let worlds = Worlds::new(ties, &Effort::of(ties));
    let steps = worlds.steps(ties, people, *weighed);
    let holds = holds::find(question.people, question.groups, question.now);
    let place = |(at, contact): (usize, &usize)| {
        let step = steps.get(at);
        Place {
            contact: *contact,
            score: step.map(|step| step.moved),
            reasons: reasons::of(question, ties, *contact, step),
            unlocks: step.map(|step| step.unlocks.clone()).unwrap_or_default(),
        }
    };
    Plan {
        places: people.iter().enumerate().map(place).collect(),
        there: there(question),
        weighed: *weighed,
        rests_on: (ties.len(), question.groups.len()),
        cheaper: *cheaper,
        strategy: *strategy,
        groups: groups::all(question, ties, people),
        lately: holds.messages > 0,
        holds,
    }
}

/// Whom to write to: those to invite in the plan's order, and after every second
/// of them one who is there already and with whom only the habit is missing.
pub fn next(question: &Question<'_>) -> Vec<usize> {
    woven(Ordered::new(question).people, question)
}

/// The same, and how far the groups are.
pub fn next_and_groups(question: &Question<'_>) -> (Vec<usize>, Vec<GroupPlan>) {
    let ordered = Ordered::new(question);
    let groups = groups::all(question, &ordered.ties, &ordered.people);
    (woven(ordered.people, question), groups)
}

fn woven(invite: Vec<usize>, question: &Question<'_>) -> Vec<usize> {
    let (mut invite, mut go_on) = (invite.into_iter(), there(question).into_iter());
    let mut next = Vec::new();
    loop {
        let before = next.len();
        next.extend(invite.by_ref().take(2));
        next.extend(go_on.next());
        if next.len() == before {
            return next;
        }
    }
}

/// The order, and what it was worked out on.
struct Ordered {
    ties: Ties,
    people: Vec<usize>,
    weighed: usize,
    strategy: Option<&'static str>,
    cheaper: bool,
}

impl Ordered {
    fn new(question: &Question<'_>) -> Ordered {
        let ties = weigh::ties(question);
        let effort = Effort::of(&ties);
        // Ten at a time are sent, but what the first ten are good for shows later.
        let count = ties.open().count().div_ceil(10).max(TOGETHER).min(effort.weighed);
        let found = order(&ties, &Wish { count, regimes: &Regime::ALL }, &effort);
        Ordered {
            ties,
            people: found.people,
            weighed: found.weighed,
            strategy: found.strategy.map(spread::candidates::Strategy::id),
            cheaper: found.cheaper,
        }
    }
}

/// The channel on which most of the circle can be reached; among equal ones, the
/// one with the least to install and to learn first.
pub fn most_used(people: &[Checked]) -> Channel {
    let there = |channel: &Channel| {
        people.iter().filter(|p| p.contact.scope == Scope::Circle && p.is_on(*channel)).count()
    };
    // The last of the greatest is taken.
    [Channel::Xmpp, Channel::Matrix, Channel::Signal].into_iter().max_by_key(there).unwrap_or(Channel::Signal)
}

/// Those of the circle who can be reached already, by what was said of late.
fn there(question: &Question<'_>) -> Vec<usize> {
    let people = question.people;
    let reached = |person: &Checked| {
        person.contact.scope == Scope::Circle && !person.contact.excluded && person.is_reachable()
    };
    let mut there: Vec<(u64, usize)> = (people.iter().enumerate())
        .filter(|(_, person)| reached(person))
        .map(|(at, person)| (weigh::last_year(&person.contact.months, question.now), at))
        .collect();
    there.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| people[a.1].contact.id.cmp(&people[b.1].contact.id)));
    there.into_iter().map(|(_, at)| at).collect()
}
