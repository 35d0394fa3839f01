//! What is wrong with a chat, and what keeps its export from being whole.

use crate::model::finding::DecidedBy;
use crate::model::{Code, Problem};

use super::super::pass::Pass;
use super::super::survey::Survey;

/// WhatsApp exports so many messages of a chat, the newest …
const LIMIT: u64 = 40_000;
/// … or so many with their media.
const LIMIT_WITH_MEDIA: u64 = 10_000;
/// How exactly these limits are kept: notices may count or not.
const NEAR_LIMIT: u64 = 20;
/// So few lines of an unknown form are not worth a word.
const FEWEST_UNKNOWN: u64 = 3;

/// Says what was wrong.
pub(super) fn report(pass: &Pass, survey: &Survey, problems: &mut Vec<Problem>) {
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
    let first = pass.damage.line.into_iter().chain(pass.nul.1).min();
    say_at(Code::InvalidUtf8, pass.damage.invalid + pass.nul.0, first);
    say_at(Code::PastedLines, pass.pasted, pass.pasted_line);
    say_at(Code::LinesUndated, pass.undated.0, pass.undated.1);
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
