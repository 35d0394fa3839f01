//! HTTP for all servers that are asked: one client with one set of rules.
//!
//! Nothing is followed on its own, no body is longer than the cap, no request
//! takes longer than it may, and who lies in a private network is not spoken
//! to unless the user sent us there. Too many requests are waited out here,
//! and the user is told.

mod faults;
mod named;
mod secrets;
mod spellings;

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use reqwest::header::{DATE, HeaderMap, LOCATION, RETRY_AFTER};
use reqwest::redirect::Policy;
use reqwest::{Certificate, Client, ClientBuilder};
use serde_json::Value;
use url::Url;

use super::pace;
use super::place::{Base, is_private_host};
use super::session::{Proof, Session};
use super::trouble::{Trouble, cut, innermost};
use faults::failure;
use named::Named;
use secrets::Secrets;

/// No body may be longer (bytes), unless somebody expects more.
const BODY_CAP: usize = 1024 * 1024;

/// How long an answer to what has left is still waited for when the user wants to stop.
const GRACE: Duration = Duration::from_secs(2);

/// How often a wait looks whether the user asked to stop.
const TICK: Duration = Duration::from_millis(50);

/// The rules that the user sets.
#[derive(Clone, Debug)]
pub struct Rules {
    /// One more certificate authority, PEM.
    pub authority: Option<Vec<u8>>,
    /// Whether servers may name places in private networks.
    pub allow_private: bool,
    /// How long a request may take.
    pub timeout: Duration,
}

/// Told when a server makes us wait: which one, and for how long.
pub type OnWait = Box<dyn Fn(&str, Duration)>;

/// The client.
pub struct Http {
    client: Client,
    named: Arc<Named>,
    secrets: Arc<Secrets>,
    stop: Arc<AtomicBool>,
    on_wait: OnWait,
    /// How often a request is sent at most.
    tries: u32,
    body_cap: usize,
}

/// An answer, read whole.
#[derive(Debug)]
pub struct Reply {
    /// Who gave it.
    pub host: String,
    /// Status, headers and body.
    pub http: http::Response<Vec<u8>>,
}

/// No answer, and whether what was asked for may have been done all the same.
#[derive(Debug)]
pub(super) struct Unheard {
    /// Why there is none.
    pub(super) because: Trouble,
    /// Whether the request may have arrived, and nothing says that it was refused.
    pub(super) may_be_done: bool,
}

impl From<Unheard> for Trouble {
    fn from(unheard: Unheard) -> Trouble {
        unheard.because
    }
}

impl From<Trouble> for Unheard {
    /// Trouble before anything left, or after a refusal.
    fn from(because: Trouble) -> Unheard {
        Unheard { because, may_be_done: false }
    }
}

impl Reply {
    /// The body as JSON, or null.
    pub fn json(&self) -> Value {
        serde_json::from_slice(self.http.body()).unwrap_or_default()
    }

    /// Matrix's error code, or nothing.
    pub fn errcode(&self) -> String {
        cut(self.json().get("errcode").and_then(Value::as_str).unwrap_or_default())
    }

    /// Whether something that stands before the server had trouble, which says nothing of
    /// what the server has done.
    pub(super) fn is_of_a_gateway(&self, says_why: bool) -> bool {
        self.http.status().is_server_error() && !says_why
    }

    /// Where a redirect leads, made whole.
    pub fn leads_to(&self, from: &Url) -> Option<Url> {
        let to = self.header(LOCATION.as_str()).filter(|_| self.http.status().is_redirection())?;
        from.join(to).ok()
    }

    fn header(&self, name: &str) -> Option<&str> {
        self.http.headers().get(name)?.to_str().ok()
    }
}

impl Http {
    /// A client under the user's rules.
    ///
    /// # Errors
    /// A certificate authority that cannot be read: what is wrong with it.
    pub fn new(rules: &Rules, stop: Arc<AtomicBool>, on_wait: OnWait) -> Result<Http, String> {
        let named = Arc::new(Named::new(rules.allow_private));
        let authorities = match &rules.authority {
            Some(pem) => Certificate::from_pem_bundle(pem).map_err(|e| innermost(&e))?,
            None => Vec::new(),
        };
        if rules.authority.is_some() && authorities.is_empty() {
            return Err("PEM?".to_owned());
        }
        let builder = || -> ClientBuilder {
            Client::builder()
                .user_agent(concat!("transhume/", env!("CARGO_PKG_VERSION")))
                .redirect(Policy::none())
                // A proxy would be told what is meant for the server alone, and
                // would look up the names that are guarded here.
                .no_proxy()
                // What others among the dependencies switch on: a small body
                // could become a huge one, and streams within streams.
                .no_gzip()
                .no_brotli()
                .no_zstd()
                .no_deflate()
                .http1_only()
                .timeout(rules.timeout)
                .connect_timeout(rules.timeout)
                .tls_version_min(reqwest::tls::Version::TLS_1_2)
                .dns_resolver(Arc::clone(&named))
        };
        let client = builder()
            .tls_certs_merge(authorities.clone())
            .build()
            // A system without any certificates can still speak to those that
            // the user's own authority vouches for.
            .or_else(|_| builder().tls_certs_only(authorities).build())
            .map_err(|error| innermost(&error))?;
        let secrets = Arc::default();
        Ok(Http { client, named, secrets, stop, on_wait, tries: pace::TRIES, body_cap: BODY_CAP })
    }

    /// The same, for answers of up to so many bytes.
    pub fn with_body_cap(mut self, bytes: usize) -> Http {
        self.body_cap = bytes;
        self
    }

    /// The same for what must not be left half done: it goes on when the user
    /// wants to stop, so it does not wait either where there were too many.
    pub fn heedless(&self) -> Http {
        Http {
            client: self.client.clone(),
            named: Arc::clone(&self.named),
            secrets: Arc::clone(&self.secrets),
            stop: Arc::default(),
            on_wait: Box::new(|_, _| {}),
            tries: 1,
            body_cap: self.body_cap,
        }
    }

    /// Notes that the user named a server: it may lie in a private network,
    /// and if it does by its very name, others may too.
    pub fn trust(&self, base: &Base) {
        self.named.add(base);
    }

    /// Whether a server may lie in a private network.
    pub fn trusts(&self, base: &Base) -> bool {
        self.named.allows(base.url().host_str().unwrap_or_default())
    }

    /// Whether a server may be spoken to, as far as its address alone tells.
    ///
    /// # Errors
    /// [`Trouble::BadUrl`] or [`Trouble::Private`].
    pub(super) fn guard(&self, url: &Url) -> Result<Base, Trouble> {
        let base = Base::parse(&url.origin().ascii_serialization())
            .map_err(|_| Trouble::BadUrl { url: cut(url.as_str()) })?;
        if is_private_host(url) && !self.trusts(&base) {
            return Err(Trouble::Private { host: base.label() });
        }
        Ok(base)
    }

    /// Notes the tokens of a session, which no answer may bring to light.
    pub(super) fn keeps(&self, session: &Session) {
        if let Proof::Own { access, refresh, .. } = &session.proof {
            for token in [Some(access), refresh.as_ref()].into_iter().flatten() {
                self.secrets.given(token.as_str());
            }
        }
    }

    /// A text that a server said, without the secrets of this run.
    pub(super) fn concealed(&self, text: &str) -> String {
        self.secrets.concealed(text).unwrap_or_else(|| text.to_owned())
    }

    /// The same for all texts of a value.
    pub(super) fn conceal(&self, value: &mut Value) {
        self.secrets.conceal(value);
    }

    /// Sends a request and reads the answer, whatever its status; waits where
    /// the server says that there were too many.
    ///
    /// # Errors
    /// Everything but what a status says, and a rate limit that outlasts us.
    pub async fn send(&self, request: &http::Request<Vec<u8>>) -> Result<Reply, Trouble> {
        let mut tried = 0;
        loop {
            let (host, wanted) = match self.send_without_waiting(request).await {
                Err(Trouble::RateLimited { host, wait }) => (host, wait),
                done => return done,
            };
            tried += 1;
            let Some(wait) = pace::wait(tried, wanted).filter(|_| tried < self.tries) else {
                return Err(Trouble::RateLimited { host, wait: wanted });
            };
            (self.on_wait)(&host, wait);
            self.unless_stopped(tokio::time::sleep(wait)).await?;
        }
    }

    /// As [`Http::send`], without waiting where there were too many. When the user wants
    /// to stop, nothing more leaves, and what has left may be answered within moments.
    ///
    /// # Errors
    /// Those of [`Http::send`].
    pub async fn send_without_waiting(&self, request: &http::Request<Vec<u8>>) -> Result<Reply, Trouble> {
        let mut sending = std::pin::pin!(self.send_to_the_end(request));
        match self.unless_stopped(&mut sending).await {
            // It has left, and nobody should have to be asked twice.
            Err(Trouble::Stopped) => {
                let answer = tokio::time::timeout(GRACE, sending).await;
                answer.ok().and_then(Result::ok).ok_or(Trouble::Stopped)
            }
            done => Ok(done??),
        }
    }

    /// As [`Http::send_without_waiting`], and to its end once it was begun, however much
    /// the user wants to stop: for requests after which something is there, or gone, that
    /// only the answer tells of.
    ///
    /// # Errors
    /// Those of [`Http::send`], and whether it may be done.
    pub(super) async fn send_to_the_end(&self, request: &http::Request<Vec<u8>>) -> Result<Reply, Unheard> {
        self.go_on()?;
        let reply = self.send_once(request).await?;
        if reply.http.status() != http::StatusCode::TOO_MANY_REQUESTS {
            return Ok(reply);
        }
        let wait =
            pace::wanted(&reply.json(), reply.header(RETRY_AFTER.as_str()), reply.header(DATE.as_str()));
        Err(Trouble::RateLimited { host: reply.host, wait }.into())
    }

    /// Sends a last word even if the user asked to stop, and waits no longer
    /// than `patience` for it to be heard.
    pub async fn send_goodbye(&self, request: &http::Request<Vec<u8>>, patience: Duration) {
        let _ = tokio::time::timeout(patience, self.send_once(request)).await;
    }

    async fn send_once(&self, request: &http::Request<Vec<u8>>) -> Result<Reply, Unheard> {
        let url = Url::parse(&request.uri().to_string())
            .map_err(|_| Trouble::BadUrl { url: cut(&request.uri().to_string()) })?;
        let host = self.guard(&url)?.label();
        let unheard =
            |error: &reqwest::Error, may_be_done| Unheard { because: failure(&host, error), may_be_done };
        self.secrets.sent(request);
        let (parts, body) = request.clone().into_parts();
        let asking = self.client.request(parts.method, url).headers(parts.headers).body(body);
        let mut response = asking.send().await.map_err(|error| unheard(&error, !error.is_connect()))?;
        let is_good = response.status().is_success();
        // Whoever stands before a server may say no in its place, and only then.
        let may_be_done = is_good || response.status().is_server_error();
        let mut whole = Vec::new();
        while let Some(piece) = response.chunk().await.map_err(|error| unheard(&error, may_be_done))? {
            if whole.len() + piece.len() > self.body_cap {
                return Err(Unheard { because: Trouble::TooLarge { host }, may_be_done });
            }
            whole.extend_from_slice(&piece);
        }
        // What a server says is shown.
        if is_good {
            whole = self.secrets.received(request.method(), whole);
        } else {
            whole = self.secrets.without(whole);
            self.secrets.conceal_location(response.headers_mut());
        }
        let mut reply = http::Response::new(whole);
        *reply.status_mut() = response.status();
        *reply.headers_mut() = std::mem::replace(response.headers_mut(), HeaderMap::new());
        Ok(Reply { host, http: reply })
    }

    /// Whether anything more may leave.
    ///
    /// # Errors
    /// The user wants to stop.
    pub fn go_on(&self) -> Result<(), Trouble> {
        if self.stop.load(Ordering::Relaxed) { Err(Trouble::Stopped) } else { Ok(()) }
    }

    /// Lets some time pass.
    ///
    /// # Errors
    /// The user wants to stop.
    pub async fn pause(&self, time: Duration) -> Result<(), Trouble> {
        self.unless_stopped(tokio::time::sleep(time)).await
    }

    /// Waits for something, but no longer than the user wants to.
    pub(super) async fn unless_stopped<T>(&self, work: impl Future<Output = T>) -> Result<T, Trouble> {
        let stopped = async {
            while !self.stop.load(Ordering::Relaxed) {
                tokio::time::sleep(TICK).await;
            }
        };
        tokio::select! {
            biased;
            () = stopped => Err(Trouble::Stopped),
            done = work => Ok(done),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn http(allow_private: bool) -> Http {
        let rules = Rules { authority: None, allow_private, timeout: Duration::from_secs(5) };
        Http::new(&rules, Arc::default(), Box::new(|_, _| {})).unwrap()
    }

    fn run<T>(work: impl Future<Output = T>) -> T {
        tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(work)
    }

    #[test]
    fn e01_a_server_cannot_send_us_into_private_networks() {
        run(async {
            let server = wiremock::MockServer::start().await;
            let get = |url: &str| http::Request::get(url).body(Vec::new()).unwrap();
            let named = Base::parse(&server.uri()).unwrap();
            let by_name = server.uri().replace("127.0.0.1", "localhost");
            for url in [
                server.uri().as_str(),
                &by_name,
                "https://10.0.0.1",
                "https://169.254.169.254",
                "https://[::1]",
            ] {
                let refused = http(false).send(&get(url)).await;
                assert!(matches!(refused, Err(Trouble::Private { .. })), "{url}: {refused:?}");
            }
            assert_eq!(server.received_requests().await.unwrap().len(), 0);
            // Unless the user named it, or allows it.
            let trusting = http(false);
            trusting.trust(&named);
            assert_eq!(trusting.send(&get(&server.uri())).await.unwrap().http.status(), 404);
            assert_eq!(http(true).send(&get(&by_name)).await.unwrap().http.status(), 404);
        });
    }
}
