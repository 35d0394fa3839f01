//! The trend over runs: a line that rises and falls, a point for each run. The order
//! is that of the runs, whatever their clocks said.

use minijinja::{Value, context};

use super::super::changes::Previous;
use super::super::phrase;
use super::svg::Svg;
use crate::model::Channel;
use crate::words::Words;

/// So many runs are drawn, the last ones.
pub(super) const DRAWN: usize = 60;

const WIDE: usize = 600;
const HIGH: usize = 140;
const EDGE: usize = 12;

/// The picture and its table; none if there are fewer than two runs.
pub(super) fn trend(runs: &[Previous], words: &Words) -> Value {
    let runs = &runs[runs.len().saturating_sub(DRAWN)..];
    let (Some(first), Some(last)) = (runs.first(), runs.last()) else { return Value::from(()) };
    let most = runs.iter().map(|run| run.reachable.any).max().unwrap_or(0);
    if runs.len() < 2 || most == 0 {
        return Value::from(());
    }
    let points: Vec<(usize, usize)> = (runs.iter().enumerate())
        .map(|(at, run)| {
            let x = EDGE + at * (WIDE - 2 * EDGE) / (runs.len() - 1);
            (x, HIGH - EDGE - run.reachable.any * (HIGH - 2 * EDGE) / most)
        })
        .collect();
    let line: String = points.iter().map(|(x, y)| format!("{x},{y} ")).collect();
    let (line, ground) = (line.trim_end(), HIGH);
    let mut svg = Svg::told(WIDE, HIGH, "course", "trend", "trend-note");
    svg.draw(format_args!(
        "<polygon points=\"{EDGE},{ground} {line} {},{ground}\"/><polyline points=\"{line}\"/>",
        WIDE - EDGE
    ));
    for (x, y) in &points {
        svg.draw(format_args!("<circle cx=\"{x}\" cy=\"{y}\" r=\"5\"/>"));
    }
    let number = |count: usize| phrase::number(words, count);
    let row = |run: &Previous| {
        context! {
            run => run.run.id.and_then(|id| u64::try_from(id).ok()).map(|id| id.to_string()),
            date => words.day(run.run.at.date()),
            known => number(run.contacts),
            any => number(run.reachable.any),
            on => Channel::ALL.map(|channel| number(*run.reachable.on.get(channel))).to_vec(),
        }
    };
    context! {
        picture => svg.done(),
        channels => Channel::ALL.map(Channel::title).to_vec(),
        rows => runs.iter().rev().map(row).collect::<Vec<_>>(),
        first => words.day(first.run.at.date()),
        first_number => number(first.reachable.any),
        last => words.day(last.run.at.date()),
        last_number => number(last.reachable.any),
    }
}
