//! What a request carries that no answer may bring to light again: a server that
//! quotes a token or a password in an error would have it printed.

use http::Request;
use http::header::AUTHORIZATION;
use serde_json::Value;
use url::form_urlencoded;

/// Shorter ones are words that stand in any sentence.
const SHORTEST: usize = 4;

/// The names of what is secret in the bodies that are sent: JSON to homeservers
/// (client-server API, `/login` and `/refresh`), forms to authorization servers
/// (RFC 6749, 7009, 7636).
const NAMES: [&str; 5] = ["password", "token", "refresh_token", "code", "code_verifier"];

/// The secrets that a request carries.
pub(super) fn of(request: &Request<Vec<u8>>) -> Vec<String> {
    let header = request.headers().get(AUTHORIZATION).and_then(|value| value.to_str().ok());
    // Behind the scheme: `Bearer` or `Basic`.
    let bearer = header.and_then(|header| header.split_once(' ')).map(|(_, secret)| secret.to_owned());
    let sent = match serde_json::from_slice::<Value>(request.body()) {
        Ok(body) => NAMES.iter().filter_map(|name| Some(body.get(name)?.as_str()?.to_owned())).collect(),
        Err(_) => of_form(request.body()),
    };
    let mut secrets: Vec<String> =
        bearer.into_iter().chain(sent).filter(|secret| secret.len() >= SHORTEST).collect();
    // One can be a part of another.
    secrets.sort_by_key(|secret| std::cmp::Reverse(secret.len()));
    secrets
}

/// The secrets of a form, also as they stand in it.
fn of_form(body: &[u8]) -> Vec<String> {
    let secret = form_urlencoded::parse(body).filter(|(name, _)| NAMES.contains(&name.as_ref()));
    let both = |(_, value): (_, std::borrow::Cow<'_, str>)| {
        [form_urlencoded::byte_serialize(value.as_bytes()).collect(), value.into_owned()]
    };
    secret.flat_map(both).collect()
}

/// A body without them.
pub(super) fn without(secrets: &[String], body: Vec<u8>) -> Vec<u8> {
    let holds = |secret: &String| memchr::memmem::find(&body, secret.as_bytes()).is_some();
    if !secrets.iter().any(holds) {
        return body;
    }
    let text = String::from_utf8_lossy(&body).into_owned();
    secrets.iter().fold(text, |text, secret| text.replace(secret.as_str(), "…")).into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn request(authorization: &str, body: &str) -> Request<Vec<u8>> {
        let builder = Request::post("https://example.org/").header(AUTHORIZATION, authorization);
        builder.body(body.as_bytes().to_vec()).unwrap()
    }

    #[test]
    fn what_was_sent_in_secret_does_not_come_back() {
        let secrets = of(&request(
            "Bearer syt_canary",
            "{\"refresh_token\":\"syr_canary_two\",\"device_id\":\"DEVICE\"}",
        ));
        let body = b"{\"error\":\"bad header Bearer syt_canary, syr_canary_two of DEVICE\"}".to_vec();
        let clean = String::from_utf8(without(&secrets, body)).unwrap();
        assert_eq!(clean, "{\"error\":\"bad header Bearer …, … of DEVICE\"}");
        let secrets = of(&request("Basic YWRhOnNlY3JldA==", "user=ada"));
        assert_eq!(secrets, ["YWRhOnNlY3JldA=="]);
        assert_eq!(without(&secrets, b"\xff as it was".to_vec()), b"\xff as it was");
        let secrets =
            of(&request("", "grant_type=refresh_token&client_id=client&refresh_token=mar%2Fcanary"));
        let body = b"{\"error_description\":\"client has no mar/canary (mar%2Fcanary)\"}".to_vec();
        let clean = String::from_utf8(without(&secrets, body)).unwrap();
        assert_eq!(clean, "{\"error_description\":\"client has no … (…)\"}");
    }
}
