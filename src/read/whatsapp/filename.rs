//! A chat's name, out of the name of its file.
//!
//! WhatsApp names an exported chat after the person or the group, with words
//! around it in the language of the phone. Where these words are not known,
//! nothing is better than the whole file name.

use unicode_normalization::UnicodeNormalization;

use super::wording::WORDINGS;
use crate::model::foreign::is_mark;

/// The name of the chat in a file of that name, which may have folders
/// before it.
pub fn chat_title(file_name: &str) -> Option<String> {
    let base = file_name.rsplit(['/', '\\']).next()?;
    let composed: String = base.nfc().filter(|c| !is_mark(*c)).collect();
    let stem = without_copy_number(without_extension(composed.trim()));
    let (name, spaced) = WORDINGS
        .titles
        .iter()
        .filter_map(|(before, after)| {
            let name = strip(stem, before, after)?;
            Some((before.len() + after.len(), name, before, after))
        })
        .max_by_key(|(weight, ..)| *weight)
        .map(|(_, name, before, after)| {
            let kept = stem.starts_with(before.as_str()) && stem.ends_with(after.as_str());
            (name, kept || name.contains(' '))
        })?;
    let name = name.trim();
    // Whatever turned the words' spaces into lines did so to the name's.
    let name = if spaced { name.to_owned() } else { name.replace('_', " ").trim().to_owned() };
    Some(name).filter(|name| !name.is_empty())
}

/// `.txt`, `.zip` or `.txt.zip`.
fn without_extension(name: &str) -> &str {
    let without = |name: &str, extension: &str| {
        let at = name.len().checked_sub(extension.len())?;
        name.get(at..).filter(|end| end.eq_ignore_ascii_case(extension)).map(|_| at)
    };
    let name = without(name, ".zip").map_or(name, |at| &name[..at]);
    without(name, ".txt").map_or(name, |at| &name[..at])
}

/// What a browser appends when there is such a file already: ` (1)`.
fn without_copy_number(stem: &str) -> &str {
    let number = stem.strip_suffix(')').and_then(|rest| rest.rsplit_once('('));
    match number {
        Some((before, n)) if (1..=2).contains(&n.len()) && n.bytes().all(|b| b.is_ascii_digit()) => {
            before.trim_end_matches([' ', '_'])
        }
        _ => stem,
    }
}

/// What is left of `stem` without the words before and after it.
fn strip<'s>(stem: &'s str, before: &str, after: &str) -> Option<&'s str> {
    let start = matching(stem.chars(), before.chars())?;
    let end = matching(stem[start..].chars().rev(), after.chars().rev())?;
    Some(&stem[start..stem.len() - end])
}

/// How many bytes of `text` are the same as all of `words`.
fn matching(mut text: impl Iterator<Item = char>, words: impl Iterator<Item = char>) -> Option<usize> {
    let mut bytes = 0;
    for word in words {
        let c = text.next()?;
        if plain(c) != plain(word) {
            return None;
        }
        bytes += c.len_utf8();
    }
    Some(bytes)
}

fn plain(c: char) -> char {
    match c {
        '_' => ' ',
        '’' | '‘' | 'ʼ' | '׳' => '\'',
        c if c.is_whitespace() => ' ',
        c => c.to_ascii_lowercase(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn title(file_name: &str) -> Option<String> {
        chat_title(file_name)
    }

    #[test]
    fn every_template_gives_the_name_back() {
        for (before, after) in &WORDINGS.titles {
            for name in ["Ada Quill", "Zoë & Bo 🏔", "+44 7700 900123", "Mum_s walk club", "Bo (home)"] {
                let stem = format!("{before}{name}{after}");
                for file in [format!("{stem}.txt"), format!("a/b\\{stem} (1).zip"), stem.clone()] {
                    assert_eq!(title(&file).as_deref(), Some(name), "{file}");
                }
                let decomposed: String = stem.nfd().collect();
                assert_eq!(title(&decomposed).as_deref(), Some(name), "{decomposed}");
            }
            if !before.contains(' ') && !after.contains(' ') {
                continue; // Nothing tells whose the lines are.
            }
            let lined = format!("{before}Ada Quill{after}.txt").replace(' ', "_");
            assert_eq!(title(&lined).as_deref(), Some("Ada Quill"), "{lined}");
        }
    }

    #[test]
    fn the_longest_template_wins() {
        assert_eq!(title("Чат WhatsApp с контактом Ada.txt").as_deref(), Some("Ada"));
        assert_eq!(title("Чат WhatsApp с Ada.txt").as_deref(), Some("Ada"));
    }

    #[test]
    fn without_a_known_template_there_is_no_name() {
        for file in [
            "_chat.txt",
            "_chat (3).txt",
            "WhatsApp Babilejo kun Ada.txt",
            "notes.txt",
            "",
            ".txt",
            "WhatsApp Chat with .txt",
        ] {
            assert_eq!(title(file), None, "{file}");
        }
    }

    #[test]
    fn names_keep_their_own_brackets() {
        assert_eq!(title("WhatsApp Chat with Team (2024).txt").as_deref(), Some("Team (2024)"));
        assert_eq!(title("WhatsApp Chat with Project(1).txt").as_deref(), Some("Project"));
        assert_eq!(title("WhatsApp Chat - Ada.TXT").as_deref(), Some("Ada"));
        assert_eq!(title("WhatsApp Chat with Ada.txt.zip").as_deref(), Some("Ada"));
    }
}
