//! `transhume logout`: has the homeserver end the session, then forgets it. What
//! the server was not told stays, unless the user wants it forgotten all the same.

use crate::check::homeserver_client::Account;
use crate::check::http_client::Rules;
use crate::check::session::{Proof, Session};
use crate::check::session_client::{Pass, revoke};
use crate::check::trouble::Trouble;
use crate::model::Foreign;
use crate::report::session::LogoutView;
use crate::words::{Key, escape, key};
use crate::workspace::{WorkspaceError, lock, session};

use super::args::LogoutArguments;
use super::ask::proxies::announced;
use super::context::Context;
use super::exit::Exit;
use super::failure::Failure;
use super::learn::say_problems;
use super::progress::Board;
use super::servers;

/// Signs out.
///
/// # Errors
/// A locked workspace; a server that does not answer, unless the session is to be
/// forgotten all the same.
pub fn run(context: &Context, typed: &LogoutArguments) -> Result<Exit, Failure> {
    let rules = servers::rules(context, &typed.speaking)?;
    say_signal(context);
    if !session::path(&context.folder).exists() {
        return tell(context, None, false, key::LOGOUT_NOBODY).map(|()| Exit::Done);
    }
    let _lock = lock::take(&context.folder)?;
    let there = match session::load(&context.folder) {
        Err(WorkspaceError::Session(_)) if typed.forget => {
            session::forget(&context.folder)?;
            tell(context, None, false, key::SESSION_UNREAD)?;
            return Ok(Exit::Partial);
        }
        there => there?,
    };
    let Some(there) = there else {
        session::forget(&context.folder)?;
        return tell(context, None, false, key::LOGOUT_NOBODY).map(|()| Exit::Done);
    };
    match end(context, &rules, &there) {
        Ok(was_good) => {
            session::forget(&context.folder)?;
            tell(
                context,
                Some(&there),
                true,
                if was_good { key::LOGOUT_DONE } else { key::LOGOUT_WAS_OVER },
            )?;
            Ok(Exit::Done)
        }
        Err(failure) if failure.exit == Exit::Interrupted => Err(failure),
        Err(failure) if typed.forget => {
            let (what, _) = failure.text(&context.words);
            context.printer.insist(&what);
            session::forget(&context.folder)?;
            tell(context, Some(&there), false, key::LOGOUT_FORGOTTEN)?;
            Ok(Exit::Partial)
        }
        Err(failure) => {
            context.printer.insist(&context.words.say(key::LOGOUT_KEPT));
            Err(failure)
        }
    }
}

/// Of Signal there is nothing here that could be ended: the keys are signal-cli's.
fn say_signal(context: &Context) {
    if let Some(account) = &context.settings.signal_account {
        let account = escape::terminal_uncut(&Foreign::from(account.as_str()));
        let values = [("account", (&account).into())];
        context.printer.note(&context.words.say_with(key::LOGOUT_SIGNAL, &values));
    }
}

/// Has the server end the session. Gives whether it was good until now.
fn end(context: &Context, rules: &Rules, there: &Session) -> Result<bool, Failure> {
    let token = servers::session_token(context, there)?;
    say_problems(context, &announced(context));
    let http = servers::http(context, rules, &Board::default())?;
    if there.named {
        http.trust(&there.homeserver);
    }
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    // Whoever is stopped in the middle can still end what was renewed.
    let keep = |new: &Session| session::keep(&context.folder, new).map_err(|error| error.to_string());
    runtime.block_on(async {
        if there.proof == Proof::Command {
            let pass = Pass::of_token(token.clone());
            match Account::new(&http, there.homeserver.clone(), &pass).whoami().await {
                Ok(me) => servers::same_account(&there.user, &me)?,
                // The server will say so once more.
                Err(Trouble::TokenRefused { .. }) => {}
                Err(trouble) => return Err(failed(trouble)),
            }
        }
        revoke(&http, there, &token, Box::new(keep)).await.map_err(failed)
    })
}

fn failed(trouble: Trouble) -> Failure {
    match trouble {
        Trouble::Stopped => Failure::new(Exit::Interrupted, key::ERROR_INTERRUPTED),
        trouble => trouble.into(),
    }
}

fn tell(context: &Context, session: Option<&Session>, revoked: bool, key: Key) -> Result<(), Failure> {
    if context.printer.json {
        return Ok(context.printer.json(&LogoutView::new(session, revoked))?);
    }
    let user = session.map(|s| s.user.as_str()).unwrap_or_default();
    let host = session.map(|s| s.homeserver.label()).unwrap_or_default();
    let user = escape::terminal_uncut(&Foreign::from(user));
    let host = escape::terminal_uncut(&Foreign::new(host));
    let values = [("user", (&user).into()), ("host", (&host).into())];
    Ok(context.printer.data(&context.words.say_with(key, &values))?)
}
