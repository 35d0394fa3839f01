//! Contacts on a terminal: all as a table, one as a card.

use super::super::{grounds, phrase};
use super::Style;
use super::layout::{self, INDENT, Row, items, paragraph};
use super::summary::name_of;
use crate::check::Checked;
use crate::model::identity::Address;
use crate::model::{Channel, Foreign, State};
use crate::words::escape;
use crate::words::{Key, Words, key};

/// The list of contacts: name, scope, channels, messages, number of groups.
pub fn contact_table(people: &[&Checked], words: &Words, style: Style) -> String {
    let heads =
        [key::REPORT_NAME, key::REPORT_SCOPE, key::REPORT_CHANNELS, key::REPORT_MESSAGES, key::REPORT_GROUPS];
    let heads = heads.map(|head| words.say(head));
    let rows: Vec<Row> = people
        .iter()
        .map(|person| {
            let contact = &person.contact;
            let cells = vec![
                grounds::scope(contact.scope, words),
                // One below the other, so that the column stays narrow.
                channels(person, words).join("\n"),
                phrase::number(words, contact.messages),
                phrase::number(words, contact.groups.len()),
            ];
            Row { name: name_of(phrase::label(contact).as_ref(), words), cells }
        })
        .collect();
    layout::table(&heads, &rows, 2, words, style)
}

/// The channels of which something is known, each with its state; one word
/// where nothing is, or where the user said never.
fn channels(person: &Checked, words: &Words) -> Vec<String> {
    if person.contact.excluded {
        return vec![grounds::state(State::Excluded, words)];
    }
    let told = |channel: &Channel| person.verdicts.get(*channel).state != State::Unknown;
    let mut said: Vec<String> = Channel::ALL
        .into_iter()
        .filter(told)
        .map(|channel| {
            format!("{} {}", channel.title(), grounds::state(person.verdicts.get(channel).state, words))
        })
        .collect();
    if said.is_empty() {
        said.push(grounds::state(State::Unknown, words));
    }
    said
}

/// All that is known of one contact. `group_titles` are those of the groups
/// that this contact is in.
pub fn contact_card(person: &Checked, group_titles: &[&Foreign], words: &Words, style: Style) -> String {
    let contact = &person.contact;
    let mut out = String::new();
    let name = name_of(phrase::label(contact).as_ref(), words);
    items(&mut out, "", [style.strong(name.as_ref())], style);
    let mut field = |key: Key, values: Vec<String>| {
        if !values.is_empty() {
            let last = values.len() - 1;
            let comma = |(at, value)| if at < last { format!("{value},") } else { value };
            let head = layout::label(&words.say(key), words);
            let said = head.split(' ').map(str::to_owned).chain(values.into_iter().enumerate().map(comma));
            items(&mut out, INDENT, said, style);
        }
    };
    let others = contact.names.iter().filter(|name| Some(*name) != contact.name.as_ref());
    field(key::REPORT_OTHER_NAMES, others.map(|name| name_of(Some(name), words).to_string()).collect());
    field(key::REPORT_PHONES, contact.phones.iter().map(|phone| phone.as_str().to_owned()).collect());
    field(key::REPORT_EMAILS, contact.emails.iter().map(|email| whole(email.as_str())).collect());
    let addresses =
        contact.addresses.iter().map(|a| format!("{} {}", a.channel().title(), whole(a.as_str())));
    field(key::REPORT_ADDRESSES, addresses.collect());
    field(key::REPORT_SCOPE, vec![grounds::scope(contact.scope, words)]);
    field(
        key::REPORT_GROUPS,
        group_titles.iter().map(|title| name_of(Some(title), words).to_string()).collect(),
    );
    field(key::REPORT_MESSAGES, vec![phrase::number(words, contact.messages)]);
    field(key::REPORT_LAST_MESSAGE, contact.last_message.map(phrase::day).into_iter().collect());
    field(key::REPORT_LANGUAGE, contact.language.iter().map(|language| whole(language)).collect());
    let form = contact.formal.map(|formal| if formal { key::REPORT_FORMAL } else { key::REPORT_FAMILIAR });
    field(key::REPORT_ADDRESS_FORM, form.map(|form| words.say(form)).into_iter().collect());
    field(key::REPORT_ID, vec![whole(contact.id.as_str())]);
    out.push('\n');
    verdicts(&mut out, person, words, style);
    out
}

/// A line for each channel; one for all where the user said never.
fn verdicts(out: &mut String, person: &Checked, words: &Words, style: Style) {
    if person.contact.excluded {
        paragraph(out, INDENT, &grounds::verdict(person, Channel::Signal, words), style);
        return;
    }
    for channel in Channel::ALL {
        let verdict = person.verdicts.get(channel);
        let mut said = grounds::state(verdict.state, words);
        if let Some(address) = verdict.address.as_ref().map(Address::as_str) {
            let address = escape::terminal_uncut(&Foreign::from(address));
            said.push(' ');
            said.push_str(&words.say_with(key::REPORT_AS, &[("address", (&address).into())]));
        }
        if let Some(since) = verdict.since.filter(|_| verdict.state != State::Unregistered) {
            said.push_str(", ");
            let date = phrase::day(since);
            said.push_str(&words.say_with(key::REPORT_SINCE_THEN, &[("date", date.as_str().into())]));
        }
        paragraph(out, &format!("{INDENT}{:<6}  ", channel.title()), &said, style);
        paragraph(out, &format!("{INDENT}{:<6}  ", ""), &grounds::verdict(person, channel, words), style);
    }
}

/// Checked text, whole, but through the escaping all the same.
fn whole(text: &str) -> String {
    escape::terminal_uncut(&Foreign::from(text)).to_string()
}
