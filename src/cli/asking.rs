//! How Matrix is to be asked: flags over environment over settings, worked out
//! and checked before anything is sent or learnt.

use std::io::BufRead;
use std::path::{Path, PathBuf};
use std::time::Duration;

use zeroize::Zeroizing;

use crate::check::agenda::Steps;
use crate::check::http_client::Rules;
use crate::check::place::{Base, Homeserver, NotBase, masked};
use crate::model::threepid::Medium;
use crate::words::key;

use super::args::{AskingArguments, MediumArgument, StepArgument};
use super::context::Context;
use super::exit::Exit;
use super::failure::Failure;
use super::prompt;

/// No token is longer (bytes).
const LONGEST_TOKEN: usize = 8192;

/// Everything that asking needs to know.
pub struct Asking {
    /// The user's homeserver; none only if nobody is asked.
    pub homeserver: Option<Homeserver>,
    /// The identity server, if the user named one.
    pub identity_server: Option<Base>,
    /// The access token at the homeserver; none only if nobody is asked.
    pub token: Option<Token>,
    /// How servers may be spoken to.
    pub rules: Rules,
    /// Which identities may be sent.
    pub media: Vec<Medium>,
    /// What is asked.
    pub steps: Steps,
    /// Whether nothing is kept about those who are not found.
    pub forget_misses: bool,
    /// Whether the identity server's terms are accepted in advance.
    pub accept_terms: bool,
    /// Whether the user has agreed to the disclosure.
    pub yes: bool,
    /// Whether only to tell what would be sent.
    pub dry_run: bool,
}

/// An access token, which is shown nowhere.
pub struct Token(String);

impl Token {
    /// The token, for the one request header that it is meant for.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    fn parse(text: &str) -> Option<Token> {
        let text = text.trim();
        let good =
            !text.is_empty() && text.len() <= LONGEST_TOKEN && text.bytes().all(|b| b.is_ascii_graphic());
        good.then(|| Token(text.to_owned()))
    }
}

impl Asking {
    /// Works out how to ask.
    ///
    /// # Errors
    /// No homeserver, no token, a URL that cannot be used, a file that cannot
    /// be read.
    pub fn resolve(context: &Context, typed: &AskingArguments) -> Result<Asking, Failure> {
        let set = |typed: &Option<String>, name: &str, kept: Option<&String>| {
            let environment = || std::env::var(name).ok().filter(|value| !value.is_empty());
            typed.clone().or_else(environment).or_else(|| kept.cloned())
        };
        let settings = &context.settings;
        let homeserver = set(&typed.homeserver, "TRANSHUME_HOMESERVER", settings.homeserver.as_ref());
        // Whoever told where they are found has named their homeserver.
        let homeserver = homeserver.or_else(|| settings.reach.matrix.clone());
        let homeserver =
            homeserver.map(|text| Homeserver::parse(&text).map_err(|why| bad_url(why, &text))).transpose()?;
        let identity_server =
            set(&typed.identity_server, "TRANSHUME_IDENTITY_SERVER", settings.identity_server.as_ref());
        let identity_server =
            identity_server.map(|text| Base::parse(&text).map_err(|why| bad_url(why, &text))).transpose()?;
        if homeserver.is_none() && !(typed.dry_run && identity_server.is_some()) {
            return Err(Failure::new(Exit::Usage, key::ERROR_NO_HOMESERVER));
        }
        let authority = authority(context, typed.ca_file.as_ref())?;
        Ok(Asking {
            homeserver,
            identity_server,
            token: token(context, typed)?,
            rules: Rules {
                authority,
                allow_private: typed.allow_private,
                timeout: Duration::from_secs(typed.timeout),
            },
            media: match typed.only {
                None => Medium::ALL.into(),
                Some(MediumArgument::Email) => vec![Medium::Email],
                Some(MediumArgument::Phone) => vec![Medium::Phone],
            },
            steps: steps(typed),
            forget_misses: typed.forget_misses,
            accept_terms: typed.accept_terms,
            yes: typed.yes,
            dry_run: typed.dry_run,
        })
    }
}

/// One more certificate authority to trust, as the user set it.
///
/// # Errors
/// A file that cannot be read.
pub fn authority(context: &Context, typed: Option<&PathBuf>) -> Result<Option<Vec<u8>>, Failure> {
    let set = std::env::var_os("TRANSHUME_CA_FILE").filter(|path| !path.is_empty()).map(PathBuf::from);
    let path = typed.or(set.as_ref()).or(context.settings.ca_file.as_ref());
    path.map(|path| std::fs::read(path).map_err(|e| unreadable(path, &e))).transpose()
}

/// The first line of a file that holds a secret.
///
/// # Errors
/// A file that cannot be read.
pub fn first_line(path: &Path) -> Result<Zeroizing<String>, Failure> {
    let file = std::fs::File::open(path).map_err(|e| unreadable(path, &e))?;
    let mut line = Zeroizing::new(String::new());
    std::io::BufReader::new(std::io::Read::take(file, LONGEST_TOKEN as u64))
        .read_line(&mut line)
        .map_err(|e| unreadable(path, &e))?;
    Ok(line)
}

/// What is asked. Whoever wants only one kind of identity to leave does not want
/// Matrix IDs and names to.
fn steps(typed: &AskingArguments) -> Steps {
    let wants = |step| !typed.skip.contains(&step);
    Steps {
        rooms: wants(StepArgument::Rooms),
        profiles: wants(StepArgument::Profiles) && typed.only.is_none(),
        identity: wants(StepArgument::IdentityServer),
        directory: typed.directory && typed.only.is_none(),
    }
}

/// The access token: from a file, the environment, or whoever sits there.
fn token(context: &Context, typed: &AskingArguments) -> Result<Option<Token>, Failure> {
    let no_token = || Failure::new(Exit::Usage, key::ERROR_NO_TOKEN);
    let text = if let Some(path) = &typed.token_file {
        first_line(path)?.to_string()
    } else if let Some(text) = std::env::var("TRANSHUME_ACCESS_TOKEN").ok().filter(|text| !text.is_empty()) {
        text
    } else if typed.dry_run {
        return Ok(None);
    } else if context.may_ask {
        prompt::secret(context, &context.words.say(key::CHECK_TOKEN_PROMPT))?
    } else {
        return Err(no_token());
    };
    Token::parse(&text).map(Some).ok_or_else(no_token)
}

fn bad_url(why: NotBase, text: &str) -> Failure {
    let key = match why {
        NotBase::NotUrl => key::ERROR_BAD_URL,
        NotBase::Insecure => key::ERROR_INSECURE_URL,
    };
    Failure::new(Exit::Usage, key).about(masked(text))
}

fn unreadable(path: &Path, error: &std::io::Error) -> Failure {
    Failure::new(Exit::Usage, key::ERROR_CANNOT_READ).about(format!("{}: {error}", path.display()))
}
