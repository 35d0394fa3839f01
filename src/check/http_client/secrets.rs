//! What no answer may bring to light again: a server that quotes a token or a password
//! in an error would have it printed. What was secret once in a run stays so: also what
//! an answer brought, and what another request carried.

use std::sync::{Mutex, MutexGuard, PoisonError};

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD_NO_PAD, URL_SAFE_NO_PAD};
use http::Request;
use http::header::{AUTHORIZATION, HeaderMap, HeaderValue, LOCATION};
use serde_json::Value;
use url::{Url, form_urlencoded};
use zeroize::Zeroizing;

use crate::read::addresses::percent_decoded;

/// Shorter ones are words that stand in any sentence.
const SHORTEST: usize = 4;

/// The names of what is secret in bodies: JSON from and to homeservers (client-server
/// API, `/login` and `/refresh`) and identity servers (`/account/register`), forms to
/// authorization servers and their answers (RFC 6749, 7009, 7636).
const NAMES: [&str; 6] = ["password", "token", "access_token", "refresh_token", "code", "code_verifier"];

/// The secrets of a run, wiped from memory when it is over.
#[derive(Default)]
pub(super) struct Secrets(Mutex<Vec<Zeroizing<String>>>);

impl Secrets {
    /// Takes up what a request carries.
    pub(super) fn sent(&self, request: &Request<Vec<u8>>) {
        let header = request.headers().get(AUTHORIZATION).and_then(|value| value.to_str().ok());
        // Behind the scheme: `Bearer` or `Basic`.
        let bearer = header.and_then(|header| header.split_once(' ')).map(|(_, secret)| secret.to_owned());
        let body = match serde_json::from_slice::<Value>(request.body()) {
            Ok(body) => of_json(&body),
            Err(_) => of_form(request.body()),
        };
        self.keep(bearer.into_iter().chain(body));
    }

    /// Takes up what a good answer brings.
    pub(super) fn received(&self, body: &[u8]) {
        if memchr::memmem::find(body, b"token").is_some()
            && let Ok(body) = serde_json::from_slice(body)
        {
            self.keep(of_json(&body));
        }
    }

    /// Keeps them as they are, and as they would stand in a form, a URL or base64.
    fn keep(&self, new: impl IntoIterator<Item = String>) {
        let mut all = self.all();
        for secret in new.into_iter().filter(|secret| secret.len() >= SHORTEST) {
            let secret = Zeroizing::new(secret);
            if all.contains(&secret) {
                continue;
            }
            let encoded: String = form_urlencoded::byte_serialize(secret.as_bytes()).collect();
            let written = [encoded, STANDARD_NO_PAD.encode(&*secret), URL_SAFE_NO_PAD.encode(&*secret)];
            all.extend(written.into_iter().map(Zeroizing::new).chain([secret]));
        }
        // One can be a part of another.
        all.sort_by(|a, b| b.len().cmp(&a.len()).then_with(|| a.cmp(b)));
        all.dedup();
    }

    /// A body without them. What is JSON is read first: there are many ways to write a
    /// letter there, and all of them are shown alike.
    pub(super) fn without(&self, body: Vec<u8>) -> Vec<u8> {
        if let Ok(mut json) = serde_json::from_slice::<Value>(&body) {
            return if self.conceal(&mut json) { json.to_string().into_bytes() } else { body };
        }
        match self.concealed(&String::from_utf8_lossy(&body), "…") {
            Some(text) => text.into_bytes(),
            None => body,
        }
    }

    /// Takes them out of where a redirect leads, which is shown. A letter can be written in
    /// several ways there too, so where one of them is, none of the rest is shown.
    pub(super) fn conceal_location(&self, headers: &mut HeaderMap) {
        let to = headers.get(LOCATION).and_then(|to| to.to_str().ok());
        let Some(to) = to.filter(|to| self.concealed(&percent_decoded(to), "").is_some()) else { return };
        let origin = Url::parse(to).map(|url| url.origin().ascii_serialization()).unwrap_or_default();
        let shown = self.concealed(&origin, "").map_or(origin, |_| String::new());
        headers.insert(LOCATION, HeaderValue::try_from(shown).unwrap_or(HeaderValue::from_static("")));
    }

    /// Takes them out of all texts of a value. Gives whether there were any.
    pub(super) fn conceal(&self, value: &mut Value) -> bool {
        // Each has to be gone through, also behind one that had some.
        let any = |found: bool, value: &mut Value| self.conceal(value) | found;
        match value {
            Value::String(text) => {
                let clean = self.concealed(text, "…");
                let found = clean.is_some();
                *text = clean.unwrap_or_else(|| std::mem::take(text));
                found
            }
            Value::Array(values) => values.iter_mut().fold(false, any),
            Value::Object(fields) => {
                // By its code it is told what an error means.
                let texts = fields.iter_mut().filter(|(name, value)| *name != "errcode" || !is_code(value));
                texts.map(|(_, value)| value).fold(false, any)
            }
            Value::Null | Value::Bool(_) | Value::Number(_) => false,
        }
    }

    /// A text with something else in their place; none if it holds none of them.
    pub(super) fn concealed(&self, text: &str, instead: &str) -> Option<String> {
        let all = self.all();
        let holds = all.iter().any(|secret| text.contains(secret.as_str()));
        holds.then(|| all.iter().fold(text.to_owned(), |text, secret| text.replace(secret.as_str(), instead)))
    }

    fn all(&self) -> MutexGuard<'_, Vec<Zeroizing<String>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Whether a value is an error code of Matrix's, such as `M_FORBIDDEN`.
fn is_code(value: &Value) -> bool {
    let code = value.as_str().and_then(|text| text.strip_prefix("M_"));
    code.is_some_and(|code| code.bytes().all(|byte| byte.is_ascii_uppercase() || byte == b'_'))
}

fn of_json(body: &Value) -> Vec<String> {
    NAMES.iter().filter_map(|name| Some(body.get(name)?.as_str()?.to_owned())).collect()
}

fn of_form(body: &[u8]) -> Vec<String> {
    let secret = form_urlencoded::parse(body).filter(|(name, _)| NAMES.contains(&name.as_ref()));
    secret.map(|(_, value)| value.into_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn request(authorization: &str, body: &str) -> Request<Vec<u8>> {
        let builder = Request::post("https://example.org/").header(AUTHORIZATION, authorization);
        builder.body(body.as_bytes().to_vec()).unwrap()
    }

    fn sent(authorization: &str, body: &str) -> Secrets {
        let secrets = Secrets::default();
        secrets.sent(&request(authorization, body));
        secrets
    }

    fn without(secrets: &Secrets, body: &str) -> String {
        String::from_utf8(secrets.without(body.as_bytes().to_vec())).unwrap()
    }

    #[test]
    fn what_was_secret_in_a_run_does_not_come_back() {
        let secrets =
            sent("Bearer syt_canary", "{\"refresh_token\":\"syr_canary_two\",\"device_id\":\"DEVICE\"}");
        let body = "{\"error\":\"bad header Bearer syt_canary, syr_canary_two of DEVICE\"}";
        assert_eq!(without(&secrets, body), "{\"error\":\"bad header Bearer …, … of DEVICE\"}");
        secrets.received(b"{\"access_token\":\"new_canary\",\"user_id\":\"@ada:example.org\"}");
        secrets.received(b"[\"token\"]");
        secrets.sent(&request(
            "Bearer new_canary",
            "grant_type=refresh_token&client_id=me&refresh_token=m%2Fry",
        ));
        let body = "{\"error\":\"@ada:example.org has new_canary, syt_canary, m/ry and m%2Fry of me\"}";
        assert_eq!(without(&secrets, body), "{\"error\":\"@ada:example.org has …, …, … and … of me\"}");
        assert_eq!(secrets.without(b"\xff as it was".to_vec()), b"\xff as it was");
        let basic = sent("Basic YWRhOnNlY3JldA==", "user=ada");
        assert_eq!(without(&basic, "<p>YWRhOnNlY3JldA==, YWRhOnNlY3JldA%3D%3D, ada</p>"), "<p>…, …, ada</p>");
    }

    #[test]
    fn however_a_secret_is_written_it_does_not_come_back() {
        let secrets = sent("", r#"{"password":"pa\"ss\\é/canary","access_token":"openid-canary"}"#);
        for quoted in [
            r#"pa\"ss\\é/canary"#,
            r#"pa\"ss\\\u00e9/canary"#,
            r"\u0070a\u0022ss\u005c\u00E9\/\u0063anary",
            "openid-canary",
            "pa%22ss%5C%C3%A9%2Fcanary",
            "b3BlbmlkLWNhbmFyeQ",
        ] {
            let body = format!(r#"{{"errcode":"M_UNKNOWN","more":[{{"error":"no: {quoted}!"}}]}}"#);
            let clean: Value = serde_json::from_str(&without(&secrets, &body)).unwrap();
            // What base64 is filled up with may stay.
            assert_eq!(clean["more"][0]["error"], "no: …!", "{quoted}");
            assert_eq!(clean["errcode"], "M_UNKNOWN");
        }
        // A code stays one, and a secret in its place does not.
        let secrets = sent("Bearer syt_canary", r#"{"password":"FORBIDDEN"}"#);
        let body = r#"{"errcode":"M_FORBIDDEN","error":"FORBIDDEN"}"#;
        assert_eq!(without(&secrets, body), r#"{"errcode":"M_FORBIDDEN","error":"…"}"#);
        assert_eq!(without(&secrets, r#"{"errcode":"syt_canary"}"#), r#"{"errcode":"…"}"#);
        // The names of what was sent stand, also where a secret is one of them.
        let secrets = sent("", r#"{"password":"error"}"#);
        assert_eq!(without(&secrets, r#"{"error":"no"}"#), r#"{"error":"no"}"#);
    }

    #[test]
    fn no_redirect_tells_a_secret() {
        let secrets = sent("Bearer mat/canary", r#"{"password":"a word or two"}"#);
        for (to, clean) in [
            ("https://example.org/?t=mat/canary", "https://example.org"),
            ("https://example.org/?t=mat%2fcan%61ry", "https://example.org"),
            ("https://example.org/a%20word%20or%20two", "https://example.org"),
            ("https://example.org/there", "https://example.org/there"),
            ("/?t=mat/canary", ""),
        ] {
            let mut headers = HeaderMap::from_iter([(LOCATION, HeaderValue::from_static(to))]);
            secrets.conceal_location(&mut headers);
            assert_eq!(headers[LOCATION], clean);
        }
    }
}
