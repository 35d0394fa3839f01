//! `transhume invite --send`: rooms on Matrix and invitations into them, after
//! the list was shown and its count confirmed.

mod errands;
mod view;
mod work;

use crate::check::homeserver_client::Account;
use crate::check::place::Homeserver;
use crate::invite::errand::{Errand, Guest};
use crate::model::identity::Mxid;
use crate::model::{Channel, Severity};
use crate::words::{Key, key};
use crate::workspace::{Store, lock};

use super::args::{SendArguments, WritingArguments};
use super::ask::caller::{Caller, call};
use super::context::Context;
use super::exit::Exit;
use super::failure::Failure;
use super::knowledge::Knowledge;
use super::learn::say_problems;
use super::servers::Servers;
use super::{mark, prompt};
use view::Sent;
use work::Work;

/// Shows what would be sent, and sends it.
///
/// # Errors
/// A group that is not known, no consent, a server that does not answer: what was
/// sent until then stays, and the same command goes on.
pub fn run(
    context: &Context,
    typed: &SendArguments,
    how: &WritingArguments,
    batch: usize,
) -> Result<Exit, Failure> {
    let mut servers = Servers::resolve(context, &typed.servers, typed.dry_run)?;
    let knowledge = Knowledge::load(context)?;
    let errands = errands::wanted(context, &knowledge, typed, how)?;
    if typed.dry_run {
        let host = servers.homeserver.as_ref().map(Homeserver::shown);
        let identity = servers.identity_server.as_ref().map(crate::check::place::Base::shown);
        let errands: Vec<Errand> = errands.into_iter().take(limit(typed, batch)).collect();
        let list = view::list(context, host.as_ref(), identity.as_ref(), &errands);
        context.printer.would(&list)?;
        return Ok(Exit::Done);
    }
    let lock = lock::take(&context.folder)?;
    let mut store = Store::open(&context.folder, &lock)?;
    servers.take_up_session(context)?;
    let limit = limit(typed, batch);
    let calls = async |caller: Caller<'_>| hold(&caller, typed, limit, &mut store, errands).await;
    let sent = call(context, &servers, calls)?;
    view::tell(context, &sent)?;
    say_problems(context, &sent.problems);
    if let Some(failure) = sent.failure {
        return Err(failure);
    }
    let severe = sent.problems.iter().any(|problem| problem.severity() == Severity::Error);
    Ok(if severe { Exit::Partial } else { Exit::Done })
}

/// So many rooms at a time; all that the user named.
fn limit(typed: &SendArguments, batch: usize) -> usize {
    if typed.room.is_empty() { batch } else { usize::MAX }
}

/// Finds out what is left to do, asks whether that is wanted, and does it.
async fn hold(
    caller: &Caller<'_>,
    typed: &SendArguments,
    limit: usize,
    store: &mut Store,
    errands: Vec<Errand>,
) -> Result<Sent, Failure> {
    let context = caller.context;
    let by_mail = errands.iter().any(Errand::is_by_mail);
    let places = caller.places(by_mail).await?;
    if by_mail && places.identity.is_none() {
        return Err(Failure::new(Exit::Usage, key::ERROR_NO_IDENTITY_SERVER));
    }
    let account = Account::new(caller.http, places.homeserver.clone(), caller.pass);
    let me = caller.me(&account).await?;
    let kept = store.errands(&me)?;
    let wanted = errands.clone();
    let errands: Vec<Errand> = errands::open(errands, &kept).into_iter().take(limit).collect();
    if errands.is_empty() {
        note_sent(context, store, &me, &wanted)?;
        context.printer.note(&context.words.say(key::SEND_NOBODY));
        return Ok(Sent::default());
    }
    let identity = places.identity.as_ref().filter(|_| errands.iter().any(Errand::is_by_mail));
    let (host, shown) = (places.homeserver.shown(), identity.map(crate::check::place::Base::shown));
    context.printer.complain(&view::list(context, Some(&host), shown.as_ref(), &errands));
    confirm(context, typed.yes, view::count(&errands), key::SEND_CONFIRM)?;
    let sent = Work::new(caller, &account, &me, kept).carry_out(store, identity, &errands).await?;
    note_sent(context, store, &me, &wanted)?;
    Ok(sent)
}

/// Notes whose invitation is sent, also those that a killed run could not note.
fn note_sent(context: &Context, store: &mut Store, me: &Mxid, wanted: &[Errand]) -> Result<(), Failure> {
    let kept = store.errands(me)?;
    let mut sent = Vec::new();
    for errand in wanted {
        let (kind, whom) = errand.subject();
        if let (Errand::Direct { with, .. }, Some(kept)) = (errand, kept.get(&(kind.to_owned(), whom)))
            && kept.invited.contains(with.guest.key())
        {
            sent.push((with.id.clone(), matches!(with.guest, Guest::Account(_))));
        }
    }
    if sent.is_empty() { Ok(()) } else { mark::sent(context, store, Channel::Matrix, &sent) }
}

/// Has the user type how many are in the list, or compares what they gave.
///
/// # Errors
/// Another number, or none.
pub fn confirm(context: &Context, given: Option<usize>, count: usize, question: Key) -> Result<(), Failure> {
    let refused = || Failure::new(Exit::Refused, key::ERROR_SEND_COUNT).about(count.to_string());
    let given = match given {
        None if context.may_ask => {
            let question = context.words.say_with(question, &[("count", count.into())]);
            prompt::line(context, &question)?.parse().ok()
        }
        given => given,
    };
    if given == Some(count) { Ok(()) } else { Err(refused()) }
}
