//! What is an address, and whose it is, in what people write.

use super::*;

fn one(text: &str) -> Option<(String, Of)> {
    assert!(worth_a_look(text.as_bytes()).is_some(), "{text}");
    let mut found = find(text);
    assert!(found.len() <= 1, "{text}: {found:?}");
    found.pop().map(|f| (f.address.as_str().to_owned(), f.of))
}

#[test]
fn addresses_in_all_their_forms() {
    for (text, address) in [
        ("https://matrix.to/#/@ada:example.org", "@ada:example.org"),
        ("https://matrix.to/#/%40ada%3Aexample.org?via=x", "@ada:example.org"),
        ("matrix:u/ada:example.org?action=chat", "@ada:example.org"),
        ("voilà : @ada:example.org.", "@ada:example.org"),
        ("(@ada:example.org)", "@ada:example.org"),
        ("xmpp:ada@example.org?roster", "ada@example.org"),
        ("XMPP:ada@example.org", "ada@example.org"),
        ("jabber ada@example.org", "ada@example.org"),
        ("https://conversations.im/i/ada@example.org?omemo", "ada@example.org"),
        ("https://signal.me/#p/+33639980123", "+33639980123"),
        ("sgnl://signal.me/#p/+33639980123", "+33639980123"),
        ("https://app.element.io/#/user/@ada:example.org", "@ada:example.org"),
        (
            "https://signal.group/#CjQKIAbcdefghijklmnopqrstuvwxyz0123456789",
            "https://signal.group/#CjQKIAbcdefghijklmnopqrstuvwxyz0123456789",
        ),
        ("sur Signal : ada.42", "ada.42"),
    ] {
        let found = if text.starts_with("jabber") {
            find(text).pop().map(|f| f.address.as_str().to_owned())
        } else {
            one(text).map(|f| f.0)
        };
        assert_eq!(found.as_deref(), Some(address), "{text}");
    }
}

#[test]
fn what_is_no_address() {
    for text in [
        "what is jabber? just mail me at mum@example.com",
        "ada@example.org",
        "@447700900123 tu viens ?",
        "@Ada: merci",
        "rdv @12:30",
        "https://matrix.to/#/#room:example.org",
        "@whatsapp_33639980123:example.org",
        "signal.me/#eu/abc",
        "xmpp:room@muc.example.org?join",
        "@ada:libera.chat",
    ] {
        assert_eq!(find(text), [], "{text}");
    }
}

#[test]
fn versions_and_sites_are_no_usernames() {
    for text in [
        "signal 7.12 is out",
        "Signal.12 ?",
        "sur Signal.Org",
        "Signal v7.12.3, Android.14 and iOS.17",
        "signal.7.12",
        "je suis sur Signal version.12",
    ] {
        assert_eq!(find(text), [], "{text}");
    }
    assert_eq!(find("mon Signal : signal_fan.12").len(), 1);
}

#[test]
fn whoever_is_to_be_asked_is_not_the_writer() {
    for (text, of) in [
        ("I'm on XMPP, ask peter@example.org", Of::Other),
        ("I'm on XMPP, ask peter: peter@example.org", Of::Other),
        ("je suis sur XMPP, demande à peter@example.org", Of::Other),
        ("ich bin bei XMPP, frag peter@example.org", Of::Other),
        ("I'm on XMPP, greetings from peter@example.org", Of::Open),
        ("I'm on XMPP, ada@example.org", Of::Writer),
        ("I'm on XMPP, my address is ada@example.org", Of::Writer),
        ("I'm on XMPP now, it's ada@example.org", Of::Writer),
        ("estoy en XMPP, soy ada@example.org", Of::Writer),
        ("I'm on XMPP, write me: ada@example.org", Of::Writer),
    ] {
        assert_eq!(one(text).map(|found| found.1), Some(of), "{text}");
    }
}

#[test]
fn emails_are_found_beside_other_addresses() {
    let emails = |text: &str| {
        let found = find_emails(text, &find(text));
        found.into_iter().map(|f| (f.email.as_str().to_owned(), f.of)).collect::<Vec<_>>()
    };
    assert_eq!(emails("mon mail c’est Ada@Example.org."), [("ada@example.org".into(), Of::Writer)]);
    assert_eq!(emails("écris à (ada@example.org) stp"), [("ada@example.org".into(), Of::Open)]);
    assert_eq!(
        emails("Paul est joignable : paul@example.org"),
        [("paul@example.org".into(), Of::Named("Paul".into()))]
    );
    for none in [
        "jabber ada@example.org",
        "xmpp:ada@example.org",
        "@ada:example.org",
        "https://ada@example.org/x",
        "a@b",
    ] {
        assert_eq!(emails(none), [], "{none}");
    }
}

#[test]
fn mentions_are_numbers_and_long_ids_are_not() {
    let mentions = |text: &str| find_mentions(text).iter().map(|p| p.as_str().to_owned()).collect::<Vec<_>>();
    assert_eq!(
        mentions("@33639980123 tu viens ? @\u{2068}447700900123\u{2069}!"),
        ["+33639980123", "+447700900123"]
    );
    for none in
        ["@123456789012345 ?", "ada@33639980123", "@33639980123:example.org", "@1234567", "@33639980123x"]
    {
        assert_eq!(mentions(none), Vec::<String>::new(), "{none}");
    }
}

#[test]
fn only_a_clear_word_makes_it_the_writers_own() {
    for text in [
        "mon Matrix c’est @ada:example.org",
        "My new ID: @ada:example.org",
        "Je suis sur Matrix, @ada:example.org",
        "find me at @ada:example.org",
        "Mein Matrix ist @ada:example.org",
        "ich bin jetzt bei Matrix: @ada:example.org",
    ] {
        assert_eq!(one(text).map(|f| f.1), Some(Of::Writer), "{text}");
    }
    assert_eq!(
        one("Paul est sur Matrix, c'est @paul:example.org").map(|f| f.1),
        Some(Of::Named("Paul".into()))
    );
    assert_eq!(
        one("mon frère Paul Roux est sur Matrix : @paul:example.org").map(|f| f.1),
        Some(Of::Named("Paul Roux".into()))
    );
    assert_eq!(one("https://matrix.to/#/@ada:example.org").map(|f| f.1), Some(Of::Open));
    assert_eq!(one("ma sœur : @ada:example.org").map(|f| f.1), Some(Of::Other));
    for text in [
        "Mein Signal-Benutzername ist max.1234",
        "my new Matrix ID is @ada:example.org",
        "n'hésite pas à écrire sur mon Matrix : @ada:example.org",
        "my wife left. My Matrix is @ada:example.org",
        "I told her my Matrix: @ada:example.org",
        "Mon Matrix :\n@ada:example.org",
        "@ada:example.org, c'est moi",
        "já estou no Matrix: @ada:example.org",
        "estoy en Signal, soy fay_moss.42",
    ] {
        assert_eq!(one(text).map(|f| f.1), Some(Of::Writer), "{text}");
    }
}

#[test]
fn what_is_somebody_elses_or_denied_is_never_the_writers() {
    for text in [
        "my wife's jabber: wife@example.org",
        "my husband's Signal username is hub.10",
        "my son's matrix is @son:example.org",
        "her Signal username is bar.13",
        "my boss is on Signal: boss.44",
        "ma femme est sur Matrix : @wife:example.org",
        "meine Frau ist bei Matrix: @wife:example.org",
        "is your Signal username foo.77?",
        "I'm on Matrix, my wife too: @wife:example.org",
        "He wrote me: my Matrix is @he:example.org",
    ] {
        assert_eq!(one(text).map(|f| f.1), Some(Of::Other), "{text}");
    }
    for text in [
        "my signal username isn't foo.12",
        "my jabber is not nn@example.org",
        "my old jabber was old@example.org",
        "my old jabber was old@example.org, it is dead",
        "ce n'est pas mon Matrix : @ada:example.org",
        "mi jabber no es nn@example.org",
        "mein Matrix war @ada:example.org",
        "I'm on Signal but https://signal.me/#p/+33639980123 isn't me",
    ] {
        assert_eq!(one(text).map(|f| f.1), Some(Of::Denied), "{text}");
    }
    let peter = Of::Named("Peter".into());
    assert_eq!(one("I'm on Matrix, Peter too: @peter:example.org").map(|f| f.1), Some(peter));
    assert_eq!(one("I'm on Matrix. Look: @ada:example.org").map(|f| f.1), Some(Of::Open));
    assert_eq!(find("I'm on XMPP. Ask peter@example.org for help by mail"), []);
}
