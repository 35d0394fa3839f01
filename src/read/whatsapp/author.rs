//! Who a line is by: what follows the stamp is split into an author and a body.
//! Names have colons in them, and so have the titles that notices quote.

use crate::model::foreign::is_mark;

use super::people::Registry;

/// A name longer than this, in characters, is no author.
const LONGEST_NAME: usize = 60;

/// So many bytes are looked at for marks.
const MOST_MARKS: usize = 32;

/// An author and a body.
#[derive(Clone, Copy, Debug)]
pub struct Split<'a> {
    /// Who it is, if the name was met before.
    pub writer: Option<usize>,
    /// The name as written.
    pub author: &'a [u8],
    /// What follows the colon.
    pub body: &'a [u8],
}

/// Splits what follows the stamp into an author and a body: at the last of the
/// first few `: ` whose left side is a known author, else at the first one. `None` if
/// there is none, or if the left side cannot be an author: too long, or the
/// beginning of a notice that quotes a title with a colon in it.
pub fn split_author<'a>(rest: &'a [u8], registry: &Registry) -> Option<Split<'a>> {
    let head = &rest[..rest.len().min(LONGEST_NAME * 4 + 8)];
    // Nearly always it is somebody who wrote before.
    if !registry.has_colons()
        && let Some(at) = memchr::memchr(b':', head)
        && head.get(at + 1) == Some(&b' ')
        && let Some(writer) = registry.find(&head[..at])
    {
        return Some(Split { writer: Some(writer), author: &head[..at], body: &rest[at + 2..] });
    }
    split_with_care(rest, head, registry)
}

/// The same where the author is new, or names have colons in them. The author
/// stands in the line's `head`.
#[inline(never)]
fn split_with_care<'a>(rest: &'a [u8], head: &'a [u8], registry: &Registry) -> Option<Split<'a>> {
    let mut splits = memchr::memchr_iter(b':', head).filter_map(|at| {
        let gap = match head.get(at + 1..)? {
            [b' ', ..] => 2,
            // Invisible marks between the colon and its space.
            [0xd8 | 0xe2 | 0xef, ..] => 2 + marks_before_space(&head[at + 1..])?,
            _ => return None,
        };
        Some((&rest[..at], &rest[at + gap..]))
    });
    let first = match splits.next() {
        Some(first) => first,
        // A body can be empty: once-only media, say.
        None => (rest.strip_suffix(b":").filter(|_| rest.len() == head.len())?, &b""[..]),
    };
    // The longest known name wins; without colons in names the first is it.
    let more = if registry.has_colons() { 3 } else { 0 };
    let mut known = None;
    for (author, body) in std::iter::once(first).chain(splits.take(more)) {
        if let Some(writer) = registry.find(author) {
            known = Some(Split { writer: Some(writer), author, body });
        }
    }
    if known.is_some() {
        return known;
    }
    can_be_author(first.0).then_some(Split { writer: None, author: first.0, body: first.1 })
}

/// How many bytes of marks stand before a space, if nothing else does.
fn marks_before_space(bytes: &[u8]) -> Option<usize> {
    let few = &bytes[..bytes.len().min(MOST_MARKS)];
    let valid = few.utf8_chunks().next().map_or("", |chunk| chunk.valid());
    let rest = valid.trim_start_matches(is_mark);
    rest.starts_with(' ').then(|| valid.len() - rest.len())
}

/// Splits at the first `: ` behind which a mark stands, as iOS sets it before what
/// WhatsApp says: what comes before may be a title with colons of its own.
pub fn split_at_mark<'a>(rest: &'a [u8], registry: &Registry) -> Option<Split<'a>> {
    let head = &rest[..rest.len().min(LONGEST_NAME * 4 + 8)];
    let at = memchr::memmem::find(head, ": \u{200e}".as_bytes())?;
    let author = &rest[..at];
    can_be_author(author).then(|| Split { writer: registry.find(author), author, body: &rest[at + 2..] })
}

fn can_be_author(bytes: &[u8]) -> bool {
    let text = String::from_utf8_lossy(bytes);
    let visible = || text.chars().filter(|c| !is_mark(*c));
    if visible().all(char::is_whitespace) || visible().count() > LONGEST_NAME {
        return false;
    }
    !ends_inside_quotes(&text)
}

/// Whether a quote opens and does not close again: what follows, a colon say,
/// then stands inside of it. Some languages close with the mark with which
/// others open, and some open and close with the same.
fn ends_inside_quotes(text: &str) -> bool {
    let mut open: Option<char> = None;
    let mut before = ' ';
    for c in text.chars().filter(|c| !is_mark(*c)) {
        let begins = before.is_whitespace() || matches!(before, '(' | '[');
        open = match (open, c) {
            (None, '“' | '„' | '‟' | '«' | '「' | '『' | '"' | '＂') => Some(c),
            // Behind a letter it is an inch, or the end of what began elsewhere.
            (None, '”' | '»') if begins => Some(c),
            (Some('“' | '”' | '„' | '‟'), '”') | (Some('„' | '‟'), '“') => None,
            (Some('«' | '»'), '»') | (Some('»'), '«') | (Some('「'), '」') | (Some('『'), '』') => {
                None
            }
            (Some('"'), '"') | (Some('＂'), '＂') => None,
            (open, _) => open,
        };
        before = c;
    }
    open.is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(rest: &str, known: &[&str]) -> Option<(String, String)> {
        let mut registry = Registry::default();
        for name in known {
            registry.find_or_add(name.as_bytes());
        }
        split_author(rest.as_bytes(), &registry).map(|s| {
            (String::from_utf8_lossy(s.author).into_owned(), String::from_utf8_lossy(s.body).into_owned())
        })
    }

    #[test]
    fn a07_a_known_author_with_a_colon_wins() {
        assert_eq!(split("Dr: Who: hi", &["Dr: Who"]), Some(("Dr: Who".into(), "hi".into())));
        assert_eq!(split("Dr: Who: hi", &[]), Some(("Dr".into(), "Who: hi".into())));
        assert_eq!(split("Ada:", &[]), Some(("Ada".into(), String::new())));
    }

    #[test]
    fn a_notice_that_quotes_a_colon_has_no_author() {
        assert_eq!(split("Ada changed the subject to “Plan: B”", &[]), None);
        assert_eq!(split("Ada changed the subject to \"Plan: B\"", &[]), None);
        assert_eq!(split("Ada a changé le sujet en « Plan: B »", &[]), None);
        assert_eq!(split("Messages and calls are end-to-end encrypted.", &[]), None);
        assert_eq!(split("Ada ändrade ämnet till ”Plan: B”", &[]), None);
        assert_eq!(split("Ada hat den Betreff zu „Plan: B“ geändert", &[]), None);
        assert_eq!(split("Ada hat den Betreff von „A“ zu »Plan: B« geändert", &[]), None);
        assert_eq!(split("Adaがグループ名を「Plan: B」に変更しました", &[]), None);
        for author in
            ["Bob “Bobby” Martin", "Bob „Bobby“ Martin", "Bob ”Bobby” Martin", "Bob »B« Martin", "Mum”"]
        {
            assert!(split(&format!("{author}: hi"), &[]).is_some(), "{author}");
        }
    }
}
