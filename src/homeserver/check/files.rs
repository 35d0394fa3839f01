//! `/.well-known/matrix/server`: H03 to H06.

use super::finding::Finding;
use super::lines;
use super::name::{Authority, NotAuthority};
use super::pages::{self, NoDelegate};
use super::route::{self, Step};
use super::seen::{Answer, Astray, Door, Miss, Page, Seen, Shut};
use crate::words::{Key, key};

/// Others never keep the file for longer (seconds), whatever its headers say.
const LONGEST: i64 = 48 * 3600;

/// For so long they keep it where no header says it (seconds).
const USUAL: i64 = 24 * 3600;

/// For so long they keep that there is none (seconds).
const NONE_KEPT: i64 = 3600;

/// The file is the same at every address.
pub(super) fn h03(seen: &Seen) -> Finding {
    if route::is_settled(&seen.name) {
        return Finding::ok(3, key::HOMESERVER_H03_SETTLED);
    }
    let fail = |key| Finding::fail(3, key).lines(lines::server_file(seen));
    if let Some(closed) = closed(&seen.apex) {
        return Finding::fail(3, key::HOMESERVER_H03_SHUT).with("what", closed);
    }
    let Some(first) = seen.server_file.first() else { return Finding::skipped(3, 12) };
    for page in &seen.server_file {
        match &page.got {
            Err(Miss::TooLarge) => {
                return fail(key::HOMESERVER_H03_TOO_LARGE).with("at", page.ip.to_string());
            }
            Err(Miss::Broken(what)) => {
                return fail(key::HOMESERVER_H03_BROKEN).with("at", page.ip.to_string()).with("what", what);
            }
            Err(Miss::Astray(..)) => return Finding::skipped(3, 5),
            Ok(_) => {}
        }
    }
    if let Some((one, other)) = differ(&seen.server_file) {
        return fail(key::HOMESERVER_H03_DIFFERS).with("one", one).with("other", other);
    }
    let Ok(answer) = &first.got else { return Finding::skipped(3, 5) };
    if answer.status != 200 {
        // No file is needed where the server is found without.
        let is_lost = seen.route.step == Step::Alone && !seen.doors.iter().any(Door::is_open);
        return match is_lost {
            false => Finding::ok(3, key::HOMESERVER_H03_NONE).with("step", seen.route.step.number()),
            true => fail(key::HOMESERVER_H03_ABSENT).with("status", answer.status.to_string()),
        };
    }
    match pages::delegate(answer) {
        Err(NoDelegate::Empty) => fail(key::HOMESERVER_H03_EMPTY),
        Err(NoDelegate::NotJson) => fail(key::HOMESERVER_H03_NOT_JSON),
        _ => Finding::ok(3, key::HOMESERVER_H03_SAME).with("count", seen.server_file.len().to_string()),
    }
}

/// The doors at which there was no connection.
pub(super) fn closed(doors: &[Door]) -> Option<String> {
    let closed = doors.iter().filter_map(|door| match &door.opened {
        Err(Shut::Closed(what)) => Some(format!("{} ({what})", door.ip)),
        Err(Shut::Private) => Some(format!("{} (private)", door.ip)),
        _ => None,
    });
    let all: Vec<String> = closed.collect();
    (!all.is_empty()).then(|| all.join(", "))
}

/// Two addresses that say different things.
pub(super) fn differ(pages: &[Page]) -> Option<(String, String)> {
    let said = |page: &Page| match &page.got {
        Ok(answer) if answer.status == 200 => {
            let text = String::from_utf8_lossy(&answer.body).trim().chars().take(120).collect::<String>();
            (answer.status, answer.object().map_or(text.clone(), |json| json.to_string()), text)
        }
        Ok(answer) => (answer.status, String::new(), String::new()),
        Err(_) => (0, String::new(), String::new()),
    };
    let first = pages.first()?;
    let of_first = said(first);
    let other = pages.iter().find(|page| (said(page).0, said(page).1) != (of_first.0, of_first.1.clone()))?;
    let shown = |page: &Page| {
        let (status, _, text) = said(page);
        format!("{}: {status} {text}", page.ip)
    };
    Some((shown(first), shown(other)))
}

/// What the file names is a server, with a port.
pub(super) fn h04(seen: &Seen) -> Finding {
    if route::is_settled(&seen.name) {
        return Finding::ok(4, key::HOMESERVER_H03_SETTLED);
    }
    let Some(answer) = seen.server_file.iter().find_map(Page::good) else {
        let is_none = seen.server_file.iter().all(|page| page.got.is_ok());
        return if is_none { Finding::ok(4, key::HOMESERVER_H04_NONE) } else { Finding::skipped(4, 3) };
    };
    let fail = |key| Finding::fail(4, key).lines(lines::server_file(seen));
    let named = match pages::delegate(answer) {
        Ok(named) => named,
        Err(NoDelegate::Empty | NoDelegate::NotJson) => return Finding::skipped(4, 3),
        Err(NoDelegate::Missing) => return fail(key::HOMESERVER_H04_MISSING),
        Err(NoDelegate::Bad(why, text)) => return fail(grammar(why)).with("server", text),
    };
    let server = |finding: Finding| finding.with("server", named.to_string());
    let is_by_name = !seen.route.step.is_service();
    if is_by_name && seen.doors.is_empty() {
        return server(fail(key::HOMESERVER_H04_NOWHERE));
    }
    if !seen.doors.is_empty()
        && seen.doors.iter().all(|door| door.opened.as_ref().err() == Some(&Shut::Private))
    {
        return server(fail(key::HOMESERVER_H04_PRIVATE)).with("at", seen.doors[0].ip.to_string());
    }
    match &named {
        Authority { port: None, .. } => {
            let targets = seen.route.targets.iter().map(|(host, port)| format!("{host}:{port}"));
            let targets = targets.collect::<Vec<_>>().join(", ");
            let works = seen.doors.iter().any(Door::is_open);
            let finding = match works {
                true => Finding::warn(4, key::HOMESERVER_H04_NO_PORT).lines(lines::server_file(seen)),
                false => fail(key::HOMESERVER_H04_NO_PORT_SHUT),
            };
            server(finding).with("step", seen.route.step.number()).with("targets", targets)
        }
        Authority { .. } => {
            server(Finding::ok(4, key::HOMESERVER_H04_GOOD)).with("step", seen.route.step.number())
        }
    }
}

fn grammar(why: NotAuthority) -> Key {
    match why {
        NotAuthority::Scheme => key::HOMESERVER_H04_SCHEME,
        NotAuthority::Path => key::HOMESERVER_H04_PATH,
        NotAuthority::Port => key::HOMESERVER_H04_PORT,
        NotAuthority::Brackets => key::HOMESERVER_H04_BRACKETS,
        NotAuthority::Host => key::HOMESERVER_H04_HOST,
    }
}

/// Redirects end, and by `https`.
pub(super) fn h05(seen: &Seen) -> Finding {
    let all = || seen.server_file.iter().chain(&seen.client_file);
    for page in all() {
        if let Err(Miss::Astray(why, to)) = &page.got {
            let key = match why {
                Astray::Endless => key::HOMESERVER_H05_ENDLESS,
                Astray::Insecure => key::HOMESERVER_H05_INSECURE,
                Astray::Private => key::HOMESERVER_H05_PRIVATE,
                Astray::Nowhere => key::HOMESERVER_H05_NOWHERE,
            };
            let to = crate::check::place::masked(to);
            return Finding::fail(5, key)
                .with("page", &page.url)
                .with("to", to)
                .lines(lines::server_file(seen));
        }
    }
    let most = all().filter_map(|page| page.got.as_ref().ok()).map(|answer| answer.redirects).max();
    match most {
        None => Finding::skipped(5, 3),
        Some(0) => Finding::ok(5, key::HOMESERVER_H05_DIRECT),
        Some(count) => Finding::ok(5, key::HOMESERVER_H05_REDIRECTED).with("count", count.to_string()),
    }
}

/// How long others keep the old answer.
pub(super) fn h06(seen: &Seen) -> Finding {
    let Some(answer) = seen.server_file.iter().find_map(|page| page.got.as_ref().ok()) else {
        return Finding::skipped(6, 3);
    };
    let until = |seconds: i64| time(seen.now + seconds);
    if answer.status != 200 {
        return Finding::ok(6, key::HOMESERVER_H06_NONE).with("until", until(NONE_KEPT));
    }
    match max_age(answer) {
        Some(age) if age > LONGEST => Finding::warn(6, key::HOMESERVER_H06_LONG)
            .with("hours", (age / 3600).to_string())
            .with("until", until(LONGEST))
            .lines(["Cache-Control: max-age=3600".to_owned()]),
        age => Finding::ok(6, key::HOMESERVER_H06_SANE).with("until", until(age.unwrap_or(USUAL))),
    }
}

/// For how long an answer may be kept, if it says so.
fn max_age(answer: &Answer) -> Option<i64> {
    let said = answer.header("cache-control")?.to_ascii_lowercase();
    let mut parts = said.split(',').map(str::trim);
    if parts.clone().any(|part| part == "no-store" || part == "no-cache") {
        return Some(0);
    }
    parts.find_map(|part| part.strip_prefix("max-age=")?.parse().ok())
}

/// A time as people read it.
pub(super) fn time(seconds: i64) -> String {
    let time = jiff::Timestamp::from_second(seconds).unwrap_or_default();
    time.strftime("%Y-%m-%d %H:%M UTC").to_string()
}
