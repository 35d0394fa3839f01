//! The page with the next drafts: one card a person, with a button that opens the
//! message where the page is read, and a QR code that opens it on the phone, ready to
//! be sent by hand. Below stands what groups need, and the user's own address for when
//! people meet.
//!
//! One file that loads nothing. All of it works without scripts, both languages
//! included; the one script, which the policy knows by its hash, adds searching,
//! copying and marks. The template escapes markup; what acts unseen in names is
//! made visible before.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use minijinja::value::{Enumerator, Object, ObjectRepr, Value};
use minijinja::{AutoEscape, Environment, UndefinedBehavior, context};
use sha2::{Digest, Sha256};

use crate::model::{Channel, Foreign};
use crate::words::escape::{self, Shown};
use crate::words::{Key, Language, Value as Said, Words, key};

use super::draft::{Draft, DraftKind, Receiver};
use super::kit::Kit;
use super::link::Via;
use super::qr;

const SCRIPT: &str = include_str!("page.js");
const STYLE: &str = include_str!("page.css");

/// Where the user is found on a channel, to be shown to whoever stands beside them.
#[derive(Clone, Debug)]
pub struct Own {
    /// The channel.
    pub channel: Channel,
    /// The link, or where there is none the name.
    pub here: String,
}

/// Renders the page.
///
/// # Errors
/// Those of the template engine, for a template with a mistake.
pub fn page(drafts: &[Draft], kits: &[Kit], own: &[Own], words: &Words) -> Result<String, minijinja::Error> {
    let mut environment = Environment::empty();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_auto_escape_callback(|_| AutoEscape::Html);
    environment.add_template("page", include_str!("page.html"))?;
    let both = Arc::new(Both::new());
    let cards = |reminders: bool| {
        let wanted = drafts.iter().filter(|draft| (draft.kind == DraftKind::Remind) == reminders);
        Value::from_object(Cards { both: both.clone(), drafts: wanted.cloned().collect() })
    };
    let count = drafts.len();
    environment.get_template("page")?.render(context! {
        // Looked up from the front, and these by each card.
        copy => both.say(key::INVITE_PAGE_COPY),
        done => both.say(key::INVITE_PAGE_DONE),
        scan => both.say(key::INVITE_PAGE_SCAN),
        lang => words.language().id(),
        hash => STANDARD.encode(Sha256::digest(SCRIPT)),
        // Own text, no name in it.
        script => Value::from_safe_string(SCRIPT.to_owned()),
        style => Value::from_safe_string(STYLE.to_owned()),
        title => words.say(key::INVITE_PAGE_TITLE),
        heading => both.say(key::INVITE_PAGE_TITLE),
        count => both.say_with(key::INVITE_PAGE_COUNT, &[("count", count.into())]),
        language => both.say(key::INVITE_PAGE_LANGUAGE),
        yourself => both.say(key::INVITE_PAGE_YOURSELF),
        phone => both.say(key::INVITE_PAGE_PHONE),
        few => both.say(key::INVITE_PAGE_FEW),
        private => both.say(key::INVITE_PAGE_PRIVATE),
        next => both.say(key::INVITE_PAGE_NEXT),
        search => both.say(key::INVITE_PAGE_SEARCH),
        nobody => both.say(key::INVITE_PAGE_NONE),
        copied => both.say(key::INVITE_PAGE_COPIED),
        reminders_heading => both.say(key::INVITE_PAGE_REMINDERS),
        invites_heading => both.say(key::INVITE_PAGE_INVITES),
        groups_heading => both.say(key::INVITE_PAGE_GROUPS),
        own_heading => both.say(key::INVITE_PAGE_OWN),
        own_note => both.say(key::INVITE_PAGE_OWN_NOTE),
        announcement => both.say(key::INVITE_PAGE_ANNOUNCEMENT),
        roll_call => both.say(key::INVITE_PAGE_ROLL_CALL),
        invites => cards(false),
        reminders => cards(true),
        kits => kits.iter().map(|kit| both.kit(kit)).collect::<Vec<_>>(),
        own => own.iter().map(own_card).collect::<Vec<_>>(),
    })
}

/// The cards, each made when the page gets to it: a page of thousands never holds the
/// pictures of all.
#[derive(Debug)]
struct Cards {
    both: Arc<Both>,
    drafts: Vec<Draft>,
}

impl Object for Cards {
    fn repr(self: &Arc<Self>) -> ObjectRepr {
        ObjectRepr::Seq
    }

    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        Some(self.both.card(self.drafts.get(key.as_usize()?)?))
    }

    fn enumerate(self: &Arc<Self>) -> Enumerator {
        Enumerator::Seq(self.drafts.len())
    }
}

/// Both languages, between which the page can be switched.
#[derive(Debug)]
struct Both {
    words: [Words; 2],
    /// What was said already: most cards say the same.
    said: Mutex<BTreeMap<(Key, Option<Channel>), Value>>,
}

impl Both {
    fn new() -> Both {
        Both { words: Language::ALL.map(Words::new), said: Mutex::default() }
    }

    fn say(&self, key: Key) -> Value {
        self.say_of(key, None)
    }

    /// A sentence about a channel, or about none.
    fn say_of(&self, key: Key, channel: Option<Channel>) -> Value {
        let values = channel.map(|channel| [("channel", channel.title().into())]);
        let mut said = self.said.lock().unwrap_or_else(PoisonError::into_inner);
        let new = || self.say_with(key, values.as_ref().map_or(&[], |values| values));
        said.entry((key, channel)).or_insert_with(new).clone()
    }

    fn say_with(&self, key: Key, values: &[(&str, Said<'_>)]) -> Value {
        let [en, fr] = &self.words;
        context! { en => en.say_with(key, values), fr => fr.say_with(key, values) }
    }

    /// What the template needs to know of one draft.
    fn card(&self, draft: &Draft) -> Value {
        let label = match draft.kind {
            DraftKind::Invite => key::INVITE_KIND_INVITE,
            DraftKind::Switch => key::INVITE_KIND_SWITCH,
            DraftKind::Remind => key::INVITE_KIND_REMIND,
        };
        let day = draft.asked.map(|at| at.date().to_string()).unwrap_or_default();
        let href: Option<Shown> = draft.link.as_ref().and_then(escape::href);
        let picture = draft.link.as_ref().filter(|_| href.is_some()).and_then(|link| qr::picture(link.raw()));
        context! {
            id => draft.contact.id.as_str(),
            name => self.name(&draft.contact),
            kind => draft.kind.id(),
            label => self.say_of(label, Some(draft.channel)),
            asked => draft.asked.map(|_| self.say_with(key::INVITE_PAGE_ASKED, &[("day", day.as_str().into())])),
            lang => draft.language.id(),
            text => lines(&draft.text),
            // Escaped already, for a quoted attribute.
            href => href.map(|href| Value::from_safe_string(href.to_string())),
            button => button(draft.via).map(|key| self.say(key)),
            note => note(draft).map(|key| self.say(key)),
            qr => picture.as_ref().map(shown),
        }
    }

    fn kit(&self, kit: &Kit) -> Value {
        let values = [
            ("channel", kit.channel.title().into()),
            ("day", kit.date.as_str().into()),
            ("there", kit.there.into()),
            ("members", kit.members.into()),
        ];
        let missing = kit.missing.iter().map(|who| self.name(who)).collect::<Vec<_>>();
        context! {
            title => escape::template(&kit.title).to_string(),
            lang => kit.language.id(),
            about => self.say_with(key::INVITE_PAGE_GROUP, &values),
            announcement => lines(&kit.announcement),
            roll_call => lines(&kit.roll_call),
            missing_heading => self.say_with(key::INVITE_PAGE_MISSING, &[("count", missing.len().into())]),
            missing => missing,
        }
    }

    /// A name, or that there is none.
    fn name(&self, who: &Receiver) -> Value {
        let name = who.name.as_ref().filter(|name| !escape::is_blank(name));
        let nameless = name.is_none().then(|| self.say(key::INVITE_NO_NAME));
        context! { text => name.map(|name| escape::template(name).to_string()), nameless => nameless }
    }
}

fn own_card(own: &Own) -> Value {
    let here = Foreign::from(own.here.as_str());
    let picture = escape::href(&here).and_then(|_| qr::picture(here.raw()));
    context! {
        channel => own.channel.title(),
        here => escape::template(&here).to_string(),
        qr => picture.as_ref().map(shown),
    }
}

/// A code: so many dots a square that a phone reads it.
fn shown(picture: &qr::Picture) -> Value {
    // Base64, nothing from outside.
    context! { address => Value::from_safe_string(picture.address.clone()), size => picture.size * 3 }
}

/// The text with its line breaks, each line escaped.
fn lines(text: &Foreign) -> String {
    let mut shown = String::with_capacity(text.raw().len() + 16);
    for (at, line) in text.raw().split('\n').enumerate() {
        shown.push_str(if at > 0 { "\n" } else { "" });
        shown.push_str(escape::template(&Foreign::from(line)).as_ref());
    }
    shown
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
