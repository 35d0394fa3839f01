//! Tables of contacts as Outlook, Thunderbird and people with spreadsheets
//! make them, in every language, encoding and delimiter.

use super::*;
use crate::model::finding::Card;
use crate::model::foreign::Foreign;
use crate::model::identity::{Address, Email};

type Told = Vec<(&'static str, Option<u64>)>;

fn book(bytes: &[u8]) -> (Vec<Card>, Tally, Told) {
    let mut problems = Vec::new();
    let (book, tally) = read(&bytes.to_vec(), &mut problems).unwrap();
    assert_eq!(tally.read, tally.kept + tally.rejected);
    (book.cards, tally, problems.iter().map(|p| (p.code.id(), p.line)).collect())
}

/// Name, numbers, e-mail addresses and chat addresses of a card.
fn parts(card: &Card) -> (String, Vec<String>, Vec<String>, Vec<String>) {
    (
        card.name.as_ref().map(|n| n.raw().to_owned()).unwrap_or_default(),
        card.phones.iter().map(|p| p.text.raw().to_owned()).collect(),
        card.emails.iter().map(|e| e.as_str().to_owned()).collect(),
        card.addresses.iter().map(|a| a.as_str().to_owned()).collect(),
    )
}

const MOBILE: &str = "+33 6 39 98 00 01";
const HOME: &str = "01 99 00 12 34";

/// The columns of each program and language; the cells are name parts,
/// two numbers and an e-mail address.
const DIALECTS: &[(&str, &str)] = &[
    (
        "Outlook, en",
        "\"Title\",\"First Name\",\"Middle Name\",\"Last Name\",\"Suffix\",\"Company\",\"Business Street\",\"Business Fax\",\"Home Phone\",\"Mobile Phone\",\"Other Phone\",\"E-mail Address\",\"E-mail Type\",\"E-mail Display Name\"",
    ),
    (
        "Outlook.com, en",
        "First Name,Middle Name,Last Name,Title,Suffix,Nickname,Given Yomi,Surname Yomi,E-mail Address,E-mail 2 Address,E-mail 3 Address,Home Phone,Home Phone 2,Business Phone,Business Phone 2,Mobile Phone",
    ),
    (
        "Outlook, fr",
        "Titre,Prénom,Deuxième prénom,Nom,Suffixe,Société,Service,Rue (bureau),Télécopie (bureau),Téléphone (domicile),Tél. mobile,Adresse de courrier (de messagerie)",
    ),
    (
        "Outlook, de",
        "Anrede,Vorname,Weitere Vornamen,Nachname,Suffix,Firma,Telefon privat,Mobiltelefon,E-Mail-Adresse",
    ),
    (
        "Outlook, es",
        "Nombre,Segundo nombre,Apellidos,Particular: teléfono,Móvil,Dirección de correo electrónico",
    ),
    ("Outlook, it", "Nome,Secondo nome,Cognome,Abitazione,Cellulare,Indirizzo posta elettronica"),
    ("Outlook, nl", "Voornaam,Middelste naam,Achternaam,Telefoon thuis,Mobiele telefoon,E-mailadres"),
    ("Outlook, pt", "Nome,Segundo Nome,Sobrenome,Telefone residencial,Telefone celular,Endereço de email"),
    (
        "Thunderbird, en",
        "First Name,Last Name,Display Name,Nickname,Primary Email,Secondary Email,Screen Name,Work Phone,Home Phone,Fax Number,Pager Number,Mobile Number,Home Address,Custom 1,Notes",
    ),
    (
        "Thunderbird, en-GB",
        "First Name,Last Name,Primary Email,Home Phone,Mobile Number,Home County,Home Post Code,Organisation",
    ),
    (
        "Thunderbird, de",
        "Vorname,Nachname,Anzeigename,Spitzname,Primäre E-Mail-Adresse,Sekundäre E-Mail-Adresse,Tel. dienstlich,Tel. privat,Fax-Nummer,Pager-Nummer,Mobil-Tel.-Nr.",
    ),
    (
        "Thunderbird, fr",
        "Prénom,Nom de famille,Nom à afficher,Surnom,Adresse électronique principale,Adresse électronique secondaire,Tél. professionnel,Tél. personnel,Fax,Pager,Portable",
    ),
    ("generic, fr, in brackets", "Nom complet,Mobile (perso),Ligne directe,E-mail (perso)"),
    ("generic, en", "Name,Phone,Home Number,Email"),
    ("generic, fr", "Nom et prénom,Portable,Fixe,Courriel"),
    ("generic, de", "Vorname,Name,Handy,Festnetz,E-Mail"),
    ("generic, shouting", "FULL_NAME,PHONE-NUMBER,TELEPHONE,E_MAIL"),
    ("generic, numbered", "Name,Phone1,Phone2,Email1,Email2"),
];

/// What stands in a column of a dialect.
fn cell(header: &str) -> &'static str {
    match header.trim_matches('"') {
        "First Name" | "Prénom" | "Vorname" | "Nombre" | "Voornaam" => "Zoë",
        "Nome" => "Zoë",
        "Last Name" | "Nom de famille" | "Nom" | "Nachname" | "Apellidos" | "Cognome" | "Achternaam"
        | "Sobrenome" => "Quill",
        "Display Name" | "Anzeigename" | "Nom à afficher" | "Nom complet" | "Nom et prénom" | "FULL_NAME" => {
            "Zoë Quill"
        }
        "Title" | "Titre" | "Anrede" => "Dr",
        "Business Fax"
        | "Télécopie (bureau)"
        | "Fax Number"
        | "Pager Number"
        | "Fax"
        | "Pager"
        | "Fax-Nummer"
        | "Pager-Nummer" => "+33 1 99 00 99 99",
        "Mobile Phone" | "Tél. mobile" | "Mobiltelefon" | "Móvil" | "Cellulare" | "Mobiele telefoon"
        | "Telefone celular" | "Mobile Number" | "Portable" | "Handy" | "Phone" | "PHONE-NUMBER"
        | "Phone1" | "Mobil-Tel.-Nr." | "Mobile (perso)" => MOBILE,
        "Home Phone"
        | "Téléphone (domicile)"
        | "Telefon privat"
        | "Particular: teléfono"
        | "Abitazione"
        | "Telefoon thuis"
        | "Telefone residencial"
        | "Home Number"
        | "Fixe"
        | "Festnetz"
        | "TELEPHONE"
        | "Tel. privat"
        | "Tél. personnel"
        | "Ligne directe"
        | "Phone2" => HOME,
        "E-mail Address"
        | "Adresse de courrier (de messagerie)"
        | "E-Mail-Adresse"
        | "Dirección de correo electrónico"
        | "Indirizzo posta elettronica"
        | "E-mailadres"
        | "Endereço de email"
        | "Primary Email"
        | "Email"
        | "Courriel"
        | "E-Mail"
        | "E_MAIL"
        | "Primäre E-Mail-Adresse"
        | "Adresse électronique principale"
        | "E-mail (perso)"
        | "Email1" => "Zoe@example.org",
        "E-mail Display Name" => "Someone else",
        _ => "",
    }
}

/// The name of an encoding, how a text is written in it, and whether the reader
/// says that it had to guess.
type Encoding = (&'static str, fn(&str) -> Vec<u8>, bool);

/// The encodings in which spreadsheets and Outlook write.
const ENCODINGS: [Encoding; 5] = [
    ("ANSI", |text| encoding_rs::WINDOWS_1252.encode(text).0.into_owned(), true),
    ("UTF-8", |text| text.as_bytes().to_vec(), false),
    ("UTF-8 with a mark", |text| format!("\u{feff}{text}").into_bytes(), false),
    ("UTF-16", |text| format!("\u{feff}{text}").encode_utf16().flat_map(u16::to_le_bytes).collect(), false),
    (
        "UTF-16, big end first",
        |text| format!("\u{feff}{text}").encode_utf16().flat_map(u16::to_be_bytes).collect(),
        false,
    ),
];
const SEPARATORS: [&str; 3] = [",", ";", "\t"];

/// Writes one person in a dialect and reads them again.
fn is_read(dialect: &str, header: &str, separator: &str, encoding: &Encoding) {
    let (encoding, encode, is_guessed) = encoding;
    let case = format!("{dialect} in {encoding} with {separator:?}");
    let columns: Vec<&str> = header.split(',').collect();
    let german = columns.contains(&"Vorname") && columns.contains(&"Name");
    let cell = |column: &&str| match *column {
        "Name" if german => "\"Quill\"".to_owned(),
        "Name" => "\"Zoë Quill\"".to_owned(),
        column => format!("\"{}\"", cell(column)),
    };
    let cells: Vec<String> = columns.iter().map(cell).collect();
    let text = format!("{}\r\n{}\r\n", columns.join(separator), cells.join(separator));
    let (cards, tally, problems) = book(&encode(&text));
    assert_eq!(tally.kept, 1, "{case}: {problems:?}");
    let (name, mut phones, emails, _) = parts(&cards[0]);
    phones.sort();
    assert_eq!(name, "Zoë Quill", "{case}");
    assert_eq!(phones, [MOBILE, HOME], "{case}");
    assert_eq!(emails, ["zoe@example.org"], "{case}");
    assert_eq!(problems.len(), usize::from(*is_guessed), "{case}: {problems:?}");
}

#[test]
fn every_dialect_gives_name_numbers_and_address() {
    for (dialect, header) in DIALECTS {
        for separator in SEPARATORS {
            for encoding in &ENCODINGS {
                is_read(dialect, header, separator, encoding);
            }
        }
    }
}

#[test]
fn outlook_is_read_in_each_language_and_encoding_with_each_separator() {
    for language in ["en", "fr", "de", "es", "it", "nl", "pt"] {
        let dialect = format!("Outlook, {language}");
        let (_, header) = DIALECTS.iter().find(|(name, _)| *name == dialect).expect(&dialect);
        for separator in SEPARATORS {
            for encoding in &ENCODINGS {
                is_read(&dialect, header, separator, encoding);
            }
        }
    }
}

#[test]
fn only_a_programs_own_export_is_taken_from_a_folder() {
    let maker = |header: &str| recognise(header.as_bytes());
    for (dialect, header) in &DIALECTS[..2] {
        assert_eq!(maker(header), Some(Maker::Program), "{dialect}");
    }
    let thunderbird = DIALECTS.iter().find(|(dialect, _)| *dialect == "Thunderbird, en").unwrap();
    assert_eq!(maker(thunderbird.1), Some(Maker::Program));
    let wide = format!(
        "Vorname,Nachname,Firma,Mobiltelefon,Telefon privat,E-Mail-Adresse,{}",
        (0..40).map(|n| format!("Spalte{n}x")).collect::<Vec<_>>().join(",")
    );
    assert_eq!(maker(&wide), Some(Maker::Program));
    for header in ["Name,Phone", "First Name,Last Name,Mobile Phone,E-mail Address", "Nom;Portable;Courriel"]
    {
        assert_eq!(maker(header), Some(Maker::Anybody), "{header}");
    }
    for header in [
        "",
        "Name",
        "Date,Amount,Name",
        "Phone,Amount",
        "31/12/2020, 21:41 - Ada: Name, Phone",
        "Dear Ada, my phone, as you know",
        "{\"name\": \"phone\"}",
    ] {
        assert_eq!(maker(header), None, "{header}");
    }
}

#[test]
fn chat_addresses_in_columns_of_their_own_and_in_notes() {
    let text = "Name,Matrix ID,XMPP,Signal,WhatsApp,Web Page,Notes\n\
        Ada,@ada:example.org,ada@example.org,ada.42,+44 7700 900123,https://matrix.to/#/@quill:example.org,\"met in May\nMatrix: @third:example.org\"\n";
    let (cards, _, problems) = book(text.as_bytes());
    assert_eq!(problems, []);
    let chats: Vec<&str> = cards[0].addresses.iter().map(Address::as_str).collect();
    let mut sorted = chats.clone();
    sorted.sort_unstable();
    assert_eq!(
        sorted,
        ["@ada:example.org", "@quill:example.org", "@third:example.org", "ada.42", "ada@example.org"]
    );
    assert_eq!(cards[0].phones[0].waid.as_ref().map(crate::model::Phone::as_str), Some("+447700900123"));
}

#[test]
fn columns_of_numbers_and_addresses_that_nobody_knows_are_told() {
    let text = "Name,Funkgerät,Zweitadresse,Fax,Ref,Geburtstag,Anzeige\n\
        Ada,+33 6 39 98 00 01,a@example.org,01 99 00 12 34,100200300,01/02/1990,Ada\n\
        Bo,06 39 98 00 02,,,100200301,03.04.1991,+33639980003\n\
        Cy,,x,,100200302,,Cy\n"
        .replacen("Name,", "Name,Phone,", 1)
        .replace("Ada,+", "Ada,,+")
        .replace("Bo,", "Bo,+33639980003,")
        .replace("Cy,,", "Cy,,,");
    let mut problems = Vec::new();
    let (book, tally) = read(&text.into_bytes(), &mut problems).unwrap();
    assert_eq!((book.cards.len(), tally.kept), (3, 3));
    let told: Vec<_> =
        problems.iter().map(|p| (p.code, p.quote.as_ref().map(Foreign::raw), p.count, p.line)).collect();
    assert_eq!(
        told,
        [
            (Code::ColumnIgnored, Some("Funkgerät"), Some(2), Some(1)),
            (Code::ColumnIgnored, Some("Zweitadresse"), Some(1), Some(1)),
        ]
    );
}

#[test]
fn excel_announces_its_delimiter() {
    let (cards, _, problems) = book(b"sep=;\r\nName;Phone\r\nAda;+33639980001\r\n");
    assert_eq!((cards.len(), cards[0].line, problems.len()), (1, 3, 0));
}

#[test]
fn c15_ten_thousand_columns_and_a_wrong_delimiter() {
    let header = format!("Name;Phone{}", ";x".repeat(10_000));
    let text = format!("{header}\nAda, the first;+33639980001{}\nBo;1\n", ";".repeat(10_000));
    let (cards, tally, problems) = book(text.as_bytes());
    assert_eq!(cards[0].name.as_ref().map(Foreign::raw), Some("Ada, the first"));
    assert_eq!((tally.kept, problems), (1, vec![("row-ragged", Some(3))]));
    // The columns that can be understood decide, not the commas in them.
    assert_eq!(book("Name|Phone, mobile|Email\nAda|x|a@example.org\n".as_bytes()).0.len(), 1);
}

#[test]
fn c16_rows_that_a_spreadsheet_spoilt_are_rejected() {
    let text = "Nom;Portable;Courriel\nAda;3,36E+10;ada@example.org\nBo;06 39 98 00 02;\nCy;03/12/2024;\nDi;#NOM?;\n";
    let (cards, tally, problems) = book(text.as_bytes());
    assert_eq!(cards.iter().map(|c| parts(c).0).collect::<Vec<_>>(), ["Bo"]);
    assert_eq!(tally, Tally { read: 4, kept: 1, rejected: 3 });
    let damaged = |line| ("number-damaged", Some(line));
    assert_eq!(problems, [damaged(2), damaged(4), damaged(5)]);
}

#[test]
fn guards_against_formulas_are_no_part_of_a_number() {
    let (cards, ..) = book(b"Name,Phone\nAda,'+33639980001\n");
    assert_eq!(parts(&cards[0]).1, ["+33639980001"]);
    assert!(cards[0].emails.iter().map(Email::as_str).next().is_none());
}

proptest::proptest! {
    #[test]
    fn nothing_makes_it_panic(body in proptest::collection::vec(proptest::sample::select(&b"ab\",;\n\r\t@+:0123 \xc3\xa9"[..]), 0..200)) {
        book(&[b"Name,Phone,Email,Notes,Matrix\n", body.as_slice()].concat());
        let _ = recognise(&body);
    }
}
