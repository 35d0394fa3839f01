//! What can be typed. The sentences of `--help` stand in the language files
//! under `help-<command>` and `help-<command>-<argument>`; a test makes sure
//! that none is missing.

#![expect(missing_docs, reason = "what an argument means stands in the language files, where people read it")]

use std::path::PathBuf;

use clap::{ArgGroup, Args, ColorChoice, Command, CommandFactory, Parser, Subcommand, ValueEnum};

use crate::words::{Words, key};

use super::exit::Exit;

/// The whole command line.
#[derive(Debug, Parser)]
#[command(name = "transhume", version, disable_help_subcommand = true, max_term_width = 100)]
pub struct Arguments {
    #[command(flatten)]
    pub common: Common,
    #[command(subcommand)]
    pub command: Do,
}

/// What every command understands.
#[derive(Clone, Debug, Args)]
pub struct Common {
    #[arg(long, global = true, value_name = "DIR", env = "TRANSHUME_WORKSPACE", hide_env = true)]
    pub workspace: Option<PathBuf>,
    #[arg(long, global = true, value_name = "DIR", env = "TRANSHUME_OUT", hide_env = true)]
    pub out: Option<PathBuf>,
    #[arg(long, global = true)]
    pub json: bool,
    #[arg(long, short, global = true, conflicts_with = "verbose")]
    pub quiet: bool,
    #[arg(long, short, global = true)]
    pub verbose: bool,
    #[arg(long, global = true, value_name = "en|fr", value_enum, env = "TRANSHUME_LANG", hide_env = true)]
    pub lang: Option<Lang>,
    #[arg(long, global = true, value_name = "WHEN", value_enum, default_value = "auto")]
    pub color: Colour,
    #[arg(long, global = true)]
    pub no_input: bool,
    #[arg(long, global = true, value_name = "FR", env = "TRANSHUME_REGION", hide_env = true)]
    pub region: Option<String>,
    #[arg(long, global = true, value_name = "NAME|NUMBER", env = "TRANSHUME_ME", hide_env = true)]
    pub me: Vec<String>,
    #[arg(long, global = true, value_name = "WHO", value_enum, env = "TRANSHUME_COUNT", hide_env = true)]
    pub count: Option<CountArgument>,
    #[arg(long, global = true, value_name = "ORDER", value_enum)]
    pub date_order: Option<DateOrderArgument>,
}

/// How inputs are opened.
#[derive(Clone, Debug, Default, Args)]
pub struct Opening {
    #[arg(long, value_name = "FILE")]
    pub backup_key: Option<PathBuf>,
}

/// A language to speak.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Lang {
    En,
    Fr,
}

/// When to use colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Colour {
    Auto,
    Always,
    Never,
}

/// Whom to count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum CountArgument {
    Circle,
    Saved,
    All,
}

/// An order of day, month and year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum DateOrderArgument {
    Dmy,
    Mdy,
    Ymd,
}

/// A channel to invite to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ChannelArgument {
    Matrix,
    Signal,
    Xmpp,
}

/// A share of a group at which it moves.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ShareArgument {
    #[value(name = "25")]
    Quarter,
    #[value(name = "60")]
    Most,
    All,
}

impl ShareArgument {
    /// In hundredths.
    pub fn hundredths(self) -> usize {
        match self {
            ShareArgument::Quarter => 25,
            ShareArgument::Most => 60,
            ShareArgument::All => 100,
        }
    }
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Do {
    Migrate {
        #[arg(required = true, value_name = "INPUT")]
        inputs: Vec<PathBuf>,
        #[arg(long, value_enum, value_name = "CHANNEL")]
        to: Option<ChannelArgument>,
        #[arg(long)]
        matrix: bool,
        #[command(flatten)]
        asking: AskingArguments,
        #[arg(long)]
        signal: bool,
        #[command(flatten)]
        signalling: SignalArguments,
        #[command(flatten)]
        consent: ConsentArguments,
        #[command(flatten)]
        opening: Opening,
    },
    Guide {
        #[arg(value_enum, value_name = "TOPIC")]
        topic: Option<TopicArgument>,
    },
    Inspect {
        #[arg(required = true, value_name = "FILE")]
        files: Vec<PathBuf>,
        #[command(flatten)]
        opening: Opening,
    },
    Import {
        #[arg(required_unless_present_any = ["fetch", "signal_desktop"], value_name = "INPUT")]
        inputs: Vec<PathBuf>,
        #[command(flatten)]
        fetching: FetchArguments,
        #[command(flatten)]
        desktop: DesktopArguments,
        #[command(flatten)]
        opening: Opening,
    },
    Contacts {
        #[command(subcommand)]
        action: Option<ContactsDo>,
    },
    Review {
        #[command(subcommand)]
        action: Option<ReviewDo>,
    },
    Login {
        #[command(subcommand)]
        network: LoginDo,
    },
    Logout {
        #[command(flatten)]
        leaving: LogoutArguments,
    },
    Check {
        #[command(subcommand)]
        network: CheckDo,
    },
    Why {
        #[arg(value_name = "NAME")]
        name: String,
    },
    Plan {
        #[arg(long, value_name = "N", default_value_t = 10, value_parser = at_least_one)]
        first: usize,
        #[arg(long, value_enum, value_name = "SHARE", default_value = "60")]
        share: ShareArgument,
        #[arg(long, value_enum, value_name = "CHANNEL")]
        to: Option<ChannelArgument>,
    },
    Invite {
        #[arg(long, value_name = "N", default_value_t = 10, value_parser = at_least_one)]
        batch: usize,
        #[arg(long, value_enum, value_name = "CHANNEL")]
        to: Option<ChannelArgument>,
    },
    Report {
        #[arg(long)]
        html: bool,
        #[arg(long)]
        csv: bool,
        #[arg(long)]
        vcard: bool,
        #[arg(long)]
        graphml: bool,
    },
    Runs {
        #[command(subcommand)]
        action: Option<RunsDo>,
    },
}

/// Where to sign in.
#[derive(Debug, Subcommand)]
pub enum LoginDo {
    Matrix {
        #[command(flatten)]
        login: LoginArguments,
    },
}

/// How to sign in at a homeserver.
#[derive(Clone, Debug, Args)]
pub struct LoginArguments {
    #[arg(value_name = "ACCOUNT")]
    pub account: Option<String>,
    #[arg(long, value_name = "NAME|URL")]
    pub homeserver: Option<String>,
    #[arg(long, value_name = "NAME")]
    pub user: Option<String>,
    #[arg(long, value_enum, value_name = "WAY")]
    pub with: Option<WayArgument>,
    #[arg(long, value_name = "FILE", conflicts_with_all = ["password_command", "token_file"])]
    pub password_file: Option<PathBuf>,
    #[arg(long, value_name = "COMMAND", conflicts_with = "token_file")]
    pub password_command: Option<String>,
    #[arg(long, value_name = "FILE")]
    pub token_file: Option<PathBuf>,
    #[arg(long)]
    pub no_browser: bool,
    #[arg(long, value_name = "SECONDS", default_value_t = 300, value_parser = clap::value_parser!(u64).range(1..=3600))]
    pub wait: u64,
    #[command(flatten)]
    pub speaking: SpeakingArguments,
}

/// How to sign out.
#[derive(Clone, Debug, Args)]
pub struct LogoutArguments {
    #[arg(long)]
    pub forget: bool,
    #[command(flatten)]
    pub speaking: SpeakingArguments,
}

/// How servers are spoken to.
#[derive(Clone, Debug, Args)]
pub struct SpeakingArguments {
    #[arg(long, value_name = "FILE")]
    pub ca_file: Option<PathBuf>,
    #[arg(long)]
    pub allow_private: bool,
    #[arg(long, value_name = "SECONDS", default_value_t = 10, value_parser = clap::value_parser!(u64).range(1..=600))]
    pub timeout: u64,
}

/// A way to sign in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum WayArgument {
    Password,
    Token,
    Sso,
    Oauth,
}

/// Which network to ask.
#[derive(Debug, Subcommand)]
pub enum CheckDo {
    Matrix {
        #[command(flatten)]
        asking: AskingArguments,
        #[command(flatten)]
        consent: ConsentArguments,
    },
    Signal {
        #[command(flatten)]
        signalling: SignalArguments,
        #[command(flatten)]
        consent: ConsentArguments,
    },
}

/// Whether something may leave.
#[derive(Clone, Copy, Debug, Args)]
pub struct ConsentArguments {
    #[arg(long, short)]
    pub yes: bool,
    #[arg(long)]
    pub dry_run: bool,
}

/// How signal-cli is reached.
#[derive(Clone, Debug, Args)]
pub struct SignalArguments {
    #[arg(long, value_name = "PLACE")]
    pub signal_cli: Option<String>,
    #[arg(long, value_name = "NUMBER")]
    pub signal_account: Option<String>,
    #[arg(long, value_name = "SECONDS", default_value_t = 60, value_parser = clap::value_parser!(u64).range(1..=3600))]
    pub signal_timeout: u64,
}

/// How Matrix is asked.
#[derive(Clone, Debug, Args)]
pub struct AskingArguments {
    #[arg(long, value_name = "NAME|URL")]
    pub homeserver: Option<String>,
    #[arg(long, value_name = "URL")]
    pub identity_server: Option<String>,
    #[arg(long, value_name = "FILE")]
    pub token_file: Option<PathBuf>,
    #[arg(long, value_enum, value_name = "KIND")]
    pub only: Option<MediumArgument>,
    #[arg(long, value_enum, value_name = "STEP", value_delimiter = ',')]
    pub skip: Vec<StepArgument>,
    #[arg(long, conflicts_with = "only")]
    pub directory: bool,
    #[arg(long)]
    pub forget_misses: bool,
    #[arg(long)]
    pub accept_terms: bool,
    #[command(flatten)]
    pub speaking: SpeakingArguments,
}

/// How an address book is fetched from a server.
#[derive(Clone, Debug, Args)]
pub struct FetchArguments {
    #[arg(long, value_name = "URL")]
    pub fetch: Option<String>,
    #[arg(long, value_name = "NAME", requires = "fetch")]
    pub user: Option<String>,
    #[arg(long, value_name = "FILE", requires = "fetch")]
    pub password_file: Option<PathBuf>,
    #[arg(long, value_name = "FILE", requires = "fetch")]
    pub ca_file: Option<PathBuf>,
    #[arg(long, value_name = "SECONDS", default_value_t = 60, requires = "fetch", value_parser = clap::value_parser!(u64).range(1..=600))]
    pub timeout: u64,
    #[arg(long, short, requires = "fetch")]
    pub yes: bool,
    #[arg(long, requires = "fetch")]
    pub dry_run: bool,
}

/// Which Signal Desktop is read.
#[derive(Clone, Debug, Args)]
pub struct DesktopArguments {
    #[arg(long, value_name = "DIR", num_args = 0..=1)]
    pub signal_desktop: Option<Option<PathBuf>>,
    #[arg(long, value_name = "FILE", requires = "signal_desktop")]
    pub signal_key_file: Option<PathBuf>,
}

/// A kind of identity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum MediumArgument {
    Email,
    Phone,
}

/// A step of asking that can be left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum StepArgument {
    Rooms,
    Profiles,
    IdentityServer,
}

impl Do {
    /// How its inputs are opened, where it has any.
    pub fn opening(&self) -> Option<&Opening> {
        match self {
            Do::Migrate { opening, .. } | Do::Inspect { opening, .. } | Do::Import { opening, .. } => {
                Some(opening)
            }
            _ => None,
        }
    }
}

/// Reads a number of drafts.
fn at_least_one(text: &str) -> Result<usize, String> {
    let number = text.parse::<usize>().ok().filter(|number| (1..=1000).contains(number));
    number.ok_or_else(|| "1…1000".to_owned())
}

/// What can be done with contacts.
#[derive(Debug, Subcommand)]
pub enum ContactsDo {
    List,
    Show {
        #[arg(value_name = "NAME")]
        name: String,
    },
    Exclude {
        #[arg(value_name = "NAME")]
        name: String,
        #[arg(long)]
        undo: bool,
    },
    Merge {
        #[arg(value_name = "NAME")]
        name: String,
        #[arg(value_name = "NAME")]
        with: String,
    },
    Split {
        #[arg(value_name = "NAME")]
        name: String,
        #[arg(value_name = "WHAT")]
        what: String,
    },
    Forget {
        #[arg(value_name = "NAME")]
        name: String,
        #[arg(long)]
        never_again: bool,
        #[arg(long, short)]
        yes: bool,
    },
    Rename {
        #[arg(value_name = "NAME")]
        name: String,
        #[arg(value_name = "NEW", required_unless_present = "undo", conflicts_with = "undo")]
        to: Option<String>,
        #[arg(long)]
        undo: bool,
    },
}

/// What can be done with open questions.
#[derive(Debug, Subcommand)]
pub enum ReviewDo {
    Export {
        #[arg(value_name = "FILE")]
        file: PathBuf,
    },
    Apply {
        #[arg(value_name = "FILE")]
        file: PathBuf,
    },
}

/// What can be done with runs.
#[derive(Debug, Subcommand)]
pub enum RunsDo {
    List,
}

/// What the guide can tell about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum TopicArgument {
    Android,
    Iphone,
    Signal,
    Contacts,
}

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
    let command = worded(command, "help", words);
    command.after_help(format!("{}\n\n{}", Exit::table(words), words.say(key::HELP_EXAMPLES)))
}

/// Gives a command, its arguments and its subcommands their sentences.
fn worded(command: Command, prefix: &str, words: &Words) -> Command {
    let about = words.find(&format!("{prefix}-about")).unwrap_or_default();
    let names: Vec<String> = command.get_subcommands().map(|c| c.get_name().to_owned()).collect();
    let options = words.say(key::HELP_OPTIONS);
    let command = command.subcommand_help_heading(words.say(key::HELP_COMMANDS));
    let mut command = command.about(about).mut_args(|argument| {
        let heading = if argument.is_positional() { words.say(key::HELP_ARGUMENTS) } else { options.clone() };
        // What can be given stands in the sentence, in the right language.
        let argument = argument.help_heading(heading).hide_possible_values(true).hide_default_value(true);
        let id = argument.get_id().as_str().replace('_', "-");
        let own = words.find(&format!("{prefix}-{id}")).or_else(|| words.find(&format!("help-{id}")));
        match own {
            Some(text) => argument.help(text),
            None => argument,
        }
    });
    for name in names {
        let inner = format!("{prefix}-{name}");
        command = command.mut_subcommand(name, |sub| worded(sub, &inner, words));
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

    #[test]
    fn everything_that_can_be_typed_is_explained_in_every_language() {
        for language in Language::ALL {
            let command = command(&Words::new(language), None);
            command.clone().debug_assert();
            check(&command, "transhume", language);
        }
    }
}
