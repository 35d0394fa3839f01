//! A real browser that opens a page and tells what came of it: headless
//! Chromium, all of whose requests have to go through a proxy that notes them
//! and answers none.

use std::io::Read;
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use tempfile::TempDir;

use crate::support::Place;

/// What the browser made of a page.
pub struct Seen {
    /// The document after everything that could run has run.
    pub dom: String,
    /// The hosts that it asked on the page's behalf.
    pub requests: Vec<String>,
}

/// An element's name and its attributes.
pub struct Element {
    pub name: String,
    pub attributes: Vec<(String, String)>,
}

/// Whose hosts the browser itself asks, whatever the page: its maker's.
const ITS_OWN: [&str; 3] = [".google.com", ".googleapis.com", ".gvt1.com"];

/// Opens a page; none, with a word about it, where there is no Chromium.
pub fn open(page: &Path) -> Option<Seen> {
    open_with(page, &[])
}

/// The same, with more options.
pub fn open_with(page: &Path, options: &[&str]) -> Option<Seen> {
    let proxy = TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = proxy.local_addr().expect("a port").port();
    proxy.set_nonblocking(true).expect("a listener that can be asked");
    let over = Arc::new(AtomicBool::new(false));
    let listener = {
        let over = Arc::clone(&over);
        std::thread::spawn(move || {
            let mut requests = Vec::new();
            while !over.load(Ordering::Relaxed) {
                match proxy.accept() {
                    Ok((browser, _)) => requests.push(target(&browser)),
                    Err(_) => std::thread::sleep(Duration::from_millis(2)),
                }
            }
            requests
        })
    };
    let profile = TempDir::with_prefix("transhume-chromium-").expect("a folder");
    let output = Command::new("chromium")
        .args(["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"])
        .args(["--disable-background-networking", "--disable-component-update", "--disable-sync"])
        .arg("--disable-dev-shm-usage")
        .args(options)
        .arg(format!("--user-data-dir={}", profile.path().display()))
        // Not even the own machine is left out.
        .args([&format!("--proxy-server=127.0.0.1:{port}"), "--proxy-bypass-list=<-loopback>"])
        .args(["--dump-dom".to_owned(), format!("file://{}", page.display())])
        .env("HOME", profile.path())
        .output();
    over.store(true, Ordering::Relaxed);
    let requests = listener.join().expect("the listener ends");
    let Ok(output) = output else {
        eprintln!("skipped: there is no chromium");
        return None;
    };
    let dom = String::from_utf8(output.stdout).expect("a document");
    assert!(dom.contains("</html>"), "{dom}{}", String::from_utf8_lossy(&output.stderr));
    let requests =
        requests.into_iter().filter(|host| !ITS_OWN.iter().any(|own| host.ends_with(own))).collect();
    Some(Seen { dom, requests })
}

/// What the browser prints of a page: a PDF.
pub fn print(page: &Path, to: &Path) -> Option<Vec<u8>> {
    open_with(page, &[&format!("--print-to-pdf={}", to.display()), "--no-pdf-header-footer"])?;
    Some(std::fs::read(to).expect("what was printed"))
}

/// Where `tests/run` installs axe-core.
pub fn axe() -> Option<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/axe/node_modules/axe-core/axe.min.js");
    let axe = std::fs::read_to_string(path).ok();
    if axe.is_none() {
        assert!(std::env::var_os("TRANSHUME_TESTS_MUST_RUN_AXE").is_none(), "axe-core is not installed");
        eprintln!("skipped: there is no axe-core (npm)");
    }
    axe
}

/// Lets axe-core look at a page in both themes; fails if it has anything to say.
pub fn assert_axe_has_nothing_to_say(place: &Place, html: &str, axe: &str) {
    let run = "<script>addEventListener('load', () => { document.documentElement.dataset.dark = matchMedia('(prefers-color-scheme: dark)').matches; \
        document.querySelectorAll('details').forEach((d) => { d.open = true; }); \
        axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }).then((found) => { \
        document.documentElement.dataset.rules = found.passes.length; \
        document.documentElement.dataset.axe = found.violations.map((v) => v.id + ': ' + v.nodes.map((n) => n.html.slice(0, 120)).join(' | ')).join(' ;; ') || 'nothing'; }); })</script></body>";
    let probed = without_policy(html).replace("</head>", &format!("<script>{axe}</script></head>"));
    let probed = place.file("axe.html", probed.replace("</body>", run));
    for (dark, scheme) in [
        ("false", "--blink-settings=preferredColorScheme=1"),
        ("true", "--blink-settings=preferredColorScheme=0"),
    ] {
        let Some(seen) = open_with(&probed, &[scheme, "--virtual-time-budget=30000"]) else {
            return;
        };
        assert_eq!(seen.told("data-dark"), dark);
        assert_eq!(seen.told("data-axe"), "nothing", "dark: {dark}");
        assert!(seen.told("data-rules").parse::<usize>().expect("a number") > 15, "axe did look");
    }
}

/// A page that lets a test look into it: everything but its policy.
pub fn without_policy(html: &str) -> String {
    let begin = html.find("<meta http-equiv=\"Content-Security-Policy\"").expect("a policy");
    let end = begin + html[begin..].find('>').expect("its end") + 1;
    format!("{}{}", &html[..begin], &html[end..])
}

/// The host that a request to a proxy is for.
fn target(mut browser: &TcpStream) -> String {
    let mut request = [0; 256];
    let read = browser
        .set_nonblocking(false)
        .and_then(|()| browser.set_read_timeout(Some(Duration::from_secs(1))))
        .and_then(|()| browser.read(&mut request));
    let request = String::from_utf8_lossy(&request[..read.unwrap_or(0)]).into_owned();
    let address = request.split(' ').nth(1).unwrap_or(&request);
    let host = address.strip_prefix("http://").unwrap_or(address);
    host.split(['/', ':']).next().unwrap_or_default().to_owned()
}

impl Seen {
    /// What the page was made to tell of itself, on its outermost element.
    pub fn told(&self, key: &str) -> String {
        let begin = self.dom.find("<html").expect("a page");
        let head = &self.dom[begin..begin + self.dom[begin..].find("<head").expect("a head")];
        let value = head.split(&format!("{key}=\"")).nth(1).and_then(|rest| rest.split('"').next());
        decoded(value.unwrap_or_else(|| panic!("{key}: {head}")))
    }

    /// The elements of the document. The browser writes attributes with
    /// double quotes and leaves no bare `<` in text.
    pub fn elements(&self) -> Vec<Element> {
        let mut elements = Vec::new();
        let mut rest = self.dom.as_str();
        while let Some(at) = rest.find('<') {
            rest = &rest[at + 1..];
            let end = rest.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(rest.len());
            let name = rest[..end].to_owned();
            if name.is_empty() {
                continue;
            }
            rest = &rest[end..];
            let mut attributes = Vec::new();
            while let Some(inner) = rest.strip_prefix(' ') {
                let (key, tail) = inner.split_once("=\"").expect("every attribute has a value");
                let (value, tail) = tail.split_once('"').expect("every value ends");
                attributes.push((key.to_owned(), decoded(value)));
                rest = tail;
            }
            // What stands in a style sheet or a script is no element.
            if ["style", "script"].contains(&name.as_str()) {
                rest = &rest[rest.find(&format!("</{name}>")).expect("it ends")..];
            }
            elements.push(Element { name, attributes });
        }
        elements
    }

    /// The text of all elements of that name that hold nothing but text.
    pub fn texts(&self, name: &str) -> Vec<String> {
        let (open, close) = (format!("<{name}"), format!("</{name}>"));
        let pieces = self.dom.split(&open).skip(1);
        let inner = pieces.filter_map(|piece| piece.split_once('>')?.1.split_once(&close));
        inner.map(|(text, _)| decoded(text)).collect()
    }
}

pub fn decoded(text: &str) -> String {
    text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&nbsp;", "\u{a0}")
        .replace("&amp;", "&")
}

#[test]
fn the_browser_would_tell_of_scripts_and_requests() {
    let place = Place::new();
    let page = place.file(
        "page.html",
        "<!doctype html><title>plain</title><bdi>A &lt;b&gt; &amp; c</bdi><img src='http://example.org/x'>\
         <script>document.title = 'ran'; document.body.append(document.createElement('dialog'))</script>",
    );
    let Some(seen) = open(&page) else { return };
    assert_eq!(seen.texts("title"), ["ran"]);
    assert_eq!(seen.texts("bdi"), ["A <b> & c"]);
    assert!(seen.elements().iter().any(|e| e.name == "dialog"));
    assert_eq!(seen.requests, ["example.org"]);

    let quiet =
        place.file("quiet.html", "<!doctype html><title>plain</title><a href='http://example.org/'>x</a>");
    let seen = open(&quiet).expect("the browser again");
    assert_eq!(seen.requests, [""; 0]);
    let links: Vec<_> =
        seen.elements().into_iter().filter(|e| e.name == "a").flat_map(|e| e.attributes).collect();
    assert_eq!(links, [("href".to_owned(), "http://example.org/".to_owned())]);
}
