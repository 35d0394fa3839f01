//! `--help`: the command line with its sentences in a language. They stand in
//! the language files; the test makes sure that none is missing.

use clap::{ArgGroup, Args, ColorChoice, Command, CommandFactory};

use super::super::exit::Exit;
use super::examples;
use super::{Arguments, AskingArguments, ConsentArguments, SignalArguments};
use crate::words::{Words, key};

/// The command line with its sentences in a language, and with colour as it
/// was typed.
pub fn command(words: &Words, colour: Option<&str>) -> Command {
    let colour = match colour {
        Some("always") => ColorChoice::Always,
        Some("never") => ColorChoice::Never,
        _ => ColorChoice::Auto,
    };
    let template =
        format!("{{about}}\n\n{}: {{usage}}\n\n{{all-args}}{{after-help}}", words.say(key::HELP_USAGE));
    let mut command = Arguments::command().color(colour).help_template(template);
    // What only asking needs means nothing where nobody is asked.
    let networks = ArgGroup::new("networks").args(["matrix", "signal"]).multiple(true);
    let ids = |command: Command| -> Vec<String> {
        command.get_arguments().map(|argument| argument.get_id().to_string()).collect()
    };
    let needs = [
        ("matrix", ids(AskingArguments::augment_args(Command::new("matrix")))),
        ("signal", ids(SignalArguments::augment_args(Command::new("signal")))),
        ("networks", ids(ConsentArguments::augment_args(Command::new("consent")))),
    ];
    command = command.mut_subcommand("migrate", |migrate| {
        let all = needs.into_iter().flat_map(|(of, names)| names.into_iter().map(move |name| (name, of)));
        let need = |migrate: Command, (name, of): (String, &'static str)| {
            migrate.mut_arg(name, |argument| argument.requires(of))
        };
        all.fold(migrate.group(networks), need)
    });
    // What clap adds by itself has to exist before it can be worded.
    command.build();
    let command = worded(command, "", words);
    let examples = command.get_after_help().cloned().unwrap_or_default();
    command.after_help(format!("{}\n\n{examples}", Exit::table(words)))
}

/// Behind everything that has an order of its own.
const EVERYWHERE: usize = 900;

/// Gives a command, its arguments and its subcommands their sentences. Its path is
/// without the program's name.
fn worded(command: Command, path: &str, words: &Words) -> Command {
    let prefix = format!("help {path}").trim_end().replace(' ', "-");
    let about = words.find(&format!("{prefix}-about")).unwrap_or_default();
    let names: Vec<String> = command.get_subcommands().map(|c| c.get_name().to_owned()).collect();
    let options = words.say(key::HELP_OPTIONS);
    let command = command.subcommand_help_heading(words.say(key::HELP_COMMANDS));
    let mut command = command.about(about).mut_args(|argument| {
        let heading = if argument.is_positional() { words.say(key::HELP_ARGUMENTS) } else { options.clone() };
        // What can be given stands in the sentence, in the right language.
        let argument = argument.help_heading(heading).hide_possible_values(true).hide_default_value(true);
        // What every command understands comes after what only this one does.
        let argument = match argument.is_global_set() {
            true => argument.display_order(EVERYWHERE),
            false => argument,
        };
        let id = argument.get_id().as_str().replace('_', "-");
        let own = words.find(&format!("{prefix}-{id}")).or_else(|| words.find(&format!("help-{id}")));
        match own {
            Some(text) => argument.help(text),
            None => argument,
        }
    });
    let examples = examples::of(path).iter().map(|example| format!("\n    {example}"));
    let mut after = words.say(key::HELP_EXAMPLES) + &*examples.collect::<String>();
    // What needs more than a line: what numbers mean.
    if let Some(more) = words.find(&format!("{prefix}-more")) {
        after.push_str("\n\n");
        after.push_str(&more);
    }
    command = command.after_help(after);
    for name in names {
        let inner = format!("{path} {name}");
        let inner = inner.trim_start();
        command = command.mut_subcommand(name, |sub| worded(sub, inner, words));
    }
    command
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::Language;

    fn check(command: &Command, path: &str, language: Language) {
        assert!(
            command.get_about().is_some_and(|a| !a.to_string().is_empty()),
            "{path}: no about ({language:?})"
        );
        for argument in command.get_arguments() {
            let text = argument.get_help().map(ToString::to_string).unwrap_or_default();
            assert!(!text.is_empty(), "{path} {}: no help ({language:?})", argument.get_id());
        }
        for sub in command.get_subcommands() {
            check(sub, &format!("{path} {}", sub.get_name()), language);
        }
    }

    /// What a shell would make of an example that has quotes alone.
    fn typed(example: &str) -> Vec<String> {
        let mut parts = example.split('\'');
        let mut typed = Vec::new();
        while let Some(plain) = parts.next() {
            typed.extend(plain.split_whitespace().map(str::to_owned));
            typed.extend(parts.next().map(str::to_owned));
        }
        // What a pipe or a file gets is none of ours.
        let ours = typed.iter().position(|word| word == "|" || word == ">").unwrap_or(typed.len());
        typed.truncate(ours);
        typed
    }

    fn try_examples(whole: &Command, command: &Command, path: &str) {
        let examples = examples::of(path);
        assert!(examples.len() >= 2, "{path}: no two examples");
        for example in examples {
            let typed = typed(example);
            let tried = whole.clone().try_get_matches_from(&typed);
            assert!(tried.is_ok(), "{example}: {:?}", tried.err());
            let named = path.split_whitespace().zip(typed.iter().skip(1)).all(|(name, word)| name == word);
            assert!(named, "{example} is none of {path}");
        }
        for sub in command.get_subcommands() {
            try_examples(whole, sub, format!("{path} {}", sub.get_name()).trim_start());
        }
    }

    #[test]
    fn every_command_has_two_examples_which_can_be_typed() {
        let command = command(&Words::new(Language::En), None);
        try_examples(&command, &command, "");
    }

    #[test]
    fn everything_that_can_be_typed_is_explained_in_every_language() {
        for language in Language::ALL {
            let command = command(&Words::new(language), None);
            command.clone().debug_assert();
            check(&command, "transhume", language);
        }
    }
}
