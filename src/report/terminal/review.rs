//! Questions on a terminal: one as a block, or all of them.

use crate::graph::question::{Kind, Question, Side};
use crate::graph::region::Regions;
use crate::words::escape;
use crate::words::{Words, key};

use super::super::grounds;
use super::super::review::{Asked, answers, candidates, evidence, say, sentence};
use super::Style;
use super::layout::{self, items, paragraph};
use super::summary::heading;

/// All questions, a block each.
pub fn questions(asked: &[Asked], regions: &Regions, words: &Words, style: Style) -> String {
    let of = asked.len();
    let blocks =
        asked.iter().zip(1..).map(|(one, at)| question(&one.question, (at, of), regions, words, style));
    blocks.collect::<Vec<_>>().join("\n")
}

/// One question, the `at`-th of so many.
pub fn question(
    question: &Question,
    (at, of): (usize, usize),
    regions: &Regions,
    words: &Words,
    style: Style,
) -> String {
    let show = escape::terminal;
    let count = [("at", at.into()), ("of", of.into())];
    let head = format!("{} {}", words.say_with(key::REVIEW_COUNT, &count), sentence(question, words, show));
    let mut out = String::new();
    heading(&mut out, &head, style);
    for said in evidence(question, regions, words, show) {
        paragraph(&mut out, "  ", &said, style);
    }
    let people = matches!(question.kind(), Kind::Two | Kind::Several(_));
    let several = matches!(question.kind(), Kind::Several(_));
    for (place, side) in question.sides.iter().enumerate() {
        let mark = match (place, several) {
            (0, _) if people => "A",
            (_, false) if people => "B",
            (place, true) => &place.to_string(),
            _ => "-",
        };
        self::side(&mut out, mark, side, words, style);
    }
    for (candidate, at) in candidates(question).iter().zip(1..) {
        paragraph(&mut out, &format!("  {at}  "), escape::terminal_uncut(candidate).as_ref(), style);
    }
    let mut can = answers(question, words);
    if let Some(answer) = question.suggested() {
        let answer = say(question, &answer, words);
        can =
            format!("{can} {}", words.say_with(key::REVIEW_SUGGESTED, &[("answer", answer.as_str().into())]));
    }
    paragraph(&mut out, "  ", &can, style);
    out
}

fn side(out: &mut String, mark: &str, side: &Side, words: &Words, style: Style) {
    let none = words.say(key::REPORT_NO_NAME);
    let name = side.name.as_ref().map(|name| escape::terminal_or(name, &none).to_string());
    let name = name.or_else(|| side.identities.is_empty().then_some(none));
    let identities = side.identities.iter().map(|one| escape::terminal_uncut(one).to_string());
    items(out, &format!("  {mark}  "), name.into_iter().chain(identities), style);
    if !side.groups.is_empty() {
        let head = layout::label(&words.say(key::REPORT_GROUPS), words);
        let last = side.groups.len() - 1;
        let comma = |(at, title)| {
            let title = escape::terminal(title);
            if at < last { format!("{title},") } else { title.to_string() }
        };
        let said = head.split(' ').map(str::to_owned).chain(side.groups.iter().enumerate().map(comma));
        items(out, "       ", said, style);
    }
    for place in &side.places {
        items(out, "       ", [escape::terminal_uncut(&grounds::locator(place)).to_string()], style);
    }
}
