//! What must hold for any files in any order.

use super::*;
use crate::model::Email;
use crate::model::mark::{Mark, Sign};

/// Files in which everything occurs that joins or hinders.
fn mixture() -> Vec<Source> {
    vec![
        book("a.vcf", &[("Ada", &[ADA, FIXED]), ("Bo", &[BO, FIXED]), ("Bo", &["TEL:+447700900125"])]),
        book("b.vcf", &[("Ada Quill", &[ADA, MAIL]), ("Bo", &[BO]), ("Both", &[ADA, BO])]),
        file(
            "c.csv",
            Kind::ContactsCsv,
            "Name,Phone,Email\nCy,+447700900123,ada@example.org\nDi,+447700900124,\n",
        ),
        direct("Ada"),
        direct("Bo"),
        direct("Di"),
        chat("WhatsApp Chat with Club.txt", &["Me", "Ada", "~ Di", "+44 7700 900123", "+33 1 99 00 12 34"]),
    ]
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig { cases: 48, failure_persistence: None, ..Default::default() })]

    #[test]
    fn the_order_of_files_does_not_matter(order in proptest::sample::subsequence((0..7).collect::<Vec<usize>>(), 7).prop_shuffle()) {
        let files = mixture();
        let shuffled: Vec<Source> = order.iter().map(|i| files[*i].clone()).collect();
        let (one, other) = (graph(&files), graph(&shuffled));
        proptest::prop_assert_eq!(people(&one), people(&other));
        proptest::prop_assert_eq!(&one.review, &other.review);
        let said = |graph: &Graph| -> BTreeSet<String> {
            graph.contacts.iter().flat_map(|c| &c.reasons).map(|r| format!("{:?} {} {:?}", r.why, r.on.raw(), r.places.iter().map(|p| p.path.raw()).collect::<Vec<_>>())).collect()
        };
        proptest::prop_assert_eq!(said(&one), said(&other));
    }
}

/// Decisions of every kind about the people of the mixture.
fn decided() -> Decisions {
    let phone = |number: &str| Sign::Phone(Phone::parse(number, None).unwrap());
    let mark = |sign: Sign| Mark { sign, name: None };
    let named = |sign: Sign, name: &str| Mark { sign, name: Some(Foreign::from(name)) };
    let (ada, bo) = (phone("+33639980101"), phone("+33639980102"));
    let cy = mark(phone("+447700900123"));
    let club = Sign::Chat(Foreign::from("Club"));
    let email = Sign::Email(Email::parse("ada@example.org").unwrap());
    let rulings = vec![
        Ruling::Same { one: vec![named(club.clone(), "~Di")], other: vec![mark(phone("+447700900124"))] },
        Ruling::Same { one: vec![named(bo, "Bo")], other: vec![cy] },
        Ruling::Apart { one: vec![mark(email)], other: vec![mark(ada)] },
        Ruling::Apart { one: vec![named(club, "Ada")], other: vec![named(Sign::Chat("Ada".into()), "Ada")] },
        Ruling::Shared(phone("+33199001234")),
        Ruling::Same { one: vec![mark(phone("+12025550199"))], other: vec![mark(phone("+12025550198"))] },
    ];
    Decisions { rulings, ..Decisions::default() }
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig { cases: 48, failure_persistence: None, ..Default::default() })]

    #[test]
    fn nor_does_it_for_what_the_user_decided(order in proptest::sample::subsequence((0..7).collect::<Vec<usize>>(), 7).prop_shuffle()) {
        let files = mixture();
        let shuffled: Vec<Source> = order.iter().map(|i| files[*i].clone()).collect();
        let (one, other) = (graph_of(&files, &decided()), graph_of(&shuffled, &decided()));
        proptest::prop_assert_eq!(people(&one), people(&other));
        proptest::prop_assert_eq!(&one.review, &other.review);
        // One of the rulings is about nobody who is there.
        let idle = |graph: &Graph| graph.problems.iter().find(|p| p.code == Code::RulingsIdle).and_then(|p| p.count);
        proptest::prop_assert_eq!((idle(&one), idle(&other)), (Some(1), Some(1)));
        proptest::prop_assert_ne!(people(&one), people(&graph(&files)));
    }
}

use proptest::strategy::Strategy as _;

#[test]
fn every_join_has_a_reason() {
    let graph = graph(&mixture());
    for contact in graph.contacts.iter().filter(|c| c.entries.iter().map(|(_, count)| count).sum::<u64>() > 1)
    {
        assert!(
            !contact.reasons.is_empty(),
            "{:?}",
            contact.names.iter().map(Foreign::raw).collect::<Vec<_>>()
        );
    }
}
