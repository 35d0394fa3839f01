//! The identity service API, version 2: registering, terms, lookups.
//!
//! The requests are ruma's; they go to the identity server's own URL with its
//! own token, never through a homeserver's client, which would send the
//! homeserver's token along.
//!
//! <https://spec.matrix.org/v1.18/identity-service-api/>

use std::time::Duration;

use ruma::api::identity_service::authentication::{logout, register as register_account};
use ruma::api::identity_service::lookup::IdentifierHashingAlgorithm;
use ruma::api::identity_service::lookup::{get_hash_parameters, lookup_3pid};
use ruma::api::identity_service::tos::{accept_terms_of_service, get_terms_of_service};
use serde_json::Value;
use url::Url;

use super::hash::{Pepper, lookup_hash};
use super::homeserver_client::Account;
use super::http_client::Http;
use super::mappings::{Asked, Heard, Mappings, read as believe};
use super::place::Base;
use super::ruma_client::{call, good, read, request_to};
use super::session::Token;
use super::trouble::Trouble;
use crate::model::Foreign;
use crate::model::identity::Mxid;
use crate::model::threepid::ThreePid;

/// How long to wait for a goodbye.
const PATIENCE: Duration = Duration::from_secs(2);

/// No server has more documents.
const MOST_POLICIES: usize = 20;

/// One document of a server's terms.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Policy {
    /// Its name, in the user's language if the server has it.
    pub name: Foreign,
    /// Where it can be read; accepting it means naming this.
    pub url: Foreign,
}

/// A session at an identity server.
pub struct IdentityServer<'a> {
    http: &'a Http,
    base: Base,
    account: &'a Account<'a>,
    me: Mxid,
    token: String,
    pepper: Option<Pepper>,
}

impl<'a> IdentityServer<'a> {
    /// Registers the user by their homeserver's word (`OpenID`).
    ///
    /// # Errors
    /// No connection, a refusal, or no identity server.
    pub async fn enter(
        http: &'a Http,
        base: Base,
        account: &'a Account<'a>,
        me: Mxid,
    ) -> Result<IdentityServer<'a>, Trouble> {
        let mut server = IdentityServer { http, base, account, me, token: String::new(), pepper: None };
        server.register().await?;
        Ok(server)
    }

    async fn register(&mut self) -> Result<(), Trouble> {
        let openid = self.account.openid_token(&self.me).await?;
        let request = register_account::v2::Request::new(
            openid.access_token,
            openid.token_type,
            openid.matrix_server_name,
            openid.expires_in,
        );
        let reply = call(self.http, &self.base, request, None).await?;
        let host = reply.host.clone();
        let response: register_account::v2::Response = read(reply)?;
        let token = Token::parse(&response.token).ok_or(Trouble::Nonsense { host })?;
        token.as_str().clone_into(&mut self.token);
        Ok(())
    }

    /// What a homeserver shows that asks in the user's name.
    pub fn token(&self) -> &str {
        &self.token
    }

    /// The documents that have to be accepted, each in `language` if there is
    /// one, else in English, else in whatever there is.
    ///
    /// # Errors
    /// No connection or no answer, or more documents than anybody reads, or some that
    /// are no pages.
    pub async fn terms(&self, language: &str) -> Result<Vec<Policy>, Trouble> {
        let request = get_terms_of_service::v2::Request::new();
        let response: get_terms_of_service::v2::Response =
            read(call(self.http, &self.base, request, None).await?)?;
        let pick = |policy: get_terms_of_service::v2::Policies| {
            let any = || policy.localized.values().next();
            let text = policy.localized.get(language).or_else(|| policy.localized.get("en")).or_else(any)?;
            Some(Policy { name: Foreign::from(text.name.as_str()), url: Foreign::from(text.url.as_str()) })
        };
        let policies: Vec<Policy> = response.policies.into_values().filter_map(pick).collect();
        // What nobody could read is not asked for.
        let is_readable = |policy: &Policy| {
            Url::parse(policy.url.raw()).is_ok_and(|url| matches!(url.scheme(), "https" | "http"))
        };
        if policies.len() > MOST_POLICIES || !policies.iter().all(is_readable) {
            return Err(Trouble::Nonsense { host: self.base.label() });
        }
        Ok(policies)
    }

    /// Accepts documents in the user's name.
    ///
    /// # Errors
    /// No connection or a refusal.
    pub async fn accept(&mut self, policies: &[Policy]) -> Result<(), Trouble> {
        let urls: Vec<String> = policies.iter().map(|policy| policy.url.raw().to_owned()).collect();
        for last in [false, true] {
            let request = accept_terms_of_service::v2::Request::new(urls.clone());
            let reply = call(self.http, &self.base, request, Some(&self.token)).await?;
            match good(reply) {
                Err(Trouble::TokenRefused { .. }) if !last => self.register().await?,
                done => return done.map(|_| ()),
            }
        }
        Ok(())
    }

    /// Learns how the server wants identities hashed, and gives its pepper.
    /// Nothing but SHA-256 is used: whoever offers less is not asked.
    ///
    /// # Errors
    /// [`Trouble::TermsNotSigned`]; no hash, or one that protects nobody; no
    /// connection or no answer.
    pub async fn agree_on_hash(&mut self) -> Result<&Pepper, Trouble> {
        let details = self.hash_details().await?;
        let host = self.base.label();
        let offers = |way: &str| details.algorithms.iter().any(|algorithm| algorithm.as_str() == way);
        if !offers("sha256") {
            let plain = offers("none");
            return Err(if plain { Trouble::PlaintextOnly { host } } else { Trouble::NoAlgorithm { host } });
        }
        let pepper = Pepper::new(details.lookup_pepper).map_err(|_| Trouble::WeakPepper { host })?;
        Ok(self.pepper.insert(pepper))
    }

    async fn hash_details(&mut self) -> Result<get_hash_parameters::v2::Response, Trouble> {
        let ask = get_hash_parameters::v2::Request::new;
        match read(call(self.http, &self.base, ask(), Some(&self.token)).await?) {
            Err(Trouble::TokenRefused { .. }) => {
                self.register().await?;
                read(call(self.http, &self.base, ask(), Some(&self.token)).await?)
            }
            done => done,
        }
    }

    /// Asks about identities. An expired token is renewed once; a pepper that
    /// has changed in between is learnt once, and everything hashed anew.
    ///
    /// # Errors
    /// [`Trouble::TermsNotSigned`] where the terms have changed in between,
    /// [`Trouble::TooMany`] where fewer may be asked about at once; no connection
    /// or no answer.
    pub async fn lookup(&mut self, identities: &[ThreePid]) -> Result<Heard, Trouble> {
        let (mut renewed, mut relearnt) = (false, false);
        loop {
            let (request, asked) = self.request(identities)?;
            let reply = call(self.http, &self.base, request, Some(&self.token)).await?;
            let peppered = reply.http.status() == 400 && reply.errcode() == "M_INVALID_PEPPER";
            match good(reply) {
                Ok(reply) => {
                    let mut mappings: Mappings = serde_json::from_slice(reply.http.body())
                        .map_err(|_| Trouble::Nonsense { host: reply.host.clone() })?;
                    // What is no Matrix ID is quoted.
                    let is_none = |value: &&mut Value| value.as_str().and_then(Mxid::parse).is_none();
                    mappings.mappings.values_mut().filter(is_none).for_each(|value| self.http.conceal(value));
                    return Ok(believe(mappings, &asked, Some(&self.me), &reply.host));
                }
                Err(Trouble::Server { .. }) if peppered && !relearnt => {
                    relearnt = true;
                    self.agree_on_hash().await?;
                }
                Err(Trouble::TokenRefused { .. }) if !renewed => {
                    renewed = true;
                    self.register().await?;
                }
                Err(Trouble::Server { host, status, code, .. })
                    if (status == 413 || code == "M_TOO_LARGE") && identities.len() > 1 =>
                {
                    return Err(Trouble::TooMany { host });
                }
                Err(trouble) => return Err(trouble),
            }
        }
    }

    /// A lookup, and what each hash in it stands for.
    fn request(&self, identities: &[ThreePid]) -> Result<(lookup_3pid::v2::Request, Asked), Trouble> {
        let pepper = self.pepper.as_ref().ok_or_else(|| Trouble::NoAlgorithm { host: self.base.label() })?;
        let asked: Asked =
            identities.iter().map(|identity| (lookup_hash(identity, pepper), identity.clone())).collect();
        // In the order of the hashes nobody can tell who was asked with whom.
        let mut hashes: Vec<String> = asked.keys().cloned().collect();
        hashes.sort_unstable();
        let request = lookup_3pid::v2::Request::new(
            IdentifierHashingAlgorithm::Sha256,
            pepper.as_str().to_owned(),
            hashes,
        );
        Ok((request, asked))
    }

    /// Leaves, so that no session stays behind, even if the user asked to stop.
    /// Whether the server minds is no matter any more.
    pub async fn leave(self) {
        if let Ok(request) = request_to(&self.base, logout::v2::Request::new(), Some(&self.token)) {
            self.http.send_goodbye(&request, PATIENCE).await;
        }
    }
}
