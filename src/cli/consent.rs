//! Before anything leaves: what it is, to whom, what they can do with it, and
//! whether the user wants that.

use crate::check::agenda::Agenda;
use crate::check::identity_client::Policy;
use crate::check::place::Base;
use crate::model::Foreign;
use crate::model::identity::Mxid;
use crate::model::threepid::{Medium, ThreePid};
use crate::report::scope::Count;
use crate::report::terminal;
use crate::words::{Value, Words, escape, key};

use super::asking::Asking;
use super::context::Context;
use super::exit::Exit;
use super::failure::Failure;
use super::prompt;

/// The servers, as far as they are known.
#[derive(Clone, Copy)]
pub struct Hosts<'a> {
    /// The user's homeserver.
    pub homeserver: Option<&'a Foreign>,
    /// The identity server; none where nobody has asked yet which it would be.
    pub identity: Option<&'a Foreign>,
}

/// What is about to leave, in sentences, to each of the servers.
pub fn disclosure(context: &Context, hosts: Hosts<'_>, agenda: &Agenda) -> String {
    let words = &context.words;
    let called = |host: Option<&Foreign>| host.map(escape::terminal_uncut);
    let (homeserver, identity) = (called(hosts.homeserver), called(hosts.identity));
    let mut lines = Vec::new();
    let mut say = |key, values: &[(&str, Value<'_>)]| lines.push(words.say_with(key, values));
    if agenda.rooms || !agenda.profiles.is_empty() || !agenda.names.is_empty() {
        let host = homeserver.as_ref().map_or(Value::Own("?"), Value::Shown);
        say(key::CHECK_HOMESERVER, &[("host", host)]);
        if agenda.rooms {
            say(key::CHECK_ROOMS, &[]);
        }
        for (key, count) in [
            (key::CHECK_PROFILES, agenda.profiles.len()),
            (key::CHECK_NAMES, agenda.names.len()),
            (key::CHECK_NAMES_LEFT, agenda.names_left),
        ] {
            if count > 0 {
                say(key, &[("count", count.into())]);
            }
        }
    }
    let question = &agenda.question;
    if !question.identities.is_empty() {
        let unknown = words.say(key::CHECK_HOST_UNKNOWN);
        let host = identity.as_ref().map_or(Value::Own(&unknown), Value::Shown);
        let scope = scope(context);
        let leaves = [
            ("emails", question.count(Medium::Email).into()),
            ("phones", question.count(Medium::Phone).into()),
            ("people", question.people().len().into()),
            ("scope", scope.as_str().into()),
        ];
        say(key::CHECK_ABOUT, &[("host", host)]);
        say(key::CHECK_LEAVES, &leaves);
        say(key::CHECK_KNOWS_YOU, &[]);
        if question.count(Medium::Phone) > 0 {
            say(key::CHECK_REVERSIBLE, &[]);
        }
        say(key::CHECK_EXPECT, &[]);
    }
    if agenda.answered > 0 {
        say(key::CHECK_CONTINUED, &[("count", agenda.answered.into())]);
    }
    if question.excluded > 0 {
        say(key::CHECK_STAYS, &[("excluded", question.excluded.into())]);
    }
    terminal::paragraphs(&lines, context.printer.style()).trim_end().to_owned()
}

/// Whom all of it is about, in words.
pub fn scope(context: &Context) -> String {
    context.words.say(match context.count {
        Count::Circle => key::CHECK_OF_CIRCLE,
        Count::Saved => key::CHECK_OF_SAVED,
        Count::All => key::CHECK_OF_ALL,
    })
}

/// Everything that would leave, a line each.
pub fn all_of(agenda: &Agenda) -> String {
    let profiles = agenda.profiles.iter().map(Mxid::as_str);
    let names = agenda.names.iter().map(Foreign::raw);
    let identities = agenda.question.identities.iter().map(ThreePid::as_str);
    a_line_each(profiles.chain(names).chain(identities))
}

/// Texts from outside, a line each.
pub fn a_line_each<'a>(all: impl Iterator<Item = &'a str>) -> String {
    all.map(|one| format!("  {}\n", escape::terminal_uncut(&Foreign::from(one)))).collect()
}

/// Asks whether what was told may leave, all or nothing.
///
/// # Errors
/// The user does not want it, or nobody is there to ask.
pub fn may_leave(context: &Context, yes: bool) -> Result<(), Failure> {
    let question = context.words.say(key::CHECK_MAY_IT_ALONE);
    let agreed = yes || context.may_ask && prompt::says_yes(context, &question)?;
    if agreed { Ok(()) } else { Err(Failure::new(Exit::Refused, key::ERROR_CONSENT)) }
}

/// What the user agreed to.
pub struct Agreed {
    /// The kinds of identities that may leave hashed.
    pub media: Vec<Medium>,
    /// Whether Matrix IDs may.
    pub profiles: bool,
    /// Whether names may.
    pub names: bool,
}

/// Asks whether that may leave, and tells what may. Names leave in plain: about
/// them there is a question of its own.
///
/// # Errors
/// The user does not want it, or nobody is there to ask.
pub fn agree(context: &Context, asking: &Asking, agenda: &Agenda) -> Result<Agreed, Failure> {
    let refused = || Failure::new(Exit::Refused, key::ERROR_CONSENT);
    let mut agreed = Agreed { media: asking.media.clone(), profiles: true, names: true };
    if asking.yes {
        return Ok(agreed);
    }
    if !context.may_ask {
        return Err(refused());
    }
    let both = asking.media.len() > 1 && !agenda.question.identities.is_empty();
    let question = if both { key::CHECK_MAY_IT } else { key::CHECK_MAY_IT_ALONE };
    let answer = prompt::line(context, &context.words.say(question))?;
    let says = |key| prompt::is_one_of(&answer, &context.words.say(key));
    if both && says(key::CHECK_WORDS_EMAIL) {
        (agreed.media, agreed.profiles, agreed.names) = (vec![Medium::Email], false, false);
    } else if both && says(key::CHECK_WORDS_PHONE) {
        (agreed.media, agreed.profiles, agreed.names) = (vec![Medium::Phone], false, false);
    } else if !says(key::CHECK_WORDS_YES) {
        return Err(refused());
    } else if !agenda.names.is_empty() {
        agreed.names = prompt::says_yes(context, &context.words.say(key::CHECK_MAY_NAMES))?;
    }
    Ok(agreed)
}

/// Shows a server's terms and asks whether they are accepted, unless they are
/// `accepted` in advance.
///
/// # Errors
/// They are not, or nobody is there to ask.
pub fn accept_terms(context: &Context, accepted: bool, host: &Base, terms: &[Policy]) -> Result<(), Failure> {
    let words = &context.words;
    context.printer.complain(&terms_text(words, host, terms));
    let question = words.say(key::CHECK_MAY_TERMS);
    let agreed = accepted || context.may_ask && prompt::says_yes(context, &question)?;
    if agreed { Ok(()) } else { Err(Failure::new(Exit::Refused, key::ERROR_TERMS).about(host.label())) }
}

fn terms_text(words: &Words, host: &Base, terms: &[Policy]) -> String {
    let shown = escape::terminal_uncut(&host.shown());
    let mut lines = vec![words.say_with(key::CHECK_TERMS, &[("host", (&shown).into())])];
    for policy in terms {
        let (name, url) = (escape::terminal(&policy.name), escape::terminal_uncut(&policy.url));
        lines.push(format!("  {name}: {url}"));
    }
    lines.join("\n")
}
