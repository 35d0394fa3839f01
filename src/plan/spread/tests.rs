//! Orders on graphs of every shape, sound and odd.

use super::candidates::Strategy;
use super::dice::Dice;
use super::reverse::Samples;
use super::*;

fn people(count: usize) -> Vec<Person> {
    vec![Person::default(); count]
}

fn ten(ties: &Ties) -> Order {
    order(ties, &Wish { count: 10, regimes: &Regime::ALL }, &Effort::of(ties))
}

/// Whoever can be invited stands in the order once, it is the same every time, and
/// no number in it is none.
fn sound(ties: &Ties) -> Order {
    let first = ten(ties);
    assert_eq!(first.people, ten(ties).people, "the same order every time");
    let mut all = first.people.clone();
    all.sort_unstable();
    assert_eq!(all, ties.open().collect::<Vec<_>>());
    for weight in ties.total.iter().chain(&ties.today).chain(&ties.weight) {
        assert!(weight.is_finite() && *weight >= 0.0, "{weight}");
    }
    if let Some(brought) = &first.brought {
        for regime in Regime::ALL {
            let brought = brought.under(regime).expect("every regime is judged");
            assert!(brought.is_finite() && brought >= 0.0, "{regime:?}: {brought}");
        }
    }
    first
}

#[test]
fn f21_one_group_with_everybody() {
    let ties = Ties::new(people(40), vec![Knot::group((0..40).collect())]);
    // All are alike, so the lowest numbers come first.
    let order = sound(&ties);
    assert_eq!(order.people, (0..40).collect::<Vec<_>>());
}

#[test]
fn f21_no_groups_then_those_with_whom_most_is_said() {
    let person = |n: u32| Person {
        direct: f64::from(n % 7),
        worth: 1.0 + f64::from(n % 7) / 100.0,
        ..Person::default()
    };
    let ties = Ties::new((0..30).map(person).collect(), Vec::new());
    let order = sound(&ties);
    assert_eq!(order.people[..4], [6, 13, 20, 27]);
}

#[test]
fn f21_nobody_at_all() {
    let ties = Ties::new(Vec::new(), Vec::new());
    assert!(sound(&ties).people.is_empty());
    let there = Person { standing: Standing::There, ..Person::default() };
    let ties = Ties::new(vec![there; 3], vec![Knot::group(vec![0, 1, 2])]);
    assert!(sound(&ties).people.is_empty());
}

#[test]
fn f21_isolated_people_are_in_the_order_and_bring_only_themselves() {
    let ties = Ties::new(people(30), vec![Knot::group((0..12).collect()), Knot::group(vec![20])]);
    let order = sound(&ties);
    assert!(order.people.contains(&29));
    for regime in Regime::ALL {
        for world in World::several(&ties, regime, Given::Today, 20, 1) {
            let mut play = Play::new(&ties, &world);
            assert!((play.invite(&ties, &world, 25, 0.0) - 1.0).abs() < 1e-9);
            assert_eq!(play.came().collect::<Vec<_>>(), [25]);
        }
    }
}

#[test]
fn f21_self_loops_and_doubles_weigh_nothing_more() {
    let odd = Ties::new(
        people(4),
        vec![
            Knot::pair(0, 0, 5.0),
            Knot::group(vec![0, 1, 1, 2, 2, 0]),
            Knot { members: vec![1, 99], weight: f64::NAN, with_user: true, chance: f64::INFINITY },
            Knot::pair(2, 3, -1.0),
            Knot::group(Vec::new()),
        ],
    );
    let plain = Ties::new(people(4), vec![Knot::group(vec![0, 1, 2])]);
    assert_eq!(odd.total, plain.total);
    sound(&odd);
}

#[test]
fn f20_a_large_group_is_a_row_and_no_clique() {
    let ties = Ties::new(people(1_024), vec![Knot::group((0..1_024).collect())]);
    assert_eq!(ties.members.total(), 1_024);
    // Half a million pairs are walked over in one step.
    let world = World::draw(&ties, Regime::Soft, Given::Today, 1);
    let mut play = Play::new(&ties, &world);
    play.invite(&ties, &world, 0, 0.0);
    assert!(play.steps() <= 1_024 * 200, "{}", play.steps());
}

#[test]
fn f20_many_people_in_large_groups_fall_back_and_say_so() {
    let mut dice = Dice::new(20, 0);
    let group = |_| Knot::group((0..150).map(|_| dice.below(2_000)).collect());
    let ties = Ties::new(people(2_000), (0..40).map(group).collect());
    let few = Effort {
        samples: 2_000,
        sampled: 40_000,
        judged: 2,
        weighed: 20,
        ..Effort::of_size(100_000, 3_000_000)
    };
    assert!(few.cheaper);
    let run = || order(&ties, &Wish { count: 20, regimes: &Regime::ALL }, &few);
    let order = run();
    assert!(order.cheaper);
    assert_eq!(order.people, run().people);
    assert_eq!(order.people.len(), 2_000);
    assert!(!Effort::of_size(500, 2_500).cheaper, "ordinary lives are weighed in full");
}

/// Two circles of ten, of which the second has one more group.
fn circles() -> Ties {
    let group = |range: std::ops::Range<usize>| Knot::group(range.collect());
    Ties::new(people(20), vec![group(0..10), group(10..20), group(14..18)])
}

#[test]
fn what_is_tried_out_is_taken_back() {
    let ties = circles();
    for regime in Regime::ALL {
        let world = World::draw(&ties, regime, Given::Today, 5);
        let mut play = Play::new(&ties, &world);
        play.invite(&ties, &world, 3, 0.5);
        let before = format!("{play:?}");
        let tried = play.try_out(&ties, &world, 15, 0.5);
        let steps = |text: &str| text.split("steps").next().map(str::to_owned);
        assert_eq!(steps(&before), steps(&format!("{play:?}")));
        assert!((tried - play.invite(&ties, &world, 15, 0.5)).abs() < 1e-12);
    }
}

#[test]
fn what_is_there_today_has_made_nobody_come() {
    let mut people = people(10);
    people[..6].iter_mut().for_each(|person| person.standing = Standing::There);
    let ties = Ties::new(people, vec![Knot::group((0..10).collect())]);
    for regime in Regime::ALL {
        for world in World::several(&ties, regime, Given::Today, 50, 2) {
            assert_eq!(Play::new(&ties, &world).came().count(), 0, "{regime:?}");
        }
        let worlds = World::several(&ties, regime, Given::Nothing, 50, 2);
        let came: usize = worlds.iter().map(|world| Play::new(&ties, world).came().count()).sum();
        assert!(came > 0, "{regime:?}: without that it would have");
    }
}

#[test]
fn who_wants_company_first_does_not_follow_one_of_ten() {
    let ties = Ties::new(people(11), vec![Knot::circle((0..11).collect())]);
    for world in World::several(&ties, Regime::Hard, Given::Today, 50, 3) {
        let mut play = Play::new(&ties, &world);
        play.invite(&ties, &world, 0, 0.0);
        play.invite(&ties, &world, 1, 0.0);
        assert_eq!(play.came().count(), 2, "two of ten are less than a quarter");
    }
}

#[test]
fn who_said_no_is_out_and_who_did_not_answer_counts_half() {
    let mut people = people(20);
    people[3].standing = Standing::Out;
    people[4].standing = Standing::Follows;
    people[5].accepts = 0.5;
    let ties = Ties::new(people, vec![Knot::group((0..20).collect())]);
    let order = sound(&ties);
    assert!(!order.people.contains(&3) && !order.people.contains(&4));
    assert!(!order.people[..10].contains(&5), "all others alike come first");
    let worlds = World::several(&ties, Regime::Cascade, Given::Today, 400, 4);
    let accepted = worlds.iter().filter(|world| Play::new(&ties, world).invite(&ties, world, 5, 0.0) > 0.0);
    assert!((150..250).contains(&accepted.count()));
    for world in &worlds {
        let mut play = Play::new(&ties, world);
        for person in 0..20 {
            play.invite(&ties, world, person, 0.0);
        }
        assert!(!play.is_there(3), "nobody brings those who do not want to come");
    }
}

#[test]
fn samples_taken_backwards_tell_what_worlds_tell() {
    let ties = circles();
    for regime in [Regime::Soft, Regime::Cascade] {
        let worlds = World::several(&ties, regime, Given::Today, 4_000, 6);
        let samples = Samples::take(&ties, regime, &Effort::of(&ties), 7);
        for person in [0, 12, 15] {
            let played: f64 =
                worlds.iter().map(|world| Play::new(&ties, world).invite(&ties, world, person, 0.0)).sum();
            let (played, sampled) = (played / 4_000.0, samples.gain(&ties, person));
            assert!((played - sampled).abs() < 0.15 * played, "{regime:?} {person}: {played} {sampled}");
        }
    }
}

#[test]
fn every_strategy_gives_each_person_once() {
    let ties = circles();
    for strategy in Strategy::ALL {
        let mut order = strategy.choose(&ties, 20, &Effort::of(&ties));
        order.sort_unstable();
        assert_eq!(order, (0..20).collect::<Vec<_>>(), "{}", strategy.id());
    }
}

#[test]
fn everybody_has_the_same_dice_whoever_else_there_is() {
    let keys: Vec<u64> = (0..23).map(|n| dice::mixed(77, n)).collect();
    let group = |from: usize| Knot::group((from..from + 10).collect());
    let own = Ties::new(people(20), vec![group(0), group(8)]).keyed(keys[..20].to_vec(), vec![5, 6]);
    // Three more stand before them, and a group of their own before the others.
    let shifted: Vec<u64> = keys[20..].iter().chain(&keys[..20]).copied().collect();
    let more = Ties::new(people(23), vec![Knot::group(vec![0, 1, 2]), group(3), group(11)])
        .keyed(shifted, vec![9, 5, 6]);
    for regime in Regime::ALL {
        let came = |ties: &Ties, shift: usize| -> Vec<Vec<usize>> {
            let worlds = World::several(ties, regime, Given::Today, 40, 3);
            let one = |world: &World| {
                let mut play = Play::new(ties, world);
                play.invite(ties, world, 9 + shift, 0.0);
                play.came().map(|person| person - shift).collect()
            };
            worlds.iter().map(one).collect()
        };
        assert_eq!(came(&own, 0), came(&more, 3), "{regime:?}");
    }
}
