//! A session as it lives: its token goes along with every request to the one
//! homeserver that it is for, is renewed when it expires, and is revoked in the
//! end.

use std::cell::RefCell;

use http::Request;
use http::header::{AUTHORIZATION, CONTENT_TYPE, HeaderValue};
use matrix_sdk::authentication::matrix::MatrixSession;
use matrix_sdk::authentication::oauth::{ClientId, OAuthSession, UserSession};
use matrix_sdk::store::RoomLoadSettings;
use matrix_sdk::{RefreshTokenError, SessionMeta, SessionTokens};
use ruma::api::client::discovery::get_authorization_server_metadata::v1::AuthorizationServerMetadata;
use ruma::{DeviceId, OwnedDeviceId, UserId};
use url::form_urlencoded;

use super::homeserver_client::good;
use super::http_client::{Http, Reply};
use super::matrix_client::{Matrix, own};
use super::matrix_trouble::{oauth_trouble, sdk_trouble, trouble};
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
            let Some((session, keep)) = self.session.as_ref().filter(|_| reply.http.status() == 401) else {
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
    let ended = || Trouble::SessionEnded { host: host.clone() };
    let Proof::Own { refresh: Some(_), oauth, .. } = &session.proof else { return Err(ended()) };
    let matrix = Matrix::at(http, session.homeserver.clone()).await?;
    if let Some(registration) = oauth {
        issuer(&matrix, registration).await?;
    }
    restore(&matrix, session).await?;
    let client = matrix.client();
    // Also when the user wants to stop: whoever walks away from the answer may be
    // left with tokens that are worth nothing any more.
    let renewed = match oauth {
        Some(_) => client.oauth().refresh_access_token().await,
        None => client.matrix_auth().refresh_access_token().await,
    };
    renewed.map_err(|error| match error {
        RefreshTokenError::MatrixAuth(error) => match trouble(&host, &error) {
            Trouble::TokenRefused { host } | Trouble::Server { host, status: 400 | 403 | 404, .. } => {
                Trouble::SessionEnded { host }
            }
            trouble => trouble,
        },
        RefreshTokenError::OAuth(error) => oauth_trouble(&host, &error),
        RefreshTokenError::RefreshTokenRequired => ended(),
    })?;
    let tokens = client.session_tokens().ok_or_else(ended)?;
    let proof = own(&tokens, oauth.clone()).ok_or(Trouble::Nonsense { host })?;
    Ok(Session { proof, ..session.clone() })
}

/// Revokes a session. Gives whether there was anything left to revoke.
///
/// # Errors
/// No connection or no answer: the session may still be good.
pub async fn revoke(http: &Http, session: &Session, token: &Token) -> Result<bool, Trouble> {
    let matrix = Matrix::at(http, session.homeserver.clone()).await?;
    if let Proof::Own { refresh, oauth: Some(registration), .. } = &session.proof {
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
    match revoke_access(http, &matrix, session, token).await {
        Err(Trouble::TokenRefused { .. }) => {}
        done => return done.map(|()| true),
    }
    // Expired is not revoked: the session is there still.
    let renewed = match renew(http, session).await {
        Err(Trouble::SessionEnded { .. }) => return Ok(false),
        renewed => renewed?,
    };
    let Some(token) = renewed.access() else { return Ok(false) };
    let matrix = Matrix::at(http, session.homeserver.clone()).await?;
    match revoke_access(http, &matrix, &renewed, token).await {
        Err(Trouble::TokenRefused { .. }) => Ok(false),
        done => done.map(|()| true),
    }
}

async fn revoke_access(
    http: &Http,
    matrix: &Matrix<'_>,
    session: &Session,
    token: &Token,
) -> Result<(), Trouble> {
    let given = Session { proof: Proof::Given(token.clone()), ..session.clone() };
    restore(matrix, &given).await?;
    let done = http.unless_stopped(matrix.client().matrix_auth().logout()).await?;
    done.map(|_| ()).map_err(|error| trouble(&matrix.host(), &error))
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
async fn restore(matrix: &Matrix<'_>, session: &Session) -> Result<(), Trouble> {
    let host = session.homeserver.label();
    let user_id = <&UserId>::try_from(session.user.as_str())
        .map_err(|_| Trouble::Nonsense { host: host.clone() })?
        .to_owned();
    // Of a token that was given it may not be known; nothing depends on it.
    let device_id: OwnedDeviceId = session.device.as_deref().map_or_else(DeviceId::new, Into::into);
    let meta = SessionMeta { user_id, device_id };
    let access_token = session.access().map(|token| token.as_str().to_owned()).unwrap_or_default();
    let (refresh, oauth) = match &session.proof {
        Proof::Own { refresh, oauth, .. } => (refresh.as_ref(), oauth.as_ref()),
        Proof::Given(_) | Proof::Command => (None, None),
    };
    let refresh_token = refresh.map(|token| token.as_str().to_owned());
    let tokens = SessionTokens { access_token, refresh_token };
    let rooms = RoomLoadSettings::default();
    let restored = match oauth {
        Some(registration) => {
            let client_id = ClientId::new(registration.client_id.clone());
            let session = OAuthSession { client_id, user: UserSession { meta, tokens } };
            matrix.client().oauth().restore_session(session, rooms).await
        }
        None => matrix.client().matrix_auth().restore_session(MatrixSession { meta, tokens }, rooms).await,
    };
    restored.map_err(|error| sdk_trouble(&host, &error))
}
