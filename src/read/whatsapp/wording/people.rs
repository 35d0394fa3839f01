//! Lists of people in notices: `Bo, Cy and 5 others`.
//!
//! A name can itself hold a comma or the word for *and* (`Mum and Dad`), so a
//! list is only cut where its shape leaves no doubt or both sides are known.

use super::fold::fold;
use super::tables::Language;

/// The commas that part names.
const COMMAS: [&str; 4] = [", ", "، ", "、", "，"];

/// More of the word for *and* than this are in nobody's name.
const MOST_ANDS: usize = 32;

/// Those whom a notice names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct People {
    /// The names, as they stand there.
    pub names: Vec<String>,
    /// Whether the exporter is among them.
    pub me: bool,
    /// How many more there are, without names.
    pub others: u32,
}

/// Whether `name` looks like a telephone number.
pub fn looks_like_number(name: &str) -> bool {
    let digits = name.chars().filter(char::is_ascii_digit).count();
    let rest = name.strip_prefix('+').unwrap_or(name);
    digits >= 7 && rest.chars().all(|c| c.is_ascii_digit() || is_between_digits(c))
}

fn is_between_digits(c: char) -> bool {
    c.is_whitespace() || matches!(c, '(' | ')' | '.' | '-' | '\u{2010}' | '\u{2011}')
}

/// Cuts a list of people.
pub(super) fn split(text: &str, language: &Language, known: &dyn Fn(&str) -> bool) -> People {
    Splitter { language, known }.split(text.trim())
}

struct Splitter<'a> {
    language: &'a Language,
    known: &'a dyn Fn(&str) -> bool,
}

impl Splitter<'_> {
    fn split(&self, text: &str) -> People {
        let mut people = People::default();
        if !text.starts_with('~') && self.sure(text) || (self.known)(text) {
            self.add(&mut people, text);
            return people;
        }
        let mut parts = comma_parts(text);
        let last = parts.pop().unwrap_or(text);
        let (joined, tail) = match parts.is_empty() {
            true => (self.cut_pair(last, false), last),
            // Behind a comma stands either `Cy and Di` or `and Di`.
            false => match self.leading_and(last) {
                Some(tail) => (Some((None, tail)), tail),
                _ => (self.cut_pair(last, true), last),
            },
        };
        let is_list = joined.is_some()
            || parts.len() >= 2
            || !parts.is_empty() && parts.iter().chain([&tail]).all(|part| self.sure(part));
        if !is_list {
            self.add(&mut people, text);
            return people;
        }
        for part in parts {
            self.add(&mut people, part);
        }
        match joined {
            Some((left, right)) => {
                if let Some(left) = left {
                    self.add(&mut people, left);
                }
                self.add(&mut people, right);
            }
            None => self.add(&mut people, tail),
        }
        people
    }

    /// What follows the *and* that `text` begins with.
    fn leading_and<'t>(&self, text: &'t str) -> Option<&'t str> {
        let words = self.language.and.iter().filter(|and| and.ends_with(' '));
        words.filter_map(|and| text.strip_prefix(and.trim_start())).find(|rest| !rest.is_empty())
    }

    /// Cuts `Cy and Di`. Where it is `certain` that an *and* of the list is
    /// in there, the first one is taken for want of known names, unless it is
    /// no word of its own: 和 is part of many names.
    fn cut_pair<'t>(&self, text: &'t str, certain: bool) -> Option<(Option<&'t str>, &'t str)> {
        let mut places: Vec<(&str, &str, bool)> = Vec::new();
        for and in &self.language.and {
            let is_word = and.starts_with(' ') && and.ends_with(' ');
            let cut = |(at, _): (usize, &str)| (&text[..at], &text[at + and.len()..], is_word);
            places.extend(text.match_indices(and.as_str()).take(MOST_ANDS).map(cut));
        }
        places.retain(|(left, right, _)| !left.trim().is_empty() && !right.trim().is_empty());
        let both = places.iter().find(|(left, right, _)| self.sure(left) && self.sure(right));
        // Of two, *you* is no part of a name.
        let with_me = || {
            let me = |name: &str| self.language.is_me(name.trim());
            places.iter().find(|(left, right, is_word)| *is_word && (me(left) || me(right)))
        };
        let counted = || places.iter().find(|(_, right, _)| self.language.count_others(right).is_some());
        let first = || places.iter().find(|(.., is_word)| *is_word && certain && !self.sure(text));
        both.or_else(with_me).or_else(counted).or_else(first).map(|(left, right, _)| (Some(*left), *right))
    }

    fn sure(&self, name: &str) -> bool {
        let name = name.trim();
        (self.known)(name) || looks_like_number(name) || name.starts_with('~') || self.language.is_me(name)
    }

    fn add(&self, people: &mut People, name: &str) {
        let name = name.trim();
        if self.language.is_me(name) {
            people.me = true;
        } else if let Some(more) = self.language.count_others(name) {
            people.others = people.others.saturating_add(more);
        } else if !name.is_empty() {
            people.names.push(name.to_owned());
        }
    }
}

fn comma_parts(text: &str) -> Vec<&str> {
    let mut parts = vec![text];
    for comma in COMMAS {
        parts = parts.into_iter().flat_map(|part| part.split(comma)).collect();
    }
    parts.retain(|part| !part.trim().is_empty());
    parts
}

/// The number in `text`, if the rest of it is as in the template `before`,
/// `after` (`{#} others`).
pub(super) fn count(text: &str, before: &str, after: &str) -> Option<u32> {
    let folded = fold(text);
    folded.strip_prefix(before)?.strip_suffix(after)?.trim().parse().ok()
}

#[cfg(test)]
mod tests {
    use super::super::tables::WORDINGS;
    use super::*;

    fn in_english(text: &str, known: &[&str]) -> (Vec<String>, bool, u32) {
        let language = WORDINGS.language("en");
        let known = |name: &str| known.contains(&name);
        let people = language.map(|language| split(text, language, &known)).unwrap_or_default();
        (people.names, people.me, people.others)
    }

    #[test]
    fn a_pair_is_cut_only_when_both_are_known() {
        assert_eq!(in_english("Mum and Dad", &[]).0, ["Mum and Dad"]);
        assert_eq!(in_english("Mum and Dad", &["Mum"]).0, ["Mum and Dad"]);
        assert_eq!(in_english("Mum and Dad", &["Mum", "Dad"]).0, ["Mum", "Dad"]);
        assert_eq!(in_english("Mum and Dad", &["Mum", "Dad", "Mum and Dad"]).0, ["Mum and Dad"]);
        let known = ["Bo", "Mum and Dad"];
        assert_eq!(in_english("Bo and Mum and Dad", &known).0, known);
    }

    #[test]
    fn numbers_and_push_names_need_not_be_known() {
        let numbers = in_english("+44 7700 900111 and +1\u{a0}(202)\u{a0}555\u{2011}0123", &[]).0;
        assert_eq!(numbers, ["+44 7700 900111", "+1\u{a0}(202)\u{a0}555\u{2011}0123"]);
        assert_eq!(in_english("~ Ada and ~ Bo", &[]).0, ["~ Ada", "~ Bo"]);
    }

    #[test]
    fn a_comma_makes_the_and_certain() {
        assert_eq!(in_english("Bo, Cy and Di", &[]).0, ["Bo", "Cy", "Di"]);
        assert_eq!(in_english("Bo, Cy, and Di", &[]).0, ["Bo", "Cy", "Di"]);
        let known = ["Bo", "Cy", "Mum and Dad"];
        assert_eq!(in_english("Bo, Cy and Mum and Dad", &known).0, known);
        assert_eq!(in_english("Bo, Cy, Di", &[]).0, ["Bo", "Cy", "Di"]);
    }

    #[test]
    fn a_lone_comma_can_be_part_of_a_name() {
        assert_eq!(in_english("Quill, Ada", &[]).0, ["Quill, Ada"]);
        assert_eq!(in_english("Bo, Cy", &["Bo", "Cy"]).0, ["Bo", "Cy"]);
    }

    #[test]
    fn the_exporter_and_the_unnamed_are_told_apart() {
        assert_eq!(in_english("you and Bo", &["Bo"]), (vec!["Bo".into()], true, 0));
        assert_eq!(in_english("Bo and 5 others", &[]), (vec!["Bo".into()], false, 5));
        assert_eq!(in_english("Bo, Cy and 1 other", &[]), (vec!["Bo".into(), "Cy".into()], false, 1));
    }

    #[test]
    fn numbers_look_like_numbers() {
        assert!(looks_like_number("+44 7700 900123"));
        assert!(looks_like_number("(202) 555-0123"));
        assert!(!looks_like_number("24/7 team"));
        assert!(!looks_like_number("12 34"));
        assert!(!looks_like_number("0+1234567"));
    }
}
