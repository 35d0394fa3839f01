//! What a `WebDAV` server answers about its resources (RFC 4918, 14.16), as
//! far as address books need it (RFC 6352).
//!
//! The document comes from a server that may be anybody's: a document type is
//! refused, so no entity is ever expanded, nesting is bounded, and a byte that
//! is no UTF-8 costs one character and not a book.

use quick_xml::NsReader;
use quick_xml::escape::{resolve_predefined_entity, unescape};
use quick_xml::events::Event;
use quick_xml::name::{Namespace, ResolveResult};

const DAV: &str = "DAV:";
const CARDDAV: &str = "urn:ietf:params:xml:ns:carddav";

/// No element stands deeper.
const DEEPEST: usize = 32;

/// One resource of an answer. Only properties that the server has are told.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Resource {
    /// Where it is, as the server writes it: a path or a whole URL.
    pub href: String,
    /// The HTTP status, where it is of the resource itself.
    pub status: Option<u16>,
    /// Whether it holds others.
    pub is_collection: bool,
    /// Whether it is an address book.
    pub is_address_book: bool,
    /// Where the one who asks is described.
    pub principal: Option<String>,
    /// Where somebody's address books are.
    pub homes: Vec<String>,
    /// The card.
    pub card: Option<String>,
}

/// The document is no answer of that kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a multistatus")]
pub struct NotMultistatus;

/// The elements that mean something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Element {
    Multistatus,
    Response,
    Href,
    Propstat,
    Status,
    Prop,
    ResourceType,
    Collection,
    AddressBook,
    Principal,
    Home,
    AddressData,
    Other,
}

impl Element {
    fn of(namespace: &ResolveResult<'_>, name: &str) -> Element {
        let ResolveResult::Bound(Namespace(namespace)) = namespace else { return Element::Other };
        match (*namespace, name) {
            (DAV, "multistatus") => Element::Multistatus,
            (DAV, "response") => Element::Response,
            (DAV, "href") => Element::Href,
            (DAV, "propstat") => Element::Propstat,
            (DAV, "status") => Element::Status,
            (DAV, "prop") => Element::Prop,
            (DAV, "resourcetype") => Element::ResourceType,
            (DAV, "collection") => Element::Collection,
            (DAV, "current-user-principal") => Element::Principal,
            (CARDDAV, "addressbook") => Element::AddressBook,
            (CARDDAV, "addressbook-home-set") => Element::Home,
            (CARDDAV, "address-data") => Element::AddressData,
            _ => Element::Other,
        }
    }
}

/// Reads an answer.
///
/// # Errors
/// [`NotMultistatus`] for anything but a well-formed one.
pub fn parse(bytes: &[u8]) -> Result<Vec<Resource>, NotMultistatus> {
    let text = String::from_utf8_lossy(bytes);
    let mut reader = NsReader::from_str(text.trim_start_matches('\u{feff}'));
    reader.config_mut().expand_empty_elements = true;
    let mut answer = Answer::default();
    loop {
        let (namespace, event) = reader.read_resolved_event().map_err(|_| NotMultistatus)?;
        match event {
            Event::Start(start) => {
                let element = Element::of(&namespace, start.local_name().into_inner());
                answer.open(element)?;
            }
            Event::End(_) => answer.close(),
            Event::Text(text) => answer.text.push_str(&text.xml10_content()),
            Event::CData(text) => answer.text.push_str(&text.xml10_content()),
            Event::GeneralRef(name) => answer.reference(&name)?,
            Event::DocType(_) => return Err(NotMultistatus),
            Event::Eof => break,
            _ => {}
        }
    }
    (answer.is_multistatus && answer.path.is_empty()).then_some(answer.all).ok_or(NotMultistatus)
}

/// An answer that is being read.
#[derive(Default)]
struct Answer {
    all: Vec<Resource>,
    is_multistatus: bool,
    path: Vec<Element>,
    text: String,
    /// The resource that is being read.
    resource: Resource,
    /// What its part with one status says of it.
    part: Resource,
}

impl Answer {
    fn open(&mut self, element: Element) -> Result<(), NotMultistatus> {
        if self.path.len() == DEEPEST || self.path.is_empty() && element != Element::Multistatus {
            return Err(NotMultistatus);
        }
        self.is_multistatus = true;
        match element {
            Element::Response => self.resource = Resource::default(),
            Element::Propstat => self.part = Resource::default(),
            Element::Collection if self.is_in(&[Element::ResourceType]) => self.part.is_collection = true,
            Element::AddressBook if self.is_in(&[Element::ResourceType]) => self.part.is_address_book = true,
            _ => {}
        }
        self.path.push(element);
        self.text.clear();
        Ok(())
    }

    fn close(&mut self) {
        let text = std::mem::take(&mut self.text);
        match self.path.pop() {
            Some(Element::Href) => {
                let href = text.trim().to_owned();
                if self.is_in(&[Element::Response]) {
                    self.resource.href = href;
                } else if self.is_in(&[Element::Prop, Element::Principal]) {
                    self.part.principal = Some(href);
                } else if self.is_in(&[Element::Prop, Element::Home]) {
                    self.part.homes.push(href);
                }
            }
            // `HTTP/1.1 200 OK`
            Some(Element::Status) => {
                let status = text.split_whitespace().nth(1).and_then(|code| code.parse().ok());
                if self.is_in(&[Element::Response]) {
                    self.resource.status = status;
                } else {
                    self.part.status = status;
                }
            }
            Some(Element::AddressData) if self.is_in(&[Element::Prop]) => self.part.card = Some(text),
            Some(Element::Propstat) => {
                let part = std::mem::take(&mut self.part);
                if part.status.is_none_or(|status| (200..300).contains(&status)) {
                    let all = &mut self.resource;
                    all.is_collection |= part.is_collection;
                    all.is_address_book |= part.is_address_book;
                    all.principal = part.principal.or(all.principal.take());
                    all.homes.extend(part.homes);
                    all.card = part.card.or(all.card.take());
                }
            }
            Some(Element::Response) => {
                let resource = std::mem::take(&mut self.resource);
                if !resource.href.is_empty() {
                    self.all.push(resource);
                }
            }
            _ => {}
        }
    }

    /// Adds what a reference stands for: a character, or one of the five names
    /// that XML itself has.
    fn reference(&mut self, name: &str) -> Result<(), NotMultistatus> {
        if let Some(known) = resolve_predefined_entity(name) {
            self.text.push_str(known);
        } else if name.starts_with('#') {
            // A character that XML forbids is left out.
            let reference = format!("&{name};");
            self.text.push_str(&unescape(&reference).unwrap_or_default());
        } else {
            return Err(NotMultistatus);
        }
        Ok(())
    }

    /// Whether the innermost elements are these.
    fn is_in(&self, inner: &[Element]) -> bool {
        self.path.ends_with(inner)
    }
}

#[cfg(test)]
mod tests;
