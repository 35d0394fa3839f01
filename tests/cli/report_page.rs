//! `report.html` in a real browser: it asks nobody, runs nothing, fits a small screen
//! and large letters, prints on A4, is the same every time, and axe-core has nothing to
//! say to it.

use std::fs;
use std::path::{Path, PathBuf};

use crate::browser;
use crate::support::Place;

/// The demo, learnt in two runs, so that there is a trend, and with an answer that gives
/// somebody a second channel.
fn reported(language: &str) -> (Place, PathBuf) {
    let place = Place::new();
    let demo = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/demo");
    place.run(["import".as_ref(), demo.join("contacts.vcf").as_os_str()]).ends_with(0);
    place.run(["import".as_ref(), demo.as_os_str()]).ends_with(0);
    for (name, id) in [("Camille Roux", "@camille:example.org"), ("Lucas Perrin", "@lucas:example.org")] {
        place.file(
            &format!("{}.vcf", &name[..5]),
            format!("BEGIN:VCARD\r\nVERSION:3.0\r\nFN:{name}\r\nIMPP:matrix:u/{}\r\nEND:VCARD\r\n", &id[1..]),
        );
        place.run(["import".to_owned(), format!("{}.vcf", &name[..5])]).ends_with(0);
    }
    place.run(["--lang", language, "report", "--html"]).ends_with(0);
    let page = place.path().join("ws/out/report.html");
    (place, page)
}

#[test]
fn axe_has_nothing_to_say_to_the_report() {
    let Some(axe) = browser::axe() else { return };
    for language in ["en", "fr"] {
        let (place, page) = reported(language);
        let html = fs::read_to_string(&page).expect("the page");
        // What is looked at is the whole: every picture is there.
        for picture in ["flock", "overlap", "course", "columns", "ties", "bar"] {
            assert!(html.contains(&format!("<svg class=\"{picture}\"")), "{picture}");
        }
        browser::assert_axe_has_nothing_to_say(&place, &html, &axe);
    }
}

#[test]
fn the_report_asks_nobody_and_runs_nothing() {
    let (_place, page) = reported("en");
    let Some(seen) = browser::open(&page) else { return };
    assert_eq!(seen.requests, [""; 0]);
    assert!(!seen.dom.contains("<script") && !seen.dom.contains("<!--"));
}

#[test]
fn the_report_fits_a_small_screen_and_large_letters() {
    for language in ["en", "fr"] {
        let (place, page) = reported(language);
        let html = browser::without_policy(&fs::read_to_string(&page).expect("the page"));
        // All letters twice as large on twice the width, which is what zooming by 200 % does to a page.
        let zoomed = html.replace("<style>", "<style>html{font-size:200%}");
        for (width, html) in [(320, &html), (640, &html), (640, &zoomed), (1280, &html)] {
            let quoted = serde_json::to_string(html).expect("a string").replace("</", "<\\/");
            let probe = "<!doctype html><iframe width=WIDTH height=800 style=border:0></iframe><p id=out></p><script>\
                const frame = document.querySelector('iframe'); frame.srcdoc = PAGE; frame.onload = () => { \
                const inner = frame.contentDocument; inner.querySelectorAll('details').forEach((d) => { d.open = true; }); \
                const wide = [...inner.querySelectorAll('body *')].filter((e) => e.getBoundingClientRect().right > WIDTH + 1 && !e.closest('svg')); \
                document.querySelector('#out').textContent = inner.documentElement.scrollWidth + ' ' + wide.map((e) => e.outerHTML.slice(0, 90)).join(' | '); }; </script></html>";
            let probe = probe.replace("WIDTH", &width.to_string()).replace("PAGE", &quoted);
            let Some(seen) = browser::open(&place.file("small.html", probe)) else { return };
            let out = seen.dom.split("id=\"out\">").nth(1).and_then(|rest| rest.split("</p>").next());
            let (found, which) = out.expect("what was seen").split_once(' ').expect("several");
            assert!(
                found.parse::<usize>().expect("a width") <= width,
                "{language}, {width}: {found} {which}"
            );
        }
    }
}

#[test]
fn the_report_prints_on_a4() {
    let (place, page) = reported("fr");
    let Some(pdf) = browser::print(&page, &place.path().join("report.pdf")) else { return };
    let pdf = String::from_utf8_lossy(&pdf);
    let sizes: Vec<Vec<f64>> = (pdf.split("/MediaBox [").skip(1))
        .filter_map(|rest| rest.split(']').next())
        .map(|numbers| numbers.split_whitespace().filter_map(|number| number.parse().ok()).collect())
        .collect();
    assert!(!sizes.is_empty() && sizes.len() < 20, "{} pages", sizes.len());
    for size in sizes {
        // 210 by 297 millimetres, in points.
        assert!((size[2] - 595.28).abs() < 1.0 && (size[3] - 841.89).abs() < 1.0, "{size:?}");
    }
}

#[test]
fn the_same_workspace_makes_the_same_bytes() {
    let (place, page) = reported("en");
    let first = fs::read(&page).expect("the page");
    place.run(["--lang", "en", "report", "--html"]).ends_with(0);
    assert!(first == fs::read(&page).expect("the page again"), "the bytes differ");
    assert!(first.len() < 500_000, "{}", first.len());
}

#[test]
fn the_report_names_nobody_but_in_text() {
    let (_place, page) = reported("en");
    let Some(seen) = browser::open(&page) else { return };
    let text: Vec<String> = seen.texts("bdi");
    for name in ["Camille Roux", "La tribu Marchand", "Hill Walkers"] {
        assert!(text.iter().any(|shown| shown == name), "{name}");
    }
    for (key, value) in seen.elements().into_iter().flat_map(|element| element.attributes) {
        for part in ["Camille", "Marchand", "Walkers", "+33", "639980"] {
            assert!(!value.contains(part), "{key}={value}");
        }
    }
}
