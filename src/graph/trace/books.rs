//! The traces of address books, of Signal's contact list, and of the report
//! about the user's WhatsApp account.

use std::collections::BTreeSet;

use crate::model::finding::{AccountReport, Book, Card, SignalExport, SignalList};
use crate::model::identity::Address;
use crate::model::phone::{Line, NotPhone, RegionCode, digit};
use crate::model::{Few, Foreign, Locator, Phone};

use super::super::Source;
use super::super::chats::Kept;
use super::super::me::Me;
use super::super::region::Regions;
use super::{Change, MOST_PLACES, Trace, TraceKind, Traces};

impl<'a> Traces<'a> {
    pub(super) fn book(
        &mut self,
        index: usize,
        source: &Source,
        book: &'a Book,
        own: bool,
        me: &Me,
        regions: &Regions,
    ) {
        self.all.reserve_exact(book.cards.len());
        for card in &book.cards {
            let (mut phones, mut unplaced) = (BTreeSet::new(), Vec::new());
            for number in &card.phones {
                let placed = match (number.place(None), regions.home()) {
                    (Err(NotPhone::NeedsRegion), Some(home)) => book.place_national(number, home),
                    (placed, _) => {
                        phones.extend(placed.as_ref().ok().cloned());
                        if let Err(why @ (NotPhone::NeedsRegion | NotPhone::Unclear)) = placed {
                            unplaced.push((number.text.clone(), why));
                        }
                        continue;
                    }
                };
                match placed {
                    // What most of the book says is a guess that others can outdo.
                    Ok(phone) if regions.is_doubtful(number.text.raw(), &phone) => {
                        unplaced.push((number.text.clone(), NotPhone::NeedsRegion));
                    }
                    Ok(phone) => {
                        self.placed += 1;
                        self.placed_as.push((self.all.len(), number.text.clone()));
                        if self.placed_at.len() < MOST_PLACES {
                            self.placed_at.insert(card.locator(&source.path));
                        }
                        phones.insert(phone);
                    }
                    Err(NotPhone::Unusable) => {}
                    Err(why) => unplaced.push((number.text.clone(), why)),
                }
            }
            // A number behind the name of Signal is a number like any other.
            phones.extend(card.addresses.iter().filter_map(|address| match address {
                Address::Phone(phone) => Some(phone.clone()),
                _ => None,
            }));
            let is_nobody = card.company || is_service(card, &phones, &unplaced);
            let named_me = card.name.as_ref().is_some_and(|n| me.given_names.contains(&n.key()));
            let is_me = named_me || phones.iter().any(|p| me.has(p));
            self.all.push(Trace {
                source: index,
                locator: card.locator(&source.path),
                kind: TraceKind::Card { card, own },
                saved_name: card.name.clone().filter(|_| own),
                other_name: card.name.clone().filter(|_| !own),
                phones: phones.into_iter().collect(),
                unplaced,
                emails: card.emails.iter().cloned().collect(),
                accounts: card
                    .addresses
                    .iter()
                    .filter(|a| !matches!(a, Address::Phone(_)))
                    .cloned()
                    .collect(),
                lids: Few::default(),
                is_me,
                is_nobody,
            });
        }
    }

    pub(super) fn account(
        &mut self,
        index: usize,
        source: &Source,
        report: &'a AccountReport,
        me: &Me,
        region: Option<RegionCode>,
    ) {
        // Numbers without a country code are of the account's own country.
        let region = region.or_else(|| me.account.as_ref().and_then(Phone::region));
        for number in &report.contacts {
            let digits = || Phone::from_digits(number.text.raw());
            let phone = number.place(region).ok().or_else(digits);
            let unplaced =
                if phone.is_none() { vec![(number.text.clone(), NotPhone::NeedsRegion)] } else { Vec::new() };
            self.all.push(Trace {
                source: index,
                locator: Locator { path: source.path.clone(), line: None },
                kind: TraceKind::Account { number },
                saved_name: None,
                other_name: None,
                is_me: phone.as_ref().is_some_and(|phone| me.has(phone)),
                is_nobody: phone.as_ref().is_some_and(|phone| phone.line() == Line::Service),
                phones: phone.into_iter().collect(),
                unplaced,
                emails: Few::default(),
                accounts: Few::default(),
                lids: Few::default(),
            });
        }
    }

    pub(super) fn signal(&mut self, index: usize, source: &Source, export: &'a SignalExport, me: &Me) {
        for person in &export.people {
            let accounts = [
                person.aci.clone().map(Address::SignalAci),
                person.pni.clone().map(Address::SignalPni),
                person.username.clone().map(Address::SignalUsername),
            ];
            self.all.push(Trace {
                source: index,
                // Only a file has lines where one can look.
                locator: Locator {
                    path: source.path.clone(),
                    line: (export.list == SignalList::Export).then_some(person.line),
                },
                kind: TraceKind::Signal { person, export },
                saved_name: person.saved_name.clone(),
                other_name: person.push_name.clone(),
                phones: person.phone.iter().cloned().collect(),
                unplaced: Vec::new(),
                emails: Few::default(),
                accounts: accounts.into_iter().flatten().collect(),
                lids: Few::default(),
                is_me: person.phone.as_ref().is_some_and(|p| me.has(p)),
                is_nobody: false,
            });
            let to = self.all.len() - 1;
            for merged in &person.merged {
                let from = self.all.len();
                let phones = [merged.phone.clone()].into();
                let is_me = me.has(&merged.phone);
                self.tie(index, source, TraceKind::NumberChange, phones, Few::default(), is_me);
                self.all[from].locator.line = Some(merged.line);
                self.changes.push(Change { from, to, at: merged.at });
            }
        }
    }
}

/// Whether a card holds nothing but numbers that are nobody's own: services and
/// short codes. A word in the place of a number makes nobody a service.
fn is_service(card: &Card, phones: &BTreeSet<Phone>, unplaced: &[(Foreign, NotPhone)]) -> bool {
    !card.phones.is_empty()
        && unplaced.is_empty()
        && card.emails.is_empty()
        && card.addresses.is_empty()
        && card.phones.iter().all(|number| number.waid.is_some() || is_dialled(number.text.raw()))
        && phones.iter().all(|phone| phone.line() == Line::Service)
}

/// Whether a text is something to dial, if only a short code.
fn is_dialled(text: &str) -> bool {
    let text = text.get(..4).filter(|head| head.eq_ignore_ascii_case("tel:")).map_or(text, |_| &text[4..]);
    let text = text.split(';').next().unwrap_or_default();
    text.chars().any(|c| digit(c).is_some()) && !text.chars().any(char::is_alphabetic)
}

/// Whether a book is a card that somebody other than the user sent in a chat,
/// and who: such a card tells a number, but not the user's own name for it.
pub(super) fn sent_by_other(
    source: &Source,
    sources: &[Source],
    chats: &[Kept<'_>],
    me: &Me,
) -> Option<Foreign> {
    let path = source.path.raw();
    let cut = path.rfind(['/', '\\']).map_or(0, |at| at + 1);
    let (folder, file) = path.split_at(cut);
    let beside = chats.iter().filter(|k| {
        let other = sources[k.source].path.raw();
        let cut = other.rfind(['/', '\\']).map_or(0, |at| at + 1);
        &other[..cut] == folder
    });
    beside
        .flat_map(|k| &k.chat.cards)
        .find(|card| card.file.raw() == file)
        .filter(|card| !me.is(&card.sent_by, false, None))
        .map(|card| card.sent_by.clone())
}
