//! Rooms at the user's homeserver: made, found again, and people invited into
//! them.
//!
//! Making a room cannot be asked for twice: a second request makes a second
//! room, whatever became of the answer to the first. So each is asked for with
//! a token in its very first state, by which a later look finds it again. What
//! comes after can be looked up before it is asked for.
//!
//! Rooms are encrypted by their first state as well; nothing is ever written
//! into them, so no key is needed here.
//!
//! <https://spec.matrix.org/v1.18/client-server-api/#creation>

use std::collections::{BTreeMap, BTreeSet};

use ruma::api::client::config::{get_global_account_data, set_global_account_data};
use ruma::api::client::membership::invite_user::v3::Request as Invite;
use ruma::api::client::membership::{Invite3pid, Invite3pidInit};
use ruma::api::client::room::create_room;
use ruma::api::client::room::create_room::v3::RoomPreset;
use ruma::api::client::state::{get_state_event_for_key, get_state_events, send_state_event};
use ruma::events::{AnyInitialStateEvent, StateEventType};
use ruma::room::RoomType;
use ruma::serde::Raw;
use ruma::thirdparty::Medium;
use ruma::{OwnedRoomId, OwnedUserId, RoomId};
use serde_json::{Map, Value, json};

use crate::check::homeserver_client::Account;
use crate::check::ruma_client::{good, read};
use crate::check::session_client::Patience;
use crate::check::trouble::Trouble;
use crate::model::Foreign;
use crate::model::identity::{Email, Mxid};

/// The state by which a room is found again. Nobody owns the name, so nobody
/// else uses it.
const MARK: &str = "invalid.transhume.errand";

/// The one algorithm that there is for encrypted rooms.
const ENCRYPTION: &str = "m.megolm.v1.aes-sha2";

/// What kind of room is wanted.
#[derive(Clone, Copy, Debug)]
pub enum Wanted<'a> {
    /// For two people.
    Direct,
    /// For a group. Who has its address may knock (room versions from 7 on).
    Group(&'a Foreign),
    /// For rooms to stand in.
    Space(&'a Foreign),
}

/// Who is in a room, or was asked to be: each account's membership, and whether
/// somebody was invited by their address.
#[derive(Clone, Debug, Default)]
pub struct Present {
    /// `join`, `invite`, `leave`, `ban` or `knock`.
    pub accounts: BTreeMap<Mxid, String>,
    /// How many were invited by an address and have not come yet.
    pub by_address: usize,
}

impl Present {
    /// How many were asked to come, by whichever way.
    pub fn all(&self) -> usize {
        self.accounts.len() + self.by_address
    }
}

/// The rooms of an account.
pub struct Rooms<'a> {
    account: &'a Account<'a>,
    me: &'a Mxid,
}

impl<'a> Rooms<'a> {
    /// The rooms of the user's account.
    pub fn new(account: &'a Account<'a>, me: &'a Mxid) -> Rooms<'a> {
        Rooms { account, me }
    }

    /// Makes a room that bears a token.
    ///
    /// # Errors
    /// No connection or no answer, in which case the room may be there all the
    /// same; the homeserver does not want to.
    pub async fn make(&self, wanted: Wanted<'_>, token: &str) -> Result<OwnedRoomId, Trouble> {
        let mut request = create_room::v3::Request::new();
        request.preset = Some(RoomPreset::PrivateChat);
        request.is_direct = matches!(wanted, Wanted::Direct);
        let mut state = vec![first(MARK, &json!({ "token": token }))];
        if !matches!(wanted, Wanted::Space(_)) {
            state.push(first("m.room.encryption", &json!({ "algorithm": ENCRYPTION })));
        }
        match wanted {
            Wanted::Direct => {}
            Wanted::Group(title) => {
                request.name = Some(title.raw().to_owned());
                state.push(first("m.room.join_rules", &json!({ "join_rule": "knock" })));
            }
            Wanted::Space(title) => {
                request.name = Some(title.raw().to_owned());
                let mut content = create_room::v3::CreationContent::new();
                content.room_type = Some(RoomType::Space);
                request.creation_content = Raw::new(&content).ok();
            }
        }
        request.initial_state = state;
        let made: create_room::v3::Response = read(self.account.ask(request, Patience::Waits).await?)?;
        Ok(made.room_id)
    }

    /// Looks for the rooms that bear one of these tokens, among all that the
    /// user is in but not among those that are `known`.
    ///
    /// # Errors
    /// No connection or no answer.
    pub async fn find(
        &self,
        tokens: &BTreeSet<String>,
        known: &BTreeSet<OwnedRoomId>,
    ) -> Result<BTreeMap<String, OwnedRoomId>, Trouble> {
        let mut found = BTreeMap::new();
        for room in self.account.rooms().await? {
            if known.contains(&room) {
                continue;
            }
            let mark = self.state(&room, MARK).await?;
            let token = mark.as_ref().and_then(|mark| mark.get("token")).and_then(Value::as_str);
            if let Some(token) = token.filter(|token| tokens.contains(*token)) {
                found.insert(token.to_owned(), room);
            }
        }
        Ok(found)
    }

    /// A piece of a room's state, by the type alone; none where it has none, or
    /// the user is not in it any more.
    async fn state(&self, room: &RoomId, kind: &str) -> Result<Option<Value>, Trouble> {
        let request = get_state_event_for_key::v3::Request::new(room.to_owned(), kind.into(), String::new());
        let reply = self.account.ask(request, Patience::Waits).await?;
        if matches!(reply.http.status().as_u16(), 403 | 404) {
            return Ok(None);
        }
        Ok(Some(good(reply)?.json()))
    }

    /// Who is in a room, and who is expected.
    ///
    /// # Errors
    /// No connection or no answer; the user is no longer in the room.
    pub async fn present(&self, room: &RoomId) -> Result<Present, Trouble> {
        let request = get_state_events::v3::Request::new(room.to_owned());
        let reply = good(self.account.ask(request, Patience::Waits).await?)?;
        let json = reply.json();
        let state = json.as_array().ok_or_else(|| Trouble::Nonsense { host: reply.host.clone() })?;
        let mut present = Present::default();
        for event in state {
            let content = event.get("content").and_then(Value::as_object);
            let text = |key| event.get(key).and_then(Value::as_str);
            match (text("type"), content) {
                (Some("m.room.member"), Some(content)) => {
                    let membership = content.get("membership").and_then(Value::as_str);
                    let mxid = text("state_key").and_then(Mxid::parse);
                    present.accounts.extend(mxid.zip(membership.map(str::to_owned)));
                }
                // One that was taken back is empty.
                (Some("m.room.third_party_invite"), Some(content)) if !content.is_empty() => {
                    present.by_address += 1;
                }
                _ => {}
            }
        }
        Ok(present)
    }

    /// Invites somebody, with what they read in the invitation. Asked twice it
    /// is one invitation, as long as it says the same.
    ///
    /// # Errors
    /// No connection or no answer; their server is not to be had.
    pub async fn invite(
        &self,
        room: &RoomId,
        whom: &Mxid,
        reason: Option<&Foreign>,
        is_direct: bool,
    ) -> Result<(), Trouble> {
        let mut content = Map::new();
        content.insert("membership".to_owned(), "invite".into());
        if is_direct {
            content.insert("is_direct".to_owned(), true.into());
        }
        if let Some(reason) = reason {
            content.insert("reason".to_owned(), reason.raw().into());
        }
        self.set(room, StateEventType::RoomMember, whom.as_str(), &content.into()).await
    }

    /// Has the homeserver and an identity server write to somebody's e-mail
    /// address. Asked twice it is two letters: look first.
    ///
    /// # Errors
    /// No connection or no answer. A homeserver says no more than "internal
    /// error" of whatever the identity server did not like.
    pub async fn invite_by_mail(
        &self,
        room: &RoomId,
        email: &Email,
        (server, token): (&str, &str),
    ) -> Result<(), Trouble> {
        let invite = Invite3pidInit {
            id_server: server.to_owned(),
            id_access_token: token.to_owned(),
            medium: Medium::Email,
            address: email.as_str().to_owned(),
        };
        let invite = Invite3pid::from(invite);
        let request = Invite::new(room.to_owned(), invite.into());
        good(self.account.ask(request, Patience::Waits).await?).map(|_| ())
    }

    /// Enters a room into the user's list of direct chats, beside what stands
    /// there already.
    ///
    /// # Errors
    /// No connection or no answer.
    pub async fn note_direct(&self, room: &RoomId, with: &Mxid) -> Result<(), Trouble> {
        let host = || Trouble::Nonsense { host: with.server().to_owned() };
        let me: OwnedUserId = self.me.as_str().try_into().map_err(|_| host())?;
        let request = get_global_account_data::v3::Request::new(me.clone(), "m.direct".into());
        let reply = self.account.ask(request, Patience::Waits).await?;
        let missing = reply.http.status() == http::StatusCode::NOT_FOUND && reply.errcode() == "M_NOT_FOUND";
        let mut directs = match missing {
            true => Map::new(),
            false => match good(reply)?.json() {
                Value::Object(directs) => directs,
                // Whatever that is, it is not replaced.
                _ => return Err(host()),
            },
        };
        let rooms = directs.entry(with.as_str()).or_insert_with(|| Value::Array(Vec::new()));
        let Value::Array(rooms) = rooms else { return Err(host()) };
        if rooms.iter().any(|known| known.as_str() == Some(room.as_str())) {
            return Ok(());
        }
        rooms.push(room.as_str().into());
        let data = Raw::new(&directs).map_err(|_| host())?.cast_unchecked();
        let request = set_global_account_data::v3::Request::new_raw(me, "m.direct".into(), data);
        good(self.account.ask(request, Patience::Waits).await?).map(|_| ())
    }

    /// Lets a room stand in a space.
    ///
    /// # Errors
    /// No connection or no answer; the user may not change one of the two.
    pub async fn put_into(&self, space: &RoomId, room: &RoomId) -> Result<(), Trouble> {
        let via = json!({ "via": [self.me.server()] });
        let mut parent = via.clone();
        parent["canonical"] = true.into();
        self.set(space, StateEventType::SpaceChild, room.as_str(), &via).await?;
        self.set(room, StateEventType::SpaceParent, space.as_str(), &parent).await
    }

    /// Sets a piece of a room's state.
    async fn set(
        &self,
        room: &RoomId,
        kind: StateEventType,
        key: &str,
        content: &Value,
    ) -> Result<(), Trouble> {
        let body = Raw::new(content).map_err(|_| Trouble::Nonsense { host: key.to_owned() })?;
        let (room, key) = (room.to_owned(), key.to_owned());
        let request = send_state_event::v3::Request::new_raw(room, kind, key, body.cast_unchecked());
        good(self.account.ask(request, Patience::Waits).await?).map(|_| ())
    }
}

/// A piece of a room's first state.
fn first(kind: &str, content: &Value) -> Raw<AnyInitialStateEvent> {
    let event = json!({ "type": kind, "state_key": "", "content": content });
    let text = serde_json::value::to_raw_value(&event).unwrap_or_default();
    Raw::from_json(text)
}

/// The address of a room for those who are not in it yet (`matrix.to`), with the
/// server by which it can be had.
pub fn link(room: &RoomId, me: &Mxid) -> String {
    let spelled = crate::words::escape::url_component;
    // As the specification spells them.
    let room = spelled(room.as_str()).replace("%21", "!");
    format!("https://matrix.to/#/{room}?via={}", spelled(me.server()))
}
