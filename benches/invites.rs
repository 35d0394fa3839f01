//! What drafts and their page cost: `cargo bench --bench invites`.
//!
//! Drafts for 5,000 contacts in 60 groups, each with a link, and the page with all of
//! them, codes included; as a multiple of what the engine alone takes to fill the same
//! templates, once each, with values that are ready (the pictures of the codes among
//! them). The median of alternating warm runs, in one process.

#![expect(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    clippy::cast_precision_loss,
    reason = "a benchmark looks at the clock"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::hint::black_box;
use std::sync::Arc;
use std::time::Instant;

use minijinja::value::Value;
use minijinja::{AutoEscape, Environment, context};
use transhume::check::Checked;
use transhume::invite::draft::drafts;
use transhume::invite::page::page;
use transhume::invite::{Draft, Reach, Terms, Texts, Tongue, qr};
use transhume::model::{Channel, Contact, Foreign, Moment, Phone, State};
use transhume::words::{Language, Words};

mod measure;

use measure::people::contact;
use measure::{Done, median};

const PEOPLE: usize = 5_000;
const GROUPS: usize = 60;
const RUNS: usize = 9;

fn main() -> Done<()> {
    let people = people();
    let titles: Vec<Foreign> = (0..GROUPS).map(|n| Foreign::new(format!("Group number {n}"))).collect();
    let titles: Vec<&Foreign> = titles.iter().collect();
    let order: Vec<usize> = (0..PEOPLE).collect();
    let (reach, texts) = (Reach::default(), Texts::new()?);
    let (allowed, links) = (BTreeSet::new(), BTreeMap::new());
    let terms = Terms {
        reach: &reach,
        own: None,
        language: Tongue::En,
        texts: &texts,
        allowed: &allowed,
        links: &links,
        codes: &BTreeMap::new(),
        has_whatsapp: true,
        now: Moment::parse("2026-01-01T00:00:00Z").ok_or("a clock")?,
        used_since: None,
    };
    let words = Words::new(Language::En);
    let write = || drafts(&people, &order, &titles, Channel::Signal, PEOPLE, &terms);
    let all = write()?;
    let engine = Engine::new(&all)?;
    let (mut own, mut bare) = (Vec::new(), Vec::new());
    let mut bytes = 0;
    for _ in 0..=RUNS {
        let began = Instant::now();
        bytes = black_box(page(&write()?, &[], &[], &words)?).len();
        own.push(began.elapsed().as_secs_f64());
        let began = Instant::now();
        black_box(engine.fill()?);
        bare.push(began.elapsed().as_secs_f64());
    }
    let (own, bare) = (median(&mut own[1..]), median(&mut bare[1..]));
    println!(
        "{} drafts and their page ({} KB): {own:.3} s = {:.1} times the bare templates ({bare:.3} s)",
        all.len(),
        bytes / 1000,
        own / bare
    );
    Ok(())
}

/// Everybody has a direct chat, a number, and two groups; every fifth is there already.
fn people() -> Vec<Checked> {
    let tongues = Tongue::ALL;
    let one = |n: usize| {
        let contact = Contact {
            phones: Phone::from_digits(&format!("336399{n:05}")).into_iter().collect(),
            groups: BTreeSet::from([n % GROUPS, n / 7 % GROUPS]),
            language: Some(tongues[n % tongues.len()].id().to_owned()),
            formal: Some(n.is_multiple_of(2)),
            ..contact(n, &format!("Émile{n} Müller"), 10)
        };
        let mut person = Checked { contact, evidence: Vec::new(), verdicts: Arc::default() };
        if n.is_multiple_of(5) {
            Arc::make_mut(&mut person.verdicts).get_mut(Channel::Signal).state = State::Reachable;
        }
        person
    };
    (0..PEOPLE).map(one).collect()
}

/// The engine alone: the templates, and values that are ready.
struct Engine {
    texts: Environment<'static>,
    page: Environment<'static>,
    values: Vec<(&'static str, Value)>,
    cards: Value,
}

impl Engine {
    fn new(drafts: &[Draft]) -> Done<Engine> {
        let mut texts = Environment::empty();
        texts.set_auto_escape_callback(|_| AutoEscape::None);
        texts.add_template("invite", include_str!("../src/invite/templates/en/invite.txt"))?;
        texts.add_template("switch", include_str!("../src/invite/templates/en/switch.txt"))?;
        let mut page = Environment::empty();
        page.set_auto_escape_callback(|_| AutoEscape::Html);
        page.add_template("page", include_str!("../src/invite/page.html"))?;
        let value = |draft: &Draft| {
            let values = context! {
                name => "Émile4321", formal => false, id => "signal", channel => "Signal", where => "number",
                knows_number => true, here => "", new => true, install => "https://signal.org/install",
                group => "Group number 21", there => 17, names => "", others => 0, reason => true,
            };
            (draft.kind.id(), values)
        };
        let both = |text: &str| context! { en => text, fr => text };
        let card = |draft: &Draft| {
            let link = draft.link.as_ref().map_or("", |link| link.raw());
            let picture = qr::picture(link).map(|picture| {
                let address = Value::from_safe_string(picture.address);
                context! { address => address, size => picture.size * 3 }
            });
            context! {
                id => draft.contact.id.as_str(),
                name => context! { text => "Émile4321 Müller", nameless => Value::from(()) },
                kind => draft.kind.id(),
                label => both("Invite to Signal"),
                asked => Value::from(()),
                lang => draft.language.id(),
                text => draft.text.raw(),
                href => Value::from_safe_string(link.to_owned()),
                button => both("Open in WhatsApp"),
                note => Value::from(()),
                qr => picture,
            }
        };
        let cards: Vec<Value> = drafts.iter().map(card).collect();
        let said = both("A sentence of the page");
        let cards = context! {
            lang => "en", hash => "", script => "", style => "", title => "", heading => said.clone(), count => said.clone(),
            language => said.clone(), yourself => said.clone(), phone => said.clone(), few => said.clone(), private => said.clone(), next => said.clone(),
            search => said.clone(), nobody => said.clone(), copy => said.clone(), copied => said.clone(), done => said.clone(), scan => said.clone(),
            reminders_heading => said.clone(), invites_heading => said.clone(), groups_heading => said.clone(), own_heading => said.clone(),
            own_note => said.clone(), announcement => said.clone(), roll_call => said.clone(), invites => cards,
            reminders => Vec::<Value>::new(), kits => Vec::<Value>::new(), own => Vec::<Value>::new(),
        };
        Ok(Engine { texts, page, values: drafts.iter().map(value).collect(), cards })
    }

    fn fill(&self) -> Done<usize> {
        let mut bytes = 0;
        for (kind, values) in &self.values {
            bytes += self.texts.get_template(kind)?.render(values)?.len();
        }
        Ok(bytes + self.page.get_template("page")?.render(&self.cards)?.len())
    }
}
