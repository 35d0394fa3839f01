//! The way to somebody, and links that open a draft in WhatsApp, in SMS or in mail. None of them sends
//! anything: the person presses the button.
//!
//! Everything that is put into a link is percent-encoded down to RFC 3986's
//! unreserved characters, so that a name can neither end the text nor add a
//! header (RFC 5724, RFC 6068).

use serde::Serialize;

use crate::model::identity::Email;
use crate::model::phone::Line;
use crate::model::{Channel, Contact, Foreign, Phone};
use crate::words::escape::{mail_body, url_component};

/// Browsers and phones cut longer `wa.me` links.
pub const LONGEST_LINK: usize = 2000;

/// The way by which a draft reaches somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Via {
    /// A WhatsApp message.
    Whatsapp,
    /// An SMS.
    Sms,
    /// An e-mail.
    Email,
    /// Said, shown or written by hand.
    InPerson,
}

impl Via {
    /// The name in JSON.
    pub fn id(self) -> &'static str {
        match self {
            Via::Whatsapp => "whatsapp",
            Via::Sms => "sms",
            Via::Email => "email",
            Via::InPerson => "in-person",
        }
    }
}

/// How a draft gets to somebody, with the address to use.
pub(super) enum Way<'a> {
    Whatsapp(Option<&'a Phone>),
    Sms(&'a Phone),
    Mail(&'a Email),
    InPerson,
}

impl<'a> Way<'a> {
    /// WhatsApp for whoever is there, else SMS to a mobile number, else mail.
    pub(super) fn to(contact: &'a Contact) -> Way<'a> {
        let mut mobiles = contact.phones.iter().filter(|phone| phone.line() == Line::Mobile);
        let first = mobiles.next();
        if contact.is_on_whatsapp() {
            // Of several numbers one may be somebody else's by now: then the
            // user picks the chat.
            return Way::Whatsapp(first.filter(|_| mobiles.next().is_none()));
        }
        match (first, contact.emails.first()) {
            (Some(phone), _) => Way::Sms(phone),
            (None, Some(email)) => Way::Mail(email),
            (None, None) => Way::InPerson,
        }
    }

    /// Its name.
    pub(super) fn via(&self) -> Via {
        match self {
            Way::Whatsapp(_) => Via::Whatsapp,
            Way::Sms(_) => Via::Sms,
            Way::Mail(_) => Via::Email,
            Way::InPerson => Via::InPerson,
        }
    }
}

/// Opens a message in WhatsApp, to a number or to whomever the user picks
/// there. If that gets too long, the text is left to be pasted.
pub fn whatsapp(to: Option<&Phone>, text: &str) -> Foreign {
    let number = to.map_or("", Phone::digits);
    let link = format!("https://wa.me/{number}?text={}", url_component(text));
    Foreign::new(if link.len() < LONGEST_LINK { link } else { format!("https://wa.me/{number}") })
}

/// Opens an SMS.
pub fn sms(to: &Phone, text: &str) -> Foreign {
    Foreign::new(format!("sms:{}?body={}", to.as_str(), url_component(text)))
}

/// Opens an e-mail.
pub fn mail(to: &Email, subject: &str, body: &str) -> Foreign {
    // Only what RFC 6068 lets stand in an address stays as it is.
    let to = url_component(to.as_str()).replace("%40", "@");
    Foreign::new(format!("mailto:{to}?subject={}&body={}", mail_body(subject), mail_body(body)))
}

/// On which channel a link into a group ends, by its form.
pub fn leads_to(link: &str) -> Option<Channel> {
    let starts = |beginnings: &[&str]| beginnings.iter().any(|start| link.starts_with(start));
    if starts(&["https://matrix.to/", "matrix:"]) {
        Some(Channel::Matrix)
    } else if starts(&["https://signal.group/", "sgnl://signal.group/"]) {
        Some(Channel::Signal)
    } else {
        starts(&["xmpp:"]).then_some(Channel::Xmpp)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::escape::href;

    const NASTY: &str = "Hi A&B#c%0d%0aBcc:x@y\r\nBcc: é?subject=x+y";

    fn phone() -> Phone {
        Phone::from_digits("33639980123").unwrap()
    }

    #[test]
    fn d15_nothing_can_be_injected() {
        let encoded = "Hi%20A%26B%23c%250d%250aBcc%3Ax%40y%0D%0ABcc%3A%20%C3%A9%3Fsubject%3Dx%2By";
        assert_eq!(
            whatsapp(Some(&phone()), NASTY).raw(),
            format!("https://wa.me/33639980123?text={encoded}")
        );
        assert_eq!(whatsapp(None, NASTY).raw(), format!("https://wa.me/?text={encoded}"));
        assert_eq!(sms(&phone(), NASTY).raw(), format!("sms:+33639980123?body={encoded}"));
        let to = Email::parse("a&b=c?d@example.org").unwrap();
        assert_eq!(
            mail(&to, "S&s\nBcc:", NASTY).raw(),
            format!("mailto:a%26b%3Dc%3Fd@example.org?subject=S%26s%0D%0ABcc%3A&body={encoded}")
        );
    }

    #[test]
    fn links_are_links() {
        for link in [
            whatsapp(Some(&phone()), NASTY),
            sms(&phone(), NASTY),
            mail(&Email::parse("ä%0a@example.org").unwrap(), "s", NASTY),
        ] {
            assert!(href(&link).is_some(), "{}", link.raw());
            assert!(link.raw().is_ascii() && !link.raw().contains(char::is_whitespace));
        }
    }

    #[test]
    fn a_link_tells_its_channel() {
        for (link, channel) in [
            ("https://matrix.to/#/!a:example.org?via=example.org", Some(Channel::Matrix)),
            ("matrix:r/club:example.org", Some(Channel::Matrix)),
            ("https://signal.group/#CjQKIAbc", Some(Channel::Signal)),
            ("xmpp:club@rooms.example.org?join", Some(Channel::Xmpp)),
            ("https://example.org/#https://matrix.to/", None),
        ] {
            assert_eq!(leads_to(link), channel, "{link}");
        }
    }

    #[test]
    fn a_link_never_gets_too_long() {
        assert_eq!(whatsapp(Some(&phone()), &"😀".repeat(400)).raw(), "https://wa.me/33639980123");
        assert!(whatsapp(None, &"é".repeat(300)).raw().len() > 1000);
    }
}
