//! The report as Markdown, for notes, mails and pages: the same sentences as on the
//! terminal, with everybody named.

use super::abridged::abridged;
use super::ahead::Ahead;
use super::changes::Person;
use super::phrase;
use super::plan::reason_about;
use super::view::Report;
use crate::check::Checked;
use crate::model::{Channel, Foreign};
use crate::plan::MOST;
use crate::words::escape::{self, Shown};
use crate::words::{Key, Words, key};

/// So many people are next.
const NEXT: usize = 10;

/// Renders a report. `people` are those that it was built from.
pub fn page(report: &Report, people: &[Checked], ahead: Option<&Ahead<'_>>, words: &Words) -> String {
    let mut page = Page { out: String::new(), report, people, words };
    page.line(&format!("# {}", phrase::headline(report, people, words)));
    page.line(&phrase::day(report.run.at));
    page.channels();
    page.history();
    page.changes();
    if let Some(ahead) = ahead {
        page.next(ahead);
        page.holds(ahead);
    }
    page.groups();
    page.rest();
    page.out
}

/// The text so far, and what it is about.
struct Page<'a> {
    out: String,
    report: &'a Report,
    people: &'a [Checked],
    words: &'a Words,
}

impl Page<'_> {
    /// A block of its own: an empty line stands behind it.
    fn line(&mut self, text: &str) {
        self.out.push_str(text);
        self.out.push_str("\n\n");
    }

    fn heading(&mut self, text: &str) {
        self.line(&format!("## {text}"));
    }

    /// Items of a list, one a line.
    fn list(&mut self, items: impl IntoIterator<Item = String>) {
        let before = self.out.len();
        for item in items {
            self.out.push_str("- ");
            self.out.push_str(&item);
            self.out.push('\n');
        }
        if self.out.len() > before {
            self.out.push('\n');
        }
    }

    /// A table; the columns behind the first hold numbers.
    fn table(&mut self, heads: &[String], rows: impl IntoIterator<Item = Vec<String>>) {
        let numbers = "| ---: ".repeat(heads.len().saturating_sub(1));
        let row = |cells: &[String]| format!("| {} |\n", cells.join(" | "));
        self.out.push_str(&row(heads));
        self.out.push_str(&format!("| --- {numbers}|\n"));
        for cells in rows {
            self.out.push_str(&row(&cells));
        }
        self.out.push('\n');
    }

    fn number(&self, number: usize) -> String {
        phrase::number(self.words, number)
    }

    fn channels(&mut self) {
        let (report, words) = (self.report, self.words);
        let heads = [key::REPORT_CHANNELS, key::REPORT_STATE_REACHABLE, key::REPORT_STATE_LIKELY];
        let rows: Vec<Vec<String>> = Channel::ALL
            .iter()
            .map(|channel| {
                let likely = report.by_state.get(*channel).likely;
                let on = *report.reachable.on.get(*channel);
                vec![channel.title().to_owned(), self.number(on), self.number(likely)]
            })
            .collect();
        self.heading(&words.say(key::REPORT_PAGE_BY_CHANNEL));
        self.table(&heads.map(|head| words.say(head)), rows);
        self.list(phrase::figures(report, self.people, words));
    }

    fn history(&mut self) {
        let words = self.words;
        if self.report.history.is_empty() {
            return;
        }
        self.heading(&words.say(key::REPORT_PAGE_HISTORY));
        let heads = [words.say(key::REPORT_PAGE_MONTH), words.say(key::REPORT_REACHABLE)];
        let row = |point: &super::history::Point| vec![point.month.to_string(), self.number(point.reachable)];
        let rows: Vec<Vec<String>> = self.report.history.iter().map(row).collect();
        self.table(&heads, rows);
    }

    fn changes(&mut self) {
        let (report, words) = (self.report, self.words);
        let Some(previous) = &report.previous else { return };
        let date = phrase::day(previous.run.at);
        let values = [("date", date.as_str().into())];
        let lists: [(Key, &Vec<Person>); 3] = [
            (key::REPORT_GAINED, &report.changes.gained),
            (key::REPORT_LOST, &report.changes.lost),
            (key::REPORT_NEW, &report.changes.new_people),
        ];
        self.heading(&words.say_with(key::REPORT_SINCE, &values));
        if lists.iter().all(|(_, people)| people.is_empty()) {
            return self.line(&words.say_with(key::REPORT_UNCHANGED, &values));
        }
        let contacts = phrase::by_id(self.people);
        let named = |person: &Person| {
            let name = name_of(phrase::changed(person, &contacts).as_ref(), words);
            let channel = person.channel.map(|channel| format!(" ({})", channel.title()));
            format!("{name}{}", channel.unwrap_or_default())
        };
        let item = |(key, people): (Key, &Vec<Person>)| {
            let told = words.say_with(key, &[("count", people.len().into())]);
            let told = words.say_with(key::REPORT_LABEL, &[("label", told.as_str().into())]);
            format!("{told} {}", people.iter().map(named).collect::<Vec<_>>().join(", "))
        };
        let told: Vec<String> =
            lists.into_iter().filter(|(_, people)| !people.is_empty()).map(item).collect();
        self.list(told);
    }

    /// Whom to invite next.
    fn next(&mut self, ahead: &Ahead<'_>) {
        let (words, plan) = (self.words, ahead.plan);
        if plan.places.is_empty() {
            return;
        }
        self.heading(&words.say(key::PLAN_INVITE));
        self.line(&words.say(key::PLAN_PLAYED));
        for (at, place) in plan.places.iter().take(NEXT).enumerate() {
            let name = ahead.subject.contact(place.contact).and_then(phrase::label);
            let reasons: Vec<String> = place
                .reasons
                .iter()
                .map(|reason| reason_about(reason, plan, words, |group| title(ahead, group, words)))
                .collect();
            let name = name_of(name.as_ref(), words);
            self.out.push_str(&format!("{}. **{name}**: {}\n", at + 1, reasons.join(", ")));
        }
        self.out.push('\n');
    }

    fn holds(&mut self, ahead: &Ahead<'_>) {
        let words = self.words;
        self.heading(&words.say(key::PLAN_HOLDS));
        let name = |at: usize| name_of(ahead.subject.contact(at).and_then(phrase::label).as_ref(), words);
        let told = phrase::holds(&ahead.plan.holds, MOST, words, name, |at| title(ahead, at, words));
        let told: Vec<String> = told
            .into_iter()
            .map(|(head, all)| match all.is_empty() {
                true => head,
                false => {
                    let head = words.say_with(key::REPORT_LABEL, &[("label", head.as_str().into())]);
                    format!("{head} {}", all.join(", "))
                }
            })
            .collect();
        self.list(told);
    }

    fn groups(&mut self) {
        let (report, words) = (self.report, self.words);
        if report.groups.is_empty() {
            return;
        }
        self.heading(&words.say(key::REPORT_GROUPS));
        let mut heads = [key::REPORT_GROUP, key::REPORT_MEMBERS, key::REPORT_REACHABLE]
            .map(|head| words.say(head))
            .to_vec();
        heads.extend(Channel::ALL.map(|channel| channel.title().to_owned()));
        let row = |group: &super::view::GroupView| {
            let on = Channel::ALL.map(|channel| self.number(*group.reachable.on.get(channel)));
            let mut row = vec![
                name_of(Some(&group.title), words).to_string(),
                phrase::members(group.members, group.members_complete, words),
                self.number(group.reachable.any),
            ];
            row.extend(on);
            row
        };
        let rows: Vec<Vec<String>> = report.groups.iter().map(row).collect();
        self.table(&heads, rows);
        if report.groups.iter().any(|group| !group.members_complete) {
            self.line(&words.say(key::REPORT_INCOMPLETE));
        }
        let elsewhere = |group: &super::view::GroupView| {
            let told = |there| phrase::elsewhere(&group.title, there, words, escape::markdown);
            group.elsewhere.iter().map(told).collect::<Vec<_>>()
        };
        self.list(report.groups.iter().flat_map(elsewhere).collect::<Vec<_>>());
    }

    /// What is left to decide, who is not counted, what was read, sent and wrong.
    fn rest(&mut self) {
        let (report, words) = (self.report, self.words);
        let command = words.attr(key::REPORT_REVIEW, "command");
        let review = phrase::review(report, words);
        if !review.is_empty() {
            self.heading(&words.say(key::REPORT_PAGE_TODO));
            self.list(review.into_iter().map(|told| {
                let told = words.say_with(key::REPORT_LABEL, &[("label", told.as_str().into())]);
                format!("{told} `{command}`")
            }));
        }
        let uncounted = phrase::uncounted(report, self.people, words);
        if !uncounted.is_empty() {
            self.heading(&words.say(key::REPORT_PAGE_UNCOUNTED));
            self.list(uncounted);
        }
        self.heading(&words.say(key::REPORT_PAGE_INPUTS));
        let disclosed = phrase::disclosed(report, words, escape::markdown);
        self.list(std::iter::once(phrase::inputs(report, words)).chain(disclosed));
        if !report.problems.is_empty() {
            self.heading(&words.say(key::REPORT_PAGE_PROBLEMS));
            let told = abridged(&report.problems, words, Clone::clone);
            self.list(told.iter().map(|problem| phrase::problem(problem, words, escape::markdown)));
        }
        let note = if report.shared { key::REPORT_SHARED_NOTE } else { key::REPORT_MARKDOWN_NOTE };
        self.out.push_str(&words.say(note));
        self.out.push('\n');
    }
}

/// A name, or the words for none.
fn name_of(name: Option<&Foreign>, words: &Words) -> Shown {
    let none = Foreign::new(words.say(key::REPORT_NO_NAME));
    escape::markdown(name.filter(|name| !escape::is_blank(name)).unwrap_or(&none))
}

/// The title of a group, with what tells it apart from others of that title.
fn title(ahead: &Ahead<'_>, at: usize, words: &Words) -> Shown {
    let shown = name_of(ahead.subject.groups.get(at).map(|group| &group.title), words);
    match ahead.subject.apart(at, words) {
        Some(told) => shown.followed_by(&format!(" {told}")),
        None => shown,
    }
}

#[cfg(test)]
mod tests;
