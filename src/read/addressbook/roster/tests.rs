//! What is read of a contact list, and what a hostile one cannot do.

use super::*;

type Outcome = (Vec<Card>, Tally, Vec<(Code, Option<u64>)>);

fn read_text(text: &str) -> Outcome {
    assert!(is_roster(text.as_bytes()), "{text}");
    read_bytes(text.as_bytes())
}

fn read_bytes(bytes: &[u8]) -> Outcome {
    let mut problems = Vec::new();
    let (book, tally) = read_capped(&bytes.to_vec(), &mut problems, 4096).unwrap();
    assert_eq!(tally.read, tally.kept + tally.rejected);
    assert_eq!(tally.kept, book.cards.len() as u64);
    (book.cards, tally, problems.iter().map(|p| (p.code, p.line)).collect())
}

fn roster(items: &str) -> String {
    format!("<query xmlns='jabber:iq:roster' ver='7'>{items}</query>")
}

fn account(name: &str, items: &str) -> String {
    format!(
        "<user name='{name}' password='SECRET'>\n<offline-messages><message><body>SECRET</body></message></offline-messages>\n{}</user>",
        roster(items)
    )
}

fn export(users: &str) -> String {
    format!(
        "<?xml version='1.0' encoding='UTF-8'?>\n<server-data xmlns='urn:xmpp:pie:0'>\n<host jid='example.org'>\n{users}</host></server-data>\n"
    )
}

const BO: &str =
    "<item jid='Bo@Example.net/phone' name='Bo &amp; Co' subscription='both'><group>Friends</group></item>";

fn shown(cards: &[Card]) -> Vec<(u64, &str, &str, Option<Subscription>)> {
    let one = |card: &'_ Card| (card.line, card.subscription);
    cards
        .iter()
        .map(|card| {
            let (line, subscription) = one(card);
            let name = card.name.as_ref().map_or("", Foreign::raw);
            (line, name, card.addresses.first().map_or("", Address::as_str), subscription)
        })
        .collect()
}

#[test]
fn entries_with_their_subscriptions() {
    use Subscription::{Both, From, None, To};
    let items = format!(
        "{BO}\n<item jid='cy@example.net' subscription='from'/>\n<item jid='dee@example.net' subscription=\"to\" name='Dee'/>\n<item jid='eve@example.net' subscription='none' ask='subscribe'/><item jid='fay@example.net'/>"
    );
    let (cards, tally, problems) = read_text(&export(&account("ada", &items)));
    assert_eq!((tally.read, problems), (5, vec![]));
    assert_eq!(
        shown(&cards),
        [
            (6, "Bo & Co", "bo@example.net", Some(Both)),
            (7, "", "cy@example.net", Some(From)),
            (8, "Dee", "dee@example.net", Some(To)),
            (9, "", "eve@example.net", Some(None)),
            (9, "", "fay@example.net", Some(None)),
        ]
    );
    let kept = serde_json::to_string(&cards).unwrap();
    assert!(!kept.contains("SECRET"), "{kept}");
}

#[test]
fn a_list_alone_and_the_older_namespace_will_do() {
    assert_eq!(shown(&read_text(&roster(BO)).0)[0].2, "bo@example.net");
    let iq = format!("<iq type='result' to='ada@example.org/x'>{}</iq>", roster(BO));
    assert_eq!(read_text(&iq).0.len(), 1);
    let old = export(&account("ada", BO)).replace("urn:xmpp:pie:0", EXPORT[1]);
    assert_eq!(read_text(&old).0.len(), 1);
    let (utf16, ..) = (roster(BO).encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>(), ());
    let marked = [&[0xff, 0xfe][..], &utf16].concat();
    assert!(is_roster(&marked));
    assert_eq!(read_bytes(&marked).0.len(), 1);
}

#[test]
fn a_list_is_known_by_its_namespace_whatever_the_prefix() {
    let prefixed =
        "<r:item jid='bo@example.net' name='Bo'/><x:item xmlns:x='urn:other' jid='no@example.net'/>";
    for around in [
        format!("<r:query xmlns:r='jabber:iq:roster'>{prefixed}</r:query>"),
        format!("<iq xmlns:r='jabber:iq:roster'><r:query>{prefixed}</r:query></iq>"),
        export(&format!(
            "<user name='ada'><r:query xmlns:r=\"jabber:iq:roster\">{prefixed}</r:query></user>"
        )),
    ] {
        let (cards, tally, _) = read_text(&around);
        assert_eq!((cards.len(), tally.read), (1, 1), "{around}");
    }
    let hidden =
        format!("<a xmlns:r='jabber:iq:roster'><r:query xmlns:r='urn:other'>{prefixed}</r:query></a>");
    assert_eq!(read_text(&hidden).1.read, 0);
    let over = format!("<a><b xmlns='jabber:iq:roster'/><query>{BO}</query></a>");
    assert_eq!(read_text(&over).1.read, 0, "a prefix ends with its element");
}

#[test]
fn what_is_nobody() {
    let items = "<item jid='whatsapp.example.org' subscription='both'/><item jid='+447700900123@whatsapp.example.org' subscription='both'/><item jid='ada@example.org' subscription='both'/><item jid='nick%irc.example.net@biboumi.example.org'/><item jid='a b@@x' name='x'/><item subscription='both'/>";
    let (cards, tally, problems) = read_text(&export(&account("ada", items)));
    assert_eq!((cards.len(), tally.rejected), (0, 6));
    let listed = (Code::RosterGateways, Some(6));
    let unusable = (Code::AddressUnusable, Some(6));
    assert_eq!(problems, [listed, listed, listed, listed, unusable, listed]);
    let many = "<item jid='gate.example.org'/>\n".repeat(130);
    let (_, tally, problems) = read_text(&roster(&many));
    assert_eq!((tally.rejected, problems.len()), (130, 101));
}

#[test]
fn those_whom_the_user_blocked_are_marked() {
    let blocked = "<blocklist xmlns='urn:xmpp:blocking'><item jid='Bo@example.net/phone'/><item jid='spam.example'/><item jid='eve@example.net'/></blocklist>";
    let items = format!("{BO}<item jid='x@spam.example'/><item jid='cy@example.net'/>");
    let user = account("ada", &items).replace("</user>", &format!("{blocked}</user>"));
    let (cards, tally, problems) = read_text(&export(&user));
    let told: Vec<_> = cards.iter().map(|card| (card.addresses[0].as_str(), card.unwanted)).collect();
    let expected = [
        ("bo@example.net", true),
        ("x@spam.example", true),
        ("cy@example.net", false),
        ("eve@example.net", true),
    ];
    assert_eq!((told.as_slice(), tally.read, problems), (&expected[..], 4, vec![]));
    // In front of the list as well; in another namespace it is none.
    let first = account("ada", &items).replacen("<offline", &format!("{blocked}<offline"), 1);
    assert_eq!(read_text(&export(&first)).0.iter().filter(|card| card.unwanted).count(), 3);
    let other = user.replace("urn:xmpp:blocking", "urn:other");
    assert!(read_text(&export(&other)).0.iter().all(|card| !card.unwanted));
}

#[test]
fn an_account_that_is_called_after_a_number_tells_the_number() {
    let (cards, ..) = read_text(&roster("<item jid='+447700900123@quicksy.im' subscription='both'/>"));
    assert_eq!(cards[0].phones[0].waid.as_ref().unwrap().as_str(), "+447700900123");
    let (cards, ..) = read_text(&roster("<item jid='+447700900123@example.org' subscription='both'/>"));
    assert!(cards[0].phones.is_empty());
}

#[test]
fn the_lists_of_several_accounts_are_nobodys_address_book() {
    let users = format!("{}{}", account("ada", BO), account("cy", BO));
    let (cards, tally, problems) = read_text(&export(&users));
    assert_eq!((cards.len(), tally.rejected, problems), (0, 2, vec![(Code::RosterSeveral, None)]));
    let one = format!("{}<user name='empty'/>", account("ada", BO));
    assert_eq!(read_text(&export(&one)).0.len(), 1, "an account without a list is no other list");
}

#[test]
fn hostile_documents_are_refused_and_what_came_before_is_kept() {
    let laughs = "<!DOCTYPE x [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;\">]>\n";
    let (cards, _, problems) = read_text(&format!("{laughs}{}", roster(BO)));
    assert_eq!((cards.len(), problems), (0, vec![(Code::RosterDamaged, Some(1))]));
    let entity = roster("<item jid='bo@example.net' name='&xxe;'/>");
    assert_eq!(read_text(&entity).0[0].name, None, "no entity is ever looked up");
    let deep = format!("{}{}", roster(BO), "<a>".repeat(100));
    let (cards, _, problems) = read_text(&deep);
    assert_eq!((cards.len(), problems), (1, vec![(Code::RosterDamaged, Some(1))]));
    let long = format!("{}\n<x>{}</x>", roster(BO), "x".repeat(9000));
    let (cards, _, problems) = read_text(&long);
    assert_eq!((cards.len(), problems[0].0), (1, Code::RosterDamaged));
    let crowded: String = (0..300).map(|n| format!(" a{n}='x'")).collect();
    let crowded = roster(&format!("<item{crowded} jid='bo@example.net'/>"));
    assert_eq!(read_text(&crowded).1.rejected, 1);
}

#[test]
fn a_list_cut_anywhere_never_panics_and_says_so() {
    let whole = export(&account("ada", BO));
    let end = whole.trim_end().len();
    for cut in 0..end {
        let (_, _, problems) = read_bytes(&whole.as_bytes()[..cut]);
        assert!(
            cut == 0 || problems.iter().any(|(code, _)| *code == Code::RosterDamaged) || cut < 40,
            "{cut}"
        );
    }
    for place in 0..whole.len() {
        for byte in [0, b'<', b'>', b'\'', b'&', 0xff] {
            let mut bytes = whole.clone().into_bytes();
            bytes[place] = byte;
            read_bytes(&bytes);
            is_roster(&bytes);
        }
    }
}

#[test]
fn only_a_list_is_taken_for_one() {
    for other in [
        "",
        "<html><body>jabber:iq:roster</body></html>",
        "jabber:iq:roster",
        "{\"x\":\"jabber:iq:roster\"}",
        "<x xmlns='jabber:iq:private'/>",
    ] {
        assert!(!is_roster(other.as_bytes()), "{other}");
    }
}
