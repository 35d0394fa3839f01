//! What the user's own homeserver is asked about people: profiles, names.

use std::collections::BTreeSet;

use crate::check::agenda::Agenda;
use crate::check::homeserver_client::{Account, Accounts};
use crate::check::sightings::Faces;
use crate::check::trouble::Trouble;
use crate::model::identity::{Address, Mxid};
use crate::model::sighting::{Seen, Way};
use crate::model::{Code, ContactId, Foreign, Problem};
use crate::words::{escape, key};
use crate::workspace::Store;
use crate::workspace::asked::{Amount, Step};

use super::super::failure::Failure;
use super::super::progress::Progress;
use super::Conversation;

/// After so many requests in a row without a good answer it is looked whether that is the
/// homeserver's own trouble, and not that of what it was asked about.
const SILENT: u32 = 3;

/// One more request got no good answer: looks now and then whether the homeserver is there
/// at all, so that nobody is kept from being asked about by those before them.
///
/// # Errors
/// It is not there, or does not answer any more.
pub(super) async fn unless_away(account: &Account<'_>, silent: &mut u32) -> Result<(), Trouble> {
    *silent += 1;
    if silent.is_multiple_of(SILENT) { account.whoami().await.map(drop) } else { Ok(()) }
}

/// Whether a request got no good answer for a reason that may be its own: another one
/// may get one.
pub(super) fn is_its_own(trouble: &Trouble) -> bool {
    matches!(
        trouble,
        Trouble::Unreachable { .. }
            | Trouble::NoSuchName { .. }
            | Trouble::Nonsense { .. }
            | Trouble::Redirect { .. }
            | Trouble::TooLarge { .. }
            | Trouble::Server { .. }
    )
}

impl<'a> Conversation<'a> {
    /// Asks for profiles. The homeserver asks others in turn; one that does not
    /// answer keeps nobody else waiting.
    pub(super) async fn ask_profiles(
        &mut self,
        account: &Account<'_>,
        me: &Mxid,
        host: &Foreign,
        profiles: Vec<&Mxid>,
        store: &mut Store,
    ) -> Result<(), Failure> {
        let all = Amount { hashed: 0, plain: profiles.len() };
        let lookup = self.begin(store, host, Step::Profiles, all)?;
        let progress = self.progress(key::PROGRESS_PROFILES, host, profiles.len());
        let (mut left, mut silent, mut unanswered) = (Amount::default(), 0, 0);
        let mut away: BTreeSet<&str> = BTreeSet::new();
        let mut outcome = Ok(());
        for mxid in profiles {
            progress.advance(1);
            if away.contains(mxid.server()) {
                unanswered += 1;
                continue;
            }
            // What does not leave is not counted.
            if let Err(trouble) = self.caller.http.go_on() {
                outcome = Err(trouble.into());
                break;
            }
            left.plain += 1;
            let exists = match account.has_profile(mxid).await {
                Ok(exists) => exists,
                // It does not tell about this one.
                Err(Trouble::Server { status: 400..500, .. }) => {
                    silent = 0;
                    unanswered += 1;
                    continue;
                }
                Err(trouble) if is_its_own(&trouble) => {
                    unanswered += 1;
                    // Whoever is on the user's own server is not asked about elsewhere.
                    if mxid.server() != me.server() {
                        away.insert(mxid.server());
                    }
                    outcome = unless_away(account, &mut silent).await.map_err(Failure::from);
                    if outcome.is_err() {
                        break;
                    }
                    continue;
                }
                Err(trouble) => {
                    outcome = Err(trouble.into());
                    break;
                }
            };
            silent = 0;
            self.asked.answered += 1;
            if exists {
                self.found.extend(self.stated_by(mxid));
            }
            if exists || !self.asking.forget_misses {
                let asked = Some(Foreign::from(mxid.as_str()));
                let mxid = exists.then(|| mxid.clone());
                store.keep_seen(lookup, &[Seen { way: Way::Profile, asked, mxid, name: None }])?;
            }
        }
        drop(progress);
        if unanswered > 0 {
            let problem = Problem::new(Code::ProfilesUnanswered).in_file(host.raw());
            self.asked.add(problem.counted(unanswered));
        }
        self.end(store, host, lookup, left)?;
        outcome
    }

    /// Searches the user directory for names.
    pub(super) async fn search_names(
        &mut self,
        account: &Account<'_>,
        me: &Mxid,
        host: &Foreign,
        agenda: &Agenda,
        store: &mut Store,
    ) -> Result<(), Failure> {
        let faces = Faces::new(self.people.iter().map(|p| &p.contact));
        let is_open =
            |name: &&Foreign| faces.named(name).is_some_and(|contact| !self.found.contains(&contact.id));
        let names: Vec<&Foreign> = agenda.names.iter().filter(is_open).collect();
        if names.is_empty() {
            return Ok(());
        }
        let lookup = self.begin(store, host, Step::Directory, Amount { hashed: 0, plain: names.len() })?;
        let progress = self.progress(key::PROGRESS_NAMES, host, names.len());
        let (mut left, mut open) = (Amount::default(), agenda.names_left);
        let (mut silent, mut unanswered) = (0, 0);
        let mut outcome = Ok(());
        for (at, name) in names.iter().enumerate() {
            if let Err(trouble) = self.caller.http.go_on() {
                outcome = Err(trouble.into());
                break;
            }
            let found = match account.search(name.raw().trim()).await {
                Ok(found) => found,
                Err(trouble @ Trouble::RateLimited { .. }) => {
                    left.plain += 1;
                    let why = Failure::from(trouble);
                    self.directory_rests(&why);
                    store.note_pause(host, Step::Directory, why.again())?;
                    open += names.len() - at;
                    break;
                }
                // One that is broken keeps nobody behind it waiting.
                Err(trouble) if is_its_own(&trouble) => {
                    left.plain += 1;
                    unanswered += 1;
                    outcome = unless_away(account, &mut silent).await.map_err(Failure::from);
                    if outcome.is_err() {
                        break;
                    }
                    continue;
                }
                Err(trouble) => {
                    left.plain += 1;
                    outcome = Err(Failure::from(trouble));
                    break;
                }
            };
            left.plain += 1;
            silent = 0;
            self.asked.answered += 1;
            self.odd_accounts(&found, host);
            let is_namesake = |mxid: &Mxid, called: &Option<Foreign>| {
                let same = called.as_ref().is_some_and(|called| called.key() == name.key());
                same && mxid != me && !mxid.is_bridge_ghost()
            };
            let asked = || Some(Foreign::new(name.raw()));
            let namesakes = found.all.into_iter().filter(|(mxid, called)| is_namesake(mxid, called));
            let mut seen: Vec<Seen> = namesakes
                .map(|(mxid, name)| Seen { way: Way::Directory, asked: asked(), mxid: Some(mxid), name })
                .collect();
            if seen.is_empty() && !self.asking.forget_misses {
                seen.push(Seen { way: Way::Directory, asked: asked(), mxid: None, name: None });
            }
            store.keep_seen(lookup, &seen)?;
            progress.advance(1);
        }
        drop(progress);
        self.end(store, host, lookup, left)?;
        if unanswered > 0 {
            let problem = Problem::new(Code::NamesUnanswered).in_file(host.raw());
            self.asked.add(problem.counted(unanswered));
        }
        if open > 0 {
            // The next run goes on with the others.
            self.begun.retain(|(_, step)| *step != Step::Directory);
            let problem = Problem::new(Code::NamesLeft).in_file(host.raw());
            self.asked.add(problem.counted(open as u64));
        }
        outcome
    }

    /// Who gives an address as theirs.
    fn stated_by<'b>(&self, mxid: &'b Mxid) -> impl Iterator<Item = ContactId> + use<'a, 'b> {
        let address = Address::Mxid(mxid.clone());
        let people = self.people.iter();
        people.filter(move |p| p.contact.addresses.contains(&address)).map(|p| p.contact.id.clone())
    }

    pub(super) fn odd_accounts(&mut self, accounts: &Accounts, host: &Foreign) {
        if let Some(first) = accounts.unusable.first() {
            let problem = Problem::new(Code::AccountsUnusable).in_file(host.raw()).quoting(first);
            self.asked.add(problem.counted(accounts.unusable.len() as u64));
        }
    }

    /// Shows how far a step is.
    pub(super) fn progress(&self, key: crate::words::Key, host: &Foreign, total: usize) -> Progress {
        let shown = escape::terminal_uncut(host);
        let message = self.caller.context.words.say_with(key, &[("host", (&shown).into())]);
        if !self.caller.context.printer.shows_progress() {
            let values = [("what", message.as_str().into()), ("count", total.into())];
            self.caller
                .context
                .printer
                .note(&self.caller.context.words.say_with(key::PROGRESS_LINE, &values));
        }
        Progress::count(total, message, &self.caller.context.printer, &self.caller.board)
    }
}
