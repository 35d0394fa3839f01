//! The user's account at their homeserver: who they are there, the token by which an
//! identity server can ask it that (`OpenID`), and what it tells of other accounts: the
//! user's direct chats and rooms, profiles, the user directory.

use std::collections::BTreeMap;

use http::Request;
use http::header::{AUTHORIZATION, CONTENT_TYPE, HeaderValue};
use ruma::OwnedRoomId;
use ruma::api::OutgoingRequest;
use ruma::api::auth_scheme::{AuthScheme, SendAccessToken};
use ruma::api::client::account::{request_openid_token, whoami};
use ruma::api::client::config::get_global_account_data;
use ruma::api::client::membership::{joined_members, joined_rooms};
use ruma::api::client::profile::get_profile;
use ruma::api::client::state::get_state_event_for_key;
use ruma::api::client::user_directory::search_users;
use ruma::api::path_builder::VersionHistory;
use ruma::events::StateEventType;
use serde_json::Value;

use super::http_client::{Http, Reply};
use super::place::Base;
use super::ruma_client::{good, read, request_to};
use super::session_client::{Pass, Patience};
use super::trouble::{Trouble, cut};
use crate::model::Foreign;
use crate::model::identity::Mxid;

/// Accounts as a homeserver tells of them, with the names that their owners
/// chose, and the Matrix IDs that are none, cut short.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Accounts {
    /// Each with its name, if it has one.
    pub all: BTreeMap<Mxid, Option<Foreign>>,
    /// What is no Matrix ID.
    pub unusable: Vec<String>,
}

impl Accounts {
    /// Takes one up, if the Matrix ID is one.
    fn add(&mut self, mxid: &str, name: Option<&Value>) {
        let Some(mxid) = Mxid::parse(mxid) else {
            self.unusable.push(mxid.to_owned());
            return;
        };
        let name = name.and_then(Value::as_str).map(cut).filter(|name| !name.trim().is_empty());
        self.all.insert(mxid, name.map(Foreign::new));
    }
}

/// The user's own direct chats.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Directs {
    /// With whom, without their names.
    pub accounts: Accounts,
    /// In which rooms.
    pub rooms: BTreeMap<Mxid, Vec<OwnedRoomId>>,
}

/// The homeserver, with the user's access token.
pub struct Account<'a> {
    http: &'a Http,
    base: Base,
    pass: &'a Pass<'a>,
}

impl<'a> Account<'a> {
    /// An account at a homeserver.
    pub fn new(http: &'a Http, base: Base, pass: &'a Pass<'a>) -> Account<'a> {
        Account { http, base, pass }
    }

    /// The homeserver's label.
    pub fn host(&self) -> Foreign {
        self.base.shown()
    }

    /// Asks in the user's name.
    ///
    /// # Errors
    /// Those of [`Pass::send`].
    pub(crate) async fn ask<R>(&self, request: R, patience: Patience) -> Result<Reply, Trouble>
    where
        R: OutgoingRequest<PathBuilder = VersionHistory>,
        for<'t> R::Authentication: AuthScheme<Input<'t> = SendAccessToken<'t>>,
    {
        let token = self.pass.token();
        let request = request_to(&self.base, request, Some(token.as_str()))?;
        self.pass.send(self.http, request, patience).await
    }

    /// Asks in the name of the server's administrator, by a path of the server's own
    /// interface for that (Synapse's), with a body where something is to be made.
    ///
    /// # Errors
    /// Those of [`Pass::send`].
    pub(crate) async fn administer(&self, path: &str, body: Option<&Value>) -> Result<Reply, Trouble> {
        let url = format!("{}{path}", self.base.as_str());
        let (method, body) = match body {
            Some(body) => (http::Method::POST, body.to_string().into_bytes()),
            None => (http::Method::GET, Vec::new()),
        };
        let bad = || Trouble::BadUrl { url: self.base.as_str().to_owned() };
        let token = self.pass.token();
        let proof = HeaderValue::try_from(format!("Bearer {}", token.as_str()));
        let mut proof = proof.map_err(|_| bad())?;
        proof.set_sensitive(true);
        let request = Request::builder().method(method).uri(url).header(AUTHORIZATION, proof);
        let request = request.header(CONTENT_TYPE, "application/json").body(body).map_err(|_| bad())?;
        self.pass.send(self.http, request, Patience::Waits).await
    }

    /// Who the token belongs to.
    ///
    /// # Errors
    /// No connection; the token is refused; what answers is no homeserver.
    pub async fn whoami(&self) -> Result<Mxid, Trouble> {
        let reply = self.ask(whoami::v3::Request::new(), Patience::Waits).await?;
        let host = reply.host.clone();
        let me: whoami::v3::Response = read(reply)?;
        Mxid::parse(me.user_id.as_str()).ok_or(Trouble::Nonsense { host })
    }

    /// A token by which another server can ask who the user is.
    ///
    /// # Errors
    /// Those of [`Account::whoami`].
    pub async fn openid_token(&self, me: &Mxid) -> Result<request_openid_token::v3::Response, Trouble> {
        let nonsense = |_| Trouble::Nonsense { host: self.base.label() };
        let request = request_openid_token::v3::Request::new(me.as_str().try_into().map_err(nonsense)?);
        read(self.ask(request, Patience::Waits).await?)
    }

    /// The user's own direct chats.
    ///
    /// # Errors
    /// Those of [`Account::whoami`].
    pub async fn directs(&self, me: &Mxid) -> Result<Directs, Trouble> {
        let nonsense = |_| Trouble::Nonsense { host: self.base.label() };
        let user = me.as_str().try_into().map_err(nonsense)?;
        let request = get_global_account_data::v3::Request::new(user, "m.direct".into());
        let reply = self.ask(request, Patience::Waits).await?;
        let mut directs = Directs::default();
        // Who never had a direct chat has no such list.
        if reply.http.status() == http::StatusCode::NOT_FOUND && reply.errcode() == "M_NOT_FOUND" {
            return Ok(directs);
        }
        let reply = good(reply)?;
        let json = reply.json();
        let listed = json.as_object().ok_or_else(|| Trouble::Nonsense { host: reply.host.clone() })?;
        for (mxid, rooms) in listed {
            // A list that was emptied is a chat that is over.
            let Some(rooms) = rooms.as_array().filter(|rooms| !rooms.is_empty()) else { continue };
            directs.accounts.add(mxid, None);
            if let Some(mxid) = Mxid::parse(mxid) {
                let rooms = rooms.iter().filter_map(|room| OwnedRoomId::try_from(room.as_str()?).ok());
                directs.rooms.insert(mxid, rooms.collect());
            }
        }
        directs.accounts = self.readable(directs.accounts);
        Ok(directs)
    }

    /// What somebody is to a room: `join`, `invite`, `leave` and so on; none where
    /// they never were anything.
    ///
    /// # Errors
    /// Those of [`Account::whoami`].
    pub async fn membership(&self, room: OwnedRoomId, whom: &Mxid) -> Result<Option<String>, Trouble> {
        let whom = whom.as_str().to_owned();
        let request = get_state_event_for_key::v3::Request::new(room, StateEventType::RoomMember, whom);
        let reply = self.ask(request, Patience::Waits).await?;
        if matches!(reply.http.status().as_u16(), 403 | 404) {
            return Ok(None);
        }
        Ok(good(reply)?.json().get("membership").and_then(Value::as_str).map(cut))
    }

    /// The rooms that the user is in.
    ///
    /// # Errors
    /// Those of [`Account::whoami`].
    pub async fn rooms(&self) -> Result<Vec<OwnedRoomId>, Trouble> {
        let request = joined_rooms::v3::Request::new();
        let rooms: joined_rooms::v3::Response = read(self.ask(request, Patience::Waits).await?)?;
        Ok(rooms.joined_rooms)
    }

    /// Who is in a room. Each member is read by itself: a bad one must not lose
    /// the others.
    ///
    /// # Errors
    /// Those of [`Account::whoami`]; the user is no longer in the room.
    pub async fn members(&self, room: OwnedRoomId) -> Result<Accounts, Trouble> {
        let request = joined_members::v3::Request::new(room);
        let reply = good(self.ask(request, Patience::Waits).await?)?;
        let json = reply.json();
        let joined = json.get("joined").and_then(Value::as_object);
        let joined = joined.ok_or_else(|| Trouble::Nonsense { host: reply.host.clone() })?;
        let mut accounts = Accounts::default();
        for (mxid, member) in joined {
            accounts.add(mxid, member.get("display_name"));
        }
        Ok(self.readable(accounts))
    }

    /// What a room is called; none where it has no name.
    ///
    /// # Errors
    /// Those of [`Account::whoami`]; the user is no longer in the room.
    pub async fn room_name(&self, room: OwnedRoomId) -> Result<Option<Foreign>, Trouble> {
        let request =
            get_state_event_for_key::v3::Request::new(room, StateEventType::RoomName, String::new());
        let reply = self.ask(request, Patience::Waits).await?;
        if reply.http.status() == http::StatusCode::NOT_FOUND {
            return Ok(None);
        }
        let json = good(reply)?.json();
        let name = json.get("name").and_then(Value::as_str).map(|name| Foreign::from(cut(name).as_str()));
        Ok(name.filter(|name| !name.is_blank()))
    }

    /// Whether an account has a profile, which all have that exist.
    ///
    /// # Errors
    /// Those of [`Account::whoami`]; the account's own homeserver does not
    /// answer, or does not tell.
    pub async fn has_profile(&self, mxid: &Mxid) -> Result<bool, Trouble> {
        let nonsense = |_| Trouble::Nonsense { host: self.base.label() };
        let request = get_profile::v3::Request::new(mxid.as_str().try_into().map_err(nonsense)?);
        let reply = self.ask(request, Patience::Waits).await?;
        let says_none = matches!(reply.errcode().as_str(), "M_NOT_FOUND" | "M_UNKNOWN");
        if reply.http.status() == http::StatusCode::NOT_FOUND && says_none {
            return Ok(false);
        }
        let reply = good(reply)?;
        match reply.json() {
            Value::Object(_) => Ok(true),
            _ => Err(Trouble::Nonsense { host: reply.host }),
        }
    }

    /// Whom the user directory finds by a name. A rate limit is not waited out:
    /// it is the end of what may be asked.
    ///
    /// # Errors
    /// Those of [`Account::whoami`], and [`Trouble::RateLimited`].
    pub async fn search(&self, name: &str) -> Result<Accounts, Trouble> {
        let request = search_users::v3::Request::new(name.to_owned());
        let reply = good(self.ask(request, Patience::None).await?)?;
        let json = reply.json();
        let results = json.get("results").and_then(Value::as_array);
        let results = results.ok_or_else(|| Trouble::Nonsense { host: reply.host.clone() })?;
        let mut accounts = Accounts::default();
        for result in results {
            let mxid = result.get("user_id").and_then(Value::as_str).unwrap_or_default();
            accounts.add(mxid, result.get("display_name"));
        }
        Ok(self.readable(accounts))
    }

    /// Accounts of which what is no Matrix ID can be shown: without secrets, cut short.
    fn readable(&self, mut accounts: Accounts) -> Accounts {
        for text in &mut accounts.unusable {
            *text = self.http.concealed(text).chars().take(80).collect();
        }
        accounts
    }
}
