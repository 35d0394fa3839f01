//! Where a homeserver is: what a domain says of its servers, and how far it is followed.
//!
//! <https://spec.matrix.org/v1.18/client-server-api/#server-discovery>

use http::Request;
use serde_json::Value;

use super::http_client::{Http, Reply};
use super::place::{Base, is_this_computer};
use super::ruma_client::good;
use super::trouble::{Trouble, cut};

/// So many redirects are followed on the way to a well-known file.
const REDIRECTS: usize = 5;

/// What a domain says of its servers (`/.well-known/matrix/client`).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WellKnown {
    /// Where clients find the homeserver, as it stands there.
    pub homeserver: Option<String>,
    /// Where they find the identity server.
    pub identity_server: Option<String>,
}

/// Asks a domain for its well-known file. Most have none: a refusal, an empty body or
/// something else than JSON is a domain that says nothing. One that cannot tell now may
/// have something to say.
///
/// # Errors
/// No connection, a server's own trouble, or redirects that lead where we do not go.
pub async fn well_known(http: &Http, domain: &Base) -> Result<WellKnown, Trouble> {
    let bad = |url: &str| Trouble::BadUrl { url: cut(url) };
    let mut url = domain.url().join("/.well-known/matrix/client").map_err(|_| bad(domain.url().as_str()))?;
    for _ in 0..=REDIRECTS {
        // No token goes along: whoever answers learns nothing.
        let request = Request::get(url.as_str()).body(Vec::new()).map_err(|_| bad(url.as_str()))?;
        let reply = http.send(&request).await?;
        let Some(next) = reply.leads_to(&url) else {
            return understood(reply);
        };
        // What a server puts there would be sent along as a password.
        let plain = next.username().is_empty() && next.password().is_none();
        let secure = next.scheme() == "https"
            || next.scheme() == "http" && is_this_computer(&next) && is_this_computer(domain.url());
        if !secure || !plain || Base::parse(&next.origin().ascii_serialization()).is_err() {
            return Err(Trouble::Redirect { host: reply.host, to: cut(next.as_str()) });
        }
        url = next;
    }
    Err(Trouble::RedirectLoop { host: domain.label() })
}

fn understood(reply: Reply) -> Result<WellKnown, Trouble> {
    if reply.http.status().is_client_error() {
        return Ok(WellKnown::default());
    }
    let json = good(reply)?.json();
    // What is no place is trouble only for whoever wants to go there.
    let base = |key: &str| {
        let place = json.get(key).filter(|place| !place.is_null())?;
        let url = place.get("base_url").and_then(Value::as_str).map(str::to_owned);
        Some(url.unwrap_or_else(|| cut(&place.to_string())))
    };
    Ok(WellKnown { homeserver: base("m.homeserver"), identity_server: base("m.identity_server") })
}

/// Where a homeserver is, and what its domain says of an identity server.
pub struct Located {
    /// The homeserver.
    pub homeserver: Base,
    /// The identity server, as its domain names it.
    pub identity_server: Option<String>,
}

/// Finds a homeserver by its name, as clients do.
///
/// # Errors
/// No connection, or a domain that sends us where we do not go.
pub async fn locate(http: &Http, name: &str) -> Result<Located, Trouble> {
    let domain = Base::of_name(name).map_err(|_| Trouble::BadUrl { url: name.to_owned() })?;
    http.trust(&domain);
    let says = well_known(http, &domain).await?;
    let usable = |text: &str| Base::parse(text).map_err(|_| Trouble::BadUrl { url: cut(text) });
    let homeserver = says.homeserver.as_deref().map(usable).transpose()?;
    Ok(Located { homeserver: homeserver.unwrap_or(domain), identity_server: says.identity_server })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn says(status: u16, body: &str) -> Result<WellKnown, Trouble> {
        let http = http::Response::builder().status(status).body(body.as_bytes().to_vec()).unwrap();
        understood(Reply { host: "example.org".to_owned(), http })
    }

    #[test]
    fn what_a_domain_says_of_one_server_spoils_nothing_of_the_other() {
        let known = |homeserver: Option<&str>, identity_server: Option<&str>| WellKnown {
            homeserver: homeserver.map(str::to_owned),
            identity_server: identity_server.map(str::to_owned),
        };
        let home = r#""m.homeserver":{"base_url":"https://m.example.org"}"#;
        for (identity, place) in [
            (r#""m.identity_server":{"base_url":"https://id.example.org"}"#, Some("https://id.example.org")),
            (r#""m.identity_server":7"#, Some("7")),
            (r#""m.identity_server":{"base_url":17}"#, Some("{\"base_url\":17}")),
            (r#""m.identity_server":null"#, None),
        ] {
            let said = says(200, &format!("{{{home},{identity}}}")).unwrap();
            assert_eq!(said, known(Some("https://m.example.org"), place));
        }
        for (status, body) in
            [(404, "{}"), (403, "<html>"), (200, "<html>"), (200, ""), (204, ""), (200, "[]")]
        {
            assert_eq!(says(status, body).unwrap(), WellKnown::default(), "{status} {body}");
        }
        for status in [500, 502, 503] {
            assert!(matches!(says(status, "{}"), Err(Trouble::Server { .. })), "{status}");
        }
    }
}
