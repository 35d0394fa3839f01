//! Which number it is that stands on a card, and whose it can be.

use super::*;
use crate::graph::region::By;
use crate::model::phone::RegionCode;

#[test]
fn c04_two_writings_of_one_number_join_and_stay_as_written() {
    for (one, other) in [
        ("+5215512345678", "+525512345678"),
        ("+5491123456789", "+541123456789"),
        ("+5511987654321", "+551187654321"),
    ] {
        let card = |number: &str| format!("TEL:{number}");
        let (first, second) = (card(one), card(other));
        let graph = graph(&[book("a.vcf", &[("Ada", &[&first])]), book("b.vcf", &[("Ada Q.", &[&second])])]);
        assert_eq!(graph.contacts.len(), 1, "{one}");
        let phones: Vec<&str> = graph.contacts[0].phones.iter().map(crate::model::Phone::as_str).collect();
        assert_eq!(phones, BTreeSet::from([one, other]).into_iter().collect::<Vec<_>>());
        let written = graph.contacts[0].reasons[0].on.raw();
        assert!(written.contains(one) && written.contains(other), "{written}");
    }
    let fixed = ["TEL:+551132123456", "TEL:+5511932123456"];
    assert_eq!(
        graph(&[book("a.vcf", &[("A", &fixed[..1])]), book("b.vcf", &[("B", &fixed[1..])])]).contacts.len(),
        2
    );
}

#[test]
fn c14_ones_own_card_is_nobodys() {
    let own = book("a.vcf", &[("Somebody", &[ADA]), ("Bo", &[BO])]);
    for me in ["+33 6 39 98 01 01", "Somebody"] {
        let graph = graph_of(
            std::slice::from_ref(&own),
            &Decisions { me: vec![Foreign::from(me)], ..Decisions::default() },
        );
        assert_eq!(people(&graph), ["Bo +33639980102 0"], "{me}");
        assert_eq!(graph.own_entries.values().sum::<u64>(), 1);
    }
    let mexican = book("a.vcf", &[("Me too", &["TEL:+5215512345678"])]);
    let decisions = Decisions { me: vec![Foreign::from("+525512345678")], ..Decisions::default() };
    assert!(graph_of(&[mexican], &decisions).contacts.is_empty());
}

#[test]
fn c03_the_region_is_told_and_never_guessed() {
    let national = ("Ada", &["TEL:06 39 98 01 01"][..]);
    let french = [
        ("A", &["TEL:+33639980111"][..]),
        ("B", &["TEL:+33639980112"][..]),
        ("C", &["TEL:+33639980113"][..]),
    ];
    let british = ("D", &["TEL:+447700900123"][..]);
    let of = |cards: &[(&str, &[&str])], me: &[&str], region: Option<&str>| {
        let me = me.iter().map(|m| Foreign::from(*m)).collect();
        let decisions = Decisions { me, region: region.and_then(RegionCode::parse), ..Decisions::default() };
        let graph = graph_of(&[book("a.vcf", cards)], &decisions);
        let placed = graph
            .contacts
            .iter()
            .find(|c| c.names.iter().any(|n| n.raw() == "Ada"))
            .unwrap()
            .phones
            .first()
            .cloned();
        let told: Vec<&str> = graph.problems.iter().map(|p| p.code.id()).collect();
        (placed.map(|p| p.as_str().to_owned()), graph.regions.home.map(|(_, by)| by), told.join(" "))
    };
    assert_eq!(of(&[national], &[], None), (None, None, "number-needs-region".into()));
    let place = |number: &str| Some(number.to_owned());
    let most = [national, french[0], french[1], french[2], british];
    assert_eq!(
        of(&most, &[], None),
        (place("+33639980101"), Some(By::AddressBook), "region-of-address-book".into())
    );
    assert_eq!(of(&most[..3], &[], None).0, None, "two numbers are not most of an address book");
    let half = [national, french[0], french[1], french[2], british, british, british];
    assert_eq!(of(&half, &[], None).1, None, "half of them are not most");
    let own = ["+33639980199"];
    assert_eq!(
        of(&[national, british], &own, None),
        (place("+33639980101"), Some(By::OwnNumber), "region-of-own-number".into())
    );
    assert_eq!(of(&most, &own, Some("GB")).1, Some(By::Given));
    assert_eq!(of(&most, &[], Some("FR")), (place("+33639980101"), Some(By::Given), String::new()));
}

#[test]
fn c03_a_country_code_that_several_share_is_told_by_the_numbers() {
    for (numbers, id) in [
        (["+1 613 555 0101", "+1 613 555 0102", "+1 416 555 0103", "+1 202 555 0104"], "CA"),
        (["+1 202 555 0101", "+1 202 555 0102", "+1 613 555 0103", "+1 416 555 0104"], "US"),
    ] {
        let tel: Vec<String> =
            numbers.iter().chain(&["613 555 0199"]).map(|number| format!("TEL:{number}")).collect();
        let cards: Vec<(&str, [&str; 1])> =
            ["A", "B", "C", "D", "E"].into_iter().zip(tel.iter().map(|t| [t.as_str()])).collect();
        let cards: Vec<(&str, &[&str])> = cards.iter().map(|(name, tel)| (*name, &tel[..])).collect();
        let graph = graph(&[book("a.vcf", &cards)]);
        assert_eq!(graph.regions.home(), RegionCode::parse(id));
        assert!(people(&graph).contains(&"E +16135550199 0".to_owned()), "{:?}", people(&graph));
    }
}

#[test]
fn c03_c16_what_cannot_be_placed_is_open_with_candidates() {
    let table = "Name,Phone\nAda,639980101\nBo,+33639980102\nCy,06 39 98 01 03\nDi,(202) 555-0123\n";
    let decisions = Decisions { region: RegionCode::parse("FR"), ..Decisions::default() };
    let graph = graph_of(&[file("a.csv", Kind::ContactsCsv, table)], &decisions);
    assert_eq!(people(&graph), ["Ada  0", "Bo +33639980102 0", "Cy +33639980103 0", "Di  0"]);
    let open: Vec<(Open, &str)> = graph.review.iter().map(|r| (r.open, r.on.raw())).collect();
    assert_eq!(open, [(Open::NeedsRegion, "(202) 555-0123"), (Open::Damaged, "639980101")]);
    assert_eq!(reasons(&graph, "Ada"), BTreeSet::from([Why::Damaged]));
    let candidates: Vec<String> =
        graph.regions.candidates("639980101").iter().map(|p| p.as_str().to_owned()).collect();
    assert_eq!(candidates, ["+33639980101"]);
}

#[test]
fn c06_services_are_nobody() {
    let cards: [(&str, &[&str]); 5] = [
        ("Voicemail", &["TEL:888"]),
        ("Balance", &["TEL:*100#"]),
        ("Hotline", &["TEL:+33 800 123 456"]),
        ("Premium", &["TEL:+33 891 12 34 56"]),
        ("Ada", &[ADA, "TEL:888"]),
    ];
    let graph = graph(&[book("a.vcf", &cards)]);
    assert_eq!(people(&graph), ["Ada +33639980101 0"]);
    assert_eq!(graph.nobodys.len(), 4);
}
