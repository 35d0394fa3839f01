//! `import --fetch URL`: address books on a server. What would leave is told
//! and asked first; a book that could not be had whole is not taken, so that
//! it never replaces one that was.

use std::time::Duration;

use url::Url;
use zeroize::Zeroizing;

use crate::check::carddav_client::{BATCH, BODY_CAP, CardDav, Login, NoBook};
use crate::check::http_client::Rules;
use crate::check::place::{Base, NotBase, masked};
use crate::check::trouble::Trouble;
use crate::model::Foreign;
use crate::read::addressbook::resources::Resources;
use crate::read::addresses::percent_decoded;
use crate::report::terminal;
use crate::words::{Value, escape, key};
use crate::workspace::inputs::Item;

use super::args::FetchArguments;
use super::context::Context;
use super::exit::Exit;
use super::failure::Failure;
use super::progress::{Board, Progress};
use super::prompt;
use super::{consent, servers};

/// Holds the password, where no file does.
const PASSWORD: &str = "TRANSHUME_CARDDAV_PASSWORD";

/// Everything that fetching needs to know.
pub struct Fetching {
    base: Base,
    user: Option<String>,
    /// None where nobody logs in, or where it is yet to be asked for.
    password: Option<Zeroizing<String>>,
    rules: Rules,
    yes: bool,
    /// Whether only to tell what would be sent.
    pub dry_run: bool,
}

/// What was fetched.
#[derive(Default)]
pub struct Fetched {
    /// The address books that were had whole.
    pub items: Vec<Item>,
    /// Why there are no more.
    pub failure: Option<Failure>,
}

impl Fetching {
    /// Works out how to fetch; none if nothing is to be fetched.
    ///
    /// # Errors
    /// A URL that cannot be used or holds a password, a user without a
    /// password, a file that cannot be read.
    pub fn resolve(context: &Context, typed: &FetchArguments) -> Result<Option<Fetching>, Failure> {
        let Some(text) = typed.fetch.as_deref().map(str::trim) else { return Ok(None) };
        let usage = |key, about: &str| Failure::new(Exit::Usage, key).about(masked(about));
        let text = if text.contains("://") { text.to_owned() } else { format!("https://{text}") };
        let bad = || usage(key::ERROR_FETCH_URL, &text);
        let mut url = Url::parse(&text).map_err(|_| bad())?;
        if url.password().is_some() {
            return Err(usage(key::ERROR_FETCH_PASSWORD_TYPED, &text));
        }
        let named = Some(percent_decoded(url.username())).filter(|name| !name.is_empty());
        let user = typed.user.clone().or(named).filter(|user| !user.is_empty());
        url.set_username("").map_err(|()| bad())?;
        let base = Base::parse(url.as_str()).map_err(|why| match why {
            NotBase::NotUrl => bad(),
            NotBase::Insecure => usage(key::ERROR_FETCH_INSECURE, &text),
        })?;
        if user.as_ref().is_some_and(|user| user.contains(':') || user.contains(char::is_control)) {
            return Err(bad());
        }
        let password = match &typed.password_file {
            Some(path) => Some(servers::first_line(path)?),
            None => servers::set_secret(PASSWORD)?,
        };
        let password = password.map(|line| Zeroizing::new(line.trim_end_matches(['\r', '\n']).to_owned()));
        let password = password.filter(|password| !password.is_empty() && user.is_some());
        if user.is_some() && password.is_none() && !context.may_ask && !typed.dry_run {
            return Err(Failure::new(Exit::Usage, key::ERROR_FETCH_NO_PASSWORD));
        }
        let rules = Rules {
            authority: servers::authority(context, typed.ca_file.as_ref())?,
            // Nothing is asked but the server that the user named, wherever it lies.
            allow_private: false,
            timeout: Duration::from_secs(typed.timeout),
        };
        Ok(Some(Fetching { base, user, password, rules, yes: typed.yes, dry_run: typed.dry_run }))
    }

    /// What is about to leave, in sentences.
    fn disclosure(&self, context: &Context) -> String {
        let words = &context.words;
        let host = escape::terminal_uncut(&self.base.shown());
        let mut lines = vec![words.say_with(key::FETCH_ABOUT, &[("host", Value::Shown(&host))])];
        lines.push(match &self.user {
            Some(user) => {
                let user = escape::terminal(&Foreign::from(user.as_str()));
                words.say_with(key::FETCH_LEAVES, &[("user", Value::Shown(&user))])
            }
            None => words.say(key::FETCH_LEAVES_NOTHING),
        });
        lines.push(words.say(key::FETCH_COMES));
        terminal::paragraphs(&lines, context.printer.style()).trim_end().to_owned()
    }

    /// Tells what would leave, and opens no socket.
    ///
    /// # Errors
    /// Whatever stdout says.
    pub fn would_fetch(&self, context: &Context) -> Result<(), Failure> {
        let text = format!("{}\n{}", self.disclosure(context), context.words.say(key::CHECK_DRY_RUN));
        context.printer.would(&text)?;
        Ok(())
    }

    /// Tells, asks, and fetches.
    pub fn fetch(&self, context: &Context) -> Fetched {
        let mut fetched = Fetched::default();
        fetched.failure = self.fetch_into(context, &mut fetched.items).err();
        fetched
    }

    fn fetch_into(&self, context: &Context, items: &mut Vec<Item>) -> Result<(), Failure> {
        context.printer.complain(&self.disclosure(context));
        consent::may_leave(context, self.yes)?;
        let login = self.login(context)?;
        let board = Board::default();
        let http = servers::http(context, &self.rules, &board)?.with_body_cap(BODY_CAP);
        let server = CardDav::new(&http, &self.base, login);
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        runtime.block_on(async {
            for book in server.find().await? {
                items.push(self.whole(context, &server, &book, &board).await?);
            }
            Ok(())
        })
    }

    /// Fetches a whole address book.
    async fn whole(
        &self,
        context: &Context,
        server: &CardDav<'_>,
        book: &Url,
        board: &Board,
    ) -> Result<Item, Failure> {
        let cards = server.list(book).await?;
        let host = escape::terminal_uncut(&self.base.shown());
        let message = context.words.say_with(key::PROGRESS_FETCHING, &[("host", (&host).into())]);
        let progress = Progress::count(cards.len(), message, &context.printer, board);
        let mut resources = Resources::default();
        for batch in cards.chunks(BATCH) {
            for delivered in server.fetch(book, batch).await? {
                match delivered.card {
                    Ok(bytes) => resources.add(delivered.url.as_str(), &bytes)?,
                    // Deleted since it was listed.
                    Err(Some(404 | 410)) => {}
                    Err(said) => {
                        resources.missing(delivered.url.as_str(), said.map(|status| status.to_string()));
                    }
                }
            }
            progress.advance(batch.len());
        }
        let (reading, hash) = resources.finish();
        Ok(Item::fetched(book.as_str().to_owned(), reading, hash))
    }

    fn login(&self, context: &Context) -> Result<Option<Login>, Failure> {
        let Some(user) = &self.user else { return Ok(None) };
        let none = || Failure::new(Exit::Usage, key::ERROR_FETCH_NO_PASSWORD);
        let password = match &self.password {
            Some(password) => password.clone(),
            None => {
                let user = escape::terminal(&Foreign::from(user.as_str()));
                let question = [("user", Value::Shown(&user))];
                let question = context.words.say_with(key::FETCH_PASSWORD_PROMPT, &question);
                Zeroizing::new(prompt::secret(context, &question)?)
            }
        };
        if password.is_empty() {
            return Err(none());
        }
        Login::new(user, &password).map(Some).ok_or_else(none)
    }
}

impl From<NoBook> for Failure {
    fn from(error: NoBook) -> Self {
        let network = |key, host: String| Failure::new(Exit::Network, key).about(host);
        match error {
            NoBook::Trouble(Trouble::Redirect { host, to }) => {
                network(key::ERROR_FETCH_REDIRECT, format!("{host} → {}", masked(&to)))
            }
            NoBook::Trouble(Trouble::Stopped) => Failure::new(Exit::Interrupted, key::ERROR_INTERRUPTED),
            NoBook::Trouble(trouble) => trouble.into(),
            NoBook::Refused { host } => network(key::ERROR_FETCH_REFUSED, host),
            NoBook::None { host } => network(key::ERROR_FETCH_NO_BOOK, host),
            NoBook::TooMany { host } => network(key::ERROR_TOO_LARGE, host),
        }
    }
}
