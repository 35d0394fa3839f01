//! Text in XML files that programs read: GraphML.

use super::{Shown, acts_unseen, entity, push_visible};
use crate::model::Foreign;

/// For XML: text between tags and values of quoted attributes. Line breaks and
/// tabs come back as they were; characters that XML 1.0 forbids even as
/// references (its production 2, "Char") are made visible, and so is what acts
/// unseen.
pub fn xml(text: &Foreign) -> Shown {
    let mut safe = String::with_capacity(text.raw().len());
    for c in text.raw().chars() {
        if let Some(name) = entity(c) {
            safe.push_str(name);
            continue;
        }
        match c {
            // Bare, a parser would make spaces and line feeds of them.
            '\t' => safe.push_str("&#9;"),
            '\n' => safe.push_str("&#10;"),
            '\r' => safe.push_str("&#13;"),
            '\u{fffe}' | '\u{ffff}' => safe.push_str(&format!("⟨U+{:04X}⟩", c as u32)),
            _ if c.is_control() || acts_unseen(c) => push_visible(&mut safe, c),
            _ => safe.push(c),
        }
    }
    Shown(safe)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn written(text: &str) -> String {
        xml(&Foreign::from(text)).to_string()
    }

    #[test]
    fn d17_no_name_ends_its_element_or_attribute() {
        assert_eq!(
            written("]]><node id='x'/>&amp;\"\r\n\t"),
            "]]&gt;&lt;node id=&#39;x&#39;/&gt;&amp;amp;&quot;&#13;&#10;&#9;"
        );
    }

    #[test]
    fn d17_what_xml_forbids_is_seen_instead() {
        assert_eq!(
            written("a\u{0}\u{8}\u{b}\u{1b}\u{7f}\u{9b}\u{fffe}\u{ffff}\u{202e}"),
            "a␀␈␋␛␡⟨U+009B⟩⟨U+FFFE⟩⟨U+FFFF⟩⟨U+202E⟩"
        );
    }

    proptest! {
        #[test]
        fn d17_a_parser_reads_any_text_back(text in any::<String>()) {
            let document = format!("<a b=\"{0}\">{0}</a>", written(&text));
            let mut reader = quick_xml::Reader::from_str(&document);
            let mut events = Vec::new();
            loop {
                match reader.read_event() {
                    Ok(quick_xml::events::Event::Eof) => break,
                    Ok(event) => events.push(event.into_owned()),
                    Err(error) => return Err(TestCaseError::fail(error.to_string())),
                }
            }
            prop_assert!(matches!(events.first(), Some(quick_xml::events::Event::Start(_))));
            prop_assert!(matches!(events.last(), Some(quick_xml::events::Event::End(_))));
            let inner = &events[1..events.len() - 1];
            let flat = |e: &quick_xml::events::Event<'_>| matches!(e,
                quick_xml::events::Event::Text(_) | quick_xml::events::Event::GeneralRef(_));
            prop_assert!(inner.iter().all(flat));
            let forbidden = |c: char| c.is_control() || c == '\u{fffe}' || c == '\u{ffff}';
            prop_assert!(!document.contains(forbidden));
        }
    }
}
