//! `transhume invite --note-to-self`: the next messages as a list in the user's own chat
//! with themself on Signal, where the phone opens them. One message, to nobody else, and
//! only after the list was shown and its count confirmed.

use serde::Serialize;

use crate::check::signal_client::SignalCli;
use crate::invite::Draft;
use crate::invite::draft::Receiver;
use crate::invite::link::Via;
use crate::model::{Foreign, Phone};
use crate::report::terminal;
use crate::words::{Words, escape, key};
use crate::workspace::asked::{Amount, Step};
use crate::workspace::{Store, lock};

use super::args::{ChannelArgument, ConsentArguments, SendArguments, WritingArguments};
use super::context::Context;
use super::exit::Exit;
use super::failure::Failure;
use super::knowledge::Knowledge;
use super::signal::{Signal, failure};
use super::{drafts, send};

/// To whom signal-cli gives the message, which none but the user's devices can read.
const HOST: &str = "chat.signal.org";

/// A text that is longer (bytes) does not go out as one message: Signal's own limit is
/// 64 KiB.
const LONGEST: usize = 60_000;

/// What was noted down (`transhume.note/1`).
#[derive(Debug, Serialize)]
struct Noted<'a> {
    schema: &'static str,
    /// The account, where it is known.
    account: Option<&'a str>,
    /// Whom the messages in the list are for.
    contacts: Vec<&'a Receiver>,
}

/// Shows the list, and has it noted down.
///
/// # Errors
/// Those of drafts; no consent; a signal-cli that does not answer as it should.
pub fn run(
    context: &Context,
    typed: &SendArguments,
    to: Option<ChannelArgument>,
    batch: usize,
    how: &WritingArguments,
) -> Result<Exit, Failure> {
    let consent = ConsentArguments { yes: false, dry_run: typed.dry_run };
    let signal = Signal::resolve(context, &typed.signalling, consent)?;
    let knowledge = Knowledge::load(context)?;
    let drafts = drafts::next(context, &knowledge, to, batch, how)?.drafts;
    let (words, printer) = (&context.words, &context.printer);
    if drafts.is_empty() {
        printer.note(&words.say_with(key::INVITE_PAGE_COUNT, &[("count", 0_u64.into())]));
        return Ok(Exit::Done);
    }
    let text = text(words, &drafts);
    if text.len() > LONGEST {
        return Err(Failure::new(Exit::Usage, key::ERROR_NOTE_LONG).about(drafts.len().to_string()));
    }
    let shown = disclosure(context, &signal, &drafts, &text);
    if typed.dry_run && !printer.json {
        printer.data(&shown)?;
        return Ok(Exit::Done);
    }
    printer.complain(&shown);
    if typed.dry_run {
        return Ok(Exit::Done);
    }
    let lock = lock::take(&context.folder)?;
    let mut store = Store::open(&context.folder, &lock)?;
    send::confirm(context, typed.yes, drafts.len(), key::NOTE_CONFIRM)?;
    let http = signal.http(context, signal.patience)?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let account = runtime.block_on(async {
        let failed = |trouble| failure(trouble, &signal.place);
        let mut cli = SignalCli::reach(&http, &signal.place, signal.patience).await.map_err(failed)?;
        let noted = note(context, &signal, &mut store, &mut cli, (drafts.len(), &text)).await;
        cli.leave().await;
        noted
    })?;
    if printer.json {
        let account = account.as_ref().map(Phone::as_str);
        let contacts = drafts.iter().map(|draft| &draft.contact).collect();
        printer.json(&Noted { schema: "transhume.note/1", account, contacts })?;
        return Ok(Exit::Done);
    }
    printer.data(&words.say_with(key::NOTE_DONE, &[("count", drafts.len().into())]))?;
    Ok(Exit::Done)
}

/// Has the text noted down, and keeps that so much left.
async fn note(
    context: &Context,
    signal: &Signal,
    store: &mut Store,
    cli: &mut SignalCli<'_>,
    (count, text): (usize, &str),
) -> Result<Option<Phone>, Failure> {
    let account = signal.account_of(cli).await?;
    let amount = Amount { hashed: 0, plain: count };
    let lookup = store.begin_lookup(&Foreign::from(HOST), Step::Invitations, context.now, amount)?;
    let noted = cli.note_to_self(account.as_ref(), text).await;
    store.end_lookup(lookup, if noted.is_ok() { amount } else { Amount::default() })?;
    noted.map_err(|trouble| failure(trouble, &signal.place))?;
    Ok(account)
}

/// The list: whom each message is for, and what opens it; its words where nothing does.
/// All of it can be shown as it is.
fn text(words: &Words, drafts: &[Draft]) -> String {
    let mut text = words.say_with(key::NOTE_TITLE, &[("count", drafts.len().into())]);
    for (at, draft) in drafts.iter().enumerate() {
        let nobody = Foreign::new("");
        let name = draft.contact.name.as_ref().unwrap_or(&nobody);
        let name = escape::terminal_or(name, &words.say(key::INVITE_NO_NAME));
        let way = words.say(match draft.via {
            Via::Whatsapp => key::INVITE_OPEN_WHATSAPP,
            Via::Sms => key::INVITE_OPEN_SMS,
            Via::Email => key::INVITE_OPEN_EMAIL,
            Via::InPerson => key::INVITE_IN_PERSON,
        });
        text.push_str(&format!("\n\n{}. {name}\n{way}", at + 1));
        for line in draft.link.as_ref().unwrap_or(&draft.text).raw().lines() {
            text.push_str(&format!("\n{}", escape::terminal_uncut(&Foreign::from(line))));
        }
    }
    text
}

/// What is about to leave: in sentences, then as it is.
fn disclosure(context: &Context, signal: &Signal, drafts: &[Draft], text: &str) -> String {
    let words = &context.words;
    let at = escape::terminal_uncut(&Foreign::new(signal.place.label()));
    let lines = [
        words.say_with(key::NOTE_ABOUT, &[("at", (&at).into())]),
        words.say_with(key::NOTE_LEAVES, &[("count", drafts.len().into())]),
        words.say(key::NOTE_KNOWS),
    ];
    let mut shown = terminal::paragraphs(&lines, context.printer.style());
    for line in text.lines() {
        shown.push_str(&format!("  {line}\n"));
    }
    shown.trim_end().to_owned()
}
