//! Who is in a group, who left, what it is called, whose number changed: told by
//! notices in the languages of most people, as Android and as an iPhone write it.

use transhume::model::finding::{Chat, ChatKind, MemberState};

use super::chat_forms::read;

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
            text.push_str(&format!("13/12/2023, 21:{:02} - {rest}{end}", 10 + text.lines().count()));
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
            text.push_str(&format!("[13/12/2023, 21:{:02}:05] {rest}{end}", 10 + text.lines().count()));
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
