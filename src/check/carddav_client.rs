//! Address books on a server: `CardDAV` (RFC 6352), found as RFC 6764 says,
//! listed and then fetched in batches.
//!
//! Name and password go to the server that the user named and to no other:
//! redirects are followed within it alone, and what it names elsewhere is not
//! asked for. A batch that is too large or cannot be understood is asked for
//! in halves, so that one card never costs another.

use std::collections::BTreeMap;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::header::{AUTHORIZATION, CONTENT_TYPE, HeaderValue};
use http::{Method, Request, StatusCode};
use url::Url;
use zeroize::Zeroizing;

use super::http_client::{Http, Reply};
use super::place::Base;
use super::trouble::{Trouble, cut};
use crate::model::Foreign;
use crate::read::addressbook::multistatus::{self, Resource};
use crate::read::addresses::percent_decoded;
use crate::words::escape::xml;

/// No answer may be longer (bytes): a batch of cards with photos.
pub const BODY_CAP: usize = 32 * 1024 * 1024;

/// So many cards are asked for at once.
pub const BATCH: usize = 100;

/// No address book has more cards.
const MOST: usize = 100_000;

/// So many redirects are followed.
const REDIRECTS: usize = 5;

/// Books that Nextcloud makes up: everybody on the server, and whoever was
/// written to lately. They are nobody's own.
const MADE_UP: [&str; 2] = ["z-server-generated--", "z-app-generated--"];

/// Why there is no address book.
#[derive(Debug, thiserror::Error)]
pub enum NoBook {
    /// The server could not be asked, or does not answer well.
    #[error(transparent)]
    Trouble(#[from] Trouble),
    /// Name and password were refused, or are wanted.
    #[error("{host}: not let in")]
    Refused {
        /// The server.
        host: String,
    },
    /// There is no address book at that place.
    #[error("{host}: no address book")]
    None {
        /// The server.
        host: String,
    },
    /// There are more cards than anybody has.
    #[error("{host}: too many cards")]
    TooMany {
        /// The server.
        host: String,
    },
}

/// Name and password, which are shown nowhere.
pub struct Login(Zeroizing<String>);

impl Login {
    /// A login for HTTP's basic authentication (RFC 7617); none for a name with
    /// a colon, which it cannot carry.
    pub fn new(user: &str, password: &str) -> Option<Login> {
        let both = Zeroizing::new(format!("{user}:{password}"));
        (!user.contains(':'))
            .then(|| Login(Zeroizing::new(format!("Basic {}", STANDARD.encode(both.as_bytes())))))
    }
}

/// A card, or what the server said instead.
#[derive(Debug)]
pub struct Delivered {
    /// Where it is.
    pub url: Url,
    /// Its bytes; else the status, if there was any. None at all if it is gone.
    pub card: Result<Vec<u8>, Option<u16>>,
}

/// A server with address books.
pub struct CardDav<'a> {
    http: &'a Http,
    base: Base,
    login: Option<Login>,
}

impl<'a> CardDav<'a> {
    /// The server at `base`, which the user named.
    pub fn new(http: &'a Http, base: &Base, login: Option<Login>) -> CardDav<'a> {
        http.trust(base);
        CardDav { http, base: base.clone(), login }
    }

    /// The address books at the place that the user named, or of the user who
    /// is found from there.
    ///
    /// # Errors
    /// [`NoBook`].
    pub async fn find(&self) -> Result<Vec<Url>, NoBook> {
        let mut places = vec![self.base.url().clone()];
        if let Ok(well_known) = self.base.url().join("/.well-known/carddav") {
            // Where nothing but a server is named, it says where to begin.
            let at = usize::from(self.base.url().path() != "/");
            places.insert(at, well_known);
        }
        for place in places {
            let books = match self.look(&place).await {
                // Nothing of the kind is there: it may be elsewhere.
                Err(NoBook::None { .. }) => continue,
                books => books?,
            };
            if !books.is_empty() {
                return Ok(books);
            }
        }
        Err(NoBook::None { host: self.base.label() })
    }

    async fn look(&self, place: &Url) -> Result<Vec<Url>, NoBook> {
        const WANTED: &str = "<D:resourcetype/><D:current-user-principal/><C:addressbook-home-set/>";
        let (place, found) = self.properties(place, "0", WANTED).await?;
        let Some(found) = found.into_iter().next() else { return Ok(Vec::new()) };
        if found.is_address_book {
            return Ok(vec![place]);
        }
        let mut homes = found.homes;
        let mut from = place.clone();
        if let (true, Some(principal)) = (homes.is_empty(), found.principal) {
            let (at, found) = self.properties(&self.within(&place, &principal)?, "0", WANTED).await?;
            homes = found.into_iter().flat_map(|found| found.homes).collect();
            from = at;
        }
        if homes.is_empty() {
            return self.books_in(&place).await;
        }
        let mut books = Vec::new();
        for home in homes {
            books.extend(self.books_in(&self.within(&from, &home)?).await?);
        }
        Ok(books)
    }

    /// The address books that lie in a place.
    async fn books_in(&self, home: &Url) -> Result<Vec<Url>, NoBook> {
        let (home, found) = self.properties(home, "1", "<D:resourcetype/>").await?;
        let mut books = Vec::new();
        for book in found.iter().filter(|found| found.is_address_book) {
            let url = self.within(&home, &book.href)?;
            let name = url.path().trim_end_matches('/').rsplit('/').next().unwrap_or_default().to_owned();
            if !MADE_UP.iter().any(|made_up| name.starts_with(made_up)) {
                books.push(url);
            }
        }
        books.sort();
        books.dedup();
        Ok(books)
    }

    /// The cards of an address book, in order.
    ///
    /// # Errors
    /// [`NoBook`].
    pub async fn list(&self, book: &Url) -> Result<Vec<Url>, NoBook> {
        let (book, found) = self.properties(book, "1", "<D:resourcetype/><D:getetag/>").await?;
        let mut cards = Vec::new();
        for card in found.iter().filter(|found| !found.is_collection && !found.is_address_book) {
            let url = self.within(&book, &card.href)?;
            if key(&url).trim_end_matches('/') != key(&book).trim_end_matches('/') {
                cards.push(url);
            }
        }
        if cards.len() > MOST {
            return Err(NoBook::TooMany { host: self.base.label() });
        }
        cards.sort();
        cards.dedup();
        Ok(cards)
    }

    /// Fetches cards of a book, each of which is among what is given back.
    ///
    /// # Errors
    /// [`NoBook`] for whatever says nothing of a single card.
    pub async fn fetch(&self, book: &Url, cards: &[Url]) -> Result<Vec<Delivered>, NoBook> {
        let mut open = vec![cards];
        let mut delivered = Vec::new();
        while let Some(batch) = open.pop() {
            let found = match batch {
                [] => continue,
                [one] => vec![self.fetch_one(one).await?],
                several => match self.fetch_several(book, several).await? {
                    Some(found) => found,
                    None => {
                        let (first, last) = several.split_at(several.len() / 2);
                        open.extend([last, first]);
                        continue;
                    }
                },
            };
            delivered.extend(found);
        }
        Ok(delivered)
    }

    /// Fetches cards by one request; none if it cannot be had that way.
    async fn fetch_several(&self, book: &Url, cards: &[Url]) -> Result<Option<Vec<Delivered>>, NoBook> {
        let hrefs = cards.iter().map(|card| format!("<D:href>{}</D:href>", xml(&Foreign::from(card.path()))));
        let body = format!(
            "<?xml version=\"1.0\" encoding=\"utf-8\"?><C:addressbook-multiget xmlns:D=\"DAV:\" \
             xmlns:C=\"urn:ietf:params:xml:ns:carddav\"><D:prop><D:getetag/><C:address-data/></D:prop>{}\
             </C:addressbook-multiget>",
            hrefs.collect::<String>()
        );
        let reply = match self.send("REPORT", book, Some("1"), &body).await {
            Ok((_, reply)) => reply,
            Err(NoBook::Trouble(Trouble::TooLarge { .. })) => return Ok(None),
            Err(other) => return Err(other),
        };
        let Some(found) = understood(&reply) else { return Ok(None) };
        let mut answered: BTreeMap<String, Resource> = BTreeMap::new();
        for resource in found {
            if let Ok(url) = self.within(book, &resource.href) {
                answered.insert(key(&url), resource);
            }
        }
        let mut delivered = Vec::new();
        for url in cards {
            let card = answered.remove(&key(url)).and_then(|resource| resource.card);
            delivered.push(match card {
                Some(card) => Delivered { url: url.clone(), card: Ok(card.into_bytes()) },
                // Some servers find by itself what they do not find in a list.
                None => self.fetch_one(url).await?,
            });
        }
        Ok(Some(delivered))
    }

    async fn fetch_one(&self, card: &Url) -> Result<Delivered, NoBook> {
        let card_of = |card| Delivered { url: card, card: Err(None) };
        let reply = match self.send("GET", card, None, "").await {
            Ok((_, reply)) => reply,
            Err(NoBook::Trouble(Trouble::TooLarge { .. })) => return Ok(card_of(card.clone())),
            Err(other) => return Err(other),
        };
        let status = reply.http.status();
        let content =
            if status.is_success() { Ok(reply.http.into_body()) } else { Err(Some(status.as_u16())) };
        Ok(Delivered { card: content, ..card_of(card.clone()) })
    }

    /// Asks for properties of a resource, or of those in it; and where it is.
    async fn properties(&self, url: &Url, depth: &str, wanted: &str) -> Result<(Url, Vec<Resource>), NoBook> {
        let body = format!(
            "<?xml version=\"1.0\" encoding=\"utf-8\"?><D:propfind xmlns:D=\"DAV:\" \
             xmlns:C=\"urn:ietf:params:xml:ns:carddav\"><D:prop>{wanted}</D:prop></D:propfind>"
        );
        let (url, reply) = self.send("PROPFIND", url, Some(depth), &body).await?;
        match understood(&reply) {
            Some(found) => Ok((url, found)),
            None if reply.http.status().is_server_error() => {
                let status = reply.http.status().as_u16();
                let (host, code, said) = (reply.host, String::new(), String::new());
                Err(Trouble::Server { host, status, code, said }.into())
            }
            None => Err(NoBook::None { host: reply.host }),
        }
    }

    /// Sends a request, and again where the same server says that the resource
    /// has moved.
    async fn send(
        &self,
        method: &str,
        url: &Url,
        depth: Option<&str>,
        body: &str,
    ) -> Result<(Url, Reply), NoBook> {
        let bad = |url: &Url| Trouble::BadUrl { url: cut(url.as_str()) };
        let mut url = url.clone();
        for _ in 0..=REDIRECTS {
            let method = Method::from_bytes(method.as_bytes()).map_err(|_| bad(&url))?;
            let mut request = Request::builder().method(method).uri(url.as_str());
            if let Some(depth) = depth {
                request =
                    request.header("Depth", depth).header(CONTENT_TYPE, "application/xml; charset=utf-8");
            }
            if let Some(login) = &self.login {
                let mut value = HeaderValue::from_str(&login.0).map_err(|_| bad(&url))?;
                value.set_sensitive(true);
                request = request.header(AUTHORIZATION, value);
            }
            let request = request.body(body.as_bytes().to_vec()).map_err(|_| bad(&url))?;
            let reply = self.http.send(&request).await?;
            if matches!(
                reply.http.status(),
                StatusCode::UNAUTHORIZED | StatusCode::PROXY_AUTHENTICATION_REQUIRED
            ) {
                return Err(NoBook::Refused { host: reply.host });
            }
            let Some(next) = reply.leads_to(&url) else { return Ok((url, reply)) };
            url = self.within(&url, next.as_str())?;
        }
        Err(Trouble::RedirectLoop { host: self.base.label() }.into())
    }

    /// What a server names, if it lies on the server that the user named. Many
    /// stand behind a front that alone speaks TLS, and take themselves for
    /// `http://`.
    fn within(&self, from: &Url, named: &str) -> Result<Url, NoBook> {
        let elsewhere = || Trouble::Redirect { host: self.base.label(), to: cut(named) };
        let mut url = from.join(named).map_err(|_| elsewhere())?;
        if self.base.url().scheme() == "https" && url.scheme() == "http" && url.port().is_none() {
            url.set_scheme("https").map_err(|()| elsewhere())?;
        }
        let same =
            url.origin() == self.base.url().origin() && url.username().is_empty() && url.password().is_none();
        url.set_fragment(None);
        same.then_some(url).ok_or_else(|| elsewhere().into())
    }
}

/// The resources of an answer, if it is one.
fn understood(reply: &Reply) -> Option<Vec<Resource>> {
    let good = reply.http.status() == StatusCode::MULTI_STATUS;
    multistatus::parse(reply.http.body()).ok().filter(|_| good)
}

/// By what a resource is known again: servers encode paths as they like.
fn key(url: &Url) -> String {
    percent_decoded(url.path())
}

#[cfg(test)]
mod tests;
