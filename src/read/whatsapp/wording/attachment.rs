//! Names of files that are attached to messages.
//!
//! Both systems put the name into the body, with words of the phone's language
//! beside it: `Bo Marsh.vcf (file attached)`, `<attached: 00000042-Bo Marsh.vcf>`.
//! Most are told by their shape, in any language.

use super::fold::fold;
use super::placeholder::{first_line, is_invisible, without_edited_tag, without_leading_marks};
use super::tables::{Spoken, WORDINGS};

/// The name of the file that is attached to a message, on either system and
/// in any language.
pub fn attachment_name(body: &str) -> Option<&str> {
    let body = without_edited_tag(body);
    let (start, marked) = without_leading_marks(body);
    attachment(first_line(start), marked).map(|(name, _)| name)
}

/// The file attached to a message, and the language if it shows.
pub(super) fn attachment(line: &str, marked: bool) -> Option<(&str, Spoken)> {
    match line.as_bytes().last()? {
        b'>' => attached_ios(line),
        b')' => attached_android(line, marked),
        _ => attached_old(line),
    }
}

/// `IMG-20231231-WA0007.jpg (file attached)`. Outside the languages that are
/// known, the name must be one of WhatsApp's own or have a mark before it;
/// anybody may write `notes.txt (the old ones)`.
fn attached_android(line: &str, marked: bool) -> Option<(&str, Spoken)> {
    let (name, words) = line.strip_suffix(')')?.rsplit_once(" (")?;
    let name = name.trim_matches(is_invisible);
    let extension = name.rsplit_once('.')?.1;
    if extension.len() > 5 || !extension.chars().all(char::is_alphanumeric) {
        return None;
    }
    let length = words.chars().take(41).count();
    if !(4..=40).contains(&length) || words.contains(['(', ')']) {
        return None;
    }
    match WORDINGS.attached_android.get(&fold(words)) {
        Some((_, language)) => Some((name, *language)),
        None => (marked || is_own_name(name)).then_some((name, None)),
    }
}

/// Whether a file has the kind of name that WhatsApp gives on Android.
fn is_own_name(name: &str) -> bool {
    let mut parts = name.split('-');
    let kind = matches!(parts.next(), Some("IMG" | "VID" | "AUD" | "PTT" | "STK" | "DOC" | "GIF"));
    let date = parts.next().is_some_and(|d| d.len() == 8 && d.bytes().all(|b| b.is_ascii_digit()));
    kind && date && parts.next().is_some_and(|rest| rest.starts_with("WA"))
}

/// `<attached: 00000042-Bo Marsh.vcf>`, perhaps with words before it, and the
/// old `2015-08-04-PHOTO-00004762.jpg <attached>`.
fn attached_ios(line: &str) -> Option<(&str, Spoken)> {
    let (before, inside) = line.strip_suffix('>')?.rsplit_once('<')?;
    let Some((word, name)) = inside.split_once([':', '：']) else {
        let (_, language) = WORDINGS.attached_ios.get(&fold(inside))?;
        let name = before.trim_matches(is_invisible);
        return has_extension(name).then_some((name, *language));
    };
    let name = name.trim_matches(is_invisible);
    let length = word.chars().filter(|c| !is_invisible(*c)).take(21).count();
    if name.is_empty() || name.starts_with('/') || !(2..=20).contains(&length) {
        return None;
    }
    match WORDINGS.attached_ios.get(&fold(word)) {
        Some((_, language)) => Some((name, *language)),
        None => (is_numbered(name) || has_extension(name)).then_some((name, None)),
    }
}

/// The old `vCard attached: Bo Marsh.vcf`.
fn attached_old(line: &str) -> Option<(&str, Spoken)> {
    let name = line.strip_prefix("vCard ")?.split_once(": ")?.1.trim_matches(is_invisible);
    is_card(name).then_some((name, None))
}

pub(super) fn has_extension(name: &str) -> bool {
    let extension = name.rsplit_once('.').map(|(_, extension)| extension);
    extension.is_some_and(|e| (2..=5).contains(&e.len()) && e.bytes().all(|b| b.is_ascii_alphanumeric()))
}

/// Whether a file of that name is a contact card.
pub(super) fn is_card(name: &str) -> bool {
    name.len() >= 4 && name.as_bytes()[name.len() - 4..].eq_ignore_ascii_case(b".vcf")
}

/// Whether a name begins as those on iOS do: `00000042-`.
fn is_numbered(name: &str) -> bool {
    let number = name.split_once('-').map(|(number, _)| number);
    number.is_some_and(|n| n.len() == 8 && n.bytes().all(|b| b.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_named_as_they_stand() {
        for (body, name) in [
            ("Bo Marsh.vcf (file attached)", "Bo Marsh.vcf"),
            ("2 contacts.vcf (file attached)", "2 contacts.vcf"),
            ("\u{200e}Bo.vcf (bestand bijgevoegd)\na caption", "Bo.vcf"),
            ("\u{200e}<attached: 00000042-Bo Marsh.vcf>", "00000042-Bo Marsh.vcf"),
            ("Bo (home).vcf (fichier joint)", "Bo (home).vcf"),
            (
                "IMG-20231231-WA0007.jpg (file attached) \u{200e}<This message was edited>",
                "IMG-20231231-WA0007.jpg",
            ),
        ] {
            assert_eq!(attachment_name(body), Some(name), "{body}");
        }
        assert_eq!(attachment_name("<Media omitted>"), None);
        assert_eq!(attachment_name("notes.txt (the old ones)"), None);
    }
}
