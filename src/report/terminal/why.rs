//! `why NAME`: every piece of evidence for a contact, and every reason to
//! take its traces for one person. Places are named, never what stands there.

use super::super::evidence::candidates;
use super::super::{grounds, phrase};
use super::Style;
use super::layout::{INDENT, items, paragraph};
use super::summary::{heading, name_of};
use crate::check::Checked;
use crate::graph::region::Regions;
use crate::model::contact::Reason;
use crate::model::evidence::Origin;
use crate::model::{Channel, Evidence, Foreign, Holding, Phone};
use crate::words::escape;
use crate::words::{Words, key};

/// Where the lines of evidence stand in.
const BELOW: &str = "      ";

/// Explains all verdicts on one contact.
pub fn why(person: &Checked, regions: &Regions, words: &Words, style: Style) -> String {
    let mut out = String::new();
    let name = name_of(phrase::label(&person.contact).as_ref(), words);
    items(&mut out, "", [style.strong(name.as_ref())], style);
    for channel in Channel::ALL {
        out.push('\n');
        heading(&mut out, channel.title(), style);
        paragraph(&mut out, INDENT, &grounds::verdict(person, channel, words), style);
        if let Some(used) = person.contact.used.get(&channel) {
            let used = words.say_with(key::REPORT_WHY_USED, &[("date", phrase::day(*used).as_str().into())]);
            paragraph(&mut out, INDENT, &used, style);
        }
        for evidence in person.evidence.iter().filter(|evidence| evidence.channel == channel) {
            statement(&mut out, evidence, words, style);
        }
    }
    if !person.contact.invited.is_empty() {
        out.push('\n');
        heading(&mut out, &words.say(key::REPORT_WHY_INVITED), style);
    }
    for told in &person.contact.invited {
        let day = phrase::day(told.at);
        let values = [
            ("became", told.became.id().into()),
            ("channel", told.channel.title().into()),
            ("day", day.as_str().into()),
        ];
        paragraph(&mut out, "    - ", &words.say_with(key::REPORT_WHY_TOLD, &values), style);
    }
    out.push('\n');
    heading(&mut out, &words.say(key::REPORT_WHY_JOINS), style);
    for reason in &person.contact.reasons {
        explain(&mut out, reason, regions, words, style);
    }
    if person.contact.reasons.is_empty() {
        paragraph(&mut out, INDENT, &words.say(key::REPORT_WHY_ALONE), style);
    }
    out
}

/// Date, worth, source, address and place of a statement.
fn statement(out: &mut String, evidence: &Evidence, words: &Words, style: Style) {
    let date = grounds::dated(evidence, words);
    let stated = if evidence.self_stated { key::REPORT_SELF_STATED } else { key::REPORT_NOT_SELF_STATED };
    let mut said = vec![date, grounds::grade(evidence.grade, words), grounds::statement(evidence, words)];
    match evidence.holding {
        // No answer has no worth, and whom a server names said nothing.
        Holding::NotFound => drop(said.remove(1)),
        _ if evidence.about.is_some() || evidence.origin == Origin::ChatAnother => {}
        _ => said.push(words.say(stated)),
    }
    paragraph(out, "    - ", &said.join(" · "), style);
    if let Some(identity) = &evidence.about {
        line(out, &Foreign::from(identity.as_str()), style);
    }
    if let Some(address) = &evidence.address {
        line(out, &Foreign::from(address.as_str()), style);
    }
    line(out, &grounds::locator(&evidence.locator), style);
}

/// A reason, and below it the places that it rests on.
fn explain(out: &mut String, reason: &Reason, regions: &Regions, words: &Words, style: Style) {
    let on = name_of(Some(&reason.on), words);
    let region = regions.home().map(|region| region.id().clone()).unwrap_or_default();
    let arguments = [("on", (&on).into()), ("region", region.as_str().into())];
    let said = words.say_with(grounds::why(reason.why), &arguments);
    paragraph(out, INDENT, &said, style);
    let candidates = candidates(reason, regions);
    if !candidates.is_empty() {
        let list: Vec<&str> = candidates.iter().map(Phone::as_str).collect();
        let told = words.say_with(key::REPORT_WHY_CANDIDATES, &[("list", list.join(", ").as_str().into())]);
        paragraph(out, BELOW, &told, style);
    }
    for place in &reason.places {
        line(out, &grounds::locator(place), style);
    }
}

/// Text from outside on a line of its own, whole: it is to be copied.
fn line(out: &mut String, text: &Foreign, style: Style) {
    items(out, BELOW, [escape::terminal_uncut(text).to_string()], style);
}

#[cfg(test)]
mod tests {
    use super::super::super::sample;
    use super::*;
    use crate::model::contact::Why;
    use crate::model::{Grade, Holding};
    use crate::words::Language;

    #[test]
    fn why_shows_every_piece_of_evidence() {
        let words = Words::new(Language::En);
        let mut person = sample::people().remove(0);
        let places = vec![person.evidence[0].locator.clone()];
        let reason = Reason { why: Why::SamePhone, on: Foreign::from("+33639980101"), places };
        person.contact.reasons.push(reason.into());
        insta::assert_snapshot!(why(&person, &Regions::default(), &words, Style::default()), @r"
        Ada

        Matrix
          On Matrix (as they wrote in a chat, 2020-03-02).
            - 2020-03-02 · B, stated · as they wrote in a chat · self-stated
              @ada:example.org
              Ada.txt:7

        Signal
          On Signal (seen in your Signal export, 2021-01-24).
            - 2021-01-24 · A, proven · seen in your Signal export · not self-stated
              +33639980101
              main.jsonl:1201

        XMPP
          Not known: nothing that XMPP answered is kept, and no file tells.

        What was joined, and what was not
          Joined: the same number, +33639980101.
              main.jsonl:1201
        ");
    }

    /// One statement of the Signal export.
    fn signal(holding: Holding, grade: Grade, day: &str) -> Evidence {
        Evidence { holding, grade, ..sample::signal(1, day) }
    }

    #[test]
    fn verdicts_never_say_that_somebody_has_no_account() {
        let said = |evidence: &[Evidence], language| {
            let person = sample::person(1, Some("Ada"), evidence);
            grounds::verdict(&person, Channel::Signal, &Words::new(language))
        };
        let english = |evidence: &[Evidence]| said(evidence, Language::En);
        let seen = signal(Holding::Reachable, Grade::A, "2020-11-20");
        assert_eq!(
            english(std::slice::from_ref(&seen)),
            "On Signal (seen in your Signal export, 2020-11-20)."
        );
        assert_eq!(
            said(std::slice::from_ref(&seen), Language::Fr),
            "Sur Signal (vu dans votre export de Signal, 2020-11-20)."
        );
        let book = Evidence { at: None, grade: Grade::B, origin: Origin::AddressBook, ..seen };
        assert_eq!(english(&[book]), "On Signal (in your address book).");
        let missed = english(&[signal(Holding::NotFound, Grade::A, "2020-11-23")]);
        assert!(missed.starts_with("Not found by phone number on 2020-11-23. They may have"), "{missed}");
        let gone = english(&[signal(Holding::Unregistered, Grade::A, "2020-11-23")]);
        assert_eq!(gone, "Signal reported this number as no longer registered on 2020-11-23.");
        let old = english(&[signal(Holding::Reachable, Grade::A, "2018-01-01")]);
        assert!(
            old.starts_with("Probably still on Signal (seen in your Signal export, 2018-01-01)"),
            "{old}"
        );
        let hint = english(&[signal(Holding::Reachable, Grade::C, "2020-01-01")]);
        assert!(hint.starts_with("Perhaps on Signal"), "{hint}");
        assert_eq!(english(&[]), "Not known: nothing that Signal answered is kept, and no file tells.");
        assert!(english(&[signal(Holding::Silent, Grade::D, "2020-01-01")]).starts_with("Not known: what"));
    }
}
