//! The messages of the last twelve months: how many of each month's were exchanged
//! with people who can be reached.

use minijinja::{Value, context};

use super::super::phrase;
use super::svg::Svg;
use crate::check::Checked;
use crate::model::Moment;
use crate::words::{Words, key};

const MONTHS: i32 = 12;

/// The picture and its table; none if there was no message.
pub(super) fn covered(counted: &[&Checked], now: Moment, words: &Words) -> Value {
    let months: Vec<_> = (0..MONTHS).rev().map(|back| now.month().back(back)).collect();
    let mut sums = vec![(0_u64, 0_u64); months.len()];
    for person in counted {
        let reachable = person.is_reachable();
        for (month, sum) in months.iter().zip(&mut sums) {
            let messages = person.contact.months.get(month).copied().unwrap_or(0);
            sum.0 += if reachable { messages } else { 0 };
            sum.1 += messages;
        }
    }
    let most = sums.iter().map(|(_, all)| *all).max().unwrap_or(0);
    let (Some(first), Some(last)) = (months.first(), months.last()) else { return Value::from(()) };
    if most == 0 {
        return Value::from(());
    }
    let mut svg = Svg::told(sums.len() * 10, 100, "columns", "covered", "covered-note").stretched();
    let part = |messages: u64| (messages * 100).div_ceil(most).min(100);
    for (at, (reachable, all)) in sums.iter().enumerate().filter(|(_, (_, all))| *all > 0) {
        let (x, high, full) = (at * 10 + 1, part(*all), part(*reachable));
        svg.draw(format_args!(
            "<rect class=\"others\" fill=\"url(#lines)\" x=\"{x}\" y=\"{}\" width=\"8\" height=\"{high}\"/>",
            100 - high
        ));
        svg.draw(format_args!(
            "<rect class=\"reached\" x=\"{x}\" y=\"{}\" width=\"8\" height=\"{full}\"/>",
            100 - full
        ));
    }
    let row = |(month, (reachable, all)): (&crate::model::Month, &(u64, u64))| {
        let percent = (*all > 0).then(|| {
            let share = (reachable * 100 + all / 2) / all;
            words.say_with(key::REPORT_PERCENT, &[("share", share.into())])
        });
        context! {
            month => words.month(*month),
            reachable => phrase::number(words, *reachable),
            others => phrase::number(words, all - reachable),
            share => percent,
        }
    };
    context! {
        picture => svg.done(),
        rows => months.iter().zip(&sums).rev().map(row).collect::<Vec<_>>(),
        most => phrase::number(words, most),
        first => words.month(*first),
        last => words.month(*last),
    }
}
