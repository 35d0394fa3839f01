//! `transhume man` and `transhume completions`: the command line for `man` and for
//! shells, worked out of what can be typed, in the user's language.

use clap::Command;
use clap_complete::Shell;
use clap_mangen::Man;
use clap_mangen::roff::{Roff, roman};

use crate::words::{Words, key};

use super::args;
use super::context::Context;
use super::exit::Exit;
use super::failure::Failure;

/// Prints the manual page of the program or, where a command is named, its own.
///
/// # Errors
/// There is no such command; stdout is gone.
pub fn page(context: &Context, path: &[String]) -> Result<Exit, Failure> {
    let mut command = args::command(&context.words, None);
    for name in path {
        let inner = command.find_subcommand(name).cloned();
        command =
            inner.ok_or_else(|| Failure::new(Exit::Usage, key::ERROR_NO_COMMAND).about(name.as_str()))?;
    }
    context.printer.text("transhume.man/1", &written(command, &context.words)?)?;
    Ok(Exit::Done)
}

/// Prints what makes a shell complete commands and options.
///
/// # Errors
/// Stdout is gone.
pub fn completions(context: &Context, shell: Shell) -> Result<Exit, Failure> {
    let mut script = Vec::new();
    let mut command = args::command(&context.words, None);
    clap_complete::generate(shell, &mut command, "transhume", &mut script);
    context.printer.text("transhume.completions/1", &String::from_utf8_lossy(&script))?;
    Ok(Exit::Done)
}

/// A page in roff, as `man` reads it.
fn written(command: Command, words: &Words) -> std::io::Result<String> {
    let more = command.get_after_help().map(ToString::to_string);
    let (arguments, commands) = (command.get_arguments().next().is_some(), command.has_subcommands());
    let man = Man::new(command).source(concat!("transhume ", env!("CARGO_PKG_VERSION")));
    let mut page = Vec::new();
    man.render_title(&mut page)?;
    man.render_name_section(&mut page)?;
    man.render_synopsis_section(&mut page)?;
    man.render_description_section(&mut page)?;
    if arguments {
        man.render_options_section(&mut page)?;
    }
    if commands {
        man.render_subcommands_section(&mut page)?;
    }
    if let Some(more) = more {
        page.extend(as_it_stands(&words.say(key::MAN_MORE), &more).to_roff().into_bytes());
    }
    let page = String::from_utf8_lossy(&page);
    Ok(page.lines().map(|line| headed(line, words) + "\n").collect())
}

/// Text whose lines stay lines: tables and examples would run together otherwise.
fn as_it_stands(heading: &str, text: &str) -> Roff {
    let mut roff = Roff::new();
    roff.control("SH", [heading]);
    let mut begun = false;
    for line in text.lines() {
        match (line.trim().is_empty(), begun) {
            (true, _) => drop(roff.control("PP", [])),
            (false, true) => drop(roff.control("br", []).text([roman(line)])),
            (false, false) => drop(roff.text([roman(line)])),
        }
        begun = !line.trim().is_empty();
    }
    roff
}

/// What the library heads in English, in the user's language.
fn headed(line: &str, words: &Words) -> String {
    let heading = match line {
        ".SH NAME" => key::MAN_NAME,
        ".SH SYNOPSIS" => key::MAN_SYNOPSIS,
        ".SH DESCRIPTION" => key::MAN_DESCRIPTION,
        _ => return line.to_owned(),
    };
    format!(".SH {}", words.say(heading))
}
