//! What is good to know: H27 to H29.

use serde_json::Value;

use super::federation::software;
use super::finding::Finding;
use super::seen::{Answer, Page, Seen};
use crate::words::key;

/// From this version on, Synapse speaks to new clients without help.
const SYNAPSE: (u32, u32) = (1, 114);

/// Whom to write to when something is wrong (MSC1929).
pub(super) fn h27(seen: &Seen) -> Finding {
    let all = seen.support_file.as_ref().and_then(Page::good).and_then(Answer::object);
    match all.is_some_and(|all| all.get("contacts").is_some() || all.get("support_page").is_some()) {
        true => Finding::ok(27, key::HOMESERVER_H27_THERE),
        false => Finding::ok(27, key::HOMESERVER_H27_NONE),
    }
}

/// New clients can be used.
pub(super) fn h28(seen: &Seen, dead: Option<u8>) -> Finding {
    if let Some(dead) = dead {
        return Finding::skipped(28, dead);
    }
    let versions = seen.client.iter().flat_map(|client| &client.pages).find_map(Page::good);
    let versions = versions.and_then(Answer::object).unwrap_or_default();
    let flag = versions.get("unstable_features").and_then(|all| all.get("org.matrix.simplified_msc3575"));
    let (name, version) = software(seen).unwrap_or_default();
    let is_new = (name == "Synapse").then(|| parsed(&version)).flatten().map(|version| version >= SYNAPSE);
    let oauth = seen.asked.oauth.as_ref().and_then(Page::good).and_then(Answer::object);
    let oauth = oauth.is_some_and(|all| all.get("issuer").is_some());
    let about = |finding: Finding| finding.with("software", format!("{name} {version}"));
    match (flag.and_then(Value::as_bool), is_new) {
        (Some(true), _) | (_, Some(true)) if oauth => about(Finding::ok(28, key::HOMESERVER_H28_OAUTH)),
        (Some(true), _) | (_, Some(true)) => about(Finding::ok(28, key::HOMESERVER_H28_GOOD)),
        (_, Some(false)) => about(Finding::warn(28, key::HOMESERVER_H28_OLD)),
        (_, None) => about(Finding::ok(28, key::HOMESERVER_H28_UNTOLD)),
    }
}

fn parsed(version: &str) -> Option<(u32, u32)> {
    let mut parts = version.split('.');
    let major = parts.next()?.parse().ok()?;
    let minor: String = parts.next()?.chars().take_while(char::is_ascii_digit).collect();
    Some((major, minor.parse().ok()?))
}

/// What else the file for clients names.
pub(super) fn h29(seen: &Seen) -> Finding {
    let all = seen.client_file.iter().find_map(Page::good).and_then(Answer::object);
    let usual = ["m.homeserver", "m.identity_server"];
    let more = all.iter().filter_map(Value::as_object).flat_map(|all| all.keys());
    let more: Vec<String> = more
        .filter(|key| !usual.contains(&key.as_str()))
        .map(|key| key.chars().take(60).collect())
        .take(10)
        .collect();
    match more.is_empty() {
        true => Finding::ok(29, key::HOMESERVER_H29_NONE),
        false => Finding::ok(29, key::HOMESERVER_H29_MORE).with("keys", more.join(", ")),
    }
}
