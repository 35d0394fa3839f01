//! Which places a server may send us to.

use std::time::Duration;

use super::super::http_client::Rules;
use super::*;

fn within(start: &str, named: &str) -> Option<String> {
    let rules = Rules { authority: None, allow_private: false, timeout: Duration::from_secs(5) };
    let http = Http::new(&rules, std::sync::Arc::default(), Box::new(|_, _| {})).unwrap();
    let dav = CardDav::new(&http, &Base::parse(start).unwrap(), None);
    dav.within(dav.base.url(), named).ok().map(|url| url.to_string())
}

#[test]
fn e01_nothing_is_asked_of_another_server() {
    let start = "https://cloud.example.org/dav/";
    for (named, url) in [
        ("book/", Some("https://cloud.example.org/dav/book/")),
        ("/book/a%20b.vcf", Some("https://cloud.example.org/book/a%20b.vcf")),
        ("https://cloud.example.org:443/x", Some("https://cloud.example.org/x")),
        ("http://cloud.example.org/x", Some("https://cloud.example.org/x")),
        ("http://cloud.example.org:8080/x", None),
        ("https://cloud.example.org:8443/x", None),
        ("https://evil.example.org/x", None),
        ("//evil.example.org/x", None),
        ("https://ada:secret@cloud.example.org/x", None),
        ("https://cloud.example.org@evil.example.org/", None),
        ("http://169.254.169.254/", None),
        ("file:///etc/passwd", None),
        ("javascript:alert(1)", None),
    ] {
        assert_eq!(within(start, named).as_deref(), url, "{named}");
    }
    assert_eq!(within("http://127.0.0.1:5232/", "https://127.0.0.1:5232/x"), None);
}

#[test]
fn a_name_with_a_colon_is_no_name() {
    assert!(Login::new("a:b", "c").is_none());
    assert_eq!(Login::new("ada", "s:é").unwrap().0.as_str(), "Basic YWRhOnM6w6k=");
}
