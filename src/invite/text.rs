//! The words of a draft: short, warm, and with the one thing that is needed,
//! where the user is found.
//!
//! The texts stand in `templates/<language>/{invite,switch}.txt`. A template
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
//! functions, globals or anything to include. A text that gets too long loses
//! its group's title first, then its group, its reason and its name.

use minijinja::{AutoEscape, Environment, UndefinedBehavior, context};

use crate::model::Channel;
use crate::report::escape::url_component;
use crate::words::Language;

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
        let mut of = of.clone();
        let mut reason = true;
        let mut text = self.render(&of, reason)?;
        for less in [Less::Title, Less::Group, Less::Reason, Less::Name] {
            if text.chars().count() <= MOST_CHARACTERS {
                break;
            }
            match less {
                Less::Title => of.group = None,
                Less::Group => of.there = 0,
                Less::Reason => reason = false,
                Less::Name => of.name = None,
            }
            text = self.render(&of, reason)?;
        }
        Ok(text)
    }

    fn render(&self, of: &Ingredients<'_>, reason: bool) -> Result<String, minijinja::Error> {
        let wanted = self.0.iter().find(|(language, kind, _)| *language == of.language && *kind == of.kind);
        let Some((_, _, environment)) = wanted else {
            return Err(minijinja::ErrorKind::TemplateNotFound.into());
        };
        let (place, here) = shown(of.channel, of.found);
        let install = if of.channel == Channel::Signal { SIGNAL_INSTALL } else { "" };
        let values = context! {
            name => of.name.as_deref().unwrap_or_default(),
            formal => of.formal,
            id => of.channel.id(),
            channel => of.channel.title(),
            where => place,
            knows_number => of.knows_number,
            here => here,
            install => install,
            group => of.group.as_deref().unwrap_or_default(),
            there => if of.there >= 2 { of.there } else { 0 },
            reason => reason,
        };
        Ok(environment.get_template(NAME)?.render(values)?.trim().to_owned())
    }
}

/// What a text can do without, in that order.
#[derive(Clone, Copy)]
enum Less {
    Title,
    Group,
    Reason,
    Name,
}

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
        (Found::Address(jid), Channel::Xmpp) => ("address", format!("xmpp:{}", spelled(jid))),
    }
}

/// Percent-encodes an address, but for what makes its shape.
fn spelled(address: &str) -> String {
    url_component(address).replace("%40", "@").replace("%3A", ":")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::invite::sample::USERNAME_LINK;

    fn plain(found: &Found) -> Ingredients<'_> {
        Ingredients {
            kind: DraftKind::Invite,
            language: Language::En,
            formal: false,
            name: Some("Anne".into()),
            channel: Channel::Signal,
            found,
            knows_number: true,
            group: Some("Running club".into()),
            there: 3,
        }
    }

    fn write(of: &Ingredients<'_>) -> String {
        Texts::new().unwrap().write(of).unwrap()
    }

    #[test]
    fn one_of_each() {
        let found = Found::Number;
        insta::assert_snapshot!(write(&plain(&found)), @"");
        insta::assert_snapshot!(write(&Ingredients { kind: DraftKind::Switch, ..plain(&found) }), @"");
        let french = Ingredients { language: Language::Fr, ..plain(&found) };
        insta::assert_snapshot!(write(&french), @"");
        insta::assert_snapshot!(write(&Ingredients { kind: DraftKind::Switch, ..french.clone() }), @"");
        insta::assert_snapshot!(write(&Ingredients { formal: true, name: None, there: 0, ..french.clone() }), @"");
        let link = Found::Link(USERNAME_LINK.into());
        insta::assert_snapshot!(write(&Ingredients { found: &link, group: None, ..plain(&link) }), @"");
        let id = Found::Address("@ada:example.org".into());
        insta::assert_snapshot!(write(&Ingredients { channel: Channel::Matrix, there: 1, ..plain(&id) }), @"");
        let jid = Found::Address("ada@example.org".into());
        insta::assert_snapshot!(write(&Ingredients { channel: Channel::Xmpp, group: None, there: 0, ..plain(&jid) }), @"");
    }

    /// Every text that can be asked for, with the longest names.
    fn every(mut look: impl FnMut(&Ingredients<'_>, &str)) {
        let texts = Texts::new().unwrap();
        let founds = [
            (Channel::Signal, Found::Number),
            (Channel::Signal, Found::Link(USERNAME_LINK.into())),
            (Channel::Signal, Found::Address("a_username_as_long_as_it_may_be_.12".into())),
            (Channel::Matrix, Found::Address("@somebody.with.a.name:matrix.example.org".into())),
            (Channel::Xmpp, Found::Address("somebody.with.a.name@xmpp.example.org".into())),
        ];
        for (channel, found) in &founds {
            for bits in 0..64 {
                let bit = |at: u32| bits >> at & 1 == 1;
                let of = Ingredients {
                    kind: if bit(0) { DraftKind::Invite } else { DraftKind::Switch },
                    language: if bit(1) { Language::En } else { Language::Fr },
                    formal: bit(2),
                    name: bit(3).then(|| "N".repeat(24)),
                    channel: *channel,
                    found,
                    knows_number: bit(2) != bit(5),
                    group: bit(4).then(|| "G".repeat(32)),
                    there: if bit(5) { 1234 } else { 1 },
                };
                look(&of, &texts.write(&of).unwrap());
            }
        }
    }

    #[test]
    fn every_text_is_short_and_says_what_it_must() {
        every(|of, text| {
            assert!(text.chars().count() <= MOST_CHARACTERS, "{}: {text}", text.chars().count());
            assert!(text.chars().count() > 100, "{text}");
            assert!(
                !text.contains("  ") && !text.contains("\n\n") && !text.contains(['{', '}', '\t']),
                "{text}"
            );
            assert_eq!(text.trim(), text);
            assert!(text.contains(of.channel.title()), "{text}");
            assert!(text.contains("WhatsApp"), "{text}");
            assert!(of.name.is_none() || text.contains("NNN"), "{text}");
            let installs = text.contains(SIGNAL_INSTALL);
            assert_eq!(installs, of.channel == Channel::Signal && of.kind == DraftKind::Invite, "{text}");
            let (_, here) = shown(of.channel, of.found);
            assert!(text.contains(&here), "{text}");
            if *of.found == Found::Number {
                let (en, fr) = (text.contains("the one you have"), text.contains("celui que "));
                assert_eq!(en || fr, of.knows_number, "{text}");
            }
            assert!(!text.contains(" 1 pe"), "{text}");
        });
    }

    #[test]
    fn french_is_set_like_french_and_keeps_to_one_form() {
        every(|of, text| {
            if of.language == Language::En {
                return;
            }
            let folded = format!(" {} ", text.to_lowercase().replace(['’', '\n', ',', '.'], " "));
            let has = |words: &[&str]| words.iter().any(|word| folded.contains(&format!(" {word} ")));
            assert!(
                !has(if of.formal { &["tu", "t", "toi", "salut"] } else { &["vous", "bonjour"] }),
                "{text}"
            );
            assert!(has(if of.formal { &["bonjour"] } else { &["salut"] }), "{text}");
            assert!(!text.contains('\''), "{text}");
            let chars: Vec<char> = text.chars().collect();
            for pair in chars.windows(3) {
                let ends = pair[2].is_whitespace();
                if matches!(pair[1], '!' | '?' | '»') && pair[0] != '#'
                    || pair[1] == ':' && ends
                    || pair[1] == ';'
                {
                    assert_eq!(pair[0], '\u{202f}', "{text}");
                }
            }
        });
    }

    #[test]
    fn d13_braces_in_a_name_stay_braces() {
        let found = Found::Number;
        for name in ["{{env.HOME}}", "{{name}}", "{%raw%}", "{#x"] {
            let of = Ingredients {
                name: Some(name.into()),
                group: Some(format!("{name} {{{{x}}}}")),
                ..plain(&found)
            };
            let text = write(&of);
            assert!(text.starts_with(&format!("Hi {name}! I’m")), "{text}");
            assert!(text.contains(&format!("“{name} {{{{x}}}}”")), "{text}");
        }
    }

    #[test]
    fn d14_templates_can_do_nothing_else() {
        for source in [
            "{% include 'text' %}",
            "{% include '/etc/passwd' %}",
            "{% import 'x' as y %}",
            "{{ unknown }}",
            "{{ env.HOME }}",
            "{{ range(1000000) }}",
            "{{ debug() }}",
            "{{ name|upper }}",
        ] {
            let rendered =
                restricted(source).and_then(|e| e.get_template(NAME)?.render(context! { name => "Anne" }));
            assert!(rendered.is_err(), "{source}");
        }
    }

    #[test]
    fn addresses_are_spelled_for_links() {
        let id = Found::Address("@a/b?c#d:example.org:8448".into());
        assert_eq!(shown(Channel::Matrix, &id).1, "https://matrix.to/#/@a%2Fb%3Fc%23d:example.org:8448");
        assert_eq!(
            shown(Channel::Xmpp, &Found::Address("é@example.org".into())).1,
            "xmpp:%C3%A9@example.org"
        );
    }
}
