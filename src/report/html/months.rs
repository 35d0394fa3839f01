//! The history by month: a column for each.

use minijinja::{Value, context};

use super::super::history::Point;
use super::super::phrase;
use super::super::view::Report;
use super::svg::Svg;
use crate::words::{Words, key};

/// So many months are drawn, the last ones.
const DRAWN: usize = 120;

/// The picture and its table; none where there is nothing to compare.
pub(super) fn history(report: &Report, words: &Words) -> Value {
    let cut = report.history.len().saturating_sub(DRAWN);
    let points = &report.history[cut..];
    let (Some(first), Some(last)) = (points.first(), points.last()) else { return Value::from(()) };
    let most = points.iter().map(|point| point.reachable).max().unwrap_or(0);
    if points.len() < 2 || most == 0 {
        return Value::from(());
    }
    let mut svg = Svg::told(points.len() * 10, 100, "columns", "history", "history-note").stretched();
    for (at, point) in points.iter().enumerate() {
        let height = (point.reachable * 100).div_ceil(most);
        svg.draw(format_args!(
            "<rect class=\"month\" x=\"{}\" y=\"{}\" width=\"8\" height=\"{height}\"/>",
            at * 10 + 1,
            100 - height
        ));
    }
    let middle = points.get(points.len() / 2).filter(|_| points.len() > 6);
    let row = |point: &Point| {
        context! { month => words.month(point.month), number => phrase::number(words, point.reachable) }
    };
    context! {
        picture => svg.done(),
        rows => points.iter().rev().map(row).collect::<Vec<_>>(),
        // Few months make a small drawing, not fat columns.
        rem => (points.len() * 2).max(12),
        most => phrase::number(words, most),
        first => words.month(first.month),
        middle => middle.map(|point| words.month(point.month)),
        last => words.month(last.month),
        earlier => (cut > 0).then(|| words.say_with(key::REPORT_PAGE_EARLIER, &[("count", cut.into())])),
    }
}
