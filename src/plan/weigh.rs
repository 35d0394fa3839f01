//! Contacts and groups as ties: what weighs how much.
//!
//! In a group everybody weighs 1/(size - 1) for everybody else, the user
//! included, so that a group weighs 1 in all. A direct chat weighs up to 1 more,
//! by how much was said and how long ago. Whoever can be reached already is there.

use std::collections::BTreeMap;

use jiff::Span;

use super::Question;
use super::asked::Answered;
use super::numbers::Numbers;
use super::spread::{Knot, Person, Standing, Ties};
use crate::check::Checked;
use crate::model::finding::MemberState;
use crate::model::{Contact, Group, Moment, Month, Scope};

/// A direct chat with so many fresh messages weighs half as much as one with
/// any number of them.
const HALF: f64 = 60.0;

/// After so many months a message weighs half.
const FADES: i32 = 6;

/// Messages older than that (in months) weigh nothing.
const OLDEST: i32 = 120;

/// What it adds to somebody's worth that much is said with them.
const CLOSE: f64 = 0.25;

/// What it is worth that somebody outside the circle comes: they count for no
/// number, but their group moves only with them.
const STRANGER: f64 = 0.25;

/// The ties of all contacts, each under its number.
pub fn ties(question: &Question<'_>, numbers: &mut Numbers) -> Ties {
    let person = |number: usize| weighed(question, &question.people[numbers.contact(number)]);
    let people = (0..question.people.len()).map(person).collect();
    let knots = std::mem::take(&mut numbers.members).into_iter().map(Knot::group).collect();
    Ties::new(people, knots).keyed(numbers.keys.clone(), numbers.knot_keys.clone())
}

/// Who is in a group.
pub fn members(group: &Group) -> impl Iterator<Item = usize> + '_ {
    group.members.iter().filter(|(_, state)| **state == MemberState::In).map(|(contact, _)| *contact)
}

fn weighed(question: &Question<'_>, person: &Checked) -> Person {
    let contact = &person.contact;
    let answered = question.asked.get(&contact.id).copied();
    let counts = contact.scope == Scope::Circle;
    let standing = match answered {
        _ if contact.excluded => Standing::Out,
        _ if person.is_reachable() => Standing::There,
        Some(Answered::Declined) => Standing::Out,
        Some(Answered::Never) => Standing::Follows,
        // Nobody is written to who shares no chat with the user.
        _ if counts && (!question.has_whatsapp || contact.is_on_whatsapp()) => Standing::Open,
        _ => Standing::Follows,
    };
    let direct = direct(contact, question.now);
    Person {
        standing,
        direct,
        worth: if counts { 1.0 + CLOSE * direct } else { STRANGER },
        accepts: answered.map_or(1.0, Answered::accepts),
    }
}

/// What the user weighs for a contact through the direct chat, 0 to 1.
#[expect(clippy::cast_precision_loss, reason = "counts of messages")]
fn direct(contact: &Contact, now: Moment) -> f64 {
    let both = contact.direct.mine.saturating_add(contact.direct.theirs);
    if both == 0 || contact.messages == 0 {
        return 0.0;
    }
    let fresh = |(month, count): (&Month, &u64)| {
        let age = (0..OLDEST).find(|age| now.month().back(*age) <= *month);
        age.map_or(0.0, |age| *count as f64 * f64::from(FADES) / f64::from(FADES + age))
    };
    // What they wrote in groups counts there.
    let share = (both as f64 / contact.messages as f64).min(1.0);
    let fresh: f64 = contact.months.iter().map(fresh).sum::<f64>() * share;
    fresh / (fresh + HALF)
}

/// The day after which the last twelve months begin.
pub fn year_begins(now: Moment) -> jiff::civil::Date {
    now.date().saturating_sub(Span::new().years(1))
}

/// The messages of the last twelve months, to the day as far as can be told:
/// sources count by month, so of the month in which the twelve begin counts the
/// share of its days, and nothing if the last message is known to be older.
pub fn last_year(months: &BTreeMap<Month, u64>, last: Option<Moment>, now: Moment) -> u64 {
    let begins = year_begins(now);
    if last.is_some_and(|last| last.date() <= begins) {
        return 0;
    }
    let first = Month::of(begins);
    let days = u64::from(begins.days_in_month().unsigned_abs());
    let left = days.saturating_sub(u64::from(begins.day().unsigned_abs()));
    let part =
        months.get(&first).map_or(0, |count| count.saturating_mul(left).saturating_add(days / 2) / days);
    months.range(first.next()..=now.month()).fold(part, |sum, (_, count)| sum.saturating_add(*count))
}
