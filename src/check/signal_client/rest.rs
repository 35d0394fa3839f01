//! signal-cli-rest-api: the same by paths. It tells less (no ids, no usernames),
//! and calls every error a bad request.

use serde_json::Value;

use super::super::http_client::{Http, Reply};
use super::super::place::Base;
use super::super::signal_answers::refusal;
use super::super::signal_trouble::SignalTrouble;
use super::super::trouble::Trouble;
use crate::model::Phone;

/// So many are asked about at once: they all stand in one URL.
pub const BATCH: usize = 2000;

/// signal-cli-rest-api.
pub struct Rest {
    base: Base,
}

impl Rest {
    /// At a URL.
    pub fn new(base: Base) -> Rest {
        Rest { base }
    }

    /// Whether it is there: it tells which versions of its paths it has.
    pub async fn is_at(http: &Http, base: &Base) -> Result<bool, Trouble> {
        let reply = get(http, base, "v1/about").await?;
        Ok(reply.http.status().is_success() && reply.json().get("versions").is_some_and(Value::is_array))
    }

    /// The accounts: their numbers.
    pub async fn accounts(&self, http: &Http) -> Result<Value, Trouble> {
        good(get(http, &self.base, "v1/accounts").await?)
    }

    /// The contacts of an account.
    pub async fn contacts(&self, http: &Http, account: &Phone) -> Result<Value, Trouble> {
        good(get(http, &self.base, &format!("v1/contacts/%2B{}", account.digits())).await?)
    }

    /// The groups of an account.
    pub async fn groups(&self, http: &Http, account: &Phone) -> Result<Value, Trouble> {
        good(get(http, &self.base, &format!("v1/groups/%2B{}", account.digits())).await?)
    }

    /// Who of these is there; why that is not told stands in a sentence.
    pub async fn search(
        &self,
        http: &Http,
        account: &Phone,
        numbers: &[&str],
    ) -> Result<Result<Value, SignalTrouble>, Trouble> {
        let list: Vec<String> =
            numbers.iter().map(|n| format!("numbers={}", n.replace('+', "%2B"))).collect();
        let path = format!("v1/search/%2B{}?{}", account.digits(), list.join("&"));
        let reply = get(http, &self.base, &path).await?;
        if reply.http.status() == http::StatusCode::BAD_REQUEST {
            return Ok(Err(refusal(
                0,
                reply.json().get("error").and_then(Value::as_str).unwrap_or_default(),
            )));
        }
        good(reply).map(Ok)
    }
}

async fn get(http: &Http, base: &Base, path: &str) -> Result<Reply, Trouble> {
    let url = format!("{}/{path}", base.as_str());
    let request = http::Request::get(url).body(Vec::new());
    http.send(&request.map_err(|_| Trouble::BadUrl { url: base.label() })?).await
}

/// A list, as it should be.
fn good(reply: Reply) -> Result<Value, Trouble> {
    let status = reply.http.status();
    match reply.json() {
        list @ Value::Array(_) if status.is_success() => Ok(list),
        _ if status.is_success() => Err(Trouble::Nonsense { host: reply.host }),
        body => {
            let said =
                super::super::trouble::cut(body.get("error").and_then(Value::as_str).unwrap_or_default());
            Err(Trouble::Server { host: reply.host, status: status.as_u16(), code: String::new(), said })
        }
    }
}
