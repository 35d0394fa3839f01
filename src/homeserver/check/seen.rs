//! What was seen of a server from outside, before anybody judges it: records,
//! doors, certificates, pages.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use http::HeaderMap;
use serde_json::Value;

use super::name::Authority;
use super::route::Route;
use crate::check::trouble::TlsFault;

/// Why the name servers gave nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DnsFault {
    /// There is no such name (NXDOMAIN).
    NoSuchName,
    /// The name servers cannot tell (SERVFAIL and the like).
    Failure(String),
    /// Nobody answered.
    Silent,
}

/// Addresses of one family, which may be none.
pub type Records<T> = Result<Vec<T>, DnsFault>;

/// The addresses of a host.
#[derive(Clone, Debug)]
pub struct Addresses {
    /// A records.
    pub v4: Records<Ipv4Addr>,
    /// AAAA records.
    pub v6: Records<Ipv6Addr>,
    /// How long others may keep them, in seconds.
    pub ttl: u32,
    /// An alias (CNAME) that leads nowhere or in a circle.
    pub dead_alias: Option<String>,
}

impl Addresses {
    /// Of a host that is an address itself.
    pub fn literal(ip: IpAddr) -> Addresses {
        let (v4, v6) = match ip {
            IpAddr::V4(ip) => (vec![ip], Vec::new()),
            IpAddr::V6(ip) => (Vec::new(), vec![ip]),
        };
        Addresses { v4: Ok(v4), v6: Ok(v6), ttl: 0, dead_alias: None }
    }

    /// All of them.
    pub fn all(&self) -> Vec<IpAddr> {
        let v4 = self.v4.iter().flatten().copied().map(IpAddr::V4);
        v4.chain(self.v6.iter().flatten().copied().map(IpAddr::V6)).collect()
    }
}

/// One SRV record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Service {
    /// Lowest first.
    pub priority: u16,
    /// Where it leads; nothing for the root, which says that there is no service.
    pub target: String,
    /// The port there.
    pub port: u16,
}

/// The SRV records of a host.
#[derive(Clone, Debug)]
pub struct Services {
    /// `_matrix-fed._tcp`.
    pub current: Records<Service>,
    /// `_matrix._tcp`, the name of before, which is deprecated.
    pub old: Records<Service>,
}

impl Services {
    /// The ones that others use, and whether they bear the deprecated name.
    pub fn used(&self) -> Option<(&[Service], bool)> {
        let filled = |records: &Records<Service>| records.as_ref().is_ok_and(|found| !found.is_empty());
        match (&self.current, &self.old) {
            (Ok(found), _) if filled(&self.current) => Some((found, false)),
            (_, Ok(found)) if filled(&self.old) => Some((found, true)),
            _ => None,
        }
    }
}

/// A certificate, and what is wrong with it.
#[derive(Clone, Debug)]
pub struct Proof {
    /// What keeps others from trusting it.
    pub fault: Option<TlsFault>,
    /// For which names it is.
    pub names: Vec<String>,
    /// Who gave it.
    pub issuer: String,
    /// From when on it holds, in seconds since 1970.
    pub from: i64,
    /// Until when.
    pub until: i64,
}

/// Why a door stayed shut.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Shut {
    /// It lies in a private network, where the user did not send us.
    Private,
    /// There was no connection.
    Closed(String),
    /// There was one, and no TLS over it.
    NoTls(TlsFault, String),
}

/// An address and port at which a server may stand.
#[derive(Clone, Debug)]
pub struct Door {
    /// The address.
    pub ip: IpAddr,
    /// The port.
    pub port: u16,
    /// By which name it was asked to prove itself.
    pub name: String,
    /// What it proved, or why it did not.
    pub opened: Result<Proof, Shut>,
}

impl Door {
    /// Whether something can be asked there, trusted or not.
    pub fn is_open(&self) -> bool {
        self.opened.is_ok()
    }
}

/// Why a redirect was not followed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Astray {
    /// Too many, or in a circle.
    Endless,
    /// Not by `https`.
    Insecure,
    /// Into a private network.
    Private,
    /// To a host that there is not.
    Nowhere,
}

/// Why there is no answer where there was a door.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Miss {
    /// The body is longer than any that is meant well.
    TooLarge,
    /// A redirect that leads astray.
    Astray(Astray, String),
    /// It broke off, took too long, or was no HTTP.
    Broken(String),
}

/// An answer, read whole.
#[derive(Clone, Debug, Default)]
pub struct Answer {
    /// The status.
    pub status: u16,
    /// The headers.
    pub headers: HeaderMap,
    /// The body.
    pub body: Vec<u8>,
    /// How many redirects led to it.
    pub redirects: usize,
}

impl Answer {
    /// The body as JSON, if it is an object.
    pub fn object(&self) -> Option<Value> {
        serde_json::from_slice(&self.body).ok().filter(Value::is_object)
    }

    /// A header as text.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// Matrix's error code.
    pub fn errcode(&self) -> Option<String> {
        self.object()?.get("errcode")?.as_str().map(str::to_owned)
    }

    /// Whether web pages from elsewhere may read it.
    pub fn is_for_all_origins(&self) -> bool {
        self.header("access-control-allow-origin") == Some("*")
    }
}

/// A page at one address.
#[derive(Clone, Debug)]
pub struct Page {
    /// The address that was asked.
    pub ip: IpAddr,
    /// What was asked for.
    pub url: String,
    /// What came.
    pub got: Result<Answer, Miss>,
}

impl Page {
    /// The answer, if it is a good one.
    pub fn good(&self) -> Option<&Answer> {
        self.got.as_ref().ok().filter(|answer| answer.status == 200)
    }
}

/// A server that a file names by a URL: where clients go, or the identity server.
#[derive(Clone, Debug)]
pub struct Named {
    /// The doors, none where the name leads nowhere.
    pub doors: Vec<Door>,
    /// What was asked there, one page an open door.
    pub pages: Vec<Page>,
}

/// What a proxy says to a large upload before any of it is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Upload {
    /// It would take it.
    Welcome,
    /// It would not (413).
    TooLarge,
    /// It did not tell.
    Unclear,
}

/// What else was asked where clients go.
#[derive(Clone, Debug, Default)]
pub struct Asked {
    /// A path with an escaped slash in it.
    pub slash: Option<Page>,
    /// The administration.
    pub admin: Option<Page>,
    /// How an account is made, without making one.
    pub register: Option<Page>,
    /// What may be uploaded, as the server says.
    pub media: Option<Page>,
    /// What the proxy says to a large upload.
    pub upload: Option<Upload>,
    /// How one signs in by OAuth.
    pub oauth: Option<Page>,
}

/// All that was seen.
#[derive(Clone, Debug)]
pub struct Seen {
    /// The time, in seconds since 1970.
    pub now: i64,
    /// What was typed, if it was not the server's name.
    pub typed_otherwise: Option<String>,
    /// The server's name.
    pub name: Authority,
    /// Where its domain is.
    pub addresses: Addresses,
    /// The domain's doors at 443.
    pub apex: Vec<Door>,
    /// `/.well-known/matrix/server` at each of them that is open.
    pub server_file: Vec<Page>,
    /// `/.well-known/matrix/client`.
    pub client_file: Vec<Page>,
    /// `/.well-known/matrix/support`.
    pub support_file: Option<Page>,
    /// The domain's SRV records.
    pub services: Services,
    /// Where other servers go.
    pub route: Route,
    /// The doors there.
    pub doors: Vec<Door>,
    /// `/_matrix/federation/v1/version` at each of them that is open.
    pub versions: Vec<Page>,
    /// When they were asked for, in seconds since 1970.
    pub asked_at: i64,
    /// `/_matrix/key/v2/server`.
    pub keys: Vec<Page>,
    /// A path that there is not.
    pub unknown: Option<Page>,
    /// Doors at 8448.
    pub old_port: Vec<Door>,
    /// Where clients go; nothing where no URL says it.
    pub client: Option<Named>,
    /// What else was asked there.
    pub asked: Asked,
    /// The identity server, where one is named.
    pub identity: Option<Named>,
}
