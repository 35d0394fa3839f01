//! WhatsApp's own words, in the languages that it is used in.
//!
//! A chat export mixes what people wrote with what WhatsApp says: who was
//! added, which number changed, that an image was left out. Those sentences
//! are in the language of the exporter's phone. They are kept as data, one
//! file a language under `languages/`, and recognised here. Wording only
//! *classifies*: that a line is a notice is for its structure to say, since
//! anybody may write *Bob added a new column*.

mod attachment;
mod file;
mod fold;
#[cfg(test)]
mod lines;
mod people;
mod placeholder;
#[cfg(test)]
mod seen;
mod tables;
mod template;
#[cfg(test)]
mod tests;

pub use attachment::attachment_name;
pub use fold::fold;
pub use people::{People, looks_like_number};
pub use placeholder::{Placeholder, placeholder, without_edited_tag};
pub(super) use tables::WORDINGS;

use file::Topic;
use fold::{Folded, composed, is_quote};
use tables::Language;
use template::{Captures, Signs, Slot, Template};

/// Longer texts are no notices, in bytes; even one that names a whole group
/// is shorter.
const LONGEST_NOTICE: usize = 16 * 1024;
/// The longest call notice without a mark, in bytes.
const LONGEST_PLAIN_CALL: usize = 200;
/// The longest beginning of the end-to-end notice, in bytes.
const LONGEST_BEGINNING: usize = 600;

/// What a notice says. Names are as they stand there, without invisible
/// marks. `None` for a person is the exporter, or that the notice does not
/// tell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Notice {
    /// A group was created.
    Created {
        /// Who did it.
        by: Option<String>,
        /// The group's name.
        title: Option<String>,
    },
    /// People were added to the group.
    Added {
        /// Who did it.
        by: Option<String>,
        /// Those added.
        people: People,
    },
    /// The exporter alone was added.
    AddedMe {
        /// Who did it.
        by: Option<String>,
    },
    /// Somebody left.
    Left {
        /// Who.
        who: Option<String>,
    },
    /// People were removed from the group.
    Removed {
        /// Who did it.
        by: Option<String>,
        /// Those removed.
        people: People,
    },
    /// Somebody joined by a link or through a community.
    Joined {
        /// Who.
        who: Option<String>,
    },
    /// The group got another name.
    Subject {
        /// Who did it.
        by: Option<String>,
        /// The new name.
        title: Option<String>,
        /// The name before, where the notice says it.
        before: Option<String>,
    },
    /// Somebody changed their number.
    NumberChange {
        /// Under which name, where it is no number.
        who: Option<String>,
        /// The old number.
        from: Option<String>,
        /// The new number.
        to: Option<String>,
    },
    /// The security code of the chat with somebody changed.
    SecurityCode {
        /// With whom.
        who: Option<String>,
    },
    /// Messages are end-to-end encrypted.
    Encrypted {
        /// Whether it says that this is a group.
        in_group: bool,
    },
    /// New messages disappear after a while, or no longer.
    Timer {
        /// Whether they do.
        on: bool,
    },
    /// The chat can no longer be exported, or can again: advanced chat privacy.
    Privacy {
        /// Whether it is on.
        on: bool,
    },
    /// The other side is a business.
    Business,
    /// A call.
    Call,
    /// Something else that only WhatsApp says.
    Other,
}

/// Recognises a notice, whose author is already taken off. The `hint`ed
/// language is tried first, then all; within these the wording with the most
/// words of its own wins. `known` says whether a name is somebody's, which
/// settles where one name ends and the next begins.
pub fn notice(
    text: &str,
    hint: Option<&str>,
    known: &dyn Fn(&str) -> bool,
) -> Option<(Notice, &'static str)> {
    recognise(text, hint, known, &|_, _| true)
}

/// The same for a whole line, before which no author may have been taken off:
/// what names first somebody with a colon in it, who is not known, is no notice
/// but what an author says about one.
pub fn notice_line(
    line: &str,
    hint: Option<&str>,
    known: &dyn Fn(&str) -> bool,
) -> Option<(Notice, &'static str)> {
    recognise(line, hint, known, &|template, captures| match captures.first() {
        _ if !template.head().is_empty() => true,
        Some(name) => !(name.contains(": ") || name.ends_with(':')) || known(name),
        None => !line.contains(": "),
    })
}

/// Whether a notice names the exporter so, in whatever language.
pub fn is_exporter(name: &str) -> bool {
    WORDINGS.languages.iter().any(|language| language.is_me(name))
}

/// The same for a name in a chat whose language may be known: a word of another
/// one is somebody's name there. All know English.
pub fn is_exporter_in(name: &str, language: Option<&str>) -> bool {
    let fits = |code: &str| language.is_none_or(|language| code == language || code == "en");
    WORDINGS.languages.iter().any(|language| fits(language.code) && language.is_me(name))
}

/// Which fits of a template are believed.
type Accept<'a> = &'a dyn Fn(&Template, &Captures) -> bool;

fn recognise(
    text: &str,
    hint: Option<&str>,
    known: &dyn Fn(&str) -> bool,
    accept: Accept<'_>,
) -> Option<(Notice, &'static str)> {
    if text.len() > LONGEST_NOTICE {
        return None;
    }
    let composed = composed(text);
    let folded = Folded::new(&composed);
    let hinted = hint.and_then(|code| WORDINGS.language(code));
    let called = || {
        let may_be = WORDINGS.may_be_ours(&folded.text);
        let language = may_be.then(|| placeholder::call(text, true)).flatten()?;
        let code = language.or(hinted.map(|h| h.code)).unwrap_or(WORDINGS.languages.first()?.code);
        Some((Notice::Call, code))
    };
    let places = WORDINGS.index.fitting(&Signs::of(&folded));
    let best = |code: Option<&str>| {
        let templates = places.iter().filter_map(|(language, own)| {
            let language = WORDINGS.languages.get(*language)?;
            Some((language, language.templates.get(*own)?))
        });
        best(templates.filter(|(l, _)| code.is_none_or(|code| l.code == code)), &folded, known, accept)
    };
    let hinted_fits = hinted.and_then(|hinted| best(Some(hinted.code)));
    hinted_fits.or_else(|| best(None)).or_else(called)
}

/// Whether a body can be one of WhatsApp's own calls or placeholders, going by
/// its first bytes: cheap enough to ask of every message, and never wrong with
/// a no for those that no invisible mark announces.
pub fn may_be_placeholder(body: &[u8]) -> bool {
    if body.is_empty() || body.len() > LONGEST_PLAIN_CALL {
        return body.is_empty();
    }
    tables::may_begin_call(body)
}

/// The language of an end-to-end notice, by its beginning: the best sign of a
/// chat's language, as nearly every chat begins with one.
pub fn encrypted_language(body: &str) -> Option<&'static str> {
    let end = body.len().min(LONGEST_BEGINNING);
    let folded = fold(&body[..body.floor_char_boundary(end)]);
    let (_, code) = WORDINGS.encrypted.iter().find(|(beginning, _)| folded.starts_with(beginning))?;
    Some(code)
}

/// The most specific wording that fits, of all given; of several the first.
fn best<'w>(
    templates: impl Iterator<Item = (&'w Language, &'w (Topic, Template))>,
    text: &Folded<'_>,
    known: &dyn Fn(&str) -> bool,
    accept: Accept<'_>,
) -> Option<(Notice, &'static str)> {
    let mut best = None;
    let mut most = 0;
    for (language, (topic, template)) in templates {
        if template.weight <= most {
            continue;
        }
        let known = |name: &str| known(name) || language.is_me(name);
        let Some(captures) = template.fit(text, &known).filter(|found| accept(template, found)) else {
            continue;
        };
        let Some(notice) = read(*topic, template, captures, language, &known) else { continue };
        most = template.weight;
        best = Some((notice, language.code));
    }
    best
}

/// Makes a notice of what stood at a template's places.
fn read(
    topic: Topic,
    template: &Template,
    mut captures: Captures,
    language: &Language,
    known: &dyn Fn(&str) -> bool,
) -> Option<Notice> {
    if topic == Topic::NumberChange {
        return number_change(captures, language, known);
    }
    let by = captures.take(Slot::Actor).filter(|name| !language.is_me(name));
    let mut title = || captures.take(Slot::Title).map(|title| unquoted(&title));
    let (title, before) = (title(), title());
    let people = match captures.take(Slot::People) {
        Some(list) => people::split(&list, language, known),
        // "Ada te eliminó": a wording without a place for people is about the exporter.
        None => People { me: !template.has(Slot::People), ..People::default() },
    };
    Some(match topic {
        Topic::Created => Notice::Created { by, title },
        Topic::AddedMe => Notice::AddedMe { by },
        Topic::Added if people.me && people.names.is_empty() && people.others == 0 => Notice::AddedMe { by },
        Topic::Added => Notice::Added { by, people },
        Topic::Left => Notice::Left { who: by },
        Topic::Removed => Notice::Removed { by, people },
        Topic::Joined => Notice::Joined { who: by },
        Topic::Subject => Notice::Subject { by, title, before },
        Topic::SecurityCode => Notice::SecurityCode { who: by },
        Topic::Encrypted => Notice::Encrypted { in_group: false },
        Topic::EncryptedGroup => Notice::Encrypted { in_group: true },
        Topic::TimerOn => Notice::Timer { on: true },
        Topic::TimerOff => Notice::Timer { on: false },
        Topic::PrivacyOn => Notice::Privacy { on: true },
        Topic::PrivacyOff => Notice::Privacy { on: false },
        Topic::Business => Notice::Business,
        Topic::Call => Notice::Call,
        Topic::NumberChange | Topic::Other => Notice::Other,
    })
}

/// A change of number. "{A} changed to {M}" also fits ordinary talk, so either
/// both sides are numbers or the one whom it is about is known.
fn number_change(
    mut captures: Captures,
    language: &Language,
    known: &dyn Fn(&str) -> bool,
) -> Option<Notice> {
    let who = captures.take(Slot::Actor);
    let old = captures.take(Slot::Old);
    let new = captures.take(Slot::New);
    let is_number = |name: &Option<String>| name.as_deref().is_some_and(looks_like_number);
    let from = old.or_else(|| who.clone());
    let sides = new.is_none() || is_number(&new) && is_number(&from);
    if !sides && !who.as_deref().is_some_and(known) {
        return None;
    }
    Some(Notice::NumberChange {
        who: who.filter(|name| !looks_like_number(name) && !language.is_me(name)),
        from: from.filter(|name| looks_like_number(name)),
        to: new.filter(|name| looks_like_number(name)),
    })
}

/// A title without the quotes that some languages' wordings leave to it.
fn unquoted(title: &str) -> String {
    let inside = title.strip_prefix(is_quote).and_then(|rest| rest.strip_suffix(is_quote));
    inside.unwrap_or(title).trim().to_owned()
}
