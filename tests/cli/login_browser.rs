//! Signing in in the browser: by single sign-on and by OAuth 2.0, at real
//! servers. The test is the browser.

use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead, BufReader, Read};
use std::os::unix::fs::PermissionsExt;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use reqwest::{Certificate, Client, StatusCode, Url};

use crate::login::{EXPIRED, check, error, kept_token, knows_somebody, session, signed_in};
use crate::processes::Held;
use crate::servers::Servers;
use crate::support::{Outcome, Place};

/// A browser, as far as a login needs one.
struct Browser {
    client: Client,
    runtime: tokio::runtime::Runtime,
    cookies: BTreeMap<String, String>,
}

impl Browser {
    fn new(servers: &Servers) -> Browser {
        let authority = Certificate::from_pem(&fs::read(servers.known("authority")).unwrap()).unwrap();
        let client = Client::builder().redirect(reqwest::redirect::Policy::none());
        Browser {
            client: client.tls_certs_merge([authority]).build().unwrap(),
            runtime: tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap(),
            cookies: BTreeMap::new(),
        }
    }

    fn get(&mut self, url: &Url) -> (StatusCode, Option<Url>, String) {
        let cookies: Vec<String> =
            self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let request = self.client.get(url.clone()).header("cookie", cookies.join("; "));
        let answer = self.runtime.block_on(request.send()).unwrap_or_else(|e| panic!("{url}: {e:?}"));
        for cookie in answer.headers().get_all("set-cookie") {
            let cookie = cookie.to_str().unwrap().split(';').next().unwrap();
            let (name, value) = cookie.split_once('=').unwrap();
            self.cookies.insert(name.to_owned(), value.to_owned());
        }
        let to = answer.headers().get("location").map(|to| url.join(to.to_str().unwrap()).unwrap());
        (answer.status(), to, self.runtime.block_on(answer.text()).unwrap())
    }

    /// Follows wherever it is sent, and answers the provider's one question.
    /// Gives the last page.
    fn visit(&mut self, from: &str, answer: &str) -> String {
        let mut url = Url::parse(from).unwrap();
        for _ in 0..20 {
            let (status, to, body) = self.get(&url);
            url = match to {
                Some(to) => to,
                None if body == "Who are you?" => Url::parse(&format!("{url}/{answer}")).unwrap(),
                None => {
                    assert_eq!(status, 200, "{url}: {body}");
                    return body;
                }
            };
        }
        panic!("sent around in a circle: {url}");
    }
}

/// A login that waits for the browser.
pub struct Waiting {
    child: Held,
    said: BufReader<std::process::ChildStderr>,
    pub url: String,
}

impl Waiting {
    pub fn start(mut command: Command) -> Waiting {
        let mut child = Held(command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap());
        let mut said = BufReader::new(child.0.stderr.take().unwrap());
        let (mut all, mut line) = (String::new(), String::new());
        while said.read_line(&mut line).unwrap() > 0 {
            if line.starts_with("http") {
                let url = line.trim().to_owned();
                return Waiting { child, said, url };
            }
            all += line.as_str();
            line.clear();
        }
        panic!("no address: {all}");
    }

    /// Tells it to stop.
    pub fn interrupt(&self) {
        let pid = self.child.0.id().to_string();
        assert!(Command::new("kill").args(["-INT", &pid]).status().unwrap().success());
    }

    pub fn end(mut self) -> Outcome {
        let (mut stdout, mut stderr) = (String::new(), String::new());
        self.said.read_to_string(&mut stderr).unwrap();
        self.child.0.stdout.take().unwrap().read_to_string(&mut stdout).unwrap();
        let code = self.child.0.wait().unwrap().code();
        Outcome { code, stdout, stderr }
    }
}

fn login(place: &Place, homeserver: &str, more: &[&str]) -> Command {
    let mut command = place.command();
    command.args(["login", "matrix", "--json", "--homeserver", homeserver]).args(more);
    command
}

#[test]
fn single_sign_on_opens_the_browser_that_the_user_named() {
    let Some(servers) = Servers::get() else { return };
    if !servers.has_oidc() {
        return;
    }
    let place = knows_somebody(&servers.account().mxid);
    let browser = place.file("browser", "#!/bin/sh\nprintf %s \"$2\" > \"$1.tmp\"; mv \"$1.tmp\" \"$1\"\n");
    fs::set_permissions(&browser, fs::Permissions::from_mode(0o700)).unwrap();
    let opened = place.path().join("opened");
    let mut command = login(&place, servers.known("homeserver"), &[]);
    command.env("BROWSER", format!("/nonexistent/browser:{} {} %s", browser.display(), opened.display()));
    let waiting = Waiting::start(command);
    let begun = Instant::now();
    while !opened.exists() {
        assert!(begun.elapsed() < Duration::from_secs(8), "no browser was opened");
        std::thread::sleep(Duration::from_millis(20));
    }
    assert_eq!(fs::read_to_string(&opened).unwrap(), waiting.url);
    let page = Browser::new(&servers).visit(&waiting.url, "as/sso-ada");
    assert!(page.contains("go back to the terminal"), "{page}");
    let view = waiting.end().ends_with(0).object();
    assert_eq!((&view["way"], &view["user"]), (&"sso".into(), &servers.mxid("sso-ada").as_str().into()));
    let token = kept_token(&place);
    assert!(servers.takes("homeserver", &token));
    check(&place, &[]).ends_with(0);
    place.run(["logout"]).ends_with(0);
    assert!(!servers.takes("homeserver", &token) && !signed_in(&place));
}

#[test]
fn oauth_signs_in_renews_and_signs_out() {
    let Some(servers) = Servers::get() else { return };
    if !servers.has_oidc() {
        return;
    }
    let place = knows_somebody("@oauth-ada:example.org");
    let waiting = Waiting::start(login(&place, servers.known("oauth"), &["--no-browser"]));
    let page = Browser::new(&servers).visit(&waiting.url, "as/oauth-ada");
    assert!(page.contains("go back to the terminal"), "{page}");
    let view = waiting.end().ends_with(0).object();
    assert_eq!(
        (&view["way"], view["user"].as_str().unwrap().split(':').next()),
        (&"oauth".into(), Some("@oauth-ada"))
    );
    let first = session(&place);
    let token = |session: &serde_json::Value, kind: &str| session[kind].as_str().unwrap().to_owned();
    assert_eq!(first["oauth"]["issuer"], format!("{}/", servers.known("oidc")));
    std::thread::sleep(EXPIRED);
    assert!(!servers.takes("oauth", &token(&first, "access_token")));
    check(&place, &["--skip", "profiles"]).ends_with(0);
    let second = session(&place);
    assert_ne!(token(&first, "access_token"), token(&second, "access_token"));
    assert_ne!(token(&first, "refresh_token"), token(&second, "refresh_token"));
    assert!(servers.takes("oauth", &token(&second, "access_token")));
    assert_eq!(place.run(["logout", "--json"]).ends_with(0).object()["revoked"], true);
    assert!(!servers.takes("oauth", &token(&second, "access_token")));
    // What renews is worth nothing any more either.
    place.file("ws/matrix-session.json", second.to_string());
    std::thread::sleep(EXPIRED);
    assert_eq!(error(&check(&place, &["--skip", "profiles"]).ends_with(5)), "error-session-ended");
}

#[test]
fn who_says_no_in_the_browser_is_not_signed_in() {
    let Some(servers) = Servers::get() else { return };
    if !servers.has_oidc() {
        return;
    }
    let place = Place::new();
    let waiting = Waiting::start(login(&place, servers.known("oauth"), &["--no-browser"]));
    Browser::new(&servers).visit(&waiting.url, "no");
    assert_eq!(error(&waiting.end().ends_with(6)), "error-login-denied");
    assert!(!signed_in(&place));
}

#[test]
fn whoever_does_not_come_back_is_not_waited_for_for_ever() {
    let Some(servers) = Servers::get() else { return };
    if !servers.has_oidc() {
        return;
    }
    for homeserver in ["oauth", "homeserver"] {
        let place = Place::new();
        let outcome = login(&place, servers.known(homeserver), &["--no-browser", "--wait", "1"]).output();
        assert_eq!(error(&Outcome::of(&outcome.unwrap()).ends_with(5)), "error-login-nobody-came");
        let waiting = Waiting::start(login(&place, servers.known(homeserver), &["--no-browser"]));
        waiting.interrupt();
        assert_eq!(error(&waiting.end().ends_with(130)), "error-interrupted");
        assert!(!signed_in(&place));
    }
}
