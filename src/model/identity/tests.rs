//! What is an address in each network, and what is none.

use super::*;

#[test]
fn whatsapps_ids_are_no_email_addresses() {
    for id in [
        "447700900123@s.whatsapp.net",
        "foo@s.whatsapp.net",
        "447700900123@c.us",
        "447700900123-1416595200@g.us",
    ] {
        assert_eq!(Email::parse(id), None, "{id}");
    }
    assert!(Email::parse("ada@c.us").is_some() && Email::parse("ada@whatsapp.net").is_some());
}

#[test]
fn mxids_follow_the_grammar() {
    for good in
        ["@ada:example.org", "@ada:example.org:8448", "@Ada.L=2f+1/x_-:[2001:db8::1]:443", "@a:localhost"]
    {
        assert!(Mxid::parse(good).is_some(), "{good}");
    }
    for bad in [
        "ada:example.org",
        "@ada",
        "@:example.org",
        "@a b:example.org",
        "@a:b\u{1b}]0;",
        "@x:evil\"onclick",
        "@a:exa_mple.org",
        "@a:",
        "@yаnn:example.org",
        "@a:b:99999",
        "@<b>:example.org",
    ] {
        assert_eq!(Mxid::parse(bad), None, "{bad}");
    }
    assert_eq!(Mxid::parse(&format!("@{}:example.org", "a".repeat(250))), None);
    assert_eq!(Mxid::parse("@Ada:Example.ORG").unwrap().as_str(), "@Ada:example.org");
}

#[test]
fn ghosts_are_not_people() {
    assert!(Mxid::parse("@whatsapp_33639980123:example.org").unwrap().is_bridge_ghost());
    assert!(Mxid::parse("@_oftc_ada:example.org").unwrap().is_bridge_ghost());
    assert!(Mxid::parse("@_xmpp_ada=40example.com:example.org").unwrap().is_bridge_ghost());
    assert!(Mxid::parse("@ada:libera.chat").unwrap().is_bridge_ghost());
    assert!(!Mxid::parse("@signalfan:example.org").unwrap().is_bridge_ghost());
}

#[test]
fn b01_a_lid_is_no_number_and_a_number_no_lid() {
    let lid = WhatsappLid::parse("235085806727321:12@lid").unwrap();
    assert_eq!(lid.as_str(), "235085806727321@lid");
    assert!(Phone::parse(lid.as_str(), None).is_err());
    for bad in ["235085806727321", "@lid", "447700900123@s.whatsapp.net", "44 7700@lid", "a1@lid"] {
        assert_eq!(WhatsappLid::parse(bad), None, "{bad}");
    }
}

#[test]
fn c20_e_mail_addresses_are_compared_in_folded_case() {
    let read = |text| Email::parse(text).unwrap().as_str().to_owned();
    assert_eq!(read("Strauß@Example.com"), "strauss@example.com");
    assert_eq!(read("STRAUSS@EXAMPLE.COM"), "strauss@example.com");
    assert_eq!(read("ada@MÜNCHEN.example"), "ada@münchen.example");
    assert_eq!(read("ada@xn--mnchen-3ya.example"), "ada@münchen.example");
    // A tag is a part of the address, and so is every letter.
    assert_eq!(read("Ada+Club@example.org"), "ada+club@example.org");
    assert_ne!(read("ıris@example.org"), read("iris@example.org"));
    assert_ne!(read("İris@example.org"), read("iris@example.org"));
    assert_eq!(read("ΣΟΦΙΑΣ@example.org"), read("σοφιασ@example.org"));
}

#[test]
fn other_addresses() {
    assert_eq!(Email::parse("mailto:Ada@Example.org").unwrap().as_str(), "ada@example.org");
    assert_eq!(Email::parse("MAILTO:Ada@Example.org").unwrap().as_str(), "ada@example.org");
    assert_eq!(Email::parse("ada@localhost"), None);
    assert_eq!(Email::parse("a b@example.org"), None);
    assert_eq!(Jid::parse("Ada@Example.org/phone").unwrap().as_str(), "ada@example.org");
    assert_eq!(Jid::parse("example.org"), None);
    let jid = |text: &str| Jid::parse(text).map(|jid| jid.as_str().to_owned());
    // RFC 7622, 3.5: what is good, and what is not.
    for (text, same) in [
        ("juliet@example.com", "juliet@example.com"),
        ("juliet@example.com/foo bar", "juliet@example.com"),
        ("foo\\20bar@example.com", "foo\\20bar@example.com"),
        ("fußball@example.com", "fußball@example.com"),
        ("Σ@example.com", "σ@example.com"),
        ("π@example.com", "π@example.com"),
        ("ＡＤＡ@example.com", "ada@example.com"),
        ("e\u{301}ric@example.com", "éric@example.com"),
        ("ada@xn--mnchen-3ya.example", "ada@münchen.example"),
        ("ada@MÜNCHEN.example.", "ada@münchen.example"),
    ] {
        assert_eq!(jid(text).as_deref(), Some(same), "{text}");
    }
    for bad in [
        "\"juliet\"@example.com",
        "foo bar@example.com",
        "@example.com",
        "henri♚@example.com",
        "a@b@c",
        "a@",
        "a@b c",
    ] {
        assert_eq!(jid(bad), None, "{bad}");
    }
    assert_eq!(jid(&format!("{}@example.com", "a".repeat(1024))), None);
    assert!(jid(&format!("{}@example.com", "a".repeat(1023))).is_some());
    for (text, gateway) in [
        ("+447700900123@whatsapp.example.org", true),
        ("ada@slidge-signal.example.org", true),
        ("nick%irc.example.net@example.org", true),
        ("ada\\40example.net@msn.example.org", true),
        ("ada@example.org", false),
        ("ada@matrix.org", false),
        ("ada@signal.example", false),
    ] {
        assert_eq!(Jid::parse(text).unwrap().is_gateway(), gateway, "{text}");
    }
    assert_eq!(SignalUsername::parse("Carol.42").unwrap().as_str(), "carol.42");
    assert_eq!(SignalUsername::parse("file.txt"), None);
    let code = "Ab-_".repeat(16);
    let link = SignalLink::parse(&format!("sgnl://signal.me/#eu/{code}")).unwrap();
    assert_eq!((link.as_str(), link.is_group()), (&*format!("https://signal.me/#eu/{code}"), false));
    assert!(SignalLink::parse(&format!("https://signal.group/#Cj{code}")).unwrap().is_group());
    assert_eq!(SignalLink::parse("https://signal.me/#eu/short"), None);
    assert_eq!(SignalLink::parse(&format!("https://signal.me/#eu/{code}\u{202e}")), None);
    assert_eq!(SignalUsername::parse("1st.42"), None);
    assert_eq!(SignalAci::from_bytes(&[0xaa; 16]).unwrap().as_str(), "aaaaaaaa-aaaa-aaaa-aaaa-aaaaaaaaaaaa");
    assert_eq!(SignalAci::from_bytes(&[0; 16]), None);
    let text = "01234567-89ab-4cde-8f01-23456789abcd";
    assert_eq!(SignalAci::parse(&text.to_uppercase()).unwrap().as_str(), text);
    assert_eq!(SignalPni::parse(&format!("PNI:{text}")).unwrap().as_str(), text);
    for bad in ["", "0123456789ab4cde8f0123456789abcd", &text.replace('-', "é"), "PNI:", &text[1..]] {
        assert_eq!(SignalAci::parse(bad), None, "{bad}");
    }
}
