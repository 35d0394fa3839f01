//! Looks at a server from outside, step by step as another server and a client
//! would, and brings home what was seen. Judging is done elsewhere.

use std::net::{IpAddr, SocketAddr};
use std::time::Duration;

use futures_util::future::join_all;
use url::Url;

use super::check::name::{Authority, Host, Target};
use super::check::route::{self, Route};
use super::check::seen::{Addresses, Asked, Door, Named, Page, Seen, Services, Shut};
use super::check::{pages, route::USUAL_PORT};
use super::dns_client::Names;
use super::ports::Ports;
use super::tls_client::Knocker;
use super::web_client::{Question, Web, host_of};

/// An upload of this size (bytes) should pass.
pub const UPLOAD: u64 = 50 * 1024 * 1024;

/// So many doors of a server are knocked at, all at once: where a wall swallows what
/// knocks, each takes as long as anything may.
const DOORS: usize = 16;

/// How a server may be looked at.
#[derive(Clone, Debug)]
pub struct Rules {
    /// Whom to ask for names, if not the system's name servers.
    pub resolver: Option<SocketAddr>,
    /// One more certificate authority, PEM.
    pub authority: Option<Vec<u8>>,
    /// Whether servers may name places in private networks.
    pub allow_private: bool,
    /// How long an answer may take.
    pub patience: Duration,
    /// Which ports are dialled.
    pub ports: Ports,
}

/// Why nothing could be looked at.
#[derive(Debug)]
pub enum NoLook {
    /// The certificate authority cannot be used.
    Authority(String),
    /// There is nobody to ask for names.
    Names(String),
}

/// Whoever looks.
pub struct Looker {
    names: Names,
    knocker: Knocker,
    web: Web,
}

impl Looker {
    /// Gets ready.
    ///
    /// # Errors
    /// [`NoLook`].
    pub fn new(rules: &Rules) -> Result<Looker, NoLook> {
        let names = Names::new(rules.resolver, rules.patience).map_err(NoLook::Names)?;
        let authority = rules.authority.as_deref();
        let knocker =
            Knocker::new(authority, rules.ports.clone(), rules.patience).map_err(NoLook::Authority)?;
        let web = Web::new(rules.ports.clone(), rules.patience, rules.allow_private);
        Ok(Looker { names, knocker, web })
    }

    /// Looks at a server; `clock` tells the time (seconds since 1970).
    pub async fn look(&self, target: &Target, clock: &dyn Fn() -> i64) -> Seen {
        let now = clock();
        let typed = target.name().clone();
        let mut home = self.home(&typed, true).await;
        let mut typed_otherwise = None;
        if let Target::Host(host) = target
            && let Some(served) = self.serves_another(host, &home).await
        {
            typed_otherwise = Some(typed.to_string());
            home = self.home(&served, false).await;
        }
        let Home { name, addresses, doors: apex, server_file, client_file } = home;
        let file = server_file.iter().find_map(|page| pages::delegate(page.good()?).ok());
        let services = match &name.host {
            Host::Name(host) => self.names.services(host).await,
            Host::Ip(_) => Services { current: Ok(Vec::new()), old: Ok(Vec::new()) },
        };
        let delegated = match (&file, route::asks_services_of(&name, file.as_ref())) {
            (Some(_), Some(host)) if !route::is_settled(&name) => Some(self.names.services(host).await),
            _ => None,
        };
        let route = route::find(&name, file.as_ref(), delegated.as_ref().or(Some(&services)));
        let doors = self.doors(&route, &typed).await;
        let support = self.files(&apex, &name, "/.well-known/matrix/support", 1).await;
        let asked_at = clock();
        let versions = self.federation(&route, &doors, "/_matrix/federation/v1/version").await;
        let keys = self.federation(&route, &doors, "/_matrix/key/v2/server").await;
        let unknown = self.federation(&route, &doors, "/_matrix/federation/v1/transhume_asks").await;
        let client = self.client(&client_file, &typed).await;
        let asked = match (&client, pages::base_url(&client_file)) {
            (Some(client), Some(base)) => self.ask_more(client, &base, &name).await,
            _ => Asked::default(),
        };
        let identity = match pages::identity_url(&client_file) {
            Some(url) => self.named(&url, "_matrix/identity/versions", &typed).await,
            None => None,
        };
        let old_port = self.old_port(&apex, &doors, &name, &route).await;
        Seen {
            now,
            typed_otherwise,
            name,
            addresses,
            apex,
            server_file,
            client_file,
            support_file: support.into_iter().next(),
            services,
            route,
            doors,
            versions,
            asked_at,
            keys,
            unknown: unknown.into_iter().next(),
            old_port,
            client,
            asked,
            identity,
        }
    }

    /// The domain itself: where it is, and what its well-known files say.
    async fn home(&self, name: &Authority, is_typed: bool) -> Home {
        let addresses = self.names.addresses(&name.host).await;
        let port = 443;
        let ips = addresses.all().into_iter().take(DOORS);
        let doors = join_all(ips.map(|ip| self.knock(ip, port, &name.host, is_typed))).await;
        let server_file = match route::is_settled(name) {
            true => Vec::new(),
            false => self.files(&doors, name, "/.well-known/matrix/server", usize::MAX).await,
        };
        let client_file = self.files(&doors, name, "/.well-known/matrix/client", usize::MAX).await;
        Home { name: name.clone(), addresses, doors, server_file, client_file }
    }

    /// The name that a host serves, if that is another one: many type the machine
    /// and mean the domain.
    async fn serves_another(&self, host: &Authority, home: &Home) -> Option<Authority> {
        let file = home.server_file.iter().find_map(|page| pages::delegate(page.good()?).ok());
        if file.is_some_and(|file| file.host != host.host) {
            return None;
        }
        let door = home.doors.iter().find(|door| door.is_open())?;
        let url = Url::parse(&format!("https://{}/_matrix/key/v2/server", host.host)).ok()?;
        let question = Question { url, ip: door.ip, header: None, body: None };
        let keys = self.web.ask(&question).await.ok()?.object()?;
        let served = Authority::parse(keys.get("server_name")?.as_str()?).ok()?;
        (served != *host).then_some(served)
    }

    /// Knocks, unless it is a place in a private network that the user did not type.
    async fn knock(&self, ip: IpAddr, port: u16, name: &Host, is_typed: bool) -> Door {
        if is_typed || self.web.may(ip) {
            return self.knocker.knock(ip, port, name).await;
        }
        Door { ip, port, name: name.to_string(), opened: Err(Shut::Private) }
    }

    /// The doors at which other servers knock.
    async fn doors(&self, route: &Route, typed: &Authority) -> Vec<Door> {
        let mut places = Vec::new();
        for (host, port) in &route.targets {
            // Who names more wants to keep us busy.
            if places.len() < DOORS {
                let is_typed = *host == typed.host;
                let ips = self.names.addresses(host).await.all();
                places.extend(ips.into_iter().map(|ip| (ip, *port, is_typed)));
            }
        }
        let places = places.into_iter().take(DOORS);
        join_all(places.map(|(ip, port, is_typed)| self.knock(ip, port, &route.proves, is_typed))).await
    }

    /// Whether 8448 is open where nobody needs it.
    async fn old_port(&self, apex: &[Door], doors: &[Door], name: &Authority, route: &Route) -> Vec<Door> {
        if route.targets.iter().any(|(_, port)| *port == USUAL_PORT) {
            return Vec::new();
        }
        let of_apex = apex.iter().map(|door| (door, &name.host));
        let of_server = doors.iter().map(|door| (door, &route.proves));
        let mut places: Vec<(IpAddr, &Host)> = Vec::new();
        for (door, host) in of_apex.chain(of_server).filter(|(door, _)| door.is_open()) {
            if !places.iter().any(|(ip, _)| *ip == door.ip) {
                places.push((door.ip, host));
            }
        }
        join_all(places.into_iter().map(|(ip, host)| self.knocker.knock(ip, USUAL_PORT, host))).await
    }

    /// A well-known file at the open doors.
    async fn files(&self, doors: &[Door], name: &Authority, path: &str, most: usize) -> Vec<Page> {
        let mut found = Vec::new();
        let Ok(url) = Url::parse(&format!("https://{}{path}", name.host)) else { return found };
        for door in doors.iter().filter(|door| door.is_open()).take(most) {
            let got = self.web.follow(&self.names, &url, door.ip).await;
            found.push(Page { ip: door.ip, url: url.to_string(), got });
        }
        found
    }

    /// A page that other servers ask for, at the open doors.
    async fn federation(&self, route: &Route, doors: &[Door], path: &str) -> Vec<Page> {
        let mut found = Vec::new();
        for door in doors.iter().filter(|door| door.is_open()) {
            let Ok(url) = Url::parse(&format!("https://{}:{}{path}", route.proves, door.port)) else {
                continue;
            };
            // As the specification has it: with the port, if one was named.
            let header = Some(route.header.as_str());
            let got = self.web.ask(&Question { url: url.clone(), ip: door.ip, header, body: None }).await;
            found.push(Page { ip: door.ip, url: url.to_string(), got });
        }
        found
    }

    /// Where clients go.
    async fn client(&self, files: &[Page], typed: &Authority) -> Option<Named> {
        self.named(&pages::base_url(files)?, "_matrix/client/versions", typed).await
    }

    /// A server that a file names by a URL, and a page of it.
    async fn named(&self, base: &Url, path: &str, typed: &Authority) -> Option<Named> {
        let host = host_of(base)?;
        let port = base.port_or_known_default()?;
        let ips = self.names.addresses(&host).await.all().into_iter().take(DOORS);
        let is_typed = host == typed.host;
        let doors = join_all(ips.map(|ip| self.knock(ip, port, &host, is_typed))).await;
        let mut pages = Vec::new();
        let url = below(base, path)?;
        for door in doors.iter().filter(|door| door.is_open()) {
            pages.push(self.page(&url, door.ip, None).await);
        }
        Some(Named { doors, pages })
    }

    async fn page(&self, url: &Url, ip: IpAddr, body: Option<&'static str>) -> Page {
        let got = self.web.ask(&Question { url: url.clone(), ip, header: None, body }).await;
        Page { ip, url: url.to_string(), got }
    }

    /// What else is asked where clients go, at the first door that is open.
    async fn ask_more(&self, client: &Named, base: &Url, name: &Authority) -> Asked {
        let mut asked = Asked::default();
        let Some(door) = client.doors.iter().find(|door| door.is_open()) else { return asked };
        let ip = door.ip;
        // An alias that nobody has, with a slash in it: whoever gets it whole says
        // that there is none.
        let alias = format!("_matrix/client/v3/directory/room/%23transhume%2Fasks%3A{}", name.host);
        for (path, body, page) in [
            (alias.as_str(), None, &mut asked.slash),
            ("_synapse/admin/v1/server_version", None, &mut asked.admin),
            ("_matrix/client/v3/register", Some("{\"inhibit_login\":true}"), &mut asked.register),
            ("_matrix/media/v3/config", None, &mut asked.media),
            ("_matrix/client/v1/auth_metadata", None, &mut asked.oauth),
        ] {
            if let Some(url) = below(base, path) {
                *page = Some(self.page(&url, ip, body).await);
            }
        }
        if let (Some(host), Some(url)) = (host_of(base), below(base, "_matrix/media/v3/upload")) {
            let upload = self.knocker.announce_upload(ip, door.port, &host, url.path(), UPLOAD);
            asked.upload = Some(upload.await);
        }
        asked
    }
}

/// The domain itself.
struct Home {
    name: Authority,
    addresses: Addresses,
    doors: Vec<Door>,
    server_file: Vec<Page>,
    client_file: Vec<Page>,
}

/// A path below a URL.
fn below(base: &Url, path: &str) -> Option<Url> {
    Url::parse(&format!("{}/{path}", base.as_str().trim_end_matches('/'))).ok()
}
