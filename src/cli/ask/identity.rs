//! What an identity server is asked: hashed addresses and numbers, batch by
//! batch.

use crate::check::homeserver_client::Account;
use crate::check::identity_client::IdentityServer;
use crate::check::mappings::Heard;
use crate::check::place::Base;
use crate::check::question::{BATCH, Question};
use crate::check::trouble::Trouble;
use crate::model::identity::Mxid;
use crate::model::threepid::ThreePid;
use crate::model::{Code, Moment, Problem};
use crate::words::key;
use crate::workspace::Store;
use crate::workspace::asked::{Amount, LookupId, Step};

use super::super::failure::Failure;
use super::super::progress::Progress;
use super::Conversation;

/// A pepper that is older than this protects less and less.
const OLD_PEPPER_DAYS: i64 = 21;

impl Conversation<'_> {
    /// Asks an identity server about everybody in the question, and leaves it
    /// again however that ends.
    pub(super) async fn ask_identity_server(
        &mut self,
        host: &Base,
        account: &Account<'_>,
        me: Mxid,
        question: &Question,
        store: &mut Store,
    ) -> Result<(), Failure> {
        let mut server = IdentityServer::enter(self.caller.http, host.clone(), account, me).await?;
        let outcome = self.ask(&mut server, host, question, store).await;
        server.leave().await;
        outcome
    }

    async fn ask(
        &mut self,
        server: &mut IdentityServer<'_>,
        host: &Base,
        question: &Question,
        store: &mut Store,
    ) -> Result<(), Failure> {
        let pepper = loop {
            match server.agree_on_hash().await {
                Ok(pepper) => break pepper.as_str().to_owned(),
                Err(trouble) => self.caller.sign(&mut self.signed, server, host, trouble).await?,
            }
        };
        let all = Amount { hashed: question.identities.len(), plain: 0 };
        let shown = host.shown();
        let lookup = self.begin(store, &shown, Step::Identity, all)?;
        let since = store.note_pepper(lookup, &pepper)?;
        if since.is_some_and(|since: Moment| since.days_until(self.caller.context.now) >= OLD_PEPPER_DAYS) {
            self.asked.problems.push(Problem::new(Code::PepperUnchanged).in_file(&host.label()));
        }
        let progress = self.progress(key::PROGRESS_IDENTITIES, &shown, question.identities.len());
        let mut left = Amount::default();
        let outcome = self.ask_all(server, host, question, lookup, store, &progress, &mut left).await;
        drop(progress);
        self.end(store, &shown, lookup, left)?;
        outcome
    }

    #[expect(clippy::too_many_arguments, reason = "the middle of one conversation")]
    async fn ask_all(
        &mut self,
        server: &mut IdentityServer<'_>,
        host: &Base,
        question: &Question,
        lookup: LookupId,
        store: &mut Store,
        progress: &Progress,
        left: &mut Amount,
    ) -> Result<(), Failure> {
        let (mut open, mut size) = (question.identities.as_slice(), BATCH);
        // Of those that were sent in vain, since they were too many, none leaves
        // a second time.
        let mut sent = 0;
        while !open.is_empty() {
            // What does not leave is not counted.
            self.caller.http.go_on()?;
            let batch = &open[..size.min(open.len())];
            let asked = question.identities.len() - open.len() + batch.len();
            left.hashed += asked.saturating_sub(sent);
            sent = sent.max(asked);
            match self.ask_batch(server, host, batch).await? {
                None => size = batch.len() / 2,
                Some(heard) => {
                    self.take_up(heard, batch, question, lookup, store)?;
                    progress.advance(batch.len());
                    open = &open[batch.len()..];
                }
            }
        }
        Ok(())
    }

    /// Asks about a batch; none if it is too large for the server.
    async fn ask_batch(
        &mut self,
        server: &mut IdentityServer<'_>,
        host: &Base,
        batch: &[ThreePid],
    ) -> Result<Option<Heard>, Failure> {
        loop {
            match server.lookup(batch).await {
                Ok(heard) => return Ok(Some(heard)),
                Err(Trouble::TooMany { .. }) => return Ok(None),
                Err(trouble) => self.caller.sign(&mut self.signed, server, host, trouble).await?,
            }
        }
    }

    fn take_up(
        &mut self,
        heard: Heard,
        batch: &[ThreePid],
        question: &Question,
        lookup: LookupId,
        store: &mut Store,
    ) -> Result<(), Failure> {
        let answers = batch.iter().map(|asked| (asked, heard.found.get(asked)));
        let forget = self.asking.forget_misses;
        store.keep_answers(lookup, answers.filter(|(_, mxid)| mxid.is_some() || !forget))?;
        self.asked.answered += batch.len();
        self.found.extend(heard.found.keys().flat_map(|found| question.holders(found)).cloned());
        for problem in heard.problems {
            self.asked.add(problem);
        }
        Ok(())
    }
}
