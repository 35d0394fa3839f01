//! What other servers get: H13, H14, H15, H17 and H22.

use std::net::IpAddr;

use jiff::fmt::rfc2822;
use serde_json::Value;

use super::files::{closed, time};
use super::finding::Finding;
use super::lines;
use super::pages::{self, BadKeys};
use super::route::USUAL_PORT;
use super::seen::{Answer, Door, Miss, Page, Seen};
use crate::words::key;

/// A clock may be off by so much (seconds).
const SKEW: i64 = 60;

/// The server says who it is.
pub(super) fn h13(seen: &Seen, astray: Option<u8>) -> Finding {
    let v4: Vec<Door> = seen.doors.iter().filter(|door| matches!(door.ip, IpAddr::V4(_))).cloned().collect();
    let any_open = seen.doors.iter().any(Door::is_open);
    // A shut door of IPv6 alone is a case of its own.
    let shut = if any_open { closed(&v4) } else { closed(&seen.doors) };
    if let Some(what) = shut {
        return match astray {
            Some(astray) => Finding::skipped(13, astray),
            None => Finding::fail(13, key::HOMESERVER_H13_SHUT).with("what", what).with("host", host(seen)),
        };
    }
    if seen.versions.is_empty() {
        return Finding::skipped(13, astray.unwrap_or(11));
    }
    for page in &seen.versions {
        if let Some(what) = trouble(page) {
            return Finding::fail(13, key::HOMESERVER_H13_NOT_MATRIX)
                .with("page", &page.url)
                .with("at", page.ip.to_string())
                .with("what", what)
                .lines(lines::proxy(seen));
        }
    }
    let (name, version) = software(seen).unwrap_or_default();
    Finding::ok(13, key::HOMESERVER_H13_GOOD)
        .with("software", format!("{name} {version}"))
        .with("step", seen.route.step.number())
        .with("host", host(seen))
}

/// What is wrong with a page that should tell the software.
fn trouble(page: &Page) -> Option<String> {
    match &page.got {
        Err(miss) => Some(miss_text(miss)),
        Ok(answer) if answer.status != 200 => Some(format!("{} {}", answer.status, kind(page))),
        Ok(answer) => {
            let server = answer.object().and_then(|all| all.get("server").cloned());
            let is_good = server.is_some_and(|server| server.get("name").is_some_and(Value::is_string));
            (!is_good).then(|| format!("200 {}", kind(page)))
        }
    }
}

fn kind(page: &Page) -> String {
    let said = page.got.as_ref().ok().and_then(|answer| answer.header("content-type"));
    said.unwrap_or_default().chars().take(60).collect()
}

/// Why there is no answer, in short.
pub(super) fn miss_text(miss: &Miss) -> String {
    match miss {
        Miss::TooLarge => "> 256 KiB".to_owned(),
        Miss::Astray(_, to) => format!("→ {}", crate::check::place::masked(to)),
        Miss::Broken(what) => what.clone(),
    }
}

fn host(seen: &Seen) -> String {
    let targets = seen.route.targets.iter().map(|(host, port)| format!("{host}:{port}"));
    targets.collect::<Vec<_>>().join(", ")
}

/// Name and version of the software.
pub(super) fn software(seen: &Seen) -> Option<(String, String)> {
    let all = seen.versions.iter().find_map(Page::good)?.object()?;
    let text = |key: &str| {
        let text = all.get("server").and_then(|server| server.get(key)).and_then(Value::as_str);
        text.unwrap_or_default().chars().take(60).collect::<String>()
    };
    Some((text("name"), text("version")))
}

/// The server's keys are its own, and in order.
pub(super) fn h14(seen: &Seen, closed: Option<u8>) -> Finding {
    if seen.keys.is_empty() {
        return Finding::skipped(14, closed.unwrap_or(13));
    }
    let mut good = None;
    for page in &seen.keys {
        let about = |finding: Finding| finding.with("at", page.ip.to_string());
        let Some(answer) = page.good() else {
            let what = match &page.got {
                Err(miss) => miss_text(miss),
                Ok(answer) => answer.status.to_string(),
            };
            let finding = Finding::fail(14, key::HOMESERVER_H14_NONE).with("what", what);
            return about(finding).lines(lines::proxy(seen));
        };
        let finding = match pages::keys(answer, &seen.name) {
            Ok(keys) => {
                good = Some(keys);
                continue;
            }
            Err(BadKeys::OtherServer(other)) => Finding::fail(14, key::HOMESERVER_H14_OTHER)
                .with("other", other)
                .lines(lines::server_name(seen)),
            Err(BadKeys::NotKeys) => {
                let what = format!("200 {}", kind(page));
                Finding::fail(14, key::HOMESERVER_H14_NONE).with("what", what).lines(lines::proxy(seen))
            }
            Err(BadKeys::None) => Finding::fail(14, key::HOMESERVER_H14_NO_KEY),
            Err(BadKeys::Signature(id)) => Finding::fail(14, key::HOMESERVER_H14_SIGNATURE).with("id", id),
        };
        return about(finding);
    }
    let Some(keys) = good else { return Finding::skipped(14, 13) };
    let finding = match keys.until > seen.now {
        true => Finding::ok(14, key::HOMESERVER_H14_GOOD),
        false => Finding::warn(14, key::HOMESERVER_H14_EXPIRED),
    };
    finding.with("ids", keys.ids.join(", ")).with("until", time(keys.until))
}

/// 8448: closed is fine where another port is named.
pub(super) fn h15(seen: &Seen) -> Finding {
    if seen.route.targets.iter().any(|(_, port)| *port == USUAL_PORT) {
        return Finding::ok(15, key::HOMESERVER_H15_USED);
    }
    let open = seen.old_port.iter().filter(|door| closed(std::slice::from_ref(door)).is_none());
    let open: Vec<String> = open.map(|door| door.ip.to_string()).collect();
    match open.is_empty() {
        true => Finding::ok(15, key::HOMESERVER_H15_CLOSED),
        false => Finding::ok(15, key::HOMESERVER_H15_OPEN).with("addresses", open.join(", ")),
    }
}

/// What there is not is said in Matrix's language.
pub(super) fn h17(seen: &Seen, closed: Option<u8>) -> Finding {
    let Some(page) = &seen.unknown else { return Finding::skipped(17, closed.unwrap_or(13)) };
    let code = page.got.as_ref().ok().and_then(Answer::errcode);
    match code {
        Some(code) => Finding::ok(17, key::HOMESERVER_H17_GOOD).with("code", code),
        None => {
            let what = match &page.got {
                Err(miss) => miss_text(miss),
                Ok(answer) => format!("{} {}", answer.status, kind(page)),
            };
            Finding::fail(17, key::HOMESERVER_H17_OTHER)
                .with("page", &page.url)
                .with("what", what)
                .lines(lines::proxy(seen))
        }
    }
}

/// The server's clock is right.
pub(super) fn h22(seen: &Seen, closed: Option<u8>) -> Finding {
    let date = seen.versions.iter().chain(&seen.keys).find_map(|page| {
        let said = page.got.as_ref().ok()?.header("date")?;
        Some(rfc2822::DateTimeParser::new().parse_timestamp(said).ok()?.as_second())
    });
    let Some(date) = date else {
        return match closed {
            Some(closed) => Finding::skipped(22, closed),
            None => Finding::ok(22, key::HOMESERVER_H22_UNTOLD),
        };
    };
    let off = date - seen.asked_at;
    match off.abs() < SKEW {
        true => Finding::ok(22, key::HOMESERVER_H22_GOOD).with("seconds", off.abs().to_string()),
        false => Finding::warn(22, key::HOMESERVER_H22_OFF)
            .with("theirs", time(date))
            .with("ours", time(seen.asked_at))
            .lines(["timedatectl set-ntp true".to_owned()]),
    }
}
