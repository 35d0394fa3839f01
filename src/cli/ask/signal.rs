//! Asking Signal about people, through the user's own signal-cli: first whom it
//! knows by itself, which costs nothing, then about everybody else in one go.
//! Its contact list becomes a source like others; answers are written down as they
//! come.

use std::collections::BTreeSet;

use crate::check::http_client::Http;
use crate::check::signal_agenda::SignalAgenda;
use crate::check::signal_client::SignalCli;
use crate::check::signal_trouble::SignalTrouble;
use crate::model::finding::{SignalExport, SignalList};
use crate::model::run::Run;
use crate::model::signal_answer::SignalAsked;
use crate::model::{Finding, Foreign, Kind, Phone};
use crate::read::signal::listing;
use crate::report::terminal;
use crate::words::{escape, key};
use crate::workspace::Store;
use crate::workspace::asked::{Amount, Step};
use crate::workspace::inputs::{Gathered, Item};
use crate::workspace::lock::Lock;

use super::super::check::taken_up;
use super::super::consent;
use super::super::context::Context;
use super::super::exit::Exit;
use super::super::failure::Failure;
use super::super::knowledge::Knowledge;
use super::super::learn::take_up;
use super::super::progress::{Board, Progress};
use super::super::signal::{Signal, failure};
use super::Asked;

/// Whom signal-cli asks: Signal's contact discovery.
const DIRECTORY: &str = "cdsi.signal.org";

/// Has signal-cli tell whom it knows, and ask about everybody else who is counted
/// and was not asked about yet. What is learnt belongs to `run`. Gives what came of
/// it, and what is known then, if that is more than before.
pub fn ask(
    context: &Context,
    signal: &Signal,
    lock: &Lock,
    known: &Knowledge,
    run: Run,
) -> (Asked, Option<Knowledge>) {
    let mut asked = Asked::default();
    let mut learnt = None;
    let outcome = match signal.dry_run {
        true => would_ask(context, signal, lock, known, &mut asked),
        false => asks(context, signal, lock, known, run, &mut asked, &mut learnt),
    };
    asked.failure = outcome.err();
    (asked, learnt)
}

/// Tells what would leave, and reaches nobody. signal-cli may know some of them.
fn would_ask(
    context: &Context,
    signal: &Signal,
    lock: &Lock,
    known: &Knowledge,
    asked: &mut Asked,
) -> Result<(), Failure> {
    let store = Store::open(&context.folder, lock)?;
    let agenda = agenda(context, &store, known)?;
    let text = format!(
        "{}\n{}\n{}{}",
        disclosure(context, signal, &agenda),
        context.words.say(key::SIGNAL_BEFORE_LIST),
        consent::a_line_each(agenda.all().map(SignalAsked::as_str)),
        context.words.say(key::CHECK_DRY_RUN)
    );
    context.printer.would(&text)?;
    asked.left(Some(Foreign::from(DIRECTORY)), Amount { hashed: 0, plain: agenda.all().count() });
    Ok(())
}

fn asks(
    context: &Context,
    signal: &Signal,
    lock: &Lock,
    known: &Knowledge,
    run: Run,
    asked: &mut Asked,
    learnt: &mut Option<Knowledge>,
) -> Result<(), Failure> {
    let http = signal.http(context, signal.patience)?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let (mut cli, account, listing) = runtime.block_on(reach(&http, signal, known, context))?;
    let outcome = (|| {
        let had = listing.1.reading.tally.kept > 0;
        let run = take_up_list(context, lock, listing, account.as_ref(), run, learnt)?;
        asked.learnt = true;
        let known = learnt.as_ref().unwrap_or(known);
        let mut store = Store::open(&context.folder, lock)?;
        let outcome = runtime.block_on(ask_directory(
            context,
            signal,
            &mut store,
            known,
            (&mut cli, account.as_ref()),
            asked,
        ));
        if asked.answered > 0 {
            *learnt = Some(taken_up(context, &mut store, Some(&run))?);
        }
        outcome.map_err(|failure| in_part(failure, had || asked.answered > 0))
    })();
    runtime.block_on(cli.leave());
    outcome
}

/// What signal-cli knows by itself: a source, and under which path.
type Listed = (String, Item);

/// Reaches signal-cli, and has it tell whom it knows.
async fn reach<'a>(
    http: &'a Http,
    signal: &Signal,
    known: &Knowledge,
    context: &Context,
) -> Result<(SignalCli<'a>, Option<Phone>, Listed), Failure> {
    let failed = |trouble| failure(trouble, &signal.place);
    let mut cli = SignalCli::reach(http, &signal.place, signal.patience).await.map_err(failed)?;
    let told = async {
        let account = signal.account_of(&mut cli).await?;
        let contacts = cli.contacts(account.as_ref()).await.map_err(failed)?;
        let groups = match cli.groups(account.as_ref()).await {
            // Whoever tells nothing of groups tells of people all the same.
            Err(SignalTrouble::NotOffered | SignalTrouble::Refused { .. } | SignalTrouble::Http(_)) => {
                serde_json::Value::Null
            }
            groups => groups.map_err(failed)?,
        };
        Ok((account, contacts, groups))
    };
    match told.await {
        Ok((account, contacts, groups)) => {
            let path = account.as_ref().map_or_else(
                || Kind::SignalCli.id().to_owned(),
                |account| format!("{} {}", Kind::SignalCli.id(), account.as_str()),
            );
            let before = before(known, &path);
            let (reading, hash) = listing::read(&contacts, &groups, account.as_ref(), context.now, before);
            let item = Item::elsewhere(path.clone(), Kind::SignalCli, reading, Some(hash));
            Ok((cli, account, (path, item)))
        }
        Err(failure) => {
            cli.leave().await;
            Err(failure)
        }
    }
}

/// The list as it was known before.
fn before<'a>(known: &'a Knowledge, path: &str) -> Option<&'a SignalExport> {
    known.sources.iter().find_map(|kept| match &kept.source.finding {
        Finding::Signal(export) if export.list == SignalList::Cli && kept.source.path.raw() == path => {
            Some(&**export)
        }
        _ => None,
    })
}

/// Takes up the list, and says how many are in it. Gives the run with its number.
fn take_up_list(
    context: &Context,
    lock: &Lock,
    (path, item): Listed,
    account: Option<&Phone>,
    run: Run,
    learnt: &mut Option<Knowledge>,
) -> Result<Run, Failure> {
    let count = item.reading.tally.kept;
    let store = Store::open(&context.folder, lock)?;
    let gathered = Gathered { items: vec![item], ..Gathered::default() };
    let taken = take_up(context, run.clone(), store, gathered)?;
    let knowledge = std::mem::ManuallyDrop::into_inner(taken.knowledge);
    let run = knowledge.runs.last().cloned().unwrap_or(run);
    *learnt = Some(knowledge);
    let name = account.map_or(path, |account| account.as_str().to_owned());
    let name = escape::terminal_uncut(&Foreign::new(name));
    let values = [("count", count.into()), ("account", (&name).into())];
    context.printer.note(&context.words.say_with(key::SIGNAL_LISTED, &values));
    Ok(run)
}

/// Asks Signal's directory, if the user wants that, about who is left.
async fn ask_directory(
    context: &Context,
    signal: &Signal,
    store: &mut Store,
    known: &Knowledge,
    (cli, account): (&mut SignalCli<'_>, Option<&Phone>),
    asked: &mut Asked,
) -> Result<(), Failure> {
    let host = Foreign::from(DIRECTORY);
    let mut agenda = agenda(context, store, known)?;
    if !cli.knows_usernames() {
        agenda.usernames.clear();
    }
    if !agenda.leaves_anything() {
        context.printer.note(&context.words.say(key::SIGNAL_NOBODY));
        return Ok(store.close_step(&host, Step::Signal)?);
    }
    if let Some(again) = store.not_before(&host, Step::Signal, context.now)? {
        asked.again = Some(again);
        let trouble = SignalTrouble::RateLimited { again: Some(again) };
        return Err(failure(trouble, &signal.place));
    }
    context.printer.complain(&disclosure(context, signal, &agenda));
    consent::may_leave(context, signal.yes)?;

    let all = agenda.all().count();
    let lookup = store.begin_lookup(&host, Step::Signal, context.now, Amount { hashed: 0, plain: all })?;
    let board = Board::default();
    let message = context.words.say(key::PROGRESS_SIGNAL);
    let progress = Progress::count(all, message, &context.printer, &board);
    let mut left = 0;
    let mut outcome = Ok(());
    // A username is asked about by itself: one that Signal cannot read would
    // spoil the others.
    let numbers = agenda.numbers.chunks(cli.batch().min(agenda.numbers.len()).max(1));
    for batch in numbers.chain(agenda.usernames.chunks(1)) {
        left += batch.len();
        match cli.status(account, batch).await {
            Ok(heard) => {
                store.keep_signal(lookup, &heard.found)?;
                asked.answered += heard.found.len();
                heard.problems.into_iter().for_each(|problem| asked.add(problem));
                progress.advance(batch.len());
            }
            Err(trouble) => {
                if let SignalTrouble::RateLimited { again } = trouble {
                    asked.again = again;
                    store.note_pause(&host, Step::Signal, again)?;
                }
                outcome = Err(failure(trouble, &signal.place));
                break;
            }
        }
    }
    drop(progress);
    let amount = Amount { hashed: 0, plain: left };
    store.end_lookup(lookup, amount)?;
    asked.left(Some(host.clone()), amount);
    outcome?;
    // Who was left out of the answers is asked about again, and nobody else.
    let unanswered = asked.problems.iter().any(|p| p.code == crate::model::Code::SignalUnanswered);
    if !unanswered {
        store.close_step(&host, Step::Signal)?;
    }
    Ok(())
}

/// What is left to ask, as people stand now.
fn agenda(context: &Context, store: &Store, known: &Knowledge) -> Result<SignalAgenda, Failure> {
    let done = store.signal_answered(&Foreign::from(DIRECTORY), context.now)?;
    let done: BTreeSet<SignalAsked> = done.into_iter().collect();
    Ok(SignalAgenda::about(&known.people, |person| context.count.includes(person), &done))
}

/// Where something was had, whatever else was not, it is done in part.
fn in_part(mut failure: Failure, had: bool) -> Failure {
    if had && failure.exit == Exit::Network {
        failure.exit = Exit::Partial;
    }
    failure
}

/// What is about to leave, in sentences.
fn disclosure(context: &Context, signal: &Signal, agenda: &SignalAgenda) -> String {
    let words = &context.words;
    let at = escape::terminal_uncut(&Foreign::new(signal.place.label()));
    let host = escape::terminal_uncut(&Foreign::from(DIRECTORY));
    let mut lines =
        vec![words.say_with(key::SIGNAL_ABOUT, &[("at", (&at).into()), ("host", (&host).into())])];
    if !agenda.numbers.is_empty() {
        let scope = consent::scope(context);
        let values = [
            ("count", agenda.numbers.len().into()),
            ("people", agenda.people.len().into()),
            ("scope", scope.as_str().into()),
        ];
        lines.push(words.say_with(key::SIGNAL_LEAVES, &values));
    }
    for (key, count) in [
        (key::SIGNAL_LEAVES_USERNAMES, agenda.usernames.len()),
        (key::SIGNAL_KNOWN, agenda.known),
        (key::CHECK_CONTINUED, agenda.answered),
    ] {
        if count > 0 {
            lines.push(words.say_with(key, &[("count", count.into())]));
        }
    }
    if agenda.excluded > 0 {
        lines.push(words.say_with(key::CHECK_STAYS, &[("excluded", agenda.excluded.into())]));
    }
    lines.push(words.say(key::SIGNAL_KNOWS_YOU));
    lines.push(words.say(key::SIGNAL_EXPECT));
    terminal::paragraphs(&lines, context.printer.style()).trim_end().to_owned()
}
