//! The order of invitations: those first with whom the most is said.
//!
//! A message of this year counts four times one of long ago, and every shared
//! group a little, since whoever moves makes it easier for the others there.
//! Ties are broken by id, so that the order is the same every time.

use crate::check::Checked;
use crate::model::{Moment, Scope};

/// Somebody to write to.
#[derive(Clone, Copy, Debug)]
pub struct Place {
    /// Index into the checked contacts.
    pub contact: usize,
    /// The higher, the earlier.
    pub score: u64,
}

/// What a shared group is worth, in old messages.
const GROUP: u64 = 10;

/// Orders the circle, as of `now`. Excluded people are in no plan.
pub fn order(people: &[Checked], now: Moment) -> Vec<Place> {
    let circle =
        people.iter().enumerate().filter(|(_, p)| p.contact.scope == Scope::Circle && !p.contact.excluded);
    let mut places: Vec<Place> = circle.map(|(contact, p)| Place { contact, score: score(p, now) }).collect();
    places.sort_by(|a, b| {
        (b.score, &people[a.contact].contact.id).cmp(&(a.score, &people[b.contact].contact.id))
    });
    places
}

fn score(person: &Checked, now: Moment) -> u64 {
    let year = now.month().back(11);
    let recent: u64 = person.contact.months.range(year..).map(|(_, count)| count).sum();
    person.contact.messages + 3 * recent + GROUP * person.contact.groups.len() as u64
}
