//! What Signal Desktop keeps of a conversation, in a column of JSON: the fields
//! that are taken and no other. The last message stands there as well, and is
//! passed over.

use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer};

use crate::model::Moment;
use crate::model::identity::SignalAci;

/// Somebody, or a group.
#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Conversation {
    #[serde(deserialize_with = "loose")]
    pub service_id: Option<String>,
    /// The older name of the account id.
    #[serde(deserialize_with = "loose")]
    pub uuid: Option<String>,
    #[serde(deserialize_with = "loose")]
    pub pni: Option<String>,
    #[serde(deserialize_with = "loose")]
    pub e164: Option<String>,
    #[serde(deserialize_with = "loose")]
    pub username: Option<String>,
    /// The name in the phone's address book, or the title of a group.
    #[serde(deserialize_with = "loose")]
    pub name: Option<String>,
    #[serde(deserialize_with = "loose")]
    pub system_given_name: Option<String>,
    #[serde(deserialize_with = "loose")]
    pub system_family_name: Option<String>,
    #[serde(deserialize_with = "loose")]
    pub system_nickname: Option<String>,
    #[serde(deserialize_with = "loose")]
    pub nickname_given_name: Option<String>,
    #[serde(deserialize_with = "loose")]
    pub nickname_family_name: Option<String>,
    #[serde(deserialize_with = "loose")]
    pub profile_name: Option<String>,
    #[serde(deserialize_with = "loose")]
    pub profile_family_name: Option<String>,
    #[serde(deserialize_with = "loose")]
    pub discovered_unregistered_at: Option<Millis>,
    /// Set where the user removed the contact from their list.
    #[serde(deserialize_with = "loose")]
    pub removal_stage: Option<String>,
    #[serde(deserialize_with = "loose")]
    pub message_count: Option<u64>,
    #[serde(rename = "active_at", deserialize_with = "loose")]
    pub active_at: Option<Millis>,
    /// Whether the user is in the group no longer.
    #[serde(deserialize_with = "loose")]
    pub left: Option<bool>,
    #[serde(rename = "membersV2", deserialize_with = "loose")]
    pub members: Option<Vec<Member>>,
}

/// Somebody in a group.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Member {
    #[serde(deserialize_with = "loose")]
    aci: Option<String>,
    /// The older name of the same.
    #[serde(deserialize_with = "loose")]
    uuid: Option<String>,
}

impl Member {
    /// The account.
    pub fn aci(&self) -> Option<SignalAci> {
        self.aci.as_deref().or(self.uuid.as_deref()).and_then(SignalAci::parse)
    }
}

/// Milliseconds since 1970. A number of JavaScript's can have a fraction.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(transparent)]
pub struct Millis(f64);

impl Millis {
    /// The point in time; zero stands for none.
    pub fn moment(self) -> Option<Moment> {
        #[expect(clippy::cast_possible_truncation, reason = "what is too large is no moment")]
        Some(self.0 as i64).filter(|millis| *millis > 0).and_then(Moment::from_millis)
    }
}

/// Reads a field; one of another type than it should have is as good as none,
/// and costs nothing else.
pub fn loose<'de, D: Deserializer<'de>, T: DeserializeOwned>(deserializer: D) -> Result<Option<T>, D::Error> {
    let value = serde_json::Value::deserialize(deserializer)?;
    Ok(serde_json::from_value(value).ok())
}

/// Reads the column. None if it is no JSON object.
pub fn parse(json: &str) -> Option<Conversation> {
    json.trim_start().starts_with('{').then(|| serde_json::from_str(json).ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_of_another_type_costs_only_itself() {
        let found = parse(
            r#"{"name":5,"username":"lea.42","discoveredUnregisteredAt":1750000000000.5,"messageCount":"x",
            "lastMessage":"secret","membersV2":[{"aci":"aaaaaaaa-0000-4000-8000-000000000001"},
            {"uuid":"aaaaaaaa-0000-4000-8000-000000000002"},{"aci":7}],"active_at":null}"#,
        )
        .unwrap();
        assert_eq!(
            (found.name, found.username.as_deref(), found.message_count),
            (None, Some("lea.42"), None)
        );
        let gone = found.discovered_unregistered_at.and_then(Millis::moment);
        assert_eq!(gone, Moment::parse("2025-06-15T15:06:40Z"));
        assert_eq!(found.members.iter().flatten().filter_map(Member::aci).count(), 2);
        assert!(found.active_at.is_none());
    }

    #[test]
    fn what_is_no_object_is_nothing() {
        for wrong in ["", "[]", "5", "null", "{", "{\"a\":1}}", "[\"x\"]"] {
            assert!(parse(wrong).is_none(), "{wrong}");
        }
        for odd in [0.0, -5.0, f64::NAN, f64::INFINITY, 1e300] {
            assert_eq!(Millis(odd).moment(), None, "{odd}");
        }
    }
}
