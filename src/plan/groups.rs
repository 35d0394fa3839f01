//! Which group can move: who is there, who is missing, and who would be enough.
//!
//! This is counting, not guessing: whoever can be reached is there, and a share is
//! a share of all members. Where not all members are known there is no share, and
//! nothing that would follow from one.

use super::forecast::Worlds;
use super::spread::{Standing, Ties};
use super::weigh::members;
use super::{Question, Unlock};
use crate::check::Checked;
use crate::model::Channel;
use crate::model::channel::PerChannel;

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
    /// How many can be reached.
    pub there: usize,
    /// How many on each channel.
    pub on: PerChannel<usize>,
    /// The channel on which it is nearest; none where nobody is anywhere.
    pub nearest: Option<Channel>,
    /// Who cannot be reached, those first who are invited first.
    pub missing: Vec<usize>,
    /// Whom to invite next, and how far that brings the group.
    pub next: Option<(usize, Unlock)>,
    /// What is enough for each share; empty where not all members are known.
    pub moves_at: Vec<Target>,
    /// Whether it will hardly move, and those who are there or can be invited had
    /// rather make a new one; none where not all members are known.
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

/// For so many groups it is played out what one more would bring.
const PLAYED: usize = 100;

/// A group in which fewer than so many would be together is none to begin.
const FEW: usize = 3;

/// All groups, the nearest to moving first. `order` is whom to invite.
pub fn all(question: &Question<'_>, ties: &Ties, order: &[usize], worlds: &Worlds) -> Vec<GroupPlan> {
    let mut rank = vec![usize::MAX; question.people.len()];
    for (at, contact) in order.iter().enumerate() {
        if let Some(rank) = rank.get_mut(*contact) {
            *rank = at;
        }
    }
    let mut plans: Vec<GroupPlan> =
        (0..question.groups.len()).filter_map(|group| one(question, ties, group, &rank)).collect();
    let short = |plan: &GroupPlan| needed(plan.members, plan.there, 60);
    let title = |plan: &GroupPlan| question.groups.get(plan.group).map(|group| &group.title);
    plans.sort_by(|a, b| {
        let size = || (b.members, title(a), a.group).cmp(&(a.members, title(b), b.group));
        (short(a), a.members == 0).cmp(&(short(b), b.members == 0)).then_with(size)
    });
    for plan in plans.iter_mut().take(PLAYED) {
        if let Some((contact, unlock)) = &mut plan.next {
            unlock.after = unlock.after.max(worlds.after(ties, *contact, plan.group));
        }
    }
    plans
}

fn one(question: &Question<'_>, ties: &Ties, group: usize, rank: &[usize]) -> Option<GroupPlan> {
    let known = question.groups.get(group)?;
    let people: Vec<usize> = members(known).filter(|contact| *contact < question.people.len()).collect();
    let person = |contact: usize| question.people.get(contact);
    let on_channel = |channel: Channel| {
        people.iter().filter(|contact| person(**contact).is_some_and(|p| p.is_on(channel))).count()
    };
    let on = PerChannel::from_fn(on_channel);
    let (mut there, mut missing): (Vec<usize>, Vec<usize>) =
        people.iter().partition(|contact| person(**contact).is_some_and(Checked::is_reachable));
    let place = |contact: &usize| (rank.get(*contact).copied().unwrap_or(usize::MAX), *contact);
    missing.sort_by_key(place);
    there.sort_unstable();
    let open: Vec<usize> = missing
        .iter()
        .copied()
        .filter(|contact| ties.people.get(*contact).is_some_and(|p| p.standing == Standing::Open))
        .collect();
    // The first of those with the most wins, in the order in which channels stand.
    let most = Channel::ALL.into_iter().rev().max_by_key(|channel| *on.get(*channel));
    let nearest = most.filter(|channel| *on.get(*channel) > 0);
    let complete = known.members_complete;
    let target = |share: usize| {
        let needed = needed(people.len(), there.len(), share);
        Target { share, needed, invite: open.get(..needed).map(<[usize]>::to_vec) }
    };
    let shares = if complete && !people.is_empty() { &SHARES[..] } else { &[] };
    let moves_at: Vec<Target> = shares.iter().copied().map(target).collect();
    // Where even all who can be invited do not make it move, it stays where it is.
    let stuck = moves_at.iter().any(|target| target.share == 60 && target.invite.is_none());
    let before = there.len();
    Some(GroupPlan {
        group,
        members: people.len(),
        complete,
        there: before,
        on,
        nearest,
        next: open.first().map(|first| (*first, Unlock { group, before, after: before + 1 })),
        begin_anew: complete.then_some(stuck && before + open.len() >= FEW),
        moves_at,
        missing,
    })
}

/// How many more are needed for a share in hundredths.
fn needed(members: usize, there: usize, share: usize) -> usize {
    (members * share).div_ceil(100).saturating_sub(there)
}
