//! One group after the other, until enough of it are there that the others may
//! want to follow.

use std::collections::BTreeSet;

use super::super::ties::{Standing, Ties};
use super::degree;

/// The share of a group that is filled before the next one begins, in hundredths.
const SHARE: usize = 35;

/// Fills the groups, the one first that moves most people for an invitation.
pub fn group_first(ties: &Ties, count: usize) -> Vec<usize> {
    let others = degree::others(ties);
    let mut out: Vec<bool> = (0..ties.len()).map(|person| !ties.is_open(person)).collect();
    let mut filled: Vec<usize> = ties.count.iter().map(|count| *count as usize).collect();
    let mut open: BTreeSet<usize> = (0..ties.members.len()).collect();
    let mut order = Vec::new();
    while order.len() < count {
        let missing = |knot: usize| {
            let size = ties.members.row(knot).len();
            (size, (size * SHARE).div_ceil(100).saturating_sub(filled[knot]))
        };
        open.retain(|knot| missing(*knot).1 > 0 && ties.members_of(*knot).any(|member| !out[member]));
        // Most members for each invitation; among equal ones the larger group.
        let best = open.iter().copied().max_by(|a, b| {
            let ((size_a, cost_a), (size_b, cost_b)) = (missing(*a), missing(*b));
            (size_a * cost_b, size_a, b).cmp(&(size_b * cost_a, size_b, a))
        });
        let Some(knot) = best else { break };
        let (_, cost) = missing(knot);
        let mut members: Vec<usize> = ties.members_of(knot).filter(|member| !out[*member]).collect();
        members.sort_by_key(|person| {
            (std::cmp::Reverse((ties.knots.row(*person).len(), others[*person])), *person)
        });
        for person in members.into_iter().take(cost.min(count - order.len())) {
            debug_assert_eq!(ties.people[person].standing, Standing::Open);
            out[person] = true;
            order.push(person);
            ties.knots_of(person).for_each(|knot| filled[knot] += 1);
        }
        open.remove(&knot);
    }
    let rest = degree::discount(ties, &order, count - order.len());
    order.extend(rest);
    order
}
