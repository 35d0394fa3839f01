//! What the user's own homeserver tells of whom they write with: direct chats and rooms.

use std::collections::{BTreeMap, BTreeSet};

use ruma::OwnedRoomId;

use crate::check::Checked;
use crate::check::homeserver_client::{Account, Accounts, Directs};
use crate::check::sightings::{Faces, Fit};
use crate::check::trouble::Trouble;
use crate::model::identity::{Address, Mxid};
use crate::model::sighting::{Seen, Together, Way};
use crate::model::{Code, ContactId, Foreign, Grade, Holding, Problem};
use crate::words::key;
use crate::workspace::Store;
use crate::workspace::asked::{Amount, Step};

use super::super::failure::Failure;
use super::Conversation;
use super::homeserver::{is_its_own, unless_away};

/// What was told, or nothing where that is broken by itself, which is noted.
///
/// # Errors
/// Trouble that is not its own.
fn unless_broken<T: Default>(told: Result<T, Trouble>, broken: &mut Option<Trouble>) -> Result<T, Trouble> {
    match told {
        Err(trouble) if is_its_own(&trouble) => {
            *broken = Some(trouble);
            Ok(T::default())
        }
        told => told,
    }
}

/// The Matrix accounts that are known to be somebody's.
fn known(people: &[Checked]) -> BTreeSet<&Mxid> {
    let firm = people.iter().flat_map(|person| &person.evidence);
    let firm = firm.filter(|e| e.holding == Holding::Reachable && e.grade <= Grade::B);
    let accounts = firm.filter_map(|e| match &e.address {
        Some(Address::Mxid(mxid)) => Some(mxid),
        _ => None,
    });
    accounts.collect()
}

/// Who of those who are known is in a room; none where fewer than two are. The
/// shadows that bridges make are nobody.
fn together(
    found: &Accounts,
    me: &Mxid,
    is_known: impl Fn(&Mxid, Option<&Foreign>) -> bool,
) -> Option<Together> {
    let there = found.all.iter().filter(|(mxid, _)| *mxid != me && !mxid.is_bridge_ghost());
    let (members, others): (Vec<_>, Vec<_>) = there.partition(|(mxid, name)| is_known(mxid, name.as_ref()));
    let members: Vec<Mxid> = members.into_iter().map(|(mxid, _)| mxid.clone()).collect();
    (members.len() > 1).then_some(Together { name: None, members, others: others.len() as u64 })
}

/// Whether somebody was invited to direct chats and has not come: whether there is
/// anybody at all by that address, nobody knows. Nor where the homeserver does not tell.
async fn is_waiting(account: &Account<'_>, mxid: &Mxid, rooms: &[OwnedRoomId]) -> Result<bool, Trouble> {
    let (mut invited, mut came) = (false, false);
    for room in rooms {
        match account.membership(room.clone(), mxid).await {
            Ok(Some(state)) if state == "invite" => invited = true,
            Ok(Some(_)) => came = true,
            Ok(None) => {}
            Err(trouble) if is_its_own(&trouble) => invited = true,
            Err(trouble) => return Err(trouble),
        }
    }
    Ok(invited && !came)
}

impl Conversation<'_> {
    /// Looks who is in the user's direct chats and rooms, and gives the accounts
    /// that are there. Of strangers nothing is kept.
    pub(super) async fn look_through_rooms(
        &mut self,
        account: &Account<'_>,
        me: &Mxid,
        host: &Foreign,
        store: &mut Store,
    ) -> Result<BTreeSet<Mxid>, Failure> {
        // What is broken of the two loses nothing of the other.
        let mut broken = None;
        let Directs { accounts: directs, rooms: chats } =
            unless_broken(account.directs(me).await, &mut broken)?;
        let rooms = unless_broken(account.rooms().await, &mut broken)?;
        self.odd_accounts(&directs, host);
        let mut members: BTreeMap<Mxid, Option<Foreign>> = BTreeMap::new();
        let (mut too_large, mut unread, mut silent) = (0, 0, 0);
        let mut outcome = Ok(());
        let people = self.people;
        let faces = Faces::new(people.iter().map(|p| &p.contact));
        let excluded: BTreeSet<&ContactId> =
            people.iter().filter(|p| p.contact.is_left_alone()).map(|p| &p.contact.id).collect();
        let known = known(people);
        let mut gathered = Vec::new();
        let progress = self.progress(key::PROGRESS_ROOMS, host, rooms.len());
        for room in rooms {
            match account.members(room.clone()).await {
                Ok(found) => {
                    silent = 0;
                    self.odd_accounts(&found, host);
                    let is_known = |mxid: &Mxid, name: Option<&Foreign>| {
                        let fits = faces.of(mxid, name);
                        let real = fits.iter().any(|(_, fit)| *fit != Fit::Ghost);
                        (real || known.contains(mxid)) && fits.iter().all(|(id, _)| !excluded.contains(id))
                    };
                    if let Some(mut together) = together(&found, me, is_known) {
                        // A room without a name is one all the same.
                        match account.room_name(room).await {
                            Ok(name) => together.name = name,
                            Err(trouble) if is_its_own(&trouble) => {}
                            Err(trouble) => outcome = Err(trouble),
                        }
                        gathered.push(together);
                    }
                    // Of strangers nothing is kept, not even until the end of this.
                    for (mxid, name) in found.all {
                        if directs.all.contains_key(&mxid) || !faces.of(&mxid, name.as_ref()).is_empty() {
                            let known = members.entry(mxid).or_default();
                            *known = known.take().or(name);
                        }
                    }
                }
                // Nobody is a friend for being among ten thousand.
                Err(Trouble::TooLarge { .. }) => too_large += 1,
                // Left in between.
                Err(Trouble::Server { status: 403 | 404, .. }) => {}
                Err(Trouble::Stopped) => return Err(Trouble::Stopped.into()),
                // One that is broken loses no other.
                Err(trouble) if is_its_own(&trouble) => {
                    unread += 1;
                    outcome = unless_away(account, &mut silent).await;
                }
                Err(trouble) => outcome = Err(trouble),
            }
            if outcome.is_err() {
                break;
            }
            progress.advance(1);
        }
        drop(progress);
        for (code, count) in [(Code::RoomsTooLarge, too_large), (Code::RoomsUnread, unread)] {
            if count > 0 {
                self.asked.add(Problem::new(code).in_file(host.raw()).counted(count));
            }
        }
        members.remove(me);
        let mut waiting = BTreeSet::new();
        // Who is nobody's contact is of no interest.
        for (mxid, rooms) in chats.iter().filter(|(mxid, _)| !members.contains_key(*mxid)) {
            if faces.of(mxid, None).is_empty() {
                continue;
            }
            let is_waiting = match outcome {
                Ok(()) => is_waiting(account, mxid, rooms).await,
                Err(_) => Ok(true),
            };
            match is_waiting {
                Ok(false) => continue,
                Ok(true) => {}
                Err(Trouble::Stopped) => return Err(Trouble::Stopped.into()),
                Err(trouble) => outcome = Err(trouble),
            }
            waiting.insert(mxid.clone());
        }
        let mut seen = Vec::new();
        let direct = directs.all.keys().filter(|mxid| *mxid != me && !waiting.contains(*mxid));
        let ways = direct.map(|mxid| (Way::Direct, mxid)).chain(members.keys().map(|mxid| (Way::Room, mxid)));
        let mut done: BTreeSet<&Mxid> = BTreeSet::new();
        for (way, mxid) in ways {
            let name = members.get(mxid).cloned().flatten();
            let fits = faces.of(mxid, name.as_ref());
            // What is known of an account as a direct chat is more than that it
            // is in a room; and nobody is interested in strangers.
            if !done.insert(mxid) || fits.is_empty() || fits.iter().any(|(id, _)| excluded.contains(id)) {
                continue;
            }
            let real = fits.iter().filter(|(_, fit)| *fit != Fit::Ghost);
            self.found.extend(real.map(|(id, _)| (*id).clone()));
            seen.push(Seen { way, asked: None, mxid: Some(mxid.clone()), name });
        }
        let strangers = directs.all.keys().filter(|mxid| *mxid != me && !mxid.is_bridge_ghost());
        let is_stranger =
            |mxid: &&Mxid| faces.of(mxid, members.get(*mxid).and_then(Option::as_ref)).is_empty();
        let strangers = strangers.filter(is_stranger).count() as u64;
        if strangers > 0 {
            self.asked.add(Problem::new(Code::DirectsUnknown).in_file(host.raw()).counted(strangers));
        }
        if !seen.is_empty() || !gathered.is_empty() {
            let lookup = self.begin(store, host, Step::Rooms, Amount::default())?;
            store.keep_seen(lookup, &seen)?;
            store.keep_rooms(lookup, &gathered)?;
            self.end(store, host, lookup, Amount::default())?;
        }
        outcome?;
        if let Some(trouble) = broken {
            return Err(trouble.into());
        }
        Ok(directs.all.into_keys().chain(members.into_keys()).collect())
    }
}
