//! Checks the language files and turns their keys into constants.
//!
//! Every `src/words/<language>/*.ftl` is parsed. The build fails when a
//! sentence, an attribute or a variable stands in one language and not in the
//! other, when a key is defined twice, or when the syntax is wrong. What is
//! written to `OUT_DIR/words.rs` holds the sources and one constant for each
//! key, so that a mistyped key does not compile.

#![expect(
    clippy::disallowed_methods,
    clippy::expect_used,
    reason = "a build script reads files, and its failure is a failed build"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, process};

use fluent_syntax::ast::{CallArguments, Entry, Expression, InlineExpression, Pattern, PatternElement};
use fluent_syntax::parser;

/// The languages; the first is the one that the others are held against.
const LANGUAGES: [&str; 2] = ["en", "fr"];

fn main() {
    println!("cargo::rerun-if-changed=src/words/build.rs");
    let mut faults = Vec::new();
    let mut languages = Vec::new();
    for id in LANGUAGES {
        languages.push(Language::read(id, &mut faults));
    }
    let (first, others) = languages.split_first().expect("there is a first language");
    for other in others {
        compare(first, other, &mut faults);
    }
    if !faults.is_empty() {
        for fault in &faults {
            println!("cargo::error={fault}");
        }
        process::exit(1);
    }
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets OUT_DIR")).join("words.rs");
    fs::write(out, generate(&languages)).expect("OUT_DIR can be written");
}

/// All that one language says.
struct Language {
    id: &'static str,
    /// The files, as paths from the root of the package.
    files: Vec<PathBuf>,
    /// Every message, attribute (`key.name`) and term (`-key`).
    said: BTreeMap<String, Said>,
}

/// One sentence.
struct Said {
    /// Where it stands, for complaints.
    place: String,
    /// The variables that it uses, in any of its variants.
    variables: BTreeSet<String>,
    /// The messages, attributes and terms that it refers to.
    references: BTreeSet<String>,
}

impl Language {
    fn read(id: &'static str, faults: &mut Vec<String>) -> Language {
        let folder = Path::new("src/words").join(id);
        println!("cargo::rerun-if-changed={}", folder.display());
        let mut language = Language { id, files: Vec::new(), said: BTreeMap::new() };
        match fs::read_dir(&folder) {
            Ok(entries) => {
                let paths = entries.filter_map(Result::ok).map(|entry| entry.path());
                language.files = paths.filter(|path| path.extension().is_some_and(|e| e == "ftl")).collect();
            }
            Err(error) => faults.push(format!("{}: {error}", folder.display())),
        }
        language.files.sort();
        for path in language.files.clone() {
            println!("cargo::rerun-if-changed={}", path.display());
            match fs::read_to_string(&path) {
                Ok(source) => language.take(&path, &source, faults),
                Err(error) => faults.push(format!("{}: {error}", path.display())),
            }
        }
        let missing = |name: &String| !language.said.contains_key(name);
        for (name, said) in &language.said {
            for reference in said.references.iter().filter(|name| missing(name)) {
                faults.push(format!("{}: `{name}` refers to `{reference}`, which there is not", said.place));
            }
        }
        language
    }

    fn take(&mut self, path: &Path, source: &str, faults: &mut Vec<String>) {
        let place = |name: &str| {
            let start = format!("{name} ");
            let line = source.lines().position(|line| line.starts_with(&start)).map_or(1, |at| at + 1);
            format!("{}:{line}", path.display())
        };
        let resource = parser::parse(source).unwrap_or_else(|(resource, errors)| {
            for error in errors {
                let before = source.as_bytes().get(..error.pos.start).unwrap_or(source.as_bytes());
                let line = before.split(|byte| *byte == b'\n').count();
                faults.push(format!("{}:{line}: {error}", path.display()));
            }
            resource
        });
        for entry in resource.body {
            match entry {
                Entry::Message(message) => {
                    let key = message.id.name;
                    if let Some(value) = &message.value {
                        self.add(key.to_owned(), place(key), value, faults);
                    } else {
                        faults.push(format!("{}: `{key}` has no sentence of its own", place(key)));
                    }
                    for attribute in &message.attributes {
                        let name = format!("{key}.{}", attribute.id.name);
                        self.add(name, place(key), &attribute.value, faults);
                    }
                }
                Entry::Term(term) => {
                    let key = format!("-{}", term.id.name);
                    let place = place(&key);
                    self.add(key, place, &term.value, faults);
                }
                _ => {}
            }
        }
    }

    fn add(&mut self, name: String, place: String, pattern: &Pattern<&str>, faults: &mut Vec<String>) {
        let mut said = Said { place, variables: BTreeSet::new(), references: BTreeSet::new() };
        said.pattern(pattern);
        if let Some(before) = self.said.get(&name) {
            faults.push(format!("{}: `{name}` is already defined in {}", said.place, before.place));
            return;
        }
        self.said.insert(name, said);
    }
}

impl Said {
    fn pattern(&mut self, pattern: &Pattern<&str>) {
        for element in &pattern.elements {
            if let PatternElement::Placeable { expression } = element {
                self.expression(expression);
            }
        }
    }

    fn expression(&mut self, expression: &Expression<&str>) {
        match expression {
            Expression::Inline(inline) => self.inline(inline),
            Expression::Select { selector, variants } => {
                self.inline(selector);
                for variant in variants {
                    self.pattern(&variant.value);
                }
            }
        }
    }

    fn inline(&mut self, inline: &InlineExpression<&str>) {
        let with = |name: String, attribute: Option<&str>| match attribute {
            Some(attribute) => format!("{name}.{attribute}"),
            None => name,
        };
        match inline {
            InlineExpression::VariableReference { id } => {
                self.variables.insert(id.name.to_owned());
            }
            InlineExpression::MessageReference { id, attribute } => {
                let attribute = attribute.as_ref().map(|a| a.name);
                self.references.insert(with(id.name.to_owned(), attribute));
            }
            InlineExpression::TermReference { id, arguments, .. } => {
                self.references.insert(format!("-{}", id.name));
                self.arguments(arguments.as_ref());
            }
            InlineExpression::FunctionReference { arguments, .. } => self.arguments(Some(arguments)),
            InlineExpression::Placeable { expression } => self.expression(expression),
            InlineExpression::StringLiteral { .. } | InlineExpression::NumberLiteral { .. } => {}
        }
    }

    fn arguments(&mut self, arguments: Option<&CallArguments<&str>>) {
        let Some(arguments) = arguments else { return };
        for inline in arguments.positional.iter().chain(arguments.named.iter().map(|named| &named.value)) {
            self.inline(inline);
        }
    }
}

/// Holds two languages against each other. Terms are a language's own affair.
fn compare(one: &Language, two: &Language, faults: &mut Vec<String>) {
    for (here, there) in [(one, two), (two, one)] {
        for (name, said) in here.said.iter().filter(|(name, _)| !name.starts_with('-')) {
            let Some(other) = there.said.get(name) else {
                faults.push(format!("{}: `{name}` is missing in `{}`", said.place, there.id));
                continue;
            };
            for variable in said.variables.difference(&other.variables) {
                faults.push(format!(
                    "{}: `{name}` does not use ${variable}, as {} does",
                    other.place, said.place
                ));
            }
        }
    }
}

/// Writes the sources and the keys as Rust.
fn generate(languages: &[Language]) -> String {
    let mut code =
        String::from("/// The language files, by language.\nconst SOURCES: &[(&str, &[&str])] = &[\n");
    for language in languages {
        let _ = writeln!(code, "    ({:?}, &[", language.id);
        for file in &language.files {
            // Relative to the package, wherever that is moved to.
            let file = format!("/{}", file.display());
            let _ = writeln!(code, "        include_str!(concat!(env!(\"CARGO_MANIFEST_DIR\"), {file:?})),");
        }
        code.push_str("    ]),\n");
    }
    code.push_str(
        "];\n\n/// One constant for each key of the language files.\npub mod key {\n    use super::Key;\n\n",
    );
    let mut all = String::new();
    for key in languages[0].said.keys().filter(|name| !name.starts_with('-') && !name.contains('.')) {
        let constant = key.to_uppercase().replace('-', "_");
        let _ = writeln!(code, "    /// `{key}`\n    pub const {constant}: Key = Key({key:?});");
        let _ = write!(all, "{constant}, ");
    }
    let _ = writeln!(code, "\n    /// Every key there is.\n    pub const ALL: &[Key] = &[{all}];\n}}");
    code
}
