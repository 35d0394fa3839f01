//! Counting friends: cheap, and hard to beat where company comes first.

use std::cmp::Ordering;
use std::collections::BinaryHeap;

use super::super::ties::Ties;

/// How likely one brings another, where friends who are invited already count
/// less (Chen, Wang and Yang 2009).
const DISCOUNT: f64 = 0.05;

/// Others are counted one by one up to so many; beyond that, whoever shares two
/// groups counts twice.
const COUNTED: usize = 20_000_000;

/// How many others each person shares a knot with.
pub fn others(ties: &Ties) -> Vec<usize> {
    let walked: usize = (0..ties.members.len()).map(|knot| ties.members.row(knot).len().pow(2)).sum();
    let sum = |person: usize| ties.knots_of(person).map(|knot| ties.members.row(knot).len() - 1).sum();
    if walked > COUNTED {
        return (0..ties.len()).map(sum).collect();
    }
    let mut seen = vec![usize::MAX; ties.len()];
    let count = |person: usize| {
        seen[person] = person;
        let mut count = 0;
        for other in ties.knots_of(person).flat_map(|knot| ties.members_of(knot)) {
            if seen[other] != person {
                seen[other] = person;
                count += 1;
            }
        }
        count
    };
    (0..ties.len()).map(count).collect()
}

/// Those who can be invited, the greatest first, equal ones by number.
fn by(ties: &Ties, count: usize, greatness: impl Fn(usize) -> (usize, usize)) -> Vec<usize> {
    let mut open: Vec<usize> = ties.open().collect();
    open.sort_by_key(|person| (std::cmp::Reverse(greatness(*person)), *person));
    open.truncate(count);
    open
}

/// Those with most others around them.
pub fn degree(ties: &Ties, count: usize) -> Vec<usize> {
    let others = others(ties);
    by(ties, count, |person| (others[person], ties.knots.row(person).len()))
}

/// Those in most knots.
pub fn bridges(ties: &Ties, count: usize) -> Vec<usize> {
    let others = others(ties);
    by(ties, count, |person| (ties.knots.row(person).len(), others[person]))
}

/// Those with most others around them who are not invited yet, after those of
/// `first`.
pub fn discount(ties: &Ties, first: &[usize], count: usize) -> Vec<usize> {
    let others = others(ties);
    let mut invited = vec![0_u32; ties.len()];
    let mut out: Vec<bool> = (0..ties.len()).map(|person| !ties.is_open(person)).collect();
    for person in first {
        out[*person] = true;
        invite(ties, *person, &mut invited);
    }
    let entry = |person: usize, invited: u32| Entry {
        worth: worth(others[person], invited),
        direct: ties.people[person].direct,
        person,
    };
    let mut heap: BinaryHeap<Entry> =
        (0..ties.len()).filter(|p| !out[*p]).map(|p| entry(p, invited[p])).collect();
    let mut order = Vec::new();
    while order.len() < count {
        let Some(top) = heap.pop() else { break };
        // It can only have become less since it was put there.
        let now = entry(top.person, invited[top.person]);
        if now < top {
            heap.push(now);
            continue;
        }
        order.push(top.person);
        invite(ties, top.person, &mut invited);
    }
    order
}

#[expect(clippy::cast_precision_loss, reason = "counts of people")]
fn worth(others: usize, invited: u32) -> f64 {
    let (others, invited) = (others as f64, f64::from(invited));
    others - 2.0 * invited - (others - invited).max(0.0) * invited * DISCOUNT
}

fn invite(ties: &Ties, person: usize, invited: &mut [u32]) {
    for other in ties.knots_of(person).flat_map(|knot| ties.members_of(knot)) {
        if other != person {
            invited[other] += 1;
        }
    }
}

/// Somebody to be invited, by what they are worth; equal ones by what the user
/// has to do with them, then by number.
#[derive(Clone, Copy, Debug)]
struct Entry {
    worth: f64,
    direct: f64,
    person: usize,
}

impl Ord for Entry {
    fn cmp(&self, other: &Self) -> Ordering {
        let direct = || self.direct.total_cmp(&other.direct);
        self.worth.total_cmp(&other.worth).then_with(direct).then_with(|| other.person.cmp(&self.person))
    }
}

impl PartialOrd for Entry {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Entry {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Entry {}
