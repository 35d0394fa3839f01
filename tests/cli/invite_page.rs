//! `invites.html` in a real browser: its links and its codes carry exactly the texts, it
//! runs nothing of a name's and asks nobody, it fits a small screen, many cards are no
//! burden, and axe-core has nothing to say.

use std::fs;
use std::io::Read;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;

use crate::browser::{self, Element, without_policy};
use crate::hostile_names::card;
use crate::support::Place;

/// Names that are hard to write into a link, a picture and a page.
const NAMES: [&str; 8] = [
    "Ada👩‍👩‍👧 Quill",
    "Bo\"Marsh\" O’Neil",
    "Cy&Co Brook",
    "Di%41%0d%0aBcc Fen",
    "محمد علي",
    "דנה כהן",
    "Ed+Ed#1=?x Gray",
    "Zoë Ångström-Łęć",
];

/// People in a group, with drafts for all of them.
fn drafted(names: &[String]) -> (Place, PathBuf, Vec<Value>) {
    let place = Place::new();
    let cards: String = names
        .iter()
        .enumerate()
        .map(|(n, name)| {
            let number = format!("+33 6 39 98 {:02} {:02}", n / 100 % 100, n % 100);
            card(name, 0).replace("+33 6 39 98 04 00", &number)
        })
        .collect();
    place.file("cards.vcf", cards);
    let hour = |n: usize| format!("{:02}:{:02}", n / 60 % 24, n % 60);
    let chat: String = names
        .iter()
        .map(String::as_str)
        .chain(["Nina Test"])
        .enumerate()
        .map(|(n, name)| format!("30/01/2021, {} - {name}: hello {n}\n", hour(n)))
        .collect();
    place.file("WhatsApp Chat with Club.txt", chat);
    place.file("ws/transhume.toml", "[reach]\nmatrix = \"@nina:example.org\"\nsignal = \"https://signal.me/#eu/AbCdEfGhIjKlMnOpQrStUvWxYz0123456789-_AbCdEfGhIjKlMnOpQrStUvWxYz\"\n");
    place.run(["--me", "Nina Test", "import", "cards.vcf", "WhatsApp Chat with Club.txt"]).ends_with(0);
    let drafts = place.run(["invite", "--json", "--batch", "1000"]).ends_with(0).json();
    let drafts = drafts.into_iter().filter(|one| one["schema"] == "transhume.invite/1").collect();
    let page = place.path().join("ws/out/invites.html");
    (place, page, drafts)
}

fn named(names: &[&str]) -> (Place, PathBuf, Vec<Value>) {
    drafted(&names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>())
}

fn attribute<'a>(element: &'a Element, key: &str) -> Option<&'a str> {
    element.attributes.iter().find(|(own, _)| own == key).map(|(_, value)| value.as_str())
}

/// What a phone reads in a picture of the page.
fn scanned(address: &str) -> String {
    let png =
        STANDARD.decode(address.strip_prefix("data:image/png;base64,").expect("a picture")).expect("base64");
    let side = u32::from_be_bytes(png[16..20].try_into().expect("a width")) as usize;
    let packed = png.windows(4).position(|part| part == b"IDAT").expect("dots") + 4;
    let mut rows = Vec::new();
    flate2::read::ZlibDecoder::new(&png[packed..]).read_to_end(&mut rows).expect("packed dots");
    let (bytes, large) = (side.div_ceil(8) + 1, 3);
    let mut image = rqrr::PreparedImage::prepare_from_greyscale(side * large, side * large, |x, y| {
        let (x, y) = (x / large, y / large);
        if rows[y * bytes + 1 + x / 8] >> (7 - x % 8) & 1 == 1 { 255 } else { 0 }
    });
    let grids = image.detect_grids();
    assert_eq!(grids.len(), 1);
    grids[0].decode().expect("a code").1
}

#[test]
fn links_and_codes_carry_exactly_the_text() {
    let (_place, page, drafts) = named(&NAMES);
    assert_eq!(drafts.len(), NAMES.len());
    let Some(seen) = browser::open(&page) else { return };
    assert_eq!(seen.requests, [""; 0]);
    let elements = seen.elements();
    let links: Vec<&str> = elements
        .iter()
        .filter(|e| e.name == "a" && attribute(e, "class") == Some("open"))
        .filter_map(|e| attribute(e, "href"))
        .collect();
    let codes: Vec<String> = elements
        .iter()
        .filter(|e| e.name == "img")
        .filter_map(|e| attribute(e, "src"))
        .map(scanned)
        .collect();
    assert_eq!(links.len(), drafts.len());
    assert_eq!(codes.len(), drafts.len() + 2, "and two addresses of one's own");
    for ((link, code), draft) in links.iter().zip(&codes).zip(&drafts) {
        assert_eq!(link, code, "the phone opens the same");
        let (start, text) = link.split_once("?text=").expect("a text");
        assert!(start.starts_with("https://wa.me/336399800"), "{start}");
        let text = percent_decoded(text);
        assert_eq!(text, draft["text"].as_str().expect("a text"));
        assert_eq!(url::Url::parse(link).expect("a link").query_pairs().count(), 1, "{link}");
    }
    // What is greeted is the name, whatever is in it.
    for (name, first) in [("Ada", "Ada"), ("محمد", "محمد"), ("Zoë", "Zoë"), ("Cy", "Cy&Co")] {
        let draft =
            drafts.iter().find(|d| d["contact"]["name"].as_str().is_some_and(|n| n.starts_with(name)));
        let text = draft.expect("a draft")["text"].as_str().expect("a text");
        assert!(text.starts_with(&format!("Hi {first}!")), "{text}");
    }
    assert!(codes[drafts.len()..].iter().any(|code| code == "https://matrix.to/#/@nina:example.org"));
}

fn percent_decoded(text: &str) -> String {
    let pairs = format!("x={text}");
    url::form_urlencoded::parse(pairs.as_bytes()).next().expect("a pair").1.into_owned()
}

#[test]
fn a_thousand_cards_stay_fluid() {
    let names: Vec<String> = (0..1000).map(|n| format!("Person{n} Number{n}")).collect();
    let (place, page, drafts) = drafted(&names);
    assert_eq!(drafts.len(), 1000);
    let size = fs::metadata(&page).expect("the page").len();
    assert!(size < 8_000_000, "{size}");
    // What opening, searching and marking cost, measured by the page itself.
    let probe = "<script>addEventListener('load', () => { const t = performance.now(); \
        const find = document.querySelector('#find'); \
        for (const typed of ['p', 'per', 'person99', '']) { find.value = typed; find.dispatchEvent(new Event('input')); document.body.offsetHeight; } \
        document.querySelectorAll('.done').forEach((box, at) => { if (at < 10) box.click(); }); document.body.offsetHeight; \
        document.body.dataset.took = performance.now() - t; \
        document.body.dataset.command = document.querySelector('#command').textContent; })</script></body>";
    let html = fs::read_to_string(&page).expect("the page");
    let probed = place.file("probed.html", without_policy(&html).replace("</body>", probe));
    let began = Instant::now();
    let Some(seen) = browser::open(&probed) else { return };
    assert!(began.elapsed() < Duration::from_mins(1), "{:?}", began.elapsed());
    let body = seen.elements().into_iter().find(|e| e.name == "body").expect("a body");
    let took: f64 = attribute(&body, "data-took").expect("a time").parse().expect("a number");
    assert!(took < 4000.0, "{took} ms for four searches and ten marks");
    let command = attribute(&body, "data-command").expect("a command").to_owned();
    assert!(command.starts_with("transhume invite mark ") && command.ends_with(" sent"), "{command}");
    assert_eq!(command.split(' ').count(), 3 + 10 + 1, "{command}");
}

#[test]
fn it_works_without_scripts_and_fits_a_small_screen() {
    let (place, page, _) = named(&NAMES);
    let html = fs::read_to_string(&page).expect("the page");
    let probe = "<!doctype html><iframe width=360 height=800></iframe><p id=out></p><script>\
        const frame = document.querySelector('iframe'); frame.srcdoc = PAGE; frame.onload = () => { \
        const inner = frame.contentDocument; const see = (what) => getComputedStyle(inner.querySelector(what)).display; \
        const small = [...inner.querySelectorAll('a, button, input, summary, label')].filter((e) => e.offsetHeight > 0 && e.offsetHeight < 18).length; \
        const told = [inner.documentElement.scrollWidth, see('.open'), see('.copy'), see('.find'), see('.card .qr'), see('h1 .en'), see('h1 .fr'), small]; \
        inner.querySelector('#speak-fr').checked = true; \
        told.push(see('h1 .en'), see('h1 .fr')); \
        document.querySelector('#out').textContent = told.join(' '); }</script></html>";
    let script = html.find("<script>").expect("a script");
    let end = html.find("</script>").expect("its end");
    let bare = format!("{}{}", without_policy(&html[..script]), &html[end + "</script>".len()..]);
    let quoted = serde_json::to_string(&bare).expect("a string").replace("</", "<\\/");
    let wrapper = place.file("small.html", probe.replace("PAGE", &quoted));
    let Some(seen) = browser::open(&wrapper) else { return };
    let out =
        seen.dom.split("id=\"out\">").nth(1).and_then(|rest| rest.split('<').next()).expect("what was seen");
    let (wide, shown) = out.split_once(' ').expect("several");
    assert!(wide.parse::<usize>().expect("a width") <= 360, "{out}");
    assert_eq!(shown, "flex none none none inline none 0 none inline");
}

#[test]
fn marks_outlive_a_reload_and_copy_takes_exactly_the_text() {
    let (place, page, drafts) = named(&NAMES);
    let html = fs::read_to_string(&page).expect("the page");
    // A clipboard that tells what was written to it.
    let clipboard = "<head><script>Object.defineProperty(navigator, 'clipboard', { value: { \
        writeText: (text) => { parent.copied.push(text); return Promise.resolve(); } } })</script>";
    let html = without_policy(&html).replacen("<head>", clipboard, 1);
    let quoted = serde_json::to_string(&html).expect("a string").replace("</", "<\\/");
    let probe = "<!doctype html><iframe></iframe><p id=out></p><script>\
        const page = PAGE; const frame = document.querySelector('iframe'); var copied = []; let turn = 0; \
        const marked = () => [...frame.contentDocument.querySelectorAll('.done')].map((box) => box.checked ? 1 : 0).join(''); \
        const told = []; \
        frame.onload = () => { const boxes = frame.contentDocument.querySelectorAll('.done'); turn += 1; told.push(marked()); \
        if (turn === 1) { boxes[1].click(); boxes[4].click(); frame.contentDocument.querySelectorAll('.copy').forEach((one) => one.click()); } \
        if (turn === 2) { boxes[4].click(); } \
        if (turn < 3) { frame.srcdoc = page + ' '.repeat(turn); } \
        else { document.querySelector('#out').textContent = JSON.stringify([told, copied]); } }; \
        frame.srcdoc = page;</script></html>";
    let wrapper = place.file("reloaded.html", probe.replace("PAGE", &quoted));
    let Some(seen) = browser::open(&wrapper) else { return };
    let out =
        seen.dom.split("id=\"out\">").nth(1).and_then(|rest| rest.split("</p>").next()).expect("an end");
    let told: (Vec<String>, Vec<String>) =
        serde_json::from_str(&browser::decoded(out)).expect("what was seen");
    assert_eq!(told.0, ["00000000", "01001000", "01000000"], "marked, and one taken back");
    let texts: Vec<&str> = drafts.iter().filter_map(|draft| draft["text"].as_str()).collect();
    // What acts unseen in a name is shown on the page, and so is copied as it is shown.
    let plain = |text: &str| text.replace(['\u{2068}', '\u{2069}'], "");
    assert_eq!(told.1.iter().map(|text| plain(text)).collect::<Vec<_>>(), texts);
}

#[test]
fn axe_has_nothing_to_say_in_either_language_and_theme() {
    let Some(axe) = browser::axe() else { return };
    let (place, page, drafts) = named(&NAMES);
    let day = drafts[0]["contact"]["id"].as_str().expect("an id").to_owned();
    let mut marked = place.command();
    marked.env("TRANSHUME_NOW", "2021-01-01T12:00:00Z").args(["invite", "mark", &day, "sent"]);
    assert!(marked.output().expect("the program runs").status.success());
    for language in ["en", "fr"] {
        place.run(["--lang", language, "invite"]).ends_with(0);
        let html = fs::read_to_string(&page).expect("the page");
        assert!(html.contains("class=\"card remind"), "there is a reminder");
        browser::assert_axe_has_nothing_to_say(&place, &html, &axe);
    }
}

#[test]
fn f12_nothing_is_sent_and_each_text_is_a_file_of_its_own() {
    let (place, page, drafts) = named(&NAMES);
    place.run(["invite", "--batch", "3"]).ends_with(0);
    let texts = fs::read_dir(place.path().join("ws/out/invites")).expect("a folder").flatten();
    let people = texts.filter(|f| !f.file_name().to_string_lossy().starts_with("group-")).count();
    assert_eq!((people, drafts.len()), (3, NAMES.len()), "the drafts of before are gone");
    let html = fs::read_to_string(&page).expect("the page");
    assert!(html.contains("Nothing has been sent.") && !html.contains("<form"));
    place.run(["invite", "--batch", "0"]).ends_with(2);
    place.run(["invite", "--batch", "1001"]).ends_with(2);
    let ten = place.run(["invite"]).ends_with(0);
    assert!(ten.stderr.contains("WhatsApp limits how many people"), "{}", ten.stderr);
}
