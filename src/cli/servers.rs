//! The user's servers and how they are spoken to: flags over environment over
//! settings, worked out and checked before anything is sent or learnt.

use std::io::BufRead;
use std::path::{Path, PathBuf};
use std::time::Duration;

use zeroize::Zeroizing;

use crate::check::http_client::{Http, Rules};
use crate::check::place::{Base, Homeserver, NotBase, masked};
use crate::check::session::{LONGEST_TOKEN, Session, Token};
use crate::check::session_client::Pass;
use crate::model::Foreign;
use crate::model::identity::Mxid;
use crate::words::{Words, escape, key};
use crate::workspace::session;

use super::args::{ServerArguments, SpeakingArguments};
use super::context::Context;
use super::exit::Exit;
use super::failure::Failure;
use super::progress::Board;
use super::{program, prompt, wait};

/// Holds an access token for one call; it is not kept.
pub const ACCESS_TOKEN: &str = "TRANSHUME_ACCESS_TOKEN";

/// The user's homeserver and identity server, and what proves who speaks.
pub struct Servers {
    /// The user's homeserver; none only if nobody is asked.
    pub homeserver: Option<Homeserver>,
    /// Whether that is only where the session is of, and moves along with it.
    pub by_session: bool,
    /// The identity server, if the user named one.
    pub identity_server: Option<Base>,
    /// What proves to the homeserver who asks; none only if nobody is asked.
    pub proof: Option<Proof>,
    /// How servers may be spoken to.
    pub rules: Rules,
    /// Whether the identity server's terms are accepted in advance.
    pub accept_terms: bool,
}

/// What proves to the homeserver who asks.
pub enum Proof {
    /// An access token for this time.
    Token(Token),
    /// The session in the workspace.
    Session(Box<Session>),
    /// What the user's own command tells when it comes to it.
    Command(String),
}

impl Servers {
    /// Works out which servers there are. With `dry_run` nothing will be asked of
    /// them.
    ///
    /// # Errors
    /// No homeserver, no token, a URL that cannot be used, a file that cannot
    /// be read.
    pub fn resolve(context: &Context, typed: &ServerArguments, dry_run: bool) -> Result<Servers, Failure> {
        let set = |typed: &Option<String>, name: &str, kept: Option<&String>| {
            let environment = || std::env::var(name).ok().filter(|value| !value.is_empty());
            typed.clone().or_else(environment).or_else(|| kept.cloned())
        };
        let settings = &context.settings;
        let session = match given_token(typed)? {
            Some(_) => None,
            None => session::load(&context.folder)?,
        };
        let homeserver = set(&typed.homeserver, "TRANSHUME_HOMESERVER", settings.homeserver.as_ref());
        let by_session = homeserver.is_none() && session.is_some();
        let signed_in_at = || session.as_ref().map(|session| session.homeserver.as_str().to_owned());
        // Whoever told where they are found has named their homeserver.
        let homeserver = homeserver.or_else(signed_in_at).or_else(|| settings.reach.matrix.clone());
        let homeserver = homeserver.map(|text| self::homeserver(&text)).transpose()?;
        let identity_server =
            set(&typed.identity_server, "TRANSHUME_IDENTITY_SERVER", settings.identity_server.as_ref());
        let identity_server =
            identity_server.map(|text| Base::parse(&text).map_err(|why| bad_url(why, &text))).transpose()?;
        if homeserver.is_none() && !(dry_run && identity_server.is_some()) {
            return Err(Failure::new(Exit::Usage, key::ERROR_NO_HOMESERVER));
        }
        Ok(Servers {
            homeserver,
            by_session,
            identity_server,
            proof: proof(context, typed, dry_run, session)?,
            rules: rules(context, &typed.speaking)?,
            accept_terms: typed.accept_terms,
        })
    }

    /// Takes up the session as it is now. Whoever calls holds the workspace's
    /// lock: until it was taken another process may have renewed the session,
    /// ended it, or signed in somewhere else.
    ///
    /// # Errors
    /// Nobody is signed in any more; a workspace that cannot be read.
    pub fn take_up_session(&mut self, context: &Context) -> Result<(), Failure> {
        if let Some(Proof::Session(session)) = &mut self.proof {
            **session = session::load(&context.folder)?.ok_or_else(no_token)?;
            if self.by_session {
                self.homeserver = Some(Homeserver::At(session.homeserver.clone()));
            }
        }
        Ok(())
    }

    /// What goes along with requests. Whoever calls holds the workspace's lock.
    ///
    /// # Errors
    /// No token, or none where one is needed.
    pub fn pass<'a>(&self, context: &'a Context) -> Result<Pass<'a>, Failure> {
        self.proof.as_ref().ok_or_else(no_token)?.pass(context)
    }
}

/// How servers may be spoken to.
///
/// # Errors
/// A file that cannot be read.
pub fn rules(context: &Context, typed: &SpeakingArguments) -> Result<Rules, Failure> {
    Ok(Rules {
        authority: authority(context, typed.ca_file.as_ref())?,
        allow_private: typed.allow_private,
        timeout: Duration::from_secs(typed.timeout),
    })
}

/// The client for all servers that are asked. While it has to wait, that is said
/// beside what stands on the board.
///
/// # Errors
/// Certificates that cannot be used.
pub fn http(context: &Context, rules: &Rules, board: &Board) -> Result<Http, Failure> {
    let (words, printer) = (Words::new(context.words.language()), context.printer);
    let board = board.clone();
    let on_wait = move |host: &str, wait: Duration| {
        let host = escape::terminal_uncut(&Foreign::from(host));
        let wait = wait::span(&words, wait);
        let values = [("host", (&host).into()), ("wait", wait.as_str().into())];
        board.aside(|| printer.note(&words.say_with(key::CHECK_WAITING, &values)));
    };
    Http::new(rules, context.meter.stop_flag(), Box::new(on_wait))
        .map_err(|what| Failure::new(Exit::Usage, key::ERROR_CA_FILE).about(what))
}

/// One more certificate authority to trust, as the user set it.
///
/// # Errors
/// A file that cannot be read.
pub fn authority(context: &Context, typed: Option<&PathBuf>) -> Result<Option<Vec<u8>>, Failure> {
    let set = std::env::var_os("TRANSHUME_CA_FILE").filter(|path| !path.is_empty()).map(PathBuf::from);
    // What stands in the workspace is meant from there, wherever a call is made.
    let kept = || context.settings.ca_file.as_ref().map(|path| context.folder.path().join(path));
    let path = typed.cloned().or(set).or_else(kept);
    path.map(|path| std::fs::read(&path).map_err(|e| unreadable(&path, &e))).transpose()
}

/// The first line of a file that holds a secret.
///
/// # Errors
/// A file that cannot be read, or whose first line is longer than any secret.
pub fn first_line(path: &Path) -> Result<Zeroizing<String>, Failure> {
    let file = std::fs::File::open(path).map_err(|e| unreadable(path, &e))?;
    let mut line = Zeroizing::new(String::new());
    // With the end of the line, and room to see that there is more.
    std::io::BufReader::new(std::io::Read::take(file, LONGEST_TOKEN as u64 + 3))
        .read_line(&mut line)
        .map_err(|e| unreadable(path, &e))?;
    if line.trim_end_matches(['\r', '\n']).len() > LONGEST_TOKEN {
        return Err(Failure::new(Exit::Usage, key::ERROR_SECRET_TOO_LONG).about(path.display().to_string()));
    }
    Ok(line)
}

/// A secret that the environment holds under a name; none if there is nothing.
///
/// # Errors
/// It is longer than any secret.
pub fn set_secret(name: &str) -> Result<Option<Zeroizing<String>>, Failure> {
    let set = std::env::var(name).ok().map(Zeroizing::new).filter(|secret| !secret.is_empty());
    match set {
        Some(secret) if secret.trim_end_matches(['\r', '\n']).len() > LONGEST_TOKEN => {
            Err(Failure::new(Exit::Usage, key::ERROR_SECRET_TOO_LONG).about(name))
        }
        set => Ok(set),
    }
}

/// What proves who asks: a token from a file or the environment, the session in
/// the workspace, what a command tells, or whoever sits there.
fn proof(
    context: &Context,
    typed: &ServerArguments,
    dry_run: bool,
    session: Option<Session>,
) -> Result<Option<Proof>, Failure> {
    if let Some(token) = given_token(typed)? {
        return Ok(Some(Proof::Token(token)));
    }
    if let Some(session) = session {
        return Ok(Some(Proof::Session(Box::new(session))));
    }
    if let Some(command) = &context.settings.token_command {
        return Ok(Some(Proof::Command(command.clone())));
    }
    if dry_run {
        return Ok(None);
    }
    if !context.may_ask {
        return Err(no_token());
    }
    let typed = Zeroizing::new(prompt::secret(context, &context.words.say(key::CHECK_TOKEN_PROMPT))?);
    Token::parse(&typed).map(Proof::Token).map(Some).ok_or_else(no_token)
}

/// A token that was given for this time, in a file or the environment.
fn given_token(typed: &ServerArguments) -> Result<Option<Token>, Failure> {
    match &typed.token_file {
        Some(path) => token_in(path).map(Some),
        None => {
            let set = set_secret(ACCESS_TOKEN)?;
            set.map(|text| Token::parse(&text).ok_or_else(no_token)).transpose()
        }
    }
}

/// The access token that a file holds.
///
/// # Errors
/// A file that cannot be read, or holds something else.
pub fn token_in(path: &Path) -> Result<Token, Failure> {
    let none = || Failure::new(Exit::Usage, key::ERROR_TOKEN_FILE).about(path.display().to_string());
    Token::parse(&first_line(path)?).ok_or_else(none)
}

/// Makes sure that it is the account that was meant which answers.
///
/// # Errors
/// It is another one.
pub fn same_account(meant: &Mxid, answers: &Mxid) -> Result<(), Failure> {
    if meant.as_str().eq_ignore_ascii_case(answers.as_str()) {
        return Ok(());
    }
    let both = format!("{} ≠ {}", meant.as_str(), answers.as_str());
    Err(Failure::new(Exit::Refused, key::ERROR_OTHER_ACCOUNT).about(both))
}

fn no_token() -> Failure {
    Failure::new(Exit::Usage, key::ERROR_NO_TOKEN)
}

impl Proof {
    /// What goes along with requests. Whoever calls holds the workspace's lock:
    /// a session that is renewed meanwhile is written down.
    ///
    /// # Errors
    /// A command that tells nothing, or none where one is needed.
    fn pass<'a>(&self, context: &'a Context) -> Result<Pass<'a>, Failure> {
        Ok(match self {
            Proof::Token(token) => Pass::of_token(token.clone()),
            Proof::Command(command) => {
                Pass::of_token(Token::parse(&program::first_line(context, command)?).ok_or_else(no_token)?)
            }
            Proof::Session(session) => {
                let token = session_token(context, session)?;
                let keep =
                    |new: &Session| session::keep(&context.folder, new).map_err(|error| error.to_string());
                Pass::of_session((**session).clone(), token, Box::new(keep))
            }
        })
    }
}

/// A session's access token, wherever it is.
///
/// # Errors
/// A command that tells nothing, or none where one is needed.
pub fn session_token(context: &Context, session: &Session) -> Result<Token, Failure> {
    match (session.access(), &context.settings.token_command) {
        (Some(token), _) => Ok(token.clone()),
        (None, Some(command)) => Token::parse(&program::first_line(context, command)?).ok_or_else(no_token),
        (None, None) => {
            let gone = Failure::new(Exit::Usage, key::ERROR_TOKEN_COMMAND_GONE);
            Err(gone.about(session.user.as_str()))
        }
    }
}

/// Reads where a homeserver is.
///
/// # Errors
/// A text that cannot tell.
pub fn homeserver(text: &str) -> Result<Homeserver, Failure> {
    Homeserver::parse(text).map_err(|why| bad_url(why, text))
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
