//! The user's own signal-cli: what it knows, and what it asks Signal.
//!
//! It speaks JSON-RPC 2.0 by lines (a socket, a port, its own standard input) or
//! over HTTP; signal-cli-rest-api, which many people have in its place, has paths
//! instead. None of them asks who is there: whoever reaches it can do anything
//! with the account, so nothing is done here but to look, to link, and to note
//! something down for the user themself. Nobody else is ever written to.

mod lines;
mod rest;

use std::future::Future;
use std::time::Duration;

use serde_json::{Value, json};

use super::http_client::Http;
use super::place::Base;
use super::signal_answers::{Heard, failed, result, status};
use super::signal_place::SignalPlace;
use super::signal_trouble::SignalTrouble;
use super::trouble::{Trouble, cut};
use crate::model::Phone;
use crate::model::signal_answer::SignalAsked;
use lines::{Broken, Lines};
use rest::Rest;

/// Nothing that is said at once may be longer (bytes).
pub const SAID_CAP: usize = 64 * 1024 * 1024;

/// The first version that asks the directory as it is today.
const OLDEST: [u64; 2] = [0, 11];

/// How a linked device is called in the list on the phone.
pub const DEVICE: &str = "transhume";

/// signal-cli, reached.
pub struct SignalCli<'a> {
    http: &'a Http,
    way: Way,
    at: String,
    patience: Duration,
    /// The number of the newest request.
    id: u64,
    /// Its version; signal-cli-rest-api has one of its own, which tells nothing.
    pub version: Option<String>,
}

/// How it is spoken to.
enum Way {
    Lines(Box<Lines>),
    Http(Base),
    Rest(Rest),
}

/// Which accounts it has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Accounts {
    /// The one that it was started with. It does not tell which.
    TheOne,
    /// These.
    All(Vec<Phone>),
}

impl<'a> SignalCli<'a> {
    /// Reaches it, and makes sure that it is one. Each answer may take as long as
    /// `patience`.
    ///
    /// # Errors
    /// Nobody is there, or somebody else, or it is too old.
    pub async fn reach(
        http: &'a Http,
        place: &SignalPlace,
        patience: Duration,
    ) -> Result<SignalCli<'a>, SignalTrouble> {
        let at = place.label();
        let way = match place {
            SignalPlace::Http(base) => {
                http.trust(base);
                Way::Http(base.clone())
            }
            place => {
                let opened = tokio::time::timeout(patience, Lines::open(place));
                let opened = http.unless_stopped(opened).await.map_err(|_| SignalTrouble::Stopped)?;
                let silent = SignalTrouble::Silent { at: at.clone(), seconds: patience.as_secs() };
                let absent = |what| SignalTrouble::Absent { at: at.clone(), what };
                Way::Lines(Box::new(opened.map_err(|_| silent)?.map_err(absent)?))
            }
        };
        let mut reached = SignalCli { http, way, at, patience, id: 0, version: None };
        match reached.call("version", json!({})).await {
            Ok(answer) => {
                let nonsense = || SignalTrouble::Nonsense { at: reached.at.clone() };
                let version = answer.get("version").and_then(Value::as_str).map(cut).ok_or_else(nonsense)?;
                if is_too_old(&version) {
                    return Err(SignalTrouble::TooOld { version });
                }
                reached.version = Some(version);
            }
            // At a URL that has no such path there may be the other one.
            Err(SignalTrouble::Nonsense { at }) => match reached.way {
                Way::Http(base)
                    if Rest::is_at(http, &base).await.map_err(|t| trouble(t, &at, patience))? =>
                {
                    reached.way = Way::Rest(Rest::new(base));
                }
                _ => return Err(SignalTrouble::Nonsense { at }),
            },
            Err(trouble) => return Err(trouble),
        }
        Ok(reached)
    }

    /// Which accounts it has.
    ///
    /// # Errors
    /// It does not answer as it should.
    pub async fn accounts(&mut self) -> Result<Accounts, SignalTrouble> {
        let answer = match &self.way {
            Way::Rest(rest) => rest.accounts(self.http).await.map_err(|t| self.trouble(t))?,
            _ => match self.call("listAccounts", json!({})).await {
                Err(SignalTrouble::NotOffered) => return Ok(Accounts::TheOne),
                answer => answer?,
            },
        };
        let number = |entry: &Value| {
            let text = entry.as_str().or_else(|| entry.get("number")?.as_str())?;
            Phone::from_digits(text.strip_prefix('+')?)
        };
        let all = answer.as_array().ok_or_else(|| self.nonsense())?;
        Ok(Accounts::All(all.iter().filter_map(number).collect()))
    }

    /// The people whom an account knows. It is asked for all of them: asked for
    /// some, it goes to Signal for what they are called today.
    ///
    /// # Errors
    /// It does not answer as it should.
    pub async fn contacts(&mut self, account: Option<&Phone>) -> Result<Value, SignalTrouble> {
        match (&self.way, account) {
            (Way::Rest(rest), Some(account)) => {
                rest.contacts(self.http, account).await.map_err(|t| self.trouble(t))
            }
            // Who is no contact comes along where it is known which of them is the
            // user.
            _ => {
                let more = json!({ "allRecipients": account.is_some() });
                self.call("listContacts", of_account(account, more)).await
            }
        }
    }

    /// The groups of an account.
    ///
    /// # Errors
    /// It does not answer as it should.
    pub async fn groups(&mut self, account: Option<&Phone>) -> Result<Value, SignalTrouble> {
        match (&self.way, account) {
            (Way::Rest(rest), Some(account)) => {
                rest.groups(self.http, account).await.map_err(|t| self.trouble(t))
            }
            _ => self.call("listGroups", of_account(account, json!({}))).await,
        }
    }

    /// How many can be asked about at once.
    pub fn batch(&self) -> usize {
        match self.way {
            Way::Rest(_) => rest::BATCH,
            _ => usize::MAX,
        }
    }

    /// Has it ask Signal's directory who of these is there: numbers, all of them
    /// at once, or one username.
    ///
    /// # Errors
    /// Signal or signal-cli does not answer as it should.
    pub async fn status(
        &mut self,
        account: Option<&Phone>,
        asked: &[SignalAsked],
    ) -> Result<Heard, SignalTrouble> {
        let all = |wanted: &str| -> Vec<&str> {
            asked.iter().filter(|one| one.medium() == wanted).map(SignalAsked::as_str).collect()
        };
        let (numbers, usernames) = (all("phone"), all("username"));
        let answer = match (&self.way, account) {
            (Way::Rest(rest), Some(account)) => {
                rest.search(self.http, account, &numbers).await.map_err(|t| self.trouble(t))??
            }
            _ => {
                let mut more = json!({});
                for (name, list) in [("recipient", numbers), ("username", usernames)] {
                    if !list.is_empty() {
                        more[name] = list.into();
                    }
                }
                self.call("getUserStatus", of_account(account, more)).await?
            }
        };
        status(&answer, asked).ok_or_else(|| self.nonsense())
    }

    /// Notes something down in the user's own chat with themself, on all their devices.
    ///
    /// # Errors
    /// Signal or signal-cli does not want to; signal-cli-rest-api has no such chat.
    pub async fn note_to_self(&mut self, account: Option<&Phone>, text: &str) -> Result<(), SignalTrouble> {
        let note = json!({ "noteToSelf": true, "message": text });
        let answer = self.call("send", of_account(account, note)).await?;
        if answer.get("timestamp").and_then(Value::as_u64).is_none() {
            return Err(self.nonsense());
        }
        match failed(&answer) {
            Some(said) => Err(SignalTrouble::Refused { code: 0, said }),
            None => Ok(()),
        }
    }

    /// Whether it can be asked about usernames.
    pub fn knows_usernames(&self) -> bool {
        !matches!(self.way, Way::Rest(_))
    }

    /// Begins to link it as a device: gives what the phone has to scan.
    ///
    /// # Errors
    /// Signal or signal-cli does not answer as it should.
    pub async fn start_link(&mut self) -> Result<String, SignalTrouble> {
        if let Way::Rest(_) = self.way {
            return Err(SignalTrouble::NotOffered);
        }
        let answer = self.call("startLink", json!({})).await?;
        let uri = answer.get("deviceLinkUri").and_then(Value::as_str);
        let uri = uri.filter(|uri| uri.len() <= 2000 && uri.bytes().all(|b| b.is_ascii_graphic()));
        let uri = uri.filter(|uri| uri.starts_with("sgnl://linkdevice?") || uri.starts_with("tsdevice:/?"));
        uri.map(str::to_owned).ok_or_else(|| self.nonsense())
    }

    /// Waits until the phone has scanned it, and gives the number of the account.
    ///
    /// # Errors
    /// Nobody scanned it in time; signal-cli or Signal does not want to.
    pub async fn finish_link(&mut self, uri: &str, wait: Duration) -> Result<Option<Phone>, SignalTrouble> {
        let request = json!({ "deviceLinkUri": uri, "deviceName": DEVICE });
        let patience = std::mem::replace(&mut self.patience, wait);
        let answer = self.call("finishLink", request).await;
        self.patience = patience;
        let answer = answer?;
        let number = answer.get("number").and_then(Value::as_str);
        Ok(number.and_then(|number| Phone::from_digits(number.strip_prefix('+')?)))
    }

    /// Lets go of it. A program that was started writes down what it has to.
    pub async fn leave(self) {
        if let Way::Lines(lines) = self.way {
            lines.close().await;
        }
    }

    /// Calls a method and gives its result.
    async fn call(&mut self, method: &str, params: Value) -> Result<Value, SignalTrouble> {
        self.id += 1;
        let request = json!({ "jsonrpc": "2.0", "id": self.id, "method": method, "params": params });
        let line = request.to_string();
        let answer = match &mut self.way {
            Way::Lines(lines) => {
                let called = lines.call(&line, self.id);
                match within(self.http, self.patience, &self.at, called).await? {
                    Ok(answer) => answer,
                    Err(broken) => return Err(self.broken(broken).await),
                }
            }
            Way::Http(base) => {
                let called = rpc(self.http, base, &request);
                within(self.http, self.patience, &self.at, called).await?.map_err(|t| self.trouble(t))?
            }
            Way::Rest(_) => return Err(SignalTrouble::NotOffered),
        };
        result(&answer)
    }

    async fn broken(&mut self, broken: Broken) -> SignalTrouble {
        let at = self.at.clone();
        match broken {
            Broken::TooLarge => SignalTrouble::TooLarge { at },
            Broken::Ended(what) => {
                let last = match &mut self.way {
                    Way::Lines(lines) => lines.last_words().await,
                    _ => None,
                };
                SignalTrouble::Ended { at, said: cut(&last.or(what).unwrap_or_default()) }
            }
        }
    }

    fn trouble(&self, it: Trouble) -> SignalTrouble {
        trouble(it, &self.at, self.patience)
    }

    fn nonsense(&self) -> SignalTrouble {
        SignalTrouble::Nonsense { at: self.at.clone() }
    }
}

fn trouble(trouble: Trouble, at: &str, patience: Duration) -> SignalTrouble {
    SignalTrouble::of(trouble, at, patience.as_secs())
}

/// Waits for something, but neither for ever nor longer than the user wants to.
async fn within<T>(
    http: &Http,
    patience: Duration,
    at: &str,
    work: impl Future<Output = T>,
) -> Result<T, SignalTrouble> {
    let waited = http.unless_stopped(tokio::time::timeout(patience, work)).await;
    let silent = || SignalTrouble::Silent { at: at.to_owned(), seconds: patience.as_secs() };
    waited.map_err(|_| SignalTrouble::Stopped)?.map_err(|_| silent())
}

/// Adds which account is meant. In the mode for one account it is not looked at.
fn of_account(account: Option<&Phone>, mut params: Value) -> Value {
    if let Some(account) = account {
        params["account"] = account.as_str().into();
    }
    params
}

/// Calls a method over HTTP.
async fn rpc(http: &Http, base: &Base, request: &Value) -> Result<Value, Trouble> {
    let bad = |_| Trouble::BadUrl { url: base.label() };
    let request = http::Request::post(format!("{}/api/v1/rpc", base.as_str()))
        .header("content-type", "application/json")
        .body(request.to_string().into_bytes())
        .map_err(bad)?;
    let reply = http.send(&request).await?;
    match reply.http.status().as_u16() {
        200 => match reply.json() {
            Value::Object(answer) => Ok(Value::Object(answer)),
            _ => Err(Trouble::Nonsense { host: reply.host }),
        },
        // No such path, or none that takes requests.
        404 | 405 => Err(Trouble::Nonsense { host: reply.host }),
        status => {
            let said = cut(&String::from_utf8_lossy(reply.http.body()));
            Err(Trouble::Server { host: reply.host, status, code: String::new(), said })
        }
    }
}

/// Whether a version is from before the directory was asked as it is today.
fn is_too_old(version: &str) -> bool {
    let parts: Vec<u64> = version.split('.').map_while(|part| part.parse().ok()).take(2).collect();
    parts.len() == 2 && parts[..] < OLDEST[..]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn e16_old_versions_are_told_from_new_ones() {
        for old in ["0.10.11", "0.9.0"] {
            assert!(is_too_old(old), "{old}");
        }
        for new in ["0.11.0", "0.13.19", "0.14.5+morph", "1.0", "unspecified"] {
            assert!(!is_too_old(new), "{new}");
        }
    }
}
