//! JSON that does no harm on a terminal or inside a page.
//!
//! `serde_json` escapes the C0 controls alone. Here everything that acts
//! unseen is written as `\uXXXX` as well: it is the same JSON to a program,
//! and safe to look at.

use std::io;

use serde::Serialize;
use serde_json::ser::Formatter;

use super::{acts_unseen, is_bidi_control};

/// Compact JSON in which nothing acts unseen.
#[derive(Clone, Copy, Debug, Default)]
pub struct SafeJson {
    /// Whether markup is escaped too.
    markup: bool,
}

impl SafeJson {
    /// For a line of output.
    pub fn new() -> Self {
        Self { markup: false }
    }

    /// For the inside of a `<script>` element.
    pub fn in_html() -> Self {
        Self { markup: true }
    }

    fn escapes(self, c: char) -> bool {
        match c {
            '<' | '>' | '&' => self.markup,
            '\u{61c}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2060}' | '\u{feff}' => true,
            _ => c.is_control() || is_bidi_control(c) || acts_unseen(c),
        }
    }
}

impl Formatter for SafeJson {
    fn write_string_fragment<W>(&mut self, writer: &mut W, fragment: &str) -> io::Result<()>
    where
        W: ?Sized + io::Write,
    {
        let mut rest = fragment;
        while let Some((at, c)) = rest.char_indices().find(|(_, c)| self.escapes(*c)) {
            let (plain, tail) = rest.split_at(at);
            writer.write_all(plain.as_bytes())?;
            for unit in c.encode_utf16(&mut [0; 2]) {
                write!(writer, "\\u{unit:04x}")?;
            }
            rest = &tail[c.len_utf8()..];
        }
        writer.write_all(rest.as_bytes())
    }
}

/// One object as one line of JSON, without the newline.
///
/// # Errors
/// Whatever the value's own `Serialize` says; nothing of ours fails.
pub fn to_json_line<T: Serialize + ?Sized>(value: &T) -> serde_json::Result<String> {
    written(value, SafeJson::new())
}

/// JSON to be put between `<script type="application/json">` and its end.
///
/// # Errors
/// As [`to_json_line`].
pub fn json_in_html<T: Serialize + ?Sized>(value: &T) -> serde_json::Result<String> {
    written(value, SafeJson::in_html())
}

fn written<T: Serialize + ?Sized>(value: &T, formatter: SafeJson) -> serde_json::Result<String> {
    let mut bytes = Vec::new();
    value.serialize(&mut serde_json::Serializer::with_formatter(&mut bytes, formatter))?;
    // What was written is UTF-8: whole characters or ASCII escapes.
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::*;

    #[test]
    fn d20_nothing_in_a_line_acts_on_a_terminal() {
        let name = "\u{1b}[2J\u{7f}\u{9b}\u{202e}\u{2068}\u{200f}\u{2028}\u{e0001}é🐑\n\"";
        let object = BTreeMap::from([(name, name)]);
        let line = to_json_line(&object).unwrap();
        let escaped = r#"\u001b[2J\u007f\u009b\u202e\u2068\u200f\u2028\udb40\udc01é🐑\n\""#;
        assert_eq!(line, format!("{{\"{escaped}\":\"{escaped}\"}}"));
        let back: BTreeMap<String, String> = serde_json::from_str(&line).unwrap();
        assert_eq!(back.get(name).map(String::as_str), Some(name));
    }

    #[test]
    fn d05_no_name_ends_the_script() {
        let text = json_in_html("</script><!-- & \u{2028}").unwrap();
        assert_eq!(text, r#""\u003c/script\u003e\u003c!-- \u0026 \u2028""#);
        assert_eq!(serde_json::from_str::<String>(&text).unwrap(), "</script><!-- & \u{2028}");
        assert_eq!(to_json_line("<&>").unwrap(), "\"<&>\"");
    }

    proptest! {
        #[test]
        fn d20_every_text_comes_back_and_stays_one_line(text in any::<String>()) {
            for line in [to_json_line(&text).unwrap(), json_in_html(&text).unwrap()] {
                prop_assert!(!line.chars().any(|c| c.is_control() || is_bidi_control(c)));
                prop_assert_eq!(&serde_json::from_str::<String>(&line).unwrap(), &text);
            }
        }
    }
}
