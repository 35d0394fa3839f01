//! Messages, which are nearly all lines of an export, without being parsed.
//!
//! Of a message only its chat and its date count, and these stand in front.
//! What comes behind, the text above all, is searched for one word and is not
//! looked at otherwise. Whatever is written in another way than Signal writes it
//! is left to the parser.

use std::sync::LazyLock;

use memchr::memmem::Finder;

use super::frames::Int;

/// What a line tells of a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Skimmed {
    /// In which chat it is.
    pub chat: Int,
    /// When it was sent.
    pub date: Int,
    /// Whether somebody said something; else Signal itself noted it.
    pub said: bool,
}

/// How a message begins.
const BEGIN: &[u8] = b"{\"chatItem\":{";
/// What is in every notice. Those are few, and are parsed.
static NOTICE: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new("updateMessage"));

/// A message of that line; none where the parser has to look.
pub fn message(line: &[u8]) -> Option<Skimmed> {
    let (found, rest) = front(line.strip_suffix(b"}}")?)?;
    NOTICE.find(rest).is_none().then_some(found)
}

/// The same for a line of which only the beginning is there.
pub fn beginning(line: &[u8]) -> Option<Skimmed> {
    let (found, rest) = front(line)?;
    NOTICE.find(rest).is_none().then_some(found)
}

/// What stands in front of a message, and what comes behind it.
fn front(line: &[u8]) -> Option<(Skimmed, &[u8])> {
    let mut rest = line.strip_prefix(BEGIN)?;
    let (mut chat, mut author, mut date) = (None, None, None);
    let said = loop {
        let (key, value) = key(rest)?;
        match key {
            b"incoming" | b"outgoing" if value.starts_with(b"{") => break true,
            b"directionless" if value.starts_with(b"{") => break false,
            _ => {}
        }
        let (number, after) = number(value)?;
        let place = match key {
            b"chatId" => &mut chat,
            b"authorId" => &mut author,
            b"dateSent" => &mut date,
            b"expireStartDate" | b"expiresInMs" => {
                rest = after;
                continue;
            }
            _ => return None,
        };
        // What stands twice is for the parser to refuse.
        if place.replace(number).is_some() {
            return None;
        }
        rest = after;
    };
    author?;
    Some((Skimmed { chat: chat?, date: date?, said }, rest))
}

/// The key with which `text` begins, and what stands behind its colon.
fn key(text: &[u8]) -> Option<(&[u8], &[u8])> {
    let text = text.strip_prefix(b"\"")?;
    let end = text.iter().position(|b| !b.is_ascii_alphanumeric())?;
    Some((&text[..end], text[end..].strip_prefix(b"\":")?))
}

/// The number with which `text` begins, as text or bare, and what comes after
/// the comma behind it.
fn number(text: &[u8]) -> Option<(Int, &[u8])> {
    let quoted = text.strip_prefix(b"\"");
    let digits = quoted.unwrap_or(text);
    let end = digits.iter().position(|b| !b.is_ascii_digit())?;
    let mut value: u64 = 0;
    for digit in &digits[..end] {
        value = value.checked_mul(10)?.checked_add(u64::from(digit - b'0'))?;
    }
    let odd = end == 0 || end > 1 && digits[0] == b'0' && quoted.is_none();
    let after = if quoted.is_some() { digits[end..].strip_prefix(b"\"")? } else { &digits[end..] };
    (!odd).then_some((Int(value), after.strip_prefix(b",")?))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::frames::{Frame, Object};
    use super::*;

    /// What the parser makes of the same line.
    fn parsed(line: &str) -> Option<Skimmed> {
        let item = serde_json::from_str::<Object<Frame>>(line).ok()?.0.chat_item?.0;
        Some(Skimmed { chat: item.chat_id?, date: item.date_sent?, said: item.is_said() })
    }

    const BODY: &str = r#""incoming":{"read":true},"standardMessage":{"text":{"body":"hi"}}"#;

    #[test]
    fn what_signal_writes_is_skimmed_and_the_parser_agrees() {
        for body in [BODY, r#""outgoing":{},"standardMessage":{}"#, r#""directionless":{},"x":{}"#] {
            for head in [
                r#""chatId":"7","authorId":"4","dateSent":"1600000000000""#,
                r#""chatId":7,"authorId":4,"dateSent":1600000000000,"expireStartDate":"5""#,
                r#""authorId":"0","dateSent":"18446744073709551615","chatId":"0","expiresInMs":9"#,
            ] {
                let line = format!("{{\"chatItem\":{{{head},{body}}}}}");
                assert_eq!(message(line.as_bytes()), parsed(&line), "{line}");
                assert!(message(line.as_bytes()).is_some(), "{line}");
            }
        }
    }

    #[test]
    fn everything_else_is_left_to_the_parser() {
        let head = r#""chatId":"7","authorId":"4","dateSent":"1600000000000""#;
        for inside in [
            format!(r#"{head},"directionless":{{}},"updateMessage":{{}}"#),
            format!(r#"{head},"incoming":{{}},"standardMessage":{{"text":{{"body":"updateMessage"}}}}"#),
            format!(r#"{head},"revisions":[{{}}],{BODY}"#),
            format!(r#"{head},"chatId":"8",{BODY}"#),
            format!(r#""chatId":"7","dateSent":"5",{BODY}"#),
            format!(r#""chatId":"7","authorId":"4",{BODY}"#),
            format!(r#""chatId":"","authorId":"4","dateSent":"5",{BODY}"#),
            format!(r#""chatId":007,"authorId":"4","dateSent":"5",{BODY}"#),
            format!(r#""chatId":-1,"authorId":"4","dateSent":"5",{BODY}"#),
            format!(r#""chatId":"18446744073709551616","authorId":"4","dateSent":"5",{BODY}"#),
            format!(r#""chatId" : "7","authorId":"4","dateSent":"5",{BODY}"#),
            format!(r#"{head},"incoming":5"#),
            head.to_owned(),
        ] {
            assert_eq!(message(format!("{{\"chatItem\":{{{inside}}}}}").as_bytes()), None, "{inside}");
        }
        for line in ["", "{}", "{\"chat\":{\"id\":\"1\"}}", "{\"chatItem\":{", "{\"chatItem\":{}}"] {
            assert_eq!(message(line.as_bytes()), None, "{line}");
        }
        let cut = format!("{{\"chatItem\":{{{head},{BODY}");
        for end in 0..cut.len() {
            assert_eq!(message(&cut.as_bytes()[..end]), None, "{end}");
        }
    }

    proptest! {
        /// Whatever is skimmed is what the parser reads, where it reads it.
        #[test]
        fn a_skimmed_line_says_what_the_parsed_one_says(
            place in 0_usize..150, byte in 0_u8..128, chat in 0_u64..99, date: u64
        ) {
            let line = format!(
                r#"{{"chatItem":{{"chatId":"{chat}","authorId":"4","dateSent":"{date}",{BODY}}}}}"#
            );
            let mut bytes = line.into_bytes();
            if let Some(at) = bytes.get_mut(place) {
                *at = byte;
            }
            if let (Some(skimmed), Ok(line)) = (message(&bytes), std::str::from_utf8(&bytes))
                && let Some(parsed) = parsed(line)
            {
                prop_assert_eq!(skimmed, parsed);
            }
        }
    }
}
