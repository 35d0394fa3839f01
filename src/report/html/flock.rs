//! The flock: a dot for each person who counts, those first who can be reached. It
//! fills from the left, column by column, as it moves on.

use minijinja::Value;

use super::svg::Svg;

/// Not more dots are drawn; beyond, each stands for several people.
const DOTS: usize = 480;

/// How far apart dots are.
const APART: usize = 10;

/// The picture, how many people a dot stands for, and how many columns there are.
pub(super) struct Flock {
    pub(super) picture: Value,
    pub(super) each: usize,
    pub(super) columns: usize,
}

/// Draws so many of each; none where there is nobody.
pub(super) fn flock(reachable: usize, likely: usize, others: usize) -> Option<Flock> {
    let total = reachable + likely + others;
    if total == 0 {
        return None;
    }
    let each = total.div_ceil(DOTS);
    // Whoever is there is seen, so each kind is rounded up.
    let kinds = [("reachable", reachable), ("likely", likely), ("unknown", others)];
    let dots: usize = kinds.iter().map(|(_, count)| count.div_ceil(each)).sum();
    // Four times as wide as high.
    let rows = (dots / 4).isqrt().max(1);
    let columns = dots.div_ceil(rows);
    let mut svg = Svg::told(columns * APART, rows * APART, "flock", "number", "legend");
    let mut at = 0;
    for (kind, count) in kinds.into_iter().filter(|(_, count)| *count > 0) {
        let fill = if kind == "likely" { " fill=\"url(#stripes)\"" } else { "" };
        svg.draw(format_args!("<g class=\"{kind}\"{fill}>"));
        for _ in 0..count.div_ceil(each) {
            let (x, y) = (at / rows * APART + APART / 2, at % rows * APART + APART / 2);
            svg.draw(format_args!("<circle cx=\"{x}\" cy=\"{y}\" r=\"3.5\"/>"));
            at += 1;
        }
        svg.draw(format_args!("</g>"));
    }
    Some(Flock { picture: svg.done(), each, columns })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_person_has_a_dot_and_nobody_is_rounded_away() {
        let drawn = |reachable, likely, others| {
            let flock = flock(reachable, likely, others).unwrap();
            (flock.each, flock.picture.to_string().matches("<circle").count())
        };
        assert_eq!(drawn(2, 1, 2), (1, 5));
        assert_eq!(drawn(52, 3, 63), (1, 118));
        let (each, dots) = drawn(1, 1, 99_998);
        assert!(each > 1 && dots <= DOTS + 2, "{each} {dots}");
        assert!(flock(0, 0, 0).is_none());
        let one = flock(1, 0, 9_999).unwrap().picture.to_string();
        assert!(one.contains("<g class=\"reachable\"><circle"), "one in ten thousand is seen");
    }
}
