//! What a request carries that no answer may bring to light again: a server that
//! quotes a token or a password in an error would have it printed.

use http::Request;
use http::header::AUTHORIZATION;
use serde_json::Value;

/// Shorter ones are words that stand in any sentence.
const SHORTEST: usize = 4;

/// The names of what is secret in the bodies that are sent (Matrix
/// client-server API, `/login` and `/refresh`).
const NAMES: [&str; 3] = ["password", "token", "refresh_token"];

/// The secrets that a request carries.
pub(super) fn of(request: &Request<Vec<u8>>) -> Vec<String> {
    let header = request.headers().get(AUTHORIZATION).and_then(|value| value.to_str().ok());
    // Behind the scheme: `Bearer` or `Basic`.
    let bearer = header.and_then(|header| header.split_once(' ')).map(|(_, secret)| secret.to_owned());
    let body: Value = serde_json::from_slice(request.body()).unwrap_or_default();
    let sent = NAMES.iter().filter_map(|name| Some(body.get(name)?.as_str()?.to_owned()));
    let mut secrets: Vec<String> =
        bearer.into_iter().chain(sent).filter(|secret| secret.len() >= SHORTEST).collect();
    // One can be a part of another.
    secrets.sort_by_key(|secret| std::cmp::Reverse(secret.len()));
    secrets
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
    }
}
