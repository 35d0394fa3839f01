//! WhatsApp's ids: `user@server`. The server says what the user part is, and
//! nothing else does: the digits of a linked id look like a number and are
//! none.

use crate::model::Phone;
use crate::model::identity::WhatsappLid;

/// What an id stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Id {
    /// Somebody, by their number.
    Phone(Phone),
    /// Somebody who may hide their number.
    Lid(WhatsappLid),
    /// A group, by its whole id.
    Group(String),
    /// Nobody: the status feed, broadcast lists, channels, bots, WhatsApp
    /// itself, and the marks that its tables use for "none" and for the user.
    Nobody,
}

/// Reads an id as it stands in a table; none if it is no id at all.
pub fn parse(text: &str) -> Option<Id> {
    let text = text.trim();
    // The user's own row in member lists, and what stands for "none".
    if matches!(text, "" | "-1" | "status_me" | "lid_me") {
        return Some(Id::Nobody);
    }
    let (user, server) = text.split_once('@')?;
    match server {
        "s.whatsapp.net" | "c.us" | "hosted" => {
            // `user.agent:device@server` names one device of somebody.
            let user = user.split([':', '.']).next().unwrap_or_default();
            if matches!(user, "" | "0") {
                return Some(Id::Nobody);
            }
            Phone::from_digits(user).map(Id::Phone)
        }
        "lid" | "hosted.lid" if user.is_empty() => Some(Id::Nobody),
        "lid" | "hosted.lid" => WhatsappLid::parse(&format!("{user}@lid")).map(Id::Lid),
        "g.us" if user.is_empty() => None,
        "g.us" => Some(Id::Group(text.to_owned())),
        _ => Some(Id::Nobody),
    }
}

/// Reads the id of a column that holds people's ids with or without their
/// server (`ZWHATSAPPID`): bare digits are a number there.
pub fn parse_person(text: &str) -> Option<Id> {
    match text.contains('@') {
        true => parse(text),
        false => Phone::from_digits(text.trim().trim_start_matches('+')).map(Id::Phone),
    }
}

/// Reads the linked id of a column that holds nothing else, with or without
/// its server.
pub fn parse_lid(text: &str) -> Option<WhatsappLid> {
    match text.contains('@') {
        true => WhatsappLid::parse(text),
        false => WhatsappLid::parse(&format!("{}@lid", text.trim())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn phone(digits: &str) -> Option<Id> {
        Phone::from_digits(digits).map(Id::Phone)
    }

    #[test]
    fn b01_a_linked_id_is_never_a_number() {
        for text in ["235085806727321@lid", "235085806727321:3@lid", "235085806727321.1:3@lid"] {
            assert_eq!(parse(text), WhatsappLid::parse("235085806727321@lid").map(Id::Lid), "{text}");
            assert_eq!(parse_person(text), parse(text), "{text}");
        }
        // Even one that would make a fine number.
        assert!(matches!(parse("447700900123@lid"), Some(Id::Lid(_))));
        assert_eq!(parse_lid("447700900123"), WhatsappLid::parse("447700900123@lid"));
    }

    #[test]
    fn b02_each_form_is_told_apart() {
        for text in [
            "447700900123@s.whatsapp.net",
            "447700900123@c.us",
            "447700900123:7@s.whatsapp.net",
            "447700900123.0:7@s.whatsapp.net",
        ] {
            assert_eq!(parse(text), phone("447700900123"), "{text}");
        }
        // The number in an old group's id is its maker's, not a member's.
        for text in ["447700900123-1416595200@g.us", "120363026294026347@g.us"] {
            assert_eq!(parse(text), Some(Id::Group(text.to_owned())));
        }
        for text in [
            "status@broadcast",
            "1612345678@broadcast",
            "120363144038483540@newsletter",
            "0@s.whatsapp.net",
            "867051314767696@bot",
            "@s.whatsapp.net",
            "-1",
            "",
            "status_me",
        ] {
            assert_eq!(parse(text), Some(Id::Nobody), "{text}");
        }
        for text in
            ["hello", "447700900123", "abc@s.whatsapp.net", "x@lid", "1234567890123456@s.whatsapp.net"]
        {
            assert_eq!(parse(text), None, "{text}");
        }
        assert_eq!(parse_person("447700900123"), phone("447700900123"));
        assert_eq!(parse_person("+447700900123"), phone("447700900123"));
        assert_eq!(parse_person("Ada"), None);
    }
}
