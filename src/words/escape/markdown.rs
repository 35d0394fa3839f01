//! Text in Markdown, which people read and programs make pages of.

use super::{Shown, terminal_uncut};
use crate::model::Foreign;

/// For Markdown: text within a line, be it a paragraph, a list or a cell of a
/// table. Whatever has a meaning there, in `CommonMark` and in what grew out of it, is
/// escaped; nothing of it becomes markup, a link or a mention.
pub fn markdown(text: &Foreign) -> Shown {
    let visible = terminal_uncut(text);
    let text = visible.as_ref();
    let mut safe = String::with_capacity(text.len());
    // White space at an end means something in places, and nothing to a reader.
    for c in text.trim().chars() {
        match c {
            // Addresses and mentions are found where the backslashes are gone already.
            '@' => safe.push('＠'),
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '\\' | '`' | '*' | '_' | '{' | '}' | '[' | ']' | '(' | ')' | '#' | '+' | '-' | '.' | '!'
            | '|' | '~' | '^' | '$' | ':' | '=' | '"' | '\'' | '%' => {
                safe.push('\\');
                safe.push(c);
            }
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
        markdown(&Foreign::from(text)).to_string()
    }

    #[test]
    fn d12_no_name_is_markup_a_link_or_a_mention() {
        assert_eq!(written("[x](http://evil)"), "\\[x\\]\\(http\\://evil\\)");
        assert_eq!(written("@room"), "＠room");
        assert_eq!(written("a|b *c* _d_ `e` <b> &amp;"), "a\\|b \\*c\\* \\_d\\_ \\`e\\` &lt;b&gt; &amp;amp;");
        assert_eq!(written("www.example.org"), "www\\.example\\.org");
        assert_eq!(written("Ada Quill"), "Ada Quill");
        // A name is one line, so it begins none of its own.
        assert_eq!(written("x\n# y\r\n1. z"), "x␊\\# y␍␊1\\. z");
    }

    proptest! {
        #[test]
        fn d12_whatever_means_something_stands_behind_a_backslash(text in any::<String>()) {
            let written = written(&text);
            let mut characters = written.chars();
            while let Some(c) = characters.next() {
                match c {
                    '\\' => { characters.next(); }
                    '&' => {
                        let entity: String = characters.by_ref().take_while(|c| *c != ';').collect();
                        prop_assert!(["amp", "lt", "gt"].contains(&entity.as_str()), "{entity}");
                    }
                    _ => prop_assert!(!"`*_{}[]()#+-.!|~<>@:".contains(c), "{c} in {written}"),
                }
            }
            prop_assert!(!written.contains(['\n', '\r']));
        }
    }
}
