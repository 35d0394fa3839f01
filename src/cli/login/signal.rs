//! `transhume login signal`: links the user's own signal-cli to the account on
//! their phone, by a QR code in the terminal. transhume only passes on what has to
//! be scanned: the keys are signal-cli's, and nothing but where it is is kept.

use std::io::{self, IsTerminal};
use std::time::Duration;

use crate::check::signal_client::{Accounts, DEVICE, SignalCli};
use crate::check::signal_place::SignalPlace;
use crate::check::signal_trouble::SignalTrouble;
use crate::model::{Foreign, Phone};
use crate::report::session::LoginView;
use crate::report::terminal::{Style, qr};
use crate::words::{escape, key};
use crate::workspace::lock;
use crate::workspace::settings::Typed;

use super::super::args::{ConsentArguments, LinkArguments};
use super::super::context::Context;
use super::super::exit::Exit;
use super::super::failure::Failure;
use super::super::signal::{Signal, failure};

/// Links signal-cli to the phone.
///
/// # Errors
/// A call that says too little, a locked workspace; signal-cli or Signal does not
/// answer as it should, or nobody scans the code.
pub fn run(context: &Context, typed: &LinkArguments) -> Result<Exit, Failure> {
    let consent = ConsentArguments { yes: true, dry_run: false };
    let signal = Signal::resolve(context, &typed.signalling, consent)?;
    if context.no_input {
        return Err(Failure::new(Exit::Usage, key::ERROR_SIGNAL_NEEDS_PERSON));
    }
    context.folder.create()?;
    let _lock = lock::take(&context.folder)?;
    let http = signal.http(context, Duration::from_secs(typed.wait))?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let account = runtime.block_on(async {
        let reached = SignalCli::reach(&http, &signal.place, signal.patience).await;
        let mut cli = reached.map_err(|trouble| failure(trouble, &signal.place))?;
        let linked = link(context, typed, &signal, &mut cli).await;
        cli.leave().await;
        linked
    });
    let account = account.map_err(|failure| match failure.exit {
        Exit::Interrupted => Failure::new(Exit::Interrupted, key::ERROR_INTERRUPTED),
        _ => failure,
    })?;
    let place = Some(signal.place.to_text());
    let kept =
        Typed { signal_cli: place, signal_account: Some(account.as_str().to_owned()), ..Typed::default() };
    kept.remember(&context.folder)?;
    if context.printer.json {
        context.printer.json(&LoginView::linked(account.as_str(), DEVICE))?;
        return Ok(Exit::Done);
    }
    let shown = escape::terminal_uncut(&Foreign::from(account.as_str()));
    context.printer.data(&context.words.say_with(key::LOGIN_SIGNAL_DONE, &[("account", (&shown).into())]))?;
    context.printer.note(&context.words.say(key::LOGIN_SIGNAL_KEPT));
    Ok(Exit::Done)
}

/// Has a code be scanned, and gives the number of the account.
async fn link(
    context: &Context,
    typed: &LinkArguments,
    signal: &Signal,
    cli: &mut SignalCli<'_>,
) -> Result<Phone, Failure> {
    let words = &context.words;
    let failed = |trouble| failure(trouble, &signal.place);
    let before = cli.accounts().await.map_err(failed)?;
    let at = escape::terminal_uncut(&Foreign::new(signal.place.label()));
    let values = [("at", (&at).into()), ("device", DEVICE.into())];
    context.printer.complain(&words.say_with(key::LOGIN_SIGNAL_LEAVES, &values));
    let uri = cli.start_link().await.map_err(|trouble| match (trouble, &signal.place) {
        (SignalTrouble::NotOffered, SignalPlace::Http(base)) if cli.version.is_none() => {
            let url = format!("{}/v1/qrcodelink?device_name={DEVICE}", base.as_str());
            Failure::new(Exit::Usage, key::ERROR_SIGNAL_LINK_REST).about(url)
        }
        (trouble, place) => failure(trouble, place),
    })?;
    show(context, &uri);
    let linked = cli.finish_link(&uri, Duration::from_secs(typed.wait)).await;
    let told = linked.map_err(|trouble| match trouble {
        SignalTrouble::Silent { .. } => Failure::new(Exit::Network, key::ERROR_SIGNAL_NOBODY_SCANNED),
        SignalTrouble::Refused { said, .. } if said.contains("timed out") => {
            Failure::new(Exit::Network, key::ERROR_SIGNAL_NOBODY_SCANNED)
        }
        trouble => failed(trouble),
    })?;
    // Older versions do not tell which account it is.
    match (told, cli.accounts().await.map_err(failed)?) {
        (Some(account), _) => Ok(account),
        (None, Accounts::All(all)) => {
            let known = |account: &Phone| matches!(&before, Accounts::All(old) if old.contains(account));
            let new = all.into_iter().find(|account| !known(account));
            new.ok_or_else(|| failed(SignalTrouble::Nonsense { at: signal.place.label() }))
        }
        (None, Accounts::TheOne) => Err(failed(SignalTrouble::NotOffered)),
    }
}

/// Shows what the phone has to scan.
fn show(context: &Context, uri: &str) {
    let (printer, words) = (&context.printer, &context.words);
    let style = Style { colour: io::stderr().is_terminal() && printer.style().colour, ..printer.style() };
    printer.complain(&words.say(key::LOGIN_SIGNAL_SCAN));
    if let Some(code) =
        Some(uri).filter(|_| !printer.is_plain() && draws_blocks()).and_then(|uri| qr::qr(uri, style))
    {
        printer.complain(&code);
    }
    let shown = escape::terminal_uncut(&Foreign::from(uri));
    printer.complain(&format!("{}\n{shown}", words.say(key::LOGIN_SIGNAL_URI)));
    printer.note(&words.say(key::LOGIN_SIGNAL_WAITING));
}

/// Whether the terminal can draw the squares of a code: if it writes UTF-8.
fn draws_blocks() -> bool {
    let set = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
    let locale = set("LC_ALL").or_else(|| set("LC_CTYPE")).or_else(|| set("LANG")).unwrap_or_default();
    let locale = locale.to_ascii_lowercase();
    cfg!(windows) || locale.contains("utf-8") || locale.contains("utf8")
}
