//! Where numbers without a country code belong.
//!
//! The user's word counts first, then their own number, then what most of
//! their address book says; and which of them it was is told. Where nothing
//! says so, no such number is placed: a wrong guess would be somebody else.

use std::collections::BTreeMap;

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
}

impl Regions {
    /// The region of numbers without a country code.
    pub fn home(&self) -> Option<RegionCode> {
        self.home.map(|(region, _)| region)
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
    let mut counted: BTreeMap<String, usize> = BTreeMap::new();
    let (mut all, mut national) = (0, false);
    let books = sources.iter().filter_map(|source| match &source.finding {
        Finding::Book(book) => Some(book),
        _ => None,
    });
    for number in books.flat_map(|book| &book.cards).flat_map(|card| &card.phones) {
        match number.place(None) {
            Ok(phone) => {
                all += 1;
                match counted.get_mut(phone.calling_code()) {
                    Some(count) => *count += 1,
                    None => drop(counted.insert(phone.calling_code().to_owned(), 1)),
                }
            }
            Err(NotPhone::NeedsRegion) => national = true,
            Err(NotPhone::OtherRegion | NotPhone::Damaged | NotPhone::Unclear | NotPhone::Unusable) => {}
        }
    }
    if !national {
        // Nothing to place: the plans, which take their time, stay unread.
        return Regions { home: decisions.region.map(|region| (region, By::Given)), met: Vec::new() };
    }
    let mut ranked: Vec<(usize, String)> = counted.into_iter().map(|(code, count)| (count, code)).collect();
    ranked.sort_by(|a, b| (b.0, &a.1).cmp(&(a.0, &b.1)));
    let most = ranked.first().filter(|(count, _)| *count >= ENOUGH && *count * 2 > all);
    let most = most.and_then(|(_, code)| RegionCode::of_calling_code(code));
    let own = || me.phones.iter().find_map(Phone::region);
    let home = decisions.region.map(|region| (region, By::Given));
    let home = home.or_else(|| own().map(|region| (region, By::OwnNumber)));
    let home = home.or_else(|| most.map(|region| (region, By::AddressBook)));
    let met = ranked.iter().filter_map(|(_, code)| RegionCode::of_calling_code(code)).collect();
    Regions { home, met }
}
