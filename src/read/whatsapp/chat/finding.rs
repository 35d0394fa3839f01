//! From what a pass over a chat gathered to what was found in it: what the chat is
//! called, whether it is a group, who is in it, and who wrote what of whom.

use std::collections::BTreeMap;

use crate::model::Foreign;
use crate::model::finding::{
    Chat, ChatKind, DateOrder, Dates, DecidedBy, Hint, Member, MemberState, SentCard, Writer, Written,
    WrittenEmail,
};
use crate::model::identity::Address;
use crate::model::kind::Platform;
use crate::read::addresses::Of;

use super::super::filename::chat_title;
use super::super::header::End;
use super::super::pass::Pass;
use super::super::people::{Entry, Shown};
use super::super::stamp::Stamp;
use super::super::survey::{Segment, Survey};
use super::super::wording;

/// Makes the finding of what the pass gathered.
pub(super) fn finish(pass: Pass, survey: &Survey, name: &str) -> Chat {
    let first = survey.segments[0];
    let platform = if first.shape.bracket || !matches!(first.shape.end, End::Dash) {
        Platform::Ios
    } else {
        Platform::Android
    };
    // The weakest decision is the one to know about.
    let dates = survey.segments.iter().map(Segment::dates_as_written).max_by_key(|d| d.decided_by);
    let dates = dates.unwrap_or(Dates { order: DateOrder::Dmy, decided_by: DecidedBy::Default });
    let language = pass.language().map(str::to_owned);
    let encrypted_as = pass.encrypted_as;
    let first_author = pass.first_author;
    let Pass { counts, registry, mut membership, addresses, cues, emails, mentions, cards, .. } = pass;

    let names: Vec<Foreign> = registry.entries().iter().map(Entry::full_name).collect();
    let written = addresses
        .into_iter()
        .map(|a| {
            let own = matches!(&a.found.address, Address::Phone(p)
                if registry.get(a.writer).shown.phone.as_ref() == Some(p));
            let elses = matches!(a.found.of, Of::Other | Of::Denied);
            let (self_stated, about) = match a.found.of {
                Of::Writer => (true, None),
                Of::Open if own => (true, None),
                Of::Named(name) => (false, Some(Foreign::new(name))),
                Of::Open | Of::Other | Of::Denied => (false, None),
            };
            Written {
                address: a.found.address,
                said_by: names[a.writer].clone(),
                push_name: Some(registry.get(a.writer).shown.push_name),
                self_stated,
                about,
                elses,
                line: a.line,
                at: a.at.map(Stamp::moment),
            }
        })
        .collect();
    let hints = cues
        .into_iter()
        .map(|met| {
            let (self_stated, about) = match met.cue.of {
                Of::Named(name) => (false, Some(Foreign::new(name))),
                Of::Other | Of::Denied => (false, None),
                Of::Writer | Of::Open => (true, None),
            };
            Hint {
                channel: met.cue.channel,
                left: met.cue.left,
                said_by: names[met.writer].clone(),
                push_name: registry.get(met.writer).shown.push_name,
                self_stated,
                about,
                line: met.line,
                at: met.at.map(Stamp::moment),
            }
        })
        .collect();
    let emails = emails
        .into_iter()
        .map(|(found, writer, line)| WrittenEmail {
            email: found.email,
            said_by: names[writer].clone(),
            push_name: Some(registry.get(writer).shown.push_name),
            self_stated: found.of == Of::Writer,
            line,
        })
        .collect();
    let cards = cards
        .into_iter()
        .map(|(file, writer)| SentCard { file: Foreign::new(file), sent_by: names[writer].clone() })
        .collect();

    let title = chat_title(name).map(|title| {
        let named = names.iter().map(Foreign::raw).chain(membership.titles.iter().map(String::as_str));
        Foreign::new(unlined(&title, named))
    });
    // On iOS the group itself "says" the notices, and nothing else.
    let silent = |index: usize| {
        let entry = registry.get(index);
        entry.messages == 0
            && entry.notices > 0
            && membership.state_of(&entry.shown).is_none()
            && !wording::is_exporter(entry.shown.name.raw())
    };
    let most_silent =
        || (0..names.len()).filter(|index| silent(*index)).max_by_key(|index| registry.get(*index).notices);
    // It opens the chat, in whatever language.
    let opens = [encrypted_as, first_author].into_iter().flatten().find(|index| silent(*index));
    let group_author = opens.or_else(most_silent).map(|index| names[index].clone());
    let mut gone: Vec<(Shown, MemberState)> = registry
        .entries()
        .iter()
        .filter(|entry| entry.messages > 0 && !entry.suspect)
        .map(|entry| {
            let state = membership.state_of(&entry.shown).filter(|_| entry.gone);
            (Shown { name: entry.full_name(), ..entry.shown.clone() }, state.unwrap_or(MemberState::In))
        })
        .collect();
    let mut people = registry.into_writers();
    let language = language.or_else(|| spoken_by(&people));
    let kind = kind_of(&people, title.as_ref(), group_author.as_ref(), membership.is_group);
    // Of a chat between two, the partner "says" the notices.
    let partner = (kind == ChatKind::Unknown && people.len() == 2)
        .then(|| encrypted_as.and_then(|index| people.iter().find(|p| p.name == names[index])))
        .flatten();
    let (kind, title) = match (partner, title) {
        (Some(partner), None) => (ChatKind::Direct, Some(partner.name.clone())),
        (_, title) => (kind, title),
    };
    let title = title.or(membership.title.take().map(Foreign::new)).or(match kind {
        ChatKind::Group => group_author,
        _ => None,
    });
    // The exporter under that word is not somebody of that name.
    let is_you = |name: &Foreign| wording::is_exporter_in(name.raw(), language.as_deref());
    people.retain(|person| person.push_name || !is_you(&person.name));
    gone.retain(|(shown, _)| shown.push_name || !is_you(&shown.name));
    let number_changes = std::mem::take(&mut membership.number_changes);
    let titles = std::mem::take(&mut membership.titles).into_iter().map(Foreign::new).collect();
    let members: Vec<Member> = if kind == ChatKind::Group {
        for (shown, state) in &gone {
            membership.set(shown, *state);
        }
        membership.into_members()
    } else {
        Vec::new()
    };
    Chat {
        platform,
        language,
        dates,
        title,
        kind,
        counts,
        people,
        members,
        number_changes,
        addresses: written,
        hints,
        cards,
        emails,
        mentions: mentions.into_iter().collect(),
        titles,
    }
}

/// A title out of a file's name, in which lines may stand for what no file's name
/// can have or for spaces: as one of the chat's `names` has it, if any does.
fn unlined<'n>(title: &str, names: impl Iterator<Item = &'n str>) -> String {
    let fits = |name: &&str| {
        let same = |(a, b): (char, char)| a == b || a == '_' && !b.is_alphanumeric();
        name.chars().count() == title.chars().count() && title.chars().zip(name.chars()).all(same)
    };
    // Its own name was noted for whom the chat is named after.
    let other = names.filter(|name| *name != title).find(fits).filter(|_| title.contains('_'));
    other.unwrap_or(title).to_owned()
}

/// The language in which most of a chat is written, where no notice tells.
fn spoken_by(people: &[Writer]) -> Option<String> {
    let mut weights: BTreeMap<&str, u64> = BTreeMap::new();
    for person in people {
        if let Some(language) = &person.language {
            *weights.entry(language).or_insert(0) += person.messages;
        }
    }
    weights.into_iter().max_by_key(|(_, weight)| *weight).map(|(language, _)| language.to_owned())
}

/// Whether it is a group, as far as this file alone tells.
fn kind_of(
    people: &[Writer],
    title: Option<&Foreign>,
    group_author: Option<&Foreign>,
    group_notices: bool,
) -> ChatKind {
    // Two who write, and a third name that only says notices: that of the group.
    let third = people.len() == 2 && group_author.is_some();
    let many = people.iter().filter(|person| !person.suspect).count() > 2;
    if group_notices || many || third {
        return ChatKind::Group;
    }
    let title = title.map(|t| Shown::read(t.raw()));
    let partner = title.is_some_and(|title| {
        people
            .iter()
            .any(|p| p.name.key() == title.name.key() || (title.phone.is_some() && p.phone == title.phone))
    });
    if partner { ChatKind::Direct } else { ChatKind::Unknown }
}
