//! Signing in at an authorization server, and staying signed in there (OAuth
//! 2.0): how the program introduces itself, where the browser has to go, and
//! what tokens are had, renewed and revoked for.
//!
//! The Matrix SDK could do it as well, but reads answers of any length, and nothing can
//! stop it (`tests/cli/sdk.rs` shows it, and tells when it is over). Its words are used
//! here, and those of the `oauth2` crate; what is sent goes by the one HTTP client that
//! there is.
//!
//! <https://spec.matrix.org/v1.18/client-server-api/#oauth-20-api>

use std::borrow::Cow;
use std::cell::RefCell;

use http::Request;
use http::header::CONTENT_TYPE;
use matrix_sdk::SessionTokens;
use matrix_sdk::authentication::oauth::registration::{
    ApplicationType, ClientMetadata, Localized, OAuthGrantType,
};
use oauth2::basic::{
    BasicClient, BasicErrorResponse, BasicErrorResponseType, BasicTokenResponse, BasicTokenType,
};
use oauth2::{
    AuthUrl, AuthorizationCode, ClientId, CsrfToken, HttpRequest, HttpResponse, PkceCodeChallenge,
    PkceCodeVerifier, RedirectUrl, RefreshToken, RequestTokenError, Scope, TokenResponse as _, TokenUrl,
};
use ruma::api::client::discovery::get_authorization_server_metadata::v1::AuthorizationServerMetadata;
use ruma::{DeviceId, OwnedDeviceId};
use serde_json::Value;
use url::{Url, form_urlencoded};

use super::http_client::{Http, Reply};
use super::matrix_client::{AuthorizationServer, Matrix, NAME, own, token_in};
use super::ruma_client::good;
use super::session::{LONGEST_TOKEN, Proof, Registration, Session, Token};
use super::session_client::unread;
use super::trouble::{Trouble, cut};
use crate::model::identity::Mxid;

/// Where people who are asked to allow the program could read about it. Matrix
/// wants one from everybody (MSC2966), and the Matrix Authentication Service
/// lets in nobody without: on https, at a name and no port, the same host as of
/// every other page that is named. Whoever publishes a build names theirs as
/// `homepage` in `Cargo.toml`. Until there is one, this says so: no such name
/// can ever exist (RFC 6761), so that nobody's page is shown as ours.
const HOME_PAGE: &str = match env!("CARGO_PKG_HOMEPAGE") {
    page if page.is_empty() => "https://transhume.invalid/",
    page => page,
};

/// What is asked for: everything that a Matrix client may do, under the name
/// that all authorization servers know it by (MSC2967).
const SCOPE: &str = "urn:matrix:org.matrix.msc2967.client:api:*";

/// The same for a session with a name, which comes after it.
const DEVICE_SCOPE: &str = "urn:matrix:org.matrix.msc2967.client:device:";

/// A login that waits for the browser.
pub struct Begun {
    /// Where the browser has to go.
    pub url: Url,
    /// What it will come back with.
    pub state: String,
    metadata: AuthorizationServerMetadata,
    says_who: bool,
    client: ClientId,
    back: RedirectUrl,
    verifier: PkceCodeVerifier,
    device: OwnedDeviceId,
}

/// Introduces the program to the homeserver's authorization server, and works
/// out where the browser has to go to come `back`.
///
/// # Errors
/// There is no authorization server, or it does not want to know us; no
/// connection or no answer.
pub async fn begin(matrix: &Matrix<'_>, back: &str, user: Option<&Mxid>) -> Result<Begun, Trouble> {
    let nonsense = || Trouble::Nonsense { host: matrix.host() };
    let AuthorizationServer { metadata, says_who } =
        matrix.authorization_server().await?.ok_or_else(nonsense)?;
    let client = register(matrix, &metadata).await?;
    let back = RedirectUrl::new(back.to_owned()).map_err(|_| nonsense())?;
    let device = DeviceId::new();
    let (challenge, verifier) = PkceCodeChallenge::new_random_sha256();
    let place = AuthUrl::from_url(metadata.authorization_endpoint.clone());
    let asking = BasicClient::new(client.clone()).set_auth_uri(place);
    let mut request = asking
        .authorize_url(CsrfToken::new_random)
        .add_scope(Scope::new(SCOPE.to_owned()))
        .add_scope(Scope::new(format!("{DEVICE_SCOPE}{device}")))
        .set_pkce_challenge(challenge)
        .set_redirect_uri(Cow::Borrowed(&back))
        .add_extra_param("response_mode", "query");
    if let Some(user) = user {
        request = request.add_extra_param("login_hint", format!("mxid:{}", user.as_str()));
    }
    let (url, state) = request.url();
    Ok(Begun { url, state: state.secret().clone(), metadata, says_who, client, back, verifier, device })
}

/// Signs in with what the browser brought back. Tokens of a session that comes
/// to nothing are revoked.
///
/// # Errors
/// The user said no, or the server does; no connection or no answer.
pub async fn finish(matrix: Matrix<'_>, begun: Begun, came_to: &Url) -> Result<Session, Trouble> {
    let http = matrix.http();
    let code = begun.code(came_to, &matrix.host())?;
    let place = TokenUrl::from_url(begun.metadata.token_endpoint.clone());
    let host = http.guard(place.url())?.label();
    let asking = BasicClient::new(begun.client.clone()).set_token_uri(place);
    let heard = RefCell::default();
    let answer = asking
        .exchange_code(code)
        .set_pkce_verifier(begun.verifier)
        .set_redirect_uri(Cow::Owned(begun.back))
        .request_async(&|request| sent(http, request, &heard))
        .await
        .map_err(|error| trouble(&host, error, |host| Trouble::LoginRefused { host }));
    let issuer = begun.metadata.issuer.to_string();
    let client_id = begun.client.to_string();
    let registration = Registration { client_id: client_id.clone(), issuer };
    let proof = answer.and_then(|answer| proof_of(&host, &answer, None, registration));
    let heard = heard.into_inner();
    let session = match (proof, heard.token("access_token")) {
        (Ok(proof), Some(access)) => matrix.whose(&access, proof, Some(begun.device.to_string())).await,
        (Ok(_), None) => Err(Trouble::Nonsense { host: host.clone() }),
        (Err(trouble), _) => Err(trouble),
    };
    let because = match session {
        Ok(session) => return Ok(session),
        Err(trouble) => trouble,
    };
    // Nobody would know of it, and it would stay for ever.
    match heard.given_up(&http.heedless(), &begun.metadata, &client_id).await {
        true => Err(because),
        false => Err(Trouble::Left { host, because: Box::new(because) }),
    }
}

/// What was heard of tokens that were asked for, whatever can be read of it.
#[derive(Default)]
enum Heard {
    /// That there are none.
    #[default]
    None,
    /// Nothing: they may have been given.
    Nothing,
    /// A good answer.
    Answer(Value),
}

impl Heard {
    /// One of the tokens, by the name that it has in answers (RFC 6749, 5.1).
    fn token(&self, name: &str) -> Option<Token> {
        match self {
            Heard::Answer(answer) => token_in(answer, name),
            Heard::None | Heard::Nothing => None,
        }
    }

    /// Has whatever was given be revoked. Gives whether nothing is left, as far as
    /// anybody knows.
    async fn given_up(&self, http: &Http, metadata: &AuthorizationServerMetadata, client_id: &str) -> bool {
        let given = ["refresh_token", "access_token"].map(|name| (name, self.token(name)));
        match self {
            Heard::None => true,
            Heard::Answer(_) if given.iter().any(|(_, token)| token.is_some()) => {
                let given = given.each_ref().map(|(kind, token)| (*kind, token.as_ref()));
                revoke_tokens(http, metadata, client_id, given).await.is_ok()
            }
            Heard::Nothing | Heard::Answer(_) => false,
        }
    }
}

impl Begun {
    /// The code that tokens are had for, if the browser came back with one.
    fn code(&self, came_to: &Url, host: &str) -> Result<AuthorizationCode, Trouble> {
        let all = |name: &'static str| came_to.query_pairs().filter(move |(key, _)| key == name);
        let brought = |name| all(name).next().map(|(_, value)| value);
        // Where a server says who it is, nobody else's answer is taken (RFC 9207), and
        // none that says anything twice (RFC 6749, 3.1).
        let is_other = brought("iss")
            .map_or(self.says_who, |issuer| Url::parse(&issuer).ok().as_ref() != Some(&self.metadata.issuer));
        if is_other || ["iss", "code", "state", "error"].iter().any(|name| all(name).count() > 1) {
            return Err(Trouble::Nonsense { host: host.to_owned() });
        }
        match (brought("error").as_deref(), brought("code")) {
            (Some("access_denied"), _) => Err(Trouble::LoginDenied { host: host.to_owned() }),
            (Some(code), _) => {
                let said = cut(&brought("error_description").unwrap_or_default());
                Err(Trouble::Server { host: host.to_owned(), status: 0, code: cut(code), said })
            }
            (None, Some(code)) => Ok(AuthorizationCode::new(code.into_owned())),
            (None, None) => Err(Trouble::Nonsense { host: host.to_owned() }),
        }
    }
}

/// Introduces the program (RFC 7591). Gives the name that it has there.
async fn register(matrix: &Matrix<'_>, metadata: &AuthorizationServerMetadata) -> Result<ClientId, Trouble> {
    let nonsense = || Trouble::Nonsense { host: matrix.host() };
    let place = metadata.registration_endpoint.as_ref();
    let place = place.ok_or_else(|| Trouble::NoRegistration { host: matrix.host() })?;
    let url = |text: &str| Url::parse(text).map_err(|_| nonsense());
    let mut about = ClientMetadata::new(
        ApplicationType::Native,
        // Ports are free to choose, and are not registered (RFC 8252, 7.3).
        vec![OAuthGrantType::AuthorizationCode { redirect_uris: vec![url("http://127.0.0.1/")?] }],
        Localized::new(url(HOME_PAGE)?, None),
    );
    about.client_name = Some(Localized::new(NAME.to_owned(), None));
    let about = serde_json::to_vec(&about).map_err(|_| nonsense())?;
    let request = Request::post(place.as_str())
        .header(CONTENT_TYPE, "application/json")
        .body(about)
        .map_err(|_| Trouble::BadUrl { url: cut(place.as_str()) })?;
    let reply = matrix.http().send(&request).await?;
    if reply.http.status().is_client_error() && says_why(&reply) {
        return Err(Trouble::NoRegistration { host: reply.host });
    }
    let reply = good(reply)?;
    let json = reply.json();
    let client = json.get("client_id").and_then(Value::as_str);
    // As RFC 6749 has them (appendix A.1).
    let usable = |client: &&str| {
        (1..=LONGEST_TOKEN).contains(&client.len()) && client.bytes().all(|b| (0x20..0x7f).contains(&b))
    };
    let client = client.filter(usable).ok_or(Trouble::Nonsense { host: reply.host })?;
    Ok(ClientId::new(client.to_owned()))
}

/// New tokens for a session.
///
/// # Errors
/// [`Trouble::SessionEnded`] if the server does not renew it; no connection or no
/// answer.
pub(super) async fn renewed(
    matrix: &Matrix<'_>,
    registration: &Registration,
    refresh: &Token,
) -> Result<Proof, Trouble> {
    let metadata = issuer(matrix, registration).await?;
    let http = matrix.http();
    let place = TokenUrl::from_url(metadata.token_endpoint.clone());
    let host = http.guard(place.url())?.label();
    let asking = BasicClient::new(ClientId::new(registration.client_id.clone())).set_token_uri(place);
    let heard = RefCell::default();
    let answer = asking
        .exchange_refresh_token(&RefreshToken::new(refresh.as_str().to_owned()))
        .request_async(&|request| sent(http, request, &heard))
        .await
        .map_err(|error| trouble(&host, error, |host| Trouble::SessionEnded { host }));
    let proof = answer.and_then(|answer| proof_of(&host, &answer, Some(refresh), registration.clone()));
    match (proof, heard.into_inner()) {
        (Err(_), heard)
            if ["access_token", "refresh_token"].iter().any(|name| heard.token(name).is_some()) =>
        {
            let ended = heard.given_up(&http.heedless(), &metadata, &registration.client_id).await;
            Err(unread(matrix.base(), ended))
        }
        (proof, _) => proof,
    }
}

/// Revokes a session of an authorization server.
///
/// # Errors
/// No connection or no answer: the session may still be good.
pub(super) async fn revoke(
    matrix: &Matrix<'_>,
    registration: &Registration,
    proof: &Proof,
) -> Result<(), Trouble> {
    let Proof::Own { access, refresh, .. } = proof else { return Ok(()) };
    let given = [("refresh_token", refresh.as_ref()), ("access_token", Some(access))];
    revoke_tokens(matrix.http(), &issuer(matrix, registration).await?, &registration.client_id, given).await
}

/// Has an authorization server revoke what it gave, by what it calls it (RFC 7009).
/// The access token alone may have expired, and a refresh token that stays behind
/// would be good for new ones.
async fn revoke_tokens(
    http: &Http,
    metadata: &AuthorizationServerMetadata,
    client_id: &str,
    given: [(&str, Option<&Token>); 2],
) -> Result<(), Trouble> {
    let place = &metadata.revocation_endpoint;
    let mut outcome = Ok(());
    for (kind, token) in given {
        let Some(token) = token else { continue };
        let form: String = form_urlencoded::Serializer::new(String::new())
            .append_pair("token", token.as_str())
            .append_pair("token_type_hint", kind)
            .append_pair("client_id", client_id)
            .finish();
        let request = Request::post(place.as_str())
            .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(form.into_bytes())
            .map_err(|_| Trouble::BadUrl { url: cut(place.as_str()) })?;
        // One that could not be revoked is no reason to leave the other.
        outcome = outcome.and(http.send(&request).await.and_then(revoked));
    }
    outcome
}

/// Makes sure that it is an authorization server which says that a token is revoked (RFC
/// 7009, 2.2: whatever it says beside), and not a page that stands before it.
fn revoked(reply: Reply) -> Result<(), Trouble> {
    let reply = good(reply)?;
    let is_page = reply.http.body().trim_ascii_start().starts_with(b"<");
    if is_page { Err(Trouble::Nonsense { host: reply.host }) } else { Ok(()) }
}

/// The authorization server that a session is of. It must be the one that it
/// was: tokens of one are not for another.
async fn issuer(
    matrix: &Matrix<'_>,
    registration: &Registration,
) -> Result<AuthorizationServerMetadata, Trouble> {
    let now = matrix.authorization_server().await?.map(|server| server.metadata);
    now.filter(|metadata| metadata.issuer.as_str() == registration.issuer)
        .ok_or_else(|| Trouble::SessionEnded { host: matrix.host() })
}

/// Asks for tokens. Also when the user wants to stop: whoever walks away from the
/// answer leaves a session that nobody knows of, or is left with tokens that are
/// worth nothing any more. A good answer is `heard` as it came, whatever can be read of
/// it.
async fn sent(http: &Http, request: HttpRequest, heard: &RefCell<Heard>) -> Result<HttpResponse, Trouble> {
    let reply = http.send_to_the_end(&request).await.map_err(|unheard| {
        if unheard.may_be_done {
            heard.replace(Heard::Nothing);
        }
        Trouble::from(unheard)
    })?;
    let status = reply.http.status();
    if status.is_success() {
        heard.replace(Heard::Answer(reply.json()));
    }
    if status == http::StatusCode::OK || status.is_client_error() && says_why(&reply) {
        return Ok(reply.http);
    }
    if reply.is_of_a_gateway(says_why(&reply)) {
        heard.replace(Heard::Nothing);
    }
    let host = reply.host.clone();
    Err(good(reply).err().unwrap_or(Trouble::Nonsense { host }))
}

/// Whether a refusal is one of an authorization server (RFC 6749, 5.2), and not
/// of whatever stands before it.
fn says_why(reply: &Reply) -> bool {
    reply.json().get("error").is_some_and(Value::is_string)
}

/// What an answer gives to prove a session.
fn proof_of(
    host: &str,
    answer: &BasicTokenResponse,
    before: Option<&Token>,
    registration: Registration,
) -> Result<Proof, Trouble> {
    let nonsense = || Trouble::Nonsense { host: host.to_owned() };
    if *answer.token_type() != BasicTokenType::Bearer {
        return Err(nonsense());
    }
    // Who gives no new one lets the old one be used again.
    let refresh = answer.refresh_token().map(|token| token.secret().clone());
    let refresh = refresh.or_else(|| before.map(|token| token.as_str().to_owned()));
    let tokens =
        SessionTokens { access_token: answer.access_token().secret().clone(), refresh_token: refresh };
    own(&tokens, Some(registration)).ok_or_else(nonsense)
}

/// Why there are no tokens: that it is over, or only that the server has troubles
/// of its own.
fn trouble(
    host: &str,
    error: RequestTokenError<Trouble, BasicErrorResponse>,
    over: fn(String) -> Trouble,
) -> Trouble {
    use BasicErrorResponseType::{InvalidClient, InvalidGrant, UnauthorizedClient};
    let host = host.to_owned();
    match error {
        RequestTokenError::Request(trouble) => trouble,
        RequestTokenError::ServerResponse(answer) => match answer.error() {
            InvalidGrant | InvalidClient | UnauthorizedClient => over(host),
            code => {
                let said = cut(answer.error_description().map(String::as_str).unwrap_or_default());
                Trouble::Server { host, status: 0, code: cut(code.as_ref()), said }
            }
        },
        RequestTokenError::Parse(..) | RequestTokenError::Other(_) => Trouble::Nonsense { host },
    }
}
