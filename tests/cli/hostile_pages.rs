//! Names as attack on pages: markup, scripts, styles and links in names and
//! titles, and what a real browser makes of the report and of the drafts.

use std::collections::BTreeSet;
use std::fs;

use crate::browser::Seen;
use crate::hostile_names::{Life, card, visible};

/// Try to run, to ask for something, to leave their element or attribute.
const MARKUP: [&str; 9] = [
    "<script>document.title='pwned'</script>",
    "<img src=//example.org/x onerror=document.title='pwned'>",
    "\"><svg onload=\"document.title='pwned'\" id=\">",
    "</bdi></td></table></main><h1>Ada</h1>",
    "&lt;b&gt;Bo&lt;/b&gt; &amp; `Cy`",
    "</script></style><!-- Di",
    "\" onmouseover=\"document.title='pwned'\" x=\"",
    "javascript:document.title='pwned'",
    "}body{background:url(http://example.org/css)}.x{",
];

#[test]
fn d04_no_script_runs_and_every_name_is_text() {
    let life = Life::of(&MARKUP, "<img src=x onerror=document.title='pwned'>");
    let Some([report, invites]) = life.pages() else { return };
    for page in [&report, &invites] {
        assert!(!page.texts("title")[0].contains("pwned"));
        let shown = page.texts("bdi");
        for name in MARKUP {
            assert!(shown.iter().any(|text| text == name), "{name:?} among {shown:?}");
        }
        for element in page.elements() {
            let foreign = ["iframe", "object", "embed", "link", "base", "form"];
            assert!(!foreign.contains(&element.name.as_str()), "{}", element.name);
            // Pictures stand in the page, and so does its one script, which the policy knows.
            let own =
                |(key, value): &(String, String)| key != "src" || value.starts_with("data:image/png;base64,");
            assert!(element.attributes.iter().all(own), "{:?}", element.attributes);
            assert!(element.attributes.iter().all(|(key, _)| !key.starts_with("on")), "{}", element.name);
        }
        assert_eq!(page.elements().iter().filter(|e| e.name == "h1").count(), 1, "no other heading");
        assert!(page.elements().iter().filter(|e| e.name == "script").count() <= 1, "no other script");
    }
    assert!(report.texts("bdi").iter().any(|text| text.starts_with("<img src=x")), "the title is text too");
}

#[test]
fn d05_no_name_ends_an_element_or_begins_a_comment() {
    let enders = ["</script></style><!-- Ada", "]]></title></html> Bo", "Cy \u{2028}--> x", "<!--<script>Di"];
    let life = Life::of(&enders, "<!-- Club");
    let Some(pages) = life.pages() else { return };
    for page in pages {
        assert!(page.elements().iter().any(|e| e.name == "footer"), "the page goes on to its end");
        assert!(!page.dom.contains("<!--") && page.dom.matches("<script").count() <= 1, "{}", page.dom);
        for name in enders {
            assert!(page.texts("bdi").contains(&visible(name)), "{name:?}");
        }
    }
}

#[test]
fn d06_links_are_of_harmless_kinds() {
    let life = Life::of(&MARKUP, "javascript:alert(1)");
    let more = "IMPP:javascript:alert(1)\r\nURL:javascript:alert(1)\r\nEMAIL:data:text/html@example.org\r\n\
                X-MATRIX:javascript:alert(1)\r\nIMPP:xmpp:\"onclick=x@example.org\r\nEND";
    life.place.file(
        "cards.vcf",
        MARKUP.iter().zip(0..).map(|(n, i)| card(n, i).replace("END", more)).collect::<String>(),
    );
    life.place
        .file("ws/transhume.toml", "[reach]\nsignal = \"https://signal.me/#eu/\\\"><script>x</script>\"\n");
    life.place.run(["invite"]);
    fs::remove_file(life.place.path().join("ws/transhume.toml")).expect("the settings");
    let Some(pages) = life.pages() else { return };
    let mut links = 0;
    for (key, value) in pages.iter().flat_map(Seen::elements).flat_map(|e| e.attributes) {
        assert!(!key.starts_with("on"), "{key}={value}");
        if ["href", "src", "action", "xlink:href", "formaction", "data"].contains(&key.as_str()) {
            let kinds = [
                "#",
                "https://",
                "matrix:",
                "xmpp:",
                "mailto:",
                "tel:",
                "sms:",
                "sgnl:",
                "data:image/png;base64,",
            ];
            assert!(kinds.iter().any(|kind| value.starts_with(kind)), "{key}={value}");
            links += usize::from(value.starts_with("https://"));
        }
    }
    assert!(links >= MARKUP.len(), "there are links to look at");
}

#[test]
fn d07_no_name_gets_into_a_style_a_class_or_an_id() {
    let names = ["}*{display:none}.x{", "url(http://example.org/css)", "x\\22 evil", "evil class"];
    let [Some(hostile), Some(harmless)] =
        [Life::of(&names, "evil } url("), Life::of(&["Ada", "Bo", "Cy", "Di"], "Club")]
            .map(|life| life.pages())
    else {
        return;
    };
    for (hostile, harmless) in hostile.iter().zip(&harmless) {
        assert_eq!(hostile.texts("style"), harmless.texts("style"));
        assert_eq!(hostile.texts("style").len(), 1);
        let values = |page: &Seen| -> BTreeSet<(String, String)> {
            let attributes = page.elements().into_iter().flat_map(|e| e.attributes);
            let styling = ["style", "class", "id", "aria-labelledby", "aria-describedby"];
            attributes.filter(|(key, _)| styling.contains(&key.as_str())).collect()
        };
        assert!(values(harmless).len() > 4);
        assert_eq!(values(hostile), values(harmless), "names change none of them");
    }
}

#[test]
fn d08_the_pages_ask_nobody_for_anything() {
    let life = Life::of(&MARKUP, "<link rel=stylesheet href=example.org>");
    let Some(pages) = life.pages() else { return };
    for page in pages {
        assert_eq!(page.requests, [""; 0]);
        let policy = page.elements().into_iter().find(|element| {
            element.attributes.contains(&("http-equiv".to_owned(), "Content-Security-Policy".to_owned()))
        });
        let policy = policy.expect("a policy").attributes;
        let policy = policy.iter().find(|(key, _)| key == "content").map(|(_, value)| value.as_str());
        let mut directives: Vec<&str> = policy.expect("directives").split(';').map(str::trim).collect();
        assert_eq!(directives.remove(0), "default-src 'none'");
        for directive in directives {
            let own = directive.starts_with("script-src 'sha256-") && !directive.contains("unsafe");
            assert!(
                own || ["style-src 'unsafe-inline'", "img-src data:"].contains(&directive),
                "{directive}"
            );
        }
    }
}
