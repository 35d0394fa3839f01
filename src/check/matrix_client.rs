//! Logging in at a homeserver: by password, by a token, in the browser by its own
//! word (SSO); how it is found out which of that it offers, and whether there is
//! an authorization server beside it, for which `oauth_client` is there.

use std::borrow::Cow;

use matrix_sdk::SessionTokens;
use ruma::api::SupportedVersions;
use ruma::api::client::account::whoami;
use ruma::api::client::discovery::get_authorization_server_metadata;
use ruma::api::client::discovery::get_authorization_server_metadata::v1::AuthorizationServerMetadata;
use ruma::api::client::discovery::get_supported_versions;
use ruma::api::client::session::get_login_types;
use ruma::api::client::session::get_login_types::v3::LoginType;
use ruma::api::client::session::login;
use ruma::api::client::session::login::v3::{LoginInfo, Password, Request as Login, Token as LoginToken};
use ruma::api::client::session::logout;
use ruma::api::client::session::sso_login;
use ruma::api::client::uiaa::{MatrixUserIdentifier, UserIdentifier};
use serde_json::Value;
use url::Url;

use super::http_client::{Http, Unheard};
use super::matrix_trouble::{is_missing, refused};
use super::place::Base;
use super::ruma_client::{call, logged_out, read, request_for, request_to};
use super::session::{Proof, Registration, Session, Token};
use super::trouble::{Trouble, cut};
use crate::model::identity::Mxid;

/// How the session is called in the user's other clients, and the program on
/// the page where they allow it.
pub(super) const NAME: &str = "transhume";

/// No authorization server has a longer one (bytes).
const LONGEST_ISSUER: usize = 2048;

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

/// A homeserver's authorization server.
pub(super) struct AuthorizationServer {
    /// Its places.
    pub(super) metadata: AuthorizationServerMetadata,
    /// Whether the browser comes back with its name (RFC 9207).
    pub(super) says_who: bool,
}

/// A homeserver at which nobody is signed in yet.
pub struct Matrix<'a> {
    http: &'a Http,
    base: Base,
    versions: SupportedVersions,
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
        Ok(Matrix { http, base, versions: versions.as_supported_versions() })
    }

    pub(super) fn http(&self) -> &'a Http {
        self.http
    }

    pub(super) fn base(&self) -> &Base {
        &self.base
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
        let mut ways = Ways::default();
        if also_oauth {
            ways.oauth = match self.authorization_server().await {
                Ok(found) => found.is_some(),
                // Whatever stands before the homeserver may know nothing of such a place.
                Err(trouble) if is_missing(&trouble) => false,
                Err(trouble) => return Err(trouble),
            };
        }
        let request = get_login_types::v3::Request::new();
        let answer = call(self.http, &self.base, request, None).await.and_then(read);
        let flows = match answer.map(|answer: get_login_types::v3::Response| answer.flows) {
            Ok(flows) => flows,
            // Where an authorization server does it there may be none here.
            Err(trouble) if is_missing(&trouble) => {
                let oauth = match also_oauth {
                    true => ways.oauth,
                    false => self.authorization_server().await.is_ok_and(|server| server.is_some()),
                };
                if !oauth {
                    return Err(trouble);
                }
                Vec::new()
            }
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

    /// The homeserver's authorization server; none if it says itself that it has none.
    /// None of its places is where we do not go.
    pub(super) async fn authorization_server(&self) -> Result<Option<AuthorizationServer>, Trouble> {
        let request = get_authorization_server_metadata::v1::Request::new();
        let request = request_for(&self.base, request, None, Cow::Borrowed(&self.versions))?;
        let reply = self.http.send(&request).await?;
        let says_none = matches!(reply.errcode().as_str(), "M_UNRECOGNIZED" | "M_NOT_FOUND");
        if reply.http.status().is_client_error() && says_none {
            return Ok(None);
        }
        let answer: get_authorization_server_metadata::v1::Response = read(reply)?;
        let metadata = answer.metadata.deserialize().map_err(|_| self.nonsense())?;
        self.guard(&metadata)?;
        let says_who = answer.metadata.get_field("authorization_response_iss_parameter_supported");
        Ok(Some(AuthorizationServer { metadata, says_who: says_who.ok().flatten().unwrap_or_default() }))
    }

    /// Makes sure that none of an authorization server's places is where we do
    /// not go.
    fn guard(&self, metadata: &AuthorizationServerMetadata) -> Result<(), Trouble> {
        if metadata.issuer.as_str().len() > LONGEST_ISSUER {
            return Err(self.nonsense());
        }
        for place in
            [&metadata.token_endpoint, &metadata.revocation_endpoint, &metadata.authorization_endpoint]
                .into_iter()
                .chain(&metadata.registration_endpoint)
        {
            self.http.guard(place)?;
            // What a server puts there would be sent along as a password.
            if !place.username().is_empty() || place.password().is_some() {
                return Err(Trouble::BadUrl { url: cut(place.as_str()) });
            }
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
        let proof = if fixed { Proof::Given(token.clone()) } else { Proof::Command };
        self.whose(&token, proof, None).await
    }

    /// Where the browser has to go to sign in there, and come back.
    ///
    /// # Errors
    /// None that is known of.
    pub fn sso_url(&self, back: &str) -> Result<Url, Trouble> {
        let request = sso_login::v3::Request::new(back.to_owned());
        let request = request_for(&self.base, request, None, Cow::Borrowed(&self.versions))?;
        Url::parse(&request.uri().to_string()).map_err(|_| self.nonsense())
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
        let left = |because| Trouble::Left { host: self.host(), because: Box::new(because) };
        // Also when the user wants to stop: the server may have opened a session
        // already, and only who knows its token can end it.
        let reply = match self.http.send_to_the_end(&request_to(&self.base, request, None)?).await {
            Err(Unheard { because, may_be_done: true }) => return Err(left(because)),
            heard => heard?,
        };
        let was_lost = reply.is_of_a_gateway(!reply.errcode().is_empty());
        let was_good = reply.http.status().is_success();
        let opened = if was_good { reply.json() } else { Value::Null };
        let because = match read(reply).map_err(refused).and_then(|answer| self.session(answer)) {
            Ok(session) => return Ok(session),
            Err(trouble) => trouble,
        };
        // It is there all the same, and nobody would know of it.
        let Some(access) = token_in(&opened, "access_token") else {
            return Err(if was_good || was_lost { left(because) } else { because });
        };
        Err(if give_up(self.http, &self.base, &access).await { because } else { left(because) })
    }

    /// The session that a server opened.
    fn session(&self, answer: login::v3::Response) -> Result<Session, Trouble> {
        let device = short(answer.device_id.as_str());
        let tokens = SessionTokens { access_token: answer.access_token, refresh_token: answer.refresh_token };
        let user = Mxid::parse(answer.user_id.as_str()).ok_or_else(|| self.nonsense())?;
        let proof = own(&tokens, None).ok_or_else(|| self.nonsense())?;
        Ok(Session {
            homeserver: self.base.clone(),
            named: self.is_named(),
            user,
            device,
            ended: false,
            proof,
        })
    }

    /// The session that a token is of, with what proves it; `device` is how it is
    /// called where the server does not say.
    ///
    /// # Errors
    /// The token is refused; no connection or no answer.
    pub(super) async fn whose(
        self,
        token: &Token,
        proof: Proof,
        device: Option<String>,
    ) -> Result<Session, Trouble> {
        let request = whoami::v3::Request::new();
        let answer = call(self.http, &self.base, request, Some(token.as_str())).await.and_then(read);
        let me: whoami::v3::Response = answer.map_err(refused)?;
        let user = Mxid::parse(me.user_id.as_str()).ok_or_else(|| self.nonsense())?;
        let device = me.device_id.map(|device| device.to_string()).or(device);
        let (named, device) = (self.is_named(), device.as_deref().and_then(short));
        Ok(Session { homeserver: self.base, named, user, device, ended: false, proof })
    }

    /// Whether the user named it, as far as this matters later.
    fn is_named(&self) -> bool {
        self.http.trusts(&self.base)
    }

    fn nonsense(&self) -> Trouble {
        Trouble::Nonsense { host: self.host() }
    }
}

/// Ends a session that is of no use, also when the user wants to stop. Gives whether that
/// went well.
pub(super) async fn give_up(http: &Http, base: &Base, access: &Token) -> bool {
    let Ok(request) = request_to(base, logout::v3::Request::new(), Some(access.as_str())) else {
        return false;
    };
    http.heedless().send(&request).await.and_then(logged_out).is_ok()
}

/// A token in an answer that says more than can be understood.
pub(super) fn token_in(answer: &Value, name: &str) -> Option<Token> {
    answer.get(name).and_then(Value::as_str).and_then(Token::parse)
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
