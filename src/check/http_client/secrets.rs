//! What a request carries that no answer may bring to light again: a server that
//! quotes a token or a password in an error would have it printed.

use http::Request;
use http::header::{AUTHORIZATION, HeaderMap, HeaderValue, LOCATION};
use serde_json::Value;
use url::form_urlencoded;

/// Shorter ones are words that stand in any sentence.
const SHORTEST: usize = 4;

/// The names of what is secret in the bodies that are sent: JSON to homeservers
/// (client-server API, `/login` and `/refresh`) and identity servers
/// (`/account/register`), forms to authorization servers (RFC 6749, 7009, 7636).
const NAMES: [&str; 6] = ["password", "token", "access_token", "refresh_token", "code", "code_verifier"];

/// The secrets that a request carries, also as they would stand in a form or a URL.
pub(super) fn of(request: &Request<Vec<u8>>) -> Vec<String> {
    let header = request.headers().get(AUTHORIZATION).and_then(|value| value.to_str().ok());
    // Behind the scheme: `Bearer` or `Basic`.
    let bearer = header.and_then(|header| header.split_once(' ')).map(|(_, secret)| secret.to_owned());
    let sent = match serde_json::from_slice::<Value>(request.body()) {
        Ok(body) => NAMES.iter().filter_map(|name| Some(body.get(name)?.as_str()?.to_owned())).collect(),
        Err(_) => of_form(request.body()),
    };
    let both = |secret: String| [form_urlencoded::byte_serialize(secret.as_bytes()).collect(), secret];
    let long_enough = bearer.into_iter().chain(sent).filter(|secret| secret.len() >= SHORTEST);
    let mut secrets: Vec<String> = long_enough.flat_map(both).collect();
    // One can be a part of another.
    secrets.sort_by(|a, b| b.len().cmp(&a.len()).then_with(|| a.cmp(b)));
    secrets.dedup();
    secrets
}

/// The secrets of a form.
fn of_form(body: &[u8]) -> Vec<String> {
    let secret = form_urlencoded::parse(body).filter(|(name, _)| NAMES.contains(&name.as_ref()));
    secret.map(|(_, value)| value.into_owned()).collect()
}

/// A body without them. What is JSON is read first: there are many ways to write a
/// letter there, and all of them are shown alike.
pub(super) fn without(secrets: &[String], body: Vec<u8>) -> Vec<u8> {
    if let Ok(mut json) = serde_json::from_slice::<Value>(&body) {
        return if conceal(secrets, &mut json) { json.to_string().into_bytes() } else { body };
    }
    match concealed(secrets, &String::from_utf8_lossy(&body), "…") {
        Some(text) => text.into_bytes(),
        None => body,
    }
}

/// Takes them out of where a redirect leads, which is shown.
pub(super) fn conceal_location(secrets: &[String], headers: &mut HeaderMap) {
    let to = headers.get(LOCATION).and_then(|to| to.to_str().ok());
    let clean = to.and_then(|to| concealed(secrets, to, "...")).and_then(|to| HeaderValue::try_from(to).ok());
    if let Some(clean) = clean {
        headers.insert(LOCATION, clean);
    }
}

/// Takes them out of all texts of a value. Gives whether there were any.
fn conceal(secrets: &[String], value: &mut Value) -> bool {
    // Each has to be gone through, also behind one that had some.
    let any = |found: bool, value: &mut Value| conceal(secrets, value) | found;
    match value {
        Value::String(text) => match concealed(secrets, text, "…") {
            Some(clean) => {
                *text = clean;
                true
            }
            None => false,
        },
        Value::Array(values) => values.iter_mut().fold(false, any),
        Value::Object(fields) => fields.values_mut().fold(false, any),
        Value::Null | Value::Bool(_) | Value::Number(_) => false,
    }
}

/// A text with something else in their place; none if it holds none of them.
fn concealed(secrets: &[String], text: &str, instead: &str) -> Option<String> {
    let holds = secrets.iter().any(|secret| text.contains(secret.as_str()));
    holds.then(|| secrets.iter().fold(text.to_owned(), |text, secret| text.replace(secret.as_str(), instead)))
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
        assert_eq!(secrets, ["YWRhOnNlY3JldA%3D%3D", "YWRhOnNlY3JldA=="]);
        assert_eq!(without(&secrets, b"\xff as it was".to_vec()), b"\xff as it was");
        let secrets =
            of(&request("", "grant_type=refresh_token&client_id=client&refresh_token=mar%2Fcanary"));
        let body = b"{\"error_description\":\"client has no mar/canary (mar%2Fcanary)\"}".to_vec();
        let clean = String::from_utf8(without(&secrets, body)).unwrap();
        assert_eq!(clean, "{\"error_description\":\"client has no … (…)\"}");
    }

    #[test]
    fn however_a_secret_is_written_it_does_not_come_back() {
        let secrets = of(&request("", r#"{"password":"pa\"ss\\é/canary","access_token":"openid-canary"}"#));
        for quoted in [
            r#"pa\"ss\\é/canary"#,
            r#"pa\"ss\\\u00e9/canary"#,
            r"\u0070a\u0022ss\u005c\u00E9\/\u0063anary",
            "openid-canary",
            "pa%22ss%5C%C3%A9%2Fcanary",
        ] {
            let body = format!(r#"{{"errcode":"M_UNKNOWN","more":[{{"error":"no: {quoted}!"}}]}}"#);
            let clean = without(&secrets, body.into_bytes());
            let clean: Value = serde_json::from_slice(&clean).unwrap();
            assert_eq!(clean["more"][0]["error"], "no: …!", "{quoted}");
            assert_eq!(clean["errcode"], "M_UNKNOWN");
        }
        // The names of what was sent stand, also where a secret is one of them.
        let secrets = of(&request("", r#"{"password":"error"}"#));
        assert_eq!(without(&secrets, br#"{"error":"no"}"#.to_vec()), br#"{"error":"no"}"#);
    }

    #[test]
    fn no_redirect_tells_a_secret() {
        let secrets = of(&request("Bearer mat/canary", ""));
        for (to, clean) in [
            ("https://example.org/?t=mat/canary", "https://example.org/?t=..."),
            ("https://example.org/?t=mat%2Fcanary", "https://example.org/?t=..."),
            ("https://example.org/there", "https://example.org/there"),
        ] {
            let mut headers = HeaderMap::from_iter([(LOCATION, HeaderValue::from_static(to))]);
            conceal_location(&secrets, &mut headers);
            assert_eq!(headers[LOCATION], clean);
        }
    }
}
