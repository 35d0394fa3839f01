//! `plan`: whom to invite first, which group can move, and what still holds.

use super::super::phrase;
use super::super::plan::{Subject, reason, rests_on};
use super::Style;
use super::layout::{self, INDENT, items, paragraph};
use super::summary::heading;
use crate::model::Channel;
use crate::plan::{GroupPlan, MOST, Place, Plan, Reason};
use crate::words::escape::{self, Shown};
use crate::words::{Key, Words, key};

/// So many groups are shown, the nearest to moving first.
const GROUPS: usize = 20;

/// So many people are next, where the report tells it.
const NEXT: usize = 10;

/// So many names stand in a list.
const NAMED: usize = 6;

/// Where what is said of somebody stands in.
const BELOW: &str = "      ";

/// No name within a sentence or a list takes more columns.
const WIDEST: usize = 40;

/// How much of a plan to show.
#[derive(Clone, Copy, Debug)]
pub struct Extent {
    /// So many people.
    pub first: usize,
    /// The share at which a group moves, in hundredths.
    pub share: usize,
}

/// The plan.
pub fn plan(plan: &Plan, extent: Extent, subject: &Subject<'_>, words: &Words, style: Style) -> String {
    let mut page = Page { out: String::new(), plan, extent, subject, words, style };
    if !plan.places.is_empty() {
        page.paragraph("", &rests_on(plan, words));
        if plan.cheaper {
            page.paragraph("", &words.say_with(key::PLAN_CHEAPER, &[("weighed", plan.weighed.into())]));
        }
        page.out.push('\n');
    }
    page.places();
    page.groups();
    page.out.push('\n');
    page.holds();
    page.out
}

/// Whom to invite next, and what still holds, as a part of the report.
pub(super) fn next(plan: &Plan, subject: &Subject<'_>, words: &Words, style: Style) -> String {
    let extent = Extent { first: NEXT, share: MOST };
    let mut page = Page { out: String::new(), plan, extent, subject, words, style };
    page.places();
    page.out.push('\n');
    page.holds();
    page.out
}

/// The text so far, and what it is about.
struct Page<'a> {
    out: String,
    plan: &'a Plan,
    extent: Extent,
    subject: &'a Subject<'a>,
    words: &'a Words,
    style: Style,
}

impl Page<'_> {
    fn heading(&mut self, key: Key) {
        heading(&mut self.out, &self.words.say(key), self.style);
    }

    fn paragraph(&mut self, first: &str, text: &str) {
        paragraph(&mut self.out, first, text, self.style);
    }

    /// `Missing: Ada, Camille and 3 more`
    fn list(&mut self, head: &str, said: Vec<String>) {
        let head = layout::label(head, self.words);
        items(&mut self.out, BELOW, head.split(' ').map(str::to_owned).chain(said), self.style);
    }

    /// So many columns a name may take, on a screen of any width.
    fn widest(&self) -> usize {
        WIDEST.min(self.style.columns().saturating_sub(BELOW.len() + 1)).max(8)
    }

    fn name(&self, contact: usize) -> Shown {
        self.subject.name(contact, self.words, self.widest())
    }

    /// Whom to invite first.
    fn places(&mut self) {
        self.heading(key::PLAN_INVITE);
        let shown = || self.plan.places.iter().take(self.extent.first);
        // Who reads the numbers has to know first that they are guesses.
        if shown().any(|place| place.reasons.iter().any(is_played)) {
            self.paragraph(INDENT, &self.words.say(key::PLAN_PLAYED));
        }
        for (at, place) in self.plan.places.iter().take(self.extent.first).enumerate() {
            self.place(at + 1, place);
        }
        if self.plan.places.is_empty() {
            self.paragraph(INDENT, &self.words.say(key::PLAN_NOBODY));
        }
        let more = self.plan.places.len().saturating_sub(self.extent.first);
        if more > 0 {
            self.paragraph(INDENT, &self.words.say_with(key::PLAN_MORE, &[("count", more.into())]));
        }
    }

    /// ` 3. Camille`, and below it why.
    fn place(&mut self, rank: usize, place: &Place) {
        let room = self.style.columns().saturating_sub(BELOW.len()).max(8);
        let name = self.subject.name(place.contact, self.words, room);
        items(&mut self.out, &format!("{rank:>4}. "), [self.style.strong(name.as_ref())], self.style);
        let widest = self.widest();
        let said = |own: &Reason| reason(own, self.plan, self.subject, self.words, widest);
        let said: Vec<String> = place.reasons.iter().map(said).collect();
        self.paragraph(BELOW, &said.join(", "));
    }

    fn groups(&mut self) {
        if self.plan.groups.is_empty() {
            return;
        }
        self.out.push('\n');
        self.heading(key::PLAN_GROUPS);
        let shown = shown(self.plan.groups.len(), GROUPS);
        for group in self.plan.groups.iter().take(shown) {
            self.group(group);
        }
        let more = self.plan.groups.len() - shown;
        if more > 0 {
            self.paragraph(INDENT, &self.words.say_with(key::PLAN_MORE_GROUPS, &[("count", more.into())]));
        }
        if self.plan.groups.iter().any(|group| !group.complete) {
            self.paragraph(INDENT, &self.words.say(key::PLAN_INCOMPLETE));
        }
    }

    fn group(&mut self, group: &GroupPlan) {
        let words = self.words;
        let title = self.subject.title(group.group, words, self.style.columns().saturating_sub(8).max(8));
        items(&mut self.out, INDENT, [self.style.strong(title.as_ref())], self.style);
        self.paragraph(BELOW, &how_far(group, self.extent.share, words));
        if let Some(known) = self.subject.groups.get(group.group) {
            for elsewhere in &known.elsewhere {
                let told = phrase::elsewhere(&known.title, elsewhere, words, escape::terminal);
                self.paragraph(BELOW, &told);
            }
        }
        if !group.missing.is_empty() {
            self.list(&words.say(key::PLAN_MISSING), self.names(&group.missing));
        }
        if !group.strangers.is_empty() {
            self.list(&words.say(key::PLAN_STRANGERS), self.names(&group.strangers));
        }
        if group.left_out > 0 {
            let left_out = [("count", group.left_out.into())];
            self.paragraph(BELOW, &words.say_with(key::PLAN_LEFT_OUT, &left_out));
        }
        if let Some((contact, unlock)) = group.next {
            let name = self.name(contact);
            let brings =
                [("name", (&name).into()), ("before", unlock.before.into()), ("after", unlock.after.into())];
            let said = words.say_with(key::PLAN_ONE_MORE_BRINGS, &brings);
            let head = layout::label(&words.say(key::PLAN_ONE_MORE), words);
            self.paragraph(BELOW, &format!("{head} {said}"));
        }
        self.enough(group);
        if group.begin_anew == Some(true) {
            let anew = [("count", group.can_come.len().into()), ("there", group.together.into())];
            let head = words.say_with(key::PLAN_BEGIN_ANEW, &anew);
            self.list(&head, self.names(&group.can_come));
        }
    }

    /// Who would be enough.
    fn enough(&mut self, group: &GroupPlan) {
        let share = self.extent.share;
        let Some(target) = group.moves_at.iter().find(|target| target.share == share) else { return };
        let head = self.words.say(key::PLAN_MOVE);
        let nearest = group.nearest.map_or("", Channel::title);
        let values = [
            ("share", share.into()),
            ("needed", target.needed.into()),
            ("can", group.can_come.len().into()),
            ("channel", nearest.into()),
            ("known", if group.nearest.is_some() { "yes" } else { "no" }.into()),
        ];
        let at = |key: Key| self.words.say_with(key, &values);
        match &target.invite {
            Some(invite) if target.needed > 0 => {
                let head = format!("{head} {}", at(key::PLAN_MOVE_AT));
                self.list(&head, self.names(invite));
            }
            told => {
                let key = if told.is_some() { key::PLAN_MOVE_DONE } else { key::PLAN_MOVE_CANNOT };
                let head = layout::label(&head, self.words);
                self.paragraph(BELOW, &format!("{head} {}", at(key)));
            }
        }
    }

    /// The first names of a list, and how many more there are.
    fn names(&self, all: &[usize]) -> Vec<String> {
        self.some(all, NAMED, |contact| self.name(*contact).to_string())
    }

    /// The first of a list, each with a comma but the last, and how many more there
    /// are.
    fn some<T>(&self, all: &[T], most: usize, say: impl Fn(&T) -> String) -> Vec<String> {
        let shown = shown(all.len(), most);
        let one = |(at, one): (usize, &T)| {
            let comma = if at + 1 < shown { "," } else { "" };
            format!("{}{comma}", say(one))
        };
        let mut said: Vec<String> = all.iter().take(shown).enumerate().map(one).collect();
        if all.len() > shown {
            said.push(self.words.say_with(key::REPORT_AND_MORE, &[("count", (all.len() - shown).into())]));
        }
        said
    }

    fn holds(&mut self) {
        self.heading(key::PLAN_HOLDS);
        let told = phrase::holds(
            &self.plan.holds,
            self.extent.share,
            self.words,
            |contact| self.name(contact),
            |group| self.subject.title(group, self.words, self.widest()),
        );
        for (head, all) in told {
            if all.is_empty() {
                self.paragraph(INDENT, &head);
                continue;
            }
            let head = layout::label(&head, self.words);
            let all = self.some(&all, NAMED, String::clone);
            items(&mut self.out, INDENT, head.split(' ').map(str::to_owned).chain(all), self.style);
        }
    }
}

/// Whether a reason was played, not counted.
fn is_played(reason: &Reason) -> bool {
    matches!(reason, Reason::Brings(_) | Reason::Follow { .. })
}

/// `4 of 9 there (44 %), nearest on Signal`
fn how_far(group: &GroupPlan, share: usize, words: &Words) -> String {
    if group.members == 0 {
        return words.say(key::PLAN_NO_MEMBERS);
    }
    #[expect(clippy::cast_precision_loss, reason = "a share")]
    let percent = phrase::percent(group.together as f64 / group.members.max(1) as f64);
    // Who is on several channels counts on each; only who is missing on the nearest
    // makes a group one in several places.
    let split = group.together < group.there;
    let known = match (group.complete, split) {
        (true, false) => "all",
        (true, true) => "split",
        (false, _) => "some",
    };
    let there = words.say_with(
        key::PLAN_THERE,
        &[
            ("there", group.there.into()),
            ("members", group.members.into()),
            ("share", percent.into()),
            ("known", known.into()),
        ],
    );
    let Some(nearest) = group.nearest else {
        return format!("{there}, {}", words.say(key::PLAN_NEAREST_NONE));
    };
    let mut said = vec![there];
    if split {
        let on = |channel: &Channel| {
            let on = [("count", (*group.on.get(*channel)).into()), ("channel", channel.title().into())];
            words.say_with(key::PLAN_ON, &on)
        };
        said.extend(Channel::ALL.iter().filter(|channel| *group.on.get(**channel) > 0).map(on));
    }
    let nearest = words.say_with(key::PLAN_NEAREST, &[("channel", nearest.title().into())]);
    let short = group.moves_at.iter().any(|target| target.share == share && target.needed > 0);
    if split && short {
        let none = words.say_with(key::PLAN_NO_ONE_PLACE, &[("share", share.into())]);
        return format!("{} {none}, {nearest}", layout::label(&said.join(", "), words));
    }
    said.push(nearest);
    said.join(", ")
}

/// How many of so many to show: that there is one more takes no less room than
/// that one.
fn shown(all: usize, most: usize) -> usize {
    if all <= most + 1 { all } else { most }
}
