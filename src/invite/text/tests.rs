//! Every text is short, says what it must, and is set like its language.

use super::*;
use crate::invite::sample::USERNAME_LINK;
use crate::invite::template::Wrong;
use crate::model::Foreign;

fn plain(found: &Found) -> Ingredients<'_> {
    Ingredients {
        kind: DraftKind::Invite,
        tongue: Tongue::En,
        formal: false,
        name: Some("Anne".into()),
        channel: Channel::Signal,
        found,
        knows_number: true,
        new: true,
        company: Company { group: Some("Running club".into()), there: 3, ..Company::default() },
        code: None,
    }
}

fn company(group: Option<&str>, there: usize) -> Company {
    Company { group: group.map(str::to_owned), there, ..Company::default() }
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
    insta::assert_snapshot!(write(&Ingredients { kind: DraftKind::Switch, new: false, ..plain(&found) }), @"
    Hi Anne! I saw that you’re on Signal. So am I: shall we carry on there? 3 people from “Running club” are there too. Nothing to install, you have it already. I’m keeping WhatsApp for now.
    You’ll find me by my number, the one you have.
    ");
}

#[test]
fn one_of_each_in_french() {
    let found = Found::Number;
    let tu = Ingredients { tongue: Tongue::Fr, ..plain(&found) };
    insta::assert_snapshot!(write(&tu), @"
    Salut Anne ! Je suis aussi sur Signal et j’aimerais t’y retrouver. 3 personnes de « Running club » y sont déjà. Appels et photos comme d’habitude, sans pub. Je garde WhatsApp pour l’instant.
    Tu m’y trouves par mon numéro, celui que tu as. Pour l’installer : https://signal.org/install
    ");
    insta::assert_snapshot!(write(&Ingredients { kind: DraftKind::Switch, new: false, ..tu.clone() }), @"
    Salut Anne ! J’ai vu que tu es sur Signal. Moi aussi : on continue là-bas ? 3 personnes de « Running club » y sont aussi. Rien à installer, tu l’as déjà. Je garde WhatsApp pour l’instant.
    Tu m’y trouves par mon numéro, celui que tu as.
    ");
    let vous = Ingredients { formal: true, company: company(Some("Running club"), 0), ..tu };
    insta::assert_snapshot!(write(&vous), @"
    Bonjour Anne, je suis aussi sur Signal et j’aimerais vous y retrouver. Ce serait pratique pour « Running club » aussi. Appels et photos comme d’habitude, sans pub. Je garde WhatsApp pour l’instant.
    Vous m’y trouvez par mon numéro, celui que vous avez. Pour l’installer : https://signal.org/install
    ");
    insta::assert_snapshot!(write(&Ingredients { kind: DraftKind::Switch, new: false, name: None, ..vous }), @"
    Bonjour, j’ai vu que vous êtes sur Signal. Moi aussi : et si nous continuions là-bas ? Ce serait pratique pour « Running club » aussi. Rien à installer, vous l’avez déjà. Je garde WhatsApp pour l’instant.
    Vous m’y trouvez par mon numéro, celui que vous avez.
    ");
}

#[test]
fn ways_to_be_found() {
    let link = Found::Link(USERNAME_LINK.into());
    insta::assert_snapshot!(write(&plain(&link)), @"
    Hi Anne! I’m on Signal now as well and would love to see you there. 3 people from “Running club” are there already. Calls and photos as usual, free, no ads. I’m keeping WhatsApp for now.
    Here I am: https://signal.me/#eu/AbCdEfGhIjKlMnOpQrStUvWxYz0123456789-_AbCdEfGhIjKlMnOpQrStUvWxYz
    ");
    let username = Found::Address("ada.42".into());
    insta::assert_snapshot!(write(&plain(&username)), @"
    Hi Anne! I’m on Signal now as well and would love to see you there. 3 people from “Running club” are there already. Calls and photos as usual, free, no ads. I’m keeping WhatsApp for now.
    You’ll find me as ada.42. To get it: https://signal.org/install
    ");
    let id = Found::Address("@ada:example.org".into());
    insta::assert_snapshot!(write(&Ingredients { channel: Channel::Matrix, company: company(Some("Running club"), 1), ..plain(&id) }), @"
    Hi Anne! I’m on Matrix now as well and would love to see you there. It would be handy for “Running club” too. It’s free and runs in any browser. I’m keeping WhatsApp for now.
    Here I am: https://matrix.to/#/@ada:example.org
    ");
    let jid = Found::Address("ada@example.org".into());
    let alone = Ingredients { channel: Channel::Xmpp, company: company(None, 0), ..plain(&jid) };
    insta::assert_snapshot!(write(&alone), @"
    Hi Anne! I’m on XMPP now as well and would love to see you there. It’s free and needs no phone number. I’m keeping WhatsApp for now.
    With an app like Conversations or Monal, here I am: xmpp:ada@example.org?roster
    ");
}

/// Every text that can be asked for, with the longest names.
fn every(mut look: impl FnMut(&Ingredients<'_>, &str)) {
    let texts = Texts::new().unwrap();
    let code = Code { server: "matrix.example.org".into(), token: "abcdefghijkm".into() };
    let founds = [
        (Channel::Signal, Found::Number),
        (Channel::Signal, Found::Link(USERNAME_LINK.into())),
        (Channel::Signal, Found::Address("a_username_as_long_as_it_may_be_.12".into())),
        (Channel::Matrix, Found::Address("@somebody.with.a.name:matrix.example.org".into())),
        (Channel::Xmpp, Found::Address("somebody.with.a.name@xmpp.example.org".into())),
    ];
    for (channel, found) in &founds {
        for (tongue, bits) in Tongue::ALL.into_iter().flat_map(|t| (0..384_usize).map(move |bits| (t, bits)))
        {
            let bit = |at: u32| bits >> at & 1 == 1;
            let kind = [DraftKind::Invite, DraftKind::Switch, DraftKind::Remind][bits / 128];
            let names = [&[][..], &["N"], &["N", "O"]][bits % 3];
            let of = Ingredients {
                kind,
                tongue,
                formal: bit(2),
                name: bit(3).then(|| "N".repeat(24)),
                channel: *channel,
                found,
                knows_number: bit(2) != bit(5),
                new: kind != DraftKind::Switch && !bit(1),
                company: Company {
                    group: bit(4).then(|| "G".repeat(32)),
                    there: if bit(5) { 1234 } else { 1 },
                    names: names.iter().map(|name| name.repeat(24)).collect(),
                    others: if bit(6) { 1234 } else { 0 },
                    way: bit(0).then(|| WAY.to_owned()),
                },
                code: (*channel == Channel::Matrix && kind != DraftKind::Switch && !bit(1) && bits % 5 < 3)
                    .then_some(&code),
            };
            look(&of, &texts.write(&of).unwrap());
        }
    }
}

/// A room's link, as long as they get.
const WAY: &str =
    "https://matrix.to/#/!Abcdefghijklmnopqr:matrix.long-name.example.org?via=matrix.long-name.example.org";

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
        let code = of.code.map(|code| code.token.as_str());
        assert_eq!(code, text.contains("abcdefghijkm").then_some("abcdefghijkm"), "{text}");
        let into_group = of.way().is_some() && text.contains(WAY);
        assert_eq!(into_group, text.contains(WAY), "{text}");
        assert!(!into_group || text.contains("GGG"), "{text}");
        let installs = text.contains(SIGNAL_INSTALL);
        let by_link = into_group || matches!(of.found, Found::Link(_));
        assert_eq!(installs, of.channel == Channel::Signal && of.new && !by_link, "{text}");
        let links = ["https://", "xmpp:"].iter().map(|scheme| text.matches(scheme).count());
        assert!(links.sum::<usize>() <= 1, "one link: {text}");
        let (_, here) = shown(of.channel, of.found);
        assert!(into_group || text.contains(&here), "{text}");
        if !into_group && *of.found == Found::Number && matches!(of.tongue, Tongue::En | Tongue::Fr) {
            let (en, fr) = (text.contains("the one you have"), text.contains("celui que "));
            assert_eq!(en || fr, of.knows_number, "{text}");
        }
        assert!(!text.contains(" 1 "), "{text}");
    });
}

#[test]
fn french_is_set_like_french_and_keeps_to_one_form() {
    every(|of, text| {
        if of.tongue != Tongue::Fr {
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
            if matches!(pair[1], '!' | '»') && !matches!(pair[0], '#' | '/')
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
            company: company(Some(&format!("{name} {{{{x}}}}")), 3),
            ..plain(&found)
        };
        let text = write(&of);
        assert!(text.starts_with(&format!("Hi {name}! I’m")), "{text}");
        assert!(text.contains(&format!("“{name} {{{{x}}}}”")), "{text}");
    }
}

/// All that can be said, in every language.
fn letters() -> String {
    let texts = Texts::new().unwrap();
    let mut all = String::new();
    let number = Found::Number;
    let jid = Found::Address("ada@example.org".into());
    let id = Found::Address("@ada:example.org".into());
    let room = "https://matrix.to/#/!room:example.org?via=example.org";
    let code = Code { server: "example.org".into(), token: "k3mpw7xyzq2a".into() };
    for tongue in Tongue::ALL {
        all.push_str(&format!("== {}\n", tongue.id()));
        for formal in [false, true] {
            if formal && tongue == Tongue::En {
                continue;
            }
            let base = Ingredients { tongue, formal, ..plain(&number) };
            let named = Company { names: vec!["Bo".into(), "Cy".into()], others: 5, ..company(None, 7) };
            let one = Company { names: vec!["Bo".into()], ..company(None, 0) };
            for of in [
                base.clone(),
                Ingredients { company: company(None, 4), knows_number: false, ..base.clone() },
                Ingredients { company: named, name: None, ..base.clone() },
                Ingredients { company: one, channel: Channel::Xmpp, found: &jid, ..base.clone() },
                Ingredients {
                    channel: Channel::Matrix,
                    found: &id,
                    company: company(Some("Chor"), 0),
                    ..base.clone()
                },
                Ingredients {
                    channel: Channel::Matrix,
                    found: &id,
                    company: company(Some("Chor"), 4),
                    code: Some(&code),
                    ..base.clone()
                },
                Ingredients {
                    channel: Channel::Matrix,
                    found: &id,
                    company: Company { way: Some(room.into()), ..company(Some("Chor"), 0) },
                    ..base.clone()
                },
                Ingredients {
                    kind: DraftKind::Remind,
                    channel: Channel::Matrix,
                    found: &id,
                    company: Company { way: Some(room.into()), ..company(Some("Chor"), 3) },
                    ..base.clone()
                },
                Ingredients { kind: DraftKind::Switch, new: false, ..base.clone() },
                Ingredients {
                    kind: DraftKind::Switch,
                    new: false,
                    company: company(None, 2),
                    ..base.clone()
                },
                Ingredients { kind: DraftKind::Remind, company: company(Some("Chor"), 0), ..base.clone() },
            ] {
                all.push_str(&texts.write(&of).unwrap());
                all.push_str("\n\n");
            }
        }
        all.push_str(&format!("{}\n\n", texts.subject(tongue, Channel::Signal).unwrap()));
        for (kind, there, link) in [
            (TextKind::Announce, 4, Some("https://signal.group/#CjQKIAbc")),
            (TextKind::Announce, 0, None),
            (TextKind::RollCall, 0, None),
        ] {
            let date = jiff::civil::date(2021, 2, 7);
            let (channel, group) = (Channel::Signal, "Chor");
            let of = GroupIngredients { tongue, channel, group, there, members: 9, missing: 5, date, link };
            all.push_str(&format!("{}\n\n", texts.for_group(kind, &of).unwrap()));
        }
    }
    all
}

#[test]
fn every_language_to_the_letter() {
    insta::assert_snapshot!("letters", letters());
}

#[test]
fn no_language_mixes_its_two_forms() {
    let forms: [(Tongue, &[&str], &[&str]); 6] = [
        (Tongue::Fr, &["tu", "t’", "te"], &["vous"]),
        (Tongue::De, &["du", "dich", "dir"], &["Sie", "Ihnen"]),
        (
            Tongue::Es,
            &["te", "tienes", "encuentras", "verte", "estás", "encontrarías"],
            &["le", "encuentra", "encontrarle", "está", "tiene"],
        ),
        (Tongue::It, &["ti", "trovi", "ritrovarti", "sei", "hai"], &["Lei", "trova", "ritrovarLa", "ha"]),
        (Tongue::Pt, &["tens", "te", "encontras-me", "estás"], &["você"]),
        (Tongue::Nl, &["je"], &["u"]),
    ];
    let words = |text: &str| -> Vec<String> {
        let split = text.replace('’', "’ ").replace(['\n', ',', '.', '!', '?', '¿', ':'], " ");
        split.split_whitespace().map(str::to_owned).collect()
    };
    every(|of, text| {
        let Some((_, familiar, formal)) = forms.iter().find(|(tongue, ..)| *tongue == of.tongue) else {
            return;
        };
        let (wanted, other) = if of.formal { (formal, familiar) } else { (familiar, formal) };
        let said = words(text);
        // In German and Italian the capital makes the difference.
        let has = |list: &[&str]| {
            said.iter().any(|word| list.contains(&word.as_str()) || list.contains(&&*word.to_lowercase()))
        };
        assert!(has(wanted), "{text}");
        assert!(!has(other), "{text}");
    });
}

#[test]
fn a_template_of_the_users_is_taken_and_never_makes_a_long_text() {
    let given = |source: &str| {
        let given = Given {
            path: Foreign::from("mine/en/invite.txt"),
            tongue: Tongue::En,
            kind: TextKind::Invite,
            source: source.to_owned(),
        };
        Texts::with(&[given])
    };
    let found = Found::Number;
    let texts =
        given("Dear {{ name }}, come to {{ channel }}{% if group %} for {{ group }}{% endif %}!").unwrap();
    assert_eq!(texts.write(&plain(&found)).unwrap(), "Dear Anne, come to Signal for Running club!");
    let other = Ingredients { kind: DraftKind::Switch, new: false, ..plain(&found) };
    assert_eq!(texts.write(&other).unwrap(), write(&other), "the others stay");
    let long = given(&format!("{}{{{{ name }}}}", "x".repeat(301))).unwrap();
    let fault = long.write(&plain(&found)).unwrap_err();
    assert_eq!(fault.path, Some(Foreign::from("mine/en/invite.txt")));
    assert_eq!(fault.what, Wrong::TooLong(301));
    let unknown = given("{{ nome }}").unwrap_err();
    assert!(matches!(unknown.what, Wrong::Unknown { .. }));
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
