//! `transhume homeserver check`: looks at a server from outside and says, check by
//! check, what was seen, what is expected, and which lines to change.

use std::path::Path;
use std::sync::atomic::Ordering;
use std::time::Duration;

use serde::Serialize;

use crate::homeserver::check::name::Target;
use crate::homeserver::check::{Finding, State, inside, judge};
use crate::homeserver::look_client::{Looker, NoLook, Rules};
use crate::homeserver::ports::Ports;
use crate::model::{Foreign, Moment};
use crate::words::escape::{self, Shown};
use crate::words::{Key, Value, Words, key};
use crate::workspace::clock;

use crate::cli::args::HomeserverCheckArguments;
use crate::cli::context::Context;
use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::cli::homeserver::database::Wanted;
use crate::cli::servers;

/// How often it is looked whether the user asked to stop.
const TICK: Duration = Duration::from_millis(50);

/// Looks at a server and tells.
///
/// # Errors
/// What names no server; certificates or name servers that cannot be used.
pub fn run(context: &Context, typed: &HomeserverCheckArguments) -> Result<Exit, Failure> {
    let not_a_target = || {
        let shown = crate::check::place::masked(typed.target.trim());
        Failure::new(Exit::Usage, key::ERROR_HOMESERVER_TARGET).about(shown)
    };
    let target = Target::parse(&typed.target).ok_or_else(not_a_target)?;
    let rules = Rules {
        resolver: typed.resolver,
        authority: servers::authority(context, typed.speaking.ca_file.as_ref())?,
        allow_private: typed.speaking.allow_private,
        patience: Duration::from_secs(typed.speaking.timeout),
        ports: Ports::parse(&std::env::var("TRANSHUME_PORTS").unwrap_or_default()),
    };
    let folder = typed.local.as_deref().map(look_inside).transpose()?;
    let ca_file = typed.speaking.ca_file.as_ref();
    let database = Wanted::resolve(context, typed.dsn.as_ref(), typed.dsn_file.as_ref(), ca_file)?;
    let database = database.map(|database| database.look(context)).transpose()?;
    let name = target.name().to_string();
    let shown = escape::terminal_uncut(&Foreign::from(name.as_str()));
    context.printer.note(&context.words.say_with(key::HOMESERVER_CHECK_NOTE, &[("name", (&shown).into())]));
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let (name, mut findings) = runtime.block_on(async {
        let looker = Looker::new(&rules).map_err(no_look)?;
        let looking = looker.look(&target, &now);
        let stop = context.meter.stop_flag();
        let stopped = async {
            while !stop.load(Ordering::Relaxed) {
                tokio::time::sleep(TICK).await;
            }
        };
        tokio::select! {
            biased;
            () = stopped => Err(Failure::new(Exit::Interrupted, key::ERROR_INTERRUPTED_ASKING)),
            seen = looking => Ok((seen.name.to_string(), judge(&seen))),
        }
    })?;
    findings.extend(inside::judge(&name, folder.as_ref(), database.as_ref()));
    findings.sort_by_key(|finding| finding.id);
    tell(context, &shown, &findings)?;
    Ok(exit(&findings))
}

/// Looks into a server's folder.
fn look_inside(folder: &Path) -> Result<inside::Folder, Failure> {
    let path = folder.join(crate::homeserver::inside::SETTINGS);
    let unreadable = |error: std::io::Error| {
        Failure::new(Exit::Usage, key::ERROR_CANNOT_READ).about(format!("{}: {error}", path.display()))
    };
    crate::homeserver::inside::look(folder).map_err(unreadable)
}

/// Seconds since 1970.
fn now() -> i64 {
    clock::now().and_then(Moment::timestamp).map_or(0, jiff::Timestamp::as_second)
}

fn no_look(why: NoLook) -> Failure {
    match why {
        NoLook::Authority(what) => Failure::new(Exit::Usage, key::ERROR_CA_FILE).about(what),
        NoLook::Names(what) => Failure::new(Exit::Network, key::ERROR_HOMESERVER_RESOLVER).about(what),
    }
}

/// A FAIL is a part that does not work; a name that leads nowhere is nothing at all.
fn exit(findings: &[Finding]) -> Exit {
    let fails = |id: u8| findings.iter().any(|finding| finding.id.0 == id && finding.state == State::Fail);
    let skipped = findings.iter().filter(|finding| finding.state == State::Skipped).count();
    match findings.iter().any(|finding| finding.state == State::Fail) {
        true if fails(2) && skipped > 20 => Exit::Network,
        true => Exit::Partial,
        false => Exit::Done,
    }
}

/// What a check came to, for programs.
#[derive(Debug, Serialize)]
struct FindingView {
    schema: &'static str,
    id: String,
    state: &'static str,
    code: &'static str,
    seen: String,
    expected: String,
    fix: Option<String>,
}

fn tell(context: &Context, name: &Shown, findings: &[Finding]) -> Result<(), Failure> {
    let words = &context.words;
    if context.printer.json {
        for finding in findings {
            context.printer.json(&view(finding, words))?;
        }
        return Ok(());
    }
    let mut lines = vec![words.say_with(key::HOMESERVER_CHECK_TITLE, &[("name", name.into())])];
    for finding in findings.iter().filter(|finding| finding.state != State::Skipped) {
        let said = Said::of(finding, words);
        lines.push(format!("{:<4}  {}  {}", finding.state.id(), finding.id.label(), said.seen));
        if finding.state == State::Ok {
            continue;
        }
        let labelled =
            |key: Key, what: &str| format!("           {}", words.say_with(key, &[("what", what.into())]));
        lines.push(labelled(key::HOMESERVER_CHECK_EXPECTED, &said.expected));
        if let Some(fix) = &said.fix {
            lines.push(labelled(key::HOMESERVER_CHECK_FIX, fix));
        }
        lines.extend(said.lines.iter().map(|line| format!("               {line}")));
    }
    let skipped = findings.iter().filter(|finding| finding.state == State::Skipped);
    let skipped: Vec<String> = skipped.map(|finding| finding.id.label()).collect();
    if !skipped.is_empty() {
        let ids = skipped.join(", ");
        lines.push(words.say_with(key::HOMESERVER_CHECK_SKIPPED_TOO, &[("ids", ids.as_str().into())]));
    }
    let count = |state: State| findings.iter().filter(|finding| finding.state == state).count();
    let sum = [
        ("ok", count(State::Ok).into()),
        ("warn", count(State::Warn).into()),
        ("fail", count(State::Fail).into()),
    ];
    lines.push(words.say_with(key::HOMESERVER_CHECK_SUM, &sum));
    Ok(context.printer.data(&lines.join("\n"))?)
}

/// A finding in words.
struct Said {
    seen: String,
    expected: String,
    fix: Option<String>,
    lines: Vec<Shown>,
}

impl Said {
    fn of(finding: &Finding, words: &Words) -> Said {
        let shown: Vec<(&str, Shown)> =
            finding.values.iter().map(|(name, text)| (*name, escape::terminal_uncut(text))).collect();
        let values: Vec<(&str, Value<'_>)> = shown.iter().map(|(name, text)| (*name, text.into())).collect();
        let fix = words.attr_with(finding.key, "fix", &values);
        Said {
            seen: words.say_with(finding.key, &values),
            expected: words.say_with(finding.id.expected(), &values),
            fix: Some(fix).filter(|fix| !fix.is_empty()),
            lines: finding.lines.iter().map(escape::terminal_uncut).collect(),
        }
    }
}

fn view(finding: &Finding, words: &Words) -> FindingView {
    let said = Said::of(finding, words);
    let lines = said.lines.iter().map(|line| format!("\n{line}")).collect::<String>();
    FindingView {
        schema: "transhume.homeserver-check/1",
        id: finding.id.label(),
        state: finding.state.id(),
        code: finding.key.id().trim_start_matches("homeserver-"),
        seen: said.seen,
        expected: said.expected,
        fix: said.fix.map(|fix| format!("{fix}{lines}")),
    }
}
