//! What signal-cli answers, read with care: its answers to "who of these has an
//! account" (`getUserStatus`), and why it answers nothing.
//!
//! It answers in any order, leaves the number out where it could make nothing of
//! it, and takes a number without `+` for one of the account's own country.
//! "Not registered" only says that nobody is to be found by that number.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::signal_trouble::SignalTrouble;
use super::trouble::cut;
use crate::model::signal_answer::{SignalAsked, SignalFound};
use crate::model::{Code, Moment, Phone, Problem};

/// What was understood of an answer.
#[derive(Debug, Default)]
pub struct Heard {
    /// What was found, by what was asked.
    pub found: BTreeMap<SignalAsked, SignalFound>,
    /// What is odd.
    pub problems: Vec<Problem>,
}

/// The result in an answer, or why there is none.
///
/// # Errors
/// What signal-cli says.
pub fn result(answer: &Value) -> Result<Value, SignalTrouble> {
    match answer.get("error").filter(|error| !error.is_null()) {
        Some(error) => {
            let code = error.get("code").and_then(Value::as_i64).unwrap_or_default();
            Err(refusal(code, error.get("message").and_then(Value::as_str).unwrap_or_default()))
        }
        None => Ok(answer.get("result").cloned().unwrap_or_default()),
    }
}

/// What an error means. When Signal may be asked again stands in prose alone;
/// older versions say only that a number of the directory's own was met.
pub fn refusal(code: i64, message: &str) -> SignalTrouble {
    let limited =
        || ["ResourceExhausted", "StatusCode: 4008", "Rate limit"].iter().any(|w| message.contains(w));
    let said = cut(message.lines().next().unwrap_or_default());
    match code {
        -5 => SignalTrouble::RateLimited { again: again(message) },
        _ if limited() => SignalTrouble::RateLimited { again: again(message) },
        -3 => SignalTrouble::Offline { said },
        -32601 => SignalTrouble::NotOffered,
        -32602 => SignalTrouble::NoAccount { said },
        code => SignalTrouble::Refused { code, said },
    }
}

/// When it may be tried again: milliseconds since 1970 in the midst of a
/// sentence, `… may be tried at 1795428744652 (…)`.
fn again(message: &str) -> Option<Moment> {
    let behind = message.split(" at ").skip(1);
    let digits = behind.map(|rest| rest.split(|c: char| !c.is_ascii_digit()).next().unwrap_or_default());
    digits.filter(|digits| digits.len() >= 12).find_map(|digits| Moment::from_millis(digits.parse().ok()?))
}

/// Why a message did not go out, where one of those whom it was for did not get it.
pub fn failed(sent: &Value) -> Option<String> {
    let results = sent.get("results").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    let kinds = results.iter().filter_map(|result| result.get("type").and_then(Value::as_str));
    kinds.into_iter().find(|kind| *kind != "SUCCESS").map(cut)
}

/// Reads the answer to `getUserStatus`, or to the search of signal-cli-rest-api:
/// that tells neither what was asked nor any id.
pub fn status(result: &Value, asked: &[SignalAsked]) -> Option<Heard> {
    let known: BTreeMap<&str, &SignalAsked> = asked.iter().map(|one| (one.as_str(), one)).collect();
    let mut heard = Heard::default();
    let (mut unread, mut unasked) = (BTreeSet::new(), 0);
    for entry in result.as_array()? {
        let text = |name: &str| entry.get(name).and_then(Value::as_str).filter(|text| !text.is_empty());
        let number = text("number");
        let name = text("recipient").or_else(|| text("username")).or(number);
        let Some(one) = name.and_then(|name| known.get(name)).copied() else {
            // What the other program could not read it sends back empty.
            unasked += u64::from(name.is_some());
            continue;
        };
        match one {
            SignalAsked::Phone(phone) => match number {
                None => {
                    unread.insert(one);
                    continue;
                }
                // It was another number that was looked up.
                Some(number) if !is_same(number, phone) => {
                    unasked += 1;
                    continue;
                }
                Some(_) => {}
            },
            SignalAsked::Username(_) => {}
        }
        let says = |name: &str| entry.get(name).and_then(Value::as_bool);
        let found = match says("isRegistered").or_else(|| says("registered")) {
            Some(true) if text("uuid").is_some() => SignalFound::Account,
            Some(true) => SignalFound::Registered,
            Some(false) => SignalFound::Nobody,
            None => continue,
        };
        // Said twice, the better counts.
        let best = heard.found.entry(one.clone()).or_insert(found);
        *best = found.min(*best);
    }
    unread.retain(|one| !heard.found.contains_key(*one));
    let mut tell = |code, count: u64| {
        if count > 0 {
            heard.problems.push(Problem::new(code).counted(count));
        }
    };
    tell(Code::SignalUnread, unread.len() as u64);
    tell(Code::SignalUnasked, unasked);
    let answered = heard.found.len() + unread.len();
    tell(Code::SignalUnanswered, asked.len().saturating_sub(answered) as u64);
    Some(heard)
}

fn is_same(number: &str, phone: &Phone) -> bool {
    let read = number.strip_prefix('+').and_then(Phone::from_digits);
    read.is_some_and(|number| number.same() == phone.same())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::identity::SignalUsername;
    use serde_json::json;

    fn number(n: u64) -> SignalAsked {
        SignalAsked::Phone(Phone::from_digits(&format!("3363998{n:04}")).unwrap())
    }

    fn codes(heard: &Heard) -> Vec<(Code, Option<u64>)> {
        heard.problems.iter().map(|p| (p.code, p.count)).collect()
    }

    #[test]
    fn answers_are_matched_by_what_was_asked_and_in_any_order() {
        let asked = [number(1), number(2), number(3), number(4)];
        let result = json!([
            { "recipient": "+33639980003", "number": "+33639980003", "uuid": null, "isRegistered": false },
            { "recipient": "+33639980001", "number": "+33639980001", "uuid": "aaaaaaaa-0000-4000-8000-000000000001", "isRegistered": true },
            { "recipient": "+33639980002", "uuid": null, "isRegistered": false },
            { "recipient": "0639980009", "number": "+33639980009", "uuid": null, "isRegistered": false },
        ]);
        let heard = status(&result, &asked).unwrap();
        let expected = [(number(1), SignalFound::Account), (number(3), SignalFound::Nobody)];
        assert_eq!(heard.found.clone().into_iter().collect::<Vec<_>>(), expected);
        let problems = [
            (Code::SignalUnread, Some(1)),
            (Code::SignalUnasked, Some(1)),
            (Code::SignalUnanswered, Some(1)),
        ];
        assert_eq!(codes(&heard), problems);
    }

    #[test]
    fn an_answer_about_another_number_is_none() {
        let entry = json!([{ "recipient": "+33639980001", "number": "+33639980002", "uuid": "x", "isRegistered": true }]);
        let heard = status(&entry, &[number(1)]).unwrap();
        assert!(heard.found.is_empty());
        assert_eq!(codes(&heard)[0], (Code::SignalUnasked, Some(1)));
    }

    #[test]
    fn without_an_id_it_is_less_and_said_twice_the_better_counts() {
        let of = |uuid: Value, registered: Value| json!({ "recipient": "+33639980001", "number": "+33639980001", "uuid": uuid, "isRegistered": registered });
        let found =
            |entries: Value| status(&entries, &[number(1)]).unwrap().found.into_values().collect::<Vec<_>>();
        assert_eq!(found(json!([of(json!(null), json!(true))])), [SignalFound::Registered]);
        assert_eq!(found(json!([of(json!(null), json!(null))])), []);
        let twice = json!([of(json!(null), json!(false)), of(json!("id"), json!(true))]);
        assert_eq!(found(twice), [SignalFound::Account]);
        assert!(status(&json!({ "results": [] }), &[]).is_none());
    }

    #[test]
    fn usernames_and_the_rest_api() {
        let name = SignalAsked::Username(SignalUsername::parse("carol.42").unwrap());
        let result = json!([{ "username": "carol.42", "uuid": "id", "isRegistered": true }]);
        assert_eq!(status(&result, std::slice::from_ref(&name)).unwrap().found[&name], SignalFound::Account);
        let result =
            json!([{ "number": "+33639980001", "registered": true }, { "number": "", "registered": false }]);
        let heard = status(&result, &[number(1), number(2)]).unwrap();
        assert_eq!(heard.found[&number(1)], SignalFound::Registered);
        assert_eq!(codes(&heard), [(Code::SignalUnanswered, Some(1))]);
    }

    #[test]
    fn e14_a_rate_limit_is_one_however_it_is_said() {
        let again = |code, message: &str| match refusal(code, message) {
            SignalTrouble::RateLimited { again } => again.map(|at| at.to_string()),
            other => panic!("{other:?}"),
        };
        let prose =
            "Rate limit reached\nNext attempt may be tried at 1795428744652 (2026-11-23T10:12:24.652Z)";
        assert_eq!(again(-5, prose).as_deref(), Some("2026-11-23T10:12:24Z"));
        assert_eq!(again(-5, "Rate limit reached"), None);
        assert_eq!(again(-5, "look at 12 o'clock"), None);
        assert_eq!(again(-5, &format!("tried at {}", "9".repeat(40))), None);
        let old =
            "Unable to check if users are registered: StatusCode: 4008 (CdsiResourceExhaustedException)";
        assert_eq!(again(-3, old), None);
        let offline = "Unable to check if users are registered: No connection! (IOException)";
        assert!(matches!(refusal(-3, offline), SignalTrouble::Offline { .. }));
        assert!(matches!(refusal(-32601, "Method not implemented"), SignalTrouble::NotOffered));
        assert!(matches!(refusal(-32602, "x"), SignalTrouble::NoAccount { .. }));
        assert!(matches!(refusal(-1, "x"), SignalTrouble::Refused { code: -1, .. }));
    }

    #[test]
    fn a_message_went_out_where_nobody_was_left_out() {
        let result = |kind: &str| json!({ "recipientAddress": { "uuid": null, "number": "+33639980100" }, "type": kind });
        let sent =
            |results: &[Value]| failed(&json!({ "timestamp": 1_795_428_744_652_u64, "results": results }));
        assert_eq!(sent(&[]), None);
        assert_eq!(sent(&[result("SUCCESS")]), None);
        let both = [result("SUCCESS"), result("NETWORK_FAILURE")];
        assert_eq!(sent(&both).as_deref(), Some("NETWORK_FAILURE"));
        assert_eq!(failed(&json!({ "timestamp": 1 })), None);
    }

    #[test]
    fn a_result_is_one_where_there_is_no_error() {
        assert_eq!(result(&json!({ "result": [1], "id": 1 })).unwrap(), json!([1]));
        assert_eq!(result(&json!({ "result": [], "error": null })).unwrap(), json!([]));
        let error = json!({ "error": { "code": -3, "message": "x", "data": null }, "id": 1 });
        assert!(matches!(result(&error), Err(SignalTrouble::Offline { .. })));
    }
}
