//! The ways in which servers write a text within a text: percent-encoded, with the escapes
//! of JSON or HTML, in base64 or hexadecimal, and one within another.

use base64::Engine as _;
use base64::alphabet::STANDARD;
use base64::engine::general_purpose::NO_PAD;
use base64::engine::{GeneralPurpose, GeneralPurposeConfig};

use crate::read::addresses::percent_decoded;

/// So deep is one within another.
const DEEP: usize = 3;

/// Shorter words are no encoded secret.
const SHORTEST_WORD: usize = 6;

/// Base64, however its last bits are filled up.
const BASE64: GeneralPurpose = GeneralPurpose::new(&STANDARD, with_any_end(NO_PAD));

const fn with_any_end(config: GeneralPurposeConfig) -> GeneralPurposeConfig {
    config.with_decode_allow_trailing_bits(true)
}

/// Whether a text holds what is looked for, in whichever way it is written there.
pub(super) fn holds(text: &str, is_there: impl Fn(&str) -> bool) -> bool {
    let mut read = text.to_owned();
    for _ in 0..=DEEP {
        if is_there(&read) || words(&read).any(|word| is_there(&word)) {
            return true;
        }
        let next = undone(&undone(&percent_decoded(&read), '\\', json_escape), '&', html_escape);
        if next == read {
            break;
        }
        read = next;
    }
    false
}

/// A text without its escapes, each of which begins with a `mark`: `read` gives what the
/// first one stands for, and how long it is (bytes).
fn undone(text: &str, mark: char, read: fn(&str) -> Option<(String, usize)>) -> String {
    let (mut undone, mut rest) = (String::with_capacity(text.len()), text);
    while let Some(at) = rest.find(mark) {
        let (before, tail) = rest.split_at(at);
        undone.push_str(before);
        let (stands_for, length) = read(tail).unwrap_or_else(|| (mark.to_string(), mark.len_utf8()));
        undone.push_str(&stands_for);
        rest = tail.get(length..).unwrap_or_default();
    }
    undone.push_str(rest);
    undone
}

/// An escape of JSON (RFC 8259, 7): two halves of a character, one, or a sign.
fn json_escape(text: &str) -> Option<(String, usize)> {
    [12, 6, 2].into_iter().find_map(|length| {
        let quoted = format!("\"{}\"", text.get(..length)?);
        Some((serde_json::from_str(&quoted).ok()?, length))
    })
}

/// A character reference of HTML.
fn html_escape(text: &str) -> Option<(String, usize)> {
    let end = text.bytes().take(12).position(|byte| byte == b';')? + 1;
    Some((quick_xml::escape::unescape(text.get(..end)?).ok()?.into_owned(), end))
}

/// What the words of a text say in base64 and in hexadecimal.
fn words(text: &str) -> impl Iterator<Item = String> {
    let of_base64 = |c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '/' | '-' | '_');
    let words = text.split(move |c| !of_base64(c)).filter(|word| word.len() >= SHORTEST_WORD);
    words.flat_map(|word| {
        let base64 = BASE64.decode(word.replace('-', "+").replace('_', "/")).ok();
        let read = base64.into_iter().chain(from_hexadecimal(word));
        read.map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
    })
}

fn from_hexadecimal(word: &str) -> Option<Vec<u8>> {
    let pairs = word.as_bytes().chunks(2);
    pairs.map(|pair| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn however_it_is_written_it_is_found() {
        for text in [
            "no pa\"ss\\é/canary",
            "no pa%22ss%5C%C3%A9%2Fcanary",
            r#"{"password":"pa\"ss\\é/canary"}"#,
            r#"{\"password\":\"pa\\\"ss\\\\\\u00e9\\/canary\"}"#,
            r"\u0070a\u0022ss\u005c\u00E9\/\u0063anary",
            "pa&quot;ss&#92;&#xe9;/canary &nbsp; & more; so",
            "%26quot%3B or pa%26quot%3Bss%5C%C3%A9/canary",
            "Basic cGEic3Ncw6kvY2FuYXJ5",
            "Basic YWRhOnBhInNzXMOpL2NhbmFyeQ==",
            "bytes 70612273735CC3A92f63616e617279",
        ] {
            assert!(holds(text, |read| read.contains("pa\"ss\\é/canary")), "{text}");
        }
        assert!(holds(r"\ud83d\ude00 \u0041", |read| read == "😀 A"));
        for text in
            ["", "%", "\\", "&", "a%2", r"\u12", "&#xd800;", "&#99999999999;", "é&é;", "+++++++++", "abcdef0"]
        {
            assert!(!holds(text, |read| read.contains("canary")), "{text}");
        }
    }
}
