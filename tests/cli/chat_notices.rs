//! What WhatsApp itself says in a chat: who is in a group, who left, what it is
//! called, whose number changed; in the languages of most people, as Android and
//! as an iPhone write it.

use transhume::model::finding::{Chat, ChatKind, MemberState};

use super::chat_forms::read;
use super::hostile::{contact, contacts, import, inspect, lines, problem};
use super::support::{Place, codes, names};

/// A language and what it says: Ada creates a group, adds Bo and Cy, Di joins by
/// a link, Bo leaves, Cy is removed, the group gets another name, a number is
/// changed; and how its chats begin.
struct Language {
    code: &'static str,
    created: &'static str,
    added: &'static str,
    joined: &'static str,
    left: &'static str,
    removed: &'static str,
    subject: &'static str,
    number: &'static str,
    encrypted: &'static str,
}

const fn language(
    code: &'static str,
    [created, added, joined, left, removed, subject, number, encrypted]: [&'static str; 8],
) -> Language {
    Language { code, created, added, joined, left, removed, subject, number, encrypted }
}

const LANGUAGES: [Language; 18] = [
    language(
        "en",
        [
            "Ada created group “Old”",
            "Ada added Bo, Cy and Eva",
            "Di joined using this group's invite link",
            "Bo left",
            "Ada removed Cy",
            "Ada changed the subject to “Hill walk”",
            "NNN changed to MMM",
            "Messages and calls are end-to-end encrypted. No one outside of this chat, not even WhatsApp, can read or listen to them.",
        ],
    ),
    language(
        "fr",
        [
            "Ada a créé le groupe “Old”",
            "Ada a ajouté Bo, Cy et Eva",
            "Di a rejoint le groupe via le lien d'invitation",
            "Bo est parti(e)",
            "Ada a retiré Cy",
            "Ada a changé le sujet en “Hill walk”",
            "Di a changé de NNN à MMM",
            "Les messages et les appels sont chiffrés de bout en bout. Aucun tiers, pas même WhatsApp, ne peut les lire.",
        ],
    ),
    language(
        "de",
        [
            "Ada hat die Gruppe „Old“ erstellt.",
            "Ada hat Bo, Cy und Eva hinzugefügt.",
            "Di ist dieser Gruppe mit dem Einladungslink beigetreten.",
            "Bo hat die Gruppe verlassen.",
            "Ada hat Cy entfernt.",
            "Ada hat den Betreff zu „Hill walk“ geändert",
            "NNN hat zu MMM gewechselt.",
            "Nachrichten und Anrufe sind Ende-zu-Ende-verschlüsselt. Niemand außerhalb dieses Chats kann sie lesen.",
        ],
    ),
    language(
        "es",
        [
            "Ada creó el grupo “Old”",
            "Ada añadió a Bo, Cy y Eva",
            "Di se unió usando el enlace de invitación de este grupo",
            "Bo salió del grupo",
            "Ada eliminó a Cy",
            "Ada cambió el asunto a “Hill walk”",
            "NNN cambió a MMM",
            "Los mensajes y las llamadas están cifrados de extremo a extremo. Nadie fuera de este chat puede leerlos.",
        ],
    ),
    language(
        "pt",
        [
            "Ada criou o grupo “Old”",
            "Ada adicionou Bo, Cy e Eva",
            "Di entrou usando o link de convite deste grupo",
            "Bo saiu",
            "Ada removeu Cy",
            "Ada mudou o nome do grupo para “Hill walk”",
            "NNN alterado para MMM",
            "As mensagens e as chamadas são criptografadas de ponta a ponta. Ninguém fora desta conversa pode lê-las.",
        ],
    ),
    language(
        "it",
        [
            "Ada ha creato il gruppo “Old”",
            "Ada ha aggiunto Bo, Cy e Eva",
            "Di è entrata usando il link di invito",
            "Bo ha abbandonato",
            "Ada ha rimosso Cy",
            "Ada ha cambiato l'oggetto in “Hill walk”",
            "Di ha cambiato numero da NNN a MMM",
            "I messaggi e le chiamate sono crittografati end-to-end. Nessuno al di fuori di questa chat può leggerli.",
        ],
    ),
    language(
        "nl",
        [
            "Ada heeft groep “Old” gemaakt",
            "Ada heeft Bo, Cy en Eva toegevoegd",
            "Di heeft deelgenomen via uitnodigingslink",
            "Bo heeft de groep verlaten",
            "Ada heeft Cy verwijderd",
            "Ada heeft het onderwerp gewijzigd naar “Hill walk”",
            "Di heeft een nieuw nummer: MMM (was NNN)",
            "Berichten en gesprekken worden end-to-end versleuteld. Niemand buiten deze chat kan ze lezen.",
        ],
    ),
    language(
        "ru",
        [
            "Ada создал(-а) группу “Old”",
            "Ada добавил(-а) Bo, Cy и Eva",
            "Di присоединился(-ась) по ссылке-приглашению",
            "Bo покинул(-а) группу",
            "Ada удалил(-а) Cy",
            "Ada изменил(а) тему на “Hill walk”",
            "Di изменил(-а) номер с NNN на MMM",
            "Сообщения и звонки защищены сквозным шифрованием. Третьи лица не\u{a0}могут их прочитать.",
        ],
    ),
    language(
        "pl",
        [
            "Ada utworzył(a) grupę “Old”",
            "Ada dodał(a) Bo, Cy i Eva",
            "Di dołączył(a) przez link zaproszenia",
            "Bo opuścił(a)",
            "Ada usunął(ęła) Cy",
            "Ada zmienił(a) temat na “Hill walk”",
            "Di zmienił(a) nr z NNN na MMM",
            "Wiadomości i połączenia są w pełni zaszyfrowane. Nikt poza tym czatem nie może ich odczytać.",
        ],
    ),
    language(
        "tr",
        [
            "Ada, “Old” grubunu oluşturdu",
            "Ada, Bo, Cy ve Eva kişisini ekledi",
            "Di, davet bağlantısını kullanarak gruba katıldı",
            "Bo ayrıldı",
            "Ada, Cy kişisini çıkardı",
            "Ada konuyu “Hill walk” olarak değiştirdi.",
            "NNN, numarasını MMM olarak değiştirdi",
            "Mesajlar ve aramalar uçtan uca şifrelidir. Bu sohbetin dışındaki hiç kimse bunları okuyamaz.",
        ],
    ),
    language(
        "id",
        [
            "Ada membuat grup “Old”",
            "Ada menambahkan Bo, Cy dan Eva",
            "Di bergabung menggunakan tautan undangan grup ini",
            "Bo keluar",
            "Ada mengeluarkan Cy",
            "Ada mengubah subjek menjadi “Hill walk”",
            "Di mengganti nomor dari NNN ke MMM",
            "Pesan dan panggilan terenkripsi secara end-to-end. Tidak seorang pun di luar chat ini dapat membacanya.",
        ],
    ),
    language(
        "sv",
        [
            "Ada har skapat grupp “Old”",
            "Ada lade till Bo, Cy och Eva",
            "Di gick med via den här gruppens inbjudningslänk",
            "Bo lämnade",
            "Ada tog bort Cy",
            "Ada ändrade ämnet till ”Hill walk”",
            "NNN ändrades till MMM",
            "Meddelanden och samtal är komplett krypterade. Ingen utanför den här chatten kan läsa dem.",
        ],
    ),
    language(
        "ar",
        [
            "Ada أنشأ مجموعة \"Old\"",
            "Ada أضاف Bo، Cy وEva",
            "انضم Di باستخدام رابط دعوة هذه المجموعة",
            "Bo غادر",
            "Ada أزال Cy",
            "Ada غيّر اسم المجموعة إلى \"Hill walk\"",
            "NNN تغيّر إلى MMM",
            "الرسائل والمكالمات مشفرة تمامًا بين الطرفين. لا يمكن لأي شخص خارج هذه الدردشة قراءتها.",
        ],
    ),
    language(
        "he",
        [
            "Ada יצר/ה את הקבוצה \"Old\"",
            "Ada הוסיף/ה את Bo, Cy ואת Eva",
            "Di הצטרף/ה באמצעות קישור ההזמנה של קבוצה זו",
            "Bo עזב/ה",
            "Ada הסיר/ה את Cy",
            "Ada החליף/ה את הנושא אל \"Hill walk\"",
            "NNN שינה/תה את מספר הטלפון ל-MMM",
            "ההודעות והשיחות מוצפנות מקצה-לקצה. אף אחד מחוץ לצ'אט הזה לא יכול לקרוא אותן.",
        ],
    ),
    language(
        "fa",
        [
            "Ada گروه \"Old\" را ساخت",
            "Ada Bo، Cy و Eva را اضافه کرد",
            "Di با استفاده از پیوند دعوت این گروه پیوست",
            "Bo ترک کرد",
            "Ada Cy را حذف کرد",
            "Ada موضوع را به “Hill walk” تغییر داد",
            "NNN به MMM تغییر کرد",
            "پیام‌ها و تماس‌ها سرتاسر رمزگذاری شده‌اند. هیچ‌کس خارج از این گفتگو نمی‌تواند آن‌ها را بخواند.",
        ],
    ),
    language(
        "ja",
        [
            "Adaがグループ「Old」を作成しました",
            "AdaがBo、Cy、Evaを追加しました",
            "Diが招待リンクから参加しました",
            "Bo が退出",
            "AdaがCyを削除しました",
            "Adaがグループ名を「Hill walk」に変更しました",
            "NNNが電話番号をMMMに変更しました",
            "メッセージと通話はエンドツーエンド暗号化されています。このチャットの参加者だけが読めます。",
        ],
    ),
    language(
        "ko",
        [
            "Ada 님이 “Old”그룹을 만들었습니다",
            "Ada님이 Bo, Cy 및 Eva님을 추가했습니다",
            "Di님이 그룹 초대 링크를 통해 참여했습니다",
            "Bo님이 퇴장하였습니다",
            "Ada님이 Cy님을 그룹에서 퇴장시켰습니다",
            "Ada님이 그룹 이름을 “Hill walk”(으)로 변경하였습니다",
            "NNN님이 MMM(으)로 번호를 변경했습니다",
            "메시지와 통화는 종단간 암호화됩니다. 이 채팅방 밖에서는 아무도 읽을 수 없습니다.",
        ],
    ),
    language(
        "zh",
        [
            "Ada 创建了群组 “Old”",
            "Ada 添加了 Bo、Cy、Eva",
            "Di通过群组邀请链接加入",
            "Bo 退出了",
            "Ada 移除了 Cy",
            "Ada更改群组主题为“Hill walk”",
            "NNN 更改为 MMM",
            "消息和通话都进行端到端加密。对话之外的任何人都无法读取或收听。",
        ],
    ),
];

const OLD: &str = "+44 7700 900111";
const NEW: &str = "+44 7700 900222";

impl Language {
    fn notices(&self) -> [String; 8] {
        let number = self.number.replace("NNN", OLD).replace("MMM", NEW);
        [
            self.encrypted,
            self.created,
            self.added,
            self.joined,
            self.left,
            self.removed,
            self.subject,
            &number,
        ]
        .map(str::to_owned)
    }

    fn android(&self, end: &str) -> String {
        let mut text = String::new();
        let mut line = |rest: &str| {
            text.push_str(&format!("13/12/2023, 21:{:02} - {rest}{end}", 10 + text.lines().count()))
        };
        let notices = self.notices();
        line(&notices[0]);
        line(&notices[1]);
        for name in ["Ada", "Eva", "Ada", "Eva"] {
            line(&format!("{name}: hi"));
        }
        notices[2..].iter().for_each(|notice| line(notice));
        text
    }

    /// As an iPhone writes it: everything has an author, be it the group.
    fn iphone(&self, end: &str) -> String {
        let mut text = String::new();
        let mut line = |rest: &str| {
            text.push_str(&format!("[13/12/2023, 21:{:02}:05] {rest}{end}", 10 + text.lines().count()))
        };
        let [encrypted, created, added, joined, left, removed, subject, number] = self.notices();
        line(&format!("Hill walk: \u{200e}{encrypted}"));
        line(&format!("Ada: \u{200e}{created}"));
        for name in ["Ada", "Eva", "Ada", "Eva"] {
            line(&format!("{name}: hi"));
        }
        for (author, notice) in [
            ("Bo", added),
            ("Di", joined),
            ("Bo", left),
            ("Ada", removed),
            ("Ada", subject),
            ("Hill walk", number),
        ] {
            line(&format!("{author}: \u{200e}{notice}"));
        }
        text
    }
}

fn state(chat: &Chat, name: &str) -> Option<MemberState> {
    chat.members.iter().find(|member| member.name.raw() == name).map(|member| member.state)
}

#[test]
fn every_language_tells_the_members_on_both_systems_in_both_newline_styles() {
    let mut faults = Vec::new();
    for language in &LANGUAGES {
        let texts = [
            language.android("\n"),
            language.android("\r\n"),
            language.iphone("\r\n"),
            language.iphone("\n"),
        ];
        for text in texts {
            let chat = read("chat.txt", &text).unwrap();
            let mut hold = |holds: bool, what: &str| {
                if !holds {
                    faults.push(format!(
                        "{}: {what}\n{text}{:?}",
                        language.code,
                        chat.members.iter().map(|m| (m.name.raw(), m.state)).collect::<Vec<_>>()
                    ));
                }
            };
            hold(chat.language.as_deref() == Some(language.code), "its language");
            hold(chat.kind == ChatKind::Group, "a group");
            hold(chat.title.as_ref().is_some_and(|title| title.raw() == "Hill walk"), "its title");
            hold((chat.counts.messages, chat.counts.notices) == (4, 8), "what is a notice");
            let people: Vec<&str> = chat.people.iter().map(|p| p.name.raw()).collect();
            hold(people == ["Ada", "Eva"], "who wrote");
            for (name, expected) in [
                ("Ada", Some(MemberState::In)),
                ("Eva", Some(MemberState::In)),
                ("Bo", Some(MemberState::Left)),
                ("Cy", Some(MemberState::Removed)),
                ("Di", Some(MemberState::In)),
                ("Hill walk", None),
                ("Old", None),
            ] {
                hold(state(&chat, name) == expected, name);
            }
            let numbers = |change: &transhume::model::finding::NumberChange| {
                (
                    change.from.clone().map(|p| p.as_str().to_owned()),
                    change.to.clone().map(|p| p.as_str().to_owned()),
                )
            };
            let changes: Vec<_> = chat.number_changes.iter().map(numbers).collect();
            hold(
                changes == [(Some("+447700900111".to_owned()), Some("+447700900222".to_owned()))],
                "the number",
            );
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n\n"));
}

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
            assert_eq!(chat.title.as_ref().map(|t| t.raw()), Some("Ada Quill"), "{name}");
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
