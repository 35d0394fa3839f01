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
