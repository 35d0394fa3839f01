//! Templates: what they may do, and what is wrong with one that does more.
//!
//! A template is a text with variables and conditions, and nothing else: it cannot
//! loop, include, call or repeat anything, and knows no variable but those that are
//! told in [`super::text`]. What is wrong with one is found when it is read, before
//! anything is written.

use minijinja::value::Value;
use minijinja::{AutoEscape, Environment, UndefinedBehavior};

use super::text::TextKind;
use super::tongue::Tongue;
use crate::model::Foreign;

/// The only words that may begin a `{% … %}`.
const TAGS: [&str; 5] = ["if", "elif", "else", "endif", "set"];

/// The name of the one template in an environment.
const NAME: &str = "text";

/// A template of the user's.
#[derive(Clone, Debug)]
pub struct Given {
    /// Where it stands.
    pub path: Foreign,
    /// For which language.
    pub tongue: Tongue,
    /// For which text.
    pub kind: TextKind,
    /// The template.
    pub source: String,
}

/// What is wrong with a template.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{what:?}, line {line:?}")]
pub struct Fault {
    /// Where it stands; none for one of transhume's own.
    pub path: Option<Foreign>,
    /// The line, counted from 1.
    pub line: Option<usize>,
    /// What is wrong.
    pub what: Wrong,
}

/// The kinds of faults.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wrong {
    /// A variable that there is not.
    Unknown {
        /// Its name.
        variable: String,
        /// Those that there are.
        known: &'static [&'static str],
    },
    /// Something that templates cannot do.
    Forbidden(String),
    /// What the engine says.
    Mistake(String),
    /// A text of so many characters came of it, even without anything that it can do
    /// without.
    TooLong(usize),
}

/// A template, ready to be filled: in an environment of its own without filters,
/// functions, globals or anything to include.
#[derive(Debug)]
pub(super) struct Template {
    environment: Environment<'static>,
    path: Option<Foreign>,
}

impl Template {
    /// Reads a template.
    pub fn read(source: &str, path: Option<Foreign>, kind: TextKind) -> Result<Template, Fault> {
        let fault = |line: Option<usize>, what: Wrong| Fault { path: path.clone(), line, what };
        if let Some((line, what)) = forbidden(source) {
            return Err(fault(Some(line), Wrong::Forbidden(what)));
        }
        let mut environment = Environment::empty();
        environment.set_undefined_behavior(UndefinedBehavior::Strict);
        environment.set_auto_escape_callback(|_| AutoEscape::None);
        environment.set_recursion_limit(8);
        let mistake = |error: &minijinja::Error| fault(error.line(), Wrong::Mistake(said(error)));
        environment.add_template_owned(NAME, source.to_owned()).map_err(|error| mistake(&error))?;
        let used = environment.get_template(NAME).map_err(|error| mistake(&error))?;
        let known = kind.variables();
        let unknown = used.undeclared_variables(false).into_iter().filter(|v| !known.contains(&v.as_str()));
        let placed = unknown.map(|variable| (line_of(source, &variable), variable));
        if let Some((line, variable)) = placed.min() {
            return Err(fault(line, Wrong::Unknown { variable, known }));
        }
        Ok(Template { environment, path })
    }

    /// Fills it.
    pub fn fill(&self, values: &Value) -> Result<String, Fault> {
        let filled = self.environment.get_template(NAME).and_then(|template| template.render(values));
        filled.map(|text| text.trim().to_owned()).map_err(|error| Fault {
            path: self.path.clone(),
            line: error.line(),
            what: Wrong::Mistake(said(&error)),
        })
    }

    /// Fails for one of the user's that makes too long a text.
    pub fn too_long(&self, characters: usize) -> Result<(), Fault> {
        match &self.path {
            Some(path) => {
                Err(Fault { path: Some(path.clone()), line: None, what: Wrong::TooLong(characters) })
            }
            None => Ok(()),
        }
    }
}

fn said(error: &minijinja::Error) -> String {
    match error.detail() {
        Some(detail) => format!("{}: {detail}", error.kind()),
        None => error.kind().to_string(),
    }
}

/// The first thing in a template that it may not do, with its line.
fn forbidden(source: &str) -> Option<(usize, String)> {
    for (at, kind, inside) in pieces(source) {
        let line = || source[..at].matches('\n').count() + 1;
        let first = inside.trim_start_matches(['-', '+']).split_whitespace().next().unwrap_or_default();
        if kind == '%' && !TAGS.contains(&first) {
            return Some((line(), first.to_owned()));
        }
        // Whatever repeats could go on for ever; a call or a filter there is none of.
        let outside = unquoted(inside);
        if let Some(sign) = ["*", "|", "(", "["].into_iter().find(|sign| outside.contains(sign)) {
            return Some((line(), sign.to_owned()));
        }
    }
    None
}

/// The `{{ … }}` and `{% … %}` of a template: where each begins, which it is, and
/// what stands inside. Comments are left out.
fn pieces(source: &str) -> Vec<(usize, char, &str)> {
    let mut pieces = Vec::new();
    let mut at = 0;
    while let Some(found) = source[at..].find('{') {
        let begin = at + found;
        let rest = &source[begin..];
        let (kind, end) = match rest.as_bytes().get(1) {
            Some(b'{') => ('{', "}}"),
            Some(b'%') => ('%', "%}"),
            Some(b'#') => ('#', "#}"),
            _ => {
                at = begin + 1;
                continue;
            }
        };
        let length = rest[2..].find(end).unwrap_or(rest.len() - 2);
        if kind != '#' {
            pieces.push((begin, kind, &rest[2..2 + length]));
        }
        at = (begin + 2 + length + end.len()).min(source.len());
    }
    pieces
}

/// What stands outside quotation marks.
fn unquoted(text: &str) -> String {
    let mut quote = None;
    let outside = |c: char| match quote {
        Some(open) => {
            if c == open {
                quote = None;
            }
            ' '
        }
        None if c == '"' || c == '\'' => {
            quote = Some(c);
            ' '
        }
        None => c,
    };
    text.chars().map(outside).collect()
}

/// The line on which a variable is first used.
fn line_of(source: &str, variable: &str) -> Option<usize> {
    let uses = |inside: &str| {
        let words = unquoted(inside);
        words
            .split(|c: char| !c.is_alphanumeric() && c != '_' && c != '.')
            .any(|word| word.split('.').next() == Some(variable))
    };
    let (at, _, inside) = pieces(source).into_iter().find(|(_, _, inside)| uses(inside))?;
    let before = inside.find(variable).map_or("", |within| &inside[..within]);
    Some(source[..at].matches('\n').count() + before.matches('\n').count() + 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use minijinja::context;

    fn read(source: &str) -> Result<Template, Fault> {
        Template::read(source, Some(Foreign::from("fr/invite.txt")), TextKind::Invite)
    }

    fn wrong(source: &str) -> (Option<usize>, Wrong) {
        let fault = read(source).expect_err(source);
        (fault.line, fault.what)
    }

    #[test]
    fn d14_templates_loop_include_call_and_repeat_nothing() {
        for (source, what) in [
            ("{% include 'text' %}", "include"),
            ("{%- include '/etc/passwd' %}", "include"),
            ("{% import 'x' as y %}", "import"),
            ("{% from 'x' import y %}", "from"),
            ("{% extends 'x' %}", "extends"),
            ("{% for c in name %}{{ c }}{% endfor %}", "for"),
            ("{% macro x() %}{{ x() }}{% endmacro %}", "macro"),
            ("{% raw %}{{ name }}{% endraw %}", "raw"),
            ("{{ range(1000000) }}", "("),
            ("{{ debug() }}", "("),
            ("{{ name|upper }}", "|"),
            ("{{ name * 1000000000 }}", "*"),
            ("{% set x = 9 ** 999999 %}", "*"),
            ("{#each#}{{#each}}", "#each"),
        ] {
            let found = wrong(&format!("Hello\n{source}"));
            if what == "#each" {
                assert!(matches!(found.1, Wrong::Mistake(_)), "{source}: {found:?}");
            } else {
                assert_eq!(found, (Some(2), Wrong::Forbidden(what.to_owned())), "{source}");
            }
        }
    }

    #[test]
    fn d14_an_unknown_variable_is_named_with_its_line_and_those_that_there_are() {
        let known = TextKind::Invite.variables();
        let unknown = |variable: &str| Wrong::Unknown { variable: variable.to_owned(), known };
        assert_eq!(wrong("Hi {{ name }}\n\n{{ nome }}"), (Some(3), unknown("nome")));
        assert_eq!(wrong("{% if name %}x{% else %}\n{{ env.HOME }}{% endif %}"), (Some(2), unknown("env")));
        assert_eq!(wrong("{% if\n  contacts\n %}x{% endif %}"), (Some(2), unknown("contacts")));
        assert_eq!(wrong("{{ b }}\n{{ a }}"), (Some(1), unknown("b")), "the first one");
        assert!(known.contains(&"name") && read("{% set x = name %}{{ x }} {{ \"nome * (\" }}").is_ok());
    }

    #[test]
    fn what_the_engine_says_comes_with_its_line() {
        let (line, what) = wrong("Hi\n{% if name %}");
        assert!(line.is_some() && matches!(what, Wrong::Mistake(_)), "{line:?} {what:?}");
        let fault = read("Hi\n{{ name.first }}").unwrap().fill(&context! { name => "Ada" }).unwrap_err();
        assert_eq!(fault.line, Some(2));
        assert_eq!(fault.path, Some(Foreign::from("fr/invite.txt")));
    }

    #[test]
    fn d13_values_are_put_in_once() {
        let template = read("{{ name }}{# {{ nome }} #}").unwrap();
        for name in ["{{env.HOME}}", "{{ name }}", "{% for x in y %}", "{#"] {
            assert_eq!(template.fill(&context! { name => name }).unwrap(), name);
        }
    }
}
