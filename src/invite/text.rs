//! The words of a draft: short, warm, and with the one thing that is needed,
//! where the user is found.
//!
//! The texts stand in `templates/<language>/{invite,switch,remind}.txt`. A template
//! sees nothing but these variables; one that it does not know is an error:
//!
//! | variable | holds |
//! |---|---|
//! | `name` | the first name for the greeting, or `""` |
//! | `formal` | whether to say *vous* |
//! | `id`, `channel` | the channel: `signal`, `Signal` |
//! | `where` | how the user is found: `number`, `link`, `username`, `address` |
//! | `knows_number` | whether the receiver surely has the user's number |
//! | `here` | the link or name by which the user is found, or `""` |
//! | `install` | where to get the app, or `""` |
//! | `group` | the title of a shared group, or `""` |
//! | `there` | how many people of it are there already: 0, or 2 and more |
//! | `reason` | whether there is room for a reason |
//!
//! Values are put in once and never rendered again, so braces in a name stay
//! braces. Each template lives in an environment of its own without filters,
//! functions, globals or anything to include.

use minijinja::{AutoEscape, Environment, UndefinedBehavior, context};

use crate::model::Channel;
use crate::words::Language;
use crate::words::escape::url_component;

use super::draft::DraftKind;
use super::reach::Found;

/// No text is longer, in characters, unless an address alone makes it so.
pub const MOST_CHARACTERS: usize = 300;

/// Where to get Signal: leads to the right shop for every phone.
const SIGNAL_INSTALL: &str = "https://signal.org/install";

/// What a text is made of.
#[derive(Clone, Debug)]
pub struct Ingredients<'a> {
    /// Invite or switch.
    pub kind: DraftKind,
    /// The language to write in.
    pub language: Language,
    /// Whether to say *vous*.
    pub formal: bool,
    /// The first name, if one is known.
    pub name: Option<String>,
    /// The channel to meet on.
    pub channel: Channel,
    /// How the user is found there.
    pub found: &'a Found,
    /// Whether the receiver surely has the user's number.
    pub knows_number: bool,
    /// The title of a shared group.
    pub group: Option<String>,
    /// How many of it, or of all shared groups, are there already.
    pub there: usize,
}

/// The templates, ready to be filled.
#[derive(Debug)]
pub struct Texts(Vec<(Language, DraftKind, Environment<'static>)>);

impl Texts {
    /// Reads the templates.
    ///
    /// # Errors
    /// Those of the template engine, for a template with a mistake.
    pub fn new() -> Result<Texts, minijinja::Error> {
        let mut texts = Vec::new();
        for (language, kind, source) in [
            (Language::En, DraftKind::Invite, include_str!("templates/en/invite.txt")),
            (Language::En, DraftKind::Switch, include_str!("templates/en/switch.txt")),
            (Language::Fr, DraftKind::Invite, include_str!("templates/fr/invite.txt")),
            (Language::Fr, DraftKind::Switch, include_str!("templates/fr/switch.txt")),
            (Language::En, DraftKind::Remind, include_str!("templates/en/remind.txt")),
            (Language::Fr, DraftKind::Remind, include_str!("templates/fr/remind.txt")),
        ] {
            texts.push((language, kind, restricted(source)?));
        }
        Ok(Texts(texts))
    }

    /// Writes a text, as long as there is room for.
    ///
    /// # Errors
    /// Those of the template engine.
    pub fn write(&self, of: &Ingredients<'_>) -> Result<String, minijinja::Error> {
        let mut text = String::new();
        for room in ROOMS {
            text = self.render(of, room)?;
            if text.chars().count() <= MOST_CHARACTERS {
                break;
            }
        }
        Ok(text)
    }

    fn render(&self, of: &Ingredients<'_>, room: &[Part]) -> Result<String, minijinja::Error> {
        let wanted = self.0.iter().find(|(language, kind, _)| *language == of.language && *kind == of.kind);
        let Some((_, _, environment)) = wanted else {
            return Err(minijinja::ErrorKind::TemplateNotFound.into());
        };
        let (place, here) = shown(of.channel, of.found);
        let install = if of.channel == Channel::Signal { SIGNAL_INSTALL } else { "" };
        let values = context! {
            name => of.name.as_deref().filter(|_| room.contains(&Part::Name)).unwrap_or_default(),
            formal => of.formal,
            id => of.channel.id(),
            channel => of.channel.title(),
            where => place,
            knows_number => of.knows_number,
            here => here,
            install => install,
            group => of.group.as_deref().filter(|_| room.contains(&Part::Title)).unwrap_or_default(),
            there => if room.contains(&Part::Count) && of.there >= 2 { of.there } else { 0 },
            reason => room.contains(&Part::Reason),
        };
        Ok(environment.get_template(NAME)?.render(values)?.trim().to_owned())
    }
}

/// What a text can do without.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Name,
    Count,
    Title,
    Reason,
}

/// What to keep in a text, tried in that order until it is short enough: how
/// many are there already weighs more than any reason, and a reason more than
/// a group's title.
const ROOMS: [&[Part]; 7] = [
    &[Part::Name, Part::Count, Part::Title, Part::Reason],
    &[Part::Name, Part::Count, Part::Reason],
    &[Part::Name, Part::Count, Part::Title],
    &[Part::Name, Part::Count],
    &[Part::Name, Part::Reason],
    &[Part::Name],
    &[],
];

/// The name of the one template in an environment.
const NAME: &str = "text";

/// An environment with one template and nothing else: no filters, no
/// functions, no globals, nothing to include.
fn restricted(source: &'static str) -> Result<Environment<'static>, minijinja::Error> {
    let mut environment = Environment::empty();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_auto_escape_callback(|_| AutoEscape::None);
    environment.set_recursion_limit(8);
    environment.add_template(NAME, source)?;
    Ok(environment)
}

/// How the user is found, for the template.
fn shown(channel: Channel, found: &Found) -> (&'static str, String) {
    match (found, channel) {
        (Found::Number, _) => ("number", String::new()),
        (Found::Link(link), _) => ("link", link.clone()),
        (Found::Address(name), Channel::Signal) => ("username", name.clone()),
        (Found::Address(id), Channel::Matrix) => ("address", format!("https://matrix.to/#/{}", spelled(id))),
        // A client that opens it asks to be let into the list (XEP-0147, XEP-0379).
        (Found::Address(jid), Channel::Xmpp) => ("address", format!("xmpp:{}?roster", spelled(jid))),
    }
}

/// Percent-encodes an address, but for what makes its shape.
fn spelled(address: &str) -> String {
    url_component(address).replace("%40", "@").replace("%3A", ":")
}

#[cfg(test)]
mod tests;
