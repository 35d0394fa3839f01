//! Who gets a draft, what it says, and what becomes of hostile names.

mod hostile;

use std::collections::{BTreeMap, BTreeSet};

use super::draft::BATCH;
use super::page::page;
use super::sample::{USERNAME_LINK, account, on, person, reach};
use super::*;
use crate::check::Checked;
use crate::model::contact::Direct;
use crate::model::identity::Email;
use crate::model::{Became, Channel, ContactId, Few, Foreign, Invited, Moment, Phone, Scope};
use crate::words::{Language, Words, key};

/// Everything that is usual, to be changed by a test.
struct World {
    people: Vec<Checked>,
    titles: Vec<Foreign>,
    to: Channel,
    reach: Reach,
    own: Option<crate::model::finding::SignalAccount>,
    language: Language,
    texts: Texts,
    allowed: BTreeSet<ContactId>,
    links: BTreeMap<String, String>,
    codes: BTreeMap<ContactId, Code>,
    has_whatsapp: bool,
    now: Moment,
    used_since: Option<Moment>,
}

impl World {
    fn of(names: &[&str]) -> World {
        World {
            people: names.iter().map(|name| person(name)).collect(),
            titles: vec![Foreign::from("Running club"), Foreign::from("Family")],
            to: Channel::Signal,
            reach: reach(),
            own: None,
            language: Language::En,
            texts: Texts::new().unwrap(),
            allowed: BTreeSet::new(),
            links: BTreeMap::new(),
            codes: BTreeMap::new(),
            has_whatsapp: true,
            now: Moment::parse("2026-11-23T12:00:00Z").unwrap(),
            used_since: None,
        }
    }

    /// Drafts for everybody, in the order of the people, even for those whom
    /// a plan would leave out.
    fn draft(&self) -> Result<Vec<Draft>, NoDrafts> {
        let order: Vec<usize> = (0..self.people.len()).collect();
        let titles: Vec<&Foreign> = self.titles.iter().collect();
        drafts(&self.people, &order, &titles, self.to, BATCH, &self.terms())
    }

    fn terms(&self) -> Terms<'_> {
        Terms {
            reach: &self.reach,
            own: self.own.as_ref(),
            language: self.language.into(),
            texts: &self.texts,
            allowed: &self.allowed,
            links: &self.links,
            codes: &self.codes,
            has_whatsapp: self.has_whatsapp,
            now: self.now,
            used_since: self.used_since,
        }
    }

    fn one(&self) -> Draft {
        self.draft().unwrap().remove(0)
    }
}

fn told(became: Became, at: &str) -> Invited {
    Invited { channel: Channel::Signal, switch: false, became, at: Moment::parse(at).unwrap() }
}

fn names(drafts: &[Draft]) -> Vec<&str> {
    drafts.iter().map(|draft| draft.contact.id.as_str()).collect()
}

#[test]
fn the_json_is_the_public_one() {
    let json = serde_json::to_string(&World::of(&["Anne Martin"]).one()).unwrap();
    insta::assert_snapshot!(json, @r#"{"schema":"transhume.invite/1","contact":{"id":"Anne Martin","name":"Anne Martin"},"channel":"signal","via":"whatsapp","language":"en","text":"Hi Anne! I’m on Signal now as well and would love to see you there. Calls and photos as usual, free, no ads. I’m keeping WhatsApp for now.\nYou’ll find me by my number, the one you have. To get it: https://signal.org/install","link":"https://wa.me/33639980123?text=Hi%20Anne%21%20I%E2%80%99m%20on%20Signal%20now%20as%20well%20and%20would%20love%20to%20see%20you%20there.%20Calls%20and%20photos%20as%20usual%2C%20free%2C%20no%20ads.%20I%E2%80%99m%20keeping%20WhatsApp%20for%20now.%0AYou%E2%80%99ll%20find%20me%20by%20my%20number%2C%20the%20one%20you%20have.%20To%20get%20it%3A%20https%3A%2F%2Fsignal.org%2Finstall","status":"draft","kind":"invite","asked":null}"#);
}

#[test]
fn the_next_ten_in_the_order_of_the_plan() {
    let many: Vec<String> = (0..14).map(|n| format!("p{n:02}")).collect();
    let mut world = World::of(&many.iter().map(String::as_str).collect::<Vec<_>>());
    for at in [0, 3] {
        world.people[at].contact.invited.push(told(Became::Sent, "2026-11-20T12:00:00Z"));
    }
    let drafts = world.draft().unwrap();
    assert_eq!(names(&drafts), ["p01", "p02", "p04", "p05", "p06", "p07", "p08", "p09", "p10", "p11"]);
}

#[test]
fn whoever_did_not_answer_is_reminded_from_another_circle_and_nobody_else() {
    let mut world = World::of(&["new", "early", "due", "again", "twice", "joined", "declined", "never"]);
    let tell = |world: &mut World, at: usize, told_: &[(Became, &str)]| {
        world.people[at].contact.invited =
            told_.iter().map(|(became, day)| told(*became, &format!("{day}T12:00:00Z"))).collect();
    };
    use Became::{Declined, Joined, Never, Reminded, Sent};
    tell(&mut world, 1, &[(Sent, "2026-11-17")]);
    tell(&mut world, 2, &[(Sent, "2026-11-16")]);
    tell(&mut world, 3, &[(Sent, "2026-11-01"), (Reminded, "2026-11-16")]);
    tell(&mut world, 4, &[(Sent, "2026-10-01"), (Reminded, "2026-10-16"), (Reminded, "2026-11-01")]);
    tell(&mut world, 5, &[(Sent, "2026-10-01"), (Joined, "2026-10-16")]);
    tell(&mut world, 6, &[(Sent, "2026-10-01"), (Declined, "2026-10-16")]);
    tell(&mut world, 7, &[(Never, "2026-10-16")]);
    let drafts = world.draft().unwrap();
    assert_eq!(names(&drafts), ["new", "due", "again"]);
    let told: Vec<_> = drafts.iter().map(|d| (d.kind, d.status, d.asked.map(|at| at.to_string()))).collect();
    assert_eq!(told[0], (DraftKind::Invite, Status::Draft, None));
    assert_eq!(told[1], (DraftKind::Remind, Status::Sent, Some("2026-11-16T12:00:00Z".into())));
    assert_eq!(told[2], (DraftKind::Remind, Status::Reminded, Some("2026-11-01T12:00:00Z".into())));
    world.people[2].contact.groups = BTreeSet::from([0, 1]);
    world.people[3].contact.groups = BTreeSet::from([0]);
    let reminder = |world: &World| world.draft().unwrap()[1].text.raw().to_owned();
    assert!(
        reminder(&world).contains("“Running club”"),
        "the invite spoke of the smaller one: {}",
        reminder(&world)
    );
    assert!(
        reminder(&world).starts_with("Hi due! I wrote to you about Signal a while ago."),
        "{}",
        reminder(&world)
    );
}

#[test]
fn whoever_is_not_there_yet_is_shown_into_the_groups_new_place() {
    let mut world = World::of(&["new", "elsewhere", "there", "alone"]);
    world.to = Channel::Matrix;
    for at in 0..3 {
        world.people[at].contact.groups = BTreeSet::from([0, 1]);
    }
    on(&mut world.people[2], Channel::Matrix);
    let text = |world: &World, at: usize| world.draft().unwrap()[at].text.raw().to_owned();
    let own = "https://matrix.to/#/@me:example.org";
    assert!(text(&world, 0).contains(own), "{}", text(&world, 0));
    let room = "https://matrix.to/#/!room:example.org?via=example.org";
    world.links.insert("Family".to_owned(), room.to_owned());
    assert!(
        text(&world, 0).ends_with(&format!("\nFor “Family”, this way in: {room}")),
        "{}",
        text(&world, 0)
    );
    assert!(!text(&world, 0).contains(own) && text(&world, 0).matches("Family").count() == 1, "one link");
    assert!(text(&world, 2).contains(own), "who is there is invited into the room: {}", text(&world, 2));
    assert!(text(&world, 3).contains(own), "who is in none of its groups: {}", text(&world, 3));
    // A place on another channel is no way to this one.
    world.links.insert("Family".to_owned(), "https://signal.group/#CjQKIAbc".to_owned());
    assert!(text(&world, 0).contains(own), "{}", text(&world, 0));
    world.to = Channel::Signal;
    assert!(text(&world, 0).contains("https://signal.group/#CjQKIAbc"), "{}", text(&world, 0));
    // A title that cannot be quoted cannot be spoken of.
    world.titles[1] = Foreign::from("win at evil.example");
    world.links.insert("win at evil.example".to_owned(), "https://signal.group/#CjQKIAbc".to_owned());
    assert!(!text(&world, 0).contains("signal.group"), "{}", text(&world, 0));
}

#[test]
fn f11_nobody_outside_the_circle_ever_gets_one() {
    let mut world = World::of(&["yes", "in a group", "excluded", "book", "group only", "stranger"]);
    let nothing = Direct::default();
    world.people[1].contact.direct = nothing;
    world.people[1].contact.groups = BTreeSet::from([0]);
    world.people[2].contact.excluded = true;
    world.people[3].contact.scope = Scope::AddressBookOnly;
    world.people[4].contact.scope = Scope::GroupOnly;
    world.people[4].contact.groups = BTreeSet::from([0]);
    world.people[5].contact.direct = nothing;
    assert_eq!(names(&world.draft().unwrap()), ["yes", "in a group"]);
    world.has_whatsapp = false;
    assert_eq!(names(&world.draft().unwrap()), ["yes", "in a group", "stranger"]);
    for to in Channel::ALL {
        world.to = to;
        assert!(
            !names(&world.draft().unwrap())
                .iter()
                .any(|name| ["excluded", "book", "group only"].contains(name))
        );
    }
}

#[test]
fn who_is_there_already_is_asked_to_go_on_there() {
    use Channel::{Matrix, Signal, Xmpp};
    use DraftKind::{Invite, Switch};
    let mut world = World::of(&["Anne", "Bo", "Carol", "Dora"]);
    on(&mut world.people[0], Channel::Signal);
    on(&mut world.people[1], Channel::Matrix);
    on(&mut world.people[2], Channel::Xmpp);
    on(&mut world.people[2], Channel::Matrix);
    let meet = |world: &World| -> Vec<(DraftKind, Channel)> {
        world.draft().unwrap().iter().map(|draft| (draft.kind, draft.channel)).collect()
    };
    assert_eq!(meet(&world), [(Switch, Signal), (Switch, Matrix), (Switch, Matrix), (Invite, Signal)]);
    world.to = Xmpp;
    assert_eq!(meet(&world), [(Switch, Signal), (Switch, Matrix), (Switch, Xmpp), (Invite, Xmpp)]);
    // Where the user cannot be found, nobody is asked to go on, nor to another place:
    // Bo is on Matrix already, and stands in no plan.
    world.to = Signal;
    world.reach.matrix = None;
    assert_eq!(meet(&world), [(Switch, Signal), (Switch, Xmpp), (Invite, Signal)]);
    let drafts = world.draft().unwrap();
    assert!(drafts[0].text.raw().contains("carry on there") && !drafts[0].text.raw().contains("signal.org"));
    assert!(drafts[2].text.raw().contains("https://signal.org/install"));
    let unmet = unmet(&world.people, &world.terms());
    assert_eq!([Matrix, Signal, Xmpp].map(|channel| *unmet.get(channel)), [1, 0, 0]);
}

#[test]
fn who_talks_there_anyway_is_left_in_peace() {
    let mut world = World::of(&["Anne", "Bo"]);
    on(&mut world.people[0], Channel::Signal);
    world.people[0].contact.used.insert(Channel::Signal, Moment::parse("2026-11-02T10:00:00").unwrap());
    assert_eq!(names(&world.draft().unwrap()), ["Anne", "Bo"]);
    world.used_since = Moment::parse("2026-11-01T00:00:00Z");
    assert_eq!(names(&world.draft().unwrap()), ["Bo"]);
    world.used_since = Moment::parse("2026-11-03T00:00:00Z");
    assert_eq!(names(&world.draft().unwrap()), ["Anne", "Bo"]);
}

#[test]
fn nothing_without_a_way_to_be_found() {
    let mut world = World::of(&["Anne"]);
    world.reach = Reach::default();
    assert!(world.one().text.raw().contains("by my number, the one you have"));
    for to in [Channel::Matrix, Channel::Xmpp] {
        world.to = to;
        let missing = world.draft().unwrap_err();
        assert!(
            matches!(missing, NoDrafts::Missing(Missing { channel, unreadable: false }) if channel == to)
        );
    }
    world.to = Channel::Signal;
    world.own = Some(account(true, Some(USERNAME_LINK)));
    let text = world.one().text;
    assert!(text.raw().contains(USERNAME_LINK) && !text.raw().contains("number"), "{}", text.raw());
    world.own = Some(account(true, None));
    assert!(matches!(world.draft(), Err(NoDrafts::Missing(_))));
}

#[test]
fn languages_and_forms_of_address() {
    let mut world = World::of(&["Anne Martin"]);
    let text = |world: &World| world.one().text.raw().to_owned();
    assert!(text(&world).starts_with("Hi Anne! "));
    world.language = Language::Fr;
    assert!(text(&world).starts_with("Salut Anne\u{202f}! "));
    assert!(text(&world).contains(" Tu ") || text(&world).contains("\nTu "));
    world.people[0].contact.formal = Some(false);
    assert!(text(&world).starts_with("Salut Anne"));
    world.people[0].contact.formal = Some(true);
    assert!(text(&world).starts_with("Bonjour Anne, je suis"));
    assert!(text(&world).contains("Vous m’y trouvez"));
    world.people[0].contact.language = Some("en".into());
    assert!(text(&world).starts_with("Hi Anne! "));
    assert_eq!(world.one().language, Tongue::En);
    world.people[0].contact.language = Some("pl".into());
    assert!(text(&world).starts_with("Bonjour Anne, "), "a language that is not spoken here");
    world.people[0].contact.language = Some("de".into());
    assert!(text(&world).starts_with("Guten Tag Anne, ich bin"), "{}", text(&world));
    world.people[0].contact.formal = Some(false);
    assert!(text(&world).starts_with("Hallo Anne! Ich bin"), "{}", text(&world));
    world.people[0].contact.formal = Some(true);
    world.people[0].contact.language = None;
    world.people[0].contact.saved = false;
    assert!(text(&world).starts_with("Bonjour, je suis"), "a push name is not used");
}

#[test]
fn groups_are_counted_and_nobody_in_them_is_named() {
    let mut world = World::of(&["Anne", "Bob Secret", "Carol Secret", "Dora Secret"]);
    world.people[0].contact.groups = BTreeSet::from([0, 1]);
    let text = |world: &World| world.one().text.raw().to_owned();
    assert!(text(&world).contains("handy for “Running club” too"), "{}", text(&world));
    world.people[1].contact.groups = BTreeSet::from([0]);
    assert!(text(&world).contains("handy for “Family” too"), "the smaller one");
    for (index, group) in [(1, 0), (2, 1)] {
        world.people[index].contact.groups = BTreeSet::from([group]);
        on(&mut world.people[index], Channel::Signal);
    }
    assert!(text(&world).contains("2 people from our groups are there already"), "{}", text(&world));
    world.people[3].contact.groups = BTreeSet::from([1]);
    world.people[3].contact.scope = Scope::GroupOnly;
    on(&mut world.people[3], Channel::Signal);
    assert!(text(&world).contains("2 people from “Family” are there already"), "{}", text(&world));
    assert!(!text(&world).contains("Secret") && !text(&world).contains("Bob"));
    world.titles[1] = Foreign::from("free money at https://evil.example");
    assert!(text(&world).contains("3 people from our groups") && !text(&world).contains("evil"));
}

#[test]
fn only_those_are_named_who_may_be() {
    let mut world = World::of(&["Anne", "Bob Secret", "Carol Open", "Dora Open", "Eve Open"]);
    for at in 0..4 {
        world.people[at].contact.groups = BTreeSet::from([0]);
    }
    world.people[4].contact.groups = BTreeSet::from([1]);
    for at in [1, 2, 4] {
        on(&mut world.people[at], Channel::Signal);
    }
    world.allowed = ["Carol Open", "Dora Open", "Eve Open"].map(ContactId::known).into();
    let text = |world: &World| world.one().text.raw().to_owned();
    // Dora is not there, Eve shares no group with Anne, Bob may not be named, and
    // where there is but one beside Carol nobody is counted.
    assert!(text(&world).contains("You’d find Carol there already."), "{}", text(&world));
    on(&mut world.people[3], Channel::Signal);
    assert!(text(&world).contains("You’d find Carol and Dora there already."), "{}", text(&world));
    world.allowed = [ContactId::known("Carol Open")].into();
    assert!(
        text(&world).contains("You’d find Carol and 2 more from our groups there already."),
        "{}",
        text(&world)
    );
    assert!(!text(&world).contains("Bob") && !text(&world).contains("Secret"));
}

#[test]
fn one_person_there_is_not_told() {
    let mut world = World::of(&["Anne", "Bob"]);
    for person in &mut world.people {
        person.contact.groups = BTreeSet::from([0]);
    }
    on(&mut world.people[1], Channel::Signal);
    assert!(!world.one().text.raw().contains("already"));
}

#[test]
fn fixed_lines_get_no_sms() {
    let phones = |numbers: &[&str]| numbers.iter().filter_map(|n| Phone::from_digits(n)).collect::<Few<_>>();
    let (mobile, other, fixed, service) = ("33639980123", "33639980124", "33199001234", "33800000000");
    let mut world = World::of(&["Anne"]);
    let way = |world: &World| {
        let draft = world.one();
        let link = draft.link.as_ref().map_or("", |link| link.raw().split('?').next().unwrap());
        (draft.via.id(), link.to_owned())
    };
    assert_eq!(way(&world), ("whatsapp", "https://wa.me/33639980123".into()));
    for numbers in [&[][..], &[fixed], &[mobile, other]] {
        world.people[0].contact.phones = phones(numbers);
        assert_eq!(
            way(&world),
            ("whatsapp", "https://wa.me/".into()),
            "the user picks the chat: {numbers:?}"
        );
    }
    world.people[0].contact.phones = phones(&[mobile, fixed]);
    assert_eq!(way(&world), ("whatsapp", "https://wa.me/33639980123".into()));

    world.has_whatsapp = false;
    world.people[0].contact.direct = Direct::default();
    assert_eq!(way(&world), ("sms", "sms:+33639980123".into()));
    world.people[0].contact.phones = phones(&[fixed, service]);
    assert_eq!(way(&world), ("in-person", String::new()));
    assert!(world.one().text.raw().contains("by my phone number. To"), "they may not have it");
    world.people[0].contact.emails.extend(Email::parse("anne@example.org"));
    assert_eq!(way(&world), ("email", "mailto:anne@example.org".into()));
    world.people[0].contact.phones = phones(&[fixed, mobile]);
    assert_eq!(way(&world), ("sms", "sms:+33639980123".into()));
}

#[test]
fn the_page_says_what_it_must() {
    for language in Language::ALL {
        let mut world = World::of(&["Anne", "", "Carol"]);
        world.people[0].contact.phones = Few::default();
        world.has_whatsapp = false;
        world.people[2].contact.direct = Direct::default();
        world.people[2].contact.phones = Few::default();
        world.people[2].contact.language = Some("fr".into());
        let words = Words::new(language);
        let page = page(&world.draft().unwrap(), &[], &[], &words).unwrap();
        assert!(page[..400].contains("<meta name=\"generator\" content=\"transhume\">"));
        assert!(
            page.contains(
                "default-src 'none'; style-src 'unsafe-inline'; img-src data:; script-src 'sha256-"
            )
        );
        assert_eq!(page.matches("<script").count(), 1);
        assert!(
            page.contains(&format!("<html lang=\"{}\">", language.id())) && page.contains("lang=\"fr\">")
        );
        for key in [
            key::INVITE_PAGE_YOURSELF,
            key::INVITE_PAGE_FEW,
            key::INVITE_OPEN_WHATSAPP,
            key::INVITE_NO_NAME,
            key::INVITE_PICK_CHAT,
            key::INVITE_IN_PERSON,
        ] {
            assert!(page.contains(&words.say(key)), "{}", key.id());
        }
        assert!(page.find("Anne").unwrap() < page.find("Carol").unwrap());
        let empty = super::page::page(&[], &[], &[], &words).unwrap();
        assert!(!empty.contains("<li") && !empty.contains("class=\"next\""));
    }
}
