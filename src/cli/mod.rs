//! The command line: arguments become settings, settings run the stages, and
//! a view is printed. One file a command.

pub mod args;
pub mod ask;
pub mod asking;
pub mod browser;
pub mod check;
pub mod consent;
pub mod contacts;
pub mod context;
pub mod desktop;
pub mod dice;
pub mod drafts;
mod echo;
pub mod exit;
pub mod failure;
pub mod fetch;
pub mod guide;
pub mod homeserver;
pub mod import;
pub mod inspect;
pub mod invite;
pub mod knowledge;
pub mod learn;
pub mod login;
pub mod logout;
pub mod manual;
pub mod mark;
pub mod migrate;
pub mod miscall;
pub mod note;
pub mod outputs;
pub mod plan;
pub mod printer;
pub mod program;
pub mod progress;
pub mod prompt;
pub mod purge;
pub mod report;
pub mod review;
pub mod runs;
mod screen;
pub mod secrets;
pub mod send;
pub mod servers;
pub mod signal;
pub mod status;
mod tokens;
pub mod wait;
pub mod why;

use std::ffi::OsString;
use std::io::Write;
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use clap::FromArgMatches;
use clap::error::ErrorKind;

use crate::words::escape;
use crate::words::{Language, Words, key};

use args::{Arguments, CheckDo, ContactsDo, Do, HomeserverDo, InviteDo, LoginDo, ReviewDo, RunsDo};
use context::Context;
use exit::Exit;
use failure::Failure;
use miscall::{Miscall, miscall};
use secrets::Secrets;

/// Runs a command line and gives the code to exit with.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let arguments: Vec<OsString> = arguments.into_iter().collect();
    let words = Words::new(context::language(None));
    let words = wanted_language(&arguments).map_or(words, Words::new);
    let parsed = args::command(&words, wanted(&arguments, "--color"))
        .try_get_matches_from(&arguments)
        .and_then(|matches| Arguments::from_arg_matches(&matches));
    let parsed = match parsed {
        Ok(parsed) => parsed,
        Err(error) if matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion) => {
            // Nobody reads along any more: that is no error of ours.
            let _ = error.print();
            return ExitCode::from(Exit::Done.code());
        }
        Err(error) => return wrong_call(&error, &arguments, &words),
    };
    let words = Words::new(context::language(Some(&parsed.common)));
    let printer = printer::Printer::new(&parsed.common);
    let done = stop_flag().and_then(|stop| {
        let mut context = Context::resolve(&parsed.common, stop)?;
        if let Some(opening) = parsed.command.opening() {
            context.secrets = Secrets::resolve(opening)?;
        }
        dispatch(&context, &parsed.command)
    });
    let exit = match done {
        Ok(exit) => exit,
        Err(failure) if failure.exit == Exit::Done => Exit::Done,
        Err(failure) => {
            failure.say(&printer, &words);
            failure.exit
        }
    };
    ExitCode::from(exit.code())
}

fn dispatch(context: &Context, command: &Do) -> Result<Exit, Failure> {
    match command {
        Do::Migrate { inputs, to, matrix, asking, signal, signalling, consent, .. } => {
            let networks = migrate::Networks {
                matrix: matrix.then_some(asking),
                signal: signal.then_some(signalling),
                consent: *consent,
            };
            migrate::run(context, inputs, *to, &networks)
        }
        Do::Guide { topic } => guide::run(context, *topic),
        Do::Inspect { files, .. } => inspect::run(context, files),
        Do::Import { inputs, fetching, desktop, .. } => import::run(context, inputs, fetching, desktop),
        Do::Contacts { action } => match action {
            None | Some(ContactsDo::List) => contacts::list(context),
            Some(ContactsDo::Show { name }) => contacts::show(context, name),
            Some(ContactsDo::Exclude { name, undo }) => contacts::decide::exclude(context, name, *undo),
            Some(ContactsDo::Merge { name, with }) => contacts::decide::merge(context, name, with),
            Some(ContactsDo::Split { name, what }) => contacts::decide::split(context, name, what),
            Some(ContactsDo::Forget { name, never_again, yes }) => {
                contacts::forget::run(context, name, *never_again, *yes)
            }
            Some(ContactsDo::Rename { name, to, .. }) => {
                contacts::decide::rename(context, name, to.as_deref())
            }
        },
        Do::Login { network: LoginDo::Matrix { login } } => login::matrix(context, login),
        Do::Login { network: LoginDo::Signal { link } } => login::signal::run(context, link),
        Do::Logout { leaving } => logout::run(context, leaving),
        Do::Check { network: CheckDo::Matrix { asking, consent } } => {
            check::matrix(context, asking, *consent)
        }
        Do::Check { network: CheckDo::Signal { signalling, consent } } => {
            check::signal(context, signalling, *consent)
        }
        Do::Status => status::run(context),
        Do::Why { name } => why::run(context, name),
        Do::Plan { first, share, to } => plan::run(context, *to, *first, share.hundredths()),
        Do::Invite { action: Some(InviteDo::Mark { names, status, to }), .. } => {
            mark::run(context, names, *status, *to)
        }
        Do::Invite { action: Some(InviteDo::List), .. } => mark::list(context),
        Do::Invite { action: Some(InviteDo::Tokens { tokens: typed }), .. } => tokens::run(context, typed),
        Do::Invite { batch, writing, sending, .. } if sending.send => {
            send::run(context, sending, writing, *batch)
        }
        Do::Invite { batch, to, writing, sending, .. } if sending.note_to_self => {
            note::run(context, sending, *to, *batch, writing)
        }
        Do::Invite { action: None, batch, to, writing, .. } => invite::run(context, *to, *batch, writing),
        Do::Report { html, csv, vcard, graphml, markdown, share, since } => {
            let (html, csv, vcard, graphml) = (*html, *csv, *vcard, *graphml);
            let files = report::Files { html, csv, vcard, graphml, markdown: *markdown };
            report::run(context, files, *share, *since)
        }
        Do::Review { action: None } => review::run(context),
        Do::Review { action: Some(ReviewDo::Export { file }) } => review::export(context, file),
        Do::Review { action: Some(ReviewDo::Apply { file }) } => review::apply(context, file),
        Do::Runs { action: None | Some(RunsDo::List) } => runs::list(context),
        Do::Runs { action: Some(RunsDo::Diff { from, to }) } => runs::diff(context, *from, *to),
        Do::Runs { action: Some(RunsDo::Undo { run, yes, dry_run }) } => {
            runs::undo::run(context, *run, *yes, *dry_run)
        }
        Do::Homeserver { action: HomeserverDo::Init { init } } => homeserver::init::run(context, init),
        Do::Homeserver { action: HomeserverDo::Check { check } } => homeserver::check::run(context, check),
        Do::Purge { yes, dry_run } => purge::run(context, *yes, *dry_run),
        Do::Completions { shell } => manual::completions(context, *shell),
        Do::Man { path } => manual::page(context, path),
    }
}

/// Says what is wrong with a call.
fn wrong_call(error: &clap::Error, arguments: &[OsString], words: &Words) -> ExitCode {
    let Miscall { what, usage } = miscall(error, words);
    let failure = Failure::new(Exit::Usage, key::ERROR_USAGE).about(what);
    if arguments.iter().any(|a| a == "--json")
        && let Ok(line) = escape::to_json_line(&failure.json(words))
    {
        let _ = writeln!(std::io::stdout(), "{line}");
    }
    let (what, hint) = failure.text(words);
    for line in [format!("transhume: {what}"), usage, hint].iter().filter(|line| !line.is_empty()) {
        let _ = writeln!(std::io::stderr(), "{line}");
    }
    ExitCode::from(Exit::Usage.code())
}

/// The value of an option that counts before everything is parsed.
fn wanted<'a>(arguments: &'a [OsString], option: &str) -> Option<&'a str> {
    let mut rest = arguments.iter().filter_map(|a| a.to_str());
    while let Some(argument) = rest.next() {
        if argument == option {
            return rest.next();
        }
        if let Some(value) = argument.strip_prefix(option).and_then(|tail| tail.strip_prefix('=')) {
            return Some(value);
        }
    }
    None
}

/// The language that is typed, for the sentences that come before parsing.
fn wanted_language(arguments: &[OsString]) -> Option<Language> {
    let set = || std::env::var("TRANSHUME_LANG").ok();
    wanted(arguments, "--lang").map(str::to_owned).or_else(set).and_then(|id| Language::from_id(&id))
}

/// A flag that SIGINT, SIGTERM and the end of the terminal set; a second one ends the
/// process at once.
fn stop_flag() -> Result<Arc<AtomicBool>, Failure> {
    let stop = Arc::new(AtomicBool::new(false));
    let signals = [signal_hook::consts::SIGINT, signal_hook::consts::SIGTERM];
    for signal in signals.into_iter().chain(hangup()) {
        let code = i32::from(Exit::Interrupted.code());
        signal_hook::flag::register_conditional_shutdown(signal, code, Arc::clone(&stop))?;
        signal_hook::flag::register(signal, Arc::clone(&stop))?;
    }
    Ok(stop)
}

/// The signal that comes when the terminal is closed, unless we were started to outlive
/// it (`nohup`): then it is ignored, and stays so.
#[cfg(target_os = "linux")]
fn hangup() -> Option<i32> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let ignored = status.lines().find_map(|line| line.strip_prefix("SigIgn:"))?;
    let ignored = u64::from_str_radix(ignored.trim(), 16).ok()?;
    let hangup = signal_hook::consts::SIGHUP;
    (ignored >> (hangup - 1) & 1 == 0).then_some(hangup)
}

#[cfg(not(target_os = "linux"))]
fn hangup() -> Option<i32> {
    None
}
