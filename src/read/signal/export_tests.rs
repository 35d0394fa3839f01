//! Whole exports, good and bad.

use super::*;
use crate::model::finding::SignalPerson;
use crate::model::{Moment, finding::SignalStanding};

const INFO: &str =
    r#"{"version":"1","backupTimeMs":"1611511200000","mediaRootBackupKey":"c2VjcmV0LWtleQ=="}"#;
const EMMA: &str = r#"{"recipient":{"id":"4","contact":{"aci":"qqqqqgAAQACAAAAAAAAAAQ==","e164":"447700900101","registered":{},"profileKey":"c2VjcmV0LWtleQ==","systemGivenName":"Emma"}}}"#;
const RORY: &str = r#"{"recipient":{"id":5,"contact":{"e164":33639980004,"systemGivenName":"Rory"}}}"#;
const CHAT: &str = r#"{"chat":{"id":"1","recipientId":"4"}}"#;

struct Outcome {
    export: SignalExport,
    tally: Tally,
    problems: Vec<(Code, Option<u64>)>,
}

fn read_bytes(bytes: &[u8]) -> Outcome {
    let mut problems = Vec::new();
    let (export, tally) = read_capped(&bytes.to_vec(), &mut problems, 4096).unwrap();
    assert_eq!(tally.read, tally.kept + tally.rejected);
    assert_eq!(tally.kept, export.people.len() as u64);
    Outcome { export, tally, problems: problems.iter().map(|p| (p.code, p.line)).collect() }
}

fn read_lines(lines: &[&str]) -> Outcome {
    read_bytes(lines.iter().map(|line| format!("{line}\n")).collect::<String>().as_bytes())
}

fn item(chat: u64, author: u64, date: u64, rest: &str) -> String {
    format!(r#"{{"chatItem":{{"chatId":"{chat}","authorId":"{author}","dateSent":"{date}",{rest}}}}}"#)
}

fn only(lines: &[&str]) -> SignalPerson {
    let outcome = read_lines(lines);
    assert_eq!(outcome.problems, [(Code::SignalSecrets, None)]);
    outcome.export.people.into_iter().next().unwrap()
}

const SECRETS: (Code, Option<u64>) = (Code::SignalSecrets, None);
const IN: &str = r#""incoming":{"read":true},"standardMessage":{"text":{"body":"my secret-body"}}"#;
const OUT: &str = r#""outgoing":{"sendStatus":[]},"standardMessage":{}"#;
const JOINED: &str = r#""directionless":{},"updateMessage":{"simpleUpdate":{"type":"JOINED_SIGNAL"}}"#;

#[test]
fn people_account_and_date_are_taken() {
    let account = r#"{"account":{"profileKey":"c2VjcmV0LWtleQ==","username":"lea.marchand.42","accountSettings":{"notDiscoverableByPhoneNumber":true}}}"#;
    let account = account.replace("lea.marchand", "lea_marchand");
    let others = [
        r#"{"recipient":{"id":"1","self":{}}}"#,
        r#"{"recipient":{"id":"2","releaseNotes":{}}}"#,
        r#"{"recipient":{"id":"3","group":{"masterKey":"c2VjcmV0LWtleQ=="}}}"#,
        r#"{"stickerPack":{"packId":"AA==","packKey":"c2VjcmV0LWtleQ=="}}"#,
        r#"{"someday":{"new":[1,2]}}"#,
        "{}",
        "",
    ];
    let found = read_lines(&[&[INFO, &account], &others[..], &[EMMA, RORY, CHAT]].concat());
    assert_eq!(found.problems, [SECRETS]);
    assert_eq!(found.tally, Tally { read: 2, kept: 2, rejected: 0 });
    assert_eq!(found.export.at, Moment::parse("2021-01-24T18:00:00Z"));
    assert_eq!(found.export.account.username.as_ref().unwrap().as_str(), "lea_marchand.42");
    assert!(found.export.account.hidden_by_number);
    let [emma, rory] = &found.export.people[..] else { panic!("two people") };
    assert_eq!((emma.line, emma.standing), (10, SignalStanding::Registered));
    assert_eq!((rory.line, rory.standing), (11, SignalStanding::Silent));
    assert_eq!(rory.phone.as_ref().unwrap().as_str(), "+33639980004");
}

#[test]
fn no_key_and_no_text_is_kept() {
    let found = read_lines(&[INFO, EMMA, CHAT, &item(1, 4, 1_600_000_000_000, IN)]);
    let kept = serde_json::to_string(&found.export).unwrap();
    assert!(!kept.contains("c2Vj") && !kept.contains("secret"), "{kept}");
}

#[test]
fn the_newest_word_in_a_direct_chat_counts_in_any_order_of_frames() {
    let newest = item(1, 9, 1_600_000_002_000, OUT);
    let older = item(1, 4, 1_600_000_001_000, IN);
    let notice = item(1, 4, 1_600_000_009_000, JOINED);
    let timer =
        item(1, 4, 1_600_000_009_000, r#""incoming":{},"updateMessage":{"expirationTimerChange":{}}"#);
    let other = item(2, 4, 1_600_000_008_000, IN);
    let group = [r#"{"recipient":{"id":"8","group":{}}}"#, r#"{"chat":{"id":"2","recipientId":"8"}}"#];
    let mut lines = vec![EMMA, CHAT, group[0], group[1], &newest, &older, &notice, &timer, &other];
    for _ in 0..2 {
        assert_eq!(only(&lines).last_said, Moment::parse("2020-09-13T12:26:42Z"));
        lines.reverse();
    }
    assert_eq!(only(&[EMMA, CHAT, &item(1, 4, 0, IN), &item(1, 4, u64::MAX, IN)]).last_said, None);
    assert_eq!(only(&[EMMA, &newest]).last_said, None, "a chat of nobody's");
}

#[test]
fn the_earliest_notice_tells_who_joined() {
    let early = item(2, 4, 1_600_000_001_000, JOINED);
    let late = item(1, 4, 1_600_000_002_000, &JOINED.replace("\"JOINED_SIGNAL\"", "1"));
    let other = item(1, 4, 1_500_000_000_000, &JOINED.replace("JOINED_SIGNAL", "IDENTITY_UPDATE"));
    for lines in [[&late, &other, &early], [&early, &late, &other]] {
        let person = only(&[lines[0], lines[1], EMMA, lines[2]]);
        assert_eq!((person.joined, person.last_said), (Moment::parse("2020-09-13T12:26:41Z"), None));
    }
}

#[test]
fn a_damaged_line_costs_only_itself() {
    let deep = format!("{{\"recipient\":{}", "[".repeat(4000));
    let deep_body = format!(r#"{{"chatItem":{{"x":{}1{}}}}}"#, "[".repeat(2000), "]".repeat(2000));
    let number = format!(r#"{{"chat":{{"id":{}}}}}"#, "9".repeat(3000));
    let bad = [
        "not json",
        "[]",
        "5",
        "{\"recipient\":5}",
        r#"{"recipient":["4",{"e164":"447700900101"}]}"#,
        r#"{"recipient":{"id":"7","id":"8"}}"#,
        r#"{"account":{"username":5}}"#,
        r#"{"chat":{"id":-1}}"#,
        r#"{"stickerPack":{"packId":"#,
        r#"{"chatItem":{"chatId":"1","dateSent":"soon"}}"#,
        "{\"chat\":{}}{\"chat\":{}}",
        &deep,
        &number,
    ];
    for line in bad {
        let found = read_lines(&[EMMA, line, RORY]);
        assert_eq!(found.problems, [(Code::SignalLine, Some(2)), SECRETS], "{line}");
        assert_eq!(found.tally, Tally { read: 2, kept: 2, rejected: 0 }, "{line}");
    }
    assert_eq!(read_lines(&[EMMA, &deep_body]).problems, [SECRETS], "what is not taken may be deep");
}

#[test]
fn contacts_that_cannot_be_used_are_counted() {
    for line in [
        r#"{"recipient":{"id":"7","contact":{"blocked":true}}}"#,
        r#"{"recipient":{"id":"7","contact":{"aci":"?","e164":"12"}}}"#,
        r#"{"recipient":{"id":"7","contact":{"e164":[]}}}"#,
        r#"{"recipient":{"id":"7","contact":{"e164":"447700900101""#,
    ] {
        let found = read_lines(&[EMMA, line]);
        assert_eq!(found.problems, [(Code::SignalLine, Some(2)), SECRETS], "{line}");
        assert_eq!(found.tally, Tally { read: 2, kept: 1, rejected: 1 }, "{line}");
    }
}

#[test]
fn a_wrong_field_costs_itself_and_is_named() {
    const ACI: &str = r#""aci":"qqqqqgAAQACAAAAAAAAAAQ==""#;
    for (contact, field) in [
        (format!(r#"{ACI},"e164":"+44 7700","systemGivenName":"Ada""#), "e164"),
        (
            format!(r#"{ACI},"e164":[1],"profileGivenName":7,"systemGivenName":"Ada""#),
            "e164, profileGivenName",
        ),
        (format!(r#"{ACI},"blocked":"no","visibility":1.5,"systemGivenName":"Ada""#), "blocked, visibility"),
        (format!(r#"{ACI},"nickname":[],"systemGivenName":"Ada","e164":"447700900101""#), "nickname"),
        (format!(r#"{ACI},"username":"no dot","systemGivenName":"Ada""#), "username"),
    ] {
        let line = format!(r#"{{"recipient":{{"id":"7","contact":{{{contact}}}}}}}"#);
        let chat = r#"{"chat":{"id":"1","recipientId":"7"}}"#;
        let found = read_lines(&[EMMA, &line, chat, &item(1, 7, 1_600_000_000_000, IN)]);
        assert_eq!(found.problems, [(Code::SignalField, Some(2)), SECRETS], "{line}");
        assert_eq!(found.tally, Tally { read: 2, kept: 2, rejected: 0 }, "{line}");
        let ada = &found.export.people[1];
        assert!(ada.aci.is_some() && ada.last_said.is_some(), "{line}: {ada:?}");
        assert_eq!(ada.saved_name.as_ref().unwrap().raw(), "Ada");
        let (_, contact, named) = super::person::salvage(line.as_bytes()).unwrap();
        assert!(contact.aci.is_some() && (named.join(", ") == field || field == "username"), "{named:?}");
    }
    // What stands twice is told as a line, and kept.
    let twice = r#"{"recipient":{"id":"7","contact":{"blocked":true,"blocked":true,"e164":"447700900101"}}}"#;
    let found = read_lines(&[EMMA, twice]);
    assert_eq!(found.problems, [(Code::SignalLine, Some(2)), SECRETS]);
    assert!(found.export.people[1].unwanted);
}

#[test]
fn of_a_message_that_is_too_long_the_date_is_taken_and_the_line_is_told() {
    let long = item(1, 4, 1_600_000_000_000, IN).replace("my secret-body", &"x".repeat(9000));
    let (found, _) = {
        let mut problems = Vec::new();
        let text = [EMMA, CHAT, &long, &item(1, 4, 1_500_000_000_000, IN)].join("\n") + "\n";
        let read = read_capped(&text.into_bytes(), &mut problems, 5000).unwrap();
        let codes: Vec<_> = problems.iter().map(|p| (p.code, p.line)).collect();
        assert_eq!(codes, [(Code::LineTooLong, Some(3)), SECRETS]);
        read
    };
    let emma = &found.people[0];
    assert_eq!(emma.last_said, Moment::from_millis(1_600_000_000_000));
    assert_eq!(emma.first_said, Moment::from_millis(1_500_000_000_000));
}

#[test]
fn dates_that_cannot_be_true_are_none() {
    let gone = r#"{"recipient":{"id":"7","contact":{"aci":"u7u7uwAAQACAAAAAAAAABA","notRegistered":{"unregisteredTimestamp":"5"}}}}"#;
    for date in [0, 5, 1_200_000_000_000, 1_611_700_000_000, 4_102_444_800_000, u64::MAX] {
        let lines = [item(1, 4, date, IN), item(1, 4, date, JOINED), item(1, 4, 1_600_000_000_000, IN)];
        let found = read_lines(&[INFO, EMMA, gone, CHAT, &lines[0], &lines[1], &lines[2]]);
        let [emma, other] = &found.export.people[..] else { panic!("{date}") };
        let said = Moment::from_millis(1_600_000_000_000);
        assert_eq!((emma.first_said, emma.last_said, emma.joined), (said, said, None), "{date}");
        assert_eq!(other.standing, SignalStanding::Unregistered(None));
    }
}

#[test]
fn two_contacts_of_one_id_are_both_kept() {
    let found =
        read_lines(&[EMMA, &RORY.replace("\"id\":5", "\"id\":4"), CHAT, &item(1, 4, 1_600_000_000_000, IN)]);
    assert_eq!(found.problems, [(Code::SignalLine, Some(2)), SECRETS]);
    let dated: Vec<bool> = found.export.people.iter().map(|person| person.last_said.is_some()).collect();
    assert_eq!(dated, [true, false]);
}

#[test]
fn a_file_cut_anywhere_never_panics_and_says_so() {
    let whole = format!("{INFO}\r\n{RORY}\r\n{EMMA}");
    assert_eq!(read_bytes(whole.as_bytes()).problems, [SECRETS], "a missing line end is no loss");
    let last = whole.len() - EMMA.len();
    for end in 0..whole.len() {
        let found = read_bytes(&whole.as_bytes()[..end]);
        if end > last {
            assert_eq!(found.problems, [(Code::SignalTruncated, Some(3)), SECRETS], "{end}");
            assert_eq!(found.tally.kept, 1, "{end}");
        }
    }
    assert_eq!(read_bytes(b"{\"stickerPack\":{}").problems, [(Code::SignalTruncated, Some(1))]);
    assert_eq!(read_bytes(b"{\"chat\":5}").problems, [(Code::SignalLine, Some(1))], "whole, but wrong");
    assert_eq!(read_bytes(b"").problems, []);
}

#[test]
fn a_line_beyond_the_cap_is_passed_over() {
    let long = item(1, 4, 1, &format!("\"x\":\"{}\"", "x".repeat(5000)));
    let found = read_lines(&[EMMA, &long, RORY]);
    assert_eq!(found.problems, [(Code::LineTooLong, Some(2)), SECRETS]);
    assert_eq!(found.tally.kept, 2);
}

#[test]
fn very_many_problems_are_counted_together() {
    let mut problems = Vec::new();
    read(&"x\n".repeat(1500).into_bytes(), &mut problems).unwrap();
    assert_eq!(problems.len(), 1001);
    assert_eq!((problems[1000].line, problems[1000].count), (Some(1001), Some(500)));
}

#[test]
fn wrong_bytes_never_panic() {
    let whole = [INFO, EMMA, CHAT, &item(1, 4, 1_600_000_000_000, IN)].join("\n");
    for place in 0..whole.len() {
        for byte in [0, b'"', b'{', b'\n', b'9', 0xff] {
            let mut bytes = whole.clone().into_bytes();
            bytes[place] = byte;
            read_bytes(&bytes);
            is_signal_export(&bytes);
        }
    }
}

#[test]
fn only_signals_export_is_taken_for_it() {
    let line = format!("{EMMA}\n");
    let mark = format!("\u{feff}{INFO}\r\n{EMMA}");
    let account = r#"{"account":{"profileKey":"AAAA","givenName":"Léa"}}"#;
    for head in [INFO, EMMA, RORY, CHAT, &line, &mark, account, &EMMA[..60], &item(1, 4, 5, IN)] {
        assert!(is_signal_export(head.as_bytes()), "{head}");
    }
    for head in [
        "",
        "{",
        "{}",
        "[]",
        "{\"version\":1}",
        "{\"version\":{\"backupTimeMs\":1}}",
        "{\"name\":\"Ada\",\"type\":\"personal_chat\",\"id\":1}",
        "{\"account\":{\"name\":\"ada\"}}",
        "{\"account\":\"profileKey\"}",
        "{\"recipient\":{\"email\":\"ada@example.org\"}}",
        "{\"chat\":{\"id\":1}}",
        "{\"chat\":\"recipientId\"}\n",
        "{\"version\":\"1\",\"backupTimeMs\":\"soon\"}\n",
        "06/01/2021, 14:03 - Ada: hello",
        "BEGIN:VCARD",
    ] {
        assert!(!is_signal_export(head.as_bytes()), "{head}");
    }
}

/// The account of somebody in a group: sixteen equal bytes.
fn account(byte: u8) -> String {
    base64::Engine::encode(&base64::engine::general_purpose::STANDARD, [byte; 16])
}

fn contact(id: u64, byte: u8, number: &str) -> String {
    format!(r#"{{"recipient":{{"id":"{id}","contact":{{"aci":"{}","e164":"{number}"}}}}}}"#, account(byte))
}

#[test]
fn groups_are_taken_with_the_members_who_are_known() {
    let members = |bytes: &[u8]| {
        let one =
            |byte: &u8| format!(r#"{{"userId":"{}","role":"DEFAULT","profileKey":"AA=="}}"#, account(*byte));
        bytes.iter().map(one).collect::<Vec<_>>().join(",")
    };
    let group = |id: u64, rest: &str| {
        format!(r#"{{"recipient":{{"id":"{id}","group":{{"masterKey":"c2VjcmV0LWtleQ==",{rest}}}}}}}"#)
    };
    let family = group(
        8,
        &format!(r#""snapshot":{{"title":{{"title":"Famille"}},"members":[{}]}}"#, members(&[1, 9, 2, 1])),
    );
    let nameless = group(9, &format!(r#""snapshot":{{"members":[{}]}}"#, members(&[2])));
    let blocked = group(10, &format!(r#""blocked":true,"snapshot":{{"members":[{}]}}"#, members(&[1])));
    let empty = group(11, r#""snapshot":{"title":{"title":"Nobody"}}"#);
    let (ada, bo) = (contact(4, 1, "33639980101"), contact(5, 2, "33639980102"));
    let chat = r#"{"chat":{"id":"3","recipientId":"8"}}"#;
    let said = item(3, 4, 1_600_000_000_000, IN);
    let mut lines = vec![&*family, &nameless, &blocked, &empty, &ada, &bo, chat, &said];
    for _ in 0..2 {
        let found = read_lines(&lines);
        assert_eq!(found.problems, [SECRETS]);
        assert_eq!(found.tally, Tally { read: 2, kept: 2, rejected: 0 }, "a group is nobody");
        let mut groups = found.export.groups;
        groups.sort_by_key(|group| group.members.len());
        let [small, family] = &groups[..] else { panic!("two groups") };
        assert_eq!((small.title.as_ref(), small.members.len(), small.others), (None, 1, 0));
        assert_eq!((family.title.as_ref().unwrap().raw(), family.others), ("Famille", 1));
        let acis: Vec<_> = found.export.people.iter().filter_map(|p| p.aci.clone()).collect();
        assert!(family.members.len() == 2 && family.members.iter().all(|m| acis.contains(m)));
        assert_eq!((family.last_said, small.last_said), (Moment::parse("2020-09-13T12:26:40Z"), None));
        lines.reverse();
    }
    let odd = group(8, r#""snapshot":{"members":[{"userId":"?"},{"userId":"AAAA"},{}]}"#);
    let found = read_lines(&[&ada, &odd]);
    assert_eq!(found.problems, [(Code::SignalField, Some(2)), (Code::SignalField, Some(2)), SECRETS]);
    assert_eq!(found.export.groups, []);
}

#[test]
fn a_chat_that_was_merged_into_another_ties_its_number() {
    let notice = |update: &str| {
        item(1, 4, 1_600_000_000_000, &format!(r#""directionless":{{}},"updateMessage":{{{update}}}"#))
    };
    let merge = notice(r#""threadMerge":{"previousE164":"447700900109"}"#);
    let switch = notice(r#""sessionSwitchover":{"e164":33639980109}"#);
    let own = notice(r#""threadMerge":{"previousE164":"447700900101"}"#);
    let none = [notice(r#""threadMerge":{}"#), notice(r#""sessionSwitchover":{"e164":"3646"}"#)];
    let mut lines = vec![EMMA, CHAT, &merge, &switch, &merge, &own, &none[0], &none[1]];
    for _ in 0..2 {
        let merged = only(&lines).merged;
        let mut numbers: Vec<_> = merged.iter().map(|m| (m.phone.as_str(), m.at)).collect();
        numbers.sort_unstable();
        let at = Moment::parse("2020-09-13T12:26:40Z");
        assert_eq!(numbers, [("+33639980109", at), ("+447700900109", at)], "once each, and not the own one");
        lines.reverse();
    }
    assert_eq!(only(&[EMMA, &merge]).merged, [], "a chat of nobody's");
}

#[test]
fn messages_are_not_parsed() {
    // Broken in a place where nothing of use can be: told by nobody, since nobody looked.
    let broken = item(1, 4, 1_600_000_000_000, r#""incoming":{"read":tru"#);
    assert_eq!(only(&[EMMA, CHAT, &broken]).last_said, Moment::parse("2020-09-13T12:26:40Z"));
}
