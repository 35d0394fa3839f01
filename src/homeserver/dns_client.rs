//! Asks name servers, as another homeserver would: without this machine's own list
//! of hosts, without search domains, and nothing is kept between two questions.

use std::net::{IpAddr, SocketAddr};
use std::time::Duration;

use hickory_resolver::TokioResolver;
use hickory_resolver::config::{
    ConnectionConfig, NameServerConfig, ResolveHosts, ResolverConfig, ServerOrderingStrategy,
};
use hickory_resolver::net::runtime::TokioRuntimeProvider;
use hickory_resolver::net::{DnsError, NetError};
use hickory_resolver::proto::op::ResponseCode;
use hickory_resolver::proto::rr::{Name, RData, RecordType};

use super::check::name::Host;
use super::check::seen::{Addresses, DnsFault, Records, Service, Services};
use crate::check::trouble::innermost;

/// So many records of a kind are looked at; a name that has more is a name that
/// wants to keep us busy.
const MOST: usize = 16;

/// Whoever is asked for names.
pub struct Names {
    resolver: TokioResolver,
}

impl Names {
    /// The system's name servers, or one that the user named.
    ///
    /// # Errors
    /// The system names none: what it said.
    pub fn new(server: Option<SocketAddr>, patience: Duration) -> Result<Names, String> {
        let mut builder = match server {
            Some(server) => {
                let connections = [ConnectionConfig::udp(), ConnectionConfig::tcp()].map(|mut connection| {
                    connection.port = server.port();
                    connection
                });
                let server = NameServerConfig::new(server.ip(), true, connections.into());
                let config = ResolverConfig::from_name_servers(vec![server]);
                TokioResolver::builder_with_config(config, TokioRuntimeProvider::default())
            }
            None => TokioResolver::builder_tokio().map_err(|error| innermost(&error))?,
        };
        let options = builder.options_mut();
        options.timeout = patience.min(Duration::from_secs(5));
        options.attempts = 2;
        options.cache_size = 0;
        options.use_hosts_file = ResolveHosts::Never;
        options.server_ordering_strategy = ServerOrderingStrategy::UserProvidedOrder;
        Ok(Names { resolver: builder.build().map_err(|error| innermost(&error))? })
    }

    /// The addresses of a host.
    pub async fn addresses(&self, host: &Host) -> Addresses {
        let name = match host {
            Host::Ip(ip) => return Addresses::literal(*ip),
            Host::Name(name) => name,
        };
        let (mut ttl, mut again) = (u32::MAX, u32::MAX);
        let v4 = self.records(name, RecordType::A, &mut ttl, |data| match data {
            RData::A(record) => Some(record.0),
            _ => None,
        });
        let v6 = self.records(name, RecordType::AAAA, &mut again, |data| match data {
            RData::AAAA(record) => Some(record.0),
            _ => None,
        });
        let (v4, v6) = (v4.await, v6.await);
        let mut found = Addresses { v4, v6, ttl: ttl.min(again), dead_alias: None };
        if found.all().is_empty() {
            let alias = self.records(name, RecordType::CNAME, &mut again, |data| match data {
                RData::CNAME(alias) => Some(plain(&alias.0)),
                _ => None,
            });
            found.dead_alias = alias.await.ok().and_then(|aliases| aliases.into_iter().next());
        }
        found
    }

    /// The first address of a host, IPv4 before IPv6, as far as `may` allows.
    pub async fn one(&self, host: &Host, may: impl Fn(IpAddr) -> bool) -> Option<Result<IpAddr, IpAddr>> {
        let all = self.addresses(host).await.all();
        let allowed = all.iter().copied().find(|ip| may(*ip)).map(Ok);
        allowed.or_else(|| all.first().copied().map(Err))
    }

    /// The SRV records for other homeservers.
    pub async fn services(&self, host: &str) -> Services {
        Services {
            current: self.service(&format!("_matrix-fed._tcp.{host}")).await,
            old: self.service(&format!("_matrix._tcp.{host}")).await,
        }
    }

    async fn service(&self, name: &str) -> Records<Service> {
        let mut ttl = u32::MAX;
        let read = |data: &RData| match data {
            RData::SRV(record) => {
                Some(Service { priority: record.priority, target: plain(&record.target), port: record.port })
            }
            _ => None,
        };
        self.records(name, RecordType::SRV, &mut ttl, read).await
    }

    async fn records<T>(
        &self,
        name: &str,
        kind: RecordType,
        ttl: &mut u32,
        read: impl Fn(&RData) -> Option<T>,
    ) -> Records<T> {
        // With the root's dot, no search domain of this machine comes behind it.
        let Ok(name) = Name::from_ascii(format!("{}.", name.trim_end_matches('.'))) else {
            return Err(DnsFault::NoSuchName);
        };
        match self.resolver.lookup(name, kind).await {
            Ok(found) => {
                let answers = found.answers();
                *ttl = answers.iter().map(|answer| answer.ttl).min().unwrap_or(*ttl);
                Ok(answers.iter().filter_map(|answer| read(&answer.data)).take(MOST).collect())
            }
            Err(error) => fault(&error).map_or_else(|| Ok(Vec::new()), Err),
        }
    }
}

/// Why there is nothing; none where there just is nothing of that kind.
fn fault(error: &NetError) -> Option<DnsFault> {
    match error {
        NetError::Dns(DnsError::NoRecordsFound(none)) => match none.response_code {
            ResponseCode::NoError => None,
            ResponseCode::NXDomain => Some(DnsFault::NoSuchName),
            code => Some(DnsFault::Failure(code.to_str().to_owned())),
        },
        NetError::Dns(DnsError::ResponseCode(code)) => Some(match code {
            ResponseCode::NXDomain => DnsFault::NoSuchName,
            code => DnsFault::Failure(code.to_str().to_owned()),
        }),
        NetError::Timeout | NetError::NoConnections => Some(DnsFault::Silent),
        NetError::Io(_) => Some(DnsFault::Silent),
        other => Some(DnsFault::Failure(innermost(other))),
    }
}

/// A name as people write it: without the dot at its end.
fn plain(name: &Name) -> String {
    name.to_ascii().trim_end_matches('.').to_ascii_lowercase()
}
