//! A little internet on this computer: name servers that answer what a test wants,
//! and web servers with certificates, at several addresses of both families.

use std::collections::BTreeMap;
use std::io::{Read, Write};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, TcpListener, UdpSocket};
use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use ed25519_dalek::{Signer, SigningKey};
use rcgen::{BasicConstraints, CertificateParams, DnType, IsCa, Issuer, KeyPair, date_time_ymd};
use rustls::pki_types::PrivateKeyDer;
use rustls::server::{ClientHello, ResolvesServerCert};
use rustls::sign::CertifiedKey;
use serde_json::{Value, json};

use crate::support::{NOW, Outcome, Place};

/// Where the domain is.
pub const APEX: IpAddr = IpAddr::V4(Ipv4Addr::LOCALHOST);
/// Where its server is.
pub const SERVER: IpAddr = IpAddr::V4(Ipv4Addr::new(127, 0, 0, 2));
/// Where something else is.
pub const OTHER: IpAddr = IpAddr::V4(Ipv4Addr::new(127, 0, 0, 3));
/// Where both are by IPv6.
pub const V6: IpAddr = IpAddr::V6(Ipv6Addr::LOCALHOST);

/// What a name server says.
#[derive(Clone)]
pub enum Says {
    /// These records: type and data.
    Records(Vec<(u16, Vec<u8>)>),
    /// Nothing of that kind.
    Nothing,
    /// An error code.
    Code(u8),
    /// Not a word.
    Silence,
}

/// What a client asks for.
pub struct Ask {
    /// At which address.
    pub ip: IpAddr,
    /// The `Host` header.
    pub host: String,
    /// The path, as it came.
    pub path: String,
}

/// An answer, byte by byte; none where somebody else has one.
pub type Pages = Box<dyn Fn(&Ask) -> Option<Vec<u8>> + Send + Sync>;

/// What is wrong with a certificate.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Flaw {
    None,
    Expired,
    EndsSoon,
    OtherName,
    SelfSigned,
    /// Nothing newer than TLS 1.0 is spoken there, for any name.
    OldTls,
    /// Plain HTTP is spoken there, for any name.
    NoTls,
}

/// How everything is, before it starts. New, all is well.
pub struct World {
    names: BTreeMap<String, Vec<(u16, Says)>>,
    pages: Vec<Pages>,
    flaws: BTreeMap<(IpAddr, String), Flaw>,
    dead: Vec<IpAddr>,
    /// Whether the servers listen at 8448, too.
    pub has_old_port: bool,
    /// The clock of the program and of the servers.
    pub now: &'static str,
    /// The servers' `Date` header.
    pub date: &'static str,
    /// How many seconds an answer may take.
    pub patience: &'static str,
    /// More arguments for the program.
    pub arguments: Vec<String>,
    /// More of the environment.
    pub environment: Vec<(String, String)>,
    /// Whether servers may name private places.
    pub allow_private: bool,
}

pub const A: u16 = 1;
pub const CNAME: u16 = 5;
pub const AAAA: u16 = 28;
pub const SRV: u16 = 33;

/// A name on the wire.
pub fn wire(name: &str) -> Vec<u8> {
    let labels = name.split('.').filter(|label| !label.is_empty());
    let mut bytes: Vec<u8> =
        labels.flat_map(|label| [&[u8::try_from(label.len()).unwrap()], label.as_bytes()].concat()).collect();
    bytes.push(0);
    bytes
}

/// An SRV record.
pub fn srv(target: &str, port: u16) -> Says {
    let mut data = vec![0, 10, 0, 5];
    data.extend(port.to_be_bytes());
    data.extend(wire(target));
    Says::Records(vec![(SRV, data)])
}

/// An answer with JSON in it.
pub fn reply(status: &str, headers: &str, body: &str) -> Vec<u8> {
    let length = body.len();
    format!("HTTP/1.1 {status}\r\ncontent-length: {length}\r\n{headers}\r\n{body}").into_bytes()
}

/// The keys of a server, signed by `key`, with `wrong` as the signature's key.
pub fn keys(name: &str, until: i64, forged: bool) -> Value {
    let key = SigningKey::from_bytes(&[7; 32]);
    let public = STANDARD_NO_PAD.encode(key.verifying_key().as_bytes());
    // Written in canonical order.
    let signed = format!(
        "{{\"old_verify_keys\":{{}},\"server_name\":\"{name}\",\"valid_until_ts\":{until},\
         \"verify_keys\":{{\"ed25519:a_b\":{{\"key\":\"{public}\"}}}}}}"
    );
    let signer = if forged { SigningKey::from_bytes(&[8; 32]) } else { key };
    let signature = STANDARD_NO_PAD.encode(signer.sign(signed.as_bytes()).to_bytes());
    let mut all: Value = serde_json::from_str(&signed).unwrap();
    all["signatures"] = json!({ name: { "ed25519:a_b": signature } });
    all
}

const OPEN: &str = "content-type: application/json\r\naccess-control-allow-origin: *\r\n";

/// 2100-01-01.
pub const FAR: i64 = 4_102_444_800_000;

impl World {
    pub fn new() -> World {
        let mut world = World {
            names: BTreeMap::new(),
            pages: Vec::new(),
            flaws: BTreeMap::new(),
            dead: Vec::new(),
            has_old_port: false,
            now: NOW,
            date: "Sun, 31 Jan 2021 18:00:00 GMT",
            patience: "3",
            arguments: Vec::new(),
            environment: Vec::new(),
            allow_private: true,
        };
        world.at("example.org", &[APEX, V6]);
        world.at("matrix.example.org", &[SERVER, V6]);
        world
    }

    /// Has a name lead to these addresses alone.
    pub fn at(&mut self, name: &str, ips: &[IpAddr]) {
        let of = |kind: u16| {
            let data = ips.iter().filter_map(|ip| match (ip, kind) {
                (IpAddr::V4(ip), A) => Some((A, ip.octets().to_vec())),
                (IpAddr::V6(ip), AAAA) => Some((AAAA, ip.octets().to_vec())),
                _ => None,
            });
            let data: Vec<_> = data.collect();
            if data.is_empty() { Says::Nothing } else { Says::Records(data) }
        };
        self.names.insert(name.to_owned(), vec![(A, of(A)), (AAAA, of(AAAA))]);
    }

    /// Has the name servers say something else about a name.
    pub fn says(&mut self, name: &str, kind: u16, says: Says) {
        let all = self.names.entry(name.to_owned()).or_default();
        all.retain(|(of, _)| *of != kind);
        all.push((kind, says));
    }

    /// Has nobody know a name.
    pub fn forgets(&mut self, name: &str) {
        self.names.remove(name);
    }

    /// Nobody listens at an address.
    pub fn is_dead(&mut self, ip: IpAddr) {
        self.dead.push(ip);
    }

    /// Something is wrong with the certificate of a name at an address.
    pub fn flaw(&mut self, ip: IpAddr, name: &str, flaw: Flaw) {
        self.flaws.insert((ip, name.to_owned()), flaw);
    }

    /// Answers something else.
    pub fn answers(&mut self, pages: impl Fn(&Ask) -> Option<Vec<u8>> + Send + Sync + 'static) {
        self.pages.push(Box::new(pages));
    }

    /// Answers something else for a path of a host.
    pub fn page(&mut self, host: &'static str, path: &'static str, bytes: Vec<u8>) {
        self.answers(move |ask| (ask.host == host && ask.path.starts_with(path)).then(|| bytes.clone()));
    }

    /// Starts everything, and calls the program.
    pub fn check(mut self, target: &str) -> Outcome {
        self.arguments.push("--json".to_owned());
        self.check_in_words(target)
    }

    /// The same, for people.
    pub fn check_in_words(self, target: &str) -> Outcome {
        let place = Place::new();
        let started = Started::new(self);
        place.file("ca.pem", &started.authority);
        let mut command = place.command();
        command.args(["homeserver", "check", target, "--ca-file", "ca.pem", "--timeout", started.patience]);
        command.args(["--resolver", &started.resolver.to_string()]).args(&started.arguments);
        if started.allow_private {
            command.arg("--allow-private");
        }
        command.envs(started.environment);
        command.env("TRANSHUME_NOW", started.now).env("TRANSHUME_PORTS", &started.ports);
        Outcome::of(&command.output().unwrap())
    }
}

/// The world as it runs. It goes on until the tests end.
struct Started {
    authority: String,
    resolver: SocketAddr,
    ports: String,
    now: &'static str,
    patience: &'static str,
    arguments: Vec<String>,
    environment: Vec<(String, String)>,
    allow_private: bool,
}

impl Started {
    fn new(world: World) -> Started {
        let resolver = serve_names(world.names);
        let mut params = CertificateParams::new(Vec::new()).unwrap();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        params.distinguished_name.push(DnType::CommonName, "An authority of the tests");
        let key = KeyPair::generate().unwrap();
        let authority = params.self_signed(&key).unwrap().pem();
        let issuer = Arc::new((Issuer::new(params, key), world.flaws));
        let (port, listeners) = listen(&world.dead, &[]);
        let (old_port, old) = if world.has_old_port { listen(&world.dead, &[port]) } else { (1, Vec::new()) };
        let (pages, date) = (Arc::new(world.pages), world.date);
        for listener in listeners.into_iter().chain(old) {
            let (issuer, pages) = (Arc::clone(&issuer), Arc::clone(&pages));
            std::thread::spawn(move || serve(&listener, &issuer, &pages, date));
        }
        let ports = format!("443:{port},8448:{old_port}");
        let World { now, patience, arguments, environment, allow_private, .. } = world;
        Started { authority, resolver, ports, now, patience, arguments, environment, allow_private }
    }
}

/// Listens at a port that is free at all addresses but those where nobody does.
fn listen(dead: &[IpAddr], taken: &[u16]) -> (u16, Vec<TcpListener>) {
    loop {
        let port = TcpListener::bind((OTHER, 0)).unwrap().local_addr().unwrap().port();
        let all = [APEX, SERVER, OTHER, V6].map(|ip| (ip, TcpListener::bind((ip, port))));
        if taken.contains(&port) || all.iter().any(|(_, listener)| listener.is_err()) {
            continue;
        }
        let alive = all.into_iter().filter(|(ip, _)| !dead.contains(ip));
        return (port, alive.filter_map(|(_, listener)| listener.ok()).collect());
    }
}

type Authority = (Issuer<'static, KeyPair>, BTreeMap<(IpAddr, String), Flaw>);

/// Makes a certificate for whatever name is asked for.
struct Maker {
    authority: Arc<Authority>,
    ip: IpAddr,
}

impl std::fmt::Debug for Maker {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Maker")
    }
}

impl ResolvesServerCert for Maker {
    fn resolve(&self, hello: ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
        let name = hello.server_name().map_or_else(|| self.ip.to_string(), str::to_owned);
        let (issuer, flaws) = &*self.authority;
        let flaw = flaws.get(&(self.ip, name.clone())).copied().unwrap_or(Flaw::None);
        let named = if flaw == Flaw::OtherName { "elsewhere.example.net".to_owned() } else { name };
        let mut params = CertificateParams::new(vec![named]).unwrap();
        match flaw {
            Flaw::Expired => {
                params.not_before = date_time_ymd(2019, 1, 1);
                params.not_after = date_time_ymd(2019, 12, 31);
            }
            Flaw::EndsSoon => params.not_after = date_time_ymd(2096, 1, 1),
            _ => {}
        }
        let key = KeyPair::generate().unwrap();
        let leaf = match flaw {
            Flaw::SelfSigned => params.self_signed(&key).unwrap(),
            _ => params.signed_by(&key, issuer).unwrap(),
        };
        let key = PrivateKeyDer::try_from(key.serialize_der()).unwrap();
        let key = rustls::crypto::aws_lc_rs::sign::any_supported_type(&key).unwrap();
        Some(Arc::new(CertifiedKey::new(vec![leaf.der().clone()], key)))
    }
}

fn serve(listener: &TcpListener, authority: &Arc<Authority>, pages: &Arc<Vec<Pages>>, date: &'static str) {
    let ip = listener.local_addr().unwrap().ip();
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let config = rustls::ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_cert_resolver(Arc::new(Maker { authority: Arc::clone(authority), ip }));
    let config = Arc::new(config);
    let has = |wanted| authority.1.iter().any(|((at, _), flaw)| *at == ip && *flaw == wanted);
    let (is_old, is_plain) = (has(Flaw::OldTls), has(Flaw::NoTls));
    for mut stream in listener.incoming().map_while(Result::ok) {
        if is_old || is_plain {
            let _ = stream.read(&mut [0; 4096]);
            let bytes = if is_old { old_hello() } else { reply("400 Bad Request", "", "") };
            let _ = stream.write_all(&bytes).and_then(|()| stream.read(&mut [0; 64]).map(|_| ()));
            continue;
        }
        let (config, pages) = (Arc::clone(&config), Arc::clone(pages));
        std::thread::spawn(move || {
            let mut session = rustls::ServerConnection::new(config).unwrap();
            let mut tls = rustls::Stream::new(&mut session, &mut stream);
            while let Some(head) = head(&mut tls) {
                let ask = asked(ip, &head);
                let own = pages.iter().rev().find_map(|page| page(&ask));
                let bytes = own.unwrap_or_else(|| usual(&ask, date));
                if tls.write_all(&bytes).and_then(|()| tls.flush()).is_err() || bytes.is_empty() {
                    break;
                }
            }
        });
    }
}

/// The hello of a server that knows TLS 1.0, whatever the client says.
fn old_hello() -> Vec<u8> {
    let hello = [[2, 0, 0, 38, 3, 1].as_slice(), &[7; 32], &[0, 0, 0x2f, 0]].concat();
    [[22, 3, 1, 0, u8::try_from(hello.len()).unwrap()].as_slice(), &hello].concat()
}

/// The head of a request; its body, which is short here, comes with it.
fn head(stream: &mut impl Read) -> Option<String> {
    let mut seen = Vec::new();
    let mut buffer = [0; 4096];
    while !seen.windows(4).any(|four| four == b"\r\n\r\n") {
        match stream.read(&mut buffer) {
            Ok(length @ 1..) => seen.extend_from_slice(&buffer[..length]),
            _ => return None,
        }
    }
    Some(String::from_utf8_lossy(&seen).into_owned())
}

fn asked(ip: IpAddr, head: &str) -> Ask {
    let path = head.split(' ').nth(1).unwrap_or_default().to_owned();
    let host = head.lines().find_map(|line| {
        let (name, value) = line.split_once(':')?;
        name.eq_ignore_ascii_case("host").then(|| value.trim().to_owned())
    });
    let host = host.unwrap_or_default();
    Ask { ip, host: host.trim_end_matches(":443").to_owned(), path }
}

/// A domain with a server, as they should be.
fn usual(ask: &Ask, date: &str) -> Vec<u8> {
    let json =
        |status: &str, value: Value| reply(status, &format!("{OPEN}date: {date}\r\n"), &value.to_string());
    let none = || reply("404 Not Found", "content-type: text/html\r\n", "<html>nothing here</html>");
    let error = |code: &str| json!({ "errcode": code, "error": "An error" });
    // Some call the server by its address.
    let host = if ask.host == SERVER.to_string() { "matrix.example.org" } else { &ask.host };
    match (host, ask.path.as_str()) {
        ("example.org", "/.well-known/matrix/server") => {
            json("200 OK", json!({ "m.server": "matrix.example.org:443" }))
        }
        ("example.org", "/.well-known/matrix/client") => {
            json("200 OK", json!({ "m.homeserver": { "base_url": "https://matrix.example.org" } }))
        }
        ("matrix.example.org", "/_matrix/federation/v1/version") => {
            json("200 OK", json!({ "server": { "name": "Synapse", "version": "1.163.2" } }))
        }
        ("matrix.example.org", "/_matrix/key/v2/server") => json("200 OK", keys("example.org", FAR, false)),
        ("matrix.example.org", "/_matrix/client/versions") => {
            json("200 OK", json!({ "versions": ["v1.1", "v1.11"] }))
        }
        ("matrix.example.org", "/_matrix/client/v3/register") => json(
            "401 Unauthorized",
            json!({ "session": "x", "flows": [{ "stages": ["m.login.registration_token"] }] }),
        ),
        ("matrix.example.org", "/_matrix/media/v3/config") => {
            json("401 Unauthorized", error("M_MISSING_TOKEN"))
        }
        ("matrix.example.org", "/_matrix/media/v3/upload") => b"HTTP/1.1 100 Continue\r\n\r\n".to_vec(),
        ("matrix.example.org", path) if path.starts_with("/_matrix/client/v3/directory/room/") => {
            let is_whole = path.contains("%2F");
            json("404 Not Found", error(if is_whole { "M_NOT_FOUND" } else { "M_UNRECOGNIZED" }))
        }
        ("matrix.example.org", path) if path.starts_with("/_matrix/") => {
            json("404 Not Found", error("M_UNRECOGNIZED"))
        }
        _ => none(),
    }
}

/// A name server.
fn serve_names(names: BTreeMap<String, Vec<(u16, Says)>>) -> SocketAddr {
    let socket = UdpSocket::bind("127.0.0.1:0").unwrap();
    let at = socket.local_addr().unwrap();
    std::thread::spawn(move || {
        let mut buffer = [0; 1500];
        while let Ok((length, from)) = socket.recv_from(&mut buffer) {
            if let Some(answer) = answer(&buffer[..length], &names) {
                let _ = socket.send_to(&answer, from);
            }
        }
    });
    at
}

fn answer(query: &[u8], names: &BTreeMap<String, Vec<(u16, Says)>>) -> Option<Vec<u8>> {
    let (mut at, mut labels) = (12, Vec::new());
    while let length @ 1.. = usize::from(*query.get(at)?) {
        labels.push(String::from_utf8_lossy(query.get(at + 1..=at + length)?).to_ascii_lowercase());
        at += length + 1;
    }
    let kind = u16::from_be_bytes([*query.get(at + 1)?, *query.get(at + 2)?]);
    let of_name = names.get(&labels.join("."));
    // An alias stands for every kind.
    let of_kind = |kind: u16| of_name?.iter().find(|(of, _)| *of == kind).map(|(_, says)| says.clone());
    let says = match (of_name, of_kind(kind).or_else(|| of_kind(CNAME))) {
        (None, _) => Says::Code(3),
        (Some(_), None) => Says::Nothing,
        (Some(_), Some(says)) => says,
    };
    let (code, records) = match says {
        Says::Silence => return None,
        Says::Code(code) => (code, Vec::new()),
        Says::Nothing => (0, Vec::new()),
        Says::Records(records) => (0, records),
    };
    let mut bytes = query[..2].to_vec();
    bytes.extend([0x81, 0x80 | code, 0, 1, 0, u8::try_from(records.len()).ok()?, 0, 0, 0, 0]);
    bytes.extend(&query[12..at + 5]);
    for (kind, data) in records {
        bytes.extend([0xc0, 0x0c]);
        bytes.extend(kind.to_be_bytes());
        bytes.extend([0, 1, 0, 0, 1, 44]);
        bytes.extend(u16::try_from(data.len()).ok()?.to_be_bytes());
        bytes.extend(data);
    }
    Some(bytes)
}
