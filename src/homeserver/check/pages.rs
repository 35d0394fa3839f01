//! What the well-known files and the keys say, read.

use std::collections::BTreeMap;

use base64::Engine as _;
use base64::engine::GeneralPurpose;
use base64::engine::general_purpose::GeneralPurposeConfig;
use base64::{alphabet, engine::DecodePaddingMode};
use ed25519_dalek::{Signature, VerifyingKey};
use ruma::CanonicalJsonValue;
use serde_json::Value;
use url::Url;

use super::name::{Authority, NotAuthority};
use super::seen::{Answer, Page};
use crate::check::place::masked;

/// Why a file names no other server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoDelegate {
    /// There is nothing in it.
    Empty,
    /// It is no JSON object.
    NotJson,
    /// It has no text under `m.server`.
    Missing,
    /// What stands there names no server.
    Bad(NotAuthority, String),
}

/// The server that `/.well-known/matrix/server` names.
///
/// # Errors
/// [`NoDelegate`].
pub fn delegate(answer: &Answer) -> Result<Authority, NoDelegate> {
    let file = object(answer)?;
    let text = file.get("m.server").and_then(Value::as_str).ok_or(NoDelegate::Missing)?;
    Authority::parse(text).map_err(|why| NoDelegate::Bad(why, masked(text)))
}

fn object(answer: &Answer) -> Result<Value, NoDelegate> {
    if answer.body.iter().all(u8::is_ascii_whitespace) {
        return Err(NoDelegate::Empty);
    }
    answer.object().ok_or(NoDelegate::NotJson)
}

/// Why a file leads clients nowhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoBase {
    /// There is nothing in it.
    Empty,
    /// It is no JSON object.
    NotJson,
    /// It has no text under `m.homeserver`, `base_url`.
    Missing,
    /// What stands there is no URL of a server.
    NotUrl(String),
    /// It is `http://`.
    Insecure(String),
    /// It holds a name or a password.
    Credentials(String),
}

/// Where `/.well-known/matrix/client` leads clients.
///
/// # Errors
/// [`NoBase`].
pub fn base(answer: &Answer) -> Result<Url, NoBase> {
    let file = object(answer).map_err(|why| match why {
        NoDelegate::Empty => NoBase::Empty,
        _ => NoBase::NotJson,
    })?;
    let text = base_of(&file, "m.homeserver").ok_or(NoBase::Missing)?;
    let url = Url::parse(&text).ok().filter(Url::has_host);
    let url = url.ok_or_else(|| NoBase::NotUrl(masked(&text)))?;
    if !url.username().is_empty() || url.password().is_some() {
        return Err(NoBase::Credentials(masked(&text)));
    }
    match url.scheme() {
        "https" => Ok(url),
        "http" => Err(NoBase::Insecure(masked(&text))),
        _ => Err(NoBase::NotUrl(masked(&text))),
    }
}

/// The first usable one at any address.
pub fn base_url(files: &[Page]) -> Option<Url> {
    files.iter().find_map(|page| base(page.good()?).ok())
}

/// What stands under `m.identity_server`, whatever it is.
pub fn identity(files: &[Page]) -> Option<String> {
    let named = |page: &Page| base_of(&page.good()?.object()?, "m.identity_server");
    files.iter().find_map(named).map(|text| masked(&text))
}

/// The same, if it can be asked.
pub fn identity_url(files: &[Page]) -> Option<Url> {
    let url = Url::parse(&identity(files)?).ok()?;
    let plain = url.username().is_empty() && url.password().is_none();
    Some(url).filter(|url| url.scheme() == "https" && url.has_host() && plain)
}

fn base_of(file: &Value, key: &str) -> Option<String> {
    file.get(key)?.get("base_url")?.as_str().map(str::to_owned)
}

/// What is wrong with a server's keys.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BadKeys {
    /// It is no such answer.
    NotKeys,
    /// They are another server's.
    OtherServer(String),
    /// There is none.
    None,
    /// A key did not sign the answer, or not this one.
    Signature(String),
}

/// The keys of a server, each of which signed for itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Keys {
    /// Their names.
    pub ids: Vec<String>,
    /// Until when they hold, in seconds since 1970.
    pub until: i64,
}

/// Reads and verifies `/_matrix/key/v2/server`.
///
/// # Errors
/// [`BadKeys`].
pub fn keys(answer: &Answer, name: &Authority) -> Result<Keys, BadKeys> {
    let all = answer.object().ok_or(BadKeys::NotKeys)?;
    let server = all.get("server_name").and_then(Value::as_str).ok_or(BadKeys::NotKeys)?;
    if server != name.to_string() {
        return Err(BadKeys::OtherServer(server.to_owned()));
    }
    let until = all.get("valid_until_ts").and_then(Value::as_i64).ok_or(BadKeys::NotKeys)? / 1000;
    let known = all.get("verify_keys").and_then(Value::as_object).ok_or(BadKeys::NotKeys)?;
    let signed = signed_bytes(&all).ok_or(BadKeys::NotKeys)?;
    let signatures = all.get("signatures").and_then(|all| all.get(server));
    let mut ids = Vec::new();
    for (id, key) in known.iter().filter(|(id, _)| id.starts_with("ed25519:")) {
        let key = key.get("key").and_then(Value::as_str);
        let signature = signatures.and_then(|all| all.get(id)).and_then(Value::as_str);
        if !holds(key, signature, &signed) {
            return Err(BadKeys::Signature(id.clone()));
        }
        ids.push(id.clone());
    }
    if ids.is_empty() { Err(BadKeys::None) } else { Ok(Keys { ids, until }) }
}

/// What a signature is over: canonical JSON without signatures.
fn signed_bytes(all: &Value) -> Option<Vec<u8>> {
    let CanonicalJsonValue::Object(mut object) = CanonicalJsonValue::try_from(all.clone()).ok()? else {
        return None;
    };
    let _: Option<CanonicalJsonValue> = object.remove("signatures");
    object.remove("unsigned");
    let sorted: BTreeMap<_, _> = object.into_iter().collect();
    serde_json::to_vec(&sorted).ok()
}

fn holds(key: Option<&str>, signature: Option<&str>, signed: &[u8]) -> bool {
    // Matrix leaves the padding out; whoever does not is understood.
    let config = GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent);
    let engine = GeneralPurpose::new(&alphabet::STANDARD, config);
    let bytes = |text: Option<&str>| engine.decode(text?).ok();
    let key = bytes(key).and_then(|key| VerifyingKey::from_bytes(&<[u8; 32]>::try_from(key).ok()?).ok());
    let signature = bytes(signature).and_then(|bytes| Signature::from_slice(&bytes).ok());
    let (Some(key), Some(signature)) = (key, signature) else { return false };
    key.verify_strict(signed, &signature).is_ok()
}
