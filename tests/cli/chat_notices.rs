//! What WhatsApp itself says in a chat, and lines that are not what they seem.

use transhume::model::finding::ChatKind;

use super::chat_forms::read;
use super::hostile::{contact, contacts, import, inspect, lines, problem};
use super::support::{Place, codes, names};

#[test]
fn a19_those_who_are_not_named_are_not_made_up() {
    for (language, added) in [
        ("en", "Zoe added Bo, Cy and 12 others"),
        ("fr", "Zoe a ajouté Bo, Cy et 12 autres"),
        ("de", "Zoe hat Bo, Cy und 12 andere hinzugefügt."),
        ("es", "Zoe añadió a Bo, Cy y 12 más"),
        ("pt", "Zoe adicionou Bo, Cy e 12 outros"),
        ("it", "Zoe ha aggiunto Bo, Cy e altri 12"),
        ("nl", "Zoe heeft Bo, Cy en 12 anderen toegevoegd"),
        ("ru", "Zoe добавил(-а) Bo, Cy и ещё 12"),
        ("tr", "Zoe, Bo, Cy ve 12 kişi daha kişisini ekledi"),
        ("id", "Zoe menambahkan Bo, Cy dan 12 lainnya"),
        ("pl", "Zoe dodał(a) Bo, Cy i 12 innych"),
    ] {
        let text = lines(&[
            &format!("13/12/2020, 21:40 - {added}"),
            "13/12/2020, 21:41 - Zoe: hi",
            "13/12/2020, 21:42 - Bo: hi",
        ]);
        let place = Place::new();
        let object = inspect(&place, &place.file("chat.txt", text), 0);
        let members: Vec<&str> =
            object["members"].as_array().unwrap().iter().map(|m| m["name"].as_str().unwrap()).collect();
        assert_eq!(members, ["Zoe", "Bo", "Cy"], "{language}: {added}");
        // Twelve are missing from the list, and it says that it is not whole.
        assert_eq!(object["members_complete"], false);
        let what = problem(&object, "members-unnamed")["what"].as_str().unwrap();
        assert!(what.contains("12"), "{language}: {what}");
    }
}

#[test]
fn a20_a_changed_number_ties_both_to_one_person() {
    let place = Place::new();
    let text = lines(&[
        "13/12/2020, 21:40 - Bo Marsh created group “Choir”",
        "13/12/2020, 21:41 - \u{202a}+44 7700 900111\u{202c}: hi",
        "13/12/2020, 21:42 - \u{202a}+44 7700 900111\u{202c} changed to \u{202a}+44 7700 900222\u{202c}",
        "13/12/2020, 21:43 - \u{202a}+44 7700 900222\u{202c}: it is me",
        "13/12/2020, 21:44 - Bo Marsh: I changed to the night shift",
    ]);
    let file = place.file("WhatsApp Chat with Choir.txt", text);
    let object = inspect(&place, &file, 0);
    assert_eq!(
        object["number_changes"],
        serde_json::json!([{"name": null, "from": "+447700900111", "to": "+447700900222"}])
    );
    import(&place, &[&file], 0);
    let both = contacts(&place)
        .into_iter()
        .filter(|c| c["phones"] == serde_json::json!(["+447700900111", "+447700900222"]))
        .count();
    assert_eq!(both, 1);
}

#[test]
fn a06_a_forged_sender_of_the_same_hour_in_a_group_joins_nobody() {
    for forged in ["31/12/2020, 21:32", "31/12/2020, 21:59"] {
        let place = Place::new();
        let text = lines(&[
            "30/12/2020, 21:00 - Cy Reed created group “Choir”",
            "31/12/2020, 21:40 - Ada Quill: hi",
            "31/12/2020, 21:41 - Bo Marsh: hi",
            "31/12/2020, 21:44 - Ada Quill: look at this:",
            &format!("{forged} - Maman: send money"),
            "31/12/2020, 21:45 - Bo Marsh: who wrote that?",
            "31/12/2020, 21:46 - Cy Reed: no idea",
        ]);
        let file = place.file("WhatsApp Chat with Choir.txt", text);
        let object = inspect(&place, &file, 0);
        let suspect = problem(&object, "suspect-sender");
        assert_eq!((&suspect["line"], &suspect["severity"]), (&5.into(), &"warning".into()), "{forged}");
        assert!(object["members"].as_array().unwrap().iter().all(|m| m["name"] != "Maman"), "{object}");
        let book = place.file("book.vcf", super::hostile::card("Maman", "TEL:+33639980107"));
        import(&place, &[&file, &book], 0);
        let maman = contacts(&place)
            .into_iter()
            .find(|c| c["phones"] == serde_json::json!(["+33639980107"]))
            .unwrap();
        assert_eq!((&maman["messages"], &maman["groups"]), (&0.into(), &serde_json::json!([])), "{forged}");
    }
}

#[test]
fn somebody_who_came_late_is_no_forgery() {
    let text = lines(&[
        "30/12/2020, 21:00 - Cy Reed created group “Choir”",
        "30/12/2020, 21:01 - Cy Reed added Di Finch",
        "31/12/2020, 21:44 - Cy Reed: hi",
        "31/12/2020, 21:42 - Di Finch: sent late",
        "31/12/2020, 21:45 - Ada Quill: hi",
        "31/12/2020, 21:43 - Ada Quill: late as well",
        "31/12/2020, 21:46 - Ada Quill: hi",
    ]);
    let place = Place::new();
    let object = inspect(&place, &place.file("chat.txt", text), 0);
    assert!(!codes(&object).contains(&"suspect-sender"), "{object}");
    assert_eq!(names(&object), ["Cy Reed", "Di Finch", "Ada Quill"]);
}

#[test]
fn the_name_of_a_group_is_nobody_even_where_two_write() {
    let text = lines(&[
        "[13/12/2020, 21:40:00] Hill walk: Messages and calls are end-to-end encrypted. No one outside of this chat can read them.",
        "[13/12/2020, 21:41:00] Ada Quill: hi",
        "[13/12/2020, 21:42:00] Bo Marsh: hi",
    ]);
    let place = Place::new();
    for name in ["_chat.txt", "WhatsApp Chat - Hill walk.txt"] {
        let object = inspect(&place, &place.file(name, &text), 0);
        assert_eq!(object["chat"], serde_json::json!({"title": "Hill walk", "kind": "group"}), "{name}");
        assert_eq!(names(&object), ["Ada Quill", "Bo Marsh"]);
    }
    // Between two it is the partner who says it.
    let object = inspect(&place, &place.file("_chat.txt", text.replace("Hill walk", "Ada Quill")), 0);
    assert_eq!(object["chat"], serde_json::json!({"title": "Ada Quill", "kind": "direct"}));
}

#[test]
fn what_limits_an_export_is_said() {
    let place = Place::new();
    let text = lines(&[
        "13/12/2020, 21:40 - Ada Quill turned on advanced chat privacy. No one can save media.",
        "13/12/2020, 21:41 - Vous avez activé les messages éphémères. Les nouveaux messages disparaîtront.",
        "13/12/2020, 21:42 - Ada Quill: hi",
        "13/12/2020, 21:43 - Bo Marsh: hi",
    ]);
    let said = codes(&inspect(&place, &place.file("chat.txt", &text), 0)).join(" ");
    assert!(said.contains("no-export") && said.contains("disappearing-messages"), "{said}");
    let off = format!(
        "{text}13/12/2020, 21:44 - Ada Quill turned off advanced chat privacy.\n13/12/2020, 21:45 - Vous avez désactivé les messages éphémères.\n"
    );
    assert_eq!(codes(&inspect(&place, &place.file("chat.txt", off), 0)), Vec::<&str>::new());
    for (messages, limited) in [(39_999, true), (39_000, false), (41_000, false)] {
        let mut long = String::new();
        for number in 0..messages {
            let (day, minute) = (1 + number / 1440, number % 1440);
            let author = ["Ada Quill", "Bo Marsh"][number % 2];
            long.push_str(&format!(
                "{day:02}/12/2020, {:02}:{:02} - {author}: hi\n",
                minute / 60,
                minute % 60
            ));
        }
        let object = inspect(&place, &place.file("long.txt", long), 0);
        assert_eq!(codes(&object).contains(&"chat-at-limit"), limited, "{messages}");
    }
}

#[test]
fn lines_of_an_unknown_form_are_shown_as_a_shape() {
    let place = Place::new();
    let strange = "2020|12|13 21~40 | Zoë Secret: rendez-vous au 12 rue des Lilas\n".repeat(3);
    let object = inspect(&place, &place.file("strange.txt", &strange), 4);
    let what = problem(&object, "not-recognised")["what"].as_str().unwrap().to_owned();
    assert!(what.contains("9999|99|99 99~99 | aaa aaaaaa: aaaaaa-aaaa"), "{what}");
    let chat =
        format!("{strange}13/12/2020, 21:40 - Ada Quill: hi\n{strange}13/12/2020, 21:41 - Bo Marsh: hi\n");
    let object = inspect(&place, &place.file("chat.txt", chat), 0);
    let hint = problem(&object, "skipped-lines")["hint"].as_str().unwrap();
    let unknown = problem(&object, "unknown-headers");
    assert_eq!(unknown["line"], 5);
    for said in [hint, unknown["what"].as_str().unwrap()] {
        assert!(said.contains("9999|99|99 99~99 | aaa aaaaaa: "), "{said}");
        assert!(!said.contains("Zo") && !said.contains("Lilas") && !said.contains("12 "), "{said}");
    }
}

#[test]
fn names_of_files_are_known_in_every_language() {
    for template in [
        "WhatsApp Chat with %",
        "WhatsApp Chat - %",
        "Discussion WhatsApp avec %",
        "WhatsApp Chat mit %",
        "WhatsApp-Chat mit %",
        "Chat de WhatsApp con %",
        "Conversa do WhatsApp com %",
        "Conversa no WhatsApp com %",
        "Chat WhatsApp con %",
        "WhatsApp-chat met %",
        "WhatsApp-chatt med %",
        "WhatsApp chat med %",
        "WhatsApp-keskustelu henkilön % kanssa",
        "Συνομιλία WhatsApp με %",
        "Conversație WhatsApp cu %",
        "WhatsApp csevegés vele: %",
        "Чат WhatsApp с %",
        "Чат WhatsApp с контактом %",
        "Бесіда WhatsApp з %",
        "Czat WhatsApp z %",
        "Chat WhatsApp s uživatelem %",
        "% ile WhatsApp Sohbeti",
        "Chatting WhatsApp dengan %",
        "Chat WhatsApp dengan %",
        "%とのWhatsAppチャット",
        "%님과의 WhatsApp메시지",
        "WhatsApp 与 % 的对话",
        "与%的 WhatsApp 聊天",
        "WhatsApp 與 % 的對話",
        "與%的 WhatsApp 對話",
        "دردشة واتساب مع %",
        "צ'אט WhatsApp עם %",
        "گفتگوی WhatsApp با %",
        "แชท WhatsApp กับ %",
        "Trò chuyện WhatsApp với %",
        "Xat de WhatsApp amb %",
    ] {
        let text = "13/12/2023, 21:40 - Ada Quill: hi\n13/12/2023, 21:41 - Bo Marsh: hi\n";
        for ending in [".txt", " (1).txt", ".zip"] {
            let name = format!("{}{ending}", template.replace('%', "Ada Quill"));
            let chat = read(&name, text).unwrap();
            assert_eq!(chat.title.as_ref().map(transhume::model::Foreign::raw), Some("Ada Quill"), "{name}");
            assert_eq!(chat.kind, ChatKind::Direct, "{name}");
        }
    }
    let chat = read("WhatsApp Babilejo kun Ada.txt", "13/12/2023, 21:40 - Ada Quill: hi\n").unwrap();
    assert_eq!(chat.title, None);
}

#[test]
fn who_wrote_nothing_but_in_notices_is_a_contact_by_name() {
    let place = Place::new();
    let text = lines(&["13/12/2020, 21:40 - Ada Quill added Bo Marsh", "13/12/2020, 21:41 - Ada Quill: hi"]);
    let file = place.file("WhatsApp Chat with Choir.txt", text);
    import(&place, &[&file], 0);
    assert_eq!(contact(&place, "Bo Marsh")["groups"], serde_json::json!(["Choir"]));
}

#[test]
fn how_dates_were_read_is_said_in_words_and_coded_for_programs() {
    let place = Place::new();
    for (text, english, french, code) in [
        (
            "31/12/20, 21:40 - Ada: hi\n",
            "day, month, year; a number above 12",
            "jour, mois, année",
            "day-above-12",
        ),
        ("2020/12/31, 21:40 - Ada: hi\n", "the year stands first", "l’année vient en premier", "year-first"),
        ("3/4/2020, 21:40 - Ada: hi\n", "a guess", "supposition", "default"),
    ] {
        let file = place.file("chat.txt", text);
        let said = |language: &str| {
            place.run(["--lang".as_ref(), language.as_ref(), "inspect".as_ref(), file.as_os_str()]).all()
        };
        for (said, words) in [(said("en"), english), (said("fr"), french)] {
            assert!(said.contains(words) && !said.contains(code), "{said}");
        }
        assert_eq!(inspect(&place, &file, 0)["dates"]["decided_by"], code);
    }
}
