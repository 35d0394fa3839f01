//! Whom somebody shares groups with, and how many of these are on a channel already.
//! Only counts are told of people, and names only of those who are named anyway
//! because the user says that they may be.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use super::firstname;
use super::link;
use crate::check::Checked;
use crate::model::channel::PerChannel;
use crate::model::{Channel, ContactId, Foreign};

/// At most so many people are named in a text.
const NAMES: usize = 2;

/// The groups, ready to be asked.
pub(super) struct Circles<'a> {
    people: &'a [Checked],
    /// The titles that can stand in a text.
    titles: Vec<Option<String>>,
    /// The links into the new groups, with the channel that each leads to.
    ways: Vec<Option<(Channel, &'a str)>>,
    /// How many contacts are in each group.
    sizes: Vec<usize>,
    /// Who of each group is on a channel.
    there: PerChannel<Vec<Vec<usize>>>,
    /// The first names of those who may be named.
    allowed: Vec<(usize, String)>,
}

/// What a text can say of the circle.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Company {
    /// The title of a shared group.
    pub group: Option<String>,
    /// How many of it, or of all shared groups where there is no title, are there
    /// already: none or two and more.
    pub there: usize,
    /// Some of those who are there.
    pub names: Vec<String>,
    /// How many beside them: none or two and more.
    pub others: usize,
    /// The way into the group of that title, on the channel that is spoken of.
    pub way: Option<String>,
}

impl<'a> Circles<'a> {
    /// The circles of these people. `links` are those into new groups, by the keys of the
    /// old ones' titles.
    pub fn new(
        people: &'a [Checked],
        titles: &[&Foreign],
        allowed: &BTreeSet<ContactId>,
        links: &'a BTreeMap<String, String>,
    ) -> Circles<'a> {
        let mut sizes = vec![0; titles.len()];
        let mut there = PerChannel::from_fn(|_| vec![Vec::new(); titles.len()]);
        for (at, person) in people.iter().enumerate() {
            for group in person.contact.groups.iter().filter(|group| **group < titles.len()) {
                sizes[*group] += 1;
                for channel in Channel::ALL.into_iter().filter(|channel| person.is_on(*channel)) {
                    there.get_mut(channel)[*group].push(at);
                }
            }
        }
        let may = |(at, person): (usize, &Checked)| {
            let name = firstname::greeting(&person.contact)?;
            allowed.contains(&person.contact.id).then_some((at, name))
        };
        let allowed = people.iter().enumerate().filter_map(may).collect();
        let way = |title: &&Foreign| {
            let link = links.get(title.key().as_str())?;
            Some((link::leads_to(link)?, link.as_str()))
        };
        let ways = titles.iter().map(way).collect();
        let titles = titles.iter().map(|title| firstname::title(title)).collect();
        Circles { people, titles, ways, sizes, there, allowed }
    }

    /// What to say to somebody. Each `turn` speaks of the next group, where there are
    /// several.
    pub fn company(&self, at: usize, channel: Channel, turn: usize) -> Company {
        let Some(person) = self.people.get(at) else { return Company::default() };
        let there = self.there.get(channel);
        let others = |group: usize| there[group].iter().copied().filter(|other| *other != at);
        let mine = || person.contact.groups.iter().copied().filter(|group| *group < self.titles.len());

        // Those first that have a place there, then those of which most are there; of equal
        // ones the smallest, with which the two have most to do.
        let way = |group: usize| self.ways[group].filter(|(to, _)| *to == channel).map(|(_, link)| link);
        let mut known: Vec<(Option<&str>, usize, usize, &str)> = mine()
            .filter_map(|group| {
                let count = others(group).count();
                let title = self.titles[group].as_deref()?;
                Some((way(group), if count >= 2 { count } else { 0 }, self.sizes[group], title))
            })
            .collect();
        known.sort_by_key(|(way, count, size, _)| (way.is_none(), Reverse(*count), *size));
        let spoken_of = turn.checked_rem(known.len()).and_then(|at| known.get(at));
        let mut company = Company {
            group: spoken_of.map(|(.., title)| (*title).to_owned()),
            there: spoken_of.map_or(0, |(_, count, ..)| *count),
            way: spoken_of.and_then(|(way, ..)| way.map(str::to_owned)),
            ..Company::default()
        };
        let names = !self.allowed.is_empty();
        if company.there == 0 || names {
            let all: BTreeSet<usize> = mine().flat_map(others).collect();
            if company.there == 0 && all.len() >= 2 && company.way.is_none() {
                company.group = None;
                company.there = all.len();
            }
            let named = self.allowed.iter().filter(|(other, _)| all.contains(other)).take(NAMES);
            company.names = named.map(|(_, name)| name.clone()).collect();
            let others = all.len().saturating_sub(company.names.len());
            company.others = if others >= 2 { others } else { 0 };
        }
        company
    }
}
