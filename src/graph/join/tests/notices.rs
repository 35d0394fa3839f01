//! Notices that a number changed, and numbers that changed hands.

use super::*;

/// A chat of several days in which a notice says that a number changed.
fn club(lines: &[&str]) -> Source {
    let line = |(day, line): (usize, &&str)| format!("{:02}/01/2021, 21:00 - {line}\n", day + 13);
    file(
        "WhatsApp Chat with Club.txt",
        Kind::WhatsappChat,
        &lines.iter().enumerate().map(line).collect::<String>(),
    )
}

const CHANGED: &str = "+33 6 39 98 01 01 changed to +33 6 39 98 01 02";

#[test]
fn a_notice_of_a_new_number_joins_two_cards_of_one_name() {
    let sources =
        [book("a.vcf", &[("Ada", &[ADA]), ("Ada", &[BO])]), club(&["Me: hi", "Cy: hi", "Dee: hi", CHANGED])];
    let graph = graph(&sources);
    assert_eq!(people(&graph), ["Ada +33639980101/+33639980102 0", "Cy  1", "Dee  1"]);
    // The new number is a member of the group as well.
    assert_eq!(reasons(&graph, "Ada"), BTreeSet::from([Why::NumberChange, Why::SamePhone]));
}

#[test]
fn a20_a_notice_joins_no_two_people_of_one_book_and_is_asked_about() {
    let sources = [
        book("a.vcf", &[("Ada", &[ADA]), ("Bo", &[BO])]),
        club(&["Me: hi", "Ada: hi", CHANGED, "Bo: hi", "Cy: hi", "Dee: hi"]),
    ];
    let joined = graph(&sources);
    assert_eq!(people(&joined), ["Ada +33639980101 1", "Bo +33639980102 1", "Cy  1", "Dee  1"]);
    assert!(reasons(&joined, "Ada").contains(&Why::NumberChangeDoubted));
    let [review] = &joined.review[..] else { panic!("{:?}", joined.review) };
    assert_eq!((review.open, review.on.raw()), (Open::NumberChange, "+33639980101 → +33639980102"));
    assert_eq!(
        people(&answered(&sources, &Answer::Yes)),
        ["Ada/Bo +33639980101/+33639980102 2", "Cy  1", "Dee  1"]
    );
    assert_eq!(people(&answered(&sources, &Answer::No)).len(), 4);
}

#[test]
fn a20_a_notice_about_a_name_joins_it_with_no_other_of_the_same_book() {
    let sources = [
        book("a.vcf", &[("Ada", &[ADA]), ("Bo", &[BO])]),
        club(&["Me: hi", "Ada: hi", "Ada changed to +33 6 39 98 01 02", "Cy: hi", "Dee: hi"]),
    ];
    let Finding::Chat(chat) = &sources[1].finding else { unreachable!() };
    assert_eq!(chat.number_changes.len(), 1);
    let graph = graph(&sources);
    assert_eq!(people(&graph), ["Ada +33639980101 1", "Bo +33639980102 0", "Cy  1", "Dee  1"]);
    assert_eq!(graph.review[0].open, Open::NumberChange);
}

#[test]
fn a06_a_notice_joins_nobody_who_both_go_on_writing() {
    let books = [book("a.vcf", &[("Ada", &[ADA])]), book("b.vcf", &[("Bo", &[BO])])];
    let of = |lines: &[&str]| graph(&[books[0].clone(), books[1].clone(), club(lines)]);
    let forged = of(&["Me: hi", "Ada: hi", CHANGED, "Bo: hi", "Ada: still here", "Cy: hi", "Dee: hi"]);
    assert_eq!(people(&forged), ["Ada +33639980101 2", "Bo +33639980102 1", "Cy  1", "Dee  1"]);
    assert_eq!(forged.review[0].open, Open::NumberChange);
    // Whoever wrote no more since has the other number now.
    let moved = of(&["Me: hi", "Ada: hi", CHANGED, "Bo: hi", "Cy: hi", "Dee: hi"]);
    assert_eq!(people(&moved), ["Ada/Bo +33639980101/+33639980102 2", "Cy  1", "Dee  1"]);
    assert!(moved.review.is_empty());
}

#[test]
fn a06_a_notice_gives_nobody_the_number_of_another_who_writes() {
    let to = "Ada changed to +33 6 39 98 01 02";
    let of = |more: &[&str]| {
        let lines = ["Me: hi", "Ada: hi", to, "+33 6 39 98 01 02: hi"];
        graph(&[book("a.vcf", &[("Ada", &[ADA])]), club(&[&lines[..], more].concat())])
    };
    let moved = of(&["Cy: hi"]);
    assert_eq!(people(&moved), ["Ada +33639980101/+33639980102 2", "Cy  1"]);
    let forged = of(&["Cy: hi", "Ada: still here"]);
    assert_eq!(people(&forged), [" +33639980102 1", "Ada +33639980101 2", "Cy  1"]);
    assert_eq!(forged.review[0].open, Open::NumberChange);
}

#[test]
fn a06_a_notice_makes_nobody_the_user() {
    let sources = [book("a.vcf", &[("Bo", &[BO])]), club(&["Me: hi", "Cy: hi", "Dee: hi", CHANGED])];
    let me = ["Me", "+33639980101"].map(Foreign::from).to_vec();
    let graph = graph_of(&sources, &Decisions { me, ..Decisions::default() });
    assert_eq!(people(&graph), ["Bo +33639980102 0", "Cy  1", "Dee  1"]);
}

/// A Signal export of people with an account id's last digit, number and name.
fn signal(path: &str, at: u64, people: &[(u8, &str, &str)]) -> Source {
    let mut lines = vec![
        format!(r#"{{"version":"1","backupTimeMs":"{at}"}}"#),
        r#"{"account":{"givenName":"Me","accountSettings":{}}}"#.to_owned(),
        r#"{"recipient":{"id":"1","self":{}}}"#.to_owned(),
    ];
    for (place, (aci, number, name)) in people.iter().enumerate() {
        let aci = base64::Engine::encode(&base64::engine::general_purpose::STANDARD, [*aci; 16]);
        lines.push(format!(
            r#"{{"recipient":{{"id":"{}","contact":{{"registered":{{}},"aci":"{aci}","e164":"{number}","systemGivenName":"{name}"}}}}}}"#,
            place + 2
        ));
    }
    file(path, Kind::SignalExport, &lines.join("\n"))
}

#[test]
fn a20_a_notice_joins_no_two_accounts_of_one_signal_export() {
    let two = [(1, "+33639980101", "Ada"), (2, "+33639980102", "Bo")];
    let chat = club(&["Me: hi", "Cy: hi", "Dee: hi", CHANGED]);
    let joined = graph(&[signal("main.jsonl", 1_790_000_000_000, &two), chat.clone()]);
    assert_eq!(people(&joined), ["Ada +33639980101 0", "Bo +33639980102 0", "Cy  1", "Dee  1"]);
    assert_eq!(joined.review[0].open, Open::NumberChange);
    let one = graph(&[signal("main.jsonl", 1_790_000_000_000, &two[..1]), chat]);
    assert_eq!(people(&one), ["Ada +33639980101/+33639980102 0", "Cy  1", "Dee  1"]);
}

#[test]
fn c12_a_number_that_another_account_has_now_makes_no_two_accounts_one() {
    let before = signal("old.jsonl", 1_700_000_000_000, &[(1, "+33639980101", "Ada")]);
    let both = [(1, "+33639980102", "Ada"), (9, "+33639980101", "Nouveau")];
    let after = signal("new.jsonl", 1_790_000_000_000, &both);
    let moved = graph(&[before.clone(), after.clone()]);
    assert_eq!(people(&moved), ["Ada +33639980102 0", "Nouveau +33639980101 0"]);
    assert!(moved.review.is_empty(), "one list has them both");
    assert!(reasons(&moved, "Ada").contains(&Why::SeveralAccounts));
    // The user's book says what it says; its card goes to the one of its name.
    let book = book("a.vcf", &[("Ada", &[ADA])]);
    let carded = graph(&[before.clone(), after, book.clone()]);
    assert_eq!(people(&carded), ["Ada +33639980101/+33639980102 0", "Nouveau +33639980101 0"]);
    // Where the newest list does not know the old account any more, only a
    // person can tell.
    let gone = [before.clone(), signal("new.jsonl", 1_790_000_000_000, &both[1..])];
    let doubtful = graph(&gone);
    assert_eq!(people(&doubtful), ["Ada  0", "Nouveau +33639980101 0"]);
    let [review] = &doubtful.review[..] else { panic!("{:?}", doubtful.review) };
    assert_eq!((review.open, review.why), (Open::SharedIdentity, Why::SeveralAccounts));
    assert_eq!(people(&answered(&gone, &Answer::Yes)), ["Nouveau/Ada +33639980101 0"]);
    assert_eq!(people(&answered(&gone, &Answer::No)).len(), 2);
    // Whoever registers anew is the same person under the same name.
    let anew = signal("new.jsonl", 1_790_000_000_000, &[(9, "+33639980101", "Ada")]);
    assert_eq!(people(&graph(&[before, anew, book])), ["Ada +33639980101 0"]);
}

/// An export whose first person was found to have had that number as well.
fn merged(people: &[(u8, &str, &str)], number: &str) -> Source {
    let mut source = signal("main.jsonl", 1_790_000_000_000, people);
    let crate::model::Finding::Signal(export) = &mut source.finding else { unreachable!("an export") };
    let at = crate::model::Moment::parse("2020-09-13T12:26:40Z");
    let phone = crate::model::Phone::parse(number, None).unwrap();
    std::sync::Arc::make_mut(export).people[0].merged =
        vec![crate::model::finding::MergedNumber { phone, at, line: 9 }];
    source
}

#[test]
fn a_number_that_signal_merged_joins_whoever_has_it() {
    let ada = [(1, "+33639980101", "Ada")];
    let old = book("a.vcf", &[("Ada Q.", &[BO])]);
    let joined = graph(&[merged(&ada, "+33639980102"), old.clone()]);
    assert_eq!(people(&joined), ["Ada Q./Ada +33639980101/+33639980102 0"]);
    assert_eq!(reasons(&joined, "Ada Q."), BTreeSet::from([Why::NumberChange]));
    // Where the number is hidden, the account is tied to it.
    let mut hidden = merged(&ada, "+33639980102");
    let crate::model::Finding::Signal(export) = &mut hidden.finding else { unreachable!("an export") };
    std::sync::Arc::make_mut(export).people[0].phone = None;
    assert_eq!(people(&graph(&[hidden, old.clone()])), ["Ada Q./Ada +33639980102 0"]);
    // Whoever has the number by now is somebody else.
    let two = [(1, "+33639980101", "Ada"), (2, "+33639980102", "Bo")];
    let apart = graph(&[merged(&two, "+33639980102"), old]);
    assert_eq!(apart.contacts.len(), 2);
    assert_eq!(apart.review[0].open, Open::NumberChange);
    let both = book("b.vcf", &[("Ada", &[ADA]), ("Bo", &[BO])]);
    assert_eq!(graph(&[merged(&ada, "+33639980102"), both]).contacts.len(), 2, "one book keeps them apart");
}
