//! What the Matrix SDK's errors mean, in words that a user can do something
//! with: whether to sign in again, to type it right, or to try later.

use std::error::Error;

use matrix_sdk::authentication::oauth::OAuthError;
use matrix_sdk::authentication::oauth::error::{
    BasicErrorResponse, BasicErrorResponseType, OAuthAuthorizationCodeError, OAuthClientRegistrationError,
    OAuthDiscoveryError, RequestTokenError,
};
use matrix_sdk::{HttpError, RumaApiError};
use ruma::api::error::{Error as ServerError, ErrorBody, ErrorKind, FromHttpResponseError, RetryAfter};

use super::http_client::{failure, find};
use super::place::Base;
use super::trouble::{Trouble, cut, innermost};

/// Whoever is not let in for what they typed is told so. A server that lets in
/// nobody, or nobody in that way, says why itself.
pub(super) fn refused(trouble: Trouble) -> Trouble {
    let typed = ["M_FORBIDDEN", "M_INVALID_USERNAME", "M_INVALID_PARAM", "M_UNAUTHORIZED"];
    match trouble {
        Trouble::TokenRefused { host } => Trouble::LoginRefused { host },
        Trouble::Server { host, status: 400..=403, code, .. } if typed.contains(&code.as_str()) => {
            Trouble::LoginRefused { host }
        }
        trouble => trouble,
    }
}

/// Whether there is nothing of the kind at a homeserver.
pub(super) fn is_missing(trouble: &Trouble) -> bool {
    matches!(trouble, Trouble::Nonsense { .. } | Trouble::Server { status: 400 | 403 | 404 | 405 | 501, .. })
}

/// What an error means.
pub(super) fn sdk_trouble(host: &str, error: &matrix_sdk::Error) -> Trouble {
    match error {
        matrix_sdk::Error::Http(error) => trouble(host, error),
        matrix_sdk::Error::OAuth(error) => oauth_trouble(host, error),
        _ => Trouble::Nonsense { host: host.to_owned() },
    }
}

/// The same for a request to the homeserver.
pub(super) fn trouble(host: &str, error: &HttpError) -> Trouble {
    match error {
        HttpError::Reqwest(error) => failure(host, error),
        HttpError::Cached(error) => trouble(host, error),
        HttpError::Api(error) => match &**error {
            FromHttpResponseError::Server(RumaApiError::MatrixError(error)) => said(host, error),
            _ => Trouble::Nonsense { host: host.to_owned() },
        },
        _ => Trouble::Nonsense { host: host.to_owned() },
    }
}

fn said(host: &str, error: &ServerError) -> Trouble {
    let host = host.to_owned();
    let (kind, text) = match &error.body {
        ErrorBody::Standard(body) => (Some(&body.kind), cut(&body.message)),
        _ => (None, String::new()),
    };
    let code = kind.map(|kind| cut(kind.errcode().as_str())).unwrap_or_default();
    match (error.status_code.as_u16(), kind) {
        (429, kind) => {
            let wait = match kind {
                Some(ErrorKind::LimitExceeded(limit)) => match limit.retry_after {
                    Some(RetryAfter::Delay(wait)) => Some(wait),
                    _ => None,
                },
                _ => None,
            };
            Trouble::RateLimited { host, wait }
        }
        (401, Some(ErrorKind::UnknownToken(_) | ErrorKind::MissingToken)) => Trouble::TokenRefused { host },
        (300..=399, _) => Trouble::Redirect { host, to: String::new() },
        (404 | 405, None | Some(ErrorKind::Unrecognized)) => Trouble::Nonsense { host },
        (status, _) => Trouble::Server { host, status, code, said: text },
    }
}

/// The same for what an authorization server says.
pub(super) fn oauth_trouble(host: &str, error: &OAuthError) -> Trouble {
    let own = |trouble: fn(String) -> Trouble| trouble(host.to_owned());
    match error {
        OAuthError::Discovery(OAuthDiscoveryError::Http(error)) => trouble(host, error),
        OAuthError::Discovery(OAuthDiscoveryError::Validation(_)) => own(|url| Trouble::BadUrl { url }),
        OAuthError::Discovery(_) => own(|host| Trouble::Nonsense { host }),
        OAuthError::ClientRegistration(
            OAuthClientRegistrationError::NotSupported
            | OAuthClientRegistrationError::OAuth(RequestTokenError::ServerResponse(_)),
        ) => own(|host| Trouble::NoRegistration { host }),
        OAuthError::AuthorizationCode(error) => match error {
            OAuthAuthorizationCodeError::Cancelled => own(|host| Trouble::LoginDenied { host }),
            OAuthAuthorizationCodeError::Authorization(answer) => {
                server(host, answer.error().as_str(), answer.error_description())
            }
            OAuthAuthorizationCodeError::RequestToken(RequestTokenError::ServerResponse(answer)) => {
                judged(host, answer, |host| Trouble::LoginRefused { host })
            }
            OAuthAuthorizationCodeError::RequestToken(error) => transport(host, error),
            _ => own(|host| Trouble::LoginRefused { host }),
        },
        OAuthError::RefreshToken(RequestTokenError::ServerResponse(answer)) => {
            judged(host, answer, |host| Trouble::SessionEnded { host })
        }
        error => transport(host, error),
    }
}

/// What an authorization server's refusal means: that it is over, or only that
/// the server has troubles of its own.
fn judged(host: &str, answer: &BasicErrorResponse, over: fn(String) -> Trouble) -> Trouble {
    use BasicErrorResponseType::{InvalidClient, InvalidGrant, UnauthorizedClient};
    match answer.error() {
        InvalidGrant | InvalidClient | UnauthorizedClient => over(host.to_owned()),
        code => server(host, code.as_ref(), answer.error_description()),
    }
}

fn server(host: &str, code: &str, said: Option<&String>) -> Trouble {
    let said = cut(said.map(String::as_str).unwrap_or_default());
    Trouble::Server { host: host.to_owned(), status: 0, code: cut(code), said }
}

/// The same where there was no answer, or none that could be read.
fn transport(host: &str, error: &(dyn Error + 'static)) -> Trouble {
    let boxed = || find::<Box<reqwest::Error>>(error).map(|error| &**error);
    match find::<reqwest::Error>(error).or_else(boxed) {
        Some(error) => {
            let asked = error.url().and_then(|url| Base::parse(&url.origin().ascii_serialization()).ok());
            failure(&asked.map_or_else(|| host.to_owned(), |base| base.label()), error)
        }
        None => Trouble::Unreachable { host: host.to_owned(), what: innermost(error) },
    }
}
