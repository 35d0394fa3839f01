//! Bars: parts of a whole, side by side, each with a pattern of its own.

use minijinja::Value;

use super::svg::Svg;

/// How long a whole bar is.
const LONG: usize = 1000;
/// The least that is seen of a part.
const LEAST: usize = 6;

/// A bar of these parts of `whole`: what there is for sure, and what is less.
pub(super) fn bar(sure: usize, less: usize, whole: usize) -> Value {
    let mut svg = Svg::beside(LONG, 10, "bar").stretched();
    let mut x = 0;
    for (class, fill, part) in [("reachable", "", sure), ("likely", " fill=\"url(#bar-stripes)\"", less)] {
        if part == 0 {
            continue;
        }
        let width = (part.min(whole) * LONG).checked_div(whole).unwrap_or(0).max(LEAST).min(LONG - x);
        svg.draw(format_args!("<rect class=\"{class}\"{fill} x=\"{x}\" width=\"{width}\" height=\"10\"/>"));
        x += width;
    }
    svg.done()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_stand_side_by_side_and_never_reach_beyond_the_whole() {
        let drawn = |sure, less, whole| bar(sure, less, whole).to_string();
        assert!(drawn(1, 1, 4).contains("x=\"250\" width=\"250\""));
        assert!(drawn(0, 0, 4).contains("\"none\"></svg>"));
        assert!(drawn(1, 0, 100_000).contains("width=\"6\""));
        assert!(drawn(4, 9, 4).contains("x=\"1000\" width=\"0\""));
        assert!(!drawn(0, 0, 0).contains("rect"));
    }
}
