//! A whole card of each program that people export their address book from,
//! in the program's own manner.

use super::*;
use crate::model::identity::{Address, Email};

/// Name, numbers in E.164, e-mail addresses and chat addresses of a card.
type Shown<'a> = (&'a str, &'a [&'a str], &'a [&'a str], &'a [&'a str]);

/// Reads a book of one card in which nothing is wrong.
fn is_read(program: &str, lines: &[&str], (name, phones, emails, chats): Shown<'_>) {
    let text = format!("BEGIN:VCARD\r\n{}\r\nEND:VCARD\r\n", lines.join("\r\n"));
    let mut problems = Vec::new();
    let (book, tally) = read(&text.into_bytes(), &mut problems).unwrap();
    assert_eq!((tally.read, tally.kept, problems), (1, 1, Vec::new()), "{program}");
    let card = &book.cards[0];
    assert!(!card.company, "{program}");
    assert_eq!(card.name.as_ref().map(Foreign::raw), Some(name), "{program}");
    let own: Vec<_> = card.phones.iter().map(|number| number.place(None).unwrap()).collect();
    assert_eq!(own.iter().map(Phone::as_str).collect::<Vec<_>>(), phones, "{program}");
    assert_eq!(card.emails.iter().map(Email::as_str).collect::<Vec<_>>(), emails, "{program}");
    assert_eq!(card.addresses.iter().map(Address::as_str).collect::<Vec<_>>(), chats, "{program}");
}

#[test]
fn android() {
    let lines = [
        "VERSION:2.1",
        "N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=51=75=69=6C=6C;=C3=89=6C=6F=64=69=65;;;",
        "FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=C3=89=6C=6F=64=69=65=20=51=\r\n=75=69=6C=6C",
        "TEL;CELL;PREF:+447700900123",
        "TEL;X-Custom(CHARSET=UTF-8,ENCODING=QUOTED-PRINTABLE,=42=75):+33199001234",
        "EMAIL;HOME:elodie@example.org",
        "X-ANDROID-CUSTOM:vnd.android.cursor.item/nickname;Lo;1;;;;;;;;;;;;;",
        "X-JABBER:elodie@example.net",
        "PHOTO;ENCODING=BASE64;JPEG:/9j/4AAQSkZJRgABAQAAAQABAAD\r\n /2wBDAAUDBAQEAwUEBAQFBQUGBww\r\n",
    ];
    let phones = ["+447700900123", "+33199001234"];
    is_read("Android", &lines, ("Élodie Quill", &phones, &["elodie@example.org"], &["elodie@example.net"]));
}

#[test]
fn samsung() {
    let lines = [
        "VERSION:2.1",
        "N;ENCODING=QUOTED-PRINTABLE;CHARSET=UTF-8:=C3=98=72=6E;=53=C3=B8=72=65=6E;;;",
        "FN;ENCODING=QUOTED-PRINTABLE;CHARSET=UTF-8:=53=C3=B8=72=65=6E=20=C3=98=72=6E",
        "TEL;CELL:+447700900123",
        "TEL;WORK;VOICE:+442079460123",
        "X-SAMSUNGADR;ENCODING=QUOTED-PRINTABLE;CHARSET=UTF-8:;;=52=75=65=20=31;;;;",
        "EMAIL;HOME:soren@example.org",
        "NOTE;ENCODING=QUOTED-PRINTABLE;CHARSET=UTF-8:=4D=61=74=72=69=78=3A=20=40=73=6F=72=65=6E=\r\n=3A=65=78=61=6D=70=6C=65=2E=6F=72=67",
    ];
    let phones = ["+447700900123", "+442079460123"];
    is_read("Samsung", &lines, ("Søren Ørn", &phones, &["soren@example.org"], &["@soren:example.org"]));
}

#[test]
fn icloud() {
    let lines = [
        "VERSION:3.0",
        "PRODID:-//Apple Inc.//iCloud Web Address Book 2208B16//EN",
        "N:Quill;Ada;;;",
        "FN:Ada Quill",
        "item1.TEL;type=pref:+33 6 39 98 01 23",
        "item1.X-ABLabel:_$!<Mobile>!$_",
        "TEL;type=HOME;type=VOICE:+33 1 99 00 12 34",
        "item2.EMAIL;type=INTERNET:Ada@Example.org",
        "item2.X-ABLabel:_$!<Other>!$_",
        "IMPP;X-SERVICE-TYPE=Jabber;type=HOME;type=pref:xmpp:ada@example.net",
        "X-SOCIALPROFILE;type=twitter;x-user=ada:http://example.org/ada",
        "item3.URL;type=pref:https\\://matrix.to/#/@ada:example.org",
        "item3.X-ABLabel:_$!<HomePage>!$_",
        "NOTE:met in May\\, at the\r\n  lake\\; with Bo",
        "item4.X-ABRELATEDNAMES;type=pref:Bo",
        "item4.X-ABLabel:_$!<Friend>!$_",
        "PHOTO;ENCODING=b;TYPE=JPEG:/9j/4AAQSkZJRgABAQAAAQABAAD\r\n /2wBDAAUDBAQEAwUEBAQFBQUGBww",
        "REV:2024-05-01T10:00:00Z",
    ];
    let chats = ["ada@example.net", "@ada:example.org"];
    let phones = ["+33639980123", "+33199001234"];
    is_read("iCloud", &lines, ("Ada Quill", &phones, &["ada@example.org"], &chats));
}

#[test]
fn google() {
    let lines = [
        "VERSION:3.0",
        "FN:Ada Quill",
        "N:Quill;Ada;;;",
        "X-PHONETIC-FIRST-NAME:Ada",
        "EMAIL;TYPE=INTERNET;TYPE=HOME:ada@example.org",
        "item1.TEL:+33639980123",
        "item1.X-ABLabel:Signal",
        "TEL;TYPE=CELL:+33639980124",
        "X-JABBER:ada@example.net",
        "CATEGORIES:myContacts,Family",
        "PHOTO:https://example.org/photo.jpg",
    ];
    let phones = ["+33639980123", "+33639980124"];
    is_read("Google", &lines, ("Ada Quill", &phones, &["ada@example.org"], &["ada@example.net"]));
}

#[test]
fn whatsapp() {
    let lines = [
        "VERSION:3.0",
        "N:;Ada;;;",
        "FN:Ada",
        "item1.TEL;waid=447700900123:07700 900123",
        "item1.X-ABLabel:Mobile",
        "X-WA-BIZ-DESCRIPTION:Bread",
    ];
    is_read("WhatsApp", &lines, ("Ada", &["+447700900123"], &[], &[]));
}

#[test]
fn nextcloud() {
    let lines = [
        "VERSION:4.0",
        "PRODID:-//Sabre//Sabre VObject 4.5.4//EN",
        "UID:2f1a7c3e-0000-4000-8000-000000000000",
        "FN:Ada Quill",
        "N:Quill;Ada;;;",
        "TEL;TYPE=\"cell,voice\":+33639980123",
        "EMAIL;TYPE=HOME:ada@example.org",
        "GROUP1.IMPP;TYPE=x-matrix:@ada:example.org",
        "GROUP1.X-ABLABEL:Matrix",
        "GROUP3.IMPP;TYPE=x-skype:ada",
        "GROUP3.X-ABLABEL:Skype",
        "X-SOCIALPROFILE;TYPE=twitter:https://example.org/ada",
        "PHOTO;ENCODING=b;TYPE=image/png:iVBORw0KGgoAAAANSUhEUgAAAAEAAAABC",
        "REV;VALUE=DATE-AND-OR-TIME:20240501T100000Z",
    ];
    let chats = ["@ada:example.org"];
    is_read("Nextcloud", &lines, ("Ada Quill", &["+33639980123"], &["ada@example.org"], &chats));
}

#[test]
fn thunderbird() {
    let lines = [
        "VERSION:4.0",
        "EMAIL;PREF=1:ada@example.org",
        "EMAIL:ada@example.net",
        "FN:Ada Quill",
        "N:Quill;Ada;;;",
        "TEL;TYPE=cell;VALUE=URI:tel:+33-6-39-98-01-23",
        "TEL;TYPE=home;VALUE=TEXT:+33 1 99 00 12 34",
        "IMPP;PREF=1:xmpp:ada@jabber.example.org",
        "IMPP;VALUE=URI:matrix:u/ada:example.org",
        "X-MOZILLA-HTML:FALSE",
        "X-CUSTOM1;VALUE=TEXT:a club",
        "UID:0f5b7c1d-0000-4000-8000-000000000000",
    ];
    let chats = ["ada@jabber.example.org", "@ada:example.org"];
    let phones = ["+33639980123", "+33199001234"];
    is_read("Thunderbird", &lines, ("Ada Quill", &phones, &["ada@example.org", "ada@example.net"], &chats));
}
