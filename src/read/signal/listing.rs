//! The people and groups that the user's own signal-cli lists (`listContacts`,
//! `listGroups`), also in the spelling of signal-cli-rest-api. They are taken up like those of Signal's
//! export, which they are much alike.
//!
//! Each entry is read by itself: a bad one must not lose the others.

use std::collections::HashMap;

use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::model::finding::{SignalExport, SignalGroup, SignalList, SignalPerson, SignalStanding};
use crate::model::identity::{SignalAci, SignalPni, SignalUsername};
use crate::model::{Code, Finding, Foreign, Moment, Phone, Problem};
use crate::read::{Reading, Tally};

use super::person::{full_name, settled};

/// Reads lists of contacts and groups as they were at a time, of the account with
/// the number `own`. `before` is the list as it was known before: who stood in it already
/// has been there since. Gives what was found, and by what it is known again.
pub fn read(
    contacts: &Value,
    groups: &Value,
    own: Option<&Phone>,
    at: Moment,
    before: Option<&SignalExport>,
) -> (Reading, Vec<u8>) {
    let mut export =
        SignalExport { list: SignalList::Cli, at: Some(at), own: own.cloned(), ..SignalExport::default() };
    let mut tally = Tally::default();
    for (place, entry) in (1..).zip(contacts.as_array().into_iter().flatten()) {
        match person(entry, place) {
            // The account itself is among them.
            Some(person) if own.is_some() && person.phone.as_ref() == own => {}
            Some(person) => {
                tally.read += 1;
                tally.kept += 1;
                export.people.push(person);
            }
            None => {
                tally.read += 1;
                tally.rejected += 1;
            }
        }
    }
    let places = (1..).zip(groups.as_array().into_iter().flatten());
    export.groups = places.filter_map(|(place, entry)| group(entry, place, &export.people)).collect();
    export.settle_groups();
    if let Some(before) = before {
        remember(&mut export, before);
    }
    let problem = Problem::new(Code::SignalListing).counted(tally.rejected);
    let problems = if tally.rejected > 0 { vec![problem] } else { Vec::new() };
    let hash = Sha256::digest(serde_json::to_vec(&export).unwrap_or_default()).to_vec();
    (Reading { finding: Some(Finding::Signal(export.into())), tally, problems }, hash)
}

/// Somebody in the list; none if there is nothing to know them by.
fn person(entry: &Value, place: u64) -> Option<SignalPerson> {
    let id = text(entry, &["uuid"]);
    let (pni, aci) = match id.as_deref() {
        Some(id) if id.starts_with("PNI:") => (SignalPni::parse(id), None),
        Some(id) => (None, SignalAci::parse(id)),
        None => (None, None),
    };
    let phone = text(entry, &["number"]).and_then(|number| Phone::from_digits(number.strip_prefix('+')?));
    let username = text(entry, &["username"]).as_deref().and_then(SignalUsername::parse);
    let nickname = entry.get("nickname").unwrap_or(&Value::Null);
    let nick = full_name(text(entry, &["nickGivenName"]), text(entry, &["nickFamilyName"]));
    let nick = nick.or_else(|| full_name(text(nickname, &["given_name"]), text(nickname, &["family_name"])));
    let saved_name = full_name(text(entry, &["name"]), None)
        .or_else(|| full_name(text(entry, &["givenName", "given_name"]), text(entry, &["familyName"])))
        .or(nick)
        .or_else(|| full_name(text(entry, &["nickName"]).or_else(|| text(nickname, &["name"])), None));
    let profile = entry.get("profile").unwrap_or(&Value::Null);
    let push_name = full_name(
        text(profile, &["givenName", "given_name"]),
        text(profile, &["familyName", "family_name", "lastname"]),
    )
    .or_else(|| full_name(text(entry, &["profile_name"]), None));
    let gone = flag(entry, &["unregistered"]).then_some(SignalStanding::Unregistered(None));
    let unwanted = flag(entry, &["isBlocked", "blocked", "isHidden"]);
    // A name alone is nobody: no number of theirs was ever known to Signal.
    let known = aci.is_some() || pni.is_some() || phone.is_some() || username.is_some();
    let person = SignalPerson {
        line: place,
        aci,
        pni,
        phone,
        username,
        saved_name,
        push_name,
        unwanted,
        ..SignalPerson::default()
    };
    known.then(|| settled(person, gone)).flatten()
}

/// A group, unless the user has left it or does not want it, or nobody is in it.
/// Older versions name its members by number or id alone.
fn group(entry: &Value, place: u64, people: &[SignalPerson]) -> Option<SignalGroup> {
    let left = entry.get("isMember").and_then(Value::as_bool) == Some(false);
    if left || flag(entry, &["isBlocked", "blocked"]) {
        return None;
    }
    let by_number = |number: &str| {
        let phone = Phone::from_digits(number.strip_prefix('+')?)?;
        people.iter().find(|person| person.phone.as_ref() == Some(&phone))?.aci.clone()
    };
    let account = |member: &Value| match member.as_str() {
        Some(id) => SignalAci::parse(id).or_else(|| by_number(id)),
        None => {
            let id = text(member, &["uuid"]).as_deref().and_then(SignalAci::parse);
            id.or_else(|| by_number(&text(member, &["number"])?))
        }
    };
    let all = entry.get("members")?.as_array()?;
    let mut members: Vec<SignalAci> = all.iter().filter_map(account).collect();
    let others = (all.len() - members.len()) as u64;
    members.sort_unstable();
    members.dedup();
    let title = text(entry, &["name"]).map(Foreign::new);
    (!all.is_empty()).then_some(SignalGroup { line: place, title, members, others, last_said: None })
}

/// Notes since when people have stood in the list as they do.
fn remember(export: &mut SignalExport, before: &SignalExport) {
    let mut known: HashMap<&str, &SignalPerson> = HashMap::new();
    for person in &before.people {
        known.extend(ids(person).map(|id| (id, person)));
    }
    for person in &mut export.people {
        let Some(old) = ids(person).find_map(|id| known.get(id)) else { continue };
        // Their number was somebody else's.
        if person.aci.is_some() && old.aci.is_some() && person.aci != old.aci {
            continue;
        }
        match (&mut person.standing, old.standing) {
            (SignalStanding::Registered, SignalStanding::Registered) => {
                person.since = old.since.or(before.at);
            }
            (SignalStanding::Unregistered(at), SignalStanding::Unregistered(since)) => {
                *at = since.or(before.at);
            }
            _ => {}
        }
    }
}

/// What somebody is known again by, the surest first.
fn ids(person: &SignalPerson) -> impl Iterator<Item = &str> {
    let account = person.aci.as_ref().map(SignalAci::as_str);
    let number = person.pni.as_ref().map(SignalPni::as_str);
    account.into_iter().chain(number).chain(person.phone.as_ref().map(Phone::as_str))
}

/// The first of these fields that holds a text.
fn text(entry: &Value, names: &[&str]) -> Option<String> {
    let texts = names.iter().filter_map(|name| entry.get(*name)?.as_str());
    texts.map(str::to_owned).find(|text| !Foreign::new(text.as_str()).is_blank())
}

/// Whether one of these fields is set.
fn flag(entry: &Value, names: &[&str]) -> bool {
    names.iter().any(|name| entry.get(*name).and_then(Value::as_bool).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    const ACI: &str = "aaaaaaaa-0000-4000-8000-000000000001";

    fn moment(text: &str) -> Moment {
        Moment::parse(text).unwrap()
    }

    fn listed(contacts: &Value, before: Option<&SignalExport>, at: &str) -> (SignalExport, Tally, usize) {
        let own = Phone::from_digits("33639980100");
        let (reading, _) = read(contacts, &json!([]), own.as_ref(), moment(at), before);
        let Some(Finding::Signal(export)) = reading.finding else { panic!() };
        ((*export).clone(), reading.tally, reading.problems.len())
    }

    #[test]
    fn people_are_what_signal_cli_says_of_them() {
        let contacts = json!([
            { "number": "+33639980100", "uuid": "11111111-1111-4111-8111-111111111111", "name": "" },
            { "number": "+33639980101", "uuid": ACI, "username": null, "name": "Ada Saved", "nickName": "ADA",
              "isBlocked": false, "unregistered": false, "profile": { "givenName": "Ada", "familyName": "P." } },
            { "number": null, "uuid": "aaaaaaaa-0000-4000-8000-000000000003", "username": "carol.42", "name": "",
              "profile": { "givenName": "Carol", "familyName": null } },
            { "number": "+33639980104", "uuid": null, "name": "Dan" },
            { "number": "+33639980105", "uuid": null, "name": "Eve", "unregistered": true },
            { "number": "+33639980106", "uuid": "PNI:aaaaaaaa-0000-4000-8000-000000000006", "isHidden": true },
            { "number": null, "uuid": null, "name": "Nobody" },
            7,
        ]);
        let (export, tally, problems) = listed(&contacts, None, "2021-01-31T18:00:00Z");
        assert_eq!((tally.read, tally.kept, tally.rejected, problems), (7, 5, 2, 1));
        let [ada, carol, dan, eve, hidden] = &export.people[..] else { panic!("{:?}", export.people) };
        assert_eq!(ada.aci.as_ref().unwrap().as_str(), ACI);
        assert_eq!(
            (ada.saved_name.as_ref().unwrap().raw(), ada.push_name.as_ref().unwrap().raw()),
            ("Ada Saved", "Ada P.")
        );
        assert_eq!(
            (carol.username.as_ref().unwrap().as_str(), carol.saved_name.is_none()),
            ("carol.42", true)
        );
        assert_eq!(
            (dan.standing, eve.standing),
            (SignalStanding::Silent, SignalStanding::Unregistered(None))
        );
        assert!(hidden.unwanted && !ada.unwanted && hidden.pni.is_some() && hidden.aci.is_none());
    }

    #[test]
    fn the_spelling_of_the_rest_api_is_understood() {
        let contacts = json!([{ "number": "+33639980101", "uuid": ACI, "name": "", "profile_name": "Ada",
            "username": "", "blocked": true, "nickname": { "name": "", "given_name": "A.", "family_name": "Lo" } }]);
        let (export, ..) = listed(&contacts, None, "2021-01-31T18:00:00Z");
        let ada = &export.people[0];
        assert_eq!(
            (ada.saved_name.as_ref().unwrap().raw(), ada.push_name.as_ref().unwrap().raw()),
            ("A. Lo", "Ada")
        );
        assert!(ada.unwanted && ada.username.is_none() && ada.standing == SignalStanding::Registered);
    }

    #[test]
    fn e15_since_when_somebody_is_there_survives_a_newer_list() {
        let contacts = json!([
            { "number": "+33639980101", "uuid": ACI },
            { "number": "+33639980105", "uuid": null, "unregistered": true },
        ]);
        let (first, ..) = listed(&contacts, None, "2021-01-01T00:00:00Z");
        let (second, ..) = listed(&contacts, Some(&first), "2021-02-01T00:00:00Z");
        let (third, ..) = listed(&contacts, Some(&second), "2021-03-01T00:00:00Z");
        let began = moment("2021-01-01T00:00:00Z");
        assert_eq!((third.people[0].since, third.at), (Some(began), Some(moment("2021-03-01T00:00:00Z"))));
        assert_eq!(third.people[1].standing, SignalStanding::Unregistered(Some(began)));
    }

    #[test]
    fn groups_are_taken_with_the_members_who_are_known() {
        let contacts = json!([{ "number": "+33639980101", "uuid": ACI }]);
        let stranger = "aaaaaaaa-0000-4000-8000-000000000099";
        let groups = json!([
            { "name": "Choir", "isMember": true, "members": [{ "number": null, "uuid": ACI }, { "number": null, "uuid": stranger },
                { "number": "+33639980100", "uuid": null }] },
            { "name": "Old spelling", "members": ["+33639980101", stranger] },
            { "name": "Left", "isMember": false, "members": [ACI] },
            { "name": "Blocked", "isBlocked": true, "members": [ACI] },
            { "name": "Nobody", "members": [] },
            "odd",
        ]);
        let own = Phone::from_digits("33639980100");
        let (reading, _) = read(&contacts, &groups, own.as_ref(), moment("2021-01-31T18:00:00Z"), None);
        let Some(Finding::Signal(export)) = reading.finding else { panic!() };
        let told = |group: &SignalGroup| {
            (group.title.as_ref().unwrap().raw().to_owned(), group.members.len(), group.others)
        };
        let all: Vec<_> = export.groups.iter().map(told).collect();
        assert_eq!(all, [("Choir".to_owned(), 1, 2), ("Old spelling".to_owned(), 1, 1)]);
    }

    #[test]
    fn what_is_no_list_is_an_empty_one() {
        for odd in [json!(null), json!({ "contacts": [] }), json!("x"), json!([])] {
            let (export, tally, problems) = listed(&odd, None, "2021-01-31T18:00:00Z");
            assert_eq!((export.people.len(), tally, problems), (0, Tally::default(), 0));
        }
    }
}
