//! What a group needs to move: an announcement, a roll call, a day, a link, and who
//! is still missing. Its JSON is a public interface (`transhume.group-kit/1`).

use std::collections::BTreeMap;

use jiff::civil::{Date, Weekday};
use serde::Serialize;

use super::draft::{NoDrafts, Receiver, Terms};
use super::firstname;
use super::link::leads_to;
use super::reach::found_on;
use super::standing::{Standing, Status};
use super::text::{GroupIngredients, TextKind};
use super::tongue::Tongue;
use crate::check::Checked;
use crate::model::{Channel, Foreign, Group};
use crate::plan::GroupPlan;
use crate::plan::weigh::members;

/// So many groups at a time are enough.
const MOST: usize = 3;

/// A group of fewer is a chat between two.
const FEWEST: usize = 3;

/// A group moves with so many of a hundred.
const MOVES: usize = 60;

/// What a group needs to move.
#[derive(Clone, Debug, Serialize)]
pub struct Kit {
    /// The schema's name.
    pub schema: &'static str,
    /// The group's title.
    pub title: Foreign,
    /// Where it moves to.
    pub channel: Channel,
    /// The language that it is written in.
    pub language: Tongue,
    /// The day on which all write there.
    pub date: String,
    /// The way in.
    pub link: Option<Foreign>,
    /// How many are known to be in it.
    pub members: usize,
    /// Whether these are all.
    pub members_complete: bool,
    /// How many are there already.
    pub there: usize,
    /// Who is not.
    pub missing: Vec<Receiver>,
    /// How many more are not, whom the user leaves alone.
    pub left_out: usize,
    /// To say where, when and how.
    pub announcement: Foreign,
    /// To ask who comes along.
    pub roll_call: Foreign,
}

/// What kits depend on besides drafts' terms.
#[derive(Clone, Copy, Debug)]
pub struct KitTerms {
    /// Where a group moves of which nobody is anywhere.
    pub to: Channel,
    /// The day; without one, the next Sunday.
    pub on: Option<Date>,
}

/// Makes what the groups need that are nearest to moving: those first that have a new
/// place already, then those of which enough are there or can be asked to come.
///
/// # Errors
/// A template of the user's has a mistake.
pub fn kits(
    people: &[Checked],
    groups: &[Group],
    plans: &[GroupPlan],
    terms: &Terms<'_>,
    kit: KitTerms,
) -> Result<Vec<Kit>, NoDrafts> {
    let moves = |plan: &GroupPlan| {
        let could = plan.together + plan.can_come.len();
        plan.members >= FEWEST && !plan.can_come.is_empty() && could * 100 >= plan.members * MOVES
    };
    let of = |plan: &GroupPlan| groups.get(plan.group);
    let has_place = |plan: &GroupPlan| of(plan).is_some_and(|group| link(group, terms).is_some());
    let (begun, others): (Vec<&GroupPlan>, Vec<_>) =
        plans.iter().filter(|plan| has_place(plan) || moves(plan)).partition(|plan| has_place(plan));
    let mut kits = Vec::new();
    for plan in begun.into_iter().chain(others).take(MOST) {
        let Some(group) = of(plan) else { continue };
        kits.extend(one(people, group, plan, terms, kit)?);
    }
    Ok(kits)
}

/// The way into a group's new place.
fn link<'a>(group: &Group, terms: &Terms<'a>) -> Option<&'a str> {
    terms.links.get(group.title.key().as_str()).map(String::as_str)
}

fn one(
    people: &[Checked],
    group: &Group,
    plan: &GroupPlan,
    terms: &Terms<'_>,
    kit: KitTerms,
) -> Result<Option<Kit>, NoDrafts> {
    let Some(title) = firstname::plain(&group.title) else { return Ok(None) };
    let found = |channel: &Channel| found_on(*channel, terms.reach, terms.own).is_ok();
    let link = link(group, terms);
    // Where its new place is, there it moves to.
    let channel = link.and_then(leads_to).or(plan.nearest.filter(found)).unwrap_or(kit.to);
    let known: Vec<&Checked> = members(group).filter_map(|at| people.get(at)).collect();
    let (there, away): (Vec<&Checked>, Vec<&Checked>) =
        known.iter().copied().partition(|person| person.is_on(channel));
    let (left_out, missing): (Vec<&Checked>, Vec<&Checked>) = away.into_iter().partition(|p| is_let_be(p));
    let date = kit.on.unwrap_or_else(|| next_sunday(terms.now.date()));
    let of = GroupIngredients {
        tongue: tongue(&known).unwrap_or(terms.language),
        channel,
        group: &title,
        there: there.len(),
        members: known.len(),
        missing: missing.len(),
        date,
        link,
    };
    let receiver =
        |person: &&Checked| Receiver { id: person.contact.id.clone(), name: person.contact.name.clone() };
    Ok(Some(Kit {
        schema: "transhume.group-kit/1",
        title: group.title.clone(),
        channel,
        language: of.tongue,
        date: date.to_string(),
        link: link.map(Foreign::from),
        members: known.len(),
        members_complete: group.members_complete,
        there: there.len(),
        missing: missing.iter().map(receiver).collect(),
        left_out: left_out.len(),
        announcement: Foreign::new(terms.texts.for_group(TextKind::Announce, &of)?),
        roll_call: Foreign::new(terms.texts.for_group(TextKind::RollCall, &of)?),
    }))
}

/// Whether the user does not ask somebody, or they said no.
fn is_let_be(person: &Checked) -> bool {
    let declined = |standing: Standing| standing.status == Status::Declined;
    person.contact.is_left_alone() || Standing::of(person).is_some_and(declined)
}

/// The language that most of those write in of whom it is known.
fn tongue(people: &[&Checked]) -> Option<Tongue> {
    let known = |person: &&Checked| person.contact.language.as_deref().and_then(Tongue::from_id);
    let mut counts: BTreeMap<Tongue, usize> = BTreeMap::new();
    for tongue in people.iter().filter_map(known) {
        *counts.entry(tongue).or_default() += 1;
    }
    // The last of the greatest wins.
    counts.into_iter().rev().max_by_key(|(_, count)| *count).map(|(tongue, _)| tongue)
}

/// The first Sunday after a day.
fn next_sunday(day: Date) -> Date {
    day.nth_weekday(1, Weekday::Sunday).unwrap_or(day)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::invite::Texts;
    use crate::invite::sample::{on, person, reach};
    use crate::model::channel::PerChannel;
    use crate::model::finding::MemberState;
    use crate::model::{Became, Invited, Moment};

    fn group(title: &str, people: &[usize]) -> Group {
        Group {
            title: Foreign::from(title),
            members: people.iter().map(|at| (*at, MemberState::In)).collect(),
            members_complete: true,
            admins: BTreeSet::new(),
            messages: 0,
            months: BTreeMap::new(),
            elsewhere: Vec::new(),
        }
    }

    fn plan(together: usize, can_come: Vec<usize>, members: usize) -> GroupPlan {
        GroupPlan {
            group: 0,
            members,
            complete: true,
            there: together,
            together,
            on: PerChannel::default(),
            nearest: Some(Channel::Signal),
            missing: can_come.clone(),
            strangers: Vec::new(),
            left_out: 0,
            can_come,
            next: None,
            moves_at: Vec::new(),
            begin_anew: None,
        }
    }

    fn make(people: &[Checked], group: Group, plan: GroupPlan, links: &[(&str, &str)]) -> Vec<Kit> {
        let (reach, texts, allowed) = (reach(), Texts::new().unwrap(), BTreeSet::new());
        let links = links.iter().map(|(title, link)| ((*title).to_owned(), (*link).to_owned())).collect();
        let terms = Terms {
            reach: &reach,
            own: None,
            language: Tongue::En,
            texts: &texts,
            allowed: &allowed,
            links: &links,
            codes: &BTreeMap::new(),
            has_whatsapp: true,
            now: Moment::parse("2021-02-03T12:00:00Z").unwrap(),
            used_since: None,
        };
        let kit = KitTerms { to: Channel::Signal, on: None };
        kits(people, &[group], &[plan], &terms, kit).unwrap()
    }

    #[test]
    fn a_kit_has_all_that_a_group_needs() {
        let mut people = vec![person("Ada"), person("Bo"), person("Cy"), person("Di"), person("Ed")];
        on(&mut people[0], Channel::Signal);
        on(&mut people[1], Channel::Signal);
        people[2].contact.excluded = true;
        let at = Moment::parse("2021-02-01T12:00:00Z").unwrap();
        let declined = Invited { channel: Channel::Signal, switch: false, became: Became::Declined, at };
        people[3].contact.invited = vec![declined];
        let all = group("Book club", &[0, 1, 2, 3, 4]);
        let link = "https://signal.group/#CjQKIAbc";
        let kit = make(&people, all.clone(), plan(2, vec![4], 5), &[("Book club", link)]).remove(0);
        assert_eq!(
            kit.announcement.raw(),
            "We’re moving “Book club” to Signal: on Sunday 7 February we all write there. 2 of us are there already.\nThis way in: https://signal.group/#CjQKIAbc\nThis group stays open for now."
        );
        assert_eq!(
            kit.roll_call.raw(),
            "Roll call: who’s coming along to Signal by Sunday 7 February?\n👍 there already\n✋ coming\n🤝 could use a hand"
        );
        let missing: Vec<&str> = kit.missing.iter().map(|who| who.id.as_str()).collect();
        assert_eq!((missing, kit.left_out, kit.there), (vec!["Ed"], 2, 2));
        people[0].contact.language = Some("de".into());
        let kit = make(&people, all.clone(), plan(2, vec![4], 5), &[]).remove(0);
        assert!(kit.announcement.raw().contains("Am Sonntag, 7. Februar") && kit.link.is_none(), "{kit:?}");
        assert_eq!(make(&people, all, plan(1, vec![4], 5), &[]).len(), 0, "too few would come");
        assert_eq!(make(&people, group("Two", &[0, 4]), plan(1, vec![4], 2), &[]).len(), 0);
    }

    #[test]
    fn a_group_moves_to_where_its_new_place_is() {
        let mut people = vec![person("Ada"), person("Bo"), person("Cy"), person("Di")];
        on(&mut people[0], Channel::Signal);
        on(&mut people[1], Channel::Matrix);
        let all = group("Book club", &[0, 1, 2, 3]);
        let room = "https://matrix.to/#/!room:example.org?via=example.org";
        let kit = make(&people, all.clone(), plan(1, vec![], 4), &[("Book club", room)]).remove(0);
        assert_eq!((kit.channel, kit.there, kit.missing.len()), (Channel::Matrix, 1, 3));
        assert!(
            kit.announcement.raw().contains("to Matrix") && kit.announcement.raw().contains(room),
            "{kit:?}"
        );
        assert!(make(&people, all, plan(1, vec![], 4), &[]).is_empty(), "nobody asked for it");
    }

    #[test]
    fn a_sunday_is_after_today() {
        let on = |day: &str| next_sunday(day.parse().unwrap()).to_string();
        assert_eq!([on("2021-02-06"), on("2021-02-07")], ["2021-02-07", "2021-02-14"]);
    }
}
