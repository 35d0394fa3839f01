//! The plan over contacts and groups, as the graph has them.

mod fresh;

use std::collections::BTreeMap;

use super::*;
use crate::model::evidence::{Locator, Origin};
use crate::model::finding::MemberState;
use crate::model::{ContactId, Evidence, Foreign, Grade, Holding, sample};

fn now() -> Moment {
    Moment::parse("2021-01-31T18:00:00Z").expect("a date")
}

/// Somebody of the circle with whom so many messages were exchanged this month.
fn person(n: usize, messages: u64) -> Checked {
    let mut contact = sample::contact(&format!("{n:03}"), &format!("P{n:03}"));
    contact.scope = Scope::Circle;
    contact.messages = messages;
    contact.months = BTreeMap::from([(now().month(), messages)]);
    contact.direct.mine = messages / 2;
    contact.direct.theirs = messages - messages / 2;
    Checked::new(contact, Vec::new(), now())
}

fn reach(person: &mut Checked, channel: Channel) {
    let evidence = Evidence {
        channel,
        holding: Holding::Reachable,
        grade: Grade::A,
        address: None,
        self_stated: true,
        origin: Origin::SignalExport,
        locator: Locator { path: Foreign::from("main.jsonl"), line: Some(1) },
        at: Some(now()),
        at_latest: false,
        about: None,
    };
    let mut all = person.evidence.clone();
    all.push(evidence);
    *person = Checked::new(person.contact.clone(), all, now());
}

fn group(title: &str, members: std::ops::Range<usize>, complete: bool) -> Group {
    Group {
        title: Foreign::from(title),
        members: members.map(|at| (at, MemberState::In)).collect(),
        members_complete: complete,
        admins: [].into(),
        messages: 100,
        months: BTreeMap::from([(now().month(), 100)]),
        elsewhere: Vec::new(),
    }
}

struct Life {
    people: Vec<Checked>,
    groups: Vec<Group>,
    asked: Asked,
}

impl Life {
    /// Twelve people; a family of nine, all known, of whom four are there on Signal.
    fn new() -> Life {
        let mut people: Vec<Checked> = (0..12).map(|n| person(n, 10 * n as u64)).collect();
        people[..4].iter_mut().for_each(|person| reach(person, Channel::Signal));
        Life { people, groups: vec![group("Famille", 0..9, true)], asked: Asked::new() }
    }

    fn plan(&self) -> Plan {
        plan(&self.question())
    }

    fn question(&self) -> Question<'_> {
        let Life { people, groups, asked } = self;
        Question { people, groups, has_whatsapp: true, asked, to: Channel::Signal, share: MOST, now: now() }
    }
}

fn places(plan: &Plan) -> Vec<usize> {
    plan.places.iter().map(|place| place.contact).collect()
}

#[test]
fn everybody_in_the_circle_who_is_not_there_has_a_place_and_a_reason() {
    let mut life = Life::new();
    life.people[5].contact.excluded = true;
    life.people[6].contact.scope = Scope::GroupOnly;
    let plan = life.plan();
    let mut all = places(&plan);
    all.sort_unstable();
    assert_eq!(all, [4, 7, 8, 9, 10, 11]);
    assert!(plan.places.iter().all(|place| !place.reasons.is_empty()));
    assert!(plan.places.iter().all(|place| place.score.is_some_and(f64::is_finite)));
    assert_eq!(places(&life.plan()), places(&plan));
}

#[test]
fn reasons_say_who_is_there_and_how_far_a_group_gets() {
    let plan = Life::new().plan();
    let place = plan.places.iter().find(|place| place.contact == 8).expect("a place");
    assert!(place.reasons.contains(&Reason::Company { groups: 1 }));
    assert!(place.reasons.contains(&Reason::Messages { count: 80 }));
    let first = plan.places.iter().find(|place| place.contact < 9).expect("one of the family");
    let unlock = first.unlocks.first().expect("the family gets farther");
    assert_eq!((unlock.group, unlock.before), (0, 4));
    assert!(unlock.after > 4 && unlock.after <= 9);
    assert!(first.reasons.contains(&Reason::Brings(*unlock)));
    let alone = plan.places.iter().find(|place| place.contact == 11).expect("a place");
    assert_eq!(alone.reasons, [Reason::Messages { count: 110 }]);
}

#[test]
fn who_said_no_has_no_place_and_who_did_not_answer_a_later_one() {
    let mut life = Life::new();
    let id = |n: usize| ContactId::known(format!("{n:03}"));
    life.asked.insert(id(4), Answered::Declined);
    life.asked.insert(id(5), Answered::Never);
    life.asked.insert(id(11), Answered::Reminded);
    let plan = life.plan();
    let order = places(&plan);
    assert!(!order.contains(&4) && !order.contains(&5));
    assert_eq!(order.last(), Some(&11));
    let reminded = plan.places.last().expect("a place");
    assert!(reminded.reasons.contains(&Reason::Asked(Answered::Reminded)));
}

#[test]
fn a_complete_group_has_shares_and_the_fewest_who_are_enough() {
    let plan = Life::new().plan();
    let family = &plan.groups[0];
    assert_eq!((family.members, family.there, family.nearest), (9, 4, Some(Channel::Signal)));
    assert_eq!(family.missing.len(), 5);
    let needed: Vec<(usize, usize)> = family.moves_at.iter().map(|t| (t.share, t.needed)).collect();
    assert_eq!(needed, [(25, 0), (60, 2), (100, 5)]);
    for target in &family.moves_at {
        assert_eq!(target.invite.as_ref().map(Vec::len), Some(target.needed));
    }
    // The fewest are the first of them in the order.
    let first: Vec<usize> = places(&plan).into_iter().filter(|contact| *contact < 9).take(2).collect();
    assert_eq!(family.moves_at[1].invite, Some(first));
    let (next, unlock) = family.next.expect("one more");
    assert_eq!((next, unlock.before), (family.missing[0], 4));
    assert_eq!(unlock.after, 5, "one more is counted, not played");
    assert_eq!(family.begin_anew, Some(false));
}

#[test]
fn where_not_all_members_are_known_there_is_no_share() {
    let mut life = Life::new();
    life.groups[0].members_complete = false;
    let plan = life.plan();
    assert!(plan.groups[0].moves_at.is_empty());
    assert_eq!((plan.groups[0].begin_anew, plan.groups[0].there), (None, 4));
}

#[test]
fn a_group_of_strangers_had_rather_begin_anew_if_anybody_can_be_invited() {
    let mut life = Life::new();
    life.people[5..9].iter_mut().for_each(|person| person.contact.scope = Scope::GroupOnly);
    let one_open = &life.plan().groups[0];
    assert_eq!((one_open.begin_anew, &one_open.can_come), (Some(true), &vec![4]));
    assert_eq!((&one_open.missing, &one_open.strangers), (&vec![4], &vec![5, 6, 7, 8]));
    life.people[4].contact.scope = Scope::GroupOnly;
    let none_open = &life.plan().groups[0];
    assert_eq!(none_open.begin_anew, Some(false), "nobody is there to begin it with");
    assert_eq!((&none_open.moves_at[1].invite, none_open.next), (&None, None));
}

#[test]
fn who_is_left_out_is_counted_and_never_missing() {
    let mut life = Life::new();
    for at in [0, 5] {
        let Checked { contact, evidence, .. } = life.people[at].clone();
        let contact = crate::model::Contact { excluded: true, ..contact };
        life.people[at] = Checked::new(contact, evidence, now());
    }
    let family = &life.plan().groups[0];
    assert_eq!((family.members, family.there, family.left_out), (9, 3, 2));
    let named = [&family.missing, &family.strangers, &family.can_come];
    assert!(named.iter().all(|all| !all.contains(&0) && !all.contains(&5)), "{named:?}");
    assert_eq!(family.missing.len(), 4);
}

#[test]
fn a_share_is_of_those_who_are_together_on_one_channel() {
    let mut life = Life { people: (0..6).map(|n| person(n, 10)).collect(), ..Life::new() };
    life.groups = vec![group("Chorale", 0..6, true)];
    life.people[..2].iter_mut().for_each(|person| reach(person, Channel::Matrix));
    life.people[2..4].iter_mut().for_each(|person| reach(person, Channel::Xmpp));
    let plan = life.plan();
    let choir = &plan.groups[0];
    assert_eq!((choir.there, choir.together, choir.nearest), (4, 2, Some(Channel::Matrix)));
    let needed: Vec<usize> = choir.moves_at.iter().map(|target| target.needed).collect();
    assert_eq!(needed, [0, 2, 4]);
    // Those first who are nowhere yet; for all, those on XMPP have to come as well.
    assert_eq!(choir.can_come[2..], [2, 3]);
    assert_eq!(choir.moves_at[2].invite, Some(choir.can_come.clone()));
    assert_eq!(plan.holds.stuck_in_groups, 100, "no one place has enough of them");
    life.people[2..4].iter_mut().for_each(|person| reach(person, Channel::Matrix));
    assert_eq!(life.plan().holds.stuck_in_groups, 0);
}

#[test]
fn a_group_with_nobody_else_known_is_told_as_one() {
    let mut life = Life { people: (0..2).map(|n| person(n, 10)).collect(), ..Life::new() };
    life.people.iter_mut().for_each(|person| person.contact.months.clear());
    life.groups = vec![group("Rando", 0..1, false)];
    let plan = life.plan();
    let of = |contact: usize| plan.places.iter().find(|p| p.contact == contact).expect("a place");
    assert!(of(0).reasons.contains(&Reason::Alone { groups: 1 }), "{:?}", of(0).reasons);
    assert_eq!(of(1).reasons, [Reason::Known]);
    assert!(!plan.lately, "no message of the last year");
    assert!(Life::new().plan().lately);
}

#[test]
fn what_holds_is_the_fewest_on_whom_most_of_what_is_stuck_hangs() {
    let mut life = Life::new();
    life.groups.push(group("Chorale", 4..12, true));
    life.groups.push(group("Voisins", 0..4, true));
    let holds = life.plan().holds;
    // 660 in all, 600 with those who are not there; 110 + 100 + 90 are half, and
    // 80 more are more than half.
    assert_eq!((holds.messages, holds.stuck), (660, 600));
    let people: Vec<usize> = holds.people.iter().map(|hold| hold.at).collect();
    assert_eq!(people, [11, 10, 9, 8]);
    // Everybody of the third group is there; of the first, four of nine.
    assert_eq!((holds.group_messages, holds.stuck_in_groups), (300, 200));
    let groups: Vec<usize> = holds.groups.iter().map(|hold| hold.at).collect();
    assert_eq!(groups, [1, 0], "as many in both, so by their titles");
}

#[test]
fn nothing_known_is_no_trouble() {
    let asked = Asked::new();
    let question = Question {
        people: &[],
        groups: &[],
        has_whatsapp: false,
        asked: &asked,
        to: Channel::Signal,
        share: MOST,
        now: now(),
    };
    let plan = plan(&question);
    assert!(plan.places.is_empty() && plan.groups.is_empty());
    assert_eq!(plan.holds, Holds::default());
}

#[test]
fn drafts_follow_the_order_with_those_who_are_there_in_between() {
    let life = Life::new();
    let order = places(&life.plan());
    let next = next(&life.question());
    let invited: Vec<usize> = next.iter().copied().filter(|contact| *contact >= 4).collect();
    assert_eq!(invited, order);
    assert_eq!(next[2], 3, "the one of those who are there with whom most was said");
    assert_eq!(next.len(), 12);
}

#[test]
fn what_is_foretold_begins_with_who_is_where_people_are_invited_to() {
    let mut life = Life { people: (0..9).map(|n| person(n, 10)).collect(), ..Life::new() };
    life.people[..3].iter_mut().for_each(|person| reach(person, Channel::Matrix));
    life.people[3..5].iter_mut().for_each(|person| reach(person, Channel::Xmpp));
    let plan = life.plan();
    let family = &plan.groups[0];
    assert_eq!((family.there, family.together), (5, 3));
    assert_eq!(family.next.map(|(_, next)| next.before), Some(family.together));
    // Four can still come, and they come where they are invited to.
    for (to, there) in [(Channel::Matrix, 3), (Channel::Xmpp, 2), (Channel::Signal, 0)] {
        let first = super::plan(&Question { to, ..life.question() }).places[0].unlocks[0];
        assert_eq!(first.before, there, "{to:?}");
        assert!(first.after > there && first.after <= there + 4, "{to:?}: {first:?}");
    }
}

#[test]
fn no_group_is_full_before_its_last_and_nobody_brings_a_rounding() {
    let mut life = Life {
        people: (0..12).map(|n| person(n, 10)).collect(),
        groups: vec![group("Everybody", 0..12, true)],
        ..Life::new()
    };
    // All of it was written in the group.
    life.people
        .iter_mut()
        .for_each(|person| person.contact.direct = crate::model::contact::Direct::default());
    let plan = plan(&Question { has_whatsapp: false, ..life.question() });
    assert_eq!(plan.places.len(), 12);
    assert!(!plan.lately, "it rests on the group alone");
    let mut brought = 0;
    for (at, place) in plan.places.iter().enumerate() {
        for unlock in &place.unlocks {
            brought += 1;
            assert!(place.score >= Some(0.5), "{at}: {unlock:?} for {:?}", place.score);
            assert!(unlock.after < 12 || at == 11, "{at}: {unlock:?}, and others can be invited still");
        }
    }
    assert!(brought > 0);
}

#[test]
fn what_cannot_move_depends_on_the_share_that_was_asked_for() {
    let mut life = Life::new();
    life.people[5..9].iter_mut().for_each(|person| person.contact.scope = Scope::GroupOnly);
    // Four of nine are together, and only one more can be asked.
    for (share, anew, stuck) in [(25, false, 0), (60, true, 100), (100, true, 100)] {
        let plan = plan(&Question { share, ..life.question() });
        assert_eq!(plan.groups[0].begin_anew, Some(anew), "{share} %");
        assert_eq!(plan.holds.stuck_in_groups, stuck, "{share} %");
    }
    // Of a group of which others may be members there is no share.
    life.groups[0].members_complete = false;
    assert_eq!(life.plan().holds.stuck_in_groups, 100);
    assert_eq!(plan(&Question { share: 25, ..life.question() }).holds.stuck_in_groups, 100);
}

#[test]
fn the_last_twelve_months_go_to_the_day_as_far_as_can_be_told() {
    let moment = |text: &str| Moment::parse(text).expect("a date");
    let month = |text: &str| moment(&format!("{text}-15T12:00:00Z")).month();
    let months: BTreeMap<_, u64> =
        [("2025-10", 1_000), ("2025-11", 30), ("2025-12", 5), ("2026-11", 2), ("2026-12", 700)]
            .map(|(text, count)| (month(text), count))
            .into();
    let year = |last, now| weigh::last_year(&months, last, moment(now));
    // Three of the thirty days of November 2025 lie in it; what is dated ahead does not.
    assert_eq!(year(None, "2026-11-27T18:00:00Z"), 3 + 5 + 2);
    assert_eq!(year(None, "2026-11-30T18:00:00Z"), 5 + 2);
    assert_eq!(year(None, "2026-11-01T18:00:00Z"), 29 + 5 + 2);
    let now = "2026-11-27T18:00:00Z";
    assert_eq!(year(Some(moment("2025-11-27T23:00:00Z")), now), 0, "the last is older");
    assert_eq!(year(Some(moment("2025-11-28T01:00:00Z")), now), 10);
    // A leap day has a year before it too.
    let leap: BTreeMap<_, u64> = [(month("2023-02"), 28), (month("2023-03"), 1)].into();
    assert_eq!(weigh::last_year(&leap, None, moment("2024-02-29T10:00:00Z")), 1);
}
