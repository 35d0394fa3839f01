//! Whole chats whose reading once went wrong, each as small as it shows.

use super::*;
use crate::model::finding::ChatKind;

fn read_as(name: &str, text: &str, date_order: Option<DateOrder>) -> Option<(Chat, Vec<Problem>)> {
    let options = Options { today: jiff::civil::date(2026, 11, 23), siblings: None, date_order };
    let mut problems = Vec::new();
    let chat = read(&text.as_bytes().to_vec(), name, &options, &mut problems).unwrap();
    chat.map(|(chat, _)| (chat, problems))
}

fn chat(text: &str) -> Chat {
    read_as("chat.txt", text, None).unwrap().0
}

/// Those who wrote, and how much.
fn people(chat: &Chat) -> Vec<(&str, u64)> {
    chat.people.iter().map(|person| (person.name.raw(), person.messages)).collect()
}

#[test]
fn a04_a_language_that_is_taken_up_again_is_read_again() {
    let first = "14/05/2023, 10:00 - Ada: x\n14/05/2023, 10:01 - Bo: x\n".repeat(10);
    let other = "15.05.23, 10:00 - Ada: x\n15.05.23, 10:01 - Bo: x\n".repeat(10);
    let again = first.replace("14/", "16/");
    let read = chat(&format!("{first}{other}{again}"));
    assert_eq!((read.counts.messages, read.counts.continuations), (60, 0));
    assert_eq!(people(&read), [("Ada", 30), ("Bo", 30)]);
}

#[test]
fn a07_a_title_with_a_colon_is_nobody_on_ios() {
    let text = "[28/12/2023, 10:00:00] Trip: Rome: \u{200e}Messages and calls are end-to-end encrypted. No one outside of this chat, not even WhatsApp, can read or listen to them.\r\n\
        [28/12/2023, 10:00:01] Ada: \u{200e}Ada created group “Trip: Rome”\r\n\
        [28/12/2023, 10:00:02] Trip: Rome: \u{200e}Ada added you\r\n\
        [28/12/2023, 10:00:03] Ada: hello\r\n[28/12/2023, 10:00:04] Bo: hi\r\n";
    let read = chat(text);
    assert_eq!(people(&read), [("Ada", 1), ("Bo", 1)]);
    assert_eq!((read.title.unwrap().raw(), read.kind), ("Trip: Rome", ChatKind::Group));
    // One line of it is enough, whatever the file is called.
    let one = text.lines().filter(|line| !line.contains("encrypted")).collect::<Vec<_>>().join("\r\n");
    let (read, _) = read_as("WhatsApp Chat - Trip_ Rome.zip", &one, None).unwrap();
    assert_eq!(people(&read), [("Ada", 1), ("Bo", 1)]);
    // A caption that ends with a colon is no name.
    let caption =
        "[28/12/2023, 10:00:00] Ada: hi\r\n[28/12/2023, 10:00:01] Bo: see: \u{200e}image omitted\r\n";
    assert_eq!(people(&chat(caption)), [("Ada", 1), ("Bo", 1)]);
}

#[test]
fn a05_a_word_behind_the_time_is_in_nobodys_name() {
    for word in [
        "ч.",
        "Uhr",
        "น.",
        "hs",
        "TK",
        "TO",
        "r.n.",
        "i.n.",
        "priekšp.",
        "pēcp.",
        "priešpiet",
        "popiet",
        "dop.",
        "pop.",
        "முற்பகல்",
        "பிற்பகல்",
    ] {
        let text = format!("31.12.2023, 9:41 {word} - Ada: hi\n31.12.2023, 9:42 {word} - Bo: hi\n");
        assert_eq!(people(&chat(&text)), [("Ada", 1), ("Bo", 1)], "{word}");
    }
    assert_eq!(
        people(&chat("31.12.2023 г., 21:41 ч. - Bo: a\n31.12.2023 г., 21:42 ч. - Ada: b\n")),
        [("Bo", 1), ("Ada", 1)]
    );
    // What is not known is refused: it is no part of a name.
    assert!(
        read_as("chat.txt", "31/12/2023, 21:41 zrk - Bo: a\n31/12/2023, 21:42 zrk - Ada: a\n", None)
            .is_none()
    );
    // Before and after noon are told apart.
    let read = chat("31.12.2023, 9:41 dop. - Ada: hi\n31.12.2023, 9:42 pop. - Bo: hi\n");
    assert_eq!(read.people[1].first.unwrap().to_string(), "2023-12-31T21:42:00");
}

#[test]
fn you_are_none_of_the_people() {
    for (you, word) in [("You", "hi"), ("Vous", "salut")] {
        let read = chat(&format!("31/12/2023, 21:41 - {you}: {word}\n31/12/2023, 21:42 - Ada: {word}\n"));
        assert_eq!(people(&read), [("Ada", 1)], "{you}");
        assert_eq!(read.counts.messages, 2);
    }
    // Whoever is called like a word of another language is somebody.
    let encrypted = "Messages and calls are end-to-end encrypted. No one outside of this chat, not even WhatsApp, can read or listen to them.";
    let read = chat(&format!(
        "31/12/2023, 21:40 - {encrypted}\n31/12/2023, 21:41 - Du: hi\n31/12/2023, 21:42 - Ada: hi\n"
    ));
    assert_eq!(people(&read), [("Du", 1), ("Ada", 1)]);
}

#[test]
fn a02_a_title_without_marks_is_nobody_on_ios() {
    let stamp = |second: u8, rest: &str| format!("[28/12/2023, 10:00:0{second}] {rest}\r\n");
    let encrypted = "Messages and calls are end-to-end encrypted. No one outside of this chat, not even WhatsApp, can read or listen to them.";
    let talk = stamp(4, "Ada: hello") + &*stamp(5, "Bo: hi");
    for said in [
        vec![encrypted, "Ada added you", "You're now an admin"],
        vec!["Ada added you", "You're now an admin"],
    ] {
        let lines: String = said.iter().map(|body| stamp(1, &format!("Rome: {body}"))).collect();
        let read = chat(&(lines + &*talk));
        assert_eq!(people(&read), [("Ada", 1), ("Bo", 1)], "{said:?}");
        assert_eq!((read.counts.notices, read.title.unwrap().raw()), (said.len() as u64, "Rome"), "{said:?}");
        assert_eq!(read.kind, ChatKind::Group, "{said:?}");
    }
    // Somebody who only once says such a thing is somebody.
    let read = chat(&(stamp(1, "Cy: Mum left") + &*talk));
    assert_eq!(people(&read), [("Cy", 1), ("Ada", 1), ("Bo", 1)]);
}

#[test]
fn a03_a_short_year_that_stands_first_is_read() {
    let months = |read: &Chat| read.people.iter().map(|p| p.first.unwrap().to_string()).collect::<Vec<_>>();
    let text = "23/12/30, 10:00 - Ada: a\n23/12/31, 10:00 - Bo: a\n";
    for said in [None, Some(DateOrder::Ymd)] {
        let (read, _) = read_as("chat.txt", text, said).unwrap();
        assert_eq!(months(&read), ["2023-12-30T10:00:00", "2023-12-31T10:00:00"], "{said:?}");
        assert_eq!(read.dates.order, DateOrder::Ymd);
    }
    // Where the numbers allow both, the user's word counts.
    let both = "23/12/11, 10:00 - Ada: a\n23/12/12, 10:00 - Bo: a\n";
    assert_eq!(months(&read_as("chat.txt", both, Some(DateOrder::Ymd)).unwrap().0)[0], "2023-12-11T10:00:00");
    assert_eq!(months(&chat(both))[0], "2011-12-23T10:00:00");
    // But never against them.
    let day_first = "23/12/23, 10:00 - Ada: a\n5/1/24, 10:00 - Bo: a\n";
    assert_eq!(
        months(&read_as("chat.txt", day_first, Some(DateOrder::Ymd)).unwrap().0)[0],
        "2023-12-23T10:00:00"
    );
    let ios: String = (1..=12u8)
        .flat_map(|month| (1..=28u8).map(move |day| (month, day)))
        .map(|(month, day)| {
            format!("[24/{month:02}/{day:02} 10:00:00] {}: a\r\n", ["Ada", "Bo"][usize::from(day % 2)])
        })
        .collect();
    let read = chat(&ios);
    assert_eq!((read.counts.messages, read.dates.order), (336, DateOrder::Ymd));
}

#[test]
fn a05_a_dot_behind_any_date_is_read() {
    for stamp in [
        "28/12/2023., 09:0{} - ",
        "28-12-2023., 09:0{} - ",
        "28/12/23., 9:0{} AM - ",
        "09:0{}, 28/12/2023. - ",
        "[28/12/2023., 09:05:0{}] ",
        "[09:05:0{}, 28/12/2023.] ",
    ] {
        let line = |digit: &str, rest: &str| stamp.replace("{}", digit) + rest;
        let read = read_as("chat.txt", &format!("{}\n{}\n", line("5", "Ada: hi"), line("6", "Bo: hi")), None);
        let (read, _) = read.unwrap_or_else(|| panic!("{stamp}"));
        assert_eq!(people(&read), [("Ada", 1), ("Bo", 1)], "{stamp}");
        assert!(
            read.people.iter().all(|p| p.first.unwrap().to_string().starts_with("2023-12-28T09:05")
                || p.first.unwrap().to_string().starts_with("2023-12-28T09:06")),
            "{stamp}"
        );
    }
}

#[test]
fn a17_an_impossible_time_hides_nobody() {
    for odd in ["23:59:60", "24:61:00"] {
        let text = format!(
            "[30/06/2015, 23:59:58] Ada: a\r\n[30/06/2015, {odd}] Bo: b\r\n[01/07/2015, 00:00:01] Ada: c\r\n"
        );
        let (read, problems) = read_as("chat.txt", &text, None).unwrap();
        assert_eq!(people(&read), [("Ada", 2), ("Bo", 1)], "{odd}");
        assert_eq!(read.people[1].first, None);
        assert!(problems.iter().any(|p| p.code == Code::DateImpossible), "{problems:?}");
    }
}

#[test]
fn a13_a_nul_in_a_name_is_replaced_and_told_of() {
    let text =
        "31/12/2023, 21:41 - Ada Quill: a\n31/12/2023, 21:42 - Ada\0 Quill: b\n31/12/2023, 21:43 - Bo: c\n";
    let (read, problems) = read_as("chat.txt", text, None).unwrap();
    assert_eq!(people(&read)[1], ("Ada\u{fffd} Quill", 1));
    let told = problems.iter().find(|p| p.code == Code::InvalidUtf8);
    assert_eq!(told.and_then(|p| p.line), Some(2), "{problems:?}");
}

#[test]
fn a02_who_writes_behind_marks_alone_is_somebody() {
    for (mark, word) in [('\u{200f}', "שלום"), ('\u{200f}', "مرحبا")] {
        let text = format!(
            "[28/12/2023, 10:00:00] Ada: hi\r\n[28/12/2023, 10:00:01] Bo: {mark}{word}\r\n\
             [28/12/2023, 10:00:02] Ada: y\r\n[28/12/2023, 10:00:03] Cy: x\r\n[28/12/2023, 10:00:04] Bo: {mark}{word}\r\n"
        );
        let read = chat(&text);
        assert_eq!(people(&read), [("Ada", 2), ("Bo", 2), ("Cy", 1)], "{mark:?} {word}");
        assert_eq!(read.title, None);
    }
}

#[test]
fn the_order_of_dates_with_named_months_is_told_as_it_stands() {
    for (stamp, order) in [
        ("Dec 31, 2023, 9:4{} PM", DateOrder::Mdy),
        ("31 Dec 2023, 9:4{} PM", DateOrder::Dmy),
        ("2023. dec. 31., 9:4{} PM", DateOrder::Ymd),
    ] {
        let line = |digit: &str, name: &str| format!("{} - {name}: a\n", stamp.replace("{}", digit));
        let read = chat(&(line("1", "Ada") + &*line("2", "Bo")));
        assert_eq!(
            read.dates,
            crate::model::finding::Dates { order, decided_by: DecidedBy::Separators },
            "{stamp}"
        );
        assert_eq!(read.people[0].first.unwrap().to_string(), "2023-12-31T21:41:00", "{stamp}");
    }
}

#[test]
fn documents_and_old_cards_are_media_without_a_mark_before_the_line() {
    let document = "Report.pdf • \u{200e}2 pages \u{200e}document omitted";
    for body in [document, "vCard attached: X.vcf"] {
        let read = chat(&format!("[28/12/2023, 10:00:00] Ada: hi\r\n[28/12/2023, 10:00:01] Cy: {body}\r\n"));
        assert_eq!((read.counts.media, read.people[1].messages), (1, 1), "{body}");
    }
}

#[test]
fn a_title_whose_spaces_became_lines_is_a_persons_name() {
    let text = "2023/12/30 10:00 - Ada Quill: a\n2023/12/31 10:00 - Bo: b\n";
    let (read, _) = read_as("Ada_QuillとのWhatsAppチャット.txt", text, None).unwrap();
    assert_eq!((read.title.unwrap().raw(), read.kind), ("Ada Quill", ChatKind::Direct));
    // What has a line in its own name keeps it.
    let (read, _) = read_as("Mum_s clubとのWhatsAppチャット.txt", text, None).unwrap();
    assert_eq!(read.title.unwrap().raw(), "Mum_s club");
}

/// A group of four in which `late` of the messages come a minute late, and then
/// what somebody new writes, who comes a minute late as well.
fn group_with_late_messages(late: usize, new: &str) -> Chat {
    let mut text = String::new();
    for index in 0..40 {
        let minute = index + 5 - if index % 6 == 5 && index / 6 < late { 2 } else { 0 };
        let author = ["Ada", "Bo", "~ Cy", "+44 7700 900101"][index % 4];
        text.push_str(&format!("31/12/2023, 10:{minute:02} - {author}: so it is\n"));
    }
    text.push_str(new);
    text.push_str("31/12/2023, 11:00 - Ada: indeed\n31/12/2023, 11:01 - Bo: yes\n");
    chat(&text)
}

#[test]
fn a06_somebody_new_may_be_late_where_others_are() {
    let suspects = |chat: &Chat| {
        chat.people.iter().filter(|p| p.suspect).map(|p| p.name.raw().to_owned()).collect::<Vec<_>>()
    };
    let new = "31/12/2023, 10:43 - Di: hello all\n";
    let usual = group_with_late_messages(3, new);
    assert_eq!((usual.people.len(), usual.counts.messages), (5, 43));
    assert_eq!(suspects(&usual), [""; 0]);
    assert!(usual.members.iter().any(|member| member.name.raw() == "Di"));
    // Where nobody else is, or not by so much, it may have been pasted.
    for chat in [group_with_late_messages(2, new), group_with_late_messages(3, &new.replace("43", "41"))] {
        assert_eq!(suspects(&chat), ["Di"]);
        assert!(!chat.members.iter().any(|member| member.name.raw() == "Di"));
    }
    // Many lines in one place were, whatever is usual.
    let pasted = group_with_late_messages(3, &new.repeat(4));
    assert_eq!((pasted.people.len(), pasted.counts.continuations), (4, 4));
    // In several places a few each are none.
    let places = (0..2).map(|_| new.repeat(2) + "31/12/2023, 10:44 - Ada: a\n31/12/2023, 10:44 - Bo: b\n");
    let several = group_with_late_messages(3, &places.collect::<String>());
    assert_eq!((several.people[4].messages, suspects(&several).len()), (4, 0));
}

#[test]
fn a17_a_date_that_no_calendar_has_is_no_paste() {
    let text = "30/01/2023, 10:00 - Ada: when?\n30/01/2023, 10:01 - Bo: the note says:\n\
        31/02/2023, 10:00 - Maman: come\n30/01/2023, 10:02 - Ada: there is no such day\n30/01/2023, 10:03 - Bo: no\n";
    let (read, problems) = read_as("chat.txt", text, None).unwrap();
    assert_eq!(people(&read), [("Ada", 2), ("Bo", 2)]);
    assert_eq!(read.counts.continuations, 1);
    let told: Vec<(Code, Option<u64>)> = problems.iter().map(|p| (p.code, p.line)).collect();
    assert_eq!(told, [(Code::LinesUndated, Some(3))]);
    // By somebody who is there it is a message.
    let (read, problems) = read_as("chat.txt", &text.replace("Maman", "Bo"), None).unwrap();
    assert_eq!((people(&read), problems[0].code), (vec![("Ada", 2), ("Bo", 3)], Code::DateImpossible));
}

#[test]
fn a_group_that_opens_a_chat_of_no_known_language_is_the_group() {
    let text = "[31.12.2023, 21:41:05] Famillja: \u{200e}Kollox huwa sigriet.\r\n[31.12.2023, 21:42:05] Kari: hei\r\n\
        [31.12.2023, 21:42:09] Ola: \u{200e}stampa barra\r\n[31.12.2023, 21:43:09] Per: hei\r\n";
    let read = chat(text);
    assert_eq!((read.title.unwrap().raw(), read.kind), ("Famillja", ChatKind::Group));
    assert_eq!(people(&chat(text)), [("Kari", 1), ("Per", 1)]);
}

#[test]
fn somebody_who_writes_behind_marks_alone_is_somebody() {
    let opening = "[28/12/2023, 10:00:00] Hill walk: \u{200e}Messages and calls are end-to-end encrypted. No one outside of this chat, not even WhatsApp, can read or listen to them.\r\n";
    let text = format!(
        "{opening}[28/12/2023, 10:00:01] Hill walk: \u{200e}Ada added you\r\n\
        [28/12/2023, 10:00:03] Ada: hello\r\n[28/12/2023, 10:00:04] Bo: \u{200e}good to see you\r\n\
        [28/12/2023, 10:00:05] Hill walk: \u{200e}something that is not known yet\r\n\
        [28/12/2023, 10:00:06] Bo: \u{200e}my matrix: @bo:example.org\r\n\
        [28/12/2023, 10:00:07] Ada: ok\r\n[28/12/2023, 10:00:08] Cy: hi\r\n"
    );
    let read = chat(&text);
    assert_eq!(people(&read), [("Ada", 2), ("Bo", 2), ("Cy", 1)]);
    assert_eq!((read.counts.messages, read.counts.notices), (5, 3));
    assert_eq!((read.addresses[0].line, read.addresses[0].self_stated), (6, true));
    assert!(read.members.iter().any(|member| member.name.raw() == "Bo"));
    // The group itself is nobody, nor is who stands in what is said.
    for (name, lines) in [
        ("WhatsApp Chat - Hill walk.zip", "[28/12/2023, 10:00:09] Hill walk: \u{200e}something new\r\n"),
        ("_chat.txt", "[28/12/2023, 10:00:09] Di: \u{200e}Di did something new\r\n"),
    ] {
        let text = text.replace(&text[..text.find("[28/12/2023, 10:00:03]").unwrap()], "");
        let (read, _) = read_as(
            name,
            &format!("{text}[28/12/2023, 10:00:09] Bo: \u{200e}image omitted\r\n{lines}{lines}"),
            None,
        )
        .unwrap();
        assert_eq!(people(&read), [("Ada", 2), ("Bo", 3), ("Cy", 1)], "{name}");
    }
    // A single such line tells nothing, nor do any where no notice is understood.
    let once = text.replace("[28/12/2023, 10:00:06] Bo: \u{200e}", "[28/12/2023, 10:00:06] Ada: ");
    assert_eq!(people(&chat(&once)), [("Ada", 3), ("Cy", 1)]);
    let strange = text.replace("Messages and calls are", "Xyzzy").replace("Ada added you", "plugh");
    assert_eq!(people(&chat(&strange)), [("Ada", 2), ("Cy", 1)]);
    // In a chat between two the partner says the notices.
    let pair = opening.replace("Hill walk", "Bo")
        + "[28/12/2023, 10:00:04] Bo: \u{200e}good to see you\r\n[28/12/2023, 10:00:05] Ada: hi\r\n\
        [28/12/2023, 10:00:06] Bo: \u{200e}how are you\r\n";
    let (read, _) = read_as("WhatsApp Chat - Bo.zip", &pair, None).unwrap();
    assert_eq!((people(&read), read.kind), (vec![("Bo", 2), ("Ada", 1)], ChatKind::Direct));
}
