//! Whom to invite first, which group can move, and what still holds.
//!
//! [`weigh`] turns contacts and groups into ties, [`spread`] works out the order
//! on them, [`forecast`] what each place of it would bring, [`reasons`] why somebody
//! stands there; [`groups`] counts what each group is short of, and [`holds`]
//! finds the people and groups on whom most of what cannot move hangs. All of it is
//! worked out from the graph alone, with dice that fall alike every time, and in every
//! workspace with the same data ([`numbers`]).

pub mod asked;
pub mod forecast;
pub mod groups;
pub mod holds;
pub mod numbers;
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
use numbers::Numbers;
use spread::{Effort, Regime, Ties, Wish, order};

/// So many invitations at the least are planned together.
pub const TOGETHER: usize = 10;

/// The share at which a group moves, in hundredths, if the user does not say.
pub const MOST: usize = 60;

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
    /// The share at which a group moves, in hundredths: one of [`groups::SHARES`].
    pub share: usize,
    /// The day of the plan.
    pub now: Moment,
}

/// Somebody to invite.
#[derive(Clone, Debug)]
pub struct Place {
    /// Index into the checked contacts.
    pub contact: usize,
    /// How many people come, themself included, if they are invited after those
    /// before them: the mean of the played worlds of all three ways of following.
    /// None where that was not played.
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
    /// Where people are invited to.
    pub to: Channel,
    /// Everybody to invite, in order.
    pub places: Vec<Place>,
    /// Those of the circle who can be met elsewhere already, those first with
    /// whom most was said of late.
    pub there: Vec<usize>,
    /// How many places were weighed; behind them friends are counted.
    pub weighed: usize,
    /// How many people and groups the order rests on.
    pub rests_on: (usize, usize),
    /// Whether it rests on messages of the last year with anybody who can be invited.
    pub lately: bool,
    /// Whether there are so many people that only cheaper methods were used.
    pub cheaper: bool,
    /// The name of the strategy whose order it is.
    pub strategy: Option<&'static str>,
    /// The groups: the nearest to moving first.
    pub groups: Vec<GroupPlan>,
    /// What still holds.
    pub holds: Holds,
    /// The day after which the last twelve months begin.
    pub year_begins: jiff::civil::Date,
    /// What each of the graph's groups is known by.
    pub group_ids: Vec<String>,
}

/// Works out the plan.
pub fn plan(question: &Question<'_>) -> Plan {
    let ordered = Ordered::new(question);
    let Ordered { ties, numbers, people, weighed, strategy, cheaper } = &ordered;
    let worlds = Worlds::new(ties, &Effort::of(ties));
    let steps = worlds.steps(&ordered, &groups::on(question.to, question.people, question.groups));
    let holds = holds::find(question, numbers);
    let place = |(at, contact): (usize, &usize)| {
        let step = steps.get(at);
        Place {
            contact: *contact,
            score: step.map(|step| step.moved),
            reasons: reasons::of(question, &ordered, *contact, step),
            unlocks: step.map(|step| step.unlocks.clone()).unwrap_or_default(),
        }
    };
    Plan {
        to: question.to,
        places: people.iter().enumerate().map(place).collect(),
        there: there(question, numbers),
        weighed: *weighed,
        rests_on: (ties.len(), question.groups.len()),
        cheaper: *cheaper,
        strategy: *strategy,
        groups: groups::all(question, &ordered),
        lately: ties.open().any(|person| ties.people[person].direct > 0.0),
        holds,
        year_begins: weigh::year_begins(question.now),
        group_ids: (0..question.groups.len()).map(|group| numbers.group_id(group)).collect(),
    }
}

/// Whom to write to: those to invite in the plan's order, and after every second
/// of them one who is there already and with whom only the habit is missing.
pub fn next(question: &Question<'_>) -> Vec<usize> {
    woven(Ordered::new(question), question)
}

/// The same, and how far the groups are.
pub fn next_and_groups(question: &Question<'_>) -> (Vec<usize>, Vec<GroupPlan>) {
    let ordered = Ordered::new(question);
    let groups = groups::all(question, &ordered);
    (woven(ordered, question), groups)
}

fn woven(ordered: Ordered, question: &Question<'_>) -> Vec<usize> {
    let mut go_on = there(question, &ordered.numbers).into_iter();
    let mut invite = ordered.people.into_iter();
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
    /// Who is tied to whom, by number.
    ties: Ties,
    /// Whose number is which.
    numbers: Numbers,
    /// The order, as indices into the contacts.
    people: Vec<usize>,
    weighed: usize,
    strategy: Option<&'static str>,
    cheaper: bool,
}

impl Ordered {
    fn new(question: &Question<'_>) -> Ordered {
        let mut numbers = Numbers::of(question.people, question.groups);
        let ties = weigh::ties(question, &mut numbers);
        let effort = Effort::of(&ties);
        // Ten at a time are sent, but what the first ten are good for shows later.
        let count = ties.open().count().div_ceil(10).max(TOGETHER).min(effort.weighed);
        let found = order(&ties, &Wish { count, regimes: &Regime::ALL }, &effort);
        Ordered {
            ties,
            people: found.people.into_iter().map(|number| numbers.contact(number)).collect(),
            numbers,
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
fn there(question: &Question<'_>, numbers: &Numbers) -> Vec<usize> {
    let people = question.people;
    let reached = |person: &Checked| {
        person.contact.scope == Scope::Circle && !person.contact.excluded && person.is_reachable()
    };
    let mut there: Vec<(u64, usize)> = (people.iter().enumerate())
        .filter(|(_, person)| reached(person))
        .map(|(at, Checked { contact, .. })| {
            (weigh::last_year(&contact.months, contact.last_message, question.now), at)
        })
        .collect();
    there.sort_by_key(|(messages, at)| (std::cmp::Reverse(*messages), numbers.number(*at)));
    there.into_iter().map(|(_, at)| at).collect()
}
