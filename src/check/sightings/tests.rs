//! Whose the accounts are of which a homeserver tells.

use super::*;
use crate::model::contact::{Direct, Statement};
use crate::model::{Few, Scope};

fn mxid(text: &str) -> Mxid {
    Mxid::parse(text).unwrap()
}

fn contact(id: &str, name: &str, said: &[Said]) -> Contact {
    let statement = |what: &Said| Statement {
        what: what.clone(),
        locator: Locator { path: Foreign::from("book.vcf"), line: Some(1) },
        at: None,
    };
    let statements: Vec<Statement> = said.iter().map(statement).collect();
    let addresses = said.iter().map(|what| match what {
        Said::InBook(address) | Said::ByOther(address) => address.clone(),
        other => panic!("{other:?}"),
    });
    Contact {
        id: ContactId::known(id),
        name: Some(Foreign::from(name)),
        names: vec![Foreign::from(name)],
        phones: Few::default(),
        emails: Few::default(),
        addresses: addresses.collect(),
        lids: Few::default(),
        groups: BTreeSet::new(),
        messages: 10,
        months: BTreeMap::new(),
        last_message: None,
        direct: Direct { mine: 5, theirs: 5 },
        scope: Scope::Circle,
        saved: true,
        entries: BTreeMap::new(),
        statements,
        used: BTreeMap::new(),
        reasons: Vec::new(),
        language: None,
        formal: None,
        excluded: false,
        denied: [].into(),
    }
}

fn in_book(text: &str) -> Said {
    Said::InBook(Address::Mxid(mxid(text)))
}

fn seen(way: Way, account: &str, name: Option<&str>) -> Sighting {
    on("2021-01-20T00:00:00Z", way, account, name)
}

fn on(day: &str, way: Way, account: &str, name: Option<&str>) -> Sighting {
    let seen = Seen { way, asked: None, mxid: Some(mxid(account)), name: name.map(Foreign::from) };
    Sighting { host: Foreign::from("example.org"), at: Moment::parse(day).unwrap(), seen }
}

/// Of each contact the grades, in letters.
fn grades(sightings: &[Sighting], contacts: &[Contact]) -> Vec<String> {
    let evidence = evidence(sightings, contacts);
    let of = |contact: &Contact| evidence.get(&contact.id).into_iter().flatten();
    contacts.iter().map(|c| of(c).map(|e| format!("{:?}", e.grade)).collect()).collect()
}

#[test]
fn an_address_that_is_stated_is_confirmed_and_a_name_is_a_hint_at_most() {
    let ada = contact("a", "Ada", &[in_book("@ada:example.org")]);
    let bo = contact("b", "Bo", &[]);
    let people = [ada, bo];
    let one = |sighting| grades(&[sighting], &people);
    assert_eq!(one(seen(Way::Direct, "@ada:example.org", Some("whoever"))), ["A", ""]);
    assert_eq!(one(seen(Way::Room, "@ada:example.org", None)), ["B", ""]);
    assert_eq!(one(seen(Way::Profile, "@ada:example.org", None)), ["B", ""]);
    assert_eq!(one(seen(Way::Direct, "@x:example.org", Some("Bo"))), ["", "C"]);
    assert_eq!(one(seen(Way::Room, "@x:example.org", Some(" Bo "))), ["", "C"]);
    assert_eq!(one(seen(Way::Room, "@x:example.org", Some("bo"))), ["", ""], "case is kept");
    assert_eq!(one(seen(Way::Directory, "@x:example.org", Some("Bo"))), ["", "D"]);
    // Whose the address is, is known: the name that its owner chose says nothing.
    assert_eq!(one(seen(Way::Room, "@ada:example.org", Some("Bo"))), ["B", ""]);
}

#[test]
fn what_somebody_else_said_and_what_several_share_stays_a_hint() {
    let said = Said::ByOther(Address::Mxid(mxid("@ada:example.org")));
    let people = [contact("a", "Ada", &[said])];
    for way in [Way::Direct, Way::Room, Way::Profile] {
        assert_eq!(grades(&[seen(way, "@ada:example.org", None)], &people), ["C"], "{way:?}");
    }
    let couple = [
        contact("a", "Ada", &[in_book("@us:example.org")]),
        contact("b", "Bo", &[in_book("@us:example.org")]),
    ];
    assert_eq!(grades(&[seen(Way::Direct, "@us:example.org", None)], &couple), ["C", "C"]);
}

#[test]
fn a_name_of_several_contacts_or_of_one_that_was_never_saved_joins_nobody() {
    let twice = [contact("a", "Bo", &[]), contact("b", "Bo", &[])];
    assert_eq!(grades(&[seen(Way::Room, "@x:example.org", Some("Bo"))], &twice), ["", ""]);
    let pushed = [Contact { saved: false, ..contact("a", "Bo", &[]) }];
    assert_eq!(grades(&[seen(Way::Direct, "@x:example.org", Some("Bo"))], &pushed), [""]);
}

#[test]
fn a_bridges_shadow_tells_a_number_and_makes_nobody_reachable() {
    let phone = Phone::from_digits("33639980001").unwrap();
    let ada = Contact { phones: [phone].into(), ..contact("a", "Ada", &[]) };
    for ghost in ["@whatsapp_33639980001:example.org", "@_signal_33639980001:example.org"] {
        let Some(account) = Mxid::parse(ghost).filter(Mxid::is_bridge_ghost) else { continue };
        let all = evidence(&[seen(Way::Direct, account.as_str(), Some("Ada"))], std::slice::from_ref(&ada));
        let all = &all[&ada.id];
        assert_eq!(all.len(), 1, "{ghost}");
        assert_eq!((all[0].holding, all[0].grade), (Holding::Silent, Grade::D));
    }
    // Not even by its name, and an id that looks like a number is none.
    for ghost in ["@whatsapp_33639980002:example.org", "@whatsapp_lid-33639980001:example.org"] {
        assert_eq!(grades(&[seen(Way::Room, ghost, Some("Ada"))], std::slice::from_ref(&ada)), [""]);
    }
}

#[test]
fn what_is_seen_again_and_again_counts_when_it_was_first_and_last() {
    let people = [contact("a", "Ada", &[in_book("@ada:example.org")])];
    let days = ["2021-01-01T00:00:00Z", "2021-01-10T00:00:00Z", "2021-01-20T00:00:00Z"];
    let all = days.map(|day| on(day, Way::Direct, "@ada:example.org", None));
    let evidence = evidence(&all, &people);
    let dates: Vec<String> = evidence[&people[0].id].iter().map(|e| e.at.unwrap().to_string()).collect();
    assert_eq!(dates, [days[0], days[2]]);
}

#[test]
fn who_was_asked_about_in_vain_was_asked() {
    let people = [contact("a", "Ada", &[in_book("@ada:example.org")]), contact("b", "Bo", &[])];
    let missed = |way, asked: &str| Sighting {
        host: Foreign::from("example.org"),
        at: Moment::parse("2021-01-20T00:00:00Z").unwrap(),
        seen: Seen { way, asked: Some(Foreign::from(asked)), mxid: None, name: None },
    };
    let all = [missed(Way::Profile, "@ada:example.org"), missed(Way::Directory, "Bo")];
    let evidence = evidence(&all, &people);
    for contact in &people {
        assert_eq!(evidence[&contact.id].iter().map(|e| e.holding).collect::<Vec<_>>(), [Holding::NotFound]);
    }
}
