//! Ruma's requests and answers, sent by the one HTTP client: as they go to a Matrix
//! server, and what the status of an answer means.

use std::borrow::Cow;

use http::Request;
use ruma::api::auth_scheme::{AuthScheme, SendAccessToken};
use ruma::api::path_builder::VersionHistory;
use ruma::api::{IncomingResponse, MatrixVersion, OutgoingRequest, SupportedVersions};
use serde_json::Value;

use super::http_client::{Http, Reply};
use super::place::Base;
use super::trouble::{Trouble, cut};

/// Sends one of ruma's requests to a server, with or without a token, and gives
/// the answer whatever its status.
///
/// # Errors
/// Those of [`Http::send`].
pub(super) async fn call<R>(
    http: &Http,
    base: &Base,
    request: R,
    token: Option<&str>,
) -> Result<Reply, Trouble>
where
    R: OutgoingRequest<PathBuilder = VersionHistory>,
    for<'t> R::Authentication: AuthScheme<Input<'t> = SendAccessToken<'t>>,
{
    http.send(&request_to(base, request, token)?).await
}

/// One of ruma's requests as it goes to a server.
///
/// # Errors
/// [`Trouble::BadUrl`] for a server at which it cannot be.
pub(super) fn request_to<R>(base: &Base, request: R, token: Option<&str>) -> Result<Request<Vec<u8>>, Trouble>
where
    R: OutgoingRequest<PathBuilder = VersionHistory>,
    for<'t> R::Authentication: AuthScheme<Input<'t> = SendAccessToken<'t>>,
{
    // Where tokens are renewed was settled in 1.3 only.
    let versions = [MatrixVersion::V1_1, MatrixVersion::V1_3].into();
    let versions = Cow::Owned(SupportedVersions { versions, features: [].into() });
    request_for(base, request, token, versions)
}

/// The same for a server that speaks these versions.
///
/// # Errors
/// Those of [`request_to`].
pub(super) fn request_for<R>(
    base: &Base,
    request: R,
    token: Option<&str>,
    versions: Cow<'_, SupportedVersions>,
) -> Result<Request<Vec<u8>>, Trouble>
where
    R: OutgoingRequest<PathBuilder = VersionHistory>,
    for<'t> R::Authentication: AuthScheme<Input<'t> = SendAccessToken<'t>>,
{
    let token = token.map_or(SendAccessToken::None, SendAccessToken::Always);
    request
        .try_into_http_request::<Vec<u8>>(base.as_str(), token, versions)
        .map_err(|_| Trouble::BadUrl { url: base.as_str().to_owned() })
}

/// Reads an answer that should be good.
///
/// # Errors
/// What its status says, or [`Trouble::Nonsense`].
pub(crate) fn read<R: IncomingResponse>(reply: Reply) -> Result<R, Trouble> {
    let reply = good(reply)?;
    let host = reply.host;
    R::try_from_http_response(reply.http).map_err(|_| Trouble::Nonsense { host })
}

/// Makes sure that it is a homeserver which says that a session has ended, and not a page
/// that stands before it.
///
/// # Errors
/// What the status says, or [`Trouble::Nonsense`].
pub(super) fn logged_out(reply: Reply) -> Result<(), Trouble> {
    let reply = good(reply)?;
    if reply.json().is_object() { Ok(()) } else { Err(Trouble::Nonsense { host: reply.host }) }
}

/// Whether a server says that a token is worth nothing. A login page of the
/// network, a proxy's refusal or a locked account says nothing about tokens.
pub(super) fn is_over(reply: &Reply) -> bool {
    // The last one is how identity servers say it.
    let codes = ["M_UNKNOWN_TOKEN", "M_MISSING_TOKEN", "M_UNAUTHORIZED"];
    reply.http.status() == http::StatusCode::UNAUTHORIZED && codes.contains(&reply.errcode().as_str())
}

/// Passes on an answer whose status is good.
///
/// # Errors
/// What the status says.
pub(crate) fn good(reply: Reply) -> Result<Reply, Trouble> {
    let status = reply.http.status();
    if status.is_success() {
        return Ok(reply);
    }
    let (code, host) = (reply.errcode(), reply.host.clone());
    if status.is_redirection() {
        let to = reply.http.headers().get(http::header::LOCATION);
        let to = cut(to.and_then(|to| to.to_str().ok()).unwrap_or_default());
        return Err(Trouble::Redirect { host, to });
    }
    Err(match (status.as_u16(), code.as_str()) {
        (403, "M_TERMS_NOT_SIGNED") => Trouble::TermsNotSigned { host },
        (401, _) if is_over(&reply) => Trouble::TokenRefused { host },
        (401 | 403, "M_USER_LOCKED" | "M_USER_SUSPENDED" | "M_USER_DEACTIVATED") => {
            Trouble::AccountClosed { host, code }
        }
        // Nothing of this kind at that place: a web server's own page, or
        // another Matrix server.
        (404 | 405, "" | "M_UNRECOGNIZED") => Trouble::Nonsense { host },
        (status, _) => {
            let said = cut(reply.json().get("error").and_then(Value::as_str).unwrap_or_default());
            Trouble::Server { host, status, code, said }
        }
    })
}
