//! What hostile names become on a terminal and in a page.

use proptest::prelude::*;

use super::*;

fn on_terminal(text: &str) -> String {
    terminal(&Foreign::from(text)).to_string()
}

fn in_page(text: &str) -> String {
    html(&Foreign::from(text)).to_string()
}

#[test]
fn d01_controls_are_shown_and_never_sent() {
    assert_eq!(on_terminal("\u{1b}[2J\u{1b}[H"), "␛[2J␛[H");
    assert_eq!(on_terminal("\u{1b}]0;pwn\u{7}"), "␛]0;pwn␇");
    assert_eq!(on_terminal("\u{1b}]8;;http://evil\u{1b}\\x"), "␛]8;;http://evil␛\\x");
    assert_eq!(on_terminal("\u{1b}]52;c;eA==\u{7}"), "␛]52;c;eA==␇");
    assert_eq!(on_terminal("\u{90}q\u{9c}\u{9b}2J"), "⟨U+0090⟩q⟨U+009C⟩⟨U+009B⟩2J");
    assert_eq!(on_terminal("a\r\nb\tc\u{7f}\0"), "a␍␊b␉c␡␀");
    assert_eq!(in_page("\u{1b}[2J\u{9b}\n"), "␛[2J⟨U+009B⟩␊");
}

#[test]
fn d02_overrides_are_shown_and_isolated() {
    assert_eq!(on_terminal("a\u{202e}b"), "\u{2068}a⟨U+202E⟩b\u{2069}");
    assert_eq!(on_terminal("\u{2066}\u{2069}x"), "\u{2068}⟨U+2066⟩⟨U+2069⟩x\u{2069}");
    assert_eq!(in_page("a\u{202e}b"), "\u{2068}a⟨U+202E⟩b\u{2069}");
    assert_eq!(on_terminal("שרה"), "\u{2068}שרה\u{2069}");
    assert_eq!(on_terminal("\u{200e}Ada\u{200f}\u{61c}"), "Ada", "mere marks go, without isolation");
    assert_eq!(on_terminal("a\u{2028}b\u{2029}"), "a⟨U+2028⟩b⟨U+2029⟩");
}

#[test]
fn d03_lookalikes_stay_as_they_are() {
    assert_eq!(on_terminal("y\u{430}nn"), "y\u{430}nn");
}

#[test]
fn d04_markup_is_text() {
    assert_eq!(in_page("<script>alert(1)</script>"), "&lt;script&gt;alert(1)&lt;/script&gt;");
    assert_eq!(in_page("<img src=x onerror=y>"), "&lt;img src=x onerror=y&gt;");
    assert_eq!(in_page("&lt;"), "&amp;lt;", "and is not read twice");
    assert_eq!(template(&Foreign::from("<b>\u{1b}")).as_ref(), "<b>␛", "the template escapes the rest");
}

#[test]
fn d06_no_name_leaves_its_attribute() {
    assert_eq!(in_page("\" onmouseover='x' `"), "&quot; onmouseover=&#39;x&#39; &#96;");
}

#[test]
fn d18_long_names_are_cut_and_empty_ones_replaced() {
    let long = on_terminal(&"a".repeat(10_000));
    assert_eq!(long, format!("{}…", "a".repeat(60)));
    assert_eq!(on_terminal(&"a".repeat(60)), "a".repeat(60));
    for blank in
        ["", "   ", "\u{200b}\u{feff}", "\u{202e}", "\u{200d}\u{fe0f}", "\u{3164}", "\n\t", "\u{301}"]
    {
        assert!(is_blank(&Foreign::from(blank)), "{blank:?}");
        assert_eq!(terminal_or(&Foreign::from(blank), "(no name)").as_ref(), "(no name)");
    }
    assert!(!is_blank(&Foreign::from("🐑")));
    assert_eq!(terminal_or(&Foreign::from("Ada"), "(no name)").as_ref(), "Ada");
}

#[test]
fn d18_piled_up_marks_are_thinned_out() {
    let zalgo = format!("e{}x", "\u{301}".repeat(4_000));
    assert_eq!(on_terminal(&zalgo), format!("e{}x", "\u{301}".repeat(4)));
    // Marks between the marks do not help: they are dropped first.
    let tricky = format!("e{}", "\u{301}\u{200e}".repeat(50));
    assert_eq!(on_terminal(&tricky), format!("e{}", "\u{301}".repeat(4)));
    let family = "👨\u{200d}👩\u{200d}👧\u{200d}👦";
    assert_eq!(on_terminal(family), family);
    let flag = "🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}";
    assert_eq!(on_terminal(flag), flag);
    let crowd = format!("👩{}", "\u{200d}👩".repeat(300));
    assert!(on_terminal(&crowd).chars().count() <= MOST_PARTS + 1);
}

#[test]
fn d18_width_is_that_of_the_screen() {
    let shown = terminal(&Foreign::from("陳大文"));
    assert_eq!(shown.width(), 6);
    assert_eq!(shown.fit(5).as_ref(), "陳大…");
    assert_eq!(shown.fit(6), shown);
    assert_eq!(shown.fit(0).as_ref(), "");
    let hebrew = terminal(&Foreign::from("שרה לוי"));
    assert_eq!(hebrew.width(), 7, "isolation takes no room");
    assert_eq!(hebrew.fit(4).as_ref(), "\u{2068}שרה…\u{2069}");
    assert_eq!(format!("{:>4}|", terminal(&Foreign::from("Ada"))), " Ada|");
    assert_eq!(format!("{shown:8}|"), "陳大文  |");
    assert_eq!(format!("{hebrew:^8.1}|"), "\u{2068}שרה לוי\u{2069} |");
    let path = format!("/home/ada/{}.zip\u{1b}", "a".repeat(200));
    assert_eq!(terminal_uncut(&Foreign::from(path.as_str())).to_string(), path.replace('\u{1b}', "␛"));
}

proptest! {
    #[test]
    fn d01_nothing_that_acts_gets_through(text in any::<String>()) {
        let name = Foreign::from(text.as_str());
        for shown in [terminal(&name), terminal_uncut(&name), html(&name), template(&name)] {
            let inner = shown.as_ref();
            let inner = inner.strip_prefix(FSI).and_then(|text| text.strip_suffix(PDI)).unwrap_or(inner);
            prop_assert!(!inner.contains(|c: char| c.is_control() || acts_unseen(c)));
        }
        prop_assert!(!html(&name).as_ref().contains(['<', '>', '"', '\'', '`']));
        prop_assert!(terminal(&name).as_ref().graphemes(true).count() <= MOST_CLUSTERS + 3);
        prop_assert!(terminal(&name).fit(10).width() <= 10);
    }
}

#[test]
fn a_name_in_a_sentence_of_a_page_is_an_element_of_its_own() {
    let said = |name: &str| sentence(&format!("It’s {} & co", within(&Foreign::from(name))));
    assert_eq!(said("Ada"), "It’s <bdi>Ada</bdi> &amp; co");
    assert_eq!(said("<b>&"), "It’s <bdi>&lt;b&gt;&amp;</bdi> &amp; co");
    assert_eq!(said("a\u{2069}</bdi>\u{2068}b"), "It’s <bdi>a⟨U+2069⟩&lt;/bdi&gt;⟨U+2068⟩b</bdi> &amp; co");
}
