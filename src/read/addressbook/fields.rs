//! What vCards, LDIF and CSV rows have in common: how a name, a number or an
//! e-mail address becomes part of a card.

use crate::model::finding::{Card, WrittenNumber};
use crate::model::foreign::Foreign;
use crate::model::identity::Email;
use crate::model::phone::{Phone, several};
use crate::model::suspicion::mixed_scripts;
use crate::model::{Code, Problem};

/// How many numbers, e-mail addresses or chat addresses a card can have: nobody
/// has more, and looking for doubles among them must stay cheap.
pub const MOST: usize = 512;

/// Tells of what should be an address and is none, and of what was left out.
pub fn tell_unread(card: &Card, problems: &mut Vec<Problem>) {
    if card.left_out > 0 {
        problems.push(Problem::new(Code::CardOverfull).at(card.line).counted(card.left_out));
    }
    for text in &card.unread {
        let alike = mixed_scripts(text.raw());
        let code = if alike { Code::MixedScripts } else { Code::AddressUnusable };
        problems.push(Problem::new(code).at(card.line).quoting(text.raw()));
    }
}

/// Whether a text holds nothing but a number of some length, whosever it is.
pub fn is_number(text: &str) -> bool {
    let digits = text.chars().filter(char::is_ascii_digit).count();
    digits >= 7 && text.chars().all(|c| c.is_ascii_digit() || c.is_whitespace() || "+-./()".contains(c))
}

/// Adds a number as it is written, or each of those that stand in one field;
/// one that is there already only gains what is new.
pub fn add_phone(card: &mut Card, text: &str, waid: Option<Phone>, signal: bool) {
    let text = text.trim();
    if let Some(numbers) = several(text).filter(|_| waid.is_none()) {
        for number in numbers {
            add_phone(card, number, None, signal);
        }
        return;
    }
    if text.is_empty() {
        return;
    }
    if card.phones.len() >= MOST {
        card.left_out += 1;
        return;
    }
    // The same digits are the same number, however they are set apart.
    fn dialled(text: &str) -> impl Iterator<Item = u8> {
        text.bytes().filter(|b| b.is_ascii_digit() || *b == b'+')
    }
    let same = card.phones.iter_mut().find(|p| {
        let raw = p.text.raw();
        raw == text || (dialled(raw).eq(dialled(text)) && dialled(text).count() >= 7)
    });
    match same {
        Some(number) => {
            number.signal |= signal;
            if number.waid.is_none() {
                number.waid = waid;
            }
        }
        None => card.phones.push(WrittenNumber { text: Foreign::new(text), waid, signal }),
    }
}

/// Adds an e-mail address as mail programs write it, bare or with a name before
/// it in brackets, or each of those that stand in one field.
pub fn add_email(card: &mut Card, text: &str) {
    let mut quoted = false;
    let pieces = text.split(|c| {
        quoted ^= c == '"';
        matches!(c, ',' | ';' | '\n') && !quoted
    });
    let mut found = false;
    let mut others = Vec::new();
    for piece in pieces.map(str::trim).filter(|piece| !piece.is_empty()) {
        let bracketed = || piece.rsplit_once('<')?.1.split_once('>').map(|(address, _)| address);
        let Some(email) = Email::parse(piece).or_else(|| Email::parse(bracketed()?)) else {
            others.push(piece);
            continue;
        };
        found = true;
        if card.emails.len() >= MOST {
            card.left_out += 1;
        } else if !card.emails.contains(&email) {
            card.emails.push(email);
        }
    }
    // WhatsApp's own ids only look like addresses, and the half of a name with
    // a comma in it is none.
    let ids = ["@s.whatsapp.net", "@c.us", "@g.us", "@hosted.lid", "@lid"];
    let meant = |piece: &&str| (piece.contains('@') || !found) && !ids.iter().any(|id| piece.ends_with(id));
    for piece in others.into_iter().filter(meant) {
        match card.unread.len() < MOST {
            true => card.unread.push(Foreign::new(piece)),
            false => card.left_out += 1,
        }
    }
}

/// Whether a name is no name, but one of the card's own numbers or addresses.
pub fn is_identity_of(card: &Card, name: &Foreign) -> bool {
    let text = name.raw().trim();
    let digits = |text: &str| text.bytes().filter(u8::is_ascii_digit).collect::<Vec<u8>>();
    card.emails.iter().any(|email| email.as_str().eq_ignore_ascii_case(text))
        || card.addresses.iter().any(|address| address.as_str() == text)
        || is_number(text) && card.phones.iter().any(|phone| digits(phone.text.raw()) == digits(text))
}

/// Whether anybody can be told by this card.
pub fn has_identity(card: &Card) -> bool {
    !(card.phones.is_empty() && card.emails.is_empty() && card.addresses.is_empty())
}

/// A name, unless nothing visible is in it.
pub fn name(text: &str) -> Option<Foreign> {
    let name = Foreign::new(text.trim());
    (!name.is_blank()).then_some(name)
}

/// The name of somebody by its parts, as Google and Android show it: the
/// suffix after a comma, and Chinese and Korean names without spaces and the
/// family first.
pub fn full_name(prefix: &str, first: &str, middle: &str, last: &str, suffix: &str) -> Option<Foreign> {
    let [prefix, first, middle, last, suffix] = [prefix, first, middle, last, suffix].map(str::trim);
    let eastern =
        |text: &str| text.chars().all(|c| matches!(c, '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}'));
    let whole = if !last.is_empty() && !first.is_empty() && [last, first, middle].into_iter().all(eastern) {
        format!("{prefix}{last}{first}{middle}")
    } else {
        let parts = [prefix, first, middle, last];
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
    };
    match (whole.is_empty(), suffix.is_empty()) {
        (false, false) => name(&format!("{whole}, {suffix}")),
        (false, true) => name(&whole),
        (true, _) => name(suffix),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn c01_several_numbers_stay_apart_and_one_written_twice_is_one() {
        let mut card = Card::default();
        add_phone(&mut card, "+33 6 39 98 00 01", None, false);
        add_phone(&mut card, "+33639980001", Phone::from_digits("33639980001"), true);
        add_phone(&mut card, "+33 6 39 98 00 02", None, false);
        add_phone(&mut card, "*100#", None, false);
        add_phone(&mut card, " ", None, false);
        let texts: Vec<&str> = card.phones.iter().map(|p| p.text.raw()).collect();
        assert_eq!(texts, ["+33 6 39 98 00 01", "+33 6 39 98 00 02", "*100#"]);
        assert!(card.phones[0].signal && card.phones[0].waid.is_some());
    }

    #[test]
    fn what_is_too_much_for_one_card_is_left_out_and_told() {
        let mut card = Card::default();
        for number in 0..MOST + 3 {
            add_phone(&mut card, &format!("+33 6 39 98 {number:04}"), None, false);
            add_email(&mut card, &format!("ada{number}@example.org"));
        }
        assert_eq!((card.phones.len(), card.emails.len()), (MOST, MOST));
        let mut problems = Vec::new();
        tell_unread(&card, &mut problems);
        let told: Vec<_> = problems.iter().map(|p| (p.code, p.count)).collect();
        assert_eq!(told, [(Code::CardOverfull, Some(6))]);
    }

    #[test]
    fn c01_numbers_in_one_field_are_each_a_number() {
        let mut card = Card::default();
        for text in ["+447700900106;+447700900107", "06 39 98 01 04 / 06 39 98 01 05", "+447700900108;ext=5"]
        {
            add_phone(&mut card, text, None, false);
        }
        let texts: Vec<&str> = card.phones.iter().map(|p| p.text.raw()).collect();
        let expected = ["+447700900106", "+447700900107", "06 39 98 01 04", "06 39 98 01 05"];
        assert_eq!((&texts[..4], texts[4]), (&expected[..], "+447700900108;ext=5"));
    }

    #[test]
    fn e_mail_addresses_as_mail_programs_write_them() {
        for (text, addresses, unread) in [
            ("ada@example.org", &["ada@example.org"][..], &[][..]),
            ("\"Q X\" <q@example.org>", &["q@example.org"], &[]),
            ("Ada <mailto:ada@example.org>", &["ada@example.org"], &[]),
            ("\"Quill, Ada\" <q@example.org>", &["q@example.org"], &[]),
            ("Quill, Ada <q@example.org>", &["q@example.org"], &[]),
            ("two@example.org, three@example.org", &["two@example.org", "three@example.org"], &[]),
            ("two@example.org; bad@", &["two@example.org"], &["bad@"]),
            ("nonsense", &[], &["nonsense"]),
            ("447700900101@s.whatsapp.net", &[], &[]),
            (" ", &[], &[]),
        ] {
            let mut card = Card::default();
            add_email(&mut card, text);
            let found: Vec<&str> = card.emails.iter().map(Email::as_str).collect();
            let told: Vec<&str> = card.unread.iter().map(Foreign::raw).collect();
            assert_eq!((&found[..], &told[..]), (addresses, unread), "{text}");
        }
    }

    #[test]
    fn names_are_put_together_as_phones_show_them() {
        let whole = |parts: [&str; 5]| {
            let [prefix, first, middle, last, suffix] = parts;
            full_name(prefix, first, middle, last, suffix).map(|n| n.raw().to_owned()).unwrap_or_default()
        };
        assert_eq!(whole(["Dr", "Ada", "", "Lovelace", "PhD"]), "Dr Ada Lovelace, PhD");
        assert_eq!(whole(["", "Ada ❤️", "", "", ""]), "Ada ❤️");
        assert_eq!(whole(["", "小明", "", "王", ""]), "王小明");
        assert_eq!(whole(["", " ", "\u{200e}", "", ""]), "");
    }
}
