//! Lines that are not understood, as a shape that can be shown and sent on:
//! digits as 9, letters as a. It tells how dates are written and nothing of
//! what was said.

/// So many characters of a line are shown: the stamp and a little more.
const SHOWN: usize = 60;
/// A stamp has at least so many digits …
const FEWEST_DIGITS: usize = 6;
/// … within so many characters.
const STAMP: usize = 40;

/// The shape of a line's beginning. Of what is neither digit nor letter only
/// punctuation, spaces and invisible marks are kept, as formats consist of them.
pub fn shape_of(line: &[u8]) -> String {
    let head = &line[..line.len().min(SHOWN * 4)];
    let text = String::from_utf8_lossy(head);
    let mut shape: String = text.chars().take(SHOWN).map(veiled).collect();
    if text.chars().nth(SHOWN).is_some() || line.len() > head.len() {
        shape.push('…');
    }
    shape
}

fn veiled(c: char) -> char {
    match c {
        _ if c.is_numeric() => '9',
        _ if c.is_alphabetic() => 'a',
        _ if c.is_ascii_punctuation() || c.is_whitespace() => c,
        '،' | '、' | '，' | '：' | '–' | '—' | '·' | '•' => c,
        _ if crate::model::foreign::is_mark(c) => c,
        _ => '?',
    }
}

/// Whether a line may begin like a message, going by its first byte: cheap, and
/// never wrong with a no. Digits of other scripts are of several bytes.
pub fn may_be_unknown(line: &[u8]) -> bool {
    matches!(line.first(), Some(b'[' | b'(' | b'<' | b'0'..=b'9' | 0xc2..))
}

/// Whether a line begins like a message of some form: many digits, then a
/// bracket or a dash, then somebody's name and a colon.
pub fn begins_like_a_message(line: &[u8]) -> bool {
    let head = String::from_utf8_lossy(&line[..line.len().min(STAMP * 4)]);
    let (mut digits, mut closed) = (0, None);
    for (index, c) in head.chars().take(STAMP).enumerate() {
        digits += usize::from(c.is_numeric());
        if digits >= FEWEST_DIGITS && matches!(c, ']' | '-' | '–' | '—' | '|' | '>') {
            closed = closed.or(Some(index));
        }
    }
    closed.is_some_and(|at| head.chars().skip(at).collect::<String>().contains(": "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shape_tells_the_format_and_nothing_else() {
        let line = "31/12/2023 kl. 21h41 – Zoë Quill: +33 6 39 98 01 23 👍";
        let shape = shape_of(line.as_bytes());
        assert_eq!(shape, "99/99/9999 aa. 99a99 – aaa aaaaa: +99 9 99 99 99 99 ?");
        let number = shape_of("٣١/١٢ Ada\u{200e}: élan 明日".as_bytes());
        assert_eq!(number, "99/99 aaa\u{200e}: aaaa aa");
        let long = shape_of("ab ".repeat(400).as_bytes());
        assert!(long.ends_with('…') && long.chars().count() == SHOWN + 1, "{long}");
        assert_eq!(shape_of(b"\xff\xfe12"), "??99");
    }

    #[test]
    fn messages_of_unknown_forms_are_suspected() {
        for line in [
            "2023|12|31 21~41 | Ada: hi",
            "[31st of 12/2023 21:41] Ada: hi",
            "20231231T214105 - Ada: hi",
            "\u{200f}٣١|١٢|٢٠٢٣ ٢١~٤١ | Ada: hi",
            "令和5/12/31 21h41 - Ada: hi",
            "<2023-12-31T21:41> Ada: hi",
        ] {
            assert!(may_be_unknown(line.as_bytes()), "{line}");
            assert!(begins_like_a_message(line.as_bytes()), "{line}");
        }
        for line in ["10 - 4 is 6: yes", "2023-12-31", "https://example.org/123456-7", "call 0199001234: now"]
        {
            assert!(!begins_like_a_message(line.as_bytes()), "{line}");
        }
    }
}
