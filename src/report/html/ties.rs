//! The graph of groups: a circle each, tied where they have members in common.
//!
//! They stand on a ring, next to those with whom they share most; nothing is left to
//! chance or to how a machine counts, so the same groups make the same picture
//! everywhere. Circles bear numbers; the titles stand in the list beside them.

use std::cmp::Reverse;

use minijinja::{Value, context};

use super::super::phrase;
use super::super::plan::Subject;
use super::svg::Svg;
use super::{Contents, shown};
use crate::check::Checked;
use crate::model::Group;
use crate::plan::MOST;
use crate::plan::weigh::members;
use crate::words::{Words, key};

/// So many groups are drawn, the largest.
const DRAWN: usize = 16;
/// So many pairs stand in the table, those first that share most.
const PAIRS: usize = 60;

/// How many members of each pair of groups are the same.
type Shared = [[usize; DRAWN]; DRAWN];

/// A group that is drawn.
struct Node {
    /// Index into the groups.
    group: usize,
    members: usize,
    reachable: usize,
}

/// The picture, the list beside it, and the table; none if there are fewer than two
/// groups.
pub(super) fn ties(contents: &Contents<'_>, subject: &Subject<'_>, words: &Words) -> Value {
    let Contents { people, groups, .. } = *contents;
    let (nodes, left_out) = largest(people, groups);
    if nodes.len() < 2 {
        return Value::from(());
    }
    let shared = shared(&nodes, groups, people.len());
    let order = around(&nodes, &shared);
    let named = |node: &Node| {
        let title = groups.get(node.group).map(|group| &group.title);
        (shown(title, words), subject.apart(node.group, words))
    };
    let listed = |at: &usize| {
        let node = &nodes[*at];
        let (title, apart) = named(node);
        let values = [
            ("there", node.reachable.into()),
            ("members", node.members.into()),
            ("complete", if groups[node.group].members_complete { "yes" } else { "no" }.into()),
        ];
        context! { title, apart, kind => kind(node), there => words.say_with(key::REPORT_PAGE_THERE, &values) }
    };
    let mut pairs: Vec<(usize, usize, usize)> = Vec::new();
    for (place, one) in order.iter().enumerate() {
        for other in &order[place + 1..] {
            pairs.push((shared[*one][*other], *one, *other));
        }
    }
    pairs.retain(|(count, ..)| *count > 0);
    pairs.sort_by_key(|(count, ..)| Reverse(*count));
    let row = |(count, one, other): &(usize, usize, usize)| {
        let [(one, one_apart), (other, other_apart)] = [one, other].map(|at| named(&nodes[*at]));
        context! { one, one_apart, other, other_apart, number => phrase::number(words, *count) }
    };
    context! {
        picture => picture(&nodes, &order, &pairs),
        groups => order.iter().map(listed).collect::<Vec<_>>(),
        rows => pairs.iter().take(PAIRS).map(row).collect::<Vec<_>>(),
        none => pairs.is_empty().then(|| words.say(key::REPORT_PAGE_TIES_NONE)),
        left_out => (left_out > 0)
            .then(|| words.say_with(key::REPORT_PAGE_TIES_LEFT_OUT, &[("count", left_out.into())])),
    }
}

/// The largest groups, and how many others there are.
fn largest(people: &[Checked], groups: &[Group]) -> (Vec<Node>, usize) {
    let mut nodes: Vec<Node> = (groups.iter().enumerate())
        .map(|(at, group)| Node {
            group: at,
            members: members(group).count(),
            reachable: members(group)
                .filter(|member| people.get(*member).is_some_and(Checked::is_reachable))
                .count(),
        })
        .filter(|node| node.members > 0)
        .collect();
    nodes.sort_by_key(|node| (Reverse(node.members), &groups[node.group].title, node.group));
    let left_out = nodes.len().saturating_sub(DRAWN);
    nodes.truncate(DRAWN);
    (nodes, left_out)
}

fn shared(nodes: &[Node], groups: &[Group], people: usize) -> Shared {
    // For each person the groups that they are in, a bit each.
    let mut of = vec![0_u32; people];
    for (bit, node) in nodes.iter().enumerate() {
        for member in members(&groups[node.group]) {
            if let Some(bits) = of.get_mut(member) {
                *bits |= 1 << bit;
            }
        }
    }
    let mut shared = [[0; DRAWN]; DRAWN];
    for bits in of.into_iter().filter(|bits| bits.count_ones() > 1) {
        let within: Vec<usize> = (0..nodes.len()).filter(|bit| bits >> bit & 1 == 1).collect();
        for one in &within {
            for other in within.iter().filter(|other| *other != one) {
                shared[*one][*other] += 1;
            }
        }
    }
    shared
}

/// The order around the ring: from the group that shares most, always to the one that
/// shares most with the last.
fn around(nodes: &[Node], shared: &Shared) -> Vec<usize> {
    let all = |at: usize| shared[at].iter().sum::<usize>();
    let mut left: Vec<usize> = (0..nodes.len()).collect();
    let mut order: Vec<usize> = Vec::new();
    while !left.is_empty() {
        let near = |at: usize| order.last().map_or(0, |last| shared[*last][at]);
        // The first of the best: the largest.
        let best = left.iter().copied().min_by_key(|at| (Reverse(near(*at)), Reverse(all(*at)), *at));
        let Some(best) = best else { break };
        left.retain(|at| *at != best);
        order.push(best);
    }
    order
}

/// How a circle is filled, by how many can be reached.
fn kind(node: &Node) -> &'static str {
    match node.reachable {
        0 => "nobody",
        some if some * 100 >= node.members * MOST => "most",
        _ => "some",
    }
}

const MIDDLE: i64 = 200;
const RING: i64 = 140;

fn picture(nodes: &[Node], order: &[usize], pairs: &[(usize, usize, usize)]) -> Value {
    let mut svg = Svg::told(400, 400, "ties", "ties", "ties-note");
    let mut places = vec![(MIDDLE, MIDDLE); nodes.len()];
    for (place, at) in order.iter().enumerate() {
        places[*at] = on_ring(place, order.len(), RING);
    }
    let most = pairs.iter().map(|(count, ..)| *count).max().unwrap_or(1);
    for (count, one, other) in pairs.iter().rev() {
        let ((ax, ay), (bx, by)) = (places[*one], places[*other]);
        // Bent towards the middle, so that lines between neighbours do not hide behind circles.
        let bend = |a: i64, b: i64| i64::midpoint(i64::midpoint(a, b), MIDDLE);
        let (cx, cy) = (bend(ax, bx), bend(ay, by));
        let width = 1 + count * 6 / most;
        svg.draw(format_args!(
            "<path class=\"tie\" stroke-width=\"{width}\" d=\"M{ax} {ay}Q{cx} {cy} {bx} {by}\"/>"
        ));
    }
    let largest = nodes.iter().map(|node| node.members).max().unwrap_or(1);
    for (place, at) in order.iter().enumerate() {
        let (node, (x, y)) = (&nodes[*at], places[*at]);
        let radius = 8 + (node.members * 256 / largest).isqrt();
        let kind = kind(node);
        let fill = if kind == "some" { " fill=\"url(#stripes)\"" } else { "" };
        svg.draw(format_args!("<circle class=\"ground\" cx=\"{x}\" cy=\"{y}\" r=\"{radius}\"/>"));
        svg.draw(format_args!("<circle class=\"{kind}\"{fill} cx=\"{x}\" cy=\"{y}\" r=\"{radius}\"/>"));
        let out = RING + 14 + i64::try_from(radius).unwrap_or(24);
        let (x, y) = on_ring(place, order.len(), out);
        svg.draw(format_args!("<text x=\"{x}\" y=\"{y}\">{}</text>", place + 1));
    }
    svg.done()
}

/// A place on a ring, from its top on.
#[expect(clippy::cast_precision_loss, clippy::cast_possible_truncation, reason = "small whole numbers")]
fn on_ring(place: usize, of: usize, radius: i64) -> (i64, i64) {
    let angle = std::f64::consts::TAU * place as f64 / of as f64;
    let out = radius as f64;
    // Whole units, whatever the last bit of a sine is.
    (MIDDLE + (out * angle.sin()).round() as i64, MIDDLE - (out * angle.cos()).round() as i64)
}
