//! Asking Matrix about people: where the servers are, what may leave, the
//! terms, then batch by batch. What is learnt is written down as it comes, so
//! that whatever happens the same command goes on where this one stopped.

use std::collections::BTreeSet;
use std::time::Duration;

use crate::check::Checked;
use crate::check::homeserver_client::{Account, WellKnown, well_known};
use crate::check::http_client::Http;
use crate::check::identity_client::IdentityServer;
use crate::check::mappings::Heard;
use crate::check::place::{Base, Homeserver};
use crate::check::question::{BATCH, Question};
use crate::check::trouble::Trouble;
use crate::model::threepid::{Medium, ThreePid};
use crate::model::{Code, Foreign, Moment, Problem};
use crate::report::view::Disclosed;
use crate::words::{Words, escape, key};
use crate::workspace::Store;
use crate::workspace::asked::LookupId;

use super::asking::{Asking, Token};
use super::consent;
use super::context::Context;
use super::exit::Exit;
use super::failure::Failure;
use super::progress::Progress;

/// A pepper that is older than this protects less and less.
const OLD_PEPPER_DAYS: i64 = 21;

/// Terms may change while we ask, but not all the time.
const SIGNATURES: u32 = 3;

/// What came of asking.
#[derive(Default)]
pub struct Asked {
    /// About how many identities there was an answer.
    pub answered: usize,
    /// What left, or would have left.
    pub disclosed: Vec<Disclosed>,
    /// What of the answers is odd.
    pub problems: Vec<Problem>,
    /// Why it is not finished.
    pub failure: Option<Failure>,
}

/// Asks about everybody who is counted and was not asked about yet.
pub fn matrix(context: &Context, asking: &Asking, store: &mut Store, people: &[Checked]) -> Asked {
    let mut asked = Asked::default();
    let outcome = if asking.dry_run {
        would_ask(context, asking, store, people, &mut asked)
    } else {
        asks(context, asking, store, people, &mut asked)
    };
    asked.failure = outcome.err();
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
    let host = asking.identity_server.as_ref();
    let done = host.map_or_else(|| Ok(BTreeSet::new()), |host| store.answered(&host.shown(), context.now))?;
    let whole = Question::about(people, |p| context.count.includes(p), &asking.media);
    let all = whole.identities.len();
    let question = whole.without(&done);
    let text = consent::disclosure(context, host, &question, all - question.identities.len());
    let text = format!("{text}\n{}", context.words.say(key::CHECK_DRY_RUN));
    match context.printer.json {
        true => context.printer.complain(&text),
        false => context.printer.data(&text)?,
    }
    asked.disclosed.push(disclosed(host, question.identities.len()));
    Ok(())
}

fn disclosed(host: Option<&Base>, hashed: usize) -> Disclosed {
    Disclosed { host: host.map(Base::shown), hashed: hashed as u64, plain: 0 }
}

fn asks(
    context: &Context,
    asking: &Asking,
    store: &mut Store,
    people: &[Checked],
    asked: &mut Asked,
) -> Result<(), Failure> {
    let (words, printer) = (Words::new(context.words.language()), context.printer);
    let on_wait = move |host: &str, wait: Duration| {
        let host = escape::terminal_uncut(&Foreign::from(host));
        let seconds = wait.as_millis().div_ceil(1000).to_string();
        let values = [("host", (&host).into()), ("seconds", seconds.as_str().into())];
        printer.note(&words.say_with(key::CHECK_WAITING, &values));
    };
    let http = Http::new(&asking.rules, context.meter.stop_flag(), Box::new(on_wait))
        .map_err(|what| Failure::new(Exit::Usage, key::ERROR_CA_FILE).about(what))?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(Conversation { context, asking, http: &http, people, asked, signed: 0 }.hold(store))
}

/// Where the two servers are.
struct Places {
    homeserver: Base,
    /// None if nobody named one.
    identity: Option<Base>,
}

struct Conversation<'a> {
    context: &'a Context,
    asking: &'a Asking,
    http: &'a Http,
    people: &'a [Checked],
    asked: &'a mut Asked,
    /// How often terms were accepted.
    signed: u32,
}

impl Conversation<'_> {
    async fn hold(mut self, store: &mut Store) -> Result<(), Failure> {
        let (context, asking) = (self.context, self.asking);
        let no_token = || Failure::new(Exit::Usage, key::ERROR_NO_TOKEN);
        let token = asking.token.as_ref().map(Token::as_str).ok_or_else(no_token)?;
        let question = |media| Question::about(self.people, |p| context.count.includes(p), media);
        let nobody = || context.printer.note(&context.words.say(key::CHECK_NOBODY));
        let whole = question(&asking.media);
        let all = whole.identities.len();
        if all == 0 {
            nobody();
            return Ok(());
        }
        let places = self.places(token).await?;
        let Some(host) = places.identity else {
            self.asked.problems.push(Problem::new(Code::NoIdentityServer));
            return Ok(());
        };
        let done = store.answered(&host.shown(), context.now)?;
        let open = whole.without(&done);
        if open.identities.is_empty() {
            context.printer.note(&context.words.say(key::CHECK_ANSWERED));
            if question(&Medium::ALL).without(&done).identities.is_empty() {
                store.close_lookup(&host.shown())?;
            }
            return Ok(());
        }
        let answered = all - open.identities.len();
        context.printer.complain(&consent::disclosure(context, Some(&host), &open, answered));
        let open = question(&consent::agree(context, asking)?).without(&done);
        if open.identities.is_empty() {
            nobody();
            return Ok(());
        }

        let account = Account::new(self.http, places.homeserver, token);
        let me = account.whoami().await?;
        let mut server = IdentityServer::enter(self.http, host.clone(), &account, me).await?;
        let outcome = self.ask(&mut server, &host, &open, store).await;
        if !matches!(&outcome, Err(failure) if failure.exit == Exit::Interrupted) {
            server.leave().await;
        }
        outcome
    }

    /// Finds the homeserver and the identity server. Nothing about anybody
    /// leaves for that; the token goes to the homeserver that the user named.
    async fn places(&self, token: &str) -> Result<Places, Failure> {
        let no_homeserver = || Failure::new(Exit::Usage, key::ERROR_NO_HOMESERVER);
        if let Some(named) = &self.asking.identity_server {
            self.http.trust(named);
        }
        let named = self.asking.identity_server.clone();
        let usable = |text: &str| Base::parse(text).map_err(|_| Trouble::BadUrl { url: text.to_owned() });
        match self.asking.homeserver.as_ref().ok_or_else(no_homeserver)? {
            Homeserver::Name(name) => {
                let domain = Base::of_name(name).map_err(|_| Trouble::BadUrl { url: name.clone() })?;
                self.http.trust(&domain);
                let says = well_known(self.http, &domain).await?;
                let homeserver = says.homeserver.as_deref().map(usable).transpose()?;
                let identity = says.identity_server.as_deref().map(usable);
                let identity = named.map(Ok).or(identity).transpose()?;
                Ok(Places { homeserver: homeserver.unwrap_or(domain), identity })
            }
            Homeserver::At(base) => {
                self.http.trust(base);
                let homeserver = base.clone();
                if named.is_some() {
                    return Ok(Places { homeserver, identity: named });
                }
                let mut says = well_known(self.http, base).await?;
                if says.identity_server.is_none() {
                    // Behind a delegation only the domain itself tells, and only
                    // the homeserver knows which one that is.
                    let me = Account::new(self.http, homeserver.clone(), token).whoami().await?;
                    if let Ok(domain) = Base::of_name(me.server()) {
                        says = match well_known(self.http, &domain).await {
                            // Many a domain has no web server.
                            Err(Trouble::Unreachable { .. }) => WellKnown::default(),
                            says => says?,
                        };
                    }
                }
                let identity = says.identity_server.as_deref().map(usable).transpose()?;
                Ok(Places { homeserver, identity })
            }
        }
    }

    async fn ask(
        &mut self,
        server: &mut IdentityServer<'_>,
        host: &Base,
        question: &Question,
        store: &mut Store,
    ) -> Result<(), Failure> {
        let context = self.context;
        let pepper = loop {
            match server.agree_on_hash().await {
                Ok(pepper) => break pepper.as_str().to_owned(),
                Err(trouble) => self.sign(server, host, trouble).await?,
            }
        };
        let lookup = store.begin_lookup(&host.shown(), context.now, question.identities.len())?;
        let since = store.note_pepper(lookup, &pepper)?;
        if since.is_some_and(|since: Moment| since.days_until(context.now) >= OLD_PEPPER_DAYS) {
            self.asked.problems.push(Problem::new(Code::PepperUnchanged).in_file(&host.label()));
        }
        let shown = escape::terminal_uncut(&host.shown());
        let message = context.words.say_with(key::PROGRESS_ASKING, &[("host", (&shown).into())]);
        let progress = Progress::count(question.identities.len(), message, &context.printer);
        let mut outcome = Ok(());
        let mut left = 0;
        for batch in question.identities.chunks(BATCH) {
            left += batch.len();
            outcome = self.ask_batch(server, host, batch, lookup, store).await;
            if outcome.is_err() {
                break;
            }
            progress.advance(batch.len());
        }
        self.asked.disclosed.push(disclosed(Some(host), left));
        store.end_lookup(lookup, left, outcome.is_ok())?;
        outcome
    }

    async fn ask_batch(
        &mut self,
        server: &mut IdentityServer<'_>,
        host: &Base,
        batch: &[ThreePid],
        lookup: LookupId,
        store: &mut Store,
    ) -> Result<(), Failure> {
        let heard: Heard = loop {
            match server.lookup(batch).await {
                Ok(heard) => break heard,
                Err(trouble) => self.sign(server, host, trouble).await?,
            }
        };
        store.keep_answers(lookup, batch.iter().map(|asked| (asked, heard.found.get(asked))))?;
        self.asked.answered += batch.len();
        for problem in heard.problems {
            add(&mut self.asked.problems, problem);
        }
        Ok(())
    }

    /// Where the trouble is that terms have to be accepted: has the user accept
    /// them. Any other trouble stays one, and so does this from a server that
    /// is never content.
    async fn sign(
        &mut self,
        server: &mut IdentityServer<'_>,
        host: &Base,
        trouble: Trouble,
    ) -> Result<(), Failure> {
        self.signed += 1;
        if !matches!(trouble, Trouble::TermsNotSigned { .. }) || self.signed > SIGNATURES {
            return Err(trouble.into());
        }
        let terms = server.terms(self.context.words.language().id()).await?;
        consent::accept_terms(self.context, self.asking, host, &terms)?;
        Ok(server.accept(&terms).await?)
    }
}

/// Adds a problem; of those that are only counted there is one of a kind.
fn add(problems: &mut Vec<Problem>, new: Problem) {
    let alike = |old: &&mut Problem| old.code == new.code && old.path == new.path && old.count.is_some();
    match (problems.iter_mut().find(alike), new.count) {
        (Some(old), Some(count)) => old.count = old.count.map(|had| had + count),
        _ => problems.push(new),
    }
}
