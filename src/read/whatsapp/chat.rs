//! Reads a chat that WhatsApp exported: one pass over the lines, in memory
//! that does not grow with the file, after a [`survey`] of its beginning.

use std::io;

use jiff::civil::Date;

use crate::model::finding::{
    Chat, ChatKind, DateOrder, Dates, DecidedBy, Member, MemberState, Written, WrittenEmail,
};
use crate::model::kind::Platform;
use crate::model::{Code, Foreign, Problem};
use crate::read::addresses::Of;
use crate::read::lines::Lines;
use crate::read::{Reopen, Tally, addresses, decode};

use super::filename::chat_title;
use super::header::{End, HalfDayAt, YearAt};
use super::order::Hints;
use super::pass::Pass;
use super::people::Shown;
use super::stamp::Stamp;
use super::survey::{Survey, survey};
use super::wording;

/// How many bytes of the beginning are surveyed at the least.
const HEAD: u64 = 128 * 1024;

/// WhatsApp exports so many messages of a chat, the newest …
const LIMIT: u64 = 40_000;
/// … or so many with their media.
const LIMIT_WITH_MEDIA: u64 = 10_000;
/// How exactly these limits are kept: notices may count or not.
const NEAR_LIMIT: u64 = 20;
/// So few lines of an unknown form are not worth a word.
const FEWEST_UNKNOWN: u64 = 3;

/// What a chat's reader is told besides the bytes.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    /// The day of the run: no message is dated a year later.
    pub today: Date,
    /// The date order that the other files of the batch have.
    pub siblings: Option<DateOrder>,
    /// The date order that the user named, as a last resort.
    pub date_order: Option<DateOrder>,
}

/// Whether the beginning of a text has the header of a message. Stamps that
/// end with a bare colon or space stand in many texts: of these it takes two.
pub fn is_chat(head: &[u8]) -> bool {
    let (mut sure, mut unsure) = (0, 0);
    let is_chat = |sure, unsure| sure > 0 || unsure > 1;
    headers_of(head, |header, _| {
        match header.shape.end {
            End::Bracket | End::Dash => sure += 1,
            End::Colon | End::Semicolon | End::Space => unsure += 1,
        }
        !is_chat(sure, unsure)
    });
    is_chat(sure, unsure)
}

/// Whether it may just as well be the log of some program: those have dates
/// like `2023-12-31 21:41:05`, and nothing that only WhatsApp says.
pub fn may_be_a_log(head: &[u8], name: &str) -> bool {
    if chat_title(name).is_some() || name.ends_with("_chat.txt") {
        return false;
    }
    let (mut headers, mut like_a_log, mut ours) = (0, 0, false);
    headers_of(head, |header, _| {
        headers += 1;
        let shape = header.shape;
        let plain = shape.half_day == HalfDayAt::None && shape.seconds && !shape.comma;
        like_a_log += usize::from(plain && shape.year == YearAt::First && shape.date_sep == '-');
        true
    });
    if like_a_log * 2 <= headers {
        return false;
    }
    headers_of(head, |_, rest| {
        let body = rest.split_once(": ").map_or(rest, |(_, body)| body);
        ours = wording::encrypted_language(rest).is_some()
            || wording::encrypted_language(body).is_some()
            || wording::placeholder(body).is_some();
        !ours
    });
    !ours
}

/// The shape of the first line of a text in which something is written; `None`
/// if the bytes are no text.
pub fn shape_of_text(head: &[u8]) -> Option<String> {
    let (text, _, broken) = decode::encoding_of(head).decode(head);
    let odd = text.chars().filter(|c| c.is_control() && !c.is_whitespace()).count();
    let line = text.lines().find(|line| !line.trim().is_empty())?;
    (!broken && odd == 0).then(|| super::unknown::shape_of(line.as_bytes()))
}

/// Looks at the headers in the beginning of a text, as long as `look` says so.
fn headers_of(head: &[u8], mut look: impl FnMut(&super::header::Header, &str) -> bool) {
    let (text, ..) = decode::encoding_of(head).decode(head);
    let mut lines = Lines::new(Box::new(text.as_bytes()), None);
    while let Ok(Some(line)) = lines.next() {
        if let Some(header) = super::header::parse(line.bytes)
            && !look(&header, &String::from_utf8_lossy(&line.bytes[header.rest..]))
        {
            return;
        }
    }
}

/// Reads a chat; `None` if no line of it begins a message. `name` is the
/// file's name, of the archive where the text is called `_chat.txt`.
///
/// # Errors
/// Whatever reading says.
pub fn read(
    source: &dyn Reopen,
    name: &str,
    options: &Options,
    problems: &mut Vec<Problem>,
) -> io::Result<Option<(Chat, Tally)>> {
    let mut hints =
        Hints { day_first_language: false, siblings: options.siblings, option: options.date_order };
    let mut survey = look(source, Some(HEAD), hints, options.today)?;
    let pass = loop {
        if survey.segments.is_empty() {
            return Ok(None);
        }
        let Some(pass) = run(source, &survey, name, options)? else {
            // The beginning did not tell all: another shape takes over.
            survey = look(source, None, hints, options.today)?;
            continue;
        };
        // What the notices are written in can settle the order after all.
        let open = survey.segments.iter().any(|s| s.dates.decided_by > DecidedBy::Language);
        if open && !hints.day_first_language && pass.language().is_some_and(|code| code != "en") {
            hints.day_first_language = true;
            survey = look(source, None, hints, options.today)?;
            continue;
        }
        break pass;
    };
    report(&pass, &survey, problems);
    let chat = finish(pass, &survey, name);
    let people = chat.people.len().max(chat.members.len()) as u64;
    if chat.people.is_empty() {
        problems.push(Problem::new(Code::NoSender));
    }
    Ok(Some((chat, Tally { read: people, kept: people, rejected: 0 })))
}

fn look(source: &dyn Reopen, enough: Option<u64>, hints: Hints, today: Date) -> io::Result<Survey> {
    survey(&mut Lines::new(decode::open(source)?.text, None), enough, hints, today)
}

/// Reads all lines. `None` if headers of a shape that the survey did not see
/// turn up: then the whole file has to be surveyed.
fn run(source: &dyn Reopen, survey: &Survey, name: &str, options: &Options) -> io::Result<Option<Pass>> {
    let finder = |block: &[u8]| addresses::worth_a_look(block);
    let decoded = decode::open(source)?;
    let mended = decoded.mended;
    let mut lines = Lines::new(decoded.text, Some(&finder));
    let mut pass = Pass::new(survey, decoded.encoding, options.today);
    if let Some(title) = chat_title(name) {
        pass.expect_author(&title);
    }
    while let Some(line) = lines.next()? {
        pass.line(&line);
        if pass.lost() {
            return Ok(None);
        }
    }
    pass.end();
    pass.damage = lines.damage();
    if mended.get() {
        pass.encoding = encoding_rs::WINDOWS_1252;
    }
    Ok(Some(pass))
}

/// Says what was wrong.
fn report(pass: &Pass, survey: &Survey, problems: &mut Vec<Problem>) {
    let mut say = |code: Code, count: u64| {
        if count > 0 {
            problems.push(Problem::new(code).counted(count));
        }
    };
    say(Code::DateImpossible, pass.impossible);
    say(Code::YearMissing, pass.yearless);
    say(Code::MembersUnnamed, pass.membership.unnamed);
    if pass.counts.skipped_lines > 0 {
        let skipped = Problem::new(Code::SkippedLines).counted(pass.counts.skipped_lines);
        problems.push(skipped.quoting(pass.skipped_shape.clone().unwrap_or_default()));
    }
    if let (count @ FEWEST_UNKNOWN.., Some((line, shape))) = &pass.unknown {
        let unknown = Problem::new(Code::UnknownHeaders).counted(*count);
        problems.push(unknown.at(*line).quoting(shape.clone()));
    }
    let mut say_at = |code: Code, count: u64, line: Option<u64>| {
        if count > 0 {
            let problem = Problem::new(code).counted(count);
            problems.push(line.map_or(problem.clone(), |line| problem.at(line)));
        }
    };
    say_at(Code::UnknownCalendar, pass.other_calendar, pass.other_calendar_line);
    say_at(Code::InvalidUtf8, pass.damage.invalid, pass.damage.line);
    say_at(Code::PastedLines, pass.pasted, pass.pasted_line);
    for entry in pass.registry.entries().iter().filter(|entry| entry.suspect && entry.messages > 0) {
        problems.push(Problem::new(Code::SuspectSender).at(entry.line).quoting(entry.shown.name.raw()));
    }
    advise(pass, problems);
    for (line, word) in &pass.lookalikes {
        problems.push(Problem::new(Code::MixedScripts).at(*line).quoting(word.clone()));
    }
    for line in &pass.too_long {
        problems.push(Problem::new(Code::LineTooLong).at(*line));
    }
    if pass.damage.truncated {
        problems.push(Problem::new(Code::TruncatedCharacter).at(pass.counts.lines));
    }
    let guessed = |d: DecidedBy| d == DecidedBy::Default;
    if let Some(segment) = survey.segments.iter().find(|s| guessed(s.dates.decided_by)) {
        problems.push(Problem::new(Code::DateOrderAmbiguous).at(segment.from_line));
    }
    if pass.encoding != encoding_rs::UTF_8 {
        problems.push(Problem::new(Code::OtherEncoding).quoting(pass.encoding.name()));
    }
}

/// Says what keeps a chat's export from being whole, now or the next time.
fn advise(pass: &Pass, problems: &mut Vec<Problem>) {
    let (headers, messages) = (pass.counts.headers, pass.counts.messages);
    let at = |limit: u64| [headers, messages].iter().any(|count| count.abs_diff(limit) <= NEAR_LIMIT);
    let with_media = pass.attached > 0 && at(LIMIT_WITH_MEDIA);
    if with_media || at(LIMIT) {
        problems.push(Problem::new(Code::ChatAtLimit).counted(messages));
    }
    if pass.membership.no_export {
        problems.push(Problem::new(Code::NoExport));
    }
    if pass.membership.disappearing {
        problems.push(Problem::new(Code::Disappearing));
    }
}

/// Makes the finding of what the pass gathered.
fn finish(pass: Pass, survey: &Survey, name: &str) -> Chat {
    let first = survey.segments[0];
    let platform = if first.shape.bracket || !matches!(first.shape.end, End::Dash) {
        Platform::Ios
    } else {
        Platform::Android
    };
    // The weakest decision is the one to know about.
    let dates = survey.segments.iter().map(|s| s.dates).max_by_key(|d| d.decided_by);
    let dates = dates.unwrap_or(Dates { order: DateOrder::Dmy, decided_by: DecidedBy::Default });
    let language = pass.language().map(str::to_owned);
    let encrypted_as = pass.encrypted_as;
    let Pass { counts, registry, mut membership, addresses, emails, mentions, cards, .. } = pass;

    let names: Vec<Foreign> = registry.entries().iter().map(super::people::Entry::full_name).collect();
    let written = addresses
        .into_iter()
        .map(|a| {
            let own = matches!(&a.found.address, crate::model::identity::Address::Phone(p)
                if registry.get(a.writer).shown.phone.as_ref() == Some(p));
            let (self_stated, about) = match a.found.of {
                Of::Writer => (true, None),
                Of::Open if own => (true, None),
                Of::Named(name) => (false, Some(Foreign::new(name))),
                Of::Open => (false, None),
            };
            Written {
                address: a.found.address,
                said_by: names[a.writer].clone(),
                push_name: Some(registry.get(a.writer).shown.push_name),
                self_stated,
                about,
                line: a.line,
                at: a.at.map(Stamp::moment),
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
        .map(|(file, writer)| crate::model::finding::SentCard {
            file: Foreign::new(file),
            sent_by: names[writer].clone(),
        })
        .collect();

    let title = chat_title(name).map(Foreign::new);
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
    let group_author =
        encrypted_as.filter(|index| silent(*index)).or_else(most_silent).map(|i| names[i].clone());
    let gone: Vec<(Shown, MemberState)> = registry
        .entries()
        .iter()
        .filter(|entry| entry.messages > 0 && !entry.suspect)
        .map(|entry| {
            let state = membership.state_of(&entry.shown).filter(|_| entry.gone);
            (Shown { name: entry.full_name(), ..entry.shown.clone() }, state.unwrap_or(MemberState::In))
        })
        .collect();
    let people = registry.into_writers();
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
        cards,
        emails,
        mentions: mentions.into_iter().collect(),
        titles,
    }
}

/// The language in which most of a chat is written, where no notice tells.
fn spoken_by(people: &[crate::model::finding::Writer]) -> Option<String> {
    let mut weights: std::collections::BTreeMap<&str, u64> = std::collections::BTreeMap::new();
    for person in people {
        if let Some(language) = &person.language {
            *weights.entry(language).or_insert(0) += person.messages;
        }
    }
    weights.into_iter().max_by_key(|(_, weight)| *weight).map(|(language, _)| language.to_owned())
}

/// Whether it is a group, as far as this file alone tells.
fn kind_of(
    people: &[crate::model::finding::Writer],
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_walk_does_not_take_logs_for_chats() {
        let log = b"[2023-12-31 21:41:05] production.ERROR: no such table\n[2023-12-31 21:41:06] production.INFO: again\n";
        assert!(is_chat(log) && may_be_a_log(log, "laravel.log"));
        let chat = "[2023-12-31 21:41:05] Ada: \u{200e}image omitted\n[2023-12-31 21:41:06] Ada: hi\n";
        assert!(!may_be_a_log(chat.as_bytes(), "famille.txt"));
        assert!(!may_be_a_log(log, "WhatsApp Chat with Production.txt"));
        assert!(!is_chat(b"2023-12-31 21:41:05: once\nand text\n"));
        assert!(is_chat(b"31/12/2013 21:41:05: Ada: hi\n31/12/2013 21:42:05: Bo: hi\n"));
    }
}
