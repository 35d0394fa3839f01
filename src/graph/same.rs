//! Whether two tellings are of one and the same chat: of two texts, or of a
//! text and a database.
//!
//! A title says it best, then a notice that the group was called so once. Where
//! neither does (a contact was renamed, a group's notice fell off), what stands
//! in the chat has to: when its first messages were written, or how many of
//! them there are month by month. Two friends who write alike stay two.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::finding::{Chat, ChatKind};
use crate::model::{Foreign, Moment, Month, NameKey, Phone};

use super::name::title_key;

/// So many messages must agree, for two chats of different titles to be one …
pub const AGREEING: u64 = 40;
/// … and where not even their beginnings are the same, in so many months.
const MONTHS: usize = 4;
/// The times of first messages weigh so much if they are to prove it alone: one
/// each, and two where their seconds are known. A greeting that went to all
/// friends at once, and two answers in the same minute, are less …
const BEGINNING: usize = 6;
/// A group that got another name mostly says so: without that, more is asked.
const BEGINNING_OF_GROUP: usize = 10;
/// … and each of two writers has so much of it …
const EACH: usize = 2;
/// … at so many different times.
pub const TIMES: usize = 3;

/// What a telling of a chat is known by. `W` tells its writers from each other.
#[derive(Debug)]
pub struct Likeness<W> {
    kind: ChatKind,
    /// The key of its title, as saved names have one.
    title: Option<NameKey>,
    /// The same as a file's name can hold it.
    called: Option<String>,
    /// All names that it bears or bore, in that form.
    titles: BTreeSet<String>,
    writers: BTreeMap<W, Wrote>,
    months: BTreeMap<Month, u64>,
    first: Option<Moment>,
    last: Option<Moment>,
    /// Whether its people have no names by which they could be compared.
    nameless: bool,
    /// The numbers that address books give under its title.
    numbers: BTreeSet<Phone>,
}

/// What one writer wrote.
#[derive(Clone, Debug, Default)]
pub struct Wrote {
    /// How much in each month.
    pub months: BTreeMap<Month, u64>,
    /// When the first few messages were written.
    pub opening: Vec<Moment>,
    /// Under which number.
    pub phone: Option<Phone>,
}

impl Likeness<NameKey> {
    /// What a text is known by among other texts. `numbers` are those that
    /// address books give under its title.
    pub fn of_text(chat: &Chat, numbers: BTreeSet<Phone>) -> Self {
        let mut writers: BTreeMap<NameKey, Wrote> = BTreeMap::new();
        for writer in &chat.people {
            let entry = writers.entry(writer.name.shown_key(writer.push_name)).or_default();
            entry.add(&writer.months);
            entry.opening.extend(&writer.opening);
            entry.phone = entry.phone.take().or_else(|| writer.phone.clone());
        }
        Self { numbers, ..Likeness::of(chat, writers) }
    }
}

impl<W: Ord> Likeness<W> {
    /// What a text is known by, with `writers` as somebody else tells them apart.
    pub fn of(chat: &Chat, writers: BTreeMap<W, Wrote>) -> Self {
        Self {
            kind: chat.kind,
            title: chat.title.as_ref().map(Foreign::key),
            called: chat.title.as_ref().map(title_key),
            titles: chat.title.iter().chain(&chat.titles).map(title_key).collect(),
            writers,
            months: by_month(chat),
            first: chat.people.iter().filter_map(|p| p.first).min(),
            last: chat.last(),
            nameless: false,
            numbers: BTreeSet::new(),
        }
    }

    /// What a group of the databases is known by. `nameless` if nothing tells
    /// who its people are.
    pub fn of_group(
        title: Option<&Foreign>,
        writers: BTreeMap<W, Wrote>,
        months: BTreeMap<Month, u64>,
        nameless: bool,
    ) -> Self {
        Self {
            kind: ChatKind::Group,
            title: title.map(Foreign::key),
            called: title.map(title_key),
            titles: title.map(title_key).into_iter().collect(),
            writers,
            months,
            first: None,
            last: None,
            nameless,
            numbers: BTreeSet::new(),
        }
    }

    /// Whether it is the same chat as another one.
    pub fn is_same_as(&self, other: &Self) -> bool {
        let kinds =
            self.kind == other.kind || self.kind == ChatKind::Unknown || other.kind == ChatKind::Unknown;
        if !kinds {
            return false;
        }
        if self.bears_the_title_of(other) {
            return !self.are_strangers_to(other)
                && !self.is_apart_from(other)
                && keep_pace(&self.months, &other.months);
        }
        // Between two nobody gives the chat a name: the title is a person's.
        let groups = self.kind != ChatKind::Direct && other.kind != ChatKind::Direct;
        let told = groups && (self.was_called_as(other) || other.was_called_as(self));
        told && self.knows_most_of(other) && keep_pace(&self.months, &other.months)
            || self.has_the_content_of(other)
    }

    /// Whether both are called the same now.
    pub fn bears_the_title_of(&self, other: &Self) -> bool {
        self.title.is_some() && self.title == other.title
    }

    /// Whether it bears, or bore, the name that the other one has now.
    fn was_called_as(&self, other: &Self) -> bool {
        other.called.as_ref().is_some_and(|title| self.titles.contains(title))
    }

    /// How many people are in both.
    pub fn in_common(&self, other: &Self) -> usize {
        self.writers.keys().filter(|who| other.writers.contains_key(who)).count()
    }

    /// Whether nobody is in both.
    fn are_strangers_to(&self, other: &Self) -> bool {
        let comparable = !self.nameless && !other.nameless;
        let both = !self.writers.is_empty() && !other.writers.is_empty();
        comparable && both && self.in_common(other) == 0
    }

    /// Two people can bear one name: chats between two that share no time at all
    /// are two.
    fn is_apart_from(&self, other: &Self) -> bool {
        let ends = |chat: &Self| Some((chat.first?, chat.last?));
        let apart = ends(self).zip(ends(other)).is_some_and(|(a, b)| a.1 < b.0 || b.1 < a.0);
        apart && self.kind != ChatKind::Group && other.kind != ChatKind::Group
    }

    /// One name of two is the renamed one; of many, most are the same.
    fn knows_most_of(&self, other: &Self) -> bool {
        let common = self.in_common(other);
        common > 0 && common * 2 >= self.writers.len().min(other.writers.len())
    }

    /// Whether it holds what another one holds under another title.
    fn has_the_content_of(&self, other: &Self) -> bool {
        if !self.knows_most_of(other) || self.is_with_somebody_else(other) {
            return false;
        }
        let pairs = self.pairs(other);
        let groups = self.kind == ChatKind::Group || other.kind == ChatKind::Group;
        let beginning = beginning(&pairs, if groups { BEGINNING_OF_GROUP } else { BEGINNING });
        let minute = |at: Option<Moment>| at.map(|at| truncated(at, false));
        let begin_alike = match beginning {
            Beginning::Untold => self.first.is_some() && minute(self.first) == minute(other.first),
            Beginning::Alike | Beginning::Proven => true,
            Beginning::Apart => false,
        };
        let (mut agreeing, mut months) = (0, 0);
        for month in whole_months(&self.months, &other.months, begin_alike) {
            let (a, b) = (in_month(&self.months, month), in_month(&other.months, month));
            let each = |(one, other): &(&Wrote, &Wrote)| {
                agree(in_month(&one.months, month), in_month(&other.months, month))
            };
            if !agree(a, b) || !pairs.iter().all(each) {
                return false;
            }
            agreeing += a.min(b);
            months += usize::from(a > 0);
        }
        match beginning {
            Beginning::Proven => self.goes_on_as(other),
            // The user is in every chat: who alone is common to two proves nothing.
            _ => agreeing >= AGREEING && (begin_alike || self.in_common(other) > 1 && months >= MONTHS),
        }
    }

    /// Whether it is a chat with one person, and the other one with another,
    /// as their numbers say.
    fn is_with_somebody_else(&self, other: &Self) -> bool {
        if self.kind == ChatKind::Group && other.kind == ChatKind::Group {
            return false;
        }
        let partner = |chat: &Self, beside: &Self| {
            let own = chat.writers.iter().filter(|(who, _)| !beside.writers.contains_key(who));
            let shown: BTreeSet<Phone> = own.filter_map(|(_, wrote)| wrote.phone.clone()).collect();
            if shown.is_empty() { chat.numbers.clone() } else { shown }
        };
        let (here, there) = (partner(self, other), partner(other, self));
        let same = |a: &Phone| there.iter().any(|b| a == b || a.same() == b.same());
        !here.is_empty() && !there.is_empty() && !here.iter().any(same)
    }

    /// Who wrote here together with who wrote there: under one name, and if only
    /// one is left on both sides, that one, who was renamed.
    fn pairs<'a>(&'a self, other: &'a Self) -> Vec<(&'a Wrote, &'a Wrote)> {
        let mut pairs: Vec<_> =
            self.writers.iter().filter_map(|(who, wrote)| Some((wrote, other.writers.get(who)?))).collect();
        let left = |chat: &'a Self, beside: &'a Self| {
            let mut left = chat.writers.iter().filter(|(who, _)| !beside.writers.contains_key(who));
            let only = left.next().map(|(_, wrote)| wrote)?;
            left.next().is_none().then_some(only)
        };
        pairs.extend(left(self, other).zip(left(other, self)));
        pairs
    }

    /// Whether the one that ends earlier has no more in its last month than the
    /// one that goes on.
    fn goes_on_as(&self, other: &Self) -> bool {
        let (short, long) = if self.last <= other.last { (self, other) } else { (other, self) };
        short.months.last_key_value().is_none_or(|(month, count)| {
            let there = in_month(&long.months, *month);
            there >= *count || agree(there, *count)
        })
    }
}

impl Wrote {
    /// Adds what the same person wrote under another name.
    pub fn add(&mut self, months: &BTreeMap<Month, u32>) {
        for (month, count) in months {
            *self.months.entry(*month).or_insert(0) += u64::from(*count);
        }
    }
}

/// What the first messages of two chats say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Beginning {
    /// Not enough is known of them.
    Untold,
    /// The chats begin with different messages.
    Apart,
    /// They begin with the same ones, which may be chance.
    Alike,
    /// So many are the same that it is no chance.
    Proven,
}

/// Compares the first messages, which prove something if they weigh `enough`.
fn beginning(pairs: &[(&Wrote, &Wrote)], enough: usize) -> Beginning {
    let known: Vec<_> =
        pairs.iter().filter(|(a, b)| !a.opening.is_empty() && !b.opening.is_empty()).collect();
    if known.is_empty() {
        return Beginning::Untold;
    }
    // Android writes no seconds.
    let has_seconds = |wrote: &Wrote| wrote.opening.iter().any(|at| at.civil().second() != 0);
    let seconds = known.iter().any(|(a, _)| has_seconds(a)) && known.iter().any(|(_, b)| has_seconds(b));
    let weight = if seconds { 2 } else { 1 };
    let times = |wrote: &Wrote| {
        let mut times: Vec<_> = wrote.opening.iter().map(|at| truncated(*at, seconds)).collect();
        times.sort();
        times
    };
    let (mut total, mut sides, mut different) = (0, 0, BTreeSet::new());
    for (one, other) in known {
        let (one, mut other) = (times(one), times(other));
        let fewest = one.len().min(other.len());
        let mut agreeing = 0;
        for at in one {
            if let Some(place) = other.iter().position(|there| *there == at) {
                other.remove(place);
                agreeing += 1;
                different.insert(at);
            }
        }
        // One of many can have been deleted.
        if agreeing < fewest - usize::from(fewest > 3) {
            return Beginning::Apart;
        }
        total += agreeing * weight;
        sides += usize::from(agreeing * weight >= EACH);
    }
    match total >= enough && sides > 1 && different.len() >= TIMES {
        true => Beginning::Proven,
        false => Beginning::Alike,
    }
}

/// A time to the second, or to the minute.
fn truncated(at: Moment, seconds: bool) -> String {
    at.to_string().chars().take(if seconds { 19 } else { 16 }).collect()
}

/// Whether two tellings hold as many messages, but for one that was deleted.
pub fn agree(a: u64, b: u64) -> bool {
    a.abs_diff(b) <= 1.max(a.max(b) / 20)
}

/// How many messages lie in a month.
pub fn in_month(months: &BTreeMap<Month, u64>, month: Month) -> u64 {
    months.get(&month).copied().unwrap_or(0)
}

/// The months that two chats both cover from beginning to end; the first one as
/// well if they begin with the same message.
pub fn whole_months(
    one: &BTreeMap<Month, u64>,
    other: &BTreeMap<Month, u64>,
    begin_alike: bool,
) -> BTreeSet<Month> {
    let inside = |months: &BTreeMap<Month, u64>, month: &Month| {
        let begun = months.keys().next().is_some_and(|first| first < month || begin_alike && first == month);
        begun && months.keys().next_back() > Some(month)
    };
    one.keys().chain(other.keys()).filter(|m| inside(one, m) && inside(other, m)).copied().collect()
}

/// Whether two tellings of a chat hold about as many messages in each month
/// that both of them cover from beginning to end.
pub fn keep_pace(one: &BTreeMap<Month, u64>, other: &BTreeMap<Month, u64>) -> bool {
    whole_months(one, other, false).into_iter().all(|month| {
        let (a, b) = (in_month(one, month), in_month(other, month));
        // Deleted and edited messages make small differences.
        a.abs_diff(b) <= 3.max(a.max(b) / 4)
    })
}

/// How many messages of a chat lie in each month.
pub fn by_month(chat: &Chat) -> BTreeMap<Month, u64> {
    let mut months = BTreeMap::new();
    for (month, count) in chat.people.iter().flat_map(|p| &p.months) {
        *months.entry(*month).or_insert(0) += u64::from(*count);
    }
    months
}
