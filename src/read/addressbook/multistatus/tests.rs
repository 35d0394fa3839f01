//! Answers as servers give them, and as they should not.

use proptest::prelude::*;

use super::*;

fn answer(inner: &str) -> Vec<u8> {
    format!(
        "<?xml version=\"1.0\"?><d:multistatus xmlns:d=\"DAV:\" xmlns:card=\"{CARDDAV}\">{inner}</d:multistatus>"
    )
    .into_bytes()
}

#[test]
fn what_sabre_tells_of_a_user() {
    let inner = "<d:response><d:href>/remote.php/dav/</d:href><d:propstat><d:prop>\
        <d:current-user-principal><d:href>/remote.php/dav/principals/users/ada/</d:href></d:current-user-principal>\
        <d:resourcetype><d:collection/></d:resourcetype></d:prop><d:status>HTTP/1.1 200 OK</d:status></d:propstat>\
        <d:propstat><d:prop><card:addressbook-home-set/></d:prop><d:status>HTTP/1.1 404 Not Found</d:status></d:propstat></d:response>";
    let found = parse(&answer(inner)).unwrap();
    let [root] = found.as_slice() else { panic!("{found:?}") };
    assert_eq!(root.href, "/remote.php/dav/");
    assert_eq!(root.principal.as_deref(), Some("/remote.php/dav/principals/users/ada/"));
    assert!(root.is_collection && !root.is_address_book && root.homes.is_empty());
}

#[test]
fn what_radicale_tells_of_a_book_and_its_cards() {
    // Without prefixes, and the card in one piece with references in it.
    let text = format!(
        "<multistatus xmlns=\"DAV:\" xmlns:CR=\"{CARDDAV}\"><response><href>/ada/book/</href><propstat><prop>\
         <resourcetype><CR:addressbook /><collection /></resourcetype></prop><status>HTTP/1.1 200 OK</status></propstat></response>\
         <response><href>/ada/book/a%20b.vcf</href><propstat><prop><CR:address-data>BEGIN:VCARD&#13;\nFN:A &amp; B &lt;&#xe9;&gt;\n</CR:address-data>\
         </prop><status>HTTP/1.1 200 OK</status></propstat></response>\
         <response><href>/ada/book/gone.vcf</href><status>HTTP/1.1 404 Not Found</status></response></multistatus>"
    );
    let found = parse(text.as_bytes()).unwrap();
    assert!(found[0].is_address_book && found[0].is_collection);
    assert_eq!(found[1].card.as_deref(), Some("BEGIN:VCARD\r\nFN:A & B <é>\n"));
    assert_eq!((found[1].href.as_str(), found[1].status), ("/ada/book/a%20b.vcf", None));
    assert_eq!((found[2].card.as_deref(), found[2].status), (None, Some(404)));
}

#[test]
fn a_home_can_be_in_several_places_and_a_principal_be_nobody() {
    let inner = "<d:response><d:href>/p</d:href><d:propstat><d:prop><card:addressbook-home-set><d:href>/a/</d:href><d:href>/b/</d:href>\
        </card:addressbook-home-set><d:current-user-principal><d:unauthenticated/></d:current-user-principal></d:prop></d:propstat></d:response>";
    let found = parse(&answer(inner)).unwrap();
    assert_eq!(found[0].homes, ["/a/", "/b/"]);
    assert_eq!(found[0].principal, None);
}

#[test]
fn cdata_and_bytes_that_are_no_utf8_cost_no_book() {
    let mut bytes = answer(
        "<d:response><d:href>/x</d:href><d:propstat><d:prop><card:address-data><![CDATA[FN:<J@r>]]></card:address-data></d:prop></d:propstat></d:response>",
    );
    let at = bytes.iter().position(|b| *b == b'@').unwrap();
    bytes[at] = 0xf6;
    assert_eq!(parse(&bytes).unwrap()[0].card.as_deref(), Some("FN:<J\u{fffd}r>"));
}

#[test]
fn e03_no_entity_is_expanded_and_nothing_else_taken_for_an_answer() {
    let lol = "<!DOCTYPE lolz [<!ENTITY lol \"lol\"><!ENTITY lol2 \"&lol;&lol;\"><!ENTITY x SYSTEM \"file:///etc/passwd\">]>";
    let inner = "<d:response><d:href>&x;</d:href></d:response>";
    for bad in [
        format!(
            "{lol}{}",
            String::from_utf8(answer("<d:response><d:href>/x</d:href></d:response>")).unwrap()
        ),
        String::from_utf8(answer(inner)).unwrap(),
        String::from_utf8(answer(&"<a>".repeat(50))).unwrap(),
        "<multistatus/>".to_owned(),
        "<html><body>Log in</body></html>".to_owned(),
        String::new(),
        "null".to_owned(),
        "{\"a\":1}".to_owned(),
        "<d:multistatus xmlns:d=\"DAV:\"><d:response>".to_owned(),
        "<d:multistatus xmlns:d=\"DAV:\"></d:response>".to_owned(),
    ] {
        assert_eq!(parse(bad.as_bytes()), Err(NotMultistatus), "{bad}");
    }
    assert_eq!(parse(&answer("")), Ok(Vec::new()));
}

proptest! {
    #[test]
    fn e03_no_answer_brings_the_reader_down(bytes in prop::collection::vec(any::<u8>(), 0..200), cut in 0usize..400) {
        let whole = answer("<d:response><d:href>/x</d:href><d:propstat><d:prop><card:address-data>a&amp;&#13;&#0;b</card:address-data></d:prop>\
            <d:status>HTTP/1.1 200 OK</d:status></d:propstat></d:response>");
        let _ = parse(&bytes);
        let cut = cut.min(whole.len());
        let broken: Vec<u8> = whole[..cut].iter().chain(&bytes).copied().collect();
        let _ = parse(&broken);
    }
}
