//! Where channels overlap: circles that cut each other, with how many people are in
//! each part. Only channels are drawn on which somebody can be reached.

use minijinja::{Value, context};

use super::super::phrase;
use super::svg::Svg;
use crate::check::Checked;
use crate::model::Channel;
use crate::words::{Words, key};

/// A circle: its middle, and where its name stands.
type Circle = (usize, usize, usize, usize);
/// Which circles a part is in, as bits, and where its number stands.
type Part = (usize, usize, usize);

const RADIUS: usize = 90;

const TWO: ([Circle; 2], [Part; 3]) =
    ([(130, 120, 95, 18), (230, 120, 265, 18)], [(1, 85, 120), (2, 275, 120), (3, 180, 120)]);

const THREE: ([Circle; 3], [Part; 7]) = (
    [(130, 120, 95, 18), (230, 120, 265, 18), (180, 205, 180, 316)],
    [(1, 92, 102), (2, 268, 102), (4, 180, 252), (3, 180, 84), (5, 128, 176), (6, 232, 176), (7, 180, 146)],
);

/// The picture and the table; none if there are fewer than two channels.
pub(super) fn overlap(counted: &[&Checked], words: &Words) -> Value {
    let used: Vec<Channel> =
        Channel::ALL.into_iter().filter(|channel| counted.iter().any(|p| p.is_on(*channel))).collect();
    let (circles, parts): (&[Circle], &[Part]) = match used.len() {
        2 => (&TWO.0, &TWO.1),
        3 => (&THREE.0, &THREE.1),
        _ => return Value::from(()),
    };
    let mut counts = [0_usize; 8];
    for person in counted {
        let bits = used.iter().enumerate().filter(|(_, channel)| person.is_on(**channel));
        let part: usize = bits.map(|(bit, _)| 1 << bit).sum();
        counts[part] += 1;
    }
    let height = if used.len() == 2 { 220 } else { 324 };
    let mut svg = Svg::told(360, height, "overlap", "overlap", "overlap-note");
    for ((x, y, ..), channel) in circles.iter().zip(&used) {
        let id = channel.id();
        svg.draw(format_args!("<circle class=\"{id} wash\" cx=\"{x}\" cy=\"{y}\" r=\"{RADIUS}\"/>"));
        svg.draw(format_args!(
            "<circle class=\"{id}\" fill=\"url(#{id}-lines)\" cx=\"{x}\" cy=\"{y}\" r=\"{RADIUS}\"/>"
        ));
    }
    for ((.., x, y), channel) in circles.iter().zip(&used) {
        svg.draw(format_args!("<text class=\"name\" x=\"{x}\" y=\"{y}\">{}</text>", channel.title()));
    }
    for (part, x, y) in parts {
        let number = phrase::number(words, counts[*part]);
        svg.draw(format_args!("<text x=\"{x}\" y=\"{y}\">{number}</text>"));
    }
    let row = |(part, ..): &Part| {
        let on: Vec<&str> = (used.iter().enumerate())
            .filter(|(bit, _)| part >> bit & 1 == 1)
            .map(|(_, channel)| channel.title())
            .collect();
        context! { place => place(&on, words), number => phrase::number(words, counts[*part]) }
    };
    context! { picture => svg.done(), rows => parts.iter().map(row).collect::<Vec<_>>() }
}

/// `Matrix alone`, `Matrix and Signal`
fn place(on: &[&str], words: &Words) -> String {
    match on {
        [one] => words.say_with(key::REPORT_PAGE_ALONE, &[("channel", (*one).into())]),
        [first @ .., last] => {
            let first = first.join(", ");
            words.say_with(
                key::REPORT_PAGE_BOTH,
                &[("first", first.as_str().into()), ("last", (*last).into())],
            )
        }
        [] => String::new(),
    }
}
