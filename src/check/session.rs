//! A session at a homeserver: who is signed in there, and what proves it.
//!
//! Tokens are carried in a type that is never shown and is wiped from memory
//! when it is dropped; the one place where they are written down is the text
//! that [`Session::to_text`] gives.

use std::fmt;

use serde::{Deserialize, Serialize};
use zeroize::{Zeroize, Zeroizing};

use super::place::Base;
use crate::model::identity::Mxid;

/// No token is longer (bytes).
pub const LONGEST_TOKEN: usize = 8192;

/// What the text of a session says that it is.
const SCHEMA: &str = "transhume.matrix-session/1";

/// A secret that a server gave, which is shown nowhere.
#[derive(Clone, PartialEq, Eq)]
pub struct Token(Zeroizing<String>);

impl Token {
    /// Reads a token; none for what cannot be one.
    pub fn parse(text: &str) -> Option<Token> {
        let text = text.trim();
        let good =
            !text.is_empty() && text.len() <= LONGEST_TOKEN && text.bytes().all(|b| b.is_ascii_graphic());
        good.then(|| Token(Zeroizing::new(text.to_owned())))
    }

    /// The token, for the one place that it is meant for.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(…)")
    }
}

/// Who is signed in, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// The one server that the tokens are for.
    pub homeserver: Base,
    /// Whether the user named that server, or let it lie in a private network. One of
    /// which only a domain told may not come to lie there later.
    pub named: bool,
    /// The account.
    pub user: Mxid,
    /// How the server calls this session, if it said so.
    pub device: Option<String>,
    /// Whether the server said that it is over, and nobody signed in again since.
    pub ended: bool,
    /// What proves it.
    pub proof: Proof,
}

/// What proves who is signed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Proof {
    /// Tokens that the server gave to transhume alone.
    Own {
        /// The access token, which goes along with every request.
        access: Token,
        /// What a new one is had for when it expires.
        refresh: Option<Token>,
        /// How transhume is known to the server that gave them, where that is
        /// not the homeserver itself.
        oauth: Option<Registration>,
    },
    /// An access token that the user made elsewhere and gave to be kept.
    Given(Token),
    /// An access token that a command of the user's tells each time; it is
    /// never written down.
    Command,
}

/// How a program is known to an authorization server (OAuth 2.0).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Registration {
    /// The name that the server gave to the program.
    pub client_id: String,
    /// The authorization server.
    pub issuer: String,
}

/// A session as it is written down.
#[derive(Serialize, Deserialize)]
struct Kept {
    schema: String,
    homeserver: String,
    /// As before it was written down, where it is not.
    #[serde(default = "yes")]
    named: bool,
    user: String,
    device: Option<String>,
    #[serde(default)]
    ended: bool,
    /// `own`, `given` or `command`.
    token: String,
    access_token: Option<String>,
    refresh_token: Option<String>,
    oauth: Option<Registration>,
}

fn yes() -> bool {
    true
}

impl Drop for Kept {
    fn drop(&mut self) {
        self.access_token.zeroize();
        self.refresh_token.zeroize();
    }
}

impl Session {
    /// The access token, unless a command has to be asked for it.
    pub fn access(&self) -> Option<&Token> {
        match &self.proof {
            Proof::Own { access, .. } | Proof::Given(access) => Some(access),
            Proof::Command => None,
        }
    }

    /// The session as text, tokens included.
    ///
    /// # Errors
    /// None that is known of.
    pub fn to_text(&self) -> serde_json::Result<Zeroizing<String>> {
        let text = |token: &Token| token.as_str().to_owned();
        let (token, refresh, oauth) = match &self.proof {
            Proof::Own { refresh, oauth, .. } => ("own", refresh.as_ref().map(text), oauth.clone()),
            Proof::Given(_) => ("given", None, None),
            Proof::Command => ("command", None, None),
        };
        let kept = Kept {
            schema: SCHEMA.to_owned(),
            homeserver: self.homeserver.as_str().to_owned(),
            named: self.named,
            user: self.user.as_str().to_owned(),
            device: self.device.clone(),
            ended: self.ended,
            token: token.to_owned(),
            access_token: self.access().map(text),
            refresh_token: refresh,
            oauth,
        };
        serde_json::to_string_pretty(&kept).map(|text| Zeroizing::new(text + "\n"))
    }

    /// Reads what [`Session::to_text`] wrote; none for anything else.
    pub fn from_text(text: &str) -> Option<Session> {
        let kept: Kept = serde_json::from_str(text).ok()?;
        if kept.schema != SCHEMA {
            return None;
        }
        let access = || Token::parse(kept.access_token.as_deref()?);
        let proof = match kept.token.as_str() {
            "own" => Proof::Own {
                access: access()?,
                refresh: match &kept.refresh_token {
                    Some(token) => Some(Token::parse(token)?),
                    None => None,
                },
                oauth: kept.oauth.clone(),
            },
            "given" => Proof::Given(access()?),
            "command" => Proof::Command,
            _ => return None,
        };
        Some(Session {
            homeserver: Base::parse(&kept.homeserver).ok()?,
            named: kept.named,
            user: Mxid::parse(&kept.user)?,
            device: kept.device.clone(),
            ended: kept.ended,
            proof,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn session(proof: Proof) -> Session {
        Session {
            homeserver: Base::parse("https://matrix.example.org").unwrap(),
            named: false,
            user: Mxid::parse("@ada:example.org").unwrap(),
            device: Some("DEVICE".to_owned()),
            ended: true,
            proof,
        }
    }

    fn token(text: &str) -> Token {
        Token::parse(text).unwrap()
    }

    #[test]
    fn what_is_written_is_read_again() {
        let registration =
            Registration { client_id: "c".to_owned(), issuer: "https://auth.example.org/".to_owned() };
        for proof in [
            Proof::Own { access: token("canary-a"), refresh: None, oauth: None },
            Proof::Own {
                access: token("canary-a"),
                refresh: Some(token("canary-r")),
                oauth: Some(registration),
            },
            Proof::Given(token("canary-a")),
            Proof::Command,
        ] {
            let session = session(proof);
            assert_eq!(Session::from_text(&session.to_text().unwrap()), Some(session));
        }
    }

    #[test]
    fn tokens_are_not_shown() {
        let refresh = Some(token("canary-r"));
        let session = session(Proof::Own { access: token("canary-a"), refresh, oauth: None });
        assert!(!format!("{session:?}{session:#?}").contains("canary"));
    }

    #[test]
    fn what_was_tampered_with_is_no_session() {
        let good = session(Proof::Given(token("canary-a"))).to_text().unwrap();
        for (from, to) in [
            ("https://matrix", "http://matrix"),
            ("@ada:example.org", "ada"),
            ("canary-a", ""),
            ("\"given\"", "\"other\""),
            ("matrix-session/1", "matrix-session/2"),
            ("}", ""),
        ] {
            assert!(good.contains(from), "{from}");
            assert_eq!(Session::from_text(&good.replace(from, to)), None, "{from} → {to}");
        }
    }

    #[test]
    fn a_token_is_one_word() {
        for bad in ["", "  ", "two words", "a\u{1b}[0m", "é", &"x".repeat(LONGEST_TOKEN + 1)] {
            assert_eq!(Token::parse(bad), None, "{bad:?}");
        }
        assert_eq!(token(" syt_x \n").as_str(), "syt_x");
    }
}
