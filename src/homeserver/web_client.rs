//! Asks one address for a page, by the name of the server that should be there.
//!
//! Certificates are judged by `tls_client`, once; here a page is read even behind a bad
//! one, so that one fault does not hide the others. Nothing secret is ever sent.

use std::collections::BTreeMap;
use std::net::{IpAddr, SocketAddr};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use http::header::{HOST, HeaderValue, LOCATION};
use http::{Method, StatusCode};
use reqwest::Client;
use reqwest::redirect::Policy;
use url::Url;

use super::check::name::{Authority, Host};
use super::check::seen::{Answer, Astray, Miss};
use super::dns_client::Names;
use super::ports::Ports;
use crate::check::place::is_private;
use crate::check::trouble::{cut, innermost};

/// No body may be longer (bytes): the specification lets well-known files be cut at
/// less than that.
const BODY_CAP: usize = 256 * 1024;

/// So many redirects are followed.
const REDIRECTS: usize = 5;

/// Whoever asks.
pub struct Web {
    clients: Mutex<BTreeMap<(String, IpAddr), Client>>,
    ports: Ports,
    patience: Duration,
    allow_private: bool,
}

/// What is asked for.
#[derive(Clone, Debug)]
pub struct Question<'a> {
    /// The page.
    pub url: Url,
    /// The address to ask.
    pub ip: IpAddr,
    /// The `Host` header, where it is not as the URL says.
    pub header: Option<&'a str>,
    /// What is sent along, with `POST`.
    pub body: Option<&'static str>,
}

impl Web {
    /// A client that waits no longer than `patience` for a page.
    pub fn new(ports: Ports, patience: Duration, allow_private: bool) -> Web {
        Web { clients: Mutex::default(), ports, patience, allow_private }
    }

    /// Whether an address may be spoken to that a server named.
    pub fn may(&self, ip: IpAddr) -> bool {
        self.allow_private || !is_private(ip)
    }

    /// Asks, and follows nothing.
    ///
    /// # Errors
    /// No answer, or one that is too large.
    pub async fn ask(&self, question: &Question<'_>) -> Result<Answer, Miss> {
        let broken = |error: reqwest::Error| {
            Miss::Broken(if error.is_timeout() { "timeout".to_owned() } else { innermost(&error) })
        };
        let client = self.client(&question.url, question.ip).map_err(broken)?;
        let mut dialled = question.url.clone();
        let meant = dialled.port_or_known_default().unwrap_or(443);
        let _ = dialled.set_port(Some(self.ports.dialled(meant)));
        let header = question.header.map_or_else(|| header_of(&question.url), str::to_owned);
        let header = HeaderValue::from_str(&header).map_err(|error| Miss::Broken(innermost(&error)))?;
        let request = match question.body {
            Some(body) => {
                client.request(Method::POST, dialled).header("content-type", "application/json").body(body)
            }
            None => client.request(Method::GET, dialled),
        };
        let mut response = request.header(HOST, header).send().await.map_err(broken)?;
        let mut body = Vec::new();
        while let Some(piece) = response.chunk().await.map_err(broken)? {
            if body.len() + piece.len() > BODY_CAP {
                return Err(Miss::TooLarge);
            }
            body.extend_from_slice(&piece);
        }
        let headers = std::mem::take(response.headers_mut());
        Ok(Answer { status: response.status().as_u16(), headers, body, redirects: 0 })
    }

    /// Asks, and follows redirects, by `https` alone.
    ///
    /// # Errors
    /// Those of [`Web::ask`], and redirects that lead astray.
    pub async fn follow(&self, names: &Names, url: &Url, ip: IpAddr) -> Result<Answer, Miss> {
        let (mut url, mut ip) = (url.clone(), ip);
        for redirects in 0..=REDIRECTS {
            let question = Question { url: url.clone(), ip, header: None, body: None };
            let answer = self.ask(&question).await?;
            let status = StatusCode::from_u16(answer.status).unwrap_or_default();
            let Some(to) = answer.header(LOCATION.as_str()).filter(|_| status.is_redirection()) else {
                return Ok(Answer { redirects, ..answer });
            };
            let astray = |why| Miss::Astray(why, cut(to));
            let next = url.join(to).map_err(|_| astray(Astray::Nowhere))?;
            if next.scheme() != "https" || !next.username().is_empty() || next.password().is_some() {
                return Err(astray(Astray::Insecure));
            }
            if next.host() != url.host() {
                let host = host_of(&next).ok_or_else(|| astray(Astray::Nowhere))?;
                ip = match names.one(&host, |ip| self.may(ip)).await {
                    None => return Err(astray(Astray::Nowhere)),
                    Some(Err(_)) => return Err(astray(Astray::Private)),
                    Some(Ok(ip)) => ip,
                };
            }
            url = next;
        }
        Err(Miss::Astray(Astray::Endless, cut(url.as_str())))
    }

    /// The client for a name at an address.
    fn client(&self, url: &Url, ip: IpAddr) -> Result<Client, reqwest::Error> {
        let host = url.host_str().unwrap_or_default().to_owned();
        let mut clients = self.clients.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(client) = clients.get(&(host.clone(), ip)) {
            return Ok(client.clone());
        }
        let client = Client::builder()
            .user_agent(concat!("transhume/", env!("CARGO_PKG_VERSION")))
            .redirect(Policy::none())
            .no_proxy()
            .no_gzip()
            .http1_only()
            .timeout(self.patience)
            .connect_timeout(self.patience)
            .tls_version_min(reqwest::tls::Version::TLS_1_2)
            .tls_danger_accept_invalid_certs(true)
            .resolve(&host, SocketAddr::new(ip, 0))
            .build()?;
        clients.insert((host, ip), client.clone());
        Ok(client)
    }
}

/// The host of a URL.
pub fn host_of(url: &Url) -> Option<Host> {
    Authority::parse(url.host_str()?).ok().map(|authority| authority.host)
}

/// The `Host` header of a URL.
fn header_of(url: &Url) -> String {
    let host = url.host_str().unwrap_or_default();
    url.port().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"))
}
