//! The ways in which servers write a text within a text: as in URLs and forms, with the
//! escapes of JSON, Python or HTML, in base64 or hexadecimal, and one within another. This is
//! for servers that quote what they should not; one that wants to hide it can always.

use base64::Engine as _;
use base64::alphabet::STANDARD;
use base64::engine::general_purpose::NO_PAD;
use base64::engine::{GeneralPurpose, GeneralPurposeConfig};

use crate::read::addresses::percent_decoded;

/// So deep is one within another.
const DEEP: usize = 3;

/// Shorter words are no encoded secret.
const SHORTEST_WORD: usize = 6;

/// Behind so many signs of a word another one may begin.
const MOST_SIGNS: usize = 16;

/// Base64, however its last bits are filled up.
const BASE64: GeneralPurpose = GeneralPurpose::new(&STANDARD, with_any_end(NO_PAD));

const fn with_any_end(config: GeneralPurposeConfig) -> GeneralPurposeConfig {
    config.with_decode_allow_trailing_bits(true)
}

/// Whether a text holds what is looked for, in whichever way it is written there.
pub(super) fn holds(text: &str, is_there: &dyn Fn(&str) -> bool) -> bool {
    holds_within(text, is_there, DEEP)
}

fn holds_within(text: &str, is_there: &dyn Fn(&str) -> bool, deep: usize) -> bool {
    let mut read = text.to_owned();
    for deeper in (0..=deep).rev() {
        let in_form = || percent_decoded(&read.replace('+', " "));
        let in_word = |word: String| match deeper {
            0 => is_there(&word),
            _ => holds_within(&word, is_there, deeper - 1),
        };
        if is_there(&read) || is_there(&in_form()) || words(&read).any(in_word) {
            return true;
        }
        let next = undone(&undone(&percent_decoded(&read), '\\', escape), '&', html_escape);
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

/// An escape of JSON (RFC 8259, 7): two halves of a character, one, or a sign. Or one of
/// Python: a quotation mark, or a row of bytes.
fn escape(text: &str) -> Option<(String, usize)> {
    if text.starts_with("\\'") {
        return Some(("'".to_owned(), 2));
    }
    let bytes: Vec<u8> = text.as_bytes().chunks(4).map_while(byte).collect();
    if !bytes.is_empty() {
        return Some((String::from_utf8_lossy(&bytes).into_owned(), bytes.len() * 4));
    }
    [12, 6, 2].into_iter().find_map(|length| {
        let quoted = format!("\"{}\"", text.get(..length)?);
        Some((serde_json::from_str(&quoted).ok()?, length))
    })
}

/// A byte as `\x2f`.
fn byte(escaped: &[u8]) -> Option<u8> {
    let digits = escaped.strip_prefix(b"\\x").filter(|digits| digits.len() == 2)?;
    u8::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()
}

/// A character reference of HTML.
fn html_escape(text: &str) -> Option<(String, usize)> {
    let end = text.bytes().take(12).position(|byte| byte == b';')? + 1;
    Some((quick_xml::escape::unescape(text.get(..end)?).ok()?.into_owned(), end))
}

/// What the words of a text say in base64 and in hexadecimal.
fn words(text: &str) -> impl Iterator<Item = String> {
    let of_base64 = |c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '/' | '-' | '_');
    // What is a sign of base64 may also stand before a word, and at its end.
    let in_base64 = text.split(move |c| !of_base64(c));
    let in_base64 = in_base64.flat_map(move |word| std::iter::once(word).chain(behind_signs(word)));
    let in_base64 = in_base64.chain(text.split(|c: char| !c.is_ascii_alphanumeric()));
    let in_base64 = in_base64.filter(|word| word.len() >= SHORTEST_WORD);
    let base64 = in_base64.filter_map(|word| BASE64.decode(word.replace('-', "+").replace('_', "/")).ok());
    let in_hexadecimal = text.split(|c: char| !c.is_ascii_hexdigit());
    let hexadecimal = in_hexadecimal.filter(|word| word.len() >= SHORTEST_WORD).filter_map(from_hexadecimal);
    base64.chain(hexadecimal).map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
}

fn behind_signs(word: &str) -> impl Iterator<Item = &str> {
    let signs = word.char_indices().filter(|(_, c)| !c.is_ascii_alphanumeric()).take(MOST_SIGNS);
    signs.filter_map(|(at, _)| word.get(at + 1..))
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
            "https://example.org/70612273735CC3A92f63616e617279",
            "0x70612273735CC3A92f63616e617279",
            "/login/cGEic3Ncw6kvY2FuYXJ5",
            "/log-in/Pz8/cGEic3Ncw6kvY2FuYXJ5",
            r#"b'pa"ss\\\xc3\xa9/canary'"#,
            "eyJwYXNzd29yZCI6InBhXCJzc1xcw6kvY2FuYXJ5In0=",
        ] {
            assert!(holds(text, &|read| read.contains("pa\"ss\\é/canary")), "{text}");
        }
        assert!(holds(r"\ud83d\ude00 \u0041", &|read| read == "😀 A"));
        assert!(holds(r"'it\'s'", &|read| read == "'it's'"));
        for form in ["?password=a+%22b%2Bc&x", "a \\\"b+c"] {
            assert!(holds(form, &|read| read.contains("a \"b+c")), "{form}");
        }
        for text in
            ["", "%", "\\", "&", "a%2", r"\u12", "&#xd800;", "&#99999999999;", "é&é;", "+++++++++", "abcdef0"]
        {
            assert!(!holds(text, &|read| read.contains("canary")), "{text}");
        }
    }
}
