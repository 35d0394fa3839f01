//! Which chat of a database that knows no names a text of a chat between two
//! tells of. The text has a name and no number, the database a number and no
//! name: what they have in common is when was written, and how much.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil;

use crate::model::database::Volume;
use crate::model::finding::Writer;
use crate::model::{Finding, Moment, Month};

use super::Source;
use super::chats::Kept;
use super::same::{AGREEING, TIMES, agree, in_month, whole_months};
use super::trace::Traces;

/// The farthest that a clock on the wall is from UTC, in minutes …
const FARTHEST: i64 = 14 * 60;
/// … the steps in which zones differ …
const STEP: i64 = 15;
/// … and what summer makes of one zone.
const SUMMER: i64 = 60;

/// What one side of a chat wrote.
struct Side {
    messages: u64,
    first: i64,
    last: i64,
    months: BTreeMap<Month, u64>,
}

/// Both sides of a chat: the user, and the other one.
struct Sides([Side; 2]);

/// The traces of people whom texts name and databases number who had the same
/// chat: of each chat that is like exactly one other.
pub fn chats(sources: &[Source], kept: &[Kept<'_>], traces: &Traces<'_>) -> Vec<(usize, usize)> {
    let numbered = numbered(sources, traces);
    if numbered.is_empty() {
        return Vec::new();
    }
    let named: Vec<(usize, Sides)> =
        kept.iter().enumerate().filter_map(|(index, kept)| named(index, kept, traces)).collect();
    let mut pairs = Vec::new();
    for (trace, text) in &named {
        pairs.extend(numbered.iter().filter(|(_, told)| text.is_of(told)).map(|(other, _)| (*trace, *other)));
    }
    let alone = |pair: &(usize, usize)| {
        let others = pairs.iter().filter(|other| *other != pair);
        // Several databases can tell of one person.
        let same = |other: usize| {
            let (one, other) = (&traces.all[pair.1], &traces.all[other]);
            one.phones == other.phones && one.lids == other.lids
        };
        others.into_iter().all(|other| if other.0 == pair.0 { same(other.1) } else { !same(other.1) })
    };
    pairs.iter().copied().filter(alone).collect()
}

/// The chats of the databases with people who have no name there.
fn numbered(sources: &[Source], traces: &Traces<'_>) -> Vec<(usize, Sides)> {
    let mut found = Vec::new();
    for (source, first) in &traces.in_database {
        let Finding::Database(database) = &sources[*source].finding else { continue };
        for chat in &database.chats {
            let Some(partner) = chat.partner else { continue };
            let trace = &traces.all[first + partner];
            let both = || {
                let theirs = chat.theirs.get(&partner)?;
                Some(Sides([Side::of_volume(&chat.mine)?, Side::of_volume(theirs)?]))
            };
            if trace.saved_name.is_none() && !trace.is_me {
                found.extend(both().map(|sides| (first + partner, sides)));
            }
        }
    }
    found
}

/// A text of a chat with somebody who has no number there.
fn named(index: usize, kept: &Kept<'_>, traces: &Traces<'_>) -> Option<(usize, Sides)> {
    let partner = *traces.partner.get(&index)?;
    let trace = &traces.all[partner];
    if !trace.phones.is_empty() || trace.saved_name.is_none() || trace.is_me {
        return None;
    }
    let (mut mine, mut theirs) = (None, None);
    for writer in &kept.chat.people {
        let written = *traces.in_chat.get(&(index, writer.name.shown_key(writer.push_name)))?;
        let side = if written == partner { &mut theirs } else { &mut mine };
        // Under two names nobody is compared.
        if written != partner && !traces.all[written].is_me || side.is_some() {
            return None;
        }
        *side = Some(Side::of_writer(writer)?);
    }
    Some((partner, Sides([mine?, theirs?])))
}

impl Side {
    fn of_volume(volume: &Volume) -> Option<Side> {
        let months = volume.months.iter().map(|(month, count)| (*month, u64::from(*count))).collect();
        let (first, last) = (minute(volume.first?), minute(volume.last?));
        Some(Side { messages: volume.messages, first, last, months })
    }

    fn of_writer(writer: &Writer) -> Option<Side> {
        let months = writer.months.iter().map(|(month, count)| (*month, u64::from(*count))).collect();
        let (first, last) = (minute(writer.first?), minute(writer.last?));
        Some(Side { messages: writer.messages, first, last, months })
    }
}

impl Sides {
    /// Whether a text is of the chat that a database tells of: both sides begin
    /// at the same time, and either they end so with as many messages, or they
    /// have as many in all months that both cover. What was written at fewer
    /// times, or less, may be chance.
    fn is_of(&self, told: &Sides) -> bool {
        let sides = || self.0.iter().zip(&told.0);
        let zone = self.0[0].first - told.0[0].first;
        let fits = |text: i64, instant: i64| {
            let there = text - instant;
            there.abs() <= FARTHEST && there % STEP == 0 && (there - zone).abs() <= SUMMER
        };
        if !sides().all(|(text, told)| fits(text.first, told.first)) {
            return false;
        }
        if sides().all(|(a, b)| fits(a.last, b.last) && agree(a.messages, b.messages)) {
            let times: BTreeSet<i64> = told.0.iter().flat_map(|side| [side.first, side.last]).collect();
            return times.len() >= TIMES;
        }
        let (one, other) = (self.months(), told.months());
        let months = whole_months(&one, &other, true);
        let each = |month: &Month| {
            sides().all(|(a, b)| agree(in_month(&a.months, *month), in_month(&b.months, *month)))
        };
        let common: u64 = months.iter().map(|month| in_month(&one, *month)).sum();
        common >= AGREEING && months.iter().all(each)
    }

    fn months(&self) -> BTreeMap<Month, u64> {
        let mut months = BTreeMap::new();
        for (month, count) in self.0.iter().flat_map(|side| &side.months) {
            *months.entry(*month).or_insert(0) += count;
        }
        months
    }
}

/// The minute in which something was written, on whatever clock.
fn minute(at: Moment) -> i64 {
    at.civil().duration_since(civil::date(2000, 1, 1).at(0, 0, 0, 0)).as_secs().div_euclid(60)
}
