//! The entries of a file, one by one: cards, people and groups of a database,
//! people whom Signal knows.

use crate::model::Phone;
use crate::model::database::{self, Database};
use crate::model::finding::{Book, Card, SignalPerson};
use crate::model::identity::Address;
use crate::model::phone::{NotPhone, RegionCode};

use super::super::contact::lid;
use super::{CardAddress, CardView, GroupMemberView, GroupView, KnownView};

/// The people of a database, with all that they wrote in it.
pub(super) fn known_people(database: &Database, region: Option<RegionCode>) -> Vec<KnownView> {
    let mut people: Vec<KnownView> = database
        .people
        .iter()
        .enumerate()
        .map(|(place, person)| {
            let (mut phones, mut unusable): (Vec<Phone>, _) =
                (person.phone.iter().cloned().collect(), Vec::new());
            if let Some(number) = &person.number {
                match Phone::parse(number.raw(), region.filter(|_| person.phone.is_none())) {
                    Ok(phone) => phones.push(phone),
                    Err(_) => unusable.push(number.clone()),
                }
            }
            KnownView {
                name: person.saved_name.clone().or_else(|| person.push_name.clone()),
                push_name: person.saved_name.is_none() && person.push_name.is_some(),
                phones,
                unusable_phones: unusable,
                emails: Vec::new(),
                addresses: Vec::new(),
                identities: person.lid.iter().map(lid).collect(),
                me: database.me == Some(place),
                messages: 0,
                direct: None,
                first: None,
                last: None,
            }
        })
        .collect();
    let add = |person: &mut KnownView, volume: &database::Volume| {
        person.messages += volume.messages;
        person.first = person.first.into_iter().chain(volume.first).min();
        person.last = person.last.max(volume.last);
    };
    for chat in &database.chats {
        for (place, volume) in &chat.theirs {
            if let Some(person) = people.get_mut(*place) {
                add(person, volume);
            }
        }
        if let Some(person) = chat.partner.and_then(|place| people.get_mut(place)) {
            let theirs = chat.theirs.values().map(|v| v.messages).sum::<u64>();
            let direct = person.direct.get_or_insert_default();
            direct.mine += chat.mine.messages;
            direct.theirs += theirs;
            // Both sides' messages are exchanged with the partner.
            add(person, &chat.mine);
        }
    }
    people
}

pub(super) fn groups(database: &Database) -> Vec<GroupView> {
    let view = |chat: &database::Chat| {
        let group = chat.group.as_ref()?;
        let members = chat.members.iter().filter_map(|member| {
            let person = database.people.get(member.person)?;
            Some(GroupMemberView {
                name: person.saved_name.clone().or_else(|| person.push_name.clone()),
                phone: person.phone.clone(),
                role: Some(member.role),
                state: member.state,
            })
        });
        Some(GroupView {
            title: chat.title.clone().or_else(|| database.group_names.get(group).cloned()),
            members: members.collect(),
            members_complete: chat.members_complete,
            messages: Some(chat.messages()),
        })
    };
    database.chats.iter().filter_map(view).collect()
}

pub(super) fn card_view(book: &Book, card: &Card, region: Option<RegionCode>) -> CardView {
    let (mut phones, mut unusable) = (Vec::new(), Vec::new());
    for number in &card.phones {
        let placed = match (number.place(None), region) {
            (Err(NotPhone::NeedsRegion), Some(region)) => book.place_national(number, region),
            (placed, _) => placed,
        };
        match placed {
            Ok(phone) => phones.push(phone),
            Err(_) => unusable.push(number.text.clone()),
        }
    }
    CardView {
        name: card.name.clone(),
        phones,
        unusable_phones: unusable,
        emails: card.emails.iter().map(|e| e.as_str().to_owned()).collect(),
        addresses: card.addresses.iter().map(address_view).collect(),
    }
}

pub(super) fn signal_view(person: &SignalPerson) -> CardView {
    let addresses = [
        person.aci.clone().map(Address::SignalAci),
        person.pni.clone().map(Address::SignalPni),
        person.username.clone().map(Address::SignalUsername),
    ];
    CardView {
        name: person.saved_name.clone().or_else(|| person.push_name.clone()),
        phones: person.phone.iter().cloned().collect(),
        unusable_phones: Vec::new(),
        emails: Vec::new(),
        addresses: addresses.iter().flatten().map(address_view).collect(),
    }
}

pub(super) fn address_view(address: &Address) -> CardAddress {
    CardAddress { channel: address.channel(), identity: address.as_str().to_owned() }
}
