//! What the user decided of people who hold the same, and what is asked of those
//! who come to hold it later.

use super::*;
use crate::graph::Question;
use crate::graph::question::Kind as Takes;
use crate::model::mark::{Mark, Sign};

/// Takes the rulings that an answer to the only question comes to along with
/// those before.
fn decide(sources: &[Source], before: &[Ruling], answer: &Answer) -> Vec<Ruling> {
    let [question] = &asked(sources, before)[..] else { panic!("one question") };
    [before, &question.rulings(answer).expect("they are known by something")].concat()
}

#[expect(clippy::redundant_closure_for_method_calls, reason = "a look lives only so long")]
fn asked(sources: &[Source], rulings: &[Ruling]) -> Vec<Question> {
    let decisions = Decisions { rulings: rulings.to_vec(), ..Decisions::default() };
    let mut next = 0_u64;
    let mut fresh = || {
        next += 1;
        ContactId::from_random(next.to_be_bytes())
    };
    derive_with(sources, &decisions, &mut Ledger::default(), &mut fresh, |look| look.questions()).1
}

fn after(sources: &[Source], rulings: &[Ruling]) -> Graph {
    let graph = graph_of(sources, &Decisions { rulings: rulings.to_vec(), ..Decisions::default() });
    assert!(graph.problems.iter().all(|p| p.code != Code::RulingsIdle));
    graph
}

#[test]
fn c12_whoever_comes_to_a_shared_identity_later_is_asked_about() {
    for shared in [ADA, FIXED, MAIL] {
        let mut sources = vec![book("a.vcf", &[("Ada", &[shared]), ("Bo", &[shared])])];
        let two = decide(&sources, &[], &Answer::No);
        assert!(after(&sources, &two).review.is_empty(), "{shared}");
        sources.push(book("b.vcf", &[("Ada", &[shared])]));
        assert!(after(&sources, &two).review.is_empty(), "{shared}: Ada is no newcomer");
        sources.push(book("c.vcf", &[("Gran", &[shared])]));
        assert_eq!(after(&sources, &two).contacts.len(), 3, "{shared}");
        let [question] = &asked(&sources, &two)[..] else { panic!("{shared}: one question") };
        let names: Vec<&str> =
            question.sides.iter().map(|side| side.name.as_ref().map_or("", |n| n.raw())).collect();
        assert_eq!((names, question.kind()), (vec!["Gran", "Ada", "Bo"], Takes::Several(2)));
        // She is one of them, or another one.
        for (answer, count) in [(Answer::Choice(1), 2), (Answer::Choice(2), 2), (Answer::No, 3)] {
            let graph = after(&sources, &decide(&sources, &two, &answer));
            assert_eq!((graph.contacts.len(), graph.review.len()), (count, 0), "{shared} {answer:?}");
        }
        let bo = decide(&sources, &two, &Answer::Choice(2));
        assert!(people(&after(&sources, &bo)).iter().any(|who| who.starts_with("Gran/Bo ")), "{shared}");
        // And so on.
        let three = decide(&sources, &two, &Answer::No);
        sources.push(book("d.vcf", &[("Di", &[shared])]));
        assert_eq!(asked(&sources, &three).len(), 1, "{shared}");
    }
}

#[test]
fn c12_a_line_that_was_split_off_is_one_contact_in_however_many_books() {
    let phone = |number: &str| Mark { sign: Sign::Phone(Phone::parse(number, None).unwrap()), name: None };
    let card = ("Ada", &[ADA, FIXED][..]);
    let split = [Ruling::Apart { one: vec![phone("+33199001234")], other: vec![phone("+33639980101")] }];
    let sources = [book("a.vcf", &[card]), book("b.vcf", &[card]), book("c.vcf", &[card])];
    for count in 1..=3 {
        let graph = after(&sources[..count], &split);
        assert_eq!(people(&graph), [" +33199001234 0", "Ada +33639980101 0"], "{count}");
        assert!(graph.review.is_empty(), "{:?}", graph.review);
    }
}
