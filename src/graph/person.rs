//! One person in the making: what all traces that are joined say together.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use smol_str::SmolStr;

use crate::model::contact::{Direct, Gone, Said, Statement};
use crate::model::database::Volume;
use crate::model::finding::{Hint, SignalStanding, Writer, Written};
use crate::model::identity::Address;
use crate::model::{Channel, Contact, ContactId, Few, Foreign, Locator, Moment, Scope};

use super::rivals::Rivals;
use super::trace::{Trace, TraceKind};

/// One person in the making.
#[derive(Default)]
pub struct Person<'a> {
    pub traces: Vec<&'a Trace<'a>>,
    pub is_me: bool,
    /// Whether any trace is somebody's: a company's card alone is nobody.
    pub is_somebody: bool,
    /// Whether WhatsApp has checked them as a business.
    pub is_business: bool,
    pub in_whatsapp: bool,
    /// What is known beyond the traces: of most people in a big address book
    /// nothing is, and room for it would be most of what each takes.
    heard: Option<Box<Heard>>,
}

/// What is known of somebody beyond who they are.
#[derive(Clone, Default)]
struct Heard {
    messages: u64,
    months: BTreeMap<crate::model::Month, u64>,
    last_message: Option<Moment>,
    direct: Direct,
    statements: Vec<Statement>,
    languages: BTreeMap<String, u64>,
    formal: Option<bool>,
    /// The name that the user wants to see.
    shown_as: Option<Foreign>,
    /// Accounts that are not theirs, as the user says.
    denied: Vec<Address>,
}

impl<'a> Person<'a> {
    pub fn take(&mut self, trace: &'a Trace<'a>) {
        self.traces.push(trace);
        self.is_me |= trace.is_me;
        self.is_somebody |= !trace.is_nobody;
        match trace.kind {
            TraceKind::Card { card, own } => {
                for address in card.addresses.iter().filter(|address| own && trace.holds(address)) {
                    let said = match card.subscription {
                        Some(subscription) => Said::InRoster(address.clone(), subscription),
                        None => Said::InBook(address.clone()),
                    };
                    self.say(said, trace.locator.clone(), None);
                }
                let signal = card.phones.iter().filter(|n| own && n.signal);
                for phone in signal.filter_map(|n| n.place(None).ok()).filter(|p| trace.phones.contains(p)) {
                    self.say(Said::InBook(Address::Phone(phone)), trace.locator.clone(), None);
                }
            }
            TraceKind::Signal { person, export } => {
                let number = person.phone.clone().filter(|phone| trace.phones.contains(phone));
                let address = (number.map(Address::Phone))
                    .or_else(|| person.username.clone().map(Address::SignalUsername));
                let list = export.list;
                let (said, at) = match person.standing {
                    SignalStanding::Registered => (Said::SignalListed(list, address.clone()), export.at),
                    SignalStanding::Unregistered(at) => {
                        let gone = if at.is_some() { Gone::Since } else { Gone::ByThen };
                        (Said::SignalGone(list, address.clone(), gone), at.or(export.at))
                    }
                    SignalStanding::Silent => (Said::SignalSilent(list), export.at),
                };
                if let Some(since) = person.since.filter(|since| Some(*since) != at) {
                    self.say(said.clone(), trace.locator.clone(), Some(since));
                }
                self.say(said, trace.locator.clone(), at);
                if let Some(first) = person.first_said.filter(|_| person.standing != SignalStanding::Silent) {
                    self.say(Said::SignalTalked(list, address.clone()), trace.locator.clone(), Some(first));
                }
                if let Some(joined) = person.joined {
                    self.say(Said::SignalJoined(address), trace.locator.clone(), Some(joined));
                }
            }
            TraceKind::Database { person, .. } => {
                self.in_whatsapp |= person.on_whatsapp;
                self.is_business |= person.business;
            }
            TraceKind::Chat { .. } | TraceKind::Account { .. } => self.in_whatsapp = true,
            TraceKind::Cut { own: true } => {
                for address in &trace.accounts {
                    self.say(Said::InBook(address.clone()), trace.locator.clone(), None);
                }
            }
            TraceKind::NumberChange | TraceKind::LidMap | TraceKind::Cut { own: false } => {}
        }
    }

    /// Whether it is nothing but a name that somebody gave themself, in texts in
    /// whose place a database counts, or of a group of which it knows them: there
    /// the same person stands by number or id.
    pub fn is_shadow(&self, rivals: &Rivals<'_>) -> bool {
        let nameless = |trace: &Trace<'_>| {
            let TraceKind::Chat { chat } = trace.kind else { return false };
            let double = |name: &Foreign| rivals.doubles.contains_key(&(chat, name.shown_key(true)));
            let aside = rivals.texts_set_aside.contains(&chat);
            (aside || trace.other_name.as_ref().is_some_and(double))
                && trace.saved_name.is_none()
                && trace.phones.is_empty()
                && trace.emails.is_empty()
        };
        let silent = self.heard.as_ref().is_none_or(|heard| heard.statements.is_empty());
        silent && self.traces.iter().all(|trace| nameless(trace))
    }

    /// Whether it is a person: no company's card, and no business that the
    /// user has not saved.
    pub fn is_contact(&self) -> bool {
        self.is_somebody && (!self.is_business || self.is_saved())
    }

    fn heard(&mut self) -> &mut Heard {
        self.heard.get_or_insert_default()
    }

    /// The name that the user wants to see.
    pub fn show_as(&mut self, name: Foreign) {
        self.heard().shown_as = Some(name);
    }

    /// An account that is not theirs, as the user says.
    pub fn deny(&mut self, address: Address) {
        self.heard().denied.push(address);
    }

    pub fn say(&mut self, what: Said, locator: Locator, at: Option<Moment>) {
        self.heard().statements.push(Statement { what, locator, at });
    }

    pub fn hear(&mut self, written: &Written, own: bool, path: &Foreign) {
        let what =
            if own { Said::BySelf(written.address.clone()) } else { Said::ByOther(written.address.clone()) };
        self.say(what, Locator { path: path.clone(), line: Some(written.line) }, written.at);
    }

    /// An address that they gave for somebody of whom nothing is known.
    pub fn spoke_of_another(&mut self, written: &Written, path: &Foreign) {
        let locator = Locator { path: path.clone(), line: Some(written.line) };
        self.say(Said::OfAnother(written.address.clone()), locator, written.at);
    }

    pub fn hear_of(&mut self, hint: &Hint, path: &Foreign) {
        let what = match hint.self_stated {
            true if hint.left => Said::LeftBySelf(hint.channel),
            true => Said::ThereBySelf(hint.channel),
            false => Said::ThereByOther(hint.channel),
        };
        self.say(what, Locator { path: path.clone(), line: Some(hint.line) }, hint.at);
    }

    /// What the contact wrote in a group; `counts` unless a database tells it
    /// better.
    pub fn wrote(&mut self, writer: &Writer, counts: bool) {
        self.speaks(writer.language.as_deref(), 10 * writer.messages);
        if counts {
            self.add(writer.messages, writer.last, &writer.months);
        }
    }

    /// The same as a database tells it.
    pub fn wrote_in_group(&mut self, volume: &Volume) {
        self.add(volume.messages, volume.last, &volume.months);
    }

    pub fn add(&mut self, messages: u64, last: Option<Moment>, months: &BTreeMap<crate::model::Month, u32>) {
        let heard = self.heard();
        heard.messages += messages;
        heard.last_message = heard.last_message.max(last);
        for (month, count) in months {
            *heard.months.entry(*month).or_insert(0) += u64::from(*count);
        }
    }

    /// A sign that somebody speaks a language, and how strong it is.
    pub fn speaks(&mut self, language: Option<&str>, weight: u64) {
        if let Some(language) = language {
            *self.heard().languages.entry(language.to_owned()).or_insert(0) += weight;
        }
    }

    /// What either side wrote in the direct chat.
    pub fn exchange(&mut self, writer: &Writer, mine: bool, counts: bool) {
        self.wrote(writer, counts);
        if counts {
            self.directly(writer.messages, mine);
        }
        // Either side's *tu* settles it: nobody says *vous* to one who does.
        let heard = self.heard();
        heard.formal = match (heard.formal, writer.formal) {
            (Some(a), Some(b)) => Some(a && b),
            (a, b) => a.or(b),
        };
    }

    /// The same as a database tells it.
    pub fn exchanged(&mut self, volume: &Volume, mine: bool) {
        self.wrote_in_group(volume);
        self.directly(volume.messages, mine);
    }

    pub fn directly(&mut self, messages: u64, mine: bool) {
        let direct = &mut self.heard().direct;
        let side = if mine { &mut direct.mine } else { &mut direct.theirs };
        *side += messages;
    }

    /// Blocked or hidden by the user.
    pub fn is_unwanted(&self) -> bool {
        self.traces.iter().any(|trace| match trace.kind {
            TraceKind::Signal { person, .. } => person.unwanted,
            TraceKind::Card { card, own } => own && card.unwanted,
            _ => false,
        })
    }

    /// How many entries of each source this person is made of.
    pub fn entries(&self) -> Few<(usize, u64)> {
        let entries = self.traces.iter().filter(|t| !t.kind.is_no_entry());
        let mut sources: Vec<usize> = entries.map(|t| t.source).collect();
        sources.sort_unstable();
        sources.chunk_by(|a, b| a == b).map(|same| (same[0], same.len() as u64)).collect()
    }

    /// Whether the user has a name for this person.
    pub fn is_saved(&self) -> bool {
        self.traces.iter().any(|t| t.saved_name.as_ref().is_some_and(|n| !n.is_blank()))
    }

    pub fn scope(&self, has_whatsapp: bool) -> Scope {
        if !has_whatsapp {
            return if self.is_saved() { Scope::Circle } else { Scope::AddressBookOnly };
        }
        if !self.in_whatsapp {
            Scope::AddressBookOnly
        } else if self.heard.as_ref().is_some_and(|heard| heard.direct.both_wrote()) || self.is_saved() {
            Scope::Circle
        } else {
            Scope::GroupOnly
        }
    }

    pub fn contact(
        &self,
        id: ContactId,
        reasons: Vec<Arc<crate::model::contact::Reason>>,
        has_whatsapp: bool,
    ) -> Contact {
        let mut names = self.names();
        let heard = self.heard.as_deref().cloned().unwrap_or_default();
        if let Some(shown) = &heard.shown_as {
            names.retain(|name| name.key() != shown.key());
            names.insert(0, shown.clone());
        }
        let mut used: BTreeMap<Channel, Moment> = BTreeMap::new();
        for trace in &self.traces {
            if let TraceKind::Signal { person, .. } = trace.kind
                && let Some(said) = person.last_said
            {
                let newest = used.entry(Channel::Signal).or_insert(said);
                *newest = (*newest).max(said);
            }
        }
        let mut statements = heard.statements;
        statements.sort_by(|a, b| (b.at, &a.locator).cmp(&(a.at, &b.locator)));
        Contact {
            id,
            name: names.first().cloned(),
            names,
            phones: self.all_of(|trace| &trace.phones),
            emails: self.all_of(|trace| &trace.emails),
            addresses: self.all_of(|trace| &trace.accounts),
            lids: self.all_of(|trace| &trace.lids),
            groups: BTreeSet::new(),
            messages: heard.messages,
            months: heard.months,
            last_message: heard.last_message,
            direct: heard.direct,
            scope: self.scope(has_whatsapp),
            saved: self.is_saved(),
            entries: self.entries(),
            statements,
            used,
            reasons,
            language: heard.languages.into_iter().max_by_key(|(_, count)| *count).map(|(code, _)| code),
            formal: heard.formal,
            invited: Vec::new(),
            excluded: false,
            denied: heard.denied.into_iter().collect(),
        }
    }

    /// What all traces together hold of one kind.
    fn all_of<T: Clone + Ord + 'a>(&self, of: impl Fn(&'a Trace<'a>) -> &'a Few<T>) -> Few<T> {
        match self.traces.as_slice() {
            [one] => of(one).clone(),
            several => several.iter().flat_map(|trace| of(trace).iter().cloned()).collect(),
        }
    }

    /// All names: the user's own before others; among these the one that most
    /// sources give, then the longer, then by letter: never by order of files.
    pub fn names(&self) -> Vec<Foreign> {
        // Nearly everybody is one card, with one name.
        if let [
            Trace { saved_name: only, other_name: None, .. }
            | Trace { saved_name: None, other_name: only, .. },
        ] = self.traces.as_slice()
        {
            let name = only.as_ref().filter(|name| !name.is_blank());
            return name.map_or_else(Vec::new, |name| vec![name.clone()]);
        }
        let of =
            |trace: &'a Trace<'a>| [(trace.saved_name.as_ref(), true), (trace.other_name.as_ref(), false)];
        let mut all: Vec<(SmolStr, &Foreign, bool)> = (self.traces.iter().flat_map(|trace| of(trace)))
            .filter_map(|(name, saved)| Some((name.filter(|name| !name.is_blank())?, saved)))
            .map(|(name, saved)| (name.key(), name, saved))
            .collect();
        all.sort_unstable();
        // Of several writings of one name the first by letter.
        let mut names: Vec<(bool, usize, &Foreign)> = (all.chunk_by(|a, b| a.0 == b.0))
            .map(|same| (same.iter().any(|(.., saved)| *saved), same.len(), same[0].1))
            .collect();
        names.sort_by(|a, b| {
            (b.0, b.1, b.2.raw().chars().count())
                .cmp(&(a.0, a.1, a.2.raw().chars().count()))
                .then(a.2.cmp(b.2))
        });
        let mut own: Vec<Foreign> = Vec::with_capacity(names.len());
        own.extend(names.into_iter().map(|(.., name)| name.clone()));
        own
    }
}
