//! The page with the next drafts: one card a person and a button that opens
//! the message, ready to be sent by hand.
//!
//! One file without scripts that loads nothing. The template escapes markup;
//! what acts unseen in names is made visible before.

use minijinja::value::Value;
use minijinja::{AutoEscape, Environment, UndefinedBehavior, context};

use crate::model::Foreign;
use crate::words::escape::{self, Shown};
use crate::words::{Key, Words, key};

use super::draft::{Draft, DraftKind};
use super::link::Via;

/// Renders the page.
///
/// # Errors
/// Those of the template engine, for a template with a mistake.
pub fn page(drafts: &[Draft], words: &Words) -> Result<String, minijinja::Error> {
    let mut environment = Environment::empty();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_auto_escape_callback(|_| AutoEscape::Html);
    environment.add_template("page", include_str!("page.html"))?;
    let cards: Vec<Value> = drafts.iter().map(|draft| card(draft, words)).collect();
    environment.get_template("page")?.render(context! {
        lang => words.language().id(),
        title => words.say(key::INVITE_PAGE_TITLE),
        count => words.say_with(key::INVITE_PAGE_COUNT, &[("count", drafts.len().into())]),
        yourself => words.say(key::INVITE_PAGE_YOURSELF),
        few => words.say(key::INVITE_PAGE_FEW),
        private => words.say(key::INVITE_PAGE_PRIVATE),
        next => words.say(key::INVITE_PAGE_NEXT),
        cards => cards,
    })
}

/// What the template needs to know of one draft.
fn card(draft: &Draft, words: &Words) -> Value {
    let name = draft.contact.name.as_ref().filter(|name| !escape::is_blank(name));
    let label = match draft.kind {
        DraftKind::Invite => key::INVITE_KIND_INVITE,
        DraftKind::Switch => key::INVITE_KIND_SWITCH,
        DraftKind::Remind => key::INVITE_KIND_REMIND,
    };
    let href: Option<Shown> = draft.link.as_ref().and_then(escape::href);
    context! {
        name => name.map_or_else(|| words.say(key::INVITE_NO_NAME), |name| escape::template(name).to_string()),
        nameless => name.is_none(),
        kind => draft.kind.id(),
        label => words.say_with(label, &[("channel", draft.channel.title().into())]),
        lang => draft.language.id(),
        text => lines(&draft.text),
        // Escaped already, for a quoted attribute.
        href => href.map(|href| Value::from_safe_string(href.to_string())),
        button => button(draft.via).map_or_else(String::new, |key| words.say(key)),
        note => note(draft).map_or_else(String::new, |key| words.say(key)),
    }
}

/// The text with its line breaks, each line escaped.
fn lines(text: &Foreign) -> String {
    let lines = text.raw().split('\n').map(|line| escape::template(&Foreign::from(line)).to_string());
    lines.collect::<Vec<_>>().join("\n")
}

fn button(via: Via) -> Option<Key> {
    match via {
        Via::Whatsapp => Some(key::INVITE_OPEN_WHATSAPP),
        Via::Sms => Some(key::INVITE_OPEN_SMS),
        Via::Email => Some(key::INVITE_OPEN_EMAIL),
        Via::InPerson => None,
    }
}

/// What to know before pressing the button.
fn note(draft: &Draft) -> Option<Key> {
    let link = draft.link.as_ref().map_or("", Foreign::raw);
    match draft.via {
        Via::InPerson => Some(key::INVITE_IN_PERSON),
        Via::Whatsapp if !link.contains("?text=") => Some(key::INVITE_PASTE),
        Via::Whatsapp if link.starts_with("https://wa.me/?") => Some(key::INVITE_PICK_CHAT),
        _ => None,
    }
}
