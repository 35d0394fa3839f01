//! Which servers may lie in private networks: those that the user named. Names
//! are looked up here, so that one that a server gave cannot lead there either.

use std::collections::BTreeSet;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use reqwest::dns::{Addrs, Name, Resolve, Resolving};

use crate::check::place::{Base, is_private, is_private_host};

/// The hosts that the user named. Names are resolved through this, so that a
/// name that a server gave cannot lead into a private network.
#[derive(Debug, Default)]
pub(super) struct Named {
    all: AtomicBool,
    hosts: Mutex<BTreeSet<String>>,
}

impl Named {
    /// None yet; all of them if `all` private networks are free.
    pub(super) fn new(all: bool) -> Named {
        Named { all: AtomicBool::new(all), hosts: Mutex::default() }
    }

    /// Notes that the user named a server: it may lie in a private network, and
    /// if it does by its very name, others may too.
    pub(super) fn add(&self, base: &Base) {
        if is_private_host(base.url()) {
            self.all.store(true, Ordering::Relaxed);
        }
        self.hosts().extend(base.url().host_str().map(str::to_owned));
    }

    /// Whether a host may lie in a private network.
    pub(super) fn allows(&self, host: &str) -> bool {
        self.all.load(Ordering::Relaxed) || self.hosts().contains(host)
    }

    fn hosts(&self) -> MutexGuard<'_, BTreeSet<String>> {
        self.hosts.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The error for a name that leads nowhere: there is none, or nobody can be asked.
#[derive(Debug, thiserror::Error)]
#[error("no such name")]
pub(super) struct NoSuchName;

/// The error for a name that leads nowhere but into a private network.
#[derive(Debug, thiserror::Error)]
#[error("a private address")]
pub(super) struct PrivateOnly;

impl Resolve for Named {
    fn resolve(&self, name: Name) -> Resolving {
        let (host, free) = (name.as_str().to_owned(), self.allows(name.as_str()));
        Box::pin(async move {
            let found = tokio::net::lookup_host((host, 0)).await.map_err(|_| NoSuchName)?;
            let found: Vec<SocketAddr> = found.collect();
            let usable: Vec<SocketAddr> = found.into_iter().filter(|a| free || !is_private(a.ip())).collect();
            if usable.is_empty() {
                return Err(PrivateOnly.into());
            }
            Ok(Box::new(usable.into_iter()) as Addrs)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn e01_a_public_name_that_leads_into_a_private_network_is_not_followed() {
        let named = |all: bool, hosts: &[&str]| Named {
            all: AtomicBool::new(all),
            hosts: Mutex::new(hosts.iter().map(|&host| host.to_owned()).collect()),
        };
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let resolve =
            |named: Named| runtime.block_on(named.resolve("localhost".parse().unwrap())).map(Iterator::count);
        let refused = resolve(named(false, &["example.org"])).unwrap_err();
        assert!(refused.is::<PrivateOnly>());
        assert!(resolve(named(true, &[])).unwrap() > 0);
        assert!(resolve(named(false, &["localhost"])).unwrap() > 0);
    }
}
