//! A chat that is pasted into a message adds nobody: the one rule by which lines
//! that look like messages are told from those that are.
//!
//! A pasted line has the shape of a header, so shape alone cannot tell it. Three
//! things can, and each is asked where it is known:
//!
//! 1. **Who and when.** A line by somebody who wrote before is sure, unless time
//!    goes back by more than a day. What a stranger says, and a notice, has to
//!    wait until a sure line comes and time made no step back, nor a leap with
//!    them alone, or two sure lines follow each other, or the file ends. Then [`judge`] believes what lies in order between the sure lines around it:
//!    what is off by more than a day was pasted, and what is off by less is
//!    doubtful, since late messages come a little out of order. Who is never
//!    seen but in doubtful lines was not there: three lines or fewer in a place
//!    make a suspect, more make nobody. Only where those who are known were as
//!    late, three times or more, may somebody new have been late as well: some
//!    phones were offline then, and nothing speaks of a paste. At the end of a file time cannot return: old
//!    lines are true there if half of them are by people who wrote before, as
//!    where an older export was appended. A date that no calendar has tells
//!    nothing of time: by a stranger it makes text of a line. In a chat that is named after
//!    somebody who writes in it there are two: blocks by others were pasted.
//! 2. **Another shape.** Fewer than twenty such headers in a row are text. More
//!    are a [segment](is_segment), the phone's language having changed, only if
//!    time goes on there from where it was, if none of it lies in the future, if
//!    time goes on behind it where the older shape comes back, and if somebody
//!    writes in it who wrote before.
//! 3. **Line ends.** iOS ends messages with CR LF and lines within them with LF.
//!    In such a chat what follows a bare LF is text, of any length and shape. A
//!    chat with bare line feeds that was appended to one of iOS is no paste: its
//!    twenty headers or more go on to the end of the file, and no CR LF follows,
//!    with which the message around a paste would end.
//!
//! A message has at most 65,536 characters, and so has a paste: more lines than
//! fit are believed, however odd they are. What time, shape, line ends and the
//! number of people all allow cannot be told from a message, and is one.

/// Time may run backwards by so much without suspicion: late messages, the
/// end of summer time, a header notice.
pub const TOLERANCE: i64 = 86_400;
/// The end of summer time.
const HOUR: i64 = 3600;

/// By whom a line that waits is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Who {
    /// Somebody who wrote before, or whom a notice names.
    Known,
    /// Somebody new.
    Stranger,
    /// WhatsApp itself.
    Notice,
}

/// A line that waits.
#[derive(Clone, Copy, Debug)]
pub struct Waiting {
    /// By whom it is.
    pub who: Who,
    /// When, in seconds; `None` if its date is impossible.
    pub at: Option<i64>,
}

/// What becomes of a line that waited.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It is what it seems.
    True,
    /// It is by somebody who may be nobody: so many seconds it is off.
    Doubtful(i64),
    /// It is text in a message.
    Pasted,
    /// It is text, for all that can be told: its date is none.
    Undated,
}

/// Judges lines that waited between a sure line at `last` and one at `next`;
/// where that is missing, the file ends. `few` says that there are hardly any
/// lines to compare them with.
pub fn judge(waiting: &[Waiting], last: Option<i64>, next: Option<i64>, few: bool) -> Vec<Fate> {
    let (floor, ceiling) = (last.unwrap_or(i64::MIN), next.unwrap_or(i64::MAX));
    // Those who are known are right about the time, if they agree.
    let mut ceilings = vec![ceiling; waiting.len()];
    let mut anchors = vec![false; waiting.len()];
    let mut lowest = ceiling;
    for (index, line) in waiting.iter().enumerate().rev() {
        ceilings[index] = lowest;
        if let (Who::Known, Some(at)) = (line.who, line.at)
            && (floor..=lowest).contains(&at)
        {
            anchors[index] = true;
            lowest = at;
        }
    }
    let mut lowest = floor;
    let mut off = Vec::with_capacity(waiting.len());
    for (index, line) in waiting.iter().enumerate() {
        let by = line.at.map(|at| lowest.saturating_sub(at).max(at.saturating_sub(ceilings[index])).max(0));
        off.push(by);
        if anchors[index] || (line.who == Who::Stranger && by == Some(0)) {
            lowest = lowest.max(line.at.unwrap_or(lowest));
        }
    }
    let by_stranger = |index: usize| waiting[index].who == Who::Stranger;
    let is_far = |index: usize| off[index].is_some_and(|by| by > TOLERANCE);
    let is_near = |index: usize| off[index].is_some_and(|by| (1..=TOLERANCE).contains(&by));
    let any_far = (0..waiting.len()).any(|index| by_stranger(index) && is_far(index));
    let any_near = (0..waiting.len()).any(|index| by_stranger(index) && is_near(index));
    let tail = if next.is_none() { believed_tail(waiting, floor, few) } else { waiting.len() };
    let fate = |index: usize| match waiting[index].who {
        _ if index >= tail => Fate::True,
        _ if is_far(index) => Fate::Pasted,
        Who::Known => Fate::True,
        _ if waiting[index].at.is_none() => match last.is_some() && ceilings[index] < i64::MAX {
            true if any_far => Fate::Pasted,
            true => Fate::Undated,
            false => Fate::True,
        },
        _ if !is_near(index) => Fate::True,
        _ if any_far => Fate::Pasted,
        Who::Stranger => Fate::Doubtful(off[index].unwrap_or_default()),
        Who::Notice if any_near => Fate::Pasted,
        Who::Notice => Fate::True,
    };
    (0..waiting.len()).map(fate).collect()
}

/// Where the old lines begin with which the file ends, if they are believed.
fn believed_tail(waiting: &[Waiting], floor: i64, few: bool) -> usize {
    let is_old = |line: &&Waiting| line.at.is_none_or(|at| at < floor.saturating_sub(TOLERANCE));
    let length = waiting.iter().rev().take_while(is_old).count();
    let begin = waiting.len() - length;
    let known = waiting[begin..].iter().filter(|line| line.who == Who::Known).count();
    if few || known * 2 >= length { begin } else { waiting.len() }
}

/// What is known of a stretch of another shape.
#[derive(Clone, Copy, Debug)]
pub struct Stretch {
    /// The time of the last line before it.
    pub before: Option<i64>,
    /// The times of its first and its last line.
    pub ends: [Option<i64>; 2],
    /// The time of the first line behind it of the older shape.
    pub behind: Option<i64>,
    /// Whether somebody writes in it who wrote before.
    pub shared: bool,
}

/// Whether a stretch of another shape is a segment of the chat. Nothing in it is
/// later than `latest`.
pub fn is_segment(stretch: &Stretch, latest: i64) -> bool {
    let [first, last] = stretch.ends;
    // A language that was left and taken up again leaves no dent at all.
    let slack = if stretch.behind.is_some() { 0 } else { HOUR };
    let goes_on = match (stretch.before, first) {
        (Some(before), Some(first)) => first >= before - slack,
        (Some(_), None) => false,
        (None, _) => true,
    };
    let returns = stretch.behind.is_none_or(|behind| {
        // What is older than all of it was pasted into it.
        stretch.before.is_some_and(|before| behind < before) || last.is_none_or(|last| behind >= last)
    });
    let past = [first, last].iter().flatten().all(|at| *at <= latest);
    stretch.shared && past && returns && goes_on
}

#[cfg(test)]
mod tests {
    use super::Fate::{Doubtful, Pasted, True, Undated};
    use super::Who::{Known, Notice, Stranger};
    use super::*;

    const DAY: i64 = 86_400;

    fn fates(lines: &[(Who, i64)], last: i64, next: Option<i64>) -> Vec<Fate> {
        let waiting: Vec<Waiting> =
            lines.iter().map(|(who, at)| Waiting { who: *who, at: Some(*at) }).collect();
        judge(&waiting, Some(last), next, false)
    }

    #[test]
    fn what_lies_in_order_between_sure_lines_is_true() {
        let lines = [(Stranger, 100), (Notice, 110), (Known, 120), (Stranger, 120), (Stranger, 130)];
        assert_eq!(fates(&lines, 100, Some(130)), [True; 5]);
        assert_eq!(fates(&lines, 100, None), [True; 5]);
    }

    #[test]
    fn what_is_off_by_days_was_pasted_whoever_says_it() {
        let lines = [(Known, 0), (Stranger, DAY), (Notice, 2 * DAY), (Stranger, 90 * DAY)];
        assert_eq!(fates(&lines, 10 * DAY, Some(10 * DAY + 5)), [Pasted; 4]);
        // And what stands with it.
        let mixed = [(Stranger, 0), (Stranger, 10 * DAY - 5), (Notice, 10 * DAY - 4), (Known, 10 * DAY - 3)];
        assert_eq!(fates(&mixed, 10 * DAY, Some(10 * DAY + 5)), [Pasted, Pasted, Pasted, True]);
    }

    #[test]
    fn what_is_off_by_minutes_is_doubtful() {
        let lines = [(Stranger, 90), (Known, 95), (Notice, 96), (Stranger, 101), (Stranger, 140)];
        assert_eq!(fates(&lines, 100, Some(120)), [Doubtful(10), True, Pasted, True, Doubtful(20)]);
        assert_eq!(fates(&[(Notice, 90)], 100, Some(120)), [True]);
        // A lone known line tells as well.
        assert_eq!(fates(&[(Known, 104), (Stranger, 102)], 100, None), [True, Doubtful(2)]);
        assert_eq!(fates(&[(Stranger, 104), (Known, 102)], 100, None), [Doubtful(2), True]);
    }

    #[test]
    fn old_lines_at_the_end_need_somebody_known() {
        let now = 10 * DAY;
        assert_eq!(fates(&[(Stranger, 0), (Stranger, 5)], now, None), [Pasted; 2]);
        assert_eq!(fates(&[(Known, 0), (Stranger, 5)], now, None), [True; 2]);
        assert_eq!(fates(&[(Known, 0), (Stranger, 5), (Stranger, now)], now, None), [Pasted, Pasted, True]);
        let alone = [Waiting { who: Stranger, at: Some(0) }];
        assert_eq!(judge(&alone, Some(now), None, true), [True]);
    }

    #[test]
    fn a17_impossible_dates_between_possible_ones_are_text() {
        let undated = [Waiting { who: Stranger, at: None }];
        assert_eq!(judge(&undated, Some(0), Some(5), false), [Undated]);
        let with_a_paste = [Waiting { who: Stranger, at: Some(0) }, undated[0]];
        assert_eq!(judge(&with_a_paste, Some(9 * DAY), Some(9 * DAY), false), [Pasted; 2]);
        assert_eq!(judge(&undated, Some(0), None, false), [True]);
        assert_eq!(judge(&undated, None, None, false), [True]);
        assert_eq!(judge(&[Waiting { who: Known, at: None }], Some(0), Some(5), false), [True]);
    }

    #[test]
    fn a_segment_goes_on_in_time_with_people_who_were_there() {
        let good = Stretch {
            before: Some(100 * DAY),
            ends: [Some(100 * DAY), Some(120 * DAY)],
            behind: None,
            shared: true,
        };
        let latest = 200 * DAY;
        assert!(is_segment(&good, latest));
        assert!(is_segment(&Stretch { behind: Some(121 * DAY), ..good }, latest));
        assert!(is_segment(&Stretch { behind: Some(50 * DAY), ..good }, latest));
        // An hour back is the end of summer time, unless the older shape returns.
        let late = Stretch { ends: [Some(100 * DAY - HOUR), Some(120 * DAY)], ..good };
        assert!(is_segment(&late, latest));
        assert!(!is_segment(&Stretch { behind: Some(121 * DAY), ..late }, latest));
        assert!(!is_segment(&Stretch { behind: Some(101 * DAY), ..good }, latest));
        assert!(!is_segment(&Stretch { shared: false, ..good }, latest));
        assert!(!is_segment(&Stretch { ends: [Some(98 * DAY), Some(99 * DAY)], ..good }, latest));
        assert!(!is_segment(&Stretch { ends: [None, None], ..good }, latest));
        assert!(is_segment(&Stretch { before: None, ends: [None, None], ..good }, latest));
        assert!(!is_segment(&Stretch { ends: [Some(100 * DAY), Some(201 * DAY)], ..good }, latest));
    }
}
