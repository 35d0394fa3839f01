//! Chats whose bytes are the trouble: lines and files without end, other
//! encodings, broken characters, odd line ends, nothing at all, dates that no
//! calendar has. Each test bears the number of its case; two properties hold
//! for whatever bytes there are.

use std::fs;
use std::io::Write;
use std::path::PathBuf;

use proptest::prelude::*;
use proptest::sample::{Index, select};
use transhume::model::finding::{Chat, Writer};
use transhume::read::whatsapp::chat;

use super::hostile::{HEAP, contacts, import, inspect, inspect_within, lines, problem, refused, sound};
use super::support::{Place, codes, names};

const BANNER: &str = "31/12/2020, 21:40 - Messages and calls are end-to-end encrypted. No one outside of this chat, \
                      not even WhatsApp, can read or listen to them. Tap to learn more.";
const SMALL: &str = "31/12/2020, 21:41 - Ada Quill: hi\n31/12/2020, 21:42 - Bo Marsh: déjà là\n";

/// One byte more than a line may have.
const TOO_LONG: u64 = 64 * 1024 * 1024 + 1;

/// A file that ends in a line of so many zeros, which take no room on disk.
fn endless(place: &Place, beginning: &str, zeros: u64) -> PathBuf {
    let path = place.file("chat.txt", beginning);
    let file = fs::OpenOptions::new().append(true).open(&path).unwrap();
    file.set_len(beginning.len() as u64 + zeros).unwrap();
    path
}

#[test]
fn a10_an_endless_line_is_refused_in_little_memory() {
    let place = Place::new();
    let outcome = sound(inspect_within(&place, HEAP, &endless(&place, "x", TOO_LONG))).ends_with(4);
    assert_eq!(codes(&outcome.json()[0]), ["not-recognised"]);
}

#[test]
fn a10_an_endless_line_in_a_chat_is_named_and_the_rest_is_read() {
    let place = Place::new();
    let path = endless(&place, &format!("{SMALL}31/12/2020, 21:43 - Ada Quill: "), TOO_LONG);
    let outcome = sound(inspect_within(&place, HEAP, &path)).ends_with(3);
    let object = outcome.object();
    assert_eq!(names(&object), ["Ada Quill", "Bo Marsh"]);
    let problem = problem(&object, "line-too-long");
    assert_eq!((&problem["line"], &problem["severity"]), (&3.into(), &"error".into()));
}

#[test]
fn a11_memory_does_not_grow_with_the_file() {
    let place = Place::new();
    let path = place.path().join("chat.txt");
    let mut file = std::io::BufWriter::new(fs::File::create(&path).unwrap());
    let mut written = 0;
    // More than the heap that it is read in.
    let most = HEAP * 1024 + 4 * 1024 * 1024;
    while written < most {
        let (day, minute) = (1 + written * 28 / most, written % 60);
        let text = format!("{day:02}/12/2020, 21:{minute:02} - Ada Quill: {}\n", "la ".repeat(60));
        file.write_all(text.as_bytes()).unwrap();
        written += text.len() as u64;
    }
    file.flush().unwrap();
    let object = sound(inspect_within(&place, HEAP, &path)).ends_with(0).object();
    assert!(object["counts"]["messages"].as_u64().unwrap() > 50_000, "{object}");
    // The limit is a real one: the whole file does not fit.
    assert_ne!(inspect_within(&place, 256, &path).code, Some(0));
}

#[test]
fn a12_every_encoding_is_decoded() {
    let text = "31/12/2020, 21:41 - Zoë Réau: « déjà » là-bas\n31/12/2020, 21:42 - Bo Marsh: hé, à bientôt\n";
    let wide = |mark: [u8; 2], order: fn(u16) -> [u8; 2]| {
        mark.into_iter().chain(text.encode_utf16().flat_map(order)).collect::<Vec<u8>>()
    };
    let place = Place::new();
    for (bytes, warned) in [
        (text.as_bytes().to_vec(), false),
        ([b"\xef\xbb\xbf", text.as_bytes()].concat(), false),
        (text.replace('\n', "\n\u{feff}").into_bytes(), false),
        (wide([0xff, 0xfe], u16::to_le_bytes), true),
        (wide([0xfe, 0xff], u16::to_be_bytes), true),
        (encoding_rs::WINDOWS_1252.encode(text).0.into_owned(), true),
    ] {
        let object = inspect(&place, &place.file("chat.txt", &bytes), 0);
        assert_eq!(names(&object), ["Zoë Réau", "Bo Marsh"], "{bytes:?}");
        assert_eq!(codes(&object).contains(&"other-encoding"), warned, "{object}");
    }
}

#[test]
fn a12_what_is_another_encoding_only_further_down_is_decoded() {
    let place = Place::new();
    let western = |text: &str| encoding_rs::WINDOWS_1252.encode(text).0.into_owned();
    let ascii = "31/12/2020, 21:41 - Ada Quill: hi\n".repeat(4000).into_bytes();
    let end = "31/12/2020, 21:42 - Zoë Réau: « déjà » là-bas\n31/12/2020, 21:43 - Ada Quill: à 5 €\n";
    for bytes in [
        [&ascii[..], &western(end)].concat(),
        // A chat in UTF-8, to which one in Windows-1252 was appended, and the other way round.
        [end.as_bytes(), &ascii, &western(end)].concat(),
        [&western(end), end.as_bytes(), end.as_bytes()].concat(),
    ] {
        let object = inspect(&place, &place.file("chat.txt", &bytes), 0);
        let mut found = names(&object);
        found.sort_unstable();
        assert_eq!(found, ["Ada Quill", "Zoë Réau"]);
        assert!(codes(&object).contains(&"other-encoding"), "{object}");
    }
}

#[test]
fn a13_characters_in_halves_are_joined() {
    let place = Place::new();
    let name = b"Zo\xc3\xab \xed\xa0\xbc\xed\xbe\x89";
    let text = [b"31/12/2020, 21:41 - ", &name[..], b": hi\n31/12/2020, 21:42 - Bo: hi\n"].concat();
    let object = inspect(&place, &place.file("chat.txt", &text), 0);
    assert_eq!(names(&object), ["Zoë 🎉", "Bo"]);
    assert_eq!(codes(&object), Vec::<&str>::new());
    // Tiny, and with nothing else that is not ASCII.
    let tiny =
        inspect(&place, &place.file("chat.txt", b"31/12/2020, 21:41 - \xed\xa0\xbc\xed\xbe\x89: hi\n"), 0);
    assert_eq!(names(&tiny), ["🎉"]);
}

/// A name with each kind of damage, in a chat that is else good UTF-8.
fn damaged() -> Vec<u8> {
    let good = "31/12/2020, 21:41 - Zoë Réau: « déjà » là-bas\n".as_bytes();
    let names: [&[u8]; 3] = [b"Ada \xff Quill", b"Cy \xed\xa0\xbd Reed", b"Di\0Marsh"];
    let bad = names.map(|name| [b"31/12/2020, 21:42 - ", name, b": hi\n"].concat()).concat();
    [good, &bad, good].concat()
}

#[test]
fn a13_broken_characters_in_names_are_replaced() {
    let place = Place::new();
    let file = place.file("chat.txt", damaged());
    let object = inspect(&place, &file, 0);
    let found = names(&object);
    assert_eq!(found[..2], ["Zoë Réau", "Ada \u{fffd} Quill"]);
    assert!(found[2].starts_with("Cy \u{fffd}") && found[2].ends_with(" Reed"), "{found:?}");
    assert_eq!(object["counts"]["messages"], 5);
    assert_eq!(found[3], "Di\u{fffd}Marsh");
    // One of 0xff, the three bytes of half a surrogate pair, and the NUL.
    let what = problem(&object, "invalid-utf8")["what"].as_str().unwrap();
    assert!(what.starts_with('5'), "{what}");
    import(&place, &[&file], 0);
    assert_eq!(contacts(&place).len(), 4);
}

#[test]
fn a13_the_first_broken_line_is_named() {
    let place = Place::new();
    let object = inspect(&place, &place.file("chat.txt", damaged()), 0);
    assert_eq!(problem(&object, "invalid-utf8")["line"], 2);
}

#[test]
fn a14_every_line_end_means_the_same() {
    let text = format!("{BANNER}\n{SMALL}a second line\n\n01/01/2021, 09:00 - Ada Quill: x\n");
    let place = Place::new();
    let expected = inspect(&place, &place.file("chat.txt", &text), 0);
    assert_eq!((&expected["counts"]["messages"], &expected["counts"]["blank"]), (&3.into(), &1.into()));
    for end in ["\r", "\r\n", "\r\r\n"] {
        let object = inspect(&place, &place.file("chat.txt", text.replace('\n', end)), 0);
        assert_eq!(object, expected, "{end:?}");
    }
}

#[test]
fn a15_an_empty_file_is_a_warning_and_no_input() {
    let place = Place::new();
    let file = place.file("chat.txt", "");
    let object = inspect(&place, &file, 4);
    assert_eq!(problem(&object, "empty-file")["severity"], "warning");
    refused(&place, &file);
    // Beside a good one it is no more than a warning.
    let good = place.file("good.txt", SMALL);
    import(&place, &[&file, &good], 0);
}

#[test]
fn a15_a_chat_in_which_nobody_wrote_has_no_contacts() {
    let added = "31/12/2020, 21:41 - You created group \"Choir\"";
    for text in [lines(&[BANNER]), lines(&[BANNER, added])] {
        let place = Place::new();
        let file = place.file("WhatsApp Chat with Ada Quill.txt", text);
        let object = inspect(&place, &file, 0);
        assert_eq!((names(&object).len(), &object["counts"]["messages"]), (0, &0.into()));
        assert_eq!(problem(&object, "no-sender")["severity"], "note");
        import(&place, &[&file], 0);
        assert_eq!(contacts(&place), Vec::<serde_json::Value>::new());
    }
}

#[test]
fn a16_a_file_cut_inside_a_character_keeps_what_came_before() {
    let place = Place::new();
    let whole = format!("{SMALL}31/12/2020, 21:43 - Ada Quill: à la fin, é");
    let file = place.file("chat.txt", &whole.as_bytes()[..whole.len() - 1]);
    let object = inspect(&place, &file, 3);
    let cut = problem(&object, "truncated-character");
    assert_eq!((&cut["line"], &cut["severity"]), (&3.into(), &"error".into()));
    assert_eq!((&object["people"][0]["messages"], &object["people"][1]["messages"]), (&2.into(), &1.into()));
    import(&place, &[&file], 3);
    assert_eq!(contacts(&place).len(), 2);
}

#[test]
fn a17_dates_that_no_calendar_has_leave_the_message_without_one() {
    let place = Place::new();
    let impossible = [
        "01/01/0000, 10:00:00",
        "01/01/1970, 00:00:00",
        "07/02/2106, 06:28:15",
        "31/02/2020, 10:00:00",
        "30/12/2020, 24:61:00",
        "30/12/2020, 23:59:60",
    ];
    let mut text = "[31/12/2020, 21:41:00] Ada Quill: hi\n".to_owned();
    text.extend(impossible.iter().map(|stamp| format!("[{stamp}] Bo Marsh: hi\n[{stamp}] Ada Quill: hi\n")));
    let object = inspect(&place, &place.file("chat.txt", text), 0);
    assert_eq!((&object["people"][0]["messages"], &object["people"][1]["messages"]), (&7.into(), &6.into()));
    let dates = |i: usize| (object["people"][i]["first"].clone(), object["people"][i]["last"].clone());
    assert_eq!(dates(0), ("2020-12-31T21:41:00".into(), "2020-12-31T21:41:00".into()));
    assert_eq!(dates(1), (serde_json::Value::Null, serde_json::Value::Null));
    let what = problem(&object, "date-impossible")["what"].as_str().unwrap();
    assert!(what.starts_with("12 "), "{what}");
}

#[test]
fn a17_dates_of_a_calendar_that_cannot_be_told_say_so() {
    let place = Place::new();
    for (one, two) in [
        ("٥/٦/١٤٤٦، ٢١:٤١", "٦/٦/١٤٤٦، ٢١:٤١"),
        ("5/6/5785, 21:41", "6/6/5785, 21:41"),
        ("05.06.46, 21:41", "06.06.46, 21:41"),
    ] {
        let text = format!("{one} - Ada Quill: hi\n{two} - Bo Marsh: hi\n{two} - Ada Quill: so\n");
        let object = inspect(&place, &place.file("chat.txt", text), 0);
        assert_eq!(names(&object), ["Ada Quill", "Bo Marsh"], "{one}");
        assert_eq!(object["people"][0]["first"], serde_json::Value::Null);
        let said = problem(&object, "unknown-calendar");
        assert_eq!((&said["line"], &said["severity"]), (&1.into(), &"warning".into()));
        assert!(said["what"].as_str().unwrap().starts_with("3 "), "{said}");
        assert!(!codes(&object).contains(&"date-impossible"), "{object}");
    }
}

/// Reads a chat without the program around it.
fn read(bytes: &[u8]) -> Option<Chat> {
    let today = jiff::civil::date(2021, 1, 31);
    let options = chat::Options { today, siblings: None, date_order: None };
    chat::read(&bytes.to_vec(), "chat.txt", &options, &mut Vec::new()).unwrap().map(|(chat, _)| chat)
}

fn people(bytes: &[u8]) -> Vec<Writer> {
    read(bytes).map(|chat| chat.people).unwrap_or_default()
}

/// Invisible marks, as they stand in exports.
const MARKS: [char; 12] = [
    '\u{200e}', '\u{200f}', '\u{61c}', '\u{202a}', '\u{202b}', '\u{202c}', '\u{2066}', '\u{2067}',
    '\u{2068}', '\u{2069}', '\u{2060}', '\u{feff}',
];

const AUTHORS: [&str; 4] = ["Ada Quill", "~ Bo Marsh", "+33 6 39 98 01 23", "Ada Quill"];

fn small_chat(headers: &[String]) -> String {
    headers.iter().map(|header| format!("{header}: hi\n")).collect()
}

#[test]
fn a02_a_mark_behind_the_colon_makes_no_notice_of_a_message() {
    let plain = AUTHORS.map(|author| format!("31/12/2020, 21:40 - {author}"));
    let text = small_chat(&plain).replace(": hi", ":\u{200e} hi");
    assert_eq!(people(text.as_bytes()), people(small_chat(&plain).as_bytes()));
}

/// Pieces that chats are made of, and that they should not be made of.
const PIECES: [&[u8]; 24] = [
    b"31/12/2020, 21:41 - ",
    b"[31/12/2020, 21:41:05] ",
    b"12/31/20, 9:41 PM - ",
    b"01/01/2019, 10:00 - ",
    b"99/99/9999, 99:99 - ",
    b"[",
    b"] ",
    b" - ",
    b": ",
    b"Ada Quill",
    b"~ Bo",
    b"+33 6 39 98 01 23",
    b"\n",
    b"\n",
    b"\r\n",
    b"\r",
    b"\0",
    b"\xff",
    b"\xe2\x80\x8e",
    b"\xed\xa0\xbd",
    b" changed to ",
    b"Ada added ",
    b" left",
    b"<Media omitted>",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 192, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a02_marks_anywhere_in_a_header_change_nobody(
        line in 0..4usize,
        marks in proptest::collection::vec((any::<Index>(), select(&MARKS[..])), 1..4),
    ) {
        for shape in ["31/12/2020, 21:4_ - ", "[31/12/2020, 21:4_:05] ", "12/31/20, 9:4_\u{202f}PM - "] {
            let header = |i: usize| format!("{}{}", shape.replace('_', &i.to_string()), AUTHORS[i]);
            let plain = [0, 1, 2, 3].map(header);
            let expected = people(small_chat(&plain).as_bytes());
            prop_assert_eq!(expected.len(), 3);
            let mut marked = plain;
            for (place, mark) in &marks {
                // Before the colon: behind it begins the body, where a mark has a meaning.
                let places: Vec<usize> = marked[line].char_indices().map(|(at, _)| at).collect();
                marked[line].insert(*place.get(&places), *mark);
            }
            let marked = small_chat(&marked);
            prop_assert_eq!(people(marked.as_bytes()), expected, "{:?}", marked);
        }
    }

    #[test]
    fn a13_no_bytes_make_the_reader_panic_or_miscount(
        pieces in proptest::collection::vec(prop_oneof![
            8 => select(&PIECES[..]).prop_map(<[u8]>::to_vec),
            1 => proptest::collection::vec(any::<u8>(), 0..12),
        ], 0..60),
    ) {
        if let Some(chat) = read(&pieces.concat()) {
            let counts = chat.counts;
            let sum = counts.headers + counts.continuations + counts.blank + counts.skipped_lines;
            prop_assert_eq!(counts.lines, sum);
            prop_assert_eq!(counts.headers, counts.messages + counts.notices);
            prop_assert_eq!(counts.messages, chat.people.iter().map(|p| p.messages).sum::<u64>());
        }
    }
}
