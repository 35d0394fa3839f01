//! `why NAME`: every piece of evidence for a contact, and every reason to
//! take its traces for one person. Places are named, never what stands there.

use super::super::escape;
use super::super::phrase;
use super::Style;
use super::layout::{INDENT, items, paragraph};
use super::summary::{heading, name_of};
use crate::check::Checked;
use crate::model::contact::Reason;
use crate::model::{Channel, Evidence, Foreign};
use crate::words::{Words, key};

/// Where the lines of evidence stand in.
const BELOW: &str = "      ";

/// Explains all verdicts on one contact.
pub fn why(person: &Checked, words: &Words, style: Style) -> String {
    let mut out = String::new();
    let name = name_of(phrase::label(&person.contact).as_ref(), words);
    items(&mut out, "", [style.strong(name.as_ref())], style);
    for channel in Channel::ALL {
        out.push('\n');
        heading(&mut out, channel.title(), style);
        paragraph(&mut out, INDENT, &phrase::verdict(person, channel, words), style);
        for evidence in person.evidence.iter().filter(|evidence| evidence.channel == channel) {
            statement(&mut out, evidence, words, style);
        }
    }
    out.push('\n');
    heading(&mut out, &words.say(key::REPORT_WHY_JOINS), style);
    for reason in &person.contact.reasons {
        explain(&mut out, reason, words, style);
    }
    if person.contact.reasons.is_empty() {
        paragraph(&mut out, INDENT, &words.say(key::REPORT_WHY_ALONE), style);
    }
    out
}

/// Date, worth, source, address and place of a statement.
fn statement(out: &mut String, evidence: &Evidence, words: &Words, style: Style) {
    let date = evidence.at.map_or_else(|| words.say(key::REPORT_UNDATED), phrase::day);
    let stated = if evidence.self_stated { key::REPORT_SELF_STATED } else { key::REPORT_NOT_SELF_STATED };
    let said =
        [date, phrase::grade(evidence.grade, words), phrase::statement(evidence, words), words.say(stated)];
    paragraph(out, "    - ", &said.join(" · "), style);
    if let Some(address) = &evidence.address {
        line(out, &Foreign::from(address.as_str()), style);
    }
    line(out, &phrase::locator(&evidence.locator), style);
}

/// A reason, and below it the places that it rests on.
fn explain(out: &mut String, reason: &Reason, words: &Words, style: Style) {
    let on = name_of(Some(&reason.on), words);
    let said = words.say_with(phrase::why(reason.why), &[("on", (&on).into())]);
    paragraph(out, INDENT, &said, style);
    for place in &reason.places {
        line(out, &phrase::locator(place), style);
    }
}

/// Text from outside on a line of its own, whole: it is to be copied.
fn line(out: &mut String, text: &Foreign, style: Style) {
    items(out, BELOW, [escape::terminal_uncut(text).to_string()], style);
}
