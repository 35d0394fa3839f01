//! What an identity server's answer to a lookup is worth. The server is free
//! to answer anything, so every mapping is held against what was asked and
//! against the grammar before it is believed.

use std::collections::{BTreeMap, HashMap};

use serde::Deserialize;
use serde_json::Value;

use crate::model::identity::Mxid;
use crate::model::threepid::ThreePid;
use crate::model::{Code, Problem};

/// What each hash that was sent stands for.
pub type Asked = HashMap<String, ThreePid>;

/// The body of an answer to a lookup. Its values are read one by one: a bad
/// one must not lose the others.
#[derive(Debug, Deserialize)]
pub struct Mappings {
    /// From hash (or plain identity) to MXID.
    pub mappings: HashMap<String, Value>,
}

/// What was believed of an answer, and what was not.
#[derive(Debug, Default)]
pub struct Heard {
    /// Who was found.
    pub found: BTreeMap<ThreePid, Mxid>,
    /// What was dropped or looked at twice.
    pub problems: Vec<Problem>,
}

/// Reads the answer of `host`. `asked` tells what each key that was sent
/// stands for; `me` is the user's own account, which is nobody's but theirs.
pub fn read(mappings: Mappings, asked: &Asked, me: Option<&Mxid>, host: &str) -> Heard {
    let mut heard = Heard::default();
    let mut unasked = 0;
    let mut unusable: Vec<String> = Vec::new();
    let mut sorted: Vec<(String, Value)> = mappings.mappings.into_iter().collect();
    sorted.sort_by(|a, b| a.0.cmp(&b.0));
    for (key, value) in sorted {
        let Some(identity) = asked.get(&key) else {
            unasked += 1;
            continue;
        };
        let text = value.as_str().unwrap_or_default();
        let Some(mxid) = Mxid::parse(text).filter(|mxid| !mxid.is_bridge_ghost()) else {
            unusable.push(text.chars().take(80).collect());
            continue;
        };
        if Some(&mxid) == me {
            heard.problems.push(Problem::new(Code::LookupSelf).in_file(host).quoting(identity.as_str()));
            continue;
        }
        if mxid.is_historical() {
            heard.problems.push(Problem::new(Code::MxidHistorical).in_file(host).quoting(mxid.as_str()));
        }
        heard.found.insert(identity.clone(), mxid);
    }
    if unasked > 0 {
        heard.problems.push(Problem::new(Code::LookupUnasked).in_file(host).counted(unasked));
    }
    if let Some(first) = unusable.first() {
        let problem = Problem::new(Code::LookupMxid).in_file(host).counted(unusable.len() as u64);
        heard.problems.push(problem.quoting(first));
    }
    heard
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::identity::Email;
    use serde_json::json;

    fn email(text: &str) -> ThreePid {
        ThreePid::Email(Email::parse(text).unwrap())
    }

    fn heard(answer: &Value) -> Heard {
        let asked = Asked::from([
            ("a".to_owned(), email("ada@example.org")),
            ("b".to_owned(), email("bo@example.org")),
        ]);
        let me = Mxid::parse("@me:example.org");
        read(serde_json::from_value(json!({ "mappings": answer })).unwrap(), &asked, me.as_ref(), "id")
    }

    fn codes(heard: &Heard) -> Vec<Code> {
        heard.problems.iter().map(|p| p.code).collect()
    }

    #[test]
    fn e04_what_was_never_asked_is_dropped() {
        let heard = heard(&json!({ "a": "@ada:example.org", "zzz": "@eve:example.org" }));
        assert_eq!(heard.found.len(), 1);
        assert_eq!(codes(&heard), [Code::LookupUnasked]);
    }

    #[test]
    fn e05_one_bad_account_does_not_lose_the_others() {
        let long = format!("@{}:example.org", "a".repeat(5_000_000));
        for bad in [
            json!("@a:b\u{1b}]0;"),
            json!(long),
            json!("@x:evil\"onclick"),
            json!("@nocolon"),
            json!("@a\u{202e}:example.org"),
            json!(7),
            json!(null),
            json!("@whatsapp_33639980123:example.org"),
        ] {
            let heard = heard(&json!({ "a": bad, "b": "@bo:example.org" }));
            assert_eq!(heard.found.keys().collect::<Vec<_>>(), [&email("bo@example.org")]);
            assert_eq!(codes(&heard), [Code::LookupMxid]);
        }
    }

    #[test]
    fn e05_historical_accounts_are_flagged_and_the_own_one_is_nobodys() {
        let heard = heard(&json!({ "a": "@Ada_UPPER:example.org", "b": "@me:example.org" }));
        assert_eq!(heard.found.len(), 1);
        assert_eq!(codes(&heard), [Code::MxidHistorical, Code::LookupSelf]);
    }
}
