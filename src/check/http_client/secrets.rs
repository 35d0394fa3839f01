//! What no answer may bring to light again: a server that quotes a token or a password
//! in an error would have it printed. What was secret once in a run stays so: also what
//! an answer brought, and what another request carried.

use std::sync::{Mutex, MutexGuard, PoisonError};

use http::header::{AUTHORIZATION, HeaderMap, HeaderValue, LOCATION};
use http::{Method, Request};
use serde_json::Value;
use url::{Url, form_urlencoded};
use zeroize::Zeroizing;

use super::spellings::holds;

/// Shorter ones are words that stand in any sentence.
const SHORTEST: usize = 4;

/// No server gives shorter ones, and shorter ones may be names that stand in good answers.
const SHORTEST_GIVEN: usize = 16;

/// The names of what is secret in bodies: JSON from and to homeservers (client-server
/// API, `/login` and `/refresh`) and identity servers (`/account/register`), forms to
/// authorization servers and their answers (RFC 6749, 7009, 7636).
const NAMES: [&str; 6] = ["password", "token", "access_token", "refresh_token", "code", "code_verifier"];

/// The secrets of a run, wiped from memory when it is over.
#[derive(Default)]
pub(super) struct Secrets(Mutex<Vec<Secret>>);

/// One of them.
struct Secret {
    text: Zeroizing<String>,
    /// Whether a server gave it, and nobody chose it.
    given: bool,
}

impl Secrets {
    /// Takes up what a request carries.
    pub(super) fn sent(&self, request: &Request<Vec<u8>>) {
        let header = request.headers().get(AUTHORIZATION).and_then(|value| value.to_str().ok());
        // Behind the scheme: `Bearer` or `Basic`.
        let bearer = header.and_then(|header| header.split_once(' ')).map(|(scheme, secret)| Secret {
            given: !scheme.eq_ignore_ascii_case("Basic"),
            text: Zeroizing::new(secret.to_owned()),
        });
        let body = match serde_json::from_slice::<Value>(request.body()) {
            Ok(body) => of_json(&body),
            Err(_) => of_form(request.body()),
        };
        self.keep(bearer.into_iter().chain(body));
    }

    /// Takes up the tokens that a good answer to a request brings, and gives it without
    /// those that were given before in any other place: names and addresses are shown. What
    /// the user chose may stand there; and what is only read is full of what anybody wrote.
    pub(super) fn received(&self, method: &Method, body: Vec<u8>) -> Vec<u8> {
        let has = |what: &[u8]| memchr::memmem::find(&body, what).is_some();
        let is_escaped = memchr::memchr(b'\\', &body).is_some();
        let tells =
            is_escaped || has(b"token") || self.all().iter().any(|secret| has(secret.text.as_bytes()));
        let Some(Ok(mut json)) = tells.then(|| serde_json::from_slice::<Value>(&body)) else { return body };
        if method == Method::POST {
            self.keep(of_json(&json));
        }
        let stays = |name: &str, value: &Value| NAMES.contains(&name) && value.is_string();
        // Accounts are names of values.
        let found = cleaned(&mut json, &|text| self.without_given(text), &stays, true);
        if found { json.to_string().into_bytes() } else { body }
    }

    /// Takes up a token that may go along later.
    pub(super) fn given(&self, token: &str) {
        self.keep([Secret { text: Zeroizing::new(token.to_owned()), given: true }]);
    }

    fn keep(&self, new: impl IntoIterator<Item = Secret>) {
        let mut all = self.all();
        all.extend(new.into_iter().filter(|secret| secret.text.len() >= SHORTEST));
        // One can be a part of another.
        all.sort_by(|a, b| b.text.len().cmp(&a.text.len()).then_with(|| a.text.cmp(&b.text)));
        all.dedup_by(|a, b| a.text == b.text);
    }

    /// A text without what was given; none if it holds nothing of it.
    fn without_given(&self, text: &str) -> Option<String> {
        let all = self.all();
        let given = || all.iter().filter(|secret| secret.given && secret.text.len() >= SHORTEST_GIVEN);
        let holds = given().any(|secret| text.contains(&*secret.text));
        holds.then(|| given().fold(text.to_owned(), |text, secret| text.replace(&*secret.text, "…")))
    }

    /// A body without them. What is JSON is read first: there are many ways to write a
    /// letter there, and all of them are shown alike.
    pub(super) fn without(&self, body: Vec<u8>) -> Vec<u8> {
        if let Ok(mut json) = serde_json::from_slice::<Value>(&body) {
            return if self.conceal(&mut json) { json.to_string().into_bytes() } else { body };
        }
        match self.concealed(&String::from_utf8_lossy(&body)) {
            Some(text) => text.into_bytes(),
            None => body,
        }
    }

    /// Takes them out of where a redirect leads, which is shown. Where one of them is, none
    /// of the rest is shown.
    pub(super) fn conceal_location(&self, headers: &mut HeaderMap) {
        let to = headers.get(LOCATION).and_then(|to| to.to_str().ok());
        let Some(to) = to.filter(|to| self.concealed(to).is_some()) else { return };
        let origin = Url::parse(to).map(|url| url.origin().ascii_serialization()).unwrap_or_default();
        let shown = self.concealed(&origin).map_or(origin, |_| String::new());
        headers.insert(LOCATION, HeaderValue::try_from(shown).unwrap_or(HeaderValue::from_static("")));
    }

    /// Takes them out of all texts of a value. Gives whether there were any.
    pub(super) fn conceal(&self, value: &mut Value) -> bool {
        // By its code it is told what an error means.
        let stays = |name: &str, value: &Value| name == "errcode" && is_code(value);
        cleaned(value, &|text| self.concealed(text), &stays, false)
    }

    /// A text with "…" in their place, or nothing else where one of them is written in some
    /// other way; none if it holds none of them.
    pub(super) fn concealed(&self, text: &str) -> Option<String> {
        let all = self.all();
        let is_there = |text: &str| all.iter().any(|secret| text.contains(&*secret.text));
        if !holds(text, &is_there) {
            return None;
        }
        let clean = all.iter().fold(text.to_owned(), |text, secret| text.replace(&*secret.text, "…"));
        Some(if holds(&clean, &is_there) { "…".to_owned() } else { clean })
    }

    fn all(&self) -> MutexGuard<'_, Vec<Secret>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Has all texts of a value be cleaned, but for fields that stay as they are, and with the
/// names of fields if they are to be. Gives whether there was anything to clean.
fn cleaned(
    value: &mut Value,
    clean: &dyn Fn(&str) -> Option<String>,
    stays: &dyn Fn(&str, &Value) -> bool,
    names: bool,
) -> bool {
    // Each has to be gone through, also behind one that had something.
    let any = |found: bool, value: &mut Value| cleaned(value, clean, stays, names) | found;
    match value {
        Value::String(text) => {
            let new = clean(text);
            let found = new.is_some();
            *text = new.unwrap_or_else(|| std::mem::take(text));
            found
        }
        Value::Array(values) => values.iter_mut().fold(false, any),
        Value::Object(fields) => {
            let texts = fields.iter_mut().filter(|(name, value)| !stays(name, value));
            let mut found = texts.map(|(_, value)| value).fold(false, any);
            if names && fields.keys().any(|name| clean(name).is_some()) {
                let all = std::mem::take(fields).into_iter();
                *fields = all.map(|(name, value)| (clean(&name).unwrap_or(name), value)).collect();
                found = true;
            }
            found
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => false,
    }
}

/// Whether a value is an error code of Matrix's, such as `M_FORBIDDEN`.
fn is_code(value: &Value) -> bool {
    let code = value.as_str().and_then(|text| text.strip_prefix("M_"));
    code.is_some_and(|code| code.bytes().all(|byte| byte.is_ascii_uppercase() || byte == b'_'))
}

fn of_json(body: &Value) -> Vec<Secret> {
    NAMES.iter().filter_map(|name| Some(Secret::named(name, body.get(name)?.as_str()?))).collect()
}

fn of_form(body: &[u8]) -> Vec<Secret> {
    let secret = form_urlencoded::parse(body).filter(|(name, _)| NAMES.contains(&name.as_ref()));
    secret.map(|(name, value)| Secret::named(&name, &value)).collect()
}

impl Secret {
    fn named(name: &str, text: &str) -> Secret {
        Secret { text: Zeroizing::new(text.to_owned()), given: name != "password" }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

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

    fn receives(secrets: &Secrets, body: &[u8]) -> Vec<u8> {
        secrets.received(&Method::POST, body.to_vec())
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
        receives(&secrets, b"{\"access_token\":\"new_canary\",\"user_id\":\"@ada:example.org\"}");
        receives(&secrets, b"[\"token\"]");
        secrets.sent(&request(
            "Bearer new_canary",
            "grant_type=refresh_token&client_id=me&refresh_token=m%2Fry",
        ));
        let body = "{\"error\":\"@ada:example.org has new_canary, syt_canary and m/ry of me\"}";
        assert_eq!(without(&secrets, body), "{\"error\":\"@ada:example.org has …, … and … of me\"}");
        assert_eq!(secrets.without(b"\xff as it was".to_vec()), b"\xff as it was");
        let basic = sent("Basic YWRhOnNlY3JldA==", "user=ada");
        assert_eq!(without(&basic, "<p>YWRhOnNlY3JldA==, ada</p>"), "<p>…, ada</p>");
    }

    #[test]
    fn however_a_secret_is_written_it_does_not_come_back() {
        let secrets = sent("", r#"{"password":"pa\"ss\\é/canary","access_token":"openid-canary"}"#);
        for quoted in [
            r#"pa\"ss\\é/canary"#,
            r#"pa\"ss\\\u00e9/canary"#,
            r"\u0070a\u0022ss\u005c\u00E9\/\u0063anary",
            "openid-canary",
        ] {
            let body = format!(r#"{{"errcode":"M_UNKNOWN","more":[{{"error":"no: {quoted}!"}}]}}"#);
            let clean: Value = serde_json::from_str(&without(&secrets, &body)).unwrap();
            assert_eq!(clean["more"][0]["error"], "no: …!", "{quoted}");
            assert_eq!(clean["errcode"], "M_UNKNOWN");
        }
        // Written within a text, nothing of the text is left.
        for quoted in ["pa%22ss%5C%C3%A9%2Fcanary", "b3BlbmlkLWNhbmFyeQ", "pa&quot;ss&#92;é/canary"] {
            let body = json!({ "error": format!("canary and {quoted}!") }).to_string();
            assert_eq!(without(&secrets, &body), r#"{"error":"…"}"#, "{quoted}");
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
    fn no_good_answer_tells_what_was_given_before() {
        let secrets = sent("Bearer syt_long_canary_of_before", r#"{"password":"a-long-password-of-ada"}"#);
        let body = r#"{"token":"a-new-and-long-canary","next":{"token":{"en":"a-new-and-long-canary"}},
            "@syt_long_canary_of_before:a":["syt_long_canary\u005fof_before","a-long-password-of-ada"]}"#;
        let clean: Value = serde_json::from_slice(&receives(&secrets, body.as_bytes())).unwrap();
        let expected = json!({ "token": "a-new-and-long-canary", "next": { "token": { "en": "…" } },
            "@…:a": ["…", "a-long-password-of-ada"] });
        assert_eq!(clean, expected);
        for good in [r#"{ "access_token":"another-long-canary" }"#, "token", r#"["a\"b"]"#] {
            assert_eq!(receives(&secrets, good.as_bytes()), good.as_bytes());
        }
        // What others wrote into a profile or a room is no token.
        let profile = r#"{"displayname":"x","token":"@cid.real.account:example.org"}"#;
        secrets.received(&Method::GET, profile.as_bytes().to_vec());
        let found = r#"{"mappings":{"a":"@cid.real.account:example.org"}}"#;
        assert_eq!(receives(&secrets, found.as_bytes()), found.as_bytes());
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
