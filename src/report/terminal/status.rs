//! `status`: the dashboard.

use super::super::phrase;
use super::super::status::{StatusView, Step};
use super::super::view::Report;
use super::Style;
use super::layout::{ending_with, paragraph};
use crate::check::Checked;
use crate::model::Foreign;
use crate::words::{Words, escape, key};

/// Where things stand, in a few lines.
pub fn status(
    view: &StatusView,
    report: Option<(&Report, &[Checked])>,
    words: &Words,
    style: Style,
) -> String {
    let mut out = String::new();
    let headline = match report {
        Some((report, people)) => phrase::headline(report, people, words),
        None => words.say(key::STATUS_NOTHING),
    };
    let mut strong = String::new();
    paragraph(&mut strong, "", &headline, style);
    out.push_str(&style.strong(strong.trim_end()));
    out.push('\n');
    if let Some((report, people)) = report {
        let on = &report.reachable.on;
        let values = [("matrix", on.matrix.into()), ("signal", on.signal.into()), ("xmpp", on.xmpp.into())];
        paragraph(&mut out, "", &words.say_with(key::STATUS_CHANNELS, &values), style);
        for sentence in phrase::lately(report, people, words) {
            paragraph(&mut out, "", &sentence, style);
        }
    }
    out.push('\n');
    let matrix = match &view.matrix {
        Some(matrix) => {
            let (user, host) =
                (escape::terminal_uncut(&matrix.user), escape::terminal_uncut(&matrix.homeserver));
            let values = [("user", (&user).into()), ("host", (&host).into())];
            let key = if matrix.ended { key::STATUS_MATRIX_ENDED } else { key::STATUS_MATRIX };
            words.say_with(key, &values)
        }
        None => words.say(key::STATUS_MATRIX_NOBODY),
    };
    paragraph(&mut out, "", &matrix, style);
    let signal = match &view.signal {
        Some(signal) => {
            let account = Foreign::from(signal.account.as_ref().map_or("", |account| account.as_str()));
            let account = escape::terminal_uncut(&account);
            let at = escape::terminal_uncut(&signal.signal_cli.clone().unwrap_or_default());
            let flag = |there: bool| if there { "yes" } else { "no" };
            let values = [
                ("known", flag(signal.account.is_some()).into()),
                ("account", (&account).into()),
                ("placed", flag(signal.signal_cli.is_some()).into()),
                ("at", (&at).into()),
            ];
            words.say_with(key::STATUS_SIGNAL, &values)
        }
        None => words.say(key::STATUS_SIGNAL_NOBODY),
    };
    paragraph(&mut out, "", &signal, style);
    out.push('\n');
    next(&mut out, view.step(), view.needs_review, words, style);
    out
}

/// What to do next, and the command to type.
pub(super) fn next(out: &mut String, step: Step, needs_review: usize, words: &Words, style: Style) {
    let said = words.say_with(step.sentence(), &[("count", needs_review.into())]);
    let command = words.attr(step.sentence(), "command");
    ending_with(out, &format!("{} {said}", words.say(key::NEXT_TITLE)), &command, style);
}
