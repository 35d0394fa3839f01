//! Connections and certificates: H11, H12 and H21.

use std::net::IpAddr;

use super::files::{closed, time};
use super::finding::Finding;
use super::seen::{Door, Seen, Shut};
use crate::check::trouble::TlsFault;
use crate::words::key;

/// A certificate should hold for so much longer (seconds), or for a third of its time:
/// some are for days, and renewed every other one.
const LEFT: i64 = 14 * 86400;

/// Where other servers go, the certificate is right.
pub(super) fn h11(seen: &Seen, closed: Option<u8>) -> Finding {
    certificates(11, &seen.doors, seen.now).unwrap_or_else(|| Finding::skipped(11, closed.unwrap_or(13)))
}

/// On the domain itself it is, too.
pub(super) fn h12(seen: &Seen) -> Finding {
    certificates(12, &seen.apex, seen.now).unwrap_or_else(|| Finding::skipped(12, 3))
}

/// Judges the worst certificate of several doors; none if none showed one.
pub(super) fn certificates(id: u8, doors: &[Door], now: i64) -> Option<Finding> {
    let mut soonest: Option<Finding> = None;
    let mut until = i64::MAX;
    for door in doors {
        let proof = match &door.opened {
            Ok(proof) => proof,
            Err(Shut::NoTls(fault, what)) => {
                let key = match fault {
                    TlsFault::NoCommonGround => key::HOMESERVER_TLS_OLD,
                    _ => key::HOMESERVER_TLS_NONE,
                };
                return Some(about(Finding::fail(id, key), door).with("what", what));
            }
            Err(Shut::Closed(_) | Shut::Private) => continue,
        };
        let key = match proof.fault {
            None => {
                if proof.until < until {
                    until = proof.until;
                    let finding = match proof.until - now < LEFT.min((proof.until - proof.from) / 3) {
                        true => Finding::warn(id, key::HOMESERVER_TLS_SOON),
                        false => Finding::ok(id, key::HOMESERVER_TLS_GOOD),
                    };
                    soonest = Some(
                        about(finding, door).with("until", time(proof.until)).with("issuer", &proof.issuer),
                    );
                }
                continue;
            }
            Some(TlsFault::Expired) if proof.until < now => key::HOMESERVER_TLS_EXPIRED,
            Some(TlsFault::Expired) => key::HOMESERVER_TLS_DATES,
            Some(TlsFault::WrongName) => key::HOMESERVER_TLS_WRONG_NAME,
            Some(TlsFault::UnknownIssuer) => key::HOMESERVER_TLS_ISSUER,
            Some(TlsFault::NoCommonGround | TlsFault::Other) => key::HOMESERVER_TLS_OTHER,
        };
        let finding = about(Finding::fail(id, key), door)
            .with("names", proof.names.join(", "))
            .with("issuer", &proof.issuer)
            .with("from", time(proof.from))
            .with("until", time(proof.until));
        return Some(finding);
    }
    soonest
}

fn about(finding: Finding, door: &Door) -> Finding {
    finding.with("host", &door.name).with("at", format!("{} {}", door.ip, door.port))
}

/// Other servers get in by IPv6, or are told of none.
pub(super) fn h21(seen: &Seen, astray: Option<u8>) -> Finding {
    let is_v6 = |door: &&Door| matches!(door.ip, IpAddr::V6(_));
    let v6: Vec<Door> = seen.doors.iter().filter(is_v6).cloned().collect();
    let is_open_by_v4 = seen.doors.iter().any(|door| !is_v6(&door) && door.is_open());
    match (v6.is_empty(), closed(&v6)) {
        (true, _) if seen.doors.is_empty() => Finding::skipped(21, astray.unwrap_or(13)),
        (true, _) => Finding::ok(21, key::HOMESERVER_H21_NONE),
        (false, None) => {
            let all: Vec<String> = v6.iter().map(|door| door.ip.to_string()).collect();
            Finding::ok(21, key::HOMESERVER_H21_GOOD).with("addresses", all.join(", "))
        }
        (false, Some(_)) if !is_open_by_v4 => Finding::skipped(21, astray.unwrap_or(13)),
        (false, Some(what)) => {
            Finding::fail(21, key::HOMESERVER_H21_DEAD).with("what", what).with("host", &v6[0].name)
        }
    }
}
