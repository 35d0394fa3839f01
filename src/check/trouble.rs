//! What can go wrong between transhume and a server, told apart as far as the
//! user can do something about it.

use std::time::Duration;

/// What went wrong. `host` is the server's label; what servers and systems
/// said is text from outside and is escaped by whoever shows it.
#[derive(Debug, thiserror::Error)]
pub enum Trouble {
    /// The user asked to stop.
    #[error("stopped")]
    Stopped,
    /// There was no connection, it broke, or it took too long.
    #[error("{host}: {what}")]
    Unreachable {
        /// The server.
        host: String,
        /// What the system said.
        what: String,
    },
    /// Nobody knows where a server of that name is.
    #[error("{host}: no such name")]
    NoSuchName {
        /// The server.
        host: String,
    },
    /// The server could not prove who it is.
    #[error("{host}: {fault:?}")]
    Tls {
        /// The server.
        host: String,
        /// What is wrong with its proof.
        fault: TlsFault,
    },
    /// The server lies where the user did not send us.
    #[error("{host} is private")]
    Private {
        /// The server.
        host: String,
    },
    /// A server named a URL that cannot be used.
    #[error("{url} cannot be used")]
    BadUrl {
        /// The URL.
        url: String,
    },
    /// The body is longer than the cap.
    #[error("{host}: too large")]
    TooLarge {
        /// The server.
        host: String,
    },
    /// The server sent us elsewhere, where nothing secret may go.
    #[error("{host}: redirect to {to}")]
    Redirect {
        /// The server.
        host: String,
        /// Where to.
        to: String,
    },
    /// The server sends us in a circle.
    #[error("{host}: redirects without end")]
    RedirectLoop {
        /// The server.
        host: String,
    },
    /// What answers there does not speak Matrix's language.
    #[error("{host}: not an answer")]
    Nonsense {
        /// The server.
        host: String,
    },
    /// The token was refused.
    #[error("{host}: token refused")]
    TokenRefused {
        /// The server.
        host: String,
    },
    /// The account is locked or closed, which no new token mends.
    #[error("{host}: {code}")]
    AccountClosed {
        /// The server.
        host: String,
        /// Matrix's error code.
        code: String,
    },
    /// The session is over: it was ended somewhere else, or it expired and
    /// cannot be renewed.
    #[error("{host}: signed out")]
    SessionEnded {
        /// The server.
        host: String,
    },
    /// A session was opened, or may have been, that is of no use, and could not be ended
    /// again.
    #[error("{because}; a session is left at {host}")]
    Left {
        /// The server.
        host: String,
        /// Why it is of no use.
        because: Box<Trouble>,
    },
    /// The session was renewed with tokens that cannot be read, and could not be ended.
    #[error("{host}: renewed tokens unread")]
    RenewedUnread {
        /// The server.
        host: String,
    },
    /// The session was renewed and could not be written down, so it was ended.
    #[error("{what}")]
    NotKept {
        /// What the system said.
        what: String,
        /// Whether that went well.
        ended: bool,
    },
    /// The server does not let the user in: a wrong name, password or token.
    #[error("{host}: login refused")]
    LoginRefused {
        /// The server.
        host: String,
    },
    /// The user said no in the browser.
    #[error("{host}: login denied")]
    LoginDenied {
        /// The server.
        host: String,
    },
    /// The server lets in only programs that it knows already.
    #[error("{host}: no registration")]
    NoRegistration {
        /// The server.
        host: String,
    },
    /// Nobody came back from the browser in time.
    #[error("nobody came back")]
    NobodyCame,
    /// The server wants to be left alone for longer than we wait.
    #[error("{host}: rate limited")]
    RateLimited {
        /// The server.
        host: String,
        /// For how long, if it said so.
        wait: Option<Duration>,
    },
    /// The server said that it could not.
    #[error("{host}: {status} {said}")]
    Server {
        /// The server.
        host: String,
        /// The HTTP status, or 0 where it is not told.
        status: u16,
        /// The error code, one of Matrix's, or nothing.
        code: String,
        /// What it said, cut short.
        said: String,
    },
    /// So many at once are more than the server answers.
    #[error("{host}: too many at once")]
    TooMany {
        /// The server.
        host: String,
    },
    /// The terms have to be accepted first.
    #[error("{host}: terms not signed")]
    TermsNotSigned {
        /// The server.
        host: String,
    },
    /// The server's pepper protects nobody.
    #[error("{host}: weak pepper")]
    WeakPepper {
        /// The server.
        host: String,
    },
    /// The server can only be asked in plain text, and that is not done.
    #[error("{host}: plain text only")]
    PlaintextOnly {
        /// The server.
        host: String,
    },
    /// The server knows no way of asking that we know.
    #[error("no algorithm")]
    NoAlgorithm {
        /// The server.
        host: String,
    },
}

/// What is wrong with a server's certificate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TlsFault {
    /// It has expired, or is not valid yet.
    Expired,
    /// It is another server's.
    WrongName,
    /// Nobody who is trusted signed it.
    UnknownIssuer,
    /// The two sides have no version or cipher in common.
    NoCommonGround,
    /// Something else.
    Other,
}

impl TlsFault {
    /// Tells apart what the TLS library says.
    pub fn of(error: &rustls::Error) -> TlsFault {
        use rustls::{AlertDescription, CertificateError as Bad, Error};
        match error {
            Error::InvalidCertificate(bad) => match bad {
                Bad::Expired
                | Bad::ExpiredContext { .. }
                | Bad::NotValidYet
                | Bad::NotValidYetContext { .. } => TlsFault::Expired,
                Bad::NotValidForName | Bad::NotValidForNameContext { .. } => TlsFault::WrongName,
                Bad::UnknownIssuer => TlsFault::UnknownIssuer,
                _ => TlsFault::Other,
            },
            Error::PeerIncompatible(_)
            | Error::AlertReceived(AlertDescription::ProtocolVersion | AlertDescription::HandshakeFailure) => {
                TlsFault::NoCommonGround
            }
            _ => TlsFault::Other,
        }
    }
}

/// Cuts what a server said to a length that a person reads.
pub fn cut(text: &str) -> String {
    text.chars().take(200).collect()
}

/// The innermost reason of an error, which says most.
pub fn innermost(error: &dyn std::error::Error) -> String {
    let mut inner = error;
    while let Some(next) = inner.source() {
        inner = next;
    }
    cut(&inner.to_string())
}
