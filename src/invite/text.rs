//! The words of a draft: short, warm, and with the one thing that is needed,
//! where the user is found.
//!
//! The texts stand in `templates/<language>/{invite,switch,remind}.txt`, the line
//! above an e-mail in `subject.txt`, and what is for a whole group in
//! `announce.txt` and `roll-call.txt`. The user can replace each of them. A template
//! sees nothing but these variables; one that it does not know is an error:
//!
//! | variable | holds | in |
//! |---|---|---|
//! | `id`, `channel` | the channel: `signal`, `Signal` | all |
//! | `name` | the first name for the greeting, or `""` | drafts |
//! | `formal` | whether to say *vous*, *Sie*, *usted*, *Lei*, *você*, *u* | drafts |
//! | `where` | how the user is found: `number`, `link`, `username`, `address`; or `group` | drafts |
//! | `knows_number` | whether the receiver surely has the user's number | drafts |
//! | `here` | the link or name by which the user is found, or `""`; the link into the group | drafts |
//! | `new` | whether the receiver is not there yet | drafts |
//! | `install` | where to get the app, or `""` where there is a link already | drafts |
//! | `group` | the title of a shared group, or `""`; of the group | drafts, groups |
//! | `there` | how many people of it are there already: 0, or 2 and more | drafts, groups |
//! | `names` | one or two of them whom the user allows to be named, or `""` | drafts |
//! | `others` | how many beside these: 0, or 2 and more | drafts |
//! | `reason` | whether there is room for a reason | drafts |
//! | `server`, `code` | the user's own server and a registration token for an account there, or `""` | drafts |
//! | `date` | the day on which the group moves: `Sunday 7 February` | groups |
//! | `link` | the link into the new group, or `""` | groups |
//! | `members`, `missing` | how many are in the group, and not there yet | groups |
//!
//! Values are put in once and never rendered again, so braces in a name stay
//! braces. What templates can do stands in [`super::template`].

use minijinja::context;
use minijinja::value::Value;

use crate::model::Channel;
use crate::words::escape::url_component;

use super::circles::Company;
use super::draft::DraftKind;
use super::reach::Found;
use super::template::{Fault, Given, Template};
use super::tongue::Tongue;

/// No text is longer, in characters, unless an address alone makes it so.
pub const MOST_CHARACTERS: usize = 300;

/// Where to get Signal: leads to the right shop for every phone.
const SIGNAL_INSTALL: &str = "https://signal.org/install";

/// The texts that there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum TextKind {
    /// To come to a channel.
    Invite,
    /// To go on where both are.
    Switch,
    /// Once more.
    Remind,
    /// The line above an e-mail.
    Subject,
    /// To a whole group: where, when, how.
    Announce,
    /// To a whole group: who comes along.
    RollCall,
}

/// What a draft's template knows.
const OF_DRAFTS: &[&str] = &[
    "id",
    "channel",
    "name",
    "formal",
    "where",
    "knows_number",
    "here",
    "new",
    "install",
    "group",
    "there",
    "names",
    "others",
    "reason",
    "server",
    "code",
];

/// What a group's template knows.
const OF_GROUPS: &[&str] = &["id", "channel", "group", "there", "date", "link", "members", "missing"];

/// What the line above an e-mail knows.
const OF_SUBJECTS: &[&str] = &["id", "channel"];

impl TextKind {
    /// All of them.
    pub const ALL: [TextKind; 6] = [
        TextKind::Invite,
        TextKind::Switch,
        TextKind::Remind,
        TextKind::Subject,
        TextKind::Announce,
        TextKind::RollCall,
    ];

    /// The name of its file, without the end.
    pub fn id(self) -> &'static str {
        match self {
            TextKind::Invite => "invite",
            TextKind::Switch => "switch",
            TextKind::Remind => "remind",
            TextKind::Subject => "subject",
            TextKind::Announce => "announce",
            TextKind::RollCall => "roll-call",
        }
    }

    /// The text of that name.
    pub fn from_id(id: &str) -> Option<TextKind> {
        TextKind::ALL.into_iter().find(|kind| kind.id() == id)
    }

    /// The variables that it knows.
    pub fn variables(self) -> &'static [&'static str] {
        match self {
            TextKind::Invite | TextKind::Switch | TextKind::Remind => OF_DRAFTS,
            TextKind::Subject => OF_SUBJECTS,
            TextKind::Announce | TextKind::RollCall => OF_GROUPS,
        }
    }
}

impl From<DraftKind> for TextKind {
    fn from(kind: DraftKind) -> Self {
        match kind {
            DraftKind::Invite => TextKind::Invite,
            DraftKind::Switch => TextKind::Switch,
            DraftKind::Remind => TextKind::Remind,
        }
    }
}

/// The templates of a language, in the order of [`TextKind::ALL`].
macro_rules! templates {
    ($language:literal) => {
        [
            include_str!(concat!("templates/", $language, "/invite.txt")),
            include_str!(concat!("templates/", $language, "/switch.txt")),
            include_str!(concat!("templates/", $language, "/remind.txt")),
            include_str!(concat!("templates/", $language, "/subject.txt")),
            include_str!(concat!("templates/", $language, "/announce.txt")),
            include_str!(concat!("templates/", $language, "/roll-call.txt")),
        ]
    };
}

/// The templates of all languages, in the order of [`Tongue::ALL`].
const OWN: [[&str; 6]; 7] = [
    templates!("en"),
    templates!("fr"),
    templates!("de"),
    templates!("es"),
    templates!("it"),
    templates!("pt"),
    templates!("nl"),
];

/// A registration token that was made for somebody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Code {
    /// The name of the server at which it is good for one account.
    pub server: String,
    /// The token.
    pub token: String,
}

/// What a draft is made of.
#[derive(Clone, Debug)]
pub(super) struct Ingredients<'a> {
    /// Invite, switch or remind.
    pub kind: DraftKind,
    /// The language to write in.
    pub tongue: Tongue,
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
    /// Whether the receiver is not there yet.
    pub new: bool,
    /// Who of the circle is there already.
    pub company: Company,
    /// What lets the receiver have an account at the user's server, who has none.
    pub code: Option<&'a Code>,
}

impl Ingredients<'_> {
    /// The way into the group that the text speaks of, for whoever is not there yet:
    /// the others are asked into it by themselves.
    fn way(&self) -> Option<&str> {
        self.company.way.as_deref().filter(|_| self.new && self.company.group.is_some())
    }
}

/// What a text for a group is made of.
#[derive(Clone, Debug)]
pub(super) struct GroupIngredients<'a> {
    /// The language to write in.
    pub tongue: Tongue,
    /// The channel to meet on.
    pub channel: Channel,
    /// The group's title.
    pub group: &'a str,
    /// How many are there.
    pub there: usize,
    /// How many are in it.
    pub members: usize,
    /// How many are not there yet.
    pub missing: usize,
    /// The day.
    pub date: jiff::civil::Date,
    /// The way in.
    pub link: Option<&'a str>,
}

/// The templates, ready to be filled.
#[derive(Debug)]
pub struct Texts(Vec<Template>);

impl Texts {
    /// Reads the templates.
    ///
    /// # Errors
    /// A template with a mistake, which is one of transhume.
    pub fn new() -> Result<Texts, Fault> {
        Texts::with(&[])
    }

    /// The same, with some of the user's in the place of transhume's own.
    ///
    /// # Errors
    /// What is wrong with the first that something is wrong with.
    pub fn with(given: &[Given]) -> Result<Texts, Fault> {
        let mut texts = Vec::new();
        for (tongue, own) in Tongue::ALL.into_iter().zip(OWN) {
            for (kind, source) in TextKind::ALL.into_iter().zip(own) {
                let given = given.iter().find(|given| given.tongue == tongue && given.kind == kind);
                texts.push(match given {
                    Some(given) => Template::read(&given.source, Some(given.path.clone()), kind)?,
                    None => Template::read(source, None, kind)?,
                });
            }
        }
        Ok(Texts(texts))
    }

    /// A template. Each has its place.
    fn of(&self, tongue: Tongue, kind: TextKind) -> &Template {
        &self.0[tongue as usize * TextKind::ALL.len() + kind as usize]
    }

    /// Writes a draft, as long as there is room for.
    ///
    /// # Errors
    /// Of a template of the user's: what the engine says, or that the text is too long.
    pub(super) fn write(&self, of: &Ingredients<'_>) -> Result<String, Fault> {
        let template = self.of(of.tongue, of.kind.into());
        let mut text = String::new();
        // A way into a group needs the group's title more than the text needs a reason.
        let (titled, others): (Vec<&[Part]>, Vec<_>) =
            ROOMS.into_iter().partition(|room| of.way().is_none() || room.contains(&Part::Title));
        for room in titled.into_iter().chain(others) {
            text = template.fill(&values(of, room))?;
            if text.chars().count() <= MOST_CHARACTERS {
                return Ok(text);
            }
        }
        template.too_long(text.chars().count())?;
        Ok(text)
    }

    /// Writes the line above an e-mail.
    ///
    /// # Errors
    /// Of a template of the user's: what the engine says.
    pub(super) fn subject(&self, tongue: Tongue, channel: Channel) -> Result<String, Fault> {
        let values = context! { id => channel.id(), channel => channel.title() };
        Ok(self.of(tongue, TextKind::Subject).fill(&values)?.replace(['\r', '\n'], " "))
    }

    /// Writes a text for a group.
    ///
    /// # Errors
    /// Of a template of the user's: what the engine says.
    pub(super) fn for_group(&self, kind: TextKind, of: &GroupIngredients<'_>) -> Result<String, Fault> {
        self.of(of.tongue, kind).fill(&context! {
            id => of.channel.id(),
            channel => of.channel.title(),
            group => of.group,
            there => if of.there >= 2 { of.there } else { 0 },
            members => of.members,
            missing => of.missing,
            date => of.tongue.day(of.date),
            link => of.link.unwrap_or_default(),
        })
    }
}

/// What a draft's template is filled with, as far as there is room.
fn values(of: &Ingredients<'_>, room: &[Part]) -> Value {
    let Company { group, there, names, others, .. } = &of.company;
    let way = of.way().filter(|_| room.contains(&Part::Title));
    let (place, here) = match way {
        Some(way) => ("group", way.to_owned()),
        None => shown(of.channel, of.found),
    };
    // A link leads to the app as well.
    let linked = way.is_some() || matches!(of.found, Found::Link(_));
    let install = of.channel == Channel::Signal && of.new && !linked;
    let named = room.contains(&Part::Names);
    context! {
        name => of.name.as_deref().filter(|_| room.contains(&Part::Name)).unwrap_or_default(),
        formal => of.formal,
        id => of.channel.id(),
        channel => of.channel.title(),
        where => place,
        knows_number => of.knows_number,
        here => here,
        new => of.new,
        install => if install { SIGNAL_INSTALL } else { "" },
        group => group.as_deref().filter(|_| room.contains(&Part::Title)).unwrap_or_default(),
        there => if room.contains(&Part::Count) && *there >= 2 { *there } else { 0 },
        names => match named {
            true if *others > 0 => names.join(", "),
            true => of.tongue.list(names),
            false => String::new(),
        },
        others => if named && !names.is_empty() { *others } else { 0 },
        reason => room.contains(&Part::Reason),
        server => of.code.map(|code| code.server.as_str()).unwrap_or_default(),
        code => of.code.map(|code| code.token.as_str()).unwrap_or_default(),
    }
}

/// What a text can do without.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Name,
    Names,
    Count,
    Title,
    Reason,
}

/// What to keep in a text, tried in that order until it is short enough: how
/// many are there already weighs more than any reason, and a reason more than
/// a group's title.
const ROOMS: [&[Part]; 9] = [
    &[Part::Name, Part::Names, Part::Count, Part::Title, Part::Reason],
    &[Part::Name, Part::Names, Part::Count, Part::Reason],
    &[Part::Name, Part::Names, Part::Count, Part::Title],
    &[Part::Name, Part::Count, Part::Title],
    &[Part::Name, Part::Count, Part::Reason],
    &[Part::Name, Part::Count],
    &[Part::Name, Part::Reason],
    &[Part::Name],
    &[],
];

/// How the user is found, to be shown: a link where there is one, else a name; none
/// where it is by the number.
pub fn here(channel: Channel, found: &Found) -> Option<String> {
    Some(shown(channel, found).1).filter(|here| !here.is_empty())
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
