//! The frames of Signal's export, with the fields that are taken and no other.
//!
//! Every line is one object of the backup schema in the JSON form of
//! Protocol Buffers: 64-bit integers stand as text, bytes as base64, defaults
//! are left out. What has no field here, keys and message texts above all,
//! is never put into memory of its own.

use std::fmt;
use std::marker::PhantomData;

use base64::Engine as _;
use base64::alphabet;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use serde::de::value::MapAccessDeserializer;
use serde::de::{Error, IgnoredAny, MapAccess, Visitor};
use serde::{Deserialize, Deserializer};

use crate::model::Moment;

/// One line: the information about the backup, or a frame. Kinds of frames
/// that are not taken leave it empty.
#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Frame {
    pub backup_time_ms: Option<Int>,
    pub account: Option<Object<Account>>,
    pub recipient: Option<Object<Recipient>>,
    pub chat: Option<Object<Chat>>,
    pub chat_item: Option<Object<ChatItem>>,
}

impl Frame {
    /// Whether there is anything in it.
    pub fn is_known(&self) -> bool {
        self.backup_time_ms.is_some()
            || self.account.is_some()
            || self.recipient.is_some()
            || self.chat.is_some()
            || self.chat_item.is_some()
    }
}

/// The user's own account.
#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Account {
    pub username: Option<String>,
    pub username_link: Option<Object<UsernameLink>>,
    pub account_settings: Option<Object<AccountSettings>>,
}

/// What the user's own link is made of.
#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct UsernameLink {
    pub entropy: String,
    pub server_id: String,
}

/// The user's settings.
#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct AccountSettings {
    pub not_discoverable_by_phone_number: Option<bool>,
}

/// Somebody or something that can be written to.
#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Recipient {
    pub id: Option<Int>,
    pub contact: Option<Object<Contact>>,
    pub group: Option<Object<Group>>,
}

/// A group.
#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Group {
    pub blocked: Option<bool>,
    pub snapshot: Option<Object<Snapshot>>,
}

/// What a group was when it was last looked at.
#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Snapshot {
    pub title: Option<Object<Title>>,
    pub members: Vec<Object<Member>>,
}

/// A group's title.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Title {
    pub title: Option<String>,
}

/// Somebody in a group.
#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Member {
    pub user_id: Option<String>,
}

/// A person.
#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Contact {
    pub aci: Option<String>,
    pub pni: Option<String>,
    pub e164: Option<Int>,
    pub username: Option<String>,
    pub blocked: Option<bool>,
    pub visibility: Option<Word>,
    pub not_registered: Option<Object<NotRegistered>>,
    pub profile_given_name: Option<String>,
    pub profile_family_name: Option<String>,
    pub system_given_name: Option<String>,
    pub system_family_name: Option<String>,
    pub system_nickname: Option<String>,
    pub nickname: Option<Object<Name>>,
}

/// Since when somebody is gone.
#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct NotRegistered {
    pub unregistered_timestamp: Option<Int>,
}

/// A name in two parts.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Name {
    pub given: Option<String>,
    pub family: Option<String>,
}

/// A chat, and with whom it is.
#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Chat {
    pub id: Option<Int>,
    pub recipient_id: Option<Int>,
}

/// A message or a notice: where, who, when, and which way.
#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct ChatItem {
    pub chat_id: Option<Int>,
    pub author_id: Option<Int>,
    pub date_sent: Option<Int>,
    pub incoming: Option<IgnoredAny>,
    pub outgoing: Option<IgnoredAny>,
    pub update_message: Option<Object<UpdateMessage>>,
}

impl ChatItem {
    /// Whether one of the two said something.
    pub fn is_said(&self) -> bool {
        (self.incoming.is_some() || self.outgoing.is_some()) && self.update_message.is_none()
    }

    /// Whether it is the notice that the author joined Signal.
    pub fn is_joined(&self) -> bool {
        let update = self.update_message.as_ref().and_then(|update| update.0.simple_update.as_ref());
        update.is_some_and(|update| match &update.0.kind {
            Some(Word::Text(name)) => name == "JOINED_SIGNAL",
            Some(Word::Number(number)) => *number == 1,
            None => false,
        })
    }

    /// The number that the notice ties to whoever the chat is with: that of a
    /// chat which was merged into it, or under which it went on.
    pub fn tied(&self) -> Option<Int> {
        let update = &self.update_message.as_ref()?.0;
        let merged = update.thread_merge.as_ref().and_then(|merge| merge.0.previous_e164);
        merged.or_else(|| update.session_switchover.as_ref()?.0.e164)
    }
}

/// A notice.
#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct UpdateMessage {
    pub simple_update: Option<Object<SimpleUpdate>>,
    pub thread_merge: Option<Object<ThreadMerge>>,
    pub session_switchover: Option<Object<SessionSwitchover>>,
}

/// A notice that two chats turned out to be with one person.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct ThreadMerge {
    #[serde(rename = "previousE164")]
    pub previous_e164: Option<Int>,
}

/// A notice that a chat by number went on with an account.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct SessionSwitchover {
    pub e164: Option<Int>,
}

/// A notice that has nothing but a kind.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct SimpleUpdate {
    #[serde(rename = "type")]
    pub kind: Option<Word>,
}

/// A JSON object and nothing else: serde would fill a struct from an array
/// just as well.
pub struct Object<T>(pub T);

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Object<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct OnlyMap<T>(PhantomData<T>);

        impl<'de, T: Deserialize<'de>> Visitor<'de> for OnlyMap<T> {
            type Value = Object<T>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
                T::deserialize(MapAccessDeserializer::new(map)).map(Object)
            }
        }

        deserializer.deserialize_map(OnlyMap(PhantomData))
    }
}

/// An unsigned integer, which stands as text or as a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Int(pub u64);

impl Int {
    /// The point in time, if these are milliseconds.
    pub fn moment(self) -> Option<Moment> {
        i64::try_from(self.0).ok().and_then(Moment::from_millis)
    }
}

impl<'de> Deserialize<'de> for Int {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match Word::deserialize(deserializer)? {
            Word::Number(number) => Ok(Int(number)),
            Word::Text(text) => text.parse().map(Int).map_err(|_| D::Error::custom("not an integer")),
        }
    }
}

/// A text or an unsigned integer, as enumerations are written.
#[derive(Debug, PartialEq, Eq)]
pub enum Word {
    Text(String),
    Number(u64),
}

impl<'de> Deserialize<'de> for Word {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct TextOrNumber;

        impl Visitor<'_> for TextOrNumber {
            type Value = Word;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a text or an unsigned integer")
            }

            fn visit_str<E: Error>(self, text: &str) -> Result<Word, E> {
                Ok(Word::Text(text.to_owned()))
            }

            fn visit_u64<E: Error>(self, number: u64) -> Result<Word, E> {
                Ok(Word::Number(number))
            }
        }

        deserializer.deserialize_any(TextOrNumber)
    }
}

/// Decodes base64 of either alphabet, padded or not. Nothing that is wanted is
/// longer than 32 bytes.
pub fn decode(text: &str) -> Option<Vec<u8>> {
    const LONGEST: usize = 64;
    let config = GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent);
    let alphabet = if text.contains(['-', '_']) { &alphabet::URL_SAFE } else { &alphabet::STANDARD };
    if text.len() > LONGEST {
        return None;
    }
    GeneralPurpose::new(alphabet, config).decode(text).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn int(json: &str) -> Option<u64> {
        serde_json::from_str::<Int>(json).ok().map(|int| int.0)
    }

    #[test]
    fn integers_come_as_text_or_as_numbers() {
        assert_eq!(
            (int("\"447700900101\""), int("447700900101")),
            (Some(447_700_900_101), int("447700900101"))
        );
        assert_eq!(int("18446744073709551615"), Some(u64::MAX));
        for wrong in ["-1", "1.5", "1e400", "\"\"", "\"12x\"", "true", "[1]", "{}", "18446744073709551616"] {
            assert_eq!(int(wrong), None, "{wrong}");
        }
        assert_eq!(int(&"9".repeat(100_000)), None);
        assert_eq!(Int(u64::MAX).moment(), None);
    }

    #[test]
    fn base64_of_either_alphabet_with_or_without_padding() {
        let bytes = [0xfb, 0xff, 0xbe, 0x01];
        for text in ["+/++AQ==", "+/++AQ", "-_--AQ==", "-_--AQ"] {
            assert_eq!(decode(text).as_deref(), Some(&bytes[..]), "{text}");
        }
        for wrong in ["+_++AQ", "A", "....", &"A".repeat(68)] {
            assert_eq!(decode(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn an_array_is_no_object() {
        assert!(serde_json::from_str::<Object<Chat>>("{\"id\":\"1\"}").is_ok());
        assert!(serde_json::from_str::<Object<Chat>>("[\"1\",\"2\"]").is_err());
        assert!(serde_json::from_str::<Object<Frame>>("{\"chat\":[\"1\",\"2\"]}").is_err());
    }
}
