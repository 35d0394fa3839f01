//! Bodies that stand for something that is not text: media, deleted messages,
//! places, polls, calls, contact cards.
//!
//! What can be told from the shape alone is, in any language; the tables come
//! second. Nearly every message is looked at here and is none of these, so
//! each step first rejects on a byte or two.

use memchr::{memchr, memchr3, memmem};

use super::attachment::{attachment, has_extension, is_card};
use super::fold::{Folded, composed, fold};
use super::tables::{Spoken, WORDINGS};
use crate::model::foreign::{is_mark, is_space};

/// What a body stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Placeholder {
    /// A picture, a recording, a file: attached or left out.
    Media,
    /// A message that was deleted.
    Deleted,
    /// A place on the map.
    Location,
    /// A poll.
    Poll,
    /// A call. It is WhatsApp that says this, whoever stands before it.
    Call,
    /// A contact card: attached or left out.
    Contact,
}

/// The longest `<…>` that stands for media, in characters.
const LONGEST_OMITTED: usize = 60;
/// The longest ending that is looked up, in bytes: scripts of three bytes a
/// letter need some.
const LONGEST_TAIL: usize = 200;
/// The longest message with a place in it, in bytes.
const LONGEST_PLACE: usize = 1000;

/// Says what a body stands for, and in which language if that shows. The tag
/// of a changed message is looked past. An empty body is a picture that could
/// be seen only once.
pub fn placeholder(body: &str) -> Option<(Placeholder, Option<&'static str>)> {
    let body = without_edited_tag(body);
    let (start, marked) = without_leading_marks(body);
    let whole = start.trim_end_matches(is_invisible);
    let line = first_line(whole);
    if whole.is_empty() || whole == "null" {
        return Some((Placeholder::Media, None));
    }
    if let Some((name, language)) = attachment(line, marked) {
        let kind = if is_card(name) { Placeholder::Contact } else { Placeholder::Media };
        return Some((kind, language));
    }
    let by_shape = omitted_android(line).or_else(|| location(whole)).or_else(|| tail(whole));
    if by_shape.is_some() || !WORDINGS.may_be_ours(whole) {
        return by_shape;
    }
    known_body(whole)
        .or_else(|| poll(line))
        .or_else(|| call(line, marked).map(|language| (Placeholder::Call, language)))
}

/// A body without the tag that says that it was changed.
pub fn without_edited_tag(body: &str) -> &str {
    let end = body.trim_end_matches(is_invisible);
    let Some(inside) = end.strip_suffix('>') else { return body };
    let Some(at) = inside.rfind('<').filter(|at| inside.len() - at <= LONGEST_TAIL) else { return body };
    match WORDINGS.edited.contains_key(&fold(&inside[at + 1..])) {
        true => &end[..at],
        false => body,
    }
}

/// Says whether a body, or a notice, tells of a call. Some wordings (*Voice
/// call*) could also be anybody's words: they need an invisible mark before
/// them and more behind.
pub(super) fn call(line: &str, marked: bool) -> Option<Spoken> {
    if line.len() > LONGEST_TAIL {
        return None;
    }
    let folded = fold(line);
    if let Some((false, language)) = WORDINGS.calls.get(&folded) {
        return Some(*language);
    }
    let end = folded.find(['.', ',', '،', '、', '。', '•', '(']).unwrap_or(folded.len());
    let (words, rest) = folded.split_at(end);
    let (continued, language) = WORDINGS.calls.get(words.trim())?;
    let fits = if *continued { marked && !rest.is_empty() } else { marked || rest.len() <= LONGEST_TAIL / 2 };
    fits.then_some(*language)
}

/// A body without what it begins with and nobody sees, and whether there were
/// marks among it.
pub(super) fn without_leading_marks(body: &str) -> (&str, bool) {
    let start = body.trim_start_matches(is_invisible);
    (start, start.len() != body.trim_start_matches(is_space).len())
}

pub(super) fn is_invisible(c: char) -> bool {
    is_mark(c) || is_space(c)
}

pub(super) fn first_line(body: &str) -> &str {
    let line = memchr(b'\n', body.as_bytes()).map_or(body, |at| &body[..at]);
    line.trim_end_matches(is_invisible)
}

/// `<Media omitted>`, in any language.
fn omitted_android(line: &str) -> Option<(Placeholder, Spoken)> {
    let inside = line.strip_prefix('<')?.strip_suffix('>')?;
    let length = inside.chars().take(LONGEST_OMITTED + 1).count();
    let worded = inside.chars().any(char::is_alphabetic) && !inside.contains(['<', '>', '=', '/']);
    // `<br>` and `<grin>` are people's; WhatsApp's English is two words.
    let ours = length <= LONGEST_OMITTED && worded && (!inside.is_ascii() || inside.trim().contains(' '));
    ours.then(|| {
        let known = WORDINGS.bodies.get(&fold(line));
        known.copied().unwrap_or((Placeholder::Media, None))
    })
}

/// A link to a map, or the word for a place that is being shown live.
fn location(body: &str) -> Option<(Placeholder, Spoken)> {
    if body.len() > LONGEST_PLACE {
        return None;
    }
    let at = memmem::find(body.as_bytes(), b"https://")?;
    let (words, link) = body.split_at(at);
    let coordinates = link.strip_prefix("https://maps.google.com/?q=");
    let is_map = coordinates.is_some_and(|q| q.starts_with(|c: char| c == '-' || c.is_ascii_digit()));
    if !is_map && !link.starts_with("https://foursquare.com/v/") {
        return None;
    }
    let language = WORDINGS.location.get(&fold(words)).and_then(|(_, language)| *language);
    Some((Placeholder::Location, language))
}

/// `POLL:`. Its question stands in the next line.
fn poll(line: &str) -> Option<(Placeholder, Spoken)> {
    let folded = Folded::new(line);
    let (_, language) = WORDINGS.poll.iter().find(|(word, _)| folded.text.starts_with(word.as_str()))?;
    Some((Placeholder::Poll, Some(language)))
}

/// A caption or a document's name with *image omitted* behind it: the last
/// invisible mark of the body stands between them.
fn tail(body: &str) -> Option<(Placeholder, Spoken)> {
    let from = body.len().saturating_sub(LONGEST_TAIL);
    let tail = body.get(body.ceil_char_boundary(from)..)?;
    // Most bodies have no mark; all marks begin with one of three bytes.
    memchr3(0xe2, 0xd8, 0xef, tail.as_bytes())?;
    let at = tail.rfind(is_mark)?;
    let words = tail[at..].trim_matches(is_invisible);
    if let Some((kind, language)) = known_body(words) {
        return matches!(kind, Placeholder::Media | Placeholder::Contact).then_some((kind, language));
    }
    // `Report.pdf • ⟨mark⟩2 pages ⟨mark⟩…` is a document in any language.
    let before = tail[..at].trim_end_matches(is_invisible);
    let (name, pages) = before.rsplit_once('•')?;
    let marked = pages.trim_start_matches(is_space).starts_with(is_mark);
    let is_document = marked && pages.chars().any(char::is_numeric) && has_extension(name.trim());
    is_document.then_some((Placeholder::Media, None))
}

/// A body that is in the tables, whole.
fn known_body(body: &str) -> Option<(Placeholder, Spoken)> {
    // A few bytes more for marks and a full stop.
    if body.len() > LONGEST_TAIL.min(WORDINGS.longest_body + 16) {
        return None;
    }
    if let Some(found) = WORDINGS.bodies.get(&fold(body)) {
        return Some(*found);
    }
    let composed = composed(body);
    let folded = Folded::new(&composed);
    let (_, language) =
        WORDINGS.deleted.iter().find(|(template, _)| template.fit(&folded, &|_| false).is_some())?;
    Some((Placeholder::Deleted, Some(language)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kind(body: &str) -> Option<Placeholder> {
        placeholder(body).map(|(kind, _)| kind)
    }

    #[test]
    fn shapes_are_recognised_in_any_language() {
        for (body, expected) in [
            ("<Медиа бакыт жок>", Placeholder::Media),
            ("<Media omitted>\na caption", Placeholder::Media),
            ("IMG-20231231-WA0007.jpg (kaj ajn vorto)", Placeholder::Media),
            ("AUD-20190101-WA0000. (file attached)", Placeholder::Media),
            ("\u{200e}Bo.vcf (dosiero aldonita)", Placeholder::Contact),
            ("\u{200e}<aldonita: 00000007-PHOTO-2022-03-27-21-41-55.jpg>", Placeholder::Media),
            ("\u{200e}<pièce jointe : 00000007-PHOTO-2022-03-27-21-41-55.jpg>", Placeholder::Media),
            ("look \u{200e}<attached: 00000042-Bo Marsh.vcf>", Placeholder::Contact),
            ("2015-08-04-PHOTO-00004762.jpg <\u{200e}attached>", Placeholder::Media),
            ("vCard attached: Bo Marsh.vcf", Placeholder::Contact),
            ("Report.pdf • \u{200e}2 paĝoj \u{200e}dokumento ellasita", Placeholder::Media),
            ("Report.pdf • \u{200e}2 pages \u{200e}document omitted", Placeholder::Media),
            ("Report.txt \u{200e}document omitted", Placeholder::Media),
            ("a caption\nin two lines \u{200e}image omitted", Placeholder::Media),
            ("loko: https://maps.google.com/?q=51.5,-0.12", Placeholder::Location),
            ("Park\nTown\nhttps://foursquare.com/v/4e89af95", Placeholder::Location),
            ("\u{200e}POLL:\nWhen?\n\u{200e}OPTION: Now (\u{200e}3 votes)", Placeholder::Poll),
            ("\u{200e}Voice call, \u{200e}3 min", Placeholder::Call),
            ("\u{200e}Missed voice call. Tap to call back", Placeholder::Call),
            ("Missed voice call", Placeholder::Call),
            ("null", Placeholder::Media),
            ("", Placeholder::Media),
            ("This message was deleted.", Placeholder::Deleted),
            ("This message was deleted by admin Bo", Placeholder::Deleted),
            ("Contact card omitted", Placeholder::Contact),
        ] {
            assert_eq!(kind(body), Some(expected), "{body}");
        }
    }

    #[test]
    fn what_people_write_is_left_alone() {
        for body in [
            "hello",
            "<3",
            "<br>",
            "<grin>",
            "<a href=\"x\">",
            "<https://example.org/a.html>",
            "notes.txt (the old ones)",
            "see you (maybe later)",
            "Voice call, 3 pm?",
            "Voice call",
            "Poll: who comes?",
            "https://example.org",
            "hi \u{2068}Ada\u{2069}",
            "image omitted by mistake",
            ".",
        ] {
            assert_eq!(kind(body), None, "{body}");
        }
    }

    #[test]
    fn the_edited_tag_is_not_the_message() {
        assert_eq!(
            without_edited_tag("hi \u{200e}<This message was edited>").trim_end_matches(is_invisible),
            "hi"
        );
        assert_eq!(without_edited_tag("hi <there>"), "hi <there>");
        assert_eq!(kind("hi \u{200e}<This message was edited>"), None);
    }
}
