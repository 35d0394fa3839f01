//! The name and its records: H01, H02 and H10.

use super::finding::Finding;
use super::lines;
use super::name::Host;
use super::route;
use super::seen::{DnsFault, Records, Seen, Service};
use crate::words::key;

/// The name that was looked at is the one in Matrix IDs.
pub(super) fn h01(seen: &Seen) -> Finding {
    match &seen.typed_otherwise {
        Some(typed) => Finding::warn(1, key::HOMESERVER_H01_OTHER).with("typed", typed),
        None => Finding::ok(1, key::HOMESERVER_H01_SAME),
    }
}

/// The domain has addresses of both families.
pub(super) fn h02(seen: &Seen) -> Finding {
    if let Host::Ip(_) = seen.name.host {
        return Finding::ok(2, key::HOMESERVER_H02_LITERAL);
    }
    let found = &seen.addresses;
    let all: Vec<String> = found.all().iter().map(ToString::to_string).collect();
    let (v4, v6) = (&found.v4, &found.v6);
    let name = &seen.name.host;
    let has = (v4.as_ref().is_ok_and(|r| !r.is_empty()), v6.as_ref().is_ok_and(|r| !r.is_empty()));
    let fault = |fault: &DnsFault| match fault {
        DnsFault::NoSuchName => (key::HOMESERVER_H02_NO_SUCH_NAME, String::new()),
        DnsFault::Failure(code) => (key::HOMESERVER_H02_FAILURE, code.clone()),
        DnsFault::Silent => (key::HOMESERVER_H02_SILENT, String::new()),
    };
    match (!has.0, !has.1) {
        (false, false) => Finding::ok(2, key::HOMESERVER_H02_BOTH)
            .with("addresses", all.join(", "))
            .with("ttl", found.ttl.to_string()),
        (true, true) => {
            let first = v4.as_ref().err().or(v6.as_ref().err());
            match (&found.dead_alias, first) {
                (Some(alias), _) => Finding::fail(2, key::HOMESERVER_H02_ALIAS).with("alias", alias),
                (None, Some(why)) => {
                    let (key, code) = fault(why);
                    Finding::fail(2, key).with("code", code)
                }
                (None, None) => Finding::fail(2, key::HOMESERVER_H02_NONE),
            }
            .lines([format!("{name}. 3600 IN A <IPv4>"), format!("{name}. 3600 IN AAAA <IPv6>")])
        }
        (no_v4, _) => {
            let (family, missing, record) =
                if no_v4 { ("IPv4", v4.as_ref().err(), "A") } else { ("IPv6", v6.as_ref().err(), "AAAA") };
            let finding = match missing {
                Some(DnsFault::Failure(_) | DnsFault::Silent) => {
                    Finding::warn(2, key::HOMESERVER_H02_HALF_TOLD)
                }
                _ => Finding::warn(2, key::HOMESERVER_H02_HALF)
                    .lines([format!("{name}. 3600 IN {record} <{family}>")]),
            };
            finding.with("addresses", all.join(", ")).with("family", family)
        }
    }
}

/// SRV records: none are needed, and the old ones are in the way.
pub(super) fn h10(seen: &Seen) -> Finding {
    let told = |records: &Records<Service>| match records {
        Err(DnsFault::Failure(code)) => Some(code.clone()),
        Err(DnsFault::Silent) => Some("timeout".to_owned()),
        _ => None,
    };
    let Some((found, is_old)) = seen.services.used() else {
        let trouble = told(&seen.services.current).or_else(|| told(&seen.services.old));
        return match trouble {
            Some(code) => Finding::warn(10, key::HOMESERVER_H10_FAULT).with("code", code),
            None => Finding::ok(10, key::HOMESERVER_H10_NONE),
        };
    };
    let label = if is_old { "_matrix._tcp" } else { "_matrix-fed._tcp" };
    let records = found.iter().map(|service| format!("{}:{}", service.target, service.port));
    let about = |finding: Finding| {
        let records = records.clone().collect::<Vec<_>>().join(", ");
        finding.with("label", label).with("records", records)
    };
    let by_file =
        seen.server_file.iter().any(|page| page.good().is_some_and(|a| super::pages::delegate(a).is_ok()));
    if by_file || route::is_settled(&seen.name) {
        return about(Finding::warn(10, key::HOMESERVER_H10_BOTH));
    }
    if seen.route.step.is_service() {
        if found.iter().all(|service| service.target.is_empty()) {
            return about(Finding::fail(10, key::HOMESERVER_H10_ROOT)).lines(lines::service(seen));
        }
        if seen.doors.is_empty() {
            return about(Finding::fail(10, key::HOMESERVER_H10_NOWHERE)).lines(lines::service(seen));
        }
    }
    match is_old {
        true => about(Finding::warn(10, key::HOMESERVER_H10_OLD)).lines(lines::service(seen)),
        false => about(Finding::ok(10, key::HOMESERVER_H10_USED)),
    }
}
