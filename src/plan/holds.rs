//! What still holds: the few people and groups on whom most of what cannot move
//! hangs, by the messages of the last twelve months.

use super::Question;
use super::groups::{nearest, on_channels};
use super::numbers::Numbers;
use super::weigh::{last_year, members};
use crate::check::Checked;
use crate::model::{Contact, Group, Scope};

/// What still holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Holds {
    /// The messages of the last twelve months with everybody in the circle.
    pub messages: u64,
    /// Those of them that were exchanged with people who cannot be reached.
    pub stuck: u64,
    /// The fewest people with whom more than half of these were exchanged.
    pub people: Vec<Hold>,
    /// The messages of the last twelve months in all groups.
    pub group_messages: u64,
    /// Those of them in groups that cannot move.
    pub stuck_in_groups: u64,
    /// The fewest groups in which more than half of these were written.
    pub groups: Vec<Hold>,
}

/// Somebody, or a group, and the messages that hang on them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hold {
    /// Index into the contacts, or into the groups.
    pub at: usize,
    /// How many messages.
    pub messages: u64,
}

/// Finds what holds. A group of which the share that was asked for is together on one
/// channel can move; where not all members are known, nobody knows that.
pub(super) fn find(question: &Question<'_>, numbers: &Numbers) -> Holds {
    let Question { people, groups, share, now, .. } = *question;
    let counted = |person: &Checked| person.contact.scope == Scope::Circle && !person.contact.excluded;
    let persons = (people.iter().enumerate()).filter(|(_, person)| counted(person)).map(|(at, person)| {
        let Contact { months, last_message, .. } = &person.contact;
        (Hold { at, messages: last_year(months, *last_message, now) }, person.is_reachable())
    });
    let (messages, stuck, held) = heaviest(persons, |at| numbers.number(at));
    let moves = |group: &Group| {
        let known = members(group).count();
        let together = nearest(&on_channels(people, group)).map_or(0, |(_, count)| count);
        group.members_complete && known > 0 && together * 100 >= known * share
    };
    let groups = (groups.iter().enumerate())
        .map(|(at, group)| (Hold { at, messages: last_year(&group.months, None, now) }, moves(group)));
    let (group_messages, stuck_in_groups, held_groups) = heaviest(groups, |at| numbers.knot(at));
    Holds { messages, stuck, people: held, group_messages, stuck_in_groups, groups: held_groups }
}

/// All messages, those that are stuck, and the fewest on whom more than half of
/// these hang.
fn heaviest(
    all: impl Iterator<Item = (Hold, bool)>,
    number: impl Fn(usize) -> usize,
) -> (u64, u64, Vec<Hold>) {
    let (mut messages, mut stuck, mut held) = (0_u64, 0_u64, Vec::new());
    for (hold, moves) in all {
        messages = messages.saturating_add(hold.messages);
        if !moves && hold.messages > 0 {
            stuck = stuck.saturating_add(hold.messages);
            held.push(hold);
        }
    }
    held.sort_by_key(|hold| (std::cmp::Reverse(hold.messages), number(hold.at)));
    let mut sum = 0_u64;
    let enough = held.iter().take_while(|hold| {
        let more = sum <= stuck / 2;
        sum = sum.saturating_add(hold.messages);
        more
    });
    let enough = enough.count();
    held.truncate(enough);
    (messages, stuck, held)
}
