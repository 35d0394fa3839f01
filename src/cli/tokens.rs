//! `transhume invite tokens`: a registration token at the user's own homeserver for
//! each of the next people who are invited to Matrix. Their drafts hold it from then on.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::check::homeserver_client::Account;
use crate::check::place::{Base, Homeserver};
use crate::check::trouble::Trouble;
use crate::invite::draft::Receiver;
use crate::invite::tokens_client::{self, LENGTH};
use crate::invite::{Draft, DraftKind};
use crate::model::identity::Mxid;
use crate::model::{Channel, ContactId, Foreign};
use crate::report::terminal;
use crate::words::{Key, Value, escape, key};
use crate::workspace::tokens::KeptToken;
use crate::workspace::{Store, lock};

use super::args::{ChannelArgument, TokenArguments, WritingArguments};
use super::ask::caller::{Caller, call};
use super::context::Context;
use super::exit::Exit;
use super::failure::Failure;
use super::knowledge::Knowledge;
use super::servers::Servers;
use super::{consent, drafts};

/// A token that somebody has (`transhume.token/1`).
#[derive(Clone, Debug, Serialize)]
struct TokenView {
    schema: &'static str,
    contact: Receiver,
    server: String,
    token: String,
    expires: String,
}

/// Makes the tokens that are missing, after saying so.
///
/// # Errors
/// The user cannot be found on Matrix; no consent; a server that does not answer, or
/// whose administrator the user is not. What was made until then is kept, and the same
/// command goes on.
pub fn run(context: &Context, typed: &TokenArguments) -> Result<Exit, Failure> {
    let mut servers = Servers::resolve(context, &typed.servers(), typed.consent.dry_run)?;
    let knowledge = Knowledge::load(context)?;
    let wanted = wanted(context, &knowledge, typed.batch)?;
    if typed.consent.dry_run {
        let kept = match Store::open_to_read(&context.folder)? {
            Some(store) => store.tokens()?,
            None => Vec::new(),
        };
        let left = missing(&wanted, &good(kept, None));
        let host = servers.homeserver.as_ref().map(Homeserver::shown);
        let told = disclosure(context, host.as_ref(), typed.days, &left);
        context.printer.would(&told)?;
        return Ok(Exit::Done);
    }
    let lock = lock::take(&context.folder)?;
    let mut store = Store::open(&context.folder, &lock)?;
    servers.take_up_session(context)?;
    let calls = async |caller: Caller<'_>| hold(&caller, typed, &mut store, &wanted).await;
    let (kept, failure) = call(context, &servers, calls)?;
    tell(context, &wanted, &kept)?;
    failure.map_or(Ok(Exit::Done), Err)
}

/// Whom the next drafts invite to Matrix who have no account there.
fn wanted(context: &Context, knowledge: &Knowledge, batch: usize) -> Result<Vec<Receiver>, Failure> {
    let how = WritingArguments::default();
    let next = drafts::next(context, knowledge, Some(ChannelArgument::Matrix), batch, &how)?;
    let is_on = |id: &ContactId| {
        let person = knowledge.people.iter().find(|person| person.contact.id == *id);
        person.is_some_and(|person| person.is_on(Channel::Matrix))
    };
    let comes = |draft: &Draft| {
        let asks = matches!(draft.kind, DraftKind::Invite | DraftKind::Remind);
        draft.channel == Channel::Matrix && asks && !is_on(&draft.contact.id)
    };
    Ok(next.drafts.into_iter().filter(comes).map(|draft| draft.contact).collect())
}

/// The tokens that are good for a while, by whom they are for; of one administrator,
/// where that is known.
fn good(kept: Vec<KeptToken>, me: Option<&Mxid>) -> BTreeMap<ContactId, KeptToken> {
    let is_mine = |kept: &KeptToken| me.is_none_or(|me| kept.account.server() == me.server());
    let good = kept.into_iter().filter(|kept| kept.is_good() && is_mine(kept));
    good.map(|kept| (kept.contact.clone(), kept)).collect()
}

/// For whom no token is known to be there.
fn missing(wanted: &[Receiver], kept: &BTreeMap<ContactId, KeptToken>) -> Vec<Receiver> {
    let is_missing = |who: &&Receiver| kept.get(&who.id).is_none_or(|kept| !kept.made);
    wanted.iter().filter(is_missing).cloned().collect()
}

/// What was made by when it ended, and why it ended before all was.
type Outcome = (BTreeMap<ContactId, KeptToken>, Option<Failure>);

/// Asks whether it is wanted, and makes what is missing.
async fn hold(
    caller: &Caller<'_>,
    typed: &TokenArguments,
    store: &mut Store,
    wanted: &[Receiver],
) -> Result<Outcome, Failure> {
    let context = caller.context;
    let places = caller.places(false).await?;
    let account = Account::new(caller.http, places.homeserver.clone(), caller.pass);
    let me = caller.me(&account).await?;
    let mut kept = good(store.tokens()?, Some(&me));
    let left = missing(wanted, &kept);
    if left.is_empty() {
        let key = if wanted.is_empty() { key::TOKENS_NOBODY } else { key::TOKENS_ALL };
        context.printer.note(&context.words.say(key));
        return Ok((kept, None));
    }
    let host = places.homeserver.shown();
    context.printer.complain(&disclosure(context, Some(&host), typed.days, &left));
    consent::may_leave(context, typed.consent.yes)?;
    for who in &left {
        // One that was begun is the same one still.
        let begun = kept.get(&who.id).filter(|kept| kept.account == me).cloned();
        let mut token = match begun {
            Some(begun) => begun,
            None => {
                let new = anew(&me, &who.id, typed.days)?;
                store.begin_token(&new)?;
                new
            }
        };
        if let Err(trouble) = tokens_client::make(&account, &token.token, token.expires).await {
            return Ok((kept, Some(refused(trouble, &places.homeserver))));
        }
        store.keep_token(&token.token)?;
        token.made = true;
        kept.insert(who.id.clone(), token);
    }
    Ok((kept, None))
}

/// A new token for somebody.
fn anew(me: &Mxid, contact: &ContactId, days: usize) -> Result<KeptToken, Failure> {
    let mut random = [0; LENGTH];
    getrandom::fill(&mut random).map_err(|_| Failure::new(Exit::Internal, key::ERROR_INTERNAL))?;
    Ok(KeptToken::new(me.clone(), contact.clone(), tokens_client::spell(random), days))
}

/// What a server means that makes no tokens.
fn refused(trouble: Trouble, host: &Base) -> Failure {
    let of_this = |key: Key| Failure::new(Exit::Network, key).about(host.label());
    match trouble {
        Trouble::Server { status: 403, code, .. } if code == "M_FORBIDDEN" => {
            of_this(key::ERROR_TOKENS_NOT_ADMIN)
        }
        Trouble::Nonsense { .. } | Trouble::Server { status: 403 | 404, .. } => {
            of_this(key::ERROR_TOKENS_NO_ADMINISTRATION)
        }
        trouble => trouble.into(),
    }
}

/// What is about to be made, in sentences, then a line for each friend.
fn disclosure(context: &Context, host: Option<&Foreign>, days: usize, left: &[Receiver]) -> String {
    let host = host.map(escape::terminal_uncut);
    let host = host.as_ref().map_or(Value::Own("?"), Value::Shown);
    let values = [("host", host), ("count", left.len().into()), ("days", days.into())];
    let said = context.words.say_with(key::TOKENS_ABOUT, &values);
    let mut text = terminal::paragraphs(&[said], context.printer.style());
    for who in left {
        text.push_str(&format!("  {}\n", called(who)));
    }
    text.trim_end().to_owned()
}

fn called(who: &Receiver) -> escape::Shown {
    let nobody = Foreign::new("");
    escape::terminal_or(who.name.as_ref().unwrap_or(&nobody), who.id.as_str())
}

/// Tells which tokens there are by now.
fn tell(
    context: &Context,
    wanted: &[Receiver],
    kept: &BTreeMap<ContactId, KeptToken>,
) -> Result<(), Failure> {
    let mut any = false;
    for who in wanted {
        let Some(kept) = kept.get(&who.id).filter(|kept| kept.made) else { continue };
        any = true;
        if context.printer.json {
            context.printer.json(&TokenView {
                schema: "transhume.token/1",
                contact: who.clone(),
                server: kept.account.server().to_owned(),
                token: kept.token.clone(),
                expires: kept.expires.to_string(),
            })?;
            continue;
        }
        let (name, server) = (called(who), kept.account.server());
        let server = escape::terminal_uncut(&Foreign::from(server));
        let values =
            [("name", (&name).into()), ("server", (&server).into()), ("token", kept.token.as_str().into())];
        context.printer.data(&context.words.say_with(key::TOKENS_LINE, &values))?;
    }
    if any {
        context.printer.note(&context.words.say(key::TOKENS_NEXT));
    }
    Ok(())
}
