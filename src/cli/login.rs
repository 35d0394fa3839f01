//! `transhume login`: signs in at the user's homeserver, by whichever way it
//! offers, and keeps the session where only the user can read it. A session
//! that stood in its place is ended, so that none is left behind unseen.

mod given;
pub mod signal;

use std::time::Duration;

use url::Url;

use crate::check::discovery_client::locate;
use crate::check::http_client::Http;
use crate::check::loopback_client::{Door, Expected};
use crate::check::matrix_client::{Matrix, Ways};
use crate::check::oauth_client;
use crate::check::place::{Base, Homeserver};
use crate::check::session::{Proof, Session};
use crate::check::session_client::{end, revoke};
use crate::check::trouble::Trouble;
use crate::model::Foreign;
use crate::model::identity::Mxid;
use crate::report::session::{LoginView, ReplacedView};
use crate::words::{Key, escape, key};
use crate::workspace::{WorkspaceError, lock, session};

use super::args::{LoginArguments, WayArgument};
use super::ask::proxies::announced;
use super::browser;
use super::context::Context;
use super::exit::Exit;
use super::failure::Failure;
use super::learn::say_problems;
use super::progress::Board;
use super::prompt;
use super::servers;

/// Everything that signing in needs to know.
struct Login<'a> {
    context: &'a Context,
    typed: &'a LoginArguments,
    homeserver: Homeserver,
    /// The account, as far as the user said which.
    user: Option<String>,
}

/// Signs in at a homeserver.
///
/// # Errors
/// A call that says too little, a locked workspace; the server does not let the
/// user in, or does not answer.
pub fn matrix(context: &Context, typed: &LoginArguments) -> Result<Exit, Failure> {
    let login = Login::resolve(context, typed)?;
    let rules = servers::rules(context, &typed.speaking)?;
    context.folder.create()?;
    let _lock = lock::take(&context.folder)?;
    let before = match session::load(&context.folder) {
        Err(WorkspaceError::Session(_)) => {
            context.printer.insist(&context.words.say(key::SESSION_UNREAD));
            None
        }
        before => before?,
    };
    say_problems(context, &announced(context));
    let http = servers::http(context, &rules, &Board::default())?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let outcome = runtime.block_on(async {
        let (new, way) = login.sign_in(&http).await?;
        let kept = login.may_be_kept(&new).and_then(|()| Ok(session::keep(&context.folder, &new)?));
        if let Err(failure) = kept {
            login.take_back(&http, &new).await;
            return Err(failure);
        }
        let replaced = match before.filter(|old| old.proof != new.proof) {
            Some(old) => Some(login.end(&http, &old, &new).await),
            None => None,
        };
        login.tell(&new, way, replaced)
    });
    // Also at a question that other commands ask after they have learnt much.
    outcome.map_err(|failure: Failure| match failure.exit {
        _ if context.meter.stopped() => Failure::new(Exit::Interrupted, key::ERROR_INTERRUPTED),
        Exit::Interrupted => Failure::new(Exit::Interrupted, key::ERROR_INTERRUPTED),
        _ => failure,
    })
}

impl<'a> Login<'a> {
    fn resolve(context: &'a Context, typed: &'a LoginArguments) -> Result<Login<'a>, Failure> {
        let set = || std::env::var("TRANSHUME_HOMESERVER").ok().filter(|value| !value.is_empty());
        let settings = &context.settings;
        let named = typed.homeserver.clone().or_else(|| typed.account.clone()).or_else(set);
        let named = named.or_else(|| settings.homeserver.clone()).or_else(|| settings.reach.matrix.clone());
        let named = match named {
            Some(named) => named,
            None if context.may_ask => prompt::line(context, &context.words.say(key::LOGIN_WHERE_PROMPT))?,
            None => String::new(),
        };
        if named.is_empty() {
            return Err(Failure::new(Exit::Usage, key::ERROR_LOGIN_NO_HOMESERVER));
        }
        let homeserver = servers::homeserver(&named)?;
        let said = [typed.account.as_deref(), typed.homeserver.as_deref(), Some(&named)];
        let mxid = said.into_iter().flatten().find(|text| Mxid::parse(text.trim()).is_some());
        // With a homeserver beside it, whatever was typed first is a name there.
        let name = typed.account.clone().filter(|_| typed.homeserver.is_some());
        let user = typed.user.clone().or_else(|| mxid.map(|mxid| mxid.trim().to_owned())).or(name);
        Ok(Login { context, typed, homeserver, user })
    }

    /// Finds the homeserver, chooses a way, and goes it.
    async fn sign_in(&self, http: &Http) -> Result<(Session, &'static str), Failure> {
        let base = match &self.homeserver {
            Homeserver::Name(name) => locate(http, name).await?.homeserver,
            Homeserver::At(base) => {
                http.trust(base);
                base.clone()
            }
        };
        let matrix = Matrix::at(http, base.clone()).await?;
        let failed = |trouble| self.failed(trouble);
        Ok(match self.way(&matrix, &base).await? {
            WayArgument::Password => {
                let user = self.user()?;
                let password = self.password(&user)?;
                self.note(key::LOGIN_LEAVES_PASSWORD, &base);
                (matrix.by_password(&user, &password).await.map_err(failed)?, "password")
            }
            WayArgument::Token => {
                let (token, fixed) = self.token()?;
                self.note(key::LOGIN_LEAVES_TOKEN, &base);
                (matrix.by_token(token, fixed).await?, "token")
            }
            WayArgument::Sso => {
                let door = Door::open().await?;
                let url = matrix.sso_url(&door.secret_url())?;
                let came_to = self.visit(http, door, &url, Expected::Path).await?;
                (matrix.by_sso(&came_to).await.map_err(failed)?, "sso")
            }
            WayArgument::Oauth => {
                let door = Door::open().await?;
                let user = self.user.as_deref().and_then(Mxid::parse);
                let begun = oauth_client::begin(&matrix, &door.plain_url(), user.as_ref()).await?;
                let state = Expected::State(begun.state.clone());
                let came_to = self.visit(http, door, &begun.url, state).await?;
                (oauth_client::finish(matrix, begun, &came_to).await.map_err(failed)?, "oauth")
            }
        })
    }

    /// The way in: the one that was typed, the one for which something was given,
    /// else whatever the server offers.
    async fn way(&self, matrix: &Matrix<'_>, base: &Base) -> Result<WayArgument, Failure> {
        let (context, typed) = (self.context, self.typed);
        let wanted = match typed.with {
            Some(way) => Some(way),
            None if typed.token_file.is_some() => Some(WayArgument::Token),
            None if self.has_password() => Some(WayArgument::Password),
            None if context.settings.token_command.is_some() => Some(WayArgument::Token),
            None => None,
        };
        if wanted == Some(WayArgument::Token) {
            return Ok(WayArgument::Token);
        }
        let also_oauth = wanted.is_none_or(|way| way == WayArgument::Oauth);
        let ways = matrix.ways(also_oauth).await?;
        let network = |key| Err(Failure::new(Exit::Network, key).about(base.label()));
        let offered = |way| match way {
            WayArgument::Password => ways.password,
            WayArgument::Sso => ways.sso,
            WayArgument::Oauth => ways.oauth,
            WayArgument::Token => true,
        };
        let needs_person = || Failure::new(Exit::Usage, key::ERROR_LOGIN_NEEDS_PERSON).about(base.label());
        match wanted {
            Some(WayArgument::Sso | WayArgument::Oauth) if context.no_input => Err(needs_person()),
            Some(way) if offered(way) => Ok(way),
            Some(_) => network(key::ERROR_LOGIN_NOT_OFFERED),
            None if context.no_input && (ways.sso || ways.oauth) && !ways.password => Err(needs_person()),
            None if context.no_input && ways.password => {
                Err(Failure::new(Exit::Usage, key::ERROR_LOGIN_NO_PASSWORD))
            }
            None if ways.oauth => Ok(WayArgument::Oauth),
            None if ways.password && context.may_ask => {
                if ways.sso {
                    context.printer.note(&context.words.say(key::LOGIN_SSO_TOO));
                }
                Ok(WayArgument::Password)
            }
            None if ways.sso => Ok(WayArgument::Sso),
            None if ways == Ways::default() => network(key::ERROR_LOGIN_NO_WAY),
            None => Err(Failure::new(Exit::Usage, key::ERROR_LOGIN_NO_PASSWORD)),
        }
    }

    /// Sends the user's browser somewhere, and waits until it comes back.
    async fn visit(&self, http: &Http, door: Door, url: &Url, expected: Expected) -> Result<Url, Failure> {
        let words = &self.context.words;
        let shown = escape::terminal_uncut(&Foreign::from(url.as_str()));
        self.context.printer.insist(&format!("{}\n{shown}", words.say(key::LOGIN_BROWSER)));
        if !self.typed.no_browser {
            browser::open(url);
        }
        let wait = Duration::from_secs(self.typed.wait);
        let sentences = [words.say(key::LOGIN_COME_BACK), words.say(key::LOGIN_COME_BACK_WITHOUT)];
        door.wait(http, expected, sentences.each_ref().map(String::as_str), wait).await.map_err(Failure::from)
    }

    /// Whether a session that was just opened is one that the user wants.
    fn may_be_kept(&self, new: &Session) -> Result<(), Failure> {
        if self.context.meter.stopped() {
            return Err(Failure::new(Exit::Interrupted, key::ERROR_INTERRUPTED));
        }
        let meant = self.user.as_deref().and_then(|user| Mxid::parse(user.trim()));
        meant.map_or(Ok(()), |meant| servers::same_account(&meant, &new.user))
    }

    /// Tells of a session that was left at the server, before why it came to nothing.
    fn failed(&self, trouble: Trouble) -> Failure {
        if let Trouble::Left { host, .. } = &trouble {
            let host = escape::terminal_uncut(&Foreign::from(host.as_str()));
            let said = self.context.words.say_with(key::LOGIN_LEFT_UNREAD, &[("host", (&host).into())]);
            self.context.printer.insist(&said);
        }
        trouble.into()
    }

    /// Ends a session that is not kept, also when the user wants to stop: nobody
    /// would know of it, and it would stay for ever.
    async fn take_back(&self, http: &Http, new: &Session) {
        if matches!(new.proof, Proof::Own { .. }) && !end(http, new).await {
            let user = escape::terminal(&Foreign::from(new.user.as_str()));
            let host = escape::terminal_uncut(&new.homeserver.shown());
            let values = [("user", (&user).into()), ("host", (&host).into())];
            self.context.printer.insist(&self.context.words.say_with(key::LOGIN_LEFT, &values));
        }
    }

    /// Ends the session that was there before. Whatever comes of it, the new one
    /// is good.
    async fn end(&self, http: &Http, old: &Session, new: &Session) -> ReplacedView {
        let (context, words) = (self.context, &self.context.words);
        let device = |session: &Session| (session.homeserver.clone(), session.device.clone());
        let say = |key| {
            let user = escape::terminal(&Foreign::from(old.user.as_str()));
            let host = escape::terminal_uncut(&old.homeserver.shown());
            let values = [("user", (&user).into()), ("host", (&host).into())];
            context.printer.note(&words.say_with(key, &values));
        };
        let revoked = match &old.proof {
            // Somebody else uses that token as well, or it is the same session.
            Proof::Given(_) | Proof::Command => {
                say(key::LOGIN_OLD_GIVEN);
                false
            }
            Proof::Own { .. } if old.device.is_some() && device(old) == device(new) => false,
            Proof::Own { access, .. } => {
                if old.named {
                    http.trust(&old.homeserver);
                }
                // The new one stands in its file already.
                let outcome = revoke(http, old, access, Box::new(|_| Ok(()))).await;
                let ended = outcome.is_ok();
                if let Err(trouble) = outcome {
                    context.printer.note(&Failure::from(trouble).text(words).0);
                }
                say(if ended { key::LOGIN_OLD_ENDED } else { key::LOGIN_OLD_LEFT });
                ended
            }
        };
        ReplacedView::new(old, revoked)
    }

    fn note(&self, key: Key, base: &Base) {
        let host = escape::terminal_uncut(&base.shown());
        self.context.printer.note(&self.context.words.say_with(key, &[("host", (&host).into())]));
    }

    /// Tells who is signed in now.
    fn tell(
        &self,
        session: &Session,
        way: &'static str,
        replaced: Option<ReplacedView>,
    ) -> Result<Exit, Failure> {
        let (context, words) = (self.context, &self.context.words);
        if context.printer.json {
            context.printer.json(&LoginView::new(session, way, replaced))?;
            return Ok(Exit::Done);
        }
        let user = escape::terminal_uncut(&Foreign::from(session.user.as_str()));
        let host = escape::terminal_uncut(&session.homeserver.shown());
        let values = [("user", (&user).into()), ("host", (&host).into())];
        context.printer.data(&words.say_with(key::LOGIN_DONE, &values))?;
        context.printer.note(&words.say(match session.proof {
            Proof::Own { .. } => key::LOGIN_KEPT,
            Proof::Given(_) => key::LOGIN_KEPT_GIVEN,
            Proof::Command => key::LOGIN_KEPT_COMMAND,
        }));
        // Whatever is typed next has to trust it as well.
        if let Some(path) =
            self.typed.speaking.ca_file.as_ref().filter(|_| context.settings.ca_file.is_none())
        {
            let path = std::path::absolute(path).unwrap_or_else(|_| path.clone());
            let path = escape::terminal_uncut(&Foreign::from(path.to_string_lossy().as_ref()));
            context.printer.note(&words.say_with(key::LOGIN_CA_FILE, &[("path", (&path).into())]));
        }
        Ok(Exit::Done)
    }
}
