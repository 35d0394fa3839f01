//! Names with markup, formulas, template braces and hidden marks.

use std::collections::BTreeSet;

use super::World;
use crate::invite::page::page;
use crate::invite::{Draft, files, link, text};
use crate::model::{ContactId, Foreign};
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
