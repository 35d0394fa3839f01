//! Which group can move: who is there, who is missing, and who would be enough.
//!
//! This is counting, not guessing. A group moves to one place, so a share is the
//! share of all members who are on the channel on which most of them are: two on
//! Matrix and two on XMPP are not four together. Where not all members are known
//! there is no share, and nothing that would follow from one. Whom the user left
//! out is a member, but nobody to win.

use super::spread::Standing;
use super::weigh::members;
use super::{Ordered, Question, Unlock};
use crate::check::Checked;
use crate::model::channel::PerChannel;
use crate::model::{Channel, Group, Scope};

/// The shares at which a group may move, in hundredths: where a committed
/// minority was seen to tip a group, where most are there, and all.
pub const SHARES: [usize; 3] = [25, 60, 100];

/// How far a group is.
#[derive(Clone, Debug, PartialEq)]
pub struct GroupPlan {
    /// Index into the graph's groups.
    pub group: usize,
    /// How many members are known, the user left out.
    pub members: usize,
    /// Whether these are all.
    pub complete: bool,
    /// How many can be reached, on any channel.
    pub there: usize,
    /// How many of them on the nearest channel.
    pub together: usize,
    /// How many on each channel.
    pub on: PerChannel<usize>,
    /// The channel on which it is nearest; none where nobody is anywhere.
    pub nearest: Option<Channel>,
    /// Who cannot be reached and can be invited, those first who are invited first.
    pub missing: Vec<usize>,
    /// Who cannot be reached, nor invited by the user: with most of them they share
    /// nothing but groups.
    pub strangers: Vec<usize>,
    /// How many the user left out.
    pub left_out: usize,
    /// Who can be asked to the nearest channel: those missing, then those who can be
    /// reached on another one.
    pub can_come: Vec<usize>,
    /// Whom to invite next, and how far themself brings the group.
    pub next: Option<(usize, Unlock)>,
    /// What is enough for each share; empty where not all members are known.
    pub moves_at: Vec<Target>,
    /// Whether it cannot move at the share that was asked for, and those who are
    /// there or can be invited had rather make a new one; none where not all members
    /// are known.
    pub begin_anew: Option<bool>,
}

/// What is enough for a share.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    /// The share in hundredths.
    pub share: usize,
    /// How many more are needed.
    pub needed: usize,
    /// The fewest who are enough, the first in the plan's order; none if those who
    /// can be invited are too few.
    pub invite: Option<Vec<usize>>,
}

/// A group in which fewer than so many would be together is none to begin.
const FEW: usize = 3;

/// All groups, the nearest to moving first.
pub(super) fn all(question: &Question<'_>, ordered: &Ordered) -> Vec<GroupPlan> {
    let mut rank = vec![usize::MAX; question.people.len()];
    for (at, contact) in ordered.people.iter().enumerate() {
        if let Some(rank) = rank.get_mut(*contact) {
            *rank = at;
        }
    }
    let mut plans: Vec<GroupPlan> =
        (0..question.groups.len()).filter_map(|group| one(question, ordered, group, &rank)).collect();
    let short = |plan: &GroupPlan| needed(plan.members, plan.together, question.share);
    // Their numbers stand by their titles.
    let number = |plan: &GroupPlan| ordered.numbers.knot(plan.group);
    plans.sort_by(|a, b| {
        let size = || (b.members, number(a)).cmp(&(a.members, number(b)));
        (short(a), a.members == 0).cmp(&(short(b), b.members == 0)).then_with(size)
    });
    plans
}

/// How many of each group are on a channel.
pub(super) fn on(channel: Channel, people: &[Checked], groups: &[Group]) -> Vec<usize> {
    groups.iter().map(|group| *on_channels(people, group).get(channel)).collect()
}

/// How many of a group can be reached on each channel.
pub fn on_channels(people: &[Checked], group: &Group) -> PerChannel<usize> {
    PerChannel::from_fn(|channel| {
        members(group).filter(|at| people.get(*at).is_some_and(|person| person.is_on(channel))).count()
    })
}

/// The channel on which most are, and how many; none where nobody is anywhere.
pub fn nearest(on: &PerChannel<usize>) -> Option<(Channel, usize)> {
    // The first of those with the most wins, in the order in which channels stand.
    let most = Channel::ALL.into_iter().rev().max_by_key(|channel| *on.get(*channel));
    most.map(|channel| (channel, *on.get(channel))).filter(|(_, count)| *count > 0)
}

fn one(question: &Question<'_>, ordered: &Ordered, group: usize, rank: &[usize]) -> Option<GroupPlan> {
    let known = question.groups.get(group)?;
    let people: Vec<usize> = members(known).filter(|contact| *contact < question.people.len()).collect();
    let person = |contact: &usize| question.people.get(*contact);
    let on = on_channels(question.people, known);
    let nearest = nearest(&on);
    let together = nearest.map_or(0, |(_, count)| count);
    let (left_out, people_in): (Vec<usize>, Vec<usize>) =
        people.iter().partition(|contact| person(contact).is_some_and(|p| p.contact.excluded));
    let (there, mut away): (Vec<usize>, Vec<usize>) =
        people_in.iter().partition(|contact| person(contact).is_some_and(Checked::is_reachable));
    let number = |contact: &usize| ordered.numbers.number(*contact);
    away.sort_by_key(|contact| (rank.get(*contact).copied().unwrap_or(usize::MAX), number(contact)));
    let (missing, strangers): (Vec<usize>, Vec<usize>) =
        away.into_iter().partition(|contact| ordered.ties.people[number(contact)].standing == Standing::Open);
    // Whoever is elsewhere knows how it goes, and needs but one more address.
    let mut there = there;
    there.sort_by_key(number);
    let elsewhere = there.iter().filter(|contact| {
        person(contact).is_some_and(|p| {
            p.contact.scope == Scope::Circle && nearest.is_some_and(|(channel, _)| !p.is_on(channel))
        })
    });
    let can_come: Vec<usize> = missing.iter().chain(elsewhere).copied().collect();
    let complete = known.members_complete;
    let target = |share: usize| {
        let needed = needed(people.len(), together, share);
        Target { share, needed, invite: can_come.get(..needed).map(<[usize]>::to_vec) }
    };
    let shares = if complete && !people.is_empty() { &SHARES[..] } else { &[] };
    let moves_at: Vec<Target> = shares.iter().copied().map(target).collect();
    // Where even all who can be invited do not make it move, it stays where it is.
    let stuck = moves_at.iter().any(|target| target.share == question.share && target.invite.is_none());
    let begin_anew = stuck && !can_come.is_empty() && together + can_come.len() >= FEW;
    let next = Unlock { group, before: together, after: together + 1 };
    Some(GroupPlan {
        group,
        members: people.len(),
        complete,
        there: there.len(),
        together,
        on,
        nearest: nearest.map(|(channel, _)| channel),
        next: can_come.first().map(|first| (*first, next)),
        begin_anew: complete.then_some(begin_anew),
        moves_at,
        missing,
        strangers,
        left_out: left_out.len(),
        can_come,
    })
}

/// How many more are needed for a share in hundredths.
fn needed(members: usize, there: usize, share: usize) -> usize {
    (members * share).div_ceil(100).saturating_sub(there)
}
