//! Calling at the user's servers: where they are, who the user is there, and an
//! identity server's terms.

use crate::check::discovery_client::{WellKnown, locate, well_known};
use crate::check::homeserver_client::Account;
use crate::check::http_client::Http;
use crate::check::identity_client::{IdentityServer, Policy};
use crate::check::place::{Base, Homeserver};
use crate::check::session_client::Pass;
use crate::check::trouble::{Trouble, cut};
use crate::model::identity::Mxid;
use crate::words::key;

use super::super::consent;
use super::super::context::Context;
use super::super::exit::Exit;
use super::super::failure::Failure;
use super::super::progress::Board;
use super::super::servers::{self, Proof, Servers};

/// Terms may change while we ask, but not all the time.
const SIGNATURES: usize = 3;

/// The documents that were accepted in a run, each time that some had to be.
pub type Signed = Vec<Vec<Policy>>;

/// Where the two servers are.
pub struct Places {
    pub homeserver: Base,
    /// The identity server; none if nobody named one.
    pub identity: Option<Base>,
    /// Why it is not known whether anybody named one.
    pub trouble: Option<Trouble>,
}

impl Places {
    /// Where the homeserver is, and what became of the search for the other one.
    fn new(homeserver: Base, found: Result<Option<Base>, Trouble>) -> Places {
        match found {
            Ok(identity) => Places { homeserver, identity, trouble: None },
            Err(trouble) => Places { homeserver, identity: None, trouble: Some(trouble) },
        }
    }
}

/// Whoever calls.
pub struct Caller<'a> {
    /// The call.
    pub context: &'a Context,
    /// What the user said of the servers.
    pub servers: &'a Servers,
    /// The client for all of them.
    pub http: &'a Http,
    /// What proves to the homeserver who asks.
    pub pass: &'a Pass<'a>,
    /// What is drawn on the terminal.
    pub board: Board,
}

/// Has somebody call, with whatever the user signed in with.
///
/// # Errors
/// Certificates that cannot be read, no token, and whatever the call says.
pub fn call<T>(
    context: &Context,
    servers: &Servers,
    hold: impl AsyncFnOnce(Caller<'_>) -> Result<T, Failure>,
) -> Result<T, Failure> {
    let board = Board::default();
    let http = servers::http(context, &servers.rules, &board)?;
    let pass = servers.pass(context)?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(hold(Caller { context, servers, http: &http, pass: &pass, board }))
}

impl Caller<'_> {
    /// Who the token is of. That of a session has to be its own account's: a
    /// command can tell another one from one day to the next.
    pub async fn me(&self, account: &Account<'_>) -> Result<Mxid, Failure> {
        let me = account.whoami().await?;
        if let Some(Proof::Session(session)) = &self.servers.proof {
            servers::same_account(&session.user, &me)?;
        }
        Ok(me)
    }

    /// A session is for the server that it is of, and for no other.
    fn is_mine(&self, homeserver: &Base) -> Result<(), Failure> {
        match &self.servers.proof {
            Some(Proof::Session(session)) if session.homeserver != *homeserver => {
                let places = format!("{} ≠ {}", session.homeserver.as_str(), homeserver.as_str());
                Err(Failure::new(Exit::Usage, key::ERROR_SESSION_ELSEWHERE).about(places))
            }
            _ => Ok(()),
        }
    }

    /// Finds the homeserver, and the identity server where one is wanted. Nothing about anybody
    /// leaves for that; the token goes to the homeserver that the user named.
    pub async fn places(&self, wants_identity: bool) -> Result<Places, Failure> {
        let no_homeserver = || Failure::new(Exit::Usage, key::ERROR_NO_HOMESERVER);
        if let Some(named) = &self.servers.identity_server {
            self.http.trust(named);
        }
        let named = self.servers.identity_server.clone();
        let usable = |text: &str| Base::parse(text).map_err(|_| Trouble::BadUrl { url: cut(text) });
        match self.servers.homeserver.as_ref().ok_or_else(no_homeserver)? {
            Homeserver::Name(name) => {
                let located = locate(self.http, name).await?;
                self.is_mine(&located.homeserver)?;
                let identity = located.identity_server.as_deref().map(usable);
                Ok(Places::new(located.homeserver, named.map(Ok).or(identity).transpose()))
            }
            Homeserver::At(base) => {
                self.is_mine(base)?;
                if self.is_named(base) {
                    self.http.trust(base);
                }
                let homeserver = base.clone();
                if named.is_some() || !wants_identity {
                    return Ok(Places::new(homeserver, Ok(named)));
                }
                let mut says = well_known(self.http, base).await;
                if !says.as_ref().is_ok_and(|says| says.identity_server.is_some()) {
                    // Behind a delegation only the domain itself tells, and only
                    // the homeserver knows which one that is.
                    let me = self.me(&Account::new(self.http, homeserver.clone(), self.pass)).await?;
                    if let Ok(domain) = Base::of_name(me.server()) {
                        says = match well_known(self.http, &domain).await {
                            // Many a domain has no web server.
                            Err(Trouble::Unreachable { .. } | Trouble::NoSuchName { .. }) => {
                                says.and(Ok(WellKnown::default()))
                            }
                            says => says,
                        };
                    }
                }
                let named = |says: WellKnown| says.identity_server.as_deref().map(usable).transpose();
                let identity = says.and_then(named);
                if let Err(Trouble::Stopped) = identity {
                    return Err(Trouble::Stopped.into());
                }
                Ok(Places::new(homeserver, identity))
            }
        }
    }

    /// Whether the user named a place, and not only a domain that they trusted once.
    fn is_named(&self, homeserver: &Base) -> bool {
        match &self.servers.proof {
            Some(Proof::Session(session)) if self.servers.by_session => {
                session.named || session.homeserver != *homeserver
            }
            _ => true,
        }
    }

    /// Where the trouble is that terms have to be accepted: has the user accept
    /// them. Any other trouble stays one, and so does this from a server that is not
    /// content with what was accepted; `signed` is that, each time.
    ///
    /// # Errors
    /// The trouble itself; the user does not accept the terms.
    pub async fn sign(
        &self,
        signed: &mut Signed,
        server: &mut IdentityServer<'_>,
        host: &Base,
        trouble: Trouble,
    ) -> Result<(), Failure> {
        if !matches!(trouble, Trouble::TermsNotSigned { .. }) || signed.len() >= SIGNATURES {
            return Err(trouble.into());
        }
        let terms = server.terms(self.context.words.language().id()).await?;
        if terms.iter().all(|policy| signed.iter().flatten().any(|old| old.url == policy.url)) {
            return Err(trouble.into());
        }
        // What is shown and typed does not stand on the line of the bar.
        self.board.aside(|| consent::accept_terms(self.context, self.servers.accept_terms, host, &terms))?;
        server.accept(&terms).await?;
        signed.push(terms);
        Ok(())
    }
}
