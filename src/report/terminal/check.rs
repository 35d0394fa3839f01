//! The end of `check`: who was found, and what no answer means.

use super::super::check::CheckView;
use super::super::phrase;
use super::super::scope::Count;
use super::Style;
use super::layout::{INDENT, items, paragraph};
use super::summary::name_of;
use crate::check::Checked;
use crate::check::candidates::candidates;
use crate::model::identity::Address;
use crate::model::{Channel, Foreign, State};
use crate::words::{Words, escape, key};

/// So many people are named.
const NAMED: usize = 20;

/// What came of asking a network. `people` are all contacts.
pub fn check(view: &CheckView, people: &[Checked], count: Count, words: &Words, style: Style) -> String {
    let mut out = String::new();
    let channel = ("channel", view.channel.title().into());
    let mut there: Vec<&Checked> =
        people.iter().filter(|p| count.includes(p) && p.is_on(view.channel)).collect();
    // Those first with whom most was said; their ids tell nothing.
    there.sort_by_cached_key(|p| {
        (std::cmp::Reverse(p.contact.messages), phrase::label(&p.contact).map(|l| l.key()))
    });
    let found = words.say_with(key::CHECK_FOUND, &[channel, ("count", there.len().into())]);
    paragraph(&mut out, "", &style.strong(&found), style);
    for person in there.iter().take(NAMED) {
        let name = name_of(phrase::label(&person.contact).as_ref(), words).to_string();
        let address = person.verdicts.get(view.channel).address.as_ref().map(Address::as_str);
        let address = address.map(|address| escape::terminal_uncut(&Foreign::from(address)).to_string());
        items(&mut out, INDENT, std::iter::once(name).chain(address), style);
    }
    if there.len() > NAMED {
        let more = words.say_with(key::INSPECT_MORE, &[("count", (there.len() - NAMED).into())]);
        paragraph(&mut out, INDENT, &more, style);
    }
    let is_signal = view.channel == Channel::Signal;
    let can_be_asked =
        |p: &Checked| !is_signal && !p.contact.emails.is_empty() || !p.contact.phones.is_empty();
    let unknown = if view.forgot_misses { key::CHECK_NOT_KEPT } else { key::CHECK_NOT_ASKED };
    let (not_found, unaskable) = match is_signal {
        true => (key::CHECK_NOT_FOUND_SIGNAL, key::CHECK_UNASKABLE_SIGNAL),
        false => (key::CHECK_NOT_FOUND, key::CHECK_UNASKABLE),
    };
    for (key, state, askable) in [
        (key::CHECK_LIKELY, State::Likely, None),
        (not_found, State::NotFound, None),
        (key::CHECK_UNREGISTERED_SIGNAL, State::Unregistered, None),
        (unknown, State::Unknown, Some(true)),
        (unaskable, State::Unknown, Some(false)),
    ] {
        let is_it = |p: &&Checked| {
            count.includes(p)
                && p.verdicts.get(view.channel).state == state
                && askable.is_none_or(|askable| askable == can_be_asked(p))
        };
        let count = people.iter().filter(is_it).count();
        if count > 0 {
            paragraph(&mut out, "", &words.say_with(key, &[channel, ("count", count.into())]), style);
        }
    }
    let alike: Vec<&Checked> =
        people.iter().filter(|p| count.includes(p) && !candidates(p).1.is_empty()).collect();
    if !alike.is_empty() {
        paragraph(&mut out, "", &words.say_with(key::CHECK_ALIKE, &[("count", alike.len().into())]), style);
        let name = |p: &&Checked| name_of(phrase::label(&p.contact).as_ref(), words).to_string();
        let mut names: Vec<String> = alike.iter().take(NAMED).map(name).collect();
        let last = names.len() - 1;
        names.iter_mut().take(last).for_each(|name| name.push(','));
        if alike.len() > NAMED {
            names.push(words.say_with(key::INSPECT_MORE, &[("count", (alike.len() - NAMED).into())]));
        }
        items(&mut out, INDENT, names, style);
    }
    for disclosed in &view.disclosed {
        paragraph(&mut out, "", &phrase::left(disclosed, words, escape::terminal_uncut), style);
    }
    out
}
