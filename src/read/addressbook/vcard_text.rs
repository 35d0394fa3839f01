//! Turns the raw properties of a card into text that the parser takes.
//!
//! The elder vCards say of each property how it is encoded; the parser takes
//! text only, and reads quoted-printable without a charset as Latin-1, which
//! no phone means. So every value is decoded here, bytes first and charset
//! second, and what says so is dropped from its header.

use std::borrow::Cow;

use base64::Engine as _;
use base64::engine::DecodePaddingMode;
use base64::engine::general_purpose::{GeneralPurpose, GeneralPurposeConfig};
use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};

/// Base64 as old phones write it, with or without padding.
pub const BASE64: GeneralPurpose = GeneralPurpose::new(
    &base64::alphabet::STANDARD,
    GeneralPurposeConfig::new()
        .with_decode_allow_trailing_bits(true)
        .with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// Makes a card for the parser of raw property lines. `transcoded` says that
/// the file is no longer in the charset that it declares. Counts in `foreign`
/// the properties that are in no declared encoding.
pub fn prepare(raw: &[u8], transcoded: bool, foreign: &mut u64) -> String {
    let mut card = String::with_capacity(raw.len() + 32);
    card.push_str("BEGIN:VCARD\n");
    for line in raw.split(|b| *b == b'\n').filter(|line| !line.is_empty()) {
        property(line, transcoded, foreign, &mut card);
    }
    card.push_str("END:VCARD\n");
    card
}

/// How a value is written.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Transfer {
    Plain,
    QuotedPrintable,
    Base64,
}

fn property(line: &[u8], transcoded: bool, foreign: &mut u64, card: &mut String) {
    let Some((header, value)) = cut(line) else { return };
    let header = decode(header, None, foreign);
    let mut transfer = Transfer::Plain;
    let mut charset = None;
    for (at, parameter) in outside_quotes(&header, ';').enumerate() {
        if at == 0 {
            card.push_str(parameter);
            continue;
        }
        let (name, setting) = parameter.split_once('=').unwrap_or(("", parameter));
        let is = |names: &[&str]| names.iter().any(|n| n.eq_ignore_ascii_case(setting));
        if name.is_empty() || name.eq_ignore_ascii_case("ENCODING") {
            if is(&["QUOTED-PRINTABLE", "Q"]) {
                transfer = Transfer::QuotedPrintable;
                continue;
            }
            if is(&["BASE64", "B"]) {
                transfer = Transfer::Base64;
                continue;
            }
        }
        if name.eq_ignore_ascii_case("CHARSET") {
            charset = Encoding::for_label(setting.trim_matches('"').as_bytes());
        } else if !name.eq_ignore_ascii_case("VALUE") {
            // VALUE would let the parser make numbers and dates of numbers.
            card.push(';');
            card.push_str(&label(parameter));
        }
    }
    card.push(':');
    match transfer {
        Transfer::Plain => {
            // Text that is good UTF-8 was saved as such, whatever it says.
            let good = transcoded || std::str::from_utf8(value).is_ok();
            let value = decode(value, charset.filter(|_| !good), foreign);
            card.push_str(&value);
        }
        Transfer::QuotedPrintable => quoted_printable(value, charset, foreign, card),
        Transfer::Base64 => {
            let compact: Vec<u8> = value.iter().copied().filter(|b| !b.is_ascii_whitespace()).collect();
            let bytes = BASE64.decode(compact).unwrap_or_default();
            push_line(&decode(&bytes, charset, foreign), card);
        }
    }
    card.push('\n');
}

/// Cuts a property at its colon, which is not one between quotes unless the
/// quotes are not closed.
fn cut(line: &[u8]) -> Option<(&[u8], &[u8])> {
    let mut quoted = false;
    let outside = line.iter().position(|b| {
        quoted ^= *b == b'"';
        *b == b':' && !quoted
    });
    let at = outside.or_else(|| memchr::memchr(b':', line))?;
    Some((&line[..at], &line[at + 1..]))
}

/// Splits at a character that does not stand between quotes.
fn outside_quotes(text: &str, at: char) -> impl Iterator<Item = &str> {
    let mut quoted = false;
    text.split(move |c| {
        quoted ^= c == '"';
        c == at && !quoted
    })
}

/// A label of Android's own, `X-CUSTOM(CHARSET=…,ENCODING=…,=41=64=61)`,
/// becomes `X-Ada`; a quote without its partner is dropped.
fn label(parameter: &str) -> Cow<'_, str> {
    if parameter.matches('"').count() % 2 == 1 {
        return parameter.replace('"', "").into();
    }
    let custom = parameter.get(..9).is_some_and(|head| head.eq_ignore_ascii_case("X-CUSTOM("));
    if !custom {
        return parameter.into();
    }
    let text = parameter[9..].trim_end_matches(')').rsplit(',').next().unwrap_or_default();
    let text = decode(&unquote(text.as_bytes()), None, &mut 0).into_owned();
    let plain: String = text.chars().map(|c| if c.is_alphanumeric() { c } else { '-' }).collect();
    format!("X-{plain}").into()
}

/// Decodes quoted-printable. A semicolon that is written plainly separates;
/// one that is encoded belongs to the text and is escaped for the parser.
fn quoted_printable(value: &[u8], charset: Option<&'static Encoding>, foreign: &mut u64, card: &mut String) {
    let mut rest = value;
    loop {
        let end = (0..rest.len()).find(|&i| rest[i] == b';' && (i == 0 || rest[i - 1] != b'\\'));
        let piece = end.map_or(rest, |end| &rest[..end]);
        let bytes = unquote(piece);
        let text = decode(&bytes, charset, foreign);
        let text = text.replace("\\;", ";").replace("\\,", ",");
        push_line(&text.replace('\\', "\\\\").replace(';', "\\;").replace(',', "\\,"), card);
        let Some(end) = end else { return };
        card.push(';');
        rest = &rest[end + 1..];
    }
}

/// The bytes of a quoted-printable text; what is not well encoded stays.
fn unquote(text: &[u8]) -> Vec<u8> {
    let hex = |b: &u8| char::from(*b).to_digit(16).and_then(|d| u8::try_from(d).ok());
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text;
    while let [first, tail @ ..] = rest {
        rest = tail;
        if let (b'=', [high, low, after @ ..]) = (first, tail)
            && let Some((high, low)) = hex(high).zip(hex(low))
        {
            bytes.push(high * 16 + low);
            rest = after;
        } else {
            bytes.push(*first);
        }
    }
    bytes
}

/// Adds text to one line of the card: line ends are escaped.
fn push_line(text: &str, card: &mut String) {
    for c in text.chars() {
        match c {
            '\r' => {}
            '\n' => card.push_str("\\n"),
            c => card.push(c),
        }
    }
}

/// Text of bytes: in the declared charset, else UTF-8, else Windows-1252.
pub fn decode<'a>(bytes: &'a [u8], charset: Option<&'static Encoding>, foreign: &mut u64) -> Cow<'a, str> {
    if let Some(charset) = charset
        && charset != UTF_8
    {
        return charset.decode_without_bom_handling(bytes).0;
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => text.into(),
        Err(_) => {
            *foreign += 1;
            WINDOWS_1252.decode_without_bom_handling(bytes).0
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn prepared(line: &[u8]) -> String {
        let card = prepare(line, false, &mut 0);
        let body = card.strip_prefix("BEGIN:VCARD\n").and_then(|c| c.strip_suffix("END:VCARD\n"));
        body.unwrap_or_default().trim_end().to_owned()
    }

    #[test]
    fn quoted_printable_is_utf_8_unless_it_says_otherwise() {
        assert_eq!(prepared(b"FN;ENCODING=QUOTED-PRINTABLE:=C3=89lodie"), "FN:Élodie");
        assert_eq!(prepared(b"FN;quoted-printable;charset=iso-8859-1:=C9lodie"), "FN:Élodie");
        assert_eq!(prepared(b"FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:100=25 =ZZ ="), "FN:100% =ZZ =");
    }

    #[test]
    fn separators_stay_and_encoded_ones_are_text() {
        assert_eq!(
            prepared(b"N;ENCODING=QUOTED-PRINTABLE:A=3BB, C;D\\;E=0D=0AF;;;"),
            "N:A\\;B\\, C;D\\;E\\nF;;;"
        );
    }

    #[test]
    fn c10_charsets_and_encodings_mixed() {
        assert_eq!(prepared(b"FN;CHARSET=ISO-8859-1:\xc9lodie"), "FN:Élodie");
        assert_eq!(prepared(b"FN;CHARSET=Shift_JIS:\x83A\x83_"), "FN:アダ");
        assert_eq!(prepared("FN;CHARSET=ISO-8859-1:Élodie".as_bytes()), "FN:Élodie");
        assert_eq!(prepared(b"FN;CHARSET=no-such;ENCODING=b:w4lsb2RpZQ"), "FN:Élodie");
        assert_eq!(prepared(b"N;ENCODING=BASE64:TG92ZWxhY2U7QWRhOzs7"), "N:Lovelace;Ada;;;");
        let mut foreign = 0;
        assert!(prepare(b"FN:\xc9lodie\nN:Ada", false, &mut foreign).contains("FN:Élodie\nN:Ada"));
        assert_eq!(foreign, 1);
    }

    #[test]
    fn headers_lose_what_misleads_the_parser() {
        assert_eq!(
            prepared(b"TEL;VALUE=uri;TYPE=\"voice,cell\":tel:+33639980001"),
            "TEL;TYPE=\"voice,cell\":tel:+33639980001"
        );
        assert_eq!(prepared(b"TEL;TYPE=\"cell:+33639980001"), "TEL;TYPE=cell:+33639980001");
        assert_eq!(
            prepared(
                b"TEL;X-Custom(CHARSET=UTF-8,ENCODING=QUOTED-PRINTABLE,=53=69=67=6E=61=6C):+33639980001"
            ),
            "TEL;X-Signal:+33639980001"
        );
    }
}
