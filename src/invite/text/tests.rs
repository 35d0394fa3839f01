//! Every text is short, says what it must, and is set like its language.

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
    insta::assert_snapshot!(write(&plain(&found)), @"
    Hi Anne! I’m on Signal now as well and would love to see you there. 3 people from “Running club” are there already. Calls and photos as usual, free, no ads. I’m keeping WhatsApp for now.
    You’ll find me by my number, the one you have. To get it: https://signal.org/install
    ");
    insta::assert_snapshot!(write(&Ingredients { kind: DraftKind::Switch, ..plain(&found) }), @"
    Hi Anne! I saw that you’re on Signal. So am I: shall we carry on there? 3 people from “Running club” are there too. Nothing to install, you have it already. I’m keeping WhatsApp for now.
    You’ll find me by my number, the one you have.
    ");
}

#[test]
fn one_of_each_in_french() {
    let found = Found::Number;
    let tu = Ingredients { language: Language::Fr, ..plain(&found) };
    insta::assert_snapshot!(write(&tu), @"
    Salut Anne ! Je suis aussi sur Signal et j’aimerais t’y retrouver. 3 personnes de « Running club » y sont déjà. Appels et photos comme d’habitude, sans pub. Je garde WhatsApp pour l’instant.
    Tu m’y trouves par mon numéro, celui que tu as. Pour l’installer : https://signal.org/install
    ");
    insta::assert_snapshot!(write(&Ingredients { kind: DraftKind::Switch, ..tu.clone() }), @"
    Salut Anne ! J’ai vu que tu es sur Signal. Moi aussi : on continue là-bas ? 3 personnes de « Running club » y sont aussi. Rien à installer, tu l’as déjà. Je garde WhatsApp pour l’instant.
    Tu m’y trouves par mon numéro, celui que tu as.
    ");
    let vous = Ingredients { formal: true, there: 0, ..tu };
    insta::assert_snapshot!(write(&vous), @"
    Bonjour Anne, je suis aussi sur Signal et j’aimerais vous y retrouver. Ce serait pratique pour « Running club » aussi. Appels et photos comme d’habitude, sans pub. Je garde WhatsApp pour l’instant.
    Vous m’y trouvez par mon numéro, celui que vous avez. Pour l’installer : https://signal.org/install
    ");
    insta::assert_snapshot!(write(&Ingredients { kind: DraftKind::Switch, name: None, ..vous }), @"
    Bonjour, j’ai vu que vous êtes sur Signal. Moi aussi : et si nous continuions là-bas ? Ce serait pratique pour « Running club » aussi. Rien à installer, vous l’avez déjà. Je garde WhatsApp pour l’instant.
    Vous m’y trouvez par mon numéro, celui que vous avez.
    ");
}

#[test]
fn ways_to_be_found() {
    let link = Found::Link(USERNAME_LINK.into());
    insta::assert_snapshot!(write(&plain(&link)), @"
    Hi Anne! I’m on Signal now as well and would love to see you there. 3 people from “Running club” are there already. I’m keeping WhatsApp for now.
    To get it: https://signal.org/install
    And here I am: https://signal.me/#eu/AbCdEfGhIjKlMnOpQrStUvWxYz0123456789-_AbCdEfGhIjKlMnOpQrStUvWxYz
    ");
    let username = Found::Address("ada.42".into());
    insta::assert_snapshot!(write(&plain(&username)), @"
    Hi Anne! I’m on Signal now as well and would love to see you there. 3 people from “Running club” are there already. Calls and photos as usual, free, no ads. I’m keeping WhatsApp for now.
    You’ll find me as ada.42. To get it: https://signal.org/install
    ");
    let id = Found::Address("@ada:example.org".into());
    insta::assert_snapshot!(write(&Ingredients { channel: Channel::Matrix, there: 1, ..plain(&id) }), @"
    Hi Anne! I’m on Matrix now as well and would love to see you there. It would be handy for “Running club” too. It’s free and runs in any browser. I’m keeping WhatsApp for now.
    Here I am: https://matrix.to/#/@ada:example.org
    ");
    let jid = Found::Address("ada@example.org".into());
    let alone = Ingredients { channel: Channel::Xmpp, group: None, there: 0, ..plain(&jid) };
    insta::assert_snapshot!(write(&alone), @"
    Hi Anne! I’m on XMPP now as well and would love to see you there. It’s free and needs no phone number. I’m keeping WhatsApp for now.
    With an app like Conversations or Monal, here I am: xmpp:ada@example.org?roster
    ");
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
        assert!(!text.contains("  ") && !text.contains("\n\n") && !text.contains(['{', '}', '\t']), "{text}");
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
        let folded = format!(" {} ", text.to_lowercase().replace(['’', '\n', ',', '.', '\u{202f}'], " "));
        let has = |words: &[&str]| words.iter().any(|word| folded.contains(&format!(" {word} ")));
        assert!(!has(if of.formal { &["tu", "t", "toi", "salut"] } else { &["vous", "bonjour"] }), "{text}");
        assert!(has(if of.formal { &["bonjour"] } else { &["salut"] }), "{text}");
        assert!(!text.contains('\''), "{text}");
        let chars: Vec<char> = text.chars().collect();
        for pair in chars.windows(3) {
            let ends = pair[2].is_whitespace();
            if matches!(pair[1], '!' | '»') && pair[0] != '#'
                || matches!(pair[1], ':' | '?') && ends
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
        "xmpp:%C3%A9@example.org?roster"
    );
}
