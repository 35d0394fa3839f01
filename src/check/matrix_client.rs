//! Logging in at a homeserver: by password, by a token, in the browser (SSO,
//! OAuth 2.0). What the Matrix SDK is not needed for goes by our own client,
//! which reads no more than it should; the SDK does the rest of OAuth.
//!
//! It tries again on its own and says nothing of it; that is switched off
//! here, and its `LoginBuilder`, which insists, is not used. It follows no
//! redirect and resolves names as everything else does, for it is handed the
//! one HTTP client that there is. Where it would go by what a server names, that
//! is looked at before.

use std::borrow::Cow;

use matrix_sdk::authentication::oauth::ClientRegistrationData;
use matrix_sdk::authentication::oauth::registration::{
    ApplicationType, ClientMetadata, Localized, OAuthGrantType,
};
use matrix_sdk::config::RequestConfig;
use matrix_sdk::utils::UrlOrQuery;
use matrix_sdk::{Client, SessionTokens};
use ruma::UserId;
use ruma::api::SupportedVersions;
use ruma::api::client::account::whoami;
use ruma::api::client::discovery::get_authorization_server_metadata;
use ruma::api::client::discovery::get_authorization_server_metadata::v1::AuthorizationServerMetadata;
use ruma::api::client::discovery::get_supported_versions;
use ruma::api::client::session::get_login_types;
use ruma::api::client::session::get_login_types::v3::LoginType;
use ruma::api::client::session::login;
use ruma::api::client::session::login::v3::{LoginInfo, Password, Request as Login, Token as LoginToken};
use ruma::api::client::uiaa::{MatrixUserIdentifier, UserIdentifier};
use ruma::serde::Raw;
use url::Url;

use super::homeserver_client::{call, read, request_for, request_to};
use super::http_client::Http;
use super::matrix_trouble::{is_missing, oauth_trouble, refused, sdk_trouble};
use super::place::Base;
use super::session::{Proof, Registration, Session, Token};
use super::trouble::Trouble;
use crate::model::identity::Mxid;

/// How the session is called in the user's other clients, and the program on
/// the page where they allow it.
const NAME: &str = "transhume";

/// Where people who are asked to allow the program can read about it. An
/// authorization server wants to know.
const HOME_PAGE: &str = env!("CARGO_PKG_HOMEPAGE");

/// No session has a longer name (bytes).
const LONGEST_DEVICE: usize = 255;

/// The ways in that a homeserver offers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Ways {
    /// A name and a password.
    pub password: bool,
    /// In the browser, by the homeserver's own word.
    pub sso: bool,
    /// In the browser, by an authorization server.
    pub oauth: bool,
}

/// A homeserver at which nobody is signed in yet.
pub struct Matrix<'a> {
    http: &'a Http,
    base: Base,
    versions: SupportedVersions,
    client: Client,
}

impl<'a> Matrix<'a> {
    /// Makes sure that a homeserver is there.
    ///
    /// # Errors
    /// No connection, or no homeserver.
    pub async fn at(http: &'a Http, base: Base) -> Result<Matrix<'a>, Trouble> {
        http.guard(base.url())?;
        let bad = || Trouble::BadUrl { url: base.as_str().to_owned() };
        let versions = format!("{}/_matrix/client/versions", base.as_str());
        let request = http::Request::get(versions).body(Vec::new()).map_err(|_| bad())?;
        let versions: get_supported_versions::Response = read(http.send(&request).await?)?;
        let versions = versions.as_supported_versions();
        let (client, timeout) = http.for_sdk();
        let client = Client::builder()
            .homeserver_url(base.as_str())
            .http_client(client)
            .request_config(RequestConfig::new().disable_retry().timeout(timeout))
            // The homeserver that answers is the one that is asked.
            .respect_login_well_known(false)
            .server_versions(versions.versions.clone())
            .build()
            .await
            .map_err(|_| bad())?;
        Ok(Matrix { http, base, versions, client })
    }

    pub(super) fn client(&self) -> &Client {
        &self.client
    }

    pub(super) fn host(&self) -> String {
        self.base.label()
    }

    /// The ways in that are offered; whether there is an authorization server
    /// is looked at only if that matters.
    ///
    /// # Errors
    /// No connection or no answer.
    pub async fn ways(&self, also_oauth: bool) -> Result<Ways, Trouble> {
        let oauth = also_oauth && self.authorization_server().await?.is_some();
        let mut ways = Ways { oauth, ..Ways::default() };
        let request = get_login_types::v3::Request::new();
        let answer = call(self.http, &self.base, request, None).await.and_then(read);
        let flows = match answer.map(|answer: get_login_types::v3::Response| answer.flows) {
            Ok(flows) => flows,
            // Where an authorization server does it there may be none here.
            Err(trouble) if ways.oauth && is_missing(&trouble) => Vec::new(),
            Err(trouble) => return Err(trouble),
        };
        for flow in flows {
            match flow {
                LoginType::Password(_) => ways.password = true,
                LoginType::Sso(_) => ways.sso = true,
                _ => {}
            }
        }
        Ok(ways)
    }

    /// The homeserver's authorization server, if it has one; none of its places
    /// is where we do not go.
    pub(super) async fn authorization_server(&self) -> Result<Option<AuthorizationServerMetadata>, Trouble> {
        let request = get_authorization_server_metadata::v1::Request::new();
        let request = request_for(&self.base, request, None, Cow::Borrowed(&self.versions))?;
        let answer = self.http.send(&request).await.and_then(read);
        let metadata =
            match answer.map(|answer: get_authorization_server_metadata::v1::Response| answer.metadata) {
                Ok(metadata) => metadata.deserialize().map_err(|_| self.nonsense())?,
                Err(trouble) if is_missing(&trouble) => return Ok(None),
                Err(trouble) => return Err(trouble),
            };
        self.guard(&metadata)?;
        Ok(Some(metadata))
    }

    /// Makes sure that none of an authorization server's places is where we do
    /// not go.
    fn guard(&self, metadata: &AuthorizationServerMetadata) -> Result<(), Trouble> {
        for place in
            [&metadata.token_endpoint, &metadata.revocation_endpoint, &metadata.authorization_endpoint]
                .into_iter()
                .chain(&metadata.registration_endpoint)
        {
            self.http.guard(place)?;
        }
        Ok(())
    }

    /// Signs in by name and password.
    ///
    /// # Errors
    /// The name or password is wrong; no connection or no answer.
    pub async fn by_password(self, user: &str, password: &str) -> Result<Session, Trouble> {
        let user = UserIdentifier::Matrix(MatrixUserIdentifier::new(user.to_owned()));
        self.sign_in(LoginInfo::Password(Password::new(user, password.to_owned()))).await
    }

    /// Takes an access token that the user has already; `fixed` if it is to be
    /// kept, and not told by a command each time.
    ///
    /// # Errors
    /// The token is refused; no connection or no answer.
    pub async fn by_token(self, token: Token, fixed: bool) -> Result<Session, Trouble> {
        let request = whoami::v3::Request::new();
        let me: whoami::v3::Response =
            read(call(self.http, &self.base, request, Some(token.as_str())).await?).map_err(refused)?;
        let user = Mxid::parse(me.user_id.as_str()).ok_or_else(|| self.nonsense())?;
        let proof = if fixed { Proof::Given(token) } else { Proof::Command };
        let device = me.device_id.and_then(|device| short(device.as_str()));
        Ok(Session { homeserver: self.base, user, device, proof })
    }

    /// Where the browser has to go to sign in there, and come back.
    ///
    /// # Errors
    /// None that is known of.
    pub async fn sso_url(&self, back: &str) -> Result<Url, Trouble> {
        let url = self.client.matrix_auth().get_sso_login_url(back, None).await;
        url.ok().and_then(|url| Url::parse(&url).ok()).ok_or_else(|| self.nonsense())
    }

    /// Signs in with what the browser brought back from there.
    ///
    /// # Errors
    /// It brought nothing, or what is refused; no connection or no answer.
    pub async fn by_sso(self, came_to: &Url) -> Result<Session, Trouble> {
        let token = came_to.query_pairs().find(|(key, _)| key == "loginToken");
        let (_, token) = token.ok_or_else(|| Trouble::LoginRefused { host: self.host() })?;
        self.sign_in(LoginInfo::Token(LoginToken::new(token.into_owned()))).await
    }

    async fn sign_in(self, login: LoginInfo) -> Result<Session, Trouble> {
        let mut request = Login::new(login);
        request.initial_device_display_name = Some(NAME.to_owned());
        request.refresh_token = true;
        // Also when the user wants to stop: the server may have opened a session
        // already, and only who knows its token can end it.
        let reply = self.http.send_to_the_end(&request_to(&self.base, request, None)?).await?;
        let answer: login::v3::Response = read(reply).map_err(refused)?;
        let user = Mxid::parse(answer.user_id.as_str()).ok_or_else(|| self.nonsense())?;
        let device = short(answer.device_id.as_str());
        let tokens = SessionTokens { access_token: answer.access_token, refresh_token: answer.refresh_token };
        let proof = own(&tokens, None).ok_or_else(|| self.nonsense())?;
        Ok(Session { homeserver: self.base, user, device, proof })
    }

    /// Introduces the program to the authorization server; gives where the
    /// browser has to go, and the `state` with which it will come back.
    ///
    /// # Errors
    /// There is no authorization server, or it does not want to know us; no
    /// connection or no answer.
    pub async fn oauth_url(&self, back: &str, user: Option<&Mxid>) -> Result<(Url, String), Trouble> {
        self.authorization_server().await?.ok_or_else(|| self.nonsense())?;
        let url = |text: &str| Url::parse(text).map_err(|_| self.nonsense());
        let mut about = ClientMetadata::new(
            ApplicationType::Native,
            // Ports are free to choose, and are not registered (RFC 8252, 7.3).
            vec![OAuthGrantType::AuthorizationCode { redirect_uris: vec![url("http://127.0.0.1/")?] }],
            Localized::new(url(HOME_PAGE)?, None),
        );
        about.client_name = Some(Localized::new(NAME.to_owned(), None));
        let about = Raw::new(&about).map_err(|_| self.nonsense())?;
        let registration = Some(ClientRegistrationData::from(about));
        let mut login = self.client.oauth().login(url(back)?, None, registration, None);
        if let Some(user) = user.and_then(|user| <&UserId>::try_from(user.as_str()).ok()) {
            login = login.user_id_hint(user);
        }
        let begun = self.http.unless_stopped(login.build()).await?;
        let begun = begun.map_err(|error| oauth_trouble(&self.host(), &error))?;
        // The SDK asked once more, and goes by what it was told then.
        self.guard(&self.known_authorization_server().await?)?;
        self.http.guard(&begun.url)?;
        Ok((begun.url, begun.state.secret().clone()))
    }

    /// Signs in with what the browser brought back from the authorization
    /// server.
    ///
    /// # Errors
    /// The user said no, or the server does; no connection or no answer.
    pub async fn by_oauth(self, came_to: Url) -> Result<Session, Trouble> {
        let (oauth, host) = (self.client.oauth(), self.host());
        // Also when the user wants to stop, as for every login.
        oauth.finish_login(UrlOrQuery::Url(came_to)).await.map_err(|error| sdk_trouble(&host, &error))?;
        let known = oauth.cached_server_metadata().await;
        let issuer = known.map_err(|error| oauth_trouble(&host, &error.into()))?.issuer.to_string();
        let session = oauth.full_session().ok_or_else(|| self.nonsense())?;
        let user = Mxid::parse(session.user.meta.user_id.as_str()).ok_or_else(|| self.nonsense())?;
        let device = short(session.user.meta.device_id.as_str());
        let registration = Registration { client_id: session.client_id.to_string(), issuer };
        let proof = own(&session.user.tokens, Some(registration)).ok_or_else(|| self.nonsense())?;
        Ok(Session { homeserver: self.base, user, device, proof })
    }

    /// The authorization server as the SDK remembers it.
    async fn known_authorization_server(&self) -> Result<AuthorizationServerMetadata, Trouble> {
        let oauth = self.client.oauth();
        let known = self.http.unless_stopped(oauth.cached_server_metadata()).await?;
        known.map_err(|error| oauth_trouble(&self.host(), &error.into()))
    }

    fn nonsense(&self) -> Trouble {
        Trouble::Nonsense { host: self.host() }
    }
}

/// The name of a session, unless it is longer than any is: it is only shown, and
/// a session that cannot be kept could not be ended either.
fn short(device: &str) -> Option<String> {
    (device.len() <= LONGEST_DEVICE).then(|| device.to_owned())
}

/// Tokens that are transhume's own; none for what cannot be tokens.
pub(super) fn own(tokens: &SessionTokens, oauth: Option<Registration>) -> Option<Proof> {
    let refresh = match &tokens.refresh_token {
        Some(token) => Some(Token::parse(token)?),
        None => None,
    };
    Some(Proof::Own { access: Token::parse(&tokens.access_token)?, refresh, oauth })
}
