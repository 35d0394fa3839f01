//! Before anything leaves: what it is, to whom, what they can do with it, and
//! whether the user wants that.

use crate::check::identity_client::Policy;
use crate::check::place::Base;
use crate::check::question::Question;
use crate::model::threepid::Medium;
use crate::report::scope::Count;
use crate::report::terminal;
use crate::words::{Value, Words, escape, key};

use super::asking::Asking;
use super::context::Context;
use super::exit::Exit;
use super::failure::Failure;
use super::prompt;

/// What is about to leave, in sentences. `host` is none where nobody has asked
/// yet which server it would be; about `answered` identities it answered in a
/// run that was not finished.
pub fn disclosure(context: &Context, host: Option<&Base>, question: &Question, answered: usize) -> String {
    let words = &context.words;
    let shown = host.map(|host| escape::terminal_uncut(&host.shown()));
    let unknown = words.say(key::CHECK_HOST_UNKNOWN);
    let host = ("host", shown.as_ref().map_or(Value::Own(&unknown), Value::Shown));
    let scope = words.say(match context.count {
        Count::Circle => key::CHECK_OF_CIRCLE,
        Count::Saved => key::CHECK_OF_SAVED,
        Count::All => key::CHECK_OF_ALL,
    });
    let leaves = [
        ("emails", question.count(Medium::Email).into()),
        ("phones", question.count(Medium::Phone).into()),
        ("people", question.people().len().into()),
        ("scope", scope.as_str().into()),
    ];
    let mut lines = vec![words.say_with(key::CHECK_ABOUT, &[host])];
    let mut say = |key, values: &[(&str, Value<'_>)]| lines.push(words.say_with(key, values));
    say(key::CHECK_LEAVES, &leaves);
    if answered > 0 {
        say(key::CHECK_CONTINUED, &[("count", answered.into())]);
    }
    if question.excluded > 0 {
        say(key::CHECK_STAYS, &[("excluded", question.excluded.into())]);
    }
    say(key::CHECK_KNOWS_YOU, &[]);
    if question.count(Medium::Phone) > 0 {
        say(key::CHECK_REVERSIBLE, &[]);
    }
    say(key::CHECK_EXPECT, &[]);
    terminal::paragraphs(&lines, context.printer.style()).trim_end().to_owned()
}

/// Asks whether that may leave, and gives the kinds of identities that may.
///
/// # Errors
/// The user does not want it, or nobody is there to ask.
pub fn agree(context: &Context, asking: &Asking) -> Result<Vec<Medium>, Failure> {
    let refused = || Failure::new(Exit::Refused, key::ERROR_CONSENT);
    if asking.yes {
        return Ok(asking.media.clone());
    }
    if !context.may_ask {
        return Err(refused());
    }
    let both = asking.media.len() > 1;
    let question = if both { key::CHECK_MAY_IT } else { key::CHECK_MAY_IT_ALONE };
    let answer = prompt::line(context, &context.words.say(question))?;
    let says = |key| prompt::is_one_of(&answer, &context.words.say(key));
    if says(key::CHECK_WORDS_YES) {
        Ok(asking.media.clone())
    } else if both && says(key::CHECK_WORDS_EMAIL) {
        Ok(vec![Medium::Email])
    } else if both && says(key::CHECK_WORDS_PHONE) {
        Ok(vec![Medium::Phone])
    } else {
        Err(refused())
    }
}

/// Shows a server's terms and asks whether they are accepted.
///
/// # Errors
/// They are not, or nobody is there to ask.
pub fn accept_terms(
    context: &Context,
    asking: &Asking,
    host: &Base,
    terms: &[Policy],
) -> Result<(), Failure> {
    let words = &context.words;
    context.printer.complain(&terms_text(words, host, terms));
    if asking.accept_terms {
        return Ok(());
    }
    if context.may_ask {
        let answer = prompt::line(context, &words.say(key::CHECK_MAY_TERMS))?;
        if prompt::is_one_of(&answer, &words.say(key::CHECK_WORDS_YES)) {
            return Ok(());
        }
    }
    Err(Failure::new(Exit::Refused, key::ERROR_TERMS).about(host.label()))
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
