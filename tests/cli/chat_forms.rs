//! Chats in every form that phones write: each known header, made into a whole
//! export in both newline styles, and whatever else the grammar allows.

use jiff::civil::DateTime;
use proptest::prelude::*;
use proptest::sample::select;
use transhume::model::finding::{Chat, DateOrder, DecidedBy};
use transhume::read::whatsapp::chat;

/// Reads a chat without the program around it.
pub fn read(name: &str, text: &str) -> Option<Chat> {
    let options = chat::Options { today: jiff::civil::date(2025, 1, 31), siblings: None, date_order: None };
    let bytes = text.as_bytes().to_vec();
    chat::read(&bytes, name, &options, &mut Vec::new()).unwrap().map(|(chat, _)| chat)
}

/// Moments on both sides of noon, midnight, and the end of a year.
const MOMENTS: [&str; 8] = [
    "2023-12-27T00:05:07",
    "2023-12-31T09:41:05",
    "2023-12-31T12:00:30",
    "2024-01-01T13:58:02",
    "2024-01-15T21:41:59",
    "2024-02-09T23:59:01",
    "2024-02-28T08:08:08",
    "2024-03-01T10:10:10",
];

/// The words for the halves of the day.
pub type Halves = (&'static str, &'static str);

pub const LATIN: Halves = ("AM", "PM");

/// What a digit looks like.
const DIGITS: [char; 7] = ['0', '٠', '۰', '०', '০', '๐', '၀'];

/// Writes a moment in a form: `{D}` and `{DD}` are the day, `{M}` and `{MM}` the
/// month, `{Mon}` its English name, `{Y}`, `{YY}` and `{B}` the year, short and
/// Buddhist, `{P}` `{PM}` `{PD}` the Persian date, `{H}` and `{h}` hours on
/// clocks of 24 and 12, `{m}` and `{s}`, `{ap}` the half of the day.
pub fn stamp(form: &str, at: DateTime, (am, pm): Halves) -> String {
    const MONTHS: [&str; 12] =
        ["Jan", "Feb", "March", "Apr", "May", "Jun", "Jul", "Aug", "Sept", "Oct", "Nov", "December"];
    let (persian_year, persian_month, persian_day) = persian(at);
    let half = at.hour() % 12;
    let number = |n: i16| n.to_string();
    let pair = |n: i8| format!("{n:02}");
    let parts = [
        ("{D}", number(at.day().into())),
        ("{DD}", pair(at.day())),
        ("{M}", number(at.month().into())),
        ("{MM}", pair(at.month())),
        ("{Mon}", MONTHS[usize::try_from(at.month()).unwrap() - 1].to_owned()),
        ("{Y}", number(at.year())),
        ("{YY}", number(at.year() % 100)),
        ("{B}", number(at.year() + 543)),
        ("{R}", format!("R{}", at.year() - 2018)),
        ("{P}", number(persian_year)),
        ("{PM}", number(persian_month)),
        ("{PD}", number(persian_day)),
        ("{H}", number(at.hour().into())),
        ("{HH}", pair(at.hour())),
        ("{h}", number(if half == 0 { 12 } else { half.into() })),
        ("{hh}", pair(if half == 0 { 12 } else { half })),
        ("{m}", pair(at.minute())),
        ("{s}", pair(at.second())),
        ("{ap}", (if at.hour() < 12 { am } else { pm }).to_owned()),
    ];
    let mut text = form.to_owned();
    for (place, value) in parts {
        text = text.replace(place, &value);
    }
    text
}

/// The Persian date, counted on from one that is known.
fn persian(at: DateTime) -> (i16, i16, i16) {
    // 27 December 2023 was 6 Dey 1402, whose month and the next have 30 days, the
    // last one 29.
    let days = at.date().since(jiff::civil::date(2023, 12, 27)).unwrap().get_days() + 5;
    let (month, day) = match days {
        0..30 => (10, days + 1),
        30..60 => (11, days - 29),
        _ => (12, days - 59),
    };
    (1402, month, i16::try_from(day).unwrap())
}

/// A whole export: each message in its form, one of them in three lines, one a
/// picture whose name carries the date. Between messages stands `end`, within
/// one `inner`.
fn export(form: &str, halves: Halves, digits: char, end: &str, inner: &str) -> String {
    let mut text = String::new();
    for (index, moment) in MOMENTS.iter().enumerate() {
        let at: DateTime = moment.parse().unwrap();
        let mut header = stamp(form, at, halves);
        if digits != '0' {
            let other = |c: char| char::from_u32(digits as u32 + (c as u32 - 48)).unwrap();
            header = header.chars().map(|c| if c.is_ascii_digit() { other(c) } else { c }).collect();
        }
        let author = ["Ada Quill", "Bo Marsh"][index % 2];
        let body = match index {
            2 => format!("first{inner}second: line{inner}3rd line, 10:30"),
            3 => format!("IMG-{}-WA0007.jpg (file attached)", at.strftime("%Y%m%d")),
            _ => "hi".to_owned(),
        };
        text.push_str(&format!("{header}{author}: {body}{end}"));
    }
    text
}

/// Reads an export and holds it against what it was made of.
fn check(form: &str, halves: Halves, digits: char, end: &str, inner: &str) {
    let text = export(form, halves, digits, end, inner);
    let told = format!("{form:?} {halves:?} {digits:?} {end:?} {inner:?}\n{text}");
    let chat = read("chat.txt", &text).unwrap_or_else(|| panic!("not a chat: {told}"));
    let counts = chat.counts;
    assert_eq!((counts.headers, counts.messages, counts.continuations, counts.media), (8, 8, 2, 1), "{told}");
    assert_eq!(counts.lines, counts.headers + counts.continuations + counts.blank, "{told}");
    let names: Vec<&str> = chat.people.iter().map(|p| p.name.raw()).collect();
    assert_eq!(names, ["Ada Quill", "Bo Marsh"], "{told}");
    for (who, ends) in [(0, [0, 6]), (1, [1, 7])] {
        let expected = ends.map(|index: usize| {
            let mut at: DateTime = MOMENTS[index].parse().unwrap();
            if !form.contains("{s}") {
                at = at.with().second(0).build().unwrap();
            }
            Some(at.to_string())
        });
        let person = &chat.people[who];
        let found = [person.first, person.last].map(|at| at.map(|at| at.to_string()));
        assert_eq!(found, expected, "{told}");
    }
}

/// A form in all newline styles that its system knows.
fn check_everywhere(form: &str, halves: Halves) {
    check(form, halves, '0', "\n", "\n");
    check(form, halves, '0', "\r\n", "\r\n");
    if form.contains('[') {
        check(form, halves, '0', "\r\n", "\n");
    }
}

/// The known headers, by their number in the list of those that were seen.
pub const ROWS: &[(u8, &str, Halves)] = &[
    (1, "{DD}/{MM}/{Y}, {HH}:{m} - ", LATIN),
    (2, "{DD}/{MM}/{YY}, {HH}:{m} - ", LATIN),
    (3, "{M}/{D}/{YY}, {h}:{m} {ap} - ", LATIN),
    (4, "{M}/{D}/{YY}, {h}:{m}\u{202f}{ap} - ", LATIN),
    (5, "{DD}/{MM}/{YY}, {h}:{m} {ap} - ", ("am", "pm")),
    (6, "{D}/{M}/{Y} {h}:{m} {ap} - ", ("a.\u{a0}m.", "p.\u{a0}m.")),
    (7, "{D}/{M}/{YY}, {h}:{m}\u{202f}{ap} - ", ("a.\u{202f}m.", "p.\u{202f}m.")),
    (8, "{DD}.{MM}.{YY}, {HH}:{m} - ", LATIN),
    (9, "{DD}.{MM}.{Y}, {HH}:{m} - ", LATIN),
    (10, "{DD}.{MM}.{YY} {HH}:{m} - ", LATIN),
    (11, "{DD}-{MM}-{Y} {HH}:{m} - ", LATIN),
    (12, "{DD}/{MM}/{YY} {HH}:{m} - ", LATIN),
    (12, "{DD}/{MM}/{Y} {HH}:{m} - ", LATIN),
    (13, "{DD}/{MM}/{Y} à {HH}:{m} - ", LATIN),
    (14, "{DD}/{MM}/{Y}, {HH}:{m} - ", LATIN),
    (15, "{Y}-{MM}-{DD}, {h}:{m} {ap} - ", ("a.m.", "p.m.")),
    (16, "{Y}-{MM}-{DD} {HH}:{m} - ", LATIN),
    (17, "{Y}/{MM}/{DD}, {HH}:{m} - ", LATIN),
    (18, "{D}.{M}.{Y} klo {H}.{m} - ", LATIN),
    (19, "[{DD}/{MM}/{Y}, {HH}:{m}:{s}] ", LATIN),
    (20, "[{M}/{D}/{YY}, {h}:{m}:{s} {ap}] ", LATIN),
    (21, "[{M}/{D}/{YY}, {h}:{m}:{s}\u{202f}{ap}] ", LATIN),
    (22, "[{DD}.{MM}.{YY}, {HH}:{m}:{s}] ", LATIN),
    (23, "[{DD}-{MM}-{YY} {HH}:{m}:{s}] ", LATIN),
    (24, "[{M}/{D}/{YY} {HH}:{m}:{s}] ", LATIN),
    (25, "[{M}/{D}/{YY} {HH}.{m}.{s}] ", LATIN),
    (26, "[{HH}:{m}:{s}, {M}/{D}/{YY}] ", LATIN),
    (27, "[\u{200f}{D}\u{200f}/{M}\u{200f}/{Y}، {HH}:{m}:{s}] ", LATIN),
    (28, "[{D}.{M}.{Y} klo {H}.{m}.{s}] ", LATIN),
    (29, "[{Y}/{M}/{D} {H}:{m}:{s}] ", LATIN),
    (30, "[{Y}/{M}/{D} {ap}{h}:{m}:{s}] ", ("上午", "下午")),
    (31, "[{Y}. {M}. {D}. {ap} {h}:{m}:{s}] ", ("오전", "오후")),
    (32, "[{DD}/{MM}/{YY} {h}:{m}:{s} {ap}] ", ("a.m.", "p.m.")),
    (33, "[{Y}/{MM}/{DD}, {HH}:{m}:{s}] ", LATIN),
    (34, "[{Y}-{MM}-{DD}, {h}:{m}:{s} {ap}] ", LATIN),
    (35, "{DD}/{MM}/{Y} {HH}:{m}:{s}: ", LATIN),
    (36, "{Y}-{MM}-{DD}, {h}:{m}:{s} {ap}: ", LATIN),
    (37, "{h}:{m} {ap}, {Mon} {D} - ", LATIN),
    (37, "{h}:{m} {ap}, {MM} {DD} - ", LATIN),
    (38, "Wednesday, {DD} {Mon} {Y}, {HH}:{m} - ", LATIN),
    (38, "{D} {Mon} {Y} {HH}:{m} - ", LATIN),
    (38, "{Mon} {D}, {h}:{m} {ap} - ", LATIN),
    (39, "{D}. {M}. {Y}. {HH}:{m}:{s} ", LATIN),
    (41, "{Y}年{M}月{D}日 {ap}{h}:{m} - ", ("上午", "下午")),
    (42, "\u{200e}[{M}/{D}/{YY}, {HH}:{m}:{s}] ", LATIN),
];

/// Headers that nobody saw yet, of which every part is known.
const UNSEEN: &[(&str, Halves)] = &[
    ("{YY}. {M}. {D}. {ap} {h}:{m} - ", ("오전", "오후")),
    ("[{Y}-{MM}-{DD}, {HH} h {m} min {s} s] ", LATIN),
    ("[{HH}:{m}:{s} {DD}/{MM}/{Y}] ", LATIN),
    ("{D}. {M}. {Y}. u {HH}:{m} - ", LATIN),
    ("{D}.{M}.{YY} г., {H}:{m} ч. - ", LATIN),
    ("[{Y}年{M}月{D}日 {ap}{h}:{m}:{s}] ", ("午前", "午後")),
    ("\u{200e}\u{200e}[\u{2066}{DD}/{MM}/{Y}\u{2069}, \u{2068}{HH}:{m}:{s}\u{2069}] \u{200e}", LATIN),
    ("{DD}/{MM}/{Y}, {HH}:{m} {ap} - ", LATIN),
    ("[{Mon} {D}, {Y} at {h}:{m}:{s}\u{202f}{ap}] ", LATIN),
];

#[test]
fn headers_that_nobody_saw_are_read_by_the_grammar() {
    for (form, halves) in UNSEEN {
        check_everywhere(form, *halves);
    }
}

#[test]
fn every_known_header_is_read_in_both_newline_styles() {
    for (row, form, halves) in ROWS {
        println!("{row}");
        check_everywhere(form, *halves);
    }
    let seen: std::collections::BTreeSet<u8> = ROWS.iter().map(|row| row.0).collect();
    // 40 is another program's.
    assert!((1..=42).filter(|row| *row != 40).all(|row| seen.contains(&row)), "{seen:?}");
    assert!(read("chat.txt", &export("{DD}.{MM}.{Y} - {HH}:{m}:{s}; ", LATIN, '0', "\n", "\n")).is_none());
}

#[test]
fn every_half_of_the_day_every_digit_and_calendar() {
    for halves in [
        ("am", "pm"),
        ("a. m.", "p. m."),
        ("午前", "午後"),
        ("上午", "下午"),
        ("早上", "下午"),
        ("오전", "오후"),
        ("ص", "م"),
        ("π.μ.", "μ.μ."),
        ("SA", "CH"),
        ("ÖÖ", "ÖS"),
        ("पूर्वाह्न", "अपराह्न"),
        ("de.", "du."),
        ("f.m.", "e.m."),
        ("vm.", "nm."),
        ("ap.", "ip."),
        ("PG", "PTG"),
        ("قبل\u{200c}ازظهر", "بعدازظهر"),
        ("ق.ظ.", "ب.ظ."),
        ("дп", "пп"),
        ("dop.", "odp."),
        ("清晨", "晚上"),
        ("凌晨", "中午"),
        ("e paradites", "e pasdites"),
        ("pre podne", "po podne"),
        ("пре подне", "по подне"),
        ("prijepodne", "popodne"),
        ("ಪೂರ್ವಾಹ್ನ", "ಅಪರಾಹ್ನ"),
        ("পূৰ্বাহ্ন", "অপৰাহ্ন"),
        ("පෙ.ව.", "ප.ව."),
        ("قبل دوپہر", "بعد دوپہر"),
    ] {
        check_everywhere("{DD}/{MM}/{Y}, {h}:{m} {ap} - ", halves);
        check_everywhere("[{DD}/{MM}/{Y}, {ap} {h}:{m}:{s}] ", halves);
    }
    for digits in DIGITS {
        check("[{DD}\u{200f}/{MM}\u{200f}/{Y}، {h}:{m}:{s} {ap}] ", ("ص", "م"), digits, "\r\n", "\n");
        check("{DD}/{MM}/{B}, {HH}:{m} - ", LATIN, digits, "\n", "\n");
        check("{PD}/{PM}/{P}، {HH}:{m} - ", LATIN, digits, "\n", "\n");
    }
    check_everywhere("{D}/{M}/{YY} BE, {HH}:{m} - ", LATIN);
    check_everywhere("{M}/{D}/{R} {HH}:{m} - ", LATIN);
    check_everywhere("[{P}/{PM}/{PD}, {HH}:{m}:{s}] ", LATIN);
}

#[test]
fn the_evidence_for_a_date_order_is_named() {
    let order = |form: &str| {
        let chat = read("chat.txt", &export(form, LATIN, '0', "\n", "\n")).unwrap();
        (chat.dates.order, chat.dates.decided_by)
    };
    assert_eq!(order("{Y}/{M}/{D}, {HH}:{m} - "), (DateOrder::Ymd, DecidedBy::YearFirst));
    assert_eq!(order("{M}/{D}/{YY}, {HH}:{m} - "), (DateOrder::Mdy, DecidedBy::DayAbove12));
    assert_eq!(order("{D} {Mon} {Y}, {HH}:{m} - "), (DateOrder::Dmy, DecidedBy::Separators));
}

#[test]
fn a_file_in_three_languages_falls_into_segments() {
    let forms = [
        "[{DD}/{MM}/{Y}, {HH}:{m}:{s}] ",
        "[{M}/{D}/{YY}, {h}:{m}:{s} {ap}] ",
        "{DD}.{MM}.{YY}, {HH}:{m} - ",
    ];
    // The very first language may have lasted for a few messages only.
    for sizes in [[3, 40, 25], [30, 20, 20], [45, 60, 30]] {
        let mut at = jiff::civil::datetime(2023, 1, 13, 8, 0, 0, 0);
        let mut text = String::new();
        for (form, size) in forms.iter().zip(sizes) {
            for index in 0..size {
                at = at.saturating_add(jiff::Span::new().hours(11));
                let author = ["Ada Quill", "Bo Marsh"][index % 2];
                text.push_str(&format!("{}{author}: hi\n", stamp(form, at, LATIN)));
            }
        }
        let chat = read("chat.txt", &text).unwrap();
        let total: u64 = sizes.iter().map(|s| *s as u64).sum();
        assert_eq!((chat.counts.messages, chat.counts.skipped_lines), (total, 0), "{sizes:?}");
        let last = chat.people.iter().filter_map(|p| p.last).max().unwrap();
        assert_eq!(last.to_string(), at.with().second(0).build().unwrap().to_string(), "{sizes:?}");
    }
}

/// Any form that the grammar allows, and the words for its half days.
fn any_form() -> impl Strategy<Value = (String, Halves)> {
    let date = prop_oneof![
        (
            select(
                &[
                    "{DD}_{MM}_{Y}",
                    "{D}_{M}_{Y}",
                    "{DD}_{MM}_{YY}",
                    "{M}_{D}_{YY}",
                    "{MM}_{DD}_{Y}",
                    "{Y}_{MM}_{DD}",
                    "{Y}_{M}_{D}"
                ][..]
            ),
            select(&["/", ".", "-", ". ", "\u{200f}/"][..]),
            select(&["", "."][..])
        )
            .prop_filter_map("only behind dots", |(date, sep, dot)| {
                // Month first is written with a slash alone.
                let fits = (dot.is_empty() || sep.starts_with('.'))
                    && (!date.starts_with("{M") || sep.ends_with('/'));
                fits.then(|| format!("{}{dot}", date.replace('_', sep)))
            }),
        select(
            &[
                "{Y}年{M}月{D}日",
                "{D} {Mon} {Y}",
                "{Mon} {D}, {Y}",
                "Friday, {D} {Mon} {Y}",
                "{D}-{Mon}-{YY}",
                "{D}/{M}/{B}"
            ][..]
        )
        .prop_map(str::to_owned),
    ];
    let halves = select(
        &[
            None,
            Some(("AM", "PM")),
            Some(("a.\u{a0}m.", "p.\u{a0}m.")),
            Some(("오전", "오후")),
            Some(("ص", "م")),
        ][..],
    );
    let time = (
        halves,
        any::<bool>(),
        any::<bool>(),
        select(&[":", "."][..]),
        select(&["", " ", "\u{a0}", "\u{202f}", "\u{2009}"][..]),
    )
        .prop_map(|(halves, before, seconds, sep, gap)| {
            let seconds = if seconds { format!("{sep}{{s}}") } else { String::new() };
            let time = match (halves, before) {
                (None, _) => format!("{{HH}}{sep}{{m}}{seconds}"),
                (Some(_), true) => format!("{{ap}}{gap}{{h}}{sep}{{m}}{seconds}"),
                (Some(_), false) => format!("{{h}}{sep}{{m}}{seconds}{gap}{{ap}}"),
            };
            (time, halves.unwrap_or(LATIN))
        });
    let glue = select(
        &[
            ", ",
            "، ",
            " ",
            ",",
            " à ",
            " klo ",
            " um ",
            " at ",
            ". ",
            "\u{a0}",
            " a las ",
            ", la ",
            " alle ore ",
            " о ",
            " kl. ",
            " saat ",
        ][..],
    );
    let around = select(
        &[("[", "] "), ("\u{200e}[", "] "), ("", " - "), ("", " – "), ("", ": "), ("", "; "), ("", " ")][..],
    );
    (date, time, glue, around, any::<bool>()).prop_filter_map(
        "nobody could tell which is which",
        |(date, (time, halves), glue, (open, close), time_first)| {
            let stamp =
                if time_first { format!("{time}{glue}{date}") } else { format!("{date}{glue}{time}") };
            let alike =
                time_first && time.contains(".{m}.{s}") && date.contains('.') && date.contains("{YY}");
            (!alike).then(|| (format!("{open}{stamp}{close}"), halves))
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_header_the_grammar_allows_is_read((form, halves) in any_form(), crlf in any::<bool>()) {
        let end = if crlf { "\r\n" } else { "\n" };
        check(&form, halves, '0', end, "\n");
    }
}
