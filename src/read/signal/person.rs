//! A person of Signal's export, and the user's own account.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::Deserialize as _;
use serde_json::{Map, Value};

use crate::model::finding::{SignalAccount, SignalGroup, SignalPerson, SignalStanding};
use crate::model::identity::{SignalAci, SignalPni, SignalUsername};
use crate::model::{Code, Foreign, Phone, Problem};

use super::frames::{Account, Contact, Group, Int, UsernameLink, Word, decode};

/// What became of a contact.
pub struct Made {
    /// The person, unless there is nothing to know them by.
    pub person: Option<SignalPerson>,
    /// Since when they are gone, as it stands there.
    pub gone: Option<Int>,
    /// Fields that could not be used.
    pub problems: Vec<Problem>,
}

/// Makes a person of a contact in that line.
pub fn person(contact: Contact, line: u64) -> Made {
    let mut problems = Vec::new();
    let mut told = Told { line, problems: &mut problems };
    let aci = told.field("aci", contact.aci, |text| SignalAci::from_bytes(&decode(text)?));
    let pni = told.field("pni", contact.pni, |text| SignalPni::from_bytes(&decode(text)?));
    let username = told.field("username", contact.username, SignalUsername::parse);
    let digits = contact.e164.filter(|number| number.0 != 0).map(|Int(number)| number.to_string());
    let phone = digits.as_deref().and_then(Phone::from_digits);
    if let (Some(digits), None) = (digits, &phone) {
        problems.push(Problem::new(Code::NumberUnusable).at(line).quoting(digits));
    }
    let nickname = contact.nickname.map(|name| name.0).unwrap_or_default();
    let saved_name = full_name(contact.system_given_name, contact.system_family_name)
        .or_else(|| full_name(contact.system_nickname, None))
        .or_else(|| full_name(nickname.given, nickname.family));
    let push_name = full_name(contact.profile_given_name, contact.profile_family_name);
    let gone = contact.not_registered.map(|gone| gone.0.unregistered_timestamp);
    let date = gone.flatten();
    let gone = gone.map(|date| SignalStanding::Unregistered(date.and_then(Int::moment)));
    let hidden = match contact.visibility {
        Some(Word::Text(word)) => word.starts_with("HIDDEN"),
        Some(Word::Number(number)) => matches!(number, 1 | 2),
        None => false,
    };
    let unwanted = hidden || contact.blocked == Some(true);
    let person = SignalPerson {
        line,
        aci,
        pni,
        phone,
        username,
        saved_name,
        push_name,
        unwanted,
        ..SignalPerson::default()
    };
    Made { person: settled(person, gone), gone: date, problems }
}

/// A person with the standing that follows from what a source tells: gone if it
/// says so, else registered if it names an account. None if there is nothing to
/// know them by.
pub(super) fn settled(mut person: SignalPerson, gone: Option<SignalStanding>) -> Option<SignalPerson> {
    let has_account = person.aci.is_some() || person.pni.is_some();
    person.standing = match gone {
        Some(gone) => gone,
        None if has_account => SignalStanding::Registered,
        None => SignalStanding::Silent,
    };
    let usable = has_account
        || person.phone.is_some()
        || person.username.is_some()
        || person.saved_name.is_some()
        || person.push_name.is_some();
    usable.then_some(person)
}

/// A group in that line, unless the user does not want it or nobody is in it.
/// Its members are all accounts, those of whom the export knows nothing as well.
pub fn group(group: Group, line: u64, problems: &mut Vec<Problem>) -> Option<SignalGroup> {
    let snapshot = group.snapshot.filter(|_| group.blocked != Some(true))?.0;
    let mut members = Vec::with_capacity(snapshot.members.len());
    for member in snapshot.members {
        let read = |text: &str| SignalAci::from_bytes(&decode(text)?);
        members.extend(Told { line, problems }.field("userId", member.0.user_id, read));
    }
    members.sort_unstable();
    members.dedup();
    let title = snapshot.title.and_then(|title| title.0.title);
    let title = title.map(Foreign::new).filter(|title| !title.is_blank());
    (!members.is_empty()).then_some(SignalGroup { line, title, members, others: 0, last_said: None })
}

/// How the user can be found, from the account frame in that line.
pub fn account(account: Account, line: u64, problems: &mut Vec<Problem>) -> SignalAccount {
    let settings = account.account_settings.map(|settings| settings.0).unwrap_or_default();
    let link = account.username_link.map(|link| link.0);
    let link = link.filter(|link| !link.entropy.is_empty() || !link.server_id.is_empty());
    let made = link.as_ref().and_then(own_link);
    if link.is_some() && made.is_none() {
        problems.push(Problem::new(Code::SignalField).at(line).quoting("usernameLink"));
    }
    SignalAccount {
        username: Told { line, problems }.field("username", account.username, SignalUsername::parse),
        link: made,
        hidden_by_number: settings.not_discoverable_by_phone_number == Some(true),
    }
}

/// The link is an encryption of the username: its 32 bytes of entropy and the
/// 16 bytes under which the server keeps it.
pub(super) fn own_link(link: &UsernameLink) -> Option<String> {
    let (mut bytes, id) = (decode(&link.entropy)?, decode(&link.server_id)?);
    if bytes.len() != 32 || id.len() != 16 {
        return None;
    }
    bytes.extend(id);
    Some(format!("https://signal.me/#eu/{}", URL_SAFE_NO_PAD.encode(bytes)))
}

/// What is wrong in a line.
struct Told<'a> {
    line: u64,
    problems: &'a mut Vec<Problem>,
}

impl Told<'_> {
    /// Reads a field; a value that is there but cannot be read is a problem,
    /// which does not cost the rest of the line.
    fn field<T>(&mut self, name: &str, text: Option<String>, read: impl Fn(&str) -> Option<T>) -> Option<T> {
        let text = text.filter(|text| !text.is_empty())?;
        let value = read(&text);
        if value.is_none() {
            self.problems.push(Problem::new(Code::SignalField).at(self.line).quoting(name));
        }
        value
    }
}

/// What is good of a contact in a line of which something is of the wrong kind: its
/// id, its fields, and the names of those that are of no use.
pub fn salvage(line: &[u8]) -> Option<(Option<Int>, Contact, Vec<String>)> {
    let line: Value = serde_json::from_slice(line).ok()?;
    let recipient = line.get("recipient")?.as_object()?;
    let (mut good, mut bad) = (Map::new(), Vec::new());
    for (name, value) in recipient.get("contact")?.as_object()? {
        let alone = Value::Object(Map::from_iter([(name.clone(), value.clone())]));
        match Contact::deserialize(&alone) {
            Ok(_) => drop(good.insert(name.clone(), value.clone())),
            Err(_) => bad.push(name.clone()),
        }
    }
    let id = recipient.get("id").map(Int::deserialize);
    if id.as_ref().is_some_and(Result::is_err) {
        bad.push("id".to_owned());
    }
    let contact = Contact::deserialize(Value::Object(good)).ok()?;
    Some((id.and_then(Result::ok), contact, bad))
}

/// Both parts with a space between, or the one that is there.
pub(super) fn full_name(given: Option<String>, family: Option<String>) -> Option<Foreign> {
    let parts = [given, family].map(|part| part.filter(|part| !Foreign::new(part.as_str()).is_blank()));
    match parts {
        [Some(given), Some(family)] => Some(Foreign::new(format!("{} {}", given.trim(), family.trim()))),
        [Some(one), None] | [None, Some(one)] => Some(Foreign::new(one.trim())),
        [None, None] => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Moment;

    fn made(json: &str) -> Made {
        person(serde_json::from_str(json).unwrap(), 7)
    }

    fn one(json: &str) -> SignalPerson {
        let made = made(json);
        assert_eq!(made.problems, []);
        made.person.unwrap()
    }

    const ACI: &str = r#""aci":"qqqqqgAAQACAAAAAAAAAAQ==""#;
    const PNI: &str = r#""pni":"u7u7uwAAQACAAAAAAAAABA""#;

    #[test]
    fn ids_number_and_username() {
        let found = one(&format!(r#"{{{ACI},{PNI},"e164":"447700900101","username":"Carol.42"}}"#));
        assert_eq!(found.aci.unwrap().as_str(), "aaaaaaaa-0000-4000-8000-000000000001");
        assert_eq!(found.pni.unwrap().as_str(), "bbbbbbbb-0000-4000-8000-000000000004");
        assert_eq!(found.phone.unwrap().as_str(), "+447700900101");
        assert_eq!(found.username.unwrap().as_str(), "carol.42");
        assert_eq!((found.line, found.unwanted), (7, false));
        assert_eq!(one(r#"{"e164":33639980004}"#).phone.unwrap().as_str(), "+33639980004");
    }

    #[test]
    fn standing_follows_the_account_id() {
        use SignalStanding::{Registered, Silent, Unregistered};
        let standing = |json: &str| one(json).standing;
        assert_eq!(standing(&format!(r"{{{ACI}}}")), Registered, "unset means registered");
        assert_eq!(standing(&format!(r#"{{{ACI},"registered":{{}}}}"#)), Registered);
        assert_eq!(standing(&format!(r#"{{{PNI},"registered":{{}}}}"#)), Registered);
        assert_eq!(standing(r#"{"e164":"447700900101"}"#), Silent);
        assert_eq!(standing(r#"{"e164":"447700900101","registered":{}}"#), Silent);
        let date = Moment::parse("2025-06-15T15:06:40Z");
        let gone = |timestamp| format!(r#"{{{ACI},"notRegistered":{{{timestamp}}}}}"#);
        assert_eq!(standing(&gone(r#""unregisteredTimestamp":"1750000000000""#)), Unregistered(date));
        assert_eq!(standing(&gone(r#""unregisteredTimestamp":1750000000000"#)), Unregistered(date));
        assert_eq!(standing(&gone("")), Unregistered(None));
        assert_eq!(standing(&gone(r#""unregisteredTimestamp":"18446744073709551615""#)), Unregistered(None));
    }

    #[test]
    fn names_of_the_address_book_win_over_nicknames() {
        let saved = |json: &str| one(json).saved_name.map(|name| name.raw().to_owned());
        let nick = r#""nickname":{"given":"Ziggy","family":"S."},"systemNickname":"Dan D.""#;
        let full = format!(r#"{{"systemGivenName":"Dan ","systemFamilyName":"Example",{nick}}}"#);
        assert_eq!(saved(&full).as_deref(), Some("Dan Example"));
        assert_eq!(saved(&format!(r#"{{"systemFamilyName":"Example",{nick}}}"#)).as_deref(), Some("Example"));
        assert_eq!(saved(&format!(r#"{{"systemGivenName":" ",{nick}}}"#)).as_deref(), Some("Dan D."));
        assert_eq!(saved(r#"{"nickname":{"given":"Ziggy","family":"S."}}"#).as_deref(), Some("Ziggy S."));
        let profile = one(r#"{"profileGivenName":"Fi","profileFamilyName":"G."}"#);
        assert_eq!((profile.push_name.unwrap().raw(), profile.saved_name), ("Fi G.", None));
    }

    #[test]
    fn blocked_and_hidden_people_are_unwanted() {
        let unwanted = |json: &str| one(&format!(r#"{{"e164":"447700900101",{json}}}"#)).unwanted;
        for json in [
            r#""blocked":true"#,
            r#""visibility":"HIDDEN""#,
            r#""visibility":"HIDDEN_MESSAGE_REQUEST""#,
            r#""visibility":2"#,
        ] {
            assert!(unwanted(json), "{json}");
        }
        for json in [r#""blocked":false"#, r#""visibility":"VISIBLE""#, r#""visibility":0"#] {
            assert!(!unwanted(json), "{json}");
        }
    }

    #[test]
    fn a_bad_field_costs_only_itself() {
        let found = made(r#"{"aci":"AAAA","e164":"447700900101","username":"no dot"}"#);
        let wrong = |name: &str| Problem::new(Code::SignalField).at(7).quoting(name);
        assert_eq!(found.problems, [wrong("aci"), wrong("username")]);
        let person = found.person.unwrap();
        assert_eq!((person.aci, person.username, person.standing), (None, None, SignalStanding::Silent));
        let short = made(r#"{"e164":"3646","systemGivenName":"Service"}"#);
        assert_eq!(short.problems, [Problem::new(Code::NumberUnusable).at(7).quoting("3646")]);
        assert_eq!(short.person.unwrap().phone, None);
    }

    #[test]
    fn nobody_is_made_of_nothing() {
        for json in ["{}", r#"{"aci":"","e164":"0","username":"","systemGivenName":" "}"#, r#"{"aci":"?"}"#] {
            assert!(made(json).person.is_none(), "{json}");
        }
    }

    #[test]
    fn the_own_link_is_built_from_its_two_parts() {
        let entropy = "A".repeat(42) + "8=";
        let json = |id: &str| {
            format!(
                r#"{{"username":"lea.42","usernameLink":{{"entropy":"{entropy}","serverId":"{id}"}},
                "accountSettings":{{"notDiscoverableByPhoneNumber":true}}}}"#
            )
        };
        let mut problems = Vec::new();
        let mut read = |json: &str| account(serde_json::from_str(json).unwrap(), 2, &mut problems);
        let found = read(&json("/////////////////////w=="));
        let link = format!("https://signal.me/#eu/{}{}", "A".repeat(42), "_".repeat(22));
        assert_eq!(found.link.unwrap(), link);
        assert_eq!(found.username.unwrap().as_str(), "lea.42");
        assert!(found.hidden_by_number);
        assert_eq!(read("{}"), SignalAccount::default());
        assert_eq!(read(&json("AAAA")).link, None);
        assert_eq!(problems, [Problem::new(Code::SignalField).at(2).quoting("usernameLink")]);
    }
}
