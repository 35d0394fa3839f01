//! What `login` and `logout` tell, as JSON.

use serde::Serialize;

use crate::check::session::Session;
use crate::model::{Channel, Foreign};

/// A login.
#[derive(Debug, Serialize)]
pub struct LoginView {
    schema: &'static str,
    channel: Channel,
    user: Foreign,
    /// Of Matrix; Signal has none.
    homeserver: Option<String>,
    device: Option<Foreign>,
    /// `password`, `token`, `sso`, `oauth`, or `link` for Signal.
    way: &'static str,
    /// The session that stood in its place.
    replaced: Option<ReplacedView>,
}

/// A session that another one took the place of.
#[derive(Debug, Serialize)]
pub struct ReplacedView {
    /// The account.
    pub user: Foreign,
    /// The server.
    pub homeserver: String,
    /// Whether the server ended it.
    pub revoked: bool,
}

/// A logout; of nobody, if nobody was signed in.
#[derive(Debug, Serialize)]
pub struct LogoutView {
    schema: &'static str,
    channel: Channel,
    user: Option<Foreign>,
    homeserver: Option<String>,
    device: Option<Foreign>,
    /// Whether the server says that the session is over.
    revoked: bool,
}

impl LoginView {
    /// Tells of a new session.
    pub fn new(session: &Session, way: &'static str, replaced: Option<ReplacedView>) -> LoginView {
        LoginView {
            schema: "transhume.login/1",
            channel: Channel::Matrix,
            user: Foreign::from(session.user.as_str()),
            homeserver: Some(session.homeserver.as_str().to_owned()),
            device: session.device.as_deref().map(Foreign::from),
            way,
            replaced,
        }
    }

    /// Tells that signal-cli was linked to an account, as a device of that name.
    pub fn linked(account: &str, device: &str) -> LoginView {
        LoginView {
            schema: "transhume.login/1",
            channel: Channel::Signal,
            user: Foreign::from(account),
            homeserver: None,
            device: Some(Foreign::from(device)),
            way: "link",
            replaced: None,
        }
    }
}

impl ReplacedView {
    /// Tells of an older session.
    pub fn new(session: &Session, revoked: bool) -> ReplacedView {
        ReplacedView {
            user: Foreign::from(session.user.as_str()),
            homeserver: session.homeserver.as_str().to_owned(),
            revoked,
        }
    }
}

impl LogoutView {
    /// Tells of a session that is over, at least here.
    pub fn new(session: Option<&Session>, revoked: bool) -> LogoutView {
        LogoutView {
            schema: "transhume.logout/1",
            channel: Channel::Matrix,
            user: session.map(|session| Foreign::from(session.user.as_str())),
            homeserver: session.map(|session| session.homeserver.as_str().to_owned()),
            device: session.and_then(|session| session.device.as_deref()).map(Foreign::from),
            revoked,
        }
    }
}
