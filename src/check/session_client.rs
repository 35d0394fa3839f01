//! A session as it lives: its token goes along with every request to the one
//! homeserver that it is for, is renewed when it expires, and is revoked in the
//! end.

use std::cell::RefCell;

use http::Request;
use http::header::{AUTHORIZATION, HeaderValue};
use matrix_sdk::SessionTokens;
use ruma::api::client::session::{logout, refresh_token};
use serde_json::Value;

use super::http_client::{Http, Reply};
use super::matrix_client::{Matrix, give_up, own, token_in};
use super::oauth_client;
use super::place::Base;
use super::ruma_client::{is_over, logged_out, read, request_to};
use super::session::{Proof, Session, Token};
use super::trouble::Trouble;

/// Writes a renewed session down, or tells why that cannot be done.
pub type Keep<'a> = Box<dyn Fn(&Session) -> Result<(), String> + 'a>;

/// Whether a rate limit is waited out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Patience {
    /// As long as is reasonable.
    Waits,
    /// Not at all.
    None,
}

/// What proves to the homeserver who asks.
pub struct Pass<'a> {
    token: RefCell<Token>,
    /// The session that the token is of, and what to do with it when it is
    /// renewed.
    session: Option<(RefCell<Session>, Keep<'a>)>,
}

impl<'a> Pass<'a> {
    /// A token alone, which nobody can renew.
    pub fn of_token(token: Token) -> Pass<'a> {
        Pass { token: RefCell::new(token), session: None }
    }

    /// A session with the token that is its own at the moment.
    pub fn of_session(session: Session, token: Token, keep: Keep<'a>) -> Pass<'a> {
        Pass { token: RefCell::new(token), session: Some((RefCell::new(session), keep)) }
    }

    /// The token that goes along now.
    pub(super) fn token(&self) -> Token {
        self.token.borrow().clone()
    }

    /// Sends a request that carries the token. One that has expired is renewed,
    /// the renewed one written down, and only then is it used.
    pub(super) async fn send(
        &self,
        http: &Http,
        mut request: Request<Vec<u8>>,
        patience: Patience,
    ) -> Result<Reply, Trouble> {
        if let Some((session, _)) = &self.session {
            http.keeps(&session.borrow());
        }
        let mut renewed = false;
        loop {
            let reply = match patience {
                Patience::Waits => http.send(&request).await?,
                Patience::None => http.send_without_waiting(&request).await?,
            };
            let Some((session, keep)) = &self.session else { return Ok(reply) };
            if !is_over(&reply) {
                // Whatever was said of it before, it is good.
                if reply.http.status().is_success() && session.borrow().ended {
                    session.borrow_mut().ended = false;
                    let _ = keep(&session.borrow());
                }
                return Ok(reply);
            }
            let old = session.borrow().clone();
            let new = match std::mem::replace(&mut renewed, true) {
                true => Err(Trouble::SessionEnded { host: reply.host.clone() }),
                false => renew(http, &old).await,
            };
            if let Err(Trouble::SessionEnded { .. }) = new {
                // Whoever asks later what the state is should be told; if that cannot be
                // written down, the next request tells.
                let _ = keep(&Session { ended: true, ..old });
            }
            let new = new?;
            if let Err(what) = keep(&new) {
                // The old tokens are worth nothing any more, and nobody would know of these.
                let ended = end(http, &new).await;
                return Err(Trouble::NotKept { what, ended });
            }
            let token = new.access().cloned().ok_or(Trouble::SessionEnded { host: reply.host })?;
            let header = HeaderValue::try_from(format!("Bearer {}", token.as_str()));
            let mut header = header.map_err(|_| Trouble::Nonsense { host: new.homeserver.label() })?;
            header.set_sensitive(true);
            request.headers_mut().insert(AUTHORIZATION, header);
            self.token.replace(token);
            session.replace(new);
        }
    }
}

/// Has a session's tokens renewed.
///
/// # Errors
/// [`Trouble::SessionEnded`] if that cannot be, [`Trouble::TokenRefused`] where a command
/// tells the token; no connection or no answer.
pub async fn renew(http: &Http, session: &Session) -> Result<Session, Trouble> {
    let host = session.homeserver.label();
    let (refresh, oauth) = match &session.proof {
        Proof::Own { refresh: Some(refresh), oauth, .. } => (refresh, oauth),
        // Signing in again would only ask the same command.
        Proof::Command => return Err(Trouble::TokenRefused { host }),
        Proof::Own { .. } | Proof::Given(_) => return Err(Trouble::SessionEnded { host }),
    };
    // Also when the user wants to stop: whoever walks away from the answer may be
    // left with tokens that are worth nothing any more.
    let proof = match oauth {
        Some(registration) => {
            let matrix = Matrix::at(http, session.homeserver.clone()).await?;
            oauth_client::renewed(&matrix, registration, refresh).await?
        }
        None => renewed(http, &session.homeserver, refresh).await?,
    };
    Ok(Session { proof, ended: false, ..session.clone() })
}

/// New tokens from the homeserver itself. Only its own word that the old ones
/// are worth nothing ends the session: others stand before it, and speak too.
async fn renewed(http: &Http, base: &Base, refresh: &Token) -> Result<Proof, Trouble> {
    let request = refresh_token::v3::Request::new(refresh.as_str().to_owned());
    let reply = http.send_to_the_end(&request_to(base, request, None)?).await?;
    let heard = if reply.http.status().is_success() { reply.json() } else { Value::Null };
    let nonsense = || Trouble::Nonsense { host: base.label() };
    let proof = read(reply).map_err(over).and_then(|answer: refresh_token::v3::Response| {
        // Who gives no new one lets the old one be used again.
        let refresh_token = answer.refresh_token.or_else(|| Some(refresh.as_str().to_owned()));
        let tokens = SessionTokens { access_token: answer.access_token, refresh_token };
        own(&tokens, None).ok_or_else(nonsense)
    });
    match (proof, token_in(&heard, "access_token")) {
        (Err(_), Some(access)) => Err(unread(base, give_up(http, base, &access).await)),
        (proof, _) => proof,
    }
}

/// What it means that new tokens cannot be read: the old ones may be worth nothing any more,
/// so the session was to be ended, which went well or did not.
pub(super) fn unread(base: &Base, ended: bool) -> Trouble {
    let host = base.label();
    if ended { Trouble::SessionEnded { host } } else { Trouble::RenewedUnread { host } }
}

/// A homeserver's word that a session cannot be renewed.
fn over(trouble: Trouble) -> Trouble {
    match trouble {
        Trouble::TokenRefused { host } => Trouble::SessionEnded { host },
        // As Synapse says it of a token that has expired.
        Trouble::Server { host, status: 403, code, .. } if code == "M_FORBIDDEN" => {
            Trouble::SessionEnded { host }
        }
        trouble => trouble,
    }
}

/// Ends a session that nobody will know of, also when the user wants to stop. Gives
/// whether that went well.
pub async fn end(http: &Http, session: &Session) -> bool {
    let Some(access) = session.access() else { return true };
    Box::pin(revoke(&http.heedless(), session, access, Box::new(|_| Ok(())))).await.is_ok()
}

/// Revokes a session. Gives whether there was anything left to revoke. What had
/// to be renewed for that is written down before it is used.
///
/// # Errors
/// No connection or no answer: the session may still be good.
pub async fn revoke(http: &Http, session: &Session, token: &Token, keep: Keep<'_>) -> Result<bool, Trouble> {
    http.keeps(session);
    if let Proof::Own { oauth: Some(registration), .. } = &session.proof {
        let matrix = Matrix::at(http, session.homeserver.clone()).await?;
        return oauth_client::revoke(&matrix, registration, &session.proof).await.map(|()| true);
    }
    let request = request_to(&session.homeserver, logout::v3::Request::new(), Some(token.as_str()))?;
    // Expired is not revoked: the session is there still.
    let pass = Pass::of_session(session.clone(), token.clone(), keep);
    match pass.send(http, request, Patience::Waits).await.and_then(logged_out) {
        Ok(()) => Ok(true),
        Err(Trouble::SessionEnded { .. }) => Ok(false),
        Err(trouble) => Err(trouble),
    }
}
