//! A session as it lives: its token goes along with every request to the one
//! homeserver that it is for, is renewed when it expires, and is revoked in the
//! end.

use std::cell::RefCell;

use http::Request;
use http::header::{AUTHORIZATION, CONTENT_TYPE, HeaderValue};
use matrix_sdk::authentication::oauth::{ClientId, OAuthSession, UserSession};
use matrix_sdk::store::RoomLoadSettings;
use matrix_sdk::{RefreshTokenError, SessionMeta, SessionTokens};
use ruma::api::client::discovery::get_authorization_server_metadata::v1::AuthorizationServerMetadata;
use ruma::api::client::session::{logout, refresh_token};
use ruma::{DeviceId, OwnedDeviceId, UserId};
use url::form_urlencoded;

use super::homeserver_client::{good, is_over, read, request_to};
use super::http_client::{Http, Reply};
use super::matrix_client::{Matrix, own};
use super::matrix_trouble::{oauth_trouble, sdk_trouble};
use super::session::{Proof, Registration, Session, Token};
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
        let mut renewed = false;
        loop {
            let reply = match patience {
                Patience::Waits => http.send(&request).await?,
                Patience::None => http.send_without_waiting(&request).await?,
            };
            let Some((session, keep)) = self.session.as_ref().filter(|_| is_over(&reply)) else {
                return Ok(reply);
            };
            if std::mem::replace(&mut renewed, true) {
                return Err(Trouble::SessionEnded { host: reply.host });
            }
            let old = session.borrow().clone();
            let new = renew(http, &old).await?;
            keep(&new).map_err(|what| Trouble::NotKept { what })?;
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
/// [`Trouble::SessionEnded`] if that cannot be; no connection or no answer.
pub async fn renew(http: &Http, session: &Session) -> Result<Session, Trouble> {
    let host = session.homeserver.label();
    let Proof::Own { refresh: Some(refresh), oauth, .. } = &session.proof else {
        return Err(Trouble::SessionEnded { host });
    };
    // Also when the user wants to stop: whoever walks away from the answer may be
    // left with tokens that are worth nothing any more.
    let tokens = match oauth {
        Some(registration) => tokens_of_issuer(http, session, registration).await?,
        None => tokens_of_homeserver(http, session, refresh).await?,
    };
    let proof = own(&tokens, oauth.clone()).ok_or(Trouble::Nonsense { host })?;
    Ok(Session { proof, ..session.clone() })
}

/// New tokens from the homeserver itself. Only its own word that the old ones
/// are worth nothing ends the session: others stand before it, and speak too.
async fn tokens_of_homeserver(
    http: &Http,
    session: &Session,
    refresh: &Token,
) -> Result<SessionTokens, Trouble> {
    let request = refresh_token::v3::Request::new(refresh.as_str().to_owned());
    let reply = http.send_to_the_end(&request_to(&session.homeserver, request, None)?).await?;
    let answer: refresh_token::v3::Response = read(reply).map_err(|trouble| match trouble {
        Trouble::TokenRefused { host } => Trouble::SessionEnded { host },
        // As Synapse says it of a token that has expired.
        Trouble::Server { host, status: 403, code, .. } if code == "M_FORBIDDEN" => {
            Trouble::SessionEnded { host }
        }
        trouble => trouble,
    })?;
    // Who gives no new one lets the old one be used again.
    let refresh = answer.refresh_token.unwrap_or_else(|| refresh.as_str().to_owned());
    Ok(SessionTokens { access_token: answer.access_token, refresh_token: Some(refresh) })
}

/// New tokens from the authorization server.
async fn tokens_of_issuer(
    http: &Http,
    session: &Session,
    registration: &Registration,
) -> Result<SessionTokens, Trouble> {
    let matrix = Matrix::at(http, session.homeserver.clone()).await?;
    issuer(&matrix, registration).await?;
    restore(&matrix, session, registration).await?;
    let host = matrix.host();
    matrix.client().oauth().refresh_access_token().await.map_err(|error| match error {
        RefreshTokenError::OAuth(error) => oauth_trouble(&host, &error),
        _ => Trouble::SessionEnded { host: host.clone() },
    })?;
    matrix.client().session_tokens().ok_or(Trouble::SessionEnded { host })
}

/// Revokes a session. Gives whether there was anything left to revoke. What had
/// to be renewed for that is written down before it is used.
///
/// # Errors
/// No connection or no answer: the session may still be good.
pub async fn revoke(http: &Http, session: &Session, token: &Token, keep: Keep<'_>) -> Result<bool, Trouble> {
    if let Proof::Own { refresh, oauth: Some(registration), .. } = &session.proof {
        let matrix = Matrix::at(http, session.homeserver.clone()).await?;
        let metadata = issuer(&matrix, registration).await?;
        // The SDK would revoke the access token alone, which may have expired; a
        // refresh token that stays behind would be good for new ones.
        let tokens =
            refresh.iter().map(|refresh| ("refresh_token", refresh)).chain([("access_token", token)]);
        for (kind, token) in tokens {
            revoke_one(http, &metadata, registration, kind, token).await?;
        }
        return Ok(true);
    }
    let request = request_to(&session.homeserver, logout::v3::Request::new(), Some(token.as_str()))?;
    // Expired is not revoked: the session is there still.
    let pass = Pass::of_session(session.clone(), token.clone(), keep);
    match pass.send(http, request, Patience::Waits).await.and_then(good) {
        Ok(_) => Ok(true),
        Err(Trouble::SessionEnded { .. }) => Ok(false),
        Err(trouble) => Err(trouble),
    }
}

/// Has an authorization server revoke one token (RFC 7009).
async fn revoke_one(
    http: &Http,
    metadata: &AuthorizationServerMetadata,
    registration: &Registration,
    kind: &str,
    token: &Token,
) -> Result<(), Trouble> {
    let place = &metadata.revocation_endpoint;
    let form: String = form_urlencoded::Serializer::new(String::new())
        .append_pair("token", token.as_str())
        .append_pair("token_type_hint", kind)
        .append_pair("client_id", &registration.client_id)
        .finish();
    let request = Request::post(place.as_str())
        .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
        .body(form.into_bytes())
        .map_err(|_| Trouble::BadUrl { url: place.to_string() })?;
    good(http.send(&request).await?).map(|_| ())
}

/// The authorization server that a session is of. It must be the one that it
/// was: tokens of one are not for another.
async fn issuer(
    matrix: &Matrix<'_>,
    registration: &Registration,
) -> Result<AuthorizationServerMetadata, Trouble> {
    let now = matrix.authorization_server().await?;
    now.filter(|metadata| metadata.issuer.as_str() == registration.issuer)
        .ok_or_else(|| Trouble::SessionEnded { host: matrix.host() })
}

/// Has the SDK take up a session.
async fn restore(matrix: &Matrix<'_>, session: &Session, registration: &Registration) -> Result<(), Trouble> {
    let host = matrix.host();
    let user_id = <&UserId>::try_from(session.user.as_str())
        .map_err(|_| Trouble::Nonsense { host: host.clone() })?
        .to_owned();
    // It may not be known; nothing depends on it.
    let device_id: OwnedDeviceId = session.device.as_deref().map_or_else(DeviceId::new, Into::into);
    let meta = SessionMeta { user_id, device_id };
    let access_token = session.access().map(|token| token.as_str().to_owned()).unwrap_or_default();
    let refresh_token = match &session.proof {
        Proof::Own { refresh, .. } => refresh.as_ref().map(|token| token.as_str().to_owned()),
        Proof::Given(_) | Proof::Command => None,
    };
    let tokens = SessionTokens { access_token, refresh_token };
    let client_id = ClientId::new(registration.client_id.clone());
    let session = OAuthSession { client_id, user: UserSession { meta, tokens } };
    let restored = matrix.client().oauth().restore_session(session, RoomLoadSettings::default()).await;
    restored.map_err(|error| sdk_trouble(&host, &error))
}
