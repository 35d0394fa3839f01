//! Where other servers go to reach a server: the steps of the specification.
//!
//! <https://spec.matrix.org/v1.18/server-server-api/#resolving-server-names>

use super::name::{Authority, Host};
use super::seen::{Service, Services};

/// The port where nothing names another one.
pub const USUAL_PORT: u16 = 8448;

/// By which step the way was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// 1: the name is an address.
    Literal,
    /// 2: the name has a port.
    Port,
    /// 3.1: the well-known file names an address.
    FileLiteral,
    /// 3.2: it names a port.
    FilePort,
    /// 3.3: it names a host that has SRV records.
    FileService,
    /// 3.4: the same, by the deprecated name.
    FileOldService,
    /// 3.5: it names a host alone.
    FileHost,
    /// 4: the domain has SRV records.
    Service,
    /// 5: the same, by the deprecated name.
    OldService,
    /// 6: nothing but the domain itself.
    Alone,
}

impl Step {
    /// How the specification counts it.
    pub fn number(self) -> &'static str {
        match self {
            Step::Literal => "1",
            Step::Port => "2",
            Step::FileLiteral => "3.1",
            Step::FilePort => "3.2",
            Step::FileService => "3.3",
            Step::FileOldService => "3.4",
            Step::FileHost => "3.5",
            Step::Service => "4",
            Step::OldService => "5",
            Step::Alone => "6",
        }
    }

    /// Whether SRV records lead the way.
    pub fn is_service(self) -> bool {
        matches!(self, Step::FileService | Step::FileOldService | Step::Service | Step::OldService)
    }
}

/// The way to a server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Route {
    /// How it was found.
    pub step: Step,
    /// Hosts and ports to connect to, in order.
    pub targets: Vec<(Host, u16)>,
    /// For whom the certificate has to be.
    pub proves: Host,
    /// The `Host` header.
    pub header: String,
}

/// Whether the name itself settles where others go, so that no file is read.
pub fn is_settled(name: &Authority) -> bool {
    matches!(name.host, Host::Ip(_)) || name.port.is_some()
}

/// The host whose SRV records are asked for, given what the file says.
pub fn asks_services_of<'a>(name: &'a Authority, file: Option<&'a Authority>) -> Option<&'a str> {
    match file.unwrap_or(name) {
        Authority { host: Host::Name(host), port: None } => Some(host),
        _ => None,
    }
}

/// Finds the way: by the server's name, what its well-known file names, and the
/// SRV records of [`asks_services_of`].
pub fn find(name: &Authority, file: Option<&Authority>, services: Option<&Services>) -> Route {
    let file = file.filter(|_| !is_settled(name));
    let to = file.unwrap_or(name);
    let direct = |step, port| Route {
        step,
        targets: vec![(to.host.clone(), port)],
        proves: to.host.clone(),
        header: to.to_string(),
    };
    let (literal, port, current, old, alone) = match file {
        Some(_) => {
            (Step::FileLiteral, Step::FilePort, Step::FileService, Step::FileOldService, Step::FileHost)
        }
        None => (Step::Literal, Step::Port, Step::Service, Step::OldService, Step::Alone),
    };
    match (&to.host, to.port) {
        (Host::Ip(_), number) => return direct(literal, number.unwrap_or(USUAL_PORT)),
        (Host::Name(_), Some(number)) => return direct(port, number),
        (Host::Name(_), None) => {}
    }
    let Some((found, is_old)) = services.and_then(Services::used) else { return direct(alone, USUAL_PORT) };
    let mut found: Vec<&Service> = found.iter().collect();
    found.sort_by_key(|service| service.priority);
    let leads = found.into_iter().filter(|service| !service.target.is_empty());
    let targets = leads.map(|service| (Host::Name(service.target.clone()), service.port)).collect();
    let step = if is_old { old } else { current };
    Route { step, targets, proves: to.host.clone(), header: to.host.to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn authority(text: &str) -> Authority {
        Authority::parse(text).unwrap()
    }

    fn records(current: &[&str], old: &[&str]) -> Services {
        let all = |targets: &[&str]| {
            let service = |(at, target): (usize, &&str)| Service {
                priority: u16::try_from(10 - at).unwrap(),
                target: (*target).to_owned(),
                port: 4433,
            };
            Ok(targets.iter().enumerate().map(service).collect())
        };
        Services { current: all(current), old: all(old) }
    }

    /// Step, targets, whose certificate, which header.
    fn way(name: &str, file: Option<&str>, services: &Services) -> (String, String, String, String) {
        let (name, file) = (authority(name), file.map(authority));
        let route = find(&name, file.as_ref(), Some(services));
        let targets = route.targets.iter().map(|(host, port)| format!("{host}:{port}"));
        let targets = targets.collect::<Vec<_>>().join(" ");
        (route.step.number().to_owned(), targets, route.proves.to_string(), route.header)
    }

    #[test]
    fn every_step_of_the_specification_leads_where_it_says() {
        let (none, both) = (records(&[], &[]), records(&["s.example.net"], &["o.example.net"]));
        let old = records(&[], &["o.example.net"]);
        let file = Some("d.example.net");
        for (name, file, services, wanted) in [
            ("203.0.113.7", None, &both, "1 203.0.113.7:8448 203.0.113.7 203.0.113.7"),
            ("[2001:db8::7]:80", None, &both, "1 [2001:db8::7]:80 [2001:db8::7] [2001:db8::7]:80"),
            ("example.org:80", file, &both, "2 example.org:80 example.org example.org:80"),
            ("example.org", Some("203.0.113.7"), &both, "3.1 203.0.113.7:8448 203.0.113.7 203.0.113.7"),
            (
                "example.org",
                Some("d.example.net:443"),
                &both,
                "3.2 d.example.net:443 d.example.net d.example.net:443",
            ),
            ("example.org", file, &both, "3.3 s.example.net:4433 d.example.net d.example.net"),
            ("example.org", file, &old, "3.4 o.example.net:4433 d.example.net d.example.net"),
            ("example.org", file, &none, "3.5 d.example.net:8448 d.example.net d.example.net"),
            ("example.org", None, &both, "4 s.example.net:4433 example.org example.org"),
            ("example.org", None, &old, "5 o.example.net:4433 example.org example.org"),
            ("example.org", None, &none, "6 example.org:8448 example.org example.org"),
        ] {
            let (step, targets, proves, header) = way(name, file, services);
            assert_eq!(format!("{step} {targets} {proves} {header}"), wanted, "{name} {file:?}");
        }
    }

    #[test]
    fn e19_the_root_as_target_leads_nowhere_and_priorities_count() {
        assert_eq!(way("example.org", None, &records(&[""], &[])).1, "");
        let two = records(&["b.example.net", "a.example.net"], &[]);
        assert_eq!(way("example.org", None, &two).1, "a.example.net:4433 b.example.net:4433");
    }
}
