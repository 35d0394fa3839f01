//! What clients get: H07 to H09, and what should not be open to everybody: H16, H18
//! to H20.

use serde_json::Value;

use super::doors::certificates;
use super::federation::miss_text;
use super::files::{closed, differ};
use super::finding::{Finding, State};
use super::lines;
use super::pages::{self, NoBase};
use super::seen::{Answer, Door, Miss, Named, Page, Seen, Shut, Upload};
use crate::words::key;

/// Hosts that stand in samples: whoever copies one sends people's addresses there.
const SAMPLES: [&str; 4] = ["example.com", "example.net", "example.org", "example"];

/// An upload should pass up to this (bytes).
const UPLOAD: u64 = 50 * 1024 * 1024;

/// The file for clients.
pub(super) fn h07(seen: &Seen) -> Finding {
    let fail = |key| Finding::fail(7, key).lines(lines::client_file(seen));
    for page in &seen.client_file {
        match &page.got {
            Err(Miss::Astray(..)) => return Finding::skipped(7, 5),
            Err(miss) => return fail(key::HOMESERVER_H07_BROKEN).with("what", miss_text(miss)),
            Ok(_) => {}
        }
    }
    let Some(Ok(answer)) = seen.client_file.first().map(|page| &page.got) else {
        return Finding::skipped(7, if closed(&seen.apex).is_some() { 3 } else { 12 });
    };
    if let Some((one, other)) = differ(&seen.client_file) {
        return fail(key::HOMESERVER_H07_DIFFERS).with("one", one).with("other", other);
    }
    if answer.status != 200 {
        return fail(key::HOMESERVER_H07_ABSENT).with("status", answer.status.to_string());
    }
    let base = match pages::base(answer) {
        Ok(base) => base,
        Err(NoBase::Empty) => return fail(key::HOMESERVER_H07_EMPTY),
        Err(NoBase::NotJson) => return fail(key::HOMESERVER_H07_NOT_JSON),
        Err(NoBase::Missing) => return fail(key::HOMESERVER_H07_MISSING),
        Err(NoBase::NotUrl(text)) => return fail(key::HOMESERVER_H07_NOT_URL).with("url", text),
        Err(NoBase::Insecure(text)) => return fail(key::HOMESERVER_H07_INSECURE).with("url", text),
        Err(NoBase::Credentials(text)) => return fail(key::HOMESERVER_H07_CREDENTIALS).with("url", text),
    };
    if seen.client_file.iter().filter_map(Page::good).any(|answer| !answer.is_for_all_origins()) {
        let said = answer.header("access-control-allow-origin").unwrap_or("-");
        return fail(key::HOMESERVER_H07_CORS).with("said", said);
    }
    Finding::ok(7, key::HOMESERVER_H07_GOOD).with("url", base.as_str().trim_end_matches('/'))
}

/// Where clients are sent, a server answers them.
pub(super) fn h08(seen: &Seen) -> Finding {
    let Some(client) = &seen.client else { return Finding::skipped(8, 7) };
    let url = pages::base_url(&seen.client_file).map(|url| url.to_string()).unwrap_or_default();
    let fail = |key| Finding::fail(8, key).with("url", &url);
    if client.doors.is_empty() {
        return fail(key::HOMESERVER_H08_NOWHERE).lines(lines::client_file(seen));
    }
    if client.doors.iter().all(|door| door.opened.as_ref().err() == Some(&Shut::Private)) {
        return fail(key::HOMESERVER_H08_PRIVATE).with("at", client.doors[0].ip.to_string());
    }
    // What other servers meet at the same door is told there.
    let is_told = |door: &Door| {
        let same = |other: &&Door| (other.ip, other.port, &other.name) == (door.ip, door.port, &door.name);
        seen.doors.iter().chain(&seen.apex).any(|other| same(&other))
    };
    let own: Vec<Door> = client.doors.iter().filter(|door| !is_told(door)).cloned().collect();
    if let Some(what) = closed(&own) {
        return fail(key::HOMESERVER_H08_SHUT).with("what", what);
    }
    if let Some(bad) = certificates(8, &own, seen.now).filter(|finding| finding.state != State::Ok) {
        return bad;
    }
    if client.pages.is_empty() {
        return Finding::skipped(8, 13);
    }
    for page in &client.pages {
        let about = |finding: Finding| finding.with("at", page.ip.to_string());
        let what = match &page.got {
            Err(miss) => miss_text(miss),
            Ok(answer) if versions(page).is_none() => answer.status.to_string(),
            Ok(answer) if !answer.is_for_all_origins() => {
                let said = answer.header("access-control-allow-origin").unwrap_or("-");
                return about(fail(key::HOMESERVER_H08_CORS)).with("said", said).lines(lines::proxy(seen));
            }
            Ok(_) => continue,
        };
        return about(fail(key::HOMESERVER_H08_NOT_MATRIX)).with("what", what).lines(lines::proxy(seen));
    }
    let newest =
        client.pages.iter().find_map(versions).and_then(|all| all.last().cloned()).unwrap_or_default();
    Finding::ok(8, key::HOMESERVER_H08_GOOD).with("newest", newest)
}

/// The versions that a page names.
fn versions(page: &Page) -> Option<Vec<String>> {
    let all = page.good()?.object()?;
    let all = all.get("versions")?.as_array()?;
    Some(all.iter().filter_map(Value::as_str).map(|text| text.chars().take(20).collect()).collect())
}

/// No identity server, or one that answers.
pub(super) fn h09(seen: &Seen) -> Finding {
    let Some(url) = pages::identity(&seen.client_file) else {
        return match seen.client_file.iter().any(|page| page.got.is_ok()) {
            true => Finding::ok(9, key::HOMESERVER_H09_NONE),
            false => Finding::skipped(9, 7),
        };
    };
    let warn = |key| Finding::warn(9, key).with("url", &url).lines(lines::client_file(seen));
    let host =
        url::Url::parse(&url).ok().and_then(|url| url.host_str().map(str::to_owned)).unwrap_or_default();
    let own = seen.name.host.to_string();
    let is_own = host == own || host.ends_with(&format!(".{own}"));
    let is_sample = SAMPLES.iter().any(|sample| host == *sample || host.ends_with(&format!(".{sample}")));
    if is_sample && !is_own {
        return warn(key::HOMESERVER_H09_SAMPLE);
    }
    let answers = |named: &Named| {
        let is_sound = named.doors.iter().all(|door| door.opened.as_ref().is_ok_and(|p| p.fault.is_none()));
        !named.pages.is_empty() && is_sound && named.pages.iter().all(|page| versions(page).is_some())
    };
    match seen.identity.as_ref().is_some_and(answers) {
        true => Finding::ok(9, key::HOMESERVER_H09_GOOD).with("url", &url),
        false => warn(key::HOMESERVER_H09_DEAD),
    }
}

/// A slash that is escaped stays so.
pub(super) fn h16(seen: &Seen, dead: Option<u8>) -> Finding {
    let Some(page) = &seen.asked.slash else { return Finding::skipped(16, dead.unwrap_or(8)) };
    let fail = |key| Finding::fail(16, key).lines(lines::proxy(seen));
    match &page.got {
        Err(miss) => fail(key::HOMESERVER_H16_REFUSED).with("what", miss_text(miss)),
        Ok(answer) => match answer.errcode().as_deref() {
            // The server did not know the path: it was another one by then.
            Some("M_UNRECOGNIZED") => fail(key::HOMESERVER_H16_DECODED),
            Some(code) => Finding::ok(16, key::HOMESERVER_H16_GOOD).with("code", code),
            None => fail(key::HOMESERVER_H16_REFUSED).with("what", answer.status.to_string()),
        },
    }
}

/// The administration is not for everybody to knock at.
pub(super) fn h18(seen: &Seen, dead: Option<u8>) -> Finding {
    let Some(page) = &seen.asked.admin else { return Finding::skipped(18, dead.unwrap_or(8)) };
    let Ok(answer) = &page.got else { return Finding::ok(18, key::HOMESERVER_H18_HIDDEN) };
    let is_open = match (answer.errcode().as_deref(), answer.object()) {
        (Some("M_UNRECOGNIZED" | "M_NOT_FOUND"), _) => false,
        (Some(_), _) => true,
        (None, all) => all.is_some_and(|all| all.get("server_version").is_some()),
    };
    match is_open {
        false => Finding::ok(18, key::HOMESERVER_H18_HIDDEN),
        true => Finding::warn(18, key::HOMESERVER_H18_OPEN).with("page", &page.url).lines(lines::no_admin()),
    }
}

/// Nobody makes an account without being asked for something.
pub(super) fn h19(seen: &Seen, dead: Option<u8>) -> Finding {
    let Some(page) = &seen.asked.register else { return Finding::skipped(19, dead.unwrap_or(8)) };
    let all = page.got.as_ref().ok().and_then(Answer::object).unwrap_or_default();
    let flows = all.get("flows").and_then(Value::as_array).cloned().unwrap_or_default();
    let stages = |flow: &Value| -> Vec<String> {
        let stages = flow.get("stages").and_then(Value::as_array).cloned().unwrap_or_default();
        stages.iter().filter_map(Value::as_str).map(|text| text.chars().take(60).collect()).collect()
    };
    let costs_nothing = |flow: &Value| {
        stages(flow).iter().all(|stage| matches!(stage.as_str(), "m.login.dummy" | "m.login.terms"))
    };
    let is_open = page.good().is_some() || flows.iter().any(costs_nothing);
    if is_open {
        return Finding::warn(19, key::HOMESERVER_H19_OPEN).lines(lines::registration());
    }
    match flows.first() {
        None => Finding::ok(19, key::HOMESERVER_H19_CLOSED),
        Some(flow) => Finding::ok(19, key::HOMESERVER_H19_GUARDED).with("stages", stages(flow).join(" + ")),
    }
}

/// Photos and films get through.
pub(super) fn h20(seen: &Seen, dead: Option<u8>) -> Finding {
    let Some(upload) = seen.asked.upload else { return Finding::skipped(20, dead.unwrap_or(8)) };
    let media = seen.asked.media.as_ref().and_then(Page::good).and_then(Answer::object);
    let size = media.and_then(|all| all.get("m.upload.size").and_then(Value::as_u64));
    let warn = |key| Finding::warn(20, key).lines(lines::upload());
    match (size, upload) {
        (Some(size), _) if size < UPLOAD => {
            warn(key::HOMESERVER_H20_SERVER).with("size", (size / 1024 / 1024).to_string())
        }
        (_, Upload::TooLarge) => warn(key::HOMESERVER_H20_PROXY),
        (_, Upload::Welcome) => Finding::ok(20, key::HOMESERVER_H20_GOOD),
        (_, Upload::Unclear) => Finding::ok(20, key::HOMESERVER_H20_UNTOLD),
    }
}
