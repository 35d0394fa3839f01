//! The main claims of `benches/plan_evaluation.rs` on a few graphs, with less effort
//! and in fewer worlds: with room for chance, of which there is more here.

#![expect(clippy::cast_precision_loss, reason = "counts of people")]

use super::candidates::Strategy;
use super::dice::{Dice, mixed};
use super::*;

#[expect(dead_code, reason = "the benchmark prints more")]
#[path = "../../../benches/plan_evaluation/claims.rs"]
mod claims;
#[expect(dead_code, reason = "the benchmark tries more kinds")]
#[path = "../../../benches/plan_evaluation/lives.rs"]
mod lives;
#[path = "../../../benches/plan_evaluation/public.rs"]
mod public;
#[expect(dead_code, reason = "the benchmark looks at groups as well")]
#[path = "../../../benches/plan_evaluation/trial.rs"]
mod trial;

use trial::{Method, Terms, Tried};

#[test]
fn the_order_is_as_good_as_is_claimed() {
    let mut graphs = public::graphs();
    for kind in [lives::Kind::Family, lives::Kind::Scattered, lives::Kind::Begun] {
        graphs.push((kind.id(), lives::life(kind, 1)));
    }
    let effort =
        |full: Effort| Effort { worlds: 16, pool: 30, judged: 64, exchange: 300_000, samples: 1_500, ..full };
    let terms = Terms { worlds: 80, given: Given::Today, budgets: &[10], effort };
    let all: Vec<Tried> = graphs.iter().map(|(name, ties)| trial::all(name, ties, &terms)).collect();
    for regime in Regime::ALL {
        let mean = |method| claims::mean(&all, 10, regime, method);
        let best = claims::singles().map(mean).fold(0.0, f64::max);
        assert!(mean(Method::Told) >= 0.95 * best, "{regime:?}: {} of {best}", mean(Method::Told));
        let times = mean(Method::Shipped) / mean(Method::Random);
        let wanted = match regime {
            Regime::Soft => 1.25,
            Regime::Hard => 1.6,
            Regime::Cascade => 1.0,
        };
        assert!(times >= wanted, "{regime:?}: {times}");
        let degree = mean(Method::Single(Strategy::Degree));
        assert!(mean(Method::Shipped) >= degree - 0.01, "{regime:?}: {degree}");
    }
    assert!(claims::worst(&all, 10, Method::Shipped) >= 0.9);
}
