//! Asking Matrix about people: where the servers are, what may leave, then step
//! by step. What is learnt is written down as it comes, so that whatever happens
//! the same command goes on where this one stopped.

pub(super) mod caller;
mod homeserver;
mod identity;
mod pauses;
pub(super) mod proxies;
mod rooms;
pub(super) mod signal;

use std::collections::BTreeSet;

use crate::check::Checked;
use crate::check::agenda::{Agenda, Done, Steps};
use crate::check::homeserver_client::Account;
use crate::check::place::{Base, Homeserver};
use crate::model::sighting::Way;
use crate::model::threepid::Medium;
use crate::model::{Code, ContactId, Foreign, Moment, Problem};
use crate::report::view::Disclosed;
use crate::words::key;
use crate::workspace::Store;
use crate::workspace::asked::{Amount, LookupId, Step};

use super::asking::Asking;
use super::consent::{self, Hosts};
use super::context::Context;
use super::exit::Exit;
use super::failure::Failure;
use caller::{Caller, Places, Signed, call};
use pauses::kept_pause;

/// What came of asking.
#[derive(Default)]
pub struct Asked {
    /// About how many identities and names there was an answer.
    pub answered: usize,
    /// Whether anything was written down.
    pub learnt: bool,
    /// What left, or would have left.
    pub disclosed: Vec<Disclosed>,
    /// From when on the network may be asked again, where it wants to be left
    /// alone until then.
    pub again: Option<Moment>,
    /// What of the answers is odd.
    pub problems: Vec<Problem>,
    /// Why it is not finished.
    pub failure: Option<Failure>,
}

impl Asked {
    /// Notes that so much left, or would.
    fn left(&mut self, host: Option<Foreign>, amount: Amount) {
        if amount == Amount::default() {
            return;
        }
        let (hashed, plain) = (amount.hashed as u64, amount.plain as u64);
        match self.disclosed.iter_mut().find(|disclosed| disclosed.host == host) {
            Some(same) => (same.hashed, same.plain) = (same.hashed + hashed, same.plain + plain),
            None => self.disclosed.push(Disclosed { host, hashed, plain }),
        }
    }

    /// Notes from when on a host may be asked again: of several, the first counts.
    fn may_be_asked(&mut self, again: Option<Moment>) {
        self.again = match (self.again, again) {
            (Some(old), Some(new)) if old.is_surely_after(new) => Some(new),
            (old, new) => old.or(new),
        };
    }

    /// Adds a problem; of those that are only counted there is one of a kind.
    fn add(&mut self, new: Problem) {
        let alike = |old: &&mut Problem| old.code == new.code && old.path == new.path && old.count.is_some();
        match (self.problems.iter_mut().find(alike), new.count) {
            (Some(old), Some(count)) => old.count = old.count.map(|had| had + count),
            _ => self.problems.push(new),
        }
    }
}

/// Asks about everybody who is counted and was not asked about yet.
pub fn matrix(context: &Context, mut asking: Asking, store: &mut Store, people: &[Checked]) -> Asked {
    let mut asked = Asked::default();
    asked.problems.extend(proxies::announced(context));
    let outcome = asking.servers.take_up_session(context).and_then(|()| match asking.dry_run {
        true => would_ask(context, &asking, store, people, &mut asked),
        false => asks(context, &asking, store, people, &mut asked),
    });
    asked.failure = outcome.err();
    asked.may_be_asked(asked.failure.as_ref().and_then(Failure::again));
    asked
}

/// Tells what would leave, and opens no socket even to find out where to.
fn would_ask(
    context: &Context,
    asking: &Asking,
    store: &Store,
    people: &[Checked],
    asked: &mut Asked,
) -> Result<(), Failure> {
    let homeserver = asking.servers.homeserver.as_ref().map(Homeserver::shown);
    let identity = asking.servers.identity_server.as_ref().map(Base::shown);
    let done = done(context, store, homeserver.as_ref(), identity.as_ref())?;
    let agenda = agenda(context, people, &asking.media, asking.steps, &done);
    let hosts = Hosts { homeserver: homeserver.as_ref(), identity: identity.as_ref() };
    let text = consent::disclosure(context, hosts, &agenda);
    let text = format!("{text}\n{}{}", consent::all_of(&agenda), context.words.say(key::CHECK_DRY_RUN));
    context.printer.would(&text)?;
    asked.left(homeserver, Amount { hashed: 0, plain: agenda.profiles.len() + agenda.names.len() });
    asked.left(identity, Amount { hashed: agenda.question.identities.len(), plain: 0 });
    Ok(())
}

/// What an unfinished run learnt already.
fn done(
    context: &Context,
    store: &Store,
    homeserver: Option<&Foreign>,
    identity: Option<&Foreign>,
) -> Result<Done, Failure> {
    let seen = |way| match homeserver {
        Some(host) => store.seen(host, way, context.now),
        None => Ok(BTreeSet::new()),
    };
    Ok(Done {
        identities: identity.map(|host| store.answered(host, context.now)).transpose()?.unwrap_or_default(),
        profiles: seen(Way::Profile)?.iter().map(|mxid| mxid.raw().to_owned()).collect(),
        names: seen(Way::Directory)?.iter().map(Foreign::key).collect(),
    })
}

fn agenda(context: &Context, people: &[Checked], media: &[Medium], steps: Steps, done: &Done) -> Agenda {
    Agenda::about(people, |p| context.count.includes(p), media, steps, done)
}

fn asks(
    context: &Context,
    asking: &Asking,
    store: &mut Store,
    people: &[Checked],
    asked: &mut Asked,
) -> Result<(), Failure> {
    let outcome = call(context, &asking.servers, async |caller| {
        let (signed, found, outcomes, begun) = (Signed::new(), BTreeSet::new(), Vec::new(), Vec::new());
        Conversation { caller, asking, people, asked, signed, found, outcomes, begun }.hold(store).await
    });
    if asking.forget_misses {
        store.forget_misses()?;
        context.printer.note(&context.words.say(key::CHECK_FORGOTTEN));
    }
    outcome
}

struct Conversation<'a> {
    caller: Caller<'a>,
    asking: &'a Asking,
    people: &'a [Checked],
    asked: &'a mut Asked,
    /// The terms that were accepted.
    signed: Signed,
    /// Whom a step has found, so that later ones need not look for them.
    found: BTreeSet<ContactId>,
    /// What became of the steps so far.
    outcomes: Vec<Result<(), Failure>>,
    /// The steps that were begun, and are over when nothing goes wrong.
    begun: Vec<(Foreign, Step)>,
}

impl Conversation<'_> {
    async fn hold(mut self, store: &mut Store) -> Result<(), Failure> {
        let (context, asking) = (self.caller.context, self.asking);
        let nobody = || context.printer.note(&context.words.say(key::CHECK_NOBODY));
        let mut steps = asking.steps;
        let whole = agenda(context, self.people, &asking.media, steps, &Done::default());
        if !whole.leaves_anything() && !whole.rooms {
            nobody();
            return Ok(());
        }
        let places = self.find(store, &mut steps).await?;
        let homeserver = places.homeserver.shown();
        let identity = places.identity.as_ref().filter(|_| steps.identity);
        let shown = identity.map(Base::shown);
        self.leave_alone(store, &mut steps, &homeserver, shown.as_ref())?;
        let identity = identity.filter(|_| steps.identity);
        let done = done(context, store, Some(&homeserver), shown.as_ref())?;
        let people = self.people;
        let agenda = |media: &[Medium], steps| agenda(context, people, media, steps, &done);
        let names_left = match self.rests(store, &homeserver, Step::Directory)? {
            Some(failure) if steps.directory => {
                let names = agenda(&[], steps);
                steps.directory = false;
                self.directory_rests(&failure);
                names.names.len() + names.names_left
            }
            _ => 0,
        };
        let open = agenda(&asking.media, steps);
        if !open.leaves_anything() && self.outcomes.is_empty() && names_left == 0 {
            match open.answered {
                0 => nobody(),
                _ => context.printer.note(&context.words.say(key::CHECK_ANSWERED)),
            }
        }
        // What an unfinished run asked to its end is over, whatever it is asked by.
        let all = agenda(&Medium::ALL, steps);
        let host = || homeserver.clone();
        let over = [
            (all.question.identities.is_empty(), shown.clone().filter(|_| steps.identity), Step::Identity),
            (all.profiles.is_empty(), steps.profiles.then(host), Step::Profiles),
            (all.names.is_empty(), steps.directory.then(host), Step::Directory),
        ];
        let over = over.into_iter().filter(|(over, ..)| *over && open.answered > 0);
        self.begun.extend(over.filter_map(|(_, host, step)| Some((host?, step))));
        if names_left > 0 {
            let problem = Problem::new(Code::NamesLeft).in_file(homeserver.raw());
            self.asked.add(problem.counted(names_left as u64));
        }
        if !open.leaves_anything() && !open.rooms {
            self.ended()?;
            return self.close(store);
        }
        let hosts = Hosts { homeserver: Some(&homeserver), identity: shown.as_ref() };
        context.printer.complain(&consent::disclosure(context, hosts, &open));
        let agreed = consent::agree(context, asking, &open)?;
        steps.profiles &= agreed.profiles;
        steps.directory &= agreed.names;
        let open = agenda(&agreed.media, steps);

        let account = Account::new(self.caller.http, places.homeserver.clone(), self.caller.pass);
        let me = self.caller.me(&account).await;
        let me = kept_pause(store, &self.named(), Step::Account, me)??;
        let mut seen = BTreeSet::new();
        if open.rooms {
            let outcome = self.look_through_rooms(&account, &me, &homeserver, store).await;
            self.over(store, &homeserver, Step::Rooms, outcome.map(|all| seen = all))?;
        }
        if !self.stopped() && !open.profiles.is_empty() {
            let profiles = open.profiles.iter().filter(|mxid| !seen.contains(mxid)).collect();
            let outcome = self.ask_profiles(&account, &me, &homeserver, profiles, store).await;
            self.over(store, &homeserver, Step::Profiles, outcome)?;
        }
        if let Some(identity) = identity.filter(|_| !self.stopped() && !open.question.identities.is_empty()) {
            let outcome =
                self.ask_identity_server(identity, &account, me.clone(), &open.question, store).await;
            self.over(store, &identity.shown(), Step::Identity, outcome)?;
        }
        if !self.stopped() && !open.names.is_empty() {
            let outcome = self.search_names(&account, &me, &homeserver, &open, store).await;
            self.outcomes.push(outcome);
        }
        self.ended()?;
        self.close(store)
    }

    /// Finds the servers. Where it stays unknown which the identity server is, that step is
    /// left out, and keeps no other from what it can tell.
    async fn find(&mut self, store: &mut Store, steps: &mut Steps) -> Result<Places, Failure> {
        let named = self.named();
        if let Some(failure) = self.rests(store, &named, Step::Account)? {
            return Err(failure);
        }
        if steps.identity
            && self.asking.servers.identity_server.is_none()
            && let Some(failure) = self.rests(store, &named, Step::Search)?
        {
            steps.identity = false;
            self.outcomes.push(Err(failure));
        }
        let places = self.caller.places(steps.identity).await;
        let mut places = kept_pause(store, &named, Step::Account, places)??;
        if steps.identity && places.identity.is_none() {
            steps.identity = false;
            match places.trouble.take() {
                Some(trouble) => self.over(store, &named, Step::Search, Err(trouble.into()))?,
                None => self.asked.problems.push(Problem::new(Code::NoIdentityServer)),
            }
        }
        Ok(places)
    }

    /// What the steps came to: that the user asked to stop before what else there was. Of
    /// the others it is told here, and from when on whoever wants a pause may be asked.
    fn ended(&mut self) -> Result<(), Failure> {
        let mut failures: Vec<Failure> = self.outcomes.drain(..).filter_map(Result::err).collect();
        failures.sort_by_key(|failure| failure.exit != Exit::Interrupted);
        for failure in &failures {
            self.asked.may_be_asked(failure.again());
        }
        let context = self.caller.context;
        for other in failures.iter().skip(1) {
            context.printer.insist(&other.text(&context.words).0);
        }
        failures.into_iter().next().map_or(Ok(()), Err)
    }

    /// Whether the user asked to stop.
    fn stopped(&self) -> bool {
        let is_stop = |outcome: &Result<(), Failure>| {
            outcome.as_ref().is_err_and(|failure| failure.exit == Exit::Interrupted)
        };
        self.outcomes.iter().any(is_stop)
    }

    /// Ends the steps that were begun: the next run asks anew.
    fn close(&self, store: &mut Store) -> Result<(), Failure> {
        for (host, step) in &self.begun {
            store.close_step(host, *step)?;
        }
        Ok(())
    }

    /// Writes down that a step begins, before anything leaves.
    fn begin(
        &mut self,
        store: &mut Store,
        host: &Foreign,
        step: Step,
        amount: Amount,
    ) -> Result<LookupId, Failure> {
        self.asked.learnt = true;
        self.begun.push((host.clone(), step));
        Ok(store.begin_lookup(host, step, self.caller.context.now, amount)?)
    }

    /// Writes down what left after all.
    fn end(
        &mut self,
        store: &mut Store,
        host: &Foreign,
        lookup: LookupId,
        left: Amount,
    ) -> Result<(), Failure> {
        self.asked.left(Some(host.clone()), left);
        Ok(store.end_lookup(lookup, left)?)
    }
}
