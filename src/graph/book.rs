//! What of the user's own address books is more than people and their
//! identities: who stands in one, companies and services, and numbers that
//! cannot be dialled as they are written. An address book that is written anew
//! must not lose any of it.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::phone::NotPhone;
use crate::model::{Contact, ContactId, Foreign};

use super::person::Person;
use super::trace::TraceKind;

/// The user's own address books, as far as the contacts do not tell.
#[derive(Clone, Debug, Default)]
pub struct OwnBook {
    /// The contacts that stand in one, by their place in the graph.
    pub listed: BTreeSet<usize>,
    /// Their numbers that could not be placed, as written, by the same place.
    pub written: BTreeMap<usize, BTreeSet<Foreign>>,
    /// Companies and services, which are nobody's contact, with such numbers.
    pub others: Vec<(Contact, BTreeSet<Foreign>)>,
}

impl OwnBook {
    /// Looks through everybody; `place` gives the place of those who became
    /// contacts.
    pub(super) fn find(people: &[Person<'_>], place: &[Option<usize>], has_whatsapp: bool) -> OwnBook {
        let mut book = OwnBook::default();
        let mut listed = Vec::new();
        for (index, person) in people.iter().enumerate().filter(|(_, p)| !p.is_me) {
            let Some(written) = written(person) else { continue };
            if let Some(place) = place[index] {
                listed.push(place);
                if !written.is_empty() {
                    book.written.insert(place, written);
                }
            } else if !person.is_contact() {
                let nobody = person.contact(ContactId::known(String::new()), Vec::new(), has_whatsapp);
                book.others.push((nobody, written));
            }
        }
        book.listed = listed.into_iter().collect();
        book.others.sort_by(|a, b| {
            (&a.0.name, &a.0.phones, &a.0.emails, &a.1).cmp(&(&b.0.name, &b.0.phones, &b.0.emails, &b.1))
        });
        book
    }
}

/// The numbers on somebody's cards that could not be placed; none where no card
/// is the user's own.
fn written(person: &Person<'_>) -> Option<BTreeSet<Foreign>> {
    let mut found = None;
    for trace in &person.traces {
        let card = match trace.kind {
            TraceKind::Card { card, own: true } => card,
            TraceKind::Cut { own: true } => {
                found.get_or_insert_default();
                continue;
            }
            _ => continue,
        };
        let written: &mut BTreeSet<Foreign> = found.get_or_insert_default();
        written.extend(trace.unplaced.iter().map(|(text, _)| text.clone()));
        let unusable = card.phones.iter().filter(|n| n.place(None) == Err(NotPhone::Unusable));
        written.extend(unusable.map(|number| number.text.clone()));
    }
    found
}
