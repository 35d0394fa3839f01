//! Reads a chat that WhatsApp exported: one pass over the lines, in memory
//! that does not grow with the file, after a [`survey`] of its beginning.

mod finding;
mod report;
#[cfg(test)]
mod whole;

use std::io;

use jiff::civil::Date;

use crate::model::finding::{Chat, DateOrder, DecidedBy};
use crate::model::{Code, Problem};
use crate::read::decode::Decoded;
use crate::read::lines::Lines;

use crate::read::{Reopen, Tally, addresses, decode};

use super::filename::chat_title;
use super::header::{End, HalfDayAt, YearAt};
use super::order::Hints;
use super::pass::Pass;
use super::survey::{Survey, survey};
use super::wording;
use finding::finish;
use report::report;

/// How many bytes of the beginning are surveyed at the least.
const HEAD: u64 = 128 * 1024;

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

/// Whether the first line of a text in UTF-8 is a message for sure.
pub fn begins_with_message(head: &[u8]) -> bool {
    let first = memchr::memchr(b'\n', head).map_or(head, |at| &head[..at]);
    super::header::parse(first).is_some_and(|header| matches!(header.shape.end, End::Bracket | End::Dash))
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
    let mut hints = Hints {
        day_first_language: false,
        siblings: options.siblings,
        option: options.date_order,
        last_year: Some(options.today.year().saturating_add(1)),
    };
    let mut repair = false;
    let open = |repair| if repair { decode::mended(source) } else { decode::open(source) };
    let mut survey = look(open(repair)?, Some(HEAD), hints, options.today)?;
    if survey.passed_over {
        survey = look(open(repair)?, None, hints, options.today)?;
    }
    let pass = loop {
        if survey.segments.is_empty() {
            return Ok(None);
        }
        let Some(pass) = run(open(repair)?, &survey, name, options)? else {
            // The beginning did not tell all: another shape takes over.
            survey = look(open(repair)?, None, hints, options.today)?;
            continue;
        };
        // What is broken may be plain all the same.
        if pass.damage.invalid > 0 && !repair {
            repair = true;
            survey = look(open(repair)?, None, hints, options.today)?;
            continue;
        }
        // What the notices are written in can settle the order after all.
        let undecided = survey.segments.iter().any(|s| s.dates.decided_by > DecidedBy::Language);
        if undecided && !hints.day_first_language && pass.language().is_some_and(|code| code != "en") {
            hints.day_first_language = true;
            survey = look(open(repair)?, None, hints, options.today)?;
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

fn look(decoded: Decoded<'_>, enough: Option<u64>, hints: Hints, today: Date) -> io::Result<Survey> {
    survey(&mut Lines::new(decoded.text, None), enough, hints, today)
}

/// Reads all lines. `None` if headers of a shape that the survey did not see
/// turn up: then the whole file has to be surveyed.
fn run(decoded: Decoded<'_>, survey: &Survey, name: &str, options: &Options) -> io::Result<Option<Pass>> {
    let finder = |block: &[u8]| addresses::worth_a_look(block);
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
