//! The door through which a browser comes back after a login: a listener on
//! this computer alone, for one visit.
//!
//! Every page that the browser has open, and every program on this computer,
//! can knock there. Only a visit that knows a secret which no other page was
//! told is let in: it is part of the path, or the `state` that the
//! authorization server passes on.

use std::io;
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc;
use url::Url;

use super::http_client::Http;
use super::trouble::Trouble;

/// No request is longer (bytes): a URL with a code, and a browser's headers.
const LONGEST: usize = 32 * 1024;

/// How long one visit may take: browsers open connections in advance.
const PATIENCE: Duration = Duration::from_secs(10);

/// An open door.
pub struct Door {
    listener: TcpListener,
    origin: String,
    secret: String,
}

/// What a visit has to know.
#[derive(Clone)]
pub enum Expected {
    /// The door's own secret, as its path.
    Path,
    /// The path `/`, and this `state`.
    State(String),
}

impl Door {
    /// Opens a door at a port that is free.
    ///
    /// # Errors
    /// Whatever the system says.
    pub async fn open() -> io::Result<Door> {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
        let origin = format!("http://127.0.0.1:{}", listener.local_addr()?.port());
        let mut secret = [0; 16];
        getrandom::fill(&mut secret).map_err(io::Error::other)?;
        Ok(Door { listener, origin, secret: URL_SAFE_NO_PAD.encode(secret) })
    }

    /// Where the browser is to come back to, for who passes on a `state`.
    pub fn plain_url(&self) -> String {
        format!("{}/", self.origin)
    }

    /// The same with the door's own secret in it.
    pub fn secret_url(&self) -> String {
        format!("{}/{}", self.origin, self.secret)
    }

    /// Waits for the visit, no longer than `wait`, shows one of `sentences` to the
    /// visitor, the first where they bring what they were sent for, and gives the URL to
    /// which they came.
    ///
    /// # Errors
    /// Nobody came, or the user asked to stop.
    pub async fn wait(
        self,
        http: &Http,
        expected: Expected,
        sentences: [&str; 2],
        wait: Duration,
    ) -> Result<Url, Trouble> {
        let visit = tokio::time::timeout(wait, self.visit(expected, sentences));
        http.unless_stopped(visit).await?.map_err(|_| Trouble::NobodyCame)
    }

    /// Whoever knocks and is not expected is told that there is nothing.
    async fn visit(self, expected: Expected, sentences: [&str; 2]) -> Url {
        let pages = sentences.map(page_of);
        let (tell, mut told) = mpsc::channel(1);
        loop {
            tokio::select! {
                Some(url) = told.recv() => return url,
                visitor = self.listener.accept() => {
                    let Ok((stream, _)) = visitor else {
                        tokio::time::sleep(PATIENCE / 100).await;
                        continue;
                    };
                    let (origin, secret) = (self.origin.clone(), self.secret.clone());
                    let (expected, pages, tell) = (expected.clone(), pages.clone(), tell.clone());
                    tokio::spawn(tokio::time::timeout(PATIENCE, async move {
                        let is_expected = |url: &Url| expected.is_met_by(url, &secret);
                        if let Some(url) = serve(stream, &origin, is_expected, &pages).await {
                            let _ = tell.send(url).await;
                        }
                    }));
                }
            }
        }
    }
}

impl Expected {
    fn is_met_by(&self, url: &Url, secret: &str) -> bool {
        match self {
            Expected::Path => url.path().strip_prefix('/') == Some(secret),
            Expected::State(state) => {
                url.path() == "/" && url.query_pairs().any(|(key, value)| key == "state" && value == *state)
            }
        }
    }
}

/// Answers one request; gives its URL if it is the one that is waited for.
async fn serve(
    mut stream: TcpStream,
    origin: &str,
    is_expected: impl Fn(&Url) -> bool,
    pages: &[String; 2],
) -> Option<Url> {
    let mut request = Vec::new();
    let mut piece = [0; 4096];
    while !request.windows(4).any(|end| end == b"\r\n\r\n") {
        let count = stream.read(&mut piece).await.ok().filter(|count| *count > 0)?;
        request.extend_from_slice(piece.get(..count)?);
        if request.len() > LONGEST {
            return None;
        }
    }
    let url = target(&request).and_then(|target| Url::parse(&format!("{origin}{target}")).ok());
    let url = url.filter(is_expected);
    let [brings, refused] = pages;
    let (status, body) = match &url {
        Some(url) if url.query_pairs().any(|(key, _)| key == "error") => ("200 OK", refused.as_str()),
        Some(_) => ("200 OK", brings.as_str()),
        None => ("404 Not Found", ""),
    };
    let answer = format!(
        "HTTP/1.1 {status}\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {}\r\n\
         Cache-Control: no-store\r\nReferrer-Policy: no-referrer\r\n\
         Content-Security-Policy: default-src 'none'\r\nConnection: close\r\n\r\n{body}",
        body.len()
    );
    // A browser that does not listen any more has told what it had to.
    let _ = stream.write_all(answer.as_bytes()).await;
    let _ = stream.shutdown().await;
    url
}

/// What a request asks for.
fn target(request: &[u8]) -> Option<&str> {
    let line = request.split(|byte| *byte == b'\r').next()?;
    let mut words = std::str::from_utf8(line).ok()?.split(' ');
    let (method, target, version) = (words.next()?, words.next()?, words.next()?);
    let good = method == "GET" && target.starts_with('/') && version.starts_with("HTTP/1.");
    good.then_some(target)
}

/// A page with a sentence of transhume's own.
fn page_of(sentence: &str) -> String {
    format!(
        "<!doctype html><html><head><meta charset=\"utf-8\"><title>transhume</title></head>\
         <body><p>{sentence}</p></body></html>"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn knock(origin: &str, request: &str) -> String {
        let mut stream = TcpStream::connect(origin.trim_start_matches("http://")).await.unwrap();
        stream.write_all(request.as_bytes()).await.unwrap();
        let mut answer = String::new();
        let _ = stream.read_to_string(&mut answer).await;
        answer
    }

    #[test]
    fn only_who_knows_the_secret_is_let_in() {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let door = Door::open().await.unwrap();
            let (origin, secret) = (door.origin.clone(), door.secret.clone());
            let visitors = async {
                let get = |target: &str| format!("GET {target} HTTP/1.1\r\nHost: x\r\n\r\n");
                // A browser opens connections that it does not use.
                let idle = TcpStream::connect(origin.trim_start_matches("http://")).await.unwrap();
                for wrong in [
                    get("/"),
                    get("/favicon.ico"),
                    get("/?loginToken=theirs"),
                    get(&format!("//{secret}")),
                    get(&format!("http://evil.example/{secret}")),
                    format!("POST /{secret} HTTP/1.1\r\n\r\n"),
                    "nonsense\r\n\r\n".to_owned(),
                ] {
                    let answer = knock(&origin, &wrong).await;
                    assert!(answer.starts_with("HTTP/1.1 404"), "{wrong}: {answer}");
                }
                assert_eq!(knock(&origin, &"x".repeat(LONGEST + 5000)).await, "");
                let answer = knock(&origin, &get(&format!("/{secret}?loginToken=mine"))).await;
                assert!(answer.starts_with("HTTP/1.1 200") && answer.contains("come back"), "{answer}");
                drop(idle);
            };
            let (url, ()) = tokio::join!(door.visit(Expected::Path, ["come back", "not so"]), visitors);
            assert_eq!(url.query(), Some("loginToken=mine"));
        });
    }

    #[test]
    fn another_state_is_another_login() {
        let met = |url: &str| {
            let url = Url::parse(&format!("http://127.0.0.1:1{url}")).unwrap();
            Expected::State("s/1+".to_owned()).is_met_by(&url, "secret")
        };
        assert!(met("/?code=c&state=s%2F1%2B") && met("/?error=access_denied&state=s%2F1%2B"));
        assert!(!met("/?code=c&state=other") && !met("/?code=c") && !met("/secret?state=s%2F1%2B"));
    }
}
