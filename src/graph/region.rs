//! Where numbers without a country code belong.
//!
//! The user's word counts first, then their own number, then what most of
//! their address book says; and which of them it was is told. Where nothing
//! says so, no such number is placed: a wrong guess would be somebody else.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::finding::Book;
use crate::model::phone::{NotPhone, RegionCode};
use crate::model::{Code, Finding, Phone, Problem};

use super::me::Me;
use super::{Decisions, Source};

/// Fewer numbers are no "most of the address book".
const ENOUGH: usize = 3;

/// What told where numbers without a country code belong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    /// The user said so.
    Given,
    /// The user's own number.
    OwnNumber,
    /// More than half of the numbers with a country code in the address book.
    AddressBook,
}

/// The regions of an address book.
#[derive(Clone, Debug, Default)]
pub struct Regions {
    /// Where numbers without a country code belong.
    pub home: Option<(RegionCode, By)>,
    /// The regions of the other numbers, the most frequent first.
    pub met: Vec<RegionCode>,
    /// How many digits the numbers of each country code have.
    lengths: BTreeMap<String, BTreeSet<usize>>,
}

impl Regions {
    /// The region of numbers without a country code.
    pub fn home(&self) -> Option<RegionCode> {
        self.home.map(|(region, _)| region)
    }

    /// Whether a number that was placed by what most of the address book says had
    /// better be asked about: the plan has none such, and it is not written as
    /// numbers are there, or looks like those of another region of the book.
    pub fn is_doubtful(&self, text: &str, placed: &Phone) -> bool {
        let Some((home, By::AddressBook)) = self.home else { return false };
        if placed.is_assigned() {
            return false;
        }
        let bare = !text.trim_start().starts_with('0') && placed.is_dialled_with_zero();
        let looks_like = |phone: &Phone| {
            self.lengths.get(phone.calling_code()).is_some_and(|known| known.contains(&phone.digits().len()))
        };
        let there = |region: &RegionCode| {
            Phone::parse(text, Some(*region))
                .is_ok_and(|phone| phone.is_assigned() || (looks_like(&phone) && !looks_like(placed)))
        };
        bare || self.met.iter().filter(|region| **region != home).any(there)
    }

    /// What a number might be that cannot be placed.
    pub fn candidates(&self, text: &str) -> Vec<Phone> {
        let mut regions: Vec<RegionCode> = self.home().into_iter().chain(self.met.iter().copied()).collect();
        let mut seen = Vec::new();
        regions.retain(|region| {
            let new = !seen.contains(region);
            seen.push(*region);
            new
        });
        crate::model::phone::candidates(text, &regions)
    }

    /// Says by what so many numbers were placed, if the user did not say it.
    pub fn told(&self, placed: u64) -> Option<Problem> {
        let (region, by) = self.home.filter(|_| placed > 0)?;
        let code = match by {
            By::Given => return None,
            By::OwnNumber => Code::RegionOfOwnNumber,
            By::AddressBook => Code::RegionOfAddressBook,
        };
        Some(Problem::new(code).counted(placed).quoting(region.id()))
    }
}

/// Finds the regions of the user's address books.
pub fn find(sources: &[Source], me: &Me, decisions: &Decisions) -> Regions {
    let mut counted: BTreeMap<String, (usize, BTreeSet<usize>)> = BTreeMap::new();
    let (mut all, mut national) = (0, false);
    let books = || {
        sources.iter().filter_map(|source| match &source.finding {
            Finding::Book(book) => Some(&**book),
            _ => None,
        })
    };
    for number in books().flat_map(|book| &book.cards).flat_map(|card| &card.phones) {
        match number.place(None) {
            Ok(phone) => {
                all += 1;
                if !counted.contains_key(phone.calling_code()) {
                    counted.insert(phone.calling_code().to_owned(), (0, BTreeSet::new()));
                }
                if let Some((count, lengths)) = counted.get_mut(phone.calling_code()) {
                    *count += 1;
                    lengths.insert(phone.digits().len());
                }
            }
            Err(NotPhone::NeedsRegion) => national = true,
            Err(NotPhone::OtherRegion | NotPhone::Damaged | NotPhone::Unclear | NotPhone::Unusable) => {}
        }
    }
    if !national {
        // Nothing to place: the plans, which take their time, stay unread.
        return Regions { home: decisions.region.map(|region| (region, By::Given)), ..Regions::default() };
    }
    let mut ranked: Vec<(usize, String)> =
        counted.iter().map(|(code, (count, _))| (*count, code.clone())).collect();
    ranked.sort_by(|a, b| (b.0, &a.1).cmp(&(a.0, &b.1)));
    let most = ranked.first().filter(|(count, _)| *count >= ENOUGH && *count * 2 > all);
    let most = most.and_then(|(_, code)| region_of(code, books()));
    let own = || me.phones.iter().find_map(Phone::region);
    let home = decisions.region.map(|region| (region, By::Given));
    let home = home.or_else(|| own().map(|region| (region, By::OwnNumber)));
    let home = home.or_else(|| most.map(|region| (region, By::AddressBook)));
    let met = ranked.iter().filter_map(|(_, code)| RegionCode::of_calling_code(code)).collect();
    let lengths = counted.into_iter().map(|(code, (_, lengths))| (code, lengths)).collect();
    Regions { home, met, lengths }
}

/// So many numbers tell the regions apart that share a country code.
const SAMPLE: usize = 256;

/// The region that most numbers of a country code are of: several share some.
fn region_of<'a>(code: &str, books: impl Iterator<Item = &'a Book>) -> Option<RegionCode> {
    let numbers = books.flat_map(|book| &book.cards).flat_map(|card| &card.phones);
    let placed = numbers.filter_map(|number| number.place(None).ok());
    let mut counted: BTreeMap<String, usize> = BTreeMap::new();
    for phone in placed.filter(|phone| phone.calling_code() == code).take(SAMPLE) {
        if let Some(region) = phone.region() {
            *counted.entry(region.id()).or_insert(0) += 1;
        }
    }
    let main = RegionCode::of_calling_code(code);
    let most = counted.into_iter().map(|(id, count)| (count, RegionCode::parse(&id)));
    // Of several with as many the one that the plan is named after.
    most.max_by_key(|(count, region)| (*count, *region == main)).and_then(|(_, region)| region).or(main)
}
