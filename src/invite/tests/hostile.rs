//! Names with markup, formulas, template braces and hidden marks.

use std::collections::BTreeSet;

use super::World;
use crate::invite::draft::Receiver;
use crate::invite::page::page;
use crate::invite::{Draft, Kit, Tongue, files, link, text};
use crate::model::{Channel, ContactId, Foreign};
use crate::words::escape::to_json_line;
use crate::words::{Language, Words};

const HOSTILE: [&str; 8] = [
    "<script>alert(1)</script>",
    "<img/src=x/onerror=alert(1)>",
    "\"><svg/onload=alert(1)>",
    "' onmouseover='x",
    "&lt;b&gt;`x`",
    "{{env.HOME}} {% x %}",
    "\u{202e}gpj\u{2066}x\u{1b}[2J",
    "=HYPERLINK(\"x\")%0d%0aBcc:",
];

/// Drafts for people with hostile names, in a group with a hostile title.
fn hostile() -> Vec<Draft> {
    let mut world = World::of(&HOSTILE);
    world.titles = vec![Foreign::from("<b>{{x}}</b>\r\nBcc: \u{202e}")];
    for (index, person) in world.people.iter_mut().enumerate() {
        person.contact.groups = BTreeSet::from([0]);
        person.contact.id = ContactId::known(format!("{index:016x}"));
    }
    world.draft().unwrap()
}

#[test]
fn d04_names_are_no_markup_on_the_page() {
    let page = page(&hostile(), &[], &[], &Words::new(Language::En)).unwrap();
    for bad in ["<script>alert", "<img/", "<svg", "<b>", "' onmouseover", "\u{1b}"] {
        assert!(!page.contains(bad), "{bad}: {page}");
    }
    assert_eq!(page.matches("<script").count(), 1, "the page's own");
    assert_eq!(page.matches("<img").count(), page.matches("<img src=\"data:image/png;base64,").count());
    assert!(page.contains("<bdi>&lt;script&gt;alert(1)"), "{page}");
    assert!(page.contains("{{env.HOME}} {% x %}"), "braces stay braces");
    assert!(page.contains("⟨U+202E⟩"), "what acts unseen is shown");
    assert!(!page.contains('\u{202e}'));
}

#[test]
fn d06_only_known_links_get_a_button() {
    let mut drafts = hostile();
    drafts[0].link = Some(Foreign::from("javascript:alert(1)"));
    drafts[1].link = Some(Foreign::from("https://wa.me/1?text=\"onmouseover='x'"));
    let page = page(&drafts, &[], &[], &Words::new(Language::En)).unwrap();
    assert!(!page.contains("javascript:"));
    assert_eq!(page.matches("<a class=\"open\"").count(), drafts.len() - 1);
    assert!(page.contains("href=\"https://wa.me/1?text=&quot;onmouseover=&#39;x&#39;\""), "{page}");
    assert!(page.contains("href=\"https://wa.me/33639980123?text=Hi"), "{page}");
}

#[test]
fn d15_no_name_adds_to_a_link() {
    for draft in hostile() {
        let link = draft.link.unwrap();
        let (_, rest) = link.raw().split_once("?text=").unwrap();
        assert!(rest.bytes().all(|b| b.is_ascii_alphanumeric() || b"-._~%".contains(&b)), "{}", link.raw());
        assert!(link.raw().len() < link::LONGEST_LINK);
        let text = draft.text.raw();
        assert!(
            !text.contains(['\r', '\u{1b}', '\u{202e}', '\u{2066}']) && text.lines().count() == 2,
            "{text:?}"
        );
        assert!(text.chars().count() <= text::MOST_CHARACTERS);
    }
}

#[test]
fn d16_file_names_hold_no_names() {
    let mut drafts = hostile();
    drafts[0].contact.id = ContactId::known("../../etc/x");
    let files = files::texts(&drafts);
    assert_eq!(files[0].0, "invites/01-etcx.transhume.txt");
    assert_eq!(files[1].0, "invites/02-0000000000000001.transhume.txt");
    for (name, content) in &files {
        let good = |b: u8| b.is_ascii_alphanumeric() || b"-./".contains(&b);
        assert!(name.bytes().all(good) && !name.contains("..") && name.matches('/').count() == 1, "{name}");
        assert!(content.ends_with(b"\n"));
    }
    let all = files::all(&drafts, &[], &[], &Words::new(Language::Fr)).unwrap();
    assert_eq!([&*all[0].0, &*all[1].0], ["invites.html", "invites.csv"]);
    assert_eq!(all.len(), drafts.len() + 2);
}

#[test]
fn the_table_is_harmless_and_reads_back() {
    let drafts = hostile();
    let table = files::table(&drafts).unwrap();
    assert!(table.starts_with(b"transhume_id,name,kind,channel,via,language,text,link\r\n"));
    let rows: Vec<csv::StringRecord> =
        csv::Reader::from_reader(&table[..]).records().map(Result::unwrap).collect();
    assert_eq!(rows.len(), drafts.len());
    for (row, draft) in rows.iter().zip(&drafts) {
        assert!(row.iter().all(|cell| !cell.starts_with(['=', '+', '-', '@', '\t', '\r'])), "{row:?}");
        assert_eq!(&row[6], draft.text.raw());
        assert_eq!(&row[7], draft.link.as_ref().unwrap().raw());
    }
    assert_eq!(&rows[7][1], "'=HYPERLINK(\"x\")%0d%0aBcc:");
}

#[test]
fn d12_no_name_or_title_mentions_anybody_or_makes_a_link() {
    const BAITS: [&str; 7] = [
        "[x](http://evil.example)",
        "@room hello",
        "<@everyone>",
        "[Anne](evil.example)",
        "@anne:evil.example",
        "https://evil.example/x",
        "![x](mxc://evil.example/x)",
    ];
    for title in BAITS.into_iter().chain(["Book club"]) {
        let mut world = World::of(&BAITS);
        world.titles = vec![Foreign::from(title)];
        for person in &mut world.people {
            person.contact.groups = BTreeSet::from([0]);
        }
        let drafts = world.draft().unwrap();
        assert_eq!(drafts.len(), BAITS.len());
        for draft in drafts {
            let text = draft.text.raw();
            for bait in ["evil", "@", "mxc:", "](", "http:"] {
                assert!(!text.contains(bait), "{bait} of {title}: {text}");
            }
            assert_eq!(text.contains("Book club"), title == "Book club", "{title}: {text}");
        }
    }
}

#[test]
fn d09_d10_the_table_of_drafts_holds_no_formula_and_comes_back() {
    let names = ["=1+1", "+33 6 39 98 01 23", "-x", "@SUM(A1)", "\t=x", "a\"b,c;d", "two\r\nlines"];
    let table = files::table(&World::of(&names).draft().unwrap()).unwrap();
    let rows: Vec<csv::StringRecord> =
        csv::Reader::from_reader(&table[..]).records().map(Result::unwrap).collect();
    assert_eq!(rows.len(), names.len());
    for (row, name) in rows.iter().zip(names) {
        assert!(row.iter().all(|cell| !cell.starts_with(['=', '+', '-', '@', '\t', '\r'])), "{row:?}");
        assert!(!row[1].contains('\r') || name.contains('\r'), "{row:?}");
    }
    assert_eq!(&rows[5][1], "a\"b,c;d");
}

#[test]
fn d18_a_name_of_ten_thousand_letters_and_one_of_nothing_stay_in_shape() {
    let long = "Anne ".repeat(2_000);
    let piled = format!("Z{}oe Martin", "\u{301}".repeat(300));
    let mut world = World::of(&[&long, "\u{200b}\u{200b}", "   ", "علي 👨‍👩‍👧 Ali", &piled]);
    // As they are: of letters and digits, whatever the name is.
    for (index, person) in world.people.iter_mut().enumerate() {
        person.contact.id = ContactId::known(format!("{index:016x}"));
    }
    let drafts = world.draft().unwrap();
    assert_eq!(drafts.len(), 5);
    for draft in &drafts {
        let text = draft.text.raw();
        assert!(text.chars().count() <= text::MOST_CHARACTERS && text.lines().count() == 2, "{text}");
        assert!(text.matches('\u{301}').count() < 10, "{text}");
    }
    assert!(drafts[0].text.raw().starts_with("Hi Anne!"), "{}", drafts[0].text.raw());
    for blank in [1, 2] {
        assert!(drafts[blank].text.raw().starts_with("Hi! "), "{}", drafts[blank].text.raw());
    }
    let page = page(&drafts, &[], &[], &Words::new(Language::En)).unwrap();
    assert_eq!(page.matches("<li class=\"card invite nameless\"").count(), 2, "nobody is seen of them");
    assert!(!page.contains(&"\u{301}".repeat(5)), "piled up marks are thinned out");
    assert!(page.contains("\u{2068}علي 👨‍👩‍👧 Ali\u{2069}"), "what runs from the right is isolated");
}

#[test]
fn d19_a_name_with_a_line_break_adds_no_line_to_the_list_of_those_who_are_missing() {
    let name = "Anne\n☐ Somebody Else\r\n☐ \u{2028}Third";
    let receiver = Receiver { id: ContactId::known("00"), name: Some(Foreign::from(name)) };
    let kit = Kit {
        schema: "transhume.group-kit/1",
        title: Foreign::from("Book club\n☐ Fourth"),
        channel: Channel::Signal,
        language: Tongue::En,
        date: "2021-02-07".to_owned(),
        link: None,
        members: 4,
        members_complete: true,
        there: 3,
        missing: vec![receiver],
        left_out: 0,
        announcement: Foreign::from("x"),
        roll_call: Foreign::from("x"),
    };
    let files = files::groups(&[kit], &Words::new(Language::En));
    let (_, list) = files.iter().find(|(name, _)| name.contains("missing")).unwrap();
    let list = String::from_utf8(list.clone()).unwrap();
    assert_eq!(list.lines().filter(|line| line.starts_with('☐')).count(), 1, "{list}");
    assert!(!list.contains(['\r', '\u{2028}']), "{list}");
}

#[test]
fn d20_each_draft_is_one_line_of_json_that_comes_back() {
    let names = ["a\u{1b}[2J", "two\r\nlines\u{2028}", "\u{9b}31m", "\u{202e}turned", "\u{0}"];
    for draft in World::of(&names).draft().unwrap() {
        let line = to_json_line(&draft).unwrap();
        let unseen = |c: char| c.is_control() || matches!(c, '\u{2028}' | '\u{202e}');
        assert!(!line.contains(unseen), "{line}");
        let back: serde_json::Value = serde_json::from_str(&line).unwrap();
        let name = draft.contact.name.as_ref().unwrap().raw();
        assert_eq!(
            (back["contact"]["name"].as_str(), back["text"].as_str()),
            (Some(name), Some(draft.text.raw()))
        );
    }
}
