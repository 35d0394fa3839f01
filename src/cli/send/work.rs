//! Carrying errands out, so that it can end at any moment and be taken up again.
//!
//! What cannot be asked for twice, a room and a letter, is written down before it
//! is asked for, and looked for before it is asked for again.

use std::collections::BTreeSet;
use std::time::Duration;

use ruma::OwnedRoomId;

use crate::check::homeserver_client::Account;
use crate::check::identity_client::IdentityServer;
use crate::check::place::Base;
use crate::check::trouble::Trouble;
use crate::invite::errand::{Errand, Guest, Invitee};
use crate::invite::rooms_client::{Present, Rooms, Wanted, link};
use crate::model::identity::{Email, Mxid};
use crate::model::{Code, Problem};
use crate::words::{escape, key};
use crate::workspace::Store;
use crate::workspace::asked::{Amount, Step};
use crate::workspace::errands::{Errands, Kept};

use super::super::ask::caller::{Caller, Signed};
use super::super::exit::Exit;
use super::super::failure::Failure;
use super::super::progress::Progress;
use super::view::{Invitation, Room, Sent, count};

/// For so long a homeserver may still be at work on what a killed run asked for.
const GRACE: Duration = Duration::from_secs(10);

/// How often it is looked whether it is done.
const LOOK: Duration = Duration::from_secs(1);

/// How many random bytes a token has.
const TOKEN: usize = 16;

/// The work at one account.
pub struct Work<'a> {
    caller: &'a Caller<'a>,
    rooms: Rooms<'a>,
    account: &'a Account<'a>,
    me: &'a Mxid,
    kept: Errands,
    sent: Sent,
    /// The space that the groups' rooms stand in.
    space: Option<OwnedRoomId>,
    /// The identity server's `id_server` and token, once it is needed.
    mail: Option<(String, String)>,
}

impl<'a> Work<'a> {
    /// The work at an account, of which so much was begun.
    pub fn new(caller: &'a Caller<'a>, account: &'a Account<'a>, me: &'a Mxid, kept: Errands) -> Work<'a> {
        let rooms = Rooms::new(account, me);
        Work { caller, rooms, account, me, kept, sent: Sent::default(), space: None, mail: None }
    }

    /// Does everything that is left to do. What goes wrong on the way comes with
    /// what was done.
    ///
    /// # Errors
    /// The workspace cannot be written before anything is sent.
    pub async fn carry_out(
        mut self,
        store: &mut Store,
        identity: Option<&Base>,
        errands: &[Errand],
    ) -> Result<Sent, Failure> {
        let all = count(errands);
        let host = self.account.host();
        let now = self.caller.context.now;
        let lookup = store.begin_lookup(&host, Step::Invitations, now, plain(all))?;
        let outcome = match identity {
            None => self.all(store, errands).await,
            Some(host) => self.with_letters(store, host, errands).await,
        };
        store.end_lookup(lookup, plain(self.sent.invitations.len()))?;
        self.sent.failure = outcome.err();
        Ok(self.sent)
    }

    /// The same with an identity server, which is left again however it ends.
    async fn with_letters(
        &mut self,
        store: &mut Store,
        host: &Base,
        errands: &[Errand],
    ) -> Result<(), Failure> {
        let mails = errands.iter().flat_map(Errand::invitees).filter(|i| matches!(i.guest, Guest::Mail(_)));
        let (account, now) = (self.account, self.caller.context.now);
        let mut server =
            IdentityServer::enter(self.caller.http, host.clone(), account, self.me.clone()).await?;
        let lookup = store.begin_lookup(&host.shown(), Step::Invitations, now, plain(mails.count()))?;
        let outcome = match self.be_known(&mut server, host).await {
            Ok(()) => self.all(store, errands).await,
            Err(failure) => Err(failure),
        };
        server.leave().await;
        let letters = self.sent.invitations.iter().filter(|invitation| invitation.via == "email").count();
        store.end_lookup(lookup, plain(letters))?;
        outcome
    }

    /// Has the identity server's terms accepted, without which it writes to nobody.
    async fn be_known(&mut self, server: &mut IdentityServer<'_>, host: &Base) -> Result<(), Failure> {
        let mut signed = Signed::new();
        while let Err(trouble) = server.agree_on_hash().await.map(|_| ()) {
            self.caller.sign(&mut signed, server, host, trouble).await?;
        }
        self.mail = Some((host.label(), server.token().to_owned()));
        Ok(())
    }

    async fn all(&mut self, store: &mut Store, errands: &[Errand]) -> Result<(), Failure> {
        self.find_lost(store, errands).await?;
        let host = self.account.host();
        let host = escape::terminal_uncut(&host);
        let (context, total) = (self.caller.context, count(errands));
        let message = context.words.say_with(key::PROGRESS_INVITATIONS, &[("host", (&host).into())]);
        let progress = Progress::count(total, message, &context.printer, &self.caller.board);
        for errand in errands {
            self.run(store, errand, &progress).await?;
        }
        Ok(())
    }

    /// Looks for the rooms that were asked for, and whose answer was lost. The
    /// homeserver may still be at work on the last of them.
    async fn find_lost(&mut self, store: &mut Store, errands: &[Errand]) -> Result<(), Failure> {
        let wanted: BTreeSet<(String, String)> =
            errands.iter().map(Errand::subject).map(|(kind, whom)| (kind.to_owned(), whom)).collect();
        let known: BTreeSet<OwnedRoomId> = self.kept.values().filter_map(|kept| kept.room.clone()).collect();
        let mut said = false;
        loop {
            let lost = self
                .kept
                .iter_mut()
                .filter(|(subject, kept)| kept.room.is_none() && wanted.contains(*subject));
            let mut lost: Vec<&mut Kept> = lost.map(|(_, kept)| kept).collect();
            if lost.is_empty() {
                return Ok(());
            }
            if !std::mem::replace(&mut said, true) {
                let (words, printer) = (&self.caller.context.words, &self.caller.context.printer);
                printer.note(&words.say(key::SEND_LOOKING));
            }
            let tokens = lost.iter().map(|kept| kept.token.clone()).collect();
            let found = self.rooms.find(&tokens, &known).await?;
            for kept in &mut lost {
                if let Some(room) = found.get(&kept.token) {
                    kept.room = Some(room.clone());
                    store.keep_errand(kept)?;
                }
            }
            lost.retain(|kept| kept.room.is_none());
            if lost.iter().all(|kept| kept.age() > GRACE) {
                return Ok(());
            }
            self.caller.http.pause(LOOK).await?;
        }
    }

    /// Carries one errand out. What the homeserver does not like of it keeps the
    /// others from nothing.
    async fn run(&mut self, store: &mut Store, errand: &Errand, progress: &Progress) -> Result<(), Failure> {
        let (kind, whom) = errand.subject();
        let known = self.kept.get(&(kind.to_owned(), whom)).cloned();
        let there = known.as_ref().and_then(|kept| kept.room.clone());
        let (mut kept, room, present) = match (known, there) {
            (Some(kept), Some(room)) => {
                let present = self.rooms.present(&room).await;
                let Some(present) = self.tolerate(present, errand)? else { return Ok(()) };
                (kept, room, present)
            }
            (known, _) => match self.make(store, errand, known).await? {
                Some((kept, room)) => (kept, room, Present::default()),
                None => return Ok(()),
            },
        };
        if matches!(errand, Errand::Space { .. }) {
            self.space = Some(room);
            return Ok(());
        }
        if let (Errand::Group { .. }, Some(space)) = (errand, self.space.clone()) {
            let put = self.rooms.put_into(&space, &room).await;
            self.tolerate(put, errand)?;
        }
        let place = Place { errand, room: &room, present: &present };
        for invitee in errand.invitees() {
            self.invite(store, &place, invitee, &mut kept).await?;
            progress.advance(1);
        }
        if let Errand::Group { title, missing, .. } = errand {
            let link = link(&room, self.me);
            let (title, missing) = (title.clone(), missing.clone());
            self.sent.rooms.push(Room { schema: "transhume.room/1", title, link, missing });
        }
        Ok(())
    }

    /// Makes a room; none if the homeserver does not want to.
    async fn make(
        &mut self,
        store: &mut Store,
        errand: &Errand,
        known: Option<Kept>,
    ) -> Result<Option<(Kept, OwnedRoomId)>, Failure> {
        // The same token again: should the first room come after all, it is found.
        let token = match known {
            Some(kept) => kept.token,
            None => token()?,
        };
        let mut kept = store.begin_errand(self.me, &errand.subject(), &token)?;
        let wanted = match errand {
            Errand::Direct { .. } => Wanted::Direct,
            Errand::Group { title, .. } => Wanted::Group(title),
            Errand::Space { title } => Wanted::Space(title),
        };
        let made = self.rooms.make(wanted, &token).await;
        let Some(room) = self.tolerate(made, errand)? else { return Ok(None) };
        kept.room = Some(room.clone());
        store.keep_errand(&mut kept)?;
        Ok(Some((kept, room)))
    }

    /// Invites somebody who is not there yet.
    async fn invite(
        &mut self,
        store: &mut Store,
        place: &Place<'_>,
        invitee: &Invitee,
        kept: &mut Kept,
    ) -> Result<(), Failure> {
        let Place { errand, room, present } = *place;
        let done = match &invitee.guest {
            Guest::Account(mxid) if present.accounts.contains_key(mxid) => Some(()),
            Guest::Account(mxid) => {
                let is_direct = matches!(errand, Errand::Direct { .. });
                let noted = match is_direct {
                    true => self.rooms.note_direct(room, mxid).await,
                    false => Ok(()),
                };
                let invited = match noted {
                    Ok(()) => self.rooms.invite(room, mxid, errand.reason(), is_direct).await,
                    trouble => trouble,
                };
                self.tolerate(invited, errand)?
            }
            Guest::Mail(email) => self.write_to(store, place, email, kept).await?,
        };
        if done.is_some() {
            kept.pending = None;
            kept.invited.insert(invitee.guest.key().to_owned());
            store.keep_errand(kept)?;
            self.sent.invitations.push(Invitation::new(errand, invitee, link(room, self.me)));
        }
        Ok(())
    }

    /// Has a letter written to somebody, unless the last run did: then the room
    /// expects one more than it did before that.
    async fn write_to(
        &mut self,
        store: &mut Store,
        place: &Place<'_>,
        email: &Email,
        kept: &mut Kept,
    ) -> Result<Option<()>, Failure> {
        let Place { errand, room, .. } = *place;
        let mut before = self.rooms.present(room).await.map(|present| present.all())?;
        if let Some((whom, had)) = &kept.pending
            && whom == email.as_str()
        {
            while before <= *had && kept.age() < GRACE {
                self.caller.http.pause(LOOK).await?;
                before = self.rooms.present(room).await.map(|present| present.all())?;
            }
            if before > *had {
                return Ok(Some(()));
            }
        }
        kept.pending = Some((email.as_str().to_owned(), before));
        store.keep_errand(kept)?;
        let (server, token) = self.mail.clone().unwrap_or_default();
        let written = self.rooms.invite_by_mail(room, email, (&server, &token)).await;
        // It answers the same whatever the identity server did not like, and the
        // letter may be on its way all the same: the room knows.
        let after = match &written {
            Err(Trouble::Server { .. }) => self.rooms.present(room).await?.all(),
            _ => before,
        };
        if after > before {
            return Ok(Some(()));
        }
        self.tolerate(written, errand)
    }

    /// Takes what a homeserver does not like of one errand for a problem; whatever
    /// else goes wrong ends everything.
    fn tolerate<T>(&mut self, outcome: Result<T, Trouble>, errand: &Errand) -> Result<Option<T>, Failure> {
        match outcome {
            Ok(done) => Ok(Some(done)),
            Err(trouble @ (Trouble::Server { .. } | Trouble::TooLarge { .. })) => {
                let about = errand.title().map_or_else(|| errand.subject().1, |title| title.raw().to_owned());
                let problem = Problem::new(Code::InvitationRefused).in_file(self.account.host().raw());
                self.sent.problems.push(problem.quoting(format!("{about} ({trouble})")));
                Ok(None)
            }
            Err(trouble) => Err(trouble.into()),
        }
    }
}

/// A room that somebody is invited into.
#[derive(Clone, Copy)]
struct Place<'a> {
    errand: &'a Errand,
    room: &'a OwnedRoomId,
    /// Who was in it before this run.
    present: &'a Present,
}

/// So much that leaves as it is.
fn plain(count: usize) -> Amount {
    Amount { hashed: 0, plain: count }
}

/// A token that nobody can guess.
fn token() -> Result<String, Failure> {
    let mut bytes = [0; TOKEN];
    getrandom::fill(&mut bytes).map_err(|_| Failure::new(Exit::Internal, key::ERROR_INTERNAL))?;
    Ok(base64::Engine::encode(&base64::engine::general_purpose::URL_SAFE_NO_PAD, bytes))
}
